//! Finding the header and the format of a sheet, with the reasons, so that a person can confirm or overrule it.
//!
//! Headers are matched by the spellings a format lists, never by likeness: a near miss is a suggestion in the finding.
//! A header may stand in any of the first rows and be spread over up to three of them. Formats share headers ("NIK",
//! "Nama"): what speaks for one is the headers that few others know, the spelling its source prints, its name in the
//! file's name or titles, and that nothing is left over.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    sync::{Arc, LazyLock},
};

use super::{
    Cell, Fault, Finding, Format, Row,
    cell::is_blank_char,
    format::{Slot, Source, formats, header_key},
    labels::Labels,
};

mod period;

pub use period::{list_date, version_end, version_in};

/// Rows from the top in which a header is looked for.
pub const HEAD_ROWS: usize = 40;
/// A header is at most this many rows high.
const HEADER_HEIGHT: usize = 3;
/// With fewer headers known, a sheet is not taken for the format.
const LEAST_MATCHES: usize = 2;
/// Of more unknown headers than this it is not asked whether they are nearly known ones.
const MOST_SUGGESTIONS: usize = 400;
/// Rows of data looked at to tell a layout by the position of its columns.
const PROBED_ROWS: usize = 20;
/// Headers named as a reason.
const NAMED_HEADERS: usize = 5;
/// How the evidence is weighed: a header counts for this much, the more the fewer formats know it.
const HEADER_WEIGHT: i64 = 1_000;
const RARE_HEADER_WEIGHT: i64 = 2_000;
const PRINTED_HEADER_WEIGHT: i64 = 400;
const SPELLED_HEADER_WEIGHT: i64 = 200;
const LEFT_OVER_WEIGHT: i64 = 1_200;
const COVERAGE_WEIGHT: i64 = 1_000;
const HINT_WEIGHT: i64 = 1_000;
const HINT_LETTER_WEIGHT: i64 = 200;
const COMPLETE_WEIGHT: i64 = 2_500;
const PLAIN_WEIGHT: i64 = 1_000;
const BY_HAND_WEIGHT: i64 = 20_000;

/// A file's column and what it was recognised as.
#[derive(Clone, Debug)]
pub struct MappedColumn {
    /// The header's text as it stands in the file.
    pub header: Arc<str>,
    /// Index in the format's columns; `None` when the format does not know the header. Such a column is kept raw.
    pub column: Option<usize>,
}

/// How the columns of one sheet are to be read.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub format: &'static Format,
    /// First and last row of the header, as a spreadsheet shows them. Data begin below.
    pub header_rows: (u32, u32),
    pub columns: Vec<MappedColumn>,
}

impl Mapping {
    /// Is this row below the header?
    pub const fn is_below_header(&self, row: u32) -> bool {
        row > self.header_rows.1
    }

    /// The file's column that holds a field, and its header.
    pub fn find(&self, slot: Slot) -> Option<(usize, &Arc<str>)> {
        self.columns.iter().enumerate().find_map(|(at, mapped)| {
            let column = &self.format.columns[mapped.column?];
            (column.slot == slot).then_some((at, &mapped.header))
        })
    }

    /// Overrules what a column of the file was recognised as; `None` leaves it raw. A field is in one column only.
    pub fn assign(&mut self, at: usize, field: Option<&str>) {
        let column = field.and_then(|field| self.format.columns.iter().position(|column| column.field == field));
        if column.is_some() {
            for mapped in &mut self.columns {
                mapped.column = mapped.column.filter(|taken| Some(*taken) != column);
            }
        }
        if let Some(mapped) = self.columns.get_mut(at) {
            mapped.column = column;
        }
    }

    /// Needed groups of which the file has no column.
    pub fn missing(&self) -> Vec<&'static [String]> {
        let has = |field: &String| {
            self.columns
                .iter()
                .any(|mapped| mapped.column.is_some_and(|column| self.format.columns[column].field == *field))
        };
        self.format.needs.iter().filter(|group| !group.iter().any(has)).map(Vec::as_slice).collect()
    }
}

