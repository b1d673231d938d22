//! The families of a round: one to be visited with what the sources say of it, or a village's.

use std::collections::{BTreeMap, HashMap};

use domain::verification::{Known, KnownMember, round::State};
use sea_orm::FromQueryResult;

use super::{Result, VerificationError};
use crate::{
    query::{Handle, Query},
    registry::members_now,
    sql,
};

/// A family in a round.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Assignment {
    pub id: i64,
    pub round_id: i64,
    pub round: String,
    round_state: String,
    pub form: String,
    pub version_id: i64,
    pub family_id: i64,
    pub village: i64,
    /// waiting, visited, conflict
    pub state: String,
    pub outcome: Option<String>,
    pub reason: Option<String>,
    pub visit_id: Option<i64>,
    pub removed_reason: Option<String>,
    pub head_name: String,
    pub address: String,
    pub rt: Option<String>,
    pub rw: Option<String>,
    pub phone: Option<String>,
    pub members: i64,
    pub desil: Option<i64>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub verifier_id: Option<i64>,
    pub due_on: Option<String>,
}

impl Assignment {
    pub fn round_state(&self) -> State {
        State::from_word(&self.round_state).unwrap_or(State::Closed)
    }

    /// The round's state when it takes visits.
    pub fn open(&self) -> Result<()> {
        match self.round_state() {
            State::Open => Ok(()),
            other => Err(VerificationError::RoundNotOpen(other)),
        }
    }
}

/// A family of a round, within the actor's area.
pub async fn assignment(handle: &impl Handle, id: i64) -> Result<Option<Assignment>> {
    Ok(handle
        .one(Query::with(
            sql!(
                concat!("SELECT a.id, a.round_id, r.name AS round, r.state AS round_state, r.form, r.version_id, a.family_id, a.village, a.state,
                        a.outcome, a.reason, a.visit_id, a.removed_reason, f.head_name, f.address, f.rt, f.rw, f.phone, ", members_now!(), ", f.desil,
                        f.lat, f.lon, v.verifier_id, v.due_on
                 FROM assignment a JOIN round r ON r.id = a.round_id JOIN family f ON f.id = a.family_id
                 JOIN round_village v ON v.round_id = a.round_id AND v.village = a.village
                 WHERE a.id = $1 AND {scope a.village}")
            ),
            [id.into()],
        ))
        .await?)
}

/// A family of a village's list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct FamilyLine {
    pub id: i64,
    pub family_id: i64,
    pub head_name: String,
    pub address: String,
    pub rt: Option<String>,
    pub rw: Option<String>,
    pub members: i64,
    pub desil: Option<i64>,
    pub state: String,
    pub outcome: Option<String>,
    pub reason: Option<String>,
    pub removed_reason: Option<String>,
    pub visit_id: Option<i64>,
    pub visitor: Option<String>,
    pub visited_at: Option<String>,
    /// The actor has begun and not sent it.
    pub drafted: bool,
}

/// Which families of a village are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FamilyFilter {
    #[default]
    All,
    /// Not visited, or visited and nobody met.
    Due,
    /// LAYAK or PERBAIKAN.
    Eligible,
    NotEligible,
    Deferred,
    Conflict,
}

impl FamilyFilter {
    pub const ALL: [Self; 6] =
        [Self::All, Self::Due, Self::Eligible, Self::NotEligible, Self::Deferred, Self::Conflict];

    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "semua",
            Self::Due => "belum",
            Self::Eligible => "layak",
            Self::NotEligible => "tidak",
            Self::Deferred => "tunda",
            Self::Conflict => "dua",
        }
    }

    pub fn from_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.word() == word).unwrap_or_default()
    }
}

