//! Delivery: what may happen to a line of an event, and the equation the lines always make.
//!
//! An event hands the aid of one stage to families; each has one line. While the event is open a line is marked
//! received, by proxy, absent, failed or reassigned, and a wrong mark can be taken back with a reason. What is absent or
//! failed is settled later: planned again in another event (a new, linked line), or given back. See [`Equation`].

mod equation;

use serde::{Deserialize, Serialize};

pub use self::equation::{Equation, Group, Origin, Progress, Replacements, Settlement, Share};
use crate::words::closed_words;

closed_words! {
    EventState {
        /// Lines may still be taken out; nobody is served.
        Planned = "planned",
        Open = "open",
        Closed = "closed",
        /// Called off before it opened; its families may be planned again.
        Cancelled = "cancelled",
    }
}

impl EventState {
    pub const fn may_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Planned, Self::Open | Self::Cancelled) | (Self::Open, Self::Closed))
    }
}

closed_words! {
    /// The state of a line. A line leaves `planned` once; only taking the mark back returns it there.
    LineState {
        Planned = "planned",
        Received = "received",
        Proxy = "proxy",
        Absent = "absent",
        Failed = "failed",
        Reassigned = "reassigned",
    }
}

impl LineState {
    /// The money or the goods left our hands.
    pub const fn is_paid(self) -> bool {
        matches!(self, Self::Received | Self::Proxy)
    }

    /// Not handed over, and still to be settled: planned again or given back.
    pub const fn is_unpaid_end(self) -> bool {
        matches!(self, Self::Absent | Self::Failed)
    }
}

closed_words! {
    /// Why a handover failed although somebody came or was looked for.
    FailReason {
        /// The person is not the one on the list, or the KTP does not match.
        IdMismatch = "id_mismatch",
        Moved = "moved",
        Deceased = "deceased",
        Refused = "refused",
        /// Bank account or card unusable.
        Account = "account",
        /// Goods damaged or short.
        Goods = "goods",
        Other = "other",
    }
}

closed_words! {
    /// What shows that the family got it.
    Proof {
        Photo = "photo",
        Signature = "signature",
        Thumb = "thumb",
        /// Signed on the printed receipt sheet.
        Paper = "paper",
    }
}

/// The age from which somebody may receive for the family: that of the identity card.
pub const PROXY_AGE: u32 = 17;

/// Who receives in the place of the head of the family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Proxy {
    /// A member of the same family card.
    Member { person: i64 },
    /// Somebody else with a power of attorney.
    Attorney { name: String, letter: String },
}

/// What is known of a member chosen as proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyMember {
    pub person: i64,
    pub family: i64,
    /// Whole years on the day; `None` when the birth date is unknown.
    pub age: Option<u32>,
    pub alive: bool,
}

/// What an officer marks a line with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    Received { proofs: Vec<Proof> },
    Proxy { proxy: Proxy, proofs: Vec<Proof> },
    Absent,
    Failed { reason: FailReason, note: String },
}

impl Mark {
    pub const fn state(&self) -> LineState {
        match self {
            Self::Received { .. } => LineState::Received,
            Self::Proxy { .. } => LineState::Proxy,
            Self::Absent => LineState::Absent,
            Self::Failed { .. } => LineState::Failed,
        }
    }

    pub fn proofs(&self) -> &[Proof] {
        match self {
            Self::Received { proofs } | Self::Proxy { proofs, .. } => proofs,
            Self::Absent | Self::Failed { .. } => &[],
        }
    }
}

/// Why a mark, or the taking back of one, is refused. The word ends the message key `delivery-...`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("no proof of the handover")]
    NoProof,
    #[error("the proxy is not of this family")]
    ProxyOutsideFamily,
    #[error("the proxy is too young")]
    ProxyTooYoung,
    #[error("the power of attorney is incomplete")]
    AttorneyIncomplete,
    #[error("a reason is missing")]
    ReasonMissing,
    #[error("there is no mark to take back")]
    NothingToUndo,
    #[error("the line was planned again in another event")]
    AlreadyRescheduled,
    #[error("the money was given back")]
    AlreadyReturned,
    #[error("the replacement has been served")]
    ReplacementServed,
}

impl Refusal {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoProof => "no-proof",
            Self::ProxyOutsideFamily => "proxy-outside",
            Self::ProxyTooYoung => "proxy-young",
            Self::AttorneyIncomplete => "attorney",
            Self::ReasonMissing => "reason",
            Self::NothingToUndo => "nothing-to-undo",
            Self::AlreadyRescheduled => "rescheduled",
            Self::AlreadyReturned => "returned",
            Self::ReplacementServed => "replacement-served",
        }
    }
}

