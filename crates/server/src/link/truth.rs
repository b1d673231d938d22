//! What is known of who is who: the truth of made-up data, or decisions of clerks. Both come as small CSV files.

use std::{collections::HashMap, path::Path};

use anyhow::{Context, bail};
use linkage::{
    cluster::Clusters,
    model::{Link, probability},
    score::Edge,
};
use serde::Serialize;

use super::input::Records;

/// Rows by list and name.
#[derive(Default)]
pub struct Names<'r>(HashMap<(u8, &'r str), u32>);

impl<'r> Names<'r> {
    pub fn new(records: &'r Records) -> Self {
        let rows = 0..records.table.len() as u32;
        Self(rows.map(|row| ((records.table.source(row as usize), records.ids.of(row)), row)).collect())
    }

    /// A record by the name of its list (or none) and its own.
    pub fn find(&self, records: &Records, list: Option<&str>, id: &str) -> anyhow::Result<u32> {
        let sources = records.lists.iter().enumerate();
        let sources: Vec<u8> = match list.filter(|l| records.lists.iter().any(|list| list.name == *l)) {
            Some(name) => sources.filter(|(_, list)| list.name == name).map(|(i, _)| i as u8).collect(),
            None => sources.map(|(i, _)| i as u8).collect(),
        };
        let found: Vec<u32> = sources.iter().filter_map(|s| self.0.get(&(*s, id)).copied()).collect();
        match found.as_slice() {
            [row] => Ok(*row),
            [] => bail!("no record \"{id}\""),
            _ => bail!("record \"{id}\" stands in several lists: name the list as well"),
        }
    }
}

fn columns(reader: &mut csv::Reader<std::fs::File>, wanted: &[&[&str]]) -> anyhow::Result<Vec<Option<usize>>> {
    let headers = reader.headers()?.clone();
    let find = |names: &&[&str]| headers.iter().position(|h| names.iter().any(|n| h.trim().eq_ignore_ascii_case(n)));
    Ok(wanted.iter().map(find).collect())
}

fn csv_file(path: &Path) -> anyhow::Result<csv::Reader<std::fs::File>> {
    csv::Reader::from_path(path).with_context(|| path.display().to_string())
}

/// The person of every row, by a file with columns id (or rec_id), person and, for several lists, list. Rows not named are persons
/// of their own.
pub fn persons(path: &Path, records: &Records, names: &Names<'_>) -> anyhow::Result<Vec<u64>> {
    let mut reader = csv_file(path)?;
    let at = columns(&mut reader, &[&["id", "rec_id", "record_id"], &["person", "person_id", "cluster"], &["list"]])?;
    let (Some(id), Some(person)) = (at[0], at[1]) else {
        bail!("{}: wanted columns id and person (and list, where there are several)", path.display());
    };
    let mut number: HashMap<String, u64> = HashMap::new();
    let mut of: Vec<u64> = (0..records.table.len() as u64).map(|row| 1 << 40 | row).collect();
    for record in reader.records() {
        let record = record?;
        let list = at[2].and_then(|list| record.get(list));
        let row = names.find(records, list, record.get(id).unwrap_or_default());
        let row = row.with_context(|| path.display().to_string())?;
        let next = number.len() as u64;
        of[row as usize] = *number.entry(record.get(person).unwrap_or_default().to_owned()).or_insert(next);
    }
    Ok(of)
}

