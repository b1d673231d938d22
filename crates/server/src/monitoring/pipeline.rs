//! The pipeline as a picture: how many families wait at each stage, how many too long, and where to go about it.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::monitoring::PipelineStage;
use store::{
    Reading,
    monitoring::{self, Waiting},
};

use crate::{
    App,
    ui::{
        Ui,
        charts::{Figure, Key, Row, Spec, Stage, Tone, cascade, cascade_narrow},
    },
};

/// How many wait at each stage, and how long, within the reader's scope.
pub async fn pipeline(app: &App, reading: &Reading<'_>, today: NaiveDate) -> store::Result<Arc<Vec<Waiting>>> {
    let today = today.to_string();
    app.figures.of(reading, &format!("pipeline {today}"), monitoring::pipeline(reading, &today)).await
}

/// Where the families of a stage are worked on.
const fn place(stage: PipelineStage) -> (&'static str, &'static str) {
    match stage {
        PipelineStage::Verification => ("/verval", "visit"),
        PipelineStage::Ranking | PipelineStage::Signature | PipelineStage::Answer => ("/penetapan", "see_targeting"),
        PipelineStage::Enrolment => ("/program", "see_programmes"),
        PipelineStage::Delivery => ("/penyaluran", "see_delivery"),
    }
}

/// The message key of a stage's name.
pub fn stage_key(stage: PipelineStage) -> String {
    format!("monitoring-stage-{stage}")
}

/// The pipeline with its finding as heading.
pub fn pipeline_figure(ui: &Ui, stages: &[Waiting]) -> Figure {
    let title = ui.t("monitoring-pipeline");
    let description = ui.t("monitoring-pipeline-text");
    let spec = Spec { id: "pipa", title: &title, description: &description };
    let drawn: Vec<Stage> = stages.iter().map(|waiting| stage(ui, waiting)).collect();
    let rows = stages
        .iter()
        .map(|w| {
            Row::new([
                ui.t(&stage_key(w.stage)),
                ui.few(w.families),
                ui.few(w.stuck),
                if w.families > 0 { ui.num(&w.median_days) } else { "–".to_owned() },
                ui.num(&w.limit_days),
            ])
        })
        .collect();
    let head = ["monitoring-stage", "monitoring-waiting", "monitoring-stuck", "monitoring-median", "monitoring-limit"]
        .map(|key| ui.t(key));
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    Figure::new(&spec, finding(ui, stages), cascade(&spec, &drawn, 1280.0))
        .narrow(cascade_narrow(&Spec { id: "pipa-hp", ..spec }, &drawn))
        .legend(vec![Key::new(Tone::Pale, ui.t("monitoring-here")), Key::new(Tone::Late, ui.t("monitoring-stuck"))])
        .table(&head, rows)
        .source(ui.msg("monitoring-pipeline-source").s("date", &ui.today).to_string())
        .csv("/pantauan/pipa.csv")
}

/// "1.459 keluarga macet, 1.000 di antaranya di Penetapan SK."
fn finding(ui: &Ui, stages: &[Waiting]) -> String {
    let stuck: i64 = stages.iter().map(|w| w.stuck).sum();
    let waiting: i64 = stages.iter().map(|w| w.families).sum();
    match stages.iter().max_by_key(|w| w.stuck).filter(|w| w.stuck > 0) {
        Some(worst) => ui
            .msg(if worst.stuck == stuck { "monitoring-finding-all" } else { "monitoring-finding-stuck" })
            .s("stuck", ui.few(stuck))
            .s("worst", ui.few(worst.stuck))
            .s("stage", ui.t(&stage_key(worst.stage)))
            .to_string(),
        None if waiting > 0 => ui.msg("monitoring-finding-flowing").s("waiting", ui.few(waiting)).to_string(),
        None => ui.t("monitoring-finding-empty"),
    }
}

fn stage(ui: &Ui, waiting: &Waiting) -> Stage {
    let (href, right) = place(waiting.stage);
    let slow = waiting.median_days > waiting.limit_days;
    Stage {
        name: ui.t(&stage_key(waiting.stage)),
        count: ui.drawn(waiting.families) as f64,
        count_text: ui.few(waiting.families),
        stuck: ui.drawn(waiting.stuck) as f64,
        stuck_text: if waiting.stuck > 0 {
            ui.msg("monitoring-stuck-count").s("count", ui.few(waiting.stuck)).to_string()
        } else {
            ui.t("monitoring-flowing")
        },
        pace: if waiting.families > 0 {
            ui.msg("monitoring-median-days").n("days", waiting.median_days).to_string()
        } else {
            "–".to_owned()
        },
        limit: ui.msg("monitoring-limit-days").n("days", waiting.limit_days).to_string(),
        slow,
        href: ui.may(right).then(|| href.to_owned()),
    }
}
