//! Formats: the layouts that lists arrive in, each one small file in `formats/` that an official can read and extend.
//!
//! A format names its columns by header (with the spellings seen in real files), what each holds, and what the file
//! cannot do without. What labels mean is told by the code lists ([`crate::codes`]) and by `concepts.toml`
//! (see [`labels`](super::labels)). A layout that no file describes is made of a mapping by hand: [`super::mapped`].

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use serde::Deserialize;

use super::{Fault, areas::Coding};

/// The list a file belongs to. A list version belongs to one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    Dtsen,
    P3ke,
    Dtks,
    /// Recipients and proposals as the ministry's web application exports them.
    Siks,
    /// The data base before DTKS.
    Bdt,
    /// Families proposed by villages.
    Usulan,
    /// Results of cleaning the food-aid list.
    Bpnt,
    /// Workbooks of a district's own verification.
    Lokal,
    /// Attendance of pupils whose families receive PKH.
    Komitmen,
    /// Recipients as an agency lists them.
    Penerima,
    /// Participants of a programme as the village's own system lists them.
    Desa,
}

impl Source {
    pub const ALL: [Self; 11] = [
        Self::Dtsen,
        Self::P3ke,
        Self::Dtks,
        Self::Siks,
        Self::Bdt,
        Self::Usulan,
        Self::Bpnt,
        Self::Lokal,
        Self::Komitmen,
        Self::Penerima,
        Self::Desa,
    ];

    /// The word used on the command line and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dtsen => "dtsen",
            Self::P3ke => "p3ke",
            Self::Dtks => "dtks",
            Self::Siks => "siks",
            Self::Bdt => "bdt",
            Self::Usulan => "usulan",
            Self::Bpnt => "bpnt",
            Self::Lokal => "lokal",
            Self::Komitmen => "komitmen",
            Self::Penerima => "penerima",
            Self::Desa => "desa",
        }
    }

    /// The name on screens and documents.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Dtsen => "DTSEN",
            Self::P3ke => "P3KE",
            Self::Dtks => "DTKS",
            Self::Siks => "SIKS-NG",
            Self::Bdt => "BDT",
            Self::Usulan => "Usulan desa/kelurahan",
            Self::Bpnt => "Pembersihan BPNT",
            Self::Lokal => "Verval daerah",
            Self::Komitmen => "Verifikasi komitmen pendidikan",
            Self::Penerima => "Daftar penerima instansi",
            Self::Desa => "Program bantuan desa",
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FamilyKey {
    /// The family-card number is all there is.
    #[default]
    Kk,
    /// The list has an identifier of its own.
    ListFamilyId,
}

/// How ya and tidak are written where a format has figures or ticks of its own for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    /// In words: `Ya`, `Tidak`, `Y`, `T`.
    #[default]
    Words,
    /// Coded by a questionnaire: 1 is yes, 2 is no, and a flag's 0 too.
    Coded,
    /// Marks of a program or a pen: 1 and 0, true and false, a tick.
    Marks,
}

/// How the values of a column are read. Fields with a place of their own in [`super::Fields`] imply theirs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, serde::Serialize)]
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
    /// The NIK of somebody besides the row's person, or a corrected one: judged like a NIK, but it may be missing.
    Identity,
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
    ProvinceCode,
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
    pub(super) fn of(field: &str) -> Self {
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
            "province_code" => Self::ProvinceCode,
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
    /// Answers of this format besides its list, with what they mean: `("Listrik Pribadi s/d 450 Watt", "PLN_METER")`.
    pub answers: Vec<(String, String)>,
    /// A second question that the same answer tells: septic tank from the toilet.
    pub also: Option<String>,
    /// `KEPALA KELUARGA/ SUAMI` is this format's own way of writing: what stands before the slash counts.
    pub before_slash: bool,
    /// One of several columns with the same header, found by their order.
    pub repeated: bool,
    /// Where it stands (from nought) in a layout without readable headers.
    pub position: Option<usize>,
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
    pub yes_no: YesNo,
    /// The first member row of a family is its head where the relationship is not told.
    pub head_first: bool,
    /// A list of plain columns: what a file is when nothing speaks for another.
    pub plain: bool,
    /// Words in a file's name or titles that speak for this format, as compared.
    pub hints: Vec<String>,
    /// Faults that mean nothing in this layout.
    pub silent: Vec<Fault>,
    /// The first row of data, in a layout whose columns are told by their position.
    pub first_row: Option<u32>,
    pub columns: Vec<Column>,
    /// Header keys with the columns they may mean, each with the rank of the spelling.
    index: HashMap<String, Vec<(usize, usize)>>,
}

