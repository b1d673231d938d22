//! The chain over every family of a list: the operations the pages call, each in its own transaction, timed to the commit.
//!
//! Families are visited as an office brings results in, a village at a time; of a hundred families two are found not
//! eligible and two are not met, all others are chosen, enrolled and planned.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::Args;
use domain::{
    AreaCode, Rupiah,
    delivery::{Mark, Proof},
    programmes::{Account, Aid, AidKind, Draft, ProgrammeState, Stage, Strategy, SubActivity},
    targeting::{Quota, Signer, Spread},
    verification::{Channel, Finding, Found, Outcome, Visitor, round::Filter},
};
use serde_json::json;
use server::clock::{Clock, Entropy};
use store::{
    Actor, Store, access,
    delivery::{self, HandOver, LineFilter, NewEvent},
    migrate,
    programmes::{self, Decision},
    targeting::{self, NewDecree, NewDetermination},
    verification::{self, FamilyFilter, NewRound, NewVisit},
};

#[derive(Args)]
pub struct Chain {
    /// Data folder of the embedded database
    #[arg(long)]
    data: PathBuf,
    /// PostgreSQL instead
    #[arg(long)]
    database: Option<String>,
    /// Hand-overs marked one by one at the end
    #[arg(long, default_value_t = 500)]
    marks: i64,
}

/// Rupiah a family.
const UNIT: i64 = 1_500_000;

pub async fn run(options: &Chain) -> anyhow::Result<()> {
    let store = Store::open(options.database.as_deref(), Path::new(&options.data)).await?;
    let clock = Clock::System;
    migrate::migrate(&store, &clock.stamp()).await?;
    let office = chrono::FixedOffset::east_opt(7 * 3600).context("a time zone")?;
    let today = clock.today(office);
    let bench = Bench {
        staff: actor(&store, "rina", today).await?,
        head: actor(&store, "bahtiar", today).await?,
        entropy: Entropy::seeded(9_901),
        store,
        clock,
        today,
    };
    let (round, families) = bench.verify().await?;
    let programme = bench.programme(families).await?;
    let (determination, decree) = bench.determine(round, programme, families).await?;
    let event = bench.deliver(round, programme, decree, options.marks).await?;
    let ids = json!({"round": round, "programme": programme, "determination": determination, "decree": decree, "event": event});
    println!("{}", json!({ "ids": ids }));
    bench.store.close().await?;
    Ok(())
}

/// Whoever works here, as in the demo.
async fn actor(store: &Store, login: &str, today: NaiveDate) -> anyhow::Result<Actor> {
    let program = Actor::program("bench");
    let reading = store.read(&program);
    let user = access::user_by_login(&reading, login).await?.with_context(|| {
        format!("the account {login} of the demo is missing: make the data with tuntas demo --empty")
    })?;
    Ok(access::actor(&reading, &user, &today.to_string()).await?)
}

struct Bench {
    store: Store,
    staff: Actor,
    head: Actor,
    clock: Clock,
    entropy: Entropy,
    today: NaiveDate,
}

/// Says how long a step took and over how many families.
fn told(step: &str, n: i64, begun: Instant) {
    println!("{}", json!({"step": step, "n": n, "seconds": begun.elapsed().as_secs_f64()}));
}

