//! The list of programmes, and the page of one: its sentence, its money, items, stages, areas, enrolments.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::{
    AreaCode, codes,
    delivery::Progress,
    monitoring::Shown as Told,
    programmes::{Aid, ProgrammeState},
};
use store::{
    Reading, areas,
    delivery::{self, EventSummary},
    programmes::{self, Cost, Programme, Run, Summary},
};

use crate::{
    App, AppError, Page,
    access::Me,
    ui::{
        Ui,
        charts::{Part, Spec, Tone, part_bar},
        parts::Term,
    },
};

#[derive(Template)]
#[template(path = "programmes/templates/list.html")]
struct ListPage {
    ui: Ui,
    sentence: String,
    programmes: Vec<Row>,
}

struct Row {
    summary: Summary,
    places: String,
    served: String,
    bar: String,
    share: String,
}

pub async fn list(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let ui = me.ui(&app).await;
    let all = programmes::list(&reading).await?;
    let running: Vec<&Summary> = all.iter().filter(|p| p.state == "active").collect();
    let sum = |value: fn(&Summary) -> i64| running.iter().map(|p| value(p)).sum::<i64>();
    let families = app.figures.of(&reading, "families reached", programmes::families_reached(&reading)).await?;
    let sentence = if all.is_empty() {
        ui.t("programmes-sentence-none")
    } else {
        ui.msg("programmes-sentence")
            .n("count", running.len())
            .n("families", *families)
            .s("paid", ui.rp(&sum(|p| p.paid)))
            .s("ceiling", ui.rp(&sum(|p| p.ceiling)))
            .to_string()
    };
    let programmes = all
        .into_iter()
        .map(|summary| {
            let id = format!("u{}", summary.id);
            let (paid, returned) = (summary.paid, summary.returned);
            let open = (summary.promised() - paid - returned).max(0);
            let bar = money_bar(&ui, &id, [paid, returned, open], summary.ceiling, 14.0);
            let share = percent(&ui, summary.paid, summary.ceiling);
            let (places, served) = (ui.few(summary.places), ui.few(summary.served));
            Row { summary, places, served, bar, share }
        })
        .collect();
    Ok(Page(ListPage { ui, sentence, programmes }).into_response())
}

/// `72,4 %`; a dash when there is no whole.
pub fn percent(ui: &Ui, part: i64, whole: i64) -> String {
    if whole <= 0 {
        return "–".to_owned();
    }
    format!("{} %", ui.lang.decimal(part as f64 * 100.0 / whole as f64, 1))
}

/// The ceiling to scale: paid, given back, promised and still to be handed over, free.
fn money_bar(ui: &Ui, id: &str, [paid, returned, open]: [i64; 3], ceiling: i64, height: f64) -> String {
    let free = (ceiling - paid - returned - open).max(0);
    let title = ui.t("programmes-money-title");
    let description = ui
        .msg("programmes-money-text")
        .s("paid", ui.rp(&paid))
        .s("returned", ui.rp(&returned))
        .s("open", ui.rp(&open))
        .s("free", ui.rp(&free))
        .s("ceiling", ui.rp(&ceiling))
        .to_string();
    let spec = Spec { id, title: &title, description: &description };
    let part = |amount: i64, tone| Part {
        value: amount as f64,
        text: if height > 20.0 { ui.rp(&amount) } else { String::new() },
        tone,
    };
    let parts = [part(paid, Tone::Data), part(returned, Tone::Bad), part(open, Tone::Pale), part(free, Tone::Mute)];
    part_bar(&spec, &parts, 1_240.0, height)
}

#[derive(Template)]
#[template(path = "programmes/templates/programme.html")]
struct ProgrammePage {
    ui: Ui,
    p: Programme,
    cost: Cost,
    sentence: String,
    budget: Vec<(String, String)>,
    bar: String,
    terms: Vec<Term>,
    stages: Vec<Stage>,
    areas: Vec<Area>,
    total: Texts,
    runs: Vec<Run>,
    events: Vec<EventSummary>,
    /// Decrees that name families not enrolled yet.
    waiting: Vec<(String, i64)>,
}

