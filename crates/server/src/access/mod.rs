//! Who comes in and what they may do: log-in, sessions, the guard before every route.
//!
//! [`identify`] finds out who asks, [`guard`] lets in or turns away, [`Me`] hands the actor to a handler. Where an actor
//! may look is the store's business: its handles carry the actor's area scope.

mod actions;
pub mod command;
mod guard;
mod pages;
pub mod password;
mod session;

pub use guard::{Me, Visitor, guard, identify};
pub use session::{flash, session_layer, take_flash};

use crate::router::{Need, Route, get, post};

pub fn routes() -> Vec<Route> {
    vec![
        get("/masuk", Need::Public, pages::log_in),
        post("/masuk", Need::Public, actions::log_in),
        post("/keluar", Need::SignedIn, actions::log_out),
        post("/bahasa", Need::Public, actions::language),
    ]
}
