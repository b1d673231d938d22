//! Correcting a list outside Tuntas: the page that gives workbooks and takes them back, the difference a workbook makes, the
//! one step that applies it, and taking it back.

use askama::Template;
use axum::{
    body::Body,
    extract::{Multipart, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    AreaCode, Level,
    lists::{CorrectionState, Fault, VersionState},
};
use futures::TryStreamExt;
use serde::Deserialize;
use serde_json::json;
use store::{
    Handle, areas,
    attachments::{self, NewAttachment},
    jobs,
    journal::Entry,
    lists::{
        File, Version,
        corrections::{self, Correction, Findings, NamedEffect, Summary, Told},
        versions,
    },
};

use super::{
    correcting,
    correction_sheet::{self, MakeError},
    intake::{LARGEST, plain_name},
    pages::{download, standing},
    report_page::{is_number, masked},
};
use crate::{
    App, AppError, Page,
    access::Me,
    error::{Rule, see, with_status},
    files::FileError,
    forms::Form,
    ui::{Ui, parts::Choice},
};

/// Rows of a difference on a page.
const ROWS: i64 = 50;
/// Facts of the registry named on the page.
const EFFECTS: i64 = 100;
/// Rows named of those that could not be taken.
const NAMED: i64 = 20;

/// A file that can be had as a workbook.
struct FileLine {
    id: i64,
    name: String,
    words: String,
}

/// A correction that came.
struct Came {
    href: String,
    name: String,
    tag: (&'static str, &'static str),
    state: String,
    what: String,
    who: String,
}

#[derive(Template)]
#[template(path = "lists/templates/corrections.html")]
struct CorrectionsPage {
    ui: Ui,
    form: Form,
    version: Version,
    sentence: String,
    files: Vec<FileLine>,
    places: Vec<Choice>,
    came: Vec<Came>,
    may_correct: bool,
    may_take_out: bool,
}

/// The list can be corrected: its rows are read, and no job is at work on it.
pub(super) fn is_open(version: &Version) -> bool {
    matches!(version.state(), Ok(VersionState::Ready | VersionState::Committed))
}

pub async fn page(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    me.in_whole_district()?;
    corrections_page(&app, &me, id, Form::default()).await
}

async fn corrections_page(app: &App, me: &Me, id: i64, form: Form) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let ui = me.ui(app).await;
    let version = standing(&reading, id).await?;
    if !is_open(&version) {
        return Err(Rule::new("list-state").into());
    }
    let files = versions::files(&reading, id).await?;
    let wanting = corrections::wanting(&reading, id).await?;
    let rows: i64 = wanting.iter().map(|village| village.rows).sum();
    let villages = wanting.iter().filter(|village| village.rows > 0 && village.village % 10_000 != 0).count();
    let sentence = if rows == 0 {
        ui.msg("lists-corrections-none").s("list", version.title())
    } else {
        ui.msg("lists-corrections-sentence").s("list", version.title()).n("rows", rows).n("villages", villages)
    };
    let names = match app.district().await? {
        Some((district, _)) => areas::names(&reading, district).await?,
        None => std::collections::BTreeMap::new(),
    };
    let place = |code: AreaCode, rows: i64| {
        let name = names.get(&code.number()).cloned().unwrap_or_else(|| code.to_string());
        let key =
            if code.level() == Level::Village { "lists-correction-village" } else { "lists-correction-subdistrict" };
        Choice::new(code.to_string(), ui.msg(key).s("name", name).n("rows", rows).to_string())
    };
    let mut places = Vec::new();
    let known = |village: i64| AreaCode::from_number(village).filter(|code| code.level() == Level::Village);
    let mut subdistrict = None;
    for code in wanting.iter().filter_map(|village| known(village.village)) {
        if subdistrict != Some(code.subdistrict()) {
            subdistrict = Some(code.subdistrict());
            let within = wanting.iter().filter(|v| code.subdistrict().range().contains(&v.village));
            places.push(place(code.subdistrict(), within.map(|village| village.rows).sum()));
        }
        let rows = wanting.iter().find(|village| village.village == code.number()).map_or(0, |village| village.rows);
        places.push(place(code, rows));
    }
    let lines = files
        .iter()
        .filter(|file| file.state == "read" && file.header_last > 0)
        .map(|file| FileLine {
            id: file.id,
            name: file.name.clone(),
            words: ui
                .msg("lists-correction-file")
                .n("rows", file.rows_data)
                .n("faulty", file.rows_blocked + file.rows_rejected + file.rows_warned)
                .to_string(),
        })
        .collect();
    let came = corrections::of_version(&reading, id)
        .await?
        .iter()
        .map(|correction| came(&ui, correction))
        .collect::<Result<Vec<Came>, AppError>>()?;
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(with_status(
        status,
        CorrectionsPage {
            may_correct: ui.may("commit_lists"),
            may_take_out: ui.may("reveal_numbers"),
            ui,
            form,
            version,
            sentence: sentence.to_string(),
            files: lines,
            places,
            came,
        },
    ))
}

