//! Planning an event: who is due for the stage, one line each, with a number and an opaque token.

use domain::{
    AreaCode,
    address::Address,
    delivery::{EventState, Origin},
    name::name_key,
    programmes::ProgrammeState,
};
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{Outcome, Refused, hold, whole};
use crate::{
    bulk::{self, Cell, Type},
    connect::{Change, Result},
    journal::Entry,
    programmes,
    query::{Handle, Query},
    sql,
};

/// An event as a person describes it.
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub programme: i64,
    pub stage: i64,
    pub name: String,
    pub place: String,
    /// ISO 8601 UTC.
    pub starts_at: String,
    /// Whose families: villages or kecamatan.
    pub areas: Vec<AreaCode>,
    /// Only those absent or failed at this earlier event.
    pub again_from: Option<i64>,
    pub instructions: String,
    pub witnesses: String,
    /// The form's command: sent twice, planned once.
    pub command: String,
}

/// Who is due for a stage in a village.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct TargetArea {
    pub village: i64,
    pub families: i64,
    /// Of these, absent or failed before.
    pub again: i64,
}

/// Enrolled families due for a stage, with the line they were absent or failed on before, if any. A place counts once
/// however often it was passed on: its last line says whether it is still due.
const DUE: &str = "SELECT e.id AS enrolment_id, e.family_id, e.village, COALESCE(dl.head_name, f.head_name) AS head_name,
   COALESCE(dl.address, f.address) AS address, CASE WHEN dl.address IS NULL THEN f.rt END AS rt, CASE WHEN dl.address IS NULL THEN f.rw END AS rw, last.id AS previous
 FROM enrolment e JOIN family f ON f.id = e.family_id
 LEFT JOIN determination_line dl ON dl.id = e.determination_line_id
 LEFT JOIN event_line last ON last.id = (
   SELECT MAX(l.id) FROM event_line l JOIN event ev ON ev.id = l.event_id JOIN enrolment x ON x.id = l.enrolment_id
   WHERE ev.stage_id = $2 AND l.to_line_id IS NULL AND (x.id = COALESCE(e.place_id, e.id) OR x.place_id = COALESCE(e.place_id, e.id)))
 WHERE e.programme_id = $1 AND e.state IN ('enrolled', 'active') AND f.state = 'active' AND {scope e.village}
   AND (last.id IS NULL OR (last.state IN ('absent', 'failed') AND last.return_id IS NULL))";

#[derive(FromQueryResult)]
struct Due {
    enrolment_id: i64,
    family_id: i64,
    village: i64,
    head_name: String,
    address: String,
    rt: Option<String>,
    rw: Option<String>,
    previous: Option<i64>,
}

/// Families in the programme that are not invited any more: they left the district, were taken into another, or nobody of
/// them lives.
pub async fn gone(handle: &impl Handle, programme: i64) -> Result<i64> {
    handle
        .count(Query::with(
            sql!(
                "SELECT COUNT(*) FROM enrolment e JOIN family f ON f.id = e.family_id WHERE e.programme_id = $1 AND e.state IN ('enrolled', 'active') AND f.state <> 'active' AND {scope e.village}"
            ),
            [programme.into()],
        ))
        .await
}

/// Who is due for a stage, by village within the actor's scope; with `again_from` only those of that event.
pub async fn targets(
    handle: &impl Handle,
    programme: i64,
    stage: i64,
    again_from: Option<i64>,
) -> Result<Vec<TargetArea>> {
    let mut query = Query::with(
        sql!(
            "SELECT e.village, COUNT(*) AS families, COUNT(last.id) AS again
             FROM enrolment e JOIN family f ON f.id = e.family_id AND f.state = 'active'
             LEFT JOIN event_line last ON last.id = (
               SELECT MAX(l.id) FROM event_line l JOIN event ev ON ev.id = l.event_id JOIN enrolment x ON x.id = l.enrolment_id
               WHERE ev.stage_id = $2 AND l.to_line_id IS NULL AND (x.id = COALESCE(e.place_id, e.id) OR x.place_id = COALESCE(e.place_id, e.id)))
             WHERE e.programme_id = $1 AND e.state IN ('enrolled', 'active') AND {scope e.village}
               AND (last.id IS NULL OR (last.state IN ('absent', 'failed') AND last.return_id IS NULL))"
        ),
        [programme.into(), stage.into()],
    );
    if let Some(event) = again_from {
        query.push_with(sql!(" AND last.event_id = $$"), event);
    }
    query.push(sql!(" GROUP BY e.village ORDER BY e.village"));
    handle.all(query).await
}

