//! Changes of families by hand on both databases: random sequences against a naive model, taken back to exactly what was;
//! the second pair of eyes; numbers; what stands in the way.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    AreaCode, Nik, Sex,
    access::{Right, Role},
    household::{Asked, Fault, Newcomer, Place, Relation, What},
};
use sea_orm::FromQueryResult;
use store::{
    Actor, Handle, Query, Scope, Store,
    registry::household::{self, Blocker, Refused},
    sql,
};
use testkit::{both_databases, builders, databases::NOW};

/// Everything of the registry, as text.
async fn registry(store: &Store) -> Vec<String> {
    let actor = Actor::program("test");
    let read = store.read(&actor);
    let mut lines = Vec::new();
    for query in [
        sql!(
            "SELECT 'family ' || CAST(id AS TEXT) || ' ' || COALESCE(kk, '-') || ' ' || COALESCE(CAST(head_person_id AS TEXT), '-') || ' ' || head_name || ' ' || name_key || ' ' || CAST(village AS TEXT) || ' ' || address
               || ' ' || COALESCE(rt, '-') || ' ' || COALESCE(rw, '-') || ' ' || CAST(members AS TEXT) || ' ' || block || ' ' || state || ' ' || COALESCE(CAST(merged_into AS TEXT), '-')
             FROM family WHERE {whole_district test} ORDER BY id"
        ),
        sql!(
            "SELECT 'person ' || CAST(id AS TEXT) || ' ' || COALESCE(nik, '-') || ' ' || name || ' ' || CAST(village AS TEXT) || ' ' || COALESCE(CAST(family_id AS TEXT), '-') || ' ' || COALESCE(relation, '-') || ' ' || state
             FROM person WHERE {whole_district test} ORDER BY id"
        ),
        sql!(
            "SELECT 'membership ' || CAST(person_id AS TEXT) || ' ' || CAST(family_id AS TEXT) || ' ' || COALESCE(relation, '-') || ' ' || since || ' ' || COALESCE(until, '-') || ' ' || why
               || ' ' || COALESCE(CAST(change_id AS TEXT), '-') || ' ' || COALESCE(CAST(closed_change_id AS TEXT), '-') AS line FROM membership WHERE {whole_district test} ORDER BY 1"
        ),
        sql!(
            "SELECT 'word ' || word || ' ' || CAST(family_id AS TEXT) || ' ' || CAST(person_id AS TEXT) || ' ' || CAST(village AS TEXT) AS line FROM search_word WHERE {whole_district test} ORDER BY 1"
        ),
        sql!("SELECT 'former ' || nik || ' ' || CAST(person_id AS TEXT) AS line FROM former_nik WHERE {whole_district test} ORDER BY 1"),
    ] {
        lines.extend(read.column::<String>(query).await.expect("reads"));
    }
    lines
}

/// A person of the office with both rights, of the whole district.
fn official(user: i64) -> Actor {
    Actor::granted(user, "Petugas Contoh", &[(Role::OfficeStaff, None)], None)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn asked(what: What) -> Asked {
    Asked { what, on: day("2026-11-01"), reason: "Surat keterangan desa".into() }
}

/// Two families of four and two, and another in the other kecamatan; (family, head), and who works in the office.
async fn three_families(store: &Store) -> (Vec<(i64, i64)>, i64, i64) {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "dtsen", "2026Q3").await;
    let mut families = Vec::new();
    for (village, head, members) in [(0, "ROHAYA AMIN", 4), (0, "JUMADI", 2), (2, "SUPARNO", 3)] {
        families.push(builders::family(&change, version, villages[village], head, 1, members).await);
    }
    let first = builders::user(&change, "rina", Role::OfficeStaff, None).await;
    let second = builders::user(&change, "bahtiar", Role::HeadOfOffice, None).await;
    change.commit().await.expect("commits");
    (families, first, second)
}

async fn record(
    store: &Store,
    actor: &Actor,
    family: i64,
    what: What,
    command: &str,
) -> household::Outcome<household::Recorded> {
    let change = store.change(actor, NOW).await.expect("begins");
    let recorded = household::record(&change, Some(family), &asked(what), command).await?;
    change.commit().await.expect("commits");
    Ok(recorded)
}

