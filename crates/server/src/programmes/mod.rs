//! Programmes: agencies, what a programme gives from which budget line, who is enrolled.
//!
//! `/program` lists them, `/program/{id}` is one with its money, stages and areas, `/program/{id}/daftarkan` enrols from a
//! signed decree, `/program/{id}/peserta` names who is enrolled, `/opd` holds the agencies. What is refused is told here.

mod actions;
mod agencies;
mod enrolment;
mod form;
mod pages;

use domain::{access::Right, programmes::Fault};
use store::programmes::Refused;

use crate::{
    AppError,
    error::Rule,
    router::{Need, Route, get, post},
};

/// Names of who is enrolled: for those who see programmes and families.
const NAMES: Need = Need::AllOf(&[Right::SeeProgrammes, Right::SeeFamilies]);

pub fn routes() -> Vec<Route> {
    let see = Need::Right(Right::SeeProgrammes);
    let manage = Need::Right(Right::ManageProgrammes);
    vec![
        get("/program", see, pages::list),
        get("/program/baru", manage, form::new),
        post("/program", manage, actions::create),
        get("/program/{id}", see, pages::programme),
        get("/program/{id}/ubah", manage, form::edit),
        post("/program/{id}/ubah", manage, actions::update),
        post("/program/{id}/keadaan", manage, actions::set_state),
        get("/program/{id}/daftarkan", manage, enrolment::choose),
        post("/program/{id}/daftarkan", manage, actions::enrol),
        post("/program/{id}/pendaftaran/{run}/batal", manage, actions::undo_run),
        get("/program/{id}/peserta", NAMES, enrolment::participants),
        get("/program/{id}/peserta/{enrolment}", NAMES, enrolment::participant),
        post("/program/{id}/peserta/{enrolment}", manage, actions::participant),
        get("/opd", see, agencies::list),
        get("/opd/baru", manage, agencies::new),
        post("/opd", manage, agencies::create),
        get("/opd/{id}", manage, agencies::edit),
        post("/opd/{id}", manage, agencies::update),
    ]
}

impl From<Refused> for AppError {
    fn from(refused: Refused) -> Self {
        match rule(refused) {
            Ok(rule) => Self::Rule(rule),
            Err(error) => error,
        }
    }
}

/// A refusal as a rule of the catalogue; anything else is an error of another kind.
fn rule(refused: Refused) -> Result<Rule, AppError> {
    Ok(match refused {
        Refused::NotFound => return Err(AppError::NotFound),
        Refused::Store(error) => return Err(AppError::Store(error)),
        Refused::Faulty(faults) => Rule::new(faults.first().map_or("programmes-faulty", |fault| fault_key(*fault))),
        Refused::ProgrammeState(state) => Rule::new(match state {
            domain::programmes::ProgrammeState::Draft => "programmes-is-draft",
            domain::programmes::ProgrammeState::Active => "programmes-is-active",
            domain::programmes::ProgrammeState::Closed => "programmes-is-closed",
        }),
        Refused::EnrolmentState(_) => Rule::new("programmes-enrolment-state"),
        Refused::OverCeiling(over) => Rule::new("programmes-over-ceiling")
            .s("needed", over.needed.to_string())
            .s("ceiling", over.ceiling.to_string())
            .s("lacking", (over.needed - over.ceiling).to_string())
            .n("fits", over.fits),
        Refused::AmountInUse(events) => Rule::new("programmes-amount-in-use").n("events", events),
        Refused::StageInUse(name) => Rule::new("programmes-stage-in-use").s("name", name),
        Refused::EventsOpen(events) => Rule::new("programmes-events-open").n("events", events),
        Refused::NobodyToEnrol => Rule::new("programmes-nobody"),
        Refused::ReasonMissing => Rule::new("programmes-reason"),
        Refused::BuiltUpon(built) => {
            let events: Vec<String> = built.iter().map(|event| event.name.clone()).collect();
            Rule::new("programmes-built-upon")
                .n("lines", built.iter().map(|e| e.lines).sum())
                .s("events", events.join("; "))
        }
        Refused::AlreadyUndone => Rule::new("programmes-already-undone"),
        Refused::WaitingAtEvent(event) => Rule::new("programmes-waiting-at-event").s("event", event),
        Refused::PlacePassedOn => Rule::new("programmes-place-passed-on"),
        Refused::CodeTaken => Rule::new("programmes-code-taken"),
    })
}

/// The catalogue key of a fault in a programme's description; the form shows the same words at the field.
const fn fault_key(fault: Fault) -> &'static str {
    match fault {
        Fault::NameMissing => "programmes-fault-name",
        Fault::YearUnlikely => "programmes-fault-year",
        Fault::FundUnknown => "programmes-fault-fund",
        Fault::CeilingMissing => "programmes-fault-ceiling",
        Fault::CeilingTooSmall => "programmes-fault-ceiling-small",
        Fault::AmountMissing => "programmes-fault-amount",
        Fault::ItemsMissing => "programmes-fault-items",
        Fault::ItemIncomplete => "programmes-fault-item",
        Fault::StageMissing => "programmes-fault-stages",
        Fault::AccountNotForAid => "programmes-fault-account-aid",
        Fault::NipLength => "programmes-fault-nip",
    }
}