const LINE_COLUMNS: [(&str, Type); 14] = [
    ("id", Type::Int),
    ("event_id", Type::Int),
    ("enrolment_id", Type::Int),
    ("family_id", Type::Int),
    ("village", Type::Int),
    ("number", Type::Int),
    ("token", Type::Text),
    ("head_name", Type::Text),
    ("name_key", Type::Text),
    ("address", Type::Text),
    ("amount", Type::Int),
    ("origin", Type::Text),
    ("state", Type::Text),
    ("from_line_id", Type::Int),
];

/// Plans an event for everybody due in its areas; its id. `token` makes an opaque token for each invitation.
pub async fn plan(change: &Change<'_>, new: &NewEvent, mut token: impl FnMut() -> String) -> Outcome<i64> {
    let made: Option<i64> = change
        .scalar(Query::with(sql!("SELECT id FROM event WHERE command_id = $1"), [new.command.as_str().into()]))
        .await?;
    if let Some(id) = made {
        return Ok(id);
    }
    // two plans for one programme do not both take the same families
    change
        .execute(Query::with(sql!("UPDATE programme SET state = state WHERE id = $1"), [new.programme.into()]))
        .await?;
    let programme = programmes::find(change, new.programme).await?.ok_or(Refused::NotFound)?;
    if programme.state != ProgrammeState::Active {
        return Err(Refused::ProgrammeNotActive);
    }
    if !programme.stages.iter().any(|stage| stage.id == new.stage) {
        return Err(Refused::NotFound);
    }
    let due = due(change, new).await?;
    if due.is_empty() {
        return Err(Refused::NobodyToPlan);
    }
    let unit = programme.unit_amount.0;
    let families = due.len() as i64;
    let event = change
        .insert(Query::with(
            sql!(
                "INSERT INTO event (programme_id, stage_id, name, place, starts_at, area, unit_amount, planned_families, planned_amount, state, instructions, witnesses, command_id, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'planned', $10, $11, $12, $13, $14) RETURNING id"
            ),
            [
                new.programme.into(),
                new.stage.into(),
                new.name.trim().into(),
                new.place.trim().into(),
                new.starts_at.as_str().into(),
                common_area(&due).into(),
                unit.into(),
                families.into(),
                (unit * families).into(),
                new.instructions.trim().into(),
                new.witnesses.trim().into(),
                new.command.as_str().into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?;
    let ids = bulk::take_ids(change, "event_line", due.len()).await?;
    let again = due.iter().filter(|due| due.previous.is_some()).count() as u64;
    let rows = due.into_iter().zip(ids).enumerate().map(|(at, (due, id))| {
        let origin = if due.previous.is_some() { Origin::Rescheduled } else { Origin::First };
        let key = name_key(&due.head_name);
        let address = Address::of(&due.address, due.rt.as_deref(), due.rw.as_deref()).to_string();
        let row: Vec<Cell> = vec![
            id.into(),
            event.into(),
            due.enrolment_id.into(),
            due.family_id.into(),
            due.village.into(),
            (at as i64 + 1).into(),
            token().into(),
            due.head_name.into(),
            key.into(),
            address.into(),
            unit.into(),
            origin.as_str().into(),
            "planned".into(),
            due.previous.into(),
        ];
        row
    });
    bulk::insert(change, "event_line", &LINE_COLUMNS, rows).await?;
    let linked = change
        .execute(Query::with(
            sql!(
                "UPDATE event_line SET to_line_id = (SELECT n.id FROM event_line n WHERE n.event_id = $1 AND n.from_line_id = event_line.id)
                 WHERE state IN ('absent', 'failed') AND to_line_id IS NULL AND return_id IS NULL
                   AND id IN (SELECT n.from_line_id FROM event_line n WHERE n.event_id = $1 AND n.from_line_id IS NOT NULL) AND {checked planned just now}"
            ),
            [event.into()],
        ))
        .await?;
    if linked != again {
        return Err(Refused::Changed);
    }
    let entry = change
        .record(Entry {
            verb: "event.planned",
            subject: ("event", event),
            area: None,
            reason: None,
            data: json!({"event": new.name.trim(), "programme": programme.name, "families": families, "amount": unit * families, "again": again}),
        })
        .await?;
    link_families(change, entry, event).await?;
    Ok(event)
}

async fn due(change: &Change<'_>, new: &NewEvent) -> Result<Vec<Due>> {
    let mut query = Query::with(sql!(DUE), [new.programme.into(), new.stage.into()]);
    if let Some(event) = new.again_from {
        query.push_with(sql!(" AND last.event_id = $$"), event);
    }
    query.push(sql!(" AND (1 = 0"));
    for area in &new.areas {
        let range = area.range();
        query.push_with(sql!(" OR (e.village >= $$"), *range.start());
        query.push_with(sql!(" AND e.village <= $$)"), *range.end());
    }
    query.push(sql!(") ORDER BY e.village, f.name_key, e.id"));
    change.all(query).await
}

/// Links an entry of the journal to the families of an event.
pub(super) async fn link_families(change: &Change<'_>, entry: i64, event: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO journal_family (journal_id, family_id) SELECT DISTINCT CAST($1 AS BIGINT), l.family_id FROM event_line l
                 WHERE l.event_id = $2 AND {checked the event is the actor's}"
            ),
            [entry.into(), event.into()],
        ))
        .await?;
    Ok(())
}

/// The smallest area that holds all lines.
fn common_area(due: &[Due]) -> i64 {
    let (least, most) = due.iter().fold((i64::MAX, i64::MIN), |(a, b), due| (a.min(due.village), b.max(due.village)));
    let mut area = AreaCode::from_number(least);
    while let Some(code) = area {
        if code.range().contains(&most) {
            return code.number();
        }
        area = code.parent();
    }
    least
}

/// Opens a planned event: from now on families are served. `brought` is what was brought to the place, rupiah of cash or
/// parcels; where that is not what is planned, `note` says why.
pub async fn open(change: &Change<'_>, id: i64, brought: i64, note: &str) -> Outcome<()> {
    let event = hold(change, id).await?;
    if event.state != EventState::Planned {
        return Err(Refused::EventState(event.state));
    }
    if event.planned.families == 0 {
        return Err(Refused::NobodyToPlan);
    }
    whole(change, id).await?;
    let (planned, note) = (event.measure(event.planned), note.trim());
    if brought != planned && note.is_empty() {
        return Err(Refused::BroughtDiffers { planned, brought });
    }
    change
        .execute(Query::with(
            sql!("UPDATE event SET state = 'open', brought = $1, opened_by = $2, opened_at = $3 WHERE id = $4"),
            [brought.into(), change.actor().user.into(), change.at().into(), id.into()],
        ))
        .await?;
    change
        .record(Entry {
            verb: "event.opened",
            subject: ("event", id),
            area: None,
            reason: Some(note).filter(|note| !note.is_empty()),
            data: json!({"event": event.name, "brought": brought, "planned": planned, "families": event.planned.families}),
        })
        .await?;
    Ok(())
}

/// Calls off an event that has not opened; its families may be planned again.
pub async fn cancel(change: &Change<'_>, id: i64, reason: &str) -> Outcome<()> {
    let event = hold(change, id).await?;
    if event.state != EventState::Planned {
        return Err(Refused::EventState(event.state));
    }
    if reason.trim().is_empty() {
        return Err(Refused::ReasonMissing);
    }
    whole(change, id).await?;
    let entry = change
        .record(Entry {
            verb: "event.cancelled",
            subject: ("event", id),
            area: None,
            reason: Some(reason.trim()),
            data: json!({"event": event.name, "families": event.planned.families}),
        })
        .await?;
    link_families(change, entry, id).await?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE event_line SET to_line_id = NULL
                 WHERE to_line_id IN (SELECT n.id FROM event_line n WHERE n.event_id = $1) AND {checked the event is the actor's}"
            ),
            [id.into()],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!("DELETE FROM event_line WHERE event_id = $1 AND {checked the event is the actor's}"),
            [id.into()],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!("UPDATE event SET state = 'cancelled', planned_families = 0, planned_amount = 0 WHERE id = $1"),
            [id.into()],
        ))
        .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct WaitingLine {
    id: i64,
    event_id: i64,
    event: String,
    event_state: String,
    amount: i64,
}

