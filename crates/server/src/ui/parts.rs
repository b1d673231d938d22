//! Small values that the component macros in `templates/components` take: a choice of a field, a step of a task.
//! The macros only read fields by name, so a page may pass a type of its own with the same fields.

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

/// An error of a form: which field (its id, for the link of the summary) and what to do about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub text: String,
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
