//! Areas: the Kemendagri hierarchy with its bridging to BPS codes, and the installation's own district.

use std::collections::BTreeMap;

use domain::{
    AreaCode, Level,
    area_list::{AreaLine, FormerLine, area_name_key},
    lists::AreaIndex,
};
use sea_orm::FromQueryResult;
use serde_json::json;

use crate::{
    bulk::{self, Type},
    connect::{Change, Error, Result},
    journal::Entry,
    query::{Handle, Query},
    registry, sql,
};

#[derive(Clone, Debug, FromQueryResult)]
struct Row {
    code: i64,
    kind: String,
    name: String,
}

/// An area as pages name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    pub code: AreaCode,
    /// provinsi, kabupaten, kota, kecamatan, desa, kelurahan
    pub kind: String,
    pub name: String,
}

impl TryFrom<Row> for Area {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let code =
            AreaCode::from_number(row.code).ok_or_else(|| Error::Stored(format!("area {} is no code", row.code)))?;
        Ok(Self { code, kind: row.kind, name: row.name })
    }
}

/// The installation's own district and its name: the setting `district`, else the only one below which there are
/// villages, else the first. `None` before areas were loaded.
pub async fn own_district(handle: &impl Handle) -> Result<Option<(AreaCode, String)>> {
    let chosen: Option<String> = handle.scalar(sql!("SELECT value FROM setting WHERE name = 'district'")).await?;
    if let Some(code) = chosen.and_then(|code| code.parse::<AreaCode>().ok())
        && let Some(area) = find(handle, code).await?
    {
        return Ok(Some((area.code, area.name)));
    }
    let row: Option<Row> = handle
        .one(sql!(
            "SELECT d.code, d.kind, d.name FROM area d WHERE d.level = 'district'
             ORDER BY CASE WHEN EXISTS (SELECT 1 FROM area v WHERE v.level = 'village' AND v.code BETWEEN d.code AND d.code + 999999) THEN 0 ELSE 1 END, d.code
             LIMIT 1"
        ))
        .await?;
    row.map(|row| Area::try_from(row).map(|area| (area.code, area.name))).transpose()
}

pub async fn find(handle: &impl Handle, code: AreaCode) -> Result<Option<Area>> {
    let row: Option<Row> = handle
        .one(Query::with(sql!("SELECT code, kind, name FROM area WHERE code = $1"), [code.number().into()]))
        .await?;
    row.map(Area::try_from).transpose()
}

/// The areas one level below, by code.
pub async fn children(handle: &impl Handle, parent: AreaCode) -> Result<Vec<Area>> {
    let rows: Vec<Row> = handle
        .all(Query::with(
            sql!("SELECT code, kind, name FROM area WHERE parent = $1 AND replaced_by IS NULL ORDER BY code"),
            [parent.number().into()],
        ))
        .await?;
    rows.into_iter().map(Area::try_from).collect()
}

/// Every district that was loaded, by code.
pub async fn districts(handle: &impl Handle) -> Result<Vec<Area>> {
    let rows: Vec<Row> = handle
        .all(sql!("SELECT code, kind, name FROM area WHERE level = 'district' AND replaced_by IS NULL ORDER BY code"))
        .await?;
    rows.into_iter().map(Area::try_from).collect()
}

/// All areas of a level within an area, by code.
pub async fn within(handle: &impl Handle, area: AreaCode, level: Level) -> Result<Vec<Area>> {
    let range = area.range();
    let rows: Vec<Row> = handle
        .all(Query::with(
            sql!(
                "SELECT code, kind, name FROM area WHERE level = $1 AND code BETWEEN $2 AND $3 AND replaced_by IS NULL ORDER BY code"
            ),
            [level.as_str().into(), (*range.start()).into(), (*range.end()).into()],
        ))
        .await?;
    rows.into_iter().map(Area::try_from).collect()
}

/// Names by code of every area within an area, for pages that show many.
pub async fn names(handle: &impl Handle, area: AreaCode) -> Result<BTreeMap<i64, String>> {
    let range = area.range();
    let rows: Vec<Row> = handle
        .all(Query::with(
            sql!("SELECT code, kind, name FROM area WHERE code BETWEEN $1 AND $2 ORDER BY code"),
            [(*range.start()).into(), (*range.end()).into()],
        ))
        .await?;
    Ok(rows.into_iter().map(|row| (row.code, row.name)).collect())
}

