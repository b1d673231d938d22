//! Enrolment from a signed decree: a few statements over the whole annex, with warnings, a person's decision, and undo.
//!
//! Nobody is enrolled twice in a programme. Families that already receive the like are counted before and marked after;
//! whoever enrols says for each kind whether they come in all the same, and why.

use domain::programmes::{EnrolmentState, ListedAid, ProgrammeState};
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{
    Outcome, Refused,
    read::{self, Participant, Programme},
    write::{hold, keep_below_ceiling},
};
use crate::{
    connect::{Change, Result},
    delivery,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// A decree that names families.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SignedDecree {
    pub id: i64,
    pub number: String,
    pub decided_on: String,
    pub title: String,
    pub families: i64,
    pub amount: i64,
    pub signer_name: String,
    /// The programme its determination was made for.
    pub programme_id: Option<i64>,
}

const DECREE: &str = "SELECT d.id, d.number, d.decided_on, d.title, d.families, d.amount, d.signer_name, t.programme_id
 FROM decree d JOIN determination t ON t.id = d.determination_id";

/// The signed decrees a programme may enrol from: those made for it or for none, its own first, newest first.
pub async fn decrees(handle: &impl Handle, programme: i64) -> Result<Vec<SignedDecree>> {
    let mut query = Query::new(sql!(DECREE));
    query.push_with(sql!(" WHERE t.programme_id IS NULL OR t.programme_id = $$"), programme);
    query.push(sql!(" ORDER BY CASE WHEN t.programme_id IS NULL THEN 1 ELSE 0 END, d.decided_on DESC, d.id DESC"));
    handle.all(query).await
}

pub async fn decree(handle: &impl Handle, id: i64) -> Result<Option<SignedDecree>> {
    let mut query = Query::new(sql!(DECREE));
    query.push_with(sql!(" WHERE d.id = $$"), id);
    handle.one(query).await
}

/// What families on a decree already receive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warned {
    /// The newest list says so.
    List(ListedAid),
    /// Enrolled in another active programme of the same kind.
    Programme(i64),
}

impl Warned {
    /// The word of a form field: `aid_pkh` or `programme:12`.
    pub fn as_word(&self) -> String {
        match self {
            Self::List(aid) => aid.as_str().to_owned(),
            Self::Programme(id) => format!("programme:{id}"),
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        match word.strip_prefix("programme:") {
            Some(id) => id.parse().ok().map(Self::Programme),
            None => ListedAid::from_word(word).map(Self::List),
        }
    }
}

/// What enrolling from a decree would do.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// Selected by the decree, within the actor's scope.
    pub selected: i64,
    /// Of these, in the programme already (also those who left it).
    pub already: i64,
    /// Of the others, those that left the district, were taken into another family, or of whom nobody lives: not enrolled.
    pub gone: i64,
    /// Whose recipient named by the decree died.
    pub died: i64,
    /// The others.
    pub new: i64,
    /// Kinds of aid already received by new ones, with the families.
    pub warned: Vec<(Warned, i64)>,
    /// New families with at least one of these.
    pub warned_families: i64,
}

#[derive(FromQueryResult)]
struct Counts {
    selected: i64,
    already: i64,
    gone: i64,
    died: i64,
}

#[derive(FromQueryResult)]
struct ProgrammeCount {
    programme_id: i64,
    families: i64,
}

/// The newest committed version of each source: what lists say now.
async fn newest_lists(handle: &impl Handle) -> Result<Vec<i64>> {
    handle
        .column(sql!(
            "SELECT v.id FROM list_version v WHERE v.state = 'committed'
               AND NOT EXISTS (SELECT 1 FROM list_version n WHERE n.source = v.source AND n.state = 'committed'
                                AND (n.as_of > v.as_of OR (n.as_of = v.as_of AND n.id > v.id)))
             ORDER BY v.id"
        ))
        .await
}

/// How a reading says that a list's row receives this aid.
fn pattern(aid: ListedAid) -> String {
    format!("%\"{}\":\"{}\"%", aid.as_str(), domain::programmes::LISTED_YES)
}

