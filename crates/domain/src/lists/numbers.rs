//! Counts, measures, money, telephone numbers and coordinates as lists write them.

use super::{Cell, cell::is_blank_char};
use crate::money::Rupiah;

/// Latitudes and longitudes of Indonesia, in degrees.
const LATITUDES: std::ops::RangeInclusive<f64> = -11.5..=6.5;
const LONGITUDES: std::ops::RangeInclusive<f64> = 94.5..=141.5;

/// Words behind a number that only name its unit.
const UNITS: [&str; 11] = ["ORANG", "JIWA", "EKOR", "M2", "M\u{b2}", "METER", "M", "TAHUN", "THN", "UNIT", "HARI"];

/// A whole number, zero or more: `3`, `3.0`, `1.500`, `4 orang`.
pub fn count(cell: &Cell) -> Option<i64> {
    let number = measure(cell)?;
    (number.fract() == 0.0 && number <= 1e12).then_some(number as i64)
}

/// A number with decimals, zero or more: `36`, `36,5`, `36.5`, `1.500,25`, `36 m2`.
pub fn measure(cell: &Cell) -> Option<f64> {
    let number = match cell {
        Cell::Number(number) => *number,
        Cell::Text(text) => decimal(without_unit(text.trim_matches(is_blank_char)))?,
        _ => return None,
    };
    (number >= 0.0 && number.is_finite()).then_some(number)
}

/// What stands for a thousand, a million and so on behind a sum.
const SCALES: [(&str, f64); 9] = [
    ("RIBU", 1e3),
    ("RB", 1e3),
    ("JUTA", 1e6),
    ("JT", 1e6),
    ("MILIAR", 1e9),
    ("MILYAR", 1e9),
    ("TRILIUN", 1e12),
    ("TRILYUN", 1e12),
    ("RUPIAH", 1.0),
];
/// More than this is no sum that a list tells of, and no longer exact.
const MOST_RUPIAH: f64 = 1e15;

/// Whole rupiah: `1500000`, `Rp. 1.500.000,-`, `1.500.000,50` (sen are rounded), `Rp1,5 juta`, `600 ribu`; `Rp -` is nothing paid.
pub fn money(cell: &Cell) -> Option<Rupiah> {
    match cell {
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < MOST_RUPIAH => Some(Rupiah(*number as i64)),
        Cell::Text(text) => {
            let text: String = text.chars().filter(|c| !is_blank_char(*c)).collect();
            Rupiah::parse(&text).or_else(|| spoken_money(&text.to_uppercase()))
        }
        _ => None,
    }
}

fn spoken_money(text: &str) -> Option<Rupiah> {
    let currency = text.strip_prefix("RP").or_else(|| text.strip_prefix("IDR"));
    let text = currency.map_or(text, |rest| rest.strip_prefix('.').unwrap_or(rest));
    if text == "-" && currency.is_some() {
        return Some(Rupiah(0));
    }
    let scaled = SCALES.iter().find_map(|(word, scale)| Some((text.strip_suffix(word)?, *scale)));
    let (number, scale) = scaled.unwrap_or((text, 1.0));
    let rupiah = (decimal(number)? * scale).round();
    (rupiah < MOST_RUPIAH).then_some(Rupiah(rupiah as i64))
}

fn without_unit(text: &str) -> &str {
    if let Some(number) = text.strip_suffix('%') {
        return number.trim_end_matches(is_blank_char);
    }
    let Some(at) = text.find(char::is_alphabetic) else { return text };
    let (number, unit) = text.split_at(at);
    let unit = unit.trim_end_matches('.');
    if UNITS.iter().any(|known| unit.eq_ignore_ascii_case(known)) {
        number.trim_end_matches(is_blank_char)
    } else {
        text
    }
}

/// Point or comma as the decimal sign; points in groups of three are thousands, as Indonesian offices write them.
fn decimal(text: &str) -> Option<f64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return None;
    }
    let (whole, fraction) = match text.rsplit_once(',') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => match text.split_once('.') {
            Some((whole, fraction)) if fraction.len() != 3 && !fraction.contains('.') => (whole, Some(fraction)),
            _ => (text, None),
        },
    };
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains('.');
    if whole.contains(',') || first.is_empty() || (grouped && (first.len() > 3 || groups.any(|group| group.len() != 3)))
    {
        return None;
    }
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    match fraction {
        Some(fraction) if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) => None,
        Some(fraction) => format!("{digits}.{fraction}").parse().ok(),
        None => digits.parse().ok(),
    }
}

/// A rank between one and `last`: `3`, `3.0`, `Desil 3`.
pub fn rank(cell: &Cell, last: i16) -> Option<i16> {
    let number = match cell {
        Cell::Number(number) => *number,
        Cell::Text(text) => {
            let digits = text.trim_start_matches(|c: char| c.is_alphabetic() || is_blank_char(c) || c == '\'');
            digits.trim_end_matches(is_blank_char).parse().ok()?
        }
        _ => return None,
    };
    (number.fract() == 0.0 && number >= 1.0 && number <= f64::from(last)).then_some(number as i16)
}

