//! How many families may be chosen, where, and for how much money.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AreaCode, Level, Rupiah, words::closed_words};

closed_words! {
    /// How the number of families is spread over the district.
    Spread {
        /// One ranking for the whole district.
        Nowhere = "nowhere",
        /// By kecamatan, in proportion to the families ranked there.
        Subdistricts = "subdistricts",
        /// By village, in proportion to the families ranked there.
        Villages = "villages",
    }
}

/// The limits of a determination. Every limit is kept; the first one reached stops.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Families in all; `None`: as many as the ceiling pays for.
    pub families: Option<u32>,
    /// Rupiah in all; `None`: no ceiling of its own.
    pub ceiling: Option<Rupiah>,
    /// Rupiah for one family, all stages together.
    pub unit: Rupiah,
    pub spread: Spread,
    /// At most so many in each village without a number of its own.
    pub each_village: Option<u32>,
    /// Numbers of single kecamatan and villages; they overrule the spread.
    #[serde(default)]
    pub areas: BTreeMap<AreaCode, u32>,
}

/// What is wrong with a quota.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuotaFault {
    #[error("neither families nor money are limited")]
    NoLimit,
    #[error("a family gets no money's worth")]
    NoUnit,
    #[error("the ceiling does not pay for one family")]
    CeilingBelowUnit,
    #[error("the ceiling is beyond what the programme has left")]
    BeyondProgramme { left: Rupiah },
    #[error("{0} is neither a kecamatan nor a village")]
    NotAnArea(AreaCode),
}

impl Quota {
    /// The most families that total and ceiling allow together.
    pub fn most(&self) -> u32 {
        let paid = self
            .ceiling
            .filter(|_| self.unit.0 > 0)
            .map(|ceiling| u32::try_from(ceiling.0.max(0) / self.unit.0).unwrap_or(u32::MAX));
        self.families.unwrap_or(u32::MAX).min(paid.unwrap_or(u32::MAX))
    }

    /// Every fault. `left` is what the programme has left, when the determination is for a programme.
    pub fn faults(&self, left: Option<Rupiah>) -> Vec<QuotaFault> {
        let mut faults = Vec::new();
        if self.families.is_none() && self.ceiling.is_none() {
            faults.push(QuotaFault::NoLimit);
        }
        if self.unit.0 <= 0 {
            faults.push(QuotaFault::NoUnit);
        }
        if let Some(ceiling) = self.ceiling {
            if self.unit.0 > 0 && ceiling < self.unit {
                faults.push(QuotaFault::CeilingBelowUnit);
            }
            if let Some(left) = left.filter(|left| ceiling > *left) {
                faults.push(QuotaFault::BeyondProgramme { left });
            }
        }
        let no_place = |code: &&AreaCode| !matches!(code.level(), Level::Subdistrict | Level::Village);
        faults.extend(self.areas.keys().filter(no_place).map(|code| QuotaFault::NotAnArea(*code)));
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota(families: Option<u32>, ceiling: Option<i64>, unit: i64) -> Quota {
        Quota {
            families,
            ceiling: ceiling.map(Rupiah),
            unit: Rupiah(unit),
            spread: Spread::Nowhere,
            each_village: None,
            areas: BTreeMap::new(),
        }
    }

    #[test]
    fn the_first_limit_reached_counts() {
        assert_eq!(quota(Some(1_000), Some(3_000_000_000), 2_940_000).most(), 1_000);
        assert_eq!(quota(Some(1_100), Some(3_000_000_000), 2_940_000).most(), 1_020);
        assert_eq!(quota(None, Some(3_000_000_000), 3_000_000).most(), 1_000);
        assert_eq!(quota(None, Some(2_999_999), 3_000_000).most(), 0);
    }

    #[test]
    fn limits_that_make_no_sense_are_told() {
        assert_eq!(quota(None, None, 0).faults(None), [QuotaFault::NoLimit, QuotaFault::NoUnit]);
        assert_eq!(quota(Some(1), Some(1), 2).faults(None), [QuotaFault::CeilingBelowUnit]);
        let beyond = quota(None, Some(300), 100).faults(Some(Rupiah(200)));
        assert_eq!(beyond, [QuotaFault::BeyondProgramme { left: Rupiah(200) }]);
        let mut named = quota(Some(1), None, 1);
        named.areas.insert("99.01".parse().expect("a code"), 5);
        assert_eq!(named.faults(None).len(), 1);
    }

    #[test]
    fn a_quota_survives_the_way_to_the_database_and_back() {
        let mut named = quota(Some(1), None, 1);
        named.areas.insert("99.01.02".parse().expect("a code"), 5);
        let json = serde_json::to_string(&named).expect("writes");
        assert_eq!(serde_json::from_str::<Quota>(&json).expect("reads"), named, "{json}");
    }
}
