//! Taking a change back: everything is as it was, unless something newer was built on it.

use std::collections::BTreeMap;

use domain::household::{Kind, State};
use sea_orm::FromQueryResult;

use super::{
    Outcome, Refused,
    read::find,
    rows::set,
    write::{subjects, tell},
};
use crate::{
    connect::{Change, Result},
    lists,
    query::{Handle, Query},
    registry::{index_families, merge},
    sql,
};

/// Something newer that rests on a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocker {
    /// A later change by hand of the same families or people.
    Change { id: i64, kind: Kind },
    /// A list that came in later and changed the same, or tells of whom the change made.
    List { id: i64, name: String },
    /// A round, determination, programme or event that holds the family the change made.
    Thing { what: String, id: i64, name: String },
    /// The number of before is somebody else's by now.
    Number,
    /// A field says something else now.
    Field(String),
}

#[derive(FromQueryResult)]
struct Found {
    what: String,
    id: i64,
    name: String,
}

/// A field a change set, as it is kept.
#[derive(FromQueryResult)]
pub(in crate::registry) struct SetField {
    pub kind: String,
    pub field: String,
    pub subject_id: i64,
    pub was: Option<String>,
    pub became: Option<String>,
}

/// What families and people say now, by kind, column and number.
pub(in crate::registry) type Now = BTreeMap<(String, String, i64), Option<String>>;

/// What stands in the way of taking the change back; nothing: it can be. The caller has found the change.
pub async fn in_the_way(handle: &impl Handle, id: i64) -> Result<Vec<Blocker>> {
    let found: Vec<Found> = handle
        .all(Query::with(
            sql!(
                "WITH mine AS (SELECT c.id, c.journal_id FROM household_change c WHERE c.id = $1 AND {checked the change was found}),
                   made AS (SELECT h.kind, h.subject_id FROM household_field h WHERE h.change_id = $1 AND h.field = 'id')
                 SELECT DISTINCT k.kind AS what, k.id, '' AS name FROM mine JOIN household_change k ON k.state = 'done' AND k.journal_id > mine.journal_id
                 WHERE EXISTS (SELECT 1 FROM household_field a JOIN household_field b ON b.kind = a.kind AND b.field = a.field AND b.subject_id = a.subject_id
                               WHERE a.change_id = $1 AND b.change_id = k.id)
                    OR EXISTS (SELECT 1 FROM made JOIN household_subject s ON s.kind = made.kind AND s.subject_id = made.subject_id WHERE s.change_id = k.id)
                 UNION
                 SELECT 'list', v.id, UPPER(v.source) || ' ' || v.version FROM mine JOIN household_field h ON h.change_id = mine.id
                   JOIN list_change l ON l.kind = h.kind AND l.field = h.field AND l.subject_id = h.subject_id
                   JOIN list_version v ON v.id = l.version_id AND v.state = 'committed' AND v.entered > mine.journal_id
                 UNION
                 SELECT 'list', v.id, UPPER(v.source) || ' ' || v.version FROM made JOIN family_list x ON made.kind = 'family' AND x.family_id = made.subject_id JOIN list_version v ON v.id = x.version_id AND v.state = 'committed'
                 UNION
                 SELECT 'list', v.id, UPPER(v.source) || ' ' || v.version FROM made JOIN person_list x ON made.kind = 'person' AND x.person_id = made.subject_id JOIN list_version v ON v.id = x.version_id AND v.state = 'committed'
                 UNION
                 SELECT 'round', r.id, r.name FROM made JOIN assignment x ON made.kind = 'family' AND x.family_id = made.subject_id JOIN round r ON r.id = x.round_id
                 UNION
                 SELECT 'round', r.id, r.name FROM made JOIN visit_member x ON made.kind = 'person' AND x.person_id = made.subject_id JOIN visit v ON v.id = x.visit_id JOIN round r ON r.id = v.round_id
                 UNION
                 SELECT 'round', r.id, r.name FROM made JOIN deliberation_added x ON made.kind = 'family' AND x.family_id = made.subject_id JOIN deliberation d ON d.id = x.deliberation_id JOIN round r ON r.id = d.round_id
                 UNION
                 SELECT 'round', r.id, r.name FROM made JOIN referral x ON made.kind = 'family' AND x.family_id = made.subject_id JOIN round r ON r.id = x.round_id
                 UNION
                 SELECT 'determination', d.id, d.name FROM made JOIN determination_line x ON made.kind = 'family' AND x.family_id = made.subject_id JOIN determination d ON d.id = x.determination_id
                 UNION
                 SELECT 'programme', p.id, p.name FROM made JOIN enrolment x ON made.kind = 'family' AND x.family_id = made.subject_id JOIN programme p ON p.id = x.programme_id
                 UNION
                 SELECT 'event', e.id, e.name FROM made JOIN event_line x ON made.kind = 'family' AND x.family_id = made.subject_id JOIN event e ON e.id = x.event_id
                 UNION
                 SELECT 'number', 0, '' FROM household_field h JOIN person p ON p.nik = h.was AND p.id <> h.subject_id WHERE h.change_id = $1 AND h.kind = 'person' AND h.field = 'nik'
                 ORDER BY 1, 2"
            ),
            [id.into()],
        ))
        .await?;
    let mut blockers: Vec<Blocker> = found
        .into_iter()
        .map(|one| match (one.what.as_str(), Kind::from_word(&one.what)) {
            ("list", _) => Blocker::List { id: one.id, name: one.name },
            ("number", _) => Blocker::Number,
            (_, Some(kind)) => Blocker::Change { id: one.id, kind },
            _ => Blocker::Thing { what: one.what, id: one.id, name: one.name },
        })
        .collect();
    if blockers.is_empty() {
        blockers.extend(moved_on(handle, id).await?.map(Blocker::Field));
    }
    Ok(blockers)
}

