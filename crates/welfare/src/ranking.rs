//! Putting families in order and choosing among them within the limits.

use std::{cmp::Ordering, collections::HashMap};

use domain::{
    Rupiah,
    targeting::{Criteria, Exclusion, LineState, Points, Quota, TieBreak, Why},
};
use serde::{Deserialize, Serialize};

use crate::{Facts, Limits, quotas::subdistrict, scoring};

/// A family before it is ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub family: i64,
    /// The village's number.
    pub village: i64,
    pub facts: Facts,
    /// Set when the family is not to be ranked.
    pub excluded: Option<Exclusion>,
    /// The place a person gave it, from 1.
    pub place: Option<u32>,
}

/// A limit that kept a family from being chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    Village,
    Subdistrict,
    Total,
    Ceiling,
}

/// The last family chosen where the limit applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    pub rank: u32,
    pub score: Points,
}

/// As many points as the last one chosen, but behind it by this tie-break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TieLost {
    pub by: TieBreak,
    /// This family's value and that of the last one chosen; see [`tie_value`].
    pub own: i64,
    pub other: i64,
}

/// What became of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Selected { rank: u32, score: Points, placed: bool },
    Reserve { rank: u32, score: Points, number: u32, limit: Limit, cut: Option<Cut>, tie: Option<TieLost> },
    Excluded(Exclusion),
}

impl Outcome {
    pub const fn state(&self) -> LineState {
        match self {
            Self::Selected { .. } => LineState::Selected,
            Self::Reserve { .. } => LineState::Reserve,
            Self::Excluded(_) => LineState::Excluded,
        }
    }

    pub const fn rank(&self) -> Option<u32> {
        match self {
            Self::Selected { rank, .. } | Self::Reserve { rank, .. } => Some(*rank),
            Self::Excluded(_) => None,
        }
    }

    pub const fn score(&self) -> Option<Points> {
        match self {
            Self::Selected { score, .. } | Self::Reserve { score, .. } => Some(*score),
            Self::Excluded(_) => None,
        }
    }

    /// The code of the reason: a [`Why`] or an [`Exclusion`].
    pub const fn why(&self) -> &'static str {
        match self {
            Self::Selected { placed: true, .. } => Why::Placed.as_str(),
            Self::Selected { .. } => Why::Score.as_str(),
            Self::Reserve { tie: Some(_), .. } => Why::Tie.as_str(),
            Self::Reserve { limit: Limit::Village, .. } => Why::VillageFull.as_str(),
            Self::Reserve { limit: Limit::Subdistrict, .. } => Why::SubdistrictFull.as_str(),
            Self::Reserve { limit: Limit::Total, .. } => Why::TotalFull.as_str(),
            Self::Reserve { limit: Limit::Ceiling, .. } => Why::Ceiling.as_str(),
            Self::Excluded(exclusion) => exclusion.as_str(),
        }
    }
}

/// A family and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub family: i64,
    pub village: i64,
    pub outcome: Outcome,
}

/// The result: every candidate once, ranked ones by rank, then those not ranked by family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    pub lines: Vec<Line>,
    /// Families ranked.
    pub eligible: u32,
    pub selected: u32,
    /// What the chosen cost together.
    pub amount: Rupiah,
    /// The numbers that were kept to.
    pub limits: Limits,
}

/// How a tie-break sees a family; the higher value comes first. Days and desils are negated, nothing known comes last.
pub fn tie_value(tie: TieBreak, family: i64, facts: &Facts) -> i64 {
    use domain::targeting::MemberKind::{Dependant, Elderly, Member, UnderFive};
    let count = |kind| i64::from(facts.members.of(kind));
    match tie {
        TieBreak::MoreDependants => count(Dependant),
        TieBreak::MoreMembers => count(Member),
        TieBreak::MoreUnderFive => count(UnderFive),
        TieBreak::MoreElderly => count(Elderly),
        TieBreak::MoreNeeds => i64::from(facts.needs.len()),
        TieBreak::LowerDesil => -facts.desil.map_or(i64::from(u8::MAX), i64::from),
        TieBreak::EarlierVisit => -facts.visited_on.map_or(i64::from(u32::MAX), i64::from),
        TieBreak::EarlierRegistered => -family,
    }
}

struct Scored<'a> {
    candidate: &'a Candidate,
    score: Points,
}

impl Scored<'_> {
    fn value(&self, tie: TieBreak) -> i64 {
        tie_value(tie, self.candidate.family, &self.candidate.facts)
    }
}

/// The ties in the order stated, and behind them the family registered first, so that the order is never open.
fn all_ties(criteria: &Criteria) -> Vec<TieBreak> {
    let stated = criteria.ties.iter().copied().take_while(|tie| *tie != TieBreak::EarlierRegistered);
    stated.chain([TieBreak::EarlierRegistered]).collect()
}

fn compare(ties: &[TieBreak], a: &Scored<'_>, b: &Scored<'_>) -> Ordering {
    let by_score = b.score.cmp(&a.score);
    ties.iter().fold(by_score, |order, tie| order.then_with(|| b.value(*tie).cmp(&a.value(*tie))))
}

