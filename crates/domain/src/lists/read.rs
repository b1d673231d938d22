//! Reading one row: the raw text as it came, the typed fields beside it, and what is wrong with it.
//!
//! A [`Reader`] is made once per sheet from the mapping, the survey's facts and the areas; it keeps no memory of rows, so
//! rows may be read in any order and on any thread.

use std::{borrow::Cow, sync::Arc};

use chrono::NaiveDate;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{
    AreaIndex, Cell, FileFacts, Finding, Format, Mapping, Row,
    format::{Slot, Value},
    labels::Labels,
};
use crate::{
    area::AreaCode,
    identity::{NumberFault, Sex, Written},
};

mod cells;
mod people;
mod place;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
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
///
/// Beside a shared answer (`floor` = `EARTH`) stands the questionnaire's own code where the list has it
/// (`floor_code` = `8`); `approximate` names the fields whose label only comes near the shared answer.
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
    /// The code of the relation in the source's own list, e.g. `6`; the text as it came where the list has no codes.
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
    /// What was read of a field, as a page shows it.
    pub fn shown(&self, field: &str) -> Option<String> {
        let number = |value: Option<i16>| value.map(|value| value.to_string());
        match Slot::of(field) {
            Slot::Nik => self.nik.clone(),
            Slot::Kk => self.kk.clone(),
            Slot::Name => self.name.clone(),
            Slot::Sex => self.sex.map(|sex| sex.as_str().to_owned()),
            Slot::BirthDate => self.birth_date.map(|date| date.to_string()),
            Slot::Relation => self.relation.map(|relation| relation.as_str().to_owned()),
            Slot::ListFamilyId => self.list_family_id.clone(),
            Slot::ListPersonId => self.list_person_id.clone(),
            Slot::VillageCode | Slot::SubdistrictCode | Slot::DistrictCode | Slot::ProvinceCode => {
                self.village.map(|village| village.to_string())
            }
            Slot::Village => self.village_name.clone(),
            Slot::Subdistrict => self.subdistrict_name.clone(),
            Slot::Province | Slot::District => None,
            Slot::Address => self.address.clone(),
            Slot::Hamlet => self.hamlet.clone(),
            Slot::Rt => self.rt.clone(),
            Slot::Rw => self.rw.clone(),
            Slot::DesilNational => number(self.desil_national),
            Slot::DesilProvince => number(self.desil_province),
            Slot::DesilDistrict => number(self.desil_district),
            Slot::Percentile => number(self.percentile),
            Slot::Members => self.members.map(|members| members.to_string()),
            Slot::Phone => self.phone.clone(),
            Slot::Latitude => self.latitude.map(|degrees| degrees.to_string()),
            Slot::Longitude => self.longitude.map(|degrees| degrees.to_string()),
            Slot::Other => self.values.get(field).map(ToOwned::to_owned),
        }
    }

    /// The NIK when it can be relied on as a key.
    pub fn sound_nik(&self) -> Option<&str> {
        self.nik.as_deref().filter(|_| self.nik_state == NumberState::Sound)
    }
}

/// A row with its reading and findings.
#[derive(Clone, Debug, Default, PartialEq)]
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

/// What a reader needs to know besides mapping, facts and areas.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The list's date: see [`super::recognise::list_date`].
    pub on: NaiveDate,
    /// The workbook counts its days from 1904.
    pub from_1904: bool,
    /// The file is separated text, where a row says how many cells it has.
    pub delimited: bool,
}

/// How one column of the file is read.
struct Plan {
    at: usize,
    header: Arc<str>,
    field: &'static str,
    /// `field` with `_code` behind it, for answers of the questionnaire.
    code_field: Option<&'static str>,
    value: Value,
    labels: Labels,
    /// The second question that the answer tells, with its labels.
    second: Option<(&'static str, Labels)>,
}

/// Reads the rows of one sheet.
pub struct Reader<'a> {
    format: &'static Format,
    areas: &'a AreaIndex,
    facts: &'a FileFacts,
    context: Context,
    width: usize,
    /// Columns with a field of their own.
    slots: Vec<(Slot, Plan)>,
    /// The other columns, in the order of their fields' names.
    others: Vec<Plan>,
    has_residence: bool,
}

