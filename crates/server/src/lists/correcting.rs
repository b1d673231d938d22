//! A corrected workbook: found out which list and rows it is of, compared cell by cell with what was given; or cells typed on
//! the page of a row ([`super::row_page`]). The difference is computed by reading the list anew with the cells in their
//! places, applied, and taken back. All of it as jobs, or by the command line.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::ControlFlow,
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
};

use chrono::NaiveDate;
use domain::{
    AreaCode,
    lists::{
        Cell, CorrectionState, FamilyKeys, Finding, Mark, Overlay, Row, RowClass, RowReading, VersionState,
        check_families,
        corrected::{columns, is_changed, row_of_key},
    },
};
use sheets::Spreadsheet;
use store::{
    Actor,
    jobs::Job,
    lists::{
        File, Version,
        correct::{self, Rewritten},
        corrections::{self, CellChange, Correction, Found, RowChange, Standing, Summary},
        rows::Target,
        versions,
    },
};
use tokio::sync::mpsc;

use super::{
    formats,
    jobs::actor,
    reading::{Parse, Part, Watch, told},
};
use crate::{
    App,
    i18n::Lang,
    jobs::{JobError, Progress},
};

/// Rows compared at a time.
const CHUNK: usize = 500;
/// The mark stands in one of the first rows: no header stands deeper.
const SEARCHED: usize = 100;

/// The work of `correction.read`.
pub async fn read(app: &App, job: &Job, progress: &Progress) -> Result<(), JobError> {
    let actor = actor(app, job).await?;
    compare(app, &actor, job.subject_id, Watch::Job(progress)).await
}

/// The work of `correction.apply`.
pub async fn apply(app: &App, job: &Job, progress: &Progress) -> Result<(), JobError> {
    let actor = actor(app, job).await?;
    carry_out(app, &actor, job.subject_id, Watch::Job(progress)).await
}

/// The work of `correction.undo`.
pub async fn undo(app: &App, job: &Job, progress: &Progress) -> Result<(), JobError> {
    apply(app, job, progress).await
}

/// Compares a workbook with its list and keeps the difference. One that cannot be taken says why, and is kept so.
pub async fn compare(app: &App, actor: &Actor, id: i64, watch: Watch<'_>) -> Result<(), JobError> {
    let correction = corrections::correction(&app.store.read(actor), id).await.map_err(told)?;
    if correction.state().map_err(told)? != CorrectionState::Reading {
        return Ok(());
    }
    watch.at("job-step-correction-compare", 0, 0).await?;
    let done = look_and_compare(app, actor, &correction, watch).await;
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    match done {
        Ok((file, found)) => {
            corrections::keep(&change, id, file.id, file.sheet_no, &found).await.map_err(told)?;
        }
        Err(Stopped::Refused(why)) => corrections::refuse(&change, id, &why).await.map_err(told)?,
        Err(Stopped::Failed(error)) => {
            // whatever went wrong, the person must not wait for ever
            corrections::refuse(&change, id, "failed").await.map_err(told)?;
            change.commit().await?;
            return Err(error);
        }
    }
    change.commit().await?;
    Ok(())
}

/// Why comparing ended early.
enum Stopped {
    /// The workbook cannot be taken: a word and what it names.
    Refused(String),
    Failed(JobError),
}

impl<E: Into<JobError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// The file a workbook was made of.
struct Given {
    file: File,
    mark: Mark,
    found: Marked,
}

/// Where the mark stands in what came back.
#[derive(Clone, Copy)]
struct Marked {
    sheet: usize,
    row: u32,
    column: usize,
}

