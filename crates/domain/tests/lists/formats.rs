//! A made-up sample of every layout, written as offices send it: which format it is taken for, what its rows say, and that
//! a clean file has no findings but those of its layout.

use domain::{
    identity::Sex,
    lists::{
        Fault, Fields, FileFacts, Finding, MappedFormat, Reader, Reason, Recognition, Relation, Row, format::format,
        recognise, recognise_among, recognise_as,
    },
};

use crate::support::{File, area, read_as, rows, shown};

/// Recognised without help from a file name, and read.
fn sample(id: &str, text: &str) -> File {
    sample_of(id, &rows(text))
}

fn sample_of(id: &str, rows: &[Row]) -> File {
    let found = recognise(&rows[..rows.len().min(40)], "");
    let ids: Vec<&str> = found.iter().map(|found| found.mapping.format.id.as_str()).collect();
    assert_eq!(ids.first(), Some(&id), "{ids:?}");
    read_as(found[0].mapping.format, rows)
}

fn value<'f>(file: &'f File, row: u32, field: &str) -> &'f str {
    file.row(row).fields.values.get(field).unwrap_or_default()
}

fn fields(file: &File, row: u32) -> &Fields {
    &file.row(row).fields
}

fn best(text: &str, name: &str) -> Recognition {
    recognise(&rows(text), name).into_iter().next().expect("a format")
}

#[test]
fn dtsen_of_the_east_java_layout_has_person_and_dwelling_in_one_row() {
    let file = sample(
        "dtsen_jatim.member",
        concat!(
            "nik|no_kk|nama|tanggal_lahir|jenis_kelamin|status_hubungan_keluarga|umur_2026|kode_kelurahan_desa|kelurahan_desa|",
            "id_status_penguasaan_bangunan|id_lantai_terluas|luas_lantai_bangunan|id_sumber_airminum|id_dayapenerangan|id_bb_utama|",
            "jml_sapi|rumah_tempat_lain|desil_nasional_anggota|desil_nasional_keluarga|cut_off_keluarga\n",
            "9901014507850001|9901010107150001|SITI AMINAH|1985-07-05|2|1|41|9901010001|Sukamaju|1|8|36|5|1|10|2|2|1|1|0"
        ),
    );
    assert_eq!(file.findings(), Vec::<String>::new());
    let read = fields(&file, 2);
    assert_eq!((read.relation, read.village), (Some(Relation::Head), Some(area("99.01.01.1001"))));
    assert_eq!((value(&file, 2, "floor"), value(&file, 2, "asset_other_house")), ("EARTH", "NO"));
    assert_eq!((value(&file, 2, "power"), value(&file, 2, "livestock_cattle")), ("LE_900", "2"));
}

#[test]
fn dtsen_families_of_the_east_java_layout_are_families() {
    let file = sample(
        "dtsen.family",
        concat!(
            "no_kk|kode_kelurahan_desa|kelurahan_desa|id_status_penguasaan_bangunan|id_lantai_terluas|luas_lantai_bangunan|",
            "id_sumberpenerangan|id_fasilitas_bab|desil_nasional_keluarga|cut_off_keluarga\n",
            "9901010107150001|9901010001|Sukamaju|1|8|36|1|1|1|0"
        ),
    );
    assert_eq!(file.findings(), Vec::<String>::new());
    assert_eq!((fields(&file, 2).desil_national, value(&file, 2, "toilet")), (Some(1), "OWN"));
}