async fn approve(store: &Store, actor: &Actor, id: i64) -> household::Outcome<household::Recorded> {
    let change = store.change(actor, NOW).await.expect("begins");
    let done = household::approve(&change, id).await?;
    change.commit().await.expect("commits");
    Ok(done)
}

async fn take_back(store: &Store, actor: &Actor, id: i64) -> household::Outcome<()> {
    let change = store.change(actor, NOW).await.expect("begins");
    household::take_back(&change, id, "Salah catat").await?;
    change.commit().await.expect("commits");
    Ok(())
}

#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
struct Lives {
    id: i64,
    family_id: Option<i64>,
    relation: Option<String>,
    state: String,
}

/// The naive model: who lives where as what, and how many are counted in which family of which state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Model {
    people: BTreeMap<i64, (Option<i64>, String, String)>,
    families: BTreeMap<i64, (i64, Option<i64>, String)>,
}

#[derive(FromQueryResult)]
struct Counts {
    id: i64,
    members: i64,
    head_person_id: Option<i64>,
    state: String,
}

async fn as_it_is(store: &Store) -> Model {
    let actor = Actor::program("test");
    let read = store.read(&actor);
    let people: Vec<Lives> = read
        .all(sql!("SELECT id, family_id, relation, state FROM person WHERE {whole_district test} ORDER BY id"))
        .await
        .expect("reads");
    let families: Vec<Counts> = read
        .all(sql!("SELECT id, members, head_person_id, state FROM family WHERE {whole_district test} ORDER BY id"))
        .await
        .expect("reads");
    Model {
        people: people.into_iter().map(|p| (p.id, (p.family_id, p.relation.unwrap_or_default(), p.state))).collect(),
        families: families.into_iter().map(|f| (f.id, (f.members, f.head_person_id, f.state))).collect(),
    }
}

/// A small generator: a seed always plays the same story.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

fn newcomer(name: &str, relation: Relation) -> Newcomer {
    Newcomer { name: name.into(), sex: Sex::Female, birth_date: None, nik: None, relation }
}

impl Model {
    fn members(&self, family: i64) -> Vec<i64> {
        self.people.iter().filter(|(_, p)| p.0 == Some(family)).map(|(id, _)| *id).collect()
    }

    fn leave(&mut self, person: i64, state: &str) {
        self.people.insert(person, (None, String::new(), state.into()));
    }

    /// Something that may be asked of this family now, and what it makes of the model (`made`: the ids of what is new).
    fn step(&self, dice: &mut Dice, family: i64, families: &[i64], made: (i64, i64)) -> (What, Self) {
        let mut next = self.clone();
        let members = self.members(family);
        let count = self.families[&family].0;
        let head = self.families[&family].1.unwrap_or_default();
        let others: Vec<i64> = members.iter().copied().filter(|id| *id != head).collect();
        let set = |model: &mut Self, id: i64, members: i64| {
            if let Some(entry) = model.families.get_mut(&id) {
                entry.0 = members;
            }
        };
        match dice.roll(7) {
            0 if !others.is_empty() => {
                let leader = others[dice.roll(others.len())];
                next.people.insert(leader, (Some(made.0), "HEAD".into(), "alive".into()));
                next.families.insert(made.0, (1, Some(leader), "active".into()));
                set(&mut next, family, count - 1);
                (What::Split { members: vec![(leader, Relation::Head)], head: None, kk: None, place: None }, next)
            }
            1 => {
                let with = families[dice.roll(families.len())];
                for person in self.members(with) {
                    next.people.insert(person, (Some(family), "OTHER".into(), "alive".into()));
                }
                let gained = self.families[&with].0;
                if let Some(entry) = next.families.get_mut(&with) {
                    (entry.0, entry.2) = (0, "dissolved".into());
                }
                set(&mut next, family, count + gained);
                (What::Merge { with, members: vec![] }, next)
            }
            2 if !others.is_empty() => {
                let heir = others[dice.roll(others.len())];
                next.leave(head, "deceased");
                next.people.insert(heir, (Some(family), "HEAD".into(), "alive".into()));
                next.families.insert(family, (count - 1, Some(heir), "active".into()));
                (What::Death { person: head, head: Some(heir) }, next)
            }
            3 if !others.is_empty() => {
                let heir = others[dice.roll(others.len())];
                next.people.insert(head, (Some(family), "OTHER".into(), "alive".into()));
                next.people.insert(heir, (Some(family), "HEAD".into(), "alive".into()));
                next.families.insert(family, (count, Some(heir), "active".into()));
                (What::Head { person: heir, relation: Relation::Other }, next)
            }
            4 if !others.is_empty() => {
                let gone = others[dice.roll(others.len())];
                next.leave(gone, "moved");
                set(&mut next, family, count - 1);
                (What::Departure { members: vec![gone], head: None }, next)
            }
            5 => {
                for person in &members {
                    if let Some(entry) = next.people.get_mut(person) {
                        entry.2 = "moved".into();
                    }
                }
                if let Some(entry) = next.families.get_mut(&family) {
                    entry.2 = "moved".into();
                }
                (What::MoveOut, next)
            }
            _ => {
                next.people.insert(made.1, (Some(family), "CHILD".into(), "alive".into()));
                set(&mut next, family, count + 1);
                (What::Birth { born: newcomer("Melati", Relation::Child) }, next)
            }
        }
    }
}

