//! Papers of an event through HTTP: what comes out is PDF and XLSX, named without people, and only for whom it is.

use axum::http::StatusCode;
use domain::{
    AreaCode, Rupiah,
    access::Role,
    delivery::{Mark, Proof},
    programmes::{Account, Aid, AidKind, Draft, ProgrammeState, Stage, Strategy, SubActivity},
};
use store::{
    Actor, Store,
    delivery::{self, HandOver, NewEvent},
    papers,
    programmes::{self, Decision},
};
use testkit::{both_databases, builders, databases::NOW};

use crate::app::{Answer, TestApp};

const UNIT: i64 = 1_500_000;

/// Ten of twelve families at an open event, the first of them paid; the event and the villages.
async fn event(store: &Store) -> (i64, Vec<AreaCode>) {
    let office = Actor::program("test");
    let change = store.change(&office, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "dtsen", "2026Q3").await;
    let families = builders::families(&change, version, &villages, 12).await;
    let decree = builders::decree(&change, version, &families, 10, UNIT).await;
    let draft = Draft {
        agency: 1,
        name: "Bantuan tunai keluarga miskin ekstrem".into(),
        year: 2026,
        strategy: Strategy::S1,
        sub_activity: SubActivity::parse("1.06.05.2.02.0003").expect("a code"),
        account: Account::parse("5.1.06.02.01.0001").expect("an account"),
        fund: "APBD_KAB".into(),
        ceiling: Rupiah(UNIT * 10),
        aid: Aid::Cash,
        aid_kind: AidKind::Cash,
        cash: Rupiah(UNIT),
        items: Vec::new(),
        stages: vec![Stage { name: "Tahap 1".into(), planned_on: None }],
        excludes: Vec::new(),
        officials: Vec::new(),
    };
    let programme = programmes::create(&change, &draft, "p").await.expect("creates");
    programmes::set_state(&change, programme, ProgrammeState::Active, None).await.expect("opens");
    let decision = Decision { command: "r".into(), ..Decision::default() };
    programmes::enrol(&change, programme, decree, &decision).await.expect("enrols");
    let stage = programmes::find(&change, programme).await.expect("reads").expect("is there").stages[0].id;
    let new = NewEvent {
        programme,
        stage,
        name: "Penyaluran bantuan tunai".into(),
        place: "Pendopo kecamatan".into(),
        starts_at: "2026-11-21T01:00:00Z".into(),
        areas: villages.clone(),
        again_from: None,
        instructions: String::new(),
        witnesses: "Camat".into(),
        command: "e".into(),
    };
    let mut n = 0;
    let event = delivery::plan(&change, &new, || {
        n += 1;
        format!("t{n}")
    })
    .await
    .expect("plans");
    delivery::open(&change, event, UNIT * 10, "").await.expect("opens");
    let hand_over = HandOver {
        mark: Mark::Received { proofs: vec![Proof::Signature] },
        files: Vec::new(),
        position: None,
        command: "m".into(),
    };
    delivery::mark(&change, "t1", &hand_over).await.expect("marks");
    change.commit().await.expect("commits");
    (event, villages)
}

