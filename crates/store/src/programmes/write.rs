//! Setting up a programme and changing it.

use domain::programmes::{Draft, ProgrammeState, check};
use serde_json::json;

use super::{Outcome, Refused, read};
use crate::{
    bulk::{self, Cell, Type},
    connect::{Change, Result},
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// Holds the programme's row until the transaction ends, so that two changes do not both fit below one ceiling.
pub(super) async fn hold(change: &Change<'_>, id: i64) -> Outcome<read::Programme> {
    change.execute(Query::with(sql!("UPDATE programme SET state = state WHERE id = $1"), [id.into()])).await?;
    read::find(change, id).await?.ok_or(Refused::NotFound)
}

/// Refuses when what the programme has promised now exceeds its ceiling.
pub(super) async fn keep_below_ceiling(change: &Change<'_>, id: i64) -> Outcome<()> {
    let cost = read::commitment(change, id).await?.ok_or(Refused::NotFound)?;
    cost.commitment.within(cost.ceiling)?;
    Ok(())
}

/// Keeps a new programme as a draft; its id. The same command makes it once.
pub async fn create(change: &Change<'_>, draft: &Draft, command: &str) -> Outcome<i64> {
    let made: Option<i64> =
        change.scalar(Query::with(sql!("SELECT id FROM programme WHERE command_id = $1"), [command.into()])).await?;
    if let Some(id) = made {
        return Ok(id);
    }
    sound(draft)?;
    let id = change
        .insert(Query::with(
            sql!(
                "INSERT INTO programme (agency_id, name, year, strategy, sub_activity, account, fund, ceiling, aid, aid_kind, unit_amount, state, excludes, command_id, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'draft', $12, $13, $14, $15) RETURNING id"
            ),
            [
                draft.agency.into(),
                draft.name.trim().into(),
                draft.year.into(),
                draft.strategy.as_str().into(),
                draft.sub_activity.as_str().into(),
                draft.account.as_str().into(),
                draft.fund.as_str().into(),
                draft.ceiling.0.into(),
                draft.aid.as_str().into(),
                draft.aid_kind.as_str().into(),
                draft.unit_amount().0.into(),
                excludes(draft).into(),
                command.into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?;
    keep_parts(change, id, draft).await?;
    keep_stages(change, id, draft).await?;
    record(change, "programme.created", id, draft, None).await?;
    Ok(id)
}

/// Changes a programme that is not closed. What is promised must stay below the ceiling; the amount stays once events use it.
pub async fn update(change: &Change<'_>, id: i64, draft: &Draft) -> Outcome<()> {
    let before = hold(change, id).await?;
    if before.state == ProgrammeState::Closed {
        return Err(Refused::ProgrammeState(before.state));
    }
    sound(draft)?;
    if draft.unit_amount() != before.unit_amount || draft.aid != before.aid {
        let events = events_in(change, id, &[]).await?;
        if events > 0 {
            return Err(Refused::AmountInUse(events));
        }
    }
    change
        .execute(Query::with(
            sql!(
                "UPDATE programme SET agency_id = $1, name = $2, year = $3, strategy = $4, sub_activity = $5, account = $6, fund = $7,
                   ceiling = $8, aid = $9, aid_kind = $10, unit_amount = $11, excludes = $12 WHERE id = $13"
            ),
            [
                draft.agency.into(),
                draft.name.trim().into(),
                draft.year.into(),
                draft.strategy.as_str().into(),
                draft.sub_activity.as_str().into(),
                draft.account.as_str().into(),
                draft.fund.as_str().into(),
                draft.ceiling.0.into(),
                draft.aid.as_str().into(),
                draft.aid_kind.as_str().into(),
                draft.unit_amount().0.into(),
                excludes(draft).into(),
                id.into(),
            ],
        ))
        .await?;
    change.execute(Query::with(sql!("DELETE FROM programme_item WHERE programme_id = $1"), [id.into()])).await?;
    change.execute(Query::with(sql!("DELETE FROM programme_official WHERE programme_id = $1"), [id.into()])).await?;
    keep_parts(change, id, draft).await?;
    keep_stages(change, id, draft).await?;
    keep_below_ceiling(change, id).await?;
    record(change, "programme.changed", id, draft, None).await
}

/// Moves a programme between draft, active and closed. Opening a closed one again takes a reason.
pub async fn set_state(change: &Change<'_>, id: i64, next: ProgrammeState, reason: Option<&str>) -> Outcome<()> {
    let programme = hold(change, id).await?;
    if !programme.state.may_become(next) {
        return Err(Refused::ProgrammeState(programme.state));
    }
    if programme.state == ProgrammeState::Closed && reason.is_none() {
        return Err(Refused::ReasonMissing);
    }
    if next == ProgrammeState::Closed {
        let events = events_in(change, id, &["planned", "open"]).await?;
        if events > 0 {
            return Err(Refused::EventsOpen(events));
        }
    }
    change
        .execute(Query::with(sql!("UPDATE programme SET state = $1 WHERE id = $2"), [next.as_str().into(), id.into()]))
        .await?;
    change
        .record(Entry {
            verb: match next {
                ProgrammeState::Draft | ProgrammeState::Active => "programme.opened",
                ProgrammeState::Closed => "programme.closed",
            },
            subject: ("programme", id),
            area: None,
            reason,
            data: json!({"name": programme.name}),
        })
        .await?;
    Ok(())
}

fn sound(draft: &Draft) -> Outcome<()> {
    let faults = check(draft);
    if faults.is_empty() { Ok(()) } else { Err(Refused::Faulty(faults)) }
}

fn excludes(draft: &Draft) -> String {
    json!(draft.excludes).to_string()
}

async fn events_in(change: &Change<'_>, programme: i64, states: &[&str]) -> Result<i64> {
    let mut query = Query::with(
        sql!("SELECT COUNT(*) FROM event WHERE programme_id = $1 AND state <> 'cancelled'"),
        [programme.into()],
    );
    if !states.is_empty() {
        query.push_in(sql!(" AND state"), states.iter().copied());
    }
    change.count(query).await
}

const ITEM_COLUMNS: [(&str, Type); 6] = [
    ("programme_id", Type::Int),
    ("position", Type::Int),
    ("name", Type::Text),
    ("quantity", Type::Int),
    ("unit", Type::Text),
    ("price", Type::Int),
];

async fn keep_parts(change: &Change<'_>, id: i64, draft: &Draft) -> Result<()> {
    if draft.aid == domain::programmes::Aid::Goods {
        let rows: Vec<Vec<Cell>> = draft
            .items
            .iter()
            .enumerate()
            .map(|(position, item)| {
                vec![
                    id.into(),
                    (position as i64 + 1).into(),
                    item.name.trim().into(),
                    item.quantity.0.into(),
                    item.unit.trim().into(),
                    item.price.0.into(),
                ]
            })
            .collect();
        bulk::insert(change, "programme_item", &ITEM_COLUMNS, rows).await?;
    }
    for official in draft.officials.iter().filter(|o| !o.name.trim().is_empty()) {
        change
            .execute(Query::with(
                sql!("INSERT INTO programme_official (programme_id, role, name, nip) VALUES ($1, $2, $3, $4)"),
                [id.into(), official.role.as_str().into(), official.name.trim().into(), official.nip.as_str().into()],
            ))
            .await?;
    }
    Ok(())
}

/// Stages by number: kept where they are, added and taken away at the end.
async fn keep_stages(change: &Change<'_>, id: i64, draft: &Draft) -> Outcome<()> {
    for (at, stage) in draft.stages.iter().enumerate() {
        change
            .execute(Query::with(
                sql!(
                    "INSERT INTO programme_stage (programme_id, number, name, planned_on) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (programme_id, number) DO UPDATE SET name = excluded.name, planned_on = excluded.planned_on"
                ),
                [id.into(), (at as i64 + 1).into(), stage.name.trim().into(), stage.planned_on.as_deref().into()],
            ))
            .await?;
    }
    let used: Option<String> = change
        .scalar(Query::with(
            sql!(
                "SELECT s.name FROM programme_stage s WHERE s.programme_id = $1 AND s.number > $2
                   AND EXISTS (SELECT 1 FROM event e WHERE e.stage_id = s.id) ORDER BY s.number LIMIT 1"
            ),
            [id.into(), (draft.stages.len() as i64).into()],
        ))
        .await?;
    if let Some(name) = used {
        return Err(Refused::StageInUse(name));
    }
    change
        .execute(Query::with(
            sql!("DELETE FROM programme_stage WHERE programme_id = $1 AND number > $2"),
            [id.into(), (draft.stages.len() as i64).into()],
        ))
        .await?;
    Ok(())
}

async fn record(change: &Change<'_>, verb: &str, id: i64, draft: &Draft, reason: Option<&str>) -> Outcome<()> {
    change
        .record(Entry {
            verb,
            subject: ("programme", id),
            area: None,
            reason,
            data: json!({
                "name": draft.name.trim(),
                "ceiling": draft.ceiling.0,
                "unit": draft.unit_amount().0,
                "stages": draft.stages.len(),
            }),
        })
        .await?;
    Ok(())
}
