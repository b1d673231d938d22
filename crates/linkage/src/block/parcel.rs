//! Blocks that are gone through elsewhere: on other machines, or in an engine that knows nothing of linkage.
//!
//! What grows with the number of records stays here: the keys are made, blocks found and the too large ones split by the same code as
//! ever ([`Sender`]). What grows faster, the pairs, goes out: every record that shares a block with another is packed ([`Sender::pack`])
//! with the *buckets* its blocks fall into, and whoever has all parcels of a bucket goes through its blocks ([`Setup::link`]), again
//! by the same code. Each pair is still given once, by the first rule that holds, so the pairs of all buckets together are those of
//! [`crate::score::score`], with the same weights to the last bit; nothing has to be made distinct. A bucket knows nothing of
//! the others, in whatever order and however often it is gone through.
//!
//! A parcel says: the row; which hashes of keys come with it and in which of them the record is compared (both as bits); the hashes; what
//! was read of the record ([`crate::table::packed`]); for each column whose rare values weigh more, how often its own stands in all records.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Going, Keys, RuleReport, Sample, Side, Sorted, Spare, Task, Thin, hash32, key_hash, plan, run, runs};
use crate::compare::{Comparer, CompileError, CompiledRule, Worker};
use crate::model::{Model, Rule};
use crate::random::mix;
use crate::schema::{Schema, SchemaError};
use crate::score::Edge;
use crate::table::packed::{Unpacker, take, take_u32};
use crate::table::{Place, Table};

/// Keys a model may have in all its rules: they are told apart by the bits of a word.
const MOST_KEYS: usize = 64;

/// Why blocks cannot be sent, or cannot be gone through where they arrived.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ParcelError {
    #[error(transparent)]
    Model(#[from] CompileError),
    #[error(transparent)]
    Schema(#[from] SchemaError),
    #[error("the model has {0} blocking keys; at most 64 can be sent")]
    Keys(usize),
    #[error("the setup of the comparison cannot be read: {0}")]
    Setup(String),
    #[error("a record is damaged or of another setup")]
    Damaged,
}

/// All that is needed to go through any bucket; small, and the same for all.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Setup {
    schema: Schema,
    model: Model,
    /// The numbers of the model bit by bit: not every reader of JSON gives them back exactly.
    exact: Vec<u64>,
    floor: u64,
    buckets: u32,
    /// How many texts the columns have in all whose rare values weigh more.
    totals: Vec<u32>,
    /// For each rule the hashes of blocks that were too large, and of their parts that still are.
    big: Vec<Vec<u32>>,
    left_out: Vec<Vec<(u32, u32)>>,
}

/// The pairs of one bucket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// Those that reached the floor, sorted by rows.
    pub edges: Vec<Edge>,
    /// How many pairs each rule gave.
    pub pairs: Vec<u64>,
    /// How many records came, each counted once: the sender knows how many it sent.
    pub records: u64,
}

/// The columns whose rare values weigh more, each dictionary once.
fn terms(model: &Model, table: &Table) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for level in model.comparisons.iter().flat_map(|c| &c.levels) {
        if let Some(place) = level.term.as_ref().and_then(|t| table.place(&t.column))
            && table.text_places().any(|p| p == place)
            && !places.contains(&place)
        {
            places.push(place);
        }
    }
    places
}

/// Every number of a model that training or a clerk may have set.
fn numbers(model: &mut Model) -> impl Iterator<Item = &mut f64> {
    let levels = model.comparisons.iter_mut().flat_map(|c| &mut c.levels);
    let of_levels = levels.flat_map(|level| {
        let term = level.term.iter_mut().flat_map(|term| [&mut term.weight, &mut term.smallest]);
        level.m.iter_mut().chain(level.u.iter_mut()).chain(term)
    });
    std::iter::once(&mut model.prior).chain(of_levels)
}

/// The bucket of a block: of a rule, the records with this hash, or the part of them with that further hash (0 if it is whole).
fn bucket(rule: usize, hash: u32, part: u32, buckets: u32) -> u32 {
    (mix(mix(u64::from(hash) << 32 | u64::from(part)) ^ rule as u64) % u64::from(buckets.max(1))) as u32
}