async fn look_and_compare(
    app: &App,
    actor: &Actor,
    correction: &Correction,
    watch: Watch<'_>,
) -> Result<(File, Found), Stopped> {
    let version = versions::version(&app.store.read(actor), correction.version_id).await.map_err(told)?;
    let (file, mut found) = if correction.is_typed() {
        typed_cells(app, actor, correction).await?
    } else {
        let given = recognise(app, actor, correction).await?;
        let found = cells(app, actor, &given, correction, watch).await?;
        (given.file, found)
    };
    if found.cells.is_empty() {
        return Ok((file, found));
    }
    let mut overlay = corrections::overlay(&app.store.read(actor), file.id, file.sheet_no, Standing::default())
        .await
        .map_err(told)?;
    lay(&mut overlay, &found.cells);
    let (files, late) = read_again(app, actor, &version, Some((file.id, overlay)), watch).await?;
    watch.at("job-step-correction-difference", 0, 0).await?;
    // everything that applying would do, to be looked at and forgotten
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    let done = correct::rewrite(&change, &version, files, &late).await.map_err(told)?;
    change.rollback().await?;
    tell(&mut found, file.id, &done);
    Ok((file, found))
}

/// The cells typed on the pages of rows that say something else than the list does now.
async fn typed_cells(app: &App, actor: &Actor, correction: &Correction) -> Result<(File, Found), Stopped> {
    let reading = app.store.read(actor);
    let file = versions::file(&reading, correction.file_id.unwrap_or(0)).await.map_err(told)?;
    let Some(file) = file else { return Err(Stopped::Refused("unknown".to_owned())) };
    if correction.sheet_no != Some(file.sheet_no) || file.state != "read" {
        return Err(Stopped::Refused("sheet".to_owned()));
    }
    let now = corrections::overlay(&reading, file.id, file.sheet_no, Standing::default()).await.map_err(told)?;
    let mut cells = corrections::all_cells(&reading, correction.id).await.map_err(told)?;
    let mut rows: Vec<i64> = cells.iter().map(|cell| cell.row_no).collect();
    rows.dedup();
    let came = corrections::came(&reading, file.id, &rows).await.map_err(told)?;
    let suspect = corrections::suspect(&reading, file.id, &rows).await.map_err(told)?;
    cells.retain_mut(|cell| {
        let Some(came) = came.get(&cell.row_no) else { return false };
        cell.was = standing_text(&now, cell.row_no, cell.column_no as usize, &raw_cells(came));
        let doubted = |(row, header, _): &(i64, String, String)| *row == cell.row_no && *header == cell.header;
        cell.was != cell.became || suspect.iter().any(doubted)
    });
    let mut found = Found { cells, ..Found::default() };
    rows.retain(|row| found.cells.iter().any(|cell| cell.row_no == *row));
    found.summary.cells = found.cells.len() as i64;
    found.summary.rows = rows.len() as i64;
    Ok((file, found))
}

/// The cells of a row as they came.
pub fn raw_cells(came: &corrections::Came) -> Vec<String> {
    serde_json::from_str(&came.raw).unwrap_or_default()
}

/// What stands in a cell: as corrected last, or as it came.
pub fn standing_text(overlay: &Overlay, row: i64, column: usize, raw: &[String]) -> String {
    let laid = overlay.cells(row as u32).iter().find(|(at, _)| *at == column);
    laid.map_or_else(|| raw.get(column).cloned().unwrap_or_default(), |(_, cell)| cell.display())
}

fn lay(overlay: &mut Overlay, cells: &[CellChange]) {
    for cell in cells {
        overlay.put(cell.row_no as u32, cell.column_no as usize, Cell::of_kind(&cell.kind, &cell.became));
    }
}

/// Which list and file the workbook is of, in words when it is none of this.
async fn recognise(app: &App, actor: &Actor, correction: &Correction) -> Result<Given, Stopped> {
    let path = app.files.path(&correction.sha256);
    let marked = tokio::task::spawn_blocking(move || find_mark(path)).await.map_err(anyhow::Error::from)?;
    let (mark, found) = marked.map_err(|reason| Stopped::Refused(reason.to_owned()))?;
    let reading = app.store.read(actor);
    let file = versions::file(&reading, mark.file).await.map_err(told)?;
    let Some(file) = file.filter(|file| mark.is_of(&file.sha256)) else {
        return Err(Stopped::Refused("unknown".to_owned()));
    };
    if file.version_id != correction.version_id {
        let other = versions::version(&reading, file.version_id).await.map_err(told)?;
        return Err(Stopped::Refused(format!("other|{}|{}", other.title(), other.id)));
    }
    if file.sheet_no != mark.sheet || file.state != "read" {
        return Err(Stopped::Refused("sheet".to_owned()));
    }
    Ok(Given { file, mark, found })
}

