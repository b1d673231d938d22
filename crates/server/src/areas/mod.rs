//! Areas: loading the national list and boundaries, and the pages of district, kecamatan and desa with their counts and
//! a map drawn on the server. Without boundaries the map is a grid of tiles, so that no page is without one.

pub mod command;
mod map;
mod pages;
mod place;

pub use map::{Maps, Measure, counted_map, drawing};
pub use place::Place;

use domain::access::Right;

use crate::router::{Need, Route, get};

pub fn routes() -> Vec<Route> {
    vec![
        get("/wilayah", Need::Right(Right::SeeTotals), pages::own),
        get("/wilayah/{code}", Need::Right(Right::SeeTotals), pages::area),
    ]
}
