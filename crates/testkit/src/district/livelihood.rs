//! Schooling by age and work by schooling, sex and land.
//!
//! A person's whole way through school is drawn once ([`Path`]); what a list prints is where the way stands on the
//! list's day. Work is one of the occupations of [`WORK`], each with its words in the lists' vocabularies.

use domain::Sex;

use super::{areas::Landscape, dice::Dice};

/// The stages of schooling, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    None,
    Primary,
    LowerSecondary,
    UpperSecondary,
    Diploma,
    Degree,
    Master,
}

/// A way through school.
#[derive(Clone, Copy, Debug)]
pub struct Path {
    /// The last stage entered.
    pub top: Stage,
    /// And whether it was finished.
    pub finished: bool,
    /// Madrasah instead of the state school.
    pub madrasah: bool,
    /// Vocational upper secondary.
    pub vocational: bool,
    /// Years of schooling in the end.
    pub years: u8,
}

/// Where a way through school stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schooling {
    pub attendance: Attendance,
    /// The highest stage entered.
    pub stage: Stage,
    /// Class within the stage; 8 when it was finished.
    pub grade: u8,
    /// The highest stage finished.
    pub diploma: Stage,
}

/// The code list `regsosek.412_partisipasi_sekolah`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    Never = 1,
    Pupil = 2,
    Ended = 3,
}

/// First age and number of classes of each stage from primary on.
const STAGES: [(Stage, u8, u8); 6] = [
    (Stage::Primary, 7, 6),
    (Stage::LowerSecondary, 13, 3),
    (Stage::UpperSecondary, 16, 3),
    (Stage::Diploma, 19, 3),
    (Stage::Degree, 19, 4),
    (Stage::Master, 24, 2),
];

impl Path {
    /// Later generations, richer families and, once, sons go further.
    pub fn draw(dice: &mut Dice, born: i32, sex: Sex, welfare: f64) -> Self {
        let generation = f64::from(born.clamp(1935, 2012) - 1935);
        let mut years = 2.9 + generation * 0.125 + 3.2 * welfare + 3.0 * dice.bell();
        if sex == Sex::Female && born < 1980 {
            years -= 1.1;
        }
        let (top, finished, years) = match years {
            y if y < 0.8 => (Stage::None, false, 0),
            y if y < 4.9 => (Stage::Primary, false, (y as u8).max(1)),
            y if y < 7.4 => (Stage::Primary, true, 6),
            y if y < 7.8 => (Stage::LowerSecondary, false, 8),
            y if y < 9.5 => (Stage::LowerSecondary, true, 9),
            y if y < 9.9 => (Stage::UpperSecondary, false, 11),
            y if y < 13.3 => (Stage::UpperSecondary, true, 12),
            y if y < 14.0 => (Stage::Diploma, true, 15),
            y if y < 18.2 => (Stage::Degree, true, 16),
            _ => (Stage::Master, true, 18),
        };
        Self { top, finished, madrasah: dice.chance(0.17), vocational: dice.chance(0.34), years }
    }

    /// The same way, over before that age: who marries leaves school.
    #[must_use]
    pub fn ended_by(self, age: u32) -> Self {
        if self.at(age).attendance != Attendance::Pupil {
            return self;
        }
        let (top, years) = match age {
            19.. => (Stage::UpperSecondary, 12),
            16.. => (Stage::LowerSecondary, 9),
            _ => (Stage::Primary, 6),
        };
        Self { top, finished: true, years, ..self }
    }

    /// Where the way stands at that age.
    pub fn at(self, age: u32) -> Schooling {
        let mut state = Schooling { attendance: Attendance::Never, stage: Stage::None, grade: 0, diploma: Stage::None };
        let age = age.min(120) as u8;
        for (stage, first, classes) in STAGES {
            // a degree does not lead through a diploma
            if stage > self.top || (stage == Stage::Diploma && self.top > Stage::Diploma) || age < first {
                continue;
            }
            let last = stage == self.top;
            let planned = if last && !self.finished { (self.years % 3).clamp(1, classes - 1) } else { classes };
            state.stage = stage;
            if age < first + planned {
                return Schooling { attendance: Attendance::Pupil, grade: age - first + 1, ..state };
            }
            state.attendance = Attendance::Ended;
            state.grade = planned;
            if planned == classes {
                state.grade = 8;
                state.diploma = stage;
            }
        }
        state
    }

