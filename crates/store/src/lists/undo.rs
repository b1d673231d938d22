//! Taking a committed list back, even after later work, and what that would mean.
//!
//! The list's rows and reading stay for ever; what its commit did to the registry is undone, in one transaction. A list is
//! taken out the way it came in, last first: later lists go out too, and enter again without this one. So the registry is
//! what it would be had the list never come, with these differences:
//! - a fact that somebody changed by hand since stays as it is, and so do the families and people it is about;
//! - families something was built on (a round, a decree, aid) stay with their people, also where no list tells of them;
//! - mergers of people stand; whoever only the list told of, and was merged, leaves when the merger is taken apart ([`let_go`]);
//! - whoever leaves and comes back, with a later list or when this one enters again, is the same family and person.
//!
//! Entering again is [`super::commit`].

use domain::lists::VersionState;
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{Error, Result, changes::each_field, commit, memory, versions};
use crate::{
    bulk,
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// Something built on a list: a round over it, a determination, a programme, another list.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Thing {
    pub id: i64,
    pub name: String,
    /// Families of this list in it.
    pub families: i64,
}

/// What taking a list back would do, and what was built on it. Where no list entered later, the numbers are those of the
/// undoing itself; else a person or family that a later list tells of counts as staying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consequences {
    /// Families only this list tells of, with nothing built on them: they leave.
    pub families_go: i64,
    /// Families this list brought that stay, because something was built on them or another list tells of them.
    pub families_stay: i64,
    /// Families known before of which it changed something.
    pub families_changed: i64,
    /// Families known before of which it changed nothing. With the three above these are all families of the list.
    pub families_same: i64,
    pub persons_go: i64,
    pub persons_changed: i64,
    /// People it moved to another family.
    pub moved: i64,
    pub rounds: Vec<Thing>,
    pub determinations: Vec<Thing>,
    pub programmes: Vec<Thing>,
    pub events: Vec<Thing>,
    /// Families of rounds over it handed to an agency or refused.
    pub answers: i64,
    /// Changes by hand since of its families and people: they stay.
    pub changes: i64,
    /// Mergers since of its people: they stand.
    pub mergers: i64,
    /// Lists that entered later: they go out, and enter again without it.
    pub lists: Vec<Thing>,
}

/// Another committed list that tells of the same family or person.
macro_rules! told_elsewhere {
    ($table:literal, $column:literal, $of:literal, $which:expr) => {
        concat!(
            "EXISTS (SELECT 1 FROM ",
            $table,
            " o JOIN list_version v ON v.id = o.version_id AND v.state = 'committed'",
            $which,
            " WHERE o.",
            $column,
            " = ",
            $of,
            " AND o.version_id <> $1)"
        )
    };
}

