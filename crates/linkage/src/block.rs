//! Which pairs are compared: blocks of records with the same key, pair by pair, without ever writing a list of pairs.
//!
//! For each rule every record has a 32-bit hash of its key ([`Keys`]); records alone with their hash are left out, the others are
//! sorted by it (radix sort of `hash << 32 | row`), and a run of equal hashes is a block. Its rows and their hashes are copied side by
//! side, and every pair in it is offered to the rule itself (so a clash of hashes does no harm) and to the rules before it (so a pair
//! is given once, by the first rule that holds; where the hashes differ the keys do). A block with too many records is split by further
//! columns; what is still too large is left out. Both are reported.

use std::collections::HashSet;
use std::sync::Mutex;

use rayon::prelude::*;

use crate::compare::{Comparer, CompiledRule, Worker};
use crate::model::{Link, Rule};
use crate::random::{hash_bytes, mix};
use crate::schema::Kind;
use crate::table::{Place, Table};

pub mod parcel;

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

/// The hashes of all rules' keys of a record, in 32 bits; 0 where part of the key is missing.
fn hash32(hash: Option<u64>) -> u32 {
    hash.map_or(0, |h| ((h >> 32) as u32).max(1))
}

/// For every record and rule the hash of the record's key: rows side by side. A rule whose left and right columns differ has a
/// second hash for the right ones.
#[derive(Debug, Default)]
struct Keys {
    width: usize,
    hashes: Vec<u32>,
    /// For each rule, where the hash of its right key stands.
    right: Vec<usize>,
    /// The source of every record, where only pairs of two sources count.
    sources: Vec<u8>,
}

/// In the counts of [`Keys::sorted`]: this often or more, or several sources.
const MANY: u64 = 15;

impl Keys {
    fn new(table: &Table, rules: &[CompiledRule], link: Link) -> Self {
        let mut columns: Vec<(&[Place], bool)> =
            rules.iter().map(|rule| (rule.left.as_slice(), !rule.symmetric)).collect();
        let mut right = Vec::with_capacity(rules.len());
        for (k, rule) in rules.iter().enumerate() {
            right.push(if rule.symmetric { k } else { columns.len() });
            if !rule.symmetric {
                columns.push((&rule.right, true));
            }
        }
        Self { right, ..Self::of(table, &columns, link) }
    }

    /// Of these keys, and whether texts are hashed themselves, for they stand in several dictionaries.
    fn of(table: &Table, columns: &[(&[Place], bool)], link: Link) -> Self {
        let width = columns.len();
        let mut hashes = vec![0; width * table.len()];
        let stride = table.stride();
        hashes.par_chunks_mut((width * 4096).max(1)).zip(table.words().par_chunks(stride * 4096)).for_each(
            |(hashes, words)| {
                for (hashes, row) in hashes.chunks_exact_mut(width).zip(words.chunks_exact(stride)) {
                    for (hash, (places, by_text)) in hashes.iter_mut().zip(columns) {
                        *hash = hash32(key_hash(table, row, places, *by_text));
                    }
                }
            },
        );
        let sources = match link {
            Link::Dedupe => Vec::new(),
            Link::Between => table.words().par_chunks_exact(stride).map(|row| row[0] as u8).collect(),
        };
        Self { width, hashes, right: Vec::new(), sources }
    }

    fn row(&self, row: u32) -> &[u32] {
        &self.hashes[row as usize * self.width..(row as usize + 1) * self.width]
    }

