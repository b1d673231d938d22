//! Making, opening, closing rounds, and giving out their villages.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::AreaCode;
use store::verification::{self as v, NewRound, VerificationError};

use crate::{
    App, AppError,
    access::Me,
    error::{Rule, see, with_status},
    forms::Form,
    verification::{
        pages::{
            names,
            rounds::{Shown, filter_of, new_page, round_page},
        },
        rule,
    },
};

pub async fn create(State(app): State<App>, me: Me, mut form: Form) -> Result<Response, AppError> {
    let lang = me.lang;
    let name = form.required("name", lang);
    let starts_on = form.date("starts_on", lang);
    let ends_on = form.date("ends_on", lang);
    form.number("percentile", 1..=100, lang);
    for (field, date) in [("starts_on", starts_on), ("ends_on", ends_on)] {
        if date.is_none() && form.fault_of(field).is_none() {
            form.fault(field, lang.t("form-required"));
        }
    }
    if let (Some(starts_on), Some(ends_on), true) = (starts_on, ends_on, form.is_sound()) {
        let (starts_on, ends_on) = (starts_on.to_string(), ends_on.to_string());
        let new = NewRound {
            name: &name,
            version_id: form.text("version").parse().unwrap_or_default(),
            filter: filter_of(&form),
            starts_on: &starts_on,
            ends_on: &ends_on,
        };
        let change = me.change(&app).await?;
        match v::create_round(&change, &new).await {
            Ok(id) => {
                change.commit().await?;
                me.flash(lang.t("verification-created")).await;
                return Ok(see(format!("/verval/{id}")));
            }
            Err(error @ VerificationError::Dates) => form.broken("ends_on", &rule(&error), lang),
            Err(error @ (VerificationError::NoFamilies | VerificationError::ListNotCommitted)) => {
                form.broken("version", &rule(&error), lang);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let page = new_page(&app, &me, form).await?;
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
}

pub async fn open(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    v::open_round(&change, id).await?;
    change.commit().await?;
    me.flash(me.lang.t("verification-opened")).await;
    Ok(see(format!("/verval/{id}")))
}

pub async fn close(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    v::close_round(&change, id).await?;
    change.commit().await?;
    me.flash(me.lang.t("verification-closed")).await;
    Ok(see(format!("/verval/{id}")))
}

pub async fn reopen(State(app): State<App>, me: Me, Path(id): Path<i64>, form: Form) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    v::reopen_round(&change, id, form.text("reason")).await?;
    change.commit().await?;
    me.flash(me.lang.t("verification-reopened")).await;
    Ok(see(format!("/verval/{id}")))
}

pub async fn cancel(State(app): State<App>, me: Me, Path(id): Path<i64>, form: Form) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    v::cancel_round(&change, id, form.text("reason")).await?;
    change.commit().await?;
    me.flash(me.lang.t("verification-cancelled")).await;
    Ok(see("/verval"))
}

/// Gives the villages ticked to somebody, or changes until when.
pub async fn assign(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    let villages: Vec<AreaCode> = form.all("village").iter().filter_map(|code| code.parse().ok()).collect();
    if villages.is_empty() {
        form.fault("village", me.lang.t("verification-none-ticked"));
    }
    let due_on = form.date("due_on", me.lang).map(|date| date.to_string());
    if form.is_sound() {
        let verifier = form.text("verifier").parse().ok();
        let change = me.change(&app).await?;
        match v::assign_villages(&change, id, &villages, verifier, due_on.as_deref()).await {
            Ok(given) => {
                change.commit().await?;
                let key = if verifier.is_some() { "verification-assigned" } else { "verification-taken-back" };
                me.flash(me.lang.msg(key).n("villages", given)).await;
                return Ok(see(format!("/verval/{id}#desa")));
            }
            Err(VerificationError::NotAVisitor(village)) => {
                drop(change);
                let names = names(&app, &me.reading(&app)).await?;
                let rule = match names.get(&village) {
                    Some(name) => Rule::new("verification-not-a-visitor-of").s("village", name),
                    None => Rule::new("verification-not-a-visitor"),
                };
                form.broken("verifier", &rule, me.lang);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let page = round_page(&app, &me, id, &Shown::default(), form).await?;
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
}

pub async fn spread(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    let (given, without) = v::spread_villages(&change, id).await?;
    change.commit().await?;
    me.flash(me.lang.msg("verification-spread").n("villages", given).n("without", without)).await;
    Ok(see(format!("/verval/{id}#desa")))
}
