//! The families behind a number of a comparison: one group of them, in one area, for one reason, page by page.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use domain::{
    address::Address,
    lists::compare::{Group, Joining, Leaving},
};
use serde::Deserialize;
use store::lists::compare::{self, Counts, Line, Wanted};

use super::compare_page::{Pair, Shown, joining_key, leaving_key, trail, word};
use crate::{
    App, AppError, Page,
    access::Me,
    areas::Place,
    ui::{Ui, parts::Link},
};

const FAMILIES: i64 = 50;

#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    wilayah: String,
    /// Only families with this reason.
    #[serde(default)]
    sebab: String,
    #[serde(default)]
    sesudah: i64,
}

#[derive(Template)]
#[template(path = "lists/templates/compare_families.html")]
struct FamiliesPage {
    ui: Ui,
    title: String,
    trail: Vec<(String, String)>,
    name: String,
    sentence: String,
    tabs: Vec<Link>,
    reasons: Vec<Link>,
    lines: Vec<FamilyLine>,
    next: Option<String>,
}

/// A family as a line: what it is now, and what it was where that differs.
struct FamilyLine {
    href: Option<String>,
    name: String,
    was_name: Option<String>,
    village: String,
    was_village: Option<String>,
    /// Where the address differs: what it is and was.
    place: Option<(String, String)>,
    members: String,
    was_members: Option<String>,
    desil: String,
    was_desil: Option<String>,
    reason: Option<String>,
    aid: i64,
    received: i64,
}