/// Nobody has two memberships of now, and each says what the person's row says; nobody lives where the family does not.
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
            "a membership that says otherwise than the person",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM person p JOIN family f ON f.id = p.family_id WHERE {whole_district test} AND f.village <> p.village"
            ),
            "somebody who lives elsewhere than the family",
        ),
        (
            sql!(
                "SELECT COUNT(*) FROM membership m LEFT JOIN family f ON f.id = m.family_id LEFT JOIN person p ON p.id = m.person_id WHERE (f.id IS NULL OR p.id IS NULL) AND {whole_district test}"
            ),
            "a membership of somebody gone",
        ),
    ] {
        assert_eq!(read.count(query).await.expect("counts"), 0, "{what}: {words}");
    }
}

async fn stories(store: &Store, seeds: std::ops::Range<u64>) {
    let (start, user, other) = three_families(store).await;
    let (first, second) = (official(user), official(other));
    let families: Vec<i64> = start.iter().map(|(family, _)| *family).collect();
    for seed in seeds {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        // what was before each change that stands
        let mut stack: Vec<(i64, Vec<String>)> = Vec::new();
        let began = registry(store).await;
        for step in 0..14 {
            let what = format!("seed {seed}, step {step}");
            if dice.roll(3) == 0 && !stack.is_empty() {
                // one that is not the newest goes only where nothing rests on it
                if stack.len() > 1 && dice.roll(2) == 0 {
                    let at = dice.roll(stack.len() - 1);
                    match take_back(store, &first, stack[at].0).await {
                        Ok(()) => {
                            sound(store, &what).await;
                            // later snapshots still hold what was taken back: they say nothing any more
                            stack.truncate(at);
                            stack.clear();
                        }
                        Err(Refused::InTheWay(why)) => assert!(!why.is_empty(), "{what}"),
                        Err(error) => panic!("{what}: {error:?}"),
                    }
                    continue;
                }
                let (id, before) = stack.pop().expect("one");
                take_back(store, &first, id).await.unwrap_or_else(|error| panic!("{what}: {error:?}"));
                assert_eq!(registry(store).await, before, "{what}: taken back");
                continue;
            }
            let before = registry(store).await;
            let model = as_it_is(store).await;
            let actor = Actor::program("test");
            let next = async |query| store.read(&actor).count(query).await.expect("counts");
            let family = families[dice.roll(families.len())];
            let probe = model.step(&mut dice, family, &families, (-1, -2));
            let recorded = match record(store, &first, family, probe.0.clone(), &what).await {
                Ok(recorded) => recorded,
                Err(Refused::Fault(_)) => {
                    assert_eq!(registry(store).await, before, "{what}: what is refused changes nothing");
                    continue;
                }
                Err(error) => panic!("{what}: {error:?}"),
            };
            if recorded.waits {
                assert_eq!(registry(store).await, before, "{what}: what waits changes nothing");
                assert!(matches!(approve(store, &first, recorded.id).await, Err(Refused::OwnProposal)), "{what}");
                approve(store, &second, recorded.id).await.unwrap_or_else(|error| panic!("{what}: {error:?}"));
            }
            let newest = (
                next(sql!("SELECT MAX(id) FROM family WHERE {whole_district test}")).await,
                next(sql!("SELECT MAX(id) FROM person WHERE {whole_district test}")).await,
            );
            let mut expected = probe.1;
            if let Some(made) = expected.families.remove(&-1) {
                expected.families.insert(newest.0, made);
            }
            if let Some(made) = expected.people.remove(&-2) {
                expected.people.insert(newest.1, made);
            }
            for person in expected.people.values_mut() {
                person.0 = person.0.map(|family| if family == -1 { newest.0 } else { family });
            }
            assert_eq!(as_it_is(store).await, expected, "{what}: {:?}", probe.0);
            sound(store, &what).await;
            stack.push((recorded.id, before));
        }
        // whatever stands goes back, last first, to what it all began with
        let standing: Vec<i64> = store
            .read(&Actor::program("test"))
            .column(sql!("SELECT id FROM household_change WHERE state = 'done' AND {whole_district test} ORDER BY journal_id DESC"))
            .await
            .expect("reads");
        for id in standing {
            take_back(store, &first, id).await.unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
        }
        assert_eq!(registry(store).await, began, "seed {seed}: everything taken back");
    }
}

