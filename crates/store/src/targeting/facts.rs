//! What is known of the families of a round: loaded set-based in blocks, so that memory stays bounded by the result.
//!
//! Members are those the visit found present (and new ones), by corrected birth date where there is one. The house and
//! aid come from the visit, else from the list; disability, illness and livelihood from the members' rows of the list.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::{Months, NaiveDate};
use domain::{
    programmes::AidKind,
    targeting::{Aid, Condition, Exclusion, Livelihood, MemberKind, Need, Receiving, Record, standing},
};
use sea_orm::FromQueryResult;
use serde::Deserialize;
use welfare::{Candidate, Facts};

use super::{
    Detail, Result,
    in_use::{InUse, corrected},
    unreadable,
};
use crate::{
    query::{Handle, Query},
    sql,
};

/// Families of one block.
const BLOCK: i64 = 4_000;

/// A family of the round with everything a rule may look at.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub family: i64,
    pub village: i64,
    pub facts: Facts,
    family_state: String,
    block: String,
    visit_state: String,
    outcome: Option<String>,
    reason: Option<String>,
    removed_by_village: bool,
    aids: Vec<Aid>,
    /// Programmes of the district it is in, with what they are for. The determination's own is marked.
    programmes: Vec<(i64, AidKind, bool)>,
    choice: Option<(Option<i64>, String)>,
    /// A member's row of the list has told of the disability that the visit found.
    disability_told: bool,
}

impl Known {
    /// Aid and programmes that the rule counts as the like.
    fn the_like(&self, rule: &Receiving) -> (Vec<Aid>, Vec<i64>) {
        let aids = self.aids.iter().copied().filter(|aid| rule.aids.contains(aid)).collect();
        let programmes = self.programmes.iter().filter(|(_, kind, own)| *own || rule.kinds.contains(kind));
        (aids, programmes.map(|(id, _, _)| *id).collect())
    }

    /// As a candidate of the ranking, with what stands behind an exclusion or a warning.
    pub fn candidate(&self, rule: &Receiving) -> (Candidate, Detail) {
        let (aids, programmes) = self.the_like(rule);
        let record = Record {
            family_state: &self.family_state,
            block: &self.block,
            visit_state: &self.visit_state,
            outcome: self.outcome.as_deref(),
            reason: self.reason.as_deref(),
            removed_by_village: self.removed_by_village,
            receives: !aids.is_empty() || !programmes.is_empty(),
            taken_out: matches!(self.choice, Some((None, _))),
        };
        let excluded = standing::exclusion(&record, rule.treatment);
        let place = self.choice.as_ref().and_then(|(place, _)| u32::try_from((*place)?).ok());
        let mut detail = Detail::default();
        match excluded {
            Some(Exclusion::NotFit | Exclusion::MovedOrDead | Exclusion::NotVerified | Exclusion::VillageRemoved) => {
                detail.code.clone_from(&self.reason);
            }
            Some(Exclusion::Blocked) => detail.code = Some(self.block.clone()),
            None | Some(Exclusion::AlreadyReceives | Exclusion::Manual) => {}
        }
        if matches!(excluded, None | Some(Exclusion::AlreadyReceives)) {
            (detail.aids, detail.programmes) = (aids, programmes);
        }
        detail.place = place.filter(|_| excluded.is_none());
        if matches!(excluded, None | Some(Exclusion::Manual)) {
            detail.note = self.choice.as_ref().map(|(_, reason)| reason.clone());
        }
        (Candidate { family: self.family, village: self.village, facts: self.facts, excluded, place }, detail)
    }
}

/// Which families: those of a round over a list version, for a determination (0 before it exists) of a programme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Of<'a> {
    pub round: i64,
    pub list_version: i64,
    pub determination: i64,
    pub programme: Option<i64>,
    /// Ages are those of this day, `YYYY-MM-DD`.
    pub today: &'a str,
}

#[derive(FromQueryResult)]
struct BaseRow {
    family_id: i64,
    village: i64,
    family_state: String,
    block: String,
    visit_state: String,
    outcome: Option<String>,
    reason: Option<String>,
    removed_by_village: bool,
    desil: Option<i64>,
    visited_at: Option<String>,
    needs: Option<String>,
    answers: Option<String>,
}

