//! Minutes of the village deliberation: numbers that add up, the families removed and added by name, and the signed scan.
//! What the village decided counts (in a ranking) once the minutes are final.

use domain::{
    AreaCode,
    verification::{
        minutes::{Numbers, State as MinutesState},
        round::State,
    },
};
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{Result, VerificationError, rounds::round};
use crate::{
    bulk::{self, Cell, Type},
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// The minutes of a village.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Minutes {
    pub id: i64,
    pub round_id: i64,
    pub village: i64,
    pub held_on: String,
    pub place: String,
    pub number: Option<String>,
    pub participants: i64,
    pub families_before: i64,
    pub families_removed: i64,
    pub families_added: i64,
    pub families_after: i64,
    pub note: Option<String>,
    pub attachment_id: Option<i64>,
    /// recorded, final
    pub state: String,
    pub created_at: String,
}

impl Minutes {
    pub fn is_final(&self) -> bool {
        self.state == MinutesState::Final.as_str()
    }
}

/// The minutes as typed, with the families marked as removed and why.
#[derive(Clone, Debug)]
pub struct NewMinutes<'a> {
    pub held_on: &'a str,
    pub place: &'a str,
    pub number: Option<&'a str>,
    pub participants: i64,
    pub before: i64,
    pub removed: i64,
    pub after: i64,
    pub note: Option<&'a str>,
    /// Assignment and reason (`p3ke.alasan_tidak_layak`).
    pub marked: Vec<(i64, String)>,
    /// The families added; as many as are named.
    pub added: Vec<NewAdded>,
}

/// A family the deliberation adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewAdded {
    /// One of the registry, of this village.
    Known(i64),
    /// One no list has named so far.
    New { name: String, address: String },
}

/// A family added by a deliberation, as kept.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Added {
    /// In the registry, when it is known there.
    pub family_id: Option<i64>,
    pub name: String,
    pub address: String,
}

/// The families the deliberation of a village added, in the order of the minutes.
pub async fn added_of(handle: &impl Handle, round: i64, village: i64) -> Result<Vec<Added>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT x.family_id, x.name, x.address FROM deliberation_added x JOIN deliberation d ON d.id = x.deliberation_id
                 WHERE d.round_id = $1 AND d.village = $2 AND {scope x.village} ORDER BY x.id"
            ),
            [round.into(), village.into()],
        ))
        .await?)
}

/// A family of the registry that a deliberation may add.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Addable {
    pub id: i64,
    pub head_name: String,
    pub address: String,
}

/// Families of the village that are on record and were not read out in this round: whom the deliberation may add.
pub async fn addable(handle: &impl Handle, round: i64, village: i64, limit: i64) -> Result<Vec<Addable>> {
    let mut query = addable_query(round, village);
    query.push_with(sql!(" ORDER BY f.name_key, f.id LIMIT $$"), limit);
    Ok(handle.all(query).await?)
}

fn addable_query(round: i64, village: i64) -> Query {
    Query::with(
        sql!(
            "SELECT f.id, f.head_name, f.address FROM family f WHERE f.village = $2 AND f.state = 'active' AND {scope f.village}
               AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.round_id = $1 AND a.family_id = f.id AND a.outcome IN ('LAYAK', 'PERBAIKAN'))"
        ),
        [round.into(), village.into()],
    )
}

