//! Recording a change, agreeing to one, sending it back, taking it back.

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::household::Kind;
use store::registry::{self, household};

use super::{
    changes::show_change,
    fields::{asked, fault, member_field},
    kind_of,
    pages::{Shown, check, likely, show_form},
    refused,
};
use crate::{
    App, AppError,
    access::Me,
    error::see,
    forms::Form,
    registry::same::{LikelyPart, newcomer},
};

pub async fn record(
    State(app): State<App>,
    me: Me,
    Path((id, word)): Path<(i64, String)>,
    form: Form,
) -> Result<Response, AppError> {
    step(&app, &me, Some(id), kind_of(&word)?, form).await
}

pub async fn record_new_family(State(app): State<App>, me: Me, form: Form) -> Result<Response, AppError> {
    step(&app, &me, None, Kind::NewFamily, form).await
}

/// One step of the form: looking for another family, changing what was typed, before and after, writing.
async fn step(app: &App, me: &Me, id: Option<i64>, kind: Kind, mut form: Form) -> Result<Response, AppError> {
    let reading = me.reading(app);
    if let Some(id) = id {
        registry::family(&reading, id).await?.ok_or(AppError::NotFound)?;
    }
    let step = form.text("langkah").to_owned();
    if step == "cari" {
        form.set("with", "");
        return show_form(app, me, id, kind, form, Shown { searched: true, held: None }).await;
    }
    if step == "ubah" {
        return show_form(app, me, id, kind, form, Shown { searched: true, held: None }).await;
    }
    let members = match id {
        Some(id) => registry::members(&reading, id).await?,
        None => Vec::new(),
    };
    let others = match form.text("with").parse::<i64>() {
        Ok(other) if kind == Kind::Merge => registry::members(&reading, other).await?,
        _ => Vec::new(),
    };
    // as what the others come into the family is asked once it is known who they are
    let unasked = others.iter().any(|member| form.some(&member_field(member.id)).is_none());
    if unasked {
        for member in &others {
            form.set(&member_field(member.id), "OTHER");
        }
        return show_form(app, me, id, kind, form, Shown { searched: true, held: None }).await;
    }
    let Some(asked) = asked(&mut form, kind, &members, &others, me.lang) else {
        return show_form(app, me, id, kind, form, Shown { searched: true, held: None }).await;
    };
    if step == "periksa" && asked.what.new_person() && !form.has("tetap", "1") {
        // whoever may be meant is shown before somebody is made twice
        if let Some(part) = LikelyPart::of(app, me, &newcomer(&form)).await? {
            return likely(app, me, id, kind, part, &form).await;
        }
    }
    if step != "simpan" {
        let today = app.clock.today(app.config.zone).to_string();
        return match household::preview(&reading, id, &asked, &today).await {
            Ok(told) => check(app, me, id, &asked, &told, &form).await,
            Err(error) => {
                let held = fault(&mut form, error, me.lang)?;
                show_form(app, me, id, kind, form, Shown { searched: true, held }).await
            }
        };
    }
    let change = me.change(app).await?;
    let recorded = match household::record(&change, id, &asked, form.text("command")).await {
        Ok(recorded) => recorded,
        Err(error) => {
            change.rollback().await?;
            let held = fault(&mut form, error, me.lang)?;
            return show_form(app, me, id, kind, form, Shown { searched: true, held }).await;
        }
    };
    change.commit().await?;
    if recorded.waits {
        me.flash(me.lang.t("household-flash-waits")).await;
        return Ok(see(format!("/keluarga/perubahan/{}", recorded.id)));
    }
    me.flash(me.lang.t("household-flash-done")).await;
    // a family that moved out of one's area is not shown any more, the change is
    let family = match recorded.family {
        Some(family) => registry::family(&me.reading(app), family).await?,
        None => None,
    };
    Ok(match family {
        Some(family) => see(format!("/keluarga/{}", family.id)),
        None => see(format!("/keluarga/perubahan/{}", recorded.id)),
    })
}

pub async fn approve(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    if let Err(error) = household::approve(&change, id).await {
        change.rollback().await?;
        return Err(refused(error, &me.ui(&app).await));
    }
    change.commit().await?;
    me.flash(me.lang.t("household-flash-approved")).await;
    Ok(see(format!("/keluarga/perubahan/{id}")))
}

pub async fn send_back(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    mut form: Form,
) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let kept = household::find(&reading, id).await?.ok_or(AppError::NotFound)?;
    let own = kept.proposed_by.is_some() && kept.proposed_by == me.actor.user;
    if !own && !me.may(domain::access::Right::ApproveHouseholds) {
        return Err(AppError::Forbidden);
    }
    let reason = form.required("reason", me.lang);
    if !form.is_sound() {
        return show_change(&app, &me, id, form).await;
    }
    let change = me.change(&app).await?;
    if let Err(error) = household::send_back(&change, id, &reason).await {
        change.rollback().await?;
        return Err(refused(error, &me.ui(&app).await));
    }
    change.commit().await?;
    me.flash(me.lang.t(if own { "household-flash-withdrawn" } else { "household-flash-returned" })).await;
    Ok(see(format!("/keluarga/perubahan/{id}")))
}

pub async fn take_back(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    mut form: Form,
) -> Result<Response, AppError> {
    household::find(&me.reading(&app), id).await?.ok_or(AppError::NotFound)?;
    let reason = form.required("reason", me.lang);
    if !form.is_sound() {
        return show_change(&app, &me, id, form).await;
    }
    let change = me.change(&app).await?;
    if let Err(error) = household::take_back(&change, id, &reason).await {
        change.rollback().await?;
        return Err(refused(error, &me.ui(&app).await));
    }
    change.commit().await?;
    me.flash(me.lang.t("household-flash-taken-back")).await;
    Ok(see(format!("/keluarga/perubahan/{id}")))
}
