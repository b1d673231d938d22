//! Registry: finding families ([`search()`] by the words [`index_names`] keeps) and reading everything that is known of one.
//! Lists change families at commit, and people by hand ([`household`]); visits stand beside.

/// How many live in family `f`: those who are known by name; where nobody is, the number its list states (`f.members`,
/// which the quality page holds against them).
macro_rules! members_now {
    () => {
        "COALESCE(NULLIF((SELECT COUNT(*) FROM person p WHERE p.family_id = f.id AND {checked it is the family's}), 0), f.members) AS members"
    };
}
pub(crate) use members_now;

/// The family $1, and those that are one with it since two people who headed them were found to be one.
macro_rules! one_family {
    () => {
        "IN (SELECT CAST($1 AS BIGINT) UNION SELECT h.subject_id FROM household_field h JOIN household_change c ON c.id = h.change_id AND c.kind = 'same' AND c.state = 'done'
             WHERE h.kind = 'family' AND h.field = 'merged_into' AND h.became = CAST($1 AS TEXT) AND {checked the family was found})"
    };
}
pub(crate) use one_family;

pub mod doubt;
pub mod household;
mod index;
mod lexicon;
pub mod likely;
pub mod likeness;
pub mod merge;
pub mod person;
pub mod quality;
pub mod saved;
mod search;

use domain::AreaCode;
use sea_orm::FromQueryResult;

use crate::{
    connect::Result,
    query::{Handle, Query},
    sql,
};

pub use index::{index_families, index_names, index_undone, index_villages};
pub use lexicon::Lexicon;
pub use search::{
    COUNTED, Cursor, FEW, FamilyLine, Found as FoundFamilies, SIMILAR_BELOW, Search, Total, count, cursor, programmes,
    search,
};

/// A family as its page shows it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Family {
    pub id: i64,
    pub kk: Option<String>,
    pub head_person_id: Option<i64>,
    pub head_name: String,
    pub village: i64,
    pub address: String,
    pub rt: Option<String>,
    pub rw: Option<String>,
    pub phone: Option<String>,
    pub members: i64,
    pub desil: Option<i64>,
    /// Source and version of the list the desil stands in.
    pub desil_source: Option<String>,
    pub desil_version: Option<String>,
    pub block: String,
    pub state: String,
}

/// The family, when it lies within the actor's scope.
pub async fn family(handle: &impl Handle, id: i64) -> Result<Option<Family>> {
    handle
        .one(Query::with(
            sql!(
                "SELECT f.id, f.kk, f.head_person_id, f.head_name, f.village, f.address, f.rt, f.rw, f.phone, f.members, f.desil,
                        v.source AS desil_source, v.version AS desil_version, f.block, f.state
                 FROM family f LEFT JOIN list_version v ON v.id = f.desil_version_id WHERE f.id = $1 AND {scope f.village}"
            ),
            [id.into()],
        ))
        .await
}

#[derive(Clone, Debug, FromQueryResult)]
pub struct Member {
    pub id: i64,
    pub nik: Option<String>,
    pub name: String,
    /// L, P
    pub sex: Option<String>,
    pub birth_date: Option<String>,
    /// HEAD, SPOUSE, CHILD, OTHER
    pub relation: Option<String>,
    pub state: String,
}

/// Who lives in the family now: head, spouse, children by age, others.
pub async fn members(handle: &impl Handle, family: i64) -> Result<Vec<Member>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT id, nik, name, sex, birth_date, relation, state FROM person WHERE family_id = $1 AND {scope village}
                 ORDER BY CASE relation WHEN 'HEAD' THEN 0 WHEN 'SPOUSE' THEN 1 WHEN 'CHILD' THEN 2 ELSE 3 END, birth_date, id"
            ),
            [family.into()],
        ))
        .await
}

/// Somebody who lived in the family and does not any more.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Former {
    pub id: i64,
    pub name: String,
    /// alive, deceased, moved
    pub state: String,
    pub until: String,
    /// The family lived in now, where the actor may see it.
    pub family_id: Option<i64>,
    pub head_name: Option<String>,
}

