//! Taking a committed list back: the last one leaves no trace and comes back as it was; any number in any order leave
//! nothing; what was built on one stays; what a later list states stays too.

use domain::lists::Relation;
use store::{
    Actor, Handle, Query,
    lists::{self, consequences, versions},
    sql,
};
use testkit::{both_databases, databases::NOW};

use super::{
    made::{Given, Said, areas, commit, read as read_in},
    reference::{Dice, forget, list},
    stories::{enrol, fourth_quarter, third_quarter},
};

/// The registry as text, line by line: everything but the numbers of memberships.
pub async fn registry(store: &store::Store) -> Vec<String> {
    let actor = Actor::program("test");
    let read = store.read(&actor);
    let mut lines = Vec::new();
    for query in [
        sql!(
            "SELECT 'family ' || CAST(id AS TEXT) || ' ' || COALESCE(kk, '-') || ' ' || COALESCE(CAST(head_person_id AS TEXT), '-') || ' ' || head_name || ' ' || name_key || ' ' || CAST(village AS TEXT) || ' ' || address
               || ' ' || COALESCE(rt, '-') || ' ' || COALESCE(rw, '-') || ' ' || CAST(members AS TEXT) || ' ' || COALESCE(CAST(desil AS TEXT), '-') || ' ' || COALESCE(CAST(desil_version_id AS TEXT), '-') || ' ' || block || ' ' || state || ' of ' || COALESCE(CAST(created_version_id AS TEXT), '-')
             FROM family WHERE {whole_district test} ORDER BY id"
        ),
        sql!(
            "SELECT 'person ' || CAST(id AS TEXT) || ' ' || COALESCE(nik, '-') || ' ' || name || ' ' || name_key || ' ' || COALESCE(sex, '-') || ' ' || COALESCE(birth_date, '-') || ' ' || CAST(village AS TEXT)
               || ' ' || COALESCE(CAST(family_id AS TEXT), '-') || ' ' || COALESCE(relation, '-') || ' ' || state || ' of ' || COALESCE(CAST(created_version_id AS TEXT), '-')
             FROM person WHERE {whole_district test} ORDER BY id"
        ),
        sql!(
            "SELECT 'membership ' || CAST(person_id AS TEXT) || ' ' || CAST(family_id AS TEXT) || ' ' || COALESCE(relation, '-') || ' ' || since || ' ' || COALESCE(until, '-') || ' ' || why
               || ' ' || COALESCE(CAST(version_id AS TEXT), '-') || ' ' || COALESCE(CAST(closed_version_id AS TEXT), '-') AS line
             FROM membership WHERE {whole_district test} ORDER BY 1"
        ),
        sql!(
            "SELECT 'in a list: ' || CAST(version_id AS TEXT) || ' ' || CAST(family_id AS TEXT) || ' ' || CAST(row_id AS TEXT) || ' ' || linked_by FROM family_list WHERE {whole_district test} ORDER BY version_id, family_id"
        ),
        sql!(
            "SELECT 'stated: ' || CAST(version_id AS TEXT) || ' ' || family_key || ' ' || COALESCE(CAST(family_id AS TEXT), '-') || ' ' || linked_by || ' ' || change FROM list_unit WHERE version_id IN (SELECT id FROM list_version WHERE state = 'committed') AND {whole_district test} ORDER BY version_id, family_key"
        ),
        sql!(
            "SELECT 'read: ' || CAST(r.id AS TEXT) || ' ' || r.severity || ' ' || r.outcome || ' ' || (SELECT COUNT(*) FROM list_finding f WHERE f.row_id = r.id) FROM list_row r WHERE r.version_id IN (SELECT id FROM list_version WHERE state = 'committed') AND {whole_district test} ORDER BY r.id"
        ),
        sql!(
            "SELECT 'row: ' || CAST(row_id AS TEXT) || ' ' || CAST(person_id AS TEXT) || ' ' || linked_by FROM person_list WHERE {whole_district test} ORDER BY row_id"
        ),
    ] {
        lines.extend(read.column::<String>(query).await.expect("reads"));
    }
    lines
}

pub async fn take_back(store: &store::Store, id: i64) -> lists::Undone {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let undone = lists::undo(&change, id, "Daftar salah kirim").await.expect("is taken back");
    change.commit().await.expect("commits");
    undone
}

pub async fn enter_again(store: &store::Store, id: i64) {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    lists::commit(&change, id).await.expect("enters again");
    change.commit().await.expect("commits");
}

