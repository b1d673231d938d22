//! What pages show of delivery: events, the equation, lines, the card behind a QR code.

use std::collections::BTreeMap;

use domain::{
    AreaCode, Rupiah,
    delivery::{Equation, EventState, Group, LineState, Origin, Settlement, Share},
    name::name_key,
    programmes::Aid,
};
use sea_orm::FromQueryResult;

use crate::{
    connect::{Error, Result},
    programmes::{group, word},
    query::{Handle, Query},
    sql,
};

/// An event with the names of what it belongs to.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: i64,
    pub programme_id: i64,
    pub programme: String,
    pub stage_id: i64,
    pub stage: String,
    pub aid: Aid,
    pub name: String,
    pub place: String,
    pub starts_at: String,
    /// The smallest area that holds its families.
    pub area: i64,
    /// Rupiah a family.
    pub unit_amount: Rupiah,
    /// As set up.
    pub planned: Share,
    pub state: EventState,
    pub instructions: String,
    pub witnesses: String,
    /// What was brought to the place: rupiah of cash, or parcels.
    pub brought: Option<i64>,
    pub opened_at: Option<String>,
    pub closed_at: Option<String>,
    pub closed_by: Option<String>,
    pub close_note: Option<String>,
}

impl Event {
    /// A share in what is counted at the place: rupiah of cash, or parcels.
    pub fn measure(&self, share: Share) -> i64 {
        match self.aid {
            Aid::Cash => share.amount.0,
            Aid::Goods => share.families,
        }
    }
}

#[derive(FromQueryResult)]
struct EventRow {
    id: i64,
    programme_id: i64,
    programme: String,
    stage_id: i64,
    stage: String,
    aid: String,
    name: String,
    place: String,
    starts_at: String,
    area: i64,
    unit_amount: i64,
    planned_families: i64,
    planned_amount: i64,
    state: String,
    instructions: String,
    witnesses: String,
    brought: Option<i64>,
    opened_at: Option<String>,
    closed_at: Option<String>,
    closed_by: Option<String>,
    close_note: Option<String>,
}

impl TryFrom<EventRow> for Event {
    type Error = Error;
    fn try_from(row: EventRow) -> Result<Self> {
        Ok(Self {
            aid: word(Aid::from_word(&row.aid), "aid", &row.aid)?,
            state: word(EventState::from_word(&row.state), "event state", &row.state)?,
            id: row.id,
            programme_id: row.programme_id,
            programme: row.programme,
            stage_id: row.stage_id,
            stage: row.stage,
            name: row.name,
            place: row.place,
            starts_at: row.starts_at,
            area: row.area,
            unit_amount: Rupiah(row.unit_amount),
            planned: Share::new(row.planned_families, row.planned_amount),
            instructions: row.instructions,
            witnesses: row.witnesses,
            brought: row.brought,
            opened_at: row.opened_at,
            closed_at: row.closed_at,
            closed_by: row.closed_by,
            close_note: row.close_note,
        })
    }
}

/// An event with families in the actor's area.
pub async fn event(handle: &impl Handle, id: i64) -> Result<Option<Event>> {
    let row: Option<EventRow> = handle
        .one(Query::with(
            sql!(
                "SELECT ev.id, ev.programme_id, p.name AS programme, ev.stage_id, s.name AS stage, p.aid, ev.name, ev.place, ev.starts_at, ev.area, ev.unit_amount,
                   ev.planned_families, ev.planned_amount, ev.state, ev.instructions, ev.witnesses, ev.brought, ev.opened_at, ev.closed_at, u.name AS closed_by, ev.close_note
                 FROM event ev JOIN programme p ON p.id = ev.programme_id JOIN programme_stage s ON s.id = ev.stage_id LEFT JOIN app_user u ON u.id = ev.closed_by
                 WHERE ev.id = $1 AND ({scope ev.area} OR EXISTS (SELECT 1 FROM event_line l WHERE l.event_id = ev.id AND {scope l.village}))"
            ),
            [id.into()],
        ))
        .await?;
    row.map(Event::try_from).transpose()
}

