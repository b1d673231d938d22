//! Marking a line: received, by proxy, absent, failed, reassigned; and taking a mark back.

use chrono::NaiveDate;
use domain::{
    address::Address,
    calendar::age,
    delivery::{LineState, Mark, Proof, Proxy, ProxyMember, Settlement, check_mark, check_undo},
    name::name_key,
};
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{
    Outcome, Refused, first_time, hold_open,
    plan::take_out,
    read::{self, Event, Line},
};
use crate::{
    attachments::{self, NewAttachment},
    connect::{Change, Result},
    journal::Entry,
    programmes,
    query::{Handle, Query},
    registry::members_now,
    sql,
};

/// A picture of the handover, stored on disk already.
#[derive(Clone, Debug)]
pub struct ProofFile {
    pub proof: Proof,
    pub sha256: String,
    pub media_type: String,
    pub size: i64,
}

/// A mark as it comes from a phone.
#[derive(Clone, Debug)]
pub struct HandOver {
    pub mark: Mark,
    pub files: Vec<ProofFile>,
    /// Latitude and longitude, when the officer shared the position.
    pub position: Option<(f64, f64)>,
    pub command: String,
}

/// What became of a mark.
#[derive(Clone, Debug)]
pub enum Marked {
    Done(Line),
    /// The same command came before; nothing was done again.
    Repeated(Line),
    /// Somebody marked the line before; it is as they left it.
    Already(Line),
}

impl Marked {
    pub fn line(&self) -> &Line {
        match self {
            Self::Done(line) | Self::Repeated(line) | Self::Already(line) => line,
        }
    }
}

/// Marks a waiting line of an open event.
pub async fn mark(change: &Change<'_>, token: &str, hand_over: &HandOver) -> Outcome<Marked> {
    let line = read::line(change, token).await?.ok_or(Refused::NotFound)?;
    let mark = &hand_over.mark;
    let state = mark.state();
    if !first_time(change, &hand_over.command, line.event_id, line.id, state.as_str()).await? {
        return Ok(Marked::Repeated(line));
    }
    let event = hold_open(change, line.event_id).await?;
    // read again behind the event's row: another officer may have been before us
    let line = read::line(change, token).await?.ok_or(Refused::NotFound)?;
    if line.state != LineState::Planned {
        return Ok(Marked::Already(line));
    }
    let proxy = proxy(change, mark).await?;
    check_mark(mark, line.family_id, proxy.as_ref().and_then(|p| p.member.as_ref()))?;
    let (reason, note) = match mark {
        Mark::Failed { reason, note } => (Some(reason.as_str()), Some(note.trim()).filter(|n| !n.is_empty())),
        _ => (None, None),
    };
    let proofs: Vec<&str> = mark.proofs().iter().map(|proof| proof.as_str()).collect();
    let marked = change
        .execute(Query::with(
            sql!(
                "UPDATE event_line SET state = $1, reason = $2, note = $3, recipient = $4, relation = $5, proof = $6, served_at = $7, served_by = $8, lat = $9, lon = $10
                 WHERE id = $11 AND state = 'planned' AND {scope village}"
            ),
            [
                state.as_str().into(),
                reason.into(),
                note.into(),
                proxy.as_ref().map(|p| p.name.clone()).into(),
                proxy.as_ref().map(|p| p.relation.clone()).into(),
                proofs.join(" ").into(),
                change.at().into(),
                change.actor().user.into(),
                hand_over.position.map(|p| p.0).into(),
                hand_over.position.map(|p| p.1).into(),
                line.id.into(),
            ],
        ))
        .await?;
    let after = read::line(change, token).await?.ok_or(Refused::NotFound)?;
    if marked == 0 {
        return Ok(Marked::Already(after));
    }
    if state.is_paid() {
        keep_proofs(change, &line, &hand_over.files).await?;
        enrolment_received(change, line.enrolment_id).await?;
    }
    record(change, &event, &line, &format!("delivery.{}", state.as_str()), note, json!({
        "event": event.name, "programme": event.programme, "stage": event.stage, "amount": line.amount, "state": state.as_str(), "reason": reason,
        "relation": proxy.as_ref().map(|p| p.relation.as_str()),
    }))
    .await?;
    Ok(Marked::Done(after))
}

