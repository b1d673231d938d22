//! Log in, log out, change the language.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::Duration;
use store::{Actor, access};

use super::{
    Me, Visitor,
    guard::{address, own_path, referer},
    pages::LogIn,
    password,
    session::{LANGUAGE, USER},
};
use crate::{
    App, AppError,
    clock::stamp,
    error::{see, with_status},
    forms::Form,
    i18n::Lang,
    ui::Ui,
};

/// So many wrong passwords for one login within [`WINDOW_MINUTES`], and it must wait until the window has passed.
const TRIES: i64 = 5;
const WINDOW_MINUTES: i64 = 15;

pub async fn log_in(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    mut form: Form,
) -> Result<Response, AppError> {
    let lang = visitor.lang;
    let (login, typed) = (form.required("login", lang), form.required("password", lang));
    let program = Actor::program("session");
    if form.is_sound() {
        let reading = app.store.read(&program);
        let since = stamp(app.clock.now() - Duration::minutes(WINDOW_MINUTES));
        if access::failures_since(&reading, &login, &since).await? >= TRIES {
            form.fault("login", lang.msg("access-too-many-tries").n("minutes", WINDOW_MINUTES));
        } else {
            let user = access::user_by_login(&reading, &login).await?.filter(|user| user.disabled_at.is_none());
            let right = password::verify(&typed, user.as_ref().map(|user| user.password.as_str())).await?;
            // the journal names whoever came in; a try that failed has no name but the address
            let known = Actor {
                user: user.as_ref().filter(|_| right).map(|u| u.id),
                name: user.as_ref().filter(|_| right).map_or_else(|| program.name.clone(), |u| u.name.clone()),
                ..program.clone()
            };
            let change = app.store.change(&known, &app.clock.stamp()).await?;
            let from = address(&headers, app.config.https);
            access::record_attempt(&change, &login, &from, user.as_ref().map(|u| u.id), right).await?;
            change.commit().await?;
            if let Some(user) = user.filter(|_| right) {
                // a new id, so that nobody who knew the old one comes in with us
                visitor.session.cycle_id().await.map_err(anyhow::Error::from)?;
                visitor.session.insert(USER, user.id).await.map_err(anyhow::Error::from)?;
                visitor.session.insert(LANGUAGE, &user.language).await.map_err(anyhow::Error::from)?;
                return Ok(see(own_path(form.text("ke"))));
            }
            form.fault("login", lang.t("access-wrong-login"));
        }
    }
    let ui = Ui::for_visitor(&app, &visitor, "/masuk").await;
    let target = form.text("ke").to_owned();
    form.set("password", "");
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, LogIn { ui, form, target }))
}

pub async fn log_out(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    change
        .record(store::journal::Entry {
            verb: "session.closed",
            subject: ("user", me.user.id),
            area: None,
            reason: None,
            data: serde_json::json!({}),
        })
        .await?;
    change.commit().await?;
    me.session.flush().await.map_err(anyhow::Error::from)?;
    Ok(see("/masuk"))
}

pub async fn language(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, AppError> {
    if let Some(lang) = Lang::from_code(form.text("language")) {
        visitor.session.insert(LANGUAGE, lang.code()).await.map_err(anyhow::Error::from)?;
        if let Some((user, actor)) = &visitor.signed_in {
            let change = app.store.change(actor, &app.clock.stamp()).await?;
            access::set_language(&change, user.id, lang.code()).await?;
            change.commit().await?;
        }
    }
    Ok(see(referer(&headers)))
}
