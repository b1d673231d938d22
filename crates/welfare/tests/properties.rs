//! What holds for every ranking, checked against an implementation so plain that it can be read at a glance.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    AreaCode, Rupiah,
    targeting::{
        Condition, Criteria, Exclusion, LineState, MemberKind, Need, PerMember, Points, Quota, Spread, TieBreak,
    },
};
use proptest::{collection::vec, option, prelude::*, sample::subsequence};
use welfare::{Candidate, Facts, Limit, Outcome, Ranking, apportion, rank, score, tie_value};

const VILLAGES: [i64; 5] = [9_901_012_001, 9_901_012_002, 9_901_022_001, 9_901_022_002, 9_901_032_001];

fn facts() -> impl Strategy<Value = Facts> {
    let needs = subsequence(Need::ALL.to_vec(), 0..=3);
    let conditions = subsequence(Condition::ALL.to_vec(), 0..=2);
    (option::of(1_u8..=4), needs, conditions, 0_i64..6, 0_i64..4, option::of(20_261_101_u32..20_261_104)).prop_map(
        |(desil, needs, conditions, dependants, elderly, visited_on)| {
            Facts {
                desil,
                needs: needs.into_iter().collect(),
                conditions: conditions.into_iter().collect(),
                visited_on,
                ..Facts::default()
            }
            .with(MemberKind::Dependant, dependants)
            .with(MemberKind::Elderly, elderly)
        },
    )
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let excluded = prop_oneof![8 => Just(None), 1 => Just(Some(Exclusion::NotFit)), 1 => Just(Some(Exclusion::Manual))];
    let place = prop_oneof![9 => Just(None), 1 => (1_u32..30).prop_map(Some)];
    vec((0_usize..VILLAGES.len(), facts(), excluded, place), 0..60).prop_map(|all| {
        let numbered = all.into_iter().zip(1_i64..);
        numbered
            .map(|((village, facts, excluded, place), family)| Candidate {
                family,
                village: VILLAGES[village],
                facts,
                excluded,
                place,
            })
            .collect()
    })
}

fn criteria() -> impl Strategy<Value = Criteria> {
    let points = || (0_i64..4).prop_map(Points::whole);
    let ties = subsequence(TieBreak::ALL.to_vec(), 0..=3).prop_shuffle();
    (points(), points(), points(), points(), 1_u8..4, ties).prop_map(
        |(desil, need, member, condition, at_most, ties)| Criteria {
            desil: [(1, desil + desil), (2, desil)].into(),
            needs: [(Need::Water, need), (Need::House, need)].into(),
            members: [(MemberKind::Dependant, PerMember { points: member, at_most })].into(),
            conditions: [(Condition::FemaleHead, condition)].into(),
            ties,
            ..Criteria::default()
        },
    )
}

fn quota() -> impl Strategy<Value = Quota> {
    let spread = prop_oneof![Just(Spread::Nowhere), Just(Spread::Subdistricts), Just(Spread::Villages)];
    let own = vec((0_usize..VILLAGES.len(), any::<bool>(), 0_u32..6), 0..3);
    (option::of(0_u32..40), option::of(0_i64..100), 1_i64..7, spread, option::of(0_u32..8), own).prop_map(
        |(families, ceiling, unit, spread, each_village, own)| {
            let place = |(village, whole, number): (usize, bool, u32)| {
                let code = AreaCode::from_number(VILLAGES[village]).expect("a village");
                (if whole { code.subdistrict() } else { code }, number)
            };
            Quota {
                families,
                ceiling: ceiling.map(Rupiah),
                unit: Rupiah(unit),
                spread,
                each_village,
                areas: own.into_iter().map(place).collect(),
            }
        },
    )
}

/// Is `a` ranked before `b` by points and ties alone?
fn before(criteria: &Criteria, a: &Candidate, b: &Candidate) -> bool {
    let points = |c: &Candidate| score(criteria, &c.facts).total;
    if points(a) != points(b) {
        return points(a) > points(b);
    }
    for tie in &criteria.ties {
        let value = |c: &Candidate| tie_value(*tie, c.family, &c.facts);
        if value(a) != value(b) {
            return value(a) > value(b);
        }
    }
    a.family < b.family
}

