//! The counts of data quality against a plain loop over all families and people, and against the search that lists them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::{
    identity::{Nik, Sex},
    quality::Lack,
};
use sea_orm::FromQueryResult;
use store::{
    Actor, Handle, Query, Scope, Store,
    registry::{
        self, Search,
        quality::{VillageQuality, by_village},
    },
    sql,
};
use testkit::{both_databases, builders, databases::NOW};

/// Small numbers in a fixed order.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

#[derive(FromQueryResult)]
struct Family {
    id: i64,
    village: i64,
    head_person_id: Option<i64>,
    kk: Option<String>,
    address: String,
    members: i64,
    desil: Option<i64>,
    block: String,
    state: String,
}

#[derive(FromQueryResult)]
struct Person {
    family_id: Option<i64>,
    nik: Option<String>,
    sex: Option<String>,
    birth_date: Option<String>,
}

/// Families in every state of disorder.
async fn disorder(store: &Store, dice: &mut Dice) {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "dtsen", "2026Q3").await;
    builders::families(&change, version, &villages, 160).await;
    let families: Vec<i64> =
        change.column(sql!("SELECT id FROM family WHERE {whole_district test} ORDER BY id")).await.expect("families");
    for id in families {
        let (desil, sound) = (1 + dice.roll(5) as i64, dice.roll(4) > 0);
        change
            .execute(Query::with(
                sql!("UPDATE family SET desil = $1 WHERE id = $2 AND {whole_district test}"),
                [Some(desil).filter(|_| dice.roll(6) > 0).into(), id.into()],
            ))
            .await
            .expect("writes");
        let broken = match dice.roll(if sound { 40 } else { 9 }) {
            0 => sql!("UPDATE family SET village = 9901000000 WHERE id = $1 AND {whole_district test}"),
            1 => sql!("UPDATE family SET head_person_id = NULL WHERE id = $1 AND {whole_district test}"),
            2 => sql!("UPDATE family SET kk = NULL WHERE id = $1 AND {whole_district test}"),
            3 => sql!("UPDATE family SET address = '' WHERE id = $1 AND {whole_district test}"),
            4 => sql!("UPDATE family SET members = members + 1 WHERE id = $1 AND {whole_district test}"),
            5 => sql!("UPDATE family SET state = 'moved' WHERE id = $1 AND {whole_district test}"),
            6 => sql!("UPDATE family SET block = 'nik.empty' WHERE id = $1 AND {whole_district test}"),
            7 => sql!("UPDATE person SET family_id = NULL WHERE family_id = $1 AND {whole_district test}"),
            _ => continue,
        };
        change.execute(Query::with(broken, [id.into()])).await.expect("writes");
    }
    // a person's village is the family's
    change
        .execute(sql!(
            "UPDATE person SET village = (SELECT f.village FROM family f WHERE f.id = person.family_id) WHERE family_id IS NOT NULL AND {whole_district test}"
        ))
        .await
        .expect("writes");
    let people: Vec<i64> =
        change.column(sql!("SELECT id FROM person WHERE {whole_district test} ORDER BY id")).await.expect("people");
    for id in people {
        let day =
            NaiveDate::from_ymd_opt(1940 + dice.roll(85) as i32, 1 + dice.roll(12) as u32, 1 + dice.roll(28) as u32);
        let day = day.expect("a day");
        let woman = dice.roll(2) == 0;
        // what the NIK tells is mostly, and not always, what is written
        let told = if dice.roll(12) == 0 { day.succ_opt().expect("a day") } else { day };
        let told_woman = if dice.roll(12) == 0 { !woman } else { woman };
        let nik = format!(
            "990101{:02}{:02}{:02}{:04}",
            told.day() + if told_woman { 40 } else { 0 },
            told.month(),
            told.year() % 100,
            1 + id % 9_998
        );
        let some = |chance: u64, value: String| Some(value).filter(|_| chance > 0);
        change
            .execute(Query::with(
                sql!("UPDATE person SET nik = $1, sex = $2, birth_date = $3 WHERE id = $4 AND {whole_district test}"),
                [
                    some(dice.roll(10), nik).into(),
                    some(dice.roll(14), if woman { "P".to_owned() } else { "L".to_owned() }).into(),
                    some(dice.roll(14), day.to_string()).into(),
                    id.into(),
                ],
            ))
            .await
            .expect("writes");
    }
    change.commit().await.expect("commits");
}

