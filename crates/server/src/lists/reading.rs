//! Reading the files of a version: a thread parses and lays rows out as they will be stored, the database takes in chunk
//! after chunk, memory stays bounded. The same function serves the worker and the command line.

use std::{
    ops::ControlFlow,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::lists::{
    AreaIndex, Context, FamilyKeys, FileFacts, Finding, Format, Mapping, Overlay, Reader, Row, RowClass, RowReading,
    Survey, VersionState, check_families, recognise::HEAD_ROWS, recognise_as,
};
use sheets::{ReadError, Spreadsheet};
use store::{
    Actor,
    lists::{
        File, check,
        corrections::{self, Standing},
        preview,
        rows::{self, Batch, Target},
        versions,
    },
};
use tokio::{sync::mpsc, task::JoinHandle};

use super::formats;
use crate::{App, jobs::JobError};

/// Rows handed over at a time; a few chunks are on their way at most.
const CHUNK: usize = 1_000;
const WAITING_CHUNKS: usize = 3;

/// Whoever watches a long work and may want it stopped: the page of a job, or the bar of the command line.
#[derive(Clone, Copy, Debug)]
pub enum Watch<'a> {
    Job(&'a crate::jobs::Progress),
    Bar(&'a super::command::Bar),
}

impl Watch<'_> {
    /// Says what is being done (a message key) and how far; fails when it is to be stopped.
    pub async fn at(&self, step: &'static str, done: i64, total: i64) -> Result<(), JobError> {
        match self {
            Self::Job(progress) => progress.at(step, done, total).await,
            Self::Bar(bar) => {
                bar.at(step, done, total);
                Ok(())
            }
        }
    }
}

/// Reads every file of a version anew and makes the version ready; with `compare` also tells the difference to the
/// version before. When it fails or is stopped, the version is a draft again and nothing of it was kept.
pub async fn read(app: &App, actor: &Actor, version: i64, watch: Watch<'_>, compare: bool) -> Result<(), JobError> {
    let done = read_all(app, actor, version, watch, compare).await;
    if done.is_err() {
        let change = app.store.change(actor, &app.clock.stamp()).await?;
        // why a file was refused stays with it: nothing else tells
        for file in
            versions::files(&change, version).await.map_err(told)?.iter().filter(|file| file.state != "rejected")
        {
            rows::clear(&change, file.id).await.map_err(told)?;
            versions::set_file_state(&change, file.id, "waiting").await.map_err(told)?;
        }
        // the version may have been discarded meanwhile: then there is nothing to take back
        let _ = versions::become_state(&change, version, VersionState::Draft).await;
        change.commit().await?;
    }
    done
}

/// A broken rule of the lists as the end of a job.
pub fn told(error: store::lists::Error) -> JobError {
    match error {
        store::lists::Error::Store(error) => error.into(),
        store::lists::Error::Unknown => JobError::Told("error-list-unknown".to_owned()),
        store::lists::Error::State(..) => JobError::Told("error-list-state".to_owned()),
        store::lists::Error::Correction(..) => JobError::Told("error-list-correction-state".to_owned()),
        store::lists::Error::Meanwhile => JobError::Told("error-list-corrected-meanwhile".to_owned()),
        store::lists::Error::FormatThere => JobError::Told("error-list-format-there".to_owned()),
        store::lists::Error::NoReason => JobError::Told("error-list-no-reason".to_owned()),
        store::lists::Error::NoFile => JobError::Told("error-list-no-file".to_owned()),
        store::lists::Error::NoAreas => JobError::Told("error-list-no-areas".to_owned()),
    }
}

async fn read_all(app: &App, actor: &Actor, id: i64, watch: Watch<'_>, compare: bool) -> Result<(), JobError> {
    let reading = app.store.read(actor);
    let version = versions::version(&reading, id).await.map_err(told)?;
    let areas = store::areas::index(&reading).await?.ok_or_else(|| told(store::lists::Error::NoAreas))?;
    let areas = Arc::new(areas);
    let on: NaiveDate = version.as_of.parse().unwrap_or_else(|_| app.clock.today(app.config.zone));
    let formats = formats::known(&reading).await.map_err(told)?;
    let mut keys: Vec<(i64, FamilyKeys)> = Vec::new();
    let files = versions::files(&reading, id).await.map_err(told)?;
    let mut files = files.into_iter().filter(|file| file.state != "rejected").filter_map(|file| {
        let format = formats.find(&file.format)?;
        Some((file, format))
    });
    let mut next = match files.next() {
        Some((file, format)) => Some(begin(app, actor, file, format, &areas, on).await?),
        None => None,
    };
    while let Some(parsing) = next.take() {
        // while the rows of one file are stored, the first pass over the next is under way
        let ahead = match files.next() {
            Some((file, format)) => Some(begin(app, actor, file, format, &areas, on).await),
            None => None,
        };
        let file = parsing.file.id;
        let taken = parsing.take_in(app, actor, watch).await;
        next = ahead.transpose()?;
        match taken {
            Ok(found) => keys.extend(found.map(|found| (file, found))),
            Err(error) => {
                if let Some(parsing) = next {
                    // it has stored nothing, and whoever clears the version must not meet it
                    let _ = parsing.end().await;
                }
                return Err(error);
            }
        }
    }
    if keys.is_empty() {
        return Err(told(store::lists::Error::NoFile));
    }
    watch.at("job-step-list-families", 0, 0).await?;
    let only: Vec<&FamilyKeys> = keys.iter().map(|(_, keys)| keys).collect();
    let late: Vec<(i64, Finding)> =
        check_families(&only).into_iter().map(|(at, finding)| (keys[at].0, finding)).collect();
    drop(keys);
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    preview::finish_reading(&change, id, &late).await.map_err(told)?;
    if compare {
        preview::refresh(&change, id).await.map_err(told)?;
    }
    change.commit().await?;
    Ok(())
}

/// What the parsing thread sends.
pub(super) enum Part<T> {
    /// How many rows there will be.
    Total(i64),
    Rows(T),
}

/// What a file told once it was read to its end.
pub(super) struct Parsed {
    pub(super) mapping: Mapping,
    pub(super) findings: Vec<Finding>,
    /// `None`: it lacks what the format cannot do without.
    pub(super) keys: Option<FamilyKeys>,
}

/// A file whose rows are being parsed.
struct Parsing {
    file: File,
    began: DateTime<Utc>,
    stop: Arc<AtomicBool>,
    receive: mpsc::Receiver<Part<Batch>>,
    parser: JoinHandle<Result<Parsed, Finding>>,
}

/// Begins to parse a file, in a thread of its own.
async fn begin(
    app: &App,
    actor: &Actor,
    file: File,
    format: &'static Format,
    areas: &Arc<AreaIndex>,
    on: NaiveDate,
) -> Result<Parsing, JobError> {
    let began = app.clock.now();
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    rows::clear(&change, file.id).await.map_err(told)?;
    versions::set_file_state(&change, file.id, "reading").await.map_err(told)?;
    change.commit().await?;

    let (send, receive) = mpsc::channel(WAITING_CHUNKS);
    let stop = Arc::new(AtomicBool::new(false));
    let standing = Standing::default();
    let overlay = corrections::overlay(&app.store.read(actor), file.id, file.sheet_no, standing).await.map_err(told)?;
    let target = Target { version: file.version_id, file: file.id, format };
    let task = Parse {
        path: app.files.path(&file.sha256),
        name: file.name.clone(),
        sheet: file.sheet_no as usize,
        format,
        areas: Arc::clone(areas),
        overlay,
        on,
        stop: Arc::clone(&stop),
        send,
        pack: move |rows| Batch::of(target, rows),
    };
    let parser = tokio::task::spawn_blocking(move || task.run());
    Ok(Parsing { file, began, stop, receive, parser })
}

impl Parsing {
    /// Takes in what is parsed, to the end of the file. `None`: it cannot be read, and stays in the version with the reason.
    async fn take_in(mut self, app: &App, actor: &Actor, watch: Watch<'_>) -> Result<Option<FamilyKeys>, JobError> {
        let taken = take_in(app, actor, &mut self.receive, watch).await;
        let (began, file) = (self.began, self.file.clone());
        let parsed = self.end().await?;
        taken?;
        let parsed = match parsed {
            Ok(parsed) => parsed,
            Err(finding) => {
                refuse(app, actor, &file, vec![finding]).await?;
                return Ok(None);
            }
        };
        let Some(keys) = parsed.keys else {
            refuse(app, actor, &file, parsed.findings).await?;
            return Ok(None);
        };
        let change = app.store.change(actor, &app.clock.stamp()).await?;
        rows::add_findings(&change, file.id, &parsed.findings).await.map_err(told)?;
        let seconds = (app.clock.now() - began).as_seconds_f64();
        let (first, last) = parsed.mapping.header_rows;
        versions::file_was_read(&change, file.id, i64::from(first), i64::from(last), seconds).await.map_err(told)?;
        change.commit().await?;
        Ok(Some(keys))
    }

    /// Whatever ended the taking in, the thread must not parse on for nobody.
    async fn end(self) -> Result<Result<Parsed, Finding>, JobError> {
        self.stop.store(true, Ordering::Relaxed);
        drop(self.receive);
        Ok(self.parser.await.map_err(anyhow::Error::from)?)
    }
}

/// Stores what the parsing thread sends, a chunk a transaction.
async fn take_in(
    app: &App,
    actor: &Actor,
    receive: &mut mpsc::Receiver<Part<Batch>>,
    watch: Watch<'_>,
) -> Result<(), JobError> {
    let (mut done, mut total) = (0, 0);
    watch.at("job-step-list-survey", 0, 0).await?;
    while let Some(part) = receive.recv().await {
        match part {
            Part::Total(rows) => total = rows,
            Part::Rows(batch) => {
                done += batch.len() as i64;
                let change = app.store.change(actor, &app.clock.stamp()).await?;
                rows::add(&change, batch).await.map_err(told)?;
                change.commit().await?;
            }
        }
        watch.at("job-step-list-rows", done, total.max(done)).await?;
    }
    Ok(())
}

/// The file cannot be read: it stays in the version with the reason, and brings nothing.
async fn refuse(app: &App, actor: &Actor, file: &File, findings: Vec<Finding>) -> Result<(), JobError> {
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    rows::clear(&change, file.id).await.map_err(told)?;
    rows::add_findings(&change, file.id, &findings).await.map_err(told)?;
    versions::set_file_state(&change, file.id, "rejected").await.map_err(told)?;
    check::recount(&change, file.version_id).await.map_err(told)?;
    change.commit().await?;
    Ok(())
}

/// The work of the parsing thread.
pub(super) struct Parse<T, P> {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) sheet: usize,
    pub(super) format: &'static Format,
    pub(super) areas: Arc<AreaIndex>,
    /// Cells corrected since the file came.
    pub(super) overlay: Overlay,
    pub(super) on: NaiveDate,
    pub(super) stop: Arc<AtomicBool>,
    pub(super) send: mpsc::Sender<Part<T>>,
    /// Makes of a chunk of rows what is sent.
    pub(super) pack: P,
}

