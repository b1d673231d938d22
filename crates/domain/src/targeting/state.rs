//! The steps of a determination, of a line of it, and of the answer a family gets that was not chosen.

use crate::{access::Right, words::closed_words};

closed_words! {
    /// Where a determination stands.
    DeterminationState {
        /// Being drafted by the office.
        Draft = "draft",
        /// Before the head of office.
        Proposed = "proposed",
        /// Sent back with a reason.
        Returned = "returned",
        /// A decree: nothing of it changes any more.
        Signed = "signed",
    }
}

closed_words! {
    /// What can be done with a determination.
    Act {
        /// Change the rule, rank anew, put a family elsewhere.
        Revise = "revise",
        Propose = "propose",
        Return = "return",
        Sign = "sign",
        /// Answer families that were not chosen.
        Answer = "answer",
    }
}

impl Act {
    /// Who may do it.
    pub const fn right(self) -> Right {
        match self {
            Self::Revise | Self::Propose | Self::Answer => Right::DraftDetermination,
            Self::Return | Self::Sign => Right::SignDetermination,
        }
    }
}

/// The step is not open from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a determination that is {state} cannot {act}")]
pub struct NotAllowed {
    pub state: DeterminationState,
    pub act: Act,
}

impl DeterminationState {
    /// Where the step leads.
    pub const fn after(self, act: Act) -> Result<Self, NotAllowed> {
        match (self, act) {
            (Self::Draft | Self::Returned, Act::Revise) => Ok(Self::Draft),
            (Self::Draft, Act::Propose) => Ok(Self::Proposed),
            (Self::Proposed, Act::Return) => Ok(Self::Returned),
            (Self::Proposed, Act::Sign) | (Self::Signed, Act::Answer) => Ok(Self::Signed),
            (state, act) => Err(NotAllowed { state, act }),
        }
    }

    pub const fn may(self, act: Act) -> bool {
        self.after(act).is_ok()
    }
}

closed_words! {
    /// Where a family stands in a determination.
    LineState {
        Selected = "selected",
        /// Ranked, behind a limit.
        Reserve = "reserve",
        /// Not ranked.
        Excluded = "excluded",
    }
}

closed_words! {
    /// Why a ranked family stands where it stands. Why one is not ranked says [`super::Exclusion`].
    Why {
        /// Chosen by its score.
        Score = "score",
        /// A person gave it this place.
        Placed = "placed",
        /// Its village has no place left.
        VillageFull = "quota_village",
        /// Its kecamatan has no place left.
        SubdistrictFull = "quota_subdistrict",
        /// All places are taken.
        TotalFull = "quota_total",
        /// The money does not reach.
        Ceiling = "ceiling",
        /// As many points as the last one chosen, behind by a tie-break.
        Tie = "tie",
    }
}

closed_words! {
    /// What a family that was not chosen is told.
    ReferralKind {
        /// Handed to another agency.
        Referred = "referred",
        /// Refused, with a reason.
        Refused = "refused",
    }
}

closed_words! {
    /// Where an answer stands. A declined referral is no answer any more: the office must find another.
    ReferralState {
        /// With the agency, which has said nothing yet.
        Sent = "sent",
        Accepted = "accepted",
        Declined = "declined",
        Served = "served",
        /// Refused by the office: nothing follows.
        Closed = "closed",
    }
}

closed_words! {
    /// What an agency does with a family handed to it.
    ReferralAct {
        Accept = "accept",
        /// With a reason.
        Decline = "decline",
        Serve = "serve",
    }
}

impl ReferralState {
    /// Where the step leads; `None` when it is not open from here.
    pub const fn after(self, act: ReferralAct) -> Option<Self> {
        match (self, act) {
            (Self::Sent, ReferralAct::Accept) => Some(Self::Accepted),
            (Self::Sent | Self::Accepted, ReferralAct::Decline) => Some(Self::Declined),
            (Self::Sent | Self::Accepted, ReferralAct::Serve) => Some(Self::Served),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_determination_only_takes_answers() {
        for act in Act::ALL {
            assert_eq!(DeterminationState::Signed.may(*act), *act == Act::Answer, "{act}");
        }
    }

    #[test]
    fn what_was_returned_is_revised_before_it_is_proposed_again() {
        let returned = DeterminationState::Proposed.after(Act::Return).expect("open");
        assert!(!returned.may(Act::Propose));
        assert_eq!(
            returned.after(Act::Revise).and_then(|draft| draft.after(Act::Propose)),
            Ok(DeterminationState::Proposed)
        );
    }

    #[test]
    fn nothing_is_signed_that_was_not_proposed() {
        let open: Vec<_> = DeterminationState::ALL.iter().filter(|state| state.may(Act::Sign)).collect();
        assert_eq!(open, [&DeterminationState::Proposed]);
    }

    #[test]
    fn an_agency_may_decline_what_it_accepted_but_not_what_it_served() {
        assert_eq!(ReferralState::Accepted.after(ReferralAct::Decline), Some(ReferralState::Declined));
        assert_eq!(ReferralState::Served.after(ReferralAct::Decline), None);
        assert_eq!(ReferralState::Declined.after(ReferralAct::Accept), None);
    }
}
