//! Two people of the registry are one: what becomes of the one given up, and of the family he is said to live in.
//!
//! The record of the one who is kept stays, and takes what it lacks from the other's. The other's stays as it was and
//! points to it. Where both head families of the same people, these are one family too, and so are the people in them.
//! Else he leaves the family he is said to live in; where he headed it, his spouse heads it, else the eldest.

use super::{
    Family, FamilyState, Person, PersonState, Relation,
    rules::{After, Fault, block},
};
use crate::name::name_key;

/// Whether the facts of two people contradict each other so much that somebody has to say that he looked: two of sex,
/// birth date and number differ. Where only one side knows, nothing is contradicted.
pub fn unlike(one: &Person, other: &Person) -> bool {
    [differ(one.sex.as_ref(), other.sex.as_ref()), differ(one.birth_date.as_ref(), other.birth_date.as_ref()), {
        differ(one.nik.as_ref(), other.nik.as_ref())
    }]
    .into_iter()
    .filter(|differ| *differ)
    .count()
        > 1
}

fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

/// Whether two people of families headed by one person are taken for one: by number, else by name and what is known of
/// their birth.
fn alike(one: &Person, other: &Person) -> bool {
    if one.nik.is_some() && one.nik == other.nik {
        return true;
    }
    let key = name_key(&one.name);
    if key.is_empty() || key != name_key(&other.name) || differ(one.sex.as_ref(), other.sex.as_ref()) {
        return false;
    }
    match (&one.birth_date, &other.birth_date) {
        (Some(born), Some(other)) => born == other,
        _ => !differ(one.nik.as_ref(), other.nik.as_ref()),
    }
}

impl After {
    fn known(&self, id: i64) -> Result<Person, Fault> {
        self.now.person(id).cloned().ok_or(Fault::NotAMember)
    }

    /// `given_up` is nobody else than `kept`.
    pub(super) fn same(&mut self, kept: i64, given_up: i64, confirmed: bool) -> Result<(), Fault> {
        if kept == given_up {
            return Err(Fault::SamePerson);
        }
        let (stays, goes) = (self.known(kept)?, self.known(given_up)?);
        match (stays.state, goes.state) {
            (PersonState::Same, _) | (_, PersonState::Same) => return Err(Fault::GivenUp),
            (PersonState::Deceased, PersonState::Deceased) => return Err(Fault::BothDead),
            (PersonState::Deceased, _) | (_, PersonState::Deceased) => return Err(Fault::OneDead),
            (PersonState::Moved, _) => return Err(Fault::KeptAway),
            (PersonState::Alive, _) => {}
        }
        let home = stays.family.ok_or(Fault::KeptAway)?;
        if !confirmed && unlike(&stays, &goes) {
            return Err(Fault::Unlike);
        }
        let Some(left) = goes.family else {
            self.give_up(kept, given_up);
            return Ok(());
        };
        if left == home {
            let heads = self.now.family(home).and_then(|family| family.head) == Some(given_up);
            self.give_up(kept, given_up);
            self.shrink(home, 1);
            if heads {
                self.crown(home, kept);
            }
        } else if let Some(pairs) = self.one_family((home, kept), (left, given_up)) {
            self.unite(home, left, &pairs);
        } else {
            self.give_up(kept, given_up);
            self.leave_behind(left, given_up);
        }
        Ok(())
    }

