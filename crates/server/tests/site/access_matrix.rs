//! Who may open what: the reviewed matrix, and the proof that the guard keeps to it on every route.
//!
//! `access_matrix.txt` is printed from the list of routes; a change of it is a change of who may do what, and is reviewed.
//!

use std::fmt::Write as _;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use domain::access::Role;
use server::router::{Need, Route, routes};
use testkit::both_databases;

use crate::app::TestApp;

fn may(role: Role, need: Need) -> bool {
    need.is_met(|right| role.may(right))
}

fn words(need: Need) -> String {
    match need {
        Need::Public => "public".to_owned(),
        Need::SignedIn => "signed in".to_owned(),
        Need::Right(right) => right.to_string(),
        Need::AnyOf(rights) => rights.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "),
        Need::AllOf(rights) => rights.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + "),
    }
}

#[test]
fn the_matrix_is_the_reviewed_one() {
    let mut text = String::from(
        "Columns: administrator, office staff, verifier, head of office, agency staff, village operator, companion, TKSK, planner, regent, auditor\n\n",
    );
    for route in routes() {
        let marks: String = Role::ALL.iter().map(|role| if may(*role, route.need) { 'x' } else { '.' }).collect();
        writeln!(text, "{marks}  {:<4} {:<56} {}", route.method.as_str(), route.path, words(route.need))
            .expect("writes");
    }
    insta::assert_snapshot!("access_matrix", text);
}

#[test]
fn no_route_is_listed_twice() {
    let mut seen: Vec<(Method, &str)> = Vec::new();
    for route in routes() {
        let key = (route.method.clone(), route.path);
        assert!(!seen.contains(&key), "{key:?}");
        seen.push(key);
    }
}

/// A request for the route; ids are made up, because the guard comes before anything is looked up.
fn request(route: &Route) -> Request<Body> {
    let mut path = String::new();
    for part in route.path.split('/').skip(1) {
        path.push('/');
        path.push_str(if part.starts_with('{') { "999999" } else { part });
    }
    Request::builder().method(route.method.clone()).uri(path).body(Body::empty()).expect("a request")
}

both_databases! {
    async fn every_route_turns_away_who_may_not(store: Store) {
        let app = TestApp::new(&store);
        let mut visitors = Vec::new();
        for role in Role::ALL {
            visitors.push((*role, app.visitor(*role, None).await));
        }
        for route in routes() {
            if route.need == Need::Public {
                continue;
            }
            let answer = app.nobody().send(request(&route)).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "nobody: {} {}", route.method, route.path);
            assert!(answer.location.is_some_and(|to| to.starts_with("/masuk")), "nobody: {}", route.path);
            // logging out would end the visitor's session for the routes after it
            if route.path == "/keluar" {
                continue;
            }
            for (role, visitor) in &mut visitors {
                let answer = visitor.send(request(&route)).await;
                let refused = answer.status == StatusCode::FORBIDDEN;
                assert_eq!(refused, !may(*role, route.need), "{role}: {} {} answered {}", route.method, route.path, answer.status);
                assert!(answer.status != StatusCode::INTERNAL_SERVER_ERROR, "{role}: {} {} failed", route.method, route.path);
            }
        }
    }
}
