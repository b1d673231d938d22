//! "Who is this?": one record against all, while somebody waits; and new records put in as they come.
//!
//! For each blocking rule the keys of all records lie sorted; a new record looks up its own key in each, compares what it finds and
//! gives the best. Records put in later lie in a small list beside until [`Index::settle`].
//!
//! Asking takes the index for itself (`&mut self`): a text that nobody bears yet gets a number while its record is compared. Where
//! several ask at once, a mutex around the index is enough; an answer takes microseconds (`docs/benchmarks.md`).

use std::collections::HashMap;

use crate::block::{Sorted, rule_hash};
use crate::compare::{Comparer, CompileError, Worker};
use crate::model::{Model, Rule};
use crate::score::Edge;
use crate::table::Table;

/// All records, ready to be asked.
#[derive(Debug)]
pub struct Index {
    model: Model,
    table: Table,
    comparer: Comparer,
    worker: Worker,
    /// Keys of each rule: of the left columns, and of the right ones where they differ.
    sorted: Vec<Sorted>,
    /// Keys of records put in later.
    later: Vec<HashMap<u32, Vec<u32>>>,
    later_right: Vec<HashMap<u32, Vec<u32>>>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The likeliest records, heaviest first. `right` is always the record asked for.
    pub edges: Vec<Edge>,
    /// Records compared.
    pub compared: usize,
    /// Rules whose block was too large to be gone through: what they alone would have found is not here.
    pub too_many: Vec<usize>,
}

impl Index {
    /// Sorts the keys of all records. Which pairs are possible by source does not count here: anybody may be asked for.
    pub fn new(model: Model, table: Table) -> Result<Self, CompileError> {
        let comparer = Comparer::new(&model, &table)?;
        let mut index = Self {
            later: vec![HashMap::new(); model.rules.len()],
            later_right: vec![HashMap::new(); model.rules.len()],
            model,
            table,
            comparer,
            worker: Worker::default(),
            sorted: Vec::new(),
        };
        index.settle();
        Ok(index)
    }

    /// The records.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The model ready to compare them.
    pub fn comparer(&self) -> &Comparer {
        &self.comparer
    }

    /// Sorts records put in later among the others.
    pub fn settle(&mut self) {
        self.sorted = self.comparer.rules.iter().map(|rule| Sorted::new(&self.table, rule)).collect();
        self.later.iter_mut().chain(&mut self.later_right).for_each(HashMap::clear);
    }

    /// The records most like one that is not among them: at least `floor` bits, at most `most` of them. Fields in the order of
    /// [`crate::schema::Schema::field_names`]. Leaves no trace.
    pub fn find(&mut self, source: u8, fields: &[&str], floor: f64, most: usize) -> Found {
        let mark = self.table.mark();
        let row = self.table.push(source, fields);
        let found = self.lookup(row, floor, most);
        self.table.restore(&mark);
        found
    }

    /// The records most like one that is among them.
    pub fn like(&mut self, row: usize, floor: f64, most: usize) -> Found {
        self.lookup(row, floor, most)
    }

    /// The model they are compared by.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Puts a record in, and gives its row and the records most like it.
    pub fn insert(&mut self, source: u8, fields: &[&str], floor: f64, most: usize) -> (usize, Found) {
        let row = self.table.push(source, fields);
        let found = self.lookup(row, floor, most);
        for (k, rule) in self.comparer.rules.iter().enumerate() {
            let words = self.table.row(row);
            if let Some(hash) = rule_hash(&self.table, rule, words, false) {
                self.later[k].entry(hash).or_default().push(row as u32);
            }
            if !rule.symmetric
                && let Some(hash) = rule_hash(&self.table, rule, words, true)
            {
                self.later_right[k].entry(hash).or_default().push(row as u32);
            }
        }
        (row, found)
    }

    fn lookup(&mut self, row: usize, floor: f64, most: usize) -> Found {
        let mut found = Found::default();
        let words = self.table.row(row).to_vec();
        let mut candidates: Vec<u32> = Vec::new();
        for (k, rule) in self.comparer.rules.iter().enumerate() {
            let mut here: Vec<u32> = Vec::new();
            let mut collect = |entries: &[u64], later: &HashMap<u32, Vec<u32>>, hash: Option<u32>| {
                let Some(hash) = hash else { return };
                let from = entries.partition_point(|e| (e >> 32) < u64::from(hash));
                here.extend(entries[from..].iter().take_while(|e| *e >> 32 == u64::from(hash)).map(|e| *e as u32));
                here.extend(later.get(&hash).into_iter().flatten());
            };
            let sorted = &self.sorted[k];
            // the record asked for is the right one of each pair, and for rules with two sides the left one too
            let as_right = rule_hash(&self.table, rule, &words, true);
            collect(&sorted.left, &self.later[k], as_right);
            if let Some(right) = &sorted.right {
                let as_left = rule_hash(&self.table, rule, &words, false);
                collect(right, &self.later_right[k], as_left);
            }
            if here.len() > self.model.largest_block {
                found.too_many.push(k);
                continue;
            }
            candidates.extend(here);
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut edges = Vec::new();
        for candidate in candidates.into_iter().filter(|c| *c as usize != row) {
            let left = self.table.row(candidate as usize);
            found.compared += 1;
            let holds = |rule: &crate::compare::CompiledRule, worker: &mut Worker| {
                rule.holds(&self.table, left, &words, worker) || rule.holds(&self.table, &words, left, worker)
            };
            if !self.comparer.rules.iter().any(|rule| holds(rule, &mut self.worker)) {
                continue; // a clash of hashes
            }
            if let Some((weight, pattern)) = self.comparer.score(&self.table, left, &words, floor, &mut self.worker) {
                edges.push(Edge { left: candidate, right: row as u32, weight: weight as f32, pattern });
            }
        }
        edges.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.left.cmp(&b.left)));
        edges.truncate(most);
        found.edges = edges;
        found
    }

    /// The rules, for naming those in [`Found::too_many`].
    pub fn rules(&self) -> &[Rule] {
        &self.model.rules
    }
}