/// How many families of a decree are not enrolled in this programme yet.
pub async fn waiting(handle: &impl Handle, programme: i64, decree: i64) -> Result<i64> {
    handle
        .count(Query::with(
            sql!(
                "SELECT COUNT(*) FROM decree d JOIN determination_line l ON l.determination_id = d.determination_id
                 WHERE d.id = $1 AND l.state = 'selected' AND {scope l.village} AND EXISTS (SELECT 1 FROM family z WHERE z.id = l.family_id AND z.state = 'active')
                   AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.programme_id = $2 AND e.family_id = l.family_id)"
            ),
            [decree.into(), programme.into()],
        ))
        .await
}

/// What enrolling from this decree would do; writes nothing.
pub async fn candidates(handle: &impl Handle, programme: &Programme, decree: i64) -> Result<Candidates> {
    let counts: Option<Counts> = handle
        .one(Query::with(
            sql!(
                "SELECT COUNT(*) AS selected,
                   CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM enrolment e WHERE e.programme_id = $2 AND e.family_id = l.family_id) THEN 1 ELSE 0 END), 0) AS BIGINT) AS already,
                   CAST(COALESCE(SUM(CASE WHEN f.state <> 'active' AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.programme_id = $2 AND e.family_id = l.family_id) THEN 1 ELSE 0 END), 0) AS BIGINT) AS gone,
                   CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM person q WHERE q.nik = l.nik AND q.state = 'deceased') AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.programme_id = $2 AND e.family_id = l.family_id) THEN 1 ELSE 0 END), 0) AS BIGINT) AS died
                 FROM decree d JOIN determination_line l ON l.determination_id = d.determination_id JOIN family f ON f.id = l.family_id
                 WHERE d.id = $1 AND l.state = 'selected' AND {scope l.village}"
            ),
            [decree.into(), programme.id.into()],
        ))
        .await?;
    let Some(counts) = counts else { return Ok(Candidates::default()) };
    let mut found = Candidates {
        selected: counts.selected,
        already: counts.already,
        new: counts.selected - counts.already - counts.gone,
        gone: counts.gone,
        died: counts.died,
        ..Candidates::default()
    };
    let lists = newest_lists(handle).await?;
    let aids = ListedAid::warned_by(programme.aid_kind, &programme.excludes);
    let mut any = Query::with(
        sql!(
            "SELECT COUNT(*) FROM decree d JOIN determination_line l ON l.determination_id = d.determination_id
             WHERE d.id = $1 AND l.state = 'selected' AND {scope l.village} AND EXISTS (SELECT 1 FROM family z WHERE z.id = l.family_id AND z.state = 'active')
               AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.programme_id = $2 AND e.family_id = l.family_id)
               AND (EXISTS (SELECT 1 FROM enrolment o JOIN programme p ON p.id = o.programme_id
                             WHERE o.family_id = l.family_id AND p.id <> $2 AND p.aid_kind = $3 AND p.state = 'active'
                               AND o.state IN ('enrolled', 'active', 'suspended'))"
        ),
        [decree.into(), programme.id.into(), programme.aid_kind.as_str().into()],
    );
    for aid in &aids {
        let mut query = Query::with(
            sql!(
                "SELECT COUNT(DISTINCT l.family_id) FROM decree d JOIN determination_line l ON l.determination_id = d.determination_id
                   JOIN family_list fl ON fl.family_id = l.family_id JOIN list_row own ON own.id = fl.row_id
                   JOIN list_row r ON r.version_id = fl.version_id AND r.family_key = own.family_key JOIN list_raw w ON w.row_id = r.id
                 WHERE d.id = $1 AND l.state = 'selected' AND {scope l.village} AND EXISTS (SELECT 1 FROM family z WHERE z.id = l.family_id AND z.state = 'active')
                   AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.programme_id = $2 AND e.family_id = l.family_id)
                   AND w.reading LIKE $3 AND"
            ),
            [decree.into(), programme.id.into(), pattern(*aid).into()],
        );
        query.push_in(sql!(" fl.version_id"), lists.iter().copied());
        let families = handle.count(query).await?;
        if families > 0 {
            found.warned.push((Warned::List(*aid), families));
        }
        any.push(sql!(
            " OR EXISTS (SELECT 1 FROM family_list fl JOIN list_row own ON own.id = fl.row_id
               JOIN list_row r ON r.version_id = fl.version_id AND r.family_key = own.family_key JOIN list_raw w ON w.row_id = r.id
               WHERE fl.family_id = l.family_id AND {checked by the line} AND"
        ));
        any.push_in(sql!(" fl.version_id"), lists.iter().copied());
        any.push_with(sql!(" AND w.reading LIKE $$)"), pattern(*aid));
    }
    any.push(sql!(")"));
    found.warned_families = handle.count(any).await?;
    let others: Vec<ProgrammeCount> = handle
        .all(Query::with(
            sql!(
                "SELECT o.programme_id, COUNT(*) AS families FROM decree d JOIN determination_line l ON l.determination_id = d.determination_id
                   JOIN enrolment o ON o.family_id = l.family_id JOIN programme p ON p.id = o.programme_id
                 WHERE d.id = $1 AND l.state = 'selected' AND {scope l.village} AND EXISTS (SELECT 1 FROM family z WHERE z.id = l.family_id AND z.state = 'active')
                   AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.programme_id = $2 AND e.family_id = l.family_id)
                   AND p.id <> $2 AND p.aid_kind = $3 AND p.state = 'active' AND o.state IN ('enrolled', 'active', 'suspended')
                 GROUP BY o.programme_id ORDER BY o.programme_id"
            ),
            [decree.into(), programme.id.into(), programme.aid_kind.as_str().into()],
        ))
        .await?;
    found.warned.extend(others.into_iter().map(|row| (Warned::Programme(row.programme_id), row.families)));
    Ok(found)
}

