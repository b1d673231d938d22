//! Rekap: families by kecamatan and desa along the chain, in the order of the official codes, each kecamatan the sum of its own.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{AreaCode, money::grouped};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheets::Column;

use crate::{
    Error, Listing, Printed,
    office::{Letterhead, Signatory, printed},
    realisation_report::percent,
    twin::Leaf,
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recap {
    pub letterhead: Letterhead,
    /// `Rekapitulasi Penanganan Keluarga Miskin Ekstrem`.
    pub title: String,
    /// What was counted and as of when: `DTSEN 2025-4, keadaan 30 Juni 2026`.
    pub source: String,
    /// Names of the kecamatan.
    pub subdistricts: Vec<(AreaCode, String)>,
    pub villages: Vec<RecapVillage>,
    pub place: String,
    pub date: Option<NaiveDate>,
    pub signatory: Signatory,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecapVillage {
    pub code: AreaCode,
    pub name: String,
    pub counts: Counts,
}

/// Families at each step of the chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub candidate: i64,
    pub verified: i64,
    pub eligible: i64,
    pub determined: i64,
    /// Determined, and received.
    pub served: i64,
    /// Received in the place of another family, beside those determined.
    pub replacements: i64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.candidate += other.candidate;
        self.verified += other.verified;
        self.eligible += other.eligible;
        self.determined += other.determined;
        self.served += other.served;
        self.replacements += other.replacements;
    }
}

/// One printed line.
pub(crate) struct Line {
    pub code: AreaCode,
    pub name: String,
    pub counts: Counts,
}

impl Recap {
    /// Kecamatan and villages in order of their codes, and the total.
    pub(crate) fn ordered(&self) -> (Vec<Line>, Counts) {
        let names: BTreeMap<AreaCode, &str> =
            self.subdistricts.iter().map(|(code, name)| (*code, name.as_str())).collect();
        let mut sums: BTreeMap<AreaCode, Counts> = names.keys().map(|code| (*code, Counts::default())).collect();
        let mut total = Counts::default();
        for village in &self.villages {
            *sums.entry(village.code.subdistrict()).or_default() += village.counts;
            total += village.counts;
        }
        let mut lines: Vec<Line> = sums
            .into_iter()
            .map(|(code, counts)| {
                let name = names.get(&code).map_or_else(|| code.to_string(), |name| (*name).to_owned());
                Line { code, name, counts }
            })
            .chain(self.villages.iter().map(|village| Line {
                code: village.code,
                name: village.name.clone(),
                counts: village.counts,
            }))
            .collect();
        // A kecamatan's code is its own villages' with zeros: it sorts right before them.
        lines.sort_by_key(|line| line.code);
        (lines, total)
    }
}

/// In the order of the columns.
const fn figures(counts: Counts) -> [i64; 7] {
    let Counts { candidate, verified, eligible, determined, served, replacements } = counts;
    // determined, and nothing received yet
    let unmet = determined - served;
    [candidate, verified, eligible, determined, served, unmet, replacements]
}

fn cells(counts: Counts) -> Vec<String> {
    let mut cells: Vec<String> = figures(counts).into_iter().map(|figure| grouped(figure, '.')).collect();
    cells.push(percent(counts.served, counts.determined));
    cells
}

impl Printed for Recap {
    fn template(&self) -> &'static str {
        "recap"
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn view(&self) -> Result<Value, Error> {
        let (_, total) = self.ordered();
        Ok(json!({
            "letterhead": self.letterhead,
            "title": self.title,
            "source": self.source,
            "total": cells(total),
            "place": self.place,
            "date": printed(self.date),
            "signatory": self.signatory.view(),
        }))
    }

    fn listing(&self) -> Option<Listing> {
        let (lines, _) = self.ordered();
        let rows = lines.into_iter().map(|line| {
            let mut row = vec![line.code.to_string(), line.name];
            row.extend(cells(line.counts));
            row
        });
        Some(Listing { rows: rows.collect(), amounts: Vec::new() })
    }

    /// Villages only, each with its kecamatan beside it: sums in a spreadsheet must not count a kecamatan twice.
    fn leaves(&self) -> Vec<Leaf<'_>> {
        let names: BTreeMap<AreaCode, &str> =
            self.subdistricts.iter().map(|(code, name)| (*code, name.as_str())).collect();
        let mut villages: Vec<&RecapVillage> = self.villages.iter().collect();
        villages.sort_by_key(|village| village.code);
        let rows = villages.into_iter().map(|village| {
            let mut values = vec![
                village.code.to_string().into(),
                names.get(&village.code.subdistrict()).copied().into(),
                village.name.as_str().into(),
            ];
            values.extend(figures(village.counts).map(sheets::Value::from));
            values
        });
        let mut columns =
            vec![Column::text("Kode").wide(15.0), Column::text("Kecamatan"), Column::text("Desa/Kelurahan")];
        columns.extend(
            ["Calon", "Diverifikasi", "Layak", "Ditetapkan", "Terlayani", "Belum terlayani", "Pengganti"]
                .map(|header| Column::number(header).summed()),
        );
        vec![Leaf::new("Rekap", vec![self.title.clone(), self.source.clone()], columns, rows.collect())]
    }
}
