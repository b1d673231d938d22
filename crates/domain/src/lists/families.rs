//! Family and member files held side by side: families without members, members without a family, heads and adults.
//!
//! Each file gives its keys while it is read ([`FamilyKeys`]); [`check_families`] compares them. A key is the KK number
//! or the list's own family identifier. A missing or dummy KK never joins two families.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use chrono::NaiveDate;

use super::{
    Fault, Fields, Finding, Kind, Mapping, NumberState, Relation, RowClass, RowReading,
    format::{FamilyKey, Slot},
};
use crate::identity::NumberFault;

/// The faults that only all files of a version side by side tell: those of [`check_families`].
pub const TOGETHER: [Fault; 6] = [
    Fault::KkManyHeads,
    Fault::FamilyNoHead,
    Fault::FamilyManyHeads,
    Fault::FamilyNoAdult,
    Fault::FamilyMembersMissing,
    Fault::MemberFamilyMissing,
];

/// From this age a person counts as an adult of the family.
const ADULT: u32 = 17;

/// A row without a usable key stands for itself.
const NO_KEY: u64 = 0;
/// Marks keys that are hashes of text, so that they never meet a number.
const HASHED: u64 = 1 << 63;

#[derive(Clone, Copy)]
struct Entry {
    key: u64,
    row: u32,
    head: bool,
    /// Of age, or of an age nobody knows.
    adult: bool,
    /// Of the name, in a family file: who is the head.
    name: u32,
}

/// The family keys of one file, twenty-four bytes a row.
pub struct FamilyKeys {
    kind: Kind,
    silent: &'static [Fault],
    by: FamilyKey,
    column: Option<Arc<str>>,
    has_relation: bool,
    on: NaiveDate,
    entries: Vec<Entry>,
    /// Keys that are no numbers, as they stand in the file.
    texts: HashMap<u64, Box<str>>,
}

impl FamilyKeys {
    /// `on`: the list's date, on which ages are counted.
    pub fn new(mapping: &Mapping, on: NaiveDate) -> Self {
        let by = mapping.format.family_key;
        let slot = match by {
            FamilyKey::Kk => Slot::Kk,
            FamilyKey::ListFamilyId => Slot::ListFamilyId,
        };
        Self {
            kind: mapping.format.kind,
            silent: &mapping.format.silent,
            by,
            column: mapping.find(slot).map(|(_, header)| Arc::clone(header)),
            has_relation: mapping.find(Slot::Relation).is_some(),
            on,
            entries: Vec::new(),
            texts: HashMap::new(),
        }
    }

    /// Adds a row as read; rows that are no data are passed over.
    pub fn add(&mut self, reading: &RowReading) {
        if reading.class != RowClass::Data {
            return;
        }
        let fields = &reading.fields;
        let key = family_key(self.by, fields);
        let repeated = reading.findings.iter().any(|finding| finding.fault == Fault::RowDuplicate);
        let entry = Entry {
            key: key.map_or(NO_KEY, |key| self.key(key)),
            row: reading.row,
            head: fields.relation == Some(Relation::Head) && !repeated,
            adult: fields.birth_date.and_then(|born| self.on.years_since(born)).is_none_or(|age| age >= ADULT),
            name: if self.kind == Kind::Family { short_hash(&fields.name_key) } else { 0 },
        };
        self.entries.push(entry);
    }

    fn key(&mut self, text: &str) -> u64 {
        let number = text.len() <= 18 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(number) = text.parse().ok().filter(|_| number) {
            return number;
        }
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let key = hasher.finish() | HASHED;
        self.texts.entry(key).or_insert_with(|| text.into());
        key
    }

    fn finding(&self, entry: &Entry, fault: Fault) -> Finding {
        let value = match entry.key {
            NO_KEY => String::new(),
            key if key & HASHED == 0 => key.to_string(),
            key => self.texts.get(&key).map(ToString::to_string).unwrap_or_default(),
        };
        Finding::new(Some(entry.row), self.column.clone(), fault, value)
    }
}

