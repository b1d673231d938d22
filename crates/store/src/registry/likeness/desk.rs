//! The review desk: pairs of persons who may be one, one at a time. A pair is seen only by who may see both. Who looks at one holds it
//! for a while, so that nobody else decides it meanwhile. Every decision carries who and when, and can be taken back. Merging two
//! people anywhere decides the pair about them ([`settle`]), taking them apart asks it again. A pair is asked as long as lists, or
//! somebody's hand, know both: it goes with the list that alone told of one of the two, and comes back with it.

use sea_orm::FromQueryResult;
use serde_json::json;

use super::Evidence;
use crate::{
    connect::{Change, Error, Result},
    journal::Entry,
    query::{Handle, Query},
    registry::household,
    sql,
};

/// What somebody says of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Same,
    Different,
    Unsure,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::Same, Self::Different, Self::Unsure];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Unsure => "unsure",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == word)
    }
}

/// Why a pair is not decided, or a decision not taken back.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("there is no such pair, or one of the two lies outside the actor's area")]
    NotFound,
    /// Somebody else looks at it, until then.
    #[error("somebody else holds the pair")]
    Held { by: String, until: String },
    /// It is decided already.
    #[error("the pair is decided")]
    Decided,
    #[error("the pair is not decided")]
    NotDecided,
    /// One of the two was merged with somebody else meanwhile.
    #[error("one of the two is somebody else by now")]
    GivenUp,
    #[error("no reason is given")]
    NoReason,
    /// The merging was refused.
    #[error(transparent)]
    Merge(#[from] household::Refused),
    #[error(transparent)]
    Store(#[from] Error),
}

pub type Outcome<T> = std::result::Result<T, Refused>;

/// Which pairs are shown.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those still to be decided, those somebody was not sure of, or those decided.
    pub kind: Kind,
    /// One of the two lives there: a range of codes.
    pub area: Option<(i64, i64)>,
    /// The list that brought the later of the two.
    pub version: Option<i64>,
    /// Weight at least, bits.
    pub least: Option<f64>,
    /// Weight below, bits.
    pub below: Option<f64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Open,
    Unsure,
    Decided,
}

/// A pair as the queue shows it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Line {
    pub id: i64,
    pub one_id: i64,
    pub other_id: i64,
    pub one_name: String,
    pub other_name: String,
    pub one_village: i64,
    pub other_village: i64,
    pub weight: f64,
    pub evidence: String,
    /// open, unsure, same, different
    pub state: String,
    /// The list that brought the later of the two.
    pub source: Option<String>,
    pub version: Option<String>,
    pub version_id: Option<i64>,
    /// Families of theirs that are in a programme: 0, 1 or 2.
    pub served: i64,
    pub held_by: Option<i64>,
    pub holder: Option<String>,
    pub held_until: Option<String>,
    /// The decision that stands: what, who, when, why; and the merging it led to, with its state.
    pub verdict: Option<String>,
    pub decider: Option<String>,
    pub decided_at: Option<String>,
    pub reason: Option<String>,
    pub merge_id: Option<i64>,
    pub merge_state: Option<String>,
    /// How many of the two were merged with somebody.
    pub given_up: i64,
}

impl Line {
    /// Nothing that stands was said of the two, although it was: the merging was sent or taken back.
    pub fn again(&self) -> bool {
        matches!(self.merge_state.as_deref(), Some("returned" | "taken_back"))
    }

    /// Nobody said one or two, or it stands no more.
    pub fn undecided(&self) -> bool {
        self.again() || matches!(self.state.as_str(), "open" | "unsure")
    }

    pub fn evidence(&self) -> Result<Evidence> {
        Evidence::from_kept(&self.evidence)
    }

    /// Whether somebody other than this user holds it now.
    pub fn held_by_other(&self, user: Option<i64>, now: &str) -> bool {
        self.held_by.is_some() && self.held_by != user && self.held_until.as_deref().is_some_and(|until| until > now)
    }
}

