//! Which columns a record has and where each comes from: read from a field, or derived from another column.

use serde::{Deserialize, Serialize};

use crate::standard::Read;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A text, kept as the number of a [`crate::dictionary::Dictionary`].
    Text,
    /// A number of up to sixteen digits, BCD.
    Digits,
    /// A date, BCD.
    Date,
    /// A year, BCD.
    Year,
    /// Month and day, BCD.
    MonthDay,
    /// The set of words of a text.
    Words,
}

/// How a column is made from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Derive {
    /// A name in one spelling ([`crate::standard::name::spelling_key`]).
    SpellingKey,
    /// The first word.
    FirstWord,
    /// The words as a set.
    Words,
    /// `len` characters from character `from` (the first is 1), of a text or of digits.
    Part {
        /// First character, from 1.
        from: u32,
        /// How many characters.
        len: u32,
    },
    /// A text in capitals.
    Upper,
    /// A text in small letters.
    Lower,
    /// A date with day and month changed.
    Swapped,
    /// The year of a date.
    Year,
    /// Month and day of a date.
    MonthDay,
    /// Of a NIK: `Y` if date of birth and sex inside it are those of the record, `N` if they are not, nothing if either is unknown.
    NikAgrees {
        /// A column of dates.
        date: String,
        /// A column holding `L` or `P`; any other value tells nothing.
        sex: String,
    },
}

/// Where a column comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Read from the first of these fields that gives something. All readings must give the same kind.
    Fields(Vec<(String, Read)>),
    /// Made from a column named before.
    Derived(String, Derive),
}

/// One column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its name, unlike all others.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// All columns of a record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    /// In order: a derived column after the one it is made from.
    pub columns: Vec<Column>,
}

/// What is wrong with a schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    #[error("column \"{0}\" is named twice")]
    Twice(String),
    #[error("column \"{0}\" is made from \"{1}\", which is not named before it")]
    Unknown(String, String),
    #[error("column \"{0}\" cannot be made from \"{1}\": it holds {2:?}")]
    WrongKind(String, String, Kind),
    #[error("column \"{0}\" is read in ways that give different kinds, or from no field")]
    Mixed(String),
}

impl Schema {
    /// Adds a column read from a field.
    #[must_use]
    pub fn field(self, name: &str, field: &str, read: Read) -> Self {
        self.fields(name, vec![(field.to_owned(), read)])
    }

    /// Adds a column read from the first field that gives something.
    #[must_use]
    pub fn fields(mut self, name: &str, fields: Vec<(String, Read)>) -> Self {
        self.columns.push(Column { name: name.to_owned(), origin: Origin::Fields(fields) });
        self
    }

    /// Adds a column made from another.
    #[must_use]
    pub fn derived(mut self, name: &str, from: &str, how: Derive) -> Self {
        self.columns.push(Column { name: name.to_owned(), origin: Origin::Derived(from.to_owned(), how) });
        self
    }

    /// The place of a column.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    /// The names of the fields that are read, each once, in the order rows must give them.
    pub fn field_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for column in &self.columns {
            if let Origin::Fields(fields) = &column.origin {
                for (field, _) in fields {
                    if !names.contains(&field.as_str()) {
                        names.push(field);
                    }
                }
            }
        }
        names
    }

    /// The kind of every column, if the schema is sound.
    pub fn kinds(&self) -> Result<Vec<Kind>, SchemaError> {
        let mut kinds: Vec<Kind> = Vec::with_capacity(self.columns.len());
        for (i, column) in self.columns.iter().enumerate() {
            if self.index(&column.name) != Some(i) {
                return Err(SchemaError::Twice(column.name.clone()));
            }
            let find = |name: &String| {
                self.index(name)
                    .filter(|&at| at < i)
                    .ok_or_else(|| SchemaError::Unknown(column.name.clone(), name.clone()))
            };
            kinds.push(match &column.origin {
                Origin::Fields(fields) => {
                    let mut all = fields.iter().map(|(_, read)| kind_of(read));
                    let first = all.next().ok_or_else(|| SchemaError::Mixed(column.name.clone()))?;
                    if all.any(|kind| kind != first) {
                        return Err(SchemaError::Mixed(column.name.clone()));
                    }
                    first
                }
                Origin::Derived(from, how) => {
                    let kind = kinds[find(from)?];
                    if let Derive::NikAgrees { date, sex } = how {
                        let (date_kind, sex_kind) = (kinds[find(date)?], kinds[find(sex)?]);
                        if date_kind != Kind::Date {
                            return Err(SchemaError::WrongKind(column.name.clone(), date.clone(), date_kind));
                        }
                        if sex_kind != Kind::Text {
                            return Err(SchemaError::WrongKind(column.name.clone(), sex.clone(), sex_kind));
                        }
                    }
                    made_of(how, kind).ok_or_else(|| SchemaError::WrongKind(column.name.clone(), from.clone(), kind))?
                }
            });
        }
        Ok(kinds)
    }
}

fn kind_of(read: &Read) -> Kind {
    match read {
        Read::Digits(_) => Kind::Digits,
        Read::Date | Read::BirthInNik { .. } => Kind::Date,
        _ => Kind::Text,
    }
}

fn made_of(how: &Derive, from: Kind) -> Option<Kind> {
    match (how, from) {
        (Derive::SpellingKey | Derive::FirstWord | Derive::Part { .. } | Derive::Upper | Derive::Lower, Kind::Text)
        | (Derive::NikAgrees { .. }, Kind::Digits) => Some(Kind::Text),
        (Derive::Words, Kind::Text) => Some(Kind::Words),
        (Derive::Part { .. }, Kind::Digits) => Some(Kind::Digits),
        (Derive::Swapped, Kind::Date) => Some(Kind::Date),
        (Derive::Year, Kind::Date) => Some(Kind::Year),
        (Derive::MonthDay, Kind::Date) => Some(Kind::MonthDay),
        _ => None,
    }
}
