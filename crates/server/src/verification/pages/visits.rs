//! The visit on a phone, screen by screen; the visit as recorded; two results of one family side by side.

use askama::Template;
use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use domain::{
    AreaCode, Level,
    access::Right,
    verification::{
        Answers, Channel, Fault, Form as Questionnaire, Known, conclude, form::form, round::State as RoundState, said,
    },
};
use serde::Deserialize;
use store::{
    Handle, areas, attachments,
    verification::{self as v, Assignment, Draft, Visit as Recorded},
};

use super::{list_name, names, place, village_name};
use crate::{
    App, AppError, Page,
    access::Me,
    error::with_status,
    forms::Form,
    i18n::Lang,
    ui::{Ui, parts::Choice},
    verification::{
        visit_form::{
            ScreenView, Sources, SummaryLine, Visit, answer_words, needs_words, position_words, presences, with_members,
        },
        words,
    },
};

/// A family to be visited, with what is known, what the lists say, and what the visitor has filled in.
pub struct Loaded {
    pub target: Assignment,
    pub form: &'static Questionnaire,
    pub known: Known,
    pub sources: Sources,
    pub draft: Option<Draft>,
    pub answers: Answers,
    pub today: NaiveDate,
}

impl Loaded {
    pub fn visit(&self, lang: Lang) -> Visit<'_> {
        Visit {
            lang,
            form: self.form,
            answers: &self.answers,
            known: &self.known,
            sources: &self.sources,
            today: self.today,
        }
    }

    pub fn name(&self) -> String {
        domain::name::display(&self.target.head_name)
    }

    /// Everything that keeps the visit from being sent.
    pub fn faults(&self) -> Vec<Fault> {
        conclude(self.form, &self.answers, &self.known, self.today, Channel::Web).err().unwrap_or_default()
    }
}

/// A family within the actor's area, or "not found".
pub async fn load(app: &App, handle: &impl Handle, id: i64) -> Result<Loaded, AppError> {
    let target = v::assignment(handle, id).await?.ok_or(AppError::NotFound)?;
    let known = v::known(handle, target.family_id).await?.ok_or(AppError::NotFound)?;
    let form = form(&target.form).ok_or_else(|| anyhow::anyhow!("unknown form {}", target.form))?;
    let said = v::sources(handle, target.family_id).await?;
    let sources = said.iter().map(|said| (list_name(&said.source, &said.version), said.values())).collect();
    let draft = v::draft(handle, id).await?;
    let mut answers = draft.as_ref().map(|draft| draft.answers.clone()).unwrap_or_default();
    with_members(&mut answers, &known);
    let today = app.clock.today(app.config.zone);
    Ok(Loaded { target, form, known, sources, draft, answers, today })
}

