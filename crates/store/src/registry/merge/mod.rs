//! Two people of the registry are one ([`merge`]), and are two again ([`split`]), also when much was built on it ([`built_on`]).
//!
//! A merger is a change by hand of its own kind ([`super::household`]): what was and became of every field is kept there, it
//! waits for a second person where the office wants one, is one entry of the journal, and holds against later lists. What
//! this file adds: the rows of other tables that told of the one given up are moved to the one kept, and remember whose
//! they were (`merge_moved`). So they go back in whatever order mergers are taken apart: a row belongs to whom it told of
//! first, or to whoever that one is by now.

mod apart;

use domain::household::{Asked, Situation, What, unlike};
use sea_orm::FromQueryResult;

use super::household::{Outcome, Set, find, preview, recorded, take_back};
use crate::{
    connect::{Change, Result},
    query::{Handle, Query},
    sql,
};

pub use super::household::Refused as Error;
pub(in crate::registry) use apart::part;

/// The day a merger is of is the day it is recorded: nobody became somebody else on an earlier one.
pub fn asked(kept: i64, given_up: i64, reason: &str, confirmed: bool, today: &str) -> Result<Asked> {
    let on = today.parse().map_err(|_| crate::Error::Stored(format!("{today} is no day")))?;
    Ok(Asked { what: What::Same { kept, given_up, confirmed }, on, reason: reason.to_owned() })
}

/// The family the one who is kept lives in: the one the merger is recorded on.
pub async fn home(handle: &impl Handle, kept: i64) -> Result<Option<i64>> {
    let home: Option<Option<i64>> = handle
        .scalar(Query::with(
            sql!("SELECT p.family_id FROM person p WHERE p.id = $1 AND {scope p.village}"),
            [kept.into()],
        ))
        .await?;
    Ok(home.flatten())
}

/// `given_up` is nobody else than `kept`: written at once, somebody having looked at both and a second one having agreed
/// where that is wanted. Answers with the merger, a change by hand.
pub async fn merge(change: &Change<'_>, kept: i64, given_up: i64, reason: &str) -> std::result::Result<i64, Error> {
    let before: Option<i64> = change
        .scalar(sql!(
            "SELECT COALESCE(MAX(c.id), 0) FROM household_change c WHERE {whole_district a number of its own}"
        ))
        .await?;
    let command = format!("same {kept} {given_up} {}", before.unwrap_or_default());
    let asked = asked(kept, given_up, reason, true, change.today())?;
    let home = home(change, kept).await?;
    Ok(recorded(change, home, &asked, &command, true).await?.id)
}

/// What is known of both contradicts itself: whoever merges them has to say that he looked.
pub async fn contradicts(handle: &impl Handle, kept: i64, given_up: i64, today: &str) -> Outcome<bool> {
    let asked = asked(kept, given_up, "-", true, today)?;
    let told = preview(handle, home(handle, kept).await?, &asked, today).await?;
    Ok(match (told.before.person(kept), told.before.person(given_up)) {
        (Some(one), Some(other)) => unlike(one, other),
        _ => false,
    })
}

/// The two are two again: what was is where it was, as far as nothing moved on. Answers with what had been built on it, and
/// what became of that.
pub async fn split(change: &Change<'_>, merge: i64, reason: &str) -> std::result::Result<Vec<Built>, Error> {
    let kept = find(change, merge).await?.ok_or(Error::NotFound)?;
    if !matches!(kept.asked.what, What::Same { .. }) {
        return Err(Error::NotFound);
    }
    let built = built_on(change, merge).await?;
    take_back(change, merge, reason).await?;
    Ok(built)
}

/// What tells of a person and would tell of another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Moves {
    /// Rows of lists.
    pub lists: i64,
    pub visits: i64,
}

/// What would move with this person. The caller has found him.
pub async fn moves(handle: &impl Handle, person: i64) -> Result<Moves> {
    let moves: Option<Moves> = handle
        .one(Query::with(
            sql!(
                "SELECT (SELECT COUNT(*) FROM person_list l WHERE l.person_id = $1) AS lists, (SELECT COUNT(*) FROM visit_member m WHERE m.person_id = $1) AS visits WHERE {checked the person was found}"
            ),
            [person.into()],
        ))
        .await?;
    Ok(moves.unwrap_or_default())
}

