//! Opening a file: what it is, whether it can be read, which sheets it has. The name of a file is not believed.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    ops::ControlFlow,
    path::PathBuf,
    sync::Arc,
};

use domain::lists::{Fault, Finding, Row};

use crate::{
    text::{Encoding, TextLayout, TextRows},
    workbook::Workbook,
};

/// What is refused before it fills the memory.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a workbook when unpacked.
    pub unpacked: u64,
    /// Bytes of the parts of a workbook that are held in memory: its shared texts.
    pub held: u64,
}

impl Default for Limits {
    /// One gigabyte: a workbook of a whole district unpacks to a tenth of it. A quarter of it in memory.
    fn default() -> Self {
        Self { unpacked: 1 << 30, held: 256 << 20 }
    }
}

/// Where the bytes are.
#[derive(Clone, Debug)]
pub enum Source {
    Path(PathBuf),
    Bytes(Arc<[u8]>),
}

pub(crate) trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}
pub(crate) type Bytes = Box<dyn ReadSeek + Send>;

impl Source {
    pub(crate) fn reader(&self) -> io::Result<Bytes> {
        Ok(match self {
            Self::Path(path) => Box::new(BufReader::with_capacity(64 * 1024, File::open(path)?)),
            Self::Bytes(bytes) => Box::new(io::Cursor::new(Arc::clone(bytes))),
        })
    }
}

/// Why a file cannot be read as a list at all: `file.protected` to the office; the reason says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("open the file")]
    Io(#[from] io::Error),
    #[error("read a file that is protected by a password")]
    Encrypted,
    #[error("read a file that is broken off or damaged")]
    Damaged,
    #[error("read a file that is no table: neither a workbook nor separated text")]
    NotATable,
    #[error("unpack a file larger than {limit} bytes")]
    TooLarge { limit: u64 },
}

impl OpenError {
    /// A word for the reason, for language files: `encrypted`, `damaged`, `not_a_table`, `too_large`, `io`.
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Io(_) => "io",
            Self::Encrypted => "encrypted",
            Self::Damaged => "damaged",
            Self::NotATable => "not_a_table",
            Self::TooLarge { .. } => "too_large",
        }
    }

    /// The finding of the file, with the reason as its value.
    pub fn finding(&self) -> Finding {
        Finding::new(None, None, Fault::FileProtected, self.reason())
    }
}

/// Why reading stopped in the middle.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("read on in the file")]
    Io(#[from] io::Error),
    #[error("read the workbook below row {row}: {message}")]
    Damaged { row: u32, message: String },
    #[error("find sheet {0} of the file")]
    NoSuchSheet(usize),
}

impl ReadError {
    /// The finding of a file that turned out to be broken off: `file.protected`, with the same words as [`OpenError::reason`].
    pub fn finding(&self) -> Finding {
        let (row, reason) = match self {
            Self::Io(_) => (None, "io"),
            Self::Damaged { row, .. } => (Some(*row), "damaged"),
            Self::NoSuchSheet(_) => (None, "not_a_table"),
        };
        Finding::new(row.filter(|row| *row > 0), None, Fault::FileProtected, reason)
    }
}

/// A sheet of a workbook. A text file has one without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub name: Option<String>,
    pub hidden: bool,
}

enum Content {
    Text(Source, TextLayout),
    Workbook(Box<Workbook>),
}

/// An opened file: its sheets, and their rows as often as asked.
pub struct Spreadsheet {
    content: Content,
    sheets: Vec<Sheet>,
}

impl std::fmt::Debug for Spreadsheet {
    /// Names of sheets only: rows hold people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spreadsheet").field("sheets", &self.sheets).finish_non_exhaustive()
    }
}

impl Spreadsheet {
    /// Opens with the usual limits.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, OpenError> {
        Self::open_with(Source::Path(path.into()), Limits::default())
    }

    pub fn from_bytes(bytes: impl Into<Arc<[u8]>>) -> Result<Self, OpenError> {
        Self::open_with(Source::Bytes(bytes.into()), Limits::default())
    }

    pub fn open_with(source: Source, limits: Limits) -> Result<Self, OpenError> {
        let mut reader = source.reader()?;
        let mut start = Vec::with_capacity(8);
        reader.by_ref().take(8).read_to_end(&mut start)?;
        reader.seek(SeekFrom::Start(0))?;
        if start.starts_with(b"PK\x03\x04")
            || start.starts_with(b"PK\x05\x06")
            || start.starts_with(b"\xd0\xcf\x11\xe0")
        {
            let (workbook, sheets) = Workbook::open(reader, &start, limits)?;
            return Ok(Self { content: Content::Workbook(Box::new(workbook)), sheets });
        }
        let layout = TextLayout::sniff(reader)?.map_err(|_| OpenError::NotATable)?;
        Ok(Self { content: Content::Text(source, layout), sheets: vec![Sheet { name: None, hidden: false }] })
    }

    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// The layout of a text file; `None` for a workbook.
    pub fn text_layout(&self) -> Option<TextLayout> {
        match &self.content {
            Content::Text(_, layout) => Some(*layout),
            Content::Workbook(_) => None,
        }
    }

    /// Does the workbook count its days from 1904? Then plain numbers that are dates count from there too.
    pub fn counts_from_1904(&self) -> bool {
        match &self.content {
            Content::Text(..) => false,
            Content::Workbook(workbook) => workbook.counts_from_1904(),
        }
    }

    /// What opening the file already told: encoding and delimiter.
    pub fn findings(&self) -> Vec<Finding> {
        let Some(layout) = self.text_layout() else { return Vec::new() };
        let mut findings = Vec::new();
        if layout.encoding != Encoding::Utf8 {
            let value = if layout.encoding == Encoding::Utf8Mark { "BOM" } else { "" };
            findings.push(Finding::new(None, None, Fault::FileEncoding, value).reading(layout.encoding.as_str()));
        }
        if layout.delimiter != ',' || layout.sep_line {
            let value = if layout.sep_line { "sep=" } else { "" };
            let reading = if layout.delimiter == '\t' { "tab".to_owned() } else { layout.delimiter.to_string() };
            findings.push(Finding::new(None, None, Fault::FileDelimiter, value).reading(reading));
        }
        findings
    }

    /// The first rows of a sheet.
    pub fn head(&mut self, sheet: usize, count: usize) -> Result<Vec<Row>, ReadError> {
        let mut head = Vec::new();
        self.rows(sheet, |row| {
            head.push(row);
            if head.len() < count { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(head)
    }

    /// Hands over the rows of a sheet from the first, one after the other, until told to stop.
    pub fn rows(&mut self, sheet: usize, mut each: impl FnMut(Row) -> ControlFlow<()>) -> Result<(), ReadError> {
        let found = self.sheets.get(sheet).ok_or(ReadError::NoSuchSheet(sheet))?;
        match &mut self.content {
            Content::Text(source, layout) => {
                let mut rows = TextRows::new(source.reader()?, *layout);
                while let Some(row) = rows.next_row()? {
                    if each(row).is_break() {
                        break;
                    }
                }
                Ok(())
            }
            Content::Workbook(workbook) => workbook.rows(found.name.as_deref().unwrap_or_default(), &mut each),
        }
    }
}
