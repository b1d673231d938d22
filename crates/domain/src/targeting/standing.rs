//! Who is ranked and who is not, and why: the rule that looks at a verified family before any points are given.

use serde::{Deserialize, Serialize};

use crate::{programmes::AidKind, words::closed_words};

closed_words! {
    /// Why a family is not ranked. The first that applies counts.
    Exclusion {
        /// The family has moved away, has died out or was dissolved, by the registry or by the visit.
        MovedOrDead = "moved_or_dead",
        /// No visit with a result: waiting, deferred, or two results that contradict each other.
        NotVerified = "not_verified",
        /// The visit found the family not eligible.
        NotFit = "not_fit",
        /// The village deliberation took the family off the list.
        VillageRemoved = "village_removed",
        /// A blocking fault of the list, most often the NIK: to be put right first.
        Blocked = "nik_blocked",
        /// The family already receives the like.
        AlreadyReceives = "already_receives",
        /// A person took the family out, with a reason.
        Manual = "manual",
    }
}

closed_words! {
    /// What families receive from elsewhere, as lists and visits tell it. Words of lists are the names of their fields.
    Aid {
        Pkh = "aid_pkh",
        Bpnt = "aid_bpnt",
        Sembako = "aid_sembako",
        Bst = "aid_bst",
        Bpum = "aid_bpum",
        Prakerja = "aid_prakerja",
        Kur = "aid_kur",
        /// BLT Dana Desa; only visits tell it.
        VillageCash = "blt_dd",
        /// Aid of the district; only visits tell it.
        District = "district",
    }
}

impl Aid {
    /// What counts as the like; `None` when it could be anything.
    pub const fn kind(self) -> Option<AidKind> {
        match self {
            Self::Bpnt | Self::Sembako => Some(AidKind::Food),
            Self::Pkh | Self::Bst | Self::VillageCash => Some(AidKind::Cash),
            Self::Bpum | Self::Prakerja | Self::Kur => Some(AidKind::Livelihood),
            Self::District => None,
        }
    }

    /// Of the question 501 of Regsosek: which programmes a family received in the last year.
    pub fn of_question_501(code: &str) -> Option<Self> {
        match code {
            "a" => Some(Self::Sembako),
            "b" => Some(Self::Pkh),
            "c" => Some(Self::VillageCash),
            "e" => Some(Self::District),
            _ => None,
        }
    }
}

closed_words! {
    /// What members live from, as far as it decides which agency can help.
    Livelihood {
        Fisher = "fisher",
        Farmer = "farmer",
        Trader = "trader",
        CasualWorker = "casual",
        WithoutWork = "none",
        Other = "other",
    }
}

closed_words! {
    /// What happens to a family that already receives the like.
    Treatment {
        /// Not ranked.
        Exclude = "exclude",
        /// Ranked, with a warning beside the name.
        Warn = "warn",
    }
}

/// Which aid counts as the like, and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receiving {
    pub treatment: Treatment,
    /// Aid told by lists and visits.
    pub aids: Vec<Aid>,
    /// Kinds of aid of the district's own programmes.
    pub kinds: Vec<AidKind>,
}

impl Default for Receiving {
    fn default() -> Self {
        Self { treatment: Treatment::Exclude, aids: Vec::new(), kinds: Vec::new() }
    }
}

impl Receiving {
    /// What a programme of this kind starts from: the like, and what the programme itself excludes.
    pub fn of_programme(kind: AidKind, excludes: &[String]) -> Self {
        let the_like = |aid: &Aid| aid.kind() == Some(kind) || excludes.iter().any(|word| word == aid.as_str());
        Self {
            treatment: Treatment::Exclude,
            aids: Aid::ALL.iter().copied().filter(the_like).collect(),
            kinds: vec![kind],
        }
    }
}

