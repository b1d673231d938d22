//! What is known of the families a change is about, and what it would make of them.

use domain::{
    access::Right,
    household::{Asked, Family, FamilyState, Kind, NEW, Person, PersonState, Place, Situation, What, apply},
};
use sea_orm::FromQueryResult;

use super::{Outcome, Refused, needs_second};
use crate::{
    connect::{Error, Result},
    query::{Handle, Query},
    sql,
};

/// What a change would do; nothing is written.
#[derive(Clone, Debug)]
pub struct Preview {
    pub before: Situation,
    pub after: Situation,
    /// It would wait for a second person.
    pub waits: bool,
}

/// What this change would do to the family. `today` is the day in the office's zone.
pub async fn preview(handle: &impl Handle, family: Option<i64>, asked: &Asked, today: &str) -> Outcome<Preview> {
    let before = situation(handle, family, &asked.what).await?;
    let after = apply(&before, family, asked, day(today)?)?;
    free(handle, &asked.what).await?;
    let waits = needs_second(handle, asked.what.kind()).await? || !handle.actor().may(Right::ApproveHouseholds);
    Ok(Preview { before, after, waits })
}

pub(super) fn day(text: &str) -> Result<chrono::NaiveDate> {
    text.parse().map_err(|_| Error::Stored(format!("{text} is no day")))
}

#[derive(FromQueryResult)]
struct FamilyRow {
    id: i64,
    kk: Option<String>,
    head_person_id: Option<i64>,
    head_name: String,
    village: i64,
    address: String,
    rt: Option<String>,
    rw: Option<String>,
    members: i64,
    block: String,
    state: String,
    merged_into: Option<i64>,
}

#[derive(FromQueryResult)]
struct PersonRow {
    id: i64,
    nik: Option<String>,
    name: String,
    sex: Option<String>,
    birth_date: Option<String>,
    village: i64,
    family_id: Option<i64>,
    relation: Option<String>,
    state: String,
    merged_into: Option<i64>,
}

/// The families a change is about: those it names, and of two people who are one, those they live in.
pub(super) async fn named(handle: &impl Handle, family: Option<i64>, what: &What) -> Result<Vec<i64>> {
    if let What::Same { kept, given_up, .. } = what {
        let mut query = Query::new(sql!(
            "SELECT DISTINCT p.family_id FROM person p WHERE {checked by the families} AND p.family_id IS NOT NULL AND"
        ));
        query.push_in(sql!(" p.id"), [*kept, *given_up]).push(sql!(" ORDER BY 1"));
        return handle.column(query).await;
    }
    Ok(family.into_iter().chain(what.other_family()).collect())
}

