//! The queue of the desk: what is left, by village, list and weight; and several decided at once.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use domain::{access::Right, name::display};
use serde::Deserialize;
use store::registry::likeness::desk::{self, Filter, Kind, Line};

use super::{PATH, words};
use crate::{
    App, AppError, Page,
    access::Me,
    forms::Form,
    registry::search::names,
    ui::{
        Ui,
        parts::{Choice, Link},
        url,
    },
};

/// Pairs on a page.
const PAGE: i64 = 25;

/// What is asked of the queue, as the address and the forms carry it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub keadaan: String,
    pub desa: String,
    pub daftar: String,
    pub nilai: String,
    pub lewat: String,
}

impl Asked {
    pub fn of(form: &Form) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        Self {
            keadaan: text("keadaan"),
            desa: text("desa"),
            daftar: text("daftar"),
            nilai: text("nilai"),
            lewat: String::new(),
        }
    }

    pub fn filter(&self) -> Filter {
        let (least, below) = match self.nilai.as_str() {
            "tinggi" => (Some(12.0), None),
            "sedang" => (Some(6.0), Some(12.0)),
            "rendah" => (None, Some(6.0)),
            _ => (None, None),
        };
        let kind = match self.keadaan.as_str() {
            "belum-jelas" => Kind::Unsure,
            "selesai" => Kind::Decided,
            _ => Kind::Open,
        };
        let area = self.desa.parse::<i64>().ok().map(|code| (code, code));
        Filter { kind, area, version: self.daftar.parse().ok(), least, below }
    }

    /// The queue as it was asked for.
    pub fn queue(&self) -> String {
        self.address("lewat", "")
    }

    /// A pair, with what was asked of the queue it was taken from.
    pub fn pair(&self, id: i64) -> String {
        self.queue().replacen(PATH, &format!("{PATH}/{id}"), 1)
    }

    /// The same pair with this one of the two as A.
    pub fn pair_with(&self, id: i64, a: i64) -> String {
        let pair = self.pair(id);
        let join = if pair.contains('?') { '&' } else { '?' };
        format!("{pair}{join}a={a}")
    }

    /// The address with another value of one field.
    fn address(&self, field: &str, value: &str) -> String {
        let pairs =
            [("keadaan", &self.keadaan), ("desa", &self.desa), ("daftar", &self.daftar), ("nilai", &self.nilai)];
        let mut parts: Vec<String> = pairs
            .iter()
            .filter(|(name, kept)| *name != field && !kept.is_empty())
            .map(|(name, kept)| format!("{name}={}", url(kept)))
            .collect();
        if !value.is_empty() {
            parts.push(format!("{field}={}", url(value)));
        }
        if parts.is_empty() { PATH.to_owned() } else { format!("{PATH}?{}", parts.join("&")) }
    }
}

/// A pair in a table.
pub struct Row {
    pub id: i64,
    pub names: String,
    pub village: String,
    pub evidence: String,
    pub list: String,
    pub weight: String,
    /// Who looks at it now, or what was decided, by whom.
    pub note: String,
    pub served: i64,
}

pub fn row(ui: &Ui, me: &Me, names: &BTreeMap<i64, String>, line: &Line, now: &str) -> Result<Row, AppError> {
    let evidence = line.evidence()?;
    let village = |code: i64| names.get(&code).cloned().unwrap_or_else(|| ui.t("registry-village-unknown"));
    let (one, other) = (village(line.one_village), village(line.other_village));
    let note = match (&line.verdict, &line.decider) {
        (Some(verdict), who) if line.state != "open" => {
            let waits = line.merge_state.as_deref() == Some("proposed");
            let key = if waits { "match-note-waits".to_owned() } else { format!("match-note-{verdict}") };
            ui.msg(&key).s("name", who.clone().unwrap_or_else(|| ui.t("household-program"))).to_string()
        }
        _ if line.held_by_other(me.actor.user, now) => {
            ui.msg("match-note-held").s("name", line.holder.clone().unwrap_or_default()).to_string()
        }
        _ => String::new(),
    };
    Ok(Row {
        id: line.id,
        names: format!("{} / {}", display(&line.one_name), display(&line.other_name)),
        village: if one == other { one } else { format!("{one} / {other}") },
        evidence: words::main_evidence(ui, &evidence),
        list: match (&line.source, &line.version) {
            (Some(source), Some(version)) => format!("{} {version}", source.to_uppercase()),
            _ => String::new(),
        },
        weight: ui.lang.decimal(line.weight, 1),
        note,
        served: line.served,
    })
}

