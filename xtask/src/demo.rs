//! `cargo xtask demo`: from a fresh checkout to a running office with a year of work behind it.

use anyhow::Result;
use clap::Args;

use crate::{assets, shell};

#[derive(Args)]
pub struct Demo {
    /// Address to serve on
    #[arg(long, default_value = "127.0.0.1:8099")]
    listen: String,
    /// Families of the made-up district
    #[arg(long)]
    families: Option<usize>,
    /// Start over with an empty folder
    #[arg(long)]
    fresh: bool,
}

pub fn run(demo: &Demo) -> Result<()> {
    assets::assets()?;
    // of the workspace, as `cargo xtask test` builds it: what one has compiled the other need not compile again
    shell::step("building", &mut shell::cargo(&["build", "--workspace", "--bin", "tuntas"]))?;
    let program = shell::root().join("target/debug/tuntas");
    let mut command = std::process::Command::new(program);
    command.current_dir(shell::root()).args(["demo", "--data", "demo-data", "--listen", &demo.listen]);
    if let Some(families) = demo.families {
        command.args(["--families", &families.to_string()]);
    }
    if demo.fresh {
        command.arg("--fresh");
    }
    shell::step("demo", &mut command)
}
