//! What an office sees of a commit: the next list, movers and leavers, corrections that stay, the journal, scope.

use domain::{AreaCode, lists::Relation};
use sea_orm::FromQueryResult;
use store::{
    Actor, Handle, Query, Scope, journal,
    lists::{self, Difference, preview, show, versions},
    sql,
};
use testkit::{both_databases, databases::NOW};

use super::made::{Given, Said, areas, commit, read};

const KULON: &str = "99.01.01.2001";
const WETAN: &str = "99.01.01.2002";

fn member(kk: &'static str, nik: &'static str, name: &'static str, birth: &'static str, relation: Relation) -> Said {
    Said { kk, nik, name, birth, relation: Some(relation), ..Said::default() }
}

fn family(kk: &'static str, name: &'static str, village: &'static str, desil: i16, members: i32) -> Said {
    Said { kk, name, village, desil, members, address: "Dusun Krajan", ..Said::default() }
}

/// Two families: Budi with Siti and Ani; Wagimin alone, without a NIK.
pub fn third_quarter() -> Given {
    let mut given = Given::new("dtsen", "2026Q3", "2026-09-30");
    given.families =
        vec![family("9901010101200001", "BUDI", KULON, 1, 3), family("9901010101200002", "WAGIMIN", WETAN, 2, 1)];
    given.members = vec![
        member("9901010101200001", "9901011207850001", "BUDI", "1985-07-12", Relation::Head),
        member("9901010101200001", "9901015208870002", "SITI", "1987-08-12", Relation::Spouse),
        member("9901010101200001", "9901015203050003", "ANI", "2005-03-12", Relation::Child),
        member("9901010101200002", "", "WAGIMIN", "1954-02-12", Relation::Head),
    ];
    given
}

/// Ani has married Joko; Budi's family climbed to desil 3; Wagimin is gone; Rohaya is new.
pub fn fourth_quarter() -> Given {
    let mut given = Given::new("dtsen", "2026Q4", "2026-12-31");
    given.families = vec![
        family("9901010101200001", "BUDI", KULON, 3, 2),
        family("9901010101200003", "JOKO", WETAN, 2, 2),
        family("9901010101200004", "ROHAYA", WETAN, 1, 1),
    ];
    given.members = vec![
        member("9901010101200001", "9901011207850001", "BUDI", "1985-07-12", Relation::Head),
        member("9901010101200001", "9901015208870002", "SITI", "1987-08-12", Relation::Spouse),
        member("9901010101200003", "9901011201040004", "JOKO", "2004-01-12", Relation::Head),
        member("9901010101200003", "9901015203050003", "ANI", "2005-03-12", Relation::Spouse),
        member("9901010101200004", "9901015206600005", "ROHAYA", "1960-06-12", Relation::Head),
    ];
    given
}

#[derive(Debug, PartialEq, FromQueryResult)]
struct FamilyNow {
    head_name: String,
    desil: Option<i64>,
    members: i64,
    village: i64,
    block: String,
}

async fn families(store: &store::Store) -> Vec<FamilyNow> {
    let actor = Actor::program("test");
    store
        .read(&actor)
        .all(sql!(
            "SELECT head_name, desil, members, village, block FROM family WHERE {whole_district test} ORDER BY id"
        ))
        .await
        .expect("reads")
}

#[derive(Debug, PartialEq, FromQueryResult)]
struct Stay {
    name: String,
    head_name: String,
    relation: Option<String>,
    since: String,
    until: Option<String>,
    why: String,
}

async fn stays_of(store: &store::Store, name: &str) -> Vec<Stay> {
    let actor = Actor::program("test");
    store
        .read(&actor)
        .all(Query::with(
            sql!(
                "SELECT p.name, f.head_name, m.relation, m.since, m.until, m.why FROM membership m JOIN person p ON p.id = m.person_id JOIN family f ON f.id = m.family_id
                 WHERE p.name = $1 AND {whole_district test} ORDER BY m.id"
            ),
            [name.into()],
        ))
        .await
        .expect("reads")
}

fn stay(name: &str, head: &str, relation: &str, since: &str, until: Option<&str>, why: &str) -> Stay {
    Stay {
        name: name.into(),
        head_name: head.into(),
        relation: Some(relation.into()),
        since: since.into(),
        until: until.map(str::to_owned),
        why: why.into(),
    }
}

