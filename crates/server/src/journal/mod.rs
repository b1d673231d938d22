//! The page "who did what": the journal, newest first, with filters.

pub mod command;
mod pages;
pub mod words;

use domain::access::Right;

use crate::router::{Need, Route, get};

pub fn routes() -> Vec<Route> {
    vec![get("/jejak", Need::Right(Right::ReadJournal), pages::journal)]
}
