//! Delivery on both databases: the handover of B.2 to the rupiah, marks that happen once, absentees planned again or
//! given back, replacements by minutes, and what an actor of another area sees.

use domain::{
    AreaCode, Rupiah,
    delivery::{EventState, FailReason, LineState, Mark, Proof, Proxy, Refusal, Settlement, Share},
    monitoring::PipelineStage,
    programmes::{Account, Aid, AidKind, Draft, ProgrammeState, Stage, Strategy, SubActivity},
};
use store::{
    Actor, Change, Handle, Query, Scope, Store,
    delivery::{self, Closing, GiveBack, HandOver, LineFilter, Marked, NewEvent, Refused, Replacement},
    journal, monitoring,
    programmes::{self, Decision},
    sql,
};
use testkit::{both_databases, builders, databases::NOW};

const UNIT: i64 = 1_500_000;

fn draft(ceiling: i64, stages: usize) -> Draft {
    Draft {
        agency: 1,
        name: "Bantuan tunai keluarga miskin ekstrem".into(),
        year: 2023,
        strategy: Strategy::S1,
        sub_activity: SubActivity::parse("1.06.05.2.02.0003").expect("a code"),
        account: Account::parse("5.1.06.02.01.0001").expect("an account"),
        fund: "APBD_KAB".into(),
        ceiling: Rupiah(ceiling),
        aid: Aid::Cash,
        aid_kind: AidKind::Cash,
        cash: Rupiah(UNIT),
        items: Vec::new(),
        stages: (1..=stages).map(|n| Stage { name: format!("Tahap {n}"), planned_on: None }).collect(),
        excludes: Vec::new(),
        officials: Vec::new(),
    }
}

struct Story {
    villages: Vec<AreaCode>,
    families: Vec<(i64, i64)>,
    programme: i64,
    stages: Vec<i64>,
    event: i64,
}

/// `selected` families enrolled out of `all`, planned for one event over the whole district, which is open.
async fn open_event(store: &Store, all: usize, selected: usize) -> Story {
    let office = Actor::program("test");
    let change = store.change(&office, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "dtsen", "2026Q3").await;
    let families = builders::families(&change, version, &villages, all).await;
    let decree = builders::decree(&change, version, &families, selected, UNIT).await;
    let programme = programmes::create(&change, &draft(UNIT * 2 * selected as i64, 2), "p").await.expect("creates");
    programmes::set_state(&change, programme, ProgrammeState::Active, None).await.expect("opens");
    let decision = Decision { command: "r".into(), ..Decision::default() };
    programmes::enrol(&change, programme, decree, &decision).await.expect("enrols");
    let stages: Vec<i64> = programmes::find(&change, programme)
        .await
        .expect("reads")
        .expect("is there")
        .stages
        .iter()
        .map(|stage| stage.id)
        .collect();
    let event = delivery::plan(&change, &new_event(programme, stages[0], &villages, None, "e1"), tokens("a"))
        .await
        .expect("plans");
    delivery::open(&change, event, UNIT * selected as i64, "").await.expect("opens");
    change.commit().await.expect("commits");
    Story { villages, families, programme, stages, event }
}

fn new_event(programme: i64, stage: i64, areas: &[AreaCode], again_from: Option<i64>, command: &str) -> NewEvent {
    NewEvent {
        programme,
        stage,
        name: "Penyaluran bantuan tunai".into(),
        place: "Pendopo kecamatan".into(),
        starts_at: "2023-12-11T01:00:00Z".into(),
        areas: areas.to_vec(),
        again_from,
        instructions: "Bawa KTP asli dan KK".into(),
        witnesses: "Camat".into(),
        command: command.into(),
    }
}

fn tokens(prefix: &'static str) -> impl FnMut() -> String {
    let mut n = 0;
    move || {
        n += 1;
        format!("{prefix}{n}")
    }
}

fn hand_over(mark: Mark, command: impl Into<String>) -> HandOver {
    HandOver { mark, files: Vec::new(), position: None, command: command.into() }
}