/// Families `f` that leave: brought by the version $1, nothing was built on them, and no other list tells of them. `$which`: no other
/// list of these; `$but`: people `p` who live there and do not count.
macro_rules! family_goes {
    () => {
        family_goes!("", "")
    };
    ($which:expr, $but:expr) => {
        concat!(
            "f.created_version_id = $1 AND NOT ",
            told_elsewhere!("family_list", "family_id", "f.id", $which),
            " AND NOT EXISTS (SELECT 1 FROM assignment x WHERE x.family_id = f.id)
             AND NOT EXISTS (SELECT 1 FROM determination_line x WHERE x.family_id = f.id)
             AND NOT EXISTS (SELECT 1 FROM referral x WHERE x.family_id = f.id)
             AND NOT EXISTS (SELECT 1 FROM enrolment x WHERE x.family_id = f.id)
             AND NOT EXISTS (SELECT 1 FROM event_line x WHERE x.family_id = f.id)
             AND f.id NOT IN (SELECT x.subject_id FROM household_subject x JOIN household_change y ON y.id = x.change_id AND y.state IN ('proposed', 'done') WHERE x.kind = 'family')
             AND f.id NOT IN (SELECT m.family_id FROM household_subject x JOIN household_change y ON y.id = x.change_id AND y.state IN ('proposed', 'done')
               JOIN membership m ON m.person_id = x.subject_id WHERE x.kind = 'person' AND (m.version_id IS DISTINCT FROM $1 OR m.why = 'list' AND m.closed_version_id IS DISTINCT FROM $1))
             AND f.id NOT IN (SELECT p.family_id FROM list_version w JOIN family h ON h.created_version_id = w.id JOIN person p ON p.id = h.head_person_id AND p.created_version_id = $1
               WHERE w.state <> 'committed' AND w.id <> $1 AND p.family_id IS NOT NULL)
             AND NOT EXISTS (SELECT 1 FROM person p WHERE p.family_id = f.id AND p.created_version_id IS DISTINCT FROM $1
               AND NOT EXISTS (SELECT 1 FROM list_change c WHERE c.version_id = $1 AND c.kind = 'person' AND c.field = 'family_id' AND c.subject_id = p.id)",
            $but,
            ")"
        )
    };
}

/// The same at the moment when the lists that entered later are out: what they tell of, and whom they brought, is not there.
macro_rules! family_goes_for_a_moment {
    () => {
        family_goes!(
            " AND v.entered < (SELECT me.entered FROM list_version me WHERE me.id = $1)",
            " AND NOT EXISTS (SELECT 1 FROM list_version w JOIN list_version me ON me.id = $1 WHERE w.entered > me.entered AND w.state = 'committed' AND (w.id = p.created_version_id
               OR EXISTS (SELECT 1 FROM list_change k WHERE k.version_id = w.id AND k.kind = 'person' AND k.field = 'family_id' AND k.subject_id = p.id)))"
        )
    };
}

/// People `p` who leave: brought by the version, of a family `f` that leaves or that was known before it.
macro_rules! person_goes {
    ($family_goes:expr) => {
        concat!(
            "p.created_version_id = $1 AND (f.id IS NULL OR f.created_version_id IS DISTINCT FROM $1 OR ",
            $family_goes,
            ") AND NOT EXISTS (SELECT 1 FROM visit_member x WHERE x.person_id = p.id)
             AND p.id NOT IN (SELECT x.subject_id FROM household_subject x JOIN household_change y ON y.id = x.change_id AND y.state IN ('proposed', 'done') WHERE x.kind = 'person')
             AND NOT ",
            told_elsewhere!("person_list", "person_id", "p.id", ""),
            " AND NOT EXISTS (SELECT 1 FROM family h WHERE h.head_person_id = p.id AND h.created_version_id IS DISTINCT FROM $1 AND NOT EXISTS (
               SELECT 1 FROM list_change c WHERE c.version_id = $1 AND c.kind = 'family' AND c.field = 'head_person_id' AND c.subject_id = h.id))"
        )
    };
}

/// Changes by hand `c` that rest on the version $1: made or proposed since it entered, about a family or person it tells of; or about
/// one it brought, also where it was taken back since and entered again.
macro_rules! since {
    () => {
        "household_change c JOIN list_version me ON me.id = $1 WHERE {whole_district counts of a version}
           AND c.state IN ('proposed', 'done') AND (
             c.id IN (SELECT s.change_id FROM household_subject s JOIN person p ON p.id = s.subject_id AND p.created_version_id = $1 WHERE s.kind = 'person')
             OR c.id IN (SELECT s.change_id FROM household_subject s JOIN family f ON f.id = s.subject_id AND f.created_version_id = $1 WHERE s.kind = 'family')
             OR (c.journal_id > me.entered OR c.state = 'proposed' AND EXISTS (
                 SELECT 1 FROM journal j WHERE j.subject_kind = 'household_change' AND j.subject_id = c.id AND j.verb = 'household.proposed' AND j.id > me.entered))
               AND (c.id IN (SELECT s.change_id FROM household_subject s JOIN family_list l ON l.family_id = s.subject_id AND l.version_id = $1 WHERE s.kind = 'family')
                 OR c.id IN (SELECT s.change_id FROM household_subject s JOIN person_list l ON l.person_id = s.subject_id AND l.version_id = $1 WHERE s.kind = 'person')))"
    };
}

