//! Conditions as short programs over packed rows.
//!
//! Every test says where to go if it holds and where if not, so a pair runs through few of them; a likeness asked for by several
//! levels is computed once and remembered by the numbers of its two texts.

use crate::measure::{self, Scratch};
use crate::model::{Condition, DateFormat, Likeness, Measured, Side, Than};
use crate::schema::Kind;
use crate::standard::{date, number};
use crate::table::{Place, Table};

/// Why a model cannot be used with a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    #[error("the model names column \"{0}\", which the records do not have")]
    Column(String),
    #[error("{likeness:?} cannot be taken of column \"{column}\", which holds {kind:?}")]
    Likeness { likeness: Likeness, column: String, kind: Kind },
    #[error("columns \"{0}\" and \"{1}\" hold different kinds and cannot be compared")]
    Kinds(String, String),
    #[error("rarity can be taken of texts only, not of column \"{0}\"")]
    Rarity(String),
    #[error("comparison \"{0}\": a level without condition must be the last")]
    Other(String),
    #[error("comparison \"{comparison}\", level \"{level}\": rarity needs a trained level \"same {column}\"")]
    RarityBase { comparison: String, level: String, column: String },
    #[error(
        "the model has {0} comparisons; at most 32 can be told apart, and fewer where many have three levels or more"
    )]
    TooMany(usize),
    #[error("rule \"{0}\" has no key: every pair would be compared")]
    NoKey(String),
}

/// Where a program goes on: a test, or an outcome.
pub(crate) type Next = u16;
/// Set in a [`Next`] that is an outcome; the other bits are its number.
pub(crate) const OUTCOME: Next = 0x8000;

#[derive(Clone, Debug)]
struct Test {
    ask: Ask,
    yes: Next,
    no: Next,
    /// It reads texts, not only the words of the rows.
    reads: bool,
}

/// A word of a row.
type Word = u16;

#[derive(Clone, Debug, PartialEq)]
enum Ask {
    Missing(Side, Word, bool),
    NoDate(Side, Box<Place>, DateFormat),
    Equal(Word, Word),
    EqualWide(Word, Word),
    EqualText(Box<(Place, Place)>),
    Different(Word, Word),
    DifferentWide(Word, Word),
    DifferentText(Box<(Place, Place)>),
    Is(Side, Word, bool, u64),
    IsNot(Side, Word, bool, u64),
    /// Slots `from..to` add up to something that stands so to a number.
    Measure(u16, u16, Than, f64),
    /// One slot of digits or dates, counted up to 2 only.
    Near(u16, f64),
    Never,
    Always,
}

#[derive(Clone, Debug)]
pub(crate) struct Slot {
    likeness: Likeness,
    pub left: Place,
    right: Place,
    /// Number in the thread's memory of likenesses.
    memory: usize,
}

/// One condition or list of levels, ready to run.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    tests: Vec<Test>,
    start: Next,
    pub slots: Vec<Slot>,
}

/// What one thread needs to compare. The default remembers no likenesses, for tables whose texts come and go.
#[derive(Debug, Default)]
pub struct Worker {
    pub(crate) scratch: Scratch,
    pub(crate) memory: Vec<(u64, f64)>,
    /// Of every likeness, the least that any level asks for.
    pub(crate) asked: Vec<f64>,
}

/// A likeness of two columns.
#[derive(Clone, Debug)]
pub(crate) struct Remembered {
    likeness: Likeness,
    left: Place,
    right: Place,
    /// The least that any level asks for.
    pub asked: f64,
}

impl Remembered {
    /// Whether a sketch of the texts tells how alike they are at most.
    pub fn is_sketched(&self) -> bool {
        matches!(self.likeness, Likeness::Jaro | Likeness::JaroWinkler) && self.asked > 0.0
    }

    pub fn dictionaries(&self) -> [usize; 2] {
        [self.left.dictionary, self.right.dictionary]
    }
}

/// What a likeness and its bound may differ by.
const ROUNDING: f64 = 1e-9;

/// Entries remembered for each; a power of two.
pub(crate) const MEMORY: usize = 1 << 9;

fn wide(row: &[u32], offset: usize) -> u64 {
    u64::from(row[offset]) | u64::from(row[offset + 1]) << 32
}

pub(crate) fn value(row: &[u32], offset: usize, is_wide: bool) -> u64 {
    if is_wide { wide(row, offset) } else { u64::from(row[offset]) }
}