    /// The code of a stage in `regsosek.413_jenjang_pendidikan` and `regsosek.415_ijazah_tertinggi`.
    pub fn stage_code(self, stage: Stage) -> Option<&'static str> {
        Some(match (stage, self.madrasah, self.vocational) {
            (Stage::None, ..) => return None,
            (Stage::Primary, false, _) => "3",
            (Stage::Primary, true, _) => "4",
            (Stage::LowerSecondary, false, _) => "8",
            (Stage::LowerSecondary, true, _) => "9",
            (Stage::UpperSecondary, false, false) => "13",
            (Stage::UpperSecondary, true, false) => "14",
            (Stage::UpperSecondary, _, true) => "15",
            (Stage::Diploma, ..) => "18",
            (Stage::Degree, ..) => "19",
            (Stage::Master, ..) => "21",
        })
    }
}

/// A kind of work with its words in the lists.
#[derive(Debug)]
pub struct Work {
    /// On the identity card, `dukcapil.pekerjaan`.
    pub card: &'static str,
    /// `p3ke.pekerjaan`.
    pub p3ke: &'static str,
    /// `regsosek.417_lapangan_usaha`.
    pub sector: u8,
    /// `regsosek.418_kedudukan_pekerjaan`.
    pub status: u8,
    /// Years of schooling from and to.
    schooling: (u8, u8),
    /// Where it is done: [`Landscape`] letters T R H P C S; empty is everywhere.
    land: &'static str,
    men: f64,
    women: f64,
    /// The better off do more of it when above 0, the poor when below.
    lean: f64,
    /// Difference it makes to consumption, as a logarithm.
    pub earnings: f64,
    /// An own business.
    pub business: bool,
}

#[expect(clippy::too_many_arguments, reason = "one line per occupation reads as a table")]
const fn work(
    card: &'static str,
    p3ke: &'static str,
    sector: u8,
    status: u8,
    schooling: (u8, u8),
    land: &'static str,
    men: f64,
    women: f64,
    lean: f64,
    earnings: f64,
    business: bool,
) -> Work {
    Work { card, p3ke, sector, status, schooling, land, men, women, lean, earnings, business }
}