/// Finds the mark of a workbook of corrections in any of its sheets. `Err`: a word for why there is none.
fn find_mark(path: PathBuf) -> Result<(Mark, Marked), &'static str> {
    let mut book = Spreadsheet::open(path).map_err(|error| error.reason())?;
    for sheet in 0..book.sheets().len() {
        let mut found = None;
        let mut seen = 0;
        let read = book.rows(sheet, |row| {
            for (column, cell) in row.cells.iter().enumerate() {
                if let Cell::Text(text) = cell
                    && let Ok(mark) = text.parse::<Mark>()
                {
                    found = Some((mark, Marked { sheet, row: row.number, column }));
                    return ControlFlow::Break(());
                }
            }
            seen += 1;
            if seen < SEARCHED { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if read.is_err() {
            return Err("damaged");
        }
        if let Some(found) = found {
            return Ok(found);
        }
    }
    Err("no_mark")
}

/// Sends the rows below the mark, a chunk at a time. `Err`: the file breaks off.
fn send_rows(path: PathBuf, found: Marked, send: &mpsc::Sender<Vec<Row>>) -> Result<(), &'static str> {
    let mut book = Spreadsheet::open(path).map_err(|error| error.reason())?;
    let mut chunk = Vec::with_capacity(CHUNK);
    book.rows(found.sheet, |row| {
        if row.number < found.row || row.is_blank() {
            return ControlFlow::Continue(());
        }
        chunk.push(row);
        if chunk.len() >= CHUNK {
            let full = std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK));
            if send.blocking_send(full).is_err() {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })
    .map_err(|_| "damaged")?;
    if !chunk.is_empty() {
        let _ = send.blocking_send(chunk);
    }
    Ok(())
}

/// Compares every cell with what was given.
async fn cells(
    app: &App,
    actor: &Actor,
    given: &Given,
    correction: &Correction,
    watch: Watch<'_>,
) -> Result<Found, Stopped> {
    let reading = app.store.read(actor);
    let before = Standing { before: Some(given.mark.entry), ..Standing::default() };
    let base = corrections::overlay(&reading, given.file.id, given.file.sheet_no, before).await.map_err(told)?;
    let now =
        corrections::overlay(&reading, given.file.id, given.file.sheet_no, Standing::default()).await.map_err(told)?;
    let (send, mut receive) = mpsc::channel(2);
    let (path, found) = (app.files.path(&correction.sha256), given.found);
    let reader = tokio::task::spawn_blocking(move || send_rows(path, found, &send));
    let mut comparing = Comparing {
        given,
        base,
        now,
        at: Vec::new(),
        headers: Vec::new(),
        seen: HashSet::new(),
        found: Found::default(),
    };
    let mut compared = Ok(());
    let mut done = 0;
    while let Some(rows) = receive.recv().await {
        done += rows.len() as i64;
        compared = comparing.rows(&reading, rows).await;
        if compared.is_err() {
            break;
        }
        watch.at("job-step-correction-compare", done, given.file.rows_data.max(done)).await?;
    }
    drop(receive);
    let read = reader.await.map_err(anyhow::Error::from)?;
    compared.map_err(told)?;
    read.map_err(|reason| Stopped::Refused(reason.to_owned()))?;
    let within = AreaCode::from_number(given.mark.area).map(|area| (*area.range().start(), *area.range().end()));
    let data = corrections::data_rows(&reading, given.file.id, within).await.map_err(told)?;
    Ok(comparing.finish(&data))
}

struct Comparing<'a> {
    given: &'a Given,
    base: Overlay,
    now: Overlay,
    /// Where the columns stand in what came back.
    at: Vec<Option<usize>>,
    headers: Vec<String>,
    seen: HashSet<u32>,
    found: Found,
}

