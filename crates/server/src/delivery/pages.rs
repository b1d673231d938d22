//! The list of events, and the board of one: the equation, its areas, who was served last, what is to be decided.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::{
    AreaCode, Level,
    delivery::{Equation, EventState, LineState, Settlement, Share},
    programmes::{Aid, OfficialRole},
};
use store::{
    Reading, areas,
    delivery::{self, CashCount, Event, EventSummary, Line, LineFilter, Officer, Pace, Return},
    programmes,
};

use super::words;
use crate::{
    App, AppError, Page,
    access::Me,
    forms::Form,
    ui::{
        Ui,
        charts::{Part, Spec, part_bar, spark},
        parts::Term,
    },
};

#[derive(Template)]
#[template(path = "delivery/templates/list.html")]
struct ListPage {
    ui: Ui,
    sentence: String,
    events: Vec<Row>,
}

struct Row {
    event: EventSummary,
    bar: String,
}

pub async fn list(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let all = delivery::events(&me.reading(&app), None).await?;
    let ui = me.ui(&app).await;
    let open: Vec<&EventSummary> = all.iter().filter(|event| event.state == "open").collect();
    let unsettled: i64 = all.iter().filter(|event| event.state != "open").map(|event| event.unsettled).sum();
    let planned = all.iter().filter(|event| event.state == "planned").count();
    let sentence = match (all.len(), open.len(), unsettled) {
        (0, ..) => ui.t("delivery-sentence-none"),
        (_, 0, 0) => ui.msg("delivery-sentence-quiet").n("planned", planned).to_string(),
        (_, 0, unsettled) => ui.msg("delivery-sentence-unsettled").n("families", unsettled).to_string(),
        (_, count, unsettled) => ui
            .msg("delivery-sentence-open")
            .n("count", count)
            .n("waiting", open.iter().map(|event| event.waiting).sum::<i64>())
            .n("families", unsettled)
            .to_string(),
    };
    let events = all
        .into_iter()
        .map(|event| {
            let title = ui.msg("delivery-bar-title").s("event", &event.name).to_string();
            let spec = Spec { id: &format!("s{}", event.id), title: &title, description: &title };
            let part = |value: i64, state| Part { value: value as f64, text: String::new(), tone: words::tone(state) };
            let rest = event.families - event.paid - event.waiting;
            let bar = part_bar(
                &spec,
                &[
                    part(event.paid, LineState::Received),
                    part(rest.max(0), LineState::Absent),
                    part(event.waiting, LineState::Planned),
                ],
                160.0,
                14.0,
            );
            Row { event, bar }
        })
        .collect();
    Ok(Page(ListPage { ui, sentence, events }).into_response())
}

#[derive(Template)]
#[template(path = "delivery/templates/board.html")]
pub struct BoardPage {
    ui: Ui,
    event: Event,
    sentence: String,
    when: String,
    cap: String,
    bar: String,
    terms: Vec<Term>,
    equation: Equation,
    /// The whole event is within the actor's area.
    whole: bool,
    cash: Cash,
    areas: Vec<Place>,
    total: Counts,
    last: Vec<Served>,
    /// Absent, failed, passed on: marked, and not served.
    missed: Vec<Served>,
    served: i64,
    decide: Vec<Decide>,
    officers: Vec<Officer>,
    officials: Vec<(String, String)>,
    returns: Vec<Return>,
    form: Form,
}

/// What was brought, handed over, left and counted, in words.
struct Cash {
    text: String,
    counted: Option<(String, bool)>,
}

struct Place {
    href: String,
    name: String,
    counts: Counts,
    pace: String,
}

/// What became of the families invited first: the parts make the plan. What a replacement got is told beside the table.
#[derive(Clone, Debug, Default)]
struct Counts {
    planned: i64,
    paid: i64,
    absent: i64,
    failed: i64,
    reassigned: i64,
    waiting: i64,
}

struct Served {
    token: String,
    at: String,
    name: String,
    recipient: String,
    proofs: String,
    officer: String,
    state: LineState,
}

