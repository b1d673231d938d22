//! Finding families and reading one: within one's area, with numbers masked until revealed, in both languages.

use axum::http::StatusCode;
use domain::access::Role;
use store::{Actor, Handle, Query, sql};
use testkit::{both_databases, builders, databases::NOW};

use crate::app::{Answer, TestApp, Visitor};

/// Asks with the search box and follows to the page it leads to; neither the words nor a number stand in its address.
async fn look_for(visitor: &mut Visitor<'_>, words: &str, filters: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("di", "/keluarga"), ("cari", words)];
    fields.extend(filters);
    let sent = visitor.post("/cari", &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let address = sent.location.expect("a page");
    assert!(
        address.starts_with("/keluarga") && words.split(' ').all(|word| word.is_empty() || !address.contains(word)),
        "{address}"
    );
    visitor.get(&address).await
}

/// Two families in two kecamatan; the ids.
async fn two_families(store: &store::Store) -> (i64, i64) {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "dtsen", "2026Q3").await;
    let (near, _) = builders::family(&change, version, villages[0], "ROHAYA BT AMIN", 1, 4).await;
    let (far, _) = builders::family(&change, version, villages[2], "MUHAMMAD NUR", 2, 2).await;
    change.commit().await.expect("commits");
    (near, far)
}

enum Disk {
    Full,
    Roomy,
}

/// Lets the database grow no further, or again: SQLite by its own limit, PostgreSQL by the error it gives.
async fn disk(store: &store::Store, disk: Disk) {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let statements = match (store.is_postgres(), disk) {
        (false, Disk::Full) => vec![sql!("PRAGMA max_page_count = 1")],
        (false, Disk::Roomy) => vec![sql!("PRAGMA max_page_count = 1073741823")],
        (true, Disk::Full) => vec![
            sql!(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION USING ERRCODE = ''disk_full''; END'"
            ),
            sql!("CREATE TRIGGER no_room BEFORE INSERT ON journal EXECUTE FUNCTION no_room()"),
        ],
        (true, Disk::Roomy) => vec![sql!("DROP TRIGGER no_room ON journal")],
    };
    for statement in statements {
        change.execute(statement).await.expect("is set");
    }
    change.commit().await.expect("commits");
}

async fn reveals(store: &store::Store) -> i64 {
    let actor = Actor::program("test");
    store.read(&actor).count(sql!("SELECT COUNT(*) FROM journal WHERE verb = 'number.revealed'")).await.expect("counts")
}

