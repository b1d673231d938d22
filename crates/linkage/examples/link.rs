//! Measures the whole job on made-up people: read, standardise, train, block, compare, score, cluster.
//!
//! `cargo run --release -p linkage --example link -- dedupe DIR | link DIR [--without nik]`; DIR holds `list.csv` or `a.csv` and
//! `b.csv`, and `truth.csv` (list, rec_id, person, household).

use std::collections::HashMap;
use std::time::Instant;

use anyhow::{Context, Result};
use linkage::cluster::{self, Clustering};
use linkage::compare::Comparer;
use linkage::model::{Link, Model};
use linkage::score::{Edge, score};
use linkage::table::{Builder, Table};
use linkage::train::{Training, train};
use linkage::{household, learn, people};
use rayon::prelude::*;

/// Source, place of each field, place of the id, whole lines.
type Piece = (u8, Vec<Option<usize>>, usize, Vec<u8>);

struct Data {
    table: Table,
    ids: Vec<String>,
}

/// Reads CSV files, each a source, on all cores: pieces of whole lines.
fn read(files: &[String], schema: &linkage::schema::Schema) -> Result<Data> {
    let builder = Builder::new(schema)?;
    let names: Vec<String> = schema.field_names().iter().map(|s| (*s).to_owned()).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    for (source, file) in files.iter().enumerate() {
        let text = std::fs::read(file).with_context(|| file.clone())?;
        let end = text.iter().position(|b| *b == b'\n').unwrap_or(text.len());
        let header: Vec<&str> = std::str::from_utf8(&text[..end])?.trim_end().split(',').collect();
        let at = names.iter().map(|n| header.iter().position(|h| h == n)).collect::<Vec<_>>();
        let id = header.iter().position(|h| *h == "rec_id").context("no rec_id")?;
        let size = (text.len() / 32).max(1 << 20);
        let mut from = end + 1;
        while from < text.len() {
            let to = (from + size).min(text.len());
            let to = text[to..].iter().position(|b| *b == b'\n').map_or(text.len(), |p| to + p + 1);
            pieces.push((source as u8, at.clone(), id, text[from..to].to_vec()));
            from = to;
        }
    }
    let parts: Vec<_> = pieces
        .into_par_iter()
        .map(|(source, at, id, text)| {
            let mut chunk = builder.chunk();
            let mut ids = Vec::new();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_slice());
            let mut record = csv::StringRecord::new();
            let mut fields: Vec<&str> = Vec::new();
            while reader.read_record(&mut record)? {
                let values = at.iter().map(|a| a.and_then(|a| record.get(a)).unwrap_or_default());
                let mut row = std::mem::take(&mut fields);
                row.clear();
                row.extend(values);
                chunk.push(source, &row);
                ids.push(record.get(id).unwrap_or_default().to_owned());
            }
            Ok((chunk, ids))
        })
        .collect::<Result<_>>()?;
    let (chunks, ids): (Vec<_>, Vec<Vec<String>>) = parts.into_iter().unzip();
    let table = builder.clone().finish(chunks);
    Ok(Data { table, ids: ids.concat() })
}

fn truth(dir: &str, data: &Data) -> Result<Vec<u32>> {
    let at: HashMap<&str, usize> = data.ids.iter().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
    let mut person = vec![0; data.ids.len()];
    let mut reader = csv::Reader::from_path(format!("{dir}/truth.csv"))?;
    for record in reader.records() {
        let record = record?;
        if let Some(row) = at.get(&record[1]) {
            person[*row] = record[2].parse()?;
        }
    }
    Ok(person)
}

fn true_pairs(person: &[u32], table: &Table, link: Link) -> f64 {
    let mut groups: HashMap<u32, [f64; 2]> = HashMap::new();
    for (row, p) in person.iter().enumerate() {
        groups.entry(*p).or_default()[usize::from(table.source(row) & 1)] += 1.0;
    }
    groups.values().map(|[a, b]| if link == Link::Dedupe { (a + b) * (a + b - 1.0) / 2.0 } else { a * b }).sum()
}

fn f1(tp: f64, found: f64, all: f64) -> String {
    let (p, r) = (tp / found.max(1.0), tp / all);
    format!("F1 {:.4} (P {p:.4} R {r:.4})", 2.0 * p * r / (p + r))
}

