//! What pages and reports read of a version: rows by fault, families by difference, everything in order for a report.

use std::collections::BTreeMap;

use domain::lists::Fault;
use sea_orm::FromQueryResult;

use super::{Result, preview::gone, versions::Version};
use crate::{
    query::{Handle, Query},
    sql,
};

/// A row as shown: its cells as they came.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Row {
    pub id: i64,
    pub file_id: i64,
    pub row_no: i64,
    pub kind: String,
    pub severity: String,
    pub outcome: String,
    /// JSON array of the cells.
    pub raw: String,
    pub family_id: Option<i64>,
}

impl Row {
    pub fn cells(&self) -> Vec<String> {
        serde_json::from_str(&self.raw).unwrap_or_default()
    }
}

/// A finding as stored.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Found {
    pub id: i64,
    pub file_id: i64,
    pub row_id: Option<i64>,
    /// 0: about the file.
    pub row_no: i64,
    pub column_name: String,
    pub code: String,
    pub severity: String,
    pub value: String,
    pub reading: Option<String>,
    pub suggestion: Option<String>,
}

impl Found {
    pub fn fault(&self) -> Option<Fault> {
        self.code.parse().ok()
    }
}

/// Where a page of rows begins: behind this row of this file.
#[derive(Clone, Copy, Debug, Default)]
pub struct After {
    pub file: i64,
    pub row: i64,
}

/// A row of data of a version, within the actor's area.
pub async fn row(handle: &impl Handle, version: i64, id: i64) -> Result<Option<Row>> {
    Ok(handle
        .one(Query::with(
            sql!(
                "SELECT r.id, r.file_id, r.row_no, r.kind, r.severity, r.outcome, w.raw, u.family_id
                 FROM list_row r JOIN list_raw w ON w.row_id = r.id
                 LEFT JOIN list_unit u ON u.version_id = r.version_id AND u.family_key = r.family_key
                 WHERE r.version_id = $1 AND r.id = $2 AND r.kind IN ('family', 'person', 'unreadable') AND {scope COALESCE(u.village, 0)}"
            ),
            [version.into(), id.into()],
        ))
        .await?)
}

/// The rows of a version that carry any of these faults, in the order of the files, within the actor's area.
pub async fn rows_with(
    handle: &impl Handle,
    version: i64,
    codes: &[&str],
    after: After,
    limit: i64,
) -> Result<Vec<Row>> {
    let mut query = Query::new(sql!(
        "SELECT r.id, r.file_id, r.row_no, r.kind, r.severity, r.outcome, w.raw, u.family_id
         FROM list_row r JOIN list_raw w ON w.row_id = r.id
         LEFT JOIN list_unit u ON u.version_id = r.version_id AND u.family_key = r.family_key
         WHERE {scope COALESCE(u.village, 0)} AND r.id IN (SELECT f.row_id FROM list_finding f WHERE f.row_no > 0 AND"
    ));
    query.push_in(sql!("f.code"), codes.iter().copied());
    query.push_with(sql!(" AND f.file_id IN (SELECT id FROM list_file WHERE version_id = $$))"), version);
    query.push_with(sql!(" AND (r.file_id > $$"), after.file);
    query.push_with(sql!(" OR r.file_id = $$"), after.file);
    query.push_with(sql!(" AND r.row_no > $$)"), after.row);
    query.push_with(sql!(" ORDER BY r.file_id, r.row_no LIMIT $$"), limit);
    Ok(handle.all(query).await?)
}

/// How many rows of a version carry any of these faults.
pub async fn count_with(handle: &impl Handle, version: i64, codes: &[&str]) -> Result<i64> {
    let mut query = Query::new(sql!(
        "SELECT COUNT(DISTINCT f.row_id) FROM list_finding f WHERE f.row_no > 0 AND {whole_district counts of a version} AND"
    ));
    query.push_in(sql!("f.code"), codes.iter().copied());
    query.push_with(sql!(" AND f.file_id IN (SELECT id FROM list_file WHERE version_id = $$)"), version);
    Ok(handle.count(query).await?)
}

/// The findings of these rows, by row.
pub async fn findings_of(handle: &impl Handle, rows: &[Row]) -> Result<BTreeMap<i64, Vec<Found>>> {
    let mut query = Query::new(sql!(
        "SELECT id, file_id, row_id, row_no, column_name, code, severity, value, reading, suggestion FROM list_finding WHERE {checked the rows are within the scope} AND"
    ));
    query.push_in(sql!("row_id"), rows.iter().map(|row| row.id));
    query.push(sql!(" ORDER BY id"));
    let mut by_row: BTreeMap<i64, Vec<Found>> = BTreeMap::new();
    for found in handle.all::<Found>(query).await? {
        by_row.entry(found.row_id.unwrap_or(0)).or_default().push(found);
    }
    Ok(by_row)
}

/// The findings about the files of a version as a whole.
pub async fn file_findings(handle: &impl Handle, version: i64) -> Result<Vec<Found>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT id, file_id, row_id, row_no, column_name, code, severity, value, reading, suggestion FROM list_finding
                 WHERE row_id IS NULL AND file_id IN (SELECT id FROM list_file WHERE version_id = $1) AND {whole_district findings about a file}
                 ORDER BY file_id, id"
            ),
            [version.into()],
        ))
        .await?)
}