/// The families named as added, each once: of the registry as it calls them, or with a name and an address.
async fn named(change: &Change<'_>, round: i64, village: i64, new: &[NewAdded]) -> Result<Vec<Added>> {
    let ids: Vec<i64> = new
        .iter()
        .filter_map(|one| match one {
            NewAdded::Known(id) => Some(*id),
            NewAdded::New { .. } => None,
        })
        .collect();
    let known: Vec<Addable> = if ids.is_empty() {
        Vec::new()
    } else {
        let mut query = addable_query(round, village);
        query.push(sql!(" AND")).push_in(sql!(" f.id"), ids.iter().copied()).push(sql!(" ORDER BY f.id"));
        change.all(query).await?
    };
    let mut named: Vec<Added> = Vec::new();
    for one in new {
        let added = match one {
            NewAdded::Known(id) => {
                let family = known.iter().find(|family| family.id == *id).ok_or(VerificationError::NotAddable)?;
                Added { family_id: Some(*id), name: family.head_name.clone(), address: family.address.clone() }
            }
            NewAdded::New { name, address } => {
                let (name, address) = (name.trim(), address.trim());
                if name.is_empty() || address.is_empty() {
                    return Err(VerificationError::AddedIncomplete);
                }
                Added { family_id: None, name: name.to_owned(), address: address.to_owned() }
            }
        };
        if named.contains(&added) {
            return Err(VerificationError::AddedTwice);
        }
        named.push(added);
    }
    Ok(named)
}

/// The added families take the place of those written down before.
async fn keep_added(change: &Change<'_>, deliberation: i64, village: i64, added: &[Added]) -> Result<()> {
    const COLUMNS: [(&str, Type); 5] = [
        ("deliberation_id", Type::Int),
        ("village", Type::Int),
        ("family_id", Type::Int),
        ("name", Type::Text),
        ("address", Type::Text),
    ];
    change
        .execute(Query::with(
            sql!("DELETE FROM deliberation_added WHERE deliberation_id = $1 AND {scope village}"),
            [deliberation.into()],
        ))
        .await?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for one in added {
        rows.push(vec![
            deliberation.into(),
            village.into(),
            one.family_id.into(),
            one.name.as_str().into(),
            one.address.as_str().into(),
        ]);
    }
    bulk::insert(change, "deliberation_added", &COLUMNS, rows).await?;
    Ok(())
}

const MINUTES: &str = "SELECT d.id, d.round_id, d.village, d.held_on, d.place, d.number, d.participants, d.families_before, d.families_removed, d.families_added, d.families_after, d.note, d.attachment_id, d.state, d.created_at FROM deliberation d WHERE {scope d.village}";

/// The minutes of a village in a round, within the actor's area.
pub async fn minutes_of(handle: &impl Handle, round: i64, village: i64) -> Result<Option<Minutes>> {
    let mut query = Query::new(sql!(MINUTES));
    query.push_with(sql!(" AND d.round_id = $$"), round).push_with(sql!(" AND d.village = $$"), village);
    Ok(handle.one(query).await?)
}

/// All minutes of a round within the actor's area, by village.
pub async fn minutes(handle: &impl Handle, round: i64) -> Result<Vec<Minutes>> {
    let mut query = Query::new(sql!(MINUTES));
    query.push_with(sql!(" AND d.round_id = $$ ORDER BY d.village"), round);
    Ok(handle.all(query).await?)
}

/// A family that the deliberation may take off, and whether it did.
#[derive(Clone, Debug, FromQueryResult)]
pub struct RemovalLine {
    pub id: i64,
    pub head_name: String,
    pub address: String,
    pub rt: Option<String>,
    pub outcome: String,
    pub removed_reason: Option<String>,
}

/// The families of a village found eligible: what is read out and may be taken off.
pub async fn eligible_of(handle: &impl Handle, round: i64, village: i64) -> Result<Vec<RemovalLine>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT a.id, f.head_name, f.address, f.rt, a.outcome, a.removed_reason FROM assignment a JOIN family f ON f.id = a.family_id
                 WHERE a.round_id = $1 AND a.village = $2 AND a.outcome IN ('LAYAK', 'PERBAIKAN') AND {scope a.village}
                 ORDER BY COALESCE(f.rw, ''), COALESCE(f.rt, ''), f.name_key, a.id"
            ),
            [round.into(), village.into()],
        ))
        .await?)
}

