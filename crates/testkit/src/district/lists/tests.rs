//! What must hold of the files: the same bytes for the same seed, columns the formats know, faults where the record
//! says, and rows that are who the record says.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs,
    ops::ControlFlow,
};

use domain::{
    Nik,
    lists::{Cell, Row, format},
};
use sheets::Spreadsheet;

use super::{
    faults::FaultRates,
    ledger::{Kind as Certainty, Planted, Truth, read_planted, read_truth},
    *,
};
use crate::district::people::PersonId;

/// A list file read back: header row and all rows by number.
struct Read {
    header: Vec<String>,
    header_row: u32,
    rows: BTreeMap<u32, Row>,
}

impl Read {
    fn open(list: &ListFile) -> Self {
        let mut rows = BTreeMap::new();
        let mut file = Spreadsheet::open(&list.path).unwrap();
        file.rows(0, |row| {
            rows.insert(row.number, row);
            ControlFlow::Continue(())
        })
        .unwrap();
        let (header_row, header) = rows
            .iter()
            .find(|(_, row)| row.cells.iter().filter(|cell| !cell.is_blank()).count() > 20)
            .map(|(number, row)| (*number, row.cells.iter().map(Cell::display).collect()))
            .unwrap();
        Self { header, header_row, rows }
    }

    fn cell(&self, row: u32, column: &str) -> &Cell {
        let at = self.header.iter().position(|header| header == column).unwrap_or_else(|| panic!("no column {column}"));
        self.rows[&row].cell(at)
    }

    fn text(&self, row: u32, column: &str) -> String {
        self.cell(row, column).display()
    }
}

fn name(list: &ListFile) -> String {
    list.path.file_name().unwrap().to_str().unwrap().to_owned()
}

pub(super) struct Folder {
    pub(super) dir: tempfile::TempDir,
    district: District,
    pub(super) written: Written,
}

pub(super) fn write(seed: u64, families: usize, rates: &FaultRates) -> Folder {
    let dir = tempfile::tempdir().unwrap();
    let district = District::generate(seed, families);
    let written = district.write_files_with(dir.path(), rates, |_, _| {}).unwrap();
    Folder { dir, district, written }
}

/// Ten times the usual, so that a small district has one of everything.
pub(super) fn bad() -> FaultRates {
    let usual = FaultRates::default();
    FaultRates {
        nik_short: 0.02,
        nik_letters: 0.006,
        nik_scientific: 0.01,
        nik_dressed: 0.02,
        nik_dummy: 0.005,
        nik_bad_date: 0.006,
        nik_serial_zero: 0.003,
        nik_unknown_area: 0.006,
        nik_numeric: 0.06,
        nik_of_another: 0.01,
        row_twice: 0.015,
        birth_date_zero: 0.01,
        birth_date_missing: 0.008,
        birth_date_serial: 0.03,
        birth_date_two_digits: 0.01,
        sex_unknown: 0.006,
        sex_differs: 0.006,
        name_missing: 0.003,
        name_digits: 0.006,
        name_blanks: 0.006,
        relation_empty: 0.008,
        label_unknown: 0.012,
        family_kk_missing: 0.012,
        family_no_code: 0.02,
        family_other_name: 0.012,
        family_unknown_village: 0.012,
        family_other_coding: 0.012,
        family_stray: 0.012,
        family_desil_range: 0.01,
        family_number_unreadable: 0.01,
        family_members_dropped: 0.012,
        family_row_dropped: 0.012,
        family_two_heads: 0.015,
        family_no_head: 0.012,
        row_ragged: 0.005,
        row_blank: 0.005,
        row_header_again: 0.004,
        month_first: 0.2,
        ..usual
    }
}

#[test]
fn the_same_seed_writes_the_same_bytes() {
    let (one, two) = (write(4, 300, &FaultRates::default()), write(4, 300, &FaultRates::default()));
    let mut files = 0;
    for entry in fs::read_dir(one.dir.path()).unwrap() {
        let entry = entry.unwrap();
        let other = two.dir.path().join(entry.file_name());
        assert!(fs::read(entry.path()).unwrap() == fs::read(other).unwrap(), "{:?} differs", entry.file_name());
        files += 1;
    }
    assert_eq!(files, 10, "six lists, areas, boundaries, planted faults and truth");
}

