//! A layout made in the browser: an unknown file mapped, tried and saved; the next one recognised by itself; taken out and
//! brought in; switched off.

use std::{ops::ControlFlow, process::ExitCode};

use axum::http::StatusCode;
use domain::access::Role;
use server::lists::command::{self, Lists};
use store::{Actor, Handle, Store, sql};
use testkit::{both_databases, builders, databases::NOW};

use crate::app::TestApp;

/// A list as the agriculture office keeps it: a title above the header, headers no list has.
const SEEDS: &str = "PENERIMA BIBIT 2026;;;;\r\n;;;;\r\nNomor Induk;Nama Petani;Desa Asal;Luas Sawah;Paraf\r\n\
9901011207850001;UMAR;Contoh Kulon;1200;v\r\n9901011207850003;AMAT;Contoh Wetan;800;\r\n990101120785;TONO;Contoh Kulon;;\r\n";

const MAPPED: [(&str, &str); 11] = [
    ("lembar", "0"),
    ("baris", "3"),
    ("k0", "NIK"),
    ("k1", "Nama"),
    ("k2", "Nama desa atau kelurahan"),
    ("k3", "Simpan apa adanya"),
    ("jenis", "person"),
    ("sumber", "lokal"),
    ("kode", "open"),
    ("kunci", "kk"),
    ("jawab", "words"),
];

async fn areas(store: &Store) {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    builders::areas(&change).await;
    change.commit().await.expect("commits");
}

