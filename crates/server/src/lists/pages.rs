//! The pages of lists: all versions, the upload, one version in each of its states, the families of a difference.

use askama::Template;
use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::{
    address::Address,
    lists::{Source, VersionState, format::Kind},
};
use serde::Deserialize;
use store::{
    Handle, areas,
    jobs::{self, Job},
    lists::{
        File, Version, permission,
        show::{self, Differs, Part},
        versions,
    },
};

use super::{draft, report_page};
use crate::{
    App, AppError, Page,
    access::Me,
    demo,
    error::see,
    forms::Form,
    i18n::Lang,
    ui::{Ui, parts::Link},
};

impl From<store::lists::Error> for AppError {
    fn from(error: store::lists::Error) -> Self {
        use store::lists::Error;
        match error {
            Error::Unknown => Self::NotFound,
            Error::State(..) => crate::error::Rule::new("list-state").into(),
            Error::Correction(..) => crate::error::Rule::new("list-correction-state").into(),
            Error::Meanwhile => crate::error::Rule::new("list-corrected-meanwhile").into(),
            Error::FormatThere => crate::error::Rule::new("list-format-there").into(),
            Error::NoReason => crate::error::Rule::new("list-no-reason").into(),
            Error::NoFile => crate::error::Rule::new("list-no-file").into(),
            Error::NoAreas => crate::error::Rule::new("list-no-areas").into(),
            Error::Store(error) => error.into(),
        }
    }
}

/// A version that stands, or nothing.
pub async fn standing(handle: &impl Handle, id: i64) -> Result<Version, AppError> {
    let version = versions::version(handle, id).await?;
    if version.state()? == VersionState::Discarded { Err(AppError::NotFound) } else { Ok(version) }
}

/// Whether none of the files can be opened: such an upload is no list to be checked.
fn unreadable(files: &[File]) -> bool {
    !files.is_empty() && files.iter().all(|file| file.state == "rejected")
}

/// How the state of a version is tagged: kind and icon.
const fn state_tag(state: VersionState) -> (&'static str, &'static str) {
    match state {
        VersionState::Draft | VersionState::Ready => ("warn", "alert"),
        VersionState::Reading | VersionState::Committing | VersionState::Undoing => ("info", "clock"),
        VersionState::Committed => ("ok", "check"),
        VersionState::Discarded | VersionState::Undone => ("", "undo"),
    }
}

struct Line {
    version: Version,
    title: String,
    /// Nobody has said what it is, and its header did not.
    unknown: bool,
    /// None of its files can be opened: nothing waits in it.
    unreadable: bool,
    tag: (&'static str, &'static str),
    state: String,
    files: usize,
}

#[derive(Template)]
#[template(path = "lists/templates/versions.html")]
struct VersionsPage {
    ui: Ui,
    sentence: String,
    lines: Vec<Line>,
    samples: bool,
    may_upload: bool,
    /// Lists whose permission is over: number, name, last day.
    over: Vec<(i64, String, String)>,
    /// Two lists have entered.
    comparable: bool,
}