/// The families of a village in a round, by RT and name; `limit` of them from `offset`.
pub async fn families(
    handle: &impl Handle,
    round: i64,
    village: i64,
    filter: FamilyFilter,
    name: &str,
    (offset, limit): (i64, i64),
) -> Result<Vec<FamilyLine>> {
    let mut query = Query::with(
        sql!(concat!(
            "SELECT a.id, a.family_id, f.head_name, f.address, f.rt, f.rw, ",
            members_now!(),
            ", f.desil, a.state, a.outcome, a.reason,
                    a.removed_reason, a.visit_id, v.visitor, v.visited_at,
                    EXISTS (SELECT 1 FROM visit_draft d WHERE d.assignment_id = a.id AND d.user_id = $3) AS drafted
             FROM assignment a JOIN family f ON f.id = a.family_id LEFT JOIN visit v ON v.id = a.visit_id
             WHERE a.round_id = $1 AND a.village = $2 AND {scope a.village}"
        )),
        [round.into(), village.into(), handle.actor().user.unwrap_or_default().into()],
    );
    query.push(match filter {
        FamilyFilter::All => sql!(""),
        FamilyFilter::Due => sql!(" AND (a.state = 'waiting' OR a.outcome = 'TUNDA')"),
        FamilyFilter::Eligible => sql!(" AND a.outcome IN ('LAYAK', 'PERBAIKAN')"),
        FamilyFilter::NotEligible => sql!(" AND a.outcome = 'TIDAK_LAYAK'"),
        FamilyFilter::Deferred => sql!(" AND a.outcome = 'TUNDA'"),
        FamilyFilter::Conflict => sql!(" AND a.state = 'conflict'"),
    });
    let key = domain::name::name_key(name).replace(['%', '_', '\\'], "");
    if !key.is_empty() {
        query.push_with(sql!(" AND f.name_key LIKE $$"), format!("%{key}%"));
    }
    query.push(sql!(" ORDER BY COALESCE(f.rw, ''), COALESCE(f.rt, ''), f.name_key, a.id"));
    query.push_with(sql!(" LIMIT $$"), limit).push_with(sql!(" OFFSET $$"), offset);
    Ok(handle.all(query).await?)
}

/// How many families of a village stand where: by filter, in the order of [`FamilyFilter::ALL`].
pub async fn state_counts(handle: &impl Handle, round: i64, village: i64) -> Result<[i64; 6]> {
    #[derive(FromQueryResult)]
    struct Counts {
        families: i64,
        due: i64,
        eligible: i64,
        not_eligible: i64,
        deferred: i64,
        conflicts: i64,
    }
    let counts: Option<Counts> = handle
        .one(Query::with(
            sql!(
                "SELECT COUNT(*) AS families,
                        CAST(COALESCE(SUM(CASE WHEN a.state = 'waiting' OR a.outcome = 'TUNDA' THEN 1 ELSE 0 END), 0) AS BIGINT) AS due,
                        CAST(COALESCE(SUM(CASE WHEN a.outcome IN ('LAYAK', 'PERBAIKAN') THEN 1 ELSE 0 END), 0) AS BIGINT) AS eligible,
                        CAST(COALESCE(SUM(CASE WHEN a.outcome = 'TIDAK_LAYAK' THEN 1 ELSE 0 END), 0) AS BIGINT) AS not_eligible,
                        CAST(COALESCE(SUM(CASE WHEN a.outcome = 'TUNDA' THEN 1 ELSE 0 END), 0) AS BIGINT) AS deferred,
                        CAST(COALESCE(SUM(CASE WHEN a.state = 'conflict' THEN 1 ELSE 0 END), 0) AS BIGINT) AS conflicts
                 FROM assignment a WHERE a.round_id = $1 AND a.village = $2 AND {scope a.village}"
            ),
            [round.into(), village.into()],
        ))
        .await?;
    Ok(counts.map_or([0; 6], |c| [c.families, c.due, c.eligible, c.not_eligible, c.deferred, c.conflicts]))
}

/// The next family of a village to visit after this one, if any is left.
pub async fn next_waiting(handle: &impl Handle, round: i64, village: i64, after: i64) -> Result<Option<i64>> {
    let due = families(handle, round, village, FamilyFilter::Due, "", (0, 100)).await?;
    Ok(due.into_iter().map(|line| line.id).find(|id| *id != after))
}

#[derive(FromQueryResult)]
struct FamilyRow {
    kk: Option<String>,
    address: String,
    rt: Option<String>,
    rw: Option<String>,
    phone: Option<String>,
    head_person_id: Option<i64>,
}

#[derive(FromQueryResult)]
struct PersonRow {
    id: i64,
    family_id: Option<i64>,
    name: String,
    nik: Option<String>,
    sex: Option<String>,
    birth_date: Option<String>,
    relation: Option<String>,
}

impl From<FamilyRow> for Known {
    fn from(row: FamilyRow) -> Self {
        Self {
            kk: row.kk,
            address: Some(row.address).filter(|address| !address.is_empty()),
            rt: row.rt,
            rw: row.rw,
            phone: row.phone,
            head: row.head_person_id,
            members: Vec::new(),
        }
    }
}

