//! One pair: two records side by side with what differs marked, the evidence as a picture, the families around, what each brings
//! along, and the decision.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use domain::{access::Right, address::Address, identity::mask, name::display};
use serde::Deserialize;
use store::{
    Reading,
    registry::{
        self, Member,
        likeness::{
            Evidence,
            desk::{self, Brings, Line},
        },
        person::{self, Person},
    },
};

use super::{
    PATH,
    queue::{self, Asked, Row},
    words,
};
use crate::{
    App, AppError,
    access::Me,
    error::with_status,
    forms::Form,
    registry::search::names,
    ui::{Ui, charts::Figure},
};

/// Which of the two is shown as A, whose record stays.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    a: String,
    desa: String,
    daftar: String,
    nilai: String,
}

/// A line of the two records.
struct Compared {
    label: String,
    a: Vec<(String, bool)>,
    b: Vec<(String, bool)>,
    /// What the comparison found, and whether it speaks for (`ok`) or against (`warn`).
    found: String,
    tone: &'static str,
    mono: bool,
}

/// One of the two, with the family around and what comes along.
struct Side {
    letter: &'static str,
    id: i64,
    name: String,
    brings: String,
    family: Option<String>,
    family_words: String,
    members: Vec<MemberRow>,
    lists: Vec<String>,
}

struct MemberRow {
    name: String,
    relation: String,
    born: String,
    /// In the other family too, by name.
    both: bool,
    own: bool,
}

#[derive(Template)]
#[template(path = "registry/templates/desk_pair.html")]
struct PairPage {
    ui: Ui,
    form: Form,
    trail: Vec<(String, String)>,
    name: String,
    sentence: String,
    id: i64,
    sides: [Side; 2],
    rows: Vec<Compared>,
    figure: Figure,
    /// Programmes both families are in.
    twice: Vec<String>,
    swap: String,
    /// Both live in one family.
    one_family: bool,
    /// What was asked of the queue.
    asked: Asked,
    command: String,
    /// May be decided now, by this person.
    decides: bool,
    /// This person may decide pairs at all.
    may: bool,
    /// One of the two was merged with somebody else: nothing is left to decide.
    gone: bool,
    held: Option<String>,
    /// What was decided: in words, why, and where a merging is looked at.
    decided: Option<(String, String, Option<String>)>,
    may_take_back: bool,
    next: Vec<Row>,
    more: String,
}

pub async fn page(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    Query(address): Query<Shown>,
) -> Result<Response, AppError> {
    let mut form = Form::default();
    form.set("kept", address.a).set("desa", address.desa).set("daftar", address.daftar).set("nilai", address.nilai);
    show(&app, &me, id, form).await
}

