//! Two people who are one, on both databases: what moves, what is refused, and mergers and splits in any order against a
//! naive model, taken apart to exactly what was.

use std::collections::BTreeMap;

use domain::{
    AreaCode,
    access::Role,
    household::{Asked, Fault, Newcomer, Relation, What},
};
use store::{
    Actor, Handle, Query, Scope, Store,
    registry::{
        household::{self, Refused},
        merge::{self, Built},
    },
    sql,
};
use testkit::{both_databases, builders, databases::NOW};

/// Everything a merger may touch, as text.
async fn registry(store: &Store) -> Vec<String> {
    let actor = Actor::program("test");
    let read = store.read(&actor);
    let mut lines = Vec::new();
    for query in [
        sql!(
            "SELECT 'family ' || CAST(id AS TEXT) || ' ' || COALESCE(kk, '-') || ' ' || COALESCE(CAST(head_person_id AS TEXT), '-') || ' ' || head_name || ' ' || CAST(village AS TEXT) || ' ' || CAST(members AS TEXT) || ' ' || block
               || ' ' || state || ' ' || COALESCE(CAST(merged_into AS TEXT), '-') || ' ' || COALESCE(CAST(desil AS TEXT), '-') FROM family WHERE {whole_district test} ORDER BY id"
        ),
        sql!(
            "SELECT 'person ' || CAST(id AS TEXT) || ' ' || COALESCE(nik, '-') || ' ' || name || ' ' || COALESCE(sex, '-') || ' ' || COALESCE(birth_date, '-') || ' ' || CAST(village AS TEXT) || ' ' || COALESCE(CAST(family_id AS TEXT), '-')
               || ' ' || COALESCE(relation, '-') || ' ' || state || ' ' || COALESCE(CAST(merged_into AS TEXT), '-') FROM person WHERE {whole_district test} ORDER BY id"
        ),
        sql!(
            "SELECT 'membership ' || CAST(person_id AS TEXT) || ' ' || CAST(family_id AS TEXT) || ' ' || COALESCE(relation, '-') || ' ' || since || ' ' || COALESCE(until, '-') || ' ' || why
               || ' ' || COALESCE(CAST(change_id AS TEXT), '-') || ' ' || COALESCE(CAST(closed_change_id AS TEXT), '-') AS line FROM membership WHERE {whole_district test} ORDER BY 1"
        ),
        sql!("SELECT 'word ' || word || ' ' || CAST(family_id AS TEXT) || ' ' || CAST(person_id AS TEXT) || ' ' || CAST(village AS TEXT) AS line FROM search_word WHERE {whole_district test} ORDER BY 1"),
        sql!("SELECT 'former ' || nik || ' ' || CAST(person_id AS TEXT) AS line FROM former_nik WHERE {whole_district test} ORDER BY 1"),
        sql!("SELECT 'told ' || CAST(row_id AS TEXT) || ' ' || CAST(person_id AS TEXT) FROM person_list WHERE {whole_district test} ORDER BY row_id"),
        sql!("SELECT 'met ' || CAST(id AS TEXT) || ' ' || CAST(person_id AS TEXT) FROM visit_member WHERE {whole_district test} ORDER BY id"),
        sql!("SELECT 'visit ' || CAST(id AS TEXT) || ' ' || CAST(family_id AS TEXT) FROM visit WHERE {whole_district test} ORDER BY id"),
        sql!("SELECT 'assigned ' || CAST(id AS TEXT) || ' ' || CAST(family_id AS TEXT) FROM assignment WHERE {whole_district test} ORDER BY id"),
        sql!("SELECT 'enrolled ' || CAST(id AS TEXT) || ' ' || CAST(family_id AS TEXT) FROM enrolment WHERE {whole_district test} ORDER BY id"),
        sql!("SELECT 'moved ' || what || ' ' || CAST(row_id AS TEXT) || ' ' || CAST(subject_id AS TEXT) FROM merge_moved WHERE {whole_district test} ORDER BY what, row_id"),
    ] {
        lines.extend(read.column::<String>(query).await.expect("reads"));
    }
    lines
}

