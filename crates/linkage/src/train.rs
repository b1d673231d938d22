//! Training without labels, as Splink does it: the prior from rules that are nearly sure, u from counts and random pairs,
//! m by expectation maximisation over counts of patterns, one run for each training rule.

use hashbrown::HashMap;
use rayon::prelude::*;

use crate::block::{Going, Sample, each_pair, equal_pairs, possible_pairs};
use crate::compare::{Comparer, CompileError, Pattern};
use crate::model::{Comparison, Condition, Link, Model, Rule, bits, probability};
use crate::random::Random;
use crate::schema::{Derive, Origin};
use crate::table::Table;

/// How many pairs have each pattern.
type Counts = HashMap<Pattern, u64>;
/// The same as levels of every comparison and a number, in a fixed order.
type Patterns = Vec<(Vec<u8>, f64)>;

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// Random pairs for u.
    pub random_pairs: usize,
    /// Seed of everything random.
    pub seed: u64,
    /// Pairs per EM run, at most; more are thinned out evenly.
    pub em_pairs: f64,
    /// EM stops when no share changes by more than this.
    pub enough: f64,
    /// EM stops after this many rounds.
    pub rounds: usize,
}

impl Default for Training {
    fn default() -> Self {
        Self { random_pairs: 1_000_000, seed: 1, em_pairs: 3e5, enough: 1e-4, rounds: 25 }
    }
}

/// Random pairs of a comparison from which u is told, where something is known besides.
const ENOUGH_PAIRS: u64 = 100_000;
/// Records among which equal values are always counted: it takes less time than comparing the random pairs.
const SOON_COUNTED: usize = 200_000;
/// Matches, by weight, from which m is told; a comparison of which a run saw fewer is left to the other runs.
const ENOUGH_MATCHES: f64 = 20.0;

/// What training saw.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct TrainingReport {
    /// Pairs found by the sure rules; 0 where the model has none, and the prior was told from the candidates.
    pub sure_pairs: u64,
    /// Random pairs looked at for u.
    pub random_pairs: u64,
    /// Candidates looked at for levels within a context, or for the prior; 0 if neither was needed.
    pub candidates: u64,
    /// One entry per EM run.
    pub runs: Vec<EmRun>,
}

/// One EM run.
#[derive(Clone, Debug, serde::Serialize)]
pub struct EmRun {
    /// The training rule.
    pub rule: String,
    /// Pairs it was run over.
    pub pairs: u64,
    /// Rounds until it stood still.
    pub rounds: usize,
    /// Share of matches among them.
    pub matches: f64,
    /// Comparisons left out, for the rule makes them the same.
    pub left_out: Vec<String>,
}

/// Trains prior, u and m. Shares marked as fixed stay. A model that names no training rules (one that comes from Splink, whose files
/// hold none) is trained on its blocking rules; one that names no sure rules gets its prior from the matches expected among its
/// candidates.
pub fn train(model: &mut Model, table: &Table, how: Training) -> Result<TrainingReport, CompileError> {
    train_telling(model, table, how, &mut |_, _| {})
}