struct Stage {
    name: String,
    planned_on: Option<String>,
    texts: StageTexts,
    bar: String,
}

/// How far a stage is, as the reader may see it.
struct StageTexts {
    paid: String,
    waiting: String,
    unsettled: String,
    returned: String,
    /// Families that hold a place and are in no event of this stage.
    unplanned: String,
}

#[derive(Clone, Debug, Default)]
struct AreaCounts {
    places: i64,
    suspended: i64,
    warned: i64,
    served: i64,
}

/// Enrolled, served, suspended, warned, as they may be shown.
type Texts = [String; 4];

/// A kecamatan with its villages.
struct Area {
    code: String,
    name: String,
    texts: Texts,
    villages: Vec<(String, String, Texts)>,
}

/// The same while it is counted.
struct Counted {
    code: String,
    name: String,
    counts: AreaCounts,
    villages: Vec<(String, String, AreaCounts)>,
}

pub async fn programme(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let p = programmes::find(&reading, id).await?.ok_or(AppError::NotFound)?;
    let cost = app.figures.of(&reading, &format!("commitment {id}"), programmes::commitment(&reading, id)).await?;
    let cost = cost.ok_or(AppError::NotFound)?;
    let ui = me.ui(&app).await;
    let stages = stages(&app, &ui, &reading, &p, &cost).await?;
    let (areas, total) = by_kecamatan(&app, &ui, &reading, id).await?;
    let mut waiting = Vec::new();
    if p.state == ProgrammeState::Active && ui.may("manage_programmes") {
        for decree in programmes::decrees(&reading, id).await?.into_iter().filter(|d| d.programme_id == Some(id)) {
            let name = format!("waiting {id} {}", decree.id);
            let new = *app.figures.of(&reading, &name, programmes::waiting(&reading, id, decree.id)).await?;
            if new > 0 {
                waiting.push((decree.number, new));
            }
        }
    }
    Ok(Page(ProgrammePage {
        sentence: sentence(&ui, &p, &cost),
        budget: budget(&ui, &p),
        bar: money_bar(&ui, "pagu", [cost.paid.0, cost.returned.amount.0, cost.open().0], cost.ceiling.0, 36.0),
        terms: terms(&ui, &cost),
        stages,
        areas,
        total,
        runs: app.figures.of(&reading, &format!("runs {id}"), programmes::runs(&reading, id)).await?.to_vec(),
        events: app.figures.of(&reading, &format!("events {id}"), delivery::events(&reading, Some(id))).await?.to_vec(),
        waiting,
        cost,
        p,
        ui,
    })
    .into_response())
}

/// Where a page below a programme's leads back to.
pub fn trail(ui: &Ui, programme: &Programme) -> Vec<(String, String)> {
    vec![
        (ui.t("nav-programmes"), "/program".to_owned()),
        (programme.name.clone(), format!("/program/{}", programme.id)),
    ]
}

/// Whether the figures of a programme would tell whoever sees totals only about a few families.
fn told_of_a_few(ui: &Ui, cost: &Cost) -> bool {
    let places = cost.commitment.places;
    let counts = [places, cost.served, places - cost.served, cost.owed, cost.returned.families];
    !ui.sees_all() && counts.iter().any(|count| Told::of(*count) == Told::Few)
}

/// What is true of the programme now. Fewer served than enrolled is said so, never rounded up.
fn sentence(ui: &Ui, p: &Programme, cost: &Cost) -> String {
    let places = cost.commitment.places;
    let (paid, ceiling) = (ui.rp(&cost.paid.0), ui.rp(&cost.ceiling.0));
    if told_of_a_few(ui, cost) {
        return ui.msg("programmes-sentence-few").s("families", ui.few(places)).s("ceiling", ceiling).to_string();
    }
    let key = match (p.state, places, cost.served) {
        (ProgrammeState::Draft, ..) => "programmes-sentence-draft",
        (_, 0, 0) => "programmes-sentence-nobody",
        (_, _, 0) => "programmes-sentence-unserved",
        (ProgrammeState::Closed, places, served) if served < places => "programmes-sentence-fewer",
        (_, places, served) if served < places && cost.owed == 0 => "programmes-sentence-returned",
        (_, places, served) if served < places => "programmes-sentence-under-way",
        _ => "programmes-sentence-all",
    };
    ui.msg(key)
        .n("families", places)
        .n("served", cost.served)
        .n("missing", places - cost.served)
        .n("back", cost.returned.families)
        .s("returned", ui.rp(&cost.returned.amount.0))
        .n("fits", cost.commitment.fits(cost.ceiling))
        .s("paid", paid)
        .s("ceiling", ceiling)
        .to_string()
}

