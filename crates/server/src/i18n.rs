//! Words on screen: Bahasa Indonesia first, English second. One `.ftl` file per stage and language in `locales/`.
//!
//! A page asks its [`crate::ui::Ui`] for a message; numbers in messages are grouped as the language groups them.

use std::{borrow::Cow, collections::HashMap, fmt};

use fluent_templates::{
    LanguageIdentifier, Loader,
    fluent_bundle::{FluentResource, FluentValue, bundle::FluentBundle, memoizer::MemoizerKind, types::FluentNumber},
    static_loader,
};

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "id",
        // marks of direction around every value are for mixed scripts; Indonesian and English share one
        customise: |bundle| { prepare(bundle); },
    };
}

fn prepare<M: MemoizerKind>(bundle: &mut FluentBundle<&'static FluentResource, M>) {
    bundle.set_use_isolating(false);
    let indonesian = bundle.locales.first().is_some_and(|l| l.language.as_str() == "id");
    if indonesian {
        bundle.set_formatter(Some(|value, _| whole(value).map(|n| domain::money::grouped(n, '.'))));
    } else {
        bundle.set_formatter(Some(|value, _| whole(value).map(|n| domain::money::grouped(n, ','))));
    }
}

fn whole(value: &FluentValue) -> Option<i64> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => Some(number.value as i64),
        _ => None,
    }
}

/// The files of messages themselves: which keys a language has, whatever values a message wants.
#[derive(rust_embed::Embed)]
#[folder = "$CARGO_MANIFEST_DIR/locales"]
struct Files;

static KEYS: std::sync::LazyLock<[std::collections::HashSet<String>; 2]> = std::sync::LazyLock::new(|| {
    ["id/", "en/"].map(|language| {
        Files::iter()
            .filter(|path| path.starts_with(language))
            .filter_map(|path| Files::get(&path))
            .flat_map(|file| {
                let text = String::from_utf8_lossy(&file.data).into_owned();
                text.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
            })
            .collect()
    })
});

/// A language of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    #[default]
    Id,
    En,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "id" => Some(Self::Id),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    pub const fn is_english(self) -> bool {
        matches!(self, Self::En)
    }

    fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::Id => fluent_templates::langid!("id"),
            Self::En => fluent_templates::langid!("en"),
        }
    }

    /// A message with values still to be given.
    pub fn msg(self, key: impl Into<Cow<'static, str>>) -> Msg {
        Msg { lang: self, key: key.into(), values: HashMap::new() }
    }

    /// A message without values.
    pub fn t(self, key: &str) -> String {
        LOCALES.try_lookup(&self.identifier(), key).unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// Whether the language itself has the message (the other language does not count).
    pub fn has(self, key: &str) -> bool {
        KEYS[usize::from(self.is_english())].contains(key)
    }

    /// `1.160` or, in English, `1,160`.
    pub fn number(self, number: i64) -> String {
        domain::money::grouped(number, if self.is_english() { ',' } else { '.' })
    }

    /// `Rp1.740.000.000` or, in English, `Rp1,740,000,000`.
    pub fn rupiah(self, amount: domain::Rupiah) -> String {
        self.in_groups(amount.to_string())
    }

    /// A text that is an amount of rupiah, grouped as the language groups numbers; any other text as it is.
    fn in_groups(self, text: String) -> String {
        let amount = text.trim_start_matches('-').strip_prefix("Rp");
        if self.is_english() && amount.is_some_and(|figures| domain::Rupiah::parse(figures).is_some()) {
            text.replace('.', ",")
        } else {
            text
        }
    }

    /// `72,4` or, in English, `72.4`.
    pub fn decimal(self, number: f64, places: usize) -> String {
        let text = format!("{number:.places$}");
        let (head, tail) = text.split_once('.').unwrap_or((&text, ""));
        let whole = self.number(head.parse().unwrap_or(0));
        // what rounds to nothing has no sign
        let nothing = text.bytes().all(|b| !matches!(b, b'1'..=b'9'));
        let sign = if number < 0.0 && !nothing && !whole.starts_with('-') { "-" } else { "" };
        if tail.is_empty() {
            whole
        } else {
            format!("{sign}{whole}{}{tail}", if self.is_english() { '.' } else { ',' })
        }
    }

    /// `21 November 2026` from `2026-11-21` or a stored time; what cannot be read is shown as it is.
    pub fn date(self, iso: &str) -> String {
        let day = iso.get(..10).and_then(|d| d.parse().ok());
        day.map_or_else(
            || iso.to_owned(),
            |day| {
                if self.is_english() { domain::calendar::long_date_en(day) } else { domain::calendar::long_date(day) }
            },
        )
    }
}

