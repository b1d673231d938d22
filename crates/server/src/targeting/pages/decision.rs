//! The head of office's page: what was proposed, what was checked, and the decision: sign, or return with a reason.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    programmes::ProgrammeState,
    targeting::{Act, LineState},
};
use store::targeting::{self, Accounted, Checks, Choice, Determination, Preview};

use super::{
    super::{
        actions::signer_of,
        words::{self, RuleWords},
    },
    area_names, days_between,
};
use crate::{
    App, AppError, Page,
    access::Me,
    error::{Rule, see, with_status},
    forms::Form,
    ui::Ui,
};

#[derive(Template)]
#[template(path = "targeting/templates/decision.html")]
struct DecisionPage {
    ui: Ui,
    one: Determination,
    trail: Vec<(String, String)>,
    sentence: String,
    checks: Vec<Check>,
    by_hand: Vec<ByHand>,
    rule: RuleWords,
    form: Form,
    signer: String,
    signer_detail: String,
    command: String,
    blocked: Option<String>,
    /// The sentence to be ticked where families of the round have no result.
    unverified: Option<String>,
}

/// One thing looked at: good, to be weighed, or in the way.
struct Check {
    icon: &'static str,
    tone: &'static str,
    words: String,
    detail: String,
    href: String,
}

struct ByHand {
    family: i64,
    name: String,
    what: String,
    reason: String,
    by: String,
}

pub async fn decision(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let one = targeting::determination(&me.reading(&app), id).await?.ok_or(AppError::NotFound)?;
    if let Some(decree) = one.decree_id {
        return Ok(see(format!("/sk/{decree}")));
    }
    let mut form = Form::default();
    let about = one.programme.as_ref().map_or_else(|| one.name.clone(), |programme| programme.name.clone());
    let year = app.clock.today(app.config.zone).format("%Y").to_string();
    form.set("title", me.lang.msg("targeting-decree-title").s("about", about).s("year", year));
    form.set("decided_on", app.clock.today(app.config.zone));
    show(&app, &me, id, form).await
}

/// The page with what was typed.
pub async fn show(app: &App, me: &Me, id: i64, form: Form) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let one = targeting::determination(&reading, id).await?.ok_or(AppError::NotFound)?;
    if !one.state.may(Act::Sign) {
        return Err(Rule::new("targeting-step-not-proposed").into());
    }
    let today = app.clock.today(app.config.zone);
    let checks = targeting::checks(&reading, id).await?;
    let accounted = targeting::accounted(&reading, id).await?;
    // a ceiling the programme cannot keep any more has no ranking to compare with: what is in the way is named, and the
    // proposal can still be returned
    let drift = match targeting::preview(&reading, id, &one.criteria, &one.quota, &today.to_string()).await {
        Ok(drift) => Some(drift),
        Err(targeting::Error::Quota(_)) => None,
        Err(refused) => return Err(refused.into()),
    };
    let names = area_names(app, &reading).await?;
    let mut by_hand = Vec::new();
    for choice in Choice::all(&reading, id).await? {
        if let Some(line) = targeting::line(&reading, id, choice.family_id).await? {
            by_hand.push((choice, line));
        }
    }
    let over = one.programme.as_ref().is_some_and(|programme| one.amount > programme.left());
    let ui = me.ui(app).await;
    let waiting = one.proposed_at.as_deref().map_or(0, |at| days_between(at, today));
    let signer = signer_of(me);
    let own = me.actor.user.is_some() && (one.created_by == me.actor.user || one.proposed_by == me.actor.user);
    let faulty = !form.is_sound();
    let title = if signer.acting { format!("Plt. {}", signer.position) } else { signer.position.clone() };
    let page = DecisionPage {
        sentence: ui
            .msg("targeting-decision-sentence")
            .s("name", one.proposed_by_name.clone().unwrap_or_else(|| ui.t("targeting-the-office")))
            .n("selected", one.selected)
            .s("amount", words::short_rupiah(ui.lang, one.amount))
            .n("days", waiting)
            .to_string(),
        trail: vec![(ui.t("nav-targeting"), "/penetapan".to_owned()), (one.name.clone(), format!("/penetapan/{id}"))],
        checks: checks_in_words(&ui, &one, &checks, drift.as_ref(), &accounted),
        unverified: (accounted.unverified() > 0).then(|| {
            ui.msg("targeting-unverified-known")
                .n("count", accounted.unverified())
                .n("families", accounted.families)
                .to_string()
        }),
        by_hand: by_hand
            .into_iter()
            .map(|(choice, line)| ByHand {
                family: choice.family_id,
                name: domain::name::display(&line.head_name),
                what: choice.place.map_or_else(
                    || ui.t("targeting-by-hand-out"),
                    |place| ui.msg("targeting-by-hand-place").n("place", place).to_string(),
                ),
                reason: choice.reason,
                by: choice.made_by.unwrap_or_default(),
            })
            .collect(),
        rule: words::rule(ui.lang, &one.criteria, &one.quota, &names),
        signer: signer.name,
        signer_detail: signer.nip.map_or_else(|| title.clone(), |nip| format!("{title} · NIP {nip}")),
        command: form.some("command").map_or_else(|| app.entropy.token(), str::to_owned),
        blocked: if own {
            Some(ui.t("targeting-own-proposal"))
        } else {
            not_running(&ui, &one).or_else(|| (over || drift.is_none()).then(|| ui.t("targeting-no-money-left")))
        },
        one,
        form,
        ui,
    };
    Ok(if faulty { with_status(StatusCode::UNPROCESSABLE_ENTITY, page) } else { Page(page).into_response() })
}

