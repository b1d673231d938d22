//! Rounds: the list (or, on a visitor's phone, what is due), a new one, and how far one is.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use domain::{
    AreaCode, Level,
    access::Right,
    verification::round::{Filter, State as RoundState},
};
use serde::Deserialize;
use store::{
    Reading,
    verification::{self as v, DraftLine, MyVillage, Offer, Person, Round, RoundLine, VillageProgress},
};

use super::{list_name, names, place, subdistrict_name, the_round, village_name};
use crate::{
    App, AppError, Page,
    access::Me,
    areas::drawing,
    forms::Form,
    i18n::Lang,
    ui::{
        Ui,
        charts::{
            AreaValue, Bar, BarSize, Choropleth, Classes, Figure, Key, Part, Row, Spec, Tile, Tone, bars, choropleth,
            meter, part_bar, tile_map,
        },
        parts::{Choice, Link},
    },
    verification::words,
};

#[derive(Template)]
#[template(path = "verification/templates/rounds.html")]
struct RoundsPage {
    ui: Ui,
    sentence: String,
    lines: Vec<RoundRow>,
}

struct RoundRow {
    line: RoundLine,
    list: String,
    due: (&'static str, String),
}

#[derive(Template)]
#[template(path = "verification/templates/today.html")]
struct TodayPage {
    ui: Ui,
    sentence: String,
    drafts: Vec<(DraftLine, String, String)>,
    villages: Vec<TodayVillage>,
    finished: Vec<TodayVillage>,
    families: i64,
    done: i64,
    meter: String,
    rounds: Vec<RoundLine>,
}

struct TodayVillage {
    line: MyVillage,
    name: String,
    subdistrict: String,
    due: (&'static str, String),
    open: i64,
}

/// The rounds; for those who only visit, their villages and what is due.
pub async fn home(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let today = app.clock.today(app.config.zone);
    if me.may(Right::Visit) && !me.may(Right::ManageVerification) {
        return today_page(&app, &me, today).await;
    }
    let reading = me.reading(&app);
    let rounds = v::rounds(&reading).await?;
    let open: Vec<&RoundLine> = rounds.iter().filter(|round| round.state == "open").collect();
    let (families, done) = open.iter().fold((0, 0), |(f, d), round| (f + round.families, d + round.done));
    let sentence = match (rounds.len(), open.len()) {
        (0, _) => me.lang.t("verification-none"),
        (_, 0) => me.lang.t("verification-none-open"),
        (_, count) => me
            .lang
            .msg("verification-rounds-sentence")
            .n("rounds", count as i64)
            .n("done", done)
            .n("families", families)
            .to_string(),
    };
    let lines = rounds
        .into_iter()
        .map(|line| RoundRow {
            list: list_name(&line.source, &line.version),
            due: if line.state == "open" {
                words::due(me.lang, Some(&line.ends_on), today)
            } else {
                ("", String::new())
            },
            line,
        })
        .collect();
    Ok(Page(RoundsPage { ui: me.ui(&app).await, sentence, lines }).into_response())
}

async fn today_page(app: &App, me: &Me, today: NaiveDate) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let names = names(app, &reading).await?;
    let lang = me.lang;
    let all = v::my_villages(&reading).await?;
    let (families, done) = all.iter().fold((0, 0), |(f, d), village| (f + village.families, d + village.done));
    let mut villages: Vec<TodayVillage> = all
        .into_iter()
        .map(|line| TodayVillage {
            name: village_name(lang, &names, line.village),
            subdistrict: subdistrict_name(&names, line.village),
            due: words::due(lang, line.due_on.as_deref(), today),
            open: line.waiting + line.tunda,
            line,
        })
        .collect();
    let finished = villages.extract_if(.., |village| village.open == 0).collect();
    let late = villages.iter().filter(|village| village.due.0 == "bad").count();
    let open: i64 = villages.iter().map(|village| village.open).sum();
    let sentence = match (families, open, late) {
        (0, ..) => lang.t("verification-today-none"),
        (_, 0, _) => lang.t("verification-today-done"),
        (_, open, 0) => lang.msg("verification-today").n("open", open).n("villages", villages.len() as i64).to_string(),
        (_, open, late) => lang.msg("verification-today-late").n("open", open).n("late", late as i64).to_string(),
    };
    let drafts = v::drafts_of(&reading).await?;
    let drafts = drafts
        .into_iter()
        .map(|draft| {
            let name = domain::name::display(&draft.head_name);
            let place = place(draft.rt.as_deref(), None, &village_name(lang, &names, draft.village));
            (draft, name, place)
        })
        .collect();
    let rounds = v::rounds(&reading).await?.into_iter().filter(|round| round.state == "open").collect();
    let meter = meter(done as f64, families as f64, Tone::Data);
    Ok(Page(TodayPage { ui: me.ui(app).await, sentence, drafts, villages, finished, families, done, meter, rounds })
        .into_response())
}

#[derive(Template)]
#[template(path = "verification/templates/new.html")]
pub struct NewPage {
    ui: Ui,
    form: Form,
    lists: Vec<Choice>,
    desils: Vec<Choice>,
    areas: Vec<Choice>,
    offers: Vec<(String, Offer)>,
    counted: bool,
    total: Offer,
    /// Why the filter takes in nobody; empty when it does.
    nobody: String,
    sentence: String,
}

/// The form of a new round; with a filter in its address, how many families it takes in.
pub async fn new(
    State(app): State<App>,
    me: Me,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let mut form = Form::from_pairs(asked);
    let today = app.clock.today(app.config.zone);
    if form.some("version").is_none() && form.some("starts_on").is_none() {
        form.set("starts_on", today).set("ends_on", today + chrono::Days::new(30)).set("desil", "2").set("skip", "1");
    }
    let page = new_page(&app, &me, form).await?;
    Ok(Page(page).into_response())
}

/// The filter a form of a round says.
pub fn filter_of(form: &Form) -> Filter {
    Filter {
        desil_at_most: form.text("desil").parse().ok(),
        percentile_at_most: form.text("percentile").parse().ok(),
        areas: form.all("area").iter().filter_map(|code| code.parse::<AreaCode>().ok()).collect(),
        skip_in_other_rounds: form.has("skip", "1"),
    }
}

pub async fn new_page(app: &App, me: &Me, mut form: Form) -> Result<NewPage, AppError> {
    let reading = me.reading(app);
    let lang = me.lang;
    let lists = v::committed_lists(&reading).await?;
    if form.some("version").is_none()
        && let Some(first) = lists.first()
    {
        form.set("version", first.id);
    }
    let names = names(app, &reading).await?;
    let version: i64 = form.text("version").parse().unwrap_or_default();
    let filter = filter_of(&form);
    let counted = !lists.is_empty();
    let offers = if counted { v::count_candidates(&reading, version, &filter).await? } else { Vec::new() };
    let total =
        offers.iter().fold(Offer { subdistrict: 0, villages: 0, families: 0, in_other_rounds: 0 }, |sum, offer| {
            Offer {
                subdistrict: 0,
                villages: sum.villages + offer.villages,
                families: sum.families + offer.families,
                in_other_rounds: sum.in_other_rounds + offer.in_other_rounds,
            }
        });
    let nobody = if counted && total.families == 0 {
        why_nobody(&reading, lang, version, &filter).await?
    } else {
        String::new()
    };
    let sentence = if lists.is_empty() {
        lang.t("verification-new-no-list")
    } else {
        lang.msg("verification-new-sentence").n("families", total.families).n("villages", total.villages).to_string()
    };
    let own = |code: i64| {
        AreaCode::from_number(code)
            .is_some_and(|code| code.level() == Level::Subdistrict && me.actor.scope.touches(code))
    };
    let areas = names
        .iter()
        .filter(|(code, _)| own(**code))
        .filter_map(|(code, name)| Some(Choice::new(AreaCode::from_number(*code)?.to_string(), name.clone())))
        .collect();
    Ok(NewPage {
        lists: lists
            .iter()
            .map(|list| {
                let name = list_name(&list.source, &list.version);
                let text = lang.msg("verification-list-choice").s("list", name).s("date", lang.date(&list.as_of));
                Choice::new(list.id.to_string(), text.n("families", list.families).to_string())
            })
            .collect(),
        desils: (1..=10)
            .map(|desil| {
                Choice::new(desil.to_string(), lang.msg("verification-desil-most").n("desil", desil).to_string())
            })
            .collect(),
        areas,
        offers: offers
            .into_iter()
            .map(|offer| {
                let name = names.get(&offer.subdistrict).cloned();
                let known = name.filter(|_| {
                    AreaCode::from_number(offer.subdistrict).is_some_and(|code| code.level() == Level::Subdistrict)
                });
                (known.unwrap_or_else(|| lang.t("verification-village-unknown")), offer)
            })
            .collect(),
        counted,
        total,
        nobody,
        sentence,
        form,
        ui: me.ui(app).await,
    })
}

/// Why a filter takes in nobody: the first limit without which somebody would fit, or all of them together.
async fn why_nobody(reading: &Reading<'_>, lang: Lang, version: i64, filter: &Filter) -> Result<String, AppError> {
    let count = async |filter: &Filter| -> Result<i64, AppError> {
        Ok(v::count_candidates(reading, version, filter).await?.iter().map(|offer| offer.families).sum())
    };
    let without = [
        ("verification-nobody-others", Filter { skip_in_other_rounds: false, ..filter.clone() }),
        ("verification-nobody-areas", Filter { areas: Vec::new(), ..filter.clone() }),
        ("verification-nobody-percentile", Filter { percentile_at_most: None, ..filter.clone() }),
        ("verification-nobody-desil", Filter { desil_at_most: None, ..filter.clone() }),
        ("verification-nobody-together", Filter::default()),
    ];
    for (key, wider) in without {
        let fits = count(&wider).await?;
        if fits > 0 {
            return Ok(lang.msg(key).n("count", fits).to_string());
        }
    }
    Ok(lang.t("verification-nobody-list"))
}

/// Which villages the table shows.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Shown {
    #[serde(default)]
    tampil: String,
}

