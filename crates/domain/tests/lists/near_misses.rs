//! Every code of the catalogue with what just has it and what just does not: a missed fault and a false alarm are both
//! wrong.

use domain::lists::{FamilyKeys, Fault, check_families};

use crate::{
    faults::{DTSEN_MEMBER, all, contact, dtsen, member, members, p3ke},
    support::{File, read, rows, today},
};

/// A code with files that have it and files that do not.
type Case = (&'static str, Vec<File>, Vec<File>);

fn one(at: usize, values: &[&str]) -> Vec<File> {
    values.iter().map(|value| members(&[member(&[(at, value)])])).collect()
}

fn file(text: &str) -> File {
    read("dtsen.member", &rows(text))
}

fn numbers() -> Vec<Case> {
    vec![
        (
            "nik.empty",
            one(0, &["", " ", "-", "0", "KOSONG", "null", "#N/A", "galat #N/A", "\u{a0}", "angka 0"]),
            one(0, &["9901014507850001", "9901", "tidak punya"]),
        ),
        (
            "nik.length",
            one(0, &["990101450785001", "99010145078500011", "9901", "angka 990101450785001", "990101450785001.0"]),
            one(0, &["9901014507850001", " 9901014507850001 ", "9901014507850001.0", "9,90101E+15", "99010145O785001"]),
        ),
        (
            "nik.characters",
            one(0, &["99010145078500O1", "9901014507850001*", "NIK 9901014507850001", "angka 9901014507850.5"]),
            one(0, &["9901.0145.0785.0001", "9901-0145-0785-0001", "'9901014507850001", "9.90101E15"]),
        ),
        (
            "nik.dummy",
            one(0, &["0000000000000000", "9999999999999999", "1234567890123456", "9901010000000000"]),
            one(0, &["9901014507850000", "9901010000000001", "999999999999999", "1234567890123457"]),
        ),
        (
            "nik.date",
            one(
                0,
                &[
                    "9901010007850001",
                    "9901013207850001",
                    "9901014007850001",
                    "9901017207850001",
                    "9901014500850001",
                    "9901014513850001",
                    "9901013104850001",
                    "9901012902850001",
                    "9901013002000001",
                ],
            ),
            one(
                0,
                &[
                    "9901010107850001",
                    "9901013107850001",
                    "9901014107850001",
                    "9901017107850001",
                    "9901012902840001",
                    "9901012902000001",
                    "9901016902000001",
                ],
            ),
        ),
        (
            "nik.serial_zero",
            one(0, &["9901014507850000"]),
            one(0, &["9901014507850010", "9901014507851000", "9901010000000000"]),
        ),
        (
            "nik.scientific",
            one(0, &["9,90101E+15", "9.90101E+15", "9E15", "9,9e+15"]),
            one(0, &["9901014507850001", "E9901014507850", "99010145E"]),
        ),
        (
            "nik.suspect_numeric",
            one(0, &["angka 8801014507850010", "angka 9901014507850001", "9901014507850001.0", "8801014507850010,00"]),
            one(0, &["angka 8801014507850001", "9901014507850010", "angka 880101450785000", "8801014507850001.0"]),
        ),
        (
            "nik.from_numeric",
            one(0, &["angka 8801014507850001", "8801014507850001.0"]),
            one(0, &["8801014507850001", "angka 8801014507850010", "angka 9901014507850001", "angka 880101450785001"]),
        ),
        (
            "nik.cleaned",
            one(
                0,
                &[
                    "'9901014507850001",
                    "9901014507850001 ",
                    "9901\u{a0}0145 07850001",
                    "9901014507850001.0",
                    "99.01.01.450785.0001",
                    "\u{200b}9901014507850001",
                ],
            ),
            one(0, &["9901014507850001", "angka 8801014507850001", "", "-", "9,90101E+15"]),
        ),
        (
            "nik.area_unknown",
            one(0, &["9901994507850001", "8701014507850001"]),
            one(0, &["9901014507850001", "9901034507850001", "3301014507850001", "990199450785001"]),
        ),
        ("nik.sex_mismatch", one(4, &["L", "laki-laki", "1"]), one(4, &["P", "", "X", "2"])),
        (
            "nik.birthdate_mismatch",
            one(3, &["06/07/1985", "05/08/1985", "05/07/1986"]),
            one(
                3,
                &[
                    "05/07/1985",
                    "5 Juli 1985",
                    "angka 31233",
                    "tanggal 1985-07-05",
                    "",
                    "00/00/0000",
                    "06/07/2027",
                    "06/07/1885",
                ],
            ),
        ),
        (
            "nik.duplicate_file",
            vec![members(&[member(&[]), member(&[(2, "ROHAYA"), (3, "06/07/1985"), (5, "ANAK")])])],
            vec![
                members(&[member(&[]), member(&[(2, "ROHAYA"), (5, "ANAK")])]),
                members(&[member(&[]), member(&[(3, "06/07/1985"), (5, "ANAK")])]),
                members(&[member(&[(0, "")]), member(&[(0, ""), (2, "ROHAYA"), (3, "06/07/1985"), (5, "ANAK")])]),
                members(&[
                    member(&[(0, "1111111111111111")]),
                    member(&[(0, "1111111111111111"), (2, "X"), (3, "06/07/1985"), (5, "ANAK")]),
                ]),
            ],
        ),
        (
            "row.duplicate",
            vec![
                members(&[member(&[]), member(&[(5, "ANAK")])]),
                members(&[member(&[]), member(&[(2, "Hj. ST AMINAH"), (3, "06/07/1985"), (5, "ANAK")])]),
                members(&[member(&[]), member(&[(0, "'9901014507850001"), (5, "ANAK")])]),
            ],
            vec![
                members(&[member(&[]), member(&[(0, "9901014507850002"), (5, "ANAK")])]),
                members(&[member(&[(0, "")]), member(&[(0, ""), (5, "ANAK")])]),
                read(
                    "p3ke_v2.family",
                    &rows(
                        "ID Keluarga P3KE|Kode Kemdagri|NIK Kepala Keluarga|Nama Kepala Keluarga\nK1|9901011001|9901014507850001|SITI\nK2|9901011001|9901014507850001|SITI",
                    ),
                ),
            ],
        ),
        ("kk.empty", one(1, &["", "-", "0", "KOSONG"]), one(1, &["9901010107150001", "9901"])),
        ("kk.length", one(1, &["990101010715001"]), one(1, &["9901010107150001", "9901019999990001"])),
        ("kk.characters", one(1, &["99010101O7150001"]), one(1, &["9901 0101 0715 0001"])),
        (
            "kk.dummy",
            one(1, &["9999999999999999", "1234567890123456", "9901010000000000"]),
            one(1, &["9901010107150000"]),
        ),
        ("kk.scientific", one(1, &["9,90101E+15"]), one(1, &["9901010107150001"])),
        (
            "kk.suspect_numeric",
            one(1, &["angka 8801010107150010", "9901010107150001.0"]),
            one(1, &["angka 8801010107150001", "9901010107150010"]),
        ),
        (
            "kk.from_numeric",
            one(1, &["angka 8801010107150001"]),
            one(1, &["8801010107150001", "angka 8801010107150010"]),
        ),
        ("kk.cleaned", one(1, &["9901010107150001 "]), one(1, &["9901010107150001"])),
        (
            "kk.many_heads",
            vec![
                members(&[member(&[]), member(&[(0, "9901014607850002"), (2, "ROHAYA"), (3, "06/07/1985")])]),
                read(
                    "dtsen.family",
                    &rows(
                        "no_kk|kode_desa|nama_kepala_keluarga\n9901010107150001|9901010001|SITI\n9901010107150001|9901010001|ROHAYA",
                    ),
                ),
            ],
            vec![
                // one head twice, two heads under cards that join nobody, two heads under two cards
                members(&[member(&[]), member(&[])]),
                members(&[
                    member(&[(1, "")]),
                    member(&[(1, ""), (0, "9901014607850002"), (2, "ROHAYA"), (3, "06/07/1985")]),
                ]),
                members(&[
                    member(&[]),
                    member(&[(1, "9901010107150002"), (0, "9901014607850002"), (2, "ROHAYA"), (3, "06/07/1985")]),
                ]),
                read(
                    "dtsen.family",
                    &rows(
                        "no_kk|kode_desa|nama_kepala_keluarga\n9901010107150001|9901010001|SITI\n9901010107150001|9901010001|Hj. Siti",
                    ),
                ),
            ],
        ),
    ]
}

fn people() -> Vec<Case> {
    vec![
        ("name.empty", one(2, &["", "-", "KOSONG", "#N/A"]), one(2, &["A", "SITI", "1"])),
        (
            "name.characters",
            one(
                2,
                &["SITI 2", "SITI/AMINAH", "SITI_AMINAH", "SITI (JANDA)", "SITI @ AMI", "=1+1", "<b>SITI</b>", "12"],
            ),
            one(
                2,
                &[
                    "SITI",
                    "Hj. Siti Aminah, S.Pd.",
                    "MA'RUF",
                    "SITI (ALM)",
                    "NUR-AINI",
                    "SUKARNO (Almarhum)",
                    "REN\u{c9}",
                    "BIN ABDUL",
                    "S",
                ],
            ),
        ),
        (
            "name.cleaned",
            one(2, &[" SITI", "SITI ", "SITI  AMINAH", "SITI\u{a0}AMINAH", "MA\u{2019}RUF", "SITI\tAMINAH", "MA`RUF"]),
            one(2, &["SITI AMINAH", "siti aminah", "Siti Aminah", "MA'RUF", "Dr. H. SITI"]),
        ),
        ("sex.unknown", one(4, &["", "-", "X", "LAKI2", "3"]), one(4, &["P", "p", " Perempuan ", "WANITA", "2", "PR"])),
        (
            "birthdate.empty",
            one(3, &["", "-", "KOSONG", "galat #N/A"]),
            one(3, &["00/00/0000", "05/07/1985", "tidak tahu"]),
        ),
        (
            "birthdate.unreadable",
            one(
                3,
                &[
                    "00/00/0000",
                    "31/02/1985",
                    "29/02/1985",
                    "tidak tahu",
                    "Juli 1985",
                    "05/07/185",
                    "angka 999",
                    "angka 60001",
                ],
            ),
            one(3, &["", "29/02/1984", "31/01/1985", "05-Jul-85", "05/07/1985 0:00:00", "angka 1000", "angka 60000"]),
        ),
        (
            "birthdate.ambiguous",
            vec![
                file("nik|nama|tanggal_lahir\n-|A|03/04/1985"),
                file("nik|nama|tanggal_lahir\n-|A|03/04/1985\n-|B|13/04/1985\n-|C|04/13/1985"),
            ],
            vec![
                file("nik|nama|tanggal_lahir\n-|A|03/03/1985"),
                file("nik|nama|tanggal_lahir\n-|A|13/04/1985"),
                file("nik|nama|tanggal_lahir\n-|A|03/04/1985\n-|B|13/04/1985"),
                file("nik|nama|tanggal_lahir\n9901010403850001|A|03/04/1985"),
                file("nik|nama|tanggal_lahir\n-|A|1985-03-04"),
                file("nik|nama|tanggal_lahir\n-|A|3 April 1985"),
                file("nik|nama|tanggal_lahir\n-|A|tanggal 1985-04-03"),
            ],
        ),
        (
            "birthdate.serial",
            one(3, &["angka 31233", "31233", "angka 1000", "angka 60000"]),
            one(3, &["tanggal 1985-07-05", "19850705", "angka 999", "angka 60001"]),
        ),
        ("birthdate.two_digit_year", one(3, &["5/7/85", "05-Jul-85"]), one(3, &["5/7/1985", "85-07-05"])),
        ("birthdate.future", one(3, &["22/11/2026", "2027-01-01"]), one(3, &["21/11/2026", "05/07/1985"])),
        ("birthdate.too_old", one(3, &["05/07/1885", "20/11/1915"]), one(3, &["21/11/1916", "21/11/1917"])),
        (
            "relation.unknown",
            one(5, &["", "-", "TETANGGA", "99"]),
            one(5, &["ANAK", "1", "SUAMI", "kepala  keluarga", "Famili lain", "8. Lainnya"]),
        ),
    ]
}

fn places() -> Vec<Case> {
    let place = |kecamatan: &str, village: &str, code: &str| {
        p3ke(&format!("K1|KAB. CONTOH|{kecamatan}|{village}|{code}|1|1|A|TANAH|DINAS"))
    };
    let named = |text: &str| {
        read("dtks.export", &rows(&format!("ID DTKS|KABUPATEN/KOTA|KECAMATAN|DESA/KELUARAHAN|NAMA\n{text}")))
    };
    vec![
        (
            "area.name_conflict",
            vec![place("TIRTAJAYA", "WANASARI", "9901011001"), place("TIRTAJAYA", "SUKAMAJU", "9901011001")],
            vec![
                place("MEKARSARI", "DESA SUKAMAJU", "9901011001"),
                place("MEKARSARI", "SUKA MADJU", "9901011001"),
                place("", "", "9901011001"),
                place("TIRTAJAYA", "WANASARI", "9901032009"),
            ],
        ),
        (
            "area.unknown",
            vec![
                place("TIRTAJAYA", "ENTAH", ""),
                place("", "", ""),
                place("", "ENTAH", "9901029999"),
                named("1|KAB. CONTOH|MEKARSARI|WANASARI|A"),
            ],
            vec![
                place("TIRTAJAYA", "WANASARI", ""),
                place("", "SUKAMAJU", ""),
                place("BUMIJAWA", "TRAJU", "3328022001"),
                named("1|KAB. CONTOH|TIRTAJAYA|WANASARI|A"),
            ],
        ),
        (
            "area.outside_district",
            vec![
                place("BUMIJAWA", "TRAJU", "3328022001"),
                named("1|KAB. TEGAL|BUMIJAWA|TRAJU|A"),
                named("1|KOTA CONTOH|TIRTAJAYA|WANASARI|A"),
            ],
            vec![
                place("TIRTAJAYA", "WANASARI", "9901022002"),
                named("1|KABUPATEN CONTOH|TIRTAJAYA|WANASARI|A"),
                named("1|CONTOH|TIRTAJAYA|WANASARI|A"),
            ],
        ),
        (
            "area.by_name",
            vec![place("TIRTAJAYA", "DS. WANASARI", ""), place("TIRTAJAYA", "KEL. WANASARI", "9901029999")],
            vec![place("TIRTAJAYA", "WANASARI", "9901022002"), named("1|KAB. CONTOH|TIRTAJAYA|WANASARI|A")],
        ),
        (
            "area.ambiguous",
            vec![place("", "SUKAMAJU", "")],
            vec![place("MEKARSARI", "SUKAMAJU", ""), place("", "WANASARI", ""), place("", "SUKAMAJU", "9901011001")],
        ),
        (
            "area.coding_guessed",
            vec![place("MEKARSARI", "SUKAMAJU", "9901010001"), dtsen("9901010107150001|||9901011001|Sukamaju|36|4")],
            vec![
                place("MEKARSARI", "SUKAMAJU", "9901011001"),
                place("MEKARSARI", "SUKAMAJU", "99.01.01.1001"),
                dtsen("9901010107150001|||9901010001|Sukamaju|36|4"),
            ],
        ),
    ]
}

fn answers() -> Vec<Case> {
    let p3ke = |desil: &str, persentil: &str, floor: &str| {
        p3ke(&format!("K1|KAB. CONTOH|MEKARSARI|SUKAMAJU|9901011001|{desil}|{persentil}|A|{floor}|DINAS"))
    };
    let dtsen = |area: &str, members: &str| dtsen(&format!("9901010107150001|||9901010001|Sukamaju|{area}|{members}"));
    let contact = |phone: &str, north: &str, east: &str, income: &str| {
        contact(&format!("9901014507850001|A|{phone}|{north}|{east}|{income}|Sukamaju|9901011001"))
    };
    vec![
        (
            "desil.range",
            vec![
                p3ke("0", "1", "TANAH"),
                p3ke("11", "1", "TANAH"),
                p3ke("2,5", "1", "TANAH"),
                p3ke("miskin", "1", "TANAH"),
            ],
            vec![
                p3ke("1", "1", "TANAH"),
                p3ke("10", "1", "TANAH"),
                p3ke("", "1", "TANAH"),
                p3ke("-", "1", "TANAH"),
                p3ke("angka 4", "1", "TANAH"),
                p3ke("Desil 4", "1", "TANAH"),
            ],
        ),
        (
            "persentil.range",
            vec![p3ke("1", "0", "TANAH"), p3ke("1", "101", "TANAH")],
            vec![p3ke("1", "1", "TANAH"), p3ke("1", "100", "TANAH"), p3ke("1", "", "TANAH")],
        ),
        (
            "label.unknown",
            vec![p3ke("1", "1", "LUMPUR"), p3ke("1", "1", "angka 8")],
            vec![
                p3ke("1", "1", "tanah"),
                p3ke("1", "1", " Tanah "),
                p3ke("1", "1", "KOSONG"),
                p3ke("1", "1", ""),
                p3ke("1", "1", "PLESTERAN"),
            ],
        ),
        (
            "label.synonym",
            vec![p3ke("1", "1", "PLESTERAN"), p3ke("1", "1", "Keramik")],
            vec![
                p3ke("1", "1", "SEMEN"),
                p3ke("1", "1", "kayu / papan"),
                p3ke("1", "1", "LUMPUR"),
                p3ke("1", "1", "NULL"),
            ],
        ),
        (
            "number.unreadable",
            vec![
                dtsen("luas", "4"),
                dtsen("36", "empat"),
                dtsen("-5", "4"),
                contact("", "", "", "cukup"),
                contact("", "tujuh", "110,2", ""),
            ],
            vec![
                dtsen("36,5", "4"),
                dtsen("36 m2", "4 orang"),
                dtsen("", "-"),
                dtsen("0", "0"),
                contact("", "", "", "Rp. 1.500.000,-"),
                contact("", "-7,5", "110,2", "1500000"),
            ],
        ),
        (
            "coordinate.swapped",
            vec![contact("", "110.2", "-7.5", "")],
            vec![contact("", "-7.5", "110.2", ""), contact("", "52.1", "5.1", "")],
        ),
        (
            "coordinate.outside",
            vec![contact("", "52.1", "5.1", ""), contact("", "0", "0", ""), contact("", "97.2", "", "")],
            vec![
                contact("", "-7.5", "110.2", ""),
                contact("", "110.2", "-7.5", ""),
                contact("", "-11.5", "141.5", ""),
                contact("", "-7.5", "", ""),
                contact("", "", "", ""),
            ],
        ),
        (
            "phone.unreadable",
            vec![contact("tetangga", "", "", ""), contact("12345", "", "", "")],
            vec![
                contact("0812-3456-7890", "", "", ""),
                contact("+62 812 3456 7890", "", "", ""),
                contact("angka 81234567890", "", "", ""),
                contact("-", "", "", ""),
            ],
        ),
    ]
}

fn rows_and_files() -> Vec<Case> {
    let sound = member(&[]);
    let with = |line: &str| members(&[sound.clone(), line.to_owned()]);
    let mut broken = rows(&format!("{DTSEN_MEMBER}\n{sound}\nx"));
    broken[2].broken = true;
    let damaged = |zeros: usize, cells: usize| {
        let mut text = "nik|nama".to_owned();
        for n in 0..cells {
            let last = if n < zeros { 0 } else { 1 + n % 9 };
            text.push_str(&format!("\nangka 88010145078{n:04}{last}|A"));
        }
        file(&text)
    };
    vec![
        (
            "file.header_offset",
            vec![file("DAFTAR\nnik|nama\n|A"), file("Orang|\nnik|nama\n|A")],
            vec![file("nik|nama\n|A")],
        ),
        (
            "file.unknown_column",
            vec![file("nik|nama|aneh\n|A|1")],
            vec![file("nik|nama|\n|A|1"), file("NIK|Nama Lengkap|No.\n|A|1")],
        ),
        (
            "file.missing_column",
            vec![file("nik|alamat_ktp\n|A"), file("nama\nA"), file("")],
            vec![file("nik|nama\n|A"), file("no_kk|nama\n|A")],
        ),
        (
            "file.nik_column_damaged",
            vec![damaged(8, 50), damaged(16, 100)],
            vec![damaged(7, 50), damaged(15, 100), damaged(49, 49)],
        ),
        ("row.unreadable", vec![read("dtsen.member", &broken)], vec![with("x")]),
        (
            "row.skipped_blank",
            vec![members(&[String::new(), sound.clone()]), members(&["|| |||".to_owned()])],
            vec![file(&format!("{DTSEN_MEMBER}\n{sound}\n\n|||||")), with("||SITI|||")],
        ),
        (
            "row.skipped_header",
            vec![with(DTSEN_MEMBER), with("1|2|3|4|5|6"), with("(1)|(2)|(3)|(4)|(5)|(6)")],
            vec![with("nik|||||"), with("1|9901010107150001|3|4|5|6")],
        ),
        (
            "row.skipped_total",
            vec![
                with("JUMLAH||2|||"),
                with("|Total|2|||"),
                with("TOTAL 2 ORANG|||||"),
                with("3|JUMLAH SELURUHNYA||||"),
                file(&format!("{DTSEN_MEMBER}\n{sound}\n||Kepala Desa|||\nNIP. 197001011990011001|||||")),
                file(&format!("{DTSEN_MEMBER}\n{sound}\n||||Mengetahui,|\n||||Kepala Dinas Sosial|")),
            ],
            vec![
                with(&member(&[(2, "JUMLAH")])),
                with("||JUMLIATI|||"),
                with("||TOTALIA|||"),
                with("||KEPALA DESA|05/07/1985|P|ANAK"),
            ],
        ),
        (
            "row.ragged",
            vec![with(&format!("{sound}|x")), with("9901014507850002|9901010107150001|SITI")],
            vec![with(&sound), with("")],
        ),
        ("cell.formula_uncached", one(4, &["rumus"]), one(4, &["P", "", "=A1"])),
    ]
}

/// A fault, what is found where it is, and what is found where it nearly is.
type Pair = (&'static str, Vec<Vec<String>>, Vec<Vec<String>>);

/// Family and member files held side by side.
fn families() -> Vec<Pair> {
    const FAMILY: &str = "K1|9901011001";
    let held = |families: &str, members: &str| -> Vec<String> {
        let families = read("p3ke_v2.family", &rows(&format!("ID Keluarga P3KE|Kode Kemdagri\n{families}")));
        let header = "ID Keluarga P3KE|Nama|Hubungan dengan Kepala Keluarga|Tanggal Lahir";
        let members = read("p3ke_v2.member", &rows(&format!("{header}\n{members}")));
        let keys = |file: &File| {
            let mut keys = FamilyKeys::new(&file.mapping, today());
            file.readings.iter().for_each(|reading| keys.add(reading));
            keys
        };
        let (families, members) = (keys(&families), keys(&members));
        check_families(&[&families, &members]).iter().map(|(_, finding)| finding.fault.code().to_owned()).collect()
    };
    let sound = || held(FAMILY, "K1|A|KEPALA KELUARGA|1985-07-05\nK1|B|ANAK|2015-07-05");
    vec![
        ("family.no_head", vec![held(FAMILY, "K1|A|ANAK|1985-07-05")], vec![sound()]),
        (
            "family.many_heads",
            vec![held(FAMILY, "K1|A|KEPALA KELUARGA|1985-07-05\nK1|B|KEPALA KELUARGA|1986-07-05")],
            vec![sound()],
        ),
        (
            "family.no_adult",
            vec![held(FAMILY, "K1|A|KEPALA KELUARGA|2009-11-22")],
            vec![sound(), held(FAMILY, "K1|A|KEPALA KELUARGA|2009-11-21"), held(FAMILY, "K1|A|KEPALA KELUARGA|")],
        ),
        (
            "family.members_missing",
            vec![held("K1|9901011001\nK2|9901011001", "K1|A|KEPALA KELUARGA|1985-07-05")],
            vec![sound()],
        ),
        (
            "member.family_missing",
            vec![held(FAMILY, "K1|A|KEPALA KELUARGA|1985-07-05\nK2|B|KEPALA KELUARGA|1985-07-05")],
            vec![sound()],
        ),
    ]
}

fn cases() -> Vec<Case> {
    [numbers(), people(), places(), answers(), rows_and_files()].into_iter().flatten().collect()
}

#[test]
fn what_has_a_fault_has_it_and_what_just_has_not_has_not() {
    let mut wrong = Vec::new();
    let has = |code: &str, found: &[String]| found.iter().any(|finding| finding.ends_with(&format!(" {code}")));
    for (code, positive, negative) in cases() {
        for (at, file) in positive.iter().enumerate() {
            let found = all(file);
            if !has(code, &found) {
                wrong.push(format!("{code}: case {at} is missed, found {found:?}"));
            }
        }
        for (at, file) in negative.iter().enumerate() {
            let found = all(file);
            if has(code, &found) {
                wrong.push(format!("{code}: case {at} is a false alarm, found {found:?}"));
            }
        }
    }
    for (code, positive, negative) in families() {
        wrong.extend(
            positive
                .iter()
                .filter(|found| !found.iter().any(|found| found == code))
                .map(|found| format!("{code} is missed: {found:?}")),
        );
        wrong.extend(
            negative
                .iter()
                .filter(|found| found.iter().any(|found| found == code))
                .map(|found| format!("{code} is a false alarm: {found:?}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_that_a_file_can_show_is_here() {
    // told by the crate that opens files, and by the store
    let elsewhere = ["file.encoding", "file.delimiter", "file.protected", "nik.duplicate_registry"];
    let here: Vec<&str> =
        cases().iter().map(|(code, ..)| *code).chain(families().iter().map(|(code, ..)| *code)).collect();
    for fault in Fault::ALL {
        assert!(here.contains(&fault.code()) || elsewhere.contains(&fault.code()), "{}", fault.code());
    }
}
