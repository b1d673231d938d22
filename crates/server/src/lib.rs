//! The program tuntas: command line, router, one folder per stage, assets, locales.

pub mod ui;
