//! What the writers of both lists share: rows by column name, labels of the code lists, place cells, the watch on dates.

use std::{collections::HashMap, fmt::Display, sync::LazyLock};

use chrono::{Datelike, NaiveDate};
use domain::{Sex, codes, lists::Fault, name::name_key};

use super::{
    faults::{FamilySlip, unknown_village},
    ledger::{Kind, Ledger, Place},
};
use crate::district::{
    areas::{DISTRICT, NEIGHBOURS, PROVINCE, STRAY_VILLAGES, areas},
    dice::Dice,
    people::{Address, Family, FamilyId, Person},
};

/// The labels of the lists by list and code, looked up so often that they are kept at hand.
static LABELS: LazyLock<HashMap<&'static str, HashMap<&'static str, &'static str>>> = LazyLock::new(|| {
    let labels = |list: &'static codes::CodeList| {
        list.codes.iter().map(|code| (code.id.as_str(), code.label_id.as_str())).collect()
    };
    codes::lists().map(|list| (list.id.as_str(), labels(list))).collect()
});

/// The Indonesian label of a code, as the lists print it.
pub fn label(list: &str, code: impl Display) -> String {
    label_of(list, Some(code))
}

/// The label, or nothing.
pub fn label_of(list: &str, code: Option<impl Display>) -> String {
    let Some(code) = code.map(|code| code.to_string()) else { return String::new() };
    LABELS.get(list).and_then(|labels| labels.get(code.as_str())).map_or(code, |label| (*label).to_owned())
}

pub fn yes(holds: bool) -> &'static str {
    if holds { "Ya" } else { "Tidak" }
}

pub fn address(address: &Address) -> String {
    format!("DUSUN {} RT {:03} RW {:03}", address.hamlet.to_uppercase(), address.rt, address.rw)
}

/// The area cells of a row, upper case as in the lists.
#[derive(Clone, Debug)]
pub struct Residence {
    pub province: String,
    pub district: String,
    pub subdistrict: String,
    pub village: String,
    /// Digits without dots, in the coding asked for.
    pub province_code: String,
    pub district_code: String,
    pub subdistrict_code: String,
    pub village_code: String,
    /// What is to be found, and whether at the name or at the code.
    pub fault: Option<(Fault, At)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Name,
    Code,
}

/// Where a family lives, as the slip leaves it.
pub fn residence(dice: &mut Dice, village: usize, slip: FamilySlip, bps: bool) -> Residence {
    let home = &areas().villages[village];
    let subdistrict = &areas().subdistricts[home.subdistrict];
    let kemendagri = home.code.number().to_string();
    let mut residence = Residence {
        province: PROVINCE.to_uppercase(),
        district: DISTRICT.to_uppercase(),
        subdistrict: subdistrict.name.to_uppercase(),
        village: home.name.to_uppercase(),
        province_code: "99".to_owned(),
        district_code: "9901".to_owned(),
        subdistrict_code: if bps { subdistrict.bps.clone() } else { kemendagri[..6].to_owned() },
        village_code: if bps { home.bps.clone() } else { kemendagri.clone() },
        fault: None,
    };
    match slip {
        FamilySlip::NoCode => {
            residence.village_code.clear();
            let prefix = *dice.pick(&["", "DESA ", "DS. ", ""]);
            residence.village = format!("{prefix}{}", residence.village);
            residence.fault = Some((Fault::AreaByName, At::Name));
        }
        FamilySlip::OtherName => {
            let neighbours: Vec<_> =
                areas().villages_of(home.subdistrict).filter(|other| other.index != village).collect();
            residence.village = dice.pick(&neighbours).name.to_uppercase();
            residence.fault = Some((Fault::AreaNameConflict, At::Code));
        }
        FamilySlip::UnknownVillage => {
            residence.village_code.clear();
            residence.village = unknown_village(dice, &residence.village);
            residence.fault = Some((Fault::AreaUnknown, At::Name));
        }
        FamilySlip::OtherCoding => {
            residence.village_code = if bps { kemendagri } else { home.bps.clone() };
            residence.fault = Some((Fault::AreaCodingGuessed, At::Code));
        }
        FamilySlip::Stray => {
            let (kecamatan, name, code, bps_code) = *dice.pick(&STRAY_VILLAGES);
            residence.district = NEIGHBOURS[0].name.to_uppercase();
            residence.subdistrict = kecamatan.to_uppercase();
            residence.village = name.to_uppercase();
            "9902".clone_into(&mut residence.district_code);
            let digits = if bps { bps_code.to_owned() } else { code.replace('.', "") };
            residence.subdistrict_code = digits[..if bps { 7 } else { 6 }].to_owned();
            residence.village_code = digits;
            residence.fault = Some((Fault::AreaOutsideDistrict, At::Code));
        }
        _ => {}
    }
    residence
}

