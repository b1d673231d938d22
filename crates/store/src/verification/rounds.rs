//! Rounds: made over a list version and a filter, opened, closed, reopened, cancelled.

use domain::verification::{
    form::CURRENT,
    round::{Filter, State},
};
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{Result, VerificationError, parse, to_json};
use crate::{
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

#[derive(Clone, Debug, FromQueryResult)]
struct Row {
    id: i64,
    name: String,
    version_id: i64,
    source: String,
    version: String,
    filter: String,
    form: String,
    starts_on: String,
    ends_on: String,
    state: String,
    families: i64,
    created_at: String,
    opened_at: Option<String>,
    closed_at: Option<String>,
}

/// A verification round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    pub id: i64,
    pub name: String,
    pub version_id: i64,
    /// Of the list: `dtsen`, `2026Q3`.
    pub source: String,
    pub version: String,
    pub filter: Filter,
    pub form: String,
    pub starts_on: String,
    pub ends_on: String,
    pub state: State,
    /// Taken in when it was made, in the whole district.
    pub families: i64,
    pub created_at: String,
    pub opened_at: Option<String>,
    pub closed_at: Option<String>,
}

impl TryFrom<Row> for Round {
    type Error = crate::Error;

    fn try_from(row: Row) -> crate::Result<Self> {
        let state = State::from_word(&row.state)
            .ok_or_else(|| crate::Error::Stored(format!("unknown state of a round {}", row.state)))?;
        Ok(Self {
            filter: parse(&row.filter, "the filter of a round")?,
            state,
            id: row.id,
            name: row.name,
            version_id: row.version_id,
            source: row.source,
            version: row.version,
            form: row.form,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            families: row.families,
            created_at: row.created_at,
            opened_at: row.opened_at,
            closed_at: row.closed_at,
        })
    }
}

/// A round with how far it is within the actor's area.
#[derive(Clone, Debug, FromQueryResult)]
pub struct RoundLine {
    pub id: i64,
    pub name: String,
    pub source: String,
    pub version: String,
    pub starts_on: String,
    pub ends_on: String,
    pub state: String,
    pub families: i64,
    /// With an outcome other than TUNDA.
    pub done: i64,
    pub conflicts: i64,
}

/// The rounds that touch the actor's area, newest first.
pub async fn rounds(handle: &impl Handle) -> Result<Vec<RoundLine>> {
    Ok(handle
        .all(sql!(
            concat!("SELECT r.id, r.name, l.source, l.version, r.starts_on, r.ends_on, r.state, COUNT(a.id) AS families,
                    CAST(COALESCE(SUM(CASE WHEN ", done!(), " THEN 1 ELSE 0 END), 0) AS BIGINT) AS done,
                    CAST(COALESCE(SUM(CASE WHEN a.state = 'conflict' THEN 1 ELSE 0 END), 0) AS BIGINT) AS conflicts
             FROM round r JOIN list_version l ON l.id = r.version_id JOIN assignment a ON a.round_id = r.id AND {scope a.village}
             WHERE r.state <> 'cancelled'
             GROUP BY r.id, r.name, l.source, l.version, r.starts_on, r.ends_on, r.state ORDER BY r.id DESC")
        ))
        .await?)
}

/// A round by its id. Rounds carry no family data: what is within them does.
pub async fn round(handle: &impl Handle, id: i64) -> Result<Option<Round>> {
    let row: Option<Row> = handle
        .one(Query::with(
            sql!(
                "SELECT r.id, r.name, r.version_id, l.source, l.version, r.filter, r.form, r.starts_on, r.ends_on, r.state, r.families,
                        r.created_at, r.opened_at, r.closed_at
                 FROM round r JOIN list_version l ON l.id = r.version_id WHERE r.id = $1"
            ),
            [id.into()],
        ))
        .await?;
    Ok(row.map(Round::try_from).transpose()?)
}

/// A list version a round can be made over.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ListChoice {
    pub id: i64,
    pub source: String,
    pub version: String,
    pub as_of: String,
    pub families: i64,
}

/// The committed list versions, newest first.
pub async fn committed_lists(handle: &impl Handle) -> Result<Vec<ListChoice>> {
    Ok(handle
        .all(sql!(
            "SELECT id, source, version, as_of, families FROM list_version WHERE state = 'committed' ORDER BY as_of DESC, id DESC"
        ))
        .await?)
}

/// What is asked for when a round is made.
#[derive(Clone, Debug)]
pub struct NewRound<'a> {
    pub name: &'a str,
    pub version_id: i64,
    pub filter: Filter,
    pub starts_on: &'a str,
    pub ends_on: &'a str,
}