/// A person's decision on an enrolment from a decree.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// Kinds of aid whose receivers are not enrolled now.
    pub leave_out: Vec<Warned>,
    /// Why the others come in although they receive something; needed when there are any.
    pub reason: Option<String>,
    /// The form's command: sent twice, enrolled once.
    pub command: String,
}

/// An enrolment run.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Run {
    pub id: i64,
    pub programme_id: i64,
    pub decree_id: Option<i64>,
    pub decree: Option<String>,
    pub families: i64,
    pub warned: i64,
    pub left_out: i64,
    pub reason: Option<String>,
    pub who: Option<String>,
    pub created_at: String,
    pub undone_at: Option<String>,
    pub undone_reason: Option<String>,
    /// Lines at events that rest on it.
    pub lines: i64,
}

const RUN: &str = "SELECT r.id, r.programme_id, r.decree_id, d.number AS decree, r.families, r.warned, r.left_out, r.reason, u.name AS who, r.created_at, r.undone_at, r.undone_reason,
   (SELECT COUNT(*) FROM enrolment e JOIN event_line l ON l.enrolment_id = e.id WHERE e.run_id = r.id AND {whole_district a count that names nobody}) AS lines
 FROM enrolment_run r LEFT JOIN decree d ON d.id = r.decree_id LEFT JOIN app_user u ON u.id = r.created_by";

/// The runs of a programme, newest first.
pub async fn runs(handle: &impl Handle, programme: i64) -> Result<Vec<Run>> {
    let mut query = Query::new(sql!(RUN));
    query.push_with(sql!(" WHERE r.programme_id = $$"), programme);
    query.push(sql!(" ORDER BY r.id DESC"));
    handle.all(query).await
}

async fn run(handle: &impl Handle, id: i64) -> Result<Option<Run>> {
    let mut query = Query::new(sql!(RUN));
    query.push_with(sql!(" WHERE r.id = $$"), id);
    handle.one(query).await
}

