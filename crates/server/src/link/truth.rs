//! What is known of who is who: the truth of made-up data, or decisions of clerks. Both come as small CSV files.

use std::{collections::HashMap, fs::File, path::Path};

use anyhow::{Context, bail};
use linkage::{
    cluster::Clusters,
    model::{Link, probability},
    score::Edge,
};
use serde::Serialize;

use super::{input::Records, words};
use crate::i18n::Lang;

/// Rows by list and name.
#[derive(Default)]
pub struct Names<'r>(HashMap<(u8, &'r str), u32>);

impl<'r> Names<'r> {
    pub fn new(records: &'r Records) -> Self {
        let rows = 0..records.table.len() as u32;
        Self(rows.map(|row| ((records.table.source(row as usize), records.ids.of(row)), row)).collect())
    }

    /// A record by the name of its list (or none) and its own; nothing where there is no such record, or one in each list.
    pub fn find(&self, records: &Records, list: Option<&str>, id: &str) -> Option<u32> {
        let sources = records.lists.iter().enumerate();
        let sources: Vec<u8> = match list.filter(|l| records.lists.iter().any(|list| list.name == *l)) {
            Some(name) => sources.filter(|(_, list)| list.name == name).map(|(i, _)| i as u8).collect(),
            None => sources.map(|(i, _)| i as u8).collect(),
        };
        let mut found = sources.iter().filter_map(|s| self.0.get(&(*s, id)).copied());
        found.next().filter(|_| found.next().is_none())
    }
}

/// Records that were named and are not in the lists (or in both, so that one cannot tell which is meant). What else was said counts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Unknown {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub first: String,
}

impl Unknown {
    pub fn note(&mut self, id: &str) {
        if self.count == 0 {
            id.clone_into(&mut self.first);
        }
        self.count += 1;
    }
}

/// A small CSV file with columns of known names.
struct Told<'p> {
    path: &'p Path,
    reader: csv::Reader<File>,
    at: Vec<Option<usize>>,
}

impl<'p> Told<'p> {
    /// `wanted`: the names of each column, of which the first `needed` must be there; else `error` is told.
    fn open(path: &'p Path, wanted: &[&[&str]], needed: usize, error: &str, lang: Lang) -> anyhow::Result<Self> {
        let mut reader = csv::Reader::from_reader(words::opened(path, lang)?);
        let headers = reader.headers().with_context(|| path.display().to_string())?.clone();
        // a workbook saved as CSV may begin with a mark
        let is = |header: &str, name: &str| header.trim().trim_start_matches('\u{feff}').eq_ignore_ascii_case(name);
        let find = |names: &&[&str]| headers.iter().position(|h| names.iter().any(|name| is(h, name)));
        let at: Vec<Option<usize>> = wanted.iter().map(find).collect();
        if at[..needed].contains(&None) {
            bail!("{}: {}", path.display(), lang.t(error));
        }
        Ok(Self { path, reader, at })
    }

    /// Calls `each` with the number of every row and its cells, in the order of the columns wanted.
    fn rows(mut self, mut each: impl FnMut(u64, &[&str]) -> anyhow::Result<()>) -> anyhow::Result<()> {
        for record in self.reader.records() {
            let record = record.with_context(|| self.path.display().to_string())?;
            let row = record.position().map_or(0, csv::Position::line);
            let cell = |at: &Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim();
            each(row, &self.at.iter().map(cell).collect::<Vec<_>>())
                .with_context(|| self.path.display().to_string())?;
        }
        Ok(())
    }
}

/// The person of every row, by a file with columns id (or rec_id), person and, for several lists, list. Rows not named are persons
/// of their own.
pub fn persons(path: &Path, records: &Records, names: &Names<'_>, lang: Lang) -> anyhow::Result<(Vec<u64>, Unknown)> {
    let wanted: [&[&str]; 3] =
        [&["id", "rec_id", "record_id"], &["person", "person_id", "cluster"], &["list", "source"]];
    let told = Told::open(path, &wanted, 2, "link-error-truth-columns", lang)?;
    let mut number: HashMap<String, u64> = HashMap::new();
    let mut of: Vec<u64> = (0..records.table.len() as u64).map(|row| 1 << 40 | row).collect();
    let mut unknown = Unknown::default();
    told.rows(|_, cells| {
        let next = number.len() as u64;
        let person = *number.entry(cells[1].to_owned()).or_insert(next);
        match names.find(records, Some(cells[2]).filter(|list| !list.is_empty()), cells[0]) {
            Some(row) => of[row as usize] = person,
            None => unknown.note(cells[0]),
        }
        Ok(())
    })?;
    Ok((of, unknown))
}

/// What a file of decisions says.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// Rows, and whether they are one person.
    pub pairs: Vec<(u32, u32, bool)>,
    /// Lines whose answer is empty.
    pub undecided: u64,
    pub unknown: Unknown,
}

/// Decided pairs. Columns id_l, id_r, same (1/0, ya/tidak, yes/no), and source_l, source_r.
pub fn labels(path: &Path, records: &Records, names: &Names<'_>, lang: Lang) -> anyhow::Result<Labels> {
    let wanted: [&[&str]; 5] = [&["id_l"], &["id_r"], &["same", "sama"], &["source_l"], &["source_r"]];
    let told = Told::open(path, &wanted, 3, "link-error-labels-columns", lang)?;
    let mut labels = Labels::default();
    told.rows(|row, cells| {
        let decided = match cells[2].to_lowercase().as_str() {
            "1" | "true" | "ya" | "yes" | "sama" | "same" => true,
            "0" | "false" | "tidak" | "no" | "beda" | "different" => false,
            "" => {
                labels.undecided += 1;
                return Ok(());
            }
            other => bail!(lang.msg("link-error-label").s("row", row).s("text", other).to_string()),
        };
        let find = |list: &str, id: &str| names.find(records, Some(list).filter(|list| !list.is_empty()), id);
        match (find(cells[3], cells[0]), find(cells[4], cells[1])) {
            (Some(l), Some(r)) => labels.pairs.push((l.min(r), l.max(r), decided)),
            (None, _) => labels.unknown.note(cells[0]),
            (_, None) => labels.unknown.note(cells[1]),
        }
        Ok(())
    })?;
    Ok(labels)
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
