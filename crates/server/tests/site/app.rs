//! A whole Tuntas without network: an empty database, a fixed clock, seeded randomness, and visitors with cookies.
//!
//! `TestApp::new(&store)`, then `app.visitor(Role::OfficeStaff, None).await` and `visitor.get("/daftar").await`.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::{FixedOffset, TimeZone, Utc};
use domain::{AreaCode, access::Role};
use server::{
    App,
    access::password,
    clock::{Clock, Entropy},
    config::Config,
    router,
};
use store::{
    Actor, Store,
    access::{Grant, NewUser, create_user},
};
use tower::ServiceExt;

pub struct TestApp {
    pub app: App,
    router: Router,
    _folder: tempfile::TempDir,
}

/// The password of every test user.
pub const PASSWORD: &str = "rahasia-sekali";

impl TestApp {
    pub fn new(store: &Store) -> Self {
        // what went wrong inside is told where a test fails
        let _ = tracing_subscriber::fmt().with_env_filter("error").with_test_writer().try_init();
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config {
            data: folder.path().to_owned(),
            database: None,
            listen: ([127, 0, 0, 1], 0).into(),
            office: None,
            language: server::i18n::Lang::default(),
            zone: FixedOffset::east_opt(7 * 3600).expect("WIB"),
            https: false,
        };
        let now = Utc.with_ymd_and_hms(2026, 11, 21, 2, 0, 0).single().expect("a moment");
        let app = App::new(store.clone(), config, Clock::Fixed(now), Entropy::seeded(9901));
        Self { router: router::site(&app), app, _folder: folder }
    }

    /// A user with one role (in one area, or in the whole district), signed in.
    pub async fn visitor(&self, role: Role, area: Option<AreaCode>) -> Visitor<'_> {
        let login = format!("{role}-{}", area.map_or_else(|| "all".to_owned(), |a| a.number().to_string()));
        let actor = Actor::program("test");
        let change = self.app.store.change(&actor, "2026-11-21T02:00:00Z").await.expect("begins");
        let hash = password::hash(PASSWORD).await.expect("hashes");
        let new = NewUser {
            login: &login,
            name: "Petugas Contoh",
            password_hash: &hash,
            must_change_password: false,
            nip: None,
            position: None,
            acting: false,
            agency_id: None,
        };
        let grant = Grant { role, area, valid_from: "2026-01-01".into(), valid_until: None };
        create_user(&change, &new, &[grant]).await.expect("creates");
        change.commit().await.expect("commits");
        let mut visitor = self.nobody();
        let answer = visitor.post("/masuk", &[("login", &login), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{login} signs in: {}", answer.body);
        visitor
    }

    /// Somebody not signed in.
    pub fn nobody(&self) -> Visitor<'_> {
        Visitor { app: self, cookie: None }
    }
}

pub struct Visitor<'a> {
    app: &'a TestApp,
    cookie: Option<String>,
}

pub struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    pub body: String,
    pub headers: header::HeaderMap,
}

impl Visitor<'_> {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// The bytes of a file.
    pub async fn get_bytes(&mut self, path: &str) -> Vec<u8> {
        let answer = self.send_raw(Request::get(path).body(Body::empty()).expect("a request")).await;
        axum::body::to_bytes(answer.into_body(), 64 * 1024 * 1024).await.expect("a body").to_vec()
    }

    /// Posts a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect::<Vec<_>>().join("&");
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    /// The bytes of a file that a form asks for.
    pub async fn post_bytes(&mut self, path: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        let body = fields.iter().map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect::<Vec<_>>().join("&");
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = self.send_raw(request.body(Body::from(body)).expect("a request")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path} gives a file");
        axum::body::to_bytes(answer.into_body(), 64 * 1024 * 1024).await.expect("a body").to_vec()
    }

    /// Posts a form with files: `(field, file name, bytes)`.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        const LINE: &str = "tuntas-test-boundary";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--{LINE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes(),
            );
        }
        for (name, file, bytes) in files {
            body.extend(format!("--{LINE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n").into_bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{LINE}--\r\n").into_bytes());
        let request = Request::post(path).header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={LINE}"));
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    async fn send_raw(&mut self, mut request: Request<Body>) -> axum::response::Response {
        request.headers_mut().insert(header::HOST, "localhost".parse().expect("a host"));
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse().expect("a cookie"));
        }
        let response = self.app.router.clone().oneshot(request).await.expect("the site answers");
        if let Some(set) = response.headers().get(header::SET_COOKIE) {
            let text = set.to_str().expect("a cookie");
            self.cookie = Some(text.split(';').next().unwrap_or_default().to_owned());
        }
        response
    }

    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.send_raw(request).await;
        let status = response.status();
        let headers = response.headers().clone();
        let location = headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let bytes = axum::body::to_bytes(response.into_body(), 64 * 1024 * 1024).await.expect("a body");
        Answer { status, location, body: String::from_utf8_lossy(&bytes).into_owned(), headers }
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