#[derive(FromQueryResult)]
struct MembersRow {
    family_id: i64,
    members: i64,
    dependants: i64,
    under_five: i64,
    school_age: i64,
    elderly: i64,
    female_head: i64,
}

#[derive(FromQueryResult)]
struct ReadingRow {
    family_id: i64,
    /// 0 for a family's own row.
    person_id: i64,
    head: i64,
    reading: String,
}

#[derive(FromQueryResult)]
struct ProgrammeRow {
    family_id: i64,
    programme_id: i64,
    aid_kind: String,
}

#[derive(FromQueryResult)]
struct ChoiceRow {
    family_id: i64,
    place: Option<i64>,
    reason: String,
}

/// Every family of the round, by id.
pub(super) async fn load(handle: &impl Handle, of: Of<'_>) -> Result<Vec<Known>> {
    let lists = lists_to_read(handle, of.list_version).await?;
    let mut all = Vec::new();
    let mut after = 0;
    loop {
        let block = base(handle, of, after).await?;
        let (Some(first), Some(last)) = (block.first(), block.last()) else { break };
        let range = (first.family_id, last.family_id);
        let more = block.len() as i64 == BLOCK;
        after = range.1;
        all.extend(known(handle, of, &lists, block, range).await?);
        if !more {
            break;
        }
    }
    Ok(all)
}

/// The result of a village deliberation counts once its minutes are final.
async fn base(handle: &impl Handle, of: Of<'_>, after: i64) -> Result<Vec<BaseRow>> {
    let query = Query::with(
        sql!(
            "SELECT a.family_id, f.village, f.state AS family_state, f.block, a.state AS visit_state, a.outcome, CASE WHEN b.id IS NULL THEN a.reason ELSE COALESCE(a.removed_reason, a.reason) END AS reason,
                    CASE WHEN b.id IS NULL OR a.removed_reason IS NULL THEN FALSE ELSE TRUE END AS removed_by_village,
                    COALESCE(fl.desil_national, f.desil) AS desil, v.visited_at, v.needs, v.answers
             FROM assignment a JOIN family f ON f.id = a.family_id
             LEFT JOIN family_list fl ON fl.family_id = a.family_id AND fl.version_id = $2
             LEFT JOIN visit v ON v.id = a.visit_id
             LEFT JOIN deliberation b ON b.round_id = a.round_id AND b.village = a.village AND b.state = 'final'
             WHERE a.round_id = $1 AND a.family_id > $3 AND {whole_district a ranking compares everybody}
             ORDER BY a.family_id LIMIT $4"
        ),
        [of.round.into(), of.list_version.into(), after.into(), BLOCK.into()],
    );
    Ok(handle.all(query).await?)
}

async fn known(
    handle: &impl Handle,
    of: Of<'_>,
    lists: &[i64],
    block: Vec<BaseRow>,
    range: (i64, i64),
) -> Result<Vec<Known>> {
    let mut families: BTreeMap<i64, Known> = BTreeMap::new();
    for row in block {
        families.insert(row.family_id, from_base(row)?);
    }
    for row in members(handle, of, range).await? {
        if let Some(known) = families.get_mut(&row.family_id) {
            put_members(&mut known.facts, &row);
        }
    }
    for (family, in_use) in corrected(handle, of.round, range).await? {
        if let Some(known) = families.get_mut(&family) {
            put_correction(known, &in_use);
        }
    }
    let mut last_person = 0;
    for row in readings(handle, of, lists, range).await? {
        if let Some(known) = families.get_mut(&row.family_id) {
            // a person in two lists is counted once
            let counted = row.person_id != 0 && row.person_id == last_person;
            last_person = row.person_id;
            put_reading(known, &row, counted)?;
        }
    }
    for row in enrolled(handle, of, range).await? {
        let own = Some(row.programme_id) == of.programme;
        if let (Some(known), Some(kind)) = (families.get_mut(&row.family_id), AidKind::from_word(&row.aid_kind))
            && !known.programmes.iter().any(|(id, _, _)| *id == row.programme_id)
        {
            known.programmes.push((row.programme_id, kind, own));
        }
    }
    for row in choices(handle, of, range).await? {
        if let Some(known) = families.get_mut(&row.family_id) {
            known.choice = Some((row.place, row.reason));
        }
    }
    Ok(families.into_values().map(finished).collect())
}

