//! What the matcher has learnt: every version of its weights, with the numbers in plain words; and learning anew from decisions.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::access::Right;
use store::registry::likeness::models::{self, ENOUGH, Range, Refused, Report};

use super::PATH;
use crate::{
    App, AppError, Page,
    access::Me,
    error::{Rule, see},
    ui::Ui,
};

#[derive(Template)]
#[template(path = "registry/templates/desk_weights.html")]
struct WeightsPage {
    ui: Ui,
    trail: Vec<(String, String)>,
    sentence: String,
    versions: Vec<Version>,
    may_learn: bool,
    /// How many decisions are still wanting.
    wanting: Option<String>,
    /// Decisions that are not learnt from, because several were made at once.
    bulk: Option<String>,
}

struct Version {
    name: String,
    who: String,
    day: String,
    at: String,
    told: Vec<String>,
}

/// `96,4 % (95 dari 100: 93,1-98,2 %)`
fn range(ui: &Ui, range: Range) -> String {
    let percent = |thousandths: i64| ui.lang.decimal(thousandths as f64 / 10.0, 1);
    ui.msg("match-range")
        .s("value", percent(range.value))
        .s("low", percent(range.low))
        .s("high", percent(range.high))
        .to_string()
}

pub async fn page(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let ui = me.ui(&app).await;
    let models::Decisions { alone: decisions, bulk } = models::decisions(&reading).await?;
    let versions = models::all(&reading).await?;
    let versions = versions
        .into_iter()
        .map(|line| {
            let report: Report = serde_json::from_str(&line.report).unwrap_or_default();
            let told = if line.origin == "refitted" {
                vec![
                    ui.msg("match-learnt-from").n("count", report.decisions).n("same", report.same).to_string(),
                    ui.msg("match-wrong").n("before", report.wrong_before).n("after", report.wrong_after).to_string(),
                    ui.msg("match-precision").s("range", range(&ui, report.precision)).to_string(),
                    ui.msg("match-recall").s("range", range(&ui, report.recall)).to_string(),
                ]
            } else {
                vec![ui.t("match-shipped-told")]
            };
            Version {
                name: ui.msg(&format!("match-version-{}", line.origin)).n("number", line.id).to_string(),
                who: line.created_by.unwrap_or_else(|| ui.t("household-program")),
                day: ui.date(&line.created_at),
                at: line.created_at,
                told,
            }
        })
        .collect();
    let may = me.may(Right::CommitLists);
    let page = WeightsPage {
        trail: vec![(ui.t("nav-registry"), "/keluarga".to_owned()), (ui.t("match-desk"), PATH.to_owned())],
        sentence: ui.msg("match-weights-sentence").n("count", decisions).n("enough", ENOUGH).to_string(),
        may_learn: may && decisions >= ENOUGH,
        wanting: (decisions < ENOUGH).then(|| ui.msg("match-wanting").n("count", ENOUGH - decisions).to_string()),
        bulk: (bulk > 0).then(|| ui.msg("match-bulk-not-learnt").n("count", bulk).to_string()),
        versions,
        ui,
    };
    Ok(Page(page).into_response())
}

pub async fn refit(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    let report = match models::refit(&change).await {
        Ok(report) => report,
        Err(error) => {
            change.rollback().await?;
            return Err(match error {
                Refused::TooFew(count) => Rule::new("match-too-few").n("count", count).n("enough", ENOUGH).into(),
                Refused::OneSided => Rule::new("match-one-sided").into(),
                Refused::Store(error) => error.into(),
            });
        }
    };
    change.commit().await?;
    let told = me.lang.msg("match-flash-learnt").n("count", report.decisions).to_string();
    me.flash(told).await;
    Ok(see(format!("{PATH}/bobot")))
}
