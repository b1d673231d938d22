//! Changes by hand between lists: they hold against a list that still tells what was, follow one that tells news, and stay
//! when lists are taken back; the last list taken back still leaves no trace.

use domain::{
    Nik, Sex,
    access::Role,
    household::{Asked, Newcomer, Relation, What},
};
use store::{
    Actor, Handle, Query, Store,
    registry::household::{self, Refused},
    sql,
};
use testkit::{both_databases, databases::NOW};

use super::{
    made::{Given, Said, areas, commit},
    reference::{Dice, forget, list},
    stories::{fourth_quarter, third_quarter},
    undo::{enter_again, registry, same, sound, take_back},
};

async fn official(store: &Store) -> Actor {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let user = testkit::builders::user(&change, "rina", Role::OfficeStaff, None).await;
    for kind in domain::household::Kind::ALL {
        store::areas::set_setting(&change, &kind.setting(), "no").await.expect("is set");
    }
    change.commit().await.expect("commits");
    Actor::granted(user, "Rina", &[(Role::OfficeStaff, None)], None)
}

async fn record(store: &Store, actor: &Actor, family: i64, what: What, on: &str) -> household::Outcome<i64> {
    let asked = Asked { what, on: on.parse().expect("a day"), reason: "Surat desa".into() };
    let change = store.change(actor, NOW).await.expect("begins");
    let count =
        change.count(sql!("SELECT COUNT(*) FROM household_change WHERE {whole_district test}")).await.expect("counts");
    let done = household::record(&change, Some(family), &asked, &format!("form {count}")).await?;
    assert!(!done.waits);
    change.commit().await.expect("commits");
    Ok(done.id)
}

async fn id(store: &Store, query: store::Sql, name: &str) -> i64 {
    let actor = Actor::program("test");
    store.read(&actor).count(Query::with(query, [name.into()])).await.expect("reads")
}

async fn person(store: &Store, name: &str) -> i64 {
    id(store, sql!("SELECT MIN(id) FROM person WHERE name = $1 AND {whole_district test}"), name).await
}

async fn family(store: &Store, head: &str) -> i64 {
    id(store, sql!("SELECT MIN(id) FROM family WHERE head_name = $1 AND {whole_district test}"), head).await
}

/// Where everybody lives, as what; and the heads.
async fn homes(store: &Store) -> Vec<String> {
    let actor = Actor::program("test");
    let read = store.read(&actor);
    read.column(sql!(
        "SELECT p.name || ' ' || COALESCE(p.nik, '-') || ' ' || COALESCE(f.head_name, '-') || ' ' || COALESCE(p.relation, '-') || ' ' || p.state AS line
         FROM person p LEFT JOIN family f ON f.id = p.family_id WHERE {whole_district test} ORDER BY 1"
    ))
    .await
    .expect("reads")
}

/// The next quarter's list, telling what the third quarter's told.
fn the_same_later() -> Given {
    Given { version: "2026Q4".into(), as_of: "2026-12-31".into(), ..third_quarter() }
}

/// Ani lives alone, Siti died, Budi's number is put right, Wagimin left the district.
async fn by_hand(store: &Store, rina: &Actor) -> Vec<i64> {
    let budi = family(store, "BUDI").await;
    let ani = person(store, "ANI").await;
    let mut ids = Vec::new();
    for (family, what) in [
        (budi, What::Split { members: vec![(ani, Relation::Head)], head: None, kk: None, place: None }),
        (budi, What::Death { person: person(store, "SITI").await, head: None }),
        (budi, What::Nik { person: person(store, "BUDI").await, nik: Nik::parse("9901011207859999").expect("sound") }),
        (family(store, "WAGIMIN").await, What::MoveOut),
    ] {
        ids.push(record(store, rina, family, what, "2026-11-02").await.expect("is written"));
    }
    ids
}

