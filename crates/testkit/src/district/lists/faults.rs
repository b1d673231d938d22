//! Faults of real files at known rates, one at most per row, so that what follows from each is plain.

use chrono::{Datelike, Days, NaiveDate};
use domain::{Nik, Sex, lists::Fault};

use crate::district::{areas::areas, dice::Dice};

/// How often each fault is planted: per row of persons, or per family where the name begins with `family_`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FaultRates {
    pub nik_missing: f64,
    pub nik_short: f64,
    pub nik_letters: f64,
    pub nik_scientific: f64,
    pub nik_dressed: f64,
    pub nik_dummy: f64,
    pub nik_bad_date: f64,
    pub nik_serial_zero: f64,
    pub nik_unknown_area: f64,
    /// A number cell in a workbook, a trailing `.0` in a CSV.
    pub nik_numeric: f64,
    pub nik_of_another: f64,
    pub row_twice: f64,
    pub birth_date_differs: f64,
    pub birth_date_zero: f64,
    pub birth_date_missing: f64,
    /// Workbooks only.
    pub birth_date_serial: f64,
    pub birth_date_two_digits: f64,
    pub sex_unknown: f64,
    pub sex_differs: f64,
    pub name_missing: f64,
    pub name_digits: f64,
    pub name_blanks: f64,
    pub relation_empty: f64,
    pub label_unknown: f64,
    pub family_kk_missing: f64,
    /// A trailing `.0` on the family card's number, on rows of both files.
    pub kk_tail: f64,
    pub family_no_code: f64,
    pub family_other_name: f64,
    pub family_unknown_village: f64,
    pub family_other_coding: f64,
    pub family_stray: f64,
    pub family_desil_range: f64,
    pub family_number_unreadable: f64,
    pub family_members_dropped: f64,
    pub family_row_dropped: f64,
    pub family_two_heads: f64,
    pub family_no_head: f64,
    pub row_ragged: f64,
    pub row_blank: f64,
    pub row_header_again: f64,
    /// Share of villages that wrote month before day.
    pub month_first: f64,
    /// Share of names another clerk wrote another way: no fault, but what matching has to bear.
    pub other_spelling: f64,
}

impl Default for FaultRates {
    /// About as bad as the lists an office gets: one row in thirty has something.
    fn default() -> Self {
        Self {
            nik_missing: 0.006,
            nik_short: 0.002,
            nik_letters: 0.000_5,
            nik_scientific: 0.000_8,
            nik_dressed: 0.004,
            nik_dummy: 0.000_4,
            nik_bad_date: 0.000_6,
            nik_serial_zero: 0.000_2,
            nik_unknown_area: 0.000_5,
            nik_numeric: 0.001_5,
            nik_of_another: 0.000_8,
            row_twice: 0.001_2,
            birth_date_differs: 0.004,
            birth_date_zero: 0.001,
            birth_date_missing: 0.000_8,
            birth_date_serial: 0.004,
            birth_date_two_digits: 0.001,
            sex_unknown: 0.000_5,
            sex_differs: 0.000_6,
            name_missing: 0.000_1,
            name_digits: 0.000_5,
            name_blanks: 0.001,
            relation_empty: 0.000_6,
            label_unknown: 0.001_5,
            family_kk_missing: 0.001,
            kk_tail: 0.012,
            family_no_code: 0.004,
            family_other_name: 0.001,
            family_unknown_village: 0.001_2,
            family_other_coding: 0.001_5,
            family_stray: 0.001,
            family_desil_range: 0.000_3,
            family_number_unreadable: 0.000_5,
            family_members_dropped: 0.001,
            family_row_dropped: 0.001,
            family_two_heads: 0.001_5,
            family_no_head: 0.000_8,
            row_ragged: 0.000_2,
            row_blank: 0.000_3,
            row_header_again: 0.000_1,
            month_first: 0.07,
            other_spelling: 0.06,
        }
    }
}