#[derive(Template)]
#[template(path = "registry/templates/desk_queue.html")]
struct QueuePage {
    ui: Ui,
    form: Form,
    asked: Asked,
    sentence: String,
    tabs: Vec<Link>,
    villages: Vec<Choice>,
    lists: Vec<Choice>,
    weights: Vec<Choice>,
    rows: Vec<Row>,
    summary: String,
    back: Option<String>,
    on: Option<String>,
    open: bool,
    any: bool,
    decides: bool,
}

pub async fn page(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let ui = me.ui(&app).await;
    let filter = asked.filter();
    let skip = asked.lewat.parse::<i64>().unwrap_or(0).max(0);
    let count = desk::count(&reading, &filter).await?;
    let lines = desk::queue(&reading, &filter, PAGE, skip).await?;
    // the sentence tells of all, the tabs of what is asked for: of one list they say what the page of that list says
    let (mut totals, mut asked_for) = (Vec::new(), Vec::new());
    for kind in [Kind::Open, Kind::Unsure, Kind::Decided] {
        totals.push(desk::count(&reading, &Filter { kind, ..Filter::default() }).await?);
        asked_for.push(desk::count(&reading, &Filter { kind, ..filter.clone() }).await?);
    }
    let sentence = match totals[..] {
        [0, 0, 0] => ui.t("match-queue-none-yet"),
        [0, 0, _] => ui.t("match-queue-done"),
        [0, unsure, _] => ui.msg("match-queue-unsure").n("count", unsure).to_string(),
        [open, ..] => {
            let sure = Filter { least: Some(12.0), ..Filter::default() };
            let sure = desk::count(&reading, &sure).await?;
            ui.msg("match-queue-sentence").n("count", open).n("sure", sure).to_string()
        }
        [] => String::new(),
    };
    let tab = |kind: Kind, word: &str, key: &str, total: i64| {
        let mut link = Link::new(asked.address("keadaan", word), ui.t(key)).count(ui.num(&total));
        link.current = filter.kind == kind;
        link
    };
    let tabs = vec![
        tab(Kind::Open, "", "match-tab-open", asked_for[0]),
        tab(Kind::Unsure, "belum-jelas", "match-tab-unsure", asked_for[1]),
        tab(Kind::Decided, "selesai", "match-tab-decided", asked_for[2]),
    ];
    let names = names(&app, &reading).await?;
    let now = app.clock.stamp();
    let rows = lines.iter().map(|line| row(&ui, &me, &names, line, &now)).collect::<Result<Vec<_>, _>>()?;
    let choices = |buckets: Vec<desk::Bucket>| {
        buckets
            .into_iter()
            .map(|b| Choice::new(b.id.to_string(), format!("{} ({})", b.name, ui.num(&b.pairs))))
            .collect()
    };
    let mut form = Form::default();
    form.set("desa", &asked.desa).set("daftar", &asked.daftar).set("nilai", &asked.nilai);
    let turn = |to: i64| asked.address("lewat", &to.to_string());
    let page = QueuePage {
        tabs,
        villages: choices(desk::villages(&reading, filter.kind).await?),
        lists: choices(desk::lists(&reading, filter.kind).await?),
        weights: ["tinggi", "sedang", "rendah"]
            .iter()
            .map(|word| Choice::new(*word, ui.t(&format!("match-weight-{word}"))))
            .collect(),
        summary: ui
            .msg("match-shown")
            .n("from", (skip + 1).min(count))
            .n("to", (skip + rows.len() as i64).min(count))
            .n("count", count)
            .to_string(),
        back: (skip > 0).then(|| turn((skip - PAGE).max(0))),
        on: (skip + PAGE < count).then(|| turn(skip + PAGE)),
        open: filter.kind == Kind::Open,
        any: totals[0] > 0,
        decides: me.may(Right::ChangeHouseholds),
        sentence,
        rows,
        form,
        asked,
        ui,
    };
    Ok(Page(page).into_response())
}
