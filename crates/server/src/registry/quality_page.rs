//! Data quality: how many families are known completely, what is missing or contradicts itself, where most would be
//! mended, and how the lists themselves came. Every number leads to its families in the search.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use domain::{
    AreaCode, Level,
    lists::{Source as ListSource, VersionState},
    quality::Lack,
};
use serde::Deserialize;
use store::{
    lists::{File, Version, versions},
    registry::quality::{self, VillageQuality},
};

use super::search::lack_key;
use crate::{
    App, AppError, Page,
    access::Me,
    areas::Place,
    ui::{
        Ui,
        charts::{Bar, BarSize, Figure, Spec, Tone, bars},
        parts::Term,
    },
};

const PATH: &str = "/keluarga/mutu";
/// Places of work named, the largest first.
const WORK: usize = 10;
/// Where there is no number.
const NONE: &str = "–";

#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    wilayah: String,
}

#[derive(Template)]
#[template(path = "registry/templates/quality.html")]
struct QualityPage {
    ui: Ui,
    trail: Vec<(String, String)>,
    name: String,
    sentence: String,
    any: bool,
    equation: Vec<Term>,
    /// How many families are kept out of decrees, in words, and the way to them.
    blocked: Option<(String, String)>,
    lacking: Figure,
    work: Vec<Work>,
    work_sentence: String,
    rows: Vec<AreaRow>,
    total: AreaRow,
    sources: Vec<Source>,
}

/// One thing to mend in one village.
struct Work {
    village: String,
    lack: String,
    families: String,
    href: Option<String>,
}

struct AreaRow {
    name: String,
    href: Option<String>,
    families: String,
    complete: String,
    share: String,
    blocked: String,
    missing: String,
    contradicting: String,
    /// What is lacking most often.
    most: String,
}

/// The committed versions of a source, oldest first.
struct Source {
    name: String,
    sentence: String,
    /// Where there is more than one version to compare.
    figure: Option<Figure>,
    versions: Vec<ListRow>,
}

struct ListRow {
    id: i64,
    title: String,
    date: String,
    rows: i64,
    rejected: i64,
    blocked: i64,
    warned: i64,
    share: String,
}

pub async fn page(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let place = Place::find(&app, &me, &asked.wilayah).await?;
    let villages = app.figures.of(&reading, "lacks by village", quality::by_village(&reading)).await?;
    let here: Vec<&VillageQuality> = villages.iter().filter(|row| place.has(row.village)).collect();
    let sum = total(here.iter().copied());
    let ui = me.ui(&app).await;
    let shown = Shown { sees: ui.sees_all(), ui: &ui };
    let sources = if place.area.is_none() && ui.may("read_lists") { sources(&ui, &reading).await? } else { Vec::new() };
    let (work, work_sentence) = work(&shown, &place, &here);
    let (trail, name) = trail(&shown, &place);
    let page = QualityPage {
        trail,
        name,
        sentence: sentence(&shown, &place, &sum),
        any: sum.families > 0,
        equation: equation(&shown, &sum),
        blocked: (sum.blocked > 0).then(|| {
            let words = ui.msg("registry-quality-blocked").s("count", shown.n(sum.blocked)).to_string();
            (words, shown.list(place.area, "terhalang=ya").unwrap_or_default())
        }),
        lacking: lacking(&shown, &place, &sum),
        work,
        work_sentence,
        rows: rows(&shown, &place, &here),
        total: area_row(&shown, ui.t("registry-quality-total"), None, &sum),
        sources,
        ui: ui.clone(),
    };
    Ok(Page(page).into_response())
}

/// Numbers as this reader may see them, and the families behind them where he may follow.
struct Shown<'a> {
    ui: &'a Ui,
    sees: bool,
}

impl Shown<'_> {
    fn n(&self, count: i64) -> String {
        self.ui.few(count)
    }

    fn list(&self, area: Option<AreaCode>, filter: &str) -> Option<String> {
        let area = area.map_or_else(String::new, |area| format!("wilayah={area}&"));
        self.sees.then(|| format!("/keluarga?{area}{filter}"))
    }
}

fn total<'a>(rows: impl Iterator<Item = &'a VillageQuality>) -> VillageQuality {
    rows.fold(VillageQuality::default(), |sum, row| sum.and(row))
}

fn trail(shown: &Shown<'_>, place: &Place) -> (Vec<(String, String)>, String) {
    let mut trail = Vec::new();
    if shown.sees {
        trail.push((shown.ui.t("nav-registry"), "/keluarga".to_owned()));
    }
    let own = shown.ui.t("registry-quality");
    let Some(area) = place.area else { return (trail, own) };
    trail.push((own, PATH.to_owned()));
    trail.extend(place.above(PATH));
    (trail, place.name_of(area))
}

