//! What only the whole file tells: a first, cheap pass in bounded memory before any row is read.
//!
//! Dates without a telling day are read in the order the column proves; damaged identity numbers, the same NIK twice
//! and rows that are no data are found here, so that reading a row needs no memory of other rows.

use std::collections::HashMap;

use super::{Finding, RowClass};

/// Which of two readings `03/04/1985` has in a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    #[default]
    Undecided,
    DayFirst,
    MonthFirst,
}

/// What a survey found, to be handed to the [`Reader`](super::Reader).
#[derive(Clone, Debug, Default)]
pub struct FileFacts {
    /// Order per column of the file.
    pub date_order: Vec<DateOrder>,
    /// Rows that are no data, and why; rows not named here are data.
    pub classes: HashMap<u32, RowClass>,
    /// The last row of data; blank rows below it are the end of the file, not a finding.
    pub last_data_row: u32,
    pub data_rows: u32,
    /// Rows whose NIK belongs to different people in this file.
    pub nik_shared: HashMap<u32, u32>,
    /// Rows that repeat a person, with the row that has the person first.
    pub repeats: HashMap<u32, u32>,
    /// Findings about the whole file (damaged columns).
    pub findings: Vec<Finding>,
}
