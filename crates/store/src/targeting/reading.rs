//! What the pages of a determination show.

use domain::{
    AreaCode, Rupiah,
    programmes::ProgrammeState,
    targeting::{DeterminationState, LineState, Points},
};
use sea_orm::FromQueryResult;
use welfare::{Facts, Part};

use super::{Detail, Determination, DeterminationRow, Programme, Result, answers::open_condition};
use crate::{
    query::{Handle, Query},
    sql,
};

/// A round that can be determined.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Round {
    pub id: i64,
    pub name: String,
    /// open, closed
    pub state: String,
    pub source: String,
    pub version: String,
    /// Families of the round.
    pub families: i64,
    /// With a result that counts: LAYAK, PERBAIKAN, TIDAK_LAYAK.
    pub verified: i64,
}

/// Rounds that are open or closed, the newest first.
pub async fn rounds(handle: &impl Handle) -> Result<Vec<Round>> {
    Ok(handle
        .all(sql!(
            "SELECT r.id, r.name, r.state, lv.source, lv.version,
                    (SELECT COUNT(*) FROM assignment a WHERE a.round_id = r.id) AS families,
                    (SELECT COUNT(*) FROM assignment a WHERE a.round_id = r.id AND a.state = 'visited' AND a.outcome IN ('LAYAK', 'PERBAIKAN', 'TIDAK_LAYAK')) AS verified
             FROM round r JOIN list_version lv ON lv.id = r.version_id
             WHERE r.state IN ('open', 'closed') AND {whole_district counts without names} ORDER BY r.id DESC"
        ))
        .await?)
}

#[derive(FromQueryResult)]
struct ProgrammeRow {
    id: i64,
    name: String,
    state: String,
    year: i64,
    agency: String,
    sub_activity: String,
    account: String,
    fund: String,
    aid: String,
    aid_kind: String,
    excludes: String,
    ceiling: i64,
    unit_amount: i64,
    stages: i64,
    promised: i64,
}

impl ProgrammeRow {
    fn into_programme(self) -> Result<Programme> {
        Ok(Programme {
            state: ProgrammeState::from_word(&self.state)
                .ok_or_else(|| crate::Error::Stored(format!("unknown state {}", self.state)))?,
            id: self.id,
            name: self.name,
            year: self.year,
            agency: self.agency,
            sub_activity: self.sub_activity,
            account: self.account,
            fund: self.fund,
            aid: self.aid,
            aid_kind: self.aid_kind,
            excludes: serde_json::from_str(&self.excludes)?,
            ceiling: Rupiah(self.ceiling),
            unit_amount: Rupiah(self.unit_amount),
            stages: self.stages.max(1),
            promised: Rupiah(self.promised),
        })
    }
}

const PROGRAMMES: &str = "SELECT p.id, p.name, p.state, p.year, a.name AS agency, p.sub_activity, p.account, p.fund, p.aid, p.aid_kind, p.excludes, p.ceiling, p.unit_amount,
        (SELECT COUNT(*) FROM programme_stage s WHERE s.programme_id = p.id) AS stages,
        CAST(COALESCE((SELECT SUM(k.amount) FROM decree k JOIN determination d ON d.id = k.determination_id WHERE d.programme_id = p.id), 0) AS BIGINT) AS promised
 FROM programme p JOIN agency a ON a.id = p.agency_id";

/// Programmes that families can be determined for: those not closed, the newest year first.
pub async fn programmes(handle: &impl Handle) -> Result<Vec<Programme>> {
    let mut query = Query::new(sql!(PROGRAMMES));
    query.push(sql!(" WHERE p.state <> 'closed' ORDER BY p.year DESC, p.name, p.id"));
    let rows: Vec<ProgrammeRow> = handle.all(query).await?;
    rows.into_iter().map(ProgrammeRow::into_programme).collect()
}

pub async fn programme(handle: &impl Handle, id: i64) -> Result<Option<Programme>> {
    let mut query = Query::new(sql!(PROGRAMMES));
    query.push_with(sql!(" WHERE p.id = $$"), id);
    let row: Option<ProgrammeRow> = handle.one(query).await?;
    row.map(ProgrammeRow::into_programme).transpose()
}

