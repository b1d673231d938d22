//! Small values that the component macros in `templates/components` take: a choice of a field, a step of a task.
//! The macros only read fields by name, so a page may pass a type of its own with the same fields.

use super::charts::Tone;

/// One answer of a radio, checkbox or select field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// A link of a facet, a row of tabs or a menu. `tone` colours the dot of a facet: "" "ink" "bad" "warn" "n".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    pub href: String,
    pub text: String,
    pub hint: String,
    pub count: String,
    pub tone: &'static str,
    pub current: bool,
}

impl Link {
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into(), ..Self::default() }
    }

    #[must_use]
    pub fn count(mut self, count: impl Into<String>) -> Self {
        self.count = count.into();
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    #[must_use]
    pub fn tone(mut self, tone: &'static str) -> Self {
        self.tone = tone;
        self
    }

    #[must_use]
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

/// One term of the equation: planned = received + by proxy + ... The whole has no tone, a part that of the part bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    pub label: String,
    pub amount: String,
    pub detail: String,
    pub class: &'static str,
    /// The list behind the amount; empty for none.
    pub href: String,
}

impl Term {
    pub fn new(
        label: impl Into<String>,
        amount: impl Into<String>,
        detail: impl Into<String>,
        tone: Option<Tone>,
    ) -> Self {
        let class = tone.map_or("", Tone::class);
        Self { label: label.into(), amount: amount.into(), detail: detail.into(), class, href: String::new() }
    }

    #[must_use]
    pub fn link(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }
}

/// One step of a task that has several, e.g. upload, check, commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    pub name: String,
    pub done: bool,
    pub current: bool,
}

/// `names` as steps of which the one at `current` is under way and those before it are done.
pub fn steps<T: Into<String>>(names: impl IntoIterator<Item = T>, current: usize) -> Vec<Step> {
    names
        .into_iter()
        .enumerate()
        .map(|(at, name)| Step { name: name.into(), done: at < current, current: at == current })
        .collect()
}

/// What stands in a date's field: a stored `2026-02-01` as `01/02/2026`, anything else as it was typed.
pub fn date_value(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), domain::calendar::short_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_date_is_shown_the_day_first_and_typing_stays() {
        assert_eq!(date_value("2026-02-01"), "01/02/2026");
        assert_eq!(date_value("31/2/2026"), "31/2/2026");
        assert_eq!(date_value(""), "");
    }
}