fn same(before: &[String], after: &[String], what: &str) {
    let lost: Vec<&String> = before.iter().filter(|line| !after.contains(line)).collect();
    let new: Vec<&String> = after.iter().filter(|line| !before.contains(line)).collect();
    assert!(lost.is_empty() && new.is_empty() && before.len() == after.len(), "{what}:\nlost {lost:#?}\nnew {new:#?}");
}

fn official(user: i64) -> Actor {
    Actor::granted(user, "Petugas Contoh", &[(Role::OfficeStaff, None)], None)
}

/// Families of these heads and sizes in these villages, each visited and enrolled, everybody told of by one list; who
/// works in the office.
async fn families(store: &Store, of: &[(usize, &str, i64)]) -> (Vec<(i64, i64)>, Actor) {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "dtsen", "2026Q3").await;
    let mut made = Vec::new();
    for (village, head, members) in of {
        made.push(builders::family(&change, version, villages[*village], head, 1, *members).await);
    }
    let programme = builders::programme(&change, "Sembako", 1_000_000_000, 200_000).await;
    for (number, (family, head)) in made.iter().enumerate() {
        // each in a round of its own, so that no two families stand in one
        let round = builders::round(&change, &format!("Verval {number}"), version).await;
        let visit = builders::visited(&change, round, *family, "LAYAK", None, &[]).await;
        for statement in [
            sql!(
                "INSERT INTO visit_member (visit_id, person_id, village, presence, corrections) SELECT $1, p.id, p.village, 'ADA', '[]' FROM person p WHERE p.id = $2 AND {whole_district test}"
            ),
            sql!(
                "INSERT INTO person_list (person_id, version_id, row_id, linked_by) SELECT p.id, 1, p.id * 10 + 0 * $1, 'new' FROM person p WHERE p.family_id = (SELECT f.id FROM family f WHERE f.head_person_id = $2) AND {whole_district test}"
            ),
        ] {
            change.execute(Query::with(statement, [visit.into(), (*head).into()])).await.expect("is written");
        }
        let enrol = sql!(
            "INSERT INTO enrolment (programme_id, family_id, village, state, since) SELECT $2, f.id, f.village, 'enrolled', '2026-10-01' FROM family f WHERE f.id = $1 AND {whole_district test}"
        );
        if number == 0 || number == 2 {
            change.execute(Query::with(enrol, [(*family).into(), programme.into()])).await.expect("is enrolled");
        }
    }
    let user = builders::user(&change, "rina", Role::OfficeStaff, None).await;
    change.commit().await.expect("commits");
    (made, official(user))
}

async fn merged(store: &Store, actor: &Actor, kept: i64, given_up: i64) -> Result<i64, Refused> {
    let change = store.change(actor, NOW).await.expect("begins");
    let id = merge::merge(&change, kept, given_up, "KTP yang sama").await?;
    change.commit().await.expect("commits");
    Ok(id)
}

async fn apart(store: &Store, actor: &Actor, id: i64) -> Result<Vec<Built>, Refused> {
    let change = store.change(actor, NOW).await.expect("begins");
    let built = merge::split(&change, id, "Ternyata dua orang").await?;
    change.commit().await.expect("commits");
    Ok(built)
}

async fn one(store: &Store, query: store::Sql, id: i64) -> String {
    let actor = Actor::program("test");
    let found: Option<Option<String>> =
        store.read(&actor).scalar(Query::with(query, [id.into()])).await.expect("reads");
    found.flatten().unwrap_or_default()
}

