//! Rows without an exact key: who is surely somebody known becomes that person, who may be one is asked about, the rest is new.

use domain::lists::Relation;
use sea_orm::FromQueryResult;
use store::{
    Actor, Handle,
    registry::likeness::{Evidence, SURE, pairs},
    sql,
};
use testkit::{both_databases, databases::NOW};

use super::{
    made::{Given, Said, areas, commit},
    reference::{Dice, list},
    undo::{enter_again, registry, same, sound, take_back},
};

const KULON: &str = "99.01.01.2001";

fn said(nik: &'static str, name: &'static str, birth: &'static str, kk: &'static str) -> Said {
    let address = "Dusun Krajan";
    Said { nik, name, birth, kk, village: KULON, address, relation: Some(Relation::Other), ..Said::default() }
}

/// Whom the registry knows.
pub fn known() -> Given {
    let mut given = Given::new("dtsen", "2026Q3", "2026-09-30");
    given.members = vec![
        said("9901011207850001", "SITI AMINAH", "1985-07-12", "9901010101200001"),
        said("9901010303610002", "MUHAMMAD ILYAS", "1961-03-03", "9901010101200002"),
        said("9901012408790003", "WAGIMIN", "1979-08-24", "9901010101200003"),
        said("9901010904580004", "TUKIMIN HADI", "1958-04-09", "9901010101200004"),
    ];
    given
}

/// The next list: mistyped and missing numbers, abbreviated names, and somebody nobody knows.
pub fn alike() -> Given {
    let mut given = Given::new("p3ke", "2026", "2026-10-31");
    given.members = vec![
        // no number, the name abbreviated
        said("", "ST. AMINAH", "1985-07-12", ""),
        // two digits of the number changed places, MUH for MUHAMMAD
        said("9901010303610020", "MUH. ILYAS", "1961-03-03", ""),
        // a name and a year: he may be Wagimin
        said("", "WAGIMIN", "1979-01-01", ""),
        // nobody like her
        said("9901015505900007", "KARTINI RAHAYU", "1990-05-15", ""),
    ];
    for (row, family) in given.members.iter_mut().zip(["A", "B", "C", "D"]) {
        row.list_family_id = family;
    }
    given
}

#[derive(FromQueryResult)]
struct Row {
    name: String,
    linked_by: String,
}

async fn links(store: &store::Store, version: i64) -> Vec<String> {
    let actor = Actor::program("test");
    let rows: Vec<Row> = store
        .read(&actor)
        .all(store::Query::with(
            sql!(
                "SELECT p.name, l.linked_by FROM person_list l JOIN person p ON p.id = l.person_id WHERE l.version_id = $1 AND {whole_district test} ORDER BY l.row_id"
            ),
            [version.into()],
        ))
        .await
        .expect("reads");
    rows.into_iter().map(|row| format!("{} by {}", row.name, row.linked_by)).collect()
}

/// The pairs, by names.
async fn asked(store: &store::Store) -> Vec<String> {
    let actor = Actor::program("test");
    store
        .read(&actor)
        .column(sql!(
            "SELECT p.name || ' / ' || q.name || ' ' || m.state FROM match_pair m LEFT JOIN person p ON p.id = m.one_id LEFT JOIN person q ON q.id = m.other_id WHERE {whole_district test} ORDER BY m.id"
        ))
        .await
        .expect("reads")
}

pub async fn find(store: &store::Store, version: i64) -> pairs::Found {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let found = pairs::find(&change, version).await.expect("finds");
    change.commit().await.expect("commits");
    found
}

