//! The villages of a round: who visits them, until when, and how far they are.

use std::collections::BTreeMap;

use domain::{
    AreaCode,
    access::{Right, Role},
    verification::round::{Candidate, State, spread},
};
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{Result, VerificationError, rounds::round};
use crate::{
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// How far a village of a round is.
#[derive(Clone, Debug, FromQueryResult)]
pub struct VillageProgress {
    pub village: i64,
    pub families: i64,
    /// Not visited yet.
    pub waiting: i64,
    pub layak: i64,
    pub perbaikan: i64,
    pub tidak_layak: i64,
    /// Visited, nobody met: to be visited again.
    pub tunda: i64,
    pub conflicts: i64,
    pub verifier_id: Option<i64>,
    pub verifier: Option<String>,
    pub due_on: Option<String>,
    pub last_visit: Option<String>,
    /// `recorded`, `final`; NULL without minutes.
    pub minutes: Option<String>,
}

impl VillageProgress {
    pub const fn done(&self) -> i64 {
        self.layak + self.perbaikan + self.tidak_layak
    }

    /// Still to be visited, for the first time or again.
    pub const fn due(&self) -> i64 {
        self.waiting + self.tunda
    }

    /// Without an outcome: to visit, put off, or with two results.
    pub const fn unfinished(&self) -> i64 {
        self.waiting + self.tunda + self.conflicts
    }

    pub fn is_late(&self, today: &str) -> bool {
        self.due() > 0 && self.due_on.as_deref().is_some_and(|due| due < today)
    }
}

/// Every village of the round within the actor's area, by code.
pub async fn progress(handle: &impl Handle, round: i64) -> Result<Vec<VillageProgress>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT v.village, v.verifier_id, u.name AS verifier, v.due_on, COUNT(a.id) AS families,
                        CAST(SUM(CASE WHEN a.state = 'waiting' THEN 1 ELSE 0 END) AS BIGINT) AS waiting,
                        CAST(SUM(CASE WHEN a.state = 'conflict' THEN 1 ELSE 0 END) AS BIGINT) AS conflicts,
                        CAST(SUM(CASE WHEN a.state = 'visited' AND a.outcome = 'LAYAK' THEN 1 ELSE 0 END) AS BIGINT) AS layak,
                        CAST(SUM(CASE WHEN a.state = 'visited' AND a.outcome = 'PERBAIKAN' THEN 1 ELSE 0 END) AS BIGINT) AS perbaikan,
                        CAST(SUM(CASE WHEN a.state = 'visited' AND a.outcome = 'TIDAK_LAYAK' THEN 1 ELSE 0 END) AS BIGINT) AS tidak_layak,
                        CAST(SUM(CASE WHEN a.state = 'visited' AND a.outcome = 'TUNDA' THEN 1 ELSE 0 END) AS BIGINT) AS tunda,
                        (SELECT MAX(t.visited_at) FROM visit t WHERE t.round_id = v.round_id AND t.village = v.village) AS last_visit,
                        (SELECT d.state FROM deliberation d WHERE d.round_id = v.round_id AND d.village = v.village) AS minutes
                 FROM round_village v JOIN assignment a ON a.round_id = v.round_id AND a.village = v.village
                 LEFT JOIN app_user u ON u.id = v.verifier_id
                 WHERE v.round_id = $1 AND {scope v.village}
                 GROUP BY v.round_id, v.village, v.verifier_id, u.name, v.due_on ORDER BY v.village"
            ),
            [round.into()],
        ))
        .await?)
}

/// A village that waits for a visitor, in an open round.
#[derive(Clone, Debug, FromQueryResult)]
pub struct MyVillage {
    pub round_id: i64,
    pub round: String,
    pub village: i64,
    pub due_on: Option<String>,
    pub families: i64,
    pub done: i64,
    pub tunda: i64,
    pub waiting: i64,
    pub conflicts: i64,
}