/// An event on the list of events; families and rupiah of the actor's area.
#[derive(Clone, Debug, FromQueryResult)]
pub struct EventSummary {
    pub id: i64,
    pub programme_id: i64,
    pub programme: String,
    pub stage: String,
    pub aid: String,
    pub name: String,
    pub place: String,
    pub starts_at: String,
    pub area: i64,
    pub state: String,
    pub families: i64,
    pub amount: i64,
    pub paid: i64,
    pub paid_amount: i64,
    pub waiting: i64,
    pub unsettled: i64,
    pub unsettled_amount: i64,
}

/// Events with families in the actor's area: those open first, then those planned, then the newest.
pub async fn events(handle: &impl Handle, programme: Option<i64>) -> Result<Vec<EventSummary>> {
    let mut query = Query::new(sql!(
        "SELECT ev.id, ev.programme_id, p.name AS programme, s.name AS stage, p.aid, ev.name, ev.place, ev.starts_at, ev.area, ev.state,
           COALESCE(t.families, 0) AS families, COALESCE(t.amount, 0) AS amount, COALESCE(t.paid, 0) AS paid, COALESCE(t.paid_amount, 0) AS paid_amount,
           COALESCE(t.waiting, 0) AS waiting, COALESCE(t.unsettled, 0) AS unsettled, COALESCE(t.unsettled_amount, 0) AS unsettled_amount
         FROM event ev JOIN programme p ON p.id = ev.programme_id JOIN programme_stage s ON s.id = ev.stage_id
         LEFT JOIN (SELECT l.event_id,
             CAST(SUM(CASE WHEN l.origin <> 'replacement' THEN 1 ELSE 0 END) AS BIGINT) AS families,
             CAST(SUM(CASE WHEN l.origin <> 'replacement' THEN l.amount ELSE 0 END) AS BIGINT) AS amount,
             CAST(SUM(CASE WHEN l.state IN ('received', 'proxy') THEN 1 ELSE 0 END) AS BIGINT) AS paid,
             CAST(SUM(CASE WHEN l.state IN ('received', 'proxy') THEN l.amount ELSE 0 END) AS BIGINT) AS paid_amount,
             CAST(SUM(CASE WHEN l.state = 'planned' THEN 1 ELSE 0 END) AS BIGINT) AS waiting,
             CAST(SUM(CASE WHEN l.state IN ('absent', 'failed') AND l.to_line_id IS NULL AND l.return_id IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS unsettled,
             CAST(SUM(CASE WHEN l.state IN ('absent', 'failed') AND l.to_line_id IS NULL AND l.return_id IS NULL THEN l.amount ELSE 0 END) AS BIGINT) AS unsettled_amount
           FROM event_line l WHERE {scope l.village} GROUP BY l.event_id) t ON t.event_id = ev.id
         WHERE (t.event_id IS NOT NULL OR {scope ev.area})"
    ));
    if let Some(programme) = programme {
        query.push_with(sql!(" AND ev.programme_id = $$"), programme);
    }
    query.push(sql!(
        " ORDER BY CASE ev.state WHEN 'open' THEN 0 WHEN 'planned' THEN 1 WHEN 'closed' THEN 2 ELSE 3 END,
          CASE WHEN ev.state = 'planned' THEN ev.starts_at END, ev.starts_at DESC, ev.id DESC"
    ));
    handle.all(query).await
}

#[derive(FromQueryResult)]
struct GroupRow {
    village: i64,
    state: String,
    origin: String,
    settlement: String,
    families: i64,
    amount: i64,
}

async fn groups(handle: &impl Handle, event: i64, by_village: bool) -> Result<Vec<(i64, Group)>> {
    let rows: Vec<GroupRow> = handle
        .all(Query::with(
            sql!(
                "SELECT CASE WHEN $2 THEN l.village ELSE 0 END AS village, l.state, l.origin,
                   CASE WHEN l.state NOT IN ('absent', 'failed') THEN 'open' WHEN l.to_line_id IS NOT NULL THEN 'rescheduled'
                        WHEN l.return_id IS NOT NULL THEN 'returned' ELSE 'open' END AS settlement,
                   COUNT(*) AS families, CAST(SUM(l.amount) AS BIGINT) AS amount
                 FROM event_line l WHERE l.event_id = $1 AND {scope l.village} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
            ),
            [event.into(), by_village.into()],
        ))
        .await?;
    rows.into_iter()
        .map(|row| {
            let share = Share::new(row.families, row.amount);
            Ok((row.village, group(&row.state, &row.origin, &row.settlement, share)?))
        })
        .collect()
}

/// The part of the lines that was planned from the start.
fn planned(groups: &[(i64, Group)]) -> Share {
    let planned = groups.iter().filter(|(_, group)| group.origin != Origin::Replacement);
    planned.fold(Share::default(), |sum, (_, group)| sum + group.share)
}

/// The equation of an event, from its lines, in one query. Whoever sees the whole district compares with the plan as it
/// was set up; whoever sees a part, that part's lines among themselves.
pub async fn equation(handle: &impl Handle, event: &Event) -> Result<Equation> {
    let groups = groups(handle, event.id, false).await?;
    let plan = if handle.actor().scope.is_everything() { event.planned } else { planned(&groups) };
    Ok(Equation::of(plan, groups.into_iter().map(|(_, group)| group)))
}

/// One village of an event.
#[derive(Clone, Debug)]
pub struct AreaShare {
    pub village: AreaCode,
    pub equation: Equation,
}

/// The equation of each village of an event, by code.
pub async fn areas(handle: &impl Handle, event: i64) -> Result<Vec<AreaShare>> {
    let mut villages: Vec<(i64, Vec<(i64, Group)>)> = Vec::new();
    for (village, group) in groups(handle, event, true).await? {
        match villages.last_mut() {
            Some((code, groups)) if *code == village => groups.push((village, group)),
            _ => villages.push((village, vec![(village, group)])),
        }
    }
    villages
        .into_iter()
        .map(|(code, groups)| {
            let village =
                AreaCode::from_number(code).ok_or_else(|| Error::Stored(format!("area {code} is no code")))?;
            let equation = Equation::of(planned(&groups), groups.into_iter().map(|(_, group)| group));
            Ok(AreaShare { village, equation })
        })
        .collect()
}

/// Families paid in a village in ten minutes.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Pace {
    pub village: i64,
    /// `2026-11-21T02:3`: the stored time up to the tens of minutes.
    pub at: String,
    pub families: i64,
}

/// How quickly families were paid, by village and ten minutes.
pub async fn pace(handle: &impl Handle, event: i64) -> Result<Vec<Pace>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT l.village, SUBSTR(l.served_at, 1, 15) AS at, COUNT(*) AS families FROM event_line l
                 WHERE l.event_id = $1 AND l.state IN ('received', 'proxy') AND l.served_at IS NOT NULL AND {scope l.village}
                 GROUP BY 1, 2 ORDER BY 1, 2"
            ),
            [event.into()],
        ))
        .await
}

