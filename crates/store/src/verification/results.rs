//! Results that come as a workbook: staged row by row with their faults and differences, then taken in exactly as shown.

use domain::verification::{Channel, Finding, Visitor};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Result, VerificationError, parse, to_json,
    visits::{NewVisit, Recorded, record_visits},
};
use crate::{
    bulk::{self, Cell, Type},
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// A workbook of results.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Upload {
    pub id: i64,
    pub round_id: i64,
    pub attachment_id: i64,
    pub name: String,
    /// reading, ready, committed, discarded, rejected
    pub state: String,
    /// Why the whole file was rejected: a message key.
    pub problem: Option<String>,
    pub rows_total: i64,
    pub rows_new: i64,
    pub rows_changed: i64,
    pub rows_same: i64,
    pub rows_faulty: i64,
    /// Families without a result in the file.
    pub rows_empty: i64,
    pub conflicts: i64,
    pub created_by: Option<i64>,
    pub created_at: String,
    pub committed_at: Option<String>,
}

/// What a row says, kept until it is taken in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RowFinding {
    pub visitor: String,
    pub visited_on: String,
    pub finding: Finding,
}

/// A row to be staged.
#[derive(Clone, Debug)]
pub struct NewRow {
    pub row_no: i64,
    pub assignment: Option<i64>,
    pub village: Option<i64>,
    /// The name by which an official recognises the row.
    pub label: String,
    /// new, changed, same, faulty
    pub kind: &'static str,
    /// The standing result in words, where there is one.
    pub before: Option<String>,
    pub finding: Option<RowFinding>,
}

/// What is wrong with a cell.
#[derive(Clone, Debug, FromQueryResult)]
pub struct UploadFault {
    pub row_no: i64,
    /// As a spreadsheet names it: `G14`.
    pub cell: String,
    pub column_name: String,
    /// Message key.
    pub code: String,
    pub value: String,
    pub suggestion: Option<String>,
}

const UPLOAD: &str = "SELECT id, round_id, attachment_id, name, state, problem, rows_total, rows_new, rows_changed, rows_same, rows_faulty, rows_empty, conflicts, created_by, created_at, committed_at FROM result_upload";

pub async fn upload(handle: &impl Handle, id: i64) -> Result<Option<Upload>> {
    let mut query = Query::new(sql!(UPLOAD));
    query.push_with(sql!(" WHERE id = $$"), id);
    Ok(handle.one(query).await?)
}

/// The workbooks of a round, newest first.
pub async fn uploads(handle: &impl Handle, round: i64) -> Result<Vec<Upload>> {
    let mut query = Query::new(sql!(UPLOAD));
    query.push_with(sql!(" WHERE round_id = $$ ORDER BY id DESC"), round);
    Ok(handle.all(query).await?)
}

/// Notes that a workbook came in and is being read.
pub async fn start_upload(change: &Change<'_>, round: i64, attachment: i64, name: &str) -> Result<i64> {
    let target = super::rounds::round(change, round).await?.ok_or(VerificationError::NotFound)?;
    if target.state != domain::verification::round::State::Open {
        return Err(VerificationError::RoundNotOpen(target.state));
    }
    Ok(change
        .insert(Query::with(
            sql!(
                "INSERT INTO result_upload (round_id, attachment_id, name, state, rows_total, rows_new, rows_changed, rows_same, rows_faulty, rows_empty, conflicts, created_by, created_at)
                 VALUES ($1, $2, $3, 'reading', 0, 0, 0, 0, 0, 0, 0, $4, $5) RETURNING id"
            ),
            [round.into(), attachment.into(), name.into(), change.actor().user.into(), change.at().into()],
        ))
        .await?)
}

/// The whole file cannot be read as results of this round.
pub async fn reject_upload(change: &Change<'_>, id: i64, problem: &str) -> Result<()> {
    change
        .execute(Query::with(
            sql!("UPDATE result_upload SET state = 'rejected', problem = $1 WHERE id = $2 AND state = 'reading'"),
            [problem.into(), id.into()],
        ))
        .await?;
    Ok(())
}

