//! Making a determination and ranking it: load, apply the rule, replace the lines, all in the caller's transaction.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    programmes::AidKind,
    targeting::{Act, Criteria, DeterminationState, LineState, MemberKind, Quota, Receiving, Spread},
};
use sea_orm::FromQueryResult;
use serde_json::json;
use welfare::{Candidate, Facts, Line as Ranked, Outcome, Ranking, rank, score};

use super::{
    Detail, Determination, Error, Result,
    facts::{self, Of},
    reading::{determination, programme, rounds},
};
use crate::{
    bulk::{self, Cell, Type},
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// A determination to be made.
#[derive(Clone, Debug)]
pub struct NewDetermination<'a> {
    pub name: &'a str,
    pub round: i64,
    pub programme: Option<i64>,
    pub criteria: Criteria,
    pub quota: Quota,
    /// Of the form: sent twice, made once.
    pub command: &'a str,
}

/// What a new determination starts from: the criteria used last for this programme (else for any, else the starting
/// point), what the programme counts as the like, and the money it has left.
pub async fn starting_rule(handle: &impl Handle, programme_id: Option<i64>) -> Result<(Criteria, Quota)> {
    let last: Option<String> = handle
        .scalar(Query::with(
            sql!(
                "SELECT criteria FROM determination
                 ORDER BY CASE WHEN COALESCE(programme_id, 0) = $1 THEN 0 ELSE 1 END, id DESC LIMIT 1"
            ),
            [programme_id.unwrap_or(0).into()],
        ))
        .await?;
    let mut criteria: Criteria = match last {
        Some(json) => serde_json::from_str(&json)?,
        None => Criteria::starting_point(),
    };
    let mut quota = Quota {
        families: None,
        ceiling: None,
        unit: domain::Rupiah::ZERO,
        spread: Spread::Nowhere,
        each_village: None,
        areas: BTreeMap::new(),
    };
    if let Some(id) = programme_id {
        let programme = programme(handle, id).await?.ok_or(Error::Missing)?;
        if let Some(kind) = AidKind::from_word(&programme.aid_kind) {
            criteria.receiving = Receiving::of_programme(kind, &programme.excludes);
        }
        quota.unit = programme.per_family();
        quota.ceiling = Some(programme.left());
    }
    Ok((criteria, quota))
}

