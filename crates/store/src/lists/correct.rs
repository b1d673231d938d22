//! A list corrected: rows that read otherwise than before take the place of their reading, and where the list is in the
//! registry, the registry becomes what it would be had the list come so.
//!
//! For that the list is taken out and enters again, with those that entered after it ([`super::undo`]): its rows stay the
//! families and people they were, work built on them stays, and a fact that somebody changed since stays too. The same
//! is done to look at the difference, in a transaction that is rolled back.

use std::collections::{BTreeMap, BTreeSet};

use domain::lists::{CorrectionState, Fault, Finding, RowReading, Severity, VersionState, families::TOGETHER};
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{
    Error, Result, changes, check, commit,
    corrections::{self, Effect, Findings, Told},
    link, preview,
    rows::{self, Target},
    show::Found,
    undo,
    versions::{self, Version},
};
use crate::{
    areas,
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// The rows of a file that read otherwise now, with their numbers in the database.
pub struct Rewritten {
    pub target: Target,
    pub rows: Vec<(i64, RowReading)>,
    /// About the file as a whole.
    pub findings: Vec<Finding>,
}

/// What a correction does.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// Rows whose findings change, by file and row.
    pub findings: BTreeMap<(i64, i64), Findings>,
    pub effects: Vec<Effect>,
    pub blocked_before: i64,
    pub blocked_after: i64,
}

/// A stored row as far as it tells whether it reads otherwise.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Known {
    pub id: i64,
    pub row_no: i64,
    pub kind: String,
    pub digest: Option<i64>,
    pub nik_sound: bool,
    pub kk_sound: bool,
}

/// The stored rows of a file between two row numbers, and behind the last one with `to` beyond.
pub async fn known(handle: &impl Handle, file: i64, from: i64, to: i64) -> Result<Vec<Known>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT id, row_no, kind, digest, nik_sound, kk_sound FROM list_row
                 WHERE file_id = $1 AND row_no >= $2 AND row_no <= $3 AND {whole_district import} ORDER BY row_no"
            ),
            [file.into(), from.into(), to.into()],
        ))
        .await?)
}

/// Codes that no single row tells: of families side by side, and of the registry.
fn is_late(code: &str) -> bool {
    TOGETHER.iter().any(|fault| fault.code() == code) || code == Fault::NikDuplicateRegistry.code()
}

/// What the rows of a file between two numbers were found to have by themselves.
pub async fn known_findings(
    handle: &impl Handle,
    file: i64,
    from: i64,
    to: i64,
) -> Result<BTreeMap<i64, BTreeSet<(String, String, String)>>> {
    let found: Vec<Found> = handle
        .all(Query::with(
            sql!(
                "SELECT id, file_id, row_id, row_no, column_name, code, severity, value, reading, suggestion FROM list_finding
                 WHERE file_id = $1 AND row_no >= $2 AND row_no <= $3 AND {whole_district import} ORDER BY row_no, id"
            ),
            [file.into(), from.into(), to.into()],
        ))
        .await?;
    let mut by_row: BTreeMap<i64, BTreeSet<(String, String, String)>> = BTreeMap::new();
    for found in found.into_iter().filter(|found| found.row_no > 0 && !is_late(&found.code)) {
        by_row.entry(found.row_no).or_default().insert((
            found.column_name,
            found.code,
            found.reading.unwrap_or_default(),
        ));
    }
    Ok(by_row)
}

/// Whether a row reads otherwise than stored.
pub fn is_other(
    target: Target,
    known: &Known,
    findings: Option<&BTreeSet<(String, String, String)>>,
    reading: &RowReading,
) -> bool {
    let (kind, digest, nik_sound, kk_sound) = rows::essence(target, reading);
    if known.kind != kind || known.digest != digest || known.nik_sound != nik_sound || known.kk_sound != kk_sound {
        return true;
    }
    let now: BTreeSet<(String, String, String)> = reading
        .findings
        .iter()
        .filter(|finding| !is_late(finding.fault.code()))
        .map(|finding| {
            let column = finding.column.as_deref().unwrap_or_default().to_owned();
            (column, finding.fault.code().to_owned(), finding.reading.clone().unwrap_or_default())
        })
        .collect();
    findings.map_or(!now.is_empty(), |before| *before != now)
}