#[test]
fn the_formats_know_every_column_and_clean_lists_have_only_what_the_formats_bring() {
    let folder = write(4, 300, &FaultRates::NONE);
    for list in &folder.written.lists {
        let read = Read::open(list);
        let id = match (list.source, list.kind) {
            (Source::Dtsen, Kind::Family) => "dtsen.family",
            (Source::Dtsen, Kind::Person) => "dtsen.member",
            (Source::P3ke, Kind::Family) => "p3ke_v2.family",
            (Source::P3ke, Kind::Person) => "p3ke_v2.member",
            (other, _) => panic!("the made-up district writes no {}", other.title()),
        };
        let keys: HashSet<&str> =
            format::format(id).unwrap().columns.iter().flat_map(|c| &c.keys).map(String::as_str).collect();
        for header in &read.header {
            assert!(keys.contains(&*format::header_key(header)), "{}: {header}", name(list));
        }
        if list.source == Source::Dtsen {
            assert_eq!(read.header.len(), if list.kind == Kind::Family { 52 } else { 48 });
        }
    }
    let codes: HashSet<String> =
        read_planted(folder.dir.path()).unwrap().into_iter().map(|planted| planted.code).collect();
    for code in codes {
        assert!(
            ["file.", "row.skipped_header", "row.skipped_total", "nik.empty", "name.cleaned"]
                .iter()
                .any(|start| code.starts_with(start)),
            "{code} in a clean list"
        );
    }
}

#[test]
fn every_planted_fault_stands_in_the_cell_it_names() {
    let folder = write(9, 1_500, &bad());
    let planted = read_planted(folder.dir.path()).unwrap();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for list in &folder.written.lists {
        let read = Read::open(list);
        for fault in planted.iter().filter(|fault| fault.file == name(list)) {
            *codes.entry(&fault.code).or_default() += 1;
            let Planted { row: Some(row), column, value, .. } = fault else { continue };
            assert!(read.rows.contains_key(row) || fault.code == "row.skipped_blank", "{fault:?}");
            if !column.is_empty() && fault.kind == Certainty::Planted {
                assert_eq!(&read.text(*row, column), value, "{fault:?}");
            }
            match fault.code.as_str() {
                "nik.from_numeric" | "nik.suspect_numeric" if list.source == Source::P3ke => {
                    assert!(matches!(read.cell(*row, column), Cell::Number(_)), "{fault:?}");
                }
                "row.skipped_header" | "file.header_offset" => assert!(read.rows[row].cells.len() > 20),
                "row.skipped_blank" => assert!(read.rows.get(row).is_none_or(Row::is_blank), "{fault:?}"),
                "row.skipped_total" => assert_eq!(read.rows.keys().last(), Some(row)),
                "row.ragged" => assert!(read.rows[row].cells.len() > read.header.len(), "{fault:?}"),
                "nik.length" | "nik.date" | "nik.characters" | "nik.dummy" | "nik.scientific" | "nik.empty" => {
                    let code = Nik::parse(value).unwrap_err().as_str();
                    assert_eq!(format!("nik.{code}"), fault.code, "{value:?}");
                }
                _ => {}
            }
        }
    }
    for code in [
        "area.by_name",
        "area.coding_guessed",
        "area.name_conflict",
        "area.outside_district",
        "area.unknown",
        "birthdate.ambiguous",
        "birthdate.empty",
        "birthdate.serial",
        "birthdate.two_digit_year",
        "birthdate.unreadable",
        "desil.range",
        "family.many_heads",
        "family.members_missing",
        "family.no_head",
        "file.delimiter",
        "file.encoding",
        "file.header_offset",
        "kk.cleaned",
        "kk.empty",
        "kk.many_heads",
        "kk.suspect_numeric",
        "label.unknown",
        "member.family_missing",
        "name.characters",
        "name.cleaned",
        "name.empty",
        "nik.area_unknown",
        "nik.birthdate_mismatch",
        "nik.characters",
        "nik.cleaned",
        "nik.date",
        "nik.dummy",
        "nik.duplicate_file",
        "nik.empty",
        "nik.from_numeric",
        "nik.length",
        "nik.scientific",
        "nik.serial_zero",
        "nik.sex_mismatch",
        "nik.suspect_numeric",
        "number.unreadable",
        "relation.unknown",
        "row.duplicate",
        "row.ragged",
        "row.skipped_blank",
        "row.skipped_header",
        "row.skipped_total",
        "sex.unknown",
        "file.nik_column_damaged",
    ] {
        assert!(codes.contains_key(code), "{code} was never planted");
    }
}

