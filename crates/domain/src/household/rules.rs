//! The rules of a change by hand.

use chrono::NaiveDate;

use super::{Asked, Family, FamilyState, NEW, Newcomer, Person, PersonState, Place, Relation, Situation, What};
use crate::{FamilyCard, Nik};

/// What stands in the way of a change, and at which field of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("no reason is given")]
    NoReason,
    #[error("the day has not come yet")]
    InFuture,
    #[error("the day is long before anybody's life")]
    TooLongAgo,
    #[error("the family left, was dissolved, or nobody of it lives")]
    NotActive,
    #[error("the family has not left the district")]
    NotAway,
    #[error("somebody named is not of the family")]
    NotAMember,
    #[error("nobody is named")]
    NobodyNamed,
    #[error("everybody would leave the family")]
    EverybodyLeaves,
    #[error("the new family has not exactly one head")]
    OneHead,
    #[error("the head leaves: who heads the others is not said")]
    HeadNeeded,
    #[error("who is to head the family does not stay in it")]
    HeadLeaves,
    #[error("this is the head already")]
    IsHead,
    #[error("of two heads in one family")]
    TwoHeads,
    #[error("a family cannot be merged with itself")]
    SameFamily,
    #[error("the other family left, was dissolved, or nobody of it lives")]
    OtherNotActive,
    #[error("no name is given")]
    NoName,
    #[error("death before birth")]
    DeathBeforeBirth,
    #[error("birth after the day of the change")]
    BirthAfter,
    #[error("the birth date and the NIK disagree")]
    NikOtherBirth,
    #[error("the sex and the NIK disagree")]
    NikOtherSex,
    #[error("this is the number already")]
    SameNik,
    #[error("no address is given")]
    NoAddress,
    #[error("the family lives there already")]
    SamePlace,
    #[error("a person cannot be merged with himself")]
    SamePerson,
    #[error("one of the two is given up already")]
    GivenUp,
    #[error("both are dead: nothing is left to be put together")]
    BothDead,
    #[error("one of the two is dead and the other lives")]
    OneDead,
    #[error("who is to be kept lives in no family of the district")]
    KeptAway,
    #[error("the facts contradict each other, and nobody has said that they were looked at")]
    Unlike,
}

impl Fault {
    /// The field of the form it belongs to.
    pub const fn field(self) -> &'static str {
        match self {
            Self::NoReason => "reason",
            Self::InFuture | Self::TooLongAgo | Self::DeathBeforeBirth => "on",
            Self::NotAMember | Self::IsHead => "person",
            Self::NobodyNamed | Self::EverybodyLeaves | Self::OneHead => "members",
            Self::HeadNeeded | Self::HeadLeaves => "head",
            Self::TwoHeads => "relation",
            Self::SameFamily | Self::OtherNotActive => "with",
            Self::NoName => "name",
            Self::BirthAfter => "birth_date",
            Self::NikOtherBirth | Self::NikOtherSex | Self::SameNik => "nik",
            Self::NoAddress => "address",
            Self::SamePlace => "village",
            Self::SamePerson | Self::GivenUp | Self::BothDead | Self::OneDead | Self::KeptAway => "given_up",
            Self::Unlike => "confirmed",
            Self::NotActive | Self::NotAway => "",
        }
    }

    /// Of the message that says it: `error-household-WORD`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoReason => "no-reason",
            Self::InFuture => "in-future",
            Self::TooLongAgo => "too-long-ago",
            Self::NotActive => "not-active",
            Self::NotAway => "not-away",
            Self::NotAMember => "not-a-member",
            Self::NobodyNamed => "nobody-named",
            Self::EverybodyLeaves => "everybody-leaves",
            Self::OneHead => "one-head",
            Self::HeadNeeded => "head-needed",
            Self::HeadLeaves => "head-leaves",
            Self::IsHead => "is-head",
            Self::TwoHeads => "two-heads",
            Self::SameFamily => "same-family",
            Self::OtherNotActive => "other-not-active",
            Self::NoName => "no-name",
            Self::DeathBeforeBirth => "death-before-birth",
            Self::BirthAfter => "birth-after",
            Self::NikOtherBirth => "nik-other-birth",
            Self::NikOtherSex => "nik-other-sex",
            Self::SameNik => "same-nik",
            Self::NoAddress => "no-address",
            Self::SamePlace => "same-place",
            Self::SamePerson => "same-person",
            Self::GivenUp => "given-up",
            Self::BothDead => "both-dead",
            Self::OneDead => "one-dead",
            Self::KeptAway => "kept-away",
            Self::Unlike => "unlike",
        }
    }

    pub const ALL: [Self; 29] = [
        Self::NoReason,
        Self::InFuture,
        Self::TooLongAgo,
        Self::NotActive,
        Self::NotAway,
        Self::NotAMember,
        Self::NobodyNamed,
        Self::EverybodyLeaves,
        Self::OneHead,
        Self::HeadNeeded,
        Self::HeadLeaves,
        Self::IsHead,
        Self::TwoHeads,
        Self::SameFamily,
        Self::OtherNotActive,
        Self::NoName,
        Self::DeathBeforeBirth,
        Self::BirthAfter,
        Self::NikOtherBirth,
        Self::NikOtherSex,
        Self::SameNik,
        Self::NoAddress,
        Self::SamePlace,
        Self::SamePerson,
        Self::GivenUp,
        Self::BothDead,
        Self::OneDead,
        Self::KeptAway,
        Self::Unlike,
    ];
}

