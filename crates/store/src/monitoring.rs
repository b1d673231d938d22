//! Monitoring: where families stand in the pipeline, what waits for whom, and the numbers of the head of office and the
//! regent. Totals only; every number has a list behind it on the pages of its stage.

use domain::{access::Right, monitoring::PipelineStage};
use sea_orm::FromQueryResult;

use crate::{
    connect::Result,
    query::{Handle, Query},
    sql,
    targeting::open_condition,
    verification::unfinished,
};

/// Of several signed determinations of a round only the newest one's families are counted: an answer is the round's.
macro_rules! newest {
    () => {
        "d.id = (SELECT MAX(x.id) FROM determination x WHERE x.round_id = d.round_id AND x.state = 'signed')"
    };
}

/// The day of the first decree of the round that left the family out: from then on it waits for an answer, whatever is
/// decided about the round later.
macro_rules! first_decided {
    () => {
        "(SELECT MIN(fs.decided_on) FROM determination_line fl JOIN determination fd ON fd.id = fl.determination_id AND fd.state = 'signed' AND fd.round_id = d.round_id
           JOIN decree fs ON fs.determination_id = fd.id WHERE fl.family_id = l.family_id AND fl.why <> 'not_verified')"
    };
}

/// How many families wait at a stage, how many of them too long, and how long the middle one waits (days).
#[derive(Clone, Debug)]
pub struct Waiting {
    pub stage: PipelineStage,
    pub families: i64,
    pub stuck: i64,
    pub median_days: i64,
    pub limit_days: i64,
}

/// Families that began to wait on one day.
#[derive(Clone, Debug, FromQueryResult)]
struct Since {
    day: String,
    families: i64,
}

/// The pipeline as of `today` (`YYYY-MM-DD`), within the actor's scope.
pub async fn pipeline(handle: &impl Handle, today: &str) -> Result<Vec<Waiting>> {
    let mut stages = Vec::new();
    for stage in PipelineStage::ALL {
        let limit_days = limit(handle, *stage).await?;
        let waits: Vec<Since> = handle.all(since(*stage)).await?;
        stages.push(summary(*stage, &waits, today, limit_days));
    }
    Ok(stages)
}

/// The office's limit of a stage in days, else the one a new installation starts with.
pub async fn limit(handle: &impl Handle, stage: PipelineStage) -> Result<i64> {
    let set: Option<String> =
        handle.scalar(Query::with(sql!("SELECT value FROM setting WHERE name = $1"), [stage.setting().into()])).await?;
    Ok(set.and_then(|days| days.parse().ok()).unwrap_or_else(|| stage.default_limit()))
}

