//! From answers to a finding: what is missing, out of range, not asked, or at odds with another answer.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    answers::{Answers, Correction, FAMILY_FIELDS, Known, MemberFinding, Position},
    form::{Filling, Form, Kind, Question},
    outcome::{Found, Outcome},
};
use crate::{FamilyCard, Nik, identity::NumberFault, lists::Relation};

/// How a visit came in: that decides how whole it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// By the form: every question asked is answered.
    Web,
    /// By the office's workbook: the outcome is enough, and what else is there must be right.
    Workbook,
}

impl Channel {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Workbook => "workbook",
        }
    }
}

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Missing,
    /// Not a code of the question's list.
    NotInList(String),
    NotANumber(String),
    OutOfRange {
        least: i64,
        most: i64,
    },
    /// Answered although an earlier answer says that it does not apply.
    NotAsked,
    TooLong {
        most: usize,
    },
    /// The contradiction of that number in the form.
    Contradiction(usize),
    /// Nobody is said to live there, yet the family was met.
    NobodyPresent,
    /// The head has died or left: somebody present must head the family.
    HeadGone,
    NotPresent,
    Nik(NumberFault),
    Kk(NumberFault),
    /// Not a date, or after today.
    BirthDate,
    /// Who was found so cannot have this outcome.
    OutcomeNotPossible {
        found: Found,
    },
    ReasonNotPossible {
        found: Found,
    },
    /// LAYAK, yet data were corrected: that is PERBAIKAN.
    CorrectionsMade,
    /// PERBAIKAN, yet nothing was corrected.
    NothingCorrected,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub question: String,
    /// The member concerned, by its place in the answers, and the field.
    pub member: Option<usize>,
    pub field: Option<&'static str>,
    pub what: What,
}

impl Fault {
    fn at(question: &str, what: What) -> Self {
        Self { question: question.to_owned(), member: None, field: None, what }
    }
}

/// A visit's result, whole and sound.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    pub found: Found,
    pub outcome: Outcome,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub respondent: Option<String>,
    /// Answers to the form's own questions that were asked.
    pub answers: BTreeMap<String, Vec<String>>,
    /// Unmet needs, in the form's order.
    pub needs: Vec<String>,
    pub corrections: Vec<Correction>,
    pub members: Vec<(MemberFinding, Vec<Correction>)>,
    pub photos: BTreeMap<String, i64>,
    pub position: Option<Position>,
}

impl Finding {
    /// Corrections of the family and of its members.
    pub fn all_corrections(&self) -> Vec<Correction> {
        let members = self.members.iter().flat_map(|(_, corrections)| corrections.iter());
        self.corrections.iter().chain(members).cloned().collect()
    }
}

/// Questions with a place of their own in a [`Finding`].
const OWN_PLACE: [&str; 9] =
    ["found", "respondent", "members", "family", "needs", "outcome", "reason", "deferral", "note"];

const LONGEST_TEXT: usize = 500;

/// The faults of the questions of one screen, for the page that asks them.
pub fn faults_of(filling: &Filling<'_>, questions: &[&Question], channel: Channel) -> Vec<Fault> {
    questions.iter().flat_map(|question| check_one(filling, question, channel)).collect()
}

/// The finding these answers make, or everything that is wrong with them.
pub fn conclude(
    form: &Form,
    answers: &Answers,
    known: &Known,
    today: NaiveDate,
    channel: Channel,
) -> Result<Finding, Vec<Fault>> {
    let filling = Filling { form, answers, known, today };
    let mut faults = Vec::new();
    for step in &form.steps {
        for question in step.screens.iter().flat_map(|screen| &screen.questions) {
            if filling.asked(step, question) {
                faults.extend(check_one(&filling, question, channel));
            } else if channel == Channel::Workbook && question.id != "note" && !answers.given(&question.id).is_empty() {
                faults.push(Fault::at(&question.id, What::NotAsked));
            }
        }
    }
    let word = |question: &str| answers.one(question);
    let outcome = word("outcome").and_then(Outcome::from_word);
    let found = word("found").and_then(Found::from_word);
    let (Some(outcome), Some(found), true) = (outcome, found, faults.is_empty()) else { return Err(faults) };
    let asked = |id: &str| form.find(id).is_some_and(|(step, question)| filling.asked(step, question));
    let text = |id: &str| word(id).filter(|_| asked(id)).map(str::to_owned);
    let own = |question: &Question| {
        let plain = matches!(question.kind, Kind::Single | Kind::Multi | Kind::Number | Kind::Text);
        plain && !OWN_PLACE.contains(&question.id.as_str())
    };
    let given = form.questions().filter(|question| own(question) && asked(&question.id));
    let met = found == Found::Met;
    let confirmed = answers.seen.contains("needs");
    let suggested = || filling.suggested_needs().into_iter().map(|need| need.code.clone()).collect();
    Ok(Finding {
        found,
        outcome,
        reason: text("reason").or_else(|| text("deferral")),
        note: word("note").filter(|_| channel == Channel::Workbook || asked("note")).map(str::to_owned),
        respondent: text("respondent"),
        answers: given
            .map(|question| (question.id.clone(), answers.given(&question.id)))
            .filter(|(_, values)| !values.is_empty())
            .collect(),
        needs: match (met, confirmed) {
            (false, _) => Vec::new(),
            (true, true) => {
                let chosen = answers.given("needs");
                form.needs.iter().map(|need| need.code.clone()).filter(|code| chosen.contains(code)).collect()
            }
            (true, false) => suggested(),
        },
        corrections: if met { answers.family_corrections(known) } else { Vec::new() },
        members: if met {
            answers.members.iter().map(|member| (member.clone(), member.corrections(known))).collect()
        } else {
            Vec::new()
        },
        photos: answers.photos.iter().filter(|(id, _)| asked(id)).map(|(id, n)| (id.clone(), *n)).collect(),
        position: answers.position.filter(|_| asked("position")),
    })
}

