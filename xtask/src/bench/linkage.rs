//! `cargo xtask bench linkage`: `tuntas link` on made-up lists of several sizes and, where there is a Python with Splink, Splink on the
//! same files in the same run. Replaces the section of that name in docs/benchmarks.md.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;

use super::{
    machine::Machine,
    program::{Program, Ran, watched},
    report::Section,
};
use crate::shell;

#[derive(Args)]
pub struct Linkage {
    /// Records of the lists; several sizes show how time grows
    #[arg(long, value_delimiter = ',', default_value = "100000,1000000")]
    records: Vec<u64>,
    /// Runs of each; the median is told
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// A Python with the packages splink and duckdb, to measure against
    #[arg(long, value_name = "PYTHON")]
    splink: Option<PathBuf>,
    /// Lists made elsewhere instead: folders with list.csv, or a.csv and b.csv, and truth.csv
    #[arg(long, value_name = "DIR")]
    data: Vec<PathBuf>,
    /// The seed of the made-up lists
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// One folder of lists, linked.
struct Linked {
    /// "dedupe" or "match".
    kind: &'static str,
    records: u64,
    candidates: u64,
    ours: Ran,
    /// Seconds of every step, of the run with the median.
    steps: Value,
    /// F1 of persons and of pairs at their best threshold.
    f1: (f64, f64),
    splink: Option<Value>,
    /// One record against all of one list, as the example `find` tells it.
    found: Option<Value>,
}

pub fn run(options: &Linkage) -> Result<()> {
    shell::step(
        "building the program",
        &mut shell::cargo(&[
            "build",
            "--release",
            "--workspace",
            "--bin",
            "tuntas",
            "--example",
            "people",
            "--example",
            "find",
        ]),
    )?;
    let program = Program::built(false);
    let folder = std::env::temp_dir().join(format!("tuntas-link-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let done = measure(options, &program, &folder);
    fs::remove_dir_all(&folder)?;
    SECTION.write(&section(&done?)?)?;
    println!("docs/benchmarks.md is written");
    Ok(())
}

fn measure(options: &Linkage, program: &Program, folder: &Path) -> Result<Vec<Linked>> {
    let mut sets: Vec<PathBuf> = options.data.clone();
    if sets.is_empty() {
        for records in &options.records {
            for kind in ["dedupe", "match"] {
                let set = folder.join(format!("{kind}-{records}"));
                let mut people = Command::new(program.example("people"));
                people.args([kind, &records.to_string(), &options.seed.to_string()]).arg(&set);
                shell::step(&format!("making {records} records ({kind})"), &mut people)?;
                sets.push(set);
            }
        }
    }
    sets.iter().map(|set| linked(options, program, set, folder)).collect()
}

fn linked(options: &Linkage, program: &Program, set: &Path, folder: &Path) -> Result<Linked> {
    let kind = if set.join("list.csv").exists() { "dedupe" } else { "match" };
    let files: &[&str] = if kind == "dedupe" { &["list.csv"] } else { &["a.csv", "b.csv"] };
    let printed = folder.join("printed.json");
    let mut runs: Vec<(Ran, Value)> = Vec::new();
    for _ in 0..options.runs.max(1) {
        let mut command = Command::new(program.path());
        command.args(["link", kind]).args(files.iter().map(|file| set.join(file)));
        command.arg("--truth").arg(set.join("truth.csv")).arg("--out").arg(folder.join("out"));
        command.args(["--overwrite", "--json"]);
        let ran = watched(&mut command, &printed)?;
        runs.push((ran, serde_json::from_str(&fs::read_to_string(&printed)?)?));
    }
    runs.sort_by(|a, b| whole(&a.1).total_cmp(&whole(&b.1)));
    let (ours, said) = runs.swap_remove(runs.len() / 2);
    let splink = options.splink.as_ref().map(|python| with_splink(python, kind, set)).transpose()?;
    let found = (kind == "dedupe").then(|| find(program, set)).transpose()?;
    let number = |path: &str| said.pointer(path).and_then(Value::as_f64).unwrap_or(0.0);
    println!("{} {kind}: {:.2} s, {} MB", set.display(), whole(&said), ours.peak_kb / 1024);
    Ok(Linked {
        kind,
        records: number("/records") as u64,
        candidates: number("/candidates") as u64,
        f1: (number("/truth/clusters/f1"), number("/truth/best/1/f1")),
        steps: said.get("seconds").cloned().unwrap_or_default(),
        ours,
        splink,
        found,
    })
}

/// One record after the other against a list.
fn find(program: &Program, set: &Path) -> Result<Value> {
    let out = Command::new(program.example("find")).arg(set).output().context("failed to start the example find")?;
    if !out.status.success() {
        bail!("the example find failed: {}", String::from_utf8_lossy(&out.stderr));
    }
    Ok(serde_json::from_slice(&out.stdout)?)
}

/// Seconds from the first byte read to the last one written; judging by the truth is not in it.
fn whole(said: &Value) -> f64 {
    let steps = ["read", "train", "compare", "cluster", "write"];
    steps.iter().filter_map(|step| said.pointer(&format!("/seconds/{step}"))?.as_f64()).sum()
}

fn with_splink(python: &Path, kind: &str, set: &Path) -> Result<Value> {
    let script = shell::root().join("xtask/src/bench/with_splink.py");
    let out = Command::new(python).arg(script).arg(kind).arg(set).output().context("failed to start Python")?;
    let text = String::from_utf8_lossy(&out.stdout);
    if !out.status.success() {
        bail!("Splink failed: {}", String::from_utf8_lossy(&out.stderr));
    }
    print!("{text}");
    Ok(serde_json::from_str(text.lines().last().unwrap_or_default())?)
}

const SECTION: Section = Section("## Record linkage");

fn section(all: &[Linked]) -> Result<String> {
    let mut text = String::new();
    writeln!(
        text,
        "{} `tuntas link`, from the CSV to all its files \
         written, nothing given but the list; Splink on DuckDB (`xtask/src/bench/with_splink.py`), from the CSV to clusters. Median of the runs; Splink once.\n",
        Machine::here()?.written(),
    )?;
    writeln!(
        text,
        "| job | pairs compared | by Splink | Tuntas, s | Splink, s | ratio | Tuntas, memory | a record | Splink, memory |"
    )?;
    writeln!(text, "|---|--:|--:|--:|--:|--:|--:|--:|--:|")?;
    for one in all {
        let ours = steps(&one.steps);
        let theirs = one.splink.as_ref().and_then(|s| s.pointer("/seconds/whole")?.as_f64());
        let compared = one.splink.as_ref().and_then(|s| s.get("candidates")?.as_u64());
        let memory = one.splink.as_ref().and_then(|s| s.get("memory_mb")?.as_f64());
        writeln!(
            text,
            "| {} of {} records | {} | {} | {ours:.2} | {} | {} | {} MB | {:.2} kB | {} |",
            one.kind,
            one.records,
            one.candidates,
            compared.map_or("-".into(), |n| n.to_string()),
            theirs.map_or("-".into(), |s| format!("{s:.1}")),
            theirs.map_or("-".into(), |s| format!("{:.1}", s / ours)),
            one.ours.peak_kb / 1024,
            one.ours.peak_kb as f64 / one.records.max(1) as f64,
            memory.map_or("-".into(), |m| format!("{m:.0} MB")),
        )?;
    }
    writeln!(text, "\n| job | read | train | compare | cluster | write | Splink: read | train | compare | cluster |")?;
    writeln!(text, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")?;
    for one in all {
        let ours = |step: &str| one.steps.get(step).and_then(Value::as_f64).map_or("-".into(), |s| format!("{s:.2}"));
        let theirs = |step: &str| {
            let found = one.splink.as_ref().and_then(|s| s.pointer(&format!("/seconds/{step}"))?.as_f64());
            found.map_or("-".into(), |s| format!("{s:.2}"))
        };
        write!(text, "| {} of {} |", one.kind, one.records)?;
        for step in ["read", "train", "compare", "cluster", "write"] {
            write!(text, " {} |", ours(step))?;
        }
        for step in ["read", "train", "compare", "cluster"] {
            write!(text, " {} |", theirs(step))?;
        }
        writeln!(text)?;
    }
    writeln!(
        text,
        "\nF1 over all true pairs, without any label:\n\n| job | Tuntas, persons | Tuntas, pairs at best | Splink, pairs at best |"
    )?;
    writeln!(text, "|---|--:|--:|--:|")?;
    for one in all {
        let theirs = one.splink.as_ref().and_then(|s| s.get("f1")?.as_f64());
        let theirs = theirs.map_or("-".into(), |f| format!("{f:.4}"));
        writeln!(text, "| {} of {} | {:.4} | {:.4} | {theirs} |", one.kind, one.records, one.f1.0, one.f1.1)?;
    }
    writeln!(
        text,
        "\nOne record against a list, as at the desk (10,000 records of the list, one after the other, on one core):\n\n\
         | list | index made in, s | records compared | half within, µs | 99 of 100 within, µs | the slowest, µs |"
    )?;
    writeln!(text, "|---|--:|--:|--:|--:|--:|")?;
    for found in all.iter().filter_map(|one| one.found.as_ref()) {
        let number = |key: &str| found.get(key).and_then(Value::as_f64).unwrap_or_default();
        writeln!(
            text,
            "| {} records | {:.2} | {:.0} | {:.0} | {:.0} | {:.0} |",
            number("records"),
            number("index_seconds"),
            number("compared"),
            number("p50_us"),
            number("p99_us"),
            number("slowest_us"),
        )?;
    }
    Ok(text)
}

fn steps(seconds: &Value) -> f64 {
    whole(&serde_json::json!({ "seconds": seconds }))
}