async fn keep_proofs(change: &Change<'_>, line: &Line, files: &[ProofFile]) -> Result<()> {
    for file in files {
        let kind = match file.proof {
            Proof::Photo => "handover_photo",
            Proof::Signature => "handover_signature",
            Proof::Thumb => "handover_thumb",
            Proof::Paper => "handover_paper",
        };
        // the name says the line's number, never the person's
        let name = format!("{kind}-{}", line.number);
        attachments::add(
            change,
            &NewAttachment {
                sha256: &file.sha256,
                name: &name,
                media_type: &file.media_type,
                size: file.size,
                kind,
                subject: ("event_line", line.id),
                area: Some(line.village),
            },
        )
        .await?;
    }
    Ok(())
}

async fn record(
    change: &Change<'_>,
    event: &Event,
    line: &Line,
    verb: &str,
    reason: Option<&str>,
    data: serde_json::Value,
) -> Result<()> {
    let entry = Entry { verb, subject: ("event", event.id), area: Some(line.village), reason, data };
    change.record_for_family(line.family_id, entry).await?;
    Ok(())
}

async fn enrolment_received(change: &Change<'_>, enrolment: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE enrolment SET state = 'active' WHERE id = $1 AND state = 'enrolled' AND {checked by the line}"
            ),
            [enrolment.into()],
        ))
        .await?;
    Ok(())
}

/// Who receives for the family: known to the registry, or by power of attorney.
struct KnownProxy {
    member: Option<ProxyMember>,
    name: String,
    relation: String,
}

#[derive(FromQueryResult)]
struct PersonRow {
    family_id: Option<i64>,
    name: String,
    relation: Option<String>,
    birth_date: Option<String>,
    state: String,
}

async fn proxy(change: &Change<'_>, mark: &Mark) -> Result<Option<KnownProxy>> {
    let Mark::Proxy { proxy, .. } = mark else { return Ok(None) };
    let person = match proxy {
        Proxy::Attorney { name, letter } => {
            let (name, relation) = (name.trim().to_owned(), letter.trim().to_owned());
            return Ok(Some(KnownProxy { member: None, name, relation }));
        }
        Proxy::Member { person } => *person,
    };
    let row: Option<PersonRow> = change
        .one(Query::with(
            sql!(
                "SELECT p.family_id, p.name, p.relation, p.birth_date, p.state FROM person p WHERE p.id = $1 AND {scope p.village}"
            ),
            [person.into()],
        ))
        .await?;
    let today: Option<NaiveDate> = change.today().parse().ok();
    Ok(Some(row.map_or_else(
        || KnownProxy { member: None, name: String::new(), relation: String::new() },
        |row| {
            let born: Option<NaiveDate> = row.birth_date.as_deref().and_then(|date| date.parse().ok());
            KnownProxy {
                member: Some(ProxyMember {
                    person,
                    family: row.family_id.unwrap_or(0),
                    age: born.zip(today).and_then(|(born, today)| age(born, today)),
                    alive: row.state == "alive",
                }),
                name: row.name,
                relation: row.relation.unwrap_or_default(),
            }
        },
    )))
}

/// Who takes the place of a family by minutes.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// The family that gets it instead.
    pub family: i64,
    /// Number of the minutes that decided so.
    pub minutes: String,
    /// Why, in words.
    pub reason: String,
    pub command: String,
}

#[derive(FromQueryResult)]
struct FamilyRow {
    id: i64,
    village: i64,
    head_name: String,
    address: String,
    rt: Option<String>,
    rw: Option<String>,
    block: String,
    state: String,
}

