//! Two committed versions compared, of one source or of two: who is gone and why, who is new, what changed for the rest.
//!
//! Families and persons are the registry's, so lists that know nothing of each other compare as well. Everything is
//! counted by village in a few statements ([`compare`]); [`Comparison::counts`] adds the villages of any area up, so that
//! every level of the district shows the same numbers. [`families`] lists the families behind a number.
//!
//! What adds up, in any area: families of the older version = gone + not covered + left the area + stayed; of the newer
//! version = new + not covered before + came into the area + stayed; stayed + came = unchanged + changed. The ways to change
//! overlap. A kecamatan that a version does not cover says nothing: its families are neither gone nor new.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    AreaCode,
    lists::compare::{Group, Joining, Leaving},
};
use sea_orm::FromQueryResult;

use super::Result;
use crate::{
    query::{Handle, Query},
    sql,
};

/// `a`: the family in the older version ($1), `b`: the same family in the newer one ($2), with the persons who head them.
macro_rules! in_both {
    () => {
        " FROM list_unit a JOIN list_unit b ON b.version_id = $2 AND b.family_id = a.family_id
          LEFT JOIN person_list ha ON ha.version_id = $1 AND ha.row_id = a.head_row_id
          LEFT JOIN person_list hb ON hb.version_id = $2 AND hb.row_id = b.head_row_id"
    };
}

/// What changed between a family in the older (`a`, headed by `ha`) and the newer version (`b`, `hb`): the one definition,
/// for this comparison and for the preview of a draft ([`super::preview`]). What one of the two does not say is no change.
macro_rules! other_desil {
    () => {
        "a.desil_national <> b.desil_national"
    };
}
pub(super) use other_desil;

/// A head nobody knows yet (only in a draft) is another than the one known.
macro_rules! other_head {
    () => {
        "ha.person_id <> COALESCE(hb.person_id, -hb.row_id)"
    };
}
pub(super) use other_head;

macro_rules! other_members {
    () => {
        "a.members <> b.members"
    };
}
pub(super) use other_members;

macro_rules! other_address {
    () => {
        "(a.address <> '' AND b.address <> '' AND UPPER(TRIM(a.address)) <> UPPER(TRIM(b.address)) OR a.rt <> b.rt OR a.rw <> b.rw)"
    };
}
pub(super) use other_address;

/// A village that is not known stands as the district: that is no move.
macro_rules! moved {
    () => {
        "(a.village <> b.village AND a.village % 10000 <> 0 AND b.village % 10000 <> 0)"
    };
}
pub(super) use moved;

macro_rules! changed {
    () => {
        concat!(
            "(",
            other_desil!(),
            " OR ",
            other_head!(),
            " OR ",
            other_members!(),
            " OR ",
            other_address!(),
            " OR ",
            moved!(),
            ")"
        )
    };
}
pub(super) use changed;

/// `a`: a family of the older version that is not in the newer one; `f`: the same in the registry.
macro_rules! gone {
    () => {
        " FROM list_unit a JOIN family f ON f.id = a.family_id
          WHERE a.version_id = $1 AND NOT EXISTS (SELECT 1 FROM list_unit o WHERE o.version_id = $2 AND o.family_id = a.family_id)"
    };
}

/// Its reason, in the order of [`Leaving`].
macro_rules! leaving {
    () => {
        "CASE
           WHEN f.state = 'deceased' THEN 'deceased' WHEN f.state = 'moved' THEN 'moved' WHEN f.state = 'dissolved' THEN 'dissolved'
           WHEN EXISTS (
             SELECT 1 FROM list_row r JOIN person_list pa ON pa.version_id = $1 AND pa.row_id = r.id
             JOIN person_list pb ON pb.person_id = pa.person_id AND pb.version_id = $2
             WHERE r.version_id = $1 AND r.family_key = a.family_key) THEN 'joined'
           WHEN EXISTS (
             SELECT 1 FROM assignment s JOIN round n ON n.id = s.round_id
             WHERE s.family_id = a.family_id AND n.state <> 'cancelled' AND (s.outcome = 'TIDAK_LAYAK' OR s.removed_reason IS NOT NULL)) THEN 'unfit'
           WHEN EXISTS (
             SELECT 1 FROM family_list l JOIN list_version v ON v.id = l.version_id
             WHERE l.family_id = a.family_id AND v.state = 'committed' AND v.id NOT IN ($1, $2) AND l.desil_national > a.desil_national
               AND v.as_of > (SELECT d.as_of FROM list_version d WHERE d.id = $1)) THEN 'better'
           WHEN a.desil_national > (SELECT MAX(m.desil_national) FROM list_unit m WHERE m.version_id = $2) THEN 'beyond'
           ELSE 'unknown' END"
    };
}