/// Enrols the families a signed decree selects, all that are not in the programme yet, within the actor's scope.
/// Whatever the number of families this is a handful of statements. Refuses to go over the ceiling.
pub async fn enrol(change: &Change<'_>, programme: i64, decree_id: i64, decision: &Decision) -> Outcome<Run> {
    let made: Option<i64> = change
        .scalar(Query::with(
            sql!("SELECT id FROM enrolment_run WHERE command_id = $1"),
            [decision.command.as_str().into()],
        ))
        .await?;
    if let Some(id) = made {
        return run(change, id).await?.ok_or(Refused::NotFound);
    }
    let programme = hold(change, programme).await?;
    if programme.state != ProgrammeState::Active {
        return Err(Refused::ProgrammeState(programme.state));
    }
    let decree = decree(change, decree_id).await?.ok_or(Refused::NotFound)?;
    if decree.programme_id.is_some_and(|made_for| made_for != programme.id) {
        return Err(Refused::NotFound);
    }
    let run_id = change
        .insert(Query::with(
            sql!(
                "INSERT INTO enrolment_run (programme_id, decree_id, command_id, families, warned, left_out, reason, created_by, created_at)
                 VALUES ($1, $2, $3, 0, 0, 0, $4, $5, $6) RETURNING id"
            ),
            [
                programme.id.into(),
                decree.id.into(),
                decision.command.as_str().into(),
                decision.reason.as_deref().into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?;
    let enrolled = change
        .execute(Query::with(
            sql!(
                "INSERT INTO enrolment (programme_id, family_id, village, decree_id, determination_line_id, run_id, state, since)
                 SELECT $1, l.family_id, f.village, $2, l.id, $3, 'enrolled', $4
                 FROM decree d JOIN determination_line l ON l.determination_id = d.determination_id JOIN family f ON f.id = l.family_id
                 WHERE d.id = $2 AND l.state = 'selected' AND {scope l.village} AND EXISTS (SELECT 1 FROM family z WHERE z.id = l.family_id AND z.state = 'active')
                   AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.programme_id = $1 AND e.family_id = l.family_id)"
            ),
            [programme.id.into(), decree.id.into(), run_id.into(), change.today().into()],
        ))
        .await? as i64;
    warn(change, &programme, run_id).await?;
    let left_out = leave_out(change, run_id, &decision.leave_out).await?;
    let families = enrolled - left_out;
    if families == 0 {
        return Err(Refused::NobodyToEnrol);
    }
    let warned = change
        .count(Query::with(
            sql!(
                "SELECT COUNT(DISTINCT w.enrolment_id) FROM enrolment e JOIN enrolment_warning w ON w.enrolment_id = e.id
                 WHERE e.run_id = $1 AND {checked inserted by this run}"
            ),
            [run_id.into()],
        ))
        .await?;
    if warned > 0 && decision.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Refused::ReasonMissing);
    }
    keep_below_ceiling(change, programme.id).await?;
    change
        .execute(Query::with(
            sql!("UPDATE enrolment_run SET families = $1, warned = $2, left_out = $3 WHERE id = $4"),
            [families.into(), warned.into(), left_out.into(), run_id.into()],
        ))
        .await?;
    let entry = change
        .record(Entry {
            verb: "enrolment.made",
            subject: ("programme", programme.id),
            area: None,
            reason: decision.reason.as_deref(),
            data: json!({"programme": programme.name, "decree": decree.number, "families": families, "warned": warned, "left_out": left_out}),
        })
        .await?;
    link_families(change, entry, run_id).await?;
    run(change, run_id).await?.ok_or(Refused::NotFound)
}

/// Marks the enrolments of a run with what their families already receive.
pub(crate) async fn warn_run(change: &Change<'_>, programme: i64, run: i64) -> Result<()> {
    let programme = read::find(change, programme).await?;
    let Some(programme) = programme else { return Ok(()) };
    warn(change, &programme, run).await?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE enrolment_run SET warned = (SELECT COUNT(DISTINCT w.enrolment_id) FROM enrolment e JOIN enrolment_warning w ON w.enrolment_id = e.id
                   WHERE e.run_id = enrolment_run.id) WHERE id = $1 AND {checked inserted by this run}"
            ),
            [run.into()],
        ))
        .await?;
    Ok(())
}

async fn link_families(change: &Change<'_>, entry: i64, run: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO journal_family (journal_id, family_id) SELECT $1, e.family_id FROM enrolment e
                 WHERE e.run_id = $2 AND {checked of this run}"
            ),
            [entry.into(), run.into()],
        ))
        .await?;
    Ok(())
}