#[derive(Template)]
#[template(path = "verification/templates/round.html")]
pub struct RoundPage {
    ui: Ui,
    round: Round,
    list: String,
    filter_words: String,
    sentence: String,
    due: (&'static str, String),
    totals: Totals,
    outcomes: Figure,
    districts: Figure,
    map: Figure,
    facets: Vec<Link>,
    rows: Vec<VillageRow>,
    people: Vec<Choice>,
    without: usize,
    may_manage: bool,
    form: Form,
}

struct VillageRow {
    line: VillageProgress,
    code: String,
    name: String,
    subdistrict: String,
    due: (&'static str, String),
}

/// Where the families of a round stand, added up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    pub families: i64,
    pub layak: i64,
    pub perbaikan: i64,
    pub tidak_layak: i64,
    pub tunda: i64,
    pub conflicts: i64,
    pub waiting: i64,
    pub late_villages: i64,
    pub late_families: i64,
}

impl Totals {
    pub fn of(lines: &[VillageProgress], today: &str) -> Self {
        lines.iter().fold(Self::default(), |sum, line| {
            let late = line.is_late(today);
            Self {
                families: sum.families + line.families,
                layak: sum.layak + line.layak,
                perbaikan: sum.perbaikan + line.perbaikan,
                tidak_layak: sum.tidak_layak + line.tidak_layak,
                tunda: sum.tunda + line.tunda,
                conflicts: sum.conflicts + line.conflicts,
                waiting: sum.waiting + line.waiting,
                late_villages: sum.late_villages + i64::from(late),
                late_families: sum.late_families + if late { line.due() } else { 0 },
            }
        })
    }