/// Something that was built on a merger.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Built {
    /// change (the name is its kind), list, round, determination, programme, event, referral; withdrawn: a list that was taken back
    /// and alone told of people, who do not come back
    pub what: String,
    pub id: i64,
    pub name: String,
    /// Rows of it.
    pub count: i64,
    /// It goes back to the one given up (lists that told of him since); else it stays with the one kept.
    pub returns: bool,
}

/// What has been built on a merger since, and what would become of it. The caller has found the merger.
pub async fn built_on(handle: &impl Handle, merge: i64) -> Result<Vec<Built>> {
    handle
        .all(Query::with(
            sql!(
                "WITH mine AS (SELECT c.id, c.journal_id, j.at FROM household_change c JOIN journal j ON j.id = c.journal_id WHERE c.id = $1 AND c.state = 'done' AND {checked the merger was found}),
                   given AS (SELECT h.subject_id AS id FROM household_field h WHERE h.change_id = $1 AND h.kind = 'person' AND h.field = 'merged_into'),
                   home AS (SELECT DISTINCT CAST(h.became AS BIGINT) AS id FROM household_field h WHERE h.change_id = $1 AND h.kind = 'family' AND h.field = 'merged_into')
                 SELECT 'change' AS what, k.id, k.kind AS name, COUNT(*) AS count, (1 = 0) AS returns FROM mine JOIN household_change k ON k.state = 'done' AND k.journal_id > mine.journal_id
                   JOIN household_subject s ON s.change_id = k.id JOIN household_subject o ON o.change_id = mine.id AND o.kind = s.kind AND o.subject_id = s.subject_id GROUP BY k.id, k.kind
                 UNION ALL
                 SELECT 'list', v.id, UPPER(v.source) || ' ' || v.version, COUNT(*), (1 = 1) FROM mine JOIN list_version v ON v.state = 'committed' AND v.entered > mine.journal_id
                   JOIN person_list l ON l.version_id = v.id JOIN merge_moved m ON m.what = 'person_list' AND m.row_id = l.row_id JOIN given g ON g.id = m.subject_id GROUP BY v.id, v.source, v.version
                 UNION ALL
                 SELECT 'round', r.id, r.name, COUNT(*), (1 = 0) FROM mine CROSS JOIN home JOIN assignment x ON x.family_id = home.id JOIN round r ON r.id = x.round_id AND r.created_at > mine.at GROUP BY r.id, r.name
                 UNION ALL
                 SELECT 'determination', d.id, d.name, COUNT(*), (1 = 0) FROM mine CROSS JOIN home JOIN determination_line x ON x.family_id = home.id JOIN determination d ON d.id = x.determination_id AND d.created_at > mine.at GROUP BY d.id, d.name
                 UNION ALL
                 SELECT 'programme', p.id, p.name, COUNT(*), (1 = 0) FROM mine CROSS JOIN home JOIN enrolment x ON x.family_id = home.id JOIN enrolment_run n ON n.id = x.run_id AND n.created_at > mine.at JOIN programme p ON p.id = x.programme_id GROUP BY p.id, p.name
                 UNION ALL
                 SELECT 'event', e.id, e.name, COUNT(*), (1 = 0) FROM mine CROSS JOIN home JOIN event_line x ON x.family_id = home.id JOIN event e ON e.id = x.event_id WHERE COALESCE(x.served_at, e.created_at) > mine.at GROUP BY e.id, e.name
                 UNION ALL
                 SELECT 'referral', x.id, COALESCE(a.short_name, ''), COUNT(*), (1 = 0) FROM mine CROSS JOIN home JOIN referral x ON x.family_id = home.id AND x.journal_id > mine.journal_id LEFT JOIN agency a ON a.id = x.agency_id GROUP BY x.id, a.short_name
                 UNION ALL
                 SELECT 'withdrawn', v.id, UPPER(v.source) || ' ' || v.version, COUNT(*), (1 = 0) FROM mine JOIN household_subject s ON s.change_id = mine.id AND s.kind = 'person' JOIN person p ON p.id = s.subject_id
                   JOIN list_version v ON v.id = p.created_version_id AND v.state = 'undone'
                   WHERE NOT EXISTS (SELECT 1 FROM merge_moved m WHERE m.what IN ('person_list', 'visit_member') AND m.subject_id = p.id)
                     AND NOT EXISTS (SELECT 1 FROM person_list l WHERE l.person_id = p.id AND NOT EXISTS (SELECT 1 FROM merge_moved m WHERE m.what = 'person_list' AND m.row_id = l.row_id))
                     AND NOT EXISTS (SELECT 1 FROM visit_member l WHERE l.person_id = p.id AND NOT EXISTS (SELECT 1 FROM merge_moved m WHERE m.what = 'visit_member' AND m.row_id = l.id))
                     AND NOT EXISTS (SELECT 1 FROM household_subject o JOIN household_change k ON k.id = o.change_id AND k.state IN ('proposed', 'done') WHERE o.kind = 'person' AND o.subject_id = p.id AND o.change_id <> mine.id)
                   GROUP BY v.id, v.source, v.version
                 ORDER BY 1, 2"
            ),
            [merge.into()],
        ))
        .await
}

