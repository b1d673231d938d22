//! Areas: loading the national list and boundaries, and the pages of district, kecamatan and desa.

pub mod command;
