//! Long work on lists: reading the files of a version, the commit, taking it back. All can be begun again after a stop:
//! reading clears what it finds, a commit or undoing that did not end never happened. A job that did its work and was
//! stopped before that was written down finds the version further on, and has nothing to do. One that fails leaves the
//! version where it was: see `crate::jobs`.

use domain::lists::VersionState;
use serde::{Deserialize, Serialize};
use store::{Actor, jobs::Job, lists};

use super::reading::{self, Watch, told};
use crate::{
    App,
    jobs::{JobError, Progress},
};

/// Reads the files of the version `job.subject_id`.
pub async fn read(app: &App, job: &Job, progress: &Progress) -> Result<(), JobError> {
    let actor = actor(app, job).await?;
    if !waits(app, &actor, job, VersionState::Reading).await? {
        return Ok(());
    }
    reading::read(app, &actor, job.subject_id, Watch::Job(progress), true).await
}

/// Brings the version `job.subject_id` into the registry.
pub async fn commit(app: &App, job: &Job, progress: &Progress) -> Result<(), JobError> {
    let actor = actor(app, job).await?;
    // the last moment to stop: the transaction is one step
    progress.at("job-step-list-commit", 0, 0).await?;
    if !waits(app, &actor, job, VersionState::Committing).await? {
        return Ok(());
    }
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    lists::commit(&change, job.subject_id).await.map_err(told)?;
    change.commit().await?;
    Ok(())
}

/// Why a list is taken back, as the job carries it.
#[derive(Debug, Deserialize, Serialize)]
pub struct Why {
    pub reason: String,
}

/// Takes the version `job.subject_id` back out of the registry.
pub async fn undo(app: &App, job: &Job, progress: &Progress) -> Result<(), JobError> {
    let actor = actor(app, job).await?;
    progress.at("job-step-list-undo", 0, 0).await?;
    if !waits(app, &actor, job, VersionState::Undoing).await? {
        return Ok(());
    }
    let why: Why = serde_json::from_str(&job.payload).map_err(anyhow::Error::from)?;
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    lists::undo(&change, job.subject_id, &why.reason).await.map_err(told)?;
    change.commit().await?;
    Ok(())
}

/// Whether the version still waits for this work.
async fn waits(app: &App, actor: &Actor, job: &Job, state: VersionState) -> Result<bool, JobError> {
    let version = lists::versions::version(&app.store.read(actor), job.subject_id).await.map_err(told)?;
    Ok(version.state().map_err(told)? == state)
}

/// The work is done in the name of whoever asked for it.
pub(super) async fn actor(app: &App, job: &Job) -> Result<Actor, JobError> {
    let program = Actor::program("tuntas lists");
    let Some(user) = job.user_id else { return Ok(program) };
    let reading = app.store.read(&program);
    let today = app.clock.today(app.config.zone).to_string();
    match store::access::user(&reading, user).await? {
        Some(user) => Ok(store::access::actor(&reading, &user, &today).await?),
        None => Ok(program),
    }
}
