//! `cargo xtask bench`: measures the program on both databases and writes docs/benchmarks.md. It never asserts: the
//! figures are for reading, and a part that fails is named as not measured.
//!
//! `cargo xtask bench linkage` measures `tuntas link` alone, `cargo xtask bench lists` lists at several sizes. `machine` says where, `program` runs and watches the program, `report` writes the page. What cannot be measured from
//! outside is in `crates/server/examples/bench`.

mod linkage;
mod lists;
mod machine;
mod program;
mod report;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::Value;

use self::{
    machine::Machine,
    program::{Place, Program, Ran},
};
use crate::{assets, postgres::Cluster, shell};

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Bench {
    #[command(subcommand)]
    what: Option<What>,
    /// Persons of the import and of the pages
    #[arg(long, default_value_t = 100_000)]
    persons: u32,
    /// Families of determination and enrolment; 0 leaves that part out
    #[arg(long, default_value_t = 100_000)]
    families: u32,
    /// A tenth of everything: to see whether it runs
    #[arg(long)]
    quick: bool,
    /// The debug program instead of the release program: quicker to build, and the page says so
    #[arg(long)]
    debug: bool,
    /// Only this database
    #[arg(long)]
    only: Option<Engine>,
    /// Users at once
    #[arg(long, default_value_t = 50)]
    users: u32,
    /// Seconds all users ask for pages
    #[arg(long, default_value_t = 20)]
    seconds: u32,
    /// Also a cold debug build, in a folder of its own
    #[arg(long)]
    cold: bool,
}

#[derive(Subcommand)]
enum What {
    /// Only record linkage: the whole job at several sizes, against Splink where there is one
    Linkage(linkage::Linkage),
    /// Only lists: in, over one another, compared and taken back, at several sizes
    Lists(lists::Lists),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    Sqlite,
    Postgresql,
}

impl Engine {
    const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgresql => "PostgreSQL",
        }
    }
}

