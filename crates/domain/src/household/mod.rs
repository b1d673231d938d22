//! Changes of families made by hand: who lives with whom, who heads, who was born, died, came or left, and a number put right.
//!
//! [`apply`] is the whole of the rules: from what is known now and what is asked it makes what is known afterwards, or says
//! at which field something is in the way. What differs is the change; the store writes it, and puts it back when the
//! change is taken back.

mod rules;
mod same;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use crate::lists::Relation;
use crate::{FamilyCard, Nik, Sex, words::closed_words};

pub use rules::{Fault, apply};
pub use same::unlike;

closed_words! {
    /// What is done to a family.
    Kind {
        /// Some members found a family of their own.
        Split = "split",
        /// Another family is taken into this one.
        Merge = "merge",
        /// Another member becomes head.
        Head = "head",
        Birth = "birth",
        Death = "death",
        /// Somebody from elsewhere comes to live with the family.
        Arrival = "arrival",
        /// Members leave the district.
        Departure = "departure",
        /// The family moves within the district.
        Move = "move",
        /// The family leaves the district.
        MoveOut = "move_out",
        /// A family that had left comes back.
        MoveIn = "move_in",
        /// A family nobody knew comes into the district.
        NewFamily = "new_family",
        /// A wrong NIK is put right.
        Nik = "nik",
        /// Two people of the registry are one.
        Same = "same",
    }
}

impl Kind {
    /// Whether an installation that has not said otherwise wants a second person to agree.
    pub const fn second_by_default(self) -> bool {
        matches!(self, Self::Merge | Self::Departure | Self::MoveOut | Self::Nik | Self::Same)
    }

    /// The setting that says whether a second person has to agree: `yes` or `no`.
    pub fn setting(self) -> String {
        format!("household.second.{self}")
    }
}

closed_words! {
    /// How far a change has come.
    State {
        /// Waits for a second person.
        Proposed = "proposed",
        /// Sent back by the second person, or withdrawn.
        Returned = "returned",
        Done = "done",
        TakenBack = "taken_back",
    }
}

closed_words! {
    /// Whether a family is one to work for.
    FamilyState {
        Active = "active",
        /// Left the district.
        Moved = "moved",
        /// Taken into another family.
        Dissolved = "dissolved",
        /// Nobody of it lives.
        Deceased = "deceased",
    }
}

closed_words! {
    PersonState {
        Alive = "alive",
        Deceased = "deceased",
        /// Left the district.
        Moved = "moved",
        /// Is one with another person, whose record is the one that counts.
        Same = "same",
    }
}

/// Where a family lives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Ten digits.
    pub village: i64,
    pub address: String,
    pub rt: Option<String>,
    pub rw: Option<String>,
}

/// Somebody nobody knew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    pub name: String,
    pub sex: Sex,
    pub birth_date: Option<NaiveDate>,
    pub nik: Option<Nik>,
    pub relation: Relation,
}

/// What is asked, with everything it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// Who goes, as what of the new family; `head` heads the rest where its head goes; `place` only where they live elsewhere.
    Split {
        members: Vec<(i64, Relation)>,
        head: Option<i64>,
        kk: Option<FamilyCard>,
        place: Option<Place>,
    },
    /// Family `with` is taken in; as what its members live here.
    Merge {
        with: i64,
        members: Vec<(i64, Relation)>,
    },
    /// `person` becomes head, the head of before the `relation` of the new one.
    Head {
        person: i64,
        relation: Relation,
    },
    Birth {
        born: Newcomer,
    },
    /// `head` heads the rest where the head died.
    Death {
        person: i64,
        head: Option<i64>,
    },
    Arrival {
        person: Newcomer,
    },
    Departure {
        members: Vec<i64>,
        head: Option<i64>,
    },
    Move {
        place: Place,
    },
    MoveOut,
    MoveIn {
        place: Place,
    },
    NewFamily {
        head: Newcomer,
        kk: Option<FamilyCard>,
        place: Place,
    },
    Nik {
        person: i64,
        nik: Nik,
    },
    /// `given_up` is nobody else than `kept`. `confirmed`: somebody looked although the facts contradict each other ([`unlike`]).
    Same {
        kept: i64,
        given_up: i64,
        confirmed: bool,
    },
}

