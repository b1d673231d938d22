//! What a list may still do to what was changed by hand: known while a list is linked, entered and taken back.
//!
//! A change by hand stands against a list that tells what was before it, that is of an earlier day, or that had come in
//! when the change was made. A list of a later day that tells something else again is news, and is followed. Whom a list
//! still places where he was, or names by a former number, is the same person.

use crate::{
    connect::{Change, Result},
    query::{Handle, Query},
    registry::index_families,
    sql,
};

/// Whether any change by hand stands at all: most lists of most offices need not ask further.
async fn any(change: &Change<'_>) -> Result<bool> {
    let some: Option<i64> = change
        .scalar(sql!("SELECT c.id FROM household_change c WHERE c.state = 'done' AND {whole_district import} LIMIT 1"))
        .await?;
    Ok(some.is_some())
}

/// Links rows that say a former NIK to the person who had it, where name or birth date agree.
pub async fn link_numbers(change: &Change<'_>, version: i64) -> Result<()> {
    run(
        change,
        version,
        [sql!(
            "UPDATE list_link SET person_id = w.person_id, linked_by = 'former_nik', conflict = (1 = 0) FROM (
               SELECT l.row_id, MIN(p.id) AS person_id FROM former_nik o JOIN list_row r ON r.nik = o.nik AND r.version_id = $1 AND r.nik_sound
               JOIN list_link l ON l.row_id = r.id AND l.person_id IS NULL JOIN person p ON p.id = o.person_id
               WHERE r.name_key = p.name_key AND r.name_key <> '' OR r.birth_date = p.birth_date GROUP BY l.row_id
             ) w WHERE list_link.row_id = w.row_id AND {whole_district import}"
        )],
    )
    .await
}

/// Links families whose head of then heads them no more: he was their head until a change by hand.
pub async fn link_families(change: &Change<'_>, version: i64) -> Result<()> {
    run(
        change,
        version,
        [sql!(
            "UPDATE list_unit SET family_id = w.family_id, linked_by = 'former_head' FROM (
               SELECT family_key, family_id FROM (
                 SELECT family_key, family_id, ROW_NUMBER() OVER (PARTITION BY family_id ORDER BY row_id) AS claim FROM (
                   SELECT u.family_key, u.row_id, m.family_id, ROW_NUMBER() OVER (PARTITION BY u.family_key ORDER BY m.since DESC, m.id DESC) AS newest
                   FROM list_unit u JOIN list_link l ON l.row_id = u.head_row_id
                   JOIN membership m ON m.person_id = COALESCE(l.found_id, l.person_id) AND m.relation = 'HEAD' AND m.closed_change_id IS NOT NULL
                   JOIN family f ON f.id = m.family_id
                   WHERE u.version_id = $1 AND u.family_id IS NULL
                     AND NOT EXISTS (SELECT 1 FROM list_unit t WHERE t.family_id = m.family_id AND t.version_id = $1)
                 ) c WHERE newest = 1
               ) d WHERE claim = 1
             ) w WHERE list_unit.version_id = $1 AND list_unit.family_key = w.family_key AND {whole_district import}"
        )],
    )
    .await
}

/// Links people without a number of a family they left by hand: the same name and birth date.
pub async fn link_members(change: &Change<'_>, version: i64) -> Result<()> {
    run(
        change,
        version,
        [sql!(
            "UPDATE list_link SET person_id = w.person_id, linked_by = 'left_family' FROM (
               SELECT row_id, person_id FROM (
                 SELECT row_id, person_id, ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY row_id) AS claim FROM (
                   SELECT l.row_id, p.id AS person_id, ROW_NUMBER() OVER (PARTITION BY l.row_id ORDER BY p.id) AS best
                   FROM (SELECT person_id, family_id, relation FROM membership WHERE closed_change_id IS NOT NULL) m
                   CROSS JOIN list_unit u CROSS JOIN list_link l CROSS JOIN list_row r CROSS JOIN person p
                   WHERE u.version_id = $1 AND u.family_id = m.family_id
                     AND l.version_id = $1 AND l.family_key = u.family_key AND l.person_id IS NULL AND l.same_as = l.row_id
                     AND r.id = l.row_id AND p.id = m.person_id AND p.name_key = r.name_key AND p.name_key <> '' AND (p.nik IS NULL OR NOT r.nik_sound)
                     AND (p.birth_date = r.birth_date OR p.birth_date IS NULL AND r.birth_date IS NULL
                       OR m.relation = 'HEAD' AND r.id = u.head_row_id AND (p.birth_date IS NULL OR r.birth_date IS NULL))
                     AND NOT EXISTS (SELECT 1 FROM list_link t WHERE t.version_id = $1 AND t.person_id = p.id)
                 ) c WHERE best = 1
               ) d WHERE claim = 1
             ) w WHERE list_link.row_id = w.row_id AND {whole_district import}"
        )],
    )
    .await
}

