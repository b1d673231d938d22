//! Layouts made by hand: which header of a file is which field of ours, saved and used again for the next file.
//!
//! A [`MappedFormat`] is plain data (JSON in a database, TOML for people); [`MappedFormat::build`] checks it and makes the
//! same [`Format`] that a built-in file makes. Built formats live as long as the program: there are as many as an office
//! has saved, and the same definition is built once.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{LazyLock, Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::{
    Mapping,
    areas::Coding,
    format::{
        self, ColumnFile, FamilyKey, Format, FormatFile, Kind, NotAFormat, Slot, Source, Value, YesNo, formats,
        header_key,
    },
};
use crate::codes;

/// A layout as a person mapped it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedFormat {
    /// Lower-case letters, digits, `.`, `-` and `_`; not one of the built-in formats.
    pub id: String,
    pub title: String,
    pub source: Source,
    pub kind: Kind,
    /// Which codes its area columns hold; open when nobody knows.
    #[serde(default = "open")]
    pub coding: Coding,
    #[serde(default)]
    pub family_key: FamilyKey,
    #[serde(default)]
    pub yes_no: YesNo,
    pub columns: Vec<MappedField>,
}

const fn open() -> Coding {
    Coding::Open
}

/// A header and the field it was said to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedField {
    /// As the file prints it.
    pub header: String,
    /// Our name, e.g. `nik`, `village`, `floor`; a field of the office's own is text unless it says otherwise.
    pub field: String,
    /// How it is read, where it differs from what the field usually is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The code list of its answers, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// Answers of its own and what they mean.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
}

/// Why a mapping makes no format. Each names what to change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingFault {
    #[error("{0:?} is no name for a format")]
    Id(String),
    #[error("a format has no title")]
    Title,
    #[error("the header {0:?} stands twice")]
    HeaderTwice(String),
    #[error("a column has no header")]
    NoHeader,
    #[error("the field {0:?} is mapped twice")]
    FieldTwice(String),
    #[error("{0:?} is no name for a field")]
    Field(String),
    #[error("there is no code list {0:?}")]
    List(String),
    /// A list of persons needs their names.
    #[error("no column is the name")]
    NoName,
    /// A list of persons needs one of NIK, KK number or the list's own identifier.
    #[error("no column is a NIK, a KK number or an identifier of the list")]
    NoIdentity,
    /// A list of families needs a KK number or the list's own family identifier.
    #[error("no column is a KK number or a family identifier")]
    NoFamily,
    /// A list of families needs the village, by code or name.
    #[error("no column is the village")]
    NoVillage,
}

/// A field that a header can be mapped to, as the built-in formats use it.
#[derive(Clone, Debug)]
pub struct KnownField {
    pub field: &'static str,
    pub value: Value,
    pub list: Option<&'static str>,
    /// How a source prints it, to show what is meant.
    pub example: &'static str,
}

static KNOWN: LazyLock<BTreeMap<&'static str, KnownField>> = LazyLock::new(|| {
    let mut known = BTreeMap::new();
    // numbered columns of one header are the business of their format
    for column in formats().iter().flat_map(|format| &format.columns).filter(|column| !column.repeated) {
        known.entry(column.field.as_str()).or_insert_with(|| KnownField {
            field: &column.field,
            value: column.value,
            list: column.list.as_deref(),
            example: column.headers.first().map_or("", String::as_str),
        });
    }
    known
});

/// Every field a header can be mapped to, by name.
pub fn known_fields() -> impl Iterator<Item = &'static KnownField> {
    KNOWN.values()
}

/// Why a text is no format file that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// The words of the reader of TOML, which name line and key.
    #[error("{0}")]
    Text(String),
    #[error(transparent)]
    Mapping(#[from] MappingFault),
    /// What the format needs has no column.
    #[error("it needs {0:?}, which no column is")]
    Need(String),
}

/// A format file longer than this is none.
const LONGEST_FILE: usize = 512 * 1024;

/// The format that a file describes, checked as one made by mapping is. The same text gives the same format.
pub fn load(text: &str) -> Result<&'static Format, FileFault> {
    if let Some(format) = BUILT.lock().unwrap_or_else(PoisonError::into_inner).get(text) {
        return Ok(format);
    }
    if text.len() > LONGEST_FILE {
        return Err(FileFault::Text("too long".to_owned()));
    }
    let file: FormatFile = toml::from_str(text).map_err(|error| FileFault::Text(error.to_string()))?;
    check_file(&file)?;
    let format = Format::of(file).map_err(|error| FileFault::Text(error.0))?;
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(*built.entry(text.to_owned()).or_insert_with(|| Box::leak(Box::new(format))))
}