/// Findings of a file in the order of its rows, behind `after` (row, id): for reports of any size. Findings about the file
/// come first. For those who see the whole district.
pub async fn findings(handle: &impl Handle, file: i64, after: (i64, i64), limit: i64) -> Result<Vec<Found>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT id, file_id, row_id, row_no, column_name, code, severity, value, reading, suggestion FROM list_finding
                 WHERE file_id = $1 AND (row_no > $2 OR row_no = $2 AND id > $3) AND {whole_district report of a version}
                 ORDER BY row_no, id LIMIT $4"
            ),
            [file.into(), after.0.into(), after.1.into(), limit.into()],
        ))
        .await?)
}

/// A row as a report tells of it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ReportRow {
    pub row_no: i64,
    pub outcome: String,
    pub person_id: Option<i64>,
    pub family_id: Option<i64>,
    pub village: Option<i64>,
}

/// Rows of a file below its header, in order, behind `after`.
pub async fn report_rows(handle: &impl Handle, file: i64, after: i64, limit: i64) -> Result<Vec<ReportRow>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT r.row_no, r.outcome, COALESCE(p.person_id, CASE WHEN r.kind = 'family' THEN h.person_id END) AS person_id, u.family_id, COALESCE(r.village, u.village) AS village
                 FROM list_row r JOIN list_version v ON v.id = r.version_id
                 LEFT JOIN list_unit u ON u.version_id = r.version_id AND u.family_key = r.family_key
                 LEFT JOIN person_list p ON p.version_id = r.version_id AND p.row_id = r.id
                 LEFT JOIN person_list h ON h.version_id = r.version_id AND h.row_id = u.head_row_id
                 WHERE r.file_id = $1 AND r.row_no > $2 AND {whole_district report of a version} ORDER BY r.row_no LIMIT $3"
            ),
            [file.into(), after.into(), limit.into()],
        ))
        .await?)
}

/// Distinct persons and families that the rows of a file were linked to.
#[derive(Clone, Copy, Debug, Default, FromQueryResult)]
pub struct Linked {
    pub persons: i64,
    pub families: i64,
}

pub async fn linked(handle: &impl Handle, file: i64) -> Result<Linked> {
    Ok(handle
        .one(Query::with(
            sql!(
                "SELECT COUNT(DISTINCT p.person_id) AS persons, COUNT(DISTINCT u.family_id) AS families
                 FROM list_row r LEFT JOIN list_unit u ON u.version_id = r.version_id AND u.family_key = r.family_key
                 LEFT JOIN person_list p ON p.version_id = r.version_id AND p.row_id = r.id
                 WHERE r.file_id = $1 AND {whole_district report of a version}"
            ),
            [file.into()],
        ))
        .await?
        .unwrap_or_default())
}

