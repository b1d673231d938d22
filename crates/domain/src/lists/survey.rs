//! What only the whole file tells: a first, cheap pass in bounded memory before any row is read.
//!
//! Dates without a telling day are read in the order the column proves; damaged identity numbers, the same NIK twice
//! and rows that are no data are found here, so that reading a row needs no memory of other rows. A million rows cost
//! some forty megabytes: numbers and hashes are kept, no text.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use chrono::NaiveDate;

use super::{
    Cell, Fault, Finding, Kind, Mapping, Row, RowClass,
    cell::is_blank_char,
    dates::{self, Known, Parsed},
    format::{Slot, Value, header_key},
    read::judge_number,
};
use crate::{
    identity::{NumberFault, read_nik},
    name::name_key,
};

/// Which of two readings `03/04/1985` has in a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// Nothing in the column tells, or it tells both.
    #[default]
    Undecided,
    DayFirst,
    MonthFirst,
}

/// From this many numeric cells a share of damaged ones says something.
const DAMAGE_CELLS: u64 = 50;
/// Percent of numeric cells ending in zero above which the column has lost its last digits.
const DAMAGE_PERCENT: u64 = 15;
/// Other rows named in a finding; a number shared by a hundred rows need not list them all.
const NAMED_ROWS: usize = 5;

/// What a survey found, to be handed to the [`Reader`](super::Reader).
#[derive(Clone, Debug, Default)]
pub struct FileFacts {
    /// Order of the birth dates.
    pub date_order: DateOrder,
    /// Rows that are no data, and why; rows not named here are data.
    pub classes: HashMap<u32, RowClass>,
    /// The last row of data; blank rows below it are the end of the file, not a finding.
    pub last_data_row: u32,
    pub data_rows: u32,
    /// Of these, the rows with an identity number, a name, or two cells filled at least.
    pub telling_rows: u32,
    /// Rows whose NIK belongs to different people in this file, with other rows that have it.
    pub nik_shared: HashMap<u32, Vec<u32>>,
    /// Rows that repeat a person, with the row that has the person first.
    pub repeats: HashMap<u32, u32>,
    /// Rows that are the first of their family, in a format that puts the head first.
    pub first_of_family: HashSet<u32>,
    /// Findings about the whole file (damaged columns).
    pub findings: Vec<Finding>,
}

/// A file of so many rows of data of which fewer than one in a hundred tells anything is no list.
const NO_LIST_ROWS: u32 = 20_000;

impl FileFacts {
    /// Whether there are many rows of data and next to none of them tells anything: a text cut into lines, or damaged throughout.
    pub const fn is_no_list(&self) -> bool {
        self.data_rows > NO_LIST_ROWS && self.telling_rows * 100 < self.data_rows
    }

    pub fn class(&self, row: u32) -> RowClass {
        self.classes.get(&row).copied().unwrap_or_default()
    }
}

/// One row's NIK with what tells its person apart.
struct Bearer {
    nik: u64,
    row: u32,
    name: u32,
    birth: Parsed,
}

#[derive(Default)]
struct Damage {
    numeric: u64,
    ending_in_zero: u64,
}

/// The first pass. Show it every row of the sheet in order, then [`finish`](Survey::finish).
pub struct Survey<'a> {
    mapping: &'a Mapping,
    from_1904: bool,
    name: Option<usize>,
    birth: Option<usize>,
    /// Column with its damage, NIK and KK.
    numbers: Vec<(usize, Damage)>,
    nik: Option<usize>,
    /// Columns that hold something to read.
    read: Vec<usize>,
    /// What every row of the header says, as compared; the first is the header as mapped.
    header_keys: Vec<Vec<String>>,
    /// The list's own family identifier, where its first row is the head's.
    family: Option<usize>,
    families_seen: HashSet<u64>,
    day_first: bool,
    month_first: bool,
    in_footer: bool,
    bearers: Vec<Bearer>,
    facts: FileFacts,
}

