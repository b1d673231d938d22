//! What a list may be used for, on whose word and until when: data that is shared is shared for a purpose and for a time.

use domain::codes;
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{Result, versions};
use crate::{
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// The states of a request for data, as the office that hands it out knows them.
pub const STATES: &str = "dtsen.status_permintaan_data";

#[derive(Clone, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Permission {
    /// In words.
    pub purpose: Option<String>,
    /// A code of [`STATES`]: how far the request for the list has come.
    pub permission: Option<String>,
    /// The last day, `YYYY-MM-DD`.
    pub expires_on: Option<String>,
}

impl Permission {
    /// Whether the last day is over on this day (`YYYY-MM-DD`).
    pub fn is_over(&self, today: &str) -> bool {
        self.expires_on.as_deref().is_some_and(|last| last < today)
    }
}

pub async fn of(handle: &impl Handle, version: i64) -> Result<Permission> {
    let found = handle
        .one(Query::with(
            sql!("SELECT purpose, permission, expires_on FROM list_version WHERE id = $1"),
            [version.into()],
        ))
        .await?;
    Ok(found.unwrap_or_default())
}

/// The versions in use whose last day is over, with that day.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Over {
    pub id: i64,
    pub expires_on: String,
}

pub async fn over(handle: &impl Handle, today: &str) -> Result<Vec<Over>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT id, expires_on FROM list_version WHERE expires_on < $1 AND state NOT IN ('discarded', 'undone') ORDER BY expires_on, id"
            ),
            [today.into()],
        ))
        .await?)
}

/// Says for what and until when a version may be used. A state that nobody knows is none. What was said already changes
/// nothing.
pub async fn set(change: &Change<'_>, version: i64, said: &Permission) -> Result<()> {
    let state = said.permission.as_deref().filter(|code| codes::list(STATES).code(code).is_some());
    let said = Permission { permission: state.map(str::to_owned), ..said.clone() };
    if of(change, version).await? == said {
        return Ok(());
    }
    let list = versions::version(change, version).await?.title();
    change
        .execute(Query::with(
            sql!("UPDATE list_version SET purpose = $1, permission = $2, expires_on = $3 WHERE id = $4"),
            [
                said.purpose.clone().into(),
                said.permission.clone().into(),
                said.expires_on.clone().into(),
                version.into(),
            ],
        ))
        .await?;
    change
        .record(Entry {
            verb: "list.permitted",
            subject: ("list_version", version),
            area: None,
            reason: None,
            data: json!({
                "list": list,
                "purpose": said.purpose.as_deref().unwrap_or("-"),
                "until": said.expires_on.as_deref().unwrap_or("-"),
            }),
        })
        .await?;
    Ok(())
}