const fn tag(state: CorrectionState) -> (&'static str, &'static str) {
    match state {
        CorrectionState::Reading | CorrectionState::Applying | CorrectionState::Undoing => ("info", "clock"),
        CorrectionState::Ready => ("warn", "alert"),
        CorrectionState::Applied => ("ok", "check"),
        CorrectionState::Refused => ("bad", "alert"),
        CorrectionState::Nothing | CorrectionState::Undone | CorrectionState::Discarded => ("", "undo"),
    }
}

/// What a correction is called: its workbook, or that it was typed.
fn title(ui: &Ui, correction: &Correction) -> String {
    if correction.is_typed() {
        ui.msg("lists-correction-typed").s("file", &correction.name).to_string()
    } else {
        correction.name.clone()
    }
}

fn came(ui: &Ui, correction: &Correction) -> Result<Came, AppError> {
    let state = correction.state()?;
    let summary = correction.summary();
    let what = match state {
        CorrectionState::Reading | CorrectionState::Refused | CorrectionState::Discarded => String::new(),
        CorrectionState::Nothing => ui.t("lists-correction-says-nothing"),
        _ => ui.msg("lists-correction-count").n("cells", summary.cells).n("rows", summary.rows).to_string(),
    };
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "tuntas lists".to_owned());
    let who = match (&correction.undone_at, &correction.applied_at) {
        (Some(at), _) => format!("{}, {}", ui.time(at), name(&correction.undone_name)),
        (None, Some(at)) => format!("{}, {}", ui.time(at), name(&correction.applied_name)),
        (None, None) => format!("{}, {}", ui.time(&correction.made_at), name(&correction.made_name)),
    };
    Ok(Came {
        href: format!("/daftar/{}/perbaikan/{}", correction.version_id, correction.id),
        name: title(ui, correction),
        tag: tag(state),
        state: ui.t(&format!("lists-correction-state-{state}")),
        what,
        who,
    })
}

/// Gives a file as a workbook to be corrected; who takes it out is written down, and the workbook carries that entry.
pub async fn workbook(State(app): State<App>, me: Me, Path(id): Path<i64>, form: Form) -> Result<Response, AppError> {
    me.in_whole_district()?;
    let file: File = versions::file(&me.reading(&app), id).await?.ok_or(AppError::NotFound)?;
    let version = standing(&me.reading(&app), file.version_id).await?;
    if !is_open(&version) || file.state != "read" || file.header_last == 0 {
        return Err(Rule::new("list-state").into());
    }
    let area: Option<AreaCode> = match form.some("wilayah") {
        Some(code) => Some(code.parse().map_err(|_| AppError::NotFound)?),
        None => None,
    };
    let change = me.change(&app).await?;
    let what = me.lang.msg("lists-correction-of").s("file", &file.name).to_string();
    let entry = change
        .record(Entry {
            verb: "list.downloaded",
            subject: ("list_version", version.id),
            area: area.map(AreaCode::number),
            reason: None,
            data: json!({"list": version.title(), "what": what}),
        })
        .await?;
    change.commit().await?;
    let bytes =
        correction_sheet::make(&app, &me.actor, me.lang, &file, area, entry).await.map_err(|error| match error {
            MakeError::TooLong => AppError::from(Rule::new("list-correction-long")),
            MakeError::TooWide => Rule::new("list-correction-wide").into(),
            MakeError::Other(error) => error.into(),
        })?;
    let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
    let place = area.map_or_else(String::new, |area| format!("-{area}"));
    let name = format!("perbaikan-{stem}{place}.xlsx");
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download(Body::from(bytes), &name, kind))
}