/// Everything measured so far.
#[derive(Debug, Default)]
pub struct Figures {
    machine: Machine,
    command: String,
    /// Of cargo: `release` or `dev`.
    profile: &'static str,
    /// Name and seconds.
    builds: Vec<(&'static str, f64)>,
    /// Bytes of the release program.
    binary: u64,
    engines: Vec<Measured>,
    naive: Option<f64>,
    /// Parts that failed, and why.
    missing: Vec<String>,
}

/// One database's figures.
#[derive(Debug, Default)]
pub struct Measured {
    name: &'static str,
    /// Load of the machine (1 minute) when it began.
    load: String,
    imports: Vec<Import>,
    /// Seconds to the first answer, of an installation with the persons in it.
    starts: Vec<f64>,
    idle_kb: Option<u64>,
    busy_kb: Option<u64>,
    /// What `bench load` printed.
    pages: Vec<Value>,
}

/// A list of so many families and persons, brought in and carried through the chain.
#[derive(Debug)]
pub struct Import {
    families: u64,
    persons: u64,
    bytes: u64,
    /// Folder of the lists.
    files: Vec<PathBuf>,
    ran: Ran,
    /// What `bench chain` printed.
    chain: Vec<Value>,
}

pub fn run(options: &Bench) -> Result<()> {
    match &options.what {
        Some(What::Linkage(options)) => return linkage::run(options),
        Some(What::Lists(options)) => return lists::run(options),
        None => {}
    }
    assets::assets()?;
    let mut figures = Figures { machine: Machine::here()?, command: machine::command_line(), ..Figures::default() };
    let profile = if options.debug { "dev" } else { "release" };
    figures.profile = profile;
    let begun = Instant::now();
    shell::step(
        "building the program",
        &mut shell::cargo(&[
            "build",
            "--profile",
            profile,
            // with the features of the whole workspace, as everything else: nothing is built twice
            "--workspace",
            "--bin",
            "tuntas",
            "--example",
            "bench",
        ]),
    )?;
    figures.builds.push(("build of it and its measuring example, as far as not built before", seconds(begun)));
    let program = Program::built(options.debug);
    figures.binary = fs::metadata(program.path())?.len();
    if options.cold {
        cold(&mut figures)?;
    }
    let folder = std::env::temp_dir().join(format!("tuntas-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let measured = both(options, &program, &folder, &mut figures);
    fs::remove_dir_all(&folder).with_context(|| format!("failed to remove {}", folder.display()))?;
    measured
}

fn both(options: &Bench, program: &Program, folder: &Path, figures: &mut Figures) -> Result<()> {
    let wanted = |engine: Engine| options.only.is_none_or(|only| only == engine);
    if wanted(Engine::Sqlite) {
        engine(options, program, &folder.join("sqlite"), None, figures)?;
    }
    if wanted(Engine::Postgresql) {
        let cluster = Cluster::start_lasting()?;
        engine(options, program, &folder.join("postgresql"), Some(&cluster), figures)?;
    }
    println!("docs/benchmarks.md is written");
    Ok(())
}

/// All parts on one database; the page is written after each, so that a stop loses little.
fn engine(
    options: &Bench,
    program: &Program,
    folder: &Path,
    cluster: Option<&Cluster>,
    figures: &mut Figures,
) -> Result<()> {
    let name = if cluster.is_some() { Engine::Postgresql } else { Engine::Sqlite }.name();
    let part = |n: u32| if options.quick { n / 10 } else { n };
    let at = figures.engines.len();
    figures.engines.push(Measured { name, load: machine::load(), ..Measured::default() });

    let place = Place::new(folder.join("persons"), cluster, "tuntas_persons")?;
    // a family of the made-up district has 3.6 members
    let mut import = brought_in(program, &place, part(options.persons) * 10 / 36)?;
    carry(program, &place, &mut import, name, &mut figures.missing);
    if figures.naive.is_none() {
        figures.naive = naive(&import.files, folder);
    }
    let ids = ids(&import.chain);
    figures.engines[at].imports.push(import);
    report::write(figures)?;
    if let Err(error) = pages(options, program, &place, &ids, &mut figures.engines[at]) {
        figures.missing.push(format!("pages on {name}: {error:#}"));
    }
    report::write(figures)?;
    if options.families > 0 {
        let place = Place::new(folder.join("families"), cluster, "tuntas_families")?;
        match brought_in(program, &place, part(options.families)) {
            Ok(mut import) => {
                carry(program, &place, &mut import, name, &mut figures.missing);
                figures.engines[at].imports.push(import);
            }
            Err(error) => figures.missing.push(format!("determination and enrolment on {name}: {error:#}")),
        }
        report::write(figures)?;
    }
    Ok(())
}

/// Carries every family of the list through the chain.
fn carry(program: &Program, place: &Place, import: &mut Import, name: &str, missing: &mut Vec<String>) {
    println!("==> the chain over them");
    match program.measure(place, &["chain"]) {
        Ok(chain) => import.chain = chain,
        Err(error) => missing.push(format!("the chain over {} families on {name}: {error:#}", import.families)),
    }
}

/// Makes the files of the district and imports its newest list.
fn brought_in(program: &Program, place: &Place, families: u32) -> Result<Import> {
    let families = families.max(300);
    let mut demo = program.command(place, &["demo", "--empty", "--no-serve", "--families", &families.to_string()]);
    shell::step(&format!("the made-up district of {families} families"), &mut demo)?;
    let files = newest_list(&place.data.join("contoh"))?;
    let mut arguments = vec!["lists", "import", "--yes", "--json"];
    arguments.extend(files.iter().filter_map(|file| file.to_str()));
    let rows = [lines(&files[0])?, lines(&files[1])?];
    println!("==> importing {} families, {} persons", rows[0], rows[1]);
    let ran = program::watched(&mut program.command(place, &arguments), &place.data.join("import.jsonl"))?;
    println!("    {:.1} s, {} MB at most", ran.seconds, ran.peak_kb / 1_024);
    let bytes = files.iter().filter_map(|file| fs::metadata(file).ok()).map(|file| file.len()).sum();
    Ok(Import { families: rows[0], persons: rows[1], bytes, files, ran, chain: Vec::new() })
}

/// The family and the member file of the newest DTSEN edition.
fn newest_list(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("dtsen_")));
    // dtsen_keluarga_2026T3.csv: the edition stands at the end
    let edition = |path: &PathBuf| path.file_stem().map(|stem| stem.to_string_lossy()[stem.len() - 6..].to_owned());
    let newest = files.iter().filter_map(edition).max();
    files.retain(|path| edition(path) == newest);
    // the smaller file has the families
    files.sort_by_key(|path| fs::metadata(path).map_or(0, |file| file.len()));
    ensure!(files.len() == 2, "{} files of the newest list in {}", files.len(), folder.display());
    Ok(files)
}

/// Lines below the header.
fn lines(path: &Path) -> Result<u64> {
    let bytes = fs::read(path).with_context(|| format!("failed to read {}", path.display()))?;
    Ok(bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count().saturating_sub(1) as u64)
}

/// `name=id` of what the chain made.
fn ids(chain: &[Value]) -> Vec<String> {
    let made = chain.iter().find_map(|line| line.get("ids")?.as_object());
    let mut ids: Vec<String> = made.into_iter().flatten().map(|(name, id)| format!("{name}={id}")).collect();
    // the only list of this installation
    ids.push("list=1".to_owned());
    ids
}

/// Start, idle memory, and the pages under many users.
fn pages(options: &Bench, program: &Program, place: &Place, ids: &[String], measured: &mut Measured) -> Result<()> {
    println!("==> start and pages");
    for _ in 0..5 {
        measured.starts.push(program.serve(place)?.seconds);
    }
    let serving = program.serve(place)?;
    std::thread::sleep(std::time::Duration::from_secs(2));
    measured.idle_kb = serving.memory("VmRSS");
    let (users, seconds) = (options.users.to_string(), options.seconds.to_string());
    let mut arguments = vec!["load", "--address", &serving.address, "--users", &users, "--seconds", &seconds];
    for id in ids {
        arguments.extend(["--id", id]);
    }
    measured.pages = program.measure_only(&arguments)?;
    measured.busy_kb = serving.memory("VmHWM");
    Ok(())
}

/// What somebody would do instead: the same two files into SQLite with Python, nothing checked.
fn naive(files: &[PathBuf], folder: &Path) -> Option<f64> {
    const SCRIPT: &str = "import csv, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for n, path in enumerate(sys.argv[2:]):
    with open(path, encoding='utf-8', errors='replace', newline='') as file:
        first = file.readline()
        rows = csv.reader(file, delimiter=max(',;|\\t', key=first.count))
        width = len(next(csv.reader([first], delimiter=max(',;|\\t', key=first.count))))
        db.execute(f\"CREATE TABLE t{n} ({', '.join(f'c{i} TEXT' for i in range(width))})\")
        fit = ((row + [None] * width)[:width] for row in rows)
        db.executemany(f\"INSERT INTO t{n} VALUES ({', '.join('?' * width)})\", fit)
db.commit()
";
    let python = shell::find(&["python3"])?;
    let begun = Instant::now();
    let done = Command::new(python).arg("-c").arg(SCRIPT).arg(folder.join("naive.db")).args(files).status().ok()?;
    done.success().then(|| seconds(begun))
}

/// From nothing built to the debug program, the sources of other crates already fetched.
fn cold(figures: &mut Figures) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("tuntas-cold-{}", std::process::id()));
    let begun = Instant::now();
    let built = shell::step(
        "a cold debug build",
        shell::cargo(&["build", "--workspace", "--bin", "tuntas"]).env("CARGO_TARGET_DIR", &folder),
    );
    figures.builds.push(("cold debug build of the program", seconds(begun)));
    fs::remove_dir_all(&folder).with_context(|| format!("failed to remove {}", folder.display()))?;
    built
}

fn seconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64()
}