/// A day as a number: `2026-11-02T..` is 20261102.
fn day_number(stamp: &str) -> Option<u32> {
    stamp.get(..10)?.replace('-', "").parse().ok()
}

/// One answer or several, as a visit keeps them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    One(String),
    Many(Vec<String>),
}

impl Said {
    fn codes(&self) -> &[String] {
        match self {
            Self::One(code) => std::slice::from_ref(code),
            Self::Many(codes) => codes,
        }
    }
}

/// What of a visit's answers a rule looks at; the questions are those of the verification form.
#[derive(Default, Deserialize)]
#[serde(default)]
struct VisitAnswers {
    floor: Option<Said>,
    tenure: Option<Said>,
    programmes: Option<Said>,
}

fn codes(said: Option<&Said>) -> &[String] {
    said.map_or(&[], Said::codes)
}

fn from_base(row: BaseRow) -> Result<Known> {
    let needs: Vec<String> = row.needs.as_deref().map_or(Ok(Vec::new()), serde_json::from_str)?;
    let answers: VisitAnswers = row.answers.as_deref().map_or(Ok(VisitAnswers::default()), serde_json::from_str)?;
    let mut facts = Facts {
        desil: row.desil.and_then(|desil| u8::try_from(desil).ok()),
        needs: needs.iter().filter_map(|need| Need::from_word(need)).collect(),
        visited_on: row.visited_at.as_deref().and_then(day_number),
        ..Facts::default()
    };
    if codes(answers.floor.as_ref()).iter().any(|code| code == "8") {
        facts.conditions.insert(Condition::EarthFloor);
    }
    if codes(answers.tenure.as_ref()).iter().any(|code| matches!(code.as_str(), "2" | "3")) {
        facts.conditions.insert(Condition::NotOwnHouse);
    }
    if facts.needs.has(Need::Disability) {
        facts.members.set(MemberKind::Disabled, 1);
    }
    let received = codes(answers.programmes.as_ref());
    Ok(Known {
        family: row.family_id,
        village: row.village,
        facts,
        family_state: row.family_state,
        block: row.block,
        visit_state: row.visit_state,
        outcome: row.outcome,
        reason: row.reason,
        removed_by_village: row.removed_by_village,
        aids: received.iter().filter_map(|code| Aid::of_question_501(code)).collect(),
        programmes: Vec::new(),
        choice: None,
        disability_told: false,
    })
}

async fn members(handle: &impl Handle, of: Of<'_>, range: (i64, i64)) -> Result<Vec<MembersRow>> {
    let today: NaiveDate = of.today.parse().map_err(|_| crate::Error::Stored(format!("{} is no day", of.today)))?;
    // born after this day: younger than so many years
    let years_ago = |years: u32| today.checked_sub_months(Months::new(years * 12)).unwrap_or(today).to_string();
    let query = Query::with(
        sql!(
            "SELECT m.family_id, CAST(COUNT(*) AS BIGINT) AS members,
                    CAST(SUM(CASE WHEN m.head = 0 AND (m.born > $6 OR m.born <= $7) THEN 1 ELSE 0 END) AS BIGINT) AS dependants,
                    CAST(SUM(CASE WHEN m.born > $4 THEN 1 ELSE 0 END) AS BIGINT) AS under_five,
                    CAST(SUM(CASE WHEN m.born <= $5 AND m.born > $8 THEN 1 ELSE 0 END) AS BIGINT) AS school_age,
                    CAST(SUM(CASE WHEN m.born <= $7 THEN 1 ELSE 0 END) AS BIGINT) AS elderly,
                    CAST(MAX(CASE WHEN m.head = 1 AND m.sex = 'P' THEN 1 ELSE 0 END) AS BIGINT) AS female_head
             FROM (
               SELECT a.family_id, CASE WHEN p.id = f.head_person_id THEN 1 ELSE 0 END AS head,
                      COALESCE(vm.birth_date, p.birth_date) AS born, COALESCE(vm.sex, p.sex) AS sex
               FROM assignment a JOIN family f ON f.id = a.family_id JOIN person p ON p.family_id = f.id
               LEFT JOIN visit_member vm ON vm.visit_id = a.visit_id AND vm.person_id = p.id
               WHERE a.round_id = $1 AND a.family_id BETWEEN $2 AND $3 AND p.state = 'alive' AND COALESCE(vm.presence, '1') IN ('1', '5')
               UNION ALL
               SELECT a.family_id, 0 AS head, vm.birth_date AS born, vm.sex
               FROM assignment a JOIN visit_member vm ON vm.visit_id = a.visit_id
               WHERE a.round_id = $1 AND a.family_id BETWEEN $2 AND $3 AND vm.person_id IS NULL AND vm.presence = '5'
             ) m WHERE {whole_district a ranking compares everybody} GROUP BY m.family_id ORDER BY m.family_id"
        ),
        [
            of.round.into(),
            range.0.into(),
            range.1.into(),
            years_ago(5).into(),
            years_ago(7).into(),
            years_ago(18).into(),
            years_ago(60).into(),
            years_ago(19).into(),
        ],
    );
    Ok(handle.all(query).await?)
}

