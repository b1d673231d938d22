//! Everything that is known of one person: where he lived over time, what every list says of him, what was found in the
//! field, what he received with his families, who looked, and to whom it was given.

use sea_orm::FromQueryResult;

use crate::{
    connect::Result,
    journal,
    query::{Handle, Query},
    sql,
};

/// A person as his page shows him.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Person {
    pub id: i64,
    pub nik: Option<String>,
    pub name: String,
    pub sex: Option<String>,
    pub birth_date: Option<String>,
    pub village: i64,
    pub family_id: Option<i64>,
    pub relation: Option<String>,
    /// alive, deceased, moved
    pub state: String,
    /// Of the family lived in now, or last.
    pub head_name: Option<String>,
    pub kk: Option<String>,
    pub address: Option<String>,
    pub rt: Option<String>,
    pub rw: Option<String>,
    pub head_person_id: Option<i64>,
    /// Of one that was given up: who he is.
    pub merged_into: Option<i64>,
}

/// The person and everybody who was given up for him: what happened to them happened to him.
macro_rules! his {
    () => {
        "IN (WITH RECURSIVE one (id) AS (SELECT CAST($1 AS BIGINT) UNION SELECT g.id FROM person g JOIN one ON g.merged_into = one.id) SELECT id FROM one)"
    };
}

/// A record given up for a person, and the merger that did it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct GivenUp {
    pub id: i64,
    pub name: String,
    pub birth_date: Option<String>,
    pub merge_id: i64,
}

/// Who somebody given up is by now, through whoever was given up in turn: where the actor may see him.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct IsNow {
    pub id: i64,
    pub name: String,
}

/// Who a person given up is now. The caller has found the person.
pub async fn is_now(handle: &impl Handle, person: i64) -> Result<Option<IsNow>> {
    handle
        .one(Query::with(
            sql!(
                "WITH RECURSIVE one (id, merged_into) AS (
                   SELECT p.id, p.merged_into FROM person p WHERE p.id = $1 UNION SELECT k.id, k.merged_into FROM person k JOIN one ON k.id = one.merged_into
                 ) SELECT p.id, p.name FROM one JOIN person p ON p.id = one.id WHERE one.merged_into IS NULL AND p.id <> $1 AND {scope p.village}"
            ),
            [person.into()],
        ))
        .await
}

/// The list that brought a person into the registry; none: somebody's hand did.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct BroughtBy {
    pub source: String,
    pub version: String,
    /// It stands; else it was taken back since.
    pub stands: bool,
}

/// The list that brought a person. The caller has found the person.
pub async fn brought_by(handle: &impl Handle, person: i64) -> Result<Option<BroughtBy>> {
    handle
        .one(Query::with(
            sql!(
                "SELECT v.source, v.version, (v.state <> 'undone') AS stands FROM person p JOIN list_version v ON v.id = p.created_version_id WHERE p.id = $1 AND {checked the person was found}"
            ),
            [person.into()],
        ))
        .await
}

/// The records given up for a person, or the one record this was given up in favour of. The caller has found the person.
pub async fn given_up(handle: &impl Handle, person: i64) -> Result<Vec<GivenUp>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT p.id, p.name, p.birth_date, MAX(c.id) AS merge_id FROM person p JOIN household_field h ON h.kind = 'person' AND h.field = 'merged_into' AND h.subject_id = p.id
                 JOIN household_change c ON c.id = h.change_id AND c.state = 'done' WHERE p.merged_into = $1 AND {checked the person was found} GROUP BY p.id, p.name, p.birth_date ORDER BY p.id"
            ),
            [person.into()],
        ))
        .await
}

/// The person, when he lives within the actor's scope.
pub async fn person(handle: &impl Handle, id: i64) -> Result<Option<Person>> {
    handle
        .one(Query::with(
            sql!(
                "SELECT p.id, p.nik, p.name, p.sex, p.birth_date, p.village, p.family_id, p.relation, p.state, f.head_name, f.kk, f.address, f.rt, f.rw, f.head_person_id, p.merged_into
                 FROM person p LEFT JOIN family f ON f.id = COALESCE(p.family_id, (SELECT m.family_id FROM membership m WHERE m.person_id = p.id ORDER BY m.until DESC, m.id DESC LIMIT 1))
                 WHERE p.id = $1 AND {scope p.village}"
            ),
            [id.into()],
        ))
        .await
}

/// A family the person belonged to, from when to when.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Belonged {
    pub family_id: i64,
    pub head_name: String,
    /// The actor may see the family.
    pub seen: i64,
    pub relation: Option<String>,
    pub since: String,
    pub until: Option<String>,
    /// list, moved, relation, or the kind of the change by hand
    pub why: String,
    pub source: Option<String>,
    pub version: Option<String>,
    pub change_id: Option<i64>,
    pub closed_change_id: Option<i64>,
}