both_databases! {
    async fn changes_do_what_the_model_does_and_go_back_to_exactly_what_was(store: Store) {
        stories(&store, 1..8).await;
    }

    async fn what_the_office_wants_agreed_to_waits_for_another(store: Store) {
        let (families, user, other) = three_families(&store).await;
        let (rina, bahtiar) = (official(user), Actor::granted(other, "Bahtiar", &[(Role::HeadOfOffice, None)], None));
        let merge = || What::Merge { with: families[1].0, members: vec![] };
        let first = record(&store, &rina, families[0].0, merge(), "a").await.expect("is proposed");
        assert!(first.waits);
        assert_eq!(record(&store, &rina, families[0].0, merge(), "a").await.expect("once"), first, "sent twice, recorded once");
        // sent back with a reason, and no more
        let change = store.change(&bahtiar, NOW).await.expect("begins");
        assert!(matches!(household::send_back(&change, first.id, " ").await, Err(Refused::NoReason)));
        household::send_back(&change, first.id, "KK belum ada").await.expect("is sent back");
        assert!(matches!(household::approve(&change, first.id).await, Err(Refused::NotNow(_))));
        change.commit().await.expect("commits");
        // where the office does not want it, it is written at once - unless whoever asks may only propose
        let change = store.change(&rina, NOW).await.expect("begins");
        store::areas::set_setting(&change, "household.second.merge", "no").await.expect("is set");
        change.commit().await.expect("commits");
        let village: AreaCode = "99.01.01.2001".parse().expect("a code");
        let operator = Actor::granted(user, "Operator", &[(Role::VillageOperator, Some(village))], None);
        assert!(!operator.may(Right::ApproveHouseholds));
        assert!(record(&store, &operator, families[0].0, merge(), "b").await.expect("is proposed").waits);
        assert!(!record(&store, &rina, families[0].0, merge(), "c").await.expect("is written").waits);
        // what was proposed before may not be possible any more
        let waiting: i64 = store
            .read(&rina)
            .count(sql!("SELECT MAX(id) FROM household_change WHERE state = 'proposed' AND {whole_district test}"))
            .await
            .expect("counts");
        let bahtiar_says = approve(&store, &bahtiar, waiting).await;
        assert!(matches!(bahtiar_says, Err(Refused::Fault(Fault::OtherNotActive))), "{bahtiar_says:?}");
        // and a family of another kecamatan is nobody's to change there
        let elsewhere = record(&store, &operator, families[2].0, What::MoveOut, "d").await;
        assert!(matches!(elsewhere, Err(Refused::NotFound)), "{elsewhere:?}");
    }

    async fn a_number_is_put_right_once_and_the_old_one_leads_to_the_person(store: Store) {
        let (families, user, other) = three_families(&store).await;
        let (rina, bahtiar) = (official(user), official(other));
        let nik_of = async |person: i64| -> String {
            let query = Query::with(sql!("SELECT nik FROM person WHERE id = $1 AND {whole_district test}"), [person.into()]);
            store.read(&rina).scalar::<String>(query).await.expect("reads").expect("a number")
        };
        let (old, held) = (nik_of(families[0].1).await, nik_of(families[2].1).await);
        let village: AreaCode = "99.01.01".parse().expect("a code");
        let near = Actor { scope: Scope::areas([village]), ..rina.clone() };
        let right = |text: &str| What::Nik { person: families[0].1, nik: Nik::parse(text).expect("sound") };
        // held by somebody elsewhere: said, not shown
        let said = record(&store, &near, families[0].0, right(&held), "a").await;
        assert!(matches!(said, Err(Refused::NikHeld { person: None })), "{said:?}");
        let said = record(&store, &rina, families[0].0, right(&held), "b").await;
        assert!(matches!(said, Err(Refused::NikHeld { person: Some(id) }) if id == families[2].1), "{said:?}");
        let before = registry(&store).await;
        let recorded = record(&store, &rina, families[0].0, right("9901011207859999"), "c").await.expect("is proposed");
        approve(&store, &bahtiar, recorded.id).await.expect("is written");
        assert_eq!(nik_of(families[0].1).await, "9901011207859999");
        let former: Vec<String> = store.read(&rina).column(sql!("SELECT nik FROM former_nik WHERE {whole_district test}")).await.expect("reads");
        assert_eq!(former, [old]);
        take_back(&store, &bahtiar, recorded.id).await.expect("is taken back");
        assert_eq!(registry(&store).await, before);
    }

    async fn what_rests_on_a_change_is_named_before_it_goes(store: Store) {
        let (families, user, _) = three_families(&store).await;
        let rina = official(user);
        let members: Vec<i64> = store
            .read(&rina)
            .column(Query::with(sql!("SELECT id FROM person WHERE family_id = $1 AND {whole_district test} ORDER BY id"), [families[0].0.into()]))
            .await
            .expect("reads");
        let split = What::Split { members: vec![(members[1], Relation::Head)], head: None, kk: None, place: None };
        let one = record(&store, &rina, families[0].0, split, "a").await.expect("is written");
        let made: i64 = store.read(&rina).count(sql!("SELECT MAX(id) FROM family WHERE {whole_district test}")).await.expect("counts");
        let two = record(&store, &rina, made, What::Birth { born: newcomer("Melati", Relation::Child) }, "b").await.expect("is written");
        let change = store.change(&rina, NOW).await.expect("begins");
        let round = builders::round(&change, "Verval Contoh", 1).await;
        builders::visited(&change, round, made, "LAYAK", None, &[]).await;
        change.commit().await.expect("commits");
        let Err(Refused::InTheWay(why)) = take_back(&store, &rina, one.id).await else { panic!("it must not go") };
        assert_eq!(why[0], Blocker::Change { id: two.id, kind: domain::household::Kind::Birth });
        assert_eq!(why[1], Blocker::Thing { what: "round".into(), id: round, name: "Verval Contoh".into() });
        take_back(&store, &rina, two.id).await.expect("nothing rests on the birth");
        // taken back twice is said
        assert!(matches!(take_back(&store, &rina, two.id).await, Err(Refused::NotNow(_))));
    }

    async fn one_entry_tells_every_family_concerned_what_it_means_for_it(store: Store) {
        let (families, user, _) = three_families(&store).await;
        let rina = official(user);
        let place = Place { village: 9_901_012_002, address: "Dusun Wetan".into(), rt: Some("004".into()), rw: None };
        let actor = Actor::program("test");
        let entries = async || store.read(&actor).count(sql!("SELECT COUNT(*) FROM journal WHERE verb LIKE 'household.%'")).await.expect("counts");
        record(&store, &rina, families[0].0, What::Move { place: Place { village: 9_901_010_009, ..place.clone() } }, "x").await.expect_err("no such village");
        let village: i64 = store.read(&actor).count(sql!("SELECT MAX(code) FROM area WHERE level = 'village' AND code < 9901020000")).await.expect("counts");
        record(&store, &rina, families[0].0, What::Move { place: Place { village, ..place } }, "a").await.expect("is written");
        assert_eq!(entries().await, 1);
        let told = store::journal::of_family(&store.read(&rina), families[0].0, 10).await.expect("reads");
        let detail = told[0].detail.clone().expect("what it means");
        assert!(detail.contains("Dusun Wetan, Contoh Wetan") && told[0].data.contains("move") && !told[0].data.contains("Dusun"), "{detail}");
        sound(&store, "moved").await;
    }
}
