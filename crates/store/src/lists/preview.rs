//! What a commit would change: the difference to the version of the same source committed before.
//!
//! Only what the draft covers is compared: a family of a kecamatan that the draft does not touch is not "gone". What is a
//! change is said in [`super::compare`], so that the comparison of the two versions later shows the same numbers.

use domain::lists::{Finding, VersionState};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};

use super::{
    Error, Result, check,
    compare::{changed, moved, other_address, other_desil, other_head, other_members},
    link, versions,
};
use crate::{
    areas, bulk,
    connect::Change,
    query::{Handle, Query},
    registry::likeness::attach,
    sql,
};

/// The difference in families. Kept as JSON with the version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Difference {
    /// The version compared with; `None`: the first of its source.
    pub previous: Option<i64>,
    pub families: i64,
    pub new: i64,
    /// Of the new: known already through another list.
    pub known: i64,
    pub unchanged: i64,
    pub changed: i64,
    pub desil: i64,
    pub head: i64,
    pub address: i64,
    pub members: i64,
    pub village: i64,
    pub gone: i64,
    /// Of the gone: still enrolled in a programme.
    pub gone_with_aid: i64,
}

/// Ends the reading of a version whose rows are all in: what only the whole version tells (`late`), the counts, the
/// families as it states them. The version is ready.
pub async fn finish_reading(change: &Change<'_>, id: i64, late: &[(i64, Finding)]) -> Result<()> {
    let (district, _) = areas::own_district(change).await?.ok_or(Error::NoAreas)?;
    bulk::analyze(change, &["list_row", "list_raw", "list_finding"]).await?;
    check::add_late(change, id, late).await?;
    check::recount(change, id).await?;
    link::units(change, id, district.number()).await?;
    versions::become_state(change, id, VersionState::Ready).await
}

/// Links the draft as a commit would, and keeps the difference for the page.
pub async fn refresh(change: &Change<'_>, id: i64) -> Result<Difference> {
    let version = versions::version(change, id).await?;
    link::link(change, id, &version.source).await?;
    check::conflicts(change, id).await?;
    let difference = compare(change, &version).await?;
    // as a commit will count them
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_version SET persons = (SELECT COUNT(DISTINCT COALESCE(person_id, same_as * -1)) FROM list_link WHERE version_id = $1 AND {whole_district counts of a version}) WHERE id = $1"
            ),
            [id.into()],
        ))
        .await?;
    link::end(change).await?;
    attach::forget_preview(change, id).await?;
    Ok(difference)
}

/// The families of the version compared with ($2) that are not in this one ($1), as far as this one covers their kecamatan.
macro_rules! gone {
    () => {
        " FROM list_unit o WHERE o.version_id = $2 AND o.family_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM list_unit u WHERE u.version_id = $1 AND u.family_id = o.family_id)
            AND (o.village % 1000000 = 0 OR o.village / 10000 IN (SELECT DISTINCT village / 10000 FROM list_unit WHERE version_id = $1 AND {whole_district counts of a version}))"
    };
}
pub(super) use gone;

/// `b`: a family of the version looked at ($1), `a`: the same in the one before ($2), with the persons who head them as
/// far as they are known.
macro_rules! in_both {
    () => {
        " FROM list_unit b JOIN list_unit a ON a.version_id = $2 AND a.family_id = b.family_id
          LEFT JOIN person_list ha ON ha.version_id = $2 AND ha.row_id = a.head_row_id
          LEFT JOIN list_link hb ON hb.version_id = $1 AND hb.row_id = b.head_row_id
          WHERE b.version_id = $1"
    };
}

macro_rules! whether {
    ($holds:expr) => {
        concat!("CASE WHEN ", $holds, " THEN 1 ELSE 0 END")
    };
}

#[derive(FromQueryResult)]
struct Counts {
    families: i64,
    new: i64,
    known: i64,
    unchanged: i64,
    changed: i64,
    desil: i64,
    address: i64,
    members: i64,
    village: i64,
}

