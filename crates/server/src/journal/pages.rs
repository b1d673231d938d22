//! Who did what.

use askama::Template;
use axum::{extract::State, response::IntoResponse};
use store::journal::{self, Filter, Line};

use crate::{App, AppError, Page, access::Me, ui::Ui};

#[derive(Template)]
#[template(path = "journal/templates/journal.html")]
struct JournalPage {
    ui: Ui,
    lines: Vec<Line>,
}

const PAGE: i64 = 100;

pub async fn journal(State(app): State<App>, me: Me) -> Result<impl IntoResponse, AppError> {
    let lines = journal::page(&me.reading(&app), &Filter::default(), PAGE).await?;
    Ok(Page(JournalPage { ui: me.ui(&app).await, lines }))
}
