//! Corrections as kept: workbooks that came back or cells typed on a page, what that does to findings and registry.
//!
//! A correction is read and compared, looked at by a person, applied, and can be taken back ([`super::correct`]). Its cells
//! lie over the rows of their file ([`overlay`]), which stay as they came.

use std::collections::BTreeMap;

use domain::lists::{Cell, CorrectionState, Overlay};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};

use super::{Error, Result};
use crate::{
    bulk::{self, Type},
    connect::{self, Change},
    query::{Handle, Query},
    sql,
};

/// A correction, as pages show it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Correction {
    pub id: i64,
    pub version_id: i64,
    /// `None` until its workbook was read.
    pub file_id: Option<i64>,
    pub sheet_no: Option<i64>,
    pub name: String,
    pub sha256: String,
    pub size: i64,
    pub state: String,
    /// A word for why it was refused, then what it names, parted by `|`.
    pub refusal: Option<String>,
    pub summary: String,
    pub made_name: Option<String>,
    pub made_at: String,
    pub applied_name: Option<String>,
    pub applied_at: Option<String>,
    pub undone_name: Option<String>,
    pub undone_at: Option<String>,
}

impl Correction {
    pub fn state(&self) -> Result<CorrectionState> {
        CorrectionState::from_word(&self.state)
            .ok_or_else(|| connect::Error::Stored(format!("unknown state {} of a correction", self.state)).into())
    }

    pub fn summary(&self) -> Summary {
        serde_json::from_str(&self.summary).unwrap_or_default()
    }

    /// Typed on the page of a row; no workbook came.
    pub const fn is_typed(&self) -> bool {
        self.sha256.is_empty()
    }
}

/// The difference in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    pub cells: i64,
    /// Rows with a corrected cell.
    pub rows: i64,
    /// Other rows whose findings change: one number less twice.
    pub affected: i64,
    pub gone: i64,
    pub left: i64,
    pub new: i64,
    /// Rows taken out of the workbook; they stay as they are.
    pub removed: i64,
    /// Rows written in by hand; they are not taken.
    pub added: i64,
    /// Rows that stand in the workbook twice; neither is taken.
    pub twice: i64,
    /// Rows whose key names no row of the file.
    pub unknown: i64,
    pub columns_missing: Vec<String>,
    pub columns_added: Vec<String>,
    /// Cells that somebody corrected otherwise since the workbook was made.
    pub meanwhile: i64,
    /// Rows kept out of a decree, before and after.
    pub blocked_before: i64,
    pub blocked_after: i64,
    /// In the registry.
    pub families_changed: i64,
    pub persons_changed: i64,
    pub families_new: i64,
    pub families_gone: i64,
    pub persons_new: i64,
    pub persons_gone: i64,
}

/// A corrected cell.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct CellChange {
    pub row_no: i64,
    pub column_no: i64,
    pub header: String,
    pub was: String,
    pub became: String,
    /// See [`Cell::kind`].
    pub kind: String,
}

/// A finding as told in a difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Told {
    pub column: String,
    pub code: String,
    pub value: String,
}

/// What becomes of a row's findings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Findings {
    pub gone: Vec<Told>,
    pub left: Vec<Told>,
    pub new: Vec<Told>,
}

/// A row that a correction concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    pub file: i64,
    pub row: i64,
    pub state: &'static str,
    pub findings: Findings,
}

/// The same, as stored.
#[derive(Clone, Debug, FromQueryResult)]
pub struct RowLine {
    pub file_id: i64,
    pub row_no: i64,
    pub state: String,
    pub findings: String,
}

impl RowLine {
    pub fn findings(&self) -> Findings {
        serde_json::from_str(&self.findings).unwrap_or_default()
    }
}

/// A fact of the registry that a correction changes.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Effect {
    /// family, person
    pub kind: String,
    pub subject_id: i64,
    /// A column of that table; empty when the subject comes (`became`) or goes (`was`).
    pub field: String,
    pub was: Option<String>,
    pub became: Option<String>,
}