/// Marks every family of the version as new, unchanged or changed and counts. The version must be linked.
pub(super) async fn compare(change: &Change<'_>, version: &versions::Version) -> Result<Difference> {
    let id = version.id;
    let previous: Option<i64> = change
        .scalar(Query::with(
            sql!(
                "SELECT id FROM list_version WHERE source = $1 AND state = 'committed' AND id <> $2 AND as_of <= $3 ORDER BY as_of DESC, id DESC LIMIT 1"
            ),
            [version.source.as_str().into(), id.into(), version.as_of.as_str().into()],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_unit SET change = 'new', desil_changed = $2, address_changed = $2, members_changed = $2, village_changed = $2
                 WHERE version_id = $1 AND change <> 'new' AND {whole_district import}"
            ),
            [id.into(), false.into()],
        ))
        .await?;
    let mut head = 0;
    if let Some(previous) = previous {
        change
            .execute(Query::with(
                sql!(concat!(
                    "UPDATE list_unit SET change = CASE WHEN d.changed = 1 THEN 'changed' ELSE 'unchanged' END,
                       desil_changed = (d.desil = 1), address_changed = (d.address = 1), members_changed = (d.members = 1), village_changed = (d.village = 1)
                     FROM (SELECT b.family_key, ", whether!(changed!()), " AS changed, ", whether!(other_desil!()), " AS desil, ",
                    whether!(other_address!()), " AS address, ", whether!(other_members!()), " AS members, ", whether!(moved!()), " AS village",
                    in_both!(),
                    ") d WHERE list_unit.version_id = $1 AND list_unit.family_key = d.family_key AND {whole_district import}"
                )),
                [id.into(), previous.into()],
            ))
            .await?;
        head = change
            .count(Query::with(
                sql!(concat!(
                    "SELECT COUNT(*)",
                    in_both!(),
                    " AND ",
                    other_head!(),
                    " AND {whole_district counts of a version}"
                )),
                [id.into(), previous.into()],
            ))
            .await?;
    }
    let counts: Option<Counts> = change
        .one(Query::with(
            sql!(
                "SELECT COUNT(*) AS families, COUNT(CASE WHEN change = 'new' THEN 1 END) AS new, COUNT(CASE WHEN change = 'new' AND family_id IS NOT NULL
                     AND NOT (linked_by = 'again' AND EXISTS (SELECT 1 FROM family f WHERE f.id = list_unit.family_id AND f.created_version_id = $1)) THEN 1 END) AS known,
                   COUNT(CASE WHEN change = 'unchanged' THEN 1 END) AS unchanged, COUNT(CASE WHEN change = 'changed' THEN 1 END) AS changed,
                   COUNT(CASE WHEN desil_changed THEN 1 END) AS desil, COUNT(CASE WHEN address_changed THEN 1 END) AS address,
                   COUNT(CASE WHEN members_changed THEN 1 END) AS members, COUNT(CASE WHEN village_changed THEN 1 END) AS village
                 FROM list_unit WHERE version_id = $1 AND {whole_district counts of a version}"
            ),
            [id.into()],
        ))
        .await?;
    let (mut gone, mut gone_with_aid) = (0, 0);
    if let Some(previous) = previous {
        gone =
            change.count(Query::with(sql!(concat!("SELECT COUNT(*)", gone!())), [id.into(), previous.into()])).await?;
        gone_with_aid = change
            .count(Query::with(
                sql!(concat!(
                    "SELECT COUNT(*)",
                    gone!(),
                    " AND EXISTS (SELECT 1 FROM enrolment e WHERE e.family_id = o.family_id AND e.state IN ('enrolled', 'active'))"
                )),
                [id.into(), previous.into()],
            ))
            .await?;
    }
    let difference = counts.map_or_else(Difference::default, |c| Difference {
        previous,
        families: c.families,
        new: c.new,
        known: c.known,
        unchanged: c.unchanged,
        changed: c.changed,
        desil: c.desil,
        head,
        address: c.address,
        members: c.members,
        village: c.village,
        gone,
        gone_with_aid,
    });
    keep(change, id, previous, &difference).await?;
    Ok(difference)
}

async fn keep(change: &Change<'_>, id: i64, previous: Option<i64>, difference: &Difference) -> Result<()> {
    let json = serde_json::to_string(difference).unwrap_or_default();
    change
        .execute(Query::with(
            sql!("UPDATE list_version SET previous_id = $1, families = $2, summary = $3 WHERE id = $4"),
            [previous.into(), difference.families.into(), json.into(), id.into()],
        ))
        .await?;
    Ok(())
}