/// A line of an event.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: i64,
    pub event_id: i64,
    pub enrolment_id: i64,
    pub family_id: i64,
    pub village: i64,
    pub number: i64,
    pub token: String,
    pub head_name: String,
    pub address: String,
    pub amount: Rupiah,
    pub origin: Origin,
    pub state: LineState,
    /// Failed: the reason's word.
    pub reason: Option<String>,
    pub note: Option<String>,
    pub minutes: Option<String>,
    /// Who received in the head's place, and how related.
    pub recipient: Option<String>,
    pub relation: Option<String>,
    /// Words of [`domain::delivery::Proof`], joined by blanks.
    pub proof: String,
    pub to_line_id: Option<i64>,
    pub from_line_id: Option<i64>,
    pub return_id: Option<i64>,
    pub served_at: Option<String>,
    pub served_by: Option<String>,
}

#[derive(FromQueryResult)]
struct LineRow {
    id: i64,
    event_id: i64,
    enrolment_id: i64,
    family_id: i64,
    village: i64,
    number: i64,
    token: String,
    head_name: String,
    address: String,
    amount: i64,
    origin: String,
    state: String,
    reason: Option<String>,
    note: Option<String>,
    minutes: Option<String>,
    recipient: Option<String>,
    relation: Option<String>,
    proof: String,
    to_line_id: Option<i64>,
    from_line_id: Option<i64>,
    return_id: Option<i64>,
    served_at: Option<String>,
    served_by: Option<String>,
}