#[test]
fn p3ke_of_2022_is_told_from_that_of_2023() {
    let families = sample(
        "p3ke_v1.family",
        concat!(
            "No|ID Keluarga P3KE|Provinsi|Kabupaten/Kota|Kecamatan|Desa/Kelurahan|Kode Kemdagri|Desil Kesejahteraan|Alamat|Kepala Keluarga|NIK|",
            "Padan Dukcapil|Jenis Kelamin|Tanggal Lahir|Pekerjaan|Pendidikan|Kepemilikan Rumah|Memiliki Simpanan Uang/Perhiasan/Ternak/Lainnya|",
            "Jenis Atap|Jenis Dinding|Jenis Lantai|Sumber Penerangan|Bahan Bakar Memasak|Sumber Air Minum|Memiliki Fasilitas Buang Air Besar|",
            "Penerima BNPT|Penerima BPUM|Penerima BST|Penerima PKH|Penerima SEMBAKO|Resiko Stunting\n",
            "1|0001234|Contoh|Kabupaten Contoh|Mekarsari|Sukamaju|9901011001|1|RT 1|SUKARNO|9901010507850001|",
            "Ya|Laki-laki|05/07/1985|Petani|Tamat SMP/Sederajat|Milik Sendiri|Tidak|",
            "Genteng|Bambu|Tanah|Listrik Pribadi s/d 450 Watt|Arang/Kayu|Sumur Terlindung|Ya, Tanpa Septic Tank|",
            "Ya|Tidak|Tidak|Ya|Tidak|Bukan Target Sasaran"
        ),
    );
    assert_eq!(families.findings(), Vec::<String>::new());
    let read = fields(&families, 2);
    assert_eq!((read.list_family_id.as_deref(), read.desil_national), (Some("0001234"), Some(1)));
    for (field, code) in [
        ("toilet", "OWN"),
        ("septic", "UNSAFE"),
        ("lighting", "PLN_METER"),
        ("power", "LE_900"),
        ("education", "LOWER_SEC"),
        ("nik_matched", "YES"),
        ("aid_bpnt", "YES"),
    ] {
        assert_eq!(value(&families, 2, field), code, "{field}");
    }
    let persons = sample(
        "p3ke_v1.member",
        concat!(
            "No|ID Keluarga P3KE|Kecamatan|Desa/Kelurahan|Kode Kemendagri|Desil Kesejahteraan|Alamat|ID Individu|Nama|NIK|Padan Dukcapil|",
            "Jenis Kelamin|Hubungan dengan Kepala Keluarga|Tanggal Lahir|Status Kawin|Pekerjaan|Pendidikan|Usia dibawah 7 tahun|Usia 7-12|",
            "Usia 60 tahun keatas|Penerima BPNT|Resiko Stunting\n",
            "1|0001234|MEKARSARI|SUKAMAJU|9901011001|1|RT 1|77001|SITI AMINAH|9901014507850001|Ya|Perempuan|Istri/Suami|05/07/1985|Kawin|",
            "Tidak/Belum Bekerja|Siswa SMA/Sederajat|Tidak|Tidak|Tidak|Ya|Bukan Target Sasaran"
        ),
    );
    assert_eq!(persons.findings(), Vec::<String>::new());
    assert_eq!(value(&persons, 2, "age_under_7"), "NO");
    assert_eq!(fields(&persons, 2).relation, Some(Relation::Spouse));
    let newer = sample(
        "p3ke_v2.member",
        concat!(
            "No|ID Keluarga P3KE|Desa/Keluarahan|Kode Kemdagri|Dimuktakhirkan Tahun|Desil Kesejahteraan|Persentil|Prioritas Verval|ID Individu|",
            "Nama|NIK|Hubungan dengan Kepala Keluarga|Tanggal Lahir|Usia 2023|Kelompok Usia 2023|Penerima Prakerja\n",
            "1|K1|SUKAMAJU|9901011001|2023|1|2|NORMAL|77001|SITI|9901014507850001|ISTRI/SUAMI|05/07/1985|38|USIA 19 - 59 TAHUN|TIDAK"
        ),
    );
    assert_eq!(newer.findings(), Vec::<String>::new());
}

