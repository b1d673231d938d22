//! The lines of an event as a list, finding a recipient, and the pictures of a handover.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::{
    AreaCode,
    delivery::{LineState, Settlement},
};
use serde::Deserialize;
use store::{
    areas, attachments,
    delivery::{self, Event, Line, LineFilter, Lines},
};

use super::words;
use crate::{
    App, AppError, Page,
    access::Me,
    forms::Form,
    ui::{Ui, parts::Link},
};

/// The word for lines of families that took the place of another.
const REPLACEMENT: &str = "replacement";

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// A [`LineState`], or [`REPLACEMENT`].
    #[serde(default)]
    keadaan: String,
    /// What became of the absent and failed: open, rescheduled, returned.
    #[serde(default)]
    putusan: String,
    #[serde(default)]
    wilayah: String,
    #[serde(default)]
    bukti: String,
    #[serde(default)]
    sesudah: i64,
}

impl Asked {
    fn filter(&self) -> LineFilter {
        LineFilter {
            state: LineState::from_word(&self.keadaan),
            lines: match (self.keadaan.as_str(), self.putusan.is_empty()) {
                (REPLACEMENT, _) => Lines::Replacements,
                // as the equation counts: a place once; what is to be decided counts every line
                (state, true) if !state.is_empty() => Lines::Planned,
                _ => Lines::All,
            },
            settlement: Settlement::from_word(&self.putusan),
            area: self.wilayah.parse().ok(),
            without_picture: self.bukti == "kertas",
            numbers: Vec::new(),
            after: self.sesudah,
        }
    }

    fn href(&self, event: i64) -> String {
        let after = if self.sesudah > 0 { self.sesudah.to_string() } else { String::new() };
        let parts: Vec<String> = [
            ("keadaan", &self.keadaan),
            ("putusan", &self.putusan),
            ("wilayah", &self.wilayah),
            ("bukti", &self.bukti),
            ("sesudah", &after),
        ]
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", crate::ui::url(value)))
        .collect();
        format!("/penyaluran/{event}/daftar?{}", parts.join("&"))
    }
}

#[derive(Template)]
#[template(path = "delivery/templates/lines.html")]
struct LinesPage {
    ui: Ui,
    event: Event,
    sentence: String,
    trail: Vec<(String, String)>,
    states: Vec<Link>,
    settlements: Vec<Link>,
    villages: Vec<Link>,
    rows: Vec<Row>,
    summary: String,
    next: Option<String>,
    /// The answer to a search: no filters, no paging.
    search: Option<Form>,
}

pub struct Row {
    line: Line,
    number: String,
    name: String,
    village: String,
    state: String,
    tag: &'static str,
    recipient: String,
    proofs: String,
    at: String,
    settlement: Option<String>,
}

const PAGE: i64 = 100;

pub async fn list(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let event = delivery::event(&reading, id).await?.ok_or(AppError::NotFound)?;
    let ui = me.ui(&app).await;
    let names = names(&app, &me).await?;
    let filter = asked.filter();
    let total = delivery::lines_count(&reading, id, &filter).await?;
    let mut found = delivery::lines(&reading, id, &filter, PAGE + 1).await?;
    let more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|last| Asked { sesudah: last.number, ..asked.clone() }.href(id));
    let count = async |filter: LineFilter| delivery::lines_count(&reading, id, &filter).await;
    let within = LineFilter { area: filter.area, ..LineFilter::default() };
    let mut states = vec![
        Link::new(Asked { wilayah: asked.wilayah.clone(), ..Asked::default() }.href(id), ui.t("delivery-all-lines"))
            .count(ui.num(&count(within.clone()).await?))
            .current(asked.keadaan.is_empty() && asked.putusan.is_empty() && asked.bukti.is_empty()),
    ];
    for state in words::ORDER {
        let number = count(LineFilter { state: Some(state), lines: Lines::Planned, ..within.clone() }).await?;
        let asked_for = Asked { keadaan: state.to_string(), wilayah: asked.wilayah.clone(), ..Asked::default() };
        let tone = match state {
            LineState::Failed => "bad",
            LineState::Absent => "warn",
            LineState::Planned => "n",
            _ => "",
        };
        states.push(
            Link::new(asked_for.href(id), words::state(&ui, state))
                .count(ui.num(&number))
                .tone(tone)
                .current(asked.keadaan == state.as_str()),
        );
    }
    let replacements = count(LineFilter { lines: Lines::Replacements, ..within.clone() }).await?;
    if replacements > 0 {
        let asked_for = Asked { keadaan: REPLACEMENT.to_owned(), wilayah: asked.wilayah.clone(), ..Asked::default() };
        states.push(
            Link::new(asked_for.href(id), ui.t("delivery-replacements"))
                .count(ui.num(&replacements))
                .current(asked.keadaan == REPLACEMENT),
        );
    }
    let mut settlements = Vec::new();
    for settlement in Settlement::ALL {
        let number = count(LineFilter { settlement: Some(*settlement), ..within.clone() }).await?;
        let asked_for = Asked { putusan: settlement.to_string(), wilayah: asked.wilayah.clone(), ..Asked::default() };
        settlements.push(
            Link::new(asked_for.href(id), ui.t(&format!("delivery-settlement-{settlement}")))
                .count(ui.num(&number))
                .current(asked.putusan == settlement.as_str()),
        );
    }
    let by_village = delivery::lines_by_village(&reading, id, &LineFilter { area: None, ..filter.clone() }).await?;
    let villages = by_village
        .into_iter()
        .filter_map(|(village, lines)| Some((AreaCode::from_number(village)?, lines)))
        .map(|(village, lines)| {
            let code = village.to_string();
            let name = names.get(&village.number()).cloned().unwrap_or_else(|| code.clone());
            let chosen = asked.wilayah == code;
            let wilayah = if chosen { String::new() } else { code };
            Link::new(Asked { wilayah, sesudah: 0, ..asked.clone() }.href(id), name)
                .count(ui.num(&lines))
                .current(chosen)
        })
        .collect();
    let rows: Vec<Row> = found.into_iter().map(|line| row(&ui, &names, line)).collect();
    let what = match (LineState::from_word(&asked.keadaan), Settlement::from_word(&asked.putusan)) {
        (Some(state), _) => words::state(&ui, state).to_lowercase(),
        (None, Some(settlement)) => ui.t(&format!("delivery-settlement-{settlement}")).to_lowercase(),
        (None, None) if asked.keadaan == REPLACEMENT => ui.t("delivery-lines-replacements"),
        (None, None) if filter.without_picture => ui.t("delivery-lines-paper"),
        (None, None) => ui.t("delivery-lines-all"),
    };
    Ok(Page(LinesPage {
        sentence: ui.msg("delivery-lines-sentence").n("families", total).s("what", what).to_string(),
        trail: trail(&ui, &event),
        summary: ui.msg("programmes-participants-shown").n("shown", rows.len()).n("all", total).to_string(),
        states,
        settlements,
        villages,
        rows,
        next,
        search: None,
        event,
        ui,
    })
    .into_response())
}

