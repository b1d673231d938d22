//! Reading one row: the raw text as it came, the typed fields beside it, and what is wrong with it.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Finding;
use crate::{
    area::AreaCode,
    identity::{NumberFault, Sex},
};

/// What kind of row this is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RowClass {
    #[default]
    Data,
    Blank,
    /// The header again, inside the data.
    RepeatedHeader,
    /// `(1) (2) (3)` under the header.
    ColumnNumbers,
    /// Total, footer, signature block.
    Total,
    /// Broken off or binary: kept raw, creates nothing.
    Unreadable,
}

/// The standing of an identity number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberState {
    /// The file has no such column, or the cell is empty.
    #[default]
    Missing,
    Sound,
    /// Sixteen digits from a numeric cell whose last digit may be lost: needs confirmation.
    Suspect,
    Faulty(NumberFault),
}

/// Relationship to the head of the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    Head,
    Spouse,
    Child,
    Other,
}

impl Relation {
    pub const ALL: [Self; 4] = [Self::Head, Self::Spouse, Self::Child, Self::Other];

    /// `HEAD`, as stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Head => "HEAD",
            Self::Spouse => "SPOUSE",
            Self::Child => "CHILD",
            Self::Other => "OTHER",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.as_str() == code)
    }
}

/// Everything of a row that has no field of its own: canonical field name to canonical code or number, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(Vec<(&'static str, Cow<'static, str>)>);

impl Values {
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, value)| &**value)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, &**value))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As a JSON object with its keys in order, so that equal values are equal text.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// The typed reading of a row of data. In a family file name, NIK, sex and birth date are the head's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields {
    /// The number as read, whatever its standing; `None` when there is none.
    pub nik: Option<String>,
    pub nik_state: NumberState,
    pub kk: Option<String>,
    pub kk_state: NumberState,
    /// Blanks and apostrophes folded, case as it came.
    pub name: Option<String>,
    /// See [`crate::name::name_key`].
    pub name_key: String,
    pub sex: Option<Sex>,
    pub birth_date: Option<NaiveDate>,
    pub relation: Option<Relation>,
    /// The code of the relation in the source's own list, e.g. `6` or `LAINNYA`.
    pub relation_code: Option<String>,
    pub list_family_id: Option<String>,
    pub list_person_id: Option<String>,
    /// Village of residence. A format without residence columns has none: it comes from the family.
    pub village: Option<AreaCode>,
    pub subdistrict_name: Option<String>,
    pub village_name: Option<String>,
    pub address: Option<String>,
    pub hamlet: Option<String>,
    pub rt: Option<String>,
    pub rw: Option<String>,
    pub desil_national: Option<i16>,
    pub desil_province: Option<i16>,
    pub desil_district: Option<i16>,
    pub percentile: Option<i16>,
    pub members: Option<i32>,
    /// `+62...`
    pub phone: Option<String>,
    /// Degrees, positive to the north and to the east.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub values: Values,
}

impl Fields {
    /// The NIK when it can be relied on as a key.
    pub fn sound_nik(&self) -> Option<&str> {
        self.nik.as_deref().filter(|_| self.nik_state == NumberState::Sound)
    }
}

/// A row with its reading and findings.
#[derive(Clone, Debug, PartialEq)]
pub struct RowReading {
    /// As a spreadsheet shows it.
    pub row: u32,
    /// Display text of every cell exactly as it came.
    pub raw: Vec<String>,
    pub class: RowClass,
    /// Empty unless the class is [`RowClass::Data`].
    pub fields: Fields,
    pub findings: Vec<Finding>,
}
