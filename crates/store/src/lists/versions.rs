//! Versions and their files: made, described, moved from state to state, thrown away.

use std::collections::BTreeMap;

use domain::lists::{Source, VersionState};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Error, Result, rows};
use crate::{
    connect::{self, Change},
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// A version of a list, as pages show it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Version {
    pub id: i64,
    pub source: String,
    /// `2026Q3`; empty while nobody knows.
    pub version: String,
    /// The list's date, `YYYY-MM-DD`.
    pub as_of: String,
    pub giver: Option<String>,
    pub legal_basis: Option<String>,
    pub letter: Option<String>,
    pub note: Option<String>,
    pub state: String,
    pub created_name: Option<String>,
    pub created_at: String,
    pub committed_name: Option<String>,
    pub committed_at: Option<String>,
    pub families: i64,
    pub persons: i64,
    pub previous_id: Option<i64>,
    /// JSON, see [`super::Difference`].
    pub summary: String,
}

impl Version {
    pub fn state(&self) -> Result<VersionState> {
        VersionState::from_word(&self.state)
            .ok_or_else(|| connect::Error::Stored(format!("unknown state {} of a list version", self.state)).into())
    }

    /// What it is called where nothing but words are kept: one whose source nobody knows by its first file.
    pub fn called(&self, first_file: Option<&str>) -> String {
        if self.source.is_empty() { first_file.unwrap_or_default().to_owned() } else { self.title() }
    }

    /// `DTSEN 2026Q3`.
    pub fn title(&self) -> String {
        let source = Source::from_code(&self.source).map_or(self.source.as_str(), |source| source.title());
        if self.version.is_empty() { source.to_owned() } else { format!("{source} {}", self.version) }
    }
}

/// A file of a version.
#[derive(Clone, Debug, FromQueryResult)]
pub struct File {
    pub id: i64,
    pub version_id: i64,
    pub attachment_id: Option<i64>,
    pub name: String,
    pub sha256: String,
    pub size: i64,
    /// Empty while nobody knows.
    pub format: String,
    pub kind: String,
    pub sheet: String,
    pub sheet_no: i64,
    pub header_first: i64,
    pub header_last: i64,
    /// JSON: `[{"header","field"}]`
    pub columns: String,
    /// JSON, the server's own.
    pub recognition: String,
    /// waiting, reading, read, rejected
    pub state: String,
    pub rows_all: i64,
    pub rows_data: i64,
    pub rows_header: i64,
    pub rows_total: i64,
    pub rows_blank: i64,
    pub rows_rejected: i64,
    pub rows_blocked: i64,
    pub rows_warned: i64,
    /// JSON: findings by code.
    pub by_code: String,
    pub seconds: Option<f64>,
}

/// A column of a file and what it is read as.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileColumn {
    pub header: String,
    /// Our field; `None`: kept raw only.
    pub field: Option<String>,
}

impl File {
    /// Every row of the sheet is in exactly one of the four; the page shows the sum.
    pub const fn adds_up(&self) -> bool {
        self.rows_all == self.rows_data + self.rows_header + self.rows_total + self.rows_blank
    }

    /// The header text of the column read as this field; empty when the file has none.
    pub fn header_of(&self, field: &str) -> String {
        self.columns()
            .into_iter()
            .find(|column| column.field.as_deref() == Some(field))
            .map(|column| column.header)
            .unwrap_or_default()
    }

    /// The columns of the file, in order.
    pub fn columns(&self) -> Vec<FileColumn> {
        serde_json::from_str(&self.columns).unwrap_or_default()
    }

    /// Findings by code.
    pub fn by_code(&self) -> BTreeMap<String, i64> {
        serde_json::from_str(&self.by_code).unwrap_or_default()
    }

    /// Rows that are data and could be read.
    pub const fn rows_stored(&self) -> i64 {
        self.rows_data - self.rows_rejected
    }
}

const VERSIONS: &str = "SELECT v.id, v.source, v.version, v.as_of, v.giver, v.legal_basis, v.letter, v.note, v.state, c.name AS created_name, v.created_at, k.name AS committed_name, v.committed_at, v.families, v.persons, v.previous_id, v.summary FROM list_version v LEFT JOIN app_user c ON c.id = v.created_by LEFT JOIN app_user k ON k.id = v.committed_by WHERE 1 = 1";

const FILES: &str = "SELECT id, version_id, attachment_id, name, sha256, size, format, kind, sheet, sheet_no, header_first, header_last, columns, recognition, state, rows_all, rows_data, rows_header, rows_total, rows_blank, rows_rejected, rows_blocked, rows_warned, by_code, seconds FROM list_file WHERE 1 = 1";