/// Something somebody of the office may do to a family drawn by the dice; nothing where it cannot be.
async fn anything(store: &Store, rina: &Actor, dice: &mut Dice) {
    let families: Vec<i64> = store
        .read(rina)
        .column(sql!("SELECT id FROM family WHERE state = 'active' AND {whole_district test} ORDER BY id"))
        .await
        .expect("reads");
    if families.is_empty() {
        return;
    }
    let family = families[dice.roll(families.len())];
    let members: Vec<i64> = store
        .read(rina)
        .column(Query::with(
            sql!("SELECT id FROM person WHERE family_id = $1 AND {whole_district test} ORDER BY id"),
            [family.into()],
        ))
        .await
        .expect("reads");
    if members.is_empty() {
        return;
    }
    let one = members[dice.roll(members.len())];
    let other = Some(members[dice.roll(members.len())]);
    let nik = format!("990101120785{:04}", 9000 + dice.roll(900));
    let people: Vec<i64> = store
        .read(rina)
        .column(sql!("SELECT id FROM person WHERE {whole_district test} ORDER BY id"))
        .await
        .expect("reads");
    let what = match dice.roll(9) {
        0 => What::Split { members: vec![(one, Relation::Head)], head: other, kk: None, place: None },
        1 => What::Merge { with: families[dice.roll(families.len())], members: vec![] },
        2 => What::Death { person: one, head: other },
        3 => What::Departure { members: vec![one], head: other },
        4 => What::Nik { person: one, nik: Nik::parse(&nik).expect("sound") },
        5 => What::Birth {
            born: Newcomer {
                name: "Melati".into(),
                sex: Sex::Female,
                birth_date: None,
                nik: None,
                relation: Relation::Child,
            },
        },
        6 => What::Head { person: one, relation: Relation::Other },
        _ => What::Same { kept: one, given_up: people[dice.roll(people.len())], confirmed: true },
    };
    let on = dice.pick(&["2024-06-01", "2026-08-01", "2026-11-02"]);
    match record(store, rina, family, what.clone(), on).await {
        Ok(_) | Err(Refused::Fault(_) | Refused::NikHeld { .. }) => {}
        Err(error) => panic!("{what:?}: {error:?}"),
    }
}