both_databases! {
    async fn an_unknown_file_is_mapped_once_and_the_next_is_recognised(store: Store) {
        areas(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let sent = staff.upload("/daftar/unggah", &[], &[("berkas", "bibit.csv", SEEDS.as_bytes())]).await;
        let draft = sent.location.unwrap_or_else(|| panic!("{}", sent.body));
        assert!(staff.get(&draft).await.body.contains("/daftar/berkas/1/petakan"));
        let page = staff.get("/daftar/berkas/1/petakan").await;
        assert_eq!(page.status, StatusCode::OK);
        for words in ["value=\"3\"", "Nama Petani", "isinya cocok", "value=\"NIK\""] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert!(!page.body.contains("9901011207850001"), "numbers are masked");
        // the first rows of a file are of any village: whoever works in one area sees them neither on the page nor by trying
        let village = store.read(&Actor::program("test")).scalar::<i64>(sql!("SELECT MIN(code) FROM area WHERE level = 'village'")).await.expect("reads");
        let mut elsewhere = app.visitor(Role::OfficeStaff, village.and_then(domain::AreaCode::from_number)).await;
        assert_eq!(elsewhere.get("/daftar/berkas/1/petakan").await.status, StatusCode::FORBIDDEN);
        let tried = elsewhere.post("/daftar/berkas/1/petakan", &[MAPPED.as_slice(), &[("do", "periksa")]].concat()).await;
        assert_eq!(tried.status, StatusCode::FORBIDDEN, "{}", tried.body);
        // tried, nothing is kept
        let mut fields = MAPPED.to_vec();
        fields.push(("do", "periksa"));
        let tried = staff.post("/daftar/berkas/1/petakan", &fields).await;
        assert!(tried.status == StatusCode::OK && tried.body.contains("dari 3 baris pertama terbaca"), "{}", tried.body);
        assert!(tried.body.contains("NIK bukan 16 angka"));
        // what makes no format stands at its place
        let faulty = staff.post("/daftar/berkas/1/petakan", &[("lembar", "0"), ("baris", "3"), ("k0", "Bukan bidang"), ("jenis", "person"), ("do", "simpan"), ("nama", "X")]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(faulty.body.contains("bukan bidang yang dikenal") && faulty.body.contains("perlu kolom nama"), "{}", faulty.body);
        // saved
        let last = fields.len() - 1;
        fields[last] = ("do", "simpan");
        fields.push(("nama", "Penerima bibit"));
        let saved = staff.post("/daftar/berkas/1/petakan", &fields).await;
        assert_eq!(saved.location, Some(draft.clone()), "{}", saved.body);
        let page = staff.get(&draft).await.body;
        assert!(page.contains("kolom cocok dengan Penerima bibit") && page.contains("Format ini dibuat"), "{page}");
        let format = "buatan.penerima_bibit";
        let read = staff.post(&format!("{draft}/baca"), &[("source", "lokal"), ("version", "2026A"), ("date", "30/09/2026"), ("format-1", format)]).await;
        assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.body);
        server::jobs::drain(&app.app).await.expect("reads");
        let names: Vec<String> = store.read(&Actor::program("test")).column(sql!("SELECT name || ' ' || COALESCE(CAST(village AS TEXT), '-') FROM list_row WHERE kind = 'person' AND {whole_district test} ORDER BY row_no")).await.expect("reads");
        assert_eq!(names, ["UMAR 9901012001", "AMAT 9901012002", "TONO 9901012001"]);
        // its findings as a workbook, in the reader's words; nothing of it is a formula
        let bytes = staff.post_bytes(&format!("{draft}/temuan"), &[("bentuk", "xlsx")]).await;
        let mut book = sheets::Spreadsheet::from_bytes(bytes).expect("a workbook");
        let mut rows = Vec::new();
        book.rows(0, |row| {
            rows.push(row.cells.into_iter().map(sheets::Cell::into_display).collect::<Vec<_>>());
            ControlFlow::Continue(())
        })
        .expect("rows");
        let found = rows.iter().find(|row| row.iter().any(|cell| cell == "nik.length")).unwrap_or_else(|| panic!("{rows:?}"));
        assert_eq!((&*found[0], &*found[2], &*found[3], &*found[4], &*found[6]), ("bibit.csv", "6", "Nomor Induk", "990101120785", "NIK bukan 16 angka"));
        // where the findings are stands how to put them right
        let report = staff.get(&draft).await.body;
        let (rows_at, fix_at) = (report.find("id=\"baris\""), report.find("Betulkan baris ini"));
        assert!(rows_at.is_some() && rows_at < fix_at, "{report}");
        // the next file is recognised by itself
        let next = SEEDS.replace("UMAR", "UMAR BAKRI").replace("PENERIMA BIBIT 2026", "PENERIMA BIBIT TAHAP 2");
        let sent = staff.upload("/daftar/unggah", &[], &[("berkas", "bibit 2.csv", next.as_bytes())]).await;
        let page = staff.get(&sent.location.expect("a draft")).await.body;
        assert!(page.contains("kolom cocok dengan Penerima bibit") && page.contains("dari berkas bibit.csv"), "{page}");
        // seen as the text of a format file, taken out, and brought in again without changing anything
        let all = staff.get("/daftar/format").await.body;
        assert!(all.contains(">Penerima bibit</a>") && all.contains("dtsen.family"), "{all}");
        let view = staff.get(&format!("/daftar/format/{format}")).await.body;
        assert!(view.contains("Nomor Induk") && view.contains("field = &#34;nik&#34;") || view.contains("field = &quot;nik&quot;"), "{view}");
        let text = staff.get(&format!("/daftar/format/{format}/unduh")).await.body;
        assert!(text.starts_with("# Dibuat di Tuntas dari berkas bibit.csv"), "{text}");
        let again = staff.upload("/daftar/format", &[], &[("berkas", "bibit.toml", text.as_bytes())]).await;
        assert_eq!(again.location, Some(format!("/daftar/format/{format}")), "{}", again.body);
        let other = text.replace("Penerima bibit", "Penerima bibit jagung");
        let refused = staff.upload("/daftar/format", &[], &[("berkas", "bibit.toml", other.as_bytes())]).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("sudah ada dengan isi lain"), "{}", refused.body);
        for (bad, words) in [("id = 3", "bukan berkas format"), (&*text.replace(format, "dtsen.family"), "bukan id format bawaan")] {
            let refused = staff.upload("/daftar/format", &[], &[("berkas", "x.toml", bad.as_bytes())]).await;
            assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(words), "{words}: {}", refused.body);
        }
        // switched off, no file is recognised by it; what was read by it stays
        assert_eq!(staff.post(&format!("/daftar/format/{format}/matikan"), &[]).await.status, StatusCode::SEE_OTHER);
        let third = SEEDS.replace("UMAR", "UMAR SAID");
        let sent = staff.upload("/daftar/unggah", &[], &[("berkas", "bibit 3.csv", third.as_bytes())]).await;
        assert!(!staff.get(&sent.location.expect("a draft")).await.body.contains("kolom cocok dengan Penerima bibit"));
        assert!(staff.get(&draft).await.body.contains("Penerima bibit"));
        let told = store.read(&Actor::program("test")).count(sql!("SELECT COUNT(*) FROM journal WHERE verb LIKE 'format.%'")).await.expect("counts");
        assert_eq!(told, 2);
        // on the command line it can still be named, as any built-in one; a name nobody knows is a wrong call
        let path = app.app.config.data.join("bibit 4.csv");
        std::fs::write(&path, SEEDS.replace("UMAR", "UMAR FARUK")).expect("writes");
        for (named, code) in [(format, ExitCode::from(3)), ("buatan.lain", ExitCode::from(2))] {
            let import = Lists::Import {
                files: vec![path.clone()],
                source: None,
                version: Some("2026B".to_owned()),
                format: Some(named.to_owned()),
                date: None,
                giver: None,
                legal_basis: None,
                letter: None,
                json: false,
                rows: false,
                dry_run: true,
                yes: false,
            };
            assert_eq!(command::run(&app.app, import).await.expect("runs"), code, "{named}");
        }
        // others see formats and change none
        let mut auditor = app.visitor(Role::Auditor, None).await;
        assert_eq!(auditor.get("/daftar/format").await.status, StatusCode::OK);
        assert_eq!(auditor.post(&format!("/daftar/format/{format}/nyalakan"), &[]).await.status, StatusCode::FORBIDDEN);
    }
}

