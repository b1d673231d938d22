//! `tuntas areas`: loads area lists and boundaries, and names the installation's own district.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::Subcommand;
use domain::{
    AreaCode,
    area_list::{AreaLine, AreaLineFault, FormerLayout, FormerLine, Layout},
};
use store::{Actor, areas};

use crate::{
    App,
    ui::charts::map::{Shape, read_shapes},
};

#[derive(Subcommand, Debug)]
pub enum Areas {
    /// Load areas (CSV), codes that changed (CSV) or boundaries (GeoJSON, TopoJSON)
    ///
    /// CSV: kemendagri_code,bps_code,level,name,parent with level provinsi, kabupaten, kota, kecamatan, desa or kelurahan;
    /// or the published national files, one a level: code,name / code,province_code,name / code,regency_code,name /
    /// code,district_code,name. Several files may be given in any order. A name that changed is kept: lists may go on using it.
    ///
    /// Codes that changed, CSV: former_code,code,former_name (or kode_lama,kode_baru,nama_lama): lists that name the former code
    /// or name mean the new one from then on.
    ///
    /// GeoJSON, TopoJSON: one polygon an area, its code in the property kemendagri_code, code, kode, kode_desa, kdepum, bps_code,
    /// kode_bps, kdebps or iddesa, or in the one you name. What of the file is no area here, and which villages have no boundary, is listed.
    /// Exit codes: 0 done, 1 failed and nothing changed, 2 wrong call, 3 done with something to look at.
    Import {
        /// Area lists and former codes (.csv) and boundaries (.geojson, .topojson, .json), in any order
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The property of a boundary file that holds the area's code
        #[arg(long, value_name = "NAME")]
        code_property: Option<String>,
        /// The installation's own district, e.g. 99.01 (default: the only one with villages)
        #[arg(long, value_name = "CODE")]
        district: Option<AreaCode>,
        /// Print one JSON object instead of sentences
        #[arg(long)]
        json: bool,
    },
}

/// Properties that carry the code of an area, the Kemendagri ones first (KDEPUM and KDEBPS: the national base map).
pub const CODE_PROPERTIES: [&str; 9] =
    ["kemendagri_code", "code", "kode", "kode_desa", "kdepum", "bps_code", "kode_bps", "kdebps", "iddesa"];

/// What a CSV file turned out to be.
enum List {
    Areas(Vec<AreaLine>),
    Former(Vec<FormerLine>),
}

/// Boundaries of files: those of areas by their code, and what has none that can be one.
#[derive(Debug, Default)]
pub struct Boundaries {
    /// Code and rings as JSON.
    pub known: Vec<(AreaCode, String)>,
    /// Number of the feature in its file, and what stands where its code should.
    pub without_code: Vec<(usize, String)>,
}