/// Pairs `m` of persons `p` and `q`, with the decision `d` that stands and its merging `c`; seen by who may see both.
macro_rules! pairs {
    () => {
        "match_pair m JOIN person p ON p.id = m.one_id JOIN person q ON q.id = m.other_id
         LEFT JOIN match_decision d ON d.id = m.decision_id LEFT JOIN household_change c ON c.id = d.merge_id"
    };
}
/// A list alone told of the person, and was taken back.
macro_rules! withdrawn {
    ($person:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM list_version w WHERE w.id = ",
            $person,
            ".created_version_id AND w.state <> 'committed')
              AND NOT EXISTS (SELECT 1 FROM person_list l WHERE l.person_id = ",
            $person,
            ".id AND NOT EXISTS (SELECT 1 FROM merge_moved x WHERE x.what = 'person_list' AND x.row_id = l.row_id))
              AND NOT EXISTS (SELECT 1 FROM merge_moved x WHERE x.what = 'person_list' AND x.subject_id = ",
            $person,
            ".id))"
        )
    };
}
macro_rules! seen {
    () => {
        concat!(
            " WHERE {scope p.village} AND {scope q.village} AND NOT ",
            withdrawn!("p"),
            " AND NOT ",
            withdrawn!("q")
        )
    };
}
/// Nobody said anything, or the merging was sent or taken back.
macro_rules! undecided {
    () => {
        "(m.state = 'open' OR m.state = 'same' AND c.state IN ('returned', 'taken_back'))"
    };
}
/// Whoever was merged otherwise is asked about no more.
macro_rules! themselves {
    () => {
        " AND p.merged_into IS NULL AND q.merged_into IS NULL"
    };
}
/// Still to be decided.
macro_rules! open {
    () => {
        concat!(undecided!(), themselves!())
    };
}

fn of_kind(query: &mut Query, kind: Kind) {
    query.push(match kind {
        Kind::Open => sql!(concat!(" AND ", open!())),
        Kind::Unsure => sql!(concat!(" AND m.state = 'unsure'", themselves!())),
        Kind::Decided => sql!(concat!(" AND m.state IN ('same', 'different') AND NOT ", undecided!())),
    });
}

fn filtered(query: &mut Query, filter: &Filter) {
    of_kind(query, filter.kind);
    if let Some((from, to)) = filter.area {
        query.push_with(sql!(" AND (p.village BETWEEN $$"), from).push_with(sql!(" AND $$"), to);
        query.push_with(sql!(" OR q.village BETWEEN $$"), from).push_with(sql!(" AND $$)"), to);
    }
    if let Some(version) = filter.version {
        query.push_with(sql!(" AND m.version_id = $$"), version);
    }
    if let Some(least) = filter.least {
        query.push_with(sql!(" AND m.weight >= $$"), least);
    }
    if let Some(below) = filter.below {
        query.push_with(sql!(" AND m.weight < $$"), below);
    }
}

macro_rules! lines {
    () => {
        concat!(
            "SELECT m.id, m.one_id, m.other_id, p.name AS one_name, q.name AS other_name, p.village AS one_village, q.village AS other_village, m.weight, m.evidence, m.state,
               v.source, v.version, v.id AS version_id,
               CAST(CASE WHEN EXISTS (SELECT 1 FROM enrolment e WHERE e.family_id = p.family_id AND e.state IN ('enrolled', 'active')) THEN 1 ELSE 0 END
                 + CASE WHEN EXISTS (SELECT 1 FROM enrolment e WHERE e.family_id = q.family_id AND e.state IN ('enrolled', 'active')) THEN 1 ELSE 0 END AS BIGINT) AS served,
               m.held_by, h.name AS holder, m.held_until, d.verdict, u.name AS decider, d.decided_at, d.reason, d.merge_id, c.state AS merge_state,
               CAST(CASE WHEN p.merged_into IS NULL THEN 0 ELSE 1 END + CASE WHEN q.merged_into IS NULL THEN 0 ELSE 1 END AS BIGINT) AS given_up
             FROM ", pairs!(), " LEFT JOIN list_version v ON v.id = m.version_id LEFT JOIN app_user h ON h.id = m.held_by LEFT JOIN app_user u ON u.id = d.decided_by", seen!()
        )
    };
}

/// The queue, the heaviest first. `skip`: so many before.
pub async fn queue(handle: &impl Handle, filter: &Filter, limit: i64, skip: i64) -> Result<Vec<Line>> {
    let mut query = Query::new(sql!(lines!()));
    filtered(&mut query, filter);
    query.push(match filter.kind {
        Kind::Decided => sql!(" ORDER BY d.decided_at DESC, m.id DESC"),
        _ => sql!(" ORDER BY m.weight DESC, m.id"),
    });
    query.push_with(sql!(" LIMIT $$"), limit).push_with(sql!(" OFFSET $$"), skip);
    handle.all(query).await
}

/// How many there are.
pub async fn count(handle: &impl Handle, filter: &Filter) -> Result<i64> {
    let mut query = Query::new(sql!(concat!("SELECT COUNT(*) FROM ", pairs!(), seen!())));
    filtered(&mut query, filter);
    handle.count(query).await
}

/// Since when the oldest waits.
pub async fn oldest(handle: &impl Handle) -> Result<Option<String>> {
    let day: Option<Option<String>> =
        handle.scalar(sql!(concat!("SELECT MIN(m.created_at) FROM ", pairs!(), seen!(), " AND ", open!()))).await?;
    Ok(day.flatten())
}

/// One pair.
pub async fn pair(handle: &impl Handle, id: i64) -> Result<Option<Line>> {
    let mut query = Query::new(sql!(lines!()));
    query.push_with(sql!(" AND m.id = $$"), id);
    handle.one(query).await
}

/// The pairs that wait about anybody of these: what to look at on the page of a person or family. The caller has found them.
pub async fn about(handle: &impl Handle, people: &[i64]) -> Result<Vec<Line>> {
    let mut query = Query::new(sql!(lines!()));
    query.push(sql!(concat!(
        " AND ",
        open!(),
        " AND m.id IN (SELECT x.id FROM match_pair x WHERE {checked the people were found} AND"
    )));
    query.push_in(sql!(" x.one_id"), people.iter().copied());
    query.push(sql!(" UNION SELECT x.id FROM match_pair x WHERE {checked the people were found} AND"));
    query.push_in(sql!(" x.other_id"), people.iter().copied());
    query.push(sql!(") ORDER BY m.weight DESC, m.id"));
    handle.all(query).await
}

/// Lists that brought pairs, and villages that have some: what the queue can be filtered by.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Bucket {
    pub id: i64,
    pub name: String,
    pub pairs: i64,
}

