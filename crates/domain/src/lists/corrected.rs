//! A list that comes back corrected: how a workbook given away names its list and rows without saying anything of
//! anybody, what counts as changed when it comes back, and corrected cells laid over the rows they belong to.
//!
//! A workbook carries a [`Mark`] in its header row and a [key](row_key) in every row; names and numbers of people are no
//! part of either. What somebody did not touch comes back as it was given, so that it is compared with that.

use std::{borrow::Cow, collections::HashMap, fmt, str::FromStr};

use super::{Cell, Row};
use crate::words::closed_words;

closed_words! {
    /// Where a correction stands.
    CorrectionState {
        /// Its workbook is being read and compared.
        Reading = "reading",
        /// The workbook is none of this list, or cannot be read.
        Refused = "refused",
        /// It says nothing else than the list.
        Nothing = "nothing",
        /// The difference is there, a person decides.
        Ready = "ready",
        Applying = "applying",
        Applied = "applied",
        Undoing = "undoing",
        /// Taken back after it was applied.
        Undone = "undone",
        /// Thrown away before it was applied.
        Discarded = "discarded",
    }
}

impl CorrectionState {
    /// The states that may follow.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Reading => &[Self::Refused, Self::Nothing, Self::Ready, Self::Discarded],
            // a list that changed meanwhile is compared anew
            Self::Ready => &[Self::Applying, Self::Reading, Self::Discarded],
            Self::Applying => &[Self::Applied, Self::Ready],
            Self::Applied => &[Self::Undoing],
            Self::Undoing => &[Self::Undone, Self::Applied],
            Self::Refused | Self::Nothing | Self::Undone | Self::Discarded => &[],
        }
    }

    pub fn may_become(self, next: Self) -> bool {
        self.next().contains(&next)
    }

    /// Somebody waits for a job.
    pub const fn is_working(self) -> bool {
        matches!(self, Self::Reading | Self::Applying | Self::Undoing)
    }
}

/// Which file of a list a workbook was made of, and whether only of one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub file: i64,
    /// The sheet of that file.
    pub sheet: i64,
    /// The first letters of the file's digest.
    pub digest: String,
    /// The area whose rows are in it; 0: all.
    pub area: i64,
    /// The journal entry that tells of its making: what had been corrected before is what the workbook shows.
    pub entry: i64,
}

/// Letters of a digest in a mark.
const DIGEST: usize = 12;
const WORD: &str = "tuntas";

impl Mark {
    pub fn new(file: i64, sheet: i64, sha256: &str, area: i64, entry: i64) -> Self {
        Self { file, sheet, digest: sha256.chars().take(DIGEST).collect(), area, entry }
    }

    /// Whether it was made of the file with this digest.
    pub fn is_of(&self, sha256: &str) -> bool {
        !self.digest.is_empty() && sha256.starts_with(&self.digest)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{WORD}|{}|{}|{}|{}|{}", self.file, self.sheet, self.digest, self.area, self.entry)
    }
}

/// The text is no mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the mark of a workbook of corrections")]
pub struct NoMark;

impl FromStr for Mark {
    type Err = NoMark;

    fn from_str(text: &str) -> Result<Self, NoMark> {
        let parts: Vec<&str> = text.trim().split('|').collect();
        let [WORD, file, sheet, digest, area, entry] = parts[..] else { return Err(NoMark) };
        let number = |text: &str| text.parse::<i64>().ok().filter(|number| *number >= 0).ok_or(NoMark);
        let plain = digest.len() == DIGEST && digest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !plain {
            return Err(NoMark);
        }
        Ok(Self {
            file: number(file)?,
            sheet: number(sheet)?,
            digest: digest.to_owned(),
            area: number(area)?,
            entry: number(entry)?,
        })
    }
}

/// What tells a row of a workbook, wherever it was sorted to. No date or number that a spreadsheet would turn into another.
pub fn row_key(file: i64, row: u32) -> String {
    format!("F{file}R{row}")
}

/// The row a key names, when it is one of this file.
pub fn row_of_key(file: i64, key: &str) -> Option<u32> {
    let (of, row) = key.trim().strip_prefix('F')?.split_once('R')?;
    (of.parse::<i64>().ok()? == file).then_some(())?;
    row.parse().ok().filter(|row| *row > 0)
}

/// Signs that fit into a cell of a workbook.
pub const LONGEST_TEXT: usize = 32_767;

/// A text as a workbook gives it back when nobody touched it: its line breaks are alike, no control signs, and not longer
/// than a cell can be.
pub fn as_given(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_control() && c != '\n' && c != '\t';
    if !text.contains(odd) && text.len() <= LONGEST_TEXT {
        return Cow::Borrowed(text);
    }
    let even = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(even.chars().filter(|c| !odd(*c)).take(LONGEST_TEXT).collect())
}

/// Whether a cell says something else than was given.
pub fn is_changed(given: &str, back: &Cell) -> bool {
    let back = back.display();
    as_given(given) != as_given(&back)
}

/// Where the columns given stand in what came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// For every column given, the column it is in now; `None`: it was taken out.
    pub at: Vec<Option<usize>>,
    /// Headers taken out.
    pub missing: Vec<String>,
    /// Headers that were not there.
    pub added: Vec<String>,
}

