//! Families: finding them, and the page of one with all that is known and done. Numbers are masked until revealed, and
//! each reveal is in the journal. [`person`] is the page of one person, and his sheet. [`household`] holds what is changed by hand.

mod actions;
mod export;
mod household;
mod lists;
mod pages;
mod person;
mod quality_page;
mod search;

use domain::access::Right;

use crate::router::{Need, Route, get, post};

pub fn routes() -> Vec<Route> {
    let mut routes = household::routes();
    routes.extend([
        get("/keluarga/mutu", Need::Right(Right::SeeTotals), quality_page::page),
        get("/keluarga", Need::Right(Right::SeeFamilies), search::page),
        post("/keluarga/unduh", Need::Right(Right::SeeFamilies), export::download),
        post("/keluarga/simpan", Need::Right(Right::SeeFamilies), search::keep),
        post("/keluarga/simpan/{search}/hapus", Need::Right(Right::SeeFamilies), search::forget),
        get("/keluarga/{id}", Need::Right(Right::SeeFamilies), pages::family),
        post("/keluarga/{id}/buka", Need::Right(Right::RevealNumbers), actions::reveal),
        get("/orang/{id}", Need::Right(Right::SeeFamilies), person::page),
        post("/orang/{id}/buka", Need::Right(Right::RevealNumbers), person::reveal),
        post("/orang/{id}/data", Need::Right(Right::RevealNumbers), person::sheet),
    ]);
    routes
}
