//! What an answer means: the labels and codes of a column's list, the shared vocabulary of `concepts.toml`, and the
//! spellings outside the list that are known.
//!
//! An answer is looked up without regard to case, blanks and punctuation. The list's own codes and labels are no finding,
//! a known spelling outside it is `label.synonym`, anything else `label.unknown` with the raw text kept.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasherDefault, Hasher},
    sync::LazyLock,
};

use serde::Deserialize;

use super::format::{Column, Format, Slot, Source, Value, YesNo};
use crate::codes;

/// The list of coarser labels that DTSEN families keep from older lists.
const DTSEN_LEGACY: &str = "dtsen.nilai_tambahan";

/// A question that every list asks in its own words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    pub fields: Vec<String>,
    /// The question in Indonesian and English.
    pub id: String,
    pub en: String,
    pub code: Vec<ConceptCode>,
}

/// An answer of a concept.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConceptCode {
    pub code: String,
    pub id: String,
    pub en: String,
    #[serde(default)]
    from: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    approx: BTreeMap<String, Vec<String>>,
    /// Short forms that belong to every format.
    #[serde(default)]
    own: Vec<String>,
    #[serde(default)]
    synonyms: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    concept: Vec<Concept>,
}

static CONCEPTS: LazyLock<Vec<Concept>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("concepts.toml")).expect("the concepts are part of the program");
    file.concept
});

/// The shared vocabulary.
pub fn concepts() -> &'static [Concept] {
    &CONCEPTS
}

/// The concept behind a field, e.g. `floor`; ya-or-tidak fields without one of their own share `yes_no`.
pub fn concept(field: &str) -> Option<&'static Concept> {
    CONCEPTS.iter().find(|concept| concept.fields.iter().any(|name| name == field))
}

/// The label of a value as read, for screens: of the concept, else of the column's list, else the value itself.
pub fn label<'a>(column: &Column, value: &'a str, english: bool) -> &'a str
where
    'static: 'a,
{
    if let Some(code) = of_column(column).and_then(|concept| concept.code.iter().find(|code| code.code == value)) {
        return if english { &code.en } else { &code.id };
    }
    column.list.as_deref().and_then(|list| codes::list(list).code(value)).map_or(value, |code| code.label(english))
}

/// The shared answer behind a code of an official list, e.g. `8` of `regsosek.303_jenis_lantai_terluas` is `EARTH`.
pub fn canonical(field: &str, list: &str, code: &str) -> Option<&'static str> {
    let of =
        |codes: &BTreeMap<String, Vec<String>>| codes.get(list).is_some_and(|codes| codes.iter().any(|c| c == code));
    concept(field)?.code.iter().find(|answer| of(&answer.from) || of(&answer.approx)).map(|answer| answer.code.as_str())
}

fn of_column(column: &Column) -> Option<&'static Concept> {
    concept(&column.field).or_else(|| if column.value == Value::YesNo { concept("yes_no") } else { None })
}

/// What a label was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The shared answer, else the code of the list.
    pub value: &'static str,
    /// The code of the Regsosek list, where the column has one and the label is exactly in it.
    pub code: Option<&'static str>,
    /// Known, but no spelling of this format.
    pub synonym: bool,
    /// The label only comes near the shared answer.
    pub approximate: bool,
}

/// Hashes a short text quickly (FNV-1a). The tables are our own and every cell is looked up: nobody can fill them.
#[derive(Clone, Copy)]
struct ShortText(u64);

impl Default for ShortText {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for ShortText {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The labels of one column.
#[derive(Debug, Default)]
pub struct Labels {
    meanings: HashMap<String, Meaning, BuildHasherDefault<ShortText>>,
    /// What stands before a slash is the format's own way of writing, no synonym.
    before_slash: bool,
}

impl Labels {
    /// The table of a column; empty for columns that hold no answers.
    pub fn of(format: &'static Format, column: &'static Column) -> Self {
        let mut labels = Self { before_slash: column.before_slash, ..Self::default() };
        let answers =
            matches!(column.value, Value::Code | Value::YesNo) || matches!(column.slot, Slot::Sex | Slot::Relation);
        if answers {
            labels.fill(format, column, of_column(column));
        }
        labels
    }