both_databases! {
    async fn a_family_is_found_by_part_of_a_name_a_member_and_a_whole_number(store: Store) {
        let (near, _) = two_families(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let all = staff.get("/keluarga").await;
        assert!(all.body.contains("2 keluarga tercatat"), "{}", all.body);
        for query in ["rohaya", "amin rohaya", "Anak 2", "Krajan", "rohayah", "rohaja kulon", "12-07-1985 rohaya"] {
            let answer = look_for(&mut staff, query, &[]).await;
            assert!(answer.body.contains(&format!("/keluarga/{near}")), "{query}");
        }
        let moh = look_for(&mut staff, "Moh. Noer", &[]).await;
        assert!(moh.body.contains("Muhammad Nur") && moh.body.contains("1 keluarga cocok"));
        let none = look_for(&mut staff, "%", &[]).await;
        assert!(none.body.contains("Tidak ada keluarga yang cocok"));
    }

    async fn what_cannot_be_written_down_is_not_revealed_and_the_page_says_what_to_do(store: Store) {
        let (near, _) = two_families(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        disk(&store, Disk::Full).await;
        let mut answer = staff.post(&format!("/keluarga/{near}/buka"), &[]).await;
        // a few entries still find room on pages begun before
        for _ in 0..200 {
            if answer.status != StatusCode::OK {
                break;
            }
            answer = staff.post(&format!("/keluarga/{near}/buka"), &[]).await;
        }
        assert_eq!(answer.status, StatusCode::INSUFFICIENT_STORAGE, "{}", answer.body);
        assert!(answer.body.contains("penyimpanan server penuh") && !answer.body.contains("990101010120"));
        let written = reveals(&store).await;
        assert_eq!(staff.get(&format!("/keluarga/{near}")).await.status, StatusCode::OK, "reading goes on");
        disk(&store, Disk::Roomy).await;
        let shown = staff.post(&format!("/keluarga/{near}/buka"), &[]).await;
        assert!(shown.status == StatusCode::OK && shown.body.contains("990101010120"));
        assert_eq!(reveals(&store).await, written + 1);
    }

    async fn the_page_of_a_family_masks_numbers_until_they_are_revealed_and_logged(store: Store) {
        let (near, _) = two_families(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let page = staff.get(&format!("/keluarga/{near}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let kk = "990101010120";
        assert!(!page.body.contains(kk) && page.body.contains("9901 •••• ••••"));
        let shown = staff.post(&format!("/keluarga/{near}/buka"), &[]).await;
        assert!(shown.body.contains(kk) && shown.body.contains("NIK dan No KK dibuka"));
        assert!(!staff.get(&format!("/keluarga/{near}")).await.body.contains(kk));
    }

    async fn the_address_in_use_is_the_visits_and_a_decree_keeps_its_own(store: Store) {
        let (near, _) = two_families(&store).await;
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let version = builders::list_version(&change, "p3ke", "2023").await;
        let round = builders::round(&change, "Verval 2026", version).await;
        let visit = builders::visited(&change, round, near, "PERBAIKAN", None, &[]).await;
        change
            .execute(Query::with(
                sql!(r#"UPDATE visit SET corrections = '[{"field":"address","source":"Dusun Krajan","value":"Jalan Contoh Nomor 11"}]' WHERE id = $1 AND {whole_district test}"#),
                [visit.into()],
            ))
            .await
            .expect("corrected");
        let family: (i64, i64) = (near, change.count(Query::with(sql!("SELECT village FROM family WHERE id = $1 AND {whole_district test}"), [near.into()])).await.expect("reads"));
        builders::decree(&change, version, &[family], 1, 500_000).await;
        change
            .execute(Query::with(sql!("UPDATE determination_line SET address = 'Gang Lama 3 RT 001 RW 002' WHERE family_id = $1 AND {whole_district test}"), [near.into()]))
            .await
            .expect("as it was");
        change.commit().await.expect("commits");
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let body = staff.get(&format!("/keluarga/{near}")).await.body;
        for text in ["Jalan Contoh Nomor 11 RT 001 RW 002", "daftar menyebut: Dusun Krajan RT 001 RW 002", "Alamat saat diputuskan: Gang Lama 3 RT 001 RW 002"] {
            assert!(body.contains(text), "{text}: {body}");
        }
    }

    async fn another_kecamatans_family_does_not_exist_for_a_companion(store: Store) {
        let (near, far) = two_families(&store).await;
        let app = TestApp::new(&store);
        let mut companion = app.visitor(Role::Companion, Some("99.01.01".parse().expect("a code"))).await;
        assert_eq!(companion.get(&format!("/keluarga/{near}")).await.status, StatusCode::OK);
        assert_eq!(companion.get(&format!("/keluarga/{far}")).await.status, StatusCode::NOT_FOUND);
        let list = companion.get("/keluarga").await;
        assert!(list.body.contains("1 keluarga tercatat"));
        assert_eq!(companion.post(&format!("/keluarga/{near}/buka"), &[]).await.status, StatusCode::FORBIDDEN);
    }

    async fn families_without_a_village_have_a_row_of_their_own_above_the_sum(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        builders::families(&change, version, &villages, 12).await;
        let (lost, _) = builders::family(&change, version, villages[0], "TANPA DESA", 1, 3).await;
        change
            .execute(Query::with(
                sql!("UPDATE family SET village = 9901000000 WHERE id = $1 AND {whole_district test}"),
                [lost.into()],
            ))
            .await
            .expect("forgets");
        change.commit().await.expect("commits");
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let page = staff.get("/wilayah/99.01").await.body;
        let first_numbers = |part: &str| -> Vec<i64> {
            part.split("<tr>").skip(1).filter_map(|row| row.split("<td class=\"t-r\">").nth(1)?.split('<').next()?.parse().ok()).collect()
        };
        let rows = first_numbers(page.split("<tbody>").last().and_then(|rest| rest.split("</tbody>").next()).expect("rows"));
        let sum = first_numbers(page.split("<tfoot>").nth(1).expect("a sum"));
        assert_eq!((rows.iter().sum::<i64>(), rows.last()), (sum[0], Some(&1)), "{page}");
        let href = page.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|href| href.contains("kurang=village"));
        let opened = staff.get(&href.expect("a link").replace("&amp;", "&").replace("&#38;", "&")).await.body;
        assert!(opened.contains("Tanpa Desa") && opened.matches("t-rowlink").count() == 1, "{opened}");
    }

    async fn totals_of_areas_and_of_the_regent_agree_with_the_families(store: Store) {
        two_families(&store).await;
        let app = TestApp::new(&store);
        let mut regent = app.visitor(Role::Regent, None).await;
        let district = regent.get("/wilayah/99.01").await;
        // few can be recognised: the regent sees no small counts, neither of villages nor in a sentence above them
        assert!(!district.body.contains("1 dari 1 keluarga desil 1"), "{}", district.body);
        assert!(district.body.contains("&lt; 5") || district.body.contains("&#60; 5"));
        let page = regent.get("/bupati").await;
        assert!(page.body.contains("0 dari 10 keluarga desil 1"), "{}", page.body);
        assert!(page.body.contains("&#60; 5 keluarga belum tersentuh") || page.body.contains("&lt; 5 keluarga belum tersentuh"), "{}", page.body);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        assert!(staff.get("/wilayah/99.01").await.body.contains("1 dari 1 keluarga desil 1 belum menerima"), "staff see their own work");
        let pipe = regent.get("/pantauan/pipa.csv").await.body;
        assert!(!pipe.lines().skip(1).any(|line| line.split(',').nth(1).is_some_and(|n| ["1", "2", "3", "4"].contains(&n))), "{pipe}");
        assert!(!page.body.contains("Rohaya") && !page.body.contains("ROHAYA"));
        assert_eq!(regent.get("/bupati/layar").await.status, StatusCode::OK);
        let mut head = app.visitor(Role::HeadOfOffice, None).await;
        assert_eq!(head.get("/kepala-dinas").await.status, StatusCode::OK);
        assert_eq!(head.get("/pantauan/pipa.csv").await.status, StatusCode::OK);
    }

    async fn what_is_looked_for_never_stands_in_an_address(store: Store) {
        let (near, far) = two_families(&store).await;
        let actor = Actor::program("test");
        let reading = store.read(&actor);
        let of = async |family: i64| -> (String, String) {
            let nik = reading
                .scalar(Query::with(sql!("SELECT MAX(nik) FROM person WHERE family_id = $1 AND {whole_district test}"), [family.into()]))
                .await
                .expect("reads");
            let kk = reading
                .scalar(Query::with(sql!("SELECT kk FROM family WHERE id = $1 AND {whole_district test}"), [family.into()]))
                .await
                .expect("reads");
            (nik.expect("a number"), kk.expect("a number"))
        };
        let ((nik, kk), (far_nik, _)) = (of(near).await, of(far).await);
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        for number in [&nik, &kk, &format!("{} {} {} {}", &nik[..4], &nik[4..8], &nik[8..12], &nik[12..])] {
            let answer = look_for(&mut staff, number.as_str(), &[]).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert!(answer.body.contains(&format!("href=\"/keluarga/{near}\"")) && answer.body.contains("1 keluarga cocok"), "{}", answer.body);
            let without_box = answer.body.replace(&format!("value=\"{number}\""), "");
            assert!(!without_box.contains(number.as_str()), "it stands in its box alone");
        }
        // filters stand in the address; the same words lead to the same address; words that came in one are not looked for
        let sent = staff.post("/cari", &[("di", "/keluarga"), ("cari", "rohaya"), ("desil", "2")]).await;
        let address = sent.location.expect("a page");
        assert!(address.ends_with("&desil=2"), "{address}");
        let again = staff.post("/cari", &[("di", "/keluarga"), ("cari", "rohaya"), ("desil", "2")]).await;
        assert_eq!(again.location.as_deref(), Some(address.as_str()));
        let answer = staff.get(&format!("/keluarga?cari={nik}")).await;
        assert!(answer.body.contains("tidak tersimpan lagi") && !answer.body.contains(&nik));
        // nor are another session's
        let mut head = app.visitor(Role::HeadOfOffice, None).await;
        assert!(head.get(&address).await.body.contains("tidak tersimpan lagi"));
        // and a search leads nowhere outside of the house
        let outside = staff.post("/cari", &[("di", "//example.org/x"), ("cari", "a")]).await;
        assert!(outside.location.expect("a page").starts_with("/?cari="));
        // the last four find within one's area only
        let mut companion = app.visitor(Role::Companion, Some("99.01.01".parse().expect("a code"))).await;
        let answer = look_for(&mut companion, &far_nik[12..], &[]).await;
        assert!(!answer.body.contains(&format!("href=\"/keluarga/{far}\"")));
        let answer = look_for(&mut companion, &far_nik, &[]).await;
        assert!(answer.body.contains("Tidak ada keluarga yang cocok"));
    }

    async fn the_download_is_what_the_page_shows_and_is_in_the_journal(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        builders::families(&change, version, &villages, 130).await;
        change.commit().await.expect("commits");
        let app = TestApp::new(&store);
        let mut companion = app.visitor(Role::Companion, Some("99.01.01".parse().expect("a code"))).await;
        let mut shown = Vec::new();
        let mut page = look_for(&mut companion, "istri", &[]).await;
        loop {
            assert!(page.body.contains("66 keluarga cocok"), "{}", page.body);
            shown.extend(page.body.split("t-rowlink\"").skip(1).filter_map(|rest| rest.split(['>', '<']).nth(1)).map(str::to_owned));
            let next = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).find(|href| href.contains("sesudah="));
            let Some(next) = next else { break };
            page = companion.get(&next.replace("&amp;", "&").replace("&#38;", "&")).await;
        }
        assert_eq!(shown.len(), 66);
        let csv = companion.post("/keluarga/unduh", &[("cari", "istri"), ("bentuk", "csv")]).await;
        let downloaded: Vec<String> =
            csv.body.lines().skip(1).filter_map(|line| line.split(';').next()).map(str::to_owned).collect();
        assert_eq!(downloaded, shown);
        assert!(!csv.body.contains("990101"), "no number leaves the house");
        let xlsx = companion.post("/keluarga/unduh", &[("cari", "istri"), ("bentuk", "xlsx")]).await;
        assert!(xlsx.headers["content-type"].to_str().expect("a type").contains("spreadsheetml"));
        let reading = store.read(&actor);
        let entries: Vec<String> = reading
            .column(sql!("SELECT data FROM journal WHERE verb = 'registry.downloaded' ORDER BY id"))
            .await
            .expect("reads");
        assert_eq!(entries, [r#"{"families":66,"form":"CSV"}"#, r#"{"families":66,"form":"XLSX"}"#]);
    }

    async fn a_search_is_kept_opened_again_and_forgotten(store: Store) {
        two_families(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let kept = staff.post("/keluarga/simpan", &[("nama", "Rohaya desil 1"), ("cari", "rohaya"), ("desil", "1")]).await;
        let address = kept.location.expect("a page");
        assert!(address.starts_with("/keluarga?simpan="), "{address}");
        let opened = staff.get(&address).await.body;
        assert!(opened.contains("1 keluarga cocok dengan") && opened.contains("disimpan"), "{opened}");
        let page = staff.get("/keluarga").await;
        assert!(page.body.contains("Rohaya desil 1"));
        let mut other = app.visitor(Role::HeadOfOffice, None).await;
        assert!(!other.get("/keluarga").await.body.contains("Rohaya desil 1"));
        assert_eq!(other.get(&address).await.status, StatusCode::NOT_FOUND);
        let id = page.body.split("/keluarga/simpan/").nth(1).and_then(|rest| rest.split('/').next()).expect("a number").to_owned();
        assert_eq!(other.post(&format!("/keluarga/simpan/{id}/hapus"), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(staff.post(&format!("/keluarga/simpan/{id}/hapus"), &[]).await.status, StatusCode::SEE_OTHER);
        staff.get("/keluarga").await;
        assert!(!staff.get("/keluarga").await.body.contains("Rohaya desil 1"));
        let number = staff.post("/keluarga/simpan", &[("nama", "x"), ("cari", "9901015207850009")]).await;
        assert!(number.body.contains("tidak dapat disimpan"), "{}", number.body);
    }

    async fn filters_narrow_together(store: Store) {
        let (near, far) = two_families(&store).await;
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let round = builders::round(&change, "Verval", 1).await;
        builders::visited(&change, round, near, "LAYAK", None, &["AIR"]).await;
        change.commit().await.expect("commits");
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let mut found = async |query: &str| {
            let (filters, words) = query.split_once("cari=").unwrap_or((query, ""));
            let filters: Vec<(&str, &str)> = filters.split('&').filter_map(|one| one.split_once('=')).collect();
            let body = look_for(&mut staff, words, &filters).await.body;
            [near, far].map(|id| body.contains(&format!("href=\"/keluarga/{id}\"")))
        };
        for (query, expected) in [
            ("keadaan=not_visited", [false, true]),
            ("keadaan=eligible", [true, false]),
            ("keadaan=not_eligible", [false, false]),
            ("keadaan=served", [false, false]),
            ("keadaan=determined", [false, false]),
            ("kebutuhan=AIR", [true, false]),
            ("kebutuhan=AIR&cari=nur", [false, false]),
            ("kebutuhan=AIR&cari=rohaya", [true, false]),
            ("daftar=1", [true, true]),
            ("daftar=2", [false, false]),
            ("program=1", [false, false]),
            ("desil=1&daftar=1&cari=krajan", [true, false]),
            ("wilayah=99.01.02&cari=krajan", [false, true]),
            ("terhalang=ya", [false, false]),
        ] {
            assert_eq!(found(query).await, expected, "{query}");
        }
    }

    async fn what_is_lacking_is_counted_and_leads_to_its_families(store: Store) {
        let (near, far) = two_families(&store).await;
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let lost = Query::with(sql!("UPDATE person SET nik = NULL WHERE family_id = $1 AND {whole_district test}"), [far.into()]);
        change.execute(lost).await.expect("writes");
        change.commit().await.expect("commits");
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let page = staff.get("/keluarga/mutu").await;
        assert_eq!(page.status, StatusCode::OK);
        for text in ["0 dari 2 keluarga lengkap", "Jenis kelamin anggota kosong", "NIK anggota kosong", "Muara Jernih Hulu", "/keluarga?kurang=nik", "DTSEN"] {
            assert!(page.body.contains(text), "{text}: {}", page.body);
        }
        let listed = staff.get("/keluarga?kurang=nik").await.body;
        assert!(listed.contains("1 keluarga sesuai saringan") && listed.contains(&format!("/keluarga/{far}\"")) && !listed.contains(&format!("/keluarga/{near}\"")));
        // an area shows its villages, the regent no few of them, a companion his own
        assert!(staff.get("/keluarga/mutu?wilayah=99.01.02").await.body.contains("Muara Jernih: 0 dari 1 keluarga"));
        let mut regent = app.visitor(Role::Regent, None).await;
        let totals = regent.get("/keluarga/mutu").await.body;
        assert!(totals.contains("&#60; 5") && !totals.contains("/keluarga?kurang="), "{totals}");
        let mut companion = app.visitor(Role::Companion, Some("99.01.01".parse().expect("a code"))).await;
        let own = companion.get("/keluarga/mutu").await.body;
        assert!(own.contains("dari 1 keluarga") && !own.contains("Muara Jernih"), "{own}");
        assert_eq!(companion.get("/keluarga/mutu?wilayah=99.01.02").await.status, StatusCode::NOT_FOUND);
    }
}