/// What an import of areas did.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Imported {
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
}

/// Loads areas: new codes are added, names and BPS codes of known ones brought up to date; nothing is removed, because
/// former codes must stay resolvable. Lines may come in any order.
pub async fn import(change: &Change<'_>, lines: &[AreaLine]) -> Result<Imported> {
    #[derive(FromQueryResult)]
    struct Known {
        code: i64,
        name: String,
        bps_code: Option<String>,
    }
    let known: BTreeMap<i64, Known> = change
        .all::<Known>(sql!("SELECT code, name, bps_code FROM area ORDER BY code"))
        .await?
        .into_iter()
        .map(|area| (area.code, area))
        .collect();
    let mut done = Imported::default();
    let mut new = BTreeMap::new();
    let mut renamed = Vec::new();
    for line in lines {
        match known.get(&line.code.number()) {
            None => {
                new.insert(line.code, line);
            }
            Some(area) if area.name == line.name && (line.bps_code.is_none() || area.bps_code == line.bps_code) => {
                done.unchanged += 1;
            }
            Some(area) => {
                if area.name != line.name {
                    keep_former_name(change, line.code, &area.name).await?;
                    if line.code.level() == Level::Village {
                        renamed.push(line.code.number());
                    }
                }
                done.changed += change
                    .execute(Query::with(
                        sql!("UPDATE area SET name = $1, name_key = $2, kind = $3, bps_code = COALESCE($4, bps_code) WHERE code = $5"),
                        [
                            line.name.as_str().into(),
                            area_name_key(&line.name).into(),
                            line.kind.into(),
                            line.bps_code.as_deref().into(),
                            line.code.number().into(),
                        ],
                    ))
                    .await?;
            }
        }
    }
    // parents before children: a parent's code is the smaller number
    let exists = |code: AreaCode| known.contains_key(&code.number()) || new.contains_key(&code);
    if let Some(orphan) = new.keys().find(|code| code.parent().is_some_and(|parent| !exists(parent))) {
        return Err(Error::Stored(format!("the area {orphan} comes without the area above it")));
    }
    let columns = [
        ("code", Type::Int),
        ("bps_code", Type::Text),
        ("level", Type::Text),
        ("kind", Type::Text),
        ("name", Type::Text),
        ("name_key", Type::Text),
        ("parent", Type::Int),
    ];
    let rows = new.values().map(|line| {
        vec![
            line.code.number().into(),
            line.bps_code.clone().into(),
            line.code.level().as_str().into(),
            line.kind.into(),
            line.name.as_str().into(),
            area_name_key(&line.name).into(),
            line.code.parent().map(AreaCode::number).into(),
        ]
    });
    done.new = bulk::insert(change, "area", &columns, rows).await?;
    if !renamed.is_empty() {
        registry::index_villages(change, &renamed).await?;
    }
    if done.new + done.changed > 0 {
        change
            .record(Entry {
                verb: "area.imported",
                subject: ("area", lines.first().map_or(0, |line| line.code.district().number())),
                area: None,
                reason: None,
                data: json!(done),
            })
            .await?;
    }
    Ok(done)
}

async fn keep_former_name(change: &Change<'_>, area: AreaCode, name: &str) -> Result<()> {
    change
        .execute(Query::with(
            sql!("INSERT INTO area_former_name (area, name, until) VALUES ($1, $2, $3) ON CONFLICT (area, name) DO NOTHING"),
            [area.number().into(), name.into(), change.at().into()],
        ))
        .await?;
    Ok(())
}

/// What came of a list of former codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retired {
    /// Codes that mean another area from now on.
    pub retired: u64,
    pub unchanged: u64,
    /// Lines whose new code is no area here.
    pub unknown: Vec<FormerLine>,
    /// Lines whose former code still has families (so many): they would be nowhere.
    pub inhabited: Vec<(FormerLine, i64)>,
}