/// What reading and comparing a workbook found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub cells: Vec<CellChange>,
    pub rows: Vec<RowChange>,
    pub effects: Vec<Effect>,
    pub summary: Summary,
}

const CORRECTIONS: &str = "SELECT c.id, c.version_id, c.file_id, c.sheet_no, c.name, c.sha256, c.size, c.state, c.refusal, c.summary, m.name AS made_name, c.made_at, a.name AS applied_name, c.applied_at, u.name AS undone_name, c.undone_at
  FROM list_correction c LEFT JOIN app_user m ON m.id = c.made_by LEFT JOIN app_user a ON a.id = c.applied_by LEFT JOIN app_user u ON u.id = c.undone_by WHERE 1 = 1";

pub async fn correction(handle: &impl Handle, id: i64) -> Result<Correction> {
    let mut query = Query::new(sql!(CORRECTIONS));
    query.push_with(sql!(" AND c.id = $$"), id);
    handle.one(query).await?.ok_or(Error::Unknown)
}

/// The corrections of a version, the newest first; not those thrown away.
pub async fn of_version(handle: &impl Handle, version: i64) -> Result<Vec<Correction>> {
    let mut query = Query::new(sql!(CORRECTIONS));
    query.push_with(sql!(" AND c.state <> 'discarded' AND c.version_id = $$ ORDER BY c.id DESC"), version);
    Ok(handle.all(query).await?)
}

/// The same workbook, if it was applied to this version and stands.
pub async fn same(handle: &impl Handle, version: i64, sha256: &str) -> Result<Option<Correction>> {
    let mut query = Query::new(sql!(CORRECTIONS));
    query.push_with(sql!(" AND c.state = 'applied' AND c.version_id = $$"), version);
    query.push_with(sql!(" AND c.sha256 = $$ ORDER BY c.id DESC LIMIT 1"), sha256);
    Ok(handle.one(query).await?)
}

/// Takes note of a workbook that came back; it waits to be read.
pub async fn begin(change: &Change<'_>, version: i64, name: &str, sha256: &str, size: i64) -> Result<i64> {
    Ok(change
        .insert(Query::with(
            sql!(
                "INSERT INTO list_correction (version_id, name, sha256, size, state, made_by, made_at) VALUES ($1, $2, $3, $4, 'reading', $5, $6) RETURNING id"
            ),
            [
                version.into(),
                name.into(),
                sha256.into(),
                size.into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?)
}

/// The correction of a file that the actor is typing: compared, and neither applied nor thrown away.
pub async fn typed(handle: &impl Handle, file: i64) -> Result<Option<Correction>> {
    let mut query = Query::new(sql!(CORRECTIONS));
    query.push_with(sql!(" AND c.sha256 = '' AND c.state = 'ready' AND c.file_id = $$"), file);
    query.push_with(sql!(" AND c.made_by = $$ ORDER BY c.id DESC LIMIT 1"), handle.actor().user);
    Ok(handle.one(query).await?)
}

/// Puts cells of one row into the correction that the actor is typing, or begins one; it waits to be compared.
pub async fn put(change: &Change<'_>, file: &super::File, row: i64, cells: &[CellChange]) -> Result<i64> {
    let id = if let Some(open) = typed(change, file.id).await? {
        become_state(change, open.id, CorrectionState::Reading).await?;
        open.id
    } else {
        let id = begin(change, file.version_id, &file.name, "", 0).await?;
        let of_file = [file.id.into(), file.sheet_no.into(), id.into()];
        change
            .execute(Query::with(sql!("UPDATE list_correction SET file_id = $1, sheet_no = $2 WHERE id = $3"), of_file))
            .await?;
        id
    };
    let mut query = Query::new(sql!("DELETE FROM list_correction_cell WHERE {whole_district import} AND"));
    query.push_in(sql!("column_no"), cells.iter().map(|cell| cell.column_no));
    query.push_with(sql!(" AND correction_id = $$"), id);
    query.push_with(sql!(" AND row_no = $$"), row);
    change.execute(query).await?;
    insert_cells(change, id, cells).await?;
    Ok(id)
}

/// Every cell of a correction, in the order of the file.
pub async fn all_cells(handle: &impl Handle, id: i64) -> Result<Vec<CellChange>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT row_no, column_no, header, was, became, kind FROM list_correction_cell
                 WHERE correction_id = $1 AND {whole_district corrections of a list} ORDER BY row_no, column_no"
            ),
            [id.into()],
        ))
        .await?)
}