/// An answer that no code list has, for one of these columns.
pub fn strange_label(dice: &mut Dice, answers: &[(&'static str, &'static str)]) -> (&'static str, &'static str) {
    *dice.pick(answers)
}

/// A row already written whose number somebody else may be given.
pub struct Donor {
    pub nik: String,
    pub row: u32,
    pub name: String,
    pub sex: Sex,
    pub born: NaiveDate,
    pub family: FamilyId,
}

impl Donor {
    pub fn new(nik: String, row: u32, person: &Person, family: FamilyId) -> Self {
        Self { nik, row, name: person.name.clone(), sex: person.sex, born: person.born, family }
    }

    /// Nobody could take the two for one person, and the receiver's date tells itself.
    pub fn suits(&self, person: &Person, family: FamilyId) -> bool {
        self.family != family
            && self.born != person.born
            && person.born.day() > 12
            && name_key(&self.name) != name_key(&person.name)
    }
}

/// The stream of chance for a family's rows in one list.
pub fn row_dice(seed: u64, list: u64, family: &Family) -> Dice {
    Dice::new(seed, ((list + 2) << 40) | u64::from(family.id))
}

/// Whether day and month can be told apart in a column: only when all its dates show one order.
#[derive(Default)]
pub struct DateWatch {
    day_first: bool,
    month_first: bool,
    /// Dates of either order whose row has no number to tell by.
    undecided: Vec<(u32, String)>,
}

impl DateWatch {
    /// `told`: the row's NIK tells the date.
    pub fn see(&mut self, row: u32, text: &str, told: bool) {
        let mut parts = text.split(['/', ' ']).map(str::parse::<u32>);
        let (Some(Ok(first)), Some(Ok(second)), Some(Ok(_))) = (parts.next(), parts.next(), parts.next()) else {
            return;
        };
        self.day_first |= first > 12;
        self.month_first |= second > 12;
        if !told && first <= 12 && second <= 12 && first != second && first > 0 {
            self.undecided.push((row, text.to_owned()));
        }
    }

    pub fn settle(self, place: &Place, column: &str, ledger: &mut Ledger) -> anyhow::Result<()> {
        if self.day_first && self.month_first {
            for (row, text) in self.undecided {
                place.plant(ledger, Some(row), column, Fault::BirthdateAmbiguous, &text, Kind::Planted)?;
            }
        }
        Ok(())
    }
}

/// The number cells of a column that should hold text.
#[derive(Default)]
pub struct NumberWatch {
    cells: u32,
    ending_in_zero: u32,
}

impl NumberWatch {
    pub fn see(&mut self, number: &str) {
        self.cells += 1;
        self.ending_in_zero += u32::from(number.ends_with('0'));
    }

    pub fn settle(&self, place: &Place, column: &str, ledger: &mut Ledger) -> anyhow::Result<()> {
        if self.cells >= 50 && f64::from(self.ending_in_zero) > 0.15 * f64::from(self.cells) {
            place.plant(ledger, None, column, Fault::FileNikColumnDamaged, "", Kind::Planted)?;
        }
        Ok(())
    }
}