/// Takes a corrected workbook; a job compares it.
pub async fn upload(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    mut multipart: Multipart,
) -> Result<Response, AppError> {
    let version = standing(&me.reading(&app), id).await?;
    if !is_open(&version) {
        return Err(Rule::new("list-state").into());
    }
    let bad = |error: axum::extract::multipart::MultipartError| AppError::BadRequest(error.body_text());
    let mut form = Form::default();
    while let Some(field) = multipart.next_field().await.map_err(bad)? {
        let name = plain_name(field.file_name().unwrap_or_default());
        if field.file_name().unwrap_or_default().is_empty() {
            continue;
        }
        let stream = field.map_err(std::io::Error::other);
        let mut input = tokio_util::io::StreamReader::new(Box::pin(stream));
        let stored = match app.files.store(&mut input, LARGEST, &app.entropy.token()).await {
            Ok(stored) => stored,
            Err(FileError::TooLarge { .. }) => {
                let most = LARGEST / 1_048_576;
                form.fault("berkas", me.lang.msg("lists-file-too-large").s("file", &name).n("most", most));
                break;
            }
            Err(error) => return Err(anyhow::Error::from(error).into()),
        };
        let change = me.change(&app).await?;
        if let Some(same) = corrections::same(&change, id, &stored.sha256).await? {
            me.flash(me.lang.msg("lists-correction-same").s("file", &name)).await;
            return Ok(see(format!("/daftar/{id}/perbaikan/{}", same.id)));
        }
        let correction = take(&change, id, &name, &stored.sha256, stored.size).await?;
        jobs::enqueue(&change, "correction.read", correction, "{}").await?;
        change.commit().await?;
        app.worker.notify_one();
        return Ok(see(format!("/daftar/{id}/perbaikan/{correction}")));
    }
    if form.is_sound() {
        form.fault("berkas", me.lang.t("lists-choose-file"));
    }
    corrections_page(&app, &me, id, form).await
}

/// Takes note of a workbook with its file.
pub async fn take(
    change: &store::Change<'_>,
    version: i64,
    name: &str,
    sha256: &str,
    size: i64,
) -> store::lists::Result<i64> {
    let id = corrections::begin(change, version, name, sha256, size).await?;
    attachments::add(
        change,
        &NewAttachment {
            sha256,
            name,
            media_type: mime_guess::from_path(name).first_or_octet_stream().as_ref(),
            size,
            kind: "list_correction",
            subject: ("list_correction", id),
            area: None,
        },
    )
    .await?;
    Ok(id)
}

/// A correction of the version in the address.
async fn correction_of(handle: &impl Handle, id: i64, correction: i64) -> Result<Correction, AppError> {
    let found = corrections::correction(handle, correction).await?;
    if found.version_id != id || found.state()? == CorrectionState::Discarded {
        return Err(AppError::NotFound);
    }
    Ok(found)
}

struct ProgressPart {
    href: String,
    list: i64,
    title: String,
    sentence: String,
    step: String,
    share: i64,
}

#[derive(Template)]
#[template(path = "lists/templates/correction_progress.html")]
struct ProgressPage {
    ui: Ui,
    part: ProgressPart,
}

#[derive(Template)]
#[template(path = "lists/templates/correction_progress_part.html")]
struct ProgressFragment {
    ui: Ui,
    part: ProgressPart,
}

