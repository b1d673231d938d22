//! Lists through HTTP: two committed lists compared by those who see families, by those who only see totals and by
//! somebody of one village; and the permission to use a list.

use std::{ops::ControlFlow, path::PathBuf};

use axum::http::StatusCode;
use domain::{AreaCode, access::Role, lists::Source, lists::compare::Group};
use server::{demo, lists::intake::Said};
use store::{
    Actor, Handle, Store,
    lists::compare::{self, Counts, Wanted},
    sql,
};
use testkit::{both_databases, builders, databases::NOW, district::District};

use crate::app::{Answer, TestApp, Visitor};

/// The made-up district with its three lists committed, no year of work; their numbers, the oldest first.
async fn lists(app: &TestApp) -> Vec<i64> {
    demo::make(&app.app, 300, 9901, false).await.expect("areas and accounts");
    let folder = tempfile::tempdir().expect("a folder");
    let today = app.app.clock.today(app.app.config.zone);
    let written = District::generate_as_of(9901, 300, today).write_files(folder.path()).expect("writes");
    let actor = Actor::program("test");
    let mut versions: Vec<(Source, String, PathBuf, PathBuf)> = Vec::new();
    for pair in written.lists.chunks(2) {
        versions.push((pair[0].source, pair[0].version.clone(), pair[0].path.clone(), pair[1].path.clone()));
    }
    let mut ids = Vec::new();
    for (source, version, families, members) in versions {
        let said = Said { source: Some(source), version: Some(version), ..Said::default() };
        ids.push(server::lists::bring_in(&app.app, &actor, &[families, members], &said).await.expect("commits"));
    }
    ids
}

async fn counts(store: &Store, a: i64, b: i64) -> Counts {
    let actor = Actor::program("test");
    compare::compare(&store.read(&actor), a, b).await.expect("compares").counts(|_| true)
}

fn grouped(number: i64) -> String {
    domain::money::grouped(number, '.')
}

/// The text of all sheets, a line a row.
fn text(workbook: Vec<u8>) -> Vec<(String, Vec<String>)> {
    let mut book = sheets::Spreadsheet::from_bytes(workbook).expect("a workbook");
    let names: Vec<String> = book.sheets().iter().map(|sheet| sheet.name.clone().unwrap_or_default()).collect();
    let mut all = Vec::new();
    for (at, name) in names.into_iter().enumerate() {
        let mut lines = Vec::new();
        book.rows(at, |row| {
            lines.push(row.cells.into_iter().map(sheets::Cell::into_display).collect::<Vec<_>>().join("|"));
            ControlFlow::Continue(())
        })
        .expect("rows");
        all.push((name, lines));
    }
    all
}

/// How many families a list of them shows, over all its pages.
async fn shown(visitor: &mut Visitor<'_>, path: &str) -> (usize, Answer) {
    let first = visitor.get(path).await;
    let (mut families, mut body) = (0, first.body.clone());
    loop {
        families += body.matches("<th scope=\"row\">").count();
        let Some(next) = body.split("rel=\"next\"").next().filter(|_| body.contains("rel=\"next\"")) else { break };
        let href = next.rsplit("href=\"").next().and_then(|rest| rest.split('"').next()).expect("an address");
        body = visitor.get(&href.replace("&#38;", "&").replace("&amp;", "&")).await.body;
    }
    (families, first)
}

