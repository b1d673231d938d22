//! Areas: Kemendagri codes as ordered numbers, so that "everything below this kecamatan" is a range.
//!
//! A code is held as its ten digits `PPKKCCDDDD`, lower levels zero-filled: kecamatan `99.01.02` is `9901020000`.
//! BPS codes are another coding (seven digits for a kecamatan) and are bridged by the area table, never guessed here.

use std::{fmt, ops::RangeInclusive, str::FromStr};

use serde::{Deserialize, Serialize};

/// A level of the administrative hierarchy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Province,
    District,
    Subdistrict,
    Village,
}

impl Level {
    /// The word stored in the database and used in files of our own.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::District => "district",
            Self::Subdistrict => "subdistrict",
            Self::Village => "village",
        }
    }
}

/// A Kemendagri area code of any level, as the number made of its ten digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AreaCode(i64);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0:?} is no Kemendagri area code (2, 4, 6 or 10 digits, with or without dots)")]
pub struct NotAnAreaCode(pub String);

impl AreaCode {
    /// From the stored number; `None` when it is not ten digits or skips a level (`9900000001`).
    pub const fn from_number(number: i64) -> Option<Self> {
        if number < 1_000_000_000 || number > 9_999_999_999 {
            return None;
        }
        let district = number / 1_000_000 % 100;
        let subdistrict = number / 10_000 % 100;
        let village = number % 10_000;
        let skips_district = district == 0 && (subdistrict != 0 || village != 0);
        let skips_subdistrict = subdistrict == 0 && village != 0;
        if skips_district || skips_subdistrict {
            return None;
        }
        Some(Self(number))
    }

    /// The ten digits as a number, as stored.
    pub const fn number(self) -> i64 {
        self.0
    }

    pub const fn level(self) -> Level {
        if self.0 % 10_000 != 0 {
            Level::Village
        } else if self.0 % 1_000_000 != 0 {
            Level::Subdistrict
        } else if self.0 % 100_000_000 != 0 {
            Level::District
        } else {
            Level::Province
        }
    }

    /// Numbers of this area and of everything below it.
    pub const fn range(self) -> RangeInclusive<i64> {
        let width = match self.level() {
            Level::Village => 1,
            Level::Subdistrict => 10_000,
            Level::District => 1_000_000,
            Level::Province => 100_000_000,
        };
        self.0..=self.0 + width - 1
    }

    pub fn contains(self, other: Self) -> bool {
        self.range().contains(&other.0)
    }

    /// The area one level up; a province has none.
    pub const fn parent(self) -> Option<Self> {
        match self.level() {
            Level::Village => Some(Self(self.0 / 10_000 * 10_000)),
            Level::Subdistrict => Some(Self(self.0 / 1_000_000 * 1_000_000)),
            Level::District => Some(Self(self.0 / 100_000_000 * 100_000_000)),
            Level::Province => None,
        }
    }

    /// The kecamatan this village lies in (itself for a kecamatan).
    #[must_use]
    pub const fn subdistrict(self) -> Self {
        Self(self.0 / 10_000 * 10_000)
    }

    /// The kabupaten or kota this area lies in.
    #[must_use]
    pub const fn district(self) -> Self {
        Self(self.0 / 1_000_000 * 1_000_000)
    }
}

impl fmt::Display for AreaCode {
    /// Dotted, without the zero-filled levels: `99.01.02.2003`, `99.01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0 / 100_000_000)?;
        if self.level() >= Level::District {
            write!(f, ".{:02}", self.0 / 1_000_000 % 100)?;
        }
        if self.level() >= Level::Subdistrict {
            write!(f, ".{:02}", self.0 / 10_000 % 100)?;
        }
        if self.level() == Level::Village {
            write!(f, ".{:04}", self.0 % 10_000)?;
        }
        Ok(())
    }
}

impl FromStr for AreaCode {
    type Err = NotAnAreaCode;

    /// Reads `99.01.02.2003`, `9901022003`, `99.01`, `9901`: two, four, six or ten digits.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || NotAnAreaCode(text.to_owned());
        let digits: String = text.trim().chars().filter(|c| *c != '.').collect();
        if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 2 | 4 | 6 | 10) {
            return Err(bad());
        }
        let number: i64 = format!("{digits:0<10}").parse().map_err(|_| bad())?;
        Self::from_number(number).ok_or_else(bad)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_every_level_read_and_print() {
        for (text, level) in [
            ("99", Level::Province),
            ("99.01", Level::District),
            ("99.01.02", Level::Subdistrict),
            ("99.01.02.2003", Level::Village),
        ] {
            let code: AreaCode = text.parse().expect(text);
            assert_eq!((code.to_string().as_str(), code.level()), (text, level));
            assert_eq!(text.replace('.', "").parse::<AreaCode>(), Ok(code));
        }
    }

    #[test]
    fn a_kecamatan_contains_its_villages_only() {
        let kec: AreaCode = "99.01.02".parse().expect("code");
        assert!(kec.contains("99.01.02.2003".parse().expect("code")));
        assert!(!kec.contains("99.01.03.2001".parse().expect("code")));
        assert_eq!("99.01.02.2003".parse::<AreaCode>().expect("code").parent(), Some(kec));
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for text in ["", "9", "990", "99.01.02.200", "99.01.00.2003", "ABCD", "9901022003 1"] {
            assert!(text.parse::<AreaCode>().is_err(), "{text}");
        }
    }
}
