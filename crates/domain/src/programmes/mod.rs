//! Programmes: an agency's budget line turned into aid for families. Strategy, codes, items, stages, money, enrolment.
//!
//! [`check`] says what is wrong with a programme as typed; [`Commitment`] keeps the money below the ceiling; the states
//! of a programme and of an enrolment say what may follow what. Amounts are whole rupiah, quantities thousandths.

mod codes;
mod items;
mod money;

use serde::{Deserialize, Serialize};

pub use self::{
    codes::{Account, NotACode, SubActivity},
    items::{Item, Quantity},
    money::{Commitment, OverCeiling},
};
use crate::{money::Rupiah, words::closed_words};

closed_words! {
    /// The three strategies of Inpres 4/2022 and 8/2025 (code list `strategi`).
    Strategy {
        /// Lighter expenses.
        S1 = "S1",
        /// Higher income.
        S2 = "S2",
        /// Fewer poverty pockets.
        S3 = "S3",
    }
}

closed_words! {
    /// What is handed over.
    Aid {
        Cash = "cash",
        Goods = "goods",
    }
}

closed_words! {
    /// What the aid is for. Two programmes of one kind are "the like": a family that gets both is shown to a person.
    AidKind {
        Food = "food",
        Cash = "cash",
        Education = "education",
        Health = "health",
        Housing = "housing",
        Livelihood = "livelihood",
        Disability = "disability",
        Clothing = "clothing",
        Other = "other",
    }
}

closed_words! {
    ProgrammeState {
        Draft = "draft",
        Active = "active",
        Closed = "closed",
    }
}

impl ProgrammeState {
    /// Whether a programme may go from this state to that one. A closed programme may be opened again, with a reason.
    pub const fn may_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Draft | Self::Closed, Self::Active) | (Self::Active, Self::Closed))
    }
}

closed_words! {
    /// Where a family stands in a programme.
    EnrolmentState {
        Candidate = "candidate",
        Enrolled = "enrolled",
        /// Has received at least once.
        Active = "active",
        /// Keeps its place and the money set aside for it, but is not planned for events.
        Suspended = "suspended",
        Left = "left",
    }
}

impl EnrolmentState {
    /// Holds a place: the money of every stage is set aside for it.
    pub const fn holds_a_place(self) -> bool {
        matches!(self, Self::Enrolled | Self::Active | Self::Suspended)
    }

    /// May be planned for an event.
    pub const fn may_receive(self) -> bool {
        matches!(self, Self::Enrolled | Self::Active)
    }

    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Candidate, Self::Enrolled | Self::Left)
                | (Self::Enrolled, Self::Active | Self::Suspended | Self::Left)
                | (Self::Active, Self::Enrolled | Self::Suspended | Self::Left)
                | (Self::Suspended | Self::Left, Self::Enrolled | Self::Active)
                | (Self::Suspended, Self::Left)
        )
    }
}

closed_words! {
    /// The budget officers who sign a programme's papers.
    OfficialRole {
        /// Pengguna anggaran / kuasa pengguna anggaran.
        BudgetUser = "budget_user",
        /// Pejabat pembuat komitmen: first party of the handover minutes.
        Commitment = "commitment",
        /// Pejabat pelaksana teknis kegiatan.
        Activity = "activity",
        /// Bendahara pengeluaran.
        Treasurer = "treasurer",
    }
}

closed_words! {
    /// Aid a national list says a family or a member receives: the names of its fields in a list's reading.
    ListedAid {
        Pkh = "aid_pkh",
        Bpnt = "aid_bpnt",
        Sembako = "aid_sembako",
        Bst = "aid_bst",
        Bpum = "aid_bpum",
        Prakerja = "aid_prakerja",
        Kur = "aid_kur",
    }
}

/// How a list's reading says yes to one of [`ListedAid`]'s fields.
pub const LISTED_YES: &str = "YES";