/// Families waiting at a stage by the day their waiting began: one that waits twice there counts once, from the first day.
fn since(stage: PipelineStage) -> Query {
    Query::new(match stage {
        PipelineStage::Verification => sql!(concat!(
            "SELECT w.day, COUNT(*) AS families FROM (
               SELECT MIN(r.starts_on) AS day FROM assignment a JOIN round r ON r.id = a.round_id
               WHERE r.state = 'open' AND ",
            unfinished!(),
            " AND {scope a.village} GROUP BY a.family_id) w GROUP BY w.day ORDER BY w.day"
        )),
        PipelineStage::Ranking => sql!(
            "SELECT w.day, COUNT(*) AS families FROM (
               SELECT MIN(SUBSTR(v.visited_at, 1, 10)) AS day FROM assignment a JOIN visit v ON v.id = a.visit_id
               WHERE a.outcome IN ('LAYAK', 'PERBAIKAN') AND {scope a.village}
                 AND NOT EXISTS (SELECT 1 FROM determination d WHERE d.round_id = a.round_id AND d.state IN ('proposed', 'signed'))
               GROUP BY a.family_id) w GROUP BY w.day ORDER BY w.day"
        ),
        PipelineStage::Signature => sql!(
            "SELECT w.day, COUNT(*) AS families FROM (
               SELECT MIN(SUBSTR(d.proposed_at, 1, 10)) AS day FROM determination_line l JOIN determination d ON d.id = l.determination_id
               WHERE d.state = 'proposed' AND l.state = 'selected' AND {scope l.village} GROUP BY l.family_id) w GROUP BY w.day ORDER BY w.day"
        ),
        PipelineStage::Answer => sql!(concat!(
            "SELECT w.day, COUNT(*) AS families FROM (SELECT MIN(o.day) AS day FROM (SELECT l.family_id, ", first_decided!(), " AS day
               FROM determination_line l JOIN determination d ON d.id = l.determination_id
               WHERE {scope l.village} AND ", open_condition!(), " AND ", newest!(),
            ") o GROUP BY o.family_id) w GROUP BY w.day ORDER BY w.day"
        )
        ),
        PipelineStage::Enrolment => sql!(
            "SELECT w.day, COUNT(*) AS families FROM (
               SELECT MIN(s.decided_on) AS day FROM determination_line l JOIN decree s ON s.determination_id = l.determination_id
               WHERE l.state = 'selected' AND {scope l.village} AND EXISTS (SELECT 1 FROM family z WHERE z.id = l.family_id AND z.state = 'active')
                 AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.determination_line_id = l.id)
               GROUP BY l.family_id) w GROUP BY w.day ORDER BY w.day"
        ),
        PipelineStage::Delivery => sql!(
            "SELECT w.day, COUNT(*) AS families FROM (
               SELECT MIN(e.since) AS day FROM enrolment e JOIN family z ON z.id = e.family_id AND z.state = 'active'
             WHERE e.state IN ('enrolled', 'active') AND {scope e.village}
               AND NOT EXISTS (SELECT 1 FROM event_line l WHERE l.enrolment_id = e.id AND l.state IN ('received', 'proxy'))
               AND EXISTS (SELECT 1 FROM programme_stage s WHERE s.programme_id = e.programme_id AND NOT EXISTS (
                 SELECT 1 FROM event_line l JOIN event ev ON ev.id = l.event_id WHERE l.enrolment_id = e.id AND ev.stage_id = s.id AND l.return_id IS NOT NULL))
               GROUP BY e.family_id) w GROUP BY w.day ORDER BY w.day"
        ),
    })
}

fn summary(stage: PipelineStage, waits: &[Since], today: &str, limit_days: i64) -> Waiting {
    let mut days: Vec<(i64, i64)> =
        waits.iter().map(|since| (days_between(&since.day, today), since.families)).collect();
    days.sort_unstable();
    let families: i64 = days.iter().map(|(_, n)| n).sum();
    let stuck = days.iter().filter(|(waited, _)| *waited > limit_days).map(|(_, n)| n).sum();
    let mut counted = 0;
    let median_days = days
        .iter()
        .find(|(_, n)| {
            counted += n;
            counted * 2 >= families
        })
        .map_or(0, |(waited, _)| *waited);
    Waiting { stage, families, stuck, median_days, limit_days }
}

/// Whole days from one day to another; 0 when either cannot be read.
fn days_between(from: &str, to: &str) -> i64 {
    let day = |text: &str| text.get(..10).and_then(|t| t.parse::<chrono::NaiveDate>().ok());
    match (day(from), day(to)) {
        (Some(from), Some(to)) => (to - from).num_days(),
        _ => 0,
    }
}

/// One thing that waits for the actor.
#[derive(Clone, Debug)]
pub struct Task {
    /// Message key; `-detail` holds the second line. Values: name, count, amount.
    pub key: &'static str,
    pub name: String,
    pub count: i64,
    pub amount: i64,
    pub href: String,
    /// The day it has to be done by, or since when it waits.
    pub due: Option<String>,
    pub since: Option<String>,
}

#[derive(FromQueryResult)]
struct Found {
    id: i64,
    name: String,
    count: i64,
    amount: i64,
    day: Option<String>,
}

