//! The answer for families that were verified and not chosen: handed to an agency, or refused, one by one or by group.
//!
//! A family is answered when any determination of its round chose it and was signed, or when it was refused or handed to
//! an agency that has not declined. The number of those without an answer must reach nought.

use domain::{
    AreaCode,
    targeting::{Act, Livelihood, Need, ReferralKind, ReferralState},
};
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{Error, Result, ranking::lock, reason};
use crate::{
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// Of a line `l` of a determination `d`: verified, not chosen, and without an answer.
macro_rules! open_condition {
    () => {
        "l.state <> 'selected' AND l.why <> 'not_verified'
         AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.round_id = d.round_id AND r.family_id = l.family_id AND r.state <> 'declined')
         AND NOT EXISTS (SELECT 1 FROM determination_line s JOIN determination sd ON sd.id = s.determination_id
                         WHERE s.family_id = l.family_id AND s.state = 'selected' AND sd.round_id = d.round_id AND sd.state = 'signed')"
    };
}
pub(crate) use open_condition;

/// Verified families of all rounds that were not chosen and have no answer yet; each once, in however many determinations of
/// its round it stands.
pub async fn all_unanswered(handle: &impl Handle) -> Result<i64> {
    Ok(handle
        .count(sql!(concat!(
            "SELECT COUNT(*) FROM (SELECT DISTINCT d.round_id, l.family_id FROM determination_line l JOIN determination d ON d.id = l.determination_id
             WHERE d.state = 'signed' AND {whole_district counts without names} AND ",
            open_condition!(),
            ") w"
        )))
        .await?)
}

/// Families, and those of them ranked behind the limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub families: i64,
    pub reserves: i64,
}

/// Every family of a determination's round, each in one part: the parts are the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accounted {
    /// Families of the round.
    pub families: i64,
    /// Of these, with a result of their visit: the rest waits for one.
    pub verified: i64,
    pub selected: i64,
    /// Not chosen here; chosen by another signed determination of the round.
    pub elsewhere: Part,
    /// Handed to an agency that has not declined, in whatever determination of the round.
    pub referred: Part,
    pub refused: Part,
    pub unanswered: Part,
}

impl Accounted {
    pub const fn unverified(&self) -> i64 {
        self.families - self.verified
    }
}

/// What became of every family of a determination's round, as of now; the same rule as [`open_condition`].
pub async fn accounted(handle: &impl Handle, determination: i64) -> Result<Accounted> {
    #[derive(FromQueryResult)]
    struct Row {
        place: String,
        families: i64,
        reserves: i64,
    }
    let rows: Vec<Row> = handle
        .all(Query::with(
            sql!(
                "SELECT x.place, COUNT(*) AS families, CAST(SUM(CASE WHEN x.state = 'reserve' THEN 1 ELSE 0 END) AS BIGINT) AS reserves FROM (
                   SELECT l.state,
                     CASE WHEN l.state = 'selected' THEN 'selected'
                          WHEN l.why = 'not_verified' THEN 'unverified'
                          WHEN EXISTS (SELECT 1 FROM determination_line s JOIN determination sd ON sd.id = s.determination_id
                                       WHERE s.family_id = l.family_id AND s.state = 'selected' AND sd.round_id = d.round_id AND sd.state = 'signed') THEN 'elsewhere'
                          WHEN EXISTS (SELECT 1 FROM referral r WHERE r.round_id = d.round_id AND r.family_id = l.family_id AND r.kind = 'referred' AND r.state <> 'declined') THEN 'referred'
                          WHEN EXISTS (SELECT 1 FROM referral r WHERE r.round_id = d.round_id AND r.family_id = l.family_id AND r.state <> 'declined') THEN 'refused'
                          ELSE 'unanswered' END AS place
                   FROM determination_line l JOIN determination d ON d.id = l.determination_id
                   WHERE l.determination_id = $1 AND {whole_district counts without names}
                 ) x GROUP BY x.place ORDER BY x.place"
            ),
            [determination.into()],
        ))
        .await?;
    let mut all = Accounted::default();
    for Row { place, families, reserves } in rows {
        all.families += families;
        all.verified += if place == "unverified" { 0 } else { families };
        let part = Part { families, reserves };
        match place.as_str() {
            "selected" => all.selected = families,
            "elsewhere" => all.elsewhere = part,
            "referred" => all.referred = part,
            "refused" => all.refused = part,
            "unanswered" => all.unanswered = part,
            _ => {}
        }
    }
    Ok(all)
}

/// A group of families to be answered; empty: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Why they were not chosen.
    pub why: Option<String>,
    pub need: Option<Need>,
    pub livelihood: Option<Livelihood>,
    pub area: Option<AreaCode>,
    /// These only.
    pub families: Vec<i64>,
}

