//! The criteria an office ranks families by: points, and the order in which ties are broken.
//!
//! A desil is taken from the list as it came and is never computed here. Points are whole thousandths, so that a score
//! is a sum of integers and the same on every machine.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::standing::Receiving;
use crate::words::closed_words;

/// Points in whole thousandths: 12.5 points are `Points(12_500)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(pub i64);

impl Points {
    pub const ZERO: Self = Self(0);
    /// The most that one criterion may give.
    pub const MOST: Self = Self(1_000_000);

    pub const fn whole(points: i64) -> Self {
        Self(points * 1_000)
    }

    /// Reads `12`, `12,5` or `12.5`, at most three decimals, not negative.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace(',', ".");
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, "0"));
        let digits =
            |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole, 7) || !digits(decimals, 3) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let thousandths: i64 = format!("{decimals:0<3}").parse().ok()?;
        Some(Self(whole * 1_000 + thousandths))
    }
}

impl fmt::Display for Points {
    /// `12,5`: as short as it can be without rounding.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.abs() / 1_000, self.0.abs() % 1_000);
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        write!(f, "{sign}{whole},{}", format!("{rest:03}").trim_end_matches('0'))
    }
}

impl std::ops::Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        Self(iter.map(|points| points.0).sum())
    }
}

closed_words! {
    /// Basic needs that a visit finds unmet; the words are those of the code list `verval.prasarana_layanan`.
    Need {
        House = "RLH",
        Water = "AIR",
        Toilet = "JAMBAN",
        Electricity = "LISTRIK",
        Work = "BEKERJA",
        School = "SEKOLAH",
        Stunting = "STUNTING",
        Disability = "DISABILITAS",
    }
}

closed_words! {
    /// Members that can be counted.
    MemberKind {
        /// Everybody who lives in the family.
        Member = "member",
        /// Under 18 or from 60, the head not counted.
        Dependant = "dependant",
        /// Under five.
        UnderFive = "under_five",
        /// From 7 to 18.
        SchoolAge = "school_age",
        /// From 60.
        Elderly = "elderly",
        /// At least one function that is impossible or needs help (Regsosek 428, answers 1 and 2).
        Disabled = "disabled",
        /// A chronic illness (Regsosek 430).
        Ill = "ill",
    }
}

closed_words! {
    /// What is either so or not.
    Condition {
        FemaleHead = "female_head",
        /// The only member is 60 or older.
        ElderlyAlone = "elderly_alone",
        /// The floor is earth.
        EarthFloor = "earth_floor",
        /// The house is rented or lent.
        NotOwnHouse = "not_own_house",
        /// The head has no work.
        HeadWithoutWork = "head_without_work",
    }
}

closed_words! {
    /// What decides between equal scores. Behind the last one the family registered first comes first.
    TieBreak {
        MoreDependants = "more_dependants",
        MoreMembers = "more_members",
        LowerDesil = "lower_desil",
        MoreNeeds = "more_needs",
        MoreUnderFive = "more_under_five",
        MoreElderly = "more_elderly",
        EarlierVisit = "earlier_visit",
        EarlierRegistered = "earlier_registered",
    }
}

/// Points for each member of a kind, for at most so many of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerMember {
    pub points: Points,
    pub at_most: u8,
}

/// The criteria of a determination. What is not named gives no points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criteria {
    /// By value of the desil, 1 to 10.
    #[serde(default, with = "by_desil")]
    pub desil: BTreeMap<u8, Points>,
    #[serde(default)]
    pub needs: BTreeMap<Need, Points>,
    #[serde(default)]
    pub members: BTreeMap<MemberKind, PerMember>,
    #[serde(default)]
    pub conditions: BTreeMap<Condition, Points>,
    #[serde(default)]
    pub ties: Vec<TieBreak>,
    /// What happens to families that already receive the like.
    #[serde(default)]
    pub receiving: Receiving,
}

/// JSON keys are text: `{"1": 40000}`.
mod by_desil {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use super::Points;

    pub fn serialize<S: Serializer>(map: &BTreeMap<u8, Points>, out: S) -> Result<S::Ok, S::Error> {
        map.iter().map(|(desil, points)| (desil.to_string(), *points)).collect::<BTreeMap<_, _>>().serialize(out)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<BTreeMap<u8, Points>, D::Error> {
        BTreeMap::<String, Points>::deserialize(input)?
            .into_iter()
            .map(|(desil, points)| Ok((desil.parse().map_err(D::Error::custom)?, points)))
            .collect()
    }
}

/// What is wrong with criteria; each names what it is about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CriteriaFault {
    #[error("no criterion gives points")]
    NoPoints,
    #[error("desil {0} does not exist")]
    Desil(u8),
    #[error("{0} gives more than 1,000 points, or fewer than none")]
    OutOfRange(String),
    #[error("{0} counts from 1 to 20 members")]
    AtMost(MemberKind),
    #[error("{0} decides ties twice")]
    TieTwice(TieBreak),
}

