//! Two committed lists side by side: choosing them, and the page that says who is gone, who is new and what changed, for
//! the district and every area below it. Whoever may only see totals sees this page; the families behind a number are
//! [`super::compare_families`], the downloads [`super::compare_sheet`].

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    AreaCode, Level,
    lists::{
        VersionState,
        compare::{Group, Joining, Leaving},
    },
};
use serde::Deserialize;
use store::lists::{
    Version,
    compare::{self, Comparison, Counts, PeopleCounts},
    versions,
};

use super::pages::standing;
use crate::{
    App, AppError, Page,
    access::Me,
    areas::Place,
    error::{Rule, see, with_status},
    forms::Form,
    ui::{
        Ui,
        charts::{Bar, BarSize, Figure, FlowBand, FlowNode, FlowSize, Row, Spec, Tone, bars, flow},
        parts::{Choice, Term},
    },
};

/// The word of a group in an address.
pub const fn word(group: Group) -> &'static str {
    match group {
        Group::Gone => "hilang",
        Group::New => "baru",
        Group::Unchanged => "tetap",
        Group::Changed => "berubah",
        Group::Moved => "pindah",
        Group::Up => "desil-naik",
        Group::Down => "desil-turun",
        Group::Head => "kepala",
        Group::Members => "anggota",
        Group::Address => "alamat",
        Group::Back => "kembali",
        Group::Out => "keluar",
        Group::Into => "masuk",
    }
}

/// Two versions that may be compared, and what came of it.
pub struct Pair {
    pub a: Version,
    pub b: Version,
    pub found: Arc<Comparison>,
}

impl Pair {
    pub async fn load(app: &App, me: &Me, before: i64, after: i64) -> Result<Self, AppError> {
        if before == after {
            return Err(Rule::new("list-compare-same").into());
        }
        let reading = me.reading(app);
        let (a, b) = (standing(&reading, before).await?, standing(&reading, after).await?);
        if a.state()? != VersionState::Committed || b.state()? != VersionState::Committed {
            return Err(Rule::new("list-compare-state").into());
        }
        let name = format!("compare {before} {after}");
        let found = app
            .figures
            .of::<_, store::lists::Error>(&reading, &name, compare::compare(&reading, before, after))
            .await?;
        Ok(Self { a, b, found })
    }

    pub fn path(&self) -> String {
        format!("/daftar/{}/banding/{}", self.a.id, self.b.id)
    }

    /// `DTSEN 2026Q1 dan DTSEN 2026Q3`
    pub fn title(&self, ui: &Ui) -> String {
        ui.msg("lists-compare-two").s("a", self.a.title()).s("b", self.b.title()).to_string()
    }
}

/// The areas that lead here, with their addresses, and this one's own name.
pub fn trail(ui: &Ui, place: &Place, path: &str, own: String) -> (Vec<(String, String)>, String) {
    let mut trail = Vec::new();
    if ui.may("read_lists") {
        trail.push((ui.t("nav-lists"), "/daftar".to_owned()));
    }
    let Some(area) = place.area else { return (trail, own) };
    trail.push((own, path.to_owned()));
    trail.extend(place.above(path));
    (trail, place.name_of(area))
}

#[derive(Deserialize, Default)]
pub struct Asked {
    /// The area looked at.
    #[serde(default)]
    pub wilayah: String,
}

#[derive(Deserialize, Default)]
pub struct Chosen {
    #[serde(default)]
    a: String,
    #[serde(default)]
    b: String,
}

#[derive(Template)]
#[template(path = "lists/templates/compare_choose.html")]
struct ChoosePage {
    ui: Ui,
    form: Form,
    versions: Vec<Choice>,
    trail: Vec<(String, String)>,
}

