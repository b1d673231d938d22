//! Attachments: what a file on disk is, whose area it falls under, and what it belongs to.

use sea_orm::FromQueryResult;

use crate::{
    connect::{Change, Result},
    query::{Handle, Query},
    sql,
};

#[derive(Clone, Debug, FromQueryResult)]
pub struct Attachment {
    pub id: i64,
    pub sha256: String,
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: i64,
    pub area: Option<i64>,
    pub created_at: String,
}

#[derive(Clone, Debug)]
pub struct NewAttachment<'a> {
    pub sha256: &'a str,
    pub name: &'a str,
    pub media_type: &'a str,
    pub size: i64,
    pub kind: &'a str,
    pub subject: (&'a str, i64),
    /// `None`: the office's own, for those with the right to its subject.
    pub area: Option<i64>,
}

pub async fn add(change: &Change<'_>, new: &NewAttachment<'_>) -> Result<i64> {
    change
        .insert(Query::with(
            sql!(
                "INSERT INTO attachment (sha256, name, media_type, size, kind, subject_kind, subject_id, area, user_id, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id"
            ),
            [
                new.sha256.into(),
                new.name.into(),
                new.media_type.into(),
                new.size.into(),
                new.kind.into(),
                new.subject.0.into(),
                new.subject.1.into(),
                new.area.into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await
}

/// An attachment within the actor's scope.
pub async fn find(handle: &impl Handle, id: i64) -> Result<Option<Attachment>> {
    handle
        .one(Query::with(
            sql!(
                "SELECT id, sha256, name, media_type, size, kind, subject_kind, subject_id, area, created_at
                 FROM attachment WHERE id = $1 AND (area IS NULL OR {scope area})"
            ),
            [id.into()],
        ))
        .await
}

/// The attachments of a thing, oldest first. The caller has shown that the thing is within the actor's scope.
pub async fn of(handle: &impl Handle, kind: &str, id: i64) -> Result<Vec<Attachment>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT id, sha256, name, media_type, size, kind, subject_kind, subject_id, area, created_at
                 FROM attachment WHERE subject_kind = $1 AND subject_id = $2 ORDER BY id"
            ),
            [kind.into(), id.into()],
        ))
        .await
}
