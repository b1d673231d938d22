//! What every chapter needs: whose hands do a thing, on which day, and dice that fall the same way each time.

use anyhow::Context;
use chrono::{Datelike, Days, NaiveDate, TimeZone, Utc, Weekday};
use store::{Actor, Change, access};

use crate::{App, clock::stamp};

/// The district the exact figures are told of; a smaller one has a smaller story, a larger one the same.
const USUAL: usize = 15_000;

#[derive(Debug)]
pub struct Story<'a> {
    pub app: &'a App,
    pub today: NaiveDate,
    pub seed: u64,
    /// Families of the district.
    pub size: usize,
}

impl Story<'_> {
    /// So many families of the usual district, in this one.
    pub fn scaled(&self, families: i64) -> i64 {
        let size = self.size.min(USUAL) as i64;
        ((families * size + USUAL as i64 / 2) / USUAL as i64).max(1)
    }

    pub fn ago(&self, days: u64) -> NaiveDate {
        self.today - Days::new(days)
    }

    /// That many days ago, or the day before when the office was closed.
    pub fn workday_ago(&self, days: u64) -> NaiveDate {
        let day = self.ago(days);
        match day.weekday() {
            Weekday::Sat => day - Days::new(1),
            Weekday::Sun => day - Days::new(2),
            _ => day,
        }
    }

    pub async fn actor(&self, login: &str, day: NaiveDate) -> anyhow::Result<Actor> {
        let program = Actor::program("tuntas demo");
        let reading = self.app.store.read(&program);
        let user = access::user_by_login(&reading, login).await?.with_context(|| format!("no account {login}"))?;
        Ok(access::actor(&reading, &user, &day.to_string()).await?)
    }

    /// Begins what somebody does on a day, in western Indonesian time.
    pub async fn change<'a>(&'a self, actor: &'a Actor, day: NaiveDate, hour: u32) -> anyhow::Result<Change<'a>> {
        Ok(self.app.store.change(actor, &at(day, hour, 0)).await?)
    }

    pub fn dice(&self, what: &str, id: i64) -> Dice {
        let mut state = self.seed ^ (id as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for byte in what.bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        Dice(state)
    }

    /// Tells on standard error what is being played.
    #[expect(clippy::print_stderr, clippy::unused_self, reason = "the demo's progress, as a chapter of this story")]
    pub fn tell(&self, chapter: &str) {
        eprintln!("  {chapter}");
    }
}

/// A time of a day in western Indonesian time (UTC+7), as stored.
pub fn at(day: NaiveDate, hour: u32, minute: u32) -> String {
    let local = day.and_hms_opt(hour.min(23), minute.min(59), 0).unwrap_or_default();
    stamp(Utc.from_utc_datetime(&(local - chrono::Duration::hours(7))))
}

/// A stream of numbers that follows from the seed, the thing asked about and its id.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    #[cfg(test)]
    pub const fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    /// One of several, by weight.
    pub fn pick<'a>(&mut self, choices: &[(&'a str, u32)]) -> &'a str {
        let all: u32 = choices.iter().map(|(_, weight)| weight).sum();
        let mut left = self.below(all as usize) as u32;
        for (choice, weight) in choices {
            if left < *weight {
                return choice;
            }
            left -= weight;
        }
        choices.last().map_or("", |(choice, _)| choice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_in_the_morning_is_two_in_the_world() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
        assert_eq!(at(day, 9, 5), "2026-11-21T02:05:00Z");
        assert_eq!(at(day, 6, 0), "2026-11-20T23:00:00Z");
    }
}
