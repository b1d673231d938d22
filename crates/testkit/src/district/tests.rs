//! What must hold of the people of the district, whatever the seed.

use std::collections::{HashMap, HashSet};

use domain::{Nik, Sex};

use super::{
    calendar::Edition,
    people::{FamilyId, Marital, Person, PersonId, Relation},
    *,
};

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[test]
fn the_same_seed_makes_the_same_people_and_a_village_can_be_made_alone() {
    let (one, two) = (District::generate(7, 900), District::generate(7, 900));
    let whole: Vec<String> = one.families().map(|family| format!("{family:?}")).collect();
    assert_eq!(whole, two.families().map(|family| format!("{family:?}")).collect::<Vec<_>>());
    let village: Vec<String> = one.families_of(50).map(|family| format!("{family:?}")).collect();
    assert!(!village.is_empty() && village.iter().all(|family| whole.contains(family)));
    let other = District::generate(8, 900);
    assert_ne!(whole, other.families().map(|family| format!("{family:?}")).collect::<Vec<_>>());
}

#[test]
fn the_size_asked_for_is_the_number_of_families_in_the_current_list() {
    for size in [0, 1, 300, 2_000] {
        let district = District::generate(3, size);
        let day = district.calendar().day(Edition::Current);
        assert_eq!(district.families().filter(|family| family.at(day).is_some()).count(), size);
    }
}

#[test]
fn numbers_are_sound_and_nobody_shares_one() {
    let district = District::generate(5, 4_000);
    let today = district.calendar().reference;
    let (mut niks, mut cards): (HashMap<Nik, PersonId>, HashSet<String>) = Default::default();
    let mut unregistered = 0;
    let mut persons: HashSet<PersonId> = HashSet::new();
    for family in district.families() {
        for card in [Some(&family.card), family.card_before.as_ref().map(|(_, card)| card)].into_iter().flatten() {
            assert!(cards.insert(card.as_str().to_owned()), "card {card:?} twice");
        }
        for person in &family.members {
            persons.insert(person.id);
            let Some(nik) = &person.nik else {
                unregistered += 1;
                continue;
            };
            assert_eq!(Nik::parse(nik.as_str()).as_ref(), Ok(nik));
            assert_eq!(nik.sex(), person.sex);
            assert_eq!(nik.birth_date(Some(person.born), today), Some(person.born));
            assert!(matches!(&nik.as_str()[..2], "99" | "88") && nik.serial() > 0);
            let owner = *niks.entry(nik.clone()).or_insert(person.id);
            assert_eq!(owner, person.id, "{nik:?} belongs to two people");
        }
    }
    assert!((0.002..0.03).contains(&share(unregistered, persons.len())), "{unregistered} without a number");
}

#[test]
fn on_every_lists_day_a_family_has_one_head_and_ages_that_fit() {
    let district = District::generate(6, 4_000);
    for edition in Edition::ALL {
        let day = district.calendar().day(edition);
        for family in district.families() {
            let Some(seen) = family.at(day) else { continue };
            let heads = seen.members.iter().filter(|(_, relation, _)| *relation == Relation::Head).count();
            assert_eq!(heads, 1, "{edition:?}, family {}: {heads} heads", family.id);
            let head = seen.head();
            assert!(head.age(day) >= 16, "{edition:?}, family {}: a head of {}", family.id, head.age(day));
            for (person, relation, marital) in &seen.members {
                let older = |a: &Person, b: &Person, years: u32| a.age(day) >= b.age(day) + years;
                let fits = match relation {
                    Relation::Head => true,
                    Relation::Spouse => person.sex != head.sex && *marital == Marital::Married && person.age(day) >= 14,
                    Relation::Child => older(head, person, 15),
                    Relation::Parent => older(person, head, 15),
                    Relation::Grandchild => older(head, person, 30),
                    Relation::InLaw | Relation::Other => person.age(day) < 80,
                };
                assert!(fits, "{edition:?}, family {}: {relation:?} of {}", family.id, person.age(day));
                assert!(person.age(day) < 105);
            }
            let married_in = seen.members.iter().filter(|(_, relation, _)| *relation == Relation::Spouse).count();
            assert!(married_in <= 1);
            assert_eq!(married_in == 1, seen.members[0].2 == Marital::Married, "family {} on {day}", family.id);
        }
    }
}

