//! Signed decrees: what was frozen, read as it was, and the proof that it is still what was signed.

use domain::{
    Rupiah,
    targeting::{Criteria, Points, Quota},
};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use welfare::{Candidate, Facts, rank};

use super::{Detail, Determination, Error, Result};
use crate::{
    query::{Handle, Query},
    sql,
};

/// The rule as of the signing, and what it was applied to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecreeRule {
    pub criteria: Criteria,
    pub quota: Quota,
    pub round: String,
    pub list: String,
    pub programme: Option<String>,
    pub sub_activity: Option<String>,
    pub account: Option<String>,
    pub fund: Option<String>,
    pub year: Option<i64>,
    /// cash, goods
    pub aid: Option<String>,
    pub stages: Option<i64>,
    pub ranked_at: Option<String>,
    pub candidates: i64,
    pub eligible: i64,
}

impl DecreeRule {
    pub(super) fn of(current: &Determination) -> Self {
        let programme = current.programme.as_ref();
        Self {
            criteria: current.criteria.clone(),
            quota: current.quota.clone(),
            round: current.round_name.clone(),
            list: current.list.clone(),
            programme: programme.map(|programme| programme.name.clone()),
            sub_activity: programme.map(|programme| programme.sub_activity.clone()),
            account: programme.map(|programme| programme.account.clone()),
            fund: programme.map(|programme| programme.fund.clone()),
            year: programme.map(|programme| programme.year),
            aid: programme.map(|programme| programme.aid.clone()),
            stages: programme.map(|programme| programme.stages),
            ranked_at: current.ranked_at.clone(),
            candidates: current.candidates,
            eligible: current.eligible,
        }
    }
}

/// A signed decree.
#[derive(Clone, Debug)]
pub struct Decree {
    pub id: i64,
    pub determination_id: i64,
    pub determination_name: String,
    pub programme_id: Option<i64>,
    pub number: String,
    pub decided_on: String,
    pub title: String,
    pub signer_name: String,
    pub signer_position: String,
    pub signer_nip: Option<String>,
    pub acting: bool,
    pub rule: DecreeRule,
    /// SHA-256, hexadecimal.
    pub digest: String,
    pub families: i64,
    pub amount: Rupiah,
    pub signed_at: String,
    /// The scan signed by hand.
    pub attachment_id: Option<i64>,
}

#[derive(FromQueryResult)]
struct DecreeRow {
    id: i64,
    determination_id: i64,
    determination_name: String,
    programme_id: Option<i64>,
    number: String,
    decided_on: String,
    title: String,
    signer_name: String,
    signer_position: String,
    signer_nip: Option<String>,
    acting: bool,
    rule: String,
    digest: String,
    families: i64,
    amount: i64,
    signed_at: String,
    attachment_id: Option<i64>,
}

const DECREES: &str = "SELECT k.id, k.determination_id, d.name AS determination_name, d.programme_id, k.number, k.decided_on, k.title, k.signer_name, k.signer_position, k.signer_nip, k.acting,
        k.rule, k.digest, k.families, k.amount, k.signed_at, k.attachment_id FROM decree k JOIN determination d ON d.id = k.determination_id";

impl DecreeRow {
    fn into_decree(self) -> Result<Decree> {
        Ok(Decree {
            id: self.id,
            determination_id: self.determination_id,
            determination_name: self.determination_name,
            programme_id: self.programme_id,
            number: self.number,
            decided_on: self.decided_on,
            title: self.title,
            signer_name: self.signer_name,
            signer_position: self.signer_position,
            signer_nip: self.signer_nip,
            acting: self.acting,
            rule: serde_json::from_str(&self.rule)?,
            digest: self.digest,
            families: self.families,
            amount: Rupiah(self.amount),
            signed_at: self.signed_at,
            attachment_id: self.attachment_id,
        })
    }
}

pub async fn decree(handle: &impl Handle, id: i64) -> Result<Option<Decree>> {
    let mut query = Query::new(sql!(DECREES));
    query.push_with(sql!(" WHERE k.id = $$"), id);
    let row: Option<DecreeRow> = handle.one(query).await?;
    row.map(DecreeRow::into_decree).transpose()
}

