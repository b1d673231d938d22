//! Which pairs are compared: blocks of records with the same key, pair by pair, without ever writing a list of pairs.
//!
//! For each rule the records are sorted by a 32-bit hash of their key (radix sort of `hash << 32 | row`); a run of equal hashes is
//! a block. Its rows are copied side by side and every pair in it is offered to the rule itself (so a clash of hashes does no
//! harm) and to the rules before it (so a pair is given once, by the first rule that holds). A block with too many records is
//! split by further columns; what is still too large is left out. Both are reported.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::compare::{Comparer, CompiledRule, Worker};
use crate::model::{Link, Rule};
use crate::random::{hash_bytes, mix};
use crate::schema::Kind;
use crate::table::{Place, Table};

/// What one rule gave.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct RuleReport {
    /// The rule in words.
    pub rule: String,
    /// Records that have its key.
    pub records: u64,
    /// Pairs given, not counting those an earlier rule gave.
    pub pairs: u64,
    /// Records in the largest block.
    pub largest: u64,
    /// Blocks that were too large.
    pub oversized: Vec<Oversized>,
}

/// A block with too many records.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Oversized {
    /// How many records it has.
    pub records: u64,
    /// One of them (its row), to look at.
    pub example: u32,
    /// It was split by further columns; pairs that differ in them were not compared under this rule.
    pub split: bool,
    /// Records in parts that were still too large, and so not compared under this rule.
    pub left_out: u64,
}

/// The hash of a key, and 0 in the lowest bit of the second value if part of the key is missing.
fn key_hash(table: &Table, row: &[u32], places: &[Place], by_text: bool) -> Option<u64> {
    let mut hash = 0x51_7c_c1_b7_u64;
    for place in places {
        let value = match place.kind {
            Kind::Digits => u64::from(row[place.offset]) | u64::from(row[place.offset + 1]) << 32,
            Kind::Text | Kind::Words if by_text && row[place.offset] != 0 => {
                hash_bytes(table.dictionary(place.dictionary).bytes(row[place.offset])) | 1
            }
            _ => u64::from(row[place.offset]),
        };
        if value == 0 {
            return None;
        }
        hash = mix(hash.wrapping_mul(31) ^ value);
    }
    Some(hash)
}

/// Sorts by the upper 32 bits, keeping the order of equal ones: three passes over eleven, eleven and ten bits.
fn radix_sort(mut entries: Vec<u64>) -> Vec<u64> {
    if entries.len() < 4096 {
        entries.sort_by_key(|e| e >> 32);
        return entries;
    }
    let mut other = vec![0_u64; entries.len()];
    for (shift, bits) in [(32, 11), (43, 11), (54, 10)] {
        let mask = (1_usize << bits) - 1;
        let mut starts = [0_usize; 2048];
        for entry in &entries {
            starts[(entry >> shift) as usize & mask] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        for entry in &entries {
            let start = &mut starts[(entry >> shift) as usize & mask];
            other[*start] = *entry;
            *start += 1;
        }
        std::mem::swap(&mut entries, &mut other);
    }
    entries
}

/// The records of a rule, sorted by key.
#[derive(Debug)]
pub(crate) struct Sorted {
    pub left: Vec<u64>,
    /// For rules whose left and right columns differ.
    pub right: Option<Vec<u64>>,
    /// Hashes of blocks that are too large.
    big: HashSet<u32>,
    /// Hashes of their parts that still are.
    left_out: HashSet<(u32, u32)>,
}

pub(crate) fn entries(table: &Table, places: &[Place], by_text: bool) -> Vec<u64> {
    let stride = table.stride();
    let rows: Vec<u64> = table
        .words()
        .par_chunks(stride * 16_384)
        .enumerate()
        .flat_map_iter(|(chunk, words)| {
            words.chunks_exact(stride).enumerate().filter_map(move |(i, row)| {
                key_hash(table, row, places, by_text).map(|h| h >> 32 << 32 | (chunk * 16_384 + i) as u64)
            })
        })
        .collect();
    radix_sort(rows)
}

pub(crate) fn rule_hash(table: &Table, rule: &CompiledRule, row: &[u32], right: bool) -> Option<u32> {
    let places = if right { &rule.right } else { &rule.left };
    key_hash(table, row, places, !rule.symmetric).map(|h| (h >> 32) as u32)
}

impl Sorted {
    pub(crate) fn new(table: &Table, rule: &CompiledRule) -> Self {
        Self {
            left: entries(table, &rule.left, !rule.symmetric),
            right: (!rule.symmetric).then(|| entries(table, &rule.right, true)),
            big: HashSet::new(),
            left_out: HashSet::new(),
        }
    }

    /// Whether a pair for which the rule holds was indeed given by it.
    fn given(&self, table: &Table, rule: &CompiledRule, left: &[u32], right: &[u32]) -> bool {
        if self.big.is_empty() {
            return true;
        }
        let Some(hash) = rule_hash(table, rule, left, false) else { return true };
        if !self.big.contains(&hash) {
            return true;
        }
        rule.same_split(left, right)
            && key_hash(table, left, &rule.split, false)
                .is_some_and(|s| !self.left_out.contains(&(hash, (s >> 32) as u32)))
    }
}

/// Runs of equal hashes, as ranges.
pub(crate) fn runs(entries: &[u64]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let first = entries.get(start)? >> 32;
        let mut end = start + 1;
        while end < entries.len() && entries[end] >> 32 == first {
            end += 1;
        }
        let run = (start, end);
        start = end;
        Some(run)
    })
}

