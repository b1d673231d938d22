//! Searches a user keeps under a name, for himself.

use sea_orm::FromQueryResult;
use serde_json::json;

use crate::{
    connect::{Change, Result},
    journal::Entry,
    query::{Handle, Query},
    sql,
};

#[derive(Clone, Debug, FromQueryResult)]
pub struct Saved {
    pub id: i64,
    pub name: String,
    /// JSON, as the page writes it.
    pub filters: String,
}

/// So many a user may keep: more are not found again in their list.
pub const MOST: i64 = 30;

/// The searches the actor keeps, by name.
pub async fn all(handle: &impl Handle) -> Result<Vec<Saved>> {
    handle
        .all(Query::with(
            sql!("SELECT id, name, filters FROM saved_search WHERE user_id = $1 ORDER BY name, id"),
            [handle.actor().user.into()],
        ))
        .await
}

/// Keeps a search and gives its number; one of the same name is replaced. `None`: there are too many already.
pub async fn keep(change: &Change<'_>, name: &str, filters: &str) -> Result<Option<i64>> {
    let others = change
        .count(Query::with(
            sql!("SELECT COUNT(*) FROM saved_search WHERE user_id = $1 AND name <> $2"),
            [change.actor().user.into(), name.into()],
        ))
        .await?;
    if others >= MOST {
        return Ok(None);
    }
    let id = change
        .insert(Query::with(
            sql!(
                "INSERT INTO saved_search (user_id, name, filters, created_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (user_id, name) DO UPDATE SET filters = excluded.filters, created_at = excluded.created_at RETURNING id"
            ),
            [change.actor().user.into(), name.into(), filters.into(), change.at().into()],
        ))
        .await?;
    record(change, "search.kept", id).await?;
    Ok(Some(id))
}

/// Forgets one of the actor's searches; `false` when he has none of this number.
pub async fn forget(change: &Change<'_>, id: i64) -> Result<bool> {
    let gone = change
        .execute(Query::with(
            sql!("DELETE FROM saved_search WHERE id = $1 AND user_id = $2"),
            [id.into(), change.actor().user.into()],
        ))
        .await?;
    if gone > 0 {
        record(change, "search.forgotten", id).await?;
    }
    Ok(gone > 0)
}

/// That a search was kept, not what it says: it may hold somebody's name.
async fn record(change: &Change<'_>, verb: &str, id: i64) -> Result<()> {
    change.record(Entry { verb, subject: ("saved_search", id), area: None, reason: None, data: json!({}) }).await?;
    Ok(())
}