impl From<PersonRow> for KnownMember {
    fn from(row: PersonRow) -> Self {
        Self {
            person: row.id,
            name: row.name,
            nik: row.nik,
            sex: row.sex,
            birth_date: row.birth_date.and_then(|date| date.parse().ok()),
            relation: row.relation,
        }
    }
}

/// What the registry knows of a family, the head first, then by age. `None` outside the actor's area.
pub async fn known(handle: &impl Handle, family: i64) -> Result<Option<Known>> {
    let row: Option<FamilyRow> = handle
        .one(Query::with(
            sql!("SELECT f.kk, f.address, f.rt, f.rw, f.phone, f.head_person_id FROM family f WHERE f.id = $1 AND {scope f.village}"),
            [family.into()],
        ))
        .await?;
    let Some(row) = row else { return Ok(None) };
    let people: Vec<PersonRow> = handle
        .all(Query::with(
            sql!(
                "SELECT p.id, p.family_id, p.name, p.nik, p.sex, p.birth_date, p.relation FROM person p
                 WHERE p.family_id = $1 AND p.state = 'alive' AND {checked the family is within the scope}
                 ORDER BY CASE WHEN p.id = $2 THEN 0 WHEN p.relation = 'SPOUSE' THEN 1 ELSE 2 END, p.birth_date, p.id"
            ),
            [family.into(), row.head_person_id.into()],
        ))
        .await?;
    let mut known = Known::from(row);
    known.members = people.into_iter().map(KnownMember::from).collect();
    Ok(Some(known))
}

/// A family of a round as workbooks, exports and the played year need it: for many at once.
#[derive(Clone, Debug)]
pub struct FamilyContext {
    pub assignment: i64,
    pub family: i64,
    pub village: i64,
    pub head_name: String,
    pub members: i64,
    pub desil: Option<i64>,
    pub state: String,
    pub outcome: Option<String>,
    pub visit: Option<i64>,
    pub removed_reason: Option<String>,
    pub known: Known,
}

/// Every family of a round within the actor's area, by village, RT and name.
pub async fn contexts(handle: &impl Handle, round: i64) -> Result<Vec<FamilyContext>> {
    #[derive(FromQueryResult)]
    struct Row {
        assignment: i64,
        id: i64,
        village: i64,
        head_name: String,
        members: i64,
        desil: Option<i64>,
        state: String,
        outcome: Option<String>,
        visit_id: Option<i64>,
        removed_reason: Option<String>,
        kk: Option<String>,
        address: String,
        rt: Option<String>,
        rw: Option<String>,
        phone: Option<String>,
        head_person_id: Option<i64>,
    }
    let rows: Vec<Row> = handle
        .all(Query::with(
            sql!(concat!(
                "SELECT a.id AS assignment, f.id, a.village, f.head_name, ",
                members_now!(),
                ", f.desil, a.state, a.outcome, a.visit_id, a.removed_reason,
                        f.kk, f.address, f.rt, f.rw, f.phone, f.head_person_id
                 FROM assignment a JOIN family f ON f.id = a.family_id
                 WHERE a.round_id = $1 AND {scope a.village}
                 ORDER BY a.village, COALESCE(f.rw, ''), COALESCE(f.rt, ''), f.name_key, a.id"
            )),
            [round.into()],
        ))
        .await?;
    let people: Vec<PersonRow> = handle
        .all(Query::with(
            sql!(
                "SELECT p.id, p.family_id, p.name, p.nik, p.sex, p.birth_date, p.relation
                 FROM assignment a JOIN person p ON p.family_id = a.family_id
                 WHERE a.round_id = $1 AND p.state = 'alive' AND {scope a.village}
                 ORDER BY p.family_id, CASE WHEN p.relation = 'HEAD' THEN 0 WHEN p.relation = 'SPOUSE' THEN 1 ELSE 2 END, p.birth_date, p.id"
            ),
            [round.into()],
        ))
        .await?;
    let mut members: HashMap<i64, Vec<KnownMember>> = HashMap::with_capacity(rows.len());
    for person in people {
        let family = person.family_id.unwrap_or_default();
        members.entry(family).or_default().push(person.into());
    }
    Ok(rows
        .into_iter()
        .map(|row| FamilyContext {
            assignment: row.assignment,
            family: row.id,
            village: row.village,
            head_name: row.head_name,
            members: row.members,
            desil: row.desil,
            state: row.state,
            outcome: row.outcome,
            visit: row.visit_id,
            removed_reason: row.removed_reason,
            known: Known {
                kk: row.kk,
                address: Some(row.address).filter(|address| !address.is_empty()),
                rt: row.rt,
                rw: row.rw,
                phone: row.phone,
                head: row.head_person_id,
                members: members.remove(&row.id).unwrap_or_default(),
            },
        })
        .collect())
}