/// `b`: a family of the newer version that is not in the older one; `f`: the same in the registry.
macro_rules! new {
    () => {
        " FROM list_unit b JOIN family f ON f.id = b.family_id
          WHERE b.version_id = $2 AND NOT EXISTS (SELECT 1 FROM list_unit o WHERE o.version_id = $1 AND o.family_id = b.family_id)"
    };
}

/// How it came, in the order of [`Joining`].
macro_rules! joining {
    () => {
        "CASE
           WHEN EXISTS (
             SELECT 1 FROM family_list l JOIN list_version v ON v.id = l.version_id
             JOIN list_version va ON va.id = $1 AND va.source = v.source AND v.as_of < va.as_of
             JOIN list_version vb ON vb.id = $2 AND vb.source = v.source
             WHERE l.family_id = b.family_id AND v.state = 'committed' AND v.id <> $2) THEN 'returned'
           WHEN EXISTS (
             SELECT 1 FROM list_row r JOIN person_list pb ON pb.version_id = $2 AND pb.row_id = r.id
             JOIN person_list pa ON pa.person_id = pb.person_id AND pa.version_id = $1
             WHERE r.version_id = $2 AND r.family_key = b.family_key) THEN 'split'
           WHEN EXISTS (
             SELECT 1 FROM family_list l JOIN list_version v ON v.id = l.version_id
             WHERE l.family_id = b.family_id AND v.state = 'committed' AND v.id NOT IN ($1, $2)
               AND v.as_of <= (SELECT d.as_of FROM list_version d WHERE d.id = $2)) THEN 'known'
           ELSE 'first' END"
    };
}

/// Families of the older version that a version of the same source between the two does not have, though it covers their
/// kecamatan. Only where both versions are of one source.
macro_rules! missing_between {
    () => {
        "(SELECT y.family_id FROM list_unit y JOIN (
            SELECT DISTINCT c.version_id, c.village / 10000 AS subdistrict FROM list_unit c JOIN list_version m ON m.id = c.version_id
            JOIN list_version va ON va.id = $1 AND va.source = m.source AND va.as_of < m.as_of
            JOIN list_version vb ON vb.id = $2 AND vb.source = m.source AND vb.as_of > m.as_of
            WHERE m.state = 'committed'
          ) c ON c.subdistrict = y.village / 10000
          LEFT JOIN list_unit x ON x.version_id = c.version_id AND x.family_id = y.family_id
          WHERE y.version_id = $1 AND x.family_id IS NULL)"
    };
}

/// Families in both, by the village of the older and of the newer version.
#[derive(Clone, Debug, FromQueryResult)]
struct Both {
    was: i64,
    village: i64,
    families: i64,
    changed: i64,
    moved: i64,
    up: i64,
    down: i64,
    head: i64,
    members: i64,
    address: i64,
}

/// Families on one side only, by village and reason; or those that are back, by village.
#[derive(Clone, Debug, FromQueryResult)]
struct OneSide {
    village: i64,
    reason: String,
    families: i64,
}

/// Persons by the village where each version has them.
#[derive(Clone, Debug, FromQueryResult)]
struct People {
    was: Option<i64>,
    village: Option<i64>,
    /// same, moved (to another family), new, alone (gone, the family stays), or the reason of one who is gone.
    kind: String,
    persons: i64,
}

/// What [`compare`] found, by village.
#[derive(Clone, Debug)]
pub struct Comparison {
    both: Vec<Both>,
    gone: Vec<OneSide>,
    new: Vec<OneSide>,
    back: Vec<OneSide>,
    people: Vec<People>,
    /// Kecamatan (first six digits) that the older and the newer version cover.
    covered: [BTreeSet<i64>; 2],
    /// Whether both versions name the members of families, so that persons can be compared.
    pub names_people: bool,
}