/// What taking the version back would do. Changes nothing.
pub async fn consequences(handle: &impl Handle, id: i64) -> Result<Consequences> {
    let count = async |query| handle.count(Query::with(query, [id.into()])).await;
    let things = async |query| handle.all::<Thing>(Query::with(query, [id.into()])).await;
    let families_go = count(sql!(concat!(
        "SELECT COUNT(*) FROM family f WHERE {whole_district counts of a version} AND ",
        family_goes!()
    )))
    .await?;
    let brought = count(sql!(
        "SELECT COUNT(*) FROM family f WHERE f.created_version_id = $1 AND {whole_district counts of a version}"
    ))
    .await?;
    // one that stayed when the list was taken back before counts as brought, also where the list then changed it
    let families_changed = count(sql!(
        "SELECT COUNT(DISTINCT c.subject_id) FROM list_change c JOIN family f ON f.id = c.subject_id
         WHERE c.version_id = $1 AND c.kind = 'family' AND c.field NOT IN ('name_key', 'head_person_id', 'desil_version_id') AND f.created_version_id IS DISTINCT FROM $1 AND {whole_district counts of a version}"
    ))
    .await?;
    let told = count(sql!(
        "SELECT COUNT(*) FROM family f WHERE {whole_district counts of a version} AND (f.created_version_id = $1
           OR EXISTS (SELECT 1 FROM list_unit u WHERE u.version_id = $1 AND u.family_id = f.id))"
    ))
    .await?;
    Ok(Consequences {
        families_go,
        families_stay: brought - families_go,
        families_changed,
        families_same: told - brought - families_changed,
        persons_go: count(sql!(concat!(
            "SELECT COUNT(*) FROM person p LEFT JOIN family f ON f.id = p.family_id WHERE {whole_district counts of a version} AND ",
            person_goes!(family_goes_for_a_moment!())
        )))
        .await?,
        persons_changed: count(sql!("SELECT COUNT(DISTINCT subject_id) FROM list_change WHERE version_id = $1 AND kind = 'person' AND {whole_district counts of a version}")).await?,
        moved: count(sql!("SELECT COUNT(*) FROM list_change WHERE version_id = $1 AND kind = 'person' AND field = 'family_id' AND {whole_district counts of a version}")).await?,
        rounds: things(sql!(
            "SELECT r.id, r.name, COUNT(a.id) AS families FROM round r LEFT JOIN assignment a ON a.round_id = r.id
             WHERE r.version_id = $1 AND {whole_district counts of a version} GROUP BY r.id, r.name ORDER BY r.id"
        ))
        .await?,
        determinations: things(sql!(
            "SELECT d.id, d.name, d.selected AS families FROM determination d JOIN round r ON r.id = d.round_id
             WHERE r.version_id = $1 ORDER BY d.id"
        ))
        .await?,
        programmes: things(sql!(
            "SELECT p.id, p.name, COUNT(DISTINCT e.family_id) AS families FROM round r JOIN determination d ON d.round_id = r.id
             JOIN determination_line l ON l.determination_id = d.id JOIN enrolment e ON e.determination_line_id = l.id JOIN programme p ON p.id = e.programme_id
             WHERE r.version_id = $1 AND {whole_district counts of a version} GROUP BY p.id, p.name ORDER BY p.id"
        ))
        .await?,
        events: things(sql!(
            "SELECT ev.id, ev.name, COUNT(DISTINCT x.family_id) AS families FROM round r JOIN determination d ON d.round_id = r.id
             JOIN determination_line l ON l.determination_id = d.id JOIN enrolment e ON e.determination_line_id = l.id
             JOIN event_line x ON x.enrolment_id = e.id JOIN event ev ON ev.id = x.event_id
             WHERE r.version_id = $1 AND {whole_district counts of a version} GROUP BY ev.id, ev.name ORDER BY ev.id"
        ))
        .await?,
        answers: count(sql!(
            "SELECT COUNT(DISTINCT x.family_id) FROM referral x JOIN round r ON r.id = x.round_id
             WHERE r.version_id = $1 AND {whole_district counts of a version}"
        ))
        .await?,
        changes: count(sql!(concat!("SELECT COUNT(*) FROM ", since!(), " AND c.kind <> 'same'"))).await?,
        mergers: count(sql!(concat!("SELECT COUNT(*) FROM ", since!(), " AND c.kind = 'same'"))).await?,
        lists: things(sql!(
            "SELECT v.id, UPPER(v.source) || ' ' || v.version AS name, v.families FROM list_version v
             JOIN list_version me ON me.id = $1 WHERE v.state = 'committed' AND v.entered > me.entered ORDER BY v.entered"
        ))
        .await?,
    })
}