fn received(command: impl Into<String>) -> HandOver {
    hand_over(Mark::Received { proofs: vec![Proof::Signature] }, command)
}

fn failed(reason: FailReason, command: impl Into<String>) -> HandOver {
    hand_over(Mark::Failed { reason, note: String::new() }, command)
}

async fn shares(handle: &impl Handle, event: i64) -> domain::delivery::Equation {
    let event = delivery::event(handle, event).await.expect("reads").expect("is there");
    delivery::equation(handle, &event).await.expect("reads")
}

both_databases! {
    async fn the_handover_to_1160_families_adds_up_to_the_rupiah(store: Store) {
        let story = open_event(&store, 1_170, 1_160).await;
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        assert_eq!(shares(&change, story.event).await.planned, Share::new(1_160, 1_740_000_000));
        let mut lines = delivery::lines(&change, story.event, &LineFilter::default(), 2_000).await.expect("reads");
        assert_eq!(lines.len(), 1_160);
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), (1..=1_160).collect::<Vec<_>>());
        // they come in no order
        lines.sort_by_key(|line| line.number * 37 % 1_160);
        for (n, line) in lines.iter().enumerate() {
            let command = format!("c{n}");
            let hand_over = match n {
                0..1_042 => received(command),
                1_042..1_093 => {
                    let member = delivery::members(&change, line).await.expect("reads").into_iter().find(|m| m.relation.as_deref() == Some("SPOUSE")).expect("a wife");
                    hand_over(Mark::Proxy { proxy: Proxy::Member { person: member.id }, proofs: vec![Proof::Thumb] }, command)
                }
                1_093..1_102 => failed(FailReason::IdMismatch, command),
                1_102..1_108 => {
                    let replacement = Replacement { family: story.families[1_160 + n - 1_102].0, minutes: "12/BA/2023".into(), reason: "pindah".into(), command };
                    let marked = delivery::reassign(&change, &line.token, &replacement, || format!("r{n}")).await.expect("reassigns");
                    assert_eq!(marked.line().state, LineState::Reassigned);
                    received(format!("r{n}"))
                }
                _ => continue,
            };
            let token = if (1_102..1_108).contains(&n) { format!("r{n}") } else { line.token.clone() };
            assert!(matches!(delivery::mark(&change, &token, &hand_over).await.expect("marks"), Marked::Done(_)));
        }
        let now = shares(&change, story.event).await;
        assert!(now.holds(), "{now:?}");
        assert_eq!(now.received, Share::new(1_042, 1_563_000_000));
        assert_eq!(now.proxy, Share::new(51, 76_500_000));
        assert_eq!(now.reassigned, Share::new(6, 9_000_000));
        assert_eq!(now.failed, Share::new(9, 13_500_000));
        assert_eq!(now.waiting, Share::new(52, 78_000_000));
        assert_eq!(now.paid(), Share::new(1_099, 1_648_500_000));

        // 52 did not come; what is left of the cash is counted
        let mut closing = Closing { rest_absent: false, counted: 91_500_000, note: String::new(), command: "close".into() };
        assert!(matches!(delivery::close(&change, story.event, &closing).await, Err(Refused::Waiting(52))));
        closing.rest_absent = true;
        assert_eq!(delivery::close(&change, story.event, &closing).await.expect("closes"), 52);
        let closed = shares(&change, story.event).await;
        assert!(closed.holds());
        assert_eq!((closed.absent, closed.waiting.families), (Share::new(52, 78_000_000), 0));
        assert_eq!(closed.paid().amount.0 + 91_500_000, 1_740_000_000);
        let areas = delivery::areas(&change, story.event).await.expect("reads");
        assert!(areas.len() == 4 && areas.iter().all(|area| area.equation.adds_up()));
        assert_eq!(areas.iter().map(|area| area.equation.planned.families).sum::<i64>(), 1_160);

        // the absent and failed of two villages are planned again, the others' money is given back
        let back = |amount, of: &[LineState], command: &str| GiveBack { number: "STS-77/2023".into(), returned_on: "2023-12-14".into(), amount, of: of.to_vec(), slip: None, command: command.into() };
        let again = delivery::plan(&change, &new_event(story.programme, story.stages[0], &story.villages[..2], Some(story.event), "e2"), tokens("b")).await.expect("plans again");
        let planned_again = shares(&change, again).await.planned;
        let refused = delivery::give_back(&change, story.event, &back(1, &[LineState::Absent], "g1")).await;
        let due = 78_000_000 + 13_500_000 - planned_again.amount.0;
        assert!(matches!(refused, Err(Refused::ReturnDiffers { typed: 1, .. })), "{refused:?}");
        delivery::give_back(&change, story.event, &back(due, &[LineState::Absent, LineState::Failed], "g2")).await.expect("gives back");
        let settled = shares(&change, story.event).await;
        assert!(settled.holds());
        assert!(planned_again.families > 0 && due > 0);
        assert_eq!((settled.unsettled.families, settled.rescheduled, settled.returned.amount.0), (0, planned_again, due));
        assert_eq!(settled.absent, Share::new(52, 78_000_000), "what happened on the day stays");
        // over both events the stage counts every place once
        let stage = programmes::stage_progress(&change, story.programme).await.expect("reads");
        assert_eq!(stage.len(), 1);
        assert!(stage[0].1.holds(), "{stage:?}");
        assert_eq!((stage[0].1.planned.families, stage[0].1.waiting, stage[0].1.returned.amount.0), (1_160, planned_again, due));
        let cost = programmes::commitment(&change, story.programme).await.expect("reads").expect("is there");
        assert_eq!((cost.paid.0, cost.served, cost.commitment.places, cost.left()), (1_648_500_000, 1_099, 1_160, Rupiah::ZERO));
        // nobody is due for the stage any more
        assert!(matches!(delivery::plan(&change, &new_event(story.programme, story.stages[0], &story.villages, None, "e3"), tokens("c")).await, Err(Refused::NobodyToPlan)));
        // for the next stage everybody who holds a place is
        let next = delivery::targets(&change, story.programme, story.stages[1], None).await.expect("reads");
        assert_eq!(next.iter().map(|t| t.families).sum::<i64>(), 1_160);
    }

    async fn two_officers_who_scan_at_once_serve_once(store: Store) {
        let story = open_event(&store, 40, 40).await;
        let office = Actor::program("test");
        let lines = delivery::lines(&store.read(&office), story.event, &LineFilter::default(), 100).await.expect("reads");
        let mut officers = Vec::new();
        for officer in 0..4 {
            let (store, tokens) = (store.clone(), lines.iter().map(|line| line.token.clone()).collect::<Vec<_>>());
            officers.push(tokio::spawn(async move {
                let actor = Actor::program("test");
                let (mut done, mut already) = (0, 0);
                for token in tokens {
                    let change = store.change(&actor, NOW).await.expect("begins");
                    match delivery::mark(&change, &token, &received(format!("{officer}-{token}"))).await.expect("marks") {
                        Marked::Done(_) => done += 1,
                        Marked::Already(line) => {
                            assert_eq!(line.state, LineState::Received);
                            already += 1;
                        }
                        Marked::Repeated(_) => panic!("no command was sent twice"),
                    }
                    change.commit().await.expect("commits");
                }
                (done, already)
            }));
        }
        let (mut done, mut already) = (0, 0);
        for officer in officers {
            let (d, a) = officer.await.expect("finishes");
            done += d;
            already += a;
        }
        assert_eq!((done, already), (40, 120));
        let now = shares(&store.read(&office), story.event).await;
        assert!(now.holds());
        assert_eq!(now.received, Share::new(40, 60_000_000));
        let told = store.read(&office).count(sql!("SELECT COUNT(*) FROM journal WHERE verb = 'delivery.received'")).await.expect("counts");
        assert_eq!(told, 40);
    }

    async fn one_command_sent_at_once_from_two_connections_is_done_once(store: Store) {
        let story = open_event(&store, 20, 20).await;
        let office = Actor::program("test");
        let lines = delivery::lines(&store.read(&office), story.event, &LineFilter::default(), 100).await.expect("reads");
        for line in &lines {
            let send = || {
                let (store, token) = (store.clone(), line.token.clone());
                tokio::spawn(async move {
                    let actor = Actor::program("test");
                    let change = store.change(&actor, NOW).await.expect("begins");
                    let marked = delivery::mark(&change, &token, &received(format!("cmd-{token}"))).await.expect("marks");
                    change.commit().await.expect("commits");
                    matches!(marked, Marked::Done(_))
                })
            };
            let (first, second) = (send(), send());
            let done = [first.await.expect("finishes"), second.await.expect("finishes")];
            assert_eq!(done.iter().filter(|done| **done).count(), 1);
        }
    }

    async fn closing_and_marking_at_once_leave_nobody_waiting(store: Store) {
        let story = open_event(&store, 30, 30).await;
        let office = Actor::program("test");
        let lines = delivery::lines(&store.read(&office), story.event, &LineFilter::default(), 100).await.expect("reads");
        let marking = {
            let store = store.clone();
            tokio::spawn(async move {
                let actor = Actor::program("test");
                let mut served = 0;
                for line in lines {
                    let change = store.change(&actor, NOW).await.expect("begins");
                    match delivery::mark(&change, &line.token, &received(line.token.clone())).await {
                        Ok(Marked::Done(_)) => served += 1,
                        Ok(Marked::Already(line)) => assert_eq!(line.state, LineState::Absent),
                        Err(Refused::EventState(EventState::Closed)) => {}
                        other => panic!("{other:?}"),
                    }
                    change.commit().await.expect("commits");
                    tokio::task::yield_now().await;
                }
                served
            })
        };
        let change = store.change(&office, NOW).await.expect("begins");
        delivery::close(&change, story.event, &Closing { rest_absent: true, counted: 0, note: "dihitung besok".into(), command: "x".into() }).await.expect("closes");
        change.commit().await.expect("commits");
        let served = marking.await.expect("finishes");
        let end = shares(&store.read(&office), story.event).await;
        assert!(end.holds());
        assert_eq!((end.received.families, end.absent.families, end.still_waiting().families), (served, 30 - served, 0));
    }

    async fn a_mark_is_refused_without_proof_and_outside_an_open_event(store: Store) {
        let story = open_event(&store, 3, 3).await;
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let lines = delivery::lines(&change, story.event, &LineFilter::default(), 10).await.expect("reads");
        let bare = delivery::mark(&change, &lines[0].token, &hand_over(Mark::Received { proofs: vec![] }, "1")).await;
        assert!(matches!(bare, Err(Refused::Mark(Refusal::NoProof))));
        let stranger = delivery::members(&change, &lines[1]).await.expect("reads")[0].id;
        let mark = Mark::Proxy { proxy: Proxy::Member { person: stranger }, proofs: vec![Proof::Photo] };
        let outside = delivery::mark(&change, &lines[0].token, &hand_over(mark, "2")).await;
        assert!(matches!(outside, Err(Refused::Mark(Refusal::ProxyOutsideFamily))));
        assert!(matches!(delivery::mark(&change, "unknown", &received("3")).await, Err(Refused::NotFound)));
        delivery::close(&change, story.event, &Closing { rest_absent: true, counted: UNIT * 3, note: String::new(), command: "x".into() }).await.expect("closes");
        assert!(matches!(delivery::mark(&change, &lines[0].token, &received("4")).await, Err(Refused::EventState(EventState::Closed))));
        assert!(matches!(delivery::undo(&change, &lines[0].token, "x", "5").await, Err(Refused::EventState(EventState::Closed))));
    }

    async fn a_wrong_mark_is_taken_back_with_a_reason_and_told(store: Store) {
        let story = open_event(&store, 2, 2).await;
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let line = delivery::lines(&change, story.event, &LineFilter::default(), 10).await.expect("reads").remove(0);
        delivery::mark(&change, &line.token, &received("1")).await.expect("marks");
        let filter = programmes::Filter { state: Some(domain::programmes::EnrolmentState::Active), ..programmes::Filter::default() };
        let active = async || programmes::participants_count(&change, story.programme, &filter).await.expect("reads");
        assert_eq!(active().await, 1);
        assert!(matches!(delivery::undo(&change, &line.token, " ", "2").await, Err(Refused::Mark(Refusal::ReasonMissing))));
        // the refused command was rolled back by a page; here it stands, so another one is sent
        assert!(matches!(delivery::undo(&change, &line.token, "salah orang", "3").await.expect("undoes"), Marked::Done(line) if line.state == LineState::Planned && line.proof.is_empty() && line.served_at.is_none()));
        assert_eq!(active().await, 0);
        let told: Vec<String> = journal::of_family(&change, line.family_id, 10).await.expect("reads").into_iter().map(|line| line.verb).collect();
        assert_eq!(told[..2], ["delivery.undone", "delivery.received"]);
        assert!(matches!(delivery::mark(&change, &line.token, &received("4")).await.expect("marks"), Marked::Done(_)));
    }

    async fn a_replacement_takes_the_place_and_gives_it_back_when_undone(store: Store) {
        let story = open_event(&store, 6, 4).await;
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let line = delivery::lines(&change, story.event, &LineFilter::default(), 10).await.expect("reads").remove(0);
        let reserve = delivery::candidates_for_replacement(&change, &line).await.expect("reads");
        assert_eq!(reserve.len(), 2);
        assert_eq!(reserve[0].village, line.village, "the own village comes first");
        let ask = |minutes: &str, family, command: &str| Replacement { family, minutes: minutes.into(), reason: "meninggal".into(), command: command.into() };
        assert!(matches!(delivery::reassign(&change, &line.token, &ask(" ", reserve[0].family_id, "1"), || "n1".into()).await, Err(Refused::MinutesMissing)));
        assert!(matches!(delivery::reassign(&change, &line.token, &ask("12/BA", story.families[1].0, "2"), || "n2".into()).await, Err(Refused::ReplacementEnrolled)));
        delivery::reassign(&change, &line.token, &ask("12/BA", reserve[0].family_id, "3"), || "n3".into()).await.expect("reassigns");
        let now = shares(&change, story.event).await;
        assert!(now.holds());
        assert_eq!((now.planned.families, now.waiting.families, now.reassigned.families, now.still_waiting().families), (4, 3, 1, 4));
        let places = async || programmes::commitment(&change, story.programme).await.expect("reads").expect("is there").commitment.places;
        assert_eq!(places().await, 4, "the place is passed on, not added");
        assert!(matches!(delivery::reassign(&change, "n3", &ask("13/BA", reserve[1].family_id, "4"), || "n4".into()).await, Err(Refused::ReplacementReplaced)));
        delivery::undo(&change, &line.token, "salah pilih", "5").await.expect("undoes");
        let now = shares(&change, story.event).await;
        assert!(now.holds());
        assert_eq!((now.waiting.families, now.reassigned.families, places().await), (4, 0, 4));
        assert!(delivery::line(&change, "n3").await.expect("reads").is_none());
        // once the replacement is served, it stays so
        delivery::reassign(&change, &line.token, &ask("12/BA", reserve[0].family_id, "6"), || "n6".into()).await.expect("reassigns");
        delivery::mark(&change, "n6", &received("7")).await.expect("marks");
        assert!(matches!(delivery::undo(&change, &line.token, "x", "8").await, Err(Refused::Mark(Refusal::ReplacementServed))));
        // the next stage is the replacement's, not the replaced family's
        let next = delivery::plan(&change, &new_event(story.programme, story.stages[1], &story.villages, None, "e2"), tokens("z")).await.expect("plans");
        let families: Vec<i64> = delivery::lines(&change, next, &LineFilter::default(), 10).await.expect("reads").iter().map(|l| l.family_id).collect();
        assert!(families.contains(&reserve[0].family_id) && !families.contains(&line.family_id) && families.len() == 4);
    }

    async fn an_absentee_is_planned_again_once_and_called_off_events_free_it(store: Store) {
        let story = open_event(&store, 4, 4).await;
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let lines = delivery::lines(&change, story.event, &LineFilter::default(), 10).await.expect("reads");
        delivery::mark(&change, &lines[0].token, &hand_over(Mark::Absent, "1")).await.expect("marks");
        delivery::mark(&change, &lines[1].token, &received("2")).await.expect("marks");
        let again = delivery::plan(&change, &new_event(story.programme, story.stages[0], &story.villages, Some(story.event), "e2"), tokens("b")).await.expect("plans");
        let planned = delivery::lines(&change, again, &LineFilter::default(), 10).await.expect("reads");
        assert_eq!(planned.iter().map(|l| (l.family_id, l.from_line_id)).collect::<Vec<_>>(), [(lines[0].family_id, Some(lines[0].id))]);
        let absent = delivery::line(&change, &lines[0].token).await.expect("reads").expect("is there");
        assert_eq!((absent.state, absent.settlement()), (LineState::Absent, Settlement::Rescheduled));
        assert!(matches!(delivery::undo(&change, &absent.token, "datang", "3").await, Err(Refused::Mark(Refusal::AlreadyRescheduled))));
        assert!(matches!(delivery::plan(&change, &new_event(story.programme, story.stages[0], &story.villages, None, "e3"), tokens("c")).await, Err(Refused::NobodyToPlan)));
        delivery::cancel(&change, again, "hujan").await.expect("calls off");
        let absent = delivery::line(&change, &lines[0].token).await.expect("reads").expect("is there");
        assert_eq!(absent.settlement(), Settlement::Open);
        delivery::undo(&change, &absent.token, "datang juga", "4").await.expect("undoes");
        assert!(shares(&change, story.event).await.holds());
    }

    async fn who_is_suspended_is_taken_out_of_what_has_not_opened(store: Store) {
        let story = open_event(&store, 4, 4).await;
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let next = delivery::plan(&change, &new_event(story.programme, story.stages[1], &story.villages, None, "e2"), tokens("b")).await.expect("plans");
        let line = delivery::lines(&change, next, &LineFilter::default(), 10).await.expect("reads").remove(0);
        // it waits at the open event too: first that
        assert!(matches!(programmes::suspend(&change, story.programme, line.enrolment_id, "x").await, Err(programmes::Refused::WaitingAtEvent(_))));
        let here = delivery::lines(&change, story.event, &LineFilter::default(), 10).await.expect("reads").into_iter().find(|l| l.enrolment_id == line.enrolment_id).expect("one");
        delivery::mark(&change, &here.token, &received("1")).await.expect("marks");
        programmes::suspend(&change, story.programme, line.enrolment_id, "diperiksa").await.expect("suspends");
        let after = shares(&change, next).await;
        assert!(after.holds());
        assert_eq!(after.planned, Share::new(3, 3 * UNIT));
    }

    async fn an_actor_of_another_kecamatan_sees_nothing_of_a_family(store: Store) {
        let story = open_event(&store, 8, 8).await;
        let office = Actor::program("test");
        let lines = delivery::lines(&store.read(&office), story.event, &LineFilter::default(), 10).await.expect("reads");
        let (ours, theirs): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.village < story.villages[2].number());
        let local = Actor { scope: Scope::areas([story.villages[0].subdistrict()]), ..Actor::program("test") };
        let change = store.change(&local, NOW).await.expect("begins");
        assert_eq!(delivery::lines(&change, story.event, &LineFilter::default(), 10).await.expect("reads").len(), ours.len());
        assert!(delivery::card(&change, &theirs[0].token).await.expect("reads").is_none());
        assert!(matches!(delivery::mark(&change, &theirs[0].token, &received("1")).await, Err(Refused::NotFound)));
        assert!(delivery::search(&change, story.event, &theirs[0].number.to_string()).await.expect("reads").is_empty());
        let part = shares(&change, story.event).await;
        assert!(part.holds());
        assert_eq!(part.planned.families, ours.len() as i64);
        // closing concerns the whole event
        let closing = Closing { rest_absent: true, counted: 0, note: "x".into(), command: "x".into() };
        assert!(matches!(delivery::close(&change, story.event, &closing).await, Err(Refused::OutsideArea)));
        drop(change);
        let nobody = Actor { scope: Scope::areas(["99.01.03".parse::<AreaCode>().expect("a code")]), ..Actor::program("test") };
        let read = store.read(&nobody);
        assert!(delivery::event(&read, story.event).await.expect("reads").is_none());
        assert!(delivery::events(&read, None).await.expect("reads").is_empty());
    }

    async fn a_recipient_is_found_by_number_name_and_nik(store: Store) {
        let story = open_event(&store, 12, 12).await;
        let office = Actor::program("test");
        let read = store.read(&office);
        let line = delivery::lines(&read, story.event, &LineFilter { numbers: vec![7], ..LineFilter::default() }, 10).await.expect("reads").remove(0);
        let nik: String = read.scalar(Query::with(sql!("SELECT p.nik FROM person p WHERE p.family_id = $1 AND p.relation = 'SPOUSE' AND {whole_district test}"), [line.family_id.into()])).await.expect("reads").expect("one");
        for typed in ["7".to_owned(), nik, line.head_name.to_lowercase()] {
            let found = delivery::search(&read, story.event, &typed).await.expect("searches");
            assert!(found.iter().any(|l| l.id == line.id), "{typed}");
        }
        assert!(delivery::search(&read, story.event, "  ").await.expect("searches").is_empty());
        assert!(delivery::search(&read, story.event, "%").await.expect("searches").is_empty());
    }

    async fn what_was_given_back_to_the_treasury_is_promised_no_more(store: Store) {
        let story = open_event(&store, 5, 5).await;
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let waiting = async || {
            let stages = monitoring::pipeline(&change, &NOW[..10]).await.expect("reads");
            stages.iter().find(|w| w.stage == PipelineStage::Delivery).expect("the stage").families
        };
        let money = async || {
            let cost = programmes::commitment(&change, story.programme).await.expect("reads").expect("is there");
            assert_eq!(cost.ceiling, cost.paid + cost.returned.amount + cost.open() + cost.left(), "the ceiling is the sum of its parts");
            (cost.open().0 / UNIT, cost.owed, cost.returned.families, cost.returned.amount.0 / UNIT)
        };
        // of five families three come in either stage; the money of the two others goes back
        let mut event = story.event;
        for (n, stage) in story.stages.iter().enumerate() {
            if n > 0 {
                event = delivery::plan(&change, &new_event(story.programme, *stage, &story.villages, None, "next"), tokens("n")).await.expect("plans");
                delivery::open(&change, event, 5 * UNIT, "").await.expect("opens");
            }
            let lines = delivery::lines(&change, event, &LineFilter::default(), 10).await.expect("reads");
            for line in &lines[..3] {
                delivery::mark(&change, &line.token, &received(format!("{n} {}", line.number))).await.expect("marks");
            }
            let closing = Closing { rest_absent: true, counted: 2 * UNIT, note: String::new(), command: format!("close {n}") };
            delivery::close(&change, event, &closing).await.expect("closes");
            assert_eq!(waiting().await, 2, "the absent wait until their money went back");
            let back = GiveBack { number: format!("STS-{n}"), returned_on: "2023-12-14".into(), amount: 2 * UNIT, of: vec![LineState::Absent], slip: None, command: format!("back {n}") };
            delivery::give_back(&change, event, &back).await.expect("gives back");
            // (open, families owed, families given back for, given back)
            assert_eq!(money().await, if n == 0 { (5, 5, 2, 2) } else { (0, 0, 2, 4) });
        }
        assert_eq!(waiting().await, 0);
        assert_eq!(programmes::list(&change).await.expect("reads")[0].returned, 4 * UNIT);
    }

    async fn the_count_at_the_end_differs_only_with_an_explanation(store: Store) {
        let story = open_event(&store, 2, 2).await;
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let lines = delivery::lines(&change, story.event, &LineFilter::default(), 10).await.expect("reads");
        delivery::mark(&change, &lines[0].token, &received("1")).await.expect("marks");
        delivery::count(&change, story.event, UNIT - 50_000, "satu lembar kurang", "k1").await.expect("counts");
        delivery::count(&change, story.event, UNIT - 50_000, "satu lembar kurang", "k1").await.expect("counts once");
        let counts = delivery::cash_counts(&change, story.event).await.expect("reads");
        assert_eq!(counts.iter().map(|c| (c.amount, c.expected)).collect::<Vec<_>>(), [(UNIT - 50_000, UNIT)]);
        let mut closing = Closing { rest_absent: true, counted: UNIT - 50_000, note: String::new(), command: "x".into() };
        assert!(matches!(delivery::close(&change, story.event, &closing).await, Err(Refused::CountDiffers { expected: UNIT, .. })));
        closing.note = "satu lembar kurang, dilaporkan".into();
        delivery::close(&change, story.event, &closing).await.expect("closes");
        assert_eq!(delivery::event(&change, story.event).await.expect("reads").expect("is there").close_note.as_deref(), Some("satu lembar kurang, dilaporkan"));
    }
}

