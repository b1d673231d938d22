//! `cargo xtask test`: everything that has to hold before a change lands.

use std::process::Command;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::{assets, postgres::Cluster, shell};

#[derive(Args)]
pub struct Test {
    /// Leave out the browser journeys
    #[arg(long)]
    no_browser: bool,
    #[command(subcommand)]
    only: Option<Only>,
}

/// Tests that are not part of the others.
#[derive(Subcommand)]
enum Only {
    /// Record linkage on an engine and on a cluster of processes; compiles the engine, which takes long the first time
    Cluster,
}

pub fn run(test: &Test) -> Result<()> {
    if let Some(Only::Cluster) = test.only {
        return cluster();
    }
    assets::assets()?;
    shell::step("format", &mut cargo(&["fmt", "--all", "--check"]))?;
    // faults stop the build; pedantic lints are shown and stay warnings
    let deny = ["unused", "clippy::correctness", "clippy::suspicious", "clippy::perf"];
    let mut lint = cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--"]);
    for group in deny {
        lint.args(["--deny", group]);
    }
    shell::step("lint", &mut lint)?;
    // licences, banned crates and sources; advisories need a network the test must not depend on
    if shell::find(&["cargo-deny"]).is_some() {
        shell::step("licences and sources", &mut cargo(&["deny", "check", "bans", "licenses", "sources"]))?;
    }
    let cluster = Cluster::start()?;
    // the measuring examples were checked by the lints; linking them here would cost minutes and a gigabyte
    for (name, what) in [
        ("tests on SQLite and PostgreSQL", &["--lib", "--bins", "--tests"] as &[&str]),
        ("what the documentation of the libraries shows", &["--doc"]),
    ] {
        let mut tests = cargo(&["test", "--workspace", "--quiet"]);
        shell::step(name, tests.args(what).env("TUNTAS_TEST_POSTGRES", cluster.url()))?;
    }
    if !test.no_browser {
        browser(&cluster)?;
    }
    println!("all good");
    Ok(())
}

/// `tuntas link --cluster` on real processes. Not part of the other tests: the engine is 130 more packages to compile.
fn cluster() -> Result<()> {
    assets::assets()?;
    let feature = ["--workspace", "--features", "server/cluster"];
    // the lists are made by an example
    let mut build = cargo(&["build"]);
    shell::step(
        "building the program with the engine",
        build.args(feature).args(["--bin", "tuntas", "--example", "people"]),
    )?;
    let mut tests = cargo(&["test"]);
    shell::step(
        "tests on an engine and a cluster",
        tests.args(feature).args(["--test", "cluster", "--", "--nocapture"]),
    )?;
    println!("all good");
    Ok(())
}

/// cargo without the notes it keeps for the next build: a whole test writes gigabytes of them, and a small disk is soon full.
fn cargo(arguments: &[&str]) -> Command {
    let mut command = shell::cargo(arguments);
    command.env("CARGO_INCREMENTAL", "0");
    command
}

/// The journeys in Chromium, each against a served demo on SQLite; the second round runs on PostgreSQL.
fn browser(cluster: &Cluster) -> Result<()> {
    let chromium = shell::need("Chromium", || shell::find(&["chromium", "chromium-browser"]), &["chromium"])?;
    // the sheet was rendered by the tests just run
    shell::step(
        "the components at every width",
        Command::new("node").arg("e2e/look/check.mjs").current_dir(shell::root()).env("TUNTAS_CHROMIUM", &chromium),
    )?;
    shell::step("building the program", &mut cargo(&["build", "--workspace", "--bin", "tuntas"]))?;
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