/// Moves a correction on; refused when its state does not allow it, so that it is not applied twice.
pub async fn become_state(change: &Change<'_>, id: i64, next: CorrectionState) -> Result<()> {
    let now = correction(change, id).await?.state()?;
    if !now.may_become(next) {
        return Err(Error::Correction(now, next));
    }
    let changed = change
        .execute(Query::with(
            sql!("UPDATE list_correction SET state = $1 WHERE id = $2 AND state = $3"),
            [next.as_str().into(), id.into(), now.as_str().into()],
        ))
        .await?;
    if changed == 0 { Err(Error::Correction(now, next)) } else { Ok(()) }
}

/// Says why a workbook is not taken: a word and what it names.
pub async fn refuse(change: &Change<'_>, id: i64, refusal: &str) -> Result<()> {
    become_state(change, id, CorrectionState::Refused).await?;
    change
        .execute(Query::with(
            sql!("UPDATE list_correction SET refusal = $1 WHERE id = $2"),
            [refusal.into(), id.into()],
        ))
        .await?;
    Ok(())
}

/// Keeps what was found: the correction is ready, or says nothing new.
pub async fn keep(change: &Change<'_>, id: i64, file: i64, sheet: i64, found: &Found) -> Result<()> {
    clear(change, id).await?;
    change
        .execute(Query::with(
            sql!("UPDATE list_correction SET file_id = $1, sheet_no = $2 WHERE id = $3"),
            [file.into(), sheet.into(), id.into()],
        ))
        .await?;
    keep_summary(change, id, &found.summary).await?;
    insert_cells(change, id, &found.cells).await?;
    let rows = found.rows.iter().map(|row| {
        let findings = serde_json::to_string(&row.findings).unwrap_or_default();
        vec![id.into(), row.file.into(), row.row.into(), row.state.into(), findings.into()]
    });
    let rows: Vec<_> = rows.collect();
    bulk::insert(
        change,
        "list_correction_row",
        &[
            ("correction_id", Type::Int),
            ("file_id", Type::Int),
            ("row_no", Type::Int),
            ("state", Type::Text),
            ("findings", Type::Text),
        ],
        rows,
    )
    .await?;
    keep_effects(change, id, &found.effects).await?;
    let next = if found.cells.is_empty() { CorrectionState::Nothing } else { CorrectionState::Ready };
    become_state(change, id, next).await
}

async fn insert_cells(change: &Change<'_>, id: i64, cells: &[CellChange]) -> Result<()> {
    let cells = cells.iter().map(|cell| {
        let CellChange { row_no, column_no, header, was, became, kind } = cell;
        vec![
            id.into(),
            (*row_no).into(),
            (*column_no).into(),
            header.as_str().into(),
            was.as_str().into(),
            became.as_str().into(),
            kind.as_str().into(),
        ]
    });
    let cells: Vec<_> = cells.collect();
    bulk::insert(
        change,
        "list_correction_cell",
        &[
            ("correction_id", Type::Int),
            ("row_no", Type::Int),
            ("column_no", Type::Int),
            ("header", Type::Text),
            ("was", Type::Text),
            ("became", Type::Text),
            ("kind", Type::Text),
        ],
        cells,
    )
    .await?;
    Ok(())
}

pub(super) async fn keep_summary(change: &Change<'_>, id: i64, summary: &Summary) -> Result<()> {
    change
        .execute(Query::with(
            sql!("UPDATE list_correction SET summary = $1 WHERE id = $2"),
            [serde_json::to_string(summary).unwrap_or_default().into(), id.into()],
        ))
        .await?;
    Ok(())
}