/// What must hold of any registry.
pub async fn sound(store: &store::Store, what: &str) {
    let actor = Actor::program("test");
    let read = store.read(&actor);
    for (query, words) in [
        (
            sql!(
                "SELECT COUNT(*) FROM person p LEFT JOIN family f ON f.id = p.family_id WHERE p.family_id IS NOT NULL AND f.id IS NULL AND {whole_district test}"
            ),
            "a person lives in a family that is gone",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM membership m LEFT JOIN family f ON f.id = m.family_id LEFT JOIN person p ON p.id = m.person_id WHERE (f.id IS NULL OR p.id IS NULL) AND {whole_district test}"
            ),
            "a membership of somebody gone",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM person p WHERE {whole_district test} AND (SELECT COUNT(*) FROM membership m WHERE m.person_id = p.id AND m.until IS NULL) <> CASE WHEN p.family_id IS NULL THEN 0 ELSE 1 END"
            ),
            "a person without exactly one membership of now, or with one after he died or left",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM person p JOIN membership m ON m.person_id = p.id AND m.until IS NULL WHERE {whole_district test} AND (m.family_id <> p.family_id OR m.relation IS DISTINCT FROM p.relation)"
            ),
            "a membership of now that says otherwise than the person",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM membership m JOIN list_version v ON v.id = m.closed_version_id WHERE v.state <> 'committed' AND {whole_district test}"
            ),
            "a membership closed by a list that does not stand",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM family f JOIN list_version v ON v.id = f.desil_version_id WHERE v.state <> 'committed' AND {whole_district test}"
            ),
            "a desil of a list that does not stand",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM family_list l LEFT JOIN family f ON f.id = l.family_id WHERE f.id IS NULL AND {whole_district test}"
            ),
            "a list tells of a family that is gone",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM person_list l LEFT JOIN person p ON p.id = l.person_id WHERE p.id IS NULL AND {whole_district test}"
            ),
            "a row is of a person gone",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM family f LEFT JOIN person p ON p.id = f.head_person_id WHERE f.head_person_id IS NOT NULL AND p.id IS NULL AND {whole_district test}"
            ),
            "a head who is gone",
        ),
        (
            sql!(
                "SELECT (SELECT COUNT(*) FROM family_before WHERE {whole_district test}) + (SELECT COUNT(*) FROM person_before WHERE {whole_district test}) + (SELECT COUNT(*) FROM list_link WHERE {whole_district test})"
            ),
            "a work table that is not empty",
        ),
    ] {
        assert_eq!(read.count(query).await.expect("counts"), 0, "{what}: {words}");
    }
    let change = store.change(&actor, NOW).await.expect("begins");
    let words = async || -> Vec<String> {
        change
            .column(sql!(
                "SELECT word || ' ' || CAST(family_id AS TEXT) || ' ' || CAST(person_id AS TEXT) || ' ' || CAST(village AS TEXT) AS line FROM search_word WHERE {whole_district test} ORDER BY 1"
            ))
            .await
            .expect("reads")
    };
    let kept = words().await;
    let families: Vec<i64> = change
        .column(sql!(
            "SELECT id FROM family WHERE {whole_district test} UNION SELECT family_id FROM search_word ORDER BY 1"
        ))
        .await
        .expect("reads");
    store::registry::index_families(&change, &families).await.expect("makes the words anew");
    assert_eq!(kept, words().await, "{what}: the words people are found by are those of their names");
}

async fn the_last_one(store: &store::Store, seeds: std::ops::Range<u64>) {
    areas(store).await;
    let actor = Actor::program("test");
    let mut unchanged = 0;
    for seed in seeds {
        let mut dice = Dice::of(seed);
        for number in 0..5 {
            let what = format!("seed {seed}, list {number}");
            let before = registry(store).await;
            let (id, _) = commit(store, &list(&mut dice, number)).await;
            let after = registry(store).await;
            sound(store, &what).await;
            let told = consequences(&store.read(&actor), id).await.expect("tells");
            let of_the_list = store
                .read(&actor)
                .count(Query::with(
                    sql!("SELECT COUNT(DISTINCT family_id) FROM list_unit WHERE version_id = $1 AND {whole_district test}"),
                    [id.into()],
                ))
                .await
                .expect("counts");
            assert_eq!(
                told.families_go + told.families_stay + told.families_changed + told.families_same,
                of_the_list,
                "{what}: every family of the list is told, also one of which nothing was changed"
            );
            unchanged += told.families_same;
            let undone = take_back(store, id).await;
            assert_eq!(
                (told.families_go, told.persons_go, told.families_stay),
                (undone.families_gone, undone.persons_gone, undone.families_stay),
                "{what}: as it was told before"
            );
            assert_eq!(undone.families_stay, 0, "{what}: nothing was built on it");
            same(&before, &registry(store).await, &format!("{what}: taken back"));
            enter_again(store, id).await;
            same(&after, &registry(store).await, &format!("{what}: entered again"));
        }
        forget(store).await;
    }
    assert!(unchanged > 0, "no list told of a family of which it changed nothing");
}

