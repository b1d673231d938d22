//! A form of `domain::verification` as the screens of a phone, and what was typed as answers. Fields are named after the
//! question; of members `presence-N`, `name-N` and so on, of new members `new-N-name`, of the family `family-kk`.

use domain::{
    calendar, codes,
    identity::mask,
    verification::{
        Answers, Fault, Form as Questionnaire, Found, Kind, Known, KnownMember, MemberFinding, Position, Question,
        Screen, Step,
        answers::FAMILY_FIELDS,
        check::{Channel, faults_of},
        form::{Filling, words as pick},
        said,
    },
};

use super::words;
use crate::{
    forms::Form,
    i18n::Lang,
    ui::parts::{self, Choice},
};

/// What the lists say of the family: name of the list and its reading.
pub type Sources = Vec<(String, said::Reading)>;

/// Everything a screen is made from.
#[derive(Clone, Copy)]
pub struct Visit<'a> {
    pub lang: Lang,
    pub form: &'static Questionnaire,
    pub answers: &'a Answers,
    pub known: &'a Known,
    pub sources: &'a Sources,
    pub today: chrono::NaiveDate,
}

/// A question as a page draws it. Only the parts of its kind are filled.
#[derive(Clone, Debug, Default)]
pub struct QuestionView {
    pub id: String,
    /// single, multi, number, text, photo, position, members, family, needs
    pub kind: &'static str,
    pub label: String,
    pub hint: String,
    pub unit: String,
    /// What the lists say: "Kata DTSEN: sumur tak terlindung".
    pub said: Vec<(String, String)>,
    pub choices: Vec<Choice>,
    pub values: Vec<String>,
    pub fault: Option<String>,
    pub photo: Option<i64>,
    /// Where, once taken.
    pub position: Option<String>,
    pub members: Vec<MemberView>,
    pub fields: Vec<FieldView>,
}

impl QuestionView {
    pub fn value(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    pub fn has(&self, value: &str) -> bool {
        self.values.iter().any(|v| v == value)
    }
}

/// A member: known to the registry, or new.
#[derive(Clone, Debug, Default)]
pub struct MemberView {
    pub at: usize,
    pub is_new: bool,
    pub name: String,
    pub about: String,
    pub presence: String,
    pub presence_fault: Option<String>,
    /// Whether the corrections stand open: something was typed or is wrong.
    pub open: bool,
    pub fields: Vec<FieldView>,
}

/// A field that corrects a value, with the value in use beside it.
#[derive(Clone, Debug, Default)]
pub struct FieldView {
    pub name: String,
    pub label: String,
    pub said: String,
    pub value: String,
    /// text, digits, date, select
    pub kind: &'static str,
    pub choices: Vec<Choice>,
    pub fault: Option<String>,
}

/// One screen of the walk.
#[derive(Clone, Debug)]
pub struct ScreenView {
    /// "Langkah 2 dari 6 · Rumah dan air"
    pub step: (usize, usize, String),
    pub steps: Vec<parts::Step>,
    /// The question itself where there is only one.
    pub title: String,
    pub questions: Vec<QuestionView>,
    pub has_photo: bool,
}

/// A line of the summary before sending.
#[derive(Clone, Debug)]
pub struct SummaryLine {
    pub label: String,
    pub answer: String,
    /// The list's words where the answer is another.
    pub differs: Option<String>,
    pub screen: usize,
    pub fault: Option<String>,
}

impl<'a> Visit<'a> {
    pub fn filling(&self) -> Filling<'a> {
        Filling { form: self.form, answers: self.answers, known: self.known, today: self.today }
    }

    /// The numbers of the screens to be walked through.
    pub fn walk(&self) -> Vec<usize> {
        self.filling().screens().into_iter().map(|(number, ..)| number).collect()
    }

    /// The screen after this one; `None` behind the last.
    pub fn after(&self, screen: usize) -> Option<usize> {
        self.walk().into_iter().find(|number| *number > screen)
    }

    pub fn before(&self, screen: usize) -> Option<usize> {
        self.walk().into_iter().rev().find(|number| *number < screen)
    }