impl ListedAid {
    /// What it is for, so that a programme of the same kind warns of it.
    pub const fn kind(self) -> AidKind {
        match self {
            Self::Pkh | Self::Bst => AidKind::Cash,
            Self::Bpnt | Self::Sembako => AidKind::Food,
            Self::Bpum | Self::Prakerja | Self::Kur => AidKind::Livelihood,
        }
    }

    /// What a programme of this kind warns of: the like, and what its own rule excludes besides.
    pub fn warned_by(kind: AidKind, excludes: &[Self]) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|aid| aid.kind() == kind || excludes.contains(aid)).collect()
    }
}

/// A stage of a programme: one round of delivery to everybody enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    pub name: String,
    /// Planned day, `YYYY-MM-DD`.
    pub planned_on: Option<String>,
}

/// One of the officers who sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Official {
    pub role: OfficialRole,
    pub name: String,
    /// 18 digits; empty when there is none.
    pub nip: String,
}

/// A programme as a person describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub agency: i64,
    pub name: String,
    pub year: i64,
    pub strategy: Strategy,
    pub sub_activity: SubActivity,
    pub account: Account,
    /// A code of `apbd.sumber_dana`.
    pub fund: String,
    pub ceiling: Rupiah,
    pub aid: Aid,
    pub aid_kind: AidKind,
    /// Cash: rupiah a family a stage. Goods: ignored, the items say it.
    pub cash: Rupiah,
    pub items: Vec<Item>,
    pub stages: Vec<Stage>,
    pub excludes: Vec<ListedAid>,
    pub officials: Vec<Official>,
}

/// What is wrong with a programme as described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    NameMissing,
    YearUnlikely,
    FundUnknown,
    CeilingMissing,
    /// One family in one stage already costs more than the ceiling.
    CeilingTooSmall,
    AmountMissing,
    ItemsMissing,
    ItemIncomplete,
    StageMissing,
    /// The account is for money and the aid is goods, or the other way round.
    AccountNotForAid,
    NipLength,
}

impl Fault {
    /// The field it belongs to.
    pub const fn field(self) -> &'static str {
        match self {
            Self::NameMissing => "name",
            Self::YearUnlikely => "year",
            Self::FundUnknown => "fund",
            Self::CeilingMissing | Self::CeilingTooSmall => "ceiling",
            Self::AmountMissing => "cash",
            Self::ItemsMissing | Self::ItemIncomplete => "items",
            Self::StageMissing => "stages",
            Self::AccountNotForAid => "account",
            Self::NipLength => "officials",
        }
    }
}

impl Draft {
    /// Rupiah a family a stage.
    pub fn unit_amount(&self) -> Rupiah {
        match self.aid {
            Aid::Cash => self.cash,
            Aid::Goods => self.items.iter().map(Item::amount).sum(),
        }
    }
}

/// Everything wrong with a programme as described; empty when it may be kept.
pub fn check(draft: &Draft) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut unless = |holds: bool, fault: Fault| {
        if !holds {
            faults.push(fault);
        }
    };
    unless(!draft.name.trim().is_empty(), Fault::NameMissing);
    unless((2015..=2100).contains(&draft.year), Fault::YearUnlikely);
    unless(crate::codes::list("apbd.sumber_dana").code(&draft.fund).is_some(), Fault::FundUnknown);
    unless(draft.ceiling > Rupiah::ZERO, Fault::CeilingMissing);
    match draft.aid {
        Aid::Cash => unless(draft.cash > Rupiah::ZERO, Fault::AmountMissing),
        Aid::Goods => {
            unless(!draft.items.is_empty(), Fault::ItemsMissing);
            unless(draft.items.iter().all(Item::is_complete), Fault::ItemIncomplete);
        }
    }
    unless(!draft.stages.is_empty(), Fault::StageMissing);
    unless(draft.account.is_for(draft.aid), Fault::AccountNotForAid);
    unless(draft.officials.iter().all(|o| o.nip.is_empty() || is_nip(&o.nip)), Fault::NipLength);
    let unit = draft.unit_amount();
    unless(draft.ceiling <= Rupiah::ZERO || unit <= draft.ceiling, Fault::CeilingTooSmall);
    faults
}

