//! `tuntas link`: who stands more than once in one list, or in both of two. Needs no installation: files in, files out.
//!
//! [`command`] is what one types. [`roles`] finds out which column is what, [`input`] reads CSV, workbooks and Parquet into the
//! matcher's table, [`job`] trains, compares, puts persons together and writes, [`report`] tells what was found, [`words`] says in the
//! user's language what the libraries below tell.
//!
//! With the feature `cluster`, [`cluster`] offers an engine for going through the blocks, in this process or on several machines.
#[cfg(feature = "cluster")]
pub mod cluster;
pub mod command;
mod input;
pub mod job;
mod report;
mod roles;
mod truth;
mod words;