impl Format {
    /// The columns a header may mean, with the rank of that spelling: 0 is how the source prints it.
    pub(super) fn columns_of(&self, key: &str) -> &[(usize, usize)] {
        self.index.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every header key the format knows.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }

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
        Self::of(file)
    }

    /// Builds a format of its definition.
    pub(super) fn of(file: FormatFile) -> Result<Self, NotAFormat> {
        let mut columns = Vec::with_capacity(file.column.len());
        for column in file.column {
            let position = column
                .position
                .as_deref()
                .map(|letters| position(letters).ok_or_else(|| NotAFormat(format!("{letters} is no column letter"))));
            let position = position.transpose()?;
            let fields: Vec<String> = match column.repeat {
                None => vec![column.field.clone()],
                Some(times) => (1..=times).map(|n| format!("{}_{n}", column.field)).collect(),
            };
            for field in fields {
                columns.push(Column {
                    slot: Slot::of(&field),
                    code_field: (column.value == Value::Code).then(|| format!("{field}_code")),
                    keys: column.headers.iter().map(|header| header_key(header)).collect(),
                    field,
                    value: column.value,
                    list: column.list.clone(),
                    headers: column.headers.clone(),
                    answers: column.answers.clone().into_iter().collect(),
                    also: column.also.clone(),
                    before_slash: column.before_slash,
                    repeated: column.repeat.is_some(),
                    position,
                });
            }
        }
        let mut index: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (at, column) in columns.iter().enumerate() {
            for (rank, key) in column.keys.iter().enumerate() {
                index.entry(key.clone()).or_default().push((at, rank));
            }
        }
        Ok(Self {
            id: file.id,
            title: file.title,
            title_en: file.title_en,
            source: file.source,
            kind: file.kind,
            coding: file.coding,
            family_key: file.family_key,
            needs: file.needs,
            yes_no: file.yes_no,
            head_first: file.head_first,
            plain: file.plain,
            hints: file.hints.iter().map(|hint| header_key(hint)).collect(),
            silent: file.silent,
            first_row: file.first_row,
            columns,
            index,
        })
    }
}

/// `B` is the second column, counted from nought.
fn position(letters: &str) -> Option<usize> {
    let number =
        |sum: usize, letter: char| letter.is_ascii_uppercase().then(|| sum * 26 + (letter as usize - 'A' as usize + 1));
    letters.chars().try_fold(0, number).and_then(|number| number.checked_sub(1)).filter(|at| *at < 16_384)
}

impl std::str::FromStr for Format {
    type Err = NotAFormat;

    fn from_str(text: &str) -> Result<Self, NotAFormat> {
        Self::read(text)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("not a format file: {0}")]
pub struct NotAFormat(pub(super) String);

/// A format as its file says it.
#[derive(Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormatFile {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) title_en: String,
    pub(super) source: Source,
    pub(super) kind: Kind,
    pub(super) coding: Coding,
    pub(super) family_key: FamilyKey,
    pub(super) needs: Vec<Vec<String>>,
    #[serde(default)]
    pub(super) yes_no: YesNo,
    #[serde(default)]
    pub(super) head_first: bool,
    #[serde(default)]
    pub(super) plain: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) hints: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) silent: Vec<Fault>,
    pub(super) first_row: Option<u32>,
    pub(super) column: Vec<ColumnFile>,
}

