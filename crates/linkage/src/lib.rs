//! Record linkage: which records, in one list or several, are the same person.
//!
//! A library for anyone: it knows no database, no file, no clock. Records go in as rows of texts, pairs with a weight and a
//! reason come out. Indonesian lists of people work out of the box ([`people`]); other data need a [`schema::Schema`] and a
//! [`model::Model`], which are plain values (serde) or come from a Splink file ([`splink`]).
//!
//! # The way of the data
//! 1. [`table`]: fields are standardised ([`standard`]) and packed: texts as numbers of a [`dictionary`], NIK and dates as BCD.
//! 2. [`train`]: prior, u and m of Fellegi and Sunter's model, without labels; the semantics are Splink's ([`model`]).
//! 3. [`score`]: blocks ([`block`]) are gone through pair by pair, compared ([`compare`]) and weighed in bits. No list of
//!    candidate pairs is ever written. [`score::waterfall`] tells why a pair weighs what it weighs.
//! 4. [`household`]: what other members of two families say of a pair.
//! 5. [`cluster`]: persons out of pairs, held back where a person would become impossible.
//! 6. [`learn`]: which pairs to ask clerks about, weights refitted from their decisions, precision and recall with a range.
//! 7. [`online`]: one record against all at the desk. [`gather`]: a few records against many that stream by. [`runs`]: person ids that stay from run to run, every change an entry.
//!
//! # What is not Splink's
//! Levels within a *context* ([`model::Level::context`]): where two comparisons depend on each other (a NIK contains the date of
//! birth), m and u are taken among pairs of the same context and trained on candidates instead of random pairs. *Guards*: a
//! comparison that weighs nothing unless something speaks against the pair (twins). Clusters obey one record per source, one
//! valid number per person, and the mean of all their pairs. All of it stays a sum of weights, and can be written as a Splink model.
//!
//! # Units and limits
//! Weights are bits (log2 of likelihood ratios); 0 bits is a probability of one half. Rows and texts are numbered with 32 bits: at most
//! 4 thousand million of each. At most 32 comparisons, and the product of their numbers of levels below 2^64. An empty text is
//! "nothing written", never a value. All work is deterministic: the same input and seeds give the same output on any number of cores.
//!
//! ```
//! use linkage::model::Link;
//! use linkage::{cluster, people, score, table::Table, train};
//!
//! let schema = people::schema(25);
//! let names = schema.field_names();
//! let row = |nik: &'static str, name: &'static str, born: &'static str| {
//!     let value = |f: &&str| match *f { "nik" => nik, "nama" => name, "tgl_lahir" => born, _ => "" };
//!     (0, names.iter().map(value).collect::<Vec<_>>())
//! };
//! let table = Table::read(&schema, [
//!     row("9901015203900001", "Hj. St. Aminah", "12-03-1990"),
//!     row("9901015203900001", "SITI AMINAH", "1990-03-12"),
//!     row("9901010101800002", "Budi Santoso", "1980-01-01"),
//! ])?;
//! let mut model = people::model(Link::Dedupe);
//! train::train(&mut model, &table, train::Training::default())?;
//! let scored = score::score(&model, &table, -4.0)?;
//! assert_eq!((scored.edges[0].left, scored.edges[0].right), (0, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
pub mod block;
pub mod cluster;
pub mod compare;
pub mod dictionary;
pub mod gather;
pub mod household;
pub mod learn;
pub mod measure;
pub mod model;
pub mod online;
pub mod people;
mod program;
pub mod random;
pub mod refused;
pub mod runs;
pub mod schema;
pub mod score;
pub mod splink;
pub mod standard;
pub mod table;
pub mod train;