/// The villages given to the actor in open rounds, the most urgent first; those finished last.
pub async fn my_villages(handle: &impl Handle) -> Result<Vec<MyVillage>> {
    Ok(handle
        .all(Query::with(
            sql!(
                concat!("SELECT r.id AS round_id, r.name AS round, v.village, v.due_on, COUNT(a.id) AS families,
                        CAST(SUM(CASE WHEN ", done!(), " THEN 1 ELSE 0 END) AS BIGINT) AS done,
                        CAST(SUM(CASE WHEN a.state = 'visited' AND a.outcome = 'TUNDA' THEN 1 ELSE 0 END) AS BIGINT) AS tunda,
                        CAST(SUM(CASE WHEN a.state = 'waiting' THEN 1 ELSE 0 END) AS BIGINT) AS waiting,
                        CAST(SUM(CASE WHEN a.state = 'conflict' THEN 1 ELSE 0 END) AS BIGINT) AS conflicts
                 FROM round_village v JOIN round r ON r.id = v.round_id
                 JOIN assignment a ON a.round_id = v.round_id AND a.village = v.village
                 WHERE r.state = 'open' AND v.verifier_id = $1 AND {scope v.village}
                 GROUP BY r.id, r.name, v.village, v.due_on
                 ORDER BY CASE WHEN SUM(CASE WHEN a.state = 'waiting' OR a.outcome = 'TUNDA' THEN 1 ELSE 0 END) > 0 THEN 0 ELSE 1 END, v.due_on, v.village")
            ),
            [handle.actor().user.into()],
        ))
        .await?)
}

/// Somebody who may visit, with the families they have in the round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub user: i64,
    pub name: String,
    pub role: Role,
    /// Where; empty: the whole district.
    pub areas: Vec<AreaCode>,
    pub families: i64,
}

impl Person {
    pub fn may_visit(&self, village: AreaCode) -> bool {
        self.areas.is_empty() || self.areas.iter().any(|area| area.contains(village))
    }
}

#[derive(FromQueryResult)]
struct PersonRow {
    user_id: i64,
    name: String,
    role: String,
    area: Option<i64>,
    families: i64,
}

/// Everybody who may visit on that day, by name, with their load in the round.
pub async fn visitors_for(handle: &impl Handle, round: i64, today: &str) -> Result<Vec<Person>> {
    people(handle, round, today, today).await
}

/// Everybody who may visit during the day of a change. A change is stamped in UTC; in the office's time zone, which is
/// ahead, it may be the next day already, and somebody's first.
async fn visitors_now(change: &Change<'_>, round: i64) -> Result<Vec<Person>> {
    let day: chrono::NaiveDate =
        change.today().parse().map_err(|_| crate::Error::Stored("the time is no date".to_owned()))?;
    let next = (day + chrono::Days::new(1)).to_string();
    people(change, round, change.today(), &next).await
}

/// Those whose role has begun by `begun` and has not ended before `not_ended`.
async fn people(handle: &impl Handle, round: i64, not_ended: &str, begun: &str) -> Result<Vec<Person>> {
    let rows: Vec<PersonRow> = handle
        .all(Query::with(
            sql!(
                "SELECT u.id AS user_id, u.name, ur.role, ur.area,
                        CAST(COALESCE((SELECT SUM(v.families) FROM round_village v WHERE v.round_id = $1 AND v.verifier_id = u.id), 0) AS BIGINT) AS families
                 FROM app_user u JOIN user_role ur ON ur.user_id = u.id
                 WHERE u.disabled_at IS NULL AND ur.valid_from <= $3 AND (ur.valid_until IS NULL OR ur.valid_until >= $2)
                 ORDER BY u.name, u.id, ur.id"
            ),
            [round.into(), not_ended.into(), begun.into()],
        ))
        .await?;
    let mut people: Vec<Person> = Vec::new();
    let mut everywhere: Vec<i64> = Vec::new();
    for row in rows {
        let Some(role) = Role::from_word(&row.role).filter(|role| role.may(Right::Visit)) else { continue };
        let area = row.area.and_then(AreaCode::from_number);
        if area.is_none() {
            everywhere.push(row.user_id);
        }
        match people.iter_mut().find(|person| person.user == row.user_id) {
            Some(person) => person.areas.extend(area),
            None => people.push(Person {
                user: row.user_id,
                name: row.name,
                role,
                areas: area.into_iter().collect(),
                families: row.families,
            }),
        }
    }
    for person in &mut people {
        if everywhere.contains(&person.user) {
            person.areas.clear();
        }
    }
    Ok(people)
}