#[derive(Template)]
#[template(path = "verification/templates/start.html")]
struct StartPage {
    ui: Ui,
    target: Assignment,
    place: String,
    village: String,
    sentence: String,
    due: (&'static str, String),
    lists: Vec<(String, Vec<(String, String)>)>,
    versions: Vec<(Recorded, String)>,
    open: bool,
    saved: Option<String>,
    resume: usize,
    phone: Option<String>,
}

pub async fn start(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let loaded = load(&app, &reading, id).await?;
    let lang = me.lang;
    let village = village_words(&reading, lang, loaded.target.village).await?;
    let versions = v::versions(&reading, id).await?;
    let visit = loaded.visit(lang);
    let lists = loaded
        .sources
        .iter()
        .map(|(name, reading)| {
            let told = loaded.form.questions().filter_map(|question| {
                Some((question.label(lang.is_english()).to_owned(), said::words(question, reading, lang.is_english())?))
            });
            (name.clone(), told.collect())
        })
        .collect();
    let members = i64::try_from(loaded.known.members.len()).unwrap_or_default();
    let sentence = match loaded.target.state.as_str() {
        "visited" => lang
            .msg("verification-start-visited")
            .s("outcome", words::outcome(lang, loaded.target.outcome.as_deref().unwrap_or_default()))
            .s("name", loaded.name()),
        "conflict" => lang.msg("verification-start-conflict").s("name", loaded.name()),
        _ => lang.msg("verification-start").s("name", loaded.name()).n("members", members),
    };
    let resume = visit.unfinished().or_else(|| visit.walk().last().copied()).unwrap_or(0);
    Ok(Page(StartPage {
        sentence: sentence.to_string(),
        due: words::due(lang, loaded.target.due_on.as_deref(), loaded.today),
        place: place(loaded.target.rt.as_deref(), loaded.target.rw.as_deref(), &loaded.target.address),
        village,
        lists,
        versions: versions
            .into_iter()
            .map(|visit| {
                let outcome = words::outcome(lang, &visit.outcome);
                (visit, outcome)
            })
            .collect(),
        open: loaded.target.round_state() == RoundState::Open,
        resume,
        phone: loaded.target.phone.clone().filter(|phone| !phone.is_empty()),
        saved: loaded.draft.as_ref().map(|draft| draft.saved_at.clone()),
        target: loaded.target,
        ui: me.ui(&app).await,
    })
    .into_response())
}

async fn village_words(handle: &impl Handle, lang: Lang, village: i64) -> Result<String, AppError> {
    let code = AreaCode::from_number(village).filter(|code| code.level() == Level::Village);
    let area = match code {
        Some(code) => areas::find(handle, code).await?,
        None => None,
    };
    Ok(area.map_or_else(|| lang.t("verification-village-unknown"), |area| area.name))
}

/// Which way a screen was come to.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Way {
    /// `periksa`: from the summary, and back to it.
    #[serde(default)]
    dari: Option<Summary>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Summary {
    Periksa,
}

#[derive(Template)]
#[template(path = "verification/templates/screen.html")]
pub struct ScreenPage {
    ui: Ui,
    id: i64,
    number: usize,
    name: String,
    saved: Option<String>,
    view: ScreenView,
    back: String,
    from_summary: bool,
    /// Carries the faults to the fields and to the summary above them.
    form: Form,
    presences: Vec<Choice>,
}

pub async fn screen(
    State(app): State<App>,
    me: Me,
    Path((id, number)): Path<(i64, usize)>,
    Query(way): Query<Way>,
) -> Result<Response, AppError> {
    let loaded = load(&app, &me.reading(&app), id).await?;
    loaded.target.open()?;
    let visit = loaded.visit(me.lang);
    let Some(view) = visit.screen(number, &[]) else {
        let to = visit.after(number).map_or_else(|| "periksa".to_owned(), |next| next.to_string());
        return Ok(Redirect::to(&format!("/verval/kunjungan/{id}/{to}")).into_response());
    };
    let page = screen_page(&app, &me, &loaded, number, view, way.dari.is_some()).await;
    Ok(Page(page).into_response())
}

/// The same screen again, with what is wrong on it.
pub async fn screen_again(
    app: &App,
    me: &Me,
    loaded: &Loaded,
    number: usize,
    faults: &[Fault],
    from_summary: bool,
) -> Result<Response, AppError> {
    let view = loaded.visit(me.lang).screen(number, faults).ok_or(AppError::NotFound)?;
    let page = screen_page(app, me, loaded, number, view, from_summary).await;
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
}

async fn screen_page(
    app: &App,
    me: &Me,
    loaded: &Loaded,
    number: usize,
    view: ScreenView,
    from_summary: bool,
) -> ScreenPage {
    let id = loaded.target.id;
    let back = if from_summary {
        format!("/verval/kunjungan/{id}/periksa")
    } else {
        loaded
            .visit(me.lang)
            .before(number)
            .map_or_else(|| format!("/verval/kunjungan/{id}"), |before| format!("/verval/kunjungan/{id}/{before}"))
    };
    ScreenPage {
        form: faults(&view),
        presences: presences(me.lang),
        ui: me.ui(app).await,
        id,
        number,
        name: loaded.name(),
        saved: loaded.draft.as_ref().map(|draft| draft.saved_at.clone()),
        view,
        back,
        from_summary,
    }
}

/// The faults of a screen, each at its field.
fn faults(view: &ScreenView) -> Form {
    let mut form = Form::default();
    for question in &view.questions {
        if let Some(fault) = &question.fault {
            form.fault(&question.id, fault);
        }
        for member in &question.members {
            if let Some(fault) = &member.presence_fault {
                form.fault(&format!("presence-{}", member.at), format!("{}: {fault}", member.name));
            }
            for field in &member.fields {
                if let Some(fault) = &field.fault {
                    form.fault(&field.name, format!("{}: {fault}", member.name));
                }
            }
        }
        for field in &question.fields {
            if let Some(fault) = &field.fault {
                form.fault(&field.name, fault);
            }
        }
    }
    form
}

#[derive(Template)]
#[template(path = "verification/templates/check.html")]
struct CheckPage {
    ui: Ui,
    id: i64,
    name: String,
    saved: Option<String>,
    steps: Vec<(String, Vec<SummaryLine>)>,
    outcome: Option<(String, &'static str)>,
    faults: usize,
    first_fault: usize,
    back: usize,
    command: String,
}

/// "Periksa jawaban Anda": everything once more before it is sent.
pub async fn check(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let loaded = load(&app, &me.reading(&app), id).await?;
    loaded.target.open()?;
    let Some(draft) = &loaded.draft else {
        return Ok(Redirect::to(&format!("/verval/kunjungan/{id}")).into_response());
    };
    let faults = loaded.faults();
    let visit = loaded.visit(me.lang);
    let steps = visit.summary(&faults);
    let first_fault =
        steps.iter().flat_map(|(_, lines)| lines).find(|line| line.fault.is_some()).map_or(0, |line| line.screen);
    Ok(Page(CheckPage {
        outcome: loaded.answers.one("outcome").map(|word| (words::outcome(me.lang, word), words::outcome_kind(word))),
        faults: faults.len(),
        first_fault,
        back: visit.walk().last().copied().unwrap_or(0),
        command: draft.command_id.clone(),
        saved: Some(draft.saved_at.clone()),
        steps,
        name: loaded.name(),
        ui: me.ui(&app).await,
        id,
    })
    .into_response())
}

#[derive(Template)]
#[template(path = "verification/templates/recorded.html")]
struct RecordedPage {
    ui: Ui,
    visit: Recorded,
    target: Assignment,
    name: String,
    place: String,
    village: String,
    outcome: String,
    outcome_kind: &'static str,
    reason: Option<String>,
    found: String,
    needs: Vec<(String, bool)>,
    unmet: usize,
    steps: Vec<(String, Vec<SummaryLine>)>,
    corrections: Vec<CorrectionLine>,
    members: Vec<(String, String)>,
    photos: Vec<(i64, String)>,
    position: Option<String>,
    next: Option<i64>,
}

/// A value in use beside the value found.
pub struct CorrectionLine {
    pub about: String,
    pub field: String,
    pub source: String,
    pub value: String,
}

pub async fn recorded(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let visit = v::visit(&reading, id).await?.ok_or(AppError::NotFound)?;
    let loaded = load(&app, &reading, visit.assignment_id).await?;
    let lang = me.lang;
    let form = form(&visit.form).unwrap_or(loaded.form);
    let found = visit.needs()?;
    let needs: Vec<(String, bool)> =
        form.needs.iter().map(|need| (need.label(lang.is_english()).to_owned(), found.contains(&need.code))).collect();
    let members = v::visit_members(&reading, id).await?;
    let photos = attachments::of(&reading, "visit", id).await?;
    let photos = photos
        .into_iter()
        .map(|photo| {
            let label = form.find(&photo.kind).map(|(_, question)| question.label(lang.is_english()).to_owned());
            (photo.id, label.unwrap_or_default())
        })
        .collect();
    let next = if me.may(Right::Visit) && loaded.target.round_state() == RoundState::Open {
        v::next_waiting(&reading, visit.round_id, visit.village, visit.assignment_id).await?
    } else {
        None
    };
    Ok(Page(RecordedPage {
        name: loaded.name(),
        place: place(loaded.target.rt.as_deref(), loaded.target.rw.as_deref(), &loaded.target.address),
        village: village_words(&reading, lang, visit.village).await?,
        outcome: words::outcome(lang, &visit.outcome),
        outcome_kind: words::outcome_kind(&visit.outcome),
        reason: visit.reason.as_deref().map(|reason| words::reason(lang, &visit.outcome, reason)),
        found: words::code(lang, "verval.ditemukan", &visit.found),
        unmet: found.len(),
        needs,
        steps: answer_lines(lang, form, &visit, &loaded.sources)?,
        corrections: correction_lines(lang, &visit, &loaded.known)?,
        members: members
            .iter()
            .map(|member| {
                let name = member.known_name.as_deref().or(member.name.as_deref()).unwrap_or_default();
                (domain::name::display(name), words::code(lang, "regsosek.404_keberadaan", &member.presence))
            })
            .collect(),
        photos,
        position: visit.lat.zip(visit.lon).map(|(lat, lon)| position_words(lang, lat, lon, visit.accuracy)),
        next,
        target: loaded.target,
        ui: me.ui(&app).await,
        visit,
    })
    .into_response())
}

/// The answers of a recorded visit by step, those that differ from a list with the list's words.
fn answer_lines(
    lang: Lang,
    form: &Questionnaire,
    visit: &Recorded,
    sources: &Sources,
) -> Result<Vec<(String, Vec<SummaryLine>)>, AppError> {
    let answers = visit.answers()?;
    let english = lang.is_english();
    let mut steps = Vec::new();
    for step in &form.steps {
        let mut lines = Vec::new();
        for question in step.screens.iter().flat_map(|screen| &screen.questions) {
            let Some(values) = answers.get(&question.id) else { continue };
            let differs = values.first().and_then(|value| {
                sources.iter().find_map(|(name, reading)| {
                    if said::agrees(question, reading, value) != Some(false) {
                        return None;
                    }
                    let told = said::words(question, reading, english)?;
                    Some(lang.msg("verification-list-says").s("list", name).s("value", told).to_string())
                })
            });
            lines.push(SummaryLine {
                label: question.label(english).to_owned(),
                answer: answer_words(lang, question, values),
                differs,
                screen: 0,
                fault: None,
            });
        }
        if !lines.is_empty() {
            steps.push((domain::verification::form::words(&step.title, &step.title_en, english).to_owned(), lines));
        }
    }
    Ok(steps)
}

fn correction_lines(lang: Lang, visit: &Recorded, known: &Known) -> Result<Vec<CorrectionLine>, AppError> {
    let person_name = |id: i64| {
        let member = known.members.iter().find(|member| member.person == id);
        member.map(|member| domain::name::display(&member.name))
    };
    let lines = visit.corrections()?.into_iter().map(|correction| {
        let show = |value: &str| match correction.field.as_str() {
            "nik" | "kk" => domain::identity::mask(value),
            "birth_date" => lang.date(value),
            "sex" => words::sex(lang, value),
            "relation" => words::relation(lang, value),
            "presence" => words::code(lang, "regsosek.404_keberadaan", value),
            "head" => value.parse().ok().and_then(person_name).unwrap_or_else(|| lang.t("verification-new-member")),
            _ => value.to_owned(),
        };
        CorrectionLine {
            about: correction.person.and_then(person_name).unwrap_or_default(),
            field: lang.t(&format!("verification-field-{}", correction.field.replace('_', "-"))),
            source: correction.source.as_deref().map(show).unwrap_or_default(),
            value: show(&correction.value),
        }
    });
    Ok(lines.collect())
}

/// A photo or a scan, for those within whose area it lies.
pub async fn file(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let found = attachments::find(&me.reading(&app), id).await?.ok_or(AppError::NotFound)?;
    if !matches!(found.subject_kind.as_str(), "assignment" | "visit" | "deliberation") {
        return Err(AppError::NotFound);
    }
    let file = app.files.open(&found.sha256).await?;
    let shown = if found.media_type.starts_with("image/") { "inline" } else { "attachment" };
    let ending = found.media_type.rsplit('/').next().unwrap_or("bin").to_owned();
    let headers = [
        (header::CONTENT_TYPE, found.media_type),
        (header::CONTENT_DISPOSITION, format!("{shown}; filename=\"berkas-{id}.{ending}\"")),
        (header::CACHE_CONTROL, "private, max-age=3600".to_owned()),
    ];
    Ok((headers, Body::from_stream(tokio_util::io::ReaderStream::new(file))).into_response())
}

#[derive(Template)]
#[template(path = "verification/templates/conflicts.html")]
struct ConflictsPage {
    ui: Ui,
    round: store::verification::Round,
    lines: Vec<(v::ConflictLine, String, String)>,
}

/// The families of a round with two results.
pub async fn conflicts(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let round = super::the_round(&reading, id).await?;
    let names = names(&app, &reading).await?;
    let lines = v::conflicts(&reading, id).await?;
    let lines = lines
        .into_iter()
        .map(|line| {
            let village = village_name(me.lang, &names, line.village);
            let name = domain::name::display(&line.head_name);
            (line, name, village)
        })
        .collect();
    Ok(Page(ConflictsPage { ui: me.ui(&app).await, round, lines }).into_response())
}

#[derive(Template)]
#[template(path = "verification/templates/two.html")]
pub struct TwoPage {
    ui: Ui,
    target: Assignment,
    who: String,
    village: String,
    versions: Vec<(Recorded, String)>,
    rows: Vec<TwoRow>,
    fault: Option<String>,
    reason: String,
}

/// A line of the comparison: the same question in every version.
pub struct TwoRow {
    pub label: String,
    pub cells: Vec<String>,
    pub differs: bool,
}

pub async fn two(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let page = two_page(&app, &me, id, None, String::new()).await?;
    Ok(Page(page).into_response())
}

pub async fn two_page(app: &App, me: &Me, id: i64, fault: Option<String>, reason: String) -> Result<TwoPage, AppError> {
    let reading = me.reading(app);
    let loaded = load(app, &reading, id).await?;
    let lang = me.lang;
    let versions = v::versions(&reading, id).await?;
    if loaded.target.state != "conflict" {
        return Err(v::VerificationError::NoConflict.into());
    }
    let mut rows: Vec<TwoRow> = Vec::new();
    let mut row = |label: String, cells: Vec<String>| {
        let differs = cells.windows(2).any(|pair| pair[0] != pair[1]);
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(TwoRow { label, cells, differs });
        }
    };
    let each = |tell: &dyn Fn(&Recorded) -> String| versions.iter().map(tell).collect::<Vec<String>>();
    row(lang.t("verification-result"), each(&|visit| words::outcome(lang, &visit.outcome)));
    row(
        lang.t("verification-reason"),
        each(&|visit| visit.reason.as_deref().map(|r| words::reason(lang, &visit.outcome, r)).unwrap_or_default()),
    );
    row(lang.t("verification-found"), each(&|visit| words::code(lang, "verval.ditemukan", &visit.found)));
    row(
        lang.t("verification-needs"),
        each(&|visit| needs_words(lang, loaded.form, &visit.needs().unwrap_or_default())),
    );
    let answers = versions.iter().map(Recorded::answers).collect::<Result<Vec<_>, _>>()?;
    for question in loaded.form.questions() {
        if answers.iter().all(|answers| !answers.contains_key(&question.id)) {
            continue;
        }
        let cells = answers.iter().map(|answers| {
            answers.get(&question.id).map(|values| answer_words(lang, question, values)).unwrap_or_default()
        });
        row(question.label(lang.is_english()).to_owned(), cells.collect());
    }
    let mut corrections = Vec::new();
    for visit in &versions {
        let lines = correction_lines(lang, visit, &loaded.known)?;
        let told: Vec<String> = lines
            .iter()
            .map(|line| format!("{} {}: {}", line.about, line.field, line.value).trim().to_owned())
            .collect();
        corrections.push(told.join("; "));
    }
    row(lang.t("verification-corrections"), corrections);
    row(lang.t("verification-respondent"), each(&|visit| visit.respondent.clone().unwrap_or_default()));
    row(lang.t("verification-note"), each(&|visit| visit.reason_text.clone().unwrap_or_default()));
    let village = village_words(&reading, lang, loaded.target.village).await?;
    Ok(TwoPage {
        who: loaded.name(),
        village,
        versions: versions
            .into_iter()
            .map(|visit| {
                let outcome = words::outcome(lang, &visit.outcome);
                (visit, outcome)
            })
            .collect(),
        rows,
        fault,
        reason,
        target: loaded.target,
        ui: me.ui(app).await,
    })
}
