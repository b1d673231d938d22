//! Recording a change: proposed, agreed to or sent back, and written.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    AreaCode,
    household::{Asked, Family, Kind, NEW, Person, Situation, State, What, apply},
    name::display,
};
use serde_json::{Value as Json, json};

use super::{
    Outcome, Refused,
    load::{day, free, named, preview, situation},
    read::{Kept, find},
    rows::{create_family, create_person, keep_former, move_person, of_family, of_person, set},
};
use crate::{
    bulk::{self, Cell, Type},
    connect::{Change, Error, Result},
    journal::Entry,
    query::{Handle, Query},
    registry::{index_families, likeness, merge},
    sql,
};

/// What became of a change that was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub id: i64,
    /// It waits for a second person.
    pub waits: bool,
    /// The family it is about; none while a family nobody knew is waiting.
    pub family: Option<i64>,
}

/// Records a change of the family (none: a family nobody knew): written, or waiting for a second person where the office
/// wants one for this kind, or where the actor may only propose. `command` is the form's: sent twice, recorded once.
pub async fn record(change: &Change<'_>, family: Option<i64>, asked: &Asked, command: &str) -> Outcome<Recorded> {
    recorded(change, family, asked, command, false).await
}

/// Records a change; `at_once`: whoever asks has had it agreed to already.
pub(in crate::registry) async fn recorded(
    change: &Change<'_>,
    family: Option<i64>,
    asked: &Asked,
    command: &str,
    at_once: bool,
) -> Outcome<Recorded> {
    if let Some(known) = by_command(change, command).await? {
        return Ok(known);
    }
    hold_rows(change, family, &asked.what).await?;
    let mut told = preview(change, family, asked, change.today()).await?;
    told.waits &= !at_once;
    let kind = asked.what.kind();
    let village = match family {
        Some(_) => {
            let main = main(&told.before, asked).or(family).unwrap_or(NEW);
            told.before.family(main).map(|family| family.place.village)
        }
        None => told.after.families.first().map(|family| family.place.village),
    };
    let village = village.ok_or(Refused::NotFound)?;
    // somebody of one village brings nobody into another
    if family.is_none() && !AreaCode::from_number(village).is_some_and(|code| change.actor().scope.includes(code)) {
        return Err(Refused::NotFound);
    }
    let id = change
        .insert(Query::with(
            sql!(
                "INSERT INTO household_change (kind, state, family_id, village, asked, happened_on, reason, command_id, proposed_by, proposed_at, second)
                 VALUES ($1, 'proposed', $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id -- {checked by its preview}"
            ),
            [
                kind.as_str().into(),
                family.into(),
                village.into(),
                json_text(asked)?.into(),
                asked.on.to_string().into(),
                asked.reason.trim().into(),
                command.into(),
                change.actor().user.into(),
                change.at().into(),
                told.waits.into(),
            ],
        ))
        .await?;
    if !told.waits {
        let family = write(change, id, village, asked, told.before, told.after).await?;
        return Ok(Recorded { id, waits: false, family: Some(family) });
    }
    let (families, persons) = concerned(&told.before, &told.after);
    keep_subjects(change, id, &families, &persons).await?;
    tell(change, "household.proposed", (id, kind), village, &asked.reason, &families).await?;
    Ok(Recorded { id, waits: true, family })
}

async fn by_command(change: &Change<'_>, command: &str) -> Result<Option<Recorded>> {
    #[derive(sea_orm::FromQueryResult)]
    struct Known {
        id: i64,
        state: String,
        family_id: Option<i64>,
    }
    let known: Option<Known> = change
        .one(Query::with(
            sql!(
                "SELECT c.id, c.state, c.family_id FROM household_change c WHERE c.command_id = $1 AND {checked it was the actor's form}"
            ),
            [command.into()],
        ))
        .await?;
    Ok(known.map(|known| Recorded { id: known.id, waits: known.state == "proposed", family: known.family_id }))
}

/// Two who change the same families come one after the other.
async fn hold_rows(change: &Change<'_>, family: Option<i64>, what: &What) -> Result<()> {
    let ids: BTreeSet<i64> = named(change, family, what).await?.into_iter().collect();
    for id in ids {
        change
            .execute(Query::with(
                sql!("UPDATE family SET state = state WHERE id = $1 AND {checked by what follows}"),
                [id.into()],
            ))
            .await?;
    }
    Ok(())
}

/// A proposal that waits, within the actor's scope.
async fn waiting(change: &Change<'_>, id: i64) -> Outcome<Kept> {
    let kept = find(change, id).await?.ok_or(Refused::NotFound)?;
    if kept.state != State::Proposed {
        return Err(Refused::NotNow(kept.state));
    }
    Ok(kept)
}

/// A second person agrees: the change is written as things stand now.
pub async fn approve(change: &Change<'_>, id: i64) -> Outcome<Recorded> {
    let kept = waiting(change, id).await?;
    if kept.proposed_by.is_some() && kept.proposed_by == change.actor().user {
        return Err(Refused::OwnProposal);
    }
    hold_rows(change, kept.family_id, &kept.asked.what).await?;
    let before = situation(change, kept.family_id, &kept.asked.what).await?;
    let after = apply(&before, kept.family_id, &kept.asked, day(change.today())?)?;
    free(change, &kept.asked.what).await?;
    decide(change, id, State::Done, None).await?;
    let family = write(change, id, kept.village, &kept.asked, before, after).await?;
    Ok(Recorded { id, waits: false, family: Some(family) })
}

/// The second person does not agree, or who proposed it withdraws it: with the reason.
pub async fn send_back(change: &Change<'_>, id: i64, reason: &str) -> Outcome<()> {
    let kept = waiting(change, id).await?;
    if reason.trim().is_empty() {
        return Err(Refused::NoReason);
    }
    decide(change, id, State::Returned, Some(reason.trim())).await?;
    let families = subjects(change, id, "family").await?;
    tell(change, "household.returned", (id, kept.asked.what.kind()), kept.village, reason, &families).await?;
    Ok(())
}

async fn decide(change: &Change<'_>, id: i64, state: State, reason: Option<&str>) -> Outcome<()> {
    // two who decide at once: one of them finds it decided
    let decided = change
        .execute(Query::with(
            sql!(
                "UPDATE household_change SET state = $2, decided_by = $3, decided_at = $4, decided_reason = $5 WHERE id = $1 AND state = 'proposed' AND {checked it was found}"
            ),
            [id.into(), state.as_str().into(), change.actor().user.into(), change.at().into(), reason.into()],
        ))
        .await?;
    if decided == 0 { Err(Refused::NotNow(state)) } else { Ok(()) }
}

/// What cannot be written as JSON cannot be kept.
fn json_text<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Stored(error.to_string()))
}