fn check_one(filling: &Filling<'_>, question: &Question, channel: Channel) -> Vec<Fault> {
    let answers = filling.answers;
    let mut faults = match question.kind {
        Kind::Members => return members(filling, channel),
        Kind::Family => return family(filling),
        Kind::Position | Kind::Photo => Vec::new(),
        Kind::Needs => needs(filling, channel),
        Kind::Single | Kind::Multi | Kind::Number | Kind::Text => value(answers, question),
    };
    let given = answers.given(&question.id);
    // the office's workbook says the result and may be silent on the rest
    let must = question.required
        && (channel == Channel::Web
            || matches!(question.id.as_str(), "found" | "outcome" | "reason" | "deferral" | "note"));
    if given.is_empty() && must && question.kind != Kind::Needs {
        faults.push(Fault::at(&question.id, What::Missing));
    }
    if faults.is_empty() {
        for (number, contradiction) in filling.form.contradictions.iter().enumerate() {
            if contradiction.question == question.id && filling.all_hold(&contradiction.all) {
                faults.push(Fault::at(&question.id, What::Contradiction(number)));
            }
        }
        match question.id.as_str() {
            "outcome" => faults.extend(outcome(filling, channel)),
            "reason" => faults.extend(reason(answers)),
            _ => {}
        }
    }
    faults
}

fn value(answers: &Answers, question: &Question) -> Vec<Fault> {
    let fault = |what| vec![Fault::at(&question.id, what)];
    let given = answers.given(&question.id);
    match question.kind {
        Kind::Single | Kind::Multi => {
            let list = question.codes();
            let stranger = given.iter().find(|code| list.is_none_or(|list| list.code(code).is_none()));
            stranger.map_or_else(Vec::new, |code| fault(What::NotInList(code.clone())))
        }
        Kind::Number => match given.first().map(|text| (text, text.replace(',', ".").parse::<f64>())) {
            None => Vec::new(),
            Some((text, Err(_))) => fault(What::NotANumber(text.clone())),
            Some((_, Ok(number))) if number >= question.least as f64 && number <= question.most as f64 => Vec::new(),
            Some(_) => fault(What::OutOfRange { least: question.least, most: question.most }),
        },
        _ if given.first().is_some_and(|text| text.chars().count() > LONGEST_TEXT) => {
            fault(What::TooLong { most: LONGEST_TEXT })
        }
        _ => Vec::new(),
    }
}

fn needs(filling: &Filling<'_>, channel: Channel) -> Vec<Fault> {
    if channel == Channel::Web && !filling.answers.seen.contains("needs") {
        return vec![Fault::at("needs", What::Missing)];
    }
    let given = filling.answers.given("needs");
    let stranger = given.into_iter().find(|code| filling.form.need(code).is_none());
    stranger.map(|code| Fault::at("needs", What::NotInList(code))).into_iter().collect()
}

fn outcome(filling: &Filling<'_>, channel: Channel) -> Option<Fault> {
    let answers = filling.answers;
    let found = answers.one("found").and_then(Found::from_word)?;
    let outcome = answers.one("outcome").and_then(Outcome::from_word)?;
    // a correction may also be told in words; a workbook has no other place for most of them
    let noted = channel == Channel::Workbook && answers.one("note").is_some();
    let corrected = answers.has_corrections(filling.known);
    let what = match outcome {
        Outcome::Eligible if found == Found::Met && corrected => What::CorrectionsMade,
        Outcome::EligibleCorrected if found == Found::Met && !corrected && !noted => What::NothingCorrected,
        _ if found.outcomes(corrected || noted).contains(&outcome) => return None,
        _ if found.outcomes(corrected).contains(&outcome) => return None,
        _ => What::OutcomeNotPossible { found },
    };
    Some(Fault::at("outcome", what))
}