#[test]
fn the_usual_rates_are_met() {
    let folder = write(11, 4_000, &FaultRates::default());
    let planted = read_planted(folder.dir.path()).unwrap();
    let count = |file: &str, code: &str| planted.iter().filter(|p| p.file == file && p.code == code).count() as f64;
    let current = folder.written.lists.last().unwrap();
    let (file, rows) = (name(current), current.rows as f64);
    for (code, low, high) in [
        ("nik.empty", 0.008, 0.024),
        ("nik.length", 0.001, 0.003),
        ("nik.cleaned", 0.003, 0.006),
        ("nik.birthdate_mismatch", 0.003, 0.006),
        ("row.duplicate", 0.000_5, 0.002),
        ("kk.cleaned", 0.008, 0.016),
    ] {
        let rate = count(&file, code) / rows;
        assert!((low..high).contains(&rate), "{code}: {rate:.5}, expected {low} to {high}");
    }
    let touched: HashSet<(&str, u32)> =
        planted.iter().filter_map(|fault| Some((fault.file.as_str(), fault.row?))).collect();
    let all: u64 = folder.written.lists.iter().map(|list| list.rows).sum();
    let share = touched.len() as f64 / all as f64;
    assert!((0.03..0.09).contains(&share), "{share:.3} of all rows have something");
}

#[test]
fn a_family_has_as_many_member_rows_as_it_says() {
    let folder = write(12, 1_000, &FaultRates::default());
    let planted = read_planted(folder.dir.path()).unwrap();
    for pair in folder.written.lists.chunks(2).filter(|pair| pair[0].source == Source::Dtsen) {
        let (families, members) = (Read::open(&pair[0]), Read::open(&pair[1]));
        let odd = |file: &ListFile, codes: &[&str]| -> HashSet<u32> {
            let (file, codes) = (name(file), codes.to_vec());
            planted.iter().filter(|p| p.file == file && codes.contains(&&*p.code)).filter_map(|p| p.row).collect()
        };
        let no_member = odd(&pair[1], &["row.duplicate", "row.skipped_header"]);
        let no_family = odd(&pair[0], &["row.skipped_header", "kk.empty", "family.members_missing"]);
        let digits = |text: String| text.trim_end_matches(".0").to_owned();
        let mut by_card: HashMap<String, usize> = HashMap::new();
        for (row, cells) in members.rows.range(members.header_row + 1..) {
            if !cells.is_blank() && !no_member.contains(row) {
                *by_card.entry(digits(members.text(*row, "nomor_kartu_keluarga"))).or_default() += 1;
            }
        }
        let mut compared = 0;
        for (row, cells) in families.rows.range(families.header_row + 1..) {
            if cells.is_blank() || no_family.contains(row) {
                continue;
            }
            let said: usize = families.text(*row, "jumlah_anggota_keluarga").parse().unwrap();
            let found = by_card.get(&digits(families.text(*row, "nomor_kartu_keluarga"))).copied();
            assert_eq!(found, Some(said), "{} row {row}", name(&pair[0]));
            compared += 1;
        }
        assert!(compared > 900, "{compared} families compared");
    }
}

#[test]
fn rows_are_the_persons_the_record_names() {
    let folder = write(13, 800, &FaultRates::default());
    let niks: HashMap<PersonId, String> = folder
        .district
        .families()
        .flat_map(|family| family.members)
        .filter_map(|person| Some((person.id, person.nik?.as_str().to_owned())))
        .collect();
    let truth = read_truth(folder.dir.path()).unwrap();
    let planted = read_planted(folder.dir.path()).unwrap();
    let damaged: HashSet<(&str, Option<u32>)> =
        planted.iter().filter(|p| p.code.starts_with("nik.")).map(|p| (p.file.as_str(), p.row)).collect();
    for list in &folder.written.lists {
        let read = Read::open(list);
        let column = match (list.source, list.kind) {
            (Source::Dtsen, Kind::Person) => "nomor_induk_kependudukan",
            (Source::P3ke, Kind::Person) => "NIK",
            (Source::P3ke, Kind::Family) => "NIK Kepala Keluarga",
            _ => continue,
        };
        let mut told = 0;
        for Truth { row, person, .. } in truth.iter().filter(|truth| truth.file == name(list)) {
            told += 1;
            if !damaged.contains(&(name(list).as_str(), Some(*row))) {
                assert_eq!(read.text(*row, column), niks[person], "{} row {row}", name(list));
            }
        }
        assert_eq!(told, list.rows, "every row of {} is somebody", name(list));
    }
}

#[test]
fn a_district_of_15_000_families_has_its_6_000_in_p3ke() {
    let district = District::generate(1, 15_000);
    let day = district.calendar().day(Edition::P3ke);
    let (mut listed, mut extreme) = (0, 0);
    for family in district.families().filter(|family| family.at(day).is_some()) {
        let desil = family.standing[Edition::P3ke as usize].national;
        listed += usize::from(desil <= 4);
        extreme += usize::from(desil == 1);
    }
    // the list forgets about two in a hundred
    assert!(listed > 6_200 && extreme > 1_300, "{listed} families, {extreme} of them in extreme poverty");
}