/// Everything that waits for the actor by its rights, in the order of the chain.
pub async fn tasks(handle: &impl Handle) -> Result<Vec<Task>> {
    let actor = handle.actor().clone();
    let mut tasks = Vec::new();
    let mut add = |key: &'static str, found: Vec<Found>, href: &dyn Fn(&Found) -> String, is_due: bool| {
        for item in found {
            tasks.push(Task {
                key,
                href: href(&item),
                name: item.name,
                count: item.count,
                amount: item.amount,
                due: item.day.clone().filter(|_| is_due),
                since: item.day.filter(|_| !is_due),
            });
        }
    };
    if actor.may(Right::SignDetermination) {
        let found = handle.all(sql!(
            "SELECT d.id, d.name, d.selected AS count, d.amount, d.proposed_at AS day FROM determination d WHERE d.state = 'proposed' ORDER BY d.proposed_at, d.id"
        ));
        add("task-sign", found.await?, &|f| format!("/penetapan/{}/putusan", f.id), false);
    }
    if actor.may(Right::ApproveHouseholds) {
        let found = handle.all(Query::with(
            sql!(
                "SELECT CAST(0 AS BIGINT) AS id, '' AS name, COUNT(*) AS count, CAST(0 AS BIGINT) AS amount, MIN(c.proposed_at) AS day FROM household_change c
                 WHERE c.state = 'proposed' AND c.proposed_by IS DISTINCT FROM $1 AND {scope c.village} HAVING COUNT(*) > 0"
            ),
            [actor.user.into()],
        ));
        add("task-household", found.await?, &|_| "/keluarga/perubahan?keadaan=proposed".to_owned(), false);
    }
    if actor.may(Right::ManageVerification) {
        let found = handle.all(sql!(
            "SELECT r.id, r.name, COUNT(*) AS count, CAST(0 AS BIGINT) AS amount, CAST(NULL AS TEXT) AS day
             FROM assignment a JOIN round r ON r.id = a.round_id WHERE a.state = 'conflict' AND {scope a.village} GROUP BY r.id, r.name ORDER BY r.id"
        ));
        add("task-conflict", found.await?, &|f| format!("/verval/{}", f.id), false);
        let found = handle.all(sql!(concat!(
            "SELECT r.id, r.name, COUNT(*) AS count, CAST(0 AS BIGINT) AS amount, r.ends_on AS day
             FROM assignment a JOIN round r ON r.id = a.round_id WHERE r.state = 'open' AND ",
            unfinished!(),
            " AND {scope a.village} GROUP BY r.id, r.name, r.ends_on ORDER BY r.id"
        )));
        add("task-round", found.await?, &|f| format!("/verval/{}", f.id), true);
    } else if actor.may(Right::Visit) {
        let found = handle.all(Query::with(
            sql!(
                "SELECT r.id, r.name, COUNT(*) AS count, CAST(0 AS BIGINT) AS amount, MIN(COALESCE(rv.due_on, r.ends_on)) AS day
                 FROM assignment a JOIN round r ON r.id = a.round_id
                 JOIN round_village rv ON rv.round_id = a.round_id AND rv.village = a.village
                 WHERE r.state = 'open' AND (a.state = 'waiting' OR a.state = 'visited' AND a.outcome = 'TUNDA') AND rv.verifier_id = $1 AND {scope a.village} GROUP BY r.id, r.name ORDER BY r.id"
            ),
            [actor.user.into()],
        ));
        add("task-visit", found.await?, &|_| "/verval".to_owned(), true);
    }
    if actor.may(Right::DraftDetermination) {
        let found = handle.all(sql!(
            "SELECT d.id, d.name, d.selected AS count, d.amount, d.proposed_at AS day FROM determination d WHERE d.state = 'returned' ORDER BY d.id"
        ));
        add("task-returned", found.await?, &|f| format!("/penetapan/{}", f.id), false);
        let found = handle.all(sql!(concat!(
            "SELECT w.id, w.name, COUNT(*) AS count, CAST(0 AS BIGINT) AS amount, MIN(w.day) AS day FROM (
               SELECT d.id, d.name, ",
            first_decided!(),
            " AS day FROM determination_line l JOIN determination d ON d.id = l.determination_id
               WHERE {scope l.village} AND ",
            open_condition!(),
            " AND ",
            newest!(),
            ") w GROUP BY w.id, w.name ORDER BY w.id"
        )));
        add("task-answer", found.await?, &|f| format!("/penetapan/{}/jawaban", f.id), false);
    }
    if actor.may(Right::ManageProgrammes) {
        let found = handle.all(sql!(
            "SELECT p.id, p.name, COUNT(*) AS count, CAST(0 AS BIGINT) AS amount, s.decided_on AS day
             FROM determination_line l JOIN determination d ON d.id = l.determination_id JOIN decree s ON s.determination_id = d.id JOIN programme p ON p.id = d.programme_id
             WHERE l.state = 'selected' AND {scope l.village} AND EXISTS (SELECT 1 FROM family z WHERE z.id = l.family_id AND z.state = 'active')
               AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.determination_line_id = l.id)
             GROUP BY p.id, p.name, s.decided_on ORDER BY p.id"
        ));
        add("task-enrol", found.await?, &|f| format!("/program/{}", f.id), false);
    }
    if actor.may(Right::Serve) || actor.may(Right::ManageDelivery) {
        let found = handle.all(sql!(
            "SELECT e.id, e.name, COUNT(*) AS count, CAST(SUM(l.amount) AS BIGINT) AS amount, e.starts_at AS day
             FROM event_line l JOIN event e ON e.id = l.event_id WHERE e.state IN ('planned', 'open') AND l.state = 'planned' AND {scope l.village}
             GROUP BY e.id, e.name, e.starts_at ORDER BY e.starts_at, e.id"
        ));
        add("task-event", found.await?, &|f| format!("/penyaluran/{}", f.id), true);
    }
    if actor.may(Right::ManageDelivery) {
        let found = handle.all(sql!(
            "SELECT e.id, e.name, COUNT(*) AS count, CAST(SUM(l.amount) AS BIGINT) AS amount, e.closed_at AS day
             FROM event_line l JOIN event e ON e.id = l.event_id
             WHERE e.state = 'closed' AND l.state IN ('absent', 'failed') AND l.return_id IS NULL AND l.to_line_id IS NULL AND {scope l.village}
             GROUP BY e.id, e.name, e.closed_at ORDER BY e.closed_at, e.id"
        ));
        add("task-unserved", found.await?, &|f| format!("/penyaluran/{}", f.id), false);
    }
    if let Some(agency) = actor.agency.filter(|_| actor.may(Right::AnswerReferrals)) {
        let found = handle.all(Query::with(
            sql!(
                "SELECT CAST(0 AS BIGINT) AS id, a.name, COUNT(*) AS count, CAST(0 AS BIGINT) AS amount, MIN(r.created_at) AS day
                 FROM referral r JOIN agency a ON a.id = r.agency_id WHERE r.agency_id = $1 AND r.state = 'sent' AND {scope r.village} GROUP BY a.name"
            ),
            [agency.into()],
        ));
        add("task-referral", found.await?, &|_| "/rujukan".to_owned(), false);
    }
    Ok(tasks)
}

