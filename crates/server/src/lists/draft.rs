//! The page on which a person confirms what files are: list, version and date; sheet and format of each, with the reasons.
//! Everything can be overruled; what cannot be read says why.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use domain::lists::{Format, Source, version::version_label};
use store::lists::{
    File, NewVersion, Version,
    permission::{self, Permission},
    versions,
};

use super::{
    formats::{self, Known},
    inspect::{Seen, Wanted},
    intake,
    pages::{job_of, list_title, size_words, source_title},
    permission_page,
};
use crate::{
    App, AppError, Page,
    access::Me,
    error::with_status,
    forms::Form,
    i18n::Lang,
    ui::{Ui, parts::Choice},
};

/// A file as the page shows it.
pub struct FileLine {
    pub id: i64,
    pub name: String,
    pub size: String,
    pub seen: Seen,
    pub format: String,
    /// Names of the fields of this file in the form.
    pub format_field: String,
    pub sheet_field: String,
    pub sheets: Vec<Choice>,
    /// Needed columns that the file lacks, in words.
    pub missing: Vec<String>,
    pub header: i64,
    /// Who made the layout, when and of what, where it was made by hand.
    pub made: String,
}

#[derive(Template)]
#[template(path = "lists/templates/draft.html")]
struct DraftPage {
    ui: Ui,
    form: Form,
    version: Version,
    title: String,
    sentence: String,
    files: Vec<FileLine>,
    sources: Vec<Choice>,
    formats: Vec<Choice>,
    /// Of the request for the list.
    states: Vec<Choice>,
    /// What came of the last reading, when it did not end well.
    ended: Option<(String, String)>,
    readable: bool,
}

/// The page; `form` when it was sent with faults.
pub async fn page(app: &App, me: &Me, version: Version, form: Option<Form>) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let lang = me.lang;
    let ui = me.ui(app).await;
    let files = versions::files(&reading, version.id).await?;
    let known = formats::known(&reading).await?;
    let lines: Vec<FileLine> = files.iter().map(|file| line(&ui, &known, file)).collect();
    let choices = known.active().map(|format| Choice::new(&*format.id, format_title(lang, format))).collect();
    let readable = lines.iter().any(|line| line.seen.refused.is_none());
    let faulty = form.is_some();
    let mut form = form.unwrap_or_default();
    if !faulty {
        fill(&mut form, &version, &files);
        permission_page::fill(&mut form, &permission::of(&reading, version.id).await?);
    }
    let told = lines.iter().filter(|line| !line.format.is_empty()).count();
    let sentence = if files.is_empty() {
        lang.t("lists-draft-empty")
    } else if !readable {
        lang.msg("lists-draft-refused").n("count", files.len()).to_string()
    } else if told == 0 {
        lang.msg("lists-draft-unknown").n("count", files.len()).to_string()
    } else {
        lang.msg("lists-draft-sentence")
            .n("count", told)
            .n("all", files.len())
            .s("list", if version.source.is_empty() { source_title(lang, "") } else { version.title() })
            .to_string()
    };
    let ended = match job_of(&reading, &version).await? {
        Some(job) if job.state == "cancelled" => Some((lang.t("lists-was-stopped"), lang.t("lists-was-stopped-next"))),
        Some(job) if job.state == "failed" => {
            let key = job.error.unwrap_or_else(|| "job-failed".to_owned());
            Some((lang.t(&key), lang.t(&format!("{key}-next"))))
        }
        _ => None,
    };
    let page = DraftPage {
        title: list_title(lang, &version, &files),
        sources: Source::ALL.iter().map(|source| Choice::new(source.as_str(), source.title())).collect(),
        formats: choices,
        states: permission_page::states(lang),
        ui,
        form,
        version,
        sentence,
        files: lines,
        ended,
        readable,
    };
    Ok(if faulty { with_status(StatusCode::UNPROCESSABLE_ENTITY, page) } else { Page(page).into_response() })
}

/// The name of a format in the language of the page.
pub fn format_title(lang: Lang, format: &Format) -> String {
    if lang.is_english() { format.title_en.clone() } else { format.title.clone() }
}

fn line(ui: &Ui, formats: &Known, file: &File) -> FileLine {
    let lang = ui.lang;
    let seen: Seen = serde_json::from_str(&file.recognition).unwrap_or_default();
    let known = formats.find(&file.format);
    let headers = |group: &Vec<String>| {
        let names: Vec<&str> = group
            .iter()
            .filter_map(|field| known.and_then(|format| format.column(field)).and_then(|column| column.headers.first()))
            .map(String::as_str)
            .collect();
        names.join(&format!(" {} ", lang.t("lists-or")))
    };
    FileLine {
        id: file.id,
        name: file.name.clone(),
        size: size_words(lang, file.size),
        format: known.map_or_else(String::new, |format| format_title(lang, format)),
        format_field: format!("format-{}", file.id),
        sheet_field: format!("lembar-{}", file.id),
        sheets: if seen.sheets.len() > 1 {
            seen.sheets.iter().map(|sheet| Choice::new(sheet.no.to_string(), sheet.name.clone())).collect()
        } else {
            Vec::new()
        },
        missing: seen.missing.iter().map(headers).collect(),
        made: formats.made_by(&file.format).map_or_else(String::new, |saved| {
            let who = saved.made_name.clone().unwrap_or_else(|| "tuntas lists".to_owned());
            let made = ui.msg("lists-why-made").s("who", who).s("when", ui.date(&saved.made_at)).to_string();
            match &saved.file_name {
                Some(file) => format!("{made} {}", ui.msg("lists-why-made-of").s("file", file)),
                None => made,
            }
        }),
        header: file.header_last,
        seen,
    }
}