fn sentence(shown: &Shown<'_>, place: &Place, sum: &VillageQuality) -> String {
    let key = match sum.families {
        0 => "registry-quality-nobody",
        all if all == sum.complete => "registry-quality-all",
        _ => "registry-quality-sentence",
    };
    let said = shown
        .ui
        .msg(key)
        .s("complete", shown.n(sum.complete))
        .s("families", shown.n(sum.families))
        .s("blocked", shown.n(sum.blocked))
        .to_string();
    match place.area {
        Some(area) => format!("{}: {said}", place.name_of(area)),
        None => said,
    }
}

fn equation(shown: &Shown<'_>, sum: &VillageQuality) -> Vec<Term> {
    let ui = shown.ui;
    let counts = [sum.complete, sum.families - sum.complete];
    let words = ui.few_parts(&counts);
    let part =
        |key: &str, at: usize, tone| Term::new(ui.t(key), &words[at], ui.share(counts[at], sum.families), Some(tone));
    vec![
        Term::new(ui.t("registry-quality-families"), shown.n(sum.families), ui.t("registry-quality-now"), None),
        part("registry-quality-complete", 0, Tone::Ok),
        part("registry-quality-lacking", 1, Tone::Late),
    ]
}

/// What is lacking, the most frequent first.
fn lacking(shown: &Shown<'_>, place: &Place, sum: &VillageQuality) -> Figure {
    let ui = shown.ui;
    let mut lacks: Vec<(Lack, i64)> = Lack::ALL.iter().map(|lack| (*lack, sum.of(*lack))).collect();
    lacks.sort_by_key(|(_, count)| -count);
    let finding = match lacks.first() {
        Some((lack, count)) if *count > 0 => ui
            .msg("registry-quality-most")
            .s("lack", ui.t(&lack_key(*lack)))
            .s("count", shown.n(*count))
            .s("families", shown.n(sum.families))
            .to_string(),
        _ => ui.t("registry-quality-none"),
    };
    let bar = |(lack, count): &(Lack, i64)| Bar {
        label: ui.t(&lack_key(*lack)),
        value: ui.drawn(*count) as f64,
        text: shown.n(*count),
        tone: if lack.is_contradiction() { Tone::Late } else { Tone::Data },
        href: shown.list(place.area, &format!("kurang={lack}")).filter(|_| *count > 0),
        ..Bar::default()
    };
    let rows: Vec<Bar> = lacks.iter().map(bar).collect();
    let spec = Spec { id: "kurang", title: &ui.t("registry-lack"), description: &finding };
    let narrow = Spec { id: "kurang-hp", ..spec };
    let wide = BarSize { label: 230.0, ..BarSize::PANEL };
    let small = BarSize { label: 190.0, value: 52.0, ..BarSize::NARROW };
    Figure::new(&spec, finding.clone(), bars(&spec, &rows, wide)).narrow(bars(&narrow, &rows, small))
}

/// Where most would be mended: the villages and what is lacking there, the most families first.
fn work(shown: &Shown<'_>, place: &Place, here: &[&VillageQuality]) -> (Vec<Work>, String) {
    let ui = shown.ui;
    let mut all: Vec<(&VillageQuality, Lack, i64)> = here
        .iter()
        .flat_map(|row| Lack::ALL.iter().map(move |lack| (*row, *lack, row.of(*lack))))
        .filter(|(_, _, count)| *count > 0)
        .collect();
    all.sort_by_key(|(row, lack, count)| (-count, row.village, *lack));
    let whole: i64 = all.iter().map(|(_, _, count)| count).sum();
    all.truncate(WORK);
    let part: i64 = all.iter().map(|(_, _, count)| count).sum();
    let words = ui
        .msg("registry-quality-work")
        .n("places", all.len())
        .s("part", shown.n(part))
        .s("whole", shown.n(whole))
        .to_string();
    let known = |village: i64| AreaCode::from_number(village).filter(|code| code.level() == Level::Village);
    let lines = all.into_iter().map(|(row, lack, count)| Work {
        village: known(row.village).map_or_else(|| ui.t("registry-village-unknown"), |code| place.name_of(code)),
        lack: ui.t(&lack_key(lack)),
        families: shown.n(count),
        // those of no known village stand in no area: only that very lack finds them
        href: match (known(row.village), lack) {
            (Some(village), _) => shown.list(Some(village), &format!("kurang={lack}")),
            (None, Lack::Village) => shown.list(None, &format!("kurang={lack}")),
            (None, _) => None,
        },
    });
    (lines.collect(), words)
}