/// A row of "to decide today".
struct Decide {
    icon: &'static str,
    title: String,
    detail: String,
    href: String,
    action: String,
    bad: bool,
}

/// How many lines "last served" shows.
const LAST: i64 = 8;
/// From so many villages on, the areas are shown by kecamatan.
const MANY_VILLAGES: usize = 30;

pub async fn board(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    Ok(Page(load(&app, &me, id, Form::default()).await?).into_response())
}

/// The board, with what was typed into the form that opens the event.
pub async fn load(app: &App, me: &Me, id: i64, mut form: Form) -> Result<BoardPage, AppError> {
    let reading = me.reading(app);
    let event = delivery::event(&reading, id).await?.ok_or(AppError::NotFound)?;
    let equation = *app.figures.of(&reading, &format!("equation {id}"), delivery::equation(&reading, &event)).await?;
    let ui = me.ui(app).await;
    let counts = delivery::cash_counts(&reading, id).await?;
    let (areas, total) = places(app, &ui, &reading, &event).await?;
    let served = equation.paid().families;
    let missed = app
        .figures
        .of(&reading, &format!("missed {id}"), delivery::last_missed(&reading, id, LAST))
        .await?
        .iter()
        .map(|line| served_row(&ui, line))
        .collect();
    let last = app
        .figures
        .of(&reading, &format!("last {id}"), delivery::last_served(&reading, id, LAST))
        .await?
        .iter()
        .map(|line| served_row(&ui, line))
        .collect();
    let programme = programmes::find(&reading, event.programme_id).await?.ok_or(AppError::NotFound)?;
    let officials = [OfficialRole::Commitment, OfficialRole::Treasurer, OfficialRole::Activity]
        .into_iter()
        .filter_map(|role| {
            let name = programme.official(role)?.name.clone();
            Some((ui.t(&format!("programmes-official-{}", role.as_str().replace('_', "-"))), name))
        })
        .collect();
    let whole = me.actor.scope.is_everything();
    let when = when(&ui, &event);
    if form.some("brought").is_none() {
        form.set("brought", domain::money::grouped(event.measure(event.planned), '.'));
    }
    Ok(BoardPage {
        sentence: sentence(&ui, &event, &equation, &when),
        cap: ui
            .msg("delivery-cap")
            .s("unit", ui.rp(&event.unit_amount.0))
            .n("families", equation.planned.families)
            .to_string(),
        bar: bar(&ui, &equation),
        terms: terms(&ui, &event, &equation),
        cash: cash(&ui, &event, &equation, counts.first()),
        decide: decide(app, &ui, &reading, &event, &equation).await?,
        officers: app.figures.of(&reading, &format!("officers {id}"), delivery::officers(&reading, id)).await?.to_vec(),
        returns: delivery::returns(&reading, id).await?,
        form,
        equation,
        whole,
        areas,
        total,
        last,
        missed,
        served,
        officials,
        when,
        event,
        ui,
    })
}

/// `Senin, 11 Desember 2023, 08.00`
pub fn when(ui: &Ui, event: &Event) -> String {
    ui.weekday_time(&event.starts_at)
}

fn sentence(ui: &Ui, event: &Event, equation: &Equation, when: &str) -> String {
    let paid = equation.paid().families;
    let waiting = equation.still_waiting().families;
    let key = match (event.state, waiting, equation.adds_up()) {
        (EventState::Planned, ..) => "delivery-board-planned",
        (EventState::Cancelled, ..) => "delivery-board-cancelled",
        (EventState::Open, _, false) => "delivery-board-wrong",
        (EventState::Open, 0, true) => "delivery-board-all-marked",
        (EventState::Open, ..) => "delivery-board-open",
        (EventState::Closed, ..) if equation.unsettled.families > 0 => "delivery-board-unsettled",
        (EventState::Closed, ..) if equation.unpaid().families > 0 => "delivery-board-settled",
        (EventState::Closed, ..) => "delivery-board-everybody",
    };
    ui.msg(key)
        .n("paid", paid)
        .n("families", equation.planned.families)
        .n("waiting", waiting)
        .n("unpaid", equation.unpaid().families)
        .n("unsettled", equation.unsettled.families)
        .s("amount", ui.rp(&equation.planned.amount.0))
        .s("place", &event.place)
        .s("when", when)
        .to_string()
}