/// The numbers of an area. See the head of this file for what adds up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub gone: i64,
    /// Of the older version, in a kecamatan that the newer one does not cover.
    pub uncovered: i64,
    /// Left the area, still in the list.
    pub out: i64,
    pub stayed: i64,
    /// Came into the area from another one.
    pub into: i64,
    pub new: i64,
    /// Of the newer version, in a kecamatan that the older one did not cover.
    pub uncovered_before: i64,

    pub changed: i64,
    pub moved: i64,
    pub up: i64,
    pub down: i64,
    pub head: i64,
    pub members: i64,
    pub address: i64,
    pub back: i64,

    pub leaving: BTreeMap<Leaving, i64>,
    pub joining: BTreeMap<Joining, i64>,
    pub people: PeopleCounts,
}

/// The same for persons. One who is gone has the reason of the family that is gone, unless his own is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleCounts {
    pub gone: i64,
    pub uncovered: i64,
    pub out: i64,
    pub stayed: i64,
    pub into: i64,
    pub new: i64,
    pub uncovered_before: i64,
    /// Of those in both and here now: in another family than before.
    pub moved: i64,
    pub leaving: BTreeMap<Leaving, i64>,
    /// Of the gone: no longer named, while the family still stands in the list.
    pub alone: i64,
}

impl Counts {
    /// Families of the older version in this area.
    pub const fn before(&self) -> i64 {
        self.gone + self.uncovered + self.out + self.stayed
    }

    /// Families of the newer version in this area.
    pub const fn after(&self) -> i64 {
        self.new + self.uncovered_before + self.into + self.stayed
    }

    /// Families in both versions that stand in this area now.
    pub const fn both(&self) -> i64 {
        self.stayed + self.into
    }

    pub const fn unchanged(&self) -> i64 {
        self.both() - self.changed
    }

    pub const fn of(&self, group: Group) -> i64 {
        match group {
            Group::Gone => self.gone,
            Group::New => self.new,
            Group::Unchanged => self.unchanged(),
            Group::Changed => self.changed,
            Group::Moved => self.moved,
            Group::Up => self.up,
            Group::Down => self.down,
            Group::Head => self.head,
            Group::Members => self.members,
            Group::Address => self.address,
            Group::Back => self.back,
            Group::Out => self.out,
            Group::Into => self.into,
        }
    }
}

impl PeopleCounts {
    pub const fn before(&self) -> i64 {
        self.gone + self.uncovered + self.out + self.stayed
    }

    pub const fn after(&self) -> i64 {
        self.new + self.uncovered_before + self.into + self.stayed
    }

    pub const fn both(&self) -> i64 {
        self.stayed + self.into
    }
}

impl Comparison {
    /// The numbers of the villages for which `here` holds, which has to keep to the scope that was read with.
    pub fn counts(&self, here: impl Fn(i64) -> bool) -> Counts {
        let mut sum = Counts::default();
        for row in &self.both {
            match (here(row.was), here(row.village)) {
                (false, false) => continue,
                (true, false) => {
                    sum.out += row.families;
                    continue;
                }
                (true, true) => sum.stayed += row.families,
                (false, true) => sum.into += row.families,
            }
            sum.changed += row.changed;
            sum.moved += row.moved;
            sum.up += row.up;
            sum.down += row.down;
            sum.head += row.head;
            sum.members += row.members;
            sum.address += row.address;
        }
        for row in self.gone.iter().filter(|row| here(row.village)) {
            if self.covers(1, row.village) {
                sum.gone += row.families;
                *sum.leaving.entry(leaving(&row.reason)).or_default() += row.families;
            } else {
                sum.uncovered += row.families;
            }
        }
        for row in self.new.iter().filter(|row| here(row.village)) {
            if self.covers(0, row.village) {
                sum.new += row.families;
                *sum.joining.entry(Joining::from_word(&row.reason).unwrap_or(Joining::First)).or_default() +=
                    row.families;
            } else {
                sum.uncovered_before += row.families;
            }
        }
        sum.back = self.back.iter().filter(|row| here(row.village)).map(|row| row.families).sum();
        sum.people = self.people(here);
        sum
    }

