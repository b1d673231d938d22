//! What a decree (SK) needs before it can be signed. It freezes what it names; a later change is another decree.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Who signs, as the decree prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    pub name: String,
    /// `Kepala Dinas Sosial`, without `Plt.`
    pub position: String,
    /// 18 digits.
    pub nip: Option<String>,
    /// Pelaksana tugas (Plt.).
    pub acting: bool,
}

/// Why a decree cannot be signed as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecreeFault {
    #[error("the decree has no number")]
    NoNumber,
    #[error("the number is longer than 60 letters")]
    LongNumber,
    #[error("the date of the decree lies in the future")]
    InTheFuture,
    #[error("the date of the decree lies before the proposal")]
    BeforeProposal,
    #[error("who drafted or proposed cannot sign")]
    SamePerson,
    #[error("nobody was chosen")]
    Nobody,
    #[error("families of the round have no result, and the signer was not asked about them")]
    Unverified,
}

/// What is signed: number and day as typed, the day of the proposal, who takes part.
#[derive(Clone, Copy, Debug)]
pub struct Signing<'a> {
    pub number: &'a str,
    pub decided_on: NaiveDate,
    pub today: NaiveDate,
    pub proposed_on: NaiveDate,
    pub signer: Option<i64>,
    pub drafted_by: Option<i64>,
    pub proposed_by: Option<i64>,
    pub families: i64,
    /// Families of the round without a result: nobody has judged them.
    pub unverified: i64,
    /// The signer was told and signs all the same.
    pub unverified_known: bool,
}

/// Every fault, in the order of the form.
pub fn faults(signing: &Signing<'_>) -> Vec<DecreeFault> {
    let number = signing.number.trim();
    let same = |other: Option<i64>| signing.signer.is_some() && signing.signer == other;
    [
        (number.is_empty(), DecreeFault::NoNumber),
        (number.chars().count() > 60, DecreeFault::LongNumber),
        (signing.decided_on > signing.today, DecreeFault::InTheFuture),
        (signing.decided_on < signing.proposed_on, DecreeFault::BeforeProposal),
        (same(signing.drafted_by) || same(signing.proposed_by), DecreeFault::SamePerson),
        (signing.families <= 0, DecreeFault::Nobody),
        (signing.unverified > 0 && !signing.unverified_known, DecreeFault::Unverified),
    ]
    .into_iter()
    .filter_map(|(wrong, fault)| wrong.then_some(fault))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).expect("a day")
    }

    fn sound() -> Signing<'static> {
        Signing {
            number: "400.9/123/2026",
            decided_on: day(21),
            today: day(21),
            proposed_on: day(20),
            signer: Some(2),
            drafted_by: Some(1),
            proposed_by: Some(1),
            families: 1_000,
            unverified: 0,
            unverified_known: false,
        }
    }

    #[test]
    fn a_sound_decree_has_no_faults() {
        assert_eq!(faults(&sound()), []);
    }

    #[test]
    fn what_is_wrong_is_told_all_at_once() {
        let wrong = Signing { number: " ", decided_on: day(22), families: 0, ..sound() };
        assert_eq!(faults(&wrong), [DecreeFault::NoNumber, DecreeFault::InTheFuture, DecreeFault::Nobody]);
        assert_eq!(faults(&Signing { decided_on: day(19), ..sound() }), [DecreeFault::BeforeProposal]);
    }

    #[test]
    fn families_without_a_result_are_told_to_the_signer_first() {
        let some = Signing { unverified: 92, ..sound() };
        assert_eq!(faults(&some), [DecreeFault::Unverified]);
        assert_eq!(faults(&Signing { unverified_known: true, ..some }), []);
    }

    #[test]
    fn who_drafts_or_proposes_does_not_sign() {
        assert_eq!(faults(&Signing { drafted_by: Some(2), ..sound() }), [DecreeFault::SamePerson]);
        assert_eq!(faults(&Signing { proposed_by: Some(2), ..sound() }), [DecreeFault::SamePerson]);
        // the program itself (the demo) is nobody
        assert_eq!(faults(&Signing { signer: None, proposed_by: None, ..sound() }), []);
    }
}
