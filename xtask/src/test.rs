//! `cargo xtask test`: everything that has to hold before a change lands.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{assets, postgres::Cluster, shell};

#[derive(Args)]
pub struct Test {
    /// Leave out the browser journeys
    #[arg(long)]
    no_browser: bool,
}

pub fn run(test: &Test) -> Result<()> {
    assets::assets()?;
    shell::step("format", &mut shell::cargo(&["fmt", "--all", "--check"]))?;
    // faults stop the build; pedantic lints are shown and stay warnings
    let deny = ["unused", "clippy::correctness", "clippy::suspicious", "clippy::perf"];
    let mut lint = shell::cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--"]);
    for group in deny {
        lint.args(["--deny", group]);
    }
    shell::step("lint", &mut lint)?;
    // licences, banned crates and sources; advisories need a network the test must not depend on
    if shell::find(&["cargo-deny"]).is_some() {
        shell::step("licences and sources", &mut shell::cargo(&["deny", "check", "bans", "licenses", "sources"]))?;
    }
    let cluster = Cluster::start()?;
    shell::step(
        "tests on SQLite and PostgreSQL",
        shell::cargo(&["test", "--workspace", "--quiet"]).env("TUNTAS_TEST_POSTGRES", cluster.url()),
    )?;
    if !test.no_browser {
        browser(&cluster)?;
    }
    println!("all good");
    Ok(())
}

/// The journeys in Chromium, each against a served demo on SQLite; the second round runs on PostgreSQL.
fn browser(cluster: &Cluster) -> Result<()> {
    let chromium = shell::need("Chromium", || shell::find(&["chromium", "chromium-browser"]), &["chromium"])?;
    // the sheet was rendered by the tests just run
    shell::step(
        "the components at every width",
        Command::new("node").arg("e2e/look/check.mjs").current_dir(shell::root()).env("TUNTAS_CHROMIUM", &chromium),
    )?;
    shell::step("building the program", &mut shell::cargo(&["build", "--workspace", "--bin", "tuntas"]))?;
    shell::step(
        "browser journeys",
        Command::new("node")
            .arg("e2e/run.mjs")
            .current_dir(shell::root())
            .env("TUNTAS_CHROMIUM", chromium)
            .env("TUNTAS_PROGRAM", shell::root().join("target/debug/tuntas"))
            .env("TUNTAS_E2E_POSTGRES", cluster.database("tuntas_e2e")?),
    )
}