    fn column(&self, column: usize) -> impl Iterator<Item = u32> + '_ {
        self.hashes.chunks_exact(self.width.max(1)).map(move |row| row[column])
    }

    /// The records of a column that may share their hash with a record of the other column, sorted; and how many have a hash. Of a
    /// sample, small blocks that are not taken are left out here already.
    fn sorted(&self, column: usize, other: usize, thin: Thin, spare: &Spare) -> (Vec<u64>, u64) {
        // four bits for every eighth of all hashes: how many were seen there, or of which sources
        let places = (self.hashes.len() / self.width.max(1) * 8).next_power_of_two().clamp(1 << 12, 1 << 26);
        let mut seen = spare.take();
        seen.resize(places / 16, 0);
        let place = |hash: u32| {
            let at = hash as usize & (places - 1);
            (at / 16, 4 * (at % 16))
        };
        let mut note = |hash: u32, row: usize| {
            let (at, bit) = place(hash);
            let there = seen[at] >> bit & MANY;
            let more = match self.sources.get(row) {
                None => (there < MANY).into(),
                Some(source) => match u64::from(*source) + 1 {
                    this if there == this || there == MANY => 0,
                    this if there == 0 && this < MANY => this,
                    _ => MANY - there,
                },
            };
            seen[at] += more << bit;
        };
        let mut entries = spare.take();
        for (row, hash) in self.column(column).enumerate().filter(|(_, hash)| *hash != 0) {
            entries.push(u64::from(hash) << 32 | row as u64);
            if column == other {
                note(hash, row);
            }
        }
        if column != other {
            self.column(other).enumerate().filter(|(_, h)| *h != 0).for_each(|(row, hash)| note(hash, row));
        }
        let records = entries.len() as u64;
        entries.retain(|entry| {
            let hash = (entry >> 32) as u32;
            let (at, bit) = place(hash);
            match seen[at] >> bit & MANY {
                MANY => true,
                there if column != other => there > 0,
                there => self.sources.is_empty() && there > 1 && thin.takes(hash),
            }
        });
        seen.clear();
        (radix_sort(entries, seen, spare), records)
    }

    /// The records of a rule that may be in a block, sorted by key; and how many have its key.
    fn of_rule(&self, k: usize, rule: &CompiledRule, thin: Thin, spare: &Spare) -> (Sorted, u64) {
        let (left, records) = self.sorted(k, self.right[k], thin, spare);
        let right = (!rule.symmetric).then(|| self.sorted(self.right[k], k, thin, spare).0);
        (Sorted { left, right, ..Sorted::default() }, records)
    }

    /// Which of up to 64 rules may hold for a pair, as bits: the hashes of their keys are the same.
    #[inline]
    fn may_hold(&self, rules: std::ops::Range<usize>, left: &[u32], right: &[u32]) -> u64 {
        let mut bits = 0;
        for (i, (hash, at)) in left[rules.clone()].iter().zip(&self.right[rules]).enumerate() {
            bits |= u64::from(*hash != 0 && *hash == right[*at]) << i;
        }
        bits
    }
}

/// How pairs are thinned out: a pair is taken if a hash of it is below this share of 2^32.
#[derive(Clone, Copy, Debug)]
struct Thin(u64);

impl Thin {
    const ALL: Self = Self(1 << 32);

    fn of(share: f64) -> Self {
        Self((share * 2.0_f64.powi(32)) as u64)
    }

    fn is_all(self) -> bool {
        self.0 >= Self::ALL.0
    }

    /// Whether a small block with this hash is taken.
    fn takes(self, hash: u32) -> bool {
        self.is_all() || mix(u64::from(hash)) >> 32 < self.0
    }

    /// Whether a pair of rows of a larger block is taken.
    fn takes_pair(self, left: u32, right: u32) -> bool {
        self.is_all() || mix(u64::from(left) << 32 | u64::from(right)) >> 32 < self.0
    }
}

/// Buffers used again: fresh memory costs more than what is done with it.
#[derive(Debug, Default)]
struct Spare(Mutex<Vec<Vec<u64>>>);

impl Spare {
    fn take(&self) -> Vec<u64> {
        self.0.lock().map_or(None, |mut spare| spare.pop()).unwrap_or_default()
    }

    fn give(&self, mut buffer: Vec<u64>) {
        buffer.clear();
        if let Ok(mut spare) = self.0.lock() {
            spare.push(buffer);
        }
    }
}

/// Sorts by the upper 32 bits, keeping the order of equal ones: three passes over eleven, eleven and ten bits. `other` is room to work.
fn radix_sort(mut entries: Vec<u64>, mut other: Vec<u64>, spare: &Spare) -> Vec<u64> {
    if entries.len() < 4096 {
        entries.sort_by_key(|e| e >> 32);
        spare.give(other);
        return entries;
    }
    other.resize(entries.len(), 0);
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
    spare.give(other);
    entries
}

/// The records of a rule, sorted by key.
#[derive(Debug, Default)]
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
                key_hash(table, row, places, by_text)
                    .map(|h| u64::from(hash32(Some(h))) << 32 | (chunk * 16_384 + i) as u64)
            })
        })
        .collect();
    radix_sort(rows, Vec::new(), &Spare::default())
}

