//! One row as a file delivers it. The cell keeps what kind of value the file held, because a number that should have
//! been text (a NIK) is judged differently from the same digits typed as text.

use chrono::NaiveDate;

/// A value as the file holds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    /// A numeric cell of a workbook. Text files have no numbers, only text.
    Number(f64),
    /// A number formatted as a date.
    Date(NaiveDate),
    Bool(bool),
    /// `#N/A`, `#REF!` and their kind, as shown.
    Error(&'static str),
    /// A formula whose value was never stored in the file.
    Uncached,
}

impl Cell {
    /// Nothing in it but blanks.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty | Self::Uncached => true,
            Self::Text(text) => text.chars().all(is_blank_char),
            _ => false,
        }
    }

    /// The value as text, exactly as it came; a date as `1985-07-05`, a number without exponent.
    pub fn display(&self) -> String {
        match self {
            Self::Empty | Self::Uncached => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
            Self::Error(text) => (*text).to_owned(),
        }
    }

    /// The word for what it holds, to be kept beside its text.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Empty | Self::Uncached => "empty",
            Self::Text(_) | Self::Error(_) => "text",
            Self::Number(_) => "number",
            Self::Date(_) => "date",
            Self::Bool(_) => "bool",
        }
    }

    /// The cell of such a word and text.
    pub fn of_kind(kind: &str, text: &str) -> Self {
        let read = match kind {
            "number" => text.parse().ok().map(Self::Number),
            "date" => text.parse().ok().map(Self::Date),
            "bool" => Some(Self::Bool(text == "TRUE")),
            _ => None,
        };
        read.unwrap_or_else(|| text.into())
    }

    /// As [`Cell::display`], without a copy where the cell is text.
    pub fn into_display(self) -> String {
        match self {
            Self::Text(text) => text,
            other => other.display(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

/// Blanks of every kind that spreadsheets leave behind: also NBSP, zero-width blanks and a stray byte-order mark.
pub fn is_blank_char(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A row with the number a spreadsheet shows for it (first line = 1).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    pub number: u32,
    pub cells: Vec<Cell>,
    /// The text of the row broke off (an unclosed quote, binary bytes): it cannot be told where cells begin.
    pub broken: bool,
}

impl Row {
    pub fn new(number: u32, cells: Vec<Cell>) -> Self {
        Self { number, cells, broken: false }
    }

    pub fn is_blank(&self) -> bool {
        !self.broken && self.cells.iter().all(Cell::is_blank)
    }

    pub fn cell(&self, at: usize) -> &Cell {
        self.cells.get(at).unwrap_or(&Cell::Empty)
    }
}
