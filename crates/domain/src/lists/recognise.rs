//! Finding the header and the format of a sheet, with the reasons, so that a person can confirm or overrule it.
//!
//! Headers are matched by the spellings a format lists, never by likeness: a near miss is a suggestion in the finding.
//! A header may stand in any of the first rows and be spread over up to three of them.

use std::{cmp::Reverse, collections::HashMap, sync::Arc};

use chrono::NaiveDate;

use super::{
    Fault, Finding, Format, Row,
    cell::is_blank_char,
    format::{Slot, formats, header_key},
};

/// Rows from the top in which a header is looked for.
pub const HEAD_ROWS: usize = 40;
/// A header is at most this many rows high.
const HEADER_HEIGHT: usize = 3;
/// With fewer headers known, a sheet is not taken for the format.
const LEAST_MATCHES: usize = 2;

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

/// A proposal: a mapping and why.
#[derive(Clone, Debug)]
pub struct Recognition {
    pub mapping: Mapping,
    /// How well the file's headers and the format's found each other, in percent.
    pub score: u32,
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
    let mut found: Vec<Recognition> = formats()
        .iter()
        .map(|format| recognise_as(head, file_name, format))
        .filter(|recognition| recognition.matched.len() >= LEAST_MATCHES)
        .collect();
    found.sort_by_key(|recognition| Reverse((recognition.is_complete(), recognition.score, recognition.matched.len())));
    found
}

/// The sheet read as one format, wherever its header matches best. With no header at all nothing is matched and every
/// needed column is missing.
pub fn recognise_as(head: &[Row], file_name: &str, format: &'static Format) -> Recognition {
    let keys: HashMap<&str, usize> = format
        .columns
        .iter()
        .enumerate()
        .flat_map(|(at, column)| column.keys.iter().map(move |key| (key.as_str(), at)))
        .collect();
    let head = &head[..head.len().min(HEAD_ROWS)];
    let mut best: Option<(usize, Vec<MappedColumn>, (u32, u32))> = None;
    for (at, first) in head.iter().enumerate() {
        if first.is_blank() || first.broken {
            continue;
        }
        for height in 1..=HEADER_HEIGHT.min(head.len() - at) {
            let rows = &head[at..at + height];
            let columns = match_header(rows, &keys);
            let matched = columns.iter().filter(|column| column.column.is_some()).count();
            // of headers that match as well the flatter one: titles above do not belong to it
            let (most, least_height) =
                best.as_ref().map_or((0, 0), |(most, _, (first, last))| (*most, (last - first) as usize + 1));
            if matched > most || (matched == most && height < least_height) {
                best = Some((matched, columns, (first.number, rows[height - 1].number)));
            }
        }
    }
    let (_, columns, header_rows) = best.unwrap_or((0, Vec::new(), (0, 0)));
    let titles = head.iter().take_while(|row| row.number < header_rows.0);
    let version = version_in(file_name)
        .or_else(|| titles.flat_map(|row| &row.cells).find_map(|cell| version_in(&cell.display())));
    describe(Mapping { format, header_rows, columns }, version)
}

fn match_header(rows: &[Row], keys: &HashMap<&str, usize>) -> Vec<MappedColumn> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let text = |row: &Row, at: usize| row.cell(at).display().trim_matches(is_blank_char).to_owned();
    let mut above: Vec<String> = vec![String::new(); rows.len()];
    let mut taken = vec![false; keys.values().max().map_or(0, |last| last + 1)];
    let mut columns = Vec::with_capacity(width);
    for at in 0..width {
        let own: Vec<String> = rows.iter().map(|row| text(row, at)).collect();
        for (above, own) in above.iter_mut().zip(&own) {
            if !own.is_empty() {
                above.clone_from(own);
            }
        }
        let lowest = own.iter().rev().find(|text| !text.is_empty()).cloned().unwrap_or_default();
        let mut candidates = vec![lowest.clone()];
        if rows.len() > 1 && !lowest.is_empty() {
            candidates.extend(own.iter().rev().filter(|text| !text.is_empty()).skip(1).cloned());
            // a merged title spans its columns: "Kepala Keluarga" over "Nama", "NIK"
            for title in above[..rows.len() - 1].iter().filter(|title| !title.is_empty() && **title != lowest) {
                candidates.push(format!("{lowest} {title}"));
                candidates.push(format!("{title} {lowest}"));
            }
        }
        let column = candidates
            .iter()
            .find_map(|candidate| keys.get(header_key(candidate).as_str()).copied().filter(|column| !taken[*column]));
        if let Some(column) = column {
            taken[column] = true;
        }
        columns.push(MappedColumn { header: lowest.into(), column });
    }
    columns
}

