//! The pipeline of a family through the chain, and the days each stage may take before a family counts as stuck.
//!
//! The limits are reference data: an office changes them; these are what a new installation starts with.

use crate::words::closed_words;

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
