//! Lists: versions of every source, uploading, what is wrong with each row, what a commit would change, the commit.
//!
//! Files come in ([`intake`]) and are looked at ([`inspect`]), a job reads them ([`reading`], [`jobs`]), a person commits.
//! The command line goes the same way ([`command`]) and prints the report as JSON lines ([`report`]).

pub mod command;
pub mod inspect;
pub mod intake;
pub mod jobs;
pub mod reading;
pub mod report;

pub use command::bring_in;