/// Nobody has two memberships of now, and each says what the person's row says; nobody given up lives anywhere.
async fn sound(store: &Store, what: &str) {
    let actor = Actor::program("test");
    let read = store.read(&actor);
    for (query, words) in [
        (
            sql!(
                "SELECT COUNT(*) FROM person p WHERE {whole_district test} AND (SELECT COUNT(*) FROM membership m WHERE m.person_id = p.id AND m.until IS NULL) <> CASE WHEN p.family_id IS NULL THEN 0 ELSE 1 END"
            ),
            "memberships of now",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM person p JOIN membership m ON m.person_id = p.id AND m.until IS NULL WHERE {whole_district test} AND (m.family_id <> p.family_id OR m.relation IS DISTINCT FROM p.relation)"
            ),
            "a membership says otherwise",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM person p JOIN family f ON f.id = p.family_id WHERE {whole_district test} AND f.village <> p.village"
            ),
            "lives elsewhere",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM person p WHERE (p.state = 'same') <> (p.merged_into IS NOT NULL) AND {whole_district test}"
            ),
            "given up for nobody",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM person p WHERE p.merged_into IS NOT NULL AND p.family_id IS NOT NULL AND {whole_district test}"
            ),
            "given up and living",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM person_list l JOIN person p ON p.id = l.person_id WHERE p.merged_into IS NOT NULL AND {whole_district test}"
            ),
            "a list tells of somebody given up",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM person p JOIN family f ON f.id = p.family_id WHERE f.state = 'dissolved' AND {whole_district test}"
            ),
            "lives in a family that is none",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM family f WHERE f.state = 'active' AND f.members < (SELECT COUNT(*) FROM person p WHERE p.family_id = f.id) AND {whole_district test}"
            ),
            "counts fewer than live there",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM family f JOIN person p ON p.id = f.head_person_id WHERE f.state = 'active' AND (p.family_id IS DISTINCT FROM f.id OR p.relation <> 'HEAD') AND {whole_district test}"
            ),
            "headed by somebody else",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM (SELECT p.family_id FROM person p WHERE p.relation = 'HEAD' AND p.family_id IS NOT NULL AND {whole_district test} GROUP BY p.family_id HAVING COUNT(*) > 1) x"
            ),
            "two heads",
        ),
    ] {
        assert_eq!(read.count(query).await.expect("counts"), 0, "{what}: {words}");
    }
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("small") % sides
    }
}

/// The naive model: who points to whom, by which merger.
#[derive(Default)]
struct Model(BTreeMap<i64, Vec<(i64, i64)>>);

impl Model {
    fn root(&self, of: i64) -> i64 {
        let next = self.0.values().flatten().find(|(_, given_up)| *given_up == of).map(|(kept, _)| *kept);
        next.map_or(of, |kept| self.root(kept))
    }
}

async fn pointers(store: &Store) -> BTreeMap<i64, i64> {
    #[derive(sea_orm::FromQueryResult)]
    struct Pointer {
        id: i64,
        merged_into: i64,
    }
    let actor = Actor::program("test");
    let all: Vec<Pointer> = store
        .read(&actor)
        .all(sql!(
            "SELECT id, merged_into FROM person WHERE merged_into IS NOT NULL AND {whole_district test} ORDER BY id"
        ))
        .await
        .expect("reads");
    all.into_iter().map(|one| (one.id, one.merged_into)).collect()
}

/// Every row of the list tells of whom the model says: whoever it told of first is, by now.
async fn told(store: &Store, model: &Model, what: &str) {
    #[derive(sea_orm::FromQueryResult)]
    struct Told {
        row_id: i64,
        person_id: i64,
    }
    let actor = Actor::program("test");
    let rows: Vec<Told> = store
        .read(&actor)
        .all(sql!("SELECT row_id, person_id FROM person_list WHERE {whole_district test} ORDER BY row_id"))
        .await
        .expect("reads");
    for row in rows {
        assert_eq!(row.person_id, model.root(row.row_id / 10), "{what}: row {}", row.row_id);
    }
}