fn fill(form: &mut Form, version: &Version, files: &[File]) {
    form.set("source", &version.source).set("version", &version.version).set("date", &version.as_of);
    form.set("giver", version.giver.as_deref().unwrap_or_default());
    form.set("basis", version.legal_basis.as_deref().unwrap_or_default());
    form.set("letter", version.letter.as_deref().unwrap_or_default());
    for file in files {
        form.set(&format!("format-{}", file.id), &file.format);
        form.set(&format!("lembar-{}", file.id), file.sheet_no);
    }
}

/// What was confirmed: the version's description, and how each file is to be read.
pub struct Confirmed {
    pub version: NewVersion,
    pub permission: Permission,
    /// Files to be read another way than recognised.
    pub changed: Vec<(i64, versions::FileReading)>,
    /// Files left out.
    pub dropped: Vec<i64>,
}

/// The word of the choice "leave this file out".
pub const LEAVE_OUT: &str = "abaikan";

/// That a list of this label is there already, and what to do.
pub fn version_there(lang: Lang, there: &Version, label: &str) -> String {
    lang.msg("lists-version-there").s("list", there.title()).s("other", format!("{label}-2")).to_string()
}

/// Checks what was sent; `Err` is the form with its faults.
pub async fn confirm(
    app: &App,
    me: &Me,
    draft: i64,
    files: &[File],
    mut form: Form,
) -> Result<Result<Confirmed, Form>, AppError> {
    let lang = me.lang;
    let source = Source::from_code(form.text("source"));
    if source.is_none() {
        form.fault("source", lang.t("lists-choose-source"));
    }
    let typed = form.required("version", lang);
    let label = version_label(&typed);
    if !typed.is_empty() && label.is_none() {
        form.fault("version", lang.t("lists-version-fault"));
    }
    let date: Option<NaiveDate> = form.date("date", lang);
    if date.is_none() && form.fault_of("date").is_none() {
        form.fault("date", lang.t("form-required"));
    }
    if date.is_some_and(|date| date > app.clock.today(app.config.zone)) {
        form.fault("date", lang.t("lists-date-ahead"));
    }
    if let (Some(source), Some(label)) = (source, &label)
        && let Some(there) = versions::same_label(&me.reading(app), source.as_str(), label, draft).await?
    {
        form.fault("version", version_there(lang, &there, label));
    }
    let permission = permission_page::read(&mut form, lang);
    let formats = formats::known(&me.reading(app)).await?;
    let mut changed = Vec::new();
    let mut dropped = Vec::new();
    let mut kept = 0;
    for file in files {
        let field = format!("format-{}", file.id);
        let chosen = form.text(&field).to_owned();
        let refused = file.state == "rejected" && file.format.is_empty();
        if chosen == LEAVE_OUT || refused {
            dropped.push(file.id);
            continue;
        }
        let Some(wanted) = formats.find(&chosen) else {
            form.fault(&field, lang.msg("lists-choose-format").s("file", &file.name));
            continue;
        };
        if source.is_some_and(|source| source != wanted.source) {
            form.fault(&field, lang.msg("lists-format-other-source").s("format", format_title(lang, wanted)));
            continue;
        }
        kept += 1;
        let sheet = form.text(&format!("lembar-{}", file.id)).parse().unwrap_or(file.sheet_no as usize);
        let as_recognised = wanted.id == file.format && sheet == file.sheet_no as usize;
        let seen: Seen = serde_json::from_str(&file.recognition).unwrap_or_default();
        let reading = if as_recognised {
            None
        } else {
            let wanted = Wanted { sheet: Some(sheet), format: Some(wanted), source: None };
            Some(intake::look(app, &me.actor, &file.sha256, &file.name, wanted).await.map_err(anyhow::Error::from)?)
        };
        let complete = reading
            .as_ref()
            .map_or(seen.missing.is_empty(), |found| found.format.is_some() && found.seen.missing.is_empty());
        if !complete {
            form.fault(
                &field,
                lang.msg("lists-format-misfit").s("file", &file.name).s("format", format_title(lang, wanted)),
            );
        }
        changed.extend(reading.map(|found| (file.id, found.reading)));
    }
    if kept == 0 && form.is_sound() {
        form.fault("source", lang.t("lists-nothing-to-read"));
    }
    let (true, Some(source), Some(label), Some(date)) = (form.is_sound(), source, label, date) else {
        return Ok(Err(form));
    };
    let version = NewVersion {
        source: source.as_str().to_owned(),
        version: label,
        as_of: date.to_string(),
        giver: form.some("giver").map(str::to_owned),
        legal_basis: form.some("basis").map(str::to_owned),
        letter: form.some("letter").map(str::to_owned),
        note: None,
    };
    Ok(Ok(Confirmed { version, permission, changed, dropped }))
}
