//! Programmes on both databases: the ceiling, enrolment from a decree with its warnings, undo, and area scope.

use domain::{
    Rupiah,
    programmes::{
        Account, Aid, AidKind, Draft, EnrolmentState, Fault, Item, ListedAid, Official, OfficialRole, ProgrammeState,
        Quantity, Stage, Strategy, SubActivity,
    },
};
use store::{
    Actor, Change, Query, Scope, delivery,
    journal::{self, Filter},
    programmes::{self, Candidates, Decision, Refused, Warned},
    sql,
};
use testkit::{both_databases, builders, databases::NOW};

pub fn cash(ceiling: i64, stages: usize) -> Draft {
    Draft {
        agency: 1,
        name: "Bantuan tunai keluarga miskin ekstrem".into(),
        year: 2026,
        strategy: Strategy::S1,
        sub_activity: SubActivity::parse("1.06.05.02.02.0003").expect("a code"),
        account: Account::parse("5.1.06.02.01.0001").expect("an account"),
        fund: "APBD_KAB".into(),
        ceiling: Rupiah(ceiling),
        aid: Aid::Cash,
        aid_kind: AidKind::Cash,
        cash: Rupiah(1_500_000),
        items: Vec::new(),
        stages: (1..=stages).map(|n| Stage { name: format!("Tahap {n}"), planned_on: None }).collect(),
        excludes: Vec::new(),
        officials: vec![Official { role: OfficialRole::Treasurer, name: "Agus Prasetya".into(), nip: String::new() }],
    }
}

fn decision(command: &str) -> Decision {
    Decision { command: command.into(), ..Decision::default() }
}

async fn active(change: &Change<'_>, draft: &Draft, command: &str) -> i64 {
    let id = programmes::create(change, draft, command).await.expect("creates");
    programmes::set_state(change, id, ProgrammeState::Active, None).await.expect("opens");
    id
}

/// The list says the family receives this, on the row it was linked by or on one of its members' rows.
async fn receives(change: &Change<'_>, version: i64, family: i64, aid: &str) {
    let key = format!("family-{family}");
    let row = change
        .insert(Query::with(
            sql!(
                "INSERT INTO list_row (version_id, file_id, row_no, kind, severity, outcome, family_key, kk_sound, nik_sound) VALUES ($1, 0, 2, 'family', 'none', 'stored', $2, $3, $3) RETURNING id -- {whole_district test}"
            ),
            [version.into(), key.into(), true.into()],
        ))
        .await
        .expect("a row");
    let reading = format!("{{\"floor\":\"EARTH\",\"{aid}\":\"YES\",\"aid_kur\":\"NO\"}}");
    change
        .execute(Query::with(
            sql!("INSERT INTO list_raw (row_id, raw, reading) VALUES ($1, '[]', $2) -- {whole_district test}"),
            [row.into(), reading.into()],
        ))
        .await
        .expect("its reading");
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO family_list (family_id, version_id, row_id, village, linked_by) VALUES ($1, $2, $3, 9901012001, 'kk') ON CONFLICT (version_id, family_id) DO NOTHING -- {whole_district test}"
            ),
            [family.into(), version.into(), row.into()],
        ))
        .await
        .expect("stands in the list");
}

