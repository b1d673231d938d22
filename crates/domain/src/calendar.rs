//! Dates as Indonesian offices write them. Parsing of list cells lives with the lists; this prints.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::money::number_in_words;

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
}
