//! One row of a list, put right where it is seen: what stands in its cells and what is wrong with them, and a field for what
//! should stand there. What is typed becomes a correction as a workbook would bring it ([`super::correcting`]): looked at first,
//! applied in one step, taken back later; what came stays as it came. Rows typed one after the other are one correction.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use store::{
    jobs,
    lists::{
        File, Version,
        corrections::{self, CellChange, Standing},
        show::{self, Found, Row},
        versions,
    },
};

use super::{
    correcting::{raw_cells, standing_text},
    correction_page::is_open,
    pages::standing,
    report_page::{ALWAYS, Fix, fix, is_number, masked, matters, tone},
};
use crate::{
    App, AppError,
    access::Me,
    error::{Rule, see, with_status},
    forms::Form,
    ui::Ui,
};

/// Letters of a cell, at most.
const LONGEST: usize = 1_000;
/// Fields of a page, at most.
const WIDEST: usize = 500;

/// A cell with its field.
struct Line {
    /// Name of its field in the form.
    name: String,
    header: String,
    /// A number, hidden but for its ends: the field is empty, and what is typed replaces it.
    number: bool,
    shown: String,
    tone: &'static str,
    fixes: Vec<Fix>,
    /// Its digits may have been lost in a spreadsheet; they can be confirmed. Name of that check box.
    confirm: Option<String>,
    /// Name of the check box that empties a number.
    empty: Option<String>,
}

#[derive(Template)]
#[template(path = "lists/templates/row.html")]
struct RowPage {
    ui: Ui,
    form: Form,
    version: Version,
    file: String,
    row: Row,
    sentence: String,
    /// Cells with something wrong, and those that tell who and where; then all others.
    lines: Vec<Line>,
    others: Vec<Line>,
    /// About the row as a whole.
    about: Vec<Fix>,
    /// Cells typed so far and not applied, and where they are looked at.
    open: Option<(i64, String)>,
    may_correct: bool,
}

/// Everything the page and its answer need of a row.
struct Opened {
    version: Version,
    file: File,
    row: Row,
    findings: Vec<Found>,
    /// What stands in its cells now, what is being typed included.
    now: Vec<String>,
    /// Headers of numbers whose digits are doubted, and those digits.
    suspect: Vec<(String, String)>,
    open: Option<corrections::Correction>,
}

async fn open(app: &App, me: &Me, id: i64, row: i64) -> Result<Opened, AppError> {
    me.in_whole_district()?;
    let reading = me.reading(app);
    let version = standing(&reading, id).await?;
    if !is_open(&version) {
        return Err(Rule::new("list-state").into());
    }
    let row = show::row(&reading, id, row).await?.ok_or(AppError::NotFound)?;
    let file = versions::file(&reading, row.file_id).await?.ok_or(AppError::NotFound)?;
    if file.columns().len() > WIDEST {
        return Err(Rule::new("list-correction-wide").into());
    }
    let findings = show::findings_of(&reading, std::slice::from_ref(&row)).await?.remove(&row.id).unwrap_or_default();
    let open = corrections::typed(&reading, file.id).await?;
    let with = Standing { with: open.as_ref().map(|open| open.id), ..Standing::default() };
    let overlay = corrections::overlay(&reading, file.id, file.sheet_no, with).await?;
    let came = corrections::came(&reading, file.id, &[row.row_no]).await?;
    let raw = came.get(&row.row_no).map(raw_cells).unwrap_or_default();
    let now = (0..file.columns().len()).map(|at| standing_text(&overlay, row.row_no, at, &raw)).collect();
    let suspect = corrections::suspect(&reading, file.id, &[row.row_no]).await?;
    let suspect = suspect.into_iter().map(|(_, header, digits)| (header, digits)).collect();
    Ok(Opened { version, file, row, findings, now, suspect, open })
}

fn name_of(at: usize) -> String {
    format!("k{at}")
}

pub async fn page(State(app): State<App>, me: Me, Path((id, row)): Path<(i64, i64)>) -> Result<Response, AppError> {
    let opened = open(&app, &me, id, row).await?;
    let mut form = Form::default();
    for (at, column) in opened.file.columns().iter().enumerate() {
        if !is_number(column.field.as_deref().unwrap_or_default()) {
            form.set(&name_of(at), &opened.now[at]);
        }
    }
    row_page(&app, &me, opened, form).await
}

