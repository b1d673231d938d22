//! What a family and its members answer, in the words of the lists.

use crate::district::{
    areas::{STRAY_VILLAGES, areas},
    dice::Dice,
    dwelling::Dwelling,
    lists::cells::{address, label, label_of},
    livelihood::{Attendance, Stage},
    people::{Marital, Person, Sighting},
};

/// From `status_kepemilikan_rumah` to `pembuangan_akhir_tinja`; families taken over from older lists keep their words.
pub fn housing(dwelling: &Dwelling) -> [String; 12] {
    let coarse = |list: &str, code: u8, old: &[u8], words: &str| {
        if dwelling.coarse && old.contains(&code) { words.to_owned() } else { label(list, code) }
    };
    [
        label("regsosek.301a_status_bangunan_tinggal", dwelling.tenure),
        coarse(
            "regsosek.303_jenis_lantai_terluas",
            dwelling.floor,
            &[1, 2, 3, 4],
            "Keramik/granit/marmer/ubin/tegel/teraso",
        ),
        dwelling.floor_area.to_string(),
        label("regsosek.304_jenis_dinding_terluas", dwelling.wall),
        coarse("regsosek.305_jenis_atap_terluas", dwelling.roof, &[3, 4], "Asbes/seng"),
        coarse("regsosek.306a_sumber_air_minum", dwelling.water, &[1, 2], "Air kemasan/isi ulang"),
        label("regsosek.307a_sumber_penerangan", dwelling.light),
        match dwelling.power {
            Some(power) if dwelling.coarse => if power <= 2 { "<= 900 watt" } else { "> 900 watt" }.to_owned(),
            power => label_of("regsosek.307b_daya_terpasang", power),
        },
        coarse("regsosek.308_bahan_bakar_memasak", dwelling.fuel, &[1, 2, 3, 4, 5], "Listrik/gas"),
        label("regsosek.309a_fasilitas_bab", dwelling.toilet),
        label_of("regsosek.309b_jenis_kloset", dwelling.closet),
        match dwelling.disposal {
            Some(disposal) if dwelling.coarse && disposal > 2 => "Tanpa tangki septik".to_owned(),
            disposal => label_of("regsosek.310_pembuangan_akhir_tinja", disposal),
        },
    ]
}

/// From `status_kawin` to `penyakit_kronis`.
pub fn answers(dice: &mut Dice, seen: &Sighting<'_>, person: &Person, marital: Marital) -> Vec<String> {
    let age = person.age(seen.on);
    let schooling = person.schooling.at(age);
    let asked = age >= 5;
    let went = asked && schooling.attendance != Attendance::Never;
    let path = person.schooling;
    let diploma = path.stage_code(schooling.diploma).unwrap_or("23");
    let work = person.occupation_on(seen.on).work();
    let business = work.filter(|work| work.business);
    let yes_no = |list: &str, holds: bool| if asked { label(list, if holds { 1 } else { 2 }) } else { String::new() };
    let mut cells = vec![
        label("regsosek.408_status_perkawinan", marital as u8),
        label_of("regsosek.412_partisipasi_sekolah", asked.then_some(schooling.attendance as u8)),
        label_of("regsosek.413_jenjang_pendidikan", path.stage_code(schooling.stage).filter(|_| went)),
        label_of("regsosek.414_kelas_tertinggi", went.then_some(schooling.grade)),
        label_of("regsosek.415_ijazah_tertinggi", went.then_some(diploma)),
        yes_no("regsosek.416a_bekerja", work.is_some()),
        label_of("regsosek.417_lapangan_usaha", work.map(|work| work.sector)),
        label_of("regsosek.418_kedudukan_pekerjaan", work.map(|work| work.status)),
        yes_no("regsosek.420a_punya_usaha", business.is_some()),
        business.map_or_else(String::new, |_| if dice.chance(0.06) { "2" } else { "1" }.to_owned()),
        label_of("regsosek.417_lapangan_usaha", business.map(|work| work.sector)),
        business.map_or_else(String::new, |work| {
            if work.status == 3 { dice.between(1, 4).to_string() } else { "0".to_owned() }
        }),
        business.map_or_else(String::new, |work| {
            if work.status == 2 { dice.between(1, 2).to_string() } else { "0".to_owned() }
        }),
        label_of(
            "regsosek.425_omzet",
            business.map(|_| match seen.family.consumption.0 {
                ..1_400_000 => 1,
                1_400_000..2_600_000 => 2,
                2_600_000..4_500_000 => 3,
                _ => 4,
            }),
        ),
        label_of("regsosek.427_gizi", person.health.nutrition.filter(|_| age < 5)),
    ];
    for (at, level) in person.health.difficulties.iter().enumerate() {
        let list = if at == 9 { "regsosek.428j_frekuensi" } else { "regsosek.428_tingkat_kesulitan" };
        cells.push(label_of(list, (age >= 2).then_some(*level)));
    }
    cells.push(label("regsosek.430_penyakit_kronis", person.health.chronic));
    cells
}

/// From `kode_provinsi_ktp` to `alamat_ktp`: mostly where the family lives.
pub fn card_address(dice: &mut Dice, seen: &Sighting<'_>) -> [String; 12] {
    let (village, subdistrict) = if dice.chance(0.03) {
        let (kecamatan, name, _, bps) = *dice.pick(&STRAY_VILLAGES);
        ((name, bps.to_owned()), (kecamatan, bps[..7].to_owned()))
    } else {
        let home = &areas().villages[seen.village];
        let subdistrict = &areas().subdistricts[home.subdistrict];
        ((home.name, home.bps.clone()), (subdistrict.name, subdistrict.bps.clone()))
    };
    let here = subdistrict.1.starts_with("9901");
    let home = &seen.family.address;
    [
        "99".to_owned(),
        "PROVINSI CONTOH".to_owned(),
        if here { "9901" } else { "9902" }.to_owned(),
        if here { "KABUPATEN CONTOH" } else { "KABUPATEN TETANGGA" }.to_owned(),
        subdistrict.1,
        subdistrict.0.to_uppercase(),
        village.1,
        village.0.to_uppercase(),
        format!("{:03}", home.rt),
        format!("{:03}", home.rw),
        home.hamlet.to_uppercase(),
        address(home),
    ]
}

pub fn card_education(person: &Person, on: chrono::NaiveDate) -> String {
    let age = person.age(on);
    let schooling = person.schooling.at(age);
    let code = match schooling.diploma {
        Stage::None if schooling.attendance == Attendance::Never => 1,
        Stage::None => 2,
        Stage::Primary => 3,
        Stage::LowerSecondary => 4,
        Stage::UpperSecondary => 5,
        Stage::Diploma => 7,
        Stage::Degree => 8,
        Stage::Master => 9,
    };
    label("dukcapil.pendidikan_kk", code)
}
