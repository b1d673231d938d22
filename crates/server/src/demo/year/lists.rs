//! The district's lists through the real importer: files taken in and looked at, a draft opened, read, and committed.

use anyhow::{Context, bail};
use chrono::NaiveDate;
use domain::lists::{Source, VersionState};
use store::lists::{self, versions};
use testkit::district::lists::{ListFile, Written};

use super::story::{Story, at};
use crate::{
    App,
    clock::Clock,
    lists::{
        command::Bar,
        inspect::Wanted,
        intake::{self, Arrival, Said},
        reading::{self, Watch},
    },
};

/// Reads the files of one list into a version, as rina does on a day; its id. The version is then ready to be committed.
pub async fn take_in(
    story: &Story<'_>,
    written: &Written,
    (source, label): (Source, &str),
    day: NaiveDate,
) -> anyhow::Result<i64> {
    let files: Vec<&ListFile> =
        written.lists.iter().filter(|list| list.source == source && list.version == label).collect();
    let Some(first) = files.first() else { bail!("the made-up district has no {} {label}", source.title()) };
    let giver = if source == Source::P3ke { "Kemenko PMK" } else { "Pusdatin Kesos, Kementerian Sosial" };
    let said = Said {
        source: Some(source),
        version: Some(label.to_owned()),
        as_of: Some(first.as_of),
        giver: Some(giver.to_owned()),
        ..Said::default()
    };
    let app = on(story, day);
    let rina = story.actor("rina", day).await?;
    let mut arrived = Vec::new();
    for list in &files {
        let name = list.path.file_name().and_then(|name| name.to_str()).context("a list has a name")?;
        let mut input = tokio::fs::File::open(&list.path).await?;
        match intake::take(&app, &rina, name, &mut input, &Wanted::default()).await? {
            Arrival::New(file) => arrived.push(*file),
            Arrival::Known(_) => bail!("{name} was taken in before"),
        }
    }
    let change = story.change(&rina, day, 9).await?;
    let version = intake::open_draft(&app, &change, Some(source), &arrived, &said).await?;
    versions::become_state(&change, version, VersionState::Reading).await?;
    change.commit().await?;
    let bar = Bar::new(&format!("{} {label}", source.title()), story.app.config.language);
    reading::read(&app, &rina, version, Watch::Bar(&bar), true).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(version)
}

/// Commits a version that is ready.
pub async fn commit(story: &Story<'_>, version: i64, day: NaiveDate) -> anyhow::Result<()> {
    let rina = story.actor("rina", day).await?;
    let change = story.change(&rina, day, 13).await?;
    lists::commit(&change, version).await?;
    change.commit().await?;
    Ok(())
}

/// The program with its clock in the morning of a day.
fn on(story: &Story<'_>, day: NaiveDate) -> App {
    let now = at(day, 10, 0).parse().unwrap_or_else(|_| story.app.clock.now());
    let app = &story.app;
    App::new(app.store.clone(), app.config.clone(), Clock::Fixed(now), app.entropy.clone())
}