#[test]
fn figures_are_those_of_a_poor_district() {
    let district = District::generate(1, 6_000);
    let day = district.calendar().day(Edition::Current);
    let (mut families, mut persons, mut women_heads, mut alone_and_old) = (0, 0, 0, 0);
    let (mut poor, mut extreme) = (0, 0);
    let mut desil = [0; 10];
    let mut by_desil = [[0.0; 4]; 10];
    let mut by_subdistrict: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut tertiary = (0, 0);
    for family in district.families() {
        let Some(seen) = family.at(day) else { continue };
        families += 1;
        persons += seen.members.len();
        women_heads += usize::from(seen.head().sex == Sex::Female);
        alone_and_old += usize::from(seen.members.len() == 1 && seen.head().age(day) >= 60);
        poor += usize::from(family.consumption.0 < 641_443);
        extreme += usize::from(family.consumption.0 < 391_000);
        let at = usize::from(family.standing[Edition::Current as usize].national) - 1;
        desil[at] += 1;
        by_desil[at][0] += family.consumption.0 as f64;
        by_desil[at][1] += f64::from(u8::from(family.dwelling.toilet == 6));
        by_desil[at][2] += f64::from(u8::from(family.aid.sembako));
        by_desil[at][3] += f64::from(u8::from(family.assets.movable[8]));
        let place = by_subdistrict.entry(district.areas().subdistrict_of(family.village).name).or_default();
        place.0 += 1;
        place.1 += usize::from(at == 0);
        for (person, ..) in seen.members.iter().filter(|(person, ..)| person.age(day) >= 25) {
            tertiary.0 += usize::from(person.schooling.years >= 15);
            tertiary.1 += 1;
        }
    }
    let within = |what: &str, value: f64, low: f64, high: f64| {
        assert!((low..high).contains(&value), "{what}: {value:.3}, expected {low} to {high}");
    };
    within("members per family", share(persons, families), 3.45, 3.75);
    within("families led by a woman", share(women_heads, families), 0.12, 0.22);
    within("elders living alone", share(alone_and_old, families), 0.03, 0.08);
    within("below the national line", share(poor, families), 0.09, 0.16);
    within("below the extreme line", share(extreme, families), 0.006, 0.025);
    within("in desil 1", share(desil[0], families), 0.108, 0.122);
    within("in desil 1 to 4", share(desil[..4].iter().sum(), families), 0.43, 0.46);
    within("in desil 10", share(desil[9], families), 0.07, 0.092);
    within("adults with a degree", share(tertiary.0, tertiary.1), 0.04, 0.12);
    let mean = |at: usize, what: usize| by_desil[at][what] / desil[at] as f64;
    for at in 1..10 {
        assert!(mean(at, 0) > mean(at - 1, 0), "desil {} spends more than desil {at}", at + 1);
    }
    within("no toilet in desil 1", mean(0, 1), 0.25, 0.55);
    within("no toilet in desil 6", mean(5, 1), 0.0, 0.10);
    within("sembako in desil 1", mean(0, 2), 0.6, 0.9);
    within("sembako in desil 8", mean(7, 2), 0.0, 0.02);
    within("a motorcycle in desil 1", mean(0, 3), 0.35, 0.75);
    within("a motorcycle in desil 10", mean(9, 3), 0.9, 1.0);
    let rate = |name: &str| share(by_subdistrict[name].1, by_subdistrict[name].0);
    for behind in ["Muara Jernih", "Rawa Elok", "Tanjung Damai"] {
        for ahead in ["Kota Contoh", "Sukamaju", "Gunung Sari", "Sumber Rejo"] {
            assert!(rate(behind) > 1.8 * rate(ahead), "{behind} {}, {ahead} {}", rate(behind), rate(ahead));
        }
    }
}

#[test]
fn between_two_lists_families_leave_join_move_split_and_lose_their_head() {
    let district = District::generate(2, 6_000);
    let (before, after) = (district.calendar().day(Edition::Previous), district.calendar().day(Edition::Current));
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut was_in: HashMap<PersonId, FamilyId> = HashMap::new();
    let mut families = 0;
    let all: Vec<Family> = district.families().collect();
    for family in &all {
        for (person, ..) in family.at(before).iter().flat_map(|seen| &seen.members) {
            assert!(was_in.insert(person.id, family.id).is_none(), "one person in two families at once");
        }
    }
    for family in &all {
        let mut count = |what: &'static str, holds: bool| *counts.entry(what).or_default() += usize::from(holds);
        let (old, new) = (family.at(before), family.at(after));
        families += usize::from(old.is_some());
        count("left", old.is_some() && new.is_none());
        count("joined", old.is_none() && new.is_some());
        if let (Some(old), Some(new)) = (&old, &new) {
            count("moved", old.village != new.village);
            count("another head", old.head().id != new.head().id);
            count("another card", old.card != new.card);
            let desil = |edition: Edition| family.standing[edition as usize].national;
            count("another desil", desil(Edition::Previous) != desil(Edition::Current));
            count("fewer members", new.members.len() < old.members.len());
            count("more members", new.members.len() > old.members.len());
        }
        if let (None, Some(new)) = (&old, &new) {
            count("split", new.members.iter().any(|(p, ..)| was_in.get(&p.id).is_some_and(|was| *was != family.id)));
        }
    }
    for (what, low, high) in [
        ("left", 0.004, 0.015),
        ("joined", 0.008, 0.025),
        ("split", 0.002, 0.012),
        ("moved", 0.002, 0.012),
        ("another head", 0.001, 0.008),
        ("another card", 0.004, 0.03),
        ("another desil", 0.2, 0.5),
        ("fewer members", 0.005, 0.03),
        ("more members", 0.004, 0.05),
    ] {
        let rate = share(counts[what], families);
        assert!((low..high).contains(&rate), "{what}: {rate:.4}, expected {low} to {high}");
    }
}
