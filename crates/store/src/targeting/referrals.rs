//! An agency's inbox: the families handed to it, with no more of each than it needs to help, and its answers.

use domain::targeting::{ReferralAct, ReferralState};
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{Error, Result, reason};
use crate::{
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// An agency that families can be handed to.
#[derive(Clone, Debug)]
pub struct AgencyRef {
    pub id: i64,
    pub name: String,
    pub short_name: String,
    /// Needs it can answer: food, fishery, water, ...
    pub services: Vec<String>,
}

#[derive(FromQueryResult)]
struct AgencyRow {
    id: i64,
    name: String,
    short_name: String,
    services: String,
}

/// The active agencies, by name.
pub async fn agencies(handle: &impl Handle) -> Result<Vec<AgencyRef>> {
    let rows: Vec<AgencyRow> = handle
        .all(Query::with(
            sql!("SELECT id, name, short_name, services FROM agency WHERE active = $1 ORDER BY name, id"),
            [true.into()],
        ))
        .await?;
    rows.into_iter()
        .map(|row| {
            let services = serde_json::from_str(&row.services)?;
            Ok(AgencyRef { id: row.id, name: row.name, short_name: row.short_name, services })
        })
        .collect()
}

/// A family handed to an agency or refused. No number of a person or card, no score: what is needed to find and help.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Referral {
    pub id: i64,
    pub determination_id: Option<i64>,
    pub family_id: i64,
    pub kind: String,
    pub agency_id: Option<i64>,
    pub agency_name: Option<String>,
    pub head_name: String,
    pub address: String,
    pub rt: Option<String>,
    pub rw: Option<String>,
    pub village: i64,
    pub village_name: String,
    pub subdistrict_name: String,
    pub members: i64,
    pub need: Option<String>,
    pub reason: String,
    /// sent, accepted, declined, served, closed
    pub state: String,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<String>,
    pub created_by: Option<String>,
    pub created_at: String,
}

/// The family under the name it was decided under: corrections of the visit are in it.
const REFERRALS: &str = "SELECT r.id, r.determination_id, r.family_id, r.kind, r.agency_id, a.name AS agency_name, COALESCE(l.head_name, f.head_name) AS head_name, f.address, f.rt, f.rw, r.village,
        COALESCE(v.name, '') AS village_name, COALESCE(s.name, '') AS subdistrict_name, f.members, r.need, r.reason, r.state, r.answer,
        u.name AS answered_by, r.answered_at, c.name AS created_by, r.created_at
 FROM referral r JOIN family f ON f.id = r.family_id LEFT JOIN determination_line l ON l.determination_id = r.determination_id AND l.family_id = r.family_id LEFT JOIN agency a ON a.id = r.agency_id
 LEFT JOIN area v ON v.code = r.village AND v.level = 'village' LEFT JOIN area s ON s.code = r.village / 10000 * 10000 AND s.level = 'subdistrict'
 LEFT JOIN app_user u ON u.id = r.answered_by LEFT JOIN app_user c ON c.id = r.created_by
 WHERE {scope r.village}";

/// Which part of an inbox a page asks for.
#[derive(Clone, Debug, Default)]
pub struct Inbox {
    /// `None`: of every agency (the office's own view).
    pub agency: Option<i64>,
    pub state: Option<ReferralState>,
    pub subdistrict: Option<i64>,
    /// Only those behind this one.
    pub after: Option<i64>,
}

impl Inbox {
    fn apply(&self, query: &mut Query) {
        if let Some(agency) = self.agency {
            query.push_with(sql!(" AND r.agency_id = $$"), agency);
        }
        if let Some(state) = self.state {
            query.push_with(sql!(" AND r.state = $$"), state.as_str());
        }
        if let Some(subdistrict) = self.subdistrict {
            query.push_with(sql!(" AND r.village / 10000 * 10000 = $$"), subdistrict);
        }
    }
}

/// Families handed over, the oldest first, within the actor's area.
pub async fn inbox(handle: &impl Handle, inbox: &Inbox, limit: i64) -> Result<Vec<Referral>> {
    let mut query = Query::new(sql!(REFERRALS));
    query.push(sql!(" AND r.kind = 'referred'"));
    inbox.apply(&mut query);
    if let Some(after) = inbox.after {
        query.push_with(sql!(" AND r.id > $$"), after);
    }
    query.push_with(sql!(" ORDER BY r.id LIMIT $$"), limit);
    Ok(handle.all(query).await?)
}