/// Something that speaks for a format, for the page that asks a person to confirm.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Reason {
    /// So many of the file's headers are columns of the format.
    Headers { known: usize, of: usize },
    /// Headers that no other list has.
    OwnHeaders { headers: Vec<String> },
    /// The file's name or a title says the list's name.
    Named { word: String },
    /// The header could not be read; the columns stand where the format has them, and hold what they should.
    Position { first_row: u32 },
}

/// A proposal: a mapping and why.
#[derive(Clone, Debug)]
pub struct Recognition {
    pub mapping: Mapping,
    /// How well the file's headers and the format's found each other, in percent.
    pub score: u32,
    /// What speaks for the format.
    pub reasons: Vec<Reason>,
    /// The evidence weighed, by which proposals are ordered.
    merit: i64,
    /// Headers found and the field each means.
    pub matched: Vec<(Arc<str>, &'static str)>,
    /// Header texts the format does not know.
    pub unknown: Vec<Arc<str>>,
    /// Fields of the format that the file does not have.
    pub absent: Vec<&'static str>,
    /// Needed groups of which the file has no column. Not empty: the file cannot be read as this format.
    pub missing: Vec<&'static [String]>,
    /// `2026Q3` or `2023`, read from the file name or a title row.
    pub version: Option<String>,
    /// Findings about the file that the header tells (offset, unknown and missing columns).
    pub findings: Vec<Finding>,
}

impl Recognition {
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }
}

/// Every format the sheet may be, best first; empty when it looks like none of them. `head` holds the first
/// [`HEAD_ROWS`] rows.
pub fn recognise(head: &[Row], file_name: &str) -> Vec<Recognition> {
    recognise_among(head, file_name, formats().iter())
}

/// As [`recognise`], among formats given: the built-in ones with those made by hand.
pub fn recognise_among(
    head: &[Row],
    file_name: &str,
    formats: impl Iterator<Item = &'static Format>,
) -> Vec<Recognition> {
    let head = Head::new(head, file_name);
    let mut found: Vec<Recognition> = formats
        .map(|format| head.read_as(format))
        .filter(|recognition| recognition.matched.len() >= LEAST_MATCHES)
        .collect();
    found.sort_by_key(|recognition| Reverse(recognition.merit));
    // of one source, what can be read comes before what lacks something and explains the headers hardly better
    if let Some(first) = found.first().filter(|first| !first.is_complete()) {
        let near = |other: &Recognition| {
            other.is_complete()
                && other.mapping.format.source == first.mapping.format.source
                && other.matched.len() * 10 >= first.matched.len() * 9
        };
        if let Some(at) = found.iter().position(near) {
            found[..=at].rotate_right(1);
        }
    }
    found
}

/// The sheet read as one format, wherever its header matches best. With no header at all nothing is matched and every
/// needed column is missing.
pub fn recognise_as(head: &[Row], file_name: &str, format: &'static Format) -> Recognition {
    Head::new(head, file_name).read_as(format)
}

/// The header of a sheet that no format was found for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// First and last row, as a spreadsheet shows them.
    pub rows: (u32, u32),
    /// The text of every column; with its titles where the same text stands twice.
    pub columns: Vec<String>,
}

/// Finds the header of a sheet: the rows that a person named, else those with most headers that any list knows, else
/// the first row of several words.
pub fn header_in(rows: &[Row], named: Option<(u32, u32)>) -> Option<Header> {
    let head = Head::new(rows, "");
    let words = |window: &&Window| window.columns.iter().filter(|cell| !cell.text.is_empty()).count();
    let found = match named {
        Some(wanted) => head.windows.iter().find(|window| window.rows == wanted),
        None => head
            .windows
            .iter()
            .filter(|window| window.known >= LEAST_MATCHES)
            .max_by_key(|window| (window.known, Reverse(window.height), Reverse(window.rows.0)))
            .or_else(|| {
                let flat = head.windows.iter().filter(|window| window.height == 1);
                flat.filter(|window| words(window) >= 2).max_by_key(|window| (words(window), Reverse(window.rows.0)))
            }),
    }?;
    let mut times: HashMap<String, usize> = HashMap::new();
    for cell in &found.columns {
        *times.entry(header_key(&cell.text)).or_default() += 1;
    }
    let twice = |text: &str| times.get(&header_key(text)).is_some_and(|times| *times > 1);
    let columns =
        found.columns.iter().map(|cell| if twice(&cell.text) { cell.titled.clone() } else { cell.text.to_string() });
    Some(Header { rows: found.rows, columns: columns.collect() })
}

