//! The end of an event: counting what is left, closing, giving back what was not paid.

use domain::delivery::{Equation, EventState, LineState};
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{
    Outcome, Refused, hold, hold_open,
    read::{self, Event},
    whole,
};
use crate::{
    attachments::{self, NewAttachment},
    connect::{Change, Result},
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// What should be left at the place: rupiah of cash, or parcels.
fn expected(event: &Event, equation: &Equation) -> i64 {
    event.brought.unwrap_or(0) - event.measure(equation.paid())
}

/// Writes down what was counted at the place; what Tuntas says should be there stands beside it.
pub async fn count(change: &Change<'_>, id: i64, counted: i64, note: &str, command: &str) -> Outcome<()> {
    let event = hold_open(change, id).await?;
    whole(change, id).await?;
    let equation = read::equation(change, &event).await?;
    keep_count(change, &event, &equation, counted, note, command).await
}

async fn keep_count(
    change: &Change<'_>,
    event: &Event,
    equation: &Equation,
    counted: i64,
    note: &str,
    command: &str,
) -> Outcome<()> {
    let expected = expected(event, equation);
    let kept = change
        .execute(Query::with(
            sql!(
                "INSERT INTO cash_count (event_id, command_id, amount, expected, counted_at, user_id, note) VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (command_id) DO NOTHING"
            ),
            [
                event.id.into(),
                command.into(),
                counted.into(),
                expected.into(),
                change.at().into(),
                change.actor().user.into(),
                Some(note.trim()).filter(|n| !n.is_empty()).into(),
            ],
        ))
        .await?;
    if kept > 0 {
        change
            .record(Entry {
                verb: "event.counted",
                subject: ("event", event.id),
                area: None,
                reason: Some(note.trim()).filter(|n| !n.is_empty()),
                data: json!({"event": event.name, "counted": counted, "expected": expected}),
            })
            .await?;
    }
    Ok(())
}

/// How an event is closed.
#[derive(Clone, Debug)]
pub struct Closing {
    /// Whoever still waits is marked absent.
    pub rest_absent: bool,
    /// What is left at the place: rupiah of cash, or parcels.
    pub counted: i64,
    /// Needed when the count differs.
    pub note: String,
    pub command: String,
}

/// Closes an open event, once nobody waits and what is left was counted; how many were marked absent by it.
pub async fn close(change: &Change<'_>, id: i64, closing: &Closing) -> Outcome<u64> {
    let event = hold_open(change, id).await?;
    whole(change, id).await?;
    let waiting = read::equation(change, &event).await?.still_waiting().families;
    if waiting > 0 && !closing.rest_absent {
        return Err(Refused::Waiting(waiting));
    }
    let absent = if waiting > 0 { mark_rest_absent(change, &event).await? } else { 0 };
    let equation = read::equation(change, &event).await?;
    let expected = expected(&event, &equation);
    if closing.counted != expected && closing.note.trim().is_empty() {
        return Err(Refused::CountDiffers { expected, counted: closing.counted });
    }
    keep_count(change, &event, &equation, closing.counted, &closing.note, &closing.command).await?;
    change
        .execute(Query::with(
            sql!("UPDATE event SET state = 'closed', closed_by = $1, closed_at = $2, close_note = $3 WHERE id = $4"),
            [
                change.actor().user.into(),
                change.at().into(),
                Some(closing.note.trim()).filter(|n| !n.is_empty()).into(),
                id.into(),
            ],
        ))
        .await?;
    change
        .record(Entry {
            verb: "event.closed",
            subject: ("event", id),
            area: None,
            reason: Some(closing.note.trim()).filter(|n| !n.is_empty()),
            data: json!({
                "event": event.name, "paid": equation.paid().families, "amount": equation.paid().amount.0,
                "absent": equation.absent.families, "failed": equation.failed.families,
                "counted": closing.counted, "expected": expected,
            }),
        })
        .await?;
    Ok(absent)
}

/// Everybody still waiting was not there: one statement, one entry of the journal for all of them.
async fn mark_rest_absent(change: &Change<'_>, event: &Event) -> Result<u64> {
    let entry = change
        .record(Entry {
            verb: "delivery.absent",
            subject: ("event", event.id),
            area: None,
            reason: None,
            data: json!({"event": event.name, "programme": event.programme, "stage": event.stage, "amount": event.unit_amount.0, "state": "absent"}),
        })
        .await?;
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO journal_family (journal_id, family_id) SELECT DISTINCT CAST($1 AS BIGINT), l.family_id FROM event_line l
                 WHERE l.event_id = $2 AND l.state = 'planned' AND {checked the whole event is within the scope}"
            ),
            [entry.into(), event.id.into()],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE event_line SET state = 'absent', served_at = $1, served_by = $2
                 WHERE event_id = $3 AND state = 'planned' AND {checked the whole event is within the scope}"
            ),
            [change.at().into(), change.actor().user.into(), event.id.into()],
        ))
        .await
}