/// The hash that splits a block too large; 0 where the record has none.
fn part(table: &Table, rule: &CompiledRule, row: u32) -> u32 {
    hash32(key_hash(table, table.row(row as usize), &rule.split, true).filter(|_| !rule.split.is_empty()))
}

/// Records on their way out.
#[derive(Debug)]
pub struct Sender<'t> {
    table: &'t Table,
    comparer: Comparer,
    setup: Setup,
    keys: Keys,
    /// Which hashes of a record are sent, and in which of them it is compared, as bits.
    sent: Vec<u64>,
    compared: Vec<u64>,
    big: Vec<HashSet<u32>>,
    terms: Vec<Place>,
    reports: Vec<RuleReport>,
    most_pairs: u64,
}

impl<'t> Sender<'t> {
    /// Finds the blocks. Pairs below `floor` bits will not be kept.
    pub fn new(model: &Model, table: &'t Table, floor: f64) -> Result<Self, ParcelError> {
        let comparer = Comparer::new(model, table)?;
        let compiled = &comparer.rules;
        let keys = Keys::new(table, compiled, model.link);
        if keys.width > MOST_KEYS {
            return Err(ParcelError::Keys(keys.width));
        }
        let going =
            Going { table, comparer: &comparer, link: model.link, largest: model.largest_block, sample: Sample::All };
        let (mut sent, mut compared) = (vec![0_u64; table.len()], vec![0_u64; table.len()]);
        let (mut big, mut left_out, mut reports) = (Vec::new(), Vec::new(), Vec::new());
        let mut most_pairs = 0;
        let spare = Spare::default();
        for group in (0..compiled.len()).collect::<Vec<_>>().chunks(rayon::current_num_threads().max(1)) {
            let sorted: Vec<(Sorted, u64)> =
                group.par_iter().map(|&k| keys.of_rule(k, &compiled[k], Thin::ALL, &spare)).collect();
            for (&k, (mut sorted, records)) in group.iter().zip(sorted) {
                let mut tasks = Vec::new();
                let mut report = plan(going, k, &compiled[k], &mut sorted, &mut tasks);
                report.largest = report.largest.max(records.min(1));
                reports.push(RuleReport {
                    rule: model.rules.get(k).map(Rule::text).unwrap_or_default(),
                    records,
                    ..report
                });
                for task in &tasks {
                    each_block(task, &sorted, &mut |left: &[u32], right: &[u32]| {
                        let (n, m) = (left.len() as u64, right.len() as u64);
                        most_pairs += if right.is_empty() { n * n.saturating_sub(1) / 2 } else { n * m };
                        for row in left {
                            compared[*row as usize] |= 1 << k;
                        }
                        for row in right {
                            compared[*row as usize] |= 1 << keys.right[k];
                        }
                    });
                }
                // a block left out still counts as gone through where an earlier rule is asked for, so its hashes are sent as well
                if sorted.right.is_some() || !sorted.big.is_empty() {
                    let lefts = sorted
                        .left
                        .iter()
                        .filter(|e| sorted.right.is_some() || sorted.big.contains(&((*e >> 32) as u32)));
                    lefts.for_each(|e| sent[*e as u32 as usize] |= 1 << k);
                    let rights = sorted.right.iter().flatten();
                    rights.for_each(|e| sent[*e as u32 as usize] |= 1 << keys.right[k]);
                }
                left_out.push(sorted.left_out.iter().copied().collect::<Vec<_>>());
                big.push(std::mem::take(&mut sorted.big));
                spare.give(std::mem::take(&mut sorted.left));
                sorted.right.take().into_iter().for_each(|right| spare.give(right));
            }
        }
        sent.iter_mut().zip(&compared).for_each(|(sent, compared)| *sent |= compared);
        let mut model = model.clone();
        let exact = numbers(&mut model).map(|n| n.to_bits()).collect();
        let terms = terms(&model, table);
        let totals = terms.iter().map(|place| table.counts(place.dictionary).iter().skip(1).sum()).collect();
        let listed = |hashes: &HashSet<u32>| {
            let mut list: Vec<u32> = hashes.iter().copied().collect();
            list.sort_unstable();
            list
        };
        for list in &mut left_out {
            list.sort_unstable();
        }
        let setup = Setup {
            schema: table.schema().clone(),
            model,
            exact,
            floor: floor.to_bits(),
            buckets: 1,
            totals,
            big: big.iter().map(listed).collect(),
            left_out,
        };
        Ok(Self { table, comparer, setup, keys, sent, compared, big, terms, reports, most_pairs })
    }

