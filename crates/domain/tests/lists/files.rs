//! Whole files: what a survey finds, families beside members, and that no row of cells can make the reader stumble.

use domain::{
    AreaCode,
    identity::Sex,
    lists::{
        Cell, FamilyKeys, Relation, Row, RowClass, check_families,
        dates::{self, Parsed},
    },
};
use proptest::prelude::*;

use crate::support::{File, area, read, rows, shown, today};

fn keys(file: &File) -> FamilyKeys {
    let mut keys = FamilyKeys::new(&file.mapping, today());
    file.readings.iter().for_each(|reading| keys.add(reading));
    keys
}

/// Findings of a family file and a member file held side by side, as `file row code`.
fn side_by_side(families: &File, members: &File) -> Vec<String> {
    let (families, members) = (keys(families), keys(members));
    let findings = check_families(&[&families, &members]);
    findings
        .iter()
        .map(|(file, finding)| format!("{} {}", if *file == 0 { "family" } else { "member" }, shown(finding)))
        .collect()
}

fn dtsen_families(cards: &[&str]) -> File {
    let line = |card: &&str| format!("{card}|9901010001");
    read("dtsen.family", &rows(&format!("no_kk|kode_desa\n{}", cards.iter().map(line).collect::<Vec<_>>().join("\n"))))
}

fn dtsen_members(lines: &[&str]) -> File {
    read("dtsen.member", &rows(&format!("nik|no_kk|nama|tanggal_lahir|hubungan_keluarga\n{}", lines.join("\n"))))
}

const CARD: [&str; 4] = ["9901010107150001", "9901010107150002", "9901010107150003", "9901010107150004"];

fn dtsen_pair() -> Vec<String> {
    let families = dtsen_families(&[CARD[0], CARD[1], CARD[2], "-"]);
    let line = |card: &str, born: &str, relation: &str| format!("|{card}|A|{born}|{relation}");
    let lines = [
        line(CARD[0], "1985-07-05", "1"),
        line(CARD[0], "1987-07-05", "1"),
        line(CARD[1], "2015-07-05", "3"),
        line(CARD[3], "1985-07-05", "1"),
        line("1111111111111111", "1985-07-05", "1"),
        line("1111111111111111", "1985-07-05", "1"),
    ];
    side_by_side(&families, &dtsen_members(&lines.iter().map(String::as_str).collect::<Vec<_>>()))
}

fn p3ke_pair() -> Vec<String> {
    let families = read("p3ke_v2.family", &rows("ID Keluarga P3KE|Kode Kemdagri\nK-1|9901011001\nK-2|9901011001"));
    let members = read(
        "p3ke_v2.member",
        &rows(
            "ID Keluarga P3KE|Nama|Hubungan dengan Kepala Keluarga|Tanggal Lahir|Kode Kemdagri\nK-1|A|KEPALA KELUARGA|1985-07-05|9901011001\nK-1|B|KEPALA KELUARGA|1985-07-05|9901011001",
        ),
    );
    side_by_side(&families, &members)
}

fn damaged_column() -> File {
    let mut lines = vec!["nik|no_kk|nama".to_owned()];
    // sixty numeric cells of which ten lost their last digit
    for n in 0..60 {
        let last = if n < 10 { 0 } else { 1 + n % 9 };
        lines.push(format!("angka 88010145078{n:04}{last}|{}|A", CARD[0]));
    }
    read("dtsen.member", &rows(&lines.join("\n")))
}

/// For the coverage of the catalogue.
pub fn findings_of_whole_files() -> Vec<String> {
    let mut findings: Vec<String> = damaged_column().findings();
    findings.extend(dtsen_pair());
    findings.extend(p3ke_pair());
    findings.extend(read("dtsen.member", &rows("Data\nnama|aneh\nA|1")).findings());
    let undecided = read("dtsen.member", &rows("nik|nama|tanggal_lahir\n-|A|03/04/1985"));
    findings.extend(undecided.findings());
    findings
}

