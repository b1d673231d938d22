//! The two commands of the house (`demo`, `test`), the measurements (`bench`) and what they are made of.

use anyhow::Result;
use clap::{Parser, Subcommand};

mod assets;
mod bench;
mod demo;
mod postgres;
mod shell;
mod test;

#[derive(Parser)]
#[command(name = "xtask", about = "cargo xtask demo | test | bench")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Fetch what is needed, build, make the made-up district, load its lists, serve, print address and accounts
    Demo(demo::Demo),
    /// Set up what the tests need, then format, lint, test on both databases, browser journeys
    Test(test::Test),
    /// Measure both databases and write docs/benchmarks.md; asserts nothing
    Bench(bench::Bench),
    /// Fetch the browser parts and put them where the program serves them from
    Assets,
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Demo(demo) => demo::run(&demo),
        Task::Test(test) => test::run(&test),
        Task::Bench(bench) => bench::run(&bench),
        Task::Assets => assets::assets(),
    }
}