/// Puts the rows in place of their reading and lets everything follow that depends on it. The version is ready or committed.
pub async fn rewrite(
    change: &Change<'_>,
    version: &Version,
    files: Vec<Rewritten>,
    late: &[(i64, Finding)],
) -> Result<Done> {
    let state = version.state()?;
    if !matches!(state, VersionState::Ready | VersionState::Committed) {
        return Err(Error::State(state, VersionState::Ready));
    }
    let id = version.id;
    let (district, _) = areas::own_district(change).await?.ok_or(Error::NoAreas)?;
    let rows: Vec<i64> = files.iter().flat_map(|file| file.rows.iter().map(|(id, _)| *id)).collect();
    let before = findings(change, id, &rows).await?;
    let blocked_before = blocked(change, id).await?;
    let mut later = Vec::new();
    if state == VersionState::Committed {
        set_aside(change, id).await?;
        undo::set_state(change, id, VersionState::Undoing).await?;
        later = undo::take_out_down_to(change, id).await?;
        undo::set_state(change, id, VersionState::Committing).await?;
        make_way(change, version).await?;
    }
    for file in files {
        rows::replace(change, file.target, file.rows).await?;
        change
            .execute(Query::with(
                sql!("DELETE FROM list_finding WHERE file_id = $1 AND code LIKE 'file.%' AND {whole_district import}"),
                [file.target.file.into()],
            ))
            .await?;
        rows::add_findings(change, file.target.file, &file.findings).await?;
    }
    forget_others(change, id, &rows).await?;
    put_late(change, id, late).await?;
    settle(change, id).await?;
    link::units(change, id, district.number()).await?;
    let mut effects = Vec::new();
    if state == VersionState::Committed {
        commit::enter(change, version).await?;
        undo::set_state(change, id, VersionState::Committed).await?;
        undo::enter_again(change, &later).await?;
        effects = told_apart(change, id).await?;
    } else {
        preview::refresh(change, id).await?;
    }
    settle(change, id).await?;
    let after = findings(change, id, &rows).await?;
    Ok(Done {
        findings: differences(before, after),
        effects,
        blocked_before,
        blocked_after: blocked(change, id).await?,
    })
}

/// Applies a correction that was looked at, or takes one back: the state, what it did, and one journal entry.
pub async fn finish(change: &Change<'_>, version: &Version, id: i64, done: &Done) -> Result<()> {
    let correction = corrections::correction(change, id).await?;
    let undone = correction.state()? == CorrectionState::Undoing;
    let file = versions::file(change, correction.file_id.unwrap_or(0)).await?;
    let next = if undone { CorrectionState::Undone } else { CorrectionState::Applied };
    corrections::become_state(change, id, next).await?;
    let mut summary = correction.summary();
    let mut people: BTreeSet<(&str, i64)> = BTreeSet::new();
    people.extend(done.effects.iter().map(|effect| (effect.kind.as_str(), effect.subject_id)));
    let count = |kind: &str| people.iter().filter(|(of, _)| *of == kind).count();
    let entry = change
        .record(Entry {
            verb: if undone { "list.correction_undone" } else { "list.corrected" },
            subject: ("list_version", version.id),
            area: None,
            reason: None,
            data: json!({
                "list": version.title(), "file": file.map(|file| file.name).unwrap_or_default(), "correction": id,
                "cells": summary.cells, "rows": summary.rows, "families": count("family"), "persons": count("person"),
            }),
        })
        .await?;
    let who = [change.actor().user.into(), change.at().into(), entry.into(), id.into()];
    if undone {
        change
            .execute(Query::with(
                sql!("UPDATE list_correction SET undone_by = $1, undone_at = $2, undone_entry = $3 WHERE id = $4"),
                who,
            ))
            .await?;
    } else {
        change
            .execute(Query::with(
                sql!("UPDATE list_correction SET applied_by = $1, applied_at = $2, applied_entry = $3 WHERE id = $4"),
                who,
            ))
            .await?;
        corrections::keep_effects(change, id, &done.effects).await?;
        // other corrections may have been applied since the difference was looked at
        (summary.blocked_before, summary.blocked_after) = (done.blocked_before, done.blocked_after);
        corrections::keep_summary(change, id, &summary).await?;
    }
    // every family of a corrected row or with a changed fact finds it on its timeline
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO journal_family (journal_id, family_id, detail)
                 SELECT $1, f.id, NULL FROM family f WHERE {whole_district import} AND f.id IN (
                   SELECT u.family_id FROM list_correction_cell k JOIN list_correction c ON c.id = k.correction_id
                   JOIN list_row r ON r.file_id = c.file_id AND r.row_no = k.row_no
                   JOIN list_unit u ON u.version_id = r.version_id AND u.family_key = r.family_key WHERE k.correction_id = $2
                   UNION
                   SELECT subject_id FROM list_correction_effect WHERE correction_id = $2 AND kind = 'family'
                 ) ORDER BY f.id"
            ),
            [entry.into(), id.into()],
        ))
        .await?;
    Ok(())
}