pub async fn page(
    State(app): State<App>,
    me: Me,
    Path((id, other, asked_group)): Path<(i64, i64, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let group = Group::ALL.iter().copied().find(|group| word(*group) == asked_group).ok_or(AppError::NotFound)?;
    let pair = Pair::load(&app, &me, id, other).await?;
    let place = Place::find(&app, &me, &asked.wilayah).await?;
    let wanted = Wanted {
        leaving: Leaving::from_word(&asked.sebab).filter(|_| group == Group::Gone),
        joining: Joining::from_word(&asked.sebab).filter(|_| group == Group::New),
        area: place.area,
        after: asked.sesudah,
        ..Wanted::all(group, FAMILIES + 1)
    };
    let mut found = compare::families(&me.reading(&app), id, other, &wanted).await?;
    let more = found.len() as i64 > FAMILIES;
    found.truncate(FAMILIES as usize);
    let ui = me.ui(&app).await;
    let shown = Shown::new(&ui, &pair, &place);
    let counts = pair.found.counts(|village| place.has(village));
    let addresses = Addresses { path: pair.path(), area: asked.wilayah.clone() };
    let next = found.last().filter(|_| more).map(|last| addresses.of(group, &asked.sebab, last.family_id));
    let (mut trail, _) = trail(&ui, &place, &pair.path(), pair.title(&ui));
    let above = place.area.map_or_else(|| pair.title(&ui), |area| place.name_of(area));
    trail.push((above, format!("{}{}", pair.path(), place.query())));
    let lines = found.into_iter().map(|line| family_line(&ui, &place, group, &line)).collect();
    let page = FamiliesPage {
        title: pair.title(&ui),
        trail,
        name: ui.t(&format!("lists-compare-group-{group}")),
        sentence: sentence(&shown, &pair, &place, &wanted, &counts),
        tabs: tabs(&shown, &addresses, group, &counts),
        reasons: reasons(&shown, &addresses, &wanted, &counts),
        lines,
        next,
        ui: ui.clone(),
    };
    Ok(Page(page).into_response())
}

/// Addresses of lists, in the area looked at.
struct Addresses {
    path: String,
    area: String,
}

impl Addresses {
    fn of(&self, group: Group, reason: &str, after: i64) -> String {
        let mut query = Vec::new();
        if !self.area.is_empty() {
            query.push(format!("wilayah={}", crate::ui::url(&self.area)));
        }
        if !reason.is_empty() {
            query.push(format!("sebab={}", crate::ui::url(reason)));
        }
        if after > 0 {
            query.push(format!("sesudah={after}"));
        }
        let join = if query.is_empty() { "" } else { "?" };
        format!("{}/{}{join}{}", self.path, word(group), query.join("&"))
    }
}

fn sentence(shown: &Shown<'_>, pair: &Pair, place: &Place, wanted: &Wanted, counts: &Counts) -> String {
    let ui = shown.ui;
    let reason = wanted.leaving.map(|reason| (leaving_key(reason), counts.leaving.get(&reason)));
    let reason = reason.or_else(|| wanted.joining.map(|way| (joining_key(way), counts.joining.get(&way))));
    let count = match &reason {
        Some((_, count)) => count.copied().unwrap_or(0),
        None => counts.of(wanted.group),
    };
    let mut said = ui
        .msg(&format!("lists-compare-list-{}", wanted.group))
        .s("count", shown.n(count))
        .s("a", pair.a.title())
        .s("b", pair.b.title())
        .to_string();
    if let Some((key, _)) = reason {
        said = ui.msg("lists-compare-list-reason").s("said", said).s("reason", ui.t(&key)).to_string();
    }
    match place.area {
        Some(area) => format!("{}: {said}", place.name_of(area)),
        None => said,
    }
}

/// The groups that have families, and the one looked at.
fn tabs(shown: &Shown<'_>, addresses: &Addresses, group: Group, counts: &Counts) -> Vec<Link> {
    Group::ALL
        .iter()
        .filter(|other| **other == group || counts.of(**other) > 0)
        .map(|other| {
            Link::new(addresses.of(*other, "", 0), shown.ui.t(&format!("lists-compare-group-{other}")))
                .count(shown.n(counts.of(*other)))
                .current(*other == group)
        })
        .collect()
}

fn reasons(shown: &Shown<'_>, addresses: &Addresses, wanted: &Wanted, counts: &Counts) -> Vec<Link> {
    let ui = shown.ui;
    let one = |word: &str, key: String, count: i64, current: bool| {
        Link::new(addresses.of(wanted.group, word, 0), ui.t(&key)).count(shown.n(count)).current(current)
    };
    let mut links: Vec<Link> = match wanted.group {
        Group::Gone => counts
            .leaving
            .iter()
            .map(|(r, count)| one(r.as_str(), leaving_key(*r), *count, wanted.leaving == Some(*r)))
            .collect(),
        Group::New => counts
            .joining
            .iter()
            .map(|(w, count)| one(w.as_str(), joining_key(*w), *count, wanted.joining == Some(*w)))
            .collect(),
        _ => return Vec::new(),
    };
    let all = wanted.leaving.is_none() && wanted.joining.is_none();
    links.insert(0, one("", "lists-compare-every-reason".to_owned(), counts.of(wanted.group), all));
    links
}

fn addresses(ui: &Ui, line: &Line) -> Option<(String, String)> {
    let words = |address: &str, rt: Option<&str>, rw: Option<&str>| {
        let place = Address::of(address, rt, rw).to_string();
        if place.is_empty() { ui.t("lists-address-none") } else { place }
    };
    let is = words(line.address.as_deref()?, line.rt.as_deref(), line.rw.as_deref());
    let was = words(line.was_address.as_deref()?, line.was_rt.as_deref(), line.was_rw.as_deref());
    Some((is, was))
}

fn family_line(ui: &Ui, place: &Place, group: Group, line: &Line) -> FamilyLine {
    let name = |head: &Option<String>| head.as_deref().map(domain::name::display);
    let village = |code: Option<i64>| match code {
        Some(code) if code % 10_000 != 0 => {
            place.names.get(&code).cloned().unwrap_or_else(|| ui.t("lists-village-unknown"))
        }
        Some(_) => ui.t("lists-village-unknown"),
        None => ui.t("lists-compare-elsewhere"),
    };
    let number = |number: Option<i64>| number.map_or_else(|| "—".to_owned(), |number| ui.num(&number));
    let (moved, head_changed) = (line.moved(), line.head_changed());
    let (members_changed, desil_changed) = (line.members_changed(), line.desil_changed());
    let named = match name(&line.head).or_else(|| name(&line.was_head)) {
        Some(named) if named.is_empty() => ui.t("lists-no-name"),
        Some(named) => named,
        None => ui.t("lists-compare-hidden"),
    };
    let elsewhere = matches!(group, Group::Out | Group::Into);
    let was_village =
        if moved || (elsewhere && line.was_village != line.village) { Some(village(line.was_village)) } else { None };
    FamilyLine {
        href: (line.here > 0).then(|| format!("/keluarga/{}", line.family_id)),
        name: named,
        was_name: name(&line.was_head).filter(|_| head_changed),
        village: if group == Group::Gone { village(line.was_village) } else { village(line.village) },
        was_village,
        place: addresses(ui, line),
        members: number(line.members.or(line.was_members)),
        was_members: members_changed.then(|| number(line.was_members)),
        desil: number(line.desil.or(line.was_desil)),
        was_desil: desil_changed.then(|| number(line.was_desil)),
        reason: line.reason.as_deref().map(|reason| match group {
            Group::Gone => ui.t(&leaving_key(Leaving::from_word(reason).unwrap_or(Leaving::Unknown))),
            _ => ui.t(&joining_key(Joining::from_word(reason).unwrap_or(Joining::First))),
        }),
        aid: line.aid,
        received: line.received,
    }
}
