//! One case or more for every code of the catalogue that a file alone can show.

use std::{collections::BTreeSet, sync::LazyLock};

use domain::lists::{FamilyKeys, Fault, Format, Severity, check_families, format::format};

use crate::support::{File, read, read_as, rows, shown, today};

pub(crate) const DTSEN_MEMBER: &str = "nik|no_kk|nama|tanggal_lahir|jenis_kelamin|status_hubungan_keluarga";
const P3KE_FAMILY: &str = "ID Keluarga P3KE|Kabupaten/Kota|Kecamatan|Desa/Kelurahan|Kode Kemdagri|Desil Kesejahteraan|Persentil|Nama Kepala Keluarga|Jenis Lantai|Kepemilikan Rumah";
const DTSEN_FAMILY: &str = "nomor_kartu_keluarga|kode_kecamatan|kecamatan|kode_kelurahan_desa|kelurahan_desa|luas_lantai|jumlah_anggota_keluarga";

/// A format of our own for the kinds of column that DTSEN and P3KE do not have.
static CONTACTS: LazyLock<Format> = LazyLock::new(|| {
    r#"
id = "test.contacts"
title = "Uji"
title_en = "Test"
source = "dtsen"
kind = "person"
coding = "open"
family_key = "kk"
needs = [["name"], ["nik"]]
[[column]]
field = "nik"
headers = ["nik"]
[[column]]
field = "name"
headers = ["nama"]
[[column]]
field = "phone"
headers = ["telepon"]
[[column]]
field = "latitude"
headers = ["lintang"]
[[column]]
field = "longitude"
headers = ["bujur"]
[[column]]
field = "income"
value = "money"
headers = ["penghasilan"]
[[column]]
field = "village"
headers = ["desa"]
[[column]]
field = "village_code"
headers = ["kode"]
"#
    .parse()
    .expect("format")
});

/// A row of members that nothing is wrong with, with some cells replaced.
pub(crate) fn member(changes: &[(usize, &str)]) -> String {
    let mut cells = ["9901014507850001", "9901010107150001", "SITI AMINAH", "05/07/1985", "P", "KEPALA KELUARGA"];
    for (at, value) in changes {
        cells[*at] = value;
    }
    cells.join("|")
}

pub(crate) fn members(lines: &[String]) -> File {
    // a row that settles the order of the birth dates, so that no case is ambiguous by accident
    let settled = "9901011312900002|9901010107150009|BUDI|13/12/1990|L|1";
    read("dtsen.member", &rows(&[DTSEN_MEMBER.to_owned(), lines.join("\n"), settled.to_owned()].join("\n")))
}

pub(crate) fn p3ke(line: &str) -> File {
    read("p3ke_v2.family", &rows(&format!("{P3KE_FAMILY}\n{line}")))
}

pub(crate) fn dtsen(line: &str) -> File {
    read("dtsen.family", &rows(&format!("{DTSEN_FAMILY}\n{line}")))
}

pub(crate) fn contact(line: &str) -> File {
    read_as(&CONTACTS, &rows(&format!("nik|nama|telepon|lintang|bujur|penghasilan|desa|kode\n{line}")))
}

