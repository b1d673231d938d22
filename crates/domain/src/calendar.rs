//! Dates as Indonesian offices write them, in print and typed into a form. Parsing of list cells lives with the lists.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::{lists::dates::month_of, money::number_in_words};

pub const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// `21 November 2026`.
pub fn long_date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), MONTHS[date.month0() as usize], date.year())
}

/// `21 November 2026` with English month names.
pub fn long_date_en(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), MONTHS_EN[date.month0() as usize], date.year())
}

/// `21/11/2026`: as a form shows it, the day first in either language.
pub fn short_date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// A date as people type it: `7/8/2026`, `07-08-2026`, `7 Agustus 2026`, `07082026` (a phone's keys have no stroke) and
/// `2026-08-07`. The day stands before the month, always; the year has four figures, so that nobody's century is guessed.
pub fn typed_date(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let (day, month, year) = match parts[..] {
        [run] if run.len() == 8 && run.bytes().all(|byte| byte.is_ascii_digit()) => {
            return written(&run[..2], &run[2..4], &run[4..]).or_else(|| written(&run[6..], &run[4..6], &run[..4]));
        }
        [year, month, day] if year.len() == 4 => (day, month, year),
        [day, month, year] => (day, month, year),
        _ => return None,
    };
    written(day, month, year)
}

fn written(day: &str, month: &str, year: &str) -> Option<NaiveDate> {
    let small = |text: &str| text.parse().ok().filter(|_| text.len() <= 2);
    let year = year.parse().ok().filter(|number| year.len() == 4 && (1900..=2100).contains(number))?;
    NaiveDate::from_ymd_opt(year, small(month).or_else(|| month_of(month))?, small(day)?)
}

/// `Sabtu` or, in English, `Saturday`.
pub fn weekday(date: NaiveDate, english: bool) -> &'static str {
    let names = if english { DAYS_EN } else { DAYS };
    names[date.weekday().num_days_from_monday() as usize]
}

/// `14.46`: the 24-hour clock with a point.
pub fn clock(at: NaiveDateTime) -> String {
    at.format("%H.%M").to_string()
}

/// For minutes: `Senin tanggal sebelas bulan Desember tahun dua ribu dua puluh tiga`.
pub fn date_in_words(date: NaiveDate) -> String {
    format!(
        "{} tanggal {} bulan {} tahun {}",
        weekday(date, false),
        number_in_words(i64::from(date.day())),
        MONTHS[date.month0() as usize],
        number_in_words(i64::from(date.year()))
    )
}

/// Whole years between birth and `on`; `None` when born later.
pub fn age(born: NaiveDate, on: NaiveDate) -> Option<u32> {
    on.years_since(born)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_the_handover() {
        let date = NaiveDate::from_ymd_opt(2023, 12, 11).expect("date");
        assert_eq!(long_date(date), "11 Desember 2023");
        assert_eq!(date_in_words(date), "Senin tanggal sebelas bulan Desember tahun dua ribu dua puluh tiga");
    }

    #[test]
    fn a_date_is_read_as_people_type_it_the_day_first() {
        let day = NaiveDate::from_ymd_opt(2026, 8, 7);
        for text in [
            "7/8/2026",
            "07/08/2026",
            "07-08-2026",
            "7.8.2026",
            " 7 8 2026 ",
            "7 Agustus 2026",
            "7 agt 2026",
            "7 August 2026",
            "07082026",
            "2026-08-07",
            "20260807",
        ] {
            assert_eq!(typed_date(text), day, "{text}");
        }
        for text in
            ["", "7/8", "7/8/26", "31/2/2026", "8/13/2026", "0/1/2026", "7/8/2026/1", "45000", "besok", "7/8/1026"]
        {
            assert_eq!(typed_date(text), None, "{text}");
        }
        assert_eq!(typed_date(&short_date(day.unwrap())), day);
    }
}
