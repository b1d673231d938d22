//! The head of office's page, the regent's page and the regent's screen.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use domain::{
    AreaCode, Level,
    monitoring::{FEWEST, Shown as Told},
};
use store::{Handle, areas, monitoring};

use super::{
    numbers::{District, short_rupiah},
    pipeline::{pipeline, pipeline_figure, stage_key},
};
use crate::{
    App, AppError, Page,
    access::Me,
    areas::{Measure, counted_map},
    home::{Task, tasks},
    ui::{
        Ui,
        charts::{BarSize, Figure},
    },
};

/// The day the office wants extreme poverty at zero, unless it has set another (Inpres 8/2025: 2026).
pub const ZERO_ON: &str = "2026-12-31";

#[derive(Template)]
#[template(path = "monitoring/templates/head.html")]
struct HeadPage {
    ui: Ui,
    sentence: String,
    tasks: Vec<Task>,
    /// Fault, families, the fault's code.
    quality: Vec<(String, String, String)>,
    pipeline: Figure,
    subdistricts: Vec<String>,
    programmes: Vec<Programme>,
    workload: Vec<(String, String, String)>,
}

struct Programme {
    id: i64,
    name: String,
    target: String,
    served: String,
    paid: String,
    share: String,
    cells: Vec<Heat>,
}

/// One cell of the heat table: percent served of those enrolled, or no quota.
struct Heat {
    class: &'static str,
    text: String,
}

pub async fn head(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let today = app.clock.today(app.config.zone);
    let ui = me.ui(&app).await;
    let pipeline = pipeline(&app, &reading, today).await?;
    let mut waiting = tasks(&app, &ui, &reading, today).await?;
    let decisions: Vec<&Task> = waiting.iter().filter(|task| task.decides).collect();
    let sentence = match decisions.iter().map(|task| task.days).max() {
        Some(oldest) => ui.msg("monitoring-head-sentence").n("count", decisions.len()).n("days", oldest).to_string(),
        None => ui.t("monitoring-head-nothing"),
    };
    // one primary button a page: the decision that waits longest
    let first = waiting.iter().position(|task| task.decides);
    for (at, task) in waiting.iter_mut().enumerate() {
        task.decides = Some(at) == first;
    }
    let quality = app
        .figures
        .of(&reading, "quality", monitoring::quality(&reading))
        .await?
        .iter()
        .map(|q| (ui.t(&crate::ui::fault_key(&q.block)), ui.few(q.families), q.block.clone()))
        .collect();
    let kecamatan = match app.district().await? {
        Some((code, _)) => areas::within(&reading, code, Level::Subdistrict).await?,
        None => Vec::new(),
    };
    let coverage = app.figures.of(&reading, "coverage", monitoring::coverage(&reading)).await?;
    let by_place: BTreeMap<(i64, i64), (i64, i64)> =
        coverage.iter().map(|c| ((c.programme_id, c.area), (c.target, c.served))).collect();
    let programmes = app
        .figures
        .of(&reading, "programmes", monitoring::programmes(&reading))
        .await?
        .iter()
        .map(|p| Programme {
            cells: kecamatan.iter().map(|area| heat(&ui, by_place.get(&(p.id, area.code.number())).copied())).collect(),
            id: p.id,
            target: ui.few(p.target),
            served: ui.few(p.served),
            paid: short_rupiah(&ui, p.paid),
            share: if p.ceiling > 0 {
                format!("{} %", ui.lang.decimal(p.paid as f64 * 100.0 / p.ceiling as f64, 1))
            } else {
                "—".to_owned()
            },
            name: p.name.clone(),
        })
        .collect();
    let workload = app
        .figures
        .of(&reading, "workload", monitoring::workload(&reading))
        .await?
        .iter()
        .map(|w| (w.name.clone(), ui.num(&w.families), ui.num(&w.waiting)))
        .collect();
    Ok(Page(HeadPage {
        sentence,
        tasks: waiting,
        quality,
        pipeline: pipeline_figure(&ui, &pipeline),
        subdistricts: kecamatan.into_iter().map(|area| area.name).collect(),
        programmes,
        workload,
        ui,
    })
    .into_response())
}

/// A percentage of few families would tell them: it is hidden from those who see totals only.
fn heat(ui: &Ui, counts: Option<(i64, i64)>) -> Heat {
    let Some((target, served)) = counts.filter(|(target, _)| *target > 0) else {
        return Heat { class: "t-qn", text: "–".to_owned() };
    };
    if !ui.sees_all() && [target, served, target - served].iter().any(|n| Told::of(*n) == Told::Few) {
        return Heat { class: "t-qn", text: ui.few(FEWEST - 1) };
    }
    let percent = (served * 200 + target) / (2 * target);
    let class = match percent {
        ..40 => "t-q0",
        40..60 => "t-q1",
        60..80 => "t-q2",
        80..95 => "t-q3",
        _ => "t-q4",
    };
    Heat { class, text: percent.to_string() }
}

/// What stands on the regent's page and screen alike.
struct Shown {
    name: String,
    sentence: [String; 3],
    numbers: Vec<Number>,
    map: Figure,
    ranking: Figure,
    path: Figure,
    decisions: Vec<(String, String, String)>,
}