async fn progress_part(
    app: &App,
    me: &Me,
    version: &Version,
    correction: &Correction,
) -> Result<ProgressPart, AppError> {
    let kind = match correction.state()? {
        CorrectionState::Applying => "correction.apply",
        CorrectionState::Undoing => "correction.undo",
        _ => "correction.read",
    };
    let job = jobs::latest(&me.reading(app), kind, correction.id).await?;
    let (progress, total) = job.as_ref().map_or((0, 0), |job| (job.progress, job.total));
    Ok(ProgressPart {
        href: format!("/daftar/{}/perbaikan/{}", version.id, correction.id),
        list: version.id,
        title: version.title(),
        sentence: me
            .lang
            .msg(format!("lists-correction-working-{}", correction.state))
            .s("file", title(&me.ui(app).await, correction))
            .to_string(),
        step: job.as_ref().map_or_else(|| me.lang.t("job-step-waiting"), |job| me.lang.t(&job.step)),
        share: if total > 0 { progress * 100 / total } else { 0 },
    })
}

pub async fn progress(
    State(app): State<App>,
    me: Me,
    Path((id, correction)): Path<(i64, i64)>,
) -> Result<Response, AppError> {
    me.in_whole_district()?;
    let version = standing(&me.reading(&app), id).await?;
    let correction = correction_of(&me.reading(&app), id, correction).await?;
    if !correction.state()?.is_working() {
        let path = format!("/daftar/{id}/perbaikan/{}", correction.id);
        if me.partial {
            return Ok(([("hx-redirect", path)], "").into_response());
        }
        return Ok(see(path));
    }
    let part = progress_part(&app, &me, &version, &correction).await?;
    Ok(Page(ProgressFragment { ui: me.ui(&app).await, part }).into_response())
}

/// One cell of the difference.
struct CellLine {
    header: String,
    was: String,
    became: String,
    /// The same digits, as text: confirmed.
    confirmed: bool,
    mono: bool,
}

/// One row of the difference.
struct RowLine {
    file: String,
    row: i64,
    cells: Vec<CellLine>,
    gone: Vec<String>,
    left: Vec<String>,
    new: Vec<String>,
}

/// A fact of the registry.
struct EffectLine {
    href: String,
    who: String,
    field: String,
    was: String,
    became: String,
}

/// Something that could not be taken, in words, with the rows.
struct Untaken {
    words: String,
    rows: String,
}

#[derive(Template)]
#[template(path = "lists/templates/correction.html")]
struct CorrectionPage {
    ui: Ui,
    version: Version,
    name: String,
    /// No workbook: cells typed on the pages of rows.
    typed: bool,
    href: String,
    sentence: String,
    state: &'static str,
    summary: Summary,
    /// Why it is not taken, or why applying it failed.
    told: Option<(String, String)>,
    stamp: Option<String>,
    untaken: Vec<Untaken>,
    rows: Vec<RowLine>,
    shown: String,
    next: Option<String>,
    affected: Vec<RowLine>,
    affected_more: i64,
    effects: Vec<EffectLine>,
    effects_more: i64,
    /// The registry was there to be changed: the list had entered.
    committed: bool,
    may_correct: bool,
    many_files: bool,
}

#[derive(Deserialize)]
pub struct Behind {
    #[serde(default)]
    sesudah: i64,
}