fn put_members(facts: &mut Facts, row: &MembersRow) {
    for (kind, count) in [
        (MemberKind::Member, row.members),
        (MemberKind::Dependant, row.dependants),
        (MemberKind::UnderFive, row.under_five),
        (MemberKind::SchoolAge, row.school_age),
        (MemberKind::Elderly, row.elderly),
    ] {
        facts.members.set(kind, count);
    }
    if row.female_head == 1 {
        facts.conditions.insert(Condition::FemaleHead);
    }
    if row.members == 1 && row.elderly == 1 {
        facts.conditions.insert(Condition::ElderlyAlone);
    }
}

fn put_correction(known: &mut Known, in_use: &InUse) {
    if in_use.lifts(&known.block) {
        known.block.clear();
    }
    match in_use.head_sex.as_deref() {
        Some("P") => known.facts.conditions.insert(Condition::FemaleHead),
        Some("L") => known.facts.conditions.remove(Condition::FemaleHead),
        _ => {}
    }
}

/// The round's list and the newest of each source: what they say of aid, work and health counts.
async fn lists_to_read(handle: &impl Handle, round_list: i64) -> Result<Vec<i64>> {
    let mut versions: Vec<i64> = handle
        .column(sql!(
            "SELECT v.id FROM list_version v WHERE v.state = 'committed' AND NOT EXISTS (
               SELECT 1 FROM list_version n WHERE n.state = 'committed' AND n.source = v.source AND (n.as_of > v.as_of OR (n.as_of = v.as_of AND n.id > v.id))
             ) ORDER BY v.id"
        ))
        .await?;
    if !versions.contains(&round_list) {
        versions.push(round_list);
    }
    Ok(versions)
}

/// The rows of these lists, of the families and of each member; a member's rows follow one another.
async fn readings(handle: &impl Handle, of: Of<'_>, lists: &[i64], range: (i64, i64)) -> Result<Vec<ReadingRow>> {
    let mut query = Query::with(
        sql!(
            "SELECT a.family_id, CAST(0 AS BIGINT) AS person_id, CAST(1 AS BIGINT) AS head, r.reading
             FROM assignment a JOIN family_list fl ON fl.family_id = a.family_id JOIN list_raw r ON r.row_id = fl.row_id
             WHERE a.round_id = $1 AND a.family_id BETWEEN $2 AND $3 AND {whole_district a ranking compares everybody} AND"
        ),
        [of.round.into(), range.0.into(), range.1.into()],
    );
    query.push_in(sql!(" fl.version_id"), lists.iter().copied());
    query.push(sql!(" ORDER BY a.family_id, fl.version_id"));
    let mut rows: Vec<ReadingRow> = handle.all(query).await?;
    let mut query = Query::with(
        sql!(
            "SELECT a.family_id, p.id AS person_id, CAST(CASE WHEN p.id = f.head_person_id THEN 1 ELSE 0 END AS BIGINT) AS head, r.reading
             FROM assignment a JOIN family f ON f.id = a.family_id JOIN person p ON p.family_id = f.id JOIN person_list pl ON pl.person_id = p.id JOIN list_raw r ON r.row_id = pl.row_id
             WHERE a.round_id = $1 AND a.family_id BETWEEN $2 AND $3 AND p.state = 'alive' AND {whole_district a ranking compares everybody} AND"
        ),
        [of.round.into(), range.0.into(), range.1.into()],
    );
    query.push_in(sql!(" pl.version_id"), lists.iter().copied());
    query.push(sql!(" ORDER BY a.family_id, p.id, pl.version_id"));
    rows.extend(handle.all::<ReadingRow>(query).await?);
    Ok(rows)
}

