//! Long work on lists: reading the files of a version, and the commit. Both can be begun again after a stop: reading clears
//! what it finds, a commit that did not end never happened.

use domain::lists::VersionState;
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
        lists::versions::become_state(&change, job.subject_id, VersionState::Ready).await.map_err(told)?;
        change.commit().await?;
    }
    done
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
async fn actor(app: &App, job: &Job) -> Result<Actor, JobError> {
    let program = Actor::program("tuntas lists");
    let Some(user) = job.user_id else { return Ok(program) };
    let reading = app.store.read(&program);
    let today = app.clock.today(app.config.zone).to_string();
    match store::access::user(&reading, user).await? {
        Some(user) => Ok(store::access::actor(&reading, &user, &today).await?),
        None => Ok(program),
    }
}
