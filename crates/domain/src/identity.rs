//! NIK and KK numbers: sixteen digits of text from end to end, parsed once at the edge.
//!
//! `PPKKCC DDMMYY SSSS`; women's day of birth carries +40. Only the sound number becomes a type; what is wrong
//! with an unsound one is told by [`NumberFault`] in the order of the fault catalogue: first fault wins.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::area::AreaCode;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sex {
    #[serde(rename = "L")]
    Male,
    #[serde(rename = "P")]
    Female,
}

impl Sex {
    /// `L` or `P`, as stored and as Indonesian lists write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Male => "L",
            Self::Female => "P",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "L" => Some(Self::Male),
            "P" => Some(Self::Female),
            _ => None,
        }
    }
}

/// Why sixteen digits were expected and not found. Names follow the fault catalogue (`nik.*`, `kk.*`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    #[error("empty")]
    Empty,
    #[error("scientific notation, digits are lost")]
    Scientific,
    #[error("letters or signs")]
    Characters,
    #[error("not sixteen digits")]
    Length,
    #[error("a placeholder")]
    Dummy,
    #[error("the date part is no date")]
    Date,
}

impl NumberFault {
    /// The last part of the fault code, e.g. `length` of `nik.length`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Scientific => "scientific",
            Self::Characters => "characters",
            Self::Length => "length",
            Self::Dummy => "dummy",
            Self::Date => "date",
        }
    }
}

/// Words that mean "no number given".
const EMPTY_WORDS: [&str; 8] = ["-", "0", "KOSONG", "NULL", "#N/A", "NAN", "TIDAK ADA", "N/A"];

/// A number as written, cleaned of what typing and spreadsheets leave around its digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What is left: digits when the number is sound, else whatever stood there.
    pub digits: String,
    /// Apostrophes, blanks, dots, dashes or a trailing `.0` were removed.
    pub cleaned: bool,
    /// A trailing `.0` told that a spreadsheet held it as a number, so that its last digit may be lost.
    pub was_number: bool,
}

impl Written {
    pub fn of(raw: &str) -> Self {
        if raw.bytes().all(|byte| byte.is_ascii_digit()) {
            return Self { digits: raw.to_owned(), cleaned: false, was_number: false };
        }
        let trimmed = raw.trim_matches(|c: char| is_litter(c) && !matches!(c, '.' | '-'));
        // the tail goes only where plain digits stand before it: "990101450785001.0" must not become sixteen digits
        let tail = trimmed.rsplit_once(['.', ',']).filter(|(head, zeros)| {
            let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            matches!(*zeros, "0" | "00") && plain(head)
        });
        let digits: String = tail.map_or(trimmed, |(head, _)| head).chars().filter(|c| !is_litter(*c)).collect();
        Self { cleaned: digits != raw, digits, was_number: tail.is_some() }
    }

    /// The first fault of the chain, of what was written.
    fn fault(&self, raw: &str) -> Option<NumberFault> {
        let digits = self.digits.as_bytes();
        if raw.len() != digits.len() || !digits.iter().all(u8::is_ascii_digit) {
            let word = raw.trim_matches(|c: char| c.is_whitespace() || c == '\'');
            if word.is_empty() || EMPTY_WORDS.iter().any(|empty| word.eq_ignore_ascii_case(empty)) {
                return Some(NumberFault::Empty);
            }
            if is_scientific(word) {
                return Some(NumberFault::Scientific);
            }
        }
        if digits.is_empty() || digits == b"0" {
            return Some(NumberFault::Empty);
        }
        if !digits.iter().all(u8::is_ascii_digit) {
            return Some(NumberFault::Characters);
        }
        if digits.len() != 16 {
            return Some(NumberFault::Length);
        }
        let dummy = digits.iter().all(|digit| *digit == digits[0])
            || digits == b"1234567890123456"
            || &digits[6..] == b"0000000000";
        dummy.then_some(NumberFault::Dummy)
    }
}

