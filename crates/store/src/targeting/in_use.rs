//! Who a family is by the visit that stands: the values in use where a visit corrected what the lists say.
//! The registry itself is never changed by a visit; a decree prints what is in use.

use std::collections::BTreeMap;

use domain::{Nik, verification::Correction};
use sea_orm::FromQueryResult;

use super::Result;
use crate::{
    query::{Handle, Query},
    sql,
};

/// What a visit corrected; `None`: as the registry says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InUse {
    pub head_name: Option<String>,
    pub nik: Option<String>,
    pub head_sex: Option<String>,
    pub kk: Option<String>,
    pub address: Option<String>,
    pub rt: Option<String>,
    pub rw: Option<String>,
}

impl InUse {
    /// Whether the fault that kept the family out of a decree is put right: the head has a sound number and a name now.
    pub fn lifts(&self, block: &str) -> bool {
        let sound = self.nik.as_deref().is_some_and(|nik| Nik::parse(nik).is_ok());
        match block.split_once('.').map_or(block, |(about, _)| about) {
            "nik" => sound,
            "name" => self.head_name.as_deref().is_some_and(|name| !name.trim().is_empty()),
            _ => false,
        }
    }
}

#[derive(FromQueryResult)]
struct VisitRow {
    family_id: i64,
    corrections: String,
    head: Option<i64>,
}

#[derive(FromQueryResult)]
struct MemberRow {
    family_id: i64,
    person_id: Option<i64>,
    name: Option<String>,
    nik: Option<String>,
    sex: Option<String>,
}

/// The corrected families of a round between two ids, by family.
pub(super) async fn corrected(handle: &impl Handle, round: i64, range: (i64, i64)) -> Result<BTreeMap<i64, InUse>> {
    let visits: Vec<VisitRow> = handle
        .all(Query::with(
            sql!(
                "SELECT a.family_id, v.corrections, f.head_person_id AS head FROM assignment a JOIN visit v ON v.id = a.visit_id JOIN family f ON f.id = a.family_id
                 WHERE a.round_id = $1 AND a.family_id BETWEEN $2 AND $3 AND v.corrections <> '[]' AND {whole_district a ranking compares everybody} ORDER BY a.family_id"
            ),
            [round.into(), range.0.into(), range.1.into()],
        ))
        .await?;
    if visits.is_empty() {
        return Ok(BTreeMap::new());
    }
    // in the order in which they were written down: a new head is named by its place among the new members
    let members: Vec<MemberRow> = handle
        .all(Query::with(
            sql!(
                "SELECT a.family_id, m.person_id, COALESCE(m.name, p.name) AS name, COALESCE(m.nik, p.nik) AS nik, COALESCE(m.sex, p.sex) AS sex
                 FROM assignment a JOIN visit v ON v.id = a.visit_id JOIN visit_member m ON m.visit_id = v.id LEFT JOIN person p ON p.id = m.person_id
                 WHERE a.round_id = $1 AND a.family_id BETWEEN $2 AND $3 AND v.corrections <> '[]' AND {whole_district a ranking compares everybody} ORDER BY a.family_id, m.id"
            ),
            [round.into(), range.0.into(), range.1.into()],
        ))
        .await?;
    let mut by_family: BTreeMap<i64, Vec<MemberRow>> = BTreeMap::new();
    for member in members {
        by_family.entry(member.family_id).or_default().push(member);
    }
    let mut all = BTreeMap::new();
    for visit in visits {
        let corrections: Vec<Correction> = serde_json::from_str(&visit.corrections)?;
        let members = by_family.get(&visit.family_id).map_or(&[][..], Vec::as_slice);
        all.insert(visit.family_id, in_use(&corrections, members, visit.head));
    }
    Ok(all)
}