/// The form that asks which two; two lists chosen lead to their comparison, the older first.
pub async fn choose(State(app): State<App>, me: Me, Query(chosen): Query<Chosen>) -> Result<Response, AppError> {
    let ui = me.ui(&app).await;
    let committed: Vec<Version> = versions::versions(&me.reading(&app))
        .await?
        .into_iter()
        .filter(|version| version.state == VersionState::Committed.as_str())
        .collect();
    let find = |id: &str| committed.iter().find(|version| version.id.to_string() == id);
    let mut form = Form::default();
    form.set("a", &chosen.a).set("b", &chosen.b);
    match (find(&chosen.a), find(&chosen.b)) {
        (Some(a), Some(b)) if a.id != b.id => {
            let (a, b) = if (&a.as_of, a.id) <= (&b.as_of, b.id) { (a, b) } else { (b, a) };
            return Ok(see(format!("/daftar/{}/banding/{}", a.id, b.id)));
        }
        (Some(_), Some(_)) => form.fault("b", ui.t("lists-compare-choose-two")),
        // one list is known, from its own page: the one before it is what it is mostly compared with
        (None, Some(b)) => {
            let before = committed.iter().find(|v| v.source == b.source && v.id != b.id && v.as_of <= b.as_of);
            if let Some(before) = before.or_else(|| committed.iter().find(|v| v.id != b.id)) {
                form.set("a", before.id);
            }
        }
        _ => {
            if let [newest, rest @ ..] = &committed[..] {
                let before = rest.iter().find(|v| v.source == newest.source).or_else(|| rest.first());
                form.set("b", newest.id).set("a", before.map_or_else(String::new, |v| v.id.to_string()));
            }
        }
    }
    let versions: Vec<Choice> = committed
        .iter()
        .map(|v| {
            let words = ui.msg("lists-compare-choice").s("list", v.title()).s("date", ui.date(&v.as_of));
            Choice::new(v.id.to_string(), words.to_string())
        })
        .collect();
    let trail = if ui.may("read_lists") { vec![(ui.t("nav-lists"), "/daftar".to_owned())] } else { Vec::new() };
    let faulty = !form.is_sound();
    let page = ChoosePage { ui, form, versions, trail };
    Ok(if faulty { with_status(StatusCode::UNPROCESSABLE_ENTITY, page) } else { Page(page).into_response() })
}

#[derive(Template)]
#[template(path = "lists/templates/compare.html")]
struct ComparePage {
    ui: Ui,
    title: String,
    trail: Vec<(String, String)>,
    name: String,
    sentence: String,
    path: String,
    query: String,
    area: Option<AreaCode>,
    notes: Vec<Note>,
    equations: Vec<Vec<Term>>,
    flow: Option<Figure>,
    /// Every reason and what it means, in the order they are asked.
    leavings: Vec<(String, String)>,
    joinings: Vec<(String, String)>,
    changes: Figure,
    changes_note: String,
    people: Option<People>,
    rows: Vec<AreaRow>,
    total: AreaRow,
    a: String,
    b: String,
}

/// Kind, words, and the text and address of a link.
type Note = (&'static str, String, Option<(String, String)>);

struct People {
    equations: Vec<Vec<Term>>,
    /// Those who are gone, by reason: they add up to the number gone.
    lines: Vec<(String, String)>,
    /// Who is in both lists, in another family now: not gone.
    moved: Option<String>,
}

/// One area of the table; the numbers as shown.
struct AreaRow {
    name: String,
    href: Option<String>,
    before: String,
    gone: String,
    out: String,
    into: String,
    new: String,
    after: String,
    changed: String,
    moved: String,
    up: String,
    down: String,
    people_gone: String,
    people_new: String,
}

/// Numbers as this reader may see them, and the links behind them where he may follow.
pub struct Shown<'a> {
    pub ui: &'a Ui,
    pub sees: bool,
    path: String,
    query: String,
}

impl<'a> Shown<'a> {
    pub fn new(ui: &'a Ui, pair: &Pair, place: &Place) -> Self {
        let sees = ui.may("see_families") && ui.may("read_lists");
        Self { ui, sees, path: pair.path(), query: place.query() }
    }

    pub fn n(&self, count: i64) -> String {
        self.ui.few(count)
    }

    /// The families of a group, when there are any and they may be seen.
    fn list(&self, group: Group, count: i64) -> Option<String> {
        (self.sees && count > 0).then(|| format!("{}/{}{}", self.path, word(group), self.query))
    }

    fn reason(&self, group: Group, reason: &str, count: i64) -> Option<String> {
        let join = if self.query.is_empty() { '?' } else { '&' };
        self.list(group, count).map(|list| format!("{list}{join}sebab={reason}"))
    }

    fn term(&self, label: String, count: i64, whole: i64, tone: Option<Tone>, href: Option<String>) -> Term {
        let detail = if whole > 0 { self.ui.share(count, whole) } else { self.ui.t("lists-compare-families") };
        Term::new(label, self.n(count), detail, tone).link(href.unwrap_or_default())
    }
}

