//! The list of changes by hand, and the page of one: before and after, who, why, and what can be done about it.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::Right,
    household::{Kind, State as Stage, What},
    name::display,
};
use serde::Deserialize;
use store::registry::{
    self,
    household::{self, Filter, Kept, Line},
    merge::{self, Built},
};

use super::{
    blocker_href, blocker_words, fault_key, key,
    sides::{Side, sides},
    word,
};
use crate::{
    App, AppError, Page,
    access::Me,
    error::with_status,
    forms::Form,
    registry::search::names,
    ui::{Ui, parts::Choice},
};

/// What is asked of the list of changes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    keadaan: String,
    jenis: String,
    keluarga: String,
    sebelum: String,
}

#[derive(Template)]
#[template(path = "registry/templates/household_list.html")]
struct ListPage {
    ui: Ui,
    form: Form,
    sentence: String,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    rows: Vec<ListRow>,
    older: Option<String>,
    /// Only changes of one family are shown.
    of_family: Option<String>,
}

struct ListRow {
    href: String,
    kind: String,
    family: String,
    village: String,
    reason: String,
    who: String,
    day: String,
    at: String,
    state: String,
    tone: &'static str,
    waits_for_me: bool,
}

const PAGE: i64 = 50;

fn tone(state: Stage) -> &'static str {
    match state {
        Stage::Proposed => "warn",
        Stage::Returned => "bad",
        Stage::Done => "ok",
        Stage::TakenBack => "",
    }
}

pub async fn list(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let ui = me.ui(&app).await;
    let family = match asked.keluarga.parse::<i64>() {
        Ok(id) => Some(registry::family(&reading, id).await?.ok_or(AppError::NotFound)?),
        Err(_) => None,
    };
    let filter = Filter {
        state: Stage::from_word(&asked.keadaan),
        kind: Kind::from_word(&asked.jenis),
        family: family.as_ref().map(|family| family.id),
        before: asked.sebelum.parse().ok(),
        ..Filter::default()
    };
    let mut lines = household::changes(&reading, &filter, PAGE + 1).await?;
    let more = lines.len() as i64 > PAGE;
    lines.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let names = names(&app, &reading).await?;
    let older = lines.last().filter(|_| more).map(|last| {
        format!(
            "/keluarga/perubahan?keadaan={}&jenis={}&keluarga={}&sebelum={}",
            crate::ui::url(&asked.keadaan),
            crate::ui::url(&asked.jenis),
            crate::ui::url(&asked.keluarga),
            last.id
        )
    });
    let waiting = household::changes(
        &reading,
        &Filter { state: Some(Stage::Proposed), family: filter.family, ..Filter::default() },
        1_000,
    )
    .await?;
    let mine = waiting.iter().filter(|line| decides(&me, line)).count();
    let sentence = match (waiting.len(), mine) {
        (0, _) => ui.t("household-list-none-waits"),
        (count, 0) => ui.msg("household-list-waits").n("count", count).to_string(),
        (count, mine) => ui.msg("household-list-waits-me").n("count", count).n("mine", mine).to_string(),
    };
    let mut form = Form::default();
    form.set("keadaan", &asked.keadaan).set("jenis", &asked.jenis);
    let rows = lines.iter().map(|line| list_row(&ui, &me, &names, line)).collect();
    let page = ListPage {
        sentence,
        states: Stage::ALL
            .iter()
            .map(|state| Choice::new(state.as_str(), ui.t(&format!("household-state-{}", word(state.as_str())))))
            .collect(),
        kinds: Kind::ALL.iter().map(|kind| Choice::new(kind.as_str(), ui.t(&key(*kind)))).collect(),
        rows,
        older,
        of_family: family.map(|family| display(&family.head_name)),
        form,
        ui,
    };
    Ok(Page(page).into_response())
}

/// Whether the proposal waits for this person's decision.
fn decides(me: &Me, line: &Line) -> bool {
    line.state == Stage::Proposed && me.may(Right::ApproveHouseholds) && line.proposed_by != me.actor.user
}