/// Lists that have been read and wait to be committed. Reading a list is no entry of the journal.
pub async fn lists_ready(handle: &impl Handle) -> Result<Vec<Task>> {
    if !handle.actor().may(Right::CommitLists) {
        return Ok(Vec::new());
    }
    let found: Vec<Found> = handle
        .all(sql!(
            "SELECT v.id, UPPER(v.source) || ' ' || v.version AS name, CAST(COALESCE((SELECT SUM(f.rows_data) FROM list_file f WHERE f.version_id = v.id), 0) AS BIGINT) AS count,
                    CAST(0 AS BIGINT) AS amount, v.created_at AS day
             FROM list_version v WHERE v.state = 'ready' ORDER BY v.id"
        ))
        .await?;
    let task = |item: Found| Task {
        key: "task-list-ready",
        href: format!("/daftar/{}", item.id),
        name: item.name,
        count: item.count,
        amount: item.amount,
        due: None,
        since: item.day,
    };
    Ok(found.into_iter().map(task).collect())
}

/// Records that may be one person, where the actor may say. Finding them is no entry of the journal.
pub async fn pairs_open(handle: &impl Handle) -> Result<Option<Task>> {
    use crate::registry::likeness::desk;
    if !handle.actor().may(Right::ChangeHouseholds) {
        return Ok(None);
    }
    let count = desk::count(handle, &desk::Filter::default()).await?;
    if count == 0 {
        return Ok(None);
    }
    let since = desk::oldest(handle).await?;
    Ok(Some(Task {
        key: "task-pairs",
        name: String::new(),
        count,
        amount: 0,
        href: "/keluarga/padan".to_owned(),
        due: None,
        since,
    }))
}

