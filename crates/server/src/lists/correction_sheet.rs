//! A list file given back to be corrected: the same sheets, rows and columns, the faulty cells marked, and behind them why,
//! whether a doubtful number is right after all, and which row it is (hidden, without a word about anybody).

use std::{
    collections::{BTreeMap, HashSet},
    ops::ControlFlow,
    path::PathBuf,
};

use domain::{
    AreaCode,
    lists::{Cell, Fault, Mark, Overlay, Row, Severity, corrected::row_key},
};
use sheets::{CopyFile, Layout, Own, Spreadsheet, Tone};
use store::{
    Actor,
    lists::{
        File,
        corrections::{self, Standing},
        show::{self, Found},
        versions::FileColumn,
    },
};

use crate::{App, i18n::Lang};

/// Findings fetched at a time.
const PAGE: i64 = 5_000;
/// Rows looked at to find out how wide the columns are.
const LOOKED_AT: usize = 60;
/// Rows and columns of a sheet.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: usize = 16_384;

/// Why no workbook could be made: words with what to do.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    #[error("the list has more rows than a sheet")]
    TooLong,
    #[error("the list has more columns than a sheet")]
    TooWide,
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// What stands behind a row, and what marks its cells.
#[derive(Default)]
struct Marks {
    cells: Vec<(usize, Tone)>,
    reasons: Vec<String>,
    /// A number waits to be confirmed.
    doubtful: bool,
}

/// Makes the workbook of a file, or of its rows in one area; `entry` is the journal entry that tells of it.
pub async fn make(
    app: &App,
    actor: &Actor,
    lang: Lang,
    file: &File,
    area: Option<AreaCode>,
    entry: i64,
) -> Result<Vec<u8>, MakeError> {
    let reading = app.store.read(actor);
    let broken = |error: store::lists::Error| MakeError::Other(error.into());
    let overlay = corrections::overlay(&reading, file.id, file.sheet_no, Standing::default()).await.map_err(broken)?;
    let only: Option<HashSet<u32>> = match area {
        None => None,
        Some(area) => {
            let range = area.range();
            let rows = corrections::data_rows(&reading, file.id, Some((*range.start(), *range.end()))).await;
            Some(rows.map_err(broken)?.into_iter().map(|row| row as u32).collect())
        }
    };
    let columns = file.columns();
    let mut marks: BTreeMap<u32, Marks> = BTreeMap::new();
    let mut after = (0, i64::MAX);
    loop {
        let found = show::findings(&reading, file.id, after, PAGE).await.map_err(broken)?;
        let Some(last) = found.last() else { break };
        after = (last.row_no, last.id);
        let more = found.len() as i64 == PAGE;
        for found in found {
            mark(lang, &columns, &mut marks, &found);
        }
        if !more {
            break;
        }
    }
    let mark = Mark::new(file.id, file.sheet_no, &file.sha256, area.map_or(0, AreaCode::number), entry);
    let work = Work {
        path: app.files.path(&file.sha256),
        sheet: file.sheet_no as usize,
        name: file.name.clone(),
        header: file.header_last as u32,
        file: file.id,
        mark,
        marks,
        overlay,
        only,
        lang,
    };
    tokio::task::spawn_blocking(move || work.write()).await.map_err(|error| MakeError::Other(error.into()))?
}

/// Takes a finding in that somebody has to do something about.
fn mark(lang: Lang, columns: &[FileColumn], marks: &mut BTreeMap<u32, Marks>, found: &Found) {
    let Some(fault) = found.fault().filter(|fault| fault.severity() != Severity::Note && found.row_no > 0) else {
        return;
    };
    let row = marks.entry(found.row_no as u32).or_default();
    let at = columns
        .iter()
        .position(|column| column.field.is_some() && column.header == found.column_name)
        .or_else(|| columns.iter().position(|column| !column.header.is_empty() && column.header == found.column_name));
    if let Some(at) = at {
        let tone = if fault.severity() == Severity::Warn { Tone::Warn } else { Tone::Bad };
        row.cells.push((at, tone));
    }
    row.doubtful |= matches!(fault, Fault::NikSuspectNumeric | Fault::KkSuspectNumeric);
    row.reasons.push(reason(lang, found, fault));
}

/// `NIK: bukan 16 angka. Saran: ...`
fn reason(lang: Lang, found: &Found, fault: Fault) -> String {
    let words = lang.t(&fault.word_key());
    let more = match (fault, &found.reading, &found.suggestion) {
        (Fault::NikDuplicateFile, Some(rows), _) => lang.msg("lists-fix-also-in").s("rows", rows).to_string(),
        (Fault::RowDuplicate, Some(row), _) => lang.msg("lists-fix-same-as").s("row", row).to_string(),
        (Fault::NikSexMismatch | Fault::NikBirthdateMismatch, _, Some(coded)) => {
            lang.msg("lists-fix-nik-says").s("value", coded).to_string()
        }
        (_, _, Some(suggestion)) => lang.msg("lists-fix-suggests").s("value", suggestion).to_string(),
        (_, Some(reading), None) => lang.msg("lists-fix-read").s("value", reading).to_string(),
        (_, None, None) => String::new(),
    };
    let column = if found.column_name.is_empty() { String::new() } else { format!("{}: ", found.column_name) };
    if more.is_empty() { format!("{column}{words}") } else { format!("{column}{words}. {more}") }
}

/// The work of the writing thread.
struct Work {
    path: PathBuf,
    sheet: usize,
    name: String,
    header: u32,
    file: i64,
    mark: Mark,
    marks: BTreeMap<u32, Marks>,
    overlay: Overlay,
    only: Option<HashSet<u32>>,
    lang: Lang,
}

