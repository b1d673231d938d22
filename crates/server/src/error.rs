//! What a request may end in besides success, and how a user is told: what, why, and what to do next.
//!
//! A broken rule of a stage is [`AppError::Rule`] with a catalogue key: `error-KEY` is the sentence and `error-KEY-next`
//! what to do. Faults of ours are logged with an event number that the page shows; users never see their insides.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};

use crate::{
    i18n::{Lang, Msg},
    outage,
    ui::Ui,
};

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is no such page or thing, or it is outside the actor's area: which of the two is not told.
    #[error("not found")]
    NotFound,
    #[error("not allowed")]
    Forbidden,
    /// A rule of the office or of the program forbids it; the key of the catalogue and its values.
    #[error("rule {0}")]
    Rule(Rule),
    /// What was sent cannot be read as a request of ours.
    #[error("bad request: {0}")]
    BadRequest(String),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// A broken rule, as told to the user.
#[derive(Debug, Clone)]
pub struct Rule {
    pub key: &'static str,
    pub values: Vec<(&'static str, Value)>,
}

#[derive(Debug, Clone)]
pub enum Value {
    Number(i64),
    Text(String),
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

impl Rule {
    pub const fn new(key: &'static str) -> Self {
        Self { key, values: Vec::new() }
    }

    #[must_use]
    pub fn n(mut self, name: &'static str, value: i64) -> Self {
        self.values.push((name, Value::Number(value)));
        self
    }

    #[must_use]
    pub fn s(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, Value::Text(value.into())));
        self
    }

    /// The sentence, in the user's language.
    pub fn message(&self, lang: Lang) -> Msg {
        self.fill(lang.msg(format!("error-{}", self.key)))
    }

    /// What to do next.
    pub fn next(&self, lang: Lang) -> Msg {
        self.fill(lang.msg(format!("error-{}-next", self.key)))
    }

    fn fill(&self, msg: Msg) -> Msg {
        self.values.iter().fold(msg, |msg, (name, value)| match value {
            Value::Number(n) => msg.n(name, *n),
            Value::Text(text) => msg.s(name, text),
        })
    }
}

impl From<Rule> for AppError {
    fn from(rule: Rule) -> Self {
        Self::Rule(rule)
    }
}

impl From<askama::Error> for AppError {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// A page that renders itself.
#[derive(Debug)]
pub struct Page<T: Template>(pub T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => Html(crate::ui::summary::with_labels(html)).into_response(),
            Err(error) => AppError::from(error).into_response(),
        }
    }
}

/// A page answered with another status, e.g. 422 for a form with faults.
pub fn with_status<T: Template>(status: StatusCode, page: T) -> Response {
    (status, Page(page)).into_response()
}

/// After a change: to the page that shows it.
pub fn see(path: impl AsRef<str>) -> Response {
    Redirect::to(path.as_ref()).into_response()
}

/// An error on its way to the user; [`show`] turns it into a page in the user's language.
#[derive(Clone, Debug)]
pub struct Told {
    pub status: StatusCode,
    pub rule: Rule,
    pub event: Option<String>,
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let (status, rule, event) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, Rule::new("not-found"), None),
            Self::Forbidden => (StatusCode::FORBIDDEN, Rule::new("forbidden"), None),
            Self::BadRequest(what) => {
                tracing::info!(what, "a request could not be read");
                (StatusCode::BAD_REQUEST, Rule::new("bad-request"), None)
            }
            Self::Rule(rule) => (StatusCode::CONFLICT, rule, None),
            Self::Store(error) => internal(&error),
            Self::Internal(error) => internal(error.as_ref()),
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Told { status, rule, event });
        response
    }
}

fn internal(error: &(dyn std::error::Error + 'static)) -> (StatusCode, Rule, Option<String>) {
    let event = event_number();
    let mut causes = Vec::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    tracing::error!(event, causes = causes.join(": "), "a request failed");
    if let Some(outage) = outage::of(error) {
        return (outage::status(outage), Rule::new(outage::rule_key(outage)), Some(event));
    }
    (StatusCode::INTERNAL_SERVER_ERROR, Rule::new("internal").s("event", event.clone()), Some(event))
}

/// A short number to find the event in the log.
fn event_number() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    format!("{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    ui: Ui,
    title: String,
    message: String,
    next: String,
    event: Option<&'a str>,
}

/// The page that tells of an error, with the frame of whoever asked.
pub fn show(told: &Told, ui: Ui) -> Response {
    let lang = ui.lang;
    let page = ErrorPage {
        title: lang.t(match told.status {
            StatusCode::NOT_FOUND => "error-title-not-found",
            StatusCode::FORBIDDEN => "error-title-forbidden",
            StatusCode::INTERNAL_SERVER_ERROR => "error-title-internal",
            StatusCode::INSUFFICIENT_STORAGE | StatusCode::SERVICE_UNAVAILABLE => "error-title-outage",
            _ => "error-title-rule",
        }),
        message: told.rule.message(lang).to_string(),
        next: told.rule.next(lang).to_string(),
        event: told.event.as_deref(),
        ui,
    };
    match page.render() {
        Ok(html) => (told.status, Html(html)).into_response(),
        Err(_) => told.status.into_response(),
    }
}