fn share(equation: &Equation, state: LineState) -> Share {
    match state {
        LineState::Planned => equation.waiting,
        LineState::Received => equation.received,
        LineState::Proxy => equation.proxy,
        LineState::Absent => equation.absent,
        LineState::Failed => equation.failed,
        LineState::Reassigned => equation.reassigned,
    }
}

/// The plan to scale by what became of it.
pub fn bar(ui: &Ui, equation: &Equation) -> String {
    let described: Vec<String> = words::ORDER
        .iter()
        .map(|state| {
            let share = share(equation, *state);
            ui.msg("delivery-bar-part")
                .s("state", words::state(ui, *state))
                .n("families", share.families)
                .s("amount", ui.rp(&share.amount.0))
                .to_string()
        })
        .collect();
    let title = ui.msg("delivery-bar-whole").s("amount", ui.rp(&equation.planned.amount.0)).to_string();
    let spec = Spec { id: "persamaan", title: &title, description: &described.join("; ") };
    let parts: Vec<Part> = words::ORDER
        .iter()
        .map(|state| {
            let amount = share(equation, *state).amount.0;
            Part { value: amount as f64, text: ui.rp(&amount), tone: words::tone(*state) }
        })
        .collect();
    part_bar(&spec, &parts, 1_280.0, 40.0)
}

fn terms(ui: &Ui, event: &Event, equation: &Equation) -> Vec<Term> {
    let families = |n: i64| ui.msg("programmes-families").n("count", n).to_string();
    let plan =
        Term::new(ui.t("delivery-plan"), ui.rp(&equation.planned.amount.0), families(equation.planned.families), None);
    let parts = words::ORDER
        .iter()
        .filter(|state| **state != LineState::Planned || event.state != EventState::Closed)
        .map(|state| {
            let share = share(equation, *state);
            let detail = if *state == LineState::Reassigned && share.families > 0 {
                ui.msg("delivery-reassigned-detail")
                    .n("families", share.families)
                    .n("paid", equation.replacements.paid.families)
                    .to_string()
            } else {
                families(share.families)
            };
            Term::new(words::state(ui, *state), ui.rp(&share.amount.0), detail, Some(words::tone(*state)))
                .link(format!("/penyaluran/{}/daftar?keadaan={state}", event.id))
        });
    std::iter::once(plan).chain(parts).collect()
}

fn cash(ui: &Ui, event: &Event, equation: &Equation, counted: Option<&CashCount>) -> Cash {
    let measure = |value| words::measure(ui, event.aid, value);
    let Some(brought) = event.brought else {
        return Cash { text: ui.t("delivery-cash-not-yet"), counted: None };
    };
    let paid = event.measure(equation.paid());
    let text = ui
        .msg(if event.aid == Aid::Cash { "delivery-cash" } else { "delivery-stock" })
        .s("brought", measure(brought))
        .s("paid", measure(paid))
        .s("left", measure(brought - paid))
        .to_string();
    let counted = counted.map(|count| {
        let same = count.amount == count.expected;
        let key = if same { "delivery-counted" } else { "delivery-counted-differs" };
        let words = ui
            .msg(key)
            .s("at", ui.clock(&count.counted_at))
            .s("amount", measure(count.amount))
            .s("difference", measure(count.amount - count.expected))
            .s("note", count.note.as_deref().unwrap_or_default())
            .to_string();
        (words, same)
    });
    Cash { text, counted }
}

impl Counts {
    fn of(equation: &Equation) -> Self {
        Self {
            planned: equation.planned.families,
            paid: (equation.received + equation.proxy).families,
            absent: equation.absent.families,
            failed: equation.failed.families,
            reassigned: equation.reassigned.families,
            waiting: equation.waiting.families,
        }
    }

