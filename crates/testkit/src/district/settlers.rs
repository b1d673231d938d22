//! Settles one village: families one after another, with names, numbers, work, houses and what happened since 2023.
//!
//! A village is made from its own stream of chance and never needs another village, so any part of the district can be
//! made alone. Identity numbers stay unique because each village owns its own serial numbers.

use std::collections::{HashMap, VecDeque};

use chrono::{Datelike, Days, NaiveDate};
use domain::{FamilyCard, Nik, Rupiah, Sex};

use super::{
    areas::{Areas, Custom, Landscape, NEIGHBOURS, Village},
    boundaries,
    calendar::{Calendar, Edition},
    dice::Dice,
    dwelling::{Assets, Dwelling},
    health::Health,
    households::{self, Gone, Household, Member},
    livelihood::{Attendance, Occupation, Path},
    names,
    people::{Address, Aid, Departure, Family, FamilyId, Marital, Person, PersonId, Relation},
};

/// A family before the ministries ranked it, with its score in each list.
pub struct Settled {
    pub family: Family,
    pub scores: [f64; 3],
}

/// Numbers given to families and persons: the village's number times this, and on.
const PER_VILLAGE: u32 = 100_000;
/// About what half of the families spend per person and month, in rupiah.
const MEDIAN: f64 = 1_130_000.0;
/// Villages that could own serial numbers of one place and day.
const SLOTS: u32 = 160;

/// The families of one village, as they are made.
pub struct Settlers<'a> {
    areas: &'a Areas,
    village: &'a Village,
    land: Landscape,
    calendar: Calendar,
    dice: Dice,
    /// Families still to be made that are there in the current list.
    left: usize,
    next_family: FamilyId,
    next_person: PersonId,
    /// Serial numbers used, by the twelve digits before them.
    niks: HashMap<u64, u32>,
    cards: HashMap<u64, u32>,
    ready: VecDeque<Settled>,
}

impl<'a> Settlers<'a> {
    pub fn new(seed: u64, areas: &'a Areas, village: &'a Village, calendar: Calendar, families: usize) -> Self {
        let first = village.index as u32 * PER_VILLAGE + 1;
        Self {
            areas,
            village,
            land: areas.subdistricts[village.subdistrict].landscape,
            calendar,
            dice: Dice::new(seed, 100 + village.index as u64),
            left: families,
            next_family: first,
            next_person: first,
            niks: HashMap::new(),
            cards: HashMap::new(),
            ready: VecDeque::new(),
        }
    }

    /// Makes the next family, and the one that split off from it.
    fn settle(&mut self) {
        let prosperity = self.village.prosperity;
        let welfare = prosperity + 0.31 * self.dice.bell();
        let mut household = households::draw(&mut self.dice, welfare);
        if self.dice.chance(0.045) {
            households::add_late_parent(&mut self.dice, &mut household.members);
        }
        let customs = self.areas.subdistricts[self.village.subdistrict].customs;
        let custom = self.dice.weighted(customs);
        let people = self.people(&household, custom, welfare);
        let settled = self.family(people, welfare);
        self.change(settled, &household);
    }

    /// Fills the places of a household with persons.
    fn people(&mut self, household: &Household, custom: Custom, welfare: f64) -> Vec<Person> {
        let reference = self.calendar.reference;
        let customs = self.areas.subdistricts[self.village.subdistrict].customs;
        let line = names::line(&mut self.dice, custom);
        let theme = self.dice.chance(0.22);
        let mut shared: Option<String> = None;
        let mut people: Vec<Person> = Vec::with_capacity(household.members.len());
        for place in &household.members {
            let married_in = matches!(place.relation_before, Relation::Spouse | Relation::InLaw);
            let own = if married_in && self.dice.chance(0.2) { self.dice.weighted(customs) } else { custom };
            let line = if married_in { None } else { line };
            let born = self.dice.birth_date(place.age, reference);
            let mut name = names::make(&mut self.dice, own, place.sex, born.year(), line, place.order);
            if place.relation == Relation::Child && line.is_none() && theme {
                // brothers and sisters who share the last word
                match (&shared, name.rsplit_once(' ')) {
                    (Some(last), Some((first, _))) if !first.contains(last.as_str()) => {
                        name = format!("{first} {last}");
                    }
                    (None, Some((_, last))) => shared = Some(last.to_owned()),
                    _ => {}
                }
            }
            people.push(self.person(place, own, name, born, welfare));
        }
        for at in 0..people.len() {
            let father = household.members[at].father.map(|father| people[father].name.clone());
            let person = &people[at];
            let other =
                names::variant(&mut self.dice, &person.name, person.sex, father.as_deref().filter(|_| line.is_none()));
            people[at].other_name = other;
        }
        people
    }