pub async fn versions(State(app): State<App>, me: Me) -> Result<impl IntoResponse, AppError> {
    let reading = me.reading(&app);
    let ui = me.ui(&app).await;
    let mut lines = Vec::new();
    for version in versions::versions(&reading).await? {
        let state = version.state()?;
        let files = versions::files(&reading, version.id).await?;
        let unreadable = state == VersionState::Draft && unreadable(&files);
        lines.push(Line {
            title: list_title(ui.lang, &version, &files),
            unknown: version.source.is_empty() && !unreadable,
            unreadable,
            tag: if unreadable { ("bad", "alert") } else { state_tag(state) },
            state: if unreadable { ui.t("lists-file-refused") } else { ui.t(&format!("lists-state-{state}")) },
            files: files.len(),
            version,
        });
    }
    let waiting = lines.iter().filter(|line| line.tag.0 == "warn").count();
    let newest = lines.iter().find(|line| line.version.state == VersionState::Committed.as_str());
    let sentence = match (newest, waiting) {
        (None, 0) => ui.t("lists-none"),
        (None, waiting) => ui.msg("lists-only-waiting").n("count", waiting).to_string(),
        (Some(line), 0) => ui
            .msg("lists-newest")
            .s("list", line.version.title())
            .s("date", ui.date(&line.version.as_of))
            .n("families", line.version.families)
            .to_string(),
        (Some(line), waiting) => ui
            .msg("lists-newest-and-waiting")
            .s("list", line.version.title())
            .n("families", line.version.families)
            .n("count", waiting)
            .to_string(),
    };
    let broken = lines.iter().filter(|line| line.unreadable).count();
    let sentence = match broken {
        0 => sentence,
        _ => format!("{sentence} {}", ui.msg("lists-unreadable").n("count", broken)),
    };
    let samples = !sample_files(&app).is_empty();
    let may_upload = ui.may("commit_lists");
    let comparable = lines.iter().filter(|line| line.version.state == VersionState::Committed.as_str()).count() > 1;
    let today = app.clock.today(app.config.zone).to_string();
    let over = permission::over(&reading, &today)
        .await?
        .into_iter()
        .filter_map(|over| {
            let line = lines.iter().find(|line| line.version.id == over.id)?;
            Some((over.id, line.version.title(), ui.date(&over.expires_on)))
        })
        .collect();
    Ok(Page(VersionsPage { ui, sentence, lines, samples, may_upload, over, comparable }))
}

/// Name and size of the made-up list files, when a demo wrote some. What was planted in them is not offered.
fn sample_files(app: &App) -> Vec<(String, i64)> {
    let Ok(folder) = std::fs::read_dir(app.config.data.join(demo::FILES)) else { return Vec::new() };
    let mut files: Vec<(String, i64)> = folder
        .flatten()
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.metadata().ok()?.len() as i64)))
        .filter(|(name, _)| {
            let list = name.starts_with("dtsen")
                || name.starts_with("P3KE")
                || name.starts_with("wilayah")
                || name.starts_with("batas");
            list && !name.contains('/')
        })
        .collect();
    files.sort();
    files
}

struct Sample {
    name: String,
    /// What it is for.
    words: String,
    size: String,
}

#[derive(Template)]
#[template(path = "lists/templates/samples.html")]
struct SamplesPage {
    ui: Ui,
    samples: Vec<Sample>,
}

/// The made-up files a newcomer can try the upload with.
pub async fn samples(State(app): State<App>, me: Me) -> Result<impl IntoResponse, AppError> {
    let ui = me.ui(&app).await;
    let samples = sample_files(&app)
        .into_iter()
        .map(|(name, size)| Sample { words: sample_words(&ui, &name), size: size_words(ui.lang, size), name })
        .collect();
    Ok(Page(SamplesPage { ui, samples }))
}

fn sample_words(ui: &Ui, name: &str) -> String {
    let name = name.to_lowercase();
    let key = if name.contains("wilayah") {
        "lists-sample-areas"
    } else if name.contains("batas") {
        "lists-sample-boundaries"
    } else if name.contains("anggota") || name.contains("individu") {
        "lists-sample-members"
    } else if name.contains("keluarga") {
        "lists-sample-families"
    } else {
        "lists-sample-other"
    };
    ui.t(key)
}

/// `1,4 MB`
pub fn size_words(lang: Lang, bytes: i64) -> String {
    if bytes >= 1_000_000 {
        format!("{} MB", lang.decimal(bytes as f64 / 1e6, 1))
    } else {
        format!("{} kB", lang.decimal((bytes as f64 / 1e3).max(0.1), 1))
    }
}

pub async fn sample(State(app): State<App>, Path(name): Path<String>) -> Result<Response, AppError> {
    // only names that the list offers: a path cannot be smuggled in
    if !sample_files(&app).iter().any(|(known, _)| *known == name) {
        return Err(AppError::NotFound);
    }
    let path = app.config.data.join(demo::FILES).join(&name);
    let file = tokio::fs::File::open(&path).await.map_err(anyhow::Error::from)?;
    Ok(download(Body::from_stream(tokio_util::io::ReaderStream::new(file)), &name, &media_type(&name)))
}

