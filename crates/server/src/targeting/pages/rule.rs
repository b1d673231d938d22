//! The editor of a rule, with what it would lead to beside it: tried again with every change, written only when saved.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    programmes::AidKind,
    targeting::{Act, Aid, Condition, MemberKind, Need, Spread, TieBreak, Treatment},
};
use store::targeting::{self, Determination, Preview, Shift};

use super::{
    super::{rule as form_of, words},
    area_names, subdistricts,
};
use crate::{
    App, AppError, Page,
    access::Me,
    error::{Rule, with_status},
    forms::Form,
    ui::{Ui, parts::Choice},
};

#[derive(Template)]
#[template(path = "targeting/templates/rule.html")]
struct RulePage {
    ui: Ui,
    one: Determination,
    trail: Vec<(String, String)>,
    form: Form,
    sentence: String,
    desils: Vec<(String, String)>,
    needs: Vec<(String, String)>,
    members: Vec<(String, String, String)>,
    conditions: Vec<(String, String)>,
    ties: Vec<Choice>,
    tie_fields: Vec<(String, String)>,
    treatments: Vec<Choice>,
    aids: Vec<Choice>,
    kinds: Vec<Choice>,
    spreads: Vec<Choice>,
    areas: Vec<(String, String)>,
    /// Single areas have numbers of their own, or a fault in them.
    own_numbers: bool,
    panel: Consequences,
}

/// What the rule on screen would lead to, beside what stands.
#[derive(Template)]
#[template(path = "targeting/templates/consequences.html")]
pub struct Consequences {
    ui: Ui,
    one: Determination,
    /// `None`: nothing was tried yet, or the rule has faults.
    preview: Option<Told>,
    faults: usize,
}

struct Told {
    sentence: String,
    facts: Vec<(String, String)>,
    entering: Vec<ShiftRow>,
    entering_more: i64,
    leaving: Vec<ShiftRow>,
    leaving_more: i64,
}

struct ShiftRow {
    name: String,
    village: String,
    from: String,
    to: String,
}

/// Families named on each side.
const NAMED: usize = 8;

pub async fn rule(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let one = targeting::determination(&me.reading(&app), id).await?.ok_or(AppError::NotFound)?;
    if !one.state.may(Act::Revise) {
        return Err(Rule::new("targeting-step-signed").into());
    }
    let mut form = Form::default();
    form_of::fill(&mut form, &one.name, &one.criteria, &one.quota);
    show(&app, &me, id, form, None).await
}

/// The editor with what was typed, and what it would lead to when that was tried.
pub async fn show(app: &App, me: &Me, id: i64, form: Form, preview: Option<&Preview>) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let one = targeting::determination(&reading, id).await?.ok_or(AppError::NotFound)?;
    let lang = me.lang;
    let ui = me.ui(app).await;
    let panel = consequences(app, me, &one, &form, preview).await?;
    let areas = subdistricts(app, &reading).await?;
    let faulty = !form.is_sound();
    let ties: Vec<Choice> = TieBreak::ALL.iter().map(|tie| Choice::new(tie.as_str(), words::tie(lang, *tie))).collect();
    let page = RulePage {
        sentence: ui.msg("targeting-rule-sentence").s("most", words::points(lang, one.criteria.most())).to_string(),
        trail: vec![(ui.t("nav-targeting"), "/penetapan".to_owned()), (one.name.clone(), format!("/penetapan/{id}"))],
        desils: form_of::DESILS
            .map(|desil| {
                let label = ui.msg("targeting-part-desil").n("desil", i64::from(desil)).to_string();
                (format!("desil-{desil}"), words::sentence_case(&label))
            })
            .collect(),
        needs: Need::ALL
            .iter()
            .map(|need| (format!("need-{need}"), words::sentence_case(&words::need(lang, *need))))
            .collect(),
        members: MemberKind::ALL
            .iter()
            .map(|kind| {
                let label = words::sentence_case(&words::members(lang, *kind));
                (format!("members-{kind}"), format!("most-{kind}"), label)
            })
            .collect(),
        conditions: Condition::ALL
            .iter()
            .map(|one| (format!("condition-{one}"), words::sentence_case(&words::condition(lang, *one))))
            .collect(),
        tie_fields: (1..=form_of::TIES)
            .map(|at| (format!("tie-{at}"), ui.msg("targeting-tie-place").n("place", at).to_string()))
            .collect(),
        treatments: Treatment::ALL
            .iter()
            .map(|one| Choice::new(one.as_str(), ui.t(&format!("targeting-treatment-{one}"))))
            .collect(),
        aids: Aid::ALL.iter().map(|one| Choice::new(one.as_str(), words::aid(lang, *one))).collect(),
        kinds: AidKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.as_str(), words::sentence_case(&ui.t(&format!("targeting-kind-{kind}")))))
            .collect(),
        spreads: Spread::ALL
            .iter()
            .map(|one| Choice::new(one.as_str(), ui.t(&format!("targeting-spread-{one}"))))
            .collect(),
        own_numbers: !form.text("villages").is_empty()
            || areas.iter().any(|area| !form.text(&format!("area-{}", area.code.number())).is_empty()),
        areas: areas.into_iter().map(|area| (format!("area-{}", area.code.number()), area.name)).collect(),
        ties,
        panel,
        form,
        one,
        ui,
    };
    Ok(if faulty { with_status(StatusCode::UNPROCESSABLE_ENTITY, page) } else { Page(page).into_response() })
}