/// Where a page below an event's leads back to.
pub fn trail(ui: &Ui, event: &Event) -> Vec<(String, String)> {
    vec![(ui.t("nav-delivery"), "/penyaluran".to_owned()), (event.name.clone(), format!("/penyaluran/{}", event.id))]
}

pub async fn names(app: &App, me: &Me) -> Result<BTreeMap<i64, String>, AppError> {
    Ok(match app.district().await? {
        Some((code, _)) => areas::names(&me.reading(app), code).await?,
        None => BTreeMap::new(),
    })
}

fn row(ui: &Ui, names: &BTreeMap<i64, String>, line: Line) -> Row {
    Row {
        number: words::number(line.number),
        name: domain::name::display(&line.head_name),
        village: names.get(&line.village).cloned().unwrap_or_default(),
        state: words::state(ui, line.state),
        tag: words::tag(line.state),
        recipient: words::recipient(ui, &line),
        proofs: words::proofs(ui, &line),
        at: line.served_at.as_deref().map(|at| ui.clock(at)).unwrap_or_default(),
        settlement: line.state.is_unpaid_end().then(|| ui.t(&format!("delivery-settlement-{}", line.settlement()))),
        line,
    }
}

/// Finds a recipient by number, name, NIK or KK; what was typed stays out of the address.
pub async fn search(State(app): State<App>, me: Me, Path(id): Path<i64>, form: Form) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let event = delivery::event(&reading, id).await?.ok_or(AppError::NotFound)?;
    let found = delivery::search(&reading, id, form.text("q")).await?;
    if let [only] = found.as_slice() {
        return Ok(crate::error::see(format!("/u/{}", only.token)));
    }
    let ui = me.ui(&app).await;
    let names = names(&app, &me).await?;
    let rows: Vec<Row> = found.into_iter().map(|line| row(&ui, &names, line)).collect();
    Ok(Page(LinesPage {
        sentence: ui.msg("delivery-search-sentence").n("families", rows.len()).to_string(),
        trail: trail(&ui, &event),
        states: Vec::new(),
        settlements: Vec::new(),
        villages: Vec::new(),
        summary: String::new(),
        rows,
        next: None,
        search: Some(form),
        event,
        ui,
    })
    .into_response())
}

/// A picture of a handover at this event, within the actor's area.
pub async fn proof(
    State(app): State<App>,
    me: Me,
    Path((id, attachment)): Path<(i64, i64)>,
) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let file = attachments::find(&reading, attachment)
        .await?
        .filter(|file| file.subject_kind == "event_line" && file.area.is_some())
        .ok_or(AppError::NotFound)?;
    let of_event = delivery::numbers(&reading, &[file.subject_id]).await?;
    if of_event.first().is_none_or(|(_, _, event)| *event != id) {
        return Err(AppError::NotFound);
    }
    let bytes = tokio::fs::read(app.files.path(&file.sha256)).await.map_err(anyhow::Error::from)?;
    Ok(([(header::CONTENT_TYPE, file.media_type)], bytes).into_response())
}
