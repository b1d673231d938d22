//! Log-in, throttling, and what every answer carries.

use axum::http::StatusCode;
use domain::access::Role;
use testkit::both_databases;

use crate::app::TestApp;

both_databases! {
    async fn a_page_asks_to_log_in_first(store: Store) {
        let app = TestApp::new(&store);
        let answer = app.nobody().get("/").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.location.as_deref(), Some("/masuk?ke=/"));
        assert!(answer.headers.contains_key("content-security-policy"));
        assert_eq!(answer.headers["cache-control"], "no-store");
    }

    async fn five_wrong_passwords_close_the_login_for_a_while(store: Store) {
        let app = TestApp::new(&store);
        app.visitor(Role::OfficeStaff, None).await;
        for _ in 0..5 {
            let answer = app.nobody().post("/masuk", &[("login", "office_staff-all"), ("password", "salah")]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.body.contains("Nama pengguna atau kata sandi salah"));
        }
        let answer = app.nobody().post("/masuk", &[("login", "office_staff-all"), ("password", crate::app::PASSWORD)]).await;
        assert!(answer.body.contains("Terlalu sering salah"));
    }

    async fn a_form_from_another_site_is_refused(store: Store) {
        let app = TestApp::new(&store);
        let mut visitor = app.visitor(Role::OfficeStaff, None).await;
        let request = axum::http::Request::post("/keluar")
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://evil.example")
            .body(axum::body::Body::empty())
            .expect("a request");
        assert_eq!(visitor.send(request).await.status, StatusCode::FORBIDDEN);
        assert_eq!(visitor.get("/").await.status, StatusCode::OK);
    }

    async fn the_language_follows_the_user(store: Store) {
        let app = TestApp::new(&store);
        let mut visitor = app.visitor(Role::OfficeStaff, None).await;
        assert!(visitor.get("/").await.body.contains("lang=\"id\""));
        visitor.post("/bahasa", &[("language", "en")]).await;
        assert!(visitor.get("/").await.body.contains("<html lang=\"en\">"));
    }

    async fn what_a_role_may_not_do_is_answered_so(store: Store) {
        let app = TestApp::new(&store);
        let mut visitor = app.visitor(Role::Verifier, None).await;
        let answer = visitor.get("/jejak").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.body.contains("Anda tidak berwenang"));
        assert_eq!(visitor.get("/tidak-ada").await.status, StatusCode::NOT_FOUND);
    }
}