    /// The first screen with something that must still be answered.
    pub fn unfinished(&self) -> Option<usize> {
        let filling = self.filling();
        filling.screens().into_iter().find_map(|(number, _, _, questions)| {
            let open = |question: &&Question| {
                !question.required && !self.answers.seen.contains(&question.id) && question.kind != Kind::Family
            };
            let wrong = !faults_of(&filling, &questions, Channel::Web).is_empty();
            (wrong || questions.iter().any(open)).then_some(number)
        })
    }

    /// A screen as it is shown, with the faults found in it; `None` when it is not asked.
    pub fn screen(&self, number: usize, faults: &[Fault]) -> Option<ScreenView> {
        let filling = self.filling();
        let (_, step, screen, questions) = filling.screens().into_iter().find(|(n, ..)| *n == number)?;
        // before the first answer nobody knows; most families are met, and then every step comes
        let unknown = self.answers.one("found").is_none();
        let asked: Vec<&Step> = self.form.steps.iter().filter(|step| unknown || filling.holds(&step.when)).collect();
        let at = asked.iter().position(|other| other.id == step.id).unwrap_or(0);
        let english = self.lang.is_english();
        let questions: Vec<QuestionView> = questions.iter().map(|question| self.question(question, faults)).collect();
        Some(ScreenView {
            step: (at + 1, asked.len(), pick(&step.title, &step.title_en, english).to_owned()),
            steps: parts::steps(asked.iter().map(|step| step.id.clone()), at),
            title: title(screen, &questions, english),
            has_photo: questions.iter().any(|question| question.kind == "photo"),
            questions,
        })
    }

    fn question(&self, question: &Question, faults: &[Fault]) -> QuestionView {
        let english = self.lang.is_english();
        let own: Vec<&Fault> = faults.iter().filter(|fault| fault.question == question.id).collect();
        let mut view = QuestionView {
            id: question.id.clone(),
            label: question.label(english).to_owned(),
            hint: question.hint(english).to_owned(),
            unit: question.unit(english).to_owned(),
            said: self.said(question),
            values: self.answers.given(&question.id),
            fault: own
                .iter()
                .find(|fault| fault.field.is_none())
                .map(|fault| words::fault(self.lang, self.form, fault)),
            ..QuestionView::default()
        };
        match question.kind {
            Kind::Single | Kind::Multi => {
                view.kind = if question.kind == Kind::Single { "single" } else { "multi" };
                view.choices = self.choices(question);
            }
            Kind::Number => view.kind = "number",
            Kind::Text => view.kind = "text",
            Kind::Photo => {
                view.kind = "photo";
                view.photo = self.answers.photos.get(&question.id).copied();
            }
            Kind::Position => {
                view.kind = "position";
                view.position = self.answers.position.map(|at| position_words(self.lang, at.lat, at.lon, at.accuracy));
            }
            Kind::Members => {
                view.kind = "members";
                view.members = self.members(&own);
            }
            Kind::Family => {
                view.kind = "family";
                view.fields = self.family_fields(&own);
            }
            Kind::Needs => {
                view.kind = "needs";
                self.needs(&mut view);
            }
        }
        view
    }

    /// The list's words for a question, by list.
    fn said(&self, question: &Question) -> Vec<(String, String)> {
        self.sources
            .iter()
            .filter_map(|(name, reading)| {
                let told = said::words(question, reading, self.lang.is_english())?;
                Some((name.clone(), told))
            })
            .collect()
    }

    fn choices(&self, question: &Question) -> Vec<Choice> {
        let Some(list) = question.codes() else { return Vec::new() };
        let found = self.answers.one("found").and_then(Found::from_word);
        let possible = |code: &str| match question.id.as_str() {
            "outcome" => found.is_none_or(|found| {
                let outcomes = found.outcomes(self.answers.has_corrections(self.known));
                outcomes.into_iter().any(|outcome| outcome.as_str() == code)
            }),
            "reason" => found.is_none_or(|found| found.reasons().contains(&code)),
            _ => true,
        };
        let english = self.lang.is_english();
        let codes = list.codes.iter().filter(|code| possible(&code.id));
        codes
            .map(|code| {
                let choice = Choice::new(code.id.clone(), code.label(english));
                if question.id == "outcome" {
                    let key = format!("verification-outcome-hint-{}", code.id.to_lowercase().replace('_', "-"));
                    return choice.hint(self.lang.t(&key));
                }
                choice
            })
            .collect()
    }