/// Keeps what applying really did to the registry.
pub(super) async fn keep_effects(change: &Change<'_>, id: i64, effects: &[Effect]) -> Result<()> {
    change
        .execute(Query::with(
            sql!("DELETE FROM list_correction_effect WHERE correction_id = $1 -- {whole_district import}"),
            [id.into()],
        ))
        .await?;
    let rows = effects.iter().map(|effect| {
        vec![
            id.into(),
            effect.kind.as_str().into(),
            effect.subject_id.into(),
            effect.field.as_str().into(),
            effect.was.as_deref().into(),
            effect.became.as_deref().into(),
        ]
    });
    let rows: Vec<_> = rows.collect();
    bulk::insert(
        change,
        "list_correction_effect",
        &[
            ("correction_id", Type::Int),
            ("kind", Type::Text),
            ("subject_id", Type::Int),
            ("field", Type::Text),
            ("was", Type::Text),
            ("became", Type::Text),
        ],
        rows,
    )
    .await?;
    Ok(())
}

/// Forgets what was found of a correction, so that it can be compared anew.
async fn clear(change: &Change<'_>, id: i64) -> Result<()> {
    for statement in [
        sql!("DELETE FROM list_correction_cell WHERE correction_id = $1 -- {whole_district import}"),
        sql!("DELETE FROM list_correction_row WHERE correction_id = $1 -- {whole_district import}"),
        sql!("DELETE FROM list_correction_effect WHERE correction_id = $1 -- {whole_district import}"),
    ] {
        change.execute(Query::with(statement, [id.into()])).await?;
    }
    Ok(())
}

/// Throws a correction away that was not applied. Answers with the digest of its workbook when nothing refers to it.
pub async fn discard(change: &Change<'_>, id: i64) -> Result<Option<String>> {
    let correction = correction(change, id).await?;
    become_state(change, id, CorrectionState::Discarded).await?;
    clear(change, id).await?;
    change
        .execute(Query::with(
            sql!("DELETE FROM attachment WHERE subject_kind = 'list_correction' AND subject_id = $1"),
            [id.into()],
        ))
        .await?;
    unreferenced(change, correction.sha256).await
}

async fn unreferenced(change: &Change<'_>, sha256: String) -> Result<Option<String>> {
    if sha256.is_empty() {
        return Ok(None);
    }
    let still = change
        .count(Query::with(sql!("SELECT COUNT(*) FROM attachment WHERE sha256 = $1"), [sha256.as_str().into()]))
        .await?;
    Ok((still == 0).then_some(sha256))
}

/// Forgets the corrections of a version that is thrown away, or of one file of it. Answers with the digests of their
/// workbooks that nothing refers to any more.
pub(super) async fn forget(change: &Change<'_>, version: i64, file: Option<i64>) -> Result<Vec<String>> {
    let mut gone = Vec::new();
    let mut query = Query::new(sql!(CORRECTIONS));
    query.push_with(sql!(" AND c.version_id = $$"), version);
    if let Some(file) = file {
        query.push_with(sql!(" AND c.file_id = $$"), file);
    }
    query.push(sql!(" ORDER BY c.id"));
    for correction in change.all::<Correction>(query).await? {
        clear(change, correction.id).await?;
        for statement in [
            sql!("DELETE FROM attachment WHERE subject_kind = 'list_correction' AND subject_id = $1"),
            sql!("DELETE FROM list_correction WHERE id = $1"),
        ] {
            change.execute(Query::with(statement, [correction.id.into()])).await?;
        }
        gone.extend(unreferenced(change, correction.sha256).await?);
    }
    Ok(gone)
}

/// Which corrections lie over a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    /// As they stood before that journal entry; `None`: now.
    pub before: Option<i64>,
    /// One that does not count, or counts although it is not applied.
    pub without: Option<i64>,
    pub with: Option<i64>,
}

#[derive(FromQueryResult)]
struct Laid {
    row_no: i64,
    column_no: i64,
    became: String,
    kind: String,
}

