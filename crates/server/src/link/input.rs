//! Reads lists into the matcher's table: CSV on all cores, workbooks and Parquet row by row. What is read is not kept besides.

use std::{
    fs::File,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    io::Read,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Mutex,
};

use anyhow::{Context, bail};
use domain::lists::{Cell, recognise};
use linkage::{
    schema::Schema,
    table::{Builder, Chunk, Table},
};
use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::Field,
};
use rayon::prelude::*;
use serde::Serialize;
use sheets::{Encoding, Spreadsheet, TextLayout};

use super::{
    roles::{self, Roles},
    words,
};
use crate::i18n::Lang;

/// Rows looked at for the header and for what columns hold.
const HEAD: usize = 200;
/// Columns of a list, at most: finding out what each is takes a while.
const MOST_COLUMNS: usize = 1000;
/// Bytes of a CSV read as one piece; records of a chunk from a workbook.
const PIECE: usize = 1 << 20;
const ROWS: usize = 32_768;

/// One list.
#[derive(Clone, Debug, Serialize)]
pub struct List {
    /// Its name: the file's, without folder and ending.
    pub name: String,
    /// Records read.
    pub records: u64,
    /// Field and header of every column that is used.
    pub columns: Vec<(String, String)>,
    /// Header of the column that names records; without one they are named by the number of their row.
    pub id: Option<String>,
    /// Records that broke off or were not UTF-8 in a file said to be: read as far as they can be.
    pub unclear: u64,
    /// Records with more or fewer cells than the header (CSV).
    pub ragged: u64,
    /// Records that bear the name of an earlier one.
    pub doubled: u64,
    /// Fields with numbers or dates that cannot be used, and in how many records.
    pub unused: Vec<(String, u64)>,
}

impl List {
    /// What in the list was not as it should be, in words. `called`: what a field is called.
    pub fn doubts(&self, lang: Lang, called: impl Fn(&str) -> String) -> Vec<String> {
        let counted = |key: &'static str, count: u64| (count > 0).then(|| lang.msg(key).n("count", count).to_string());
        let unused = self
            .unused
            .iter()
            .map(|(field, count)| lang.msg("link-unused").n("count", *count).s("field", called(field)).to_string());
        [
            counted("link-unclear", self.unclear),
            counted("link-ragged", self.ragged),
            counted("link-doubled", self.doubled),
        ]
        .into_iter()
        .flatten()
        .chain(unused)
        .collect()
    }
}

/// What a list turned out to be while it was read.
#[derive(Debug, Default)]
struct Seen {
    unclear: u64,
    ragged: u64,
}

/// Names of all records, in the order of the table's rows.
#[derive(Debug, Default)]
pub struct Ids {
    text: String,
    ends: Vec<usize>,
}

impl Ids {
    fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len());
    }

    fn append(&mut self, other: &Self) {
        let from = self.text.len();
        self.text.push_str(&other.text);
        self.ends.extend(other.ends.iter().map(|end| from + end));
    }

    pub fn of(&self, row: u32) -> &str {
        let row = row as usize;
        let from = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.text[from..self.ends[row]]
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many of the names from `from` on stand there a second time (by their hashes: of millions one may be counted in vain).
    fn doubled(&self, from: usize) -> u64 {
        let mut hashes: Vec<u64> = (from..self.len())
            .into_par_iter()
            .map(|row| BuildHasherDefault::<DefaultHasher>::default().hash_one(self.of(row as u32)))
            .collect();
        hashes.par_sort_unstable();
        hashes.windows(2).filter(|pair| pair[0] == pair[1]).count() as u64
    }
}

/// All records of all lists.
#[derive(Debug)]
pub struct Records {
    pub table: Table,
    pub ids: Ids,
    pub lists: Vec<List>,
}

/// What the caller says of the columns of a list.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Field and header.
    pub columns: Vec<(String, String)>,
    /// Header of the column that names records.
    pub id: Option<String>,
    /// The same is said of another list.
    pub shared: bool,
}

/// A file with its columns found.
pub struct Opened {
    path: PathBuf,
    content: Content,
    headers: Vec<String>,
    pub roles: Roles,
}