/// Makes a determination and ranks it for the first time; its id. A command that was carried out before answers with what
/// it made.
pub async fn create(change: &Change<'_>, new: &NewDetermination<'_>) -> Result<i64> {
    let made: Option<i64> = change
        .scalar(Query::with(sql!("SELECT id FROM determination WHERE command_id = $1"), [new.command.into()]))
        .await?;
    if let Some(id) = made {
        return Ok(id);
    }
    let round = rounds(change).await?.into_iter().find(|round| round.id == new.round).ok_or(Error::Missing)?;
    if round.verified == 0 {
        return Err(Error::NobodyVerified);
    }
    let criteria = new.criteria.clone().tidied();
    check_rule(change, &criteria, &new.quota, new.programme).await?;
    let id = change
        .insert(Query::with(
            sql!(
                "INSERT INTO determination (name, round_id, programme_id, criteria, quota, state, revision, candidates, eligible, selected, amount, command_id, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, 0, $7, $8, $9) RETURNING id"
            ),
            [
                new.name.trim().into(),
                new.round.into(),
                new.programme.into(),
                serde_json::to_string(&criteria)?.into(),
                serde_json::to_string(&new.quota)?.into(),
                DeterminationState::Draft.as_str().into(),
                new.command.into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?;
    write_ranking(change, id).await?;
    let determination = determination(change, id).await?.ok_or(Error::Missing)?;
    record(change, "determination.created", &determination).await?;
    Ok(id)
}

/// Changes name and rule of a draft (or of one that came back) and ranks it anew.
pub async fn revise(change: &Change<'_>, id: i64, name: &str, criteria: &Criteria, quota: &Quota) -> Result<()> {
    let current = lock(change, id).await?;
    let state = current.state.after(Act::Revise)?;
    let criteria = criteria.clone().tidied();
    check_rule(change, &criteria, quota, current.programme.as_ref().map(|programme| programme.id)).await?;
    change
        .execute(Query::with(
            sql!("UPDATE determination SET name = $2, criteria = $3, quota = $4, state = $5 WHERE id = $1"),
            [
                id.into(),
                name.trim().into(),
                serde_json::to_string(&criteria)?.into(),
                serde_json::to_string(quota)?.into(),
                state.as_str().into(),
            ],
        ))
        .await?;
    write_ranking(change, id).await?;
    let determination = determination(change, id).await?.ok_or(Error::Missing)?;
    record(change, "determination.revised", &determination).await?;
    Ok(())
}

/// Ranks a draft anew by its own rule: visits, corrections and aid may have changed since.
pub async fn rank_again(change: &Change<'_>, id: i64) -> Result<()> {
    let current = lock(change, id).await?;
    let state = current.state.after(Act::Revise)?;
    change
        .execute(Query::with(
            sql!("UPDATE determination SET state = $2 WHERE id = $1"),
            [id.into(), state.as_str().into()],
        ))
        .await?;
    write_ranking(change, id).await?;
    let determination = determination(change, id).await?.ok_or(Error::Missing)?;
    record(change, "determination.ranked", &determination).await?;
    Ok(())
}

/// Holds the determination for this transaction, so that two people do not decide at once.
pub(super) async fn lock(change: &Change<'_>, id: i64) -> Result<Determination> {
    change
        .execute(Query::with(sql!("UPDATE determination SET revision = revision WHERE id = $1"), [id.into()]))
        .await?;
    determination(change, id).await?.ok_or(Error::Missing)
}

async fn check_rule(handle: &impl Handle, criteria: &Criteria, quota: &Quota, programme_id: Option<i64>) -> Result<()> {
    let faults = criteria.faults();
    if !faults.is_empty() {
        return Err(Error::Criteria(faults));
    }
    let left = match programme_id {
        Some(id) => Some(programme(handle, id).await?.ok_or(Error::Missing)?.left()),
        None => None,
    };
    let faults = quota.faults(left);
    if faults.is_empty() { Ok(()) } else { Err(Error::Quota(faults)) }
}

async fn record(change: &Change<'_>, verb: &str, determination: &Determination) -> Result<()> {
    change
        .record(Entry {
            verb,
            subject: ("determination", determination.id),
            area: None,
            reason: None,
            data: json!({
                "name": determination.name,
                "revision": determination.revision,
                "candidates": determination.candidates,
                "eligible": determination.eligible,
                "selected": determination.selected,
                "amount": determination.amount,
            }),
        })
        .await?;
    Ok(())
}

/// The candidates of a determination with what stands behind them, and the result of a rule.
struct Applied {
    ranking: Ranking,
    facts: BTreeMap<i64, (Facts, Detail)>,
}

async fn apply(
    handle: &impl Handle,
    determination: &Determination,
    criteria: &Criteria,
    quota: &Quota,
    today: &str,
) -> Result<Applied> {
    let of = Of {
        round: determination.round_id,
        list_version: determination.list_version_id,
        determination: determination.id,
        programme: determination.programme.as_ref().map(|programme| programme.id),
        today,
    };
    let known = facts::load(handle, of).await?;
    let mut candidates: Vec<Candidate> = Vec::with_capacity(known.len());
    let mut facts = BTreeMap::new();
    for family in &known {
        let (candidate, detail) = family.candidate(&criteria.receiving);
        facts.insert(candidate.family, (candidate.facts, detail));
        candidates.push(candidate);
    }
    Ok(Applied { ranking: rank(&candidates, criteria, quota), facts })
}

const COLUMNS: [(&str, Type); 11] = [
    ("determination_id", Type::Int),
    ("family_id", Type::Int),
    ("village", Type::Int),
    ("rank", Type::Int),
    ("score", Type::Int),
    ("facts", Type::Text),
    ("parts", Type::Text),
    ("state", Type::Text),
    ("why", Type::Text),
    ("detail", Type::Text),
    ("members", Type::Int),
];

/// Replaces the lines of a determination by a fresh ranking and writes its numbers.
async fn write_ranking(change: &Change<'_>, id: i64) -> Result<()> {
    let current = determination(change, id).await?.ok_or(Error::Missing)?;
    let Applied { ranking, mut facts } =
        apply(change, &current, &current.criteria, &current.quota, change.today()).await?;
    change
        .execute(Query::with(
            sql!("DELETE FROM determination_line WHERE determination_id = $1 AND {whole_district the whole ranking is replaced}"),
            [id.into()],
        ))
        .await?;
    let mut rows = Vec::with_capacity(ranking.lines.len());
    for line in &ranking.lines {
        let (facts, detail) = facts.remove(&line.family).unwrap_or_default();
        rows.push(row(id, line, &current.criteria, &facts, detail)?);
    }
    bulk::insert(change, "determination_line", &COLUMNS, rows).await?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE determination SET revision = revision + 1, ranked_at = $2, candidates = $3, eligible = $4, selected = $5, amount = $6 WHERE id = $1"
            ),
            [
                id.into(),
                change.at().into(),
                (ranking.lines.len() as i64).into(),
                i64::from(ranking.eligible).into(),
                i64::from(ranking.selected).into(),
                ranking.amount.0.into(),
            ],
        ))
        .await?;
    Ok(())
}

