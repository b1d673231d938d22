//! The district's lists through the real importer: a version read from its files, and committed.

use chrono::NaiveDate;
use domain::lists::Source;
use store::lists;
use testkit::district::lists::{ListFile, Written};

use super::story::Story;

/// Reads the files of one list into a version, as rina does on a day; its id. `None`: this program reads no lists, and the
/// story ends here.
#[expect(clippy::unused_async, reason = "reading files waits")]
pub async fn take_in(
    story: &Story<'_>,
    written: &Written,
    (source, label): (Source, &str),
    day: NaiveDate,
) -> anyhow::Result<Option<i64>> {
    let files: Vec<&ListFile> =
        written.lists.iter().filter(|list| list.source == source && list.version == label).collect();
    story.tell(&format!("{} {label} ({day}): {} files lie ready, nothing reads them yet", source.title(), files.len()));
    Ok(None)
}

/// Commits a version that is ready.
pub async fn commit(story: &Story<'_>, version: i64, day: NaiveDate) -> anyhow::Result<()> {
    let rina = story.actor("rina", day).await?;
    let change = story.change(&rina, day, 13).await?;
    lists::commit(&change, version).await?;
    change.commit().await?;
    Ok(())
}
