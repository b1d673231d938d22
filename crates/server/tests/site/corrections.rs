//! A list corrected outside Tuntas: the workbook given, what comes back compared cell by cell, applied before and after the
//! commit, taken back; and workbooks that are not taken.

use std::ops::ControlFlow;

use axum::http::StatusCode;
use domain::{access::Role, lists::Mark};
use sheets::{Cell, CopyFile, Layout};
use store::{Actor, Handle, Query, Store, sql};
use testkit::{both_databases, builders, databases::NOW};

use crate::app::{TestApp, Visitor};

/// Two families; the second head's number lacks a digit, the child's birth date is no day, a name begins with a sign.
const MEMBERS: &str = "no_kk;nik;nama;tanggal_lahir;jenis_kelamin;hubungan_keluarga;kode_desa\r\n\
9901010101200001;9901011207850001;SITI AMINAH;1985-07-12;L;1;9901010001\r\n\
9901010101200001;9901011203150002;=BUDI;31/02/2015;L;3;9901010001\r\n\
9901010101200002;990101120785003;WAYAN SUDRA;1985-07-12;L;1;9901010002\r\n";

struct Story<'a> {
    app: &'a TestApp,
    list: String,
    file: i64,
}

async fn row_of(store: &Store, query: store::Sql) -> Vec<String> {
    store.read(&Actor::program("test")).column::<String>(query).await.expect("reads")
}

/// The list uploaded and read; committed when wanted.
async fn read_in<'a>(app: &'a TestApp, staff: &mut Visitor<'_>, name: &str, text: &str, commit: bool) -> Story<'a> {
    let sent = staff.upload("/daftar/unggah", &[], &[("berkas", name, text.as_bytes())]).await;
    let list = sent.location.unwrap_or_else(|| panic!("a draft: {}", sent.body));
    let file: i64 = app
        .app
        .store
        .read(&Actor::program("test"))
        .scalar(sql!("SELECT MAX(id) FROM list_file"))
        .await
        .expect("reads")
        .expect("a file");
    let format = format!("format-{file}");
    let label = if name.contains("2026T2") { "2026Q2" } else { "2026Q3" };
    let fields = [("source", "dtsen"), ("version", label), ("date", "30/09/2026"), (format.as_str(), "dtsen.member")];
    let read = staff.post(&format!("{list}/baca"), &fields).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.body);
    server::jobs::drain(&app.app).await.expect("reads");
    if commit {
        assert_eq!(staff.post(&format!("{list}/masukkan"), &[]).await.status, StatusCode::SEE_OTHER);
        server::jobs::drain(&app.app).await.expect("commits");
    }
    Story { app, list, file }
}

type Rows = Vec<Vec<Cell>>;

impl Story<'_> {
    /// The workbook as given: name of the sheet and its rows.
    async fn workbook(&self, staff: &mut Visitor<'_>) -> (String, Rows) {
        let bytes = staff.post_bytes(&format!("/daftar/berkas/{}/perbaikan", self.file), &[]).await;
        let mut book = sheets::Spreadsheet::from_bytes(bytes).expect("a workbook");
        let name = book.sheets()[0].name.clone().expect("a name");
        let mut rows = Rows::new();
        book.rows(0, |row| {
            rows.push(row.cells);
            ControlFlow::Continue(())
        })
        .expect("rows");
        (name, rows)
    }

    /// Sends rows back; the path of the correction.
    async fn send(&self, staff: &mut Visitor<'_>, rows: &Rows) -> String {
        self.send_bytes(staff, "perbaikan desa.xlsx", &saved(rows)).await
    }
}

/// A workbook of these rows, as somebody saved it.
fn saved(rows: &Rows) -> Vec<u8> {
    let mut file = CopyFile::new();
    let mut sheet = file.sheet(&Layout { name: "Anggota".into(), ..Layout::default() }).expect("a sheet");
    for row in rows {
        sheet.row(row, &[], &[]).expect("a row");
    }
    file.into_bytes().expect("bytes")
}