/// Lists that brought pairs of a kind.
pub async fn lists(handle: &impl Handle, kind: Kind) -> Result<Vec<Bucket>> {
    let mut query = Query::new(sql!(concat!(
        "SELECT v.id, UPPER(v.source) || ' ' || v.version AS name, COUNT(*) AS pairs FROM ",
        pairs!(),
        " JOIN list_version v ON v.id = m.version_id",
        seen!()
    )));
    of_kind(&mut query, kind);
    query.push(sql!(" GROUP BY v.id, v.source, v.version ORDER BY v.id DESC"));
    handle.all(query).await
}

/// Villages that have pairs of a kind.
pub async fn villages(handle: &impl Handle, kind: Kind) -> Result<Vec<Bucket>> {
    let mut query = Query::new(sql!(concat!(
        "SELECT a.code AS id, a.name, COUNT(*) AS pairs FROM ",
        pairs!(),
        " JOIN area a ON a.code = p.village OR a.code = q.village",
        seen!()
    )));
    of_kind(&mut query, kind);
    query.push(sql!(" GROUP BY a.code, a.name ORDER BY a.name, a.code"));
    handle.all(query).await
}

/// The likeliest pair nobody else holds - of those after `after` in the queue, where given - held for the actor from now on until `until`.
pub async fn take_next(change: &Change<'_>, filter: &Filter, after: Option<&Line>, until: &str) -> Result<Option<i64>> {
    let mut query = Query::new(sql!(concat!("SELECT m.id FROM ", pairs!(), seen!())));
    filtered(&mut query, filter);
    if let Some(after) = after {
        query.push_with(sql!(" AND (m.weight < $$ OR m.weight = $$"), after.weight);
        query.push_with(sql!(" AND m.id > $$)"), after.id);
    }
    query.push_with(sql!(" AND (m.held_until IS NULL OR m.held_until <= $$"), change.at());
    query.push_with(sql!(" OR m.held_by = $$)"), change.actor().user);
    query.push(sql!(" ORDER BY m.weight DESC, m.id LIMIT 1"));
    let Some(id) = change.scalar::<i64>(query).await? else { return Ok(None) };
    Ok(hold(change, id, until).await?.then_some(id))
}

