//! Likeness: which records may be one person although no exact key says so. The only place that uses the crate `linkage`.
//!
//! - [`attach`]: while a list is linked, its rows that nobody was found for and that are *surely* somebody known become that person;
//! - [`pairs`]: after a commit, the people it brought are held against everybody, and who may be one is kept for the review desk;
//! - [`desk`]: the queue of that desk, one pair at a time, and what people decide;
//! - [`models`]: the weights - shipped, refitted from decisions, every version kept.
//!
//! A match is sure from [`SURE`] bits on, if the next best candidate of either side is [`MARGIN`] bits away, the names are alike, the
//! birth date or a number speaks for it, and no guard speaks against it (twins; two sound numbers that are not alike). What weighs
//! between [`ASK`] and that is asked. Each weight is kept with the level of every comparison, so that it can be explained later.

pub mod attach;
pub mod desk;
mod fields;
pub mod models;
pub mod pairs;

use linkage::{online::Index, score::Edge};
use serde::{Deserialize, Serialize};

use crate::connect::{Error, Result};

/// From this weight on a match is sure, if nothing speaks against it: one in four thousand is wrong.
pub const SURE: f64 = 12.0;
/// How far the next best candidate of a sure match must be away, bits.
pub const MARGIN: f64 = 6.0;
/// From this weight on a pair is asked: as likely one person as two.
pub const ASK: f64 = 0.0;

/// One comparison of a pair: which level held and what it weighed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// The comparison of the model: nama, tgl_lahir, nik, ...
    #[serde(rename = "c")]
    pub comparison: String,
    /// The number of the level; beyond the last: none held.
    #[serde(rename = "l")]
    pub level: usize,
    /// Bits of the level.
    #[serde(rename = "w")]
    pub weight: f64,
    /// Bits because the value is rare, or common.
    #[serde(rename = "r")]
    pub rarity: f64,
}

/// Why a pair weighs what it weighs: starting point and every comparison. Their sum is the weight.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Before anything is compared, bits.
    pub start: f64,
    pub bars: Vec<Bar>,
}

impl Evidence {
    pub fn weight(&self) -> f64 {
        self.start + self.bars.iter().map(|bar| bar.weight + bar.rarity).sum::<f64>()
    }

    /// The level of a comparison.
    pub fn level(&self, comparison: &str) -> Option<usize> {
        self.bars.iter().find(|bar| bar.comparison == comparison).map(|bar| bar.level)
    }

    /// Reads what was kept.
    pub fn from_kept(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|error| Error::Stored(format!("evidence cannot be read: {error}")))
    }

    fn kept(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Of two rows of an index.
    fn of(index: &Index, left: u32, right: u32) -> Self {
        let bars =
            linkage::score::waterfall(index.model(), index.comparer(), index.table(), left as usize, right as usize);
        let short = |bits: f64| (bits * 1e4).round() / 1e4;
        let start = bars.first().map_or(0.0, |bar| short(bar.weight));
        let levels = index.model().comparisons.iter();
        let bars = bars
            .iter()
            .skip(1)
            .zip(levels)
            .map(|(bar, comparison)| Bar {
                comparison: bar.comparison.clone(),
                level: comparison.levels.iter().position(|l| l.label == bar.level).unwrap_or(comparison.levels.len()),
                weight: short(bar.weight),
                rarity: short(bar.rarity),
            })
            .collect();
        Self { start, bars }
    }

    /// Whether nothing speaks against a sure match but its weight: names alike, a birth date or number alike, no guard.
    fn clear(&self) -> bool {
        let name = matches!(self.level("nama"), Some(1..=4));
        let anchor = matches!(self.level("tgl_lahir"), Some(1 | 2))
            || matches!(self.level("nik"), Some(1 | 2 | 3 | 5 | 9 | 10 | 11 | 13));
        name && anchor && self.level("penjaga").is_none_or(|level| level >= 3)
    }
}

/// Whether two rows have sound numbers that are not alike.
fn two_numbers(index: &Index, edge: &Edge) -> bool {
    linkage::people::two_niks(index.table())(edge.left, edge.right)
}

fn stored(error: impl std::fmt::Display) -> Error {
    Error::Stored(format!("the matcher cannot work: {error}"))
}