/// A whole number of any type, or a reference to one as templates pass them.
pub trait Count {
    fn count(&self) -> i64;
}

macro_rules! counts {
    ($($number:ty),+) => {
        $(impl Count for $number {
            fn count(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        })+
    };
}
counts!(i64, i32, u32, u64, usize);

impl<T: Count> Count for &T {
    fn count(&self) -> i64 {
        (**self).count()
    }
}

/// A message being given its values; prints itself.
#[derive(Clone, Debug)]
pub struct Msg {
    lang: Lang,
    key: Cow<'static, str>,
    values: HashMap<Cow<'static, str>, FluentValue<'static>>,
}

impl Msg {
    /// A whole number: grouped in print, and what plural forms are chosen by.
    #[must_use]
    pub fn n(mut self, name: &'static str, value: impl Count) -> Self {
        self.values.insert(name.into(), FluentValue::Number(FluentNumber::from(value.count() as f64)));
        self
    }

    /// Every number and text of a JSON object, by its name: what a journal entry tells.
    #[must_use]
    pub fn json(mut self, object: &serde_json::Value) -> Self {
        for (name, value) in object.as_object().into_iter().flatten() {
            let value = match value {
                serde_json::Value::Number(number) => {
                    FluentValue::Number(FluentNumber::from(number.as_f64().unwrap_or(0.0)))
                }
                serde_json::Value::String(text) => FluentValue::from(text.clone()),
                _ => continue,
            };
            self.values.insert(Cow::Owned(name.clone()), value);
        }
        self
    }

    /// Text. An amount of rupiah is grouped as the language groups its numbers, so that no page mixes two ways.
    #[must_use]
    pub fn s(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.values.insert(name.into(), FluentValue::from(self.lang.in_groups(value.to_string())));
        self
    }
}

impl fmt::Display for Msg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match LOCALES.try_lookup_with_args(&self.lang.identifier(), &self.key, &self.values) {
            Some(text) => f.write_str(&text),
            None => write!(f, "⟦{}⟧", self.key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every finding of a list says in both languages what it is and what to do next.
    #[test]
    fn every_fault_has_its_words() {
        for lang in Lang::ALL {
            for fault in domain::lists::Fault::ALL {
                let key = fault.word_key();
                assert!(lang.has(&key) && lang.has(&format!("{key}-help")), "{} {key}", lang.code());
            }
            for severity in domain::lists::Severity::ALL {
                assert!(lang.has(&format!("severity-{}", severity.as_str())), "{}", lang.code());
            }
            for outcome in domain::lists::report::RowOutcome::ALL {
                assert!(lang.has(&format!("outcome-{}", outcome.as_str().replace('_', "-"))), "{}", lang.code());
            }
        }
    }

    #[test]
    fn numbers_are_grouped_as_the_language_groups_them() {
        assert_eq!(Lang::Id.number(1_740_000_000), "1.740.000.000");
        assert_eq!(Lang::En.number(1_160), "1,160");
        assert_eq!(Lang::Id.decimal(72.44, 1), "72,4");
        assert_eq!(Lang::Id.decimal(-0.5, 1), "-0,5");
        assert_eq!(Lang::Id.decimal(-0.04, 1), "0,0");
        assert_eq!(Lang::Id.decimal(-0.06, 1), "-0,1");
        assert_eq!(Lang::Id.msg("ui-rows").n("count", 5_000).to_string(), "5.000 baris");
        assert_eq!(Lang::En.msg("ui-rows").n("count", 1).to_string(), "1 row");
        assert_eq!(Lang::En.msg("ui-rows").n("count", 5_000).to_string(), "5,000 rows");
    }

    #[test]
    fn amounts_are_grouped_as_the_language_groups_its_numbers() {
        let amount = domain::Rupiah(1_740_000_000);
        assert_eq!(Lang::Id.rupiah(amount), "Rp1.740.000.000");
        assert_eq!(Lang::En.rupiah(amount), "Rp1,740,000,000");
        assert_eq!(
            Lang::En.in_groups(domain::Rupiah(-1_500).to_string()),
            domain::Rupiah(-1_500).to_string().replace('.', ",")
        );
        assert_eq!(Lang::En.in_groups("Rp2.94 billion".to_owned()), "Rp2.94 billion");
        assert_eq!(Lang::En.in_groups("1.06.05.2.02".to_owned()), "1.06.05.2.02");
    }

    #[test]
    fn dates_are_written_out() {
        assert_eq!(Lang::Id.date("2023-12-11"), "11 Desember 2023");
        assert_eq!(Lang::En.date("2023-12-11T01:00:00Z"), "11 December 2023");
    }
}