impl<'a> Survey<'a> {
    /// `from_1904`: the workbook counts its days from 1904.
    pub fn new(mapping: &'a Mapping, from_1904: bool) -> Self {
        let at = |slot| mapping.find(slot).map(|(at, _)| at);
        let is_read = |at: &usize| {
            let column = mapping.columns[*at].column.map(|column| &mapping.format.columns[column]);
            column.is_some_and(|column| column.value != Value::Ignored)
        };
        Self {
            mapping,
            from_1904,
            name: at(Slot::Name),
            birth: at(Slot::BirthDate),
            numbers: [at(Slot::Nik), at(Slot::Kk)].into_iter().flatten().map(|at| (at, Damage::default())).collect(),
            nik: at(Slot::Nik),
            read: (0..mapping.columns.len()).filter(is_read).collect(),
            header_keys: vec![mapping.columns.iter().map(|mapped| header_key(&mapped.header)).collect()],
            family: at(Slot::ListFamilyId).filter(|_| mapping.format.head_first),
            families_seen: HashSet::new(),
            day_first: false,
            month_first: false,
            in_footer: false,
            bearers: Vec::new(),
            facts: FileFacts::default(),
        }
    }

    /// Looks at a row; rows above the header are passed over.
    pub fn see(&mut self, row: &Row) {
        if !self.mapping.is_below_header(row.number) {
            let (first, last) = self.mapping.header_rows;
            if first < last && row.number >= first {
                let keys = |cell: &Cell| if let Cell::Text(text) = cell { header_key(text) } else { String::new() };
                self.header_keys.push(row.cells.iter().map(keys).collect());
            }
            return;
        }
        let class = self.classify(row);
        if class != RowClass::Data {
            self.facts.classes.insert(row.number, class);
            return;
        }
        self.facts.last_data_row = row.number;
        self.facts.data_rows += 1;
        if let Some(at) = self.family {
            let id = row.cell(at).display();
            if !id.trim_matches(is_blank_char).is_empty() && self.families_seen.insert(long_hash(&id)) {
                self.facts.first_of_family.insert(row.number);
            }
        }
        let birth = self.birth.map_or(Parsed::Empty, |at| dates::parse(row.cell(at), self.from_1904));
        match birth.proves() {
            Some(DateOrder::DayFirst) => self.day_first = true,
            Some(DateOrder::MonthFirst) => self.month_first = true,
            _ => {}
        }
        for (at, damage) in &mut self.numbers {
            if let Some(last) = last_digit_of_numeric(row.cell(*at)) {
                damage.numeric += 1;
                damage.ending_in_zero += u64::from(last == b'0');
            }
        }
        if let Some(nik) = self.nik.and_then(|at| sound_nik(row.cell(at))) {
            let name = self.name.map_or(0, |at| short_hash(&name_key(&row.cell(at).display())));
            self.bearers.push(Bearer { nik, row: row.number, name, birth });
        }
    }

