//! What people decide: a family's place by hand, the proposal, its return, and the signature that freezes everything.

use chrono::NaiveDate;
use std::collections::BTreeMap;

use domain::{
    address::Address,
    programmes::ProgrammeState,
    targeting::{
        Act, Signer,
        decree::{self, Signing},
    },
};
use sea_orm::FromQueryResult;
use serde_json::json;

use super::{
    Determination, Error, Result,
    answers::accounted,
    decrees::{self, DecreeRule},
    in_use::{InUse, corrected},
    ranking::{lock, rerank_after_choice},
    reading::{Choice, line},
    reason,
};
use crate::{
    connect::Change,
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// Gives a ranked family a place of its own, with a reason; the ranking follows. Limits still hold.
pub async fn place_by_hand(change: &Change<'_>, id: i64, family: i64, place: u32, why: &str) -> Result<()> {
    choose(change, id, family, Some(i64::from(place.max(1))), why).await
}

/// Takes a family out of the ranking, with a reason.
pub async fn exclude_by_hand(change: &Change<'_>, id: i64, family: i64, why: &str) -> Result<()> {
    choose(change, id, family, None, why).await
}

async fn choose(change: &Change<'_>, id: i64, family: i64, place: Option<i64>, why: &str) -> Result<()> {
    let current = open_for_revision(change, id).await?;
    let why = reason(why)?;
    let line = line(change, id, family).await?.ok_or(Error::Missing)?;
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO determination_choice (determination_id, family_id, village, place, reason, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (determination_id, family_id) DO UPDATE SET place = excluded.place, reason = excluded.reason, user_id = excluded.user_id, at = excluded.at -- {checked the line was read within the scope}"
            ),
            [
                id.into(),
                family.into(),
                line.village.into(),
                place.into(),
                why.into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await?;
    rerank_after_choice(change, id).await?;
    let verb = if place.is_some() { "determination.placed" } else { "determination.taken_out" };
    record_choice(change, &current, family, verb, Some(why), json!({"place": place, "rank_before": line.rank})).await
}

/// Lets the rule alone decide about a family again.
pub async fn undo_choice(change: &Change<'_>, id: i64, family: i64) -> Result<()> {
    let current = open_for_revision(change, id).await?;
    let choice = Choice::of(change, id, family).await?.ok_or(Error::Missing)?;
    change
        .execute(Query::with(
            sql!("DELETE FROM determination_choice WHERE determination_id = $1 AND family_id = $2 AND {checked the choice was read within the scope}"),
            [id.into(), family.into()],
        ))
        .await?;
    rerank_after_choice(change, id).await?;
    let data = json!({"place": choice.place, "reason_before": choice.reason});
    record_choice(change, &current, family, "determination.choice_undone", None, data).await
}

async fn open_for_revision(change: &Change<'_>, id: i64) -> Result<Determination> {
    let current = lock(change, id).await?;
    let state = current.state.after(Act::Revise)?;
    change
        .execute(Query::with(
            sql!("UPDATE determination SET state = $2 WHERE id = $1"),
            [id.into(), state.as_str().into()],
        ))
        .await?;
    Ok(current)
}

async fn record_choice(
    change: &Change<'_>,
    current: &Determination,
    family: i64,
    verb: &str,
    why: Option<&str>,
    mut data: serde_json::Value,
) -> Result<()> {
    data["name"] = json!(current.name);
    let entry = Entry { verb, subject: ("determination", current.id), area: None, reason: why, data };
    change.record_for_family(family, entry).await?;
    Ok(())
}

/// Puts a draft before the head of office. Every family that was verified finds it on its timeline.
pub async fn propose(change: &Change<'_>, id: i64) -> Result<()> {
    let current = lock(change, id).await?;
    let state = current.state.after(Act::Propose)?;
    if current.selected == 0 {
        return Err(Error::NobodyChosen);
    }
    running(&current)?;
    change
        .execute(Query::with(
            sql!("UPDATE determination SET state = $2, proposed_by = $3, proposed_at = $4 WHERE id = $1"),
            [id.into(), state.as_str().into(), change.actor().user.into(), change.at().into()],
        ))
        .await?;
    let entry = change
        .record(Entry {
            verb: "determination.proposed",
            subject: ("determination", id),
            area: None,
            reason: None,
            data: facts_of(&current),
        })
        .await?;
    link_lines(change, entry, id).await
}

/// A decree promises what a programme gives: a draft's budget and rules may still change, a closed one gives nothing.
fn running(current: &Determination) -> Result<()> {
    match &current.programme {
        Some(programme) if programme.state != ProgrammeState::Active => Err(Error::ProgrammeNotActive(programme.state)),
        _ => Ok(()),
    }
}

/// Sends a proposal back to the office, with a reason.
pub async fn return_(change: &Change<'_>, id: i64, why: &str) -> Result<()> {
    let current = lock(change, id).await?;
    let state = current.state.after(Act::Return)?;
    let why = reason(why)?;
    change
        .execute(Query::with(
            sql!(
                "UPDATE determination SET state = $2, returned_by = $3, returned_at = $4, returned_reason = $5 WHERE id = $1"
            ),
            [id.into(), state.as_str().into(), change.actor().user.into(), change.at().into(), why.into()],
        ))
        .await?;
    change
        .record(Entry {
            verb: "determination.returned",
            subject: ("determination", id),
            area: None,
            reason: Some(why),
            data: facts_of(&current),
        })
        .await?;
    Ok(())
}

/// A decree to be signed.
#[derive(Clone, Debug)]
pub struct NewDecree<'a> {
    pub number: &'a str,
    pub decided_on: NaiveDate,
    pub title: &'a str,
    pub signer: Signer,
    /// Families of the round without a result are known, and it is signed all the same.
    pub unverified_known: bool,
    /// Of the form: sent twice, signed once.
    pub command: &'a str,
}

/// Signs: one transaction freezes names, numbers, addresses, rule, scores and ranks, and seals them with a digest.
/// The decree's id. `today` is the office's day. A command that was carried out before answers with its decree.
pub async fn sign(change: &Change<'_>, id: i64, new: &NewDecree<'_>, today: NaiveDate) -> Result<i64> {
    let current = lock(change, id).await?;
    let signed: Option<i64> = change
        .scalar(Query::with(
            sql!("SELECT id FROM decree WHERE command_id = $1 AND determination_id = $2"),
            [new.command.into(), id.into()],
        ))
        .await?;
    if let Some(decree) = signed {
        return Ok(decree);
    }
    let state = current.state.after(Act::Sign)?;
    running(&current)?;
    let unverified = accounted(change, id).await?.unverified();
    let proposed_on = current.proposed_at.as_deref().and_then(|at| at.get(..10)?.parse().ok()).unwrap_or(today);
    let faults = decree::faults(&Signing {
        number: new.number,
        decided_on: new.decided_on,
        today,
        // stored in UTC: the office's day may already be the next
        proposed_on: proposed_on.min(today),
        signer: change.actor().user,
        drafted_by: current.created_by,
        proposed_by: current.proposed_by,
        families: current.selected,
        unverified,
        unverified_known: new.unverified_known,
    });
    if !faults.is_empty() {
        return Err(Error::Decree(faults));
    }
    let number = new.number.trim();
    let taken: Option<i64> =
        change.scalar(Query::with(sql!("SELECT id FROM decree WHERE number = $1"), [number.into()])).await?;
    if taken.is_some() {
        return Err(Error::NumberTaken(number.to_owned()));
    }
    freeze(change, &current).await?;
    freeze_corrections(change, &current).await?;
    let rule = serde_json::to_string(&DecreeRule::of(&current))?;
    let decree = change
        .insert(Query::with(
            sql!(
                "INSERT INTO decree (determination_id, number, decided_on, title, signer_id, signer_name, signer_position, signer_nip, acting, rule, digest, families, amount, signed_at, command_id)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, $12, $13, $14) RETURNING id"
            ),
            [
                id.into(),
                number.into(),
                new.decided_on.to_string().into(),
                new.title.trim().into(),
                change.actor().user.into(),
                new.signer.name.as_str().into(),
                new.signer.position.as_str().into(),
                new.signer.nip.clone().into(),
                new.signer.acting.into(),
                rule.into(),
                current.selected.into(),
                current.amount.0.into(),
                change.at().into(),
                new.command.into(),
            ],
        ))
        .await?;
    change
        .execute(Query::with(
            sql!("UPDATE determination SET state = $2 WHERE id = $1"),
            [id.into(), state.as_str().into()],
        ))
        .await?;
    let digest = decrees::digest(change, decree).await?;
    change
        .execute(Query::with(
            sql!("UPDATE decree SET digest = $2 WHERE id = $1"),
            [decree.into(), digest.as_str().into()],
        ))
        .await?;
    let mut data = facts_of(&current);
    data["number"] = json!(number);
    data["decided_on"] = json!(new.decided_on.to_string());
    data["digest"] = json!(digest);
    data["unverified"] = json!(unverified);
    let entry = change
        .record(Entry { verb: "decree.signed", subject: ("decree", decree), area: None, reason: None, data })
        .await?;
    link_lines(change, entry, id).await?;
    Ok(decree)
}

/// Copies what the decree names onto its lines: for everybody who they are, for those chosen the numbers and the amount.
async fn freeze(change: &Change<'_>, current: &Determination) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE determination_line SET head_name = x.head_name, nik = x.nik, kk = x.kk, address = x.address, village_name = x.village_name,
                        subdistrict_name = x.subdistrict_name, members = x.members, amount = x.amount
                 FROM (
                   SELECT l.id, f.head_name,
                          CASE WHEN l.state = 'selected' THEN p.nik END AS nik, CASE WHEN l.state = 'selected' THEN f.kk END AS kk,
                          f.address || CASE WHEN COALESCE(f.rt, '') <> '' THEN ' RT ' || f.rt ELSE '' END || CASE WHEN COALESCE(f.rw, '') <> '' THEN ' RW ' || f.rw ELSE '' END AS address,
                          COALESCE(v.name, '') AS village_name, COALESCE(s.name, '') AS subdistrict_name,
                          CASE WHEN l.members > 0 THEN l.members ELSE f.members END AS members,
                          CASE WHEN l.state = 'selected' THEN CAST($2 AS BIGINT) END AS amount
                   FROM determination_line l JOIN family f ON f.id = l.family_id LEFT JOIN person p ON p.id = f.head_person_id
                   LEFT JOIN area v ON v.code = l.village AND v.level = 'village' LEFT JOIN area s ON s.code = l.village / 10000 * 10000 AND s.level = 'subdistrict'
                   WHERE l.determination_id = $1 AND {whole_district the decree freezes every line}
                 ) x WHERE x.id = determination_line.id"
            ),
            [current.id.into(), current.quota.unit.0.into()],
        ))
        .await?;
    freeze_addresses(change, current.id).await
}

