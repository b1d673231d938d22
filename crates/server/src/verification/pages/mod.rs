//! What verification shows. Nothing here writes.

pub mod minutes;
pub mod results;
pub mod rounds;
pub mod villages;
pub mod visits;

use std::collections::BTreeMap;

use domain::{AreaCode, address::Address};
use store::{Handle, areas, verification::Round};

use crate::{App, AppError, i18n::Lang};

/// A round, or "not found".
pub async fn the_round(handle: &impl Handle, id: i64) -> Result<Round, AppError> {
    store::verification::round(handle, id).await?.ok_or(AppError::NotFound)
}

/// Names of the district's areas by number.
pub async fn names(app: &App, handle: &impl Handle) -> Result<BTreeMap<i64, String>, AppError> {
    Ok(match app.district().await? {
        Some((district, _)) => areas::names(handle, district).await?,
        None => BTreeMap::new(),
    })
}

/// The name of a village; the district's number stands for a village nobody knows.
pub fn village_name(lang: Lang, names: &BTreeMap<i64, String>, village: i64) -> String {
    match AreaCode::from_number(village).map(AreaCode::level) {
        Some(domain::Level::Village) => names.get(&village).cloned().unwrap_or_else(|| village.to_string()),
        _ => lang.t("verification-village-unknown"),
    }
}

/// The name of the kecamatan a village lies in.
pub fn subdistrict_name(names: &BTreeMap<i64, String>, village: i64) -> String {
    names.get(&(village / 10_000 * 10_000)).cloned().unwrap_or_default()
}

/// "RT 003 RW 001, Dusun Krajan"
pub fn place(rt: Option<&str>, rw: Option<&str>, address: &str) -> String {
    let Address { street, rt, rw } = Address::of(address, rt, rw);
    let number = Address { street: String::new(), rt, rw }.to_string();
    [number, street].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// "DTSEN 2026Q3"
pub fn list_name(source: &str, version: &str) -> String {
    match domain::lists::Source::from_code(source) {
        Some(known) => format!("{} {version}", known.title()),
        None => format!("{source} {version}"),
    }
}