impl Program {
    /// The number of the first level that holds, or the number of levels if none does.
    pub fn run(&self, table: &Table, left: &[u32], right: &[u32], worker: &mut Worker) -> usize {
        usize::from(self.go::<true>(self.start, table, left, right, worker) & !OUTCOME)
    }

    /// The first test that reads texts, or an outcome if none has to be asked.
    pub fn look(&self, table: &Table, left: &[u32], right: &[u32], worker: &mut Worker) -> Next {
        self.go::<false>(self.start, table, left, right, worker)
    }

    /// Goes on from a test to the outcome, or to the first test that reads texts unless `READ`.
    #[inline]
    pub fn go<const READ: bool>(
        &self,
        mut at: Next,
        table: &Table,
        left: &[u32],
        right: &[u32],
        worker: &mut Worker,
    ) -> Next {
        while at & OUTCOME == 0 {
            let test = &self.tests[usize::from(at)];
            if !READ && test.reads {
                break;
            }
            at = if self.ask(&test.ask, table, left, right, worker) { test.yes } else { test.no };
        }
        at
    }

    /// For every test the most that an outcome reached from it is worth, where `worth` tells it of outcomes.
    pub fn most(&self, worth: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut most: Vec<f64> = Vec::with_capacity(self.tests.len());
        for test in &self.tests {
            // tests lead only to tests written before them
            let of = |next: Next| {
                if next & OUTCOME == 0 { most[usize::from(next)] } else { worth(usize::from(next & !OUTCOME)) }
            };
            most.push(of(test.yes).max(of(test.no)));
        }
        most
    }

    #[expect(clippy::inline_always, reason = "the loops around it are the hottest of all")]
    #[inline(always)]
    fn ask(&self, ask: &Ask, table: &Table, left: &[u32], right: &[u32], worker: &mut Worker) -> bool {
        let side = |which: &Side| if *which == Side::Left { left } else { right };
        let word = |row: &[u32], at: &Word| row[usize::from(*at)];
        let wide = |row: &[u32], at: &Word| wide(row, usize::from(*at));
        let value = |row: &[u32], at: &Word, is_wide: &bool| value(row, usize::from(*at), *is_wide);
        match ask {
            Ask::Equal(at, other) => word(left, at) == word(right, other) && word(left, at) != 0,
            Ask::EqualWide(at, other) => {
                let here = wide(left, at);
                here == wide(right, other) && here != 0
            }
            Ask::Missing(which, at, wide) => value(side(which), at, wide) == 0,
            Ask::Different(at, other) => {
                let (here, there) = (word(left, at), word(right, other));
                here != there && here != 0 && there != 0
            }
            Ask::DifferentWide(at, other) => {
                let (here, there) = (wide(left, at), wide(right, other));
                here != there && here != 0 && there != 0
            }
            Ask::Is(which, at, wide, constant) => value(side(which), at, wide) == *constant,
            Ask::IsNot(which, at, wide, constant) => {
                let here = value(side(which), at, wide);
                here != 0 && here != *constant
            }
            Ask::EqualText(places) => {
                let (here, there) = (text(table, left, places.0), text(table, right, places.1));
                here == there && !here.is_empty()
            }
            Ask::DifferentText(places) => {
                let (here, there) = (text(table, left, places.0), text(table, right, places.1));
                here != there && !here.is_empty() && !there.is_empty()
            }
            Ask::NoDate(which, place, format) => {
                let text = text(table, side(which), **place);
                !text.is_empty() && days(text, *format).is_none()
            }
            Ask::Measure(from, to, than, limit) => {
                let mut sum = 0.0;
                for slot in &self.slots[usize::from(*from)..usize::from(*to)] {
                    match slot.measure(table, left, right, worker) {
                        Some(value) => sum += value,
                        None => return false,
                    }
                }
                than.holds(sum, *limit)
            }
            Ask::Near(slot, limit) => {
                let slot = &self.slots[usize::from(*slot)];
                slot.near(left, right, worker).is_some_and(|apart| f64::from(apart) <= *limit)
            }
            Ask::Never => false,
            Ask::Always => true,
        }
    }
}

pub(crate) fn text<'t>(table: &'t Table, row: &[u32], place: Place) -> &'t [u8] {
    table.dictionary(place.dictionary).bytes(row[place.offset])
}