impl Story<'_> {
    async fn send_bytes(&self, staff: &mut Visitor<'_>, name: &str, bytes: &[u8]) -> String {
        let sent = staff.upload(&format!("{}/perbaikan", self.list), &[], &[("berkas", name, bytes)]).await;
        let path = sent.location.unwrap_or_else(|| panic!("{}", sent.body));
        server::jobs::drain(&self.app.app).await.expect("compares");
        path
    }

    async fn apply(&self, staff: &mut Visitor<'_>, path: &str) {
        assert_eq!(staff.post(&format!("{path}/terapkan"), &[]).await.status, StatusCode::SEE_OTHER);
        server::jobs::drain(&self.app.app).await.expect("applies");
    }
}

async fn areas(store: &Store) {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    builders::areas(&change).await;
    change.commit().await.expect("commits");
}

/// Everything a list says of its rows, without numbers of the database.
async fn reading(store: &Store) -> Vec<String> {
    let mut lines = row_of(
        store,
        sql!(
            "SELECT CAST(r.row_no AS TEXT) || '|' || r.kind || '|' || r.severity || '|' || r.outcome || '|' || COALESCE(r.family_key, '-') || '|' || COALESCE(r.nik, '-') || '|' || CASE WHEN r.nik_sound THEN 'sound' ELSE '' END
               || '|' || COALESCE(r.kk, '-') || '|' || COALESCE(r.name, '-') || '|' || COALESCE(r.birth_date, '-') || '|' || COALESCE(CAST(r.digest AS TEXT), '-') || '|' || w.reading
             FROM list_row r JOIN list_raw w ON w.row_id = r.id WHERE {whole_district test} ORDER BY r.file_id, r.row_no"
        ),
    )
    .await;
    lines.extend(
        row_of(
            store,
            sql!("SELECT CAST(row_no AS TEXT) || ' ' || column_name || ' ' || code || ' ' || severity || ' ' || value || ' ' || COALESCE(reading, '') || ' ' || COALESCE(suggestion, '') AS line FROM list_finding WHERE {whole_district test} ORDER BY 1"),
        )
        .await,
    );
    lines.extend(
        row_of(
            store,
            sql!("SELECT by_code || ' ' || CAST(rows_blocked AS TEXT) || ' ' || CAST(rows_warned AS TEXT) || ' ' || CAST(rows_data AS TEXT) FROM list_file ORDER BY id"),
        )
        .await,
    );
    lines
}

/// The registry, without numbers of the database.
async fn registry(store: &Store) -> Vec<String> {
    let mut lines = row_of(
        store,
        sql!(
            "SELECT 'family ' || COALESCE(f.kk, '-') || ' ' || f.head_name || ' ' || CAST(f.village AS TEXT) || ' ' || f.block || ' ' || CAST(f.members AS TEXT) || ' ' || COALESCE(h.name, '-') AS line
             FROM family f LEFT JOIN person h ON h.id = f.head_person_id WHERE {whole_district test} ORDER BY 1"
        ),
    )
    .await;
    lines.extend(
        row_of(
            store,
            sql!(
                "SELECT 'person ' || COALESCE(p.nik, '-') || ' ' || p.name || ' ' || COALESCE(p.sex, '-') || ' ' || COALESCE(p.birth_date, '-') || ' ' || COALESCE(p.relation, '-') || ' ' || COALESCE(f.kk, '-') AS line
                 FROM person p LEFT JOIN family f ON f.id = p.family_id WHERE {whole_district test} ORDER BY 1"
            ),
        )
        .await,
    );
    lines
}

fn text(cell: &str) -> Cell {
    Cell::Text(cell.to_owned())
}

/// What the village puts right: the head's number and the child's birthday.
fn corrected(rows: &Rows) -> Rows {
    let mut rows = rows.clone();
    rows[3][1] = text("9901011207850003");
    rows[2][3] = text("12/03/2015");
    rows
}

fn corrected_file() -> String {
    MEMBERS.replace("990101120785003;", "9901011207850003;").replace("31/02/2015", "12/03/2015")
}

