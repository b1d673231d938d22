//! A questionnaire as data: steps, screens, questions, what is asked only if, and which needs follow from the answers.
//!
//! Forms are files in `forms/` that an official can read. Nothing here knows how a question is drawn. Conditions refer to
//! earlier questions only, and to facts about the household (`@working_age`), so that a form can be walked in order.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::answers::{Answers, Known};

/// What kind of answer a question takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One code of a list.
    Single,
    /// Any number of codes of a list.
    Multi,
    /// A whole number within a range.
    Number,
    Text,
    Photo,
    Position,
    /// Presence of each member, corrections, new members.
    Members,
    /// Corrections of the family's own data.
    Family,
    /// The needs found unmet, suggested by the form's rule.
    Needs,
}

/// A bound of a condition: a number, or a fact about the household.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Bound {
    Number(f64),
    Fact(String),
}

/// One condition on one answer or fact. An answer that was not given satisfies only `empty`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// A question's id, or a fact: `@present`, `@working_age`, `@school_age`, `@under_five`, `@area_per_person`.
    pub question: String,
    #[serde(default)]
    pub is: Vec<String>,
    #[serde(default)]
    pub not: Vec<String>,
    pub below: Option<Bound>,
    pub above: Option<Bound>,
    #[serde(default)]
    pub empty: bool,
}

/// Alternatives, of each of which all conditions must hold. No alternatives: always.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Rule(pub Vec<Vec<Condition>>);

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub id: String,
    /// Its number in the questionnaire it comes from, e.g. `R306a`.
    #[serde(default)]
    pub number: String,
    pub kind: Kind,
    pub list: Option<String>,
    /// The field of a list's reading that answers the same question.
    pub source: Option<String>,
    pub label: String,
    pub label_en: String,
    #[serde(default)]
    pub hint: String,
    #[serde(default)]
    pub hint_en: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub unit_en: String,
    #[serde(default)]
    pub least: i64,
    #[serde(default = "a_million")]
    pub most: i64,
    #[serde(default = "yes")]
    pub required: bool,
    #[serde(default)]
    pub when: Rule,
}

/// What one page of a phone shows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// Only where a screen has several questions.
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub title_en: String,
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: String,
    pub title: String,
    pub title_en: String,
    #[serde(default)]
    pub when: Rule,
    #[serde(rename = "screen")]
    pub screens: Vec<Screen>,
}

/// A need of `verval.prasarana_layanan` with the rule that suggests it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    pub code: String,
    pub label: String,
    pub label_en: String,
    pub why: String,
    pub why_en: String,
    pub any: Rule,
}

/// Answers that cannot both be true.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contradiction {
    /// Where it is told.
    pub question: String,
    pub all: Vec<Condition>,
    pub message: String,
    pub message_en: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub id: String,
    pub title: String,
    pub title_en: String,
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    #[serde(rename = "need")]
    pub needs: Vec<Need>,
    #[serde(rename = "contradiction", default)]
    pub contradictions: Vec<Contradiction>,
}

const fn yes() -> bool {
    true
}

const fn a_million() -> i64 {
    1_000_000
}

/// The Indonesian or the English words; Indonesian where there are no English ones.
pub fn words<'a>(id: &'a str, en: &'a str, english: bool) -> &'a str {
    if english && !en.is_empty() { en } else { id }
}

impl Question {
    pub fn label(&self, english: bool) -> &str {
        words(&self.label, &self.label_en, english)
    }

    pub fn hint(&self, english: bool) -> &str {
        words(&self.hint, &self.hint_en, english)
    }

    pub fn unit(&self, english: bool) -> &str {
        words(&self.unit, &self.unit_en, english)
    }

    /// The code list its answers come from.
    pub fn codes(&self) -> Option<&'static crate::codes::CodeList> {
        self.list.as_deref().map(crate::codes::list)
    }
}

impl Need {
    pub fn label(&self, english: bool) -> &str {
        words(&self.label, &self.label_en, english)
    }

    pub fn why(&self, english: bool) -> &str {
        words(&self.why, &self.why_en, english)
    }
}

/// A form being filled in: the answers, what was known before, and the day.
#[derive(Clone, Copy, Debug)]
pub struct Filling<'a> {
    pub form: &'a Form,
    pub answers: &'a Answers,
    pub known: &'a Known,
    pub today: chrono::NaiveDate,
}

