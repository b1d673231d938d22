//! Tables out: XLSX in constant memory and CSV, from one description of columns.
//!
//! Text is written as text cells, so that a name beginning with `=` is a name; in CSV, which has no types, such text is
//! given an apostrophe in front.

use std::{borrow::Cow, io::Write, path::Path};

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Names, and every identity number.
    Text,
    /// Counts; thousands grouped.
    Number,
    /// One decimal.
    Decimal,
    Rupiah,
    Date,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub header: String,
    pub kind: ColumnKind,
    /// In characters.
    pub width: f64,
    /// Summed in the totals row.
    pub total: bool,
}

impl Column {
    pub fn new(header: impl Into<String>, kind: ColumnKind) -> Self {
        let width = match kind {
            ColumnKind::Text => 24.0,
            ColumnKind::Number | ColumnKind::Decimal => 11.0,
            ColumnKind::Rupiah => 18.0,
            ColumnKind::Date => 12.0,
        };
        Self { header: header.into(), kind, width, total: false }
    }

    pub fn text(header: impl Into<String>) -> Self {
        Self::new(header, ColumnKind::Text)
    }

    pub fn number(header: impl Into<String>) -> Self {
        Self::new(header, ColumnKind::Number)
    }

    pub fn rupiah(header: impl Into<String>) -> Self {
        Self::new(header, ColumnKind::Rupiah)
    }

    pub fn date(header: impl Into<String>) -> Self {
        Self::new(header, ColumnKind::Date)
    }

    #[must_use]
    pub const fn wide(mut self, characters: f64) -> Self {
        self.width = characters;
        self
    }

    #[must_use]
    pub const fn summed(mut self) -> Self {
        self.total = true;
        self
    }
}

/// A table's description.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Of the sheet; shortened and freed of the signs a sheet name cannot have.
    pub name: String,
    /// Lines above the header, the first in large letters.
    pub titles: Vec<String>,
    pub columns: Vec<Column>,
    /// Word of the totals row; no such row without one.
    pub total: Option<String>,
}

/// A value of a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value<'a> {
    #[default]
    Empty,
    Text(Cow<'a, str>),
    Integer(i64),
    Decimal(f64),
    Date(NaiveDate),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Decimal(number)
    }
}

impl From<NaiveDate> for Value<'_> {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("write the workbook")]
    Workbook(#[from] XlsxError),
    #[error("write the file")]
    Csv(#[from] csv::Error),
    #[error("write the file")]
    Io(#[from] std::io::Error),
}

struct Formats {
    title: Format,
    subtitle: Format,
    header: Format,
    text: Format,
    number: Format,
    decimal: Format,
    rupiah: Format,
    date: Format,
    total: Format,
}

impl Formats {
    fn new() -> Self {
        let cell = || Format::new().set_border(FormatBorder::Hair).set_align(FormatAlign::Top);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            subtitle: Format::new().set_font_color(Color::RGB(0x4a_4a_4a)),
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0xe8_ee_ea)),
            text: cell().set_num_format("@"),
            number: cell().set_num_format("#,##0"),
            decimal: cell().set_num_format("#,##0.0"),
            rupiah: cell().set_num_format("\"Rp\"#,##0;[Red]-\"Rp\"#,##0"),
            date: cell().set_num_format("dd/mm/yyyy"),
            total: Format::new().set_bold().set_border(FormatBorder::Thin),
        }
    }

    const fn of(&self, kind: ColumnKind) -> &Format {
        match kind {
            ColumnKind::Text => &self.text,
            ColumnKind::Number => &self.number,
            ColumnKind::Decimal => &self.decimal,
            ColumnKind::Rupiah => &self.rupiah,
            ColumnKind::Date => &self.date,
        }
    }
}

/// A workbook being written. Sheets are written one after the other, each from top to bottom.
pub struct XlsxFile {
    workbook: Workbook,
    formats: Formats,
}

impl Default for XlsxFile {
    fn default() -> Self {
        Self::new()
    }
}

impl XlsxFile {
    pub fn new() -> Self {
        Self { workbook: Workbook::new(), formats: Formats::new() }
    }

    /// Begins a sheet: titles, header, widths, panes and print titles.
    pub fn sheet<'a>(&'a mut self, table: &'a Table) -> Result<SheetWriter<'a>, WriteError> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        let name = sheet_name(&table.name);
        if !name.is_empty() {
            sheet.set_name(name)?;
        }
        let header = table.titles.len() as u32 + u32::from(!table.titles.is_empty());
        for (column, described) in table.columns.iter().enumerate() {
            sheet.set_column_width(column as u16, described.width)?;
        }
        sheet.set_freeze_panes(header + 1, 0)?;
        sheet.set_repeat_rows(header, header)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        for (row, title) in table.titles.iter().enumerate() {
            let format = if row == 0 { &self.formats.title } else { &self.formats.subtitle };
            sheet.write_string_with_format(row as u32, 0, title, format)?;
        }
        for (column, described) in table.columns.iter().enumerate() {
            sheet.write_string_with_format(header, column as u16, &described.header, &self.formats.header)?;
        }
        let sums = vec![Sum::default(); table.columns.len()];
        Ok(SheetWriter { sheet, formats: &self.formats, table, row: header + 1, sums })
    }

    pub fn into_bytes(mut self) -> Result<Vec<u8>, WriteError> {
        Ok(self.workbook.save_to_buffer()?)
    }

    pub fn save(mut self, path: impl AsRef<Path>) -> Result<(), WriteError> {
        Ok(self.workbook.save(path)?)
    }
}

