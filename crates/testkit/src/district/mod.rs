//! A made-up district, 99.01 Kabupaten Contoh: its areas, its people, and the lists in which they appear.
//!
//! Everything follows from a seed, a size and a reference date; the same three give the same bytes. People are made
//! village by village and never kept, so that 300,000 families need no more memory than 300. What is told of a family
//! hangs together: land and luck make welfare, welfare with schooling and work makes consumption, consumption shows in
//! house and belongings, and the made-up ministries rank what they can see of it ([`ministry`]).
//!
//! Nobody here is meant: provinces 99 and 88 do not exist, and the land lies in the open sea.

pub mod areas;
mod boundaries;
pub mod calendar;
mod dice;
pub mod dwelling;
pub mod health;
mod households;
pub mod lists;
pub mod livelihood;
pub mod ministry;
mod names;
pub mod people;
mod settlers;

use chrono::NaiveDate;

use self::{
    areas::{Areas, areas},
    calendar::{Calendar, Edition},
    dice::Dice,
    ministry::Cuts,
    people::Family,
    settlers::{Settled, Settlers},
};

/// The district of one seed and size.
pub struct District {
    seed: u64,
    families: usize,
    calendar: Calendar,
    /// Families per village, in the order of [`Areas::villages`].
    sizes: Vec<usize>,
    cuts: Cuts,
}

/// Families looked at to find where the deciles lie.
const SAMPLE: usize = 6_000;

impl District {
    /// A district of so many families (those living there in the current list), as of 21 November 2026.
    pub fn generate(seed: u64, families: usize) -> Self {
        Self::generate_as_of(seed, families, NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day of the calendar"))
    }

    /// The same as of another day, later than 2023.
    pub fn generate_as_of(seed: u64, families: usize, reference: NaiveDate) -> Self {
        let calendar = Calendar { reference };
        let sizes = apportion(families, &areas().villages.iter().map(|v| v.weight).collect::<Vec<_>>());
        let share = (SAMPLE as f64 / families.max(1) as f64).min(1.0);
        let mut scores: [Vec<f64>; 3] = Default::default();
        for (village, size) in areas().villages.iter().zip(&sizes) {
            let wanted = (*size as f64 * share).ceil() as usize;
            for settled in Settlers::new(seed, areas(), village, calendar, *size).take(wanted) {
                for edition in Edition::ALL {
                    if settled.family.at(calendar.day(edition)).is_some() {
                        scores[edition as usize].push(settled.scores[edition as usize]);
                    }
                }
            }
        }
        Self { seed, families, calendar, sizes, cuts: Cuts::from_scores(scores) }
    }

    /// Families living in the district according to the current list.
    pub fn size(&self) -> usize {
        self.families
    }

    pub fn calendar(&self) -> Calendar {
        self.calendar
    }

    pub fn areas(&self) -> &'static Areas {
        areas()
    }

    /// Schematic boundaries of the villages as GeoJSON with `kemendagri_code`, `bps_code` and `name`.
    pub fn boundaries(&self) -> serde_json::Value {
        boundaries::geojson()
    }

    /// The families of one village, former ones included, made anew each time.
    pub fn families_of(&self, village: usize) -> impl Iterator<Item = Family> + '_ {
        Settlers::new(self.seed, areas(), &areas().villages[village], self.calendar, self.sizes[village])
            .map(|settled| self.rank(settled))
    }

    /// All families of the district, village by village.
    pub fn families(&self) -> impl Iterator<Item = Family> + '_ {
        (0..areas().villages.len()).flat_map(|village| self.families_of(village))
    }

    fn rank(&self, settled: Settled) -> Family {
        let Settled { mut family, scores } = settled;
        for edition in Edition::ALL {
            family.standing[edition as usize] = self.cuts.rank(edition, scores[edition as usize]);
        }
        let mut dice = Dice::new(self.seed, 1_000_000 + u64::from(family.id));
        ministry::hand_out(&mut dice, &mut family, self.calendar.reference);
        family
    }
}

/// Deals `total` out by weight; the largest remainders get what is left.
fn apportion(total: usize, weights: &[f64]) -> Vec<usize> {
    let sum: f64 = weights.iter().sum();
    let exact: Vec<f64> = weights.iter().map(|weight| total as f64 * weight / sum).collect();
    let mut dealt: Vec<usize> = exact.iter().map(|share| *share as usize).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    let missing = total - dealt.iter().sum::<usize>();
    for at in order.into_iter().cycle().take(missing) {
        dealt[at] += 1;
    }
    dealt
}

#[cfg(test)]
mod tests;