/// What the newest standing visit of a family corrected, within the actor's area: who it is now, and where it lives.
pub async fn in_use_of(handle: &impl Handle, family: i64) -> Result<InUse> {
    #[derive(FromQueryResult)]
    struct Newest {
        id: i64,
        corrections: String,
        head: Option<i64>,
    }
    let newest: Option<Newest> = handle
        .one(Query::with(
            sql!(
                "SELECT v.id, v.corrections, f.head_person_id AS head FROM visit v JOIN family f ON f.id = v.family_id
                 WHERE v.family_id = $1 AND v.standing = $2 AND {scope v.village} ORDER BY v.visited_at DESC, v.id DESC LIMIT 1"
            ),
            [family.into(), true.into()],
        ))
        .await?;
    let Some(newest) = newest.filter(|visit| visit.corrections != "[]") else { return Ok(InUse::default()) };
    let members: Vec<MemberRow> = handle
        .all(Query::with(
            sql!(
                "SELECT v.family_id, m.person_id, COALESCE(m.name, p.name) AS name, COALESCE(m.nik, p.nik) AS nik, COALESCE(m.sex, p.sex) AS sex
                 FROM visit v JOIN visit_member m ON m.visit_id = v.id LEFT JOIN person p ON p.id = m.person_id
                 WHERE v.id = $1 AND {scope v.village} ORDER BY m.id"
            ),
            [newest.id.into()],
        ))
        .await?;
    let corrections: Vec<Correction> = serde_json::from_str(&newest.corrections)?;
    Ok(in_use(&corrections, &members, newest.head))
}

fn in_use(corrections: &[Correction], members: &[MemberRow], head: Option<i64>) -> InUse {
    let family = |field: &str| {
        let own = corrections.iter().filter(|correction| correction.person.is_none());
        own.filter(|correction| correction.field == field).map(|correction| correction.value.clone()).next_back()
    };
    let named = family("head");
    let new = named.as_deref().and_then(|head| head.strip_prefix("new:"));
    let head = if let Some(place) = new {
        let place = place.parse().unwrap_or(usize::MAX);
        members.iter().filter(|member| member.person_id.is_none()).nth(place)
    } else {
        let id = named.as_deref().and_then(|id| id.parse().ok()).or(head);
        members.iter().find(|member| member.person_id.is_some() && member.person_id == id)
    };
    InUse {
        head_name: head.and_then(|head| head.name.clone()),
        nik: head.and_then(|head| head.nik.clone()),
        head_sex: head.and_then(|head| head.sex.clone()),
        kk: family("kk"),
        address: family("address"),
        rt: family("rt"),
        rw: family("rw"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correction(field: &str, value: &str) -> Correction {
        Correction { person: None, field: field.into(), source: None, value: value.into() }
    }

    fn member(person_id: Option<i64>, name: &str, nik: Option<&str>) -> MemberRow {
        MemberRow {
            family_id: 1,
            person_id,
            name: Some(name.into()),
            nik: nik.map(str::to_owned),
            sex: Some("P".into()),
        }
    }

    #[test]
    fn the_head_is_who_the_visit_names_else_who_it_was() {
        let members = [
            member(Some(7), "Rohaya", Some("9901015207850002")),
            member(None, "Cucu", None),
            member(None, "Menantu", Some("9901011207850001")),
        ];
        let same = in_use(&[correction("kk", "9901010101010001")], &members, Some(7));
        assert_eq!((same.head_name.as_deref(), same.kk.as_deref()), (Some("Rohaya"), Some("9901010101010001")));
        let new = in_use(&[correction("head", "new:1")], &members, Some(7));
        assert_eq!(new.head_name.as_deref(), Some("Menantu"));
        let other = in_use(&[correction("head", "7")], &members, Some(99));
        assert_eq!(other.head_name.as_deref(), Some("Rohaya"));
        assert!(new.lifts("nik.length") && !new.lifts("area.unknown"));
        assert!(!in_use(&[correction("head", "new:0")], &members, Some(7)).lifts("nik.empty"));
    }
}