pub(crate) fn rule_hash(table: &Table, rule: &CompiledRule, row: &[u32], right: bool) -> Option<u32> {
    let places = if right { &rule.right } else { &rule.left };
    key_hash(table, row, places, !rule.symmetric).map(|h| hash32(Some(h)))
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

    /// How many pairs have the same key (or hash).
    fn pairs(&self, keys: &Keys) -> f64 {
        let row = |entry: &u64| *entry as u32 as usize;
        match &self.right {
            None => runs(&self.left)
                .filter(|(from, to)| to - from > 1)
                .map(|(from, to)| match keys.sources.as_slice() {
                    [] => ((to - from) * (to - from - 1) / 2) as f64,
                    sources => pairs_among(self.left[from..to].iter().map(|e| sources[row(e)]), Link::Between),
                })
                .sum(),
            Some(right) => {
                let mut others = runs(right).peekable();
                let mut pairs = 0.0;
                for (from, to) in runs(&self.left) {
                    let hash = self.left[from] >> 32;
                    while others.next_if(|(at, _)| right[*at] >> 32 < hash).is_some() {}
                    if let Some((first, end)) = others.next_if(|(at, _)| right[*at] >> 32 == hash) {
                        pairs += (to - from) as f64 * (end - first) as f64;
                    }
                }
                pairs
            }
        }
    }

    /// Whether a pair for which the rule holds was indeed given by it. `hash` is that of the left record's key.
    fn given(&self, table: &Table, rule: &CompiledRule, hash: u32, left: &[u32], right: &[u32]) -> bool {
        if self.big.is_empty() || !self.big.contains(&hash) {
            return true;
        }
        rule.same_split(left, right)
            && key_hash(table, left, &rule.split, true)
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
    pub sample: Sample,
}

/// Which pairs are looked at, chosen by a hash of the two rows, in small blocks by a hash of the key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sample {
    All,
    /// This share of them.
    Share(f64),
    /// About so many of each rule's.
    Most(f64),
}

/// Gives every pair of the rules of `going.comparer` once to `visit`; one state per piece of work, in a fixed order.
pub(crate) fn each_pair<S: Send>(
    going: Going<'_>,
    rules: &[Rule],
    start: impl Fn() -> S + Sync,
    visit: impl Fn(&mut S, &mut Worker, (u32, &[u32]), (u32, &[u32])) + Sync,
) -> (Vec<S>, Vec<RuleReport>) {
    each_pair_telling(going, rules, start, visit, &mut |_, _| {})
}

/// The same, telling how many rules are done, of how many.
pub(crate) fn each_pair_telling<S: Send>(
    going: Going<'_>,
    rules: &[Rule],
    start: impl Fn() -> S + Sync,
    visit: impl Fn(&mut S, &mut Worker, (u32, &[u32]), (u32, &[u32])) + Sync,
    tell: &mut dyn FnMut(usize, usize),
) -> (Vec<S>, Vec<RuleReport>) {
    let compiled = &going.comparer.rules;
    let mut done: Vec<Sorted> = Vec::new();
    let mut reports: Vec<RuleReport> = Vec::new();
    let mut states = Vec::new();
    let batch = rayon::current_num_threads().max(1);
    let keys = Keys::new(going.table, compiled, going.link);
    let spare = Spare::default();
    let known = if let Sample::Share(share) = going.sample { Thin::of(share) } else { Thin::ALL };
    let mut thin: Vec<Thin> = Vec::new();
    for group in (0..compiled.len()).collect::<Vec<_>>().chunks(batch) {
        let sorted: Vec<(Sorted, u64)> =
            group.par_iter().map(|&k| keys.of_rule(k, &compiled[k], known, &spare)).collect();
        let mut tasks = Vec::new();
        for (&k, (sorted, records)) in group.iter().zip(sorted) {
            thin.push(match going.sample {
                Sample::Most(most) => Thin::of((most / sorted.pairs(&keys).max(1.0)).min(1.0)),
                _ => known,
            });
            done.push(sorted);
            let mut report = plan(going, k, &compiled[k], &mut done[k], &mut tasks);
            report.largest = report.largest.max(records.min(1));
            reports.push(RuleReport { rule: rules.get(k).map(Rule::text).unwrap_or_default(), records, ..report });
        }
        let out: Vec<(usize, u64, S)> = tasks
            .par_iter()
            .map_init(
                || (going.comparer.worker(), Side::default()),
                |(worker, side), task| {
                    let mut state = start();
                    let (k, pairs) = run(going, (&keys, &done, &thin), task, worker, side, &mut state, &visit);
                    (k, pairs, state)
                },
            )
            .collect();
        for (k, pairs, state) in out {
            reports[k].pairs += pairs;
            states.push(state);
        }
        for &k in group {
            // the keys are needed no more, the too large blocks are
            spare.give(std::mem::take(&mut done[k].left));
            done[k].right.take().into_iter().for_each(|right| spare.give(right));
        }
        tell(done.len(), compiled.len());
    }
    (states, reports)
}