impl<'a> Reader<'a> {
    pub fn new(mapping: &Mapping, facts: &'a FileFacts, areas: &'a AreaIndex, context: Context) -> Self {
        let format = mapping.format;
        let mut slots = Vec::new();
        let mut others = Vec::new();
        for (at, mapped) in mapping.columns.iter().enumerate() {
            let Some(column) = mapped.column.map(|column| &format.columns[column]) else { continue };
            let plan = Plan {
                at,
                header: Arc::clone(&mapped.header),
                field: &column.field,
                code_field: column.code_field.as_deref(),
                value: column.value,
                labels: Labels::of(format, column),
                second: column.also.as_deref().zip(Labels::of_second(format, column)),
            };
            match column.slot {
                _ if column.value == Value::Ignored => {}
                Slot::Other => others.push(plan),
                slot => slots.push((slot, plan)),
            }
        }
        others.sort_by_key(|plan| plan.field);
        let has = |slot| slots.iter().any(|(found, _)| *found == slot);
        Self {
            format,
            areas,
            facts,
            context,
            width: mapping.columns.len(),
            has_residence: has(Slot::VillageCode) || has(Slot::Village),
            slots,
            others,
        }
    }

    /// Reads one row below the header.
    pub fn read(&self, row: Row) -> RowReading {
        let class = if row.broken { RowClass::Unreadable } else { self.facts.class(row.number) };
        let mut reading = RowReading { row: row.number, class, ..RowReading::default() };
        match class {
            RowClass::Data => self.read_data(&row, &mut reading),
            _ => reading.findings.extend(self.skipped(&row, class)),
        }
        if !self.format.silent.is_empty() {
            reading.findings.retain(|finding| !self.format.silent.contains(&finding.fault));
        }
        reading.raw = row.cells.into_iter().map(Cell::into_display).collect();
        reading
    }

    fn plan(&self, slot: Slot) -> Option<&Plan> {
        self.slots.iter().find(|(found, _)| *found == slot).map(|(_, plan)| plan)
    }
}

/// An identity number as judged: cleaned, the first fault of the chain, and what a numeric cell did to it.
pub(super) struct Judged {
    pub(super) digits: String,
    pub(super) fault: Option<NumberFault>,
    pub(super) cleaned: bool,
    /// Sixteen digits that were a number once.
    pub(super) numeric: bool,
    /// The last digit may be lost: it is zero, or floats of this size cannot tell every number.
    pub(super) suspect: bool,
}

/// From here on a 64-bit float cannot hold every whole number.
const FLOATS_EXACT: u64 = 1 << 53;

pub(super) fn judge_number(cell: &Cell, read: fn(&str) -> (Written, Option<NumberFault>)) -> Judged {
    let number = matches!(cell, Cell::Number(_));
    let text: Cow<'_, str> = match cell {
        Cell::Text(text) => Cow::Borrowed(text),
        // the sign and the fraction of a number are no litter around digits
        Cell::Number(number) if *number < 0.0 || number.fract() != 0.0 => {
            let fault = Some(NumberFault::Characters);
            return Judged { digits: number.to_string(), fault, cleaned: false, numeric: false, suspect: false };
        }
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Empty | Cell::Uncached | Cell::Error(_) => Cow::Borrowed(""),
        other => Cow::Owned(other.display()),
    };
    let (written, fault) = read(&text);
    let numeric = (number || written.was_number) && written.digits.len() == 16;
    let value: u64 = if numeric { written.digits.parse().unwrap_or(0) } else { 0 };
    let suspect = numeric && (value >= FLOATS_EXACT || value.is_multiple_of(10));
    Judged { digits: written.digits, fault, cleaned: written.cleaned && !number, numeric, suspect }
}