/// `+62812...` from `0812-3456-7890`, `62812...`, and `812...` that lost its zero in a numeric cell.
pub fn phone(text: &str) -> Option<String> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let sign = |c: char| is_blank_char(c) || matches!(c, '-' | '.' | '(' | ')' | '\'' | '/');
    let plain: String = text.chars().filter(|c| !sign(*c)).collect();
    let digits = plain.strip_prefix('+').unwrap_or(&plain);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let national = match digits.strip_prefix("62") {
        Some(rest) => rest.strip_prefix('0').unwrap_or(rest),
        None if plain.starts_with('+') => return None,
        None => match digits.strip_prefix('0') {
            Some(rest) => rest,
            None if digits.starts_with('8') => digits,
            None => return None,
        },
    };
    ((9..=12).contains(&national.len()) && !national.starts_with(['0', '1'])).then(|| format!("+62{national}"))
}

/// Degrees: `-7.123456`, `-7,123456`.
pub fn degrees(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        Cell::Text(text) => {
            let text = text.trim_matches(|c: char| is_blank_char(c) || matches!(c, '\'' | '\u{b0}'));
            let text = text.replace('\u{2212}', "-");
            if text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'+')) {
                text.replace(',', ".").parse().ok()
            } else {
                None
            }
        }
        _ => None,
    }
}

/// Where a pair of degrees lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Position {
    Inside(f64, f64),
    /// Latitude and longitude stood in each other's place; given here put right.
    Swapped(f64, f64),
    Outside,
}

pub fn is_latitude(degrees: f64) -> bool {
    LATITUDES.contains(&degrees)
}

pub fn is_longitude(degrees: f64) -> bool {
    LONGITUDES.contains(&degrees)
}

pub fn position(latitude: f64, longitude: f64) -> Position {
    if LATITUDES.contains(&latitude) && LONGITUDES.contains(&longitude) {
        Position::Inside(latitude, longitude)
    } else if LATITUDES.contains(&longitude) && LONGITUDES.contains(&latitude) {
        Position::Swapped(longitude, latitude)
    } else {
        Position::Outside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_offices_write_them() {
        for (text, number) in [
            ("36", Some(36.0)),
            ("36,5", Some(36.5)),
            ("36.5", Some(36.5)),
            ("36.50", Some(36.5)),
            ("1.500", Some(1500.0)),
            ("1.500,25", Some(1500.25)),
            ("36 m2", Some(36.0)),
            ("36m2", Some(36.0)),
            ("36,5 m\u{b2}", Some(36.5)),
            ("4 orang", Some(4.0)),
            ("", None),
            ("empat", None),
            ("1.50.000", None),
            ("-3", None),
            ("3,", None),
            ("1,2,3", None),
            (".5", None),
            ("3 hektar", None),
        ] {
            assert_eq!(measure(&Cell::Text(text.into())), number, "{text}");
        }
        assert_eq!(count(&Cell::Number(3.0)), Some(3));
        assert_eq!((count(&Cell::Number(3.5)), count(&Cell::Number(-1.0))), (None, None));
        assert_eq!(money(&Cell::Text("Rp. 1.500.000,-".into())), Some(Rupiah(1_500_000)));
        for (text, rupiah) in [
            ("Rp1,5 juta", Some(1_500_000)),
            ("Rp 3 miliar", Some(3_000_000_000)),
            ("600 ribu", Some(600_000)),
            ("1.500.000,50", Some(1_500_001)),
            ("600000.0", Some(600_000)),
            ("Rp. -", Some(0)),
            ("satu juta", None),
            ("juta", None),
            ("99999 triliun", None),
        ] {
            assert_eq!(money(&Cell::Text(text.into())), rupiah.map(Rupiah), "{text}");
        }
    }

    #[test]
    fn ranks_are_whole_and_inside() {
        for (text, last, found) in [
            ("1", 10, Some(1)),
            ("10", 10, Some(10)),
            ("Desil 3", 10, Some(3)),
            ("3.0", 10, Some(3)),
            ("0", 10, None),
            ("11", 10, None),
            ("2,5", 10, None),
            ("100", 100, Some(100)),
        ] {
            assert_eq!(rank(&Cell::Text(text.into()), last), found, "{text}");
        }
    }

    #[test]
    fn telephone_numbers_become_one_form() {
        for text in
            ["081234567890", "0812-3456-7890", "+62 812 3456 7890", "6281234567890", "81234567890", "81234567890.0"]
        {
            assert_eq!(phone(text).as_deref(), Some("+6281234567890"), "{text}");
        }
        for text in ["", "12345", "tidak punya", "+1 202 555 0100", "0812", "081234567"] {
            assert_eq!(phone(text), None, "{text}");
        }
    }

    #[test]
    fn positions_in_indonesia() {
        assert_eq!(position(-7.5, 110.2), Position::Inside(-7.5, 110.2));
        assert_eq!(position(110.2, -7.5), Position::Swapped(-7.5, 110.2));
        assert_eq!(position(0.0, 0.0), Position::Outside);
        assert_eq!(degrees(&Cell::Text("-7,5".into())), Some(-7.5));
    }
}