/// Rows that tell of a person: table and key. Of the row $2 they name the person $1.
macro_rules! of_person {
    ($call:ident) => {
        [$call!("person_list", "row_id", "person_id", ""), $call!("visit_member", "id", "person_id", "")]
    };
}
/// Rows that tell of a family, those first that others follow. A family has one row in a round, in a determination and in a
/// programme: where the other is in it too, both stay where they are. A decree names whom it named.
macro_rules! of_family {
    ($call:ident) => {
        [
            $call!("visit", "id", "family_id", " AND NOT EXISTS (SELECT 1 FROM assignment o WHERE o.round_id = t.round_id AND o.family_id = $2)"),
            $call!("assignment", "id", "family_id", " AND NOT EXISTS (SELECT 1 FROM assignment o WHERE o.round_id = t.round_id AND o.family_id = $2)"),
            $call!("event_line", "id", "family_id", " AND NOT EXISTS (SELECT 1 FROM enrolment e JOIN enrolment o ON o.programme_id = e.programme_id AND o.family_id = $2 WHERE e.id = t.enrolment_id)"),
            $call!("enrolment", "id", "family_id", " AND NOT EXISTS (SELECT 1 FROM enrolment o WHERE o.programme_id = t.programme_id AND o.family_id = $2)"),
            $call!(
                "determination_line", "id", "family_id",
                " AND NOT EXISTS (SELECT 1 FROM determination_line o WHERE o.determination_id = t.determination_id AND o.family_id = $2)
                  AND NOT EXISTS (SELECT 1 FROM decree d WHERE d.determination_id = t.determination_id)"
            ),
            $call!("referral", "id", "family_id", ""),
            $call!("deliberation_added", "id", "family_id", ""),
        ]
    };
}
use {of_family, of_person};

/// Remembers of whom the rows that move told first.
macro_rules! remember {
    ($table:literal, $key:literal, $column:literal, $but:literal) => {
        sql!(concat!(
            "INSERT INTO merge_moved (what, row_id, subject_id) SELECT '",
            $table,
            "', t.",
            $key,
            ", $1 FROM ",
            $table,
            " t WHERE t.",
            $column,
            " = $1 AND t.",
            $column,
            " <> $2 AND {checked by the change}",
            $but,
            " ON CONFLICT (what, row_id) DO NOTHING"
        ))
    };
}
/// Moves them.
macro_rules! move_rows {
    ($table:literal, $key:literal, $column:literal, $but:literal) => {
        sql!(concat!(
            "UPDATE ",
            $table,
            " SET ",
            $column,
            " = $2 WHERE ",
            $key,
            " IN (SELECT t.",
            $key,
            " FROM ",
            $table,
            " t WHERE t.",
            $column,
            " = $1",
            $but,
            ") AND {checked by the change}"
        ))
    };
}

