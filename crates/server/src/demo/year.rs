//! A year of work in the made-up district: lists, rounds, decisions, events, through the same operations the pages use,
//! each done by somebody on a day of its own.
//!
//! [`lists`] takes the files in, [`visits`] plays the rounds ([`answers`] fills in the forms), [`deciding`] ranks and
//! signs, [`answering`] tells everybody else, [`programmes`] and [`delivering`] hand over, [`households`] changes families
//! by hand. [`story`] holds the dice.

mod answering;
mod answers;
mod deciding;
mod delivering;
mod house_photo;
mod households;
mod lists;
mod programmes;
mod story;
mod visits;

use chrono::{Datelike, Days, Months, NaiveDate, TimeZone, Utc};
use domain::{AreaCode, delivery::LineState, lists::Source};
use testkit::district::{District, calendar::Edition, lists::Written};

use self::{
    deciding::Plan as Determination,
    delivering::{Day, Plan as Event},
    story::Story,
};
use crate::{App, clock::Clock};

/// The first day of the played year, at nine in the morning.
pub fn begins(today: NaiveDate) -> Clock {
    at(today - Months::new(12))
}

/// Nine in the morning (WIB) of a day.
fn at(day: NaiveDate) -> Clock {
    Clock::Fixed(Utc.from_utc_datetime(&day.and_hms_opt(2, 0, 0).unwrap_or_default()))
}

/// Plays the whole year up to this morning.
pub async fn play(
    app: &App,
    district: &District,
    written: &Written,
    today: NaiveDate,
    seed: u64,
) -> anyhow::Result<()> {
    let story = Story { app, today, seed, size: district.size() };
    let label = |edition| district.calendar().version(edition);

    story.tell("P3KE 2023");
    let day = story.workday_ago(360);
    let p3ke = lists::take_in(&story, written, (Source::P3ke, &label(Edition::P3ke)), day).await?;
    lists::commit(&story, p3ke, day).await?;
    let before = first_half(&story, p3ke).await?;

    story.tell("DTSEN");
    let day = story.workday_ago(124).max(district.calendar().day(Edition::Previous));
    let dtsen = lists::take_in(&story, written, (Source::Dtsen, &label(Edition::Previous)), day).await?;
    lists::commit(&story, dtsen, day).await?;
    second_half(&story, dtsen, &before).await?;
    households::play(&story).await?;
    lists::take_in(&story, written, (Source::Dtsen, &label(Edition::Current)), story.workday_ago(2)).await?;
    today_event(&story, &before).await
}

/// From the round over P3KE to its two programmes delivered; the last parcels wait.
async fn first_half(story: &Story<'_>, p3ke: i64) -> anyhow::Result<Decided> {
    story.tell("Verval P3KE");
    let round = visits::closed_round(story, p3ke).await?;
    story.tell("Paket sembako dan bantuan tunai: penetapan, SK, jawaban");
    let decided = decide(story, round).await?;
    story.tell("Penyaluran paket sembako");
    deliver_parcels(story, &decided, 0).await?;
    story.tell("Penyaluran bantuan tunai");
    deliver_cash(story, decided.cash).await?;
    deliver_parcels(story, &decided, 1).await?;
    later_answers(story, &decided).await?;
    Ok(decided)
}

/// What the new list set going, up to this morning.
async fn second_half(story: &Story<'_>, dtsen: i64, before: &Decided) -> anyhow::Result<()> {
    deliver_parcels(story, before, 2).await?;
    story.tell("Verval DTSEN yang sedang berjalan");
    let open = visits::open_now(story, dtsen).await?;
    decide_now(story, open).await
}

/// The two programmes that the closed round led to.
struct Decided {
    /// The determination through which everybody else is answered.
    answers: i64,
    parcels: i64,
    cash: i64,
}