/// What the undoing did, counted from the rows changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    pub families_gone: i64,
    pub persons_gone: i64,
    /// Families it brought that stay.
    pub families_stay: i64,
    /// Later lists that entered again.
    pub lists: i64,
}

#[derive(FromQueryResult)]
struct Left {
    brought: i64,
    gone: i64,
}

/// Takes a committed version (or one already marked as being taken back) out of the registry.
pub async fn undo(change: &Change<'_>, id: i64, reason: &str) -> Result<Undone> {
    let version = versions::version(change, id).await?;
    if reason.trim().is_empty() {
        return Err(Error::NoReason);
    }
    if version.state()? != VersionState::Undoing {
        versions::become_state(change, id, VersionState::Undoing).await?;
    }
    let later = take_out_down_to(change, id).await?;
    versions::become_state(change, id, VersionState::Undone).await?;
    enter_again(change, &later).await?;
    let undone = Undone { lists: later.len() as i64, ..left(change, id).await? };
    record(change, &version, reason.trim(), &undone).await?;
    bulk::analyze(change, &["family", "person", "membership", "family_list", "person_list", "list_change"]).await?;
    Ok(undone)
}

/// Takes a list out, those that entered after it first; they are answered with, the last first, to [`enter_again`].
pub(super) async fn take_out_down_to(change: &Change<'_>, id: i64) -> Result<Vec<Later>> {
    let later = take_out_later(change, id).await?;
    take_out(change, id).await?;
    Ok(later)
}

/// A list that is out for a moment, and the state it comes back to: one may be waiting to be taken back itself.
#[derive(FromQueryResult)]
pub(super) struct Later {
    id: i64,
    state: String,
}

/// Takes those out that entered after a list did, whether it is in now or not.
pub(super) async fn take_out_later(change: &Change<'_>, id: i64) -> Result<Vec<Later>> {
    let later: Vec<Later> = change
        .all(Query::with(
            sql!(
                "SELECT v.id, v.state FROM list_version v JOIN list_version me ON me.id = $1
                 WHERE v.state IN ('committed', 'undoing') AND v.entered > me.entered ORDER BY v.entered DESC"
            ),
            [id.into()],
        ))
        .await?;
    for list in &later {
        set_state(change, list.id, VersionState::Committing).await?;
        take_out(change, list.id).await?;
    }
    Ok(later)
}

/// The later lists enter again, each as it did.
pub(super) async fn enter_again(change: &Change<'_>, later: &[Later]) -> Result<()> {
    for list in later.iter().rev() {
        let version = versions::version(change, list.id).await?;
        commit::enter(change, &version).await?;
        set_state(change, list.id, VersionState::from_word(&list.state).unwrap_or(VersionState::Committed)).await?;
    }
    Ok(())
}

/// A list is out of the registry for a moment; nobody else sees it so.
pub(super) async fn set_state(change: &Change<'_>, id: i64, state: VersionState) -> Result<()> {
    change
        .execute(Query::with(
            sql!("UPDATE list_version SET state = $1 WHERE id = $2"),
            [state.as_str().into(), id.into()],
        ))
        .await?;
    Ok(())
}

