//! How list files are read: rules as tables, one case per fault, and whole files through survey and reader.

mod faults;
mod files;
mod formats;
mod near_misses;
mod recognition;
mod specs;
mod support;
