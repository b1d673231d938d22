//! Chance for the made-up district: one ChaCha stream per village, so that any village can be made alone and again.
//!
//! Only whole numbers are drawn and only sums and products made of them: the same seed gives the same people everywhere.

use chrono::{Datelike, Days, NaiveDate};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// A stream of chance.
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream number `stream` of `seed`; streams do not touch each other.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// At least 0, below 1.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }

    /// From `low` to `high`, both possible; `low` when the range is empty.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below(usize::try_from(high - low + 1).unwrap_or(0)) as i32
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Earlier entries more often: the first about three times as often as the middle.
    pub fn pick_early<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let at = self.unit();
        &from[((at * (0.35 + 0.65 * at)) * from.len() as f64) as usize]
    }

    /// One of the entries, by weight.
    pub fn weighted<T: Copy>(&mut self, from: &[(T, f64)]) -> T {
        let mut left = self.unit() * from.iter().map(|(_, weight)| weight).sum::<f64>();
        for (entry, weight) in from {
            left -= weight;
            if left < 0.0 {
                return *entry;
            }
        }
        from[from.len() - 1].0
    }

    /// Bell-shaped, mean 0, deviation 1, never beyond 5.
    pub fn bell(&mut self) -> f64 {
        let (a, b) = (self.0.next_u64(), self.0.next_u64());
        let sum: u64 = [a, b].iter().flat_map(|word| (0..4).map(move |part| word >> (part * 16) & 0xffff)).sum();
        (sum as f64 / 65_535.0 - 4.0) * 1.224_744_871_391_589
    }

    /// A day from `first` to `last`; `first` when the range is empty.
    pub fn day_between(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let days = (last - first).num_days().max(0) as usize;
        first + Days::new(self.below(days + 1) as u64)
    }

    /// The birth date of somebody `age` years old `on` that day. Many of the old were registered with a round date.
    pub fn birth_date(&mut self, age: i32, on: NaiveDate) -> NaiveDate {
        let last = on.with_year(on.year() - age).unwrap_or(on - Days::new(u64::from(age.unsigned_abs()) * 365 + 10));
        let first = last - Days::new(364);
        if age >= 50 && self.chance(0.07) {
            let (month, day) = *self.pick(&[(12, 31), (7, 1), (1, 1), (12, 31)]);
            for year in [last.year(), last.year() - 1] {
                if let Some(date) =
                    NaiveDate::from_ymd_opt(year, month, day).filter(|date| (first..=last).contains(date))
                {
                    return date;
                }
            }
        }
        self.day_between(first, last)
    }

    /// A string of `count` digits, the first not 0.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|at| char::from(b'0' + if at == 0 { 1 + self.below(9) } else { self.below(10) } as u8)).collect()
    }
}