/// Days of a written date, for differences.
fn days(text: &[u8], format: DateFormat) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?;
    let fits = match format {
        DateFormat::Dashes => text.split('-').count() == 3,
        DateFormat::Joined => text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()),
        DateFormat::DayFirst => text.split('/').count() == 3,
    };
    let packed = if fits { date::read(text) } else { 0 };
    (packed != 0).then(|| {
        let (y, m, d) = date::parts(packed);
        date::day_number(y, m, d)
    })
}

/// Words in both texts, and words of the text that has fewer; of a text with more than sixteen words the first sixteen.
fn shared_words(a: &[u8], b: &[u8]) -> (usize, usize) {
    let (x, y) = (Words::of(a), Words::of(b));
    let shared = x.iter(a).filter(|w| y.iter(b).any(|v| v == *w)).count();
    (shared, x.len.min(y.len))
}

/// The distinct words of a text, as ranges.
struct Words {
    spans: [(u16, u16); 16],
    len: usize,
}

impl Words {
    fn of(text: &[u8]) -> Self {
        let mut words = Self { spans: [(0, 0); 16], len: 0 };
        let mut start = 0;
        for end in text.iter().enumerate().filter(|(_, b)| **b == b' ').map(|(i, _)| i).chain([text.len()]) {
            let word = &text[start..end];
            if !word.is_empty() && words.len < 16 && !words.iter(text).any(|w| w == word) {
                words.spans[words.len] = (start as u16, end as u16);
                words.len += 1;
            }
            start = end + 1;
        }
        words
    }

    fn iter<'t>(&self, text: &'t [u8]) -> impl Iterator<Item = &'t [u8]> + use<'t, '_> {
        self.spans[..self.len].iter().map(|(from, to)| &text[usize::from(*from)..usize::from(*to)])
    }
}

impl Slot {
    fn measure(&self, table: &Table, left: &[u32], right: &[u32], worker: &mut Worker) -> Option<f64> {
        if self.left.kind == Kind::Digits || self.left.kind == Kind::Date {
            return self.measure_digits(left, right, worker);
        }
        let (number, other) = (left[self.left.offset], right[self.right.offset]);
        if number == 0 || other == 0 {
            return None;
        }
        let (here, there) = (table.dictionary(self.left.dictionary), table.dictionary(self.right.dictionary));
        if matches!(self.likeness, Likeness::SharedWords | Likeness::WordCover)
            && let Some((shared, fewer)) = here.shared_words(number, there, other)
        {
            let shared = shared as f64;
            return Some(if self.likeness == Likeness::WordCover { shared / fewer.max(1) as f64 } else { shared });
        }
        let key = u64::from(number) << 32 | u64::from(other);
        let cell = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - MEMORY.ilog2())) as usize + self.memory * MEMORY;
        if let Some((known, value)) = worker.memory.get(cell)
            && *known == key
        {
            return (!value.is_nan()).then_some(*value);
        }
        let most = match (self.likeness, here.sketch(number), there.sketch(other)) {
            (Likeness::Jaro, Some(a), Some(b)) => Some(a.jaro_at_most(b)),
            (Likeness::JaroWinkler, Some(a), Some(b)) => Some(a.jaro_winkler_at_most(b)),
            _ => None,
        };
        if let (Some(most), Some(asked)) = (most, worker.asked.get(self.memory))
            && most + ROUNDING < *asked
        {
            return Some(most); // less than any level asks for: how much less changes nothing
        }
        let (a, b) = (here.bytes(number), there.bytes(other));
        let scratch = &mut worker.scratch;
        let value = match self.likeness {
            Likeness::Jaro => measure::jaro(a, b, scratch),
            Likeness::JaroWinkler => measure::jaro_winkler(a, b, scratch),
            Likeness::Levenshtein => f64::from(measure::levenshtein(a, b, scratch)),
            Likeness::DamerauLevenshtein => f64::from(measure::damerau_levenshtein(a, b, scratch)),
            Likeness::Jaccard => measure::jaccard(a, b),
            Likeness::SharedWords => shared_words(a, b).0 as f64,
            Likeness::WordCover => {
                let (shared, fewer) = shared_words(a, b);
                shared as f64 / fewer.max(1) as f64
            }
            Likeness::Seconds(format) => match (days(a, format), days(b, format)) {
                (Some(x), Some(y)) => (x - y).unsigned_abs() as f64 * 86_400.0,
                _ => f64::NAN,
            },
            Likeness::Difference => {
                let number = |text: &[u8]| std::str::from_utf8(text).ok().and_then(|t| t.parse::<f64>().ok());
                match (number(a), number(b)) {
                    (Some(x), Some(y)) => (x - y).abs(),
                    _ => f64::NAN,
                }
            }
        };
        if let Some(entry) = worker.memory.get_mut(cell) {
            *entry = (key, value);
        }
        (!value.is_nan()).then_some(value)
    }

    fn measure_digits(&self, left: &[u32], right: &[u32], worker: &mut Worker) -> Option<f64> {
        let apart = self.near(left, right, worker)?;
        if apart <= 2 {
            return Some(f64::from(apart));
        }
        // more than two: count, on the written digits
        let written = |row: &[u32], place: Place| match place.kind {
            Kind::Date => date::text(row[place.offset]),
            _ => number::text(wide(row, place.offset)),
        };
        let (a, b) = (written(left, self.left), written(right, self.right));
        Some(f64::from(match self.likeness {
            Likeness::Levenshtein => measure::levenshtein(a.as_bytes(), b.as_bytes(), &mut worker.scratch),
            _ => measure::damerau_levenshtein(a.as_bytes(), b.as_bytes(), &mut worker.scratch),
        }))
    }

    /// Distance of digits or dates; 3 for more than 2.
    fn near(&self, left: &[u32], right: &[u32], worker: &mut Worker) -> Option<u32> {
        let neighbours = self.likeness == Likeness::DamerauLevenshtein;
        if self.left.kind == Kind::Date {
            let (l, r) = (left[self.left.offset], right[self.right.offset]);
            return (l != 0 && r != 0).then(|| measure::digits_apart(date::written(l), date::written(r), neighbours));
        }
        let (l, r) = (wide(left, self.left.offset), wide(right, self.right.offset));
        if l == 0 || r == 0 {
            return None;
        }
        if l >> 60 == 0xF || r >> 60 == 0xF {
            // shorter numbers: the filler is no digit
            let (a, b) = (number::text(l), number::text(r));
            let apart = if neighbours {
                measure::damerau_levenshtein(a.as_bytes(), b.as_bytes(), &mut worker.scratch)
            } else {
                measure::levenshtein(a.as_bytes(), b.as_bytes(), &mut worker.scratch)
            };
            return Some(apart.min(3));
        }
        Some(measure::digits_apart(l, r, neighbours))
    }
}