/// Where a family's address names RT and RW in its text and the registry knows them besides, the number known besides
/// counts once, not both.
async fn freeze_addresses(change: &Change<'_>, id: i64) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        id: i64,
        frozen: String,
        address: String,
        rt: Option<String>,
        rw: Option<String>,
    }
    let rows: Vec<Row> = change
        .all(Query::with(
            sql!(
                "SELECT l.id, l.address AS frozen, f.address, f.rt, f.rw FROM determination_line l JOIN family f ON f.id = l.family_id
                 WHERE l.determination_id = $1 AND (COALESCE(f.rt, '') <> '' OR COALESCE(f.rw, '') <> '') AND (UPPER(f.address) LIKE '%RT%' OR UPPER(f.address) LIKE '%RW%')
                   AND {whole_district the decree freezes every line} ORDER BY l.id"
            ),
            [id.into()],
        ))
        .await?;
    for row in rows {
        let address = Address::of(&row.address, row.rt.as_deref(), row.rw.as_deref()).to_string();
        if address != row.frozen {
            change
                .execute(Query::with(
                    sql!(
                        "UPDATE determination_line SET address = $2 WHERE id = $1 AND {whole_district the decree freezes every line}"
                    ),
                    [row.id.into(), address.into()],
                ))
                .await?;
        }
    }
    Ok(())
}

