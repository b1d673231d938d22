//! The quarter or year a list speaks of, from its file's name or title, and the date that is.

use chrono::NaiveDate;

/// The version a text names: `DTSEN Triwulan III 2026`, `dtsen_2026Q3.csv` are `2026Q3`; `P3KE 2023` is `2023`.
pub fn version_in(text: &str) -> Option<String> {
    let upper = text.to_uppercase();
    let kind = |c: char| if c.is_ascii_digit() { 1 } else { u8::from(c.is_alphabetic()) * 2 };
    let chars: Vec<char> = upper.chars().collect();
    let words: Vec<String> = chars
        .chunk_by(|a, b| kind(*a) == kind(*b))
        .filter(|run| kind(run[0]) != 0)
        .map(|run| run.iter().collect())
        .collect();
    let year = words.iter().position(|word| year_of(word).is_some())?;
    let quarter = |at: usize| {
        let number = words.get(at + 1).and_then(|word| quarter_of(word))?;
        let word = words.get(at)?.as_str();
        // single letters only right behind the year: "2026T3", but not a "T 3" somewhere in a title
        let known = matches!(word, "Q" | "TW" | "TRIWULAN" | "KUARTAL");
        (known || (word == "T" && at == year + 1)).then_some(number)
    };
    let year = &words[year];
    Some((0..words.len()).find_map(quarter).map_or_else(|| year.clone(), |quarter| format!("{year}Q{quarter}")))
}

fn year_of(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| word.len() == 4 && (2015..=2099).contains(year))
}

fn quarter_of(word: &str) -> Option<u32> {
    match word {
        "1" | "01" | "I" => Some(1),
        "2" | "02" | "II" => Some(2),
        "3" | "03" | "III" => Some(3),
        "4" | "04" | "IV" => Some(4),
        _ => None,
    }
}

/// The last day of what a version names: a quarter (`2026Q3`, `2026T3`, `2026TW3`), a half (`2026S1`) or a year.
pub fn version_end(version: &str) -> Option<NaiveDate> {
    let version = version.trim().to_uppercase();
    let year = version.get(..4).and_then(year_of)?;
    let rest = version[4..].trim_start_matches(['-', '_', ' ', '/']);
    let number = rest.trim_start_matches(char::is_alphabetic);
    let months_end = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    match (rest.trim_end_matches(|c: char| c.is_ascii_digit()), quarter_of(number)) {
        ("", None) if rest.is_empty() => months_end(12, 31),
        ("Q" | "T" | "TW", Some(1)) => months_end(3, 31),
        ("Q" | "T" | "TW", Some(2)) | ("S", Some(1)) => months_end(6, 30),
        ("Q" | "T" | "TW", Some(3)) => months_end(9, 30),
        ("Q" | "T" | "TW", Some(4)) | ("S", Some(2)) => months_end(12, 31),
        _ => None,
    }
}

/// The date a list speaks of: what was said, else the end of its version, else today.
pub fn list_date(said: Option<NaiveDate>, version: Option<&str>, today: NaiveDate) -> NaiveDate {
    said.unwrap_or_else(|| version.and_then(version_end).map_or(today, |end| end.min(today)))
}
