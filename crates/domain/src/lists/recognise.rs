//! Finding the header and the format of a sheet, with the reasons, so that a person can confirm or overrule it.

use std::sync::Arc;

use super::{Finding, Format};

/// A file's column and what it was recognised as.
#[derive(Clone, Debug)]
pub struct MappedColumn {
    /// The header's text as it stands in the file.
    pub header: Arc<str>,
    /// Index in the format's columns; `None` when the format does not know the header. Such a column is kept raw.
    pub column: Option<usize>,
}

/// How the columns of one sheet are to be read.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub format: &'static Format,
    /// First and last row of the header, as a spreadsheet shows them. Data begin below.
    pub header_rows: (u32, u32),
    pub columns: Vec<MappedColumn>,
}

/// A proposal: a mapping and why.
#[derive(Clone, Debug)]
pub struct Recognition {
    pub mapping: Mapping,
    /// Share of the format's and the file's headers that found each other, in percent.
    pub score: u32,
    /// Header texts the format does not know.
    pub unknown: Vec<Arc<str>>,
    /// Fields of the format that the file does not have.
    pub absent: Vec<&'static str>,
    /// Needed groups of which the file has no column. Not empty: the file cannot be read as this format.
    pub missing: Vec<&'static [String]>,
    /// `2026Q3` or `2023`, read from the file name or a title row.
    pub version: Option<String>,
    /// Findings about the file that the header tells (offset, unknown and missing columns).
    pub findings: Vec<Finding>,
}