/// Why nothing can be promised from the programme; `None` when it runs, or when there is none.
fn not_running(ui: &Ui, one: &Determination) -> Option<String> {
    let key = match one.programme.as_ref()?.state {
        ProgrammeState::Active => return None,
        ProgrammeState::Draft => "error-targeting-programme-draft",
        ProgrammeState::Closed => "error-targeting-programme-closed",
    };
    Some(format!("{} {}", ui.t(key), ui.t(&format!("{key}-next"))))
}

fn checks_in_words(
    ui: &Ui,
    one: &Determination,
    checks: &Checks,
    drift: Option<&Preview>,
    accounted: &Accounted,
) -> Vec<Check> {
    let id = one.id;
    let good = |words: String, detail: String| Check { icon: "check", tone: "ok", words, detail, href: String::new() };
    let weigh =
        |words: String, detail: String, href: String| Check { icon: "alert", tone: "warn", words, detail, href };
    let mut all = Vec::new();
    if let Some(why) = not_running(ui, one) {
        let href = one.programme.as_ref().map(|programme| format!("/program/{}", programme.id)).unwrap_or_default();
        all.push(Check { icon: "alert", tone: "bad", words: why, detail: String::new(), href });
    }
    if accounted.unverified() == 0 {
        let words = ui.msg("targeting-check-all-verified").n("families", accounted.families).to_string();
        all.push(good(words, String::new()));
    } else {
        let words = ui
            .msg("targeting-check-unverified")
            .n("count", accounted.unverified())
            .n("families", accounted.families)
            .to_string();
        let href = format!("/penetapan/{id}?sebab=not_verified");
        all.push(weigh(words, ui.t("targeting-check-unverified-next"), href));
    }
    let left = one.programme.as_ref().map_or(one.amount, targeting::Programme::left);
    if one.amount <= left && one.quota.ceiling.is_none_or(|ceiling| one.amount <= ceiling) {
        let detail = one.quota.ceiling.map_or_else(
            || ui.t("targeting-check-no-ceiling"),
            |ceiling| ui.msg("targeting-cut-money").s("amount", one.amount).s("ceiling", ceiling).to_string(),
        );
        all.push(good(ui.t("targeting-check-money"), detail));
    } else {
        let words = ui.msg("targeting-check-money-over").s("left", left).to_string();
        all.push(Check { icon: "alert", tone: "bad", words, detail: ui.lang.rupiah(one.amount), href: String::new() });
    }
    let since = one.ranked_at.as_deref().map(|at| ui.time(at)).unwrap_or_default();
    if let Some(drift) = drift.filter(|drift| !drift.leaving.is_empty() || !drift.entering.is_empty()) {
        let named: Vec<String> = drift
            .leaving
            .iter()
            .take(3)
            .map(|shift| {
                let why = match shift.new_state {
                    LineState::Excluded => words::limit(ui.lang, shift.why).to_lowercase(),
                    _ => ui.t("targeting-check-behind"),
                };
                format!("{} ({why})", domain::name::display(&shift.head_name))
            })
            .collect();
        let words = ui.msg("targeting-check-changed").n("count", drift.leaving.len()).s("time", since).to_string();
        let detail = if named.is_empty() {
            ui.msg("targeting-check-entering").n("count", drift.entering.len()).to_string()
        } else {
            named.join(", ")
        };
        all.push(weigh(words, detail, String::new()));
    } else if drift.is_some() {
        all.push(good(ui.t("targeting-check-same"), ui.msg("targeting-check-since").s("time", since).to_string()));
    }
    if checks.without_nik == 0 {
        all.push(good(ui.t("targeting-check-nik"), String::new()));
    } else {
        let words = ui.msg("targeting-check-no-nik").n("count", checks.without_nik).to_string();
        all.push(weigh(words, ui.t("targeting-check-no-nik-next"), format!("/penetapan/{id}?lihat=atas")));
    }
    if checks.without_minutes == 0 {
        all.push(good(ui.msg("targeting-check-minutes").n("villages", checks.villages).to_string(), String::new()));
    } else {
        let words = ui
            .msg("targeting-check-no-minutes")
            .n("without", checks.without_minutes)
            .n("villages", checks.villages)
            .to_string();
        all.push(weigh(words, ui.t("targeting-check-no-minutes-next"), String::new()));
    }
    if checks.warned > 0 {
        let words = ui.msg("targeting-check-warned").n("count", checks.warned).to_string();
        all.push(weigh(
            words,
            ui.t("targeting-check-warned-next"),
            format!("/penetapan/{id}?lihat=atas&keadaan=selected"),
        ));
    }
    if checks.by_hand > 0 {
        let words = ui.msg("targeting-check-by-hand").n("count", checks.by_hand).to_string();
        all.push(weigh(words, ui.t("targeting-check-by-hand-next"), "#tangan".to_owned()));
    }
    all
}
