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
mod users;
mod words;

pub use guard::{Me, Visitor, guard, identify};
pub use session::{flash, session_layer, take_flash};
pub use words::Words;

use domain::access::Right;

use crate::router::{Need, Route, get, post};

pub fn routes() -> Vec<Route> {
    vec![
        get("/masuk", Need::Public, pages::log_in),
        post("/masuk", Need::Public, actions::log_in),
        post("/keluar", Need::SignedIn, actions::log_out),
        post("/bahasa", Need::Public, actions::language),
        post("/cari", Need::Right(Right::SeeFamilies), words::look_for),
        get("/sandi", Need::SignedIn, users::own_password),
        post("/sandi", Need::SignedIn, users::set_own_password),
        get("/pengguna", Need::Right(Right::Administer), users::list),
        get("/pengguna/baru", Need::Right(Right::Administer), users::new),
        post("/pengguna/baru", Need::Right(Right::Administer), users::create),
        get("/pengguna/{id}", Need::Right(Right::Administer), users::user),
        post("/pengguna/{id}/peran", Need::Right(Right::Administer), users::grant),
        post("/pengguna/{id}/peran/{grant}/akhiri", Need::Right(Right::Administer), users::end_grant),
        post("/pengguna/{id}/nonaktif", Need::Right(Right::Administer), users::disable),
        post("/pengguna/{id}/aktif", Need::Right(Right::Administer), users::enable),
        post("/pengguna/{id}/sandi", Need::Right(Right::Administer), users::reset),
        get("/pengaturan", Need::Right(Right::Administer), users::settings),
        post("/pengaturan", Need::Right(Right::Administer), users::set_settings),
    ]
}