fn budget(ui: &Ui, p: &Programme) -> Vec<(String, String)> {
    let english = ui.lang.is_english();
    let coded = |code: &str, name: Option<&str>| match name {
        Some(name) => format!("{code} · {name}"),
        None => format!("{code} · {}", ui.t("programmes-code-unknown")),
    };
    let mut rows = vec![
        (ui.t("programmes-agency"), p.agency.clone()),
        (
            ui.t("programmes-strategy"),
            format!("{} · {}", p.strategy, codes::list("strategi").label(p.strategy.as_str(), english)),
        ),
        (ui.t("programmes-sub-activity"), coded(p.sub_activity.as_str(), p.sub_activity.name(english))),
        (ui.t("programmes-account"), coded(p.account.as_str(), p.account.name(english))),
        (ui.t("programmes-fund"), format!("{}, {}", codes::list("apbd.sumber_dana").label(&p.fund, english), p.year)),
        (ui.t("programmes-aid-kind"), ui.t(&format!("programmes-kind-{}", p.aid_kind))),
    ];
    for official in &p.officials {
        rows.push((
            ui.t(&format!("programmes-official-{}", official.role.as_str().replace('_', "-"))),
            official.name.clone(),
        ));
    }
    rows
}

fn terms(ui: &Ui, cost: &Cost) -> Vec<Term> {
    let families = |n: i64| ui.msg("programmes-families").n("count", n).to_string();
    let fits = cost.commitment.fits(cost.ceiling) - cost.commitment.places;
    let ceiling =
        Term::new(ui.t("programmes-ceiling"), ui.rp(&cost.ceiling.0), ui.t("programmes-ceiling-detail"), None);
    if told_of_a_few(ui, cost) {
        return vec![ceiling];
    }
    let mut terms = vec![
        ceiling,
        Term::new(ui.t("programmes-paid"), ui.rp(&cost.paid.0), families(cost.served), Some(Tone::Data)),
        Term::new(ui.t("programmes-promised"), ui.rp(&cost.open().0), families(cost.owed), Some(Tone::Pale)),
    ];
    if cost.returned.families > 0 {
        let returned = &cost.returned;
        terms.push(Term::new(
            ui.t("programmes-given-back"),
            ui.rp(&returned.amount.0),
            families(returned.families),
            Some(Tone::Bad),
        ));
    }
    terms.push(Term::new(
        ui.t("programmes-free"),
        ui.rp(&cost.left().0),
        ui.msg("programmes-free-detail").n("families", fits.max(0)).to_string(),
        Some(Tone::Mute),
    ));
    terms
}