/// The page, with what was typed.
pub async fn show(app: &App, me: &Me, id: i64, form: Form) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let line = desk::pair(&reading, id).await?.ok_or(AppError::NotFound)?;
    let ui = me.ui(app).await;
    let evidence = line.evidence()?;
    let names = names(app, &reading).await?;
    let now = app.clock.stamp();
    let one = load(&reading, line.one_id).await?;
    let other = load(&reading, line.other_id).await?;
    let [a, b] = order(&form, &line, one, other);
    let held = line.held_by_other(me.actor.user, &now);
    let (again, gone) = (line.again(), line.undecided() && line.given_up > 0);
    let may = me.may(Right::ChangeHouseholds);
    let asked = Asked::of(&form);
    let left = desk::count(&reading, &asked.filter()).await?;
    let others = desk::queue(&reading, &asked.filter(), 6, 0).await?;
    let next = others
        .iter()
        .filter(|other| other.id != id)
        .take(5)
        .map(|line| queue::row(&ui, me, &names, line, &now))
        .collect::<Result<Vec<_>, _>>()?;
    let mine =
        line.held_by.is_some() && line.held_by == me.actor.user && line.held_until.as_deref() > Some(now.as_str());
    let name = if mine {
        let until = line.held_until.as_deref().map(|until| ui.clock(until)).unwrap_or_default();
        ui.msg("match-left-held").n("count", left).s("until", until).to_string()
    } else {
        ui.msg("match-left").n("count", left).to_string()
    };
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = PairPage {
        trail: vec![(ui.t("nav-registry"), "/keluarga".to_owned()), (ui.t("match-desk"), PATH.to_owned())],
        name,
        sentence: words::sentence(&ui, &evidence),
        id,
        rows: compared(&ui, &names, &evidence, &a.person, &b.person),
        figure: words::figure(&ui, &evidence),
        twice: desk::served_twice(&reading, line.one_id, line.other_id).await?,
        swap: asked.pair_with(id, b.person.id),
        one_family: a.person.family_id.is_some() && a.person.family_id == b.person.family_id,
        asked,
        command: app.entropy.token(),
        decides: may && line.undecided() && !gone && !held,
        may,
        gone,
        held: held.then(|| {
            let until = line.held_until.as_deref().map(|until| ui.clock(until)).unwrap_or_default();
            ui.msg("match-held-by").s("name", line.holder.clone().unwrap_or_default()).s("until", until).to_string()
        }),
        decided: decided(&ui, &line, again),
        may_take_back: may
            && !again
            && line.state != "open"
            && (line.merge_state.as_deref() != Some("done") || me.may(Right::ApproveHouseholds)),
        more: ui.msg("match-all-left").n("count", left).to_string(),
        sides: [side(&ui, &names, "A", &a, &b), side(&ui, &names, "B", &b, &a)],
        next,
        form,
        ui,
    };
    Ok(with_status(status, page))
}

/// What is known of one of the two.
struct Known {
    person: Person,
    members: Vec<Member>,
    lists: Vec<String>,
    brings: Brings,
}

async fn load(reading: &Reading<'_>, id: i64) -> Result<Known, AppError> {
    let person = person::person(reading, id).await?.ok_or(AppError::NotFound)?;
    let members = match person.family_id {
        Some(family) => registry::members(reading, family).await?,
        None => Vec::new(),
    };
    let said = person::said(reading, id).await?;
    let lists =
        said.iter().map(|l| format!("{} {} · {} {}", l.source.to_uppercase(), l.version, l.file, l.row_no)).collect();
    Ok(Known { members, lists, brings: desk::brings(reading, id).await?, person })
}

/// A is whom the form names; else the record on which more was built, else the older one.
fn order(form: &Form, line: &Line, one: Known, other: Known) -> [Known; 2] {
    let built = |known: &Known| (known.brings.programmes, known.brings.visits, known.brings.lists);
    let kept = form.text("kept").parse::<i64>().ok().filter(|id| [line.one_id, line.other_id].contains(id));
    let other_first = kept.map_or_else(|| built(&other) > built(&one), |id| id == line.other_id);
    if other_first { [other, one] } else { [one, other] }
}

fn decided(ui: &Ui, line: &Line, again: bool) -> Option<(String, String, Option<String>)> {
    if again || line.state == "open" {
        return None;
    }
    let verdict = line.verdict.as_deref()?;
    let waits = line.merge_state.as_deref() == Some("proposed");
    let key = if waits { "match-was-waits".to_owned() } else { format!("match-was-{verdict}") };
    let who = line.decider.clone().unwrap_or_else(|| ui.t("household-program"));
    let when = line.decided_at.as_deref().map(|at| ui.time(at)).unwrap_or_default();
    let href = line.merge_id.map(|id| format!("/keluarga/perubahan/{id}"));
    Some((ui.msg(&key).s("name", who).s("time", when).to_string(), line.reason.clone().unwrap_or_default(), href))
}

fn relation(ui: &Ui, word: Option<&str>) -> String {
    word.map_or_else(String::new, |r| ui.t(&format!("registry-relation-{}", r.to_lowercase())))
}