fn media_type(name: &str) -> String {
    mime_guess::from_path(name).first_or_octet_stream().to_string()
}

/// An answer that a browser saves under this name.
pub fn download(body: Body, name: &str, media_type: &str) -> Response {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_graphic() && c != '"' || c == ' ' { c } else { '_' }).collect();
    (
        [
            (header::CONTENT_TYPE, media_type.to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}\"")),
        ],
        body,
    )
        .into_response()
}

#[derive(Template)]
#[template(path = "lists/templates/upload.html")]
pub struct UploadPage {
    pub ui: Ui,
    pub form: Form,
    /// The draft the files are added to.
    pub draft: Option<Version>,
    pub samples: bool,
    pub no_areas: bool,
    /// What came of files that were refused, in words.
    pub told: Vec<String>,
}

#[derive(Deserialize)]
pub struct To {
    ke: Option<i64>,
}

pub async fn upload(State(app): State<App>, me: Me, Query(to): Query<To>) -> Result<impl IntoResponse, AppError> {
    Ok(Page(upload_page(&app, &me, Form::default(), to.ke, Vec::new()).await?))
}

pub async fn upload_page(
    app: &App,
    me: &Me,
    form: Form,
    draft: Option<i64>,
    told: Vec<String>,
) -> Result<UploadPage, AppError> {
    let draft = match draft {
        Some(id) => Some(standing(&me.reading(app), id).await?).filter(|v| v.state == VersionState::Draft.as_str()),
        None => None,
    };
    let samples = !sample_files(app).is_empty();
    let no_areas = app.district().await?.is_none();
    Ok(UploadPage { ui: me.ui(app).await, form, draft, samples, no_areas, told })
}

/// What the address of a version's page asks for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// A fault code: its rows.
    #[serde(default)]
    pub salah: String,
    /// Where the page of rows begins: `file.row`.
    #[serde(default)]
    pub sesudah: String,
}

pub async fn version(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let version = standing(&reading, id).await?;
    match version.state()? {
        VersionState::Draft => draft::page(&app, &me, version, None).await,
        VersionState::Reading | VersionState::Committing | VersionState::Undoing => {
            let part = progress_part(&app, &me, version).await?;
            Ok(Page(ProgressPage { ui: me.ui(&app).await, part }).into_response())
        }
        _ => report_page::page(&app, &me, version, &asked).await,
    }
}

/// The job that a version waits for.
pub async fn job_of(handle: &impl Handle, version: &Version) -> Result<Option<Job>, AppError> {
    let kind = match version.state()? {
        VersionState::Committing => "list.commit",
        VersionState::Undoing => "list.undo",
        _ => "list.read",
    };
    Ok(jobs::latest(handle, kind, version.id).await?)
}

struct ProgressPart {
    id: i64,
    title: String,
    sentence: String,
    step: String,
    share: i64,
    may_stop: bool,
    hint: String,
}

#[derive(Template)]
#[template(path = "lists/templates/progress.html")]
struct ProgressPage {
    ui: Ui,
    part: ProgressPart,
}

#[derive(Template)]
#[template(path = "lists/templates/progress_part.html")]
struct ProgressFragment {
    ui: Ui,
    part: ProgressPart,
}

