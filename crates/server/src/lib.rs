//! The program: command line, router, one folder per stage (pages, actions, jobs, templates), assets, locales.
//!
//! Start at [`router`]: the whole site is one list of routes, each with the right it needs. A stage folder always holds
//! `mod.rs` (a tour and the routes), `pages.rs` (GET), `actions.rs` (POST), `jobs.rs` (long work), `templates/`.

#[macro_use]
pub mod say;

pub mod access;
pub mod app;
pub mod areas;
pub mod clock;
pub mod command;
pub mod config;
pub mod delivery;
pub mod demo;
pub mod doctor;
pub mod documents;
pub mod error;
pub mod figures;
pub mod files;
pub mod forms;
pub mod home;
pub mod i18n;
pub mod jobs;
pub mod journal;
pub mod link;
pub mod lists;
pub mod monitoring;
pub mod outage;
pub mod photo;
pub mod programmes;
pub mod registry;
pub mod router;
pub mod serve;
pub mod targeting;
pub mod ui;
pub mod uploads;
pub mod verification;

/// Lists are millions of short texts: see `docs/decisions/010-memory.md`.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub use app::App;
pub use error::{AppError, Page};