/// What is said of a file without the header of any list: it lacks what every list needs. An empty file is one.
pub fn no_header() -> Finding {
    Finding::new(None, Some("NIK / KK / Nama".into()), Fault::FileMissingColumn, "")
}

/// How widely a header is known.
#[derive(Clone, Copy)]
struct Known {
    formats: i64,
    /// The one source whose formats know it; `None` when there are several.
    source: Option<Source>,
}

static KNOWN_BY: LazyLock<HashMap<&'static str, Known>> = LazyLock::new(|| {
    let mut known: HashMap<&'static str, Known> = HashMap::new();
    for (format, key) in formats().iter().flat_map(|format| format.keys().map(move |key| (format, key))) {
        let by = known.entry(key).or_insert(Known { formats: 0, source: Some(format.source) });
        by.formats += 1;
        by.source = by.source.filter(|source| *source == format.source);
    }
    known
});

/// One column of a header that may be several rows high.
struct HeaderCell {
    text: Arc<str>,
    /// With the titles above it.
    titled: String,
    /// What it may be called, the most telling first: with the titles above it, then alone.
    keys: Vec<String>,
    /// Its key without the name of a month, for columns that come once a month.
    monthless: Option<String>,
}

/// Rows that may be the header.
struct Window {
    rows: (u32, u32),
    height: usize,
    columns: Vec<HeaderCell>,
    /// Columns with a name that any built-in format knows: none of them matches more.
    known: usize,
}

/// The top of a sheet, made ready once for all formats.
struct Head<'a> {
    rows: &'a [Row],
    file_name: &'a str,
    windows: Vec<Window>,
}

impl<'a> Head<'a> {
    fn new(rows: &'a [Row], file_name: &'a str) -> Self {
        let rows = &rows[..rows.len().min(HEAD_ROWS)];
        let mut windows = Vec::new();
        for (at, first) in rows.iter().enumerate() {
            if first.is_blank() || first.broken {
                continue;
            }
            for height in 1..=HEADER_HEIGHT.min(rows.len() - at) {
                let window = &rows[at..at + height];
                // what stands below a header is not its second row
                if window.iter().any(|row| row.broken) || window[1..].last().is_some_and(is_data) {
                    break;
                }
                let rows = (first.number, window[height - 1].number);
                let columns = header_cells(window);
                let known = columns
                    .iter()
                    .filter(|cell| {
                        cell.keys.iter().chain(&cell.monthless).any(|key| KNOWN_BY.contains_key(key.as_str()))
                    })
                    .count();
                windows.push(Window { rows, height, columns, known });
            }
        }
        Self { rows, file_name, windows }
    }

    fn read_as(&self, format: &'static Format) -> Recognition {
        let mut best: Option<(usize, &Window, Vec<Option<usize>>)> = None;
        let built_in = formats().iter().any(|known| std::ptr::eq(known, format));
        for window in &self.windows {
            let most = best.as_ref().map_or(1, |(most, ..)| *most);
            if built_in && window.known < most {
                continue;
            }
            let columns = assign(window, format);
            let matched = columns.iter().flatten().count();
            // of headers that match as well the flatter one: titles above do not belong to it
            let (most, least_height) = best.as_ref().map_or((0, 0), |(most, window, _)| (*most, window.height));
            if matched > most || (matched == most && window.height < least_height) {
                best = Some((matched, window, columns));
            }
        }
        let mapping = best.map(|(_, window, columns)| Mapping {
            format,
            header_rows: window.rows,
            columns: window
                .columns
                .iter()
                .zip(columns)
                .map(|(cell, column)| MappedColumn { header: Arc::clone(&cell.text), column })
                .collect(),
        });
        let none = || Mapping { format, header_rows: (0, 0), columns: Vec::new() };
        let by_position = if mapping.as_ref().is_none_or(|mapping| !mapping.missing().is_empty()) {
            self.by_position(format)
        } else {
            None
        };
        let placed = by_position.is_some();
        self.describe(by_position.or(mapping).unwrap_or_else(none), placed)
    }