/// All versions that stand, drafts first, then the newest list first.
pub async fn versions(handle: &impl Handle) -> Result<Vec<Version>> {
    let mut query = Query::new(sql!(VERSIONS));
    query.push(sql!(
        " AND v.state <> 'discarded' ORDER BY CASE WHEN v.state IN ('committed', 'undone') THEN 1 ELSE 0 END, v.as_of DESC, v.id DESC"
    ));
    Ok(handle.all(query).await?)
}

pub async fn find(handle: &impl Handle, id: i64) -> Result<Option<Version>> {
    let mut query = Query::new(sql!(VERSIONS));
    query.push_with(sql!(" AND v.id = $$"), id);
    Ok(handle.one(query).await?)
}

/// The version of that id.
pub async fn version(handle: &impl Handle, id: i64) -> Result<Version> {
    find(handle, id).await?.ok_or(Error::Unknown)
}

/// The newest version of that label, committed ones first: what `tuntas lists show 2026Q3` means.
pub async fn by_label(handle: &impl Handle, source: Option<&str>, label: &str) -> Result<Option<Version>> {
    let mut query = Query::new(sql!(VERSIONS));
    query.push_with(sql!(" AND UPPER(v.version) = $$"), label.to_uppercase());
    if let Some(source) = source {
        query.push_with(sql!(" AND v.source = $$"), source);
    }
    query.push(sql!(
        " AND v.state <> 'discarded' ORDER BY CASE WHEN v.state = 'committed' THEN 0 ELSE 1 END, v.id DESC LIMIT 1"
    ));
    Ok(handle.one(query).await?)
}

/// The version of that source and label that is being read, waits or has entered, beside this one: a label names one list.
pub async fn same_label(handle: &impl Handle, source: &str, label: &str, beside: i64) -> Result<Option<Version>> {
    let mut query = Query::new(sql!(VERSIONS));
    query.push_with(sql!(" AND UPPER(v.version) = $$"), label.to_uppercase());
    query.push_with(sql!(" AND v.source = $$"), source);
    query.push_with(sql!(" AND v.id <> $$"), beside);
    query.push(sql!(" AND v.state NOT IN ('draft', 'discarded', 'undone') ORDER BY v.id DESC LIMIT 1"));
    Ok(handle.one(query).await?)
}

/// Whether another version is committed.
pub async fn committed_beside(handle: &impl Handle, id: i64) -> Result<bool> {
    let others = handle
        .count(Query::with(
            sql!("SELECT COUNT(*) FROM list_version WHERE state = 'committed' AND id <> $1"),
            [id.into()],
        ))
        .await?;
    Ok(others > 0)
}

/// The files of a version, in the order they came.
pub async fn files(handle: &impl Handle, version: i64) -> Result<Vec<File>> {
    let mut query = Query::new(sql!(FILES));
    query.push_with(sql!(" AND version_id = $$ ORDER BY id"), version);
    Ok(handle.all(query).await?)
}

pub async fn file(handle: &impl Handle, id: i64) -> Result<Option<File>> {
    let mut query = Query::new(sql!(FILES));
    query.push_with(sql!(" AND id = $$"), id);
    Ok(handle.one(query).await?)
}

/// The same bytes, if they stand in a version already: coming again they change nothing.
pub async fn same_file(handle: &impl Handle, sha256: &str) -> Result<Option<File>> {
    let mut query = Query::new(sql!(FILES));
    query.push_with(sql!(" AND sha256 = $$"), sha256);
    query.push(sql!(
        " AND state <> 'rejected' AND version_id IN (SELECT id FROM list_version WHERE state NOT IN ('discarded', 'undone')) ORDER BY id LIMIT 1"
    ));
    Ok(handle.one(query).await?)
}

/// What an office says of a version.
#[derive(Clone, Debug, Default)]
pub struct NewVersion {
    pub source: String,
    pub version: String,
    pub as_of: String,
    pub giver: Option<String>,
    pub legal_basis: Option<String>,
    pub letter: Option<String>,
    pub note: Option<String>,
}