#[test]
fn families_and_members_are_held_side_by_side() {
    assert_eq!(
        dtsen_pair(),
        [
            "family 2 no_kk kk.many_heads",
            "family 3 no_kk family.no_head",
            "family 3 no_kk family.no_adult",
            "family 4 no_kk family.members_missing",
            "family 5 no_kk family.members_missing",
            "member 5 no_kk member.family_missing",
            // a dummy KK joins nobody: two people, two families
            "member 6 no_kk member.family_missing",
            "member 7 no_kk member.family_missing",
        ]
    );
    assert_eq!(
        p3ke_pair(),
        ["family 2 ID Keluarga P3KE family.many_heads", "family 3 ID Keluarga P3KE family.members_missing",]
    );
}

#[test]
fn alone_a_file_is_asked_only_what_it_can_tell() {
    let families = dtsen_families(&[CARD[0]]);
    assert!(check_families(&[&keys(&families)]).is_empty());
    let members = dtsen_members(&[&format!("|{}|A|2015-07-05|3", CARD[0])]);
    assert!(check_families(&[&keys(&members)]).is_empty());
}

#[test]
fn an_unknown_age_is_not_a_child() {
    let families = dtsen_families(&[CARD[0]]);
    let members = dtsen_members(&[&format!("|{}|A||1", CARD[0]), &format!("|{}|B|2015-07-05|3", CARD[0])]);
    assert!(side_by_side(&families, &members).is_empty());
}

#[test]
fn a_column_that_lost_its_last_digits_is_told_once() {
    let file = damaged_column();
    let found: Vec<_> = file.facts.findings.iter().map(|finding| (shown(finding), finding.value.as_str())).collect();
    assert_eq!(found, [(" nik file.nik_column_damaged".to_owned(), "10/60")]);
}

#[test]
fn the_column_decides_the_order_of_birth_dates() {
    let dates = |lines: &str| {
        let file = read("dtsen.member", &rows(&format!("nik|nama|tanggal_lahir\n{lines}")));
        file.readings
            .iter()
            .map(|row| row.fields.birth_date.map(|date| date.to_string()).unwrap_or_default())
            .collect::<Vec<_>>()
    };
    assert_eq!(dates("-|A|03/04/1985\n-|B|25/12/1990"), ["1985-04-03", "1990-12-25"]);
    assert_eq!(dates("-|A|03/04/1985\n-|B|12/25/1990"), ["1985-03-04", "1990-12-25"]);
}

#[test]
fn a_workbook_of_1904_counts_plain_numbers_from_there() {
    let parsed = |from_1904| dates::parse(&Cell::Number(29771.0), from_1904);
    assert_eq!(parsed(true), Parsed::Serial("1985-07-05".parse().expect("date")));
    assert_eq!(parsed(false), Parsed::Serial("1981-07-04".parse().expect("date")));
}