async fn blocked(change: &Change<'_>, version: i64) -> Result<i64> {
    Ok(change
        .count(Query::with(
            sql!(
                "SELECT COUNT(*) FROM list_row WHERE version_id = $1 AND severity = 'block' AND outcome <> 'rejected' AND {whole_district counts of a version}"
            ),
            [version.into()],
        ))
        .await?)
}

type ByRow = BTreeMap<(i64, i64), Vec<Told>>;

/// Rows asked for in one statement.
const PIECE: usize = 1_000;

/// The findings that a correction of these rows may change: their own, and those that come late.
async fn findings(change: &Change<'_>, version: i64, rows: &[i64]) -> Result<ByRow> {
    let late: Vec<&str> = TOGETHER.iter().chain([&Fault::NikDuplicateRegistry]).map(|fault| fault.code()).collect();
    let mut query = Query::new(sql!(
        "SELECT id, file_id, row_id, row_no, column_name, code, severity, value, reading, suggestion FROM list_finding WHERE {whole_district import} AND"
    ));
    query.push_in(sql!("code"), late);
    query.push_with(sql!(" AND file_id IN (SELECT id FROM list_file WHERE version_id = $$) ORDER BY id"), version);
    let mut all: Vec<Found> = change.all(query).await?;
    for piece in rows.chunks(PIECE) {
        let mut query = Query::new(sql!(
            "SELECT id, file_id, row_id, row_no, column_name, code, severity, value, reading, suggestion FROM list_finding WHERE {whole_district import} AND"
        ));
        query.push_in(sql!("row_id"), piece.iter().copied());
        query.push(sql!(" ORDER BY id"));
        let own: Vec<Found> = change.all(query).await?;
        all.extend(own.into_iter().filter(|found| !is_late(&found.code)));
    }
    let mut by_row = ByRow::new();
    // a note tells what was read, it is no fault
    for found in all.into_iter().filter(|found| found.row_no > 0 && found.severity != Severity::Note.as_str()) {
        let told = Told { column: found.column_name, code: found.code, value: found.value };
        by_row.entry((found.file_id, found.row_no)).or_default().push(told);
    }
    Ok(by_row)
}

/// A finding is the same when column and code are: what stands in the cell may have been corrected to another fault.
fn differences(mut before: ByRow, mut after: ByRow) -> BTreeMap<(i64, i64), Findings> {
    let rows: BTreeSet<(i64, i64)> = before.keys().chain(after.keys()).copied().collect();
    let mut all = BTreeMap::new();
    for row in rows {
        let mut was = before.remove(&row).unwrap_or_default();
        let mut findings = Findings::default();
        for told in after.remove(&row).unwrap_or_default() {
            match was.iter().position(|other| other.code == told.code && other.column == told.column) {
                Some(at) => {
                    was.remove(at);
                    findings.left.push(told);
                }
                None => findings.new.push(told),
            }
        }
        findings.gone = was;
        all.insert(row, findings);
    }
    all
}

/// Findings of families side by side are told anew.
async fn put_late(change: &Change<'_>, version: i64, late: &[(i64, Finding)]) -> Result<()> {
    let mut query = Query::new(sql!("DELETE FROM list_finding WHERE {whole_district import} AND"));
    query.push_in(sql!("code"), TOGETHER.iter().map(|fault| fault.code()));
    query.push_with(sql!(" AND file_id IN (SELECT id FROM list_file WHERE version_id = $$)"), version);
    change.execute(query).await?;
    check::add_late(change, version, late).await
}