#[test]
fn dtks_comes_with_bars_and_as_an_older_workbook() {
    let export = sample(
        "dtks.export",
        concat!(
            "ID DTKS|PROVINSI|KABUPATEN/KOTA|KECAMATAN|DESA/KELUARAHAN|ALAMAT|DUSUN|RT|RW|NOKK|NIK|NAMA|TANGGAL LAHIR|TEMPAT LAHIR|JENIS KELAMIN|",
            "PEKERJAAN|NAMA IBU KANDUNG|HUB KELUARGA|KETERANGAN PADAN|BANSOS BPNT|BANSOS PKH|BANSOS BPNT-PPKM|PBI JKN\n",
            "7F00A1|CONTOH|KABUPATEN CONTOH|MEKARSARI|SUKAMAJU|JL. SATU|KRAJAN|001|002|9901010107150001|9901014507850001|SITI AMINAH|05-07-1985|CONTOH|",
            "PEREMPUAN|BURUH TANI|X|ISTRI|SUDAH PADAN|YA|TIDAK|TIDAK|YA"
        ),
    );
    assert_eq!(export.findings(), Vec::<String>::new());
    let read = fields(&export, 2);
    assert_eq!((read.list_person_id.as_deref(), read.rt.as_deref()), (Some("7F00A1"), Some("001")));
    assert_eq!((read.village, read.relation), (Some(area("99.01.01.1001")), Some(Relation::Spouse)));
    assert_eq!(value(&export, 2, "mother"), "", "a bank's secret answer is left alone");
    let older = sample(
        "dtks.workbook",
        concat!(
            "NO|PROVINSI|KABUPATEN/KOTA|KECAMATAN|DESA/KELURAHAN|ALAMAT|DUSUN|RT|RW|NOMOR KK|NOMOR NIK|NAMA|TANGGAL LAHIR|TEMPAT LAHIR|JENIS KELAMIN|",
            "PEKERJAAN|HUBUNGAN KELUARGA\n",
            "1|CONTOH|KABUPATEN CONTOH|TIRTAJAYA|DS. WANASARI|JL. SATU|KRAJAN|001|002|9901010107150001|9901014507850001|SITI AMINAH|05-07-1985|CONTOH|",
            "PEREMPUAN|BURUH TANI|KEPALA KELUARGA"
        ),
    );
    assert_eq!(older.findings(), Vec::<String>::new(), "without code columns a name is no finding");
    assert_eq!(fields(&older, 2).village, Some(area("99.01.02.2002")));
}

#[test]
fn siks_ng_leaves_its_coding_open() {
    let file = sample(
        "siks_ng.person",
        concat!(
            "provinsi|kabupaten|kecamatan|desa_kelurahan|prop_capil|kab_capil|id_kec|id_desa|idsemesta|verifyid|Nama|NIK|NOKK|Alamat|FIRST_SK|",
            "PKH|periode_PKH|BPNT|PBI|is_nonaktif|keterangan_meninggal|isAktifHamil|padankan_at|pendampingShow\n",
            "CONTOH|KABUPATEN CONTOH|MEKARSARI|SUKAMAJU|CONTOH|CONTOH|9901010|9901010001|55|8|SITI AMINAH|9901014507850001|9901010107150001|RT 1|",
            "12/2021|1|TAHAP 3|0|1|false||0|2026-01-02|-"
        ),
    );
    assert_eq!(file.findings(), ["2 id_desa area.coding_guessed"]);
    assert_eq!(fields(&file, 2).village, Some(area("99.01.01.1001")));
    for (field, code) in [("aid_pkh", "YES"), ("aid_bpnt", "NO"), ("period_pkh", "TAHAP 3"), ("inactive", "NO")] {
        assert_eq!(value(&file, 2, field), code, "{field}");
    }
}

#[test]
fn bdt_tells_its_village_in_four_columns() {
    let header = concat!(
        "IDBDT|IDARTBDT|KDPROP|KDKAB|KDKEC|KDDESA|NoPesertaPKH|Nama|JnsKel|TmpLahir|TglLahir|HubKRT|NIK|NoKK|NUK|Hubkel|Umur|Sta_kawin|",
        "Ada_akta_nikah|Sta_hamil|Jenis_cacat|Sta_Bekerja|Jumlah_jamkerja|Ada_kks|namagadis_ibukandung"
    );
    let row = |codes: &str| {
        format!(
            "{header}\nR1|A1|{codes}||SITI AMINAH|2|CONTOH|05/07/1985|2|9901014507850001|9901010107150001|1|2|30|2|1|2|0|2|0|1|X"
        )
    };
    for codes in ["99|01|010|001", "99|1|10|1", "99|9901|9901010|9901010001"] {
        let file = sample("bdt.member", &row(codes));
        assert_eq!(file.findings(), Vec::<String>::new(), "{codes}");
        let read = fields(&file, 2);
        assert_eq!((read.village, read.sex), (Some(area("99.01.01.1001")), Some(Sex::Female)), "{codes}");
        assert_eq!((read.relation, value(&file, 2, "pregnant")), (Some(Relation::Spouse), "NO"));
        assert_eq!((value(&file, 2, "working"), value(&file, 2, "disability_code")), ("NO", ""));
    }
    let unknown = sample("bdt.member", &row("99|01|010|099"));
    assert_eq!(unknown.findings(), ["2 KDDESA area.unknown"]);
    let elsewhere = sample("bdt.member", &row("33|28|020|001"));
    assert_eq!(elsewhere.findings(), ["2 KDDESA area.outside_district"]);
}