/// Every case: what it is, the file, and the findings it must have, no more and no fewer.
fn cases() -> Vec<(&'static str, File, Vec<&'static str>)> {
    let one = |changes: &[(usize, &str)]| members(&[member(changes)]);
    let mut cases = vec![
        ("a sound row", one(&[]), vec![]),
        ("lower case, title, long name", one(&[(2, "Hj. Siti Aminah, S.Pd. (Almh)")]), vec![]),
        ("no name", one(&[(2, "-")]), vec!["2 nama name.empty"]),
        ("digits in a name", one(&[(2, "SITI 2")]), vec!["2 nama name.characters"]),
        ("a slash in a name", one(&[(2, "SITI/AMINAH")]), vec!["2 nama name.characters"]),
        ("a remark in a name", one(&[(2, "SITI (JANDA)")]), vec!["2 nama name.characters"]),
        ("two blanks in a name", one(&[(2, "SITI  AMINAH ")]), vec!["2 nama name.cleaned"]),
        ("a typographic apostrophe", one(&[(2, "MA\u{2019}RUF")]), vec!["2 nama name.cleaned"]),
        ("no sex", one(&[(4, "")]), vec!["2 jenis_kelamin sex.unknown"]),
        ("a label that is no sex", one(&[(4, "X")]), vec!["2 jenis_kelamin sex.unknown"]),
        ("sex in full", one(&[(4, "Perempuan")]), vec![]),
        ("sex by code", one(&[(4, "2")]), vec![]),
        ("sex in another word", one(&[(4, "WANITA")]), vec!["2 jenis_kelamin label.synonym"]),
        ("sex against the NIK", one(&[(4, "L")]), vec!["2 jenis_kelamin nik.sex_mismatch"]),
        ("birth date against the NIK", one(&[(3, "06/07/1985")]), vec!["2 tanggal_lahir nik.birthdate_mismatch"]),
        ("no birth date", one(&[(3, "")]), vec!["2 tanggal_lahir birthdate.empty"]),
        ("no day of a month", one(&[(3, "00/00/0000")]), vec!["2 tanggal_lahir birthdate.unreadable"]),
        ("a serial number", one(&[(3, "angka 31233")]), vec!["2 tanggal_lahir birthdate.serial"]),
        ("a two-digit year", one(&[(3, "5/7/85")]), vec!["2 tanggal_lahir birthdate.two_digit_year"]),
        ("a birth to come", one(&[(3, "05/07/2027")]), vec!["2 tanggal_lahir birthdate.future"]),
        ("a very old birth", one(&[(3, "05/07/1885")]), vec!["2 tanggal_lahir birthdate.too_old"]),
        ("no relationship", one(&[(5, "")]), vec!["2 status_hubungan_keluarga relation.unknown"]),
        ("an unknown relationship", one(&[(5, "TETANGGA")]), vec!["2 status_hubungan_keluarga relation.unknown"]),
        ("a register's relationship", one(&[(5, "SUAMI")]), vec!["2 status_hubungan_keluarga label.synonym"]),
        (
            "a formula without a value",
            one(&[(5, "rumus")]),
            vec!["2 status_hubungan_keluarga cell.formula_uncached", "2 status_hubungan_keluarga relation.unknown"],
        ),
        ("an error cell is empty", one(&[(0, "galat #N/A")]), vec!["2 nik nik.empty"]),
        ("a cell too many", one(&[(5, "KEPALA KELUARGA|x")]), vec!["2 - row.ragged"]),
        (
            "too few cells",
            members(&["9901014507850001|9901010107150001|SITI AMINAH|05/07/1985|P".to_owned()]),
            vec!["2 - row.ragged", "2 status_hubungan_keluarga relation.unknown"],
        ),
    ];
    for (value, code) in [
        ("", "nik.empty"),
        ("9,90101E+15", "nik.scientific"),
        ("99010145078500O1", "nik.characters"),
        ("990101450785001", "nik.length"),
        ("1111111111111111", "nik.dummy"),
        ("9901014513850001", "nik.date"),
        ("9901014507850000", "nik.serial_zero"),
        ("9901994507850001", "nik.area_unknown"),
        ("'9901014507850001", "nik.cleaned"),
        ("angka 8801014507850010", "nik.suspect_numeric"),
    ] {
        cases.push((code, one(&[(0, value)]), vec![Box::leak(format!("2 nik {code}").into_boxed_str())]));
    }
    cases.push((
        "a numeric cell",
        one(&[(0, "angka 8801014507850001")]),
        vec!["2 nik nik.from_numeric", "2 nik nik.area_unknown"],
    ));
    for (value, code) in [
        ("", "kk.empty"),
        ("9,90101E+15", "kk.scientific"),
        ("99010101O7150001", "kk.characters"),
        ("990101010715001", "kk.length"),
        ("9999999999999999", "kk.dummy"),
        ("9901 0101 0715 0001", "kk.cleaned"),
        ("angka 8801010107150001", "kk.from_numeric"),
        ("angka 8801010107150010", "kk.suspect_numeric"),
    ] {
        cases.push((code, one(&[(1, value)]), vec![Box::leak(format!("2 no_kk {code}").into_boxed_str())]));
    }
    cases.extend(rows_that_are_no_data());
    cases.extend(the_same_number_twice());
    cases.extend(residence());
    cases.extend(answers_and_numbers());
    cases
}

