//! The whole site as one list: every route with what it needs. There is no other way to add a page, so the access matrix
//! printed from this list is complete by construction.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{self, MethodRouter},
};
use domain::access::Right;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer, set_header::SetResponseHeaderLayer,
};

use crate::{
    App, access, areas, delivery, documents, error, home, journal, lists, monitoring, programmes, registry, targeting,
    ui, verification,
};

/// What a route asks of whoever comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Anybody, signed in or not.
    Public,
    /// Anybody signed in.
    SignedIn,
    /// A role with this right, on the day.
    Right(Right),
    /// A role with any of these rights.
    AnyOf(&'static [Right]),
    /// All of these rights, by whatever roles.
    AllOf(&'static [Right]),
}

impl Need {
    /// The rights it speaks of.
    pub fn rights(&self) -> &[Right] {
        match self {
            Self::Public | Self::SignedIn => &[],
            Self::Right(right) => std::slice::from_ref(right),
            Self::AnyOf(rights) | Self::AllOf(rights) => rights,
        }
    }

    /// Whether somebody signed in who has these rights may come.
    pub fn is_met(&self, may: impl Fn(Right) -> bool) -> bool {
        match self {
            Self::AnyOf(rights) => rights.iter().any(|right| may(*right)),
            _ => self.rights().iter().all(|right| may(*right)),
        }
    }
}

/// One route of the site.
#[derive(Clone, Debug)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub need: Need,
    handler: MethodRouter<App>,
    /// Largest body taken, bytes; forms need little, uploads say so.
    body_limit: usize,
}

const FORM_LIMIT: usize = 2 * 1024 * 1024;

/// A page.
pub fn get<H, T>(path: &'static str, need: Need, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    Route { method: Method::GET, path, need, handler: routing::get(handler), body_limit: FORM_LIMIT }
}

/// An action.
pub fn post<H, T>(path: &'static str, need: Need, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    Route { method: Method::POST, path, need, handler: routing::post(handler), body_limit: FORM_LIMIT }
}

impl Route {
    /// Takes bodies up to this many bytes.
    #[must_use]
    pub const fn takes(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }
}

/// Every route, in the order of the chain.
pub fn routes() -> Vec<Route> {
    [
        ui::assets::routes(),
        access::routes(),
        home::routes(),
        lists::routes(),
        registry::routes(),
        areas::routes(),
        verification::routes(),
        programmes::routes(),
        documents::routes(),
        targeting::routes(),
        delivery::routes(),
        monitoring::routes(),
        journal::routes(),
    ]
    .concat()
}

/// The site as a service: routes with their guards, sessions, and the headers of every answer.
pub fn site(app: &App) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let guard = middleware::from_fn_with_state((app.clone(), route.need), access::guard);
        let handler = route.handler.layer(DefaultBodyLimit::max(route.body_limit)).layer(guard);
        router = router.route(route.path, handler);
    }
    router
        .fallback(async || error::AppError::NotFound)
        .with_state(app.clone())
        .layer(middleware::from_fn_with_state(app.clone(), tell_errors))
        .layer(middleware::from_fn(name_next))
        .layer(middleware::from_fn_with_state(app.clone(), access::identify))
        .layer(access::session_layer(app))
        .layer(CsrfLayer::new())
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(header(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(
            header::HeaderName::from_static("permissions-policy"),
            "camera=(self), geolocation=(self), microphone=()",
        ))
}

/// No script, style or frame but our own; nothing inline.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

fn header(name: header::HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// A script that watches an upload asks for the next page's address alone: would it follow the redirect, it would take
/// the message that waits there before anybody has seen it.
async fn name_next(request: Request, next: Next) -> Response {
    let asked = request.headers().contains_key("x-name-next");
    let mut response = next.run(request).await;
    if asked && response.status() == StatusCode::SEE_OTHER {
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
    response
}

/// Turns an error on its way out into a page in the visitor's language; everything personal is not cached.
async fn tell_errors(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let visitor = request.extensions().get::<access::Visitor>().cloned();
    let mut response = next.run(request).await;
    if let (Some(told), Some(visitor)) = (response.extensions().get::<error::Told>().cloned(), visitor) {
        response = error::show(&told, ui::Ui::for_visitor(&app, &visitor, &path).await);
    }
    if !response.headers().contains_key(header::CACHE_CONTROL) {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response.into_response()
}
