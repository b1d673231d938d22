//! Drafts: what a visitor has filled in so far, kept on the server at each step, so that neither the back button nor a
//! lost connection loses anything. One draft per family and visitor.

use domain::verification::Answers;
use sea_orm::FromQueryResult;

use super::{Result, VerificationError, families::Assignment, parse, to_json};
use crate::{
    connect::Change,
    query::{Handle, Query},
    sql,
};

#[derive(Clone, Debug)]
pub struct Draft {
    pub command_id: String,
    pub answers: Answers,
    pub started_at: String,
    pub saved_at: String,
}

#[derive(FromQueryResult)]
struct Row {
    command_id: String,
    answers: String,
    started_at: String,
    saved_at: String,
}

/// The actor's own draft for a family of a round.
pub async fn draft(handle: &impl Handle, assignment: i64) -> Result<Option<Draft>> {
    let row: Option<Row> = handle
        .one(Query::with(
            sql!(
                "SELECT command_id, answers, started_at, saved_at FROM visit_draft d WHERE d.assignment_id = $1 AND d.user_id = $2 AND {scope d.village}"
            ),
            [assignment.into(), handle.actor().user.unwrap_or_default().into()],
        ))
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Draft {
        answers: parse(&row.answers, "a draft")?,
        command_id: row.command_id,
        started_at: row.started_at,
        saved_at: row.saved_at,
    }))
}

/// Keeps the answers so far. `token` becomes the command id of the visit when the draft is new.
pub async fn save_draft(change: &Change<'_>, assignment: &Assignment, token: &str, answers: &Answers) -> Result<()> {
    assignment.open()?;
    let user = change.actor().user.ok_or(VerificationError::NotFound)?;
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO visit_draft (assignment_id, village, user_id, command_id, answers, started_at, saved_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $6)
                 ON CONFLICT (assignment_id, user_id) DO UPDATE SET answers = excluded.answers, saved_at = excluded.saved_at -- {checked by the assignment}"
            ),
            [
                assignment.id.into(),
                assignment.village.into(),
                user.into(),
                token.into(),
                to_json(answers, "a draft")?.into(),
                change.at().into(),
            ],
        ))
        .await?;
    Ok(())
}

/// Removes a photo that another has replaced before the visit was sent.
pub async fn drop_photo(change: &Change<'_>, assignment: &Assignment, attachment: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!("DELETE FROM attachment WHERE id = $1 AND subject_kind = 'assignment' AND subject_id = $2"),
            [attachment.into(), assignment.id.into()],
        ))
        .await?;
    Ok(())
}

/// A visit begun and not sent.
#[derive(Clone, Debug, FromQueryResult)]
pub struct DraftLine {
    pub assignment_id: i64,
    pub head_name: String,
    pub village: i64,
    pub rt: Option<String>,
    pub address: String,
    pub saved_at: String,
}

/// The actor's drafts in open rounds, the newest first.
pub async fn drafts_of(handle: &impl Handle) -> Result<Vec<DraftLine>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT d.assignment_id, f.head_name, a.village, f.rt, f.address, d.saved_at
                 FROM visit_draft d JOIN assignment a ON a.id = d.assignment_id JOIN family f ON f.id = a.family_id JOIN round r ON r.id = a.round_id
                 WHERE d.user_id = $1 AND r.state = 'open' AND {scope d.village} ORDER BY d.saved_at DESC, d.id DESC"
            ),
            [handle.actor().user.unwrap_or_default().into()],
        ))
        .await?)
}