/// Nothing of before this day is recorded: the oldest people alive were born after it.
const EARLIEST: NaiveDate = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day of the calendar");

/// What is known after the change. `now` holds the family it is made on (none for a family nobody knew), the other family
/// it names, and everybody in them.
///
/// # Errors
/// Says what stands in the way, and at which field.
pub fn apply(now: &Situation, family: Option<i64>, asked: &Asked, today: NaiveDate) -> Result<Situation, Fault> {
    if asked.reason.trim().is_empty() {
        return Err(Fault::NoReason);
    }
    if asked.on > today {
        return Err(Fault::InFuture);
    }
    if asked.on < EARLIEST {
        return Err(Fault::TooLongAgo);
    }
    let id = family.unwrap_or(NEW);
    let mut after = After { now: now.clone(), on: asked.on };
    if let What::NewFamily { head, kk, place } = &asked.what {
        after.new_family(head, kk.as_ref(), place)?;
        return Ok(after.now);
    }
    if let What::Same { kept, given_up, confirmed } = &asked.what {
        after.same(*kept, *given_up, *confirmed)?;
        return Ok(after.now);
    }
    let state = now.family(id).ok_or(Fault::NotActive)?.state;
    match &asked.what {
        What::MoveIn { place } => {
            if state != FamilyState::Moved {
                return Err(Fault::NotAway);
            }
            after.come_back(id, place)?;
        }
        What::Nik { person, nik } => after.put_nik_right(id, *person, nik)?,
        _ if state != FamilyState::Active => return Err(Fault::NotActive),
        What::Split { members, head, kk, place } => {
            after.split(id, members, *head, kk.as_ref(), place.as_ref())?;
        }
        What::Merge { with, members } => after.merge(id, *with, members)?,
        What::Head { person, relation } => after.change_head(id, *person, *relation)?,
        What::Birth { born } => after.birth(id, born)?,
        What::Death { person, head } => after.death(id, *person, *head)?,
        What::Arrival { person } => {
            if person.relation == Relation::Head {
                return Err(Fault::TwoHeads);
            }
            after.add(id, person)?;
        }
        What::Departure { members, head } => after.departure(id, members, *head)?,
        What::Move { place } => after.settle(id, place, true)?,
        What::MoveOut => after.leave(id),
        What::NewFamily { .. } | What::Same { .. } => {}
    }
    Ok(after.now)
}

pub(super) struct After {
    pub(super) now: Situation,
    on: NaiveDate,
}

impl After {
    pub(super) fn family(&mut self, id: i64) -> Option<&mut Family> {
        self.now.families.iter_mut().find(|family| family.id == id)
    }