/// Of the moves a list would make, those against a change by hand are not made.
pub async fn hold_members(change: &Change<'_>, version: i64, as_of: &str) -> Result<()> {
    if !any(change).await? {
        return Ok(());
    }
    let held = sql!(
        "UPDATE list_link SET move = '' WHERE version_id = $1 AND move IN ('family', 'relation') AND {whole_district import} AND row_id IN (
           SELECT l.row_id FROM list_link l JOIN person p ON p.id = l.person_id
           JOIN list_unit u ON u.version_id = $1 AND u.family_key = l.family_key JOIN list_version v ON v.id = $1
           LEFT JOIN membership m ON m.person_id = p.id AND m.until IS NULL AND m.change_id IS NOT NULL
           LEFT JOIN household_change c ON c.id = m.change_id
           WHERE l.version_id = $1 AND l.move IN ('family', 'relation') AND (
             p.state <> 'alive'
             OR EXISTS (SELECT 1 FROM membership g WHERE g.person_id = l.found_id AND g.family_id = u.family_id AND g.closed_change_id IS NOT NULL)
             OR m.id IS NOT NULL AND (m.since > $2 OR v.entered < c.journal_id OR EXISTS (
               SELECT 1 FROM membership o WHERE o.person_id = p.id AND o.family_id = u.family_id AND o.closed_change_id IS NOT NULL))))"
    );
    change.execute(Query::with(held, [version.into(), as_of.into()])).await?;
    Ok(())
}

/// Who came new with this list into a family that was taken into another lives with that one.
pub async fn follow_mergers(change: &Change<'_>, version: i64) -> Result<()> {
    let merged = sql!(
        "SELECT DISTINCT f.merged_into FROM family f WHERE f.merged_into IS NOT NULL AND {whole_district import} ORDER BY 1"
    );
    let into: Vec<i64> = change.column(merged).await?;
    if into.is_empty() {
        return Ok(());
    }
    let statements = [
        sql!(
            "UPDATE membership SET family_id = (SELECT f.merged_into FROM family f WHERE f.id = membership.family_id)
             WHERE family_id IN (SELECT f.id FROM family f WHERE f.merged_into IS NOT NULL) AND version_id = $1 AND until IS NULL AND why = 'list' AND {whole_district import}"
        ),
        sql!(
            "UPDATE person SET family_id = (SELECT f.merged_into FROM family f WHERE f.id = person.family_id)
             WHERE family_id IN (SELECT f.id FROM family f WHERE f.merged_into IS NOT NULL) AND created_version_id = $1 AND {whole_district import}"
        ),
    ];
    for statement in statements {
        // a family may have been taken into one that was taken into another in turn
        while change.execute(Query::with(statement, [version.into()])).await? > 0 {}
    }
    index_families(change, &into).await
}

/// Calls a macro with table and column of everything both a list and a change by hand can set.
macro_rules! each_shared {
    ($call:ident) => {
        [
            $call!("family", "kk"),
            $call!("family", "head_person_id"),
            $call!("family", "head_name"),
            $call!("family", "name_key"),
            $call!("family", "village"),
            $call!("family", "address"),
            $call!("family", "rt"),
            $call!("family", "rw"),
            $call!("family", "members"),
            $call!("person", "nik"),
            $call!("person", "sex"),
            $call!("person", "birth_date"),
        ]
    };
}

