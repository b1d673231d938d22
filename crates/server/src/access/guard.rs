//! Finding out who asks, and turning away who may not.

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::access::Right;
use store::{Actor, Reading, access::User};
use tower_sessions::Session;

use super::session::{LANGUAGE, USER};
use crate::{
    App, AppError,
    error::{Told, show},
    i18n::Lang,
    router::Need,
    ui::Ui,
};

/// Who asks, signed in or not; put into every request by [`identify`].
#[derive(Clone, Debug)]
pub struct Visitor {
    pub lang: Lang,
    pub session: Session,
    pub signed_in: Option<(User, Actor)>,
    /// The phone asks to be spared bytes: it gets its own font.
    pub save_data: bool,
}

/// Loads the session's user and today's roles. A disabled user is nobody from that moment on.
pub async fn identify(State(app): State<App>, session: Session, mut request: Request, next: Next) -> Response {
    let save_data = request.headers().get("save-data").is_some_and(|value| value == "on");
    match visitor(&app, session.clone(), save_data).await {
        Ok(visitor) => {
            request.extensions_mut().insert(visitor);
            next.run(request).await
        }
        Err(error) => {
            let nobody = Visitor { lang: Lang::default(), session, signed_in: None, save_data };
            let response = error.into_response();
            match response.extensions().get::<Told>().cloned() {
                Some(told) => show(&told, Ui::for_visitor(&app, &nobody, request.uri().path()).await),
                None => response,
            }
        }
    }
}

async fn visitor(app: &App, session: Session, save_data: bool) -> Result<Visitor, AppError> {
    let (Ok(chosen), Ok(id)) = (session.get::<String>(LANGUAGE).await, session.get::<i64>(USER).await) else {
        return Err(unanswered(app).await);
    };
    let chosen = chosen.and_then(|code| Lang::from_code(&code));
    let Some(id) = id else {
        return Ok(Visitor { lang: chosen.unwrap_or_default(), session, signed_in: None, save_data });
    };
    let program = Actor::program("session");
    let reading = app.store.read(&program);
    let user = store::access::user(&reading, id).await?.filter(|user| user.disabled_at.is_none());
    let Some(user) = user else {
        return Ok(Visitor { lang: chosen.unwrap_or_default(), session, signed_in: None, save_data });
    };
    let today = app.clock.today(app.config.zone).to_string();
    let actor = store::access::actor(&reading, &user, &today).await?;
    let lang = chosen.or_else(|| Lang::from_code(&user.language)).unwrap_or_default();
    Ok(Visitor { lang, session, signed_in: Some((user, actor)), save_data })
}

/// Sessions that cannot be asked for are no sessions that have ended: nobody is sent to log in again for it. What is the
/// matter the database says best itself.
async fn unanswered(app: &App) -> AppError {
    let program = Actor::program("session");
    match store::access::user(&app.store.read(&program), 0).await {
        Err(error) => error.into(),
        Ok(_) => anyhow::anyhow!("the session could not be read").into(),
    }
}

/// Lets in who has what the route needs; sends to the log-in page or answers "not allowed" otherwise.
pub async fn guard(State((_, need)): State<(App, Need)>, request: Request, next: Next) -> Response {
    let Some(visitor) = request.extensions().get::<Visitor>() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let allowed = match (need, &visitor.signed_in) {
        (Need::Public, _) => true,
        (_, None) => return to_log_in(&request),
        (need, Some((_, actor))) => need.is_met(|right| actor.may(right)),
    };
    if !allowed {
        return AppError::Forbidden.into_response();
    }
    // a password made up by somebody else is changed before anything else is done
    let first = visitor.signed_in.as_ref().is_some_and(|(user, _)| user.must_change_password);
    if first && need != Need::Public && !matches!(request.uri().path(), "/sandi" | "/keluar") {
        return Redirect::to("/sandi").into_response();
    }
    next.run(request).await
}

fn to_log_in(request: &Request) -> Response {
    if request.headers().contains_key("hx-request") {
        return (StatusCode::UNAUTHORIZED, [("hx-redirect", "/masuk")]).into_response();
    }
    if request.method() == Method::GET {
        let path = request.uri().path_and_query().map_or("/", |p| p.as_str());
        return Redirect::to(&format!("/masuk?ke={}", percent(path))).into_response();
    }
    Redirect::to("/masuk").into_response()
}

/// A path as the value of a query.
fn percent(path: &str) -> String {
    path.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => char::from(b).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// The signed-in user of a request, for handlers behind the guard.
#[derive(Clone, Debug)]
pub struct Me {
    pub user: User,
    pub actor: Actor,
    pub lang: Lang,
    pub session: Session,
    /// The path asked for, without its query.
    pub path: String,
    /// Whether htmx asks for a part of a page.
    pub partial: bool,
    visitor: Visitor,
}

impl Me {
    /// Reads within this user's scope.
    pub fn reading<'a>(&'a self, app: &'a App) -> Reading<'a> {
        app.store.read(&self.actor)
    }

    /// The one transaction of this request.
    pub async fn change<'a>(&'a self, app: &'a App) -> store::Result<store::Change<'a>> {
        app.store.change(&self.actor, &app.clock.stamp()).await
    }

    pub fn may(&self, right: Right) -> bool {
        self.actor.may(right)
    }

    /// What is taken out as a whole (a list's file, a decree) needs a role in the whole district.
    pub fn in_whole_district(&self) -> Result<(), AppError> {
        if self.actor.scope.is_everything() { Ok(()) } else { Err(AppError::Forbidden) }
    }

    /// The frame of the page about to be shown.
    pub async fn ui(&self, app: &App) -> Ui {
        Ui::for_visitor(app, &self.visitor, &self.path).await
    }

    /// Leaves a sentence for the next page.
    pub async fn flash(&self, text: impl ToString) {
        super::flash(&self.session, text).await;
    }

    /// The words looked for, by the key in the page's address.
    pub async fn words(&self, key: &str) -> super::Words {
        super::words::kept(&self.session, key).await
    }
}

impl FromRequestParts<App> for Me {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Self::Rejection> {
        let visitor = parts.extensions.get::<Visitor>().cloned().ok_or(AppError::Forbidden)?;
        let (user, actor) = visitor.signed_in.clone().ok_or(AppError::Forbidden)?;
        Ok(Self {
            user,
            actor,
            lang: visitor.lang,
            session: visitor.session.clone(),
            path: parts.uri.path().to_owned(),
            partial: parts.headers.contains_key("hx-request"),
            visitor,
        })
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| anyhow::anyhow!("a request was not identified").into())
    }
}

/// The address a request came from, for the log of attempts: the proxy's word only when the office runs behind one.
pub fn address(parts: &axum::http::HeaderMap, https: bool) -> String {
    let forwarded = parts.get("x-forwarded-for").and_then(|v| v.to_str().ok()).and_then(|v| v.split(',').next_back());
    if https { forwarded.unwrap_or("-").trim().to_owned() } else { "-".to_owned() }
}

/// A page to go to after log-in: only our own.
pub fn own_path(path: &str) -> &str {
    if path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') { path } else { "/" }
}

/// The page the form came from, for actions that return there.
pub fn referer(headers: &axum::http::HeaderMap) -> String {
    let from = headers.get(header::REFERER).and_then(|v| v.to_str().ok()).unwrap_or("/");
    let path = from.split_once("://").map_or(from, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
    own_path(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for path in ["//evil.example", "https://evil.example", "/\\evil.example", "masuk"] {
            assert_eq!(own_path(path), "/", "{path}");
        }
        assert_eq!(own_path("/daftar/4?x=1"), "/daftar/4?x=1");
    }
}
