//! Which person and which family each row of a version is: the one place where that is decided.
//!
//! First the rows of a version are joined to families as the version states them ([`units`]). Then [`link`] finds out who
//! they are by exact keys, in this order:
//! - a **person** by a sound NIK, else by the list's own person identifier within the same source - in both cases only
//!   where name or birth date agree -, else, inside a family that is known, by name and birth date;
//! - a **family** by the list's own family identifier within the same source, else by a sound family-card number - unless
//!   both sides name people by NIK and share nobody: the card's number changes and is mistyped -, else by its head: the
//!   same person is head of a registered family.
//!
//! A list that was taken back and enters again links its rows first to whom they were, as far as they are still there
//! ([`super::memory`]).
//! Whom a change by hand gave another number or family is found by the former one too ([`hold`]); who was given up for
//! somebody else is that other one ([`merge::follow`]).
//! Whoever is found by none of them and is surely somebody known, though written otherwise, is linked by likeness ([`attach`]); then
//! their families are looked for once more. Who is still not found is new; who may be one with somebody is asked about after the
//! commit, at the review desk.

use super::{Result, memory};
use crate::{
    bulk,
    connect::Change,
    query::Query,
    registry::{household::hold, likeness::attach, merge},
    sql,
};

/// Two people with one number are the same when name or birth date agree. `$a` and `$b` are the table aliases.
macro_rules! agree {
    ($a:literal, $b:literal) => {
        concat!(
            "(",
            $a,
            ".name_key = ",
            $b,
            ".name_key AND ",
            $a,
            ".name_key <> '' OR ",
            $a,
            ".birth_date = ",
            $b,
            ".birth_date)"
        )
    };
}

/// Forgets the families and links of a version that is not committed.
pub async fn clear(change: &Change<'_>, version: i64) -> Result<()> {
    end(change).await?;
    change
        .execute(Query::with(
            sql!("DELETE FROM list_unit WHERE version_id = $1 AND {whole_district a draft is read again}"),
            [version.into()],
        ))
        .await?;
    Ok(())
}

/// Empties the work tables after a preview or a commit.
pub async fn end(change: &Change<'_>) -> Result<()> {
    // whatever stands there is this transaction's own, and of this version; without a condition SQLite drops the pages whole
    for statement in [
        sql!("DELETE FROM list_link /* {whole_district import} */"),
        sql!("DELETE FROM list_shared /* {whole_district import} */"),
    ] {
        change.execute(statement).await?;
    }
    Ok(())
}

