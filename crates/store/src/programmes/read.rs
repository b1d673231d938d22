//! What pages show of programmes: the programme itself, what it costs, who is enrolled and where.

use domain::{
    AreaCode, Rupiah,
    delivery::{Group, LineState, Origin, Progress, Settlement, Share},
    programmes::{
        Account, Aid, AidKind, Commitment, EnrolmentState, Item, ListedAid, Official, OfficialRole, ProgrammeState,
        Quantity, Stage, Strategy, SubActivity,
    },
};
use sea_orm::FromQueryResult;

use crate::{
    connect::{Error, Result},
    query::{Handle, Query},
    registry::members_now,
    sql,
};

/// A programme with its parts.
#[derive(Clone, Debug)]
pub struct Programme {
    pub id: i64,
    pub agency_id: i64,
    pub agency: String,
    pub agency_short: String,
    pub name: String,
    pub year: i64,
    pub strategy: Strategy,
    pub sub_activity: SubActivity,
    pub account: Account,
    pub fund: String,
    pub ceiling: Rupiah,
    pub aid: Aid,
    pub aid_kind: AidKind,
    /// Rupiah a family a stage.
    pub unit_amount: Rupiah,
    pub state: ProgrammeState,
    pub excludes: Vec<ListedAid>,
    pub items: Vec<Item>,
    pub stages: Vec<StageRow>,
    pub officials: Vec<Official>,
}

impl Programme {
    pub fn official(&self, role: OfficialRole) -> Option<&Official> {
        self.officials.iter().find(|official| official.role == role)
    }
}

/// A stage as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageRow {
    pub id: i64,
    pub number: i64,
    pub stage: Stage,
}

#[derive(FromQueryResult)]
struct ProgrammeRow {
    id: i64,
    agency_id: i64,
    agency: String,
    agency_short: String,
    name: String,
    year: i64,
    strategy: String,
    sub_activity: String,
    account: String,
    fund: String,
    ceiling: i64,
    aid: String,
    aid_kind: String,
    unit_amount: i64,
    state: String,
    excludes: String,
}

/// A stored word that the program knows.
pub(crate) fn word<T>(known: Option<T>, what: &str, word: &str) -> Result<T> {
    known.ok_or_else(|| Error::Stored(format!("{what} {word:?} is unknown")))
}

impl TryFrom<ProgrammeRow> for Programme {
    type Error = Error;
    fn try_from(row: ProgrammeRow) -> Result<Self> {
        Ok(Self {
            strategy: word(Strategy::from_word(&row.strategy), "strategy", &row.strategy)?,
            sub_activity: word(SubActivity::parse(&row.sub_activity).ok(), "sub-activity", &row.sub_activity)?,
            account: word(Account::parse(&row.account).ok(), "account", &row.account)?,
            aid: word(Aid::from_word(&row.aid), "aid", &row.aid)?,
            aid_kind: word(AidKind::from_word(&row.aid_kind), "kind of aid", &row.aid_kind)?,
            state: word(ProgrammeState::from_word(&row.state), "programme state", &row.state)?,
            excludes: serde_json::from_str(&row.excludes).unwrap_or_default(),
            id: row.id,
            agency_id: row.agency_id,
            agency: row.agency,
            agency_short: row.agency_short,
            name: row.name,
            year: row.year,
            fund: row.fund,
            ceiling: Rupiah(row.ceiling),
            unit_amount: Rupiah(row.unit_amount),
            items: Vec::new(),
            stages: Vec::new(),
            officials: Vec::new(),
        })
    }
}

#[derive(FromQueryResult)]
struct ItemRow {
    name: String,
    quantity: i64,
    unit: String,
    price: i64,
}

#[derive(FromQueryResult)]
struct StageRecord {
    id: i64,
    number: i64,
    name: String,
    planned_on: Option<String>,
}

#[derive(FromQueryResult)]
struct OfficialRow {
    role: String,
    name: String,
    nip: String,
}

