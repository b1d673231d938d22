//! What happens at an event: opening, marking a line, taking a mark back, passing a line on.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::Rupiah;
use domain::delivery::{FailReason, Mark, Proof, Proxy, Refusal};
use store::delivery::{self, HandOver, Marked, ProofFile, Refused, Replacement};

use super::{
    pages,
    phone::{self, Step},
    rule, signature, words,
};
use crate::{
    App, AppError,
    access::Me,
    error::{Rule, see, with_status},
    forms::Form,
    photo,
    uploads::Sent,
};

pub async fn open(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    let brought = Rupiah::parse(form.text("brought")).filter(|amount| amount.0 >= 0);
    if let Some(brought) = brought {
        let change = me.change(&app).await?;
        match delivery::open(&change, id, brought.0, form.text("note")).await {
            Ok(()) => {
                change.commit().await?;
                me.flash(me.lang.t("delivery-flash-opened")).await;
                return Ok(see(format!("/penyaluran/{id}")));
            }
            Err(refused @ Refused::BroughtDiffers { .. }) => form.broken("note", &rule(refused)?, me.lang),
            Err(refused) => return Err(refused.into()),
        }
    } else {
        form.broken("brought", &Rule::new("delivery-brought"), me.lang);
    }
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, pages::load(&app, &me, id, form).await?))
}

pub async fn cancel(State(app): State<App>, me: Me, Path(id): Path<i64>, form: Form) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    delivery::cancel(&change, id, form.text("reason")).await?;
    change.commit().await?;
    me.flash(me.lang.t("delivery-flash-cancelled")).await;
    Ok(see(format!("/penyaluran/{id}")))
}

/// Marks a line. Sent twice it is done once; somebody else's mark is told, not overwritten.
pub async fn mark(
    State(app): State<App>,
    me: Me,
    Path(token): Path<String>,
    mut sent: Sent,
) -> Result<Response, AppError> {
    let step = Step::from_word(sent.form.text("langkah"));
    let Some(hand_over) = read(&app, &me, step, &mut sent).await? else {
        return phone::again(&app, &me, &token, step, sent.form).await;
    };
    let change = me.change(&app).await?;
    match delivery::mark(&change, &token, &hand_over).await {
        Ok(Marked::Done(line)) => {
            let event = delivery::event(&change, line.event_id).await?.ok_or(AppError::NotFound)?;
            change.commit().await?;
            let ui = me.ui(&app).await;
            let text = me
                .lang
                .msg(format!("delivery-flash-{}", line.state))
                .s("what", words::gets(&ui, &event, line.amount))
                .s("name", domain::name::display(&line.head_name));
            me.flash(text).await;
            Ok(see(format!("/u/{token}")))
        }
        Ok(Marked::Repeated(_)) => Ok(see(format!("/u/{token}"))),
        Ok(Marked::Already(line)) => {
            drop(change);
            let by = line.served_by.unwrap_or_else(|| "Tuntas".to_owned());
            me.flash(me.lang.msg("delivery-flash-already").s("by", by)).await;
            Ok(see(format!("/u/{token}")))
        }
        Err(refused) => {
            drop(change);
            let Some(field) = field(&refused) else { return Err(refused.into()) };
            sent.form.broken(field, &rule(refused)?, me.lang);
            phone::again(&app, &me, &token, step, sent.form).await
        }
    }
}

/// The field a refusal belongs to; what belongs to none is an error page.
const fn field(refused: &Refused) -> Option<&'static str> {
    match refused {
        Refused::Mark(Refusal::NoProof) => Some("photo"),
        Refused::Mark(Refusal::ProxyOutsideFamily | Refusal::ProxyTooYoung) => Some("member"),
        Refused::Mark(Refusal::AttorneyIncomplete) => Some("attorney_name"),
        Refused::Mark(Refusal::ReasonMissing) => Some("note"),
        _ => None,
    }
}

/// The mark a form means, with its pictures stored; `None` with faults in the form.
async fn read(app: &App, me: &Me, step: Step, sent: &mut Sent) -> Result<Option<HandOver>, AppError> {
    let command = sent.form.required("command", me.lang);
    let mark = match step {
        Step::Look => return Err(AppError::BadRequest("no step".to_owned())),
        Step::Absent => Mark::Absent,
        Step::Fail => {
            let Some(reason) = FailReason::from_word(sent.form.text("reason")) else {
                sent.form.broken("reason", &Rule::new("delivery-fail-choose"), me.lang);
                return Ok(None);
            };
            Mark::Failed { reason, note: sent.form.text("note").to_owned() }
        }
        Step::Receive | Step::Proxy => {
            let proxy = if step == Step::Proxy { Some(proxy(&mut sent.form, me)) } else { None };
            if let Some(None) = proxy {
                return Ok(None);
            }
            let Some((proofs, files)) = proofs(app, me, sent).await? else { return Ok(None) };
            let mark = match proxy.flatten() {
                Some(proxy) => Mark::Proxy { proxy, proofs },
                None => Mark::Received { proofs },
            };
            return Ok(Some(HandOver { mark, files, position: position(&sent.form), command }));
        }
    };
    Ok(Some(HandOver { mark, files: Vec::new(), position: None, command }))
}