pub async fn determination(handle: &impl Handle, id: i64) -> Result<Option<Determination>> {
    let row: Option<DeterminationRow> = handle
        .one(Query::with(
            sql!(
                "SELECT d.id, d.name, d.round_id, r.name AS round_name, lv.source, lv.version, r.version_id, d.programme_id, d.criteria, d.quota, d.state, d.revision, d.ranked_at,
                        d.candidates, d.eligible, d.selected, d.amount, d.created_by, c.name AS created_by_name, d.created_at,
                        d.proposed_by, p.name AS proposed_by_name, d.proposed_at, d.returned_at, d.returned_reason, k.id AS decree_id
                 FROM determination d JOIN round r ON r.id = d.round_id JOIN list_version lv ON lv.id = r.version_id
                 LEFT JOIN app_user c ON c.id = d.created_by LEFT JOIN app_user p ON p.id = d.proposed_by
                 LEFT JOIN decree k ON k.determination_id = d.id WHERE d.id = $1"
            ),
            [id.into()],
        ))
        .await?;
    let Some(row) = row else { return Ok(None) };
    let programme = match row.programme_id {
        Some(id) => programme(handle, id).await?,
        None => None,
    };
    row.into_determination(programme).map(Some)
}

/// A determination in the list of all.
#[derive(Clone, Debug)]
pub struct Summary {
    pub id: i64,
    pub name: String,
    pub round_name: String,
    pub programme_name: Option<String>,
    pub state: DeterminationState,
    pub candidates: i64,
    pub eligible: i64,
    pub selected: i64,
    pub amount: Rupiah,
    pub created_at: String,
    pub proposed_at: Option<String>,
    pub decree_id: Option<i64>,
    pub decree_number: Option<String>,
    pub decided_on: Option<String>,
    /// Verified families not chosen that have no answer; 0 before the signing.
    pub unanswered: i64,
}

#[derive(FromQueryResult)]
struct SummaryRow {
    id: i64,
    name: String,
    round_name: String,
    programme_name: Option<String>,
    state: String,
    candidates: i64,
    eligible: i64,
    selected: i64,
    amount: i64,
    created_at: String,
    proposed_at: Option<String>,
    decree_id: Option<i64>,
    decree_number: Option<String>,
    decided_on: Option<String>,
    unanswered: i64,
}

/// Every determination, the newest first.
pub async fn determinations(handle: &impl Handle) -> Result<Vec<Summary>> {
    let rows: Vec<SummaryRow> = handle
        .all(sql!(concat!(
            "SELECT d.id, d.name, r.name AS round_name, p.name AS programme_name, d.state, d.candidates, d.eligible, d.selected, d.amount, d.created_at, d.proposed_at,
                    k.id AS decree_id, k.number AS decree_number, k.decided_on,
                    CASE WHEN d.state = 'signed' THEN (SELECT COUNT(*) FROM determination_line l WHERE l.determination_id = d.id AND ",
            open_condition!(),
            ") ELSE 0 END AS unanswered
             FROM determination d JOIN round r ON r.id = d.round_id LEFT JOIN programme p ON p.id = d.programme_id LEFT JOIN decree k ON k.determination_id = d.id
             WHERE {whole_district counts without names} ORDER BY d.id DESC"
        )))
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Summary {
                id: row.id,
                name: row.name,
                round_name: row.round_name,
                programme_name: row.programme_name,
                state: DeterminationState::from_word(&row.state)
                    .ok_or_else(|| crate::Error::Stored(format!("unknown state {}", row.state)))?,
                candidates: row.candidates,
                eligible: row.eligible,
                selected: row.selected,
                amount: Rupiah(row.amount),
                created_at: row.created_at,
                proposed_at: row.proposed_at,
                decree_id: row.decree_id,
                decree_number: row.decree_number,
                decided_on: row.decided_on,
                unanswered: row.unanswered,
            })
        })
        .collect()
}

