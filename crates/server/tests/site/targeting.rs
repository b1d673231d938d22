//! From the ranking to the signed decree and the agencies' answers, through the browser's requests.

use axum::http::StatusCode;
use domain::{AreaCode, access::Role};
use store::{
    Actor, Handle, Query,
    access::{Grant, NewUser, create_user},
    sql,
};
use testkit::{both_databases, builders, databases::NOW};

use crate::app::{PASSWORD, TestApp, Visitor};

/// A round with four eligible families and one that is not, in two kecamatan; a programme of Rp3,000,000.
struct Round {
    id: i64,
    programme: i64,
    families: Vec<i64>,
    villages: Vec<AreaCode>,
}

/// Which village, the head, desil, members, outcome, needs.
type Wanted = (usize, &'static str, i64, i64, &'static str, &'static [&'static str]);

async fn round(store: &store::Store) -> Round {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "p3ke", "2023").await;
    let programme = builders::programme(&change, "Sembako lokal", 3_000_000, 1_000_000).await;
    let id = builders::round(&change, "Verval 2026", version).await;
    let mut families = Vec::new();
    let wanted: [Wanted; 5] = [
        (0, "ROHAYA BT AMIN", 1, 5, "LAYAK", &["JAMBAN"]),
        (0, "SUHARDI", 1, 3, "LAYAK", &[]),
        (2, "NGATEMI", 2, 3, "LAYAK", &["AIR"]),
        (2, "MARSINEM", 3, 2, "LAYAK", &[]),
        (0, "DARSONO", 1, 4, "TIDAK_LAYAK", &[]),
    ];
    for (village, name, desil, members, outcome, needs) in wanted {
        let (family, _) = builders::family(&change, version, villages[village], name, desil, members).await;
        let reason = (outcome == "TIDAK_LAYAK").then_some("MAMPU");
        builders::visited(&change, id, family, outcome, reason, needs).await;
        families.push(family);
    }
    change.commit().await.expect("commits");
    Round { id, programme, families, villages }
}

