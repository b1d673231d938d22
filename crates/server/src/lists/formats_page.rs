//! The layouts this office knows, as files an official can read: seen, taken out, brought in, switched off.

use askama::Template;
use axum::{
    body::Body,
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::lists::{
    Format,
    format::{self, Value, formats},
    mapped::{self, FileFault},
};
use store::lists::formats as saved;

use super::{
    draft::format_title,
    formats::{self as all, Known},
    mapping_page::fault_words,
    pages::{download, kind_words},
};
use crate::{
    App, AppError, Page,
    access::Me,
    error::{see, with_status},
    forms::Form,
    i18n::Lang,
    ui::Ui,
};

/// The largest format file taken.
pub const LARGEST: usize = 512 * 1024;

struct FormatLine {
    id: String,
    title: String,
    source: &'static str,
    kind: String,
    columns: usize,
    /// Who made it, when and of what; empty for a built-in one.
    made: String,
    files: i64,
    off: bool,
}

#[derive(Template)]
#[template(path = "lists/templates/formats.html")]
struct FormatsPage {
    ui: Ui,
    form: Form,
    sentence: String,
    made: Vec<FormatLine>,
    built_in: Vec<FormatLine>,
    may_change: bool,
}

pub async fn page(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    formats_page(&app, &me, Form::default()).await
}

fn line(lang: Lang, format: &Format) -> FormatLine {
    FormatLine {
        id: format.id.clone(),
        title: format_title(lang, format),
        source: format.source.title(),
        kind: kind_words(lang, format.kind.as_str()),
        columns: format.columns.iter().filter(|column| column.value != Value::Ignored).count(),
        made: String::new(),
        files: 0,
        off: false,
    }
}

async fn formats_page(app: &App, me: &Me, form: Form) -> Result<Response, AppError> {
    let known: Known = all::known(&me.reading(app)).await?;
    let ui = me.ui(app).await;
    let made: Vec<FormatLine> = known
        .made()
        .iter()
        .map(|(saved, format)| {
            let who = saved.made_name.clone().unwrap_or_else(|| "tuntas lists".to_owned());
            let made = ui.msg("lists-format-made").s("who", who).s("when", ui.date(&saved.made_at));
            let of = saved.file_name.as_deref().map(|file| ui.msg("lists-format-made-of").s("file", file).to_string());
            FormatLine {
                made: [Some(made.to_string()), of].into_iter().flatten().collect::<Vec<_>>().join(" · "),
                files: saved.files,
                off: saved.off_at.is_some(),
                ..line(ui.lang, format)
            }
        })
        .collect();
    let built_in: Vec<FormatLine> = formats().iter().map(|format| line(ui.lang, format)).collect();
    let sentence = ui.msg("lists-formats-sentence").n("built", built_in.len()).n("made", made.len()).to_string();
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(with_status(status, FormatsPage { may_change: ui.may("commit_lists"), ui, form, sentence, made, built_in }))
}

struct ColumnLine {
    header: String,
    others: String,
    field: String,
    list: String,
}

#[derive(Template)]
#[template(path = "lists/templates/format.html")]
struct FormatPage {
    ui: Ui,
    line: FormatLine,
    sentence: String,
    columns: Vec<ColumnLine>,
    text: String,
}

/// The text of a format, built in or made by hand, and the format.
async fn text_of(app: &App, me: &Me, id: &str) -> Result<(&'static Format, String), AppError> {
    let known = all::known(&me.reading(app)).await?;
    let format = known.find(id).ok_or(AppError::NotFound)?;
    let text = match format::text(id) {
        Some(text) => text.to_owned(),
        None => saved::saved(&me.reading(app), id).await?.text,
    };
    Ok((format, text))
}

pub async fn view(State(app): State<App>, me: Me, Path(id): Path<String>) -> Result<impl IntoResponse, AppError> {
    let (format, text) = text_of(&app, &me, &id).await?;
    let ui = me.ui(&app).await;
    let words = super::mapping_page::field_labels(ui.lang);
    let columns = format
        .columns
        .iter()
        .map(|column| ColumnLine {
            header: column.headers.first().cloned().unwrap_or_default(),
            others: column.headers.iter().skip(1).cloned().collect::<Vec<_>>().join(", "),
            field: if column.value == Value::Ignored {
                ui.t("lists-mapping-unused")
            } else {
                words.get(column.field.as_str()).cloned().unwrap_or_else(|| column.field.replace('_', " "))
            },
            list: column
                .list
                .as_deref()
                .map(|list| domain::codes::list(list).title(ui.lang.is_english()).to_owned())
                .unwrap_or_default(),
        })
        .collect();
    let line = line(ui.lang, format);
    let sentence = ui
        .msg("lists-format-sentence")
        .s("format", &line.title)
        .n("columns", line.columns)
        .s("list", line.source)
        .to_string();
    Ok(Page(FormatPage { ui, line, sentence, columns, text }))
}

pub async fn file(State(app): State<App>, me: Me, Path(id): Path<String>) -> Result<Response, AppError> {
    let (format, text) = text_of(&app, &me, &id).await?;
    Ok(download(Body::from(text), &format!("{}.toml", format.id), "application/toml; charset=utf-8"))
}

/// Takes a format file that another office made.
pub async fn upload(State(app): State<App>, me: Me, mut multipart: Multipart) -> Result<Response, AppError> {
    let bad = |error: axum::extract::multipart::MultipartError| AppError::BadRequest(error.body_text());
    let mut form = Form::default();
    let mut came = None;
    while let Some(field) = multipart.next_field().await.map_err(bad)? {
        let name = super::intake::plain_name(field.file_name().unwrap_or_default());
        if field.file_name().unwrap_or_default().is_empty() {
            continue;
        }
        came = Some((name, field.bytes().await.map_err(bad)?));
    }
    let Some((name, bytes)) = came else {
        form.fault("berkas", me.lang.t("lists-choose-file"));
        return formats_page(&app, &me, form).await;
    };
    let text = String::from_utf8(bytes.to_vec()).map_err(|_| FileFault::Text("UTF-8".to_owned()));
    let loaded = text.and_then(|text| mapped::load(&text).map(|format| (format, text)));
    match loaded {
        Ok((format, text)) => {
            let change = me.change(&app).await?;
            match saved::save(&change, &format.id, &format.title, &text, Some(&name)).await {
                Ok(()) => change.commit().await?,
                Err(store::lists::Error::FormatThere) => {
                    form.fault("berkas", me.lang.msg("lists-format-there").s("id", &format.id));
                    drop(change);
                    return formats_page(&app, &me, form).await;
                }
                Err(error) => return Err(error.into()),
            }
            me.flash(me.lang.msg("lists-mapping-saved").s("format", &format.title)).await;
            Ok(see(format!("/daftar/format/{}", format.id)))
        }
        Err(fault) => {
            let words = match &fault {
                FileFault::Text(told) => me.lang.msg("lists-format-fault-text").s("value", told).to_string(),
                FileFault::Mapping(fault) => fault_words(me.lang, fault),
                FileFault::Need(field) => me.lang.msg("lists-format-fault-need").s("value", field).to_string(),
            };
            form.fault("berkas", me.lang.msg("lists-format-not-taken").s("file", name).s("why", words));
            formats_page(&app, &me, form).await
        }
    }
}

pub async fn switch_off(State(app): State<App>, me: Me, Path(id): Path<String>) -> Result<Response, AppError> {
    switch(&app, &me, &id, false).await
}

pub async fn switch_on(State(app): State<App>, me: Me, Path(id): Path<String>) -> Result<Response, AppError> {
    switch(&app, &me, &id, true).await
}

async fn switch(app: &App, me: &Me, id: &str, on: bool) -> Result<Response, AppError> {
    let change = me.change(app).await?;
    saved::switch(&change, id, on).await?;
    let title = saved::saved(&change, id).await?.title;
    change.commit().await?;
    let key = if on { "lists-format-switched-on" } else { "lists-format-switched-off" };
    me.flash(me.lang.msg(key).s("format", title)).await;
    Ok(see("/daftar/format"))
}
