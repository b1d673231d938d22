//! `tuntas journal`: proves that nobody has changed what is written in it.

use std::process::ExitCode;

use clap::Subcommand;
use store::{Actor, journal};

use crate::App;

#[derive(Subcommand, Debug)]
pub enum Journal {
    /// Recompute every seal: 0 the journal is whole, 1 it was changed
    Verify {
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
}

pub async fn run(app: &App, command: Journal) -> anyhow::Result<ExitCode> {
    let Journal::Verify { json } = command;
    let actor = Actor::program("tuntas journal");
    let found = journal::verify(&app.store.read(&actor)).await?;
    if json {
        say!("{}", serde_json::to_string(&found)?);
    } else {
        match found.broken_at {
            None => {
                say!("whole: {} entries under {} seals, {} not sealed yet", found.entries, found.seals, found.open);
            }
            Some(entry) => say!(
                "CHANGED: the seal over the entries up to {entry} does not fit; keep this database and compare it with the last backup"
            ),
        }
    }
    Ok(if found.broken_at.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
