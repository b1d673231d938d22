//! Birth dates as lists write them: read without guessing, and told apart when two readings are possible.
//!
//! [`parse`] says what a cell can mean; [`resolve`] decides with what the column and the NIK tell. A date is never made
//! from half of one: `00/00/0000` and 31 February stay unread.

use chrono::{Datelike, Days, NaiveDate};

use super::{Cell, Fault, labels::is_empty_word, survey::DateOrder};

/// Days between the two epochs of spreadsheets.
const DAYS_1904: u64 = 1462;
/// Plain numbers that are read as days of a spreadsheet's calendar.
const SERIALS: std::ops::RangeInclusive<f64> = 1_000.0..=60_000.0;
/// Years a list can mean; anything else is no year.
const YEARS: std::ops::RangeInclusive<i32> = 1850..=2200;
/// Older than this on the list's date is said to be too old.
pub const OLDEST: u32 = 110;
/// Younger than this is no head of a family and no spouse: the century of a two-digit year is chosen by it.
const YOUNGEST_ADULT: u32 = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    Full(i32),
    Short(i32),
}

/// What a cell can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed {
    Empty,
    Unreadable,
    /// Year first, a date cell, or a month by name with its full year.
    Date(NaiveDate),
    /// A plain number that is a day of the spreadsheet's calendar.
    Serial(NaiveDate),
    /// The month was written as a word.
    Named {
        day: u32,
        month: u32,
        year: Year,
    },
    /// Two numbers and a year.
    Pair {
        first: u32,
        second: u32,
        year: Year,
    },
}