/// Undoes what the commit of a version did, all that entered later being out: who its rows were is remembered, facts and
/// moves go back, who came with it leaves.
async fn take_out(change: &Change<'_>, id: i64) -> Result<()> {
    macro_rules! restore_field {
        ($kind:literal, $column:literal, $value:literal) => {
            sql!(concat!(
                "UPDATE ",
                $kind,
                " SET ",
                $column,
                " = ",
                $value,
                " FROM list_change c
                 WHERE c.version_id = $1 AND c.kind = '",
                $kind,
                "' AND c.field = '",
                $column,
                "' AND c.subject_id = ",
                $kind,
                ".id
                   AND CAST(",
                $kind,
                ".",
                $column,
                " AS TEXT) IS NOT DISTINCT FROM c.became AND {whole_district undo}
                   AND NOT EXISTS (SELECT 1 FROM household_field h JOIN household_change k ON k.id = h.change_id AND k.state = 'done'
                     JOIN list_version v ON v.id = $1 AND k.journal_id > v.entered WHERE h.kind = c.kind AND h.field = c.field AND h.subject_id = c.subject_id AND h.became IS NOT DISTINCT FROM c.became)"
            ))
        };
    }
    let who_leaves = [
        // the work tables of a commit name those who leave
        sql!(concat!(
            "INSERT INTO family_before (version_id, id) SELECT $1, f.id FROM family f WHERE {whole_district undo} AND ",
            family_goes!()
        )),
        sql!(concat!(
            "INSERT INTO person_before (version_id, id) SELECT $1, p.id FROM person p LEFT JOIN family f ON f.id = p.family_id WHERE {whole_district undo} AND ",
            person_goes!("f.id IN (SELECT id FROM family_before WHERE version_id = $1)")
        )),
    ];
    let go_back = [
        // a row that told of somebody a second time; not one that says the same as another, which reading found
        sql!(
            "UPDATE list_row SET outcome = CASE WHEN severity IN ('none', 'note') THEN 'stored' ELSE 'stored_with_warning' END
             WHERE outcome = 'duplicate' AND {whole_district undo} AND id IN (SELECT l.row_id FROM person_list l WHERE l.version_id = $1)
               AND NOT EXISTS (SELECT 1 FROM list_finding f WHERE f.row_id = list_row.id AND f.code = 'row.duplicate')"
        ),
        sql!("DELETE FROM list_change WHERE version_id = $1 AND {whole_district undo}"),
        // memberships it closed are open again; those it opened never were
        sql!(
            "UPDATE membership SET until = NULL, closed_version_id = NULL
             WHERE closed_version_id = $1 AND version_id IS DISTINCT FROM $1 AND {whole_district undo}"
        ),
        sql!(
            "DELETE FROM membership WHERE version_id = $1 AND (why <> 'list' OR closed_version_id = $1) AND {whole_district undo}"
        ),
    ];
    let leave = [
        sql!(
            "DELETE FROM membership WHERE person_id IN (SELECT id FROM person_before WHERE version_id = $1) AND {whole_district undo}"
        ),
        sql!(
            "DELETE FROM person WHERE id IN (SELECT id FROM person_before WHERE version_id = $1) AND {whole_district undo}"
        ),
        sql!(
            "DELETE FROM family WHERE id IN (SELECT id FROM family_before WHERE version_id = $1) AND {whole_district undo}"
        ),
        sql!("DELETE FROM person_before WHERE version_id = $1 AND {whole_district undo}"),
        sql!("DELETE FROM family_before WHERE version_id = $1 AND {whole_district undo}"),
        // the list tells of nobody any more; its rows stay as they were read
        sql!("DELETE FROM family_list WHERE version_id = $1 AND {whole_district undo}"),
        sql!(
            "DELETE FROM merge_moved WHERE what = 'person_list' AND row_id IN (SELECT l.row_id FROM person_list l WHERE l.version_id = $1) AND {whole_district undo}"
        ),
        sql!("DELETE FROM person_list WHERE version_id = $1 AND {whole_district undo}"),
    ];
    let settle = [
        sql!("UPDATE list_unit SET family_id = NULL, linked_by = '' WHERE version_id = $1 AND {whole_district undo}"),
        sql!(
            "UPDATE list_row SET outcome = CASE WHEN severity IN ('none', 'note') THEN 'stored' ELSE 'stored_with_warning' END
             WHERE file_id IN (SELECT id FROM list_file WHERE version_id = $1) AND outcome IN ('unchanged', 'conflict') AND {whole_district undo}"
        ),
        // who stays without any other word on the desil has none
        sql!(
            "UPDATE family SET desil = n.desil_national, desil_version_id = n.version_id FROM (
               SELECT f.id, b.desil_national, b.version_id FROM family f LEFT JOIN (
                 SELECT l.family_id, l.desil_national, l.version_id, ROW_NUMBER() OVER (PARTITION BY l.family_id ORDER BY v.as_of DESC, v.id DESC) AS place
                 FROM family_list l JOIN list_version v ON v.id = l.version_id AND v.state = 'committed'
                 WHERE l.desil_national IS NOT NULL AND l.family_id IN (SELECT s.id FROM family s WHERE s.desil_version_id = $1)
               ) b ON b.family_id = f.id AND b.place = 1
               WHERE f.desil_version_id = $1
             ) n WHERE family.id = n.id AND {whole_district undo}"
        ),
    ];
    memory::remember(change, id).await?;
    crate::registry::household::hold::settle_beneath(change, id).await?;
    let run = async |statement| change.execute(Query::with(statement, [id.into()])).await;
    for statement in who_leaves.into_iter().chain(each_field!(restore_field)).chain(go_back) {
        run(statement).await?;
    }
    let families =
        change.count(sql!("SELECT COUNT(*) FROM family_before WHERE {whole_district counts of a version}")).await?;
    let persons =
        change.count(sql!("SELECT COUNT(*) FROM person_before WHERE {whole_district counts of a version}")).await?;
    let mut aside = Vec::new();
    for (table, rows) in [
        ("family", families),
        ("family_list", families),
        ("person", persons),
        ("membership", persons),
        ("person_list", persons),
    ] {
        aside.push(bulk::set_indexes_aside(change, table, rows).await?);
    }
    for statement in leave {
        run(statement).await?;
    }
    for aside in aside {
        aside.put_back(change).await?;
    }
    for statement in settle {
        run(statement).await?;
    }
    crate::registry::likeness::pairs::forget_gone(change).await?;
    Ok(crate::registry::index_undone(change, id).await?)
}

