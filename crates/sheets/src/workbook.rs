//! Workbooks: XLSX, XLSB and ODS streamed cell by cell; XLS, of which a sheet is at most 65,536 rows, read whole.
//!
//! The archive is measured before anything is unpacked into memory: a directory can lie, so every entry is run through
//! once and counted. A file that makes a reader stumble is damaged, not the end of the program.

use std::{
    io::{self, Read, Seek, SeekFrom},
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{CellErrorType, Data, DataRef, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, Xlsx, XlsxError};
use chrono::NaiveDate;
use domain::lists::{Cell, Row};
use zip::{ZipArchive, result::ZipError};

use crate::{
    compound,
    ods::Ods,
    open::{Bytes, Limits, OpenError, ReadError, Sheet},
};

/// The largest sheet a workbook can have.
pub(crate) const MOST_ROWS: u32 = 1_048_576;
pub(crate) const MOST_COLUMNS: u32 = 16_384;
/// Cells of one sheet beyond which it is no list: a repetition of repetitions.
pub(crate) const MOST_CELLS: u64 = 200_000_000;
/// An old workbook, which is held in memory, is at most this many bytes.
const MOST_OLD_BYTES: u64 = 128 << 20;
/// Bytes between two signs of markup beyond which a workbook's part is no workbook's.
const LONGEST_RUN: usize = 16 << 20;

/// Blank rows that a workbook leaves out are handed over as blank rows, up to this many in one gap: a stray cell at the
/// bottom of a sheet is not a million blank rows.
const GAP: u32 = 10_000;
/// The first serial number that is a day of the year 10000, where calendars of spreadsheets end.
const LAST_SERIAL: f64 = 2_958_466.0;

pub(crate) enum Workbook {
    Xlsx(Xlsx<Bytes>),
    Xlsb(Xlsb<Bytes>),
    Xls(Xls<Bytes>),
    Ods(Ods),
}

/// Runs a reader of others that may stumble over a hostile file; `None`: it did.
fn careful<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

impl Workbook {
    pub(crate) fn open(mut reader: Bytes, start: &[u8], limits: Limits) -> Result<(Self, Vec<Sheet>), OpenError> {
        let workbook = if start.starts_with(b"PK") {
            let kind = measure(&mut reader, limits)?;
            reader.seek(SeekFrom::Start(0))?;
            match kind {
                Packed::Ods => {
                    let (book, sheets) = Ods::open(reader)?;
                    return if sheets.is_empty() { Err(OpenError::NotATable) } else { Ok((Self::Ods(book), sheets)) };
                }
                Packed::Xlsx => Self::Xlsx(careful(|| Xlsx::new(reader)).ok_or(OpenError::Damaged)?.map_err(
                    |error| match error {
                        XlsxError::Password => OpenError::Encrypted,
                        XlsxError::Io(error) => OpenError::Io(error),
                        _ => OpenError::Damaged,
                    },
                )?),
                Packed::Xlsb => Self::Xlsb(
                    careful(|| Xlsb::new(reader)).ok_or(OpenError::Damaged)?.map_err(|_| OpenError::Damaged)?,
                ),
            }
        } else {
            Self::Xls(open_old(reader, limits)?)
        };
        let listed = match &workbook {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(_) => &[],
        };
        let sheets: Vec<Sheet> = listed
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| Sheet { name: Some(sheet.name.clone()), hidden: sheet.visible != SheetVisible::Visible })
            .collect();
        if sheets.is_empty() { Err(OpenError::NotATable) } else { Ok((workbook, sheets)) }
    }

    pub(crate) fn counts_from_1904(&self) -> bool {
        match self {
            Self::Xlsx(book) => book.has_1904_epoch(),
            Self::Xlsb(book) => book.has_1904_epoch(),
            Self::Xls(book) => book.has_1904_epoch(),
            Self::Ods(_) => false,
        }
    }

    pub(crate) fn rows(&mut self, sheet: &str, each: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), ReadError> {
        let mut rows = Rows { each, next: 1, current: None };
        match self {
            Self::Xlsx(book) => stream(book, sheet, &mut rows),
            Self::Xlsb(book) => stream_binary(book, sheet, &mut rows),
            Self::Xls(book) => whole(book, sheet, &mut rows),
            Self::Ods(book) => book.rows(sheet, &mut rows),
        }
    }
}

const STUMBLED: &str = "the sheet is no sheet";

/// An old workbook is looked through before it is opened: see [`compound`].
fn open_old(mut reader: Bytes, limits: Limits) -> Result<Xls<Bytes>, OpenError> {
    let limit = limits.unpacked.min(MOST_OLD_BYTES);
    if reader.seek(SeekFrom::End(0))? > limit {
        return Err(OpenError::TooLarge { limit });
    }
    reader.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    reader.by_ref().take(limit).read_to_end(&mut bytes)?;
    if holds_encrypted_package(&bytes) {
        return Err(OpenError::Encrypted);
    }
    compound::look_through(&bytes)?;
    drop(bytes);
    reader.seek(SeekFrom::Start(0))?;
    careful(|| Xls::new(reader)).ok_or(OpenError::Damaged)?.map_err(|error| match error {
        XlsError::Password => OpenError::Encrypted,
        XlsError::Io(error) => OpenError::Io(error),
        _ => OpenError::Damaged,
    })
}

