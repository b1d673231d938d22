//! The rules as tables: what each change makes of a family of four, and what is refused at which field.

use chrono::NaiveDate;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

const TODAY: &str = "2026-11-21";

fn person(id: i64, name: &str, born: &str, relation: &str, family: i64) -> Person {
    Person {
        id,
        nik: None,
        name: name.into(),
        sex: Some("L".into()),
        birth_date: Some(born.into()),
        village: 9_901_012_001,
        family: Some(family),
        relation: Some(relation.into()),
        state: PersonState::Alive,
        merged_into: None,
    }
}

fn family(id: i64, head: i64, name: &str, members: i64) -> Family {
    Family {
        id,
        kk: None,
        head: Some(head),
        head_name: name.into(),
        place: Place { village: 9_901_012_001, address: "Dusun Krajan".into(), rt: Some("001".into()), rw: None },
        members,
        block: "nik.empty".into(),
        state: FamilyState::Active,
        merged_into: None,
    }
}

/// Budi (1), Siti (2), Ani (3) and Joko (4) in family 10; Rohaya (5), who has a number, in family 20.
fn now() -> Situation {
    let mut persons = vec![
        person(1, "BUDI", "1960-01-01", "HEAD", 10),
        person(2, "SITI", "1962-01-01", "SPOUSE", 10),
        person(3, "ANI", "1990-01-01", "CHILD", 10),
        person(4, "JOKO", "1988-01-01", "OTHER", 10),
        person(5, "ROHAYA", "1955-01-01", "HEAD", 20),
    ];
    persons[4].nik = Some("9901015207850009".into());
    Situation { families: vec![family(10, 1, "BUDI", 4), family(20, 5, "ROHAYA", 1)], persons }
}

fn asked(what: What) -> Asked {
    Asked { what, on: day("2026-11-01"), reason: "Surat desa".into() }
}

fn done(what: What) -> Situation {
    apply(&now(), Some(10), &asked(what), day(TODAY)).expect("is allowed")
}

fn refused(what: What) -> Fault {
    apply(&now(), Some(10), &asked(what), day(TODAY)).expect_err("is refused")
}

fn split(members: &[(i64, Relation)], head: Option<i64>) -> What {
    What::Split { members: members.to_vec(), head, kk: None, place: None }
}

fn newcomer(name: &str, relation: Relation) -> Newcomer {
    Newcomer { name: name.into(), sex: Sex::Female, birth_date: None, nik: None, relation }
}

/// `id relation`, of everybody in the family.
fn lives(after: &Situation, family: i64) -> Vec<String> {
    after.members(family).map(|p| format!("{} {}", p.id, p.relation.as_deref().unwrap_or("-"))).collect()
}

#[test]
fn a_split_makes_a_family_with_its_own_head() {
    let after = done(split(&[(3, Relation::Spouse), (4, Relation::Head)], None));
    assert_eq!(lives(&after, 10), ["1 HEAD", "2 SPOUSE"]);
    assert_eq!(lives(&after, NEW), ["3 SPOUSE", "4 HEAD"]);
    let (old, new) = (after.family(10).expect("stays"), after.family(NEW).expect("is made"));
    assert_eq!((old.members, old.head), (2, Some(1)));
    assert_eq!((new.members, new.head, new.head_name.as_str(), new.block.as_str()), (2, Some(4), "JOKO", "nik.empty"));
    assert_eq!(new.place, old.place);
}

#[test]
fn a_head_goes_only_where_another_is_named() {
    let going = [(1, Relation::Head), (2, Relation::Spouse)];
    assert_eq!(refused(split(&going, None)), Fault::HeadNeeded);
    assert_eq!(refused(split(&going, Some(2))), Fault::HeadLeaves);
    let after = done(split(&going, Some(3)));
    assert_eq!(lives(&after, 10), ["3 HEAD", "4 OTHER"]);
    assert_eq!(after.family(10).map(|f| f.head_name.as_str()), Some("ANI"));
}

#[test]
fn a_merger_dissolves_the_other_family() {
    let after = done(What::Merge { with: 20, members: vec![(5, Relation::Other)] });
    assert_eq!(lives(&after, 10), ["1 HEAD", "2 SPOUSE", "3 CHILD", "4 OTHER", "5 OTHER"]);
    let other = after.family(20).expect("stays known");
    assert_eq!((other.state, other.merged_into, other.members), (FamilyState::Dissolved, Some(10), 0));
    assert_eq!(after.family(10).map(|f| f.members), Some(5));
}

#[test]
fn the_dead_are_members_no_more_and_the_last_one_ends_the_family() {
    let after = done(What::Death { person: 2, head: None });
    let siti = after.person(2).expect("stays known");
    assert_eq!((siti.family, siti.state), (None, PersonState::Deceased));
    assert_eq!(after.family(10).map(|f| f.members), Some(3));
    assert_eq!(refused(What::Death { person: 1, head: None }), Fault::HeadNeeded);
    let last = apply(&now(), Some(20), &asked(What::Death { person: 5, head: None }), day(TODAY)).expect("is allowed");
    assert_eq!(last.family(20).map(|f| (f.state, f.members)), Some((FamilyState::Deceased, 0)));
    // where a list counts others nobody knows by name, the family goes on without a head
    let mut more = now();
    more.families[1].members = 3;
    let after = apply(&more, Some(20), &asked(What::Death { person: 5, head: None }), day(TODAY)).expect("is allowed");
    let left = after.family(20).map(|f| (f.state, f.members, f.head, f.block.as_str()));
    assert_eq!(left, Some((FamilyState::Active, 2, None, "nik.empty")));
}

