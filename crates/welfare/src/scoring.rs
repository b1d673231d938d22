//! Points for the facts of one family, and what they are made of.

use domain::targeting::{Condition, Criteria, MemberKind, Need, Points};
use serde::{Deserialize, Serialize};

use crate::Facts;

/// One piece of a score. Pieces without points are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Part {
    Desil {
        value: u8,
        points: Points,
    },
    Need {
        what: Need,
        points: Points,
    },
    /// `counted` of the `found` members give points.
    Members {
        what: MemberKind,
        found: u8,
        counted: u8,
        points: Points,
    },
    Condition {
        what: Condition,
        points: Points,
    },
}

impl Part {
    pub const fn points(self) -> Points {
        match self {
            Self::Desil { points, .. }
            | Self::Need { points, .. }
            | Self::Members { points, .. }
            | Self::Condition { points, .. } => points,
        }
    }
}

/// A score with its parts, in the order of the criteria; the parts add up to the total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    pub total: Points,
    pub parts: Vec<Part>,
}

/// The score of a family.
pub fn score(criteria: &Criteria, facts: &Facts) -> Score {
    let mut score = Score::default();
    each_part(criteria, facts, |part| {
        score.total = score.total + part.points();
        score.parts.push(part);
    });
    score
}

/// The sum alone, without keeping the parts: for ranking many.
pub(crate) fn total(criteria: &Criteria, facts: &Facts) -> Points {
    let mut total = Points::ZERO;
    each_part(criteria, facts, |part| total = total + part.points());
    total
}

fn each_part(criteria: &Criteria, facts: &Facts, mut take: impl FnMut(Part)) {
    let mut give = |part: Part| {
        if part.points() != Points::ZERO {
            take(part);
        }
    };
    if let Some(value) = facts.desil
        && let Some(points) = criteria.desil.get(&value)
    {
        give(Part::Desil { value, points: *points });
    }
    for (need, points) in criteria.needs.iter().filter(|(need, _)| facts.needs.has(**need)) {
        give(Part::Need { what: *need, points: *points });
    }
    for (kind, per) in &criteria.members {
        let found = facts.members.of(*kind);
        let counted = found.min(per.at_most);
        give(Part::Members { what: *kind, found, counted, points: Points(per.points.0 * i64::from(counted)) });
    }
    for (condition, points) in criteria.conditions.iter().filter(|(condition, _)| facts.conditions.has(**condition)) {
        give(Part::Condition { what: *condition, points: *points });
    }
}