fn whole(book: &mut Xls<Bytes>, sheet: &str, rows: &mut Rows<'_>) -> Result<(), ReadError> {
    let damaged = |message: String| ReadError::Damaged { row: 0, message };
    let range = careful(|| book.worksheet_range(sheet))
        .ok_or_else(|| damaged(STUMBLED.to_owned()))?
        .map_err(|error| damaged(error.to_string()))?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (down, cells) in range.rows().enumerate() {
        for (across, value) in cells.iter().enumerate() {
            if *value != Data::Empty
                && rows.put(first_row + down as u32, first_column as usize + across, owned(value)).is_break()
            {
                return Ok(());
            }
        }
    }
    let _ = rows.flush();
    Ok(())
}

fn stream(book: &mut Xlsx<Bytes>, sheet: &str, rows: &mut Rows<'_>) -> Result<(), ReadError> {
    let damaged = |row: u32, message: String| ReadError::Damaged { row, message };
    let opened = careful(|| book.worksheet_cells_reader(sheet)).ok_or_else(|| damaged(0, STUMBLED.to_owned()))?;
    let mut cells = match opened {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(damaged(0, error.to_string())),
    };
    loop {
        let cell = careful(|| cells.next_cell_with_formula_metadata())
            .ok_or_else(|| damaged(rows.next, STUMBLED.to_owned()))?
            .map_err(|error| damaged(rows.next, error.to_string()))?;
        let Some(cell) = cell else { break };
        let (row, column) = cell.pos;
        let value = match cell.value {
            DataRef::Empty if cell.formula.is_some() => Cell::Uncached,
            value => streamed(value),
        };
        if value == Cell::Empty {
            continue;
        }
        if !fits(row, column) {
            return Err(damaged(rows.next, STUMBLED.to_owned()));
        }
        if rows.put(row, column as usize, value).is_break() {
            return Ok(());
        }
    }
    let _ = rows.flush();
    Ok(())
}

fn stream_binary(book: &mut Xlsb<Bytes>, sheet: &str, rows: &mut Rows<'_>) -> Result<(), ReadError> {
    let damaged = |row: u32, message: String| ReadError::Damaged { row, message };
    let mut cells = careful(|| book.worksheet_cells_reader(sheet))
        .ok_or_else(|| damaged(0, STUMBLED.to_owned()))?
        .map_err(|error| damaged(0, error.to_string()))?;
    loop {
        let cell = careful(|| cells.next_cell())
            .ok_or_else(|| damaged(rows.next, STUMBLED.to_owned()))?
            .map_err(|error| damaged(rows.next, error.to_string()))?;
        let Some(cell) = cell else { break };
        let (row, column) = cell.get_position();
        let value = streamed(cell.get_value().clone());
        if value == Cell::Empty {
            continue;
        }
        if !fits(row, column) {
            return Err(damaged(rows.next, STUMBLED.to_owned()));
        }
        if rows.put(row, column as usize, value).is_break() {
            return Ok(());
        }
    }
    let _ = rows.flush();
    Ok(())
}

const fn fits(row: u32, column: u32) -> bool {
    row < MOST_ROWS && column < MOST_COLUMNS
}

/// Gathers cells into rows and fills the gaps that a workbook leaves out.
pub(crate) struct Rows<'a> {
    each: &'a mut dyn FnMut(Row) -> ControlFlow<()>,
    /// The row a spreadsheet shows next.
    next: u32,
    current: Option<Row>,
}

