//! Where a row's family lives.

use std::{borrow::Cow, sync::Arc};

use super::{Reader, RowReading, cells};
use crate::lists::{
    Cell, Fault, Finding, Row,
    areas::{Place, digits, whole_codes},
    format::Slot,
    labels::is_empty_word,
};

impl Reader<'_> {
    pub(super) fn read_residence(&self, row: &Row, reading: &mut RowReading) {
        if !self.has_residence {
            return;
        }
        let shown = |slot| -> Cow<'_, str> {
            match self.plan(slot).map(|plan| row.cell(plan.at)) {
                Some(Cell::Text(text)) if is_empty_word(text) => Cow::Borrowed(""),
                Some(Cell::Text(text)) => Cow::Borrowed(text),
                None | Some(Cell::Empty | Cell::Uncached | Cell::Error(_)) => Cow::Borrowed(""),
                Some(other) => Cow::Owned(other.display()),
            }
        };
        let [district, subdistrict, village] = [Slot::District, Slot::Subdistrict, Slot::Village].map(shown);
        let [province_code, mut district_code, mut subdistrict_code, mut village_code] =
            [Slot::ProvinceCode, Slot::DistrictCode, Slot::SubdistrictCode, Slot::VillageCode].map(shown);
        if !province_code.is_empty() && (1..=4).contains(&digits(&village_code).len()) {
            let parts = [&*province_code, &*district_code, &*subdistrict_code, &*village_code];
            let [_, district, subdistrict, village] = whole_codes(parts, self.format.coding);
            (district_code, subdistrict_code, village_code) = (district.into(), subdistrict.into(), village.into());
        }
        let place = Place {
            village_code: &village_code,
            subdistrict_code: &subdistrict_code,
            district_code: &district_code,
            district: &district,
            subdistrict: &subdistrict,
            village: &village,
        };
        let found = self.areas.resolve(&place, self.format.coding, self.format.has_area_codes());
        let fields = &mut reading.fields;
        fields.village = found.village;
        fields.subdistrict_name = self.plan(Slot::Subdistrict).and_then(|plan| cells::text(row.cell(plan.at)));
        fields.village_name = self.plan(Slot::Village).and_then(|plan| cells::text(row.cell(plan.at)));
        let Some(fault) = found.fault else { return };
        // it stands where the value stands that decided: the code when there is one, else the name
        let by_name = matches!(fault, Fault::AreaByName | Fault::AreaAmbiguous) || village_code.is_empty();
        let plan = match (self.plan(Slot::VillageCode), self.plan(Slot::Village)) {
            (Some(_), Some(name)) if by_name => Some(name),
            (code, name) => code.or(name),
        };
        let Some(plan) = plan else { return };
        let value = match fault {
            Fault::AreaNameConflict => format!("{village_code}: {subdistrict}, {village}"),
            _ if by_name && !subdistrict.is_empty() => format!("{subdistrict}, {village}"),
            _ => row.cell(plan.at).display(),
        };
        let mut finding = Finding::new(Some(row.number), Some(Arc::clone(&plan.header)), fault, value);
        finding.reading = found.village.map(|village| village.to_string());
        finding.suggestion = found.other.map(|village| village.to_string());
        reading.findings.push(finding);
    }
}
