//! `cargo xtask bench lists`: two editions of a list in an empty registry at several sizes - the first, the next one over it,
//! as workbooks, compared, and both taken back. Replaces the section of that name in docs/benchmarks.md.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use clap::Args;

use super::{
    Engine,
    machine::Machine,
    program::{Place, Program, Ran, watched},
    report::{Section, thousands},
};
use crate::{postgres::Cluster, shell};

#[derive(Args)]
pub struct Lists {
    /// Persons of the lists; several sizes show how time grows
    #[arg(long, value_delimiter = ',', default_value = "10000,100000")]
    persons: Vec<u64>,
    /// A million persons too: takes minutes, and eight gigabytes of disk
    #[arg(long)]
    million: bool,
    /// Up to this many persons also as workbooks
    #[arg(long, default_value_t = 100_000)]
    workbooks: u64,
    /// Only this database
    #[arg(long)]
    only: Option<Engine>,
}

/// One step at one size on one database.
struct Step {
    engine: Engine,
    persons: u64,
    what: &'static str,
    ran: Ran,
    /// Bytes of the database afterwards, where it is a file.
    stored: Option<u64>,
}

pub fn run(options: &Lists) -> Result<()> {
    let build = ["build", "--release", "--workspace", "--bin", "tuntas", "--example", "bench"];
    shell::step("building the program", &mut shell::cargo(&build))?;
    let program = Program::built(false);
    let folder = std::env::temp_dir().join(format!("tuntas-lists-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let done = measure(options, &program, &folder);
    fs::remove_dir_all(&folder).with_context(|| format!("failed to remove {}", folder.display()))?;
    SECTION.write(&section(&done?)?)?;
    println!("docs/benchmarks.md is written");
    Ok(())
}

fn measure(options: &Lists, program: &Program, folder: &Path) -> Result<Vec<Step>> {
    let mut sizes = options.persons.clone();
    sizes.extend(options.million.then_some(1_000_000));
    let mut steps = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgresql] {
        if options.only.is_some_and(|only| only != engine) {
            continue;
        }
        let cluster = if engine == Engine::Postgresql { Some(Cluster::start_lasting()?) } else { None };
        for persons in &sizes {
            let place = Place::new(
                folder.join(format!("{}-{persons}", engine.name())),
                cluster.as_ref(),
                &format!("tuntas_{persons}"),
            )?;
            let workbooks = *persons <= options.workbooks;
            one_size(program, &place, engine, *persons, &mut steps)?;
            if workbooks {
                let name = format!("tuntas_{persons}_workbooks");
                let books =
                    Place::new(folder.join(format!("{}-{persons}-xlsx", engine.name())), cluster.as_ref(), &name)?;
                as_workbooks(program, &books, engine, *persons, &mut steps)?;
                fs::remove_dir_all(&books.data)?;
            }
            fs::remove_dir_all(&place.data)?;
        }
    }
    Ok(steps)
}

/// The made-up district with an empty registry; its two editions, the older first, each families before members.
fn district(program: &Program, place: &Place, persons: u64) -> Result<[[PathBuf; 2]; 2]> {
    // a family of the made-up district has 3.6 members
    let families = (persons * 10 / 36).max(300).to_string();
    let mut demo = program.command(place, &["demo", "--empty", "--no-serve", "--families", &families]);
    shell::step(&format!("the made-up district of {families} families"), &mut demo)?;
    let lists = place.data.join("contoh");
    let mut files: Vec<PathBuf> = fs::read_dir(&lists)?.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("dtsen_")));
    // dtsen_keluarga_2026T3.csv: the edition stands at the end, families are the smaller file
    let edition = |path: &PathBuf| path.file_stem().map(|stem| stem.to_string_lossy()[stem.len() - 6..].to_owned());
    let bytes = |path: &PathBuf| fs::metadata(path).map_or(0, |file| file.len());
    files.sort_by_key(|path| (edition(path), bytes(path)));
    let files: [PathBuf; 4] = files.try_into().map_err(|files| anyhow::anyhow!("{files:?} in {}", lists.display()))?;
    let [a, b, c, d] = files;
    Ok([[a, b], [c, d]])
}

