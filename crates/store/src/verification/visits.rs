//! Visits: recorded once however often they are sent, placed beside or in place of earlier ones, never over them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use domain::verification::{
    Answers, Channel, Finding, Outcome, Placement, Version, Visitor, conclude, form::form, place, round::State,
    visits::Compared,
};
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{
    PIECE, Result, VerificationError,
    families::{assignment, known},
    parse,
    recorded::{versions, visit},
    to_json,
};
use crate::{
    bulk::{self, Cell, Type},
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    registry, sql,
};

/// A visit to be recorded.
#[derive(Clone, Debug)]
pub struct NewVisit {
    /// Its own id, made where it was begun: sending it again does nothing.
    pub command_id: String,
    pub assignment: i64,
    pub visitor: Visitor,
    /// ISO 8601 UTC, or a day.
    pub visited_at: String,
    pub channel: Channel,
    pub finding: Finding,
}

/// What recording did, counted from the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    pub visits: i64,
    /// They had been recorded before.
    pub repeated: i64,
    /// Families now waiting for a decision.
    pub conflicts: i64,
    /// Ids of the visits, in the order given; those of earlier recordings where repeated.
    pub ids: Vec<i64>,
}

/// What one visit did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The very same visit had been recorded.
    Repeated,
    Stands,
    /// Another visit goes on standing.
    Beside,
    Conflict,
}

#[derive(FromQueryResult)]
struct Target {
    id: i64,
    round_id: i64,
    family_id: i64,
    village: i64,
    round_state: String,
    form: String,
}

#[derive(FromQueryResult)]
struct LiveRow {
    id: i64,
    assignment_id: i64,
    user_id: Option<i64>,
    visitor: String,
    came_by: String,
    outcome: String,
    reason: Option<String>,
    answers: String,
    needs: String,
    corrections: String,
}

impl LiveRow {
    fn version(self) -> crate::Result<Version> {
        let outcome = Outcome::from_word(&self.outcome)
            .ok_or_else(|| crate::Error::Stored(format!("unknown outcome {}", self.outcome)))?;
        let visitor = match self.user_id.filter(|_| self.came_by == Channel::Web.as_str()) {
            Some(user) => Visitor::User(user, self.visitor),
            None => Visitor::Named(self.visitor),
        };
        Ok(Version {
            id: self.id,
            visitor,
            outcome,
            compared: Compared {
                reason: self.reason,
                answers: read_answers(&self.answers)?,
                needs: parse(&self.needs, "needs")?,
                corrections: parse(&self.corrections, "corrections")?,
            },
        })
    }
}

/// `{"water": "6", "programmes": ["a", "b"]}`: one value as text, several as an array.
fn write_answers(answers: &BTreeMap<String, Vec<String>>) -> String {
    let object = answers.iter().map(|(question, values)| {
        let value = if let [one] = values.as_slice() { json!(one) } else { json!(values) };
        (question.clone(), value)
    });
    serde_json::Value::Object(object.collect()).to_string()
}

pub(super) fn read_answers(text: &str) -> crate::Result<BTreeMap<String, Vec<String>>> {
    let values: BTreeMap<String, serde_json::Value> = parse(text, "answers")?;
    Ok(values
        .into_iter()
        .map(|(question, value)| {
            let values = match value {
                serde_json::Value::Array(many) => many.iter().filter_map(|v| v.as_str()).map(str::to_owned).collect(),
                serde_json::Value::String(one) => vec![one],
                other => vec![other.to_string()],
            };
            (question, values)
        })
        .collect())
}