/// Makes the families of a version from its rows. A family's row speaks for it; its head is the member said to be, else
/// the member whom the family row names, else the family row itself, else the first member. Rows are walked file by file: see
/// [`super::check::recount`].
pub async fn units(change: &Change<'_>, version: i64, district: i64) -> Result<()> {
    clear(change, version).await?;
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO list_unit (version_id, family_key, row_id, head_row_id, list_family_id, kk, village, head_name, name_key, address, rt, rw, members,
                   desil_national, desil_province, desil_district, percentile, block, family_id, linked_by, change, desil_changed, address_changed, members_changed, village_changed)
                 WITH keyed AS (
                   SELECT family_key, MIN(CASE WHEN kind = 'family' THEN id END) AS family_row, MIN(CASE WHEN kind = 'person' THEN id END) AS member_row,
                     MIN(CASE WHEN kind = 'person' AND relation = 'HEAD' THEN id END) AS head_row,
                     CAST(SUM(CASE WHEN kind = 'person' AND outcome <> 'duplicate' THEN 1 ELSE 0 END) AS BIGINT) AS members, MIN(village) AS village
                   FROM list_row WHERE file_id IN (SELECT id FROM list_file WHERE version_id = $1) AND kind IN ('family', 'person') AND outcome <> 'rejected' AND {whole_district import}
                   GROUP BY family_key
                 ), named AS (
                   SELECT k.family_key, MIN(m.id) AS head_row
                   FROM keyed k
                   JOIN list_row f ON f.id = k.family_row
                   JOIN list_row m ON m.version_id = $1 AND m.family_key = k.family_key AND m.kind = 'person'
                   WHERE k.head_row IS NULL AND k.member_row IS NOT NULL AND m.outcome <> 'rejected'
                     AND (m.nik_sound AND f.nik_sound AND m.nik = f.nik OR m.name_key = f.name_key AND f.name_key <> '')
                   GROUP BY k.family_key
                 )
                 SELECT $1, k.family_key, COALESCE(k.family_row, k.member_row), COALESCE(k.head_row, n.head_row, k.family_row, k.member_row),
                   f.list_family_id, CASE WHEN f.kk_sound THEN f.kk WHEN h.kk_sound THEN h.kk END,
                   COALESCE(f.village, h.village, k.village, $2), COALESCE(h.name, f.name, ''), COALESCE(NULLIF(h.name_key, ''), f.name_key, ''),
                   COALESCE(f.address, h.address, ''), COALESCE(f.rt, h.rt), COALESCE(f.rw, h.rw),
                   COALESCE(f.members, CASE WHEN k.members > 0 THEN k.members END, 1),
                   f.desil_national, f.desil_province, f.desil_district, f.percentile, '', NULL, '', '', $3, $3, $3, $3
                 FROM keyed k
                 LEFT JOIN named n ON n.family_key = k.family_key
                 JOIN list_row f ON f.id = COALESCE(k.family_row, k.member_row)
                 JOIN list_row h ON h.id = COALESCE(k.head_row, n.head_row, k.family_row, k.member_row)"
            ),
            [version.into(), district.into(), false.into()],
        ))
        .await?;
    bulk::analyze(change, &["list_unit"]).await?;
    // what keeps the family out of a decree: a blocking fault of its own row or of its head's. Two joins by one column each:
    // one that takes either has no key to go by, and compares every family with every finding
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_unit SET block = b.code FROM (
                   SELECT family_key, MIN(code) AS code FROM (
                     SELECT u.family_key, f.code FROM list_unit u JOIN list_finding f ON f.row_id = u.row_id
                     WHERE u.version_id = $1 AND f.severity = 'block'
                     UNION ALL
                     SELECT u.family_key, f.code FROM list_unit u JOIN list_finding f ON f.row_id = u.head_row_id
                     WHERE u.version_id = $1 AND f.severity = 'block'
                   ) found GROUP BY family_key
                 ) b WHERE list_unit.version_id = $1 AND list_unit.family_key = b.family_key AND {whole_district import}"
            ),
            [version.into()],
        ))
        .await?;
    Ok(())
}

/// Finds the persons and families that are known already. What stays without one is new.
pub async fn link(change: &Change<'_>, version: i64, source: &str) -> Result<()> {
    end(change).await?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_unit SET family_id = NULL, linked_by = '' WHERE version_id = $1 AND linked_by <> '' AND {whole_district import}"
            ),
            [version.into()],
        ))
        .await?;
    remembered_families(change, version).await?;
    people(change, version, source).await?;
    remembered_people(change, version).await?;
    hold::link_numbers(change, version).await?;
    merge::follow(change, version).await?;
    bulk::analyze(change, &["list_link"]).await?;
    repeated_people(change, version).await?;
    families(change, version, source).await?;
    hold::link_families(change, version).await?;
    people_in_families(change, version).await?;
    hold::link_members(change, version).await?;
    merge::follow(change, version).await?;
    // whom no exact key finds may be alike enough; their families are then found by them
    if attach::attach(change, version).await? > 0 {
        families(change, version, source).await?;
        hold::link_families(change, version).await?;
        people_in_families(change, version).await?;
        hold::link_members(change, version).await?;
        merge::follow(change, version).await?;
    }
    Ok(())
}