impl Bench {
    /// A round over the newest list, every family of it visited; the round and its families.
    async fn verify(&self) -> anyhow::Result<(i64, i64)> {
        let lists = verification::committed_lists(&self.store.read(&self.staff)).await?;
        let Some(list) = lists.first() else { bail!("no list was imported into {}", self.store.place()) };
        let day = self.today.to_string();
        let begun = Instant::now();
        let change = self.store.change(&self.staff, &self.clock.stamp()).await?;
        let new =
            NewRound { name: "Verval", version_id: list.id, filter: Filter::default(), starts_on: &day, ends_on: &day };
        let round = verification::create_round(&change, &new).await?;
        verification::open_round(&change, round).await?;
        change.commit().await?;
        let villages = verification::progress(&self.store.read(&self.staff), round).await?;
        let families = villages.iter().map(|village| village.families).sum();
        told("round", families, begun);

        let mut visits = Vec::with_capacity(villages.len());
        for village in &villages {
            let all = (0, village.families);
            let reading = self.store.read(&self.staff);
            let lines = verification::families(&reading, round, village.village, FamilyFilter::All, "", all).await?;
            visits.push(lines.into_iter().map(|line| self.visit(line.id)).collect::<anyhow::Result<Vec<_>>>()?);
        }
        let begun = Instant::now();
        let mut recorded = 0;
        for village in visits.into_iter().filter(|village| !village.is_empty()) {
            let change = self.store.change(&self.staff, &self.clock.stamp()).await?;
            recorded += verification::record_visits(&change, village).await?.visits;
            change.commit().await?;
        }
        told("visits", recorded, begun);

        let begun = Instant::now();
        let change = self.store.change(&self.staff, &self.clock.stamp()).await?;
        verification::close_round(&change, round).await?;
        change.commit().await?;
        told("close", families, begun);
        Ok((round, families))
    }

    fn visit(&self, assignment: i64) -> anyhow::Result<NewVisit> {
        let (found, outcome) = match assignment % 50 {
            7 => (Found::Met, Outcome::NotEligible),
            31 => (Found::NotHome, Outcome::Deferred),
            _ => (Found::Met, Outcome::Eligible),
        };
        let reason = match outcome.reasons() {
            Some(list) => Some(domain::codes::list(list).codes.first().context("a reason")?.id.clone()),
            None => None,
        };
        let needs: &[&str] = match assignment % 3 {
            0 => &["RLH", "AIR"],
            1 => &["JAMBAN"],
            _ => &[],
        };
        Ok(NewVisit {
            command_id: self.entropy.token(),
            assignment,
            visitor: Visitor::Named("Petugas".to_owned()),
            visited_at: self.clock.stamp(),
            channel: Channel::Workbook,
            finding: Finding {
                found,
                outcome,
                reason,
                note: None,
                respondent: None,
                answers: BTreeMap::new(),
                needs: needs.iter().map(|need| (*need).to_owned()).collect(),
                corrections: Vec::new(),
                members: Vec::new(),
                photos: BTreeMap::new(),
                position: None,
            },
        })
    }

    /// An active cash programme with money for everybody.
    async fn programme(&self, families: i64) -> anyhow::Result<i64> {
        let change = self.store.change(&self.staff, &self.clock.stamp()).await?;
        let agency = programmes::agencies(&change).await?.first().context("no agency")?.id;
        let draft = Draft {
            agency,
            name: "Bantuan tunai".to_owned(),
            year: 2026,
            strategy: Strategy::S1,
            sub_activity: SubActivity::parse("1.06.05.2.02.0003").ok().context("a sub-activity")?,
            account: Account::parse("5.1.06.02.01.0001").ok().context("an account")?,
            fund: "APBD_KAB".to_owned(),
            ceiling: Rupiah(UNIT * families),
            aid: Aid::Cash,
            aid_kind: AidKind::Cash,
            cash: Rupiah(UNIT),
            items: Vec::new(),
            stages: vec![Stage { name: "Tahap 1".to_owned(), planned_on: None }],
            excludes: Vec::new(),
            officials: Vec::new(),
        };
        let id = programmes::create(&change, &draft, &self.entropy.token()).await?;
        programmes::set_state(&change, id, ProgrammeState::Active, None).await?;
        change.commit().await?;
        Ok(id)
    }

