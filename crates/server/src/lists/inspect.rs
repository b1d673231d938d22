//! Finding out what a file is before anything is read of it: its sheets, the format each looks like, the list and version,
//! with the reasons. A person confirms or overrules it.

use std::path::Path;

use domain::lists::{
    Finding, Format, Recognition, Source, format::Slot, recognise::HEAD_ROWS, recognise_among, recognise_as,
};
use serde::{Deserialize, Serialize};
use sheets::{OpenError, Spreadsheet};
use store::lists::versions::{FileColumn, FileReading};

use super::formats::Known;

/// What was seen in a file, kept with it as JSON: the reasons on the page of confirmation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Seen {
    /// How well headers and format found each other, percent.
    pub score: u32,
    pub matched: usize,
    pub columns: usize,
    /// Headers the format does not know.
    pub unknown: Vec<String>,
    /// Needed columns of which the file has none, in groups of alternatives.
    pub missing: Vec<Vec<String>>,
    /// `2026Q3`, from the file's name or title.
    pub version: Option<String>,
    pub sheets: Vec<SheetSeen>,
    /// Why the file cannot be opened: `encrypted`, `damaged`, `not_a_table`, `too_large`, `io`.
    pub refused: Option<String>,
    /// Whether it names people by NIK and families by KK: what can be linked later.
    pub has_nik: bool,
    pub has_kk: bool,
}

/// A sheet with the format it looks like most.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SheetSeen {
    pub no: usize,
    pub name: String,
    pub hidden: bool,
    pub format: Option<String>,
    pub score: u32,
}

/// A file as found, and how it would be read.
#[derive(Debug)]
pub struct Inspected {
    pub reading: FileReading,
    pub seen: Seen,
    pub format: Option<&'static Format>,
    /// About the file as a whole, when it cannot be read.
    pub findings: Vec<Finding>,
}

/// What a person said instead of what was recognised.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub sheet: Option<usize>,
    pub format: Option<&'static Format>,
    /// Only formats of this list.
    pub source: Option<Source>,
}

/// Opens a file and proposes how to read it. Blocks: it reads the file's beginning, of a workbook its directory.
pub fn inspect(path: &Path, name: &str, wanted: &Wanted, known: &Known) -> Inspected {
    match Spreadsheet::open(path) {
        Ok(mut sheet) => propose(&mut sheet, name, wanted, known),
        Err(error) => refused(&error),
    }
}

fn refused(error: &OpenError) -> Inspected {
    let seen = Seen { refused: Some(error.reason().to_owned()), ..Seen::default() };
    Inspected { reading: reading(None, None, &seen, "rejected"), seen, format: None, findings: vec![error.finding()] }
}

fn propose(file: &mut Spreadsheet, name: &str, wanted: &Wanted, known: &Known) -> Inspected {
    let mut seen = Seen::default();
    let mut best: Option<(usize, Recognition)> = None;
    for (no, sheet) in file.sheets().to_vec().into_iter().enumerate() {
        let head = file.head(no, HEAD_ROWS).unwrap_or_default();
        let found = match wanted.format {
            Some(format) => {
                Some(recognise_as(&head, name, format)).filter(|r| !r.matched.is_empty() || wanted.sheet == Some(no))
            }
            None => recognise_among(&head, name, known.active())
                .into_iter()
                .find(|found| wanted.source.is_none_or(|source| found.mapping.format.source == source)),
        };
        seen.sheets.push(SheetSeen {
            no,
            name: sheet.name.unwrap_or_default(),
            hidden: sheet.hidden,
            format: found.as_ref().map(|r| r.mapping.format.id.clone()),
            score: found.as_ref().map_or(0, |r| r.score),
        });
        let Some(found) = found.filter(|_| wanted.sheet.is_none_or(|sheet| sheet == no)) else { continue };
        let merit = |no: usize, r: &Recognition| (r.is_complete(), !seen.sheets[no].hidden, r.score, r.matched.len());
        if best.as_ref().is_none_or(|(at, other)| merit(no, &found) > merit(*at, other)) {
            best = Some((no, found));
        }
    }
    let Some((no, found)) = best else {
        let reading = reading(None, None, &seen, "waiting");
        return Inspected { reading, seen, format: None, findings: Vec::new() };
    };
    seen.score = found.score;
    seen.matched = found.matched.len();
    seen.columns = found.mapping.columns.len();
    seen.unknown = found.unknown.iter().map(ToString::to_string).collect();
    seen.missing = found.missing.iter().map(|group| group.to_vec()).collect();
    seen.version.clone_from(&found.version);
    seen.has_nik = found.mapping.find(Slot::Nik).is_some();
    seen.has_kk = found.mapping.find(Slot::Kk).is_some();
    let reading = reading(Some(no), Some(&found), &seen, "waiting");
    Inspected { reading, seen, format: Some(found.mapping.format), findings: Vec::new() }
}

fn reading(sheet: Option<usize>, found: Option<&Recognition>, seen: &Seen, state: &'static str) -> FileReading {
    let format = found.map(|found| found.mapping.format);
    FileReading {
        format: format.map_or_else(String::new, |format| format.id.clone()),
        kind: format.map_or("", |format| format.kind.as_str()).to_owned(),
        sheet: sheet.and_then(|no| seen.sheets.get(no)).map_or_else(String::new, |sheet| sheet.name.clone()),
        sheet_no: sheet.unwrap_or(0) as i64,
        header_first: found.map_or(0, |found| i64::from(found.mapping.header_rows.0)),
        header_last: found.map_or(0, |found| i64::from(found.mapping.header_rows.1)),
        columns: found.map_or_else(|| "[]".to_owned(), columns),
        recognition: serde_json::to_string(seen).unwrap_or_default(),
        state,
    }
}

/// The columns as kept: header text and our field.
fn columns(found: &Recognition) -> String {
    let format = found.mapping.format;
    let columns: Vec<FileColumn> = found
        .mapping
        .columns
        .iter()
        .map(|mapped| FileColumn {
            header: mapped.header.to_string(),
            field: mapped.column.map(|column| format.columns[column].field.clone()),
        })
        .collect();
    serde_json::to_string(&columns).unwrap_or_default()
}