pub async fn page(
    State(app): State<App>,
    me: Me,
    Path((id, other)): Path<(i64, i64)>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let pair = Pair::load(&app, &me, id, other).await?;
    let place = Place::find(&app, &me, &asked.wilayah).await?;
    let between = compare::between(&me.reading(&app), id, other).await?;
    let ui = me.ui(&app).await;
    let shown = Shown::new(&ui, &pair, &place);
    let counts = pair.found.counts(|village| place.has(village));
    let (trail, name) = trail(&ui, &place, &pair.path(), pair.title(&ui));
    let changes = changes(&shown, &counts, !between.is_empty());
    let changes_note = if between.is_empty() {
        ui.msg("lists-compare-overlap").s("changed", shown.n(counts.changed)).to_string()
    } else {
        ui.msg("lists-compare-overlap-back")
            .s("changed", shown.n(counts.changed))
            .s("between", between.join(", "))
            .to_string()
    };
    let (rows, total) = table(&shown, &pair, &place, &counts);
    let page = ComparePage {
        title: pair.title(&ui),
        trail,
        name,
        sentence: sentence(&shown, &pair, &place, &counts),
        path: pair.path(),
        query: place.query(),
        area: place.area,
        notes: notes(&shown, &pair, &counts),
        equations: equations(&shown, &pair, &place, &counts),
        flow: (counts.before() + counts.after() > 0).then(|| flow_figure(&shown, &pair, &counts)),
        leavings: Leaving::ALL.iter().map(|reason| explained(&ui, &leaving_key(*reason))).collect(),
        joinings: Joining::ALL.iter().map(|way| explained(&ui, &joining_key(*way))).collect(),
        changes,
        changes_note,
        people: pair.found.names_people.then(|| people(&shown, &pair, &place, &counts.people)),
        rows,
        total,
        a: pair.a.title(),
        b: pair.b.title(),
        ui: ui.clone(),
    };
    Ok(Page(page).into_response())
}

fn sentence(shown: &Shown<'_>, pair: &Pair, place: &Place, counts: &Counts) -> String {
    let ui = shown.ui;
    let elsewhere = counts.out + counts.uncovered + counts.uncovered_before;
    let key = match (counts.before() + counts.after(), counts.gone + counts.new + counts.changed + elsewhere) {
        (0, _) => "lists-compare-nobody",
        (_, 0) => "lists-compare-same",
        _ => "lists-compare-sentence",
    };
    let said = ui
        .msg(key)
        .s("a", pair.a.title())
        .s("b", pair.b.title())
        .s("before", shown.n(counts.before()))
        .s("both", shown.n(counts.both()))
        .s("gone", shown.n(counts.gone))
        .s("new", shown.n(counts.new))
        .s("changed", shown.n(counts.changed))
        .to_string();
    match place.area {
        Some(area) => format!("{}: {said}", place.name_of(area)),
        None => said,
    }
}

/// What has to be known to read the numbers.
fn notes(shown: &Shown<'_>, pair: &Pair, counts: &Counts) -> Vec<Note> {
    let ui = shown.ui;
    let mut notes = Vec::new();
    let say = |key: &str| ui.msg(key).s("a", pair.a.title()).s("b", pair.b.title());
    if pair.a.as_of > pair.b.as_of {
        let swap = (ui.t("lists-compare-swap"), format!("/daftar/{}/banding/{}", pair.b.id, pair.a.id));
        notes.push(("warn", say("lists-compare-backwards").to_string(), Some(swap)));
    }
    if pair.a.source != pair.b.source {
        notes.push(("info", say("lists-compare-sources").to_string(), None));
    }
    if counts.uncovered > 0 {
        notes.push(("info", say("lists-compare-uncovered").s("count", shown.n(counts.uncovered)).to_string(), None));
    }
    if counts.uncovered_before > 0 {
        let count = shown.n(counts.uncovered_before);
        notes.push(("info", say("lists-compare-uncovered-before").s("count", count).to_string(), None));
    }
    if !pair.found.names_people {
        notes.push(("info", ui.t("lists-compare-heads-only"), None));
    }
    notes
}

