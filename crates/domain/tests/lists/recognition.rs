//! The header found, the format told, the version guessed.

use chrono::NaiveDate;
use domain::lists::{
    Row, RowClass,
    format::{format, formats},
    recognise,
    recognise::{list_date, version_end, version_in},
    recognise_as,
};

use crate::support::{read, rows, shown};

fn best(head: &[Row]) -> Option<(&'static str, (u32, u32))> {
    let found = recognise(head, "");
    found.first().map(|found| (found.mapping.format.id.as_str(), found.mapping.header_rows))
}

#[test]
fn every_format_is_told_from_its_own_header() {
    for format in formats() {
        let header = format.columns.iter().map(|column| column.headers[0].as_str().into()).collect();
        let found = recognise(&[Row::new(1, header)], "");
        assert_eq!(found[0].mapping.format.id, format.id);
        assert_eq!(found[0].score, 100);
        assert!(found[0].is_complete() && found[0].absent.is_empty() && found[0].findings.is_empty());
    }
}

#[test]
fn misspelt_headers_of_real_files_are_known() {
    let head = rows(
        "No|ID Keluarga P3KE|Desa/Keluarahan|Kode Kemendagri|DIMUKTAKHIRKAN TAHUN|nik kepala keluarga padan kemdagri|Penerima BNPT|Resiko Stunting|Kepala Keluarga",
    );
    let found = recognise_as(&head, "", format("p3ke_v2.family").expect("format"));
    assert!(found.unknown.is_empty(), "{:?}", found.unknown);
    assert!(found.is_complete());
}

#[test]
fn a_header_below_titles_is_found() {
    let head = rows(
        "DAFTAR KELUARGA\nKabupaten Contoh||Tahun 2023\n\nID Keluarga P3KE|Kode Kemdagri|Nama Kepala Keluarga\n1|9901011001|A",
    );
    let found = recognise(&head, "daftar.xlsx");
    assert_eq!(best(&head), Some(("p3ke_v2.family", (4, 4))));
    assert_eq!(found[0].version.as_deref(), Some("2023"));
    assert_eq!(found[0].findings.iter().map(shown).collect::<Vec<_>>(), ["4 - file.header_offset"]);
    assert_eq!(found[0].findings[0].reading.as_deref(), Some("4"));
}

#[test]
fn a_header_of_two_rows_is_read_as_one() {
    let head = rows(concat!(
        "No|ID Keluarga P3KE|Wilayah|||Kepala Keluarga|||Penerima||\n",
        "||Kecamatan|Desa/Kelurahan|Kode Kemdagri|Nama|NIK|Tanggal Lahir|BPNT|PKH|Catatan\n",
        "1|K1|MEKARSARI|SUKAMAJU|9901011001|A|9901010507850001|05/07/1985|YA|TIDAK|x"
    ));
    let found = recognise_as(&head, "", format("p3ke_v2.family").expect("format"));
    let fields: Vec<_> = found.matched.iter().map(|(header, field)| (&**header, *field)).collect();
    assert_eq!(found.mapping.header_rows, (1, 2));
    assert_eq!(
        fields,
        [
            ("No", "no"),
            ("ID Keluarga P3KE", "list_family_id"),
            ("Kecamatan", "subdistrict"),
            ("Desa/Kelurahan", "village"),
            ("Kode Kemdagri", "village_code"),
            ("Nama", "name"),
            ("NIK", "nik"),
            ("Tanggal Lahir", "birth_date"),
            ("BPNT", "aid_bpnt"),
            ("PKH", "aid_pkh"),
        ]
    );
    let codes: Vec<_> = found.findings.iter().map(shown).collect();
    assert_eq!(codes, ["2 - file.header_offset", "2 Catatan file.unknown_column"]);
}

#[test]
fn what_cannot_be_done_without_is_named() {
    let head = rows("nama|alamat_ktp\nA|B");
    let found = recognise_as(&head, "", format("dtsen.member").expect("format"));
    assert!(!found.is_complete());
    let finding = &found.findings[0];
    assert_eq!(shown(finding), " nomor_induk_kependudukan / nomor_kartu_keluarga file.missing_column");
    let empty = recognise_as(&[], "", format("dtsen.member").expect("format"));
    assert_eq!((empty.matched.len(), empty.missing.len()), (0, 2));
    assert!(recognise(&rows("apa|saja\n1|2"), "").is_empty());
}

#[test]
fn an_unknown_column_near_a_known_one_suggests_it() {
    let head = rows("nomor_kartu_keluarga|nama|status_hubungan_keluraga|warna");
    let found = recognise_as(&head, "", format("dtsen.member").expect("format"));
    let suggestions: Vec<_> =
        found.findings.iter().map(|finding| (finding.value.as_str(), finding.suggestion.as_deref())).collect();
    assert_eq!(suggestions, [("status_hubungan_keluraga", Some("status_hubungan_keluarga")), ("warna", None)]);
    assert!(found.mapping.columns[2].column.is_none(), "likeness is never enough to read a value");
}

