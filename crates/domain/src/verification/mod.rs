//! Verification: what is asked in the field, what an answer must be, and what follows from it.
//!
//! [`form`] is a questionnaire as data, apart from any rendering; [`answers`] is what a visitor filled in; [`check`] turns
//! it into a [`Finding`] or says what is wrong; [`outcome`] joins found, outcome and reason; [`visits`] says what happens
//! when a family is visited more than once; [`round`] and [`minutes`] hold the rules of a round and of a deliberation.
//! What a list said about the same question is read by [`said`]. The tables in `specs/` are the rules in words, and tests.

pub mod answers;
pub mod check;
pub mod form;
pub mod minutes;
pub mod outcome;
pub mod round;
pub mod said;
pub mod visits;

#[cfg(test)]
mod specs;

pub use answers::{Answers, Correction, Known, KnownMember, MemberFinding, Position};
pub use check::{Channel, Fault, Finding, What, conclude};
pub use form::{Form, Kind, Question, Screen, Step, form};
pub use outcome::{Found, Outcome};
pub use visits::{Placement, Version, Visitor, place};