/// Two registries, told by the lines that differ.
pub fn same(expected: &[String], found: &[String], what: &str) {
    let missing: Vec<&String> = expected.iter().filter(|line| !found.contains(line)).collect();
    let more: Vec<&String> = found.iter().filter(|line| !expected.contains(line)).collect();
    assert!(missing.is_empty() && more.is_empty(), "{what}\n  should be: {missing:#?}\n  is: {more:#?}");
}

async fn all_of_them(store: &store::Store, seeds: std::ops::Range<u64>) {
    areas(store).await;
    for seed in seeds {
        let mut dice = Dice::of(seed);
        let mut ids = Vec::new();
        for number in 0..6 {
            ids.push(commit(store, &list(&mut dice, number)).await.0);
        }
        while !ids.is_empty() {
            let id = ids.remove(dice.roll(ids.len()));
            take_back(store, id).await;
            sound(store, &format!("seed {seed}, without {id}, {ids:?} stand")).await;
        }
        assert_eq!(registry(store).await, Vec::<String>::new(), "seed {seed}: nothing is left");
        forget(store).await;
    }
}

/// What the pages of these lists say in numbers: how each met the registry, what it changed, what taking it back would do.
async fn pages(store: &store::Store, ids: &[i64]) -> Vec<String> {
    let actor = Actor::program("test");
    let read = store.read(&actor);
    let mut lines = Vec::new();
    for id in ids {
        let version = versions::version(&read, *id).await.expect("is there");
        let met = store::registry::likeness::pairs::met(&read, *id).await.expect("counts");
        let told = consequences(&read, *id).await.expect("tells");
        lines.push(format!("{id}: {} families, {} persons, {}", version.families, version.persons, version.summary));
        lines.push(format!("{id}: {met:?}"));
        lines.push(format!("{id}: {told:?}"));
    }
    lines
}

/// Takes some of the lists back, one after the other, and lets them enter again in an order of their own: the registry is what it was.
async fn out_and_in(store: &store::Store, dice: &mut Dice, ids: &[i64], what: &str) {
    let all = async || {
        let mut lines = registry(store).await;
        lines.extend(pages(store, ids).await);
        lines
    };
    let before = all().await;
    let mut left = ids.to_vec();
    let mut out = Vec::new();
    for _ in 0..=dice.roll(ids.len()) {
        let id = left.remove(dice.roll(left.len()));
        let question = consequences(&store.read(&Actor::program("test")), id).await.expect("tells");
        let undone = take_back(store, id).await;
        // a later list that finds somebody else without this one lets more people go than it told of
        assert!(
            question.families_go <= undone.families_gone
                && question.persons_go <= undone.persons_gone
                && question.lists.len() as i64 == undone.lists,
            "{what}: {id} of {left:?}: told {question:?}, done {undone:?}"
        );
        sound(store, &format!("{what}: without {id}")).await;
        out.push(id);
    }
    let mut back = out.clone();
    let mut order = Vec::new();
    while !back.is_empty() {
        let id = back.remove(dice.roll(back.len()));
        enter_again(store, id).await;
        order.push(id);
        sound(store, &format!("{what}: {out:?} out, {order:?} in again")).await;
    }
    same(&before, &all().await, &format!("{what}: of {ids:?} out {out:?}, in again {order:?}"));
}

async fn some_of_them(store: &store::Store, seeds: std::ops::Range<u64>) {
    areas(store).await;
    for seed in seeds {
        let mut dice = Dice::of(seed);
        let mut ids = Vec::new();
        for number in 0..5 {
            ids.push(commit(store, &list(&mut dice, number)).await.0);
            if number > 1 {
                out_and_in(store, &mut dice, &ids, &format!("seed {seed}, list {number}")).await;
            }
        }
        forget(store).await;
    }
}

