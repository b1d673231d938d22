//! The review desk (*meja padan*): two records that may be one person, side by side, and what somebody says of them. [`queue`] is the
//! list and what is decided at once, [`pair`] one pair with its evidence as a picture ([`words`]), [`weights`] what the matcher has
//! learnt from decisions.

mod actions;
mod pair;
mod queue;
mod weights;
pub mod words;

use domain::access::Right;
use store::registry::likeness::desk::Refused;

use crate::{
    AppError,
    error::Rule,
    router::{Need, Route, get, post},
    ui::Ui,
};

pub fn routes() -> Vec<Route> {
    let see = Need::Right(Right::SeeFamilies);
    let decide = Need::AllOf(&[Right::SeeFamilies, Right::ChangeHouseholds]);
    let learn = Need::AllOf(&[Right::SeeFamilies, Right::CommitLists]);
    vec![
        get("/keluarga/padan", see, queue::page),
        post("/keluarga/padan/ambil", decide, actions::take),
        post("/keluarga/padan/banyak", decide, actions::many),
        get("/keluarga/padan/bobot", see, weights::page),
        post("/keluarga/padan/bobot", learn, weights::refit),
        get("/keluarga/padan/{pair}", see, pair::page),
        post("/keluarga/padan/{pair}", decide, actions::decide),
        post("/keluarga/padan/{pair}/tarik", decide, actions::take_back),
    ]
}

const PATH: &str = "/keluarga/padan";
/// How long a pair is held for who looks at it, minutes.
const HOLD: i64 = 15;

/// What to tell of a refusal where there is no field to tell it at.
fn refused(error: Refused, ui: &Ui) -> AppError {
    match error {
        Refused::NotFound => AppError::NotFound,
        Refused::Store(error) => AppError::Store(error),
        Refused::Held { by, until } => Rule::new("match-held").s("name", by).s("until", ui.clock(&until)).into(),
        Refused::Decided => Rule::new("match-decided").into(),
        Refused::GivenUp => Rule::new("match-given-up").into(),
        Refused::NotDecided => Rule::new("match-not-decided").into(),
        Refused::NoReason => Rule::new("match-no-reason").into(),
        Refused::Merge(error) => super::household::refused(error, ui),
    }
}