/// What tells of those given up tells of those kept from now on; the family takes the other's place in the national ranking
/// where it has none. `fields`: what the change set, to which this adds.
pub(super) async fn move_what_is_his(
    change: &Change<'_>,
    id: i64,
    before: &Situation,
    after: &Situation,
    fields: &mut Vec<Set>,
) -> Result<()> {
    for person in &after.persons {
        let was = before.person(person.id).and_then(|was| was.merged_into);
        let Some(kept) = person.merged_into.filter(|_| was != person.merged_into) else { continue };
        for (remember, moves) in of_person!(remember).into_iter().zip(of_person!(move_rows)) {
            change.execute(Query::with(remember, [person.id.into(), kept.into()])).await?;
            change.execute(Query::with(moves, [person.id.into(), kept.into()])).await?;
        }
        // his numbers are the other's former ones
        change
            .execute(Query::with(
                sql!(
                    "INSERT INTO former_nik (nik, person_id, change_id)
                     SELECT x.nik, $2, $3 FROM (
                       SELECT p.nik FROM person p WHERE p.id = $1 AND p.nik IS NOT NULL UNION SELECT o.nik FROM former_nik o WHERE o.person_id = $1
                     ) x WHERE {checked by the change} AND NOT EXISTS (SELECT 1 FROM person k WHERE k.id = $2 AND k.nik = x.nik) ON CONFLICT (nik, person_id) DO NOTHING"
                ),
                [person.id.into(), kept.into(), id.into()],
            ))
            .await?;
    }
    for family in &after.families {
        let was = before.family(family.id).and_then(|was| was.merged_into);
        let Some(home) = family.merged_into.filter(|_| was != family.merged_into) else { continue };
        for (remember, moves) in of_family!(remember).into_iter().zip(of_family!(move_rows)) {
            change.execute(Query::with(remember, [family.id.into(), home.into()])).await?;
            change.execute(Query::with(moves, [family.id.into(), home.into()])).await?;
        }
        take_place(change, family.id, home, fields).await?;
    }
    Ok(())
}

/// A family without a place in the national ranking takes that of the family that is one with it.
async fn take_place(change: &Change<'_>, from: i64, home: i64, fields: &mut Vec<Set>) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Place {
        desil: i64,
        desil_version_id: Option<i64>,
    }
    let place: Option<Place> = change
        .one(Query::with(
            sql!(
                "SELECT o.desil, o.desil_version_id FROM family f JOIN family o ON o.id = $1 AND o.desil IS NOT NULL WHERE f.id = $2 AND f.desil IS NULL AND {checked by the change}"
            ),
            [from.into(), home.into()],
        ))
        .await?;
    let Some(place) = place else { return Ok(()) };
    change
        .execute(Query::with(
            sql!("UPDATE family SET desil = $2, desil_version_id = $3 WHERE id = $1 AND {checked by the change}"),
            [home.into(), place.desil.into(), place.desil_version_id.into()],
        ))
        .await?;
    for (field, became) in [("desil", Some(place.desil)), ("desil_version_id", place.desil_version_id)] {
        let became = became.map(|value| value.to_string());
        fields.push(Set { kind: "family", field, subject: home, was: None, became });
    }
    Ok(())
}

/// Rows of a list that were found to tell of somebody given up tell of the one kept. While a list is linked.
pub async fn follow(change: &Change<'_>, version: i64) -> Result<()> {
    let some: Option<i64> = change
        .scalar(sql!("SELECT p.id FROM person p WHERE p.merged_into IS NOT NULL AND {whole_district import} LIMIT 1"))
        .await?;
    if some.is_none() {
        return Ok(());
    }
    let followed = sql!(
        "UPDATE list_link SET found_id = COALESCE(list_link.found_id, list_link.person_id), person_id = p.merged_into FROM person p
         WHERE list_link.version_id = $1 AND p.id = list_link.person_id AND p.merged_into IS NOT NULL AND {whole_district import}"
    );
    while change.execute(Query::with(followed, [version.into()])).await? > 0 {}
    Ok(())
}

/// Remembers of whom the rows of a list told that was linked with mergers standing.
pub async fn remember(change: &Change<'_>, version: i64) -> Result<()> {
    let remember = sql!(
        "INSERT INTO merge_moved (what, row_id, subject_id) SELECT 'person_list', l.row_id, l.found_id FROM list_link l WHERE l.version_id = $1 AND l.found_id IS NOT NULL AND {whole_district import}
         ON CONFLICT (what, row_id) DO NOTHING"
    );
    change.execute(Query::with(remember, [version.into()])).await?;
    Ok(())
}