both_databases! {
    async fn lists_taken_back_and_entered_in_any_order_are_what_they_were(store: Store) {
        some_of_them(&store, 500..512).await;
    }

    async fn the_last_list_leaves_no_trace_and_comes_back_as_it_was(store: Store) {
        the_last_one(&store, 1..14).await;
    }

    async fn lists_taken_back_in_any_order_leave_nothing(store: Store) {
        all_of_them(&store, 100..116).await;
    }

    async fn what_was_built_on_a_list_stays(store: Store) {
        areas(&store).await;
        let (id, _) = commit(&store, &third_quarter()).await;
        let actor = Actor::program("test");
        let budi = family_of(&store, "BUDI").await;
        let change = store.change(&actor, NOW).await.expect("begins");
        enrol(&change, budi).await;
        change.commit().await.expect("commits");
        let told = consequences(&store.read(&actor), id).await.expect("tells");
        assert_eq!((told.families_go, told.families_stay, told.persons_go), (1, 1, 1), "Wagimin goes; Budi receives aid and stays with his family");
        let undone = take_back(&store, id).await;
        assert_eq!((undone.families_gone, undone.families_stay, undone.persons_gone), (1, 1, 1));
        sound(&store, "built on").await;
        let left: Vec<String> = store.read(&actor).column(sql!("SELECT name FROM person WHERE {whole_district test} ORDER BY name")).await.expect("reads");
        assert_eq!(left, ["ANI", "BUDI", "SITI"]);
        let desil: Option<Option<i64>> = store.read(&actor).scalar(Query::with(sql!("SELECT desil FROM family WHERE id = $1 AND {whole_district test}"), [budi.into()])).await.ok();
        assert_eq!(desil.flatten(), None, "no list states a desil any more");
        enter_again(&store, id).await;
        sound(&store, "entered again").await;
        assert_eq!(family_of(&store, "BUDI").await, budi, "Budi is the same family");
        let change = store.change(&actor, NOW).await.expect("begins");
        change.execute(sql!("DELETE FROM enrolment WHERE {whole_district test}")).await.expect("deletes");
        change.commit().await.expect("commits");
        let undone = take_back(&store, id).await;
        assert_eq!((undone.families_gone, undone.families_stay), (2, 0), "nothing is built on it any more: both leave");
    }

    async fn what_a_list_alone_knew_comes_back_beneath_later_lists(store: Store) {
        areas(&store).await;
        let (first, _) = commit(&store, &third_quarter()).await;
        // the later list names the same people by name and birth, without a number
        let mut poor = fourth_quarter();
        for said in poor.members.iter_mut().chain(&mut poor.families) {
            (said.nik, said.address) = ("", "");
        }
        let (second, _) = commit(&store, &poor).await;
        let (before, told) = (registry(&store).await, pages(&store, &[first, second]).await);
        take_back(&store, first).await;
        let niks = async || store.read(&Actor::program("test")).count(sql!("SELECT COUNT(*) FROM person WHERE nik IS NOT NULL AND {whole_district test}")).await.expect("counts");
        assert_eq!(niks().await, 0, "nobody's number is known without the first list");
        enter_again(&store, first).await;
        assert!(niks().await > 0, "what only the first list knew is known again");
        same(&before, &registry(&store).await, "the first list beneath the second");
        same(&told, &pages(&store, &[first, second]).await, "the pages of both");
        let met = store::registry::likeness::pairs::met(&store.read(&Actor::program("test")), second).await.expect("counts");
        assert!(met.exact > 0, "the later list met people who are known: {met:?}");
    }

    async fn people_who_leave_a_family_that_stays_are_told_before(store: Store) {
        areas(&store).await;
        let (first, _) = commit(&store, &third_quarter()).await;
        let mut later = Given { version: "2026Q4".into(), as_of: "2026-12-31".into(), ..third_quarter() };
        later.members.retain(|said| said.nik != "9901015208870002");
        commit(&store, &later).await;
        let told = consequences(&store.read(&Actor::program("test")), first).await.expect("tells");
        let undone = take_back(&store, first).await;
        assert_eq!((told.families_go, told.persons_go), (undone.families_gone, undone.persons_gone));
        assert_eq!((undone.families_gone, undone.persons_gone), (0, 1), "Siti leaves, her family stays");
    }

    async fn what_waits_counts_the_people_who_would_enter(store: Store) {
        areas(&store).await;
        let actor = Actor::program("test");
        let mut dice = Dice::of(42);
        for number in 0..6 {
            let change = store.change(&actor, NOW).await.expect("begins");
            let id = read_in(&change, &list(&mut dice, number)).await;
            lists::preview::refresh(&change, id).await.expect("previews");
            let waiting = versions::version(&change, id).await.expect("is there");
            let done = lists::commit(&change, id).await.expect("commits");
            change.commit().await.expect("commits");
            assert!(done.persons > 0 && waiting.persons == done.persons && waiting.families == done.families, "list {number}: {} of {done:?}", waiting.persons);
        }
    }

    async fn a_later_list_that_says_the_same_keeps_it(store: Store) {
        areas(&store).await;
        commit(&store, &third_quarter()).await;
        let (fourth, _) = commit(&store, &fourth_quarter()).await;
        let mut next = fourth_quarter();
        "2027Q1".clone_into(&mut next.version);
        "2027-03-31".clone_into(&mut next.as_of);
        let (first, _) = commit(&store, &next).await;
        take_back(&store, fourth).await;
        sound(&store, "the list between").await;
        let actor = Actor::program("test");
        let read = store.read(&actor);
        let ani: Vec<String> = read
            .column(sql!(
                "SELECT f.head_name || ' ' || m.since || ' ' || COALESCE(m.until, '-') || ' ' || COALESCE(CAST(m.version_id AS TEXT), '-') FROM membership m JOIN person p ON p.id = m.person_id JOIN family f ON f.id = m.family_id
                 WHERE p.name = 'ANI' AND {whole_district test} ORDER BY m.id"
            ))
            .await
            .expect("reads");
        assert_eq!(ani[1], format!("JOKO 2027-03-31 - {first}"), "Ani lives with Joko, as the later list says, since its day");
        assert!(ani[0].starts_with("BUDI 2026-09-30 2027-03-31"), "{ani:?}");
        let budi: Option<i64> = read.scalar(sql!("SELECT desil FROM family WHERE head_name = 'BUDI' AND {whole_district test}")).await.expect("reads");
        assert_eq!(budi, Some(3), "the later list states it too");
        take_back(&store, first).await;
        sound(&store, "both").await;
        let back: Vec<String> = read.column(sql!("SELECT f.head_name || ' ' || CAST(f.desil AS TEXT) || ' ' || CAST(f.members AS TEXT) FROM family f WHERE {whole_district test} ORDER BY f.id")).await.expect("reads");
        assert_eq!(back, ["BUDI 1 3", "WAGIMIN 2 1"], "as the third quarter said");
    }

    async fn two_lists_that_wait_to_be_taken_back_leave_nothing_whichever_goes_first(store: Store) {
        areas(&store).await;
        let (first, _) = commit(&store, &third_quarter()).await;
        let (second, _) = commit(&store, &fourth_quarter()).await;
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        versions::become_state(&change, second, domain::lists::VersionState::Undoing).await.expect("waits");
        change.commit().await.expect("commits");
        take_back(&store, first).await;
        assert_eq!(versions::version(&store.read(&actor), second).await.expect("is there").state, "undoing", "it still waits");
        take_back(&store, second).await;
        assert_eq!(registry(&store).await, Vec::<String>::new());
    }

    async fn a_list_is_taken_back_once_and_with_a_reason(store: Store) {
        areas(&store).await;
        let (id, _) = commit(&store, &third_quarter()).await;
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        assert!(matches!(lists::undo(&change, id, "  ").await, Err(lists::Error::NoReason)));
        drop(change);
        take_back(&store, id).await;
        let change = store.change(&actor, NOW).await.expect("begins");
        assert!(matches!(lists::undo(&change, id, "lagi").await, Err(lists::Error::State(..))));
        drop(change);
        let told: Vec<String> = store.read(&actor).column(sql!("SELECT verb || ': ' || COALESCE(reason, '') FROM journal WHERE verb LIKE 'list.%' ORDER BY id")).await.expect("reads");
        assert_eq!(told, ["list.committed: ", "list.undone: Daftar salah kirim"]);
        assert_eq!(versions::version(&store.read(&actor), id).await.expect("is there").state, "undone");
    }

    async fn who_came_new_into_a_known_family_leaves_again(store: Store) {
        areas(&store).await;
        commit(&store, &third_quarter()).await;
        let before = registry(&store).await;
        let mut given = Given::new("dtsen", "2026Q4", "2026-12-31");
        given.members = third_quarter().members;
        given.members.push(Said { kk: "9901010101200001", nik: "9901010101260009", name: "BAYU", birth: "2026-01-01", relation: Some(Relation::Child), ..Said::default() });
        let (id, _) = commit(&store, &given).await;
        take_back(&store, id).await;
        same(&before, &registry(&store).await, "without Bayu");
    }
}

async fn family_of(store: &store::Store, head: &str) -> i64 {
    let actor = Actor::program("test");
    store
        .read(&actor)
        .scalar::<i64>(Query::with(
            sql!("SELECT id FROM family WHERE head_name = $1 AND {whole_district test}"),
            [head.into()],
        ))
        .await
        .expect("reads")
        .expect("is there")
}