fn list_row(ui: &Ui, me: &Me, names: &std::collections::BTreeMap<i64, String>, line: &Line) -> ListRow {
    ListRow {
        href: format!("/keluarga/perubahan/{}", line.id),
        kind: ui.t(&key(line.kind)),
        family: if line.head_name.is_empty() { ui.t("household-gone-family") } else { display(&line.head_name) },
        village: names.get(&line.village).cloned().unwrap_or_default(),
        reason: line.reason.clone(),
        who: line.proposer.clone().unwrap_or_else(|| ui.t("household-program")),
        day: ui.date(&line.proposed_at),
        at: line.proposed_at.clone(),
        state: ui.t(&format!("household-state-{}", word(line.state.as_str()))),
        tone: tone(line.state),
        waits_for_me: decides(me, line),
    }
}

#[derive(Template)]
#[template(path = "registry/templates/household_change.html")]
struct ChangePage {
    ui: Ui,
    form: Form,
    trail: Vec<(String, String)>,
    id: i64,
    name: String,
    sentence: String,
    state: String,
    tone: &'static str,
    facts: Vec<(String, String)>,
    sides: Vec<Side>,
    /// Why it cannot be agreed to any more.
    impossible: Option<String>,
    may_approve: bool,
    /// Sent back by another, or withdrawn by who proposed it.
    may_send_back: bool,
    send_back: String,
    own: bool,
    may_take_back: bool,
    /// What rests on it: in words, and where it is looked at.
    blockers: Vec<(String, Option<String>)>,
    /// Two people who are one: taken apart also when something was built on it, of which this tells what becomes of it.
    is_merger: bool,
    take_back: String,
    take_back_do: String,
    built: Vec<(String, Option<String>)>,
}

pub async fn change(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    show_change(&app, &me, id, Form::default()).await
}

pub async fn show_change(app: &App, me: &Me, id: i64, form: Form) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let kept = household::find(&reading, id).await?.ok_or(AppError::NotFound)?;
    let ui = me.ui(app).await;
    let today = app.clock.today(app.config.zone);
    let names = names(app, &reading).await?;
    let kind = kept.asked.what.kind();
    let (mut situation, mut impossible) = (kept.before.clone().zip(kept.after.clone()), None);
    if kept.state == Stage::Proposed {
        match household::preview(&reading, kept.family_id, &kept.asked, &today.to_string()).await {
            Ok(told) => situation = Some((told.before, told.after)),
            Err(error) => impossible = Some(why_not(error, &ui)?),
        }
    }
    let head = situation.as_ref().and_then(|(before, after)| {
        let of = |id| before.family(id).or_else(|| after.family(id));
        kept.family_id.and_then(of).or_else(|| after.families.last()).map(|family| display(&family.head_name))
    });
    let head = match (head, kept.family_id, &kept.asked.what) {
        (Some(head), ..) => head,
        (None, Some(id), _) => {
            registry::family(&reading, id).await?.map(|family| display(&family.head_name)).unwrap_or_default()
        }
        (None, None, What::NewFamily { head, .. }) => display(&head.name),
        (None, None, _) => String::new(),
    };
    let own = kept.proposed_by.is_some() && kept.proposed_by == me.actor.user;
    let waits = kept.state == Stage::Proposed;
    let approves = me.may(Right::ApproveHouseholds);
    let done = kept.state == Stage::Done;
    let is_merger = kind == Kind::Same;
    let built = if done && approves && is_merger { merge::built_on(&reading, id).await? } else { Vec::new() };
    let blockers = if done && approves && !is_merger { household::in_the_way(&reading, id).await? } else { Vec::new() };
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = ChangePage {
        trail: vec![
            (ui.t("nav-registry"), "/keluarga".to_owned()),
            (ui.t("household-changes"), "/keluarga/perubahan".to_owned()),
        ],
        id,
        name: ui.t(&key(kind)),
        sentence: ui
            .msg(&format!("household-sentence-{}", word(kept.state.as_str())))
            .s("kind", ui.t(&key(kind)))
            .s("name", head)
            .to_string(),
        state: ui.t(&format!("household-state-{}", word(kept.state.as_str()))),
        tone: tone(kept.state),
        facts: change_facts(&ui, &kept),
        sides: situation
            .map(|(before, after)| sides(&ui, &me.actor.scope, &names, (&before, &after), today))
            .unwrap_or_default(),
        may_approve: waits && approves && !own && impossible.is_none(),
        impossible,
        may_send_back: waits && (approves || own),
        send_back: ui.t(if own { "household-withdraw" } else { "household-return" }),
        own,
        may_take_back: done && approves,
        is_merger,
        take_back: ui.t(if is_merger { "same-apart" } else { "household-take-back" }),
        take_back_do: ui.t(if is_merger { "same-apart-do" } else { "household-take-back-do" }),
        built: built.iter().map(|one| (built_words(&ui, one), built_href(&ui, one))).collect(),
        blockers: blockers.iter().map(|b| (blocker_words(&ui, b), blocker_href(&ui, b))).collect(),
        form,
        ui,
    };
    Ok(with_status(status, page))
}