#[test]
fn a_village_proposes_with_ten_answers_and_coordinates() {
    let questions = [
        "Apakah Anda memiliki tempat berteduh tetap sehari-hari?",
        "Apakah Anda tinggal bersama anggota keluarga yang lain (yang berbeda kartu keluarga)?",
        "Pertanyaan 3",
        "P4",
    ];
    let file = sample(
        "usulan.person",
        &format!(
            "No|NIK|KK|Nama|Tempat Lahir|Tanggal Lahir|Nama Ibu|Jenis Kelamin|Pekerjaan|Status Nikah|Alamat|Provinsi|Kab/Kota|Kecamatan|Kelurahan|Status Disabilitas|Jenis Disabilitas|Status Kehamilan|{}|Foto KK|Foto Rumah depan|Nomor Kontak|Latitude|Longitude|Foto Rumah dalam|Keterangan\n\
             1|9901014507850001|9901010107150001|Siti Aminah|Contoh|05-07-1985|X|Perempuan|Tani|Menikah|RT 1|Contoh|Kab. Contoh|Mekarsari|Sukamaju|Tidak||Tidak|Ya|Tidak|Ya|Tidak|a.jpg|b.jpg|0812-3456-7890|-7,12|110,3|c.jpg|",
            questions.join("|")
        ),
    );
    assert_eq!(file.findings(), Vec::<String>::new());
    let read = fields(&file, 2);
    assert_eq!((read.phone.as_deref(), read.latitude), (Some("+6281234567890"), Some(-7.12)));
    let answers: Vec<&str> =
        (1..=4).map(|n| value(&file, 2, ["question_1", "question_2", "question_3", "question_4"][n - 1])).collect();
    assert_eq!(answers, ["YES", "NO", "YES", "NO"]);
    assert_eq!(value(&file, 2, "marital"), "MARRIED");
}

#[test]
fn a_cleaning_of_food_aid_says_who_is_clean() {
    let file = sample(
        "bpnt.cleaning",
        concat!(
            "NAMA_PENERIMA|NOMOR_KARTU|NIK_KTP|NOKK_DTKS|IDARTBDT|IDKELUARGA|NMPROP|NMKAB|NMKEC|NMKEL|ALAMAT|KET_TAMBAHAN\n",
            "SITI AMINAH|6032000000000001|9901014507850001|9901010107150001|A1|K1|CONTOH|KAB. CONTOH|MEKARSARI|SUKAMAJU|RT 1|CLEAN\n",
            "ROHAYA|6032000000000002|9901014607850002|9901010107150002|A2|K2|CONTOH|KAB. CONTOH|MEKARSARI|SUKAMAJU|RT 1|NON AKTIF\n",
            "KARTINI|6032000000000003|9901014707850003|9901010107150003|A3|K3|CONTOH|KAB. CONTOH|MEKARSARI|SUKAMAJU|RT 1|BERSIHKAN"
        ),
    );
    assert_eq!(file.findings(), ["4 KET_TAMBAHAN label.unknown"]);
    assert_eq!((value(&file, 2, "cleaning"), value(&file, 3, "cleaning")), ("CLEAN", "NONAKTIF"));
}

