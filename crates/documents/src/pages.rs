//! Which rows of a long list stand on which page, and what each page sums to.
//!
//! Pure arithmetic: the template says how much room a page has ([`Room`]), [`heights`] how tall the rows are,
//! [`paginate`] deals them out, [`sums`] adds them up. Lengths are in points.

use std::ops::Range;

use domain::Rupiah;
use serde::{Deserialize, Serialize};

/// The room for rows, as the template measured it.
#[derive(Clone, Debug, Deserialize)]
pub struct Room {
    /// Height for rows on the first page and on each later one.
    pub first: f64,
    pub next: f64,
    /// Height of what follows the last row: totals, words, signatures.
    pub tail: f64,
    /// The least height of a row.
    pub least: f64,
    /// Width for text in each column.
    pub columns: Vec<f64>,
    /// Font size, distance of lines, and what a row adds to its lines.
    pub size: f64,
    pub line: f64,
    pub padding: f64,
    /// Some rows are in bold, which is wider.
    #[serde(default)]
    pub bold: bool,
    /// How often room was taken away because a page did not take its rows.
    #[serde(default)]
    pub shrunk: u32,
}

impl Room {
    /// Takes lines away from every page because rows were taller than measured: one, then three, nine, and
    /// twenty-seven. `false` when all that has been tried.
    pub fn shrink(&mut self) -> bool {
        let lines = 3_u32.pow(self.shrunk.min(3));
        self.first -= f64::from(lines) * self.line;
        self.next -= f64::from(lines) * self.line;
        self.shrunk += 1;
        self.shrunk < 4
    }
}

/// The signatures never stand alone: at least this many rows go with them.
const WITH_THE_SIGNATURES: usize = 3;

/// How many lines `text` takes in `width`, breaking at spaces; `measure` gives the width of a piece of text.
pub fn lines(text: &str, width: f64, measure: impl Fn(&str) -> f64) -> usize {
    let space = measure(" ");
    let mut lines = 1;
    let mut used = 0.0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wide = measure(word);
        if used > 0.0 && used + space + wide > width {
            lines += 1;
            used = wide;
        } else {
            used += if used > 0.0 { space + wide } else { wide };
        }
    }
    lines
}

/// The height of each row: that of its tallest cell.
pub fn heights(rows: &[Vec<String>], room: &Room, measure: impl Fn(&str) -> f64) -> Vec<f64> {
    rows.iter()
        .map(|row| {
            let tallest =
                row.iter().zip(&room.columns).map(|(text, width)| lines(text, *width, &measure)).max().unwrap_or(1);
            (tallest as f64).mul_add(room.line, room.padding).max(room.least)
        })
        .collect()
}

/// Deals rows out to pages in order: as many as fit on each, and on the last page room for the tail with at least three rows.
/// There is always at least one page, and every page but a sole one has a row.
pub fn paginate(heights: &[f64], room: &Room) -> Vec<Range<usize>> {
    let mut pages = Vec::new();
    let mut start = 0;
    let mut used = 0.0;
    for (row, height) in heights.iter().enumerate() {
        let capacity = if pages.is_empty() { room.first } else { room.next };
        if row > start && used + height > capacity {
            pages.push(start..row);
            start = row;
            used = 0.0;
        }
        used += height;
    }
    // What is left goes with the tail, if it fits; else the last few rows turn the page with it.
    let capacity = if pages.is_empty() { room.first } else { room.next };
    let end = heights.len();
    let turned =
        if used + room.tail <= capacity { 0 } else { WITH_THE_SIGNATURES.min((end - start).saturating_sub(1)) };
    pages.push(start..end - turned);
    if turned > 0 {
        pages.push(end - turned..end);
    }
    borrow(&mut pages, heights, room);
    pages
}

/// Gives a last page of one or two rows more of them from the page before, while it has room.
fn borrow(pages: &mut [Range<usize>], heights: &[f64], room: &Room) {
    let [.., before, last] = pages else { return };
    while last.len() < WITH_THE_SIGNATURES
        && before.len() > WITH_THE_SIGNATURES
        && heights[last.start - 1..last.end].iter().sum::<f64>() + room.tail <= room.next
    {
        before.end -= 1;
        last.start -= 1;
    }
}

/// The money of one page: what was carried to it, what stands on it, what it hands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PageSum {
    pub carried: Rupiah,
    pub page: Rupiah,
    pub running: Rupiah,
}