fn row(id: i64, line: &Ranked, criteria: &Criteria, facts: &Facts, mut detail: Detail) -> Result<Vec<Cell>> {
    if let Outcome::Reserve { number, limit, cut, tie, .. } = line.outcome {
        (detail.number, detail.limit, detail.cut, detail.tie) = (Some(number), Some(limit), cut, tie);
    }
    let ranked = line.outcome.rank().is_some();
    let parts = if ranked { score(criteria, facts).parts } else { Vec::new() };
    let members = i64::from(facts.members.of(MemberKind::Member));
    Ok(vec![
        id.into(),
        line.family.into(),
        line.village.into(),
        line.outcome.rank().map(i64::from).into(),
        line.outcome.score().map(|points| points.0).into(),
        serde_json::to_string(facts)?.into(),
        serde_json::to_string(&parts)?.into(),
        line.outcome.state().as_str().into(),
        line.outcome.why().into(),
        serde_json::to_string(&detail)?.into(),
        members.into(),
    ])
}

/// A family that a changed rule (or changed data) would bring in or put out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    pub family: i64,
    pub head_name: String,
    pub village: i64,
    /// Rank and state as they stand, and as they would be.
    pub rank: Option<i64>,
    pub state: LineState,
    pub new_rank: Option<i64>,
    pub new_state: LineState,
    /// The reason code it would have.
    pub why: &'static str,
}

/// What a rule would lead to, beside what stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    pub candidates: i64,
    pub eligible: i64,
    pub selected: i64,
    pub amount: domain::Rupiah,
    /// Families that would be chosen and are not, by their new rank.
    pub entering: Vec<Shift>,
    /// Families that are chosen and would not be, by their rank.
    pub leaving: Vec<Shift>,
    /// Lines whose rank, state or reason would differ.
    pub changed: i64,
}

#[derive(FromQueryResult)]
struct StandingRow {
    family_id: i64,
    village: i64,
    head_name: String,
    rank: Option<i64>,
    state: String,
    why: String,
}

/// Applies a rule without writing anything. With the determination's own rule it tells what changed in the data since.
/// `today` is the day ages are counted on.
pub async fn preview(
    handle: &impl Handle,
    id: i64,
    criteria: &Criteria,
    quota: &Quota,
    today: &str,
) -> Result<Preview> {
    let current = determination(handle, id).await?.ok_or(Error::Missing)?;
    let criteria = criteria.clone().tidied();
    check_rule(handle, &criteria, quota, current.programme.as_ref().map(|programme| programme.id)).await?;
    let Applied { ranking, .. } = apply(handle, &current, &criteria, quota, today).await?;
    let standing: Vec<StandingRow> = handle
        .all(Query::with(
            sql!(
                "SELECT l.family_id, l.village, f.head_name, l.rank, l.state, l.why FROM determination_line l JOIN family f ON f.id = l.family_id
                 WHERE l.determination_id = $1 AND {whole_district a ranking compares everybody} ORDER BY l.id"
            ),
            [id.into()],
        ))
        .await?;
    let outcomes: BTreeMap<i64, Outcome> = ranking.lines.iter().map(|line| (line.family, line.outcome)).collect();
    let mut preview = Preview {
        candidates: ranking.lines.len() as i64,
        eligible: i64::from(ranking.eligible),
        selected: i64::from(ranking.selected),
        amount: ranking.amount,
        entering: Vec::new(),
        leaving: Vec::new(),
        changed: 0,
    };
    let mut seen = BTreeSet::new();
    for row in standing {
        seen.insert(row.family_id);
        let Some(outcome) = outcomes.get(&row.family_id) else { continue };
        let state = LineState::from_word(&row.state)
            .ok_or_else(|| crate::Error::Stored(format!("unknown state {}", row.state)))?;
        let new_rank = outcome.rank().map(i64::from);
        if (row.rank, state, row.why.as_str()) != (new_rank, outcome.state(), outcome.why()) {
            preview.changed += 1;
        }
        let (was, is) = (state == LineState::Selected, outcome.state() == LineState::Selected);
        if was != is {
            let shift = Shift {
                family: row.family_id,
                head_name: row.head_name,
                village: row.village,
                rank: row.rank,
                state,
                new_rank,
                new_state: outcome.state(),
                why: outcome.why(),
            };
            if is { preview.entering.push(shift) } else { preview.leaving.push(shift) }
        }
    }
    // families that joined the round since the ranking
    preview.changed += outcomes.keys().filter(|family| !seen.contains(family)).count() as i64;
    preview.entering.sort_by_key(|shift| shift.new_rank);
    preview.leaving.sort_by_key(|shift| shift.rank);
    Ok(preview)
}

pub(super) async fn rerank_after_choice(change: &Change<'_>, id: i64) -> Result<()> {
    write_ranking(change, id).await
}