    /// Into how many buckets the blocks are put; one unless said.
    #[must_use]
    pub fn into_buckets(mut self, buckets: u32) -> Self {
        self.setup.buckets = buckets.max(1);
        self
    }

    /// At most so many pairs will be compared (a pair counts once for each of its blocks).
    pub fn most_pairs(&self) -> u64 {
        self.most_pairs
    }

    /// In how many blocks records are, all together: at most so many parcels are sent.
    pub fn places(&self) -> u64 {
        self.compared.iter().map(|bits| u64::from(bits.count_ones())).sum()
    }

    /// What whoever goes through a bucket must know.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// What each rule gave, where `pairs` is the sum over all buckets.
    pub fn reports(&self, pairs: &[u64]) -> Vec<RuleReport> {
        let given = pairs.iter().copied().chain(std::iter::repeat(0));
        self.reports.iter().cloned().zip(given).map(|(report, pairs)| RuleReport { pairs, ..report }).collect()
    }

    /// Writes a record into `out` and the buckets it must go to into `buckets`, each once. Nothing for a record that is alone in all
    /// its blocks: it goes nowhere.
    pub fn pack(&self, row: u32, out: &mut Vec<u8>, buckets: &mut Vec<u32>) {
        out.clear();
        buckets.clear();
        let (sent, compared) = (self.sent[row as usize], self.compared[row as usize]);
        if compared == 0 {
            return;
        }
        let hashes = self.keys.row(row);
        for (k, rule) in self.comparer.rules.iter().enumerate() {
            for column in [k, self.keys.right[k]] {
                if compared >> column & 1 == 1 {
                    let of = if self.big[k].contains(&hashes[column]) { part(self.table, rule, row) } else { 0 };
                    buckets.push(bucket(k, hashes[column], of, self.setup.buckets));
                }
            }
        }
        buckets.sort_unstable();
        buckets.dedup();
        out.extend_from_slice(&row.to_le_bytes());
        let bytes = self.keys.width.div_ceil(8);
        out.extend_from_slice(&sent.to_le_bytes()[..bytes]);
        out.extend_from_slice(&compared.to_le_bytes()[..bytes]);
        for (_, hash) in hashes.iter().enumerate().filter(|(c, _)| sent >> c & 1 == 1) {
            out.extend_from_slice(&hash.to_le_bytes());
        }
        self.table.pack(row as usize, out);
        for place in &self.terms {
            let counts = self.table.counts(place.dictionary);
            let number = self.table.row(row as usize)[place.offset];
            out.extend_from_slice(&counts.get(number as usize).copied().unwrap_or(0).to_le_bytes());
        }
    }
}

/// Calls `each` with the rows of every block of a piece of work: left ones, and right ones for rules that have them apart.
fn each_block(task: &Task, sorted: &Sorted, each: &mut impl FnMut(&[u32], &[u32])) {
    let mut rows: Vec<u32> = Vec::new();
    match task {
        Task::Runs(_, from, to) => {
            for (start, end) in runs(&sorted.left[*from..*to]).filter(|(start, end)| end - start > 1) {
                rows.clear();
                rows.extend(sorted.left[from + start..from + end].iter().map(|e| *e as u32));
                each(&rows, &[]);
            }
        }
        // the pieces of a large block share its rows
        Task::Block(_, block, 0, _) => each(block, &[]),
        Task::Block(..) => {}
        Task::Cross(_, lefts, rights) => each(lefts, rights),
    }
}

impl Setup {
    /// As bytes.
    pub fn write(&self) -> Result<Vec<u8>, ParcelError> {
        serde_json::to_vec(self).map_err(|error| ParcelError::Setup(error.to_string()))
    }