#[test]
fn a_new_head_with_a_number_lifts_what_kept_the_family_out_of_decrees() {
    let mut before = now();
    before.persons[3].nik = Some("9901011201880004".into());
    let head = asked(What::Head { person: 4, relation: Relation::Other });
    let after = apply(&before, Some(10), &head, day(TODAY)).expect("is allowed");
    assert_eq!(lives(&after, 10), ["1 OTHER", "2 SPOUSE", "3 CHILD", "4 HEAD"]);
    assert_eq!(after.family(10).map(|f| f.block.as_str()), Some(""));
    // a fault of something else stays
    before.families[0].block = "area.unknown".into();
    let after = apply(&before, Some(10), &head, day(TODAY)).expect("is allowed");
    assert_eq!(after.family(10).map(|f| f.block.as_str()), Some("area.unknown"));
}

#[test]
fn a_family_that_left_comes_back_as_it_was() {
    let gone = done(What::MoveOut);
    assert!(gone.members(10).all(|p| p.state == PersonState::Moved));
    let place = Place { village: 9_901_012_001, address: " Dusun Wetan ".into(), rt: Some(String::new()), rw: None };
    let what = || asked(What::MoveIn { place: place.clone() });
    let back = apply(&gone, Some(10), &what(), day(TODAY)).expect("is allowed");
    assert_eq!(
        back.family(10).map(|f| (f.state, f.place.address.as_str())),
        Some((FamilyState::Active, "Dusun Wetan"))
    );
    assert!(back.members(10).all(|p| p.state == PersonState::Alive));
    assert_eq!(refused(what().what), Fault::NotAway);
    let born = asked(What::Birth { born: newcomer("Bayi", Relation::Child) });
    assert_eq!(apply(&gone, Some(10), &born, day(TODAY)), Err(Fault::NotActive));
}

#[test]
fn somebody_born_or_come_is_counted() {
    let after = done(What::Birth { born: newcomer("Melati", Relation::Child) });
    let born = after.person(NEW).expect("is known");
    assert_eq!((born.name.as_str(), born.birth_date.as_deref(), born.family), ("MELATI", Some("2026-11-01"), Some(10)));
    assert_eq!(after.family(10).map(|f| f.members), Some(5));
    let nobody = apply(
        &Situation::default(),
        None,
        &asked(What::NewFamily {
            head: newcomer("Sri", Relation::Head),
            kk: None,
            place: Place { village: 9_901_012_001, address: "Dusun Wetan".into(), rt: None, rw: None },
        }),
        day(TODAY),
    )
    .expect("is allowed");
    assert_eq!(nobody.family(NEW).map(|f| (f.members, f.head, f.head_name.as_str())), Some((1, Some(NEW), "SRI")));
}

#[test]
fn what_is_wrong_is_told_at_its_field() {
    let nik = |text: &str| Nik::parse(text).expect("sound");
    let with = |n: Newcomer, text: &str, born: Option<&str>| What::Arrival {
        person: Newcomer { nik: Some(nik(text)), birth_date: born.map(day), ..n },
    };
    for (what, fault, field) in [
        (split(&[], None), Fault::NobodyNamed, "members"),
        (split(&[(3, Relation::Child)], None), Fault::OneHead, "members"),
        (split(&[(5, Relation::Head)], None), Fault::NotAMember, "person"),
        (What::Departure { members: vec![1, 2, 3, 4], head: None }, Fault::EverybodyLeaves, "members"),
        (What::Merge { with: 10, members: vec![] }, Fault::SameFamily, "with"),
        (What::Merge { with: 20, members: vec![(5, Relation::Head)] }, Fault::TwoHeads, "relation"),
        (What::Head { person: 1, relation: Relation::Other }, Fault::IsHead, "person"),
        (What::Birth { born: newcomer(" ", Relation::Child) }, Fault::NoName, "name"),
        (What::Arrival { person: newcomer("Sri", Relation::Head) }, Fault::TwoHeads, "relation"),
        (with(newcomer("Sri", Relation::Other), "9901011201880004", None), Fault::NikOtherSex, "nik"),
        (with(newcomer("Sri", Relation::Other), "9901015201880004", Some("1988-02-12")), Fault::NikOtherBirth, "nik"),
        (What::Nik { person: 5, nik: nik("9901015207850009") }, Fault::NotAMember, "person"),
        (What::Move { place: now().families[0].place.clone() }, Fault::SamePlace, "village"),
        (What::Move { place: Place::default() }, Fault::NoAddress, "address"),
    ] {
        assert_eq!(refused(what.clone()), fault, "{what:?}");
        assert_eq!(fault.field(), field, "{what:?}");
    }
    let dated = |on: &str, reason: &str| Asked {
        on: day(on),
        reason: reason.into(),
        ..asked(What::Death { person: 3, head: None })
    };
    for (asked, fault) in [
        (dated("2026-11-22", "Surat"), Fault::InFuture),
        (dated("1820-01-01", "Surat"), Fault::TooLongAgo),
        (dated("1989-12-31", "Surat"), Fault::DeathBeforeBirth),
        (dated("2026-11-01", " "), Fault::NoReason),
    ] {
        assert_eq!(apply(&now(), Some(10), &asked, day(TODAY)), Err(fault));
    }
}

#[test]
fn what_is_asked_reads_back() {
    let one = asked(split(&[(3, Relation::Head)], Some(2)));
    let text = serde_json::to_string(&one).expect("is written");
    assert_eq!(serde_json::from_str::<Asked>(&text).expect("reads"), one);
    let unit = asked(What::MoveOut);
    assert_eq!(serde_json::from_str::<Asked>(&serde_json::to_string(&unit).expect("is written")).expect("reads"), unit);
}