impl Group {
    fn apply(&self, query: &mut Query) {
        if let Some(why) = &self.why {
            if why == "reserve" {
                query.push(sql!(" AND l.state = 'reserve'"));
            } else {
                query.push_with(sql!(" AND l.why = $$"), why.as_str());
            }
        }
        // the facts are JSON of ours: each word stands in quotes and means one thing only
        if let Some(need) = self.need {
            query.push_with(sql!(" AND l.facts LIKE $$"), format!("%\"{need}\"%"));
        }
        if let Some(livelihood) = self.livelihood {
            query.push_with(sql!(" AND l.facts LIKE $$"), format!("%\"{livelihood}\"%"));
        }
        if let Some(area) = self.area {
            let range = area.range();
            query
                .push_with(sql!(" AND l.village >= $$"), *range.start())
                .push_with(sql!(" AND l.village <= $$"), *range.end());
        }
        if !self.families.is_empty() {
            query.push(sql!(" AND")).push_in(sql!("l.family_id"), self.families.iter().copied());
        }
    }
}

/// What a group is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// Handed to an agency: what it is asked for, and why.
    Refer {
        agency: i64,
        need: &'a str,
        reason: &'a str,
    },
    Refuse {
        reason: &'a str,
    },
}

/// How many verified families that were not chosen have no answer yet.
pub async fn unanswered(handle: &impl Handle, determination: i64) -> Result<i64> {
    Ok(handle
        .count(Query::with(
            sql!(concat!(
                "SELECT COUNT(*) FROM determination_line l JOIN determination d ON d.id = l.determination_id
                 WHERE l.determination_id = $1 AND {whole_district counts without names} AND ",
                open_condition!()
            )),
            [determination.into()],
        ))
        .await?)
}

/// The families without an answer, counted by what they could be answered by. A family may stand in several groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    pub unanswered: i64,
    /// By reason; every ranked family stands under `reserve`.
    pub by_why: Vec<(String, i64)>,
    pub by_need: Vec<(Need, i64)>,
    pub by_livelihood: Vec<(Livelihood, i64)>,
    pub by_subdistrict: Vec<(i64, String, i64)>,
}

#[derive(FromQueryResult)]
struct OpenRow {
    why: String,
    state: String,
    subdistrict: i64,
    facts: String,
    families: i64,
}

#[derive(FromQueryResult)]
struct AreaName {
    code: i64,
    name: String,
}

/// The groups of a determination's families without an answer.
pub async fn groups(handle: &impl Handle, determination: i64) -> Result<Groups> {
    // equal facts are counted together, so that what comes back is short even for many families
    let rows: Vec<OpenRow> = handle
        .all(Query::with(
            sql!(concat!(
                "SELECT x.why, x.state, x.subdistrict, x.facts, COUNT(*) AS families FROM (
                   SELECT l.why, l.state, l.village / 10000 * 10000 AS subdistrict, l.facts
                   FROM determination_line l JOIN determination d ON d.id = l.determination_id WHERE l.determination_id = $1 AND {whole_district counts without names} AND ",
                open_condition!(),
                ") x GROUP BY x.why, x.state, x.subdistrict, x.facts ORDER BY x.why, x.subdistrict, x.facts"
            )),
            [determination.into()],
        ))
        .await?;
    let names: Vec<AreaName> =
        handle.all(sql!("SELECT code, name FROM area WHERE level = 'subdistrict' ORDER BY code")).await?;
    let mut groups = Groups::default();
    let mut whys = std::collections::BTreeMap::new();
    let mut areas = std::collections::BTreeMap::new();
    let mut needs = vec![0; Need::ALL.len()];
    let mut livelihoods = vec![0; Livelihood::ALL.len()];
    for row in rows {
        let facts: welfare::Facts = serde_json::from_str(&row.facts)?;
        groups.unanswered += row.families;
        let why = if row.state == "reserve" { "reserve".to_owned() } else { row.why };
        *whys.entry(why).or_insert(0) += row.families;
        *areas.entry(row.subdistrict).or_insert(0) += row.families;
        facts.needs.iter().for_each(|need| needs[need as usize] += row.families);
        facts.livelihoods.iter().for_each(|livelihood| livelihoods[livelihood as usize] += row.families);
    }
    groups.by_why = whys.into_iter().collect();
    groups.by_why.sort_by_key(|(_, families)| std::cmp::Reverse(*families));
    groups.by_need = Need::ALL.iter().copied().zip(needs).filter(|(_, families)| *families > 0).collect();
    groups.by_livelihood =
        Livelihood::ALL.iter().copied().zip(livelihoods).filter(|(_, families)| *families > 0).collect();
    groups.by_subdistrict = areas
        .into_iter()
        .map(|(code, families)| {
            let name = names.iter().find(|area| area.code == code).map(|area| area.name.clone());
            (code, name.unwrap_or_default(), families)
        })
        .collect();
    Ok(groups)
}