fn reason(answers: &Answers) -> Option<Fault> {
    let found = answers.one("found").and_then(Found::from_word)?;
    let reason = answers.one("reason")?;
    (!found.reasons().contains(&reason)).then(|| Fault::at("reason", What::ReasonNotPossible { found }))
}

fn members(filling: &Filling<'_>, channel: Channel) -> Vec<Fault> {
    let answers = filling.answers;
    let presences = crate::codes::list("regsosek.404_keberadaan");
    let mut faults = Vec::new();
    let at = |member: usize, field: &'static str, what| Fault {
        question: "members".to_owned(),
        member: Some(member),
        field: Some(field),
        what,
    };
    for (number, member) in answers.members.iter().enumerate() {
        let whole = channel == Channel::Web;
        if member.presence.is_empty() && whole {
            faults.push(at(number, "presence", What::Missing));
        } else if !member.presence.is_empty() && presences.code(&member.presence).is_none() {
            faults.push(at(number, "presence", What::NotInList(member.presence.clone())));
        }
        if member.person.is_none() {
            for (field, value) in member.fields() {
                if field != "nik" && value.is_none_or(str::is_empty) {
                    faults.push(at(number, field, What::Missing));
                }
            }
        }
        if let Some(Err(fault)) = member.nik.as_deref().filter(|nik| !nik.is_empty()).map(Nik::parse) {
            faults.push(at(number, "nik", What::Nik(fault)));
        }
        let born = member.birth_date.as_deref().filter(|date| !date.is_empty()).map(str::parse::<NaiveDate>);
        if born.is_some_and(|date| date.map_or(true, |date| date > filling.today)) {
            faults.push(at(number, "birth_date", What::BirthDate));
        }
        if let Some(sex) = member.sex.as_deref().filter(|sex| !matches!(*sex, "" | "L" | "P")) {
            faults.push(at(number, "sex", What::NotInList(sex.to_owned())));
        }
        let relation = member.relation.as_deref().filter(|code| !code.is_empty());
        if let Some(code) = relation.filter(|code| Relation::from_code(code).is_none()) {
            faults.push(at(number, "relation", What::NotInList(code.to_owned())));
        }
    }
    if channel == Channel::Web {
        let missing = |person: i64| !answers.members.iter().any(|member| member.person == Some(person));
        if filling.known.members.iter().any(|member| missing(member.person)) {
            faults.push(Fault::at("members", What::Missing));
        } else if faults.is_empty() && !answers.members.iter().any(MemberFinding::is_present) {
            faults.push(Fault::at("members", What::NobodyPresent));
        }
    }
    faults
}

fn family(filling: &Filling<'_>) -> Vec<Fault> {
    let answers = filling.answers;
    let at =
        |field: &'static str, what| Fault { question: "family".to_owned(), member: None, field: Some(field), what };
    let mut faults = Vec::new();
    for field in FAMILY_FIELDS {
        let Some(value) = answers.family.get(field).filter(|value| !value.is_empty()) else { continue };
        if field == "kk"
            && let Err(fault) = FamilyCard::parse(value)
        {
            faults.push(at("kk", What::Kk(fault)));
        }
        if value.chars().count() > LONGEST_TEXT {
            faults.push(at(field, What::TooLong { most: LONGEST_TEXT }));
        }
    }
    let is_present = |head: &str| match head.strip_prefix("new:") {
        Some(number) => {
            let mut fresh = answers.members.iter().filter(|member| member.person.is_none());
            number.parse().is_ok_and(|n| fresh.nth(n).is_some_and(MemberFinding::is_present))
        }
        None => head
            .parse()
            .is_ok_and(|id: i64| answers.members.iter().any(|member| member.person == Some(id) && member.is_present())),
    };
    let gone = |id: i64| {
        let found = answers.members.iter().find(|member| member.person == Some(id));
        found.is_some_and(|member| !member.presence.is_empty() && !member.is_present())
    };
    match answers.family.get("head").filter(|head| !head.is_empty()) {
        Some(head) if !is_present(head) => faults.push(at("head", What::NotPresent)),
        None if filling.known.head.is_some_and(gone) => faults.push(at("head", What::HeadGone)),
        _ => {}
    }
    faults
}
