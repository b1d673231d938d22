//! What the papers of an event and of a programme hold: recipients with their numbers, the decrees they rest on, how each
//! delivery came out, families along the chain by village. Only reads, each one query for the whole paper.

use domain::{
    AreaCode, Rupiah,
    delivery::{Equation, LineState, Origin, Share},
};
use sea_orm::FromQueryResult;

use crate::{
    connect::Result,
    programmes::{group, word},
    query::{Handle, Query},
    sql,
    verification::done,
};

/// Whose lines a paper holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Everybody to be paid: a replacement stands for whom it replaces.
    Payable,
    /// Those who have not come yet.
    Waiting,
    /// Those who received.
    Served,
}

/// A family as the papers of an event name it; NIK and KK as the decree froze them, else as on record.
#[derive(Clone, Debug)]
pub struct Recipient {
    pub number: i64,
    /// Opaque, for the QR code.
    pub token: String,
    pub name: String,
    pub nik: String,
    pub kk: String,
    /// With RT and RW.
    pub address: String,
    pub village: i64,
    pub amount: Rupiah,
    pub origin: Origin,
    pub state: LineState,
    /// Who received in the head's place, and how related.
    pub proxy: Option<(String, String)>,
    pub served_at: Option<String>,
    /// Signed or thumbed on the device, so that the paper need not be.
    pub signed_on_device: bool,
}

#[derive(FromQueryResult)]
struct RecipientRow {
    number: i64,
    token: String,
    name: String,
    nik: String,
    kk: String,
    address: String,
    village: i64,
    amount: i64,
    origin: String,
    state: String,
    recipient: Option<String>,
    relation: Option<String>,
    served_at: Option<String>,
    proof: String,
}

fn within(query: &mut Query, area: Option<AreaCode>) {
    if let Some(area) = area {
        let range = area.range();
        query.push_with(sql!(" AND l.village >= $$"), *range.start());
        query.push_with(sql!(" AND l.village <= $$"), *range.end());
    }
}

fn of(query: &mut Query, lines: Lines) {
    query.push(match lines {
        Lines::Payable => sql!(" AND l.state <> 'reassigned'"),
        Lines::Waiting => sql!(
            " AND l.state = 'planned' AND EXISTS (SELECT 1 FROM family w WHERE w.id = l.family_id AND w.state = 'active' AND {checked by the line})"
        ),
        Lines::Served => sql!(" AND l.state IN ('received', 'proxy')"),
    });
}

/// The recipients of an event by number within the actor's scope, at most `limit`.
pub async fn recipients(
    handle: &impl Handle,
    event: i64,
    lines: Lines,
    area: Option<AreaCode>,
    limit: i64,
) -> Result<Vec<Recipient>> {
    let mut query = Query::with(
        sql!(
            "SELECT l.number, l.token, l.head_name AS name, COALESCE(dl.nik, p.nik, '') AS nik, COALESCE(dl.kk, f.kk, '') AS kk, l.address, l.village, l.amount,
               l.origin, l.state, l.recipient, l.relation, l.served_at, l.proof
             FROM event_line l JOIN family f ON f.id = l.family_id JOIN enrolment e ON e.id = l.enrolment_id
             LEFT JOIN determination_line dl ON dl.id = e.determination_line_id LEFT JOIN person p ON p.id = f.head_person_id
             WHERE l.event_id = $1 AND {scope l.village}"
        ),
        [event.into()],
    );
    of(&mut query, lines);
    within(&mut query, area);
    query.push_with(sql!(" ORDER BY l.number LIMIT $$"), limit);
    let rows: Vec<RecipientRow> = handle.all(query).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Recipient {
                origin: word(Origin::from_word(&row.origin), "line origin", &row.origin)?,
                state: word(LineState::from_word(&row.state), "line state", &row.state)?,
                number: row.number,
                token: row.token,
                name: row.name,
                nik: row.nik,
                kk: row.kk,
                address: row.address,
                village: row.village,
                amount: Rupiah(row.amount),
                proxy: row.recipient.map(|name| (name, row.relation.unwrap_or_default())),
                served_at: row.served_at,
                signed_on_device: row.proof.split(' ').any(|proof| matches!(proof, "signature" | "thumb")),
            })
        })
        .collect()
}