impl<T, P: Fn(Vec<RowReading>) -> T> Parse<T, P> {
    /// Two passes over the file; the second sends its rows. `Err`: why it cannot be read to its end.
    pub(super) fn run(self) -> Result<Parsed, Finding> {
        let mut file = Spreadsheet::open(&self.path).map_err(|error| error.finding())?;
        let head = file.head(self.sheet, HEAD_ROWS).map_err(|error| broken(&error))?;
        let found = recognise_as(&head, &self.name, self.format);
        let mut findings = file.findings();
        findings.extend(found.findings.iter().cloned());
        if !found.is_complete() {
            return Ok(Parsed { mapping: found.mapping, findings, keys: None });
        }
        let mapping = found.mapping;
        let facts = self.survey(&mut file, &mapping)?;
        findings.extend(facts.findings.iter().cloned());
        let mut keys = FamilyKeys::new(&mapping, self.on);
        self.rows(&mut file, &mapping, &facts, &mut keys)?;
        Ok(Parsed { mapping, findings, keys: Some(keys) })
    }

    fn survey(&self, file: &mut Spreadsheet, mapping: &Mapping) -> Result<FileFacts, Finding> {
        let mut survey = Survey::new(mapping, file.counts_from_1904());
        file.rows(self.sheet, |mut row| {
            self.overlay.lay(&mut row);
            survey.see(&row);
            self.go_on()
        })
        .map_err(|error| broken(&error))?;
        let facts = survey.finish();
        if facts.is_no_list() {
            return Err(Finding::new(None, None, domain::lists::Fault::FileProtected, "no_list"));
        }
        Ok(facts)
    }