/// The decree of a determination, once it is signed.
pub async fn decree_of(handle: &impl Handle, determination: i64) -> Result<Option<Decree>> {
    let mut query = Query::new(sql!(DECREES));
    query.push_with(sql!(" WHERE k.determination_id = $$"), determination);
    let row: Option<DecreeRow> = handle.one(query).await?;
    row.map(DecreeRow::into_decree).transpose()
}

/// Every decree, the newest first.
pub async fn decrees(handle: &impl Handle) -> Result<Vec<Decree>> {
    let mut query = Query::new(sql!(DECREES));
    query.push(sql!(" ORDER BY k.decided_on DESC, k.id DESC"));
    let rows: Vec<DecreeRow> = handle.all(query).await?;
    rows.into_iter().map(DecreeRow::into_decree).collect()
}

/// One family of the annex, as frozen.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct AnnexLine {
    pub id: i64,
    pub family_id: i64,
    pub village: i64,
    pub rank: i64,
    /// Thousandths of a point.
    pub score: i64,
    pub head_name: String,
    pub nik: Option<String>,
    pub kk: Option<String>,
    pub address: String,
    pub village_name: String,
    pub subdistrict_name: String,
    pub members: i64,
    pub amount: i64,
}

const ANNEX: &str = "SELECT l.id, l.family_id, l.village, l.rank, l.score, COALESCE(l.head_name, '') AS head_name, l.nik, l.kk, COALESCE(l.address, '') AS address,
        COALESCE(l.village_name, '') AS village_name, COALESCE(l.subdistrict_name, '') AS subdistrict_name, COALESCE(l.members, 0) AS members, COALESCE(l.amount, 0) AS amount
 FROM determination_line l JOIN decree k ON k.determination_id = l.determination_id WHERE l.state = 'selected' AND {scope l.village}";

/// The annex by rank, within the actor's area: those behind a rank, at most `limit`, with a name like `search` if given.
pub async fn annex(
    handle: &impl Handle,
    decree: i64,
    after_rank: i64,
    search: Option<&str>,
    limit: i64,
) -> Result<Vec<AnnexLine>> {
    let mut query = Query::new(sql!(ANNEX));
    query.push_with(sql!(" AND k.id = $$"), decree).push_with(sql!(" AND l.rank > $$"), after_rank);
    if let Some(search) = search.map(str::trim).filter(|text| !text.is_empty()) {
        let escaped = search.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query.push_with(sql!(" AND LOWER(l.head_name) LIKE $$ ESCAPE '\\'"), format!("%{escaped}%"));
    }
    query.push_with(sql!(" ORDER BY l.rank LIMIT $$"), limit);
    Ok(handle.all(query).await?)
}

/// The whole annex in the order of a decree: by kecamatan and village (official code), then by rank.
pub async fn whole_annex(handle: &impl Handle, decree: i64) -> Result<Vec<AnnexLine>> {
    let mut query = Query::new(sql!(ANNEX));
    query.push_with(sql!(" AND k.id = $$"), decree).push(sql!(" ORDER BY l.village, l.rank"));
    Ok(handle.all(query).await?)
}

#[derive(FromQueryResult)]
struct SealedLine {
    id: i64,
    family_id: i64,
    village: i64,
    rank: Option<i64>,
    score: Option<i64>,
    facts: String,
    parts: String,
    state: String,
    why: String,
    detail: String,
    head_name: Option<String>,
    nik: Option<String>,
    kk: Option<String>,
    address: Option<String>,
    village_name: Option<String>,
    subdistrict_name: Option<String>,
    members: Option<i64>,
    amount: Option<i64>,
}

/// Lines read at once.
const BLOCK: i64 = 5_000;

async fn sealed_lines(handle: &impl Handle, determination: i64, after: i64) -> Result<Vec<SealedLine>> {
    Ok(handle
        .all(Query::with(
            sql!(
                "SELECT l.id, l.family_id, l.village, l.rank, l.score, l.facts, l.parts, l.state, l.why, l.detail, l.head_name, l.nik, l.kk, l.address,
                        l.village_name, l.subdistrict_name, l.members, l.amount
                 FROM determination_line l WHERE l.determination_id = $1 AND l.id > $2 AND {whole_district the seal covers every line} ORDER BY l.id LIMIT $3"
            ),
            [determination.into(), after.into(), BLOCK.into()],
        ))
        .await?)
}