both_databases! {
    async fn a_label_given_before_and_a_date_ahead_are_asked_about(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        builders::areas(&change).await;
        builders::list_version(&change, "lokal", "2026A").await;
        change.commit().await.expect("commits");
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let sent = staff.upload("/daftar/unggah", &[], &[("berkas", "bibit.csv", SEEDS.as_bytes())]).await;
        let draft = sent.location.expect("a draft");
        let refused = staff.post(&format!("{draft}/baca"), &[("source", "lokal"), ("version", "2026a"), ("date", "01/01/2027")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("2026A sudah ada di Tuntas; isi versi lain, misalnya"), "{}", refused.body);
        assert!(refused.body.contains("Tanggal ini belum lewat"), "{}", refused.body);
        // another source, another label, today
        for (source, version, date) in [("dtsen", "2026A", "21/11/2026"), ("lokal", "2026B", "21/11/2026")] {
            let asked = staff.post(&format!("{draft}/baca"), &[("source", source), ("version", version), ("date", date)]).await;
            assert!(!asked.body.contains("sudah ada di Tuntas") && !asked.body.contains("belum lewat"), "{}", asked.body);
        }
    }

    async fn a_broken_file_is_told_as_broken_and_thrown_away_by_its_name(store: Store) {
        areas(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let mut broken = b"PK\x03\x04".to_vec();
        broken.resize(600, 7);
        let sent = staff.upload("/daftar/unggah", &[], &[("berkas", "rusak.xlsx", &broken)]).await;
        let draft = sent.location.expect("a draft");
        let page = staff.get(&draft).await.body;
        // one code for whatever cannot be opened; the reason says that this one is broken, not locked
        assert!(page.contains("Berkas terpotong atau rusak") && !page.contains("Berkas dikunci dengan kata sandi"), "{page}");
        let codes: Vec<String> = store.read(&Actor::program("test")).column(sql!("SELECT code FROM list_finding WHERE {whole_district test} ORDER BY id")).await.expect("reads");
        assert_eq!(codes, ["file.protected"]);
        // no list waits; the upload is told beside, and thrown away from there
        let all = staff.get("/daftar").await.body;
        assert!(all.contains("1 unggahan tidak dapat dibuka") && !all.contains("menunggu") && !all.contains("Perlu diperiksa"), "{all}");
        assert!(all.contains(&format!("action=\"{draft}/batal\"")), "{all}");
        let gone = staff.post(&format!("{draft}/batal"), &[]).await;
        assert_eq!(gone.location.as_deref(), Some("/daftar"));
        let told: Vec<String> = store.read(&Actor::program("test")).column(sql!("SELECT data FROM journal WHERE verb LIKE 'list.%' ORDER BY id")).await.expect("reads");
        assert!(told.len() == 2 && told.iter().all(|data| data.contains("rusak.xlsx")), "{told:?}");
    }
}