/// Takes codes out of use: lists that still name them mean the area they became. Nothing is removed.
pub async fn retire(change: &Change<'_>, lines: &[FormerLine]) -> Result<Retired> {
    let mut done = Retired::default();
    for line in lines {
        let known: Option<Row> = change
            .one(Query::with(
                sql!("SELECT code, kind, name FROM area WHERE code = $1 AND replaced_by IS NULL"),
                [line.now.number().into()],
            ))
            .await?;
        let Some(now) = known.filter(|_| line.former != line.now) else {
            done.unknown.push(line.clone());
            continue;
        };
        let range = line.former.range();
        let families = change
            .count(Query::with(
                sql!(
                    "SELECT COUNT(*) FROM family WHERE village BETWEEN $1 AND $2 AND {whole_district areas are loaded}"
                ),
                [(*range.start()).into(), (*range.end()).into()],
            ))
            .await?;
        if families > 0 {
            done.inhabited.push((line.clone(), families));
            continue;
        }
        let name = line.name.as_deref().unwrap_or(&now.name);
        let changed = change
            .execute(Query::with(
                sql!(
                    "INSERT INTO area (code, level, kind, name, name_key, parent, replaced_by)
                     VALUES ($1, $2, $3, $4, $5, (SELECT code FROM area WHERE code = $6), $7)
                     ON CONFLICT (code) DO UPDATE SET replaced_by = excluded.replaced_by WHERE area.replaced_by IS DISTINCT FROM excluded.replaced_by"
                ),
                [
                    line.former.number().into(),
                    line.former.level().as_str().into(),
                    now.kind.as_str().into(),
                    name.into(),
                    area_name_key(name).into(),
                    line.former.parent().map(AreaCode::number).into(),
                    line.now.number().into(),
                ],
            ))
            .await?;
        done.retired += changed;
        done.unchanged += u64::from(changed == 0);
        if let Some(name) = line.name.as_deref().filter(|name| *name != now.name) {
            keep_former_name(change, line.now, name).await?;
        }
    }
    if done.retired > 0 {
        change
            .record(Entry {
                verb: "area.retired",
                subject: ("area", lines.first().map_or(0, |line| line.now.district().number())),
                area: None,
                reason: None,
                data: json!({"retired": done.retired}),
            })
            .await?;
    }
    Ok(done)
}

/// Keeps the boundary of each area (GeoJSON rings as JSON text: `[[[lon, lat], ...], ...]`), replacing what was there.
/// Answers with the codes that are no area here.
pub async fn set_boundaries(
    change: &Change<'_>,
    boundaries: &[(AreaCode, String)],
    source: &str,
) -> Result<Vec<AreaCode>> {
    let mut unknown = Vec::new();
    let mut kept = 0;
    for (code, rings) in boundaries {
        let changed = change
            .execute(Query::with(
                sql!(
                    "INSERT INTO boundary (area, rings, source, loaded_at) SELECT code, $2, $3, $4 FROM area WHERE code = $1 AND replaced_by IS NULL
                     ON CONFLICT (area) DO UPDATE SET rings = excluded.rings, source = excluded.source, loaded_at = excluded.loaded_at"
                ),
                [code.number().into(), rings.as_str().into(), source.into(), change.at().into()],
            ))
            .await?;
        kept += changed;
        if changed == 0 {
            unknown.push(*code);
        }
    }
    change
        .record(Entry {
            verb: "boundary.imported",
            subject: ("area", boundaries.first().map_or(0, |(code, _)| code.district().number())),
            area: None,
            reason: None,
            data: json!({"areas": kept, "unknown": unknown.len()}),
        })
        .await?;
    Ok(unknown)
}

/// The villages within an area that have no boundary, by code.
pub async fn without_boundary(handle: &impl Handle, area: AreaCode) -> Result<Vec<Area>> {
    let range = area.range();
    let rows: Vec<Row> = handle
        .all(Query::with(
            sql!(
                "SELECT code, kind, name FROM area WHERE level = 'village' AND code BETWEEN $1 AND $2 AND replaced_by IS NULL
                   AND code NOT IN (SELECT area FROM boundary) ORDER BY code"
            ),
            [(*range.start()).into(), (*range.end()).into()],
        ))
        .await?;
    rows.into_iter().map(Area::try_from).collect()
}

#[derive(Clone, Debug, FromQueryResult)]
pub struct Boundary {
    pub area: i64,
    /// `[[[lon, lat], ...], ...]`
    pub rings: String,
}

