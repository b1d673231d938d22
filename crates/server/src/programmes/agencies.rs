//! Agencies (OPD): the list, and the form of one.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use store::programmes::{self, Agency, AgencyDraft, Refused};

use super::rule;
use crate::{
    App, AppError, Page,
    access::Me,
    error::{see, with_status},
    forms::Form,
    ui::{Ui, parts::Choice},
};

/// What an agency can answer; a word each, named by the messages `programmes-service-...`.
const SERVICES: [&str; 16] = [
    "food",
    "cash",
    "clothing",
    "education",
    "health",
    "nutrition",
    "identity",
    "disability",
    "training",
    "livelihood",
    "work",
    "farming",
    "fishery",
    "housing",
    "water",
    "sanitation",
];

#[derive(Template)]
#[template(path = "programmes/templates/agencies.html")]
struct ListPage {
    ui: Ui,
    sentence: String,
    agencies: Vec<Row>,
}

struct Row {
    agency: Agency,
    services: String,
}

fn service(ui: &Ui, word: &str) -> String {
    let key = format!("programmes-service-{word}");
    if ui.lang.has(&key) { ui.t(&key) } else { word.to_owned() }
}

pub async fn list(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let agencies = programmes::agencies(&me.reading(&app)).await?;
    let ui = me.ui(&app).await;
    let active = agencies.iter().filter(|agency| agency.active).count();
    let with = agencies.iter().filter(|agency| agency.programmes > 0).count();
    let sentence = ui.msg("programmes-agencies-sentence").n("count", active).n("with", with).to_string();
    let agencies = agencies
        .into_iter()
        .map(|agency| Row {
            services: agency.services().iter().map(|word| service(&ui, word)).collect::<Vec<_>>().join(", "),
            agency,
        })
        .collect();
    Ok(Page(ListPage { ui, sentence, agencies }).into_response())
}

#[derive(Template)]
#[template(path = "programmes/templates/agency.html")]
struct AgencyPage {
    ui: Ui,
    form: Form,
    id: Option<i64>,
    sentence: String,
    services: Vec<Choice>,
}

async fn page(app: &App, me: &Me, id: Option<i64>, form: Form, name: &str) -> AgencyPage {
    let ui = me.ui(app).await;
    let sentence = match id {
        Some(_) => ui.msg("programmes-agency-sentence-edit").s("name", name).to_string(),
        None => ui.t("programmes-agency-sentence-new"),
    };
    let services = SERVICES.iter().map(|word| Choice::new(*word, service(&ui, word))).collect();
    AgencyPage { ui, form, id, sentence, services }
}

pub async fn new(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let mut form = Form::default();
    form.set("active", "1");
    Ok(Page(page(&app, &me, None, form, "").await).into_response())
}

pub async fn edit(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let agency = programmes::agency(&me.reading(&app), id).await?.ok_or(AppError::NotFound)?;
    let mut form = Form::default();
    form.set("code", &agency.code).set("name", &agency.name).set("short_name", &agency.short_name);
    form.set_all("services", agency.services());
    if agency.active {
        form.set("active", "1");
    }
    Ok(Page(page(&app, &me, Some(id), form, &agency.name).await).into_response())
}

pub async fn create(State(app): State<App>, me: Me, form: Form) -> Result<Response, AppError> {
    save(&app, &me, None, form).await
}

pub async fn update(State(app): State<App>, me: Me, Path(id): Path<i64>, form: Form) -> Result<Response, AppError> {
    save(&app, &me, Some(id), form).await
}

async fn save(app: &App, me: &Me, id: Option<i64>, mut form: Form) -> Result<Response, AppError> {
    let lang = me.lang;
    let draft = AgencyDraft {
        code: form.required("code", lang),
        name: form.required("name", lang),
        short_name: form.required("short_name", lang),
        services: form.all("services").to_vec(),
        active: form.has("active", "1"),
    };
    if form.is_sound() {
        let change = me.change(app).await?;
        match programmes::save_agency(&change, id, &draft).await {
            Ok(_) => {
                change.commit().await?;
                me.flash(lang.msg("programmes-flash-agency").s("name", &draft.name)).await;
                return Ok(see("/opd"));
            }
            Err(Refused::CodeTaken) => form.broken("code", &rule(Refused::CodeTaken)?, lang),
            Err(refused) => return Err(refused.into()),
        }
    }
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page(app, me, id, form, &draft.name).await))
}