/// The families he belonged to, the newest first. The caller has found the person.
pub async fn belonged(handle: &impl Handle, person: i64) -> Result<Vec<Belonged>> {
    handle
        .all(Query::with(
            sql!(concat!(
                "SELECT m.family_id, f.head_name, CAST(CASE WHEN {scope f.village} THEN 1 ELSE 0 END AS BIGINT) AS seen, m.relation, m.since, m.until, m.why, v.source, v.version, m.change_id, m.closed_change_id
                 FROM membership m JOIN family f ON f.id = m.family_id LEFT JOIN list_version v ON v.id = m.version_id
                 WHERE m.person_id ", his!(), " ORDER BY COALESCE(m.until, '9999') DESC, m.since DESC, m.id DESC"
            )),
            [person.into()],
        ))
        .await
}

/// What one list version says of the person.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Said {
    pub version_id: i64,
    pub source: String,
    pub version: String,
    pub as_of: String,
    pub giver: Option<String>,
    pub legal_basis: Option<String>,
    pub purpose: Option<String>,
    pub committed_at: Option<String>,
    pub row_no: i64,
    pub file: String,
    pub name: Option<String>,
    pub nik: Option<String>,
    pub sex: Option<String>,
    pub birth_date: Option<String>,
    pub relation: Option<String>,
    /// The head of the family the list counts him to.
    pub head_name: Option<String>,
    pub linked_by: String,
    /// Why the row was taken for him, where it was linked by likeness.
    pub evidence: Option<String>,
}

/// What each committed list says of him, the newest list first; of somebody given up, what they said of him and tells of another by
/// now. The caller has found the person.
pub async fn said(handle: &impl Handle, person: i64) -> Result<Vec<Said>> {
    handle
        .all(Query::with(
            sql!(concat!(
                "SELECT v.id AS version_id, v.source, v.version, v.as_of, v.giver, v.legal_basis, v.purpose, v.committed_at, r.row_no, file.name AS file,
                   r.name, r.nik, r.sex, r.birth_date, CASE WHEN r.id = u.head_row_id THEN 'HEAD' ELSE r.relation END AS relation, u.head_name, l.linked_by,
                   CASE WHEN l.linked_by = 'likeness' THEN x.evidence END AS evidence
                 FROM person_list l JOIN list_version v ON v.id = l.version_id AND v.state = 'committed' JOIN list_row r ON r.id = l.row_id JOIN list_file file ON file.id = r.file_id
                 LEFT JOIN list_unit u ON u.version_id = r.version_id AND u.family_key = r.family_key LEFT JOIN match_link x ON x.row_id = r.id
                 WHERE (l.person_id = $1 OR l.row_id IN (SELECT m.row_id FROM merge_moved m WHERE m.what = 'person_list' AND m.subject_id ", his!(), "))
                   AND {checked the person was found} ORDER BY v.as_of DESC, v.id DESC, r.id"
            )),
            [person.into()],
        ))
        .await
}

/// What a standing visit found of the person.
#[derive(Clone, Debug, FromQueryResult)]
pub struct FoundOf {
    pub visit_id: i64,
    pub round: String,
    pub visited_at: String,
    pub visitor: String,
    pub presence: String,
    pub name: Option<String>,
    pub nik: Option<String>,
    pub birth_date: Option<String>,
    pub sex: Option<String>,
    pub relation: Option<String>,
}

/// What the standing visits found of him, the newest first. The caller has found the person.
pub async fn found_of(handle: &impl Handle, person: i64) -> Result<Vec<FoundOf>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT v.id AS visit_id, r.name AS round, v.visited_at, v.visitor, m.presence, m.name, m.nik, m.birth_date, m.sex, m.relation
                 FROM visit_member m JOIN visit v ON v.id = m.visit_id AND v.standing = $2 JOIN round r ON r.id = v.round_id
                 WHERE m.person_id = $1 AND {checked the person was found} ORDER BY v.visited_at DESC, v.id DESC"
            ),
            [person.into(), true.into()],
        ))
        .await
}

/// The numbers he had before a correction.
pub async fn former_niks(handle: &impl Handle, person: i64) -> Result<Vec<String>> {
    handle
        .column(Query::with(
            sql!("SELECT n.nik FROM former_nik n WHERE n.person_id = $1 AND {checked the person was found} ORDER BY n.change_id DESC"),
            [person.into()],
        ))
        .await
}

/// When a thing of a family happened to this person too: while he belonged to it. A first list does not say since when.
macro_rules! while_member {
    ($at:literal) => {
        concat!("(m.why = 'list' OR ", $at, " >= m.since) AND (m.until IS NULL OR ", $at, " < m.until || 'U')")
    };
}

/// A programme a family of his is in.
#[derive(Clone, Debug, FromQueryResult)]
pub struct AidOf {
    pub programme_id: i64,
    pub programme: String,
    pub agency: String,
    pub family_id: i64,
    pub head_name: String,
    pub state: String,
    pub since: String,
    /// Received while he belonged to the family, rupiah.
    pub received: i64,
    pub deliveries: i64,
    /// Of these, handed over under his own name.
    pub own: i64,
}