/// The same, telling how many of its steps are done, of how many.
pub fn train_telling(
    model: &mut Model,
    table: &Table,
    how: Training,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<TrainingReport, CompileError> {
    let mut report = TrainingReport::default();
    let given = model.comparisons.clone();
    let rules = if model.training.is_empty() { model.rules.clone() } else { model.training.clone() };
    let steps = rules.len() + 4;
    if !model.sure.is_empty() {
        report.sure_pairs = estimate_prior(model, table)?;
    }
    tell(1, steps);
    report.random_pairs = estimate_u(model, table, how)?;
    let mut found: Vec<(f64, Vec<Vec<f64>>)> = Vec::new();
    for (done, rule) in rules.into_iter().enumerate() {
        tell(done + 2, steps);
        let (run, m) = expectation_maximisation(model, table, &rule, how)?;
        found.push((run.matches, m));
        report.runs.push(run);
    }
    for (c, comparison) in model.comparisons.iter_mut().enumerate() {
        for (k, level) in comparison.levels.iter_mut().enumerate().filter(|(_, l)| !l.missing && !l.fixed_m) {
            // a run tells the more the purer its pairs are: where few are matches, EM finds the easy ones
            let seen = found.iter().filter_map(|(matches, run)| Some((*matches, *run[c].get(k)?)));
            let (weight, sum) = seen.fold((0.0, 0.0), |(w, s), (matches, m)| (w + matches, s + matches * m));
            if weight > 0.0 {
                level.m = Some(sum / weight);
            }
        }
    }
    if model.comparisons.iter().flat_map(|c| &c.levels).any(|l| l.context.is_some()) {
        tell(steps - 2, steps);
        report.candidates = train_contexts(model, &given, table, how)?;
    }
    if model.sure.is_empty() {
        tell(steps - 1, steps);
        report.candidates = prior_from_candidates(model, table, how)?;
    }
    tell(steps, steps);
    Ok(report)
}

/// m and u of levels within a context, by EM over the candidates; everything else stays.
///
/// Where a level depends on what another comparison has weighed (a NIK holds the date of birth), random pairs say nothing of what it
/// is worth beside it. The candidates do: among those with the same date, how often is the level seen in pairs that the other
/// comparisons take for matches, and how often in the rest?
///
/// `known`: the comparisons before any training. Where the candidates are too few, what was known of a level within its context stays;
/// what training has told of it meanwhile is of all pairs, whatever the context.
fn train_contexts(model: &mut Model, known: &[Comparison], table: &Table, how: Training) -> Result<u64, CompileError> {
    let (patterns, _) = candidates(model, table, how)?;
    let pairs = patterns.iter().map(|p| p.1).sum::<f64>() as u64;
    for c in &mut model.comparisons {
        for level in c.levels.iter_mut().filter(|l| l.context.is_some()) {
            (level.m, level.u) = (Some(1.0), Some(1.0)); // the others speak first
        }
    }
    for _ in 0..how.rounds {
        let weights: Vec<Vec<f64>> =
            model.comparisons.iter().map(|c| c.levels.iter().map(crate::model::Level::weight).collect()).collect();
        let mut sums: Vec<Vec<(f64, f64)>> =
            model.comparisons.iter().map(|c| vec![(0.0, 0.0); c.levels.len()]).collect();
        for (levels, count) in &patterns {
            let weight: f64 = model.prior_bits()
                + levels.iter().zip(&weights).map(|(k, w)| w.get(usize::from(*k)).copied().unwrap_or(0.0)).sum::<f64>();
            let p = probability(weight);
            for (sums, k) in sums.iter_mut().zip(levels) {
                if let Some(sum) = sums.get_mut(usize::from(*k)) {
                    sum.0 += p * count;
                    sum.1 += (1.0 - p) * count;
                }
            }
        }
        let mut change = 0.0_f64;
        for ((comparison, sums), known) in model.comparisons.iter_mut().zip(&sums).zip(known) {
            let contexts: Vec<Option<String>> = comparison.levels.iter().map(|l| l.context.clone()).collect();
            for (k, level) in comparison.levels.iter_mut().enumerate().filter(|(_, l)| l.context.is_some()) {
                let all = contexts.iter().zip(sums).filter(|(c, _)| **c == level.context);
                let all = all.fold((0.0, 0.0), |all, (_, s)| (all.0 + s.0 + 0.5, all.1 + s.1 + 0.5));
                let mut new = ((sums[k].0 + 0.5) / all.0, (sums[k].1 + 0.5) / all.1);
                if let (Some(m), Some(u), true) =
                    (known.levels[k].m, known.levels[k].u, all.0.min(all.1) < ENOUGH_MATCHES)
                {
                    new = (m, u); // too few to learn from: what was known stays
                }
                change = change.max((new.0 - level.m.unwrap_or(0.0)).abs()).max((new.1 - level.u.unwrap_or(0.0)).abs());
                (level.m, level.u) = (Some(new.0), Some(new.1));
            }
        }
        if change < how.enough {
            break;
        }
    }
    Ok(pairs)
}

/// How often each pattern occurs among the candidates, of which a large table's are thinned out; and the share looked at.
fn candidates(model: &Model, table: &Table, how: Training) -> Result<(Patterns, f64), CompileError> {
    let comparer = Comparer::new(model, table)?;
    let wanted = vec![true; model.comparisons.len()];
    let share = (how.em_pairs / table.len().max(1) as f64 / 3.0).min(1.0);
    let going = Going {
        table,
        comparer: &comparer,
        link: model.link,
        largest: model.largest_block,
        sample: Sample::Share(share),
    };
    let maps = each_pair(going, &model.rules, Counts::default, |map: &mut Counts, worker, l, r| {
        *map.entry(comparer.pattern(&wanted, table, l.1, r.1, worker)).or_default() += 1;
    })
    .0;
    let mut counts: Counts = Counts::default();
    for (pattern, count) in maps.into_iter().flatten() {
        *counts.entry(pattern).or_default() += count;
    }
    let mut patterns: Vec<(Vec<u8>, f64)> = counts.into_iter().map(|(p, n)| (comparer.levels(p), n as f64)).collect();
    patterns.sort_by(|a, b| a.0.cmp(&b.0)); // sums come out the same in every run
    Ok((patterns, share))
}

/// The prior with which the candidates hold as many matches as it says there are: what the rules miss is not counted.
fn prior_from_candidates(model: &mut Model, table: &Table, how: Training) -> Result<u64, CompileError> {
    let (patterns, share) = candidates(model, table, how)?;
    let possible = possible_pairs(table, model.link).max(1.0);
    let weights: Vec<Vec<f64>> =
        model.comparisons.iter().map(|c| c.levels.iter().map(crate::model::Level::weight).collect()).collect();
    let odds: Vec<(f64, f64)> = patterns
        .iter()
        .map(|(levels, count)| {
            let weight = levels.iter().zip(&weights).filter_map(|(k, w)| w.get(usize::from(*k))).sum::<f64>();
            (weight, *count)
        })
        .collect();
    for _ in 0..100 {
        let bits = model.prior_bits();
        let matches: f64 = odds.iter().map(|(weight, count)| probability(weight + bits) * count).sum();
        let new = (matches.max(0.5) / share / possible).clamp(1e-12, 0.5);
        let change = (new / model.prior).ln().abs();
        model.prior = new;
        if change < how.enough {
            break;
        }
    }
    Ok(patterns.iter().map(|p| p.1).sum::<f64>() as u64)
}

fn estimate_prior(model: &mut Model, table: &Table) -> Result<u64, CompileError> {
    let comparer = Comparer::with_rules(&Model { comparisons: Vec::new(), ..model.clone() }, table, &model.sure)?;
    let going =
        Going { table, comparer: &comparer, link: model.link, largest: model.largest_block, sample: Sample::All };
    let (_, rules) = each_pair(going, &model.sure, || (), |(), _, _, _| {});
    let found: u64 = rules.iter().map(|r| r.pairs).sum();
    let share = if model.sure_share > 0.0 { model.sure_share } else { 1.0 };
    let possible = possible_pairs(table, model.link).max(1.0);
    model.prior = ((found as f64).max(0.5) / share / possible).clamp(1e-12, 0.5);
    Ok(found)
}

/// Random pairs among records copied side by side, so that memory is not waited for: record `i` with record `i + d`.
fn estimate_u(model: &mut Model, table: &Table, how: Training) -> Result<u64, CompileError> {
    let comparer = Comparer::with_rules(model, table, &[])?;
    let rows = table.len();
    if rows < 2 {
        return Ok(0);
    }
    let sample = rows.min(16_384);
    let mut random = Random::new(how.seed);
    let mut chosen: Vec<u32> = (0..rows as u32).collect();
    for i in 0..sample {
        let j = i + random.below(rows - i);
        chosen.swap(i, j);
    }
    chosen.truncate(sample);
    let mut steps: Vec<usize> = (1..=sample / 2).collect();
    for i in 0..steps.len() {
        let j = i + random.below(steps.len() - i);
        steps.swap(i, j);
    }
    steps.truncate((how.random_pairs / sample).max(1));
    let stride = table.stride();
    let buffer: Vec<u32> = chosen.iter().flat_map(|r| table.row(*r as usize)).copied().collect();
    let shape: Vec<usize> = comparer.comparisons.iter().map(|c| c.outcomes).collect();
    let counts: Vec<Vec<u64>> = (0..sample)
        .into_par_iter()
        .with_min_len(512)
        .fold(
            || (comparer.worker(), shape.iter().map(|n| vec![0_u64; *n]).collect::<Vec<_>>()),
            |(mut worker, mut counts), i| {
                for step in &steps {
                    if 2 * step == sample && i >= *step {
                        continue; // half way round, every pair would come twice
                    }
                    let j = (i + step) % sample;
                    let (i, j) = if chosen[i] < chosen[j] { (i, j) } else { (j, i) };
                    let (l, r) = (&buffer[i * stride..(i + 1) * stride], &buffer[j * stride..(j + 1) * stride]);
                    if model.link.allows(l[0], r[0]) {
                        for (c, counts) in counts.iter_mut().enumerate() {
                            counts[comparer.level(c, table, l, r, &mut worker)] += 1;
                        }
                    }
                }
                (worker, counts)
            },
        )
        .map(|(_, counts)| counts)
        .reduce(
            || shape.iter().map(|n| vec![0; *n]).collect(),
            |mut a, b| {
                for (a, b) in a.iter_mut().flatten().zip(b.into_iter().flatten()) {
                    *a += b;
                }
                a
            },
        );
    let looked_at = counts.first().map_or(0, |c| c.iter().sum());
    let possible = possible_pairs(table, model.link);
    let schema = table.schema().clone();
    let link = model.link;
    let exact: Vec<Vec<Option<f64>>> = model
        .comparisons
        .par_iter()
        .zip(&counts)
        .map(|(comparison, counts)| exact_counts(comparison, counts, table, &schema, link))
        .collect();
    for (c, comparison) in model.comparisons.iter_mut().enumerate() {
        let compared: u64 = comparison.levels.iter().zip(&counts[c]).filter(|(l, _)| !l.missing).map(|(_, n)| n).sum();
        // of the possible pairs, those in which nothing is missing
        let all = possible * compared as f64 / looked_at.max(1) as f64;
        if compared < ENOUGH_PAIRS && comparison.levels.iter().any(|l| !l.missing && !l.fixed_u && l.u.is_some()) {
            continue; // too few to learn from: what was known stays
        }
        for (k, level) in comparison.levels.iter_mut().enumerate().filter(|(_, l)| !l.missing && !l.fixed_u) {
            level.u = Some(match exact[c][k] {
                Some(pairs) => (pairs.max(0.5) / all.max(1.0)).min(1.0),
                None => (counts[c][k] as f64).max(0.5) / (compared as f64).max(1.0),
            });
        }
    }
    Ok(looked_at)
}

/// For levels that are plain equality, and rare among the random pairs or soon counted, the number of pairs by counting values.
fn exact_counts(
    comparison: &Comparison,
    counts: &[u64],
    table: &Table,
    schema: &crate::schema::Schema,
    link: Link,
) -> Vec<Option<f64>> {
    let mut before: Vec<Vec<&str>> = Vec::new();
    let mut countable = true;
    comparison
        .levels
        .iter()
        .zip(counts)
        .map(|(level, seen)| {
            if level.missing {
                return None;
            }
            let Some(columns) = level.when.as_ref().and_then(Condition::equalities) else {
                countable = false;
                return None;
            };
            let rare = *seen < 2_000 || table.len() < SOON_COUNTED;
            let exact = (countable && rare && before.len() < 3).then(|| {
                // this level, less what the levels before it have taken (inclusion and exclusion)
                let mut pairs = 0.0;
                for subset in 0..1_u32 << before.len() {
                    let mut all = columns.clone();
                    for (b, other) in before.iter().enumerate() {
                        if subset >> b & 1 == 1 {
                            all.extend(other);
                        }
                    }
                    all.sort_unstable();
                    all.dedup();
                    let needed: Vec<&str> =
                        all.iter().filter(|c| !all.iter().any(|o| o != *c && makes(schema, o, c))).copied().collect();
                    let sign = if subset.count_ones() % 2 == 0 { 1.0 } else { -1.0 };
                    pairs += sign * equal_pairs(table, &needed, link);
                }
                pairs
            });
            before.push(columns);
            exact
        })
        .collect()
}

/// Whether `to` is made from `from` alone, so that the same `from` means the same `to`.
fn makes(schema: &crate::schema::Schema, from: &str, to: &str) -> bool {
    let mut to = to;
    while let Some(column) = schema.index(to).map(|i| &schema.columns[i]) {
        match &column.origin {
            Origin::Derived(base, how) if !matches!(how, Derive::NikAgrees { .. }) => {
                if base == from {
                    return true;
                }
                to = base;
            }
            _ => return false,
        }
    }
    false
}

/// How often each pattern occurs among the pairs of a rule. Comparisons not wanted have level 0.
pub(crate) fn count_patterns(
    model: &Model,
    comparer: &Comparer,
    table: &Table,
    rule: &Rule,
    wanted: &[bool],
    most: f64,
) -> Counts {
    let going = Going { table, comparer, link: model.link, largest: model.largest_block, sample: Sample::Most(most) };
    let (maps, _) = each_pair(going, std::slice::from_ref(rule), Counts::default, |map: &mut Counts, worker, l, r| {
        *map.entry(comparer.pattern(wanted, table, l.1, r.1, worker)).or_default() += 1;
    });
    let mut all: Counts = Counts::default();
    for map in maps {
        for (pattern, count) in map {
            *all.entry(pattern).or_default() += count;
        }
    }
    all
}

fn expectation_maximisation(
    model: &Model,
    table: &Table,
    rule: &Rule,
    how: Training,
) -> Result<(EmRun, Vec<Vec<f64>>), CompileError> {
    let comparer = Comparer::with_rules(model, table, std::slice::from_ref(rule))?;
    let fixed = base_columns(table, rule.keys.iter().flat_map(|(l, r)| [l.as_str(), r.as_str()]));
    let wanted: Vec<bool> = model
        .comparisons
        .iter()
        .map(|c| base_columns(table, c.columns().into_iter()).iter().all(|column| !fixed.contains(column)))
        .collect();
    let patterns = count_patterns(model, &comparer, table, rule, &wanted, how.em_pairs);
    let mut patterns: Vec<(Vec<u8>, f64)> = patterns.into_iter().map(|(p, n)| (comparer.levels(p), n as f64)).collect();
    patterns.sort_by(|a, b| a.0.cmp(&b.0)); // sums come out the same in every run
    let (m, heard, matches, rounds) = maximise(&model.comparisons, &wanted, &patterns, how);
    let pairs = patterns.iter().map(|p| p.1).sum::<f64>() as u64;
    let left_out = model.comparisons.iter().zip(&wanted).filter(|(_, w)| !**w).map(|(c, _)| c.name.clone()).collect();
    let told = wanted.iter().zip(heard).map(|(wanted, heard)| *wanted && heard >= ENOUGH_MATCHES);
    let m = m.into_iter().zip(told).map(|(m, told)| if told { m } else { Vec::new() }).collect();
    Ok((EmRun { rule: rule.text(), pairs, rounds, matches, left_out }, m))
}

/// The columns these are made from.
fn base_columns<'c>(table: &'c Table, columns: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    columns
        .map(|mut column| {
            while let Some(Origin::Derived(base, _)) =
                table.schema().index(column).map(|i| &table.schema().columns[i].origin)
            {
                column = base;
            }
            column
        })
        .collect()
}

