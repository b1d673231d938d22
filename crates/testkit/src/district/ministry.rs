//! The made-up ministries: they rank families by a score of their own and hand out national aid.
//!
//! The score is what a family spends, seen through a proxy-means test: right on the whole, wrong for many. The product
//! never does this; it receives the desil with the list.

use super::{
    calendar::Edition,
    dice::Dice,
    people::{Aid, Family},
};

/// A family's place in one list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// National, 1 to 100.
    pub percentile: u8,
    /// Deciles of the nation, the province and the district, 1 to 10.
    pub national: u8,
    pub province: u8,
    pub district: u8,
}

/// Share of the district's families below each national decile: a little poorer than the country.
const NATIONAL: [f64; 11] = [0.0, 0.115, 0.228, 0.338, 0.444, 0.546, 0.644, 0.739, 0.831, 0.919, 1.0];
const PROVINCE: [f64; 11] = [0.0, 0.107, 0.212, 0.316, 0.418, 0.519, 0.618, 0.715, 0.811, 0.906, 1.0];

/// Scores at which the ranks change, for one list.
struct Thresholds {
    percentiles: Vec<f64>,
    province: Vec<f64>,
    district: Vec<f64>,
}

/// Scores at which the ranks change.
pub struct Cuts([Thresholds; 3]);

impl Cuts {
    /// From the scores of many families, one list of scores per edition.
    pub fn from_scores(scores: [Vec<f64>; 3]) -> Self {
        Self(scores.map(|mut scores| {
            scores.sort_by(f64::total_cmp);
            let at = |share: f64| {
                let place = (share * scores.len() as f64) as usize;
                scores.get(place.min(scores.len().saturating_sub(1))).copied().unwrap_or(0.0)
            };
            Thresholds {
                percentiles: (1..100)
                    .map(|percentile| {
                        let (decile, within) = (percentile / 10, f64::from(percentile as u8 % 10) / 10.0);
                        at(NATIONAL[decile] + (NATIONAL[decile + 1] - NATIONAL[decile]) * within)
                    })
                    .collect(),
                province: PROVINCE[1..10].iter().map(|share| at(*share)).collect(),
                district: (1..10).map(|decile| at(f64::from(decile) / 10.0)).collect(),
            }
        }))
    }

    pub fn rank(&self, edition: Edition, score: f64) -> Standing {
        let thresholds = &self.0[edition as usize];
        let place = |cuts: &[f64]| cuts.partition_point(|cut| *cut <= score) as u8 + 1;
        let percentile = place(&thresholds.percentiles);
        Standing {
            percentile,
            national: percentile.div_ceil(10),
            province: place(&thresholds.province),
            district: place(&thresholds.district),
        }
    }
}

/// Who of the family gets what, once it is ranked.
pub fn hand_out(dice: &mut Dice, family: &mut Family, reference: chrono::NaiveDate) {
    let desil = usize::from(family.standing[Edition::Current as usize].national.max(1)) - 1;
    let before = usize::from(family.standing[Edition::P3ke as usize].national.max(1)) - 1;
    let share = |shares: [f64; 7]| shares.get(desil).copied().unwrap_or(0.0);
    let civil = family.members.iter().any(|p| p.occupation.work().is_some_and(|work| work.status == 5));
    let component = family.members.iter().filter(|p| p.present(reference)).any(|p| {
        let age = p.age(reference);
        !(7..60).contains(&age)
            || p.health.pregnant
            || p.health.severely_disabled()
            || (age < 20 && p.occupation.card() == "PELAJAR/MAHASISWA")
    });
    let pkh = !civil && component && dice.chance(share([0.64, 0.56, 0.42, 0.26, 0.06, 0.02, 0.005]));
    let sembako = !civil && dice.chance(if pkh { 0.92 } else { share([0.60, 0.52, 0.42, 0.30, 0.06, 0.03, 0.01]) });
    let early = before < 4;
    family.aid = Aid {
        pkh,
        sembako,
        bst: early && !pkh && dice.chance(0.28),
        bpum: family.members.iter().any(|p| p.occupation.work().is_some_and(|work| work.business)) && dice.chance(0.16),
        prakerja: dice.chance(0.025),
        kur: dice.chance(0.018 + 0.012 * desil as f64),
    };
    let premium = !civil && dice.chance(share([0.90, 0.86, 0.78, 0.66, 0.26, 0.12, 0.05]));
    let by_district = !premium && !civil && desil < 7 && dice.chance(0.20);
    for person in &mut family.members {
        person.premium_paid = premium && dice.chance(0.95);
        person.premium_paid_by_district = by_district && dice.chance(0.95);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_follow_the_score() {
        let scores: Vec<f64> = (0..10_000).map(f64::from).collect();
        let cuts = Cuts::from_scores([scores.clone(), scores.clone(), scores]);
        let rank = |score| cuts.rank(Edition::Current, score);
        assert_eq!(rank(0.0), Standing { percentile: 1, national: 1, province: 1, district: 1 });
        assert_eq!(rank(9_999.0), Standing { percentile: 100, national: 10, province: 10, district: 10 });
        // 11.5 % of the district's families lie in the nation's first decile, exactly a tenth in the district's own
        assert_eq!((rank(1_149.0).national, rank(1_149.0).district), (1, 2));
        assert_eq!((rank(1_151.0).national, rank(1_151.0).percentile), (2, 11));
    }
}