/// The families and people a change is about. Of people, those it changes.
fn concerned(before: &Situation, after: &Situation) -> (Vec<i64>, Vec<i64>) {
    let families: BTreeSet<i64> =
        before.families.iter().chain(&after.families).map(|family| family.id).filter(|id| *id != NEW).collect();
    let persons = after.persons.iter().filter(|person| before.person(person.id) != Some(person));
    (families.into_iter().collect(), persons.map(|person| person.id).filter(|id| *id != NEW).collect())
}

async fn keep_subjects(change: &Change<'_>, id: i64, families: &[i64], persons: &[i64]) -> Result<()> {
    const COLUMNS: [(&str, Type); 3] = [("change_id", Type::Int), ("kind", Type::Text), ("subject_id", Type::Int)];
    let row = |kind: &'static str, subject: &i64| -> Vec<Cell> { vec![id.into(), kind.into(), (*subject).into()] };
    let rows = families.iter().map(|of| row("family", of)).chain(persons.iter().map(|of| row("person", of)));
    bulk::insert(change, "household_subject", &COLUMNS, rows.collect::<Vec<_>>()).await?;
    Ok(())
}

/// What a change is about, of one kind.
pub(super) async fn subjects(handle: &impl Handle, id: i64, kind: &str) -> Result<Vec<i64>> {
    handle
        .column(Query::with(
            sql!(
                "SELECT s.subject_id FROM household_subject s WHERE s.change_id = $1 AND s.kind = $2 AND {checked the change was found} ORDER BY s.subject_id"
            ),
            [id.into(), kind.into()],
        ))
        .await
}

/// An entry about a change that tells the same to every family it concerns.
pub(super) async fn tell(
    change: &Change<'_>,
    verb: &str,
    (id, kind): (i64, Kind),
    village: i64,
    reason: &str,
    families: &[i64],
) -> Result<()> {
    let entry = change
        .record(Entry {
            verb,
            subject: ("household_change", id),
            area: Some(village),
            reason: Some(reason.trim()),
            data: json!({ "what": kind.as_str() }),
        })
        .await?;
    for family in families {
        link(change, entry, *family, None).await?;
    }
    Ok(())
}

