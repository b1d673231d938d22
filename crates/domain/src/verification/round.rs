//! A round: its states, which families it takes in, and how its villages are shared among those who visit.

use serde::{Deserialize, Serialize};

use crate::{AreaCode, words::closed_words};

closed_words! {
    /// planned (villages are being assigned), open (visits), closed (results stand), cancelled (before any visit).
    State {
        Planned = "planned",
        Open = "open",
        Closed = "closed",
        Cancelled = "cancelled",
    }
}

impl State {
    /// The transitions allowed. Reopening is one; what is cancelled stays so.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Planned, Self::Open | Self::Cancelled) | (Self::Open, Self::Closed) | (Self::Closed, Self::Open)
        )
    }
}

/// Which families of a list version a round takes in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// National desil as the list gives it.
    pub desil_at_most: Option<i64>,
    pub percentile_at_most: Option<i64>,
    /// Only these areas (kecamatan or villages); empty: everywhere.
    pub areas: Vec<AreaCode>,
    /// Leaves out families that another round not yet closed has already.
    pub skip_in_other_rounds: bool,
}

/// Somebody who may be given villages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub user: i64,
    /// Where they may visit; empty: the whole district.
    pub areas: Vec<AreaCode>,
    /// Families they have in this round already.
    pub load: i64,
}

impl Candidate {
    /// How closely the village is theirs: their village before their kecamatan before the district. `None`: not theirs.
    fn nearness(&self, village: AreaCode) -> Option<u8> {
        if self.areas.is_empty() {
            return Some(3);
        }
        let own = self.areas.iter().filter(|area| area.contains(village));
        own.map(|area| match area.level() {
            crate::Level::Village => 0,
            crate::Level::Subdistrict => 1,
            _ => 2,
        })
        .min()
    }
}

/// Shares villages (with their families) among candidates: each goes to somebody whose area it lies in, the nearest
/// first, then whoever has the fewest families. Larger villages are placed first, so that loads end up even.
/// A village nobody's area covers stays without.
pub fn spread(villages: &[(AreaCode, i64)], candidates: &[Candidate]) -> Vec<(AreaCode, Option<i64>)> {
    let mut loads: Vec<i64> = candidates.iter().map(|candidate| candidate.load).collect();
    let mut order: Vec<&(AreaCode, i64)> = villages.iter().collect();
    order.sort_by_key(|(village, families)| (-families, *village));
    let mut placed: Vec<(AreaCode, Option<i64>)> = order
        .into_iter()
        .map(|(village, families)| {
            let mine = candidates
                .iter()
                .enumerate()
                .filter_map(|(at, c)| Some((c.nearness(*village)?, loads[at], c.user, at)));
            let chosen = mine.min();
            if let Some((_, _, _, at)) = chosen {
                loads[at] += families;
            }
            (*village, chosen.map(|(_, _, user, _)| user))
        })
        .collect();
    placed.sort_unstable_by_key(|(village, _)| *village);
    placed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> AreaCode {
        text.parse().expect("a code")
    }

    #[test]
    fn a_round_goes_forward_and_may_be_reopened_only() {
        let mut allowed = Vec::new();
        for from in State::ALL {
            allowed.extend(State::ALL.iter().filter(|to| from.may_become(**to)).map(|to| format!("{from} > {to}")));
        }
        assert_eq!(allowed, ["planned > open", "planned > cancelled", "open > closed", "closed > open"]);
    }

    #[test]
    fn a_village_goes_to_its_own_verifier_before_the_kecamatans() {
        let candidates = [
            Candidate { user: 1, areas: vec![code("99.01.01")], load: 0 },
            Candidate { user: 2, areas: vec![code("99.01.01.2002")], load: 50 },
            Candidate { user: 3, areas: vec![], load: 0 },
        ];
        let villages = [(code("99.01.01.2001"), 40), (code("99.01.01.2002"), 30), (code("99.01.02.2001"), 10)];
        let placed: Vec<Option<i64>> = spread(&villages, &candidates).into_iter().map(|(_, user)| user).collect();
        assert_eq!(placed, [Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn a_village_of_nobody_stays_without() {
        let candidates = [Candidate { user: 1, areas: vec![code("99.01.01")], load: 0 }];
        assert_eq!(spread(&[(code("99.01.02.2001"), 10)], &candidates), [(code("99.01.02.2001"), None)]);
    }

    proptest! {
        /// Among equals no one ends up with more than the lightest plus one largest village.
        #[test]
        fn loads_end_up_even(sizes in prop::collection::vec(1_i64..400, 1..60), people in 1_i64..8) {
            let villages: Vec<(AreaCode, i64)> = sizes.iter().enumerate()
                .map(|(at, size)| (AreaCode::from_number(9_901_012_001 + at as i64).expect("a village"), *size)).collect();
            let candidates: Vec<Candidate> =
                (1..=people).map(|user| Candidate { user, areas: vec![code("99.01.01")], load: 0 }).collect();
            let placed = spread(&villages, &candidates);
            prop_assert_eq!(placed.len(), villages.len());
            let load = |user: i64| -> i64 {
                villages.iter().zip(&placed).filter(|(_, (_, to))| *to == Some(user)).map(|((_, size), _)| size).sum()
            };
            let loads: Vec<i64> = (1..=people).map(load).collect();
            let largest = sizes.iter().max().copied().unwrap_or(0);
            prop_assert!(loads.iter().max().unwrap_or(&0) - loads.iter().min().unwrap_or(&0) <= largest);
        }
    }
}