/// A family without an answer, as the list shows it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Unanswered {
    pub line_id: i64,
    pub family_id: i64,
    pub head_name: String,
    pub village: i64,
    pub village_name: String,
    pub subdistrict_name: String,
    pub rank: Option<i64>,
    pub state: String,
    pub why: String,
    /// JSON: [`welfare::Facts`].
    pub facts: String,
    /// The reason of the agency that declined, when one did.
    pub declined: Option<String>,
}

/// The families of a group without an answer, within the actor's area, in the order of the ranking, behind a line.
pub async fn unanswered_page(
    handle: &impl Handle,
    determination: i64,
    group: &Group,
    after: i64,
    limit: i64,
) -> Result<Vec<Unanswered>> {
    let mut query = Query::new(sql!(concat!(
        "SELECT l.id AS line_id, l.family_id, COALESCE(l.head_name, '') AS head_name, l.village, COALESCE(l.village_name, '') AS village_name,
                COALESCE(l.subdistrict_name, '') AS subdistrict_name, l.rank, l.state, l.why, l.facts,
                (SELECT MAX(r.answer) FROM referral r WHERE r.round_id = d.round_id AND r.family_id = l.family_id AND r.state = 'declined') AS declined
         FROM determination_line l JOIN determination d ON d.id = l.determination_id WHERE {scope l.village} AND ",
        open_condition!()
    )));
    query.push_with(sql!(" AND l.determination_id = $$"), determination).push_with(sql!(" AND l.id > $$"), after);
    group.apply(&mut query);
    query.push_with(sql!(" ORDER BY l.id LIMIT $$"), limit);
    Ok(handle.all(query).await?)
}

/// Answers every family of a group that has no answer yet, within the actor's area; how many. One journal entry, linked
/// to each of them.
pub async fn answer(change: &Change<'_>, determination: i64, group: &Group, answer: &Answer<'_>) -> Result<i64> {
    let current = lock(change, determination).await?;
    current.state.after(Act::Answer)?;
    let (kind, state, agency, need, why) = match answer {
        Answer::Refer { agency, need, reason: why } => {
            let name: Option<String> = change
                .scalar(Query::with(
                    sql!("SELECT name FROM agency WHERE id = $1 AND active = $2"),
                    [(*agency).into(), true.into()],
                ))
                .await?;
            let to = Some((*agency, name.ok_or(Error::NoAgency)?));
            (ReferralKind::Referred, ReferralState::Sent, to, Some(reason(need)?), reason(why)?)
        }
        Answer::Refuse { reason: why } => (ReferralKind::Refused, ReferralState::Closed, None, None, reason(why)?),
    };
    let families = count_unanswered(change, determination, group).await?;
    if families == 0 {
        return Err(Error::NobodyToAnswer);
    }
    let entry = change
        .record(Entry {
            verb: if kind == ReferralKind::Referred { "referral.sent" } else { "referral.refused" },
            subject: ("determination", determination),
            area: group.area.map(AreaCode::number),
            reason: Some(why),
            data: json!({
                "name": current.name,
                "families": families,
                "agency": agency.as_ref().map(|(_, name)| name),
                "need": need,
            }),
        })
        .await?;
    let mut query = Query::with(
        sql!(concat!(
            "INSERT INTO referral (determination_id, round_id, family_id, village, kind, agency_id, need, reason, state, journal_id, created_by, created_at)
             SELECT l.determination_id, d.round_id, l.family_id, l.village, $1, CAST($2 AS BIGINT), $3, $4, $5, CAST($6 AS BIGINT), CAST($7 AS BIGINT), $8
             FROM determination_line l JOIN determination d ON d.id = l.determination_id WHERE {scope l.village} AND ",
            open_condition!()
        )),
        [
            kind.as_str().into(),
            agency.as_ref().map(|(id, _)| *id).into(),
            need.into(),
            why.into(),
            state.as_str().into(),
            entry.into(),
            change.actor().user.into(),
            change.at().into(),
        ],
    );
    query.push_with(sql!(" AND l.determination_id = $$"), determination);
    group.apply(&mut query);
    let written = change.execute(query).await? as i64;
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO journal_family (journal_id, family_id, detail)
                 SELECT $1, r.family_id, '{\"referral\":' || CAST(r.id AS TEXT) || '}' FROM referral r WHERE r.journal_id = $1 AND {whole_district those of this entry}"
            ),
            [entry.into()],
        ))
        .await?;
    Ok(written)
}

/// How many of a group have no answer, within the actor's area.
pub async fn count_unanswered(handle: &impl Handle, determination: i64, group: &Group) -> Result<i64> {
    let mut query = Query::new(sql!(concat!(
        "SELECT COUNT(*) FROM determination_line l JOIN determination d ON d.id = l.determination_id WHERE {scope l.village} AND ",
        open_condition!()
    )));
    query.push_with(sql!(" AND l.determination_id = $$"), determination);
    group.apply(&mut query);
    Ok(handle.count(query).await?)
}