/// Ranks the candidates and chooses among them. The same set gives the same result in whatever order it comes.
pub fn rank(candidates: &[Candidate], criteria: &Criteria, quota: &Quota) -> Ranking {
    let ties = all_ties(criteria);
    let eligible = candidates.iter().filter(|candidate| candidate.excluded.is_none());
    let mut scored: Vec<Scored<'_>> =
        eligible.map(|candidate| Scored { candidate, score: scoring::total(criteria, &candidate.facts) }).collect();
    scored.sort_unstable_by(|a, b| compare(&ties, a, b));
    let ordered = with_places(scored);
    let limits = Limits::new(quota, ordered.iter().map(|scored| scored.candidate.village));
    let mut lines = choose(&ordered, &ties, &limits);
    let eligible = ordered.len() as u32;
    let selected = lines.iter().filter(|line| line.outcome.state() == LineState::Selected).count() as u32;
    let mut excluded: Vec<Line> = candidates
        .iter()
        .filter_map(|c| {
            let outcome = Outcome::Excluded(c.excluded?);
            Some(Line { family: c.family, village: c.village, outcome })
        })
        .collect();
    excluded.sort_unstable_by_key(|line| line.family);
    lines.extend(excluded);
    let amount = quota.unit.times(i64::from(selected)).unwrap_or_default();
    Ranking { lines, eligible, selected, amount, limits }
}

/// Puts the families with a place of their own there; the others keep their order around them. Of two with the same place
/// the one with the better score comes first.
fn with_places(ordered: Vec<Scored<'_>>) -> Vec<Scored<'_>> {
    let (mut placed, rest): (Vec<_>, Vec<_>) = ordered.into_iter().partition(|scored| scored.candidate.place.is_some());
    if placed.is_empty() {
        return rest;
    }
    // stable: equal places stay in the order of scores
    placed.sort_by_key(|scored| scored.candidate.place);
    let mut out = Vec::with_capacity(placed.len() + rest.len());
    let mut rest = rest.into_iter();
    for scored in placed {
        let place = scored.candidate.place.map_or(0, |place| place.max(1) as usize);
        while out.len() + 1 < place {
            let Some(next) = rest.next() else { break };
            out.push(next);
        }
        out.push(scored);
    }
    out.extend(rest);
    out
}

/// Where a limit applies: a village, a kecamatan, or everywhere.
type Place = (Limit, i64);

fn choose(ordered: &[Scored<'_>], ties: &[TieBreak], limits: &Limits) -> Vec<Line> {
    let mut chosen = 0_u32;
    let mut reserves = 0_u32;
    let mut taken: HashMap<Place, u32> = HashMap::new();
    let mut last: HashMap<Place, usize> = HashMap::new();
    let mut lines = Vec::with_capacity(ordered.len());
    for (at, scored) in ordered.iter().enumerate() {
        let village = scored.candidate.village;
        let places = [(Limit::Village, village), (Limit::Subdistrict, subdistrict(village)), (Limit::Total, 0)];
        let full = |number: Option<u32>, used: u32| number.is_some_and(|number| used >= number);
        let used = |place: &Place| taken.get(place).copied().unwrap_or(0);
        let limit = if full(limits.village(village), used(&places[0])) {
            Some(Limit::Village)
        } else if full(limits.subdistrict(village), used(&places[1])) {
            Some(Limit::Subdistrict)
        } else if full(limits.families, chosen) {
            Some(Limit::Total)
        } else if full(limits.paid, chosen) {
            Some(Limit::Ceiling)
        } else {
            None
        };
        let rank = at as u32 + 1;
        let score = scored.score;
        let outcome = if let Some(limit) = limit {
            reserves += 1;
            let place = match limit {
                Limit::Village => places[0],
                Limit::Subdistrict => places[1],
                Limit::Total | Limit::Ceiling => places[2],
            };
            let ahead = last.get(&place).copied();
            let cut = ahead.map(|ahead| Cut { rank: ahead as u32 + 1, score: ordered[ahead].score });
            let tie = ahead.and_then(|ahead| tie_lost(ties, scored, &ordered[ahead]));
            Outcome::Reserve { rank, score, number: reserves, limit, cut, tie }
        } else {
            chosen += 1;
            for place in places {
                *taken.entry(place).or_default() += 1;
                last.insert(place, at);
            }
            Outcome::Selected { rank, score, placed: scored.candidate.place.is_some() }
        };
        lines.push(Line { family: scored.candidate.family, village, outcome });
    }
    lines
}

/// The tie-break by which `own` stands behind `ahead`; `None` when points decided, or a person placed one of them.
fn tie_lost(ties: &[TieBreak], own: &Scored<'_>, ahead: &Scored<'_>) -> Option<TieLost> {
    let by_a_person = own.candidate.place.is_some() || ahead.candidate.place.is_some();
    if by_a_person || own.score != ahead.score {
        return None;
    }
    let by = ties.iter().copied().find(|tie| own.value(*tie) != ahead.value(*tie))?;
    Some(TieLost { by, own: own.value(by), other: ahead.value(by) })
}