    fn person(&mut self, place: &Member, custom: Custom, name: String, born: NaiveDate, welfare: f64) -> Person {
        let age = place.age as u32;
        let mut schooling = Path::draw(&mut self.dice, born.year(), place.sex, welfare);
        if place.marital != Marital::Single {
            schooling = schooling.ended_by(age);
        }
        let mut health = Health::draw(&mut self.dice, age, place.sex, welfare);
        health.pregnant &= place.marital == Marital::Married;
        let occupation = Occupation::draw(
            &mut self.dice,
            age,
            place.sex,
            schooling,
            self.land,
            welfare,
            !health.severely_disabled(),
        );
        let graduate = schooling.years >= 16 && age > 23;
        let name = names::with_title(&mut self.dice, name, place.sex, place.age, custom, welfare, graduate);
        let registered = match age {
            0 => 0.90,
            1..=4 => 0.975,
            5..=69 => 0.995,
            _ => 0.985,
        };
        let registered = self.dice.chance(registered - if welfare < -0.35 { 0.012 } else { 0.0 });
        let nik = if registered { self.nik(born, place.sex, age) } else { None };
        let id = self.next_person;
        self.next_person += 1;
        Person {
            id,
            other_name: name.clone(),
            name,
            sex: place.sex,
            born,
            nik,
            relation: place.relation,
            relation_before: place.relation_before,
            marital: place.marital,
            marital_before: place.marital_before,
            came: None,
            gone: None,
            schooling,
            occupation,
            health,
            premium_paid: false,
            premium_paid_by_district: false,
        }
    }

    /// A number of the place of first registration: mostly here, for some elsewhere in the district or far away.
    fn nik(&mut self, born: NaiveDate, sex: Sex, age: u32) -> Option<Nik> {
        let here = self.areas.subdistricts[self.village.subdistrict].code.number() / 10_000;
        let stay = if age < 16 { 0.965 } else { 0.82 };
        let place = match self.dice.unit() {
            u if u < stay => here,
            u if u < stay + (1.0 - stay) * 0.5 => {
                self.areas.subdistricts[self.dice.below(self.areas.subdistricts.len())].code.number() / 10_000
            }
            _ => {
                let from: Vec<&str> =
                    NEIGHBOURS.iter().filter(|n| n.level == "kecamatan").map(|neighbour| neighbour.code).collect();
                self.dice.pick(&from).replace('.', "").parse().unwrap_or(here)
            }
        };
        let day = born.day() + if sex == Sex::Female { 40 } else { 0 };
        let key =
            ((place as u64 * 100 + u64::from(day)) * 100 + u64::from(born.month())) * 100 + (born.year() % 100) as u64;
        let used = self.niks.entry(key).or_default();
        let serial = serial(key, *used, place == here, self.village);
        *used += 1;
        Nik::parse(&format!("{key:012}{serial:04}")).ok()
    }

    fn card(&mut self, issued: NaiveDate) -> FamilyCard {
        let here = self.areas.subdistricts[self.village.subdistrict].code.number() / 10_000;
        let key = ((here as u64 * 100 + u64::from(issued.day())) * 100 + u64::from(issued.month())) * 100
            + (issued.year() % 100) as u64;
        let used = self.cards.entry(key).or_default();
        let serial = serial(key, *used, true, self.village);
        *used += 1;
        FamilyCard::parse(&format!("{key:012}{serial:04}")).expect("sixteen digits of a date and a place")
    }

