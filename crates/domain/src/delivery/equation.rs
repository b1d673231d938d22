//! The equation of an event: planned = received + by proxy + absent + failed + reassigned, and while it is open + waiting.
//!
//! It is always computed from the lines, never kept. Three things keep it honest:
//! - A replacement's line ([`Origin::Replacement`]) carries the money of the line it came from, so it is not planned a
//!   second time: the reassigned part equals what the replacements' lines say among themselves.
//! - A line planned again in another event stays absent or failed in its own event, whose equation it belongs to;
//!   it is only no longer *unsettled*. The new line belongs to the new event's equation. Over several events of a stage
//!   therefore only the last line of each chain counts.
//! - Money given back does not change what happened on the day: an absent family was absent. It settles the line.

use serde::{Deserialize, Serialize};

use crate::{delivery::LineState, money::Rupiah, words::closed_words};

closed_words! {
    /// Where a line comes from.
    Origin {
        /// Planned from an enrolment.
        First = "first",
        /// Planned again after an absence or failure in an earlier event.
        Rescheduled = "rescheduled",
        /// Takes over the money of a reassigned line of the same event.
        Replacement = "replacement",
    }
}

closed_words! {
    /// What became of a line that was not paid.
    Settlement {
        Open = "open",
        Rescheduled = "rescheduled",
        Returned = "returned",
    }
}

/// Families and their rupiah.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub families: i64,
    pub amount: Rupiah,
}

impl Share {
    pub const fn new(families: i64, amount: i64) -> Self {
        Self { families, amount: Rupiah(amount) }
    }
}

impl std::ops::Add for Share {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { families: self.families + other.families, amount: self.amount + other.amount }
    }
}

impl std::ops::Sub for Share {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { families: self.families - other.families, amount: self.amount - other.amount }
    }
}

impl std::ops::AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// The lines of one kind, counted by the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    pub state: LineState,
    pub origin: Origin,
    pub settlement: Settlement,
    pub share: Share,
}

/// The parts of the whole, as they stand now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equation {
    /// What was planned when the event was set up.
    pub planned: Share,
    pub received: Share,
    pub proxy: Share,
    pub absent: Share,
    pub failed: Share,
    pub reassigned: Share,
    pub waiting: Share,
    /// The replacements' lines, which share out the reassigned part.
    pub replacements: Replacements,
    /// Not paid, planned again in another event.
    pub rescheduled: Share,
    /// Not paid, given back.
    pub returned: Share,
    /// Not paid and neither planned again nor given back.
    pub unsettled: Share,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacements {
    pub paid: Share,
    pub unpaid: Share,
    pub waiting: Share,
}

impl Equation {
    /// `planned` comes from the event as it was set up, the rest from its lines.
    pub fn of(planned: Share, groups: impl IntoIterator<Item = Group>) -> Self {
        let mut equation = Self { planned, ..Self::default() };
        for group in groups {
            equation.add(group);
        }
        equation
    }

    fn add(&mut self, group: Group) {
        let Group { state, origin, settlement, share } = group;
        if state.is_unpaid_end() {
            *match settlement {
                Settlement::Open => &mut self.unsettled,
                Settlement::Rescheduled => &mut self.rescheduled,
                Settlement::Returned => &mut self.returned,
            } += share;
        }
        let part = if origin == Origin::Replacement {
            match state {
                LineState::Received | LineState::Proxy => &mut self.replacements.paid,
                LineState::Absent | LineState::Failed => &mut self.replacements.unpaid,
                // a replacement is not replaced again: its line is marked failed and planned anew
                LineState::Planned | LineState::Reassigned => &mut self.replacements.waiting,
            }
        } else {
            match state {
                LineState::Planned => &mut self.waiting,
                LineState::Received => &mut self.received,
                LineState::Proxy => &mut self.proxy,
                LineState::Absent => &mut self.absent,
                LineState::Failed => &mut self.failed,
                LineState::Reassigned => &mut self.reassigned,
            }
        };
        *part += share;
    }

    /// The parts taken together.
    pub fn accounted(&self) -> Share {
        self.received + self.proxy + self.absent + self.failed + self.reassigned + self.waiting
    }

    /// What the parts lack of the plan; nothing when all is well.
    pub fn difference(&self) -> Share {
        self.planned - self.accounted()
    }

    /// Whether the parts make the whole, to the family and the rupiah.
    pub fn adds_up(&self) -> bool {
        self.difference() == Share::default()
    }

    /// Whether it adds up and the reassigned part is shared out among its replacements: true of an event as a whole,
    /// while a replacement may live in another village than the family it replaces.
    pub fn holds(&self) -> bool {
        let shared_out = self.replacements.paid + self.replacements.unpaid + self.replacements.waiting;
        self.adds_up() && shared_out == self.reassigned
    }

    /// Handed over, to whomever.
    pub fn paid(&self) -> Share {
        self.received + self.proxy + self.replacements.paid
    }

    /// Not handed over for good: absent and failed, replacements among them.
    pub fn unpaid(&self) -> Share {
        self.absent + self.failed + self.replacements.unpaid
    }

    /// Lines nobody has marked yet; an event closes when there are none.
    pub fn still_waiting(&self) -> Share {
        self.waiting + self.replacements.waiting
    }
}

