//! A year of work in the made-up district: rounds, decisions, events, through the same operations the pages use, each
//! on its own day.

use chrono::{Months, NaiveDate, TimeZone, Utc};
use testkit::district::{District, lists::Written};

use crate::{App, clock::Clock};

/// The first day of the played year, at nine in the morning.
pub fn begins(today: NaiveDate) -> Clock {
    at(today - Months::new(12))
}

/// Nine in the morning (WIB) of a day.
fn at(day: NaiveDate) -> Clock {
    Clock::Fixed(Utc.from_utc_datetime(&day.and_hms_opt(2, 0, 0).unwrap_or_default()))
}

pub async fn play(
    _app: &App,
    _district: &District,
    _written: &Written,
    _today: NaiveDate,
    _seed: u64,
) -> anyhow::Result<()> {
    anyhow::bail!("the year is not played yet")
}
