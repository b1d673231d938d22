//! The list of an event's papers with a choice of sheet and kecamatan, and the paper itself.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use documents::{Paper, Print};
use domain::{AreaCode, access::Right, area::Level};
use serde::Deserialize;
use store::{
    areas,
    delivery::{self, Event},
    papers::{Lines, recipients_count},
};

use super::{
    made,
    papers::{self, Kind, MOST_LINES},
};
use crate::{
    App, AppError, Page,
    access::Me,
    error::Rule,
    forms::Form,
    ui::{Ui, parts::Choice, url},
};

/// Sheet and kecamatan or village, as asked for in the address.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    kertas: String,
    #[serde(default)]
    wilayah: String,
}

impl Asked {
    fn paper(&self) -> Paper {
        if self.kertas.eq_ignore_ascii_case("A4") { Paper::A4 } else { Paper::F4 }
    }

    fn area(&self) -> Result<Option<AreaCode>, AppError> {
        match self.wilayah.trim() {
            "" => Ok(None),
            code => code.parse().map(Some).map_err(|_| AppError::BadRequest("wilayah".to_owned())),
        }
    }
}

#[derive(Template)]
#[template(path = "documents/templates/list.html")]
struct ListPage {
    ui: Ui,
    event: Event,
    /// What leads here.
    trail: Vec<(String, String)>,
    sentence: String,
    form: Form,
    sheets: Vec<Choice>,
    places: Vec<Choice>,
    rows: Vec<Row>,
    /// Whether papers that name families are left out.
    totals_only: bool,
}

struct Row {
    name: String,
    about: String,
    lines: Option<i64>,
    pdf: String,
    xlsx: String,
    /// Why it cannot be printed now; empty: it can.
    why_not: String,
}

pub async fn list(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let event = delivery::event(&reading, id).await?.ok_or(AppError::NotFound)?;
    let area = asked.area()?;
    let ui = me.ui(&app).await;
    let payable = recipients_count(&reading, id, Lines::Payable, area).await?;
    let waiting = recipients_count(&reading, id, Lines::Waiting, area).await?;
    let served = recipients_count(&reading, id, Lines::Served, area).await?;
    let may_manage = me.may(Right::ManageDelivery);
    let query = format!("?kertas={}&wilayah={}", sheet_word(asked.paper()), url(asked.wilayah.trim()));
    let rows = Kind::ALL
        .into_iter()
        .filter(|kind| may_manage || !kind.names_families())
        .map(|kind| {
            let lines = kind.lines().map(|lines| match lines {
                Lines::Payable => payable,
                Lines::Waiting => waiting,
                Lines::Served => served,
            });
            let why_not = match lines {
                Some(0) => ui.t(&format!("documents-none-{}", kind.as_str())),
                Some(lines) if lines > MOST_LINES => ui.msg("documents-too-many").n("most", MOST_LINES).to_string(),
                None if kind == Kind::Realisation && !me.actor.scope.is_everything() => ui.t("documents-whole-only"),
                _ => String::new(),
            };
            Row {
                name: ui.t(&format!("documents-kind-{}", kind.as_str())),
                about: ui.t(&format!("documents-about-{}", kind.as_str())),
                lines,
                pdf: format!("/penyaluran/{id}/dokumen/{}.pdf{query}", kind.as_str()),
                xlsx: format!("/penyaluran/{id}/dokumen/{}.xlsx{query}", kind.as_str()),
                why_not,
            }
        })
        .collect();
    let key = if may_manage && payable > MOST_LINES {
        "documents-sentence-long"
    } else if payable == 0 {
        "documents-sentence-nobody"
    } else {
        "documents-sentence"
    };
    let sentence = ui.msg(key).n("families", payable).n("served", served).n("most", MOST_LINES).to_string();
    let names = match app.district().await? {
        Some((code, _)) => areas::names(&reading, code).await?,
        None => std::collections::BTreeMap::new(),
    };
    let places = names
        .iter()
        .filter_map(|(code, name)| AreaCode::from_number(*code).map(|code| (code, name)))
        .filter(|(code, _)| code.level() == Level::Subdistrict && me.actor.scope.includes(*code))
        .map(|(code, name)| Choice::new(code.to_string(), ui.msg("registry-subdistrict").s("name", name).to_string()))
        .collect();
    let mut form = Form::default();
    form.set("kertas", sheet_word(asked.paper())).set("wilayah", &asked.wilayah);
    let sheets = vec![Choice::new("F4", ui.t("documents-sheet-f4")), Choice::new("A4", ui.t("documents-sheet-a4"))];
    let trail =
        vec![(ui.t("nav-delivery"), "/penyaluran".to_owned()), (event.name.clone(), format!("/penyaluran/{id}"))];
    Ok(Page(ListPage { trail, sentence, form, sheets, places, rows, totals_only: !may_manage, event, ui })
        .into_response())
}

const fn sheet_word(paper: Paper) -> &'static str {
    match paper {
        Paper::A4 => "A4",
        Paper::F4 => "F4",
    }
}

pub async fn download(
    State(app): State<App>,
    me: Me,
    Path((id, file)): Path<(i64, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let (kind, ending) = file.split_once('.').ok_or(AppError::NotFound)?;
    let kind = Kind::from_word(kind).ok_or(AppError::NotFound)?;
    let media = match ending {
        "pdf" => "application/pdf",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => return Err(AppError::NotFound),
    };
    if kind.names_families() && !me.may(Right::ManageDelivery) {
        return Err(AppError::Forbidden);
    }
    if kind == Kind::Realisation && !me.actor.scope.is_everything() {
        return Err(Rule::new("documents-whole-district").into());
    }
    let reading = me.reading(&app);
    let event = delivery::event(&reading, id).await?.ok_or(AppError::NotFound)?;
    let area = asked.area()?;
    let document = papers::make(&app, &reading, kind, event, area, &base(&app, &headers)?).await?;
    let xlsx = ending == "xlsx";
    let print = (!xlsx).then(|| Print::on(asked.paper(), format!("{}-{id}", kind.as_str())));
    let bytes = made(&app, document, print).await?;
    let name = match area {
        Some(area) => format!("{}-{id}-{area}.{ending}", kind.as_str()),
        None => format!("{}-{id}.{ending}", kind.as_str()),
    };
    let named = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, named)], bytes).into_response())
}

/// The address this installation was called by: what the QR code of an invitation opens.
fn base(app: &App, headers: &HeaderMap) -> Result<String, AppError> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let sound = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'));
    if host.is_empty() || !sound {
        return Err(AppError::BadRequest("host".to_owned()));
    }
    Ok(format!("{}://{host}", if app.config.https { "https" } else { "http" }))
}