/// Older = gone + ..., newer = in both + new, in both = unchanged + changed.
fn equations(shown: &Shown<'_>, pair: &Pair, place: &Place, counts: &Counts) -> Vec<Vec<Term>> {
    let ui = shown.ui;
    let whole = |list: &Version, count| {
        shown.term(ui.msg("lists-compare-in").s("list", list.title()).to_string(), count, 0, None, None)
    };
    let part = |key: &str, group: Group, count: i64, of: i64, tone| {
        shown.term(ui.t(key), count, of, Some(tone), shown.list(group, count))
    };
    let plain = |key: &str, count: i64, of: i64, tone| shown.term(ui.t(key), count, of, Some(tone), None);
    let (before, after) = (counts.before(), counts.after());
    let stays = if place.area.is_some() { "lists-compare-stayed-here" } else { "lists-compare-both" };
    let mut first = vec![whole(&pair.a, before)];
    first.push(plain(stays, counts.stayed, before, Tone::Pale));
    first.push(part("lists-compare-gone", Group::Gone, counts.gone, before, Tone::Late));
    if counts.out > 0 {
        first.push(part("lists-compare-out", Group::Out, counts.out, before, Tone::Mute));
    }
    if counts.uncovered > 0 {
        first.push(plain("lists-compare-not-covered", counts.uncovered, before, Tone::Mute));
    }
    let mut second = vec![whole(&pair.b, after)];
    second.push(plain(stays, counts.stayed, after, Tone::Pale));
    second.push(part("lists-compare-new", Group::New, counts.new, after, Tone::Data));
    if counts.into > 0 {
        second.push(part("lists-compare-into", Group::Into, counts.into, after, Tone::Mute));
    }
    if counts.uncovered_before > 0 {
        second.push(plain("lists-compare-not-covered-before", counts.uncovered_before, after, Tone::Mute));
    }
    let both = counts.both();
    let third = vec![
        shown.term(
            ui.t(if counts.into > 0 { "lists-compare-both-here" } else { "lists-compare-both" }),
            both,
            0,
            None,
            None,
        ),
        part("lists-compare-unchanged", Group::Unchanged, counts.unchanged(), both, Tone::Pale),
        part("lists-compare-changed", Group::Changed, counts.changed, both, Tone::Deep),
    ];
    vec![first, second, third]
}

