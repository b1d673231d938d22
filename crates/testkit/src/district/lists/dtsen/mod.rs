//! DTSEN as a district receives it: 52 family and 48 member columns in two CSV files, BPS codes, BPS labels.
//!
//! The earlier quarter comes with commas in UTF-8 behind a byte-order mark, the later one with semicolons in
//! Windows-1252 and dates the Indonesian way.

mod answers;
pub mod columns;

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use anyhow::Context;
use domain::lists::Fault;

use self::{
    answers::{answers, card_address, card_education, housing},
    columns::{FAMILY_COLUMNS, MEMBER_COLUMNS},
};
use super::{
    cells::{At, DateWatch, Donor, NumberWatch, address, label, residence, row_dice, strange_label, yes},
    faults::{DateCell, DateStyle, FamilySlip, FaultRates, Slip, birth_date, card, name, number, sex},
    ledger::{Kind, Ledger, Place},
};
use crate::district::{
    calendar::{Calendar, Edition},
    dice::Dice,
    people::{Person, Relation, Sighting},
};

const FAMILY_KK: &str = "nomor_kartu_keluarga";
const MEMBER_NIK: &str = "nomor_induk_kependudukan";
const BIRTH_DATE: &str = "tanggal_lahir";

/// One CSV file being written.
struct Csv {
    place: Place,
    columns: &'static [&'static str],
    out: csv::Writer<BufWriter<File>>,
    /// Windows-1252 instead of UTF-8.
    windows: bool,
    beyond_ascii: bool,
    /// The last line written, as a spreadsheet counts.
    row: u32,
    /// Rows of data so far.
    data: u64,
}

impl Csv {
    fn create(dir: &Path, file: String, columns: &'static [&'static str], later: bool) -> anyhow::Result<Self> {
        let path = dir.join(&file);
        let mut buffer =
            BufWriter::new(File::create(&path).with_context(|| format!("cannot write {}", path.display()))?);
        if !later {
            buffer.write_all("\u{feff}".as_bytes())?;
        }
        let mut out = csv::WriterBuilder::new()
            .delimiter(if later { b';' } else { b',' })
            .terminator(if later { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .flexible(true)
            .from_writer(buffer);
        out.write_record(columns)?;
        let place = Place { file, sheet: "" };
        Ok(Self { place, columns, out, windows: later, beyond_ascii: false, row: 1, data: 0 })
    }

    /// Writes a row and tells its number.
    fn write(&mut self, cells: &[String]) -> anyhow::Result<u32> {
        if self.windows {
            for cell in cells {
                self.beyond_ascii |= !cell.is_ascii();
                self.out.write_field(windows_1252(cell))?;
            }
            self.out.write_record(None::<&[u8]>)?;
        } else {
            self.out.write_record(cells)?;
        }
        self.row += 1;
        Ok(self.row)
    }

    /// Now and then what is no data stands before a row, or the row runs over.
    fn write_among_faults(
        &mut self,
        dice: &mut Dice,
        rates: &FaultRates,
        ledger: &mut Ledger,
        mut cells: Vec<String>,
    ) -> anyhow::Result<u32> {
        if self.data > 0 && dice.chance(rates.row_blank) {
            let blank = vec![String::new(); self.columns.len()];
            let row = self.write(&blank)?;
            self.place.plant(ledger, Some(row), "", Fault::RowSkippedBlank, "", Kind::Planted)?;
        }
        if self.data > 0 && dice.chance(rates.row_header_again) {
            let header: Vec<String> = self.columns.iter().map(|&column| column.to_owned()).collect();
            let row = self.write(&header)?;
            self.place.plant(ledger, Some(row), "", Fault::RowSkippedHeader, "", Kind::Planted)?;
        }
        if dice.chance(rates.row_ragged) {
            cells.push("ok".to_owned());
            self.place.plant(ledger, Some(self.row + 1), "", Fault::RowRagged, "", Kind::Planted)?;
        }
        self.data += 1;
        self.write(&cells)
    }

    fn finish(mut self, ledger: &mut Ledger) -> anyhow::Result<u64> {
        self.out.flush()?;
        if !self.windows || self.beyond_ascii {
            self.place.plant(ledger, None, "", Fault::FileEncoding, "", Kind::Planted)?;
        }
        if self.windows {
            self.place.plant(ledger, None, "", Fault::FileDelimiter, ";", Kind::Planted)?;
        }
        Ok(self.data)
    }
}

/// The characters the lists use, in Windows-1252.
fn windows_1252(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '\u{2019}' => 0x92,
            c if u32::from(c) < 0x80 || (0xa0..0x100).contains(&u32::from(c)) => u32::from(c) as u8,
            _ => b'?',
        })
        .collect()
}