impl Work {
    fn write(self) -> Result<Vec<u8>, MakeError> {
        let mut book = Spreadsheet::open(&self.path).map_err(anyhow::Error::from)?;
        let mut copy = CopyFile::new();
        for (no, sheet) in book.sheets().to_vec().into_iter().enumerate() {
            let stem = self.name.rsplit_once('.').map_or(self.name.as_str(), |(stem, _)| stem);
            let name = sheet.name.unwrap_or_else(|| stem.to_owned());
            if no == self.sheet {
                self.read_sheet(&mut book, &mut copy, name)?;
            } else {
                other_sheet(&mut book, &mut copy, no, Layout { name, hidden: sheet.hidden, ..Layout::default() })?;
            }
        }
        self.guide(&mut copy)?;
        Ok(copy.into_bytes().map_err(anyhow::Error::from)?)
    }

    /// The sheet that was read, with marks and our columns.
    fn read_sheet(&self, book: &mut Spreadsheet, copy: &mut CopyFile, name: String) -> Result<(), MakeError> {
        let (mut width, mut last) = (0, 0);
        book.rows(self.sheet, |row| {
            width = width.max(row.cells.len());
            last = row.number;
            ControlFlow::Continue(())
        })
        .map_err(anyhow::Error::from)?;
        if width + 3 > MOST_COLUMNS {
            return Err(MakeError::TooWide);
        }
        if last > MOST_ROWS && self.only.is_none() {
            return Err(MakeError::TooLong);
        }
        let head = book.head(self.sheet, LOOKED_AT).map_err(anyhow::Error::from)?;
        let mut widths = widths(&head, self.header, width);
        let [reason, answer, key] = [width, width + 1, width + 2];
        widths.extend([60.0, 16.0]);
        let layout = Layout { name, hidden: false, first: true, widths, header: self.header, hidden_column: Some(key) };
        let mut sheet = copy.sheet(&layout).map_err(anyhow::Error::from)?;
        let none = Marks::default();
        let header = [self.lang.t("lists-correction-reason"), self.lang.t("lists-correction-right")];
        let mark = self.mark.to_string();
        let mut written = Ok(());
        book.rows(self.sheet, |mut row| {
            written = (|| {
                let number = row.number;
                if number <= self.header {
                    // a header keeps its row; blank rows above it are not handed over by every reader
                    sheet.skip_to(number);
                    let own = [
                        (reason, header[0].as_str(), Own::Header),
                        (answer, header[1].as_str(), Own::Header),
                        (key, mark.as_str(), Own::Key),
                    ];
                    return sheet.row(&row.cells, &[], if number == self.header { &own } else { &[] });
                }
                if let Some(only) = &self.only {
                    if !only.contains(&number) {
                        return Ok(());
                    }
                } else {
                    sheet.skip_to(number);
                }
                self.overlay.lay(&mut row);
                if row.is_blank() {
                    return sheet.row(&row.cells, &[], &[]);
                }
                let marks = self.marks.get(&number).unwrap_or(&none);
                let (why, which) = (marks.reasons.join("\n"), row_key(self.file, number));
                let mut own = vec![(reason, why.as_str(), Own::Reason), (key, which.as_str(), Own::Key)];
                if marks.doubtful {
                    own.insert(1, (answer, "", Own::Answer));
                }
                sheet.row(&row.cells, &marks.cells, &own)
            })();
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .map_err(anyhow::Error::from)?;
        written.map_err(anyhow::Error::from)?;
        sheet.filter(self.header, answer + 1).map_err(anyhow::Error::from)?;
        Ok(())
    }

    /// A sheet that says how to go on.
    fn guide(&self, copy: &mut CopyFile) -> Result<(), MakeError> {
        let name = self.lang.t("lists-correction-guide");
        let layout = Layout { name: name.clone(), widths: vec![100.0], ..Layout::default() };
        let mut sheet = copy.sheet(&layout).map_err(anyhow::Error::from)?;
        sheet.row(&[], &[], &[(0, name.as_str(), Own::Header)]).map_err(anyhow::Error::from)?;
        for line in 1..=6 {
            let text = self.lang.t(&format!("lists-correction-guide-{line}"));
            let tone = match line {
                2 => Tone::Bad,
                3 => Tone::Warn,
                _ => Tone::Plain,
            };
            sheet.row(&[Cell::Text(text)], &[(0, tone)], &[]).map_err(anyhow::Error::from)?;
        }
        Ok(())
    }
}

/// A sheet that was not read, as it is.
fn other_sheet(book: &mut Spreadsheet, copy: &mut CopyFile, no: usize, mut layout: Layout) -> Result<(), MakeError> {
    let head = book.head(no, LOOKED_AT).map_err(anyhow::Error::from)?;
    let width = head.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    layout.widths = widths(&head, 0, width);
    let mut sheet = copy.sheet(&layout).map_err(anyhow::Error::from)?;
    let mut written = Ok(());
    book.rows(no, |row| {
        sheet.skip_to(row.number);
        written = sheet.row(&row.cells, &[], &[]);
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
    .map_err(anyhow::Error::from)?;
    written.map_err(anyhow::Error::from)?;
    Ok(())
}

/// How wide columns are, from what the first rows hold; titles above a header may run over.
fn widths(head: &[Row], header: u32, width: usize) -> Vec<f64> {
    let mut widths = vec![9.0_f64; width];
    for row in head.iter().filter(|row| row.number >= header) {
        for (at, cell) in row.cells.iter().enumerate() {
            let long = cell.display().chars().count().min(40) as f64 + 2.0;
            widths[at] = widths[at].max(long);
        }
    }
    widths
}