async fn stages(app: &App, ui: &Ui, reading: &Reading<'_>, p: &Programme, cost: &Cost) -> Result<Vec<Stage>, AppError> {
    let known = app.figures.of(reading, &format!("stages {}", p.id), programmes::stage_progress(reading, p.id)).await?;
    let known: BTreeMap<i64, Progress> = known.iter().copied().collect();
    Ok(p.stages
        .iter()
        .map(|stage| {
            let progress = known.get(&stage.id).copied().unwrap_or_default();
            let title = ui.msg("programmes-stage-bar").s("stage", &stage.stage.name).to_string();
            let spec = Spec { id: &format!("tahap{}", stage.number), title: &title, description: &title };
            let part = |families: i64, tone| Part { value: families as f64, text: String::new(), tone };
            let unplanned = (cost.commitment.places - progress.planned.families).max(0);
            let bar = part_bar(
                &spec,
                &[
                    part(progress.paid.families, Tone::Data),
                    part(progress.unsettled.families, Tone::Late),
                    part(progress.returned.families, Tone::Bad),
                    part(progress.waiting.families, Tone::Pale),
                    part(unplanned, Tone::Mute),
                ],
                240.0,
                14.0,
            );
            let counts = [
                progress.paid.families,
                progress.waiting.families,
                progress.unsettled.families,
                progress.returned.families,
                unplanned,
            ];
            let mut texts = ui.few_parts(&counts).into_iter();
            let mut text = || texts.next().unwrap_or_default();
            Stage {
                name: stage.stage.name.clone(),
                planned_on: stage.stage.planned_on.clone(),
                texts: StageTexts {
                    paid: text(),
                    waiting: text(),
                    unsettled: text(),
                    returned: text(),
                    unplanned: text(),
                },
                bar: if told_of_a_few(ui, cost) { String::new() } else { bar },
            }
        })
        .collect())
}

/// Counts that stand beside their sum, column by column.
fn texts(ui: &Ui, parts: &[AreaCounts]) -> Vec<Texts> {
    let column = |of: fn(&AreaCounts) -> i64| ui.few_parts(&parts.iter().map(of).collect::<Vec<_>>());
    let columns = [column(|c| c.places), column(|c| c.served), column(|c| c.suspended), column(|c| c.warned)];
    (0..parts.len()).map(|at| columns.each_ref().map(|column| column[at].clone())).collect()
}

async fn by_kecamatan(app: &App, ui: &Ui, reading: &Reading<'_>, id: i64) -> Result<(Vec<Area>, Texts), AppError> {
    let names = match app.district().await? {
        Some((code, _)) => areas::names(reading, code).await?,
        None => BTreeMap::new(),
    };
    let name_of = |code: i64| names.get(&code).cloned().unwrap_or_else(|| code.to_string());
    let mut areas: Vec<Counted> = Vec::new();
    let mut total = AreaCounts::default();
    for row in
        app.figures.of(reading, &format!("enrolled by village {id}"), programmes::villages(reading, id)).await?.iter()
    {
        let Some(village) = AreaCode::from_number(row.village) else { continue };
        let counts =
            AreaCounts { places: row.places, suspended: row.suspended, warned: row.warned, served: row.served };
        let code = village.subdistrict().to_string();
        if areas.last().is_none_or(|area| area.code != code) {
            areas.push(Counted {
                name: name_of(village.subdistrict().number()),
                code,
                counts: AreaCounts::default(),
                villages: Vec::new(),
            });
        }
        total.add(&counts);
        if let Some(area) = areas.last_mut() {
            area.counts.add(&counts);
            area.villages.push((village.to_string(), name_of(row.village), counts));
        }
    }
    let sums = texts(ui, &areas.iter().map(|area| area.counts.clone()).collect::<Vec<_>>());
    let shown = areas.into_iter().zip(sums).map(|(area, sum)| {
        let parts: Vec<AreaCounts> = area.villages.iter().map(|(_, _, counts)| counts.clone()).collect();
        let villages = area.villages.into_iter().zip(texts(ui, &parts)).map(|((code, name, _), t)| (code, name, t));
        Area { villages: villages.collect(), code: area.code, name: area.name, texts: sum }
    });
    let total = [total.places, total.served, total.suspended, total.warned].map(|count| ui.few(count));
    Ok((shown.collect(), total))
}

impl AreaCounts {
    fn add(&mut self, other: &Self) {
        self.places += other.places;
        self.suspended += other.suspended;
        self.warned += other.warned;
        self.served += other.served;
    }
}

impl ProgrammePage {
    fn state_word(&self) -> String {
        self.ui.t(&format!("programmes-state-{}", self.p.state))
    }

    fn goods(&self) -> bool {
        self.p.aid == Aid::Goods
    }

    fn is(&self, state: &str) -> bool {
        self.p.state.as_str() == state
    }
}