/// The occupations of the district.
#[rustfmt::skip]
pub const WORK: [Work; 40] = [
    work("PETANI/PEKEBUN", "PETANI", 1, 2, (0, 12), "RHS", 30.0, 20.0, 0.1, 0.00, false),
    work("PETANI/PEKEBUN", "PETANI", 2, 2, (0, 12), "HR", 9.0, 8.0, 0.2, 0.03, false),
    work("PETANI/PEKEBUN", "PETANI", 3, 2, (0, 12), "PH", 26.0, 14.0, 0.4, 0.08, false),
    work("PETERNAK", "PETANI", 5, 2, (0, 12), "HRP", 4.0, 4.0, 0.0, 0.00, false),
    work("NELAYAN/PERIKANAN", "NELAYAN", 4, 2, (0, 10), "C", 48.0, 3.0, 0.0, -0.04, false),
    work("NELAYAN/PERIKANAN", "NELAYAN", 4, 1, (0, 10), "S", 26.0, 4.0, -0.1, -0.06, false),
    work("NELAYAN/PERIKANAN", "PETANI", 4, 2, (0, 12), "CSR", 5.0, 3.0, 0.3, 0.05, true),
    work("BURUH NELAYAN/PERIKANAN", "PEKERJA LEPAS", 4, 6, (0, 9), "C", 22.0, 9.0, -1.2, -0.18, false),
    work("BURUH TANI/PERKEBUNAN", "PEKERJA LEPAS", 1, 6, (0, 9), "RHS", 20.0, 18.0, -1.3, -0.20, false),
    work("BURUH TANI/PERKEBUNAN", "PEKERJA LEPAS", 3, 6, (0, 10), "P", 22.0, 16.0, -0.9, -0.12, false),
    work("KARYAWAN SWASTA", "PEGAWAI SWASTA", 3, 4, (6, 18), "P", 12.0, 5.0, 0.5, 0.14, false),
    work("BURUH HARIAN LEPAS", "PEKERJA LEPAS", 11, 7, (0, 12), "", 13.0, 3.0, -0.9, -0.12, false),
    work("TUKANG BATU", "PEKERJA LEPAS", 11, 7, (0, 12), "", 5.0, 0.0, -0.3, -0.03, false),
    work("TUKANG KAYU", "PEKERJA LEPAS", 8, 1, (0, 12), "", 2.5, 0.0, -0.1, 0.00, true),
    work("TUKANG JAHIT", "WIRASWASTA", 8, 1, (4, 12), "", 0.4, 3.5, 0.0, 0.00, true),
    work("TUKANG LAS/PANDAI BESI", "WIRASWASTA", 8, 1, (6, 12), "", 1.2, 0.0, 0.3, 0.06, true),
    work("INDUSTRI", "WIRASWASTA", 8, 2, (0, 12), "", 1.5, 4.0, 0.0, 0.02, true),
    work("MEKANIK", "WIRASWASTA", 12, 1, (8, 14), "TRHP", 2.5, 0.0, 0.3, 0.06, true),
    work("PEDAGANG", "PEDAGANG", 12, 1, (0, 16), "", 5.0, 17.0, 0.1, 0.05, true),
    work("PEDAGANG", "PEDAGANG", 14, 1, (0, 14), "", 1.5, 8.0, -0.1, 0.02, true),
    work("WIRASWASTA", "WIRASWASTA", 12, 2, (6, 18), "", 6.0, 6.0, 0.6, 0.14, true),
    work("WIRASWASTA", "WIRASWASTA", 24, 3, (9, 18), "T", 3.0, 2.0, 1.0, 0.24, true),
    work("SOPIR", "PEKERJA LEPAS", 13, 4, (4, 13), "", 4.0, 0.0, 0.1, 0.02, false),
    work("TRANSPORTASI", "PEKERJA LEPAS", 13, 1, (0, 13), "TCS", 3.0, 0.0, -0.5, -0.06, false),
    work("KARYAWAN SWASTA", "PEGAWAI SWASTA", 8, 4, (9, 18), "TRP", 8.0, 7.0, 0.4, 0.12, false),
    work("KARYAWAN SWASTA", "PEGAWAI SWASTA", 12, 4, (9, 18), "", 5.0, 7.0, 0.2, 0.06, false),
    work("KARYAWAN SWASTA", "PEGAWAI SWASTA", 16, 4, (12, 18), "T", 2.0, 3.0, 1.0, 0.28, false),
    work("KARYAWAN HONORER", "PEGAWAI SWASTA", 20, 4, (12, 18), "", 2.5, 3.0, 0.3, 0.04, false),
    work("GURU", "PEGAWAI SWASTA", 21, 4, (12, 18), "", 2.5, 8.0, 0.5, 0.08, false),
    work("PEGAWAI NEGERI SIPIL (PNS)", "PNS/TNI/POLRI", 21, 5, (15, 18), "", 7.0, 14.0, 1.2, 0.38, false),
    work("PEGAWAI NEGERI SIPIL (PNS)", "PNS/TNI/POLRI", 20, 5, (12, 18), "", 7.0, 6.0, 1.2, 0.36, false),
    work("TENTARA NASIONAL INDONESIA (TNI)", "PNS/TNI/POLRI", 20, 5, (12, 16), "", 1.2, 0.0, 1.0, 0.34, false),
    work("KEPOLISIAN RI (POLRI)", "PNS/TNI/POLRI", 20, 5, (12, 16), "", 1.0, 0.1, 1.1, 0.38, false),
    work("BIDAN", "PNS/TNI/POLRI", 22, 5, (15, 18), "", 0.0, 4.0, 1.0, 0.30, false),
    work("PERAWAT", "PEGAWAI SWASTA", 22, 4, (15, 18), "", 1.5, 3.0, 0.8, 0.18, false),
    work("PERANGKAT DESA", "LAINNYA", 20, 4, (9, 18), "RHPCS", 1.5, 0.8, 0.6, 0.12, false),
    work("PEMBANTU RUMAH TANGGA", "LAINNYA", 25, 4, (0, 10), "TR", 0.3, 6.0, -1.2, -0.14, false),
    work("BURUH HARIAN LEPAS", "PEKERJA LEPAS", 10, 7, (0, 9), "TC", 1.0, 1.2, -1.6, -0.25, false),
    work("LAINNYA", "LAINNYA", 24, 1, (0, 18), "", 2.0, 3.0, 0.0, 0.00, false),
    work("PETANI/PEKEBUN", "PETANI", 1, 8, (0, 12), "RHPS", 3.0, 16.0, -0.1, 0.00, false),
];

/// What somebody does.
#[derive(Clone, Copy, Debug)]
pub enum Occupation {
    /// Too young for a word on the card.
    None,
    Pupil,
    Housekeeping,
    Pensioner,
    Work(&'static Work),
}

impl Occupation {
    pub fn work(self) -> Option<&'static Work> {
        if let Self::Work(work) = self { Some(work) } else { None }
    }