/// A family that stayed when its list was taken back is the same when the list enters again.
async fn remembered_families(change: &Change<'_>, version: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_unit SET family_id = w.id, linked_by = w.linked_by FROM (
                   SELECT m.row_id, m.id, CASE WHEN m.linked_by = 'new' THEN 'again' ELSE m.linked_by END AS linked_by
                   FROM list_memory m JOIN family f ON f.id = m.id WHERE m.version_id = $1 AND m.kind = 'family'
                 ) w WHERE list_unit.version_id = $1 AND list_unit.row_id = w.row_id AND {whole_district import}"
            ),
            [version.into()],
        ))
        .await?;
    Ok(())
}

/// The same for people. One without a number has not been told apart from whoever has the row's.
async fn remembered_people(change: &Change<'_>, version: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_link SET person_id = w.id, linked_by = w.linked_by, conflict = CASE WHEN w.own THEN $2 ELSE conflict END FROM (
                   SELECT m.row_id, m.id, CASE WHEN m.linked_by = 'new' THEN 'again' ELSE m.linked_by END AS linked_by, p.nik IS NOT NULL AS own
                   FROM list_memory m JOIN person p ON p.id = m.id WHERE m.version_id = $1 AND m.kind = 'person'
                 ) w WHERE list_link.row_id = w.row_id AND {whole_district import}"
            ),
            [version.into(), false.into()],
        ))
        .await?;
    if memory::is_of_now(change, version).await? {
        change
            .execute(Query::with(
                sql!(
                    "UPDATE list_link SET conflict = COALESCE(m.conflict, $2) FROM list_memory m
                     WHERE m.version_id = $1 AND m.kind = 'person' AND list_link.row_id = m.row_id AND list_link.conflict <> COALESCE(m.conflict, $2) AND {whole_district import}"
                ),
                [version.into(), false.into()],
            ))
            .await?;
    }
    Ok(())
}

/// Persons by NIK and by the list's own identifier. A family row stands for its head only where no member row does.
async fn people(change: &Change<'_>, version: i64, source: &str) -> Result<()> {
    change
        .execute(Query::with(
            sql!(concat!(
                "INSERT INTO list_link (row_id, version_id, family_key, same_as, person_id, linked_by, conflict, move)
                 WITH by_nik AS (
                   SELECT r.id AS row_id, COALESCE(MIN(CASE WHEN p.merged_into IS NULL AND ", agree!("r", "p"), " THEN p.id END), MIN(CASE WHEN ", agree!("r", "p"), " THEN p.id END)) AS person_id
                   FROM list_row r JOIN person p ON p.nik = r.nik
                   WHERE r.file_id IN (SELECT id FROM list_file WHERE version_id = $1) AND r.nik_sound GROUP BY r.id
                 ), by_identifier AS (
                   SELECT row_id, COALESCE(MIN(kept), MIN(given_up)) AS person_id FROM (
                     SELECT r.id AS row_id, p.id AS kept, CAST(NULL AS BIGINT) AS given_up
                     FROM list_row r
                     JOIN list_row o ON o.list_person_id = r.list_person_id AND o.version_id <> $1
                     JOIN list_version v ON v.id = o.version_id AND v.source = $2 AND v.state = 'committed'
                     JOIN person_list l ON l.version_id = o.version_id AND l.row_id = o.id
                     JOIN person p ON p.id = l.person_id
                     WHERE r.version_id = $1 AND r.list_person_id IS NOT NULL AND ", agree!("r", "p"), "
                     UNION ALL
                     SELECT r.id, NULL, p.id
                     FROM merge_moved x
                     JOIN list_row o ON o.id = x.row_id AND o.version_id <> $1
                     JOIN list_version v ON v.id = o.version_id AND v.source = $2 AND v.state = 'committed'
                     JOIN list_row r ON r.list_person_id = o.list_person_id AND r.version_id = $1
                     JOIN person p ON p.id = x.subject_id
                     WHERE x.what = 'person_list' AND o.list_person_id IS NOT NULL AND ", agree!("r", "p"), "
                   ) told GROUP BY row_id
                 )
                 SELECT r.id, $1, r.family_key, r.id, COALESCE(n.person_id, i.person_id),
                   CASE WHEN n.person_id IS NOT NULL THEN 'nik' WHEN i.person_id IS NOT NULL THEN 'list_person_id' ELSE '' END,
                   CASE WHEN n.row_id IS NOT NULL AND n.person_id IS NULL THEN $3 ELSE $4 END, ''
                 FROM list_row r
                 LEFT JOIN by_nik n ON n.row_id = r.id
                 LEFT JOIN by_identifier i ON i.row_id = r.id
                 WHERE r.file_id IN (SELECT id FROM list_file WHERE version_id = $1) AND r.outcome <> 'rejected' AND {whole_district import}
                   AND (r.kind = 'person' OR r.kind = 'family' AND r.id IN (SELECT head_row_id FROM list_unit WHERE version_id = $1))"
            )),
            [version.into(), source.into(), true.into(), false.into()],
        ))
        .await?;
    Ok(())
}