    /// From bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, ParcelError> {
        let mut setup: Self = serde_json::from_slice(bytes).map_err(|error| ParcelError::Setup(error.to_string()))?;
        let exact = std::mem::take(&mut setup.exact);
        let mut count = 0;
        for (number, bits) in numbers(&mut setup.model).zip(&exact) {
            *number = f64::from_bits(*bits);
            count += 1;
        }
        if count != exact.len() {
            return Err(ParcelError::Setup("its numbers are not those of its model".into()));
        }
        setup.exact = exact;
        Ok(setup)
    }

    /// How many rules there are.
    pub fn rules(&self) -> usize {
        self.model.rules.len()
    }

    /// Goes through the blocks of a bucket. `parcels` are all that go to it, in any order.
    pub fn link<'p>(
        &self,
        bucket_number: u32,
        parcels: impl IntoIterator<Item = &'p [u8]>,
    ) -> Result<Linked, ParcelError> {
        let mut parcels: Vec<(u32, &[u8])> = parcels
            .into_iter()
            .map(|mut parcel| Some((take_u32(&mut parcel)?, parcel)))
            .collect::<Option<_>>()
            .ok_or(ParcelError::Damaged)?;
        // records stand in the order of the whole, so the smaller row is the left one here too
        parcels.sort_unstable_by_key(|(row, _)| *row);
        parcels.dedup_by_key(|(row, _)| *row);
        let mut table = Table::read(&self.schema, std::iter::empty())?;
        let terms = terms(&self.model, &table);
        let mut counts: Vec<Vec<u32>> = vec![Vec::new(); terms.len()];
        let empty = Comparer::new(&self.model, &table)?;
        let mut keys = Keys::new(&table, &empty.rules, self.model.link);
        let bytes = keys.width.div_ceil(8);
        let mut compared = Vec::with_capacity(parcels.len());
        keys.hashes.reserve(parcels.len() * keys.width);
        let mut unpacker = Unpacker::new(&table);
        for (_, parcel) in &parcels {
            let mut parcel = *parcel;
            let mut unpack = || {
                let mut bits = || {
                    let mut word = [0; 8];
                    word[..bytes].copy_from_slice(take(&mut parcel, bytes)?);
                    Some(u64::from_le_bytes(word))
                };
                let sent = bits()?;
                compared.push(bits()?);
                for column in 0..keys.width {
                    keys.hashes.push(if sent >> column & 1 == 1 { take_u32(&mut parcel)? } else { 0 });
                }
                unpacker.push(&mut table, &mut parcel)?;
                for (place, counts) in terms.iter().zip(&mut counts) {
                    let number = table.row(table.len() - 1)[place.offset] as usize;
                    if counts.len() <= number {
                        counts.resize(number + 1, 0);
                    }
                    counts[number] = take_u32(&mut parcel)?;
                }
                parcel.is_empty().then_some(())
            };
            unpack().ok_or(ParcelError::Damaged)?;
        }
        for ((place, counts), all) in terms.iter().zip(counts).zip(&self.totals) {
            table.set_counts_of_all(place.dictionary, counts, *all);
        }
        let comparer = Comparer::new(&self.model, &table)?;
        let mut linked = self.go_through(bucket_number, &table, &comparer, &keys, &compared);
        for edge in &mut linked.edges {
            (edge.left, edge.right) = (parcels[edge.left as usize].0, parcels[edge.right as usize].0);
        }
        linked.edges.sort_unstable_by_key(|e| (e.left, e.right));
        Ok(linked)
    }

    fn go_through(
        &self,
        bucket_number: u32,
        table: &Table,
        comparer: &Comparer,
        keys: &Keys,
        compared: &[u64],
    ) -> Linked {
        let floor = f64::from_bits(self.floor);
        let going =
            Going { table, comparer, link: self.model.link, largest: self.model.largest_block, sample: Sample::All };
        let mut done: Vec<Sorted> = (0..comparer.rules.len())
            .map(|k| Sorted {
                big: self.big.get(k).into_iter().flatten().copied().collect(),
                left_out: self.left_out.get(k).into_iter().flatten().copied().collect(),
                ..Sorted::default()
            })
            .collect();
        let visit = |edges: &mut Vec<Edge>, worker: &mut Worker, l: (u32, &[u32]), r: (u32, &[u32])| {
            if let Some((weight, pattern)) = comparer.score(table, l.1, r.1, floor, worker) {
                edges.push(Edge { left: l.0, right: r.0, weight: weight as f32, pattern });
            }
        };
        let mut linked =
            Linked { pairs: vec![0; comparer.rules.len()], records: table.len() as u64, ..Linked::default() };
        let (mut worker, mut side) = (comparer.worker(), Side::default());
        let thin = vec![Thin::ALL; comparer.rules.len()];
        for (k, rule) in comparer.rules.iter().enumerate() {
            // the records of a column whose block is of this bucket, and the part of a split block they are in
            let entries = |column: usize, done: &[Sorted]| {
                let mut whole: Vec<u64> = Vec::new();
                let mut parts: Vec<(u64, u32)> = Vec::new();
                for row in (0..compared.len() as u32).filter(|row| compared[*row as usize] >> column & 1 == 1) {
                    let hash = keys.row(row)[column];
                    let of = if done[k].big.contains(&hash) { part(table, rule, row) } else { 0 };
                    if bucket(k, hash, of, self.buckets) != bucket_number {
                        continue;
                    }
                    if of == 0 {
                        whole.push(u64::from(hash) << 32 | u64::from(row));
                    } else {
                        parts.push((u64::from(hash) << 32 | u64::from(of), row));
                    }
                }
                // rows of equal hashes keep their order
                whole.sort_unstable();
                parts.sort_unstable();
                (whole, parts)
            };
            let (left, parts) = entries(k, &done);
            let mut tasks = Vec::new();
            if rule.symmetric {
                tasks.push(Task::Runs(k, 0, left.len()));
                done[k].left = left;
                for block in parts.chunk_by(|a, b| a.0 == b.0) {
                    let rows: Vec<u32> = block.iter().map(|(_, row)| *row).collect();
                    tasks.push(Task::Block(k, Arc::new(rows), 0, block.len()));
                }
            } else {
                let (right, _) = entries(keys.right[k], &done);
                let rows = |of: &[u64], hash: u64| {
                    let from = of.partition_point(|e| e >> 32 < hash);
                    of[from..].iter().take_while(|e| **e >> 32 == hash).map(|e| *e as u32).collect::<Vec<_>>()
                };
                for run in runs(&left) {
                    let hash = left[run.0] >> 32;
                    tasks.push(Task::Cross(k, rows(&left, hash), rows(&right, hash)));
                }
            }
            for task in &tasks {
                let (_, pairs) =
                    run(going, (keys, &done, &thin), task, &mut worker, &mut side, &mut linked.edges, &visit);
                linked.pairs[k] += pairs;
            }
            done[k].left = Vec::new();
        }
        linked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Link;
    use crate::random::Random;
    use crate::{people, score};

    /// Made-up people, many of them alike.
    fn table(rows: usize, sources: usize) -> Table {
        let schema = people::schema(25);
        let names = schema.field_names();
        let first = ["SITI", "St.", "BUDI", "MUH.", "AHMAD", "NUR", "SRI", "DEWI"];
        let second = ["AMINAH", "SANTOSO", "ILYAS", "HASAN", "RAHAYU", "Santosa", "AMINA"];
        let mut random = Random::new(7);
        let records: Vec<(u8, Vec<String>)> = (0..rows)
            .map(|i| {
                let mut any = |n: usize| random.below(n);
                let (day, month, year) = (any(12) + 1, any(12) + 1, 1980 + any(4));
                let person: Vec<String> = names
                    .iter()
                    .map(|field| match *field {
                        "nama" | "nama_ibu" => format!("{} {}", first[any(8)], second[any(7)]),
                        "tgl_lahir" if any(3) == 0 => format!("{year}-{day:02}-{month:02}"),
                        "tgl_lahir" => format!("{year}-{month:02}-{day:02}"),
                        "nik" if any(4) > 0 => {
                            format!("990101{day:02}{month:02}{:02}{:04}", year - 1900, any(9) + 1)
                        }
                        "no_kk" => format!("99010112120000{:02}", any(60)),
                        "jk" => if any(2) == 0 { "L" } else { "P" }.to_owned(),
                        "tempat_lahir" => ["BOGOR", "PATI", "BLORA"][any(3)].to_owned(),
                        "kelurahan" => ["SUKAMAJU", "SUKA MAJU", "CIBIRU", ""][any(4)].to_owned(),
                        "rt" | "rw" => format!("{:03}", any(3)),
                        "alamat" => format!("JL. MAWAR {}", any(5)),
                        _ => String::new(),
                    })
                    .collect();
                ((i % sources) as u8, person)
            })
            .collect();
        let borrowed = records.iter().map(|(source, fields)| (*source, fields.iter().map(String::as_str).collect()));
        Table::read(&schema, borrowed).expect("is a schema")
    }

    /// All pairs through buckets, sent in reverse, and what the rules gave.
    fn through(model: &Model, table: &Table, buckets: u32) -> (Vec<Edge>, Vec<RuleReport>) {
        let sender = Sender::new(model, table, -10.0).expect("compiles").into_buckets(buckets);
        let mut of: Vec<Vec<Vec<u8>>> = vec![Vec::new(); buckets as usize];
        let (mut parcel, mut to) = (Vec::new(), Vec::new());
        for row in (0..table.len() as u32).rev() {
            sender.pack(row, &mut parcel, &mut to);
            for bucket in &to {
                of[*bucket as usize].push(parcel.clone());
            }
        }
        let setup = Setup::read(&sender.setup().write().expect("is written")).expect("is read");
        let mut pairs = vec![0; setup.rules()];
        let mut edges = Vec::new();
        for (number, parcels) in of.iter().enumerate() {
            let linked = setup.link(number as u32, parcels.iter().map(Vec::as_slice)).expect("is gone through");
            edges.extend(linked.edges);
            pairs.iter_mut().zip(&linked.pairs).for_each(|(all, here)| *all += here);
        }
        edges.sort_unstable_by_key(|e| (e.left, e.right));
        let reports = sender.reports(&pairs);
        assert!(reports.iter().map(|r| r.pairs).sum::<u64>() <= sender.most_pairs());
        (edges, reports)
    }

    #[test]
    fn what_buckets_give_together_is_what_one_machine_gives() {
        for (sources, link) in [(1, Link::Dedupe), (2, Link::Between)] {
            let table = table(3_000, sources);
            let mut model = people::starting(people::model(link)).expect("is a model");
            // with blocks of 6 at most, many are split, and of some nothing is left
            for largest in [5_000, 40, 6] {
                model.largest_block = largest;
                let expected = score::score(&model, &table, -10.0).expect("compiles");
                let oversized = || expected.rules.iter().flat_map(|r| &r.oversized);
                assert_eq!(largest == 5_000, oversized().next().is_none(), "{largest}");
                assert_eq!(largest == 6, oversized().any(|o| o.split && o.left_out > 6), "{largest}");
                assert!(expected.edges.len() > 1_000, "{}", expected.edges.len());
                for buckets in [1, 7, 64] {
                    let (edges, reports) = through(&model, &table, buckets);
                    assert_eq!(edges, expected.edges, "{link:?} {largest} {buckets}");
                    assert_eq!(reports, expected.rules, "{link:?} {largest} {buckets}");
                }
            }
        }
    }

    #[test]
    fn whoever_is_alone_goes_nowhere_and_a_damaged_parcel_is_refused() {
        let table = table(200, 1);
        let model = people::shipped().expect("is a model");
        let sender = Sender::new(&model, &table, -4.0).expect("compiles").into_buckets(1);
        let (mut parcel, mut to) = (Vec::new(), Vec::new());
        sender.pack(3, &mut parcel, &mut to);
        assert_eq!(to, [0]);
        parcel.pop();
        assert!(matches!(sender.setup().link(0, [parcel.as_slice()]), Err(ParcelError::Damaged)));
        assert!(matches!(Setup::read(b"{}"), Err(ParcelError::Setup(_))));
        let one = Table::read(table.schema(), [(0, vec!["SITI AMINAH"]), (0, vec!["BUDI"])]).expect("schema");
        let sender = Sender::new(&model, &one, -4.0).expect("compiles");
        sender.pack(0, &mut parcel, &mut to);
        assert!(parcel.is_empty() && to.is_empty());
    }
}