/// Who lived in the family before, the last to leave first. The caller has found the family.
pub async fn former_members(handle: &impl Handle, family: i64) -> Result<Vec<Former>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT p.id, p.name, p.state, MAX(m.until) AS until, f.id AS family_id, f.head_name
                 FROM membership m JOIN person p ON p.id = m.person_id LEFT JOIN family f ON f.id = p.family_id AND {scope f.village}
                 WHERE m.family_id = $1 AND m.until IS NOT NULL AND p.family_id IS DISTINCT FROM $1
                 GROUP BY p.id, p.name, p.state, f.id, f.head_name ORDER BY 4 DESC, p.id"
            ),
            [family.into()],
        ))
        .await
}

/// What one list version says of the family: the row it stands in, as read.
#[derive(Clone, Debug, FromQueryResult)]
pub struct InList {
    pub version_id: i64,
    pub source: String,
    pub version: String,
    pub as_of: String,
    pub format: String,
    pub row_no: i64,
    pub file: String,
    pub name: Option<String>,
    pub address: Option<String>,
    pub members: Option<i64>,
    pub desil_national: Option<i64>,
    pub desil_province: Option<i64>,
    pub desil_district: Option<i64>,
    pub percentile: Option<i64>,
    pub village: i64,
    /// JSON: every other value in the codes of the format's lists.
    pub reading: String,
    pub linked_by: String,
}

/// What each committed list says of the family, newest list first. What was said and done elsewhere goes with a family
/// that moved: the caller has found the family.
pub async fn in_lists(handle: &impl Handle, family: i64) -> Result<Vec<InList>> {
    handle
        .all(Query::with(
            sql!(concat!(
                "SELECT v.id AS version_id, v.source, v.version, v.as_of, file.format, r.row_no, file.name AS file, r.name, r.address, l.members,
                        l.desil_national, l.desil_province, l.desil_district, l.percentile, l.village, raw.reading, l.linked_by
                 FROM family_list l JOIN list_version v ON v.id = l.version_id JOIN list_row r ON r.id = l.row_id JOIN list_raw raw ON raw.row_id = r.id
                 JOIN list_file file ON file.id = r.file_id
                 WHERE l.family_id ", one_family!(), " AND v.state = 'committed' ORDER BY v.as_of DESC, v.id DESC, l.family_id"
            )),
            [family.into()],
        ))
        .await
}

/// A programme the family is enrolled in, with what it has received.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Aid {
    pub programme_id: i64,
    pub programme: String,
    pub agency: String,
    pub state: String,
    pub reason: Option<String>,
    pub since: String,
    pub received: i64,
    pub deliveries: i64,
}

pub async fn aid(handle: &impl Handle, family: i64) -> Result<Vec<Aid>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT p.id AS programme_id, p.name AS programme, a.short_name AS agency, e.state, e.reason, e.since,
                        CAST(COALESCE((SELECT SUM(l.amount) FROM event_line l WHERE l.enrolment_id = e.id AND l.state IN ('received', 'proxy')), 0) AS BIGINT) AS received,
                        (SELECT COUNT(*) FROM event_line l WHERE l.enrolment_id = e.id AND l.state IN ('received', 'proxy')) AS deliveries
                 FROM enrolment e JOIN programme p ON p.id = e.programme_id JOIN agency a ON a.id = p.agency_id
                 WHERE e.family_id = $1 AND {checked the family was found} ORDER BY e.since DESC, e.id DESC"
            ),
            [family.into()],
        ))
        .await
}

/// The standing visit of each round, newest first: what was found in the field.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Found {
    pub id: i64,
    pub round: String,
    pub visited_at: String,
    pub visitor: String,
    pub outcome: String,
    pub reason: Option<String>,
    /// JSON by question of the form.
    pub answers: String,
    /// JSON array of need codes found unmet.
    pub needs: String,
    /// JSON: field, source value, corrected value.
    pub corrections: String,
}

pub async fn found(handle: &impl Handle, family: i64) -> Result<Vec<Found>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT v.id, r.name AS round, v.visited_at, v.visitor, v.outcome, v.reason, v.answers, v.needs, v.corrections
                 FROM visit v JOIN round r ON r.id = v.round_id
                 WHERE v.family_id = $1 AND v.standing = $2 AND {checked the family was found} ORDER BY v.visited_at DESC, v.id DESC"
            ),
            [family.into(), true.into()],
        ))
        .await
}

/// What a determination says of the family.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Decided {
    pub determination_id: i64,
    pub determination: String,
    pub determination_state: String,
    pub decree_id: Option<i64>,
    pub number: Option<String>,
    pub decided_on: Option<String>,
    pub rank: Option<i64>,
    pub state: String,
    pub why: String,
    /// As the decree printed it; `None` before it was signed.
    pub address: Option<String>,
}