fn check_file(file: &FormatFile) -> Result<(), FileFault> {
    let columns: Vec<Checked<'_>> = file
        .column
        .iter()
        .map(|column| Checked {
            headers: &column.headers,
            field: &column.field,
            list: column.list.as_deref(),
            repeats: column.repeat.is_some(),
            ignored: column.value == Value::Ignored,
        })
        .collect();
    check(&file.id, &file.title, file.kind, &columns)?;
    if file.column.iter().any(|column| column.repeat.is_some_and(|times| times == 0 || times > 24)) {
        return Err(FileFault::Text("repeat".to_owned()));
    }
    let has = |field: &&String| {
        file.column.iter().any(|column| {
            column.field == **field || column.repeat.is_some() && field.starts_with(&format!("{}_", column.field))
        })
    };
    match file.needs.iter().flatten().find(|field| !has(field)) {
        Some(field) => Err(FileFault::Need(field.clone())),
        None => Ok(()),
    }
}

/// What is checked of a column, mapped by hand or read from a file.
struct Checked<'a> {
    headers: &'a [String],
    field: &'a str,
    list: Option<&'a str>,
    /// One of several columns of the same header.
    repeats: bool,
    ignored: bool,
}

fn check(id: &str, title: &str, kind: Kind, columns: &[Checked<'_>]) -> Result<(), MappingFault> {
    let plain = |text: &str, more: &[char]| {
        !text.is_empty()
            && text.len() <= 60
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || more.contains(&c))
    };
    if !plain(id, &['.', '-', '_']) || format::format(id).is_some() {
        return Err(MappingFault::Id(id.to_owned()));
    }
    if title.trim().is_empty() {
        return Err(MappingFault::Title);
    }
    let (mut headers, mut fields) = (HashSet::new(), HashSet::new());
    for column in columns {
        if column.headers.is_empty() {
            return Err(MappingFault::NoHeader);
        }
        for header in column.headers {
            let key = header_key(header);
            if key.is_empty() {
                return Err(MappingFault::NoHeader);
            }
            if !headers.insert(key) && !column.repeats {
                return Err(MappingFault::HeaderTwice(header.clone()));
            }
        }
        if !plain(column.field, &['_'])
            || column.field == "approximate"
            || column.field.ends_with("_code")
                && Slot::of(column.field) == Slot::Other
                && !KNOWN.contains_key(column.field)
        {
            return Err(MappingFault::Field(column.field.to_owned()));
        }
        if !fields.insert(column.field) {
            return Err(MappingFault::FieldTwice(column.field.to_owned()));
        }
        if let Some(list) = column.list
            && !codes::lists().any(|known| known.id == list)
        {
            return Err(MappingFault::List(list.to_owned()));
        }
    }
    let read = |name: &&str| columns.iter().any(|column| column.field == *name && !column.ignored);
    let has = |names: &[&str]| names.iter().any(read);
    match kind {
        Kind::Person if !has(&["name"]) => Err(MappingFault::NoName),
        Kind::Person if !has(&IDENTITIES) => Err(MappingFault::NoIdentity),
        Kind::Family if !has(&FAMILIES) => Err(MappingFault::NoFamily),
        Kind::Family if !has(&VILLAGES) => Err(MappingFault::NoVillage),
        _ => Ok(()),
    }
}

/// The formats built so far, by their definition.
static BUILT: Mutex<BTreeMap<String, &'static Format>> = Mutex::new(BTreeMap::new());

impl MappedFormat {
    /// What a person confirmed or overruled on the page of a file, to be saved under a name of its own.
    pub fn of_mapping(id: impl Into<String>, title: impl Into<String>, mapping: &Mapping) -> Self {
        let format = mapping.format;
        let field = |mapped: &super::MappedColumn| {
            let column = &format.columns[mapped.column?];
            Some(MappedField {
                header: mapped.header.to_string(),
                field: column.field.clone(),
                value: Some(column.value),
                list: column.list.clone(),
                answers: column.answers.iter().cloned().collect(),
            })
        };
        Self {
            id: id.into(),
            title: title.into(),
            source: format.source,
            kind: format.kind,
            coding: format.coding,
            family_key: format.family_key,
            yes_no: format.yes_no,
            columns: mapping.columns.iter().filter_map(field).collect(),
        }
    }

    /// Checks the mapping and builds its format. The same mapping gives the same format.
    pub fn build(&self) -> Result<&'static Format, MappingFault> {
        self.check()?;
        let key = serde_json::to_string(self).unwrap_or_default();
        let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(format) = built.get(&key) {
            return Ok(format);
        }
        let format = Format::of(self.file()).map_err(|_| MappingFault::Id(self.id.clone()))?;
        let format: &'static Format = Box::leak(Box::new(format));
        built.insert(key, format);
        Ok(format)
    }

    /// The definition as a format file, in the form of those in `formats/`.
    pub fn to_toml(&self) -> Result<String, NotAFormat> {
        toml::to_string(&self.file()).map_err(|error| NotAFormat(error.to_string()))
    }

    fn check(&self) -> Result<(), MappingFault> {
        let columns: Vec<Checked<'_>> = self
            .columns
            .iter()
            .map(|column| Checked {
                headers: std::slice::from_ref(&column.header),
                field: &column.field,
                list: column.list.as_deref(),
                repeats: false,
                ignored: column.value == Some(Value::Ignored),
            })
            .collect();
        check(&self.id, &self.title, self.kind, &columns)
    }

    fn file(&self) -> FormatFile {
        let group = |names: &[&str]| -> Vec<String> {
            let mapped = |name: &&&str| self.columns.iter().any(|column| column.field == **name);
            names.iter().filter(mapped).map(|name| (*name).to_owned()).collect()
        };
        let needs = match self.kind {
            Kind::Person => vec![group(&["name"]), group(&IDENTITIES)],
            Kind::Family => vec![group(&FAMILIES), group(&VILLAGES)],
        };
        let column = |mapped: &MappedField| {
            let known = KNOWN.get(&*mapped.field);
            ColumnFile {
                field: mapped.field.clone(),
                value: mapped.value.or(known.map(|known| known.value)).unwrap_or_default(),
                list: mapped.list.clone().or_else(|| known.and_then(|known| known.list).map(ToOwned::to_owned)),
                headers: vec![mapped.header.clone()],
                answers: mapped.answers.clone(),
                also: None,
                before_slash: false,
                repeat: None,
                position: None,
            }
        };
        FormatFile {
            id: self.id.clone(),
            title: self.title.clone(),
            title_en: self.title.clone(),
            source: self.source,
            kind: self.kind,
            coding: self.coding,
            family_key: self.family_key,
            needs,
            yes_no: self.yes_no,
            head_first: false,
            plain: false,
            hints: Vec::new(),
            silent: Vec::new(),
            first_row: None,
            column: self.columns.iter().map(column).collect(),
        }
    }
}