async fn progress_part(app: &App, me: &Me, version: Version) -> Result<ProgressPart, AppError> {
    let lang = me.lang;
    let committing = version.state == VersionState::Committing.as_str();
    let undoing = version.state == VersionState::Undoing.as_str();
    let job = job_of(&me.reading(app), &version).await?;
    let (progress, total) = job.as_ref().map_or((0, 0), |job| (job.progress, job.total));
    let step = job.as_ref().map_or_else(|| lang.t("job-step-waiting"), |job| lang.t(&job.step));
    let stopping = job.as_ref().is_some_and(|job| job.cancel_wanted);
    let sentence = if stopping {
        lang.msg("lists-stopping").s("list", version.title())
    } else if committing {
        lang.msg("lists-committing").s("list", version.title())
    } else if undoing {
        lang.msg("lists-undoing").s("list", version.title())
    } else if total > 0 {
        lang.msg("lists-reading-rows").s("list", version.title()).n("done", progress).n("total", total)
    } else {
        lang.msg("lists-reading").s("list", version.title())
    };
    Ok(ProgressPart {
        id: version.id,
        title: version.title(),
        sentence: sentence.to_string(),
        step,
        share: if total > 0 { progress * 100 / total } else { 0 },
        may_stop: me.may(domain::access::Right::CommitLists) && !stopping && !committing && !undoing,
        hint: lang.t(if committing {
            "lists-committing-hint"
        } else if undoing {
            "lists-undoing-hint"
        } else {
            "lists-reading-hint"
        }),
    })
}

/// The moving part of the progress page; when the work has ended the browser is sent to what came of it.
pub async fn progress(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let version = versions::version(&me.reading(&app), id).await?;
    let state = version.state()?;
    if !matches!(state, VersionState::Reading | VersionState::Committing | VersionState::Undoing) {
        let path = format!("/daftar/{id}");
        if me.partial {
            return Ok(([("hx-redirect", path)], "").into_response());
        }
        return Ok(see(path));
    }
    let part = progress_part(&app, &me, version).await?;
    Ok(Page(ProgressFragment { ui: me.ui(&app).await, part }).into_response())
}

#[derive(Template)]
#[template(path = "lists/templates/discard.html")]
struct DiscardPage {
    ui: Ui,
    version: Version,
    title: String,
    rows: i64,
}

