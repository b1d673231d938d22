//! The families of a village in a round: where each stands, and the sheet that is taken along on paper.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use domain::{AreaCode, access::Right, verification::round::State as RoundState};
use serde::Deserialize;
use store::verification::{self as v, FamilyFilter, FamilyLine, Round, VillageProgress};

use super::{names, place, subdistrict_name, the_round, village_name};
use crate::{
    App, AppError, Page,
    access::Me,
    forms::Form,
    ui::{Ui, parts::Link},
    verification::words,
};

const PAGE: i64 = 100;
/// A sheet of paper for every family of the largest kelurahan.
const WHOLE: i64 = 20_000;

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    tampil: String,
    #[serde(default)]
    nama: String,
    #[serde(default)]
    hal: i64,
}

#[derive(Template)]
#[template(path = "verification/templates/village.html")]
struct VillagePage {
    ui: Ui,
    round: Round,
    progress: VillageProgress,
    code: String,
    name: String,
    subdistrict: String,
    sentence: String,
    due: (&'static str, String),
    facets: Vec<Link>,
    form: Form,
    rows: Vec<FamilyRow>,
    summary: String,
    back: Option<String>,
    on: Option<String>,
    may_visit: bool,
}

pub struct FamilyRow {
    pub line: FamilyLine,
    pub name: String,
    pub place: String,
    pub state: String,
    pub kind: &'static str,
    pub reason: Option<String>,
}

fn row(lang: crate::i18n::Lang, line: FamilyLine) -> FamilyRow {
    let (state, kind) = match (line.state.as_str(), line.outcome.as_deref()) {
        ("conflict", _) => (lang.t("verification-state-conflict"), "bad"),
        (_, Some(outcome)) => (words::outcome(lang, outcome), words::outcome_kind(outcome)),
        _ => (lang.t("verification-state-waiting"), ""),
    };
    FamilyRow {
        name: domain::name::display(&line.head_name),
        place: place(line.rt.as_deref(), line.rw.as_deref(), &line.address),
        reason: line
            .reason
            .as_deref()
            .zip(line.outcome.as_deref())
            .map(|(reason, outcome)| words::reason(lang, outcome, reason)),
        state,
        kind,
        line,
    }
}

/// The round and the village, when the actor may see both.
async fn find(
    app: &App,
    me: &Me,
    id: i64,
    village: &str,
) -> Result<(Round, AreaCode, VillageProgress, String, String), AppError> {
    let reading = me.reading(app);
    let round = the_round(&reading, id).await?;
    let code: AreaCode = village.parse().map_err(|_| AppError::NotFound)?;
    let lines = v::progress(&reading, id).await?;
    let progress = lines.into_iter().find(|line| line.village == code.number()).ok_or(AppError::NotFound)?;
    let names = names(app, &reading).await?;
    let name = village_name(me.lang, &names, code.number());
    let subdistrict = subdistrict_name(&names, code.number());
    Ok((round, code, progress, name, subdistrict))
}

pub async fn village(
    State(app): State<App>,
    me: Me,
    Path((id, village)): Path<(i64, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let (round, code, progress, name, subdistrict) = find(&app, &me, id, &village).await?;
    let reading = me.reading(&app);
    let lang = me.lang;
    let filter = FamilyFilter::from_word(&asked.tampil);
    let counts = v::state_counts(&reading, id, code.number()).await?;
    let offset = asked.hal.max(0) * PAGE;
    let mut lines = v::families(&reading, id, code.number(), filter, &asked.nama, (offset, PAGE + 1)).await?;
    let more = lines.len() as i64 > PAGE;
    lines.truncate(PAGE as usize);
    let base = format!("/verval/{id}/desa/{code}");
    let name_part = if asked.nama.is_empty() { String::new() } else { format!("&nama={}", percent(&asked.nama)) };
    let page = |hal: i64| format!("{base}?tampil={}&hal={hal}{name_part}", filter.word());
    let facets = FamilyFilter::ALL
        .into_iter()
        .zip(counts)
        .filter(|(other, count)| *count > 0 || *other == FamilyFilter::All || *other == filter)
        .map(|(other, count)| {
            let key = format!("verification-families-{}", other.word());
            let tone = match other {
                FamilyFilter::Conflict => "bad",
                FamilyFilter::Deferred => "warn",
                _ => "n",
            };
            Link::new(format!("{base}?tampil={}{name_part}", other.word()), lang.t(&key))
                .count(lang.number(count))
                .tone(tone)
                .current(other == filter)
        })
        .collect();
    let open = progress.due();
    let sentence = if open == 0 && progress.conflicts == 0 {
        lang.msg("verification-village-done").s("name", &name).n("families", progress.families)
    } else {
        lang.msg("verification-village-open").s("name", &name).n("open", open).n("families", progress.families)
    };
    let today = app.clock.today(app.config.zone);
    let running = round.state == RoundState::Open;
    let mut form = Form::default();
    form.set("nama", &asked.nama).set("tampil", filter.word());
    let from = if lines.is_empty() { 0 } else { offset + 1 };
    Ok(Page(VillagePage {
        due: if running && open > 0 {
            words::due(lang, progress.due_on.as_deref(), today)
        } else {
            ("", String::new())
        },
        sentence: sentence.to_string(),
        facets,
        form,
        summary: lang.msg("verification-rows").n("from", from).n("to", offset + lines.len() as i64).to_string(),
        rows: lines.into_iter().map(|line| row(lang, line)).collect(),
        back: (asked.hal > 0).then(|| page(asked.hal - 1)),
        on: more.then(|| page(asked.hal + 1)),
        may_visit: running && me.may(Right::Visit),
        code: code.to_string(),
        name,
        subdistrict,
        progress,
        round,
        ui: me.ui(&app).await,
    })
    .into_response())
}

#[derive(Template)]
#[template(path = "verification/templates/print.html")]
struct PrintPage {
    ui: Ui,
    round: Round,
    progress: VillageProgress,
    code: String,
    name: String,
    sentence: String,
    rows: Vec<FamilyRow>,
    outcomes: Vec<String>,
}

/// "Daftar kunjungan": the families still to be visited, on paper.
pub async fn print(
    State(app): State<App>,
    me: Me,
    Path((id, village)): Path<(i64, String)>,
) -> Result<Response, AppError> {
    let (round, code, progress, name, subdistrict) = find(&app, &me, id, &village).await?;
    let lines = v::families(&me.reading(&app), id, code.number(), FamilyFilter::Due, "", (0, WHOLE)).await?;
    let lang = me.lang;
    Ok(Page(PrintPage {
        sentence: lang
            .msg("verification-print-sentence")
            .n("families", lines.len() as i64)
            .s("name", &name)
            .s("subdistrict", subdistrict)
            .to_string(),
        rows: lines.into_iter().map(|line| row(lang, line)).collect(),
        outcomes: domain::verification::Outcome::ALL.iter().map(|o| words::outcome(lang, o.as_str())).collect(),
        code: code.to_string(),
        name,
        progress,
        round,
        ui: me.ui(&app).await,
    })
    .into_response())
}

/// Text as the value of a query.
pub fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