#[derive(Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnFile {
    pub(super) field: String,
    #[serde(default)]
    pub(super) value: Value,
    pub(super) list: Option<String>,
    pub(super) headers: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) answers: BTreeMap<String, String>,
    pub(super) also: Option<String>,
    #[serde(default)]
    pub(super) before_slash: bool,
    pub(super) repeat: Option<usize>,
    pub(super) position: Option<String>,
}

/// A header as compared: upper case, letters, digits and `%` only, so that `DESA/KELURAHAN` is `desa_kelurahan`.
pub fn header_key(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric() || *c == '%').flat_map(char::to_uppercase).collect()
}

const TEXTS: [&str; 18] = [
    include_str!("formats/dtsen_family.toml"),
    include_str!("formats/dtsen_member.toml"),
    include_str!("formats/dtsen_jatim.toml"),
    include_str!("formats/p3ke_v1_family.toml"),
    include_str!("formats/p3ke_v1_member.toml"),
    include_str!("formats/p3ke_v2_family.toml"),
    include_str!("formats/p3ke_v2_member.toml"),
    include_str!("formats/dtks_pipe.toml"),
    include_str!("formats/dtks_workbook.toml"),
    include_str!("formats/siks_ng.toml"),
    include_str!("formats/bdt_member.toml"),
    include_str!("formats/usulan.toml"),
    include_str!("formats/bpnt_cleaning.toml"),
    include_str!("formats/lokal_semarang.toml"),
    include_str!("formats/lokal_sambas.toml"),
    include_str!("formats/komitmen_pendidikan.toml"),
    include_str!("formats/penerima_instansi.toml"),
    include_str!("formats/program_desa.toml"),
];

static FORMATS: LazyLock<Vec<Format>> = LazyLock::new(|| {
    TEXTS.into_iter().map(|text| Format::read(text).expect("the format files are part of the program")).collect()
});

/// All formats, in the order they are offered.
pub fn formats() -> &'static [Format] {
    &FORMATS
}

/// The file of a built-in format.
pub fn text(id: &str) -> Option<&'static str> {
    FORMATS.iter().position(|format| format.id == id).map(|at| TEXTS[at])
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
        let mut ids = HashSet::new();
        for format in formats() {
            assert!(ids.insert(&format.id), "{} stands twice", format.id);
            let mut fields = HashSet::new();
            let mut keys: HashMap<&str, bool> = HashMap::new();
            for column in &format.columns {
                assert!(fields.insert(&column.field), "{}: field {} stands twice", format.id, column.field);
                assert!(!column.headers.is_empty(), "{}: {} has no header", format.id, column.field);
                for key in &column.keys {
                    let before = keys.insert(key, column.repeated);
                    assert!(!key.is_empty(), "{}: an empty header", format.id);
                    assert!(
                        before.is_none_or(|repeated| repeated && column.repeated),
                        "{}: header {key} stands twice",
                        format.id
                    );
                }
                if let Some(list) = &column.list {
                    assert!(!crate::codes::list(list).codes.is_empty());
                }
                if let Some(also) = &column.also {
                    assert!(format.column(also).is_none() && super::super::labels::concept(also).is_some());
                }
                assert!(column.position.is_none() || format.first_row.is_some(), "{}: no first row", format.id);
            }
            for need in format.needs.iter().flatten() {
                assert!(format.column(need).is_some(), "{}: needs {need} without a column", format.id);
            }
        }
        assert_eq!(
            (position("A"), position("N"), position("AB"), position("a"), position("")),
            (Some(0), Some(13), Some(27), None, None)
        );
    }

    #[test]
    fn a_source_is_asked_for_by_its_word() {
        for source in Source::ALL {
            assert_eq!(Source::from_code(source.as_str()), Some(source));
        }
    }
}