/// How far a stage is, over all its events: only the last line of each chain counts, whoever holds it.
/// planned = paid + waiting + unsettled + returned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The first line of each chain.
    pub planned: Share,
    pub paid: Share,
    pub waiting: Share,
    /// Absent or failed, and not yet planned again or given back.
    pub unsettled: Share,
    pub returned: Share,
}

impl Progress {
    /// From groups of lines. A line with a successor (planned again, or reassigned) counts by its successor.
    pub fn of(groups: impl IntoIterator<Item = Group>) -> Self {
        let mut progress = Self::default();
        for Group { state, origin, settlement, share } in groups {
            if origin == Origin::First {
                progress.planned += share;
            }
            match (state, settlement) {
                (LineState::Reassigned, _) | (_, Settlement::Rescheduled) => {}
                (LineState::Planned, _) => progress.waiting += share,
                (LineState::Received | LineState::Proxy, _) => progress.paid += share,
                (LineState::Absent | LineState::Failed, Settlement::Returned) => progress.returned += share,
                (LineState::Absent | LineState::Failed, Settlement::Open) => progress.unsettled += share,
            }
        }
        progress
    }

    pub fn holds(&self) -> bool {
        self.planned == self.paid + self.waiting + self.unsettled + self.returned
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn group(state: LineState, origin: Origin, settlement: Settlement, families: i64) -> Group {
        Group { state, origin, settlement, share: Share::new(families, families * 1_500_000) }
    }

    #[test]
    fn the_handover_of_december_adds_up_to_the_rupiah() {
        use LineState::{Absent, Failed, Planned, Proxy, Reassigned, Received};
        let planned = Share::new(1_160, 1_740_000_000);
        let equation = Equation::of(
            planned,
            [
                group(Received, Origin::First, Settlement::Open, 1_042),
                group(Proxy, Origin::First, Settlement::Open, 51),
                group(Reassigned, Origin::First, Settlement::Open, 6),
                group(Received, Origin::Replacement, Settlement::Open, 5),
                group(Planned, Origin::Replacement, Settlement::Open, 1),
                group(Absent, Origin::First, Settlement::Rescheduled, 30),
                group(Absent, Origin::First, Settlement::Returned, 3),
                group(Absent, Origin::First, Settlement::Open, 5),
                group(Failed, Origin::First, Settlement::Open, 9),
                group(Planned, Origin::First, Settlement::Open, 14),
            ],
        );
        assert!(equation.holds());
        assert_eq!(equation.absent, Share::new(38, 57_000_000));
        assert_eq!(equation.paid(), Share::new(1_098, 1_647_000_000));
        assert_eq!(equation.still_waiting(), Share::new(15, 22_500_000));
        assert_eq!(equation.unsettled, Share::new(14, 21_000_000));
        assert_eq!(equation.rescheduled.families + equation.returned.families, 33);
    }

    #[test]
    fn a_line_that_got_lost_is_seen() {
        let equation =
            Equation::of(Share::new(2, 3_000_000), [group(LineState::Received, Origin::First, Settlement::Open, 1)]);
        assert!(!equation.holds());
        assert_eq!(equation.difference(), Share::new(1, 1_500_000));
    }

    #[test]
    fn a_chain_of_lines_counts_once() {
        use LineState::{Absent, Failed, Reassigned, Received};
        // one reassigned, its replacement failed and was planned again and paid; one absent, planned again, absent again
        let progress = Progress::of([
            group(Reassigned, Origin::First, Settlement::Open, 1),
            group(Failed, Origin::Replacement, Settlement::Rescheduled, 1),
            group(Received, Origin::Rescheduled, Settlement::Open, 1),
            group(Absent, Origin::First, Settlement::Rescheduled, 1),
            group(Absent, Origin::Rescheduled, Settlement::Returned, 1),
        ]);
        assert!(progress.holds());
        assert_eq!((progress.planned.families, progress.paid.families, progress.returned.families), (2, 1, 1));
    }

    proptest! {
        /// What was brought and not handed over is exactly what is still waiting or not paid.
        #[test]
        fn what_is_left_is_what_waits_or_was_not_paid(counts in proptest::array::uniform8(0_i64..400)) {
            use LineState::{Absent, Failed, Planned, Proxy, Reassigned, Received};
            let [received, proxy, absent, failed, waiting, paid_on, unpaid_on, waiting_on] = counts;
            let reassigned = paid_on + unpaid_on + waiting_on;
            let all = received + proxy + absent + failed + waiting + reassigned;
            let equation = Equation::of(Share::new(all, all * 1_500_000), [
                group(Received, Origin::First, Settlement::Open, received),
                group(Proxy, Origin::Rescheduled, Settlement::Open, proxy),
                group(Absent, Origin::First, Settlement::Returned, absent),
                group(Failed, Origin::First, Settlement::Open, failed),
                group(Planned, Origin::First, Settlement::Open, waiting),
                group(Reassigned, Origin::First, Settlement::Open, reassigned),
                group(Received, Origin::Replacement, Settlement::Open, paid_on),
                group(Failed, Origin::Replacement, Settlement::Rescheduled, unpaid_on),
                group(Planned, Origin::Replacement, Settlement::Open, waiting_on),
            ]);
            prop_assert!(equation.holds());
            prop_assert_eq!(equation.planned - equation.paid(), equation.unpaid() + equation.still_waiting());
            prop_assert_eq!(equation.unsettled + equation.rescheduled + equation.returned, equation.unpaid());
        }
    }
}
