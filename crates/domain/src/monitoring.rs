//! The pipeline of a family through the chain, and the days each stage may take before a family counts as stuck.
//!
//! The limits are reference data: an office changes them; these are what a new installation starts with.

use crate::words::closed_words;

/// Counts of fewer families (or persons) than this are not shown to those who may not see families: few can be
/// recognised by whoever knows the place.
pub const FEWEST: i64 = 5;

/// How a count stands on a page of somebody who sees totals only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Count(i64),
    /// More than none and fewer than [`FEWEST`].
    Few,
    /// Hidden so that a small one beside it cannot be found by subtraction.
    Hidden,
}

impl Shown {
    /// A count that stands alone.
    pub const fn of(count: i64) -> Self {
        if count > 0 && count < FEWEST { Self::Few } else { Self::Count(count) }
    }

    /// Parts beside their sum: small ones are hidden, and as many others, smallest first, as it takes that what is
    /// hidden is not told by the sum: two parts at least, and no fewer than [`FEWEST`] families among them.
    pub fn parts(counts: &[i64]) -> Vec<Self> {
        let mut shown: Vec<Self> = counts.iter().map(|count| Self::of(*count)).collect();
        loop {
            let hidden = |at: &usize| !matches!(shown[*at], Self::Count(_));
            let of: Vec<usize> = (0..counts.len()).filter(hidden).collect();
            let sum: i64 = of.iter().map(|at| counts[*at]).sum();
            if of.is_empty() || (of.len() > 1 && sum >= FEWEST) {
                return shown;
            }
            let next = (0..counts.len()).filter(|at| counts[*at] > 0 && !hidden(at)).min_by_key(|at| counts[*at]);
            match next {
                Some(at) => shown[at] = Self::Hidden,
                None => return shown,
            }
        }
    }
}

closed_words! {
    /// A stage of the pipeline, in the order of the chain.
    PipelineStage {
        /// Stands in a round and waits for its visit.
        Verification = "verification",
        /// Found fit, waits for a ranking to be proposed.
        Ranking = "ranking",
        /// Proposed, waits for the signature.
        Signature = "signature",
        /// Verified and not selected, waits for an answer.
        Answer = "answer",
        /// Selected by decree, waits for enrolment.
        Enrolment = "enrolment",
        /// Enrolled, waits for the handover.
        Delivery = "delivery",
    }
}

impl PipelineStage {
    /// Days a family may wait here before it is stuck, unless the office has set another limit.
    pub const fn default_limit(self) -> i64 {
        match self {
            Self::Verification => 14,
            Self::Ranking => 21,
            Self::Signature | Self::Enrolment => 7,
            Self::Answer | Self::Delivery => 30,
        }
    }

    /// The name of the setting that holds another limit.
    pub fn setting(self) -> String {
        format!("limit.{self}_days")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_not_told_and_cannot_be_found_by_subtraction() {
        use Shown::{Count, Few, Hidden};
        assert_eq!([0, 1, 4, 5].map(Shown::of), [Count(0), Few, Few, Count(5)]);
        assert_eq!(Shown::parts(&[20, 3, 7, 0]), [Count(20), Few, Hidden, Count(0)], "7 is hidden too");
        assert_eq!(Shown::parts(&[20, 3, 4]), [Count(20), Few, Few]);
        assert_eq!(Shown::parts(&[20, 1, 2]), [Hidden, Few, Few], "three families in two villages are few in all");
        assert_eq!(Shown::parts(&[20, 30]), [Count(20), Count(30)]);
        assert_eq!(Shown::parts(&[3]), [Few]);
        assert_eq!(Shown::parts(&[0, 0]), [Count(0), Count(0)]);
    }
}