async fn step(change: &Change<'_>, token: &str, action: u8, n: usize, spare: &[(i64, i64)]) {
    let command = format!("s{n}");
    let result = match action {
        0 => delivery::mark(change, token, &received(command)).await.map(|_| ()),
        1 => delivery::mark(change, token, &hand_over(Mark::Absent, command)).await.map(|_| ()),
        2 => delivery::mark(change, token, &failed(FailReason::Moved, command)).await.map(|_| ()),
        3 => {
            let replacement = Replacement {
                family: spare[n % spare.len()].0,
                minutes: "1/BA".into(),
                reason: "x".into(),
                command: command.clone(),
            };
            delivery::reassign(change, token, &replacement, || format!("new-{command}")).await.map(|_| ())
        }
        _ => delivery::undo(change, token, "keliru", &command).await.map(|_| ()),
    };
    // a rule may refuse; anything else is a fault
    assert!(!matches!(result, Err(Refused::Store(_) | Refused::Changed)), "{result:?}");
}

/// Any sequence of marks, replacements and marks taken back keeps the equation, and the money left at the place.
fn random_marks(store: &Store, seeds: std::ops::Range<u64>) -> impl Future<Output = ()> {
    use proptest::{
        strategy::{Strategy, ValueTree},
        test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
    };
    let store = store.clone();
    async move {
        let story = open_event(&store, 16, 10).await;
        let office = Actor::program("test");
        for seed in seeds {
            let mut bytes = [0; 32];
            bytes[..8].copy_from_slice(&seed.to_le_bytes());
            let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
            let mut runner = TestRunner::new_with_rng(Config::default(), rng);
            let steps = proptest::collection::vec((0_usize..14, 0_u8..6), 40)
                .new_tree(&mut runner)
                .expect("a sequence")
                .current();
            // every sequence begins where the event opened: nothing is committed
            let change = store.change(&office, NOW).await.expect("begins");
            for (n, (line, action)) in steps.into_iter().enumerate() {
                let lines = delivery::lines(&change, story.event, &LineFilter::default(), 100).await.expect("reads");
                let token = lines[line % lines.len()].token.clone();
                step(&change, &token, action, n, &story.families[10..]).await;
                let now = shares(&change, story.event).await;
                assert!(now.holds(), "seed {seed}, step {n}: {now:?}");
                assert_eq!(now.planned - now.paid(), now.unpaid() + now.still_waiting(), "seed {seed}, step {n}");
                let cost = programmes::commitment(&change, story.programme).await.expect("reads").expect("is there");
                assert_eq!((cost.commitment.places, cost.paid), (10, now.paid().amount), "seed {seed}, step {n}");
            }
        }
    }
}

both_databases! {
    async fn random_marks_keep_the_equation(store: Store) {
        random_marks(&store, 0..6).await;
    }
}
