//! Rounds, visits, conflicts, minutes and workbooks of results, on both databases.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    AreaCode,
    access::Role,
    verification::{
        Answers, Channel, Finding, Found, MemberFinding, Outcome, Visitor, conclude, form::form, minutes::NumbersFault,
        round::Filter,
    },
};
use store::{
    Actor, Change, Handle, Query, Scope, Store,
    access::{Grant, NewUser, create_user, user},
    journal, sql,
    verification::{self as v, Effect, FamilyFilter, NewAdded, NewMinutes, NewRound, NewVisit, VerificationError},
};
use testkit::{both_databases, builders, databases::NOW};

const OFFICE: fn() -> Actor = || Actor::program("test");

/// Villages, list version, and an open round over it.
struct Field {
    villages: Vec<AreaCode>,
    version: i64,
    round: i64,
}

async fn begin<'a>(store: &'a Store, actor: &'a Actor) -> Change<'a> {
    store.change(actor, NOW).await.expect("begins")
}

/// `families` per village, desil 1 to 4 in turn, and a round over those of desil 1 and 2, opened.
async fn field(store: &Store, families: i64) -> Field {
    let actor = OFFICE();
    let change = begin(store, &actor).await;
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "dtsen", "2026Q3").await;
    for village in &villages {
        for n in 0..families {
            builders::family(&change, version, *village, &format!("Kepala {n}"), n % 4 + 1, 3).await;
        }
    }
    let filter = Filter { desil_at_most: Some(2), ..Filter::default() };
    let round = make(&change, version, filter).await.expect("a round");
    v::open_round(&change, round).await.expect("opens");
    change.commit().await.expect("commits");
    Field { villages, version, round }
}

async fn make(change: &Change<'_>, version: i64, filter: Filter) -> v::Result<i64> {
    let new =
        NewRound { name: "Verval 2026", version_id: version, filter, starts_on: "2026-11-01", ends_on: "2026-11-30" };
    v::create_round(change, &new).await
}

async fn person(change: &Change<'_>, login: &str, role: Role, area: Option<AreaCode>) -> i64 {
    let new = NewUser {
        login,
        name: login,
        password_hash: "x",
        must_change_password: false,
        nip: None,
        position: None,
        acting: false,
        agency_id: None,
    };
    let grant = Grant { role, area, valid_from: "2026-01-01".into(), valid_until: None };
    create_user(change, &new, &[grant]).await.expect("creates")
}

async fn acting(store: &Store, id: i64) -> Actor {
    let office = OFFICE();
    let reading = store.read(&office);
    let user = user(&reading, id).await.expect("reads").expect("exists");
    store::access::actor(&reading, &user, "2026-11-21").await.expect("reads")
}

/// A finding as a workbook brings it.
fn finding(outcome: &str, needs: &[&str]) -> Finding {
    let outcome = Outcome::from_word(outcome).expect("an outcome");
    let reason = outcome.reasons().map(|list| domain::codes::list(list).codes[0].id.clone());
    Finding {
        found: Found::Met,
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
    }
}

fn visit(command: &str, assignment: i64, who: &str, finding: Finding) -> NewVisit {
    NewVisit {
        command_id: command.to_owned(),
        assignment,
        visitor: Visitor::Named(who.to_owned()),
        visited_at: NOW.to_owned(),
        channel: Channel::Workbook,
        finding,
    }
}

/// Whole answers to the form for a family met, eligible.
fn answers(known: &domain::verification::Known) -> Answers {
    let mut answers = Answers::default();
    let house = "found=DITEMUKAN respondent=Ibu tenure=2 floor_area=60 floor=8 wall=1 roof=2 water=9 lighting=1 power=1 \
        fuel=4 toilet=1 closet=1 septic=1 working=1 out_of_school=0 difficulty=4 photo_reason=gelap outcome=LAYAK";
    for (question, value) in house.split_whitespace().filter_map(|pair| pair.split_once('=')) {
        answers.set(question, vec![value.to_owned()]);
    }
    answers.set("needs", vec!["RLH".into(), "AIR".into()]);
    answers.members = known
        .members
        .iter()
        .map(|m| MemberFinding { person: Some(m.person), presence: "1".into(), ..MemberFinding::default() })
        .collect();
    answers
}

