//! The set-based linking against the plain loop, on random small lists: versions of two sources, in and out of order, with
//! shared numbers, missing numbers, changed cards, moves, repeated rows and families that split.

use std::collections::BTreeMap;

use domain::lists::Relation;
use sea_orm::FromQueryResult;
use store::{Actor, Handle, Query, sql};
use testkit::both_databases;

use super::{
    made::{Given, Said, areas, commit},
    naive::{Membership, Registry},
};

/// A small generator, so that a seed always makes the same lists.
pub struct Dice(u64);

impl Dice {
    pub fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

const NIKS: [&str; 16] = [
    "",
    "",
    "",
    "9901011207850001",
    "9901011207850002",
    "9901011207850003",
    "9901011207850004",
    "9901011207850005",
    "9901011207850006",
    "9901011207850007",
    "9901011207850008",
    "9901011207850009",
    "9901011207850010",
    "9901011207850011",
    "9901011207850012",
    "123",
];
const NAMES: [&str; 7] = ["", "Siti Aminah", "ST. AMINAH", "Budi", "Rohaya", "Wagimin", "Joko"];
const BIRTHS: [&str; 5] = ["", "1985-07-12", "1990-01-01", "2015-03-01", "1961-03-14"];
const KKS: [&str; 7] = [
    "",
    "9901010101200001",
    "9901010101200002",
    "9901010101200003",
    "9901010101200004",
    "9901010101200005",
    "9901010101200006",
];
const FAMILY_IDS: [&str; 7] = ["", "F1", "F2", "F3", "F4", "F5", "F6"];
const PERSON_IDS: [&str; 9] = ["", "", "P1", "P2", "P3", "P4", "P5", "P6", "P7"];
const RELATIONS: [Option<Relation>; 5] =
    [None, Some(Relation::Head), Some(Relation::Spouse), Some(Relation::Child), Some(Relation::Other)];
const AS_OF: [&str; 5] = ["2023-12-31", "2024-12-31", "2026-03-31", "2026-06-30", "2026-09-30"];

pub fn list(dice: &mut Dice, number: usize) -> Given {
    let source = dice.pick(&["dtsen", "p3ke"]);
    let mut given = Given::new(source, &format!("V{number}"), dice.pick(&AS_OF));
    let own = source == "p3ke";
    let said = |dice: &mut Dice| Said {
        kk: if own { "" } else { dice.pick(&KKS) },
        nik: dice.pick(&NIKS),
        name: dice.pick(&NAMES),
        birth: dice.pick(&BIRTHS),
        relation: dice.pick(&RELATIONS),
        list_family_id: if own { dice.pick(&FAMILY_IDS) } else { "" },
        list_person_id: if own { dice.pick(&PERSON_IDS) } else { "" },
        village: dice.pick(&["99.01.01.2001", "99.01.01.2001", "99.01.01.2002"]),
        address: dice.pick(&["", "Dusun Krajan", "Dusun Wetan"]),
        desil: dice.pick(&[0, 1, 2, 4]),
        members: dice.pick(&[0, 1, 3]),
    };
    let shape = dice.roll(3);
    if shape != 0 {
        given.families = (0..=dice.roll(6)).map(|_| said(dice)).collect();
        for family in &mut given.families {
            family.relation = None;
            family.list_person_id = "";
        }
    }
    if shape != 1 {
        given.members = (0..=dice.roll(14)).map(|_| said(dice)).collect();
    }
    given
}

#[derive(FromQueryResult)]
struct RowLink {
    person_id: Option<i64>,
    family_id: Option<i64>,
}

#[derive(FromQueryResult)]
struct StoredMembership {
    person_id: i64,
    family_id: i64,
    relation: Option<String>,
    since: String,
    until: Option<String>,
}

/// Pairs ids of the loop with ids of the database; each must always mean the other.
#[derive(Default)]
struct Pairs(BTreeMap<usize, i64>, BTreeMap<i64, usize>);

impl Pairs {
    fn must_be(&mut self, ours: usize, theirs: i64, what: &str) {
        assert_eq!(*self.0.entry(ours).or_insert(theirs), theirs, "{what}");
        assert_eq!(*self.1.entry(theirs).or_insert(ours), ours, "{what}");
    }
}

async fn same_as_the_loop(store: &store::Store, seeds: std::ops::Range<u64>) {
    areas(store).await;
    let actor = Actor::program("test");
    // the loop knows exact keys only
    let change = store.change(&actor, testkit::databases::NOW).await.expect("begins");
    store::areas::set_setting(&change, store::registry::likeness::attach::SETTING, "no").await.expect("sets");
    change.commit().await.expect("commits");
    for seed in seeds {
        let mut dice = Dice::of(seed);
        let mut registry = Registry::default();
        let (mut people, mut families) = (Pairs::default(), Pairs::default());
        for number in 0..6 {
            let given = list(&mut dice, number);
            let (version, _) = commit(store, &given).await;
            let expected = registry.commit(&given);
            let read = store.read(&actor);
            let rows: Vec<RowLink> = read
                .all(Query::with(
                    sql!(
                        "SELECT p.person_id, u.family_id FROM list_row r
                         LEFT JOIN person_list p ON p.row_id = r.id LEFT JOIN list_unit u ON u.version_id = r.version_id AND u.family_key = r.family_key
                         WHERE r.version_id = $1 AND {whole_district test} ORDER BY r.id"
                    ),
                    [version.into()],
                ))
                .await
                .expect("reads");
            for (at, row) in rows.iter().enumerate() {
                let what = format!("seed {seed}, version {number}, row {at} of {given:#?}");
                assert_eq!(expected.persons.contains_key(&at), row.person_id.is_some(), "{what}");
                if let (Some(ours), Some(theirs)) = (expected.persons.get(&at), row.person_id) {
                    people.must_be(*ours, theirs, &what);
                }
                families.must_be(expected.families[&at], row.family_id.expect("a family"), &what);
            }
        }
        let read = store.read(&actor);
        let stored: Vec<StoredMembership> = read
            .all(sql!("SELECT person_id, family_id, relation, since, until FROM membership WHERE {whole_district test} ORDER BY id"))
            .await
            .expect("reads");
        let mut stored: Vec<Membership> = stored
            .iter()
            .filter(|m| people.1.contains_key(&m.person_id))
            .map(|m| Membership {
                person: people.1[&m.person_id],
                family: families.1[&m.family_id],
                relation: m.relation.as_deref().and_then(Relation::from_code).map(Relation::as_str),
                since: m.since.clone(),
                until: m.until.clone(),
            })
            .collect();
        stored.sort();
        registry.memberships.sort();
        assert_eq!(stored, registry.memberships, "memberships of seed {seed}");
        forget(store).await;
    }
}

/// Empties lists and registry, so that the next seed begins anew.
pub async fn forget(store: &store::Store) {
    let actor = Actor::program("test");
    let change = store.change(&actor, testkit::databases::NOW).await.expect("begins");
    for statement in [
        sql!("DELETE FROM journal_family"),
        sql!("DELETE FROM match_link WHERE {whole_district test}"),
        sql!("DELETE FROM match_decision WHERE {whole_district test}"),
        sql!("DELETE FROM match_pair WHERE {whole_district test}"),
        sql!("DELETE FROM former_nik WHERE {whole_district test}"),
        sql!("DELETE FROM household_field WHERE {whole_district test}"),
        sql!("DELETE FROM household_subject WHERE {whole_district test}"),
        sql!("DELETE FROM household_change WHERE {whole_district test}"),
        sql!("DELETE FROM family_list WHERE {whole_district test}"),
        sql!("DELETE FROM person_list WHERE {whole_district test}"),
        sql!("DELETE FROM membership WHERE {whole_district test}"),
        sql!("DELETE FROM person WHERE {whole_district test}"),
        sql!("DELETE FROM family WHERE {whole_district test}"),
        sql!("DELETE FROM list_unit WHERE {whole_district test}"),
        sql!("DELETE FROM list_change WHERE {whole_district test}"),
        sql!("DELETE FROM list_memory WHERE {whole_district test}"),
        sql!("DELETE FROM list_past WHERE {whole_district test}"),
        sql!("DELETE FROM search_word WHERE {whole_district test}"),
        sql!("DELETE FROM list_finding WHERE {whole_district test}"),
        sql!("DELETE FROM list_raw WHERE {whole_district test}"),
        sql!("DELETE FROM list_row WHERE {whole_district test}"),
        sql!("DELETE FROM list_file"),
        sql!("UPDATE list_version SET previous_id = NULL"),
        sql!("DELETE FROM list_version"),
    ] {
        change.execute(statement).await.expect("deletes");
    }
    change.commit().await.expect("commits");
}

both_databases! {
    async fn linking_in_sets_is_linking_row_by_row(store: Store) {
        same_as_the_loop(&store, 1..30).await;
    }
}