/// Puts facts back that a list changed against a change by hand. The work tables of the commit know what was before.
pub async fn hold_facts(change: &Change<'_>, version: i64, as_of: &str) -> Result<()> {
    if !any(change).await? {
        return Ok(());
    }
    macro_rules! hold {
        ($kind:literal, $column:literal) => {
            sql!(concat!(
                "UPDATE ", $kind, " SET ", $column, " = b.", $column, " FROM (
                   SELECT h.subject_id, h.was, c.happened_on, c.journal_id FROM household_field h JOIN household_change c ON c.id = h.change_id AND c.state = 'done'
                   WHERE h.kind = '", $kind, "' AND h.field = '", $column, "' AND NOT EXISTS (
                     SELECT 1 FROM household_field x JOIN household_change k ON k.id = x.change_id AND k.state = 'done' AND k.journal_id > c.journal_id
                     WHERE x.kind = h.kind AND x.field = h.field AND x.subject_id = h.subject_id)
                 ) s CROSS JOIN ", $kind, "_before b CROSS JOIN list_version v
                 WHERE ", $kind, ".id = s.subject_id AND b.version_id = $1 AND b.id = s.subject_id AND v.id = $1 AND ", $kind, ".", $column, " IS DISTINCT FROM b.", $column, "
                   AND (s.happened_on > $2 OR v.entered < s.journal_id OR CAST(", $kind, ".", $column, " AS TEXT) IS NOT DISTINCT FROM s.was) AND {whole_district import}"
            ))
        };
    }
    // what a list says that was there before the change is what the change replaced, should it be taken back
    macro_rules! beneath {
        ($kind:literal, $column:literal) => {
            sql!(concat!(
                "UPDATE household_field SET was = CAST(n.", $column, " AS TEXT) FROM ", $kind, " n, ", $kind, "_before b, household_change c, list_version v
                 WHERE b.version_id = $1 AND n.id = b.id AND n.", $column, " IS DISTINCT FROM b.", $column, "
                   AND household_field.kind = '", $kind, "' AND household_field.field = '", $column, "' AND household_field.subject_id = n.id
                   AND c.id = household_field.change_id AND c.state = 'done' AND v.id = $1 AND v.entered < c.journal_id
                   AND NOT EXISTS (SELECT 1 FROM household_field x JOIN household_change k ON k.id = x.change_id AND k.state = 'done' AND k.journal_id < c.journal_id AND k.journal_id > v.entered
                                   WHERE x.kind = household_field.kind AND x.field = household_field.field AND x.subject_id = household_field.subject_id) AND {whole_district import}"
            ))
        };
    }
    for (beneath, hold) in each_shared!(beneath).into_iter().zip(each_shared!(hold)) {
        change.execute(Query::with(beneath, [version.into()])).await?;
        change.execute(Query::with(hold, [version.into(), as_of.into()])).await?;
    }
    // the head's number keeps a family out of decrees, not that of the head a list still tells of
    change
        .execute(Query::with(
            sql!(
                "UPDATE family SET block = CASE WHEN p.nik IS NULL THEN 'nik.empty' ELSE '' END FROM person p, household_field h, household_change c, list_unit u
                 WHERE u.version_id = $1 AND u.family_id = family.id AND p.id = family.head_person_id AND h.kind = 'family' AND h.field = 'head_person_id' AND h.subject_id = family.id
                   AND c.id = h.change_id AND c.state = 'done' AND (family.block = '' OR family.block LIKE 'nik.%') AND {whole_district import}"
            ),
            [version.into()],
        ))
        .await?;
    Ok(())
}

/// Before a list is taken out: a change by hand that replaced what the list had said, replaced what was before the list.
pub async fn settle_beneath(change: &Change<'_>, version: i64) -> Result<()> {
    run(
        change,
        version,
        [
            sql!(
                "UPDATE household_field SET was = l.was FROM list_change l, household_change c, list_version v
                 WHERE l.version_id = $1 AND l.kind = household_field.kind AND l.field = household_field.field AND l.subject_id = household_field.subject_id AND household_field.was IS NOT DISTINCT FROM l.became
                   AND c.id = household_field.change_id AND c.state = 'done' AND v.id = $1 AND v.entered < c.journal_id AND {whole_district undo}
                   AND NOT EXISTS (SELECT 1 FROM household_field x JOIN household_change k ON k.id = x.change_id AND k.state = 'done' AND k.journal_id < c.journal_id AND k.journal_id > v.entered
                                   WHERE x.kind = household_field.kind AND x.field = household_field.field AND x.subject_id = household_field.subject_id)"
            ),
            // a membership the list had opened and a change by hand closed never was: the one before it was closed by hand
            sql!(
                "UPDATE membership SET until = n.until, closed_version_id = NULL, closed_change_id = n.closed_change_id FROM membership n
                 WHERE membership.closed_version_id = $1 AND membership.version_id IS DISTINCT FROM $1 AND n.person_id = membership.person_id AND n.version_id = $1 AND n.why <> 'list'
                   AND n.closed_change_id IS NOT NULL AND {whole_district undo}"
            ),
        ],
    )
    .await
}

async fn run<const N: usize>(change: &Change<'_>, version: i64, statements: [crate::Sql; N]) -> Result<()> {
    if !any(change).await? {
        return Ok(());
    }
    for statement in statements {
        change.execute(Query::with(statement, [version.into()])).await?;
    }
    Ok(())
}