/// What is known of a family before it is ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record<'a> {
    /// Of the registry: active, moved, dissolved, deceased.
    pub family_state: &'a str,
    /// The fault code that keeps the family out of a decree; empty when there is none.
    pub block: &'a str,
    /// Of the assignment: waiting, visited, conflict.
    pub visit_state: &'a str,
    /// LAYAK, PERBAIKAN, TIDAK_LAYAK, TUNDA.
    pub outcome: Option<&'a str>,
    /// Of the list `p3ke.alasan_tidak_layak`.
    pub reason: Option<&'a str>,
    /// The village deliberation (musdes) took it off the list.
    pub removed_by_village: bool,
    /// The family receives something that the rule counts as the like.
    pub receives: bool,
    /// A person took it out.
    pub taken_out: bool,
}

/// Why this family is not ranked; `None` when it is.
pub fn exclusion(record: &Record<'_>, treatment: Treatment) -> Option<Exclusion> {
    let refused = record.outcome == Some("TIDAK_LAYAK");
    if record.family_state != "active" || (refused && matches!(record.reason, Some("MENINGGAL" | "PINDAH"))) {
        return Some(Exclusion::MovedOrDead);
    }
    if record.visit_state != "visited" || !matches!(record.outcome, Some("LAYAK" | "PERBAIKAN" | "TIDAK_LAYAK")) {
        return Some(Exclusion::NotVerified);
    }
    if refused {
        return Some(Exclusion::NotFit);
    }
    if record.removed_by_village {
        return Some(Exclusion::VillageRemoved);
    }
    if !record.block.is_empty() {
        return Some(Exclusion::Blocked);
    }
    if record.receives && treatment == Treatment::Exclude {
        return Some(Exclusion::AlreadyReceives);
    }
    record.taken_out.then_some(Exclusion::Manual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_reason_that_applies_counts() {
        let fit =
            Record { family_state: "active", visit_state: "visited", outcome: Some("LAYAK"), ..Record::default() };
        let of = |record: Record<'_>| exclusion(&record, Treatment::Exclude);
        assert_eq!(of(fit), None);
        assert_eq!(of(Record { outcome: Some("PERBAIKAN"), ..fit }), None);
        assert_eq!(of(Record { family_state: "moved", outcome: None, ..fit }), Some(Exclusion::MovedOrDead));
        let refused = Record { outcome: Some("TIDAK_LAYAK"), block: "nik.length", ..fit };
        assert_eq!(of(Record { reason: Some("MENINGGAL"), ..refused }), Some(Exclusion::MovedOrDead));
        assert_eq!(of(Record { reason: Some("MAMPU"), ..refused }), Some(Exclusion::NotFit));
        assert_eq!(of(Record { outcome: Some("TUNDA"), ..fit }), Some(Exclusion::NotVerified));
        assert_eq!(of(Record { visit_state: "conflict", ..fit }), Some(Exclusion::NotVerified));
        assert_eq!(of(Record { block: "nik.length", receives: true, ..fit }), Some(Exclusion::Blocked));
        assert_eq!(
            of(Record { removed_by_village: true, block: "nik.length", ..fit }),
            Some(Exclusion::VillageRemoved)
        );
        assert_eq!(of(Record { receives: true, ..fit }), Some(Exclusion::AlreadyReceives));
        assert_eq!(exclusion(&Record { receives: true, ..fit }, Treatment::Warn), None);
        assert_eq!(of(Record { taken_out: true, ..fit }), Some(Exclusion::Manual));
    }

    #[test]
    fn a_programme_starts_from_the_like_and_what_it_excludes() {
        let food = Receiving::of_programme(AidKind::Food, &[]);
        assert_eq!((food.aids, food.kinds), (vec![Aid::Bpnt, Aid::Sembako], vec![AidKind::Food]));
        let both = Receiving::of_programme(AidKind::Food, &["aid_pkh".into()]);
        assert_eq!(both.aids, [Aid::Pkh, Aid::Bpnt, Aid::Sembako]);
    }

    #[test]
    fn aid_of_lists_is_what_programmes_call_it() {
        use crate::programmes::ListedAid;
        for aid in ListedAid::ALL {
            assert_eq!(Aid::from_word(aid.as_str()).and_then(Aid::kind), Some(aid.kind()), "{aid}");
        }
    }
}