    fn classify(&mut self, row: &Row) -> RowClass {
        if row.broken {
            return RowClass::Unreadable;
        }
        // nearly every row of a large file: it has an identity number, which no header, footer or blank row has
        if self.numbers.iter().any(|(at, _)| has_long_number(row.cell(*at))) {
            self.in_footer = false;
            self.facts.telling_rows += 1;
            return RowClass::Data;
        }
        // a row with nothing but its running number is a row nobody filled in
        let nothing_read = self.read.iter().all(|at| row.cell(*at).is_blank());
        let unknown = |at: &usize| self.mapping.columns.get(*at).is_none_or(|mapped| mapped.column.is_none());
        let unfilled = nothing_read && (0..row.cells.len()).filter(unknown).all(|at| row.cells[at].is_blank());
        if unfilled && !row.cells.iter().any(has_letters) {
            return RowClass::Blank;
        }
        let filled: Vec<(usize, &Cell)> = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()).collect();
        if self.is_header(&filled) {
            return RowClass::RepeatedHeader;
        }
        if counts_columns(&filled) {
            return RowClass::ColumnNumbers;
        }
        if self.is_footer(&filled) {
            return RowClass::Total;
        }
        if unfilled {
            return RowClass::Blank;
        }
        let told = self.read.iter().filter(|at| !row.cell(**at).is_blank()).count();
        let named = self.name.is_some_and(|at| has_letters(row.cell(at)));
        self.facts.telling_rows += u32::from(named || told > 1);
        RowClass::Data
    }

    /// The header again, or one row of it: most filled cells say what their column's header says.
    fn is_header(&self, filled: &[(usize, &Cell)]) -> bool {
        self.header_keys.iter().enumerate().any(|(level, keys)| {
            let same = |(at, cell): &&(usize, &Cell)| matches!(cell, Cell::Text(text) if keys.get(*at).is_some_and(|key| !key.is_empty() && header_key(text) == *key));
            // a row of titles may be one word over many columns
            let enough = filled.len() >= 2 || (level > 0 && !filled.is_empty());
            // the first cells settle it for nearly every row of a large file
            enough && filled.iter().take(3).any(|cell| same(&cell)) && filled.iter().filter(same).count() * 2 > filled.len()
        })
    }

    fn is_footer(&mut self, filled: &[(usize, &Cell)]) -> bool {
        // a running number, as text in a text file, is not what the row says
        let Some((_, first)) = filled.iter().find(|(_, cell)| has_letters(cell)) else { return false };
        if is_total_word(first) {
            return true;
        }
        let few = filled.len() <= 3 && filled.len() * 2 < self.read.len().max(1);
        if few && (filled.iter().any(|(_, cell)| is_signature(cell)) || (filled.len() == 1 && is_place_and_date(first)))
        {
            self.in_footer = true;
            return true;
        }
        self.in_footer &= few;
        self.in_footer
    }

    /// Ends the pass.
    pub fn finish(mut self) -> FileFacts {
        self.facts.date_order = match (self.day_first, self.month_first) {
            (true, false) => DateOrder::DayFirst,
            (false, true) => DateOrder::MonthFirst,
            _ => DateOrder::Undecided,
        };
        for (at, damage) in &self.numbers {
            if damage.numeric >= DAMAGE_CELLS && damage.ending_in_zero * 100 > damage.numeric * DAMAGE_PERCENT {
                let header = self.mapping.columns[*at].header.clone();
                let value = format!("{}/{}", damage.ending_in_zero, damage.numeric);
                self.facts.findings.push(Finding::new(None, Some(header), Fault::FileNikColumnDamaged, value));
            }
        }
        self.find_shared_niks();
        self.facts
    }

    fn find_shared_niks(&mut self) {
        let order = self.facts.date_order;
        self.bearers.sort_unstable_by_key(|bearer| (bearer.nik, bearer.row));
        for group in self.bearers.chunk_by(|a, b| a.nik == b.nik).filter(|group| group.len() > 1) {
            let mut people = 0;
            // the person that has a name or a birth date first, by the row that brought it
            let mut by_name: HashMap<u32, u32> = HashMap::new();
            let mut by_birth: HashMap<NaiveDate, u32> = HashMap::new();
            for bearer in group {
                let birth = birth_date(bearer.birth, order);
                let known = [by_name.get(&bearer.name), birth.and_then(|birth| by_birth.get(&birth))];
                let Some(first) = known.into_iter().flatten().min().copied() else {
                    people += 1;
                    if bearer.name != 0 {
                        by_name.insert(bearer.name, bearer.row);
                    }
                    if let Some(birth) = birth {
                        by_birth.insert(birth, bearer.row);
                    }
                    continue;
                };
                if self.mapping.format.kind == Kind::Person {
                    self.facts.repeats.insert(bearer.row, first);
                }
            }
            if people > 1 {
                for bearer in group {
                    let others = group.iter().map(|other| other.row).filter(|row| *row != bearer.row);
                    self.facts.nik_shared.insert(bearer.row, others.take(NAMED_ROWS).collect());
                }
            }
        }
    }
}

/// One number and either the same birth date or the same name make one person.
fn birth_date(parsed: Parsed, order: DateOrder) -> Option<NaiveDate> {
    dates::resolve(parsed, Known { order, nik: None, on: NaiveDate::MAX, adult: false }).date
}

