//! Enrolling from a decree (what it would do, who receives the like), and who is enrolled.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    AreaCode, Level,
    programmes::{EnrolmentState, ProgrammeState},
};
use serde::Deserialize;
use store::{
    Reading, areas,
    programmes::{self, Candidates, Cost, Filter, Participant, Programme, SignedDecree, Warned},
};

use super::pages::trail;
use crate::{
    App, AppError, Page,
    access::Me,
    error::with_status,
    forms::Form,
    ui::{
        Ui,
        parts::{Choice, Link},
    },
};

#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    sk: Option<i64>,
}

#[derive(Template)]
#[template(path = "programmes/templates/enrol.html")]
struct EnrolPage {
    ui: Ui,
    p: Programme,
    form: Form,
    sentence: String,
    trail: Vec<(String, String)>,
    decrees: Vec<SignedDecree>,
    chosen: Option<Preview>,
}

/// What enrolling from the chosen decree would do.
struct Preview {
    decree: SignedDecree,
    found: Candidates,
    warned: Vec<Choice>,
    needed: String,
    left: String,
    fits: bool,
}

pub async fn choose(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, AppError> {
    let mut form = Form::default();
    form.set("command", app.entropy.token());
    Ok(Page(load(&app, &me, id, chosen.sk, form).await?).into_response())
}

/// The page again, with the faults of what was sent.
pub async fn again(app: &App, me: &Me, id: i64, decree: i64, mut form: Form) -> Result<Response, AppError> {
    // the command was not carried out: the same one may be tried again
    if form.text("command").is_empty() {
        form.set("command", app.entropy.token());
    }
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, load(app, me, id, Some(decree), form).await?))
}

async fn load(app: &App, me: &Me, id: i64, chosen: Option<i64>, form: Form) -> Result<EnrolPage, AppError> {
    let reading = me.reading(app);
    let p = programmes::find(&reading, id).await?.ok_or(AppError::NotFound)?;
    if p.state != ProgrammeState::Active {
        return Err(programmes::Refused::ProgrammeState(p.state).into());
    }
    let cost = programmes::commitment(&reading, id).await?.ok_or(AppError::NotFound)?;
    let decrees = programmes::decrees(&reading, id).await?;
    let ui = me.ui(app).await;
    let only = if decrees.len() == 1 { decrees.first().map(|decree| decree.id) } else { None };
    let preview = match chosen.or(only) {
        Some(decree) => {
            let decree = decrees.iter().find(|d| d.id == decree).cloned().ok_or(AppError::NotFound)?;
            Some(preview(&ui, &reading, &p, &cost, decree).await?)
        }
        None => None,
    };
    let sentence = match &preview {
        None if decrees.is_empty() => ui.t("programmes-enrol-sentence-none"),
        None => ui.t("programmes-enrol-sentence-choose"),
        Some(preview) if preview.found.new == 0 => ui.t("programmes-enrol-sentence-done"),
        Some(preview) => ui
            .msg("programmes-enrol-sentence")
            .n("families", preview.found.new)
            .n("warned", preview.found.warned_families)
            .to_string(),
    };
    Ok(EnrolPage { trail: trail(&ui, &p), ui, p, form, sentence, decrees, chosen: preview })
}

async fn preview(
    ui: &Ui,
    reading: &Reading<'_>,
    p: &Programme,
    cost: &Cost,
    decree: SignedDecree,
) -> Result<Preview, AppError> {
    let found = programmes::candidates(reading, p, decree.id).await?;
    let mut warned = Vec::new();
    for (kind, families) in &found.warned {
        let label = match kind {
            Warned::List(aid) => ui.msg("programmes-warned-list").s("aid", ui.t(&aid_key(aid.as_str()))),
            Warned::Programme(id) => {
                let other = programmes::find(reading, *id).await?.map_or_else(String::new, |other| other.name);
                ui.msg("programmes-warned-programme").s("programme", other)
            }
        };
        warned.push(Choice::new(kind.as_word(), label.n("families", *families).to_string()));
    }
    let commitment = cost.commitment.with_places(cost.commitment.places + found.new);
    let within = commitment.within(cost.ceiling);
    Ok(Preview {
        needed: ui.rp(&commitment.total().0),
        left: ui.rp(&(cost.ceiling.0 - commitment.total().0)),
        fits: within.is_ok(),
        decree,
        found,
        warned,
    })
}