async fn link(change: &Change<'_>, entry: i64, family: i64, detail: Option<Json>) -> Result<()> {
    change
        .execute(Query::with(
            sql!("INSERT INTO journal_family (journal_id, family_id, detail) VALUES ($1, $2, $3)"),
            [entry.into(), family.into(), detail.map(|detail| detail.to_string()).into()],
        ))
        .await?;
    Ok(())
}

/// A field a change set.
pub(in crate::registry) struct Set {
    pub kind: &'static str,
    pub field: &'static str,
    pub subject: i64,
    pub was: Option<String>,
    pub became: Option<String>,
}

/// Writes the change: rows, memberships, what was and became, one entry of the journal told to every family concerned.
/// Answers with the family it is about.
async fn write(
    change: &Change<'_>,
    id: i64,
    village: i64,
    asked: &Asked,
    before: Situation,
    mut after: Situation,
) -> Result<i64> {
    let (new_family, new_person) = number_new(change, &mut after).await?;
    let mut fields: Vec<Set> = Vec::new();
    if let Some(family) = new_family.and_then(|id| after.family(id)) {
        create_family(change, family).await?;
        fields.push(Set {
            kind: "family",
            field: "id",
            subject: family.id,
            was: None,
            became: Some(family.id.to_string()),
        });
    }
    for now in &after.families {
        let Some(was) = before.family(now.id) else { continue };
        let pairs = of_family(was).into_iter().zip(of_family(now));
        for ((field, was), (_, became)) in pairs.filter(|((_, was), (_, became))| was != became) {
            set(change, "family", field, now.id, became.kept().as_deref()).await?;
            fields.push(Set { kind: "family", field, subject: now.id, was: was.kept(), became: became.kept() });
        }
    }
    if let Some(person) = new_person.and_then(|id| after.person(id)) {
        create_person(change, id, person, asked).await?;
        fields.push(Set {
            kind: "person",
            field: "id",
            subject: person.id,
            was: None,
            became: Some(person.id.to_string()),
        });
    }
    for now in &after.persons {
        let Some(was) = before.person(now.id) else { continue };
        let moves = (was.family, &was.relation) != (now.family, &now.relation);
        if moves {
            move_person(change, id, now, asked).await?;
        }
        let pairs = of_person(was).into_iter().zip(of_person(now));
        for ((field, was), (_, became)) in pairs {
            // where somebody lives as what is one statement: both are this person's word now
            if was == became && !(moves && matches!(field, "family_id" | "relation")) {
                continue;
            }
            set(change, "person", field, now.id, became.kept().as_deref()).await?;
            if field == "nik" {
                keep_former(change, id, now.id, was.kept()).await?;
            }
            fields.push(Set { kind: "person", field, subject: now.id, was: was.kept(), became: became.kept() });
        }
    }
    if asked.what.kind() == Kind::Same {
        merge::move_what_is_his(change, id, &before, &after, &mut fields).await?;
    }
    keep_fields(change, id, fields).await?;
    if let What::Same { given_up, .. } = asked.what {
        likeness::desk::settle(change, id, given_up, asked.reason.trim()).await?;
    }
    forget_subjects(change, id).await?;
    let (families, persons) = concerned(&before, &after);
    keep_subjects(change, id, &families, &persons).await?;
    index_families(change, &families).await?;
    let main =
        new_family.filter(|_| asked.what.kind() == Kind::NewFamily).or_else(|| main(&before, asked)).unwrap_or(0);
    let entry = record_change(change, id, village, asked, (&before, &after), main).await?;
    finish(change, id, main, entry, &before, &after).await?;
    Ok(main)
}

/// The family a change was recorded on: the one it names that is not the other.
fn main(before: &Situation, asked: &Asked) -> Option<i64> {
    if let What::Same { kept, .. } = asked.what {
        return before.person(kept).and_then(|person| person.family);
    }
    before.families.iter().map(|family| family.id).find(|id| Some(*id) != asked.what.other_family())
}