const COLUMNS: [(&str, Type); 25] = [
    ("id", Type::Int),
    ("command_id", Type::Text),
    ("assignment_id", Type::Int),
    ("round_id", Type::Int),
    ("family_id", Type::Int),
    ("village", Type::Int),
    ("user_id", Type::Int),
    ("visitor", Type::Text),
    ("visited_at", Type::Text),
    ("recorded_at", Type::Text),
    ("came_by", Type::Text),
    ("form", Type::Text),
    ("found", Type::Text),
    ("outcome", Type::Text),
    ("reason", Type::Text),
    ("reason_text", Type::Text),
    ("respondent", Type::Text),
    ("lat", Type::Double),
    ("lon", Type::Double),
    ("accuracy", Type::Double),
    ("answers", Type::Text),
    ("needs", Type::Text),
    ("corrections", Type::Text),
    ("standing", Type::Bool),
    ("replaced_by", Type::Int),
];

const MEMBER_COLUMNS: [(&str, Type); 10] = [
    ("visit_id", Type::Int),
    ("person_id", Type::Int),
    ("village", Type::Int),
    ("presence", Type::Text),
    ("name", Type::Text),
    ("nik", Type::Text),
    ("birth_date", Type::Text),
    ("sex", Type::Text),
    ("relation", Type::Text),
    ("corrections", Type::Text),
];

/// Records the visit a person filled in: checks it whole and places it; the draft is done with.
/// Sending the same command again answers with the visit it made the first time.
pub async fn record_visit(
    change: &Change<'_>,
    assignment_id: i64,
    command_id: &str,
    visited_at: &str,
    answers: &Answers,
) -> Result<(i64, Effect)> {
    let target = assignment(change, assignment_id).await?.ok_or(VerificationError::NotFound)?;
    if let Some(id) = by_command(change, &[command_id.to_owned()]).await?.remove(command_id) {
        return Ok((id, Effect::Repeated));
    }
    target.open()?;
    let known = known(change, target.family_id).await?.ok_or(VerificationError::NotFound)?;
    let form = form(&target.form).ok_or_else(|| crate::Error::Stored(format!("unknown form {}", target.form)))?;
    let today: NaiveDate =
        change.today().parse().map_err(|_| crate::Error::Stored("the time is no date".to_owned()))?;
    let finding = conclude(form, answers, &known, today, Channel::Web).map_err(VerificationError::Answers)?;
    let actor = change.actor();
    let visitor = match actor.user {
        Some(user) => Visitor::User(user, actor.name.clone()),
        None => Visitor::Named(actor.name.clone()),
    };
    let new = NewVisit {
        command_id: command_id.to_owned(),
        assignment: assignment_id,
        visitor,
        visited_at: visited_at.to_owned(),
        channel: Channel::Web,
        finding,
    };
    let recorded = record_visits(change, vec![new]).await?;
    let id = recorded.ids.first().copied().ok_or(VerificationError::NotFound)?;
    if recorded.repeated > 0 {
        return Ok((id, Effect::Repeated));
    }
    change
        .execute(Query::with(
            sql!("DELETE FROM visit_draft WHERE assignment_id = $1 AND user_id = $2 AND {scope village}"),
            [assignment_id.into(), actor.user.unwrap_or_default().into()],
        ))
        .await?;
    let visit = visit(change, id).await?.ok_or(VerificationError::NotFound)?;
    let effect = match (visit.standing, recorded.conflicts > 0) {
        (true, _) => Effect::Stands,
        (false, true) => Effect::Conflict,
        (false, false) => Effect::Beside,
    };
    Ok((id, effect))
}