    /// Somebody of this family, alive.
    fn member(&mut self, family: i64, id: i64) -> Result<&mut Person, Fault> {
        let found = self.now.persons.iter_mut().find(|person| person.id == id && person.family == Some(family));
        found.filter(|person| person.state == PersonState::Alive).ok_or(Fault::NotAMember)
    }

    /// Puts a head on the family; what keeps its number out of decrees follows.
    pub(super) fn crown(&mut self, family: i64, person: i64) {
        let Some(head) = self.now.persons.iter_mut().find(|p| p.id == person) else { return };
        head.relation = Some(Relation::Head.as_str().to_owned());
        let (name, has_nik) = (head.name.clone(), head.nik.is_some());
        if let Some(family) = self.family(family) {
            family.head = Some(person);
            family.head_name = name;
            family.block = block(&family.block, has_nik);
        }
    }

    /// So many fewer are counted; never fewer than are known to live there.
    pub(super) fn shrink(&mut self, id: i64, gone: usize) {
        let known = self.now.members(id).count() as i64;
        if let Some(family) = self.family(id) {
            family.members = (family.members - gone as i64).max(known);
        }
    }

    /// So many more are counted; never fewer than are known to live there.
    fn grow(&mut self, id: i64, come: usize) {
        let known = self.now.members(id).count() as i64;
        if let Some(family) = self.family(id) {
            family.members = (family.members + come as i64).max(known);
        }
    }

    /// Of a family whose members `going` leave: who heads the others. `None`: its head stays.
    fn heir(&self, id: i64, going: &[i64], head: Option<i64>) -> Result<Option<i64>, Fault> {
        let stays = |person: &&Person| !going.contains(&person.id);
        if self.now.members(id).filter(stays).count() == 0 {
            return Err(Fault::EverybodyLeaves);
        }
        let old = self.now.family(id).and_then(|family| family.head);
        if old.is_none_or(|old| !going.contains(&old)) {
            return Ok(None);
        }
        let heir = head.ok_or(Fault::HeadNeeded)?;
        if !self.now.members(id).filter(stays).any(|p| p.id == heir && p.state == PersonState::Alive) {
            return Err(Fault::HeadLeaves);
        }
        Ok(Some(heir))
    }

    fn split(
        &mut self,
        id: i64,
        members: &[(i64, Relation)],
        head: Option<i64>,
        kk: Option<&FamilyCard>,
        place: Option<&Place>,
    ) -> Result<(), Fault> {
        if members.is_empty() {
            return Err(Fault::NobodyNamed);
        }
        let mut heads = members.iter().filter(|(_, relation)| *relation == Relation::Head).map(|(person, _)| *person);
        let (Some(new_head), None) = (heads.next(), heads.next()) else { return Err(Fault::OneHead) };
        for (person, _) in members {
            self.member(id, *person)?;
        }
        let going: Vec<i64> = members.iter().map(|(person, _)| *person).collect();
        let heir = self.heir(id, &going, head)?;
        let place = match place {
            Some(place) => sound(place)?,
            None => self.now.family(id).map(|family| family.place.clone()).unwrap_or_default(),
        };
        for (person, relation) in members {
            let person = self.member(id, *person)?;
            person.family = Some(NEW);
            person.relation = Some(relation.as_str().to_owned());
            person.village = place.village;
        }
        self.now.families.push(Family {
            id: NEW,
            kk: kk.map(|kk| kk.as_str().to_owned()),
            head: None,
            head_name: String::new(),
            place,
            members: going.len() as i64,
            block: String::new(),
            state: FamilyState::Active,
            merged_into: None,
        });
        self.crown(NEW, new_head);
        self.shrink(id, going.len());
        if let Some(heir) = heir {
            self.crown(id, heir);
        }
        Ok(())
    }

