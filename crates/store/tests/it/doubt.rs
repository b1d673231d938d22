//! The work lists of what should not be, against a loop over everybody.

use std::collections::BTreeMap;

use domain::{AreaCode, access::Role};
use sea_orm::FromQueryResult;
use store::{
    Actor, Handle, Query, Scope, Store,
    registry::doubt::{self, Doubt},
    sql,
};
use testkit::{both_databases, builders, databases::NOW};

#[derive(Clone, Debug, FromQueryResult)]
struct Somebody {
    id: i64,
    nik: Option<String>,
    name_key: String,
    sex: Option<String>,
    birth_date: Option<String>,
    village: i64,
    state: String,
}

/// Pairs that share something, told at the one with the smaller number, or at the other where only he is seen.
fn pairs(
    people: &[Somebody],
    sees: impl Fn(i64) -> bool,
    shares: impl Fn(&Somebody, &Somebody) -> bool,
) -> BTreeMap<i64, i64> {
    let mut counts = BTreeMap::new();
    for one in people.iter().filter(|one| sees(one.village)) {
        for other in people.iter().filter(|other| other.id != one.id && shares(one, other)) {
            if one.id < other.id || !sees(other.village) {
                *counts.entry(one.village).or_default() += 1;
            }
        }
    }
    counts
}

async fn counted(store: &Store, actor: &Actor, doubt: Doubt, cause: &str) -> BTreeMap<i64, i64> {
    let counts = doubt::counts(&store.read(actor), doubt).await.expect("counts");
    let rows = doubt::rows(&store.read(actor), doubt, None, 100_000).await.expect("reads");
    let all: i64 = counts.iter().map(|one| one.count).sum();
    assert_eq!(rows.len() as i64, all, "{doubt:?}: the counts are of the rows");
    counts.into_iter().filter(|one| one.cause == cause).map(|one| (one.village, one.count)).collect()
}