    fn people(&self, here: impl Fn(i64) -> bool) -> PeopleCounts {
        let mut sum = PeopleCounts::default();
        for row in &self.people {
            match (row.was, row.village) {
                (Some(was), None) if here(was) => {
                    if !self.covers(1, was) {
                        sum.uncovered += row.persons;
                        continue;
                    }
                    sum.gone += row.persons;
                    if row.kind == "alone" {
                        sum.alone += row.persons;
                    } else {
                        *sum.leaving.entry(leaving(&row.kind)).or_default() += row.persons;
                    }
                }
                (None, Some(village)) if here(village) => {
                    if self.covers(0, village) {
                        sum.new += row.persons;
                    } else {
                        sum.uncovered_before += row.persons;
                    }
                }
                (Some(was), Some(village)) => {
                    match (here(was), here(village)) {
                        (false, false) => continue,
                        (true, false) => {
                            sum.out += row.persons;
                            continue;
                        }
                        (true, true) => sum.stayed += row.persons,
                        (false, true) => sum.into += row.persons,
                    }
                    if row.kind == "moved" {
                        sum.moved += row.persons;
                    }
                }
                _ => {}
            }
        }
        sum
    }

    /// Whether a version (0: the older, 1: the newer) covers the kecamatan of this village. One that is not known belongs to
    /// none: such families are compared.
    fn covers(&self, version: usize, village: i64) -> bool {
        village % 1_000_000 == 0 || self.covered[version].contains(&(village / 10_000))
    }
}

fn leaving(word: &str) -> Leaving {
    Leaving::from_word(word).unwrap_or(Leaving::Unknown)
}

/// Compares two committed versions within the actor's area, by village. What lies in the area in one of the versions is
/// read with the village it has in the other, so that leaving the area is not taken for leaving the list.
pub async fn compare(handle: &impl Handle, before: i64, after: i64) -> Result<Comparison> {
    let ids = || [before.into(), after.into()];
    let both = handle
        .all(Query::with(
            sql!(concat!(
                "SELECT a.village AS was, b.village AS village, COUNT(*) AS families, COUNT(CASE WHEN ", changed!(), " THEN 1 END) AS changed,
                   COUNT(CASE WHEN ", moved!(), " THEN 1 END) AS moved, COUNT(CASE WHEN b.desil_national > a.desil_national THEN 1 END) AS up,
                   COUNT(CASE WHEN b.desil_national < a.desil_national THEN 1 END) AS down, COUNT(CASE WHEN ", other_head!(), " THEN 1 END) AS head,
                   COUNT(CASE WHEN ", other_members!(), " THEN 1 END) AS members, COUNT(CASE WHEN ", other_address!(), " THEN 1 END) AS address",
                in_both!(),
                " WHERE a.version_id = $1 AND ({scope a.village} OR {scope b.village}) GROUP BY a.village, b.village ORDER BY a.village, b.village"
            )),
            ids(),
        ))
        .await?;
    let gone = handle
        .all(Query::with(
            sql!(concat!(
                "SELECT village, reason, COUNT(*) AS families FROM (SELECT a.village, ",
                leaving!(),
                " AS reason",
                gone!(),
                " AND {scope a.village}) g GROUP BY village, reason ORDER BY village, reason"
            )),
            ids(),
        ))
        .await?;
    let new = handle
        .all(Query::with(
            sql!(concat!(
                "SELECT village, reason, COUNT(*) AS families FROM (SELECT b.village, ",
                joining!(),
                " AS reason",
                new!(),
                " AND {scope b.village}) g GROUP BY village, reason ORDER BY village, reason"
            )),
            ids(),
        ))
        .await?;
    let back = handle
        .all(Query::with(
            sql!(concat!(
                "SELECT b.village AS village, 'back' AS reason, COUNT(*) AS families FROM list_unit b
                 WHERE b.version_id = $2 AND {scope b.village} AND b.family_id IN ",
                missing_between!(),
                " GROUP BY b.village ORDER BY b.village"
            )),
            ids(),
        ))
        .await?;
    let names_people = names_people(handle, before).await? && names_people(handle, after).await?;
    let people = if names_people { people(handle, before, after).await? } else { Vec::new() };
    let covered = [covered(handle, before).await?, covered(handle, after).await?];
    Ok(Comparison { both, gone, new, back, people, covered, names_people })
}

/// Whether a version has files of members: one of families names the heads only.
async fn names_people(handle: &impl Handle, version: i64) -> Result<bool> {
    let files = handle
        .count(Query::with(
            sql!("SELECT COUNT(*) FROM list_file WHERE version_id = $1 AND kind = 'person' AND state <> 'rejected'"),
            [version.into()],
        ))
        .await?;
    Ok(files > 0)
}

