//! Targeting: from the verified families of a round to a signed decree, and an answer for everybody else.
//!
//! [`criteria`] and [`quota`] are the rule an office sets; `welfare` applies it. [`standing`] says who is not ranked and
//! why, [`state`] which steps a determination and a referral may take and by whom, [`decree`] what a decree needs.

pub mod criteria;
pub mod decree;
pub mod quota;
pub mod standing;
pub mod state;

pub use criteria::{Condition, Criteria, CriteriaFault, MemberKind, Need, PerMember, Points, TieBreak};
pub use decree::{DecreeFault, Signer};
pub use quota::{Quota, QuotaFault, Spread};
pub use standing::{Aid, Exclusion, Livelihood, Receiving, Record, Treatment};
pub use state::{Act, DeterminationState, LineState, NotAllowed, ReferralAct, ReferralKind, ReferralState, Why};