/// The areas below, by code; families whose village is not known stand at the end.
fn rows(shown: &Shown<'_>, place: &Place, here: &[&VillageQuality]) -> Vec<AreaRow> {
    let level = match place.area.map(AreaCode::level) {
        None => Level::Subdistrict,
        Some(Level::Subdistrict) => Level::Village,
        Some(_) => return Vec::new(),
    };
    let mut rows: Vec<AreaRow> = place
        .parts(level)
        .into_iter()
        .map(|part| {
            let sum = total(here.iter().copied().filter(|row| place.has_in(part, row.village)));
            area_row(shown, place.name_of(part), Some(format!("{PATH}?wilayah={part}")), &sum)
        })
        .collect();
    if place.area.is_none() {
        let unknown = total(here.iter().copied().filter(|row| row.of(Lack::Village) > 0));
        if unknown.families > 0 {
            rows.push(area_row(shown, shown.ui.t("registry-village-unknown"), None, &unknown));
        }
    }
    rows
}

/// What is shown where there is no number.
fn dash(text: String) -> String {
    if text.is_empty() { NONE.to_owned() } else { text }
}

fn area_row(shown: &Shown<'_>, name: String, href: Option<String>, sum: &VillageQuality) -> AreaRow {
    let of = |contradicts: bool| -> i64 {
        Lack::ALL.iter().filter(|lack| lack.is_contradiction() == contradicts).map(|lack| sum.of(*lack)).sum()
    };
    let most = Lack::ALL.iter().rev().max_by_key(|lack| sum.of(**lack)).filter(|lack| sum.of(**lack) > 0);
    AreaRow {
        name,
        href,
        families: shown.n(sum.families),
        complete: shown.n(sum.complete),
        share: dash(shown.ui.share(sum.complete, sum.families)),
        blocked: shown.n(sum.blocked),
        missing: shown.n(of(false)),
        contradicting: shown.n(of(true)),
        most: most.map_or_else(
            || NONE.to_owned(),
            |lack| format!("{} ({})", shown.ui.t(&lack_key(*lack)), shown.n(sum.of(*lack))),
        ),
    }
}

/// The committed lists by source, with each version's share of blocked rows when it came.
async fn sources(ui: &Ui, reading: &store::Reading<'_>) -> Result<Vec<Source>, AppError> {
    let mut all = versions::versions(reading).await?;
    all.retain(|version| version.state == VersionState::Committed.as_str());
    all.sort_by(|a, b| (&a.source, &a.as_of, a.id).cmp(&(&b.source, &b.as_of, b.id)));
    let mut sources = Vec::new();
    for of_one in all.chunk_by(|a, b| a.source == b.source) {
        let (mut rows, mut points) = (Vec::new(), Vec::new());
        for version in of_one {
            let files = versions::files(reading, version.id).await?;
            let row = list_row(ui, version, &files);
            points.push(Bar {
                label: row.title.clone(),
                value: row.blocked as f64 / row.rows.max(1) as f64,
                text: row.share.clone(),
                ..Bar::default()
            });
            rows.push(row);
        }
        let code = of_one.first().map_or("", |version| version.source.as_str());
        let name = ListSource::from_code(code).map_or(code, |source| source.title()).to_owned();
        let finding = trend(ui, &name, &rows);
        let (id, narrow_id) = (format!("mutu-{code}"), format!("mutu-{code}-hp"));
        let spec = Spec { id: &id, title: &name, description: &finding };
        let narrow = Spec { id: &narrow_id, ..spec };
        let figure = Figure::new(&spec, finding.clone(), bars(&spec, &points, BarSize::PANEL)).narrow(bars(
            &narrow,
            &points,
            BarSize::NARROW,
        ));
        sources.push(Source { name, sentence: finding, figure: (rows.len() > 1).then_some(figure), versions: rows });
    }
    Ok(sources)
}

fn list_row(ui: &Ui, version: &Version, files: &[File]) -> ListRow {
    let sum = |count: fn(&File) -> i64| files.iter().map(count).sum::<i64>();
    let (rows, blocked) = (sum(|file| file.rows_data), sum(|file| file.rows_blocked));
    ListRow {
        id: version.id,
        title: version.title(),
        date: ui.date(&version.as_of),
        rows,
        rejected: sum(|file| file.rows_rejected),
        blocked,
        warned: sum(|file| file.rows_warned),
        share: dash(ui.share(blocked, rows)),
    }
}

/// Whether the lists of a source come better than they did.
fn trend(ui: &Ui, name: &str, rows: &[ListRow]) -> String {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return String::new() };
    ui.msg(if rows.len() == 1 { "registry-quality-source-one" } else { "registry-quality-source" })
        .s("source", name)
        .s("first", &first.title)
        .s("was", &first.share)
        .s("last", &last.title)
        .s("is", &last.share)
        .to_string()
}
