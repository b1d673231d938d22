//! The first page after log-in: what waits for me, then the pipeline. What it shows follows the role.

mod pages;
mod tasks;

pub use tasks::{Task, tasks, to_check};

use crate::router::{Need, Route, get};

pub fn routes() -> Vec<Route> {
    vec![get("/", Need::SignedIn, pages::home)]
}