impl TryFrom<LineRow> for Line {
    type Error = Error;
    fn try_from(row: LineRow) -> Result<Self> {
        Ok(Self {
            origin: word(Origin::from_word(&row.origin), "line origin", &row.origin)?,
            state: word(LineState::from_word(&row.state), "line state", &row.state)?,
            id: row.id,
            event_id: row.event_id,
            enrolment_id: row.enrolment_id,
            family_id: row.family_id,
            village: row.village,
            number: row.number,
            token: row.token,
            head_name: row.head_name,
            address: row.address,
            amount: Rupiah(row.amount),
            reason: row.reason,
            note: row.note,
            minutes: row.minutes,
            recipient: row.recipient,
            relation: row.relation,
            proof: row.proof,
            to_line_id: row.to_line_id,
            from_line_id: row.from_line_id,
            return_id: row.return_id,
            served_at: row.served_at,
            served_by: row.served_by,
        })
    }
}

const LINE: &str = "SELECT l.id, l.event_id, l.enrolment_id, l.family_id, l.village, l.number, l.token, l.head_name, l.address, l.amount, l.origin, l.state,
   l.reason, l.note, l.minutes, l.recipient, l.relation, l.proof, l.to_line_id, l.from_line_id, l.return_id, l.served_at, u.name AS served_by
 FROM event_line l LEFT JOIN app_user u ON u.id = l.served_by WHERE {scope l.village}";

async fn read_lines(handle: &impl Handle, query: Query) -> Result<Vec<Line>> {
    let rows: Vec<LineRow> = handle.all(query).await?;
    rows.into_iter().map(Line::try_from).collect()
}

/// The line an invitation's token names, within the actor's scope.
pub async fn line(handle: &impl Handle, token: &str) -> Result<Option<Line>> {
    let mut query = Query::new(sql!(LINE));
    query.push_with(sql!(" AND l.token = $$"), token);
    Ok(read_lines(handle, query).await?.pop())
}

/// Lines by where they come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    #[default]
    All,
    /// What the equation is made of: each place once.
    Planned,
    /// Of families that took the place of another; the place is counted under "reassigned" already.
    Replacements,
}

/// Which lines a page asks for.
#[derive(Clone, Debug, Default)]
pub struct LineFilter {
    pub state: Option<LineState>,
    /// Only lines planned from the start, or only those of families that took another's place.
    pub lines: Lines,
    /// Only among absent and failed.
    pub settlement: Option<Settlement>,
    pub area: Option<AreaCode>,
    /// Paid without any proof but paper, or with none.
    pub without_picture: bool,
    /// These numbers only.
    pub numbers: Vec<i64>,
    /// Keyset: the last number of the page before.
    pub after: i64,
}