    /// The table of the second question that a column tells; `None` where there is none.
    pub fn of_second(format: &'static Format, column: &'static Column) -> Option<Self> {
        let concept = concept(column.also.as_deref()?)?;
        let mut labels = Self { before_slash: column.before_slash, ..Self::default() };
        if let Some(list) = column.list.as_deref() {
            labels.add_list_of(list, concept, false);
        }
        labels.add_concept(format, None, concept);
        Some(labels)
    }

    fn fill(&mut self, format: &'static Format, column: &'static Column, concept: Option<&'static Concept>) {
        let exact = |value| Meaning { value, code: None, synonym: false, approximate: false };
        for (label, value) in &column.answers {
            self.put(label, exact(value.as_str()));
        }
        let own_list = column.list.as_deref();
        if let Some(list) = own_list {
            self.add_list(list, concept, false);
        }
        let Some(concept) = concept else { return };
        if column.value == Value::YesNo {
            let figures: &[(&'static str, &'static str)] = match format.yes_no {
                YesNo::Words => &[],
                YesNo::Coded => &[("1", "YES"), ("0", "NO"), ("2", "NO")],
                YesNo::Marks => {
                    &[("1", "YES"), ("0", "NO"), ("TRUE", "YES"), ("FALSE", "NO"), ("V", "YES"), ("X", "YES")]
                }
            };
            for (label, value) in figures {
                self.put(label, exact(value));
            }
        }
        self.add_concept(format, own_list, concept);
    }

    /// The concept's own short forms, its synonyms, and the labels (not codes) of the other lists that ask the same.
    fn add_concept(&mut self, format: &'static Format, own_list: Option<&str>, concept: &'static Concept) {
        if format.source == Source::Dtsen {
            self.add_list_of(DTSEN_LEGACY, concept, false);
        }
        for answer in &concept.code {
            for label in &answer.own {
                self.put(label, Meaning { value: &answer.code, code: None, synonym: false, approximate: false });
            }
        }
        for answer in &concept.code {
            for label in &answer.synonyms {
                self.put(label, Meaning { value: &answer.code, code: None, synonym: true, approximate: false });
            }
        }
        for list in concept.code.iter().flat_map(|answer| answer.from.keys().chain(answer.approx.keys())) {
            if Some(list.as_str()) != own_list {
                self.add_list_of(list, concept, true);
            }
        }
    }

    /// Every code of a list with its label; those the concept does not know mean themselves.
    fn add_list(&mut self, list: &str, concept: Option<&'static Concept>, synonym: bool) {
        let regsosek = list.starts_with("regsosek.");
        for code in &codes::list(list).codes {
            if code.id == "KOSONG" {
                continue;
            }
            let answer = concept.and_then(|concept| answer_of(concept, list, &code.id));
            let meaning = Meaning {
                value: answer.map_or(code.id.as_str(), |(answer, _)| answer),
                code: (regsosek && answer.is_some()).then_some(code.id.as_str()),
                synonym,
                approximate: answer.is_some_and(|(_, approximate)| approximate),
            };
            self.put(&code.id, meaning);
            self.put(&code.label_id, meaning);
            self.put(&format!("{} {}", code.id, code.label_id), meaning);
        }
    }

    /// The labels of another list, as far as the concept knows them.
    fn add_list_of(&mut self, list: &str, concept: &'static Concept, synonym: bool) {
        for code in &codes::list(list).codes {
            if let Some((value, approximate)) = answer_of(concept, list, &code.id) {
                self.put(&code.label_id, Meaning { value, code: None, synonym, approximate });
            }
        }
    }

    fn put(&mut self, label: &str, meaning: Meaning) {
        let key = label_key(label);
        if key.is_empty() {
            return;
        }
        let meaning = *self.meanings.entry(key).or_insert(meaning);
        // as printed, and in capitals: so nearly every cell is found without a key being made of it
        for spelling in [label.to_owned(), label.to_uppercase()] {
            self.meanings.entry(spelling).or_insert(meaning);
        }
    }