impl Comparing<'_> {
    async fn rows(&mut self, reading: &store::Reading<'_>, rows: Vec<Row>) -> store::lists::Result<()> {
        let file = &self.given.file;
        let marked = self.given.found;
        let mut rows = rows.into_iter().peekable();
        if rows.peek().is_some_and(|row| row.number == marked.row)
            && let Some(header) = rows.next()
        {
            self.header(reading, &header).await?;
        }
        let mut keyed: Vec<(u32, Row)> = Vec::new();
        for row in rows {
            let key = row.cell(marked.column).display();
            // what the program itself wrote into a row does not make one
            let own = |at: usize| at + 2 >= marked.column && at <= marked.column;
            let said = || row.cells.iter().enumerate().any(|(at, cell)| !own(at) && !cell.is_blank());
            match row_of_key(file.id, &key) {
                Some(number) if self.seen.insert(number) => keyed.push((number, row)),
                Some(number) => self.tell(i64::from(number), "twice"),
                None if key.trim().is_empty() && said() => self.tell(i64::from(row.number), "added"),
                None if !key.trim().is_empty() => self.tell(i64::from(row.number), "unknown"),
                None => {}
            }
        }
        let numbers: Vec<i64> = keyed.iter().map(|(number, _)| i64::from(*number)).collect();
        let came = corrections::came(reading, file.id, &numbers).await?;
        let mut suspect: HashMap<i64, Vec<(String, String)>> = HashMap::new();
        for (row, header, digits) in corrections::suspect(reading, file.id, &numbers).await? {
            suspect.entry(row).or_default().push((header, digits));
        }
        for (number, row) in keyed {
            let number = i64::from(number);
            let Some(came) = came.get(&number) else {
                self.tell(i64::from(row.number), "unknown");
                continue;
            };
            self.row(number, &raw_cells(came), &row, suspect.get(&number).map(Vec::as_slice).unwrap_or_default());
        }
        Ok(())
    }

    /// What came back is held against the header as it was given.
    async fn header(&mut self, reading: &store::Reading<'_>, back: &Row) -> store::lists::Result<()> {
        let file = &self.given.file;
        let column = self.given.found.column;
        let came = corrections::came(reading, file.id, &[file.header_last]).await?;
        let mut headers: Vec<String> =
            came.get(&file.header_last).and_then(|came| serde_json::from_str(&came.raw).ok()).unwrap_or_default();
        let texts: Vec<String> = back.cells.iter().map(Cell::display).collect();
        // columns without a header may hold something too
        headers.resize(headers.len().max(column.saturating_sub(2)), String::new());
        let found = columns(&headers, &texts, &[column.saturating_sub(2), column.saturating_sub(1), column]);
        let names = file.columns();
        self.headers = headers
            .iter()
            .enumerate()
            .map(|(at, text)| {
                names.get(at).map(|column| &column.header).filter(|header| !header.is_empty()).unwrap_or(text).clone()
            })
            .collect();
        self.found.summary.columns_missing = found.missing;
        self.found.summary.columns_added = found.added;
        self.at = found.at;
        Ok(())
    }

    fn row(&mut self, number: i64, raw: &[String], back: &Row, suspect: &[(String, String)]) {
        let over = |overlay: &Overlay, column: usize| standing_text(overlay, number, column, raw);
        let confirmed = is_yes(&back.cell(self.given.found.column.saturating_sub(1)).display());
        let mut changed = false;
        for (column, at) in self.at.iter().enumerate() {
            let Some(at) = at else { continue };
            let cell = back.cell(*at);
            let (given, current) = (over(&self.base, column), over(&self.now, column));
            let doubted = suspect.iter().find(|(header, _)| *header == self.headers[column]);
            let (kind, became) = if is_changed(&given, cell) {
                if !is_changed(&current, cell) {
                    continue;
                }
                (cell.kind(), cell.display())
            } else if let Some((_, digits)) = doubted.filter(|_| confirmed) {
                // the digits are right: written as text, nothing else, nobody doubts them
                ("text", digits.clone())
            } else {
                continue;
            };
            if given != current {
                self.found.summary.meanwhile += 1;
            }
            changed = true;
            self.found.cells.push(CellChange {
                row_no: number,
                column_no: column as i64,
                header: self.headers[column].clone(),
                was: current,
                became,
                kind: kind.to_owned(),
            });
        }
        self.found.summary.rows += i64::from(changed);
    }

    fn tell(&mut self, row: i64, state: &'static str) {
        let summary = &mut self.found.summary;
        match state {
            "twice" => summary.twice += 1,
            "added" => summary.added += 1,
            _ => summary.unknown += 1,
        }
        let change = RowChange { file: self.given.file.id, row, state, findings: corrections::Findings::default() };
        if state != "twice" || !self.found.rows.contains(&change) {
            self.found.rows.push(change);
        }
    }

    /// A row that stands twice is not taken; rows given that did not come back are told.
    fn finish(mut self, data: &[i64]) -> Found {
        let twice: HashSet<i64> =
            self.found.rows.iter().filter(|row| row.state == "twice").map(|row| row.row).collect();
        self.found.cells.retain(|cell| !twice.contains(&cell.row_no));
        let summary = &mut self.found.summary;
        summary.twice = twice.len() as i64;
        let rows: HashSet<i64> = self.found.cells.iter().map(|cell| cell.row_no).collect();
        summary.rows = rows.len() as i64;
        summary.cells = self.found.cells.len() as i64;
        for row in data.iter().filter(|row| !self.seen.contains(&(**row as u32))) {
            summary.removed += 1;
            self.found.rows.push(RowChange {
                file: self.given.file.id,
                row: *row,
                state: "removed",
                findings: corrections::Findings::default(),
            });
        }
        self.found
    }
}

