//! Agencies (OPD): reference data an office edits.

use sea_orm::FromQueryResult;
use serde_json::json;

use super::{Outcome, Refused};
use crate::{
    connect::{Change, Result},
    journal::Entry,
    query::{Handle, Query},
    sql,
};

#[derive(Clone, Debug, FromQueryResult)]
pub struct Agency {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub short_name: String,
    /// JSON array of the needs it can answer.
    pub services: String,
    pub active: bool,
    pub programmes: i64,
    pub users: i64,
}

impl Agency {
    /// The needs it can answer.
    pub fn services(&self) -> Vec<String> {
        serde_json::from_str(&self.services).unwrap_or_default()
    }
}

const COLUMNS: &str = "SELECT a.id, a.code, a.name, a.short_name, a.services, a.active,
        (SELECT COUNT(*) FROM programme p WHERE p.agency_id = a.id) AS programmes,
        (SELECT COUNT(*) FROM app_user u WHERE u.agency_id = a.id AND u.disabled_at IS NULL) AS users
 FROM agency a";

/// All agencies, those in use first, in the order they were entered.
pub async fn agencies(handle: &impl Handle) -> Result<Vec<Agency>> {
    let mut query = Query::new(sql!(COLUMNS));
    query.push(sql!(" ORDER BY CASE WHEN a.active THEN 0 ELSE 1 END, a.id"));
    handle.all(query).await
}

pub async fn agency(handle: &impl Handle, id: i64) -> Result<Option<Agency>> {
    let mut query = Query::new(sql!(COLUMNS));
    query.push_with(sql!(" WHERE a.id = $$"), id);
    handle.one(query).await
}

/// An agency as a person describes it.
#[derive(Clone, Debug)]
pub struct AgencyDraft {
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub services: Vec<String>,
    pub active: bool,
}

/// Adds an agency (`id` is `None`) or changes one; its id.
pub async fn save_agency(change: &Change<'_>, id: Option<i64>, draft: &AgencyDraft) -> Outcome<i64> {
    let code = draft.code.trim().to_uppercase();
    let mut taken = Query::with(sql!("SELECT COUNT(*) FROM agency WHERE code = $1"), [code.as_str().into()]);
    taken.push_with(sql!(" AND id <> $$"), id.unwrap_or(0));
    if change.count(taken).await? > 0 {
        return Err(Refused::CodeTaken);
    }
    let services = json!(draft.services).to_string();
    let values =
        [code.into(), draft.name.trim().into(), draft.short_name.trim().into(), services.into(), draft.active.into()];
    let (id, verb) = match id {
        None => {
            let insert = sql!(
                "INSERT INTO agency (code, name, short_name, services, active) VALUES ($1, $2, $3, $4, $5) RETURNING id"
            );
            (change.insert(Query::with(insert, values)).await?, "agency.added")
        }
        Some(id) => {
            let mut query = Query::with(
                sql!("UPDATE agency SET code = $1, name = $2, short_name = $3, services = $4, active = $5"),
                values,
            );
            query.push_with(sql!(" WHERE id = $$"), id);
            if change.execute(query).await? == 0 {
                return Err(Refused::NotFound);
            }
            (id, "agency.changed")
        }
    };
    change
        .record(Entry {
            verb,
            subject: ("agency", id),
            area: None,
            reason: None,
            data: json!({"name": draft.name.trim(), "active": draft.active}),
        })
        .await?;
    Ok(id)
}