both_databases! {
    async fn a_round_takes_in_exactly_the_families_of_the_filter(store: Store) {
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        let other = builders::list_version(&change, "p3ke", "2023").await;
        // what plain arithmetic says is in, family by family
        let mut expected: BTreeMap<(i64, i64), BTreeSet<i64>> = BTreeMap::new();
        let mut draw = 9_901_u64;
        for n in 0..240 {
            draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let village = villages[(draw >> 33) as usize % villages.len()];
            let desil = (draw >> 40) as i64 % 5 + 1;
            let list = if (draw >> 50).trailing_zeros() >= 3 { other } else { version };
            let (id, _) = builders::family(&change, list, village, &format!("Kepala {n}"), desil, 1).await;
            if list == version {
                for most in desil..=5 {
                    expected.entry((village.number(), most)).or_default().insert(id);
                }
            }
        }
        for most in [1, 2, 5] {
            for areas in [vec![], vec![villages[0].subdistrict()], vec![villages[1], villages[2]]] {
                let filter = Filter { desil_at_most: Some(most), areas: areas.clone(), ..Filter::default() };
                let wanted: BTreeSet<i64> = expected.iter()
                    .filter(|((village, limit), _)| *limit == most
                        && (areas.is_empty() || areas.iter().any(|area| area.range().contains(village))))
                    .flat_map(|(_, ids)| ids.iter().copied()).collect();
                let offered: i64 = v::count_candidates(&change, version, &filter).await.expect("counts").iter().map(|o| o.families).sum();
                assert_eq!(offered, wanted.len() as i64, "{most} {areas:?}");
                let round = make(&change, version, filter).await.expect("a round");
                let taken: Vec<i64> = change.column(Query::with(
                    sql!("SELECT family_id FROM assignment WHERE round_id = $1 AND {whole_district test} ORDER BY family_id"), [round.into()],
                )).await.expect("reads");
                assert_eq!(taken, wanted.into_iter().collect::<Vec<_>>(), "{most} {areas:?}");
                let kept = v::round(&change, round).await.expect("reads").expect("exists");
                assert_eq!(kept.families, taken.len() as i64);
            }
        }
    }

    async fn a_round_is_made_within_the_actors_area_and_leaves_out_who_is_in_another(store: Store) {
        let Field { villages, version, .. } = field(&store, 4).await;
        let kecamatan = Actor { scope: Scope::areas([villages[0].subdistrict()]), ..OFFICE() };
        let change = begin(&store, &kecamatan).await;
        let round = make(&change, version, Filter::default()).await.expect("a round");
        let progress = v::progress(&change, round).await.expect("reads");
        assert_eq!(progress.iter().map(|p| (p.village, p.families)).collect::<Vec<_>>(),
            [(villages[0].number(), 4), (villages[1].number(), 4)]);
        change.commit().await.expect("commits");
        // two families of each village are in the first round, all of two villages in the second
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let filter = Filter { skip_in_other_rounds: true, ..Filter::default() };
        let offers = v::count_candidates(&change, version, &filter).await.expect("counts");
        assert_eq!(offers.iter().map(|o| o.families).sum::<i64>(), 4, "the two others of each of the other villages");
        let nobody = v::count_candidates(&change, version, &Filter { desil_at_most: Some(0), ..Filter::default() }).await;
        assert!(nobody.expect("counts").is_empty());
        assert!(matches!(make(&change, version, Filter { desil_at_most: Some(0), ..Filter::default() }).await, Err(VerificationError::NoFamilies)));
    }

    async fn a_visit_sent_twice_is_recorded_once(store: Store) {
        let field = field(&store, 4).await;
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let user = person(&change, "wati", Role::Verifier, Some(field.villages[0])).await;
        change.commit().await.expect("commits");
        let wati = acting(&store, user).await;
        let line = v::families(&store.read(&wati), field.round, field.villages[0].number(), FamilyFilter::All, "", (0, 10)).await.expect("reads").remove(0);
        let known = v::known(&store.read(&wati), line.family_id).await.expect("reads").expect("within the area");
        let mut ids = Vec::new();
        for _ in 0..2 {
            let change = begin(&store, &wati).await;
            ids.push(v::record_visit(&change, line.id, "cmd-1", NOW, &answers(&known)).await.expect("records"));
            change.commit().await.expect("commits");
        }
        assert_eq!(ids[0], (ids[1].0, Effect::Stands));
        assert_eq!(ids[1].1, Effect::Repeated);
        let read = store.read(&wati);
        let target = v::assignment(&read, line.id).await.expect("reads").expect("exists");
        assert_eq!((target.state.as_str(), target.outcome.as_deref(), target.visit_id), ("visited", Some("LAYAK"), Some(ids[0].0)));
        let told = journal::of_family(&read, line.family_id, 10).await.expect("reads");
        assert_eq!(told.iter().map(|entry| entry.verb.as_str()).collect::<Vec<_>>(), ["visit.recorded", "round.opened"]);
        assert!(told[0].detail.as_deref().expect("detail").contains("\"needs\":[\"RLH\",\"AIR\"]"));
        assert!(!told[0].data.contains("nik") && !told[0].detail.as_deref().expect("detail").contains("9901"));
    }

    async fn a_visit_with_faults_records_nothing(store: Store) {
        let field = field(&store, 4).await;
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let context = v::contexts(&change, field.round).await.expect("reads").remove(0);
        let mut incomplete = answers(&context.known);
        incomplete.values.remove("water");
        let faults = v::record_visit(&change, context.assignment, "cmd", NOW, &incomplete).await;
        assert!(matches!(faults, Err(VerificationError::Answers(faults)) if faults[0].question == "water"));
        assert_eq!(v::family_visits(&change, context.family).await.expect("reads").len(), 0);
    }

    async fn two_people_who_differ_are_a_conflict_until_the_office_decides(store: Store) {
        let field = field(&store, 4).await;
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let target = v::contexts(&change, field.round).await.expect("reads").remove(0);
        let first = v::record_visits(&change, vec![visit("a", target.assignment, "Ani", finding("LAYAK", &["AIR"]))]).await.expect("records");
        let second = v::record_visits(&change, vec![visit("b", target.assignment, "Budi", finding("TIDAK_LAYAK", &[]))]).await.expect("records");
        assert_eq!((first.conflicts, second.conflicts), (0, 1));
        let now = v::assignment(&change, target.assignment).await.expect("reads").expect("exists");
        assert_eq!((now.state.as_str(), now.outcome, now.visit_id), ("conflict", None, None));
        let versions = v::versions(&change, target.assignment).await.expect("reads");
        assert_eq!(versions.iter().map(|v| (v.visitor.as_str(), v.standing)).collect::<Vec<_>>(), [("Ani", false), ("Budi", false)]);
        assert!(matches!(v::decide(&change, target.assignment, second.ids[0], " ").await, Err(VerificationError::NoReason)));
        v::decide(&change, target.assignment, second.ids[0], "Ani salah rumah").await.expect("decides");
        let now = v::assignment(&change, target.assignment).await.expect("reads").expect("exists");
        assert_eq!((now.state.as_str(), now.outcome.as_deref(), now.visit_id), ("visited", Some("TIDAK_LAYAK"), Some(second.ids[0])));
        assert!(matches!(v::decide(&change, target.assignment, first.ids[0], "lagi").await, Err(VerificationError::NoConflict)));
        let all = v::family_visits(&change, target.family).await.expect("reads");
        assert_eq!(all.len(), 2, "the other stays recorded");
        let verbs: Vec<String> = journal::of_family(&change, target.family, 10).await.expect("reads").into_iter().map(|l| l.verb).collect();
        assert_eq!(verbs, ["visit.decided", "visit.conflict", "visit.recorded", "visit.recorded", "round.opened"]);
    }

    async fn a_later_visit_of_the_same_person_replaces_and_nobody_home_does_not(store: Store) {
        let field = field(&store, 4).await;
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let a = v::contexts(&change, field.round).await.expect("reads").remove(0).assignment;
        let all = v::record_visits(&change, vec![
            visit("1", a, "Ani", finding("TUNDA", &[])),
            visit("2", a, "Ani", finding("LAYAK", &["AIR"])),
            visit("3", a, "Budi", finding("TUNDA", &[])),
        ]).await.expect("records");
        assert_eq!((all.visits, all.conflicts), (3, 0));
        let mut told = Vec::new();
        for id in &all.ids {
            let visit = v::visit(&change, *id).await.expect("reads").expect("exists");
            told.push((visit.standing, visit.replaced_by));
        }
        assert_eq!(told, [(false, Some(all.ids[1])), (true, None), (false, Some(all.ids[1]))]);
        let later = v::record_visits(&change, vec![visit("4", a, "ani", finding("LAYAK", &["AIR", "JAMBAN"]))]).await.expect("records");
        let now = v::assignment(&change, a).await.expect("reads").expect("exists");
        assert_eq!(now.visit_id, Some(later.ids[0]));
        assert_eq!(v::visit(&change, all.ids[1]).await.expect("reads").expect("exists").replaced_by, Some(later.ids[0]));
    }

    async fn many_visits_are_recorded_as_a_set(store: Store) {
        let field = field(&store, 100).await;
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let contexts = v::contexts(&change, field.round).await.expect("reads");
        assert_eq!(contexts.len(), 200);
        let form = form("verval.2026").expect("the form");
        let today = "2026-11-21".parse().expect("a day");
        let visits: Vec<NewVisit> = contexts.iter().enumerate().map(|(n, context)| {
            let finding = conclude(form, &answers(&context.known), &context.known, today, Channel::Web).expect("sound");
            visit(&format!("w{n}"), context.assignment, "Ani", finding)
        }).collect();
        let recorded = v::record_visits(&change, visits.clone()).await.expect("records");
        assert_eq!((recorded.visits, recorded.repeated, recorded.conflicts), (200, 0, 0));
        let again = v::record_visits(&change, visits).await.expect("records");
        assert_eq!((again.visits, again.repeated), (0, 200));
        assert_eq!(again.ids, recorded.ids);
        let progress = v::progress(&change, field.round).await.expect("reads");
        assert!(progress.iter().all(|p| p.layak == 50 && p.waiting == 0 && p.done() == p.families));
        let linked = change.count(sql!("SELECT COUNT(*) FROM journal_family jf JOIN journal j ON j.id = jf.journal_id WHERE j.verb = 'visit.recorded'")).await.expect("counts");
        assert_eq!(linked, 200);
        let members = change.count(sql!("SELECT COUNT(*) FROM visit_member WHERE {whole_district test}")).await.expect("counts");
        assert_eq!(members, 600);
    }

    async fn another_villages_families_are_not_there(store: Store) {
        let field = field(&store, 4).await;
        let outside = Actor { scope: Scope::areas([field.villages[3]]), ..OFFICE() };
        let office = OFFICE();
        let context = v::contexts(&store.read(&office), field.round).await.expect("reads").remove(0);
        let read = store.read(&outside);
        assert!(v::assignment(&read, context.assignment).await.expect("reads").is_none());
        assert!(v::known(&read, context.family).await.expect("reads").is_none());
        assert_eq!(v::progress(&read, field.round).await.expect("reads").len(), 1);
        assert!(v::families(&read, field.round, field.villages[0].number(), FamilyFilter::All, "", (0, 10)).await.expect("reads").is_empty());
        let change = begin(&store, &outside).await;
        let refused = v::record_visits(&change, vec![visit("x", context.assignment, "Ani", finding("LAYAK", &[]))]).await;
        assert!(matches!(refused, Err(VerificationError::NotFound)));
        let refused = v::record_visit(&change, context.assignment, "y", NOW, &answers(&context.known)).await;
        assert!(matches!(refused, Err(VerificationError::NotFound)));
    }

    async fn villages_are_spread_within_areas_and_given_by_hand(store: Store) {
        let field = field(&store, 8).await;
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let ani = person(&change, "ani", Role::Verifier, Some(field.villages[0].subdistrict())).await;
        let budi = person(&change, "budi", Role::Companion, Some(field.villages[0].subdistrict())).await;
        person(&change, "cici", Role::VillageOperator, Some(field.villages[2])).await;
        assert_eq!(v::spread_villages(&change, field.round).await.expect("spreads"), (2, 2));
        let progress = v::progress(&change, field.round).await.expect("reads");
        let given: BTreeSet<Option<i64>> = progress[..2].iter().map(|p| p.verifier_id).collect();
        assert_eq!(given, [Some(ani), Some(budi)].into());
        assert!(progress[2].verifier_id.is_none());
        let refused = v::assign_villages(&change, field.round, &[field.villages[2]], Some(ani), None).await;
        assert!(matches!(refused, Err(VerificationError::NotAVisitor(_))));
        let both = [field.villages[0], field.villages[1]];
        assert_eq!(v::assign_villages(&change, field.round, &both, Some(ani), Some("2026-11-15")).await.expect("gives"), 2);
        change.commit().await.expect("commits");
        let ani = acting(&store, ani).await;
        let mine = v::my_villages(&store.read(&ani)).await.expect("reads");
        assert_eq!(mine.iter().map(|m| (m.village, m.due_on.as_deref(), m.waiting)).collect::<Vec<_>>(),
            [(both[0].number(), Some("2026-11-15"), 4), (both[1].number(), Some("2026-11-15"), 4)]);
    }

    async fn a_round_opens_closes_and_reopens_in_its_order(store: Store) {
        let field = field(&store, 4).await;
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        assert!(matches!(v::open_round(&change, field.round).await, Err(VerificationError::Transition { .. })));
        v::close_round(&change, field.round).await.expect("closes");
        let context = v::contexts(&change, field.round).await.expect("reads").remove(0);
        let late = v::record_visits(&change, vec![visit("x", context.assignment, "Ani", finding("LAYAK", &[]))]).await;
        assert!(matches!(late, Err(VerificationError::RoundNotOpen(_))));
        v::reopen_round(&change, field.round, "dua desa tertinggal").await.expect("reopens");
        v::record_visits(&change, vec![visit("x", context.assignment, "Ani", finding("LAYAK", &[]))]).await.expect("records");
        v::close_round(&change, field.round).await.expect("closes");
        change.execute(Query::with(
            sql!("INSERT INTO determination (name, round_id, criteria, quota, state, candidates, eligible, selected, amount, created_at) VALUES ('SK', $1, '{}', '{}', 'signed', 0, 0, 0, 0, '')"),
            [field.round.into()],
        )).await.expect("a decree");
        assert!(matches!(v::reopen_round(&change, field.round, "x").await, Err(VerificationError::DecreeRestsOnIt)));
    }

    async fn a_planned_round_given_up_frees_its_families(store: Store) {
        let field = field(&store, 4).await;
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let round = make(&change, field.version, Filter::default()).await.expect("a round");
        v::cancel_round(&change, round, "salah daftar").await.expect("cancels");
        assert!(v::progress(&change, round).await.expect("reads").is_empty());
        assert!(matches!(v::open_round(&change, round).await, Err(VerificationError::Transition { .. })));
        assert!(matches!(v::cancel_round(&change, field.round, "x").await, Err(VerificationError::Transition { .. })), "an open one cannot");
    }

    async fn a_draft_is_kept_per_visitor_and_goes_with_the_visit(store: Store) {
        let field = field(&store, 4).await;
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let ani = person(&change, "ani", Role::Verifier, Some(field.villages[0])).await;
        let budi = person(&change, "budi", Role::Verifier, Some(field.villages[0])).await;
        change.commit().await.expect("commits");
        let (ani, budi) = (acting(&store, ani).await, acting(&store, budi).await);
        let line = v::families(&store.read(&ani), field.round, field.villages[0].number(), FamilyFilter::Due, "", (0, 10)).await.expect("reads").remove(0);
        let known = v::known(&store.read(&ani), line.family_id).await.expect("reads").expect("known");
        let whole = answers(&known);
        for (token, half) in [("t1", Answers::default()), ("t2", whole.clone())] {
            let change = begin(&store, &ani).await;
            let target = v::assignment(&change, line.id).await.expect("reads").expect("exists");
            v::save_draft(&change, &target, token, &half).await.expect("saves");
            change.commit().await.expect("commits");
        }
        let draft = v::draft(&store.read(&ani), line.id).await.expect("reads").expect("kept");
        assert_eq!((draft.command_id.as_str(), &draft.answers), ("t1", &whole), "the command id is the first one's");
        assert!(v::draft(&store.read(&budi), line.id).await.expect("reads").is_none());
        assert_eq!(v::drafts_of(&store.read(&ani)).await.expect("reads").len(), 1);
        let change = begin(&store, &ani).await;
        v::record_visit(&change, line.id, &draft.command_id, NOW, &draft.answers).await.expect("records");
        change.commit().await.expect("commits");
        assert!(v::drafts_of(&store.read(&ani)).await.expect("reads").is_empty());
    }

    async fn minutes_add_up_and_take_families_off_by_name(store: Store) {
        let field = field(&store, 8).await;
        let village = field.villages[0];
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let here: Vec<_> = v::contexts(&change, field.round).await.expect("reads").into_iter().filter(|c| c.village == village.number()).collect();
        let visits = here.iter().enumerate().map(|(n, c)| visit(&format!("c{n}"), c.assignment, "Ani", finding(if n == 0 { "TIDAK_LAYAK" } else { "LAYAK" }, &[])));
        v::record_visits(&change, visits.collect()).await.expect("records");
        let eligible = v::eligible_of(&change, field.round, village.number()).await.expect("reads");
        assert_eq!(eligible.len(), 3);
        let unfit_family = v::addable(&change, field.round, village.number(), 10).await.expect("reads")[0].id;
        let minutes = |after: i64, marked: Vec<(i64, String)>| NewMinutes {
            held_on: "2026-11-20", place: "Balai desa", number: None, participants: 25, before: 3, removed: 1, after, note: None, marked,
            added: vec![NewAdded::Known(unfit_family)],
        };
        let one = vec![(eligible[0].id, "MAMPU".to_owned())];
        let wrong = v::record_minutes(&change, field.round, village, &minutes(4, one.clone())).await;
        assert!(matches!(wrong, Err(VerificationError::Minutes(NumbersFault::DoNotAddUp { right: 3, after: 4 }))));
        let wrong = v::record_minutes(&change, field.round, village, &minutes(3, vec![])).await;
        assert!(matches!(wrong, Err(VerificationError::Minutes(NumbersFault::MarkedDiffer { .. }))));
        let unfit = here[0].assignment;
        let wrong = v::record_minutes(&change, field.round, village, &minutes(3, vec![(unfit, "MAMPU".to_owned())])).await;
        assert!(matches!(wrong, Err(VerificationError::NotEligible)));
        v::record_minutes(&change, field.round, village, &minutes(3, one)).await.expect("records");
        v::record_minutes(&change, field.round, village, &minutes(3, vec![(eligible[1].id, "PINDAH".to_owned())])).await.expect("corrects");
        let now = v::eligible_of(&change, field.round, village.number()).await.expect("reads");
        assert_eq!(now.iter().map(|line| line.removed_reason.as_deref()).collect::<Vec<_>>(), [None, Some("PINDAH"), None]);
        let kept = v::minutes_of(&change, field.round, village.number()).await.expect("reads").expect("kept");
        assert!(matches!(v::finalise_minutes(&change, &kept).await, Err(VerificationError::NoScan)));
        let scan = store::attachments::NewAttachment { sha256: "ab", name: "ba.pdf", media_type: "application/pdf", size: 1, kind: "minutes", subject: ("deliberation", kept.id), area: Some(village.number()) };
        let scan = store::attachments::add(&change, &scan).await.expect("adds");
        v::attach_scan(&change, &kept, scan).await.expect("attaches");
        let kept = v::minutes_of(&change, field.round, village.number()).await.expect("reads").expect("kept");
        v::finalise_minutes(&change, &kept).await.expect("locks");
        let locked = v::record_minutes(&change, field.round, village, &minutes(3, vec![])).await;
        assert!(matches!(locked, Err(VerificationError::MinutesFinal)));
        let kept = v::minutes_of(&change, field.round, village.number()).await.expect("reads").expect("kept");
        v::reopen_minutes(&change, &kept, "salah hitung").await.expect("reopens");
        let elsewhere = Actor { scope: Scope::areas([field.villages[3]]), ..OFFICE() };
        change.commit().await.expect("commits");
        assert!(v::minutes(&store.read(&elsewhere), field.round).await.expect("reads").is_empty());
    }

    async fn whoever_a_deliberation_adds_is_named(store: Store) {
        let field = field(&store, 8).await;
        let (village, other) = (field.villages[0], field.villages[1]);
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let contexts = v::contexts(&change, field.round).await.expect("reads");
        let first = contexts.iter().find(|c| c.village == village.number()).expect("a family");
        v::record_visits(&change, vec![visit("c", first.assignment, "Ani", finding("LAYAK", &[]))]).await.expect("records");
        let known = v::addable(&change, field.round, village.number(), 10).await.expect("reads");
        assert!(!known.is_empty() && known.iter().all(|family| family.id != first.family), "who was read out is not added");
        let elsewhere = v::addable(&change, field.round, other.number(), 10).await.expect("reads")[0].id;
        let newcomer = |address: &str| NewAdded::New { name: "Suminah".into(), address: address.into() };
        let record = async |after: i64, added: Vec<NewAdded>| {
            let new = NewMinutes { held_on: "2026-11-20", place: "Balai desa", number: None, participants: 25, before: 1, removed: 0, after, note: None, marked: vec![], added };
            v::record_minutes(&change, field.round, village, &new).await
        };
        assert!(matches!(record(3, vec![newcomer("RT 02")]).await, Err(VerificationError::Minutes(NumbersFault::DoNotAddUp { right: 2, after: 3 }))), "a number without names");
        assert!(matches!(record(2, vec![newcomer(" ")]).await, Err(VerificationError::AddedIncomplete)));
        assert!(matches!(record(2, vec![NewAdded::Known(elsewhere)]).await, Err(VerificationError::NotAddable)));
        assert!(matches!(record(2, vec![NewAdded::Known(first.family)]).await, Err(VerificationError::NotAddable)));
        assert!(matches!(record(3, vec![NewAdded::Known(known[0].id), NewAdded::Known(known[0].id)]).await, Err(VerificationError::AddedTwice)));
        record(2, vec![newcomer("RT 02")]).await.expect("records");
        record(3, vec![NewAdded::Known(known[0].id), newcomer("RT 02")]).await.expect("corrects");
        let kept = v::added_of(&change, field.round, village.number()).await.expect("reads");
        assert_eq!(kept.iter().map(|one| (one.family_id, one.name.as_str())).collect::<Vec<_>>(), [(Some(known[0].id), known[0].head_name.as_str()), (None, "Suminah")]);
        assert_eq!(v::minutes_of(&change, field.round, village.number()).await.expect("reads").expect("kept").families_added, 2);
        let told = journal::of_family(&change, known[0].id, 5).await.expect("reads");
        assert_eq!((told[0].verb.as_str(), told[0].detail.as_deref()), ("deliberation.recorded", Some(r#"{"kind":"added"}"#)));
    }

    async fn staged_rows_are_taken_in_once_as_shown(store: Store) {
        let field = field(&store, 4).await;
        let actor = OFFICE();
        let change = begin(&store, &actor).await;
        let contexts = v::contexts(&change, field.round).await.expect("reads");
        let file = store::attachments::NewAttachment { sha256: "cd", name: "hasil.xlsx", media_type: "x", size: 1, kind: "results", subject: ("round", field.round), area: None };
        let file = store::attachments::add(&change, &file).await.expect("adds");
        let upload = v::start_upload(&change, field.round, file, "hasil.xlsx").await.expect("starts");
        let row = |n: usize, kind: &'static str| v::NewRow {
            row_no: n as i64 + 4, assignment: Some(contexts[n].assignment), village: Some(contexts[n].village), label: contexts[n].head_name.clone(), kind, before: None,
            finding: (kind != "faulty").then(|| v::RowFinding { visitor: "Ani".into(), visited_on: "2026-11-20".into(), finding: finding("LAYAK", &["JAMBAN"]) }),
        };
        let fault = v::UploadFault { row_no: 6, cell: "G6".into(), column_name: "Hasil".into(), code: "x".into(), value: "LAYAKK".into(), suggestion: None };
        v::store_rows(&change, upload, vec![row(0, "new"), row(1, "changed"), row(2, "faulty")], vec![fault], 5).await.expect("stages");
        let staged = v::upload(&change, upload).await.expect("reads").expect("exists");
        assert_eq!((staged.state.as_str(), staged.rows_total, staged.rows_new, staged.rows_changed, staged.rows_faulty), ("ready", 8, 1, 1, 1));
        assert_eq!(v::upload_faults(&change, upload, 10).await.expect("reads")[0].cell, "G6");
        let taken = v::commit_upload(&change, upload).await.expect("commits");
        assert_eq!((taken.visits, taken.conflicts), (2, 0));
        assert!(matches!(v::commit_upload(&change, upload).await, Err(VerificationError::UploadState(state)) if state == "committed"));
        assert!(matches!(v::discard_upload(&change, upload).await, Err(VerificationError::UploadState(_))));
        let standing = v::standing_visits(&change, field.round).await.expect("reads");
        assert_eq!(standing.len(), 2);
        assert_eq!(standing[&contexts[0].assignment].needs().expect("reads"), ["JAMBAN"]);
    }
}