    /// The words on the identity card, `dukcapil.pekerjaan`.
    pub fn card(self) -> &'static str {
        match self {
            Self::None => "BELUM/TIDAK BEKERJA",
            Self::Pupil => "PELAJAR/MAHASISWA",
            Self::Housekeeping => "MENGURUS RUMAH TANGGA",
            Self::Pensioner => "PENSIUNAN",
            Self::Work(work) => work.card,
        }
    }

    /// The words of P3KE, `p3ke.pekerjaan`.
    pub fn p3ke(self) -> &'static str {
        match self {
            Self::Pensioner => "PENSIUNAN",
            Self::Work(work) => work.p3ke,
            _ => "TIDAK/BELUM BEKERJA",
        }
    }

    /// What somebody of that age, sex and schooling does in that land.
    pub fn draw(dice: &mut Dice, age: u32, sex: Sex, path: Path, land: Landscape, welfare: f64, able: bool) -> Self {
        if path.at(age).attendance == Attendance::Pupil {
            return Self::Pupil;
        }
        if age < 15 {
            return Self::None;
        }
        let male = sex == Sex::Male;
        let works = match (male, age) {
            (true, 0..=18) => 0.50,
            (true, 19..=24) => 0.80,
            (true, 25..=59) => 0.965,
            (true, 60..=69) => 0.74,
            (true, 70..=79) => 0.42,
            (true, _) => 0.10,
            (false, 0..=18) => 0.26,
            (false, 19..=24) => 0.40,
            (false, 25..=59) => 0.53,
            (false, 60..=69) => 0.38,
            (false, 70..=79) => 0.16,
            (false, _) => 0.03,
        };
        if !dice.chance(if able { works } else { works * 0.3 }) {
            return match (male, age) {
                (_, 58..) if path.years >= 12 && dice.chance(0.5) => Self::Pensioner,
                (false, 19..) if able => Self::Housekeeping,
                _ => Self::None,
            };
        }
        let letter = match land {
            Landscape::Town => 'T',
            Landscape::Rice => 'R',
            Landscape::Hills => 'H',
            Landscape::Plantation => 'P',
            Landscape::Coast => 'C',
            Landscape::Swamp => 'S',
        };
        let civil = |work: &Work| work.status == 5 && !(22..60).contains(&age);
        let choices: Vec<(&'static Work, f64)> = WORK
            .iter()
            .filter(|work| (work.schooling.0..=work.schooling.1).contains(&path.years) && !civil(work))
            .map(|work| {
                let here = if work.land.is_empty() || work.land.contains(letter) {
                    1.0
                } else if matches!(land, Landscape::Town) && work.sector <= 6 {
                    0.06
                } else {
                    0.03
                };
                let lean = (1.0 + 1.6 * work.lean * welfare).clamp(0.05, 3.0);
                (work, here * lean * if male { work.men } else { work.women })
            })
            .collect();
        Self::Work(dice.weighted(&choices))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(top: Stage, finished: bool, years: u8) -> Path {
        Path { top, finished, madrasah: false, vocational: false, years }
    }

    #[test]
    fn a_way_through_school_is_walked_class_by_class() {
        let way = path(Stage::UpperSecondary, true, 12);
        for (age, attendance, stage, grade, diploma) in [
            (5, Attendance::Never, Stage::None, 0, Stage::None),
            (7, Attendance::Pupil, Stage::Primary, 1, Stage::None),
            (12, Attendance::Pupil, Stage::Primary, 6, Stage::None),
            (13, Attendance::Pupil, Stage::LowerSecondary, 1, Stage::Primary),
            (18, Attendance::Pupil, Stage::UpperSecondary, 3, Stage::LowerSecondary),
            (30, Attendance::Ended, Stage::UpperSecondary, 8, Stage::UpperSecondary),
        ] {
            assert_eq!(way.at(age), Schooling { attendance, stage, grade, diploma }, "at {age}");
        }
        let dropped = path(Stage::Primary, false, 4).at(30);
        assert_eq!((dropped.attendance, dropped.diploma), (Attendance::Ended, Stage::None));
        assert_eq!(path(Stage::None, false, 0).at(40).attendance, Attendance::Never);
        assert_eq!(path(Stage::Degree, true, 16).at(50).diploma, Stage::Degree);
    }

    #[test]
    fn the_words_of_work_are_words_of_the_code_lists() {
        let words = |id: &str| domain::codes::list(id).codes.iter().map(|c| c.label_id.clone()).collect::<Vec<_>>();
        let (cards, p3ke) = (words("dukcapil.pekerjaan"), words("p3ke.pekerjaan"));
        for occupation in WORK.iter().map(Occupation::Work).chain([
            Occupation::None,
            Occupation::Pupil,
            Occupation::Housekeeping,
            Occupation::Pensioner,
        ]) {
            assert!(cards.iter().any(|label| label == occupation.card()), "{}", occupation.card());
            assert!(p3ke.iter().any(|label| label == occupation.p3ke()), "{}", occupation.p3ke());
        }
    }
}
