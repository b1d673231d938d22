//! How pages look: components, icons and charts. The map of them is `docs/look.md`.

pub mod charts;
pub mod icons;
pub mod parts;
