//! A file given back as a workbook in the shape it came: the same sheets, rows and columns, with cells marked and columns of
//! our own behind. In constant memory, row after row.
//!
//! Text stays text, in cells that keep whatever is typed into them as text; a number too long for a spreadsheet to hold
//! is written as the text of its digits, so that no identity number changes a byte.

use std::path::Path;

use chrono::{Datelike, NaiveDate};
use domain::lists::{Cell, corrected::as_given};
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use crate::write::{WriteError, sheet_name};

/// How a cell stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    #[default]
    Plain,
    Warn,
    Bad,
}

/// From here on a spreadsheet shows a number without its last digits, and loses them when it is typed.
const LONG: f64 = 1e11;

struct Looks {
    text: [Format; 3],
    number: [Format; 3],
    date: [Format; 3],
    header: Format,
    reason: Format,
    answer: Format,
}

impl Looks {
    fn new() -> Self {
        let toned = |format: &Format| {
            let filled = |ground: u32, ink: u32| {
                format
                    .clone()
                    .set_background_color(Color::RGB(ground))
                    .set_font_color(Color::RGB(ink))
                    .set_border(FormatBorder::Thin)
                    .set_border_color(Color::RGB(ink))
            };
            [format.clone(), filled(0xff_f0_c2, 0x6b_4a_00), filled(0xfb_d9_d3, 0x8a_1c_10)]
        };
        let text = Format::new().set_num_format("@");
        Self {
            number: toned(&Format::new()),
            date: toned(&Format::new().set_num_format("yyyy-mm-dd")),
            header: text.clone().set_bold().set_background_color(Color::RGB(0xe8_ee_ea)),
            reason: text.clone().set_text_wrap().set_align(FormatAlign::Top).set_font_color(Color::RGB(0x8a_1c_10)),
            answer: text.clone().set_background_color(Color::RGB(0xf2_f7_ff)).set_border(FormatBorder::Hair),
            text: toned(&text),
        }
    }
}

/// The workbook.
pub struct CopyFile {
    workbook: Workbook,
    looks: Looks,
    names: Vec<String>,
}

impl Default for CopyFile {
    fn default() -> Self {
        Self::new()
    }
}

/// How a sheet is laid out.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub name: String,
    pub hidden: bool,
    /// The sheet one sees first.
    pub first: bool,
    /// In characters, by column.
    pub widths: Vec<f64>,
    /// The last row of the header, as a spreadsheet shows it; 0: none.
    pub header: u32,
    /// A column nobody needs to see.
    pub hidden_column: Option<usize>,
}

impl CopyFile {
    pub fn new() -> Self {
        Self { workbook: Workbook::new(), looks: Looks::new(), names: Vec::new() }
    }

    /// Begins a sheet; it gets another name where one of that name is there.
    pub fn sheet(&mut self, layout: &Layout) -> Result<CopySheet<'_>, WriteError> {
        let wanted = match sheet_name(&layout.name) {
            name if name.is_empty() => "Data".to_owned(),
            name => name,
        };
        let taken = |name: &str| self.names.iter().any(|known| known.eq_ignore_ascii_case(name));
        let mut name = wanted.clone();
        let mut number = 2;
        while taken(&name) {
            let end = format!(" {number}");
            name = wanted.chars().take(31 - end.len()).collect::<String>() + &end;
            number += 1;
        }
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(&name)?;
        self.names.push(name);
        for (column, width) in layout.widths.iter().enumerate() {
            sheet.set_column_width(column as u16, *width)?;
        }
        if let Some(column) = layout.hidden_column {
            sheet.set_column_hidden(column as u16)?;
        }
        if layout.header > 0 {
            sheet.set_freeze_panes(layout.header, 0)?;
        }
        if layout.first {
            sheet.set_active(true).set_first_tab(true);
        } else if layout.hidden {
            sheet.set_hidden(true);
        }
        Ok(CopySheet { sheet, looks: &self.looks, row: 0 })
    }

    pub fn save(mut self, path: impl AsRef<Path>) -> Result<(), WriteError> {
        Ok(self.workbook.save(path)?)
    }

    pub fn into_bytes(mut self) -> Result<Vec<u8>, WriteError> {
        Ok(self.workbook.save_to_buffer()?)
    }
}

/// A column of our own in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    Header,
    Reason,
    /// To be filled in.
    Answer,
    Key,
}

/// The sheet being written, from the first row down.
pub struct CopySheet<'a> {
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    row: u32,
}

