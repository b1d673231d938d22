//! The compound file that an old workbook (XLS) is: looked through before it is opened, because its own sizes are believed
//! by the reader. What says it is larger than a sheet can be, or points outside itself, is refused.

use crate::open::OpenError;

const FREE: u32 = 0xFFFF_FFFB;
/// A sheet of an old workbook is at most this large.
const OLD_ROWS: u32 = 65_536;
const OLD_COLUMNS: u32 = 256;
/// Cells between the first and the last of each sheet, over all sheets: they are held in memory.
const MOST_OLD_CELLS: u64 = 8_000_000;

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Sectors of a compound file.
struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 30)?;
        let sector = match shift {
            9 | 12 => 1_usize << shift,
            _ => return None,
        };
        let mut compound = Self { bytes, sector, fat: Vec::new() };
        let sectors = bytes.len() / sector + 1;
        let mut tables: Vec<u32> = (0..109).filter_map(|n| u32_at(bytes, 76 + 4 * n)).filter(|at| *at < FREE).collect();
        let mut more = u32_at(bytes, 68)?;
        let per_sector = sector / 4;
        let mut steps = 0;
        while more < FREE {
            steps += 1;
            let list = compound.sector(more).filter(|_| steps <= sectors)?;
            tables.extend((0..per_sector - 1).filter_map(|n| u32_at(list, 4 * n)).filter(|at| *at < FREE));
            more = u32_at(list, 4 * (per_sector - 1))?;
        }
        if tables.len() > sectors {
            return None;
        }
        let mut fat = Vec::with_capacity(tables.len() * per_sector);
        for table in tables {
            let table = compound.sector(table)?;
            fat.extend((0..per_sector).filter_map(|n| u32_at(table, 4 * n)));
        }
        compound.fat = fat;
        Some(compound)
    }

    /// A sector's bytes; the last of a file may be cut short.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let from = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(from..(from + self.sector).min(self.bytes.len()))
    }

    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut at = first;
        let mut steps = 0;
        while at < FREE {
            steps += 1;
            if steps > self.bytes.len() / self.sector + 1 {
                return None;
            }
            out.extend_from_slice(self.sector(at)?);
            at = *self.fat.get(at as usize)?;
        }
        Some(out)
    }

    /// The stream of the workbook: `Workbook`, in older ones `Book`.
    fn workbook(&self) -> Option<Vec<u8>> {
        let directory = self.chain(u32_at(self.bytes, 48)?)?;
        let named = |wanted: &str| {
            directory.chunks_exact(128).find(|entry| {
                let length = usize::from(u16_at(entry, 64).unwrap_or(0));
                let name = entry.get(..length.saturating_sub(2).min(64)).unwrap_or_default();
                name.iter().copied().eq(wanted.encode_utf16().flat_map(u16::to_le_bytes))
            })
        };
        let entry = named("Workbook").or_else(|| named("Book"))?;
        let (first, size) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
        if size >= u32_at(self.bytes, 56)? as usize {
            let mut stream = self.chain(first)?;
            stream.truncate(size);
            return Some(stream);
        }
        // a short stream lies in the mini stream, which is the root entry's
        let mini = self.chain(u32_at(&directory, 116)?)?;
        let mini_fat = self.chain(u32_at(self.bytes, 60)?)?;
        let mut stream = Vec::new();
        let mut at = first;
        while at < FREE && stream.len() < size {
            let from = (at as usize).checked_mul(64)?;
            stream.extend_from_slice(mini.get(from..(from + 64).min(mini.len()))?);
            at = u32_at(&mini_fat, (at as usize).checked_mul(4)?)?;
        }
        stream.truncate(size);
        Some(stream)
    }
}

/// Records of a workbook stream from a place on: type and data.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = from;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
        let data = stream.get(at + 4..(at + 4).checked_add(length)?)?;
        at += 4 + length;
        Some((kind, data))
    })
}

/// Looks through an old workbook. `Ok`: it may be opened.
pub(crate) fn look_through(bytes: &[u8]) -> Result<(), OpenError> {
    let compound = Compound::open(bytes).ok_or(OpenError::Damaged)?;
    let stream = compound.workbook().ok_or(OpenError::NotATable)?;
    let mut sheets = Vec::new();
    for (kind, data) in records(&stream, 0) {
        match kind {
            0x002F if data.first().is_some_and(|first| *first != 0) || data.len() > 2 => {
                return Err(OpenError::Encrypted);
            }
            0x0085 => sheets.push(u32_at(data, 0).ok_or(OpenError::Damaged)? as usize),
            0x000A => break,
            _ => {}
        }
    }
    let mut all = 0_u64;
    for place in sheets {
        if place >= stream.len() {
            return Err(OpenError::Damaged);
        }
        all = all.saturating_add(extent(&stream, place)?);
        if all > MOST_OLD_CELLS {
            return Err(OpenError::TooLarge { limit: MOST_OLD_CELLS });
        }
    }
    Ok(())
}

/// The cells between the first and the last of a sheet.
fn extent(stream: &[u8], place: usize) -> Result<u64, OpenError> {
    let (mut rows, mut columns) = ((u32::MAX, 0), (u32::MAX, 0));
    let mut depth = 0_u32;
    for (kind, data) in records(stream, place) {
        match kind {
            0x0809 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            // the sheet's own word for its size
            0x0200 => {
                let size = if data.len() >= 14 {
                    [u32_at(data, 0), u32_at(data, 4), u16_at(data, 8).map(u32::from), u16_at(data, 10).map(u32::from)]
                } else {
                    [0, 2, 4, 6].map(|at| u16_at(data, at).map(u32::from))
                };
                let [Some(first), Some(end), Some(left), Some(right)] = size else { return Err(OpenError::Damaged) };
                if first > end.max(1) || left > right.max(1) || end > OLD_ROWS || right > OLD_COLUMNS {
                    return Err(OpenError::Damaged);
                }
            }
            // number, label, boolean, formula, rich text, shared text, number in short, several of those
            0x0203 | 0x0204 | 0x0205 | 0x0006 | 0x00D6 | 0x00FD | 0x027E | 0x00BD if depth <= 1 => {
                let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else {
                    return Err(OpenError::Damaged);
                };
                let last =
                    if kind == 0x00BD { u16_at(data, data.len().saturating_sub(2)).unwrap_or(column) } else { column };
                rows = (rows.0.min(row.into()), rows.1.max(row.into()));
                columns = (columns.0.min(column.into()), columns.1.max(last.into()));
            }
            _ => {}
        }
    }
    if rows.0 > rows.1 || columns.0 > columns.1 {
        return Ok(0);
    }
    Ok(u64::from(rows.1 - rows.0 + 1) * u64::from(columns.1 - columns.0 + 1))
}
