//! Splink's model files (settings JSON of versions 4 and 5): written here, read there, and the other way round.
//!
//! A model holds the same numbers in both, so the same pair gets the same weight. Differences of what is *outside* the numbers:
//! - an empty text is nothing here and a value in SQL: give Splink NULL for it ([`record`] does);
//! - columns of digits and dates are plain texts in Splink, columns of words are lists of distinct words;
//! - contexts of levels, training rules, the splitting of large blocks are not in a Splink file; they matter to training and to which
//!   pairs are compared, not to what a pair weighs;
//! - when a level is not trained, Splink's own starting values stand in.
//!
//! Where Splink takes what means nothing (an m of 3, a comparison that stands twice, pairs on no level), the file is refused; so is
//! what Splink refuses itself. It goes through all pairs where no blocking rule is given, which is not done here.

mod export;
mod import;

pub use export::{Dialect, export, is_standardised};
pub use import::{Imported, import};

use serde_json::{Map, Value};

use crate::schema::Kind;
use crate::table::Table;

/// A record as Splink must be given it: every column by name, NULL for nothing, words as a list.
pub fn record(table: &Table, row: usize) -> Map<String, Value> {
    let mut out = Map::new();
    for column in &table.schema().columns {
        let text = table.text(row, &column.name);
        let words = table.place(&column.name).is_some_and(|p| p.kind == Kind::Words);
        let value = if text.is_empty() {
            Value::Null
        } else if words {
            let mut list: Vec<&str> = Vec::new();
            for word in text.split(' ').filter(|w| !w.is_empty()) {
                if !list.contains(&word) {
                    list.push(word);
                }
            }
            Value::from(list)
        } else {
            Value::from(text)
        };
        out.insert(column.name.clone(), value);
    }
    out
}

/// What Splink starts an untrained comparison of `levels` levels with (missing values not counted): `(m, u)`, the first level first.
fn starting_values(levels: usize) -> Vec<(f64, f64)> {
    (0..levels)
        .map(|i| {
            let m = if i == 0 { 0.95 } else { 0.05 / (levels.max(2) - 1) as f64 };
            let from_below = levels - 1 - i;
            let weight = match (i, levels) {
                (0, _) => 10.0,
                (_, 2) => -5.0,
                _ => -5.0 + 8.0 * from_below as f64 / (levels - 2) as f64,
            };
            let u = m / f64::exp2(weight);
            // Splink's u of two levels is 1.6; the same weight in shares that are some
            if u > 1.0 { (m / u, 1.0) } else { (m, u) }
        })
        .collect()
}
