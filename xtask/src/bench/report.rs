//! docs/benchmarks.md from the figures. What people wrote below `## What limits it` stays as it is.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Figures, Import, Measured};
use crate::shell;

const NOTES: &str = "## What limits it";

/// A section of the page that is measured on its own; its heading.
pub struct Section(pub &'static str);

impl Section {
    /// Puts the section into the page, or at its end.
    pub fn write(&self, body: &str) -> Result<()> {
        let path = shell::root().join("docs/benchmarks.md");
        let old = fs::read_to_string(&path).unwrap_or_default();
        let section = format!("{}\n\n{}\n", self.0, body.trim_end());
        let text = match old.find(self.0) {
            Some(from) => {
                let rest = &old[from + self.0.len()..];
                let after = rest.find("\n## ").map_or("", |at| &rest[at + 1..]);
                format!("{}{section}{}{after}", &old[..from], if after.is_empty() { "" } else { "\n" })
            }
            None => format!("{}\n\n{section}", old.trim_end()),
        };
        fs::write(&path, text).with_context(|| format!("failed to write {}", path.display()))
    }
}

pub fn write(figures: &Figures) -> Result<()> {
    let path = shell::root().join("docs/benchmarks.md");
    let old = fs::read_to_string(&path).unwrap_or_default();
    let notes = old.find(NOTES).map_or(NOTES, |at| &old[at..]);
    let mut text = String::new();
    page(&mut text, figures)?;
    writeln!(text, "{}", notes.trim_end())?;
    fs::write(&path, text).with_context(|| format!("failed to write {}", path.display()))
}

fn page(text: &mut String, figures: &Figures) -> Result<()> {
    let machine = &figures.machine;
    writeln!(text, "# Measured\n")?;
    writeln!(
        text,
        "Written by `{}` on {} at commit {}: {}, {} cores, {:.0} GB of memory. SQLite as the program opens it, PostgreSQL with its own settings on the same machine, waiting for the disk. The client of the pages ran on the same machine.\n",
        figures.command, machine.day, machine.commit, machine.cpu, machine.cores, machine.memory_gb
    )?;
    if figures.profile == "dev" {
        writeln!(
            text,
            "**The debug program was measured, not the release program: our own code is not optimised.**\n"
        )?;
    }
    for measured in &figures.engines {
        let name = measured.name;
        writeln!(text, "Load of the machine when {name} began: {} (on {} cores).\n", measured.load, machine.cores)?;
    }
    program(text, figures)?;
    imports(text, figures)?;
    chain(text, figures)?;
    for measured in figures.engines.iter().filter(|measured| !measured.pages.is_empty()) {
        pages(text, measured)?;
    }
    if !figures.missing.is_empty() {
        writeln!(text, "## Not measured\n")?;
        for part in &figures.missing {
            writeln!(text, "- {part}")?;
        }
        writeln!(text)?;
    }
    Ok(())
}

fn program(text: &mut String, figures: &Figures) -> Result<()> {
    writeln!(text, "## The program\n\n| what | |\n|---|--:|")?;
    let built = if figures.profile == "dev" { "debug program, not optimised" } else { "release program" };
    writeln!(text, "| {built}, everything in it | {:.1} MB |", figures.binary as f64 / 1e6)?;
    for (what, seconds) in &figures.builds {
        writeln!(text, "| {what} | {seconds:.0} s |")?;
    }
    for measured in &figures.engines {
        let name = measured.name;
        if let Some(start) = median(&measured.starts) {
            let n = measured.starts.len();
            writeln!(text, "| start to the first answer, {name} (median of {n}) | {:.0} ms |", start * 1_000.0)?;
        }
        if let Some(kb) = measured.idle_kb {
            writeln!(text, "| memory when idle, {name} | {} MB |", kb / 1_024)?;
        }
        if let Some(kb) = measured.busy_kb {
            writeln!(text, "| memory at most while serving the pages below, {name} | {} MB |", kb / 1_024)?;
        }
    }
    writeln!(text)?;
    Ok(())
}

/// Families and persons with thousands apart.
fn size(import: &Import) -> String {
    format!("{} families, {} persons", thousands(import.families), thousands(import.persons))
}

fn imports(text: &mut String, figures: &Figures) -> Result<()> {
    writeln!(text, "## Import to commit\n")?;
    writeln!(
        text,
        "`tuntas lists import FAMILIES MEMBERS --yes --json`, both files read, checked, linked and committed. Memory is the program's own.\n"
    )?;
    writeln!(text, "| | database | files | seconds | rows/s | memory at most |\n|---|---|--:|--:|--:|--:|")?;
    for measured in &figures.engines {
        for import in &measured.imports {
            let rows = import.families + import.persons;
            writeln!(
                text,
                "| {} | {} | {:.0} MB | {:.1} | {} | {} MB |",
                size(import),
                measured.name,
                import.bytes as f64 / 1e6,
                import.ran.seconds,
                thousands((rows as f64 / import.ran.seconds) as u64),
                import.ran.peak_kb / 1_024
            )?;
        }
    }
    if let (Some(seconds), Some(first)) = (figures.naive, figures.engines.iter().find_map(|m| m.imports.first())) {
        writeln!(
            text,
            "\nFor comparison: a Python script that copies the files of {} into SQLite as text, checking and linking nothing, took {seconds:.1} s.",
            size(first)
        )?;
    }
    writeln!(text)?;
    Ok(())
}

/// The steps of the chain and their names.
const STEPS: [(&str, &str); 11] = [
    ("round", "make a round over the list and open it"),
    ("visits", "record a visit to every family, a village at a time"),
    ("close", "close the round"),
    ("rank", "rank everybody by the rule, with a reason for each"),
    ("propose", "propose"),
    ("sign", "sign: freeze names, facts, scores and ranks, and seal them"),
    ("prove", "prove the decree: digest and ranking anew"),
    ("enrol", "enrol everybody chosen"),
    ("plan", "plan one event for all of them"),
    ("open", "open the event"),
    ("marks", "hand over, one transaction each"),
];

fn chain(text: &mut String, figures: &Figures) -> Result<()> {
    let columns: Vec<(&Measured, &Import)> = figures
        .engines
        .iter()
        .flat_map(|measured| measured.imports.iter().map(move |import| (measured, import)))
        .filter(|(_, import)| !import.chain.is_empty())
        .collect();
    if columns.is_empty() {
        return Ok(());
    }
    writeln!(text, "## Verification, determination, enrolment, delivery\n")?;
    writeln!(
        text,
        "Seconds of each operation to its commit, by the functions the pages call; of a hundred families two are found not eligible and two are not met, all others are chosen.\n"
    )?;
    write!(text, "| step |")?;
    for (measured, import) in &columns {
        write!(text, " {}, {} families |", measured.name, thousands(import.families))?;
    }
    writeln!(text, "\n|---|{}", "--:|".repeat(columns.len()))?;
    for (step, name) in STEPS {
        write!(text, "| {name} |")?;
        for (_, import) in &columns {
            let line = import.chain.iter().find(|line| line["step"] == step);
            let seconds = line.and_then(|line| line["seconds"].as_f64());
            match (seconds, line.and_then(|line| line["n"].as_u64())) {
                (Some(seconds), Some(n)) if step == "marks" && n > 0 => {
                    write!(text, " {:.1} ms each |", seconds * 1_000.0 / n as f64)?;
                }
                (Some(seconds), _) => write!(text, " {seconds:.2} |")?,
                _ => write!(text, " |")?,
            }
        }
        writeln!(text)?;
    }
    writeln!(text)?;
    Ok(())
}

fn pages(text: &mut String, measured: &Measured) -> Result<()> {
    let Some(all) = measured.pages.iter().find(|line| line.get("users").is_some()) else { return Ok(()) };
    let persons = measured.imports.first().map_or(0, |import| import.persons);
    writeln!(text, "## Pages, {}, {} people\n", measured.name, thousands(persons))?;
    writeln!(
        text,
        "Alone: one user, median. Then {} users at once for {:.0} s, each asking for the next page as soon as one has come: {:.0} pages/s in all, {} answers that were not a page. Milliseconds; bytes as sent (compressed).\n",
        all["users"],
        all["seconds"].as_f64().unwrap_or(0.0),
        all["per_second"].as_f64().unwrap_or(0.0),
        all["failed"]
    )?;
    writeln!(text, "| page | by | bytes | alone | p50 | p99 | asked |\n|---|---|--:|--:|--:|--:|--:|")?;
    for line in measured.pages.iter().filter(|line| line.get("page").is_some()) {
        let word = |name: &str| line[name].as_str().unwrap_or("").to_owned();
        let [alone, p50, p99] = ["alone", "p50", "p99"].map(|name| milliseconds(&line[name]));
        let (page, login) = (word("page"), word("login"));
        let bytes = thousands(line["bytes"].as_u64().unwrap_or(0));
        writeln!(text, "| `{page}` | {login} | {bytes} | {alone} | {p50} | {p99} | {} |", line["requests"])?;
    }
    let [p50, p99] = ["p50", "p99"].map(|name| milliseconds(&all[name]));
    writeln!(text, "| all | | | | {p50} | {p99} | {} |\n", all["requests"])?;
    let missing: Vec<&str> = measured.pages.iter().filter_map(|line| line["missing"].as_str()).collect();
    if !missing.is_empty() {
        writeln!(text, "Not there, so not measured: `{}`.\n", missing.join("`, `"))?;
    }
    Ok(())
}

fn milliseconds(value: &Value) -> String {
    value.as_f64().map_or_else(|| "-".to_owned(), |ms| if ms < 10.0 { format!("{ms:.1}") } else { format!("{ms:.0}") })
}

pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn median(times: &[f64]) -> Option<f64> {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}