impl Parsed {
    /// The order this date alone proves for its column.
    pub const fn proves(self) -> Option<DateOrder> {
        match self {
            Self::Pair { first: 13..=31, second: 1..=12, .. } => Some(DateOrder::DayFirst),
            Self::Pair { first: 1..=12, second: 13..=31, .. } => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
}

/// Reads a cell. `from_1904`: the workbook counts its days from 1904.
pub fn parse(cell: &Cell, from_1904: bool) -> Parsed {
    match cell {
        Cell::Empty | Cell::Uncached | Cell::Error(_) => Parsed::Empty,
        Cell::Date(date) => Parsed::Date(*date),
        Cell::Bool(_) => Parsed::Unreadable,
        Cell::Number(number) => from_number(*number, from_1904),
        Cell::Text(text) => from_text(text, from_1904),
    }
}

fn from_number(number: f64, from_1904: bool) -> Parsed {
    if SERIALS.contains(&number) {
        let days = number as u64 + if from_1904 { DAYS_1904 } else { 0 };
        let day_zero = NaiveDate::from_ymd_opt(1899, 12, 30);
        return day_zero
            .and_then(|zero| zero.checked_add_days(Days::new(days)))
            .map_or(Parsed::Unreadable, Parsed::Serial);
    }
    if number == 0.0 {
        return Parsed::Empty;
    }
    if number.fract() == 0.0 && (1_000_000.0..100_000_000.0).contains(&number) {
        return from_digits(&format!("{number:08}"));
    }
    Parsed::Unreadable
}

/// `19850705`, else `05071985`.
fn from_digits(digits: &str) -> Parsed {
    let number =
        |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let year_first = year_of(number(0..4)).and_then(|year| NaiveDate::from_ymd_opt(year, number(4..6), number(6..8)));
    if let Some(date) = year_first {
        return Parsed::Date(date);
    }
    year_of(number(4..8)).map_or(Parsed::Unreadable, |year| Parsed::Pair {
        first: number(0..2),
        second: number(2..4),
        year: Year::Full(year),
    })
}

fn from_text(text: &str, from_1904: bool) -> Parsed {
    let text = text.trim_matches(|c: char| super::cell::is_blank_char(c) || c == '\'');
    if is_empty_word(text) {
        return Parsed::Empty;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.len() {
            4 | 5 => from_number(text.parse().unwrap_or(0.0), from_1904),
            8 => from_digits(text),
            _ => Parsed::Unreadable,
        };
    }
    if let Some(head) = text.strip_suffix(".0")
        && matches!(head.len(), 4 | 5)
        && head.bytes().all(|byte| byte.is_ascii_digit())
    {
        return from_number(head.parse().unwrap_or(0.0), from_1904);
    }
    let separator = |c: char| matches!(c, '/' | '-' | '.' | ',') || super::cell::is_blank_char(c);
    let mut parts = text.split(separator).filter(|part| !part.is_empty()).peekable();
    if parts.peek().is_some_and(|part| is_weekday(part)) {
        parts.next();
    }
    let (Some(first), Some(second), Some(mut third)) = (parts.next(), parts.next(), parts.next()) else {
        return Parsed::Unreadable;
    };
    // "1985-07-05T00:00:00"
    if let Some((day, time)) = third.split_once('T')
        && is_time(time)
        && day.parse::<u32>().is_ok()
    {
        third = day;
    }
    if !parts.all(is_time) {
        return Parsed::Unreadable;
    }
    if first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit()) {
        let month = small(second).or_else(|| month_of(second));
        let date = first.parse().ok().and_then(year_of).zip(month).zip(small(third));
        return date
            .and_then(|((year, month), day)| NaiveDate::from_ymd_opt(year, month, day))
            .map_or(Parsed::Unreadable, Parsed::Date);
    }
    let Some(year) = year_text(third) else { return Parsed::Unreadable };
    match (small(first), small(second)) {
        (Some(first), Some(second)) => Parsed::Pair { first, second, year },
        (Some(day), None) => month_of(second).map_or(Parsed::Unreadable, |month| Parsed::Named { day, month, year }),
        (None, Some(day)) => month_of(first).map_or(Parsed::Unreadable, |month| Parsed::Named { day, month, year }),
        (None, None) => Parsed::Unreadable,
    }
}

fn year_of(year: u32) -> Option<i32> {
    i32::try_from(year).ok().filter(|year| YEARS.contains(year))
}

fn year_text(text: &str) -> Option<Year> {
    let number: u32 = text.parse().ok()?;
    match text.len() {
        2 => Some(Year::Short(number as i32)),
        4 => year_of(number).map(Year::Full),
        _ => None,
    }
}

/// A day or month of one or two digits.
fn small(text: &str) -> Option<u32> {
    if matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn is_time(part: &str) -> bool {
    let clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | 'Z' | '+');
    part.chars().all(clock)
        || matches!(part.to_ascii_uppercase().as_str(), "AM" | "PM" | "WIB" | "WITA" | "WIT" | "PUKUL")
}

fn is_weekday(part: &str) -> bool {
    const DAYS: [&str; 8] = ["SENIN", "SELASA", "RABU", "KAMIS", "JUMAT", "JUM'AT", "SABTU", "MINGGU"];
    DAYS.iter().any(|day| part.eq_ignore_ascii_case(day))
}

/// A month by its Indonesian or English name, whole or shortened, in the spellings found in files.
pub(crate) fn month_of(word: &str) -> Option<u32> {
    const STARTS: [(&str, u32); 21] = [
        ("JAN", 1),
        ("FEB", 2),
        ("PEB", 2),
        ("MAR", 3),
        ("MRT", 3),
        ("APR", 4),
        ("MEI", 5),
        ("MAY", 5),
        ("JUN", 6),
        ("JUL", 7),
        ("AGU", 8),
        ("AGS", 8),
        ("AGT", 8),
        ("AUG", 8),
        ("SEP", 9),
        ("OKT", 10),
        ("OCT", 10),
        ("NOV", 11),
        ("NOP", 11),
        ("DES", 12),
        ("DEC", 12),
    ];
    if !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let start = word.get(..3)?;
    STARTS.iter().find(|(month, _)| month.eq_ignore_ascii_case(start)).map(|(_, number)| *number)
}

/// What is known besides the cell when a date is decided.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub order: DateOrder,
    /// Day, month and two-digit year as the NIK codes them.
    pub nik: Option<(u32, u32, u32)>,
    /// The list's date.
    pub on: NaiveDate,
    /// The row is a head's or a spouse's.
    pub adult: bool,
}