struct Number {
    label: String,
    value: String,
    note: String,
    kind: &'static str,
    href: String,
}

#[derive(Template)]
#[template(path = "monitoring/templates/regent.html")]
struct RegentPage {
    ui: Ui,
    shown: Option<Shown>,
}

#[derive(Template)]
#[template(path = "monitoring/templates/screen.html")]
struct ScreenPage {
    ui: Ui,
    shown: Option<Shown>,
    now: String,
}

pub async fn regent(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let ui = me.ui(&app).await;
    let shown = show(
        &app,
        &me,
        &ui,
        BarSize { width: 430.0, label: 140.0, row: 30.0, font: 15.0, ..BarSize::NARROW },
        (430.0, 250.0, 14.0),
    )
    .await?;
    Ok(Page(RegentPage { ui, shown }).into_response())
}

pub async fn screen(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let ui = me.ui(&app).await;
    let shown = show(&app, &me, &ui, BarSize::TV, (402.0, 436.0, 24.0)).await?;
    let now = ui.time(&app.clock.stamp());
    Ok(Page(ScreenPage { ui, shown, now }).into_response())
}

async fn show(app: &App, me: &Me, ui: &Ui, bars: BarSize, line: (f64, f64, f64)) -> Result<Option<Shown>, AppError> {
    let reading = me.reading(app);
    let today = app.clock.today(app.config.zone);
    let Some(district) = District::load(app, &reading, today).await? else { return Ok(None) };
    let zero_on = zero_on(&reading).await?;
    let map = counted_map(app, ui, &reading, district.code, &district.counts, Measure::Untouched).await?;
    let fewer = district.fewer();
    let change = match fewer {
        0 => ui.t("monitoring-same"),
        1.. => ui.msg("monitoring-fewer").s("count", ui.few(fewer)).to_string(),
        _ => ui.msg("monitoring-more").s("count", ui.few(-fewer)).to_string(),
    };
    let area = |measure: Measure| format!("/wilayah/{}?ukuran={}", AreaCode::to_string(&district.code), measure.word());
    let percent = |share: f64| format!("{} %", ui.lang.decimal(share, 1));
    let numbers = vec![
        Number {
            label: ui.t("monitoring-desil1"),
            value: ui.few(district.desil1),
            note: ui.t("monitoring-desil1-note"),
            kind: "",
            href: area(Measure::Desil1),
        },
        Number {
            label: ui.t("monitoring-touched"),
            value: percent(district.touched_share()),
            note: change,
            kind: if fewer < 0 { "warn" } else { "" },
            href: area(Measure::Untouched),
        },
        Number {
            label: ui.msg("monitoring-paid").s("ceiling", short_rupiah(ui, district.ceiling)).to_string(),
            value: short_rupiah(ui, district.paid),
            note: ui.msg("monitoring-paid-share").s("share", percent(district.paid_share())).to_string(),
            kind: "",
            href: if ui.may("see_programmes") { "/program".to_owned() } else { String::new() },
        },
        Number {
            label: ui.t("monitoring-stuck-families"),
            value: ui.few(district.stuck),
            note: ui.t("monitoring-stuck-note"),
            kind: if district.stuck > 0 { "warn" } else { "" },
            href: if ui.may("see_office") { "/kepala-dinas".to_owned() } else { String::new() },
        },
    ];
    let decisions = district
        .decisions
        .iter()
        .map(|waiting| {
            let name = ui.t(&stage_key(waiting.stage));
            let what = ui.t(&format!("monitoring-decision-{}", waiting.stage));
            let count = ui
                .msg("monitoring-decision-count")
                .s("count", ui.few(waiting.families))
                .s("stuck", ui.few(waiting.stuck))
                .to_string();
            (what, name, count)
        })
        .collect();
    Ok(Some(Shown {
        sentence: district.sentence(ui),
        ranking: district.ranking(ui, bars),
        path: district.path(ui, zero_on, today, line),
        name: district.name.clone(),
        numbers,
        map,
        decisions,
    }))
}

async fn zero_on(handle: &impl Handle) -> Result<NaiveDate, AppError> {
    let set = areas::setting(handle, "target.zero_on").await?;
    let day = set.as_deref().unwrap_or(ZERO_ON).parse();
    day.map_err(|_| anyhow::anyhow!("the setting target.zero_on is no date").into())
}

pub async fn pipeline_csv(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let ui = me.ui(&app).await;
    let today = app.clock.today(app.config.zone);
    let mut csv = csv::Writer::from_writer(Vec::new());
    let written = |e: csv::Error| AppError::Internal(e.into());
    csv.write_record(["stage", "waiting", "stuck", "median_days", "limit_days"]).map_err(written)?;
    for w in pipeline(&app, &me.reading(&app), today).await?.iter() {
        let row = [
            ui.t(&stage_key(w.stage)),
            ui.few(w.families),
            ui.few(w.stuck),
            w.median_days.to_string(),
            w.limit_days.to_string(),
        ];
        csv.write_record(row).map_err(written)?;
    }
    let bytes = csv.into_inner().map_err(|e| anyhow::anyhow!("{e}"))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"pipa-{today}.csv\"")),
    ];
    Ok((headers, bytes).into_response())
}