/// The corrected cells of a file's sheet.
pub async fn overlay(handle: &impl Handle, file: i64, sheet: i64, standing: Standing) -> Result<Overlay> {
    let mut query = Query::with(
        sql!(
            "SELECT k.row_no, k.column_no, k.became, k.kind FROM list_correction c JOIN list_correction_cell k ON k.correction_id = c.id
             WHERE c.file_id = $1 AND c.sheet_no = $2 AND {whole_district import} AND (c.id = $3 OR c.id <> $4"
        ),
        [
            file.into(),
            sheet.into(),
            standing.with.unwrap_or(0).into(),
            standing.without.unwrap_or(0).into(),
        ],
    );
    match standing.before {
        Some(entry) => {
            query.push_with(
                sql!(" AND c.applied_entry < $$ AND (c.undone_entry IS NULL OR c.undone_entry > $$))"),
                entry,
            );
        }
        None => {
            query.push(sql!(" AND c.state IN ('applied', 'undoing'))"));
        }
    }
    // one that is not applied yet comes last
    query.push(sql!(
        " ORDER BY CASE WHEN c.applied_entry IS NULL THEN 1 ELSE 0 END, c.applied_entry, k.row_no, k.column_no"
    ));
    let mut overlay = Overlay::default();
    for laid in handle.all::<Laid>(query).await? {
        overlay.put(laid.row_no as u32, laid.column_no as usize, Cell::of_kind(&laid.kind, &laid.became));
    }
    Ok(overlay)
}

/// The corrected cells of a correction, in the order of its rows, behind `after` (row, column).
pub async fn cells(handle: &impl Handle, id: i64, rows: &[i64]) -> Result<BTreeMap<i64, Vec<CellChange>>> {
    let mut query = Query::new(sql!(
        "SELECT row_no, column_no, header, was, became, kind FROM list_correction_cell WHERE {whole_district corrections of a list} AND"
    ));
    query.push_in(sql!("row_no"), rows.iter().copied());
    query.push_with(sql!(" AND correction_id = $$ ORDER BY row_no, column_no"), id);
    let mut by_row: BTreeMap<i64, Vec<CellChange>> = BTreeMap::new();
    for cell in handle.all::<CellChange>(query).await? {
        by_row.entry(cell.row_no).or_default().push(cell);
    }
    Ok(by_row)
}

/// The rows of a correction in one state, behind `after` (file, row).
pub async fn rows(handle: &impl Handle, id: i64, state: &str, after: (i64, i64), limit: i64) -> Result<Vec<RowLine>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT file_id, row_no, state, findings FROM list_correction_row
                 WHERE correction_id = $1 AND state = $2 AND (file_id > $3 OR file_id = $3 AND row_no > $4) AND {whole_district corrections of a list}
                 ORDER BY file_id, row_no LIMIT $5"
            ),
            [id.into(), state.into(), after.0.into(), after.1.into(), limit.into()],
        ))
        .await?)
}

/// An effect with whom it is about, as far as they are there now.
#[derive(Clone, Debug, FromQueryResult)]
pub struct NamedEffect {
    pub kind: String,
    pub subject_id: i64,
    pub field: String,
    pub was: Option<String>,
    pub became: Option<String>,
    pub name: Option<String>,
    /// The family, or the one the person lives in.
    pub family_id: Option<i64>,
}

/// What a correction changes in the registry, families first.
pub async fn effects(handle: &impl Handle, id: i64, limit: i64) -> Result<Vec<NamedEffect>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT e.kind, e.subject_id, e.field, e.was, e.became, COALESCE(f.head_name, p.name) AS name, COALESCE(f.id, p.family_id) AS family_id
                 FROM list_correction_effect e LEFT JOIN family f ON e.kind = 'family' AND f.id = e.subject_id
                 LEFT JOIN person p ON e.kind = 'person' AND p.id = e.subject_id
                 WHERE e.correction_id = $1 AND {whole_district corrections of a list} ORDER BY e.kind, e.subject_id, e.field LIMIT $2"
            ),
            [id.into(), limit.into()],
        ))
        .await?)
}

/// A row as it came: what kind it was read as and its cells.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Came {
    pub row_no: i64,
    pub kind: String,
    /// JSON array of the cells.
    pub raw: String,
}

