//! The journal: who did what, when, why. Append-only; written in the transaction of the change it tells.
//!
//! One entry may concern many families (an import, a determination): the entry is written once and linked to them by
//! `journal_family`, set-based. The family timeline, the audit page and the feed of changes all read from here.

use domain::access::Right;
use sea_orm::FromQueryResult;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::{
    connect::{Change, Error, Result},
    query::{Handle, Query},
    sql,
};

/// What happened, as `noun.verb`, with what it happened to.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// `noun.verb`, e.g. `list.committed`; the words on screen are the message `journal-list-committed`.
    pub verb: &'a str,
    /// The kind and id of the thing changed, e.g. `("list_version", 4)`.
    pub subject: (&'a str, i64),
    /// Where it happened, when it happened in one area.
    pub area: Option<i64>,
    /// The reason a person gave.
    pub reason: Option<&'a str>,
    /// Facts for the sentence on screen (names of things, counts, old and new). No NIK, no KK number.
    pub data: Json,
}

impl Change<'_> {
    /// Writes an entry; its id.
    pub async fn record(&self, entry: Entry<'_>) -> Result<i64> {
        self.insert(Query::with(
            sql!(
                "INSERT INTO journal (at, user_id, actor, verb, subject_kind, subject_id, area, reason, data)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id"
            ),
            [
                self.at().into(),
                self.actor().user.into(),
                self.actor().name.as_str().into(),
                entry.verb.into(),
                entry.subject.0.into(),
                entry.subject.1.into(),
                entry.area.into(),
                entry.reason.into(),
                entry.data.to_string().into(),
            ],
        ))
        .await
    }

    /// Writes an entry about one family.
    pub async fn record_for_family(&self, family: i64, entry: Entry<'_>) -> Result<i64> {
        let id = self.record(entry).await?;
        self.execute(Query::with(
            sql!("INSERT INTO journal_family (journal_id, family_id) VALUES ($1, $2)"),
            [id.into(), family.into()],
        ))
        .await?;
        Ok(id)
    }
}

/// A line of the journal as read.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Line {
    pub id: i64,
    pub at: String,
    pub user_id: Option<i64>,
    pub actor: String,
    pub verb: String,
    pub subject_kind: String,
    pub subject_id: i64,
    pub area: Option<i64>,
    pub reason: Option<String>,
    /// JSON text.
    pub data: String,
    /// What this entry says of the one family asked for, JSON text; NULL on the journal page.
    pub detail: Option<String>,
}

/// Which part of the journal a page asks for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub user: Option<i64>,
    /// The noun of the verb, e.g. `list`.
    pub noun: Option<String>,
    /// Only entries older than this one (keyset).
    pub before: Option<i64>,
    /// First and last day, `YYYY-MM-DD`.
    pub from: Option<String>,
    pub until: Option<String>,
}

/// The newest entries first, at most `limit`. For those who may read the journal; entries carry no family data.
pub async fn page(handle: &impl Handle, filter: &Filter, limit: i64) -> Result<Vec<Line>> {
    let mut query = Query::new(sql!(
        "SELECT id, at, user_id, actor, verb, subject_kind, subject_id, area, reason, data, CAST(NULL AS TEXT) AS detail
         FROM journal WHERE 1 = 1"
    ));
    if let Some(user) = filter.user {
        query.push_with(sql!(" AND user_id = $$"), user);
    }
    if let Some(noun) = &filter.noun {
        query.push_with(sql!(" AND verb LIKE $$"), format!("{noun}.%"));
    }
    if let Some(before) = filter.before {
        query.push_with(sql!(" AND id < $$"), before);
    }
    if let Some(from) = &filter.from {
        query.push_with(sql!(" AND at >= $$"), from.as_str());
    }
    if let Some(until) = &filter.until {
        query.push_with(sql!(" AND at < $$"), format!("{until}U")); // 'U' sorts behind the 'T' of that day's times
    }
    query.push_with(sql!(" ORDER BY id DESC LIMIT $$"), limit);
    handle.all(query).await
}

/// The one family an entry is about, and its name.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct About {
    pub journal_id: i64,
    pub family_id: i64,
    pub head_name: String,
}

/// Which of these entries are about one family only, and which family that is, as far as the actor may see families.
pub async fn about_families(handle: &impl Handle, entries: impl IntoIterator<Item = i64>) -> Result<Vec<About>> {
    let entries: Vec<i64> = entries.into_iter().collect();
    if entries.is_empty() || !handle.actor().may(Right::SeeFamilies) {
        return Ok(Vec::new());
    }
    // the first and the last family of an entry are found at the ends of an index, however many stand between
    let mut query = Query::new(sql!(
        "SELECT o.journal_id, o.family_id, f.head_name FROM (
           SELECT j.id AS journal_id, (SELECT MIN(x.family_id) FROM journal_family x WHERE x.journal_id = j.id) AS family_id,
                  (SELECT MAX(x.family_id) FROM journal_family x WHERE x.journal_id = j.id) AS last FROM journal j WHERE"
    ));
    query.push_in(sql!(" j.id"), entries).push(sql!(
        ") o JOIN family f ON f.id = o.family_id WHERE o.family_id = o.last AND {scope f.village} ORDER BY o.journal_id"
    ));
    handle.all(query).await
}

/// The timeline of one family, newest first. The caller has shown that the family is within the actor's scope.
pub async fn of_family(handle: &impl Handle, family: i64, limit: i64) -> Result<Vec<Line>> {
    handle
        .all(Query::with(
            sql!(concat!(
                "SELECT j.id, j.at, j.user_id, j.actor, j.verb, j.subject_kind, j.subject_id, j.area, j.reason, j.data, jf.detail
                 FROM journal_family jf JOIN journal j ON j.id = jf.journal_id
                 WHERE jf.family_id ", crate::registry::one_family!(), "
                   AND (jf.family_id = $1 OR NOT EXISTS (SELECT 1 FROM journal_family o WHERE o.family_id = $1 AND o.journal_id = jf.journal_id))
                 ORDER BY j.at DESC, j.id DESC LIMIT $2"
            )),
            [family.into(), limit.into()],
        ))
        .await
}

