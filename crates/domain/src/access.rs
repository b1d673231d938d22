//! Who may do what: roles, rights, and the one table that joins them.
//!
//! A right says what may be done; the area scope of the role's assignment says where. Both are checked: the right at the
//! route, the scope in the store. A person may hold several roles in several areas, each with dates.

use crate::{AreaCode, Level, words::closed_words};

closed_words! {
    /// The roles of a district's poverty programme.
    Role {
        /// Runs the installation: users, areas, settings. Sees no family data by that role alone.
        Administrator = "administrator",
        /// Staf Dinsos: lists, registry, rounds, drafts, programmes, events.
        OfficeStaff = "office_staff",
        /// Verifikator/enumerator: visits assigned families.
        Verifier = "verifier",
        /// Kepala Dinas: decides and signs.
        HeadOfOffice = "head_of_office",
        /// Staff of another agency (OPD): the families handed to it.
        AgencyStaff = "agency_staff",
        /// Operator desa/kelurahan: own village.
        VillageOperator = "village_operator",
        /// Pendamping PKH: accompanies families, helps at handovers.
        Companion = "companion",
        /// TKSK: the sub-district's volunteer coordinator.
        Tksk = "tksk",
        /// Bappeda and TKPK: plans and totals.
        Planner = "planner",
        /// Bupati/Wali Kota: totals without personal data.
        Regent = "regent",
        /// Inspektorat: reads everything, changes nothing.
        Auditor = "auditor",
    }
}

closed_words! {
    /// What a route may ask for.
    Right {
        /// See totals and maps without personal data.
        SeeTotals = "see_totals",
        /// See families and people within one's area (numbers masked).
        SeeFamilies = "see_families",
        /// Show a masked NIK or KK; logged.
        RevealNumbers = "reveal_numbers",
        /// Record births, deaths, moves and the like of families; what the office wants agreed to waits.
        ChangeHouseholds = "change_households",
        /// Agree to such changes of others, send them back, take them back; one's own wait for nobody where the office
        /// wants no second person.
        ApproveHouseholds = "approve_households",
        /// Upload and read lists, see their rows and faults.
        ReadLists = "read_lists",
        /// Commit and take back lists.
        CommitLists = "commit_lists",
        /// Plan rounds, assign villages, take in workbooks, record musdes.
        ManageVerification = "manage_verification",
        /// Record visits.
        Visit = "visit",
        /// See determinations and their ranking.
        SeeTargeting = "see_targeting",
        /// Draft criteria, quotas and determinations; answer families not served.
        DraftDetermination = "draft_determination",
        /// Decide: sign or return a determination.
        SignDetermination = "sign_determination",
        /// See programmes, budgets and enrolment.
        SeeProgrammes = "see_programmes",
        /// Set up programmes, items, stages; enrol.
        ManageProgrammes = "manage_programmes",
        /// See an agency's inbox and answer what was handed to it.
        AnswerReferrals = "answer_referrals",
        /// See events and their equation.
        SeeDelivery = "see_delivery",
        /// Plan, open and close events, print, return money.
        ManageDelivery = "manage_delivery",
        /// Serve families at an event.
        Serve = "serve",
        /// The head of office's page.
        SeeOffice = "see_office",
        /// Read the journal: who did what.
        ReadJournal = "read_journal",
        /// Users, roles, areas, settings.
        Administer = "administer",
    }
}

impl Right {
    /// Whether the right acts on the district as a whole: a role in a part of the district does not give it.
    pub const fn is_district_wide(self) -> bool {
        matches!(
            self,
            Self::CommitLists
                | Self::ManageVerification
                | Self::DraftDetermination
                | Self::SignDetermination
                | Self::ManageProgrammes
                | Self::ManageDelivery
                | Self::SeeOffice
                | Self::ReadJournal
                | Self::Administer
        )
    }
}

/// Why a role cannot be held in an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// The role acts on the district as a whole: held in a part of it, it gives nothing.
    OfDistrict,
    /// The role is somebody's own village.
    OfVillage,
}

impl Role {
    /// Whether the role can be held in this area; `None` is the whole district.
    ///
    /// # Errors
    /// Says why not.
    pub fn fits(self, area: Option<AreaCode>) -> Result<(), Misplaced> {
        let within = area.is_some_and(|area| area.level() > Level::District);
        match self {
            Self::Administrator | Self::HeadOfOffice | Self::Planner | Self::Regent | Self::Auditor if within => {
                Err(Misplaced::OfDistrict)
            }
            Self::VillageOperator if area.is_none_or(|area| area.level() != Level::Village) => {
                Err(Misplaced::OfVillage)
            }
            _ => Ok(()),
        }
    }