pub async fn correction(
    State(app): State<App>,
    me: Me,
    Path((id, correction)): Path<(i64, i64)>,
    Query(behind): Query<Behind>,
) -> Result<Response, AppError> {
    me.in_whole_district()?;
    let reading = me.reading(&app);
    let ui = me.ui(&app).await;
    let version = standing(&reading, id).await?;
    let correction = correction_of(&reading, id, correction).await?;
    let state = correction.state()?;
    if state.is_working() {
        let part = progress_part(&app, &me, &version, &correction).await?;
        return Ok(Page(ProgressPage { ui, part }).into_response());
    }
    let files = versions::files(&reading, id).await?;
    let summary = correction.summary();
    let file = correction.file_id.unwrap_or(0);
    let mut rows = corrections::rows(&reading, correction.id, "corrected", (file, behind.sesudah), ROWS + 1).await?;
    let more = rows.len() as i64 > ROWS;
    rows.truncate(ROWS as usize);
    let href = format!("/daftar/{id}/perbaikan/{}", correction.id);
    let next = rows.last().filter(|_| more).map(|last| format!("{href}?sesudah={}#beda", last.row_no));
    let lines = row_lines(&reading, &ui, &files, &correction, &rows).await?;
    let affected = corrections::rows(&reading, correction.id, "affected", (0, 0), NAMED).await?;
    let affected = row_lines(&reading, &ui, &files, &correction, &affected).await?;
    let effects = corrections::effects(&reading, correction.id, EFFECTS + 1).await?;
    let effects_more = effects.len() as i64 - EFFECTS;
    let effects = effects.iter().take(EFFECTS as usize).map(|effect| effect_line(&ui, effect)).collect();
    let failed = failed(&reading, &ui, &correction).await?;
    let told = match state {
        CorrectionState::Refused => {
            Some(correcting::refusal(me.lang, correction.refusal.as_deref().unwrap_or_default()))
        }
        _ => failed,
    };
    let sentence = ui
        .msg(&format!("lists-correction-sentence-{state}"))
        .s("file", title(&ui, &correction))
        .s("list", version.title())
        .n("cells", summary.cells)
        .n("rows", summary.rows)
        .n("gone", summary.gone)
        .n("left", summary.left)
        .n("new", summary.new)
        .to_string();
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "tuntas lists".to_owned());
    let stamp = match (&correction.undone_at, &correction.applied_at) {
        (Some(at), _) => {
            Some(ui.msg("lists-correction-undone").s("when", ui.time(at)).s("who", name(&correction.undone_name)))
        }
        (None, Some(at)) => {
            Some(ui.msg("lists-correction-applied").s("when", ui.time(at)).s("who", name(&correction.applied_name)))
        }
        (None, None) => None,
    };
    Ok(Page(CorrectionPage {
        untaken: untaken(&reading, &ui, &correction, &summary).await?,
        shown: ui.msg("lists-rows-shown").n("shown", lines.len()).n("total", summary.rows).to_string(),
        affected_more: summary.affected - affected.len() as i64,
        committed: version.state()? == VersionState::Committed
            && correction.applied_at.as_ref().is_none_or(|at| Some(at) >= version.committed_at.as_ref()),
        may_correct: ui.may("commit_lists") && is_open(&version),
        many_files: files.len() > 1,
        name: title(&ui, &correction),
        typed: correction.is_typed(),
        state: state.as_str(),
        stamp: stamp.map(|stamp| stamp.to_string()),
        rows: lines,
        ui,
        version,
        href,
        sentence,
        summary,
        told,
        next,
        affected,
        effects,
        effects_more,
    })
    .into_response())
}

async fn failed(handle: &impl Handle, ui: &Ui, correction: &Correction) -> Result<Option<(String, String)>, AppError> {
    let kind = match correction.state()? {
        CorrectionState::Ready => "correction.apply",
        CorrectionState::Applied => "correction.undo",
        _ => return Ok(None),
    };
    let job = jobs::latest(handle, kind, correction.id).await?;
    Ok(job.filter(|job| job.state == "failed").map(|job| {
        let key = job.error.unwrap_or_else(|| "job-failed".to_owned());
        (ui.t(&key), ui.t(&format!("{key}-next")))
    }))
}

async fn row_lines(
    handle: &impl Handle,
    ui: &Ui,
    files: &[File],
    correction: &Correction,
    rows: &[corrections::RowLine],
) -> Result<Vec<RowLine>, AppError> {
    let numbers: Vec<i64> = rows.iter().map(|row| row.row_no).collect();
    let mut cells = corrections::cells(handle, correction.id, &numbers).await?;
    let lines = rows.iter().map(|row| {
        let file = files.iter().find(|file| file.id == row.file_id);
        let columns = file.map(File::columns).unwrap_or_default();
        let field = |header: &str| {
            columns.iter().find(|c| c.header == header).and_then(|c| c.field.clone()).unwrap_or_default()
        };
        let Findings { gone, left, new } = row.findings();
        let words = |told: Vec<Told>| told.iter().map(|told| fault_words(ui, told)).collect();
        let own = if row.state == "corrected" { cells.remove(&row.row_no).unwrap_or_default() } else { Vec::new() };
        RowLine {
            file: file.map(|file| file.name.clone()).unwrap_or_default(),
            row: row.row_no,
            cells: own
                .into_iter()
                .map(|cell| {
                    let number = is_number(&field(&cell.header));
                    let (was, became) = if number {
                        masked_pair(&cell.was, &cell.became)
                    } else {
                        (cell.was.clone(), cell.became.clone())
                    };
                    // a spreadsheet's number may have come with a nought behind a point
                    let digits = cell.was.trim_end_matches(".0").trim_end_matches(",0");
                    let confirmed = cell.was == cell.became || number && digits == cell.became;
                    CellLine { header: cell.header, confirmed, was, became, mono: number }
                })
                .collect(),
            gone: words(gone),
            left: words(left),
            new: words(new),
        }
    });
    Ok(lines.collect())
}

