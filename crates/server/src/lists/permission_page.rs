//! For what and until when a list may be used: changed whenever the permission is, also long after the list has entered.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::codes;
use store::lists::{
    Version,
    permission::{self, Permission},
};

use super::pages::standing;
use crate::{
    App, AppError, Page,
    access::Me,
    error::{see, with_status},
    forms::Form,
    i18n::Lang,
    ui::{Ui, parts::Choice},
};

#[derive(Template)]
#[template(path = "lists/templates/permission.html")]
struct PermissionPage {
    ui: Ui,
    form: Form,
    version: Version,
    states: Vec<Choice>,
}

/// The states a request for data can be in, to choose from.
pub fn states(lang: Lang) -> Vec<Choice> {
    codes::list(permission::STATES)
        .codes
        .iter()
        .map(|code| Choice::new(code.id.clone(), code.label(lang.is_english())))
        .collect()
}

/// What the fields of a form start with.
pub fn fill(form: &mut Form, said: &Permission) {
    form.set("purpose", said.purpose.as_deref().unwrap_or_default());
    form.set("permission", said.permission.as_deref().unwrap_or_default());
    form.set("expires", said.expires_on.as_deref().unwrap_or_default());
}

/// What the fields say; a date that is none stays as a fault of the form.
pub fn read(form: &mut Form, lang: Lang) -> Permission {
    let expires_on = form.date("expires", lang).map(|day| day.to_string());
    Permission {
        purpose: form.some("purpose").map(str::to_owned),
        permission: form.some("permission").map(str::to_owned),
        expires_on,
    }
}

/// A permission as a version's page tells it.
pub struct Told {
    pub purpose: Option<String>,
    pub state: Option<String>,
    pub until: Option<String>,
    pub over: bool,
}

impl Told {
    pub fn new(ui: &Ui, said: &Permission, today: &str) -> Self {
        let label = |code: &str| codes::list(permission::STATES).label(code, ui.lang.is_english()).to_owned();
        Self {
            purpose: said.purpose.clone(),
            state: said.permission.as_deref().map(label),
            until: said.expires_on.as_deref().map(|day| ui.date(day)),
            over: said.is_over(today),
        }
    }
}

pub async fn page(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let version = standing(&reading, id).await?;
    let mut form = Form::default();
    fill(&mut form, &permission::of(&reading, id).await?);
    Ok(Page(PermissionPage { states: states(me.lang), ui: me.ui(&app).await, form, version }).into_response())
}

pub async fn save(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    let version = standing(&change, id).await?;
    let said = read(&mut form, me.lang);
    if !form.is_sound() {
        let page = PermissionPage { states: states(me.lang), ui: me.ui(&app).await, form, version };
        return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    permission::set(&change, id, &said).await?;
    change.commit().await?;
    me.flash(me.lang.msg("lists-permission-saved").s("list", version.title())).await;
    Ok(see(format!("/daftar/{id}")))
}