/// Programmes of his families while he belonged to them. The caller has found the person.
pub async fn aid_of(handle: &impl Handle, person: i64) -> Result<Vec<AidOf>> {
    handle
        .all(Query::with(
            sql!(concat!(
                "SELECT p.id AS programme_id, p.name AS programme, a.short_name AS agency, e.family_id, f.head_name, e.state, e.since,
                   CAST(COALESCE(SUM(CASE WHEN l.id IS NULL THEN 0 ELSE l.amount END), 0) AS BIGINT) AS received, COUNT(DISTINCT l.id) AS deliveries,
                   COUNT(DISTINCT CASE WHEN l.name_key = q.name_key THEN l.id END) AS own
                 FROM (SELECT MAX(m.person_id) AS person_id, m.family_id, MIN(CASE WHEN m.why = 'list' THEN '' ELSE m.since END) AS since, MAX(COALESCE(m.until || 'U', 'Z')) AS until
                       FROM membership m WHERE m.person_id ", his!(), " GROUP BY m.family_id) b
                 JOIN person q ON q.id = b.person_id JOIN enrolment e ON e.family_id = b.family_id AND e.since < b.until
                 JOIN programme p ON p.id = e.programme_id JOIN agency a ON a.id = p.agency_id JOIN family f ON f.id = e.family_id
                 LEFT JOIN event_line l ON l.enrolment_id = e.id AND l.state IN ('received', 'proxy') AND l.served_at >= b.since AND l.served_at < b.until
                 WHERE {checked the person was found}
                 GROUP BY p.id, p.name, a.short_name, e.family_id, f.head_name, e.state, e.since ORDER BY e.since DESC, p.id, e.family_id"
            )),
            [person.into()],
        ))
        .await
}

/// What happened to him: entries about his families while he belonged to them, the newest first.
pub async fn timeline(handle: &impl Handle, person: i64, limit: i64) -> Result<Vec<journal::Line>> {
    handle
        .all(Query::with(
            sql!(concat!(
                "SELECT j.id, j.at, j.user_id, j.actor, j.verb, j.subject_kind, j.subject_id, j.area, j.reason, j.data, MAX(jf.detail) AS detail
                 FROM membership m JOIN journal_family jf ON jf.family_id = m.family_id JOIN journal j ON j.id = jf.journal_id
                 WHERE m.person_id ", his!(), " AND {checked the person was found} AND (",
                while_member!("j.at"),
                " OR j.id IN (SELECT c.journal_id FROM household_subject s JOIN household_change c ON c.id = s.change_id WHERE s.kind = 'person' AND s.subject_id = $1))
                 GROUP BY j.id, j.at, j.user_id, j.actor, j.verb, j.subject_kind, j.subject_id, j.area, j.reason, j.data ORDER BY j.at DESC, j.id DESC LIMIT $2"
            )),
            [person.into(), limit.into()],
        ))
        .await
}

/// Who had numbers of his shown, or his sheet printed.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Looked {
    pub at: String,
    pub actor: String,
    /// number.revealed, person.printed
    pub verb: String,
    /// The numbers of the whole family, or his own.
    pub subject_kind: String,
}

/// Who looked, the newest first. The caller has found the person.
pub async fn looked(handle: &impl Handle, person: i64) -> Result<Vec<Looked>> {
    handle
        .all(Query::with(
            sql!(concat!(
                "SELECT j.at, j.actor, j.verb, j.subject_kind FROM journal j WHERE j.subject_kind = 'person' AND j.subject_id ", his!(), " AND j.verb IN ('number.revealed', 'person.printed')
                 UNION
                 SELECT j.at, j.actor, j.verb, j.subject_kind FROM membership m JOIN journal j ON j.subject_kind = 'family' AND j.subject_id = m.family_id AND j.verb = 'number.revealed'
                 WHERE m.person_id ", his!(), " AND {checked the person was found} AND ",
                while_member!("j.at"),
                " ORDER BY 1 DESC, 2"
            )),
            [person.into()],
        ))
        .await
}

/// An agency that was given his family's data, and for what.
#[derive(Clone, Debug, FromQueryResult)]
pub struct GivenTo {
    pub at: String,
    /// referral, programme
    pub how: String,
    pub agency: String,
    /// What was asked of the agency, or the programme.
    pub what: Option<String>,
}

/// To whom it was given, the newest first. The caller has found the person.
pub async fn given_to(handle: &impl Handle, person: i64) -> Result<Vec<GivenTo>> {
    handle
        .all(Query::with(
            sql!(concat!(
                "SELECT r.created_at AS at, 'referral' AS how, a.name AS agency, COALESCE(r.need, r.reason) AS what FROM membership m JOIN referral r ON r.family_id = m.family_id AND r.kind = 'referred' JOIN agency a ON a.id = r.agency_id
                 WHERE m.person_id ", his!(), " AND {checked the person was found} AND ",
                while_member!("r.created_at"),
                " UNION
                 SELECT e.since, 'programme', a.name, p.name FROM membership m JOIN enrolment e ON e.family_id = m.family_id JOIN programme p ON p.id = e.programme_id JOIN agency a ON a.id = p.agency_id
                 WHERE m.person_id ", his!(), " AND ",
                while_member!("e.since"),
                " ORDER BY 1 DESC, 3"
            )),
            [person.into()],
        ))
        .await
}
