//! Programmes: agencies, programmes with items and stages, enrolment from a signed decree, and what it costs.
//!
//! Totals of a programme are the whole district's and name nobody; whoever is enrolled is read within the actor's scope.
//! A change that raises what a programme has promised ([`commitment`]) holds the programme's row and refuses to go over
//! its ceiling, however many do so at once.

mod agencies;
mod enrol;
mod read;
mod write;

pub(crate) use self::enrol::warn_run;
pub(crate) use self::read::{group, word};
use domain::programmes::{EnrolmentState, Fault, OverCeiling, ProgrammeState};

pub use self::{
    agencies::{Agency, AgencyDraft, agencies, agency, save_agency},
    enrol::{
        Built, Candidates, Decision, Run, SignedDecree, Warned, candidates, decree, decrees, enrol, leave, resume,
        runs, suspend, undo_run, waiting,
    },
    read::{
        AreaRow, Cost, Filter, Participant, Programme, StageRow, Summary, commitment, families_reached, find, list,
        participant, participants, participants_count, stage_progress, villages,
    },
    write::{create, set_state, update},
};

/// Why a change of a programme or an enrolment is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is none, or it is outside the actor's area.
    #[error("there is no such programme, decree or enrolment")]
    NotFound,
    #[error("the description has faults: {0:?}")]
    Faulty(Vec<Fault>),
    #[error("the programme is {0}")]
    ProgrammeState(ProgrammeState),
    #[error("the enrolment is {0}")]
    EnrolmentState(EnrolmentState),
    #[error("over the ceiling: {0}")]
    OverCeiling(#[from] OverCeiling),
    /// Events have been set up with the present amount.
    #[error("{0} events use the present amount")]
    AmountInUse(i64),
    #[error("events use the stage {0}")]
    StageInUse(String),
    #[error("{0} events are planned or open")]
    EventsOpen(i64),
    #[error("nobody on this decree is left to enrol")]
    NobodyToEnrol,
    #[error("a reason is missing")]
    ReasonMissing,
    /// What has been built on an enrolment run since.
    #[error("{} events hold lines of this run", .0.len())]
    BuiltUpon(Vec<Built>),
    #[error("the run was taken back already")]
    AlreadyUndone,
    /// A line of the family waits at an event that is open.
    #[error("a line waits at the open event {0}")]
    WaitingAtEvent(String),
    #[error("the place was passed on to another family")]
    PlacePassedOn,
    #[error("another agency has this code")]
    CodeTaken,
    #[error(transparent)]
    Store(#[from] crate::Error),
}

pub type Outcome<T> = Result<T, Refused>;
