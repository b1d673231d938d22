//! Person ids that stay: each run of the linkage is laid over the one before, and every change of a cluster is an entry.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

/// The id of a person. Never given out twice.
pub type PersonId = u64;

/// Which records are which person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Persons {
    /// The next id to give out.
    pub next: PersonId,
    /// Person of every record, by the record's own key.
    pub of: BTreeMap<String, PersonId>,
}

/// A change of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum Change {
    /// A new person.
    Founded { person: PersonId, records: Vec<String> },
    /// New records of a known person.
    Joined { person: PersonId, records: Vec<String> },
    /// A person was found to be another one: its records moved, its id is not used any more.
    Merged { person: PersonId, from: PersonId, records: Vec<String> },
    /// Records of a person that stays were found to be another person's (a new one, or one that was known).
    Moved { person: PersonId, from: PersonId, records: Vec<String> },
    /// Records that are no longer in the data.
    Left { person: PersonId, records: Vec<String> },
}

impl Persons {
    /// Lays clusters over what was known. `clusters` holds the keys of the records of each person, every record once.
    ///
    /// A cluster keeps the id that most of its records had; if several clusters claim an id, the one with most records of it has it
    /// (then the one whose first key is smallest). Everything else gets a new id. The changes, played upon the old persons, give the new ones.
    pub fn update(&mut self, clusters: &[Vec<String>]) -> Vec<Change> {
        // for each (cluster, old id), how many records
        let mut claims: Vec<(usize, PersonId, usize)> = Vec::new();
        for (c, keys) in clusters.iter().enumerate() {
            let mut counts: BTreeMap<PersonId, usize> = BTreeMap::new();
            for id in keys.iter().filter_map(|key| self.of.get(key)) {
                *counts.entry(*id).or_default() += 1;
            }
            claims.extend(counts.into_iter().map(|(id, n)| (c, id, n)));
        }
        let first = |c: usize| clusters[c].iter().min();
        claims.sort_by(|a, b| b.2.cmp(&a.2).then(first(a.0).cmp(&first(b.0))).then(a.1.cmp(&b.1)));
        let mut id_of: Vec<Option<PersonId>> = vec![None; clusters.len()];
        let mut kept: HashMap<PersonId, usize> = HashMap::new();
        for (c, id, _) in claims {
            if id_of[c].is_none() && !kept.contains_key(&id) {
                id_of[c] = Some(id);
                kept.insert(id, c);
            }
        }
        let mut order: Vec<usize> = (0..clusters.len()).collect();
        order.sort_by_key(|c| first(*c));
        let mut changes = Vec::new();
        let mut now: BTreeMap<String, PersonId> = BTreeMap::new();
        for c in order {
            let known = id_of[c];
            let person = known.unwrap_or_else(|| {
                self.next += 1;
                self.next - 1
            });
            let mut from: BTreeMap<Option<PersonId>, Vec<String>> = BTreeMap::new();
            for key in &clusters[c] {
                from.entry(self.of.get(key).copied()).or_default().push(key.clone());
                now.insert(key.clone(), person);
            }
            for (old, mut records) in from {
                records.sort_unstable();
                changes.push(match old {
                    Some(old) if old == person => continue,
                    Some(old) if kept.contains_key(&old) => Change::Moved { person, from: old, records },
                    // of several parts of a person whose id is used no more, each is an entry of its own
                    Some(old) => Change::Merged { person, from: old, records },
                    None if known.is_some() => Change::Joined { person, records },
                    None => Change::Founded { person, records },
                });
            }
        }
        let mut left: BTreeMap<PersonId, Vec<String>> = BTreeMap::new();
        for (key, person) in &self.of {
            if !now.contains_key(key) {
                left.entry(*person).or_default().push(key.clone());
            }
        }
        changes.extend(left.into_iter().map(|(person, records)| Change::Left { person, records }));
        self.of = now;
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn play(of: &BTreeMap<String, PersonId>, changes: &[Change]) -> BTreeMap<String, PersonId> {
        let mut of = of.clone();
        for change in changes {
            match change {
                Change::Founded { person, records } | Change::Joined { person, records } => {
                    for r in records {
                        assert!(of.insert(r.clone(), *person).is_none(), "{r} was there");
                    }
                }
                Change::Merged { person, from, records } | Change::Moved { person, from, records } => {
                    for r in records {
                        assert_eq!(of.insert(r.clone(), *person), Some(*from));
                    }
                }
                Change::Left { person, records } => {
                    for r in records {
                        assert_eq!(of.remove(r), Some(*person));
                    }
                }
            }
        }
        of
    }

    fn clusters(labels: &[Option<u8>]) -> Vec<Vec<String>> {
        let mut by: BTreeMap<u8, Vec<String>> = BTreeMap::new();
        for (i, label) in labels.iter().enumerate() {
            if let Some(label) = label {
                by.entry(*label).or_default().push(format!("r{i}"));
            }
        }
        by.into_values().collect()
    }

    proptest! {
        #[test]
        fn changes_played_give_the_new_persons(runs in proptest::collection::vec(proptest::collection::vec(proptest::option::of(0..5_u8), 9), 1..6)) {
            let mut persons = Persons::default();
            let mut used: BTreeSet<PersonId> = BTreeSet::new();
            for labels in runs {
                let before = persons.of.clone();
                let alive: BTreeSet<PersonId> = before.values().copied().collect();
                let wanted = clusters(&labels);
                let changes = persons.update(&wanted);
                prop_assert_eq!(&play(&before, &changes), &persons.of);
                // the partition is the one asked for
                let mut ids = BTreeSet::new();
                for cluster in &wanted {
                    let of: BTreeSet<PersonId> = cluster.iter().map(|k| persons.of[k]).collect();
                    prop_assert_eq!(of.len(), 1);
                    prop_assert!(ids.insert(*of.first().unwrap()));
                }
                // an id that was given up does not come back
                prop_assert!(ids.iter().all(|id| alive.contains(id) || !used.contains(id)));
                used.extend(ids);
                // nothing changes when nothing changed
                prop_assert_eq!(persons.clone().update(&wanted), vec![]);
            }
        }
    }

    #[test]
    fn the_larger_part_keeps_the_id() {
        let mut persons = Persons::default();
        let keys = |list: &[&str]| list.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>();
        persons.update(&[keys(&["a", "b", "c"]), keys(&["x"])]);
        let changes = persons.update(&[keys(&["a"]), keys(&["b", "c", "d"]), keys(&["x"])]);
        assert_eq!(
            changes,
            vec![
                Change::Moved { person: 2, from: 0, records: keys(&["a"]) },
                Change::Joined { person: 0, records: keys(&["d"]) },
            ]
        );
        assert_eq!(
            persons.update(&[keys(&["a"]), keys(&["b", "c", "d", "x"])]),
            vec![Change::Merged { person: 0, from: 1, records: keys(&["x"]) }]
        );
    }
}