/// What may stand around or between the digits without being part of the number.
fn is_litter(c: char) -> bool {
    matches!(
        c,
        '\'' | '"'
            | '`'
            | '.'
            | '-'
            | '\u{b4}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201c}'
            | '\u{201d}'
            | '\u{200b}'
            | '\u{200c}'
            | '\u{200d}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'
            | '\u{202c}'
            | '\u{2010}'
            | '\u{2011}'
            | '\u{2013}'
            | '\u{2060}'
            | '\u{feff}'
    ) || c.is_whitespace()
}

/// The number without apostrophes, blanks, NBSP, dots, dashes and a trailing `.0`; `true` when anything was removed.
pub fn clean_number(raw: &str) -> (String, bool) {
    let written = Written::of(raw);
    (written.digits, written.cleaned)
}

/// Reads a NIK as written: what is left of it, and the first fault of the chain.
pub fn read_nik(raw: &str) -> (Written, Option<NumberFault>) {
    let written = Written::of(raw);
    let fault = written.fault(raw).or_else(|| (!day_month_ok(&written.digits)).then_some(NumberFault::Date));
    (written, fault)
}

/// Reads a family-card number as written. Its date part is not judged: it is the day of issue.
pub fn read_family_card(raw: &str) -> (Written, Option<NumberFault>) {
    let written = Written::of(raw);
    let fault = written.fault(raw);
    (written, fault)
}

/// `9,90101E+15`, `9.9e15`: a mantissa and an exponent.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.trim_start_matches(['+', '-']);
    !mantissa.is_empty()
        && mantissa.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.')
        && !exponent.is_empty()
        && exponent.bytes().all(|b| b.is_ascii_digit())
}

fn two_digits(digits: &str, at: usize) -> u32 {
    digits.get(at..at + 2).and_then(|part| part.parse().ok()).unwrap_or(0)
}

/// Does the date part name a day? 29 February holds when either century makes it a leap year: 1900 is none, 2000 is one.
fn day_month_ok(digits: &str) -> bool {
    let (day, month, year) = (two_digits(digits, 6), two_digits(digits, 8), two_digits(digits, 10));
    let day = if day > 40 { day - 40 } else { day };
    [1900, 2000].iter().any(|century| NaiveDate::from_ymd_opt(century + year as i32, month, day).is_some())
}

/// A sound national identity number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Nik(String);

