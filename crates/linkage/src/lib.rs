//! Record linkage.
pub mod dictionary;
pub mod measure;
pub mod random;
pub mod schema;
pub mod standard;
pub mod table;
