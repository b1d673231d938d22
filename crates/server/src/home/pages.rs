//! The home page. Regent and planner start on the district's page, the head on his own.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::{access::Role, monitoring::FEWEST};
use store::monitoring;

use super::{Task, tasks, to_check};
use crate::{
    App, AppError, Page,
    access::Me,
    error::see,
    journal::words::tell,
    monitoring::{pipeline, pipeline_figure},
    ui::{Ui, charts::Figure},
};

#[derive(Template)]
#[template(path = "home/templates/home.html")]
struct Home {
    ui: Ui,
    sentence: String,
    tasks: Vec<Task>,
    /// An auditor has nothing to do, and things to look at.
    audits: bool,
    pipeline: Option<Figure>,
    news: Vec<News>,
}

struct News {
    icon: &'static str,
    text: String,
    when: String,
    at: String,
}

/// Entries of others' work on the home page.
const NEWS: i64 = 6;

pub async fn home(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let only = |role: Role| me.actor.roles == [role];
    if only(Role::Regent) || only(Role::Planner) {
        return Ok(see("/bupati"));
    }
    if only(Role::HeadOfOffice) {
        return Ok(see("/kepala-dinas"));
    }
    let reading = me.reading(&app);
    let today = app.clock.today(app.config.zone);
    let ui = me.ui(&app).await;
    let audits = only(Role::Auditor);
    let tasks = if audits { to_check(&ui, &reading, today).await? } else { tasks(&app, &ui, &reading, today).await? };
    let late = tasks.iter().filter(|task| task.overdue).count();
    let greeting =
        ui.t(match app.clock.now().with_timezone(&app.config.zone).time().format("%H").to_string().as_str() {
            "00" | "01" | "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09" | "10" => "home-morning",
            "11" | "12" | "13" | "14" => "home-noon",
            "15" | "16" | "17" => "home-afternoon",
            _ => "home-evening",
        });
    let name = domain::name::first_word(&me.user.name);
    let sentence = match (tasks.len(), late) {
        (0, _) if audits => ui.msg("home-audit-none").s("greeting", greeting).s("name", name),
        (count, _) if audits => ui.msg("home-audit").s("greeting", greeting).s("name", name).n("count", count),
        (0, _) => ui.msg("home-sentence-none").s("greeting", greeting).s("name", name),
        (count, 0) => ui.msg("home-sentence").s("greeting", greeting).s("name", name).n("count", count),
        (count, late) => {
            ui.msg("home-sentence-late").s("greeting", greeting).s("name", name).n("count", count).n("late", late)
        }
    }
    .to_string();
    let pipeline =
        if ui.may("see_families") { Some(pipeline_figure(&ui, &pipeline(&app, &reading, today).await?)) } else { None };
    let news = monitoring::newest(&reading, NEWS)
        .await?
        .iter_mut()
        .map(|line| {
            if !ui.sees_all() {
                line.data = without_few(&ui, &line.data);
            }
            let told = tell(ui.lang, line);
            News { icon: told.icon, text: told.what, when: ui.day_month(&line.at), at: line.at.clone() }
        })
        .collect();
    Ok(Page(Home { ui, sentence, tasks, audits, pipeline, news }).into_response())
}

/// The facts of an entry for whoever sees totals only: a count of a few is told as few, and a sum beside one not at all.
fn without_few(ui: &Ui, data: &str) -> String {
    let mut facts: serde_json::Value = serde_json::from_str(data).unwrap_or_default();
    let Some(facts_by_name) = facts.as_object_mut() else { return data.to_owned() };
    let few = |value: &serde_json::Value| value.as_i64().is_some_and(|count| (1..FEWEST).contains(&count));
    let sums = facts_by_name.values().any(few);
    for value in facts_by_name.values_mut() {
        if few(value) {
            *value = ui.few(1).into();
        } else if sums && value.as_i64().is_some_and(|amount| amount >= RUPIAH) {
            *value = ui.t("ui-hidden").into();
        }
    }
    facts.to_string()
}

/// From here on a number of an entry is an amount, not a count.
const RUPIAH: i64 = 10_000;
