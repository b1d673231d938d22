//! Targeting: determinations from the first ranking to the signed decree, and the answer for everybody else.
//!
//! `facts` loads what is known of a round's families, `ranking` applies the rule and writes the lines, `deciding` holds
//! propose, return and sign, `decrees` reads what was frozen and proves it, `answers` and `referrals` are what families
//! and agencies are told. What is shown on pages is read in `reading`. One function per thing an office does.

mod answers;
mod deciding;
mod decrees;
mod facts;
mod in_use;
mod ranking;
mod reading;
mod referrals;

use domain::{
    Rupiah,
    programmes::ProgrammeState,
    targeting::{
        Criteria, CriteriaFault, DecreeFault, DeterminationState, NotAllowed, Quota, QuotaFault, ReferralState,
    },
};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use welfare::{Cut, Limit, TieLost};

pub(crate) use answers::open_condition;
pub use answers::{
    Accounted, Answer, Group, Groups, Part, Unanswered, accounted, all_unanswered, answer, count_unanswered, groups,
    unanswered, unanswered_page,
};
pub use deciding::{NewDecree, exclude_by_hand, place_by_hand, propose, return_, sign, undo_choice};
pub use decrees::{AnnexLine, Decree, DecreeRule, Proof, annex, decree, decree_of, decrees, prove, whole_annex};
pub use in_use::{InUse, in_use_of};
pub use ranking::{NewDetermination, Preview, Shift, create, preview, rank_again, revise, starting_rule};
pub use reading::{
    Checks, Choice, Filter, Line, Round, Spread, Summary, Tally, checks, determination, determinations, last_selected,
    line, lines, lines_around, neighbours, programme, programmes, rounds, spread, tally,
};
pub use referrals::{
    AgencyRef, Inbox, InboxCount, Referral, agencies, inbox, inbox_counts, of_family, referral, reply,
};

/// Why an office cannot do this. The words stand in the messages `error-targeting-...`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] crate::Error),
    /// There is no such thing, or it is outside the actor's area.
    #[error("not found")]
    Missing,
    #[error(transparent)]
    Step(#[from] NotAllowed),
    #[error("the criteria are not sound")]
    Criteria(Vec<CriteriaFault>),
    #[error("the quota is not sound")]
    Quota(Vec<QuotaFault>),
    #[error("the decree is not ready")]
    Decree(Vec<DecreeFault>),
    #[error("the number {0} belongs to another decree")]
    NumberTaken(String),
    #[error("nobody of the round has been visited")]
    NobodyVerified,
    #[error("nobody was chosen")]
    NobodyChosen,
    /// Its budget is a draft, or it is closed: nothing can be promised from it.
    #[error("the programme is {0}")]
    ProgrammeNotActive(ProgrammeState),
    #[error("a reason is needed")]
    NoReason,
    #[error("the agency takes no referrals")]
    NoAgency,
    #[error("nobody is left to answer")]
    NobodyToAnswer,
    #[error("a referral that is {0} cannot be answered so")]
    ReferralStep(ReferralState),
}

pub type Result<T> = std::result::Result<T, Error>;

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        unreadable(&error)
    }
}

/// Stored JSON that we cannot read is a fault of ours.
pub(crate) fn unreadable(error: &serde_json::Error) -> Error {
    Error::Store(crate::Error::Stored(format!("stored JSON of a determination is unreadable: {error}")))
}

/// A reason as typed, or the fault that there is none.
fn reason(text: &str) -> Result<&str> {
    let text = text.trim();
    if text.is_empty() { Err(Error::NoReason) } else { Ok(text) }
}

