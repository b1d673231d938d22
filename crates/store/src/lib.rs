//! The database: one handle for SQLite and PostgreSQL, migrations, one file of queries per stage, bulk loading.
//!
//! The way in is [`Store`]. Reading goes through [`Reading`], changing through [`Change`] (one transaction, which also
//! writes the journal); both carry the [`Actor`] with the area scope. SQL is written once, in the dialect both databases
//! share, and is only accepted as a [`sql!`] literal: a literal that touches family data without naming the scope does
//! not compile. No query leaves this crate; the server calls functions named after what an office does.

pub mod access;
pub mod areas;
pub mod attachments;
pub mod bulk;
pub mod connect;
pub mod delivery;
pub mod jobs;
pub mod journal;
pub mod lists;
pub mod migrate;
pub mod monitoring;
pub mod papers;
pub mod programmes;
pub mod query;
pub mod registry;
pub mod targeting;
pub mod verification;

pub use connect::{Actor, Change, Error, Outage, Reading, Result, Scope, Store};
pub use query::{Handle, Query, Sql};