/// What joins the rows of one family within a version: the list's own family identifier where the format has one, else
/// the KK number as it stands. `None`: the row stands for itself.
pub fn family_key(by: FamilyKey, fields: &Fields) -> Option<&str> {
    match by {
        FamilyKey::Kk if joins(fields.kk_state) => fields.kk.as_deref(),
        FamilyKey::Kk => None,
        FamilyKey::ListFamilyId => fields.list_family_id.as_deref(),
    }
}

/// Can the number hold a family together?
const fn joins(state: NumberState) -> bool {
    !matches!(
        state,
        NumberState::Missing | NumberState::Faulty(NumberFault::Empty | NumberFault::Dummy | NumberFault::Scientific)
    )
}

/// Zero only for no name.
fn short_hash(text: &str) -> u32 {
    if text.is_empty() {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    (hasher.finish() as u32).max(1)
}

/// A finding and the file it stands in, as an index into the files given.
pub type FileFinding = (usize, Finding);

/// Compares the files of one list version. What needs both kinds of file is said only when both were given; two heads
/// under one KK are seen in a member file alone.
pub fn check_families(files: &[&FamilyKeys]) -> Vec<FileFinding> {
    let of_kind = |kind| {
        let mut entries: Vec<(usize, Entry)> = files
            .iter()
            .enumerate()
            .filter(|(_, file)| file.kind == kind)
            .flat_map(|(at, file)| file.entries.iter().map(move |entry| (at, *entry)))
            .collect();
        entries.sort_unstable_by_key(|(file, entry)| (entry.key, *file, entry.row));
        entries
    };
    let (families, members) = (of_kind(Kind::Family), of_kind(Kind::Person));
    let given = |kind| files.iter().any(|file| file.kind == kind);
    let both = given(Kind::Family) && given(Kind::Person);
    let has_relation = files.iter().all(|file| file.kind == Kind::Family || file.has_relation);
    let mut findings = Vec::new();
    let mut say = |at: &(usize, Entry), fault| {
        if !files[at.0].silent.contains(&fault) {
            findings.push((at.0, files[at.0].finding(&at.1, fault)));
        }
    };

    // a row of a family file is its head's: two names under one KK are two heads
    for group in families.chunk_by(|a, b| a.1.key == b.1.key && a.1.key != NO_KEY).filter(|group| group.len() > 1) {
        let first = group[0].1.name;
        let other =
            |(file, row): &(usize, Entry)| files[*file].by == FamilyKey::Kk && row.name != 0 && row.name != first;
        if first != 0 && group.iter().any(other) {
            say(&group[0], Fault::KkManyHeads);
        }
    }

    let mut rows_of_family = families.chunk_by(|a, b| a.1.key == b.1.key && a.1.key != NO_KEY).peekable();
    for group in members.chunk_by(|a, b| a.1.key == b.1.key && a.1.key != NO_KEY) {
        let key = group[0].1.key;
        // families passed over on the way have no members
        while let Some(family) = rows_of_family.next_if(|family| family[0].1.key < key || family[0].1.key == NO_KEY) {
            if both {
                for row in family {
                    say(row, Fault::FamilyMembersMissing);
                }
            }
        }
        let family = rows_of_family.next_if(|family| family[0].1.key == key);
        let stands = family.map_or(&group[0], |family| &family[0]);
        if both && family.is_none() {
            say(&group[0], Fault::MemberFamilyMissing);
        }
        if key == NO_KEY {
            continue;
        }
        let heads = group.iter().filter(|(_, member)| member.head).count();
        if heads > 1 {
            match files[group[0].0].by {
                FamilyKey::Kk => say(stands, Fault::KkManyHeads),
                FamilyKey::ListFamilyId if both => say(stands, Fault::FamilyManyHeads),
                FamilyKey::ListFamilyId => {}
            }
        }
        if both && has_relation && heads == 0 {
            say(stands, Fault::FamilyNoHead);
        }
        if both && !group.iter().any(|(_, member)| member.adult) {
            say(stands, Fault::FamilyNoAdult);
        }
    }
    if both {
        for row in rows_of_family.flatten() {
            say(row, Fault::FamilyMembersMissing);
        }
    }
    findings.sort_by_key(|(file, finding)| (*file, finding.row, finding.fault));
    findings.dedup_by_key(|(file, finding)| (*file, finding.row, finding.fault));
    findings
}