/// Entries younger than this many minutes are not sealed yet: a long transaction may still bring an older number.
const SETTLED_MINUTES: i64 = 10;
/// Entries sealed at once.
const BATCH: i64 = 5_000;

#[derive(Debug, FromQueryResult)]
struct Seal {
    last_journal_id: i64,
    entries: i64,
    hash: String,
}

/// Seals the entries that have settled: one hash over the last seal and every entry since. Answers with how many.
pub async fn seal(change: &Change<'_>) -> Result<i64> {
    let now = chrono::DateTime::parse_from_rfc3339(change.at())
        .map_err(|e| Error::Stored(format!("time {}: {e}", change.at())))?;
    let settled = (now - chrono::Duration::minutes(SETTLED_MINUTES)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let last: Option<Seal> = change
        .one(sql!("SELECT last_journal_id, entries, hash FROM journal_seal ORDER BY last_journal_id DESC LIMIT 1"))
        .await?;
    let (from, hash) = last.map_or((0, String::new()), |seal| (seal.last_journal_id, seal.hash));
    // up to the first entry that has not settled, so that no number inside a seal is missing
    let open: Option<i64> = change
        .scalar::<Option<i64>>(Query::with(
            sql!("SELECT MIN(id) FROM journal WHERE id > $1 AND at > $2"),
            [from.into(), settled.into()],
        ))
        .await?
        .flatten();
    let lines = sealed_lines(change, from, open.map_or(i64::MAX, |id| id - 1), BATCH).await?;
    let Some(newest) = lines.last() else { return Ok(0) };
    let (until, count) = (newest.id, lines.len() as i64);
    change
        .execute(Query::with(
            sql!("INSERT INTO journal_seal (last_journal_id, entries, hash, sealed_at) VALUES ($1, $2, $3, $4)"),
            [until.into(), count.into(), chain(&hash, &lines).into(), change.at().into()],
        ))
        .await?;
    Ok(count)
}

/// What a check of the whole journal found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    pub seals: i64,
    pub entries: i64,
    /// Entries behind the last seal.
    pub open: i64,
    /// The last entry of the first seal that does not fit; `None` when the journal is whole.
    pub broken_at: Option<i64>,
}

/// Recomputes every seal.
pub async fn verify(handle: &impl Handle) -> Result<Verified> {
    let seals: Vec<Seal> =
        handle.all(sql!("SELECT last_journal_id, entries, hash FROM journal_seal ORDER BY last_journal_id")).await?;
    let mut found = Verified { seals: seals.len() as i64, entries: 0, open: 0, broken_at: None };
    let (mut from, mut hash) = (0, String::new());
    for seal in seals {
        let lines = sealed_lines(handle, from, seal.last_journal_id, i64::MAX).await?;
        if lines.len() as i64 != seal.entries || chain(&hash, &lines) != seal.hash {
            found.broken_at = Some(seal.last_journal_id);
            return Ok(found);
        }
        found.entries += seal.entries;
        (from, hash) = (seal.last_journal_id, seal.hash);
    }
    found.open = handle.count(Query::with(sql!("SELECT COUNT(*) FROM journal WHERE id > $1"), [from.into()])).await?;
    Ok(found)
}

async fn sealed_lines(handle: &impl Handle, from: i64, until: i64, limit: i64) -> Result<Vec<Line>> {
    handle
        .all(Query::with(
            sql!(
                "SELECT id, at, user_id, actor, verb, subject_kind, subject_id, area, reason, data, CAST(NULL AS TEXT) AS detail
                 FROM journal WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3"
            ),
            [from.into(), until.into(), limit.into()],
        ))
        .await
}

/// SHA-256 over the hash before and every field of every entry, separated so that nothing can move between fields.
fn chain(before: &str, lines: &[Line]) -> String {
    let mut digest = Sha256::new();
    digest.update(before.as_bytes());
    for line in lines {
        let numbers = [Some(line.id), line.user_id, Some(line.subject_id), line.area];
        for number in numbers {
            digest.update(number.map_or_else(|| "-".to_owned(), |n| n.to_string()).as_bytes());
            digest.update([0x1f]);
        }
        for text in [
            &line.at,
            &line.actor,
            &line.verb,
            &line.subject_kind,
            line.reason.as_ref().unwrap_or(&String::new()),
            &line.data,
        ] {
            digest.update(text.as_bytes());
            digest.update([0x1f]);
        }
    }
    hex::encode(digest.finalize())
}

/// A number that grows with every entry, also with one that is committed after a younger one: the sum of the newest ids.
pub async fn state(handle: &impl Handle) -> Result<i64> {
    handle
        .count(sql!("SELECT CAST(SUM(id) AS BIGINT) FROM (SELECT id FROM journal ORDER BY id DESC LIMIT 100) newest"))
        .await
}

/// The newest entry of a verb about a thing.
pub async fn newest_of(handle: &impl Handle, subject: (&str, i64), verb: &str) -> Result<Option<Line>> {
    handle
        .one(Query::with(
            sql!(
                "SELECT id, at, user_id, actor, verb, subject_kind, subject_id, area, reason, data, CAST(NULL AS TEXT) AS detail
                 FROM journal WHERE subject_kind = $1 AND subject_id = $2 AND verb = $3 ORDER BY id DESC LIMIT 1"
            ),
            [subject.0.into(), subject.1.into(), verb.into()],
        ))
        .await
}