    /// The eight needs, those suggested with the reason; ticked as suggested until the visitor has confirmed.
    fn needs(&self, view: &mut QuestionView) {
        let english = self.lang.is_english();
        let filling = self.filling();
        let suggested: Vec<&str> = filling.suggested_needs().into_iter().map(|need| need.code.as_str()).collect();
        view.choices = self
            .form
            .needs
            .iter()
            .map(|need| {
                let choice = Choice::new(need.code.clone(), need.label(english));
                if suggested.contains(&need.code.as_str()) {
                    let why = self.lang.msg("verification-suggested").s("why", need.why(english));
                    return choice.hint(why.to_string());
                }
                choice
            })
            .collect();
        if !self.answers.seen.contains("needs") {
            view.values = suggested.into_iter().map(str::to_owned).collect();
        }
    }

    fn members(&self, faults: &[&Fault]) -> Vec<MemberView> {
        let told = |at: usize, field: &str| {
            let fault = faults.iter().find(|fault| fault.member == Some(at) && fault.field == Some(field))?;
            Some(words::fault(self.lang, self.form, fault))
        };
        let mut fresh = 0;
        let mut views: Vec<MemberView> = self
            .answers
            .members
            .iter()
            .enumerate()
            .map(|(at, member)| {
                let known = member.person.and_then(|id| self.known.members.iter().find(|known| known.person == id));
                let prefix = if known.is_some() {
                    String::new()
                } else {
                    fresh += 1;
                    format!("new-{}-", fresh - 1)
                };
                let suffix = if known.is_some() { format!("-{at}") } else { String::new() };
                let fields = self.member_fields(member, known, &|field| format!("{prefix}{field}{suffix}"), &|field| {
                    told(at, field)
                });
                MemberView {
                    at,
                    is_new: known.is_none(),
                    name: known.map_or_else(
                        || member.name.clone().unwrap_or_default(),
                        |known| domain::name::display(&known.name),
                    ),
                    about: known.map(|known| self.about(known)).unwrap_or_default(),
                    presence: member.presence.clone(),
                    presence_fault: told(at, "presence"),
                    open: fields.iter().any(|field| !field.value.is_empty() || field.fault.is_some()),
                    fields,
                }
            })
            .collect();
        // always room for one more that no list knew
        let blank = MemberFinding::default();
        let name = |field: &str| format!("new-{fresh}-{field}");
        views.push(MemberView {
            at: views.len(),
            is_new: true,
            fields: self.member_fields(&blank, None, &name, &|_| None),
            ..MemberView::default()
        });
        views
    }