/// What is most late comes first; what has no day at the end.
pub fn by_lateness(tasks: &mut [Task], today: &str) {
    tasks.sort_by_key(|task| {
        let late = task
            .due
            .as_deref()
            .map(|due| days_between(due, today))
            .or_else(|| task.since.as_deref().map(|s| days_between(s, today)));
        std::cmp::Reverse(late.unwrap_or(i64::MIN))
    });
}

/// A signed and running programme with its money and how far it is.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ProgrammeTotals {
    pub id: i64,
    pub name: String,
    pub strategy: String,
    pub ceiling: i64,
    pub target: i64,
    pub served: i64,
    pub paid: i64,
}

/// Programmes that are not drafts: families enrolled and served, rupiah paid.
pub async fn programmes(handle: &impl Handle) -> Result<Vec<ProgrammeTotals>> {
    handle
        .all(sql!(
            "SELECT p.id, p.name, p.strategy, p.ceiling,
                    (SELECT COUNT(*) FROM enrolment e WHERE e.programme_id = p.id AND e.state IN ('enrolled', 'active') AND {scope e.village}) AS target,
                    (SELECT COUNT(DISTINCT l.family_id) FROM event_line l JOIN event x ON x.id = l.event_id WHERE x.programme_id = p.id AND l.state IN ('received', 'proxy') AND {scope l.village}) AS served,
                    CAST(COALESCE((SELECT SUM(l.amount) FROM event_line l JOIN event x ON x.id = l.event_id WHERE x.programme_id = p.id AND l.state IN ('received', 'proxy') AND {scope l.village}), 0) AS BIGINT) AS paid
             FROM programme p WHERE p.state <> 'draft' ORDER BY p.strategy, p.name, p.id"
        ))
        .await
}

/// Served families of a programme by kecamatan, against those enrolled: a cell of the head's table.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Coverage {
    pub programme_id: i64,
    /// Kecamatan, ten digits.
    pub area: i64,
    pub target: i64,
    pub served: i64,
}

pub async fn coverage(handle: &impl Handle) -> Result<Vec<Coverage>> {
    handle
        .all(sql!(
            "SELECT e.programme_id, e.village / 10000 * 10000 AS area, COUNT(*) AS target,
                    CAST(SUM(CASE WHEN EXISTS (SELECT 1 FROM event_line l WHERE l.enrolment_id = e.id AND l.state IN ('received', 'proxy')) THEN 1 ELSE 0 END) AS BIGINT) AS served
             FROM enrolment e WHERE e.state IN ('enrolled', 'active') AND {scope e.village}
             GROUP BY e.programme_id, e.village / 10000 * 10000 ORDER BY 1, 2"
        ))
        .await
}

