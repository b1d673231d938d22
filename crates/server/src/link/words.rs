//! What libraries below say in English, in the user's language: why a file cannot be read, why a model is refused; and what
//! columns, rules and levels of the model for Indonesian people are called.

use std::{fs::File, io, path::Path};

use anyhow::Context;
use linkage::{
    compare::CompileError,
    refused::{Fault, Place, Refused, Wanted},
};
use sheets::{OpenError, ReadError};

use crate::i18n::{Lang, Msg};

/// A record of a CSV that does not end.
#[derive(Debug, thiserror::Error)]
#[error("a record of more than 64 MB: is a quote never closed?")]
pub struct Unclosed;

/// Opens a file to be read.
pub fn opened(path: &Path, lang: Lang) -> anyhow::Result<File> {
    File::open(path).map_err(|error| told(error.into(), lang)).with_context(|| path.display().to_string())
}

/// A known error in the user's language; any other as it is.
pub fn told(error: anyhow::Error, lang: Lang) -> anyhow::Error {
    let text = if let Some(error) = error.downcast_ref::<io::Error>() {
        of_io(error, lang)
    } else if let Some(error) = error.downcast_ref::<OpenError>() {
        match error {
            OpenError::Io(error) => of_io(error, lang),
            OpenError::Encrypted => lang.t("link-error-encrypted"),
            OpenError::Damaged => lang.t("link-error-damaged"),
            OpenError::NotATable => lang.t("link-error-no-table"),
            OpenError::TooLarge { limit } => lang.msg("link-error-too-large").n("count", limit >> 20).to_string(),
        }
    } else if let Some(error) = error.downcast_ref::<ReadError>() {
        match error {
            ReadError::Io(error) => of_io(error, lang),
            ReadError::Damaged { .. } | ReadError::NoSuchSheet(_) => lang.t("link-error-damaged"),
        }
    } else if error.is::<Unclosed>() {
        lang.t("link-error-quote")
    } else if let Some(error) = error.downcast_ref::<Refused>() {
        refused(error, lang)
    } else if let Some(error) = error.downcast_ref::<CompileError>() {
        compiled(error, lang).to_string()
    } else {
        return error;
    };
    anyhow::anyhow!(text)
}

fn of_io(error: &io::Error, lang: Lang) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => lang.t("link-error-not-found"),
        io::ErrorKind::PermissionDenied => lang.t("link-error-denied"),
        io::ErrorKind::IsADirectory => lang.t("link-error-folder"),
        io::ErrorKind::StorageFull => lang.t("link-error-full"),
        _ => error.to_string(),
    }
}

fn compiled(error: &CompileError, lang: Lang) -> Msg {
    match error {
        CompileError::Column(column) => lang.msg("link-error-model-column").s("column", column),
        CompileError::Likeness { column, .. } => lang.msg("link-error-model-likeness").s("column", column),
        CompileError::Kinds(left, right) => lang.msg("link-error-model-kinds").s("left", left).s("right", right),
        CompileError::Rarity(column) => lang.msg("link-error-model-rarity").s("column", column),
        CompileError::TooMany(count) => lang.msg("link-error-model-many").n("count", *count),
        CompileError::Other(comparison) => {
            lang.msg("link-refused-else-not-last").s("place", place(&Place::Comparison(comparison.clone()), lang))
        }
        CompileError::RarityBase { comparison, level, column } => lang
            .msg("link-refused-rarity-base")
            .s("place", place(&Place::Level { comparison: comparison.clone(), level: level.clone() }, lang))
            .s("column", column),
        CompileError::NoKey(rule) => {
            lang.msg("link-refused-no-key").s("place", place(&Place::Rule(rule.clone()), lang))
        }
    }
}

