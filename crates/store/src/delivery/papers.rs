//! What the printed papers of an event say: its lines with the numbers of the people, the decrees it rests on, who signs.
//! Names and numbers are those the decree froze; where it froze none, the registry's of now.

use domain::AreaCode;
use sea_orm::FromQueryResult;

use super::read::LineFilter;
use crate::{
    connect::Result,
    query::{Handle, Query},
    sql,
};

/// A line as papers print it. Full numbers: the caller has the right to reveal them and the journal says so.
#[derive(Clone, Debug, FromQueryResult)]
pub struct PaperLine {
    pub number: i64,
    pub token: String,
    pub head_name: String,
    pub nik: Option<String>,
    pub kk: Option<String>,
    pub address: String,
    pub rt: Option<String>,
    pub rw: Option<String>,
    pub village: i64,
    pub village_name: String,
    pub subdistrict_name: String,
    pub amount: i64,
    pub origin: String,
    pub state: String,
    pub recipient: Option<String>,
    pub relation: Option<String>,
    pub proof: String,
    pub served_at: Option<String>,
    pub reason: Option<String>,
    pub minutes: Option<String>,
}

/// The lines of an event by number, within the actor's scope.
pub async fn paper_lines(handle: &impl Handle, event: i64, filter: &LineFilter) -> Result<Vec<PaperLine>> {
    let mut query = Query::with(
        sql!(
            "SELECT l.number, l.token, l.head_name, COALESCE(dl.nik, p.nik) AS nik, COALESCE(dl.kk, f.kk) AS kk,
               COALESCE(dl.address, f.address) AS address, f.rt, f.rw, l.village, COALESCE(v.name, '') AS village_name, COALESCE(s.name, '') AS subdistrict_name,
               l.amount, l.origin, l.state, l.recipient, l.relation, l.proof, l.served_at, l.reason, l.minutes
             FROM event_line l JOIN enrolment e ON e.id = l.enrolment_id JOIN family f ON f.id = l.family_id
             LEFT JOIN determination_line dl ON dl.id = e.determination_line_id
             LEFT JOIN person p ON p.id = f.head_person_id
             LEFT JOIN area v ON v.code = l.village LEFT JOIN area s ON s.code = v.parent
             WHERE l.event_id = $1 AND {scope l.village}"
        ),
        [event.into()],
    );
    if let Some(state) = filter.state {
        query.push_with(sql!(" AND l.state = $$"), state.as_str());
    }
    if let Some(area) = filter.area {
        let range = area.range();
        query.push_with(sql!(" AND l.village >= $$"), *range.start());
        query.push_with(sql!(" AND l.village <= $$"), *range.end());
    }
    if !filter.numbers.is_empty() {
        query.push(sql!(" AND")).push_in(sql!(" l.number"), filter.numbers.iter().copied());
    }
    query.push(sql!(" ORDER BY l.number"));
    handle.all(query).await
}

/// A decree an event rests on.
#[derive(Clone, Debug, FromQueryResult)]
pub struct DecreeBasis {
    pub number: String,
    pub decided_on: String,
    pub title: String,
    pub signer_position: String,
    pub families: i64,
}

/// The decrees the families of an event were enrolled by, the one with most families first.
pub async fn bases(handle: &impl Handle, event: i64) -> Result<Vec<DecreeBasis>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT d.number, d.decided_on, d.title, d.signer_position, COUNT(*) AS families
                 FROM event_line l JOIN enrolment e ON e.id = l.enrolment_id JOIN decree d ON d.id = e.decree_id
                 WHERE l.event_id = $1 AND {scope l.village} GROUP BY d.id, d.number, d.decided_on, d.title, d.signer_position ORDER BY 5 DESC, 1"
            ),
            [event.into()],
        ))
        .await
}

/// The head of office on a day, and how the office signs.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Head {
    pub name: String,
    pub nip: Option<String>,
    pub position: Option<String>,
    pub acting: bool,
}

pub async fn head_of_office(handle: &impl Handle, today: &str) -> Result<Option<Head>> {
    handle
        .one(Query::with(
            sql!(
                "SELECT u.name, u.nip, u.position, u.acting FROM app_user u JOIN user_role r ON r.user_id = u.id
                 WHERE r.role = 'head_of_office' AND u.disabled_at IS NULL AND r.valid_from <= $1 AND (r.valid_until IS NULL OR r.valid_until >= $1) ORDER BY u.id LIMIT 1"
            ),
            [today.into()],
        ))
        .await
}

/// A line of the office's letterhead: the settings `office_address` and `office_contact`.
pub async fn setting(handle: &impl Handle, name: &str) -> Result<String> {
    Ok(handle
        .scalar(Query::with(sql!("SELECT value FROM setting WHERE name = $1"), [name.into()]))
        .await?
        .unwrap_or_default())
}

/// Families of a village along the chain that led to a programme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct ChainRow {
    pub village: i64,
    pub candidate: i64,
    pub verified: i64,
    pub eligible: i64,
    pub unmet: i64,
}

/// Candidates, verified and eligible of the rounds whose decrees a programme enrolled from, by village; unmet are the
/// eligible who hold no place in any programme and were given no answer.
pub async fn chain(handle: &impl Handle, programme: i64) -> Result<Vec<ChainRow>> {
    let rows: Vec<ChainRow> = handle
        .all(Query::with(
            sql!(
                "SELECT a.village, COUNT(*) AS candidate,
                   CAST(SUM(CASE WHEN a.state = 'visited' THEN 1 ELSE 0 END) AS BIGINT) AS verified,
                   CAST(SUM(CASE WHEN a.outcome IN ('LAYAK', 'PERBAIKAN') THEN 1 ELSE 0 END) AS BIGINT) AS eligible,
                   CAST(SUM(CASE WHEN a.outcome IN ('LAYAK', 'PERBAIKAN')
                     AND NOT EXISTS (SELECT 1 FROM enrolment x WHERE x.family_id = a.family_id AND x.state IN ('enrolled', 'active', 'suspended'))
                     AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.family_id = a.family_id AND r.round_id = a.round_id) THEN 1 ELSE 0 END) AS BIGINT) AS unmet
                 FROM assignment a
                 WHERE {scope a.village} AND a.round_id IN (
                   SELECT t.round_id FROM enrolment_run r JOIN decree d ON d.id = r.decree_id JOIN determination t ON t.id = d.determination_id
                   WHERE r.programme_id = $1 AND r.undone_at IS NULL)
                 GROUP BY a.village ORDER BY a.village"
            ),
            [programme.into()],
        ))
        .await?;
    Ok(rows.into_iter().filter(|row| AreaCode::from_number(row.village).is_some()).collect())
}