/// A family's line, with its name: the frozen one once signed.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: i64,
    pub family: i64,
    pub head_name: String,
    pub village: i64,
    pub village_name: String,
    pub subdistrict_name: String,
    pub address: String,
    pub members: i64,
    pub rank: Option<i64>,
    pub score: Option<Points>,
    pub state: LineState,
    /// A word of [`domain::targeting::Why`] or [`domain::targeting::Exclusion`].
    pub why: String,
    pub facts: Facts,
    pub parts: Vec<Part>,
    pub detail: Detail,
}

#[derive(FromQueryResult)]
struct LineRow {
    id: i64,
    family_id: i64,
    head_name: String,
    village: i64,
    village_name: String,
    subdistrict_name: String,
    address: String,
    members: i64,
    rank: Option<i64>,
    score: Option<i64>,
    state: String,
    why: String,
    facts: String,
    parts: String,
    detail: String,
}

impl LineRow {
    fn into_line(self) -> Result<Line> {
        Ok(Line {
            id: self.id,
            family: self.family_id,
            head_name: self.head_name,
            village: self.village,
            village_name: self.village_name,
            subdistrict_name: self.subdistrict_name,
            address: self.address,
            members: self.members,
            rank: self.rank,
            score: self.score.map(Points),
            state: LineState::from_word(&self.state)
                .ok_or_else(|| crate::Error::Stored(format!("unknown state {}", self.state)))?,
            why: self.why,
            facts: serde_json::from_str(&self.facts)?,
            parts: serde_json::from_str(&self.parts)?,
            detail: serde_json::from_str(&self.detail)?,
        })
    }
}

const LINES: &str = "SELECT l.id, l.family_id, COALESCE(l.head_name, f.head_name) AS head_name, l.village,
        COALESCE(l.village_name, v.name, '') AS village_name, COALESCE(l.subdistrict_name, s.name, '') AS subdistrict_name, COALESCE(l.address, f.address) AS address,
        COALESCE(l.members, f.members) AS members, l.rank, l.score, l.state, l.why, l.facts, l.parts, l.detail
 FROM determination_line l JOIN family f ON f.id = l.family_id
 LEFT JOIN area v ON v.code = l.village AND v.level = 'village' LEFT JOIN area s ON s.code = l.village / 10000 * 10000 AND s.level = 'subdistrict'
 WHERE {scope l.village}";

/// Which lines a page asks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub area: Option<AreaCode>,
    pub state: Option<LineState>,
    pub why: Option<String>,
    /// A part of the head's name, or a whole KK number.
    pub search: Option<String>,
    /// Only lines behind this one (keyset by the order of the ranking).
    pub after: Option<i64>,
}

impl Filter {
    fn apply(&self, query: &mut Query) {
        if let Some(area) = self.area {
            let range = area.range();
            query
                .push_with(sql!(" AND l.village >= $$"), *range.start())
                .push_with(sql!(" AND l.village <= $$"), *range.end());
        }
        if let Some(state) = self.state {
            query.push_with(sql!(" AND l.state = $$"), state.as_str());
        }
        if let Some(why) = &self.why {
            query.push_with(sql!(" AND l.why = $$"), why.as_str());
        }
        if let Some(search) = self.search.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            if search.bytes().all(|b| b.is_ascii_digit()) {
                query.push_with(sql!(" AND f.kk = $$"), search);
            } else {
                let key = domain::name::name_key(search);
                let escaped = key.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
                query.push_with(sql!(" AND f.name_key LIKE $$ ESCAPE '\\'"), format!("%{escaped}%"));
            }
        }
        if let Some(after) = self.after {
            query.push_with(sql!(" AND l.id > $$"), after);
        }
    }
}

/// Lines in the order of the ranking, those not ranked last.
pub async fn lines(handle: &impl Handle, determination: i64, filter: &Filter, limit: i64) -> Result<Vec<Line>> {
    let mut query = Query::new(sql!(LINES));
    query.push_with(sql!(" AND l.determination_id = $$"), determination);
    filter.apply(&mut query);
    query.push_with(sql!(" ORDER BY l.id LIMIT $$"), limit);
    let rows: Vec<LineRow> = handle.all(query).await?;
    rows.into_iter().map(LineRow::into_line).collect()
}