async fn stories(store: &Store, seeds: std::ops::Range<u64>, also_by_hand: bool) {
    let heads = [
        (0, "ROHAYA AMIN", 3),
        (0, "ROHAYA AMIN", 3),
        (2, "ROHAYA AMIN", 2),
        (0, "JUMADI", 1),
        (2, "SUPARNO", 2),
        (0, "JUMADI", 4),
    ];
    let (families, rina) = families(store, &heads).await;
    let change = store.change(&rina, NOW).await.expect("begins");
    for kind in domain::household::Kind::ALL {
        store::areas::set_setting(&change, &kind.setting(), "no").await.expect("is set");
    }
    // somebody whose number, sex and birth nobody knows
    change.execute(sql!("UPDATE person SET nik = NULL, sex = NULL, birth_date = NULL WHERE id IN (SELECT MAX(p.id) FROM person p) AND {whole_district test}")).await.expect("is written");
    change.commit().await.expect("commits");
    let people: Vec<i64> = store
        .read(&rina)
        .column(sql!("SELECT id FROM person WHERE {whole_district test} ORDER BY id"))
        .await
        .expect("reads");
    for seed in seeds {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let began = registry(store).await;
        let mut model = Model::default();
        let mut before: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        for step in 0..16 {
            let what = format!("seed {seed}, step {step}");
            if also_by_hand && dice.roll(3) == 0 {
                by_hand(store, &rina, &mut dice, &families, &what).await;
                before.clear();
                sound(store, &what).await;
                continue;
            }
            if dice.roll(3) == 0 && !model.0.is_empty() {
                let ids: Vec<i64> = model.0.keys().copied().collect();
                let id = ids[dice.roll(ids.len())];
                apart(store, &rina, id).await.unwrap_or_else(|error| panic!("{what}: {error:?}"));
                let newest = ids.last() == Some(&id);
                model.0.remove(&id);
                if let Some(was) = before.remove(&id).filter(|_| newest) {
                    same(&was, &registry(store).await, &format!("{what}: taken apart"));
                } else {
                    before.clear();
                }
            } else {
                let (kept, given_up) = (people[dice.roll(people.len())], people[dice.roll(people.len())]);
                let was = registry(store).await;
                match merged(store, &rina, kept, given_up).await {
                    Ok(id) => {
                        let old = model.0.values().flatten().map(|(_, given_up)| *given_up).collect::<Vec<_>>();
                        let new = pointers(store).await.into_iter().filter(|(given_up, _)| !old.contains(given_up));
                        let pairs: Vec<(i64, i64)> = new.map(|(given_up, kept)| (kept, given_up)).collect();
                        assert!(pairs.contains(&(kept, given_up)), "{what}: {pairs:?}");
                        model.0.insert(id, pairs);
                        before.insert(id, was);
                    }
                    Err(Refused::Fault(_)) => same(&was, &registry(store).await, &format!("{what}: refused")),
                    Err(error) => panic!("{what}: {error:?}"),
                }
            }
            sound(store, &what).await;
            told(store, &model, &what).await;
            let expected: BTreeMap<i64, i64> =
                model.0.values().flatten().map(|(kept, given_up)| (*given_up, *kept)).collect();
            assert_eq!(pointers(store).await, expected, "{what}");
        }
        if also_by_hand {
            // what was done between goes back too, the last first
            let standing = sql!(
                "SELECT id FROM household_change WHERE state = 'done' AND {whole_district test} ORDER BY journal_id DESC"
            );
            let ids: Vec<i64> = store.read(&rina).column(standing).await.expect("reads");
            for id in ids {
                let change = store.change(&rina, NOW).await.expect("begins");
                household::take_back(&change, id, "Salah")
                    .await
                    .unwrap_or_else(|error| panic!("seed {seed}, {id}: {error:?}"));
                change.commit().await.expect("commits");
                sound(store, &format!("seed {seed}, {id} taken back")).await;
            }
            for id in model.0.keys() {
                assert_eq!(
                    one(store, sql!("SELECT state FROM household_change WHERE id = $1 AND {whole_district test}"), *id)
                        .await,
                    "taken_back"
                );
            }
            return;
        }
        // in any order, everything taken apart leaves what it began with
        while !model.0.is_empty() {
            let ids: Vec<i64> = model.0.keys().copied().collect();
            let id = ids[dice.roll(ids.len())];
            apart(store, &rina, id).await.unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
            model.0.remove(&id);
            sound(store, &format!("seed {seed}: {id} taken apart")).await;
        }
        same(&began, &registry(store).await, &format!("seed {seed}: everything taken apart"));
    }
}