impl CopySheet<'_> {
    /// Leaves rows blank so that the next is this one, as a spreadsheet shows it.
    pub fn skip_to(&mut self, number: u32) {
        self.row = self.row.max(number.saturating_sub(1));
    }

    /// Writes a row: its cells with what marks them (by column), and columns of our own.
    pub fn row(
        &mut self,
        cells: &[Cell],
        marks: &[(usize, Tone)],
        own: &[(usize, &str, Own)],
    ) -> Result<(), WriteError> {
        for (column, cell) in cells.iter().enumerate() {
            let tone = marks.iter().filter(|(at, _)| *at == column).map(|(_, tone)| *tone).max().unwrap_or_default();
            self.put(column, cell, tone)?;
        }
        for (column, tone) in marks.iter().filter(|(column, _)| *column >= cells.len()) {
            self.put(*column, &Cell::Empty, *tone)?;
        }
        for (column, text, kind) in own {
            let look = match kind {
                Own::Header => &self.looks.header,
                Own::Reason => &self.looks.reason,
                Own::Answer => &self.looks.answer,
                Own::Key => &self.looks.text[0],
            };
            self.sheet.write_string_with_format(self.row, *column as u16, as_given(text).as_ref(), look)?;
        }
        self.row += 1;
        Ok(())
    }

    fn put(&mut self, column: usize, cell: &Cell, tone: Tone) -> Result<(), WriteError> {
        let (row, at, tone) = (self.row, column as u16, tone as usize);
        let text = &self.looks.text[tone];
        match cell {
            // what was empty is typed into as text: an identity number keeps its digits
            Cell::Empty | Cell::Uncached => self.sheet.write_blank(row, at, text)?,
            Cell::Number(number) if number.abs() < LONG => {
                self.sheet.write_number_with_format(row, at, *number, &self.looks.number[tone])?
            }
            Cell::Bool(value) => self.sheet.write_boolean_with_format(row, at, *value, &self.looks.number[tone])?,
            Cell::Date(date) => match serial(*date) {
                Some(day) => self.sheet.write_datetime_with_format(row, at, &day, &self.looks.date[tone])?,
                None => self.sheet.write_string_with_format(row, at, date.to_string(), text)?,
            },
            other => self.sheet.write_string_with_format(row, at, as_given(&other.display()).as_ref(), text)?,
        };
        Ok(())
    }

    /// Lets a person sort and pick rows by any column, from the header down to the last row written.
    pub fn filter(self, header: u32, columns: usize) -> Result<(), WriteError> {
        if header > 0 && self.row > header && columns > 0 {
            self.sheet.autofilter(header - 1, 0, self.row - 1, columns as u16 - 1)?;
        }
        Ok(())
    }
}

/// A day a workbook can hold; the first two months of 1900 are counted otherwise by everybody.
fn serial(date: NaiveDate) -> Option<ExcelDateTime> {
    if !(1901..=9999).contains(&date.year()) {
        return None;
    }
    ExcelDateTime::from_ymd(date.year() as u16, date.month() as u8, date.day() as u8).ok()
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::Spreadsheet;

    #[test]
    fn what_was_given_is_read_back_as_it_was() {
        let date = |text: &str| Cell::Date(text.parse().expect("a date"));
        let rows = [
            vec![Cell::from("DAFTAR KELUARGA")],
            vec![Cell::from("NIK"), Cell::from("Nama"), Cell::from("Lahir"), Cell::from("Luas")],
            vec![Cell::from("0099010145078500"), Cell::from("=SITI"), date("1985-07-05"), Cell::Number(36.5)],
            vec![
                Cell::Number(9_901_014_507_850_002.0),
                Cell::from("  A\u{a0}B "),
                date("1899-01-01"),
                Cell::Bool(true),
            ],
            vec![Cell::from("9,90101E+15"), Cell::Error("#N/A"), Cell::from("31/02/1990"), Cell::Empty],
        ];
        let mut file = CopyFile::new();
        let layout =
            Layout { name: "Keluarga".into(), header: 2, hidden_column: Some(6), first: true, ..Layout::default() };
        let mut sheet = file.sheet(&layout).expect("a sheet");
        for (at, row) in rows.iter().enumerate() {
            sheet.row(row, &[(0, Tone::Bad)], &[(4, "alasan", Own::Reason), (6, "F1R1", Own::Key)]).expect("a row");
            assert!(at < 5);
        }
        sheet.filter(2, 6).expect("a filter");
        for _ in 0..2 {
            file.sheet(&Layout { name: "keluarga".into(), hidden: true, ..Layout::default() }).expect("another sheet");
        }
        let mut book = Spreadsheet::from_bytes(file.into_bytes().expect("bytes")).expect("a workbook");
        let names: Vec<(String, bool)> =
            book.sheets().iter().map(|s| (s.name.clone().unwrap_or_default(), s.hidden)).collect();
        let named = |name: &str, hidden: bool| (name.to_owned(), hidden);
        assert_eq!(names, [named("Keluarga", false), named("keluarga 2", true), named("keluarga 3", true)]);
        let mut back = Vec::new();
        book.rows(0, |row| {
            back.push(row.cells);
            ControlFlow::Continue(())
        })
        .expect("rows");
        for (row, back) in rows.iter().zip(&back) {
            let given: Vec<String> = row.iter().map(Cell::display).collect();
            let read: Vec<String> = back.iter().take(row.len()).map(Cell::display).collect();
            assert_eq!(given, read);
            assert_eq!((back[4].display().as_str(), back[6].display().as_str()), ("alasan", "F1R1"));
        }
        assert_eq!(back[3][0], Cell::from("9901014507850002"), "sixteen digits are text");
    }
}