/// A piece of work: runs within a range, or a part of the left records of one run.
#[derive(Debug)]
enum Task {
    Runs(usize, usize, usize),
    /// Rule, rows of the block, which of them are left records.
    Block(usize, std::sync::Arc<Vec<u32>>, usize, usize),
    /// Rule, left rows, right rows.
    Cross(usize, Vec<u32>, Vec<u32>),
}

/// How blocks are gone through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Going<'a> {
    pub table: &'a Table,
    pub comparer: &'a Comparer,
    pub link: Link,
    pub largest: usize,
    /// Of all pairs, this share is looked at (chosen by a hash of the two rows).
    pub share: f64,
}

/// Gives every pair of the rules of `going.comparer` once to `visit`; one state per piece of work, in a fixed order.
pub(crate) fn each_pair<S: Send>(
    going: Going<'_>,
    rules: &[Rule],
    start: impl Fn() -> S + Sync,
    visit: impl Fn(&mut S, &mut Worker, (u32, &[u32]), (u32, &[u32])) + Sync,
) -> (Vec<S>, Vec<RuleReport>) {
    let compiled = &going.comparer.rules;
    let mut done: Vec<Sorted> = Vec::new();
    let mut reports: Vec<RuleReport> = Vec::new();
    let mut states = Vec::new();
    let batch = rayon::current_num_threads().max(1);
    for group in (0..compiled.len()).collect::<Vec<_>>().chunks(batch) {
        let sorted: Vec<Sorted> = group.par_iter().map(|&k| Sorted::new(going.table, &compiled[k])).collect();
        done.extend(sorted);
        let mut tasks = Vec::new();
        for &k in group {
            reports.push(plan(going, k, &compiled[k], &mut done[k], &mut tasks));
            reports[k].rule = rules.get(k).map(Rule::text).unwrap_or_default();
        }
        let out: Vec<(usize, u64, S)> = tasks
            .par_iter()
            .map_init(
                || (going.comparer.worker(), Vec::new()),
                |(worker, buffer), task| {
                    let mut state = start();
                    let (k, pairs) = run(going, &done, task, worker, buffer, &mut state, &visit);
                    (k, pairs, state)
                },
            )
            .collect();
        for (k, pairs, state) in out {
            reports[k].pairs += pairs;
            states.push(state);
        }
        for &k in group {
            done[k].left = Vec::new(); // the keys are needed no more, the too large blocks are
            done[k].right = None;
        }
    }
    (states, reports)
}

/// Entries in one piece of work.
const PIECE: usize = 8192;

