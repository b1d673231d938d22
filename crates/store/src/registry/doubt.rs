//! Work lists of what should not be: served twice, one person in two villages, one number on two people, the dead who
//! still receive. Each row says why it stands there; the counts are of the same rows.

use sea_orm::FromQueryResult;

use crate::{
    connect::Result,
    query::{Handle, Query, Sql},
    sql,
};

/// What a work list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A family, or a person in two, that received the like twice in a year, or what a list says excludes it.
    Twice,
    /// A person who lives in two villages.
    Villages,
    /// A number that two people have.
    Number,
    /// Somebody dead who receives, is enrolled, or heads a family.
    Dead,
}

impl Doubt {
    pub const ALL: [Self; 4] = [Self::Twice, Self::Villages, Self::Number, Self::Dead];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Twice => "twice",
            Self::Villages => "villages",
            Self::Number => "number",
            Self::Dead => "dead",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// A row of a work list.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    /// Why: like, person, barred; number, name; served, enrolled, head.
    pub cause: String,
    pub village: i64,
    pub family_id: Option<i64>,
    pub person_id: Option<i64>,
    pub name: String,
    /// The other person or family, where the actor may see it.
    pub other_family_id: Option<i64>,
    pub other_person_id: Option<i64>,
    pub other_name: Option<String>,
    pub other_village: i64,
    /// Programmes, or the day of death.
    pub what: String,
    /// Rupiah received.
    pub amount: i64,
}

/// Of two people who share something, each is told of by the one with the smaller number, and by the other one where only
/// he may be seen.
macro_rules! pair {
    ($cause:literal, $join:literal) => {
        concat!(
            "SELECT '", $cause, "' AS cause, p.village, p.family_id, p.id AS person_id, p.name, CASE WHEN {scope o.village} THEN o.family_id END AS other_family_id,
               CASE WHEN {scope o.village} THEN o.id END AS other_person_id, CASE WHEN {scope o.village} THEN o.name END AS other_name, o.village AS other_village, '' AS what, CAST(0 AS BIGINT) AS amount
             FROM person p JOIN person o ON ", $join, " AND o.id <> p.id AND o.merged_into IS NULL
             WHERE p.merged_into IS NULL AND {scope p.village} AND (p.id < o.id OR NOT {scope o.village})"
        )
    };
}

/// Aid of the like kind that families received in a year.
macro_rules! received {
    () => {
        "SELECT e.family_id, g.aid_kind, g.year, COUNT(DISTINCT g.id) AS programmes, MIN(g.name) AS one, MAX(g.name) AS other, CAST(SUM(l.amount) AS BIGINT) AS amount
         FROM event_line l JOIN enrolment e ON e.id = l.enrolment_id JOIN programme g ON g.id = e.programme_id WHERE l.state IN ('received', 'proxy') GROUP BY e.family_id, g.aid_kind, g.year"
    };
}

