//! What people do with lists: upload, confirm and read, stop, reopen, commit, discard, take files and findings out.

use axum::{
    body::{Body, Bytes},
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::Response,
};
use domain::lists::VersionState;
use futures::{TryStreamExt, stream};
use serde_json::json;
use store::{
    Actor, jobs,
    journal::Entry,
    lists::{File, Version, permission, versions},
};

use super::{
    draft, findings_sheet, inspect,
    intake::{self, Arrival, Arrived, Said, TakeError},
    pages::{download, list_title, standing, upload_page},
    report::Report,
};
use crate::{
    App, AppError,
    access::Me,
    error::{Rule, see, with_status},
    files::FileError,
    forms::Form,
};

/// Takes files as they stream in, looks at each, and opens a draft for each list they belong to.
pub async fn upload(State(app): State<App>, me: Me, mut multipart: Multipart) -> Result<Response, AppError> {
    let bad = |error: axum::extract::multipart::MultipartError| AppError::BadRequest(error.body_text());
    let mut arrived: Vec<Arrived> = Vec::new();
    let mut told = Vec::new();
    let mut known: Option<i64> = None;
    let mut draft = None;
    while let Some(field) = multipart.next_field().await.map_err(bad)? {
        if field.name() == Some("ke") {
            draft = field.text().await.map_err(bad)?.parse().ok();
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        // a form sent without choosing a file has one empty file
        if name.is_empty() {
            continue;
        }
        let stream = field.map_err(std::io::Error::other);
        let mut input = tokio_util::io::StreamReader::new(Box::pin(stream));
        match intake::take(&app, &me.actor, &name, &mut input, &inspect::Wanted::default()).await {
            Ok(Arrival::New(file)) => arrived.push(*file),
            Ok(Arrival::Known(same)) => {
                let (version, file) = *same;
                told.push(me.lang.msg("lists-same-file").s("file", &file.name).s("list", version.title()).to_string());
                known = Some(version.id);
            }
            Err(TakeError::File(FileError::TooLarge { .. })) => {
                told.push(
                    me.lang
                        .msg("lists-file-too-large")
                        .s("file", &name)
                        .n("most", intake::LARGEST / 1_048_576)
                        .to_string(),
                );
            }
            Err(error) => return Err(anyhow::Error::from(error).into()),
        }
    }
    if arrived.is_empty() {
        if let (Some(id), true) = (known, told.len() == 1) {
            me.flash(&told[0]).await;
            return Ok(see(format!("/daftar/{id}")));
        }
        let mut form = Form::default();
        if told.is_empty() {
            form.fault("berkas", me.lang.t("lists-choose-file"));
        }
        let page = upload_page(&app, &me, form, draft, told).await?;
        return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let opened = keep(&app, &me, arrived, draft).await?;
    app.worker.notify_one();
    if !told.is_empty() {
        me.flash(told.join(" ")).await;
    }
    Ok(match opened[..] {
        [only] => see(format!("/daftar/{only}")),
        _ => see("/daftar"),
    })
}

/// The drafts that took the files.
async fn keep(app: &App, me: &Me, arrived: Vec<Arrived>, draft: Option<i64>) -> Result<Vec<i64>, AppError> {
    let change = me.change(app).await?;
    let mut opened = Vec::new();
    if let Some(id) = draft {
        let version = standing(&change, id).await?;
        if version.state()? != VersionState::Draft {
            return Err(Rule::new("list-state").into());
        }
        intake::add_to_draft(&change, id, &arrived).await?;
        opened.push(id);
    } else {
        for (source, files) in intake::groups(arrived, None) {
            opened.push(intake::open_draft(app, &change, source, &files, &Said::default()).await?);
        }
    }
    change.commit().await?;
    Ok(opened)
}

/// Confirms what the files are and begins to read them.
pub async fn read(State(app): State<App>, me: Me, Path(id): Path<i64>, form: Form) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let version = standing(&reading, id).await?;
    if version.state()? != VersionState::Draft {
        return Err(Rule::new("list-state").into());
    }
    if app.district().await?.is_none() {
        return Err(Rule::new("list-no-areas").into());
    }
    let files = versions::files(&reading, id).await?;
    let confirmed = match draft::confirm(&app, &me, id, &files, form).await? {
        Ok(confirmed) => confirmed,
        Err(form) => return draft::page(&app, &me, version, Some(form)).await,
    };
    let change = me.change(&app).await?;
    versions::describe(&change, id, &confirmed.version).await?;
    permission::set(&change, id, &confirmed.permission).await?;
    for (file, reading) in &confirmed.changed {
        versions::set_file(&change, *file, reading).await?;
    }
    for file in confirmed.dropped {
        versions::remove_file(&change, file).await?;
    }
    versions::become_state(&change, id, VersionState::Reading).await?;
    jobs::enqueue(&change, "list.read", id, "{}").await?;
    change.commit().await?;
    app.worker.notify_one();
    Ok(see(format!("/daftar/{id}")))
}

/// Asks the reading to stop.
pub async fn stop(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    let version = standing(&change, id).await?;
    if version.state()? == VersionState::Reading
        && let Some(job) = jobs::latest(&change, "list.read", id).await?
    {
        jobs::cancel(&change, job.id).await?;
        // one that had not begun never will: nobody else takes the version back
        if job.state == "waiting" {
            versions::become_state(&change, id, VersionState::Draft).await?;
        }
    }
    change.commit().await?;
    Ok(see(format!("/daftar/{id}")))
}

/// Back to the draft, to read the files another way.
pub async fn reopen(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    versions::become_state(&change, id, VersionState::Draft).await?;
    for file in versions::files(&change, id).await? {
        if file.state == "read" {
            versions::set_file_state(&change, file.id, "waiting").await?;
        }
    }
    change.commit().await?;
    Ok(see(format!("/daftar/{id}")))
}

/// A person commits the list: the job brings it into the registry.
pub async fn commit(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    versions::become_state(&change, id, VersionState::Committing).await?;
    jobs::enqueue(&change, "list.commit", id, "{}").await?;
    change.commit().await?;
    app.worker.notify_one();
    Ok(see(format!("/daftar/{id}")))
}

pub async fn discard(State(app): State<App>, me: Me, Path(id): Path<i64>, form: Form) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    let version = versions::version(&change, id).await?;
    let title = list_title(me.lang, &version, &versions::files(&change, id).await?);
    let unreferenced = versions::discard(&change, id, form.some("reason")).await?;
    change.commit().await?;
    for sha256 in unreferenced {
        app.files.remove(&sha256).await.map_err(anyhow::Error::from)?;
    }
    me.flash(me.lang.msg("lists-discarded").s("list", title)).await;
    Ok(see("/daftar"))
}

