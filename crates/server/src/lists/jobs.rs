//! Long work on lists: reading the files of a version, the commit, taking it back. All can be begun again after a stop:
//! reading clears what it finds, a commit or undoing that did not end never happened.

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
    reading::read(app, &actor, job.subject_id, Watch::Job(progress), true).await
}

/// Brings the version `job.subject_id` into the registry.
pub async fn commit(app: &App, job: &Job, progress: &Progress) -> Result<(), JobError> {
    let actor = actor(app, job).await?;
    let done = enter(app, &actor, job.subject_id, progress).await;
    if done.is_err() {
        let change = app.store.change(&actor, &app.clock.stamp()).await?;
        let before = lists::versions::version(&change, job.subject_id).await.map_err(told)?;
        // one that was taken back and could not enter again stays taken back
        let state = if before.committed_at.is_some() { VersionState::Undone } else { VersionState::Ready };
        lists::versions::become_state(&change, job.subject_id, state).await.map_err(told)?;
        change.commit().await?;
    }
    done
}

/// Why a list is taken back, as the job carries it.
#[derive(Debug, Deserialize, Serialize)]
pub struct Why {
    pub reason: String,
}

/// Takes the version `job.subject_id` back out of the registry.
pub async fn undo(app: &App, job: &Job, progress: &Progress) -> Result<(), JobError> {
    let actor = actor(app, job).await?;
    let done = take_back(app, &actor, job, progress).await;
    if done.is_err() {
        let change = app.store.change(&actor, &app.clock.stamp()).await?;
        lists::versions::become_state(&change, job.subject_id, VersionState::Committed).await.map_err(told)?;
        change.commit().await?;
    }
    done
}

async fn take_back(app: &App, actor: &Actor, job: &Job, progress: &Progress) -> Result<(), JobError> {
    progress.at("job-step-list-undo", 0, 0).await?;
    let why: Why = serde_json::from_str(&job.payload).map_err(anyhow::Error::from)?;
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    lists::undo(&change, job.subject_id, &why.reason).await.map_err(told)?;
    change.commit().await?;
    Ok(())
}

async fn enter(app: &App, actor: &Actor, version: i64, progress: &Progress) -> Result<(), JobError> {
    // the last moment to stop: the transaction is one step
    progress.at("job-step-list-commit", 0, 0).await?;
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    lists::commit(&change, version).await.map_err(told)?;
    change.commit().await?;
    Ok(())
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