/// Begins a draft; its id.
pub async fn create(change: &Change<'_>, new: &NewVersion) -> Result<i64> {
    let id = change
        .insert(Query::with(
            sql!(
                "INSERT INTO list_version (source, version, as_of, giver, legal_basis, letter, note, state, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $9) RETURNING id"
            ),
            [
                new.source.as_str().into(),
                new.version.as_str().into(),
                new.as_of.as_str().into(),
                new.giver.clone().into(),
                new.legal_basis.clone().into(),
                new.letter.clone().into(),
                new.note.clone().into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?;
    Ok(id)
}

/// Changes what was said of a draft.
pub async fn describe(change: &Change<'_>, id: i64, new: &NewVersion) -> Result<()> {
    let changed = change
        .execute(Query::with(
            sql!(
                "UPDATE list_version SET source = $1, version = $2, as_of = $3, giver = $4, legal_basis = $5, letter = $6, note = $7
                 WHERE id = $8 AND state IN ('draft', 'ready')"
            ),
            [
                new.source.as_str().into(),
                new.version.as_str().into(),
                new.as_of.as_str().into(),
                new.giver.clone().into(),
                new.legal_basis.clone().into(),
                new.letter.clone().into(),
                new.note.clone().into(),
                id.into(),
            ],
        ))
        .await?;
    if changed == 0 {
        return Err(Error::State(version(change, id).await?.state()?, VersionState::Draft));
    }
    Ok(())
}

/// Moves a version on; refused when its state does not allow it, so that two people cannot do it twice.
pub async fn become_state(change: &Change<'_>, id: i64, next: VersionState) -> Result<()> {
    let now = version(change, id).await?.state()?;
    if !now.may_become(next) {
        return Err(Error::State(now, next));
    }
    let changed = change
        .execute(Query::with(
            sql!("UPDATE list_version SET state = $1 WHERE id = $2 AND state = $3"),
            [next.as_str().into(), id.into(), now.as_str().into()],
        ))
        .await?;
    if changed == 0 { Err(Error::State(now, next)) } else { Ok(()) }
}

/// Versions that were being worked on when the program ended, with no job that goes on with them (an import by the command
/// line was broken off), go back to where they were. Nothing of them is half done: each step is one transaction.
///
/// `only`: no other version than this.
pub async fn recover(change: &Change<'_>, only: Option<i64>) -> crate::Result<u64> {
    let mut query = Query::new(sql!(
            "UPDATE list_version SET state = CASE state WHEN 'reading' THEN 'draft' WHEN 'undoing' THEN 'committed' ELSE CASE WHEN entered IS NULL THEN 'ready' ELSE 'undone' END END
             WHERE state IN ('reading', 'committing', 'undoing')
               AND NOT EXISTS (SELECT 1 FROM job j WHERE j.subject_id = list_version.id AND j.kind LIKE 'list.%' AND j.state IN ('waiting', 'running'))"
    ));
    if let Some(id) = only {
        query.push_with(sql!(" AND id = $$"), id);
    }
    change.execute(query).await
}

/// Whether an import by the command line was broken off and left this version: nobody put it together, no job works on it.
pub async fn is_left_over(handle: &impl Handle, id: i64) -> Result<bool> {
    let left = handle
        .count(Query::with(
            sql!(
                "SELECT COUNT(*) FROM list_version v WHERE v.id = $1 AND v.created_by IS NULL AND v.state IN ('draft', 'reading', 'ready', 'committing')
                   AND v.entered IS NULL AND NOT EXISTS (SELECT 1 FROM job j WHERE j.subject_id = v.id AND j.kind LIKE 'list.%')"
            ),
            [id.into()],
        ))
        .await?;
    Ok(left > 0)
}

/// A file as it came, with what it was recognised as.
#[derive(Clone, Debug, Default)]
pub struct NewFile {
    pub attachment_id: Option<i64>,
    pub name: String,
    pub sha256: String,
    pub size: i64,
    pub reading: FileReading,
}

/// How a file is to be read.
#[derive(Clone, Debug, Default)]
pub struct FileReading {
    pub format: String,
    pub kind: String,
    pub sheet: String,
    pub sheet_no: i64,
    pub header_first: i64,
    pub header_last: i64,
    pub columns: String,
    pub recognition: String,
    /// waiting or rejected
    pub state: &'static str,
}

pub async fn add_file(change: &Change<'_>, version: i64, new: &NewFile) -> Result<i64> {
    let id = change
        .insert(Query::with(
            sql!(
                "INSERT INTO list_file (version_id, attachment_id, name, sha256, size, format, kind, sheet, sheet_no, header_first, header_last, columns, recognition, state)
                 VALUES ($1, $2, $3, $4, $5, '', '', '', 0, 0, 0, '[]', '{}', 'waiting') RETURNING id"
            ),
            [
                version.into(),
                new.attachment_id.into(),
                new.name.as_str().into(),
                new.sha256.as_str().into(),
                new.size.into(),
            ],
        ))
        .await?;
    set_file(change, id, &new.reading).await?;
    Ok(id)
}

/// Says how a file is to be read: what was recognised, or what a person overruled.
pub async fn set_file(change: &Change<'_>, file: i64, reading: &FileReading) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_file SET format = $1, kind = $2, sheet = $3, sheet_no = $4, header_first = $5, header_last = $6, columns = $7, recognition = $8, state = $9 WHERE id = $10"
            ),
            [
                reading.format.as_str().into(),
                reading.kind.as_str().into(),
                reading.sheet.as_str().into(),
                reading.sheet_no.into(),
                reading.header_first.into(),
                reading.header_last.into(),
                reading.columns.as_str().into(),
                reading.recognition.as_str().into(),
                reading.state.into(),
                file.into(),
            ],
        ))
        .await?;
    Ok(())
}

