//! One P3KE workbook being written: title rows, header, rows of data, a total at the end.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use domain::lists::Fault;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use crate::district::{
    dice::Dice,
    lists::{
        cells::{DateWatch, NumberWatch},
        faults::{DateCell, FaultRates, NumberCell, serial},
        ledger::{Kind, Ledger, Place},
    },
};

/// A cell of a workbook.
#[derive(Clone)]
pub enum Cell {
    Text(String),
    Number(f64),
    Date(NaiveDate),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<DateCell> for Cell {
    fn from(date: DateCell) -> Self {
        match date {
            DateCell::Text(text) => Self::Text(text),
            DateCell::Serial(serial) => Self::Number(serial as f64),
            DateCell::Date(date) => Self::Date(date),
        }
    }
}

impl From<NumberCell> for Cell {
    fn from(number: NumberCell) -> Self {
        match number.text.parse::<f64>() {
            Ok(value) if number.numeric => Self::Number(value),
            _ => Self::Text(number.text),
        }
    }
}

impl Cell {
    /// As a reader shows it.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }
}

pub fn count(number: impl Into<f64>) -> Cell {
    Cell::Number(number.into())
}

/// One workbook being written, row after row.
pub struct Book {
    pub place: Place,
    path: PathBuf,
    workbook: Workbook,
    date: Format,
    columns: &'static [&'static str],
    /// The last row written, as a spreadsheet counts.
    row: u32,
    /// Where the header stands, and rows of data so far.
    header: u32,
    data: u32,
    pub dates: DateWatch,
    pub numbers: NumberWatch,
}

impl Book {
    pub fn create(
        dir: &Path,
        file: &str,
        sheet: &'static str,
        titles: &[&str],
        columns: &'static [&'static str],
    ) -> anyhow::Result<Self> {
        let mut workbook = Workbook::new();
        // a fixed day, so that the same seed makes the same bytes
        workbook
            .set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::parse_from_str("2023-12-01")?));
        let worksheet = workbook.add_worksheet_with_constant_memory()?;
        worksheet.set_name(sheet)?;
        for (at, title) in titles.iter().enumerate() {
            if !title.is_empty() {
                worksheet.write_string(at as u32, 0, *title)?;
            }
        }
        let header = titles.len() as u32 + 1;
        let mut book = Self {
            place: Place { file: file.to_owned(), sheet },
            path: dir.join(file),
            workbook,
            date: Format::new().set_num_format("dd/mm/yyyy"),
            columns,
            row: titles.len() as u32,
            header,
            data: 0,
            dates: DateWatch::default(),
            numbers: NumberWatch::default(),
        };
        let cells: Vec<Cell> = columns.iter().map(|column| Cell::from(*column)).collect();
        book.write(&cells)?;
        Ok(book)
    }

    fn worksheet(&mut self) -> anyhow::Result<&mut Worksheet> {
        Ok(self.workbook.worksheet_from_index(0)?)
    }

    pub fn write(&mut self, cells: &[Cell]) -> anyhow::Result<u32> {
        let (at, date) = (self.row, self.date.clone());
        let worksheet = self.worksheet()?;
        for (column, cell) in cells.iter().enumerate() {
            let column = column as u16;
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    worksheet.write_string(at, column, text)?;
                }
                Cell::Number(number) => {
                    worksheet.write_number(at, column, *number)?;
                }
                Cell::Date(day) => {
                    worksheet.write_number_with_format(at, column, serial(*day) as f64, &date)?;
                }
            }
        }
        self.row += 1;
        Ok(self.row)
    }

    /// A row of data; now and then what is no data stands before it.
    pub fn write_data(
        &mut self,
        dice: &mut Dice,
        rates: &FaultRates,
        ledger: &mut Ledger,
        mut cells: Vec<Cell>,
    ) -> anyhow::Result<u32> {
        if self.data > 0 && dice.chance(rates.row_blank) {
            self.row += 1;
            self.place.plant(ledger, Some(self.row), "", Fault::RowSkippedBlank, "", Kind::Planted)?;
        }
        if self.data > 0 && dice.chance(rates.row_header_again) {
            let header: Vec<Cell> = self.columns.iter().map(|column| Cell::from(*column)).collect();
            let row = self.write(&header)?;
            self.place.plant(ledger, Some(row), "", Fault::RowSkippedHeader, "", Kind::Planted)?;
        }
        self.data += 1;
        cells[0] = count(self.data);
        self.write(&cells)
    }

    pub fn finish(mut self, birth_date: &str, nik: &str, ledger: &mut Ledger) -> anyhow::Result<u64> {
        let total = vec![Cell::from(""), Cell::from("JUMLAH"), count(self.data)];
        let row = self.write(&total)?;
        self.place.plant(ledger, Some(row), "", Fault::RowSkippedTotal, "", Kind::Planted)?;
        self.place.plant(ledger, Some(self.header), "", Fault::FileHeaderOffset, "", Kind::Planted)?;
        self.dates.settle(&self.place, birth_date, ledger)?;
        self.numbers.settle(&self.place, nik, ledger)?;
        self.workbook.save(&self.path)?;
        Ok(u64::from(self.data))
    }
}