/// Passes a waiting line, and the family's place in the programme, on to another family. The other family gets a line of
/// its own in this event, which is then served like any other; its token.
pub async fn reassign(
    change: &Change<'_>,
    token: &str,
    replacement: &Replacement,
    mut new_token: impl FnMut() -> String,
) -> Outcome<Marked> {
    let line = read::line(change, token).await?.ok_or(Refused::NotFound)?;
    if !first_time(change, &replacement.command, line.event_id, line.id, "reassigned").await? {
        return Ok(Marked::Repeated(line));
    }
    let event = hold_open(change, line.event_id).await?;
    let line = read::line(change, token).await?.ok_or(Refused::NotFound)?;
    if line.state != LineState::Planned {
        return Ok(Marked::Already(line));
    }
    let (minutes, reason) = (replacement.minutes.trim(), replacement.reason.trim());
    if minutes.is_empty() {
        return Err(Refused::MinutesMissing);
    }
    if reason.is_empty() {
        return Err(Refused::ReasonMissing);
    }
    if line.origin == domain::delivery::Origin::Replacement {
        return Err(Refused::ReplacementReplaced);
    }
    let family = replacement_family(change, event.programme_id, replacement.family).await?;
    let enrolment = give_place(change, &event, &line, &family, replacement).await?;
    let number = 1 + change
        .count(Query::with(
            sql!(
                "SELECT MAX(l.number) FROM event_line l WHERE l.event_id = $1 AND {whole_district numbers are one row}"
            ),
            [event.id.into()],
        ))
        .await?;
    let to = change
        .insert(Query::with(
            sql!(
                "INSERT INTO event_line (event_id, enrolment_id, family_id, village, number, token, head_name, name_key, address, amount, origin, state, from_line_id)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'replacement', 'planned', $11) RETURNING id -- {checked the family is within the scope}"
            ),
            [
                event.id.into(),
                enrolment.into(),
                family.id.into(),
                family.village.into(),
                number.into(),
                new_token().into(),
                family.head_name.as_str().into(),
                name_key(&family.head_name).into(),
                Address::of(&family.address, family.rt.as_deref(), family.rw.as_deref()).to_string().into(),
                line.amount.0.into(),
                line.id.into(),
            ],
        ))
        .await?;
    let marked = change
        .execute(Query::with(
            sql!(
                "UPDATE event_line SET state = 'reassigned', minutes = $1, note = $2, to_line_id = $3, served_at = $4, served_by = $5
                 WHERE id = $6 AND state = 'planned' AND {scope village}"
            ),
            [minutes.into(), reason.into(), to.into(), change.at().into(), change.actor().user.into(), line.id.into()],
        ))
        .await?;
    if marked == 0 {
        return Err(Refused::Changed);
    }
    // the family that gave up its place is taken out of later events that have not opened
    take_out(change, line.enrolment_id).await.map_err(|refused| match refused {
        programmes::Refused::WaitingAtEvent(event) => Refused::WaitingAtEvent(event),
        programmes::Refused::Store(error) => Refused::Store(error),
        _ => Refused::Changed,
    })?;
    let data = json!({"event": event.name, "programme": event.programme, "stage": event.stage, "amount": line.amount, "state": "reassigned", "minutes": minutes});
    record(change, &event, &line, "delivery.reassigned", Some(reason), data.clone()).await?;
    let got = Line { family_id: family.id, village: family.village, ..line };
    record(change, &event, &got, "delivery.replaces", Some(reason), data).await?;
    let after = read::line(change, token).await?.ok_or(Refused::NotFound)?;
    Ok(Marked::Done(after))
}

async fn replacement_family(change: &Change<'_>, programme: i64, family: i64) -> Outcome<FamilyRow> {
    let row: Option<FamilyRow> = change
        .one(Query::with(
            sql!(
                "SELECT f.id, f.village, f.head_name, f.address, f.rt, f.rw, f.block, f.state FROM family f WHERE f.id = $1 AND {scope f.village}"
            ),
            [family.into()],
        ))
        .await?;
    let family = row.ok_or(Refused::NotFound)?;
    let been = change
        .count(Query::with(
            sql!(
                "SELECT COUNT(*) FROM enrolment e WHERE e.programme_id = $1 AND e.family_id = $2 AND {checked the family is within the scope}"
            ),
            [programme.into(), family.id.into()],
        ))
        .await?;
    if been > 0 {
        return Err(Refused::ReplacementEnrolled);
    }
    if family.state != "active" {
        return Err(Refused::ReplacementBlocked(family.state));
    }
    if !family.block.is_empty() {
        return Err(Refused::ReplacementBlocked(family.block));
    }
    Ok(family)
}