/// The SHA-256 over a decree's own words, its rule and every line of its determination, in hexadecimal. Each value is
/// written with its length before it, so that no two different decrees are the same bytes.
pub(super) async fn digest(handle: &impl Handle, id: i64) -> Result<String> {
    let decree = decree(handle, id).await?.ok_or(Error::Missing)?;
    let mut seal = Seal(Sha256::new());
    let rule = serde_json::to_string(&decree.rule)?;
    for text in [&decree.number, &decree.decided_on, &decree.title, &decree.signer_name, &decree.signer_position] {
        seal.text(Some(text));
    }
    seal.text(decree.signer_nip.as_deref());
    seal.text(Some(if decree.acting { "acting" } else { "" }));
    seal.text(Some(&decree.signed_at));
    seal.text(Some(&rule));
    seal.number(Some(decree.families));
    seal.number(Some(decree.amount.0));
    let mut after = 0;
    loop {
        let block = sealed_lines(handle, decree.determination_id, after).await?;
        let Some(last) = block.last() else { break };
        after = last.id;
        for line in &block {
            for number in [Some(line.family_id), Some(line.village), line.rank, line.score, line.members, line.amount] {
                seal.number(number);
            }
            for text in [&line.facts, &line.parts, &line.state, &line.why, &line.detail] {
                seal.text(Some(text));
            }
            for text in
                [&line.head_name, &line.nik, &line.kk, &line.address, &line.village_name, &line.subdistrict_name]
            {
                seal.text(text.as_deref());
            }
        }
    }
    Ok(hex::encode(seal.0.finalize()))
}

struct Seal(Sha256);

impl Seal {
    fn text(&mut self, text: Option<&str>) {
        match text {
            Some(text) => {
                self.0.update(format!("{}:", text.len()));
                self.0.update(text);
            }
            None => self.0.update("-:"),
        }
    }

    fn number(&mut self, number: Option<i64>) {
        self.text(number.map(|number| number.to_string()).as_deref());
    }
}

/// What a decree was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The digest of what is stored now.
    pub digest: String,
    /// It is the one of the signing.
    pub sealed: bool,
    /// Families ranked anew from their frozen facts by the frozen rule.
    pub ranked: i64,
    /// Families whose rank, state or reason came out differently.
    pub different: i64,
}

impl Proof {
    pub const fn holds(&self) -> bool {
        self.sealed && self.different == 0
    }
}

/// Proves a decree twice over: its digest, and its ranking repeated from the frozen facts by the frozen rule.
pub async fn prove(handle: &impl Handle, id: i64) -> Result<Proof> {
    let decree = decree(handle, id).await?.ok_or(Error::Missing)?;
    let digest = digest(handle, id).await?;
    let mut candidates = Vec::new();
    let mut stored = std::collections::BTreeMap::new();
    let mut after = 0;
    loop {
        let block = sealed_lines(handle, decree.determination_id, after).await?;
        let Some(last) = block.last() else { break };
        after = last.id;
        for line in block {
            let facts: Facts = serde_json::from_str(&line.facts)?;
            let detail: Detail = serde_json::from_str(&line.detail)?;
            let excluded = domain::targeting::Exclusion::from_word(&line.why);
            candidates.push(Candidate {
                family: line.family_id,
                village: line.village,
                facts,
                excluded,
                place: detail.place,
            });
            stored.insert(line.family_id, (line.rank, line.score.map(Points), line.state, line.why));
        }
    }
    let ranking = rank(&candidates, &decree.rule.criteria, &decree.rule.quota);
    let different = ranking.lines.iter().filter(|line| {
        let now = (
            line.outcome.rank().map(i64::from),
            line.outcome.score(),
            line.outcome.state().as_str().to_owned(),
            line.outcome.why().to_owned(),
        );
        stored.get(&line.family) != Some(&now)
    });
    let different = different.count() as i64;
    Ok(Proof { sealed: digest == decree.digest, digest, ranked: candidates.len() as i64, different })
}
