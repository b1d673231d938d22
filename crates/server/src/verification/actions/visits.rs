//! Saving a screen, sending a visit, deciding between two results.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::verification::{Answers, Channel, Kind, Question, check::faults_of, form::Filling};
use store::{
    attachments::NewAttachment,
    verification::{self as v, Effect, VerificationError},
};

use crate::{
    App, AppError,
    access::Me,
    error::{Rule, see, with_status},
    forms::Form,
    photo::{self, PhotoError},
    uploads::{Sent, SentFile},
    verification::{
        pages::visits::{Loaded, load, screen_again, two_page},
        visit_form::read,
    },
};

/// Keeps what was typed on a screen and goes on to the next; with faults it shows the screen again, having kept the rest.
pub async fn save(
    State(app): State<App>,
    me: Me,
    Path((id, number)): Path<(i64, usize)>,
    mut sent: Sent,
) -> Result<Response, AppError> {
    let mut loaded = load(&app, &me.reading(&app), id).await?;
    loaded.target.open()?;
    let form = loaded.form;
    let (_, screen) = form.screen(number).ok_or(AppError::NotFound)?;
    let asked: Vec<&Question> = screen.questions.iter().collect();
    read(&asked, &sent.form, &mut loaded.answers, &loaded.known);
    let photos = photos(&asked, &mut sent).await?;
    keep(&app, &me, &mut loaded, photos).await?;

    let from_summary = sent.form.text("dari") == "periksa";
    let filling = Filling { form, answers: &loaded.answers, known: &loaded.known, today: loaded.today };
    let shown: Vec<&Question> =
        filling.screens().into_iter().find(|(n, ..)| *n == number).map(|(.., asked)| asked).unwrap_or_default();
    // another new member, or everybody present: the same screen again, without complaint about the rest
    if matches!(sent.form.text("do"), "add" | "all") {
        return Ok(see(format!("/verval/kunjungan/{id}/{number}#anggota")));
    }
    let faults = faults_of(&filling, &shown, Channel::Web);
    if !faults.is_empty() {
        return screen_again(&app, &me, &loaded, number, &faults, from_summary).await;
    }
    let visit = loaded.visit(me.lang);
    let next = if from_summary { visit.unfinished() } else { visit.after(number) };
    Ok(see(match next {
        Some(next) => format!("/verval/kunjungan/{id}/{next}"),
        None => format!("/verval/kunjungan/{id}/periksa"),
    }))
}

/// The photos of the screen, drawn anew.
async fn photos(asked: &[&Question], sent: &mut Sent) -> Result<Vec<(String, Vec<u8>)>, AppError> {
    let mut kept = Vec::new();
    for question in asked.iter().filter(|question| question.kind == Kind::Photo) {
        let Some(SentFile { bytes, .. }) = sent.take(&question.id) else { continue };
        match photo::redraw(bytes).await {
            Ok(photo) => kept.push((question.id.clone(), photo)),
            Err(PhotoError::Unreadable(_)) => return Err(Rule::new("verification-photo").into()),
            Err(error) => return Err(anyhow::Error::from(error).into()),
        }
    }
    Ok(kept)
}

/// Saves the draft with its photos in one transaction.
async fn keep(app: &App, me: &Me, loaded: &mut Loaded, photos: Vec<(String, Vec<u8>)>) -> Result<(), AppError> {
    let mut stored = Vec::new();
    for (question, photo) in photos {
        let file = app.files.store_bytes(&photo, &app.entropy.token()).await.map_err(anyhow::Error::from)?;
        stored.push((question, file));
    }
    let change = me.change(app).await?;
    for (question, file) in stored {
        let new = NewAttachment {
            sha256: &file.sha256,
            name: "foto.jpg",
            media_type: "image/jpeg",
            size: file.size,
            kind: &question,
            subject: ("assignment", loaded.target.id),
            area: Some(loaded.target.village),
        };
        let photo = store::attachments::add(&change, &new).await?;
        if let Some(former) = loaded.answers.photos.insert(question, photo) {
            v::drop_photo(&change, &loaded.target, former).await?;
        }
    }
    v::save_draft(&change, &loaded.target, &app.entropy.token(), &loaded.answers).await?;
    change.commit().await?;
    loaded.draft = v::draft(&me.reading(app), loaded.target.id).await?;
    Ok(())
}

/// Sends the visit. However often the button is pressed, it is recorded once.
pub async fn send(State(app): State<App>, me: Me, Path(id): Path<i64>, form: Form) -> Result<Response, AppError> {
    let command = form.text("command").to_owned();
    let change = me.change(&app).await?;
    let draft = v::draft(&change, id).await?;
    let answers = draft.map_or_else(Answers::default, |draft| draft.answers);
    let at = change.at().to_owned();
    let sent = v::record_visit(&change, id, &command, &at, &answers).await;
    let (visit, effect) = match sent {
        Ok(sent) => sent,
        // something has changed since the summary was shown: it says what
        Err(VerificationError::Answers(_)) => return Ok(see(format!("/verval/kunjungan/{id}/periksa"))),
        Err(error) => return Err(error.into()),
    };
    change.commit().await?;
    let key = match effect {
        Effect::Stands => "verification-sent",
        Effect::Repeated => "verification-sent-again",
        Effect::Beside => "verification-sent-beside",
        Effect::Conflict => "verification-sent-conflict",
    };
    me.flash(me.lang.t(key)).await;
    Ok(see(format!("/verval/catatan/{visit}")))
}

/// The office decides which of the versions stands.
pub async fn decide(State(app): State<App>, me: Me, Path(id): Path<i64>, form: Form) -> Result<Response, AppError> {
    let visit: i64 = form.text("visit").parse().unwrap_or_default();
    let change = me.change(&app).await?;
    match v::decide(&change, id, visit, form.text("reason")).await {
        Ok(()) => change.commit().await?,
        Err(VerificationError::NoReason) => {
            drop(change);
            let rule = crate::verification::rule(&VerificationError::NoReason).message(me.lang).to_string();
            let page = two_page(&app, &me, id, Some(rule), form.text("reason").to_owned()).await?;
            return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
        Err(error) => return Err(error.into()),
    }
    me.flash(me.lang.t("verification-decided")).await;
    Ok(see(format!("/verval/catatan/{visit}")))
}