fn report(name: &str, edges: &[Edge], person: &[u32], all: f64) {
    let mut sorted: Vec<(f32, bool)> =
        edges.iter().map(|e| (e.weight, person[e.left as usize] == person[e.right as usize])).collect();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut tp, mut best) = (0.0, (0.0, 0.0, 0.0, 0.0));
    for (i, (w, t)) in sorted.iter().enumerate() {
        tp += f64::from(u8::from(*t));
        let f = 2.0 * tp / (i as f64 + 1.0 + all);
        if f > best.0 {
            best = (f, f64::from(*w), tp, i as f64 + 1.0);
        }
    }
    let at: (f64, f64) = sorted
        .iter()
        .filter(|(w, _)| *w >= 4.25)
        .fold((0.0, 0.0), |(tp, n), (_, t)| (tp + f64::from(u8::from(*t)), n + 1.0));
    println!("{name}: best {} at {:.1} bits; at p .95 {}", f1(best.2, best.3, all), best.1, f1(at.0, at.1, all));
}

fn clusters(name: &str, found: &cluster::Clusters, person: &[u32], table: &Table, link: Link, all: f64) {
    let (mut tp, mut n) = (0.0, 0.0);
    for group in found.groups() {
        for (i, a) in group.iter().enumerate() {
            for b in &group[i + 1..] {
                if link == Link::Dedupe || table.source(*a as usize) != table.source(*b as usize) {
                    n += 1.0;
                    tp += f64::from(u8::from(person[*a as usize] == person[*b as usize]));
                }
            }
        }
    }
    println!("{name}: {} ({} held back)", f1(tp, n, all), found.held_back.len());
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (kind, dir) = (args.first().context("dedupe or link")?.as_str(), args.get(1).context("DIR")?.as_str());
    let without: Vec<&str> =
        args.iter().position(|a| a == "--without").map(|i| args[i + 1].split(',').collect()).unwrap_or_default();
    let link = if kind == "dedupe" { Link::Dedupe } else { Link::Between };
    let files: Vec<String> = if kind == "dedupe" {
        vec![format!("{dir}/list.csv")]
    } else {
        vec![format!("{dir}/a.csv"), format!("{dir}/b.csv")]
    };
    let schema = people::schema(25);
    let begin = Instant::now();
    let data = read(&files, &people::schema_without(schema.clone(), &without))?;
    let table = &data.table;
    let t_read = begin.elapsed();
    let mut model: Model = people::without(people::model(link), &schema, &without);
    let start = Instant::now();
    let trained = train(&mut model, table, Training::default())?;
    let t_train = start.elapsed();
    if args.iter().any(|a| a == "--times") {
        println!("cpu {:?}", cpu());
    }
    let start = Instant::now();
    let scored = score(&model, table, -4.0)?;
    let t_score = start.elapsed();
    let start = Instant::now();
    let how = Clustering { once: if link == Link::Between { vec![0, 1] } else { vec![] }, ..Clustering::default() };
    let _clusters =
        cluster::cluster(table.len(), &scored.edges, &how, |r| table.source(r as usize), people::two_niks(table));
    let t_cluster = start.elapsed();
    println!(
        "{kind} {} rows: read {t_read:.2?} train {t_train:.2?} score {t_score:.2?} cluster {t_cluster:.2?} total {:.2?}; {} compared, {} edges",
        table.len(),
        begin.elapsed(),
        scored.compared(),
        scored.edges.len()
    );
    if args.iter().any(|a| a == "--stop") {
        println!("cpu {:?}", cpu());
        return Ok(());
    }
    let person = truth(dir, &data)?;
    let all = true_pairs(&person, table, link);
    if args.iter().any(|a| a == "-v") {
        println!("prior {:.3e}; {:?}", model.prior, trained);
        for rule in &scored.rules {
            println!(
                "  {:<28} {:>9} pairs, largest {} oversized {}",
                rule.rule,
                rule.pairs,
                rule.largest,
                rule.oversized.len()
            );
        }
        let comparer = Comparer::new(&model, table)?;
        let mut t: Vec<Vec<(f64, f64)>> =
            model.comparisons.iter().map(|c| vec![(0.0, 0.0); c.levels.len() + 1]).collect();
        for e in &scored.edges {
            let same = person[e.left as usize] == person[e.right as usize];
            for (c, l) in comparer.levels(e.pattern).into_iter().enumerate() {
                let cell = &mut t[c][usize::from(l)];
                if same { cell.0 += 1.0 } else { cell.1 += 1.0 }
            }
        }
        for (c, comparison) in model.comparisons.iter().enumerate() {
            println!("{}", comparison.name);
            for (l, level) in comparison.levels.iter().enumerate() {
                println!(
                    "   {:<48} {:>7.2} bits m {:.5} u {:.2e}   edges: {:>7} same {:>7} not",
                    level.label,
                    level.weight(),
                    level.m.unwrap_or(0.0),
                    level.u.unwrap_or(0.0),
                    t[c][l].0,
                    t[c][l].1
                );
            }
        }
    }
    if args.iter().any(|a| a == "--errors") {
        let comparer = Comparer::new(&model, table)?;
        for (kind, want) in [("false", false), ("missed", true)] {
            let mut t: HashMap<String, u32> = HashMap::new();
            for e in &scored.edges {
                if (person[e.left as usize] == person[e.right as usize]) == want && (e.weight >= 4.25) != want {
                    let levels = comparer.levels(e.pattern);
                    let key: Vec<String> = [0, 1, 2, 6, 4]
                        .iter()
                        .filter_map(|c| model.comparisons.get(*c).map(|m| (m, levels[*c])))
                        .map(|(m, l)| {
                            format!("{}: {}", m.name, m.levels.get(usize::from(l)).map_or("", |l| l.label.as_str()))
                        })
                        .collect();
                    *t.entry(key.join(" | ")).or_default() += 1;
                }
            }
            let mut list: Vec<_> = t.into_iter().collect();
            list.sort_by_key(|x| std::cmp::Reverse(x.1));
            println!("{kind}: {}", list.iter().map(|x| x.1).sum::<u32>());
            for (k, n) in list.iter().take(28) {
                println!("  {n:>4} {k}");
            }
        }
    }
    let unlike = people::two_niks(table);
    let source = |r: u32| table.source(r as usize);
    let evaluate = |name: &str, edges: &[Edge]| {
        report(&format!("{name} pairs"), edges, &person, all);
        for t in [0.0, 2.0, 4.25] {
            let how = Clustering { threshold: t, ..how.clone() };
            clusters(
                &format!("{name} clusters at {t}"),
                &cluster::cluster(table.len(), edges, &how, source, &unlike),
                &person,
                table,
                link,
                all,
            );
        }
    };
    evaluate("no labels,", &scored.edges);
    let kk = table.place("no_kk").context("no_kk")?;
    let household_of = |r: u32| {
        let row = table.row(r as usize);
        u64::from(row[kk.offset]) | u64::from(row[kk.offset + 1]) << 32
    };
    let with_families = |edges: &[Edge]| {
        let mut edges = edges.to_vec();
        let support = household::support(table.len(), &edges, household_of, 7.0);
        let worth = household::add_support(&mut edges, &support);
        (edges, worth)
    };
    let (edges, worth) = with_families(&scored.edges);
    println!("{worth:.2?}");
    evaluate("families,", &edges);
    if let Some(n) = args.iter().position(|a| a == "--labels").and_then(|i| args[i + 1].parse::<usize>().ok()) {
        for seed in 1..4 {
            let mut model = model.clone();
            let comparer = Comparer::new(&model, table)?;
            let decisions: Vec<learn::Decision> = learn::ask(&scored.edges, n, 5.0, 6.0, seed)
                .into_iter()
                .map(|i| scored.edges[i])
                .map(|edge| learn::Decision { edge, same: person[edge.left as usize] == person[edge.right as usize] })
                .collect();
            let start = Instant::now();
            let refitted = learn::refit(&mut model, &comparer, &decisions, learn::Refit::default());
            println!("refit in {:.2?}, prior {:+.2} bits", start.elapsed(), refitted.prior);
            let scored = score(&model, table, -4.0)?;
            evaluate(&format!("{n} labels ({seed}),"), &scored.edges);
            evaluate(&format!("{n} labels ({seed}), families,"), &with_families(&scored.edges).0);
        }
    }
    Ok(())
}

/// Seconds of processor time so far, and peak memory in MB.
fn cpu() -> (f64, u64) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: f64 = fields.get(11..13).map_or(0.0, |t| t.iter().filter_map(|x| x.parse::<f64>().ok()).sum());
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))
        .and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok());
    (ticks / 100.0, peak.unwrap_or(0) / 1000)
}
