//! Changes of families by hand through the pages: before and after, the second pair of eyes, taken back; and the page of a
//! person with his sheet.

use axum::http::StatusCode;
use domain::access::Role;
use store::{Actor, Handle, Query, sql};
use testkit::{both_databases, builders, databases::NOW};

use crate::app::{Answer, TestApp, Visitor};

/// A family of four in one kecamatan and one of three in the other; (family, head) of each.
async fn two_families(store: &store::Store) -> [(i64, i64); 2] {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "dtsen", "2026Q3").await;
    let near = builders::family(&change, version, villages[0], "ROHAYA BT AMIN", 1, 4).await;
    let far = builders::family(&change, version, villages[2], "MUHAMMAD NUR", 2, 3).await;
    change.commit().await.expect("commits");
    [near, far]
}

async fn number(store: &store::Store, query: store::Sql, value: i64) -> i64 {
    let actor = Actor::program("test");
    store.read(&actor).count(Query::with(query, [value.into()])).await.expect("reads")
}

async fn members(store: &store::Store, family: i64) -> Vec<i64> {
    let actor = Actor::program("test");
    let query = Query::with(
        sql!("SELECT id FROM person WHERE family_id = $1 AND {whole_district test} ORDER BY id"),
        [family.into()],
    );
    store.read(&actor).column(query).await.expect("reads")
}

/// Fills a form in, looks at before and after, and saves; the answer to saving.
async fn through(visitor: &mut Visitor<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    let page = visitor.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    let command = page.body.split("name=\"command\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let command = command.expect("a command").to_owned();
    let with = |step: &'static str| {
        let mut all: Vec<(String, String)> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        all.extend([("command".to_owned(), command.clone()), ("langkah".to_owned(), step.to_owned())]);
        all
    };
    let send = async |visitor: &mut Visitor<'_>, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        visitor.post(path, &fields).await
    };
    let check = send(visitor, with("periksa")).await;
    assert_eq!(check.status, StatusCode::OK, "{}", check.body);
    assert!(check.body.contains("Sebelum") && check.body.contains("Sesudah"), "{}", check.body);
    send(visitor, with("simpan")).await
}

const ON: (&str, &str) = ("on", "01/11/2026");
const WHY: (&str, &str) = ("reason", "Surat keterangan desa");