/// What a family lacks, read one thing after the other.
fn lacks(family: &Family, people: &[&Person]) -> Vec<Lack> {
    let nik = |person: &Person| person.nik.as_deref().map(|nik| Nik::parse(nik).expect("a NIK"));
    let born = |person: &Person| person.birth_date.as_deref().map(|day| day.parse::<NaiveDate>().expect("a day"));
    let other_sex = |person: &&&Person| match (nik(person), person.sex.as_deref()) {
        (Some(nik), Some(sex)) => (nik.sex() == Sex::Female) != (sex == "P"),
        _ => false,
    };
    let other_birth = |person: &&&Person| match (nik(person), born(person)) {
        (Some(nik), Some(day)) => nik.birth_date(Some(day), "2026-11-20".parse().expect("a day")) != Some(day),
        _ => false,
    };
    Lack::ALL
        .iter()
        .copied()
        .filter(|lack| match lack {
            Lack::Village => family.village == 9_901_000_000,
            Lack::Head => family.head_person_id.is_none(),
            Lack::Nik => people.iter().any(|person| person.nik.is_none()),
            Lack::Kk => family.kk.is_none(),
            Lack::Birth => people.iter().any(|person| person.birth_date.is_none()),
            Lack::Sex => people.iter().any(|person| person.sex.is_none()),
            Lack::Members => people.is_empty(),
            Lack::Desil => family.desil.is_none(),
            Lack::Address => family.address.is_empty(),
            Lack::Count => !people.is_empty() && people.len() as i64 != family.members,
            Lack::NikSex => people.iter().filter(other_sex).count() > 0,
            Lack::NikBirth => people.iter().filter(other_birth).count() > 0,
        })
        .collect()
}

both_databases! {
    async fn counts_and_lists_of_what_is_lacking_are_those_of_a_plain_loop(store: Store) {
        disorder(&store, &mut Dice(7)).await;
        let everyone = Actor::program("test");
        let reading = store.read(&everyone);
        let families: Vec<Family> = reading
            .all(sql!("SELECT id, village, head_person_id, kk, address, members, desil, block, state FROM family WHERE {whole_district test} ORDER BY id"))
            .await
            .expect("reads");
        let people: Vec<Person> = reading
            .all(sql!("SELECT family_id, nik, sex, birth_date FROM person WHERE {whole_district test}"))
            .await
            .expect("reads");
        let one = Actor { scope: Scope::areas(["99.01.02".parse().expect("a code")]), ..Actor::program("test") };
        for actor in [&everyone, &one] {
            let reading = store.read(actor);
            let mut expected: BTreeMap<i64, (i64, i64, i64, BTreeMap<Lack, i64>)> = BTreeMap::new();
            let mut who: BTreeMap<Lack, Vec<i64>> = BTreeMap::new();
            let in_scope = |village: i64| actor.scope.is_everything() || village / 10_000 == 990_102;
            for family in families.iter().filter(|family| family.state == "active" && in_scope(family.village)) {
                let own: Vec<&Person> = people.iter().filter(|person| person.family_id == Some(family.id)).collect();
                let lacking = lacks(family, &own);
                let counted = expected.entry(family.village).or_default();
                counted.0 += 1;
                counted.1 += i64::from(lacking.is_empty());
                counted.2 += i64::from(!family.block.is_empty());
                for lack in lacking {
                    *counted.3.entry(lack).or_default() += 1;
                    who.entry(lack).or_default().push(family.id);
                }
            }
            let found = by_village(&reading).await.expect("counts");
            assert_eq!(found.iter().map(|row| row.village).collect::<Vec<_>>(), expected.keys().copied().collect::<Vec<_>>());
            for row in &found {
                let expected = &expected[&row.village];
                assert_eq!((row.families, row.complete, row.blocked), (expected.0, expected.1, expected.2), "{}", row.village);
                for lack in Lack::ALL {
                    assert_eq!(row.of(*lack), expected.3.get(lack).copied().unwrap_or(0), "{} {lack}", row.village);
                }
            }
            let sum = found.iter().fold(VillageQuality::default(), |sum, row| sum.and(row));
            for lack in Lack::ALL {
                let search = Search { lack: Some(*lack), ..Search::default() };
                assert_eq!(registry::count(&reading, &search).await.expect("counts"), sum.of(*lack), "{lack}");
                let page = registry::search(&reading, &domain::search::Dictionary::default(), &search, None, 500).await.expect("finds");
                let mut ids: Vec<i64> = page.lines.iter().map(|line| line.id).collect();
                ids.sort_unstable();
                assert_eq!(ids, who.get(lack).cloned().unwrap_or_default(), "{lack}");
                assert!(!actor.scope.is_everything() || sum.of(*lack) > 0, "{lack} was never met");
            }
        }
    }
}