    fn add(&mut self, other: &Self) {
        self.planned += other.planned;
        self.paid += other.paid;
        self.absent += other.absent;
        self.failed += other.failed;
        self.reassigned += other.reassigned;
        self.waiting += other.waiting;
    }
}

async fn places(app: &App, ui: &Ui, reading: &Reading<'_>, event: &Event) -> Result<(Vec<Place>, Counts), AppError> {
    let names = match app.district().await? {
        Some((code, _)) => areas::names(reading, code).await?,
        None => BTreeMap::new(),
    };
    let paces = app.figures.of(reading, &format!("pace {}", event.id), delivery::pace(reading, event.id)).await?;
    let found =
        app.figures.of(reading, &format!("event areas {}", event.id), delivery::areas(reading, event.id)).await?;
    let by_kecamatan = found.len() > MANY_VILLAGES;
    let mut grouped: Vec<(AreaCode, Counts)> = Vec::new();
    let mut total = Counts::default();
    for area in found.iter() {
        let code = if by_kecamatan { area.village.subdistrict() } else { area.village };
        let counts = Counts::of(&area.equation);
        total.add(&counts);
        match grouped.last_mut() {
            Some((last, sum)) if *last == code => sum.add(&counts),
            _ => grouped.push((code, counts)),
        }
    }
    let hours = half_hours(&paces);
    let places = grouped
        .into_iter()
        .map(|(code, counts)| Place {
            href: format!("/penyaluran/{}/daftar?wilayah={code}", event.id),
            pace: pace(ui, code, &paces, &hours),
            name: name(ui, &names, code),
            counts,
        })
        .collect();
    Ok((places, total))
}

fn name(ui: &Ui, names: &BTreeMap<i64, String>, code: AreaCode) -> String {
    let name = names.get(&code.number()).cloned().unwrap_or_else(|| code.to_string());
    if code.level() == Level::Subdistrict { ui.msg("registry-subdistrict").s("name", name).to_string() } else { name }
}

/// `2026-11-21T02:3` as its half hour: `2026-11-21T02:30`.
fn half_hour(at: &str) -> String {
    let (hour, tens) = at.split_at(at.len().saturating_sub(1));
    format!("{hour}{}0", if tens >= "3" { 3 } else { 0 })
}

/// The half hours in which families were paid, in order.
fn half_hours(paces: &[Pace]) -> Vec<String> {
    let mut hours: Vec<String> = paces.iter().map(|pace| half_hour(&pace.at)).collect();
    hours.sort_unstable();
    hours.dedup();
    hours
}

/// A small line of families paid by half hour; empty when there is nothing to compare.
fn pace(ui: &Ui, area: AreaCode, paces: &[Pace], hours: &[String]) -> String {
    if hours.len() < 2 {
        return String::new();
    }
    let values: Vec<f64> = hours
        .iter()
        .map(|hour| {
            let of = paces.iter().filter(|pace| area.range().contains(&pace.village) && half_hour(&pace.at) == *hour);
            of.map(|pace| pace.families).sum::<i64>() as f64
        })
        .collect();
    let title = ui.t("delivery-pace-title");
    let description = values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    spark(&Spec { id: &format!("laju{}", area.number()), title: &title, description: &description }, &values)
}

fn served_row(ui: &Ui, line: &Line) -> Served {
    Served {
        token: line.token.clone(),
        at: line.served_at.as_deref().map(|at| ui.clock(at)).unwrap_or_default(),
        name: domain::name::display(&line.head_name),
        recipient: words::recipient(ui, line),
        proofs: words::proofs(ui, line),
        officer: line.served_by.clone().unwrap_or_else(|| "Tuntas".to_owned()),
        state: line.state,
    }
}