/// Builds programs back to front: every part knows where to go on before it is written.
pub(crate) struct Assembler<'t> {
    pub table: &'t Table,
    tests: Vec<Test>,
    slots: Vec<Slot>,
    /// What is remembered: the same likeness of the same columns once, whoever asks.
    pub memories: &'t mut Vec<Remembered>,
}

impl<'t> Assembler<'t> {
    pub fn new(table: &'t Table, memories: &'t mut Vec<Remembered>) -> Self {
        Self { table, tests: Vec::new(), slots: Vec::new(), memories }
    }

    fn place(&self, column: &str) -> Result<Place, CompileError> {
        self.table.place(column).ok_or_else(|| CompileError::Column(column.to_owned()))
    }

    fn push(&mut self, ask: Ask, yes: Next, no: Next) -> Next {
        let texts = |slot: &Slot| !matches!(slot.left.kind, Kind::Digits | Kind::Date);
        let reads = match &ask {
            Ask::Measure(from, to, ..) => self.slots[usize::from(*from)..usize::from(*to)].iter().any(texts),
            Ask::EqualText(_) | Ask::DifferentText(_) | Ask::NoDate(..) => true,
            _ => false,
        };
        self.tests.push(Test { ask, yes, no, reads });
        (self.tests.len() - 1) as Next
    }

