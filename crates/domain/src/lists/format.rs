//! Formats: the layouts that lists arrive in, each one small file in `formats/` that an official can read and extend.
//!
//! A format names its columns by header (with the spellings seen in real files), what each holds, and what the file
//! cannot do without. What labels mean is told by the code lists ([`crate::codes`]) and by `concepts.toml`
//! (see [`labels`](super::labels)).

use std::sync::LazyLock;

use serde::Deserialize;

use super::areas::Coding;

/// The national list a file belongs to. A list version belongs to one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    Dtsen,
    P3ke,
}

impl Source {
    pub const ALL: [Self; 2] = [Self::Dtsen, Self::P3ke];

    /// The word used on the command line and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dtsen => "dtsen",
            Self::P3ke => "p3ke",
        }
    }

    /// The name on screens and documents.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Dtsen => "DTSEN",
            Self::P3ke => "P3KE",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == code)
    }
}

/// What one row of the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Family,
    Person,
}

impl Kind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Person => "person",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Family, Self::Person].into_iter().find(|kind| kind.as_str() == code)
    }
}

/// What tells the families of a format apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FamilyKey {
    /// The family-card number is all there is.
    Kk,
    /// The list has an identifier of its own.
    ListFamilyId,
}

/// How the values of a column are read. Fields with a place of their own in [`super::Fields`] imply theirs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    #[default]
    Text,
    /// An answer of a code list, or of a concept of `concepts.toml`.
    Code,
    /// Ya or tidak.
    YesNo,
    /// A whole number, zero or more.
    Count,
    /// A number with decimals: square metres.
    Measure,
    /// Whole rupiah.
    Money,
    /// Recognised and left alone: row numbers, and what an office has no reason to collect (religion).
    Ignored,
}

/// Where a column's value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    Nik,
    Kk,
    Name,
    Sex,
    BirthDate,
    Relation,
    ListFamilyId,
    ListPersonId,
    VillageCode,
    SubdistrictCode,
    DistrictCode,
    Province,
    District,
    Subdistrict,
    Village,
    Address,
    Hamlet,
    Rt,
    Rw,
    DesilNational,
    DesilProvince,
    DesilDistrict,
    Percentile,
    Members,
    Phone,
    Latitude,
    Longitude,
    /// Among the [values](super::Fields::values), under the field's name.
    Other,
}

impl Slot {
    fn of(field: &str) -> Self {
        match field {
            "nik" => Self::Nik,
            "kk" => Self::Kk,
            "name" => Self::Name,
            "sex" => Self::Sex,
            "birth_date" => Self::BirthDate,
            "relation" => Self::Relation,
            "list_family_id" => Self::ListFamilyId,
            "list_person_id" => Self::ListPersonId,
            "village_code" => Self::VillageCode,
            "subdistrict_code" => Self::SubdistrictCode,
            "district_code" => Self::DistrictCode,
            "province" => Self::Province,
            "district" => Self::District,
            "subdistrict" => Self::Subdistrict,
            "village" => Self::Village,
            "address" => Self::Address,
            "hamlet" => Self::Hamlet,
            "rt" => Self::Rt,
            "rw" => Self::Rw,
            "desil_national" => Self::DesilNational,
            "desil_province" => Self::DesilProvince,
            "desil_district" => Self::DesilDistrict,
            "percentile" => Self::Percentile,
            "members" => Self::Members,
            "phone" => Self::Phone,
            "latitude" => Self::Latitude,
            "longitude" => Self::Longitude,
            _ => Self::Other,
        }
    }

    /// Is this one of the identity numbers that a spreadsheet damages?
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Nik | Self::Kk)
    }
}

/// A column a format knows.
#[derive(Debug)]
pub struct Column {
    /// Our name for it, the same in every format.
    pub field: String,
    pub slot: Slot,
    pub value: Value,
    /// The code list its answers come from, e.g. `regsosek.303_jenis_lantai_terluas`.
    pub list: Option<String>,
    /// The header as the source prints it, then the other spellings seen.
    pub headers: Vec<String>,
    /// `headers` as compared: see [`header_key`].
    pub keys: Vec<String>,
    /// `field` with `_code` behind it, where answers have a code of the questionnaire.
    pub code_field: Option<String>,
}

