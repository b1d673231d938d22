//! Scoring: every pair of the blocking rules, kept if its weight reaches a floor; and the waterfall of one pair.

use rayon::prelude::*;

use crate::block::{Going, RuleReport, Sample, each_pair_telling};
use crate::compare::{Comparer, CompileError, Pattern, Worker};
use crate::model::{Model, probability};
use crate::table::Table;

/// A scored pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The smaller row.
    pub left: u32,
    /// The larger row.
    pub right: u32,
    /// Match weight, bits.
    pub weight: f32,
    /// The level of every comparison ([`Comparer::levels`]).
    pub pattern: Pattern,
}

/// All pairs that reached the floor, sorted by rows, and what each rule gave.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// The pairs.
    pub edges: Vec<Edge>,
    /// What each rule gave.
    pub rules: Vec<RuleReport>,
}

impl Scored {
    /// Pairs compared.
    pub fn compared(&self) -> u64 {
        self.rules.iter().map(|r| r.pairs).sum()
    }
}

/// Compares and scores all pairs of the blocking rules; keeps those of at least `floor` bits.
pub fn score(model: &Model, table: &Table, floor: f64) -> Result<Scored, CompileError> {
    score_telling(model, table, floor, &mut |_, _| {})
}

/// The same, telling how many of the blocking rules are done, of how many.
pub fn score_telling(
    model: &Model,
    table: &Table,
    floor: f64,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Scored, CompileError> {
    let comparer = Comparer::new(model, table)?;
    let going =
        Going { table, comparer: &comparer, link: model.link, largest: model.largest_block, sample: Sample::All };
    let visit = |edges: &mut Vec<Edge>, worker: &mut Worker, l: (u32, &[u32]), r: (u32, &[u32])| {
        if let Some((weight, pattern)) = comparer.score(table, l.1, r.1, floor, worker) {
            edges.push(Edge { left: l.0, right: r.0, weight: weight as f32, pattern });
        }
    };
    let (lists, rules) = each_pair_telling(going, &model.rules, Vec::new, visit, tell);
    let mut edges = lists.concat();
    edges.sort_unstable_by_key(|e| (e.left, e.right));
    Ok(Scored { edges, rules })
}

/// What one comparison added to a match weight.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Bar {
    /// The comparison; "" for the prior.
    pub comparison: String,
    /// The level that held; "" for none.
    pub level: String,
    /// The values compared, left and right: the columns of the comparison, by name.
    pub values: Vec<(String, String, String)>,
    /// Bits of the level.
    pub weight: f64,
    /// Bits added because the value is rare (or taken off because it is common).
    pub rarity: f64,
    /// The match weight so far, bits.
    pub sum: f64,
}

/// The match weight of one pair, comparison by comparison. The first bar is the prior; the last sum is the match weight.
pub fn waterfall(model: &Model, comparer: &Comparer, table: &Table, left: usize, right: usize) -> Vec<Bar> {
    let (l, r) = (table.row(left.min(right)), table.row(left.max(right)));
    let mut worker = comparer.worker();
    let mut sum = comparer.prior;
    let start =
        Bar { comparison: String::new(), level: String::new(), values: Vec::new(), weight: sum, rarity: 0.0, sum };
    let mut bars = vec![start];
    for (c, comparison) in model.comparisons.iter().enumerate() {
        let level = comparer.level(c, table, l, r, &mut worker);
        let (weight, rarity) = comparer.weight(c, level, l, r);
        sum += weight + rarity;
        let values = comparison
            .columns()
            .into_iter()
            .filter_map(|column| {
                let place = table.place(column)?;
                Some((column.to_owned(), table.text_at(l, place), table.text_at(r, place)))
            })
            .collect();
        bars.push(Bar {
            comparison: comparison.name.clone(),
            level: comparison.levels.get(level).map(|l| l.label.clone()).unwrap_or_default(),
            values,
            weight,
            rarity,
            sum,
        });
    }
    bars
}

/// Records that cannot reach a threshold even with themselves: nothing in them tells them apart.
/// Returns `(row, weight of the record with itself)` of those below `threshold` bits.
pub fn unlinkable(comparer: &Comparer, table: &Table, threshold: f64) -> Vec<(u32, f64)> {
    (0..table.len())
        .into_par_iter()
        .with_min_len(4096)
        .map_init(
            || comparer.worker(),
            |worker, row| {
                let words = table.row(row);
                let weight = comparer.score(table, words, words, f64::NEG_INFINITY, worker)?.0;
                (weight < threshold).then_some((row as u32, weight))
            },
        )
        .flatten_iter()
        .collect()
}

impl Edge {
    /// The probability of a match.
    pub fn probability(&self) -> f64 {
        probability(f64::from(self.weight))
    }
}
