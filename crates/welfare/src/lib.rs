//! Scores, ranking, quotas: what an office's rule says about families, and why.
//!
//! Pure and deterministic: whole numbers only, no clock, no database; the order of the input changes nothing.
//! [`score`] gives points for [`Facts`], [`rank`] orders families and chooses among them within a quota. A person decides
//! with the result before them; nothing here decides. What the rule means is written for officials in `spec/*.md`, and
//! those pages run as tests.

mod facts;
mod quotas;
mod ranking;
mod scoring;

pub use facts::{Facts, Members, Set, Word};
pub use quotas::{Limits, apportion};
pub use ranking::{Candidate, Cut, Limit, Line, Outcome, Ranking, TieLost, rank, tie_value};
pub use scoring::{Part, Score, score};