/// A layout of a list file.
#[derive(Debug)]
pub struct Format {
    /// `dtsen.family`, `p3ke_v2.member`.
    pub id: String,
    /// The name officials know, in Indonesian.
    pub title: String,
    pub title_en: String,
    pub source: Source,
    pub kind: Kind,
    pub coding: Coding,
    pub family_key: FamilyKey,
    /// Groups of fields; of each group at least one must be in the file.
    pub needs: Vec<Vec<String>>,
    pub columns: Vec<Column>,
}

impl Format {
    pub fn column(&self, field: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// Does the layout have residence columns with codes, so that going by name is worth saying?
    pub fn has_area_codes(&self) -> bool {
        self.columns.iter().any(|column| column.slot == Slot::VillageCode)
    }

    /// Does the layout say where people live at all? An address on the identity card is no residence.
    pub fn has_residence(&self) -> bool {
        self.columns.iter().any(|column| matches!(column.slot, Slot::VillageCode | Slot::Village))
    }

    fn read(text: &str) -> Result<Self, NotAFormat> {
        let file: FormatFile = toml::from_str(text).map_err(|error| NotAFormat(error.to_string()))?;
        let columns = file
            .column
            .into_iter()
            .map(|column| Column {
                slot: Slot::of(&column.field),
                code_field: (column.value == Value::Code).then(|| format!("{}_code", column.field)),
                keys: column.headers.iter().map(|header| header_key(header)).collect(),
                field: column.field,
                value: column.value,
                list: column.list,
                headers: column.headers,
            })
            .collect();
        Ok(Self {
            id: file.id,
            title: file.title,
            title_en: file.title_en,
            source: file.source,
            kind: file.kind,
            coding: file.coding,
            family_key: file.family_key,
            needs: file.needs,
            columns,
        })
    }
}

impl std::str::FromStr for Format {
    type Err = NotAFormat;

    fn from_str(text: &str) -> Result<Self, NotAFormat> {
        Self::read(text)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("not a format file: {0}")]
pub struct NotAFormat(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormatFile {
    id: String,
    title: String,
    title_en: String,
    source: Source,
    kind: Kind,
    coding: Coding,
    family_key: FamilyKey,
    needs: Vec<Vec<String>>,
    column: Vec<ColumnFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnFile {
    field: String,
    #[serde(default)]
    value: Value,
    list: Option<String>,
    headers: Vec<String>,
}

/// A header as compared: upper case, letters and digits only, so that `DESA/KELURAHAN` is `desa_kelurahan`.
pub fn header_key(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

static FORMATS: LazyLock<Vec<Format>> = LazyLock::new(|| {
    [
        include_str!("formats/dtsen_family.toml"),
        include_str!("formats/dtsen_member.toml"),
        include_str!("formats/p3ke_v2_family.toml"),
        include_str!("formats/p3ke_v2_member.toml"),
    ]
    .into_iter()
    .map(|text| Format::read(text).expect("the format files are part of the program"))
    .collect()
});

/// All formats, in the order they are offered.
pub fn formats() -> &'static [Format] {
    &FORMATS
}

/// The format of that id.
pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_format_is_sound() {
        for format in formats() {
            let mut fields = HashSet::new();
            let mut keys = HashSet::new();
            for column in &format.columns {
                assert!(fields.insert(&column.field), "{}: field {} stands twice", format.id, column.field);
                assert!(!column.headers.is_empty(), "{}: {} has no header", format.id, column.field);
                for key in &column.keys {
                    assert!(!key.is_empty() && keys.insert(key), "{}: header {key} stands twice", format.id);
                }
                if let Some(list) = &column.list {
                    assert!(!crate::codes::list(list).codes.is_empty());
                }
            }
            for need in format.needs.iter().flatten() {
                assert!(format.column(need).is_some(), "{}: needs {need} without a column", format.id);
            }
        }
    }

    #[test]
    fn a_source_is_asked_for_by_its_word() {
        for source in Source::ALL {
            assert_eq!(Source::from_code(source.as_str()), Some(source));
        }
    }
}