const IDENTITIES: [&str; 4] = ["nik", "kk", "list_person_id", "list_family_id"];
const FAMILIES: [&str; 2] = ["kk", "list_family_id"];
const VILLAGES: [&str; 2] = ["village_code", "village"];

#[cfg(test)]
mod tests {
    use super::*;

    fn field(header: &str, field: &str) -> MappedField {
        MappedField {
            header: header.to_owned(),
            field: field.to_owned(),
            value: None,
            list: None,
            answers: BTreeMap::new(),
        }
    }

    fn farmers() -> MappedFormat {
        MappedFormat {
            id: "buatan.bibit".to_owned(),
            title: "Penerima bibit".to_owned(),
            source: Source::Penerima,
            kind: Kind::Person,
            coding: Coding::Open,
            family_key: FamilyKey::Kk,
            yes_no: YesNo::Words,
            columns: vec![field("Nama Petani", "name"), field("Nomor Induk", "nik"), field("Lantai", "floor")],
        }
    }

    #[test]
    fn a_mapping_is_saved_built_once_and_readable() {
        let mapped = farmers();
        let saved = serde_json::to_string(&mapped).expect("json");
        let back: MappedFormat = serde_json::from_str(&saved).expect("mapping");
        assert_eq!(back, mapped);
        let format = back.build().expect("format");
        assert!(std::ptr::eq(format, mapped.build().expect("format")));
        let floor = format.column("floor").expect("floor");
        assert_eq!((floor.value, floor.list.as_deref()), (Value::Code, Some("regsosek.303_jenis_lantai_terluas")));
        let file: Format = mapped.to_toml().expect("toml").parse().expect("the form of a format file");
        assert_eq!((file.id.as_str(), file.columns.len()), ("buatan.bibit", 3));
    }

    #[test]
    fn what_makes_no_format_says_why() {
        let with = |change: fn(&mut MappedFormat)| {
            let mut mapped = farmers();
            change(&mut mapped);
            mapped.build().err()
        };
        assert_eq!(with(|m| m.id = "dtsen.family".into()), Some(MappingFault::Id("dtsen.family".into())));
        assert_eq!(with(|m| m.id = "Bibit 1".into()), Some(MappingFault::Id("Bibit 1".into())));
        assert_eq!(with(|m| m.title = " ".into()), Some(MappingFault::Title));
        assert_eq!(
            with(|m| m.columns[1].header = "NAMA PETANI".into()),
            Some(MappingFault::HeaderTwice("NAMA PETANI".into()))
        );
        assert_eq!(with(|m| m.columns[1].header = " - ".into()), Some(MappingFault::NoHeader));
        assert_eq!(with(|m| m.columns[2].field = "nik".into()), Some(MappingFault::FieldTwice("nik".into())));
        assert_eq!(with(|m| m.columns[2].field = "Luas Tanah".into()), Some(MappingFault::Field("Luas Tanah".into())));
        assert_eq!(with(|m| m.columns[2].list = Some("lantai".into())), Some(MappingFault::List("lantai".into())));
        assert_eq!(with(|m| m.columns[0].field = "nickname".into()), Some(MappingFault::NoName));
        assert_eq!(with(|m| m.columns[1].field = "number".into()), Some(MappingFault::NoIdentity));
        assert_eq!(with(|m| m.kind = Kind::Family), Some(MappingFault::NoFamily));
        let no_village = with(|m| {
            m.kind = Kind::Family;
            m.columns[1].field = "kk".into();
        });
        assert_eq!(no_village, Some(MappingFault::NoVillage));
    }

    #[test]
    fn every_place_of_its_own_can_be_mapped() {
        for name in ["nik", "kk", "name", "village_code", "village", "phone", "latitude", "list_family_id"] {
            assert!(known_fields().any(|known| known.field == name), "{name}");
        }
    }
}