both_databases! {
    async fn the_workbook_has_the_shape_of_the_file_and_says_nothing_of_anybody_in_its_marks(store: Store) {
        areas(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let story = read_in(&app, &mut staff, "anggota 2026T3.csv", MEMBERS, false).await;
        let (name, rows) = story.workbook(&mut staff).await;
        assert_eq!(name, "anggota 2026T3");
        let came: Vec<Vec<String>> = MEMBERS.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
        for (row, came) in rows.iter().zip(&came) {
            let given: Vec<String> = row.iter().take(7).map(Cell::display).collect();
            assert_eq!(&given, came);
        }
        let mark: Mark = rows[0][9].display().parse().expect("a mark in the header's row");
        assert_eq!((mark.file, mark.area), (story.file, 0));
        assert_eq!(rows[0][7].display(), "Yang perlu diperbaiki");
        assert_eq!(rows[3][9].display(), format!("F{}R4", story.file));
        assert!(rows[3][7].display().starts_with("nik: "), "{:?}", rows[3]);
        assert_eq!(rows[1].get(7).map_or_else(String::new, Cell::display), "", "a sound row has no reason");
        // who took it out is written down, and others may not
        let told = row_of(&store, sql!("SELECT data FROM journal WHERE verb = 'list.downloaded' ORDER BY id")).await;
        assert!(told.len() == 1 && told[0].contains("buku kerja perbaikan"), "{told:?}");
        let mut auditor = app.visitor(Role::Planner, None).await;
        assert_eq!(auditor.post(&format!("/daftar/berkas/{}/perbaikan", story.file), &[]).await.status, StatusCode::FORBIDDEN);
    }

    async fn a_list_that_waits_reads_as_if_it_had_come_corrected(store: Store) {
        areas(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let story = read_in(&app, &mut staff, "anggota 2026T3.csv", MEMBERS, false).await;
        let before = reading(&store).await;
        let (_, rows) = story.workbook(&mut staff).await;
        let path = story.send(&mut staff, &corrected(&rows)).await;
        let page = staff.get(&path).await;
        assert!(page.body.contains("2 sel di 2 baris diperbaiki: 2 kesalahan hilang, 1 tersisa, 0 baru"), "{}", page.body);
        assert!(page.body.contains("<del>31/02/2015</del> → <ins>12/03/2015</ins>"));
        assert!(!page.body.contains("9901011207850003"), "numbers are masked");
        assert_eq!(reading(&store).await, before, "looking at the difference changes nothing");
        story.apply(&mut staff, &path).await;
        assert!(staff.get(&path).await.body.contains("sudah diperbaiki"));
        let after = reading(&store).await;
        // the cells as they came stay
        let raw = row_of(&store, sql!("SELECT w.raw FROM list_row r JOIN list_raw w ON w.row_id = r.id WHERE r.row_no = 4 AND {whole_district test}")).await;
        assert!(raw[0].contains("\"990101120785003\""), "{raw:?}");
        // taken back, it is as it was
        assert_eq!(staff.post(&format!("{path}/tarik"), &[]).await.status, StatusCode::SEE_OTHER);
        server::jobs::drain(&app.app).await.expect("takes back");
        assert_eq!(reading(&store).await, before);
        assert!(staff.get(&path).await.body.contains("sudah ditarik kembali"));
        // a list that came so from the beginning reads the same
        assert_eq!(staff.post(&format!("{}/batal", story.list), &[]).await.status, StatusCode::SEE_OTHER);
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        for statement in [sql!("DELETE FROM list_finding WHERE {whole_district test}"), sql!("DELETE FROM list_file")] {
            change.execute(statement).await.expect("clears");
        }
        change.commit().await.expect("commits");
        read_in(&app, &mut staff, "anggota 2026T3.csv", &corrected_file(), false).await;
        assert_eq!(after, reading(&store).await);
    }

    async fn a_list_in_the_registry_makes_it_what_it_would_be(store: Store) {
        areas(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let story = read_in(&app, &mut staff, "anggota 2026T3.csv", MEMBERS, true).await;
        let (before, ids) = (registry(&store).await, row_of(&store, sql!("SELECT CAST(id AS TEXT) FROM person WHERE {whole_district test} ORDER BY id")).await);
        assert!(before.iter().any(|line| line.contains("nik.length")), "{before:?}");
        let (_, rows) = story.workbook(&mut staff).await;
        let bytes = saved(&corrected(&rows));
        let path = story.send_bytes(&mut staff, "perbaikan desa.xlsx", &bytes).await;
        assert_eq!(registry(&store).await, before, "looking at the difference changes nothing");
        let page = staff.get(&path).await.body;
        assert!(page.contains("Yang berubah di registri") && page.contains("1 keluarga dan 2 orang berubah"), "{page}");
        story.apply(&mut staff, &path).await;
        let after = registry(&store).await;
        assert!(after.iter().any(|line| line.starts_with("person 9901011207850003 WAYAN SUDRA")), "{after:?}");
        assert!(after.iter().any(|line| line.starts_with("person 9901011203150002 =BUDI L 2015-03-12")), "{after:?}");
        assert!(!after.iter().any(|line| line.contains("nik.length")), "nothing holds the family back any more");
        assert_eq!(row_of(&store, sql!("SELECT CAST(id AS TEXT) FROM person WHERE {whole_district test} ORDER BY id")).await, ids, "everybody is who he was");
        // one entry, on the timeline of both families
        let told = store.read(&Actor::program("test")).count(sql!("SELECT COUNT(*) FROM journal j JOIN journal_family f ON f.journal_id = j.id WHERE j.verb = 'list.corrected'")).await.expect("counts");
        assert_eq!(told, 2);
        // the same workbook again, and another with the same in it, change nothing
        let again = story.send_bytes(&mut staff, "sekali lagi.xlsx", &bytes).await;
        assert_eq!(again, path);
        let mut blank = corrected(&rows);
        blank.push(vec![Cell::Empty]);
        let other = story.send(&mut staff, &blank).await;
        assert!(staff.get(&other).await.body.contains("tidak mengubah apa pun"));
        // an older workbook with another correction leaves the first alone
        let mut older = rows.clone();
        older[1][2] = text("SITI AMINAH BINTI UMAR");
        let older = story.send(&mut staff, &older).await;
        assert!(staff.get(&older).await.body.contains("1 sel di 1 baris diperbaiki"));
        story.apply(&mut staff, &older).await;
        assert!(registry(&store).await.iter().any(|line| line.starts_with("person 9901011207850003")));
        // both taken back, the older one first
        for path in [&path, &older] {
            staff.post(&format!("{path}/tarik"), &[]).await;
            server::jobs::drain(&app.app).await.expect("takes back");
        }
        assert_eq!(registry(&store).await, before);
    }

    async fn a_card_number_put_right_joins_a_family_and_work_built_stays(store: Store) {
        areas(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        // a child under a mistyped card number is a family of its own
        let list = MEMBERS.replace("9901010101200001;9901011203150002", "9901010101200009;9901011203150002");
        let story = read_in(&app, &mut staff, "anggota 2026T3.csv", &list, true).await;
        assert_eq!(row_of(&store, sql!("SELECT kk FROM family WHERE {whole_district test} ORDER BY kk")).await.len(), 3);
        // somebody corrected the second head's name by hand meanwhile; a round was planned over him
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        change.execute(sql!("UPDATE person SET name = 'WAYAN SUDRA PUTRA' WHERE name = 'WAYAN SUDRA' AND {whole_district test}")).await.expect("changes");
        let family: i64 = change.scalar(sql!("SELECT family_id FROM person WHERE name = 'WAYAN SUDRA PUTRA' AND {whole_district test}")).await.expect("reads").expect("a family");
        let programme = builders::programme(&change, "Sembako", 1_000, 100).await;
        change
            .execute(Query::with(
                sql!("INSERT INTO enrolment (programme_id, family_id, village, state, since) VALUES ($1, $2, 9901012002, 'enrolled', '2026-10-01') -- {whole_district test}"),
                [programme.into(), family.into()],
            ))
            .await
            .expect("enrols");
        change.commit().await.expect("commits");
        let (_, rows) = story.workbook(&mut staff).await;
        let mut back = corrected(&rows);
        back[2][0] = text("9901010101200001");
        let path = story.send(&mut staff, &back).await;
        story.apply(&mut staff, &path).await;
        let page = staff.get(&path).await.body;
        assert!(page.contains("sudah diperbaiki"), "{page}");
        let after = registry(&store).await;
        assert_eq!(after.iter().filter(|line| line.starts_with("family ")).count(), 2, "{after:?}");
        assert!(after.iter().any(|line| line.starts_with("person 9901011203150002 =BUDI") && line.ends_with("9901010101200001")), "{after:?}");
        // enrolled: he stays the same, his number is put right, the name given by hand stays
        assert!(after.iter().any(|line| line.starts_with("person 9901011207850003 WAYAN SUDRA PUTRA")), "{after:?}");
        let same: i64 = store.read(&Actor::program("test")).scalar(Query::with(sql!("SELECT COUNT(*) FROM person WHERE family_id = $1 AND {whole_district test}"), [family.into()])).await.expect("reads").expect("a count");
        assert_eq!(same, 1);
    }

    async fn a_row_is_put_right_on_its_page_looked_at_applied_and_taken_back(store: Store) {
        areas(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let story = read_in(&app, &mut staff, "anggota 2026T3.csv", MEMBERS, true).await;
        let (before, registry_before) = (reading(&store).await, registry(&store).await);
        let rows: Vec<i64> = store
            .read(&Actor::program("test"))
            .column(sql!("SELECT id FROM list_row WHERE kind = 'person' AND {whole_district test} ORDER BY row_no"))
            .await
            .expect("rows");
        let page = |row: usize| format!("{}/baris/{}", story.list, rows[row]);

        // the report leads there, and the page hides what a screen must not show
        let report = staff.get(&story.list).await;
        assert!(report.body.contains(&format!("href=\"{}\"", page(2))), "no way to the row");
        let child = staff.get(&page(1)).await;
        assert!(child.body.contains("31/02/2015") && child.body.contains("name=\"k4\""), "{}", child.body);
        assert!(!child.body.contains("9901011203150002") && child.body.contains("9901 •••• •••• 0002"), "the number is shown");

        // nothing typed is told; what was typed stays
        let nothing = staff.post(&page(1), &[("k1", ""), ("k2", "=BUDI"), ("k3", "31/02/2015")]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let long = "x".repeat(1_001);
        assert_eq!(staff.post(&page(1), &[("k2", long.as_str())]).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        // two rows, one correction
        let sent = staff.post(&page(1), &[("k2", "BUDI"), ("k3", "12/03/2015")]).await;
        let path = sent.location.unwrap_or_else(|| panic!("{}", sent.body));
        server::jobs::drain(&app.app).await.expect("compares");
        let looked = staff.get(&path).await;
        assert!(looked.body.contains("2 sel di 1 baris diperbaiki"), "{}", looked.body);
        assert!(staff.get(&page(2)).await.body.contains("2 sel yang Anda ketik belum diterapkan"));
        let second = staff.post(&page(2), &[("k1", "9901011207850003")]).await;
        assert_eq!(second.location.as_deref(), Some(path.as_str()), "rows typed one after the other are one correction");
        server::jobs::drain(&app.app).await.expect("compares");
        assert_eq!(reading(&store).await, before, "looking changes nothing");

        story.apply(&mut staff, &path).await;
        let after = reading(&store).await;
        assert!(after.iter().any(|line| line.contains("|9901011207850003|sound|") && line.contains("WAYAN SUDRA")), "{after:#?}");
        assert!(after.iter().any(|line| line.contains("|BUDI|2015-03-12|")), "{after:#?}");
        let raw = row_of(&store, sql!("SELECT w.raw FROM list_raw w JOIN list_row r ON r.id = w.row_id WHERE {whole_district test} ORDER BY r.row_no")).await;
        assert!(raw.iter().any(|line| line.contains("31/02/2015")), "what came stays as it came");

        // what stands there already, as corrected, is nothing new
        let same = staff.post(&page(1), &[("k2", " BUDI "), ("k3", "12/03/2015")]).await;
        assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);

        assert_eq!(staff.post(&format!("{path}/tarik"), &[]).await.status, StatusCode::SEE_OTHER);
        server::jobs::drain(&app.app).await.expect("is taken back");
        assert_eq!(reading(&store).await, before);
        assert_eq!(registry(&store).await, registry_before);

        // thrown away before it was applied, nothing is left and no file is looked for
        let again = staff.post(&page(1), &[("k2", "BUDIMAN")]).await.location.expect("a correction");
        server::jobs::drain(&app.app).await.expect("compares");
        assert_eq!(staff.post(&format!("{again}/buang"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(!staff.get(&page(1)).await.body.contains("BUDIMAN"));
    }

    async fn digits_that_were_a_number_are_confirmed_on_the_page_of_the_row(store: Store) {
        areas(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let text = MEMBERS.replace("9901011207850001;SITI", "9901011207850001.0;SITI");
        let story = read_in(&app, &mut staff, "anggota 2026T3.csv", &text, false).await;
        let first: i64 = store
            .read(&Actor::program("test"))
            .scalar(sql!("SELECT MIN(r.id) FROM list_row r WHERE r.kind = 'person' AND {whole_district test}"))
            .await
            .expect("reads")
            .expect("a row");
        let page = format!("{}/baris/{first}", story.list);
        assert!(staff.get(&page).await.body.contains("name=\"k1-benar\""), "the digits wait to be confirmed");
        let path = staff.post(&page, &[("k1", ""), ("k1-benar", "1")]).await.location.expect("a correction");
        server::jobs::drain(&app.app).await.expect("compares");
        let looked = staff.get(&path).await.body;
        assert!(looked.contains("angka dipastikan benar") && looked.contains("1 kesalahan hilang"), "{looked}");
        story.apply(&mut staff, &path).await;
        assert!(reading(&store).await.iter().any(|line| line.contains("|9901011207850001|sound|")));
        assert!(!staff.get(&page).await.body.contains("name=\"k1-benar\""), "nothing is doubted any more");
    }

    async fn what_is_no_correction_of_this_list_is_told_and_nothing_is_skipped_silently(store: Store) {
        areas(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let story = read_in(&app, &mut staff, "anggota 2026T3.csv", MEMBERS, false).await;
        let (_, rows) = story.workbook(&mut staff).await;
        for (name, bytes, words) in [
            ("surat.pdf", b"%PDF-1.4\n\0\0\0".to_vec(), "bukan lembar kerja"),
            ("rusak.xlsx", b"PK\x03\x04 broken off".to_vec(), "terpotong atau rusak"),
            ("anggota.csv", MEMBERS.as_bytes().to_vec(), "tanda daftarnya tidak ada"),
        ] {
            let path = story.send_bytes(&mut staff, name, &bytes).await;
            let page = staff.get(&path).await.body;
            assert!(page.contains("tidak dapat diterima") && page.contains(words), "{name}: {page}");
        }
        assert_eq!(staff.upload(&format!("{}/perbaikan", story.list), &[], &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        // rows out of place: sorted, one taken out, one written in, one twice; a column renamed and one added
        let mut back = vec![rows[0].clone(), rows[3].clone(), rows[1].clone(), rows[1].clone()];
        back[0][5] = text("hubungan");
        back[1][1] = text("9901011207850003");
        back[2][2] = text("SITI");
        back.push(vec![text("9901010101200005"), text("9901011207850009"), text("ORANG BARU")]);
        let path = story.send(&mut staff, &back).await;
        let page = staff.get(&path).await.body;
        for words in ["1 sel di 1 baris", "1 baris tidak ada lagi", "1 baris ditambahkan", "1 baris tampil dua kali", "1 kolom tidak ada lagi", "1 kolom tambahan"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        // thrown away, it is gone with its workbook
        assert_eq!(staff.post(&format!("{path}/buang"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(staff.get(&path).await.status, StatusCode::NOT_FOUND);
        // the workbook of another list
        let other = read_in(&app, &mut staff, "lain 2026T2.csv", &MEMBERS.replace("SUDRA", "SUDRE"), false).await;
        let path = other.send(&mut staff, &corrected(&rows)).await;
        assert!(staff.get(&path).await.body.contains("milik daftar lain: DTSEN 2026Q3"));
    }
}
