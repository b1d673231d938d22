//! Planning an event: for whom (a stage of a programme, by area), where, when, what to bring.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};
use domain::{AreaCode, programmes::ProgrammeState};
use serde::Deserialize;
use store::{
    areas,
    delivery::{self, NewEvent, Refused, TargetArea},
    programmes::{self, Programme, Summary},
};

use super::rule;
use crate::{
    App, AppError, Page,
    access::Me,
    clock::stamp,
    error::{Rule, see, with_status},
    forms::Form,
    ui::{Ui, parts::Link},
};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    program: Option<i64>,
    tahap: Option<i64>,
    /// Plan again those absent or failed at this event.
    dari: Option<i64>,
}

#[derive(Template)]
#[template(path = "delivery/templates/plan.html")]
struct PlanPage {
    ui: Ui,
    form: Form,
    sentence: String,
    /// Running programmes, while none is chosen.
    choices: Vec<Summary>,
    chosen: Option<Chosen>,
}

struct Chosen {
    programme: Programme,
    stage: i64,
    stages: Vec<Link>,
    again_from: Option<i64>,
    kecamatan: Vec<Kecamatan>,
    families: i64,
    again: i64,
    /// In the programme, and not invited any more.
    gone: i64,
    amount: String,
}

struct Kecamatan {
    code: String,
    name: String,
    families: i64,
    villages: Vec<Village>,
}

struct Village {
    code: String,
    name: String,
    families: i64,
    again: i64,
}

pub async fn new(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut form = Form::default();
    form.set("command", app.entropy.token());
    Ok(Page(load(&app, &me, &asked, form, true).await?).into_response())
}

async fn load(app: &App, me: &Me, asked: &Asked, mut form: Form, fresh: bool) -> Result<PlanPage, AppError> {
    let reading = me.reading(app);
    let ui = me.ui(app).await;
    let from = match asked.dari {
        Some(event) => Some(delivery::event(&reading, event).await?.ok_or(AppError::NotFound)?),
        None => None,
    };
    let Some(id) = from.as_ref().map(|event| event.programme_id).or(asked.program) else {
        let choices: Vec<Summary> =
            programmes::list(&reading).await?.into_iter().filter(|p| p.state == "active" && p.places > 0).collect();
        let key = if choices.is_empty() { "delivery-plan-none" } else { "delivery-plan-choose" };
        return Ok(PlanPage { sentence: ui.t(key), ui, form, choices, chosen: None });
    };
    let programme = programmes::find(&reading, id).await?.ok_or(AppError::NotFound)?;
    if programme.state != ProgrammeState::Active {
        return Err(Refused::ProgrammeNotActive.into());
    }
    let mut due: BTreeMap<i64, Vec<TargetArea>> = BTreeMap::new();
    for stage in &programme.stages {
        due.insert(stage.id, delivery::targets(&reading, id, stage.id, asked.dari).await?);
    }
    let count = |stage: i64| due.get(&stage).map_or(0, |areas| areas.iter().map(|area| area.families).sum::<i64>());
    let stage = from.as_ref().map(|event| event.stage_id).or(asked.tahap).or_else(|| {
        let waiting = programme.stages.iter().find(|stage| count(stage.id) > 0);
        waiting.or(programme.stages.first()).map(|stage| stage.id)
    });
    let stage = stage.filter(|stage| due.contains_key(stage)).ok_or(AppError::NotFound)?;
    let targets = due.get(&stage).cloned().unwrap_or_default();
    let stages = programme
        .stages
        .iter()
        .filter(|_| from.is_none())
        .map(|row| {
            let families = if row.id == stage { targets.iter().map(|t| t.families).sum() } else { count(row.id) };
            Link::new(format!("/penyaluran/baru?program={id}&tahap={}", row.id), &row.stage.name)
                .count(ui.num(&families))
                .current(row.id == stage)
        })
        .collect();
    let families: i64 = targets.iter().map(|target| target.families).sum();
    let again: i64 = targets.iter().map(|target| target.again).sum();
    let kecamatan = kecamatan(app, me, targets).await?;
    let stage_name = programme.stages.iter().find(|row| row.id == stage).map_or("", |row| &row.stage.name).to_owned();
    if fresh {
        let key = if from.is_some() { "delivery-plan-name-again" } else { "delivery-plan-name" };
        form.set("name", ui.msg(key).s("programme", &programme.name).s("stage", &stage_name))
            .set("at", "08:00")
            .set("instructions", ui.t("delivery-plan-instructions"))
            .set_all("areas", kecamatan.iter().map(|area| area.code.clone()));
        if let Some(event) = &from {
            form.set("place", &event.place).set("witnesses", &event.witnesses);
        }
    }
    let sentence = match (families, from.is_some()) {
        (0, _) => ui.msg("delivery-plan-nobody").s("stage", &stage_name).to_string(),
        (_, true) => ui.msg("delivery-plan-again").n("families", families).to_string(),
        (_, false) => ui.msg("delivery-plan-sentence").n("families", families).s("stage", &stage_name).to_string(),
    };
    let gone = delivery::gone(&reading, id).await?;
    let chosen = Chosen {
        gone,
        amount: ui.rp(&(programme.unit_amount.0 * families)),
        programme,
        stage,
        stages,
        again_from: asked.dari,
        kecamatan,
        families,
        again,
    };
    Ok(PlanPage { ui, form, sentence, choices: Vec::new(), chosen: Some(chosen) })
}

