//! Reading changes by hand: the list, one of them, and what the page of a family says of them.

use domain::household::{Asked, Kind, Situation, State, What};
use sea_orm::FromQueryResult;

use crate::{
    connect::{Error, Result},
    query::{Handle, Query},
    sql,
};

/// A change as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: i64,
    pub state: State,
    pub family_id: Option<i64>,
    pub village: i64,
    pub asked: Asked,
    /// What was known before it and after it; none while it waits, or when it was sent back.
    pub before: Option<Situation>,
    pub after: Option<Situation>,
    /// A second person had to agree.
    pub second: bool,
    pub proposed_by: Option<i64>,
    pub proposer: Option<String>,
    pub proposed_at: String,
    pub decider: Option<String>,
    pub decided_at: Option<String>,
    pub decided_reason: Option<String>,
    pub taker: Option<String>,
    pub taken_back_at: Option<String>,
    pub taken_back_reason: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    state: String,
    family_id: Option<i64>,
    village: i64,
    asked: String,
    before: Option<String>,
    after: Option<String>,
    second: bool,
    proposed_by: Option<i64>,
    proposer: Option<String>,
    proposed_at: String,
    decider: Option<String>,
    decided_at: Option<String>,
    decided_reason: Option<String>,
    taker: Option<String>,
    taken_back_at: Option<String>,
    taken_back_reason: Option<String>,
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Stored(format!("a change by hand: {error}")))
}

fn state(word: &str) -> Result<State> {
    State::from_word(word).ok_or_else(|| Error::Stored(format!("unknown state {word} of a change")))
}

/// Whether the actor may see a change `c`: it was recorded in his area, or concerns a family that lives there.
macro_rules! seen {
    () => {
        "({scope c.village} OR EXISTS (SELECT 1 FROM household_subject s JOIN family o ON o.id = s.subject_id WHERE s.change_id = c.id AND s.kind = 'family' AND {scope o.village}))"
    };
}

/// The change, when the actor may see it.
pub async fn find(handle: &impl Handle, id: i64) -> Result<Option<Kept>> {
    let row: Option<Row> = handle
        .one(Query::with(
            sql!(concat!(
                "SELECT c.id, c.state, c.family_id, c.village, c.asked, c.before, c.after, c.second, c.proposed_by, p.name AS proposer, c.proposed_at,
                   d.name AS decider, c.decided_at, c.decided_reason, t.name AS taker, c.taken_back_at, c.taken_back_reason
                 FROM household_change c LEFT JOIN app_user p ON p.id = c.proposed_by LEFT JOIN app_user d ON d.id = c.decided_by LEFT JOIN app_user t ON t.id = c.taken_back_by
                 WHERE c.id = $1 AND ",
                seen!()
            )),
            [id.into()],
        ))
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Kept {
        id: row.id,
        state: state(&row.state)?,
        family_id: row.family_id,
        village: row.village,
        asked: json(&row.asked)?,
        before: row.before.as_deref().map(json).transpose()?,
        after: row.after.as_deref().map(json).transpose()?,
        second: row.second,
        proposed_by: row.proposed_by,
        proposer: row.proposer,
        proposed_at: row.proposed_at,
        decider: row.decider,
        decided_at: row.decided_at,
        decided_reason: row.decided_reason,
        taker: row.taker,
        taken_back_at: row.taken_back_at,
        taken_back_reason: row.taken_back_reason,
    }))
}

/// Which changes a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub state: Option<State>,
    pub kind: Option<Kind>,
    /// Only those that concern this family.
    pub family: Option<i64>,
    /// Only those that concern this person.
    pub person: Option<i64>,
    /// Only those older than this one.
    pub before: Option<i64>,
}

/// A change as a line of a list.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: i64,
    pub kind: Kind,
    pub state: State,
    pub family_id: Option<i64>,
    /// The head of the family it is about.
    pub head_name: String,
    pub village: i64,
    pub happened_on: String,
    pub reason: String,
    pub proposed_by: Option<i64>,
    pub proposer: Option<String>,
    pub proposed_at: String,
    pub decider: Option<String>,
}

#[derive(FromQueryResult)]
struct LineRow {
    id: i64,
    kind: String,
    state: String,
    family_id: Option<i64>,
    head_name: Option<String>,
    asked: String,
    village: i64,
    happened_on: String,
    reason: String,
    proposed_by: Option<i64>,
    proposer: Option<String>,
    proposed_at: String,
    decider: Option<String>,
}