/// EM with u as given: the shares m of every wanted comparison, how many matches each was seen in, the share of matches, rounds needed.
pub(crate) fn maximise(
    comparisons: &[Comparison],
    wanted: &[bool],
    patterns: &[(Vec<u8>, f64)],
    how: Training,
) -> (Vec<Vec<f64>>, Vec<f64>, f64, usize) {
    let mut heard = vec![0.0; comparisons.len()];
    let mut m: Vec<Vec<f64>> = comparisons
        .iter()
        .map(|c| {
            let trained = c.levels.iter().filter(|l| !l.missing).count();
            let mut first = true;
            c.levels
                .iter()
                .map(|l| {
                    if l.fixed_m {
                        return l.m.unwrap_or(0.5);
                    }
                    if l.missing {
                        return 1.0;
                    }
                    let start = if first { 0.95 } else { 0.05 / (trained.max(2) - 1) as f64 };
                    first = false;
                    start
                })
                .collect()
        })
        .collect();
    let mut matches = 0.1_f64;
    let total: f64 = patterns.iter().map(|p| p.1).sum();
    let mut rounds = 0;
    while rounds < how.rounds {
        rounds += 1;
        let mut sums: Vec<Vec<f64>> = m.iter().map(|levels| vec![0.0; levels.len()]).collect();
        let mut matched = 0.0;
        for (levels, count) in patterns {
            let mut weight = bits(matches);
            for (c, comparison) in comparisons.iter().enumerate().filter(|(c, _)| wanted[*c]) {
                let k = usize::from(levels[c]);
                if let Some(level) = comparison.levels.get(k).filter(|l| !l.missing) {
                    weight += (m[c][k].max(1e-300) / level.u.unwrap_or(1.0).max(1e-300)).log2();
                }
            }
            let p = probability(weight) * count;
            matched += p;
            for (c, sums) in sums.iter_mut().enumerate() {
                if let Some(sum) = sums.get_mut(usize::from(levels[c])) {
                    *sum += p;
                }
            }
        }
        let mut change = (matched / total.max(1.0) - matches).abs();
        matches = (matched / total.max(1.0)).clamp(1e-9, 1.0 - 1e-9);
        for (c, comparison) in comparisons.iter().enumerate().filter(|(c, _)| wanted[*c]) {
            let trained: Vec<usize> = (0..comparison.levels.len())
                .filter(|k| !comparison.levels[*k].missing && !comparison.levels[*k].fixed_m)
                .collect();
            let fixed: f64 = comparison.levels.iter().filter(|l| l.fixed_m).filter_map(|l| l.m).sum();
            heard[c] = trained.iter().map(|k| sums[c][*k]).sum();
            // half a pair in every level: a level that no match shows is rare, not impossible
            let all: f64 = trained.iter().map(|k| sums[c][*k] + 0.5).sum();
            for k in trained {
                let new = (sums[c][k] + 0.5) / all * (1.0 - fixed).max(1e-9);
                change = change.max((new - m[c][k]).abs());
                m[c][k] = new;
            }
        }
        if change < how.enough {
            break;
        }
    }
    (m, heard, matches, rounds)
}
