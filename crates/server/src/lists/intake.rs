//! Files coming in, from the browser or the command line: kept once by their digest, looked at, put into drafts.

use std::collections::{BTreeMap, BTreeSet};

use domain::lists::{Source, recognise::list_date, version::version_label};
use serde_json::json;
use store::{
    Actor, Change,
    attachments::{self, NewAttachment},
    journal::Entry,
    lists::{self, File, NewFile, NewVersion, Version, check, rows, versions},
};
use tokio::io::AsyncRead;

use super::{
    formats,
    inspect::{Inspected, Wanted, inspect},
};
use crate::{
    App,
    files::{FileError, Stored},
};

/// The largest file taken: a workbook of a whole province is a tenth of it.
pub const LARGEST: u64 = 512 * 1024 * 1024;

/// A file that was stored and looked at.
#[derive(Debug)]
pub struct Arrived {
    pub name: String,
    pub stored: Stored,
    pub inspected: Inspected,
}

/// What became of a file that came.
#[derive(Debug)]
pub enum Arrival {
    New(Box<Arrived>),
    /// The same bytes stand in a version already: nothing changes.
    Known(Box<(Version, File)>),
}

/// Why a file could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Lists(#[from] lists::Error),
    #[error("failed to look at the file")]
    Task(#[from] tokio::task::JoinError),
}

/// Streams a file to its place and finds out what it is.
pub async fn take(
    app: &App,
    actor: &Actor,
    name: &str,
    input: &mut (impl AsyncRead + Unpin),
    wanted: &Wanted,
) -> Result<Arrival, TakeError> {
    let stored = app.files.store(input, LARGEST, &app.entropy.token()).await?;
    let reading = app.store.read(actor);
    if let Some(file) = versions::same_file(&reading, &stored.sha256).await? {
        let version = versions::version(&reading, file.version_id).await?;
        return Ok(Arrival::Known(Box::new((version, file))));
    }
    let name = plain_name(name);
    let inspected = look(app, actor, &stored.sha256, &name, wanted.clone()).await?;
    Ok(Arrival::New(Box::new(Arrived { name, stored, inspected })))
}

/// Looks at a stored file, off the threads that serve pages.
pub async fn look(app: &App, actor: &Actor, sha256: &str, name: &str, wanted: Wanted) -> Result<Inspected, TakeError> {
    let known = formats::known(&app.store.read(actor)).await?;
    let (path, name) = (app.files.path(sha256), name.to_owned());
    Ok(tokio::task::spawn_blocking(move || inspect(&path, &name, &wanted, &known)).await?)
}

/// The last part of a path, without signs that a terminal or a header could trip over.
pub(super) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '<' | '>')).take(120).collect();
    if plain.trim().is_empty() { "berkas".to_owned() } else { plain.trim().to_owned() }
}

/// What was said of the files when they came; the rest is recognised.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub source: Option<Source>,
    pub version: Option<String>,
    pub as_of: Option<chrono::NaiveDate>,
    pub giver: Option<String>,
    pub legal_basis: Option<String>,
    pub letter: Option<String>,
}

/// Files grouped by the list they belong to. Files nobody recognises go with the others when there is one list only.
pub fn groups(arrived: Vec<Arrived>, said: Option<Source>) -> Vec<(Option<Source>, Vec<Arrived>)> {
    let mut by_source: BTreeMap<Option<Source>, Vec<Arrived>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for file in arrived {
        // the same bytes twice in one upload are one file
        if !seen.insert(file.stored.sha256.clone()) {
            continue;
        }
        let source = said.or_else(|| file.inspected.format.map(|format| format.source));
        by_source.entry(source).or_default().push(file);
    }
    if by_source.len() == 2
        && let Some(unknown) = by_source.remove(&None)
        && let Some(only) = by_source.values_mut().next()
    {
        only.extend(unknown);
    }
    by_source.into_iter().collect()
}

/// Opens a draft of these files; its id. What nobody said is what the files say.
pub async fn open_draft(
    app: &App,
    change: &Change<'_>,
    source: Option<Source>,
    files: &[Arrived],
    said: &Said,
) -> lists::Result<i64> {
    let seen = files.iter().find_map(|file| file.inspected.seen.version.clone());
    let label = said.version.clone().or(seen).and_then(|label| version_label(&label));
    let as_of = list_date(said.as_of, label.as_deref(), app.clock.today(app.config.zone));
    let id = versions::create(
        change,
        &NewVersion {
            source: source.map_or("", Source::as_str).to_owned(),
            version: label.clone().unwrap_or_default(),
            as_of: as_of.to_string(),
            giver: said.giver.clone(),
            legal_basis: said.legal_basis.clone(),
            letter: said.letter.clone(),
            note: None,
        },
    )
    .await?;
    add_to_draft(change, id, files).await?;
    change
        .record(Entry {
            verb: "list.uploaded",
            subject: ("list_version", id),
            area: None,
            reason: None,
            data: json!({"list": versions::version(change, id).await?.called(files.first().map(|file| file.name.as_str())), "files": files.len()}),
        })
        .await?;
    Ok(id)
}

/// Puts files into a draft.
pub async fn add_to_draft(change: &Change<'_>, id: i64, files: &[Arrived]) -> lists::Result<()> {
    for file in files {
        let attachment = attachments::add(
            change,
            &NewAttachment {
                sha256: &file.stored.sha256,
                name: &file.name,
                media_type: mime_guess::from_path(&file.name).first_or_octet_stream().as_ref(),
                size: file.stored.size,
                kind: "list_file",
                subject: ("list_version", id),
                area: None,
            },
        )
        .await?;
        let new = NewFile {
            attachment_id: Some(attachment),
            name: file.name.clone(),
            sha256: file.stored.sha256.clone(),
            size: file.stored.size,
            reading: file.inspected.reading.clone(),
        };
        let file_id = versions::add_file(change, id, &new).await?;
        rows::add_findings(change, file_id, &file.inspected.findings).await?;
    }
    check::recount(change, id).await
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_file_name_is_its_last_part_and_plain() {
        assert_eq!(plain_name("C:\\Unduhan\\dtsen 2026Q3.csv"), "dtsen 2026Q3.csv");
        assert_eq!(plain_name("../../etc/\"passwd\"\n"), "passwd");
        assert_eq!(plain_name("///"), "berkas");
    }
}