/// What one list says of a family.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Said {
    pub source: String,
    pub version: String,
    /// JSON: answers in shared codes by field.
    pub reading: String,
}

impl Said {
    /// The answers by field.
    pub fn values(&self) -> BTreeMap<String, String> {
        let values: BTreeMap<String, serde_json::Value> = serde_json::from_str(&self.reading).unwrap_or_default();
        values
            .into_iter()
            .map(|(field, value)| (field, value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
            .collect()
    }
}

/// What the newest version of each list says of a family, the newest first. The caller has shown that the family is
/// within the actor's area.
pub async fn sources(handle: &impl Handle, family: i64) -> Result<Vec<Said>> {
    let all: Vec<Said> = handle
        .all(Query::with(
            sql!(
                "SELECT l.source, l.version, w.reading FROM family_list fl JOIN list_version l ON l.id = fl.version_id
                 JOIN list_raw w ON w.row_id = fl.row_id
                 WHERE fl.family_id = $1 AND l.state = 'committed' AND {checked the family is within the scope}
                 ORDER BY l.as_of DESC, l.id DESC"
            ),
            [family.into()],
        ))
        .await?;
    let mut newest: Vec<Said> = Vec::new();
    for said in all {
        if !newest.iter().any(|other| other.source == said.source) {
            newest.push(said);
        }
    }
    Ok(newest)
}

/// What the list of a round says of each of its families within the actor's area, as the reading's JSON, by assignment:
/// for the story of the demo and for exports, many at once.
pub async fn round_readings(handle: &impl Handle, round: i64) -> Result<HashMap<i64, String>> {
    #[derive(FromQueryResult)]
    struct Row {
        assignment: i64,
        reading: String,
    }
    let rows: Vec<Row> = handle
        .all(Query::with(
            sql!(
                "SELECT a.id AS assignment, w.reading FROM assignment a JOIN round r ON r.id = a.round_id
                 JOIN family_list fl ON fl.family_id = a.family_id AND fl.version_id = r.version_id JOIN list_raw w ON w.row_id = fl.row_id
                 WHERE a.round_id = $1 AND {scope a.village} ORDER BY a.id"
            ),
            [round.into()],
        ))
        .await?;
    Ok(rows.into_iter().map(|row| (row.assignment, row.reading)).collect())
}

/// Where a family stands in the newest round that has it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct FamilyStanding {
    pub assignment_id: i64,
    pub round_id: i64,
    pub round: String,
    pub round_state: String,
    pub state: String,
    pub outcome: Option<String>,
    pub reason: Option<String>,
    pub removed_reason: Option<String>,
    pub visit_id: Option<i64>,
    pub visitor: Option<String>,
    pub visited_at: Option<String>,
    /// JSON: answers by question, unmet needs, corrections; of the visit that stands.
    pub answers: Option<String>,
    pub needs: Option<String>,
    pub corrections: Option<String>,
}

/// The newest round a family is in, with the visit that stands: the value in use beside what the lists say. The caller
/// has shown that the family is within the actor's area.
pub async fn family_standing(handle: &impl Handle, family: i64) -> Result<Option<FamilyStanding>> {
    Ok(handle
        .one(Query::with(
            sql!(
                "SELECT a.id AS assignment_id, a.round_id, r.name AS round, r.state AS round_state, a.state, a.outcome, a.reason, a.removed_reason,
                        a.visit_id, v.visitor, v.visited_at, v.answers, v.needs, v.corrections
                 FROM assignment a JOIN round r ON r.id = a.round_id LEFT JOIN visit v ON v.id = a.visit_id
                 WHERE a.family_id = $1 AND r.state <> 'planned' AND {checked the family is within the scope}
                 ORDER BY CASE WHEN a.visit_id IS NULL THEN 1 ELSE 0 END, r.id DESC LIMIT 1"
            ),
            [family.into()],
        ))
        .await?)
}
