//! Delivery: planning an event, serving families at it, closing it, giving back what was not paid, its papers.
//!
//! `/penyaluran/{id}` is the board with the equation; `/penyaluran/{id}/bayar` is the officer's phone; `/u/{token}` is what
//! the QR code of an invitation opens: an opaque token, and behind it nothing for whoever is not allowed. What officers type
//! to find a recipient may be a NIK and travels in the body of a request, never in an address.

mod actions;
mod finish;
mod lines;
mod pages;
mod phone;
mod plan;
pub mod signature;
mod words;

use domain::{access::Right, delivery::EventState};
use store::delivery::Refused;

use crate::{
    AppError,
    error::Rule,
    router::{Need, Route, get, post},
};

/// A photo and a signature.
const PROOF_LIMIT: usize = 16 * 1024 * 1024;

pub fn routes() -> Vec<Route> {
    let see = Need::Right(Right::SeeDelivery);
    let serve = Need::Right(Right::Serve);
    let manage = Need::Right(Right::ManageDelivery);
    vec![
        get("/penyaluran", see, pages::list),
        get("/penyaluran/baru", manage, plan::new),
        post("/penyaluran", manage, plan::create),
        get("/penyaluran/{id}", see, pages::board),
        post("/penyaluran/{id}/buka", manage, actions::open),
        post("/penyaluran/{id}/batal", manage, actions::cancel),
        get("/penyaluran/{id}/daftar", see, lines::list),
        post("/penyaluran/{id}/cari", see, lines::search),
        get("/penyaluran/{id}/bukti/{attachment}", see, lines::proof),
        get("/penyaluran/{id}/bayar", serve, phone::scan),
        post("/penyaluran/{id}/bayar", serve, phone::find),
        get("/u/{token}", see, phone::card),
        post("/u/{token}", serve, actions::mark).takes(PROOF_LIMIT),
        post("/u/{token}/batal", serve, actions::undo),
        get("/u/{token}/alih", manage, phone::replace),
        post("/u/{token}/alih", manage, actions::reassign),
        get("/penyaluran/{id}/hitung", manage, finish::count),
        post("/penyaluran/{id}/hitung", manage, finish::do_count),
        get("/penyaluran/{id}/tutup", manage, finish::close),
        post("/penyaluran/{id}/tutup", manage, finish::do_close),
        get("/penyaluran/{id}/setor", manage, finish::give_back),
        post("/penyaluran/{id}/setor", manage, finish::do_give_back).takes(PROOF_LIMIT),
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
        Refused::EventState(state) => Rule::new(match state {
            EventState::Planned => "delivery-is-planned",
            EventState::Open => "delivery-is-open",
            EventState::Closed => "delivery-is-closed",
            EventState::Cancelled => "delivery-is-cancelled",
        }),
        Refused::ProgrammeNotActive => Rule::new("delivery-programme"),
        Refused::NobodyToPlan => Rule::new("delivery-nobody"),
        Refused::Changed => Rule::new("delivery-changed"),
        Refused::Mark(refusal) => Rule::new(words::refusal(refusal)),
        Refused::MinutesMissing => Rule::new("delivery-minutes"),
        Refused::ReplacementReplaced => Rule::new("delivery-replacement-replaced"),
        Refused::ReplacementEnrolled => Rule::new("delivery-replacement-enrolled"),
        Refused::ReplacementBlocked(_) => Rule::new("delivery-replacement-blocked"),
        Refused::WaitingAtEvent(event) => Rule::new("programmes-waiting-at-event").s("event", event),
        Refused::Waiting(lines) => Rule::new("delivery-waiting").n("families", lines),
        Refused::OutsideArea => Rule::new("delivery-outside-area"),
        Refused::CountDiffers { expected, counted } => {
            Rule::new("delivery-count-differs").n("expected", expected).n("counted", counted)
        }
        Refused::BroughtDiffers { planned, brought } => {
            Rule::new("delivery-brought-differs").n("planned", planned).n("brought", brought)
        }
        Refused::NothingToReturn => Rule::new("delivery-nothing-to-return"),
        Refused::ReturnDiffers { due, typed } => Rule::new("delivery-return-differs").n("due", due).n("typed", typed),
        Refused::NumberMissing => Rule::new("delivery-number"),
        Refused::ReasonMissing => Rule::new("delivery-reason"),
    })
}