/// Rows of the version itself that are one person: the same number, and name or birth date agree with an earlier row.
/// Rows of different files that share a number and do not agree are in conflict (within one file the reading says so).
/// The shared numbers are few: set aside first, else SQLite compares every row with every other.
async fn repeated_people(change: &Change<'_>, version: i64) -> Result<()> {
    let set_aside = [
        sql!(
            "INSERT INTO list_shared (row_id, number, file_id, name_key, birth_date)
             SELECT r.id, 'N' || r.nik, r.file_id, r.name_key, r.birth_date
             FROM list_link l JOIN list_row r ON r.id = l.row_id WHERE l.version_id = $1 AND r.nik_sound AND {whole_district import}
               AND r.nik IN (SELECT s.nik FROM list_link k JOIN list_row s ON s.id = k.row_id WHERE k.version_id = $1 AND s.nik_sound GROUP BY s.nik HAVING COUNT(*) > 1)"
        ),
        sql!(
            "INSERT INTO list_shared (row_id, number, file_id, name_key, birth_date)
             SELECT r.id, 'L' || r.list_person_id, r.file_id, r.name_key, r.birth_date
             FROM list_link l JOIN list_row r ON r.id = l.row_id WHERE l.version_id = $1 AND {whole_district import}
               AND r.list_person_id IN (
                 SELECT s.list_person_id FROM list_link k JOIN list_row s ON s.id = k.row_id WHERE k.version_id = $1 AND s.list_person_id IS NOT NULL
                 GROUP BY s.list_person_id HAVING COUNT(*) > 1)"
        ),
    ];
    for statement in set_aside {
        change.execute(Query::with(statement, [version.into()])).await?;
    }
    bulk::analyze(change, &["list_shared"]).await?;
    change
        .execute(Query::with(
            sql!(concat!(
                "UPDATE list_link SET same_as = s.first FROM (
                   SELECT b.row_id, MIN(a.row_id) AS first FROM list_shared b
                   JOIN list_shared a ON a.number = b.number AND a.row_id < b.row_id AND ",
                agree!("a", "b"),
                "
                   GROUP BY b.row_id
                 ) s WHERE list_link.row_id = s.row_id AND list_link.person_id IS NULL AND {whole_district import}"
            )),
            [],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!(concat!(
                "UPDATE list_link SET conflict = $1 FROM (
                   SELECT b.row_id FROM list_shared b JOIN list_shared a ON a.number = b.number AND a.row_id < b.row_id AND a.file_id <> b.file_id
                   WHERE b.number LIKE 'N%'
                   GROUP BY b.row_id HAVING MAX(CASE WHEN ", agree!("a", "b"), " THEN 1 ELSE 0 END) = 0
                 ) s WHERE list_link.row_id = s.row_id AND list_link.linked_by <> 'nik' AND {whole_district import}"
            )),
            [true.into()],
        ))
        .await?;
    // a row may agree with one that itself agrees with an earlier one: follow to the first
    loop {
        let followed = change
            .execute(Query::with(
                sql!(
                    "UPDATE list_link SET same_as = o.same_as FROM list_link o
                     WHERE list_link.version_id = $1 AND list_link.same_as <> list_link.row_id AND o.row_id = list_link.same_as AND o.same_as <> o.row_id
                       AND {whole_district import}"
                ),
                [version.into()],
            ))
            .await?;
        if followed == 0 {
            break;
        }
    }
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_link SET person_id = o.person_id, linked_by = o.linked_by FROM list_link o
                 WHERE list_link.version_id = $1 AND list_link.same_as <> list_link.row_id AND o.row_id = list_link.same_as AND o.person_id IS NOT NULL
                   AND {whole_district import}"
            ),
            [version.into()],
        ))
        .await?;
    Ok(())
}