fn filtered(select: crate::Sql, event: i64, filter: &LineFilter) -> Query {
    let mut query = Query::new(select);
    query.push_with(sql!(" AND l.event_id = $$"), event);
    if let Some(state) = filter.state {
        query.push_with(sql!(" AND l.state = $$"), state.as_str());
    }
    match filter.lines {
        Lines::All => {}
        Lines::Planned => {
            query.push(sql!(" AND l.origin <> 'replacement'"));
        }
        Lines::Replacements => {
            query.push(sql!(" AND l.origin = 'replacement'"));
        }
    }
    match filter.settlement {
        None => {}
        Some(Settlement::Open) => {
            query.push(sql!(" AND l.state IN ('absent', 'failed') AND l.to_line_id IS NULL AND l.return_id IS NULL"));
        }
        Some(Settlement::Rescheduled) => {
            query.push(sql!(" AND l.state IN ('absent', 'failed') AND l.to_line_id IS NOT NULL"));
        }
        Some(Settlement::Returned) => {
            query.push(sql!(" AND l.return_id IS NOT NULL"));
        }
    }
    if let Some(area) = filter.area {
        let range = area.range();
        query.push_with(sql!(" AND l.village >= $$"), *range.start());
        query.push_with(sql!(" AND l.village <= $$"), *range.end());
    }
    if filter.without_picture {
        query.push(sql!(" AND l.state IN ('received', 'proxy') AND l.proof IN ('', 'paper')"));
    }
    if !filter.numbers.is_empty() {
        query.push(sql!(" AND")).push_in(sql!(" l.number"), filter.numbers.iter().copied());
    }
    query
}

/// The lines of an event by number, within the actor's scope.
pub async fn lines(handle: &impl Handle, event: i64, filter: &LineFilter, limit: i64) -> Result<Vec<Line>> {
    let mut query = filtered(sql!(LINE), event, filter);
    query.push_with(sql!(" AND l.number > $$"), filter.after);
    query.push_with(sql!(" ORDER BY l.number LIMIT $$"), limit);
    read_lines(handle, query).await
}

pub async fn lines_count(handle: &impl Handle, event: i64, filter: &LineFilter) -> Result<i64> {
    let select = sql!("SELECT COUNT(*) FROM event_line l WHERE {scope l.village}");
    handle.count(filtered(select, event, filter)).await
}

/// The lines of an event asked for by the filter, counted by village.
pub async fn lines_by_village(handle: &impl Handle, event: i64, filter: &LineFilter) -> Result<BTreeMap<i64, i64>> {
    #[derive(FromQueryResult)]
    struct Row {
        village: i64,
        lines: i64,
    }
    let select = sql!("SELECT l.village, COUNT(*) AS lines FROM event_line l WHERE {scope l.village}");
    let mut query = filtered(select, event, filter);
    query.push(sql!(" GROUP BY l.village ORDER BY l.village"));
    let rows: Vec<Row> = handle.all(query).await?;
    Ok(rows.into_iter().map(|row| (row.village, row.lines)).collect())
}

/// The lines handed over last, newest first.
pub async fn last_served(handle: &impl Handle, event: i64, limit: i64) -> Result<Vec<Line>> {
    let mut query = Query::new(sql!(LINE));
    query.push_with(sql!(" AND l.event_id = $$"), event).push(sql!(" AND l.state IN ('received', 'proxy')"));
    last_marked(handle, query, limit).await
}

/// The lines marked last that were not handed over: absent, failed, passed on to another family.
pub async fn last_missed(handle: &impl Handle, event: i64, limit: i64) -> Result<Vec<Line>> {
    let mut query = Query::new(sql!(LINE));
    query.push_with(sql!(" AND l.event_id = $$"), event);
    query.push(sql!(" AND l.state IN ('absent', 'failed', 'reassigned')"));
    last_marked(handle, query, limit).await
}

async fn last_marked(handle: &impl Handle, mut query: Query, limit: i64) -> Result<Vec<Line>> {
    query.push_with(sql!(" AND l.served_at IS NOT NULL ORDER BY l.served_at DESC, l.id DESC LIMIT $$"), limit);
    read_lines(handle, query).await
}

