//! Spreadsheets and CSV in (streaming) and out.
//!
//! [`Spreadsheet`] opens what an office receives (CSV in any of its dialects, XLSX, XLS, XLSB, ODS) and hands over one
//! [`Row`] after the other; it knows no list formats. [`Table`] writes XLSX and CSV in constant memory. Identity numbers
//! go through both as text, to the byte.

mod compound;
mod copy;
mod ods;
mod open;
mod text;
mod workbook;
mod write;

pub use copy::{CopyFile, CopySheet, Layout, Own, Tone};
pub use domain::lists::{Cell, Row};
pub use open::{Limits, OpenError, ReadError, Sheet, Source, Spreadsheet};
pub use text::{Encoding, TextLayout};
pub use write::{Column, ColumnKind, CsvFile, SheetWriter, Table, Value, WriteError, XlsxFile, harmless};
