//! The review desk through its pages: who looks at a pair holds it, what is decided is merged or waits for a second person, and comes
//! back when it is taken back; several at once; nothing from another village.

use axum::http::StatusCode;
use domain::{AreaCode, access::Role};
use store::{Actor, Handle, Query, sql};
use testkit::{both_databases, builders, databases::NOW};

use crate::app::{Answer, TestApp, Visitor};

/// Two heads of families in one village who may be one person, and one in the other kecamatan who may be the first; the pairs.
async fn pairs(store: &store::Store) -> [i64; 2] {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "dtsen", "2026Q3").await;
    let (_, one) = builders::family(&change, version, villages[0], "ROHAYA BT AMIN", 1, 3).await;
    let (_, other) = builders::family(&change, version, villages[0], "ROHAYAH AMIN", 1, 1).await;
    let (_, far) = builders::family(&change, version, villages[2], "ROHAYA AMIN", 1, 1).await;
    // the lists know no number of the second
    change
        .execute(Query::with(
            sql!("UPDATE person SET nik = NULL WHERE id IN ($1, $2) AND {whole_district test}"),
            [other.into(), far.into()],
        ))
        .await
        .expect("forgets");
    let near = builders::pair(&change, one, other, 9.5).await;
    let wide = builders::pair(&change, one, far, 4.5).await;
    change.commit().await.expect("commits");
    [near, wide]
}

async fn state(store: &store::Store, pair: i64) -> String {
    let actor = Actor::program("test");
    let query =
        Query::with(sql!("SELECT state FROM match_pair WHERE id = $1 AND {whole_district test}"), [pair.into()]);
    store.read(&actor).scalar(query).await.expect("reads").expect("a pair")
}

async fn merged(store: &store::Store) -> i64 {
    let actor = Actor::program("test");
    store
        .read(&actor)
        .count(sql!("SELECT COUNT(*) FROM person WHERE merged_into IS NOT NULL AND {whole_district test}"))
        .await
        .expect("counts")
}

async fn decide(visitor: &mut Visitor<'_>, pair: i64, verdict: &str, reason: &str) -> Answer {
    let path = format!("/keluarga/padan/{pair}");
    let page = visitor.get(&path).await.body;
    let field = |name: &str| {
        let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
        rest.split('"').next().map(str::to_owned)
    };
    let (kept, command) = (field("kept").unwrap_or_default(), field("command").unwrap_or_default());
    visitor.post(&path, &[("verdict", verdict), ("kept", &kept), ("command", &command), ("reason", reason)]).await
}