    /// The rights of this role; the reviewed matrix is printed from here.
    pub const fn rights(self) -> &'static [Right] {
        use Right::{
            Administer, AnswerReferrals, ApproveHouseholds, ChangeHouseholds, CommitLists, DraftDetermination,
            ManageDelivery, ManageProgrammes, ManageVerification, ReadJournal, ReadLists, RevealNumbers, SeeDelivery,
            SeeFamilies, SeeOffice, SeeProgrammes, SeeTargeting, SeeTotals, Serve, SignDetermination, Visit,
        };
        match self {
            Self::Administrator => &[Administer, ReadJournal, SeeTotals],
            Self::OfficeStaff => &[
                SeeTotals,
                SeeFamilies,
                RevealNumbers,
                ChangeHouseholds,
                ApproveHouseholds,
                ReadLists,
                CommitLists,
                ManageVerification,
                Visit,
                SeeTargeting,
                DraftDetermination,
                SeeProgrammes,
                ManageProgrammes,
                SeeDelivery,
                ManageDelivery,
                Serve,
            ],
            Self::Verifier => &[SeeTotals, SeeFamilies, Visit],
            Self::HeadOfOffice => &[
                SeeTotals,
                SeeFamilies,
                RevealNumbers,
                ApproveHouseholds,
                ReadLists,
                SeeTargeting,
                SignDetermination,
                SeeProgrammes,
                SeeDelivery,
                SeeOffice,
                ReadJournal,
            ],
            Self::AgencyStaff => &[SeeTotals, AnswerReferrals],
            Self::VillageOperator => &[SeeTotals, SeeFamilies, ChangeHouseholds, SeeDelivery],
            Self::Companion | Self::Tksk => &[SeeTotals, SeeFamilies, Visit, SeeDelivery, Serve],
            Self::Planner => &[SeeTotals, SeeProgrammes],
            Self::Regent => &[SeeTotals, SeeOffice],
            Self::Auditor => {
                &[SeeTotals, SeeFamilies, ReadLists, SeeTargeting, SeeProgrammes, SeeDelivery, SeeOffice, ReadJournal]
            }
        }
    }

    pub fn may(self, right: Right) -> bool {
        self.rights().contains(&right)
    }

    /// The rights of this role when it is held in a part of the district only.
    pub fn rights_in_part(self) -> impl Iterator<Item = Right> {
        self.rights().iter().copied().filter(|right| !right.is_district_wide())
    }

    /// Whether the role shows families at all; the areas of other roles widen nobody's view of families.
    pub fn shows_families(self) -> bool {
        self.may(Right::SeeFamilies) || self.may(Right::AnswerReferrals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_both_drafts_and_signs() {
        for role in Role::ALL {
            assert!(!(role.may(Right::DraftDetermination) && role.may(Right::SignDetermination)), "{role}");
        }
    }

    #[test]
    fn a_role_stands_where_it_gives_something_and_no_wider_than_its_work() {
        let (district, kecamatan, village) = ("99.01", "99.01.01", "99.01.01.2001");
        let at = |role: Role, code: &str| role.fits(Some(code.parse().expect("a code")));
        assert_eq!(Role::VillageOperator.fits(None), Err(Misplaced::OfVillage));
        assert_eq!(at(Role::VillageOperator, kecamatan), Err(Misplaced::OfVillage));
        assert_eq!(at(Role::VillageOperator, village), Ok(()));
        assert_eq!(at(Role::Administrator, district), Ok(()));
        for role in Role::ALL.iter().filter(|role| **role != Role::VillageOperator) {
            assert_eq!(role.fits(None), Ok(()), "{role}");
            // held in a part of the district it gives more than totals there
            assert!(at(*role, kecamatan).is_err() || role.rights_in_part().count() > 1, "{role}");
        }
    }

    #[test]
    fn the_auditor_changes_nothing_and_the_regent_sees_no_family() {
        let changing = [
            Right::ChangeHouseholds,
            Right::ApproveHouseholds,
            Right::CommitLists,
            Right::ManageVerification,
            Right::Visit,
            Right::DraftDetermination,
            Right::SignDetermination,
            Right::ManageProgrammes,
            Right::AnswerReferrals,
            Right::ManageDelivery,
            Right::Serve,
            Right::Administer,
        ];
        assert!(changing.iter().all(|right| !Role::Auditor.may(*right)));
        assert!(!Role::Regent.may(Right::SeeFamilies));
        assert!(!Role::Administrator.may(Right::SeeFamilies));
    }

    #[test]
    fn words_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::from_word(role.as_str()), Some(*role));
        }
    }
}