#[test]
fn a_semarang_workbook_has_three_rows_of_header() {
    let titles = concat!(
        "|DATA P3KE||||||||||PERBAIKAN||VERVAL|||SIKS||||APBN||APBD||DANA DESA||BANSOS APBD|\n",
        "||||||||||||||||DJ|||||||||||\n",
        "No|ID Keluarga P3KE|Kecamatan|Desa/Kelurahan|Kode Kemdagri|RT|RW|Nama Kepala Keluarga|NIK Kepala Keluarga|Koordinat_X|Koordinat_Y|",
        "nama_perbaikan|NIK_perbaikan|memenuhi kriteria P3KE|alasan tidak memenuhi kriteria|keterangan|",
        "rumah layak huni|air bersih|jamban|disabilitas|PKH|BSPS|beasiswa|RTLH|BLT DD|RTLH|jambanisasi|air bersih\n",
    );
    let data = concat!(
        "1|K1|MEKARSARI|SUKAMAJU|9901011001|001|002|SUKARNO|9901010507850001|110.3|-7.1|SOEKARNO|9901010507850001|Ya||-|",
        "Tidak|Ya|Tidak|Tidak|V||X||Ya|Tidak|1|0"
    );
    let file = sample("lokal.semarang", &format!("{titles}{data}"));
    assert_eq!(file.mapping.header_rows, (1, 3));
    assert_eq!(file.findings(), ["3 - file.header_offset"]);
    for (field, code) in [
        ("verval_eligible", "YES"),
        ("need_rlh", "NO"),
        ("need_water", "YES"),
        ("need_toilet", "NO"),
        ("apbn_pkh", "YES"),
        ("apbd_scholarship", "YES"),
        ("village_blt_dd", "YES"),
        ("village_rtlh", "NO"),
        ("local_toilets", "YES"),
        ("local_water", "NO"),
        ("corrected_nik", "9901010507850001"),
    ] {
        assert_eq!(value(&file, 4, field), code, "{field}");
    }
    assert_eq!(fields(&file, 4).longitude, Some(110.3));
    // the whole header again below, and a corrected NIK that is none
    let again = sample(
        "lokal.semarang",
        &format!("{titles}{data}\n{titles}{}", data.replace("SOEKARNO|9901010507850001", "SOEKARNO|990101")),
    );
    assert_eq!(
        again.findings(),
        [
            "3 - file.header_offset",
            "5 - row.skipped_header",
            "6 - row.skipped_header",
            "7 - row.skipped_header",
            "8 NIK_perbaikan nik.length"
        ]
    );
    // flattened, with underscores
    let flat = sample(
        "lokal.semarang",
        concat!(
            "ID_Keluarga_P3KE|Kode_Kemdagri|nomor_KK|VERVAL_memenuhi_kriteria_P3KE|VERVAL_keterangan|DTKS_BERIRISAN|DTKS_ID|SIKS_DJ_air bersih|APBN_sembako|BLT_DBHCHT|dana_desa_BLT_DD|bansos_APBD_padat karya|status_verifikasi\n",
            "K1|9901011001|9901010107150001|Memenuhi||BERIRISAN|7|Ya|Ya|Tidak|Tidak|Tidak|selesai"
        ),
    );
    assert_eq!(flat.findings(), Vec::<String>::new());
    assert_eq!((value(&flat, 2, "dtks_overlap"), value(&flat, 2, "apbn_sembako")), ("YES", "YES"));
}

/// Twelve rows above the data, columns B to N.
fn sambas(header: &str) -> String {
    let mut text = "|BERITA ACARA MUSYAWARAH DESA\n|Kabupaten Contoh\n".to_owned();
    text.push_str(&"\n".repeat(8));
    text.push_str(header);
    text.push_str("\n|(1)|(2)|(3)|(4)|(5)|(6)|(7)|(8)|(9)|(10)\n");
    for (family, name, nik, sex, relation) in [
        ("K1", "SUKARNO", "9901010507850001", "Laki-laki", "KEPALA KELUARGA/ SUAMI"),
        ("K1", "SITI AMINAH", "9901014507850001", "Perempuan", "ISTRI/SUAMI"),
        ("K2", "ROHAYA", "9901014607850002", "Perempuan", ""),
        ("K2", "BUDI", "9901010607150003", "Laki-laki", "ANAK/KANDUNG"),
    ] {
        text.push_str(&format!("|WANASARI|RT 1|{family}||1|{name}|{nik}||{sex}|{relation}\n"));
    }
    text
}