/// The families the change is about and everybody in them, as far as the actor may see them: all of them, or none.
pub(super) async fn situation(handle: &impl Handle, family: Option<i64>, what: &What) -> Outcome<Situation> {
    let ids = named(handle, family, what).await?;
    if let What::Same { kept, given_up, .. } = what {
        both_seen(handle, [*kept, *given_up]).await?;
    }
    if ids.is_empty() && what.kind() != Kind::Same {
        return Ok(Situation::default());
    }
    let mut query = Query::new(sql!(
        "SELECT f.id, f.kk, f.head_person_id, f.head_name, f.village, f.address, f.rt, f.rw, f.members, f.block, f.state, f.merged_into
         FROM family f WHERE {scope f.village} AND"
    ));
    query.push_in(sql!(" f.id"), ids.iter().copied().chain([NEW]));
    query.push(sql!(" ORDER BY f.id"));
    let families: Vec<FamilyRow> = handle.all(query).await?;
    if ids.iter().any(|id| !families.iter().any(|family| family.id == *id)) {
        return Err(Refused::NotFound);
    }
    let mut query = Query::new(sql!(
        "SELECT p.id, p.nik, p.name, p.sex, p.birth_date, p.village, p.family_id, p.relation, p.state, p.merged_into FROM person p
         WHERE {checked the families are within the scope} AND (1 = 1 AND"
    ));
    query.push_in(sql!(" p.family_id"), ids.iter().copied().chain([NEW]));
    if let What::Nik { person, .. } = what {
        // somebody who died or left, of whom this was the last family
        query.push_with(sql!(" OR (p.id = $$ AND p.family_id IS NULL"), *person);
        query.push(sql!(" AND EXISTS (SELECT 1 FROM membership m WHERE {checked the families are within the scope} AND m.person_id = p.id AND"));
        query.push_in(sql!(" m.family_id"), ids.iter().copied().chain([NEW]));
        query.push(sql!("))"));
    }
    if let What::Same { kept, given_up, .. } = what {
        query.push(sql!(" OR (1 = 1 AND")).push_in(sql!(" p.id"), [*kept, *given_up]).push(sql!(")"));
    }
    query.push(sql!(
        ") ORDER BY CASE p.relation WHEN 'HEAD' THEN 0 WHEN 'SPOUSE' THEN 1 WHEN 'CHILD' THEN 2 ELSE 3 END, p.birth_date, p.id"
    ));
    let persons: Vec<PersonRow> = handle.all(query).await?;
    Ok(Situation {
        families: families.into_iter().map(FamilyRow::known).collect::<Result<_>>()?,
        persons: persons.into_iter().map(PersonRow::known).collect::<Result<_>>()?,
    })
}

/// Whoever is said to be one with another is seen by whoever says it, also where he lives in no family.
async fn both_seen(handle: &impl Handle, ids: [i64; 2]) -> Outcome<()> {
    let mut query = Query::new(sql!("SELECT COUNT(*) FROM person p WHERE {scope p.village} AND"));
    query.push_in(sql!(" p.id"), ids);
    let expected = if ids[0] == ids[1] { 1 } else { 2 };
    if handle.count(query).await? < expected { Err(Refused::NotFound) } else { Ok(()) }
}

impl FamilyRow {
    fn known(self) -> Result<Family> {
        let state = FamilyState::from_word(&self.state)
            .ok_or_else(|| Error::Stored(format!("unknown state {} of a family", self.state)))?;
        Ok(Family {
            id: self.id,
            kk: self.kk,
            head: self.head_person_id,
            head_name: self.head_name,
            place: Place { village: self.village, address: self.address, rt: self.rt, rw: self.rw },
            members: self.members,
            block: self.block,
            state,
            merged_into: self.merged_into,
        })
    }
}

impl PersonRow {
    fn known(self) -> Result<Person> {
        let state = PersonState::from_word(&self.state)
            .ok_or_else(|| Error::Stored(format!("unknown state {} of a person", self.state)))?;
        Ok(Person {
            id: self.id,
            nik: self.nik,
            name: self.name,
            sex: self.sex,
            birth_date: self.birth_date,
            village: self.village,
            family: self.family_id,
            relation: self.relation,
            state,
            merged_into: self.merged_into,
        })
    }
}

#[derive(FromQueryResult)]
struct Holder {
    id: i64,
    village: i64,
}

/// Numbers nobody else has, and a village that is one.
pub(super) async fn free(handle: &impl Handle, what: &What) -> Outcome<()> {
    let seen = |holder: &Holder| {
        domain::AreaCode::from_number(holder.village).is_some_and(|code| handle.actor().scope.includes(code))
    };
    if let Some(nik) = what.new_nik() {
        let own = if let What::Nik { person, .. } = what { *person } else { 0 };
        let holder: Option<Holder> = handle
            .one(Query::with(
                sql!("SELECT p.id, p.village FROM person p WHERE p.nik = $1 AND p.id <> $2 AND p.merged_into IS NULL AND {whole_district a number is somebody's only once} ORDER BY p.id"),
                [nik.as_str().into(), own.into()],
            ))
            .await?;
        if let Some(holder) = holder {
            return Err(Refused::NikHeld { person: seen(&holder).then_some(holder.id) });
        }
    }
    if let Some(kk) = what.new_kk() {
        let holder: Option<Holder> = handle
            .one(Query::with(
                sql!("SELECT f.id, f.village FROM family f WHERE f.kk = $1 AND f.state = 'active' AND {whole_district a card is a family's only once} ORDER BY f.id"),
                [kk.as_str().into()],
            ))
            .await?;
        if let Some(holder) = holder {
            return Err(Refused::KkHeld { family: seen(&holder).then_some(holder.id) });
        }
    }
    if let Some(place) = what.place() {
        let villages = handle
            .count(Query::with(
                sql!("SELECT COUNT(*) FROM area WHERE code = $1 AND level = 'village' AND replaced_by IS NULL"),
                [place.village.into()],
            ))
            .await?;
        if villages == 0 {
            return Err(Refused::NoSuchVillage);
        }
    }
    Ok(())
}