fn plan(going: Going<'_>, k: usize, rule: &CompiledRule, sorted: &mut Sorted, tasks: &mut Vec<Task>) -> RuleReport {
    let mut report = RuleReport { records: sorted.left.len() as u64, ..RuleReport::default() };
    if let Some(right) = &sorted.right {
        plan_cross(going, k, sorted, right, tasks, &mut report);
        return report;
    }
    let rows = |run: (usize, usize)| sorted.left[run.0..run.1].iter().map(|e| *e as u32).collect::<Vec<_>>();
    let mut start = 0;
    for run in runs(&sorted.left) {
        let size = run.1 - run.0;
        report.largest = report.largest.max(size as u64);
        if size > going.largest.min(512) {
            if run.0 > start {
                tasks.push(Task::Runs(k, start, run.0));
            }
            start = run.1;
            if size <= going.largest {
                block_tasks(k, rows(run), tasks);
            } else {
                let hash = (sorted.left[run.0] >> 32) as u32;
                let mut over =
                    Oversized { records: size as u64, example: sorted.left[run.0] as u32, split: false, left_out: 0 };
                sorted.big.insert(hash);
                if rule.split.is_empty() {
                    over.left_out = size as u64;
                } else {
                    over.split = true;
                    let mut parts: Vec<u64> = rows(run)
                        .into_iter()
                        .filter_map(|row| {
                            key_hash(going.table, going.table.row(row as usize), &rule.split, false)
                                .map(|h| h >> 32 << 32 | u64::from(row))
                        })
                        .collect();
                    over.left_out += (size - parts.len()) as u64;
                    parts.sort_unstable();
                    for part in runs(&parts) {
                        let inner: Vec<u32> = parts[part.0..part.1].iter().map(|e| *e as u32).collect();
                        if inner.len() > going.largest {
                            over.left_out += inner.len() as u64;
                            sorted.left_out.insert((hash, (parts[part.0] >> 32) as u32));
                        } else if inner.len() > 1 {
                            block_tasks(k, inner, tasks);
                        }
                    }
                }
                report.oversized.push(over);
            }
        } else if run.1 - start >= PIECE {
            tasks.push(Task::Runs(k, start, run.1));
            start = run.1;
        }
    }
    if start < sorted.left.len() {
        tasks.push(Task::Runs(k, start, sorted.left.len()));
    }
    report
}

fn plan_cross(
    going: Going<'_>,
    k: usize,
    sorted: &Sorted,
    right: &[u64],
    tasks: &mut Vec<Task>,
    report: &mut RuleReport,
) {
    let mut others = runs(right).peekable();
    let (mut lefts, mut rights): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    for run in runs(&sorted.left) {
        let hash = sorted.left[run.0] >> 32;
        while others.peek().is_some_and(|r| right[r.0] >> 32 < hash) {
            others.next();
        }
        let Some(other) = others.peek().filter(|r| right[r.0] >> 32 == hash) else { continue };
        let (x, y) = (run.1 - run.0, other.1 - other.0);
        report.largest = report.largest.max(x.max(y) as u64);
        if x.saturating_mul(y) > going.largest.saturating_mul(going.largest) {
            report.oversized.push(Oversized {
                records: x.max(y) as u64,
                example: sorted.left[run.0] as u32,
                split: false,
                left_out: (x + y) as u64,
            });
            continue;
        }
        lefts.extend(sorted.left[run.0..run.1].iter().map(|e| *e as u32));
        rights.extend(right[other.0..other.1].iter().map(|e| *e as u32));
        tasks.push(Task::Cross(k, std::mem::take(&mut lefts), std::mem::take(&mut rights)));
    }
}

/// A large block as several pieces of about the same number of pairs.
fn block_tasks(k: usize, rows: Vec<u32>, tasks: &mut Vec<Task>) {
    let n = rows.len();
    let rows = std::sync::Arc::new(rows);
    let pieces = (n * n / 2 / 200_000).max(1);
    let mut from = 0;
    for piece in 1..=pieces {
        // after a share f of the pairs, the left record is at n (1 - sqrt(1 - f))
        let share = piece as f64 / pieces as f64;
        let to = if piece == pieces { n } else { (n as f64 * (1.0 - (1.0 - share).sqrt())) as usize };
        if to > from {
            tasks.push(Task::Block(k, rows.clone(), from, to));
            from = to;
        }
    }
}

/// Copies rows side by side.
fn gather(table: &Table, rows: impl Iterator<Item = u32>, buffer: &mut Vec<u32>) {
    buffer.clear();
    for row in rows {
        buffer.extend_from_slice(table.row(row as usize));
    }
}