impl Rows<'_> {
    /// Puts a cell; row and column count from zero.
    fn put(&mut self, row: u32, column: usize, value: Cell) -> ControlFlow<()> {
        let number = row.saturating_add(1);
        if self.current.as_ref().is_some_and(|current| current.number != number) {
            self.flush()?;
        }
        if self.current.is_none() {
            if number.saturating_sub(self.next) > GAP {
                self.next = number;
            }
            while self.next < number {
                let blank = Row::new(self.next, Vec::new());
                self.next += 1;
                (self.each)(blank)?;
            }
            self.next = number.saturating_add(1);
        }
        let current = self.current.get_or_insert_with(|| Row::new(number, Vec::new()));
        if current.cells.len() <= column {
            current.cells.resize(column + 1, Cell::Empty);
        }
        current.cells[column] = value;
        ControlFlow::Continue(())
    }

    /// Puts a row as often as it is repeated; `row` counts from zero.
    pub(crate) fn put_row(&mut self, row: u32, times: u32, cells: &[Cell]) -> Result<ControlFlow<()>, ReadError> {
        if cells.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        if u64::from(times) * cells.len() as u64 > MOST_CELLS {
            let message = "more cells than a list has".to_owned();
            return Err(ReadError::Damaged { row: self.next, message });
        }
        for number in row..row.saturating_add(times).min(MOST_ROWS) {
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| **cell != Cell::Empty) {
                if self.put(number, column, cell.clone()).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    pub(crate) fn next_row(&self) -> u32 {
        self.next
    }

    pub(crate) fn flush(&mut self) -> ControlFlow<()> {
        match self.current.take() {
            Some(row) => (self.each)(row),
            None => ControlFlow::Continue(()),
        }
    }
}

fn streamed(value: DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => text_cell(text),
        DataRef::SharedString(text) => text.into(),
        DataRef::Int(number) => Cell::Number(number as f64),
        DataRef::Float(number) => number_cell(number),
        DataRef::Bool(value) => Cell::Bool(value),
        DataRef::DateTime(at) => date_cell(&at),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => iso_cell(text),
        DataRef::Error(error) => Cell::Error(error_text(&error)),
    }
}

fn owned(value: &Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::String(text) => text.as_str().into(),
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => number_cell(*number),
        Data::Bool(value) => Cell::Bool(*value),
        Data::DateTime(at) => date_cell(at),
        Data::DateTimeIso(text) | Data::DurationIso(text) => iso_cell(text.clone()),
        Data::Error(error) => Cell::Error(error_text(error)),
    }
}

fn text_cell(text: String) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

fn number_cell(number: f64) -> Cell {
    if number.is_finite() { Cell::Number(number) } else { Cell::Error("#NUM!") }
}

/// A date where the number is a day of the calendar; a duration or an impossible day stays a number.
fn date_cell(at: &calamine::ExcelDateTime) -> Cell {
    let serial = at.as_f64();
    if !at.is_datetime() || !(1.0..LAST_SERIAL).contains(&serial) {
        return number_cell(serial);
    }
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)).map_or(Cell::Number(serial), Cell::Date)
}

fn iso_cell(text: String) -> Cell {
    let day = text.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    day.map_or_else(|| text_cell(text), Cell::Date)
}

const fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

enum Packed {
    Xlsx,
    Xlsb,
    Ods,
}

/// Runs through the archive, counting what it really unpacks to.
fn measure(reader: &mut (impl Read + Seek), limits: Limits) -> Result<Packed, OpenError> {
    let too_large = || OpenError::TooLarge { limit: limits.unpacked };
    let refused = |error: ZipError| match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => OpenError::Io(error),
        ZipError::UnsupportedArchive(reason) if reason == ZipError::PASSWORD_REQUIRED => OpenError::Encrypted,
        _ => OpenError::Damaged,
    };
    let mut archive = ZipArchive::new(reader).map_err(refused)?;
    let kind = {
        let has = |name: &str| archive.file_names().flatten().any(|found| found.eq_ignore_ascii_case(name));
        if has("xl/workbook.xml") {
            Packed::Xlsx
        } else if has("xl/workbook.bin") {
            Packed::Xlsb
        } else if has("content.xml") {
            Packed::Ods
        } else {
            return Err(OpenError::NotATable);
        }
    };
    let mut left = limits.unpacked;
    let mut held = limits.held;
    let mut buffer = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(refused)?;
        if entry.size() > left {
            return Err(too_large());
        }
        let name = entry.name().map_err(refused)?.to_ascii_lowercase();
        // sheets stream and pictures are not looked at; shared texts and the rest are held in memory
        let streams = name.starts_with("xl/worksheets/") || name == "content.xml";
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        let holds = !streams && ends(&[".xml", ".rels", ".bin"]) && !name.starts_with("xl/media/");
        let binary = ends(&[".bin"]);
        let markup = streams || holds;
        let mut run = 0;
        loop {
            let count = entry.read(&mut buffer).map_err(|_| OpenError::Damaged)?;
            if count == 0 {
                break;
            }
            left = left.checked_sub(count as u64).ok_or_else(too_large)?;
            if !markup {
                continue;
            }
            let mut signs = 0;
            for byte in &buffer[..count] {
                if matches!(byte, b'<' | b'>') {
                    signs += 1;
                    run = 0;
                } else {
                    run += 1;
                }
            }
            if run > LONGEST_RUN && !binary {
                return Err(OpenError::Damaged);
            }
            if holds {
                // every element may become a text of its own, whose place in memory is more than its bytes
                held = held.checked_sub(count as u64 + 6 * signs).ok_or(OpenError::TooLarge { limit: limits.held })?;
            }
        }
    }
    Ok(kind)
}

/// An encrypted XLSX is no archive but a compound file that holds a stream `EncryptedPackage`.
fn holds_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}
