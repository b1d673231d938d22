//! Why this family stands where it stands: its points one by one, its neighbours, what would have been needed.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::targeting::{Act, LineState, Points, Why};
use store::targeting::{self, Choice as HandChoice, Decree, Determination, Line};

use super::super::words;
use crate::{
    App, AppError, Page,
    access::Me,
    error::with_status,
    forms::Form,
    ui::{
        Ui,
        charts::{Piece, Spec, WaterfallSize, waterfall},
        parts::Choice,
    },
};

#[derive(Template)]
#[template(path = "targeting/templates/family.html")]
struct FamilyPage {
    ui: Ui,
    one: Determination,
    decree: Option<Decree>,
    trail: Vec<(String, String)>,
    line: Line,
    name: String,
    place: String,
    sentence: String,
    needed: String,
    tag: &'static str,
    standing: String,
    parts: Vec<PartRow>,
    total: String,
    most: String,
    /// For an office screen, and for a phone.
    chart: [String; 2],
    facts: Vec<(String, String)>,
    warning: String,
    neighbours: Vec<Neighbour>,
    choice: Option<HandChoice>,
    may_choose: bool,
    form: Form,
    acts: Vec<Choice>,
    told: Vec<ToldRow>,
    note: (&'static str, &'static str),
}

/// What the family was told, as the timeline shows it.
struct ToldRow {
    icon: &'static str,
    title: String,
    when: String,
    iso: String,
    reason: String,
    more: String,
}

struct PartRow {
    words: String,
    given: String,
    sum: String,
}

struct Neighbour {
    family: i64,
    rank: i64,
    name: String,
    village: String,
    score: String,
    why: String,
    standing: String,
    selected: bool,
    own: bool,
}

pub async fn family(
    State(app): State<App>,
    me: Me,
    Path((id, family)): Path<(i64, i64)>,
) -> Result<Response, AppError> {
    show(&app, &me, id, family, Form::default()).await
}

/// The page with what was typed into its form.
pub async fn show(app: &App, me: &Me, id: i64, family: i64, form: Form) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let one = targeting::determination(&reading, id).await?.ok_or(AppError::NotFound)?;
    let line = targeting::line(&reading, id, family).await?.ok_or(AppError::NotFound)?;
    let decree = targeting::decree_of(&reading, id).await?;
    let neighbours = match line.rank {
        Some(rank) => targeting::neighbours(&reading, id, rank).await?,
        None => Vec::new(),
    };
    let choice = HandChoice::of(&reading, id, family).await?;
    let told = if one.decree_id.is_some() { targeting::of_family(&reading, family).await? } else { Vec::new() };
    let ui = me.ui(app).await;
    let name = domain::name::display(&line.head_name);
    let place = [line.village_name.as_str(), &line.subdistrict_name];
    let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let (parts, chart) = explained(&ui, &one, &line);
    let faulty = !form.is_sound();
    let page = FamilyPage {
        trail: vec![(ui.t("nav-targeting"), "/penetapan".to_owned()), (one.name.clone(), format!("/penetapan/{id}"))],
        sentence: sentence(&ui, &line, &name),
        needed: needed(&ui, &line),
        tag: match line.state {
            LineState::Selected => "ok",
            LineState::Reserve => "",
            LineState::Excluded => "warn",
        },
        standing: words::standing(ui.lang, &line),
        total: line.score.map(|score| words::points(ui.lang, score)).unwrap_or_default(),
        most: words::points(ui.lang, one.criteria.most()),
        facts: facts(&ui, &line),
        warning: if line.state == LineState::Excluded { String::new() } else { words::received(ui.lang, &line.detail) },
        neighbours: neighbours.iter().map(|other| neighbour(&ui, other, family)).collect(),
        may_choose: ui.may("draft_determination") && one.state.may(Act::Revise),
        acts: [("place", "targeting-act-place"), ("exclude", "targeting-act-exclude")]
            .map(|(value, key)| Choice::new(value, ui.t(key)))
            .into(),
        note: if line.state == LineState::Selected { ("ok", "check") } else { ("", "info") },
        told: told.iter().map(|one| told_row(&ui, one)).collect(),
        parts,
        chart,
        choice,
        place,
        name,
        decree,
        line,
        one,
        form,
        ui,
    };
    Ok(if faulty { with_status(StatusCode::UNPROCESSABLE_ENTITY, page) } else { Page(page).into_response() })
}

fn told_row(ui: &Ui, one: &targeting::Referral) -> ToldRow {
    let refused = one.kind == "refused";
    let agency = one.agency_name.clone().unwrap_or_default();
    let state = ui.t(&format!("targeting-referral-{}", one.state));
    ToldRow {
        icon: if refused { "stop" } else { "handshake" },
        title: if refused {
            ui.t("targeting-refused-word")
        } else {
            ui.msg("targeting-referred-word").s("agency", agency).to_string()
        },
        when: ui.date(&one.created_at),
        iso: one.created_at.clone(),
        reason: one.reason.clone(),
        more: match &one.answer {
            Some(answer) => format!("{state}: {answer}"),
            None if refused => String::new(),
            None => state,
        },
    }
}