/// Takes a family that is suspended or leaves out of events that have not opened. Refuses while one that is open waits
/// for it.
pub async fn take_out(change: &Change<'_>, enrolment: i64) -> programmes::Outcome<()> {
    let waiting: Vec<WaitingLine> = change
        .all(Query::with(
            sql!(
                "SELECT l.id, l.event_id, ev.name AS event, ev.state AS event_state, l.amount
                 FROM event_line l JOIN event ev ON ev.id = l.event_id
                 WHERE l.enrolment_id = $1 AND l.state = 'planned' AND {checked by the enrolment} ORDER BY l.id"
            ),
            [enrolment.into()],
        ))
        .await?;
    if let Some(open) = waiting.iter().find(|line| line.event_state != EventState::Planned.as_str()) {
        return Err(programmes::Refused::WaitingAtEvent(open.event.clone()));
    }
    for line in waiting {
        change
            .execute(Query::with(
                sql!("UPDATE event_line SET to_line_id = NULL WHERE to_line_id = $1 AND {checked by the enrolment}"),
                [line.id.into()],
            ))
            .await?;
        change
            .execute(Query::with(
                sql!("DELETE FROM event_line WHERE id = $1 AND {checked by the enrolment}"),
                [line.id.into()],
            ))
            .await?;
        change
            .execute(Query::with(
                sql!(
                    "UPDATE event SET planned_families = planned_families - 1, planned_amount = planned_amount - $1 WHERE id = $2"
                ),
                [line.amount.into(), line.event_id.into()],
            ))
            .await?;
    }
    Ok(())
}