/// The findings of a version as a workbook or JSON lines, values unmasked: who takes them out is written down.
pub async fn findings(State(app): State<App>, me: Me, Path(id): Path<i64>, form: Form) -> Result<Response, AppError> {
    me.in_whole_district()?;
    let version = standing(&me.reading(&app), id).await?;
    let files = versions::files(&me.reading(&app), id).await?;
    record_taken(&app, &me, &version, &me.lang.t("lists-findings")).await?;
    let name = format!("temuan-{}-{}", version.source, version.version).to_lowercase();
    if form.text("bentuk") == "xlsx" {
        let bytes = findings_sheet::workbook(&me.reading(&app), me.lang, &version, files).await?;
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        return Ok(download(Body::from(bytes), &format!("{name}.xlsx"), kind));
    }
    let reports = files.into_iter().map(|file| Report::new(file, false, false)).collect();
    let lines = stream::try_unfold(Lines { app, actor: me.actor, reports }, next_lines);
    Ok(download(Body::from_stream(lines), &format!("{name}.jsonl"), "application/x-ndjson"))
}

struct Lines {
    app: App,
    actor: Actor,
    /// Those still to be told, the next at the front.
    reports: std::collections::VecDeque<Report>,
}

async fn next_lines(mut lines: Lines) -> Result<Option<(Bytes, Lines)>, anyhow::Error> {
    while let Some(report) = lines.reports.front_mut() {
        let next = report.findings(&lines.app.store.read(&lines.actor)).await?;
        match next {
            Some(text) => return Ok(Some((Bytes::from(text), lines))),
            None => {
                lines.reports.pop_front();
            }
        }
    }
    Ok(None)
}

/// A file as it came.
pub async fn file(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    me.in_whole_district()?;
    let file: File = versions::file(&me.reading(&app), id).await?.ok_or(AppError::NotFound)?;
    let version = standing(&me.reading(&app), file.version_id).await?;
    let opened = app.files.open(&file.sha256).await?;
    record_taken(&app, &me, &version, &file.name).await?;
    let media_type = mime_guess::from_path(&file.name).first_or_octet_stream();
    let body = Body::from_stream(tokio_util::io::ReaderStream::new(opened));
    Ok(download(body, &file.name, media_type.as_ref()))
}

async fn record_taken(app: &App, me: &Me, version: &Version, what: &str) -> Result<(), AppError> {
    let change = me.change(app).await?;
    change
        .record(Entry {
            verb: "list.downloaded",
            subject: ("list_version", version.id),
            area: None,
            reason: None,
            data: json!({"list": version.title(), "what": what}),
        })
        .await?;
    change.commit().await?;
    Ok(())
}