    /// A layout told by where its columns stand, when the rows below hold what they should there.
    fn by_position(&self, format: &'static Format) -> Option<Mapping> {
        let first_row = format.first_row?;
        let data: Vec<&Row> =
            self.rows.iter().filter(|row| row.number >= first_row && !row.is_blank()).take(PROBED_ROWS).collect();
        let placed = || format.columns.iter().enumerate().filter_map(|(at, column)| Some((at, column.position?)));
        let width = placed().map(|(_, position)| position + 1).max()?;
        let answers: Vec<(usize, Labels)> = placed()
            .map(|(at, position)| (position, &format.columns[at]))
            .filter(|(_, column)| matches!(column.slot, Slot::Sex | Slot::Relation))
            .map(|(position, column)| (position, Labels::of(format, column)))
            .collect();
        let fits = |row: &&&Row| {
            answers.iter().all(|(position, labels)| labels.meaning(&row.cell(*position).display()).is_some())
        };
        // half of the rows may have something else wrong with them
        if data.is_empty() || answers.is_empty() || data.iter().filter(fits).count() * 2 <= data.len() {
            return None;
        }
        let width = data.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(width);
        let above = |at: usize| {
            let rows = self.rows.iter().filter(|row| row.number < first_row);
            let text = |row: &Row| row.cell(at).display().trim_matches(is_blank_char).to_owned();
            rows.rev().map(text).find(|text| !text.is_empty() && text.chars().any(char::is_alphabetic))
        };
        let columns = (0..width)
            .map(|at| {
                let column = placed().find(|(_, position)| *position == at).map(|(column, _)| column);
                let header = above(at).unwrap_or_else(|| if column.is_some() { letters(at) } else { String::new() });
                MappedColumn { header: header.into(), column }
            })
            .collect();
        Some(Mapping { format, header_rows: (1, first_row - 1), columns })
    }

    fn describe(&self, mapping: Mapping, placed: bool) -> Recognition {
        let format = mapping.format;
        let titles = || self.rows.iter().take_while(|row| row.number < mapping.header_rows.0.max(1));
        let version = version_in(self.file_name)
            .or_else(|| titles().flat_map(|row| &row.cells).find_map(|cell| version_in(&cell.display())));
        let header_row = Some(mapping.header_rows.1);
        let mut matched = Vec::new();
        let mut unknown = Vec::new();
        let mut merit = 0;
        let mut own = Vec::new();
        for mapped in &mapping.columns {
            match mapped.column {
                Some(at) => {
                    let column = &format.columns[at];
                    let key = header_key(&mapped.header);
                    // a letter in place of a header says nothing for itself
                    let known = KNOWN_BY.get(key.as_str()).filter(|_| !placed);
                    merit += HEADER_WEIGHT + known.map_or(0, |known| RARE_HEADER_WEIGHT / known.formats);
                    merit += if column.headers.first().is_some_and(|printed| **printed == *mapped.header) {
                        PRINTED_HEADER_WEIGHT
                    } else if column.headers.iter().any(|spelled| **spelled == *mapped.header) {
                        SPELLED_HEADER_WEIGHT
                    } else {
                        0
                    };
                    if known.is_some_and(|known| known.source == Some(format.source)) && own.len() < NAMED_HEADERS {
                        own.push(mapped.header.to_string());
                    }
                    matched.push((Arc::clone(&mapped.header), column.field.as_str()));
                }
                None if !mapped.header.is_empty() => unknown.push(Arc::clone(&mapped.header)),
                None => {}
            }
        }
        let has: HashSet<&str> = matched.iter().map(|(_, field)| *field).collect();
        let absent: Vec<&'static str> =
            format.columns.iter().map(|column| column.field.as_str()).filter(|field| !has.contains(field)).collect();
        let missing = mapping.missing();
        let mut findings = Vec::new();
        if mapping.header_rows.0 > 0 && mapping.header_rows != (1, 1) {
            let (first, last) = mapping.header_rows;
            let rows = if first == last { first.to_string() } else { format!("{first}-{last}") };
            findings.push(Finding::new(header_row, None, Fault::FileHeaderOffset, "").reading(rows));
        }
        for header in &unknown {
            let finding = Finding::new(header_row, Some(Arc::clone(header)), Fault::FileUnknownColumn, &**header);
            let near = if unknown.len() <= MOST_SUGGESTIONS { nearest(header, format, &absent) } else { None };
            findings.push(match near {
                Some(known) => finding.suggest(known),
                None => finding,
            });
        }
        for group in &missing {
            let printed = |field: &String| format.column(field).and_then(|column| column.headers.first()).cloned();
            let names: Vec<String> = group.iter().filter_map(printed).collect();
            findings.push(Finding::new(None, Some(names.join(" / ").into()), Fault::FileMissingColumn, ""));
        }
        let headers = matched.len() + unknown.len();
        let score = (200 * matched.len()).checked_div(headers + format.columns.len()).unwrap_or(0) as u32;
        let mut reasons = Vec::new();
        if placed {
            reasons.push(Reason::Position { first_row: mapping.header_rows.1 + 1 });
        } else if !matched.is_empty() {
            reasons.push(Reason::Headers { known: matched.len(), of: headers });
        }
        if !own.is_empty() {
            reasons.push(Reason::OwnHeaders { headers: own });
        }
        if let Some((word, weight)) = self.named(format, titles()) {
            merit += weight;
            reasons.push(Reason::Named { word });
        }
        merit -= LEFT_OVER_WEIGHT * unknown.len() as i64;
        merit += COVERAGE_WEIGHT * matched.len() as i64 / format.columns.len().max(1) as i64;
        merit += if missing.is_empty() { COMPLETE_WEIGHT } else { 0 };
        merit += if format.plain && unknown.is_empty() { PLAIN_WEIGHT } else { 0 };
        // somebody said what these very columns are
        let by_hand = super::format::format(&format.id).is_none();
        merit += if by_hand && unknown.is_empty() && absent.is_empty() { BY_HAND_WEIGHT } else { 0 };
        Recognition { mapping, score, reasons, merit, matched, unknown, absent, missing, version, findings }
    }