/// Families: one rule after the other. A family is taken once in a version, by the unit with the best claim.
async fn families(change: &Change<'_>, version: i64, source: &str) -> Result<()> {
    // the list's own identifier, as the newest version that has it says
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_unit SET family_id = w.family_id, linked_by = 'list_family_id' FROM (
                   SELECT family_key, family_id FROM (
                     SELECT family_key, family_id, ROW_NUMBER() OVER (PARTITION BY family_id ORDER BY row_id) AS claim FROM (
                       SELECT u.family_key, u.row_id, o.family_id, ROW_NUMBER() OVER (PARTITION BY u.family_key ORDER BY v.as_of DESC, v.id DESC) AS newest
                       FROM list_unit u
                       JOIN list_unit o ON o.list_family_id = u.list_family_id AND o.version_id <> $1 AND o.family_id IS NOT NULL
                       JOIN list_version v ON v.id = o.version_id AND v.source = $2 AND v.state = 'committed'
                       WHERE u.version_id = $1 AND u.list_family_id IS NOT NULL AND u.family_id IS NULL
                         AND NOT EXISTS (SELECT 1 FROM list_unit t WHERE t.family_id = o.family_id AND t.version_id = $1)
                     ) c WHERE newest = 1
                   ) d WHERE claim = 1
                 ) w WHERE list_unit.version_id = $1 AND list_unit.family_key = w.family_key AND {whole_district import}"
            ),
            [version.into(), source.into()],
        ))
        .await?;
    // the family-card number
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_unit SET family_id = w.family_id, linked_by = 'kk' FROM (
                   WITH candidate AS (
                     SELECT u.family_key, u.row_id, f.id AS family_id, CASE WHEN f.name_key = u.name_key AND u.name_key <> '' THEN 1 ELSE 0 END AS same_head
                     FROM list_unit u JOIN family f ON f.kk = u.kk
                     WHERE u.version_id = $1 AND u.family_id IS NULL AND u.kk IS NOT NULL
                       AND NOT EXISTS (SELECT 1 FROM list_unit t WHERE t.family_id = f.id AND t.version_id = $1)
                   ), met AS (
                     SELECT c.family_key, c.family_id, COUNT(DISTINCT p.id) AS people
                     FROM candidate c
                     JOIN list_link l ON l.version_id = $1 AND l.family_key = c.family_key
                     JOIN person p ON p.id = l.person_id AND p.family_id = c.family_id
                     GROUP BY c.family_key, c.family_id
                   ), fit AS (
                     SELECT c.family_key, c.row_id, c.family_id, c.same_head, COALESCE(m.people, 0) AS people
                     FROM candidate c LEFT JOIN met m ON m.family_key = c.family_key AND m.family_id = c.family_id
                     WHERE m.people IS NOT NULL OR c.same_head = 1
                       OR NOT EXISTS (SELECT 1 FROM person p WHERE p.family_id = c.family_id AND p.nik IS NOT NULL)
                       OR NOT EXISTS (SELECT 1 FROM list_row r WHERE r.version_id = $1 AND r.family_key = c.family_key AND r.nik_sound)
                   )
                   SELECT family_key, family_id FROM (
                     SELECT family_key, family_id, ROW_NUMBER() OVER (PARTITION BY family_id ORDER BY people DESC, same_head DESC, row_id) AS claim FROM (
                       SELECT family_key, row_id, family_id, people, same_head, ROW_NUMBER() OVER (PARTITION BY family_key ORDER BY people DESC, same_head DESC, family_id) AS best
                       FROM fit
                     ) c WHERE best = 1
                   ) d WHERE claim = 1
                 ) w WHERE list_unit.version_id = $1 AND list_unit.family_key = w.family_key AND {whole_district import}"
            ),
            [version.into()],
        ))
        .await?;
    // the head: joins families of different lists, and one whose card was renewed
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_unit SET family_id = w.family_id, linked_by = 'head_nik' FROM (
                   SELECT family_key, family_id FROM (
                     SELECT u.family_key, f.id AS family_id, ROW_NUMBER() OVER (PARTITION BY f.id ORDER BY u.row_id) AS claim
                     FROM list_unit u
                     JOIN list_link l ON l.row_id = u.head_row_id
                     JOIN person p ON p.id = l.person_id
                     JOIN family f ON f.id = p.family_id AND f.head_person_id = p.id
                     WHERE u.version_id = $1 AND u.family_id IS NULL
                       AND NOT EXISTS (SELECT 1 FROM list_unit t WHERE t.family_id = f.id AND t.version_id = $1)
                   ) d WHERE claim = 1
                 ) w WHERE list_unit.version_id = $1 AND list_unit.family_key = w.family_key AND {whole_district import}"
            ),
            [version.into()],
        ))
        .await?;
    Ok(())
}