    fn merge(&mut self, id: i64, with: i64, members: &[(i64, Relation)]) -> Result<(), Fault> {
        if with == id {
            return Err(Fault::SameFamily);
        }
        let village = self.now.family(id).map_or(0, |family| family.place.village);
        let other =
            self.family(with).filter(|other| other.state == FamilyState::Active).ok_or(Fault::OtherNotActive)?;
        other.state = FamilyState::Dissolved;
        other.merged_into = Some(id);
        let counted = std::mem::take(&mut other.members);
        if members.iter().any(|(_, relation)| *relation == Relation::Head) {
            return Err(Fault::TwoHeads);
        }
        for person in self.now.persons.iter_mut().filter(|person| person.family == Some(with)) {
            let relation = members.iter().find(|(id, _)| *id == person.id).map_or(Relation::Other, |(_, r)| *r);
            person.family = Some(id);
            person.relation = Some(relation.as_str().to_owned());
            person.village = village;
        }
        self.grow(id, usize::try_from(counted).unwrap_or(0));
        Ok(())
    }

    fn change_head(&mut self, id: i64, person: i64, relation: Relation) -> Result<(), Fault> {
        let old = self.now.family(id).and_then(|family| family.head);
        if old == Some(person) {
            return Err(Fault::IsHead);
        }
        if relation == Relation::Head {
            return Err(Fault::TwoHeads);
        }
        self.member(id, person)?;
        let head = Relation::Head.as_str();
        for other in self.now.persons.iter_mut().filter(|p| p.family == Some(id) && p.relation.as_deref() == Some(head))
        {
            other.relation = Some(relation.as_str().to_owned());
        }
        self.crown(id, person);
        Ok(())
    }

    fn birth(&mut self, id: i64, born: &Newcomer) -> Result<(), Fault> {
        if born.relation == Relation::Head || born.relation == Relation::Spouse {
            return Err(Fault::TwoHeads);
        }
        let born = Newcomer { birth_date: Some(self.on), ..born.clone() };
        self.add(id, &born)
    }

    /// Somebody new comes to live in the family.
    fn add(&mut self, id: i64, who: &Newcomer) -> Result<(), Fault> {
        if crate::name::name_key(&who.name).is_empty() {
            return Err(Fault::NoName);
        }
        if who.birth_date.is_some_and(|born| born > self.on) {
            return Err(Fault::BirthAfter);
        }
        if let Some(nik) = &who.nik {
            if nik.sex() != who.sex {
                return Err(Fault::NikOtherSex);
            }
            if who.birth_date.is_some_and(|born| nik.birth_date(Some(born), self.on) != Some(born)) {
                return Err(Fault::NikOtherBirth);
            }
        }
        let village = self.now.family(id).map_or(0, |family| family.place.village);
        self.now.persons.push(Person {
            id: NEW,
            nik: who.nik.as_ref().map(|nik| nik.as_str().to_owned()),
            name: who.name.trim().to_uppercase(),
            sex: Some(who.sex.as_str().to_owned()),
            birth_date: who.birth_date.map(|date| date.to_string()),
            village,
            family: Some(id),
            relation: Some(who.relation.as_str().to_owned()),
            state: PersonState::Alive,
            merged_into: None,
        });
        self.grow(id, 1);
        Ok(())
    }

    fn death(&mut self, id: i64, person: i64, head: Option<i64>) -> Result<(), Fault> {
        let born = self.member(id, person)?.birth_date.as_deref().and_then(|date| date.parse::<NaiveDate>().ok());
        if born.is_some_and(|born| born > self.on) {
            return Err(Fault::DeathBeforeBirth);
        }
        match self.heir(id, &[person], head) {
            Ok(heir) => {
                self.gone(id, person, PersonState::Deceased)?;
                self.shrink(id, 1);
                if let Some(heir) = heir {
                    self.crown(id, heir);
                }
            }
            // the last one: the family ends with him, unless lists count others whom nobody knows by name
            Err(Fault::EverybodyLeaves) => {
                self.gone(id, person, PersonState::Deceased)?;
                if let Some(family) = self.family(id) {
                    family.members = (family.members - 1).max(0);
                    if family.members == 0 {
                        family.state = FamilyState::Deceased;
                    } else {
                        family.head = None;
                        family.block = block(&family.block, false);
                    }
                }
            }
            Err(fault) => return Err(fault),
        }
        Ok(())
    }