both_databases! {
    async fn a_pair_is_shown_with_its_evidence_and_decided_by_who_holds_it(store: Store) {
        let [near, wide] = pairs(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let queue = staff.get("/keluarga/padan").await.body;
        assert!(queue.contains("2 pasangan mungkin satu orang") && queue.contains("Rohaya Bt Amin / Rohayah Amin"), "{queue}");
        assert!(staff.get("/").await.body.contains("2 pasangan catatan mungkin satu orang"));
        // a tab counts what is asked for
        let some = staff.get("/keluarga/padan?nilai=sedang").await.body;
        assert!(queue.contains("Perlu diputuskan 2") && some.contains("Perlu diputuskan 1"), "{some}");
        // the likeliest is taken, and held
        let taken = staff.post("/keluarga/padan/ambil", &[]).await;
        assert_eq!(taken.location.as_deref(), Some(format!("/keluarga/padan/{near}").as_str()));
        let page = staff.get(&format!("/keluarga/padan/{near}")).await.body;
        assert!(page.contains("terkunci untuk Anda sampai") && page.contains("nama sama persis") && page.contains("tempat tinggal"), "{page}");
        assert!(page.contains("<mark>H</mark>") && page.contains("•••• ••••"), "what differs is marked, numbers are masked");
        // nobody else decides it meanwhile, and gets the next one instead
        let mut other = app.visitor(Role::VillageOperator, Some("99.01.01.2001".parse::<AreaCode>().expect("a code"))).await;
        let held = other.get(&format!("/keluarga/padan/{near}")).await.body;
        assert!(held.contains("sedang diperiksa") && !held.contains("name=\"verdict\""), "{held}");
        assert_eq!(decide(&mut other, near, "different", "").await.status, StatusCode::CONFLICT);
        assert_eq!(other.get(&format!("/keluarga/padan/{wide}")).await.status, StatusCode::NOT_FOUND, "one of the two lives elsewhere");
        assert_eq!(other.post("/keluarga/padan/ambil", &[]).await.location.as_deref(), Some("/keluarga/padan"), "nothing is free");
        assert!(other.get("/keluarga/padan").await.body.contains("1 pasangan mungkin satu orang"));
        // two people: asked no more, the next is taken; and taken back it is asked again
        let next = decide(&mut staff, near, "different", "").await;
        assert_eq!(next.location.as_deref(), Some(format!("/keluarga/padan/{wide}").as_str()));
        assert_eq!(state(&store, near).await, "different");
        assert!(staff.get("/keluarga/padan").await.body.contains("1 pasangan mungkin satu orang"));
        assert!(staff.get(&format!("/keluarga/padan/{near}")).await.body.contains("Dua orang berbeda, diputuskan"));
        let no_reason = staff.post(&format!("/keluarga/padan/{near}/tarik"), &[("why", "")]).await;
        assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
        let back = staff.post(&format!("/keluarga/padan/{near}/tarik"), &[("why", "KTP belum dilihat")]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER);
        assert_eq!(state(&store, near).await, "open");
        assert_eq!(decide(&mut staff, near, "unsure", "").await.status, StatusCode::SEE_OTHER);
        assert!(staff.get("/keluarga/padan?keadaan=belum-jelas").await.body.contains("belum jelas bagi"));
        let journal = app.visitor(Role::HeadOfOffice, None).await.get("/jejak?apa=match").await.body;
        assert!(journal.contains("Dua catatan dinyatakan dua orang berbeda") && journal.contains("Keputusan pemadanan ditarik"), "{journal}");
        assert!(!journal.contains("ROHAYA"), "no name stands in the journal");
    }

    async fn one_person_waits_for_a_second_one_is_merged_and_split_again(store: Store) {
        let [near, _] = pairs(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let empty = decide(&mut staff, near, "same", "").await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("Tulis dari mana Anda tahu"), "{}", empty.body);
        let done = decide(&mut staff, near, "same", "KTP dilihat pendamping").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert_eq!((state(&store, near).await.as_str(), merged(&store).await), ("same", 0), "it waits");
        let page = staff.get(&format!("/keluarga/padan/{near}")).await.body;
        assert!(page.contains("menunggu persetujuan orang kedua"), "{page}");
        let change = page.split("/keluarga/perubahan/").nth(1).and_then(|rest| rest.split('"').next()).expect("the merging").to_owned();
        let mut head = app.visitor(Role::HeadOfOffice, None).await;
        let agreed = head.post(&format!("/keluarga/perubahan/{change}/setujui"), &[]).await;
        assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.body);
        assert_eq!(merged(&store).await, 1);
        assert!(staff.get("/keluarga/padan?keadaan=selesai").await.body.contains("satu orang, menurut"));
        let back = staff.post(&format!("/keluarga/padan/{near}/tarik"), &[("why", "Ternyata dua orang")]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
        assert_eq!((state(&store, near).await.as_str(), merged(&store).await), ("open", 0), "they are two again, and asked about");
    }

    async fn a_merging_that_is_sent_back_is_asked_again(store: Store) {
        let [near, _] = pairs(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        decide(&mut staff, near, "same", "Satu rumah").await;
        let page = staff.get(&format!("/keluarga/padan/{near}")).await.body;
        let change = page.split("/keluarga/perubahan/").nth(1).and_then(|rest| rest.split('"').next()).expect("the merging").to_owned();
        let mut head = app.visitor(Role::HeadOfOffice, None).await;
        assert_eq!(head.post(&format!("/keluarga/perubahan/{change}/kembalikan"), &[("reason", "Belum jelas")]).await.status, StatusCode::SEE_OTHER);
        assert!(staff.get("/keluarga/padan").await.body.contains("2 pasangan mungkin satu orang"));
        assert_eq!(decide(&mut staff, near, "different", "").await.status, StatusCode::SEE_OTHER);
        assert_eq!(state(&store, near).await, "different");
    }

    async fn several_are_shown_first_and_then_decided_together(store: Store) {
        let [near, wide] = pairs(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let (a, b) = (near.to_string(), wide.to_string());
        let fields = [("pair", a.as_str()), ("pair", b.as_str()), ("verdict", "different")];
        let check = staff.post("/keluarga/padan/banyak", &fields).await;
        assert!(check.body.contains("2 pasangan dinyatakan masing-masing dua orang berbeda?"), "{}", check.body);
        assert_eq!(state(&store, near).await, "open", "nothing is decided by looking");
        let with = |reason: &'static str| {
            let mut all = fields.to_vec();
            all.extend([("langkah", "simpan"), ("reason", reason), ("command", "x")]);
            all
        };
        assert!(staff.post("/keluarga/padan/banyak", &with("")).await.body.contains("Alasan"));
        assert_eq!(staff.post("/keluarga/padan/banyak", &with("Desa berbeda")).await.status, StatusCode::SEE_OTHER);
        assert_eq!((state(&store, near).await.as_str(), state(&store, wide).await.as_str()), ("different", "different"));
        assert!(staff.get("/keluarga/padan").await.body.contains("Semua pasangan sudah diputuskan"));
        // the same once more is skipped
        assert_eq!(staff.post("/keluarga/padan/banyak", &with("Desa berbeda")).await.status, StatusCode::SEE_OTHER);
    }

    async fn weights_are_fitted_to_decisions_once_there_are_enough(store: Store) {
        let app = TestApp::new(&store);
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        let mut people = Vec::new();
        for _ in 0..16 {
            people.push(builders::family(&change, version, villages[0], "ROHAYA", 1, 1).await.1);
        }
        // light pairs are two people, heavy ones one: what the weights say already, but for some
        let mut decided = 0;
        for (i, one) in people.iter().enumerate() {
            for other in &people[i + 1..] {
                if decided < 110 {
                    let weight = if decided % 2 == 0 { 2.0 } else { 14.0 };
                    let verdict = if (decided % 2 == 0) == (decided % 10 == 0) { "same" } else { "different" };
                    let pair = builders::pair(&change, *one, *other, weight).await;
                    let decision = change.insert(Query::with(sql!("INSERT INTO match_decision (pair_id, verdict, reason, bulk, decided_at) VALUES ($1, $2, '', $3, $4) RETURNING id -- {whole_district test}"), [pair.into(), verdict.into(), false.into(), NOW.into()])).await.expect("decides");
                    change.execute(Query::with(sql!("UPDATE match_pair SET state = $2, decision_id = $3 WHERE id = $1 AND {whole_district test}"), [pair.into(), verdict.into(), decision.into()])).await.expect("decides");
                    decided += 1;
                }
            }
        }
        change.commit().await.expect("commits");
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let page = staff.get("/keluarga/padan/bobot").await.body;
        assert!(page.contains("110 keputusan dapat dipelajari") && page.contains("Sesuaikan bobot"), "{page}");
        assert_eq!(app.visitor(Role::HeadOfOffice, None).await.post("/keluarga/padan/bobot", &[]).await.status, StatusCode::FORBIDDEN);
        let learnt = staff.post("/keluarga/padan/bobot", &[]).await;
        assert_eq!(learnt.status, StatusCode::SEE_OTHER, "{}", learnt.body);
        let page = staff.get("/keluarga/padan/bobot").await.body;
        assert!(page.contains("Disesuaikan dengan keputusan kantor ini") && page.contains("Bobot bawaan Tuntas"), "every version is kept: {page}");
        assert!(page.contains("95 dari 100 kemungkinan"), "{page}");
    }

    async fn whom_the_page_of_a_person_merges_is_settled_at_the_desk_and_asked_again_when_they_are_taken_apart(store: Store) {
        let [near, wide] = pairs(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let (one, other) = two_of(&store, near).await;
        // both pages lead to the pair
        let link = format!("href=\"/keluarga/padan/{near}\"");
        for page in [format!("/orang/{one}"), format!("/orang/{other}"), family_of(&store, other).await] {
            let body = staff.get(&page).await.body;
            assert!(body.contains(&link) && body.contains("mungkin orang yang sama dengan"), "{page}: {body}");
        }
        let path = format!("/orang/{one}/sama");
        let page = staff.get(&path).await.body;
        let command = page.split("name=\"command\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a command").to_owned();
        let with = other.to_string();
        let fields = [("langkah", "simpan"), ("with", with.as_str()), ("command", command.as_str()), ("reason", "KTP yang sama"), ("confirmed", "1")];
        let proposal = staff.post(&path, &fields).await.location.expect("the proposal");
        let mut head = app.visitor(Role::HeadOfOffice, None).await;
        assert_eq!(head.post(&format!("{proposal}/setujui"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(state(&store, near).await, "same");
        let pair = staff.get(&format!("/keluarga/padan/{near}")).await.body;
        assert!(pair.contains("Satu orang, diputuskan") && pair.contains("KTP yang sama") && !pair.contains("name=\"verdict\""), "{pair}");
        assert!(staff.get("/keluarga/padan?keadaan=selesai").await.body.contains("Rohaya Bt Amin / Rohayah Amin"));
        assert!(!staff.get(&format!("/orang/{one}")).await.body.contains(&link), "nothing waits any more");
        // split where mergers are split, it is asked again
        assert_eq!(head.post(&format!("{proposal}/tarik"), &[("reason", "Dua orang")]).await.status, StatusCode::SEE_OTHER);
        assert!(staff.get("/keluarga/padan").await.body.contains("2 pasangan mungkin satu orang"));
        assert!(staff.get(&format!("/keluarga/padan/{near}")).await.body.contains("name=\"verdict\""));
        // whoever was merged with somebody else is no question any more, at any address
        let (_, far) = two_of(&store, wide).await;
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        store::registry::merge::merge(&change, far, other, "KTP").await.expect("is merged");
        change.commit().await.expect("commits");
        let gone = staff.get(&format!("/keluarga/padan/{near}")).await.body;
        assert!(gone.contains("tidak perlu diputuskan lagi") && !gone.contains("name=\"verdict\""), "{gone}");
        let late = staff.post(&format!("/keluarga/padan/{near}"), &[("verdict", "different")]).await;
        assert!(late.status == StatusCode::CONFLICT && late.body.contains("sudah disatukan dengan orang lain"), "{}", late.body);
    }

    async fn who_may_not_decide_sees_no_button_to_it(store: Store) {
        let [near, _] = pairs(&store).await;
        let app = TestApp::new(&store);
        let mut inspector = app.visitor(Role::Auditor, None).await;
        for page in ["/keluarga/padan".to_owned(), format!("/keluarga/padan/{near}"), "/keluarga/padan/bobot".to_owned()] {
            let body = inspector.get(&page).await.body;
            let main = body.split("<main").nth(1).expect("a page");
            assert!(!main.contains("method=\"post\""), "{page}: {main}");
        }
        let body = app.visitor(Role::OfficeStaff, None).await.get(&format!("/keluarga/padan/{near}")).await.body;
        assert!(body.contains("action=\"/keluarga/padan/ambil\""), "{body}");
    }

    async fn filters_list_what_the_tab_holds(store: Store) {
        let [near, wide] = pairs(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let villages = |body: &str| body.split("id=\"desa\"").nth(1).and_then(|rest| rest.split("</select>").next()).expect("a filter").matches("<option").count() - 1;
        assert_eq!(villages(&staff.get("/keluarga/padan").await.body), 2);
        assert_eq!(villages(&staff.get("/keluarga/padan?keadaan=selesai").await.body), 0, "nothing is decided");
        decide(&mut staff, wide, "different", "").await;
        decide(&mut staff, near, "unsure", "").await;
        assert_eq!(villages(&staff.get("/keluarga/padan").await.body), 0);
        assert_eq!(villages(&staff.get("/keluarga/padan?keadaan=belum-jelas").await.body), 1);
        assert_eq!(villages(&staff.get("/keluarga/padan?keadaan=selesai").await.body), 2);
    }

    async fn what_was_decided_at_once_is_told_at_once_where_weights_are_learnt(store: Store) {
        let [near, wide] = pairs(&store).await;
        let app = TestApp::new(&store);
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        decide(&mut staff, near, "different", "").await;
        let page = staff.get("/keluarga/padan/bobot").await.body;
        assert!(page.contains("1 keputusan dapat dipelajari") && !page.contains("diputuskan sekaligus"), "{page}");
        let pair = wide.to_string();
        let fields = [("pair", pair.as_str()), ("verdict", "different"), ("langkah", "simpan"), ("reason", "Desa berbeda"), ("command", "x")];
        assert_eq!(staff.post("/keluarga/padan/banyak", &fields).await.status, StatusCode::SEE_OTHER);
        let page = staff.get("/keluarga/padan/bobot").await.body;
        assert!(page.contains("1 keputusan dapat dipelajari") && page.contains("1 pasangan lain diputuskan sekaligus"), "{page}");
    }
}

/// The two of a pair.
async fn two_of(store: &store::Store, pair: i64) -> (i64, i64) {
    let actor = Actor::program("test");
    let read = store.read(&actor);
    let line = store::registry::likeness::desk::pair(&read, pair).await.expect("reads").expect("a pair");
    (line.one_id, line.other_id)
}

/// The page of the family somebody lives in.
async fn family_of(store: &store::Store, person: i64) -> String {
    let actor = Actor::program("test");
    let query =
        Query::with(sql!("SELECT family_id FROM person WHERE id = $1 AND {whole_district test}"), [person.into()]);
    let family: i64 = store.read(&actor).scalar(query).await.expect("reads").expect("a family");
    format!("/keluarga/{family}")
}