/// A determination as its pages need it.
#[derive(Clone, Debug)]
pub struct Determination {
    pub id: i64,
    pub name: String,
    pub round_id: i64,
    pub round_name: String,
    /// Source and version of the list verified, e.g. `dtsen 2026Q3`.
    pub list: String,
    pub list_version_id: i64,
    pub programme: Option<Programme>,
    pub criteria: Criteria,
    pub quota: Quota,
    pub state: DeterminationState,
    /// Counts the rankings.
    pub revision: i64,
    pub ranked_at: Option<String>,
    /// Families of the round.
    pub candidates: i64,
    /// Families ranked.
    pub eligible: i64,
    pub selected: i64,
    pub amount: Rupiah,
    pub created_by: Option<i64>,
    pub created_by_name: Option<String>,
    pub created_at: String,
    pub proposed_by: Option<i64>,
    pub proposed_by_name: Option<String>,
    pub proposed_at: Option<String>,
    pub returned_at: Option<String>,
    pub returned_reason: Option<String>,
    pub decree_id: Option<i64>,
}

/// A programme as far as a determination needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    pub id: i64,
    pub name: String,
    pub state: ProgrammeState,
    pub year: i64,
    pub agency: String,
    pub sub_activity: String,
    pub account: String,
    pub fund: String,
    /// cash, goods
    pub aid: String,
    pub aid_kind: String,
    pub excludes: Vec<String>,
    pub ceiling: Rupiah,
    /// Rupiah a family a stage.
    pub unit_amount: Rupiah,
    /// At least one.
    pub stages: i64,
    /// What signed decrees have promised.
    pub promised: Rupiah,
}

impl Programme {
    /// Rupiah for one family, all stages together.
    pub fn per_family(&self) -> Rupiah {
        self.unit_amount.times(self.stages).unwrap_or_default()
    }

    /// What is left below the ceiling.
    pub fn left(&self) -> Rupiah {
        Rupiah((self.ceiling - self.promised).0.max(0))
    }
}

/// What stands behind the place of a family: kept with its line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// The place among the reserve, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// The last one chosen where the limit applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut: Option<Cut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tie: Option<TieLost>,
    /// A code: the visit's reason, or the fault that blocks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The place a person gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
    /// What that person wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Aid already received, as lists and visits tell it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aids: Vec<domain::targeting::Aid>,
    /// Programmes of the district the family is already in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<i64>,
}

#[derive(FromQueryResult)]
struct DeterminationRow {
    id: i64,
    name: String,
    round_id: i64,
    round_name: String,
    source: String,
    version: String,
    version_id: i64,
    programme_id: Option<i64>,
    criteria: String,
    quota: String,
    state: String,
    revision: i64,
    ranked_at: Option<String>,
    candidates: i64,
    eligible: i64,
    selected: i64,
    amount: i64,
    created_by: Option<i64>,
    created_by_name: Option<String>,
    created_at: String,
    proposed_by: Option<i64>,
    proposed_by_name: Option<String>,
    proposed_at: Option<String>,
    returned_at: Option<String>,
    returned_reason: Option<String>,
    decree_id: Option<i64>,
}

impl DeterminationRow {
    fn into_determination(self, programme: Option<Programme>) -> Result<Determination> {
        Ok(Determination {
            id: self.id,
            name: self.name,
            round_id: self.round_id,
            round_name: self.round_name,
            list: format!("{} {}", self.source.to_uppercase(), self.version),
            list_version_id: self.version_id,
            programme,
            criteria: serde_json::from_str(&self.criteria)?,
            quota: serde_json::from_str(&self.quota)?,
            state: DeterminationState::from_word(&self.state)
                .ok_or_else(|| crate::Error::Stored(format!("unknown state {}", self.state)))?,
            revision: self.revision,
            ranked_at: self.ranked_at,
            candidates: self.candidates,
            eligible: self.eligible,
            selected: self.selected,
            amount: Rupiah(self.amount),
            created_by: self.created_by,
            created_by_name: self.created_by_name,
            created_at: self.created_at,
            proposed_by: self.proposed_by,
            proposed_by_name: self.proposed_by_name,
            proposed_at: self.proposed_at,
            returned_at: self.returned_at,
            returned_reason: self.returned_reason,
            decree_id: self.decree_id,
        })
    }
}
