//! Revealing the numbers of a family: shown once, on the answer to this very request, and written in the journal.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use serde_json::json;
use store::{journal::Entry, registry};

use super::pages::{FamilyPage, Numbers};
use crate::{App, AppError, Page, access::Me};

pub async fn reveal(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    let family = registry::family(&change, id).await?.ok_or(AppError::NotFound)?;
    change
        .record_for_family(
            family.id,
            Entry {
                verb: "number.revealed",
                subject: ("family", family.id),
                area: Some(family.village),
                reason: None,
                data: json!({}),
            },
        )
        .await?;
    change.commit().await?;
    Ok(Page(FamilyPage::load(&app, &me, id, Numbers::Shown).await?).into_response())
}
