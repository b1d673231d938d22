//! Workbooks: XLSX streamed cell by cell; XLSB, XLS and ODS read whole, which their size limits allow.
//!
//! The archive is measured before anything is unpacked into memory: a directory can lie, so every entry is run through
//! once and counted.

use std::{
    io::{self, Read, Seek, SeekFrom},
    ops::ControlFlow,
};

use calamine::{
    CellErrorType, Data, DataRef, Ods, OdsError, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, Xlsx, XlsxError,
};
use chrono::NaiveDate;
use domain::lists::{Cell, Row};
use zip::{ZipArchive, result::ZipError};

use crate::open::{Bytes, Limits, OpenError, ReadError, Sheet};

/// Blank rows that a workbook leaves out are handed over as blank rows, up to this many in one gap: a stray cell at the
/// bottom of a sheet is not a million blank rows.
const GAP: u32 = 10_000;
/// The first serial number that is a day of the year 10000, where calendars of spreadsheets end.
const LAST_SERIAL: f64 = 2_958_466.0;

pub(crate) enum Workbook {
    Xlsx(Xlsx<Bytes>),
    Xlsb(Xlsb<Bytes>),
    Xls(Xls<Bytes>),
    Ods(Ods<Bytes>),
}

impl Workbook {
    pub(crate) fn open(mut reader: Bytes, start: &[u8], limits: Limits) -> Result<(Self, Vec<Sheet>), OpenError> {
        let workbook = if start.starts_with(b"PK") {
            let kind = measure(&mut reader, limits)?;
            reader.seek(SeekFrom::Start(0))?;
            match kind {
                Packed::Xlsx => Self::Xlsx(Xlsx::new(reader).map_err(|error| match error {
                    XlsxError::Password => OpenError::Encrypted,
                    XlsxError::Io(error) => OpenError::Io(error),
                    _ => OpenError::Damaged,
                })?),
                Packed::Xlsb => Self::Xlsb(Xlsb::new(reader).map_err(|_| OpenError::Damaged)?),
                Packed::Ods => Self::Ods(Ods::new(reader).map_err(|error| match error {
                    OdsError::Password => OpenError::Encrypted,
                    OdsError::Io(error) => OpenError::Io(error),
                    _ => OpenError::Damaged,
                })?),
            }
        } else {
            let size = reader.seek(SeekFrom::End(0))?;
            if size > limits.unpacked {
                return Err(OpenError::TooLarge { limit: limits.unpacked });
            }
            reader.seek(SeekFrom::Start(0))?;
            if holds_encrypted_package(&mut reader)? {
                return Err(OpenError::Encrypted);
            }
            Self::Xls(Xls::new(reader).map_err(|error| match error {
                XlsError::Password => OpenError::Encrypted,
                XlsError::Io(error) => OpenError::Io(error),
                _ => OpenError::Damaged,
            })?)
        };
        let listed = match &workbook {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
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
        let whole = match self {
            Self::Xlsx(book) => return stream(book, sheet, &mut rows),
            Self::Xlsb(book) => book.worksheet_range(sheet).map_err(|error| error.to_string()),
            Self::Xls(book) => book.worksheet_range(sheet).map_err(|error| error.to_string()),
            Self::Ods(book) => book.worksheet_range(sheet).map_err(|error| error.to_string()),
        };
        let range = whole.map_err(|message| ReadError::Damaged { row: 0, message })?;
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
}

fn stream(book: &mut Xlsx<Bytes>, sheet: &str, rows: &mut Rows<'_>) -> Result<(), ReadError> {
    let damaged = |row: u32, error: XlsxError| ReadError::Damaged { row, message: error.to_string() };
    let mut cells = match book.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(damaged(0, error)),
    };
    loop {
        let cell = cells.next_cell_with_formula_metadata().map_err(|error| damaged(rows.next, error))?;
        let Some(cell) = cell else { break };
        let (row, column) = cell.pos;
        let value = match cell.value {
            DataRef::Empty if cell.formula.is_some() => Cell::Uncached,
            value => streamed(value),
        };
        if value != Cell::Empty && rows.put(row, column as usize, value).is_break() {
            return Ok(());
        }
    }
    let _ = rows.flush();
    Ok(())
}

/// Gathers cells into rows and fills the gaps that a workbook leaves out.
struct Rows<'a> {
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

    fn flush(&mut self) -> ControlFlow<()> {
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
    let mut buffer = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(refused)?;
        if entry.size() > left {
            return Err(too_large());
        }
        loop {
            let count = entry.read(&mut buffer).map_err(|_| OpenError::Damaged)? as u64;
            if count == 0 {
                break;
            }
            left = left.checked_sub(count).ok_or_else(too_large)?;
        }
    }
    Ok(kind)
}

/// An encrypted XLSX is no archive but a compound file that holds a stream `EncryptedPackage`.
fn holds_encrypted_package(reader: &mut (impl Read + Seek)) -> Result<bool, OpenError> {
    const NAME: &str = "EncryptedPackage";
    let name: Vec<u8> = NAME.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut kept: Vec<u8> = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    let found = loop {
        let count = reader.read(&mut buffer)?;
        if count == 0 {
            break false;
        }
        kept.extend_from_slice(&buffer[..count]);
        if kept.windows(name.len()).any(|window| window == name) {
            break true;
        }
        let keep = kept.len().saturating_sub(name.len());
        kept.drain(..keep);
    };
    reader.seek(SeekFrom::Start(0))?;
    Ok(found)
}
