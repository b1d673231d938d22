//! The models: what every level of every comparison weighs. The first is the one shipped; each refitting from decisions makes
//! another; none is ever changed or deleted, because pairs and links name the one they were weighed by.

use linkage::{
    compare::Comparer,
    learn::{self, Decision, Refit, Stratum},
    model::{Link, Model},
    people,
    score::Edge,
    table::Table,
};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{ASK, Evidence, SURE, stored};
use crate::{
    connect::{Change, Error, Result},
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// Decisions from which on the weights can be refitted.
pub const ENOUGH: i64 = 100;
/// A register smaller than this counts as this large: in a village of ten, a shared name is no chance find.
const SMALLEST: f64 = 10_000.0;

/// A model as it is kept.
#[derive(Debug)]
pub struct Kept {
    pub id: i64,
    pub shift: f64,
    model: Model,
}

impl Kept {
    /// Ready for a register of so many people: of those who ask, every second is expected to be in it.
    pub(super) fn for_people(&self, people: i64) -> Model {
        let mut model = self.model.clone();
        model.link = Link::Dedupe;
        let bits = linkage::model::bits(0.5 / (people as f64).max(SMALLEST)) + self.shift;
        model.prior = linkage::model::probability(bits);
        model
    }
}

#[derive(FromQueryResult)]
struct ModelRow {
    id: i64,
    shift: f64,
    model: String,
}

/// The model in use, where one is kept.
pub(super) async fn current(handle: &impl Handle) -> Result<Option<Kept>> {
    let row: Option<ModelRow> =
        handle.one(sql!("SELECT id, shift, model FROM match_model ORDER BY id DESC LIMIT 1")).await?;
    row.map(|row| Ok(Kept { id: row.id, shift: row.shift, model: serde_json::from_str(&row.model).map_err(stored)? }))
        .transpose()
}

/// The model in use; the shipped one is kept first where there is none yet.
pub async fn newest(change: &Change<'_>) -> Result<Kept> {
    if let Some(kept) = current(change).await? {
        return Ok(kept);
    }
    let model = people::shipped().map_err(stored)?;
    let id = keep(change, "shipped", &model, 0.0, 0, "{}").await?;
    Ok(Kept { id, shift: 0.0, model })
}

async fn keep(
    change: &Change<'_>,
    origin: &str,
    model: &Model,
    shift: f64,
    decisions: i64,
    report: &str,
) -> Result<i64> {
    let text = serde_json::to_string(model).map_err(stored)?;
    change
        .insert(Query::with(
            sql!(
                "INSERT INTO match_model (origin, model, shift, decisions, report, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"
            ),
            [
                origin.into(),
                text.into(),
                shift.into(),
                decisions.into(),
                report.into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await
}

/// An estimate with the range that holds the truth in 95 of 100 cases, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    pub value: i64,
    pub low: i64,
    pub high: i64,
}

impl Range {
    fn of(estimate: learn::Estimate) -> Self {
        let thousandths = |share: f64| (share * 1e3).round() as i64;
        Self { value: thousandths(estimate.value), low: thousandths(estimate.low), high: thousandths(estimate.high) }
    }
}

/// What refitting did, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Decisions used; of those, how many said one person.
    pub decisions: i64,
    pub same: i64,
    /// Decisions the weights contradict (one person below the point of asking's middle, or two above it), before and after.
    pub wrong_before: i64,
    pub wrong_after: i64,
    /// Of pairs above the sure limit, the share that is one person; of all one-person pairs, the share above it. After.
    pub precision: Range,
    pub recall: Range,
}

/// A model for the page that lists them.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Line {
    pub id: i64,
    pub origin: String,
    pub decisions: i64,
    pub report: String,
    pub created_at: String,
    pub created_by: Option<String>,
}

/// Every version, the newest first.
pub async fn all(handle: &impl Handle) -> Result<Vec<Line>> {
    handle
        .all(sql!(
            "SELECT m.id, m.origin, m.decisions, m.report, m.created_at, u.name AS created_by FROM match_model m LEFT JOIN app_user u ON u.id = m.created_by ORDER BY m.id DESC"
        ))
        .await
}

/// Decisions `d` of pairs `p` that stand. Of those made with others at once nothing is learnt: whoever ticks what weighs much tells the
/// weights what they say already.
macro_rules! standing {
    () => {
        "match_decision d JOIN match_pair p ON p.decision_id = d.id LEFT JOIN household_change c ON c.id = d.merge_id
         WHERE p.state IN ('same', 'different') AND (c.id IS NULL OR c.state IN ('proposed', 'done')) AND {whole_district the weights are of the whole district}"
    };
}

/// Decisions that stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Decisions {
    /// Each looked at by itself: to learn from.
    pub alone: i64,
    /// Made with others at once.
    pub bulk: i64,
}

/// How many decisions there are.
pub async fn decisions(handle: &impl Handle) -> Result<Decisions> {
    let decisions: Option<Decisions> = handle
        .one(sql!(concat!(
            "SELECT COUNT(CASE WHEN NOT d.bulk THEN 1 END) AS alone, COUNT(CASE WHEN d.bulk THEN 1 END) AS bulk FROM ",
            standing!()
        )))
        .await?;
    Ok(decisions.unwrap_or_default())
}

