//! Events of the story: planned, opened, one line after the other marked, counted and closed, the rest settled.

use std::fmt::Write as _;

use anyhow::Context;
use chrono::NaiveDate;
use domain::{
    AreaCode,
    calendar::age,
    delivery::{FailReason, LineState, Mark, PROXY_AGE, Proof, Proxy},
};
use store::{
    Actor, Change,
    delivery::{self, Closing, GiveBack, HandOver, Line, LineFilter, NewEvent, ProofFile, Replacement},
    programmes,
};

use super::story::{Dice, Story, at};

/// An event to be planned.
#[derive(Clone, Debug)]
pub struct Plan {
    pub programme: i64,
    /// The stage by number, from 0.
    pub stage: usize,
    pub name: String,
    pub place: String,
    pub day: NaiveDate,
    pub areas: Vec<AreaCode>,
    pub again_from: Option<i64>,
}

/// Plans an event a week before its day; its id.
pub async fn plan(story: &Story<'_>, plan: &Plan) -> anyhow::Result<i64> {
    let planned = plan.day - chrono::Days::new(7);
    let rina = story.actor("rina", planned).await?;
    let change = story.change(&rina, planned, 9).await?;
    let programme = programmes::find(&change, plan.programme).await?.context("no such programme")?;
    let stage = programme.stages.get(plan.stage).context("no such stage")?.id;
    let new = NewEvent {
        programme: plan.programme,
        stage,
        name: plan.name.clone(),
        place: plan.place.clone(),
        starts_at: at(plan.day, 8, 0),
        areas: plan.areas.clone(),
        again_from: plan.again_from,
        instructions: "Bawa undangan, KTP dan KK asli. Bila diwakilkan, bawa KTP penerima dan wakil.".to_owned(),
        witnesses: "Camat, kepala desa, Bhabinkamtibmas".to_owned(),
        command: story.app.entropy.token(),
    };
    let id = delivery::plan(&change, &new, || story.app.entropy.token()).await?;
    change.commit().await?;
    Ok(id)
}

/// How a day of handing over goes, in parts of the families.
#[derive(Clone, Copy, Debug)]
pub struct Day {
    pub proxy: f64,
    pub absent: f64,
    pub failed: f64,
    /// Passed on to a reserve of the decree: so many families.
    pub reassigned: usize,
    /// The part of the families whose turn has come; the others wait.
    pub served: f64,
    /// When it begins, western Indonesian time.
    pub hour: u32,
    /// Whoever receives signs on the phone; else on the paper list.
    pub on_phone: bool,
}

/// Lines marked in one transaction, about ten minutes' work.
const TURN: usize = 20;

/// Opens an event on its day and marks its lines through the morning.
pub async fn hand_over(story: &Story<'_>, event: i64, day: NaiveDate, how: &Day) -> anyhow::Result<()> {
    let rina = story.actor("rina", day).await?;
    let change = story.change(&rina, day, how.hour).await?;
    let planned = delivery::event(&change, event).await?.context("no such event")?;
    delivery::open(&change, event, planned.measure(planned.planned), "").await?;
    change.commit().await?;
    let lines = delivery::lines(&story.app.store.read(&rina), event, &LineFilter::default(), i64::MAX).await?;
    let served = (lines.len() as f64 * how.served).ceil() as usize;
    let turns = served.div_ceil(TURN).max(1);
    for (turn, lines) in lines[..served.min(lines.len())].chunks(TURN).enumerate() {
        let minutes = (turn * 330 / turns) as u32;
        let stamp = at(day, how.hour + minutes / 60, minutes % 60 + 1);
        let change = story.app.store.change(&rina, &stamp).await?;
        for (nth, line) in lines.iter().enumerate() {
            let passed_on = turn * TURN + nth >= 3 && turn * TURN + nth < 3 + how.reassigned;
            if !passed_on || !reassign(story, &change, line).await? {
                mark(story, &change, line, day, how).await?;
            }
        }
        change.commit().await?;
    }
    Ok(())
}

async fn mark(story: &Story<'_>, change: &Change<'_>, line: &Line, day: NaiveDate, how: &Day) -> anyhow::Result<()> {
    let mut dice = story.dice("handed over", line.id);
    let luck = dice.unit();
    let proofs = vec![if how.on_phone { Proof::Signature } else { Proof::Paper }];
    let mark = if luck < how.failed {
        let reason = [FailReason::IdMismatch, FailReason::Moved, FailReason::Deceased][dice.below(3)];
        Mark::Failed { reason, note: String::new() }
    } else if luck < how.failed + how.absent {
        Mark::Absent
    } else if luck < how.failed + how.absent + how.proxy {
        Mark::Proxy { proxy: proxy(change, line, day).await?, proofs }
    } else {
        Mark::Received { proofs }
    };
    let command = story.app.entropy.token();
    let served = matches!(mark, Mark::Received { .. } | Mark::Proxy { .. });
    let files = if served && how.on_phone { vec![signature(story, &mut dice).await?] } else { Vec::new() };
    delivery::mark(change, &line.token, &HandOver { mark, files, position: None, command }).await?;
    Ok(())
}

