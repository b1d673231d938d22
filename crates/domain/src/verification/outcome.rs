//! Found, outcome and reason, and which of them go together. The table is `specs/outcomes.md`.

use crate::words::closed_words;

closed_words! {
    /// Whether the family was met; `verval.ditemukan`.
    Found {
        Met = "DITEMUKAN",
        NotHome = "TIDAK_DI_RUMAH",
        Refused = "MENOLAK",
        Moved = "PINDAH",
        Deceased = "MENINGGAL",
        Unknown = "TIDAK_DIKENAL",
    }
}

closed_words! {
    /// What the visit says of the family; `wf.hasil_verval`.
    Outcome {
        Eligible = "LAYAK",
        EligibleCorrected = "PERBAIKAN",
        NotEligible = "TIDAK_LAYAK",
        Deferred = "TUNDA",
    }
}

impl Outcome {
    /// The family may be determined.
    pub const fn is_eligible(self) -> bool {
        matches!(self, Self::Eligible | Self::EligibleCorrected)
    }

    /// The code list its reasons come from.
    pub const fn reasons(self) -> Option<&'static str> {
        match self {
            Self::NotEligible => Some("p3ke.alasan_tidak_layak"),
            Self::Deferred => Some("verval.alasan_tunda"),
            Self::Eligible | Self::EligibleCorrected => None,
        }
    }
}

impl Found {
    /// The outcomes possible after it. A family met is eligible with corrections exactly when there are corrections.
    pub fn outcomes(self, corrected: bool) -> Vec<Outcome> {
        use Outcome::{Deferred, Eligible, EligibleCorrected, NotEligible};
        match self {
            Self::Met if corrected => vec![EligibleCorrected, NotEligible, Deferred],
            Self::Met => vec![Eligible, NotEligible, Deferred],
            Self::NotHome => vec![Deferred],
            Self::Refused => vec![Deferred, NotEligible],
            Self::Moved | Self::Unknown => vec![NotEligible, Deferred],
            Self::Deceased => vec![NotEligible],
        }
    }

    /// The reasons for "not eligible" possible after it.
    pub const fn reasons(self) -> &'static [&'static str] {
        match self {
            Self::Met => &["MAMPU", "GANDA", "ASN_TNI_POLRI", "BUKAN_WARGA", "MENOLAK", "LAINNYA"],
            Self::NotHome => &[],
            Self::Refused => &["MENOLAK"],
            Self::Moved => &["PINDAH"],
            Self::Deceased => &["MENINGGAL"],
            Self::Unknown => &["TIDAK_DITEMUKAN", "BUKAN_WARGA", "GANDA"],
        }
    }

    /// What a result without that question (a workbook of the office) says about having been met.
    pub fn from_result(outcome: Outcome, reason: Option<&str>) -> Self {
        match (outcome, reason) {
            (Outcome::Eligible | Outcome::EligibleCorrected, _) => Self::Met,
            (_, Some("PINDAH")) => Self::Moved,
            (_, Some("MENINGGAL")) => Self::Deceased,
            (_, Some("TIDAK_DITEMUKAN")) => Self::Unknown,
            (_, Some("MENOLAK")) => Self::Refused,
            (Outcome::NotEligible, _) | (Outcome::Deferred, Some("TIDAK_DAPAT_MENJAWAB" | "LAINNYA")) => Self::Met,
            (Outcome::Deferred, _) => Self::NotHome,
        }
    }
}