    /// The record given up stays as it was and points to the other, which takes what it lacks from it.
    fn give_up(&mut self, kept: i64, given_up: i64) {
        let Some(goes) = self.now.persons.iter_mut().find(|person| person.id == given_up) else { return };
        (goes.family, goes.relation) = (None, None);
        goes.state = PersonState::Same;
        goes.merged_into = Some(kept);
        let (nik, sex, birth_date) = (goes.nik.clone(), goes.sex.clone(), goes.birth_date.clone());
        let Some(stays) = self.now.persons.iter_mut().find(|person| person.id == kept) else { return };
        let had_nik = stays.nik.is_some();
        stays.nik = stays.nik.take().or(nik);
        stays.sex = stays.sex.take().or(sex);
        stays.birth_date = stays.birth_date.take().or(birth_date);
        let (has_nik, home) = (stays.nik.is_some(), stays.family);
        if let Some(family) = home.and_then(|home| self.family(home)).filter(|family| family.head == Some(kept)) {
            family.block = if has_nik == had_nik { family.block.clone() } else { block(&family.block, has_nik) };
        }
    }

    /// Who of the two families is one with whom, the two asked about first, where the families are of the same people.
    fn one_family(&self, (home, kept): (i64, i64), (left, given_up): (i64, i64)) -> Option<Vec<(i64, i64)>> {
        let here: Vec<&Person> = self.now.members(home).filter(|person| person.id != kept).collect();
        let there: Vec<&Person> = self.now.members(left).filter(|person| person.id != given_up).collect();
        let mut pairs = vec![(kept, given_up)];
        for by_number in [true, false] {
            for other in &there {
                let paired = |id: i64| pairs.iter().any(|(one, other)| *one == id || *other == id);
                let fits = |one: &&&Person| {
                    !paired(one.id) && alike(one, other) && (!by_number || one.nik.is_some() && one.nik == other.nik)
                };
                if paired(other.id) {
                    continue;
                }
                if let Some(one) = here.iter().find(fits) {
                    pairs.push((one.id, other.id));
                }
            }
        }
        let matched = pairs.len() - 1;
        let heads = |family: &Family, person: i64| family.head == Some(person);
        let (home, left) = (self.now.family(home)?, self.now.family(left)?);
        let both_head = heads(home, kept) && heads(left, given_up);
        let one = if both_head {
            matched == there.len() || matched == here.len() && left.state == FamilyState::Active
        } else if there.is_empty() {
            left.members <= 1
        } else {
            matched == there.len()
        };
        one.then_some(pairs)
    }

    /// The families are one: the other's people are this one's, or come to live here.
    fn unite(&mut self, home: i64, left: i64, pairs: &[(i64, i64)]) {
        for (kept, given_up) in pairs {
            self.give_up(*kept, *given_up);
        }
        let village = self.now.family(home).map_or(0, |family| family.place.village);
        for person in self.now.persons.iter_mut().filter(|person| person.family == Some(left)) {
            person.family = Some(home);
            person.village = village;
            if person.relation.as_deref() == Some(Relation::Head.as_str()) {
                person.relation = Some(Relation::Other.as_str().to_owned());
            }
        }
        let Some(other) = self.family(left) else { return };
        other.state = FamilyState::Dissolved;
        other.merged_into = Some(home);
        other.members = 0;
        let kk = other.kk.clone();
        let known = self.now.members(home).count() as i64;
        if let Some(family) = self.family(home) {
            family.kk = family.kk.take().or(kk);
            family.members = family.members.max(known);
        }
    }

    /// The others go on without him.
    fn leave_behind(&mut self, left: i64, given_up: i64) {
        let headed = self.now.family(left).and_then(|family| family.head) == Some(given_up);
        self.shrink(left, 1);
        if !headed {
            return;
        }
        let order = |person: &&Person| {
            let spouse = person.relation.as_deref() != Some(Relation::Spouse.as_str());
            let born = person.birth_date.clone().unwrap_or_else(|| "9999".to_owned());
            (person.state != PersonState::Alive, spouse, born, person.id)
        };
        let heir = self.now.members(left).min_by_key(order).map(|person| person.id);
        match heir {
            Some(heir) => self.crown(left, heir),
            // lists count others whom nobody knows by name
            None => {
                if let Some(family) = self.family(left) {
                    family.head = None;
                    family.block = block(&family.block, false);
                }
            }
        }
    }
}