#[test]
fn a_sambas_workbook_is_read_by_its_header_or_by_its_columns() {
    let named = sambas("|Desa|Alamat|ID Keluarga|Kode|Desil|Nama|NIK|Padan|Jenis Kelamin|Hubungan");
    for text in [named, sambas("|A|B|C|D|E|F|G|H|I|J"), sambas("")] {
        let file = sample("lokal.sambas", &text);
        assert_eq!(fields(&file, 13).list_family_id.as_deref(), Some("K1"));
        let relations: Vec<_> = (13..=16).map(|row| fields(&file, row).relation.expect("relation")).collect();
        assert_eq!(relations, [Relation::Head, Relation::Spouse, Relation::Head, Relation::Child]);
        assert_eq!(fields(&file, 15).village, Some(area("99.01.02.2002")));
        let of_rows: Vec<String> =
            file.readings.iter().filter(|row| row.row >= 13).flat_map(|row| &row.findings).map(shown).collect();
        assert_eq!(of_rows.len(), 1, "{of_rows:?}");
        assert!(of_rows[0].starts_with("15 ") && of_rows[0].ends_with("relation.unknown"));
    }
    let head = rows(&sambas("|A|B|C|D|E|F|G|H|I|J"));
    let found = recognise_as(&head, "", format("lokal.sambas").expect("format"));
    assert!(found.reasons.contains(&Reason::Position { first_row: 13 }), "{:?}", found.reasons);
    // letters in place of labels: the columns do not hold what they should
    let other = sambas("|A|B|C|D|E|F|G|H|I|J").replace("Perempuan", "X").replace("Laki-laki", "Y");
    assert!(!recognise_as(&rows(&other), "", format("lokal.sambas").expect("format")).is_complete());
}

#[test]
fn a_school_tells_three_months_of_attendance() {
    let text = concat!(
        "NPSN|20100001\n",
        "Nama Sekolah|SD NEGERI CONTOH\n",
        "No|NIK Pengurus|Nama Pengurus|NIK Siswa|NISN|Nama Siswa|Bentuk Pendidikan|Tingkat|PEBRUARI|||||MARET|||||APRIL|||||Ket|Nama Pendamping\n",
        "||||||||Alpa|Izin|Sakit|Jml|%|Alpa|Izin|Sakit|Jml|%|Alpa|Izin|Sakit|Jml|%||\n",
        "1|9901014507850001|SITI AMINAH|9901010107150005|0151234567|BUDI|SD|4|0|1|0|1|95%|2|0|0|2|90,5|0|0|0|0|100||ANI\n",
        "2|9901014507850001|SITI AMINAH|9901014107170006|0161234567|DEWI|SD|2|x|0|0|0|100|0|0|0|0|100|0|0|0|0|100||ANI\n",
        "3|99010145078500|ROHAYA|9901010107160007|0171234567|AGUS|SD|3|0|0|0|0|100|0|0|0|0|100|0|0|0|0|100||ANI\n",
    );
    let file = sample("komitmen.pendidikan", text);
    assert_eq!(
        file.findings(),
        ["4 - file.header_offset", "6 Alpa number.unreadable", "7 NIK Pengurus nik.length"],
        "a guardian of two pupils is no duplicate"
    );
    let of = |field| value(&file, 5, field);
    assert_eq!((of("excused_1"), of("absent_2"), of("absent_3")), ("1", "2", "0"));
    assert_eq!((of("attendance_1"), of("attendance_2")), ("95", "90.5"));
    // one row of header, with the months in it
    let flat = sample(
        "komitmen.pendidikan",
        "No|NIK Pengurus|NIK Siswa|NISN|Nama Siswa|Tingkat|Alpa Januari|Izin Januari|Alpa Nopember|Izin Nopember|Alpa Desember\n1|9901014507850001|9901010107150005|0151234567|BUDI|4|1|2|3|4|5",
    );
    assert_eq!(flat.findings(), Vec::<String>::new());
    assert_eq!(
        (value(&flat, 2, "absent_1"), value(&flat, 2, "absent_3"), value(&flat, 2, "excused_2")),
        ("1", "5", "4")
    );
}

#[test]
fn an_agency_lists_recipients_in_plain_columns() {
    let file = sample(
        "penerima.instansi",
        concat!(
            "DAFTAR PENERIMA BANTUAN BIBIT\n",
            "No.|NIK|No KK|Nama|Alamat|Desa|Kecamatan|No KKS/rekening|Nominal|Periode|Keterangan\n",
            "1|9901014507850001|9901010107150001|Siti Aminah|RT 1|Kel. Sukamaju|Mekarsari|0012|Rp. 1.500.000,-|Tahap I|\n",
            "2|9901014607850002|9901010107150002|Rohaya|RT 1|Kel. Sukamaju|Mekarsari|0013|satu juta|Tahap I|\n",
            "JUMLAH||||||||2500000||\n",
        ),
    );
    assert_eq!(file.findings(), ["2 - file.header_offset", "4 Nominal number.unreadable", "5 - row.skipped_total"]);
    assert_eq!((value(&file, 3, "amount"), value(&file, 3, "account")), ("1500000", "0012"));
}