/// Whether a waiting line may be marked so. `family` is the line's; `member` what the registry knows of the chosen proxy.
pub fn check_mark(mark: &Mark, family: i64, member: Option<&ProxyMember>) -> Result<(), Refusal> {
    match mark {
        Mark::Received { proofs } if proofs.is_empty() => Err(Refusal::NoProof),
        Mark::Proxy { proxy, proofs } => {
            match proxy {
                Proxy::Member { person } => {
                    let member = member
                        .filter(|m| m.person == *person && m.family == family && m.alive)
                        .ok_or(Refusal::ProxyOutsideFamily)?;
                    if member.age.is_some_and(|age| age < PROXY_AGE) {
                        return Err(Refusal::ProxyTooYoung);
                    }
                }
                Proxy::Attorney { name, letter } => {
                    if name.trim().is_empty() || letter.trim().is_empty() {
                        return Err(Refusal::AttorneyIncomplete);
                    }
                }
            }
            if proofs.is_empty() { Err(Refusal::NoProof) } else { Ok(()) }
        }
        Mark::Failed { reason: FailReason::Other, note } if note.trim().is_empty() => Err(Refusal::ReasonMissing),
        _ => Ok(()),
    }
}

/// Whether the mark of a line may be taken back; `replacement` is the state of the line it was reassigned to.
pub fn check_undo(
    state: LineState,
    settlement: Settlement,
    replacement: Option<LineState>,
    reason: &str,
) -> Result<(), Refusal> {
    match (state, settlement) {
        (LineState::Planned, _) => Err(Refusal::NothingToUndo),
        (_, Settlement::Rescheduled) => Err(Refusal::AlreadyRescheduled),
        (_, Settlement::Returned) => Err(Refusal::AlreadyReturned),
        (LineState::Reassigned, _) if replacement.is_some_and(|state| state != LineState::Planned) => {
            Err(Refusal::ReplacementServed)
        }
        _ if reason.trim().is_empty() => Err(Refusal::ReasonMissing),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(family: i64, age: Option<u32>) -> ProxyMember {
        ProxyMember { person: 5, family, age, alive: true }
    }

    #[test]
    fn a_handover_leaves_a_proof() {
        assert_eq!(check_mark(&Mark::Received { proofs: vec![] }, 1, None), Err(Refusal::NoProof));
        assert_eq!(check_mark(&Mark::Received { proofs: vec![Proof::Thumb] }, 1, None), Ok(()));
    }

    #[test]
    fn a_proxy_is_a_grown_member_of_the_same_family_card() {
        let mark = Mark::Proxy { proxy: Proxy::Member { person: 5 }, proofs: vec![Proof::Signature] };
        for (known, answer) in [
            (Some(member(1, Some(17))), Ok(())),
            (Some(member(1, None)), Ok(())),
            (Some(member(1, Some(16))), Err(Refusal::ProxyTooYoung)),
            (Some(member(2, Some(40))), Err(Refusal::ProxyOutsideFamily)),
            (Some(ProxyMember { alive: false, ..member(1, Some(40)) }), Err(Refusal::ProxyOutsideFamily)),
            (None, Err(Refusal::ProxyOutsideFamily)),
        ] {
            assert_eq!(check_mark(&mark, 1, known.as_ref()), answer, "{known:?}");
        }
    }

    #[test]
    fn anybody_else_needs_a_power_of_attorney() {
        let mark = |letter: &str| Mark::Proxy {
            proxy: Proxy::Attorney { name: "Darsono".into(), letter: letter.into() },
            proofs: vec![Proof::Photo],
        };
        assert_eq!(check_mark(&mark(" "), 1, None), Err(Refusal::AttorneyIncomplete));
        assert_eq!(check_mark(&mark("12/SK/2026"), 1, None), Ok(()));
    }

    #[test]
    fn a_failure_without_a_listed_reason_says_its_own() {
        let mark = |reason, note: &str| Mark::Failed { reason, note: note.into() };
        assert_eq!(check_mark(&mark(FailReason::Other, ""), 1, None), Err(Refusal::ReasonMissing));
        assert_eq!(check_mark(&mark(FailReason::Other, "banjir"), 1, None), Ok(()));
        assert_eq!(check_mark(&mark(FailReason::Moved, ""), 1, None), Ok(()));
    }

    #[test]
    fn a_mark_is_taken_back_only_while_nothing_is_built_on_it() {
        use LineState::{Absent, Planned, Reassigned, Received};
        use Settlement::{Open, Rescheduled, Returned};
        for (state, settlement, replacement, reason, answer) in [
            (Received, Open, None, "salah orang", Ok(())),
            (Received, Open, None, " ", Err(Refusal::ReasonMissing)),
            (Planned, Open, None, "x", Err(Refusal::NothingToUndo)),
            (Absent, Rescheduled, None, "x", Err(Refusal::AlreadyRescheduled)),
            (Absent, Returned, None, "x", Err(Refusal::AlreadyReturned)),
            (Reassigned, Open, Some(Planned), "x", Ok(())),
            (Reassigned, Open, Some(Received), "x", Err(Refusal::ReplacementServed)),
        ] {
            assert_eq!(check_undo(state, settlement, replacement, reason), answer, "{state} {settlement:?}");
        }
    }
}