/// The newest changes first, at most `limit`, as far as the actor may see them.
pub async fn changes(handle: &impl Handle, filter: &Filter, limit: i64) -> Result<Vec<Line>> {
    let mut query = Query::new(sql!(concat!(
        "SELECT c.id, c.kind, c.state, c.family_id, f.head_name, c.asked, c.village, c.happened_on, c.reason, c.proposed_by, p.name AS proposer, c.proposed_at, d.name AS decider
         FROM household_change c LEFT JOIN family f ON f.id = c.family_id LEFT JOIN app_user p ON p.id = c.proposed_by LEFT JOIN app_user d ON d.id = c.decided_by WHERE ",
        seen!()
    )));
    if let Some(state) = filter.state {
        query.push_with(sql!(" AND c.state = $$"), state.as_str());
    }
    if let Some(kind) = filter.kind {
        query.push_with(sql!(" AND c.kind = $$"), kind.as_str());
    }
    for (kind, subject) in [("family", filter.family), ("person", filter.person)] {
        if let Some(subject) = subject {
            query.push_with(
                sql!(" AND c.id IN (SELECT x.change_id FROM household_subject x WHERE {checked by the outer condition} AND x.subject_id = $$"),
                subject,
            );
            query.push_with(sql!(" AND x.kind = $$)"), kind);
        }
    }
    if let Some(before) = filter.before {
        query.push_with(sql!(" AND c.id < $$"), before);
    }
    query.push_with(sql!(" ORDER BY c.id DESC LIMIT $$"), limit);
    let rows: Vec<LineRow> = handle.all(query).await?;
    rows.into_iter()
        .map(|row| {
            // a family nobody knew has no name but the one it was proposed with; one that was taken back has none any more
            let head_name = match row.head_name {
                Some(name) => name,
                None => match json::<Asked>(&row.asked)?.what {
                    What::NewFamily { head, .. } => head.name,
                    _ => String::new(),
                },
            };
            Ok(Line {
                id: row.id,
                kind: Kind::from_word(&row.kind)
                    .ok_or_else(|| Error::Stored(format!("unknown kind {} of a change", row.kind)))?,
                state: state(&row.state)?,
                family_id: row.family_id,
                head_name,
                village: row.village,
                happened_on: row.happened_on,
                reason: row.reason,
                proposed_by: row.proposed_by,
                proposer: row.proposer,
                proposed_at: row.proposed_at,
                decider: row.decider,
            })
        })
        .collect()
}

/// Proposals about the family that wait for a second person. The caller has found the family.
pub async fn waiting_on(handle: &impl Handle, family: i64) -> Result<Vec<Line>> {
    let filter = Filter { state: Some(State::Proposed), family: Some(family), ..Filter::default() };
    changes(handle, &filter, 20).await
}

/// Another family that a split or merger ties to this one.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Kin {
    pub family_id: i64,
    pub head_name: String,
    /// split, merge
    pub kind: String,
    pub happened_on: String,
    /// The change was recorded on this family: in a split the older one, in a merger the one that stays.
    pub here: bool,
    /// Rupiah the other family received.
    pub received: i64,
}

/// The families tied to this one by a split or merger that stands, within the actor's scope.
pub async fn kin(handle: &impl Handle, family: i64) -> Result<Vec<Kin>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT f.id AS family_id, f.head_name, CASE WHEN c.kind = 'same' THEN 'merge' ELSE c.kind END AS kind, c.happened_on, (c.family_id = $1) AS here,
                   CAST(COALESCE((SELECT SUM(l.amount) FROM event_line l WHERE l.family_id = f.id AND l.state IN ('received', 'proxy')), 0) AS BIGINT) AS received
                 FROM household_subject m JOIN household_change c ON c.id = m.change_id AND c.state = 'done' AND (c.kind IN ('split', 'merge')
                   OR c.kind = 'same' AND EXISTS (SELECT 1 FROM household_field h WHERE h.change_id = c.id AND h.kind = 'family' AND h.field = 'merged_into'))
                 JOIN household_subject o ON o.change_id = c.id AND o.kind = 'family' AND o.subject_id <> m.subject_id
                 JOIN family f ON f.id = o.subject_id
                 WHERE m.kind = 'family' AND m.subject_id = $1 AND {scope f.village} ORDER BY c.id DESC, f.id"
            ),
            [family.into()],
        ))
        .await
}

