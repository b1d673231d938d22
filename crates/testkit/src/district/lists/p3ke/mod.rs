//! P3KE version 2 of 2023 as it was handed to the districts: a family and an individual workbook with title rows,
//! misspelt headers, UPPER CASE answers, KOSONG, Kemendagri codes, and only the families of desil 1 to 4.

mod book;
pub mod columns;
mod words;

use std::path::Path;

use chrono::Datelike;
use domain::lists::Fault;

use self::{
    book::{Book, Cell, count},
    columns::{FAMILY_COLUMNS, MEMBER_COLUMNS},
    words::{education, housing, marital_label, relation_label, stunting, work_status, yes},
};
use super::{
    cells::{At, Donor, address, residence, row_dice, strange_label},
    faults::{DateCell, DateStyle, FamilySlip, FaultRates, NumberCell, Slip, birth_date, name, number, sex},
    ledger::{Kind, Ledger},
};
use crate::district::{
    areas::areas,
    calendar::Edition,
    dice::Dice,
    people::{Family, Person, Relation, Sighting},
};

const SEXES: [&str; 2] = ["LAKI-LAKI", "PEREMPUAN"];
/// The list tells of families up to this national desil.
const LAST_DESIL: u8 = 4;

/// The two workbooks.
pub struct P3ke {
    seed: u64,
    families: Book,
    members: Book,
    donor: Option<Donor>,
}

pub const FILES: [&str; 2] = ["P3KE_2023_Keluarga_9901.xlsx", "P3KE_2023_Individu_9901.xlsx"];

impl P3ke {
    pub fn create(dir: &Path, seed: u64, ledger: &mut Ledger) -> anyhow::Result<Self> {
        let mut families = Book::create(
            dir,
            FILES[0],
            "Keluarga",
            &[
                "DATA KELUARGA PENSASARAN PERCEPATAN PENGHAPUSAN KEMISKINAN EKSTREM (P3KE)",
                "KABUPATEN CONTOH, PROVINSI CONTOH - TAHUN 2023",
                "",
            ],
            &FAMILY_COLUMNS,
        )?;
        // (1) (2) (3) under the header
        let numbers: Vec<Cell> = (1..=FAMILY_COLUMNS.len()).map(|at| Cell::Text(format!("({at})"))).collect();
        let row = families.write(&numbers)?;
        families.place.plant(ledger, Some(row), "", Fault::RowSkippedHeader, "", Kind::Planted)?;
        let members = Book::create(
            dir,
            FILES[1],
            "Individu",
            &["DATA INDIVIDU P3KE TAHUN 2023 KABUPATEN CONTOH", ""],
            &MEMBER_COLUMNS,
        )?;
        Ok(Self { seed, families, members, donor: None })
    }

    /// Writes a family of the poorest four deciles; most of them, for the list forgets some.
    pub fn family(&mut self, seen: &Sighting<'_>, rates: &FaultRates, ledger: &mut Ledger) -> anyhow::Result<()> {
        let family = seen.family;
        let mut dice = row_dice(self.seed, Edition::P3ke as u64, family);
        if family.standing[Edition::P3ke as usize].national > LAST_DESIL || dice.chance(0.02) {
            return Ok(());
        }
        let mut slip = rates.family_slip(&mut dice, true);
        let second = seen.members.iter().skip(1).position(|(person, ..)| person.age(seen.on) >= 20).map(|at| at + 1);
        if slip == FamilySlip::TwoHeads && second.is_none() {
            slip = FamilySlip::None;
        }
        let style = self.style(seen.village, rates);
        let id = format!("{}{:05}", areas().villages[family.village].code.number(), family.id % 100_000);
        let list = Listed { seen, id: &id, style, slip };
        let row =
            if slip == FamilySlip::RowDropped { None } else { Some(self.family_row(&mut dice, &list, rates, ledger)?) };
        let mut first = None;
        if slip != FamilySlip::MembersDropped {
            for at in 0..seen.members.len() {
                let (_, relation, _) = seen.members[at];
                let relation = match slip {
                    FamilySlip::TwoHeads if Some(at) == second => Relation::Head,
                    FamilySlip::NoHead if at == 0 => Relation::Other,
                    _ => relation,
                };
                first = first.or(Some(self.member_row(&mut dice, &list, at, relation, rates, ledger)?));
            }
        }
        let (column, families) = ("ID Keluarga P3KE", &self.families.place);
        match slip {
            FamilySlip::MembersDropped => {
                families.plant(ledger, row, column, Fault::FamilyMembersMissing, &id, Kind::Planted)
            }
            FamilySlip::RowDropped => {
                self.members.place.plant(ledger, first, column, Fault::MemberFamilyMissing, &id, Kind::Planted)
            }
            FamilySlip::TwoHeads => families.plant(ledger, row, column, Fault::FamilyManyHeads, &id, Kind::Planted),
            FamilySlip::NoHead => families.plant(ledger, row, column, Fault::FamilyNoHead, &id, Kind::Planted),
            _ => Ok(()),
        }
    }