/// Money (or goods) given back for lines that were not paid.
#[derive(Clone, Debug)]
pub struct GiveBack {
    /// Of the transfer slip (STS); for goods of the minutes.
    pub number: String,
    /// `YYYY-MM-DD`.
    pub returned_on: String,
    /// Rupiah, or parcels; must be what the lines make.
    pub amount: i64,
    /// Which of absent and failed.
    pub of: Vec<LineState>,
    /// A scan of the slip, stored on disk already.
    pub slip: Option<Slip>,
    pub command: String,
}

/// A file stored on disk already.
#[derive(Clone, Debug)]
pub struct Slip {
    pub sha256: String,
    pub media_type: String,
    pub size: i64,
}

/// Gives back what the absent or failed of a closed event did not get; these lines are then settled. The id of the return.
pub async fn give_back(change: &Change<'_>, id: i64, back: &GiveBack) -> Outcome<i64> {
    #[derive(FromQueryResult)]
    struct Due {
        lines: i64,
        amount: i64,
    }
    let made: Option<i64> = change
        .scalar(Query::with(
            sql!("SELECT id FROM treasury_return WHERE command_id = $1"),
            [back.command.as_str().into()],
        ))
        .await?;
    if let Some(id) = made {
        return Ok(id);
    }
    let event = hold(change, id).await?;
    if event.state != EventState::Closed {
        return Err(Refused::EventState(event.state));
    }
    whole(change, id).await?;
    if back.number.trim().is_empty() {
        return Err(Refused::NumberMissing);
    }
    let of: Vec<&str> = back.of.iter().filter(|state| state.is_unpaid_end()).map(|state| state.as_str()).collect();
    let mut unsettled = Query::with(
        sql!(
            "SELECT COUNT(*) AS lines, CAST(COALESCE(SUM(l.amount), 0) AS BIGINT) AS amount FROM event_line l
             WHERE l.event_id = $1 AND l.to_line_id IS NULL AND l.return_id IS NULL AND {checked the whole event is within the scope} AND"
        ),
        [id.into()],
    );
    unsettled.push_in(sql!(" l.state"), of.iter().copied());
    let due: Due = change.one(unsettled).await?.ok_or(Refused::NothingToReturn)?;
    if due.lines == 0 {
        return Err(Refused::NothingToReturn);
    }
    let owed = event.measure(domain::delivery::Share::new(due.lines, due.amount));
    if back.amount != owed {
        return Err(Refused::ReturnDiffers { due: owed, typed: back.amount });
    }
    let attachment = match &back.slip {
        Some(slip) => {
            let new = NewAttachment {
                sha256: &slip.sha256,
                name: "bukti-setor",
                media_type: &slip.media_type,
                size: slip.size,
                kind: "treasury_slip",
                subject: ("event", id),
                area: None,
            };
            Some(attachments::add(change, &new).await?)
        }
        None => None,
    };
    let return_id = change
        .insert(Query::with(
            sql!(
                "INSERT INTO treasury_return (event_id, command_id, number, returned_on, amount, lines, attachment_id, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id"
            ),
            [
                id.into(),
                back.command.as_str().into(),
                back.number.trim().into(),
                back.returned_on.as_str().into(),
                due.amount.into(),
                due.lines.into(),
                attachment.into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?;
    let mut settle = Query::with(
        sql!(
            "UPDATE event_line SET return_id = $1 WHERE event_id = $2 AND to_line_id IS NULL AND return_id IS NULL AND {checked the whole event is within the scope} AND"
        ),
        [return_id.into(), id.into()],
    );
    settle.push_in(sql!(" state"), of.iter().copied());
    if change.execute(settle).await? as i64 != due.lines {
        return Err(Refused::Changed);
    }
    let entry = change
        .record(Entry {
            verb: "event.returned",
            subject: ("event", id),
            area: None,
            reason: None,
            data: json!({"event": event.name, "number": back.number.trim(), "on": back.returned_on, "amount": due.amount, "families": due.lines}),
        })
        .await?;
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO journal_family (journal_id, family_id) SELECT DISTINCT CAST($1 AS BIGINT), l.family_id FROM event_line l
                 WHERE l.return_id = $2 AND {checked the whole event is within the scope}"
            ),
            [entry.into(), return_id.into()],
        ))
        .await?;
    Ok(return_id)
}