fn import(program: &Program, place: &Place, files: &[PathBuf; 2]) -> Result<Ran> {
    let files = files.each_ref().map(|path| path.to_string_lossy().into_owned());
    let arguments = ["lists", "import", "--yes", "--json", &files[0], &files[1]];
    watched(&mut program.command(place, &arguments), &place.data.join("printed"))
}

fn undo(program: &Program, place: &Place, version: &str) -> Result<Ran> {
    let arguments = ["lists", "undo", version, "--reason", "bench", "--json", "--yes"];
    watched(&mut program.command(place, &arguments), &place.data.join("printed"))
}

fn one_size(program: &Program, place: &Place, engine: Engine, persons: u64, steps: &mut Vec<Step>) -> Result<()> {
    let [before, after] = district(program, place, persons)?;
    let mut add = |what, ran: Ran| {
        println!("    {what}: {:.1} s, {:.1} s of processor, {} MB at most", ran.seconds, ran.cpu, ran.peak_kb / 1_024);
        let stored = fs::metadata(place.data.join("tuntas.db")).ok().map(|file| file.len());
        steps.push(Step { engine, persons, what, ran, stored });
    };
    add("the first list, to its commit", import(program, place, &before)?);
    add("the next edition over it", import(program, place, &after)?);
    let printed = place.data.join("printed");
    add(
        "both compared",
        watched(&mut program.example_on(place, "bench", &["compare", "--before", "1", "--after", "2"]), &printed)?,
    );
    add("the next edition taken back", undo(program, place, "2")?);
    add("the first list taken back, nobody left", undo(program, place, "1")?);
    Ok(())
}

fn as_workbooks(program: &Program, place: &Place, engine: Engine, persons: u64, steps: &mut Vec<Step>) -> Result<()> {
    let [files, _] = district(program, place, persons)?;
    let mut books = files.clone();
    for (file, book) in files.iter().zip(&mut books) {
        book.set_extension("xlsx");
        let made = Command::new(program.example("bench")).arg("workbook").arg(file).arg(&*book).status()?;
        ensure!(made.success(), "no workbook of {}", file.display());
    }
    let ran = import(program, place, &books)?;
    println!("    as workbooks: {:.1} s, {} MB at most", ran.seconds, ran.peak_kb / 1_024);
    steps.push(Step { engine, persons, what: "the first list as workbooks (XLSX)", ran, stored: None });
    Ok(())
}

const SECTION: Section = Section("## Lists at several sizes");

fn section(steps: &[Step]) -> Result<String> {
    let mut text = String::new();
    writeln!(
        text,
        "{} Each step is a program of its own, from its start \
         to its end: `tuntas lists import` with `--yes --json`, `tuntas lists undo`, the function behind the page of comparison. \
         Seconds of the processor are the program's own; PostgreSQL's are not in them.\n",
        Machine::here()?.written(),
    )?;
    writeln!(
        text,
        "| persons | database | step | seconds | of processor | a person | memory at most | database, a person |"
    )?;
    writeln!(text, "|--:|---|---|--:|--:|--:|--:|--:|")?;
    for step in steps {
        let each = |amount: f64| amount / step.persons.max(1) as f64;
        writeln!(
            text,
            "| {} | {} | {} | {:.1} | {:.1} | {:.0} µs | {} MB | {} |",
            thousands(step.persons),
            step.engine.name(),
            step.what,
            step.ran.seconds,
            step.ran.cpu,
            each(step.ran.seconds * 1e6),
            step.ran.peak_kb / 1_024,
            step.stored.map_or_else(|| "-".to_owned(), |bytes| format!("{:.2} kB", each(bytes as f64) / 1e3)),
        )?;
    }
    Ok(text)
}