/// The two files of one quarter.
pub struct Dtsen {
    edition: Edition,
    later: bool,
    seed: u64,
    families: Csv,
    members: Csv,
    donor: Option<Donor>,
    dates: DateWatch,
    nik_numbers: NumberWatch,
    kk_numbers: [NumberWatch; 2],
}

impl Dtsen {
    pub fn create(dir: &Path, calendar: Calendar, edition: Edition, seed: u64) -> anyhow::Result<Self> {
        let later = edition == Edition::Current;
        let (year, quarter) = calendar.quarter(edition);
        let file = |what: &str| format!("dtsen_{what}_{year}T{quarter}.csv");
        Ok(Self {
            edition,
            later,
            seed,
            families: Csv::create(dir, file("keluarga"), &FAMILY_COLUMNS, later)?,
            members: Csv::create(dir, file("anggota"), &MEMBER_COLUMNS, later)?,
            donor: None,
            dates: DateWatch::default(),
            nik_numbers: NumberWatch::default(),
            kk_numbers: Default::default(),
        })
    }

    /// Writes a family and its members.
    pub fn family(&mut self, seen: &Sighting<'_>, rates: &FaultRates, ledger: &mut Ledger) -> anyhow::Result<()> {
        let mut dice = row_dice(self.seed, self.edition as u64, seen.family);
        let mut slip = rates.family_slip(&mut dice, false);
        let second = seen.members.iter().skip(1).position(|(person, ..)| person.age(seen.on) >= 20).map(|at| at + 1);
        if slip == FamilySlip::TwoHeads && second.is_none() {
            slip = FamilySlip::None;
        }
        let family_row = if slip == FamilySlip::RowDropped {
            None
        } else {
            Some(self.family_row(&mut dice, seen, slip, rates, ledger)?)
        };
        let mut first_member = None;
        if slip != FamilySlip::MembersDropped {
            for at in 0..seen.members.len() {
                let (_, relation, _) = seen.members[at];
                let relation = match slip {
                    FamilySlip::TwoHeads if Some(at) == second => Relation::Head,
                    FamilySlip::NoHead if at == 0 => Relation::Other,
                    _ => relation,
                };
                let steady = matches!(slip, FamilySlip::TwoHeads | FamilySlip::NoHead);
                let row = self.member_row(&mut dice, seen, at, relation, steady, rates, ledger)?;
                first_member = first_member.or(Some(row));
            }
        }
        let card = seen.card.as_str();
        let families = &self.families.place;
        let (family, member) = (family_row, first_member);
        match slip {
            FamilySlip::KkMissing => {
                families.plant(ledger, family, FAMILY_KK, Fault::FamilyMembersMissing, "", Kind::Follows)?;
                self.members.place.plant(ledger, member, FAMILY_KK, Fault::MemberFamilyMissing, card, Kind::Follows)?;
            }
            FamilySlip::MembersDropped => {
                families.plant(ledger, family, FAMILY_KK, Fault::FamilyMembersMissing, card, Kind::Planted)?;
            }
            FamilySlip::RowDropped => {
                self.members.place.plant(ledger, member, FAMILY_KK, Fault::MemberFamilyMissing, card, Kind::Planted)?;
            }
            FamilySlip::TwoHeads => {
                families.plant(ledger, family, FAMILY_KK, Fault::KkManyHeads, card, Kind::Planted)?;
            }
            FamilySlip::NoHead => {
                families.plant(ledger, family, FAMILY_KK, Fault::FamilyNoHead, card, Kind::Planted)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn family_row(
        &mut self,
        dice: &mut Dice,
        seen: &Sighting<'_>,
        slip: FamilySlip,
        rates: &FaultRates,
        ledger: &mut Ledger,
    ) -> anyhow::Result<u32> {
        let family = seen.family;
        let standing = family.standing[self.edition as usize];
        let place = residence(dice, seen.village, slip, true);
        let (kk, kk_faults) = if slip == FamilySlip::KkMissing {
            (String::new(), [Fault::KkEmpty].as_slice())
        } else {
            card(dice, seen.card.as_str(), rates.kk_tail)
        };
        let mut findings: Vec<(&str, Fault)> = Vec::new();
        if kk.ends_with(".0") {
            self.kk_numbers[0].see(seen.card.as_str());
        }
        findings.extend(kk_faults.iter().map(|fault| (FAMILY_KK, *fault)));
        if let Some((fault, at)) = place.fault {
            findings.push((if at == At::Name { "kelurahan_desa" } else { "kode_kelurahan_desa" }, fault));
        }
        let (head, typographic) = self.list_name(dice, seen.head(), rates);
        if typographic {
            findings.push(("nama_anggota_keluarga", Fault::NameCleaned));
        }
        let premium = seen.members.iter().any(|(p, ..)| p.premium_paid);
        let premium_by_district = seen.members.iter().any(|(p, ..)| p.premium_paid_by_district);
        let dwelling = family.dwelling;
        let meter = (dwelling.light == 1).then(|| format!("5299{:08}", u64::from(family.id) * 7_919 % 100_000_000));
        let mut cells = vec![
            place.province_code,
            place.province,
            place.district_code,
            place.district,
            place.subdistrict_code,
            place.subdistrict,
            place.village_code,
            place.village,
            address(&family.address),
            kk,
            seen.members.len().to_string(),
            head,
            standing.national.to_string(),
            self.premium(premium),
            self.premium(premium_by_district),
            meter.unwrap_or_default(),
        ];
        cells.extend(housing(&dwelling));
        let assets = &family.assets;
        let any = assets.movable.iter().any(|has| *has) || assets.other_land || assets.other_house;
        cells.push(yes(any).to_owned());
        cells.extend(assets.movable.iter().map(|has| yes(*has).to_owned()));
        cells.push(yes(assets.other_land).to_owned());
        cells.push(yes(assets.other_house).to_owned());
        cells.extend(assets.livestock.iter().map(u16::to_string));
        cells.push(standing.province.to_string());
        cells.push(standing.district.to_string());
        let mut set = |column: &'static str, value: &str, fault: Fault| {
            if let Some(at) = FAMILY_COLUMNS.iter().position(|name| *name == column) {
                value.clone_into(&mut cells[at]);
                findings.push((column, fault));
            }
        };
        match slip {
            FamilySlip::DesilRange => {
                let outside = *dice.pick(&["0", "11", "14"]);
                set("desil_nasional", outside, Fault::DesilRange);
            }
            FamilySlip::NumberUnreadable => {
                let words = *dice.pick(&["3x12", "6 x 6 m", "kecil"]);
                set("luas_lantai", words, Fault::NumberUnreadable);
            }
            FamilySlip::LabelUnknown => {
                let (column, answer) = strange_label(
                    dice,
                    &[
                        ("jenis_lantai_terluas", "Campuran"),
                        ("jenis_atap_terluas", "Terpal"),
                        ("jenis_dinding_terluas", "Terpal/spanduk"),
                        ("sumber_air_minum_utama", "Air tangki bantuan"),
                    ],
                );
                set(column, answer, Fault::LabelUnknown);
            }
            _ => {}
        }
        let told: Vec<(&str, Fault, String)> = findings
            .iter()
            .map(|(column, fault)| (*column, *fault, cell_of(&FAMILY_COLUMNS, &cells, column)))
            .collect();
        let row = self.families.write_among_faults(dice, rates, ledger, cells)?;
        for (column, fault, value) in told {
            self.families.place.plant(ledger, Some(row), column, fault, &value, Kind::Planted)?;
        }
        self.families.place.is(ledger, row, seen.head().id, family.id)?;
        Ok(row)
    }

    #[expect(clippy::too_many_arguments, reason = "a row needs its family, its place in it and where to record")]
    fn member_row(
        &mut self,
        dice: &mut Dice,
        seen: &Sighting<'_>,
        at: usize,
        relation: Relation,
        steady: bool,
        rates: &FaultRates,
        ledger: &mut Ledger,
    ) -> anyhow::Result<u32> {
        let (person, own_relation, marital) = seen.members[at];
        let mut slip = rates.slip(dice, false);
        let donor =
            self.donor.as_ref().filter(|donor| slip == Slip::NikOfAnother && donor.suits(person, seen.family.id));
        let fits = match slip {
            Slip::NikOfAnother => donor.is_some() && person.nik.is_some(),
            Slip::RowTwice => at > 0 && person.nik.is_some(),
            Slip::RelationEmpty => at > 0,
            _ => true,
        };
        if steady || !fits {
            slip = Slip::None;
        }
        let nik = number(dice, person.nik.as_ref(), slip, false, donor.map(|donor| donor.nik.as_str()));
        let style = if self.later { DateStyle::DayFirst } else { DateStyle::Iso };
        let (born, date_faults) = birth_date(dice, person.born, slip, style, nik.sound);
        let born = match born {
            DateCell::Text(text) => text,
            DateCell::Serial(serial) => serial.to_string(),
            DateCell::Date(date) => date.to_string(),
        };
        let (listed, typographic) = self.list_name(dice, person, rates);
        let (listed, name_faults) = name(&listed, slip);
        let (sex_label, sex_faults) = sex(person.sex, slip, ["Laki-laki", "Perempuan"], nik.sound);
        let (kk, kk_faults) = card(dice, seen.card.as_str(), rates.kk_tail);
        if kk.ends_with(".0") {
            self.kk_numbers[1].see(seen.card.as_str());
        }
        if nik.text.ends_with(".0") {
            self.nik_numbers.see(nik.text.trim_end_matches(".0"));
        }
        let mut findings: Vec<(&str, Fault)> = Vec::new();
        findings.extend(nik.faults.iter().map(|fault| (MEMBER_NIK, *fault)));
        findings.extend(kk_faults.iter().map(|fault| (FAMILY_KK, *fault)));
        findings.extend(date_faults.iter().map(|fault| (BIRTH_DATE, *fault)));
        findings.extend(name_faults.iter().map(|fault| ("nama", *fault)));
        findings.extend(sex_faults.iter().map(|fault| ("jenis_kelamin", *fault)));
        if typographic && slip != Slip::NameMissing && slip != Slip::NameBlanks {
            findings.push(("nama", Fault::NameCleaned));
        }
        if let (Slip::NikOfAnother, Some(donor)) = (slip, donor) {
            findings.push((BIRTH_DATE, Fault::NikBirthdateMismatch));
            if donor.sex != person.sex {
                findings.push(("jenis_kelamin", Fault::NikSexMismatch));
            }
            let (row, nik) = (donor.row, donor.nik.clone());
            self.members.place.plant(ledger, Some(row), MEMBER_NIK, Fault::NikDuplicateFile, &nik, Kind::Planted)?;
        }
        let mut cells = vec![nik.text.clone(), kk, listed, born.clone(), sex_label.to_owned()];
        cells.push(if slip == Slip::RelationEmpty {
            findings.push(("status_hubungan_keluarga", Fault::RelationUnknown));
            String::new()
        } else {
            label("regsosek.409_hubungan_kepala_keluarga", relation as u8)
        });
        cells.push(self.premium(person.premium_paid));
        cells.push(self.premium(person.premium_paid_by_district));
        cells.extend(answers(dice, seen, person, marital));
        cells.extend(card_address(dice, seen));
        cells.push(person.occupation_on(seen.on).card().to_owned());
        cells.push(card_education(person, seen.on));
        if slip == Slip::LabelUnknown {
            let (column, answer) =
                strange_label(dice, &[("pekerjaan_ktp", "JURU PARKIR"), ("pekerjaan_ktp", "OJEK PERAHU")]);
            if let Some(at) = MEMBER_COLUMNS.iter().position(|name| *name == column) {
                answer.clone_into(&mut cells[at]);
            }
            findings.push((column, Fault::LabelUnknown));
        }
        let told: Vec<(&str, Fault, String)> = findings
            .iter()
            .map(|(column, fault)| (*column, *fault, cell_of(&MEMBER_COLUMNS, &cells, column)))
            .collect();
        let twice = (slip == Slip::RowTwice).then(|| cells.clone());
        let row = self.members.write_among_faults(dice, rates, ledger, cells)?;
        for (column, fault, value) in told {
            self.members.place.plant(ledger, Some(row), column, fault, &value, Kind::Planted)?;
        }
        self.members.place.is(ledger, row, person.id, seen.family.id)?;
        self.dates.see(row, &born, nik.sound);
        if let Some(cells) = twice {
            let again = self.members.write_among_faults(dice, &FaultRates::NONE, ledger, cells.clone())?;
            self.members.place.plant(ledger, Some(again), MEMBER_NIK, Fault::RowDuplicate, &nik.text, Kind::Planted)?;
            for fault in kk_faults {
                self.members.place.plant(ledger, Some(again), FAMILY_KK, *fault, &cells[1], Kind::Planted)?;
            }
            if typographic {
                self.members.place.plant(ledger, Some(again), "nama", Fault::NameCleaned, &cells[2], Kind::Planted)?;
            }
            self.members.place.is(ledger, again, person.id, seen.family.id)?;
        }
        if slip == Slip::NikOfAnother {
            self.donor = None;
        } else if slip == Slip::None && nik.sound && nik.faults.is_empty() && own_relation != Relation::Head {
            self.donor = Some(Donor::new(nik.text, row, person, seen.family.id));
        }
        Ok(row)
    }

    /// The name in capitals; the later list has typographic apostrophes.
    fn list_name(&self, dice: &mut Dice, person: &Person, rates: &FaultRates) -> (String, bool) {
        let name = if dice.chance(rates.other_spelling) { &person.other_name } else { &person.name };
        let name = name.to_uppercase();
        if self.later && name.contains('\'') { (name.replace('\'', "\u{2019}"), true) } else { (name, false) }
    }

    /// The earlier list has codes here, the later one words.
    fn premium(&self, paid: bool) -> String {
        match (self.later, paid) {
            (false, paid) => u8::from(paid).to_string(),
            (true, true) => "Penerima".to_owned(),
            (true, false) => "Tidak".to_owned(),
        }
    }

    /// Rows of data in the two files.
    pub fn finish(self, ledger: &mut Ledger) -> anyhow::Result<[u64; 2]> {
        self.dates.settle(&self.members.place, BIRTH_DATE, ledger)?;
        self.nik_numbers.settle(&self.members.place, MEMBER_NIK, ledger)?;
        self.kk_numbers[0].settle(&self.families.place, FAMILY_KK, ledger)?;
        self.kk_numbers[1].settle(&self.members.place, FAMILY_KK, ledger)?;
        Ok([self.families.finish(ledger)?, self.members.finish(ledger)?])
    }

    /// Names of the two files.
    pub fn files(&self) -> [String; 2] {
        [self.families.place.file.clone(), self.members.place.file.clone()]
    }
}

fn cell_of(columns: &[&str], cells: &[String], column: &str) -> String {
    columns.iter().position(|name| *name == column).map_or_else(String::new, |at| cells[at].clone())
}