both_databases! {
    async fn the_thirteen_agencies_are_there_and_may_be_changed(store: Store) {
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let agencies = programmes::agencies(&change).await.expect("reads");
        assert_eq!(agencies.len(), 13);
        assert_eq!(agencies[0].short_name, "Sosial");
        let draft = programmes::AgencyDraft { code: "dinsos".into(), name: "X".into(), short_name: "X".into(), services: vec!["food".into()], active: true };
        assert!(matches!(programmes::save_agency(&change, None, &draft).await, Err(Refused::CodeTaken)));
        let draft = programmes::AgencyDraft { code: "dinsos".into(), active: false, ..draft };
        programmes::save_agency(&change, Some(agencies[0].id), &draft).await.expect("changes");
        assert_eq!(programmes::agencies(&change).await.expect("reads").last().expect("some").services(), ["food"]);
    }

    async fn a_programme_is_kept_with_its_items_and_stages_once_per_command(store: Store) {
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let item = |name: &str, thousandths, unit: &str, price| Item { name: name.into(), quantity: Quantity(thousandths), unit: unit.into(), price: Rupiah(price) };
        let draft = Draft {
            aid: Aid::Goods,
            aid_kind: AidKind::Food,
            account: Account::parse("5.1.06.02.02.0001").expect("an account"),
            cash: Rupiah::ZERO,
            items: vec![item("Minyak goreng", 12_000, "liter", 18_500), item("Telur", 7_500, "kg", 30_000), item("Beras", 150_000, "kg", 14_500), item("Gula", 12_000, "kg", 17_000)],
            excludes: vec![ListedAid::Pkh],
            ..cash(3_000_000_000, 1)
        };
        let id = programmes::create(&change, &draft, "a").await.expect("creates");
        assert_eq!(programmes::create(&change, &draft, "a").await.expect("creates"), id);
        let kept = programmes::find(&change, id).await.expect("reads").expect("is there");
        assert_eq!(kept.unit_amount, Rupiah(2_826_000));
        assert_eq!(kept.items, draft.items);
        assert_eq!(kept.sub_activity.as_str(), "1.06.05.2.02.0003");
        assert_eq!((kept.stages.len(), kept.stages[0].stage.name.as_str()), (1, "Tahap 1"));
        assert_eq!(kept.excludes, [ListedAid::Pkh]);
        assert_eq!(kept.official(OfficialRole::Treasurer).expect("one").name, "Agus Prasetya");
        let fault = programmes::update(&change, id, &Draft { items: Vec::new(), ..draft.clone() }).await;
        assert!(matches!(fault, Err(Refused::Faulty(faults)) if faults == [Fault::ItemsMissing]));
        programmes::update(&change, id, &Draft { stages: cash(1, 3).stages, ..draft }).await.expect("changes");
        assert_eq!(programmes::find(&change, id).await.expect("reads").expect("is there").stages.len(), 3);
    }

    async fn a_decree_enrols_all_it_selects_and_never_over_the_ceiling(store: Store) {
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        let families = builders::families(&change, version, &villages, 30).await;
        let decree = builders::decree(&change, version, &families, 20, 1_500_000).await;
        // two stages of Rp1,500,000 for twenty families: Rp60 million; one rupiah less does not do
        let id = active(&change, &cash(59_999_999, 2), "p").await;
        let refused = programmes::enrol(&change, id, decree, &decision("r1")).await;
        assert!(matches!(&refused, Err(Refused::OverCeiling(over)) if over.fits == 19 && over.needed == Rupiah(60_000_000)), "{refused:?}");
        drop(change);

        let change = store.change(&office, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        let families = builders::families(&change, version, &villages, 30).await;
        let decree = builders::decree(&change, version, &families, 20, 1_500_000).await;
        let id = active(&change, &cash(60_000_000, 2), "p").await;
        let run = programmes::enrol(&change, id, decree, &decision("r1")).await.expect("enrols");
        assert_eq!((run.families, run.warned, run.left_out), (20, 0, 0));
        let again = programmes::enrol(&change, id, decree, &decision("r1")).await.expect("the same command");
        assert_eq!(again.id, run.id);
        assert!(matches!(programmes::enrol(&change, id, decree, &decision("r2")).await, Err(Refused::NobodyToEnrol)));
        let cost = programmes::commitment(&change, id).await.expect("reads").expect("is there");
        assert_eq!((cost.commitment.places, cost.commitment.total(), cost.left()), (20, Rupiah(60_000_000), Rupiah::ZERO));
        // neither a stage nor a rupiah more, nor a lower ceiling
        for draft in [cash(60_000_000, 3), Draft { cash: Rupiah(1_500_001), ..cash(60_000_000, 2) }, cash(59_000_000, 2)] {
            assert!(matches!(programmes::update(&change, id, &draft).await, Err(Refused::OverCeiling(_))));
        }
    }

    async fn an_enrolment_names_its_families_in_the_journal(store: Store) {
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        let families = builders::families(&change, version, &villages, 3).await;
        let decree = builders::decree(&change, version, &families, 2, 1_500_000).await;
        let id = active(&change, &cash(60_000_000, 1), "p").await;
        programmes::enrol(&change, id, decree, &decision("r")).await.expect("enrols");
        let told = journal::of_family(&change, families[1].0, 10).await.expect("reads");
        assert_eq!(told.iter().map(|line| line.verb.as_str()).collect::<Vec<_>>(), ["enrolment.made"]);
        assert!(journal::of_family(&change, families[2].0, 10).await.expect("reads").is_empty());
        assert_eq!(journal::page(&change, &Filter { noun: Some("enrolment".into()), ..Filter::default() }, 10).await.expect("reads").len(), 1);
    }

    async fn who_receives_the_like_is_shown_and_comes_in_only_with_a_reason(store: Store) {
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let old = builders::list_version(&change, "p3ke", "2023").await;
        let version = builders::list_version(&change, "p3ke", "2024").await;
        let families = builders::families(&change, version, &villages, 10).await;
        receives(&change, version, families[0].0, "aid_pkh").await;
        receives(&change, version, families[1].0, "aid_pkh").await;
        receives(&change, version, families[1].0, "aid_bst").await;
        receives(&change, version, families[2].0, "aid_bpnt").await;
        // an older list no longer counts, nor does food beside cash
        receives(&change, old, families[3].0, "aid_pkh").await;
        let decree = builders::decree(&change, version, &families, 8, 1_500_000).await;
        let other = active(&change, &Draft { name: "BLT lain".into(), ..cash(60_000_000, 1) }, "o").await;
        let few = builders::decree(&change, version, &families[4..6], 2, 1_500_000).await;
        programmes::enrol(&change, other, few, &decision("r0")).await.expect("enrols");

        let id = active(&change, &cash(60_000_000, 1), "p").await;
        let programme = programmes::find(&change, id).await.expect("reads").expect("is there");
        let found: Candidates = programmes::candidates(&change, &programme, decree).await.expect("reads");
        assert_eq!((found.selected, found.already, found.new, found.warned_families), (8, 0, 8, 4));
        assert_eq!(found.warned, [(Warned::List(ListedAid::Pkh), 2), (Warned::List(ListedAid::Bst), 1), (Warned::Programme(other), 2)]);

        change.commit().await.expect("commits");
        let change = store.change(&office, NOW).await.expect("begins");
        assert!(matches!(programmes::enrol(&change, id, decree, &decision("r1")).await, Err(Refused::ReasonMissing)));
        drop(change);
        let change = store.change(&office, NOW).await.expect("begins");
        let decided = Decision {
            leave_out: vec![Warned::from_word("aid_bst").expect("known"), Warned::Programme(other)],
            reason: Some("PKH kecil, disepakati musdes".into()),
            command: "r2".into(),
        };
        let run = programmes::enrol(&change, id, decree, &decided).await.expect("enrols");
        assert_eq!((run.families, run.warned, run.left_out), (5, 1, 3));
        let warned = programmes::Filter { warned: true, ..programmes::Filter::default() };
        let shown = programmes::participants(&change, id, &warned, 10).await.expect("reads");
        assert_eq!(shown.iter().map(|p| p.warnings.as_str()).collect::<Vec<_>>(), ["aid_pkh"]);
        // who was left out may come in later, on the same decree
        let found = programmes::candidates(&change, &programme, decree).await.expect("reads");
        assert_eq!((found.already, found.new), (5, 3));
    }

    async fn a_run_is_taken_back_until_an_event_rests_on_it(store: Store) {
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        let families = builders::families(&change, version, &villages, 8).await;
        let decree = builders::decree(&change, version, &families, 8, 1_500_000).await;
        let id = active(&change, &cash(60_000_000, 1), "p").await;
        let run = programmes::enrol(&change, id, decree, &decision("r1")).await.expect("enrols");
        assert!(matches!(programmes::undo_run(&change, id, run.id, " ").await, Err(Refused::ReasonMissing)));
        assert_eq!(programmes::undo_run(&change, id, run.id, "SK keliru").await.expect("undoes"), 8);
        assert!(matches!(programmes::undo_run(&change, id, run.id, "lagi").await, Err(Refused::AlreadyUndone)));
        assert_eq!(programmes::commitment(&change, id).await.expect("reads").expect("is there").commitment.places, 0);
        let run = programmes::enrol(&change, id, decree, &decision("r2")).await.expect("enrols again");
        let stage = programmes::find(&change, id).await.expect("reads").expect("is there").stages[0].id;
        let event = delivery::NewEvent {
            programme: id, stage, name: "Penyaluran".into(), place: "Balai desa".into(), starts_at: "2026-12-01T01:00:00Z".into(),
            areas: vec![villages[0]], again_from: None, instructions: String::new(), witnesses: String::new(), command: "e".into(),
        };
        let mut n = 0;
        let event = delivery::plan(&change, &event, || { n += 1; format!("t{n}") }).await.expect("plans");
        let refused = programmes::undo_run(&change, id, run.id, "SK keliru").await;
        assert!(matches!(&refused, Err(Refused::BuiltUpon(built)) if built.len() == 1 && built[0].event_id == event && built[0].lines == 2), "{refused:?}");
        // nor is the amount changed under the event's feet
        let dearer = Draft { cash: Rupiah(1_000_000), ..cash(60_000_000, 1) };
        assert!(matches!(programmes::update(&change, id, &dearer).await, Err(Refused::AmountInUse(1))));
    }

    async fn a_family_is_suspended_leaves_and_comes_back_with_reasons(store: Store) {
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        let families = builders::families(&change, version, &villages[..1], 3).await;
        let decree = builders::decree(&change, version, &families, 2, 1_500_000).await;
        let spare = builders::decree(&change, version, &families[2..], 1, 1_500_000).await;
        let id = active(&change, &cash(3_000_000, 1), "p").await;
        programmes::enrol(&change, id, decree, &decision("r1")).await.expect("enrols");
        let who = programmes::participants(&change, id, &programmes::Filter::default(), 10).await.expect("reads");
        assert!(matches!(programmes::suspend(&change, id, who[0].id, "").await, Err(Refused::ReasonMissing)));
        programmes::suspend(&change, id, who[0].id, "sedang diperiksa").await.expect("suspends");
        assert!(matches!(programmes::suspend(&change, id, who[0].id, "x").await, Err(Refused::EnrolmentState(EnrolmentState::Suspended))));
        change.commit().await.expect("commits");
        // suspended, it keeps its place: nobody else fits
        let change = store.change(&office, NOW).await.expect("begins");
        assert!(matches!(programmes::enrol(&change, id, spare, &decision("r2")).await, Err(Refused::OverCeiling(_))));
        drop(change);
        let change = store.change(&office, NOW).await.expect("begins");
        programmes::leave(&change, id, who[0].id, "pindah luar kabupaten").await.expect("leaves");
        programmes::enrol(&change, id, spare, &decision("r3")).await.expect("now it fits");
        assert!(matches!(programmes::resume(&change, id, who[0].id, "kembali").await, Err(Refused::OverCeiling(_))));
    }

    async fn an_actor_of_one_kecamatan_enrols_and_sees_its_own_only(store: Store) {
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        let families = builders::families(&change, version, &villages, 8).await;
        let decree = builders::decree(&change, version, &families, 8, 1_500_000).await;
        let id = active(&change, &cash(60_000_000, 1), "p").await;
        change.commit().await.expect("commits");
        let kecamatan = villages[0].subdistrict();
        let local = Actor { scope: Scope::areas([kecamatan]), ..Actor::program("test") };
        let change = store.change(&local, NOW).await.expect("begins");
        assert_eq!(programmes::enrol(&change, id, decree, &decision("r1")).await.expect("enrols").families, 4);
        assert_eq!(programmes::villages(&change, id).await.expect("reads").len(), 2);
        change.commit().await.expect("commits");
        let elsewhere = Actor { scope: Scope::areas([villages[2].subdistrict()]), ..Actor::program("test") };
        let read = store.read(&elsewhere);
        assert!(programmes::participants(&read, id, &programmes::Filter::default(), 10).await.expect("reads").is_empty());
        assert_eq!(programmes::participants_count(&read, id, &programmes::Filter::default()).await.expect("reads"), 0);
        // the programme's totals name nobody and are the whole district's
        assert_eq!(programmes::commitment(&read, id).await.expect("reads").expect("is there").commitment.places, 4);
    }
}