/// Gives villages of a round to somebody (or takes them back: `None`), with the day until when. Answers how many changed.
pub async fn assign_villages(
    change: &Change<'_>,
    round_id: i64,
    villages: &[AreaCode],
    verifier: Option<i64>,
    due_on: Option<&str>,
) -> Result<u64> {
    let round = assignable(change, round_id).await?;
    let name = match verifier {
        None => None,
        Some(user) => {
            let people = visitors_now(change, round_id).await?;
            let person = people.into_iter().find(|person| person.user == user);
            let person = person.ok_or(VerificationError::NotAVisitor(user))?;
            if let Some(village) = villages.iter().find(|village| !person.may_visit(**village)) {
                return Err(VerificationError::NotAVisitor(village.number()));
            }
            Some(person.name)
        }
    };
    let mut query = Query::with(
        sql!(
            "UPDATE round_village SET verifier_id = $1, due_on = COALESCE($2, due_on) WHERE round_id = $3 AND {scope village} AND"
        ),
        [verifier.into(), due_on.into(), round_id.into()],
    );
    query.push_in(sql!(" village"), villages.iter().map(|village| village.number()));
    let changed = change.execute(query).await?;
    if changed == 0 {
        return Err(VerificationError::NotFound);
    }
    change
        .record(Entry {
            verb: "round.assigned",
            subject: ("round", round_id),
            area: None,
            reason: None,
            data: json!({"name": round, "villages": changed, "visitor": name, "due_on": due_on}),
        })
        .await?;
    Ok(changed)
}

/// Shares the villages that nobody has yet among verifiers, companions and TKSK, evenly and each within their area.
/// Answers with how many were given and how many nobody's area covers.
pub async fn spread_villages(change: &Change<'_>, round_id: i64) -> Result<(i64, i64)> {
    #[derive(FromQueryResult)]
    struct Free {
        village: i64,
        families: i64,
    }
    let round = assignable(change, round_id).await?;
    let free: Vec<Free> = change
        .all(Query::with(
            sql!(
                "SELECT village, families FROM round_village WHERE round_id = $1 AND verifier_id IS NULL AND {scope village} ORDER BY village"
            ),
            [round_id.into()],
        ))
        .await?;
    let villages: Vec<(AreaCode, i64)> =
        free.iter().filter_map(|row| Some((AreaCode::from_number(row.village)?, row.families))).collect();
    let people = visitors_now(change, round_id).await?;
    let candidates: Vec<Candidate> = people
        .into_iter()
        .filter(|person| matches!(person.role, Role::Verifier | Role::Companion | Role::Tksk))
        .map(|person| Candidate { user: person.user, areas: person.areas, load: person.families })
        .collect();
    let mut by_user: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut without = 0;
    for (village, user) in spread(&villages, &candidates) {
        match user {
            Some(user) => by_user.entry(user).or_default().push(village.number()),
            None => without += 1,
        }
    }
    let mut given = 0;
    for (user, villages) in &by_user {
        let mut query = Query::with(
            sql!("UPDATE round_village SET verifier_id = $1 WHERE round_id = $2 AND verifier_id IS NULL AND"),
            [(*user).into(), round_id.into()],
        );
        query.push_in(sql!(" village"), villages.iter().copied());
        given += change.execute(query).await? as i64;
    }
    if given > 0 {
        change
            .record(Entry {
                verb: "round.spread",
                subject: ("round", round_id),
                area: None,
                reason: None,
                data: json!({"name": round, "villages": given, "visitors": by_user.len(), "without": without}),
            })
            .await?;
    }
    Ok((given, without))
}

/// The name of a round whose villages may be assigned.
async fn assignable(change: &Change<'_>, id: i64) -> Result<String> {
    let round = round(change, id).await?.ok_or(VerificationError::NotFound)?;
    match round.state {
        State::Planned | State::Open => Ok(round.name),
        State::Closed | State::Cancelled => Err(VerificationError::RoundNotOpen(round.state)),
    }
}
