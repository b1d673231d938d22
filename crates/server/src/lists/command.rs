//! `tuntas lists`: imports list files through the same functions as the pages, and shows what was imported.

use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::Subcommand;
use domain::lists::{Fault, Source, VersionState, recognise::no_header, version::version_label};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use store::{
    Actor,
    lists::{self, Difference, File, Version, show, versions},
};

use super::{
    correction_command, draft,
    formats::{self, Known},
    inspect::Wanted,
    intake::{self, Arrival, Arrived, Said},
    pages::list_title,
    reading::{self, Watch},
    report::{self, Report},
};
use crate::{App, i18n::Lang, jobs::JobError};

#[derive(Subcommand, Debug)]
pub enum Lists {
    /// Import list files: read, check, show the difference, commit
    ///
    /// CSV or workbook, as the ministries give them. Source, format and version are recognised; options overrule them.
    /// Files of one list are one version. The same file again changes nothing. On a terminal the difference is shown and
    /// confirmed; otherwise, with --yes or --json, the list is committed at once.
    /// Exit codes: 0 imported, 1 failed or nothing of it could be read, 2 wrong call, 3 imported with blocked or rejected
    /// rows; with --dry-run the same codes say what an import would meet.
    Import {
        /// The files of one list, CSV or XLSX
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Which list it is
        #[arg(long, value_parser = source)]
        source: Option<Source>,
        /// The version, e.g. 2026Q3 or 2023
        #[arg(long, value_parser = label)]
        version: Option<String>,
        /// The layout of the files, e.g. dtsen.family, when it is not recognised
        #[arg(long)]
        format: Option<String>,
        /// The list's date, YYYY-MM-DD (default: the end of the version's quarter or year)
        #[arg(long)]
        date: Option<NaiveDate>,
        /// Who gave it
        #[arg(long)]
        giver: Option<String>,
        /// The legal basis of having it
        #[arg(long, value_name = "BASIS")]
        legal_basis: Option<String>,
        /// The letter it came with
        #[arg(long)]
        letter: Option<String>,
        /// Print the report as JSON lines: one per finding, last one summary per file
        #[arg(long)]
        json: bool,
        /// With --json: also one line per row
        #[arg(long, requires = "json")]
        rows: bool,
        /// Read and report, commit nothing
        #[arg(long)]
        dry_run: bool,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
    /// Take a committed list back out of the registry
    ///
    /// Shows what that does and what was built on the list, and asks. Rounds, decrees and aid stay; the list can enter
    /// again with `tuntas lists redo`.
    Undo {
        /// The version's label (2026Q3) or number, as `tuntas lists show` prints them
        #[arg(value_name = "VERSION|ID")]
        version: String,
        /// Why; kept in the journal
        #[arg(long)]
        reason: String,
        /// Print what was done as one JSON object; does not ask
        #[arg(long)]
        json: bool,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
    /// Let a list that was taken back enter the registry again
    ///
    /// It takes its old place, beneath the lists that entered after it. Names these, and asks.
    Redo {
        /// The version's label (2026Q3) or number, as `tuntas lists show` prints them
        #[arg(value_name = "VERSION|ID")]
        version: String,
        /// Why; kept in the journal
        #[arg(long)]
        reason: Option<String>,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
    /// Take in a workbook of corrections: show the difference, ask, apply
    ///
    /// The workbook is one downloaded from the list's page. Only cells that were changed in it are taken; rows added, removed
    /// or standing twice are told. Exit codes: 0 applied or nothing to change, 1 not taken, 2 wrong call.
    Correct {
        /// The version's label (2026Q3) or number, as `tuntas lists show` prints them
        #[arg(value_name = "VERSION|ID")]
        version: String,
        /// The corrected workbook
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Print the difference as JSON lines: one per cell, last one summary; applies only with --yes
        #[arg(long)]
        json: bool,
        /// Apply without asking
        #[arg(long, short)]
        yes: bool,
    },
    /// Show the versions, or one of them by label or number
    Show {
        /// The version's label (2026Q3) or number; without it all versions
        #[arg(value_name = "VERSION|ID")]
        version: Option<String>,
        /// Print one JSON object a version, or a version and a summary per file
        #[arg(long)]
        json: bool,
    },
}

fn source(word: &str) -> Result<Source, String> {
    let known = Source::ALL.map(Source::as_str).join(", ");
    Source::from_code(&word.to_lowercase()).ok_or_else(|| format!("wanted one of {known}"))
}

fn label(text: &str) -> Result<String, String> {
    version_label(text).ok_or_else(|| "letters, digits, - _ . and at most twenty of them, e.g. 2026Q3".to_owned())
}

/// The bar of the command line, on stderr; nothing where there is no terminal.
#[derive(Debug)]
pub struct Bar(ProgressBar, Lang);

impl Bar {
    pub fn new(name: &str, lang: Lang) -> Self {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{prefix}  {msg}  {bar:30} {human_pos}/{human_len}  {per_sec}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_prefix(name.to_owned());
        Self(bar, lang)
    }

    pub fn at(&self, step: &str, done: i64, total: i64) {
        self.0.set_message(self.1.t(step));
        self.0.set_length(total.unsigned_abs());
        self.0.set_position(done.unsigned_abs());
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// The layouts that `--format` takes, the office's own among them.
fn ids(known: &Known) -> String {
    let ids: Vec<&str> = known.active().map(|format| format.id.as_str()).collect();
    ids.join(", ")
}

pub async fn run(app: &App, command: Lists) -> anyhow::Result<ExitCode> {
    match command {
        Lists::Import {
            files,
            source,
            version,
            format,
            date,
            giver,
            legal_basis,
            letter,
            json,
            rows,
            dry_run,
            yes,
        } => {
            let said = Said { source, version, as_of: date, giver, legal_basis, letter };
            let how = How { json, rows, dry_run, ask: !yes && !json && !dry_run && std::io::stdin().is_terminal() };
            let lang = app.config.language;
            let known = formats::known(&app.store.read(&Actor::program("tuntas lists"))).await?;
            let format = match &format {
                None => None,
                Some(id) => {
                    let Some(found) = known.find(id) else {
                        eprintln!("{}", lang.msg("lists-cli-no-format").s("format", id).s("known", ids(&known)));
                        return Ok(ExitCode::from(2));
                    };
                    Some(found)
                }
            };
            import(app, &files, said, Wanted { sheet: None, format, source }, &known, how).await
        }
        Lists::Show { version, json } => show(app, version.as_deref(), json).await,
        Lists::Undo { version, reason, json, yes } => undo(app, &version, &reason, json, yes || json).await,
        Lists::Correct { version, file, json, yes } => {
            correction_command::correct(app, &version, &file, json, yes).await
        }
        Lists::Redo { version, reason, yes } => redo(app, &version, reason.as_deref(), yes).await,
    }
}

/// Takes files of one list from disk and lays them out as a draft; its id.
pub async fn lay_out(app: &App, actor: &Actor, files: &[PathBuf], said: &Said) -> anyhow::Result<i64> {
    let mut arrived = Vec::new();
    let wanted = Wanted { source: said.source, ..Wanted::default() };
    for path in files {
        if let Arrival::New(file) = take(app, actor, path, &wanted).await? {
            arrived.push(*file);
        }
    }
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    let source = said.source.or_else(|| arrived.iter().find_map(|file| file.inspected.format).map(|f| f.source));
    let id = intake::open_draft(app, &change, source, &arrived, said).await?;
    change.commit().await?;
    Ok(id)
}

/// Imports files of one list without asking anybody: as the actor, through everything an upload goes through. The
/// version's id. For the demo, which plays a year of work.
pub async fn bring_in(app: &App, actor: &Actor, files: &[PathBuf], said: &Said) -> anyhow::Result<i64> {
    let id = lay_out(app, actor, files, said).await?;
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    let title = versions::version(&change, id).await?.title();
    versions::become_state(&change, id, VersionState::Reading).await?;
    change.commit().await?;
    let bar = Bar::new(&title, app.config.language);
    reading::read(app, actor, id, Watch::Bar(&bar), false).await.map_err(|error| error_of(app, error))?;
    bar.at("job-step-list-commit", 0, 0);
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    lists::commit(&change, id).await?;
    change.commit().await?;
    Ok(id)
}

pub(super) fn cannot_open(app: &App, path: &Path) -> String {
    app.config.language.msg("lists-cli-cannot-open").s("file", path.display().to_string()).to_string()
}

/// Takes a file from disk.
async fn take(app: &App, actor: &Actor, path: &Path, wanted: &Wanted) -> anyhow::Result<Arrival> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut input = tokio::fs::File::open(path).await.with_context(|| cannot_open(app, path))?;
    let arrival = intake::take(app, actor, &name, &mut input, wanted).await;
    arrival.with_context(|| cannot_open(app, path))
}

#[derive(Clone, Copy)]
struct How {
    json: bool,
    rows: bool,
    dry_run: bool,
    ask: bool,
}

async fn import(
    app: &App,
    files: &[PathBuf],
    said: Said,
    wanted: Wanted,
    known: &Known,
    how: How,
) -> anyhow::Result<ExitCode> {
    let lang = app.config.language;
    let actor = Actor::program("tuntas lists");
    if app.district().await?.is_none() {
        bail!("{}", lang.t("lists-cli-no-areas"));
    }
    let mut arrived: Vec<Arrived> = Vec::new();
    let mut attention = false;
    let mut refused = 0;
    for path in files {
        let mut arrival = take(app, &actor, path, &wanted).await?;
        if let Arrival::Known(known) = &arrival
            && versions::is_left_over(&app.store.read(&actor), known.0.id).await?
        {
            eprintln!("{}", lang.msg("lists-cli-anew").s("file", &known.1.name));
            give_up(app, &actor, known.0.id).await?;
            arrival = take(app, &actor, path, &wanted).await?;
        }
        match arrival {
            Arrival::New(file) => arrived.push(*file),
            Arrival::Known(known) => {
                let (version, file) = *known;
                if file.format.is_empty() {
                    let told = lang.msg("lists-cli-unknown-waits").s("file", &file.name).n("id", version.id);
                    bail!("{told}");
                }
                if version.state()? != VersionState::Committed && !how.dry_run {
                    let told = lang.msg("lists-cli-stands-in").s("file", &file.name).s("list", version.title());
                    bail!("{}", told.n("id", version.id));
                }
                let told = lang.msg("lists-same-file").s("file", &file.name).s("list", version.title());
                eprintln!("{told}");
                attention |= report::needs_attention(&file);
                print_file(app, &actor, file, how, true).await?;
            }
        }
    }
    for (source, group) in intake::groups(arrived, said.source) {
        let done = import_group(app, &actor, source, group, &said, known, how).await?;
        attention |= done.attention;
        refused += done.refused;
    }
    Ok(if refused == files.len() {
        ExitCode::FAILURE
    } else if attention || refused > 0 {
        ExitCode::from(3)
    } else {
        ExitCode::SUCCESS
    })
}

#[derive(Default)]
struct Done {
    attention: bool,
    /// Files of which nothing could be read.
    refused: usize,
}

async fn import_group(
    app: &App,
    actor: &Actor,
    source: Option<Source>,
    mut files: Vec<Arrived>,
    said: &Said,
    known: &Known,
    how: How,
) -> anyhow::Result<Done> {
    let lang = app.config.language;
    for file in &mut files {
        if file.inspected.format.is_some() || file.inspected.seen.refused.is_some() {
            continue;
        }
        if how.json {
            // a script is told like of any other file: it lacks the columns of every list
            file.inspected.reading.state = "rejected";
            file.inspected.findings.push(no_header());
            continue;
        }
        bail!("{}", lang.msg("lists-cli-unknown").s("file", &file.name).s("known", ids(known)));
    }
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    let id = intake::open_draft(app, &change, source, &files, said).await?;
    let version = versions::version(&change, id).await?;
    let readable = files.iter().any(|file| file.inspected.format.is_some());
    if readable && version.version.is_empty() {
        change.rollback().await?;
        bail!("{}", lang.msg("lists-cli-no-version").s("file", &files[0].name));
    }
    if said.as_of.is_some_and(|date| date > app.clock.today(app.config.zone)) {
        change.rollback().await?;
        bail!("{}", lang.t("lists-date-ahead"));
    }
    if readable && let Some(there) = versions::same_label(&change, &version.source, &version.version, id).await? {
        change.rollback().await?;
        bail!("{}", draft::version_there(lang, &there, &version.version));
    }
    if readable {
        versions::become_state(&change, id, VersionState::Reading).await?;
    }
    change.commit().await?;

    let mut outcome = Ok(());
    if readable {
        let bar = Bar::new(&version.title(), app.config.language);
        outcome = reading::read(app, actor, id, Watch::Bar(&bar), how.dry_run || how.ask).await;
    }
    let read = app.store.read(actor);
    let files = versions::files(&read, id).await?;
    let refused = files.iter().filter(|file| file.state == "rejected").count();
    let attention = files.iter().any(report::needs_attention);
    match outcome {
        // every file was refused: the report says why, and nothing of it stays
        Err(JobError::Told(_)) if refused == files.len() => {}
        Err(error) => {
            discard(app, actor, id).await?;
            return Err(error_of(app, error));
        }
        Ok(()) => {}
    }
    let goes_in = readable
        && refused < files.len()
        && !how.dry_run
        && (!how.ask || confirmed(&version, &files, app, actor).await?);
    if goes_in {
        let bar = Bar::new(&version.title(), app.config.language);
        bar.at("job-step-list-commit", 0, 0);
        let change = app.store.change(actor, &app.clock.stamp()).await?;
        lists::commit(&change, id).await?;
        change.commit().await?;
    }
    for file in versions::files(&app.store.read(actor), id).await? {
        print_file(app, actor, file, how, false).await?;
    }
    let version = versions::version(&app.store.read(actor), id).await?;
    if !how.json {
        if goes_in {
            let told = lang.msg("lists-cli-entered").s("list", version.title()).n("id", id);
            say!("{}", told.n("families", version.families).n("persons", version.persons));
            if let Some(met) = report::met(&app.store.read(actor), lang, id).await? {
                say!("{}", met.0);
            }
        } else if how.dry_run && refused < files.len() {
            print_difference(lang, &version);
        }
    }
    if !goes_in {
        discard(app, actor, id).await?;
    }
    Ok(Done { attention, refused })
}

/// Throws away what an import that was broken off left, wherever it was.
async fn give_up(app: &App, actor: &Actor, id: i64) -> anyhow::Result<()> {
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    if versions::version(&change, id).await?.state()? == VersionState::Committing {
        versions::become_state(&change, id, VersionState::Ready).await?;
    }
    change.commit().await?;
    discard(app, actor, id).await
}

/// What a draft that is not wanted leaves behind is removed, its files too.
async fn discard(app: &App, actor: &Actor, id: i64) -> anyhow::Result<()> {
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    let unreferenced = versions::discard(&change, id, None).await?;
    change.commit().await?;
    for sha256 in unreferenced {
        app.files.remove(&sha256).await?;
    }
    Ok(())
}

pub(super) fn error_of(app: &App, error: JobError) -> anyhow::Error {
    match error {
        JobError::Cancelled => anyhow::anyhow!(app.config.language.t("lists-was-stopped")),
        JobError::Told(key) => {
            let lang = app.config.language;
            anyhow::anyhow!("{} {}", lang.t(&key), lang.t(&format!("{key}-next")))
        }
        JobError::Internal(error) => error,
    }
}

async fn confirmed(version: &Version, files: &[File], app: &App, actor: &Actor) -> anyhow::Result<bool> {
    let lang = app.config.language;
    let version = versions::version(&app.store.read(actor), version.id).await?;
    for file in files {
        let told = lang.msg("lists-cli-rows").s("file", &file.name).n("data", file.rows_data);
        say!("{}", told.n("blocked", file.rows_blocked).n("rejected", file.rows_rejected));
    }
    print_difference(lang, &version);
    agreed(lang, &lang.msg("lists-cli-commit").s("list", version.title()).to_string())
}

pub(super) fn agreed(lang: Lang, question: &str) -> anyhow::Result<bool> {
    print!("{question} [{}/N] ", if lang.is_english() { "y" } else { "y/ya" });
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "ya"))
}

/// A version by its label or number.
pub(super) async fn named(app: &App, which: &str) -> anyhow::Result<Version> {
    let actor = Actor::program("tuntas lists");
    let read = app.store.read(&actor);
    let label = version_label(which).unwrap_or_else(|| which.to_owned());
    let found = match versions::by_label(&read, None, &label).await? {
        Some(version) => Some(version),
        None => match which.parse() {
            Ok(id) => versions::find(&read, id).await?,
            Err(_) => None,
        },
    };
    found.with_context(|| app.config.language.msg("lists-cli-nothing").s("version", which).to_string())
}

async fn undo(app: &App, which: &str, reason: &str, json: bool, yes: bool) -> anyhow::Result<ExitCode> {
    let lang = app.config.language;
    let actor = Actor::program("tuntas lists");
    let version = named(app, which).await?;
    let told = lists::consequences(&app.store.read(&actor), version.id).await?;
    if !json {
        say!(
            "{}",
            lang.msg("lists-undo-sentence")
                .s("list", version.title())
                .n("gone", told.families_go)
                .n("stay", told.families_stay)
                .n("changed", told.families_changed)
                .n("same", told.families_same)
        );
        for (kind, things) in [
            ("lists", &told.lists),
            ("rounds", &told.rounds),
            ("determinations", &told.determinations),
            ("programmes", &told.programmes),
            ("events", &told.events),
        ] {
            for thing in things {
                let families = lang.msg("lists-undo-families").n("count", thing.families);
                say!("  {}: {} ({families})", lang.t(&format!("lists-undo-{kind}")), thing.name);
            }
        }
        for (key, count) in [("lists-undo-changes", told.changes), ("lists-undo-mergers", told.mergers)] {
            if count > 0 {
                say!("  {}", lang.msg(key).n("count", count));
            }
        }
    }
    if !yes && !agreed(lang, &lang.msg("lists-undo-question").s("list", version.title()).to_string())? {
        bail!("{}", lang.t("lists-cli-unchanged"));
    }
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    let undone = lists::undo(&change, version.id, reason).await?;
    change.commit().await?;
    if json {
        say!(
            "{}",
            json!({"id": version.id, "list": version.title(), "families_gone": undone.families_gone, "persons_gone": undone.persons_gone,
                   "families_stay": undone.families_stay, "later_lists": undone.lists})
        );
    } else {
        say!("{}", lang.msg("lists-cli-undone").s("list", version.title()).s("id", version.id.to_string()));
    }
    Ok(ExitCode::SUCCESS)
}

async fn redo(app: &App, which: &str, reason: Option<&str>, yes: bool) -> anyhow::Result<ExitCode> {
    let lang = app.config.language;
    let actor = Actor::program("tuntas lists");
    let version = named(app, which).await?;
    if version.state()? != VersionState::Undone {
        let state = lang.t(&format!("lists-state-{}", version.state));
        bail!("{}", lang.msg("lists-cli-not-undone").s("list", version.title()).s("state", state));
    }
    if !yes {
        for later in lists::consequences(&app.store.read(&actor), version.id).await?.lists {
            say!("  {}: {}", lang.t("lists-undo-lists"), later.name);
        }
        if !agreed(lang, &lang.msg("lists-cli-redo").s("list", version.title()).to_string())? {
            bail!("{}", lang.t("lists-cli-unchanged"));
        }
    }
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    let done = lists::commit_because(&change, version.id, reason).await?;
    change.commit().await?;
    let told = lang.msg("lists-cli-entered").s("list", version.title()).n("id", version.id);
    say!("{}", told.n("families", done.families).n("persons", done.persons));
    Ok(ExitCode::SUCCESS)
}

fn print_difference(lang: Lang, version: &Version) {
    let difference: Difference = serde_json::from_str(&version.summary).unwrap_or_default();
    say!(
        "{}",
        lang.msg("lists-cli-difference")
            .s("list", version.title())
            .n("new", difference.new)
            .n("unchanged", difference.unchanged)
            .n("changed", difference.changed)
            .n("gone", difference.gone)
    );
}

async fn print_file(app: &App, actor: &Actor, file: File, how: How, again: bool) -> anyhow::Result<()> {
    let read = app.store.read(actor);
    if how.json {
        let mut report = Report::new(file, how.rows, again);
        let mut out = std::io::stdout().lock();
        while let Some(lines) = report.next(&read).await? {
            out.write_all(lines.as_bytes())?;
        }
        return Ok(());
    }
    let summary = report::summary(&read, &file).await?;
    let lang = app.config.language;
    say!("{}: {}", file.name, report::equation(lang, &file));
    say!(
        "{}",
        lang.msg("lists-outcome")
            .n("stored", file.rows_stored())
            .n("rejected", file.rows_rejected)
            .n("blocked", file.rows_blocked)
    );
    for (code, count) in &summary.by_code {
        let words = code.parse::<Fault>().map_or_else(|_| code.clone(), |fault| lang.t(&fault.word_key()));
        say!("  {count:>8}  {code}  {words}");
    }
    if file.state == "rejected" {
        let about = show::file_findings(&read, file.version_id).await?;
        for found in about.iter().filter(|found| found.file_id == file.id && !found.column_name.is_empty()) {
            say!("            {}: {}", found.code, found.column_name);
        }
        say!("{}", lang.msg("lists-cli-refused").s("file", &file.name));
    }
    Ok(())
}

async fn show(app: &App, which: Option<&str>, json: bool) -> anyhow::Result<ExitCode> {
    let lang = app.config.language;
    let actor = Actor::program("tuntas lists");
    let read = app.store.read(&actor);
    let Some(which) = which else {
        for version in versions::versions(&read).await? {
            if json {
                say!("{}", version_json(&version));
            } else {
                // one whose source nobody knows yet is called by its files
                let title = list_title(lang, &version, &versions::files(&read, version.id).await?);
                let state = lang.t(&format!("lists-state-{}", version.state));
                let held = lang.msg("lists-cli-held").n("families", version.families).n("persons", version.persons);
                say!("{:>5}  {title:<16} {}  {state}  {held}", version.id, version.as_of);
            }
        }
        return Ok(ExitCode::SUCCESS);
    };
    let version = named(app, which).await?;
    let how = How { json, rows: false, dry_run: false, ask: false };
    if json {
        say!("{}", version_json(&version));
    } else {
        let state = lang.t(&format!("lists-state-{}", version.state));
        let title = list_title(lang, &version, &versions::files(&read, version.id).await?);
        say!("{:>5}  {title}  {}  {state}", version.id, version.as_of);
        say!("{}", lang.msg("lists-cli-held").n("families", version.families).n("persons", version.persons));
        for (key, value) in
            [("lists-giver", &version.giver), ("lists-basis", &version.legal_basis), ("lists-letter", &version.letter)]
        {
            if let Some(value) = value {
                say!("{}: {value}", lang.t(key));
            }
        }
    }
    for file in versions::files(&read, version.id).await? {
        if json {
            say!("{}", report::summary_line(&read, &file).await?.trim_end());
        } else {
            print_file(app, &actor, file, how, false).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn version_json(version: &Version) -> serde_json::Value {
    json!({
        "id": version.id,
        "source": version.source,
        "version": version.version,
        "as_of": version.as_of,
        "state": version.state,
        "giver": version.giver,
        "legal_basis": version.legal_basis,
        "letter": version.letter,
        "families": version.families,
        "persons": version.persons,
        "committed_at": version.committed_at,
        "difference": serde_json::from_str::<serde_json::Value>(&version.summary).unwrap_or_default(),
    })
}