async fn covered(handle: &impl Handle, version: i64) -> Result<BTreeSet<i64>> {
    let subdistricts: Vec<i64> = handle
        .column(Query::with(
            sql!("SELECT DISTINCT village / 10000 AS subdistrict FROM list_unit WHERE version_id = $1 AND {whole_district what a version covers} ORDER BY 1"),
            [version.into()],
        ))
        .await?;
    Ok(subdistricts.into_iter().collect())
}

/// A person stands where the first row of the version that tells of him stands.
async fn people(handle: &impl Handle, before: i64, after: i64) -> Result<Vec<People>> {
    Ok(handle
        .all(Query::with(
            sql!(concat!(
                "WITH gone AS MATERIALIZED (SELECT a.family_id, ", leaving!(), " AS reason", gone!(), "),
                 stood AS (
                   SELECT person_id, MIN(CASE WHEN version_id = $1 THEN row_id END) AS row_a, MIN(CASE WHEN version_id = $2 THEN row_id END) AS row_b
                   FROM person_list WHERE version_id IN ($1, $2) GROUP BY person_id
                 ), placed AS (
                   SELECT a.village AS was, b.village AS village,
                     CASE WHEN s.row_a IS NULL THEN 'new'
                       WHEN s.row_b IS NOT NULL THEN CASE WHEN a.family_id = b.family_id THEN 'same' ELSE 'moved' END
                       WHEN p.state IN ('deceased', 'moved') THEN p.state ELSE COALESCE(g.reason, 'alone') END AS kind
                   FROM stood s
                   LEFT JOIN list_row ra ON ra.id = s.row_a LEFT JOIN list_unit a ON a.version_id = $1 AND a.family_key = ra.family_key
                   LEFT JOIN list_row rb ON rb.id = s.row_b LEFT JOIN list_unit b ON b.version_id = $2 AND b.family_key = rb.family_key
                   LEFT JOIN person p ON p.id = s.person_id AND s.row_b IS NULL
                   LEFT JOIN gone g ON g.family_id = a.family_id AND s.row_b IS NULL
                   WHERE {scope a.village} OR {scope b.village}
                 )
                 SELECT was, village, kind, COUNT(*) AS persons FROM placed GROUP BY was, village, kind ORDER BY was, village, kind"
            )),
            [before.into(), after.into()],
        ))
        .await?)
}

/// Which families a list asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub group: Group,
    /// Only those that left for this reason.
    pub leaving: Option<Leaving>,
    /// Only those that came in this way.
    pub joining: Option<Joining>,
    pub area: Option<AreaCode>,
    /// Goes on behind this family.
    pub after: i64,
    pub limit: i64,
}

impl Wanted {
    pub const fn all(group: Group, limit: i64) -> Self {
        Self { group, leaving: None, joining: None, area: None, after: 0, limit }
    }
}

/// A family of a comparison, as each version states it. What lies outside the actor's area is left out: a village, what the
/// newer version says of a family that left, and the names of one that the registry has elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Line {
    pub family_id: i64,
    pub was_head: Option<String>,
    pub head: Option<String>,
    pub was_head_id: Option<i64>,
    pub head_id: Option<i64>,
    pub was_village: Option<i64>,
    pub village: Option<i64>,
    pub was_members: Option<i64>,
    pub members: Option<i64>,
    pub was_desil: Option<i64>,
    pub desil: Option<i64>,
    /// Address, RT and RW, where they differ.
    pub was_address: Option<String>,
    pub was_rt: Option<String>,
    pub was_rw: Option<String>,
    pub address: Option<String>,
    pub rt: Option<String>,
    pub rw: Option<String>,
    /// [`Leaving`] or [`Joining`].
    pub reason: Option<String>,
    /// Whether the family lives in the actor's area now: its page can be opened.
    pub here: i64,
    /// Programmes the family is enrolled in now.
    pub aid: i64,
    /// Times the family received something between the dates of the two versions.
    pub received: i64,
}

impl Line {
    pub fn moved(&self) -> bool {
        let known = |village: Option<i64>| village.filter(|village| village % 10_000 != 0);
        matches!((known(self.was_village), known(self.village)), (Some(was), Some(is)) if was != is)
    }

    pub fn head_changed(&self) -> bool {
        matches!((self.was_head_id, self.head_id), (Some(was), Some(is)) if was != is)
    }

    pub fn members_changed(&self) -> bool {
        matches!((self.was_members, self.members), (Some(was), Some(is)) if was != is)
    }

    pub fn desil_changed(&self) -> bool {
        matches!((self.was_desil, self.desil), (Some(was), Some(is)) if was != is)
    }
}