both_databases! {
    async fn the_first_list_makes_people_and_families(store: Store) {
        areas(&store).await;
        let (_, done) = commit(&store, &third_quarter()).await;
        assert_eq!((done.families, done.persons, done.new_families, done.new_persons, done.moved), (2, 4, 2, 4, 0));
        assert_eq!(
            families(&store).await,
            [
                FamilyNow { head_name: "BUDI".into(), desil: Some(1), members: 3, village: 9_901_012_001, block: String::new() },
                FamilyNow { head_name: "WAGIMIN".into(), desil: Some(2), members: 1, village: 9_901_012_002, block: "nik.empty".into() },
            ]
        );
    }

    async fn the_next_list_moves_people_and_keeps_what_was(store: Store) {
        areas(&store).await;
        commit(&store, &third_quarter()).await;
        let (version, done) = commit(&store, &fourth_quarter()).await;
        assert_eq!((done.families, done.persons, done.new_families, done.new_persons, done.moved), (3, 5, 2, 2, 1));
        let actor = Actor::program("test");
        let read = store.read(&actor);
        let stored = versions::version(&read, version).await.expect("stands");
        let difference: Difference = serde_json::from_str(&stored.summary).expect("a difference");
        assert_eq!(
            (difference.new, difference.unchanged, difference.changed, difference.desil, difference.members, difference.gone),
            (2, 0, 1, 1, 1, 1)
        );
        let names: Vec<String> = families(&store).await.into_iter().map(|f| format!("{} {:?}", f.head_name, f.desil)).collect();
        assert_eq!(names, ["BUDI Some(3)", "WAGIMIN Some(2)", "JOKO Some(2)", "ROHAYA Some(1)"]);
        assert_eq!(
            stays_of(&store, "ANI").await,
            [
                stay("ANI", "BUDI", "CHILD", "2026-09-30", Some("2026-12-31"), "list"),
                stay("ANI", "JOKO", "SPOUSE", "2026-12-31", None, "moved"),
            ]
        );
        assert_eq!(stays_of(&store, "SITI").await, [stay("SITI", "BUDI", "SPOUSE", "2026-09-30", None, "list")]);
        // ani lives where her family lives
        let village: Option<i64> = read.scalar(sql!("SELECT village FROM person WHERE name = 'ANI' AND {whole_district test}")).await.expect("reads");
        assert_eq!(village, Some(9_901_012_002));
    }

    async fn the_same_rows_again_change_nothing(store: Store) {
        areas(&store).await;
        commit(&store, &third_quarter()).await;
        let again = Given { version: "2026Q4".into(), as_of: "2026-12-31".into(), ..third_quarter() };
        let (version, done) = commit(&store, &again).await;
        assert_eq!((done.new_families, done.new_persons, done.moved), (0, 0, 0));
        let actor = Actor::program("test");
        let read = store.read(&actor);
        let outcomes: Vec<String> = read
            .column(Query::with(sql!("SELECT DISTINCT outcome FROM list_row WHERE version_id = $1 AND {whole_district test} ORDER BY outcome"), [version.into()]))
            .await
            .expect("reads");
        assert_eq!(outcomes, ["unchanged"]);
        assert_eq!(read.count(sql!("SELECT COUNT(*) FROM membership WHERE {whole_district test}")).await.expect("counts"), 4);
    }

    async fn an_older_list_adds_history_and_overrules_nothing(store: Store) {
        areas(&store).await;
        commit(&store, &fourth_quarter()).await;
        commit(&store, &third_quarter()).await;
        let names: Vec<String> = families(&store).await.into_iter().map(|f| format!("{} {:?} {}", f.head_name, f.desil, f.members)).collect();
        assert_eq!(names, ["BUDI Some(3) 2", "JOKO Some(2) 2", "ROHAYA Some(1) 1", "WAGIMIN Some(2) 1"]);
        assert_eq!(
            stays_of(&store, "ANI").await,
            [
                stay("ANI", "JOKO", "SPOUSE", "2026-12-31", None, "list"),
                stay("ANI", "BUDI", "CHILD", "2026-09-30", Some("2026-12-31"), "list"),
            ]
        );
    }

    async fn lists_of_two_sources_meet_in_the_head(store: Store) {
        areas(&store).await;
        let mut old = Given::new("p3ke", "2023", "2023-12-31");
        old.families = vec![Said {
            nik: "9901011207850001", name: "Budi", birth: "1985-07-12", list_family_id: "990101-7", village: KULON, address: "RT 1", desil: 1, ..Said::default()
        }];
        commit(&store, &old).await;
        let (_, done) = commit(&store, &third_quarter()).await;
        assert_eq!((done.new_families, done.new_persons), (1, 3));
        let actor = Actor::program("test");
        let linked: Vec<String> = store
            .read(&actor)
            .column(sql!("SELECT linked_by FROM family_list WHERE {whole_district test} ORDER BY version_id, family_id"))
            .await
            .expect("reads");
        assert_eq!(linked, ["new", "head_nik", "new"]);
        // the card came with the second list, and the desil follows it
        let kk: Option<String> = store.read(&actor).scalar(sql!("SELECT kk FROM family WHERE head_name = 'BUDI' AND {whole_district test}")).await.expect("reads");
        assert_eq!(kk.as_deref(), Some("9901010101200001"));
    }

    async fn a_correction_by_hand_outlives_the_next_list(store: Store) {
        areas(&store).await;
        commit(&store, &third_quarter()).await;
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        change.execute(sql!("UPDATE family SET address = 'Dusun Baru' WHERE head_name = 'BUDI' AND {whole_district test}")).await.expect("corrects");
        change.execute(sql!("UPDATE person SET name = 'SITI AMINAH', name_key = 'SITI AMINAH' WHERE name = 'SITI' AND {whole_district test}")).await.expect("corrects");
        change.commit().await.expect("commits");
        let mut next = fourth_quarter();
        next.families[0].address = "Dusun Lama";
        commit(&store, &next).await;
        let read = store.read(&actor);
        let address: Option<String> = read.scalar(sql!("SELECT address FROM family WHERE head_name = 'BUDI' AND {whole_district test}")).await.expect("reads");
        assert_eq!(address.as_deref(), Some("Dusun Baru"));
        assert_eq!(read.count(sql!("SELECT COUNT(*) FROM person WHERE name = 'SITI AMINAH' AND {whole_district test}")).await.expect("counts"), 1);
        assert_eq!(read.count(sql!("SELECT COUNT(*) FROM person WHERE {whole_district test}")).await.expect("counts"), 6, "nobody was made twice");
    }

    async fn a_nik_of_somebody_else_goes_to_the_duplicate_queue(store: Store) {
        areas(&store).await;
        commit(&store, &third_quarter()).await;
        let mut next = Given::new("dtsen", "2026Q4", "2026-12-31");
        next.members = vec![member("9901010101200009", "9901011207850001", "SUKARNI", "1979-08-17", Relation::Head)];
        let (version, done) = commit(&store, &next).await;
        assert_eq!((done.new_families, done.new_persons), (1, 1));
        let actor = Actor::program("test");
        let read = store.read(&actor);
        let rows = show::rows_with(&read, version, &["nik.duplicate_registry"], show::After::default(), 10).await.expect("reads");
        assert_eq!(rows.iter().map(|row| (row.outcome.as_str(), row.severity.as_str())).collect::<Vec<_>>(), [("conflict", "warn")]);
        let found = show::findings_of(&read, &rows).await.expect("reads");
        assert_eq!(found[&rows[0].id][0].column_name, "NIK");
        let file = versions::files(&read, version).await.expect("reads").remove(0);
        assert_eq!(file.by_code().get("nik.duplicate_registry"), Some(&1));
    }

    async fn every_family_of_the_list_has_it_on_its_timeline(store: Store) {
        areas(&store).await;
        commit(&store, &third_quarter()).await;
        commit(&store, &fourth_quarter()).await;
        let actor = Actor::program("test");
        let read = store.read(&actor);
        let budi: i64 = read.scalar(sql!("SELECT id FROM family WHERE head_name = 'BUDI' AND {whole_district test}")).await.expect("reads").expect("stands");
        let lines = journal::of_family(&read, budi, 10).await.expect("reads");
        let told: Vec<String> = lines.iter().map(|line| format!("{} {}", line.verb, line.detail.clone().unwrap_or_default())).collect();
        assert_eq!(
            told,
            [
                r#"list.committed {"kind":"changed","desil":3}"#,
                r#"list.committed {"kind":"created","desil":1}"#,
            ]
        );
        assert!(!lines[0].data.contains("9901"), "no number stands in the journal");
    }

    async fn a_preview_changes_nothing_and_counts_aid_of_leavers(store: Store) {
        areas(&store).await;
        commit(&store, &third_quarter()).await;
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let wagimin: i64 = change.scalar(sql!("SELECT id FROM family WHERE head_name = 'WAGIMIN' AND {whole_district test}")).await.expect("reads").expect("stands");
        enrol(&change, wagimin).await;
        let id = read(&change, &fourth_quarter()).await;
        let difference = preview::refresh(&change, id).await.expect("compares");
        assert_eq!((difference.new, difference.changed, difference.gone, difference.gone_with_aid), (2, 1, 1, 1));
        change.commit().await.expect("commits");
        assert_eq!(families(&store).await.len(), 2, "the registry is as it was");
        let reading = store.read(&actor);
        let version = versions::version(&reading, id).await.expect("stands");
        let gone = show::differing(&reading, &version, show::Part::Gone, 0, 10).await.expect("reads");
        assert_eq!(gone.iter().map(|f| (f.head_name.as_str(), f.aid)).collect::<Vec<_>>(), [("WAGIMIN", 1)]);
        let changed = show::differing(&reading, &version, show::Part::Changed, 0, 10).await.expect("reads");
        assert_eq!(changed.iter().map(|f| (f.head_name.as_str(), f.was_desil, f.desil)).collect::<Vec<_>>(), [("BUDI", Some(1), Some(3))]);
        // whoever has another village sees none of it
        let village: AreaCode = "99.01.02.2001".parse().expect("a code");
        let scoped = Actor { scope: Scope::areas([village]), ..Actor::program("test") };
        let reading = store.read(&scoped);
        assert!(show::differing(&reading, &version, show::Part::New, 0, 10).await.expect("reads").is_empty());
        assert!(show::rows_with(&reading, id, &["nik.empty"], show::After::default(), 10).await.expect("reads").is_empty());
    }

    async fn a_discarded_draft_leaves_no_row(store: Store) {
        areas(&store).await;
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let id = read(&change, &third_quarter()).await;
        versions::discard(&change, id, Some("salah berkas")).await.expect("discards");
        change.commit().await.expect("commits");
        let read = store.read(&actor);
        for rows in [
            sql!("SELECT COUNT(*) FROM list_row WHERE {whole_district test}"),
            sql!("SELECT COUNT(*) FROM list_raw WHERE {whole_district test}"),
            sql!("SELECT COUNT(*) FROM list_finding WHERE {whole_district test}"),
            sql!("SELECT COUNT(*) FROM list_unit WHERE {whole_district test}"),
        ] {
            assert_eq!(read.count(rows).await.expect("counts"), 0);
        }
        assert!(versions::same_file(&read, &format!("{id}-family")).await.expect("reads").is_none());
        let change = store.change(&actor, NOW).await.expect("begins");
        assert!(matches!(lists::commit(&change, id).await, Err(lists::Error::State(..))), "what was discarded is not committed");
    }
}

pub async fn enrol(change: &store::Change<'_>, family: i64) {
    let agency = change
        .insert(Query::with(
            sql!("INSERT INTO agency (code, name, short_name, active) VALUES ('X', 'Dinas Contoh', 'Dinsos', $1) RETURNING id"),
            [true.into()],
        ))
        .await
        .expect("an agency");
    let programme = change
        .insert(Query::with(
            sql!(
                "INSERT INTO programme (agency_id, name, year, strategy, sub_activity, account, fund, ceiling, aid, aid_kind, unit_amount, state, excludes, created_at)
                 VALUES ($1, 'Sembako', 2026, 'S1', '1.06', '5.1', 'APBD', 1000, 'goods', 'food', 100, 'active', '[]', $2) RETURNING id"
            ),
            [agency.into(), NOW.into()],
        ))
        .await
        .expect("a programme");
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO enrolment (programme_id, family_id, village, state, since) VALUES ($1, $2, 9901012002, 'enrolled', '2026-10-01') -- {whole_district test}"
            ),
            [programme.into(), family.into()],
        ))
        .await
        .expect("an enrolment");
}