    /// The longest of the format's words that the file's name or a title says, and what that weighs.
    fn named<'r>(&self, format: &Format, titles: impl Iterator<Item = &'r Row>) -> Option<(String, i64)> {
        if format.hints.is_empty() {
            return None;
        }
        let said: Vec<String> = std::iter::once(header_key(self.file_name))
            .chain(titles.flat_map(|row| &row.cells).filter_map(|cell| match cell {
                Cell::Text(text) => Some(header_key(text)),
                _ => None,
            }))
            .collect();
        let hint = format.hints.iter().filter(|hint| said.iter().any(|said| said.contains(hint.as_str())));
        let longest = hint.max_by_key(|hint| hint.len())?;
        Some((longest.clone(), HINT_WEIGHT + HINT_LETTER_WEIGHT * longest.len() as i64))
    }
}

/// Numbers, dates and long rows of digits stand in data, not in a header.
fn is_data(row: &Row) -> bool {
    row.cells.iter().any(|cell| match cell {
        Cell::Text(text) => text.bytes().filter(u8::is_ascii_digit).count() >= 6,
        // years and months may head a column
        Cell::Number(number) => !(0.0..10_000.0).contains(number),
        Cell::Date(_) | Cell::Bool(_) => true,
        Cell::Empty | Cell::Error(_) | Cell::Uncached => false,
    })
}

