//! Programmes through HTTP: the form with its faults, enrolment from a decree with a decision, the ceiling, undo, scope.

use axum::http::StatusCode;
use domain::access::Role;
use store::{Actor, Change, Query, Store, sql};
use testkit::{both_databases, builders, databases::NOW};

use crate::app::{TestApp, Visitor};

/// The food parcel of scenario D.2.
pub fn parcel<'a>(ceiling: &'a str, command: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("command", command),
        ("name", "Paket pangan keluarga miskin ekstrem"),
        ("agency", "1"),
        ("year", "2026"),
        ("strategy", "S1"),
        ("sub_activity", "1.06.05.02.02.0003"),
        ("account", "5.1.06.02.02.0001"),
        ("fund", "APBD_KAB"),
        ("ceiling", ceiling),
        ("aid", "goods"),
        ("aid_kind", "food"),
        ("item-name-1", "Minyak goreng"),
        ("item-quantity-1", "12"),
        ("item-unit-1", "liter"),
        ("item-price-1", "18.500"),
        ("item-name-2", "Telur"),
        ("item-quantity-2", "7,5"),
        ("item-unit-2", "kg"),
        ("item-price-2", "30.000"),
        ("item-name-4", "Beras"),
        ("item-quantity-4", "150"),
        ("item-unit-4", "kg"),
        ("item-price-4", "14.500"),
        ("item-name-5", "Gula"),
        ("item-quantity-5", "12"),
        ("item-unit-5", "kg"),
        ("item-price-5", "17.000"),
        ("stage-name-1", "Tahap 1"),
        ("stage-on-1", "2026-12-11"),
        ("official-treasurer-name", "Agus Prasetya"),
        ("official-treasurer-nip", "19800101 200501 1 001"),
    ]
}

/// Twelve families in four villages, ten of them on a signed decree (the decree's id).
async fn decree(store: &Store) -> (i64, Vec<(i64, i64)>) {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "p3ke", "2024").await;
    let families = builders::families(&change, version, &villages, 12).await;
    let decree = builders::decree(&change, version, &families, 10, 2_826_000).await;
    receives_bpnt(&change, version, families[0].0).await;
    change.commit().await.expect("commits");
    (decree, families)
}

async fn receives_bpnt(change: &Change<'_>, version: i64, family: i64) {
    let row = change
        .insert(Query::with(
            sql!(
                "INSERT INTO list_row (version_id, file_id, row_no, kind, severity, outcome, family_key, kk_sound, nik_sound) VALUES ($1, 0, 2, 'family', 'none', 'stored', 'k', $2, $2) RETURNING id -- {whole_district test}"
            ),
            [version.into(), true.into()],
        ))
        .await
        .expect("a row");
    for statement in [
        Query::with(
            sql!(
                "INSERT INTO list_raw (row_id, raw, reading) VALUES ($1, '[]', '{\"aid_bpnt\":\"YES\"}') -- {whole_district test}"
            ),
            [row.into()],
        ),
        Query::with(
            sql!(
                "INSERT INTO family_list (family_id, version_id, row_id, village, linked_by) VALUES ($1, $2, $3, 0, 'kk') -- {whole_district test}"
            ),
            [family.into(), version.into(), row.into()],
        ),
    ] {
        change.execute(statement).await.expect("stands in the list");
    }
}

