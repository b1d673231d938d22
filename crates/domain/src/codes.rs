//! Code lists (Regsosek, DTSEN, P3KE, Dukcapil, needs, reasons, states) with labels in both languages.
//!
//! Read once from `data/codelists.json`, which names the source and standing of each list, and from
//! `data/own_codelists.json`, the few lists that this program adds.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct CodeList {
    pub id: String,
    pub label_id: String,
    #[serde(default)]
    pub label_en: String,
    pub source: String,
    pub codes: Vec<Code>,
}

#[derive(Debug, Deserialize)]
pub struct Code {
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    pub label_id: String,
    #[serde(default)]
    pub label_en: String,
}

#[derive(Deserialize)]
struct File {
    lists: Vec<CodeList>,
}

static LISTS: LazyLock<BTreeMap<String, CodeList>> = LazyLock::new(|| {
    [include_str!("../data/codelists.json"), include_str!("../data/own_codelists.json")]
        .into_iter()
        .flat_map(|text| {
            let file: File = serde_json::from_str(text).expect("the code lists are part of the program");
            file.lists
        })
        .map(|list| (list.id.clone(), list))
        .collect()
});

/// The list of that id, e.g. `regsosek.303_jenis_lantai_terluas`.
///
/// # Panics
/// When the program names a list that its own data do not have.
pub fn list(id: &str) -> &'static CodeList {
    LISTS.get(id).unwrap_or_else(|| panic!("no code list {id}"))
}

pub fn lists() -> impl Iterator<Item = &'static CodeList> {
    LISTS.values()
}

impl CodeList {
    /// What the list is called.
    pub fn title(&self, english: bool) -> &str {
        if english && !self.label_en.is_empty() { &self.label_en } else { &self.label_id }
    }

    pub fn code(&self, id: &str) -> Option<&Code> {
        self.codes.iter().find(|code| code.id == id)
    }

    /// The label in Indonesian or English; the code itself when the list does not know it.
    pub fn label<'a>(&'a self, id: &'a str, english: bool) -> &'a str {
        self.code(id).map_or(id, |code| code.label(english))
    }
}

impl Code {
    pub fn label(&self, english: bool) -> &str {
        if english && !self.label_en.is_empty() { &self.label_en } else { &self.label_id }
    }
}

fn text_or_number<'de, D: serde::Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    Ok(match serde_json::Value::deserialize(input)? {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_reads_and_names_its_source() {
        assert!(lists().count() > 100);
        assert!(lists().all(|list| !list.source.is_empty() && !list.codes.is_empty()));
        assert_eq!(list("regsosek.303_jenis_lantai_terluas").label("8", false), "Tanah");
    }
}
