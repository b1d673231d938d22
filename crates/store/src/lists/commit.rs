//! The commit: a version enters the registry in one transaction of set-based statements.
//!
//! Facts follow the newest list, as long as nobody corrected them: a fact is replaced only where the registry still says
//! what the list before said, and a change by hand holds ([`hold`]). Nothing is deleted and every link names its rule, so
//! that a commit can be taken back.

use domain::lists::VersionState;
use serde_json::json;

use super::{Result, changes, check, link, memory, preview, undo, versions};
use crate::{
    bulk,
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    registry::{household::hold, likeness, merge},
    sql,
};

/// What a commit brought in, counted from the rows changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    pub families: i64,
    pub persons: i64,
    pub new_families: i64,
    pub new_persons: i64,
    /// People who moved to another family.
    pub moved: i64,
}

/// Brings a version that is ready (or already marked as being committed) into the registry. One that was taken back
/// enters again in its old place, before the lists that entered after it, which go out for that moment: its rows are the families and
/// people they were, and what it alone knew is known again.
pub async fn commit(change: &Change<'_>, id: i64) -> Result<Committed> {
    commit_because(change, id, None).await
}

/// The same, with a reason that the journal keeps.
pub async fn commit_because(change: &Change<'_>, id: i64, reason: Option<&str>) -> Result<Committed> {
    let version = versions::version(change, id).await?;
    if version.state()? != VersionState::Committing {
        versions::become_state(change, id, VersionState::Committing).await?;
    }
    let later = undo::take_out_later(change, id).await?;
    let done = enter(change, &version).await?;
    let entry = record(change, &version, &done, reason).await?;
    change
        .execute(Query::with(
            sql!("UPDATE list_version SET committed_by = $1, committed_at = $2, entered = COALESCE(entered, $3) WHERE id = $4"),
            [change.actor().user.into(), change.at().into(), entry.into(), id.into()],
        ))
        .await?;
    versions::become_state(change, id, VersionState::Committed).await?;
    undo::enter_again(change, &later).await?;
    bulk::analyze(change, &["family", "person", "membership", "family_list", "person_list", "journal_family"]).await?;
    Ok(done)
}

/// What a commit does to the registry; the version's state and the journal are the caller's.
pub(super) async fn enter(change: &Change<'_>, version: &versions::Version) -> Result<Committed> {
    let id = version.id;
    memory::recall(change, id).await?;
    link::link(change, id, &version.source).await?;
    check::conflicts(change, id).await?;
    let difference = preview::compare(change, version).await?;

    let step = Step { change, id, as_of: &version.as_of, source: &version.source };
    changes::begin(change, id).await?;
    let new_persons = step.number_new_people().await?;
    let new_families = step.number_new_families().await?;
    step.create(new_families, new_persons).await?;
    hold::follow_mergers(change, id).await?;
    step.keep_links().await?;
    // of a list that names nobody known, nobody moves
    let strangers = new_families == difference.families && step.known_people().await? == 0;
    let moved = if strangers { 0 } else { step.move_people().await? };
    step.follow_families().await?;
    if !strangers {
        step.follow_people().await?;
    }
    hold::hold_facts(change, id, &version.as_of).await?;
    changes::keep(change, id).await?;
    step.set_outcomes(difference.previous).await?;
    crate::registry::index_names(change, id).await?;
    memory::forget(change, id).await?;

    let persons = change
        .count(Query::with(
            sql!("SELECT COUNT(DISTINCT person_id) FROM list_link WHERE version_id = $1 AND {whole_district counts of a version}"),
            [id.into()],
        ))
        .await?;
    let done = Committed { families: difference.families, persons, new_families, new_persons, moved };
    change
        .execute(Query::with(
            sql!("UPDATE list_version SET persons = $1, families = $2 WHERE id = $3"),
            [persons.into(), done.families.into(), id.into()],
        ))
        .await?;
    link::end(change).await?;
    // whoever is new may be one with somebody: found out afterwards, and asked
    if done.new_persons > 0 {
        crate::jobs::enqueue(change, likeness::pairs::JOB, id, "{}").await?;
    }
    Ok(done)
}

struct Step<'a> {
    change: &'a Change<'a>,
    id: i64,
    as_of: &'a str,
    source: &'a str,
}