/// Holds a pair, unless somebody else does. What the actor held before is free again.
pub async fn hold(change: &Change<'_>, id: i64, until: &str) -> Result<bool> {
    release_others(change, id).await?;
    let held = change
        .execute(Query::with(
            sql!(
                "UPDATE match_pair SET held_by = $2, held_until = $3 WHERE id = $1 AND (held_until IS NULL OR held_until <= $4 OR held_by = $2) AND {checked by the queue}"
            ),
            [id.into(), change.actor().user.into(), until.into(), change.at().into()],
        ))
        .await?;
    Ok(held > 0)
}

async fn release_others(change: &Change<'_>, id: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE match_pair SET held_by = NULL, held_until = NULL WHERE held_by = $2 AND id <> $1 AND {checked they are the actor's own}"
            ),
            [id.into(), change.actor().user.into()],
        ))
        .await?;
    Ok(())
}

/// A decision as it is asked for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    pub verdict: Verdict,
    /// Of one person: whose record stays, one of the two.
    pub kept: i64,
    pub reason: &'a str,
    /// With others like it, not looked at alone.
    pub bulk: bool,
    /// Of the form: sent twice, decided once.
    pub command: &'a str,
}

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// The merging waits for a second person.
    pub waits: bool,
    pub merge: Option<i64>,
}

/// Decides a pair. One person: the records are merged, or the merging waits for a second person where the office wants one.
pub async fn decide(change: &Change<'_>, id: i64, asked: &Asked<'_>) -> Outcome<Done> {
    // two who decide at once come one after the other
    change
        .execute(Query::with(
            sql!("UPDATE match_pair SET state = state WHERE id = $1 AND {checked by what follows}"),
            [id.into()],
        ))
        .await?;
    let pair = pair(change, id).await?.ok_or(Refused::NotFound)?;
    if pair.held_by_other(change.actor().user, change.at()) {
        let by = pair.holder.clone().unwrap_or_default();
        return Err(Refused::Held { by, until: pair.held_until.clone().unwrap_or_default() });
    }
    let again = pair.again();
    if !pair.undecided() {
        return Err(Refused::Decided);
    }
    if pair.given_up > 0 {
        return Err(Refused::GivenUp);
    }
    let reason = asked.reason.trim();
    if reason.is_empty() && asked.verdict == Verdict::Same {
        return Err(Refused::NoReason);
    }
    if again {
        end(change, id, "").await?;
    }
    let mut done = Done { waits: false, merge: None };
    if asked.verdict == Verdict::Same {
        if asked.kept != pair.one_id && asked.kept != pair.other_id {
            return Err(Refused::NotFound);
        }
        let given_up = if asked.kept == pair.one_id { pair.other_id } else { pair.one_id };
        let recorded = merged(change, asked.kept, given_up, reason, &format!("{} {id}", asked.command)).await?;
        done = Done { waits: recorded.waits, merge: Some(recorded.id) };
    }
    if done.merge.is_some() && !done.waits {
        // the merging has decided the pair; it does not know whether anybody looked at it alone
        change
            .execute(Query::with(
                sql!("UPDATE match_decision SET bulk = $3 WHERE pair_id = $1 AND merge_id = $2 AND {checked the pair was found}"),
                [id.into(), done.merge.into(), asked.bulk.into()],
            ))
            .await?;
    } else {
        keep(change, id, asked, done).await?;
    }
    tell(change, "match.decided", &pair, reason, asked.verdict.as_str()).await?;
    Ok(done)
}