/// Records visits of families of open rounds, one or thousands, in a handful of statements. Later ones of the same family
/// are placed after earlier ones. The findings are whole and sound already ([`conclude`]).
pub async fn record_visits(change: &Change<'_>, visits: Vec<NewVisit>) -> Result<Recorded> {
    let wanted: HashSet<i64> = visits.iter().map(|visit| visit.assignment).collect();
    let mut wanted: Vec<i64> = wanted.into_iter().collect();
    wanted.sort_unstable();
    let targets = lock_targets(change, &wanted).await?;
    let commands: Vec<String> = visits.iter().map(|visit| visit.command_id.clone()).collect();
    let mut done = by_command(change, &commands).await?;
    let mut live = live_versions(change, &wanted).await?;
    let visited: HashSet<i64> = live.keys().copied().collect();

    let mut recorded = Recorded::default();
    let mut fresh: Vec<(NewVisit, i64, Option<i64>)> = Vec::new();
    let mut replaced: Vec<i64> = Vec::new();
    let mut place_of: HashMap<i64, usize> = HashMap::new();
    let mut ids = bulk::take_ids(change, "visit", visits.len()).await?.into_iter();
    for visit in visits {
        if let Some(id) = done.get(&visit.command_id) {
            recorded.repeated += 1;
            recorded.ids.push(*id);
            continue;
        }
        let id = ids.next().ok_or_else(|| crate::Error::Stored("ids ran out".to_owned()))?;
        let version = Version {
            id,
            visitor: visit.visitor.clone(),
            outcome: visit.finding.outcome,
            compared: Compared::from(&visit.finding),
        };
        let versions = live.entry(visit.assignment).or_default();
        let placement = place(versions, &version);
        for old in placement.replaces() {
            match place_of.get(old) {
                Some(at) => fresh[*at].2 = Some(id),
                None => replaced.push(*old),
            }
        }
        versions.retain(|version| !placement.replaces().contains(&version.id));
        let beside = match placement {
            Placement::Beside { beside, .. } => Some(beside),
            Placement::Stands { .. } | Placement::Conflict { .. } => {
                versions.push(version);
                None
            }
        };
        done.insert(visit.command_id.clone(), id);
        recorded.ids.push(id);
        place_of.insert(id, fresh.len());
        fresh.push((visit, id, beside));
    }
    recorded.visits = fresh.len() as i64;
    if fresh.is_empty() {
        return Ok(recorded);
    }
    insert(change, &fresh, &targets).await?;
    for (visit, id, _) in &fresh {
        take_photos(change, visit, *id).await?;
    }
    let first = fresh[0].1;
    for piece in replaced.chunks(PIECE) {
        let mut query = Query::with(
            sql!(
                "UPDATE visit SET replaced_by = (SELECT MAX(n.id) FROM visit n WHERE n.assignment_id = visit.assignment_id AND n.id >= $1)
                 WHERE {checked by their assignments} AND"
            ),
            [first.into()],
        );
        query.push_in(sql!(" id"), piece.iter().copied());
        change.execute(query).await?;
    }
    let touched: HashSet<i64> = fresh.iter().map(|(visit, ..)| visit.assignment).collect();
    let mut touched: Vec<i64> = touched.into_iter().collect();
    touched.sort_unstable();
    settle(change, &touched).await?;
    // people are found by the names the standing visits found, too
    let names = |visit: &NewVisit| visit.finding.members.iter().any(|(member, _)| member.name.is_some());
    let renamed: BTreeSet<i64> = fresh
        .iter()
        .filter(|(visit, ..)| names(visit) || visited.contains(&visit.assignment))
        .filter_map(|(visit, ..)| targets.get(&visit.assignment).map(|target| target.family_id))
        .collect();
    registry::index_families(change, &renamed.into_iter().collect::<Vec<_>>()).await?;
    let conflicts: Vec<i64> = touched.iter().copied().filter(|id| live.get(id).is_some_and(|v| v.len() > 1)).collect();
    recorded.conflicts = conflicts.len() as i64;
    tell(change, &fresh, &targets, &conflicts).await?;
    Ok(recorded)
}

/// The photos were kept for the assignment until there was a visit: now they are the visit's.
async fn take_photos(change: &Change<'_>, visit: &NewVisit, id: i64) -> Result<()> {
    let photos: Vec<i64> = visit.finding.photos.values().copied().collect();
    if photos.is_empty() {
        return Ok(());
    }
    let mut query = Query::with(
        sql!(
            "UPDATE attachment SET subject_kind = 'visit', subject_id = $1 WHERE subject_kind = 'assignment' AND subject_id = $2 AND"
        ),
        [id.into(), visit.assignment.into()],
    );
    query.push_in(sql!(" id"), photos);
    change.execute(query).await?;
    Ok(())
}