    /// House, belongings, consumption and scores of a family, before anything changed.
    fn family(&mut self, members: Vec<Person>, welfare: f64) -> Settled {
        let reference = self.calendar.reference;
        let consumption = consumption(&members, welfare, reference);
        let quality = (consumption / MEDIAN).ln();
        let fisher = members.iter().any(|p| p.occupation.work().is_some_and(|work| work.sector == 4));
        let farmer = members.iter().any(|p| p.occupation.work().is_some_and(|work| matches!(work.sector, 1..=3 | 5)));
        let living = members.iter().filter(|p| p.gone.is_none()).count();
        let dwelling = Dwelling::draw(&mut self.dice, self.land, quality, living, farmer);
        let dwelling_before = dwelling.before(&mut self.dice);
        let assets = Assets::draw(&mut self.dice, self.land, quality, &dwelling, fisher, farmer);
        let oldest = NaiveDate::from_ymd_opt(2008, 1, 1).unwrap_or(reference);
        let issued = self.dice.day_between(oldest, self.calendar.day(Edition::P3ke) - Days::new(200));
        let card = self.card(issued);
        let score = quality + 0.19 * self.dice.bell();
        let scores =
            [score - 0.03 + 0.20 * self.dice.bell(), score + 0.07 * self.dice.bell(), score + 0.07 * self.dice.bell()];
        let id = self.next_family;
        self.next_family += 1;
        let rw = self.dice.between(1, 6) as u8;
        let family = Family {
            id,
            village: self.village.index,
            moved: None,
            since: None,
            until: None,
            head_changed: None,
            card,
            card_before: None,
            address: Address {
                hamlet: self.village.hamlets[usize::from(rw) % self.village.hamlets.len()],
                rt: self.dice.between(1, 9) as u8,
                rw,
            },
            members,
            consumption: Rupiah((consumption / 1_000.0).round() as i64 * 1_000),
            dwelling,
            dwelling_before,
            assets,
            aid: Aid::default(),
            standing: Default::default(),
            place: boundaries::somewhere(&mut self.dice, self.village.index),
        };
        Settled { family, scores }
    }

    /// What happened since 2023: deaths, marriages, moves, arrivals, splits, and families that are no more.
    fn change(&mut self, mut settled: Settled, household: &Household) {
        let (p3ke, previous) = (self.calendar.day(Edition::P3ke), self.calendar.day(Edition::Previous));
        let current = self.calendar.day(Edition::Current);
        let tomorrow = p3ke + Days::new(1);
        for (at, place) in household.members.iter().enumerate() {
            if let Some(gone) = place.gone {
                let lately = self.dice.chance(if gone == Gone::DiedAsHead { 0.24 } else { 0.10 });
                let from = if lately { previous + Days::new(1) } else { tomorrow };
                let day = self.dice.day_between(from, if lately { current } else { previous });
                let how = if gone == Gone::Left { Departure::Left } else { Departure::Died };
                settled.family.members[at].gone = Some((day, how));
                if gone == Gone::DiedAsHead || place.relation == Relation::Spouse {
                    settled.family.head_changed = Some(day);
                }
                if gone == Gone::DiedAsHead {
                    settled.scores[2] -= 0.10;
                    self.renew_card(&mut settled.family, day, 15, 90);
                }
            }
            if place.newly_in {
                settled.family.members[at].came = Some(self.dice.day_between(tomorrow, current));
            }
        }
        if settled.family.head_changed.is_none() && self.dice.chance(0.05) {
            let day = self.dice.day_between(tomorrow, current);
            self.renew_card(&mut settled.family, day, 0, 0);
        }
        let youngest_head = settled.family.members[0].age(self.calendar.reference) < 33;
        match self.dice.unit() {
            // left the district, or the last member died
            u if u < 0.030 => {
                settled.family.until = Some(self.dice.day_between(tomorrow, previous));
                return self.push(settled);
            }
            u if u < 0.038 => {
                settled.family.until = Some(self.dice.day_between(previous + Days::new(1), current));
                return self.push(settled);
            }
            // arrived
            u if u < 0.045 => {
                settled.family.since = Some(self.dice.day_between(previous + Days::new(1), current));
            }
            u if u < 0.060 || (youngest_head && u < 0.30) => {
                settled.family.since = Some(self.dice.day_between(tomorrow, previous));
            }
            // moved to another village of the district
            u if u < 0.085 => {
                let from = self.dice.below(self.areas.villages.len());
                let lately = self.dice.chance(0.2);
                let first = if lately { previous + Days::new(1) } else { tomorrow };
                let day = self.dice.day_between(first, current);
                if from != self.village.index {
                    settled.family.moved = Some((day, from));
                    self.renew_card(&mut settled.family, day, 0, 0);
                }
            }
            _ => {}
        }
        let stayed = settled.family.since.is_none() && settled.family.moved.is_none();
        if stayed && self.left >= 2 && household.branch.len() >= 2 && self.dice.chance(0.12) {
            let day = self.dice.day_between(previous + Days::new(1), current);
            let young = self.split(&mut settled, &household.branch, day);
            self.push(settled);
            self.push(young);
        } else {
            self.push(settled);
        }
    }

