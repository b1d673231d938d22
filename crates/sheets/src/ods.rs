//! ODS, read as it streams: a sheet is never held whole, so that a row repeated a million times costs no memory.
//!
//! Only what a list needs is looked at: sheets with their names and whether they are hidden, rows, cells with their kind
//! of value, repetition. Notes, pictures and shapes inside cells are passed over.

use std::{
    collections::HashSet,
    io::{BufRead, BufReader, Read},
};

use chrono::NaiveDate;
use domain::lists::Cell;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::{ZipArchive, result::ZipError};

use crate::{
    open::{Bytes, OpenError, ReadError, Sheet},
    workbook::{MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Rows},
};

pub(crate) struct Ods {
    archive: ZipArchive<Bytes>,
    /// Names of all tables, in order; the sheet asked for is told by its place.
    names: Vec<String>,
}

impl Ods {
    /// Lists the sheets: one run through the content.
    pub(crate) fn open(reader: Bytes) -> Result<(Self, Vec<Sheet>), OpenError> {
        let mut archive = ZipArchive::new(reader).map_err(|_| OpenError::Damaged)?;
        if is_encrypted(&mut archive) {
            return Err(OpenError::Encrypted);
        }
        let mut sheets = Vec::new();
        let mut hidden_styles: HashSet<String> = HashSet::new();
        let mut content = content(&mut archive).map_err(|_| OpenError::Damaged)?;
        let mut buffer = Vec::new();
        let mut style = String::new();
        let mut depth = 0_u32;
        loop {
            let event = content.read_event_into(&mut buffer).map_err(|_| OpenError::Damaged)?;
            match &event {
                Event::Eof => break,
                Event::Start(tag) if tag.name().as_ref() == "table:table" => {
                    // a table inside a cell is no sheet
                    if depth == 0 {
                        let hidden =
                            attribute(tag, "table:style-name").is_some_and(|name| hidden_styles.contains(&name));
                        sheets.push(Sheet { name: Some(attribute(tag, "table:name").unwrap_or_default()), hidden });
                    }
                    depth += 1;
                }
                Event::End(tag) if tag.name().as_ref() == "table:table" => depth = depth.saturating_sub(1),
                Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                    "style:style" => style = attribute(tag, "style:name").unwrap_or_default(),
                    "style:table-properties" if attribute(tag, "table:display").as_deref() == Some("false") => {
                        hidden_styles.insert(style.clone());
                    }
                    _ => {}
                },
                _ => {}
            }
            buffer.clear();
        }
        drop(content);
        let names = sheets.iter().filter_map(|sheet| sheet.name.clone()).collect();
        Ok((Self { archive, names }, sheets))
    }

    pub(crate) fn rows(&mut self, sheet: &str, rows: &mut Rows<'_>) -> Result<(), ReadError> {
        let wanted = self.names.iter().position(|name| name == sheet).ok_or(ReadError::NoSuchSheet(0))?;
        let damaged = |row: u32, message: String| ReadError::Damaged { row, message };
        let mut content = content(&mut self.archive).map_err(|error| damaged(0, error.to_string()))?;
        let mut buffer = Vec::new();
        let mut seen = 0;
        let mut depth = 0_u32;
        let mut at = Place::default();
        loop {
            let event =
                content.read_event_into(&mut buffer).map_err(|error| damaged(rows.next_row(), error.to_string()))?;
            match &event {
                Event::Eof => break,
                Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == "table:table" => {
                    let empty = matches!(event, Event::Empty(_));
                    seen += u32::from(depth == 0);
                    depth += u32::from(!empty);
                }
                Event::End(tag) if tag.name().as_ref() == "table:table" => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && seen as usize > wanted {
                        break;
                    }
                }
                _ if depth != 1 || seen as usize != wanted + 1 => {}
                Event::Start(tag) if tag.name().as_ref() == "table:table-row" => {
                    at = Place { repeat: repeated(tag, "table:number-rows-repeated", MOST_ROWS), ..at };
                    at.column = 0;
                }
                Event::Empty(tag) if tag.name().as_ref() == "table:table-row" => {
                    at.row = at.row.saturating_add(repeated(tag, "table:number-rows-repeated", MOST_ROWS));
                }
                Event::End(tag) if tag.name().as_ref() == "table:table-row" => {
                    if rows.put_row(at.row, at.repeat, &at.cells)?.is_break() {
                        return Ok(());
                    }
                    at.cells.clear();
                    at.row = at.row.saturating_add(at.repeat);
                    if at.row >= MOST_ROWS {
                        break;
                    }
                }
                Event::Start(tag) if is_cell(tag) => {
                    let (tag, repeat) = (tag.to_owned(), repeated(tag, "table:number-columns-repeated", MOST_COLUMNS));
                    let text = inside(&mut content, &mut Vec::new())
                        .map_err(|error| damaged(rows.next_row(), error.to_string()))?;
                    at.put(value(&tag, text), repeat).map_err(|message| damaged(rows.next_row(), message))?;
                }
                Event::Empty(tag) if is_cell(tag) => {
                    let repeat = repeated(tag, "table:number-columns-repeated", MOST_COLUMNS);
                    at.put(value(tag, String::new()), repeat).map_err(|message| damaged(rows.next_row(), message))?;
                }
                _ => {}
            }
            buffer.clear();
        }
        let _ = rows.flush();
        Ok(())
    }
}