/// The sums of all pages; the last `running` is the total.
pub fn sums(amounts: &[Rupiah], pages: &[Range<usize>]) -> Vec<PageSum> {
    let mut carried = Rupiah::ZERO;
    pages
        .iter()
        .map(|page| {
            let on_page: Rupiah = amounts[page.clone()].iter().copied().sum();
            let sum = PageSum { carried, page: on_page, running: carried + on_page };
            carried = sum.running;
            sum
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn room(first: f64, next: f64, tail: f64) -> Room {
        Room {
            first,
            next,
            tail,
            least: 0.0,
            columns: vec![50.0, 100.0],
            size: 8.0,
            line: 10.0,
            padding: 4.0,
            bold: false,
            shrunk: 0,
        }
    }

    #[test]
    fn a_line_breaks_where_the_next_word_does_not_fit() {
        let measure = |text: &str| text.chars().count() as f64;
        for (text, width, expected) in [
            ("", 10.0, 1),
            ("satu dua", 8.0, 1),
            ("satu dua", 7.9, 2),
            ("satu dua tiga", 8.0, 2),
            ("RT\u{a0}001 RW", 6.0, 2),
            ("kata-yang-lebih-panjang-dari-kolom", 10.0, 1),
        ] {
            assert_eq!(lines(text, width, measure), expected, "{text} in {width}");
        }
    }

    #[test]
    fn the_tallest_cell_makes_the_row() {
        let measure = |text: &str| text.chars().count() as f64 * 10.0;
        let row = vec!["aaa bbb".to_owned(), "cc dd ee".to_owned()];
        assert_eq!(heights(&[row], &room(0.0, 0.0, 0.0), measure), [24.0]);
    }

    #[test]
    fn an_empty_list_has_one_page() {
        assert_eq!(paginate(&[], &room(100.0, 200.0, 90.0)), vec![Range { start: 0, end: 0 }]);
    }

    #[test]
    fn the_signatures_take_three_rows_with_them() {
        // Ten rows of ten fill the page; the tail of 30 needs another.
        assert_eq!(paginate(&[10.0; 10], &room(100.0, 200.0, 30.0)), [0..7, 7..10]);
        // One row left over for the last page takes two more.
        assert_eq!(paginate(&[10.0; 11], &room(100.0, 200.0, 30.0)), [0..8, 8..11]);
    }

    proptest! {
        #[test]
        fn every_row_is_on_one_page_in_order_and_no_page_is_overfull(
            heights in prop::collection::vec(9.0..60.0_f64, 0..400),
            first in 100.0..500.0_f64,
            next in 300.0..700.0_f64,
            tail in 0.0..110.0_f64,
        ) {
            let room = room(first, next, tail);
            let pages = paginate(&heights, &room);
            let mut expected = 0;
            for (index, page) in pages.iter().enumerate() {
                prop_assert_eq!(page.start, expected);
                expected = page.end;
                let last = index + 1 == pages.len();
                let capacity = if index == 0 { first } else { next };
                let used: f64 = heights[page.clone()].iter().sum();
                // The only page that may hold more than it takes is a first one of a single row under a tall head.
                let sole = index == 0 && page.len() <= 1;
                prop_assert!(used + if last { tail } else { 0.0 } <= capacity + 1e-9 || sole, "page {} of {:?}", index, pages);
                prop_assert!(pages.len() == 1 || !page.is_empty());
                if last && pages.len() > 1 && heights.len() > 8 {
                    prop_assert!(page.len() >= 2, "signatures with {} rows", page.len());
                }
            }
            prop_assert_eq!(expected, heights.len());
        }

        #[test]
        fn page_sums_add_up_to_the_total(
            amounts in prop::collection::vec(0..5_000_000_i64, 1..500),
            first in 100.0..500.0_f64,
            next in 300.0..700.0_f64,
        ) {
            let amounts: Vec<Rupiah> = amounts.into_iter().map(Rupiah).collect();
            let pages = paginate(&vec![14.0; amounts.len()], &room(first, next, 120.0));
            let sums = sums(&amounts, &pages);
            let total: Rupiah = amounts.iter().copied().sum();
            prop_assert_eq!(sums.iter().map(|sum| sum.page).sum::<Rupiah>(), total);
            prop_assert_eq!(sums.last().map(|sum| sum.running), Some(total));
            for pair in sums.windows(2) {
                prop_assert_eq!(pair[0].running, pair[1].carried);
            }
        }
    }
}
