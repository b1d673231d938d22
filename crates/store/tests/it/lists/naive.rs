//! The rules of linking as a plain loop over rows, to hold the set-based statements against. Slow, short, and written from
//! the rules in `store::lists::link`, not from their SQL.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    lists::{Fields, Relation, families::family_key, format::FamilyKey},
    name::name_key,
};

use super::made::{Given, Said};

#[derive(Clone, Debug)]
struct Row {
    family_file: bool,
    said: Said,
    fields: Fields,
    key: String,
}

impl Row {
    fn nik(&self) -> Option<&str> {
        self.fields.sound_nik()
    }
    fn birth(&self) -> Option<&str> {
        Some(self.said.birth).filter(|b| !b.is_empty())
    }
    fn identifier(&self) -> Option<&str> {
        self.fields.list_person_id.as_deref()
    }
}

#[derive(Clone, Debug)]
pub struct Person {
    nik: Option<String>,
    name: String,
    birth: Option<String>,
    family: usize,
    relation: Option<&'static str>,
    said: Vec<PersonSaid>,
}

#[derive(Clone, Debug)]
struct PersonSaid {
    source: &'static str,
    as_of: String,
    version: usize,
    nik: Option<String>,
    name: String,
    birth: Option<String>,
    identifier: Option<String>,
}

#[derive(Clone, Debug)]
struct Family {
    kk: Option<String>,
    head: Option<usize>,
    name: String,
    said: Vec<FamilySaid>,
}

#[derive(Clone, Debug)]
struct FamilySaid {
    source: &'static str,
    as_of: String,
    version: usize,
    kk: Option<String>,
    head: Option<usize>,
    name: String,
    identifier: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Membership {
    pub person: usize,
    pub family: usize,
    pub relation: Option<&'static str>,
    pub since: String,
    pub until: Option<String>,
}

#[derive(Default)]
pub struct Registry {
    pub people: Vec<Person>,
    families: Vec<Family>,
    pub memberships: Vec<Membership>,
    versions: usize,
}

/// What became of a version: the person of every row that tells of one, and the family of every row.
pub struct Linked {
    pub persons: BTreeMap<usize, usize>,
    pub families: BTreeMap<usize, usize>,
}

struct Unit {
    family_row: Option<usize>,
    members: Vec<usize>,
    head: usize,
    kk: Option<String>,
    identifier: Option<String>,
    name: String,
}

impl Unit {
    fn first(&self) -> usize {
        self.family_row.unwrap_or_else(|| self.members[0])
    }
}

fn agree(a: (&str, Option<&str>), b: (&str, Option<&str>)) -> bool {
    let (a_key, b_key) = (name_key(a.0), name_key(b.0));
    (a_key == b_key && !a_key.is_empty()) || (a.1.is_some() && a.1 == b.1)
}

impl Person {
    fn facts(&self) -> (&str, Option<&str>) {
        (&self.name, self.birth.as_deref())
    }
}

fn relation_word(relation: Option<Relation>) -> Option<&'static str> {
    relation.map(Relation::as_str)
}

impl Registry {
    /// Links and commits a version; rows are numbered from 0, the family file first.
    pub fn commit(&mut self, given: &Given) -> Linked {
        let by = if given.source == "dtsen" { FamilyKey::Kk } else { FamilyKey::ListFamilyId };
        let rows: Vec<Row> = given
            .families
            .iter()
            .map(|said| (true, said))
            .chain(given.members.iter().map(|said| (false, said)))
            .enumerate()
            .map(|(at, (family_file, said))| {
                let fields = said.reading(1).fields;
                let key = family_key(by, &fields).map_or_else(|| format!("#{at}"), |key| format!("={key}"));
                Row { family_file, said: said.clone(), fields, key }
            })
            .collect();
        let units = units(&rows);
        let unit_of: BTreeMap<usize, usize> = units
            .iter()
            .enumerate()
            .flat_map(|(at, unit)| unit.family_row.iter().chain(&unit.members).map(move |row| (*row, at)))
            .collect();
        let unit_of: BTreeMap<usize, usize> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| {
                // a second family row of a key belongs to the family of the first
                let unit = unit_of.get(&at).copied();
                let unit = unit.or_else(|| units.iter().position(|unit| rows[unit.first()].key == row.key));
                (at, unit.expect("every row is of a family"))
            })
            .collect();
        let telling: Vec<usize> =
            (0..rows.len()).filter(|at| !rows[*at].family_file || units[unit_of[at]].head == *at).collect();