/// Whom only a merger held although every list that told of them was taken back leaves, now that the merger is taken apart: as he
/// would have when the list went. Where the list enters again, he comes back as who he was.
pub(crate) async fn let_go(change: &Change<'_>, merger: i64) -> crate::Result<()> {
    let withdrawn: Vec<i64> = change
        .column(Query::with(
            sql!(
                "SELECT DISTINCT v.id FROM household_subject s LEFT JOIN person p ON s.kind = 'person' AND p.id = s.subject_id LEFT JOIN family f ON s.kind = 'family' AND f.id = s.subject_id
                 JOIN list_version v ON v.id = COALESCE(p.created_version_id, f.created_version_id) AND v.state = 'undone' WHERE s.change_id = $1 AND {checked by the merger} ORDER BY v.id"
            ),
            [merger.into()],
        ))
        .await?;
    let who_leaves = [
        sql!(concat!(
            "INSERT INTO family_before (version_id, id) SELECT $1, f.id FROM family f WHERE f.id IN (SELECT s.subject_id FROM household_subject s WHERE s.change_id = $2 AND s.kind = 'family')
               AND {checked by the merger} AND ", family_goes!()
        )),
        sql!(concat!(
            "INSERT INTO person_before (version_id, id) SELECT $1, p.id FROM person p LEFT JOIN family f ON f.id = p.family_id WHERE (f.id IN (SELECT id FROM family_before WHERE version_id = $1)
               OR p.id IN (SELECT s.subject_id FROM household_subject s WHERE s.change_id = $2 AND s.kind = 'person')) AND {checked by the merger} AND ",
            person_goes!("f.id IN (SELECT id FROM family_before WHERE version_id = $1)")
        )),
    ];
    let leaves = [
        sql!(
            "DELETE FROM membership WHERE person_id IN (SELECT id FROM person_before WHERE version_id = $1) AND {checked by the merger}"
        ),
        sql!(
            "DELETE FROM search_word WHERE family_id IN (SELECT id FROM family_before WHERE version_id = $1) AND {checked by the merger}"
        ),
        sql!(
            "DELETE FROM person WHERE id IN (SELECT id FROM person_before WHERE version_id = $1) AND {checked by the merger}"
        ),
        sql!(
            "DELETE FROM family WHERE id IN (SELECT id FROM family_before WHERE version_id = $1) AND {checked by the merger}"
        ),
        sql!("DELETE FROM person_before WHERE version_id = $1 AND {checked by the merger}"),
        sql!("DELETE FROM family_before WHERE version_id = $1 AND {checked by the merger}"),
    ];
    for version in &withdrawn {
        for statement in who_leaves {
            change.execute(Query::with(statement, [(*version).into(), merger.into()])).await?;
        }
        for statement in leaves {
            change.execute(Query::with(statement, [(*version).into()])).await?;
        }
    }
    crate::registry::likeness::pairs::forget_gone(change).await
}

