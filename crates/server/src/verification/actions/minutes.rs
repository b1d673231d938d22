//! Writing down, completing and locking the minutes of a village.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{AreaCode, verification::minutes::NumbersFault};
use store::{
    attachments::NewAttachment,
    verification::{self as v, Minutes, NewAdded, NewMinutes, VerificationError},
};

use crate::{
    App, AppError,
    access::Me,
    error::{Rule, see, with_status},
    forms::Form,
    photo,
    uploads::Sent,
    verification::{
        pages::minutes::{MOST_ADDED, minutes_page},
        rule,
    },
};

pub async fn save(
    State(app): State<App>,
    me: Me,
    Path((id, village)): Path<(i64, String)>,
    mut form: Form,
) -> Result<Response, AppError> {
    let lang = me.lang;
    let code: AreaCode = village.parse().map_err(|_| AppError::NotFound)?;
    let held_on = form.date("held_on", lang);
    if held_on.is_none() && form.fault_of("held_on").is_none() {
        form.fault("held_on", lang.t("form-required"));
    }
    if held_on.is_some_and(|date| date > app.clock.today(app.config.zone)) {
        form.fault("held_on", lang.t("verification-minutes-future"));
    }
    let place = form.required("place", lang);
    let numbers = ["participants", "before", "removed", "after"].map(|field| {
        form.required(field, lang);
        if form.fault_of(field).is_some() { None } else { form.number(field, 0..=100_000, lang) }
    });
    let marked: Vec<(i64, String)> = form
        .fields()
        .filter_map(|(name, values)| {
            let assignment = name.strip_prefix("reason-")?.parse().ok()?;
            Some((assignment, values.first().filter(|reason| !reason.is_empty())?.clone()))
        })
        .collect();
    let added = added_in(&form);
    if let ([Some(participants), Some(before), Some(removed), Some(after)], Some(held_on), true) =
        (numbers, held_on, form.is_sound())
    {
        let held_on = held_on.to_string();
        let new = NewMinutes {
            held_on: &held_on,
            place: &place,
            number: form.some("number"),
            participants,
            before,
            removed,
            after,
            note: form.some("note"),
            marked,
            added,
        };
        let change = me.change(&app).await?;
        match v::record_minutes(&change, id, code, &new).await {
            Ok(_) => {
                change.commit().await?;
                me.flash(lang.t("verification-minutes-saved")).await;
                return Ok(see(format!("/verval/{id}/musdes/{code}")));
            }
            Err(error @ VerificationError::Minutes(fault)) => {
                let field = match fault {
                    NumbersFault::DoNotAddUp { .. } | NumbersFault::Negative => "after",
                    NumbersFault::TooManyRemoved { .. } | NumbersFault::MarkedDiffer { .. } => "removed",
                };
                form.broken(field, &rule(&error), lang);
            }
            Err(
                error @ (VerificationError::NotAddable
                | VerificationError::AddedIncomplete
                | VerificationError::AddedTwice),
            ) => form.broken("added-name-0", &rule(&error), lang),
            Err(error) => return Err(error.into()),
        }
    }
    let page = minutes_page(&app, &me, id, &village, Some(form)).await?;
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
}

/// The families added, from their rows: one picked from the registry ends in its number there, `Rohaya (#123)`; any
/// other is a name with an address.
fn added_in(form: &Form) -> Vec<NewAdded> {
    (0..MOST_ADDED)
        .filter_map(|row| {
            let name = form.text(&format!("added-name-{row}")).trim();
            let address = form.text(&format!("added-address-{row}")).trim();
            let picked =
                name.strip_suffix(')').and_then(|text| text.rsplit_once("(#")).and_then(|(_, id)| id.parse().ok());
            match picked {
                Some(id) => Some(NewAdded::Known(id)),
                None if name.is_empty() && address.is_empty() => None,
                None => Some(NewAdded::New { name: name.to_owned(), address: address.to_owned() }),
            }
        })
        .collect()
}

async fn found(handle: &impl store::Handle, id: i64, village: &str) -> Result<Minutes, AppError> {
    let code: AreaCode = village.parse().map_err(|_| AppError::NotFound)?;
    v::minutes_of(handle, id, code.number()).await?.ok_or(AppError::NotFound)
}

/// The signed scan: a PDF as it is, a photo drawn anew.
pub async fn scan(
    State(app): State<App>,
    me: Me,
    Path((id, village)): Path<(i64, String)>,
    mut sent: Sent,
) -> Result<Response, AppError> {
    let file = sent.take("scan").ok_or_else(|| Rule::new("verification-scan-missing"))?;
    let (bytes, media_type, name) = if file.bytes.starts_with(b"%PDF-") {
        (file.bytes, "application/pdf", "berita-acara.pdf")
    } else {
        let photo = photo::redraw(file.bytes).await.map_err(|_| Rule::new("verification-scan-kind"))?;
        (photo, "image/jpeg", "berita-acara.jpg")
    };
    let stored = app.files.store_bytes(&bytes, &app.entropy.token()).await.map_err(anyhow::Error::from)?;
    let change = me.change(&app).await?;
    let minutes = found(&change, id, &village).await?;
    let new = NewAttachment {
        sha256: &stored.sha256,
        name,
        media_type,
        size: stored.size,
        kind: "minutes",
        subject: ("deliberation", minutes.id),
        area: Some(minutes.village),
    };
    let attachment = store::attachments::add(&change, &new).await?;
    v::attach_scan(&change, &minutes, attachment).await?;
    change.commit().await?;
    me.flash(me.lang.t("verification-scan-kept")).await;
    Ok(see(format!("/verval/{id}/musdes/{village}")))
}

pub async fn lock(
    State(app): State<App>,
    me: Me,
    Path((id, village)): Path<(i64, String)>,
) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    let minutes = found(&change, id, &village).await?;
    v::finalise_minutes(&change, &minutes).await?;
    change.commit().await?;
    me.flash(me.lang.t("verification-minutes-locked")).await;
    Ok(see(format!("/verval/{id}/musdes/{village}")))
}

pub async fn unlock(
    State(app): State<App>,
    me: Me,
    Path((id, village)): Path<(i64, String)>,
    form: Form,
) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    let minutes = found(&change, id, &village).await?;
    v::reopen_minutes(&change, &minutes, form.text("reason")).await?;
    change.commit().await?;
    me.flash(me.lang.t("verification-minutes-unlocked")).await;
    Ok(see(format!("/verval/{id}/musdes/{village}")))
}