macro_rules! rows {
    (twice) => {
        concat!(
            "SELECT 'like' AS cause, f.village, f.id AS family_id, f.head_person_id AS person_id, f.head_name AS name, CAST(NULL AS BIGINT) AS other_family_id, CAST(NULL AS BIGINT) AS other_person_id,
               CAST(NULL AS TEXT) AS other_name, f.village AS other_village, r.one || ' · ' || r.other AS what, r.amount
             FROM (", received!(), ") r JOIN family f ON f.id = r.family_id WHERE r.programmes > 1 AND r.aid_kind <> 'other' AND {scope f.village}
             UNION ALL
             SELECT 'person', p.village, p.family_id, p.id, p.name, CASE WHEN {scope o.village} THEN o.family_id END, CASE WHEN {scope o.village} THEN o.id END, CASE WHEN {scope o.village} THEN o.name END, o.village,
               a.one || ' · ' || b.one, a.amount
             FROM person p JOIN person o ON o.nik = p.nik AND o.id <> p.id AND o.merged_into IS NULL AND o.family_id <> p.family_id
             JOIN (", received!(), ") a ON a.family_id = p.family_id JOIN (", received!(), ") b ON b.family_id = o.family_id AND b.aid_kind = a.aid_kind AND b.year = a.year
             WHERE p.merged_into IS NULL AND {scope p.village} AND (p.id < o.id OR NOT {scope o.village})
             UNION ALL
             SELECT 'barred', f.village, f.id, f.head_person_id, f.head_name, NULL, NULL, NULL, f.village, MIN(g.name), CAST(SUM(l.amount) AS BIGINT)
             FROM enrolment_warning w JOIN enrolment e ON e.id = w.enrolment_id JOIN programme g ON g.id = e.programme_id JOIN event_line l ON l.enrolment_id = e.id AND l.state IN ('received', 'proxy') JOIN family f ON f.id = e.family_id
             WHERE w.aid <> 'programme' AND {scope f.village} GROUP BY f.village, f.id, f.head_person_id, f.head_name, e.programme_id"
        )
    };
    (villages) => {
        concat!(
            pair!("number", "o.nik = p.nik AND o.village <> p.village"),
            " AND p.state = 'alive' AND o.state = 'alive' UNION ALL ",
            pair!("name", "o.birth_date = p.birth_date AND o.name_key = p.name_key AND o.village <> p.village"),
            " AND p.name_key <> '' AND p.state = 'alive' AND o.state = 'alive' AND (p.sex = o.sex OR p.sex IS NULL OR o.sex IS NULL) AND p.nik IS DISTINCT FROM o.nik
               AND p.birth_date NOT LIKE '%-01-01'"
        )
    };
    (number) => {
        pair!("number", "o.nik = p.nik")
    };
    (dead) => {
        "SELECT 'served' AS cause, f.village, f.id AS family_id, d.id AS person_id, d.name, CAST(NULL AS BIGINT) AS other_family_id, CAST(NULL AS BIGINT) AS other_person_id, CAST(NULL AS TEXT) AS other_name,
           f.village AS other_village, MIN(m.until) AS what, CAST(SUM(l.amount) AS BIGINT) AS amount
         FROM person d JOIN membership m ON m.person_id = d.id AND m.until IS NOT NULL AND m.closed_change_id IS NOT NULL JOIN event_line l ON l.family_id = m.family_id AND l.name_key = d.name_key AND l.state = 'received'
         JOIN family f ON f.id = m.family_id WHERE d.state = 'deceased' AND substr(l.served_at, 1, 10) > m.until AND {scope f.village} GROUP BY f.village, f.id, d.id, d.name
         UNION ALL
         SELECT 'enrolled', f.village, f.id, f.head_person_id, f.head_name, NULL, NULL, NULL, f.village, MIN(g.name), CAST(0 AS BIGINT)
         FROM family f JOIN enrolment e ON e.family_id = f.id AND e.state IN ('enrolled', 'active') JOIN programme g ON g.id = e.programme_id WHERE f.state = 'deceased' AND {scope f.village} GROUP BY f.village, f.id, f.head_person_id, f.head_name
         UNION ALL
         SELECT 'head', f.village, f.id, d.id, d.name, NULL, NULL, NULL, f.village, '', CAST(0 AS BIGINT) FROM family f JOIN person d ON d.id = f.head_person_id AND d.state = 'deceased' WHERE f.state = 'active' AND {scope f.village}
         UNION ALL
         SELECT 'number', p.village, p.family_id, p.id, p.name, CASE WHEN {scope o.village} THEN o.family_id END, CASE WHEN {scope o.village} THEN o.id END, CASE WHEN {scope o.village} THEN o.name END, o.village, '', CAST(0 AS BIGINT)
         FROM person p JOIN person o ON o.nik = p.nik AND o.state = 'deceased' WHERE p.state = 'alive' AND {scope p.village}"
    };
}

const fn counts_of(doubt: Doubt) -> Sql {
    macro_rules! counts {
        ($which:ident) => {
            sql!(concat!(
                "SELECT w.village, w.cause, COUNT(*) AS count FROM (",
                rows!($which),
                ") w GROUP BY w.village, w.cause ORDER BY w.village, w.cause"
            ))
        };
    }
    match doubt {
        Doubt::Twice => counts!(twice),
        Doubt::Villages => counts!(villages),
        Doubt::Number => counts!(number),
        Doubt::Dead => counts!(dead),
    }
}

const fn rows_of(doubt: Doubt) -> Sql {
    macro_rules! all {
        ($which:ident) => {
            sql!(concat!("SELECT w.* FROM (", rows!($which), ") w WHERE 1 = 1"))
        };
    }
    match doubt {
        Doubt::Twice => all!(twice),
        Doubt::Villages => all!(villages),
        Doubt::Number => all!(number),
        Doubt::Dead => all!(dead),
    }
}

/// So many of a village, by cause.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Count {
    pub village: i64,
    pub cause: String,
    pub count: i64,
}

/// How many of each village, by cause, within the actor's scope.
pub async fn counts(handle: &impl Handle, doubt: Doubt) -> Result<Vec<Count>> {
    handle.all(counts_of(doubt)).await
}

/// The rows behind, at most `limit`; of one village where one is named.
pub async fn rows(handle: &impl Handle, doubt: Doubt, village: Option<i64>, limit: i64) -> Result<Vec<Row>> {
    let mut query = Query::new(rows_of(doubt));
    if let Some(village) = village {
        query.push_with(sql!(" AND w.village = $$"), village);
    }
    query.push_with(
        sql!(" ORDER BY w.amount DESC, w.village, w.name, w.cause, w.person_id, w.family_id LIMIT $$"),
        limit,
    );
    handle.all(query).await
}
