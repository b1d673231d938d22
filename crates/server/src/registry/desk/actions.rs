//! Taking the next pair, deciding one or several, taking a decision back.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use store::registry::likeness::desk::{self, Asked as Decision, Done, Refused, Verdict};

use super::{
    HOLD, PATH, pair,
    queue::{self, Asked, Row},
    refused,
};
use crate::{App, AppError, Page, access::Me, clock, error::see, forms::Form, registry::search::names, ui::Ui};

/// Until when a pair taken now is held.
fn until(app: &App) -> String {
    clock::stamp(app.clock.now() + chrono::Duration::minutes(HOLD))
}

/// Takes the likeliest pair of those asked for that nobody else holds; behind the one that is skipped, where one is.
pub async fn take(State(app): State<App>, me: Me, form: Form) -> Result<Response, AppError> {
    let asked = Asked::of(&form);
    let change = me.change(&app).await?;
    let skipped = match form.text("sesudah").parse::<i64>() {
        Ok(id) => desk::pair(&change, id).await?,
        Err(_) => None,
    };
    let next = desk::take_next(&change, &asked.filter(), skipped.as_ref(), &until(&app)).await?;
    change.commit().await?;
    Ok(if let Some(id) = next {
        see(asked.pair(id))
    } else {
        me.flash(me.lang.t("match-flash-none-left")).await;
        see(asked.queue())
    })
}

/// Decides one pair, and takes the next.
pub async fn decide(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    let line = desk::pair(&me.reading(&app), id).await?.ok_or(AppError::NotFound)?;
    let verdict = Verdict::from_word(form.text("verdict"));
    let Some(verdict) = verdict else { return Err(AppError::BadRequest("no verdict".into())) };
    if verdict == Verdict::Same && form.some("reason").is_none() {
        form.fault("reason", me.lang.t("match-reason-needed"));
        return pair::show(&app, &me, id, form).await;
    }
    let change = me.change(&app).await?;
    let decision = Decision {
        verdict,
        kept: form.text("kept").parse().unwrap_or(line.one_id),
        reason: form.text("reason"),
        bulk: false,
        command: form.text("command"),
    };
    let done = match desk::decide(&change, id, &decision).await {
        Ok(done) => done,
        Err(error) => {
            change.rollback().await?;
            return Err(refused(error, &me.ui(&app).await));
        }
    };
    // on to the next behind it; from the front again where it was the last
    let (asked, until) = (Asked::of(&form), until(&app));
    let mut next = desk::take_next(&change, &asked.filter(), Some(&line), &until).await?;
    if next.is_none() {
        next = desk::take_next(&change, &asked.filter(), None, &until).await?;
    }
    change.commit().await?;
    me.flash(told(&me, verdict, done)).await;
    Ok(see(next.map_or_else(|| asked.queue(), |id| asked.pair(id))))
}

fn told(me: &Me, verdict: Verdict, done: Done) -> String {
    me.lang.t(match verdict {
        Verdict::Same if done.waits => "match-flash-waits",
        Verdict::Same => "match-flash-same",
        Verdict::Different => "match-flash-different",
        Verdict::Unsure => "match-flash-unsure",
    })
}

pub async fn take_back(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    mut form: Form,
) -> Result<Response, AppError> {
    let line = desk::pair(&me.reading(&app), id).await?.ok_or(AppError::NotFound)?;
    if line.merge_state.as_deref() == Some("done") && !me.may(domain::access::Right::ApproveHouseholds) {
        return Err(AppError::Forbidden);
    }
    if form.some("why").is_none() {
        form.fault("why", me.lang.t("form-required"));
        return pair::show(&app, &me, id, form).await;
    }
    let change = me.change(&app).await?;
    if let Err(error) = desk::take_back(&change, id, form.text("why")).await {
        change.rollback().await?;
        return Err(refused(error, &me.ui(&app).await));
    }
    change.commit().await?;
    me.flash(me.lang.t("match-flash-taken-back")).await;
    Ok(see(format!("{PATH}/{id}")))
}

#[derive(Template)]
#[template(path = "registry/templates/desk_many.html")]
struct ManyPage {
    ui: Ui,
    form: Form,
    trail: Vec<(String, String)>,
    sentence: String,
    same: bool,
    rows: Vec<Row>,
    command: String,
}

/// The most pairs decided at once.
const MOST: usize = 100;

/// Several at once: shown as a list first, then decided together. Those that changed meanwhile, or that somebody else holds, are left.
pub async fn many(State(app): State<App>, me: Me, mut form: Form) -> Result<Response, AppError> {
    let ids: Vec<i64> = form.all("pair").iter().filter_map(|id| id.parse().ok()).take(MOST).collect();
    let verdict = Verdict::from_word(form.text("verdict")).filter(|verdict| *verdict != Verdict::Unsure);
    let Some(verdict) = verdict else { return Err(AppError::BadRequest("no verdict".into())) };
    if ids.is_empty() {
        me.flash(me.lang.t("match-flash-none-ticked")).await;
        return Ok(see(PATH));
    }
    let reason = form.text("reason").to_owned();
    if form.text("langkah") != "simpan" || reason.is_empty() {
        if form.text("langkah") == "simpan" {
            form.fault("reason", me.lang.t("form-required"));
        }
        return check(&app, &me, &ids, verdict, form).await;
    }
    let change = me.change(&app).await?;
    let (mut done, mut waits, mut left) = (0, 0, 0);
    for id in &ids {
        let Some(line) = desk::pair(&change, *id).await? else {
            left += 1;
            continue;
        };
        let asked = Decision { verdict, kept: line.one_id, reason: &reason, bulk: true, command: form.text("command") };
        match desk::decide(&change, *id, &asked).await {
            Ok(decided) if decided.waits => waits += 1,
            Ok(_) => done += 1,
            Err(Refused::Store(error)) => return Err(error.into()),
            // what was refused wrote nothing: rules come before writing
            Err(_) => left += 1,
        }
    }
    change.commit().await?;
    let told = me.lang.msg("match-flash-many").n("done", done).n("waits", waits).n("left", left);
    me.flash(told.to_string()).await;
    Ok(see(PATH))
}

async fn check(app: &App, me: &Me, ids: &[i64], verdict: Verdict, form: Form) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let ui = me.ui(app).await;
    let names = names(app, &reading).await?;
    let now = app.clock.stamp();
    let mut rows = Vec::new();
    for id in ids {
        let line = desk::pair(&reading, *id).await?.ok_or(AppError::NotFound)?;
        rows.push(queue::row(&ui, me, &names, &line, &now)?);
    }
    let same = verdict == Verdict::Same;
    let page = ManyPage {
        trail: vec![(ui.t("nav-registry"), "/keluarga".to_owned()), (ui.t("match-desk"), PATH.to_owned())],
        sentence: ui
            .msg(if same { "match-many-same" } else { "match-many-different" })
            .n("count", rows.len())
            .to_string(),
        same,
        rows,
        command: app.entropy.token(),
        form,
        ui,
    };
    Ok(Page(page).into_response())
}
