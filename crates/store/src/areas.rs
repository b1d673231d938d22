//! Areas: the Kemendagri hierarchy with its bridging to BPS codes, and the installation's own district.

use std::collections::BTreeMap;

use domain::{AreaCode, Level};
use sea_orm::FromQueryResult;

use crate::{
    connect::{Error, Result},
    query::{Handle, Query},
    sql,
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
            sql!("SELECT code, kind, name FROM area WHERE parent = $1 ORDER BY code"),
            [parent.number().into()],
        ))
        .await?;
    rows.into_iter().map(Area::try_from).collect()
}

/// All areas of a level within an area, by code.
pub async fn within(handle: &impl Handle, area: AreaCode, level: Level) -> Result<Vec<Area>> {
    let range = area.range();
    let rows: Vec<Row> = handle
        .all(Query::with(
            sql!("SELECT code, kind, name FROM area WHERE level = $1 AND code BETWEEN $2 AND $3 ORDER BY code"),
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