/// Field by field, what differs marked, and what the comparison found.
fn compared(ui: &Ui, names: &BTreeMap<i64, String>, evidence: &Evidence, a: &Person, b: &Person) -> Vec<Compared> {
    let none = ui.t("match-nothing");
    let found = |comparison: &str| {
        let bar = evidence.bars.iter().find(|bar| bar.comparison == comparison);
        let words = bar.and_then(|bar| Some((words::level(ui, bar)?, bar.weight + bar.rarity)));
        match words {
            Some((words, adds)) => (
                words,
                if adds >= 0.5 {
                    "ok"
                } else if adds <= -0.5 {
                    "warn"
                } else {
                    ""
                },
            ),
            None => (String::new(), ""),
        }
    };
    let row = |key: &str, comparison: &str, of: &dyn Fn(&Person) -> Option<String>, mono: bool| {
        let (left, right) = (of(a), of(b));
        let (found, tone) = found(comparison);
        let [a, b] = match (left, right) {
            (Some(left), Some(right)) => words::marked(&left, &right),
            // what only one of them has is no difference
            (left, right) => [left, right].map(|text| vec![(text.unwrap_or_else(|| none.clone()), false)]),
        };
        Compared { label: ui.t(key), a, b, found, tone, mono }
    };
    let village = |p: &Person| names.get(&p.village).cloned();
    vec![
        row("registry-name", "nama", &|p| Some(p.name.clone()), false),
        row("registry-nik", "nik", &|p| p.nik.as_deref().map(mask), true),
        row("registry-born", "tgl_lahir", &|p| p.birth_date.as_deref().map(|d| ui.date(d)), false),
        row(
            "registry-sex",
            "jk",
            &|p| p.sex.as_deref().map(|s| ui.t(&format!("registry-sex-{}", s.to_lowercase()))),
            false,
        ),
        row("registry-relation", "peran", &|p| p.relation.as_deref().map(|r| relation(ui, Some(r))), false),
        row("registry-kk", "", &|p| p.kk.as_deref().map(mask), true),
        row(
            "registry-address",
            "rumah_tangga",
            &|p| {
                let home =
                    Address::of(p.address.as_deref().unwrap_or(""), p.rt.as_deref(), p.rw.as_deref()).to_string();
                Some(home).filter(|home| !home.is_empty())
            },
            false,
        ),
        row("registry-village", "", &village, false),
    ]
}

fn side(ui: &Ui, names: &BTreeMap<i64, String>, letter: &'static str, known: &Known, other: &Known) -> Side {
    let person = &known.person;
    let brings = &known.brings;
    let head = person.head_name.as_deref().map(display).unwrap_or_default();
    let village = names.get(&person.village).cloned().unwrap_or_else(|| ui.t("registry-village-unknown"));
    let members = known
        .members
        .iter()
        .map(|member| MemberRow {
            name: display(&member.name),
            relation: relation(ui, member.relation.as_deref()),
            born: member.birth_date.as_deref().and_then(|day| day.get(..4)).unwrap_or_default().to_owned(),
            both: member.id != person.id
                && other.members.iter().any(|o| {
                    o.id != member.id
                        && o.id != other.person.id
                        && domain::name::name_key(&o.name) == domain::name::name_key(&member.name)
                }),
            own: member.id == person.id,
        })
        .collect();
    Side {
        letter,
        id: person.id,
        name: display(&person.name),
        brings: ui
            .msg(if brings.visits + brings.programmes + brings.received == 0 {
                "match-brings-lists"
            } else {
                "match-brings"
            })
            .n("lists", brings.lists)
            .n("visits", brings.visits)
            .n("programmes", brings.programmes)
            .s("received", ui.rp(&brings.received))
            .to_string(),
        family: person.family_id.map(|id| format!("/keluarga/{id}")),
        family_words: ui.msg("match-family-of").s("name", head).s("village", village).to_string(),
        members,
        lists: known.lists.clone(),
    }
}