/// Numbers for the family and the person that are not there yet.
async fn number_new(change: &Change<'_>, after: &mut Situation) -> Result<(Option<i64>, Option<i64>)> {
    let mut ids: BTreeMap<&'static str, i64> = BTreeMap::new();
    if after.families.iter().any(|family| family.id == NEW) {
        ids.extend(bulk::take_ids(change, "family", 1).await?.into_iter().map(|id| ("family", id)));
    }
    if after.persons.iter().any(|person| person.id == NEW) {
        ids.extend(bulk::take_ids(change, "person", 1).await?.into_iter().map(|id| ("person", id)));
    }
    let (family, person) = (ids.get("family").copied(), ids.get("person").copied());
    for one in &mut after.families {
        one.id = if one.id == NEW { family.unwrap_or(NEW) } else { one.id };
        one.head = one.head.map(|head| if head == NEW { person.unwrap_or(NEW) } else { head });
    }
    for one in &mut after.persons {
        one.id = if one.id == NEW { person.unwrap_or(NEW) } else { one.id };
        one.family = one.family.map(|of| if of == NEW { family.unwrap_or(NEW) } else { of });
    }
    Ok((family, person))
}

async fn keep_fields(change: &Change<'_>, id: i64, fields: Vec<Set>) -> Result<()> {
    const COLUMNS: [(&str, Type); 6] = [
        ("change_id", Type::Int),
        ("kind", Type::Text),
        ("field", Type::Text),
        ("subject_id", Type::Int),
        ("was", Type::Text),
        ("became", Type::Text),
    ];
    let rows = fields.into_iter().map(|kept| -> Vec<Cell> {
        vec![id.into(), kept.kind.into(), kept.field.into(), kept.subject.into(), kept.was.into(), kept.became.into()]
    });
    bulk::insert(change, "household_field", &COLUMNS, rows.collect::<Vec<_>>()).await?;
    Ok(())
}

async fn forget_subjects(change: &Change<'_>, id: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!("DELETE FROM household_subject WHERE change_id = $1 AND {checked by the change}"),
            [id.into()],
        ))
        .await?;
    Ok(())
}

async fn finish(
    change: &Change<'_>,
    id: i64,
    family: i64,
    entry: i64,
    before: &Situation,
    after: &Situation,
) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE household_change SET state = 'done', family_id = $2, journal_id = $3, before = $4, after = $5 WHERE id = $1 AND {checked by the change}"
            ),
            [
                id.into(),
                family.into(),
                entry.into(),
                json_text(before)?.into(),
                json_text(after)?.into(),
            ],
        ))
        .await?;
    Ok(())
}

/// The one entry of the change; what it means for each family stands beside it, names and all.
async fn record_change(
    change: &Change<'_>,
    id: i64,
    village: i64,
    asked: &Asked,
    (before, after): (&Situation, &Situation),
    main: i64,
) -> Result<i64> {
    let kind = asked.what.kind();
    let entry = change
        .record(Entry {
            verb: "household.changed",
            subject: ("household_change", id),
            area: Some(village),
            reason: Some(asked.reason.trim()),
            data: json!({ "what": kind.as_str(), "on": asked.on.to_string() }),
        })
        .await?;
    let name = |person: &Person| display(&person.name);
    let changed: Vec<String> = after
        .persons
        .iter()
        .filter(|person| {
            before.person(person.id).is_none_or(|was| (was.family, was.state) != (person.family, person.state))
        })
        .map(name)
        .collect();
    let head = |situation: &Situation, id: i64| situation.family(id).map(|f| display(&f.head_name)).unwrap_or_default();
    let names = match &asked.what {
        What::Head { person, .. } | What::Nik { person, .. } | What::Same { kept: person, .. } => {
            after.person(*person).map(name).unwrap_or_default()
        }
        _ => changed.join(", "),
    };
    let to = match after.family(main) {
        Some(family) => place_words(change, family).await?,
        None => String::new(),
    };
    for family in &after.families {
        let (word, other) = if family.id == main {
            let other = after.families.iter().find(|other| other.id != main);
            (kind.as_str().to_owned(), other.map(|other| display(&other.head_name)).unwrap_or_default())
        } else {
            (format!("{kind}_other"), head(after, main))
        };
        let detail = json!({
            "kind": word, "names": names, "other": other, "to": to,
            "head": head(before, main), "on": asked.on.to_string(),
        });
        link(change, entry, family.id, Some(detail)).await?;
    }
    Ok(entry)
}

/// `Dusun Krajan, Contoh Kulon`
async fn place_words(handle: &impl Handle, family: &Family) -> Result<String> {
    let village = AreaCode::from_number(family.place.village);
    let village = match village {
        Some(code) => crate::areas::find(handle, code).await?.map(|area| area.name),
        None => None,
    };
    let parts = [Some(family.place.address.clone()), village];
    Ok(parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}
