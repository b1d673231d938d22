//! People a list brought, said to be somebody at the desk: what becomes of them, and of the desk, when the list is taken back and
//! when it enters again.

use domain::{
    Nik,
    access::Role,
    household::{Asked, What},
};
use store::{
    Actor, Handle, Query, Store,
    lists::consequences,
    registry::{
        household,
        likeness::{
            desk::{self, Filter, Kind, Verdict},
            pairs,
        },
        merge,
    },
    sql,
};
use testkit::{both_databases, databases::NOW};

use super::{
    likeness::{alike, find, known},
    made::{areas, commit},
    stories::enrol,
    undo::{enter_again, registry, same, sound, take_back},
};

/// Somebody of the office who needs no second person, and the registry with both lists; what it was before the second, the second,
/// and the pair it brought: the Wagimin of before and the one who came.
async fn asked(store: &Store) -> (Actor, Vec<String>, i64, desk::Line) {
    areas(store).await;
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let user = testkit::builders::user(&change, "rina", Role::OfficeStaff, None).await;
    for kind in domain::household::Kind::ALL {
        store::areas::set_setting(&change, &kind.setting(), "no").await.expect("is set");
    }
    change.commit().await.expect("commits");
    let rina = Actor::granted(user, "Rina", &[(Role::OfficeStaff, None)], None);
    commit(store, &known()).await;
    let before = registry(store).await;
    let (second, _) = commit(store, &alike()).await;
    find(store, second).await;
    let pair = desk::queue(&store.read(&rina), &Filter::default(), 5, 0).await.expect("reads").remove(0);
    (rina, before, second, pair)
}

async fn count(store: &Store, kind: Kind) -> i64 {
    let actor = Actor::program("test");
    desk::count(&store.read(&actor), &Filter { kind, ..Filter::default() }).await.expect("counts")
}

async fn decide(store: &Store, rina: &Actor, pair: i64, kept: i64) -> i64 {
    let change = store.change(rina, NOW).await.expect("begins");
    let asked =
        desk::Asked { verdict: Verdict::Same, kept, reason: "KTP dilihat", bulk: false, command: &format!("d {pair}") };
    let done = desk::decide(&change, pair, &asked).await.expect("decides");
    change.commit().await.expect("commits");
    done.merge.expect("is merged")
}

async fn split(store: &Store, rina: &Actor, id: i64) -> Vec<merge::Built> {
    let change = store.change(rina, NOW).await.expect("begins");
    let built = merge::split(&change, id, "Ternyata dua orang").await.expect("is taken apart");
    change.commit().await.expect("commits");
    built
}

/// The registry without by what rows were linked: whom a list meets again he meets `again`.
async fn people(store: &Store) -> Vec<String> {
    let lines = registry(store).await;
    lines.into_iter().filter(|line| !line.starts_with("in a list") && !line.starts_with("row")).collect()
}

/// People no list that stands tells of, although a list brought them.
async fn nameless(store: &Store) -> Vec<String> {
    let actor = Actor::program("test");
    store
        .read(&actor)
        .column(sql!(
            "SELECT p.name FROM person p JOIN list_version v ON v.id = p.created_version_id AND v.state <> 'committed' WHERE p.merged_into IS NULL AND {whole_district test}
             AND NOT EXISTS (SELECT 1 FROM person_list l WHERE l.person_id = p.id) ORDER BY p.id"
        ))
        .await
        .expect("reads")
}