/// Entries in one piece of work.
const PIECE: usize = 8192;
/// Records in a block of which a sample takes all pairs or none.
const SMALL: usize = 16;

fn plan(going: Going<'_>, k: usize, rule: &CompiledRule, sorted: &mut Sorted, tasks: &mut Vec<Task>) -> RuleReport {
    let mut report = RuleReport::default();
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
                            key_hash(going.table, going.table.row(row as usize), &rule.split, true)
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

/// Rows copied side by side, and the hashes of their keys.
#[derive(Debug, Default)]
struct Side {
    rows: Vec<u32>,
    words: Vec<u32>,
    hashes: Vec<u32>,
}

/// One record of a pair.
#[derive(Clone, Copy, Debug)]
struct Record<'a> {
    row: u32,
    words: &'a [u32],
    hashes: &'a [u32],
}

/// Of the first 64 rules before `k`, as bits, those that give every pair with equal keys.
fn sure_rules(rules: &[CompiledRule], done: &[Sorted], k: usize) -> u64 {
    let sure = |rule: &usize| rules[*rule].is_plain() && done[*rule].big.is_empty();
    (0..k.min(64)).filter(sure).fold(0, |bits, rule| bits | 1 << rule)
}

/// Records of several blocks looked at together.
const TOGETHER: usize = 256;

impl Side {
    /// The hashes of the next blocks, [`TOGETHER`] records or a little more; where each of them stands goes into `blocks`.
    fn gather_hashes(
        &mut self,
        keys: &Keys,
        entries: &[u64],
        next: &mut impl Iterator<Item = (usize, usize)>,
        blocks: &mut Vec<(usize, usize)>,
    ) {
        self.rows.clear();
        self.hashes.clear();
        while self.rows.len() < TOGETHER
            && let Some((from, to)) = next.next()
        {
            blocks.push((self.rows.len(), self.rows.len() + to - from));
            self.rows.extend(entries[from..to].iter().map(|entry| *entry as u32));
        }
        for row in &self.rows {
            self.hashes.extend_from_slice(keys.row(*row));
        }
    }

    /// Whether every pair of a small block has the keys of two of these rules in common: both by a clash of their hashes is as good as
    /// impossible (2^-64 for a pair), so the first of them has given it.
    fn all_given(&self, keys: &Keys, (start, end): (usize, usize), sure: u64) -> bool {
        let hashes = |at: usize| &self.hashes[at * keys.width..(at + 1) * keys.width];
        let rules = 64 - sure.leading_zeros() as usize;
        sure.count_ones() > 1
            && end - start <= 4
            && (start..end)
                .all(|i| (i + 1..end).all(|j| (keys.may_hold(0..rules, hashes(i), hashes(j)) & sure).count_ones() > 1))
    }

    /// Several blocks are copied at once, so that the waits for memory overlap.
    fn gather(&mut self, table: &Table, keys: &Keys, rows: impl Iterator<Item = u32>) {
        self.rows.clear();
        self.words.clear();
        self.hashes.clear();
        for row in rows {
            self.rows.push(row);
            self.words.extend_from_slice(table.row(row as usize));
            self.hashes.extend_from_slice(keys.row(row));
        }
    }

    fn record(&self, at: usize, stride: usize, width: usize) -> Record<'_> {
        Record {
            row: self.rows[at],
            words: &self.words[at * stride..(at + 1) * stride],
            hashes: &self.hashes[at * width..(at + 1) * width],
        }
    }
}

