//! Taking in a workbook of results: read and staged with its faults, then taken in or put aside.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::verification::{form::form, round::State as RoundState};
use store::{
    attachments::NewAttachment,
    verification::{self as v, VerificationError},
};

use crate::{
    App, AppError,
    access::Me,
    error::{see, with_status},
    uploads::Sent,
    verification::{
        pages::{results::results_page, the_round},
        workbook::{self, Against},
    },
};

/// Reads the workbook and shows what it would change; nothing is taken in yet.
pub async fn take(State(app): State<App>, me: Me, Path(id): Path<i64>, mut sent: Sent) -> Result<Response, AppError> {
    let lang = me.lang;
    let reading = me.reading(&app);
    let round = the_round(&reading, id).await?;
    if round.state != RoundState::Open {
        return Err(VerificationError::RoundNotOpen(round.state).into());
    }
    let Some(file) = sent.take("file") else {
        let page = results_page(&app, &me, id, Some(lang.t("verification-file-missing"))).await?;
        return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page));
    };
    let against = Against {
        form: form(&round.form).ok_or_else(|| anyhow::anyhow!("unknown form {}", round.form))?,
        families: v::contexts(&reading, id).await?,
        standing: v::standing_visits(&reading, id).await?,
        uploader: me.user.name.clone(),
        today: app.clock.today(app.config.zone),
        lang,
    };
    let bytes = file.bytes.clone();
    let read =
        tokio::task::spawn_blocking(move || workbook::read(bytes, &against)).await.map_err(anyhow::Error::from)?;
    let read = match read {
        Ok(read) => read,
        Err(problem) => {
            let page = results_page(&app, &me, id, Some(lang.t(problem.key()))).await?;
            return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
    };
    let stored = app.files.store_bytes(&file.bytes, &app.entropy.token()).await.map_err(anyhow::Error::from)?;
    let change = me.change(&app).await?;
    let new = NewAttachment {
        sha256: &stored.sha256,
        name: &file.name,
        media_type: "application/octet-stream",
        size: stored.size,
        kind: "results",
        subject: ("round", id),
        area: None,
    };
    let attachment = store::attachments::add(&change, &new).await?;
    let upload = v::start_upload(&change, id, attachment, &file.name).await?;
    v::store_rows(&change, upload, read.rows, read.faults, read.empty).await?;
    change.commit().await?;
    Ok(see(format!("/verval/unggahan/{upload}")))
}

/// Takes in exactly what was shown.
pub async fn commit(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    let recorded = v::commit_upload(&change, id).await?;
    change.commit().await?;
    me.flash(me.lang.msg("verification-taken").n("visits", recorded.visits).n("conflicts", recorded.conflicts)).await;
    Ok(see(format!("/verval/unggahan/{id}")))
}

pub async fn discard(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    let upload = v::upload(&change, id).await?.ok_or(AppError::NotFound)?;
    v::discard_upload(&change, id).await?;
    change.commit().await?;
    me.flash(me.lang.t("verification-put-aside")).await;
    Ok(see(format!("/verval/{}/hasil", upload.round_id)))
}