fn is_nip(text: &str) -> bool {
    text.len() == 18 && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parcel() -> Draft {
        let item = |name: &str, quantity: &str, unit: &str, price| Item {
            name: name.into(),
            quantity: Quantity::parse(quantity).expect("a quantity"),
            unit: unit.into(),
            price: Rupiah(price),
        };
        Draft {
            agency: 1,
            name: "Paket pangan keluarga miskin ekstrem".into(),
            year: 2023,
            strategy: Strategy::S1,
            sub_activity: SubActivity::parse("1.06.05.2.02.0003").expect("a code"),
            account: Account::parse("5.1.06.02.02.0001").expect("an account"),
            fund: "APBD_KAB".into(),
            ceiling: Rupiah(3_000_000_000),
            aid: Aid::Goods,
            aid_kind: AidKind::Food,
            cash: Rupiah::ZERO,
            items: vec![
                item("Minyak goreng", "12", "liter", 18_500),
                item("Telur", "7,5", "kg", 30_000),
                item("Beras", "150", "kg", 14_500),
                item("Gula", "12", "kg", 17_000),
            ],
            stages: vec![Stage { name: "Tahap 1".into(), planned_on: None }],
            excludes: Vec::new(),
            officials: Vec::new(),
        }
    }

    #[test]
    fn a_parcel_costs_the_sum_of_its_items() {
        let draft = parcel();
        assert_eq!(draft.unit_amount(), Rupiah(222_000 + 225_000 + 2_175_000 + 204_000));
        assert_eq!(check(&draft), []);
    }

    #[test]
    fn goods_are_not_paid_from_an_account_for_money() {
        let draft = Draft { account: Account::parse("5.1.06.02.01.0001").expect("an account"), ..parcel() };
        assert_eq!(check(&draft), [Fault::AccountNotForAid]);
        let contingency = Draft { account: Account::parse("5.3").expect("an account"), ..parcel() };
        assert_eq!(check(&contingency), []);
    }

    #[test]
    fn what_is_missing_is_named() {
        let draft = Draft {
            name: " ".into(),
            items: Vec::new(),
            stages: Vec::new(),
            ceiling: Rupiah::ZERO,
            fund: "X".into(),
            ..parcel()
        };
        assert_eq!(
            check(&draft),
            [Fault::NameMissing, Fault::FundUnknown, Fault::CeilingMissing, Fault::ItemsMissing, Fault::StageMissing]
        );
        assert_eq!(check(&Draft { ceiling: Rupiah(1_000_000), ..parcel() }), [Fault::CeilingTooSmall]);
    }

    #[test]
    fn the_like_is_warned_of_and_what_the_rule_excludes() {
        assert_eq!(ListedAid::warned_by(AidKind::Food, &[]), [ListedAid::Bpnt, ListedAid::Sembako]);
        assert_eq!(
            ListedAid::warned_by(AidKind::Cash, &[ListedAid::Sembako]),
            [ListedAid::Pkh, ListedAid::Sembako, ListedAid::Bst]
        );
        assert_eq!(ListedAid::warned_by(AidKind::Housing, &[]), []);
    }

    #[test]
    fn a_place_is_held_until_the_family_leaves() {
        use EnrolmentState::{Active, Candidate, Enrolled, Left, Suspended};
        for (state, holds, receives) in [
            (Candidate, false, false),
            (Enrolled, true, true),
            (Active, true, true),
            (Suspended, true, false),
            (Left, false, false),
        ] {
            assert_eq!((state.holds_a_place(), state.may_receive()), (holds, receives), "{state}");
        }
        assert!(Left.may_become(Enrolled) && !Left.may_become(Suspended));
    }
}