/// How many families of a kecamatan a filter takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Offer {
    /// The kecamatan's number; the district's where the village is unknown.
    pub subdistrict: i64,
    pub villages: i64,
    pub families: i64,
    /// Of them, those whom another round not yet closed has already.
    pub in_other_rounds: i64,
}

/// What a filter would take in, by kecamatan, within the actor's area.
pub async fn count_candidates(handle: &impl Handle, version: i64, filter: &Filter) -> Result<Vec<Offer>> {
    let mut query = Query::with(
        sql!(
            "SELECT f.village / 10000 * 10000 AS subdistrict, COUNT(DISTINCT f.village) AS villages, COUNT(*) AS families,
                    CAST(SUM(CASE WHEN EXISTS (SELECT 1 FROM assignment o JOIN round r ON r.id = o.round_id
                                               WHERE o.family_id = f.id AND r.state IN ('planned', 'open')) THEN 1 ELSE 0 END) AS BIGINT) AS in_other_rounds
             FROM family_list fl JOIN family f ON f.id = fl.family_id
             WHERE fl.version_id = $1 AND f.state = 'active' AND {scope f.village}"
        ),
        [version.into()],
    );
    push_filter(&mut query, filter);
    query.push(sql!(" GROUP BY f.village / 10000 * 10000 ORDER BY 1"));
    Ok(handle.all(query).await?)
}

fn push_filter(query: &mut Query, filter: &Filter) {
    if let Some(desil) = filter.desil_at_most {
        query.push_with(sql!(" AND fl.desil_national <= $$"), desil);
    }
    if let Some(percentile) = filter.percentile_at_most {
        query.push_with(sql!(" AND fl.percentile <= $$"), percentile);
    }
    if !filter.areas.is_empty() {
        query.push(sql!(" AND (1 = 0"));
        for area in &filter.areas {
            query.push_with(sql!(" OR (f.village >= $$"), *area.range().start());
            query.push_with(sql!(" AND f.village <= $$)"), *area.range().end());
        }
        query.push(sql!(")"));
    }
    if filter.skip_in_other_rounds {
        query.push(sql!(
            " AND NOT EXISTS (SELECT 1 FROM assignment o JOIN round r ON r.id = o.round_id
                              WHERE o.family_id = f.id AND r.state IN ('planned', 'open') AND {checked f is within the scope})"
        ));
    }
}

/// Makes a round: every family of the list version that fits, within the actor's area, in one statement.
pub async fn create_round(change: &Change<'_>, new: &NewRound<'_>) -> Result<i64> {
    let list: Option<(String, String)> = list_of(change, new.version_id).await?;
    let Some((source, version)) = list else { return Err(VerificationError::ListNotCommitted) };
    if new.ends_on < new.starts_on {
        return Err(VerificationError::Dates);
    }
    let id = change
        .insert(Query::with(
            sql!(
                "INSERT INTO round (name, version_id, filter, form, starts_on, ends_on, state, families, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, 'planned', 0, $7, $8) RETURNING id"
            ),
            [
                new.name.into(),
                new.version_id.into(),
                to_json(&new.filter, "a filter")?.into(),
                CURRENT.into(),
                new.starts_on.into(),
                new.ends_on.into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?;
    let mut query = Query::with(
        sql!(
            "INSERT INTO assignment (round_id, family_id, village, state)
             SELECT $1, f.id, f.village, 'waiting' FROM family_list fl JOIN family f ON f.id = fl.family_id
             WHERE fl.version_id = $2 AND f.state = 'active' AND {scope f.village}"
        ),
        [id.into(), new.version_id.into()],
    );
    push_filter(&mut query, &new.filter);
    query.push(sql!(" ORDER BY f.village, f.id"));
    let families = change.execute(query).await? as i64;
    if families == 0 {
        return Err(VerificationError::NoFamilies);
    }
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO round_village (round_id, village, families, due_on)
                 SELECT a.round_id, a.village, COUNT(*), $2 FROM assignment a WHERE a.round_id = $1 AND {checked just made within the scope}
                 GROUP BY a.round_id, a.village"
            ),
            [id.into(), new.ends_on.into()],
        ))
        .await?;
    change
        .execute(Query::with(sql!("UPDATE round SET families = $1 WHERE id = $2"), [families.into(), id.into()]))
        .await?;
    change
        .record(Entry {
            verb: "round.planned",
            subject: ("round", id),
            area: None,
            reason: None,
            data: json!({"name": new.name, "families": families, "source": source, "version": version}),
        })
        .await?;
    Ok(id)
}