async fn decide(
    app: &App,
    ui: &Ui,
    reading: &Reading<'_>,
    event: &Event,
    equation: &Equation,
) -> Result<Vec<Decide>, AppError> {
    let mut rows = Vec::new();
    if event.state == EventState::Planned || event.state == EventState::Cancelled {
        return Ok(rows);
    }
    let id = event.id;
    let counted = async |filter: LineFilter| {
        app.figures.of(reading, &format!("lines {id} {filter:?}"), delivery::lines_count(reading, id, &filter)).await
    };
    let unsettled = async |state| {
        let filter = LineFilter { state: Some(state), settlement: Some(Settlement::Open), ..LineFilter::default() };
        counted(filter).await
    };
    let (absent, failed) = (*unsettled(LineState::Absent).await?, *unsettled(LineState::Failed).await?);
    let amount = |families: i64| ui.rp(&(event.unit_amount.0 * families));
    let manage = ui.may("manage_delivery");
    if absent > 0 {
        rows.push(Decide {
            icon: "calendar",
            title: ui.msg("delivery-decide-absent").n("families", absent).to_string(),
            detail: ui.msg("delivery-decide-absent-detail").s("amount", amount(absent)).to_string(),
            href: if manage {
                format!("/penyaluran/baru?dari={id}")
            } else {
                format!("/penyaluran/{id}/daftar?keadaan=absent&putusan=open")
            },
            action: ui.t(if manage { "delivery-do-reschedule" } else { "delivery-do-look" }),
            bad: false,
        });
    }
    if failed > 0 {
        let reasons: Vec<String> = delivery::fail_reasons(reading, id)
            .await?
            .into_iter()
            .map(|(reason, n)| format!("{} {}", ui.num(&n), words::fail_reason(ui, &reason, None).to_lowercase()))
            .collect();
        rows.push(Decide {
            icon: "alert",
            title: ui.msg("delivery-decide-failed").n("families", failed).to_string(),
            detail: format!("{} · {}", reasons.join(", "), amount(failed)),
            href: format!("/penyaluran/{id}/daftar?keadaan=failed&putusan=open"),
            action: ui.t("delivery-do-check"),
            bad: true,
        });
    }
    let bare = LineFilter { without_picture: true, ..LineFilter::default() };
    let without = *counted(bare).await?;
    if without > 0 {
        rows.push(Decide {
            icon: "signature",
            title: ui.msg("delivery-decide-paper").n("families", without).to_string(),
            detail: ui.t("delivery-decide-paper-detail"),
            href: format!("/penyaluran/{id}/daftar?bukti=kertas"),
            action: ui.t("delivery-do-look"),
            bad: false,
        });
    }
    if event.state == EventState::Closed && equation.unsettled.families > 0 && manage {
        rows.push(Decide {
            icon: "cash",
            title: ui.t(if event.aid == Aid::Cash { "delivery-decide-return" } else { "delivery-decide-return-goods" }),
            detail: ui
                .msg("delivery-decide-return-detail")
                .s("amount", words::measure(ui, event.aid, event.measure(equation.unsettled)))
                .to_string(),
            href: format!("/penyaluran/{id}/setor"),
            action: ui.t("delivery-do-return"),
            bad: false,
        });
    }
    Ok(rows)
}

impl BoardPage {
    fn is(&self, state: &str) -> bool {
        self.event.state.as_str() == state
    }

    fn goods(&self) -> bool {
        self.event.aid == Aid::Goods
    }

    fn trail(&self) -> Vec<(String, String)> {
        let mut trail = vec![(self.ui.t("nav-delivery"), "/penyaluran".to_owned())];
        if self.ui.may("see_programmes") {
            let programme = format!("{} · {}", self.event.programme, self.event.stage);
            trail.push((programme, format!("/program/{}", self.event.programme_id)));
        }
        trail
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tens_of_minutes_fall_into_half_hours() {
        assert_eq!(half_hour("2026-11-21T02:2"), "2026-11-21T02:00");
        assert_eq!(half_hour("2026-11-21T02:5"), "2026-11-21T02:30");
    }
}