pub async fn decided(handle: &impl Handle, family: i64) -> Result<Vec<Decided>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT d.id AS determination_id, d.name AS determination, d.state AS determination_state, s.id AS decree_id, s.number, s.decided_on, l.rank, l.state, l.why, l.address
                 FROM determination_line l JOIN determination d ON d.id = l.determination_id LEFT JOIN decree s ON s.determination_id = d.id
                 WHERE l.family_id = $1 AND {checked the family was found} ORDER BY d.id DESC"
            ),
            [family.into()],
        ))
        .await
}

/// A family handed to an agency, or refused.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Answered {
    pub id: i64,
    pub kind: String,
    pub agency: Option<String>,
    pub need: Option<String>,
    pub reason: String,
    pub state: String,
    pub answer: Option<String>,
    pub created_at: String,
}

pub async fn answered(handle: &impl Handle, family: i64) -> Result<Vec<Answered>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT r.id, r.kind, a.name AS agency, r.need, r.reason, r.state, r.answer, r.created_at
                 FROM referral r LEFT JOIN agency a ON a.id = r.agency_id WHERE r.family_id = $1 AND {checked the family was found} ORDER BY r.id DESC"
            ),
            [family.into()],
        ))
        .await
}

/// What still has to be done for the family: an open assignment of a round, by the nearest deadline.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Due {
    pub assignment_id: i64,
    pub round: String,
    pub due_on: String,
    pub state: String,
    pub verifier: Option<String>,
}

pub async fn due(handle: &impl Handle, family: i64) -> Result<Option<Due>> {
    handle
        .one(Query::with(
            sql!(
                "SELECT a.id AS assignment_id, r.name AS round, COALESCE(rv.due_on, r.ends_on) AS due_on, a.state, u.name AS verifier
                 FROM assignment a JOIN round r ON r.id = a.round_id
                 LEFT JOIN round_village rv ON rv.round_id = a.round_id AND rv.village = a.village
                 LEFT JOIN app_user u ON u.id = rv.verifier_id
                 WHERE a.family_id = $1 AND {scope a.village} AND r.state = 'open' AND a.state <> 'visited' ORDER BY 3, a.id"
            ),
            [family.into()],
        ))
        .await
}

/// Counts of an area one level below, for its page and map.
#[derive(Clone, Debug, FromQueryResult)]
pub struct AreaCounts {
    pub code: i64,
    pub families: i64,
    pub people: i64,
    pub desil1: i64,
    pub verified: i64,
    pub determined: i64,
    pub served: i64,
    /// Families of desil 1 that have received nothing yet.
    pub untouched: i64,
}

/// Families, people, desil 1, verified, determined and served by village, within the actor's scope and the area.
/// Every district total is the sum of these rows.
pub async fn counts_by_village(handle: &impl Handle, area: AreaCode) -> Result<Vec<AreaCounts>> {
    let range = area.range();
    handle
        .all(Query::with(
            sql!(
                "SELECT f.village AS code, COUNT(*) AS families, CAST(SUM(f.members) AS BIGINT) AS people,
                        CAST(SUM(CASE WHEN f.desil = 1 THEN 1 ELSE 0 END) AS BIGINT) AS desil1,
                        CAST(SUM(CASE WHEN v.family_id IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS verified,
                        CAST(SUM(CASE WHEN d.family_id IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS determined,
                        CAST(SUM(CASE WHEN s.family_id IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS served,
                        CAST(SUM(CASE WHEN f.desil = 1 AND s.family_id IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS untouched
                 FROM family f
                 LEFT JOIN (SELECT DISTINCT family_id FROM visit WHERE standing = $3) v ON v.family_id = f.id
                 LEFT JOIN (SELECT DISTINCT l.family_id FROM determination_line l JOIN decree x ON x.determination_id = l.determination_id WHERE l.state = 'selected') d ON d.family_id = f.id
                 LEFT JOIN (SELECT DISTINCT family_id FROM event_line WHERE state IN ('received', 'proxy')) s ON s.family_id = f.id
                 WHERE {scope f.village} AND f.village BETWEEN $1 AND $2 AND f.state = 'active'
                 GROUP BY f.village ORDER BY f.village"
            ),
            [(*range.start()).into(), (*range.end()).into(), true.into()],
        ))
        .await
}