enum Content {
    /// A text whose header is its first row: read in pieces.
    Text(TextLayout),
    /// Sheet and the last row of the header.
    Sheet(Box<Spreadsheet>, usize, u32),
    Parquet(Box<SerializedFileReader<File>>),
}

/// Opens a list and finds its columns among `fields`.
pub fn open(path: &Path, fields: &[&str], said: &Said, lang: Lang) -> anyhow::Result<Opened> {
    let named = || path.display().to_string();
    let mut magic = [0_u8; 4];
    let mut begin = words::opened(path, lang)?;
    let read = begin.read(&mut magic).map_err(|error| words::told(error.into(), lang)).with_context(named)?;
    if read == 4 && magic == *b"PAR1" {
        let damaged = |_| anyhow::anyhow!(lang.t("link-error-damaged"));
        let reader = SerializedFileReader::new(words::opened(path, lang)?).map_err(damaged).with_context(named)?;
        let schema = reader.metadata().file_metadata().schema_descr_ptr();
        let headers: Vec<String> = schema.columns().iter().map(|c| c.name().to_owned()).collect();
        let mut head: Vec<Vec<Cell>> = Vec::new();
        for row in reader.get_row_iter(None).with_context(named)?.take(HEAD) {
            head.push(row?.get_column_iter().map(|(_, value)| Cell::from(text_of(value).as_str())).collect());
        }
        let samples: Vec<Vec<&Cell>> =
            (0..headers.len()).map(|c| head.iter().filter_map(|row| row.get(c)).collect()).collect();
        let roles = roles::find(fields, &headers, &samples, said, lang).with_context(named)?;
        return Ok(Opened { path: path.to_owned(), content: Content::Parquet(Box::new(reader)), headers, roles });
    }
    let mut book = Spreadsheet::open(path).map_err(|error| words::told(error.into(), lang)).with_context(named)?;
    let visible = book.sheets().iter().position(|sheet| !sheet.hidden).unwrap_or(0);
    let rows = book.head(visible, HEAD).map_err(|error| words::told(error.into(), lang)).with_context(named)?;
    let Some(header) = recognise::header_in(&rows, None) else {
        bail!("{}: {}", named(), lang.t("link-error-no-header"));
    };
    if header.columns.len() > MOST_COLUMNS {
        bail!("{}: {}", named(), lang.msg("link-error-columns").n("count", header.columns.len()));
    }
    let samples: Vec<Vec<&Cell>> = (0..header.columns.len())
        .map(|c| rows.iter().filter(|row| row.number > header.rows.1).map(|row| row.cell(c)).collect())
        .collect();
    let roles = roles::find(fields, &header.columns, &samples, said, lang).with_context(named)?;
    let plain = book.text_layout().filter(|layout| {
        matches!(layout.encoding, Encoding::Utf8 | Encoding::Utf8Mark) && !layout.sep_line && header.rows == (1, 1)
    });
    let content = match plain {
        Some(layout) => Content::Text(layout),
        None => Content::Sheet(Box::new(book), visible, header.rows.1),
    };
    Ok(Opened { path: path.to_owned(), content, headers: header.columns, roles })
}

/// Reads opened lists, the first as source 0. `tell`: records read so far.
pub fn read(opened: Vec<Opened>, schema: &Schema, lang: Lang, tell: &(dyn Fn(u64) + Sync)) -> anyhow::Result<Records> {
    let builder = Builder::new(schema)?;
    let fields = schema.field_names();
    let (mut chunks, mut ids, mut lists) = (Vec::new(), Ids::default(), Vec::new());
    for (source, file) in opened.into_iter().enumerate() {
        let source = u8::try_from(source).context("at most 256 lists")?;
        let header = |at: usize| file.headers.get(at).cloned().unwrap_or_default();
        let columns = fields.iter().zip(&file.roles.at);
        let columns = columns.filter_map(|(field, at)| at.map(|at| ((*field).to_owned(), header(at)))).collect();
        let id = file.roles.id.map(header);
        let name = file.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let before = ids.len();
        let path = file.path.clone();
        let read = chunks.len();
        let seen = read_one(file, source, &builder, &mut chunks, &mut ids, tell)
            .map_err(|error| words::told(error, lang).context(path.display().to_string()))?;
        if ids.len() == before {
            bail!("{}: {}", path.display(), lang.t("link-error-empty"));
        }
        let count = |field: usize| chunks[read..].iter().map(|chunk| chunk.unused()[field]).sum::<u64>();
        let unused = fields.iter().enumerate().map(|(at, field)| ((*field).to_owned(), count(at)));
        lists.push(List {
            name,
            records: (ids.len() - before) as u64,
            columns,
            doubled: if id.is_some() { ids.doubled(before) } else { 0 },
            id,
            unclear: seen.unclear,
            ragged: seen.ragged,
            unused: unused.filter(|(_, count)| *count > 0).collect(),
        });
    }
    Ok(Records { table: builder.clone().finish(chunks), ids, lists })
}