/// Why a model is refused: where, what, and what to do.
pub fn refused(refused: &Refused, lang: Lang) -> String {
    let msg = |key: &'static str| lang.msg(key).s("place", place(&refused.place, lang));
    let text = match &refused.fault {
        Fault::Missing(key) => msg("link-refused-missing").s("key", key),
        Fault::UnknownKey { key, known } => msg("link-refused-unknown").s("key", key).s("known", known.join(", ")),
        Fault::Value { key, value, wanted: what } => {
            msg("link-refused-value").s("key", key).s("value", value).s("wanted", wanted(*what, lang))
        }
        Fault::Twice => msg("link-refused-twice"),
        Fault::SameAs(other) => msg("link-refused-same").s("other", other),
        Fault::NoComparisons => msg("link-refused-no-comparisons"),
        Fault::FewLevels => msg("link-refused-few-levels"),
        Fault::NoElse => msg("link-refused-no-else"),
        Fault::ElseNotLast => msg("link-refused-else-not-last"),
        Fault::MissingHasWeight => msg("link-refused-missing-weight"),
        Fault::NoRarityBase(column) => msg("link-refused-rarity-base").s("column", column),
        Fault::NoRules => msg("link-refused-no-rules"),
        Fault::NoKey => msg("link-refused-no-key"),
        Fault::Arrays => msg("link-refused-arrays"),
        Fault::Sql { sql, why } => msg("link-refused-sql").s("sql", sql).s("why", why),
        Fault::NoCounterpart(sql) => msg("link-refused-no-counterpart").s("sql", sql),
        Fault::Function { name, sql } => msg("link-refused-function").s("name", name).s("sql", sql),
        Fault::Arguments(sql) => msg("link-refused-arguments").s("sql", sql),
        Fault::OneRecord(sql) => msg("link-refused-one-record").s("sql", sql),
        Fault::NoSide(sql) => msg("link-refused-no-side").s("sql", sql),
        Fault::DateFormat { format, sql } => msg("link-refused-date-format").s("format", format).s("sql", sql),
        Fault::TwoFormats(sql) => msg("link-refused-two-formats").s("sql", sql),
        Fault::SparkDate => msg("link-refused-spark-date"),
        Fault::MadeRarity(column) => msg("link-refused-made-rarity").s("column", column),
    };
    text.to_string()
}

fn place(place: &Place, lang: Lang) -> String {
    match place {
        Place::Model => lang.t("link-place-model"),
        Place::Comparison(name) => lang.msg("link-place-comparison").s("name", name).to_string(),
        Place::Level { comparison, level } => {
            lang.msg("link-place-level").s("name", comparison).s("level", level).to_string()
        }
        Place::Rule(rule) => lang.msg("link-place-rule").s("rule", rule).to_string(),
    }
}

fn wanted(wanted: Wanted, lang: Lang) -> String {
    lang.t(match wanted {
        Wanted::Text => "link-wanted-text",
        Wanted::Number => "link-wanted-number",
        Wanted::Flag => "link-wanted-flag",
        Wanted::List => "link-wanted-list",
        Wanted::Object => "link-wanted-object",
        Wanted::Probability => "link-wanted-probability",
        Wanted::Share => "link-wanted-share",
        Wanted::LinkType => "link-wanted-link-type",
    })
}

/// The end of a key of the catalogue: `KK sama, ibu lain` is `kk-sama-ibu-lain`.
fn key(prefix: &str, name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(prefix.to_owned(), |key, word| key + "-" + &word.to_ascii_lowercase())
}

/// A level of the model for people in the user's language; any other as it is. `; ` stands before a context.
pub fn level(label: &str, lang: Lang) -> String {
    let part = |part: &str| {
        let key = key("link-level", part);
        if lang.has(&key) { lang.t(&key) } else { part.to_owned() }
    };
    label.split("; ").map(part).collect::<Vec<_>>().join("; ")
}

/// A column or comparison. `people`: it is one of the model for people, whose columns have names a clerk need not know.
pub fn column(name: &str, people: bool, lang: Lang) -> String {
    let key = key("link-word", name);
    if people && lang.has(&key) {
        return lang.t(&key);
    }
    // a part of a column, as a Splink model names one: nama_toko:1+6
    match name.rsplit_once(':').map(|(base, part)| (base, part.split_once('+'), part)) {
        Some((base, Some((from, len)), _)) => match (from.parse::<u32>(), len.parse::<u32>()) {
            (Ok(from), Ok(len)) => {
                let to = from.saturating_add(len).saturating_sub(1);
                lang.msg("link-part").s("column", column(base, people, lang)).n("from", from).n("to", to).to_string()
            }
            _ => name.to_owned(),
        },
        Some((base, None, "lower" | "upper")) => column(base, people, lang),
        _ => name.to_owned(),
    }
}

