//! What a visitor filled in, beside what was known of the family before. A draft is the same thing, not yet whole.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A value in use beside the value found: never one in place of the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The member it is about; `None`: the family, or a new member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<i64>,
    /// `kk`, `address`, `rt`, `rw`, `phone`, `head`; of a member `presence`, `name`, `nik`, `birth_date`, `sex`, `relation`.
    pub field: String,
    pub source: Option<String>,
    pub value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Degrees, north and east positive.
    pub lat: f64,
    pub lon: f64,
    /// Metres, as the phone estimates it.
    pub accuracy: Option<f64>,
}

/// What was found about one member. The fields hold only what differs from the source, or all of a new member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberFinding {
    /// `None`: somebody no list knew.
    pub person: Option<i64>,
    /// `regsosek.404_keberadaan`; empty while not answered.
    pub presence: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nik: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// `L` or `P`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// `HEAD`, `SPOUSE`, `CHILD`, `OTHER`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
}

impl MemberFinding {
    /// Lives with the family now.
    pub fn is_present(&self) -> bool {
        matches!(self.presence.as_str(), "1" | "5")
    }

    /// The corrected fields, in the order they are shown.
    pub fn fields(&self) -> [(&'static str, Option<&str>); 5] {
        [
            ("name", self.name.as_deref()),
            ("nik", self.nik.as_deref()),
            ("birth_date", self.birth_date.as_deref()),
            ("sex", self.sex.as_deref()),
            ("relation", self.relation.as_deref()),
        ]
    }

    /// As corrections beside what was known of the person. Somebody who no longer lives there is one; so is a new member.
    pub fn corrections(&self, known: &Known) -> Vec<Correction> {
        let person = self.person.and_then(|id| known.members.iter().find(|member| member.person == id));
        let source = |field: &str| match (person, field) {
            (Some(person), "name") => Some(person.name.clone()),
            (Some(person), "nik") => person.nik.clone(),
            (Some(person), "birth_date") => person.birth_date.map(|date| date.to_string()),
            (Some(person), "sex") => person.sex.clone(),
            (Some(person), "relation") => person.relation.clone(),
            _ => None,
        };
        let presence = Some(self.presence.as_str()).filter(|code| !matches!(*code, "" | "1"));
        [("presence", presence)]
            .into_iter()
            .chain(self.fields())
            .filter_map(|(field, value)| {
                let value = value.filter(|value| !value.is_empty())?;
                let source = source(field);
                (source.as_deref() != Some(value)).then(|| Correction {
                    person: self.person,
                    field: field.to_owned(),
                    source,
                    value: value.to_owned(),
                })
            })
            .collect()
    }
}

/// A member as the registry has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownMember {
    pub person: i64,
    pub name: String,
    pub nik: Option<String>,
    pub sex: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub relation: Option<String>,
}

/// What was known of the family before the visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub kk: Option<String>,
    pub address: Option<String>,
    pub rt: Option<String>,
    pub rw: Option<String>,
    pub phone: Option<String>,
    /// The head, as a person.
    pub head: Option<i64>,
    pub members: Vec<KnownMember>,
}

/// The fields of a family that a visitor may correct; `head` names who heads it now.
pub const FAMILY_FIELDS: [&str; 6] = ["kk", "address", "rt", "rw", "phone", "head"];

impl Known {
    fn family_field(&self, field: &str) -> Option<String> {
        match field {
            "kk" => self.kk.clone(),
            "address" => self.address.clone(),
            "rt" => self.rt.clone(),
            "rw" => self.rw.clone(),
            "phone" => self.phone.clone(),
            "head" => self.head.map(|id| id.to_string()),
            _ => None,
        }
    }
}

/// The answers of a visit, whole or not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Of questions answered by codes, numbers or text, by question.
    pub values: BTreeMap<String, Vec<String>>,
    pub members: Vec<MemberFinding>,
    /// Of [`FAMILY_FIELDS`], only what is wrong in the source. `head` is a person's id, or `new:N` for the Nth new member.
    pub family: BTreeMap<String, String>,
    /// Attachments by question.
    pub photos: BTreeMap<String, i64>,
    pub position: Option<Position>,
    /// Questions that were shown and passed, also those left empty on purpose.
    pub seen: BTreeSet<String>,
}

/// A member living with the family, as far as ages need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Present {
    pub birth_date: Option<NaiveDate>,
}

impl Answers {
    /// The values given to a question of any kind that conditions can ask about.
    pub fn given(&self, question: &str) -> Vec<String> {
        if let Some(values) = self.values.get(question) {
            return values.iter().filter(|value| !value.is_empty()).cloned().collect();
        }
        self.photos.get(question).map(|_| vec!["photo".to_owned()]).unwrap_or_default()
    }

    /// The first value given.
    pub fn one(&self, question: &str) -> Option<&str> {
        self.values.get(question)?.first().map(String::as_str).filter(|value| !value.is_empty())
    }

    pub fn set(&mut self, question: &str, values: Vec<String>) {
        self.values.insert(question.to_owned(), values);
        self.seen.insert(question.to_owned());
    }

    /// Who lives with the family: as found, and those known of whom nothing was said yet.
    pub fn present(&self, known: &Known) -> Vec<Present> {
        let found = |person: i64| self.members.iter().find(|member| member.person == Some(person));
        let corrected = |member: &MemberFinding| member.birth_date.as_deref().and_then(|date| date.parse().ok());
        let listed = known.members.iter().filter_map(|person| match found(person.person) {
            Some(member) if member.presence.is_empty() || member.is_present() => {
                Some(Present { birth_date: corrected(member).or(person.birth_date) })
            }
            Some(_) => None,
            None => Some(Present { birth_date: person.birth_date }),
        });
        let fresh = self.members.iter().filter(|member| member.person.is_none() && member.is_present());
        listed.chain(fresh.map(|member| Present { birth_date: corrected(member) })).collect()
    }

    /// The family's own corrections beside what was known.
    pub fn family_corrections(&self, known: &Known) -> Vec<Correction> {
        FAMILY_FIELDS
            .into_iter()
            .filter_map(|field| {
                let value = self.family.get(field).filter(|value| !value.is_empty())?;
                let source = known.family_field(field);
                (source.as_deref() != Some(value.as_str())).then(|| Correction {
                    person: None,
                    field: field.to_owned(),
                    source,
                    value: value.clone(),
                })
            })
            .collect()
    }

    /// Whether anything about who the family is was found to be other than the sources say.
    pub fn has_corrections(&self, known: &Known) -> bool {
        !self.family_corrections(known).is_empty()
            || self.members.iter().any(|member| !member.corrections(known).is_empty())
    }
}
