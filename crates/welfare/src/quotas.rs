//! How many families each area may have: a quota made into one number per place.

use std::collections::BTreeMap;

use domain::{
    AreaCode, Level,
    targeting::{Quota, Spread},
};

/// The numbers a ranking keeps to. An area that is not named has no number of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Families in all; `None`: no such number.
    pub families: Option<u32>,
    /// Families that the ceiling pays for; `None`: no ceiling.
    pub paid: Option<u32>,
    /// By the number of the kecamatan.
    pub subdistricts: BTreeMap<i64, u32>,
    /// By the number of the village.
    pub villages: BTreeMap<i64, u32>,
    /// For villages not named above.
    pub each_village: Option<u32>,
}

impl Limits {
    /// The numbers a quota means for families ranked in these villages (one entry a family).
    pub fn new(quota: &Quota, ranked: impl IntoIterator<Item = i64>) -> Self {
        let only_total = Quota { ceiling: None, ..quota.clone() };
        let only_money = Quota { families: None, ..quota.clone() };
        let mut limits = Self {
            families: quota.families.map(|_| only_total.most()),
            paid: quota.ceiling.filter(|_| quota.unit.0 > 0).map(|_| only_money.most()),
            each_village: quota.each_village,
            ..Self::default()
        };
        for (code, families) in &quota.areas {
            match code.level() {
                Level::Village => limits.villages.insert(code.number(), *families),
                Level::Subdistrict => limits.subdistricts.insert(code.number(), *families),
                Level::District | Level::Province => None,
            };
        }
        let place: fn(i64) -> i64 = match quota.spread {
            Spread::Nowhere => return limits,
            Spread::Subdistricts => subdistrict,
            Spread::Villages => |village| village,
        };
        let mut weights: BTreeMap<i64, u32> = BTreeMap::new();
        for village in ranked {
            *weights.entry(place(village)).or_default() += 1;
        }
        let own = if quota.spread == Spread::Villages { &mut limits.villages } else { &mut limits.subdistricts };
        let everyone: u32 = weights.values().sum();
        let mut left = quota.most().min(everyone);
        // an area with a number of its own takes it off the top, as far as it has families
        for (code, number) in own.iter() {
            left = left.saturating_sub((*number).min(weights.remove(code).unwrap_or(0)));
        }
        own.extend(apportion(left, &weights));
        limits
    }

    /// How many this village may have; `None`: no number of its own.
    pub fn village(&self, village: i64) -> Option<u32> {
        self.villages.get(&village).copied().or(self.each_village)
    }

    /// How many the kecamatan of this village may have.
    pub fn subdistrict(&self, village: i64) -> Option<u32> {
        self.subdistricts.get(&subdistrict(village)).copied()
    }
}

/// The number of the kecamatan that a village's number lies in.
pub(crate) fn subdistrict(village: i64) -> i64 {
    AreaCode::from_number(village).map_or(village, |code| code.subdistrict().number())
}

/// Shares out `total` in proportion to the weights: whole numbers by largest remainder, the lower code first between equal
/// remainders. Nobody gets more than its weight, and the shares add up to `total` (to the sum of weights when that is less).
pub fn apportion(total: u32, weights: &BTreeMap<i64, u32>) -> BTreeMap<i64, u32> {
    let sum: u64 = weights.values().map(|weight| u64::from(*weight)).sum();
    if sum == 0 {
        return weights.keys().map(|code| (*code, 0)).collect();
    }
    let total = u64::from(total).min(sum);
    let mut shares = BTreeMap::new();
    let mut remainders = Vec::new();
    for (code, weight) in weights {
        let exact = total * u64::from(*weight);
        shares.insert(*code, u32::try_from(exact / sum).unwrap_or(u32::MAX));
        remainders.push((std::cmp::Reverse(exact % sum), *code));
    }
    let given: u64 = shares.values().map(|share| u64::from(*share)).sum();
    remainders.sort_unstable();
    for (_, code) in remainders.into_iter().take((total - given) as usize) {
        *shares.entry(code).or_default() += 1;
    }
    shares
}