        let mut linked: BTreeMap<usize, usize> = BTreeMap::new();
        for at in &telling {
            if let Some(person) = self.known(&rows[*at], given.source) {
                linked.insert(*at, person);
            }
        }
        // rows that are the person of an earlier row
        let mut same_as: BTreeMap<usize, usize> = BTreeMap::new();
        for at in &telling {
            if linked.contains_key(at) {
                continue;
            }
            let row = &rows[*at];
            let first = telling.iter().take_while(|other| *other < at).find(|other| {
                let other = &rows[**other];
                let same_number = row.nik().is_some() && row.nik() == other.nik()
                    || row.identifier().is_some() && row.identifier() == other.identifier();
                same_number && agree((row.said.name, row.birth()), (other.said.name, other.birth()))
            });
            if let Some(first) = first {
                let root = same_as.get(first).copied().unwrap_or(*first);
                same_as.insert(*at, root);
                if let Some(person) = linked.get(&root).copied() {
                    linked.insert(*at, person);
                }
            }
        }
        let mut family_of = self.link_families(given, &rows, &units, &unit_of, &linked, &telling);
        self.people_in_families(&rows, &units, &unit_of, &family_of, &telling, &same_as, &mut linked);
        for (at, root) in &same_as {
            if let (None, Some(person)) = (linked.get(at), linked.get(root).copied()) {
                linked.insert(*at, person);
            }
        }
        self.enter(given, &rows, &units, &unit_of, &telling, &same_as, &mut linked, &mut family_of);
        Linked { persons: linked, families: (0..rows.len()).map(|at| (at, family_of[&unit_of[&at]])).collect() }
    }

    fn known(&self, row: &Row, source: &str) -> Option<usize> {
        let facts = (row.said.name, row.birth());
        let by_nik = row.nik().and_then(|nik| {
            self.people.iter().position(|person| person.nik.as_deref() == Some(nik) && agree(facts, person.facts()))
        });
        by_nik.or_else(|| {
            let identifier = row.identifier()?;
            self.people.iter().position(|person| {
                person.said.iter().any(|s| s.source == source && s.identifier.as_deref() == Some(identifier))
                    && agree(facts, person.facts())
            })
        })
    }

    fn link_families(
        &self,
        given: &Given,
        rows: &[Row],
        units: &[Unit],
        unit_of: &BTreeMap<usize, usize>,
        linked: &BTreeMap<usize, usize>,
        telling: &[usize],
    ) -> BTreeMap<usize, usize> {
        let mut order: Vec<usize> = (0..units.len()).collect();
        order.sort_by_key(|unit| units[*unit].first());
        let mut family_of: BTreeMap<usize, usize> = BTreeMap::new();
        // the list's own identifier, as its newest version says
        for unit in &order {
            let Some(identifier) = &units[*unit].identifier else { continue };
            let newest = self
                .families
                .iter()
                .enumerate()
                .flat_map(|(at, family)| family.said.iter().map(move |said| (at, said)))
                .filter(|(_, said)| said.source == given.source && said.identifier.as_ref() == Some(identifier))
                .max_by_key(|(_, said)| (said.as_of.clone(), said.version));
            if let Some((family, _)) = newest
                && !family_of.values().any(|taken| *taken == family)
            {
                family_of.insert(*unit, family);
            }
        }
        // the card's number
        let shared = |unit: usize, family: usize| {
            telling
                .iter()
                .filter(|at| unit_of[at] == unit)
                .filter_map(|at| linked.get(at))
                .filter(|person| self.people[**person].family == family)
                .collect::<BTreeSet<_>>()
                .len()
        };
        let mut wanted: Vec<(usize, usize, usize, bool)> = Vec::new();
        for unit in order.iter().filter(|unit| !family_of.contains_key(unit)) {
            let Some(kk) = &units[*unit].kk else { continue };
            let fit = self.families.iter().enumerate().filter_map(|(at, family)| {
                let people = shared(*unit, at);
                let same_head = name_key(&family.name) == name_key(&units[*unit].name) && !family.name.is_empty();
                let names_people = self.people.iter().any(|person| person.family == at && person.nik.is_some());
                let unit_names = (0..rows.len()).any(|row| unit_of[&row] == *unit && rows[row].nik().is_some());
                let free = !family_of.values().any(|taken| *taken == at);
                let holds = people > 0 || same_head || !names_people || !unit_names;
                (family.kk.as_ref() == Some(kk) && free && holds).then_some((at, people, same_head))
            });
            if let Some((family, people, same_head)) =
                fit.min_by_key(|(at, people, same)| (usize::MAX - people, !same, *at))
            {
                wanted.push((*unit, family, people, same_head));
            }
        }
        let mut claims = wanted.clone();
        claims.sort_by_key(|(unit, _, people, same)| (usize::MAX - people, !same, units[*unit].first()));
        for (unit, family, ..) in claims {
            if !family_of.values().any(|taken| *taken == family) {
                family_of.insert(unit, family);
            }
        }
        // the head
        for unit in &order {
            if family_of.contains_key(unit) {
                continue;
            }
            let Some(person) = linked.get(&units[*unit].head) else { continue };
            let family = self.people[*person].family;
            if self.families[family].head == Some(*person) && !family_of.values().any(|taken| *taken == family) {
                family_of.insert(*unit, family);
            }
        }
        family_of
    }

    #[expect(clippy::too_many_arguments, reason = "a plain loop over everything")]
    fn people_in_families(
        &self,
        rows: &[Row],
        units: &[Unit],
        unit_of: &BTreeMap<usize, usize>,
        family_of: &BTreeMap<usize, usize>,
        telling: &[usize],
        same_as: &BTreeMap<usize, usize>,
        linked: &mut BTreeMap<usize, usize>,
    ) {
        let taken: BTreeSet<usize> = linked.values().copied().collect();
        let mut claims: Vec<(usize, usize)> = Vec::new();
        for at in telling.iter().filter(|at| !linked.contains_key(at) && !same_as.contains_key(at)) {
            let row = &rows[*at];
            let Some(family) = family_of.get(&unit_of[at]) else { continue };
            let found = self.people.iter().enumerate().position(|(id, person)| {
                let key = name_key(row.said.name);
                let same_name = name_key(&person.name) == key && !key.is_empty();
                let head = person.relation == Some("HEAD") && units[unit_of[at]].head == *at;
                let same_birth = match (person.birth.as_deref(), row.birth()) {
                    (Some(a), Some(b)) => a == b,
                    (None, None) => true,
                    _ => head,
                };
                person.family == *family
                    && same_name
                    && same_birth
                    && (person.nik.is_none() || row.nik().is_none())
                    && !taken.contains(&id)
            });
            if let Some(person) = found {
                claims.push((*at, person));
            }
        }
        let mut claimed = BTreeSet::new();
        for (at, person) in claims {
            if claimed.insert(person) {
                linked.insert(at, person);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a plain loop over everything")]
    fn enter(
        &mut self,
        given: &Given,
        rows: &[Row],
        units: &[Unit],
        unit_of: &BTreeMap<usize, usize>,
        telling: &[usize],
        same_as: &BTreeMap<usize, usize>,
        linked: &mut BTreeMap<usize, usize>,
        family_of: &mut BTreeMap<usize, usize>,
    ) {
        self.versions += 1;
        let version = self.versions;
        let known_families: BTreeSet<usize> = family_of.keys().copied().collect();
        let mut order: Vec<usize> = (0..units.len()).collect();
        order.sort_by_key(|unit| units[*unit].first());
        for unit in &order {
            if !family_of.contains_key(unit) {
                self.families.push(Family {
                    kk: units[*unit].kk.clone(),
                    head: None,
                    name: units[*unit].name.clone(),
                    said: Vec::new(),
                });
                family_of.insert(*unit, self.families.len() - 1);
            }
        }
        let relation = |at: usize| {
            if units[unit_of[&at]].head == at { Some("HEAD") } else { relation_word(rows[at].said.relation) }
        };
        let known_people = self.people.len();
        for at in telling {
            if linked.contains_key(at) {
                continue;
            }
            if let Some(root) = same_as.get(at) {
                let person = linked[root];
                linked.insert(*at, person);
                continue;
            }
            let family = family_of[&unit_of[at]];
            self.people.push(Person {
                nik: rows[*at].nik().map(str::to_owned),
                name: rows[*at].said.name.to_owned(),
                birth: rows[*at].birth().map(str::to_owned),
                family,
                relation: relation(*at),
                said: Vec::new(),
            });
            let person = self.people.len() - 1;
            linked.insert(*at, person);
            self.memberships.push(Membership {
                person,
                family,
                relation: relation(*at),
                since: given.as_of.clone(),
                until: None,
            });
        }
        // moves, by the first row of each person
        let mut first_row: BTreeMap<usize, usize> = BTreeMap::new();
        for at in telling {
            first_row.entry(linked[at]).or_insert(*at);
        }
        for (person, at) in first_row.iter().filter(|(person, _)| **person < known_people) {
            let family = family_of[&unit_of[at]];
            let (was, is) = (self.people[*person].relation, relation(*at).or(self.people[*person].relation));
            let other_family = self.people[*person].family != family;
            let newer = self.people[*person].said.iter().any(|said| said.as_of > given.as_of);
            if newer {
                if other_family {
                    let until = self
                        .memberships
                        .iter()
                        .filter(|m| m.person == *person && m.since > given.as_of)
                        .map(|m| m.since.clone())
                        .min();
                    self.memberships.push(Membership {
                        person: *person,
                        family,
                        relation: relation(*at),
                        since: given.as_of.clone(),
                        until: Some(until.unwrap_or_else(|| given.as_of.clone())),
                    });
                }
                continue;
            }
            if other_family || was != is {
                for open in self.memberships.iter_mut().filter(|m| m.person == *person && m.until.is_none()) {
                    open.until = Some(given.as_of.clone());
                }
                self.memberships.push(Membership {
                    person: *person,
                    family,
                    relation: is,
                    since: given.as_of.clone(),
                    until: None,
                });
                self.people[*person].family = family;
                self.people[*person].relation = is;
            }
        }
        self.follow(given, version, rows, units, telling, &first_row, known_people, &known_families, linked, family_of);
    }

    /// Facts follow the newest list as long as they are what the list before said.
    #[expect(clippy::too_many_arguments, reason = "a plain loop over everything")]
    fn follow(
        &mut self,
        given: &Given,
        version: usize,
        rows: &[Row],
        units: &[Unit],
        telling: &[usize],
        first_row: &BTreeMap<usize, usize>,
        known_people: usize,
        known_families: &BTreeSet<usize>,
        linked: &BTreeMap<usize, usize>,
        family_of: &BTreeMap<usize, usize>,
    ) {
        for (unit, family) in family_of {
            let head = linked.get(&units[*unit].head).copied();
            let family = &mut self.families[*family];
            if !known_families.contains(unit) {
                family.head = head;
            } else if !family.said.iter().any(|said| said.as_of > given.as_of) {
                let old = family
                    .said
                    .iter()
                    .filter(|said| said.as_of <= given.as_of)
                    .max_by_key(|said| (said.source == given.source, said.as_of.clone(), said.version));
                let old_kk = old.and_then(|old| old.kk.clone());
                if family.kk == old_kk {
                    family.kk = units[*unit].kk.clone().or(family.kk.clone());
                } else {
                    family.kk = family.kk.clone().or(units[*unit].kk.clone());
                }
                let old_head = old.and_then(|old| old.head);
                if old_head.is_none() || old_head == family.head {
                    family.head = head.or(family.head);
                }
                if old.is_none_or(|old| old.name == family.name) && !units[*unit].name.is_empty() {
                    family.name.clone_from(&units[*unit].name);
                }
            }
            family.said.push(FamilySaid {
                source: given.source,
                as_of: given.as_of.clone(),
                version,
                kk: units[*unit].kk.clone(),
                head,
                name: units[*unit].name.clone(),
                identifier: units[*unit].identifier.clone(),
            });
        }
        for (person, at) in first_row.iter().filter(|(person, _)| **person < known_people) {
            let row = &rows[*at];
            let person = &mut self.people[*person];
            if person.said.iter().any(|said| said.as_of > given.as_of) {
                continue;
            }
            let old = person
                .said
                .iter()
                .filter(|said| said.as_of <= given.as_of)
                .max_by_key(|said| (said.source == given.source, said.as_of.clone(), said.version))
                .cloned();
            let nik = row.nik().map(str::to_owned);
            if person.nik.is_none() || old.as_ref().is_some_and(|old| old.nik == person.nik) {
                person.nik = nik.or(person.nik.clone());
            }
            let name = row.said.name;
            if !name.is_empty() && (person.name.is_empty() || old.as_ref().is_some_and(|old| old.name == person.name)) {
                name.clone_into(&mut person.name);
            }
            let birth = row.birth().map(str::to_owned);
            if person.birth.is_none() || old.as_ref().is_some_and(|old| old.birth == person.birth) {
                person.birth = birth.or(person.birth.clone());
            }
        }
        // a person's first row in a version is what the list says of him
        for at in telling.iter().rev() {
            let row = &rows[*at];
            self.people[linked[at]].said.push(PersonSaid {
                source: given.source,
                as_of: given.as_of.clone(),
                version,
                nik: row.nik().map(str::to_owned),
                name: row.said.name.to_owned(),
                birth: row.birth().map(str::to_owned),
                identifier: row.identifier().map(str::to_owned),
            });
        }
    }
}

fn units(rows: &[Row]) -> Vec<Unit> {
    let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        by_key.entry(&row.key).or_default().push(at);
    }
    by_key
        .into_values()
        .map(|own| {
            let family_row = own.iter().copied().find(|at| rows[*at].family_file);
            let members: Vec<usize> = own.iter().copied().filter(|at| !rows[*at].family_file).collect();
            let said_head = members.iter().copied().find(|at| rows[*at].said.relation == Some(Relation::Head));
            let named = family_row.and_then(|family| {
                let (family, key) = (&rows[family], name_key(rows[family].said.name));
                members.iter().copied().find(|at| {
                    let member = &rows[*at];
                    family.nik().is_some() && family.nik() == member.nik()
                        || !key.is_empty() && name_key(member.said.name) == key
                })
            });
            let first = family_row.unwrap_or_else(|| members[0]);
            let head = said_head.or(named).unwrap_or(first);
            let sound = |at: usize| Some(rows[at].said.kk).filter(|kk| !kk.is_empty()).map(str::to_owned);
            let name = if rows[head].said.name.is_empty() { rows[first].said.name } else { rows[head].said.name };
            Unit {
                family_row,
                members,
                head,
                kk: sound(first).or_else(|| sound(head)),
                identifier: rows[first].fields.list_family_id.clone(),
                name: name.to_owned(),
            }
        })
        .collect()
}