/// `B` for the second column.
fn letters(at: usize) -> String {
    let mut number = at + 1;
    let mut letters = Vec::new();
    while number > 0 {
        letters.push(char::from(b'A' + ((number - 1) % 26) as u8));
        number = (number - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The columns of a header with what each may be called. A merged title spans its columns: "Kepala Keluarga" over "Nama"
/// and "NIK".
fn header_cells(rows: &[Row]) -> Vec<HeaderCell> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let text = |row: &Row, at: usize| match row.cell(at) {
        Cell::Text(text) => text.trim_matches(is_blank_char).to_owned(),
        other => other.display(),
    };
    let mut titles: Vec<String> = vec![String::new(); rows.len()];
    let mut cells = Vec::with_capacity(width);
    for at in 0..width {
        let own: Vec<String> = rows.iter().map(|row| text(row, at)).collect();
        for (level, own) in own.iter().enumerate() {
            if !own.is_empty() {
                // a title ends those below the one before it
                titles[level..].iter_mut().for_each(String::clear);
                titles[level].clone_from(own);
            }
        }
        let Some(lowest) = own.iter().rposition(|text| !text.is_empty()) else {
            cells.push(HeaderCell { text: "".into(), titled: String::new(), keys: Vec::new(), monthless: None });
            continue;
        };
        let name = own[lowest].clone();
        let key = header_key(&name);
        let above: Vec<String> = titles[..lowest]
            .iter()
            .map(|title| header_key(title))
            .filter(|title| !title.is_empty() && *title != key)
            .collect();
        let spoken = titles[..lowest].iter().filter(|title| !title.is_empty() && header_key(title) != key);
        let titled = spoken.map(String::as_str).chain([name.as_str()]).collect::<Vec<_>>().join(" ");
        let mut keys = Vec::new();
        if above.len() > 1 {
            keys.push(format!("{}{key}", above.concat()));
        }
        for title in above.iter().rev() {
            keys.push(format!("{title}{key}"));
            keys.push(format!("{key}{title}"));
        }
        keys.push(key);
        keys.extend(own[..lowest].iter().rev().filter(|text| !text.is_empty()).map(|text| header_key(text)));
        keys.retain(|key| !key.is_empty());
        cells.push(HeaderCell { monthless: monthless(&name), text: name.into(), titled, keys });
    }
    cells
}

/// `Alpa Januari` is `ALPA`; `None` without a month in it.
fn monthless(header: &str) -> Option<String> {
    const MONTHS: [&str; 14] = [
        "JANUARI",
        "FEBRUARI",
        "PEBRUARI",
        "MARET",
        "APRIL",
        "MEI",
        "JUNI",
        "JULI",
        "AGUSTUS",
        "SEPTEMBER",
        "OKTOBER",
        "NOVEMBER",
        "NOPEMBER",
        "DESEMBER",
    ];
    let upper = header.to_uppercase();
    let words = || upper.split(|c: char| !(c.is_alphanumeric() || c == '%')).filter(|word| !word.is_empty());
    let kept: String = words().filter(|word| !MONTHS.contains(word)).collect();
    (words().any(|word| MONTHS.contains(&word)) && !kept.is_empty()).then_some(kept)
}

/// Which column of the format each header means. What is said with its title comes first, then the spelling the source
/// prints, then the others from left to right; a column is found once.
fn assign(window: &Window, format: &'static Format) -> Vec<Option<usize>> {
    let mut candidates: Vec<(usize, usize, usize, usize)> = Vec::new();
    for (at, cell) in window.columns.iter().enumerate() {
        for (order, key) in cell.keys.iter().enumerate() {
            candidates.extend(format.columns_of(key).iter().map(|(column, rank)| (order, *rank, at, *column)));
        }
        if let Some(key) = &cell.monthless {
            let repeated = format.columns_of(key).iter().filter(|(column, _)| format.columns[*column].repeated);
            candidates.extend(repeated.map(|(column, rank)| (cell.keys.len(), *rank, at, *column)));
        }
    }
    candidates.sort_unstable();
    let mut columns = vec![None; window.columns.len()];
    let mut taken = vec![false; format.columns.len()];
    for (_, _, at, column) in candidates {
        if columns[at].is_none() && !taken[column] {
            columns[at] = Some(column);
            taken[column] = true;
        }
    }
    columns
}

/// The printed header of a field that is not in the file and is written almost like this.
fn nearest(header: &str, format: &'static Format, absent: &[&str]) -> Option<&'static str> {
    let key = &header_key(header);
    if !(4..=80).contains(&key.len()) {
        return None;
    }
    let most = 1 + key.chars().count() / 8;
    let columns = format.columns.iter().filter(|column| absent.contains(&column.field.as_str()));
    columns
        .flat_map(|column| column.keys.iter().map(move |known| (known, column)))
        // what is much longer or shorter is not written almost alike
        .filter(|(known, _)| known.len().abs_diff(key.len()) <= most * 2)
        .map(|(known, column)| (distance(key, known), column))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .and_then(|(_, column)| column.headers.first())
        .map(String::as_str)
}

/// Letters to change, add or drop to make one text the other.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let kept = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = kept.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