/// What the registry knows beside the two versions; `f` is the family.
macro_rules! beside {
    () => {
        "CAST(CASE WHEN {scope f.village} THEN 1 ELSE 0 END AS BIGINT) AS here,
         (SELECT COUNT(*) FROM enrolment e WHERE e.family_id = f.id AND e.state IN ('enrolled', 'active')) AS aid,
         (SELECT COUNT(*) FROM event_line e WHERE e.family_id = f.id AND e.state IN ('received', 'proxy')
            AND e.served_at > (SELECT d.as_of FROM list_version d WHERE d.id = $1) AND e.served_at <= (SELECT d.as_of || 'T99' FROM list_version d WHERE d.id = $2)) AS received"
    };
}

macro_rules! no_address {
    () => {
        "CAST(NULL AS TEXT) AS was_address, CAST(NULL AS TEXT) AS was_rt, CAST(NULL AS TEXT) AS was_rw, CAST(NULL AS TEXT) AS address, CAST(NULL AS TEXT) AS rt, CAST(NULL AS TEXT) AS rw"
    };
}

/// Of a family in both versions, where they differ and both lie in the actor's area.
macro_rules! addresses {
    () => {
        concat!(
            address_of!("a.address"),
            " AS was_address, ",
            address_of!("a.rt"),
            " AS was_rt, ",
            address_of!("a.rw"),
            " AS was_rw, ",
            address_of!("b.address"),
            " AS address, ",
            address_of!("b.rt"),
            " AS rt, ",
            address_of!("b.rw"),
            " AS rw"
        )
    };
}

macro_rules! address_of {
    ($column:literal) => {
        concat!("CASE WHEN ", other_address!(), " AND {scope a.village} AND {scope b.village} THEN ", $column, " END")
    };
}

/// The families of a group, by number, behind `after`.
pub async fn families(handle: &impl Handle, before: i64, after: i64, wanted: &Wanted) -> Result<Vec<Line>> {
    let ids = [before.into(), after.into()];
    let mut query = match wanted.group {
        Group::Gone => Query::with(
            sql!(concat!(
                "SELECT a.family_id, CASE WHEN {scope f.village} THEN a.head_name END AS was_head, CAST(NULL AS TEXT) AS head,
                   CAST(NULL AS BIGINT) AS was_head_id, CAST(NULL AS BIGINT) AS head_id, a.village AS was_village, CAST(NULL AS BIGINT) AS village,
                   a.members AS was_members, CAST(NULL AS BIGINT) AS members, a.desil_national AS was_desil, CAST(NULL AS BIGINT) AS desil, ", no_address!(), ", ",
                leaving!(), " AS reason, ", beside!(), gone!(),
                " AND {scope a.village} AND (a.village % 1000000 = 0 OR a.village / 10000 IN (SELECT DISTINCT c.village / 10000 FROM list_unit c WHERE c.version_id = $2))"
            )),
            ids,
        ),
        Group::New => Query::with(
            sql!(concat!(
                "SELECT b.family_id, CAST(NULL AS TEXT) AS was_head, CASE WHEN {scope f.village} THEN b.head_name END AS head,
                   CAST(NULL AS BIGINT) AS was_head_id, CAST(NULL AS BIGINT) AS head_id, CAST(NULL AS BIGINT) AS was_village, b.village AS village,
                   CAST(NULL AS BIGINT) AS was_members, b.members AS members, CAST(NULL AS BIGINT) AS was_desil, b.desil_national AS desil, ", no_address!(), ", ",
                joining!(), " AS reason, ", beside!(), new!(),
                " AND {scope b.village} AND (b.village % 1000000 = 0 OR b.village / 10000 IN (SELECT DISTINCT c.village / 10000 FROM list_unit c WHERE c.version_id = $1))"
            )),
            ids,
        ),
        _ => Query::with(
            sql!(concat!(
                "SELECT a.family_id, CASE WHEN {scope f.village} THEN a.head_name END AS was_head, CASE WHEN {scope f.village} THEN b.head_name END AS head,
                   ha.person_id AS was_head_id, hb.person_id AS head_id, CASE WHEN {scope a.village} THEN a.village END AS was_village,
                   CASE WHEN {scope b.village} THEN b.village END AS village, a.members AS was_members, CASE WHEN {scope b.village} THEN b.members END AS members,
                   a.desil_national AS was_desil, CASE WHEN {scope b.village} THEN b.desil_national END AS desil, ", addresses!(), ", CAST(NULL AS TEXT) AS reason, ",
                beside!(), in_both!(), " JOIN family f ON f.id = a.family_id WHERE a.version_id = $1"
            )),
            ids,
        ),
    };
    narrow(&mut query, wanted);
    if wanted.group == Group::New {
        query.push_with(sql!(" AND b.family_id > $$"), wanted.after);
        query.push_with(sql!(" ORDER BY b.family_id LIMIT $$"), wanted.limit);
    } else {
        query.push_with(sql!(" AND a.family_id > $$"), wanted.after);
        query.push_with(sql!(" ORDER BY a.family_id LIMIT $$"), wanted.limit);
    }
    Ok(handle.all(query).await?)
}

