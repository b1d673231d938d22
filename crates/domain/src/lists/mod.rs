//! Lists: what a national or local list file says, row by row, and what is wrong with it.
//!
//! A [`format`] describes a file layout, [`recognise`] finds it in a sheet, [`survey`] learns what only the whole file
//! tells, [`read`] turns one row into a [`RowReading`] with its findings. [`faults`] is the closed catalogue of findings,
//! [`report`] the lines an import prints. Files themselves are opened by the `sheets` crate; storing is the store's work.

pub mod areas;
pub mod cell;
pub mod compare;
pub mod corrected;
pub mod dates;
pub mod families;
pub mod faults;
pub mod format;
pub mod guess;
pub mod labels;
pub mod mapped;
pub mod numbers;
pub mod read;
pub mod recognise;
pub mod report;
pub mod survey;
pub mod version;

pub use areas::{AreaIndex, AreaIndexBuilder};
pub use cell::{Cell, Row};
pub use corrected::{CorrectionState, Mark, Overlay};
pub use families::{FamilyKeys, check_families};
pub use faults::{Fault, Finding, Severity};
pub use format::{Format, Kind, Source};
pub use mapped::{MappedField, MappedFormat};
pub use read::{Context, Fields, NumberState, Reader, Relation, RowClass, RowReading, Values};
pub use recognise::{MappedColumn, Mapping, Reason, Recognition, recognise, recognise_among, recognise_as};
pub use survey::{DateOrder, FileFacts, Survey};
pub use version::VersionState;