#[test]
fn a_village_system_lists_participants_of_a_programme() {
    let file = sample(
        "desa.program",
        "No.Peserta|NIK|Nama|Tempat Lahir|Tanggal Lahir|Alamat\nP-01|9901014507850001|SITI AMINAH|CONTOH|1985-07-05|RT 1",
    );
    assert_eq!(file.findings(), Vec::<String>::new());
    assert_eq!(fields(&file, 2).list_person_id.as_deref(), Some("P-01"));
}

#[test]
fn a_few_columns_are_enough_to_tell_a_national_list() {
    for (header, id) in [
        ("nik|no_kk|nama|tanggal_lahir|jenis_kelamin|status_hubungan_keluarga", "dtsen.member"),
        ("nomor_induk_kependudukan|nomor_kartu_keluarga|nama|jenis_kelamin", "dtsen.member"),
        ("nomor_kartu_keluarga|kode_kelurahan_desa|nama_anggota_keluarga|desil_nasional", "dtsen.family"),
        ("ID Keluarga P3KE|Kode Kemdagri|Nama Kepala Keluarga|NIK Kepala Keluarga", "p3ke_v2.family"),
        ("ID Keluarga P3KE|Kode Kemdagri|Kepala Keluarga|NIK|Padan Dukcapil", "p3ke_v1.family"),
        ("ID DTKS|NOKK|NIK|NAMA", "dtks.export"),
        ("No|NIK|Nama|Alamat", "penerima.instansi"),
    ] {
        let found = recognise(&rows(header), "");
        let ids: Vec<&str> = found.iter().map(|found| found.mapping.format.id.as_str()).take(3).collect();
        assert_eq!(ids.first(), Some(&id), "{header}: {ids:?}");
    }
}

#[test]
fn a_list_that_lacks_what_it_needs_is_not_taken_for_another() {
    // a family set without its village is an incomplete family set, no list of persons
    let found = best("nomor_kartu_keluarga|nama_anggota_keluarga|desil_nasional|jenis_lantai_terluas|pbi_nas", "");
    assert_eq!(found.mapping.format.id, "dtsen.family");
    assert_eq!(found.missing.len(), 1);
    let found = best("nomor_induk_kependudukan|nomor_kartu_keluarga|tanggal_lahir|status_hubungan_keluarga", "");
    assert_eq!((found.mapping.format.id.as_str(), found.is_complete()), ("dtsen.member", false));
}

#[test]
fn the_name_of_a_file_and_its_titles_speak_too() {
    let header = "No|NIK|Nama|Alamat|Kecamatan";
    assert_eq!(best(header, "daftar.csv").mapping.format.id, "penerima.instansi");
    let found = best(&format!("DATA USULAN DESA|||\n{header}"), "daftar.csv");
    assert_eq!(found.mapping.format.id, "usulan.person");
    assert!(found.reasons.contains(&Reason::Named { word: "USULAN".into() }), "{:?}", found.reasons);
    let old = best("ID Keluarga P3KE|Kode Kemdagri|Alamat", "P3KE 2022 keluarga.xlsx");
    assert_eq!(old.mapping.format.id, "p3ke_v1.family");
    let own = best("nomor_induk_kependudukan|nama|jenjang_tertinggi_yang_diduduki|belajar_kemampuan_intelektual", "");
    assert!(matches!(&own.reasons[0], Reason::Headers { known: 4, of: 4 }));
    assert!(own.reasons.iter().any(|reason| matches!(reason, Reason::OwnHeaders { .. })));
}