async fn create(staff: &mut Visitor<'_>, ceiling: &str) -> String {
    let made = staff.post("/program", &parcel(ceiling, "perintah-1")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let path = made.location.expect("leads to the programme");
    let opened = staff.post(&format!("{path}/keadaan"), &[("state", "active")]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
    path
}

both_databases! {
    async fn a_programme_is_described_once_and_shown_with_its_parcel(store: Store) {
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let path = create(&mut staff, "3.000.000.000").await;
        let again = staff.post("/program", &parcel("3.000.000.000", "perintah-1")).await;
        assert_eq!(again.location.as_deref(), Some(path.as_str()), "sent twice, made once");
        let page = staff.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        for text in ["1.06.05.2.02.0003", "2.826.000", "Telur", "7,5 kg", "pagu Rp3.000.000.000 cukup untuk 1.061 keluarga", "Agus Prasetya"] {
            assert!(page.body.contains(text), "{text}");
        }
        let list = staff.get("/program").await;
        assert!(list.body.contains("Paket pangan keluarga miskin ekstrem"));
        assert!(!page.body.contains('⟦') && !list.body.contains('⟦'), "every message exists");
    }

    async fn what_is_wrong_stands_at_its_field_and_what_was_typed_stays(store: Store) {
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let mut fields = parcel("1.000.000", "p");
        fields.retain(|(name, _)| *name != "sub_activity" && *name != "item-price-4");
        fields.push(("sub_activity", "1.06.05"));
        let answer = staff.post("/program", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("Kode sub kegiatan tidak terbaca") && answer.body.contains("Baris 4: lengkapi"), "{}", answer.body);
        assert!(answer.body.contains("value=\"Minyak goreng\""));
        let small = staff.post("/program", &parcel("1.000.000", "p")).await;
        assert!(small.body.contains("Pagu lebih kecil daripada bantuan untuk satu keluarga"));
        let unreadable: Vec<_> = parcel("3.000.000.000", "p")
            .into_iter()
            .map(|(name, value)| if name == "stage-on-1" { (name, "12/31/2026") } else { (name, value) })
            .collect();
        let dated = staff.post("/program", &unreadable).await;
        assert!(dated.body.contains("<a href=\"#stage-on-1\"><b>Rencana tanggal 1:</b>"), "{}", dated.body);
        assert!(dated.body.contains("value=\"12/31/2026\""), "what was typed stays");
        let more = staff.post("/program", &[("more", "items"), ("item-name-1", "Beras")]).await;
        assert_eq!(more.status, StatusCode::OK);
        assert!(more.body.contains("item-name-8") && more.body.contains("value=\"Beras\""));
    }

    async fn nothing_that_matters_is_chosen_beforehand_and_every_missing_field_is_named_and_led_to(store: Store) {
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let fresh = staff.get("/program/baru").await.body;
        assert!(!fresh.contains(" checked") && !fresh.contains(" selected"), "a choice nobody made: {fresh}");
        let answer = staff.post("/program", &[("command", "k")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let (_, summary) = answer.body.split_once("govuk-error-summary__list").expect("a summary");
        let (summary, form) = summary.split_once("</ul>").expect("ends");
        for field in ["name", "agency", "strategy", "aid_kind", "sub_activity", "account", "fund", "ceiling", "aid"] {
            let (_, entry) = summary.split_once(&format!("<a href=\"#{field}\"><b>")).unwrap_or_else(|| panic!("{field}: {summary}"));
            assert!(entry.split_once(":</b> ").is_some_and(|(label, _)| !label.is_empty() && label.len() < 40), "{entry}");
            assert!(form.contains(&format!("id=\"{field}\"")), "{field} can be reached");
        }
        assert!(summary.contains("<b>Sumber dana:</b> Isi bagian ini"), "{summary}");
    }

    async fn a_decree_is_enrolled_after_a_decision_on_who_receives_the_like(store: Store) {
        let (decree, families) = decree(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let path = create(&mut staff, "3.000.000.000").await;
        let shown = staff.get(&format!("{path}/daftarkan?sk={decree}")).await;
        assert!(shown.body.contains("10 keluarga siap didaftarkan; 1 di antaranya sudah menerima bantuan sejenis"), "{}", shown.body);
        assert!(shown.body.contains("1 keluarga menerima BPNT menurut daftar terbaru"));
        let id = decree.to_string();
        let bare = staff.post(&format!("{path}/daftarkan"), &[("command", "d1"), ("decree", &id)]).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bare.body.contains("Isi alasan mengapa penerima bantuan sejenis tetap didaftarkan"));
        let decided = [("command", "d1"), ("decree", id.as_str()), ("reason", "BPNT tidak cukup, hasil musdes")];
        for _ in 0..2 {
            assert_eq!(staff.post(&format!("{path}/daftarkan"), &decided).await.status, StatusCode::SEE_OTHER);
        }
        let page = staff.get(&path).await;
        assert!(page.body.contains("10 keluarga terdaftar dan belum satu pun menerima"), "{}", page.body);
        let people = staff.get(&format!("{path}/peserta?sejenis=ya")).await;
        assert!(people.body.contains("10 keluarga tercatat di program ini; 1 juga menerima bantuan sejenis") && people.body.contains("BPNT"));
        let timeline = staff.get(&format!("/keluarga/{}", families[0].0)).await;
        assert!(timeline.body.contains("Terdaftar di Paket pangan keluarga miskin ekstrem"), "{}", timeline.body);
    }

    async fn the_ceiling_is_never_exceeded(store: Store) {
        let (decree, _) = decree(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        // nine parcels fit, the decree names ten
        let path = create(&mut staff, "28.259.999").await;
        let id = decree.to_string();
        let fields = [("command", "d1"), ("decree", id.as_str()), ("reason", "musdes")];
        let over = staff.post(&format!("{path}/daftarkan"), &fields).await;
        assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(over.body.contains("perlu Rp28.260.000, pagu Rp28.259.999, kurang Rp1; paling banyak 9 keluarga"), "{}", over.body);
        assert!(staff.get(&path).await.body.contains("Belum ada keluarga terdaftar"));
        // left out, the one who receives BPNT makes room; the same command was not used up
        let fields = [("command", "d1"), ("decree", id.as_str()), ("leave_out", "aid_bpnt")];
        assert_eq!(staff.post(&format!("{path}/daftarkan"), &fields).await.status, StatusCode::SEE_OTHER);
        let stages = [parcel("28.259.999", "x"), vec![("stage-name-2", "Tahap 2")]].concat();
        let more = staff.post(&format!("{path}/ubah"), &stages).await;
        assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(more.body.contains("Melebihi pagu"));
    }

    async fn an_enrolment_is_taken_back_with_a_reason(store: Store) {
        let (decree, _) = decree(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let path = create(&mut staff, "3.000.000.000").await;
        let fields = [("command", "d1"), ("decree", &decree.to_string() as &str), ("reason", "musdes")];
        staff.post(&format!("{path}/daftarkan"), &fields).await;
        let page = staff.get(&path).await.body;
        let at = page.find("/pendaftaran/").expect("may be taken back") + "/pendaftaran/".len();
        let run: String = page[at..].chars().take_while(char::is_ascii_digit).collect();
        let bare = staff.post(&format!("{path}/pendaftaran/{run}/batal"), &[]).await;
        assert_eq!(bare.status, StatusCode::CONFLICT);
        let undone = staff.post(&format!("{path}/pendaftaran/{run}/batal"), &[("reason", "SK keliru")]).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER);
        let page = staff.get(&path).await.body;
        assert!(page.contains("10 pendaftaran dibatalkan") && page.contains("Belum ada keluarga terdaftar") && page.contains("SK keliru"));
    }

    async fn a_family_is_suspended_and_taken_back_with_reasons(store: Store) {
        let (decree, _) = decree(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let path = create(&mut staff, "3.000.000.000").await;
        let fields = [("command", "d1"), ("decree", &decree.to_string() as &str), ("reason", "musdes")];
        staff.post(&format!("{path}/daftarkan"), &fields).await;
        let list = staff.get(&format!("{path}/peserta")).await.body;
        let marker = format!("{path}/peserta/");
        let at = list.find(&marker).expect("a participant") + marker.len();
        let who: String = list[at..].chars().take_while(char::is_ascii_digit).collect();
        let one = format!("{path}/peserta/{who}");
        let bare = staff.post(&one, &[("do", "suspend")]).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        staff.post(&one, &[("do", "suspend"), ("reason", "sedang diperiksa")]).await;
        assert!(staff.get(&one).await.body.contains("ditangguhkan; tempatnya tetap disimpan"));
        staff.post(&one, &[("do", "resume"), ("reason", "sudah jelas")]).await;
        assert!(staff.get(&one).await.body.contains("terdaftar dan belum menerima"));
    }

    async fn names_are_for_those_who_see_families_and_within_their_area(store: Store) {
        let (decree, _) = decree(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let path = create(&mut staff, "3.000.000.000").await;
        let fields = [("command", "d1"), ("decree", &decree.to_string() as &str), ("reason", "musdes")];
        staff.post(&format!("{path}/daftarkan"), &fields).await;
        let mut planner = app.visitor(Role::Planner, None).await;
        assert_eq!(planner.get(&path).await.status, StatusCode::OK);
        assert_eq!(planner.get(&format!("{path}/peserta")).await.status, StatusCode::FORBIDDEN);
        let mut auditor = app.visitor(Role::Auditor, Some("99.01.01".parse().expect("a code"))).await;
        let seen = auditor.get(&format!("{path}/peserta")).await.body;
        assert!(seen.contains("Contoh Kulon") && !seen.contains("Muara Jernih Hulu"));
        assert_eq!(auditor.post(&format!("{path}/keadaan"), &[("state", "closed")]).await.status, StatusCode::FORBIDDEN);
    }

    async fn an_agency_is_added_once_under_its_code(store: Store) {
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        assert!(staff.get("/opd").await.body.contains("13 OPD aktif; 0 di antaranya punya program"));
        let fields = [("code", "DISPAR"), ("name", "Dinas Pariwisata"), ("short_name", "Pariwisata"), ("services", "training"), ("services", "work"), ("active", "1")];
        assert_eq!(staff.post("/opd", &fields).await.status, StatusCode::SEE_OTHER);
        let twice = staff.post("/opd", &fields).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.body.contains("Kode ini sudah dipakai OPD lain"));
        let list = staff.get("/opd").await.body;
        assert!(list.contains("14 OPD aktif") && list.contains("pelatihan kerja, pekerjaan dan padat karya"));
    }
}
