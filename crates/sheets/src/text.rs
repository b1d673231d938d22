//! Text files: which encoding, which delimiter, and rows numbered as a spreadsheet shows them.
//!
//! A quoted line break does not start a row, a blank line is a row, a `sep=` line is none. A quote that is never closed
//! does not swallow the rows behind it: where the line has its cells all the same the quote is a sign like any other,
//! else the row is handed over as broken; reading goes on with the next line.

use std::{
    collections::VecDeque,
    io::{self, BufRead, Read},
};

use domain::lists::{Cell, Row};
use encoding_rs::{CoderResult, Decoder};

/// How much of a file is looked at to tell its delimiter.
const SAMPLE: usize = 64 * 1024;
/// A quoted cell with more lines or bytes than this was never closed.
const QUOTED_LINES: usize = 64;
const QUOTED_BYTES: usize = 64 * 1024;
/// A longer line, or one of more cells, is no row of a list: it is handed over as broken, with its beginning only.
const LINE_BYTES: usize = 1 << 20;
const LINE_CELLS: usize = 16_384;
const BROKEN_CHARS: usize = 500;
const DELIMITERS: [char; 4] = [',', ';', '|', '\t'];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// UTF-8 with a byte-order mark.
    Utf8Mark,
    Windows1252,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf8Mark => "UTF-8",
            Self::Windows1252 => "Windows-1252",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
        }
    }

    const fn codec(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 | Self::Utf8Mark => encoding_rs::UTF_8,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
        }
    }
}

/// How a text file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLayout {
    pub encoding: Encoding,
    pub delimiter: char,
    /// The file began with a `sep=` line, which is no row.
    pub sep_line: bool,
    /// Lines end in a bare carriage return.
    bare_cr: bool,
}

/// Why a file that is no workbook is no text list either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotText;

impl TextLayout {
    /// Reads the file once to tell its encoding; its beginning tells the delimiter.
    pub(crate) fn sniff(mut reader: impl Read) -> io::Result<Result<Self, NotText>> {
        let mut sample = Vec::with_capacity(SAMPLE);
        reader.by_ref().take(SAMPLE as u64).read_to_end(&mut sample)?;
        let Some(encoding) = marked(&sample).or_else(|| unmarked_utf16(&sample)) else {
            if is_other(&sample) {
                return Ok(Err(NotText));
            }
            let encoding =
                if is_utf8(sample.as_slice().chain(reader))? { Encoding::Utf8 } else { Encoding::Windows1252 };
            return Ok(Ok(Self::of(encoding, &sample)));
        };
        Ok(Ok(Self::of(encoding, &sample)))
    }

    fn of(encoding: Encoding, sample: &[u8]) -> Self {
        let (text, _) = encoding.codec().decode_with_bom_removal(sample);
        let bare_cr = !text.contains('\n') && text.contains('\r');
        let mut lines = text.split(if bare_cr { '\r' } else { '\n' });
        let first = lines.clone().next().unwrap_or_default().trim_end();
        let sep = sep_line(first);
        let delimiter = sep.unwrap_or_else(|| {
            // the last line of a sample may be cut in two
            if text.len() >= SAMPLE / 2 {
                lines.next_back();
            }
            delimiter(lines)
        });
        Self { encoding, delimiter, sep_line: sep.is_some(), bare_cr }
    }
}

/// `sep=;`: the delimiter a spreadsheet is told to use.
fn sep_line(line: &str) -> Option<char> {
    let line = line.trim_matches('"');
    let (head, tail) = line.split_at_checked(4)?;
    let mut rest = tail.chars();
    match (head.eq_ignore_ascii_case("sep="), rest.next(), rest.next()) {
        (true, Some(delimiter), None) if DELIMITERS.contains(&delimiter) => Some(delimiter),
        _ => None,
    }
}