    /// Writes a condition that goes on at `yes` or `no`; returns where it begins.
    pub fn condition(&mut self, condition: &Condition, yes: Next, no: Next) -> Result<Next, CompileError> {
        let is_wide = |place: Place| place.kind == Kind::Digits;
        let word = |place: Place| place.offset as Word;
        Ok(match condition {
            Condition::All(list) if list.is_empty() => self.push(Ask::Always, yes, no),
            Condition::Any(list) if list.is_empty() => self.push(Ask::Never, yes, no),
            Condition::All(list) => {
                let mut next = yes;
                for one in list.iter().rev() {
                    next = self.condition(one, next, no)?;
                }
                next
            }
            Condition::Any(list) => {
                let mut next = no;
                for one in list.iter().rev() {
                    next = self.condition(one, yes, next)?;
                }
                next
            }
            Condition::Missing(side, column) => {
                let place = self.place(column)?;
                self.push(Ask::Missing(*side, word(place), is_wide(place)), yes, no)
            }
            Condition::Present(side, column) => {
                let place = self.place(column)?;
                self.push(Ask::Missing(*side, word(place), is_wide(place)), no, yes)
            }
            Condition::NoDate(side, column, format) => {
                let place = self.place(column)?;
                let ask =
                    if place.kind == Kind::Text { Ask::NoDate(*side, Box::new(place), *format) } else { Ask::Never };
                self.push(ask, yes, no)
            }
            Condition::Equal(left, right) | Condition::Different(left, right) => {
                let equal = matches!(condition, Condition::Equal(..));
                let (l, r) = (self.place(left)?, self.place(right)?);
                if l.kind != r.kind || l.kind == Kind::Words {
                    return Err(CompileError::Kinds(left.clone(), right.clone()));
                }
                let ask = if l.kind == Kind::Text && l.dictionary != r.dictionary {
                    let places = Box::new((l, r));
                    if equal { Ask::EqualText(places) } else { Ask::DifferentText(places) }
                } else if is_wide(l) {
                    if equal { Ask::EqualWide(word(l), word(r)) } else { Ask::DifferentWide(word(l), word(r)) }
                } else if equal {
                    Ask::Equal(word(l), word(r))
                } else {
                    Ask::Different(word(l), word(r))
                };
                self.push(ask, yes, no)
            }
            Condition::Is(side, column, text) => {
                let place = self.place(column)?;
                let ask = match self.table.word_of(place, text) {
                    Some(constant) if constant != 0 => Ask::Is(*side, word(place), is_wide(place), constant),
                    _ => Ask::Never,
                };
                self.push(ask, yes, no)
            }
            Condition::IsNot(side, column, text) => {
                let place = self.place(column)?;
                let constant = self.table.word_of(place, text).unwrap_or(0);
                self.push(Ask::IsNot(*side, word(place), is_wide(place), constant), yes, no)
            }
            Condition::Measure(list, than, limit) => {
                let near = match list.as_slice() {
                    [one] if *than == Than::AtMost && *limit <= 2.0 => {
                        matches!(self.place(&one.left)?.kind, Kind::Digits | Kind::Date)
                    }
                    _ => false,
                };
                let from = self.slots(list)?;
                for slot in &self.slots[usize::from(from)..usize::from(from) + list.len()] {
                    // what is added up is needed as it is
                    let asked = if list.len() == 1 { *limit } else { f64::NEG_INFINITY };
                    let remembered = &mut self.memories[slot.memory];
                    remembered.asked = remembered.asked.min(asked);
                }
                let ask = if near {
                    Ask::Near(from, *limit)
                } else {
                    Ask::Measure(from, from + list.len() as u16, *than, *limit)
                };
                self.push(ask, yes, no)
            }
        })
    }

    /// The first of the slots in which these likenesses stand one after the other.
    fn slots(&mut self, list: &[Measured]) -> Result<u16, CompileError> {
        let mut wanted = Vec::with_capacity(list.len());
        for one in list {
            let (left, right) = (self.place(&one.left)?, self.place(&one.right)?);
            let of_digits = matches!(one.likeness, Likeness::Levenshtein | Likeness::DamerauLevenshtein);
            let of_words = matches!(one.likeness, Likeness::SharedWords | Likeness::WordCover);
            for (place, column) in [(left, &one.left), (right, &one.right)] {
                let fits = match place.kind {
                    Kind::Text => true,
                    Kind::Words => of_words,
                    Kind::Digits | Kind::Date => of_digits,
                    Kind::Year | Kind::MonthDay => false,
                };
                if !fits {
                    return Err(CompileError::Likeness {
                        likeness: one.likeness,
                        column: column.clone(),
                        kind: place.kind,
                    });
                }
            }
            let digits = |p: Place| matches!(p.kind, Kind::Digits | Kind::Date);
            if (digits(left) || digits(right)) && left.kind != right.kind {
                return Err(CompileError::Kinds(one.left.clone(), one.right.clone()));
            }
            wanted.push((one.likeness, left, right));
        }
        let same = |slot: &Slot, (likeness, left, right): &(Likeness, Place, Place)| {
            slot.likeness == *likeness && slot.left == *left && slot.right == *right
        };
        if let Some(at) = self.slots.windows(wanted.len()).position(|w| w.iter().zip(&wanted).all(|(s, x)| same(s, x)))
        {
            return Ok(at as u16);
        }
        let from = self.slots.len() as u16;
        for (likeness, left, right) in wanted {
            let known = self.memories.iter().position(|m| m.likeness == likeness && m.left == left && m.right == right);
            let memory = known.unwrap_or_else(|| {
                self.memories.push(Remembered { likeness, left, right, asked: f64::INFINITY });
                self.memories.len() - 1
            });
            self.slots.push(Slot { likeness, left, right, memory });
        }
        Ok(from)
    }

