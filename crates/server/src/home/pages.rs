//! The home page.

use askama::Template;
use axum::{extract::State, response::IntoResponse};

use crate::{App, AppError, Page, access::Me, ui::Ui};

#[derive(Template)]
#[template(path = "home/templates/home.html")]
struct Home {
    ui: Ui,
}

pub async fn home(State(app): State<App>, me: Me) -> Result<impl IntoResponse, AppError> {
    Ok(Page(Home { ui: me.ui(&app).await }))
}