both_databases! {
    async fn a_list_that_still_tells_what_was_undoes_nothing(store: Store) {
        areas(&store).await;
        let rina = official(&store).await;
        let (first, _) = commit(&store, &third_quarter()).await;
        let told = homes(&store).await;
        let ids = by_hand(&store, &rina).await;
        let after = homes(&store).await;
        assert_eq!(
            after,
            [
                "ANI 9901015203050003 ANI HEAD alive",
                "BUDI 9901011207859999 BUDI HEAD alive",
                "SITI 9901015208870002 - - deceased",
                "WAGIMIN - WAGIMIN HEAD moved"
            ]
        );
        let before = registry(&store).await;
        let (second, _) = commit(&store, &the_same_later()).await;
        sound(&store, "the list that tells what was").await;
        assert_eq!(homes(&store).await, after, "nothing moved, nobody was made twice");
        let with_list = registry(&store).await;
        // the family's page says what the list still says
        let budi = family(&store, "BUDI").await;
        let said = household::still_said(&store.read(&rina), budi).await.expect("reads");
        let said: Vec<(&str, &str, &str)> = said.iter().map(|s| (s.version.as_str(), s.name.as_str(), s.what.as_str())).collect();
        assert_eq!(said, [("2026Q4", "SITI", "family"), ("2026Q4", "ANI", "family"), ("2026Q4", "BUDI", "nik")]);
        // taken back and entered again it leaves no trace
        take_back(&store, second).await;
        same(&before, &registry(&store).await, "the list is taken back");
        enter_again(&store, second).await;
        same(&with_list, &registry(&store).await, "the list enters again");
        // the list beneath goes, what people did stays; and it comes back
        take_back(&store, first).await;
        sound(&store, "without the first list").await;
        assert_eq!(homes(&store).await, after, "without the first list");
        enter_again(&store, first).await;
        sound(&store, "with the first list again").await;
        assert_eq!(homes(&store).await, after, "with the first list again");
        take_back(&store, second).await;
        // and what was done by hand still goes back to what the list told
        for id in ids.into_iter().rev() {
            let change = store.change(&rina, NOW).await.expect("begins");
            household::take_back(&change, id, "Salah").await.unwrap_or_else(|error| panic!("{id}: {error:?}"));
            change.commit().await.expect("commits");
            sound(&store, "a change is taken back").await;
        }
        assert_eq!(homes(&store).await, told);
    }

    async fn a_list_that_tells_news_is_followed(store: Store) {
        areas(&store).await;
        let rina = official(&store).await;
        commit(&store, &third_quarter()).await;
        by_hand(&store, &rina).await;
        commit(&store, &fourth_quarter()).await;
        sound(&store, "news").await;
        let after = homes(&store).await;
        // Ani, who lived alone by hand, married Joko; Siti stays dead although the list names her
        assert!(after.contains(&"ANI 9901015203050003 JOKO SPOUSE alive".to_owned()), "{after:?}");
        assert!(after.contains(&"SITI 9901015208870002 - - deceased".to_owned()), "{after:?}");
    }

    async fn a_merger_holds_and_whoever_comes_new_into_the_family_taken_in_lives_with_the_other(store: Store) {
        areas(&store).await;
        let rina = official(&store).await;
        commit(&store, &third_quarter()).await;
        let (budi, wagimin) = (family(&store, "BUDI").await, family(&store, "WAGIMIN").await);
        record(&store, &rina, budi, What::Merge { with: wagimin, members: vec![] }, "2026-11-02").await.expect("is written");
        let mut given = the_same_later();
        given.members.push(Said {
            kk: "9901010101200002",
            nik: "9901015203200007",
            name: "MELATI",
            birth: "2020-03-12",
            relation: Some(Relation::Child),
            ..Said::default()
        });
        commit(&store, &given).await;
        sound(&store, "merged").await;
        let after = homes(&store).await;
        assert!(after.contains(&"WAGIMIN - BUDI OTHER alive".to_owned()), "{after:?}");
        assert!(after.contains(&"MELATI 9901015203200007 BUDI CHILD alive".to_owned()), "{after:?}");
        assert_eq!(after.len(), 5, "{after:?}");
    }

    async fn lists_that_tell_of_somebody_given_up_end_at_the_one_kept(store: Store) {
        areas(&store).await;
        let rina = official(&store).await;
        let (first, _) = commit(&store, &third_quarter()).await;
        let told = homes(&store).await;
        let (siti, ani) = (person(&store, "SITI").await, person(&store, "ANI").await);
        let change = store.change(&rina, NOW).await.expect("begins");
        let merge = store::registry::merge::merge(&change, siti, ani, "KTP yang sama").await.expect("is merged");
        change.commit().await.expect("commits");
        let after = homes(&store).await;
        assert!(after.contains(&"ANI 9901015203050003 - - same".to_owned()), "{after:?}");
        let rows = async |of: i64| id(&store, sql!("SELECT COUNT(*) FROM person_list l WHERE CAST(l.person_id AS TEXT) = $1 AND {whole_district test}"), &of.to_string()).await;
        assert_eq!((rows(siti).await, rows(ani).await), (2, 0), "both rows stand under the one kept");
        // the next list names both: nobody is made, nothing moves, and both rows are hers
        let before = registry(&store).await;
        let (second, done) = commit(&store, &the_same_later()).await;
        assert_eq!(done.new_persons, 0);
        sound(&store, "the list that names both").await;
        assert_eq!(homes(&store).await, after);
        assert_eq!((rows(siti).await, rows(ani).await), (4, 0));
        let with_list = registry(&store).await;
        take_back(&store, second).await;
        same(&before, &registry(&store).await, "the list is taken back");
        enter_again(&store, second).await;
        same(&with_list, &registry(&store).await, "the list enters again");
        // the list beneath the merger goes, the merger stays; and comes back
        take_back(&store, first).await;
        sound(&store, "without the first list").await;
        assert_eq!(homes(&store).await, after, "without the first list");
        assert_eq!((rows(siti).await, rows(ani).await), (2, 0), "without the first list");
        enter_again(&store, first).await;
        assert_eq!(homes(&store).await, after, "with the first list again");
        assert_eq!((rows(siti).await, rows(ani).await), (4, 0), "with the first list again");
        // taken apart: what told of her tells of her again, also what came since
        let change = store.change(&rina, NOW).await.expect("begins");
        let built = store::registry::merge::split(&change, merge, "Ternyata dua orang").await.expect("is taken apart");
        change.commit().await.expect("commits");
        assert!(built.iter().any(|one| one.what == "list" && one.returns), "{built:?}");
        sound(&store, "taken apart").await;
        assert_eq!(homes(&store).await, told);
        assert_eq!((rows(siti).await, rows(ani).await), (2, 2));
    }

    async fn with_changes_by_hand_the_last_list_still_leaves_no_trace(store: Store) {
        areas(&store).await;
        let rina = official(&store).await;
        for seed in 300..306 {
            let mut dice = Dice::of(seed);
            for number in 0..5 {
                let what = format!("seed {seed}, list {number}");
                for _ in 0..dice.roll(4) {
                    anything(&store, &rina, &mut dice).await;
                }
                sound(&store, &format!("{what}: by hand")).await;
                let before = registry(&store).await;
                let (id, _) = commit(&store, &list(&mut dice, number)).await;
                let after = registry(&store).await;
                sound(&store, &what).await;
                take_back(&store, id).await;
                same(&before, &registry(&store).await, &format!("{what}: taken back"));
                enter_again(&store, id).await;
                same(&after, &registry(&store).await, &format!("{what}: entered again"));
            }
            forget(&store).await;
        }
    }

    async fn lists_beneath_changes_by_hand_are_taken_back_in_any_order(store: Store) {
        areas(&store).await;
        let rina = official(&store).await;
        for seed in 400..406 {
            let mut dice = Dice::of(seed);
            let mut ids = Vec::new();
            for number in 0..5 {
                ids.push(commit(&store, &list(&mut dice, number)).await.0);
                for _ in 0..dice.roll(3) {
                    anything(&store, &rina, &mut dice).await;
                }
                sound(&store, &format!("seed {seed}, list {number}")).await;
            }
            while !ids.is_empty() {
                let id = ids.remove(dice.roll(ids.len()));
                take_back(&store, id).await;
                sound(&store, &format!("seed {seed}, without {id}, {ids:?} stand")).await;
            }
            forget(&store).await;
        }
    }
}
