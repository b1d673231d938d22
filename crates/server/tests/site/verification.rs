//! Verification through HTTP: a round, a visit on a phone screen by screen, two results, workbooks, minutes.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::{AreaCode, access::Role};
use store::{Actor, Store, verification as v};
use testkit::{
    both_databases, builders,
    databases::NOW,
    photos::{SECRET, with_exif},
};

use crate::app::{Answer, TestApp, Visitor};

/// A committed list of `families` in every village, all desil 1.
async fn list(store: &Store, families: i64) -> (Vec<AreaCode>, i64) {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "dtsen", "2026Q3").await;
    for village in &villages {
        for n in 0..families {
            builders::family(&change, version, *village, &format!("Kepala {n}"), 1, 2).await;
        }
    }
    change.commit().await.expect("commits");
    (villages, version)
}

/// Makes and opens a round as the office does; its id.
async fn open_round(office: &mut Visitor<'_>, version: i64) -> i64 {
    let fields = [
        ("name", "Verval 2026"),
        ("version", &version.to_string()),
        ("desil", "2"),
        ("starts_on", "1/11/2026"),
        ("ends_on", "30/11/2026"),
    ];
    let answer = office.post("/verval/baru", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let id = last_number(&answer);
    assert_eq!(office.post(&format!("/verval/{id}/buka"), &[]).await.status, StatusCode::SEE_OTHER);
    id
}

fn last_number(answer: &Answer) -> i64 {
    let path = answer.location.as_deref().expect("goes on");
    path.rsplit('/').find_map(|part| part.parse().ok()).expect("a number")
}

async fn families(app: &TestApp, round: i64, village: AreaCode) -> Vec<v::FamilyLine> {
    let actor = Actor::program("test");
    let reading = app.app.store.read(&actor);
    v::families(&reading, round, village.number(), v::FamilyFilter::All, "", (0, 100)).await.expect("reads")
}

fn photo() -> Vec<u8> {
    let mut plain = Vec::new();
    let picture = image::RgbImage::new(64, 48);
    picture.write_to(&mut std::io::Cursor::new(&mut plain), image::ImageFormat::Jpeg).expect("encodes");
    with_exif(&plain)
}

/// What a visitor answers, by question.
const HOUSE: [(&str, &str); 17] = [
    ("found", "DITEMUKAN"),
    ("respondent", "Ibu"),
    ("tenure", "2"),
    ("floor_area", "36"),
    ("floor", "8"),
    ("wall", "1"),
    ("roof", "2"),
    ("water", "9"),
    ("lighting", "1"),
    ("power", "1"),
    ("fuel", "4"),
    ("toilet", "1"),
    ("closet", "1"),
    ("septic", "1"),
    ("working", "1"),
    ("out_of_school", "0"),
    ("difficulty", "4"),
];

/// Walks the screens of a visit until the summary, as a phone without JavaScript would; the screens seen.
async fn walk(visitor: &mut Visitor<'_>, family: i64, outcome: &str) -> Vec<String> {
    let house: BTreeMap<&str, &str> = HOUSE.into_iter().collect();
    let mut seen = Vec::new();
    let mut path = format!("/verval/kunjungan/{family}/0");
    for _ in 0..40 {
        if path.ends_with("/periksa") {
            return seen;
        }
        let page = visitor.get(&path).await;
        if page.status == StatusCode::SEE_OTHER {
            path = page.location.expect("goes on");
            continue;
        }
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
        let asked = |name: &str| page.body.contains(&format!("name=\"{name}\""));
        let mut fields: Vec<(String, String)> = Vec::new();
        for (question, value) in &house {
            if asked(question) {
                fields.push(((*question).to_owned(), (*value).to_owned()));
            }
        }
        if asked("presence-0") {
            fields.push(("do".into(), "all".into()));
            let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            visitor.post(&path, &pairs).await;
            fields = vec![("presence-0".into(), "1".into()), ("presence-1".into(), "1".into())];
        }
        if asked("needs") {
            assert!(page.body.contains("value=\"RLH\" id=\"needs\" checked"), "suggested from an earth floor");
            fields.extend([
                ("needs".into(), String::new()),
                ("needs".into(), "RLH".into()),
                ("needs".into(), "AIR".into()),
            ]);
        }
        if asked("outcome") {
            fields.push(("outcome".into(), outcome.to_owned()));
        }
        if asked("reason") {
            fields.push(("reason".into(), "MAMPU".into()));
        }
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        seen.push(path.rsplit('/').next().unwrap_or_default().to_owned());
        let answer = if asked("photo_front") {
            visitor.upload(&path, &pairs, &[("photo_front", "IMG_20261120.jpg", &photo())]).await
        } else {
            visitor.post(&path, &pairs).await
        };
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
        path = answer.location.expect("goes on");
    }
    panic!("the visit does not end");
}

/// The hidden command of the summary.
fn command(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("name=\"command\" value=\"").expect("a command");
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn send(visitor: &mut Visitor<'_>, family: i64) -> Answer {
    let page = visitor.get(&format!("/verval/kunjungan/{family}/periksa")).await;
    let command = command(&page);
    visitor.post(&format!("/verval/kunjungan/{family}/kirim"), &[("command", &command)]).await
}

both_databases! {
    async fn the_office_makes_assigns_and_opens_a_round(store: Store) {
        let (villages, version) = list(&store, 3).await;
        let app = TestApp::new(&store);
        app.visitor(Role::Verifier, Some(villages[0].subdistrict())).await;
        let mut office = app.visitor(Role::OfficeStaff, None).await;
        assert!(office.get("/verval").await.body.contains("Belum ada putaran verval"));
        let counted = office.get(&format!("/verval/baru?version={version}&desil=1")).await;
        assert!(counted.body.contains("12 keluarga di 4 desa akan diverval"), "{}", counted.body);
        let faulty = office.post("/verval/baru", &[("version", &version.to_string())]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(faulty.body.contains("href=\"#name\""));
        let id = open_round(&mut office, version).await;
        let page = office.get(&format!("/verval/{id}")).await;
        assert!(page.body.contains("0 dari 12 keluarga selesai"), "{}", page.body);
        office.post(&format!("/verval/{id}/bagi"), &[]).await;
        let page = office.get(&format!("/verval/{id}?tampil=tanpa-petugas")).await;
        assert!(page.body.contains("2 desa dibagikan; 2 desa berada di luar wilayah semua petugas"), "{}", page.body);
        assert!(page.body.contains("Muara Jernih Hulu") && !page.body.contains(">Contoh Kulon</a>"));
        // by hand, to somebody whose area leaves one of the two out: the page says which, and keeps what was ticked
        let option = page.body.split("<option value=\"").find(|part| part.contains("Verifikator")).expect("a visitor");
        let verifier = option.split('"').next().expect("a value");
        let (here, there) = (villages[0].to_string(), villages[2].to_string());
        let fields = [("village", here.as_str()), ("village", there.as_str()), ("verifier", verifier), ("due_on", "15/11/2026")];
        let refused = office.post(&format!("/verval/{id}/petugas"), &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("tidak berwenang mengunjungi Muara Jernih"), "{}", refused.body);
        let ticked = |code: &str| refused.body.split(&format!("value=\"{code}\"")).nth(1).is_some_and(|rest| rest.split('>').next().is_some_and(|tag| tag.contains("checked")));
        assert!(ticked(&here) && ticked(&there) && refused.body.contains("15/11/2026"), "{}", refused.body);
        let nothing = office.post(&format!("/verval/{id}/petugas"), &[("verifier", verifier)]).await;
        assert!(nothing.body.contains("Centang dahulu desa yang akan ditugaskan"), "{}", nothing.body);
    }

    async fn an_empty_round_says_why_it_is_empty(store: Store) {
        let (villages, version) = list(&store, 1).await;
        let app = TestApp::new(&store);
        let mut office = app.visitor(Role::OfficeStaff, None).await;
        let ask = |rest: &str| format!("/verval/baru?version={version}&starts_on=2026-11-01{rest}");
        assert!(office.get(&ask("&desil=2&percentile=3")).await.body.contains("tanpa persentil ada 4"));
        assert!(office.get(&ask("&desil=0")).await.body.contains("tanpa batas desil ada 4"));
        let elsewhere = villages[0].subdistrict().to_string().replace("99.01.01", "99.01.77");
        assert!(office.get(&ask(&format!("&desil=2&area={elsewhere}"))).await.body.contains("tanpa batas wilayah ada 4"));
        open_round(&mut office, version).await;
        let body = office.get(&ask("&desil=2&skip=1")).await.body;
        assert!(body.contains("Semua 4 keluarga yang sesuai sudah ada di putaran lain"), "{body}");
    }

    async fn a_visit_is_walked_on_a_phone_kept_at_each_step_and_recorded_once(store: Store) {
        let (villages, version) = list(&store, 2).await;
        let app = TestApp::new(&store);
        let mut office = app.visitor(Role::OfficeStaff, None).await;
        let round = open_round(&mut office, version).await;
        office.post(&format!("/verval/{round}/petugas"), &[("village", &villages[0].to_string()), ("verifier", "")]).await;
        let mut wati = app.visitor(Role::Verifier, Some(villages[0])).await;
        let family = families(&app, round, villages[0]).await[0].id;
        // half way, with a mistake on the way: what was typed is kept
        let wrong = wati.post(&format!("/verval/kunjungan/{family}/0"), &[("found", "")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wati.post(&format!("/verval/kunjungan/{family}/0"), &[("found", "DITEMUKAN")]).await;
        let again = wati.get(&format!("/verval/kunjungan/{family}/0")).await;
        assert!(again.body.contains("value=\"DITEMUKAN\" id=\"found\" checked"), "{}", again.body);
        let home = wati.get("/verval").await;
        assert!(home.body.contains("belum dikirim"), "{}", home.body);

        let seen = walk(&mut wati, family, "LAYAK").await;
        assert!(!seen.contains(&"5".to_owned()), "the title is not asked of a rented house: {seen:?}");
        let page = wati.get(&format!("/verval/kunjungan/{family}/periksa")).await;
        let command = command(&page);
        let path = format!("/verval/kunjungan/{family}/kirim");
        let first = wati.post(&path, &[("command", &command)]).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let second = wati.post(&path, &[("command", &command)]).await;
        assert_eq!(first.location, second.location, "sent twice, recorded once");
        let recorded = wati.get(first.location.as_deref().expect("goes on")).await;
        assert!(recorded.body.contains("Keluarga Kepala 0: Layak"), "{}", recorded.body);
        assert!(recorded.body.contains("Rumah belum layak huni") && recorded.body.contains("2 kebutuhan dasar belum terpenuhi"));

        // the photo was drawn anew: its hidden data are nowhere on disk, and another village's verifier does not get it
        let (_, rest) = recorded.body.split_once("/verval/berkas/").expect("a photo");
        let file = format!("/verval/berkas/{}", rest.split('"').next().unwrap_or_default());
        let shown = wati.get(&file).await;
        assert_eq!((shown.status, shown.headers["content-type"].to_str().expect("text")), (StatusCode::OK, "image/jpeg"));
        let mut looked_at = 0;
        for folder in std::fs::read_dir(app.app.config.data.join("files")).expect("files") {
            for file in std::fs::read_dir(folder.expect("folder").path()).expect("files") {
                let bytes = std::fs::read(file.expect("file").path()).expect("reads");
                assert!(!bytes.windows(SECRET.len()).any(|w| w == SECRET.as_bytes()) && !bytes.windows(4).any(|w| w == b"Exif"));
                looked_at += 1;
            }
        }
        assert_eq!(looked_at, 1);
        let mut other = app.visitor(Role::Verifier, Some(villages[3])).await;
        assert_eq!(other.get(&file).await.status, StatusCode::NOT_FOUND);
    }

    async fn another_villages_verifier_finds_nothing(store: Store) {
        let (villages, version) = list(&store, 2).await;
        let app = TestApp::new(&store);
        let mut office = app.visitor(Role::OfficeStaff, None).await;
        let round = open_round(&mut office, version).await;
        let family = families(&app, round, villages[0]).await[0].id;
        let mut other = app.visitor(Role::Verifier, Some(villages[3])).await;
        for path in [
            format!("/verval/kunjungan/{family}"),
            format!("/verval/kunjungan/{family}/0"),
            format!("/verval/kunjungan/{family}/periksa"),
            format!("/verval/dua-hasil/{family}"),
            format!("/verval/{round}/desa/{}", villages[0]),
            format!("/verval/{round}/desa/{}/cetak", villages[0]),
            format!("/verval/{round}/musdes/{}", villages[0]),
        ] {
            assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let answer = other.post(&format!("/verval/kunjungan/{family}/0"), &[("found", "DITEMUKAN")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let answer = other.post(&format!("/verval/kunjungan/{family}/kirim"), &[("command", "x")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        // an operator of the village reads, and does not visit
        let mut operator = app.visitor(Role::VillageOperator, Some(villages[0])).await;
        assert_eq!(operator.get(&format!("/verval/{round}/desa/{}", villages[0])).await.status, StatusCode::OK);
        assert_eq!(operator.get(&format!("/verval/kunjungan/{family}")).await.status, StatusCode::FORBIDDEN);
    }

    async fn two_verifiers_who_differ_wait_for_the_office(store: Store) {
        let (villages, version) = list(&store, 1).await;
        let app = TestApp::new(&store);
        let mut office = app.visitor(Role::OfficeStaff, None).await;
        let round = open_round(&mut office, version).await;
        let family = families(&app, round, villages[0]).await[0].id;
        let mut ani = app.visitor(Role::Verifier, Some(villages[0])).await;
        let mut budi = app.visitor(Role::Companion, Some(villages[0])).await;
        walk(&mut ani, family, "LAYAK").await;
        send(&mut ani, family).await;
        walk(&mut budi, family, "TIDAK_LAYAK").await;
        let answer = send(&mut budi, family).await;
        let page = budi.get(answer.location.as_deref().expect("goes on")).await;
        assert!(page.body.contains("Dinas akan memutuskan"), "{}", page.body);
        assert!(office.get(&format!("/verval/{round}/dua-hasil")).await.body.contains("1 keluarga punya dua hasil"));
        let two = office.get(&format!("/verval/dua-hasil/{family}")).await;
        assert!(two.body.contains("2 petugas menemukan hal yang berbeda"));
        let (_, rest) = two.body.split_once("name=\"visit\" value=\"").expect("a choice");
        let visit = rest.split('"').next().unwrap_or_default().to_owned();
        let path = format!("/verval/dua-hasil/{family}");
        assert_eq!(budi.post(&path, &[("visit", &visit), ("reason", "x")]).await.status, StatusCode::FORBIDDEN);
        let silent = office.post(&path, &[("visit", &visit), ("reason", "")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let decided = office.post(&path, &[("visit", &visit), ("reason", "Dikunjungi ulang")]).await;
        assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
        assert!(office.get(decided.location.as_deref().expect("goes on")).await.body.contains("Keluarga Kepala 0: Layak"));
    }

    async fn results_go_out_as_a_workbook_and_come_back(store: Store) {
        let (villages, version) = list(&store, 3).await;
        let app = TestApp::new(&store);
        let mut office = app.visitor(Role::OfficeStaff, None).await;
        let round = open_round(&mut office, version).await;
        let csv = office.get(&format!("/verval/{round}/hasil.csv")).await.body;
        assert!(!csv.contains("9901010101"), "family-card numbers are masked");
        let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines.len(), 13);
        let header: Vec<&str> = lines[0].split(';').collect();
        let at = |name: &str| header.iter().position(|h| *h == name).unwrap_or_else(|| panic!("{name} in {header:?}"));
        let filled = |line: &str, cells: &[(&str, &str)]| {
            let mut row: Vec<String> = line.split(';').map(str::to_owned).collect();
            for (column, value) in cells {
                (*value).clone_into(&mut row[at(column)]);
            }
            row.join(";")
        };
        let good = [("Tanggal kunjungan", "20/11/2026"), ("Petugas", "Ani"), ("Hasil", "LAYAK"), ("Kebutuhan: Belum ada air bersih", "Ya"), ("Jenis lantai terluas (R303)", "8 Tanah")];
        let file = [
            lines[0].to_owned(),
            filled(lines[1], &good),
            filled(lines[2], &[("Tanggal kunjungan", "20/11/2026"), ("Hasil", "TIDAK LAYAK"), ("Alasan", "Pindah domisili")]),
            filled(lines[3], &[("Tanggal kunjungan", "20/11/2026"), ("Hasil", "LAYAKK")]),
            filled(lines[4], &[("Tanggal kunjungan", "31/12/2026"), ("Hasil", "LAYAK")]),
            lines[5].to_owned(),
        ].join("\r\n");
        let path = format!("/verval/{round}/hasil");
        let none = office.upload(&path, &[], &[]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        let stranger = office.upload(&path, &[], &[("file", "x.csv", b"a;b\r\n1;2\r\n")]).await;
        assert!(stranger.body.contains("Tidak ada baris judul"), "{}", stranger.body);
        let answer = office.upload(&path, &[], &[("file", "hasil.csv", file.as_bytes())]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let upload = last_number(&answer);
        let preview = office.get(&format!("/verval/unggahan/{upload}")).await;
        assert!(preview.body.contains("2 hasil baru dan 0 perubahan siap diterima; 2 baris salah"), "{}", preview.body);
        assert!(preview.body.contains(">N4<") && preview.body.contains("LAYAKK"), "the cell is named: {}", preview.body);
        assert_eq!(families(&app, round, villages[0]).await[0].state, "waiting", "nothing is taken in yet");
        let taken = office.post(&format!("/verval/unggahan/{upload}/terima"), &[]).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
        let again = office.post(&format!("/verval/unggahan/{upload}/terima"), &[]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        let now = families(&app, round, villages[0]).await;
        assert_eq!((now[0].outcome.as_deref(), now[1].outcome.as_deref(), now[1].reason.as_deref()), (Some("LAYAK"), Some("TIDAK_LAYAK"), Some("PINDAH")));

        // the workbook as downloaded changes nothing when it comes back
        let sheet = office.get_bytes(&format!("/verval/{round}/lembar.xlsx")).await;
        let answer = office.upload(&path, &[], &[("file", "lembar.xlsx", &sheet)]).await;
        let preview = office.get(answer.location.as_deref().expect("goes on")).await;
        assert!(preview.body.contains("Berkas ini tidak mengubah apa pun"), "{}", preview.body);
    }

    async fn minutes_must_add_up_and_are_locked_with_their_scan(store: Store) {
        let (villages, version) = list(&store, 1).await;
        let app = TestApp::new(&store);
        let mut office = app.visitor(Role::OfficeStaff, None).await;
        let round = open_round(&mut office, version).await;
        let path = format!("/verval/{round}/musdes/{}", villages[0]);
        let minutes = |after: &'static str| [
            ("held_on", "20/11/2026"), ("place", "Balai desa"), ("participants", "25"),
            ("before", "1"), ("removed", "0"), ("after", after),
            ("added-name-0", "Suminah"), ("added-address-0", "RT 02"), ("added-name-1", "Kasinem"), ("added-address-1", "RT 03"),
        ];
        let wrong = office.post(&path, &minutes("2")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("Seharusnya 3 keluarga sesudahnya, bukan 2"), "{}", wrong.body);
        assert!(wrong.body.contains("value=\"Balai desa\"") && wrong.body.contains("value=\"Kasinem\""), "what was typed stays");
        let mut nameless = minutes("3");
        nameless[8].1 = "";
        let nameless = office.post(&path, &nameless).await;
        assert!(nameless.body.contains("perlu nama dan alamat"), "{}", nameless.body);
        assert_eq!(office.post(&path, &minutes("3")).await.status, StatusCode::SEE_OTHER);
        let kept = office.get(&path).await.body;
        for text in ["sementara sampai dikunci", "tetap ikut diperingkat", "Suminah", "belum ada di registri"] {
            assert!(kept.contains(text), "{text}: {kept}");
        }
        let early = office.post(&format!("{path}/kunci"), &[]).await;
        assert_eq!(early.status, StatusCode::CONFLICT);
        let bad = office.upload(&format!("{path}/scan"), &[], &[("scan", "x.exe", b"MZ")]).await;
        assert!(bad.body.contains("bukan PDF, JPEG, atau PNG"), "{}", bad.body);
        office.upload(&format!("{path}/scan"), &[], &[("scan", "ba.pdf", b"%PDF-1.7 scan")]).await;
        assert_eq!(office.post(&format!("{path}/kunci"), &[]).await.status, StatusCode::SEE_OTHER);
        let page = office.get(&path).await;
        assert!(page.body.contains("terkunci") && !page.body.contains("name=\"held_on\""), "{}", page.body);
        assert_eq!(office.post(&path, &minutes("3")).await.status, StatusCode::CONFLICT);
        assert!(office.get(&format!("/verval/{round}/musdes")).await.body.contains("Berita acara 1 dari 4 desa sudah final"));
    }
}