/// What of a list's reading a rule looks at. Answers are canonical: YES and NO, EARTH, codes of the list.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Reading<'a> {
    #[serde(borrow)]
    aid_pkh: Cow<'a, str>,
    aid_bpnt: Cow<'a, str>,
    aid_sembako: Cow<'a, str>,
    aid_bst: Cow<'a, str>,
    aid_bpum: Cow<'a, str>,
    aid_prakerja: Cow<'a, str>,
    aid_kur: Cow<'a, str>,
    floor: Cow<'a, str>,
    tenure: Cow<'a, str>,
    occupation: Cow<'a, str>,
    industry: Cow<'a, str>,
    work_status: Cow<'a, str>,
    working: Cow<'a, str>,
    chronic_illness: Cow<'a, str>,
    difficulty_seeing: Cow<'a, str>,
    difficulty_hearing: Cow<'a, str>,
    difficulty_walking: Cow<'a, str>,
    difficulty_hands: Cow<'a, str>,
    difficulty_learning: Cow<'a, str>,
    difficulty_behaviour: Cow<'a, str>,
    difficulty_speaking: Cow<'a, str>,
    difficulty_self_care: Cow<'a, str>,
    difficulty_remembering: Cow<'a, str>,
}

impl Reading<'_> {
    fn aids(&self) -> impl Iterator<Item = Aid> {
        [
            (&self.aid_pkh, Aid::Pkh),
            (&self.aid_bpnt, Aid::Bpnt),
            (&self.aid_sembako, Aid::Sembako),
            (&self.aid_bst, Aid::Bst),
            (&self.aid_bpum, Aid::Bpum),
            (&self.aid_prakerja, Aid::Prakerja),
            (&self.aid_kur, Aid::Kur),
        ]
        .into_iter()
        .filter_map(|(answer, aid)| (answer == "YES").then_some(aid))
    }

    /// A function that is impossible or needs help.
    fn is_disabled(&self) -> bool {
        let difficulties = [
            &self.difficulty_seeing,
            &self.difficulty_hearing,
            &self.difficulty_walking,
            &self.difficulty_hands,
            &self.difficulty_learning,
            &self.difficulty_behaviour,
            &self.difficulty_speaking,
            &self.difficulty_self_care,
            &self.difficulty_remembering,
        ];
        difficulties.iter().any(|answer| matches!(&***answer, "1" | "2"))
    }

    fn is_ill(&self) -> bool {
        !matches!(&*self.chronic_illness, "" | "1")
    }

    fn is_without_work(&self) -> bool {
        matches!(&*self.working, "2" | "NO") || self.occupation == "TIDAK/BELUM BEKERJA"
    }

    fn livelihood(&self) -> Option<Livelihood> {
        match &*self.occupation {
            "NELAYAN" => return Some(Livelihood::Fisher),
            "PETANI" => return Some(Livelihood::Farmer),
            "PEDAGANG" => return Some(Livelihood::Trader),
            "PEKERJA LEPAS" => return Some(Livelihood::CasualWorker),
            _ => {}
        }
        match &*self.industry {
            "4" => return Some(Livelihood::Fisher),
            "1" | "2" | "3" | "5" | "6" => return Some(Livelihood::Farmer),
            "12" => return Some(Livelihood::Trader),
            _ => {}
        }
        if matches!(&*self.work_status, "6" | "7" | "PEKERJA BEBAS") {
            return Some(Livelihood::CasualWorker);
        }
        if self.is_without_work() {
            return None;
        }
        (!self.occupation.is_empty() || !self.industry.is_empty()).then_some(Livelihood::Other)
    }
}