#[test]
fn a_person_overrules_the_mapping() {
    let head = rows("nomor_kartu_keluarga|nama|orang|nama");
    let mut mapping = recognise_as(&head, "", format("dtsen.member").expect("format")).mapping;
    assert!(mapping.columns[3].column.is_none(), "a header that stands twice is read once");
    mapping.assign(2, Some("name"));
    let fields: Vec<_> = mapping
        .columns
        .iter()
        .map(|mapped| mapped.column.map(|column| mapping.format.columns[column].field.as_str()))
        .collect();
    assert_eq!(fields, [Some("kk"), None, Some("name"), None]);
}

#[test]
fn versions_are_guessed_and_have_an_end() {
    for (text, version) in [
        ("DTSEN_keluarga_2026Q3.csv", Some("2026Q3")),
        ("dtsen 2026T4 anggota.csv", Some("2026Q4")),
        ("DTSEN Triwulan III Tahun 2026", Some("2026Q3")),
        ("DTSEN TW1 2026", Some("2026Q1")),
        ("P3KE v2 2023 keluarga.xlsx", Some("2023")),
        ("p3ke_2023_individu.xlsx", Some("2023")),
        ("daftar.csv", None),
        ("Kecamatan 12 RT 3", None),
        ("20260710.csv", None),
    ] {
        assert_eq!(version_in(text).as_deref(), version, "{text}");
    }
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    for (version, end) in [
        ("2026Q3", day(2026, 9, 30)),
        ("2026T4", day(2026, 12, 31)),
        ("2026-TW1", day(2026, 3, 31)),
        ("2026S1", day(2026, 6, 30)),
        ("2023", day(2023, 12, 31)),
        ("2026Q5", None),
        ("entah", None),
    ] {
        assert_eq!(version_end(version), end, "{version}");
    }
    let today = day(2026, 11, 21).expect("date");
    assert_eq!(list_date(None, Some("2023"), today), day(2023, 12, 31).expect("date"));
    assert_eq!(list_date(day(2024, 1, 1), Some("2023"), today), day(2024, 1, 1).expect("date"));
    assert_eq!(list_date(None, Some("uji"), today), today);
    // a list of the quarter that runs says what is so today
    assert_eq!(list_date(None, Some("2026Q4"), today), today);
}

#[test]
fn families_in_the_layout_of_east_java_are_not_taken_for_people_without_numbers() {
    let head = rows(
        "kode_provinsi|provinsi|kode_kabupaten_kota|kabupaten_kota|kode_kecamatan|kecamatan|kode_kelurahan_desa|kelurahan_desa|alamat|no_kk|jumlah_anggota_keluarga|nama_anggota_keluarga|desil_nasional_keluarga|pbi_nas|pbi_pemda|id_pelanggan_pln|id_status_penguasaan_bangunan|id_lantai_terluas|luas_lantai_bangunan|id_dinding_terluas|id_atap_terluas|id_sumber_airminum|id_sumberpenerangan|id_dayapenerangan|id_bb_utama|id_fasilitas_bab|id_jenis_kloset|id_pembuangan_tinja|kepemilikan_aset|aset_bergerak_tabung_gas|aset_bergerak_lemari_es|aset_bergerak_ac|aset_bergerak_tv_datar|aset_bergerak_sepeda_motor|aset_bergerak_mobil|lahan_tempat_lain|rumah_tempat_lain|jml_sapi|jml_kerbau|cut_off_keluarga",
    );
    assert_eq!(best(&head).map(|(format, _)| format), Some("dtsen.family"));
}

#[test]
fn what_stands_in_a_column_nobody_reads_may_be_a_footer() {
    let sound = "9901014507860002|9901010101200001|SITI AMINAH";
    let file = read(
        "dtsen.member",
        &rows(&format!(
            "no|nik|no_kk|nama\n1|{sound}\n2\nA\n|\nContoh, 21 November 2026\nKepala Dinas Sosial\nNIP. 197001011990011001"
        )),
    );
    let classes: Vec<RowClass> = (3..=8).map(|row| file.facts.class(row)).collect();
    let (blank, footer) = (RowClass::Blank, RowClass::Total);
    assert_eq!(classes, [blank, blank, blank, footer, footer, footer]);
}

#[test]
fn a_text_cut_into_lines_is_no_list() {
    let rows = |count: usize, line: &str| rows(&format!("nik|no_kk|nama\n{}", format!("{line}\n").repeat(count)));
    let is_no_list = |count, line| read("dtsen.member", &rows(count, line)).facts.is_no_list();
    assert!(is_no_list(20_001, "x"));
    assert!(!is_no_list(20_000, "x"), "a short file may be damaged that much");
    assert!(!is_no_list(20_001, "||SITI AMINAH"));
}