    fn rows(
        &self,
        file: &mut Spreadsheet,
        mapping: &Mapping,
        facts: &FileFacts,
        keys: &mut FamilyKeys,
    ) -> Result<(), Finding> {
        let context =
            Context { on: self.on, from_1904: file.counts_from_1904(), delimited: file.text_layout().is_some() };
        let reader = Reader::new(mapping, facts, &self.areas, context);
        // a closed channel means that nobody wants the rest: the stop mark says so too
        let _ = self.send.blocking_send(Part::Total(i64::from(facts.last_data_row)));
        let mut chunk = Vec::with_capacity(CHUNK);
        let mut blanks: Vec<RowReading> = Vec::new();
        file.rows(self.sheet, |mut row| {
            let as_it_came = self.overlay.lay(&mut row);
            let mut reading = if mapping.is_below_header(row.number) { reader.read(row) } else { above(row) };
            if let Some(raw) = as_it_came {
                reading.raw = raw;
            }
            if reading.class == RowClass::Blank {
                // blank rows count only when something follows: below the last line they are the end of the file
                blanks.push(reading);
                return self.go_on();
            }
            keys.add(&reading);
            chunk.append(&mut blanks);
            chunk.push(reading);
            if chunk.len() >= CHUNK {
                let full = std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK));
                if self.send.blocking_send(Part::Rows((self.pack)(full))).is_err() {
                    return ControlFlow::Break(());
                }
            }
            self.go_on()
        })
        .map_err(|error| broken(&error))?;
        if !chunk.is_empty() {
            let _ = self.send.blocking_send(Part::Rows((self.pack)(chunk)));
        }
        Ok(())
    }

    fn go_on(&self) -> ControlFlow<()> {
        if self.stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// The header and what stands above it: kept raw like every row.
fn above(row: Row) -> RowReading {
    let class = if row.is_blank() { RowClass::Blank } else { RowClass::RepeatedHeader };
    let raw = row.cells.into_iter().map(sheets::Cell::into_display).collect();
    RowReading { row: row.number, raw, class, ..RowReading::default() }
}

/// A file that breaks off in the middle is refused whole: half a list is none.
fn broken(error: &ReadError) -> Finding {
    let reason = match error {
        ReadError::Io(_) => "io",
        ReadError::Damaged { .. } | ReadError::NoSuchSheet(_) => "damaged",
    };
    Finding::new(None, None, domain::lists::Fault::FileProtected, reason)
}
