//! The catalogue of findings: one code, one severity each. Codes are part of the public interface (reports, API, help):
//! add codes, never rename one. Words live with the server's languages, keyed by the code with `.` and `_` as `-`.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

/// How much a finding matters. A row's severity is its highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The value was cleaned or read leniently; nobody is asked.
    Note,
    /// Shown; may proceed.
    Warn,
    /// Stored and verifiable in the field, but neither decree nor payment until it is fixed.
    Block,
    /// Cannot be read as data: kept raw, creates nothing.
    Reject,
}

impl Severity {
    pub const ALL: [Self; 4] = [Self::Reject, Self::Block, Self::Warn, Self::Note];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Block => "block",
            Self::Reject => "reject",
        }
    }
}

macro_rules! catalogue {
    ($($variant:ident $code:literal $severity:ident;)*) => {
        /// A fault of the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fault { $($variant,)* }

        impl Fault {
            /// Every fault, in the order of the catalogue.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The public code, e.g. `nik.length`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }

        impl FromStr for Fault {
            type Err = UnknownFault;

            fn from_str(code: &str) -> Result<Self, Self::Err> {
                match code {
                    $($code => Ok(Self::$variant),)*
                    _ => Err(UnknownFault(code.to_owned())),
                }
            }
        }
    };
}

catalogue! {
    FileEncoding "file.encoding" Note;
    FileDelimiter "file.delimiter" Note;
    FileHeaderOffset "file.header_offset" Note;
    FileUnknownColumn "file.unknown_column" Note;
    FileMissingColumn "file.missing_column" Reject;
    FileProtected "file.protected" Reject;
    FileNikColumnDamaged "file.nik_column_damaged" Warn;
    RowUnreadable "row.unreadable" Reject;
    RowSkippedBlank "row.skipped_blank" Note;
    RowSkippedHeader "row.skipped_header" Note;
    RowSkippedTotal "row.skipped_total" Note;
    RowDuplicate "row.duplicate" Warn;
    RowRagged "row.ragged" Note;
    NikEmpty "nik.empty" Block;
    NikLength "nik.length" Block;
    NikCharacters "nik.characters" Block;
    NikDummy "nik.dummy" Block;
    NikDate "nik.date" Block;
    NikSerialZero "nik.serial_zero" Warn;
    NikScientific "nik.scientific" Block;
    NikSuspectNumeric "nik.suspect_numeric" Block;
    NikFromNumeric "nik.from_numeric" Note;
    NikCleaned "nik.cleaned" Note;
    NikAreaUnknown "nik.area_unknown" Warn;
    NikSexMismatch "nik.sex_mismatch" Warn;
    NikBirthdateMismatch "nik.birthdate_mismatch" Warn;
    NikDuplicateFile "nik.duplicate_file" Block;
    NikDuplicateRegistry "nik.duplicate_registry" Warn;
    KkEmpty "kk.empty" Warn;
    KkLength "kk.length" Warn;
    KkCharacters "kk.characters" Warn;
    KkDummy "kk.dummy" Warn;
    KkScientific "kk.scientific" Warn;
    KkSuspectNumeric "kk.suspect_numeric" Warn;
    KkFromNumeric "kk.from_numeric" Note;
    KkCleaned "kk.cleaned" Note;
    KkManyHeads "kk.many_heads" Warn;
    NameEmpty "name.empty" Block;
    NameCharacters "name.characters" Warn;
    NameCleaned "name.cleaned" Note;
    SexUnknown "sex.unknown" Warn;
    BirthdateEmpty "birthdate.empty" Warn;
    BirthdateUnreadable "birthdate.unreadable" Warn;
    BirthdateAmbiguous "birthdate.ambiguous" Warn;
    BirthdateSerial "birthdate.serial" Note;
    BirthdateTwoDigitYear "birthdate.two_digit_year" Note;
    BirthdateFuture "birthdate.future" Warn;
    BirthdateTooOld "birthdate.too_old" Warn;
    RelationUnknown "relation.unknown" Warn;
    FamilyNoHead "family.no_head" Warn;
    FamilyManyHeads "family.many_heads" Warn;
    FamilyNoAdult "family.no_adult" Warn;
    FamilyMembersMissing "family.members_missing" Note;
    MemberFamilyMissing "member.family_missing" Warn;
    CellFormulaUncached "cell.formula_uncached" Warn;
    AreaNameConflict "area.name_conflict" Warn;
    AreaUnknown "area.unknown" Block;
    AreaOutsideDistrict "area.outside_district" Block;
    AreaByName "area.by_name" Note;
    AreaAmbiguous "area.ambiguous" Block;
    AreaCodingGuessed "area.coding_guessed" Note;
    DesilRange "desil.range" Warn;
    PersentilRange "persentil.range" Warn;
    LabelUnknown "label.unknown" Note;
    LabelSynonym "label.synonym" Note;
    NumberUnreadable "number.unreadable" Warn;
    CoordinateSwapped "coordinate.swapped" Note;
    CoordinateOutside "coordinate.outside" Warn;
    PhoneUnreadable "phone.unreadable" Note;
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0:?} is no fault code")]
pub struct UnknownFault(pub String);

impl Fault {
    /// The key of its words in a language file: `fault-nik-length`; `-help` behind it says what to do.
    pub fn word_key(self) -> String {
        format!("fault-{}", self.code().replace(['.', '_'], "-"))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Fault {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

/// One finding: where, what, the value as it came, the reading taken and a suggestion, if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The row as a spreadsheet shows it; `None` for a finding about the whole file.
    pub row: Option<u32>,
    /// The header's text; `None` for a finding about a row or a file.
    pub column: Option<Arc<str>>,
    pub fault: Fault,
    /// The value exactly as it came; empty when there is none.
    pub value: String,
    pub reading: Option<String>,
    pub suggestion: Option<String>,
}

impl Finding {
    pub fn new(row: Option<u32>, column: Option<Arc<str>>, fault: Fault, value: impl Into<String>) -> Self {
        Self { row, column, fault, value: value.into(), reading: None, suggestion: None }
    }

    #[must_use]
    pub fn reading(mut self, reading: impl Into<String>) -> Self {
        self.reading = Some(reading.into());
        self
    }

    #[must_use]
    pub fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    pub const fn severity(&self) -> Severity {
        self.fault.severity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_and_none_stands_twice() {
        for fault in Fault::ALL {
            assert_eq!(fault.code().parse(), Ok(*fault));
        }
        let mut codes: Vec<_> = Fault::ALL.iter().map(|fault| fault.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Fault::ALL.len());
        assert_eq!(Fault::NikSuspectNumeric.word_key(), "fault-nik-suspect-numeric");
    }

    #[test]
    fn what_blocks_for_a_nik_only_warns_for_a_kk() {
        for part in ["length", "characters", "dummy", "scientific", "suspect_numeric", "empty"] {
            let of = |kind: &str| format!("{kind}.{part}").parse::<Fault>().expect("code").severity();
            assert_eq!((of("nik"), of("kk")), (Severity::Block, Severity::Warn), "{part}");
        }
    }
}