/// Something else that is done to a family between mergers.
async fn by_hand(store: &Store, rina: &Actor, dice: &mut Dice, families: &[(i64, i64)], what: &str) {
    let family = families[dice.roll(families.len())].0;
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
    let (somebody, other) = (members[dice.roll(members.len())], Some(members[dice.roll(members.len())]));
    let asked = match dice.roll(5) {
        0 => What::Merge { with: families[dice.roll(families.len())].0, members: vec![] },
        1 => What::Head { person: somebody, relation: Relation::Other },
        2 => What::Departure { members: vec![somebody], head: other },
        3 => What::MoveOut,
        _ => What::Birth {
            born: Newcomer {
                name: "Melati".into(),
                sex: domain::Sex::Female,
                birth_date: None,
                nik: None,
                relation: Relation::Child,
            },
        },
    };
    let asked = Asked { what: asked, on: "2026-11-02".parse().expect("a day"), reason: "Surat desa".into() };
    let change = store.change(rina, NOW).await.expect("begins");
    match household::record(&change, Some(family), &asked, what).await {
        Ok(_) => change.commit().await.expect("commits"),
        Err(Refused::Fault(_)) => change.rollback().await.expect("rolls back"),
        Err(error) => panic!("{what}: {asked:?}: {error:?}"),
    }
}