fn long_hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Digits enough for an identity number, if perhaps not a whole one.
fn has_letters(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if text.chars().any(char::is_alphabetic))
}

fn has_long_number(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) => {
            let letters = || text.trim_start().starts_with(char::is_alphabetic);
            // the number of an official below a list is none of a person
            text.bytes().filter(u8::is_ascii_digit).count() >= 12 && !(letters() && is_signature(cell))
        }
        Cell::Number(number) => *number >= 1e11,
        _ => false,
    }
}

/// Zero only for an empty name.
fn short_hash(text: &str) -> u32 {
    if text.is_empty() {
        return 0;
    }
    (long_hash(text) as u32).max(1)
}

/// The number when it is sound, not only sixteen digits long.
fn sound_nik(cell: &Cell) -> Option<u64> {
    let judged = judge_number(cell, read_nik);
    let sound = judged.fault.is_none() && !judged.suspect;
    if sound { judged.digits.parse().ok() } else { None }
}

fn last_digit_of_numeric(cell: &Cell) -> Option<u8> {
    if !matches!(cell, Cell::Number(_) | Cell::Text(_)) {
        return None;
    }
    if let Cell::Text(text) = cell
        && !text.contains(['.', ','])
    {
        return None;
    }
    let judged = judge_number(cell, crate::identity::read_family_card);
    let whole = judged.numeric && judged.fault.is_none_or(|fault| fault == NumberFault::Dummy);
    judged.digits.bytes().last().filter(|_| whole && judged.digits.len() == 16)
}

/// `1`, `2`, `3`, ... or `(1)`, `(2)`, ...: the numbers of the columns.
fn counts_columns(filled: &[(usize, &Cell)]) -> bool {
    let number = |cell: &Cell| match cell {
        Cell::Number(number) => (number.fract() == 0.0).then_some(*number as i64),
        Cell::Text(text) => {
            text.trim_matches(|c: char| is_blank_char(c) || matches!(c, '(' | ')' | '[' | ']' | '.')).parse().ok()
        }
        _ => None,
    };
    if filled.len() < 3 {
        return false;
    }
    let mut expected = None;
    filled.iter().all(|(_, cell)| {
        let Some(found) = number(cell).filter(|found| (0..1000).contains(found)) else { return false };
        let follows = expected.is_none_or(|expected| found == expected);
        expected = Some(found + 1);
        follows
    })
}

fn starts_with_word(text: &str, words: &[&str]) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    words.iter().any(|word| {
        text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            && text[word.len()..].chars().next().is_none_or(|next| !next.is_alphanumeric())
    })
}

fn is_total_word(cell: &Cell) -> bool {
    const WORDS: [&str; 7] = ["JUMLAH", "TOTAL", "GRAND TOTAL", "SUB TOTAL", "SUBTOTAL", "SUB-TOTAL", "JML"];
    matches!(cell, Cell::Text(text) if starts_with_word(text, &WORDS))
}

fn is_signature(cell: &Cell) -> bool {
    const WORDS: [&str; 22] = [
        "MENGETAHUI",
        "MENYETUJUI",
        "MENGESAHKAN",
        "DITETAPKAN",
        "DISAHKAN",
        "DIBUAT OLEH",
        "DICETAK",
        "NIP",
        "NIPPPK",
        "KEPALA DINAS",
        "KEPALA DESA",
        "KEPALA BIDANG",
        "SEKRETARIS",
        "LURAH",
        "CAMAT",
        "BUPATI",
        "WALIKOTA",
        "PLT",
        "A.N",
        "TTD",
        "SUMBER",
        "CATATAN",
    ];
    matches!(cell, Cell::Text(text) if starts_with_word(text, &WORDS))
}

/// `Contoh, 21 November 2026`: the line above a signature.
fn is_place_and_date(cell: &Cell) -> bool {
    let Cell::Text(text) = cell else { return false };
    let Some((place, date)) = text.split_once(',') else { return false };
    let dated = matches!(
        dates::parse(&date.trim().into(), false),
        Parsed::Date(_) | Parsed::Named { .. } | Parsed::Pair { .. }
    );
    dated && place.chars().any(char::is_alphabetic)
}