/// Where the older list's families went and where the newer one's come from.
fn flow_figure(shown: &Shown<'_>, pair: &Pair, counts: &Counts) -> Figure {
    let ui = shown.ui;
    let node = |label: String, count: i64, tone: Tone, href: Option<String>| FlowNode {
        label,
        value: count as f64,
        text: shown.n(count),
        tone,
        href,
    };
    let of_list = |list: &Version, count: i64| {
        node(ui.msg("lists-compare-in").s("list", list.title()).to_string(), count, Tone::Data, None)
    };
    let mut left = vec![of_list(&pair.a, counts.before())];
    let mut right = vec![of_list(&pair.b, counts.after())];
    let stayed = shown.n(counts.stayed);
    let mut bands = vec![band(&left[0], &right[0], (0, 0), counts.stayed, &stayed, Tone::Pale)];
    let out = shown.list(Group::Out, counts.out);
    let mut leaves = vec![
        node(ui.t("lists-compare-out"), counts.out, Tone::Mute, out),
        node(ui.t("lists-compare-not-covered"), counts.uncovered, Tone::Mute, None),
    ];
    // reasons stand beside their sum: for whoever sees totals only, a few must not be found by subtraction
    let gone_texts = ui.few_parts(&counts.leaving.values().copied().collect::<Vec<_>>());
    for ((reason, count), text) in counts.leaving.iter().zip(&gone_texts) {
        let tone = if *reason == Leaving::Unknown { Tone::Late } else { Tone::Mid };
        let href = shown.reason(Group::Gone, reason.as_str(), *count);
        leaves.push(FlowNode { text: text.clone(), ..node(ui.t(&leaving_key(*reason)), *count, tone, href) });
    }
    for leaf in leaves.into_iter().filter(|leaf| leaf.value > 0.0) {
        let count = leaf.value as i64;
        bands.push(band(&left[0], &leaf, (0, right.len()), count, &leaf.text, leaf.tone));
        right.push(leaf);
    }
    let into = shown.list(Group::Into, counts.into);
    let mut comes = Vec::new();
    let new_texts = ui.few_parts(&counts.joining.values().copied().collect::<Vec<_>>());
    for ((way, count), text) in counts.joining.iter().zip(&new_texts) {
        let tone = if *way == Joining::Returned { Tone::Late } else { Tone::Mid };
        let href = shown.reason(Group::New, way.as_str(), *count);
        comes.push(FlowNode { text: text.clone(), ..node(ui.t(&joining_key(*way)), *count, tone, href) });
    }
    comes.push(node(ui.t("lists-compare-into"), counts.into, Tone::Mute, into));
    comes.push(node(ui.t("lists-compare-not-covered-before"), counts.uncovered_before, Tone::Mute, None));
    for come in comes.into_iter().filter(|come| come.value > 0.0) {
        let count = come.value as i64;
        bands.push(band(&come, &right[0], (left.len(), 0), count, &come.text, come.tone));
        left.push(come);
    }
    let told = |reason: Leaving| {
        let at = counts.leaving.keys().position(|known| *known == reason);
        at.map_or_else(|| shown.n(0), |at| gone_texts[at].clone())
    };
    let most = counts.leaving.iter().filter(|(reason, _)| **reason != Leaving::Unknown).max_by_key(|(_, n)| **n);
    let finding = match (counts.gone, most) {
        (0, _) => ui.t("lists-compare-flow-none"),
        (gone, None) => ui.msg("lists-compare-flow-unknown").s("gone", shown.n(gone)).to_string(),
        (gone, Some((reason, _))) => ui
            .msg("lists-compare-flow")
            .s("gone", shown.n(gone))
            .s("count", told(*reason))
            .s("reason", ui.t(&leaving_key(*reason)))
            .s("unknown", told(Leaving::Unknown))
            .to_string(),
    };
    let title = pair.title(ui);
    let spec = Spec { id: "alir", title: &title, description: &finding };
    let narrow = Spec { id: "alir-hp", ..spec };
    let rows = bands.iter().filter(|band| band.value > 0.0).map(|band| {
        let (from, to) = (&left[band.from], &right[band.to]);
        let text = match (band.from, band.to) {
            (0, 0) => &stayed,
            (0, _) => &to.text,
            _ => &from.text,
        };
        Row::new([from.label.clone(), to.label.clone(), text.clone()])
    });
    let head = [ui.t("lists-compare-from"), ui.t("lists-compare-to"), ui.t("lists-families")];
    Figure::new(&spec, finding.clone(), flow(&spec, &left, &right, &bands, FlowSize::WIDE))
        .narrow(flow(&narrow, &left, &right, &bands, FlowSize::NARROW))
        .table(&[&head[0], &head[1], &head[2]], rows.collect())
}

/// `text` is the count as this reader may see it.
fn band(from: &FlowNode, to: &FlowNode, places: (usize, usize), count: i64, text: &str, tone: Tone) -> FlowBand {
    let words = format!("{} – {}: {text}", from.label, to.label);
    FlowBand { from: places.0, to: places.1, value: count as f64, tone, words }
}

pub fn leaving_key(reason: Leaving) -> String {
    format!("lists-compare-leaving-{reason}")
}

fn explained(ui: &Ui, key: &str) -> (String, String) {
    (ui.t(key), ui.t(&format!("{key}-help")))
}

pub fn joining_key(way: Joining) -> String {
    format!("lists-compare-joining-{way}")
}

/// In what the families of both changed. A family may be in several.
fn changes(shown: &Shown<'_>, counts: &Counts, between: bool) -> Figure {
    let ui = shown.ui;
    let mut groups = vec![Group::Moved, Group::Up, Group::Down, Group::Head, Group::Members, Group::Address];
    if between {
        groups.push(Group::Back);
    }
    let rows: Vec<Bar> = groups
        .iter()
        .map(|group| {
            let count = counts.of(*group);
            Bar {
                label: ui.t(&format!("lists-compare-group-{group}")),
                value: count as f64,
                text: shown.n(count),
                tone: if *group == Group::Back { Tone::Late } else { Tone::Data },
                href: shown.list(*group, count),
                ..Bar::default()
            }
        })
        .collect();
    let most = rows.iter().take(6).max_by(|a, b| a.value.total_cmp(&b.value)).filter(|bar| bar.value > 0.0);
    let finding = match most {
        Some(bar) => ui
            .msg("lists-compare-changes")
            .s("changed", shown.n(counts.changed))
            .s("both", shown.n(counts.both()))
            .s("most", &bar.label)
            .s("count", &bar.text)
            .to_string(),
        None => ui.t("lists-compare-changes-none"),
    };
    let spec = Spec { id: "ubah", title: &ui.t("lists-compare-changed"), description: &finding };
    let narrow = Spec { id: "ubah-hp", ..spec };
    let wide = BarSize { label: 186.0, ..BarSize::PANEL };
    let small = BarSize { label: 150.0, value: 52.0, ..BarSize::NARROW };
    Figure::new(&spec, finding.clone(), bars(&spec, &rows, wide)).narrow(bars(&narrow, &rows, small))
}

