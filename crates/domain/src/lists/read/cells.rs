//! The cells of a row of data that are not about who or where: ranks, answers, counts, text; and rows that are no data.

use std::{borrow::Cow, sync::Arc};

use super::{Plan, Reader, RowClass, RowReading, Values, people::second_identity};
use crate::lists::{
    Cell, Fault, Finding, Row,
    cell::is_blank_char,
    format::{Slot, Source, Value},
    labels::is_empty_word,
    numbers::{self, Position},
};

impl Reader<'_> {
    /// What is said about a row that is no data. Blank rows below the last data are the end of the file.
    pub(super) fn skipped(&self, row: &Row, class: RowClass) -> Option<Finding> {
        let fault = match class {
            RowClass::Data => return None,
            RowClass::Blank if row.number > self.facts.last_data_row => return None,
            RowClass::Blank => Fault::RowSkippedBlank,
            RowClass::RepeatedHeader | RowClass::ColumnNumbers => Fault::RowSkippedHeader,
            RowClass::Total => Fault::RowSkippedTotal,
            RowClass::Unreadable => Fault::RowUnreadable,
        };
        let first = row.cells.iter().find(|cell| !cell.is_blank()).map(Cell::display).unwrap_or_default();
        Some(Finding::new(Some(row.number), None, fault, first))
    }

    pub(super) fn read_data(&self, row: &Row, reading: &mut RowReading) {
        self.check_shape(row, reading);
        self.read_identity(row, reading);
        self.read_residence(row, reading);
        for (slot, plan) in &self.slots {
            let cell = row.cell(plan.at);
            let fields = &mut reading.fields;
            match slot {
                Slot::DesilNational => fields.desil_national = rank(cell, 10, plan, row, &mut reading.findings),
                Slot::DesilProvince => fields.desil_province = rank(cell, 10, plan, row, &mut reading.findings),
                Slot::DesilDistrict => fields.desil_district = rank(cell, 10, plan, row, &mut reading.findings),
                Slot::Percentile => fields.percentile = rank(cell, 100, plan, row, &mut reading.findings),
                Slot::Members => {
                    let found = number(cell, plan, row, &mut reading.findings, numbers::count);
                    fields.members = found.and_then(|found| i32::try_from(found).ok());
                }
                Slot::Address => fields.address = text(cell),
                Slot::Hamlet => fields.hamlet = text(cell),
                Slot::Rt => fields.rt = text(cell),
                Slot::Rw => fields.rw = text(cell),
                Slot::ListFamilyId => fields.list_family_id = text(cell),
                Slot::ListPersonId => fields.list_person_id = text(cell),
                Slot::Phone => {
                    if let Some(given) = text(cell) {
                        fields.phone = numbers::phone(&given);
                        if fields.phone.is_none() {
                            reading.findings.push(plan.finding(row, Fault::PhoneUnreadable));
                        }
                    }
                }
                _ => {}
            }
        }
        self.read_position(row, reading);
        reading.fields.values = self.read_values(row, &mut reading.findings);
    }

    fn check_shape(&self, row: &Row, reading: &mut RowReading) {
        let cells = row.cells.len();
        let more = row.cells.get(self.width..).unwrap_or_default();
        let ragged =
            if self.context.delimited { cells != self.width } else { more.iter().any(|cell| !cell.is_blank()) };
        if ragged {
            let finding = Finding::new(Some(row.number), None, Fault::RowRagged, cells.to_string());
            reading.findings.push(finding.reading(self.width.to_string()));
        }
        if row.cells.contains(&Cell::Uncached) {
            for plan in self.slots.iter().map(|(_, plan)| plan).chain(&self.others) {
                if *row.cell(plan.at) == Cell::Uncached {
                    reading.findings.push(plan.finding(row, Fault::CellFormulaUncached));
                }
            }
        }
    }

    fn read_position(&self, row: &Row, reading: &mut RowReading) {
        let (Some(latitude), Some(longitude)) = (self.plan(Slot::Latitude), self.plan(Slot::Longitude)) else { return };
        let mut degrees = |plan: &Plan| number(row.cell(plan.at), plan, row, &mut reading.findings, numbers::degrees);
        let (north, east) = match (degrees(latitude), degrees(longitude)) {
            (Some(north), Some(east)) => (north, east),
            (Some(north), None) if !numbers::is_latitude(north) => {
                reading.findings.push(latitude.finding(row, Fault::CoordinateOutside));
                return;
            }
            (None, Some(east)) if !numbers::is_longitude(east) => {
                reading.findings.push(longitude.finding(row, Fault::CoordinateOutside));
                return;
            }
            _ => return,
        };
        match numbers::position(north, east) {
            Position::Inside(north, east) => {
                (reading.fields.latitude, reading.fields.longitude) = (Some(north), Some(east));
            }
            Position::Swapped(north, east) => {
                (reading.fields.latitude, reading.fields.longitude) = (Some(north), Some(east));
                let finding = latitude.finding(row, Fault::CoordinateSwapped).reading(format!("{north} {east}"));
                reading.findings.push(finding);
            }
            Position::Outside => reading.findings.push(latitude.finding(row, Fault::CoordinateOutside)),
        }
    }

    fn read_values(&self, row: &Row, findings: &mut Vec<Finding>) -> Values {
        let mut values: Vec<(&'static str, Cow<'static, str>)> = Vec::with_capacity(self.others.len() + 4);
        let mut approximate = String::new();
        for plan in &self.others {
            let cell = row.cell(plan.at);
            match plan.value {
                Value::Code | Value::YesNo => {
                    let Some(meaning) = answer(cell, plan, row, findings) else { continue };
                    values.push((plan.field, Cow::Borrowed(meaning.value)));
                    if let (Some((field, labels)), Cell::Text(text)) = (&plan.second, cell)
                        && let Some(second) = labels.meaning(text)
                    {
                        values.push((field, Cow::Borrowed(second.value)));
                    }
                    if let (Some(field), Some(code)) = (plan.code_field, meaning.code) {
                        values.push((field, Cow::Borrowed(code)));
                    }
                    if meaning.approximate {
                        if !approximate.is_empty() {
                            approximate.push(' ');
                        }
                        approximate.push_str(plan.field);
                    }
                }
                Value::Count => values.extend(
                    number(cell, plan, row, findings, numbers::count)
                        .map(|found| (plan.field, found.to_string().into())),
                ),
                Value::Measure => values.extend(
                    number(cell, plan, row, findings, numbers::measure)
                        .map(|found| (plan.field, found.to_string().into())),
                ),
                Value::Money => values.extend(
                    number(cell, plan, row, findings, numbers::money)
                        .map(|found| (plan.field, found.0.to_string().into())),
                ),
                Value::Identity => {
                    values.extend(second_identity(plan, row, findings).map(|nik| (plan.field, nik.into())));
                }
                Value::Text | Value::Ignored => values.extend(text(cell).map(|found| (plan.field, found.into()))),
            }
        }
        if !approximate.is_empty() {
            values.push(("approximate", approximate.into()));
        }
        if self.format.source == Source::Dtsen
            && let Some(reached) = education(&values)
        {
            values.push(("education", Cow::Borrowed(reached)));
        }
        // nearly in order already: the columns are
        values.sort_by_key(|(field, _)| *field);
        Values(values)
    }
}