    pub const fn done(&self) -> i64 {
        self.layak + self.perbaikan + self.tidak_layak
    }

    pub const fn due(&self) -> i64 {
        self.waiting + self.tunda
    }
}

pub async fn round(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    Query(shown): Query<Shown>,
) -> Result<Response, AppError> {
    Ok(Page(round_page(&app, &me, id, &shown, Form::default()).await?).into_response())
}

/// The page of a round, with what was ticked and typed to assign its villages.
pub async fn round_page(app: &App, me: &Me, id: i64, shown: &Shown, form: Form) -> Result<RoundPage, AppError> {
    let reading = me.reading(app);
    let round = the_round(&reading, id).await?;
    let lang = me.lang;
    let ui = me.ui(app).await;
    let day = app.clock.today(app.config.zone);
    let today = day.to_string();
    let names = names(app, &reading).await?;
    let lines = app.figures.of(&reading, &format!("progress {id}"), v::progress(&reading, id)).await?;
    let totals = Totals::of(&lines, &today);
    let running = round.state == RoundState::Open;
    let sentence = match round.state {
        RoundState::Planned => {
            lang.msg("verification-round-planned").n("families", totals.families).n("villages", lines.len() as i64)
        }
        RoundState::Open if totals.due() == 0 && totals.conflicts == 0 => {
            lang.msg("verification-round-all").n("families", totals.families)
        }
        RoundState::Open if totals.late_villages > 0 => lang
            .msg("verification-round-late")
            .n("done", totals.done())
            .n("families", totals.families)
            .n("late", totals.late_villages),
        RoundState::Open => lang.msg("verification-round-open").n("done", totals.done()).n("families", totals.families),
        RoundState::Closed => lang
            .msg("verification-round-closed")
            .n("done", totals.done())
            .n("families", totals.families)
            .n("eligible", totals.layak + totals.perbaikan),
        RoundState::Cancelled => lang.msg("verification-round-cancelled"),
    };
    let people =
        app.figures.of(&reading, &format!("visitors {id} {today}"), v::visitors_for(&reading, id, &today)).await?;
    let without = lines.iter().filter(|line| line.verifier_id.is_none()).count();
    let facets = facets(lang, id, &lines, &today, &shown.tampil);
    let map = map(app, &ui, me, &names, &lines).await?;
    let rows = lines
        .iter()
        .filter(|line| match shown.tampil.as_str() {
            "lambat" => line.is_late(&today),
            "tanpa-petugas" => line.verifier_id.is_none(),
            "selesai" => line.due() == 0 && line.conflicts == 0,
            _ => true,
        })
        .map(|line| VillageRow {
            code: AreaCode::from_number(line.village).map(|code| code.to_string()).unwrap_or_default(),
            name: village_name(lang, &names, line.village),
            subdistrict: subdistrict_name(&names, line.village),
            due: if running && line.due() > 0 {
                words::due(lang, line.due_on.as_deref(), day)
            } else {
                ("", String::new())
            },
            line: line.clone(),
        })
        .collect();
    Ok(RoundPage {
        list: list_name(&round.source, &round.version),
        filter_words: filter_words(lang, &round.filter, &names),
        sentence: sentence.to_string(),
        due: if running { words::due(lang, Some(&round.ends_on), day) } else { ("", String::new()) },
        outcomes: outcomes(&ui, &totals),
        districts: by_subdistrict(&ui, &names, &lines),
        map,
        facets,
        rows,
        people: people
            .iter()
            .map(|person| Choice::new(person.user.to_string(), person_words(lang, person, &names)))
            .collect(),
        form,
        without,
        may_manage: me.may(Right::ManageVerification),
        totals,
        round,
        ui,
    })
}

/// `Dewi, Verifikator, 120 keluarga; Bukit Sejahtera`: where she may visit stands behind.
fn person_words(lang: Lang, person: &Person, names: &BTreeMap<i64, String>) -> String {
    let role = lang.t(&format!("role-{}", person.role.as_str().replace('_', "-")));
    let words = lang
        .msg("verification-person")
        .s("name", &person.name)
        .s("role", role)
        .n("families", person.families)
        .to_string();
    let areas: Vec<&str> = person.areas.iter().filter_map(|code| Some(names.get(&code.number())?.as_str())).collect();
    if areas.is_empty() { words } else { format!("{words}; {}", areas.join(", ")) }
}

/// "desil paling tinggi 2, persentil paling tinggi 10, 3 wilayah"
fn filter_words(lang: Lang, filter: &Filter, names: &BTreeMap<i64, String>) -> String {
    let desil = filter.desil_at_most.map(|n| lang.msg("verification-filter-desil").n("desil", n).to_string());
    let percentile =
        filter.percentile_at_most.map(|n| lang.msg("verification-filter-percentile").n("percentile", n).to_string());
    let areas: Vec<String> = filter.areas.iter().filter_map(|code| names.get(&code.number()).cloned()).collect();
    let areas = (!areas.is_empty()).then(|| areas.join(", "));
    let parts: Vec<String> = [desil, percentile, areas].into_iter().flatten().collect();
    if parts.is_empty() { lang.t("verification-filter-all") } else { parts.join(" · ") }
}

fn facets(lang: Lang, id: i64, lines: &[VillageProgress], today: &str, shown: &str) -> Vec<Link> {
    let count =
        |test: &dyn Fn(&VillageProgress) -> bool| lang.number(lines.iter().filter(|line| test(line)).count() as i64);
    let link = |word: &str, key: &str, count: String| {
        let href =
            if word.is_empty() { format!("/verval/{id}#desa") } else { format!("/verval/{id}?tampil={word}#desa") };
        Link::new(href, lang.t(key)).count(count).current(shown == word)
    };
    vec![
        link("", "verification-facet-all", count(&|_| true)),
        link("lambat", "verification-facet-late", count(&|line| line.is_late(today))),
        link("tanpa-petugas", "verification-facet-nobody", count(&|line| line.verifier_id.is_none())),
        link("selesai", "verification-facet-done", count(&|line| line.due() == 0 && line.conflicts == 0)),
    ]
}

/// The parts of the whole: every family is in exactly one.
fn outcomes(ui: &Ui, totals: &Totals) -> Figure {
    let parts = [
        ("verification-part-layak", totals.layak, Tone::Deep),
        ("verification-part-perbaikan", totals.perbaikan, Tone::Data),
        ("verification-part-tidak", totals.tidak_layak, Tone::Pale),
        ("verification-part-tunda", totals.tunda, Tone::Late),
        ("verification-part-dua", totals.conflicts, Tone::Bad),
        ("verification-part-belum", totals.waiting, Tone::Mute),
    ];
    let finding = ui
        .msg("verification-outcomes-finding")
        .n("eligible", totals.layak + totals.perbaikan)
        .n("families", totals.families)
        .to_string();
    let spec = Spec { id: "hasil", title: &ui.t("verification-outcomes"), description: &finding };
    let bar: Vec<Part> =
        parts.iter().map(|(_, value, tone)| Part { value: *value as f64, text: ui.num(value), tone: *tone }).collect();
    let legend =
        parts.iter().map(|(key, value, tone)| Key::new(*tone, ui.msg(key).n("count", *value).to_string())).collect();
    let rows = parts.iter().map(|(key, value, _)| Row::new([ui.t(&format!("{key}-name")), ui.num(value)])).collect();
    Figure::new(&spec, finding.clone(), part_bar(&spec, &bar, 1200.0, 36.0))
        .legend(legend)
        .table(&[&ui.t("verification-result"), &ui.t("verification-families")], rows)
}

/// The share done of each kecamatan, the least first.
fn by_subdistrict(ui: &Ui, names: &BTreeMap<i64, String>, lines: &[VillageProgress]) -> Figure {
    let mut sums: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for line in lines {
        let sum = sums.entry(line.village / 10_000 * 10_000).or_default();
        *sum = (sum.0 + line.done(), sum.1 + line.families);
    }
    let share = |(done, families): (i64, i64)| if families == 0 { 0.0 } else { done as f64 * 100.0 / families as f64 };
    let mut sums: Vec<(i64, (i64, i64))> = sums.into_iter().collect();
    sums.sort_by(|a, b| share(a.1).total_cmp(&share(b.1)).then(a.0.cmp(&b.0)));
    let name = |code: i64| names.get(&code).cloned().unwrap_or_else(|| ui.t("verification-village-unknown"));
    let finding = match sums.first() {
        Some((code, sum)) => {
            ui.msg("verification-least").s("name", name(*code)).s("share", ui.lang.decimal(share(*sum), 0)).to_string()
        }
        None => ui.t("verification-none-here"),
    };
    let spec = Spec { id: "kecamatan", title: &ui.t("verification-by-subdistrict"), description: &finding };
    let rows: Vec<Bar> = sums
        .iter()
        .map(|(code, sum)| Bar {
            label: name(*code),
            value: share(*sum),
            text: format!("{}%", ui.lang.decimal(share(*sum), 0)),
            note: Some(format!("{}/{}", ui.num(&sum.0), ui.num(&sum.1))),
            tone: Tone::Data,
            strong: false,
            href: None,
        })
        .collect();
    let size = BarSize { value: 150.0, ..BarSize::PANEL };
    let narrow = Spec { id: "kecamatan-hp", ..spec };
    let table = sums
        .iter()
        .map(|(code, sum)| {
            Row::new([name(*code), ui.num(&sum.0), ui.num(&sum.1), format!("{}%", ui.lang.decimal(share(*sum), 0))])
        })
        .collect();
    Figure::new(&spec, finding.clone(), bars(&spec, &rows, size))
        .narrow(bars(&narrow, &rows, BarSize { value: 118.0, label: 96.0, ..BarSize::NARROW }))
        .table(&[&ui.t("areas-subdistrict"), &ui.t("verification-done"), &ui.t("verification-families"), "%"], table)
}

/// Where families still wait: the map of the villages, tiles where there are no boundaries.
async fn map(
    app: &App,
    ui: &Ui,
    me: &Me,
    names: &BTreeMap<i64, String>,
    lines: &[VillageProgress],
) -> Result<Figure, AppError> {
    let values: Vec<f64> = lines.iter().map(|line| line.unfinished() as f64).collect();
    let classes = Classes::quantiles(&values);
    let most = lines.iter().max_by_key(|line| line.unfinished()).filter(|line| line.unfinished() > 0);
    let finding = most.map_or_else(
        || ui.t("verification-map-done"),
        |line| {
            ui.msg("verification-map-most")
                .s("name", village_name(ui.lang, names, line.village))
                .n("count", line.unfinished())
                .to_string()
        },
    );
    let spec = Spec { id: "peta", title: &ui.t("verification-map"), description: &finding };
    let round = ui.path.clone();
    let known = lines.iter().filter_map(|line| {
        let code = AreaCode::from_number(line.village).filter(|code| code.level() == Level::Village)?;
        let name = village_name(ui.lang, names, line.village);
        let words =
            ui.msg("verification-map-words").s("name", &name).n("due", line.unfinished()).n("families", line.families);
        Some((code, name, words.to_string(), line.unfinished()))
    });
    let drawn = match app.district().await? {
        Some((district, _)) => drawing(app, &me.reading(app), district).await?,
        None => None,
    };
    let svg = if let Some(drawing) = &drawn {
        let values: Vec<AreaValue> = known
            .map(|(code, _, words, due)| AreaValue {
                code: code.to_string(),
                value: Some(due as f64),
                words,
                href: Some(format!("{round}/desa/{code}")),
            })
            .collect();
        let group = |code: &str| code.get(..8).unwrap_or(code).to_owned();
        let chart = Choropleth { drawing, values: &values, classes: &classes, group: &group, labels: &[], font: 22.0 };
        choropleth(&spec, &chart)
    } else {
        let tiles: Vec<Tile> = known
            .map(|(code, name, words, due)| Tile {
                name,
                value: Some(due as f64),
                text: ui.num(&due),
                words,
                href: Some(format!("{round}/desa/{code}")),
            })
            .collect();
        tile_map(&spec, &tiles, &classes)
    };
    let legend = classes.legend(&values, |low, high| {
        let (low, high) = (low as i64, high as i64);
        if low == high { ui.num(&low) } else { format!("{}–{}", ui.num(&low), ui.num(&high)) }
    });
    Ok(Figure::new(&spec, finding.clone(), svg).legend(legend))
}