/// Marks the enrolments of a run with what their families already receive.
async fn warn(change: &Change<'_>, programme: &Programme, run: i64) -> Result<()> {
    let lists = newest_lists(change).await?;
    for aid in ListedAid::warned_by(programme.aid_kind, &programme.excludes) {
        let mut query = Query::with(
            sql!(
                "INSERT INTO enrolment_warning (enrolment_id, aid, programme_id)
                 SELECT DISTINCT e.id, CAST($1 AS TEXT), CAST(0 AS BIGINT) FROM enrolment e
                   JOIN family_list fl ON fl.family_id = e.family_id JOIN list_row own ON own.id = fl.row_id
                   JOIN list_row r ON r.version_id = fl.version_id AND r.family_key = own.family_key JOIN list_raw w ON w.row_id = r.id
                 WHERE e.run_id = $2 AND {checked inserted by this run} AND w.reading LIKE $3 AND"
            ),
            [aid.as_str().into(), run.into(), pattern(aid).into()],
        );
        query.push_in(sql!(" fl.version_id"), lists.iter().copied());
        change.execute(query).await?;
    }
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO enrolment_warning (enrolment_id, aid, programme_id)
                 SELECT e.id, 'programme', o.programme_id FROM enrolment e JOIN enrolment o ON o.family_id = e.family_id JOIN programme p ON p.id = o.programme_id
                 WHERE e.run_id = $1 AND {checked inserted by this run} AND p.id <> $2 AND p.aid_kind = $3 AND p.state = 'active'
                   AND o.state IN ('enrolled', 'active', 'suspended')"
            ),
            [run.into(), programme.id.into(), programme.aid_kind.as_str().into()],
        ))
        .await?;
    Ok(())
}

/// Takes out again whoever receives what the person decided to leave out; how many.
async fn leave_out(change: &Change<'_>, run: i64, warned: &[Warned]) -> Result<i64> {
    let mut taken = 0;
    for kind in warned {
        let (aid, programme) = match kind {
            Warned::List(aid) => (aid.as_str(), 0),
            Warned::Programme(id) => ("programme", *id),
        };
        let ids: Vec<i64> = change
            .column(Query::with(
                sql!(
                    "SELECT e.id FROM enrolment e JOIN enrolment_warning w ON w.enrolment_id = e.id
                     WHERE e.run_id = $1 AND {checked inserted by this run} AND w.aid = $2 AND w.programme_id = $3 ORDER BY e.id"
                ),
                [run.into(), aid.into(), programme.into()],
            ))
            .await?;
        for chunk in ids.chunks(10_000) {
            let mut warnings = Query::new(sql!("DELETE FROM enrolment_warning WHERE"));
            warnings.push_in(sql!(" enrolment_id"), chunk.iter().copied());
            change.execute(warnings).await?;
            let mut enrolments = Query::new(sql!("DELETE FROM enrolment WHERE {checked inserted by this run} AND"));
            enrolments.push_in(sql!(" id"), chunk.iter().copied());
            taken += change.execute(enrolments).await? as i64;
        }
    }
    Ok(taken)
}

/// An event that rests on an enrolment run.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Built {
    pub event_id: i64,
    pub name: String,
    pub starts_at: String,
    pub lines: i64,
}

/// Takes back an enrolment run, as long as no event rests on it.
pub async fn undo_run(change: &Change<'_>, programme: i64, run_id: i64, reason: &str) -> Outcome<i64> {
    let programme = hold(change, programme).await?;
    let run = run(change, run_id).await?.filter(|run| run.programme_id == programme.id).ok_or(Refused::NotFound)?;
    if run.undone_at.is_some() {
        return Err(Refused::AlreadyUndone);
    }
    if reason.trim().is_empty() {
        return Err(Refused::ReasonMissing);
    }
    let built: Vec<Built> = change
        .all(Query::with(
            sql!(
                "SELECT ev.id AS event_id, ev.name, ev.starts_at, COUNT(*) AS lines
                 FROM enrolment e JOIN event_line l ON l.enrolment_id = e.id JOIN event ev ON ev.id = l.event_id
                 WHERE e.run_id = $1 AND {whole_district what rests on a run must all be seen} GROUP BY ev.id, ev.name, ev.starts_at ORDER BY ev.id"
            ),
            [run_id.into()],
        ))
        .await?;
    if !built.is_empty() {
        return Err(Refused::BuiltUpon(built));
    }
    let entry = change
        .record(Entry {
            verb: "enrolment.undone",
            subject: ("programme", programme.id),
            area: None,
            reason: Some(reason),
            data: json!({"programme": programme.name, "decree": run.decree, "families": run.families}),
        })
        .await?;
    link_families(change, entry, run_id).await?;
    change
        .execute(Query::with(
            sql!(
                "DELETE FROM enrolment_warning WHERE enrolment_id IN (SELECT e.id FROM enrolment e WHERE e.run_id = $1 AND {whole_district a run is taken back whole})"
            ),
            [run_id.into()],
        ))
        .await?;
    let taken = change
        .execute(Query::with(
            sql!("DELETE FROM enrolment WHERE run_id = $1 AND {whole_district a run is taken back whole}"),
            [run_id.into()],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!("UPDATE enrolment_run SET undone_by = $1, undone_at = $2, undone_reason = $3 WHERE id = $4"),
            [change.actor().user.into(), change.at().into(), reason.trim().into(), run_id.into()],
        ))
        .await?;
    Ok(taken as i64)
}