/// Writes down the minutes of a village, or corrects them while they are not final: which families it takes off and why,
/// and which it adds. It counts once the minutes are final.
pub async fn record_minutes(
    change: &Change<'_>,
    round_id: i64,
    village: AreaCode,
    new: &NewMinutes<'_>,
) -> Result<i64> {
    let round = round(change, round_id).await?.ok_or(VerificationError::NotFound)?;
    if !matches!(round.state, State::Open | State::Closed) {
        return Err(VerificationError::RoundNotOpen(round.state));
    }
    let village = village.number();
    let here = change
        .count(Query::with(
            sql!("SELECT COUNT(*) FROM round_village v WHERE v.round_id = $1 AND v.village = $2 AND {scope v.village}"),
            [round_id.into(), village.into()],
        ))
        .await?;
    if here == 0 {
        return Err(VerificationError::NotFound);
    }
    if minutes_of(change, round_id, village).await?.is_some_and(|minutes| minutes.is_final()) {
        return Err(VerificationError::MinutesFinal);
    }
    let (marked, added) = (new.marked.len() as i64, new.added.len() as i64);
    Numbers { before: new.before, removed: new.removed, added, after: new.after, marked }.check()?;
    let named = named(change, round_id, village, &new.added).await?;
    let eligible = eligible_of(change, round_id, village).await?;
    let reasons = domain::codes::list("p3ke.alasan_tidak_layak");
    for (assignment, reason) in &new.marked {
        if !eligible.iter().any(|line| line.id == *assignment) {
            return Err(VerificationError::NotEligible);
        }
        if reasons.code(reason).is_none() {
            return Err(VerificationError::NoReason);
        }
    }
    change
        .execute(Query::with(
            sql!(
                "UPDATE assignment SET removed_reason = NULL WHERE round_id = $1 AND village = $2 AND removed_reason IS NOT NULL AND {scope village}"
            ),
            [round_id.into(), village.into()],
        ))
        .await?;
    for reason in &reasons.codes {
        let ids: Vec<i64> = new.marked.iter().filter(|(_, code)| *code == reason.id).map(|(id, _)| *id).collect();
        if ids.is_empty() {
            continue;
        }
        let mut query = Query::with(
            sql!("UPDATE assignment SET removed_reason = $1 WHERE round_id = $2 AND {scope village} AND"),
            [reason.id.as_str().into(), round_id.into()],
        );
        query.push_in(sql!(" id"), ids);
        change.execute(query).await?;
    }
    let id = change
        .insert(Query::with(
            sql!(
                "INSERT INTO deliberation (round_id, village, held_on, place, number, participants, families_before, families_removed, families_added,
                                           families_after, note, state, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'recorded', $12, $13)
                 ON CONFLICT (round_id, village) DO UPDATE SET held_on = excluded.held_on, place = excluded.place, number = excluded.number,
                   participants = excluded.participants, families_before = excluded.families_before, families_removed = excluded.families_removed,
                   families_added = excluded.families_added, families_after = excluded.families_after, note = excluded.note
                 RETURNING id"
            ),
            [
                round_id.into(),
                village.into(),
                new.held_on.into(),
                new.place.into(),
                new.number.into(),
                new.participants.into(),
                new.before.into(),
                new.removed.into(),
                added.into(),
                new.after.into(),
                new.note.into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?;
    let entry = change
        .record(Entry {
            verb: "deliberation.recorded",
            subject: ("deliberation", id),
            area: Some(village),
            reason: None,
            data: json!({
                "round": round.name, "held_on": new.held_on, "before": new.before, "removed": new.removed,
                "added": added, "after": new.after,
            }),
        })
        .await?;
    keep_added(change, id, village, &named).await?;
    tell_removed(change, entry, &new.marked).await?;
    tell_added(change, entry, &named).await?;
    Ok(id)
}

/// Links the entry to the families taken off.
async fn tell_removed(change: &Change<'_>, entry: i64, marked: &[(i64, String)]) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Pair {
        id: i64,
        family_id: i64,
    }
    const COLUMNS: [(&str, Type); 3] = [("journal_id", Type::Int), ("family_id", Type::Int), ("detail", Type::Text)];
    let mut query = Query::new(sql!("SELECT a.id, a.family_id FROM assignment a WHERE {scope a.village} AND"));
    query.push_in(sql!(" a.id"), marked.iter().map(|(id, _)| *id)).push(sql!(" ORDER BY a.id"));
    let pairs: Vec<Pair> = change.all(query).await?;
    let rows: Vec<Vec<Cell>> = pairs
        .into_iter()
        .map(|pair| {
            let reason = marked.iter().find(|(id, _)| *id == pair.id).map(|(_, reason)| reason.as_str());
            vec![
                entry.into(),
                pair.family_id.into(),
                json!({"kind": "removed", "removed_reason": reason}).to_string().into(),
            ]
        })
        .collect();
    bulk::insert(change, "journal_family", &COLUMNS, rows).await?;
    Ok(())
}

/// Links the entry to the families added that the registry knows.
async fn tell_added(change: &Change<'_>, entry: i64, added: &[Added]) -> Result<()> {
    const COLUMNS: [(&str, Type); 3] = [("journal_id", Type::Int), ("family_id", Type::Int), ("detail", Type::Text)];
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for one in added {
        if let Some(family) = one.family_id {
            rows.push(vec![entry.into(), family.into(), json!({"kind": "added"}).to_string().into()]);
        }
    }
    bulk::insert(change, "journal_family", &COLUMNS, rows).await?;
    Ok(())
}

/// Attaches the signed scan.
pub async fn attach_scan(change: &Change<'_>, minutes: &Minutes, attachment: i64) -> Result<()> {
    if minutes.is_final() {
        return Err(VerificationError::MinutesFinal);
    }
    change
        .execute(Query::with(
            sql!("UPDATE deliberation SET attachment_id = $1 WHERE id = $2"),
            [attachment.into(), minutes.id.into()],
        ))
        .await?;
    told(change, minutes, "deliberation.scanned", None).await
}

/// Locks the minutes: they are complete, with the signed scan.
pub async fn finalise_minutes(change: &Change<'_>, minutes: &Minutes) -> Result<()> {
    if minutes.is_final() {
        return Err(VerificationError::MinutesFinal);
    }
    if minutes.attachment_id.is_none() {
        return Err(VerificationError::NoScan);
    }
    become_state(change, minutes, MinutesState::Final).await?;
    told(change, minutes, "deliberation.finalised", None).await
}

/// Takes final minutes up again for a correction.
pub async fn reopen_minutes(change: &Change<'_>, minutes: &Minutes, reason: &str) -> Result<()> {
    let reason = Some(reason.trim()).filter(|reason| !reason.is_empty()).ok_or(VerificationError::NoReason)?;
    let signed = change
        .count(Query::with(
            sql!("SELECT COUNT(*) FROM determination WHERE round_id = $1 AND state = 'signed'"),
            [minutes.round_id.into()],
        ))
        .await?;
    if signed > 0 {
        return Err(VerificationError::DecreeRestsOnIt);
    }
    become_state(change, minutes, MinutesState::Recorded).await?;
    told(change, minutes, "deliberation.reopened", Some(reason)).await
}

async fn become_state(change: &Change<'_>, minutes: &Minutes, state: MinutesState) -> Result<()> {
    change
        .execute(Query::with(
            sql!("UPDATE deliberation SET state = $1 WHERE id = $2"),
            [state.as_str().into(), minutes.id.into()],
        ))
        .await?;
    Ok(())
}

async fn told(change: &Change<'_>, minutes: &Minutes, verb: &str, reason: Option<&str>) -> Result<()> {
    change
        .record(Entry {
            verb,
            subject: ("deliberation", minutes.id),
            area: Some(minutes.village),
            reason,
            data: json!({"round_id": minutes.round_id, "held_on": minutes.held_on}),
        })
        .await?;
    Ok(())
}
