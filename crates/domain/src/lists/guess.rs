//! What a column of an unknown file may be, so that a person need only confirm it: by its header, which other lists know, by a
//! header written almost so, or by what stands in it. A guess always says why.

use std::collections::{BTreeMap, HashMap};

use super::{
    Cell,
    format::{Source, formats, header_key},
    read::judge_number,
    recognise::distance,
};
use crate::identity::{read_family_card, read_nik};

/// Why a column may be that field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Another list has this header for it.
    Header(Source),
    /// A list has almost this header for it.
    Near(String),
    /// So many of the cells looked at, in percent, are what the field holds.
    Content(u32),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    pub field: &'static str,
    pub why: Why,
}

/// Filled cells needed before content says something.
const LEAST_CELLS: usize = 3;
/// Percent of them that must fit.
const NUMBERS: usize = 60;
const ANSWERS: usize = 80;

/// Header keys with the field most lists mean by it.
fn known() -> &'static HashMap<&'static str, (&'static str, Source)> {
    static KNOWN: std::sync::LazyLock<HashMap<&'static str, (&'static str, Source)>> = std::sync::LazyLock::new(|| {
        let mut meant: HashMap<&str, BTreeMap<&str, (usize, Source)>> = HashMap::new();
        for format in formats() {
            for column in format.columns.iter().filter(|column| !column.repeated) {
                for key in &column.keys {
                    let by = meant.entry(key).or_default().entry(&column.field).or_insert((0, format.source));
                    by.0 += 1;
                }
            }
        }
        let most = |fields: BTreeMap<&'static str, (usize, Source)>| {
            fields.into_iter().max_by_key(|(_, (times, _))| *times).map(|(field, (_, source))| (field, source))
        };
        meant.into_iter().filter_map(|(key, fields)| Some((key, most(fields)?))).collect()
    });
    &KNOWN
}

/// What a column may be; `None`: nothing speaks for anything.
pub fn guess(header: &str, cells: &[&Cell]) -> Option<Guess> {
    let key = header_key(header);
    let told = || by_content(&key, cells);
    match known().get(key.as_str()) {
        // "the card's number" may be that of the bank's card or of the family's: what stands there tells
        Some(("card_number", source)) => told().or(Some(Guess { field: "card_number", why: Why::Header(*source) })),
        Some((field, source)) => Some(Guess { field, why: Why::Header(*source) }),
        None => told().or_else(|| near(&key)),
    }
}

fn near(key: &str) -> Option<Guess> {
    if !(4..=60).contains(&key.len()) {
        return None;
    }
    let most = 1 + key.chars().count() / 8;
    let near = known()
        .iter()
        .filter(|(known, _)| known.len().abs_diff(key.len()) <= most * 2)
        .map(|(known, (field, _))| (distance(key, known), *known, *field))
        .filter(|(distance, ..)| *distance <= most)
        .min()?;
    Some(Guess { field: near.2, why: Why::Near(near.1.to_owned()) })
}

fn by_content(key: &str, cells: &[&Cell]) -> Option<Guess> {
    let filled: Vec<&&Cell> = cells.iter().filter(|cell| !cell.is_blank()).collect();
    if filled.len() < LEAST_CELLS {
        return None;
    }
    let share = |fits: &dyn Fn(&Cell) -> bool| filled.iter().filter(|cell| fits(cell)).count() * 100 / filled.len();
    // NIK KRT is no card: its letters only happen to meet
    let card = !key.contains("NIK") && (key.contains("KK") || key.contains("KARTU"));
    let numbers = share(&|cell| {
        let judged = judge_number(cell, if card { read_family_card } else { read_nik });
        judged.fault.is_none() && judged.digits.len() == 16
    });
    if numbers >= NUMBERS {
        let field = if card { "kk" } else { "nik" };
        return Some(Guess { field, why: Why::Content(numbers as u32) });
    }
    let sex = share(&|cell| {
        matches!(
            header_key(&cell.display()).as_str(),
            "L" | "P" | "LK" | "PR" | "LAKILAKI" | "PEREMPUAN" | "PRIA" | "WANITA"
        )
    });
    (sex >= ANSWERS).then_some(Guess { field: "sex", why: Why::Content(sex as u32) })
}

/// The guesses for all columns: a field is guessed once, for the column that has most to say for it, then the first.
pub fn guesses(columns: &[(&str, Vec<&Cell>)]) -> Vec<Option<Guess>> {
    let mut all: Vec<Option<Guess>> = columns.iter().map(|(header, cells)| guess(header, cells)).collect();
    let strength = |guess: &Guess| match guess.why {
        Why::Header(_) => 0,
        Why::Near(_) => 1,
        Why::Content(_) => 2,
    };
    let mut best: HashMap<&str, (u8, usize)> = HashMap::new();
    for (at, guess) in all.iter().enumerate() {
        let Some(guess) = guess else { continue };
        let mine = (strength(guess), at);
        best.entry(guess.field).and_modify(|known| *known = (*known).min(mine)).or_insert(mine);
    }
    for (at, guess) in all.iter_mut().enumerate() {
        if guess.as_ref().is_some_and(|guess| best.get(guess.field).is_none_or(|(_, column)| *column != at)) {
            *guess = None;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guess_says_why() {
        let numbers = [
            Cell::from("9901011207850001"),
            Cell::from("9901011207850003"),
            Cell::from("-"),
            Cell::from("9901015207850002"),
        ];
        let cells: Vec<&Cell> = numbers.iter().collect();
        assert_eq!(guess("Nomor Induk", &cells).map(|g| (g.field, g.why)), Some(("nik", Why::Content(75))));
        assert_eq!(guess("No. Kartu", &cells).map(|g| g.field), Some("kk"));
        assert_eq!(guess("NIK KRT", &cells).map(|g| g.field), Some("nik"));
        assert!(matches!(guess("NIK", &[]), Some(Guess { field: "nik", why: Why::Header(_) })));
        assert!(matches!(guess("Tanggal Lahirr", &[]), Some(Guess { field: "birth_date", why: Why::Near(_) })));
        let sexes = [Cell::from("L"), Cell::from("P"), Cell::from("Perempuan")];
        assert_eq!(guess("Gender", &sexes.iter().collect::<Vec<_>>()).map(|g| g.field), Some("sex"));
        assert_eq!(guess("Luas Sawah Garapan", &[]), None);
    }

    #[test]
    fn a_field_is_guessed_for_one_column() {
        let columns = [("Nama Lengkapp", Vec::new()), ("Nama", Vec::new()), ("Nama", Vec::new())];
        let fields: Vec<Option<&str>> = guesses(&columns).iter().map(|guess| guess.as_ref().map(|g| g.field)).collect();
        assert_eq!(fields, [None, Some("name"), None]);
    }
}