/// The ranks around one: `before` up to and with it, `after` behind it.
pub async fn lines_around(
    handle: &impl Handle,
    determination: i64,
    rank: i64,
    before: i64,
    after: i64,
) -> Result<Vec<Line>> {
    let mut query = Query::new(sql!(LINES));
    query
        .push_with(sql!(" AND l.determination_id = $$"), determination)
        .push_with(sql!(" AND l.rank > $$"), rank - before)
        .push_with(sql!(" AND l.rank <= $$"), rank + after)
        .push(sql!(" ORDER BY l.rank"));
    let rows: Vec<LineRow> = handle.all(query).await?;
    rows.into_iter().map(LineRow::into_line).collect()
}

/// The rank of the last family chosen; `None` when nobody was.
pub async fn last_selected(handle: &impl Handle, determination: i64) -> Result<Option<i64>> {
    Ok(handle
        .scalar::<Option<i64>>(Query::with(
            sql!(
                "SELECT MAX(l.rank) FROM determination_line l WHERE l.determination_id = $1 AND l.state = 'selected' AND {whole_district a rank without a name}"
            ),
            [determination.into()],
        ))
        .await?
        .flatten())
}

/// The line of one family, when it is within the actor's area.
pub async fn line(handle: &impl Handle, determination: i64, family: i64) -> Result<Option<Line>> {
    let mut query = Query::new(sql!(LINES));
    query
        .push_with(sql!(" AND l.determination_id = $$"), determination)
        .push_with(sql!(" AND l.family_id = $$"), family);
    let row: Option<LineRow> = handle.one(query).await?;
    row.map(LineRow::into_line).transpose()
}

/// The ranks just before and just behind a family's.
pub async fn neighbours(handle: &impl Handle, determination: i64, rank: i64) -> Result<Vec<Line>> {
    lines_around(handle, determination, rank, 3, 2).await
}

/// Families by state and reason.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Tally {
    pub state: String,
    pub why: String,
    pub families: i64,
}

pub async fn tally(handle: &impl Handle, determination: i64) -> Result<Vec<Tally>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT l.state, l.why, COUNT(*) AS families FROM determination_line l
                 WHERE l.determination_id = $1 AND {whole_district counts without names} GROUP BY l.state, l.why ORDER BY COUNT(*) DESC, l.why"
            ),
            [determination.into()],
        ))
        .await?)
}

/// Families of a kecamatan: ranked, chosen, and the last one chosen.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Spread {
    pub area: i64,
    pub name: String,
    pub candidates: i64,
    pub eligible: i64,
    pub selected: i64,
    /// The lowest score chosen there, thousandths.
    pub last_score: Option<i64>,
}

/// By kecamatan (`villages_of` none), or by village of one kecamatan; by code.
pub async fn spread(handle: &impl Handle, determination: i64, villages_of: Option<AreaCode>) -> Result<Vec<Spread>> {
    let mut query = if villages_of.is_some() {
        Query::new(sql!(
            "SELECT x.area, COALESCE(a.name, '') AS name, x.candidates, x.eligible, x.selected, x.last_score FROM (
               SELECT l.village AS area, COUNT(*) AS candidates, COUNT(l.rank) AS eligible,
                      CAST(SUM(CASE WHEN l.state = 'selected' THEN 1 ELSE 0 END) AS BIGINT) AS selected, MIN(CASE WHEN l.state = 'selected' THEN l.score END) AS last_score
               FROM determination_line l WHERE {whole_district counts without names}"
        ))
    } else {
        Query::new(sql!(
            "SELECT x.area, COALESCE(a.name, '') AS name, x.candidates, x.eligible, x.selected, x.last_score FROM (
               SELECT l.village / 10000 * 10000 AS area, COUNT(*) AS candidates, COUNT(l.rank) AS eligible,
                      CAST(SUM(CASE WHEN l.state = 'selected' THEN 1 ELSE 0 END) AS BIGINT) AS selected, MIN(CASE WHEN l.state = 'selected' THEN l.score END) AS last_score
               FROM determination_line l WHERE {whole_district counts without names}"
        ))
    };
    query.push_with(sql!(" AND l.determination_id = $$"), determination);
    if let Some(area) = villages_of {
        let range = area.range();
        query
            .push_with(sql!(" AND l.village >= $$"), *range.start())
            .push_with(sql!(" AND l.village <= $$"), *range.end());
    }
    query.push(sql!(" GROUP BY 1) x LEFT JOIN area a ON a.code = x.area ORDER BY x.area"));
    Ok(handle.all(query).await?)
}

