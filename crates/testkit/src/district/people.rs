//! A family of the made-up district and the people in it: the truth behind every list.
//!
//! A family is told as of the reference date together with what changed since 2023, so that each list can be written
//! as of its own day: [`Family::at`].

use chrono::NaiveDate;
use domain::{FamilyCard, Nik, Rupiah, Sex, calendar::age};

use super::{
    dwelling::{Assets, Dwelling},
    health::Health,
    livelihood::{Attendance, Occupation, Path},
    ministry::Standing,
};

/// Number of a person; the same in every list and every family the person was ever in.
pub type PersonId = u32;
/// Number of a family.
pub type FamilyId = u32;

/// Relation to the head of the family; the code list `regsosek.409_hubungan_kepala_keluarga`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Head = 1,
    Spouse = 2,
    Child = 3,
    InLaw = 4,
    Grandchild = 5,
    Parent = 6,
    Other = 8,
}

/// The code list `regsosek.408_status_perkawinan`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marital {
    Single = 1,
    Married = 2,
    Divorced = 3,
    Widowed = 4,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    Died,
    /// Married out, went to work elsewhere, or set up a family of their own.
    Left,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub sex: Sex,
    pub born: NaiveDate,
    /// None: never registered.
    pub nik: Option<Nik>,
    pub relation: Relation,
    /// Before the family's last change of head.
    pub relation_before: Relation,
    pub marital: Marital,
    /// Before the family's last change of head.
    pub marital_before: Marital,
    /// Into this family, other than by birth.
    pub came: Option<NaiveDate>,
    pub gone: Option<(NaiveDate, Departure)>,
    pub schooling: Path,
    /// As of the reference date; see [`Person::occupation_on`].
    pub occupation: Occupation,
    pub health: Health,
    /// Of the health-insurance premium paid by the state.
    pub premium_paid: bool,
    pub premium_paid_by_district: bool,
    /// The name as another clerk wrote it in some list.
    pub other_name: String,
}

impl Person {
    pub fn age(&self, on: NaiveDate) -> u32 {
        age(self.born, on).unwrap_or(0)
    }

    /// What the person did on that day: who was at school then did not work yet.
    pub fn occupation_on(&self, on: NaiveDate) -> Occupation {
        let age = self.age(on);
        if self.schooling.at(age).attendance == Attendance::Pupil {
            Occupation::Pupil
        } else if age < 15 {
            Occupation::None
        } else {
            self.occupation
        }
    }

    pub fn present(&self, on: NaiveDate) -> bool {
        self.born <= on && self.came.is_none_or(|came| came <= on) && self.gone.is_none_or(|(gone, _)| gone > on)
    }
}

/// Where a family lives, as a list prints it.
#[derive(Clone, Debug)]
pub struct Address {
    pub hamlet: &'static str,
    pub rt: u8,
    pub rw: u8,
}

/// What a family gets, as of the reference date.
#[derive(Clone, Copy, Debug, Default)]
pub struct Aid {
    pub pkh: bool,
    pub sembako: bool,
    /// Cash in the pandemic years, known to P3KE only.
    pub bst: bool,
    pub bpum: bool,
    pub prakerja: bool,
    pub kur: bool,
}

#[derive(Clone, Debug)]
pub struct Family {
    pub id: FamilyId,
    /// Position of the village among [`super::areas::Areas::villages`].
    pub village: usize,
    /// Lived in this other village before that day.
    pub moved: Option<(NaiveDate, usize)>,
    /// Formed or arrived; None: before every list.
    pub since: Option<NaiveDate>,
    /// Left the district or ended.
    pub until: Option<NaiveDate>,
    /// The former head died that day.
    pub head_changed: Option<NaiveDate>,
    pub card: FamilyCard,
    /// The card before that day: moving and a new head bring a new one.
    pub card_before: Option<(NaiveDate, FamilyCard)>,
    pub address: Address,
    pub members: Vec<Person>,
    /// What the family really spends, per person and month; nobody in the district's office knows it.
    pub consumption: Rupiah,
    pub dwelling: Dwelling,
    /// As of 2023; mostly the same.
    pub dwelling_before: Dwelling,
    pub assets: Assets,
    pub aid: Aid,
    /// The ministries' rankings, one per list in the order of [`super::history::Edition`].
    pub standing: [Standing; 3],
    /// Longitude and latitude of the house.
    pub place: (f64, f64),
}

/// A family as it was on a day.
pub struct Sighting<'a> {
    pub family: &'a Family,
    pub on: NaiveDate,
    pub village: usize,
    pub card: &'a FamilyCard,
    /// The members of that day with their relations, the head first.
    pub members: Vec<(&'a Person, Relation, Marital)>,
}

impl Family {
    /// The family as of that day; None when it was not there or nobody of it was.
    pub fn at(&self, on: NaiveDate) -> Option<Sighting<'_>> {
        if self.since.is_some_and(|since| since > on) || self.until.is_some_and(|until| until <= on) {
            return None;
        }
        let before = self.head_changed.is_some_and(|changed| on < changed);
        let mut members: Vec<(&Person, Relation, Marital)> = self
            .members
            .iter()
            .filter(|person| person.present(on))
            .map(|person| {
                if before {
                    (person, person.relation_before, person.marital_before)
                } else {
                    (person, person.relation, person.marital)
                }
            })
            .collect();
        members.sort_by_key(|(_, relation, _)| *relation as u8);
        (!members.is_empty()).then(|| Sighting {
            family: self,
            on,
            village: self.moved.filter(|(day, _)| on < *day).map_or(self.village, |(_, from)| from),
            card: self.card_before.as_ref().filter(|(day, _)| on < *day).map_or(&self.card, |(_, card)| card),
            members,
        })
    }
}

impl Sighting<'_> {
    /// The head of that day.
    pub fn head(&self) -> &Person {
        self.members[0].0
    }

    /// Somebody of the head's spouses and children is under six, or expects a child.
    pub fn young_children(&self) -> bool {
        self.members.iter().any(|(person, ..)| person.age(self.on) < 6 || person.health.pregnant)
    }
}
