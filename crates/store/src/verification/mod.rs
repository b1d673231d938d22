//! Verification: rounds over a list version, villages assigned, visits recorded, conflicts decided, minutes kept.
//!
//! A visit never changes a list row or the registry: what was found stands beside what the sources say, and the value in
//! use is that of the visit that stands. One visit or six thousand go the same way, [`record_visits`].
//! `rounds` makes and closes rounds, `villages` assigns and counts, `families` reads one family or a village's,
//! `drafts` keeps what is not sent yet, `visits` records, `recorded` reads, `results` takes in workbooks, `minutes` the
//! village deliberation.

/// The family of assignment `a` has its outcome.
macro_rules! done {
    () => {
        "(a.state = 'visited' AND a.outcome <> 'TUNDA')"
    };
}
pub(crate) use done;

/// It has none yet: not visited, put off, or visited twice with different outcomes.
macro_rules! unfinished {
    () => {
        "(a.state <> 'visited' OR a.outcome = 'TUNDA')"
    };
}
pub(crate) use unfinished;

mod drafts;
mod families;
mod minutes;
mod recorded;
mod results;
mod rounds;
mod villages;
mod visits;

pub use drafts::{Draft, DraftLine, draft, drafts_of, drop_photo, save_draft};
pub use families::{
    Assignment, FamilyContext, FamilyFilter, FamilyLine, FamilyStanding, Said, assignment, contexts, families,
    family_standing, known, next_waiting, round_readings, sources, state_counts,
};
pub use minutes::{
    Addable, Added, Minutes, NewAdded, NewMinutes, RemovalLine, addable, added_of, attach_scan, eligible_of,
    finalise_minutes, minutes, minutes_of, record_minutes, reopen_minutes,
};
pub use recorded::{
    ConflictLine, Visit, VisitMember, conflicts, family_visits, standing_visits, versions, visit, visit_members,
};
pub use results::{
    NewRow, RowFinding, Upload, UploadFault, UploadRow, commit_upload, discard_upload, reject_upload, start_upload,
    store_rows, upload, upload_faults, upload_rows, uploads,
};
pub use rounds::{
    ListChoice, NewRound, Offer, Round, RoundLine, cancel_round, close_round, committed_lists, count_candidates,
    create_round, open_round, reopen_round, round, rounds,
};
pub use villages::{
    MyVillage, Person, VillageProgress, assign_villages, my_villages, progress, spread_villages, visitors_for,
};
pub use visits::{Effect, NewVisit, Recorded, decide, record_visit, record_visits};

use domain::verification::{Fault, minutes::NumbersFault, round::State};

/// What the rules of verification refuse.
#[derive(Debug, thiserror::Error)]
pub enum VerificationError {
    #[error(transparent)]
    Store(#[from] crate::Error),
    /// There is no such round, family or visit, or it is outside the actor's area.
    #[error("not found")]
    NotFound,
    #[error("the list version is not committed")]
    ListNotCommitted,
    #[error("no family fits the filter")]
    NoFamilies,
    #[error("the round ends before it starts")]
    Dates,
    #[error("a round that is {from} cannot become {to}")]
    Transition { from: State, to: State },
    /// A decree rests on the round's results.
    #[error("a decree rests on this round")]
    DecreeRestsOnIt,
    #[error("the round is {0}")]
    RoundNotOpen(State),
    #[error("this person may not visit in {0}")]
    NotAVisitor(i64),
    #[error("{} faults in the answers", .0.len())]
    Answers(Vec<Fault>),
    #[error("there are no two versions to decide between")]
    NoConflict,
    #[error(transparent)]
    Minutes(#[from] NumbersFault),
    #[error("the minutes are final")]
    MinutesFinal,
    #[error("there are no minutes yet")]
    NoMinutes,
    #[error("the signed scan is missing")]
    NoScan,
    #[error("a family marked as removed is not of this village's eligible families")]
    NotEligible,
    /// Added by the deliberation, but not of this village, not on record, or read out already.
    #[error("this family cannot be added")]
    NotAddable,
    #[error("a family added has no name or no address")]
    AddedIncomplete,
    #[error("a family is added twice")]
    AddedTwice,
    #[error("a reason is missing")]
    NoReason,
    #[error("the upload is {0}")]
    UploadState(String),
}

pub type Result<T> = std::result::Result<T, VerificationError>;

/// A value list longer than this goes to the database in pieces: both limit the parameters of a statement.
const PIECE: usize = 5_000;

/// JSON that this program wrote itself; a fault says that the database was changed from outside.
fn parse<T: serde::de::DeserializeOwned>(text: &str, what: &str) -> crate::Result<T> {
    serde_json::from_str(text).map_err(|error| crate::Error::Stored(format!("{what} cannot be read: {error}")))
}

fn to_json(value: &impl serde::Serialize, what: &str) -> crate::Result<String> {
    serde_json::to_string(value).map_err(|error| crate::Error::Stored(format!("{what} cannot be written: {error}")))
}