/// `Y`, `ya`, `yes` or a mark.
fn is_yes(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "y" | "ya" | "yes" | "v" | "x" | "✓" | "1" | "true" | "benar")
}

/// Says of every row what becomes of its findings, and counts.
fn tell(found: &mut Found, file: i64, done: &correct::Done) {
    let corrected: HashSet<i64> = found.cells.iter().map(|cell| cell.row_no).collect();
    let Summary { gone, left, new, affected, .. } = &mut found.summary;
    let mut told: HashSet<i64> = HashSet::new();
    for ((of, row), findings) in &done.findings {
        let own = *of == file && corrected.contains(row);
        if !own && findings.gone.is_empty() && findings.new.is_empty() {
            continue;
        }
        if own {
            told.insert(*row);
            *left += findings.left.len() as i64;
        } else {
            *affected += 1;
        }
        *gone += findings.gone.len() as i64;
        *new += findings.new.len() as i64;
        let state = if own { "corrected" } else { "affected" };
        found.rows.push(RowChange { file: *of, row: *row, state, findings: findings.clone() });
    }
    for row in corrected.difference(&told) {
        found.rows.push(RowChange { file, row: *row, state: "corrected", findings: corrections::Findings::default() });
    }
    let summary = &mut found.summary;
    (summary.blocked_before, summary.blocked_after) = (done.blocked_before, done.blocked_after);
    let mut people: BTreeMap<(&str, &str), HashSet<i64>> = BTreeMap::new();
    for effect in &done.effects {
        let how = match (effect.field.as_str(), &effect.was) {
            ("", Some(_)) => "gone",
            ("", None) => "new",
            _ => "changed",
        };
        people.entry((&effect.kind, how)).or_default().insert(effect.subject_id);
    }
    let count = |kind, how| people.get(&(kind, how)).map_or(0, HashSet::len) as i64;
    summary.families_changed = count("family", "changed");
    summary.families_new = count("family", "new");
    summary.families_gone = count("family", "gone");
    summary.persons_changed = count("person", "changed");
    summary.persons_new = count("person", "new");
    summary.persons_gone = count("person", "gone");
    found.effects.clone_from(&done.effects);
}