    /// Each village's rows come from one hand.
    fn style(&self, village: usize, rates: &FaultRates) -> DateStyle {
        let mut dice = Dice::new(self.seed, (1 << 50) | village as u64);
        match dice.unit() {
            u if u < rates.month_first => DateStyle::MonthFirst,
            u if u < 0.22 => DateStyle::WithClock,
            u if u < 0.32 => DateStyle::Cell,
            _ => DateStyle::DayFirst,
        }
    }

    fn family_row(
        &mut self,
        dice: &mut Dice,
        list: &Listed<'_, '_>,
        rates: &FaultRates,
        ledger: &mut Ledger,
    ) -> anyhow::Result<u32> {
        let (seen, family, head) = (list.seen, list.seen.family, list.seen.head());
        let slip = match rates.slip(dice, true) {
            // these belong to rows of persons
            Slip::NikOfAnother | Slip::RowTwice | Slip::RelationEmpty | Slip::LabelUnknown => Slip::None,
            slip => slip,
        };
        let person = PersonCells::draw(dice, head, list, slip, rates, None);
        let mut findings: Vec<(usize, Fault)> = Vec::new();
        findings.extend(person.findings([13, 16, 12, 15]));
        let marital = seen.members[0].2;
        let schooling = education(head, seen.on);
        let dwelling = family.dwelling_before;
        let mut cells = list.opening(dice, &mut findings);
        cells.push(Cell::from(match &*person.nik.text {
            _ if person.nik.faults.contains(&Fault::NikEmpty) => "KELUARGA NIK KOSONG",
            _ => "NORMAL",
        }));
        cells.push(address(&family.address).into());
        cells.push(person.name.as_str().into());
        let matched = person.matched(dice);
        let born = person.born_text();
        let told = person.nik.sound;
        if person.nik.numeric {
            self.families.numbers.see(&person.nik.text);
        }
        cells.push(person.nik.clone().into());
        cells.extend([matched.into(), person.sex.into(), person.born.into()]);
        cells.extend(
            [marital_label(marital), head.occupation_on(seen.on).p3ke(), work_status(head, seen.on), schooling]
                .map(Cell::from),
        );
        cells.push(
            ["MILIK SENDIRI", "KONTRAK/SEWA", "BEBAS SEWA/MENUMPANG", "DINAS", "LAINNYA"]
                [usize::from(dwelling.tenure) - 1]
                .into(),
        );
        cells.push(if dice.chance(0.04) { "KOSONG" } else { yes(family.assets.savings) }.into());
        cells.extend(housing(dice, &dwelling).map(Cell::from));
        let aid = family.aid;
        cells.extend(
            [aid.sembako, aid.bpum, aid.bst, aid.pkh, aid.sembako, aid.prakerja, aid.kur].map(|has| yes(has).into()),
        );
        cells.push(stunting(seen, &dwelling).into());
        if list.slip == FamilySlip::LabelUnknown {
            let (column, answer) = strange_label(
                dice,
                &[("Jenis Atap", "TERPAL"), ("Jenis Lantai", "CAMPURAN"), ("Sumber Air Minum", "AIR TANGKI BANTUAN")],
            );
            if let Some(at) = FAMILY_COLUMNS.iter().position(|name| *name == column) {
                cells[at] = answer.into();
                findings.push((at, Fault::LabelUnknown));
            }
        }
        let told_findings: Vec<(usize, Fault, String)> =
            findings.into_iter().map(|(at, fault)| (at, fault, cells[at].text())).collect();
        let row = self.families.write_data(dice, rates, ledger, cells)?;
        for (at, fault, value) in told_findings {
            self.families.place.plant(ledger, Some(row), FAMILY_COLUMNS[at], fault, &value, Kind::Planted)?;
        }
        self.families.dates.see(row, &born, told);
        self.families.place.is(ledger, row, head.id, family.id)?;
        Ok(row)
    }

