//! Words and rules of the delivery chain: types, states, transitions, checks.
//!
//! Pure: no IO, no async, no SQL, no HTTP, no clock, no randomness. Time and randomness are passed in.
//! Values are parsed at the edge into the types of [`area`], [`identity`] and [`money`], and trusted inside.
//! One module per stage of the chain holds that stage's states and rules.

pub mod access;
pub mod address;
pub mod area;
pub mod area_list;
pub mod calendar;
pub mod codes;
pub mod delivery;
pub mod household;
pub mod identity;
pub mod lists;
pub mod money;
pub mod monitoring;
pub mod name;
pub mod programmes;
pub mod quality;
pub mod search;
pub mod targeting;
pub mod verification;
mod words;

pub use area::{AreaCode, Level};
pub use identity::{FamilyCard, Nik, Sex};
pub use money::Rupiah;