fn rows_that_are_no_data() -> Vec<(&'static str, File, Vec<&'static str>)> {
    let sound = member(&[]);
    let mut broken = rows(&format!("{DTSEN_MEMBER}\n9901014507850001|\"SITI"));
    broken[1].broken = true;
    vec![
        ("a blank row", members(&[String::new(), sound.clone()]), vec!["2 - row.skipped_blank"]),
        (
            "blank rows at the end",
            read("dtsen.member", &rows(&format!("{DTSEN_MEMBER}\n{sound}\n\n| |\n"))),
            vec![
                // the only date of the file tells no order, but agrees with the NIK
            ],
        ),
        ("column numbers", members(&["(1)|(2)|(3)|(4)|(5)|(6)".to_owned()]), vec!["2 - row.skipped_header"]),
        ("the header again", members(&[sound.clone(), DTSEN_MEMBER.to_uppercase()]), vec!["3 - row.skipped_header"]),
        ("a total", members(&[sound.clone(), "JUMLAH||2|||".to_owned()]), vec!["3 - row.skipped_total"]),
        (
            "a name without a NIK is a person",
            members(&["||SITI|||".to_owned()]),
            vec![
                "2 nik nik.empty",
                "2 no_kk kk.empty",
                "2 status_hubungan_keluarga relation.unknown",
                "2 jenis_kelamin sex.unknown",
                "2 tanggal_lahir birthdate.empty",
            ],
        ),
        (
            "a signature block",
            read(
                "dtsen.member",
                &rows(&format!(
                    "{DTSEN_MEMBER}\n{sound}\n\n||||Contoh, 21 November 2026|\n||||Kepala Dinas Sosial|\n||||Drs. BUDI|\n||||NIP. 197001011990011001|"
                )),
            ),
            vec!["4 - row.skipped_total", "5 - row.skipped_total", "6 - row.skipped_total", "7 - row.skipped_total"],
        ),
        ("broken off", read("dtsen.member", &broken), vec!["2 - row.unreadable"]),
    ]
}

fn the_same_number_twice() -> Vec<(&'static str, File, Vec<&'static str>)> {
    let sound = member(&[]);
    vec![
        ("one person twice", members(&[sound.clone(), sound.clone()]), vec!["3 nik row.duplicate"]),
        (
            "one person, name spelt otherwise",
            members(&[sound.clone(), member(&[(2, "ST. AMINAH"), (3, ""), (5, "ANAK")])]),
            vec!["3 tanggal_lahir birthdate.empty", "3 nik row.duplicate"],
        ),
        (
            "two people with one number",
            members(&[sound.clone(), member(&[(2, "ROHAYA"), (3, "05/07/1986"), (5, "ANAK")])]),
            vec!["2 nik nik.duplicate_file", "3 nik nik.duplicate_file", "3 tanggal_lahir nik.birthdate_mismatch"],
        ),
        (
            "numbers that are not sound are not compared",
            members(&[
                member(&[(0, "1111111111111111")]),
                member(&[(0, "1111111111111111"), (2, "ROHAYA"), (5, "ANAK")]),
            ]),
            vec!["2 nik nik.dummy", "3 nik nik.dummy"],
        ),
        (
            "two heads under one KK",
            members(&[sound, member(&[(0, "9901014607850002"), (2, "ROHAYA"), (3, "06/07/1985")])]),
            vec!["2 no_kk kk.many_heads"],
        ),
    ]
}

