//! What only the whole version tells: findings about families, a NIK that belongs to somebody else, and the counts.

use std::collections::BTreeMap;

use domain::lists::{Fault, Finding};
use sea_orm::FromQueryResult;

use super::{Result, rows, versions};
use crate::{
    connect::Change,
    query::{Handle, Query},
    sql,
};

/// Stores findings that came after the rows: `(file, finding)`, each tied to its row.
pub async fn add_late(change: &Change<'_>, version: i64, findings: &[(i64, Finding)]) -> Result<()> {
    for file in versions::files(change, version).await? {
        let own: Vec<Finding> = findings.iter().filter(|(of, _)| *of == file.id).map(|(_, f)| f.clone()).collect();
        rows::add_findings(change, file.id, &own).await?;
    }
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_finding SET row_id = r.id FROM list_row r
                 WHERE list_finding.row_id IS NULL AND list_finding.row_no > 0 AND list_finding.file_id IN (SELECT id FROM list_file WHERE version_id = $1)
                   AND r.file_id = list_finding.file_id AND r.row_no = list_finding.row_no AND {whole_district import}"
            ),
            [version.into()],
        ))
        .await?;
    Ok(())
}

/// Writes the finding `nik.duplicate_registry` on every row in conflict, instead of those of an earlier linking. The
/// version must be linked.
pub(super) async fn conflicts(change: &Change<'_>, version: i64) -> Result<()> {
    let code = Fault::NikDuplicateRegistry.code();
    // a row that is no longer in conflict is warned of by what else it has, which the recount finds
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_row SET severity = 'none', outcome = CASE WHEN outcome = 'stored_with_warning' THEN 'stored' ELSE outcome END
                 WHERE severity = 'warn' AND {whole_district import}
                   AND id IN (SELECT row_id FROM list_finding WHERE code = $2 AND file_id IN (SELECT id FROM list_file WHERE version_id = $1))"
            ),
            [version.into(), code.into()],
        ))
        .await?;
    let mut changed = change
        .execute(Query::with(
            sql!(
                "DELETE FROM list_finding WHERE code = $2 AND file_id IN (SELECT id FROM list_file WHERE version_id = $1) AND {whole_district import}"
            ),
            [version.into(), code.into()],
        ))
        .await?;
    for file in versions::files(change, version).await? {
        changed += change
            .execute(Query::with(
                sql!(
                    "INSERT INTO list_finding (file_id, row_id, row_no, column_name, code, severity, value, reading, suggestion)
                     SELECT r.file_id, r.id, r.row_no, $3, $4, 'warn', r.nik, NULL, NULL
                     FROM list_link l JOIN list_row r ON r.id = l.row_id
                     WHERE l.version_id = $1 AND l.conflict AND r.file_id = $2 AND {whole_district import} ORDER BY r.id"
                ),
                [version.into(), file.id.into(), file.header_of("nik").into(), code.into()],
            ))
            .await?;
    }
    if changed > 0 {
        recount(change, version).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Count {
    file_id: i64,
    code: String,
    findings: i64,
}

/// Sets every row's severity to its highest finding and every file's counts to what its rows say. Rows are walked file by
/// file, in the order they lie in: that of their families would fetch each page of a large list many times.
pub async fn recount(change: &Change<'_>, version: i64) -> Result<()> {
    // findings that came late may be the highest of their row; they are warnings or notes
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_row SET severity = 'warn', outcome = CASE WHEN outcome = 'stored' THEN 'stored_with_warning' ELSE outcome END
                 WHERE version_id = $1 AND severity IN ('none', 'note') AND {whole_district import}
                   AND id IN (SELECT row_id FROM list_finding WHERE severity = 'warn' AND file_id IN (SELECT id FROM list_file WHERE version_id = $1))"
            ),
            [version.into()],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_row SET severity = 'note' WHERE version_id = $1 AND severity = 'none' AND {whole_district import}
                   AND id IN (SELECT row_id FROM list_finding WHERE severity = 'note' AND file_id IN (SELECT id FROM list_file WHERE version_id = $1))"
            ),
            [version.into()],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_file SET rows_all = c.rows_all, rows_data = c.rows_data, rows_header = c.rows_header, rows_total = c.rows_total, rows_blank = c.rows_blank,
                   rows_rejected = c.rows_rejected, rows_blocked = c.rows_blocked, rows_warned = c.rows_warned
                 FROM (
                   SELECT file_id, COUNT(*) AS rows_all, COUNT(CASE WHEN kind IN ('family', 'person', 'unreadable') THEN 1 END) AS rows_data,
                     COUNT(CASE WHEN kind = 'header' THEN 1 END) AS rows_header, COUNT(CASE WHEN kind = 'total' THEN 1 END) AS rows_total,
                     COUNT(CASE WHEN kind = 'blank' THEN 1 END) AS rows_blank, COUNT(CASE WHEN outcome = 'rejected' THEN 1 END) AS rows_rejected,
                     COUNT(CASE WHEN outcome <> 'rejected' AND severity = 'block' THEN 1 END) AS rows_blocked, COUNT(CASE WHEN severity = 'warn' AND kind IN ('family', 'person') THEN 1 END) AS rows_warned
                   FROM list_row WHERE file_id IN (SELECT id FROM list_file WHERE version_id = $1) AND {whole_district counts of a version} GROUP BY file_id
                 ) c WHERE list_file.id = c.file_id"
            ),
            [version.into()],
        ))
        .await?;
    let counts: Vec<Count> = change
        .all(Query::with(
            sql!(
                "SELECT file_id, code, COUNT(*) AS findings FROM list_finding
                 WHERE file_id IN (SELECT id FROM list_file WHERE version_id = $1) AND {whole_district counts of a version}
                 GROUP BY file_id, code ORDER BY file_id, code"
            ),
            [version.into()],
        ))
        .await?;
    let mut by_file: BTreeMap<i64, BTreeMap<String, i64>> = BTreeMap::new();
    for count in counts {
        by_file.entry(count.file_id).or_default().insert(count.code, count.findings);
    }
    for (file, by_code) in by_file {
        let json = serde_json::to_string(&by_code).unwrap_or_default();
        change
            .execute(Query::with(sql!("UPDATE list_file SET by_code = $1 WHERE id = $2"), [json.into(), file.into()]))
            .await?;
    }
    Ok(())
}
