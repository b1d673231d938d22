//! Lists: versions and their files, rows kept raw with their reading, findings, and the way into the registry.
//!
//! A version begins as a draft with files ([`versions`]); its rows stream in ([`rows`]); what only the whole version tells
//! is added ([`check`]); [`preview`] says what a commit would change; [`commit`] does it in one transaction of set-based
//! statements. Which row is which person and family is decided in one place, [`link`]. Pages and reports read through
//! [`show`]; [`compare`] holds two committed versions against each other; [`permission`] says for what and until when a list
//! may be used. [`undo`] takes a committed version back. A source row never changes: [`corrections`] and links stand beside it,
//! [`correct`] lets the reading follow them. [`formats`] keeps the layouts made by hand.

mod changes;
pub mod check;
pub mod commit;
pub mod compare;
pub mod correct;
pub mod corrections;
pub mod formats;
pub mod link;
mod memory;
pub mod permission;
pub mod preview;
pub mod rows;
pub mod show;
pub mod undo;
pub mod versions;

use domain::lists::{CorrectionState, VersionState};

pub use commit::{Committed, commit, commit_because};
pub use preview::Difference;
pub use undo::{Consequences, Undone, consequences, undo};
pub use versions::{File, NewFile, NewVersion, Version};

/// Why an operation on a list was refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no such list version")]
    Unknown,
    #[error("a version that is {} cannot become {}", .0.as_str(), .1.as_str())]
    State(VersionState, VersionState),
    #[error("a correction that is {} cannot become {}", .0.as_str(), .1.as_str())]
    Correction(CorrectionState, CorrectionState),
    #[error("the list was corrected otherwise meanwhile")]
    Meanwhile,
    #[error("there is another format of that name")]
    FormatThere,
    #[error("the version has no file that can be read")]
    NoFile,
    #[error("a reason is needed")]
    NoReason,
    #[error("no areas were loaded, so that no village can be told")]
    NoAreas,
    #[error(transparent)]
    Store(#[from] crate::Error),
}

pub type Result<T> = std::result::Result<T, Error>;