impl Step<'_> {
    /// Ids for the people nobody knew; rows of the same person take the first one's.
    async fn number_new_people(&self) -> Result<i64> {
        let new = self
            .change
            .execute(Query::with(
                sql!(
                    "UPDATE list_link SET person_id = n.id, linked_by = 'new' FROM (
                       SELECT row_id, {fresh person by row_id} AS id FROM list_link
                       WHERE version_id = $1 AND person_id IS NULL AND same_as = row_id AND {whole_district import} ORDER BY row_id
                     ) n WHERE list_link.row_id = n.row_id"
                ),
                [self.id.into()],
            ))
            .await?;
        self.change
            .execute(Query::with(
                sql!(
                    "UPDATE list_link SET person_id = w.id FROM (
                       SELECT m.id, MIN(m.row_id) AS row_id FROM list_memory m JOIN list_link l ON l.row_id = m.row_id AND l.linked_by = 'new'
                       WHERE m.version_id = $1 AND m.kind = 'person' AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = m.id) GROUP BY m.id
                     ) w WHERE list_link.version_id = $1 AND list_link.row_id = w.row_id AND {whole_district import}"
                ),
                [self.id.into()],
            ))
            .await?;
        self.change
            .execute(Query::with(
                sql!(
                    "UPDATE list_link SET person_id = o.person_id, linked_by = CASE WHEN r.nik_sound THEN 'nik' ELSE 'list_person_id' END
                     FROM list_link o, list_row r
                     WHERE list_link.version_id = $1 AND list_link.person_id IS NULL AND list_link.same_as <> list_link.row_id
                       AND o.row_id = list_link.same_as AND r.id = list_link.row_id AND {whole_district import}"
                ),
                [self.id.into()],
            ))
            .await?;
        Ok(new as i64)
    }

    /// Rows of people who were known before.
    async fn known_people(&self) -> Result<i64> {
        Ok(self
            .change
            .count(Query::with(
                sql!("SELECT COUNT(*) FROM list_link WHERE version_id = $1 AND linked_by <> 'new' AND same_as = row_id AND {whole_district import}"),
                [self.id.into()],
            ))
            .await?)
    }

    async fn number_new_families(&self) -> Result<i64> {
        let new = self
            .change
            .execute(Query::with(
                sql!(
                    "UPDATE list_unit SET family_id = n.id, linked_by = 'new' FROM (
                       SELECT family_key, {fresh family by row_id} AS id FROM list_unit
                       WHERE version_id = $1 AND family_id IS NULL AND {whole_district import} ORDER BY row_id
                     ) n WHERE list_unit.version_id = $1 AND list_unit.family_key = n.family_key"
                ),
                [self.id.into()],
            ))
            .await?;
        self.change
            .execute(Query::with(
                sql!(
                    "UPDATE list_unit SET family_id = m.id FROM list_memory m
                     WHERE list_unit.version_id = $1 AND list_unit.linked_by = 'new' AND m.version_id = $1 AND m.kind = 'family' AND m.row_id = list_unit.row_id
                       AND NOT EXISTS (SELECT 1 FROM family f WHERE f.id = m.id) AND {whole_district import}"
                ),
                [self.id.into()],
            ))
            .await?;
        Ok(new as i64)
    }

    async fn create(&self, families: i64, persons: i64) -> Result<()> {
        let family = bulk::set_indexes_aside(self.change, "family", families).await?;
        let person = bulk::set_indexes_aside(self.change, "person", persons).await?;
        let membership = bulk::set_indexes_aside(self.change, "membership", persons).await?;
        self.change
            .execute(Query::with(
                sql!(
                    "INSERT INTO family (id, kk, head_person_id, head_name, name_key, village, address, rt, rw, members, desil, desil_version_id, block, state, created_version_id, created_at)
                     SELECT u.family_id, u.kk, l.person_id, u.head_name, u.name_key, u.village, u.address, u.rt, u.rw, u.members,
                       u.desil_national, CASE WHEN u.desil_national IS NOT NULL THEN $1 END, u.block, 'active', $1, $2
                     FROM list_unit u LEFT JOIN list_link l ON l.row_id = u.head_row_id
                     WHERE u.version_id = $1 AND u.linked_by = 'new' AND {whole_district import} ORDER BY u.family_id"
                ),
                [self.id.into(), self.change.at().into()],
            ))
            .await?;
        self.change
            .execute(Query::with(
                sql!(
                    "INSERT INTO person (id, nik, name, name_key, sex, birth_date, village, family_id, relation, state, created_version_id, created_at)
                     SELECT l.person_id, CASE WHEN r.nik_sound THEN r.nik END, COALESCE(r.name, ''), COALESCE(r.name_key, ''), r.sex, r.birth_date, u.village, u.family_id,
                       CASE WHEN r.id = u.head_row_id THEN 'HEAD' ELSE r.relation END, 'alive', $1, $2
                     FROM list_link l JOIN list_row r ON r.id = l.row_id JOIN list_unit u ON u.version_id = $1 AND u.family_key = l.family_key
                     WHERE l.version_id = $1 AND l.linked_by = 'new' AND {whole_district import} ORDER BY l.person_id"
                ),
                [self.id.into(), self.change.at().into()],
            ))
            .await?;
        self.change
            .execute(Query::with(
                sql!(
                    "INSERT INTO membership (person_id, family_id, relation, since, why, version_id)
                     SELECT l.person_id, u.family_id, CASE WHEN r.id = u.head_row_id THEN 'HEAD' ELSE r.relation END, $2, 'list', $1
                     FROM list_link l JOIN list_row r ON r.id = l.row_id JOIN list_unit u ON u.version_id = $1 AND u.family_key = l.family_key
                     WHERE l.version_id = $1 AND l.linked_by = 'new' AND {whole_district import} ORDER BY l.person_id"
                ),
                [self.id.into(), self.as_of.into()],
            ))
            .await?;
        for aside in [family, person, membership] {
            aside.put_back(self.change).await?;
        }
        Ok(())
    }

    /// The links stay: which row told of whom, and by which rule that was decided.
    async fn keep_links(&self) -> Result<()> {
        self.change
            .execute(Query::with(
                sql!(
                    "INSERT INTO family_list (family_id, version_id, row_id, desil_national, desil_province, desil_district, percentile, village, members, linked_by)
                     SELECT family_id, $1, row_id, desil_national, desil_province, desil_district, percentile, village, members, linked_by
                     FROM list_unit WHERE version_id = $1 AND {whole_district import} ORDER BY family_id"
                ),
                [self.id.into()],
            ))
            .await?;
        self.change
            .execute(Query::with(
                sql!(
                    "INSERT INTO person_list (person_id, version_id, row_id, linked_by)
                     SELECT person_id, $1, row_id, linked_by FROM list_link WHERE version_id = $1 AND {whole_district import} ORDER BY row_id"
                ),
                [self.id.into()],
            ))
            .await?;
        Ok(merge::remember(self.change, self.id).await?)
    }

    /// People known already who now stand in another family, or in another place of theirs: the old membership ends on
    /// the list's date, a new one begins. A list older than what is known adds history and moves nobody.
    async fn move_people(&self) -> Result<i64> {
        let moved = self
            .change
            .execute(Query::with(
                sql!(
                    "UPDATE list_link SET move = m.move FROM (
                       SELECT h.row_id, CASE WHEN n.person_id IS NOT NULL THEN CASE WHEN p.family_id <> u.family_id THEN 'past' ELSE '' END
                           WHEN p.family_id IS DISTINCT FROM u.family_id THEN 'family' ELSE 'relation' END AS move
                       FROM (SELECT person_id, COALESCE(MIN(CASE WHEN found_id IS NULL THEN row_id END), MIN(row_id)) AS row_id FROM list_link WHERE version_id = $1 GROUP BY person_id) h
                       JOIN list_link l ON l.row_id = h.row_id AND l.linked_by <> 'new'
                       JOIN list_row r ON r.id = h.row_id
                       JOIN list_unit u ON u.version_id = $1 AND u.family_key = l.family_key
                       JOIN person p ON p.id = h.person_id
                       LEFT JOIN (
                         SELECT DISTINCT pl.person_id FROM person_list pl JOIN list_version v ON v.id = pl.version_id
                         WHERE v.state = 'committed' AND v.as_of > $2
                       ) n ON n.person_id = h.person_id
                       WHERE p.family_id IS DISTINCT FROM u.family_id
                          OR p.relation IS DISTINCT FROM CASE WHEN r.id = u.head_row_id THEN 'HEAD' ELSE COALESCE(r.relation, p.relation) END
                     ) m WHERE list_link.row_id = m.row_id AND m.move <> '' AND {whole_district import}"
                ),
                [self.id.into(), self.as_of.into()],
            ))
            .await?;
        if moved == 0 {
            return Ok(0);
        }
        hold::hold_members(self.change, self.id, self.as_of).await?;
        let statements = [
            sql!(
                "INSERT INTO membership (person_id, family_id, relation, since, until, why, version_id, closed_version_id)
                 SELECT l.person_id, u.family_id, CASE WHEN r.id = u.head_row_id THEN 'HEAD' ELSE r.relation END, $2, COALESCE((SELECT MIN(m.since) FROM membership m WHERE m.person_id = l.person_id AND m.since > $2), $2), 'list', $1, $1
                 FROM list_link l JOIN list_row r ON r.id = l.row_id JOIN list_unit u ON u.version_id = $1 AND u.family_key = l.family_key
                 WHERE l.version_id = $1 AND l.move = 'past' AND {whole_district import} ORDER BY l.person_id"
            ),
            sql!(
                "UPDATE membership SET until = $2, closed_version_id = $1
                 WHERE until IS NULL AND {whole_district import}
                   AND person_id IN (SELECT person_id FROM list_link WHERE version_id = $1 AND move IN ('family', 'relation'))"
            ),
            sql!(
                "INSERT INTO membership (person_id, family_id, relation, since, why, version_id)
                 SELECT l.person_id, u.family_id, CASE WHEN r.id = u.head_row_id THEN 'HEAD' ELSE COALESCE(r.relation, p.relation) END, $2,
                   CASE WHEN l.move = 'family' THEN 'moved' ELSE 'relation' END, $1
                 FROM list_link l JOIN list_row r ON r.id = l.row_id JOIN person p ON p.id = l.person_id
                 JOIN list_unit u ON u.version_id = $1 AND u.family_key = l.family_key
                 WHERE l.version_id = $1 AND l.move IN ('family', 'relation') AND {whole_district import} ORDER BY l.person_id"
            ),
        ];
        for statement in statements {
            self.change.execute(Query::with(statement, [self.id.into(), self.as_of.into()])).await?;
        }
        let moved = self
            .change
            .count(Query::with(
                sql!("SELECT COUNT(*) FROM list_link WHERE version_id = $1 AND move = 'family' AND {whole_district counts of a version}"),
                [self.id.into()],
            ))
            .await?;
        self.change
            .execute(Query::with(
                sql!(
                    "UPDATE person SET family_id = m.family_id, relation = m.relation FROM (
                       SELECT l.person_id, u.family_id, CASE WHEN r.id = u.head_row_id THEN 'HEAD' ELSE COALESCE(r.relation, p.relation) END AS relation
                       FROM list_link l JOIN list_row r ON r.id = l.row_id JOIN person p ON p.id = l.person_id
                       JOIN list_unit u ON u.version_id = $1 AND u.family_key = l.family_key
                       WHERE l.version_id = $1 AND l.move IN ('family', 'relation')
                     ) m WHERE person.id = m.person_id AND {whole_district import}"
                ),
                [self.id.into()],
            ))
            .await?;
        Ok(moved)
    }

    /// Families known already take what this list says, unless a newer list or a person said otherwise.
    async fn follow_families(&self) -> Result<()> {
        // a family that is part of another keeps the head it had, who may have been given up: taken apart, he heads it again
        self.change
            .execute(Query::with(
                sql!(
                    "UPDATE family SET
                       kk = CASE WHEN family.kk IS NOT DISTINCT FROM s.old_kk THEN COALESCE(s.kk, family.kk) ELSE COALESCE(family.kk, s.kk) END,
                       head_person_id = CASE WHEN s.old_head IS NULL OR s.old_head IS NOT DISTINCT FROM family.head_person_id THEN COALESCE(s.head, family.head_person_id) ELSE family.head_person_id END,
                       head_name = CASE WHEN s.old_row IS NULL OR s.old_name = family.head_name THEN CASE WHEN s.head_name = '' THEN family.head_name ELSE s.head_name END ELSE family.head_name END,
                       name_key = CASE WHEN s.old_row IS NULL OR s.old_name = family.head_name THEN CASE WHEN s.head_name = '' THEN family.name_key ELSE s.name_key END ELSE family.name_key END,
                       village = CASE WHEN s.village_known AND (s.old_row IS NULL OR s.old_village = family.village) THEN s.village ELSE family.village END,
                       address = CASE WHEN s.address <> '' AND (s.old_row IS NULL OR s.old_address = family.address) THEN s.address ELSE family.address END,
                       rt = CASE WHEN s.old_row IS NULL OR s.old_rt IS NOT DISTINCT FROM family.rt THEN COALESCE(s.rt, family.rt) ELSE family.rt END,
                       rw = CASE WHEN s.old_row IS NULL OR s.old_rw IS NOT DISTINCT FROM family.rw THEN COALESCE(s.rw, family.rw) ELSE family.rw END,
                       members = CASE WHEN s.old_row IS NULL OR s.old_members = family.members THEN s.members ELSE family.members END,
                       block = s.block
                     FROM (
                       SELECT u.family_id, u.kk, u.head_name, u.name_key, u.village, (u.village % 10000 <> 0) AS village_known, u.address, u.rt, u.rw, u.members, u.block, CASE WHEN g.state = 'dissolved' THEN COALESCE(l.found_id, l.person_id) ELSE l.person_id END AS head,
                         o.row_id AS old_row, o.kk AS old_kk, o.head_name AS old_name, o.village AS old_village, o.address AS old_address, o.rt AS old_rt, o.rw AS old_rw, o.members AS old_members,
                         ol.person_id AS old_head
                       FROM list_unit u JOIN family g ON g.id = u.family_id
                       LEFT JOIN list_link l ON l.row_id = u.head_row_id
                       LEFT JOIN (
                         SELECT c.family_id, c.version_id, ROW_NUMBER() OVER (PARTITION BY c.family_id ORDER BY CASE WHEN v.source = $3 THEN 0 ELSE 1 END, v.as_of DESC, v.id DESC) AS place
                         FROM list_unit m JOIN family_list c ON c.family_id = m.family_id AND c.version_id <> $1
                         JOIN list_version v ON v.id = c.version_id AND v.state = 'committed' AND v.as_of <= $2
                         WHERE m.version_id = $1 AND m.linked_by <> 'new'
                       ) b ON b.family_id = u.family_id AND b.place = 1
                       LEFT JOIN list_unit o ON o.family_id = u.family_id AND o.version_id = b.version_id
                       LEFT JOIN person_list ol ON ol.version_id = o.version_id AND ol.row_id = o.head_row_id
                       WHERE u.version_id = $1 AND u.linked_by <> 'new'
                         AND NOT EXISTS (SELECT 1 FROM family_list nl JOIN list_version nv ON nv.id = nl.version_id AND nv.state = 'committed' AND nv.as_of > $2 WHERE nl.family_id = u.family_id)
                     ) s WHERE family.id = s.family_id AND {whole_district import}"
                ),
                [self.id.into(), self.as_of.into(), self.source.into()],
            ))
            .await?;
        self.change
            .execute(Query::with(
                sql!(
                    "UPDATE family SET desil = u.desil_national, desil_version_id = $1 FROM list_unit u
                     WHERE u.version_id = $1 AND u.linked_by <> 'new' AND u.desil_national IS NOT NULL AND family.id = u.family_id AND {whole_district import}
                       AND (family.desil_version_id IS NULL OR (SELECT v.as_of FROM list_version v WHERE v.id = family.desil_version_id) <= $2)"
                ),
                [self.id.into(), self.as_of.into()],
            ))
            .await?;
        // a head's faulty number in this list does not matter where the registry knows a sound one of the same person;
        // a head of whom no number is known cannot stand in a decree, whatever the list's columns are
        self.change
            .execute(Query::with(
                sql!(
                    "UPDATE family SET block = '' WHERE block LIKE 'nik.%' AND block <> 'nik.duplicate_file' AND {whole_district import}
                       AND id IN (SELECT u.family_id FROM list_unit u JOIN family f ON f.id = u.family_id JOIN person p ON p.id = f.head_person_id
                                  WHERE u.version_id = $1 AND p.nik IS NOT NULL)"
                ),
                [self.id.into()],
            ))
            .await?;
        self.change
            .execute(Query::with(
                sql!(
                    "UPDATE family SET block = 'nik.empty' WHERE block = '' AND {whole_district import}
                       AND id IN (SELECT u.family_id FROM list_unit u JOIN family f ON f.id = u.family_id LEFT JOIN person p ON p.id = f.head_person_id
                                  WHERE u.version_id = $1 AND p.nik IS NULL)"
                ),
                [self.id.into()],
            ))
            .await?;
        Ok(())
    }

    /// The same for people; and everybody lives where the family lives. A row linked by likeness does not put another number in the
    /// place of one that is known: it was linked in spite of its number.
    async fn follow_people(&self) -> Result<()> {
        self.change
            .execute(Query::with(
                sql!(
                    "UPDATE person SET
                       nik = CASE WHEN person.nik IS NULL OR person.nik = s.old_nik AND NOT s.alike THEN COALESCE(s.nik, person.nik) ELSE person.nik END,
                       name = CASE WHEN s.name <> '' AND (person.name = '' OR person.name = s.old_name) THEN s.name ELSE person.name END,
                       name_key = CASE WHEN s.name <> '' AND (person.name = '' OR person.name = s.old_name) THEN s.name_key ELSE person.name_key END,
                       sex = CASE WHEN person.sex IS NULL OR person.sex = s.old_sex THEN COALESCE(s.sex, person.sex) ELSE person.sex END,
                       birth_date = CASE WHEN person.birth_date IS NULL OR person.birth_date = s.old_birth_date THEN COALESCE(s.birth_date, person.birth_date) ELSE person.birth_date END
                     FROM (
                       SELECT d.person_id, d.nik, d.alike, d.name, d.name_key, d.sex, d.birth_date, CASE WHEN o.nik_sound THEN o.nik END AS old_nik, o.name AS old_name, o.sex AS old_sex, o.birth_date AS old_birth_date,
                         ROW_NUMBER() OVER (PARTITION BY d.person_id ORDER BY CASE WHEN v.id IS NULL THEN 2 WHEN v.source = $3 THEN 0 ELSE 1 END, v.as_of DESC, v.id DESC, o.id) AS place
                       FROM (
                         SELECT l.person_id, CASE WHEN r.nik_sound AND NOT (l.linked_by = 'likeness' AND l.conflict) THEN r.nik END AS nik, l.linked_by = 'likeness' AS alike, COALESCE(r.name, '') AS name, r.name_key, r.sex, r.birth_date
                         FROM (SELECT person_id, MIN(row_id) AS row_id FROM list_link WHERE version_id = $1 AND found_id IS NULL GROUP BY person_id) h
                         JOIN list_link l ON l.row_id = h.row_id AND l.linked_by <> 'new'
                         JOIN list_row r ON r.id = h.row_id
                         JOIN person p ON p.id = h.person_id
                         WHERE (r.nik_sound AND p.nik IS DISTINCT FROM r.nik) OR p.name IS DISTINCT FROM r.name
                           OR (r.sex IS NOT NULL AND p.sex IS DISTINCT FROM r.sex) OR (r.birth_date IS NOT NULL AND p.birth_date IS DISTINCT FROM r.birth_date)
                       ) d
                       LEFT JOIN person_list pl ON pl.person_id = d.person_id AND pl.version_id <> $1
                         AND NOT EXISTS (SELECT 1 FROM merge_moved x WHERE x.what = 'person_list' AND x.row_id = pl.row_id)
                       LEFT JOIN list_version v ON v.id = pl.version_id AND v.state = 'committed' AND v.as_of <= $2
                       LEFT JOIN list_row o ON o.id = pl.row_id AND v.id IS NOT NULL
                       WHERE NOT EXISTS (SELECT 1 FROM person_list nl JOIN list_version nv ON nv.id = nl.version_id AND nv.state = 'committed' AND nv.as_of > $2 WHERE nl.person_id = d.person_id)
                     ) s WHERE person.id = s.person_id AND s.place = 1 AND {whole_district import}"
                ),
                [self.id.into(), self.as_of.into(), self.source.into()],
            ))
            .await?;
        self.change
            .execute(Query::with(
                sql!(
                    "UPDATE person SET village = f.village FROM family f JOIN list_unit u ON u.family_id = f.id
                     WHERE u.version_id = $1 AND person.family_id = f.id AND person.village <> f.village AND {whole_district import}"
                ),
                [self.id.into()],
            ))
            .await?;
        Ok(())
    }

    /// What became of each row where the reading alone could not tell.
    async fn set_outcomes(&self, previous: Option<i64>) -> Result<()> {
        let update = |statement| Query::with(statement, [self.id.into()]);
        self.change
            .execute(update(sql!(
                "UPDATE list_row SET outcome = 'duplicate' WHERE outcome IN ('stored', 'stored_with_warning') AND {whole_district import}
                   AND id IN (SELECT row_id FROM list_link WHERE version_id = $1 AND same_as <> row_id)"
            )))
            .await?;
        if memory::is_of_now(self.change, self.id).await? {
            // rows whose people are remembered are not compared with one another again
            self.change
                .execute(update(sql!(
                    "UPDATE list_row SET outcome = 'duplicate' WHERE outcome IN ('stored', 'stored_with_warning') AND {whole_district import}
                       AND id IN (SELECT row_id FROM list_memory WHERE version_id = $1 AND kind = 'person' AND repeats)"
                )))
                .await?;
        }
        if let Some(previous) = previous {
            self.change
                .execute(Query::with(
                    sql!(
                        "UPDATE list_row SET outcome = 'unchanged' FROM (
                           SELECT r.id FROM list_link l JOIN list_row r ON r.id = l.row_id
                           JOIN person_list pl ON pl.version_id = $2 AND pl.person_id = l.person_id
                           JOIN list_row o ON o.id = pl.row_id AND o.kind = r.kind AND o.digest = r.digest
                           WHERE l.version_id = $1 AND r.outcome IN ('stored', 'stored_with_warning')
                           UNION
                           SELECT r.id FROM list_unit u JOIN list_row r ON r.id = u.row_id AND r.kind = 'family'
                           JOIN list_unit w ON w.version_id = $2 AND w.family_id = u.family_id
                           JOIN list_row o ON o.id = w.row_id AND o.kind = 'family' AND o.digest = r.digest
                           WHERE u.version_id = $1 AND r.outcome IN ('stored', 'stored_with_warning')
                         ) s WHERE list_row.id = s.id AND {whole_district import}"
                    ),
                    [self.id.into(), previous.into()],
                ))
                .await?;
        }
        self.change
            .execute(update(sql!(
                "UPDATE list_row SET outcome = 'conflict' WHERE outcome <> 'rejected' AND {whole_district import}
                   AND id IN (SELECT row_id FROM list_link WHERE version_id = $1 AND conflict)"
            )))
            .await?;
        Ok(())
    }
}

/// One journal entry, linked to every family of the version with what it means for that family.
async fn record(
    change: &Change<'_>,
    version: &versions::Version,
    done: &Committed,
    reason: Option<&str>,
) -> Result<i64> {
    let entry = change
        .record(Entry {
            verb: "list.committed",
            subject: ("list_version", version.id),
            area: None,
            reason,
            data: json!({
                "list": version.title(),
                "source": version.source,
                "version": version.version,
                "families": done.families,
                "persons": done.persons,
                "new_families": done.new_families,
                "new_persons": done.new_persons,
                "moved": done.moved,
            }),
        })
        .await?;
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO journal_family (journal_id, family_id, detail)
                 SELECT $2, family_id, '{\"kind\":\"' || CASE WHEN linked_by = 'new' THEN 'created' ELSE change END || '\",\"desil\":' || COALESCE(CAST(desil_national AS TEXT), '\"-\"') || '}'
                 FROM list_unit WHERE version_id = $1 AND {whole_district import} ORDER BY family_id"
            ),
            [version.id.into(), entry.into()],
        ))
        .await?;
    Ok(entry)
}