fn marked(sample: &[u8]) -> Option<Encoding> {
    match sample {
        [0xef, 0xbb, 0xbf, ..] => Some(Encoding::Utf8Mark),
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Text of mostly Latin letters in UTF-16 has a zero in every second byte.
fn unmarked_utf16(sample: &[u8]) -> Option<Encoding> {
    let sample = &sample[..sample.len().min(4096)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if half >= 4 && odd * 10 > half * 7 && even * 10 < half {
        Some(Encoding::Utf16Le)
    } else if half >= 4 && even * 10 > half * 7 && odd * 10 < half {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Pictures, letters, web pages and other files that are no table of text.
fn is_other(sample: &[u8]) -> bool {
    const STARTS: [&[u8]; 9] = [
        b"%PDF",
        b"{\\rtf",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"Rar!",
        b"7z\xbc\xaf",
        b"\x1f\x8b",
        b"SQLite format",
    ];
    let text = sample.trim_ascii_start();
    let lower: Vec<u8> = text.iter().take(14).map(u8::to_ascii_lowercase).collect();
    let binary = sample.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t')).count();
    STARTS.iter().any(|start| sample.starts_with(start))
        || [&b"<!doctype html"[..], b"<html", b"<table", b"<?xml"].iter().any(|start| lower.starts_with(start))
        || binary * 20 > sample.len()
}

/// Lines with control characters are damaged whatever their encoding is, and do not speak for that of the others.
fn is_utf8(mut reader: impl Read) -> io::Result<bool> {
    let mut input = vec![0; SAMPLE];
    let mut cut = 0; // bytes of a letter that the reading before cut in two
    loop {
        let count = reader.read(&mut input[cut..])?;
        if count == 0 {
            return Ok(cut == 0);
        }
        let read = cut + count;
        let mut from = 0;
        cut = loop {
            match std::str::from_utf8(&input[from..read]) {
                Ok(_) => break 0,
                Err(error) => {
                    let at = from + error.valid_up_to();
                    if error.error_len().is_none() {
                        break read - at;
                    }
                    let start = memchr::memrchr(b'\n', &input[..at]).map_or(0, |line| line + 1);
                    let end = memchr::memchr(b'\n', &input[at..read]).map_or(read, |line| at + line);
                    if !input[start..end].iter().copied().any(is_binary) {
                        return Ok(false);
                    }
                    from = end;
                }
            }
        };
        input.copy_within(read - cut..read, 0);
    }
}

/// The delimiter whose number of cells repeats from line to line.
fn delimiter<'a>(lines: impl Iterator<Item = &'a str>) -> char {
    let lines: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).take(50).collect();
    let score = |delimiter: char| {
        let mut counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, delimiter)).collect();
        counts.retain(|count| *count > 0);
        counts.sort_unstable();
        // the count seen on most lines, and on how many
        counts.chunk_by(|a, b| a == b).map(|same| same.len() * same[0]).max().unwrap_or(0)
    };
    let mut best = (',', score(','));
    for candidate in [';', '|', '\t'] {
        let found = score(candidate);
        if found > best.1 {
            best = (candidate, found);
        }
    }
    best.0
}

fn outside_quotes(line: &str, delimiter: char) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for c in line.chars() {
        if c == '"' {
            quoted = !quoted;
        } else if c == delimiter && !quoted {
            count += 1;
        }
    }
    count
}

/// Turns any encoding into UTF-8, a buffer at a time.
struct Transcoder<R> {
    inner: R,
    decoder: Decoder,
    input: Vec<u8>,
    consumed: usize,
    filled: usize,
    ended: bool,
    output: String,
    taken: usize,
}

impl<R: Read> Transcoder<R> {
    fn new(inner: R, encoding: Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.codec().new_decoder_with_bom_removal(),
            input: vec![0; SAMPLE],
            consumed: 0,
            filled: 0,
            ended: false,
            output: String::with_capacity(SAMPLE * 3),
            taken: 0,
        }
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(into.len());
        into[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Transcoder<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.taken == self.output.len() && !self.ended {
            self.output.clear();
            self.taken = 0;
            if self.consumed == self.filled {
                self.consumed = 0;
                self.filled = self.inner.read(&mut self.input)?;
            }
            let last = self.filled == 0;
            let (result, read, _) =
                self.decoder.decode_to_string(&self.input[self.consumed..self.filled], &mut self.output, last);
            self.consumed += read;
            self.ended = last && result == CoderResult::InputEmpty;
        }
        Ok(&self.output.as_bytes()[self.taken..])
    }

    fn consume(&mut self, count: usize) {
        self.taken += count;
    }
}

/// Rows of a text file, one after the other.
pub(crate) struct TextRows<R> {
    reader: Transcoder<R>,
    layout: TextLayout,
    /// Lines read ahead while looking for a closing quote that never came.
    ahead: VecDeque<Line>,
    number: u32,
    first: bool,
    /// Cells of the row before.
    width: usize,
}