/// The boundaries known within an area, by code.
pub async fn boundaries(handle: &impl Handle, area: AreaCode) -> Result<Vec<Boundary>> {
    let range = area.range();
    handle
        .all(Query::with(
            sql!("SELECT area, rings FROM boundary WHERE area BETWEEN $1 AND $2 ORDER BY area"),
            [(*range.start()).into(), (*range.end()).into()],
        ))
        .await
}

/// What tells one state of the boundaries from another, for caches; `None` when there are none.
pub async fn boundary_stamp(handle: &impl Handle, area: AreaCode) -> Result<Option<String>> {
    let range = area.range();
    handle
        .scalar::<Option<String>>(Query::with(
            sql!("SELECT MAX(loaded_at) FROM boundary WHERE area BETWEEN $1 AND $2"),
            [(*range.start()).into(), (*range.end()).into()],
        ))
        .await
        .map(Option::flatten)
}

/// Names the installation's own district.
pub async fn choose_district(change: &Change<'_>, code: AreaCode) -> Result<()> {
    set_setting(change, "district", &code.to_string()).await
}

/// Keeps a setting of the installation.
pub async fn set_setting(change: &Change<'_>, name: &str, value: &str) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO setting (name, value, changed_at) VALUES ($1, $2, $3)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at"
            ),
            [name.into(), value.into(), change.at().into()],
        ))
        .await?;
    change
        .record(Entry {
            verb: "setting.changed",
            subject: ("setting", 0),
            area: None,
            reason: None,
            data: json!({"name": name, "value": value}),
        })
        .await?;
    Ok(())
}

/// The area of a BPS code, by the bridging table.
pub async fn by_bps(handle: &impl Handle, bps_code: &str) -> Result<Option<AreaCode>> {
    let code: Option<i64> = handle
        .scalar(Query::with(sql!("SELECT code FROM area WHERE bps_code = $1 ORDER BY code"), [bps_code.into()]))
        .await?;
    Ok(code.and_then(AreaCode::from_number))
}

/// A setting of the installation.
pub async fn setting(handle: &impl Handle, name: &str) -> Result<Option<String>> {
    handle.scalar(Query::with(sql!("SELECT value FROM setting WHERE name = $1"), [name.into()])).await
}

#[derive(FromQueryResult)]
struct IndexRow {
    code: i64,
    bps_code: Option<String>,
    name: String,
    replaced_by: Option<i64>,
}

#[derive(FromQueryResult)]
struct FormerName {
    area: i64,
    name: String,
}

/// What the reading of lists asks which village a row means, and whether a NIK's beginning is a place: the villages of the
/// own district, and every kecamatan that is or was. `None` before areas were loaded.
pub async fn index(handle: &impl Handle) -> Result<Option<AreaIndex>> {
    let Some((district, _)) = own_district(handle).await? else { return Ok(None) };
    let range = district.range();
    let rows: Vec<IndexRow> = handle
        .all(Query::with(
            sql!(
                "SELECT code, bps_code, name, replaced_by FROM area WHERE level <> 'village' OR replaced_by IS NOT NULL OR code BETWEEN $1 AND $2 ORDER BY code"
            ),
            [(*range.start()).into(), (*range.end()).into()],
        ))
        .await?;
    let mut builder = AreaIndex::builder(district);
    let became: BTreeMap<i64, i64> = rows.iter().filter_map(|row| Some((row.code, row.replaced_by?))).collect();
    for row in &rows {
        let Some(code) = AreaCode::from_number(row.code) else { continue };
        if row.replaced_by.is_some() {
            // what it became may have changed again
            let mut now = row.code;
            for _ in 0..became.len() {
                let Some(next) = became.get(&now) else { break };
                now = *next;
            }
            let now = AreaCode::from_number(now).filter(|now| !became.contains_key(&now.number()));
            builder.add_former(code, row.bps_code.as_deref(), now);
        } else {
            builder.add(code, &row.name, row.bps_code.as_deref());
        }
    }
    let names: Vec<FormerName> = handle
        .all(Query::with(
            sql!("SELECT area, name FROM area_former_name WHERE area BETWEEN $1 AND $2 ORDER BY area, name"),
            [(*range.start()).into(), (*range.end()).into()],
        ))
        .await?;
    for former in names {
        if let Some(area) = AreaCode::from_number(former.area) {
            builder.add_former_name(area, &former.name);
        }
    }
    Ok(Some(builder.build()))
}