/// Finds the columns by their headers: in their place, else wherever that header stands. Columns without a header keep
/// their place as long as all others did. `own` are the columns the program added.
pub fn columns(given: &[String], back: &[String], own: &[usize]) -> Columns {
    let same = |a: &str, b: &str| as_given(a).trim() == as_given(b).trim();
    let named = |text: &str| !as_given(text).trim().is_empty();
    let mut taken = vec![false; back.len()];
    own.iter().filter(|at| **at < back.len()).for_each(|at| taken[*at] = true);
    let mut at: Vec<Option<usize>> = vec![None; given.len()];
    let mut moved = false;
    for (column, header) in given.iter().enumerate().filter(|(_, header)| named(header)) {
        if back.get(column).is_some_and(|found| !taken[column] && same(found, header)) {
            taken[column] = true;
            at[column] = Some(column);
        } else {
            moved = true;
        }
    }
    for (column, header) in given.iter().enumerate().filter(|(_, header)| named(header)) {
        if at[column].is_none()
            && let Some(found) = (0..back.len()).find(|found| !taken[*found] && same(&back[*found], header))
        {
            taken[found] = true;
            at[column] = Some(found);
        }
    }
    if !moved {
        for (column, _) in given.iter().enumerate().filter(|(_, header)| !named(header)) {
            if taken.get(column) != Some(&true) {
                at[column] = Some(column);
            }
        }
    }
    let missing = given.iter().zip(&at).filter(|(header, at)| named(header) && at.is_none());
    let added = back.iter().enumerate().filter(|(at, header)| !taken[*at] && named(header));
    Columns {
        missing: missing.map(|(header, _)| header.clone()).collect(),
        added: added.map(|(_, header)| header.clone()).collect(),
        at,
    }
}

/// Corrected cells by row and column, to be laid over the rows as they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay(HashMap<u32, Vec<(usize, Cell)>>);

impl Overlay {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is put later counts.
    pub fn put(&mut self, row: u32, column: usize, cell: Cell) {
        let cells = self.0.entry(row).or_default();
        match cells.iter_mut().find(|(at, _)| *at == column) {
            Some(known) => known.1 = cell,
            None => cells.push((column, cell)),
        }
    }

    pub fn cells(&self, row: u32) -> &[(usize, Cell)] {
        self.0.get(&row).map(Vec::as_slice).unwrap_or_default()
    }

    /// Lays the corrected cells over a row; the row's cells as they came, when it has any corrected.
    pub fn lay(&self, row: &mut Row) -> Option<Vec<String>> {
        let cells = self.0.get(&row.number)?;
        let raw = row.cells.iter().map(Cell::display).collect();
        for (column, cell) in cells {
            if row.cells.len() <= *column {
                row.cells.resize(*column + 1, Cell::Empty);
            }
            row.cells[*column] = cell.clone();
        }
        Some(raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_which_file_and_nothing_else_is_one() {
        let mark = Mark::new(5, 1, "9f86d081884c7d65", 9_901_012_001, 77);
        assert_eq!(mark.to_string(), "tuntas|5|1|9f86d081884c|9901012001|77");
        assert_eq!(mark.to_string().parse(), Ok(mark.clone()));
        assert!(mark.is_of("9f86d081884c7d65") && !mark.is_of("0f86d081884c7d65"));
        for other in
            ["", "tuntas", "NIK", "tuntas|5|1||0|7", "tuntas|-5|1|9f86d081884c|0|7", "tuntas|5|1|9f86d081884c|0"]
        {
            assert_eq!(other.parse::<Mark>(), Err(NoMark), "{other}");
        }
    }

    #[test]
    fn a_key_names_a_row_of_its_file_only() {
        assert_eq!(row_of_key(5, &row_key(5, 17)), Some(17));
        for (file, key) in [(6, "F5R17"), (5, "F5R0"), (5, "F5R"), (5, "17"), (5, "F5R17x"), (5, "")] {
            assert_eq!(row_of_key(file, key), None, "{key}");
        }
    }

    #[test]
    fn what_a_workbook_cannot_hold_is_no_change() {
        assert!(!is_changed("a\r\nb", &Cell::from("a\nb")));
        assert!(!is_changed("a\u{1}b", &Cell::from("ab")));
        assert!(!is_changed(&"x".repeat(40_000), &Cell::Text("x".repeat(LONGEST_TEXT))));
        assert!(!is_changed("12", &Cell::Number(12.0)));
        assert!(!is_changed("", &Cell::Empty));
        assert!(is_changed("990101", &Cell::from("9901010")));
        assert!(is_changed("x", &Cell::Empty));
        assert!(is_changed(" SITI", &Cell::from("SITI")), "a blank taken away is a correction");
    }

    #[test]
    fn columns_are_found_where_they_were_moved_to() {
        let given: Vec<String> = ["No", "NIK", "", "Nama"].map(str::to_owned).into();
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let same = columns(&given, &texts(&["No", "NIK", "", "Nama", "Alasan", "kunci"]), &[4, 5]);
        assert_eq!(same.at, [Some(0), Some(1), Some(2), Some(3)]);
        assert!(same.missing.is_empty() && same.added.is_empty());
        let moved = columns(&given, &texts(&["NIK", "No", "Catatan", "kunci"]), &[3]);
        assert_eq!(moved.at, [Some(1), Some(0), None, None]);
        assert_eq!((moved.missing, moved.added), (texts(&["Nama"]), texts(&["Catatan"])));
    }

    #[test]
    fn corrected_cells_lie_over_their_row_and_the_row_is_kept() {
        let mut overlay = Overlay::default();
        overlay.put(7, 2, Cell::from("b"));
        overlay.put(7, 2, Cell::from("c"));
        let mut row = Row::new(7, vec![Cell::from("a")]);
        assert_eq!(overlay.lay(&mut row), Some(vec!["a".to_owned()]));
        assert_eq!(row.cells, [Cell::from("a"), Cell::Empty, Cell::from("c")]);
        let mut other = Row::new(8, vec![Cell::from("a")]);
        assert_eq!(overlay.lay(&mut other), None);
    }
}