/// The message of an aid a list tells of: `aid_pkh` is `programmes-aid-pkh`.
fn aid_key(word: &str) -> String {
    format!("programmes-{}", word.replace('_', "-"))
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    keadaan: String,
    #[serde(default)]
    wilayah: String,
    #[serde(default)]
    sejenis: String,
    #[serde(default)]
    belum: String,
    /// Keyset of the next page: `village:id`.
    #[serde(default)]
    sesudah: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            state: EnrolmentState::from_word(&self.keadaan),
            area: self.wilayah.parse().ok(),
            warned: self.sejenis == "ya",
            unserved: self.belum == "ya",
            after: self.sesudah.split_once(':').and_then(|(v, id)| Some((v.parse().ok()?, id.parse().ok()?))),
        }
    }

    fn href(&self, id: i64) -> String {
        let parts: Vec<String> = [
            ("keadaan", &self.keadaan),
            ("wilayah", &self.wilayah),
            ("sejenis", &self.sejenis),
            ("belum", &self.belum),
            ("sesudah", &self.sesudah),
        ]
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", crate::ui::url(value)))
        .collect();
        format!("/program/{id}/peserta?{}", parts.join("&"))
    }
}

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "programmes/templates/participants.html")]
struct ParticipantsPage {
    ui: Ui,
    p: Programme,
    sentence: String,
    trail: Vec<(String, String)>,
    form: Form,
    states: Vec<Link>,
    places: Vec<Choice>,
    rows: Vec<Row>,
    summary: String,
    next: Option<String>,
}

struct Row {
    who: Participant,
    name: String,
    village: String,
    warnings: Vec<String>,
}

pub async fn participants(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let p = programmes::find(&reading, id).await?.ok_or(AppError::NotFound)?;
    let ui = me.ui(&app).await;
    let filter = asked.filter();
    let total = programmes::participants_count(&reading, id, &Filter { after: None, ..filter.clone() }).await?;
    let mut found = programmes::participants(&reading, id, &filter, PAGE + 1).await?;
    let more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| Asked { sesudah: format!("{}:{}", last.village, last.id), ..asked.clone() }.href(id));
    let names = names(&app, &reading).await?;
    let programmes_by_id: BTreeMap<i64, String> =
        programmes::list(&reading).await?.into_iter().map(|other| (other.id, other.name)).collect();
    let mut states = Vec::new();
    for (word, state) in [
        ("", None),
        ("enrolled", Some(EnrolmentState::Enrolled)),
        ("active", Some(EnrolmentState::Active)),
        ("suspended", Some(EnrolmentState::Suspended)),
        ("left", Some(EnrolmentState::Left)),
    ] {
        let count =
            programmes::participants_count(&reading, id, &Filter { state, after: None, ..filter.clone() }).await?;
        let key =
            if word.is_empty() { "programmes-state-all".to_owned() } else { format!("registry-enrolment-{word}") };
        let href = Asked { keadaan: word.to_owned(), sesudah: String::new(), ..asked.clone() }.href(id);
        states.push(Link::new(href, ui.t(&key)).count(ui.num(&count)).current(asked.keadaan == word));
    }
    let all = programmes::participants_count(&reading, id, &Filter::default()).await?;
    let warned = programmes::participants_count(&reading, id, &Filter { warned: true, ..Filter::default() }).await?;
    let sentence = match (all, warned) {
        (0, _) => ui.t("programmes-participants-none"),
        (all, 0) => ui.msg("programmes-participants-sentence").n("families", all).to_string(),
        (all, warned) => ui.msg("programmes-participants-warned").n("families", all).n("warned", warned).to_string(),
    };
    let rows: Vec<Row> = found.into_iter().map(|who| row(&ui, who, &names, &programmes_by_id)).collect();
    let summary = ui.msg("programmes-participants-shown").n("shown", rows.len()).n("all", total).to_string();
    let places = names
        .iter()
        .filter_map(|(code, name)| AreaCode::from_number(*code).map(|code| (code, name)))
        .filter(|(code, _)| code.level() >= Level::Subdistrict && me.actor.scope.includes(*code))
        .map(|(code, name)| match code.level() {
            Level::Village => Choice::new(code.to_string(), format!("\u{a0}\u{a0}{name}")),
            _ => Choice::new(code.to_string(), ui.msg("registry-subdistrict").s("name", name).to_string()),
        })
        .collect();
    let mut form = Form::default();
    form.set("wilayah", &asked.wilayah).set("keadaan", &asked.keadaan);
    form.set("sejenis", &asked.sejenis).set("belum", &asked.belum);
    Ok(Page(ParticipantsPage { trail: trail(&ui, &p), ui, p, sentence, form, states, places, rows, summary, next })
        .into_response())
}