/// A programme with its items, stages and officials.
pub async fn find(handle: &impl Handle, id: i64) -> Result<Option<Programme>> {
    let row: Option<ProgrammeRow> = handle
        .one(Query::with(
            sql!(
                "SELECT p.id, p.agency_id, a.name AS agency, a.short_name AS agency_short, p.name, p.year, p.strategy, p.sub_activity, p.account, p.fund,
                        p.ceiling, p.aid, p.aid_kind, p.unit_amount, p.state, p.excludes
                 FROM programme p JOIN agency a ON a.id = p.agency_id WHERE p.id = $1"
            ),
            [id.into()],
        ))
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut programme = Programme::try_from(row)?;
    let items: Vec<ItemRow> = handle
        .all(Query::with(
            sql!("SELECT name, quantity, unit, price FROM programme_item WHERE programme_id = $1 ORDER BY position"),
            [id.into()],
        ))
        .await?;
    programme.items = items
        .into_iter()
        .map(|row| Item { name: row.name, quantity: Quantity(row.quantity), unit: row.unit, price: Rupiah(row.price) })
        .collect();
    let stages: Vec<StageRecord> = handle
        .all(Query::with(
            sql!("SELECT id, number, name, planned_on FROM programme_stage WHERE programme_id = $1 ORDER BY number"),
            [id.into()],
        ))
        .await?;
    programme.stages = stages
        .into_iter()
        .map(|row| StageRow {
            id: row.id,
            number: row.number,
            stage: Stage { name: row.name, planned_on: row.planned_on },
        })
        .collect();
    let officials: Vec<OfficialRow> = handle
        .all(Query::with(
            sql!("SELECT role, name, nip FROM programme_official WHERE programme_id = $1 ORDER BY role"),
            [id.into()],
        ))
        .await?;
    for row in officials {
        let role = word(OfficialRole::from_word(&row.role), "official", &row.role)?;
        programme.officials.push(Official { role, name: row.name, nip: row.nip });
    }
    Ok(Some(programme))
}

/// What a programme has promised, paid and planned. The whole district's totals: they name nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub ceiling: Rupiah,
    pub commitment: Commitment,
    /// Handed over so far.
    pub paid: Rupiah,
    /// Families that got it at least once.
    pub served: i64,
    /// Families for whom something is still to be handed over: a stage neither received nor given back.
    pub owed: i64,
    /// Not handed over and given back to the treasury; such a family is not due for that stage again.
    pub returned: Share,
}

impl Cost {
    /// Promised and still to be handed over: what was received or given back is promised no more.
    pub fn open(&self) -> Rupiah {
        Rupiah((self.commitment.total() - self.paid - self.returned.amount).0.max(0))
    }

    /// What is left below the ceiling; below zero never happens by our own changes.
    pub fn left(&self) -> Rupiah {
        self.ceiling - self.commitment.total()
    }
}

#[derive(FromQueryResult)]
struct CostRow {
    ceiling: i64,
    unit_amount: i64,
    stages: i64,
    places: i64,
    paid: i64,
    served: i64,
    owed: i64,
    returned: i64,
    returned_families: i64,
    departed: i64,
}