    /// A new card some days after `day`, when there was time for it.
    fn renew_card(&mut self, family: &mut Family, day: NaiveDate, from: i32, to: i32) {
        let issued = day + Days::new(self.dice.between(from, to).unsigned_abs().into());
        if issued > self.calendar.reference {
            return;
        }
        let old = std::mem::replace(&mut family.card, self.card(issued));
        family.card_before = Some((issued, old));
    }

    /// The young couple and its children set up a family of their own on that day.
    fn split(&mut self, settled: &mut Settled, branch: &[usize], day: NaiveDate) -> Settled {
        let old = &mut settled.family;
        let mut members: Vec<Person> = Vec::with_capacity(branch.len());
        for at in branch {
            let person = &mut old.members[*at];
            let mut moved = person.clone();
            person.gone = Some((day, Departure::Left));
            let relation = match (moved.relation, moved.sex) {
                (Relation::Child | Relation::InLaw, Sex::Male) => Relation::Head,
                (Relation::Child | Relation::InLaw, Sex::Female) => Relation::Spouse,
                _ => Relation::Child,
            };
            (moved.relation, moved.relation_before) = (relation, relation);
            moved.came = Some(day);
            moved.gone = None;
            members.push(moved);
        }
        members.sort_by_key(|person| person.relation as u8);
        let quality = (settled.family.consumption.0 as f64 / MEDIAN).ln() - 0.08;
        let mut young = self.family(members, quality);
        young.family.since = Some(day);
        young.family.card = self.card(day);
        young
    }

    fn push(&mut self, settled: Settled) {
        if settled.family.at(self.calendar.day(Edition::Current)).is_some() {
            self.left = self.left.saturating_sub(1);
        }
        self.ready.push_back(settled);
    }
}

impl Iterator for Settlers<'_> {
    type Item = Settled;

    fn next(&mut self) -> Option<Settled> {
        if self.ready.is_empty() && self.left > 0 {
            self.settle();
        }
        self.ready.pop_front()
    }
}

/// Serials of one place and day are dealt out among the villages: those of the kecamatan take the low ones in turn,
/// another village first on another day; people registered elsewhere take the high ones.
fn serial(key: u64, used: u32, native: bool, village: &Village) -> u32 {
    let turn = (village.slot as u64 + key % 9_973) % 12;
    if native { used * 12 + turn as u32 + 1 } else { 3_000 + used * SLOTS + village.index as u32 + 1 }
}

/// What the family spends per person and month: welfare, the earners' work and schooling, the number of mouths.
fn consumption(members: &[Person], welfare: f64, reference: NaiveDate) -> f64 {
    let present: Vec<&Person> = members.iter().filter(|p| p.gone.is_none()).collect();
    let size = present.len().max(1) as f64;
    let mut log = welfare - 0.055 * (size - 3.6);
    let mut earners = 0;
    for (at, person) in present.iter().enumerate() {
        let age = person.age(reference);
        if at == 0 {
            log += 0.020 * (f64::from(person.schooling.years) - 7.5);
        }
        if let Some(work) = person.occupation.work() {
            log += work.earnings * if at == 0 { 0.9 } else { 0.4 };
            earners += 1;
        }
        if person.health.disabled() && age >= 18 {
            log -= 0.07;
        }
        if person.schooling.at(age).attendance == Attendance::Pupil && age > 15 {
            log -= 0.02;
        }
    }
    log += 0.22 * (f64::from(earners) / size - 0.42);
    if present.len() == 1 && present[0].age(reference) >= 60 {
        log -= 0.22;
    }
    if present.first().is_some_and(|head| head.sex == Sex::Female) {
        log -= 0.09;
    }
    MEDIAN * log.exp()
}