/// Applies a correction (`applying`) or takes one back (`undoing`). When it fails it is where it was.
pub async fn carry_out(app: &App, actor: &Actor, id: i64, watch: Watch<'_>) -> Result<(), JobError> {
    let correction = corrections::correction(&app.store.read(actor), id).await.map_err(told)?;
    let state = correction.state().map_err(told)?;
    let back = match state {
        CorrectionState::Applying => CorrectionState::Ready,
        CorrectionState::Undoing => CorrectionState::Applied,
        _ => return Ok(()),
    };
    let done = put_in_place(app, actor, &correction, state, watch).await;
    if done.is_err() {
        let change = app.store.change(actor, &app.clock.stamp()).await?;
        corrections::become_state(&change, id, back).await.map_err(told)?;
        change.commit().await?;
    }
    done
}

async fn put_in_place(
    app: &App,
    actor: &Actor,
    correction: &Correction,
    state: CorrectionState,
    watch: Watch<'_>,
) -> Result<(), JobError> {
    let reading = app.store.read(actor);
    let version = versions::version(&reading, correction.version_id).await.map_err(told)?;
    if !matches!(version.state().map_err(told)?, VersionState::Ready | VersionState::Committed) {
        return Err(JobError::Told("error-list-state".to_owned()));
    }
    let (file, sheet) = (correction.file_id.unwrap_or(0), correction.sheet_no.unwrap_or(0));
    let standing = if state == CorrectionState::Applying {
        if !is_as_compared(app, actor, correction).await? {
            return Err(told(store::lists::Error::Meanwhile));
        }
        Standing { with: Some(correction.id), ..Standing::default() }
    } else {
        Standing { without: Some(correction.id), ..Standing::default() }
    };
    let overlay = corrections::overlay(&reading, file, sheet, standing).await.map_err(told)?;
    let (files, late) = read_again(app, actor, &version, Some((file, overlay)), watch).await?;
    watch.at("job-step-correction-apply", 0, 0).await?;
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    let done = correct::rewrite(&change, &version, files, &late).await.map_err(told)?;
    correct::finish(&change, &version, correction.id, &done).await.map_err(told)?;
    change.commit().await?;
    Ok(())
}

/// Whether every cell still says what it said when the difference was looked at.
async fn is_as_compared(app: &App, actor: &Actor, correction: &Correction) -> Result<bool, JobError> {
    let reading = app.store.read(actor);
    let (file, sheet) = (correction.file_id.unwrap_or(0), correction.sheet_no.unwrap_or(0));
    let now = corrections::overlay(&reading, file, sheet, Standing::default()).await.map_err(told)?;
    let mut after = 0;
    loop {
        let rows =
            corrections::rows(&reading, correction.id, "corrected", (file, after), CHUNK as i64).await.map_err(told)?;
        let Some(last) = rows.last() else { return Ok(true) };
        after = last.row_no;
        let numbers: Vec<i64> = rows.iter().map(|row| row.row_no).collect();
        let came = corrections::came(&reading, file, &numbers).await.map_err(told)?;
        for (row, cells) in corrections::cells(&reading, correction.id, &numbers).await.map_err(told)? {
            let raw = came.get(&row).map(raw_cells).unwrap_or_default();
            for cell in cells {
                if standing_text(&now, row, cell.column_no as usize, &raw) != cell.was {
                    return Ok(false);
                }
            }
        }
    }
}