/// These rows of a file as they came, by row.
pub async fn came(handle: &impl Handle, file: i64, rows: &[i64]) -> Result<BTreeMap<i64, Came>> {
    let mut query = Query::new(sql!(
        "SELECT r.row_no, r.kind, w.raw FROM list_row r JOIN list_raw w ON w.row_id = r.id WHERE {whole_district a list is corrected} AND"
    ));
    query.push_in(sql!("r.row_no"), rows.iter().copied());
    query.push_with(sql!(" AND r.file_id = $$ ORDER BY r.row_no"), file);
    Ok(handle.all::<Came>(query).await?.into_iter().map(|came| (came.row_no, came)).collect())
}

/// The columns of these rows whose numeric identity number waits to be confirmed: row, header, and the digits as read.
pub async fn suspect(handle: &impl Handle, file: i64, rows: &[i64]) -> Result<Vec<(i64, String, String)>> {
    let mut query = Query::new(sql!(
        "SELECT id, file_id, row_id, row_no, column_name, code, severity, value, reading, suggestion FROM list_finding
         WHERE code IN ('nik.suspect_numeric', 'kk.suspect_numeric') AND {whole_district a list is corrected} AND"
    ));
    query.push_in(sql!("row_no"), rows.iter().copied());
    query.push_with(sql!(" AND file_id = $$ ORDER BY id"), file);
    let found = handle.all::<super::show::Found>(query).await?;
    Ok(found.into_iter().map(|found| (found.row_no, found.column_name, found.reading.unwrap_or(found.value))).collect())
}

/// The rows of data of a file, or those of an area (first and last number of a village in it), in order.
pub async fn data_rows(handle: &impl Handle, file: i64, within: Option<(i64, i64)>) -> Result<Vec<i64>> {
    let mut query = Query::with(
        sql!(
            "SELECT r.row_no FROM list_row r LEFT JOIN list_unit u ON u.version_id = r.version_id AND u.family_key = r.family_key
             WHERE r.file_id = $1 AND r.kind IN ('family', 'person', 'unreadable') AND {whole_district a list is corrected}"
        ),
        [file.into()],
    );
    if let Some((first, last)) = within {
        query.push_with(sql!(" AND COALESCE(u.village, r.village, 0) >= $$"), first);
        query.push_with(sql!(" AND COALESCE(u.village, r.village, 0) <= $$"), last);
    }
    query.push(sql!(" ORDER BY r.row_no"));
    Ok(handle.column(query).await?)
}

/// How many rows of a version want a correction (warned of, held back or unreadable), by village; 0: of none.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Wanting {
    pub village: i64,
    pub rows: i64,
    pub all_rows: i64,
}

pub async fn wanting(handle: &impl Handle, version: i64) -> Result<Vec<Wanting>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT COALESCE(u.village, r.village, 0) AS village, COUNT(CASE WHEN r.severity IN ('warn', 'block', 'reject') THEN 1 END) AS rows, COUNT(*) AS all_rows
                 FROM list_row r LEFT JOIN list_unit u ON u.version_id = r.version_id AND u.family_key = r.family_key
                 WHERE r.version_id = $1 AND r.kind IN ('family', 'person', 'unreadable') AND {whole_district counts of a version}
                 GROUP BY COALESCE(u.village, r.village, 0) ORDER BY 1"
            ),
            [version.into()],
        ))
        .await?)
}

/// Corrections that were worked on when the program ended, with no job that goes on with them, go back to where they were.
/// `only`: no other correction than this.
pub async fn recover(change: &Change<'_>, only: Option<i64>) -> crate::Result<u64> {
    let mut query = Query::new(sql!(
        "UPDATE list_correction SET state = CASE state WHEN 'reading' THEN 'discarded' WHEN 'undoing' THEN 'applied' ELSE 'ready' END
         WHERE state IN ('reading', 'applying', 'undoing')
           AND NOT EXISTS (SELECT 1 FROM job j WHERE j.subject_id = list_correction.id AND j.kind LIKE 'correction.%' AND j.state IN ('waiting', 'running'))"
    ));
    if let Some(id) = only {
        query.push_with(sql!(" AND id = $$"), id);
    }
    change.execute(query).await
}