/// What a programme has promised: see [`Cost`].
pub async fn commitment(handle: &impl Handle, id: i64) -> Result<Option<Cost>> {
    let row: Option<CostRow> = handle
        .one(Query::with(
            sql!(
                "SELECT p.ceiling, p.unit_amount,
                   (SELECT COUNT(*) FROM programme_stage s WHERE s.programme_id = p.id) AS stages,
                   (SELECT COUNT(*) FROM enrolment e WHERE e.programme_id = p.id AND e.state IN ('enrolled', 'active', 'suspended')) AS places,
                   (SELECT CAST(COALESCE(SUM(l.amount), 0) AS BIGINT) FROM event_line l JOIN event ev ON ev.id = l.event_id
                     WHERE ev.programme_id = p.id AND l.state IN ('received', 'proxy')) AS paid,
                   (SELECT COUNT(DISTINCT l.family_id) FROM event_line l JOIN event ev ON ev.id = l.event_id
                     WHERE ev.programme_id = p.id AND l.state IN ('received', 'proxy')) AS served,
                   (SELECT COUNT(*) FROM enrolment e WHERE e.programme_id = p.id AND e.state IN ('enrolled', 'active', 'suspended')
                     AND (SELECT COUNT(*) FROM event_line l JOIN enrolment x ON x.id = l.enrolment_id
                           WHERE (x.id = COALESCE(e.place_id, e.id) OR x.place_id = COALESCE(e.place_id, e.id)) AND (l.state IN ('received', 'proxy') OR l.return_id IS NOT NULL))
                         < (SELECT COUNT(*) FROM programme_stage s WHERE s.programme_id = p.id)) AS owed,
                   (SELECT CAST(COALESCE(SUM(l.amount), 0) AS BIGINT) FROM event_line l JOIN event ev ON ev.id = l.event_id
                     WHERE ev.programme_id = p.id AND l.return_id IS NOT NULL) AS returned,
                   (SELECT COUNT(DISTINCT l.family_id) FROM event_line l JOIN event ev ON ev.id = l.event_id
                     WHERE ev.programme_id = p.id AND l.return_id IS NOT NULL) AS returned_families,
                   (SELECT CAST(COALESCE(SUM(l.amount), 0) AS BIGINT) FROM enrolment e JOIN event_line l ON l.enrolment_id = e.id
                     WHERE e.programme_id = p.id AND e.state = 'left' AND (l.state IN ('received', 'proxy') OR l.return_id IS NOT NULL)
                       AND NOT EXISTS (SELECT 1 FROM enrolment n WHERE n.place_id = COALESCE(e.place_id, e.id) AND n.state IN ('enrolled', 'active', 'suspended'))) AS departed
                 FROM programme p WHERE p.id = $1 AND {whole_district totals that name nobody}"
            ),
            [id.into()],
        ))
        .await?;
    Ok(row.map(|row| Cost {
        ceiling: Rupiah(row.ceiling),
        commitment: Commitment {
            places: row.places,
            stages: row.stages,
            unit: Rupiah(row.unit_amount),
            settled_of_departed: Rupiah(row.departed),
        },
        paid: Rupiah(row.paid),
        served: row.served,
        owed: row.owed,
        returned: Share::new(row.returned_families, row.returned),
    }))
}

/// A programme on the list of programmes.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Summary {
    pub id: i64,
    pub name: String,
    pub year: i64,
    pub agency: String,
    pub strategy: String,
    pub sub_activity: String,
    pub aid: String,
    pub aid_kind: String,
    pub state: String,
    pub ceiling: i64,
    pub unit_amount: i64,
    pub stages: i64,
    pub places: i64,
    pub paid: i64,
    pub served: i64,
    /// Rupiah given back to the treasury.
    pub returned: i64,
    pub open_events: i64,
}

impl Summary {
    /// Promised: every place gets every stage.
    pub fn promised(&self) -> i64 {
        self.unit_amount.saturating_mul(self.stages).saturating_mul(self.places)
    }
}

/// All programmes, newest year first; closed ones last.
pub async fn list(handle: &impl Handle) -> Result<Vec<Summary>> {
    handle
        .all(sql!(
            "SELECT p.id, p.name, p.year, a.short_name AS agency, p.strategy, p.sub_activity, p.aid, p.aid_kind, p.state, p.ceiling, p.unit_amount,
               (SELECT COUNT(*) FROM programme_stage s WHERE s.programme_id = p.id) AS stages,
               COALESCE(en.places, 0) AS places, COALESCE(li.paid, 0) AS paid, COALESCE(li.served, 0) AS served, COALESCE(re.returned, 0) AS returned,
               (SELECT COUNT(*) FROM event ev WHERE ev.programme_id = p.id AND ev.state IN ('planned', 'open')) AS open_events
             FROM programme p JOIN agency a ON a.id = p.agency_id
             LEFT JOIN (SELECT e.programme_id, COUNT(*) AS places FROM enrolment e
                         WHERE e.state IN ('enrolled', 'active', 'suspended') GROUP BY e.programme_id) en ON en.programme_id = p.id
             LEFT JOIN (SELECT ev.programme_id, CAST(SUM(l.amount) AS BIGINT) AS paid, COUNT(DISTINCT l.family_id) AS served
                         FROM event_line l JOIN event ev ON ev.id = l.event_id
                         WHERE l.state IN ('received', 'proxy') AND {whole_district totals that name nobody} GROUP BY ev.programme_id) li ON li.programme_id = p.id
             LEFT JOIN (SELECT ev.programme_id, CAST(SUM(r.amount) AS BIGINT) AS returned
                         FROM treasury_return r JOIN event ev ON ev.id = r.event_id GROUP BY ev.programme_id) re ON re.programme_id = p.id
             ORDER BY CASE p.state WHEN 'active' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END, p.year DESC, p.id DESC"
        ))
        .await
}