async fn list_of(change: &Change<'_>, version: i64) -> Result<Option<(String, String)>> {
    #[derive(FromQueryResult)]
    struct Named {
        source: String,
        version: String,
    }
    let named: Option<Named> = change
        .one(Query::with(
            sql!("SELECT source, version FROM list_version WHERE id = $1 AND state = 'committed'"),
            [version.into()],
        ))
        .await?;
    Ok(named.map(|list| (list.source, list.version)))
}

/// Opens a planned round: from now on its families can be visited.
pub async fn open_round(change: &Change<'_>, id: i64) -> Result<()> {
    let round = become_state(change, id, State::Open).await?;
    let entry = change
        .record(Entry {
            verb: "round.opened",
            subject: ("round", id),
            area: None,
            reason: None,
            data: json!({"name": round.name, "families": round.families}),
        })
        .await?;
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO journal_family (journal_id, family_id)
                 SELECT $1, a.family_id FROM assignment a WHERE a.round_id = $2 AND {whole_district the round is opened for all of its families}"
            ),
            [entry.into(), id.into()],
        ))
        .await?;
    Ok(())
}

/// Closes an open round: what was not visited stays so, results stand and can be determined on.
pub async fn close_round(change: &Change<'_>, id: i64) -> Result<()> {
    let round = become_state(change, id, State::Closed).await?;
    change
        .execute(Query::with(
            sql!(
                "DELETE FROM visit_draft WHERE assignment_id IN (SELECT a.id FROM assignment a WHERE a.round_id = $1) AND {whole_district the round is closed for all}"
            ),
            [id.into()],
        ))
        .await?;
    let done = change
        .count(Query::with(
            sql!(concat!(
                "SELECT COUNT(*) FROM assignment a WHERE a.round_id = $1 AND ",
                done!(),
                " AND {whole_district the round is closed for all}"
            )),
            [id.into()],
        ))
        .await?;
    told(change, &round, "round.closed", None, Some(done)).await
}

/// Takes a closed round up again, as long as no decree rests on it.
pub async fn reopen_round(change: &Change<'_>, id: i64, reason: &str) -> Result<()> {
    let reason = given(reason)?;
    let signed = change
        .count(Query::with(
            sql!("SELECT COUNT(*) FROM determination WHERE round_id = $1 AND state = 'signed'"),
            [id.into()],
        ))
        .await?;
    if signed > 0 {
        return Err(VerificationError::DecreeRestsOnIt);
    }
    let round = become_state(change, id, State::Open).await?;
    told(change, &round, "round.reopened", Some(reason), None).await
}

/// Gives up a planned round: its families are free again.
pub async fn cancel_round(change: &Change<'_>, id: i64, reason: &str) -> Result<()> {
    let reason = given(reason)?;
    let round = become_state(change, id, State::Cancelled).await?;
    change
        .execute(Query::with(
            sql!("DELETE FROM assignment WHERE round_id = $1 AND {whole_district nothing was visited yet}"),
            [id.into()],
        ))
        .await?;
    change.execute(Query::with(sql!("DELETE FROM round_village WHERE round_id = $1"), [id.into()])).await?;
    told(change, &round, "round.cancelled", Some(reason), None).await
}

fn given(reason: &str) -> Result<&str> {
    Some(reason.trim()).filter(|reason| !reason.is_empty()).ok_or(VerificationError::NoReason)
}

async fn told(change: &Change<'_>, round: &Round, verb: &str, reason: Option<&str>, done: Option<i64>) -> Result<()> {
    change
        .record(Entry {
            verb,
            subject: ("round", round.id),
            area: None,
            reason,
            data: json!({"name": round.name, "families": round.families, "done": done}),
        })
        .await?;
    Ok(())
}

async fn become_state(change: &Change<'_>, id: i64, to: State) -> Result<Round> {
    let round = round(change, id).await?.ok_or(VerificationError::NotFound)?;
    if !round.state.may_become(to) {
        return Err(VerificationError::Transition { from: round.state, to });
    }
    let (opened, closed) = match to {
        State::Open => (round.opened_at.clone().or_else(|| Some(change.at().to_owned())), None),
        State::Closed => (round.opened_at.clone(), Some(change.at().to_owned())),
        State::Planned | State::Cancelled => (None, None),
    };
    let changed = change
        .execute(Query::with(
            sql!("UPDATE round SET state = $1, opened_at = $2, closed_at = $3 WHERE id = $4 AND state = $5"),
            [to.as_str().into(), opened.into(), closed.into(), id.into(), round.state.as_str().into()],
        ))
        .await?;
    if changed == 0 {
        return Err(VerificationError::Transition { from: to, to });
    }
    Ok(round)
}