/// The row being read.
#[derive(Default)]
struct Place {
    /// From nought.
    row: u32,
    repeat: u32,
    column: u32,
    cells: Vec<Cell>,
    all: u64,
}

impl Place {
    fn put(&mut self, cell: Cell, repeat: u32) -> Result<(), String> {
        let repeat = repeat.min(MOST_COLUMNS.saturating_sub(self.column));
        if cell != Cell::Empty {
            self.all += u64::from(repeat);
            if self.all > MOST_CELLS {
                return Err("more cells than a list has".to_owned());
            }
            self.cells.resize(self.column as usize, Cell::Empty);
            self.cells.extend(std::iter::repeat_n(cell, repeat as usize));
        }
        self.column += repeat;
        Ok(())
    }
}

fn is_encrypted(archive: &mut ZipArchive<Bytes>) -> bool {
    let Ok(mut manifest) = archive.by_name("META-INF/manifest.xml") else { return false };
    let mut text = Vec::new();
    let _ = manifest.by_ref().take(4 << 20).read_to_end(&mut text);
    text.windows(15).any(|window| window == b"encryption-data")
}

fn content(archive: &mut ZipArchive<Bytes>) -> Result<Reader<impl BufRead + '_>, ZipError> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(64 * 1024, archive.by_name("content.xml")?));
    reader.config_mut().check_end_names = false;
    Ok(reader)
}

fn is_cell(tag: &BytesStart<'_>) -> bool {
    matches!(tag.name().as_ref(), "table:table-cell" | "table:covered-table-cell")
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    Some(match quick_xml::escape::unescape(&found.value) {
        Ok(text) => text.into_owned(),
        Err(_) => found.value.into_owned(),
    })
}

fn repeated(tag: &BytesStart<'_>, name: &str, most: u32) -> u32 {
    attribute(tag, name).and_then(|times| times.parse().ok()).unwrap_or(1).clamp(1, most)
}

/// What a cell holds, by its attributes; its text where they do not say.
fn value(tag: &BytesStart<'_>, text: String) -> Cell {
    let said = |name| attribute(tag, name);
    if said("calcext:value-type").as_deref() == Some("error") {
        return error(&text).map_or_else(|| text_cell(text), Cell::Error);
    }
    let Some(kind) = said("office:value-type") else {
        return if said("table:formula").is_some() && text.is_empty() { Cell::Uncached } else { text_cell(text) };
    };
    match kind.as_str() {
        "float" | "percentage" | "currency" => {
            let number: Option<f64> = said("office:value").and_then(|number| number.parse().ok());
            number.filter(|number| number.is_finite()).map_or_else(|| text_cell(text), Cell::Number)
        }
        "date" => {
            let written = said("office:date-value").unwrap_or_default();
            let day = written.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
            day.map_or_else(|| text_cell(if text.is_empty() { written } else { text }), Cell::Date)
        }
        "boolean" => Cell::Bool(said("office:boolean-value").is_some_and(|value| value.eq_ignore_ascii_case("true"))),
        _ => text_cell(said("office:string-value").filter(|_| text.is_empty()).unwrap_or(text)),
    }
}

fn error(text: &str) -> Option<&'static str> {
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"].into_iter().find(|known| *known == text)
}

fn text_cell(text: String) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

/// The text of a cell: its paragraphs, one a line. Everything else inside is passed over.
fn inside(content: &mut Reader<impl BufRead>, buffer: &mut Vec<u8>) -> Result<String, quick_xml::Error> {
    let mut text = String::new();
    let (mut depth, mut paragraphs) = (1_u32, 0_u32);
    // depth at which something that is no text of the cell began
    let mut passed_over: Option<u32> = None;
    loop {
        buffer.clear();
        match content.read_event_into(buffer)? {
            Event::Eof => break,
            Event::Start(tag) => {
                depth += 1;
                let name = tag.name();
                let name = name.as_ref();
                if passed_over.is_none() && !name.starts_with("text:") {
                    passed_over = Some(depth);
                } else if passed_over.is_none() && name == "text:p" {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                }
            }
            Event::Empty(tag) if passed_over.is_none() => match tag.name().as_ref() {
                "text:s" => {
                    let blanks = repeated(&tag, "text:c", 1_000);
                    text.extend(std::iter::repeat_n(' ', blanks as usize));
                }
                "text:tab" => text.push('\t'),
                "text:line-break" => text.push('\n'),
                "text:p" => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                }
                _ => {}
            },
            Event::End(_) => {
                if passed_over == Some(depth) {
                    passed_over = None;
                }
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Event::Text(piece) if passed_over.is_none() && depth > 1 => text.push_str(&piece.xml10_content()),
            Event::CData(piece) if passed_over.is_none() && depth > 1 => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(name) if passed_over.is_none() && depth > 1 => {
                if let Ok(Some(c)) = name.resolve_char_ref() {
                    text.push(c);
                } else if let Some(known) = quick_xml::escape::resolve_predefined_entity(&name.xml10_content()) {
                    text.push_str(known);
                }
            }
            _ => {}
        }
    }
    Ok(text)
}