/// A decision that has merged nobody yet.
async fn keep(change: &Change<'_>, id: i64, asked: &Asked<'_>, done: Done) -> Result<()> {
    let kept = (asked.verdict == Verdict::Same).then_some(asked.kept);
    let decision = change
        .insert(Query::with(
            sql!(
                "INSERT INTO match_decision (pair_id, verdict, kept_id, reason, bulk, merge_id, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id -- {checked the pair was found}"
            ),
            [
                id.into(),
                asked.verdict.as_str().into(),
                kept.into(),
                asked.reason.trim().into(),
                asked.bulk.into(),
                done.merge.into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE match_pair SET state = $2, decision_id = $3, held_by = NULL, held_until = NULL WHERE id = $1 AND {checked the pair was found}"
            ),
            [id.into(), asked.verdict.as_str().into(), decision.into()],
        ))
        .await?;
    Ok(())
}

/// Pairs `m` of those `p` a merging has given up, each with whom he was given up for.
macro_rules! settled {
    () => {
        "household_field h JOIN person p ON p.id = h.subject_id
         JOIN match_pair m ON m.one_id = CASE WHEN p.id < p.merged_into THEN p.id ELSE p.merged_into END AND m.other_id = CASE WHEN p.id < p.merged_into THEN p.merged_into ELSE p.id END
         WHERE h.change_id = $1 AND h.kind = 'person' AND h.field = 'merged_into'"
    };
}

/// A merging that is written, wherever it was asked for, decides the pairs about those it makes one. Only `looked_at`, whom somebody
/// named, was looked at alone; others of his family went along.
pub(in crate::registry) async fn settle(change: &Change<'_>, merge: i64, looked_at: i64, reason: &str) -> Result<()> {
    let (user, at) = (change.actor().user, change.at());
    change
        .execute(Query::with(
            sql!(concat!(
                "UPDATE match_decision SET ended_by = $2, ended_at = $3, ended_reason = '' WHERE ended_at IS NULL AND merge_id IS DISTINCT FROM $1 AND {checked by the change}
                   AND pair_id IN (SELECT m.id FROM ", settled!(), ")"
            )),
            [merge.into(), user.into(), at.into()],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!(concat!(
                "INSERT INTO match_decision (pair_id, verdict, kept_id, reason, bulk, merge_id, decided_by, decided_at)
                 SELECT m.id, 'same', p.merged_into, $2, p.id <> $3, $1, $4, $5 FROM ",
                settled!(),
                " AND {checked by the change}
                   AND NOT EXISTS (SELECT 1 FROM match_decision d WHERE d.pair_id = m.id AND d.merge_id = $1)"
            )),
            [merge.into(), reason.into(), looked_at.into(), user.into(), at.into()],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE match_pair SET state = 'same', decision_id = d.id, held_by = NULL, held_until = NULL FROM match_decision d
                 WHERE d.pair_id = match_pair.id AND d.merge_id = $1 AND d.ended_at IS NULL AND {checked by the change}"
            ),
            [merge.into()],
        ))
        .await?;
    Ok(())
}

/// The two are one: a change by hand of its own kind.
async fn merged(
    change: &Change<'_>,
    kept: i64,
    given_up: i64,
    reason: &str,
    command: &str,
) -> Outcome<household::Recorded> {
    use crate::registry::merge;
    let asked = merge::asked(kept, given_up, reason, true, change.today())?;
    let home = merge::home(change, kept).await?;
    Ok(household::record(change, home, &asked, command).await?)
}