both_databases! {
    async fn mergers_and_splits_in_any_order_do_what_the_model_does_and_leave_what_was(store: Store) {
        stories(&store, 1..12, false).await;
    }

    async fn with_changes_by_hand_between_them_the_registry_stays_sound(store: Store) {
        stories(&store, 21..29, true).await;
    }

    async fn heads_of_the_same_people_head_one_family_and_its_aid_is_one(store: Store) {
        let (families, rina) = families(&store, &[(0, "ROHAYA AMIN", 4), (1, "ROHAYA AMIN", 3), (0, "SUPARNO", 2)]).await;
        let before = registry(&store).await;
        let ((home, kept), (left, given_up)) = (families[0], families[1]);
        let id = merged(&store, &rina, kept, given_up).await.expect("is merged");
        sound(&store, "merged").await;
        let state = sql!("SELECT state || ' ' || COALESCE(CAST(merged_into AS TEXT), '-') || ' ' || CAST(members AS TEXT) FROM family WHERE id = $1 AND {whole_district test}");
        assert_eq!(one(&store, state, left).await, format!("dissolved {home} 0"));
        assert_eq!(one(&store, state, home).await, "active - 4", "the people are the same: nobody is counted twice");
        let visits = sql!("SELECT CAST(COUNT(*) AS TEXT) FROM visit WHERE family_id = $1 AND {whole_district test}");
        assert_eq!((one(&store, visits, home).await, one(&store, visits, left).await), ("2".into(), "0".into()));
        // one entry, told to both families
        let entries = sql!("SELECT CAST(COUNT(*) AS TEXT) FROM journal_family x JOIN household_change c ON c.journal_id = x.journal_id WHERE c.id = $1 AND {whole_district test}");
        assert_eq!(one(&store, entries, id).await, "2");
        assert!(matches!(merged(&store, &rina, kept, given_up).await, Err(Refused::Fault(Fault::GivenUp))));
        // something is built on it, named when it is taken apart, and stays
        let change = store.change(&rina, "2026-11-25T03:00:00Z").await.expect("begins");
        let programme = builders::programme(&change, "Bedah Rumah", 1_000_000_000, 200_000).await;
        change
            .execute(Query::with(
                sql!("INSERT INTO enrolment_run (programme_id, command_id, families, warned, left_out, created_at) VALUES ($1, 'x', 1, 0, 0, '2026-11-25T03:00:00Z')"),
                [programme.into()],
            ))
            .await
            .expect("is written");
        change
            .execute(Query::with(
                sql!("INSERT INTO enrolment (programme_id, family_id, village, state, since, run_id) SELECT $2, f.id, f.village, 'enrolled', '2026-11-25', (SELECT MAX(n.id) FROM enrolment_run n) FROM family f WHERE f.id = $1 AND {whole_district test}"),
                [home.into(), programme.into()],
            ))
            .await
            .expect("is enrolled");
        change.commit().await.expect("commits");
        let built = apart(&store, &rina, id).await.expect("is taken apart");
        assert_eq!(built, [Built { what: "programme".into(), id: programme, name: "Bedah Rumah".into(), count: 1, returns: false }]);
        let change = store.change(&rina, NOW).await.expect("begins");
        change.execute(Query::with(sql!("DELETE FROM enrolment WHERE programme_id = $1 AND family_id = $2 AND {whole_district test}"), [programme.into(), home.into()])).await.expect("it stayed with the one kept");
        change.commit().await.expect("commits");
        same(&before, &registry(&store).await, "taken apart");
        assert!(matches!(apart(&store, &rina, id).await, Err(Refused::NotNow(_))));
    }

    async fn who_lives_elsewhere_leaves_the_family_he_is_said_to_head(store: Store) {
        let (families, rina) = families(&store, &[(0, "ROHAYA AMIN", 3), (0, "JUMADI", 3)]).await;
        let before = registry(&store).await;
        let ((home, _), (left, head)) = (families[0], families[1]);
        let child = one(&store, sql!("SELECT CAST(MAX(id) AS TEXT) FROM person WHERE family_id = $1 AND {whole_district test}"), home).await.parse().expect("a number");
        let id = merged(&store, &rina, child, head).await.expect("is merged");
        sound(&store, "merged").await;
        let state = sql!("SELECT state || ' ' || CAST(members AS TEXT) || ' ' || head_name FROM family WHERE id = $1 AND {whole_district test}");
        assert_eq!(one(&store, state, left).await, "active 2 JUMADI Anak 1", "the eldest heads those who stay");
        apart(&store, &rina, id).await.expect("is taken apart");
        same(&before, &registry(&store).await, "taken apart");
    }

    async fn what_excludes_a_merger_is_said(store: Store) {
        let (families, rina) = families(&store, &[(0, "ROHAYA AMIN", 2), (2, "SUPARNO", 2), (0, "JUMADI", 1)]).await;
        let (kept, given_up, third) = (families[0].1, families[1].1, families[2].1);
        assert!(matches!(merged(&store, &rina, kept, kept).await, Err(Refused::Fault(Fault::SamePerson))));
        let village: AreaCode = "99.01.01".parse().expect("a code");
        let near = Actor { scope: Scope::areas([village]), ..rina.clone() };
        assert!(matches!(merged(&store, &near, kept, given_up).await, Err(Refused::NotFound)));
        assert!(matches!(merged(&store, &near, given_up, kept).await, Err(Refused::NotFound)));
        let change = store.change(&rina, NOW).await.expect("begins");
        change.execute(Query::with(sql!("UPDATE person SET sex = 'P', birth_date = '1990-01-01' WHERE id = $1 AND {whole_district test}"), [given_up.into()])).await.expect("is written");
        // unlike facts want a word that somebody looked; they do not refuse
        assert!(merge::contradicts(&change, kept, given_up, "2026-11-22").await.expect("reads"));
        let home = merge::home(&change, kept).await.expect("reads");
        let asked = merge::asked(kept, given_up, "KTP", false, "2026-11-22").expect("a day");
        assert!(matches!(household::preview(&change, home, &asked, "2026-11-22").await, Err(Refused::Fault(Fault::Unlike))));
        change.commit().await.expect("commits");
        for (who, fault) in [(given_up, Fault::OneDead), (kept, Fault::BothDead)] {
            let family = if who == kept { families[0].0 } else { families[1].0 };
            let asked = Asked {
                what: What::Death { person: who, head: Some(who + 1) },
                on: "2026-11-02".parse().expect("a day"),
                reason: "Akta".into(),
            };
            let change = store.change(&rina, NOW).await.expect("begins");
            household::record(&change, Some(family), &asked, &format!("death {who}")).await.expect("is recorded");
            change.commit().await.expect("commits");
            let said = merged(&store, &rina, kept, given_up).await;
            assert!(matches!(said, Err(Refused::Fault(why)) if why == fault), "{said:?}");
        }
        assert!(matches!(merged(&store, &rina, kept, third).await, Err(Refused::Fault(Fault::OneDead))));
    }
}