    /// The program that begins at `start`.
    pub fn done(self, start: Next) -> Program {
        let mut program = Program { tests: self.tests, start, slots: self.slots };
        program.leave_out_what_is_known();
        program
    }
}

/// What is known of the tests of a program on the way to one of them, as bits by number of the question.
#[derive(Clone, Copy, Default)]
struct Known {
    yes: u128,
    no: u128,
}

impl Known {
    fn with(mut self, question: usize, answer: bool) -> Self {
        if question < 128 {
            *(if answer { &mut self.yes } else { &mut self.no }) |= 1 << question;
        }
        self
    }

    fn says(self, question: usize) -> Option<bool> {
        match (question < 128).then(|| (self.yes >> question & 1, self.no >> question & 1)) {
            Some((1, _)) => Some(true),
            Some((_, 1)) => Some(false),
            _ => None,
        }
    }
}

impl Program {
    /// Lets every way go past the tests whose answer is known on it: levels ask the same again and again.
    fn leave_out_what_is_known(&mut self) {
        let mut questions: Vec<Ask> = Vec::new();
        let numbers: Vec<usize> = self
            .tests
            .iter()
            .map(|test| {
                questions.iter().position(|q| *q == test.ask).unwrap_or_else(|| {
                    questions.push(test.ask.clone());
                    questions.len() - 1
                })
            })
            .collect();
        let says = |known: Known, question: usize| {
            known.says(question).or_else(|| implied(&questions[question], &questions, known))
        };
        // tests lead only to tests written before them, so all ways to a test are known when it is looked at
        let mut known: Vec<Option<Known>> = vec![None; self.tests.len()];
        if let Some(first) = known.get_mut(usize::from(self.start)) {
            *first = Some(Known::default());
        }
        for at in (0..self.tests.len()).rev() {
            let Some(here) = known[at] else { continue };
            for answer in [true, false] {
                let there = here.with(numbers[at], answer);
                let mut next = if answer { self.tests[at].yes } else { self.tests[at].no };
                while next & OUTCOME == 0
                    && let Some(answer) = says(there, numbers[usize::from(next)])
                {
                    let test = &self.tests[usize::from(next)];
                    next = if answer { test.yes } else { test.no };
                }
                let test = &mut self.tests[at];
                *(if answer { &mut test.yes } else { &mut test.no }) = next;
                if next & OUTCOME == 0 {
                    let other = &mut known[usize::from(next)];
                    *other = Some(other.map_or(there, |o| Known { yes: o.yes & there.yes, no: o.no & there.no }));
                }
            }
        }
    }
}

/// The answer that follows from what is known of the same words.
fn implied(ask: &Ask, questions: &[Ask], known: Known) -> Option<bool> {
    let said = |wanted: &Ask| questions.iter().position(|q| q == wanted).and_then(|question| known.says(question));
    let pair = match ask {
        Ask::Equal(l, r) | Ask::Different(l, r) => (*l, *r, false),
        Ask::EqualWide(l, r) | Ask::DifferentWide(l, r) => (*l, *r, true),
        _ => return None,
    };
    let (l, r, wide) = pair;
    let empty = [Ask::Missing(Side::Left, l, wide), Ask::Missing(Side::Right, r, wide)].map(|missing| said(&missing));
    if empty.contains(&Some(true)) {
        return Some(false);
    }
    let (equal, different) =
        if wide { (Ask::EqualWide(l, r), Ask::DifferentWide(l, r)) } else { (Ask::Equal(l, r), Ask::Different(l, r)) };
    match (*ask == equal, said(&equal), said(&different)) {
        (true, _, Some(true)) | (false, Some(true), _) => Some(false),
        (true, _, Some(false)) | (false, Some(false), _) if empty == [Some(false); 2] => Some(true),
        _ => None,
    }
}
