//! The two commands of the house (`demo`, `test`) and what they are made of.

use clap::{Parser, Subcommand};

mod assets;

#[derive(Parser)]
#[command(name = "xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Fetch the browser parts and put them where the program serves them from
    Assets,
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Assets => assets::assets(),
    }
}
