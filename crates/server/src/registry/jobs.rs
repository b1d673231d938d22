//! Long work of the registry: who of the people a list brought may be somebody known already.

use store::{
    Actor,
    jobs::Job,
    registry::likeness::{models, pairs},
};

use crate::{
    App,
    jobs::{JobError, Progress},
};

/// Holds the people the list `job.subject_id` brought against everybody, and keeps who may be one for the review desk. Begun again, it
/// finds the same; what was decided stays decided.
pub async fn find_pairs(app: &App, job: &Job, progress: &Progress) -> Result<(), JobError> {
    let actor = Actor::program("tuntas match");
    progress.at("job-step-match-reading", 0, 0).await?;
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    models::newest(&change).await?;
    change.commit().await?;
    let today = app.clock.today(app.config.zone).to_string();
    let search = pairs::Search::begin(&app.store.read(&actor), job.subject_id, &today).await?;
    let Some(mut search) = search else { return Ok(()) };
    loop {
        // weighing is work for the processor: not on the thread that answers pages
        let work = tokio::task::spawn_blocking(move || {
            let far = search.step();
            (search, far)
        });
        let (further, (done, all)) = work.await.map_err(anyhow::Error::from)?;
        search = further;
        progress.at("job-step-match-comparing", done as i64, all as i64).await?;
        if done == all {
            break;
        }
    }
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    search.keep(&change).await?;
    change.commit().await?;
    Ok(())
}
