//! Two people who are one, through the pages: offered, compared, agreed to, taken apart; who is like somebody typed in; and
//! the work lists of what should not be.

use axum::http::StatusCode;
use domain::{AreaCode, access::Role};
use store::{Actor, Handle, Query, sql};
use testkit::{both_databases, builders, databases::NOW};

use crate::app::TestApp;

/// The same head in two villages of one kecamatan, with one number; somebody else in the other kecamatan. (family, head)
async fn twice(store: &store::Store) -> [(i64, i64); 3] {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "dtsen", "2026Q3").await;
    let one = builders::family(&change, version, villages[0], "ROHAYA AMIN", 1, 3).await;
    let other = builders::family(&change, version, villages[1], "ROHAYA AMIN", 1, 2).await;
    let far = builders::family(&change, version, villages[2], "ROHAYA AMIN", 2, 2).await;
    change
        .execute(Query::with(
            sql!("UPDATE person SET nik = (SELECT k.nik FROM person k WHERE k.id = $1) WHERE id = $2 AND {whole_district test}"),
            [one.1.into(), other.1.into()],
        ))
        .await
        .expect("has his number");
    change.commit().await.expect("commits");
    [one, other, far]
}

fn command(page: &str) -> String {
    page.split("name=\"command\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a command")
        .to_owned()
}

