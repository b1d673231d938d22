//! Papers of an event and of its programme, as PDF and as XLSX: payment list, invitations, receipt sheet, minutes of the
//! handover, realisation report, recap.
//!
//! `/penyaluran/{id}/dokumen` lists them, `/penyaluran/{id}/dokumen/nominatif.pdf` is one. Papers that carry NIK and KK
//! or name families ask for the right to manage deliveries; totals for the right to see them. Opening one writes nothing.

mod making;
mod pages;
mod papers;

pub use making::{Papers, made};

use domain::access::Right;

use crate::router::{Need, Route, get};

pub fn routes() -> Vec<Route> {
    let see = Need::Right(Right::SeeDelivery);
    vec![
        get("/penyaluran/{id}/dokumen", see, pages::list),
        get("/penyaluran/{id}/dokumen/{kind}", see, pages::download),
    ]
}
