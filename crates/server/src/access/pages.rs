//! The log-in page.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{Visitor, guard::own_path};
use crate::{App, Page, forms::Form, ui::Ui};

#[derive(Template)]
#[template(path = "access/templates/log_in.html")]
pub struct LogIn {
    pub ui: Ui,
    pub form: Form,
    pub target: String,
}

#[derive(Deserialize)]
pub struct Target {
    #[serde(default)]
    ke: String,
}

pub async fn log_in(State(app): State<App>, visitor: Visitor, Query(target): Query<Target>) -> Response {
    if visitor.signed_in.is_some() {
        return Redirect::to(own_path(&target.ke)).into_response();
    }
    let ui = Ui::for_visitor(&app, &visitor, "/masuk").await;
    Page(LogIn { ui, form: Form::default(), target: target.ke }).into_response()
}