fn header(answer: &Answer, name: &str) -> String {
    answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

both_databases! {
    async fn every_paper_prints_and_carries_no_person_in_its_name(store: Store) {
        let (event, _) = event(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let page = staff.get(&format!("/penyaluran/{event}/dokumen")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains("Dokumen untuk 10 keluarga siap dicetak; 1 di antaranya sudah menerima"), "{}", page.body);
        assert!(!page.body.contains('⟦'), "every message exists");
        for kind in ["nominatif", "undangan", "tanda-terima", "bast", "realisasi", "rekap"] {
            for (ending, start) in [("pdf", "%PDF"), ("xlsx", "PK")] {
                assert!(page.body.contains(&format!("/dokumen/{kind}.{ending}?kertas=F4")), "{kind} is offered");
                let file = staff.get(&format!("/penyaluran/{event}/dokumen/{kind}.{ending}?kertas=A4")).await;
                assert_eq!(file.status, StatusCode::OK, "{kind}.{ending}: {}", file.body);
                assert!(file.body.starts_with(start), "{kind}.{ending}");
                assert_eq!(header(&file, "content-disposition"), format!("attachment; filename=\"{kind}-{event}.{ending}\""));
            }
        }
        for unknown in ["rahasia.pdf", "nominatif.doc", "nominatif"] {
            let answer = staff.get(&format!("/penyaluran/{event}/dokumen/{unknown}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{unknown}");
        }
        let none = staff.get("/penyaluran/999/dokumen/nominatif.pdf").await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
    }

    async fn numbers_are_for_who_manages_deliveries_and_totals_for_who_sees_them(store: Store) {
        let (event, villages) = event(&store).await;
        let app = TestApp::new(&store);
        let mut companion = app.visitor(Role::Companion, Some(villages[0].subdistrict())).await;
        let page = companion.get(&format!("/penyaluran/{event}/dokumen")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("nominatif.pdf") && page.body.contains("rekap.pdf"), "{}", page.body);
        for kind in ["nominatif", "undangan", "tanda-terima", "bast"] {
            let answer = companion.get(&format!("/penyaluran/{event}/dokumen/{kind}.pdf")).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{kind}");
        }
        let recap = companion.get(&format!("/penyaluran/{event}/dokumen/rekap.pdf")).await;
        assert!(recap.status == StatusCode::OK && recap.body.starts_with("%PDF"));
        let report = companion.get(&format!("/penyaluran/{event}/dokumen/realisasi.pdf")).await;
        assert_eq!(report.status, StatusCode::CONFLICT, "the report covers more than the area");
        let mut verifier = app.visitor(Role::Verifier, None).await;
        assert_eq!(verifier.get(&format!("/penyaluran/{event}/dokumen")).await.status, StatusCode::FORBIDDEN);
    }

    async fn an_area_narrows_a_paper_and_the_recap_adds_up(store: Store) {
        let (event, villages) = event(&store).await;
        let office = Actor::program("test");
        let reading = store.read(&office);
        let all = papers::recipients(&reading, event, papers::Lines::Payable, None, 100).await.expect("reads");
        assert_eq!(all.len(), 10);
        assert!(all.iter().all(|row| row.nik.len() == 16 && row.kk.len() == 16), "numbers stand on the papers");
        let one = villages[0];
        let here = papers::recipients_count(&reading, event, papers::Lines::Payable, Some(one)).await.expect("counts");
        assert_eq!(here, all.iter().filter(|row| row.village == one.number()).count() as i64);
        let shown = delivery::event(&reading, event).await.expect("reads").expect("is there");
        let chain = papers::chain(&reading, shown.programme_id, None).await.expect("reads");
        assert_eq!(chain.iter().map(|row| row.determined).sum::<i64>(), 10);
        assert_eq!(chain.iter().map(|row| row.served).sum::<i64>(), 1);
        assert!(chain.iter().all(|row| row.served <= row.determined && row.replacements == 0), "{chain:?}");
        let deliveries = papers::deliveries(&reading, shown.programme_id).await.expect("reads");
        let equation = delivery::equation(&reading, &shown).await.expect("reads");
        assert_eq!(deliveries.iter().map(|d| d.equation).collect::<Vec<_>>(), vec![equation]);
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let nobody = staff.get(&format!("/penyaluran/{event}/dokumen/nominatif.pdf?wilayah=99.01.77")).await;
        assert_eq!(nobody.status, StatusCode::CONFLICT);
        assert!(nobody.body.contains("Tidak ada keluarga di wilayah ini"), "{}", nobody.body);
        let bad = staff.get(&format!("/penyaluran/{event}/dokumen/nominatif.pdf?wilayah=x")).await;
        assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    }
}