/// A field the change set that says something else by now, without anybody's word for it.
async fn moved_on(handle: &impl Handle, id: i64) -> Result<Option<String>> {
    let now = now(handle, id).await?;
    let set = fields(handle, id).await?;
    Ok(set
        .into_iter()
        .filter(|one| one.field != "id")
        .find(|one| now.get(&(one.kind.clone(), one.field.clone(), one.subject_id)) != Some(&one.became))
        .map(|one| one.field))
}

/// What the families and people a change is about say now. The caller has found the change.
pub(in crate::registry) async fn now(handle: &impl Handle, id: i64) -> Result<Now> {
    #[derive(FromQueryResult)]
    struct Row {
        kind: String,
        id: i64,
        a: Option<String>,
        b: Option<String>,
        c: Option<String>,
        d: Option<String>,
        e: Option<String>,
        f: Option<String>,
        g: Option<String>,
        h: Option<String>,
        i: Option<String>,
        j: Option<String>,
        k: Option<String>,
        l: Option<String>,
        m: Option<String>,
        n: Option<String>,
    }
    const FAMILY: [&str; 14] = [
        "kk",
        "head_person_id",
        "head_name",
        "name_key",
        "village",
        "address",
        "rt",
        "rw",
        "members",
        "block",
        "state",
        "merged_into",
        "desil",
        "desil_version_id",
    ];
    const PERSON: [&str; 8] = ["nik", "village", "family_id", "relation", "state", "sex", "birth_date", "merged_into"];
    let rows: Vec<Row> = handle
        .all(Query::with(
            sql!(
                "SELECT 'family' AS kind, f.id, f.kk AS a, CAST(f.head_person_id AS TEXT) AS b, f.head_name AS c, f.name_key AS d, CAST(f.village AS TEXT) AS e, f.address AS f, f.rt AS g, f.rw AS h,
                   CAST(f.members AS TEXT) AS i, f.block AS j, f.state AS k, CAST(f.merged_into AS TEXT) AS l, CAST(f.desil AS TEXT) AS m, CAST(f.desil_version_id AS TEXT) AS n
                 FROM family f WHERE f.id IN (SELECT s.subject_id FROM household_subject s WHERE s.change_id = $1 AND s.kind = 'family') AND {checked the change was found}
                 UNION ALL
                 SELECT 'person', p.id, p.nik, CAST(p.village AS TEXT), CAST(p.family_id AS TEXT), p.relation, p.state, p.sex, p.birth_date, CAST(p.merged_into AS TEXT), NULL, NULL, NULL, NULL, NULL, NULL
                 FROM person p WHERE p.id IN (SELECT s.subject_id FROM household_subject s WHERE s.change_id = $1 AND s.kind = 'person')"
            ),
            [id.into()],
        ))
        .await?;
    let mut now = Now::new();
    for row in rows {
        let values = [row.a, row.b, row.c, row.d, row.e, row.f, row.g, row.h, row.i, row.j, row.k, row.l, row.m, row.n];
        let names: &[&str] = if row.kind == "family" { &FAMILY } else { &PERSON };
        for (name, value) in names.iter().zip(values) {
            now.insert((row.kind.clone(), (*name).to_owned(), row.id), value);
        }
    }
    Ok(now)
}

