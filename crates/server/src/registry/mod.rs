//! Families: finding them, and the page of one with all that is known and done. Numbers are masked until revealed, and
//! each reveal is in the journal. [`person`] is the page of one person, and his sheet; [`same`] says that two are one.
//! [`household`] holds what is changed by hand, [`desk`] the review desk of records that may be one person, [`doubt`] the
//! work lists of what should not be.

mod actions;
mod desk;
mod doubt;
mod export;
mod household;
pub mod jobs;
mod lists;
mod pages;
mod person;
mod quality_page;
mod same;
mod search;

use domain::access::Right;

use crate::router::{Need, Route, get, post};

pub fn routes() -> Vec<Route> {
    let change = Need::AllOf(&[Right::SeeFamilies, Right::ChangeHouseholds]);
    let mut routes = household::routes();
    routes.extend(desk::routes());
    routes.extend([
        get("/keluarga/mutu", Need::Right(Right::SeeTotals), quality_page::page),
        get("/keluarga/rangkap", Need::Right(Right::SeeFamilies), doubt::page),
        post("/keluarga/rangkap/unduh", Need::Right(Right::SeeFamilies), doubt::download),
        get("/keluarga", Need::Right(Right::SeeFamilies), search::page),
        post("/keluarga/unduh", Need::Right(Right::SeeFamilies), export::download),
        post("/keluarga/simpan", Need::Right(Right::SeeFamilies), search::keep),
        post("/keluarga/simpan/{search}/hapus", Need::Right(Right::SeeFamilies), search::forget),
        get("/keluarga/{id}", Need::Right(Right::SeeFamilies), pages::family),
        post("/keluarga/{id}/buka", Need::Right(Right::RevealNumbers), actions::reveal),
        get("/orang/{id}/sama", change, same::page),
        post("/orang/{id}/sama", change, same::act),
        post("/orang/serupa", change, same::who),
        get("/orang/{id}", Need::Right(Right::SeeFamilies), person::page),
        post("/orang/{id}/buka", Need::Right(Right::RevealNumbers), person::reveal),
        post("/orang/{id}/data", Need::Right(Right::RevealNumbers), person::sheet),
    ]);
    routes
}