/// Families with a place in a running programme; one that has several counts once.
pub async fn families_reached(handle: &impl Handle) -> Result<i64> {
    handle
        .count(sql!(
            "SELECT COUNT(DISTINCT e.family_id) FROM enrolment e JOIN programme p ON p.id = e.programme_id
             WHERE p.state = 'active' AND e.state IN ('enrolled', 'active', 'suspended') AND {whole_district totals that name nobody}"
        ))
        .await
}

/// Stage, its progress over all its events, how many events.
pub async fn stage_progress(handle: &impl Handle, programme: i64) -> Result<Vec<(i64, Progress)>> {
    #[derive(FromQueryResult)]
    struct Row {
        stage_id: i64,
        state: String,
        origin: String,
        settlement: String,
        families: i64,
        amount: i64,
    }
    let rows: Vec<Row> = handle
        .all(Query::with(
            sql!(
                "SELECT ev.stage_id, l.state, l.origin,
                   CASE WHEN l.state NOT IN ('absent', 'failed') THEN 'open' WHEN l.to_line_id IS NOT NULL THEN 'rescheduled' WHEN l.return_id IS NOT NULL THEN 'returned' ELSE 'open' END AS settlement,
                   COUNT(*) AS families, CAST(SUM(l.amount) AS BIGINT) AS amount
                 FROM event_line l JOIN event ev ON ev.id = l.event_id
                 WHERE ev.programme_id = $1 AND {whole_district totals that name nobody}
                 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
            ),
            [programme.into()],
        ))
        .await?;
    let mut stages: Vec<(i64, Vec<Group>)> = Vec::new();
    for row in rows {
        let group = group(&row.state, &row.origin, &row.settlement, Share::new(row.families, row.amount))?;
        match stages.last_mut() {
            Some((id, groups)) if *id == row.stage_id => groups.push(group),
            _ => stages.push((row.stage_id, vec![group])),
        }
    }
    Ok(stages.into_iter().map(|(id, groups)| (id, Progress::of(groups))).collect())
}

/// Lines counted by the database, as the domain counts them.
pub(crate) fn group(state: &str, origin: &str, settlement: &str, share: Share) -> Result<Group> {
    Ok(Group {
        state: word(LineState::from_word(state), "line state", state)?,
        origin: word(Origin::from_word(origin), "line origin", origin)?,
        settlement: word(Settlement::from_word(settlement), "settlement", settlement)?,
        share,
    })
}

/// Who is enrolled in a village.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct AreaRow {
    pub village: i64,
    pub places: i64,
    pub suspended: i64,
    pub left_programme: i64,
    /// Enrolled although something of the like is received.
    pub warned: i64,
    /// Got it at least once.
    pub served: i64,
}

/// Enrolment by village, by code, within the actor's scope.
pub async fn villages(handle: &impl Handle, programme: i64) -> Result<Vec<AreaRow>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT e.village,
                   CAST(SUM(CASE WHEN e.state IN ('enrolled', 'active', 'suspended') THEN 1 ELSE 0 END) AS BIGINT) AS places,
                   CAST(SUM(CASE WHEN e.state = 'suspended' THEN 1 ELSE 0 END) AS BIGINT) AS suspended,
                   CAST(SUM(CASE WHEN e.state = 'left' THEN 1 ELSE 0 END) AS BIGINT) AS left_programme,
                   CAST(SUM(CASE WHEN EXISTS (SELECT 1 FROM enrolment_warning w WHERE w.enrolment_id = e.id) THEN 1 ELSE 0 END) AS BIGINT) AS warned,
                   CAST(SUM(CASE WHEN EXISTS (SELECT 1 FROM event_line l WHERE l.enrolment_id = e.id AND l.state IN ('received', 'proxy')) THEN 1 ELSE 0 END) AS BIGINT) AS served
                 FROM enrolment e WHERE e.programme_id = $1 AND {scope e.village} GROUP BY e.village ORDER BY e.village"
            ),
            [programme.into()],
        ))
        .await
}