impl FaultRates {
    /// Clean lists, but for what the formats themselves bring (titles, misspelt headers, encodings).
    pub const NONE: Self = Self {
        nik_missing: 0.0,
        nik_short: 0.0,
        nik_letters: 0.0,
        nik_scientific: 0.0,
        nik_dressed: 0.0,
        nik_dummy: 0.0,
        nik_bad_date: 0.0,
        nik_serial_zero: 0.0,
        nik_unknown_area: 0.0,
        nik_numeric: 0.0,
        nik_of_another: 0.0,
        row_twice: 0.0,
        birth_date_differs: 0.0,
        birth_date_zero: 0.0,
        birth_date_missing: 0.0,
        birth_date_serial: 0.0,
        birth_date_two_digits: 0.0,
        sex_unknown: 0.0,
        sex_differs: 0.0,
        name_missing: 0.0,
        name_digits: 0.0,
        name_blanks: 0.0,
        relation_empty: 0.0,
        label_unknown: 0.0,
        family_kk_missing: 0.0,
        kk_tail: 0.0,
        family_no_code: 0.0,
        family_other_name: 0.0,
        family_unknown_village: 0.0,
        family_other_coding: 0.0,
        family_stray: 0.0,
        family_desil_range: 0.0,
        family_number_unreadable: 0.0,
        family_members_dropped: 0.0,
        family_row_dropped: 0.0,
        family_two_heads: 0.0,
        family_no_head: 0.0,
        row_ragged: 0.0,
        row_blank: 0.0,
        row_header_again: 0.0,
        month_first: 0.0,
        other_spelling: 0.0,
    };
}

/// What is wrong with a row of a person, or with the head's part of a family row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    None,
    NikMissing,
    NikShort,
    NikLetters,
    NikScientific,
    NikDressed,
    NikDummy,
    NikBadDate,
    NikSerialZero,
    NikUnknownArea,
    NikNumeric,
    NikOfAnother,
    RowTwice,
    BirthDateDiffers,
    BirthDateZero,
    BirthDateMissing,
    BirthDateSerial,
    BirthDateTwoDigits,
    SexUnknown,
    SexDiffers,
    NameMissing,
    NameDigits,
    NameBlanks,
    RelationEmpty,
    LabelUnknown,
}

/// What is wrong with a family's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FamilySlip {
    None,
    KkMissing,
    NoCode,
    OtherName,
    UnknownVillage,
    OtherCoding,
    Stray,
    DesilRange,
    NumberUnreadable,
    LabelUnknown,
    MembersDropped,
    RowDropped,
    TwoHeads,
    NoHead,
}

impl FaultRates {
    /// Draws the slip of a person's row.
    pub fn slip(&self, dice: &mut Dice, workbook: bool) -> Slip {
        let mut left = dice.unit();
        for (slip, rate) in [
            (Slip::NikMissing, self.nik_missing),
            (Slip::NikShort, self.nik_short),
            (Slip::NikLetters, self.nik_letters),
            (Slip::NikScientific, self.nik_scientific),
            (Slip::NikDressed, self.nik_dressed),
            (Slip::NikDummy, self.nik_dummy),
            (Slip::NikBadDate, self.nik_bad_date),
            (Slip::NikSerialZero, self.nik_serial_zero),
            (Slip::NikUnknownArea, self.nik_unknown_area),
            (Slip::NikNumeric, self.nik_numeric),
            (Slip::NikOfAnother, self.nik_of_another),
            (Slip::RowTwice, self.row_twice),
            (Slip::BirthDateDiffers, self.birth_date_differs),
            (Slip::BirthDateZero, self.birth_date_zero),
            (Slip::BirthDateMissing, self.birth_date_missing),
            (Slip::BirthDateSerial, if workbook { self.birth_date_serial } else { 0.0 }),
            (Slip::BirthDateTwoDigits, self.birth_date_two_digits),
            (Slip::SexUnknown, self.sex_unknown),
            (Slip::SexDiffers, self.sex_differs),
            (Slip::NameMissing, self.name_missing),
            (Slip::NameDigits, self.name_digits),
            (Slip::NameBlanks, self.name_blanks),
            (Slip::RelationEmpty, self.relation_empty),
            (Slip::LabelUnknown, self.label_unknown),
        ] {
            left -= rate;
            if left < 0.0 {
                return slip;
            }
        }
        Slip::None
    }

    /// Draws the slip of a family. P3KE has no card number and no floor area.
    pub fn family_slip(&self, dice: &mut Dice, p3ke: bool) -> FamilySlip {
        let mut left = dice.unit();
        let dtsen = |rate: f64| if p3ke { 0.0 } else { rate };
        for (slip, rate) in [
            (FamilySlip::KkMissing, dtsen(self.family_kk_missing)),
            (FamilySlip::NoCode, self.family_no_code),
            (FamilySlip::OtherName, self.family_other_name),
            (FamilySlip::UnknownVillage, self.family_unknown_village),
            (FamilySlip::OtherCoding, self.family_other_coding),
            (FamilySlip::Stray, self.family_stray),
            (FamilySlip::DesilRange, self.family_desil_range),
            (FamilySlip::NumberUnreadable, dtsen(self.family_number_unreadable)),
            (FamilySlip::LabelUnknown, self.label_unknown),
            (FamilySlip::MembersDropped, self.family_members_dropped),
            (FamilySlip::RowDropped, self.family_row_dropped),
            (FamilySlip::TwoHeads, self.family_two_heads),
            (FamilySlip::NoHead, self.family_no_head),
        ] {
            left -= rate;
            if left < 0.0 {
                return slip;
            }
        }
        FamilySlip::None
    }
}