impl Nik {
    /// Cleans and checks; the first fault of the chain empty, scientific, characters, length, dummy, date.
    pub fn parse(raw: &str) -> Result<Self, NumberFault> {
        let (written, fault) = read_nik(raw);
        fault.map_or(Ok(Self(written.digits)), Err)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn part(&self, at: usize) -> u32 {
        two_digits(&self.0, at)
    }

    /// The sex coded in the day part.
    pub fn sex(&self) -> Sex {
        if self.part(6) > 40 { Sex::Female } else { Sex::Male }
    }

    /// The birth date coded in the number. The century is that of `recorded` when given, else the latest not after `today`.
    pub fn birth_date(&self, recorded: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
        let day = self.part(6);
        let day = if day > 40 { day - 40 } else { day };
        let short = self.part(10) as i32;
        let year = match recorded {
            Some(date) => date.year() / 100 * 100 + short,
            None if 2000 + short > today.year() => 1900 + short,
            None => 2000 + short,
        };
        NaiveDate::from_ymd_opt(year, self.part(8), day)
    }

    /// The first six digits: the kecamatan of first registration (not of residence).
    pub fn issued_in(&self) -> Option<AreaCode> {
        self.0[..6].parse().ok()
    }

    /// Day, month and two-digit year of birth as coded, without the +40 of women.
    pub fn birth_parts(&self) -> (u32, u32, u32) {
        let day = self.part(6);
        (if day > 40 { day - 40 } else { day }, self.part(8), self.part(10))
    }

    /// The first six digits as a number, whether or not such a kecamatan exists.
    pub fn issuer(&self) -> u32 {
        self.0[..6].parse().unwrap_or(0)
    }

    pub fn serial(&self) -> u32 {
        self.0[12..].parse().unwrap_or(0)
    }

    /// `9901 •••• •••• 0001`: what a screen shows before a logged reveal.
    pub fn masked(&self) -> String {
        mask(&self.0)
    }
}

/// A sound family-card number. An attribute that changes, never a family's key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FamilyCard(String);

impl FamilyCard {
    pub fn parse(raw: &str) -> Result<Self, NumberFault> {
        let (written, fault) = read_family_card(raw);
        fault.map_or(Ok(Self(written.digits)), Err)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn masked(&self) -> String {
        mask(&self.0)
    }
}

/// First four and last four digits, the rest as dots; anything that is not sixteen long is hidden but for its end.
pub fn mask(number: &str) -> String {
    let chars: Vec<char> = number.chars().collect();
    if chars.len() == 16 {
        let text = |range: std::ops::Range<usize>| chars[range].iter().collect::<String>();
        return format!("{} •••• •••• {}", text(0..4), text(12..16));
    }
    let keep = chars.len().min(2);
    format!("{}{}", "•".repeat(chars.len() - keep), chars[chars.len() - keep..].iter().collect::<String>())
}

impl fmt::Debug for Nik {
    /// Masked: a NIK must not reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nik({})", self.masked())
    }
}

impl fmt::Debug for FamilyCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FamilyCard({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("date")
    }

    #[test]
    fn a_sound_nik_tells_place_birth_and_sex() {
        let nik = Nik::parse("9901014507850001").expect("sound");
        assert_eq!(nik.sex(), Sex::Female);
        assert_eq!(nik.birth_date(None, day(2026, 11, 21)), Some(day(1985, 7, 5)));
        assert_eq!(nik.issued_in().expect("area").to_string(), "99.01.01");
        assert_eq!(nik.masked(), "9901 •••• •••• 0001");
        assert_eq!(format!("{nik:?}"), "Nik(9901 •••• •••• 0001)");
    }

    #[test]
    fn the_first_fault_of_the_chain_is_told() {
        for (raw, fault) in [
            ("", NumberFault::Empty),
            (" - ", NumberFault::Empty),
            ("KOSONG", NumberFault::Empty),
            ("9,90101E+15", NumberFault::Scientific),
            ("99010145078500O1", NumberFault::Characters),
            ("990101450785001", NumberFault::Length),
            ("1111111111111111", NumberFault::Dummy),
            ("1234567890123456", NumberFault::Dummy),
            ("9901010000000000", NumberFault::Dummy),
            ("9901013502850001", NumberFault::Date),
            ("9901013113850001", NumberFault::Date),
            ("9901013002850001", NumberFault::Date),
        ] {
            assert_eq!(Nik::parse(raw), Err(fault), "{raw}");
        }
    }

    #[test]
    fn typing_habits_are_cleaned_and_digits_never_guessed() {
        for raw in ["'9901014507850001", " 9901 0145 0785 0001 ", "9901014507850001.0", "9901.0145.0785.0001"] {
            assert_eq!(Nik::parse(raw).expect(raw).as_str(), "9901014507850001");
        }
        assert_eq!(Nik::parse("901014507850001"), Err(NumberFault::Length));
        // fifteen digits and a spreadsheet's ".0" are fifteen digits, not sixteen
        assert_eq!(Nik::parse("990101450785000.0"), Err(NumberFault::Length));
        assert!(Written::of("9901014507850001.0").was_number && Written::of("9901014507850001,00").was_number);
        assert_eq!(clean_number("9901014507850001"), ("9901014507850001".to_owned(), false));
    }

    #[test]
    fn a_leap_day_stands_when_one_century_has_it() {
        assert!(Nik::parse("9901012902000001").is_ok());
        assert_eq!(Nik::parse("9901012902010001"), Err(NumberFault::Date));
    }
}