/// Why the weights are not refitted.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("only {0} pairs are decided")]
    TooFew(i64),
    #[error("all decisions say the same")]
    OneSided,
    #[error(transparent)]
    Store(#[from] Error),
}

#[derive(FromQueryResult)]
struct Decided {
    verdict: String,
    evidence: String,
}

/// Refits the weights from what people decided, and keeps the outcome as a new version.
pub async fn refit(change: &Change<'_>) -> std::result::Result<Report, Refused> {
    let decided: Vec<Decided> = change
        .all(sql!(concat!("SELECT d.verdict, p.evidence FROM ", standing!(), " AND NOT d.bulk ORDER BY d.id")))
        .await?;
    if (decided.len() as i64) < ENOUGH {
        return Err(Refused::TooFew(decided.len() as i64));
    }
    let kept = newest(change).await?;
    let mut model = kept.model.clone();
    let table = Table::read(&people::schema(99), std::iter::empty()).map_err(stored)?;
    let comparer = Comparer::new(&model, &table).map_err(stored)?;
    let mut learnt: Vec<Decision> = Vec::new();
    let mut evidences: Vec<(Evidence, bool)> = Vec::new();
    for one in &decided {
        let evidence = Evidence::from_kept(&one.evidence)?;
        let same = one.verdict == "same";
        let weight = weigh(&evidence, &model, 0.0) as f32;
        learnt.push(Decision { edge: Edge { left: 0, right: 1, weight, pattern: pattern(&evidence, &model) }, same });
        evidences.push((evidence, same));
    }
    let same = learnt.iter().filter(|d| d.same).count() as i64;
    if same == 0 || same == learnt.len() as i64 {
        return Err(Refused::OneSided);
    }
    let wrong = |model: &Model, shift: f64| {
        let half = f64::midpoint(ASK, SURE);
        evidences.iter().filter(|(evidence, same)| (weigh(evidence, model, shift) >= half) != *same).count() as i64
    };
    let wrong_before = wrong(&model, 0.0);
    let refitted = learn::refit(&mut model, &comparer, &learnt, Refit::default());
    // the prior follows the size of the register: what decisions say of it is kept as a shift
    model.prior = kept.model.prior;
    let quality = learn::quality(&strata(change, &evidences, &model, refitted.prior).await?, SURE, 1);
    let report = Report {
        decisions: learnt.len() as i64,
        same,
        wrong_before,
        wrong_after: wrong(&model, refitted.prior),
        precision: Range::of(quality.precision),
        recall: Range::of(quality.recall),
    };
    let text = serde_json::to_string(&report).map_err(stored)?;
    keep(change, "refitted", &model, kept.shift + refitted.prior, report.decisions, &text).await?;
    change
        .record(Entry {
            verb: "match.refitted",
            subject: ("match_model", kept.id),
            area: None,
            reason: None,
            data: json!({ "decisions": report.decisions, "before": report.wrong_before, "after": report.wrong_after }),
        })
        .await?;
    Ok(report)
}

/// Ranges of weight, with all pairs there are and those decided in each.
async fn strata(
    change: &Change<'_>,
    evidences: &[(Evidence, bool)],
    model: &Model,
    shift: f64,
) -> Result<Vec<Stratum>> {
    const ENDS: [f64; 7] = [f64::NEG_INFINITY, 3.0, 6.0, 9.0, SURE, 18.0, f64::INFINITY];
    let every: Vec<String> = change
        .column(sql!("SELECT evidence FROM match_pair WHERE {whole_district the weights are of the whole district}"))
        .await?;
    let mut weights = Vec::with_capacity(every.len());
    for text in &every {
        weights.push(weigh(&Evidence::from_kept(text)?, model, shift));
    }
    let strata = ENDS.windows(2).map(|ends| {
        let inside = |weight: f64| (ends[0]..ends[1]).contains(&weight);
        let decided =
            |same: bool| evidences.iter().filter(|(e, s)| *s == same && inside(weigh(e, model, shift))).count() as u64;
        Stratum {
            from: ends[0],
            to: ends[1],
            pairs: weights.iter().filter(|w| inside(**w)).count() as u64,
            same: decided(true),
            different: decided(false),
        }
    });
    Ok(strata.collect())
}

/// What a pair weighs by another model than the one it was weighed by: the same levels, other weights.
fn weigh(evidence: &Evidence, model: &Model, shift: f64) -> f64 {
    let level = |bar: &super::Bar| {
        let comparison = model.comparisons.iter().find(|c| c.name == bar.comparison);
        comparison.and_then(|c| c.levels.get(bar.level)).map_or(0.0, linkage::model::Level::weight)
    };
    evidence.start + shift + evidence.bars.iter().map(|bar| level(bar) + bar.rarity).sum::<f64>()
}

/// The levels of a pair as one number: one digit per comparison, the first the lowest.
fn pattern(evidence: &Evidence, model: &Model) -> u64 {
    model.comparisons.iter().rev().fold(0, |pattern, comparison| {
        let outcomes = comparison.levels.len() as u64 + 1;
        let level = evidence.level(&comparison.name).unwrap_or(comparison.levels.len());
        pattern * outcomes + level as u64
    })
}