/// Which part of the difference a page asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    New,
    Changed,
    Gone,
}

/// A family of the difference, with what was before.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Differs {
    /// Pages go on behind this.
    pub row_id: i64,
    pub family_id: Option<i64>,
    pub head_name: String,
    pub village: i64,
    pub address: String,
    pub rt: Option<String>,
    pub rw: Option<String>,
    pub members: i64,
    pub desil: Option<i64>,
    pub was_head: Option<String>,
    pub was_village: Option<i64>,
    pub was_address: Option<String>,
    pub was_rt: Option<String>,
    pub was_rw: Option<String>,
    pub was_members: Option<i64>,
    pub was_desil: Option<i64>,
    pub block: String,
    /// Programmes the family is enrolled in now.
    pub aid: i64,
}

/// A page of families of the difference, in the order of the list.
pub async fn differing(
    handle: &impl Handle,
    version: &Version,
    part: Part,
    after: i64,
    limit: i64,
) -> Result<Vec<Differs>> {
    let mut query = match part {
        Part::New | Part::Changed => Query::with(
            sql!(
                "SELECT u.row_id, u.family_id, u.head_name, u.village, u.address, u.rt, u.rw, u.members, u.desil_national AS desil,
                   o.head_name AS was_head, o.village AS was_village, o.address AS was_address, o.rt AS was_rt, o.rw AS was_rw, o.members AS was_members, o.desil_national AS was_desil, u.block,
                   (SELECT COUNT(*) FROM enrolment e WHERE e.family_id = u.family_id AND e.state IN ('enrolled', 'active')) AS aid
                 FROM list_unit u LEFT JOIN list_unit o ON o.version_id = $2 AND o.family_id = u.family_id
                 WHERE u.version_id = $1 AND {scope u.village} AND u.change = $3"
            ),
            [
                version.id.into(),
                version.previous_id.unwrap_or(0).into(),
                if part == Part::New { "new" } else { "changed" }.into(),
            ],
        ),
        Part::Gone => Query::with(
            sql!(concat!(
                "SELECT o.row_id, o.family_id, o.head_name, o.village, o.address, o.rt, o.rw, o.members, o.desil_national AS desil,
                   CAST(NULL AS TEXT) AS was_head, CAST(NULL AS BIGINT) AS was_village, CAST(NULL AS TEXT) AS was_address, CAST(NULL AS TEXT) AS was_rt, CAST(NULL AS TEXT) AS was_rw, CAST(NULL AS BIGINT) AS was_members, CAST(NULL AS BIGINT) AS was_desil, o.block,
                   (SELECT COUNT(*) FROM enrolment e WHERE e.family_id = o.family_id AND e.state IN ('enrolled', 'active')) AS aid",
                gone!(),
                " AND {scope o.village}"
            )),
            [version.id.into(), version.previous_id.unwrap_or(0).into()],
        ),
    };
    match part {
        Part::Gone => query.push_with(sql!(" AND o.row_id > $$ ORDER BY o.row_id"), after),
        _ => query.push_with(sql!(" AND u.row_id > $$ ORDER BY u.row_id"), after),
    };
    query.push_with(sql!(" LIMIT $$"), limit);
    Ok(handle.all(query).await?)
}

/// Rows of a file down to its header's last.
pub async fn rows_above(handle: &impl Handle, file: i64, header_last: i64) -> Result<i64> {
    Ok(handle
        .count(Query::with(
            sql!("SELECT COUNT(*) FROM list_row WHERE file_id = $1 AND row_no <= $2 AND {whole_district counts of a version}"),
            [file.into(), header_last.into()],
        ))
        .await?)
}