both_databases! {
    async fn two_lists_are_compared_and_every_number_leads_to_its_families(store: Store) {
        let app = TestApp::new(&store);
        let ids = lists(&app).await;
        let (a, b) = (ids[1], ids[2]);
        let sum = counts(&store, a, b).await;
        assert!(sum.gone > 0 && sum.new > 0 && sum.changed > 0 && sum.people.gone > 0, "{sum:?}");
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        assert!(staff.get("/daftar").await.body.contains("/daftar/banding"));
        assert!(staff.get(&format!("/daftar/{b}")).await.body.contains(&format!("/daftar/banding?b={b}")));
        // chosen in whatever order, the older stands first
        let sent = staff.get(&format!("/daftar/banding?a={b}&b={a}")).await;
        assert_eq!(sent.location, Some(format!("/daftar/{a}/banding/{b}")));
        let twice = staff.get(&format!("/daftar/banding?a={a}&b={a}")).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.body.contains("Pilih dua daftar yang berbeda"));
        let path = format!("/daftar/{a}/banding/{b}");
        let page = staff.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        let sentence = format!("{} dari {} keluarga", grouped(sum.gone), grouped(sum.before()));
        assert!(page.body.contains(&sentence), "{sentence}");
        assert!(page.body.contains("class=\"flow ") && page.body.contains("id=\"alir-hp-t\""));
        // the reasons of persons add up to those gone; who only changed family is told beside them
        let reasons = page.body.split("<dl class=\"t-kv t-mt-2\">").nth(1).and_then(|rest| rest.split("</dl>").next()).expect("reasons");
        let numbers = reasons.split("t-num\">").skip(1).filter_map(|rest| rest.split('<').next()?.replace('.', "").parse::<i64>().ok());
        assert_eq!(numbers.sum::<i64>(), sum.people.gone, "{reasons}");
        assert_eq!(page.body.contains("tetapi kini di keluarga lain"), sum.people.moved > 0);
        // the preview of the newer list, kept with it, told the same
        let report = staff.get(&format!("/daftar/{b}")).await.body;
        let words = format!("pindah desa {}", sum.moved);
        assert!(report.contains(&format!(">{}</span><span>berubah: desil nasional {}", grouped(sum.changed), sum.up + sum.down)) && report.contains(&words), "{sum:?}");
        for (group, word) in [(Group::Gone, "hilang"), (Group::New, "baru"), (Group::Changed, "berubah")] {
            assert!(page.body.contains(&format!("{path}/{word}")), "{word}");
            let (families, list) = shown(&mut staff, &format!("{path}/{word}")).await;
            assert_eq!(families as i64, sum.of(group), "{word}");
            assert!(list.body.contains(&format!("{} keluarga", grouped(sum.of(group)))), "{word}");
        }
        // a reason's list holds its families
        let (reason, count) = sum.leaving.iter().next().expect("a reason");
        let (families, _) = shown(&mut staff, &format!("{path}/hilang?sebab={reason}")).await;
        assert_eq!(families as i64, *count, "{reason}");
        // a kecamatan, a village
        let district = staff.get(&format!("{path}?wilayah=99.01.01")).await;
        assert!(district.status == StatusCode::OK && district.body.contains("?wilayah=99.01.01."), "{}", district.status);
        assert_eq!(staff.get(&format!("{path}?wilayah=99.02.01")).await.status, StatusCode::NOT_FOUND);
        // two sources
        let sources = staff.get(&format!("/daftar/{}/banding/{b}", ids[0])).await;
        assert!(sources.body.contains("berasal dari sumber berbeda"), "{}", sources.status);
        let backwards = staff.get(&format!("/daftar/{b}/banding/{a}")).await;
        assert!(backwards.body.contains(&format!("href=\"{path}\"")));
    }

    async fn the_workbook_holds_the_sums_the_areas_and_the_families(store: Store) {
        let app = TestApp::new(&store);
        let ids = lists(&app).await;
        let (a, b) = (ids[1], ids[2]);
        let sum = counts(&store, a, b).await;
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let book = text(staff.post_bytes(&format!("/daftar/{a}/banding/{b}/unduh"), &[]).await);
        assert_eq!(book.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Ringkasan", "Menurut wilayah", "Keluarga"]);
        let taken = store.read(&Actor::program("test")).count(sql!("SELECT COUNT(*) FROM journal WHERE verb = 'list.downloaded'")).await.expect("counts");
        assert_eq!(taken, 1, "who takes it out is written down");
        let gone = format!("tidak ada lagi|{}|{}", sum.gone, sum.people.gone);
        assert!(book[0].1.contains(&gone), "{gone}: {:#?}", book[0].1);
        let families = book[2].1.iter().filter(|line| ["Tidak ada lagi|", "Baru|", "Berubah|"].iter().any(|word| line.starts_with(word)));
        assert_eq!(families.count() as i64, sum.gone + sum.new + sum.changed);
        let csv = staff.get(&format!("/daftar/{a}/banding/{b}/unduh.csv")).await;
        let whole = csv.body.lines().find(|line| line.starts_with("99.01;")).expect("the district");
        let cells: Vec<&str> = whole.split(';').collect();
        assert_eq!((cells[3], cells[4], cells[8]), (&*sum.before().to_string(), &*sum.gone.to_string(), &*sum.after().to_string()));
        // the kecamatan add up to the district
        let numbers = |column: usize| -> i64 {
            csv.body.lines().filter(|line| line.split(';').next().is_some_and(|code| code.matches('.').count() == 2) || line.starts_with(';'))
                .filter_map(|line| line.split(';').nth(column)?.parse::<i64>().ok()).sum()
        };
        for column in [3, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] {
            assert_eq!(numbers(column).to_string(), cells[column], "column {column}");
        }
    }

    async fn totals_are_for_all_and_families_for_those_who_may_see_them(store: Store) {
        let app = TestApp::new(&store);
        let ids = lists(&app).await;
        let path = format!("/daftar/{}/banding/{}", ids[1], ids[2]);
        let actor = Actor::program("test");
        let reading = store.read(&actor);
        let gone = compare::families(&reading, ids[1], ids[2], &Wanted::all(Group::Gone, 500)).await.expect("lists");
        let mut planner = app.visitor(Role::Planner, None).await;
        let page = planner.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains(&format!("{path}/hilang")), "no link leads where one may not go");
        assert!(page.body.contains("&lt; 5") || page.body.contains("&#60; 5"), "few can be recognised");
        assert_eq!(planner.get(&format!("{path}/hilang")).await.status, StatusCode::FORBIDDEN);
        let book = text(planner.post_bytes(&format!("{path}/unduh"), &[]).await);
        assert_eq!(book.len(), 2, "the families are not in it");
        // somebody of one village counts and lists his own
        let village = AreaCode::from_number(gone[0].was_village.expect("a village")).expect("a code");
        let own = gone.iter().filter(|line| line.was_village == Some(village.number())).count();
        let mut auditor = app.visitor(Role::Auditor, Some(village)).await;
        let (families, list) = shown(&mut auditor, &format!("{path}/hilang")).await;
        assert_eq!(families, own, "{}", list.status);
        let elsewhere = if village.to_string().starts_with("99.01.01") { "99.01.02" } else { "99.01.01" };
        assert_eq!(auditor.get(&format!("{path}?wilayah={elsewhere}")).await.status, StatusCode::NOT_FOUND);
    }

    async fn only_committed_lists_are_compared(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        builders::areas(&change).await;
        let first = builders::list_version(&change, "dtsen", "2026Q2").await;
        let second = builders::list_version(&change, "dtsen", "2026Q3").await;
        change.execute(sql!("UPDATE list_version SET state = 'ready' WHERE version = '2026Q3'")).await.expect("a draft");
        change.commit().await.expect("commits");
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let answer = staff.get(&format!("/daftar/{first}/banding/{second}")).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains("Hanya daftar yang sudah masuk"));
        assert_eq!(staff.get(&format!("/daftar/{first}/banding/{first}")).await.status, StatusCode::CONFLICT);
        assert_eq!(staff.get(&format!("/daftar/{first}/banding/99")).await.status, StatusCode::NOT_FOUND);
        assert!(staff.get("/daftar/banding").await.body.contains("Belum ada dua daftar"));
    }

    async fn a_file_that_is_no_known_list_is_named_and_can_be_discarded(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        builders::areas(&change).await;
        change.commit().await.expect("commits");
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let file: (&str, &str, &[u8]) = ("berkas", "anggaran kantor.csv", b"Kode;Uraian\n1;Kertas\n");
        let sent = staff.upload("/daftar/unggah", &[], &[file]).await;
        let draft = sent.location.unwrap_or_else(|| panic!("a draft: {}", sent.body));
        let all = staff.get("/daftar").await.body;
        assert!(all.contains(">anggaran kantor.csv</a>") && all.contains("Bukan daftar yang dikenal"), "{all}");
        assert!(all.contains(&format!("href=\"{draft}/batal\"")), "it can be discarded from here");
        let question = staff.get(&format!("{draft}/batal")).await.body;
        assert!(question.contains("anggaran kantor.csv belum masuk dan bisa dibuang"), "{question}");
        assert_eq!(staff.post(&format!("{draft}/batal"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(!staff.get("/daftar").await.body.contains("Bukan daftar yang dikenal"));
    }

    async fn why_every_file_of_a_list_was_refused_stays_with_it(store: Store) {
        let app = TestApp::new(&store);
        demo::make(&app.app, 300, 9901, false).await.expect("areas and accounts");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("dtsen_anggota.csv");
        std::fs::write(&path, "nik;no_kk;tanggal_lahir;jenis_kelamin\n9901014507860002;9901010101200001;1986-07-05;Perempuan\n").expect("writes");
        let said = Said { source: Some(Source::Dtsen), version: Some("2026Q3".into()), ..Said::default() };
        server::lists::bring_in(&app.app, &Actor::program("test"), &[path], &said).await.expect_err("it has no names");
        let actor = Actor::program("test");
        let count = async |query| store.read(&actor).count(query).await.expect("counts");
        assert_eq!(count(sql!("SELECT COUNT(*) FROM list_file WHERE state = 'rejected'")).await, 1);
        assert_eq!(count(sql!("SELECT COUNT(*) FROM list_finding WHERE code = 'file.missing_column' AND {whole_district test}")).await, 1);
        assert_eq!(count(sql!("SELECT COUNT(*) FROM list_row WHERE {whole_district test}")).await, 0);
    }

    async fn a_list_whose_permission_is_over_is_told_until_it_is_extended(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        builders::areas(&change).await;
        let list = builders::list_version(&change, "dtsen", "2026Q3").await;
        change.commit().await.expect("commits");
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        assert!(!staff.get("/daftar").await.body.contains("berakhir"));
        let path = format!("/daftar/{list}/izin");
        let said = |day: &'static str| [("purpose", "Verval 2026"), ("permission", "DISETUJUI"), ("expires", day)];
        let faulty = staff.post(&path, &said("31/11/2026")).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        // the last day is yesterday
        assert_eq!(staff.post(&path, &said("20/11/2026")).await.location, Some(format!("/daftar/{list}")));
        let page = staff.get(&format!("/daftar/{list}")).await;
        for words in ["Verval 2026", "Disetujui", "20 November 2026", "izin berakhir"] {
            assert!(page.body.contains(words), "{words}");
        }
        assert!(staff.get("/daftar").await.body.contains("Izin memakai DTSEN 2026Q3 berakhir 20 November 2026"));
        // on its last day a list may still be used
        staff.post(&path, &said("21/11/2026")).await;
        assert!(!staff.get("/daftar").await.body.contains("berakhir"));
        let told = store.read(&actor).count(sql!("SELECT COUNT(*) FROM journal WHERE verb = 'list.permitted'")).await.expect("counts");
        assert_eq!(told, 2);
        // said again, nothing changes
        staff.post(&path, &said("21/11/2026")).await;
        assert_eq!(store.read(&actor).count(sql!("SELECT COUNT(*) FROM journal WHERE verb = 'list.permitted'")).await.expect("counts"), 2);
    }
}
