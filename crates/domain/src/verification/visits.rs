//! A family visited more than once. The same person's later visit replaces their earlier one; two people who find
//! different things are a conflict in which neither replaces the other, until the office decides. The table is
//! `specs/two_visits.md`.

use std::collections::BTreeMap;

use super::{answers::Correction, check::Finding, outcome::Outcome};

/// Who visited. A workbook knows people by name only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visitor {
    User(i64, String),
    Named(String),
}

impl Visitor {
    /// The same person: the same user, or the same name where one of the two came by workbook.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::User(a, _), Self::User(b, _)) => a == b,
            (Self::User(_, a) | Self::Named(a), Self::User(_, b) | Self::Named(b)) => {
                crate::name::name_key(a) == crate::name::name_key(b)
            }
        }
    }
}

/// What a visit found, as far as two visits are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    pub reason: Option<String>,
    pub answers: BTreeMap<String, Vec<String>>,
    pub needs: Vec<String>,
    pub corrections: Vec<Correction>,
}

impl From<&Finding> for Compared {
    fn from(finding: &Finding) -> Self {
        Self {
            reason: finding.reason.clone(),
            answers: finding.answers.clone(),
            needs: finding.needs.clone(),
            corrections: finding.all_corrections(),
        }
    }
}

/// A version of the truth that has not been replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub id: i64,
    pub visitor: Visitor,
    pub outcome: Outcome,
    pub compared: Compared,
}

impl Version {
    /// Whether both say the same: outcome, reason, needs, corrections, and every answer both gave.
    pub fn agrees(&self, other: &Self) -> bool {
        let (a, b) = (&self.compared, &other.compared);
        let common = a.answers.iter().all(|(question, values)| b.answers.get(question).is_none_or(|v| v == values));
        self.outcome == other.outcome
            && a.reason == b.reason
            && a.needs == b.needs
            && a.corrections == b.corrections
            && common
    }
}

/// What a new visit does to those before it. A version not replaced lives; one that lives alone stands, several are a
/// conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// It stands; those named are replaced by it.
    Stands { replaces: Vec<i64> },
    /// It adds nothing to what others found: recorded beside that version. What the visitor found earlier gives way.
    Beside { beside: i64, replaces: Vec<i64> },
    /// It contradicts the versions of others: none stands until the office decides.
    Conflict { with: Vec<i64>, replaces: Vec<i64> },
}

impl Placement {
    /// The earlier versions that no longer live.
    pub fn replaces(&self) -> &[i64] {
        match self {
            Self::Stands { replaces } | Self::Beside { replaces, .. } | Self::Conflict { replaces, .. } => replaces,
        }
    }
}

/// Places a new visit among the versions that live, oldest first.
pub fn place(live: &[Version], new: &Version) -> Placement {
    let (own, others): (Vec<&Version>, Vec<&Version>) =
        live.iter().partition(|version| version.visitor.is(&new.visitor));
    let ids = |versions: &[&Version]| versions.iter().map(|version| version.id).collect::<Vec<_>>();
    let decisive: Vec<&Version> =
        others.iter().copied().filter(|version| version.outcome != Outcome::Deferred).collect();
    let Some(first) = decisive.first() else {
        // nobody else has met the family: the newest word counts
        return Placement::Stands { replaces: ids(&own).into_iter().chain(ids(&others)).collect() };
    };
    // "nobody at home" says nothing against somebody who met them
    let adds_nothing = new.outcome == Outcome::Deferred || decisive.iter().all(|version| version.agrees(new));
    if adds_nothing {
        Placement::Beside { beside: first.id, replaces: ids(&own) }
    } else {
        Placement::Conflict { with: ids(&decisive), replaces: ids(&own) }
    }
}