async fn names(app: &App, reading: &Reading<'_>) -> Result<BTreeMap<i64, String>, AppError> {
    Ok(match app.district().await? {
        Some((code, _)) => areas::names(reading, code).await?,
        None => BTreeMap::new(),
    })
}

fn row(ui: &Ui, who: Participant, names: &BTreeMap<i64, String>, programmes: &BTreeMap<i64, String>) -> Row {
    let warnings = who
        .warnings
        .split_whitespace()
        .filter_map(Warned::from_word)
        .map(|warned| match warned {
            Warned::List(aid) => ui.t(&aid_key(aid.as_str())),
            Warned::Programme(id) => programmes.get(&id).cloned().unwrap_or_default(),
        })
        .collect();
    Row {
        name: domain::name::display(&who.head_name),
        village: names.get(&who.village).cloned().unwrap_or_default(),
        warnings,
        who,
    }
}

#[derive(Template)]
#[template(path = "programmes/templates/participant.html")]
struct ParticipantPage {
    ui: Ui,
    p: Programme,
    row: Row,
    sentence: String,
    trail: Vec<(String, String)>,
    form: Form,
    may_suspend: bool,
    may_leave: bool,
    may_resume: bool,
}

pub async fn participant(
    State(app): State<App>,
    me: Me,
    Path((id, enrolment)): Path<(i64, i64)>,
) -> Result<Response, AppError> {
    Ok(Page(load_participant(&app, &me, id, enrolment, Form::default()).await?).into_response())
}

pub async fn participant_again(app: &App, me: &Me, id: i64, enrolment: i64, form: Form) -> Result<Response, AppError> {
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, load_participant(app, me, id, enrolment, form).await?))
}

async fn load_participant(
    app: &App,
    me: &Me,
    id: i64,
    enrolment: i64,
    form: Form,
) -> Result<ParticipantPage, AppError> {
    let reading = me.reading(app);
    let p = programmes::find(&reading, id).await?.ok_or(AppError::NotFound)?;
    let who = programmes::participant(&reading, id, enrolment).await?.ok_or(AppError::NotFound)?;
    let names = names(app, &reading).await?;
    let programmes_by_id: BTreeMap<i64, String> =
        programmes::list(&reading).await?.into_iter().map(|other| (other.id, other.name)).collect();
    let state = who.state()?;
    let ui = me.ui(app).await;
    let row = row(&ui, who, &names, &programmes_by_id);
    let sentence = ui
        .msg(&format!("programmes-participant-{state}"))
        .s("name", &row.name)
        .n("paid", row.who.paid)
        .n("stages", p.stages.len())
        .to_string();
    let mut trail = trail(&ui, &p);
    trail.push((ui.t("programmes-participants"), format!("/program/{id}/peserta")));
    let open = p.state != ProgrammeState::Closed && ui.may("manage_programmes");
    Ok(ParticipantPage {
        may_suspend: open && state.may_become(EnrolmentState::Suspended),
        may_leave: open && state.may_become(EnrolmentState::Left),
        may_resume: open && matches!(state, EnrolmentState::Suspended | EnrolmentState::Left),
        trail,
        p,
        row,
        sentence,
        form,
        ui,
    })
}