/// What a person decided about a family against the ranking.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Choice {
    pub family_id: i64,
    pub place: Option<i64>,
    pub reason: String,
    pub made_by: Option<String>,
    pub at: String,
}

impl Choice {
    /// Of one family.
    pub async fn of(handle: &impl Handle, determination: i64, family: i64) -> Result<Option<Self>> {
        Ok(handle
            .one(Query::with(
                sql!(
                    "SELECT c.family_id, c.place, c.reason, u.name AS made_by, c.at FROM determination_choice c LEFT JOIN app_user u ON u.id = c.user_id
                     WHERE c.determination_id = $1 AND c.family_id = $2 AND {scope c.village}"
                ),
                [determination.into(), family.into()],
            ))
            .await?)
    }

    /// Every one of a determination, the newest first.
    pub async fn all(handle: &impl Handle, determination: i64) -> Result<Vec<Self>> {
        Ok(handle
            .all(Query::with(
                sql!(
                    "SELECT c.family_id, c.place, c.reason, u.name AS made_by, c.at FROM determination_choice c LEFT JOIN app_user u ON u.id = c.user_id
                     WHERE c.determination_id = $1 AND {scope c.village} ORDER BY c.at DESC, c.family_id"
                ),
                [determination.into()],
            ))
            .await?)
    }
}

/// What is looked at before a signature.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Checks {
    /// Villages with families chosen, and those of them whose deliberation has no final minutes.
    pub villages: i64,
    pub without_minutes: i64,
    /// Families chosen whose head has no NIK in the registry.
    pub without_nik: i64,
    /// Families chosen that already receive the like (the rule only warns).
    pub warned: i64,
    /// Families placed or taken out by hand.
    pub by_hand: i64,
}

pub async fn checks(handle: &impl Handle, determination: i64) -> Result<Checks> {
    let row: Option<Checks> = handle
        .one(Query::with(
            sql!(
                "SELECT CAST(COUNT(DISTINCT l.village) AS BIGINT) AS villages,
                        CAST(COUNT(DISTINCT CASE WHEN NOT EXISTS (SELECT 1 FROM deliberation b WHERE b.round_id = d.round_id AND b.village = l.village AND b.state = 'final') THEN l.village END) AS BIGINT) AS without_minutes,
                        CAST(COALESCE(SUM(CASE WHEN COALESCE(p.nik, '') = '' THEN 1 ELSE 0 END), 0) AS BIGINT) AS without_nik,
                        CAST(COALESCE(SUM(CASE WHEN l.detail LIKE '%\"aids\"%' OR l.detail LIKE '%\"programmes\"%' THEN 1 ELSE 0 END), 0) AS BIGINT) AS warned,
                        (SELECT COUNT(*) FROM determination_choice c WHERE c.determination_id = $1) AS by_hand
                 FROM determination_line l JOIN determination d ON d.id = l.determination_id JOIN family f ON f.id = l.family_id LEFT JOIN person p ON p.id = f.head_person_id
                 WHERE l.determination_id = $1 AND l.state = 'selected' AND {whole_district counts without names}"
            ),
            [determination.into()],
        ))
        .await?;
    Ok(row.unwrap_or(Checks { villages: 0, without_minutes: 0, without_nik: 0, warned: 0, by_hand: 0 }))
}