/// How many lines a paper of an event would hold.
pub async fn recipients_count(handle: &impl Handle, event: i64, lines: Lines, area: Option<AreaCode>) -> Result<i64> {
    let mut query = Query::with(
        sql!("SELECT COUNT(*) FROM event_line l WHERE l.event_id = $1 AND {scope l.village}"),
        [event.into()],
    );
    of(&mut query, lines);
    within(&mut query, area);
    handle.count(query).await
}

/// A decree that families of an event were enrolled from.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Basis {
    pub number: String,
    pub decided_on: String,
    pub title: String,
    pub signer_position: String,
}

/// The decrees an event rests on, oldest first.
pub async fn decrees(handle: &impl Handle, event: i64) -> Result<Vec<Basis>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT d.number, d.decided_on, d.title, d.signer_position FROM decree d WHERE d.id IN (
                   SELECT e.decree_id FROM event_line l JOIN enrolment e ON e.id = l.enrolment_id WHERE l.event_id = $1 AND {scope l.village})
                 ORDER BY d.decided_on, d.id"
            ),
            [event.into()],
        ))
        .await
}

/// How one delivery of a programme came out.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub name: String,
    pub starts_at: String,
    pub equation: Equation,
    /// What was written when it was closed.
    pub note: String,
}

#[derive(FromQueryResult)]
struct GroupRow {
    event_id: i64,
    state: String,
    origin: String,
    settlement: String,
    families: i64,
    amount: i64,
}

#[derive(FromQueryResult)]
struct DeliveryRow {
    id: i64,
    name: String,
    starts_at: String,
    planned_families: i64,
    planned_amount: i64,
    note: String,
}

/// The deliveries of a programme that were not cancelled, oldest first, against the plan as it was set up: for who sees
/// the whole district.
pub async fn deliveries(handle: &impl Handle, programme: i64) -> Result<Vec<Delivery>> {
    let events: Vec<DeliveryRow> = handle
        .all(Query::with(
            sql!(
                "SELECT ev.id, ev.name, ev.starts_at, ev.planned_families, ev.planned_amount, COALESCE(ev.close_note, '') AS note
                 FROM event ev WHERE ev.programme_id = $1 AND ev.state <> 'cancelled' ORDER BY ev.starts_at, ev.id"
            ),
            [programme.into()],
        ))
        .await?;
    let groups: Vec<GroupRow> = handle
        .all(Query::with(
            sql!(
                "SELECT l.event_id, l.state, l.origin,
                   CASE WHEN l.state NOT IN ('absent', 'failed') THEN 'open' WHEN l.to_line_id IS NOT NULL THEN 'rescheduled'
                        WHEN l.return_id IS NOT NULL THEN 'returned' ELSE 'open' END AS settlement,
                   COUNT(*) AS families, CAST(SUM(l.amount) AS BIGINT) AS amount
                 FROM event_line l JOIN event ev ON ev.id = l.event_id WHERE ev.programme_id = $1 AND {scope l.village}
                 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
            ),
            [programme.into()],
        ))
        .await?;
    events
        .into_iter()
        .map(|event| {
            let own = groups.iter().filter(|row| row.event_id == event.id);
            let own = own
                .map(|row| group(&row.state, &row.origin, &row.settlement, Share::new(row.families, row.amount)))
                .collect::<Result<Vec<_>>>()?;
            Ok(Delivery {
                equation: Equation::of(Share::new(event.planned_families, event.planned_amount), own),
                name: event.name,
                starts_at: event.starts_at,
                note: event.note,
            })
        })
        .collect()
}

/// Money or goods of a programme given back.
#[derive(Clone, Debug, FromQueryResult)]
pub struct GivenBack {
    pub number: String,
    pub returned_on: String,
    pub amount: i64,
    pub lines: i64,
    pub event: String,
}

