//! What tests and the demo are made of: a made-up district (99.01), and the harness that runs a test on both databases.

pub mod builders;
pub mod databases;
pub mod district;
pub mod photos;
