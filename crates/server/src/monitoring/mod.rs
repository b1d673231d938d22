//! Monitoring: the pages of the head of office and of the regent. One sentence, four numbers, the map, and from every
//! number the list behind it. The regent's pages carry no personal data and hide small counts.

mod numbers;
mod pages;
mod pipeline;

pub use pages::ZERO_ON;
pub use pipeline::{pipeline, pipeline_figure};

use domain::access::Right;

use crate::router::{Need, Route, get};

pub fn routes() -> Vec<Route> {
    vec![
        get("/kepala-dinas", Need::Right(Right::SeeOffice), pages::head),
        get("/bupati", Need::Right(Right::SeeTotals), pages::regent),
        get("/bupati/layar", Need::Right(Right::SeeTotals), pages::screen),
        get("/pantauan/pipa.csv", Need::Right(Right::SeeTotals), pages::pipeline_csv),
    ]
}