/// The replaced family leaves; the other one takes its place, through an enrolment run of its own (with warnings).
async fn give_place(
    change: &Change<'_>,
    event: &Event,
    line: &Line,
    family: &FamilyRow,
    replacement: &Replacement,
) -> Outcome<i64> {
    #[derive(FromQueryResult)]
    struct Place {
        decree_id: Option<i64>,
        place_id: Option<i64>,
    }
    let place: Place = change
        .one(Query::with(
            sql!("SELECT e.decree_id, e.place_id FROM enrolment e WHERE e.id = $1 AND {checked by the line}"),
            [line.enrolment_id.into()],
        ))
        .await?
        .ok_or(Refused::NotFound)?;
    let left = change
        .execute(Query::with(
            sql!(
                "UPDATE enrolment SET state = 'left', reason = $1, until = $2
                 WHERE id = $3 AND state IN ('enrolled', 'active') AND {checked by the line}"
            ),
            [replacement.minutes.trim().into(), change.today().into(), line.enrolment_id.into()],
        ))
        .await?;
    if left == 0 {
        return Err(Refused::Changed);
    }
    let run = change
        .insert(Query::with(
            sql!(
                "INSERT INTO enrolment_run (programme_id, decree_id, command_id, families, warned, left_out, reason, created_by, created_at)
                 VALUES ($1, NULL, $2, 1, 0, 0, $3, $4, $5) RETURNING id"
            ),
            [
                event.programme_id.into(),
                replacement.command.as_str().into(),
                replacement.minutes.trim().into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?;
    let enrolment = change
        .insert(Query::with(
            sql!(
                "INSERT INTO enrolment (programme_id, family_id, village, decree_id, determination_line_id, run_id, place_id, state, reason, since)
                 SELECT $1, $2, $3, $4, (SELECT MAX(dl.id) FROM decree d JOIN determination_line dl ON dl.determination_id = d.determination_id WHERE d.id = $4 AND dl.family_id = $2),
                        $5, $6, 'enrolled', $7, $8 WHERE {checked the family is within the scope} RETURNING id"
            ),
            [
                event.programme_id.into(),
                family.id.into(),
                family.village.into(),
                place.decree_id.into(),
                run.into(),
                place.place_id.unwrap_or(line.enrolment_id).into(),
                replacement.minutes.trim().into(),
                change.today().into(),
            ],
        ))
        .await?;
    programmes::warn_run(change, event.programme_id, run).await?;
    Ok(enrolment)
}

/// A family that could take over a place.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ReplacementCandidate {
    pub family_id: i64,
    pub village: i64,
    pub head_name: String,
    pub address: String,
    pub members: i64,
    pub desil: Option<i64>,
    /// What it was told when it was not chosen, if it was: referred, refused.
    pub answered: Option<String>,
    /// Rank in the determination, when it is on its reserve.
    pub rank: Option<i64>,
}

/// The newest answer family `f` was given.
macro_rules! answered {
    () => {
        "(SELECT a.kind FROM referral a WHERE a.family_id = f.id AND a.state <> 'declined' AND {checked by the family} ORDER BY a.id DESC LIMIT 1) AS answered"
    };
}

/// The reserves of the decree a line rests on, by rank, the line's own village first.
pub async fn candidates_for_replacement(handle: &impl Handle, line: &Line) -> Result<Vec<ReplacementCandidate>> {
    handle
        .all(Query::with(
            sql!(
                concat!("SELECT f.id AS family_id, f.village, f.head_name, f.address, ", members_now!(), ", f.desil, ", answered!(), ", r.rank
                 FROM enrolment e JOIN decree d ON d.id = e.decree_id
                   JOIN determination_line r ON r.determination_id = d.determination_id AND r.state = 'reserve'
                   JOIN family f ON f.id = r.family_id
                 WHERE e.id = $1 AND f.state = 'active' AND f.block = '' AND {scope f.village}
                   AND NOT EXISTS (SELECT 1 FROM enrolment x WHERE x.programme_id = e.programme_id AND x.family_id = f.id)
                 ORDER BY CASE WHEN f.village = $2 THEN 0 ELSE 1 END, r.rank, f.id LIMIT 20")
            ),
            [line.enrolment_id.into(), line.village.into()],
        ))
        .await
}

/// Families by name within the line's village that were never in its programme.
pub async fn find_family(handle: &impl Handle, line: &Line, name: &str) -> Result<Vec<ReplacementCandidate>> {
    let key = name_key(name);
    if key.is_empty() {
        return Ok(Vec::new());
    }
    handle
        .all(Query::with(
            sql!(
                concat!("SELECT f.id AS family_id, f.village, f.head_name, f.address, ", members_now!(), ", f.desil, ", answered!(), ", CAST(NULL AS BIGINT) AS rank
                 FROM family f WHERE f.village = $1 AND f.name_key LIKE $2 ESCAPE '\\' AND f.state = 'active' AND f.block = '' AND {scope f.village}
                   AND NOT EXISTS (SELECT 1 FROM enrolment x JOIN enrolment e ON e.programme_id = x.programme_id WHERE x.family_id = f.id AND e.id = $3)
                 ORDER BY f.name_key, f.id LIMIT 20")
            ),
            [line.village.into(), format!("%{}%", key.replace(['%', '_', '\\'], "")).into(), line.enrolment_id.into()],
        ))
        .await
}

/// Takes a mark back while the event is open: the line waits again.
pub async fn undo(change: &Change<'_>, token: &str, reason: &str, command: &str) -> Outcome<Marked> {
    let line = read::line(change, token).await?.ok_or(Refused::NotFound)?;
    if !first_time(change, command, line.event_id, line.id, "undone").await? {
        return Ok(Marked::Repeated(line));
    }
    let event = hold_open(change, line.event_id).await?;
    let line = read::line(change, token).await?.ok_or(Refused::NotFound)?;
    let replacement = match (line.state, line.to_line_id) {
        (LineState::Reassigned, Some(to)) => Some(replacement_line(change, to).await?),
        _ => None,
    };
    check_undo(line.state, line.settlement(), replacement.as_ref().map(|r| r.0), reason)?;
    let undone = change
        .execute(Query::with(
            sql!(
                "UPDATE event_line SET state = 'planned', reason = NULL, note = NULL, minutes = NULL, recipient = NULL, relation = NULL, proof = '',
                   to_line_id = NULL, served_at = NULL, served_by = NULL, lat = NULL, lon = NULL
                 WHERE id = $1 AND state = $2 AND return_id IS NULL AND {scope village}"
            ),
            [line.id.into(), line.state.as_str().into()],
        ))
        .await?;
    if undone == 0 {
        return Err(Refused::Changed);
    }
    if let Some((_, enrolment)) = replacement {
        take_place_back(change, &line, enrolment).await?;
    }
    // the pictures stay with the journal's story, no longer as proof of a handover
    change
        .execute(Query::with(
            sql!("UPDATE attachment SET subject_kind = 'event_line_undone' WHERE subject_kind = 'event_line' AND subject_id = $1"),
            [line.id.into()],
        ))
        .await?;
    settle_enrolment(change, line.enrolment_id).await?;
    let data = json!({"event": event.name, "programme": event.programme, "stage": event.stage, "was": line.state.as_str(), "amount": line.amount});
    record(change, &event, &line, "delivery.undone", Some(reason.trim()), data).await?;
    let after = read::line(change, token).await?.ok_or(Refused::NotFound)?;
    Ok(Marked::Done(after))
}

async fn replacement_line(change: &Change<'_>, id: i64) -> Outcome<(LineState, i64)> {
    #[derive(FromQueryResult)]
    struct Row {
        state: String,
        enrolment_id: i64,
    }
    let row: Row = change
        .one(Query::with(
            sql!("SELECT l.state, l.enrolment_id FROM event_line l WHERE l.id = $1 AND {checked by the line it came from}"),
            [id.into()],
        ))
        .await?
        .ok_or(Refused::NotFound)?;
    let state = LineState::from_word(&row.state)
        .ok_or_else(|| crate::Error::Stored(format!("line state {:?} is unknown", row.state)))?;
    Ok((state, row.enrolment_id))
}

/// The replacement's waiting line, enrolment and run go; the family that gave its place up has it again.
async fn take_place_back(change: &Change<'_>, line: &Line, enrolment: i64) -> Result<()> {
    let run = change
        .count(Query::with(
            sql!("SELECT e.run_id FROM enrolment e WHERE e.id = $1 AND {checked by the line it came from}"),
            [enrolment.into()],
        ))
        .await?;
    for statement in [
        sql!(
            "DELETE FROM event_line WHERE enrolment_id = $1 AND state = 'planned' AND {checked by the line it came from}"
        ),
        sql!("DELETE FROM enrolment_warning WHERE enrolment_id = $1"),
        sql!("DELETE FROM enrolment WHERE id = $1 AND {checked by the line it came from}"),
    ] {
        change.execute(Query::with(statement, [enrolment.into()])).await?;
    }
    change.execute(Query::with(sql!("DELETE FROM enrolment_run WHERE id = $1"), [run.into()])).await?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE enrolment SET state = 'enrolled', reason = NULL, until = NULL WHERE id = $1 AND state = 'left' AND {checked by the line}"
            ),
            [line.enrolment_id.into()],
        ))
        .await?;
    Ok(())
}

/// Active when paid at least once, else enrolled.
async fn settle_enrolment(change: &Change<'_>, enrolment: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE enrolment SET state = CASE WHEN EXISTS (SELECT 1 FROM event_line l WHERE l.enrolment_id = enrolment.id AND l.state IN ('received', 'proxy')) THEN 'active' ELSE 'enrolled' END
                 WHERE id = $1 AND state IN ('enrolled', 'active') AND {checked by the line}"
            ),
            [enrolment.into()],
        ))
        .await?;
    Ok(())
}

impl Line {
    /// What became of an absent or failed line.
    pub fn settlement(&self) -> Settlement {
        match (self.state.is_unpaid_end(), self.to_line_id, self.return_id) {
            (true, Some(_), _) => Settlement::Rescheduled,
            (true, None, Some(_)) => Settlement::Returned,
            _ => Settlement::Open,
        }
    }
}