pub async fn run(app: &App, command: Areas) -> anyhow::Result<ExitCode> {
    let Areas::Import { files, district, json, code_property } = command;
    let lang = app.config.language;
    let is_map = |path: &&PathBuf| {
        path.extension()
            .is_some_and(|e| ["geojson", "topojson", "json"].iter().any(|known| e.eq_ignore_ascii_case(known)))
    };
    let (maps, lists): (Vec<_>, Vec<_>) = files.iter().partition(is_map);
    let (mut lines, mut former) = (Vec::new(), Vec::new());
    for path in lists {
        match read_csv(path)? {
            List::Areas(more) => lines.extend(more),
            List::Former(more) => former.extend(more),
        }
    }
    let actor = Actor::program("tuntas areas");
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    let done = if lines.is_empty() { areas::Imported::default() } else { areas::import(&change, &lines).await? };
    let retired = areas::retire(&change, &former).await?;
    if let Some(code) = district {
        if areas::find(&change, code).await?.is_none() {
            bail!("{}", lang.msg("areas-cli-no-district").s("code", code));
        }
        areas::choose_district(&change, code).await?;
    }
    let mut boundaries = 0;
    let (mut unknown, mut without_code) = (Vec::new(), Vec::new());
    let properties: Vec<&str> = code_property.as_deref().map_or_else(|| CODE_PROPERTIES.to_vec(), |one| vec![one]);
    for path in &maps {
        let read = read_boundaries(&change, path, &properties).await?;
        boundaries += read.known.len();
        unknown.extend(areas::set_boundaries(&change, &read.known, &file_name(path)).await?);
        without_code.extend(read.without_code.into_iter().map(|(number, said)| (file_name(path), number, said)));
    }
    change.commit().await?;
    let own = app.district().await?;
    let bare = match (&own, maps.is_empty()) {
        (Some((code, _)), false) => areas::without_boundary(&app.store.read(&actor), *code).await?,
        _ => Vec::new(),
    };
    let kept = boundaries - unknown.len();
    if json {
        let own = own.as_ref().map(|(code, name)| serde_json::json!({"code": code.to_string(), "name": name}));
        let unknown: Vec<String> = unknown.iter().map(ToString::to_string).collect();
        let former = |line: &FormerLine| serde_json::json!({"former_code": line.former.to_string(), "code": line.now.to_string()});
        say!(
            "{}",
            serde_json::json!({
                "areas": done,
                "former_codes": {
                    "retired": retired.retired,
                    "unchanged": retired.unchanged,
                    "unknown": retired.unknown.iter().map(former).collect::<Vec<_>>(),
                    "inhabited": retired.inhabited.iter().map(|(line, _)| former(line)).collect::<Vec<_>>(),
                },
                "boundaries": kept,
                "boundaries_without_area": unknown,
                "boundaries_without_code": without_code.iter().map(|(file, number, said)| serde_json::json!({"file": file, "feature": number, "code": said})).collect::<Vec<_>>(),
                "areas_without_boundary": bare.iter().map(|area| serde_json::json!({"code": area.code.to_string(), "name": area.name})).collect::<Vec<_>>(),
                "district": own,
            })
        );
    } else {
        let say = |text: String| say!("{text}");
        if !lines.is_empty() {
            say(lang
                .msg("areas-cli-areas")
                .n("new", done.new)
                .n("changed", done.changed)
                .n("unchanged", done.unchanged)
                .to_string());
        }
        if !former.is_empty() {
            say(lang
                .msg("areas-cli-former")
                .n("retired", retired.retired)
                .n("unchanged", retired.unchanged)
                .to_string());
            for line in &retired.unknown {
                say(lang.msg("areas-cli-former-unknown").s("former", line.former).s("code", line.now).to_string());
            }
            for (line, families) in &retired.inhabited {
                say(lang
                    .msg("areas-cli-former-inhabited")
                    .s("former", line.former)
                    .n("families", *families)
                    .to_string());
            }
        }
        if !maps.is_empty() {
            say(lang.msg("areas-cli-boundaries").n("kept", kept).to_string());
            if !unknown.is_empty() || !without_code.is_empty() {
                say(lang.msg("areas-cli-no-area").n("count", unknown.len() + without_code.len()).to_string());
                for code in &unknown {
                    say(format!("  {code}"));
                }
                for (file, number, said) in &without_code {
                    let key = if said.is_empty() { "areas-cli-without-code" } else { "areas-cli-no-code" };
                    say(format!("  {}", lang.msg(key).s("file", file).n("number", *number).s("said", said)));
                }
            }
            if !bare.is_empty() {
                say(lang.msg("areas-cli-no-boundary").n("count", bare.len()).to_string());
                for area in &bare {
                    say(format!("  {} {}", area.code, area.name));
                }
            }
        }
        say(match &own {
            Some((code, name)) => lang.msg("areas-cli-own").s("code", code).s("name", name).to_string(),
            None => lang.t("areas-cli-none"),
        });
    }
    let clean = unknown.is_empty()
        && without_code.is_empty()
        && bare.is_empty()
        && retired.unknown.is_empty()
        && retired.inhabited.is_empty();
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}

/// Reads one CSV of areas; the first line that cannot be read ends it, so that nothing is half loaded.
pub fn read_list(path: &Path) -> anyhow::Result<Vec<AreaLine>> {
    match read_csv(path)? {
        List::Areas(lines) => Ok(lines),
        List::Former(_) => bail!("{} is a list of former codes", path.display()),
    }
}

fn read_csv(path: &Path) -> anyhow::Result<List> {
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
    if let Some(layout) = FormerLayout::of_header(&header) {
        return Ok(List::Former(read_lines(&name, records, |cells| layout.read(cells))?));
    }
    let layout = Layout::of_header(&header).with_context(|| {
        format!(
            "{name} has the columns {header:?}; wanted kemendagri_code,bps_code,level,name,parent, or the national code,...,name, or former_code,code,former_name"
        )
    })?;
    Ok(List::Areas(read_lines(&name, records, |cells| layout.read(cells))?))
}

fn read_lines<T, R: std::io::Read>(
    name: &str,
    records: csv::StringRecordsIter<'_, R>,
    read: impl Fn(&[&str]) -> Result<T, AreaLineFault>,
) -> anyhow::Result<Vec<T>> {
    let mut lines = Vec::new();
    for record in records {
        let record = record.with_context(|| format!("failed to read {name}"))?;
        let row = record.position().map_or(0, csv::Position::line);
        let cells: Vec<&str> = record.iter().collect();
        lines.push(read(&cells).with_context(|| format!("{name}, line {row}"))?);
    }
    Ok(lines)
}

/// Reads the boundaries of a GeoJSON or TopoJSON file, each with the code of its area; BPS codes are bridged.
pub async fn read_boundaries(
    change: &store::Change<'_>,
    path: &Path,
    properties: &[&str],
) -> anyhow::Result<Boundaries> {
    let text = std::fs::read_to_string(path).with_context(|| format!("failed to open {}", path.display()))?;
    let shapes =
        read_shapes(&text, properties).with_context(|| format!("failed to read boundaries from {}", path.display()))?;
    let mut read = Boundaries::default();
    for (at, Shape { code, rings }) in shapes.into_iter().enumerate() {
        let digits = code.replace('.', "");
        let known = match areas::by_bps(change, &digits).await? {
            Some(code) => Some(code),
            None => code.parse().ok(),
        };
        match known {
            Some(code) => read.known.push((code, serde_json::to_string(&rings)?)),
            None => read.without_code.push((at + 1, code)),
        }
    }
    Ok(read)
}