/// The points one by one with their sum so far, in words and as a drawing.
fn explained(ui: &Ui, one: &Determination, line: &Line) -> (Vec<PartRow>, [String; 2]) {
    let mut sum = Points::ZERO;
    let mut rows = Vec::new();
    let mut steps = Vec::new();
    for part in &line.parts {
        let start = sum;
        sum = sum + part.points();
        let text = words::sentence_case(&words::part(ui.lang, part));
        steps.push(Piece {
            label: text.clone(),
            start: start.0 as f64,
            end: sum.0 as f64,
            text: format!("+{}", words::points(ui.lang, part.points())),
        });
        rows.push(PartRow {
            words: text,
            given: format!("+{}", words::points(ui.lang, part.points())),
            sum: words::points(ui.lang, sum),
        });
    }
    if steps.is_empty() {
        return (rows, [String::new(), String::new()]);
    }
    let cut = line.detail.cut.map(|cut| {
        let text = ui.msg("targeting-chart-cut").s("score", words::points(ui.lang, cut.score)).to_string();
        (cut.score.0 as f64, text)
    });
    let most = one.criteria.most().0.max(sum.0) as f64;
    let title = ui.t("targeting-chart-title");
    let description: Vec<String> = steps.iter().map(|step| format!("{} {}", step.label, step.text)).collect();
    let spec = Spec { id: "nilai", title: &title, description: &description.join(", ") };
    let total = (ui.t("targeting-score"), words::points(ui.lang, sum));
    let narrow = Spec { id: "nilai-hp", ..spec };
    let wide = waterfall(&spec, &steps, &total, most, cut.as_ref(), WaterfallSize::PANEL);
    (rows, [wide, waterfall(&narrow, &steps, &total, most, cut.as_ref(), WaterfallSize::NARROW)])
}

fn sentence(ui: &Ui, line: &Line, name: &str) -> String {
    let score = line.score.map(|score| words::points(ui.lang, score)).unwrap_or_default();
    let message = match line.state {
        LineState::Selected => ui.msg("targeting-family-selected"),
        LineState::Reserve => ui.msg("targeting-family-reserve"),
        LineState::Excluded => ui.msg("targeting-family-excluded"),
    };
    message
        .s("name", name)
        .n("rank", line.rank.unwrap_or(0))
        .n("number", line.detail.number.map_or(0, i64::from))
        .s("score", score)
        .s("why", words::limit(ui.lang, &line.why).to_lowercase())
        .to_string()
}

/// What would have been needed to be chosen, or what comes next.
fn needed(ui: &Ui, line: &Line) -> String {
    let lang = ui.lang;
    match line.state {
        LineState::Selected => match line.detail.place {
            Some(_) => words::why_here(lang, line),
            None => ui.t("targeting-needed-selected"),
        },
        LineState::Excluded => {
            let detail = words::excluded_detail(lang, &line.why, &line.detail);
            let next = ui.t(&format!("targeting-next-{}", line.why.replace('_', "-")));
            if detail.is_empty() {
                words::sentence_case(&next)
            } else {
                format!("{}. {}", words::sentence_case(&detail), words::sentence_case(&next))
            }
        }
        LineState::Reserve => {
            let limit = match Why::from_word(&line.why) {
                Some(Why::Tie) | None => match line.detail.limit {
                    Some(welfare::Limit::Village) => Why::VillageFull,
                    Some(welfare::Limit::Subdistrict) => Why::SubdistrictFull,
                    Some(welfare::Limit::Ceiling) => Why::Ceiling,
                    _ => Why::TotalFull,
                },
                Some(why) => why,
            };
            let limit = words::limit(lang, limit.as_str());
            if let Some(lost) = &line.detail.tie {
                return ui
                    .msg("targeting-needed-tie")
                    .s("limit", limit)
                    .s("tie", words::lost_tie(lang, lost))
                    .to_string();
            }
            let Some(cut) = line.detail.cut else {
                return ui.msg("targeting-needed-none").s("limit", limit).to_string();
            };
            let gap = cut.score - line.score.unwrap_or_default();
            ui.msg("targeting-needed-points")
                .s("limit", limit)
                .s("gap", words::points(lang, gap))
                .s("cut", words::points(lang, cut.score))
                .n("rank", i64::from(cut.rank))
                .to_string()
        }
    }
}

/// What the rule looked at, in words.
fn facts(ui: &Ui, line: &Line) -> Vec<(String, String)> {
    use domain::targeting::MemberKind;
    let lang = ui.lang;
    let mut all = Vec::new();
    let desil = line.facts.desil.map_or_else(|| ui.t("targeting-unknown"), |desil| desil.to_string());
    all.push((ui.t("targeting-desil"), desil));
    let list = |words: Vec<String>| if words.is_empty() { ui.t("targeting-none-found") } else { words.join(", ") };
    all.push((
        ui.t("targeting-needs-found"),
        list(line.facts.needs.iter().map(|need| words::need(lang, need)).collect()),
    ));
    let members: Vec<String> = MemberKind::ALL
        .iter()
        .filter(|kind| line.facts.members.of(**kind) > 0)
        .map(|kind| {
            let count = i64::from(line.facts.members.of(*kind));
            ui.msg(&format!("targeting-part-{}", kind.as_str().replace('_', "-"))).n("count", count).to_string()
        })
        .collect();
    all.push((ui.t("targeting-members"), list(members)));
    let conditions = line.facts.conditions.iter().map(|one| words::condition(lang, one)).collect();
    all.push((ui.t("targeting-conditions"), list(conditions)));
    let work = line.facts.livelihoods.iter().map(|one| words::livelihood(lang, one)).collect();
    all.push((ui.t("targeting-livelihood"), list(work)));
    if let Some(day) = line.facts.visited_on {
        let iso = format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100);
        all.push((ui.t("targeting-visited-on"), ui.date(&iso)));
    }
    all
}

fn neighbour(ui: &Ui, line: &Line, own: i64) -> Neighbour {
    Neighbour {
        family: line.family,
        rank: line.rank.unwrap_or(0),
        name: domain::name::display(&line.head_name),
        village: line.village_name.clone(),
        score: line.score.map(|score| words::points(ui.lang, score)).unwrap_or_default(),
        why: words::why_here(ui.lang, line),
        standing: words::standing(ui.lang, line),
        selected: line.state == LineState::Selected,
        own: line.family == own,
    }
}