impl Filling<'_> {
    pub fn holds(&self, rule: &Rule) -> bool {
        rule.0.is_empty() || rule.0.iter().any(|all| self.all_hold(all))
    }

    pub fn all_hold(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| self.satisfied(condition))
    }

    /// Whether the step and the question are to be asked, given the answers so far.
    pub fn asked(&self, step: &Step, question: &Question) -> bool {
        self.holds(&step.when) && self.holds(&question.when)
    }

    /// The screens to be walked through, with their step and the questions asked on each.
    pub fn screens(&self) -> Vec<(usize, &Step, &Screen, Vec<&Question>)> {
        let mut number = 0;
        let mut walk = Vec::new();
        for step in &self.form.steps {
            for screen in &step.screens {
                let questions: Vec<&Question> = screen.questions.iter().filter(|q| self.asked(step, q)).collect();
                if !questions.is_empty() {
                    walk.push((number, step, screen, questions));
                }
                number += 1;
            }
        }
        walk
    }

    /// The needs that the form's rule suggests.
    pub fn suggested_needs(&self) -> Vec<&Need> {
        self.form.needs.iter().filter(|need| self.holds(&need.any)).collect()
    }

    fn satisfied(&self, condition: &Condition) -> bool {
        let values = self.values(&condition.question);
        if condition.empty {
            return values.is_empty();
        }
        if values.is_empty() {
            return false;
        }
        let number = || values.first().and_then(|value| value.parse::<f64>().ok());
        let bound = |bound: &Bound| match bound {
            Bound::Number(number) => Some(*number),
            Bound::Fact(fact) => self.fact(fact),
        };
        (condition.is.is_empty() || condition.is.iter().any(|code| values.contains(code)))
            && condition.not.iter().all(|code| !values.contains(code))
            && condition.below.as_ref().is_none_or(|b| number().zip(bound(b)).is_some_and(|(n, b)| n < b))
            && condition.above.as_ref().is_none_or(|b| number().zip(bound(b)).is_some_and(|(n, b)| n > b))
    }

    /// The answer of a question that is asked, or the value of a fact; empty when there is none.
    fn values(&self, question: &str) -> Vec<String> {
        if question.starts_with('@') {
            return self.fact(question).map(|number| vec![number.to_string()]).unwrap_or_default();
        }
        match self.form.find(question) {
            Some((step, found)) if self.asked(step, found) => self.answers.given(question),
            _ => Vec::new(),
        }
    }

    fn fact(&self, name: &str) -> Option<f64> {
        let present = self.answers.present(self.known);
        let aged = |from: u32, until: u32| {
            let ages = present.iter().filter_map(|member| crate::calendar::age(member.birth_date?, self.today));
            ages.filter(|age| (from..=until).contains(age)).count() as f64
        };
        match name {
            "@present" => Some(present.len() as f64),
            "@working_age" => Some(aged(15, 64)),
            "@school_age" => Some(aged(7, 18)),
            "@under_five" => Some(aged(0, 4)),
            "@area_per_person" => {
                let area = self.values("floor_area").first()?.parse::<f64>().ok()?;
                (!present.is_empty()).then(|| area / present.len() as f64)
            }
            _ => None,
        }
    }
}

impl Form {
    /// The question of that id and the step it stands in.
    pub fn find(&self, id: &str) -> Option<(&Step, &Question)> {
        self.steps.iter().find_map(|step| {
            step.screens.iter().flat_map(|screen| &screen.questions).find(|q| q.id == id).map(|q| (step, q))
        })
    }

    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.steps.iter().flat_map(|step| &step.screens).flat_map(|screen| &screen.questions)
    }

    /// The screen of that number, with its step.
    pub fn screen(&self, number: usize) -> Option<(&Step, &Screen)> {
        self.steps.iter().flat_map(|step| step.screens.iter().map(move |screen| (step, screen))).nth(number)
    }

    /// The number of the screen a question stands on.
    pub fn screen_of(&self, id: &str) -> Option<usize> {
        let mut screens = self.steps.iter().flat_map(|step| &step.screens);
        screens.position(|screen| screen.questions.iter().any(|q| q.id == id))
    }

    pub fn need(&self, code: &str) -> Option<&Need> {
        self.needs.iter().find(|need| need.code == code)
    }
}

/// The form new rounds use.
pub const CURRENT: &str = "verval.2026";

static FORMS: LazyLock<BTreeMap<String, Form>> = LazyLock::new(|| {
    [include_str!("forms/verval_2026.toml")]
        .into_iter()
        .map(|text| toml::from_str::<Form>(text).expect("the forms are part of the program"))
        .map(|form| (form.id.clone(), form))
        .collect()
});

/// The form of that id.
pub fn form(id: &str) -> Option<&'static Form> {
    FORMS.get(id)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const FACTS: [&str; 5] = ["@present", "@working_age", "@school_age", "@under_five", "@area_per_person"];
    /// What every form must ask, because a visit is made of it.
    const CORE: [&str; 7] = ["found", "members", "family", "needs", "outcome", "reason", "deferral"];

    #[test]
    fn every_form_is_sound() {
        for form in FORMS.values() {
            let mut before = HashSet::new();
            for step in &form.steps {
                check(&form.id, &step.when, &before);
                for question in step.screens.iter().flat_map(|screen| &screen.questions) {
                    check(&form.id, &question.when, &before);
                    assert!(before.insert(question.id.clone()), "{} stands twice", question.id);
                    let needs_list = matches!(question.kind, Kind::Single | Kind::Multi);
                    assert_eq!(needs_list, question.list.is_some(), "{}", question.id);
                    assert!(question.codes().is_none_or(|list| !list.codes.is_empty()));
                    assert!(!question.label_en.is_empty() && question.hint.is_empty() == question.hint_en.is_empty());
                }
            }
            for id in CORE {
                assert!(before.contains(id), "{} asks no {id}", form.id);
            }
            for need in &form.needs {
                check(&form.id, &need.any, &before);
                assert!(crate::codes::list("verval.prasarana_layanan").code(&need.code).is_some(), "{}", need.code);
            }
            for contradiction in &form.contradictions {
                check(&form.id, &Rule(vec![contradiction.all.clone()]), &before);
                assert!(before.contains(&contradiction.question));
            }
        }
    }

    /// Conditions name facts and earlier questions, and codes that the question's list has.
    fn check(form: &str, rule: &Rule, before: &HashSet<String>) {
        for condition in rule.0.iter().flatten() {
            let id = &condition.question;
            assert!(before.contains(id) || FACTS.contains(&id.as_str()), "{form}: {id} is not asked before");
            let list = FORMS[form].find(id).and_then(|(_, question)| question.codes());
            for code in condition.is.iter().chain(&condition.not) {
                assert!(list.is_some_and(|list| list.code(code).is_some()), "{form}: {id} has no code {code}");
            }
            for bound in [&condition.below, &condition.above].into_iter().flatten() {
                assert!(!matches!(bound, Bound::Fact(fact) if !FACTS.contains(&fact.as_str())));
            }
        }
    }
}
