//! What waits for somebody, in words: title, detail, how late, one action.

use chrono::{Days, NaiveDate};
use domain::monitoring::PipelineStage;
use store::{Handle, Reading, monitoring};

use crate::{App, AppError, ui::Ui};

/// A row of the queue.
#[derive(Clone, Debug)]
pub struct Task {
    pub icon: &'static str,
    pub title: String,
    pub detail: String,
    pub href: String,
    pub action: String,
    /// How late, or how long there is, in words; empty when no day is known.
    pub late: String,
    /// bad, warn, or none
    pub late_kind: &'static str,
    /// Days it waits, or is late.
    pub days: i64,
    /// Whether it is past its day.
    pub overdue: bool,
    /// Whether it waits for a decision of the head of office.
    pub decides: bool,
}

/// Days a decision that belongs to no stage of the pipeline may wait.
const PATIENCE: i64 = 7;

/// The stage whose limit says when a task is late: the home page and the pipeline below it judge alike.
fn stage(key: &str) -> Option<PipelineStage> {
    Some(match key {
        "task-sign" => PipelineStage::Signature,
        "task-answer" => PipelineStage::Answer,
        "task-enrol" => PipelineStage::Enrolment,
        "task-unserved" => PipelineStage::Delivery,
        _ => return None,
    })
}

pub async fn tasks(app: &App, ui: &Ui, reading: &Reading<'_>, today: NaiveDate) -> Result<Vec<Task>, AppError> {
    // what waits depends on who asks, and his rights on the day
    let name = format!("tasks {:?} {today}", reading.actor().user);
    let mut found = app.figures.of(reading, &name, monitoring::tasks(reading)).await?.to_vec();
    found.extend(monitoring::lists_ready(reading).await?);
    found.extend(monitoring::pairs_open(reading).await?);
    monitoring::by_lateness(&mut found, &today.to_string());
    let mut rows = Vec::with_capacity(found.len());
    for task in &found {
        let limit = match stage(task.key) {
            Some(stage) => {
                *app.figures.of(reading, &format!("limit {stage}"), monitoring::limit(reading, stage)).await?
            }
            None => PATIENCE,
        };
        rows.push(row(ui, task, today, limit));
    }
    Ok(rows)
}

fn row(ui: &Ui, task: &monitoring::Task, today: NaiveDate, limit: i64) -> Task {
    let told = |key: &str| {
        let amount = domain::Rupiah(task.amount);
        ui.msg(key).s("name", &task.name).n("count", task.count).s("amount", amount).to_string()
    };
    let day = |text: &str| ui.local(text).map(|at| at.date_naive()).or_else(|| text.get(..10)?.parse().ok());
    let (late, late_kind, days, overdue) =
        match (task.due.as_deref().and_then(day), task.since.as_deref().and_then(day)) {
            (Some(due), _) => {
                let left = (due - today).num_days();
                match left {
                    ..0 => (ui.msg("home-late").n("days", -left).to_string(), "bad", -left, true),
                    0 => (ui.t("home-today"), "warn", 0, false),
                    1..=2 => (ui.msg("home-left").n("days", left).to_string(), "warn", -left, false),
                    _ => (ui.msg("home-left").n("days", left).to_string(), "", -left, false),
                }
            }
            (None, Some(since)) => {
                let waited = (today - since).num_days();
                let kind = if waited > limit {
                    "bad"
                } else if 2 * waited > limit {
                    "warn"
                } else {
                    ""
                };
                let words = if waited == 0 {
                    ui.t("home-since-today")
                } else {
                    ui.msg("home-waits").n("days", waited).to_string()
                };
                (words, kind, waited, waited > limit)
            }
            (None, None) => (String::new(), "", 0, false),
        };
    let icon = match task.key {
        "task-list-ready" => "file-in",
        "task-sign" | "task-returned" => "decide",
        "task-conflict" | "task-pairs" => "compare",
        "task-household" => "users",
        "task-round" | "task-visit" => "clipboard",
        "task-answer" | "task-referral" => "message",
        "task-enrol" => "gift",
        _ => "cash",
    };
    Task {
        icon,
        title: told(task.key),
        detail: told(&format!("{}-detail", task.key)),
        action: ui.t(&format!("{}-action", task.key)),
        href: task.href.clone(),
        late,
        late_kind,
        days,
        overdue,
        decides: matches!(task.key, "task-sign" | "task-household"),
    }
}

/// How far back an auditor's home page looks, days.
const LOOKED_BACK: u64 = 30;

/// What an auditor looks at: decisions, numbers shown, changes; each opens the journal or the page it is about.
pub async fn to_check(ui: &Ui, reading: &Reading<'_>, today: NaiveDate) -> Result<Vec<Task>, AppError> {
    let since = today - Days::new(LOOKED_BACK);
    let found = monitoring::to_check(reading, &since.to_string()).await?;
    let row = |(kind, count, newest): (&str, i64, String)| {
        let icon = match kind {
            "decree" => "decide",
            "determination" => "edit",
            "number" => "eye",
            "list" => "file-in",
            "event" => "cash",
            _ => "person",
        };
        Task {
            icon,
            title: ui.msg(&format!("home-check-{kind}")).n("count", count).to_string(),
            detail: ui.t(&format!("home-check-{kind}-detail")),
            href: format!("/jejak?apa={kind}&dari={since}"),
            action: ui.t("home-check-do"),
            late: ui.msg("home-check-newest").s("date", ui.day_month(&newest)).to_string(),
            late_kind: "",
            days: 0,
            overdue: false,
            decides: false,
        }
    };
    Ok(found.into_iter().map(row).collect())
}