both_databases! {
    async fn the_work_lists_count_what_a_loop_counts(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        let mut made = Vec::new();
        for n in 0..40 {
            let head = ["ROHAYA AMIN", "JUMADI", "SUPARNO", "SITI AMINAH"][n % 4];
            made.push(builders::family(&change, version, villages[n % 3], head, 1, 1 + (n % 3) as i64).await);
        }
        // numbers shared across and within villages, and some who died
        for (of, takes) in [(0, 1), (0, 2), (5, 8), (6, 9), (10, 22), (11, 14)] {
            change
                .execute(Query::with(
                    sql!("UPDATE person SET nik = (SELECT k.nik FROM person k WHERE k.id = $1) WHERE id = $2 AND {whole_district test}"),
                    [made[of].1.into(), made[takes].1.into()],
                ))
                .await
                .expect("is written");
        }
        for died in [8, 22, 30] {
            change.execute(Query::with(sql!("UPDATE person SET state = 'deceased' WHERE id = $1 AND {whole_district test}"), [made[died].1.into()])).await.expect("dies");
        }
        // two programmes of one kind, and one family that received from both
        let mut programmes = Vec::new();
        for name in ["Sembako", "Beras"] {
            programmes.push(builders::programme(&change, name, 1_000_000_000, 200_000).await);
        }
        for (number, (family, programme)) in [(0, 0), (0, 1), (1, 0), (3, 0), (3, 1), (4, 1), (5, 0), (8, 1)].into_iter().enumerate() {
            let stage = sql!("SELECT MIN(s.id) FROM programme_stage s WHERE s.programme_id = $1");
            let stage = change.count(Query::with(stage, [programmes[programme].into()])).await.expect("a stage");
            let event = change
                .insert(Query::with(
                    sql!("INSERT INTO event (programme_id, stage_id, name, place, starts_at, area, unit_amount, planned_families, planned_amount, state, instructions, created_at) VALUES ($1, $2, 'Salur', 'Balai', '2026-11-10T02:00:00Z', 9901000000, 200000, 1, 200000, 'closed', '', $3) RETURNING id"),
                    [programmes[programme].into(), stage.into(), NOW.into()],
                ))
                .await
                .expect("an event");
            let enrolment = change
                .insert(Query::with(
                    sql!("INSERT INTO enrolment (programme_id, family_id, village, state, since) SELECT $2, f.id, f.village, 'active', '2026-10-01' FROM family f WHERE f.id = $1 AND {whole_district test} RETURNING id"),
                    [made[family].0.into(), programmes[programme].into()],
                ))
                .await
                .expect("an enrolment");
            change
                .execute(Query::with(
                    sql!("INSERT INTO event_line (event_id, enrolment_id, family_id, village, number, token, head_name, name_key, address, amount, state, served_at)
                          SELECT $2, $3, f.id, f.village, 1, $4, f.head_name, f.name_key, '', 200000, 'received', '2026-11-10T03:00:00Z' FROM family f WHERE f.id = $1 AND {whole_district test}"),
                    [made[family].0.into(), event.into(), enrolment.into(), format!("token {number}").into()],
                ))
                .await
                .expect("a line");
        }
        change.commit().await.expect("commits");
        let people: Vec<Somebody> = store
            .read(&actor)
            .all(sql!("SELECT id, nik, name_key, sex, birth_date, village, state FROM person WHERE {whole_district test} ORDER BY id"))
            .await
            .expect("reads");
        let whole = Actor::granted(1, "Petugas", &[(Role::OfficeStaff, None)], None);
        let kecamatan: AreaCode = "99.01.01".parse().expect("a code");
        let part = Actor { scope: Scope::areas([kecamatan]), ..whole.clone() };
        for (actor, sees) in [(&whole, None), (&part, Some(kecamatan))] {
            let sees = |village: i64| sees.is_none_or(|area: AreaCode| area.range().contains(&village));
            let same_number = |one: &Somebody, other: &Somebody| one.nik.is_some() && one.nik == other.nik;
            let alive = |one: &Somebody, other: &Somebody| one.village != other.village && one.state == "alive" && other.state == "alive";
            assert_eq!(counted(&store, actor, Doubt::Number, "number").await, pairs(&people, sees, same_number));
            let far = |one: &Somebody, other: &Somebody| same_number(one, other) && alive(one, other);
            assert_eq!(counted(&store, actor, Doubt::Villages, "number").await, pairs(&people, sees, far));
            let named = |one: &Somebody, other: &Somebody| {
                alive(one, other) && one.birth_date.is_some() && one.birth_date == other.birth_date && one.name_key == other.name_key && one.sex == other.sex && one.nik != other.nik
            };
            assert_eq!(counted(&store, actor, Doubt::Villages, "name").await, pairs(&people, sees, named));
            let mut heads: BTreeMap<i64, i64> = BTreeMap::new();
            for one in people.iter().filter(|one| one.state == "deceased" && sees(one.village)) {
                *heads.entry(one.village).or_default() += 1;
            }
            assert_eq!(counted(&store, actor, Doubt::Dead, "head").await, heads);
            let of = |n: usize| villages[n % 3].number();
            let mut like: BTreeMap<i64, i64> = BTreeMap::new();
            for family in [0, 3] {
                if sees(of(family)) {
                    *like.entry(of(family)).or_default() += 1;
                }
            }
            assert_eq!(counted(&store, actor, Doubt::Twice, "like").await, like, "two programmes of one kind in a year");
            // 0 and 1 have one number and both received, and so did 5 and 8
            let served = counted(&store, actor, Doubt::Twice, "person").await;
            let expected = [(0, 1), (5, 8)].into_iter().filter_map(|(one, other)| {
                if sees(of(one)) { Some(of(one)) } else { sees(of(other)).then(|| of(other)) }
            });
            let mut persons: BTreeMap<i64, i64> = BTreeMap::new();
            for village in expected {
                *persons.entry(village).or_default() += 1;
            }
            assert_eq!(served, persons, "one person in two families");
        }
    }
}