    /// "Istri/suami · 41 tahun · NIK 9901 •••• •••• 0002"
    fn about(&self, known: &KnownMember) -> String {
        let relation = known.relation.as_deref().map(|word| words::relation(self.lang, word));
        let age = known.birth_date.and_then(|born| calendar::age(born, self.today));
        let age = age.map(|age| self.lang.msg("verification-age").n("age", i64::from(age)).to_string());
        let nik = known.nik.as_deref().map(|nik| format!("NIK {}", mask(nik)));
        [relation, age, nik].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn member_fields(
        &self,
        member: &MemberFinding,
        known: Option<&KnownMember>,
        name: &dyn Fn(&str) -> String,
        fault: &dyn Fn(&str) -> Option<String>,
    ) -> Vec<FieldView> {
        let lang = self.lang;
        member
            .fields()
            .into_iter()
            .map(|(field, value)| {
                let said = known.map(|known| match field {
                    "name" => known.name.clone(),
                    "nik" => known.nik.as_deref().map(mask).unwrap_or_default(),
                    "birth_date" => known.birth_date.map(|d| lang.date(&d.to_string())).unwrap_or_default(),
                    "sex" => known.sex.as_deref().map(|s| words::sex(lang, s)).unwrap_or_default(),
                    _ => known.relation.as_deref().map(|r| words::relation(lang, r)).unwrap_or_default(),
                });
                let choices = match field {
                    "sex" => ["L", "P"].map(|s| Choice::new(s, words::sex(lang, s))).to_vec(),
                    "relation" => {
                        ["HEAD", "SPOUSE", "CHILD", "OTHER"].map(|r| Choice::new(r, words::relation(lang, r))).to_vec()
                    }
                    _ => Vec::new(),
                };
                FieldView {
                    name: name(field),
                    label: lang.t(&format!("verification-field-{}", field.replace('_', "-"))),
                    said: said.unwrap_or_default(),
                    value: value.unwrap_or_default().to_owned(),
                    kind: match field {
                        "nik" => "digits",
                        "birth_date" => "date",
                        "sex" | "relation" => "select",
                        _ => "text",
                    },
                    choices,
                    fault: fault(field),
                }
            })
            .collect()
    }

    fn family_fields(&self, faults: &[&Fault]) -> Vec<FieldView> {
        let lang = self.lang;
        let source = |field: &str| match field {
            "kk" => self.known.kk.as_deref().map(mask),
            "address" => self.known.address.clone(),
            "rt" => self.known.rt.clone(),
            "rw" => self.known.rw.clone(),
            "phone" => self.known.phone.clone(),
            _ => {
                let head = self.known.members.iter().find(|member| Some(member.person) == self.known.head);
                head.map(|head| domain::name::display(&head.name))
            }
        };
        FAMILY_FIELDS
            .into_iter()
            .map(|field| FieldView {
                name: format!("family-{field}"),
                label: lang.t(&format!("verification-field-{field}")),
                said: source(field).unwrap_or_default(),
                value: self.answers.family.get(field).cloned().unwrap_or_default(),
                kind: match field {
                    "kk" | "rt" | "rw" | "phone" => "digits",
                    "head" => "select",
                    _ => "text",
                },
                choices: if field == "head" { self.heads() } else { Vec::new() },
                fault: faults
                    .iter()
                    .find(|fault| fault.field == Some(field))
                    .map(|fault| words::fault(lang, self.form, fault)),
            })
            .collect()
    }

    /// Who lives there and may head the family now.
    fn heads(&self) -> Vec<Choice> {
        let mut fresh = 0;
        let mut heads = Vec::new();
        for member in &self.answers.members {
            let value = if let Some(id) = member.person {
                id.to_string()
            } else {
                fresh += 1;
                format!("new:{}", fresh - 1)
            };
            let known = self.known.members.iter().find(|known| Some(known.person) == member.person);
            let name = member.name.clone().or_else(|| known.map(|known| domain::name::display(&known.name)));
            if member.is_present()
                && member.person.is_none_or(|id| Some(id) != self.known.head)
                && let Some(name) = name
            {
                heads.push(Choice::new(value, name));
            }
        }
        heads
    }

    /// Every question asked with its answer, by step.
    pub fn summary(&self, faults: &[Fault]) -> Vec<(String, Vec<SummaryLine>)> {
        let filling = self.filling();
        let english = self.lang.is_english();
        let mut steps: Vec<(String, Vec<SummaryLine>)> = Vec::new();
        for (number, step, _, questions) in filling.screens() {
            let name = pick(&step.title, &step.title_en, english);
            if steps.last().is_none_or(|(last, _)| last != name) {
                steps.push((name.to_owned(), Vec::new()));
            }
            let Some((_, lines)) = steps.last_mut() else { continue };
            for question in questions {
                let fault = faults.iter().find(|fault| fault.question == question.id);
                let answer = self.answer(question);
                let value = self.answers.one(&question.id);
                let other = value.and_then(|value| {
                    let found = self.sources.iter().find_map(|(name, reading)| {
                        let differs = said::agrees(question, reading, value) == Some(false);
                        differs.then(|| said::words(question, reading, english).map(|words| (name.clone(), words)))
                    });
                    found.flatten()
                });
                lines.push(SummaryLine {
                    label: question.label(english).to_owned(),
                    answer,
                    differs: other.map(|(name, words)| {
                        self.lang.msg("verification-list-says").s("list", name).s("value", words).to_string()
                    }),
                    screen: number,
                    fault: fault.map(|fault| words::fault(self.lang, self.form, fault)),
                });
            }
        }
        steps
    }

    fn answer(&self, question: &Question) -> String {
        let lang = self.lang;
        match question.kind {
            Kind::Members => {
                let present = self.answers.members.iter().filter(|member| member.is_present()).count();
                let fresh = self.answers.members.iter().filter(|member| member.person.is_none()).count();
                let gone = self.known.members.len() + fresh - present.min(self.known.members.len() + fresh);
                let corrected = self
                    .answers
                    .members
                    .iter()
                    .filter(|m| m.person.is_some() && m.fields().iter().any(|f| f.1.is_some()));
                lang.msg("verification-members-answer")
                    .n("present", present as i64)
                    .n("fresh", fresh as i64)
                    .n("gone", gone as i64)
                    .n("corrected", corrected.count() as i64)
                    .to_string()
            }
            Kind::Family => {
                let corrections = self.answers.family_corrections(self.known);
                if corrections.is_empty() {
                    return lang.t("verification-nothing-wrong");
                }
                let fields = corrections.iter().map(|c| lang.t(&format!("verification-field-{}", c.field)));
                lang.msg("verification-corrected").s("fields", fields.collect::<Vec<_>>().join(", ")).to_string()
            }
            Kind::Photo => lang.t(if self.answers.photos.contains_key(&question.id) {
                "verification-photo-taken"
            } else {
                "verification-photo-none"
            }),
            Kind::Position => self.answers.position.map_or_else(
                || lang.t("verification-position-none"),
                |position| position_words(lang, position.lat, position.lon, position.accuracy),
            ),
            Kind::Needs => {
                let needs = self.answers.given("needs");
                needs_words(lang, self.form, &needs)
            }
            Kind::Single | Kind::Multi | Kind::Number | Kind::Text => {
                answer_words(lang, question, &self.answers.given(&question.id))
            }
        }
    }
}

fn title(screen: &Screen, questions: &[QuestionView], english: bool) -> String {
    match questions {
        [only] => only.label.clone(),
        _ => pick(&screen.title, &screen.title_en, english).to_owned(),
    }
}

/// The values of a plain question in words.
pub fn answer_words(lang: Lang, question: &Question, values: &[String]) -> String {
    let english = lang.is_english();
    match (question.codes(), question.kind) {
        (_, _) if values.is_empty() => lang.t("verification-none-given"),
        (Some(list), _) => values.iter().map(|code| list.label(code, english)).collect::<Vec<_>>().join(", "),
        (None, Kind::Number) => {
            let number = values[0].replace('.', if english { "." } else { "," });
            format!("{number} {}", question.unit(english)).trim().to_owned()
        }
        (None, _) => values.join(", "),
    }
}

pub fn needs_words(lang: Lang, form: &Questionnaire, needs: &[String]) -> String {
    if needs.is_empty() {
        return lang.t("verification-no-needs");
    }
    let label = |code: &String| form.need(code).map_or(code.clone(), |need| need.label(lang.is_english()).to_owned());
    needs.iter().map(label).collect::<Vec<_>>().join(", ")
}

pub fn position_words(lang: Lang, lat: f64, lon: f64, accuracy: Option<f64>) -> String {
    let place = format!("{}; {}", lang.decimal(lat, 5), lang.decimal(lon, 5));
    match accuracy {
        Some(metres) => {
            lang.msg("verification-position").s("place", place).n("metres", metres.round() as i64).to_string()
        }
        None => place,
    }
}

/// Gives every known member a place in the answers, in the registry's order, before those that are new.
pub fn with_members(answers: &mut Answers, known: &Known) {
    let mut members: Vec<MemberFinding> = known
        .members
        .iter()
        .map(|person| {
            let found = answers.members.iter().find(|member| member.person == Some(person.person));
            found.cloned().unwrap_or_else(|| MemberFinding { person: Some(person.person), ..MemberFinding::default() })
        })
        .collect();
    members.extend(answers.members.iter().filter(|member| member.person.is_none()).cloned());
    answers.members = members;
}

/// Takes over what was typed on a screen. Photos are kept by the caller. `all_present` answers for those not answered yet.
pub fn read(questions: &[&Question], typed: &Form, answers: &mut Answers, known: &Known) {
    for question in questions {
        let id = question.id.as_str();
        match question.kind {
            Kind::Single | Kind::Text => set(answers, id, typed.some(id).map(str::to_owned)),
            Kind::Number => set(answers, id, typed.some(id).map(|text| text.replace(',', "."))),
            Kind::Multi | Kind::Needs => {
                let chosen = typed.all(id).iter().filter(|code| !code.is_empty()).cloned().collect();
                answers.set(id, chosen);
            }
            Kind::Photo => {
                answers.seen.insert(id.to_owned());
            }
            Kind::Position => {
                let part = |name: &str| typed.text(&format!("{id}-{name}")).parse::<f64>().ok();
                if let (Some(lat), Some(lon)) = (part("lat"), part("lon"))
                    && lat.abs() <= 90.0
                    && lon.abs() <= 180.0
                {
                    answers.position = Some(Position { lat, lon, accuracy: part("accuracy") });
                }
                answers.seen.insert(id.to_owned());
            }
            Kind::Members => {
                read_members(typed, answers, known);
                answers.seen.insert(id.to_owned());
            }
            Kind::Family => {
                for field in FAMILY_FIELDS {
                    match typed.some(&format!("family-{field}")) {
                        Some(value) => answers.family.insert(field.to_owned(), value.to_owned()),
                        None => answers.family.remove(field),
                    };
                }
                answers.seen.insert(id.to_owned());
            }
        }
    }
}

fn set(answers: &mut Answers, question: &str, value: Option<String>) {
    answers.set(question, value.into_iter().collect());
}

fn read_members(typed: &Form, answers: &mut Answers, known: &Known) {
    with_members(answers, known);
    let all_present = typed.text("do") == "all";
    let mut members: Vec<MemberFinding> = Vec::new();
    for (at, member) in answers.members.iter().enumerate().filter(|(_, member)| member.person.is_some()) {
        let typed_presence = typed.text(&format!("presence-{at}")).to_owned();
        let presence = if typed_presence.is_empty() && all_present { "1".to_owned() } else { typed_presence };
        members.push(MemberFinding {
            person: member.person,
            presence,
            ..member_fields(typed, &|field| format!("{field}-{at}"))
        });
    }
    for number in 0..=answers.members.len() {
        let fresh = member_fields(typed, &|field| format!("new-{number}-{field}"));
        if fresh.name.is_some() || fresh.nik.is_some() {
            members.push(MemberFinding { presence: "5".to_owned(), ..fresh });
        }
    }
    answers.members = members;
}

fn member_fields(typed: &Form, name: &dyn Fn(&str) -> String) -> MemberFinding {
    let some = |field: &str| typed.some(&name(field)).map(str::to_owned);
    MemberFinding {
        name: some("name"),
        nik: some("nik"),
        // what cannot be read stays as it was typed, for the fault beside it
        birth_date: some("birth_date").map(|typed| calendar::typed_date(&typed).map_or(typed, |date| date.to_string())),
        sex: some("sex"),
        relation: some("relation"),
        ..MemberFinding::default()
    }
}

/// What presence may be said of somebody a list knows.
pub fn presences(lang: Lang) -> Vec<Choice> {
    let list = codes::list("regsosek.404_keberadaan");
    let known = list.codes.iter().filter(|code| code.id != "5");
    known.map(|code| Choice::new(code.id.clone(), code.label(lang.is_english()))).collect()
}