/// What was given back from a programme, oldest first.
pub async fn given_back(handle: &impl Handle, programme: i64) -> Result<Vec<GivenBack>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT r.number, r.returned_on, r.amount, r.lines, ev.name AS event FROM treasury_return r JOIN event ev ON ev.id = r.event_id
                 WHERE ev.programme_id = $1 ORDER BY r.returned_on, r.id"
            ),
            [programme.into()],
        ))
        .await
}

/// Families of a village at each step of the chain that led to a programme.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Chain {
    pub village: i64,
    /// In the verification rounds its decrees rest on.
    pub candidate: i64,
    pub verified: i64,
    pub eligible: i64,
    /// Selected by its decrees.
    pub determined: i64,
    /// Selected, and has received from it.
    pub served: i64,
    /// Received from it in the place of another family, without being selected.
    pub replacements: i64,
}

/// The chain of a programme by village, by code, within the actor's scope.
pub async fn chain(handle: &impl Handle, programme: i64, area: Option<AreaCode>) -> Result<Vec<Chain>> {
    let mut query = Query::with(
        sql!(
            concat!("SELECT l.village,
               COUNT(DISTINCT CASE WHEN l.step = 'candidate' THEN l.family_id END) AS candidate,
               COUNT(DISTINCT CASE WHEN l.step = 'candidate' AND l.verified = 1 THEN l.family_id END) AS verified,
               COUNT(DISTINCT CASE WHEN l.step = 'candidate' AND l.eligible = 1 THEN l.family_id END) AS eligible,
               COUNT(DISTINCT CASE WHEN l.step = 'determined' THEN l.family_id END) AS determined,
               COUNT(DISTINCT CASE WHEN l.step = 'determined' AND EXISTS (
                   SELECT 1 FROM event_line v JOIN event ev ON ev.id = v.event_id
                   WHERE v.family_id = l.family_id AND ev.programme_id = $1 AND v.state IN ('received', 'proxy') AND {checked l is within the scope})
                 THEN l.family_id END) AS served,
               COUNT(DISTINCT CASE WHEN l.step = 'served' AND NOT EXISTS (
                   SELECT 1 FROM determination_line x JOIN decree d ON d.determination_id = x.determination_id JOIN enrolment e ON e.decree_id = d.id
                   WHERE x.family_id = l.family_id AND x.state = 'selected' AND e.programme_id = $1 AND {checked l is within the scope})
                 THEN l.family_id END) AS replacements
             FROM (
               SELECT a.village, a.family_id, 'candidate' AS step, CASE WHEN ", done!(), " THEN 1 ELSE 0 END AS verified,
                 CASE WHEN a.outcome IN ('LAYAK', 'PERBAIKAN') AND (a.removed_reason IS NULL OR NOT EXISTS (
                   SELECT 1 FROM deliberation b WHERE b.round_id = a.round_id AND b.village = a.village AND b.state = 'final')) THEN 1 ELSE 0 END AS eligible
               FROM assignment a WHERE {scope a.village} AND a.round_id IN (
                 SELECT t.round_id FROM determination t JOIN decree d ON d.determination_id = t.id JOIN enrolment e ON e.decree_id = d.id WHERE e.programme_id = $1)
               UNION ALL
               SELECT dl.village, dl.family_id, 'determined', 0, 0 FROM determination_line dl
               WHERE {scope dl.village} AND dl.state = 'selected' AND dl.determination_id IN (
                 SELECT d.determination_id FROM decree d JOIN enrolment e ON e.decree_id = d.id WHERE e.programme_id = $1)
               UNION ALL
               SELECT v.village, v.family_id, 'served', 0, 0 FROM event_line v JOIN event ev ON ev.id = v.event_id
               WHERE {scope v.village} AND ev.programme_id = $1 AND v.state IN ('received', 'proxy')
             ) AS l WHERE 1 = 1")
        ),
        [programme.into()],
    );
    within(&mut query, area);
    query.push(sql!(" GROUP BY l.village ORDER BY l.village"));
    handle.all(query).await
}