/// Which participants a page asks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<EnrolmentState>,
    pub area: Option<AreaCode>,
    pub warned: bool,
    /// Not paid in any stage yet.
    pub unserved: bool,
    /// Keyset: village and id of the last row of the page before.
    pub after: Option<(i64, i64)>,
}

/// A family enrolled.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Participant {
    pub id: i64,
    pub programme_id: i64,
    pub family_id: i64,
    pub village: i64,
    pub head_name: String,
    pub address: String,
    pub members: i64,
    pub desil: Option<i64>,
    pub state: String,
    pub reason: Option<String>,
    pub since: String,
    pub until: Option<String>,
    pub decree: Option<String>,
    /// Aid already received when enrolled: `aid_pkh`, `programme:12`, joined by blanks; empty when none.
    pub warnings: String,
    /// Stages paid.
    pub paid: i64,
    /// Has lines at events.
    pub lines: i64,
}

fn participants_query(select: crate::Sql, programme: i64, filter: &Filter) -> Query {
    let mut query = Query::with(select, [programme.into()]);
    if let Some(state) = filter.state {
        query.push_with(sql!(" AND e.state = $$"), state.as_str());
    }
    if let Some(area) = filter.area {
        let range = area.range();
        query.push_with(sql!(" AND e.village >= $$"), *range.start());
        query.push_with(sql!(" AND e.village <= $$"), *range.end());
    }
    if filter.warned {
        query.push(sql!(" AND EXISTS (SELECT 1 FROM enrolment_warning w WHERE w.enrolment_id = e.id)"));
    }
    if filter.unserved {
        query.push(sql!(
            " AND NOT EXISTS (SELECT 1 FROM event_line l WHERE l.enrolment_id = e.id AND l.state IN ('received', 'proxy') AND {checked by the enrolment})"
        ));
    }
    query
}

/// The families enrolled, by village, within the actor's scope.
pub async fn participants(
    handle: &impl Handle,
    programme: i64,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Participant>> {
    let mut query = participants_query(sql!(PARTICIPANT), programme, filter);
    if let Some((village, id)) = filter.after {
        query.push_with(sql!(" AND (e.village > $$"), village);
        query.push_with(sql!(" OR (e.village = $$"), village);
        query.push_with(sql!(" AND e.id > $$))"), id);
    }
    query.push_with(sql!(" ORDER BY e.village, e.id LIMIT $$"), limit);
    handle.all(query).await
}

/// How many families the filter holds.
pub async fn participants_count(handle: &impl Handle, programme: i64, filter: &Filter) -> Result<i64> {
    let select = sql!("SELECT COUNT(*) FROM enrolment e WHERE e.programme_id = $1 AND {scope e.village}");
    handle.count(participants_query(select, programme, filter)).await
}

/// One enrolment within the actor's scope.
pub async fn participant(handle: &impl Handle, programme: i64, id: i64) -> Result<Option<Participant>> {
    let mut query = Query::with(sql!(PARTICIPANT), [programme.into()]);
    query.push_with(sql!(" AND e.id = $$"), id);
    handle.one(query).await
}

const PARTICIPANT: &str = concat!("SELECT e.id, e.programme_id, e.family_id, e.village, f.head_name, f.address, ", members_now!(), ", f.desil, e.state, e.reason, e.since, e.until,
   (SELECT d.number FROM decree d WHERE d.id = e.decree_id) AS decree,
   COALESCE((SELECT string_agg(CASE WHEN w.programme_id > 0 THEN 'programme:' || CAST(w.programme_id AS TEXT) ELSE w.aid END, ' ') FROM enrolment_warning w WHERE w.enrolment_id = e.id), '') AS warnings,
   (SELECT COUNT(*) FROM event_line l WHERE l.enrolment_id = e.id AND l.state IN ('received', 'proxy')) AS paid,
   (SELECT COUNT(*) FROM event_line l WHERE l.enrolment_id = e.id) AS lines
 FROM enrolment e JOIN family f ON f.id = e.family_id WHERE e.programme_id = $1 AND {scope e.village}");

impl Participant {
    pub fn state(&self) -> Result<EnrolmentState> {
        word(EnrolmentState::from_word(&self.state), "enrolment state", &self.state)
    }

    pub fn area(&self) -> Option<AreaCode> {
        AreaCode::from_number(self.village)
    }
}