async fn kecamatan(app: &App, me: &Me, targets: Vec<TargetArea>) -> Result<Vec<Kecamatan>, AppError> {
    let names = match app.district().await? {
        Some((code, _)) => areas::names(&me.reading(app), code).await?,
        None => BTreeMap::new(),
    };
    let name_of = |code: i64| names.get(&code).cloned().unwrap_or_else(|| code.to_string());
    let mut all: Vec<Kecamatan> = Vec::new();
    for target in targets {
        let Some(village) = AreaCode::from_number(target.village) else { continue };
        let code = village.subdistrict().to_string();
        if all.last().is_none_or(|last| last.code != code) {
            let name = name_of(village.subdistrict().number());
            all.push(Kecamatan { code, name, families: 0, villages: Vec::new() });
        }
        if let Some(last) = all.last_mut() {
            last.families += target.families;
            last.villages.push(Village {
                code: village.to_string(),
                name: name_of(target.village),
                families: target.families,
                again: target.again,
            });
        }
    }
    Ok(all)
}

pub async fn create(State(app): State<App>, me: Me, mut form: Form) -> Result<Response, AppError> {
    let lang = me.lang;
    let asked = Asked {
        program: form.text("program").parse().ok(),
        tahap: form.text("stage").parse().ok(),
        dari: form.text("dari").parse().ok(),
    };
    let name = form.required("name", lang);
    let place = form.required("place", lang);
    let on = form.date("on", lang);
    if on.is_none() && form.fault_of("on").is_none() {
        form.fault("on", lang.t("form-required"));
    }
    let at = clock(form.text("at"));
    if at.is_none() {
        form.broken("at", &Rule::new("delivery-plan-time"), lang);
    }
    let areas: Vec<AreaCode> = form.all("areas").iter().filter_map(|code| code.parse().ok()).collect();
    if areas.is_empty() {
        form.broken("areas", &Rule::new("delivery-plan-areas"), lang);
    }
    if let (true, Some(on), Some(at)) = (form.is_sound(), on, at) {
        let new = NewEvent {
            programme: asked.program.ok_or(AppError::NotFound)?,
            stage: asked.tahap.ok_or(AppError::NotFound)?,
            name,
            place,
            starts_at: starts_at(on, at, app.config.zone),
            areas,
            again_from: asked.dari,
            instructions: form.text("instructions").to_owned(),
            witnesses: form.text("witnesses").to_owned(),
            command: form.required("command", lang),
        };
        let change = me.change(&app).await?;
        match delivery::plan(&change, &new, || app.entropy.token()).await {
            Ok(id) => {
                change.commit().await?;
                me.flash(lang.msg("delivery-flash-planned").s("name", &new.name)).await;
                return Ok(see(format!("/penyaluran/{id}")));
            }
            Err(refused @ Refused::NobodyToPlan) => {
                drop(change);
                form.broken("areas", &rule(refused)?, lang);
            }
            Err(refused) => return Err(refused.into()),
        }
    }
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, load(&app, &me, &asked, form, false).await?))
}

/// `08:00` or `8.00`.
fn clock(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(&text.trim().replace('.', ":"), "%H:%M").ok()
}

/// A day and hour of the office's clock as stored.
fn starts_at(on: NaiveDate, at: NaiveTime, zone: chrono::FixedOffset) -> String {
    let local = zone.from_local_datetime(&on.and_time(at)).single();
    stamp(local.map_or_else(|| on.and_time(at).and_utc(), |local| local.with_timezone(&Utc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        assert_eq!(clock("08:30"), clock(" 8.30 "));
        assert_eq!(clock("25:00"), None);
        let zone = chrono::FixedOffset::east_opt(7 * 3600).expect("WIB");
        let on = NaiveDate::from_ymd_opt(2023, 12, 11).expect("a day");
        assert_eq!(starts_at(on, clock("08:00").expect("an hour"), zone), "2023-12-11T01:00:00Z");
    }
}
