//! The pages of targeting; none of them writes.

mod answers;
mod decision;
mod decree;
mod family;
mod list;
mod ranking;
mod referrals;
mod rule;

use std::collections::BTreeMap;

use store::{Reading, areas};

use crate::{App, AppError};

pub use answers::{Asked as AnswersAsked, answers, show as show_answers};
pub use decision::{decision, show as show_decision};
pub use decree::{decree, proof};
pub use family::{family, show as show_family};
pub use list::{list, new, show_new};
pub use ranking::{determination, ranking_workbook};
pub use referrals::{inbox, referral, show_one as show_referral};
pub use rule::{panel as rule_panel, rule, show as show_rule};

/// Names of the district's areas by number; empty before areas were loaded.
pub async fn area_names(app: &App, reading: &Reading<'_>) -> Result<BTreeMap<i64, String>, AppError> {
    Ok(match app.district().await? {
        Some((code, _)) => areas::names(reading, code).await?,
        None => BTreeMap::new(),
    })
}

/// The district's kecamatan, by code.
pub async fn subdistricts(app: &App, reading: &Reading<'_>) -> Result<Vec<areas::Area>, AppError> {
    Ok(match app.district().await? {
        Some((code, _)) => areas::within(reading, code, domain::Level::Subdistrict).await?,
        None => Vec::new(),
    })
}

/// Whole days between two stored days or times; 0 when either cannot be read.
pub fn days_between(from: &str, until: chrono::NaiveDate) -> i64 {
    let day = from.get(..10).and_then(|day| day.parse::<chrono::NaiveDate>().ok());
    day.map_or(0, |day| (until - day).num_days().max(0))
}