/// Reads every file of a version anew, one of them with other cells over it: the rows that read otherwise than stored, and
/// what only the whole tells.
async fn read_again(
    app: &App,
    actor: &Actor,
    version: &Version,
    with: Option<(i64, Overlay)>,
    watch: Watch<'_>,
) -> Result<(Vec<Rewritten>, Vec<(i64, Finding)>), JobError> {
    let reading = app.store.read(actor);
    let areas = store::areas::index(&reading).await?.ok_or_else(|| told(store::lists::Error::NoAreas))?;
    let areas = Arc::new(areas);
    let formats = formats::known(&reading).await.map_err(told)?;
    let on: NaiveDate = version.as_of.parse().unwrap_or_else(|_| app.clock.today(app.config.zone));
    let mut files = Vec::new();
    let mut keys: Vec<(i64, FamilyKeys)> = Vec::new();
    for file in versions::files(&reading, version.id).await.map_err(told)? {
        let Some(format) = formats.find(&file.format).filter(|_| file.state == "read") else { continue };
        let overlay = match &with {
            Some((of, overlay)) if *of == file.id => overlay.clone(),
            _ => corrections::overlay(&reading, file.id, file.sheet_no, Standing::default()).await.map_err(told)?,
        };
        let (send, mut receive) = mpsc::channel(2);
        let task = Parse {
            path: app.files.path(&file.sha256),
            name: file.name.clone(),
            sheet: file.sheet_no as usize,
            format,
            areas: Arc::clone(&areas),
            overlay,
            on,
            stop: Arc::new(AtomicBool::new(false)),
            send,
            pack: std::convert::identity,
        };
        let parser = tokio::task::spawn_blocking(move || task.run());
        let target = Target { version: version.id, file: file.id, format };
        let rows = others(app, actor, target, &mut receive, &file, watch).await;
        drop(receive);
        let parsed = parser.await.map_err(anyhow::Error::from)?;
        let rows = rows?;
        let gone = |_| JobError::Told("error-list-no-file".to_owned());
        let parsed = parsed.map_err(gone)?;
        let Some(found) = parsed.keys else { return Err(JobError::Told("error-list-no-file".to_owned())) };
        keys.push((file.id, found));
        files.push(Rewritten { target, rows, findings: parsed.findings });
    }
    let only: Vec<&FamilyKeys> = keys.iter().map(|(_, keys)| keys).collect();
    let late = check_families(&only).into_iter().map(|(at, finding)| (keys[at].0, finding)).collect();
    Ok((files, late))
}

/// Of the rows as they read now, those that read otherwise than stored.
async fn others(
    app: &App,
    actor: &Actor,
    target: Target,
    receive: &mut mpsc::Receiver<Part<Vec<RowReading>>>,
    file: &File,
    watch: Watch<'_>,
) -> Result<Vec<(i64, RowReading)>, JobError> {
    let reading = app.store.read(actor);
    let mut others = Vec::new();
    let mut last = 0;
    let mut done = 0;
    while let Some(part) = receive.recv().await {
        let Part::Rows(rows) = part else { continue };
        let (Some(from), Some(to)) = (rows.first().map(|row| row.row), rows.last().map(|row| row.row)) else {
            continue;
        };
        let (from, to) = (i64::from(from), i64::from(to));
        done += rows.len() as i64;
        last = to;
        let known = correct::known(&reading, target.file, from, to).await.map_err(told)?;
        let findings = correct::known_findings(&reading, target.file, from, to).await.map_err(told)?;
        let known: HashMap<i64, correct::Known> = known.into_iter().map(|known| (known.row_no, known)).collect();
        for row in rows {
            let number = i64::from(row.row);
            let Some(known) = known.get(&number) else { continue };
            if correct::is_other(target, known, findings.get(&number), &row) {
                others.push((known.id, row));
            }
        }
        watch.at("job-step-list-rows", done, file.rows_all.max(done)).await?;
    }
    // rows at the end that were emptied are the end of the file now
    for known in correct::known(&reading, target.file, last + 1, i64::from(u32::MAX)).await.map_err(told)? {
        if known.kind != "blank" {
            let blank = RowReading { row: known.row_no as u32, class: RowClass::Blank, ..RowReading::default() };
            others.push((known.id, blank));
        }
    }
    Ok(others)
}

/// Why a workbook is not taken, in words, and what to do.
pub fn refusal(lang: Lang, refusal: &str) -> (String, String) {
    let mut parts = refusal.split('|');
    let word = parts.next().unwrap_or_default().replace('_', "-");
    let key = format!("lists-correction-refused-{word}");
    let key = if lang.has(&key) { key } else { "lists-correction-refused-damaged".to_owned() };
    let title = parts.next().unwrap_or_default();
    (lang.msg(key.clone()).s("list", title).to_string(), lang.msg(format!("{key}-next")).s("list", title).to_string())
}