fn read_one<'b>(
    file: Opened,
    source: u8,
    builder: &'b Builder,
    chunks: &mut Vec<Chunk<'b>>,
    ids: &mut Ids,
    tell: &(dyn Fn(u64) + Sync),
) -> anyhow::Result<Seen> {
    let before = ids.len() as u64;
    let mut seen = Seen::default();
    match file.content {
        Content::Text(layout) => {
            let pieces = Mutex::new(Pieces::new(File::open(&file.path)?, layout));
            let next = || pieces.lock().map_or(None, |mut pieces| pieces.next().transpose()).transpose();
            let read = std::sync::atomic::AtomicU64::new(before);
            let width = file.headers.len();
            let mut parts: Vec<(usize, Chunk<'b>, Ids, Seen)> = std::iter::from_fn(|| next().transpose())
                .par_bridge()
                .map_init(
                    || Into::new(builder, source, &file.roles),
                    |into, piece| {
                        let (number, text) = piece?;
                        let mut reader = csv::ReaderBuilder::new()
                            .has_headers(number == 0)
                            .flexible(true)
                            .delimiter(layout.delimiter as u8)
                            .from_reader(text.as_slice());
                        let mut record = csv::ByteRecord::new();
                        while reader.read_byte_record(&mut record)? {
                            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                                continue;
                            }
                            into.seen.ragged += u64::from(record.len() != width);
                            match csv::StringRecord::from_byte_record(record) {
                                Ok(text) => {
                                    into.push(|at| text.get(at).unwrap_or_default());
                                    record = text.into_byte_record();
                                }
                                Err(error) => {
                                    record = error.into_byte_record();
                                    let cells: Vec<String> =
                                        record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
                                    into.push(|at| cells.get(at).map(String::as_str).unwrap_or_default());
                                    into.seen.unclear += 1;
                                }
                            }
                        }
                        if let Ok(mut pieces) = pieces.lock() {
                            pieces.spare.push(text);
                        }
                        let more = into.ids.len() as u64;
                        tell(read.fetch_add(more, std::sync::atomic::Ordering::Relaxed) + more);
                        Ok((number, into.chunk.take(), std::mem::take(&mut into.ids), std::mem::take(&mut into.seen)))
                    },
                )
                .collect::<anyhow::Result<_>>()?;
            parts.sort_by_key(|part| part.0);
            ids.text.reserve(parts.iter().map(|(_, _, own, _)| own.text.len()).sum());
            ids.ends.reserve(parts.iter().map(|(_, _, own, _)| own.ends.len()).sum());
            for (_, chunk, own, odd) in parts {
                chunks.push(chunk);
                ids.append(&own);
                seen.unclear += odd.unclear;
                seen.ragged += odd.ragged;
            }
        }
        Content::Sheet(mut book, sheet, header) => {
            let mut into = Into::new(builder, source, &file.roles);
            book.rows(sheet, |row| {
                if row.number <= header || row.is_blank() {
                    return ControlFlow::Continue(());
                }
                into.seen.unclear += u64::from(row.broken);
                let cells: Vec<String> = row.cells.into_iter().map(Cell::into_display).collect();
                into.push(|at| cells.get(at).map(String::as_str).unwrap_or_default());
                if into.ids.len().is_multiple_of(ROWS) {
                    chunks.push(into.chunk.take());
                    tell(before + into.ids.len() as u64);
                }
                ControlFlow::Continue(())
            })?;
            chunks.push(into.chunk.take());
            ids.append(&into.ids);
            seen = into.seen;
        }
        Content::Parquet(reader) => {
            let mut into = Into::new(builder, source, &file.roles);
            for row in reader.get_row_iter(None)? {
                let cells: Vec<String> = row?.get_column_iter().map(|(_, value)| text_of(value)).collect();
                into.push(|at| cells.get(at).map(String::as_str).unwrap_or_default());
                if into.ids.len().is_multiple_of(ROWS) {
                    chunks.push(into.chunk.take());
                    tell(before + into.ids.len() as u64);
                }
            }
            chunks.push(into.chunk.take());
            ids.append(&into.ids);
        }
    }
    if let Roles { id: None, .. } = file.roles {
        // named by their place in the list, the first is 1
        let mut numbered = Ids { text: std::mem::take(&mut ids.text), ends: std::mem::take(&mut ids.ends) };
        let from = before as usize;
        let count = numbered.ends.len() - from;
        numbered.ends.truncate(from);
        numbered.text.truncate(numbered.ends.last().copied().unwrap_or(0));
        (1..=count).for_each(|number| numbered.push(&number.to_string()));
        *ids = numbered;
    }
    tell(ids.len() as u64);
    Ok(seen)
}