both_databases! {
    async fn whoever_only_a_withdrawn_list_told_of_does_not_come_back_with_the_split(store: Store) {
        let (rina, before, second, pair) = asked(&store).await;
        let (kept, given_up) = (pair.one_id, pair.other_id);
        let with_list = registry(&store).await;
        let merger = decide(&store, &rina, pair.id, kept).await;
        // what would become of it is told before
        let told = consequences(&store.read(&rina), second).await.expect("tells");
        assert_eq!((told.mergers, told.changes), (1, 0));
        take_back(&store, second).await;
        sound(&store, "without the list").await;
        assert_eq!((count(&store, Kind::Open).await, count(&store, Kind::Decided).await), (0, 0), "its pairs left the desk");
        assert!(desk::pair(&store.read(&rina), pair.id).await.expect("reads").is_none());
        let built = merge::built_on(&store.read(&rina), merger).await.expect("tells");
        assert!(built.iter().any(|one| one.what == "withdrawn" && one.id == second && one.count == 1), "{built:?}");
        let built = split(&store, &rina, merger).await;
        assert!(built.iter().any(|one| one.what == "withdrawn"), "{built:?}");
        sound(&store, "taken apart").await;
        assert_eq!(nameless(&store).await, Vec::<String>::new());
        same(&before, &registry(&store).await, "as if neither had been");
        // with the list he comes back as who he was, and is asked about again
        enter_again(&store, second).await;
        same(&with_list, &registry(&store).await, "the list enters again");
        let again = desk::queue(&store.read(&rina), &Filter::default(), 5, 0).await.expect("reads");
        assert_eq!(again.iter().map(|pair| (pair.one_id, pair.other_id)).collect::<Vec<_>>(), [(kept, given_up)]);
    }

    async fn a_decided_pair_comes_back_with_its_list(store: Store) {
        let (rina, _, second, pair) = asked(&store).await;
        let with_list = people(&store).await;
        let merger = decide(&store, &rina, pair.id, pair.one_id).await;
        let merged = registry(&store).await;
        take_back(&store, second).await;
        enter_again(&store, second).await;
        same(&merged, &registry(&store).await, "the list enters again");
        assert_eq!((count(&store, Kind::Open).await, count(&store, Kind::Decided).await), (0, 1));
        assert_eq!(consequences(&store.read(&rina), second).await.expect("tells").mergers, 1, "it rests on the list, although it is older than its second entry");
        assert!(split(&store, &rina, merger).await.iter().all(|one| one.what != "withdrawn"));
        same(&with_list, &people(&store).await, "both are told of: both are there");
        assert_eq!((count(&store, Kind::Open).await, count(&store, Kind::Decided).await), (1, 0));
    }

    async fn also_where_the_one_who_came_was_kept(store: Store) {
        let (rina, before, second, pair) = asked(&store).await;
        let merger = decide(&store, &rina, pair.id, pair.other_id).await;
        take_back(&store, second).await;
        sound(&store, "without the list").await;
        assert_eq!((count(&store, Kind::Open).await, count(&store, Kind::Decided).await), (0, 0));
        assert_eq!(nameless(&store).await, Vec::<String>::new(), "the other list tells of him now");
        split(&store, &rina, merger).await;
        sound(&store, "taken apart").await;
        same(&before, &registry(&store).await, "as if neither had been");
    }

    async fn a_pair_is_still_of_the_later_list_when_the_one_beneath_came_back(store: Store) {
        let (rina, _, second, _) = asked(&store).await;
        let first = store.read(&rina).count(Query::with(sql!("SELECT MIN(id) FROM list_version WHERE id <> $1"), [second.into()])).await.expect("reads");
        let asked = async |list: i64| pairs::met(&store.read(&rina), list).await.expect("counts").asked;
        assert_eq!((asked(first).await, asked(second).await), (0, 1));
        take_back(&store, first).await;
        assert_eq!((asked(first).await, asked(second).await), (0, 0), "the other of the pair is gone");
        enter_again(&store, first).await;
        // as the jobs do, in the order they were put in
        for list in [first, second] {
            find(&store, list).await;
        }
        assert_eq!((asked(first).await, asked(second).await), (0, 1));
    }

    async fn a_pair_about_somebody_who_stays_leaves_the_desk_with_its_list_and_comes_back(store: Store) {
        let (rina, _, second, pair) = asked(&store).await;
        let home: i64 = store
            .read(&rina)
            .scalar(Query::with(sql!("SELECT family_id FROM person WHERE id = $1 AND {whole_district test}"), [pair.other_id.into()]))
            .await
            .expect("reads")
            .expect("a family");
        let change = store.change(&rina, NOW).await.expect("begins");
        enrol(&change, home).await;
        change.commit().await.expect("commits");
        assert_eq!(pairs::met(&store.read(&rina), second).await.expect("counts").asked, 1);
        take_back(&store, second).await;
        assert_eq!((count(&store, Kind::Open).await, pairs::met(&store.read(&rina), second).await.expect("counts").asked), (0, 0));
        enter_again(&store, second).await;
        assert_eq!(count(&store, Kind::Open).await, 1);
    }

    async fn only_what_was_changed_since_rests_on_a_list(store: Store) {
        let (rina, _, second, pair) = asked(&store).await;
        let siti: i64 = store.read(&rina).scalar(sql!("SELECT id FROM person WHERE nik = '9901011207850001' AND {whole_district test}")).await.expect("reads").expect("Siti");
        let family = |of: i64| Query::with(sql!("SELECT family_id FROM person WHERE id = $1 AND {whole_district test}"), [of.into()]);
        let nik = async |person: i64, number: &str| {
            let home: i64 = store.read(&rina).scalar(family(person)).await.expect("reads").expect("a family");
            let what = What::Nik { person, nik: Nik::parse(number).expect("sound") };
            let asked = Asked { what, on: "2026-11-02".parse().expect("a day"), reason: "KTP".into() };
            let change = store.change(&rina, NOW).await.expect("begins");
            household::record(&change, Some(home), &asked, number).await.expect("is written");
            change.commit().await.expect("commits");
        };
        // before the list of the next year came, which tells of her too
        nik(siti, "9901011207859999").await;
        assert_eq!(consequences(&store.read(&rina), second).await.expect("tells").changes, 1);
        let mut again = alike();
        "2027".clone_into(&mut again.version);
        let (third, _) = commit(&store, &again).await;
        assert_eq!(consequences(&store.read(&rina), third).await.expect("tells").changes, 0, "it was done before the list came");
        nik(pair.other_id, "9901012408799998").await;
        assert_eq!(consequences(&store.read(&rina), third).await.expect("tells").changes, 1);
    }
}
