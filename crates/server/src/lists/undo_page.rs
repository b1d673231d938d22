//! Taking a committed list back: first what it would do and what was built on it, then the reason, then a job.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::lists::VersionState;
use store::{
    jobs,
    lists::{self, Consequences, Version, versions},
};

use super::{jobs::Why, pages::standing};
use crate::{
    App, AppError,
    access::Me,
    error::{Rule, see, with_status},
    forms::Form,
    ui::{Ui, parts::Link},
};

#[derive(Template)]
#[template(path = "lists/templates/undo.html")]
struct UndoPage {
    ui: Ui,
    form: Form,
    version: Version,
    sentence: String,
    told: Consequences,
    built: Vec<Built>,
}

/// What was built on the list, of one kind, and what becomes of it.
struct Built {
    icon: &'static str,
    kind: String,
    things: Vec<Link>,
    /// Of the same kind, not named.
    more: usize,
    stays: String,
}

/// So many of a kind are named.
const NAMED: usize = 5;

pub async fn question(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    page(&app, &me, id, Form::default()).await
}

async fn page(app: &App, me: &Me, id: i64, form: Form) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let version = standing(&reading, id).await?;
    if version.state()? != VersionState::Committed {
        return Err(Rule::new("list-state").into());
    }
    let ui = me.ui(app).await;
    let told = lists::consequences(&reading, id).await?;
    let sentence = ui
        .msg("lists-undo-sentence")
        .s("list", version.title())
        .n("gone", told.families_go)
        .n("stay", told.families_stay)
        .n("changed", told.families_changed)
        .n("same", told.families_same)
        .to_string();
    let built = built(&ui, &told);
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(with_status(status, UndoPage { ui, form, version, sentence, told, built }))
}

fn built(ui: &Ui, told: &Consequences) -> Vec<Built> {
    [
        ("file-in", "lists", &told.lists, "/daftar"),
        ("clipboard", "rounds", &told.rounds, "/verval"),
        ("decide", "determinations", &told.determinations, "/penetapan"),
        ("gift", "programmes", &told.programmes, "/program"),
        ("cash", "events", &told.events, "/penyaluran"),
    ]
    .into_iter()
    .filter(|(_, _, things, _)| !things.is_empty())
    .map(|(icon, kind, things, path)| Built {
        icon,
        kind: ui.t(&format!("lists-undo-{kind}")),
        things: things
            .iter()
            .take(NAMED)
            .map(|thing| Link::new(format!("{path}/{}", thing.id), thing.name.clone()).count(ui.num(&thing.families)))
            .collect(),
        more: things.len().saturating_sub(NAMED),
        stays: ui.t(&format!("lists-undo-{kind}-stay")),
    })
    .collect()
}

/// A person takes the list back: the job does it.
pub async fn undo(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    let reason = form.required("reason", me.lang);
    if !form.is_sound() {
        return page(&app, &me, id, form).await;
    }
    let change = me.change(&app).await?;
    versions::become_state(&change, id, VersionState::Undoing).await?;
    let why = serde_json::to_string(&Why { reason }).map_err(anyhow::Error::from)?;
    jobs::enqueue(&change, "list.undo", id, &why).await?;
    change.commit().await?;
    app.worker.notify_one();
    Ok(see(format!("/daftar/{id}")))
}
