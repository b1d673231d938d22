//! Delivery: events, their lines, the marks on them, and the equation the lines make.
//!
//! Every change of an open event first holds the event's row ([`hold_open`]), so that closing waits for the marks under
//! way and nothing is marked afterwards. A line leaves `planned` by one conditional UPDATE: of two officers who scan one
//! invitation at the same time one serves it, the other is told who did. Commands carry an id and are done once.

mod close;
mod mark;
mod plan;
mod read;

use domain::delivery::{EventState, Refusal};

pub use self::{
    close::{Closing, GiveBack, Slip, close, count, give_back},
    mark::{
        HandOver, Marked, ProofFile, Replacement, ReplacementCandidate, candidates_for_replacement, find_family, mark,
        reassign, undo,
    },
    plan::{NewEvent, TargetArea, cancel, gone, open, plan, take_out, targets},
    read::{
        AreaShare, Beware, Card, CashCount, Event, EventSummary, Line, LineFilter, Lines, Member, Officer, Pace,
        Return, areas, beware, card, cash_counts, equation, event, events, fail_reasons, last_missed, last_served,
        line, lines, lines_by_village, lines_count, members, numbers, officers, pace, returns, search,
    },
};
use crate::{
    connect::Change,
    query::{Handle, Query},
    sql,
};

/// Why a change of an event or of a line is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is none, or it is outside the actor's area.
    #[error("there is no such event or line")]
    NotFound,
    #[error("the event is {0}")]
    EventState(EventState),
    #[error("the programme is not active")]
    ProgrammeNotActive,
    #[error("nobody is left to plan for this stage and these areas")]
    NobodyToPlan,
    /// Somebody else changed the lines meanwhile.
    #[error("the lines changed meanwhile")]
    Changed,
    #[error(transparent)]
    Mark(#[from] Refusal),
    #[error("the number of the minutes is missing")]
    MinutesMissing,
    #[error("a replacement cannot be replaced")]
    ReplacementReplaced,
    #[error("the family chosen has been in this programme")]
    ReplacementEnrolled,
    #[error("the family chosen cannot receive: {0}")]
    ReplacementBlocked(String),
    /// The family waits at another open event.
    #[error("a line waits at the open event {0}")]
    WaitingAtEvent(String),
    #[error("{0} lines wait")]
    Waiting(i64),
    /// Part of the event lies outside the actor's area.
    #[error("part of the event is outside the area")]
    OutsideArea,
    #[error("counted {counted}, expected {expected}, and no note says why")]
    CountDiffers { expected: i64, counted: i64 },
    #[error("{brought} was brought, {planned} is planned, and no note says why")]
    BroughtDiffers { planned: i64, brought: i64 },
    #[error("nothing is left to give back")]
    NothingToReturn,
    #[error("{due} is due, {typed} was given")]
    ReturnDiffers { due: i64, typed: i64 },
    #[error("the number of the transfer slip is missing")]
    NumberMissing,
    #[error("a reason is missing")]
    ReasonMissing,
    #[error(transparent)]
    Store(#[from] crate::Error),
}

pub type Outcome<T> = Result<T, Refused>;

/// Holds an open event until the transaction ends: it stays open, and whoever would close it waits.
async fn hold_open(change: &Change<'_>, id: i64) -> Outcome<Event> {
    let held = change
        .execute(Query::with(sql!("UPDATE event SET state = state WHERE id = $1 AND state = 'open'"), [id.into()]))
        .await?;
    let event = event(change, id).await?.ok_or(Refused::NotFound)?;
    if held == 0 { Err(Refused::EventState(event.state)) } else { Ok(event) }
}

/// Holds an event of whatever state.
async fn hold(change: &Change<'_>, id: i64) -> Outcome<Event> {
    change.execute(Query::with(sql!("UPDATE event SET state = state WHERE id = $1"), [id.into()])).await?;
    event(change, id).await?.ok_or(Refused::NotFound)
}

/// Refuses when part of the event lies outside the actor's area: closing and giving back concern all of it.
async fn whole(change: &Change<'_>, event: i64) -> Outcome<()> {
    let outside = change
        .count(Query::with(
            sql!("SELECT COUNT(*) FROM event_line l WHERE l.event_id = $1 AND NOT ({scope l.village})"),
            [event.into()],
        ))
        .await?;
    if outside > 0 { Err(Refused::OutsideArea) } else { Ok(()) }
}

/// Notes a command; `false` when it was done before.
async fn first_time(change: &Change<'_>, command: &str, event: i64, line: i64, what: &str) -> Outcome<bool> {
    let noted = change
        .execute(Query::with(
            sql!(
                "INSERT INTO delivery_command (command_id, event_id, line_id, what, at, user_id) VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (command_id) DO NOTHING"
            ),
            [
                command.into(),
                event.into(),
                line.into(),
                what.into(),
                change.at().into(),
                change.actor().user.into(),
            ],
        ))
        .await?;
    Ok(noted > 0)
}