impl What {
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Split { .. } => Kind::Split,
            Self::Merge { .. } => Kind::Merge,
            Self::Head { .. } => Kind::Head,
            Self::Birth { .. } => Kind::Birth,
            Self::Death { .. } => Kind::Death,
            Self::Arrival { .. } => Kind::Arrival,
            Self::Departure { .. } => Kind::Departure,
            Self::Move { .. } => Kind::Move,
            Self::MoveOut => Kind::MoveOut,
            Self::MoveIn { .. } => Kind::MoveIn,
            Self::NewFamily { .. } => Kind::NewFamily,
            Self::Nik { .. } => Kind::Nik,
            Self::Same { .. } => Kind::Same,
        }
    }

    /// It makes a person nobody knew.
    pub const fn new_person(&self) -> bool {
        matches!(self, Self::Birth { .. } | Self::Arrival { .. } | Self::NewFamily { .. })
    }

    /// The other family it is about.
    pub const fn other_family(&self) -> Option<i64> {
        match self {
            Self::Merge { with, .. } => Some(*with),
            _ => None,
        }
    }

    /// The number it gives to somebody.
    pub const fn new_nik(&self) -> Option<&Nik> {
        match self {
            Self::Birth { born: who } | Self::Arrival { person: who } | Self::NewFamily { head: who, .. } => {
                who.nik.as_ref()
            }
            Self::Nik { nik, .. } => Some(nik),
            _ => None,
        }
    }

    /// The family card it gives to a family.
    pub const fn new_kk(&self) -> Option<&FamilyCard> {
        match self {
            Self::Split { kk, .. } | Self::NewFamily { kk, .. } => kk.as_ref(),
            _ => None,
        }
    }

    /// Where it says that a family lives.
    pub const fn place(&self) -> Option<&Place> {
        match self {
            Self::Split { place, .. } => place.as_ref(),
            Self::Move { place } | Self::MoveIn { place } | Self::NewFamily { place, .. } => Some(place),
            _ => None,
        }
    }
}

/// A change as it is asked for: what, on which day it happened, and why it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    #[serde(flatten)]
    pub what: What,
    pub on: NaiveDate,
    pub reason: String,
}

/// The number of a family or person that is not there yet. A change makes at most one of each.
pub const NEW: i64 = 0;

/// What is known of a family, as far as it can be changed by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    pub id: i64,
    pub kk: Option<String>,
    pub head: Option<i64>,
    pub head_name: String,
    #[serde(flatten)]
    pub place: Place,
    /// As lists and changes by hand count them; not everybody counted is known by name.
    pub members: i64,
    pub block: String,
    pub state: FamilyState,
    pub merged_into: Option<i64>,
}

/// What is known of a person, as far as it can be changed by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: i64,
    pub nik: Option<String>,
    pub name: String,
    pub sex: Option<String>,
    pub birth_date: Option<String>,
    pub village: i64,
    pub family: Option<i64>,
    pub relation: Option<String>,
    pub state: PersonState,
    /// Of one that is given up: who he is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<i64>,
}

/// The families a change is about, with everybody in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    pub families: Vec<Family>,
    pub persons: Vec<Person>,
}

impl Situation {
    pub fn family(&self, id: i64) -> Option<&Family> {
        self.families.iter().find(|family| family.id == id)
    }

    pub fn person(&self, id: i64) -> Option<&Person> {
        self.persons.iter().find(|person| person.id == id)
    }

    /// Who lives in the family.
    pub fn members(&self, family: i64) -> impl Iterator<Item = &Person> {
        self.persons.iter().filter(move |person| person.family == Some(family))
    }
}