/// Lines found by what an officer types: an invitation's number, a NIK or KK number, or a name. At most 20.
pub async fn search(handle: &impl Handle, event: i64, typed: &str) -> Result<Vec<Line>> {
    let typed = typed.trim();
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let only_digits = !digits.is_empty() && typed.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '.');
    let mut query = Query::new(sql!(LINE));
    query.push_with(sql!(" AND l.event_id = $$"), event);
    if only_digits && digits.len() == 16 {
        query.push_with(
            sql!(
                " AND (EXISTS (SELECT 1 FROM person p WHERE p.family_id = l.family_id AND p.nik = $$) OR EXISTS (SELECT 1 FROM family f WHERE f.id = l.family_id AND f.kk = $$)) AND {checked by the line}"
            ),
            digits,
        );
    } else if only_digits {
        let Ok(number) = digits.parse::<i64>() else { return Ok(Vec::new()) };
        query.push_with(sql!(" AND l.number = $$"), number);
    } else {
        let key = name_key(typed).replace(['%', '_', '\\'], "");
        if key.is_empty() {
            return Ok(Vec::new());
        }
        query.push_with(sql!(" AND l.name_key LIKE $$ ESCAPE '\\'"), format!("%{key}%"));
    }
    query.push(sql!(" ORDER BY l.name_key, l.number LIMIT 20"));
    read_lines(handle, query).await
}

/// What an officer sees when a QR code is opened.
#[derive(Clone, Debug)]
pub struct Card {
    pub line: Line,
    pub event: Event,
    /// Who stands for the family in the registry now.
    pub head: Option<Member>,
    pub village_name: String,
}

/// A member of a family, alive.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Member {
    pub id: i64,
    pub name: String,
    pub nik: Option<String>,
    pub relation: Option<String>,
    pub sex: Option<String>,
    pub birth_date: Option<String>,
}

pub async fn card(handle: &impl Handle, token: &str) -> Result<Option<Card>> {
    let Some(line) = line(handle, token).await? else { return Ok(None) };
    let Some(event) = event(handle, line.event_id).await? else { return Ok(None) };
    let head = handle
        .one(Query::with(
            sql!(
                "SELECT p.id, p.name, p.nik, p.relation, p.sex, p.birth_date FROM family f JOIN person p ON p.id = f.head_person_id
                 WHERE f.id = $1 AND {checked by the line}"
            ),
            [line.family_id.into()],
        ))
        .await?;
    let village_name = handle
        .scalar(Query::with(sql!("SELECT name FROM area WHERE code = $1"), [line.village.into()]))
        .await?
        .unwrap_or_default();
    Ok(Some(Card { line, event, head, village_name }))
}

/// Why nothing should be handed over on a line before somebody has looked: the family left or was dissolved, or who is
/// named on it died.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Beware {
    /// moved, dissolved, deceased: the family; died: the one named.
    pub what: String,
    /// Since when, where it was recorded by hand.
    pub since: Option<String>,
}

pub async fn beware(handle: &impl Handle, line: &Line) -> Result<Option<Beware>> {
    handle
        .one(Query::with(
            sql!(
                "SELECT f.state AS what, (SELECT MAX(c.happened_on) FROM household_subject s JOIN household_change c ON c.id = s.change_id AND c.state = 'done' WHERE s.kind = 'family' AND s.subject_id = f.id) AS since
                 FROM family f WHERE f.id = $1 AND f.state <> 'active' AND {checked by the line}
                 UNION ALL
                 SELECT 'died', MAX(m.until) FROM event_line l JOIN membership m ON m.family_id = l.family_id JOIN person d ON d.id = m.person_id AND d.state = 'deceased' AND d.name_key = l.name_key
                 WHERE l.id = $2 HAVING COUNT(*) > 0
                   AND NOT EXISTS (SELECT 1 FROM family f JOIN person p ON p.id = f.head_person_id AND p.state = 'alive' JOIN event_line x ON x.id = $2 AND x.name_key = p.name_key WHERE f.id = $1)"
            ),
            [line.family_id.into(), line.id.into()],
        ))
        .await
}