/// The date decided, what is to be said about it, and the other reading where two are possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    pub date: Option<NaiveDate>,
    /// How it was read: at most one of serial and two-digit year, and at most one of the rest.
    pub note: Option<Fault>,
    pub fault: Option<Fault>,
    pub other: Option<NaiveDate>,
}

/// Decides. Where neither column nor NIK tells day from month, the day is read first and the finding says so.
pub fn resolve(parsed: Parsed, known: Known) -> Resolved {
    let said = |fault| Resolved { fault: Some(fault), ..Resolved::default() };
    let build = |day, month, year| {
        let year = match year {
            Year::Full(year) => year,
            Year::Short(short) => full_year(short, month, day, known),
        };
        NaiveDate::from_ymd_opt(year, month, day)
    };
    let mut resolved = match parsed {
        Parsed::Empty => return said(Fault::BirthdateEmpty),
        Parsed::Unreadable => return said(Fault::BirthdateUnreadable),
        Parsed::Date(date) => Resolved { date: Some(date), ..Resolved::default() },
        Parsed::Serial(date) => {
            Resolved { date: Some(date), note: Some(Fault::BirthdateSerial), ..Resolved::default() }
        }
        Parsed::Named { day, month, year } => Resolved { date: build(day, month, year), ..Resolved::default() },
        Parsed::Pair { first, second, year } => match (build(first, second, year), build(second, first, year)) {
            (Some(date), Some(other)) if date != other => either(date, other, known),
            (date, other) => Resolved { date: date.or(other), ..Resolved::default() },
        },
    };
    let Some(date) = resolved.date else { return said(Fault::BirthdateUnreadable) };
    if let Parsed::Named { year: Year::Short(_), .. } | Parsed::Pair { year: Year::Short(_), .. } = parsed {
        resolved.note = Some(Fault::BirthdateTwoDigitYear);
    }
    if date > known.on {
        resolved.fault = Some(Fault::BirthdateFuture);
    } else if known.on.years_since(date).is_some_and(|age| age > OLDEST) {
        resolved.fault = Some(Fault::BirthdateTooOld);
    }
    resolved
}

/// Day, month and two-digit year, as a NIK codes them.
pub fn parts(date: NaiveDate) -> (u32, u32, u32) {
    (date.day(), date.month(), date.year().rem_euclid(100) as u32)
}

fn either(day_first: NaiveDate, month_first: NaiveDate, known: Known) -> Resolved {
    let agrees = |date: NaiveDate| known.nik == Some(parts(date));
    let certain = |date| Resolved { date: Some(date), ..Resolved::default() };
    match known.order {
        DateOrder::DayFirst => certain(day_first),
        DateOrder::MonthFirst => certain(month_first),
        DateOrder::Undecided if agrees(day_first) => certain(day_first),
        DateOrder::Undecided if agrees(month_first) => certain(month_first),
        // nobody is born after the list was made
        DateOrder::Undecided if day_first > known.on && month_first <= known.on => certain(month_first),
        DateOrder::Undecided if month_first > known.on && day_first <= known.on => certain(day_first),
        DateOrder::Undecided => Resolved {
            date: Some(day_first),
            fault: Some(Fault::BirthdateAmbiguous),
            other: Some(month_first),
            ..Resolved::default()
        },
    }
}

/// The latest century that is not after the list's date and, for heads and spouses, leaves them old enough.
fn full_year(short: i32, month: u32, day: u32, known: Known) -> i32 {
    let recent = 2000 + short;
    let age = NaiveDate::from_ymd_opt(recent, month, day)
        .or_else(|| NaiveDate::from_ymd_opt(recent, month, 28))
        .and_then(|date| known.on.years_since(date));
    match age {
        Some(age) if !known.adult || age >= YOUNGEST_ADULT => recent,
        _ => 1900 + short,
    }
}