    /// What the text means. Looked up whole, then without a number's `.0` or leading zeros, then up to its first `/`
    /// (`KEPALA KELUARGA/ SUAMI` is how one register prints the head).
    pub fn meaning(&self, text: &str) -> Option<Meaning> {
        let found = |text: &str| self.meanings.get(text).or_else(|| self.meanings.get(&label_key(text))).copied();
        let number = || {
            let digits = text.trim().strip_suffix(".0").unwrap_or(text.trim());
            let short = digits.trim_start_matches('0');
            let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if whole { found(if short.is_empty() { "0" } else { short }) } else { None }
        };
        let before_slash = || found(text.split_once('/')?.0);
        let whole = found(text).or_else(number);
        if self.before_slash {
            // the head in front of the slash is this format's own way of writing; a spelling known whole is not
            return whole.filter(|meaning| !meaning.synonym).or_else(before_slash).or(whole);
        }
        whole.or_else(|| before_slash().map(|meaning| Meaning { synonym: true, ..meaning }))
    }
}

fn answer_of(concept: &'static Concept, list: &str, code: &str) -> Option<(&'static str, bool)> {
    let has =
        |codes: &BTreeMap<String, Vec<String>>| codes.get(list).is_some_and(|codes| codes.iter().any(|c| c == code));
    concept.code.iter().find_map(|answer| match (has(&answer.from), has(&answer.approx)) {
        (true, _) => Some((answer.code.as_str(), false)),
        (_, true) => Some((answer.code.as_str(), true)),
        _ => None,
    })
}

/// Words that mean "nothing given", in any case.
const EMPTY_WORDS: [&str; 9] = ["-", "0", "KOSONG", "NULL", "#N/A", "N/A", "NA", "TIDAK ADA", "<NA>"];

/// Is this a word for "nothing given"? Blank text is; so is `nan` as programs write it.
pub fn is_empty_word(text: &str) -> bool {
    let text = text.trim_matches(|c: char| super::cell::is_blank_char(c) || c == '\'');
    text.is_empty()
        || matches!(text, "nan" | "NaN" | "None" | "--")
        || EMPTY_WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// A label as compared: upper case, letters, digits and the signs `<` and `>`, which tell 900 watt from 900 watt.
pub fn label_key(label: &str) -> String {
    let mut key = String::with_capacity(label.len());
    for c in label.chars() {
        match c {
            '<' | '>' => key.push(c),
            '\u{2264}' => key.push('<'),
            '\u{2265}' => key.push('>'),
            '\u{221a}' | '\u{2713}' | '\u{2714}' => key.push('V'),
            c if c.is_ascii_alphanumeric() => key.push(c.to_ascii_uppercase()),
            c if c.is_alphanumeric() => key.extend(c.to_uppercase()),
            _ => {}
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::format::{format, formats};

    fn meaning(id: &str, field: &str, text: &str) -> Option<(&'static str, bool, bool)> {
        let format = format(id).expect(id);
        let column = format.column(field).expect(field);
        Labels::of(format, column).meaning(text).map(|found| (found.value, found.synonym, found.approximate))
    }

    #[test]
    fn one_answer_from_every_list() {
        for (id, field, text, value) in [
            ("dtsen.family", "floor", "8", "EARTH"),
            ("dtsen.family", "floor", "Tanah", "EARTH"),
            ("dtsen.family", "floor", "8. tanah", "EARTH"),
            ("dtsen.family", "floor", "08", "EARTH"),
            ("dtsen.family", "floor", "8.0", "EARTH"),
            ("dtsen.family", "floor", "KERAMIK/granit/marmer/ubin/tegel/teraso", "HARD_TILE"),
            ("dtsen.family", "power", "<= 900 watt", "LE_900"),
            ("dtsen.family", "power", "> 900 watt", "GT_900"),
            ("dtsen.family", "septic", "Tanpa tangki septik", "UNSAFE"),
            ("dtsen.family", "fuel", "0", "NO_COOKING"),
            ("dtsen.family", "pbi_national", "1 Penerima", "YES"),
            ("dtsen.family", "asset_car", "2", "NO"),
            ("dtsen.member", "relation", "6", "OTHER"),
            ("dtsen.member", "relation", "Istri/suami", "SPOUSE"),
            ("dtsen.member", "school_participation", "Masih sekolah", "2"),
            ("p3ke_v2.family", "power", "=< 900 WATT", "LE_900"),
            ("p3ke_v2.family", "roof", "Jerami/Ijuk/Rumbia/Daun-daunan", "THATCH"),
            ("p3ke_v2.member", "occupation", "PETANI", "PETANI"),
            ("p3ke_v2.member", "sex", "laki laki", "L"),
            ("p3ke_v2.member", "sex", "P", "P"),
        ] {
            assert_eq!(meaning(id, field, text), Some((value, false, false)), "{id} {field} {text}");
        }
    }

    #[test]
    fn spellings_outside_the_list_are_synonyms() {
        for (id, field, text, value) in [
            ("dtsen.family", "toilet", "MILIK SENDIRI", "OWN"),
            ("dtsen.member", "sex", "PRIA", "L"),
            ("dtsen.member", "relation", "SUAMI", "SPOUSE"),
            ("dtsen.member", "relation", "KEPALA KELUARGA/ SUAMI", "HEAD"),
            ("p3ke_v2.family", "toilet", "Ya, dengan Septic Tank", "OWN"),
            ("p3ke_v2.family", "aid_pkh", "1", "YES"),
            ("p3ke_v2.family", "aid_pkh", "TDK", "NO"),
            ("p3ke_v2.member", "relation", "CUCU", "OTHER"),
            ("p3ke_v2.member", "sex", "1", "L"),
        ] {
            assert_eq!(meaning(id, field, text), Some((value, true, false)), "{id} {field} {text}");
        }
        assert_eq!(meaning("p3ke_v2.family", "lighting", "Listrik Bersama"), Some(("PLN_NO_METER", true, true)));
        assert_eq!(meaning("p3ke_v2.family", "toilet", "LAINNYA"), Some(("NONE", false, true)));
    }

    #[test]
    fn what_no_list_knows_is_unknown() {
        for (id, field, text) in [
            ("p3ke_v2.family", "floor", "MARMER ITALIA"),
            ("p3ke_v2.family", "floor", "8"),
            ("p3ke_v2.family", "wall_quality", "KOSONG"),
            ("dtsen.family", "power", "900 watt lebih"),
            ("dtsen.member", "relation", "99"),
        ] {
            assert_eq!(meaning(id, field, text), None, "{id} {field} {text}");
        }
    }

    /// Every answer of every official list that a format names is understood, and concepts name only real codes.
    #[test]
    fn no_official_answer_is_unknown() {
        for format in formats() {
            for column in format.columns.iter().filter(|column| column.list.is_some()) {
                let labels = Labels::of(format, column);
                let list = column.list.as_deref().expect("list");
                let concept = of_column(column);
                for code in codes::list(list).codes.iter().filter(|code| code.id != "KOSONG") {
                    let found = labels.meaning(&code.label_id);
                    assert!(
                        found.is_some_and(|found| !found.synonym),
                        "{} {}: {}",
                        format.id,
                        column.field,
                        code.label_id
                    );
                    if let Some(concept) = concept {
                        let known = found.is_some_and(|found| concept.code.iter().any(|code| code.code == found.value));
                        assert!(known, "{} {}: {} has no shared answer", format.id, column.field, code.label_id);
                    }
                }
            }
        }
        for answer in concepts().iter().flat_map(|concept| &concept.code) {
            for (list, listed) in answer.from.iter().chain(&answer.approx) {
                for code in listed {
                    assert!(codes::list(list).code(code).is_some(), "{}: {list} has no {code}", answer.code);
                }
            }
        }
    }
}