    /// Ranks, proposes, signs and proves; the determination and its decree.
    async fn determine(&self, round: i64, programme: i64, families: i64) -> anyhow::Result<(i64, i64)> {
        let (criteria, _) = targeting::starting_rule(&self.store.read(&self.staff), Some(programme)).await?;
        let quota = Quota {
            families: None,
            ceiling: Some(Rupiah(UNIT * families)),
            unit: Rupiah(UNIT),
            spread: Spread::Nowhere,
            each_village: None,
            areas: BTreeMap::new(),
        };
        let command = self.entropy.token();
        let new =
            NewDetermination { name: "Tahap 1", round, programme: Some(programme), criteria, quota, command: &command };
        let begun = Instant::now();
        let change = self.store.change(&self.staff, &self.clock.stamp()).await?;
        let id = targeting::create(&change, &new).await?;
        change.commit().await?;
        let found = targeting::determination(&self.store.read(&self.staff), id).await?.context("a determination")?;
        told("rank", found.candidates, begun);

        let begun = Instant::now();
        let change = self.store.change(&self.staff, &self.clock.stamp()).await?;
        targeting::propose(&change, id).await?;
        change.commit().await?;
        told("propose", found.selected, begun);

        let begun = Instant::now();
        let change = self.store.change(&self.head, &self.clock.stamp()).await?;
        let number = format!("400.9/{id}/{}", self.today.format("%Y"));
        let decree = NewDecree {
            number: &number,
            decided_on: self.today,
            title: "Penetapan penerima bantuan tunai",
            signer: Signer {
                name: self.head.name.clone(),
                position: "Kepala Dinas Sosial".to_owned(),
                nip: None,
                acting: false,
            },
            unverified_known: true,
            command: &self.entropy.token(),
        };
        let decree = targeting::sign(&change, id, &decree, self.today).await?;
        change.commit().await?;
        told("sign", found.candidates, begun);

        let begun = Instant::now();
        targeting::prove(&self.store.read(&self.head), decree).await?;
        told("prove", found.candidates, begun);
        Ok((id, decree))
    }

    /// Enrols from the decree, plans one event for all, opens it and hands over to some, one by one; the event.
    async fn deliver(&self, round: i64, programme: i64, decree: i64, marks: i64) -> anyhow::Result<i64> {
        let decision = Decision {
            reason: Some("Disepakati musdes".to_owned()),
            command: self.entropy.token(),
            ..Decision::default()
        };
        let begun = Instant::now();
        let change = self.store.change(&self.staff, &self.clock.stamp()).await?;
        let run = programmes::enrol(&change, programme, decree, &decision).await?;
        change.commit().await?;
        told("enrol", run.families, begun);

        let reading = self.store.read(&self.staff);
        let stage = programmes::find(&reading, programme)
            .await?
            .and_then(|programme| programme.stages.first().map(|stage| stage.id))
            .context("a stage")?;
        let villages = verification::progress(&reading, round).await?;
        let areas = villages.iter().filter_map(|village| AreaCode::from_number(village.village)).collect();
        let new = NewEvent {
            programme,
            stage,
            name: "Penyaluran".to_owned(),
            place: "Pendopo".to_owned(),
            starts_at: self.clock.stamp(),
            areas,
            again_from: None,
            instructions: String::new(),
            witnesses: String::new(),
            command: self.entropy.token(),
        };
        let begun = Instant::now();
        let change = self.store.change(&self.staff, &self.clock.stamp()).await?;
        let event = delivery::plan(&change, &new, || self.entropy.token()).await?;
        change.commit().await?;
        told("plan", run.families, begun);

        let begun = Instant::now();
        let change = self.store.change(&self.staff, &self.clock.stamp()).await?;
        delivery::open(&change, event, UNIT * run.families, "").await?;
        change.commit().await?;
        told("open", run.families, begun);
        self.mark(event, marks).await?;
        Ok(event)
    }

    /// Each hand-over is a transaction of its own, as officers send them.
    async fn mark(&self, event: i64, marks: i64) -> anyhow::Result<()> {
        let lines = delivery::lines(&self.store.read(&self.staff), event, &LineFilter::default(), marks).await?;
        let begun = Instant::now();
        for line in &lines {
            let hand_over = HandOver {
                mark: Mark::Received { proofs: vec![Proof::Thumb] },
                files: Vec::new(),
                position: None,
                command: self.entropy.token(),
            };
            let change = self.store.change(&self.staff, &self.clock.stamp()).await?;
            delivery::mark(&change, &line.token, &hand_over).await?;
            change.commit().await?;
        }
        told("marks", lines.len() as i64, begun);
        Ok(())
    }
}
