//! What a family and its members answer, in the words of P3KE.

use chrono::NaiveDate;

use crate::district::{
    dice::Dice,
    dwelling::Dwelling,
    livelihood::{Attendance, Stage},
    people::{Marital, Person, Relation, Sighting},
};

pub fn yes(holds: bool) -> &'static str {
    if holds { "YA" } else { "TIDAK" }
}

pub fn marital_label(marital: Marital) -> &'static str {
    match marital {
        Marital::Single => "BELUM KAWIN",
        Marital::Married => "KAWIN",
        Marital::Divorced => "CERAI HIDUP",
        Marital::Widowed => "CERAI MATI",
    }
}

pub fn relation_label(relation: Relation) -> &'static str {
    match relation {
        Relation::Head => "KEPALA KELUARGA",
        Relation::Spouse => "ISTRI/SUAMI",
        Relation::Child => "ANAK",
        _ => "LAINNYA",
    }
}

pub fn work_status(person: &Person, on: NaiveDate) -> &'static str {
    match person.occupation_on(on).work().map(|work| work.status) {
        Some(1) => "BERUSAHA SENDIRI",
        Some(2) => "BERUSAHA DIBANTU BURUH TIDAK TETAP/BURUH TIDAK DIBAYAR",
        Some(3) => "BERUSAHA DIBANTU BURUH TETAP/DIBAYAR",
        Some(4 | 5) => "BURUH/KARYAWAN/PEGAWAI",
        Some(6 | 7) => "PEKERJA BEBAS",
        Some(_) => "PEKERJA KELUARGA/TIDAK DIBAYAR",
        None => "KOSONG",
    }
}

pub fn education(person: &Person, on: NaiveDate) -> &'static str {
    let schooling = person.schooling.at(person.age(on));
    match (schooling.attendance, schooling.stage, schooling.diploma) {
        (Attendance::Never, ..) => "TIDAK/BELUM SEKOLAH",
        (Attendance::Pupil, Stage::Primary, _) => "MASIH SD/SEDERAJAT",
        (Attendance::Pupil, Stage::LowerSecondary, _) => "MASIH SLTP/SEDERAJAT",
        (Attendance::Pupil, Stage::UpperSecondary, _) => "MASIH SLTA/SEDERAJAT",
        (Attendance::Pupil, ..) => "MASIH PT/AKADEMI",
        (_, _, Stage::None) => "TDK TAMAT SD/SEDERAJAT",
        (_, _, Stage::Primary) => "TAMAT SD/SEDERAJAT",
        (_, _, Stage::LowerSecondary) => "TAMAT SLTP/SEDERAJAT",
        (_, _, Stage::UpperSecondary) => "TAMAT SLTA/SEDERAJAT",
        _ => "TAMAT PT/AKADEMI",
    }
}

/// From `Jenis Atap` to `Memiliki Fasilitas Buang Air Besar`.
pub fn housing(dice: &mut Dice, dwelling: &Dwelling) -> [&'static str; 11] {
    let mut quality = |sound: bool| match (dice.chance(0.03), sound) {
        (true, _) => "KOSONG",
        (_, true) => "BAGUS/KUALITAS TINGGI",
        _ => "JELEK/KUALITAS RENDAH",
    };
    [
        match dwelling.roof {
            1 => "BETON",
            2 => "GENTENG",
            3 | 4 => "ASBES/SENG",
            5 => "KAYU/SIRAP",
            6 => "BAMBU",
            7 => "JERAMI/IJUK/RUMBIA/ DAUN-DAUNAN",
            _ => "LAINNYA",
        },
        quality(dwelling.sound[0]),
        match dwelling.wall {
            1 => "TEMBOK",
            3 | 5 => "KAYU/PAPAN",
            4 | 6 => "BAMBU",
            _ => "LAINNYA",
        },
        quality(dwelling.sound[1]),
        match dwelling.floor {
            1..=4 => "KERAMIK/GRANIT/MARMER/UBIN/TEGEL/TERASO",
            5 => "KAYU/PAPAN",
            6 => "SEMEN",
            7 => "BAMBU",
            8 => "TANAH",
            _ => "LAINNYA",
        },
        quality(dwelling.sound[2]),
        match dwelling.light {
            1 => "LISTRIK PLN METERAN",
            2 => "LISTRIK PLN NON METERAN",
            3 => "LISTRIK NON-PLN",
            _ => "BUKAN LISTRIK",
        },
        match dwelling.power {
            Some(1 | 2) => "=< 900 WATT",
            Some(_) => "> 900 WATT",
            None => "KOSONG",
        },
        match dwelling.fuel {
            1..=6 => "LISTRIK/GAS",
            7 => "MINYAK TANAH",
            9 | 10 => "ARANG/KAYU",
            _ => "LAINNYA",
        },
        match dwelling.water {
            1 | 2 => "AIR KEMASAN/ISI ULANG",
            3 => "LEDENG/PAM",
            4 => "SUMUR BOR",
            5 | 7 => "SUMUR TERLINDUNG",
            6 | 8 => "SUMUR TIDAK TERLINDUNG",
            9 => "AIR PERMUKAAN (SUNGAI, DANAU, DLL)",
            10 => "AIR HUJAN",
            _ => "LAINNYA",
        },
        match dwelling.toilet {
            1 => "MILIK SENDIRI",
            2..=4 => "UMUM/BERSAMA",
            _ => "LAINNYA",
        },
    ]
}

pub fn stunting(seen: &Sighting<'_>, dwelling: &Dwelling) -> &'static str {
    if !seen.young_children() {
        "BUKAN TARGET SASARAN"
    } else if dwelling.toilet != 1 || matches!(dwelling.water, 6 | 8 | 9) {
        "BERESIKO STUNTING"
    } else {
        "TIDAK BERESIKO STUNTING"
    }
}
