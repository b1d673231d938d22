//! What `cargo xtask bench` cannot measure from outside: the chain's operations one by one on a loaded database
//! (`chain`), the pages of a running program under many users at once (`load`), and searches of a large registry
//! (`search`). Prints JSON lines; asserts nothing.

mod chain;
mod http;
mod load;
mod search;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    part: Part,
}

#[derive(Subcommand)]
enum Part {
    /// Verify, determine, enrol and plan every family of the newest committed list, printing the seconds of each step
    Chain(chain::Chain),
    /// Ask a running program for its busiest pages, as many users at once
    Load(load::Load),
    /// Search a made-up registry, loaded first where there is none
    Search(search::Searches),
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Arguments::parse().part {
        Part::Chain(chain) => chain::run(&chain).await,
        Part::Load(load) => load::run(load).await,
        Part::Search(search) => search::run(&search).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}
