//! What changes a programme: setting it up, its state, enrolment from a decree and its undo, a family's standing.

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::programmes::ProgrammeState;
use store::programmes::{self, Decision, Refused, Warned};

use super::{enrolment, fault_key, form, rule};
use crate::{
    App, AppError,
    access::Me,
    error::{Rule, see},
    forms::Form,
};

pub async fn create(State(app): State<App>, me: Me, mut sent: Form) -> Result<Response, AppError> {
    if sent.some("more").is_some() {
        return form::again(&app, &me, sent, None, true).await;
    }
    let Some(draft) = form::read(&mut sent, &me) else {
        return form::again(&app, &me, sent, None, false).await;
    };
    let change = me.change(&app).await?;
    match programmes::create(&change, &draft, sent.text("command")).await {
        Ok(id) => {
            change.commit().await?;
            me.flash(me.lang.msg("programmes-flash-created").s("name", &draft.name)).await;
            Ok(see(format!("/program/{id}")))
        }
        Err(refused) => {
            drop(change);
            broken(&mut sent, refused, &me)?;
            form::again(&app, &me, sent, None, false).await
        }
    }
}

pub async fn update(State(app): State<App>, me: Me, Path(id): Path<i64>, mut sent: Form) -> Result<Response, AppError> {
    let programme = programmes::find(&me.reading(&app), id).await?.ok_or(AppError::NotFound)?;
    if sent.some("more").is_some() {
        return form::again(&app, &me, sent, Some(&programme), true).await;
    }
    let Some(draft) = form::read(&mut sent, &me) else {
        return form::again(&app, &me, sent, Some(&programme), false).await;
    };
    let change = me.change(&app).await?;
    match programmes::update(&change, id, &draft).await {
        Ok(()) => {
            change.commit().await?;
            me.flash(me.lang.msg("programmes-flash-changed").s("name", &draft.name)).await;
            Ok(see(format!("/program/{id}")))
        }
        Err(refused) => {
            drop(change);
            broken(&mut sent, refused, &me)?;
            form::again(&app, &me, sent, Some(&programme), false).await
        }
    }
}

/// A refusal at the field it belongs to; what belongs to no field is an error page.
fn broken(form: &mut Form, refused: Refused, me: &Me) -> Result<(), AppError> {
    let field = match &refused {
        Refused::Faulty(faults) => {
            for fault in faults {
                form.broken(fault.field(), &Rule::new(fault_key(*fault)), me.lang);
            }
            return Ok(());
        }
        Refused::OverCeiling(_) => "ceiling",
        Refused::AmountInUse(_) => "cash",
        Refused::StageInUse(_) => "stages",
        _ => return Err(refused.into()),
    };
    form.broken(field, &rule(refused)?, me.lang);
    Ok(())
}

pub async fn set_state(State(app): State<App>, me: Me, Path(id): Path<i64>, sent: Form) -> Result<Response, AppError> {
    let next = ProgrammeState::from_word(sent.text("state"))
        .ok_or_else(|| AppError::BadRequest("an unknown state".to_owned()))?;
    let change = me.change(&app).await?;
    programmes::set_state(&change, id, next, sent.some("reason")).await?;
    change.commit().await?;
    me.flash(me.lang.t(&format!("programmes-flash-{next}"))).await;
    Ok(see(format!("/program/{id}")))
}

pub async fn enrol(State(app): State<App>, me: Me, Path(id): Path<i64>, mut sent: Form) -> Result<Response, AppError> {
    let decree: i64 = sent.text("decree").parse().map_err(|_| AppError::NotFound)?;
    let decision = Decision {
        leave_out: sent.all("leave_out").iter().filter_map(|word| Warned::from_word(word)).collect(),
        reason: sent.some("reason").map(str::to_owned),
        command: sent.required("command", me.lang),
    };
    let change = me.change(&app).await?;
    match programmes::enrol(&change, id, decree, &decision).await {
        Ok(run) => {
            change.commit().await?;
            let text = me.lang.msg("programmes-flash-enrolled").n("families", run.families).n("left", run.left_out);
            me.flash(text).await;
            Ok(see(format!("/program/{id}")))
        }
        Err(refused @ (Refused::ReasonMissing | Refused::OverCeiling(_) | Refused::NobodyToEnrol)) => {
            drop(change);
            let field = if matches!(refused, Refused::ReasonMissing) { "reason" } else { "families" };
            let rule = match refused {
                Refused::ReasonMissing => Rule::new("programmes-reason-warned"),
                other => rule(other)?,
            };
            sent.broken(field, &rule, me.lang);
            enrolment::again(&app, &me, id, decree, sent).await
        }
        Err(refused) => Err(refused.into()),
    }
}

pub async fn undo_run(
    State(app): State<App>,
    me: Me,
    Path((id, run)): Path<(i64, i64)>,
    sent: Form,
) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    let families = programmes::undo_run(&change, id, run, sent.text("reason")).await?;
    change.commit().await?;
    me.flash(me.lang.msg("programmes-flash-undone").n("families", families)).await;
    Ok(see(format!("/program/{id}")))
}

/// Suspends a family, takes it out, or back in.
pub async fn participant(
    State(app): State<App>,
    me: Me,
    Path((id, enrolment)): Path<(i64, i64)>,
    sent: Form,
) -> Result<Response, AppError> {
    let reason = sent.text("reason");
    let change = me.change(&app).await?;
    let done = match sent.text("do") {
        "suspend" => programmes::suspend(&change, id, enrolment, reason).await,
        "leave" => programmes::leave(&change, id, enrolment, reason).await,
        "resume" => programmes::resume(&change, id, enrolment, reason).await,
        _ => return Err(AppError::BadRequest("nothing to do".to_owned())),
    };
    match done {
        Ok(()) => {
            change.commit().await?;
            me.flash(me.lang.t(&format!("programmes-flash-{}", sent.text("do")))).await;
            Ok(see(format!("/program/{id}/peserta/{enrolment}")))
        }
        Err(Refused::ReasonMissing) => {
            drop(change);
            let mut sent = sent;
            sent.broken("reason", &Rule::new("programmes-reason"), me.lang);
            enrolment::participant_again(&app, &me, id, enrolment, sent).await
        }
        Err(refused) => Err(refused.into()),
    }
}