fn put_reading(known: &mut Known, row: &ReadingRow, counted: bool) -> Result<()> {
    let reading: Reading<'_> = serde_json::from_str(&row.reading).map_err(|e| unreadable(&e))?;
    for aid in reading.aids() {
        if !known.aids.contains(&aid) {
            known.aids.push(aid);
        }
    }
    let facts = &mut known.facts;
    // what the visit saw of the house counts before what a list said
    if facts.visited_on.is_none() {
        if reading.floor == "EARTH" {
            facts.conditions.insert(Condition::EarthFloor);
        }
        if matches!(&*reading.tenure, "RENT" | "FREE") {
            facts.conditions.insert(Condition::NotOwnHouse);
        }
    }
    if let Some(livelihood) = reading.livelihood() {
        facts.livelihoods.insert(livelihood);
    }
    if row.head == 1 && reading.is_without_work() {
        facts.conditions.insert(Condition::HeadWithoutWork);
    }
    if row.person_id != 0 && !counted {
        let mut add = |kind: MemberKind, is: bool| {
            facts.members.set(kind, i64::from(facts.members.of(kind)) + i64::from(is));
        };
        add(MemberKind::Ill, reading.is_ill());
        // the first disabled member of the list may be the one the visit told of
        let told = facts.needs.has(Need::Disability) && !known.disability_told;
        add(MemberKind::Disabled, reading.is_disabled() && !told);
        known.disability_told |= reading.is_disabled();
    }
    Ok(())
}

/// Enrolled in a programme, or promised one by a signed decree and not yet enrolled.
async fn enrolled(handle: &impl Handle, of: Of<'_>, range: (i64, i64)) -> Result<Vec<ProgrammeRow>> {
    let query = Query::with(
        sql!(
            "SELECT a.family_id AS family_id, e.programme_id AS programme_id, pr.aid_kind AS aid_kind
             FROM assignment a JOIN enrolment e ON e.family_id = a.family_id JOIN programme pr ON pr.id = e.programme_id
             WHERE a.round_id = $1 AND a.family_id BETWEEN $2 AND $3 AND e.state <> 'left' AND {whole_district a ranking compares everybody}
             UNION
             SELECT a.family_id AS family_id, d.programme_id AS programme_id, pr.aid_kind AS aid_kind
             FROM assignment a JOIN determination_line l ON l.family_id = a.family_id JOIN determination d ON d.id = l.determination_id JOIN programme pr ON pr.id = d.programme_id
             WHERE a.round_id = $1 AND a.family_id BETWEEN $2 AND $3 AND l.state = 'selected' AND d.state = 'signed' AND d.id <> $4
               AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.family_id = l.family_id AND e.programme_id = d.programme_id)
             ORDER BY family_id, programme_id"
        ),
        [of.round.into(), range.0.into(), range.1.into(), of.determination.into()],
    );
    Ok(handle.all(query).await?)
}

async fn choices(handle: &impl Handle, of: Of<'_>, range: (i64, i64)) -> Result<Vec<ChoiceRow>> {
    let query = Query::with(
        sql!(
            "SELECT c.family_id, c.place, c.reason FROM determination_choice c
             WHERE c.determination_id = $1 AND c.family_id BETWEEN $2 AND $3 AND {whole_district a ranking compares everybody} ORDER BY c.family_id"
        ),
        [of.determination.into(), range.0.into(), range.1.into()],
    );
    Ok(handle.all(query).await?)
}

/// What can only be said when everything is loaded.
fn finished(mut known: Known) -> Known {
    if known.facts.livelihoods.is_empty() && known.facts.conditions.has(Condition::HeadWithoutWork) {
        known.facts.livelihoods.insert(Livelihood::WithoutWork);
    }
    known
}