    fn member_row(
        &mut self,
        dice: &mut Dice,
        list: &Listed<'_, '_>,
        at: usize,
        relation: Relation,
        rates: &FaultRates,
        ledger: &mut Ledger,
    ) -> anyhow::Result<u32> {
        let (seen, family) = (list.seen, list.seen.family);
        let (person, own_relation, marital) = seen.members[at];
        let mut slip = rates.slip(dice, true);
        let donor = self.donor.as_ref().filter(|donor| slip == Slip::NikOfAnother && donor.suits(person, family.id));
        let fits = match slip {
            Slip::NikOfAnother => donor.is_some() && person.nik.is_some(),
            Slip::RowTwice => at > 0 && person.nik.is_some(),
            Slip::RelationEmpty => at > 0,
            _ => true,
        };
        // a family whose heads are wrong has nothing else wrong
        if !fits || matches!(list.slip, FamilySlip::TwoHeads | FamilySlip::NoHead) {
            slip = Slip::None;
        }
        let read = PersonCells::draw(dice, person, list, slip, rates, donor.map(|donor| donor.nik.as_str()));
        let mut findings: Vec<(usize, Fault)> = Vec::new();
        findings.extend(read.findings([14, 18, 13, 16]));
        if let (Slip::NikOfAnother, Some(donor)) = (slip, donor) {
            findings.push((18, Fault::NikBirthdateMismatch));
            if donor.sex != person.sex {
                findings.push((16, Fault::NikSexMismatch));
            }
            let (row, nik) = (donor.row, donor.nik.clone());
            self.members.place.plant(ledger, Some(row), "NIK", Fault::NikDuplicateFile, &nik, Kind::Planted)?;
        }
        let mut cells = list.opening(dice, &mut findings);
        cells.push(if slip == Slip::NikOfAnother { "NIK DUPLIKAT" } else { "NORMAL" }.into());
        cells.push(address(&family.address).into());
        cells.push(format!("{}{:02}", list.id, at + 1).into());
        cells.push(read.name.as_str().into());
        let matched = read.matched(dice);
        let (born, nik) = (read.born_text(), read.nik.clone());
        if nik.numeric {
            self.members.numbers.see(&nik.text);
        }
        cells.push(read.nik.clone().into());
        cells.extend([matched.into(), read.sex.into()]);
        cells.push(if slip == Slip::RelationEmpty {
            findings.push((17, Fault::RelationUnknown));
            "".into()
        } else {
            relation_label(relation).into()
        });
        cells.push(read.born.into());
        let occupation = if slip == Slip::LabelUnknown {
            findings.push((20, Fault::LabelUnknown));
            "JURU PARKIR"
        } else {
            person.occupation_on(seen.on).p3ke()
        };
        cells.extend(
            [marital_label(marital), occupation, work_status(person, seen.on), education(person, seen.on)]
                .map(Cell::from),
        );
        let age = 2023 - person.born.year();
        cells.push(count(age));
        cells.push(
            match age {
                ..=5 => "USIA < 5 TAHUN",
                6..=12 => "USIA 6-12 TAHUN",
                13..=15 => "USIA 13-15 TAHUN",
                16..=18 => "USIA 16-18 TAHUN",
                19..=59 => "USIA 19 - 59 TAHUN",
                _ => "USIA 60+ TAHUN",
            }
            .into(),
        );
        let aid = family.aid;
        cells.extend(
            [
                aid.sembako,
                aid.bpum && at == 0,
                aid.bst,
                aid.pkh,
                aid.sembako,
                aid.prakerja && at == 0,
                aid.kur && at == 0,
            ]
            .map(|has| yes(has).into()),
        );
        cells.push(stunting(seen, &family.dwelling_before).into());
        let told: Vec<(usize, Fault, String)> =
            findings.into_iter().map(|(at, fault)| (at, fault, cells[at].text())).collect();
        let again: Option<Vec<Cell>> = (slip == Slip::RowTwice).then(|| cells.clone());
        let row = self.members.write_data(dice, rates, ledger, cells)?;
        let mut rows = vec![row];
        if let Some(cells) = again {
            let again = self.members.write_data(dice, &FaultRates::NONE, ledger, cells)?;
            self.members.place.plant(ledger, Some(again), "NIK", Fault::RowDuplicate, &nik.text, Kind::Planted)?;
            rows.push(again);
        }
        for row in rows {
            for (at, fault, value) in &told {
                self.members.place.plant(ledger, Some(row), MEMBER_COLUMNS[*at], *fault, value, Kind::Planted)?;
            }
            self.members.dates.see(row, &born, nik.sound);
            self.members.place.is(ledger, row, person.id, family.id)?;
        }
        if slip == Slip::NikOfAnother {
            self.donor = None;
        } else if slip == Slip::None && nik.sound && own_relation != Relation::Head {
            self.donor = Some(Donor::new(nik.text, row, person, family.id));
        }
        Ok(row)
    }

