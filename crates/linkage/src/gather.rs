//! A few records against many: those who ask are known, everybody else streams by, and only those who share a key with somebody who
//! asks are kept. So memory follows the question, not the register.
//!
//! How common a name is, is counted over everybody who came by (4 bytes and a hash for each distinct text), else a name would look
//! common merely because those who bear it were kept.

use std::collections::{HashMap, HashSet};

use crate::block::rule_hash;
use crate::compare::{Comparer, CompileError};
use crate::model::Model;
use crate::online::Index;
use crate::random::hash_bytes;
use crate::schema::{Schema, SchemaError};
use crate::table::Table;

/// Who asks, and whoever might be the answer.
#[derive(Debug)]
pub struct Gather {
    model: Model,
    table: Table,
    comparer: Comparer,
    /// For each rule the keys of those who ask, as the left and as the right record of a pair.
    left: Vec<HashSet<u32>>,
    right: Vec<HashSet<u32>>,
    /// Dictionary and word of each column whose texts are counted, and how often each text came by.
    counted: Vec<(usize, usize, HashMap<u64, u32>)>,
    offered: bool,
}

/// Why nothing can be gathered.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    #[error(transparent)]
    Schema(#[from] SchemaError),
    #[error(transparent)]
    Model(#[from] CompileError),
}

impl Gather {
    /// Nobody asks yet.
    pub fn new(model: Model, schema: &Schema) -> Result<Self, GatherError> {
        let table = Table::read(schema, std::iter::empty())?;
        let comparer = Comparer::new(&model, &table)?;
        let rare: HashSet<&str> = model
            .comparisons
            .iter()
            .flat_map(|c| &c.levels)
            .filter_map(|l| l.term.as_ref().map(|t| t.column.as_str()))
            .collect();
        let wanted: HashSet<usize> = rare.iter().filter_map(|c| table.place(c)).map(|p| p.dictionary).collect();
        let counted = table
            .text_places()
            .filter(|p| wanted.contains(&p.dictionary))
            .map(|p| (p.dictionary, p.offset, HashMap::new()))
            .collect();
        let none = || vec![HashSet::new(); model.rules.len()];
        Ok(Self { left: none(), right: none(), model, table, comparer, counted, offered: false })
    }

    /// Somebody asks. Fields in the order of [`Schema::field_names`]. All who ask come before all who are offered.
    ///
    /// Answers with the row.
    pub fn ask(&mut self, source: u8, fields: &[&str]) -> usize {
        debug_assert!(!self.offered, "whoever asks comes first");
        let row = self.table.push(source, fields);
        for (k, rule) in self.comparer.rules.iter().enumerate() {
            let words = self.table.row(row);
            self.left[k].extend(rule_hash(&self.table, rule, words, false));
            if !rule.symmetric {
                self.right[k].extend(rule_hash(&self.table, rule, words, true));
            }
        }
        row
    }

    /// Counts somebody who asks as one of everybody: for those who are not offered themselves.
    pub fn count(&mut self, row: usize) {
        for (dictionary, offset, counts) in &mut self.counted {
            let number = self.table.row(row)[*offset];
            if number != 0 {
                *counts.entry(hash_bytes(self.table.dictionary(*dictionary).bytes(number))).or_default() += 1;
            }
        }
    }

    /// Somebody comes by: kept, and given a row, if a rule might make a pair with somebody who asks.
    pub fn offer(&mut self, source: u8, fields: &[&str]) -> Option<usize> {
        self.offered = true;
        let mark = self.table.mark();
        let row = self.table.push(source, fields);
        self.count(row);
        let words = self.table.row(row);
        let shares = self.comparer.rules.iter().enumerate().any(|(k, rule)| {
            let has = |keys: &HashSet<u32>, right: bool| {
                !keys.is_empty() && rule_hash(&self.table, rule, words, right).is_some_and(|h| keys.contains(&h))
            };
            if rule.symmetric {
                has(&self.left[k], false)
            } else {
                has(&self.right[k], false) || has(&self.left[k], true)
            }
        });
        if !shares {
            self.table.restore(&mark);
            return None;
        }
        Some(row)
    }

    /// Ready to be asked. `others`: of how many people more it is known only that they bear other names; in a small register this keeps
    /// a name from looking common because two of ten bear it.
    pub fn done(mut self, others: u32) -> Result<Index, CompileError> {
        for (dictionary, _, counts) in &self.counted {
            self.table.set_counts(*dictionary, |text| counts.get(&hash_bytes(text)).copied().unwrap_or(0), others);
        }
        Index::new(self.model, self.table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Link;
    use crate::people;

    /// Fields of a person in the order of the schema.
    fn fields<'p>(schema: &Schema, person: &[(&str, &'p str)]) -> Vec<&'p str> {
        schema
            .field_names()
            .iter()
            .map(|name| person.iter().find(|(field, _)| field == name).map_or("", |(_, value)| *value))
            .collect()
    }

    /// Whoever a whole index finds, a gathered one finds, with the same weight.
    #[test]
    fn those_left_out_would_not_have_been_found() {
        let schema = people::schema(26);
        let mut model = people::shipped().expect("is a model");
        model.link = Link::Dedupe;
        let names = [
            "SITI AMINAH",
            "St. Aminah",
            "BUDI SANTOSO",
            "Budi Santosa",
            "ROHAYA",
            "JOKO WIDODO",
            "MUH. ILYAS",
            "Muhammad Ilyas",
        ];
        let dates = ["1985-07-12", "12-07-1985", "1990-01-01", "07-12-1985", ""];
        let everybody: Vec<Vec<String>> = (0..400)
            .map(|i: usize| {
                let nik =
                    if i.is_multiple_of(3) { String::new() } else { format!("99010112078500{:02}", i * 7 % 40 + 1) };
                vec![
                    names[i * 5 % 8].to_owned(),
                    dates[i * 3 % 5].to_owned(),
                    nik,
                    format!("DESA {}", ["A", "B", "C"][i % 3]),
                ]
            })
            .collect();
        let person = |i: usize| {
            let p = &everybody[i];
            fields(
                &schema,
                &[
                    ("nama", p[0].as_str()),
                    ("tgl_lahir", p[1].as_str()),
                    ("nik", p[2].as_str()),
                    ("kelurahan", p[3].as_str()),
                    ("jk", "P"),
                ],
            )
        };
        for who in [7, 11, 90] {
            let mut all = Gather::new(model.clone(), &schema).expect("compiles");
            let mut few = Gather::new(model.clone(), &schema).expect("compiles");
            // everybody asks: everybody is kept
            let mut rows = Vec::new();
            for i in 0..400 {
                let row = all.ask(0, &person(i));
                all.count(row);
                rows.push(row);
            }
            let asks = few.ask(0, &person(who));
            few.count(asks);
            let mut kept = std::collections::BTreeMap::from([(asks, who)]);
            for i in (0..400).filter(|i| *i != who) {
                if let Some(row) = few.offer(0, &person(i)) {
                    kept.insert(row, i);
                }
            }
            assert!(kept.len() < 400, "somebody is left out");
            let expected = all.done(1_000).expect("compiles").like(rows[who], -20.0, 1_000).edges;
            let found = few.done(1_000).expect("compiles").like(asks, -20.0, 1_000).edges;
            let plain = |edges: &[crate::score::Edge], of: &dyn Fn(u32) -> usize| {
                let mut pairs: Vec<(usize, i64)> =
                    edges.iter().map(|e| (of(e.left), (f64::from(e.weight) * 1e3).round() as i64)).collect();
                pairs.sort_unstable();
                pairs
            };
            assert!(!found.is_empty());
            assert_eq!(plain(&expected, &|r| r as usize), plain(&found, &|r| kept[&(r as usize)]));
        }
    }
}