/// The assignments asked for, locked until the transaction ends; all of them within the actor's area and in open rounds.
async fn lock_targets(change: &Change<'_>, ids: &[i64]) -> Result<HashMap<i64, Target>> {
    let mut targets = HashMap::with_capacity(ids.len());
    for piece in ids.chunks(PIECE) {
        let mut lock = Query::new(sql!("UPDATE assignment SET state = state WHERE {scope village} AND"));
        lock.push_in(sql!(" id"), piece.iter().copied());
        change.execute(lock).await?;
        let mut query = Query::new(sql!(
            "SELECT a.id, a.round_id, a.family_id, a.village, r.state AS round_state, r.form
             FROM assignment a JOIN round r ON r.id = a.round_id WHERE {scope a.village} AND"
        ));
        query.push_in(sql!(" a.id"), piece.iter().copied());
        let rows: Vec<Target> = change.all(query).await?;
        targets.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    if targets.len() != ids.len() {
        return Err(VerificationError::NotFound);
    }
    let closed = targets.values().map(|target| State::from_word(&target.round_state).unwrap_or(State::Closed));
    match closed.into_iter().find(|state| *state != State::Open) {
        Some(state) => Err(VerificationError::RoundNotOpen(state)),
        None => Ok(targets),
    }
}

async fn by_command(handle: &impl Handle, commands: &[String]) -> Result<HashMap<String, i64>> {
    #[derive(FromQueryResult)]
    struct Done {
        id: i64,
        command_id: String,
    }
    let mut done = HashMap::new();
    for piece in commands.chunks(PIECE) {
        let mut query = Query::new(sql!("SELECT v.id, v.command_id FROM visit v WHERE {scope v.village} AND"));
        query.push_in(sql!(" v.command_id"), piece.iter().map(String::as_str));
        let rows: Vec<Done> = handle.all(query).await?;
        done.extend(rows.into_iter().map(|row| (row.command_id, row.id)));
    }
    Ok(done)
}

/// The versions that stand or wait for a decision, oldest first, by assignment.
async fn live_versions(handle: &impl Handle, assignments: &[i64]) -> Result<HashMap<i64, Vec<Version>>> {
    let mut live: HashMap<i64, Vec<Version>> = HashMap::new();
    for piece in assignments.chunks(PIECE) {
        let mut query = Query::new(sql!(
            "SELECT v.id, v.assignment_id, v.user_id, v.visitor, v.came_by, v.outcome, v.reason, v.answers, v.needs, v.corrections
             FROM visit v WHERE v.replaced_by IS NULL AND {scope v.village} AND"
        ));
        query.push_in(sql!(" v.assignment_id"), piece.iter().copied());
        query.push(sql!(" ORDER BY v.id"));
        for row in handle.all::<LiveRow>(query).await? {
            live.entry(row.assignment_id).or_default().push(row.version()?);
        }
    }
    Ok(live)
}

async fn insert(
    change: &Change<'_>,
    fresh: &[(NewVisit, i64, Option<i64>)],
    targets: &HashMap<i64, Target>,
) -> Result<()> {
    let user = change.actor().user;
    let mut rows = Vec::with_capacity(fresh.len());
    let mut members = Vec::new();
    for (visit, id, replaced_by) in fresh {
        let target = targets.get(&visit.assignment).ok_or(VerificationError::NotFound)?;
        let finding = &visit.finding;
        let (by, name) = match &visit.visitor {
            Visitor::User(user, name) => (Some(*user), name),
            Visitor::Named(name) => (user, name),
        };
        rows.push(vec![
            Cell::from(*id),
            visit.command_id.clone().into(),
            visit.assignment.into(),
            target.round_id.into(),
            target.family_id.into(),
            target.village.into(),
            by.into(),
            name.clone().into(),
            visit.visited_at.clone().into(),
            change.at().into(),
            visit.channel.as_str().into(),
            target.form.clone().into(),
            finding.found.as_str().into(),
            finding.outcome.as_str().into(),
            finding.reason.clone().into(),
            finding.note.clone().into(),
            finding.respondent.clone().into(),
            finding.position.map(|p| p.lat).into(),
            finding.position.map(|p| p.lon).into(),
            finding.position.and_then(|p| p.accuracy).into(),
            write_answers(&finding.answers).into(),
            to_json(&finding.needs, "needs")?.into(),
            to_json(&finding.all_corrections(), "corrections")?.into(),
            false.into(),
            (*replaced_by).into(),
        ]);
        for (member, corrections) in &finding.members {
            members.push(vec![
                Cell::from(*id),
                member.person.into(),
                target.village.into(),
                member.presence.clone().into(),
                member.name.clone().into(),
                member.nik.clone().into(),
                member.birth_date.clone().into(),
                member.sex.clone().into(),
                member.relation.clone().into(),
                to_json(corrections, "corrections")?.into(),
            ]);
        }
    }
    bulk::insert(change, "visit", &COLUMNS, rows).await?;
    bulk::insert(change, "visit_member", &MEMBER_COLUMNS, members).await?;
    Ok(())
}

/// Brings assignments to what their visits say: one version that lives stands, several are a conflict.
async fn settle(change: &Change<'_>, assignments: &[i64]) -> Result<()> {
    for piece in assignments.chunks(PIECE) {
        // counted as a set first: asked visit by visit, PostgreSQL reads the whole table each time while it does not know
        // yet how much has come in
        let mut query = Query::new(sql!(
            "UPDATE visit SET standing = (visit.replaced_by IS NULL AND s.live = 1) FROM (
               SELECT o.assignment_id, COUNT(CASE WHEN o.replaced_by IS NULL THEN 1 END) AS live FROM visit o
               WHERE {checked by their assignments} AND"
        ));
        query.push_in(sql!(" o.assignment_id"), piece.iter().copied());
        query.push(sql!(" GROUP BY o.assignment_id) s WHERE visit.assignment_id = s.assignment_id"));
        change.execute(query).await?;
        let mut query = Query::new(sql!(
            "UPDATE assignment SET state = CASE s.live WHEN 0 THEN 'waiting' WHEN 1 THEN 'visited' ELSE 'conflict' END,
               visit_id = s.visit_id, outcome = s.outcome, reason = s.reason
             FROM (
               SELECT v.assignment_id, COUNT(CASE WHEN v.replaced_by IS NULL THEN 1 END) AS live,
                 MAX(CASE WHEN v.standing THEN v.id END) AS visit_id, MAX(CASE WHEN v.standing THEN v.outcome END) AS outcome,
                 MAX(CASE WHEN v.standing THEN v.reason END) AS reason
               FROM visit v WHERE {checked they were locked within the scope} AND"
        ));
        query.push_in(sql!(" v.assignment_id"), piece.iter().copied());
        query.push(sql!(" GROUP BY v.assignment_id) s WHERE assignment.id = s.assignment_id"));
        change.execute(query).await?;
    }
    Ok(())
}

/// The journal: one entry for what came together, linked to each family with what it means for it.
async fn tell(
    change: &Change<'_>,
    fresh: &[(NewVisit, i64, Option<i64>)],
    targets: &HashMap<i64, Target>,
    conflicts: &[i64],
) -> Result<()> {
    let mut outcomes: BTreeMap<&str, i64> = BTreeMap::new();
    let mut details: BTreeMap<i64, String> = BTreeMap::new();
    for (visit, id, _) in fresh {
        let finding = &visit.finding;
        let target = targets.get(&visit.assignment).ok_or(VerificationError::NotFound)?;
        let (Visitor::User(_, name) | Visitor::Named(name)) = &visit.visitor;
        *outcomes.entry(finding.outcome.as_str()).or_default() += 1;
        let detail = json!({
            "visit": id, "round": target.round_id, "visitor": name, "visited_at": visit.visited_at,
            "found": finding.found.as_str(), "outcome": finding.outcome.as_str(), "reason": finding.reason,
            "needs": finding.needs, "unmet": finding.needs.len(), "corrections": finding.all_corrections().len(),
        });
        details.insert(target.family_id, detail.to_string());
    }
    let first = targets.get(&fresh[0].0.assignment).ok_or(VerificationError::NotFound)?;
    let alone = fresh.len() == 1;
    let mut data = json!({"visits": fresh.len(), "outcomes": outcomes, "came_by": fresh[0].0.channel.as_str()});
    if let [(visit, ..)] = fresh {
        let (Visitor::User(_, name) | Visitor::Named(name)) = &visit.visitor;
        // a single visit is told by what it found, to whoever may not see the family too
        data["visitor"] = json!(name);
        data["outcome"] = json!(visit.finding.outcome.as_str());
        data["unmet"] = json!(visit.finding.needs.len());
        data["corrections"] = json!(visit.finding.all_corrections().len());
    }
    let entry = change
        .record(Entry {
            verb: "visit.recorded",
            subject: if alone { ("visit", fresh[0].1) } else { ("round", first.round_id) },
            area: alone.then_some(first.village),
            reason: None,
            data,
        })
        .await?;
    link(change, entry, details).await?;
    if conflicts.is_empty() {
        return Ok(());
    }
    let families: Vec<&Target> = conflicts.iter().filter_map(|id| targets.get(id)).collect();
    let entry = change
        .record(Entry {
            verb: "visit.conflict",
            subject: ("round", first.round_id),
            area: alone.then_some(first.village),
            reason: None,
            data: json!({"families": families.len()}),
        })
        .await?;
    let details: BTreeMap<i64, String> =
        families.into_iter().map(|target| (target.family_id, json!({"assignment": target.id}).to_string())).collect();
    link(change, entry, details).await
}

async fn link(change: &Change<'_>, entry: i64, details: BTreeMap<i64, String>) -> Result<()> {
    const COLUMNS: [(&str, Type); 3] = [("journal_id", Type::Int), ("family_id", Type::Int), ("detail", Type::Text)];
    let rows: Vec<Vec<Cell>> =
        details.into_iter().map(|(family, detail)| vec![entry.into(), family.into(), detail.into()]).collect();
    bulk::insert(change, "journal_family", &COLUMNS, rows).await?;
    Ok(())
}

/// Decides which of the versions of a family stands. The others stay recorded, with who found what.
pub async fn decide(change: &Change<'_>, assignment_id: i64, visit_id: i64, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(VerificationError::NoReason);
    }
    let target = assignment(change, assignment_id).await?.ok_or(VerificationError::NotFound)?;
    let versions = versions(change, assignment_id).await?;
    let chosen = versions.iter().find(|version| version.id == visit_id);
    let (Some(chosen), "conflict") = (chosen, target.state.as_str()) else {
        return Err(VerificationError::NoConflict);
    };
    change
        .execute(Query::with(
            sql!(
                "UPDATE visit SET replaced_by = $1 WHERE assignment_id = $2 AND id <> $1 AND replaced_by IS NULL AND {scope village}"
            ),
            [visit_id.into(), assignment_id.into()],
        ))
        .await?;
    settle(change, &[assignment_id]).await?;
    registry::index_families(change, &[target.family_id]).await?;
    change
        .record_for_family(
            target.family_id,
            Entry {
                verb: "visit.decided",
                subject: ("visit", visit_id),
                area: Some(target.village),
                reason: Some(reason),
                data: json!({"round": target.round, "visitor": chosen.visitor, "outcome": chosen.outcome, "versions": versions.len()}),
            },
        )
        .await?;
    Ok(())
}