/// Suspends a family: it keeps its place but is taken out of events not yet open.
pub async fn suspend(change: &Change<'_>, programme: i64, enrolment: i64, reason: &str) -> Outcome<()> {
    move_to(change, programme, enrolment, EnrolmentState::Suspended, reason).await
}

/// Takes a family out of the programme.
pub async fn leave(change: &Change<'_>, programme: i64, enrolment: i64, reason: &str) -> Outcome<()> {
    move_to(change, programme, enrolment, EnrolmentState::Left, reason).await
}

/// Takes a suspended family, or one that left, back in.
pub async fn resume(change: &Change<'_>, programme: i64, enrolment: i64, reason: &str) -> Outcome<()> {
    move_to(change, programme, enrolment, EnrolmentState::Enrolled, reason).await
}

async fn move_to(
    change: &Change<'_>,
    programme: i64,
    enrolment: i64,
    wanted: EnrolmentState,
    reason: &str,
) -> Outcome<()> {
    let programme = hold(change, programme).await?;
    if programme.state == ProgrammeState::Closed {
        return Err(Refused::ProgrammeState(programme.state));
    }
    let enrolled = read::participant(change, programme.id, enrolment).await?.ok_or(Refused::NotFound)?;
    let before = enrolled.state()?;
    // who comes back is again what it was: paid before, it is active
    let next = if wanted == EnrolmentState::Enrolled && enrolled.paid > 0 { EnrolmentState::Active } else { wanted };
    if !before.may_become(next) || (wanted == EnrolmentState::Enrolled && before.may_receive()) {
        return Err(Refused::EnrolmentState(before));
    }
    if reason.trim().is_empty() {
        return Err(Refused::ReasonMissing);
    }
    if before == EnrolmentState::Left && place_passed_on(change, enrolment).await? {
        return Err(Refused::PlacePassedOn);
    }
    if !next.may_receive() {
        delivery::take_out(change, enrolment).await?;
    }
    set_state(change, &enrolled, next, reason).await?;
    if before == EnrolmentState::Left {
        keep_below_ceiling(change, programme.id).await?;
    }
    change
        .record_for_family(
            enrolled.family_id,
            Entry {
                verb: match next {
                    EnrolmentState::Suspended => "enrolment.suspended",
                    EnrolmentState::Left => "enrolment.left",
                    _ => "enrolment.resumed",
                },
                subject: ("enrolment", enrolment),
                area: Some(enrolled.village),
                reason: Some(reason.trim()),
                data: json!({"programme": programme.name}),
            },
        )
        .await?;
    Ok(())
}

async fn set_state(change: &Change<'_>, enrolled: &Participant, next: EnrolmentState, reason: &str) -> Result<()> {
    let until = (!next.may_receive()).then(|| change.today().to_owned());
    change
        .execute(Query::with(
            sql!("UPDATE enrolment SET state = $1, reason = $2, until = $3 WHERE id = $4 AND {scope village}"),
            [next.as_str().into(), reason.trim().into(), until.into(), enrolled.id.into()],
        ))
        .await?;
    Ok(())
}

/// Whether another family holds the place of this enrolment now.
async fn place_passed_on(change: &Change<'_>, enrolment: i64) -> Result<bool> {
    let holders = change
        .count(Query::with(
            sql!(
                "SELECT COUNT(*) FROM enrolment e JOIN enrolment n ON n.id <> e.id AND COALESCE(n.place_id, n.id) = COALESCE(e.place_id, e.id)
                 WHERE e.id = $1 AND n.programme_id = e.programme_id AND n.state IN ('enrolled', 'active', 'suspended') AND {whole_district a place is held once}"
            ),
            [enrolment.into()],
        ))
        .await?;
    Ok(holders > 0)
}
