//! What `cargo xtask bench` cannot measure from outside: the chain's operations one by one on a loaded database
//! (`chain`), the pages of a running program under many users at once (`load`), searches of a large registry (`search`),
//! and two lists compared (`compare`); `workbook` makes an XLSX of a CSV. Prints JSON lines; asserts nothing.

mod chain;
mod http;
mod lists;
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
    /// Compare two committed versions of a list
    Compare(lists::Compare),
    /// Write a CSV as a workbook
    Workbook(lists::Workbook),
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Arguments::parse().part {
        Part::Chain(chain) => chain::run(&chain).await,
        Part::Load(load) => load::run(load).await,
        Part::Search(search) => search::run(&search).await,
        Part::Compare(versions) => lists::compare(&versions).await,
        Part::Workbook(files) => lists::workbook(&files),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}
