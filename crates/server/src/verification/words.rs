//! What faults, outcomes and lateness are called on screen.

use chrono::NaiveDate;
use domain::{
    codes,
    identity::NumberFault,
    verification::{Fault, Form, What, form},
};

use crate::i18n::Lang;

/// The label of a code; the code itself where the list has changed since.
pub fn code(lang: Lang, list: &str, code: &str) -> String {
    codes::list(list).label(code, lang.is_english()).to_owned()
}

/// LAYAK and its like in words.
pub fn outcome(lang: Lang, word: &str) -> String {
    lang.t(&format!("verification-outcome-{}", word.to_lowercase().replace('_', "-")))
}

/// The kind of tag an outcome wears. Colour is for attention: only what waits or is confirmed has one.
pub fn outcome_kind(word: &str) -> &'static str {
    match word {
        "LAYAK" | "PERBAIKAN" => "ok",
        "TUNDA" => "warn",
        _ => "",
    }
}

/// A reason of either list in words.
pub fn reason(lang: Lang, outcome: &str, word: &str) -> String {
    let list = domain::verification::Outcome::from_word(outcome).and_then(domain::verification::Outcome::reasons);
    list.map_or_else(|| word.to_owned(), |list| code(lang, list, word))
}

/// The kind of tag and the words of a deadline: late by, today, days left. Nothing when all is done.
pub fn due(lang: Lang, due_on: Option<&str>, today: NaiveDate) -> (&'static str, String) {
    let Some(due) = due_on.and_then(|due| due.parse::<NaiveDate>().ok()) else { return ("", String::new()) };
    let days = (due - today).num_days();
    match days {
        ..0 => ("bad", lang.msg("verification-late").n("days", -days).to_string()),
        0 => ("warn", lang.t("verification-due-today")),
        1..=2 => ("warn", lang.msg("verification-days-left").n("days", days).to_string()),
        _ => ("", lang.msg("verification-days-left").n("days", days).to_string()),
    }
}

/// What is wrong and what to do, for the place beside the question.
pub fn fault(lang: Lang, form: &Form, fault: &Fault) -> String {
    let field = || lang.t(&format!("verification-field-{}", fault.field.unwrap_or("value").replace('_', "-")));
    match &fault.what {
        What::Missing if fault.field.is_some() => lang.msg("verification-fault-field").s("field", field()).to_string(),
        What::Missing if fault.question == "members" => lang.t("verification-fault-members"),
        What::Missing if fault.question == "needs" => lang.t("verification-fault-needs"),
        What::Missing => lang.t("verification-fault-missing"),
        What::NotInList(value) => lang.msg("verification-fault-list").s("value", value).to_string(),
        What::NotANumber(value) => lang.msg("verification-fault-number").s("value", value).to_string(),
        What::OutOfRange { least, most } => {
            lang.msg("verification-fault-range").n("least", *least).n("most", *most).to_string()
        }
        What::NotAsked => lang.t("verification-fault-not-asked"),
        What::TooLong { most } => lang.msg("verification-fault-long").n("most", *most as i64).to_string(),
        What::Contradiction(number) => form.contradictions.get(*number).map_or_else(String::new, |found| {
            form::words(&found.message, &found.message_en, lang.is_english()).to_owned()
        }),
        What::NobodyPresent => lang.t("verification-fault-nobody"),
        What::HeadGone => lang.t("verification-fault-head-gone"),
        What::NotPresent => lang.t("verification-fault-head-absent"),
        What::Nik(number) => lang.msg("verification-fault-nik").s("why", number_fault(lang, *number)).to_string(),
        What::Kk(number) => lang.msg("verification-fault-kk").s("why", number_fault(lang, *number)).to_string(),
        What::BirthDate => lang.t("verification-fault-birth"),
        What::OutcomeNotPossible { found } => lang
            .msg("verification-fault-outcome")
            .s("found", code(lang, "verval.ditemukan", found.as_str()))
            .to_string(),
        What::ReasonNotPossible { found } => {
            lang.msg("verification-fault-reason").s("found", code(lang, "verval.ditemukan", found.as_str())).to_string()
        }
        What::CorrectionsMade => lang.t("verification-fault-corrections"),
        What::NothingCorrected => lang.t("verification-fault-no-corrections"),
    }
}

fn number_fault(lang: Lang, fault: NumberFault) -> String {
    let word = match fault {
        NumberFault::Empty => "empty",
        NumberFault::Scientific => "scientific",
        NumberFault::Characters => "characters",
        NumberFault::Length => "length",
        NumberFault::Dummy => "dummy",
        NumberFault::Date => "date",
    };
    lang.t(&format!("verification-number-{word}"))
}

/// The relation to the head in words.
pub fn relation(lang: Lang, word: &str) -> String {
    lang.t(&format!("verification-relation-{}", word.to_lowercase()))
}

pub fn sex(lang: Lang, word: &str) -> String {
    lang.t(if word == "P" { "verification-sex-p" } else { "verification-sex-l" })
}