#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct InboxCount {
    pub agency_id: i64,
    pub agency_name: String,
    pub state: String,
    pub families: i64,
    /// The day the oldest of them was sent.
    pub oldest: String,
}

/// How many stand where, by agency and state, within the actor's area.
pub async fn inbox_counts(handle: &impl Handle, agency: Option<i64>) -> Result<Vec<InboxCount>> {
    let mut query = Query::new(sql!(
        "SELECT r.agency_id, a.name AS agency_name, r.state, COUNT(*) AS families, MIN(r.created_at) AS oldest
         FROM referral r JOIN agency a ON a.id = r.agency_id WHERE r.kind = 'referred' AND {scope r.village}"
    ));
    if let Some(agency) = agency {
        query.push_with(sql!(" AND r.agency_id = $$"), agency);
    }
    query.push(sql!(" GROUP BY r.agency_id, a.name, r.state ORDER BY a.name, r.state"));
    Ok(handle.all(query).await?)
}

/// One referral within the actor's area; for staff of an agency only their own agency's.
pub async fn referral(handle: &impl Handle, id: i64, agency: Option<i64>) -> Result<Option<Referral>> {
    let mut query = Query::new(sql!(REFERRALS));
    query.push_with(sql!(" AND r.id = $$"), id);
    if let Some(agency) = agency {
        query.push_with(sql!(" AND r.agency_id = $$"), agency);
    }
    Ok(handle.one(query).await?)
}

/// Everything a family was told, the newest first. The caller has shown that it is within the actor's area.
pub async fn of_family(handle: &impl Handle, family: i64) -> Result<Vec<Referral>> {
    let mut query = Query::new(sql!(REFERRALS));
    query.push_with(sql!(" AND r.family_id = $$"), family).push(sql!(" ORDER BY r.id DESC"));
    Ok(handle.all(query).await?)
}

/// An agency's answer to families handed to it; how many. All of them or none: one that cannot take the step stops it.
/// `words`: what was done, or why not (needed to decline).
pub async fn reply(change: &Change<'_>, agency: i64, ids: &[i64], act: ReferralAct, words: &str) -> Result<i64> {
    if act == ReferralAct::Decline {
        reason(words)?;
    }
    let words = Some(words.trim()).filter(|words| !words.is_empty());
    let mut done = 0;
    for id in ids {
        let current = referral(change, *id, Some(agency)).await?.ok_or(Error::Missing)?;
        let state = ReferralState::from_word(&current.state)
            .ok_or_else(|| crate::Error::Stored(format!("unknown state {}", current.state)))?;
        let Some(next) = state.after(act) else {
            // sent twice: what was asked for already stands
            if done_already(state, act) {
                continue;
            }
            return Err(Error::ReferralStep(state));
        };
        let changed = change
            .execute(Query::with(
                sql!(
                    "UPDATE referral SET state = $2, answer = $3, answered_by = $4, answered_at = $5 WHERE id = $1 AND state = $6 AND {checked read within the scope}"
                ),
                [
                    (*id).into(),
                    next.as_str().into(),
                    words.into(),
                    change.actor().user.into(),
                    change.at().into(),
                    state.as_str().into(),
                ],
            ))
            .await?;
        if changed == 0 {
            return Err(Error::ReferralStep(state));
        }
        let verb = match next {
            ReferralState::Accepted => "referral.accepted",
            ReferralState::Declined => "referral.declined",
            _ => "referral.served",
        };
        let entry = Entry {
            verb,
            subject: ("referral", *id),
            area: Some(current.village),
            reason: words,
            data: json!({"agency": current.agency_name, "need": current.need}),
        };
        change.record_for_family(current.family_id, entry).await?;
        done += 1;
    }
    Ok(done)
}

fn done_already(state: ReferralState, act: ReferralAct) -> bool {
    matches!(
        (state, act),
        (ReferralState::Accepted, ReferralAct::Accept)
            | (ReferralState::Declined, ReferralAct::Decline)
            | (ReferralState::Served, ReferralAct::Serve)
    )
}
