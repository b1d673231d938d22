//! Rupiah: whole, signed 64-bit, never a float. Words ("terbilang") for documents.

use std::{fmt, iter::Sum, ops};

use serde::{Deserialize, Serialize};

/// An amount in whole rupiah.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rupiah(pub i64);

impl Rupiah {
    pub const ZERO: Self = Self(0);

    /// `unit x count`; `None` when it does not fit.
    pub fn times(self, count: i64) -> Option<Self> {
        self.0.checked_mul(count).map(Self)
    }

    /// Reads what officials type: `1500000`, `1.500.000`, `Rp1.500.000,00`, `Rp. 1.500.000,-`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text
            .strip_prefix("Rp")
            .or_else(|| text.strip_prefix("RP"))
            .or_else(|| text.strip_prefix("rp"))
            .unwrap_or(text);
        let text = text.trim_start_matches('.').trim();
        let text = text.strip_suffix(",-").or_else(|| text.strip_suffix(",00")).unwrap_or(text);
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let plain = !text.contains('.');
        let mut groups = text.split('.');
        let first = groups.next()?;
        let well_grouped = plain || ((1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3));
        let digits: String = text.chars().filter(|c| *c != '.').collect();
        if digits.is_empty() || !well_grouped || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let value: i64 = digits.parse().ok()?;
        Some(Self(if negative { -value } else { value }))
    }

    /// The amount in Indonesian words: `satu juta lima ratus ribu rupiah`.
    pub fn in_words(self) -> String {
        format!("{} rupiah", number_in_words(self.0))
    }
}

/// A whole number in Indonesian words: 1,011 is `seribu sebelas`.
pub fn number_in_words(number: i64) -> String {
    if number == 0 {
        return "nol".to_owned();
    }
    let mut words = String::new();
    if number < 0 {
        words.push_str("minus ");
    }
    spell(number.unsigned_abs(), &mut words);
    words.trim_end().to_owned()
}

fn spell(n: u64, out: &mut String) {
    const SMALL: [&str; 12] =
        ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"];
    let mut part = |count: u64, word: &str| {
        spell(count, out);
        out.push_str(word);
        out.push(' ');
    };
    match n {
        0 => return,
        1..=11 => {
            out.push_str(SMALL[n as usize]);
            out.push(' ');
            return;
        }
        12..=19 => {
            part(n - 10, "belas");
            return;
        }
        20..=99 => part(n / 10, "puluh"),
        100..=199 => out.push_str("seratus "),
        200..=999 => part(n / 100, "ratus"),
        1_000..=1_999 => out.push_str("seribu "),
        2_000..=999_999 => part(n / 1_000, "ribu"),
        1_000_000..=999_999_999 => part(n / 1_000_000, "juta"),
        1_000_000_000..=999_999_999_999 => part(n / 1_000_000_000, "miliar"),
        _ => part(n / 1_000_000_000_000, "triliun"),
    }
    let rest = match n {
        20..=99 => n % 10,
        100..=999 => n % 100,
        1_000..=999_999 => n % 1_000,
        1_000_000..=999_999_999 => n % 1_000_000,
        1_000_000_000..=999_999_999_999 => n % 1_000_000_000,
        _ => n % 1_000_000_000_000,
    };
    spell(rest, out);
}

/// Digits in groups of three with the given separator: `1.160`.
pub fn grouped(number: i64, separator: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

impl fmt::Display for Rupiah {
    /// `Rp1.500.000`; below zero `-Rp1.500.000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}Rp{}", grouped(self.0, '.').trim_start_matches('-'))
    }
}

impl ops::Add for Rupiah {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl ops::Sub for Rupiah {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Rupiah {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        Self(iter.map(|r| r.0).sum())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_words_of_documents() {
        for (number, words) in [
            (1_500_000, "satu juta lima ratus ribu rupiah"),
            (1_740_000_000, "satu miliar tujuh ratus empat puluh juta rupiah"),
            (325_000, "tiga ratus dua puluh lima ribu rupiah"),
            (1_011, "seribu sebelas rupiah"),
            (100, "seratus rupiah"),
            (0, "nol rupiah"),
            (112_219, "seratus dua belas ribu dua ratus sembilan belas rupiah"),
        ] {
            assert_eq!(Rupiah(number).in_words(), words);
        }
    }

    #[test]
    fn amounts_as_officials_type_them() {
        for text in ["1500000", "1.500.000", "Rp1.500.000", "Rp 1.500.000,00", "Rp. 1.500.000,-"] {
            assert_eq!(Rupiah::parse(text), Some(Rupiah(1_500_000)), "{text}");
        }
        for text in ["", "Rp", "1,5 juta", "1.50.000", "12a"] {
            assert_eq!(Rupiah::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn printing_and_reading_agree(n in -10_000_000_000_000_i64..10_000_000_000_000) {
            let printed = Rupiah(n).to_string();
            let back = printed.strip_prefix('-').map_or_else(|| Rupiah::parse(&printed), |p| Rupiah::parse(p).map(|r| Rupiah(-r.0)));
            prop_assert_eq!(back, Some(Rupiah(n)));
        }
    }
}