/// Faults in the data of families now on record.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Quality {
    pub block: String,
    pub families: i64,
}

/// Families that a fault keeps out of decrees, by fault, most first.
pub async fn quality(handle: &impl Handle) -> Result<Vec<Quality>> {
    handle
        .all(sql!(
            "SELECT f.block, COUNT(*) AS families FROM family f WHERE f.block <> '' AND f.state = 'active' AND {scope f.village} GROUP BY f.block ORDER BY 2 DESC, 1"
        ))
        .await
}

/// Visits recorded by each verifier in open rounds, for the view of workload.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Workload {
    pub name: String,
    pub families: i64,
    pub waiting: i64,
}

pub async fn workload(handle: &impl Handle) -> Result<Vec<Workload>> {
    handle
        .all(sql!(concat!(
            "SELECT u.name, COUNT(*) AS families, CAST(SUM(CASE WHEN ",
            unfinished!(),
            " THEN 1 ELSE 0 END) AS BIGINT) AS waiting
             FROM assignment a JOIN round r ON r.id = a.round_id JOIN round_village rv ON rv.round_id = a.round_id AND rv.village = a.village
             JOIN app_user u ON u.id = rv.verifier_id WHERE r.state = 'open' AND {scope a.village} GROUP BY u.id, u.name ORDER BY u.name, u.id"
        )))
        .await
}

/// Families of desil 1 on record and those that have received at least one aid, as of the end of each of the last months.
#[derive(Clone, Debug, FromQueryResult)]
struct FirstAid {
    month: String,
    families: i64,
}

/// Families of desil 1 (of the newest list) without any aid at the end of each month, oldest first: `(YYYY-MM, families)`.
pub async fn untouched_by_month(handle: &impl Handle, months: &[String]) -> Result<Vec<(String, i64)>> {
    let all = handle
        .count(sql!("SELECT COUNT(*) FROM family f WHERE f.desil = 1 AND f.state = 'active' AND {scope f.village}"))
        .await?;
    let first: Vec<FirstAid> = handle
        .all(sql!(
            "SELECT month, COUNT(*) AS families FROM (
               SELECT SUBSTR(MIN(l.served_at), 1, 7) AS month FROM event_line l JOIN family f ON f.id = l.family_id
               WHERE l.state IN ('received', 'proxy') AND f.desil = 1 AND f.state = 'active' AND {scope f.village} GROUP BY l.family_id
             ) AS firsts GROUP BY month ORDER BY month"
        ))
        .await?;
    Ok(months
        .iter()
        .map(|month| {
            let touched: i64 = first.iter().filter(|f| f.month <= *month).map(|f| f.families).sum();
            (month.clone(), all - touched)
        })
        .collect())
}

