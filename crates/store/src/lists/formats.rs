//! Layouts of lists made by hand, kept as the text of their format file. One is never changed once saved, because lists were
//! read by it; it can be switched off, so that no file is recognised by it any more.

use sea_orm::FromQueryResult;
use serde_json::json;

use super::{Error, Result};
use crate::{
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// A layout made by hand.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Saved {
    pub id: String,
    pub title: String,
    /// TOML.
    pub text: String,
    /// The file it was made of.
    pub file_name: Option<String>,
    pub made_name: Option<String>,
    pub made_at: String,
    pub off_at: Option<String>,
    /// Files read by it.
    pub files: i64,
}

const SAVED: &str = "SELECT s.id, s.title, s.text, s.file_name, u.name AS made_name, s.made_at, s.off_at,
  (SELECT COUNT(*) FROM list_file f JOIN list_version v ON v.id = f.version_id WHERE f.format = s.id AND v.state <> 'discarded') AS files
  FROM list_format s LEFT JOIN app_user u ON u.id = s.made_by WHERE 1 = 1";

/// All of them, in the order they were made; also those switched off.
pub async fn all(handle: &impl Handle) -> Result<Vec<Saved>> {
    let mut query = Query::new(sql!(SAVED));
    query.push(sql!(" ORDER BY s.made_at, s.id"));
    Ok(handle.all(query).await?)
}

pub async fn saved(handle: &impl Handle, id: &str) -> Result<Saved> {
    let mut query = Query::new(sql!(SAVED));
    query.push_with(sql!(" AND s.id = $$"), id);
    handle.one(query).await?.ok_or(Error::Unknown)
}

/// Saves a layout. The same text again changes nothing; another text under the same id is refused.
pub async fn save(change: &Change<'_>, id: &str, title: &str, text: &str, file_name: Option<&str>) -> Result<()> {
    let mut query = Query::new(sql!(SAVED));
    query.push_with(sql!(" AND s.id = $$"), id);
    if let Some(known) = change.one::<Saved>(query).await? {
        return if known.text == text { Ok(()) } else { Err(Error::FormatThere) };
    }
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO list_format (id, title, text, file_name, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)"
            ),
            [
                id.into(),
                title.into(),
                text.into(),
                file_name.map(ToOwned::to_owned).into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?;
    record(change, "format.saved", title).await
}

/// Switches a layout off or on again.
pub async fn switch(change: &Change<'_>, id: &str, on: bool) -> Result<()> {
    let known = saved(change, id).await?;
    if known.off_at.is_none() == on {
        return Ok(());
    }
    change
        .execute(Query::with(
            sql!("UPDATE list_format SET off_at = $1 WHERE id = $2"),
            [(!on).then(|| change.at().to_owned()).into(), id.into()],
        ))
        .await?;
    record(change, if on { "format.switched_on" } else { "format.switched_off" }, &known.title).await
}

async fn record(change: &Change<'_>, verb: &str, title: &str) -> Result<()> {
    change
        .record(Entry { verb, subject: ("list_format", 0), area: None, reason: None, data: json!({"format": title}) })
        .await?;
    Ok(())
}