/// A sheet name: at most 31 characters, none of `[]:*?/\`, no apostrophe at its ends.
pub(crate) fn sheet_name(name: &str) -> String {
    let allowed: String = name.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\')).collect();
    allowed.trim_matches(|c: char| c == '\'' || c.is_whitespace()).chars().take(31).collect()
}

#[derive(Clone, Copy, Default)]
struct Sum {
    whole: i64,
    decimal: f64,
}

/// The sheet being written.
pub struct SheetWriter<'a> {
    sheet: &'a mut Worksheet,
    formats: &'a Formats,
    table: &'a Table,
    row: u32,
    sums: Vec<Sum>,
}

impl SheetWriter<'_> {
    pub fn row(&mut self, values: &[Value<'_>]) -> Result<(), WriteError> {
        let empty = Value::Empty;
        for (at, column) in self.table.columns.iter().enumerate() {
            let value = values.get(at).unwrap_or(&empty);
            if column.total {
                let sum = &mut self.sums[at];
                match value {
                    Value::Integer(number) => sum.whole = sum.whole.saturating_add(*number),
                    Value::Decimal(number) => sum.decimal += number,
                    _ => {}
                }
            }
            put(self.sheet, self.row, at as u16, value, self.formats.of(column.kind), self.formats)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Ends the sheet with its totals row.
    pub fn finish(self) -> Result<(), WriteError> {
        let Some(word) = &self.table.total else { return Ok(()) };
        for (at, column) in self.table.columns.iter().enumerate() {
            let value = match self.sums[at] {
                _ if !column.total => Value::Empty,
                Sum { whole, decimal: 0.0 } => Value::Integer(whole),
                Sum { whole, decimal } => Value::Decimal(whole as f64 + decimal),
            };
            let format = match column.kind {
                ColumnKind::Text | ColumnKind::Date => self.formats.total.clone(),
                kind => self.formats.of(kind).clone().set_bold().set_border(FormatBorder::Thin),
            };
            let value = if at == 0 && value == Value::Empty { Value::from(word.as_str()) } else { value };
            put(self.sheet, self.row, at as u16, &value, &format, self.formats)?;
        }
        Ok(())
    }
}

/// Numbers beyond fifteen digits are written as text: a spreadsheet would lose their end.
const EXACT: i64 = 999_999_999_999_999;

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value<'_>,
    format: &Format,
    formats: &Formats,
) -> Result<(), WriteError> {
    match value {
        Value::Text(text) => sheet.write_string_with_format(row, column, text.as_ref(), format)?,
        Value::Integer(number) if number.abs() > EXACT => {
            sheet.write_string_with_format(row, column, number.to_string(), &formats.text)?
        }
        Value::Integer(number) => sheet.write_number_with_format(row, column, *number as f64, format)?,
        Value::Decimal(number) if number.is_finite() => sheet.write_number_with_format(row, column, *number, format)?,
        Value::Empty | Value::Decimal(_) => sheet.write_blank(row, column, format)?,
        Value::Date(date) => {
            match ExcelDateTime::from_ymd(date.year().try_into().unwrap_or(0), date.month() as u8, date.day() as u8) {
                Ok(day) if date.year() >= 1900 => sheet.write_datetime_with_format(row, column, &day, format)?,
                _ => sheet.write_string_with_format(row, column, date.to_string(), &formats.text)?,
            }
        }
    };
    Ok(())
}

/// A table as CSV: UTF-8 with a byte-order mark, semicolons, as an Indonesian spreadsheet opens it by a double click.
pub struct CsvFile<W: Write> {
    writer: csv::Writer<W>,
    columns: usize,
}

impl<W: Write> CsvFile<W> {
    /// Begins with the header; titles have no place in a CSV.
    pub fn new(mut out: W, table: &Table) -> Result<Self, WriteError> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut writer = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(table.columns.iter().map(|column| harmless(&column.header).into_owned()))?;
        Ok(Self { writer, columns: table.columns.len() })
    }

    pub fn row(&mut self, values: &[Value<'_>]) -> Result<(), WriteError> {
        for at in 0..self.columns {
            let text = match values.get(at).unwrap_or(&Value::Empty) {
                Value::Empty => Cow::Borrowed(""),
                Value::Text(text) => harmless(text),
                Value::Integer(number) => Cow::Owned(number.to_string()),
                Value::Decimal(number) => Cow::Owned(number.to_string().replace('.', ",")),
                Value::Date(date) => Cow::Owned(date.format("%d/%m/%Y").to_string()),
            };
            self.writer.write_field(text.as_bytes())?;
        }
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    pub fn finish(mut self) -> Result<(), WriteError> {
        Ok(self.writer.flush()?)
    }
}

/// Text that a spreadsheet would run as a formula gets an apostrophe in front; the wide signs of East Asian keyboards too.
pub fn harmless(text: &str) -> Cow<'_, str> {
    const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if text.starts_with(SIGNS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_in_a_name_stays_a_name_in_csv() {
        let table = Table { columns: vec![Column::text("Nama"), Column::rupiah("Jumlah")], ..Table::default() };
        let mut out = Vec::new();
        let mut file = CsvFile::new(&mut out, &table).expect("csv");
        file.row(&[Value::from("=1+1"), Value::Integer(-5)]).expect("row");
        file.row(&[Value::from("A;B")]).expect("row");
        file.finish().expect("end");
        assert_eq!(String::from_utf8(out).expect("text"), "\u{feff}Nama;Jumlah\r\n'=1+1;-5\r\n\"A;B\";\r\n");
    }

    #[test]
    fn a_sheet_name_is_made_fit() {
        assert_eq!(sheet_name("Rekap: Kec. [Satu] / Desa?"), "Rekap Kec. Satu  Desa");
        assert_eq!(sheet_name(&"x".repeat(40)).len(), 31);
    }
}