async fn row_page(app: &App, me: &Me, opened: Opened, form: Form) -> Result<Response, AppError> {
    let ui = me.ui(app).await;
    let Opened { version, file, row, findings, now, suspect, open } = opened;
    let columns = file.columns();
    let findings: Vec<&Found> = findings.iter().filter(|found| matters(found, None)).collect();
    let (mut lines, mut others) = (Vec::new(), Vec::new());
    for (at, column) in columns.iter().enumerate() {
        let field = column.field.as_deref().unwrap_or_default();
        let own: Vec<&&Found> = findings.iter().filter(|found| found.column_name == column.header).collect();
        let number = is_number(field);
        let doubted = suspect.iter().any(|(header, _)| *header == column.header);
        let line = Line {
            name: name_of(at),
            header: if column.header.is_empty() { ui.t("lists-row-no-header") } else { column.header.clone() },
            number,
            shown: match now[at].as_str() {
                _ if !number => String::new(),
                "" => ui.t("lists-empty-cell"),
                text => masked(text),
            },
            tone: tone(own.iter().map(|found| found.severity.as_str())),
            fixes: own.iter().map(|found| fix(&ui, found, field)).collect(),
            confirm: (number && doubted).then(|| format!("{}-benar", name_of(at))),
            empty: (number && !now[at].is_empty()).then(|| format!("{}-kosong", name_of(at))),
        };
        if !line.fixes.is_empty() || ALWAYS.contains(&field) { lines.push(line) } else { others.push(line) }
    }
    lines.sort_by_key(|line| line.fixes.is_empty());
    let about = findings.iter().filter(|found| !columns.iter().any(|column| column.header == found.column_name));
    let about: Vec<Fix> = about.map(|found| fix(&ui, found, "")).collect();
    let faults = about.len() + lines.iter().map(|line| line.fixes.len()).sum::<usize>();
    let sentence = ui.msg("lists-row-sentence").n("faults", faults).n("row", row.row_no).to_string();
    let open = open.map(|open| (open.summary().cells, format!("/daftar/{}/perbaikan/{}", version.id, open.id)));
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(with_status(
        status,
        RowPage {
            may_correct: ui.may("commit_lists"),
            file: file.name,
            ui,
            form,
            version,
            row,
            sentence,
            lines,
            others,
            about,
            open,
        },
    ))
}

/// Takes what was typed; a job compares it.
pub async fn put(
    State(app): State<App>,
    me: Me,
    Path((id, row)): Path<(i64, i64)>,
    mut form: Form,
) -> Result<Response, AppError> {
    let opened = open(&app, &me, id, row).await?;
    let mut cells: Vec<CellChange> = Vec::new();
    for (at, column) in opened.file.columns().into_iter().enumerate() {
        let name = name_of(at);
        if !form.fields().any(|(field, _)| field == name) {
            continue;
        }
        let typed = form.text(&name).to_owned();
        if typed.chars().count() > LONGEST {
            form.fault(&name, me.lang.msg("lists-row-too-long").n("most", LONGEST));
            continue;
        }
        let now = opened.now[at].as_str();
        let became = if is_number(column.field.as_deref().unwrap_or_default()) {
            match (typed.as_str(), form.has(&format!("{name}-benar"), "1"), form.has(&format!("{name}-kosong"), "1")) {
                ("", false, false) => continue,
                // written as text, nothing else, nobody doubts the digits
                ("", true, _) => match opened.suspect.iter().find(|(header, _)| *header == column.header) {
                    Some((_, digits)) => digits.clone(),
                    None => continue,
                },
                ("", false, true) => String::new(),
                _ => typed,
            }
        } else if typed.split_whitespace().eq(now.split_whitespace()) {
            continue;
        } else {
            typed
        };
        let kind = if became.is_empty() { "empty" } else { "text" };
        cells.push(CellChange {
            row_no: opened.row.row_no,
            column_no: at as i64,
            header: column.header,
            was: now.to_owned(),
            became,
            kind: kind.to_owned(),
        });
    }
    if form.is_sound() && cells.is_empty() {
        // at the field one would expect to be changed
        let faulty =
            opened.file.columns().iter().position(|c| opened.findings.iter().any(|f| f.column_name == c.header));
        form.fault(&name_of(faulty.unwrap_or(0)), me.lang.t("lists-row-nothing"));
    }
    if !form.is_sound() {
        return row_page(&app, &me, opened, form).await;
    }
    let change = me.change(&app).await?;
    let correction = corrections::put(&change, &opened.file, opened.row.row_no, &cells).await?;
    jobs::enqueue(&change, "correction.read", correction, "{}").await?;
    change.commit().await?;
    app.worker.notify_one();
    Ok(see(format!("/daftar/{id}/perbaikan/{correction}")))
}