/// `NIK: bukan 16 angka`
fn fault_words(ui: &Ui, told: &Told) -> String {
    let words = told.code.parse::<Fault>().map_or_else(|_| told.code.clone(), |fault| ui.t(&fault.word_key()));
    if told.column.is_empty() { words } else { format!("{}: {words}", told.column) }
}

/// Two numbers as a screen may show them: hidden in the middle, except for the digits in which they differ.
fn masked_pair(was: &str, became: &str) -> (String, String) {
    let (a, b) = (masked(was), masked(became));
    let signs = |text: &str| text.trim().chars().filter(|c| !c.is_whitespace()).collect::<Vec<char>>();
    let (plain_a, plain_b) = (signs(was), signs(became));
    if plain_a.len() != plain_b.len() || a == was || b == became {
        return (a, b);
    }
    let shown = |hidden: &str, own: &[char], other: &[char]| {
        let mut at = 0;
        hidden
            .chars()
            .map(|sign| {
                if sign == ' ' {
                    return sign;
                }
                at += 1;
                if own[at - 1] == other[at - 1] { sign } else { own[at - 1] }
            })
            .collect::<String>()
    };
    (shown(&a, &plain_a, &plain_b), shown(&b, &plain_b, &plain_a))
}

fn effect_line(ui: &Ui, effect: &NamedEffect) -> EffectLine {
    let value = |value: &Option<String>| {
        let Some(text) = value.as_deref().filter(|text| !text.is_empty()) else {
            return ui.t("lists-correction-empty");
        };
        match effect.field.as_str() {
            "nik" | "kk" => masked(text),
            "birth_date" => ui.date(text),
            "sex" => ui.t(if text == "L" { "lists-male" } else { "lists-female" }),
            "block" => text.parse::<Fault>().map_or_else(|_| text.to_owned(), |fault| ui.t(&fault.word_key())),
            "village" => {
                let code = text.parse().ok().and_then(AreaCode::from_number);
                code.map_or_else(|| text.to_owned(), |code| code.to_string())
            }
            "relation" => ui.t(&format!("lists-relation-{}", text.to_lowercase())),
            _ => text.to_owned(),
        }
    };
    let (was, became) = match (effect.field.as_str(), &effect.was, &effect.became) {
        ("nik" | "kk", Some(was), Some(became)) => masked_pair(was, became),
        ("", was, _) => {
            let how = if was.is_some() { "gone" } else { "new" };
            (String::new(), ui.t(&format!("lists-correction-{}-{how}", effect.kind)))
        }
        (_, was, became) => (value(was), value(became)),
    };
    let kind = ui.t(&format!("lists-correction-{}", effect.kind));
    // somebody new has no page yet, somebody gone none any more
    let href = effect.family_id.filter(|_| !effect.field.is_empty());
    let name = effect.name.as_deref().or(effect.was.as_deref()).or(effect.became.as_deref());
    EffectLine {
        href: href.map_or_else(String::new, |family| format!("/keluarga/{family}")),
        who: match name.filter(|name| !name.is_empty()) {
            Some(name) => format!("{kind}: {name}"),
            None => kind,
        },
        field: match effect.field.as_str() {
            "" => String::new(),
            field => ui.t(&format!("lists-fact-{}", field.replace('_', "-"))),
        },
        was,
        became,
    }
}