    /// Rows of data in the two workbooks.
    pub fn finish(self, ledger: &mut Ledger) -> anyhow::Result<[u64; 2]> {
        Ok([
            self.families.finish("Tanggal Lahir Kepala Keluarga", "NIK Kepala Keluarga", ledger)?,
            self.members.finish("Tanggal Lahir", "NIK", ledger)?,
        ])
    }
}

/// A family on its way into the workbooks.
struct Listed<'a, 'b> {
    seen: &'a Sighting<'b>,
    id: &'a str,
    style: DateStyle,
    slip: FamilySlip,
}

impl Listed<'_, '_> {
    /// From `No` to `Persentil`, the same in both workbooks.
    fn opening(&self, dice: &mut Dice, findings: &mut Vec<(usize, Fault)>) -> Vec<Cell> {
        let family: &Family = self.seen.family;
        let standing = family.standing[Edition::P3ke as usize];
        // the same slip at the same place in both files
        let place = residence(&mut Dice::new(1, u64::from(family.id)), self.seen.village, self.slip, false);
        if let Some((fault, at)) = place.fault {
            findings.push((if at == At::Name { 6 } else { 7 }, fault));
        }
        let desil = if self.slip == FamilySlip::DesilRange {
            findings.push((8, Fault::DesilRange));
            11
        } else {
            standing.national
        };
        let updated = if dice.chance(0.12) { 2022 } else { 2023 };
        vec![
            Cell::from(""),
            count(updated),
            self.id.into(),
            place.province.into(),
            place.district.into(),
            place.subdistrict.into(),
            place.village.into(),
            place.village_code.into(),
            count(desil),
            count(standing.percentile),
        ]
    }
}

/// The cells that tell who somebody is.
struct PersonCells {
    nik: NumberCell,
    born: DateCell,
    name: String,
    sex: &'static str,
    faults: [Vec<Fault>; 3],
}

impl PersonCells {
    fn draw(
        dice: &mut Dice,
        person: &Person,
        list: &Listed<'_, '_>,
        slip: Slip,
        rates: &FaultRates,
        donor: Option<&str>,
    ) -> Self {
        // a damaged number still tells the date: only where the date tells itself is it certain what is found
        let slip = if slip == Slip::NikNumeric && person.born.day() <= 12 { Slip::None } else { slip };
        let nik = number(dice, person.nik.as_ref(), slip, true, donor);
        let (born, dates) = birth_date(dice, person.born, slip, list.style, nik.sound);
        let spelt = if dice.chance(rates.other_spelling) { &person.other_name } else { &person.name };
        let (name, names) = name(&spelt.to_uppercase(), slip);
        let (sex, sexes) = sex(person.sex, slip, SEXES, nik.sound);
        Self { nik, born, name, sex, faults: [dates, names, sexes] }
    }

    /// What is to be found, at the columns of number, date, name and sex.
    fn findings(&self, columns: [usize; 4]) -> Vec<(usize, Fault)> {
        let [dates, names, sexes] = &self.faults;
        [(&self.nik.faults, columns[0]), (dates, columns[1]), (names, columns[2]), (sexes, columns[3])]
            .into_iter()
            .flat_map(|(faults, column)| faults.iter().map(move |fault| (column, *fault)))
            .collect()
    }

    fn matched(&self, dice: &mut Dice) -> &'static str {
        if self.nik.faults.contains(&Fault::NikEmpty) {
            "KOSONG"
        } else if !self.nik.sound || dice.chance(0.03) {
            "TIDAK PADAN"
        } else {
            "PADAN"
        }
    }

    fn born_text(&self) -> String {
        if let DateCell::Text(text) = &self.born { text.clone() } else { String::new() }
    }
}