/// Keeps what was read, with the counts that follow from it. `empty` rows had no result.
pub async fn store_rows(
    change: &Change<'_>,
    id: i64,
    rows: Vec<NewRow>,
    faults: Vec<UploadFault>,
    empty: i64,
) -> Result<()> {
    const ROWS: [(&str, Type); 8] = [
        ("upload_id", Type::Int),
        ("row_no", Type::Int),
        ("assignment_id", Type::Int),
        ("village", Type::Int),
        ("label", Type::Text),
        ("kind", Type::Text),
        ("before", Type::Text),
        ("finding", Type::Text),
    ];
    const FAULTS: [(&str, Type); 7] = [
        ("upload_id", Type::Int),
        ("row_no", Type::Int),
        ("cell", Type::Text),
        ("column_name", Type::Text),
        ("code", Type::Text),
        ("value", Type::Text),
        ("suggestion", Type::Text),
    ];
    // a reading that was stopped half way begins anew
    change
        .execute(Query::with(
            sql!("DELETE FROM result_row WHERE upload_id = $1 AND {whole_district rows of one file}"),
            [id.into()],
        ))
        .await?;
    change.execute(Query::with(sql!("DELETE FROM result_fault WHERE upload_id = $1"), [id.into()])).await?;
    let count = |kind: &str| rows.iter().filter(|row| row.kind == kind).count() as i64;
    let counts = [count("new"), count("changed"), count("same"), count("faulty")];
    let mut cells: Vec<Vec<Cell>> = Vec::with_capacity(rows.len());
    for row in rows {
        let finding = row.finding.as_ref().map(|finding| to_json(finding, "a finding")).transpose()?;
        cells.push(vec![
            id.into(),
            row.row_no.into(),
            row.assignment.into(),
            row.village.into(),
            row.label.into(),
            row.kind.into(),
            row.before.into(),
            finding.into(),
        ]);
    }
    bulk::insert(change, "result_row", &ROWS, cells).await?;
    let faults: Vec<Vec<Cell>> = faults
        .into_iter()
        .map(|fault| {
            vec![
                id.into(),
                fault.row_no.into(),
                fault.cell.into(),
                fault.column_name.into(),
                fault.code.into(),
                fault.value.into(),
                fault.suggestion.into(),
            ]
        })
        .collect();
    bulk::insert(change, "result_fault", &FAULTS, faults).await?;
    let [new, changed, same, faulty] = counts;
    change
        .execute(Query::with(
            sql!(
                "UPDATE result_upload SET state = 'ready', rows_total = $1, rows_new = $2, rows_changed = $3, rows_same = $4, rows_faulty = $5, rows_empty = $6
                 WHERE id = $7 AND state = 'reading'"
            ),
            [
                (new + changed + same + faulty + empty).into(),
                new.into(),
                changed.into(),
                same.into(),
                faulty.into(),
                empty.into(),
                id.into(),
            ],
        ))
        .await?;
    Ok(())
}

/// A staged row.
#[derive(Clone, Debug, FromQueryResult)]
pub struct UploadRow {
    pub row_no: i64,
    pub assignment_id: Option<i64>,
    pub village: Option<i64>,
    pub label: String,
    pub kind: String,
    pub before: Option<String>,
    finding: Option<String>,
}

impl UploadRow {
    pub fn finding(&self) -> Result<Option<RowFinding>> {
        Ok(self.finding.as_deref().map(|text| parse(text, "a finding")).transpose()?)
    }
}

/// The staged rows of a kind within the actor's area, in the file's order.
pub async fn upload_rows(handle: &impl Handle, id: i64, kind: &str, limit: i64) -> Result<Vec<UploadRow>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT row_no, assignment_id, village, label, kind, before, finding FROM result_row
                 WHERE upload_id = $1 AND kind = $2 AND {scope village} ORDER BY row_no LIMIT $3"
            ),
            [id.into(), kind.into(), limit.into()],
        ))
        .await?)
}

/// What is wrong, cell by cell, in the file's order.
pub async fn upload_faults(handle: &impl Handle, id: i64, limit: i64) -> Result<Vec<UploadFault>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT row_no, cell, column_name, code, value, suggestion FROM result_fault WHERE upload_id = $1 ORDER BY row_no, id LIMIT $2"
            ),
            [id.into(), limit.into()],
        ))
        .await?)
}

/// Takes in the rows that are new or changed, exactly as staged. Rows with faults stay out. Once only.
pub async fn commit_upload(change: &Change<'_>, id: i64) -> Result<Recorded> {
    let claimed = change
        .execute(Query::with(
            sql!("UPDATE result_upload SET state = 'committed', committed_at = $1 WHERE id = $2 AND state = 'ready'"),
            [change.at().into(), id.into()],
        ))
        .await?;
    let upload = upload(change, id).await?.ok_or(VerificationError::NotFound)?;
    if claimed == 0 {
        return Err(VerificationError::UploadState(upload.state));
    }
    let mut visits = Vec::new();
    for kind in ["new", "changed"] {
        for row in upload_rows(change, id, kind, i64::MAX).await? {
            let (Some(assignment), Some(finding)) = (row.assignment_id, row.finding()?) else { continue };
            visits.push(NewVisit {
                command_id: format!("workbook-{id}-{}", row.row_no),
                assignment,
                visitor: Visitor::Named(finding.visitor),
                visited_at: finding.visited_on,
                channel: Channel::Workbook,
                finding: finding.finding,
            });
        }
    }
    visits.sort_by_key(|visit| visit.assignment);
    let recorded = record_visits(change, visits).await?;
    change
        .execute(Query::with(
            sql!("UPDATE result_upload SET conflicts = $1 WHERE id = $2"),
            [recorded.conflicts.into(), id.into()],
        ))
        .await?;
    change
        .record(Entry {
            verb: "results.committed",
            subject: ("round", upload.round_id),
            area: None,
            reason: None,
            data: json!({"file": upload.name, "visits": recorded.visits, "conflicts": recorded.conflicts}),
        })
        .await?;
    Ok(recorded)
}

/// Puts a workbook aside: nothing of it is taken in.
pub async fn discard_upload(change: &Change<'_>, id: i64) -> Result<()> {
    let upload = upload(change, id).await?.ok_or(VerificationError::NotFound)?;
    let changed = change
        .execute(Query::with(
            sql!("UPDATE result_upload SET state = 'discarded' WHERE id = $1 AND state IN ('ready', 'rejected')"),
            [id.into()],
        ))
        .await?;
    if changed == 0 {
        return Err(VerificationError::UploadState(upload.state));
    }
    Ok(())
}