/// What was built on a merger, and what becomes of it, in words.
fn built_words(ui: &Ui, one: &Built) -> String {
    let name = match Kind::from_word(&one.name).filter(|_| one.what == "change") {
        Some(kind) => ui.t(&key(kind)),
        None => one.name.clone(),
    };
    if one.what == "withdrawn" {
        return ui.msg("same-built-withdrawn").s("name", name).n("count", one.count).to_string();
    }
    let becomes = ui.t(if one.returns { "same-built-returns" } else { "same-built-stays" });
    format!("{}: {becomes}", ui.msg(&format!("same-built-{}", one.what)).s("name", name).n("count", one.count))
}

fn built_href(ui: &Ui, one: &Built) -> Option<String> {
    let (path, right) = match one.what.as_str() {
        "change" => ("/keluarga/perubahan", "see_families"),
        "list" | "withdrawn" => ("/daftar", "read_lists"),
        "round" => ("/verval", "see_families"),
        "determination" => ("/penetapan", "see_targeting"),
        "programme" => ("/program", "see_programmes"),
        "event" => ("/penyaluran", "see_delivery"),
        _ => return None,
    };
    ui.may(right).then(|| format!("{path}/{}", one.id))
}

/// Why a proposal cannot be agreed to any more, in words.
fn why_not(error: household::Refused, ui: &Ui) -> Result<String, AppError> {
    use household::Refused;
    let key = match error {
        Refused::Fault(fault) => fault_key(fault),
        Refused::NikHeld { .. } => "household-nik-held",
        Refused::KkHeld { .. } => "household-kk-held",
        Refused::NoSuchVillage => "household-no-such-village",
        Refused::NotFound => return Ok(ui.t("household-impossible-scope")),
        Refused::Store(error) => return Err(error.into()),
        other => return Err(anyhow::anyhow!("{other}").into()),
    };
    Ok(ui.t(&format!("error-{key}")))
}

fn change_facts(ui: &Ui, kept: &Kept) -> Vec<(String, String)> {
    let by = |who: &Option<String>, at: &str| {
        let who = who.clone().unwrap_or_else(|| ui.t("household-program"));
        format!("{who}, {}", ui.time(at))
    };
    let mut facts = vec![
        (ui.t("household-on"), ui.date(&kept.asked.on.to_string())),
        (ui.t("household-reason"), kept.asked.reason.trim().to_owned()),
        (
            ui.t(if kept.second { "household-proposed-by" } else { "household-recorded-by" }),
            by(&kept.proposer, &kept.proposed_at),
        ),
    ];
    if let Some(at) = &kept.decided_at {
        let key = if kept.state == Stage::Returned { "household-returned-by" } else { "household-approved-by" };
        facts.push((ui.t(key), by(&kept.decider, at)));
    }
    if let Some(reason) = &kept.decided_reason {
        facts.push((ui.t("household-returned-reason"), reason.clone()));
    }
    if let Some(at) = &kept.taken_back_at {
        facts.push((ui.t("household-taken-by"), by(&kept.taker, at)));
    }
    if let Some(reason) = &kept.taken_back_reason {
        facts.push((ui.t("household-taken-reason"), reason.clone()));
    }
    facts
}