/// The living members of a line's family, head first, then by age.
pub async fn members(handle: &impl Handle, line: &Line) -> Result<Vec<Member>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT p.id, p.name, p.nik, p.relation, p.sex, p.birth_date FROM person p
                 WHERE p.family_id = $1 AND p.state = 'alive' AND {checked by the line}
                 ORDER BY CASE p.relation WHEN 'HEAD' THEN 0 WHEN 'SPOUSE' THEN 1 WHEN 'CHILD' THEN 2 ELSE 3 END, p.birth_date, p.id"
            ),
            [line.family_id.into()],
        ))
        .await
}

/// An officer who served at an event.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Officer {
    pub name: String,
    pub families: i64,
    pub last_at: String,
}

/// Who served how many, the busiest first.
pub async fn officers(handle: &impl Handle, event: i64) -> Result<Vec<Officer>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT u.name, COUNT(*) AS families, MAX(l.served_at) AS last_at FROM event_line l JOIN app_user u ON u.id = l.served_by
                 WHERE l.event_id = $1 AND l.state IN ('received', 'proxy') AND {scope l.village} GROUP BY u.id, u.name ORDER BY 2 DESC, 1"
            ),
            [event.into()],
        ))
        .await
}

/// Why lines failed: the reason's word and how many.
pub async fn fail_reasons(handle: &impl Handle, event: i64) -> Result<Vec<(String, i64)>> {
    #[derive(FromQueryResult)]
    struct Row {
        reason: String,
        families: i64,
    }
    let rows: Vec<Row> = handle
        .all(Query::with(
            sql!(
                "SELECT COALESCE(l.reason, 'other') AS reason, COUNT(*) AS families FROM event_line l
                 WHERE l.event_id = $1 AND l.state = 'failed' AND {scope l.village} GROUP BY 1 ORDER BY 2 DESC, 1"
            ),
            [event.into()],
        ))
        .await?;
    Ok(rows.into_iter().map(|row| (row.reason, row.families)).collect())
}

/// What was counted at the place.
#[derive(Clone, Debug, FromQueryResult)]
pub struct CashCount {
    pub amount: i64,
    pub expected: i64,
    pub counted_at: String,
    pub who: Option<String>,
    pub note: Option<String>,
}

/// The counts of an event, newest first.
pub async fn cash_counts(handle: &impl Handle, event: i64) -> Result<Vec<CashCount>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT c.amount, c.expected, c.counted_at, u.name AS who, c.note FROM cash_count c LEFT JOIN app_user u ON u.id = c.user_id
                 WHERE c.event_id = $1 ORDER BY c.id DESC"
            ),
            [event.into()],
        ))
        .await
}

/// What was given back.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Return {
    pub id: i64,
    pub number: String,
    pub returned_on: String,
    pub amount: i64,
    pub lines: i64,
    pub attachment_id: Option<i64>,
    pub who: Option<String>,
}

/// The returns of an event, oldest first.
pub async fn returns(handle: &impl Handle, event: i64) -> Result<Vec<Return>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT r.id, r.number, r.returned_on, r.amount, r.lines, r.attachment_id, u.name AS who FROM treasury_return r LEFT JOIN app_user u ON u.id = r.created_by
                 WHERE r.event_id = $1 ORDER BY r.id"
            ),
            [event.into()],
        ))
        .await
}

/// The numbers of lines by their ids, for naming where a line went. The caller has shown lines of the same event.
pub async fn numbers(handle: &impl Handle, ids: &[i64]) -> Result<Vec<(i64, i64, i64)>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: i64,
        number: i64,
        event_id: i64,
    }
    let mut query = Query::new(sql!("SELECT l.id, l.number, l.event_id FROM event_line l WHERE {scope l.village} AND"));
    query.push_in(sql!(" l.id"), ids.iter().copied());
    query.push(sql!(" ORDER BY l.id"));
    let rows: Vec<Row> = handle.all(query).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.number, row.event_id)).collect())
}
