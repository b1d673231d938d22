//! The lists in which the made-up people appear, written as files of the ministries' own formats, faults included.
//!
//! Every village's families are made once and handed to all lists in turn, so that memory does not grow with the size.
//! Beside the lists stand `planted.csv` and `truth.csv` (see [`ledger`]).

mod cells;
mod dtsen;
pub mod faults;
pub mod ledger;
mod p3ke;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod tests;

use std::{
    fs::File,
    io::BufWriter,
    path::{Path, PathBuf},
};

use anyhow::Context;
use chrono::NaiveDate;
use domain::lists::{Source, format::Kind};

use self::{dtsen::Dtsen, faults::FaultRates, ledger::Ledger, p3ke::P3ke};
use super::{
    District,
    areas::{self, areas},
    calendar::Edition,
};

/// A list file on disk.
#[derive(Clone, Debug)]
pub struct ListFile {
    pub path: PathBuf,
    pub source: Source,
    pub kind: Kind,
    /// `2026Q3`, `2023`.
    pub version: String,
    /// The day of whose facts it tells.
    pub as_of: NaiveDate,
    /// Rows of families or persons, blank and total rows not counted.
    pub rows: u64,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// `kemendagri_code,bps_code,level,name,parent`.
    pub areas: PathBuf,
    /// GeoJSON.
    pub boundaries: PathBuf,
    /// Oldest first; a family file before its member file.
    pub lists: Vec<ListFile>,
    pub planted: PathBuf,
    pub truth: PathBuf,
    pub faults: u64,
}

impl District {
    /// Writes areas, boundaries and all lists into a folder, with faults at the usual rates.
    pub fn write_files(&self, dir: &Path) -> anyhow::Result<Written> {
        self.write_files_with(dir, &FaultRates::default(), |_, _| {})
    }

    /// The same with other rates. `progress` is told villages done and villages in all.
    pub fn write_files_with(
        &self,
        dir: &Path,
        rates: &FaultRates,
        mut progress: impl FnMut(usize, usize),
    ) -> anyhow::Result<Written> {
        std::fs::create_dir_all(dir).with_context(|| format!("cannot make the folder {}", dir.display()))?;
        let (areas_path, boundaries) = (dir.join("wilayah_9901.csv"), dir.join("batas_desa_9901.geojson"));
        write_areas(&areas_path)?;
        serde_json::to_writer(BufWriter::new(File::create(&boundaries)?), &self.boundaries())?;
        let (planted, truth) = (dir.join("planted.csv"), dir.join("truth.csv"));
        let mut ledger = Ledger::create(&planted, &truth)?;
        let calendar = self.calendar();
        let mut p3ke = P3ke::create(dir, self.seed, &mut ledger)?;
        let mut previous = Dtsen::create(dir, calendar, Edition::Previous, self.seed)?;
        let mut current = Dtsen::create(dir, calendar, Edition::Current, self.seed)?;
        let villages = areas().villages.len();
        for village in 0..villages {
            for family in self.families_of(village) {
                if let Some(seen) = family.at(calendar.day(Edition::P3ke)) {
                    p3ke.family(&seen, rates, &mut ledger)?;
                }
                if let Some(seen) = family.at(calendar.day(Edition::Previous)) {
                    previous.family(&seen, rates, &mut ledger)?;
                }
                if let Some(seen) = family.at(calendar.day(Edition::Current)) {
                    current.family(&seen, rates, &mut ledger)?;
                }
            }
            progress(village + 1, villages);
        }
        let mut lists = Vec::new();
        let mut list = |edition: Edition, source: Source, files: [&str; 2], rows: [u64; 2]| {
            for ((kind, file), rows) in [Kind::Family, Kind::Person].into_iter().zip(files).zip(rows) {
                lists.push(ListFile {
                    path: dir.join(file),
                    source,
                    kind,
                    version: calendar.version(edition),
                    as_of: calendar.day(edition),
                    rows,
                });
            }
        };
        let rows = p3ke.finish(&mut ledger)?;
        list(Edition::P3ke, Source::P3ke, p3ke::FILES, rows);
        for (edition, files) in [(Edition::Previous, previous), (Edition::Current, current)] {
            let names = files.files();
            let rows = files.finish(&mut ledger)?;
            list(edition, Source::Dtsen, names.each_ref().map(String::as_str), rows);
        }
        let faults = ledger.finish()?;
        Ok(Written { areas: areas_path, boundaries, lists, planted, truth, faults })
    }
}

/// The areas with both codings, the neighbours people came from included.
fn write_areas(path: &Path) -> anyhow::Result<()> {
    let mut out = csv::Writer::from_path(path).with_context(|| format!("cannot write {}", path.display()))?;
    out.write_record(["kemendagri_code", "bps_code", "level", "name", "parent"])?;
    for row in areas::rows() {
        out.write_record(&row)?;
    }
    Ok(out.flush()?)
}