/// The question before a draft is thrown away.
pub async fn discard(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<impl IntoResponse, AppError> {
    let reading = me.reading(&app);
    let version = standing(&reading, id).await?;
    if !version.state()?.may_become(VersionState::Discarded) {
        return Err(crate::error::Rule::new("list-state").into());
    }
    let files = versions::files(&reading, id).await?;
    let rows = files.iter().map(|file| file.rows_data).sum();
    let title = list_title(me.lang, &version, &files);
    Ok(Page(DiscardPage { ui: me.ui(&app).await, version, title, rows }))
}

struct DifferentFamily {
    family: Differs,
    village: String,
    was_village: String,
    place: String,
    was_place: String,
    /// The former head's name, where it is another.
    was_head: Option<String>,
    village_changed: bool,
    place_changed: bool,
    members_changed: bool,
    desil_changed: bool,
}

#[derive(Template)]
#[template(path = "lists/templates/difference.html")]
struct DifferencePage {
    ui: Ui,
    version: Version,
    sentence: String,
    part: &'static str,
    tabs: Vec<Link>,
    lines: Vec<DifferentFamily>,
    next: Option<String>,
}

#[derive(Deserialize)]
pub struct Behind {
    #[serde(default)]
    sesudah: i64,
}

const FAMILIES: i64 = 50;

pub async fn difference(
    State(app): State<App>,
    me: Me,
    Path((id, part)): Path<(i64, String)>,
    Query(behind): Query<Behind>,
) -> Result<impl IntoResponse, AppError> {
    let reading = me.reading(&app);
    let version = standing(&reading, id).await?;
    let (asked, word) = match part.as_str() {
        "baru" => (Part::New, "new"),
        "berubah" => (Part::Changed, "changed"),
        "hilang" => (Part::Gone, "gone"),
        _ => return Err(AppError::NotFound),
    };
    let ui = me.ui(&app).await;
    let counts: store::lists::Difference = serde_json::from_str(&version.summary).unwrap_or_default();
    let mut found = show::differing(&reading, &version, asked, behind.sesudah, FAMILIES + 1).await?;
    let more = found.len() as i64 > FAMILIES;
    found.truncate(FAMILIES as usize);
    let next = found.last().filter(|_| more).map(|last| format!("/daftar/{id}/beda/{part}?sesudah={}", last.row_id));
    let names = match app.district().await? {
        Some((district, _)) => areas::names(&reading, district).await?,
        None => std::collections::BTreeMap::new(),
    };
    let village = |code: Option<i64>| {
        let known = code.filter(|code| code % 10_000 != 0);
        known.and_then(|code| names.get(&code).cloned()).unwrap_or_else(|| ui.t("lists-village-unknown"))
    };
    // what one of the two lists does not say is no change
    let known = |code: Option<i64>| code.is_some_and(|code| code % 10_000 != 0);
    let lines = found
        .into_iter()
        .map(|family| {
            let is = place(&ui, &family.address, family.rt.as_deref(), family.rw.as_deref());
            let was_address = family.was_address.as_deref().unwrap_or_default();
            let was = place(&ui, was_address, family.was_rt.as_deref(), family.was_rw.as_deref());
            let changed = asked == Part::Changed;
            DifferentFamily {
                village: village(Some(family.village)),
                was_village: village(family.was_village),
                was_head: family.was_head.clone().filter(|was| changed && *was != family.head_name),
                village_changed: changed
                    && known(family.was_village)
                    && known(Some(family.village))
                    && family.was_village != Some(family.village),
                place_changed: changed && is != was,
                members_changed: changed && family.was_members != Some(family.members),
                desil_changed: changed
                    && family.was_desil.is_some()
                    && family.desil.is_some()
                    && family.was_desil != family.desil,
                place: is,
                was_place: was,
                family,
            }
        })
        .collect();
    let previous = match version.previous_id {
        Some(previous) => versions::find(&reading, previous).await?.map(|v| v.title()).unwrap_or_default(),
        None => String::new(),
    };
    let count = match asked {
        Part::New => counts.new,
        Part::Changed => counts.changed,
        Part::Gone => counts.gone,
    };
    let sentence = ui
        .msg(&format!("lists-difference-{word}"))
        .n("count", count)
        .n("known", counts.known)
        .n("aid", counts.gone_with_aid)
        .s("list", version.title())
        .s("previous", previous)
        .to_string();
    let tabs = [("baru", "new", counts.new), ("berubah", "changed", counts.changed), ("hilang", "gone", counts.gone)]
        .into_iter()
        .map(|(path, word, count)| {
            Link::new(format!("/daftar/{id}/beda/{path}"), ui.t(&format!("lists-tab-{word}")))
                .count(ui.num(&count))
                .current(path == part)
        })
        .collect();
    Ok(Page(DifferencePage { ui, version, sentence, part: word, tabs, lines, next }))
}

/// `Dusun Krajan RT 001 RW 002`
fn place(ui: &Ui, address: &str, rt: Option<&str>, rw: Option<&str>) -> String {
    let place = Address::of(address, rt, rw).to_string();
    if place.is_empty() { ui.t("lists-address-none") } else { place }
}

/// The name of a source, or that nobody knows it.
pub fn source_title(lang: Lang, code: &str) -> String {
    Source::from_code(code).map_or_else(|| lang.t("lists-source-unknown"), |source| source.title().to_owned())
}

/// What a list is called; one whose source nobody knows, by the files it came in.
pub fn list_title(lang: Lang, version: &Version, files: &[File]) -> String {
    if !version.source.is_empty() {
        return version.title();
    }
    match files {
        [] => lang.t("lists-source-unknown"),
        [file] => file.name.clone(),
        [first, rest @ ..] => lang.msg("lists-files-named").s("file", &first.name).n("more", rest.len()).to_string(),
    }
}

/// `keluarga` or `orang`, for a file.
pub fn kind_words(lang: Lang, kind: &str) -> String {
    match Kind::from_code(kind) {
        Some(Kind::Family) => lang.t("lists-kind-family"),
        Some(Kind::Person) => lang.t("lists-kind-person"),
        None => String::new(),
    }
}
