//! `tuntas areas`: loads area lists and boundaries, and names the installation's own district.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::Subcommand;
use domain::{
    AreaCode,
    area_list::{AreaLine, Layout},
};
use store::{Actor, areas};

use crate::{App, ui::charts::map::read_geojson};

#[derive(Subcommand, Debug)]
pub enum Areas {
    /// Load areas (CSV) or boundaries (GeoJSON)
    ///
    /// CSV: kemendagri_code,bps_code,level,name,parent with level provinsi, kabupaten, kota, kecamatan, desa or kelurahan;
    /// or the published national files, one a level: code,name / code,province_code,name / code,regency_code,name /
    /// code,district_code,name. Several files may be given in any order. GeoJSON: one polygon an area, with the property
    /// kemendagri_code (or code, or bps_code).
    Import {
        /// Area lists (CSV) and boundaries (GeoJSON), in any order
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The installation's own district, e.g. 99.01 (default: the only one with villages)
        #[arg(long, value_name = "CODE")]
        district: Option<AreaCode>,
        /// Print one JSON object instead of sentences
        #[arg(long)]
        json: bool,
    },
}

pub async fn run(app: &App, command: Areas) -> anyhow::Result<ExitCode> {
    let Areas::Import { files, district, json } = command;
    let (maps, lists): (Vec<_>, Vec<_>) =
        files.iter().partition(|path| path.extension().is_some_and(|e| e == "geojson" || e == "json"));
    let mut lines = Vec::new();
    for path in lists {
        lines.extend(read_list(path)?);
    }
    let actor = Actor::program("tuntas areas");
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    let done = if lines.is_empty() { areas::Imported::default() } else { areas::import(&change, &lines).await? };
    if let Some(code) = district {
        if areas::find(&change, code).await?.is_none() {
            bail!("the district {code} is not among the areas loaded: load its area list first");
        }
        areas::choose_district(&change, code).await?;
    }
    let mut boundaries = 0;
    let mut unknown = Vec::new();
    for path in maps {
        let read = read_boundaries(&change, path).await?;
        boundaries += read.len();
        unknown.extend(areas::set_boundaries(&change, &read, &file_name(path)).await?);
    }
    change.commit().await?;
    let own = app.district().await?;
    if json {
        let own = own.as_ref().map(|(code, name)| serde_json::json!({"code": code.to_string(), "name": name}));
        let unknown: Vec<String> = unknown.iter().map(ToString::to_string).collect();
        say!(
            "{}",
            serde_json::json!({"areas": done, "boundaries": boundaries, "boundaries_without_area": unknown, "district": own})
        );
    } else {
        say!("areas: {} new, {} changed, {} unchanged", done.new, done.changed, done.unchanged);
        say!("boundaries: {} kept, {} without an area here", boundaries - unknown.len(), unknown.len());
        for code in &unknown {
            say!("  {code}");
        }
        match own {
            Some((code, name)) => say!("own district: {code} {name}"),
            None => say!("own district: none yet (no kabupaten or kota was loaded)"),
        }
    }
    Ok(if unknown.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}

/// Reads one CSV of areas; the first line that cannot be read ends it, so that nothing is half loaded.
pub fn read_list(path: &Path) -> anyhow::Result<Vec<AreaLine>> {
    let name = file_name(path);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_path(path)
        .with_context(|| format!("failed to open {}", path.display()))?;
    let mut records = reader.records();
    let header = records
        .next()
        .with_context(|| format!("{name} is empty"))?
        .with_context(|| format!("failed to read {name}"))?;
    let header: Vec<&str> = header.iter().collect();
    let layout = Layout::of_header(&header).with_context(|| {
        format!("{name} has the columns {header:?}; wanted kemendagri_code,bps_code,level,name,parent, or the national code,...,name")
    })?;
    let mut lines = Vec::new();
    for record in records {
        let record = record.with_context(|| format!("failed to read {name}"))?;
        let row = record.position().map_or(0, csv::Position::line);
        let cells: Vec<&str> = record.iter().collect();
        lines.push(layout.read(&cells).with_context(|| format!("{name}, line {row}"))?);
    }
    Ok(lines)
}

/// Reads the boundaries of a GeoJSON file, each with the code of its area; BPS codes are bridged.
pub async fn read_boundaries(change: &store::Change<'_>, path: &Path) -> anyhow::Result<Vec<(AreaCode, String)>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("failed to open {}", path.display()))?;
    let shapes = read_geojson(&text, &["kemendagri_code", "code", "kode", "bps_code"])
        .with_context(|| format!("failed to read boundaries from {}", path.display()))?;
    let mut read = Vec::new();
    for shape in shapes {
        let code = match areas::by_bps(change, &shape.code).await? {
            Some(code) => code,
            None => shape.code.parse().with_context(|| format!("{}: the area {:?}", path.display(), shape.code))?,
        };
        read.push((code, serde_json::to_string(&shape.rings)?));
    }
    Ok(read)
}