/// A blocking rule: what must be the same, left and right, and whether more is asked.
pub fn rule(keys: &[(String, String)], also: bool, people: bool, lang: Lang) -> String {
    let called = |name: &str| column(name, people, lang);
    let same = |(l, r): &(String, String)| if l == r { called(l) } else { format!("{} = {}", called(l), called(r)) };
    let text = keys.iter().map(same).collect::<Vec<_>>().join(" + ");
    if also { text + " " + &lang.t("link-rule-also") } else { text }
}

#[cfg(test)]
mod tests {
    use linkage::{model::Link, people};

    use super::*;

    #[test]
    fn everything_the_model_for_people_names_has_its_words() {
        let model = people::model(Link::Dedupe);
        let schema = people::schema(26);
        let columns = schema.columns.iter().map(|column| column.name.as_str());
        let comparisons = model.comparisons.iter().map(|comparison| comparison.name.as_str());
        let mut keys: Vec<String> =
            columns.chain(comparisons).chain(people::FIELDS).chain(["keluarga"]).map(|n| key("link-word", n)).collect();
        let labels = model.comparisons.iter().flat_map(|c| &c.levels).flat_map(|level| level.label.split("; "));
        keys.extend(labels.map(|label| key("link-level", label)));
        for lang in Lang::ALL {
            let silent: Vec<&String> = keys.iter().filter(|key| !lang.has(key)).collect();
            assert!(silent.is_empty(), "{}: {silent:?}", lang.code());
        }
    }

    #[test]
    fn a_column_nobody_knows_keeps_its_name_and_a_part_of_it_is_told() {
        assert_eq!(column("nmk3", true, Lang::En), "first 3 letters of the name");
        assert_eq!(column("nmk3", false, Lang::En), "nmk3");
        assert_eq!(column("nama_toko:1+6", false, Lang::En), "nama_toko (characters 1 to 6)");
        assert_eq!(column("a:b", false, Lang::En), "a:b");
        assert_eq!(level("sama; tanggal lahir sama", Lang::En), "the same; same date of birth");
        assert_eq!(level("n_l = n_r", Lang::En), "n_l = n_r");
    }

    #[test]
    fn every_refusal_says_where_and_what_in_both_languages() {
        let text = || "x".to_owned();
        let faults = [
            Fault::Missing(text()),
            Fault::UnknownKey { key: text(), known: &["a", "b"] },
            Fault::Value { key: text(), value: text(), wanted: Wanted::Share },
            Fault::Twice,
            Fault::SameAs(text()),
            Fault::NoComparisons,
            Fault::FewLevels,
            Fault::NoElse,
            Fault::ElseNotLast,
            Fault::MissingHasWeight,
            Fault::NoRarityBase(text()),
            Fault::NoRules,
            Fault::NoKey,
            Fault::Arrays,
            Fault::Sql { sql: text(), why: text() },
            Fault::NoCounterpart(text()),
            Fault::Function { name: text(), sql: text() },
            Fault::Arguments(text()),
            Fault::OneRecord(text()),
            Fault::NoSide(text()),
            Fault::DateFormat { format: text(), sql: text() },
            Fault::TwoFormats(text()),
            Fault::SparkDate,
            Fault::MadeRarity(text()),
        ];
        for fault in faults {
            let error = fault.at(Place::Level { comparison: "toko".into(), level: "sama".into() });
            let both = Lang::ALL.map(|lang| refused(&error, lang));
            for text in &both {
                assert!(text.contains("toko") && !text.contains(['⟦', '{']), "{text}");
            }
            assert_ne!(both[0], both[1]);
        }
    }
}