#[test]
fn a_layout_made_by_hand_is_read_and_recognised_like_the_others() {
    let text = "Petani|Nomor Induk Warga|Dsn|Kampung|Lahan\nSiti Aminah|9901014507850001|Krajan|Wanasari|Sawah";
    let saved = r#"{"id":"buatan.petani","title":"Petani","source":"penerima","kind":"person","coding":"open","columns":[
        {"header":"Petani","field":"name"},{"header":"Nomor Induk Warga","field":"nik"},{"header":"Dsn","field":"hamlet"},
        {"header":"Kampung","field":"village"},{"header":"Lahan","field":"land","answers":{"Sawah":"RICE"},"value":"code"}]}"#;
    let mapped: MappedFormat = serde_json::from_str(saved).expect("mapping");
    let own = mapped.build().expect("format");
    let found = recognise_among(&rows(text), "", domain::lists::format::formats().iter().chain([own]));
    assert_eq!(found[0].mapping.format.id, "buatan.petani");
    let file = read_as(own, &rows(text));
    assert_eq!(file.findings(), Vec::<String>::new());
    let read = fields(&file, 2);
    assert_eq!((read.sound_nik(), read.village), (Some("9901014507850001"), Some(area("99.01.02.2002"))));
    assert_eq!((read.hamlet.as_deref(), value(&file, 2, "land")), (Some("Krajan"), "RICE"));
    // what was confirmed for one file becomes the layout of the next
    let of_file = MappedFormat::of_mapping("buatan.petani-2", "Petani", &file.mapping);
    assert_eq!(of_file.build().expect("format").columns.len(), 5);
    let unused = FileFacts::default();
    let areas = crate::support::areas();
    let context = domain::lists::Context { on: crate::support::today(), from_1904: false, delimited: true };
    let _ = Reader::new(&file.mapping, &unused, &areas, context);
}

/// Whatever stands in the cells, a layout saved from a mapping reads them as the built-in one it equals: through its text,
/// as an office keeps it. Layouts with rules that no mapping has (a second question, repeated headers, heads first) are left out.
#[test]
fn a_mapped_layout_reads_like_the_built_in_one_it_equals() {
    const CELLS: [&str; 24] = [
        "",
        "-",
        "9901014507850001",
        "9901014607850002",
        "990101450785001",
        "9,90101E+15",
        "9901010107150001",
        "Siti Aminah",
        "L",
        "P",
        "1",
        "2",
        "3",
        "8",
        "Ya",
        "TIDAK",
        "05/07/1985",
        "31/02/1990",
        "1985-07-05",
        "Kel. Sukamaju",
        "Mekarsari",
        "9901010001",
        "Rp. 1.500.000,-",
        "KEPALA KELUARGA",
    ];
    let mut dice: u64 = 9_901;
    let mut roll = || {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize
    };
    let mut compared = 0;
    for format in domain::lists::format::formats() {
        let beyond = |column: &domain::lists::format::Column| {
            column.also.is_some() || column.before_slash || column.repeated || column.position.is_some()
        };
        if format.head_first
            || !format.silent.is_empty()
            || format.first_row.is_some()
            || format.columns.iter().any(beyond)
        {
            continue;
        }
        let header: Vec<&str> = format.columns.iter().map(|column| column.headers[0].as_str()).collect();
        let mut text = header.join("|");
        for _ in 0..40 {
            let cells: Vec<&str> = header.iter().map(|_| CELLS[roll() % CELLS.len()]).collect();
            text.push('\n');
            text.push_str(&cells.join("|"));
        }
        let built_in = read_as(format, &rows(&text));
        let saved = MappedFormat::of_mapping(format!("buatan.{}", format.id), "Buatan", &built_in.mapping);
        let text_of_format = saved.to_toml().expect("a format file");
        let mapped =
            domain::lists::mapped::load(&text_of_format).unwrap_or_else(|fault| panic!("{}: {fault}", format.id));
        assert!(std::ptr::eq(mapped, domain::lists::mapped::load(&text_of_format).expect("the same")));
        let by_hand = read_as(mapped, &rows(&text));
        assert_eq!(built_in.facts.data_rows, by_hand.facts.data_rows);
        for (built_in, by_hand) in built_in.readings.iter().zip(&by_hand.readings) {
            // a column without a list of its own is given the usual one when mapped: its codes are no synonyms there
            let listless = |finding: &Finding| {
                finding.fault == Fault::LabelSynonym
                    && format
                        .columns
                        .iter()
                        .any(|c| Some(&*c.headers[0]) == finding.column.as_deref() && c.list.is_none())
            };
            let mut built_in = built_in.clone();
            let mut by_hand = by_hand.clone();
            built_in.findings.retain(|finding| !listless(finding));
            by_hand.findings.retain(|finding| !listless(finding));
            assert_eq!(built_in, by_hand, "{}", format.id);
        }
        compared += 1;
    }
    assert!(compared >= 6, "only {compared} layouts were compared");
}