/// Families whose corrections are read at once.
const BLOCK: i64 = 4_000;

/// Writes over the frozen copies what the visits corrected: the values in use are the findings.
async fn freeze_corrections(change: &Change<'_>, current: &Determination) -> Result<()> {
    let mut after = 0;
    loop {
        let last = change
            .count(Query::with(
                sql!(
                    "SELECT MAX(x.family_id) FROM (SELECT a.family_id FROM assignment a WHERE a.round_id = $1 AND a.family_id > $2 AND {whole_district the decree freezes every line}
                     ORDER BY a.family_id LIMIT $3) x"
                ),
                [current.round_id.into(), after.into(), BLOCK.into()],
            ))
            .await?;
        if last == 0 {
            return Ok(());
        }
        let corrected = corrected(change, current.round_id, (after + 1, last)).await?;
        let listed = listed_addresses(change, corrected.keys().copied()).await?;
        for (family, in_use) in corrected {
            let listed = listed.get(&family).cloned().unwrap_or_default();
            write_in_use(change, current.id, family, &in_use, &listed).await?;
        }
        after = last;
    }
}

/// What the registry says of where families live, by id.
async fn listed_addresses(
    change: &Change<'_>,
    families: impl IntoIterator<Item = i64>,
) -> Result<BTreeMap<i64, Listed>> {
    let mut query = Query::new(sql!(
        "SELECT f.id, f.address, f.rt, f.rw FROM family f WHERE {whole_district the decree freezes every line} AND"
    ));
    query.push_in(sql!(" f.id"), families).push(sql!(" ORDER BY f.id"));
    let rows: Vec<Listed> = change.all(query).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

#[derive(Clone, Default, FromQueryResult)]
struct Listed {
    id: i64,
    address: String,
    rt: Option<String>,
    rw: Option<String>,
}

async fn write_in_use(change: &Change<'_>, id: i64, family: i64, in_use: &InUse, listed: &Listed) -> Result<()> {
    let address = Address::of(
        in_use.address.as_ref().unwrap_or(&listed.address),
        in_use.rt.as_deref().or(listed.rt.as_deref()),
        in_use.rw.as_deref().or(listed.rw.as_deref()),
    );
    change
        .execute(Query::with(
            sql!(
                "UPDATE determination_line SET head_name = COALESCE($3, head_name),
                        nik = CASE WHEN state = 'selected' THEN COALESCE($4, nik) END, kk = CASE WHEN state = 'selected' THEN COALESCE($5, kk) END,
                        address = $6
                 WHERE determination_id = $1 AND family_id = $2 AND {whole_district the decree freezes every line}"
            ),
            [
                id.into(),
                family.into(),
                in_use.head_name.clone().into(),
                in_use.nik.clone().into(),
                in_use.kk.clone().into(),
                address.to_string().into(),
            ],
        ))
        .await?;
    Ok(())
}

fn facts_of(current: &Determination) -> serde_json::Value {
    json!({
        "name": current.name,
        "programme": current.programme.as_ref().map(|programme| &programme.name),
        "candidates": current.candidates,
        "eligible": current.eligible,
        "selected": current.selected,
        "amount": current.amount,
    })
}

/// Ties an entry to every verified family of the determination, with what it says of each.
async fn link_lines(change: &Change<'_>, entry: i64, id: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO journal_family (journal_id, family_id, detail)
                 SELECT $1, l.family_id, '{\"rank\":' || COALESCE(CAST(l.rank AS TEXT), 'null') || ',\"score\":' || COALESCE(CAST(l.score AS TEXT), 'null')
                        || ',\"state\":\"' || l.state || '\",\"why\":\"' || l.why || '\"}'
                 FROM determination_line l WHERE l.determination_id = $2 AND l.why <> 'not_verified' AND {whole_district every family of the determination}"
            ),
            [entry.into(), id.into()],
        ))
        .await?;
    Ok(())
}