fn run<S>(
    going: Going<'_>,
    (keys, done, thin): (&Keys, &[Sorted], &[Thin]),
    task: &Task,
    worker: &mut Worker,
    side: &mut Side,
    state: &mut S,
    visit: &impl Fn(&mut S, &mut Worker, (u32, &[u32]), (u32, &[u32])),
) -> (usize, u64) {
    let (stride, width) = (going.table.stride(), keys.width);
    let mut pairs = 0;
    let compiled = &going.comparer.rules;
    let mut offer = |k: usize, l: Record<'_>, r: Record<'_>, thin: Thin, worker: &mut Worker| {
        let (l, r) = if l.row <= r.row { (l, r) } else { (r, l) };
        if !going.link.allows(l.words[0], r.words[0])
            || !thin.takes_pair(l.row, r.row)
            || !compiled[k].holds(going.table, l.words, r.words, worker)
        {
            return;
        }
        for from in (0..k).step_by(64) {
            let mut earlier = keys.may_hold(from..k.min(from + 64), l.hashes, r.hashes);
            while earlier != 0 {
                let rule = from + earlier.trailing_zeros() as usize;
                earlier &= earlier - 1;
                if compiled[rule].holds(going.table, l.words, r.words, worker)
                    && done[rule].given(going.table, &compiled[rule], l.hashes[rule], l.words, r.words)
                {
                    return;
                }
            }
        }
        pairs += 1;
        visit(state, worker, (l.row, l.words), (r.row, r.words));
    };
    match task {
        Task::Runs(k, from, to) => {
            let entries = &done[*k].left[*from..*to];
            let thin = thin[*k];
            let sure = sure_rules(compiled, done, *k);
            let mut blocks: Vec<(usize, usize)> = Vec::new();
            let mut rows: Vec<u32> = Vec::new();
            // of a sample, small blocks are taken whole or not at all, the pairs of others one by one
            let whole = |size: usize| !thin.is_all() && size <= SMALL;
            let taken = |run: (usize, usize)| !whole(run.1 - run.0) || thin.takes((entries[run.0] >> 32) as u32);
            let mut all = runs(entries).filter(|r| r.1 - r.0 > 1 && taken(*r)).peekable();
            while all.peek().is_some() {
                side.gather_hashes(keys, entries, &mut all, &mut blocks);
                // most small blocks of a later rule hold nothing that earlier rules have not given: their records are not fetched
                blocks.retain(|block| !side.all_given(keys, *block, sure));
                rows.clear();
                for (start, end) in &mut blocks {
                    let from = rows.len();
                    rows.extend_from_slice(&side.rows[*start..*end]);
                    (*start, *end) = (from, rows.len());
                }
                side.gather(going.table, keys, rows.iter().copied());
                for (start, end) in blocks.drain(..) {
                    let thin = if whole(end - start) { Thin::ALL } else { thin };
                    for i in start..end {
                        let left = side.record(i, stride, width);
                        for j in i + 1..end {
                            offer(*k, left, side.record(j, stride, width), thin, worker);
                        }
                    }
                }
            }
            (*k, pairs)
        }
        Task::Block(k, rows, from, to) => {
            side.gather(going.table, keys, rows[*from..].iter().copied());
            for i in 0..to - from {
                let left = side.record(i, stride, width);
                for j in i + 1..rows.len() - from {
                    offer(*k, left, side.record(j, stride, width), thin[*k], worker);
                }
            }
            (*k, pairs)
        }
        Task::Cross(k, lefts, rights) => {
            side.gather(going.table, keys, lefts.iter().chain(rights).copied());
            for (i, l) in lefts.iter().enumerate() {
                let left = side.record(i, stride, width);
                for (j, _) in rights.iter().enumerate().filter(|(_, r)| l < r) {
                    offer(*k, left, side.record(lefts.len() + j, stride, width), thin[*k], worker);
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
    let keys = Keys::of(table, &[(places.as_slice(), false)], link);
    let (left, _) = keys.sorted(0, 0, Thin::ALL, &Spare::default());
    Sorted { left, ..Sorted::default() }.pairs(&keys)
}

/// How many pairs are possible among records of these sources.
fn pairs_among(sources: impl Iterator<Item = u8>, link: Link) -> f64 {
    let mut of = [0.0_f64; 256];
    let (mut all, mut last) = (0.0, 0);
    for source in sources {
        of[usize::from(source)] += 1.0;
        all += 1.0;
        last = source.max(last);
    }
    match link {
        Link::Dedupe => all * (all - 1.0) / 2.0,
        Link::Between => (all * all - of[..=usize::from(last)].iter().map(|n| n * n).sum::<f64>()) / 2.0,
    }
}

/// How many pairs are possible at all.
pub(crate) fn possible_pairs(table: &Table, link: Link) -> f64 {
    pairs_among((0..table.len()).map(|row| table.source(row)), link)
}