/// An identity number as it stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberCell {
    pub text: String,
    /// Written as a number, where the file has number cells.
    pub numeric: bool,
    /// What is to be found about it.
    pub faults: Vec<Fault>,
    /// A reader may rely on it.
    pub sound: bool,
}

/// The number of a person as the slip leaves it. `donor` is somebody else's.
pub fn number(dice: &mut Dice, nik: Option<&Nik>, slip: Slip, workbook: bool, donor: Option<&str>) -> NumberCell {
    let cell = |text: String, numeric: bool, faults: &[Fault], sound: bool| NumberCell {
        text,
        numeric,
        faults: faults.to_vec(),
        sound,
    };
    let Some(nik) = nik.map(Nik::as_str) else {
        return cell(String::new(), false, &[Fault::NikEmpty], false);
    };
    match slip {
        Slip::NikMissing => {
            let word = *dice.pick(&["", "", "", "-", "0", "KOSONG"]);
            cell(word.to_owned(), false, &[Fault::NikEmpty], false)
        }
        Slip::NikShort => {
            let mut short = nik.to_owned();
            short.remove(6 + dice.below(10));
            cell(short, false, &[Fault::NikLength], false)
        }
        Slip::NikLetters => cell(nik.replacen('0', "O", 1), false, &[Fault::NikCharacters], false),
        Slip::NikScientific => {
            let text = format!("{},{}E+15", &nik[..1], nik[1..6].trim_end_matches('0'));
            cell(text.replace(",E", "E"), false, &[Fault::NikScientific], false)
        }
        Slip::NikDressed => {
            let text = match dice.below(4) {
                0 | 1 => format!("'{nik}"),
                2 => format!("{} {} {}", &nik[..6], &nik[6..12], &nik[12..]),
                _ => format!("{nik}\u{a0}"),
            };
            cell(text, false, &[Fault::NikCleaned], true)
        }
        Slip::NikDummy => {
            let text = *dice.pick(&["9999999999999999", "0000000000000000", "1234567890123456"]);
            cell(text.to_owned(), false, &[Fault::NikDummy], false)
        }
        Slip::NikBadDate => cell(format!("{}13{}", &nik[..8], &nik[10..]), false, &[Fault::NikDate], false),
        Slip::NikSerialZero => cell(format!("{}0000", &nik[..12]), false, &[Fault::NikSerialZero], true),
        Slip::NikUnknownArea => cell(format!("870199{}", &nik[6..]), false, &[Fault::NikAreaUnknown], true),
        Slip::NikNumeric if workbook => {
            // a spreadsheet keeps fifteen digits; other programs keep what a float can hold
            if nik.starts_with("99") || nik.ends_with('0') {
                cell(format!("{}0", &nik[..15]), true, &[Fault::NikSuspectNumeric], false)
            } else {
                cell(nik.to_owned(), true, &[Fault::NikFromNumeric], true)
            }
        }
        // a float of this size holds even numbers only
        Slip::NikNumeric if matches!(nik.as_bytes()[15], b'2' | b'4' | b'6' | b'8') => {
            let lossy = nik.starts_with("99");
            let judged = if lossy { Fault::NikSuspectNumeric } else { Fault::NikFromNumeric };
            cell(format!("{nik}.0"), false, &[Fault::NikCleaned, judged], !lossy)
        }
        Slip::NikOfAnother => match donor {
            Some(donor) => cell(donor.to_owned(), false, &[Fault::NikDuplicateFile], true),
            None => cell(nik.to_owned(), false, &[], true),
        },
        _ => cell(nik.to_owned(), false, &[], true),
    }
}

/// A family-card number as a CSV made from floats has it; only where the float still holds the number.
pub fn card(dice: &mut Dice, card: &str, rate: f64) -> (String, &'static [Fault]) {
    if matches!(card.as_bytes()[15], b'2' | b'4' | b'6' | b'8') && dice.chance(rate * 2.5) {
        (format!("{card}.0"), &[Fault::KkCleaned, Fault::KkSuspectNumeric])
    } else {
        (card.to_owned(), &[])
    }
}