struct Line {
    text: String,
    /// Longer than a row can be; only its beginning was kept.
    too_long: bool,
    /// Whether a line break ended it; the last line of a file that broke off has none.
    ended: bool,
}

impl<R: Read> TextRows<R> {
    pub(crate) fn new(reader: R, layout: TextLayout) -> Self {
        Self {
            reader: Transcoder::new(reader, layout.encoding),
            layout,
            ahead: VecDeque::new(),
            number: 0,
            first: true,
            width: 0,
        }
    }

    pub(crate) fn next_row(&mut self) -> io::Result<Option<Row>> {
        if std::mem::take(&mut self.first) && self.layout.sep_line {
            self.next_line()?;
        }
        let Some(line) = self.next_line()? else { return Ok(None) };
        self.number = self.number.saturating_add(1);
        let delimiter = self.layout.delimiter;
        if line.too_long || line.text.bytes().filter(|byte| *byte == delimiter as u8).count() >= LINE_CELLS {
            return Ok(Some(self.broken(&line.text)));
        }
        if let Some(cells) = split(&line.text, delimiter, self.width) {
            // a last line that has neither all its cells nor an end was cut off: what stands last in it may be half a value
            let cut_off = !line.ended && cells.len() > 1 && cells.len() < self.width;
            let broken = cut_off || line.text.bytes().any(is_binary);
            return Ok(Some(self.row(cells, broken)));
        }
        // a cell goes on: read until its quote closes
        let mut joined = line.text.clone();
        let mut behind: Vec<Line> = Vec::new();
        let mut closed = None;
        while closed.is_none() && behind.len() < QUOTED_LINES && joined.len() < QUOTED_BYTES {
            let Some(next) = self.next_line()? else { break };
            joined.push('\n');
            joined.push_str(&next.text);
            if next.text.contains('"') {
                closed = split(&joined, delimiter, self.width);
            }
            behind.push(next);
        }
        let literal: Vec<Cell> = line.text.split(delimiter).map(Cell::from).collect();
        let stray = line.ended && literal.len() == self.width;
        match closed {
            Some(cells) if cells.len() == self.width || !stray => {
                let broken = joined.bytes().any(is_binary);
                return Ok(Some(self.row(cells, broken)));
            }
            _ => {}
        }
        for line in behind.into_iter().rev() {
            self.ahead.push_front(line);
        }
        if stray {
            let broken = line.text.bytes().any(is_binary);
            return Ok(Some(self.row(literal, broken)));
        }
        Ok(Some(self.broken(&line.text)))
    }

    fn broken(&self, text: &str) -> Row {
        let start: String = text.chars().take(BROKEN_CHARS).collect();
        Row { number: self.number, cells: vec![Cell::Text(start)], broken: true }
    }

    fn row(&mut self, cells: Vec<Cell>, broken: bool) -> Row {
        if cells.len() > 1 {
            self.width = cells.len();
        }
        Row { number: self.number, cells, broken }
    }

    fn next_line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        let end = if self.layout.bare_cr { b'\r' } else { b'\n' };
        let (mut ended, mut too_long, mut any) = (false, false, false);
        while !ended {
            let available = self.reader.fill_buf()?;
            if available.is_empty() {
                break;
            }
            any = true;
            let (taken, found) = match memchr::memchr(end, available) {
                Some(at) => (&available[..at], true),
                None => (available, false),
            };
            let room = LINE_BYTES.saturating_sub(line.len());
            too_long |= taken.len() > room;
            line.extend_from_slice(&taken[..taken.len().min(room)]);
            let count = taken.len() + usize::from(found);
            ended = found;
            self.reader.consume(count);
        }
        if !any {
            return Ok(None);
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        let text =
            String::from_utf8(line).unwrap_or_else(|bytes| String::from_utf8_lossy(bytes.as_bytes()).into_owned());
        Ok(Some(Line { text, too_long, ended }))
    }
}

/// Control characters that no text has.
fn is_binary(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t')
}