impl Plan {
    /// A finding about the row's cell in this column.
    pub(super) fn finding(&self, row: &Row, fault: Fault) -> Finding {
        Finding::new(Some(row.number), Some(Arc::clone(&self.header)), fault, row.cell(self.at).display())
    }
}

/// Text without the blanks around it; `None` for words that mean nothing was given. Numbers lose a trailing `.0`.
pub(super) fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => {
            let text = text.trim_matches(is_blank_char);
            if is_empty_word(text) {
                return None;
            }
            let text = text.strip_prefix('\'').unwrap_or(text);
            let number = text.strip_suffix(".0").filter(|head| head.bytes().all(|byte| byte.is_ascii_digit()));
            Some(number.unwrap_or(text).to_owned())
        }
        Cell::Empty | Cell::Uncached | Cell::Error(_) => None,
        other => Some(other.display()),
    }
}

fn is_given(cell: &Cell) -> bool {
    match cell {
        Cell::Empty | Cell::Uncached | Cell::Error(_) => false,
        Cell::Text(text) => !is_empty_word(text),
        _ => true,
    }
}

/// A desil or percentile. Nothing given is no finding; a zero is out of range.
fn rank(cell: &Cell, last: i16, plan: &Plan, row: &Row, findings: &mut Vec<Finding>) -> Option<i16> {
    let rank = numbers::rank(cell, last);
    let zero = matches!(cell, Cell::Text(text) if text.trim_matches(is_blank_char) == "0");
    if rank.is_none() && (is_given(cell) || zero) {
        let fault = if last == 10 { Fault::DesilRange } else { Fault::PersentilRange };
        findings.push(plan.finding(row, fault));
    }
    rank
}

/// A number of any kind. A zero is a number here, other words for nothing are nothing.
fn number<T>(
    cell: &Cell,
    plan: &Plan,
    row: &Row,
    findings: &mut Vec<Finding>,
    read: impl Fn(&Cell) -> Option<T>,
) -> Option<T> {
    let number = read(cell);
    if number.is_none() && is_given(cell) {
        findings.push(plan.finding(row, Fault::NumberUnreadable));
    }
    number
}

/// An answer of a list. Looked up before words for nothing, because "tidak ada" is an answer to some questions.
pub(super) fn answer(
    cell: &Cell,
    plan: &Plan,
    row: &Row,
    findings: &mut Vec<Finding>,
) -> Option<crate::lists::labels::Meaning> {
    let shown: Cow<'_, str> = match cell {
        Cell::Text(text) => Cow::Borrowed(text),
        Cell::Empty | Cell::Uncached | Cell::Error(_) => return None,
        other => Cow::Owned(other.display()),
    };
    let meaning = plan.labels.meaning(&shown);
    match meaning {
        Some(meaning) if meaning.synonym => {
            findings.push(plan.finding(row, Fault::LabelSynonym).reading(meaning.value));
        }
        None if !is_empty_word(&shown) => findings.push(plan.finding(row, Fault::LabelUnknown)),
        _ => {}
    }
    meaning
}

/// The education reached, from diploma and school attendance, which DTSEN asks apart.
fn education(values: &[(&'static str, Cow<'static, str>)]) -> Option<&'static str> {
    let get = |field: &str| values.iter().find(|(name, _)| *name == field).map(|(_, value)| &**value);
    match get("diploma")?.parse().ok()? {
        1..=5 => Some("PRIMARY"),
        6..=10 => Some("LOWER_SEC"),
        11..=17 => Some("UPPER_SEC"),
        18..=22 => Some("TERTIARY"),
        23 if get("school_participation") == Some("1") => Some("NONE"),
        23 => Some("PRIMARY_NOT_DONE"),
        _ => None,
    }
}