#[test]
fn a_family_row_is_read_into_fields_and_shared_answers() {
    let file = read(
        "p3ke_v2.family",
        &rows(concat!(
            "ID Keluarga P3KE|Kecamatan|Desa/Kelurahan|Kode Kemdagri|Desil Kesejahteraan|Persentil|Alamat|Nama Kepala Keluarga|",
            "NIK Kepala Keluarga|Jenis Kelamin Kepala Keluarga|Tanggal Lahir Kepala Keluarga|Jenis Lantai|Memiliki Fasilitas Buang Air Besar|",
            "Penerima BNPT|Catatan Petugas\n",
            "P3KE-000123|MEKARSARI|SUKAMAJU|9901011001|1|2|RT 1|SUKARNO (ALM)|9901010507850001|LAKI-LAKI|05/07/1985|TANAH|LAINNYA|Ya|x"
        )),
    );
    let reading = file.row(2);
    let fields = &reading.fields;
    assert_eq!(reading.class, RowClass::Data);
    assert_eq!(reading.raw[0], "P3KE-000123");
    assert_eq!((fields.list_family_id.as_deref(), fields.sound_nik()), (Some("P3KE-000123"), Some("9901010507850001")));
    assert_eq!((fields.name.as_deref(), fields.name_key.as_str()), (Some("SUKARNO (ALM)"), "SUKARNO"));
    assert_eq!((fields.sex, fields.village), (Some(Sex::Male), Some(area("99.01.01.1001"))));
    assert_eq!((fields.desil_national, fields.percentile), (Some(1), Some(2)));
    assert_eq!(fields.values.to_json(), r#"{"aid_bpnt":"YES","approximate":"toilet","floor":"EARTH","toilet":"NONE"}"#);
    assert_eq!(file.findings(), ["1 Catatan Petugas file.unknown_column"]);
}

#[test]
fn a_member_row_is_read_into_fields_and_codes() {
    let file = read(
        "dtsen.member",
        &rows(concat!(
            "nomor_induk_kependudukan|nomor_kartu_keluarga|nama|tanggal_lahir|jenis_kelamin|status_hubungan_keluarga|status_kawin|",
            "partisipasi_sekolah|ijazah_tertinggi_yang_dimiliki|status_bekerja|penglihatan|kode_kelurahan_desa_ktp|rt_ktp\n",
            "9901014507850001|9901010107150001|SITI|1985-07-05|Perempuan|6|Kawin/nikah|1|23|2|4|3301012001|003"
        )),
    );
    let fields = &file.row(2).fields;
    assert_eq!((fields.relation, fields.relation_code.as_deref()), (Some(Relation::Other), Some("6")));
    assert_eq!(fields.village, None::<AreaCode>);
    assert_eq!(
        fields.values.to_json(),
        r#"{"card_rt":"003","card_village_code":"3301012001","difficulty_seeing":"4","diploma":"23","education":"NONE","marital":"MARRIED","marital_code":"2","school_participation":"1","working":"NO","working_code":"2"}"#
    );
    assert!(file.findings().is_empty(), "an address on the card elsewhere is normal: {:?}", file.findings());
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        Just(Cell::Uncached),
        Just(Cell::Error("#REF!")),
        any::<bool>().prop_map(Cell::Bool),
        any::<f64>().prop_map(Cell::Number),
        (0_i64..10_000_000_000_000_000).prop_map(|number| Cell::Number(number as f64)),
        "[0-9]{1,18}(\\.0)?".prop_map(Cell::Text),
        "[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}".prop_map(Cell::Text),
        "\\PC{0,20}".prop_map(Cell::Text),
        any::<String>().prop_map(Cell::Text),
        (-400_000_i32..1_000_000)
            .prop_map(|days| { Cell::Date(chrono::NaiveDate::from_num_days_from_ce_opt(days).unwrap_or_default()) }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever stands in a row, it is read, its text is kept, and its findings name the row.
    #[test]
    fn no_row_of_cells_makes_the_reader_stumble(
        cells in prop::collection::vec(prop::collection::vec(any_cell(), 0..20), 1..20),
        id in prop::sample::select(vec!["dtsen.family", "dtsen.member", "p3ke_v2.family", "p3ke_v2.member"]),
    ) {
        let format = domain::lists::format::format(id).expect("format");
        let header = format.columns.iter().map(|column| column.headers[0].as_str().into()).take(20).collect();
        let mut all = vec![Row::new(1, header)];
        all.extend(cells.into_iter().enumerate().map(|(at, cells)| Row::new(at as u32 + 2, cells)));
        let file = read(id, &all);
        for (row, reading) in all[1..].iter().zip(&file.readings) {
            prop_assert_eq!(&reading.raw, &row.cells.iter().map(Cell::display).collect::<Vec<_>>());
            prop_assert!(reading.findings.iter().all(|finding| finding.row == Some(row.number)));
        }
        let _ = check_families(&[&keys(&file)]);
    }

    /// A sound number in any dress comes out as the same sixteen digits.
    #[test]
    fn a_sound_number_keeps_every_digit(day in 1_u32..=28, month in 1_u32..=12, year in 0_u32..100, serial in 1_u32..10_000) {
        let nik = format!("990101{day:02}{month:02}{year:02}{serial:04}");
        for dress in [nik.clone(), format!("'{nik}"), format!(" {nik}\u{a0}"), format!("{}.{}", &nik[..6], &nik[6..])] {
            let file = read("dtsen.member", &[
                Row::new(1, ["nik", "nama"].map(Cell::from).to_vec()),
                Row::new(2, vec![Cell::Text(dress), Cell::from("A")]),
            ]);
            prop_assert_eq!(file.row(2).fields.sound_nik(), Some(nik.as_str()));
        }
    }
}
