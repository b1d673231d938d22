//! What each list says of a family side by side, in words, beside the value in use: the newest visit's, else the newest
//! list's. A cell that differs from the value in use is marked.

use domain::{codes, lists::format};
use serde_json::Value;
use store::registry::{Family, Found, InList};

use crate::i18n::Lang;

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

/// Housing fields both kinds of lists and the visit form know, by their names in the readings.
const HOUSING: [&str; 10] =
    ["tenure", "floor", "wall", "roof", "water", "lighting", "power", "fuel", "toilet", "septic"];

/// The comparison of a family: what the lists say, and what was found.
pub fn compare(lang: Lang, family: &Family, lists: &[InList], found: Option<&Found>) -> Vec<Compared> {
    let mut rows = vec![
        plain(lang, "registry-head", domain::name::display(&family.head_name), lists, |l| {
            l.name.as_deref().map(domain::name::display)
        }),
        plain(lang, "registry-desil-national", number(family.desil), lists, |l| {
            l.desil_national.map(|d| d.to_string())
        }),
        own(lang, "registry-desil-province", lists, |l| l.desil_province.map(|d| d.to_string())),
        own(lang, "registry-desil-district", lists, |l| l.desil_district.map(|d| d.to_string())),
        own(lang, "registry-percentile", lists, |l| l.percentile.map(|d| d.to_string())),
        plain(lang, "registry-members", family.members.to_string(), lists, |l| l.members.map(|m| m.to_string())),
        plain(lang, "registry-address", family.address.clone(), lists, |l| l.address.clone()),
    ];
    let answers: Value = found.and_then(|f| serde_json::from_str(&f.answers).ok()).unwrap_or_default();
    let readings: Vec<Value> = lists.iter().map(|l| serde_json::from_str(&l.reading).unwrap_or_default()).collect();
    for field in HOUSING {
        let words: Vec<Option<String>> =
            lists.iter().zip(&readings).map(|(list, reading)| said(lang, list, reading, field)).collect();
        let visited = answer_words(lang, &answers, field);
        let Some(used) = visited.or_else(|| words.iter().flatten().next().cloned()) else { continue };
        let cells = words
            .into_iter()
            .map(|word| Cell {
                differs: word.as_ref().is_some_and(|w| !same(w, &used)),
                text: word.unwrap_or_default(),
            })
            .collect();
        rows.push(Compared { label: lang.t(&format!("registry-{field}")), used, cells });
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

/// What a list says of a field, as its own code list words it.
fn said(lang: Lang, list: &InList, reading: &Value, field: &str) -> Option<String> {
    let code = reading.get(field)?.as_str()?;
    let column = format::format(&list.format)?.column(field)?;
    Some(match &column.list {
        Some(id) => sentence_case(codes::list(id).label(code, lang.is_english())),
        None => code.to_owned(),
    })
}

/// The Regsosek list of a housing question of the visit form.
fn answer_words(lang: Lang, answers: &Value, field: &str) -> Option<String> {
    let list = match field {
        "tenure" => "regsosek.301a_status_bangunan_tinggal",
        "floor" => "regsosek.303_jenis_lantai_terluas",
        "wall" => "regsosek.304_jenis_dinding_terluas",
        "roof" => "regsosek.305_jenis_atap_terluas",
        "water" => "regsosek.306a_sumber_air_minum",
        "lighting" => "regsosek.307a_sumber_penerangan",
        "power" => "regsosek.307b_daya_terpasang",
        "fuel" => "regsosek.308_bahan_bakar_memasak",
        "toilet" => "regsosek.309a_fasilitas_bab",
        "septic" => "regsosek.310_pembuangan_akhir_tinja",
        _ => return None,
    };
    let code = answers.get(field)?.as_str()?;
    Some(codes::list(list).label(code, lang.is_english()).to_owned())
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