/// The last entries of the journal that tell of others' work, for the home page: the whole district's for who works on
/// the whole district, else those about the actor's own area or agency.
pub async fn newest(handle: &impl Handle, limit: i64) -> Result<Vec<crate::journal::Line>> {
    let actor = handle.actor().clone();
    let mut query = if actor.may(Right::AnswerReferrals) && !actor.may(Right::SeeFamilies) {
        // an agency: what is handed to it, and what its own programmes do
        let agency = actor.agency.unwrap_or_default();
        let mut query = Query::new(sql!(
            "SELECT j.id, j.at, j.user_id, j.actor, j.verb, j.subject_kind, j.subject_id, j.area, j.reason, j.data, CAST(NULL AS TEXT) AS detail FROM journal j
             WHERE (j.verb = 'referral.sent' AND EXISTS (SELECT 1 FROM referral r WHERE r.journal_id = j.id AND {scope r.village}"
        ));
        query.push_with(sql!(" AND r.agency_id = $$)"), agency);
        query.push_with(
            sql!(
                " OR j.verb IN ('event.opened', 'event.closed') AND EXISTS (SELECT 1 FROM event e JOIN programme p ON p.id = e.programme_id WHERE e.id = j.subject_id AND p.agency_id = $$)"
            ),
            agency,
        );
        query.push_with(
            sql!(
                " OR j.verb = 'decree.signed' AND EXISTS (SELECT 1 FROM decree k JOIN determination d ON d.id = k.determination_id JOIN programme p ON p.id = d.programme_id
                  WHERE k.id = j.subject_id AND p.agency_id = $$))"
            ),
            agency,
        );
        query
    } else if actor.scope.is_everything() || !actor.may(Right::SeeFamilies) {
        Query::new(sql!(
            "SELECT j.id, j.at, j.user_id, j.actor, j.verb, j.subject_kind, j.subject_id, j.area, j.reason, j.data, CAST(NULL AS TEXT) AS detail FROM journal j
             WHERE j.verb IN ('list.committed', 'list.undone', 'list.corrected', 'round.opened', 'round.closed', 'determination.proposed', 'determination.returned', 'decree.signed', 'event.opened', 'event.closed', 'deliberation.recorded')"
        ))
    } else {
        Query::new(sql!(
            "SELECT j.id, j.at, j.user_id, j.actor, j.verb, j.subject_kind, j.subject_id, j.area, j.reason, j.data, CAST(NULL AS TEXT) AS detail FROM journal j
             WHERE (j.verb = 'deliberation.recorded' AND {scope j.area}
                OR j.verb IN ('round.opened', 'round.closed') AND EXISTS (SELECT 1 FROM round_village v WHERE v.round_id = j.subject_id AND {scope v.village})
                OR j.verb IN ('event.opened', 'event.closed') AND EXISTS (SELECT 1 FROM event_line l WHERE l.event_id = j.subject_id AND {scope l.village})
                OR j.verb = 'decree.signed' AND EXISTS (SELECT 1 FROM decree k JOIN determination_line l ON l.determination_id = k.determination_id WHERE k.id = j.subject_id AND {scope l.village}))"
        ))
    };
    query.push_with(sql!(" ORDER BY j.id DESC LIMIT $$"), limit);
    handle.all(query).await
}

/// What an examiner looks at, by the noun of the journal's verbs.
const EXAMINED: [&str; 6] = ["decree", "determination", "number", "list", "event", "user"];

/// What an auditor looks at: decisions, numbers shown, changes of data and of rights, since a day (`YYYY-MM-DD`); the
/// kind of entry, how many, the newest. Only what happened at all.
pub async fn to_check(handle: &impl Handle, since: &str) -> Result<Vec<(&'static str, i64, String)>> {
    #[derive(FromQueryResult)]
    struct Row {
        verb: String,
        entries: i64,
        newest: String,
    }
    let rows: Vec<Row> = handle
        .all(Query::with(
            sql!("SELECT j.verb, COUNT(*) AS entries, MAX(j.at) AS newest FROM journal j WHERE j.at >= $1 GROUP BY j.verb ORDER BY j.verb"),
            [since.into()],
        ))
        .await?;
    let of = |noun: &&'static str| {
        let mine: Vec<&Row> = rows.iter().filter(|row| row.verb.split('.').next() == Some(*noun)).collect();
        let newest = mine.iter().map(|row| row.newest.clone()).max()?;
        Some((*noun, mine.iter().map(|row| row.entries).sum(), newest))
    };
    Ok(EXAMINED.iter().filter_map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_of_families_and_stuck_is_beyond_the_limit() {
        let since = |day: &str, families| Since { day: day.to_owned(), families };
        let waits = [since("2026-11-20", 10), since("2026-11-01", 3), since("2026-11-14", 20)];
        let stage = summary(PipelineStage::Enrolment, &waits, "2026-11-21", 7);
        assert_eq!((stage.families, stage.stuck, stage.median_days), (33, 3, 7));
        let empty = summary(PipelineStage::Enrolment, &[], "2026-11-21", 7);
        assert_eq!((empty.families, empty.stuck, empty.median_days), (0, 0, 0));
    }
}