fn residence() -> Vec<(&'static str, File, Vec<&'static str>)> {
    let place = |kecamatan: &str, village: &str, code: &str| {
        p3ke(&format!("K1|KAB. CONTOH|{kecamatan}|{village}|{code}|1|1|A|TANAH|DINAS"))
    };
    let bps = |code: &str, kecamatan: &str, village: &str| {
        dtsen(&format!("9901010107150001||{kecamatan}|{code}|{village}|36|4"))
    };
    vec![
        ("code and names agree", place("MEKARSARI", "SUKAMAJU", "9901011001"), vec![]),
        ("a code with dots", place("KEC. MEKARSARI", "KEL. SUKAMAJU", "99.01.01.1001"), vec![]),
        ("an unknown spelling beside a sound code", place("MEKAR SARI", "SUKA MADJU", "9901011001"), vec![]),
        ("a former code", place("TIRTAJAYA", "WANASARI", "9901032009"), vec![]),
        (
            "names of another village",
            place("TIRTAJAYA", "WANASARI", "9901011001"),
            vec!["2 Kode Kemdagri area.name_conflict"],
        ),
        (
            "names of another kecamatan",
            place("TIRTAJAYA", "SUKAMAJU", "9901011001"),
            vec!["2 Kode Kemdagri area.name_conflict"],
        ),
        ("no code", place("TIRTAJAYA", "DS. SUKAMAJU", ""), vec!["2 Desa/Kelurahan area.by_name"]),
        (
            "a code of no village",
            place("TIRTAJAYA", "DESA SUKAMAJU", "9901029999"),
            vec!["2 Desa/Kelurahan area.by_name"],
        ),
        ("a name that stands twice", place("", "SUKAMAJU", ""), vec!["2 Desa/Kelurahan area.ambiguous"]),
        ("a name that stands once", place("", "WANASARI", ""), vec!["2 Desa/Kelurahan area.by_name"]),
        ("nothing that is known", place("TIRTAJAYA", "ENTAH", ""), vec!["2 Desa/Kelurahan area.unknown"]),
        ("nothing at all", place("", "", ""), vec!["2 Desa/Kelurahan area.unknown"]),
        (
            "a village elsewhere",
            place("BUMIJAWA", "TRAJU", "3328022001"),
            vec!["2 Kode Kemdagri area.outside_district"],
        ),
        (
            "a district elsewhere, without a code",
            p3ke("K1|KAB. TEGAL|BUMIJAWA|TRAJU||1|1|A|TANAH|DINAS"),
            vec!["2 Desa/Kelurahan area.outside_district"],
        ),
        ("a BPS code", bps("9901010001", "Mekarsari", "Sukamaju"), vec![]),
        ("a BPS code that a spreadsheet held", bps("9901010001.0", "Mekarsari", "Sukamaju"), vec![]),
        (
            "the other coding",
            bps("9901011001", "Mekarsari", "Sukamaju"),
            vec!["2 kode_kelurahan_desa area.coding_guessed"],
        ),
        (
            "a kecamatan by its code, a village by its name",
            dtsen("9901010107150001|9901020|||Sukamaju|36|4"),
            vec!["2 kelurahan_desa area.by_name"],
        ),
    ]
}

fn answers_and_numbers() -> Vec<(&'static str, File, Vec<&'static str>)> {
    let p3ke = |desil: &str, persentil: &str, floor: &str, tenure: &str| {
        p3ke(&format!("K1|KAB. CONTOH|MEKARSARI|SUKAMAJU|9901011001|{desil}|{persentil}|A|{floor}|{tenure}"))
    };
    let dtsen = |area: &str, members: &str| {
        dtsen(&format!("9901010107150001|9901010|Mekarsari|9901010001|Sukamaju|{area}|{members}"))
    };
    let contact = |phone: &str, north: &str, east: &str, income: &str| {
        contact(&format!("9901014507850001|A|{phone}|{north}|{east}|{income}|Sukamaju|9901011001"))
    };
    let guessed = "2 kode area.coding_guessed";
    vec![
        ("an answer of the list", p3ke("1", "1", "tanah", "Milik Sendiri"), vec![]),
        ("KOSONG is no answer", p3ke("", "-", "KOSONG", "KOSONG"), vec![]),
        ("an answer of another list", p3ke("1", "1", "Keramik", "DINAS"), vec!["2 Jenis Lantai label.synonym"]),
        ("an answer of no list", p3ke("1", "1", "LUMPUR", "DINAS"), vec!["2 Jenis Lantai label.unknown"]),
        ("no such desil", p3ke("11", "1", "TANAH", "DINAS"), vec!["2 Desil Kesejahteraan desil.range"]),
        ("desil nought", p3ke("0", "1", "TANAH", "DINAS"), vec!["2 Desil Kesejahteraan desil.range"]),
        ("no such percentile", p3ke("1", "101", "TANAH", "DINAS"), vec!["2 Persentil persentil.range"]),
        ("a size with a comma", dtsen("36,5 m2", "4"), vec![]),
        ("a size that is no number", dtsen("luas", "4"), vec!["2 luas_lantai number.unreadable"]),
        ("a count that is no number", dtsen("36", "empat"), vec!["2 jumlah_anggota_keluarga number.unreadable"]),
        ("a contact in order", contact("0812-3456-7890", "-7,5", "110,2", "Rp. 1.500.000,-"), vec![guessed]),
        ("no telephone number", contact("tetangga", "-7.5", "110.2", ""), vec![guessed, "2 telepon phone.unreadable"]),
        ("degrees exchanged", contact("", "110.2", "-7.5", ""), vec![guessed, "2 lintang coordinate.swapped"]),
        ("degrees of another country", contact("", "52.1", "5.1", ""), vec![guessed, "2 lintang coordinate.outside"]),
        ("money that is no number", contact("", "", "", "cukup"), vec![guessed, "2 penghasilan number.unreadable"]),
    ]
}