fn people(shown: &Shown<'_>, pair: &Pair, place: &Place, counts: &PeopleCounts) -> People {
    let ui = shown.ui;
    let whole = |list: &Version, count: i64| {
        let label = ui.msg("lists-compare-in").s("list", list.title()).to_string();
        Term::new(label, shown.n(count), ui.t("lists-compare-people"), None)
    };
    let part =
        |key: &str, count: i64, of: i64, tone| Term::new(ui.t(key), shown.n(count), ui.share(count, of), Some(tone));
    let (before, after) = (counts.before(), counts.after());
    let stays = if place.area.is_some() { "lists-compare-stayed-here" } else { "lists-compare-both" };
    let mut first = vec![
        whole(&pair.a, before),
        part(stays, counts.stayed, before, Tone::Pale),
        part("lists-compare-gone", counts.gone, before, Tone::Late),
    ];
    if counts.out > 0 {
        first.push(part("lists-compare-out", counts.out, before, Tone::Mute));
    }
    if counts.uncovered > 0 {
        first.push(part("lists-compare-not-covered", counts.uncovered, before, Tone::Mute));
    }
    let mut second = vec![
        whole(&pair.b, after),
        part(stays, counts.stayed, after, Tone::Pale),
        part("lists-compare-new", counts.new, after, Tone::Data),
    ];
    if counts.into > 0 {
        second.push(part("lists-compare-into", counts.into, after, Tone::Mute));
    }
    if counts.uncovered_before > 0 {
        second.push(part("lists-compare-not-covered-before", counts.uncovered_before, after, Tone::Mute));
    }
    let mut lines: Vec<(String, String)> =
        counts.leaving.iter().map(|(reason, count)| (ui.t(&leaving_key(*reason)), shown.n(*count))).collect();
    if counts.alone > 0 {
        lines.push((ui.t("lists-compare-alone"), shown.n(counts.alone)));
    }
    let moved =
        (counts.moved > 0).then(|| ui.msg("lists-compare-moved-persons").s("count", shown.n(counts.moved)).to_string());
    People { equations: vec![first, second], lines, moved }
}

/// The areas below, by code; families whose village is not known stand at the end.
fn table(shown: &Shown<'_>, pair: &Pair, place: &Place, counts: &Counts) -> (Vec<AreaRow>, AreaRow) {
    let ui = shown.ui;
    let total = area_row(shown, ui.t("lists-compare-total"), None, counts);
    let level = match place.area.map(AreaCode::level) {
        None => Level::Subdistrict,
        Some(Level::Subdistrict) => Level::Village,
        Some(_) => return (Vec::new(), total),
    };
    let mut rows: Vec<AreaRow> = place
        .parts(level)
        .into_iter()
        .map(|part| {
            let counts = pair.found.counts(|village| place.has_in(part, village));
            let href = format!("{}?wilayah={part}", pair.path());
            area_row(shown, place.name_of(part), Some(href), &counts)
        })
        .collect();
    if let (None, Some(district)) = (place.area, place.district) {
        let counts = pair.found.counts(|village| place.has(village) && village == district.number());
        if counts.before() + counts.after() > 0 {
            rows.push(area_row(shown, ui.t("lists-village-unknown"), None, &counts));
        }
    }
    (rows, total)
}

fn area_row(shown: &Shown<'_>, name: String, href: Option<String>, counts: &Counts) -> AreaRow {
    AreaRow {
        name,
        href,
        before: shown.n(counts.before()),
        gone: shown.n(counts.gone),
        out: shown.n(counts.out),
        into: shown.n(counts.into),
        new: shown.n(counts.new),
        after: shown.n(counts.after()),
        changed: shown.n(counts.changed),
        moved: shown.n(counts.moved),
        up: shown.n(counts.up),
        down: shown.n(counts.down),
        people_gone: shown.n(counts.people.gone),
        people_new: shown.n(counts.people.new),
    }
}