fn proxy(form: &mut Form, me: &Me) -> Option<Proxy> {
    match form.text("member") {
        "attorney" => Some(Proxy::Attorney {
            name: form.text("attorney_name").to_owned(),
            letter: form.text("attorney_letter").to_owned(),
        }),
        person => {
            let person = person.parse().ok();
            if person.is_none() {
                form.broken("member", &Rule::new("delivery-member-choose"), me.lang);
            }
            person.map(|person| Proxy::Member { person })
        }
    }
}

fn position(form: &Form) -> Option<(f64, f64)> {
    let read = |name: &str, most: f64| form.text(name).parse::<f64>().ok().filter(|value| value.abs() <= most);
    read("position-lat", 90.0).zip(read("position-lon", 180.0))
}

/// The proofs of a handover, their pictures drawn anew and stored on disk.
async fn proofs(app: &App, me: &Me, sent: &mut Sent) -> Result<Option<(Vec<Proof>, Vec<ProofFile>)>, AppError> {
    let mut proofs = Vec::new();
    let mut files = Vec::new();
    for (field, proof) in [("photo", Proof::Photo), ("thumb", Proof::Thumb)] {
        let Some(file) = sent.take(field) else { continue };
        let Ok(picture) = photo::redraw(file.bytes).await else {
            sent.form.broken(field, &Rule::new("delivery-photo-unreadable"), me.lang);
            return Ok(None);
        };
        files.push(keep(app, proof, "image/jpeg", &picture).await?);
        proofs.push(proof);
    }
    if let Some(drawn) = sent.form.some("signature").and_then(signature::clean) {
        files.push(keep(app, Proof::Signature, "image/svg+xml", drawn.as_bytes()).await?);
        proofs.push(Proof::Signature);
    }
    if sent.form.has("paper", "1") {
        proofs.push(Proof::Paper);
    }
    Ok(Some((proofs, files)))
}

async fn keep(app: &App, proof: Proof, media_type: &str, bytes: &[u8]) -> Result<ProofFile, AppError> {
    let stored = app.files.store_bytes(bytes, &app.entropy.token()).await.map_err(anyhow::Error::from)?;
    Ok(ProofFile { proof, sha256: stored.sha256, media_type: media_type.to_owned(), size: stored.size })
}

pub async fn undo(
    State(app): State<App>,
    me: Me,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, AppError> {
    let command = form.required("command", me.lang);
    let change = me.change(&app).await?;
    match delivery::undo(&change, &token, form.text("reason"), &command).await {
        Ok(_) => {
            change.commit().await?;
            me.flash(me.lang.t("delivery-flash-undone")).await;
            Ok(see(format!("/u/{token}")))
        }
        Err(refused @ Refused::Mark(Refusal::ReasonMissing)) => {
            drop(change);
            form.broken("reason", &rule(refused)?, me.lang);
            phone::again(&app, &me, &token, Step::Look, form).await
        }
        Err(refused) => Err(refused.into()),
    }
}

/// Passes a line on to another family; its own line is then served like any other.
pub async fn reassign(
    State(app): State<App>,
    me: Me,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, AppError> {
    if form.some("search").is_some() {
        return phone::replace_again(&app, &me, &token, form).await;
    }
    let family = form.text("family").parse();
    if family.is_err() {
        form.broken("family", &Rule::new("delivery-family-choose"), me.lang);
    }
    form.required("minutes", me.lang);
    form.required("reason", me.lang);
    if !form.is_sound() {
        return phone::replace_again(&app, &me, &token, form).await;
    }
    let replacement = Replacement {
        family: family.unwrap_or(0),
        minutes: form.text("minutes").to_owned(),
        reason: form.text("reason").to_owned(),
        command: form.required("command", me.lang),
    };
    let change = me.change(&app).await?;
    let mut fresh = app.entropy.token();
    match delivery::reassign(&change, &token, &replacement, || std::mem::take(&mut fresh)).await {
        Ok(marked) => {
            let done = matches!(marked, Marked::Done(_));
            let to = marked.line().to_line_id;
            let event = marked.line().event_id;
            let next = match to {
                Some(to) => delivery::numbers(&change, &[to]).await?.first().map(|(_, number, _)| *number),
                None => None,
            };
            let filter = delivery::LineFilter { numbers: next.into_iter().collect(), ..Default::default() };
            let line = match next {
                Some(_) => delivery::lines(&change, event, &filter, 1).await?.pop(),
                None => None,
            };
            change.commit().await?;
            if done {
                me.flash(me.lang.t("delivery-flash-reassigned")).await;
            }
            Ok(see(format!("/u/{}", line.map_or(token, |line| line.token))))
        }
        Err(
            refused @ (Refused::ReplacementEnrolled
            | Refused::ReplacementBlocked(_)
            | Refused::MinutesMissing
            | Refused::ReasonMissing),
        ) => {
            drop(change);
            let field = match refused {
                Refused::MinutesMissing => "minutes",
                Refused::ReasonMissing => "reason",
                _ => "family",
            };
            form.broken(field, &rule(refused)?, me.lang);
            phone::replace_again(&app, &me, &token, form).await
        }
        Err(refused) => Err(refused.into()),
    }
}
