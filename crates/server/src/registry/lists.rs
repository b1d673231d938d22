//! What each list says of a family side by side, in words, beside the value in use: the newest visit's, else the newest
//! list's. A cell that differs from the value in use is marked.

use domain::{codes, lists::labels};
use serde_json::Value;
use store::{
    registry::{Family, Found, InList},
    targeting::InUse,
};

use crate::{i18n::Lang, lists::formats::Known};

/// A line of the comparison.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Message key of what is compared.
    pub label: String,
    pub used: String,
    /// One cell a list, in the order of the lists.
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug)]
pub struct Cell {
    pub text: String,
    pub differs: bool,
}

/// Housing questions that lists and the visit form share, with the Regsosek list the form answers by.
const HOUSING: [(&str, &str); 10] = [
    ("tenure", "regsosek.301a_status_bangunan_tinggal"),
    ("floor", "regsosek.303_jenis_lantai_terluas"),
    ("wall", "regsosek.304_jenis_dinding_terluas"),
    ("roof", "regsosek.305_jenis_atap_terluas"),
    ("water", "regsosek.306a_sumber_air_minum"),
    ("lighting", "regsosek.307a_sumber_penerangan"),
    ("power", "regsosek.307b_daya_terpasang"),
    ("fuel", "regsosek.308_bahan_bakar_memasak"),
    ("toilet", "regsosek.309a_fasilitas_bab"),
    ("septic", "regsosek.310_pembuangan_akhir_tinja"),
];

/// An answer: the shared word it is compared by, and its own words.
#[derive(Clone, Debug)]
struct Said {
    answer: String,
    words: String,
}

/// The comparison of a family: what the lists say, and what was found.
pub fn compare(
    lang: Lang,
    known: &Known,
    family: &Family,
    in_use: &InUse,
    lists: &[InList],
    found: Option<&Found>,
    people: usize,
) -> Vec<Compared> {
    let head = in_use.head_name.as_ref().unwrap_or(&family.head_name);
    let address = in_use.address.clone().unwrap_or_else(|| family.address.clone());
    // those known by name; where nobody is, what the list states
    let members = if people == 0 { family.members } else { people as i64 };
    let mut rows = vec![
        plain(lang, "registry-head", domain::name::display(head), lists, |l| {
            l.name.as_deref().map(domain::name::display)
        }),
        plain(lang, "registry-desil-national", number(family.desil), lists, |l| {
            l.desil_national.map(|d| d.to_string())
        }),
        own(lang, "registry-desil-province", lists, |l| l.desil_province.map(|d| d.to_string())),
        own(lang, "registry-desil-district", lists, |l| l.desil_district.map(|d| d.to_string())),
        own(lang, "registry-percentile", lists, |l| l.percentile.map(|d| d.to_string())),
        plain(lang, "registry-members", members.to_string(), lists, |l| l.members.map(|m| m.to_string())),
        plain(lang, "registry-address", address, lists, |l| l.address.clone()),
    ];
    let answers: Value = found.and_then(|f| serde_json::from_str(&f.answers).ok()).unwrap_or_default();
    let readings: Vec<Value> = lists.iter().map(|l| serde_json::from_str(&l.reading).unwrap_or_default()).collect();
    for (field, regsosek) in HOUSING {
        let said: Vec<Option<Said>> =
            lists.iter().zip(&readings).map(|(list, reading)| said(lang, known, list, reading, field)).collect();
        let visited = visited(lang, &answers, field, regsosek);
        let Some(used) = visited.or_else(|| said.iter().flatten().next().cloned()) else { continue };
        let cells = said
            .into_iter()
            .map(|said| Cell {
                differs: said.as_ref().is_some_and(|said| said.answer != used.answer),
                text: said.map(|said| said.words).unwrap_or_default(),
            })
            .collect();
        rows.push(Compared { label: lang.t(&format!("registry-{field}")), used: used.words, cells });
    }
    rows.retain(|row| !row.used.is_empty() || row.cells.iter().any(|cell| !cell.text.is_empty()));
    rows
}

fn plain(lang: Lang, key: &str, used: String, lists: &[InList], said: impl Fn(&InList) -> Option<String>) -> Compared {
    let cells = lists
        .iter()
        .map(|list| {
            let text = said(list).unwrap_or_default();
            Cell { differs: !text.is_empty() && !same(&text, &used), text }
        })
        .collect();
    Compared { label: lang.t(key), used, cells }
}

/// A ranking of one list only: there is no value in use, and lists are not measured against each other.
fn own(lang: Lang, key: &str, lists: &[InList], said: impl Fn(&InList) -> Option<String>) -> Compared {
    let cells = lists.iter().map(|list| Cell { text: said(list).unwrap_or_default(), differs: false }).collect();
    Compared { label: lang.t(key), used: String::new(), cells }
}

fn number(value: Option<i64>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

/// What a list says of a field: in the words of the official list where it is that exact, else in the shared ones.
fn said(lang: Lang, known: &Known, list: &InList, reading: &Value, field: &str) -> Option<Said> {
    let answer = reading.get(field)?.as_str()?;
    let column = known.find(&list.format)?.column(field)?;
    let exact = reading.get(format!("{field}_code")).and_then(Value::as_str).zip(column.list.as_deref());
    let words = exact.map_or_else(
        || labels::label(column, answer, lang.is_english()),
        |(code, list)| codes::list(list).label(code, lang.is_english()),
    );
    Some(Said { answer: answer.to_owned(), words: sentence_case(words) })
}

/// What the standing visit found.
fn visited(lang: Lang, answers: &Value, field: &str, regsosek: &str) -> Option<Said> {
    let code = answers.get(field)?.as_str()?;
    let words = codes::list(regsosek).label(code, lang.is_english()).to_owned();
    Some(Said { answer: labels::canonical(field, regsosek, code).unwrap_or(code).to_owned(), words })
}

/// `SEMEN` of an upper-case list as `Semen`.
fn sentence_case(text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    let lower = text.to_lowercase();
    let mut chars = lower.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}

fn same(a: &str, b: &str) -> bool {
    let fold =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    fold(a) == fold(b)
}