/// Takes a decision back: the pair is asked again. A merging is taken apart, a proposed one withdrawn.
pub async fn take_back(change: &Change<'_>, id: i64, reason: &str) -> Outcome<()> {
    let pair = pair(change, id).await?.ok_or(Refused::NotFound)?;
    if pair.state == "open" {
        return Err(Refused::NotDecided);
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refused::NoReason);
    }
    if let (Some(merge), Some(state)) = (pair.merge_id, pair.merge_state.as_deref()) {
        match state {
            "done" => household::take_back(change, merge, reason).await?,
            "proposed" => household::send_back(change, merge, reason).await?,
            _ => {}
        }
    }
    end(change, id, reason).await?;
    change
        .execute(Query::with(
            sql!("UPDATE match_pair SET state = 'open', decision_id = NULL WHERE id = $1 AND {checked the pair was found}"),
            [id.into()],
        ))
        .await?;
    tell(change, "match.taken_back", &pair, reason, &pair.state).await
}

/// The decision that stands ends.
async fn end(change: &Change<'_>, id: i64, reason: &str) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE match_decision SET ended_by = $2, ended_at = $3, ended_reason = $4 WHERE pair_id = $1 AND ended_at IS NULL AND {checked the pair was found}"
            ),
            [id.into(), change.actor().user.into(), change.at().into(), reason.into()],
        ))
        .await?;
    Ok(())
}

/// One entry, told to the families of both.
async fn tell(change: &Change<'_>, verb: &str, pair: &Line, reason: &str, verdict: &str) -> Outcome<()> {
    let area = (pair.one_village == pair.other_village).then_some(pair.one_village);
    let entry = change
        .record(Entry {
            verb,
            subject: ("match_pair", pair.id),
            area,
            reason: (!reason.is_empty()).then_some(reason),
            data: json!({ "verdict": verdict }),
        })
        .await?;
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO journal_family (journal_id, family_id, detail)
                 SELECT DISTINCT $1, p.family_id, CAST(NULL AS TEXT) FROM person p WHERE p.id IN ($2, $3) AND p.family_id IS NOT NULL AND {checked the pair was found}"
            ),
            [entry.into(), pair.one_id.into(), pair.other_id.into()],
        ))
        .await?;
    Ok(())
}

/// What a record brings with it: what depends on it today.
#[derive(Clone, Debug, Default, FromQueryResult)]
pub struct Brings {
    pub lists: i64,
    pub visits: i64,
    pub programmes: i64,
    pub received: i64,
}

/// What a person's record brings along. The caller has found the pair.
pub async fn brings(handle: &impl Handle, person: i64) -> Result<Brings> {
    let found: Option<Brings> = handle
        .one(Query::with(
            sql!(
                "SELECT (SELECT COUNT(DISTINCT l.version_id) FROM person_list l JOIN list_version v ON v.id = l.version_id AND v.state = 'committed' WHERE l.person_id = $1) AS lists,
                   (SELECT COUNT(DISTINCT s.visit_id) FROM visit_member s WHERE s.person_id = $1) AS visits,
                   (SELECT COUNT(DISTINCT e.programme_id) FROM person p JOIN enrolment e ON e.family_id = p.family_id AND e.state IN ('enrolled', 'active') WHERE p.id = $1) AS programmes,
                   CAST(COALESCE((SELECT SUM(x.amount) FROM person p JOIN event_line x ON x.family_id = p.family_id AND x.state IN ('received', 'proxy') WHERE p.id = $1), 0) AS BIGINT) AS received
                 FROM person p WHERE p.id = $1 AND {checked the pair was found}"
            ),
            [person.into()],
        ))
        .await?;
    Ok(found.unwrap_or_default())
}

/// Both in the same programmes: one person who is served twice. Their names.
pub async fn served_twice(handle: &impl Handle, one: i64, other: i64) -> Result<Vec<String>> {
    handle
        .column(Query::with(
            sql!(
                "SELECT DISTINCT g.name FROM person p JOIN person q ON q.id = $2 AND q.family_id <> p.family_id
                 JOIN enrolment e ON e.family_id = p.family_id AND e.state IN ('enrolled', 'active')
                 JOIN enrolment f ON f.family_id = q.family_id AND f.programme_id = e.programme_id AND f.state IN ('enrolled', 'active')
                 JOIN programme g ON g.id = e.programme_id WHERE p.id = $1 AND {checked the pair was found} ORDER BY g.name"
            ),
            [one.into(), other.into()],
        ))
        .await
}