/// People without a number in a family that is known: the same name and birth date in the same family. Of the head one
/// side may lack the birth date (a family file names the head and no more).
async fn people_in_families(change: &Change<'_>, version: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_link SET person_id = w.person_id, linked_by = 'in_family' FROM (
                   SELECT row_id, person_id FROM (
                     SELECT row_id, person_id, ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY row_id) AS claim FROM (
                       SELECT l.row_id, p.id AS person_id, ROW_NUMBER() OVER (PARTITION BY l.row_id ORDER BY p.id) AS best
                       FROM list_link l
                       JOIN list_row r ON r.id = l.row_id
                       JOIN list_unit u ON u.version_id = $1 AND u.family_key = l.family_key AND u.family_id IS NOT NULL
                       JOIN person p ON p.family_id = u.family_id AND p.name_key = r.name_key AND p.name_key <> ''
                       LEFT JOIN (SELECT DISTINCT person_id FROM list_link WHERE version_id = $1 AND person_id IS NOT NULL) t ON t.person_id = p.id
                       WHERE l.version_id = $1 AND l.person_id IS NULL AND l.same_as = l.row_id AND t.person_id IS NULL
                         AND (p.nik IS NULL OR NOT r.nik_sound)
                         AND (p.birth_date = r.birth_date OR p.birth_date IS NULL AND r.birth_date IS NULL
                           OR p.relation = 'HEAD' AND r.id = u.head_row_id AND (p.birth_date IS NULL OR r.birth_date IS NULL))
                     ) c WHERE best = 1
                   ) d WHERE claim = 1
                 ) w WHERE list_link.row_id = w.row_id AND {whole_district import}"
            ),
            [version.into()],
        ))
        .await?;
    Ok(later_rows(change, version).await?)
}

/// The same person on a later row of the list is who was found for the first.
pub(crate) async fn later_rows(change: &Change<'_>, version: i64) -> crate::Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_link SET person_id = o.person_id, linked_by = o.linked_by FROM list_link o
                 WHERE list_link.version_id = $1 AND list_link.person_id IS NULL AND list_link.same_as <> list_link.row_id
                   AND o.row_id = list_link.same_as AND o.person_id IS NOT NULL AND {whole_district import}"
            ),
            [version.into()],
        ))
        .await?;
    Ok(())
}