fn run<S>(
    going: Going<'_>,
    done: &[Sorted],
    task: &Task,
    worker: &mut Worker,
    buffer: &mut Vec<u32>,
    state: &mut S,
    visit: &impl Fn(&mut S, &mut Worker, (u32, &[u32]), (u32, &[u32])),
) -> (usize, u64) {
    let stride = going.table.stride();
    let mut pairs = 0;
    let compiled = &going.comparer.rules;
    let limit = (going.share * 2.0_f64.powi(32)) as u64;
    let mut offer = |k: usize, l: (u32, &[u32]), r: (u32, &[u32]), worker: &mut Worker| {
        let (l, r) = if l.0 <= r.0 { (l, r) } else { (r, l) };
        if !going.link.allows(l.1[0], r.1[0])
            || (limit < 1 << 32 && mix(u64::from(l.0) << 32 | u64::from(r.0)) >> 32 >= limit)
            || !compiled[k].holds(going.table, l.1, r.1, worker)
        {
            return;
        }
        for earlier in 0..k {
            if compiled[earlier].holds(going.table, l.1, r.1, worker)
                && done[earlier].given(going.table, &compiled[earlier], l.1, r.1)
            {
                return;
            }
        }
        pairs += 1;
        visit(state, worker, l, r);
    };
    match task {
        Task::Runs(k, from, to) => {
            let entries = &done[*k].left[*from..*to];
            // several blocks are copied at once, so that the waits for memory overlap
            let mut batch: Vec<(usize, usize)> = Vec::new();
            let mut rows: Vec<u32> = Vec::new();
            let mut all = runs(entries).filter(|r| r.1 - r.0 > 1).peekable();
            while let Some(run) = all.next() {
                batch.push((rows.len(), rows.len() + run.1 - run.0));
                rows.extend(entries[run.0..run.1].iter().map(|e| *e as u32));
                if rows.len() < 256 && all.peek().is_some() {
                    continue;
                }
                gather(going.table, rows.iter().copied(), buffer);
                for (start, end) in batch.drain(..) {
                    for i in start..end {
                        let left = &buffer[i * stride..(i + 1) * stride];
                        for j in i + 1..end {
                            offer(*k, (rows[i], left), (rows[j], &buffer[j * stride..(j + 1) * stride]), worker);
                        }
                    }
                }
                rows.clear();
            }
            (*k, pairs)
        }
        Task::Block(k, rows, from, to) => {
            gather(going.table, rows[*from..].iter().copied(), buffer);
            for i in 0..to - from {
                let left = &buffer[i * stride..(i + 1) * stride];
                for j in i + 1..rows.len() - from {
                    offer(*k, (rows[from + i], left), (rows[from + j], &buffer[j * stride..(j + 1) * stride]), worker);
                }
            }
            (*k, pairs)
        }
        Task::Cross(k, lefts, rights) => {
            gather(going.table, lefts.iter().chain(rights).copied(), buffer);
            for (i, l) in lefts.iter().enumerate() {
                let left = &buffer[i * stride..(i + 1) * stride];
                for (j, r) in rights.iter().enumerate().filter(|(_, r)| l < r) {
                    let at = (lefts.len() + j) * stride;
                    offer(*k, (*l, left), (*r, &buffer[at..at + stride]), worker);
                }
            }
            (*k, pairs)
        }
    }
}

/// How many pairs have the same in all these columns, and how many pairs there are at all.
pub(crate) fn equal_pairs(table: &Table, columns: &[&str], link: Link) -> f64 {
    let places: Vec<Place> = columns.iter().filter_map(|c| table.place(c)).collect();
    if let ([place], Link::Dedupe) = (places.as_slice(), link)
        && place.kind == Kind::Text
    {
        return table
            .counts(place.dictionary)
            .iter()
            .skip(1)
            .map(|c| f64::from(*c) * (f64::from(*c) - 1.0) / 2.0)
            .sum();
    }
    let sorted = entries(table, &places, false);
    runs(&sorted)
        .map(|(from, to)| pairs_among(sorted[from..to].iter().map(|e| table.source(*e as u32 as usize)), link))
        .sum()
}

/// How many pairs are possible among records of these sources.
fn pairs_among(sources: impl Iterator<Item = u8>, link: Link) -> f64 {
    let (mut all, mut of) = (0.0, [0.0_f64; 256]);
    for source in sources {
        all += 1.0;
        of[usize::from(source)] += 1.0;
    }
    match link {
        Link::Dedupe => all * (all - 1.0) / 2.0,
        Link::Between => (all * all - of.iter().map(|n| n * n).sum::<f64>()) / 2.0,
    }
}

/// How many pairs are possible at all.
pub(crate) fn possible_pairs(table: &Table, link: Link) -> f64 {
    pairs_among((0..table.len()).map(|row| table.source(row)), link)
}