/// Severity and outcome of every row, and the counts of the files, from the findings there are now.
async fn settle(change: &Change<'_>, version: i64) -> Result<()> {
    for statement in [
        sql!(
            "UPDATE list_row SET severity = s.severity FROM (
               SELECT r.id, CASE MAX(CASE f.severity WHEN 'reject' THEN 4 WHEN 'block' THEN 3 WHEN 'warn' THEN 2 WHEN 'note' THEN 1 ELSE 0 END)
                 WHEN 4 THEN 'reject' WHEN 3 THEN 'block' WHEN 2 THEN 'warn' WHEN 1 THEN 'note' ELSE 'none' END AS severity
               FROM list_row r LEFT JOIN list_finding f ON f.row_id = r.id WHERE r.version_id = $1 GROUP BY r.id
             ) s WHERE list_row.id = s.id AND list_row.severity <> s.severity AND {whole_district import}"
        ),
        // a row that was another's double only beside a row that reads otherwise now
        sql!(
            "UPDATE list_row SET outcome = 'stored' WHERE version_id = $1 AND outcome = 'duplicate' AND {whole_district import}
               AND NOT EXISTS (SELECT 1 FROM list_finding f WHERE f.row_id = list_row.id AND f.code = 'row.duplicate')
               AND NOT EXISTS (SELECT 1 FROM person_list l WHERE l.version_id = $1 AND l.row_id = list_row.id)"
        ),
        sql!(
            "UPDATE list_row SET outcome = CASE WHEN severity IN ('none', 'note') THEN 'stored' ELSE 'stored_with_warning' END
             WHERE version_id = $1 AND outcome IN ('stored', 'stored_with_warning') AND {whole_district import}
               AND outcome <> CASE WHEN severity IN ('none', 'note') THEN 'stored' ELSE 'stored_with_warning' END"
        ),
        sql!("UPDATE list_file SET by_code = '{}' WHERE version_id = $1"),
    ] {
        change.execute(Query::with(statement, [version.into()])).await?;
    }
    check::recount(change, version).await
}

/// Sets aside what the registry says of everybody the list tells of, under the list's number below nought.
async fn set_aside(change: &Change<'_>, version: i64) -> Result<()> {
    for statement in [
        sql!(
            "INSERT INTO family_before (version_id, id, kk, head_person_id, head_name, name_key, village, address, rt, rw, members, desil, desil_version_id, block)
             SELECT $2, f.id, f.kk, f.head_person_id, f.head_name, f.name_key, f.village, f.address, f.rt, f.rw, f.members, f.desil, f.desil_version_id, f.block
             FROM family f WHERE {whole_district import} AND f.id IN (
               SELECT family_id FROM family_list WHERE version_id = $1
               UNION SELECT p.family_id FROM person_list l JOIN person p ON p.id = l.person_id WHERE l.version_id = $1)"
        ),
        sql!(
            "INSERT INTO person_before (version_id, id, nik, name, name_key, sex, birth_date, village, family_id, relation)
             SELECT $2, p.id, p.nik, p.name, p.name_key, p.sex, p.birth_date, p.village, p.family_id, p.relation
             FROM person p WHERE {whole_district import} AND p.id IN (SELECT person_id FROM person_list WHERE version_id = $1)"
        ),
    ] {
        change.execute(Query::with(statement, [version.into(), (-version).into()])).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Subject {
    id: i64,
    name: String,
}

/// Facts that say more about the database than about anybody.
const UNTOLD: [&str; 3] = ["name_key", "head_person_id", "desil_version_id"];

/// What the registry says otherwise than it did, and who came or went. Empties what was set aside.
async fn told_apart(change: &Change<'_>, version: i64) -> Result<Vec<Effect>> {
    let aside = -version;
    let mut effects = Vec::new();
    for (kind, went, came) in [
        (
            "family",
            sql!(
                "SELECT b.id, b.head_name AS name FROM family_before b WHERE b.version_id = $1 AND {whole_district import}
                   AND NOT EXISTS (SELECT 1 FROM family f WHERE f.id = b.id) ORDER BY b.id"
            ),
            sql!(
                "SELECT f.id, f.head_name AS name FROM family_list l JOIN family f ON f.id = l.family_id WHERE l.version_id = $1 * -1 AND {whole_district import}
                   AND NOT EXISTS (SELECT 1 FROM family_before b WHERE b.version_id = $1 AND b.id = f.id) ORDER BY f.id"
            ),
        ),
        (
            "person",
            sql!(
                "SELECT b.id, b.name FROM person_before b WHERE b.version_id = $1 AND {whole_district import}
                   AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = b.id) ORDER BY b.id"
            ),
            sql!(
                "SELECT DISTINCT p.id, p.name FROM person_list l JOIN person p ON p.id = l.person_id WHERE l.version_id = $1 * -1 AND {whole_district import}
                   AND NOT EXISTS (SELECT 1 FROM person_before b WHERE b.version_id = $1 AND b.id = p.id) ORDER BY p.id"
            ),
        ),
    ] {
        let effect = |subject: Subject, gone: bool| Effect {
            kind: kind.to_owned(),
            subject_id: subject.id,
            field: String::new(),
            was: gone.then(|| subject.name.clone()),
            became: (!gone).then_some(subject.name),
        };
        let went: Vec<Subject> = change.all(Query::with(went, [aside.into()])).await?;
        let came: Vec<Subject> = change.all(Query::with(came, [aside.into()])).await?;
        effects.extend(went.into_iter().map(|subject| effect(subject, true)));
        effects.extend(came.into_iter().map(|subject| effect(subject, false)));
    }
    changes::keep(change, aside).await?;
    let changed: Vec<Effect> = change
        .all(Query::with(
            sql!(
                "SELECT kind, subject_id, field, was, became FROM list_change WHERE version_id = $1 ORDER BY kind, subject_id, field"
            ),
            [aside.into()],
        ))
        .await?;
    effects.extend(changed.into_iter().filter(|effect| !UNTOLD.contains(&effect.field.as_str())));
    change.execute(Query::with(sql!("DELETE FROM list_change WHERE version_id = $1"), [aside.into()])).await?;
    Ok(effects)
}

/// A row whose number, put right, is that of somebody else in the registry is not remembered as who it was; nor is any corrected
/// row as who it was when other lists were out.
async fn forget_others(change: &Change<'_>, version: i64, rows: &[i64]) -> Result<()> {
    for piece in rows.chunks(PIECE) {
        let mut past = Query::with(
            sql!("DELETE FROM list_past WHERE version_id = $1 AND {whole_district import} AND"),
            [version.into()],
        );
        past.push_in(sql!("row_id"), piece.iter().copied());
        change.execute(past).await?;
        let mut query = Query::with(
            sql!(
                "DELETE FROM list_memory WHERE version_id = $1 AND kind = 'person' AND {whole_district import} AND EXISTS (
                   SELECT 1 FROM list_row r JOIN person p ON p.nik = r.nik
                   WHERE r.id = list_memory.row_id AND r.nik_sound AND p.id <> list_memory.id
                     AND (p.name_key = r.name_key AND r.name_key <> '' OR p.birth_date = r.birth_date)
                     AND NOT EXISTS (SELECT 1 FROM person o WHERE o.id = list_memory.id AND o.nik = r.nik)
                 ) AND"
            ),
            [version.into()],
        );
        query.push_in(sql!("row_id"), piece.iter().copied());
        change.execute(query).await?;
    }
    Ok(())
}