async fn decide(story: &Story<'_>, round: i64) -> anyhow::Result<Decided> {
    let year = story.ago(250).year();
    let (parcel_families, cash_families) = (story.scaled(1_000), story.scaled(1_160));
    let planned = [story.workday_ago(205), story.workday_ago(150), story.workday_ago(60)];
    let parcels = programmes::parcels(story, story.workday_ago(268), parcel_families, planned).await?;
    let first = deciding::propose(
        story,
        &Determination {
            name: "Penetapan penerima paket sembako",
            round,
            programme: parcels,
            families: parcel_families,
            drafted: story.workday_ago(264),
            proposed: story.workday_ago(262),
        },
    )
    .await?;
    deciding::send_back(story, first, story.workday_ago(259), story.workday_ago(256)).await?;
    let number = format!("400.9.1/112/{year}");
    let title = "Penetapan Penerima Paket Sembako bagi Keluarga Miskin Ekstrem";
    let decree = deciding::sign(story, first, story.workday_ago(252), &number, title).await?;
    deciding::enrol(story, parcels, decree, story.workday_ago(249)).await?;

    let name = "Bantuan tunai keluarga miskin ekstrem";
    let day = story.workday_ago(246);
    let cash = programmes::cash(story, day, name, 1_500_000, cash_families, story.workday_ago(180)).await?;
    let second = deciding::propose(
        story,
        &Determination {
            name: "Penetapan penerima bantuan tunai",
            round,
            programme: cash,
            families: cash_families,
            drafted: story.workday_ago(242),
            proposed: story.workday_ago(240),
        },
    )
    .await?;
    let number = format!("400.9.1/131/{year}");
    let title = "Penetapan Penerima Bantuan Tunai bagi Keluarga Miskin Ekstrem";
    let decree = deciding::sign(story, second, story.workday_ago(236), &number, title).await?;
    deciding::enrol(story, cash, decree, story.workday_ago(234)).await?;

    answering::answer_all(story, first, story.workday_ago(230), 0).await?;
    for (login, code) in AGENCIES {
        answering::reply(story, login, code, story.workday_ago(215), 400).await?;
    }
    Ok(Decided { answers: first, parcels, cash })
}

/// The agencies whose staff have accounts.
const AGENCIES: [(&str, &str); 2] = [("perikanan", "DISKAN"), ("pertanian", "DISTAN")];

/// The agencies have served part of what they took; whom they declined gets another answer.
async fn later_answers(story: &Story<'_>, decided: &Decided) -> anyhow::Result<()> {
    for (login, code) in AGENCIES {
        answering::serve(story, login, code, story.workday_ago(138)).await?;
    }
    answering::refuse_rest(story, decided.answers, story.workday_ago(135), 0).await
}

/// The kecamatan that gets its last parcels today: the verifier Wahyu's own where it is due, else the largest.
async fn waits_for_today(story: &Story<'_>, programme: i64) -> anyhow::Result<Option<AreaCode>> {
    let rina = story.actor("rina", story.today).await?;
    let due = delivering::due(story, &rina, programme, 2).await?;
    let own = due.iter().find(|(area, _)| area.number() == 990_106);
    Ok(own.or_else(|| due.iter().max_by_key(|(_, families)| *families)).map(|(area, _)| *area))
}

/// The parcels of a stage, kecamatan by kecamatan; of the last stage all but one, which gets them today.
async fn deliver_parcels(story: &Story<'_>, decided: &Decided, stage: usize) -> anyhow::Result<()> {
    let programme = decided.parcels;
    let (name, ago) = [("I", 205), ("II", 150), ("III", 75)][stage];
    let rina = story.actor("rina", story.today).await?;
    let how = Day { proxy: 0.07, absent: 0.02, failed: 0.006, reassigned: 0, served: 1.0, hour: 8, on_phone: false };
    let mut due = delivering::due(story, &rina, programme, stage).await?;
    if stage == 2 {
        let waits = waits_for_today(story, programme).await?;
        due.retain(|(area, _)| Some(*area) != waits);
    }
    let reading = story.app.store.read(&rina);
    for (nth, (area, _)) in due.into_iter().enumerate() {
        let place = store::areas::find(&reading, area).await?.map(|area| area.name).unwrap_or_default();
        let day = story.workday_ago(ago - nth as u64);
        let plan = Event {
            programme,
            stage,
            name: format!("Sembako tahap {name} {place}"),
            place: format!("Kantor Kecamatan {place}"),
            day,
            areas: vec![area],
            again_from: None,
        };
        let event = delivering::plan(story, &plan).await?;
        delivering::hand_over(story, event, day, &how).await?;
        delivering::close(story, event, day).await?;
    }
    Ok(())
}

