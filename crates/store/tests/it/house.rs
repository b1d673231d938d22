//! The store's foundations on both databases: scope, one transaction, bulk loading, the journal.

use domain::AreaCode;
use sea_orm::FromQueryResult;
use serde_json::json;
use store::{
    Actor, Handle, Outage, Query, Scope,
    bulk::{self, Cell, Type},
    journal::{self, Entry, Filter},
    sql,
};
use testkit::{both_databases, databases::NOW};

#[derive(Debug, PartialEq, FromQueryResult)]
struct Area {
    code: i64,
    name: String,
    bps_code: Option<String>,
}

const COLUMNS: [(&str, Type); 6] = [
    ("code", Type::Int),
    ("bps_code", Type::Text),
    ("level", Type::Text),
    ("kind", Type::Text),
    ("name", Type::Text),
    ("name_key", Type::Text),
];

fn village(code: i64, bps: Option<&str>) -> Vec<Cell> {
    vec![code.into(), bps.into(), "village".into(), "desa".into(), format!("Desa {code}").into(), "X".into()]
}

both_databases! {
    async fn rows_loaded_in_bulk_come_back_with_their_gaps(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let rows = (1..=5_000).map(|n| village(9_901_010_000 + n, (n % 3 == 0).then_some("x'\"\\ ünï")));
        assert_eq!(bulk::insert(&change, "area", &COLUMNS, rows).await.expect("loads"), 5_000);
        change.commit().await.expect("commits");
        let read = store.read(&actor);
        assert_eq!(read.count(sql!("SELECT COUNT(*) FROM area WHERE bps_code IS NULL")).await.expect("counts"), 3_334);
        let third: Option<Area> =
            read.one(Query::with(sql!("SELECT code, name, bps_code FROM area WHERE code = $1"), [9_901_010_003_i64.into()])).await.expect("reads");
        assert_eq!(third, Some(Area { code: 9_901_010_003, name: "Desa 9901010003".into(), bps_code: Some("x'\"\\ ünï".into()) }));
    }

    async fn a_change_not_committed_never_happened(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        bulk::insert(&change, "area", &COLUMNS, [village(9_901_010_001, None)]).await.expect("loads");
        change.record(Entry { verb: "area.imported", subject: ("area", 1), area: None, reason: None, data: json!({"n": 1}) }).await.expect("records");
        drop(change);
        let read = store.read(&actor);
        assert_eq!(read.count(sql!("SELECT COUNT(*) FROM area")).await.expect("counts"), 0);
        assert_eq!(journal::page(&read, &Filter::default(), 10).await.expect("reads").len(), 0);
    }

    async fn a_full_disk_is_told_and_keeps_nothing_of_the_change(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let refused = if store.is_postgres() {
            change.execute(sql!("DO 'BEGIN RAISE EXCEPTION USING ERRCODE = ''disk_full''; END'")).await.map(|_| 0)
        } else {
            change.execute(sql!("PRAGMA max_page_count = 1")).await.expect("is set");
            bulk::insert(&change, "area", &COLUMNS, (1..=5_000).map(|n| village(9_901_010_000 + n, None))).await
        };
        assert_eq!(refused.expect_err("no room").outage(), Some(Outage::Full));
        drop(change);
        assert_eq!(store.read(&actor).count(sql!("SELECT COUNT(*) FROM area")).await.expect("counts"), 0);
        let change = store.change(&actor, NOW).await.expect("begins");
        if !store.is_postgres() {
            change.execute(sql!("PRAGMA max_page_count = 1073741823")).await.expect("is set");
        }
        bulk::insert(&change, "area", &COLUMNS, (1..=5_000).map(|n| village(9_901_010_000 + n, None))).await.expect("loads");
        change.commit().await.expect("commits");
    }

    async fn a_database_held_by_another_is_told(store: Store) {
        let actor = Actor::program("test");
        let holding = store.change(&actor, NOW).await.expect("begins");
        let refused = if store.is_postgres() {
            holding.execute(sql!("LOCK TABLE area IN ACCESS EXCLUSIVE MODE")).await.expect("locks");
            let change = store.change(&actor, NOW).await.expect("begins");
            change.execute(sql!("SET LOCAL lock_timeout = '50ms'")).await.expect("is set");
            bulk::insert(&change, "area", &COLUMNS, [village(9_901_010_001, None)]).await.map(|_| ())
        } else {
            // another program on the same file
            let other = store::Store::open_file(std::path::Path::new(store.place())).await.expect("opens");
            drop(holding);
            let waits = other.change(&actor, NOW).await.expect("begins");
            waits.execute(sql!("PRAGMA busy_timeout = 50")).await.expect("is set");
            waits.commit().await.expect("commits");
            let holding = store.change(&actor, NOW).await.expect("begins");
            let refused = other.change(&actor, NOW).await.map(|_| ());
            drop(holding);
            refused
        };
        assert_eq!(refused.expect_err("held").outage(), Some(Outage::Busy));
    }

    async fn a_connection_that_breaks_is_told_and_the_next_change_gets_another(store: Store) {
        if !store.is_postgres() {
            return; // there is no connection to break
        }
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        bulk::insert(&change, "area", &COLUMNS, [village(9_901_010_001, None)]).await.expect("loads");
        // the server ends this very connection
        let ended = change.execute(sql!("SELECT pg_terminate_backend(pg_backend_pid())")).await;
        assert_eq!(ended.expect_err("broken off").outage(), Some(Outage::Lost));
        drop(change);
        assert_eq!(store.read(&actor).count(sql!("SELECT COUNT(*) FROM area")).await.expect("counts"), 0);
        let change = store.change(&actor, NOW).await.expect("begins again");
        bulk::insert(&change, "area", &COLUMNS, [village(9_901_010_001, None)]).await.expect("loads");
        change.commit().await.expect("commits");
    }

    async fn an_actor_sees_the_families_of_its_areas_only(store: Store) {
        let office = Actor::program("test");
        let change = store.change(&office, NOW).await.expect("begins");
        for (id, village) in [(1_i64, 9_901_010_001_i64), (2, 9_901_010_002), (3, 9_901_020_001)] {
            change.execute(Query::with(
                sql!("INSERT INTO family (id, head_name, name_key, village, address, members, block, state, created_at) VALUES ($1, 'X', 'X', $2, '', 1, '', 'active', $3) -- {whole_district test}"),
                [id.into(), village.into(), NOW.into()],
            )).await.expect("inserts");
        }
        change.commit().await.expect("commits");
        let kec: AreaCode = "99.01.01".parse().expect("code");
        for (scope, seen) in [(Scope::everything(), 3), (Scope::areas([kec]), 2), (Scope::none(), 0)] {
            let actor = Actor { scope, ..Actor::program("test") };
            let count = store.read(&actor).count(sql!("SELECT COUNT(*) FROM family f WHERE {scope f.village}")).await.expect("counts");
            assert_eq!(count, seen);
        }
    }

    async fn ids_taken_for_bulk_are_nobody_elses(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let ids = bulk::take_ids(&change, "journal", 3).await.expect("takes");
        assert_eq!(ids.len(), 3);
        for id in &ids {
            change.execute(Query::with(
                sql!("INSERT INTO journal (id, at, actor, verb, subject_kind, subject_id, data) VALUES ($1, '', '', '', '', 0, '{}')"),
                [(*id).into()],
            )).await.expect("inserts");
        }
        let next = change.record(Entry { verb: "a.b", subject: ("x", 1), area: None, reason: None, data: json!({}) }).await.expect("records");
        assert!(!ids.contains(&next));
    }

    async fn a_sealed_journal_shows_every_change_of_it(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, "2026-11-21T01:00:00Z").await.expect("begins");
        for n in 0..3 {
            change.record(Entry { verb: "a.b", subject: ("x", n), area: None, reason: Some("because"), data: json!({"n": n}) }).await.expect("records");
        }
        change.commit().await.expect("commits");
        let change = store.change(&actor, "2026-11-21T01:05:00Z").await.expect("begins");
        assert_eq!(journal::seal(&change).await.expect("seals"), 0, "what may not have settled is left");
        change.commit().await.expect("commits");
        let change = store.change(&actor, NOW).await.expect("begins");
        assert_eq!(journal::seal(&change).await.expect("seals"), 3);
        change.record(Entry { verb: "a.c", subject: ("x", 9), area: None, reason: None, data: json!({}) }).await.expect("records");
        change.commit().await.expect("commits");
        let whole = journal::verify(&store.read(&actor)).await.expect("verifies");
        assert_eq!((whole.seals, whole.entries, whole.open, whole.broken_at), (1, 3, 1, None));
        let change = store.change(&actor, NOW).await.expect("begins");
        change.execute(sql!("UPDATE journal SET reason = 'another' WHERE subject_id = 1")).await.expect("tampers");
        change.commit().await.expect("commits");
        assert!(journal::verify(&store.read(&actor)).await.expect("verifies").broken_at.is_some());
    }
}