/// A list that still tells what was, after a change by hand.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct StillSaid {
    pub source: String,
    pub version: String,
    pub person_id: i64,
    pub name: String,
    /// alive, deceased, moved
    pub state: String,
    /// The list counts the person to this family; else to another.
    pub here: bool,
    /// What differs: family, head, nik
    pub what: String,
}

/// What the newest list of each source still says of the family and its people although it was changed by hand.
pub async fn still_said(handle: &impl Handle, family: i64) -> Result<Vec<StillSaid>> {
    handle
        .all(Query::with(
            sql!(
                "WITH newest AS (
                   SELECT v.id, v.source, v.version FROM list_version v WHERE v.state = 'committed'
                     AND NOT EXISTS (SELECT 1 FROM list_version n WHERE n.source = v.source AND n.state = 'committed' AND (n.as_of > v.as_of OR (n.as_of = v.as_of AND n.id > v.id)))
                 ), told AS (
                   SELECT n.source, n.version, pl.person_id, r.id AS row_id, r.nik, r.nik_sound, u.family_id, u.head_row_id
                   FROM newest n JOIN person_list pl ON pl.version_id = n.id JOIN list_row r ON r.id = pl.row_id
                   JOIN list_unit u ON u.version_id = r.version_id AND u.family_key = r.family_key
                   WHERE pl.person_id IN (SELECT m.person_id FROM membership m WHERE m.family_id = $1)
                 )
                 SELECT t.source, t.version, p.id AS person_id, p.name, p.state, (t.family_id = $1) AS here, 'family' AS what FROM told t JOIN person p ON p.id = t.person_id
                 WHERE {checked the family was found} AND (t.family_id = $1 OR p.family_id = $1) AND (p.family_id IS DISTINCT FROM t.family_id OR p.state <> 'alive')
                   AND EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.closed_change_id IS NOT NULL)
                 UNION
                 SELECT t.source, t.version, p.id, p.name, p.state, (t.family_id = $1), 'head' FROM told t JOIN person p ON p.id = t.person_id JOIN family f ON f.id = t.family_id
                 WHERE t.family_id = $1 AND p.family_id = $1 AND t.row_id = t.head_row_id AND f.head_person_id IS DISTINCT FROM p.id
                   AND EXISTS (SELECT 1 FROM household_field h JOIN household_change c ON c.id = h.change_id AND c.state = 'done' WHERE h.kind = 'family' AND h.field = 'head_person_id' AND h.subject_id = f.id)
                 UNION
                 SELECT t.source, t.version, p.id, p.name, p.state, (t.family_id = $1), 'nik' FROM told t JOIN person p ON p.id = t.person_id JOIN former_nik o ON o.person_id = p.id AND o.nik = t.nik
                 WHERE t.nik_sound AND p.family_id = $1
                 ORDER BY 1, 2, 7, 3"
            ),
            [family.into()],
        ))
        .await
}

/// Why a family that was there is not any more.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Gone {
    /// list, change
    pub how: String,
    /// The list's name; of a change its kind.
    pub name: String,
    /// The list or the change.
    pub id: i64,
    pub who: Option<String>,
    pub at: String,
    pub reason: Option<String>,
}

/// Why this family is gone, for those in whose area it lived.
pub async fn gone(handle: &impl Handle, family: i64) -> Result<Option<Gone>> {
    handle
        .one(Query::with(
            sql!(
                "SELECT 'list' AS how, UPPER(v.source) || ' ' || v.version AS name, v.id, j.actor AS who, j.at, j.reason
                 FROM list_memory m JOIN list_version v ON v.id = m.version_id AND v.state = 'undone'
                 JOIN list_unit u ON u.version_id = m.version_id AND u.row_id = m.row_id
                 JOIN journal j ON j.subject_kind = 'list_version' AND j.subject_id = v.id AND j.verb = 'list.undone'
                 WHERE m.kind = 'family' AND m.id = $1 AND {scope u.village} AND NOT EXISTS (SELECT 1 FROM family f WHERE f.id = $1)
                 UNION ALL
                 SELECT 'change', c.kind, c.id, t.name, c.taken_back_at, c.taken_back_reason
                 FROM household_field h JOIN household_change c ON c.id = h.change_id AND c.state = 'taken_back' LEFT JOIN app_user t ON t.id = c.taken_back_by
                 WHERE h.kind = 'family' AND h.field = 'id' AND h.subject_id = $1 AND {scope c.village} AND NOT EXISTS (SELECT 1 FROM family f WHERE f.id = $1)
                 ORDER BY 5 DESC"
            ),
            [family.into()],
        ))
        .await
}
