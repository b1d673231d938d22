//! The rows of a change: columns of families and people set one by one, new ones made, memberships closed and opened.

use domain::{
    household::{Asked, Family, Person},
    name::name_key,
};
use sea_orm::Value;

use crate::{
    connect::{Change, Error, Result},
    query::{Query, Sql},
    sql,
};

/// A column's value: as kept in text, and how it is bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Number(Option<i64>),
    Text(Option<String>),
}

impl Field {
    fn of(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }

    pub(super) fn kept(&self) -> Option<String> {
        match self {
            Self::Number(number) => number.map(|number| number.to_string()),
            Self::Text(text) => text.clone(),
        }
    }

    fn bound(self) -> Value {
        match self {
            Self::Number(number) => number.into(),
            Self::Text(text) => text.into(),
        }
    }
}

/// Every column of a family that a change by hand may set.
pub(super) fn of_family(family: &Family) -> [(&'static str, Field); 12] {
    [
        ("kk", Field::Text(family.kk.clone())),
        ("head_person_id", Field::Number(family.head)),
        ("head_name", Field::of(&family.head_name)),
        ("name_key", Field::Text(Some(name_key(&family.head_name)))),
        ("village", Field::Number(Some(family.place.village))),
        ("address", Field::of(&family.place.address)),
        ("rt", Field::Text(family.place.rt.clone())),
        ("rw", Field::Text(family.place.rw.clone())),
        ("members", Field::Number(Some(family.members))),
        ("block", Field::of(&family.block)),
        ("state", Field::of(family.state.as_str())),
        ("merged_into", Field::Number(family.merged_into)),
    ]
}

/// Every column of a person that a change by hand may set.
pub(super) fn of_person(person: &Person) -> [(&'static str, Field); 8] {
    [
        ("nik", Field::Text(person.nik.clone())),
        ("sex", Field::Text(person.sex.clone())),
        ("birth_date", Field::Text(person.birth_date.clone())),
        ("village", Field::Number(Some(person.village))),
        ("family_id", Field::Number(person.family)),
        ("relation", Field::Text(person.relation.clone())),
        ("state", Field::of(person.state.as_str())),
        ("merged_into", Field::Number(person.merged_into)),
    ]
}

/// The statement that sets a column of a family or person.
pub(super) fn setting(kind: &str, field: &str) -> Option<Sql> {
    macro_rules! set {
        ($table:literal, $column:literal) => {
            sql!(concat!("UPDATE ", $table, " SET ", $column, " = $2 WHERE id = $1 AND {checked by the change}"))
        };
    }
    Some(match (kind, field) {
        ("family", "kk") => set!("family", "kk"),
        ("family", "head_person_id") => set!("family", "head_person_id"),
        ("family", "head_name") => set!("family", "head_name"),
        ("family", "name_key") => set!("family", "name_key"),
        ("family", "village") => set!("family", "village"),
        ("family", "address") => set!("family", "address"),
        ("family", "rt") => set!("family", "rt"),
        ("family", "rw") => set!("family", "rw"),
        ("family", "members") => set!("family", "members"),
        ("family", "block") => set!("family", "block"),
        ("family", "state") => set!("family", "state"),
        ("family", "merged_into") => set!("family", "merged_into"),
        ("family", "desil") => set!("family", "desil"),
        ("family", "desil_version_id") => set!("family", "desil_version_id"),
        ("person", "nik") => set!("person", "nik"),
        ("person", "sex") => set!("person", "sex"),
        ("person", "birth_date") => set!("person", "birth_date"),
        ("person", "village") => set!("person", "village"),
        ("person", "family_id") => set!("person", "family_id"),
        ("person", "relation") => set!("person", "relation"),
        ("person", "state") => set!("person", "state"),
        ("person", "merged_into") => set!("person", "merged_into"),
        _ => return None,
    })
}

/// Sets a column, `value` being what [`Field::kept`] kept.
pub(in crate::registry) async fn set(
    change: &Change<'_>,
    kind: &str,
    field: &str,
    id: i64,
    value: Option<&str>,
) -> Result<()> {
    let unknown = || Error::Stored(format!("no column {field} of a {kind}"));
    let number = matches!(
        field,
        "head_person_id" | "village" | "members" | "merged_into" | "family_id" | "desil" | "desil_version_id"
    );
    let value = if number {
        Field::Number(value.map(str::parse).transpose().map_err(|_| unknown())?)
    } else {
        Field::Text(value.map(str::to_owned))
    };
    change.execute(Query::with(setting(kind, field).ok_or_else(unknown)?, [id.into(), value.bound()])).await?;
    Ok(())
}

pub(super) async fn create_family(change: &Change<'_>, family: &Family) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO family (id, kk, head_person_id, head_name, name_key, village, address, rt, rw, members, block, state, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) -- {checked by the change}"
            ),
            [
                family.id.into(),
                family.kk.clone().into(),
                family.head.into(),
                family.head_name.as_str().into(),
                name_key(&family.head_name).into(),
                family.place.village.into(),
                family.place.address.as_str().into(),
                family.place.rt.clone().into(),
                family.place.rw.clone().into(),
                family.members.into(),
                family.block.as_str().into(),
                family.state.as_str().into(),
                change.at().into(),
            ],
        ))
        .await?;
    Ok(())
}

pub(super) async fn create_person(change: &Change<'_>, id: i64, person: &Person, asked: &Asked) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO person (id, nik, name, name_key, sex, birth_date, village, family_id, relation, state, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) -- {checked by the change}"
            ),
            [
                person.id.into(),
                person.nik.clone().into(),
                person.name.as_str().into(),
                name_key(&person.name).into(),
                person.sex.clone().into(),
                person.birth_date.clone().into(),
                person.village.into(),
                person.family.into(),
                person.relation.clone().into(),
                person.state.as_str().into(),
                change.at().into(),
            ],
        ))
        .await?;
    open_membership(change, id, person, asked).await
}

/// The membership of now ends on the day of the change - not before it began -, and another begins.
pub(super) async fn move_person(change: &Change<'_>, id: i64, person: &Person, asked: &Asked) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE membership SET until = CASE WHEN since > $3 THEN since ELSE $3 END, closed_change_id = $1 WHERE person_id = $2 AND until IS NULL AND {checked by the change}"
            ),
            [id.into(), person.id.into(), asked.on.to_string().into()],
        ))
        .await?;
    if person.family.is_some() { open_membership(change, id, person, asked).await } else { Ok(()) }
}

async fn open_membership(change: &Change<'_>, id: i64, person: &Person, asked: &Asked) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO membership (person_id, family_id, relation, since, why, change_id) VALUES ($1, $2, $3, $4, $5, $6) -- {checked by the change}"
            ),
            [
                person.id.into(),
                person.family.into(),
                person.relation.clone().into(),
                asked.on.to_string().into(),
                asked.what.kind().as_str().into(),
                id.into(),
            ],
        ))
        .await?;
    Ok(())
}

pub(super) async fn keep_former(change: &Change<'_>, id: i64, person: i64, nik: Option<String>) -> Result<()> {
    let Some(nik) = nik else { return Ok(()) };
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO former_nik (nik, person_id, change_id) VALUES ($1, $2, $3) ON CONFLICT (nik, person_id) DO UPDATE SET change_id = excluded.change_id -- {checked by the change}"
            ),
            [nik.into(), person.into(), id.into()],
        ))
        .await?;
    Ok(())
}