/// Rows and columns that were not taken, each told with where it stands.
async fn untaken(
    handle: &impl Handle,
    ui: &Ui,
    correction: &Correction,
    summary: &Summary,
) -> Result<Vec<Untaken>, AppError> {
    let mut all = Vec::new();
    for (state, count) in
        [("removed", summary.removed), ("added", summary.added), ("twice", summary.twice), ("unknown", summary.unknown)]
    {
        if count == 0 {
            continue;
        }
        let rows = corrections::rows(handle, correction.id, state, (0, 0), NAMED).await?;
        let mut named = rows.iter().map(|row| ui.num(&row.row_no)).collect::<Vec<_>>().join(", ");
        if count > NAMED {
            named.push_str(&format!(", {}", ui.msg("lists-undo-more").n("count", count - NAMED)));
        }
        all.push(Untaken {
            words: ui.msg(&format!("lists-correction-{state}")).n("count", count).to_string(),
            rows: named,
        });
    }
    for (key, columns) in [("columns-missing", &summary.columns_missing), ("columns-added", &summary.columns_added)] {
        if !columns.is_empty() {
            let words = ui.msg(&format!("lists-correction-{key}")).n("count", columns.len()).to_string();
            all.push(Untaken { words, rows: columns.join(", ") });
        }
    }
    if summary.meanwhile > 0 {
        let words = ui.msg("lists-correction-meanwhile").n("count", summary.meanwhile).to_string();
        all.push(Untaken { words, rows: String::new() });
    }
    Ok(all)
}

/// Moves a correction on and lets a job do the rest.
async fn enqueue(
    app: &App,
    me: &Me,
    id: i64,
    correction: i64,
    next: CorrectionState,
    job: &str,
) -> Result<Response, AppError> {
    let change = me.change(app).await?;
    let version = standing(&change, id).await?;
    if !is_open(&version) {
        return Err(Rule::new("list-state").into());
    }
    correction_of(&change, id, correction).await?;
    corrections::become_state(&change, correction, next).await?;
    jobs::enqueue(&change, job, correction, "{}").await?;
    change.commit().await?;
    app.worker.notify_one();
    Ok(see(format!("/daftar/{id}/perbaikan/{correction}")))
}

pub async fn apply(State(app): State<App>, me: Me, Path((id, of)): Path<(i64, i64)>) -> Result<Response, AppError> {
    enqueue(&app, &me, id, of, CorrectionState::Applying, "correction.apply").await
}

pub async fn undo(State(app): State<App>, me: Me, Path((id, of)): Path<(i64, i64)>) -> Result<Response, AppError> {
    enqueue(&app, &me, id, of, CorrectionState::Undoing, "correction.undo").await
}

pub async fn again(State(app): State<App>, me: Me, Path((id, of)): Path<(i64, i64)>) -> Result<Response, AppError> {
    enqueue(&app, &me, id, of, CorrectionState::Reading, "correction.read").await
}

pub async fn discard(State(app): State<App>, me: Me, Path((id, of)): Path<(i64, i64)>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    let found = correction_of(&change, id, of).await?;
    let gone = corrections::discard(&change, of).await?;
    change.commit().await?;
    if let Some(sha256) = gone {
        app.files.remove(&sha256).await.map_err(anyhow::Error::from)?;
    }
    let file = title(&me.ui(&app).await, &found);
    me.flash(me.lang.msg("lists-correction-discarded").s("file", file)).await;
    Ok(see(format!("/daftar/{id}/perbaikan")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_numbers_only_the_digits_that_differ_are_shown() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            masked_pair("9901014507850001", "9901014507950001"),
            pair("9901 •••• ••8• 0001", "9901 •••• ••9• 0001")
        );
        assert_eq!(
            masked_pair("990101450785001", "9901014507850001"),
            pair("9901 •••• •••5 001", "9901 •••• •••• 0001")
        );
        assert_eq!(masked_pair("KOSONG", "9901014507850001"), pair("KOSONG", "9901 •••• •••• 0001"));
    }
}