/// A made-up scrawl, kept like one drawn on a phone.
async fn signature(story: &Story<'_>, dice: &mut Dice) -> anyhow::Result<ProofFile> {
    let mut path = String::from("M 24.0,88.0");
    let mut x = 24.0;
    while x < 280.0 {
        let (wide, high) = (18.0 + 26.0 * dice.unit(), 70.0 * dice.unit());
        write!(
            path,
            " C {:.1},{:.1} {:.1},{:.1} {:.1},{:.1}",
            x + wide * 0.2,
            88.0 - high,
            x + wide * 0.9,
            60.0 + high,
            x + wide,
            80.0 + 12.0 * dice.unit()
        )?;
        x += wide;
    }
    let drawn = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 140" width="320" height="140"><path d="{path}" stroke-width="2.25" stroke="#041225" fill="none" stroke-linecap="round"></path></svg>"##
    );
    let kept = crate::delivery::signature::clean(&drawn).context("a signature of the demo is no drawing")?;
    let stored = story.app.files.store_bytes(kept.as_bytes(), &story.app.entropy.token()).await?;
    Ok(ProofFile {
        proof: Proof::Signature,
        sha256: stored.sha256,
        media_type: "image/svg+xml".to_owned(),
        size: stored.size,
    })
}

/// A grown member of the family, else a neighbour with a power of attorney.
async fn proxy(change: &Change<'_>, line: &Line, day: NaiveDate) -> anyhow::Result<Proxy> {
    let members = delivery::members(change, line).await?;
    let grown = members.iter().skip(1).find(|member| {
        let born = member.birth_date.as_deref().and_then(|date| date.parse::<NaiveDate>().ok());
        born.and_then(|born| age(born, day)).is_some_and(|age| age >= PROXY_AGE)
    });
    Ok(match grown {
        Some(member) => Proxy::Member { person: member.id },
        None => Proxy::Attorney { name: "Ketua RT setempat".to_owned(), letter: format!("SK/{:04}", line.number) },
    })
}

/// Passes a line on to the first reserve of its decree, who receives at once; `false` when there is none.
async fn reassign(story: &Story<'_>, change: &Change<'_>, line: &Line) -> anyhow::Result<bool> {
    let Some(next) = delivery::candidates_for_replacement(change, line).await?.into_iter().next() else {
        return Ok(false);
    };
    let replacement = Replacement {
        family: next.family_id,
        minutes: format!("BA-G/{:03}", line.number),
        reason: "Penerima pindah ke luar kabupaten; pengganti dari daftar cadangan.".to_owned(),
        command: story.app.entropy.token(),
    };
    let passed = delivery::reassign(change, &line.token, &replacement, || story.app.entropy.token()).await?;
    let Some(to) = passed.line().to_line_id else { return Ok(true) };
    let all = LineFilter { state: Some(LineState::Planned), ..LineFilter::default() };
    let lines = delivery::lines(change, line.event_id, &all, i64::MAX).await?;
    if let Some(new) = lines.into_iter().find(|line| line.id == to) {
        let hand_over = HandOver {
            mark: Mark::Received { proofs: vec![Proof::Paper] },
            files: Vec::new(),
            position: None,
            command: story.app.entropy.token(),
        };
        delivery::mark(change, &new.token, &hand_over).await?;
    }
    Ok(true)
}

/// Closes an event in the afternoon: whoever did not come is absent, what is left was counted and is what it should be.
pub async fn close(story: &Story<'_>, event: i64, day: NaiveDate) -> anyhow::Result<()> {
    let rina = story.actor("rina", day).await?;
    let change = story.change(&rina, day, 16).await?;
    let current = delivery::event(&change, event).await?.context("no such event")?;
    let equation = delivery::equation(&change, &current).await?;
    let closing = Closing {
        rest_absent: true,
        counted: current.brought.unwrap_or(0) - current.measure(equation.paid()),
        note: String::new(),
        command: story.app.entropy.token(),
    };
    delivery::close(&change, event, &closing).await?;
    change.commit().await?;
    Ok(())
}

/// Gives back to the treasury what these lines of a closed event did not get, when there are any.
pub async fn give_back(
    story: &Story<'_>,
    event: i64,
    day: NaiveDate,
    of: &[LineState],
    number: &str,
) -> anyhow::Result<()> {
    let rina = story.actor("rina", day).await?;
    let change = story.change(&rina, day, 10).await?;
    let current = delivery::event(&change, event).await?.context("no such event")?;
    let mut due = domain::delivery::Share::default();
    for state in of {
        let filter = LineFilter {
            state: Some(*state),
            settlement: Some(domain::delivery::Settlement::Open),
            ..LineFilter::default()
        };
        let lines = delivery::lines(&change, event, &filter, i64::MAX).await?;
        due += domain::delivery::Share::new(lines.len() as i64, lines.iter().map(|line| line.amount.0).sum());
    }
    let back = GiveBack {
        number: number.to_owned(),
        returned_on: day.to_string(),
        amount: current.measure(due),
        of: of.to_vec(),
        slip: None,
        command: story.app.entropy.token(),
    };
    match delivery::give_back(&change, event, &back).await {
        Ok(_) => Ok(change.commit().await?),
        Err(delivery::Refused::NothingToReturn) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// The kecamatan whose families are due for a stage, with how many.
pub async fn due(
    story: &Story<'_>,
    rina: &Actor,
    programme: i64,
    stage: usize,
) -> anyhow::Result<Vec<(AreaCode, i64)>> {
    let reading = story.app.store.read(rina);
    let found = programmes::find(&reading, programme).await?.context("no such programme")?;
    let stage = found.stages.get(stage).context("no such stage")?.id;
    let mut due: Vec<(AreaCode, i64)> = Vec::new();
    for target in delivery::targets(&reading, programme, stage, None).await? {
        let Some(subdistrict) = AreaCode::from_number(target.village).and_then(AreaCode::parent) else { continue };
        match due.last_mut() {
            Some((last, families)) if *last == subdistrict => *families += target.families,
            _ => due.push((subdistrict, target.families)),
        }
    }
    Ok(due)
}
