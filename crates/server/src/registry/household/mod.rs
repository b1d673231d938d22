//! Changes of a family made by hand: a page to choose from, one form for each kind with a look at before and after, the
//! list of changes, and the page of one, where a second person agrees or sends it back and where it is taken back.

mod actions;
mod changes;
mod fields;
mod pages;
mod sides;

pub(super) use sides::{Side, sides};

use domain::{access::Right, household::Kind};
use store::registry::household::{Blocker, Refused};

use crate::{
    AppError,
    error::Rule,
    router::{Need, Route, get, post},
    ui::Ui,
};

pub fn routes() -> Vec<Route> {
    let see = Need::Right(Right::SeeFamilies);
    let change = Need::AllOf(&[Right::SeeFamilies, Right::ChangeHouseholds]);
    let agree = Need::AllOf(&[Right::SeeFamilies, Right::ApproveHouseholds]);
    let either = Need::AnyOf(&[Right::ChangeHouseholds, Right::ApproveHouseholds]);
    vec![
        get("/keluarga/perubahan", see, changes::list),
        get("/keluarga/perubahan/{change}", see, changes::change),
        post("/keluarga/perubahan/{change}/setujui", agree, actions::approve),
        post("/keluarga/perubahan/{change}/kembalikan", either, actions::send_back),
        post("/keluarga/perubahan/{change}/tarik", agree, actions::take_back),
        get("/keluarga/baru", change, pages::new_family),
        post("/keluarga/baru", change, actions::record_new_family),
        get("/keluarga/{id}/ubah", change, pages::choose),
        get("/keluarga/{id}/ubah/{kind}", change, pages::form),
        post("/keluarga/{id}/ubah/{kind}", change, actions::record),
    ]
}

/// The kinds as they stand in addresses, in the order they are offered.
const OFFERED: [(Kind, &str, &str); 11] = [
    (Kind::Birth, "lahir", "add"),
    (Kind::Death, "meninggal", "person-off"),
    (Kind::Arrival, "datang", "person-check"),
    (Kind::Departure, "pergi", "route"),
    (Kind::Head, "kepala", "person"),
    (Kind::Split, "pecah", "users"),
    (Kind::Merge, "gabung", "merge"),
    (Kind::Move, "pindah", "home"),
    (Kind::MoveOut, "keluar", "logout"),
    (Kind::MoveIn, "kembali", "return"),
    (Kind::Nik, "nik", "id-card"),
];

fn kind_of(word: &str) -> Result<Kind, AppError> {
    OFFERED.iter().find(|(_, offered, _)| *offered == word).map(|(kind, ..)| *kind).ok_or(AppError::NotFound)
}

fn word_of(kind: Kind) -> &'static str {
    OFFERED.iter().find(|(offered, ..)| *offered == kind).map_or("", |(_, word, _)| word)
}

/// The message key of a kind: `household-move-out`.
fn key(kind: Kind) -> String {
    format!("household-{}", kind.as_str().replace('_', "-"))
}

/// What to tell of a change that is refused where there is no field to tell it at.
pub(super) fn refused(error: Refused, ui: &Ui) -> AppError {
    match error {
        Refused::NotFound => AppError::NotFound,
        Refused::Store(error) => AppError::Store(error),
        Refused::Fault(fault) => Rule::new(fault_key(fault)).into(),
        Refused::NikHeld { .. } => Rule::new("household-nik-held").into(),
        Refused::KkHeld { .. } => Rule::new("household-kk-held").into(),
        Refused::NoSuchVillage => Rule::new("household-no-such-village").into(),
        Refused::OwnProposal => Rule::new("household-own-proposal").into(),
        Refused::NotNow(state) => {
            Rule::new("household-not-now").s("state", ui.t(&format!("household-state-{}", word(state.as_str())))).into()
        }
        Refused::NoReason => Rule::new("household-no-reason").into(),
        Refused::InTheWay(blockers) => {
            let why: Vec<String> = blockers.iter().map(|blocker| blocker_words(ui, blocker)).collect();
            Rule::new("household-in-the-way").s("what", why.join("; ")).into()
        }
    }
}

fn word(text: &str) -> String {
    text.replace('_', "-")
}

/// The catalogue's key of a fault.
pub(super) const fn fault_key(fault: domain::household::Fault) -> &'static str {
    use domain::household::Fault;
    match fault {
        Fault::NoReason => "household-no-reason",
        Fault::InFuture => "household-in-future",
        Fault::TooLongAgo => "household-too-long-ago",
        Fault::NotActive => "household-not-active",
        Fault::NotAway => "household-not-away",
        Fault::NotAMember => "household-not-a-member",
        Fault::NobodyNamed => "household-nobody-named",
        Fault::EverybodyLeaves => "household-everybody-leaves",
        Fault::OneHead => "household-one-head",
        Fault::HeadNeeded => "household-head-needed",
        Fault::HeadLeaves => "household-head-leaves",
        Fault::IsHead => "household-is-head",
        Fault::TwoHeads => "household-two-heads",
        Fault::SameFamily => "household-same-family",
        Fault::OtherNotActive => "household-other-not-active",
        Fault::NoName => "household-no-name",
        Fault::DeathBeforeBirth => "household-death-before-birth",
        Fault::BirthAfter => "household-birth-after",
        Fault::NikOtherBirth => "household-nik-other-birth",
        Fault::NikOtherSex => "household-nik-other-sex",
        Fault::SameNik => "household-same-nik",
        Fault::NoAddress => "household-no-address",
        Fault::SamePlace => "household-same-place",
        Fault::SamePerson => "household-same-person",
        Fault::GivenUp => "household-given-up",
        Fault::BothDead => "household-both-dead",
        Fault::OneDead => "household-one-dead",
        Fault::KeptAway => "household-kept-away",
        Fault::Unlike => "household-unlike",
    }
}

/// What stands in the way, in words.
fn blocker_words(ui: &Ui, blocker: &Blocker) -> String {
    match blocker {
        Blocker::Change { kind, .. } => ui.msg("household-way-change").s("kind", ui.t(&key(*kind))).to_string(),
        Blocker::List { name, .. } => ui.msg("household-way-list").s("name", name).to_string(),
        Blocker::Thing { what, name, .. } => ui.msg(&format!("household-way-{what}")).s("name", name).to_string(),
        Blocker::Number => ui.t("household-way-number"),
        Blocker::Field(_) => ui.t("household-way-field"),
    }
}

/// Where what stands in the way is looked at, for those who may.
fn blocker_href(ui: &Ui, blocker: &Blocker) -> Option<String> {
    let (path, right, id) = match blocker {
        Blocker::Change { id, .. } => ("/keluarga/perubahan", "see_families", id),
        Blocker::List { id, .. } => ("/daftar", "read_lists", id),
        Blocker::Thing { what, id, .. } => match what.as_str() {
            "round" => ("/verval", "see_families", id),
            "determination" => ("/penetapan", "see_targeting", id),
            "programme" => ("/program", "see_programmes", id),
            _ => ("/penyaluran", "see_delivery", id),
        },
        Blocker::Number | Blocker::Field(_) => return None,
    };
    ui.may(right).then(|| format!("{path}/{id}"))
}