pub async fn set_file_state(change: &Change<'_>, file: i64, state: &str) -> Result<()> {
    change
        .execute(Query::with(sql!("UPDATE list_file SET state = $1 WHERE id = $2"), [state.into(), file.into()]))
        .await?;
    Ok(())
}

/// Takes a file out of a draft, with whatever was read of it.
pub async fn remove_file(change: &Change<'_>, file: i64) -> Result<()> {
    rows::clear(change, file).await?;
    if let Some(known) = self::file(change, file).await? {
        super::corrections::forget(change, known.version_id, Some(file)).await?;
    }
    change.execute(Query::with(sql!("DELETE FROM list_file WHERE id = $1"), [file.into()])).await?;
    Ok(())
}

/// Throws a version away that was not committed: its rows go, that it was there stays in the journal. Answers with the
/// digests of its files that nothing else refers to any more.
pub async fn discard(change: &Change<'_>, id: i64, reason: Option<&str>) -> Result<Vec<String>> {
    let version = version(change, id).await?;
    become_state(change, id, VersionState::Discarded).await?;
    let files = files(change, id).await?;
    for file in &files {
        rows::clear(change, file.id).await?;
    }
    super::link::clear(change, id).await?;
    let mut unreferenced = super::corrections::forget(change, id, None).await?;
    change
        .execute(Query::with(sql!("UPDATE list_file SET attachment_id = NULL WHERE version_id = $1"), [id.into()]))
        .await?;
    change
        .execute(Query::with(
            sql!("DELETE FROM attachment WHERE subject_kind = 'list_version' AND subject_id = $1"),
            [id.into()],
        ))
        .await?;
    change
        .record(Entry {
            verb: "list.discarded",
            subject: ("list_version", id),
            area: None,
            reason,
            data: json!({"list": version.called(files.first().map(|file| file.name.as_str())), "files": files.len()}),
        })
        .await?;
    for file in files {
        let still = change
            .count(Query::with(
                sql!("SELECT COUNT(*) FROM attachment WHERE sha256 = $1"),
                [file.sha256.as_str().into()],
            ))
            .await?;
        if still == 0 {
            unreferenced.push(file.sha256);
        }
    }
    Ok(unreferenced)
}

/// A file was read to its end.
pub async fn file_was_read(change: &Change<'_>, file: i64, first: i64, last: i64, seconds: f64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_file SET state = 'read', header_first = $1, header_last = $2, seconds = $3 WHERE id = $4"
            ),
            [first.into(), last.into(), seconds.into(), file.into()],
        ))
        .await?;
    Ok(())
}

/// What a committed list has in the registry now that no other brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Brought {
    pub families: i64,
    pub persons: i64,
    /// People it moved to another family.
    pub moved: i64,
}

/// What a list brought, as it stands: another list below it may have been taken back since, or have come back.
pub async fn brought(handle: &impl Handle, id: i64) -> Result<Brought> {
    let brought = handle
        .one(Query::with(
            sql!(
                "SELECT (SELECT COUNT(*) FROM family_list WHERE version_id = $1 AND linked_by = 'new' AND {whole_district counts of a version}) AS families,
                   (SELECT COUNT(DISTINCT person_id) FROM person_list WHERE version_id = $1 AND linked_by = 'new') AS persons,
                   (SELECT COUNT(*) FROM list_change WHERE version_id = $1 AND kind = 'person' AND field = 'family_id') AS moved"
            ),
            [id.into()],
        ))
        .await?;
    Ok(brought.unwrap_or_default())
}