/// Decided pairs: rows, and whether they are one person. Columns id_l, id_r, same (1/0, ya/tidak, yes/no), and source_l, source_r.
pub fn labels(path: &Path, records: &Records, names: &Names<'_>) -> anyhow::Result<Vec<(u32, u32, bool)>> {
    let mut reader = csv_file(path)?;
    let at = columns(&mut reader, &[&["id_l"], &["id_r"], &["same", "sama"], &["source_l"], &["source_r"]])?;
    let (Some(left), Some(right), Some(same)) = (at[0], at[1], at[2]) else {
        bail!("{}: wanted columns id_l, id_r and same", path.display());
    };
    let mut out = Vec::new();
    for (line, record) in reader.records().enumerate() {
        let record = record?;
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim();
        let decided = match cell(Some(same)).to_lowercase().as_str() {
            "1" | "true" | "ya" | "yes" | "sama" | "same" => true,
            "0" | "false" | "tidak" | "no" | "beda" | "different" => false,
            "" => continue, // not decided
            other => bail!("{}, row {}: \"{other}\" is neither yes nor no", path.display(), line + 2),
        };
        let find = |list: Option<usize>, id: &str| {
            let row = names.find(records, list.and_then(|l| record.get(l)), id);
            row.with_context(|| format!("{}, row {}", path.display(), line + 2))
        };
        let (l, r) = (find(at[3], cell(Some(left)))?, find(at[4], cell(Some(right)))?);
        out.push((l.min(r), l.max(r), decided));
    }
    Ok(out)
}

/// How good something is, of all pairs that are one person.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Score {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

impl Score {
    fn new(right: f64, found: f64, all: f64) -> Self {
        let (precision, recall) = (right / found.max(1.0), right / all.max(1.0));
        Self { precision, recall, f1: 2.0 * right / (found + all).max(1.0) }
    }
}

/// What the truth says.
#[derive(Clone, Debug, Serialize)]
pub struct Judged {
    /// Pairs that are one person.
    pub true_pairs: u64,
    /// Pairs at the weight where F1 is best, and that weight in bits.
    pub best: (f64, Score),
    /// Pairs at steps of probability.
    pub pairs: Vec<(f64, Score)>,
    /// Persons as they were put together.
    pub clusters: Score,
}

/// Judges pairs and persons by the truth.
pub fn judge(records: &Records, link: Link, edges: &[Edge], clusters: &Clusters, person: &[u64]) -> Judged {
    let source = |row: u32| u32::from(records.table.source(row as usize));
    let may = |a: u32, b: u32| link.allows(source(a), source(b));
    let mut sizes: HashMap<u64, HashMap<u32, f64>> = HashMap::new();
    for (row, person) in person.iter().enumerate() {
        *sizes.entry(*person).or_default().entry(source(row as u32)).or_default() += 1.0;
    }
    let all: f64 = sizes
        .values()
        .map(|of| {
            let sum: f64 = of.values().sum();
            match link {
                Link::Dedupe => sum * (sum - 1.0) / 2.0,
                Link::Between => (sum * sum - of.values().map(|n| n * n).sum::<f64>()) / 2.0,
            }
        })
        .sum();
    let same = |a: u32, b: u32| person[a as usize] == person[b as usize];
    let mut sorted: Vec<(f32, bool)> = edges.iter().map(|e| (e.weight, same(e.left, e.right))).collect();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut best) = (0.0, (0.0, Score::new(0.0, 0.0, all)));
    let mut pairs: Vec<(f64, Score)> = Vec::new();
    let mut steps = [0.999, 0.99, 0.95, 0.9, 0.5].into_iter().peekable();
    for (i, (weight, one)) in sorted.iter().enumerate() {
        let p = probability(f64::from(*weight));
        while steps.peek().is_some_and(|step| p < *step) {
            pairs.extend(steps.next().map(|step| (step, Score::new(right, i as f64, all))));
        }
        right += f64::from(u8::from(*one));
        let here = Score::new(right, i as f64 + 1.0, all);
        if here.f1 > best.1.f1 {
            best = (f64::from(*weight), here);
        }
    }
    pairs.extend(steps.map(|step| (step, Score::new(right, sorted.len() as f64, all))));
    let (mut right, mut found) = (0.0, 0.0);
    for group in clusters.groups() {
        for (i, a) in group.iter().enumerate() {
            for b in group[i + 1..].iter().filter(|b| may(*a, **b)) {
                found += 1.0;
                right += f64::from(u8::from(same(*a, *b)));
            }
        }
    }
    Judged { true_pairs: all as u64, best, pairs, clusters: Score::new(right, found, all) }
}