both_databases! {
    async fn one_person_is_found_compared_agreed_to_and_taken_apart(store: Store) {
        let [(home, kept), (left, given_up), (_, far)] = twice(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        assert!(staff.get(&format!("/orang/{kept}")).await.body.contains("Orang yang sama dengan"));
        let path = format!("/orang/{kept}/sama");
        let page = staff.get(&path).await;
        assert!(page.status == StatusCode::OK && page.body.contains(&format!("value=\"{given_up}\"")), "{}", page.body);
        let command = command(&page.body);
        let none = staff.post(&path, &[("langkah", "periksa")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        let found = staff.post(&path, &[("langkah", "cari"), ("cari", "Rohaya")]).await;
        assert!(found.body.contains(&format!("value=\"{far}\"")), "{}", found.body);
        let other = given_up.to_string();
        let check = staff.post(&path, &[("langkah", "periksa"), ("with", &other), ("command", &command)]).await;
        assert!(check.status == StatusCode::OK && check.body.contains("menjadi satu dengan keluarga"), "{}", check.body);
        let fields = [("langkah", "simpan"), ("with", other.as_str()), ("command", command.as_str()), ("reason", "KTP yang sama")];
        let wrong = staff.post(&path, &fields[..3]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is wanted");
        let proposal = staff.post(&path, &fields).await.location.expect("the proposal");
        assert!(proposal.starts_with("/keluarga/perubahan/"), "the office wants a second person");
        let mut head = app.visitor(Role::HeadOfOffice, None).await;
        assert_eq!(head.post(&format!("{proposal}/setujui"), &[]).await.status, StatusCode::SEE_OTHER);
        // the old address says so, and leads to the one kept
        let old = staff.get(&format!("/orang/{given_up}")).await.body;
        assert!(old.contains("Catatan ini disatukan dengan Rohaya Amin") && old.contains(&format!("href=\"/orang/{kept}\"")), "{old}");
        assert!(!old.contains("dicatat dengan tangan") && old.contains("masuk dengan daftar DTSEN 2026Q3"), "a list brought him: {old}");
        // he belongs to one family, as before
        let now = staff.get(&format!("/orang/{kept}")).await.body;
        assert!(now.contains("1 keluarga, menerima"), "{now}");
        // and the list that brought them says before it is taken back that this rests on it
        let actor = Actor::program("test");
        let list = store.read(&actor).count(sql!("SELECT MAX(id) FROM list_version")).await.expect("reads");
        let undo = staff.get(&format!("/daftar/{list}/tarik")).await.body;
        assert!(undo.contains("1 penggabungan orang dari daftar ini") && undo.contains("/keluarga/perubahan?jenis=same"), "{undo}");
        assert!(staff.get(&format!("/orang/{kept}")).await.body.contains(&proposal));
        assert!(staff.get(&format!("/keluarga/{home}")).await.body.contains("tercatat dua kali dan kini satu orang"));
        assert!(staff.get(&format!("/keluarga/{left}")).await.body.contains("bergabung ke keluarga lain"));
        assert_eq!(staff.get(&format!("/orang/{given_up}/sama")).await.status, StatusCode::CONFLICT);
        let journal = head.get("/jejak").await.body;
        assert!(journal.contains("Dua orang ternyata satu") && !journal.contains("Rohaya"), "no name stands in the journal");
        // taken apart
        let page = head.get(&proposal).await.body;
        assert!(page.contains("Pisahkan lagi"), "{page}");
        assert_eq!(head.post(&format!("{proposal}/tarik"), &[("reason", "Dua orang")]).await.status, StatusCode::SEE_OTHER);
        assert!(!staff.get(&format!("/orang/{given_up}")).await.body.contains("Catatan ini disatukan"));
    }

    async fn unlike_facts_want_a_word_that_somebody_looked(store: Store) {
        let [(_, kept), _, (_, far)] = twice(&store).await;
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        change.execute(Query::with(sql!("UPDATE person SET sex = 'P', birth_date = '1990-01-01' WHERE id = $1 AND {whole_district test}"), [far.into()])).await.expect("is written");
        change.commit().await.expect("commits");
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let (path, other) = (format!("/orang/{kept}/sama"), far.to_string());
        let command = command(&staff.get(&path).await.body);
        let fields = [("langkah", "simpan"), ("with", other.as_str()), ("command", command.as_str()), ("reason", "KTP"), ("confirmed", "1")];
        let said = staff.post(&path, &fields[..4]).await;
        assert!(said.status == StatusCode::UNPROCESSABLE_ENTITY && said.body.contains("Data keduanya berlawanan"), "{}", said.body);
        assert_eq!(staff.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
        // from another kecamatan neither is found
        let village: AreaCode = "99.01.02.2002".parse().expect("a code");
        let mut elsewhere = app.visitor(Role::VillageOperator, Some(village)).await;
        assert_eq!(elsewhere.get(&path).await.status, StatusCode::NOT_FOUND);
    }

    async fn who_may_be_meant_is_shown_while_typing_and_before_saving(store: Store) {
        let all = twice(&store).await;
        let ([(home, kept), ..], heads) = (all, all.map(|(_, head)| head));
        let app = TestApp::new(&store);
        let village: AreaCode = "99.01.01.2001".parse().expect("a code");
        let mut operator = app.visitor(Role::VillageOperator, Some(village)).await;
        let typed = [("name", "Rohaya Amin"), ("birth_date", "12/07/1985")];
        let shown = operator.post("/orang/serupa", &typed).await;
        assert!(shown.body.contains(&format!("/orang/{kept}")) && shown.body.contains("2 orang serupa di luar wilayah Anda"), "{}", shown.body);
        assert_eq!(operator.post("/orang/serupa", &[("name", "Zulkarnain")]).await.status, StatusCode::NO_CONTENT);
        // of people equally like him, those of the village come first, then those of the kecamatan
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let order = async |visitor: &mut crate::app::Visitor<'_>, village: &str| -> Vec<String> {
            let typed = [("name", "Rohaya Amin"), ("birth_date", "12/07/1985"), ("near", village)];
            let body = visitor.post("/orang/serupa", &typed).await.body;
            body.split("href=\"/orang/").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
        };
        let [one, two, three] = heads.map(|id| id.to_string());
        assert_eq!(order(&mut staff, "99.01.02.2002").await, [three.clone(), one.clone(), two.clone()]);
        assert_eq!(order(&mut staff, "99.01.01.2002").await, [two, one, three]);
        assert!(staff.get(&format!("/keluarga/{home}/ubah/datang")).await.body.contains("name=\"near\" value=\"99.01.01.2001\""));
        // without JavaScript it is a step before saving
        let path = format!("/keluarga/{home}/ubah/datang");
        let fields = [
            ("langkah", "periksa"), ("name", "Rohaya Amin"), ("sex", "P"), ("birth_date", "12/07/1985"), ("relation", "OTHER"), ("on", "01/11/2026"), ("reason", "Surat"), ("command", "c"), ("tetap", "1"),
        ];
        let warned = operator.post(&path, &fields[..8]).await;
        assert!(warned.body.contains("Rohaya Amin mungkin sudah tercatat") && warned.body.contains("Tetap catat sebagai orang baru"), "{}", warned.body);
        let on = operator.post(&path, &fields).await;
        assert!(on.body.contains("Sebelum") && on.body.contains("Sesudah"), "{}", on.body);
    }

    async fn what_should_not_be_is_a_work_list_with_its_causes(store: Store) {
        let [(_, kept), (_, other), _] = twice(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let page = staff.get("/keluarga/rangkap?jenis=number").await.body;
        assert!(page.contains("1 NIK dipakai dua orang") && page.contains(&format!("/orang/{kept}/sama")), "{page}");
        let two = staff.get("/keluarga/rangkap?jenis=villages").await.body;
        assert!(two.contains("NIK yang sama di desa lain") && two.contains("orang tercatat di dua desa sekaligus"), "{two}");
        assert!(!two.contains("dua desa, di"), "{two}");
        for kind in ["twice", "dead"] {
            assert_eq!(staff.get(&format!("/keluarga/rangkap?jenis={kind}")).await.status, StatusCode::OK);
        }
        assert!(staff.get("/keluarga/mutu").await.body.contains("/keluarga/rangkap"));
        let file = staff.post("/keluarga/rangkap/unduh", &[("jenis", "number"), ("bentuk", "csv")]).await;
        assert!(file.status == StatusCode::OK && file.body.contains("Rohaya Amin"), "{}", file.body);
        // whoever works in one village is told that there is another, and not who
        let village: AreaCode = "99.01.01.2001".parse().expect("a code");
        let mut operator = app.visitor(Role::VillageOperator, Some(village)).await;
        let page = operator.get("/keluarga/rangkap?jenis=number").await.body;
        assert!(page.contains("Orang di luar wilayah Anda") && !page.contains(&format!("/orang/{other}\"")), "{page}");
    }
}
