//! Verification: rounds, villages given out, the visit on a phone, two results of one family, workbooks, minutes.
//!
//! `pages` show, `actions` change, each with one file for rounds, visits, results and minutes. `visit_form` turns a form
//! of `domain::verification` into the screens of a phone and what was typed back into answers: it knows no question by
//! name but those every visit has. `workbook` writes and reads the office's sheet of results, `words` says faults,
//! outcomes and lateness.

mod actions;
mod pages;
mod visit_form;
mod words;
mod workbook;

use domain::{access::Right, verification::minutes::NumbersFault};
use store::verification::VerificationError;

use crate::{
    AppError,
    error::Rule,
    router::{Need, Route, get, post},
};

/// Room for a phone's photo as the camera makes it, should the browser not have made it small.
const PHOTO_LIMIT: usize = 24 * 1024 * 1024;
/// A workbook of results or a scan of minutes.
const FILE_LIMIT: usize = 32 * 1024 * 1024;

const MANAGE: Need = Need::Right(Right::ManageVerification);
const VISIT: Need = Need::Right(Right::Visit);
const SEE: Need = Need::Right(Right::SeeFamilies);
/// Results leave the house as files: for those who run the round and those who answer for it.
const EXPORT: Need = Need::AnyOf(&[Right::ManageVerification, Right::ReadLists]);

pub fn routes() -> Vec<Route> {
    vec![
        get("/verval", SEE, pages::rounds::home),
        get("/verval/baru", MANAGE, pages::rounds::new),
        post("/verval/baru", MANAGE, actions::rounds::create),
        get("/verval/kunjungan/{assignment}", VISIT, pages::visits::start),
        get("/verval/kunjungan/{assignment}/periksa", VISIT, pages::visits::check),
        post("/verval/kunjungan/{assignment}/kirim", VISIT, actions::visits::send),
        get("/verval/kunjungan/{assignment}/{screen}", VISIT, pages::visits::screen),
        post("/verval/kunjungan/{assignment}/{screen}", VISIT, actions::visits::save).takes(PHOTO_LIMIT),
        get("/verval/catatan/{visit}", SEE, pages::visits::recorded),
        get("/verval/berkas/{attachment}", SEE, pages::visits::file),
        get("/verval/dua-hasil/{assignment}", SEE, pages::visits::two),
        post("/verval/dua-hasil/{assignment}", MANAGE, actions::visits::decide),
        get("/verval/unggahan/{upload}", MANAGE, pages::results::upload),
        post("/verval/unggahan/{upload}/terima", MANAGE, actions::results::commit),
        post("/verval/unggahan/{upload}/buang", MANAGE, actions::results::discard),
        get("/verval/{id}", SEE, pages::rounds::round),
        post("/verval/{id}/buka", MANAGE, actions::rounds::open),
        post("/verval/{id}/tutup", MANAGE, actions::rounds::close),
        post("/verval/{id}/buka-lagi", MANAGE, actions::rounds::reopen),
        post("/verval/{id}/batal", MANAGE, actions::rounds::cancel),
        post("/verval/{id}/petugas", MANAGE, actions::rounds::assign),
        post("/verval/{id}/bagi", MANAGE, actions::rounds::spread),
        get("/verval/{id}/dua-hasil", SEE, pages::visits::conflicts),
        get("/verval/{id}/desa/{village}", SEE, pages::villages::village),
        get("/verval/{id}/desa/{village}/cetak", SEE, pages::villages::print),
        get("/verval/{id}/hasil", MANAGE, pages::results::results),
        post("/verval/{id}/hasil", MANAGE, actions::results::take).takes(FILE_LIMIT),
        get("/verval/{id}/lembar.xlsx", MANAGE, pages::results::sheet),
        get("/verval/{id}/hasil.xlsx", EXPORT, pages::results::xlsx),
        get("/verval/{id}/hasil.csv", EXPORT, pages::results::csv),
        get("/verval/{id}/musdes", SEE, pages::minutes::all),
        get("/verval/{id}/musdes/{village}", SEE, pages::minutes::one),
        post("/verval/{id}/musdes/{village}", MANAGE, actions::minutes::save),
        post("/verval/{id}/musdes/{village}/scan", MANAGE, actions::minutes::scan).takes(FILE_LIMIT),
        post("/verval/{id}/musdes/{village}/kunci", MANAGE, actions::minutes::lock),
        post("/verval/{id}/musdes/{village}/buka", MANAGE, actions::minutes::unlock),
    ]
}

impl From<VerificationError> for AppError {
    fn from(error: VerificationError) -> Self {
        match error {
            VerificationError::Store(error) => Self::Store(error),
            VerificationError::NotFound | VerificationError::NoMinutes => Self::NotFound,
            other => Self::Rule(rule(&other)),
        }
    }
}

/// A broken rule as the catalogue knows it.
pub fn rule(error: &VerificationError) -> Rule {
    match error {
        VerificationError::Store(_) | VerificationError::NotFound | VerificationError::NoMinutes => {
            Rule::new("not-found")
        }
        VerificationError::ListNotCommitted => Rule::new("verification-list-not-committed"),
        VerificationError::NoFamilies => Rule::new("verification-no-families"),
        VerificationError::Dates => Rule::new("verification-dates"),
        VerificationError::Transition { from, .. } => Rule::new("verification-transition").s("state", from.as_str()),
        VerificationError::DecreeRestsOnIt => Rule::new("verification-decree"),
        VerificationError::RoundNotOpen(state) => Rule::new("verification-not-open").s("state", state.as_str()),
        VerificationError::NotAVisitor(_) => Rule::new("verification-not-a-visitor"),
        VerificationError::Answers(faults) => Rule::new("verification-answers").n("count", faults.len() as i64),
        VerificationError::NoConflict => Rule::new("verification-no-conflict"),
        VerificationError::Minutes(fault) => minutes_rule(*fault),
        VerificationError::MinutesFinal => Rule::new("verification-minutes-final"),
        VerificationError::NoScan => Rule::new("verification-no-scan"),
        VerificationError::NotEligible => Rule::new("verification-not-eligible"),
        VerificationError::NotAddable => Rule::new("verification-not-addable"),
        VerificationError::AddedIncomplete => Rule::new("verification-added-incomplete"),
        VerificationError::AddedTwice => Rule::new("verification-added-twice"),
        VerificationError::NoReason => Rule::new("verification-no-reason"),
        VerificationError::UploadState(state) => Rule::new("verification-upload-state").s("state", state.clone()),
    }
}

fn minutes_rule(fault: NumbersFault) -> Rule {
    match fault {
        NumbersFault::Negative => Rule::new("verification-minutes-negative"),
        NumbersFault::TooManyRemoved { before, removed } => {
            Rule::new("verification-minutes-too-many").n("before", before).n("removed", removed)
        }
        NumbersFault::DoNotAddUp { right, after } => {
            Rule::new("verification-minutes-sum").n("right", right).n("after", after)
        }
        NumbersFault::MarkedDiffer { removed, marked } => {
            Rule::new("verification-minutes-marked").n("removed", removed).n("marked", marked)
        }
    }
}

/// A tone only where there is something: a count of zero calls for no attention.
pub const fn some(kind: &'static str, count: &i64) -> &'static str {
    if *count > 0 { kind } else { "" }
}