pub(in crate::registry) async fn fields(handle: &impl Handle, id: i64) -> Result<Vec<SetField>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT h.kind, h.field, h.subject_id, h.was, h.became FROM household_field h WHERE h.change_id = $1 AND {checked the change was found} ORDER BY h.kind, h.subject_id, h.field"
            ),
            [id.into()],
        ))
        .await
}

/// Every field and membership is as it was before the change, on which nothing rests.
async fn put_back(change: &Change<'_>, id: i64) -> Outcome<()> {
    let blockers = in_the_way(change, id).await?;
    if !blockers.is_empty() {
        return Err(Refused::InTheWay(blockers));
    }
    for one in fields(change, id).await?.iter().filter(|one| one.field != "id") {
        set(change, &one.kind, &one.field, one.subject_id, one.was.as_deref()).await?;
    }
    for statement in [
        sql!("DELETE FROM membership WHERE change_id = $1 AND {checked by the change}"),
        sql!(
            "UPDATE membership SET until = NULL, closed_change_id = NULL WHERE closed_change_id = $1 AND {checked by the change}"
        ),
    ] {
        change.execute(Query::with(statement, [id.into()])).await?;
    }
    Ok(())
}

/// Takes a change back that was written: everything is as it was.
pub async fn take_back(change: &Change<'_>, id: i64, reason: &str) -> Outcome<()> {
    let kept = find(change, id).await?.ok_or(Refused::NotFound)?;
    if reason.trim().is_empty() {
        return Err(Refused::NoReason);
    }
    let taken = change
        .execute(Query::with(
            sql!(
                "UPDATE household_change SET state = 'taken_back', taken_back_by = $2, taken_back_at = $3, taken_back_reason = $4 WHERE id = $1 AND state = 'done' AND {checked it was found}"
            ),
            [id.into(), change.actor().user.into(), change.at().into(), reason.trim().into()],
        ))
        .await?;
    if taken == 0 {
        return Err(Refused::NotNow(if kept.state == State::Done { State::TakenBack } else { kept.state }));
    }
    let families = subjects(change, id, "family").await?;
    let mut unseen = Query::new(sql!("SELECT COUNT(*) FROM family f WHERE NOT {scope f.village} AND"));
    unseen.push_in(sql!(" f.id"), families.iter().copied());
    if change.count(unseen).await? > 0 {
        return Err(Refused::NotFound);
    }
    if kept.asked.what.kind() == Kind::Same {
        merge::part(change, id).await?;
    } else {
        put_back(change, id).await?;
    }
    let statements = [
        sql!("DELETE FROM former_nik WHERE change_id = $1 AND {checked by the change}"),
        sql!("DELETE FROM search_word WHERE family_id IN (SELECT h.subject_id FROM household_field h WHERE h.change_id = $1 AND h.kind = 'family' AND h.field = 'id') AND {checked by the change}"),
        sql!("DELETE FROM person WHERE id IN (SELECT h.subject_id FROM household_field h WHERE h.change_id = $1 AND h.kind = 'person' AND h.field = 'id') AND {checked by the change}"),
        sql!("DELETE FROM family WHERE id IN (SELECT h.subject_id FROM household_field h WHERE h.change_id = $1 AND h.kind = 'family' AND h.field = 'id') AND {checked by the change}"),
        // where a list beneath the change was taken back meanwhile, the membership that is open again knows better
        sql!(
            "UPDATE person SET family_id = m.family_id, relation = m.relation FROM membership m
             WHERE m.person_id = person.id AND m.until IS NULL AND {checked by the change}
               AND person.id IN (SELECT h.subject_id FROM household_field h WHERE h.change_id = $1 AND h.kind = 'person' AND h.field = 'family_id')"
        ),
        // whoever came into the family meanwhile lives where it lives
        sql!(
            "UPDATE person SET village = f.village FROM family f WHERE f.id = person.family_id AND person.village <> f.village AND {checked by the change}
               AND f.id IN (SELECT s.subject_id FROM household_subject s WHERE s.change_id = $1 AND s.kind = 'family')"
        ),
    ];
    for statement in statements {
        change.execute(Query::with(statement, [id.into()])).await?;
    }
    if kept.asked.what.kind() == Kind::Same {
        lists::undo::let_go(change, id).await?;
    }
    index_families(change, &families).await?;
    tell(change, "household.taken_back", (id, kept.asked.what.kind()), kept.village, reason, &families).await?;
    Ok(())
}