    fn gone(&mut self, family: i64, person: i64, state: PersonState) -> Result<(), Fault> {
        let person = self.member(family, person)?;
        person.family = None;
        person.relation = None;
        person.state = state;
        Ok(())
    }

    fn departure(&mut self, id: i64, members: &[i64], head: Option<i64>) -> Result<(), Fault> {
        if members.is_empty() {
            return Err(Fault::NobodyNamed);
        }
        for person in members {
            self.member(id, *person)?;
        }
        let heir = self.heir(id, members, head)?;
        for person in members {
            self.gone(id, *person, PersonState::Moved)?;
        }
        self.shrink(id, members.len());
        if let Some(heir) = heir {
            self.crown(id, heir);
        }
        Ok(())
    }

    /// The family lives here now, and everybody in it.
    fn settle(&mut self, id: i64, place: &Place, elsewhere: bool) -> Result<(), Fault> {
        let place = sound(place)?;
        let Some(family) = self.family(id) else { return Err(Fault::NotActive) };
        if elsewhere && family.place == place {
            return Err(Fault::SamePlace);
        }
        family.place = place.clone();
        for person in self.now.persons.iter_mut().filter(|person| person.family == Some(id)) {
            person.village = place.village;
        }
        Ok(())
    }

    fn leave(&mut self, id: i64) {
        if let Some(family) = self.family(id) {
            family.state = FamilyState::Moved;
        }
        self.set_state(id, PersonState::Moved);
    }

    fn come_back(&mut self, id: i64, place: &Place) -> Result<(), Fault> {
        self.settle(id, place, false)?;
        if let Some(family) = self.family(id) {
            family.state = FamilyState::Active;
        }
        self.set_state(id, PersonState::Alive);
        Ok(())
    }

    fn set_state(&mut self, id: i64, state: PersonState) {
        for person in self.now.persons.iter_mut().filter(|person| person.family == Some(id)) {
            person.state = state;
        }
    }

    fn new_family(&mut self, head: &Newcomer, kk: Option<&FamilyCard>, place: &Place) -> Result<(), Fault> {
        let place = sound(place)?;
        self.now.families.push(Family {
            id: NEW,
            kk: kk.map(|kk| kk.as_str().to_owned()),
            head: None,
            head_name: String::new(),
            place,
            members: 0,
            block: String::new(),
            state: FamilyState::Active,
            merged_into: None,
        });
        self.add(NEW, &Newcomer { relation: Relation::Head, ..head.clone() })?;
        self.crown(NEW, NEW);
        Ok(())
    }

    fn put_nik_right(&mut self, id: i64, person: i64, nik: &Nik) -> Result<(), Fault> {
        let found =
            self.now.persons.iter_mut().find(|p| p.id == person && (p.family == Some(id) || p.family.is_none()));
        let person = found.filter(|p| p.state != PersonState::Same).ok_or(Fault::NotAMember)?;
        if person.nik.as_deref() == Some(nik.as_str()) {
            return Err(Fault::SameNik);
        }
        person.nik = Some(nik.as_str().to_owned());
        let heads = person.id;
        if let Some(family) = self.family(id).filter(|family| family.head == Some(heads)) {
            family.block = block("", true);
        }
        Ok(())
    }
}

/// The place, with an address in it.
fn sound(place: &Place) -> Result<Place, Fault> {
    let part =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let address = place.address.trim().to_owned();
    if address.is_empty() {
        return Err(Fault::NoAddress);
    }
    Ok(Place { village: place.village, address, rt: part(&place.rt), rw: part(&place.rw) })
}

/// What keeps the family out of decrees once its head has a number, or none: faults of the number are the head's.
pub(super) fn block(before: &str, has_nik: bool) -> String {
    if !before.is_empty() && !before.starts_with("nik.") {
        return before.to_owned();
    }
    if has_nik { String::new() } else { "nik.empty".to_owned() }
}