/// The order found by looking, again and again, for the best one left; families with a place step in when it is reached.
fn plain_order(candidates: &[Candidate], criteria: &Criteria) -> Vec<Candidate> {
    let mut left: Vec<Candidate> = candidates.iter().copied().filter(|c| c.excluded.is_none()).collect();
    let mut order: Vec<Candidate> = Vec::new();
    while !left.is_empty() {
        let next_place = order.len() as u32 + 1;
        let free_left = left.iter().any(|c| c.place.is_none());
        let lowest = left.iter().filter_map(|c| c.place).min();
        let due = |c: &Candidate| {
            c.place.is_some_and(|place| Some(place) == lowest && (place.max(1) <= next_place || !free_left))
        };
        let pool: Vec<Candidate> = if left.iter().any(due) {
            left.iter().copied().filter(due).collect()
        } else {
            left.iter().copied().filter(|c| c.place.is_none()).collect()
        };
        let best = pool
            .iter()
            .find(|a| pool.iter().all(|b| a.family == b.family || before(criteria, a, b)))
            .copied()
            .expect("one is best");
        left.retain(|c| c.family != best.family);
        order.push(best);
    }
    order
}

/// Chosen by counting anew, for each family in turn, who was chosen before it.
fn plain_choice(order: &[Candidate], ranking: &Ranking, quota: &Quota) -> BTreeSet<i64> {
    let mut chosen: Vec<Candidate> = Vec::new();
    for c in order {
        let kecamatan = |c: &Candidate| c.village / 10_000;
        let in_village = chosen.iter().filter(|o| o.village == c.village).count() as u32;
        let in_kecamatan = chosen.iter().filter(|o| kecamatan(o) == kecamatan(c)).count() as u32;
        let fits = ranking.limits.village(c.village).is_none_or(|most| in_village < most)
            && ranking.limits.subdistrict(c.village).is_none_or(|most| in_kecamatan < most)
            && quota.families.is_none_or(|most| (chosen.len() as u32) < most)
            && quota.ceiling.is_none_or(|ceiling| quota.unit.0 * (chosen.len() as i64 + 1) <= ceiling.0);
        if fits {
            chosen.push(*c);
        }
    }
    chosen.into_iter().map(|c| c.family).collect()
}

fn chosen(ranking: &Ranking) -> BTreeSet<i64> {
    let selected = ranking.lines.iter().filter(|line| line.outcome.state() == LineState::Selected);
    selected.map(|line| line.family).collect()
}