fn describe(mapping: Mapping, version: Option<String>) -> Recognition {
    let format = mapping.format;
    let header_row = Some(mapping.header_rows.1);
    let mut matched = Vec::new();
    let mut unknown = Vec::new();
    for mapped in &mapping.columns {
        match mapped.column {
            Some(column) => matched.push((Arc::clone(&mapped.header), format.columns[column].field.as_str())),
            None if !mapped.header.is_empty() => unknown.push(Arc::clone(&mapped.header)),
            None => {}
        }
    }
    let absent: Vec<&'static str> = format
        .columns
        .iter()
        .map(|column| column.field.as_str())
        .filter(|field| !matched.iter().any(|(_, found)| found == field))
        .collect();
    let missing = mapping.missing();
    let mut findings = Vec::new();
    if mapping.header_rows.0 > 0 && mapping.header_rows != (1, 1) {
        let (first, last) = mapping.header_rows;
        let rows = if first == last { first.to_string() } else { format!("{first}-{last}") };
        findings.push(Finding::new(header_row, None, Fault::FileHeaderOffset, "").reading(rows));
    }
    for header in &unknown {
        let finding = Finding::new(header_row, Some(Arc::clone(header)), Fault::FileUnknownColumn, &**header);
        findings.push(match nearest(header, format, &absent) {
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
    Recognition { mapping, score, matched, unknown, absent, missing, version, findings }
}

/// The printed header of a field that is not in the file and is written almost like this.
fn nearest(header: &str, format: &'static Format, absent: &[&str]) -> Option<&'static str> {
    let key = &header_key(header);
    if key.len() < 4 {
        return None;
    }
    let columns = format.columns.iter().filter(|column| absent.contains(&column.field.as_str()));
    columns
        .flat_map(|column| column.keys.iter().map(move |known| (distance(key, known), column)))
        .filter(|(distance, _)| *distance <= 1 + key.chars().count() / 8)
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

/// The version a text names: `DTSEN Triwulan III 2026`, `dtsen_2026Q3.csv` are `2026Q3`; `P3KE 2023` is `2023`.
pub fn version_in(text: &str) -> Option<String> {
    let upper = text.to_uppercase();
    let kind = |c: char| if c.is_ascii_digit() { 1 } else { u8::from(c.is_alphabetic()) * 2 };
    let chars: Vec<char> = upper.chars().collect();
    let words: Vec<String> = chars
        .chunk_by(|a, b| kind(*a) == kind(*b))
        .filter(|run| kind(run[0]) != 0)
        .map(|run| run.iter().collect())
        .collect();
    let year = words.iter().position(|word| year_of(word).is_some())?;
    let quarter = |at: usize| {
        let number = words.get(at + 1).and_then(|word| quarter_of(word))?;
        let word = words.get(at)?.as_str();
        // single letters only right behind the year: "2026T3", but not a "T 3" somewhere in a title
        let known = matches!(word, "Q" | "TW" | "TRIWULAN" | "KUARTAL");
        (known || (word == "T" && at == year + 1)).then_some(number)
    };
    let year = &words[year];
    Some((0..words.len()).find_map(quarter).map_or_else(|| year.clone(), |quarter| format!("{year}Q{quarter}")))
}

fn year_of(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| word.len() == 4 && (2015..=2099).contains(year))
}

fn quarter_of(word: &str) -> Option<u32> {
    match word {
        "1" | "01" | "I" => Some(1),
        "2" | "02" | "II" => Some(2),
        "3" | "03" | "III" => Some(3),
        "4" | "04" | "IV" => Some(4),
        _ => None,
    }
}

/// The last day of what a version names: a quarter (`2026Q3`, `2026T3`, `2026TW3`), a half (`2026S1`) or a year.
pub fn version_end(version: &str) -> Option<NaiveDate> {
    let version = version.trim().to_uppercase();
    let year = version.get(..4).and_then(year_of)?;
    let rest = version[4..].trim_start_matches(['-', '_', ' ', '/']);
    let number = rest.trim_start_matches(char::is_alphabetic);
    let months_end = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    match (rest.trim_end_matches(|c: char| c.is_ascii_digit()), quarter_of(number)) {
        ("", None) if rest.is_empty() => months_end(12, 31),
        ("Q" | "T" | "TW", Some(1)) => months_end(3, 31),
        ("Q" | "T" | "TW", Some(2)) | ("S", Some(1)) => months_end(6, 30),
        ("Q" | "T" | "TW", Some(3)) => months_end(9, 30),
        ("Q" | "T" | "TW", Some(4)) | ("S", Some(2)) => months_end(12, 31),
        _ => None,
    }
}

/// The date a list speaks of: what was said, else the end of its version, else today.
pub fn list_date(said: Option<NaiveDate>, version: Option<&str>, today: NaiveDate) -> NaiveDate {
    said.or_else(|| version.and_then(version_end)).unwrap_or(today)
}