impl Criteria {
    /// Where a new office starts from; it changes them in the browser.
    pub fn starting_point() -> Self {
        let per = |points, at_most| PerMember { points: Points::whole(points), at_most };
        Self {
            desil: [(1, 40), (2, 25), (3, 10)].map(|(desil, points)| (desil, Points::whole(points))).into(),
            needs: [(Need::House, 6), (Need::Water, 5), (Need::Toilet, 5), (Need::Electricity, 2), (Need::Work, 4)]
                .map(|(need, points)| (need, Points::whole(points)))
                .into(),
            members: [
                (MemberKind::Dependant, per(2, 5)),
                (MemberKind::UnderFive, per(3, 2)),
                (MemberKind::Elderly, per(3, 2)),
                (MemberKind::Disabled, per(6, 1)),
            ]
            .into(),
            conditions: [(Condition::FemaleHead, 4), (Condition::ElderlyAlone, 8)]
                .map(|(condition, points)| (condition, Points::whole(points)))
                .into(),
            ties: vec![TieBreak::MoreDependants, TieBreak::LowerDesil, TieBreak::EarlierVisit],
            receiving: Receiving::default(),
        }
    }

    /// The criteria without those that give nothing.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        self.desil.retain(|_, points| points.0 != 0);
        self.needs.retain(|_, points| points.0 != 0);
        self.members.retain(|_, per| per.points.0 != 0);
        self.conditions.retain(|_, points| points.0 != 0);
        self
    }

    /// The highest score that any family can have.
    pub fn most(&self) -> Points {
        let desil = self.desil.values().copied().max().unwrap_or_default();
        let members = self.members.values().map(|per| Points(per.points.0 * i64::from(per.at_most)));
        desil
            + self.needs.values().copied().sum::<Points>()
            + members.sum::<Points>()
            + self.conditions.values().copied().sum::<Points>()
    }

    /// Every fault, in the order of the criteria.
    pub fn faults(&self) -> Vec<CriteriaFault> {
        let mut faults = Vec::new();
        let sound = |points: Points| points >= Points::ZERO && points <= Points::MOST;
        for (desil, points) in &self.desil {
            if !(1..=10).contains(desil) {
                faults.push(CriteriaFault::Desil(*desil));
            }
            if !sound(*points) {
                faults.push(CriteriaFault::OutOfRange(format!("desil-{desil}")));
            }
        }
        let named = self.needs.iter().map(|(need, points)| (need.as_str(), *points));
        let named = named.chain(self.members.iter().map(|(kind, per)| (kind.as_str(), per.points)));
        let named = named.chain(self.conditions.iter().map(|(condition, points)| (condition.as_str(), *points)));
        faults.extend(
            named.filter(|(_, points)| !sound(*points)).map(|(name, _)| CriteriaFault::OutOfRange(name.to_owned())),
        );
        faults.extend(
            self.members
                .iter()
                .filter(|(_, per)| !(1..=20).contains(&per.at_most))
                .map(|(kind, _)| CriteriaFault::AtMost(*kind)),
        );
        for (at, tie) in self.ties.iter().enumerate() {
            if self.ties[..at].contains(tie) {
                faults.push(CriteriaFault::TieTwice(*tie));
            }
        }
        if self.most() <= Points::ZERO {
            faults.push(CriteriaFault::NoPoints);
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_read_and_print_as_officials_write_them() {
        for (text, points) in [("12", 12_000), ("12,5", 12_500), ("0.125", 125), ("72,25", 72_250)] {
            let read = Points::parse(text).expect(text);
            assert_eq!(read, Points(points));
            assert_eq!(read.to_string(), text.replace('.', ","));
        }
        for text in ["", "-1", "1,2345", "satu", "1,", "12345678"] {
            assert_eq!(Points::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_needs_are_those_of_the_code_list() {
        let list = crate::codes::list("verval.prasarana_layanan");
        let ours: Vec<&str> = Need::ALL.iter().map(|need| need.as_str()).collect();
        assert_eq!(list.codes.iter().map(|code| code.id.as_str()).collect::<Vec<_>>(), ours);
    }

    #[test]
    fn criteria_survive_the_way_to_the_database_and_back() {
        let criteria = Criteria::starting_point();
        let json = serde_json::to_string(&criteria).expect("writes");
        assert!(json.contains(r#""desil":{"1":40000,"2":25000,"3":10000}"#), "{json}");
        assert_eq!(serde_json::from_str::<Criteria>(&json).expect("reads"), criteria);
        assert_eq!(criteria.faults(), []);
        assert_eq!(criteria.most(), Points::whole(40 + 22 + 10 + 6 + 6 + 6 + 12));
    }

    #[test]
    fn what_is_wrong_with_criteria_is_told() {
        assert_eq!(Criteria::default().faults(), [CriteriaFault::NoPoints]);
        let mut criteria = Criteria::starting_point();
        criteria.desil.insert(11, Points::whole(1));
        criteria.needs.insert(Need::School, Points::whole(1_001));
        criteria.members.insert(MemberKind::Elderly, PerMember { points: Points::whole(1), at_most: 0 });
        criteria.ties.push(TieBreak::LowerDesil);
        assert_eq!(
            criteria.faults(),
            [
                CriteriaFault::Desil(11),
                CriteriaFault::OutOfRange("SEKOLAH".into()),
                CriteriaFault::AtMost(MemberKind::Elderly),
                CriteriaFault::TieTwice(TieBreak::LowerDesil),
            ]
        );
    }
}
