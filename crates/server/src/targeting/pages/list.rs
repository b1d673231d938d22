//! Every determination, and the page that starts one.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::targeting::DeterminationState;
use store::targeting::{self, Round, Summary};

use super::{super::words, days_between};
use crate::{
    App, AppError, Page,
    access::Me,
    forms::Form,
    ui::{Ui, parts::Choice},
};

#[derive(Template)]
#[template(path = "targeting/templates/list.html")]
struct ListPage {
    ui: Ui,
    sentence: String,
    rows: Vec<Row>,
    rounds: usize,
}

struct Row {
    id: i64,
    name: String,
    about: String,
    chosen: String,
    amount: String,
    state: String,
    tone: &'static str,
    next: String,
    href: String,
    late: bool,
    decree: Option<(i64, String)>,
}

pub async fn list(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let all = targeting::determinations(&reading).await?;
    let rounds = targeting::rounds(&reading).await?.iter().filter(|round| round.verified > 0).count();
    let ui = me.ui(&app).await;
    let today = app.clock.today(app.config.zone);
    let count = |state| all.iter().filter(|one| one.state == state).count();
    let unanswered = *app.figures.of(&reading, "unanswered", targeting::all_unanswered(&reading)).await?;
    let sentence = if all.is_empty() {
        ui.msg("targeting-list-none").n("rounds", rounds).to_string()
    } else {
        ui.msg("targeting-list-sentence")
            .n("signed", count(DeterminationState::Signed))
            .n("proposed", count(DeterminationState::Proposed))
            .n("open", count(DeterminationState::Draft) + count(DeterminationState::Returned))
            .n("unanswered", unanswered)
            .to_string()
    };
    let rows = all.iter().map(|one| row(&ui, one, today)).collect();
    Ok(Page(ListPage { ui, sentence, rows, rounds }).into_response())
}

fn row(ui: &Ui, one: &Summary, today: chrono::NaiveDate) -> Row {
    let waiting = one.proposed_at.as_deref().map_or(0, |at| days_between(at, today));
    let page = format!("/penetapan/{}", one.id);
    let (tone, next, href) = match one.state {
        DeterminationState::Draft => ("", ui.t("targeting-next-draft"), page),
        DeterminationState::Returned => ("warn", ui.t("targeting-next-returned"), page),
        DeterminationState::Proposed if ui.may("sign_determination") => {
            ("info", ui.msg("targeting-next-sign").n("days", waiting).to_string(), format!("{page}/putusan"))
        }
        DeterminationState::Proposed => {
            ("info", ui.msg("targeting-next-proposed").n("days", waiting).to_string(), page)
        }
        DeterminationState::Signed if one.unanswered > 0 => {
            let next = ui.msg("targeting-next-answer").n("count", one.unanswered).to_string();
            ("ok", next, format!("{page}/jawaban"))
        }
        DeterminationState::Signed => ("ok", ui.t("targeting-next-done"), page),
    };
    let about = [Some(one.round_name.clone()), one.programme_name.clone()];
    Row {
        id: one.id,
        name: one.name.clone(),
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        chosen: ui.msg("targeting-list-chosen").n("selected", one.selected).n("eligible", one.eligible).to_string(),
        amount: words::short_rupiah(ui.lang, one.amount),
        state: ui.t(&format!("targeting-determination-{}", one.state)),
        tone,
        next,
        href,
        late: one.unanswered > 0 || (one.state == DeterminationState::Proposed && waiting > 7),
        decree: one.decree_id.zip(one.decree_number.clone()),
    }
}

#[derive(Template)]
#[template(path = "targeting/templates/new.html")]
struct NewPage {
    ui: Ui,
    form: Form,
    sentence: String,
    rounds: Vec<Choice>,
    programmes: Vec<Choice>,
    command: String,
}

pub async fn new(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let mut form = Form::default();
    let rounds = targeting::rounds(&me.reading(&app)).await?;
    if let Some(round) = rounds.iter().find(|round| round.verified > 0) {
        form.set("round", round.id);
    }
    let programmes = targeting::programmes(&me.reading(&app)).await?;
    if let [only] = programmes.as_slice() {
        form.set("programme", only.id);
    }
    show_new(&app, &me, form).await
}

/// The form that starts a determination, with what was typed.
pub async fn show_new(app: &App, me: &Me, form: Form) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let ui = me.ui(app).await;
    let rounds = targeting::rounds(&reading).await?;
    let chosen = form.text("round").parse::<i64>().ok();
    let verified: i64 = rounds.iter().find(|round| Some(round.id) == chosen).map_or(0, |round| round.verified);
    let programmes = targeting::programmes(&reading).await?;
    let sentence = ui.msg("targeting-new-sentence").n("verified", verified).to_string();
    let programmes = programmes
        .into_iter()
        .map(|one| {
            let hint = ui
                .msg("targeting-programme-hint")
                .s("agency", &one.agency)
                .s("left", words::short_rupiah(ui.lang, one.left()))
                .s("unit", one.per_family());
            Choice::new(one.id.to_string(), format!("{} {}", one.name, one.year)).hint(hint.to_string())
        })
        .collect();
    let command = form.some("command").map_or_else(|| app.entropy.token(), str::to_owned);
    let faulty = !form.is_sound();
    let page = NewPage {
        rounds: rounds.iter().map(|round| round_choice(&ui, round)).collect(),
        programmes,
        sentence,
        command,
        form,
        ui,
    };
    Ok(if faulty {
        crate::error::with_status(axum::http::StatusCode::UNPROCESSABLE_ENTITY, page)
    } else {
        Page(page).into_response()
    })
}

fn round_choice(ui: &Ui, round: &Round) -> Choice {
    let hint = ui
        .msg("targeting-round-hint")
        .n("verified", round.verified)
        .n("families", round.families)
        .s("list", format!("{} {}", round.source.to_uppercase(), round.version))
        .s("state", ui.t(&format!("targeting-round-{}", round.state)));
    Choice::new(round.id.to_string(), &round.name).hint(hint.to_string())
}