/// The panel alone, for a page that asks for its part.
pub async fn panel(app: &App, me: &Me, id: i64, form: &Form, preview: Option<&Preview>) -> Result<Response, AppError> {
    let one = targeting::determination(&me.reading(app), id).await?.ok_or(AppError::NotFound)?;
    Ok(Page(consequences(app, me, &one, form, preview).await?).into_response())
}

async fn consequences(
    app: &App,
    me: &Me,
    one: &Determination,
    form: &Form,
    preview: Option<&Preview>,
) -> Result<Consequences, AppError> {
    let names = area_names(app, &me.reading(app)).await?;
    let ui = me.ui(app).await;
    let told = preview.map(|preview| {
        let row = |shift: &Shift| ShiftRow {
            name: domain::name::display(&shift.head_name),
            village: names.get(&shift.village).cloned().unwrap_or_default(),
            from: shift.rank.map_or_else(|| "–".to_owned(), |rank| ui.num(&rank)),
            to: shift.new_rank.map_or_else(|| words::limit(ui.lang, shift.why), |rank| ui.num(&rank)),
        };
        let more = |shifts: &[Shift]| shifts.len().saturating_sub(NAMED) as i64;
        let same = preview.entering.is_empty() && preview.leaving.is_empty();
        let sentence = if same {
            ui.msg("targeting-tried-same").n("selected", preview.selected)
        } else {
            ui.msg("targeting-tried-sentence")
                .n("selected", preview.selected)
                .n("entering", preview.entering.len())
                .n("leaving", preview.leaving.len())
        };
        let mut facts = vec![
            (ui.t("targeting-ranked"), beside(&ui, one.eligible, preview.eligible)),
            (ui.t("targeting-chosen"), beside(&ui, one.selected, preview.selected)),
        ];
        let amount = if one.amount == preview.amount {
            ui.lang.rupiah(preview.amount)
        } else {
            ui.msg("targeting-from-to").s("from", one.amount).s("to", preview.amount).to_string()
        };
        facts.push((ui.t("targeting-amount"), amount));
        Told {
            sentence: sentence.to_string(),
            facts,
            entering: preview.entering.iter().take(NAMED).map(row).collect(),
            entering_more: more(&preview.entering),
            leaving: preview.leaving.iter().take(NAMED).map(row).collect(),
            leaving_more: more(&preview.leaving),
        }
    });
    Ok(Consequences { preview: told, faults: form.faults().len(), one: one.clone(), ui })
}

fn beside(ui: &Ui, from: i64, to: i64) -> String {
    if from == to {
        return ui.num(&to);
    }
    ui.msg("targeting-from-to").s("from", ui.num(&from)).s("to", ui.num(&to)).to_string()
}
