//! Long work: enqueued in the transaction of what asks for it, claimed by the worker, with progress, cancel and resume.

use sea_orm::FromQueryResult;

use crate::{
    connect::{Change, Result},
    query::{Handle, Query},
    sql,
};

#[derive(Clone, Debug, FromQueryResult)]
pub struct Job {
    pub id: i64,
    pub kind: String,
    pub subject_id: i64,
    pub payload: String,
    /// waiting, running, done, failed, cancelled
    pub state: String,
    pub progress: i64,
    pub total: i64,
    /// Message key of what it is doing.
    pub step: String,
    pub error: Option<String>,
    pub cancel_wanted: bool,
    pub user_id: Option<i64>,
    pub created_at: String,
    pub started_at: Option<String>,
    pub ended_at: Option<String>,
}

const COLUMNS: &str = "SELECT id, kind, subject_id, payload, state, progress, total, step, error, cancel_wanted, user_id, created_at, started_at, ended_at FROM job";

/// Puts work in the queue; the job's id. Commits with the change that wants it.
pub async fn enqueue(change: &Change<'_>, kind: &str, subject: i64, payload: &str) -> Result<i64> {
    change
        .insert(Query::with(
            sql!(
                "INSERT INTO job (kind, subject_id, payload, state, progress, total, step, cancel_wanted, user_id, created_at)
                 VALUES ($1, $2, $3, 'waiting', 0, 0, 'job-step-waiting', $4, $5, $6) RETURNING id"
            ),
            [kind.into(), subject.into(), payload.into(), false.into(), change.actor().user.into(), change.at().into()],
        ))
        .await
}

/// Takes the oldest waiting job, if there is one; nobody else gets it.
pub async fn claim(change: &Change<'_>) -> Result<Option<Job>> {
    let id: Option<i64> = change
        .scalar(Query::with(
            sql!(
                "UPDATE job SET state = 'running', started_at = $1, step = 'job-step-starting'
                 WHERE id = (SELECT MIN(id) FROM job WHERE state = 'waiting') AND state = 'waiting' RETURNING id"
            ),
            [change.at().into()],
        ))
        .await?;
    match id {
        Some(id) => job(change, id).await,
        None => Ok(None),
    }
}

/// What was running when the program stopped goes back into the queue. Every job can be begun again.
pub async fn resume(change: &Change<'_>) -> Result<u64> {
    change.execute(sql!("UPDATE job SET state = 'waiting' WHERE state = 'running'")).await
}

pub async fn job(handle: &impl Handle, id: i64) -> Result<Option<Job>> {
    let mut query = Query::new(sql!(COLUMNS));
    query.push_with(sql!(" WHERE id = $$"), id);
    handle.one(query).await
}

/// The newest job of a kind on a subject.
pub async fn latest(handle: &impl Handle, kind: &str, subject: i64) -> Result<Option<Job>> {
    let mut query = Query::new(sql!(COLUMNS));
    query.push_with(sql!(" WHERE kind = $$"), kind).push_with(sql!(" AND subject_id = $$"), subject);
    query.push(sql!(" ORDER BY id DESC LIMIT 1"));
    handle.one(query).await
}

pub async fn report(change: &Change<'_>, id: i64, step: &str, progress: i64, total: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!("UPDATE job SET step = $1, progress = $2, total = $3 WHERE id = $4"),
            [step.into(), progress.into(), total.into(), id.into()],
        ))
        .await?;
    Ok(())
}

pub async fn finish(change: &Change<'_>, id: i64, state: &str, error: Option<&str>) -> Result<()> {
    change
        .execute(Query::with(
            sql!("UPDATE job SET state = $1, error = $2, ended_at = $3 WHERE id = $4"),
            [state.into(), error.into(), change.at().into(), id.into()],
        ))
        .await?;
    Ok(())
}

/// Asks a job to stop; one that has not begun is cancelled at once.
pub async fn cancel(change: &Change<'_>, id: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE job SET cancel_wanted = $1, state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END
                 WHERE id = $2 AND state IN ('waiting', 'running')"
            ),
            [true.into(), id.into()],
        ))
        .await?;
    Ok(())
}

/// How many jobs ended in a failure.
pub async fn failed(handle: &impl Handle) -> Result<i64> {
    handle.count(sql!("SELECT COUNT(*) FROM job WHERE state = 'failed'")).await
}