/// How a list writes dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// `1985-07-05`.
    Iso,
    /// `05/07/1985`.
    DayFirst,
    /// `07/05/1985`.
    MonthFirst,
    /// `05/07/1985 0:00:00`.
    WithClock,
    /// A date cell.
    Cell,
}

impl DateStyle {
    pub fn text(self, date: NaiveDate) -> String {
        let (day, month, year) = (date.day(), date.month(), date.year());
        match self {
            Self::Iso => date.to_string(),
            Self::MonthFirst => format!("{month:02}/{day:02}/{year}"),
            Self::WithClock => format!("{day:02}/{month:02}/{year} 0:00:00"),
            Self::DayFirst | Self::Cell => format!("{day:02}/{month:02}/{year}"),
        }
    }
}

/// A birth date as it stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum DateCell {
    Text(String),
    /// A spreadsheet's number for the day, not shown as a date.
    Serial(i64),
    Date(NaiveDate),
}

/// The birth date as the slip leaves it, and what is to be found about it.
pub fn birth_date(
    dice: &mut Dice,
    born: NaiveDate,
    slip: Slip,
    style: DateStyle,
    sound: bool,
) -> (DateCell, Vec<Fault>) {
    let written = |date: NaiveDate| match style {
        DateStyle::Cell => DateCell::Date(date),
        style => DateCell::Text(style.text(date)),
    };
    match slip {
        Slip::BirthDateZero => (DateCell::Text("00/00/0000".to_owned()), vec![Fault::BirthdateUnreadable]),
        Slip::BirthDateMissing => (DateCell::Text(String::new()), vec![Fault::BirthdateEmpty]),
        Slip::BirthDateSerial => (DateCell::Serial(serial(born)), vec![Fault::BirthdateSerial]),
        Slip::BirthDateTwoDigits if sound && style != DateStyle::MonthFirst => {
            let text = format!("{}/{}/{:02}", born.day(), born.month(), born.year() % 100);
            (DateCell::Text(text), vec![Fault::BirthdateTwoDigitYear])
        }
        Slip::BirthDateDiffers if sound => (written(another_day(dice, born)), vec![Fault::NikBirthdateMismatch]),
        _ => (written(born), Vec::new()),
    }
}

/// The number of a day in a spreadsheet.
pub fn serial(date: NaiveDate) -> i64 {
    (date - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or(date)).num_days()
}

/// A wrong date that is no later and cannot be read in two orders.
fn another_day(dice: &mut Dice, born: NaiveDate) -> NaiveDate {
    let earlier = born - Days::new(dice.between(20, 1_400).unsigned_abs().into());
    let day = if earlier.day() > 12 { earlier.day() } else { earlier.day() + 13 };
    earlier.with_day(day).unwrap_or(earlier)
}

/// The name as the slip leaves it, and what is to be found about it.
pub fn name(name: &str, slip: Slip) -> (String, Vec<Fault>) {
    match slip {
        Slip::NameMissing => (String::new(), vec![Fault::NameEmpty]),
        Slip::NameDigits => {
            let digits = if name.contains('I') { name.replacen('I', "1", 1) } else { format!("{name}0") };
            (digits, vec![Fault::NameCharacters])
        }
        Slip::NameBlanks => {
            let text = if name.contains(' ') { name.replacen(' ', "  ", 1) } else { format!("{name} ") };
            (text, vec![Fault::NameCleaned])
        }
        _ => (name.to_owned(), Vec::new()),
    }
}

/// The sex as the slip leaves it: the label, and what is to be found about it.
pub fn sex(sex: Sex, slip: Slip, labels: [&'static str; 2], nik_tells: bool) -> (&'static str, Vec<Fault>) {
    let own = usize::from(sex == Sex::Female);
    match slip {
        Slip::SexUnknown => ("X", vec![Fault::SexUnknown]),
        Slip::SexDiffers if nik_tells => (labels[1 - own], vec![Fault::NikSexMismatch]),
        _ => (labels[own], Vec::new()),
    }
}

/// A village name nobody knows: one letter of the real one is missing.
pub fn unknown_village(dice: &mut Dice, name: &str) -> String {
    loop {
        let mut typed = name.to_owned();
        let at = 1 + dice.below(typed.len() - 2);
        if typed.as_bytes()[at] != b' ' {
            typed.remove(at);
        }
        if areas().villages.iter().all(|village| !village.name.eq_ignore_ascii_case(&typed)) {
            return typed;
        }
    }
}
