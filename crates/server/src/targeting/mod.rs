//! Targeting: the determinations of an office, from the first ranking to the signed decree (SK), and the answer for
//! every family that was verified and not chosen.
//!
//! The office drafts (`/penetapan`), tries the rule and proposes; the head of office examines and signs or returns;
//! `/sk` shows a decree as it was signed and proves it; `/penetapan/{id}/jawaban` answers the others; `/rujukan` is an
//! agency's inbox. `rule` reads the form of a rule, `words` says rules and reasons, `print` makes the documents.

mod actions;
mod pages;
mod print;
mod rule;
mod words;

use domain::access::Right;

use crate::router::{Need, Route, get, post};

const EITHER: Need = Need::AnyOf(&[Right::SeeTargeting, Right::AnswerReferrals]);

pub fn routes() -> Vec<Route> {
    vec![
        get("/penetapan", Need::Right(Right::SeeTargeting), pages::list),
        get("/penetapan/baru", Need::Right(Right::DraftDetermination), pages::new),
        post("/penetapan/baru", Need::Right(Right::DraftDetermination), actions::create),
        get("/penetapan/{id}", Need::Right(Right::SeeTargeting), pages::determination),
        get("/penetapan/{id}/unduh", Need::Right(Right::SeeTargeting), pages::ranking_workbook),
        get("/penetapan/{id}/aturan", Need::Right(Right::DraftDetermination), pages::rule),
        post("/penetapan/{id}/aturan", Need::Right(Right::DraftDetermination), actions::revise),
        post("/penetapan/{id}/coba", Need::Right(Right::DraftDetermination), actions::try_rule),
        post("/penetapan/{id}/hitung", Need::Right(Right::DraftDetermination), actions::rank_again),
        post("/penetapan/{id}/ajukan", Need::Right(Right::DraftDetermination), actions::propose),
        get("/penetapan/{id}/keluarga/{family}", Need::Right(Right::SeeTargeting), pages::family),
        post("/penetapan/{id}/keluarga/{family}", Need::Right(Right::DraftDetermination), actions::choose),
        get("/penetapan/{id}/putusan", Need::Right(Right::SignDetermination), pages::decision),
        post("/penetapan/{id}/putusan", Need::Right(Right::SignDetermination), actions::sign),
        post("/penetapan/{id}/kembalikan", Need::Right(Right::SignDetermination), actions::return_),
        get("/penetapan/{id}/jawaban", Need::Right(Right::SeeTargeting), pages::answers),
        post("/penetapan/{id}/jawaban", Need::Right(Right::DraftDetermination), actions::answer),
        get("/sk/{id}", Need::Right(Right::SeeTargeting), pages::decree),
        get("/sk/{id}/periksa", Need::Right(Right::SeeTargeting), pages::proof),
        post("/sk/{id}/unduh", Need::Right(Right::RevealNumbers), actions::download),
        get("/rujukan", EITHER, pages::inbox),
        post("/rujukan", Need::Right(Right::AnswerReferrals), actions::reply_many),
        get("/rujukan/{id}", EITHER, pages::referral),
        post("/rujukan/{id}", Need::Right(Right::AnswerReferrals), actions::reply),
    ]
}

/// What the store refuses, as the user is told.
impl From<store::targeting::Error> for crate::AppError {
    fn from(error: store::targeting::Error) -> Self {
        use store::targeting::Error as Refused;

        use crate::error::Rule;
        match error {
            Refused::Store(error) => Self::Store(error),
            Refused::Missing => Self::NotFound,
            Refused::Step(step) => Rule::new(match step.state {
                domain::targeting::DeterminationState::Draft => "targeting-step-draft",
                domain::targeting::DeterminationState::Proposed => "targeting-step-proposed",
                domain::targeting::DeterminationState::Returned => "targeting-step-returned",
                domain::targeting::DeterminationState::Signed => "targeting-step-signed",
            })
            .into(),
            Refused::Criteria(_) => Rule::new("targeting-criteria").into(),
            Refused::Quota(_) => Rule::new("targeting-quota").into(),
            Refused::Decree(_) => Rule::new("targeting-decree").into(),
            Refused::NumberTaken(number) => Rule::new("targeting-number-taken").s("number", number).into(),
            Refused::NobodyVerified => Rule::new("targeting-nobody-verified").into(),
            Refused::NobodyChosen => Rule::new("targeting-nobody-chosen").into(),
            Refused::ProgrammeNotActive(domain::programmes::ProgrammeState::Closed) => {
                Rule::new("targeting-programme-closed").into()
            }
            Refused::ProgrammeNotActive(_) => Rule::new("targeting-programme-draft").into(),
            Refused::NoReason => Rule::new("targeting-no-reason").into(),
            Refused::NoAgency => Rule::new("targeting-no-agency").into(),
            Refused::NobodyToAnswer => Rule::new("targeting-nobody-to-answer").into(),
            Refused::ReferralStep(_) => Rule::new("targeting-referral-step").into(),
        }
    }
}