fn narrow(query: &mut Query, wanted: &Wanted) {
    match wanted.group {
        Group::Gone => {
            in_area(query, [sql!(" AND a.village BETWEEN $$"), sql!(" AND $$")], wanted.area);
            if let Some(reason) = wanted.leaving {
                query.push_with(
                    sql!(concat!(" AND {checked the family is within the scope} AND ", leaving!(), " = $$")),
                    reason.as_str(),
                );
            }
            return;
        }
        Group::New => {
            in_area(query, [sql!(" AND b.village BETWEEN $$"), sql!(" AND $$")], wanted.area);
            if let Some(reason) = wanted.joining {
                query.push_with(
                    sql!(concat!(" AND {checked the family is within the scope} AND ", joining!(), " = $$")),
                    reason.as_str(),
                );
            }
            return;
        }
        Group::Out => {
            query.push(sql!(" AND {scope a.village}"));
            in_area(query, [sql!(" AND a.village BETWEEN $$"), sql!(" AND $$")], wanted.area);
            query.push(sql!(" AND NOT ({scope b.village}"));
            in_area(query, [sql!(" AND b.village BETWEEN $$"), sql!(" AND $$")], wanted.area);
            query.push(sql!(")"));
            return;
        }
        Group::Into => {
            query.push(sql!(" AND NOT ({scope a.village}"));
            in_area(query, [sql!(" AND a.village BETWEEN $$"), sql!(" AND $$")], wanted.area);
            query.push(sql!(")"));
        }
        Group::Unchanged => {
            query.push(sql!(concat!(" AND CASE WHEN ", changed!(), " THEN 1 ELSE 0 END = 0")));
        }
        Group::Changed => {
            query.push(sql!(concat!(" AND ", changed!())));
        }
        Group::Moved => {
            query.push(sql!(concat!(" AND ", moved!())));
        }
        Group::Up => {
            query.push(sql!(" AND b.desil_national > a.desil_national"));
        }
        Group::Down => {
            query.push(sql!(" AND b.desil_national < a.desil_national"));
        }
        Group::Head => {
            query.push(sql!(concat!(" AND ", other_head!())));
        }
        Group::Members => {
            query.push(sql!(concat!(" AND ", other_members!())));
        }
        Group::Address => {
            query.push(sql!(concat!(" AND ", other_address!())));
        }
        Group::Back => {
            query.push(sql!(concat!(
                " AND {checked the family is within the scope} AND a.family_id IN ",
                missing_between!()
            )));
        }
    }
    // families in both are shown where they stand now
    query.push(sql!(" AND {scope b.village}"));
    in_area(query, [sql!(" AND b.village BETWEEN $$"), sql!(" AND $$")], wanted.area);
}

fn in_area(query: &mut Query, [from, until]: [crate::query::Sql; 2], area: Option<AreaCode>) {
    if let Some(area) = area {
        let range = area.range();
        query.push_with(from, *range.start());
        query.push_with(until, *range.end());
    }
}

/// Labels (`2026Q2`) of the committed versions of the same source between two, oldest first.
pub async fn between(handle: &impl Handle, before: i64, after: i64) -> Result<Vec<String>> {
    Ok(handle
        .column(Query::with(
            sql!(
                "SELECT m.version FROM list_version m
                 JOIN list_version va ON va.id = $1 AND va.source = m.source AND va.as_of < m.as_of
                 JOIN list_version vb ON vb.id = $2 AND vb.source = m.source AND vb.as_of > m.as_of
                 WHERE m.state = 'committed' ORDER BY m.as_of, m.id"
            ),
            [before.into(), after.into()],
        ))
        .await?)
}