/// The findings of a file with those that its members show together.
pub(crate) fn all(file: &File) -> Vec<String> {
    let mut keys = FamilyKeys::new(&file.mapping, today());
    file.readings.iter().for_each(|reading| keys.add(reading));
    let families = check_families(&[&keys]);
    file.findings().into_iter().chain(families.iter().map(|(_, finding)| shown(finding))).collect()
}

#[test]
fn every_case_has_its_findings_and_no_others() {
    for (what, file, expected) in cases() {
        let mut found = all(&file);
        let mut expected: Vec<String> = expected.into_iter().map(ToOwned::to_owned).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{what}");
    }
}

/// The catalogue is covered: by the cases here, by the file tests, or by the crate that opens files or stores rows.
#[test]
fn no_code_goes_untested() {
    let mut seen: BTreeSet<String> = cases().iter().flat_map(|(_, file, _)| all(file)).collect();
    seen.extend(crate::files::findings_of_whole_files());
    let elsewhere = ["file.encoding", "file.delimiter", "file.protected", "nik.duplicate_registry"];
    for fault in Fault::ALL {
        let code = fault.code();
        assert!(
            elsewhere.contains(&code) || seen.iter().any(|finding| finding.ends_with(&format!(" {code}"))),
            "{code}"
        );
    }
}

#[test]
fn suggestions_and_readings_help_to_decide() {
    let finding = |file: &File, code: &str| {
        let found = file.readings.iter().flat_map(|row| &row.findings).find(|finding| finding.fault.code() == code);
        found.unwrap_or_else(|| panic!("{code}")).clone()
    };
    let sex = finding(&members(&[member(&[(4, "")])]), "sex.unknown");
    assert_eq!(sex.suggestion.as_deref(), Some("P"));
    let twice = finding(&members(&[member(&[]), member(&[])]), "row.duplicate");
    assert_eq!((twice.row, twice.reading.as_deref()), (Some(3), Some("2")));
    let cleaned = finding(&members(&[member(&[(0, "'9901014507850001")])]), "nik.cleaned");
    assert_eq!((cleaned.value.as_str(), cleaned.reading.as_deref()), ("'9901014507850001", Some("9901014507850001")));
    let conflict =
        finding(&p3ke("K1|KAB. CONTOH|TIRTAJAYA|WANASARI|9901011001|1|1|A|TANAH|DINAS"), "area.name_conflict");
    assert_eq!(
        (conflict.reading.as_deref(), conflict.suggestion.as_deref()),
        (Some("99.01.01.1001"), Some("99.01.02.2002"))
    );
    assert_eq!(conflict.severity(), Severity::Warn);
    let place = |village: &str| p3ke(&format!("K1|KAB. CONTOH|TIRTAJAYA|{village}||1|1|A|TANAH|DINAS"));
    let near = finding(&place("WANA SARIE"), "area.unknown");
    assert_eq!((near.reading, near.suggestion.as_deref()), (None, Some("99.01.02.2002")));
    assert_eq!(finding(&place("ENTAH"), "area.unknown").suggestion, None);
    let mismatch = finding(&members(&[member(&[(3, "06/07/1985")])]), "nik.birthdate_mismatch");
    assert_eq!(mismatch.suggestion.as_deref(), Some("1985-07-05"));
    assert!(format("dtsen.member").is_some());
}