both_databases! {
    async fn who_is_surely_known_is_attached_who_may_be_is_asked_and_the_rest_is_new(store: Store) {
        areas(&store).await;
        let (first, _) = commit(&store, &known()).await;
        assert_eq!(find(&store, first).await, pairs::Found { people: 4, new: 0 }, "nobody of the first list is like another");
        let before = registry(&store).await;
        let (second, done) = commit(&store, &alike()).await;
        assert_eq!(
            links(&store, second).await,
            ["ST. AMINAH by likeness", "MUH. ILYAS by likeness", "WAGIMIN by new", "KARTINI RAHAYU by new"]
        );
        assert_eq!((done.new_persons, done.new_families), (2, 2), "whoever is attached brings his family with him");
        let actor = Actor::program("test");
        let niks: Vec<String> = store.read(&actor).column(sql!("SELECT COALESCE(nik, '-') FROM person WHERE {whole_district test} ORDER BY id")).await.expect("reads");
        assert_eq!(niks[..2], ["9901011207850001", "9901010303610002"], "a mistyped number does not take the place of the one known");
        let kept: Vec<String> = store.read(&actor).column(sql!("SELECT evidence FROM match_link WHERE {whole_district test} ORDER BY row_id")).await.expect("reads");
        assert_eq!(kept.len(), 2, "why is kept for each");
        for text in kept {
            let evidence = Evidence::from_kept(&text).expect("reads");
            assert!(evidence.weight() >= SURE && evidence.level("nama").is_some(), "{evidence:?}");
        }
        assert_eq!(find(&store, second).await.new, 1);
        assert_eq!(asked(&store).await, ["WAGIMIN / WAGIMIN open"]);
        let met = pairs::met(&store.read(&actor), second).await.expect("counts");
        assert_eq!(met, pairs::Met { people: 4, exact: 0, alike: 2, new: 2, asked: 1 });
        assert_eq!(find(&store, second).await.new, 0, "finding again finds nothing new");
        // the same list again is the same people
        let mut again = alike();
        "2027".clone_into(&mut again.version);
        let people = store.read(&actor).count(sql!("SELECT COUNT(*) FROM person WHERE {whole_district test}")).await.expect("counts");
        let (third, done) = commit(&store, &again).await;
        assert_eq!(done.new_persons, 0);
        assert_eq!(store.read(&actor).count(sql!("SELECT COUNT(*) FROM person WHERE {whole_district test}")).await.expect("counts"), people);
        take_back(&store, third).await;
        let with_second = registry(&store).await;
        take_back(&store, second).await;
        same(&before, &registry(&store).await, "without the second list");
        assert_eq!(asked(&store).await, Vec::<String>::new(), "whoever left took the question along");
        enter_again(&store, second).await;
        same(&with_second, &registry(&store).await, "entered again");
        assert_eq!(links(&store, second).await[0], "ST. AMINAH by likeness");
    }

    async fn twins_and_people_with_two_sound_numbers_stay_two(store: Store) {
        areas(&store).await;
        let mut first = Given::new("dtsen", "2026Q3", "2026-09-30");
        first.members = vec![
            said("9901011203900001", "HASAN BASRI", "1990-03-12", "9901010101200001"),
            said("9901011203900005", "NURDIN ANWAR", "1990-03-12", "9901010101200002"),
        ];
        commit(&store, &first).await;
        let mut second = Given::new("p3ke", "2026", "2026-10-31");
        second.members = vec![
            // his twin: born on the same day, the number after his
            said("9901011203900002", "HUSEN BASRI", "1990-03-12", "9901010101200001"),
            // named and born like Nurdin, with a sound number of his own that is quite another
            said("9901011203907431", "NURDIN ANWAR", "1990-03-12", "9901010101200077"),
        ];
        for (row, family) in second.members.iter_mut().zip(["A", "B"]) {
            row.list_family_id = family;
        }
        let (id, done) = commit(&store, &second).await;
        assert_eq!(done.new_persons, 2, "{:?}", links(&store, id).await);
    }

    async fn two_rows_that_could_be_the_same_person_are_neither(store: Store) {
        areas(&store).await;
        commit(&store, &known()).await;
        let mut second = Given::new("p3ke", "2026", "2026-10-31");
        second.members = vec![said("", "ST. AMINAH", "1985-07-12", ""), said("", "SITI AMINAH", "1985-07-12", "")];
        for (row, family) in second.members.iter_mut().zip(["A", "B"]) {
            row.list_family_id = family;
        }
        let (id, done) = commit(&store, &second).await;
        assert_eq!(done.new_persons, 2, "{:?}", links(&store, id).await);
        assert!(find(&store, id).await.new >= 2, "both are asked about");
    }

    async fn random_lists_attach_and_leave_no_trace(store: Store) {
        areas(&store).await;
        let mut attached = 0;
        let mut dice = Dice::of(7);
        for number in 0..14 {
            let before = registry(&store).await;
            let (id, _) = commit(&store, &list(&mut dice, number)).await;
            let after = registry(&store).await;
            attached += links(&store, id).await.iter().filter(|link| link.ends_with("by likeness")).count();
            find(&store, id).await;
            sound(&store, &format!("list {number}")).await;
            take_back(&store, id).await;
            same(&before, &registry(&store).await, &format!("list {number} taken back"));
            let asked = store.read(&Actor::program("test")).count(sql!(
                "SELECT COUNT(*) FROM match_pair WHERE {whole_district test} AND (one_id NOT IN (SELECT id FROM person) OR other_id NOT IN (SELECT id FROM person))"
            )).await.expect("counts");
            assert_eq!(asked, 0, "nobody is asked about whom there is not");
            enter_again(&store, id).await;
            same(&after, &registry(&store).await, &format!("list {number} entered again"));
        }
        assert!(attached > 0, "no row was attached by likeness: the test shows nothing");
    }
}
