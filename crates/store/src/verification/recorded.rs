//! Visits as recorded, for pages, exports and the family's page.

use std::collections::{BTreeMap, HashMap};

use domain::verification::Correction;
use sea_orm::FromQueryResult;

use super::{Result, parse, visits::read_answers};
use crate::{
    query::{Handle, Query},
    sql,
};

/// A visit as recorded.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Visit {
    pub id: i64,
    pub assignment_id: i64,
    pub round_id: i64,
    pub family_id: i64,
    pub village: i64,
    pub visitor: String,
    pub visited_at: String,
    pub recorded_at: String,
    pub came_by: String,
    pub form: String,
    pub found: String,
    pub outcome: String,
    pub reason: Option<String>,
    pub reason_text: Option<String>,
    pub respondent: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub accuracy: Option<f64>,
    answers: String,
    needs: String,
    corrections: String,
    pub standing: bool,
    pub replaced_by: Option<i64>,
}

impl Visit {
    /// Answers by question of the form.
    pub fn answers(&self) -> Result<BTreeMap<String, Vec<String>>> {
        Ok(read_answers(&self.answers)?)
    }

    pub fn needs(&self) -> Result<Vec<String>> {
        Ok(parse(&self.needs, "needs")?)
    }

    pub fn corrections(&self) -> Result<Vec<Correction>> {
        Ok(parse(&self.corrections, "corrections")?)
    }
}

const VISIT: &str = "SELECT v.id, v.assignment_id, v.round_id, v.family_id, v.village, v.visitor, v.visited_at, v.recorded_at, v.came_by, v.form, v.found, v.outcome, v.reason, v.reason_text, v.respondent, v.lat, v.lon, v.accuracy, v.answers, v.needs, v.corrections, v.standing, v.replaced_by FROM visit v WHERE {scope v.village}";

/// A visit within the actor's area.
pub async fn visit(handle: &impl Handle, id: i64) -> Result<Option<Visit>> {
    let mut query = Query::new(sql!(VISIT));
    query.push_with(sql!(" AND v.id = $$"), id);
    Ok(handle.one(query).await?)
}

/// The versions of a family in a round that stand or wait for a decision, oldest first.
pub async fn versions(handle: &impl Handle, assignment: i64) -> Result<Vec<Visit>> {
    let mut query = Query::new(sql!(VISIT));
    query.push_with(sql!(" AND v.assignment_id = $$ AND v.replaced_by IS NULL ORDER BY v.id"), assignment);
    Ok(handle.all(query).await?)
}

/// Every visit of a family within the actor's area, newest first.
pub async fn family_visits(handle: &impl Handle, family: i64) -> Result<Vec<Visit>> {
    let mut query = Query::new(sql!(VISIT));
    query.push_with(sql!(" AND v.family_id = $$ ORDER BY v.visited_at DESC, v.id DESC"), family);
    Ok(handle.all(query).await?)
}

/// The visits that stand in a round within the actor's area, by assignment: for exports.
pub async fn standing_visits(handle: &impl Handle, round: i64) -> Result<HashMap<i64, Visit>> {
    let mut query = Query::new(sql!(VISIT));
    query.push_with(sql!(" AND v.round_id = $$ AND v.standing ORDER BY v.id"), round);
    let visits: Vec<Visit> = handle.all(query).await?;
    Ok(visits.into_iter().map(|visit| (visit.assignment_id, visit)).collect())
}

/// What a visit found of a member.
#[derive(Clone, Debug, FromQueryResult)]
pub struct VisitMember {
    pub person_id: Option<i64>,
    pub presence: String,
    pub name: Option<String>,
    pub nik: Option<String>,
    pub birth_date: Option<String>,
    pub sex: Option<String>,
    pub relation: Option<String>,
    /// The name the registry has; NULL for a new member.
    pub known_name: Option<String>,
}

/// The members of a visit, in the order found. The caller has shown that the visit is within the actor's area.
pub async fn visit_members(handle: &impl Handle, visit: i64) -> Result<Vec<VisitMember>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT m.person_id, m.presence, m.name, m.nik, m.birth_date, m.sex, m.relation, p.name AS known_name
                 FROM visit_member m LEFT JOIN person p ON p.id = m.person_id
                 WHERE m.visit_id = $1 AND {scope m.village} ORDER BY m.id"
            ),
            [visit.into()],
        ))
        .await?)
}

/// A family whose versions wait for a decision.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ConflictLine {
    pub assignment_id: i64,
    pub family_id: i64,
    pub head_name: String,
    pub village: i64,
    pub versions: i64,
    /// When the newest version came in.
    pub since: String,
}

/// The families of a round with several results within the actor's area, the longest waiting first.
pub async fn conflicts(handle: &impl Handle, round: i64) -> Result<Vec<ConflictLine>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT a.id AS assignment_id, a.family_id, f.head_name, a.village, COUNT(v.id) AS versions, MAX(v.recorded_at) AS since
                 FROM assignment a JOIN family f ON f.id = a.family_id JOIN visit v ON v.assignment_id = a.id AND v.replaced_by IS NULL
                 WHERE a.round_id = $1 AND a.state = 'conflict' AND {scope a.village}
                 GROUP BY a.id, a.family_id, f.head_name, a.village ORDER BY MAX(v.recorded_at), a.id"
            ),
            [round.into()],
        ))
        .await?)
}
