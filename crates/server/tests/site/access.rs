//! Log-in, throttling, and what every answer carries.

use axum::http::StatusCode;
use domain::access::Role;
use store::Actor;
use testkit::{both_databases, builders, databases::NOW};

use crate::app::{TestApp, Visitor};

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

    async fn an_administrator_takes_somebody_in_with_a_role_that_fits_its_area(store: Store) {
        let app = TestApp::new(&store);
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        change.commit().await.expect("commits");
        let village = villages[0].to_string();
        let mut admin = app.visitor(Role::Administrator, None).await;
        let person = |role: &'static str, area: &str| {
            [("login", "sari".to_owned()), ("name", "Sari Dewi".to_owned()), ("role", role.to_owned()), ("area", area.to_owned())]
        };
        let create = async |admin: &mut Visitor<'_>, role: &'static str, area: &str| {
            let fields = person(role, area);
            admin.post("/pengguna/baru", &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await
        };
        for (role, area, refused) in [
            ("head_of_office", village.as_str(), "Peran ini untuk seluruh kabupaten"),
            ("administrator", "99.01.01", "Peran ini untuk seluruh kabupaten"),
            ("village_operator", "", "Operator desa bertugas di satu desa"),
            ("village_operator", "99.01.01", "Operator desa bertugas di satu desa"),
        ] {
            let answer = create(&mut admin, role, area).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{role} {area}");
            assert!(answer.body.contains(refused) && answer.body.contains("Sari Dewi"), "{role} {area}: {}", answer.body);
        }
        let made = create(&mut admin, "village_operator", &village).await;
        assert_eq!(made.status, StatusCode::OK);
        let first = made.body.split("t-mono\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a first password").to_owned();
        let user = made.body.split("href=\"/pengguna/").nth(1).and_then(|rest| rest.split('"').next()).expect("a user").to_owned();

        // the first password opens nothing but the page that changes it
        let mut sari = app.nobody();
        sari.post("/masuk", &[("login", "sari"), ("password", &first)]).await;
        assert_eq!(sari.get("/keluarga").await.location.as_deref(), Some("/sandi"));
        let changed = sari.post("/sandi", &[("old", &first), ("new", "rahasia panjang 7"), ("again", "rahasia panjang 7")]).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
        assert_eq!(sari.get("/keluarga").await.status, StatusCode::OK);

        // a second role stands under the same rule; who is shut out is out at once
        let wrong = admin.post(&format!("/pengguna/{user}/peran"), &[("role", "auditor"), ("area", &village)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let given = admin.post(&format!("/pengguna/{user}/peran"), &[("role", "companion"), ("area", "99.01.01")]).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
        assert_eq!(admin.post(&format!("/pengguna/{user}/nonaktif"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(sari.get("/keluarga").await.status, StatusCode::SEE_OTHER);
    }
}