proptest! {
    #[test]
    fn the_result_is_that_of_the_plain_implementation(c in candidates(), criteria in criteria(), quota in quota()) {
        let ranking = rank(&c, &criteria, &quota);
        let order = plain_order(&c, &criteria);
        let ranked: Vec<i64> = ranking.lines.iter().filter(|l| l.outcome.rank().is_some()).map(|l| l.family).collect();
        prop_assert_eq!(&ranked, &order.iter().map(|c| c.family).collect::<Vec<_>>());
        prop_assert_eq!(chosen(&ranking), plain_choice(&order, &ranking, &quota));
    }

    #[test]
    fn no_limit_is_ever_exceeded(c in candidates(), criteria in criteria(), quota in quota()) {
        let ranking = rank(&c, &criteria, &quota);
        prop_assert!(quota.ceiling.is_none_or(|ceiling| ranking.amount <= ceiling));
        prop_assert!(quota.families.is_none_or(|most| ranking.selected <= most));
        let mut by_area: BTreeMap<i64, u32> = BTreeMap::new();
        for line in ranking.lines.iter().filter(|line| line.outcome.state() == LineState::Selected) {
            *by_area.entry(line.village).or_default() += 1;
            *by_area.entry(line.village / 10_000 * 10_000).or_default() += 1;
        }
        for (area, number) in &quota.areas {
            prop_assert!(by_area.get(&area.number()).copied().unwrap_or(0) <= *number, "{area}");
        }
        for village in VILLAGES {
            let own = quota.areas.contains_key(&AreaCode::from_number(village).expect("a village"));
            if let Some(most) = quota.each_village.filter(|_| !own && quota.spread != Spread::Villages) {
                prop_assert!(by_area.get(&village).copied().unwrap_or(0) <= most);
            }
        }
    }

    #[test]
    fn every_candidate_has_one_line_and_the_numbers_add_up(c in candidates(), criteria in criteria(), quota in quota()) {
        let ranking = rank(&c, &criteria, &quota);
        let families: BTreeSet<i64> = ranking.lines.iter().map(|line| line.family).collect();
        prop_assert_eq!((ranking.lines.len(), families.len()), (c.len(), c.len()));
        let count = |state| ranking.lines.iter().filter(|line| line.outcome.state() == state).count();
        prop_assert_eq!(count(LineState::Selected) as u32, ranking.selected);
        prop_assert_eq!(count(LineState::Selected) + count(LineState::Reserve), ranking.eligible as usize);
        prop_assert_eq!(ranking.amount, Rupiah(quota.unit.0 * i64::from(ranking.selected)));
        let ranks: Vec<u32> = ranking.lines.iter().filter_map(|line| line.outcome.rank()).collect();
        prop_assert_eq!(ranks, (1..=ranking.eligible).collect::<Vec<_>>());
    }

    #[test]
    fn the_order_of_the_input_changes_nothing(
        (given, shuffled) in candidates().prop_flat_map(|c| (Just(c.clone()), Just(c).prop_shuffle())),
        criteria in criteria(),
        quota in quota(),
    ) {
        prop_assert_eq!(rank(&given, &criteria, &quota), rank(&shuffled, &criteria, &quota));
    }

    #[test]
    fn nobody_is_passed_over_without_a_limit_that_was_full(c in candidates(), criteria in criteria(), quota in quota()) {
        let ranking = rank(&c, &criteria, &quota);
        for line in &ranking.lines {
            let Outcome::Reserve { rank, limit, .. } = line.outcome else { continue };
            let ahead = ranking.lines.iter().filter(|other| {
                other.outcome.state() == LineState::Selected && other.outcome.rank().is_some_and(|other| other < rank)
            });
            let (full, most) = match limit {
                Limit::Village => (ahead.filter(|o| o.village == line.village).count() as u32, ranking.limits.village(line.village)),
                Limit::Subdistrict => {
                    let same = |village: i64| village / 10_000 == line.village / 10_000;
                    (ahead.filter(|o| same(o.village)).count() as u32, ranking.limits.subdistrict(line.village))
                }
                Limit::Total => (ahead.count() as u32, ranking.limits.families),
                Limit::Ceiling => (ahead.count() as u32, ranking.limits.paid),
            };
            prop_assert_eq!(Some(full), most, "family {}", line.family);
        }
    }

    #[test]
    fn a_tie_is_only_told_where_points_are_equal(c in candidates(), criteria in criteria(), quota in quota()) {
        let ranking = rank(&c, &criteria, &quota);
        for line in &ranking.lines {
            if let Outcome::Reserve { score, cut, tie: Some(tie), .. } = line.outcome {
                prop_assert_eq!(cut.map(|cut| cut.score), Some(score));
                prop_assert!(tie.own < tie.other);
            }
        }
    }

    #[test]
    fn the_parts_of_a_score_add_up_and_stay_below_the_most(facts in facts(), criteria in criteria()) {
        let score = score(&criteria, &facts);
        prop_assert_eq!(score.parts.iter().map(|part| part.points()).sum::<Points>(), score.total);
        prop_assert!(score.total <= criteria.most());
    }

    #[test]
    fn shares_add_up_and_nobody_gets_more_than_its_weight(total in 0_u32..200, weights in vec(0_u32..50, 0..12)) {
        let weights: BTreeMap<i64, u32> = (1_i64..).zip(weights).collect();
        let shares = apportion(total, &weights);
        let sum: u32 = weights.values().sum();
        prop_assert_eq!(shares.values().sum::<u32>(), total.min(sum));
        for (code, share) in &shares {
            prop_assert!(*share <= weights[code]);
        }
    }

    #[test]
    fn facts_survive_the_way_to_the_database_and_back(facts in facts()) {
        let json = serde_json::to_string(&facts).expect("writes");
        prop_assert_eq!(serde_json::from_str::<Facts>(&json).expect("reads"), facts);
    }
}
