//! The made-up district.
