//! The worker: takes one waiting job at a time and runs its stage's function. It lives in the same program as the pages.
//!
//! A stage's `jobs.rs` exports functions `async fn(&App, &Job, &Progress) -> Result<(), JobError>`; [`run`] is the list.
//! A job may be begun again after a stop, so it starts by clearing what an unfinished run left.

use std::time::Duration;

use store::{
    Actor,
    jobs::{self, Job},
};

use crate::{App, outage};

/// How a job ends besides well.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The user asked to stop; what was half done is rolled back.
    #[error("cancelled")]
    Cancelled,
    /// Something the user must know and can act on, in the language of the office; message key and value.
    #[error("{0}")]
    Told(String),
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

impl From<store::Error> for JobError {
    fn from(error: store::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// Reports how far a job is, and learns whether it should stop.
#[derive(Debug)]
pub struct Progress {
    app: App,
    job: i64,
}

impl Progress {
    /// Says what is being done (a message key) and how far; fails when the user wants the job stopped.
    pub async fn at(&self, step: &str, progress: i64, total: i64) -> Result<(), JobError> {
        let actor = Actor::program("worker");
        let change = self.app.store.change(&actor, &self.app.clock.stamp()).await?;
        jobs::report(&change, self.job, step, progress, total).await?;
        change.commit().await?;
        let job = jobs::job(&self.app.store.read(&actor), self.job).await?;
        if job.is_some_and(|job| job.cancel_wanted) { Err(JobError::Cancelled) } else { Ok(()) }
    }
}

/// Runs jobs until `stop` is told; the one running then is finished or begun again at the next start.
pub async fn work(app: App, stop: tokio_util::sync::CancellationToken) {
    let actor = Actor::program("worker");
    if let Err(error) = resume(&app, &actor).await {
        tracing::error!(%error, "jobs could not be resumed");
    }
    let mut sealed = tokio::time::Instant::now();
    loop {
        if sealed.elapsed() >= SEAL_EVERY {
            sealed = tokio::time::Instant::now();
            if let Err(error) = seal(&app, &actor).await {
                tracing::error!(%error, "the journal could not be sealed");
            }
        }
        match claim(&app, &actor).await {
            Ok(Some(job)) => {
                run_one(&app, &actor, &job).await;
                continue;
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "the queue of jobs could not be read"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = app.worker.notified() => {}
            () = tokio::time::sleep(Duration::from_secs(2)) => {}
        }
    }
}

/// How often the journal is sealed while the program runs.
const SEAL_EVERY: Duration = Duration::from_mins(1);

async fn seal(app: &App, actor: &Actor) -> store::Result<()> {
    loop {
        let change = app.store.change(actor, &app.clock.stamp()).await?;
        let sealed = store::journal::seal(&change).await?;
        change.commit().await?;
        if sealed == 0 {
            return Ok(());
        }
    }
}

/// Runs what waits until nothing does: for commands and tests.
pub async fn drain(app: &App) -> anyhow::Result<()> {
    let actor = Actor::program("worker");
    while let Some(job) = claim(app, &actor).await? {
        run_one(app, &actor, &job).await;
    }
    Ok(())
}

async fn resume(app: &App, actor: &Actor) -> store::Result<()> {
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    jobs::resume(&change).await?;
    store::lists::versions::recover(&change, None).await?;
    store::lists::corrections::recover(&change, None).await?;
    change.commit().await
}

async fn claim(app: &App, actor: &Actor) -> store::Result<Option<Job>> {
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    let job = jobs::claim(&change).await?;
    change.commit().await?;
    Ok(job)
}

async fn run_one(app: &App, actor: &Actor, job: &Job) {
    let progress = Progress { app: app.clone(), job: job.id };
    let (state, error) = match run(app, job, &progress).await {
        Ok(()) => ("done", None),
        Err(JobError::Cancelled) => ("cancelled", None),
        Err(JobError::Told(message)) => ("failed", Some(message)),
        Err(JobError::Internal(error)) => {
            tracing::error!(job.id, job.kind, error = format!("{error:#}"), "a job failed");
            let told = outage::of(error.as_ref()).map(|outage| format!("error-{}", outage::rule_key(outage)));
            ("failed", Some(told.unwrap_or_else(|| "job-failed".to_owned())))
        }
    };
    // what stopped the job may still stop us from writing that down: a job nobody ended would seem to run for ever
    for wait in WAITS {
        match end(app, actor, job, state, error.as_deref()).await {
            Ok(()) => return,
            Err(error) => tracing::error!(job.id, %error, "the end of a job could not be written down"),
        }
        tokio::time::sleep(wait).await;
    }
}

/// Between attempts to write down how a job ended: about a quarter of an hour in all.
const WAITS: [Duration; 8] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(15),
    Duration::from_mins(1),
    Duration::from_mins(2),
    Duration::from_mins(4),
    Duration::from_mins(8),
];

/// Writes down how a job ended. A list or correction whose work did not come to its end goes back to
/// where it was.
async fn end(app: &App, actor: &Actor, job: &Job, state: &str, error: Option<&str>) -> store::Result<()> {
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    jobs::finish(&change, job.id, state, error).await?;
    match job.kind.split('.').next() {
        Some("list") => store::lists::versions::recover(&change, Some(job.subject_id)).await?,
        Some("correction") => store::lists::corrections::recover(&change, Some(job.subject_id)).await?,
        _ => 0,
    };
    change.commit().await
}

/// The list of kinds of jobs.
async fn run(app: &App, job: &Job, progress: &Progress) -> Result<(), JobError> {
    match job.kind.as_str() {
        "list.read" => crate::lists::jobs::read(app, job, progress).await,
        "list.commit" => crate::lists::jobs::commit(app, job, progress).await,
        "list.undo" => crate::lists::jobs::undo(app, job, progress).await,
        "correction.read" => crate::lists::correcting::read(app, job, progress).await,
        "correction.apply" => crate::lists::correcting::apply(app, job, progress).await,
        "correction.undo" => crate::lists::correcting::undo(app, job, progress).await,
        store::registry::likeness::pairs::JOB => crate::registry::jobs::find_pairs(app, job, progress).await,
        kind => Err(JobError::Internal(anyhow::anyhow!("there is no job of kind {kind}"))),
    }
}