/// Somebody with a name, a position and perhaps an agency, signed in.
async fn person<'a>(
    app: &'a TestApp,
    login: &str,
    role: Role,
    area: Option<AreaCode>,
    agency: Option<&str>,
) -> Visitor<'a> {
    let actor = Actor::program("test");
    let change = app.app.store.change(&actor, NOW).await.expect("begins");
    let agency_id = match agency {
        Some(code) => Some(builders::agency(&change, code).await),
        None => None,
    };
    let hash = server::access::password::hash(PASSWORD).await.expect("hashes");
    let new = NewUser {
        login,
        name: "Drs. Bahtiar Contoh",
        password_hash: &hash,
        must_change_password: false,
        nip: Some("197003121995031004"),
        position: Some("Kepala Dinas Sosial"),
        acting: true,
        agency_id,
    };
    let grant = Grant { role, area, valid_from: "2026-01-01".into(), valid_until: None };
    create_user(&change, &new, &[grant]).await.expect("creates");
    change.commit().await.expect("commits");
    let mut visitor = app.nobody();
    let answer = visitor.post("/masuk", &[("login", login), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    visitor
}

async fn create(staff: &mut Visitor<'_>, round: &Round, command: &str) -> String {
    let (id, programme) = (round.id.to_string(), round.programme.to_string());
    let fields = [
        ("name", "Sembako tahap 1"),
        ("round", &id),
        ("programme", &programme),
        ("families", "2"),
        ("command", command),
    ];
    let answer = staff.post("/penetapan/baru", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location.expect("goes on")
}

const SIGN: [(&str, &str); 5] = [
    ("number", "400.9/123/2026"),
    ("title", "Penetapan penerima sembako"),
    ("decided_on", "2026-11-21"),
    ("password", PASSWORD),
    ("command", "sign-1"),
];

/// Proposed by the office and signed by the head; the addresses of determination and decree.
async fn signed(staff: &mut Visitor<'_>, head: &mut Visitor<'_>, round: &Round) -> (String, String) {
    let page = create(staff, round, "c1").await;
    let answer = staff.post(&format!("{page}/ajukan"), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let answer = head.post(&format!("{page}/putusan"), &SIGN).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    (page, answer.location.expect("goes on"))
}

async fn count(app: &TestApp, sql: store::Sql) -> i64 {
    let actor = Actor::program("test");
    app.app.store.read(&actor).count(sql).await.expect("counts")
}

both_databases! {
    async fn a_determination_is_made_ranked_and_shown_around_its_cut(store: Store) {
        let round = round(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        assert!(staff.get("/penetapan").await.body.contains("1 putaran verval siap ditetapkan"));
        assert!(staff.get("/penetapan/baru").await.body.contains("5 keluarga terverifikasi siap diperingkat"));
        let page = create(&mut staff, &round, "c1").await;
        assert_eq!(create(&mut staff, &round, "c1").await, page, "the same form twice makes one");
        let body = staff.get(&page).await.body;
        for text in [
            "2 keluarga terpilih dari 4 yang layak; anggaran tersisa Rp1 juta",
            "Garis batas: kuota 2 keluarga",
            "Rp2.000.000 dari pagu Rp3.000.000",
            "Rp1.000.000 = 1 keluarga lagi",
            "5 dalam putaran = 4 layak + 1 tidak ikut",
            "cadangan 1",
            "Rohaya Bt Amin",
            "4 tanggungan",
        ] {
            assert!(body.contains(text), "{text}: {body}");
        }
        assert!(!body.contains("990101010120"), "no number of a card on the page");
        let top = staff.get(&format!("{page}?lihat=atas")).await.body;
        assert!(top.contains("Darsono") && top.contains("Hasil verval: tidak layak"));
        let by_area = staff.get(&format!("{page}?lihat=kecamatan")).await.body;
        assert!(by_area.contains("Muara Jernih") && by_area.contains("Kota Contoh"));
        let sent = staff.post("/cari", &[("di", &page), ("cari", "ngatemi")]).await;
        let found = staff.get(&sent.location.expect("a page")).await.body;
        assert!(found.contains("Ngatemi") && !found.contains("Suhardi"));
        let workbook = staff.get(&format!("{page}/unduh")).await;
        assert_eq!((workbook.status, workbook.headers["content-type"].to_str().expect("text")), (StatusCode::OK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
        staff.post("/bahasa", &[("language", "en")]).await;
        assert!(staff.get(&page).await.body.contains("2 families chosen of 4 ranked; Rp1 million is left"));
    }

    async fn a_rule_is_tried_saved_and_refused_at_its_field(store: Store) {
        let round = round(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let page = create(&mut staff, &round, "c1").await;
        let editor = staff.get(&format!("{page}/aturan")).await.body;
        assert!(editor.contains("value=\"40\"") && editor.contains("Sekarang 2 terpilih dari 4 yang layak"));
        let rule = [("name", "Sembako"), ("desil-2", "50"), ("desil-3", "40"), ("families", "2"), ("unit", "1000000"), ("spread", "nowhere"), ("treatment", "exclude")];
        let tried = staff.post(&format!("{page}/coba"), &rule).await;
        assert_eq!(tried.status, StatusCode::OK);
        assert!(tried.body.contains("2 terpilih; 2 masuk, 2 keluar"), "{}", tried.body);
        assert!(staff.get(&page).await.body.contains("Rancangan 1"), "trying writes nothing");
        let mut part = axum::http::Request::post(format!("{page}/coba"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from("desil-2=50&families=2&unit=1000000"))
            .expect("a request");
        part.headers_mut().insert("hx-request", "true".parse().expect("a value"));
        let part = staff.send(part).await.body;
        assert!(part.contains("id=\"akibat\"") && !part.contains("<html"), "only the panel");
        let faulty = [("name", "Sembako"), ("desil-1", "banyak"), ("unit", "1000000")];
        let answer = staff.post(&format!("{page}/aturan"), &faulty).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("Isi poin dari 0 sampai 1000"));
        let beyond = [("name", "Sembako"), ("desil-1", "10"), ("ceiling", "3.000.001"), ("unit", "1000000")];
        let answer = staff.post(&format!("{page}/aturan"), &beyond).await;
        assert!(answer.body.contains("Sisa pagu program hanya Rp3.000.000"), "{}", answer.body);
        let answer = staff.post(&format!("{page}/aturan"), &rule).await;
        assert_eq!(answer.location.as_deref(), Some(page.as_str()));
        let body = staff.get(&page).await.body;
        assert!(body.contains("Rancangan 2") && body.contains("Ngatemi"));
        assert_eq!(staff.post(&format!("{page}/hitung"), &[]).await.status, StatusCode::SEE_OTHER);
    }

    async fn a_family_sees_its_points_its_neighbours_and_what_would_have_been_needed(store: Store) {
        let round = round(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let page = create(&mut staff, &round, "c1").await;
        let chosen = staff.get(&format!("{page}/keluarga/{}", round.families[0])).await.body;
        assert!(chosen.contains("Rohaya Bt Amin terpilih di peringkat 1 dengan nilai 53"), "{chosen}");
        assert!(chosen.contains("Tanpa jamban sendiri") && chosen.contains("Di sekitarnya"));
        let reserve = staff.get(&format!("{page}/keluarga/{}", round.families[2])).await.body;
        assert!(reserve.contains("cadangan 1") && reserve.contains("Kurang 10 poin dari yang terakhir terpilih"), "{reserve}");
        let excluded = staff.get(&format!("{page}/keluarga/{}", round.families[4])).await.body;
        assert!(excluded.contains("tidak ikut diperingkat") && excluded.contains("udah mampu"), "{excluded}");

        let own = format!("{page}/keluarga/{}", round.families[2]);
        let silent = staff.post(&own, &[("act", "place"), ("place", "1"), ("reason", "")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let placed = staff.post(&own, &[("act", "place"), ("place", "1"), ("reason", "Rumah roboh")]).await;
        assert_eq!(placed.status, StatusCode::SEE_OTHER);
        let body = staff.get(&own).await.body;
        assert!(body.contains("Ditempatkan di peringkat 1") && body.contains("Rumah roboh"));
        assert_eq!(staff.post(&own, &[("act", "undo")]).await.status, StatusCode::SEE_OTHER);
        let out = staff.post(&own, &[("act", "exclude"), ("reason", "Mengundurkan diri")]).await;
        assert_eq!(out.status, StatusCode::SEE_OTHER);
        assert!(staff.get(&own).await.body.contains("Mengundurkan diri"));
    }

    async fn a_draft_programme_and_families_not_visited_stand_in_the_way_of_a_signature(store: Store) {
        let round = round(&store).await;
        let app = TestApp::new(&store);
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let version = builders::list_version(&change, "dtsen", "2026Q2").await;
        let (family, _) = builders::family(&change, version, round.villages[0], "SUKARNI", 1, 4).await;
        builders::visited(&change, round.id, family, "TUNDA", None, &[]).await;
        change.execute(sql!("UPDATE programme SET state = 'draft'")).await.expect("a draft");
        change.commit().await.expect("commits");
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let mut head = person(&app, "kepala", Role::HeadOfOffice, None, None).await;
        let page = create(&mut staff, &round, "c1").await;
        let refused = staff.post(&format!("{page}/ajukan"), &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("Program ini masih draf") && refused.body.contains("Aktifkan program"), "{}", refused.body);
        let change = store.change(&actor, NOW).await.expect("begins");
        change.execute(sql!("UPDATE programme SET state = 'active'")).await.expect("runs");
        change.commit().await.expect("commits");
        assert_eq!(staff.post(&format!("{page}/ajukan"), &[]).await.status, StatusCode::SEE_OTHER);
        let desk = head.get(&format!("{page}/putusan")).await.body;
        assert!(desk.contains("1 dari 6 keluarga putaran ini belum diverval") && desk.contains("name=\"unverified\""), "{desk}");
        let unasked = head.post(&format!("{page}/putusan"), &SIGN).await;
        assert_eq!(unasked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unasked.body.contains("Centang bahwa Anda tahu"), "{}", unasked.body);
        let mut knowing = SIGN.to_vec();
        knowing.push(("unverified", "1"));
        assert_eq!(head.post(&format!("{page}/putusan"), &knowing).await.status, StatusCode::SEE_OTHER);
        // everybody of the round is accounted for in one sum
        let body = staff.get(&format!("{page}/jawaban")).await.body;
        for text in ["Keluarga putaran ini", "5 di antaranya diverval", "Belum diverval", "2 di antaranya cadangan"] {
            assert!(body.contains(text), "{text}: {body}");
        }
    }

    async fn the_head_examines_signs_with_the_password_and_only_once(store: Store) {
        let round = round(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let mut head = person(&app, "kepala", Role::HeadOfOffice, None, None).await;
        let page = create(&mut staff, &round, "c1").await;
        assert_eq!(head.get(&format!("{page}/putusan")).await.status, StatusCode::CONFLICT, "not proposed yet");
        assert_eq!(head.post(&format!("{page}/ajukan"), &[]).await.status, StatusCode::FORBIDDEN);
        staff.post(&format!("{page}/ajukan"), &[]).await;
        assert_eq!(staff.get(&format!("{page}/putusan")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(staff.post(&format!("{page}/putusan"), &SIGN).await.status, StatusCode::FORBIDDEN);
        assert_eq!(staff.post(&format!("{page}/hitung"), &[]).await.status, StatusCode::CONFLICT, "with the head now");
        let desk = head.get(&format!("{page}/putusan")).await.body;
        for text in ["Tidak melampaui pagu", "Data belum berubah", "desa belum ada berita acara musdes final", "Plt. Kepala Dinas Sosial"] {
            assert!(desk.contains(text), "{text}: {desk}");
        }
        let mut wrong = SIGN;
        wrong[3].1 = "salah";
        let answer = head.post(&format!("{page}/putusan"), &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("Kata sandi salah") && !answer.body.contains("value=\"salah\""));
        let mut tomorrow = SIGN;
        tomorrow[2].1 = "2026-11-23";
        assert!(head.post(&format!("{page}/putusan"), &tomorrow).await.body.contains("tidak boleh di masa depan"));
        let first = head.post(&format!("{page}/putusan"), &SIGN).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let again = head.post(&format!("{page}/putusan"), &SIGN).await;
        assert_eq!(again.location, first.location, "the same form signs once");
        assert_eq!(count(&app, sql!("SELECT COUNT(*) FROM decree")).await, 1);
        let decree = first.location.expect("a decree");
        let body = head.get(&decree).await.body;
        for text in ["SK 400.9/123/2026 menetapkan 2 keluarga senilai Rp2 juta", "Rohaya Bt Amin", "Plt. Kepala Dinas Sosial", "RT 001 RW 002"] {
            assert!(body.contains(text), "{text}: {body}");
        }
        assert!(head.get(&format!("{decree}/periksa")).await.body.contains("SK ini utuh"));
        assert_eq!(staff.post(&format!("{page}/aturan"), &[("name", "X"), ("desil-1", "1"), ("families", "1"), ("unit", "1")]).await.status, StatusCode::CONFLICT);
        let signed_page = staff.get(&page).await.body;
        assert!(signed_page.contains("2 keluarga ditetapkan senilai Rp2 juta; 3 keluarga lain menunggu jawaban"), "{signed_page}");
    }

    async fn what_the_programme_cannot_pay_any_more_can_still_be_returned(store: Store) {
        let round = round(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let mut head = person(&app, "kepala", Role::HeadOfOffice, None, None).await;
        // two proposals of Rp2 million each on a programme of three: the first one signed leaves too little for the other
        let other = create(&mut staff, &round, "c0").await;
        assert_eq!(staff.post(&format!("{other}/ajukan"), &[]).await.status, StatusCode::SEE_OTHER);
        signed(&mut staff, &mut head, &round).await;
        let page = head.get(&format!("{other}/putusan")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains("melebihi sisa pagu program") && !page.body.contains("name=\"number\""), "{}", page.body);
        let back = head.post(&format!("{other}/kembalikan"), &[("return_reason", "Pagu sudah terpakai")]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
        assert!(staff.get("/").await.body.contains("Perbaiki rancangan"));
    }

    async fn a_proposal_comes_back_with_its_reason(store: Store) {
        let round = round(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let mut head = app.visitor(Role::HeadOfOffice, None).await;
        let page = create(&mut staff, &round, "c1").await;
        staff.post(&format!("{page}/ajukan"), &[]).await;
        let silent = head.post(&format!("{page}/kembalikan"), &[("return_reason", " ")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        head.post(&format!("{page}/kembalikan"), &[("return_reason", "Kuota desa belum dibagi")]).await;
        let body = staff.get(&page).await.body;
        assert!(body.contains("Dikembalikan Kepala Dinas") && body.contains("Kuota desa belum dibagi") && !body.contains("/ajukan\""));
        staff.post(&format!("{page}/hitung"), &[]).await;
        assert!(staff.get(&page).await.body.contains("/ajukan\""));
    }

    async fn a_decree_is_proved_printed_and_each_print_is_written_down(store: Store) {
        let round = round(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let mut head = app.visitor(Role::HeadOfOffice, None).await;
        let (_, decree) = signed(&mut staff, &mut head, &round).await;
        let pdf = staff.post(&format!("{decree}/unduh"), &[("as", "f4")]).await;
        assert_eq!(pdf.status, StatusCode::OK, "{}", pdf.body);
        assert_eq!(pdf.headers["content-type"], "application/pdf");
        let name = pdf.headers["content-disposition"].to_str().expect("text");
        assert!(name.contains("sk-") && !name.to_lowercase().contains("rohaya"));
        assert_eq!(staff.post(&format!("{decree}/unduh"), &[("as", "xlsx")]).await.status, StatusCode::OK);
        assert_eq!(app.app.papers.kept(), 2, "a sheet and a workbook");
        assert_eq!(staff.post(&format!("{decree}/unduh"), &[("as", "f4")]).await.body, pdf.body);
        assert_eq!(app.app.papers.kept(), 2, "the same paper is not made again");
        assert_eq!(count(&app, sql!("SELECT COUNT(*) FROM journal WHERE verb = 'decree.printed'")).await, 3);
        let mut auditor = app.visitor(Role::Auditor, None).await;
        assert_eq!(auditor.get(&decree).await.status, StatusCode::OK);
        assert_eq!(auditor.post(&format!("{decree}/unduh"), &[("as", "f4")]).await.status, StatusCode::FORBIDDEN);
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        change.execute(Query::new(sql!("UPDATE determination_line SET head_name = 'LAIN' WHERE rank = 1 AND {whole_district test}"))).await.expect("tampers");
        change.commit().await.expect("commits");
        assert!(auditor.get(&format!("{decree}/periksa")).await.body.contains("tidak sama dengan yang ditandatangani"));
    }

    async fn everybody_not_chosen_is_answered_and_an_agency_answers_for_its_own(store: Store) {
        let round = round(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let mut head = app.visitor(Role::HeadOfOffice, None).await;
        let early = create(&mut staff, &round, "c0").await;
        assert_eq!(staff.get(&format!("{early}/jawaban")).await.status, StatusCode::CONFLICT, "not before the signing");
        let (page, _) = signed(&mut staff, &mut head, &round).await;
        let open = staff.get(&format!("{page}/jawaban")).await.body;
        assert!(open.contains("3 keluarga terverifikasi belum mendapat jawaban"), "{open}");
        let water = staff.get(&format!("{page}/jawaban?butuh=AIR")).await.body;
        assert!(water.contains("Ngatemi") && !water.contains("Marsinem") && water.contains("Akses air bersih"));
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let works = builders::agency(&change, "DPUPR").await.to_string();
        drop(change);
        let faulty = staff.post(&format!("{page}/jawaban"), &[("kind", "refer"), ("scope", "group"), ("reason", "")]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let refer = [("kind", "refer"), ("scope", "group"), ("butuh", "AIR"), ("agency", works.as_str()), ("need", "Air bersih"), ("reason", "Kuota penuh")];
        assert_eq!(staff.post(&format!("{page}/jawaban"), &refer).await.status, StatusCode::SEE_OTHER);
        assert_eq!(staff.post(&format!("{page}/jawaban"), &refer).await.status, StatusCode::CONFLICT, "nobody is left in the group");
        let marsinem = round.families[3].to_string();
        let ticked = [("kind", "refuse"), ("scope", "ticked"), ("family", marsinem.as_str()), ("reason", "Kuota penuh")];
        staff.post(&format!("{page}/jawaban"), &ticked).await;
        staff.post(&format!("{page}/jawaban"), &[("kind", "refuse"), ("scope", "group"), ("reason", "Hasil verval")]).await;
        assert!(staff.get(&format!("{page}/jawaban")).await.body.contains("Setiap keluarga terverifikasi sudah mendapat jawaban"));

        let mut works = person(&app, "pupr", Role::AgencyStaff, None, Some("DPUPR")).await;
        let inbox = works.get("/rujukan").await.body;
        assert!(inbox.contains("1 keluarga menunggu jawaban instansi Anda") && inbox.contains("Ngatemi"), "{inbox}");
        assert!(!inbox.contains("Marsinem") && !inbox.contains("990101010120") && !inbox.contains("Desil"));
        let referral = format!("/rujukan/{}", count(&app, sql!("SELECT MIN(r.id) FROM referral r WHERE r.kind = 'referred' AND {whole_district test}")).await);
        assert_eq!(works.get(&referral).await.status, StatusCode::OK);
        assert_eq!(works.get(&page).await.status, StatusCode::FORBIDDEN);
        let mut farming = person(&app, "tani", Role::AgencyStaff, None, Some("DISTAN")).await;
        assert_eq!(farming.get(&referral).await.status, StatusCode::NOT_FOUND);
        assert_eq!(farming.post(&referral, &[("act", "accept")]).await.status, StatusCode::NOT_FOUND);
        assert!(farming.get("/rujukan").await.body.contains("Tidak ada keluarga yang menunggu"));
        let mut elsewhere = person(&app, "pupr2", Role::AgencyStaff, Some(round.villages[0]), Some("DPUPR")).await;
        assert_eq!(elsewhere.get(&referral).await.status, StatusCode::NOT_FOUND, "another village");

        assert_eq!(works.post(&referral, &[("act", "decline"), ("words", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let id = referral.rsplit('/').next().expect("an id").to_owned();
        assert_eq!(works.post("/rujukan", &[("act", "accept"), ("referral", &id)]).await.status, StatusCode::SEE_OTHER);
        works.post("/rujukan", &[("act", "accept"), ("referral", &id)]).await;
        assert_eq!(count(&app, sql!("SELECT COUNT(*) FROM journal WHERE verb = 'referral.accepted'")).await, 1, "accepted once");
        works.post(&referral, &[("act", "decline"), ("words", "Di luar jaringan pipa")]).await;
        let again = staff.get(&format!("{page}/jawaban")).await.body;
        assert!(again.contains("1 keluarga terverifikasi belum mendapat jawaban") && again.contains("Di luar jaringan pipa"), "{again}");
        assert!(staff.get("/rujukan").await.body.contains("Dinas Pekerjaan Umum"));
    }

    async fn another_area_does_not_exist(store: Store) {
        let round = round(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let page = create(&mut staff, &round, "c1").await;
        let mut near = app.visitor(Role::Auditor, Some(round.villages[0])).await;
        let body = near.get(&format!("{page}?lihat=atas")).await.body;
        assert!(body.contains("Rohaya") && !body.contains("Ngatemi"));
        assert_eq!(near.get(&format!("{page}/keluarga/{}", round.families[2])).await.status, StatusCode::NOT_FOUND);
        assert_eq!(near.get("/penetapan/999").await.status, StatusCode::NOT_FOUND);
        assert_eq!(near.get("/sk/999").await.status, StatusCode::NOT_FOUND);
    }
}