both_databases! {
    async fn a_birth_is_seen_before_it_is_written_and_stands_in_the_timeline(store: Store) {
        let [(near, _), _] = two_families(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let menu = staff.get(&format!("/keluarga/{near}")).await;
        assert!(menu.body.contains("Ubah susunan keluarga"));
        assert!(staff.get(&format!("/keluarga/{near}/ubah")).await.body.contains("Kelahiran"));
        let path = format!("/keluarga/{near}/ubah/lahir");
        // what is wrong stands at its field
        let wrong = staff.post(&path, &[("on", "01/01/2030"), ("name", "Melati"), ("sex", "P"), ("relation", "CHILD"), ("nik", "99010"), WHY]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("NIK bukan 16 angka"), "{}", wrong.body);
        let wrong = staff.post(&path, &[("on", "01/01/2030"), ("name", "Melati"), ("sex", "P"), ("relation", "CHILD"), WHY]).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("Tanggal ini belum tiba"), "{}", wrong.body);
        let saved = through(&mut staff, &path, &[ON, WHY, ("name", "Melati"), ("sex", "P"), ("relation", "CHILD")]).await;
        assert_eq!(saved.location.as_deref(), Some(format!("/keluarga/{near}").as_str()), "{}", saved.body);
        let page = staff.get(&format!("/keluarga/{near}")).await.body;
        assert!(page.contains("Melati") && page.contains("Lahir: Melati") && page.contains("Surat keterangan desa"), "{page}");
        let journal = app.visitor(Role::HeadOfOffice, None).await.get("/jejak").await.body;
        assert!(journal.contains("Kelahiran dicatat") && !journal.contains("Lahir: Melati"), "no name stands in the journal");
    }

    async fn a_split_waits_for_a_second_person_where_the_office_says_so(store: Store) {
        let [(near, _), (far, _)] = two_families(&store).await;
        let people = members(&store, near).await;
        let app = TestApp::new(&store);
        let mut admin = app.visitor(Role::Administrator, None).await;
        let settings = admin.get("/pengaturan").await.body;
        assert!(settings.contains("Persetujuan orang kedua"));
        let fields: Vec<(String, String)> = settings
            .split("<input class=\"govuk-input")
            .skip(1)
            .filter_map(|part| Some((part.split("name=\"").nth(1)?.split('"').next()?.to_owned(), part.split("value=\"").nth(1)?.split('"').next()?.to_owned())))
            .chain([("seconds".to_owned(), "split".to_owned())])
            .collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(admin.post("/pengaturan", &fields).await.status, StatusCode::SEE_OTHER);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let who = format!("m-{}", people[1]);
        let saved = through(&mut staff, &format!("/keluarga/{near}/ubah/pecah"), &[ON, WHY, (&who, "HEAD")]).await;
        let change = saved.location.expect("the proposal");
        assert!(change.starts_with("/keluarga/perubahan/"), "{change}");
        assert_eq!(members(&store, near).await.len(), 4, "nothing is written yet");
        let own = staff.get(&change).await.body;
        assert!(own.contains("menunggu persetujuan") && !own.contains("Setujui perubahan ini?"), "{own}");
        assert_eq!(staff.post(&format!("{change}/setujui"), &[]).await.status, StatusCode::CONFLICT);
        // it waits on the other's home page, and is agreed to there
        let mut head = app.visitor(Role::HeadOfOffice, None).await;
        assert!(head.get("/kepala-dinas").await.body.contains("1 perubahan keluarga menunggu persetujuan Anda"));
        assert!(head.get("/keluarga/perubahan?keadaan=proposed").await.body.contains("Pecah keluarga"));
        let page = head.get(&change).await.body;
        assert!(page.contains("Setujui perubahan ini?") && page.contains("Keluarga baru"), "{page}");
        assert_eq!(head.post(&format!("{change}/setujui"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(members(&store, near).await.len(), 3);
        let made = number(&store, sql!("SELECT MAX(id) FROM family WHERE id > $1 AND {whole_district test}"), 0).await;
        let new = staff.get(&format!("/keluarga/{made}")).await.body;
        assert!(new.contains("Keluarga asal") && new.contains("dipecah dari keluarga"), "{new}");
        assert!(staff.get(&format!("/keluarga/{near}")).await.body.contains("Dipecah dari keluarga ini"));
        // taken back, with a reason; then the new family is gone, and the page says why
        assert_eq!(head.post(&format!("{change}/tarik"), &[("reason", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(head.post(&format!("{change}/tarik"), &[("reason", "Tidak jadi pindah")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(members(&store, near).await, people);
        let gone = staff.get(&format!("/keluarga/{made}")).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        assert!(gone.body.contains("ditarik kembali pada") && gone.body.contains("Tidak jadi pindah"), "{}", gone.body);
        let mut elsewhere = app.visitor(Role::VillageOperator, Some("99.01.02.2001".parse().expect("a code"))).await;
        assert!(!elsewhere.get(&format!("/keluarga/{made}")).await.body.contains("Tidak jadi pindah"));
        assert_eq!(elsewhere.get(&change).await.status, StatusCode::NOT_FOUND);
        assert_eq!(elsewhere.get(&format!("/keluarga/{far}/ubah")).await.status, StatusCode::OK);
    }

    async fn a_merger_is_found_by_name_and_sent_back_with_a_reason(store: Store) {
        let [(near, _), (far, _)] = two_families(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let path = format!("/keluarga/{near}/ubah/gabung");
        let found = staff.post(&path, &[("langkah", "cari"), ("cari", "nur")]).await;
        assert!(found.body.contains("Muhammad Nur") && found.body.contains(&format!("value=\"{far}\"")), "{}", found.body);
        let others = members(&store, far).await;
        let with = far.to_string();
        let asked = staff.post(&path, &[("langkah", "periksa"), ("cari", "nur"), ("with", &with), ON, WHY]).await;
        assert!(asked.body.contains(&format!("m-{}", others[0])), "as what they come in is asked: {}", asked.body);
        let fields: Vec<(String, &str)> = others.iter().map(|id| (format!("m-{id}"), "OTHER")).collect();
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), *b)).collect();
        fields.extend([("cari", "nur"), ("with", with.as_str()), ON, WHY]);
        let saved = through(&mut staff, &path, &fields).await;
        let change = saved.location.expect("the proposal");
        let mut head = app.visitor(Role::HeadOfOffice, None).await;
        assert_eq!(head.post(&format!("{change}/kembalikan"), &[("reason", "KK belum ada")]).await.status, StatusCode::SEE_OTHER);
        assert!(staff.get(&change).await.body.contains("KK belum ada"));
        assert!(staff.get(&format!("/keluarga/{near}")).await.body.contains("dikembalikan"), "the timeline says so");
    }

    async fn the_page_of_a_person_masks_shows_and_prints_and_each_look_is_told(store: Store) {
        let [(near, head), (far, _)] = two_families(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let path = format!("/orang/{head}");
        let page = staff.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains("Rohaya Bt Amin") && page.body.contains("9901 ••••") && page.body.contains("Belum ada yang membuka nomornya"), "{}", page.body);
        let shown = staff.post(&format!("{path}/buka"), &[]).await.body;
        assert!(shown.contains("990101") && shown.contains("NIK dibuka"), "{shown}");
        let sheet = staff.post(&format!("{path}/data"), &[]).await;
        assert_eq!(sheet.status, StatusCode::OK);
        assert!(sheet.headers["content-type"] == "application/pdf" && sheet.headers["content-disposition"].to_str().expect("a name").contains(&format!("data-pribadi-{head}")));
        let page = staff.get(&path).await.body;
        assert!(page.contains("Lembar data pribadi dicetak"), "{page}");
        // another village's person does not exist, and who may not reveal numbers is not told who looked
        let mut companion = app.visitor(Role::Companion, Some("99.01.01".parse().expect("a code"))).await;
        assert!(!companion.get(&path).await.body.contains("Siapa yang membuka nomornya"));
        assert_eq!(companion.post(&format!("{path}/data"), &[]).await.status, StatusCode::FORBIDDEN);
        let other = members(&store, far).await[0];
        assert_eq!(companion.get(&format!("/orang/{other}")).await.status, StatusCode::NOT_FOUND);
        assert!(staff.get(&format!("/keluarga/{near}")).await.body.contains(&format!("href=\"{path}\"")));
    }

    async fn a_number_put_right_is_found_by_the_old_one_and_a_held_one_is_refused(store: Store) {
        let [(near, head), (far, _)] = two_families(&store).await;
        let actor = Actor::program("test");
        let nik_of = async |person: i64| -> String {
            let query = Query::with(sql!("SELECT nik FROM person WHERE id = $1 AND {whole_district test}"), [person.into()]);
            store.read(&actor).scalar::<String>(query).await.expect("reads").expect("a number")
        };
        let (old, held) = (nik_of(head).await, nik_of(members(&store, far).await[0]).await);
        let app = TestApp::new(&store);
        let who = head.to_string();
        let mut operator = app.visitor(Role::VillageOperator, Some("99.01.01.2001".parse().expect("a code"))).await;
        let path = format!("/keluarga/{near}/ubah/nik");
        let refused = operator.post(&path, &[("person", &who), ("nik", &held), ON, WHY]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("milik seseorang di luar wilayah Anda") && !refused.body.contains("Muhammad"), "{}", refused.body);
        let saved = through(&mut operator, &path, &[("person", &who), ("nik", "9901011207859999"), ON, WHY]).await;
        let change = saved.location.expect("the proposal");
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        assert_eq!(staff.post(&format!("{change}/setujui"), &[]).await.status, StatusCode::SEE_OTHER);
        let sent = staff.post("/cari", &[("di", "/keluarga"), ("cari", &old)]).await;
        let found = staff.get(&sent.location.expect("a page")).await.body;
        assert!(found.contains("ditemukan dengan NIK lama") && found.contains(&format!("/keluarga/{near}")), "{found}");
        let page = staff.get(&format!("/orang/{head}")).await.body;
        assert!(page.contains("NIK lama") && page.contains("9999"), "{page}");
    }

    async fn who_died_is_not_counted_and_a_family_that_left_is_not_planned_for(store: Store) {
        let [(near, head), (far, _)] = two_families(&store).await;
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let programme = builders::programme(&change, "Sembako", 100_000_000, 300_000).await;
        for family in [near, far] {
            change
                .execute(Query::with(
                    sql!("INSERT INTO enrolment (programme_id, family_id, village, state, since) SELECT $1, id, village, 'enrolled', '2026-10-01' FROM family WHERE id = $2 AND {whole_district test}"),
                    [programme.into(), family.into()],
                ))
                .await
                .expect("is enrolled");
        }
        change.commit().await.expect("commits");
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let heir = members(&store, near).await[1].to_string();
        let who = head.to_string();
        let path = format!("/keluarga/{near}/ubah/meninggal");
        let missing = staff.post(&path, &[("person", &who), ON, WHY]).await;
        assert!(missing.body.contains("Pilih kepala bagi yang tinggal"), "{}", missing.body);
        through(&mut staff, &path, &[("person", &who), ("head", &heir), ON, WHY]).await;
        let page = staff.get(&format!("/keluarga/{near}")).await.body;
        assert!(page.contains("3 anggota") && page.contains("meninggal pada 1 November 2026"), "{page}");
        assert!(staff.get(&format!("/orang/{head}")).await.body.contains("sudah meninggal"));
        let saved = through(&mut staff, &format!("/keluarga/{far}/ubah/keluar"), &[ON, WHY]).await;
        let change = saved.location.expect("the proposal");
        let mut other = app.visitor(Role::HeadOfOffice, None).await;
        assert_eq!(other.post(&format!("{change}/setujui"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(staff.get(&format!("/keluarga/{far}")).await.body.contains("keluar dari kabupaten"));
        let plan = staff.get(&format!("/penyaluran/baru?program={programme}")).await.body;
        assert!(plan.contains("1 peserta tidak diundang") && plan.contains("1 keluarga"), "{plan}");
    }

    async fn before_and_after_count_as_the_familys_page_does(store: Store) {
        let [(near, _), _] = two_families(&store).await;
        // its list states three, although four are known by name
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        change.execute(Query::with(sql!("UPDATE family SET members = 3 WHERE id = $1 AND {whole_district test}"), [near.into()])).await.expect("is written");
        change.commit().await.expect("commits");
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        assert!(staff.get(&format!("/keluarga/{near}")).await.body.contains("4 anggota"));
        let path = format!("/keluarga/{near}/ubah/datang");
        let fields = [ON, WHY, ("name", "Zulkarnain"), ("sex", "L"), ("birth_date", "12/07/1990"), ("relation", "OTHER"), ("tetap", "1"), ("langkah", "periksa"), ("command", "c")];
        let check = staff.post(&path, &fields).await.body;
        assert!(check.contains("data-label=\"Sebelum\">4</td>") && check.contains("data-label=\"Sesudah\"><b>5</b></td>"), "{check}");
        let saved = through(&mut staff, &path, &fields[..7]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        assert!(staff.get(&format!("/keluarga/{near}")).await.body.contains("5 anggota"));
        assert_eq!(number(&store, sql!("SELECT members FROM family WHERE id = $1 AND {whole_district test}"), near).await, 5, "never fewer than are known");
    }
}