/// The list is out. Of those it brought who stay, a fact that is still as the list said makes way for what it says now,
/// unless a newer list tells of them; what somebody changed since is not touched.
async fn make_way(change: &Change<'_>, version: &Version) -> Result<()> {
    macro_rules! no_newer {
        ($table:literal, $column:literal, $of:literal) => {
            concat!(
                " AND NOT EXISTS (SELECT 1 FROM ",
                $table,
                " nl JOIN list_version nv ON nv.id = nl.version_id AND nv.state = 'committed' AND nv.as_of > $2 WHERE nl.",
                $column,
                " = ",
                $of,
                ") AND {whole_district import}"
            )
        };
    }
    macro_rules! forget {
        ($column:literal, $said:literal, $nothing:literal) => {
            sql!(concat!(
                "UPDATE person SET ",
                $column,
                " = ",
                $nothing,
                " FROM (SELECT id, MIN(row_id) AS row_id FROM list_memory WHERE version_id = $1 AND kind = 'person' GROUP BY id) m JOIN list_row r ON r.id = m.row_id
                 WHERE person.id = m.id AND person.created_version_id = $1 AND person.",
                $column,
                " = ",
                $said,
                no_newer!("person_list", "person_id", "person.id")
            ))
        };
    }
    for statement in [
        forget!("nik", "r.nik", "NULL"),
        forget!("name", "r.name", "''"),
        forget!("sex", "r.sex", "NULL"),
        forget!("birth_date", "r.birth_date", "NULL"),
        sql!(concat!(
            "UPDATE family SET kk = NULL FROM list_memory m JOIN list_unit u ON u.version_id = $1 AND u.row_id = m.row_id
             WHERE m.version_id = $1 AND m.kind = 'family' AND family.id = m.id AND family.created_version_id = $1 AND family.kk = u.kk",
            no_newer!("family_list", "family_id", "family.id")
        )),
    ] {
        change.execute(Query::with(statement, [version.id.into(), version.as_of.as_str().into()])).await?;
    }
    Ok(())
}