/// The cells of one row; `None` when a quoted cell is not closed. A blank line has no cells.
fn split(line: &str, delimiter: char, width: usize) -> Option<Vec<Cell>> {
    if line.is_empty() {
        return Some(Vec::new());
    }
    let mut cells = Vec::with_capacity(width);
    let mut rest = line;
    loop {
        let (cell, tail) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted, delimiter)?,
            None => match rest.split_once(delimiter) {
                Some((cell, tail)) => (cell.into(), Some(tail)),
                None => (rest.into(), None),
            },
        };
        cells.push(cell);
        match tail {
            Some(tail) => rest = tail,
            None => return Some(cells),
        }
    }
}

/// From behind the opening quote: the cell, and what follows the delimiter behind it.
fn quoted_cell(text: &str, delimiter: char) -> Option<(Cell, Option<&str>)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (head, tail) = rest.split_once('"')?;
        cell.push_str(head);
        if let Some(tail) = tail.strip_prefix('"') {
            cell.push('"');
            rest = tail;
            continue;
        }
        // text behind the closing quote belongs to the cell, as spreadsheets have it
        let (behind, next) = match tail.split_once(delimiter) {
            Some((behind, next)) => (behind, Some(next)),
            None => (tail, None),
        };
        // but not where lines were crossed: then the quote belongs to another cell, and the first was never closed
        if !behind.is_empty() && cell.contains('\n') {
            return None;
        }
        cell.push_str(behind);
        return Some((if cell.is_empty() { Cell::Empty } else { Cell::Text(cell) }, next));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> (TextLayout, Vec<Row>) {
        let layout = TextLayout::sniff(bytes).expect("reads").expect("text");
        let mut reader = TextRows::new(bytes, layout);
        let mut rows = Vec::new();
        while let Some(row) = reader.next_row().expect("reads") {
            rows.push(row);
        }
        (layout, rows)
    }

    fn shown(rows: &[Row]) -> Vec<(u32, String)> {
        let cells = |row: &Row| row.cells.iter().map(Cell::display).collect::<Vec<_>>().join("¦");
        rows.iter().map(|row| (row.number, cells(row))).collect()
    }

    fn expect(bytes: &[u8], rows_expected: &[(u32, &str)]) -> TextLayout {
        let (layout, found) = rows(bytes);
        let expected: Vec<(u32, String)> = rows_expected.iter().map(|(n, text)| (*n, (*text).to_owned())).collect();
        assert_eq!(shown(&found), expected, "{:?}", String::from_utf8_lossy(bytes));
        layout
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        expect(b"a,b\r\n\r\n1,2\n", &[(1, "a\u{a6}b"), (2, ""), (3, "1\u{a6}2")]);
        expect(
            b"a,b\n\"line one\nline two\",2\n3,4",
            &[(1, "a\u{a6}b"), (2, "line one\nline two\u{a6}2"), (3, "3\u{a6}4")],
        );
        let layout = expect(b"sep=;\na;b\n1;2\n", &[(1, "a\u{a6}b"), (2, "1\u{a6}2")]);
        assert!(layout.sep_line);
        expect(b"a;b\r1;2\r3;4", &[(1, "a\u{a6}b"), (2, "1\u{a6}2"), (3, "3\u{a6}4")]);
    }

    #[test]
    fn the_delimiter_is_told_from_the_rows() {
        for (text, delimiter) in [
            ("nik,nama,alamat\n1,A,B\n", ','),
            ("nik;nama;alamat\n1;A;\"Jl. Satu, No. 2, RT 1\"\n2;B;Jl. Dua, No. 3, RT 2\n", ';'),
            ("ID DTKS|NIK|NAMA\nx|1|A, B\n", '|'),
            ("nik\tnama\n1\tA\n", '\t'),
            ("nik\n1\n2\n", ','),
            ("", ','),
        ] {
            assert_eq!(rows(text.as_bytes()).0.delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "nama;desa\nRené;Ñusa\n";
        let utf16 = |mark: bool, little: bool| {
            let mut bytes = Vec::new();
            for unit in mark.then_some('\u{feff}').into_iter().chain(text.chars()).map(|c| c as u16) {
                bytes.extend(if little { unit.to_le_bytes() } else { unit.to_be_bytes() });
            }
            bytes
        };
        let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
        let mut marked = vec![0xef, 0xbb, 0xbf];
        marked.extend(text.as_bytes());
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (marked, Encoding::Utf8Mark),
            (latin, Encoding::Windows1252),
            (utf16(true, true), Encoding::Utf16Le),
            (utf16(true, false), Encoding::Utf16Be),
            (utf16(false, true), Encoding::Utf16Le),
            (utf16(false, false), Encoding::Utf16Be),
        ] {
            let layout = expect(&bytes, &[(1, "nama\u{a6}desa"), (2, "Ren\u{e9}\u{a6}\u{d1}usa")]);
            assert_eq!((layout.encoding, layout.delimiter), (encoding, ';'));
        }
    }

    #[test]
    fn quotes_are_read_as_spreadsheets_read_them() {
        expect(b"a,b,c\n\"x \"\"y\"\" z\",\"\",\"q\"r\n", &[(1, "a\u{a6}b\u{a6}c"), (2, "x \"y\" z\u{a6}\u{a6}qr")]);
        expect(b"a,b\n5\" pipa,2\n", &[(1, "a\u{a6}b"), (2, "5\" pipa\u{a6}2")]);
    }

    #[test]
    fn a_binary_line_does_not_speak_for_the_encoding_of_the_others() {
        let told = |bytes: &[u8]| TextLayout::sniff(bytes).expect("reads").expect("text").encoding;
        assert_eq!(told(b"nama;alamat\nJOS\xc3\x89;A\nx\xff\xfe\x00y;B\nBUDI;C\n"), Encoding::Utf8);
        assert_eq!(told(b"nama;alamat\nJOS\xc9;A\nx\xff\xfe\x00y;B\nBUDI;C\n"), Encoding::Windows1252);
        // a letter that two readings share
        let mut long = vec![b'a'; SAMPLE - 1];
        long.extend("é;\n".as_bytes());
        assert_eq!(told(&long), Encoding::Utf8);
    }

    #[test]
    fn an_unclosed_quote_does_not_swallow_the_rows_behind_it() {
        let broken = |found: &[Row]| found.iter().filter(|row| row.broken).map(|row| row.number).collect::<Vec<_>>();
        // all cells are there: the quote is a sign like any other, whether or not another quote follows much later
        for last in ["9,Z", "9,\"Z\""] {
            let mut text = String::from("nik,nama\n1,\"ALI\n");
            for n in 0..200 {
                text.push_str(&format!("{n},B\n"));
            }
            text.push_str(last);
            let (_, found) = rows(text.as_bytes());
            assert_eq!((found.len(), broken(&found)), (203, vec![]));
            assert_eq!(shown(&found[1..3]), [(2, "1\u{a6}\"ALI".to_owned()), (3, "0\u{a6}B".to_owned())]);
        }
        let (_, found) = rows(b"nik,nama,desa\n1,\"ALI,X\n2,\"B\",Y\n");
        assert_eq!(shown(&found[1..]), [(2, "1\u{a6}\"ALI\u{a6}X".to_owned()), (3, "2\u{a6}B\u{a6}Y".to_owned())]);
        // cells are missing: the row is broken, the next ones are read
        let (_, found) = rows(b"nik,nama,desa\n1,A,X\n2,\"B\n3,C,Z\n");
        assert_eq!((found.len(), broken(&found)), (4, vec![3]));
        // the file breaks off inside a cell
        let (_, found) = rows(b"nik,nama\n1,A\n2,\"BUD");
        assert_eq!(broken(&found), [3]);
        // or between two; a whole last row, a short one that ended, and a word below the table were not cut off
        let cut = |last: &str| broken(&rows(format!("nik,nama,desa\n1,A,X\n{last}").as_bytes()).1);
        assert_eq!((cut("2,BU"), cut("2,BUDI,Y"), cut("2,BUDI\n"), cut("JUMLAH")), (vec![3], vec![], vec![], vec![]));
    }

    #[test]
    fn binary_rows_are_broken_and_binary_files_are_no_text() {
        let (_, found) = rows(b"nik,nama\n1,A\x00\x01B\n2,this is a longer and quite ordinary row of the file\n");
        assert_eq!(found.iter().map(|row| row.broken).collect::<Vec<_>>(), [false, true, false]);
        for bytes in [&b"%PDF-1.7 ..."[..], b"<html><table>", b"\x89PNG\r\n\x1a\n", &[0, 1, 2, 3, 4, 5, 6, 7]] {
            assert_eq!(TextLayout::sniff(bytes).expect("reads"), Err(NotText));
        }
    }
}