/// Records on their way into the table.
struct Into<'b, 'r> {
    source: u8,
    roles: &'r Roles,
    chunk: Chunk<'b>,
    ids: Ids,
    seen: Seen,
}

impl<'b, 'r> Into<'b, 'r> {
    fn new(builder: &'b Builder, source: u8, roles: &'r Roles) -> Self {
        Self { source, roles, chunk: builder.chunk(), ids: Ids::default(), seen: Seen::default() }
    }

    fn push<'t>(&mut self, cell: impl Fn(usize) -> &'t str) {
        let mut fields = [""; roles::MOST_FIELDS];
        let wanted = self.roles.at.len();
        for (field, at) in fields.iter_mut().zip(&self.roles.at) {
            *field = at.map(&cell).unwrap_or_default();
        }
        self.chunk.push(self.source, &fields[..wanted]);
        self.ids.push(self.roles.id.map(&cell).unwrap_or_default());
    }
}

/// A text file in pieces of whole records: a line ends a record where the quotes before it are even.
struct Pieces {
    file: File,
    rest: Vec<u8>,
    /// Pieces that are read, to be filled again.
    spare: Vec<Vec<u8>>,
    number: usize,
    first: bool,
}

impl Pieces {
    fn new(file: File, layout: TextLayout) -> Self {
        Self { file, rest: Vec::new(), spare: Vec::new(), number: 0, first: layout.encoding == Encoding::Utf8Mark }
    }

    fn next(&mut self) -> anyhow::Result<Option<(usize, Vec<u8>)>> {
        let mut text = self.spare.pop().unwrap_or_default();
        text.clear();
        text.append(&mut self.rest);
        text.reserve(PIECE);
        loop {
            let had = text.len();
            let read = Read::by_ref(&mut self.file).take(PIECE as u64).read_to_end(&mut text)?;
            if std::mem::take(&mut self.first) {
                text.drain(..3.min(text.len()));
            }
            if read == 0 {
                if text.is_empty() {
                    return Ok(None);
                }
                break;
            }
            let mut quoted = false;
            let mut end = 0;
            for at in memchr::memchr2_iter(b'"', b'\n', &text) {
                if text[at] == b'"' {
                    quoted = !quoted;
                } else if !quoted {
                    end = at + 1;
                }
            }
            if end > 0 {
                self.rest.extend_from_slice(&text[end..]);
                text.truncate(end);
                break;
            }
            if had > 64 << 20 {
                bail!(words::Unclosed);
            }
        }
        self.number += 1;
        Ok(Some((self.number - 1, text)))
    }
}

/// A value of Parquet as a list would write it.
fn text_of(value: &Field) -> String {
    match value {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::Double(number) => number.to_string(),
        Field::Float(number) => number.to_string(),
        Field::TimestampMillis(_) | Field::TimestampMicros(_) => {
            let text = value.to_string(); // 1990-03-12 00:00:00.000 +00:00
            text.split(' ').next().unwrap_or_default().to_owned()
        }
        other => other.to_string(),
    }
}
