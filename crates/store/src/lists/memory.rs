//! Who the rows of a list were, while it is out of the registry: the same rows are the same families and people when it enters again.
//!
//! Which lists stand beneath decides who a row is: without the first list, the second alone brought whom both tell of. So what is
//! remembered belongs to the lists that were out beneath at that time. Where the same ones are out again when the list enters, every
//! row is again who it was, by the rule it was found by; else the last memory says whom it means, as far as he is there.

use domain::lists::Fault;

use super::Result;
use crate::{
    connect::Change,
    query::{Handle, Query},
    sql,
};

/// Remembers who the rows of a list are that is about to be taken out.
pub(super) async fn remember(change: &Change<'_>, version: i64) -> Result<()> {
    let missing = missing(change, version).await?;
    change
        .execute(Query::with(
            sql!("UPDATE list_version SET missing = $1 WHERE id = $2"),
            [missing.into(), version.into()],
        ))
        .await?;
    for statement in [
        sql!(
            "INSERT INTO list_memory (kind, row_id, version_id, id, linked_by)
             SELECT 'family', row_id, $1, family_id, linked_by FROM list_unit WHERE version_id = $1 AND family_id IS NOT NULL AND {whole_district undo} ORDER BY row_id"
        ),
        sql!(
            "INSERT INTO list_memory (kind, row_id, version_id, id, linked_by)
             SELECT 'person', l.row_id, $1, COALESCE(m.subject_id, l.person_id), l.linked_by FROM person_list l LEFT JOIN merge_moved m ON m.what = 'person_list' AND m.row_id = l.row_id
             WHERE l.version_id = $1 AND {whole_district undo} ORDER BY l.row_id"
        ),
    ] {
        change.execute(Query::with(statement, [version.into()])).await?;
    }
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_memory SET conflict = $3 WHERE kind = 'person' AND {whole_district undo}
                   AND row_id IN (SELECT f.row_id FROM list_finding f WHERE f.code = $2 AND f.file_id IN (SELECT id FROM list_file WHERE version_id = $1))"
            ),
            [version.into(), Fault::NikDuplicateRegistry.code().into(), true.into()],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_memory SET repeats = $2 WHERE kind = 'person' AND {whole_district undo}
                   AND row_id IN (SELECT r.id FROM list_row r WHERE r.version_id = $1 AND r.outcome = 'duplicate')"
            ),
            [version.into(), true.into()],
        ))
        .await?;
    Ok(())
}

/// The lists beneath that are out, as kept. One that waits to be taken back is still in.
async fn missing(change: &Change<'_>, version: i64) -> Result<String> {
    let lists: Vec<i64> = change
        .column(Query::with(
            sql!(
                "SELECT v.id FROM list_version v JOIN list_version me ON me.id = $1
                 WHERE v.entered < me.entered AND v.state NOT IN ('committed', 'undoing') ORDER BY v.id"
            ),
            [version.into()],
        ))
        .await?;
    Ok(lists.iter().map(i64::to_string).collect::<Vec<_>>().join(","))
}

/// The same when the list was taken out last; `None`: it never was.
async fn then(change: &Change<'_>, version: i64) -> Result<Option<String>> {
    let then: Option<Option<String>> =
        change.scalar(Query::with(sql!("SELECT missing FROM list_version WHERE id = $1"), [version.into()])).await?;
    Ok(then.flatten())
}

/// Brings up the memory of the time when the same lists were out beneath as now, before a list enters; the one in its place is laid
/// aside.
pub(super) async fn recall(change: &Change<'_>, version: i64) -> Result<()> {
    let Some(then) = then(change, version).await? else { return Ok(()) };
    let now = missing(change, version).await?;
    if then == now {
        return Ok(());
    }
    let run =
        async |statement, missing: &str| change.execute(Query::with(statement, [version.into(), missing.into()])).await;
    run(
        sql!(
            "INSERT INTO list_past (version_id, missing, kind, row_id, id, linked_by, conflict, repeats)
             SELECT version_id, $2, kind, row_id, id, linked_by, conflict, repeats FROM list_memory WHERE version_id = $1 AND {whole_district import} ORDER BY kind, row_id"
        ),
        &then,
    )
    .await?;
    let known: Option<i64> = change
        .scalar(Query::with(
            sql!("SELECT row_id FROM list_past WHERE version_id = $1 AND missing = $2 AND {whole_district import} LIMIT 1"),
            [version.into(), now.as_str().into()],
        ))
        .await?;
    if known.is_none() {
        return Ok(());
    }
    change
        .execute(Query::with(
            sql!("DELETE FROM list_memory WHERE version_id = $1 AND {whole_district import}"),
            [version.into()],
        ))
        .await?;
    for statement in [
        sql!(
            "INSERT INTO list_memory (kind, row_id, version_id, id, linked_by, conflict, repeats)
             SELECT kind, row_id, version_id, id, linked_by, conflict, repeats FROM list_past WHERE version_id = $1 AND missing = $2 AND {whole_district import} ORDER BY kind, row_id"
        ),
        sql!("DELETE FROM list_past WHERE version_id = $1 AND missing = $2 AND {whole_district import}"),
    ] {
        run(statement, &now).await?;
    }
    run(sql!("UPDATE list_version SET missing = $2 WHERE id = $1"), &now).await?;
    Ok(())
}

/// Whether the memory there is was made when the same lists were out beneath as now.
pub(super) async fn is_of_now(change: &Change<'_>, version: i64) -> Result<bool> {
    Ok(then(change, version).await? == Some(missing(change, version).await?))
}

/// The list is in: its links say who its rows are. Whom it brought and found again it brought.
pub(super) async fn forget(change: &Change<'_>, version: i64) -> Result<()> {
    if then(change, version).await?.is_none() {
        return Ok(());
    }
    for statement in [
        sql!("DELETE FROM list_memory WHERE version_id = $1 AND {whole_district import}"),
        sql!(
            "UPDATE list_unit SET linked_by = 'new' WHERE version_id = $1 AND linked_by = 'again' AND {whole_district import}
               AND EXISTS (SELECT 1 FROM family f WHERE f.id = list_unit.family_id AND f.created_version_id = $1)"
        ),
        sql!(
            "UPDATE family_list SET linked_by = 'new' WHERE version_id = $1 AND linked_by = 'again' AND {whole_district import}
               AND EXISTS (SELECT 1 FROM family f WHERE f.id = family_list.family_id AND f.created_version_id = $1)"
        ),
        sql!(
            "UPDATE person_list SET linked_by = 'new' WHERE version_id = $1 AND linked_by = 'again' AND {whole_district import}
               AND EXISTS (SELECT 1 FROM person p WHERE p.created_version_id = $1
                 AND p.id = COALESCE((SELECT m.subject_id FROM merge_moved m WHERE m.what = 'person_list' AND m.row_id = person_list.row_id), person_list.person_id))"
        ),
    ] {
        change.execute(Query::with(statement, [version.into()])).await?;
    }
    if missing(change, version).await?.is_empty() {
        change
            .execute(Query::with(
                sql!("DELETE FROM list_past WHERE version_id = $1 AND {whole_district import}"),
                [version.into()],
            ))
            .await?;
    }
    Ok(())
}