/// The cash of one day, what became of those who did not come, and what went back to the treasury.
async fn deliver_cash(story: &Story<'_>, programme: i64) -> anyhow::Result<()> {
    let rina = story.actor("rina", story.today).await?;
    let areas: Vec<AreaCode> =
        delivering::due(story, &rina, programme, 0).await?.into_iter().map(|(area, _)| area).collect();
    let day = story.workday_ago(180);
    let mut plan = Event {
        programme,
        stage: 0,
        name: "Penyaluran bantuan tunai".to_owned(),
        place: "Gedung Serbaguna Kabupaten Contoh".to_owned(),
        day,
        areas,
        again_from: None,
    };
    let event = delivering::plan(story, &plan).await?;
    let how = Day { proxy: 0.06, absent: 0.03, failed: 0.012, reassigned: 3, served: 1.0, hour: 7, on_phone: false };
    delivering::hand_over(story, event, day, &how).await?;
    delivering::close(story, event, day).await?;
    let year = day.year();
    let number = format!("STS/044/{year}");
    delivering::give_back(story, event, story.workday_ago(173), &[LineState::Failed], &number).await?;
    // absentees get a second day; a very small district may have none
    let stage = store::programmes::find(&story.app.store.read(&rina), programme).await?.map(|p| p.stages[0].id);
    let again =
        store::delivery::targets(&story.app.store.read(&rina), programme, stage.unwrap_or(0), Some(event)).await?;
    if again.is_empty() {
        return Ok(());
    }
    plan.again_from = Some(event);
    plan.day = story.workday_ago(163);
    "Penyaluran susulan bantuan tunai".clone_into(&mut plan.name);
    "Kantor Dinas Sosial".clone_into(&mut plan.place);
    let second = delivering::plan(story, &plan).await?;
    let how = Day { proxy: 0.1, absent: 0.1, failed: 0.02, reassigned: 0, served: 1.0, hour: 8, on_phone: false };
    delivering::hand_over(story, second, plan.day, &how).await?;
    delivering::close(story, second, plan.day).await?;
    let number = format!("STS/051/{year}");
    delivering::give_back(story, second, story.workday_ago(156), &[LineState::Absent, LineState::Failed], &number).await
}

/// What the open round has led to so far: one decree with answers still missing, one proposal waiting for a signature.
async fn decide_now(story: &Story<'_>, round: i64) -> anyhow::Result<()> {
    let year = story.today.year();
    let families = story.scaled(300);
    let day = story.workday_ago(24);
    let name = "Bantuan tunai lansia dan disabilitas";
    let planned = story.today + Days::new(12);
    let cash = programmes::cash(story, day, name, 900_000, families, planned).await?;
    let signed = deciding::propose(
        story,
        &Determination {
            name: "Penetapan bantuan tunai lansia dan disabilitas",
            round,
            programme: cash,
            families,
            drafted: story.workday_ago(22),
            proposed: story.workday_ago(20),
        },
    )
    .await?;
    let number = format!("400.9.1/214/{year}");
    let title = "Penetapan Penerima Bantuan Tunai Lansia dan Penyandang Disabilitas";
    let decree = deciding::sign(story, signed, story.workday_ago(18), &number, title).await?;
    deciding::enrol(story, cash, decree, story.workday_ago(16)).await?;
    answering::answer_all(story, signed, story.workday_ago(12), story.scaled(40)).await?;

    let families = story.scaled(200);
    let capital = programmes::capital(story, story.workday_ago(10), families).await?;
    deciding::propose(
        story,
        &Determination {
            name: "Penetapan penerima modal usaha",
            round,
            programme: capital,
            families,
            drafted: story.workday_ago(6),
            proposed: story.workday_ago(4),
        },
    )
    .await?;
    Ok(())
}

/// The last kecamatan gets its third parcel today; about two thirds have been served so far.
async fn today_event(story: &Story<'_>, before: &Decided) -> anyhow::Result<()> {
    story.tell("Penyaluran hari ini");
    let Some(area) = waits_for_today(story, before.parcels).await? else { return Ok(()) };
    let rina = story.actor("rina", story.today).await?;
    let place = store::areas::find(&story.app.store.read(&rina), area).await?.map(|a| a.name).unwrap_or_default();
    let plan = Event {
        programme: before.parcels,
        stage: 2,
        name: format!("Sembako tahap III {place}"),
        place: format!("Balai Kecamatan {place}"),
        day: story.today,
        areas: vec![area],
        again_from: None,
    };
    let event = delivering::plan(story, &plan).await?;
    let how = Day { proxy: 0.08, absent: 0.01, failed: 0.01, reassigned: 0, served: 0.67, hour: 7, on_phone: true };
    delivering::hand_over(story, event, story.today, &how).await
}

#[cfg(test)]
mod tests;