/// Of those a version brought, who is gone now.
async fn left(change: &Change<'_>, id: i64) -> Result<Undone> {
    let of = async |query| {
        let left: Option<Left> = change.one(Query::with(query, [id.into()])).await?;
        Ok::<Left, crate::Error>(left.unwrap_or(Left { brought: 0, gone: 0 }))
    };
    let families = of(sql!(
        "SELECT COUNT(*) AS brought, COUNT(CASE WHEN f.id IS NULL THEN 1 END) AS gone FROM list_memory m LEFT JOIN family f ON f.id = m.id
         WHERE m.version_id = $1 AND m.kind = 'family' AND m.linked_by IN ('new', 'again') AND {whole_district counts of a version}"
    ))
    .await?;
    let persons = of(sql!(
        "SELECT COUNT(*) AS brought, COUNT(CASE WHEN p.id IS NULL THEN 1 END) AS gone
         FROM (SELECT DISTINCT id FROM list_memory WHERE version_id = $1 AND kind = 'person') m LEFT JOIN person p ON p.id = m.id WHERE {whole_district counts of a version}"
    ))
    .await?;
    Ok(Undone {
        families_gone: families.gone,
        persons_gone: persons.gone,
        families_stay: families.brought - families.gone,
        lists: 0,
    })
}

/// One journal entry, linked to every family of the list that is still there.
async fn record(change: &Change<'_>, version: &versions::Version, reason: &str, done: &Undone) -> Result<()> {
    let entry = change
        .record(Entry {
            verb: "list.undone",
            subject: ("list_version", version.id),
            area: None,
            reason: Some(reason),
            data: json!({
                "list": version.title(), "source": version.source, "version": version.version,
                "families": version.families, "families_gone": done.families_gone, "persons_gone": done.persons_gone,
                "families_stay": done.families_stay, "lists": done.lists,
            }),
        })
        .await?;
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO journal_family (journal_id, family_id, detail)
                 SELECT $2, f.id, NULL FROM list_memory m JOIN family f ON f.id = m.id WHERE m.version_id = $1 AND m.kind = 'family' AND {whole_district undo} ORDER BY f.id"
            ),
            [version.id.into(), entry.into()],
        ))
        .await?;
    Ok(())
}
