//! What a list said about a question of the form, in words, and whether an answer says the same. A list of coarser words
//! (P3KE, older DTSEN rows) is compared by the shared vocabulary, so that "sumur terlindung" agrees with both of its codes.

use std::collections::BTreeMap;

use super::form::{Kind, Question};
use crate::lists::labels;

/// A list's reading: answers by field, `floor` in shared words and `floor_code` in the questionnaire's where exact.
pub type Reading = BTreeMap<String, String>;

/// The list's answer in words; `None` when it says nothing about the question.
pub fn words(question: &Question, reading: &Reading, english: bool) -> Option<String> {
    let field = question.source.as_deref()?;
    let value = reading.get(field)?;
    if question.kind == Kind::Number {
        return Some(format!("{value} {}", question.unit(english)).trim().to_owned());
    }
    let list = question.codes()?;
    let exact = reading.get(&format!("{field}_code")).filter(|code| list.code(code).is_some());
    if let Some(code) = exact {
        return Some(list.label(code, english).to_owned());
    }
    let shared = labels::concept(field).and_then(|concept| concept.code.iter().find(|code| code.code == *value));
    Some(shared.map_or_else(
        || list.label(value, english).to_owned(),
        |code| if english { &code.en } else { &code.id }.clone(),
    ))
}

/// Whether the answer says what the list said; `None` when the list said nothing.
pub fn agrees(question: &Question, reading: &Reading, answer: &str) -> Option<bool> {
    let field = question.source.as_deref()?;
    let value = reading.get(field)?;
    if question.kind == Kind::Number {
        let number = |text: &str| text.replace(',', ".").parse::<f64>().ok();
        return Some((number(value)? - number(answer)?).abs() < f64::EPSILON);
    }
    if let Some(code) = reading.get(&format!("{field}_code")) {
        return Some(code == answer);
    }
    let shared = labels::canonical(field, question.list.as_deref()?, answer);
    Some(shared.map_or(value == answer, |shared| shared == value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verification::form::{CURRENT, form};

    fn reading(pairs: &[(&str, &str)]) -> Reading {
        pairs.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_list_is_told_in_its_own_precision() {
        let (_, water) = form(CURRENT).and_then(|form| form.find("water")).expect("asked");
        let exact = reading(&[("water", "UNPROTECTED"), ("water_code", "6")]);
        assert_eq!(words(water, &exact, false).as_deref(), Some("Sumur tak terlindung"));
        assert_eq!((agrees(water, &exact, "6"), agrees(water, &exact, "8")), (Some(true), Some(false)));
        let coarse = reading(&[("water", "UNPROTECTED")]);
        assert_eq!(words(water, &coarse, false).as_deref(), Some("Sumur atau mata air tak terlindung"));
        assert_eq!((agrees(water, &coarse, "8"), agrees(water, &coarse, "3")), (Some(true), Some(false)));
        assert_eq!(words(water, &Reading::new(), false), None);
    }

    #[test]
    fn numbers_carry_their_unit() {
        let (_, area) = form(CURRENT).and_then(|form| form.find("floor_area")).expect("asked");
        let said = reading(&[("floor_area", "36")]);
        assert_eq!(words(area, &said, false).as_deref(), Some("36 m²"));
        assert_eq!((agrees(area, &said, "36,0"), agrees(area, &said, "40")), (Some(true), Some(false)));
    }

    /// Every source a form names is a field that some list format has, and every answer has a shared word.
    #[test]
    fn every_source_is_a_field_of_a_list() {
        let formats = crate::lists::format::formats();
        for question in form(CURRENT).expect("the form").questions() {
            let Some(field) = question.source.as_deref() else { continue };
            assert!(formats.iter().any(|format| format.column(field).is_some()), "{field}");
            if let (Some(list), Some(id)) = (question.codes(), question.list.as_deref()) {
                let told = list.codes.iter().filter(|code| labels::canonical(field, id, &code.id).is_some()).count();
                assert!(labels::concept(field).is_none() || told == list.codes.len(), "{field}");
            }
        }
    }
}
