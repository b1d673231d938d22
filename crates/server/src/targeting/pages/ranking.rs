//! The page of a determination: the ranking around its cut line, quota and ceiling, who is not ranked, how it is spread.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::{
    AreaCode,
    targeting::{Act, DeterminationState, Exclusion, LineState},
};
use serde::Deserialize;
use sheets::{Column, Table, XlsxFile};
use store::targeting::{self, Determination, Filter, Line, Tally};

use super::{
    super::words::{self, RuleWords},
    area_names, days_between,
};
use crate::{
    App, AppError, Page,
    access::Me,
    forms::Form,
    ui::{
        Ui,
        charts::{Bar, BarSize, Spec, Tone, bars, meter},
        parts::{Choice, Link},
        url,
    },
};

/// What the address asks to see of the ranking.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// `atas` from the top, `kecamatan` the table by kecamatan; otherwise around the cut line.
    #[serde(default)]
    lihat: String,
    #[serde(default)]
    wilayah: String,
    #[serde(default)]
    keadaan: String,
    #[serde(default)]
    sebab: String,
    #[serde(default)]
    cari: String,
    #[serde(default)]
    sesudah: String,
}

/// Ranks shown before and behind the cut line, and lines of a page.
const BEFORE: i64 = 8;
const BEHIND: i64 = 7;
const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "targeting/templates/determination.html")]
struct DeterminationPage {
    ui: Ui,
    one: Determination,
    trail: Vec<(String, String)>,
    revision: String,
    sentence: String,
    form: Form,
    title: String,
    views: Vec<Link>,
    rows: Vec<Row>,
    by_area: Vec<AreaRow>,
    places: Vec<Choice>,
    states: Vec<Choice>,
    ties: String,
    narrowed: bool,
    newest: Option<String>,
    more: Option<String>,
    summary: String,
    families: Meter,
    money: Option<Meter>,
    unit: String,
    unit_detail: String,
    left: Option<String>,
    excluded: i64,
    reasons: Vec<Link>,
    adds_up: String,
    spread: String,
    rule: RuleWords,
    may_revise: bool,
    may_propose: bool,
    waiting: Option<String>,
    unanswered: i64,
}

struct Meter {
    text: String,
    svg: String,
}

/// A line of the table, or the cut line.
enum Row {
    Family(Box<FamilyRow>),
    Cut { limit: String, money: String },
}

struct FamilyRow {
    family: i64,
    rank: Option<i64>,
    name: String,
    village: String,
    subdistrict: String,
    score: String,
    why: String,
    state: LineState,
    standing: String,
    warning: String,
}

struct AreaRow {
    href: String,
    name: String,
    candidates: i64,
    eligible: i64,
    selected: i64,
    share: String,
    last_score: String,
}

pub async fn determination(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let one = targeting::determination(&reading, id).await?.ok_or(AppError::NotFound)?;
    let ui = me.ui(&app).await;
    let names = area_names(&app, &reading).await?;
    let tally = app.figures.of(&reading, &format!("tally {id}"), targeting::tally(&reading, id)).await?;
    let spread = app.figures.of(&reading, &format!("spread {id}"), targeting::spread(&reading, id, None)).await?;
    let words = me.words(&asked.cari).await;
    let filter = filter_of(&asked, &words.text);
    let narrowed = filter.area.is_some() || filter.state.is_some() || filter.why.is_some() || filter.search.is_some();
    let from_top = asked.lihat == "atas" || narrowed;
    let by_subdistrict = asked.lihat == "kecamatan" && !narrowed;
    let mut lines = if by_subdistrict {
        Vec::new()
    } else if from_top {
        targeting::lines(&reading, id, &filter, PAGE + 1).await?
    } else {
        let cut = last_selected(&reading, &one).await?;
        targeting::lines_around(&reading, id, cut, BEFORE, BEHIND).await?
    };
    let another = from_top && lines.len() as i64 > PAGE;
    lines.truncate(if from_top { PAGE as usize } else { lines.len() });
    let address = |after: &str| {
        let pairs = [
            ("lihat", asked.lihat.as_str()),
            ("wilayah", &asked.wilayah),
            ("keadaan", &asked.keadaan),
            ("sebab", &asked.sebab),
            ("cari", &words.key),
            ("sesudah", after),
        ];
        let parts: Vec<String> =
            pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| format!("{n}={}", url(v))).collect();
        format!("/penetapan/{id}?{}", parts.join("&"))
    };
    let more = lines.last().filter(|_| another).map(|last| address(&last.id.to_string()));
    let newest = filter.after.map(|_| address(""));
    let summary = ui.msg("targeting-lines-shown").n("count", lines.len()).to_string();
    let mut form = Form::default();
    form.set("wilayah", &asked.wilayah).set("keadaan", &asked.keadaan).set("cari", &words.text);
    let excluded = one.candidates - one.eligible;
    let unanswered = if one.state == DeterminationState::Signed {
        *app.figures.of(&reading, &format!("unanswered {id}"), targeting::unanswered(&reading, id)).await?
    } else {
        0
    };
    let mut places: Vec<Choice> = Vec::new();
    for area in spread.iter() {
        if let Some(code) = AreaCode::from_number(area.area) {
            places.push(Choice::new(code.to_string(), words::area_name(ui.lang, code, &area.name)));
        }
    }
    let money = one.quota.ceiling.map(|ceiling| Meter {
        text: ui
            .msg("targeting-of")
            .s("part", words::short_rupiah(ui.lang, one.amount))
            .s("whole", words::short_rupiah(ui.lang, ceiling))
            .to_string(),
        svg: meter(one.amount.0 as f64, ceiling.0.max(1) as f64, Tone::Data),
    });
    let limit = i64::from(one.quota.families.unwrap_or(one.quota.most())).min(one.eligible.max(one.selected));
    let today = app.clock.today(app.config.zone);
    let page = DeterminationPage {
        sentence: sentence(&ui, &one, unanswered),
        revision: ui.msg("targeting-draft-number").n("number", one.revision).to_string(),
        trail: vec![(ui.t("nav-targeting"), "/penetapan".to_owned())],
        title: title(&ui, &asked, by_subdistrict, from_top),
        views: views(&ui, id, &asked, from_top && !narrowed, by_subdistrict),
        rows: rows(&ui, &one, lines, !from_top),
        by_area: if by_subdistrict { spread.iter().map(|area| area_row(&ui, id, area)).collect() } else { Vec::new() },
        states: state_choices(&ui),
        ties: words::ties_words(ui.lang, &one.criteria.ties),
        families: Meter {
            text: ui.msg("targeting-of").s("part", ui.num(&one.selected)).s("whole", ui.num(&limit)).to_string(),
            svg: meter(one.selected as f64, limit.max(1) as f64, Tone::Data),
        },
        unit: ui.lang.rupiah(one.quota.unit),
        unit_detail: unit_detail(&ui, &one),
        left: left_words(&ui, &one),
        reasons: reasons(&ui, id, &tally, &asked.sebab),
        adds_up: ui
            .msg("targeting-adds-up")
            .n("candidates", one.candidates)
            .n("eligible", one.eligible)
            .n("excluded", excluded)
            .to_string(),
        spread: spread_chart(&ui, id, &spread),
        rule: words::rule(ui.lang, &one.criteria, &one.quota, &names),
        may_revise: ui.may("draft_determination") && one.state.may(Act::Revise),
        may_propose: ui.may("draft_determination") && one.state.may(Act::Propose) && one.selected > 0,
        waiting: one
            .proposed_at
            .as_deref()
            .filter(|_| one.state == DeterminationState::Proposed)
            .map(|at| ui.msg("targeting-waits-for-head").n("days", days_between(at, today)).to_string()),
        excluded,
        money,
        places,
        form,
        narrowed,
        newest,
        more,
        summary,
        unanswered,
        one,
        ui,
    };
    Ok(Page(page).into_response())
}

fn filter_of(asked: &Asked, words: &str) -> Filter {
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Filter {
        area: asked.wilayah.parse().ok(),
        state: LineState::from_word(&asked.keadaan),
        why: text(&asked.sebab).filter(|why| Exclusion::from_word(why).is_some()),
        search: text(words),
        after: asked.sesudah.parse().ok(),
    }
}

/// The rank of the last family chosen; 0 when nobody was.
async fn last_selected(reading: &store::Reading<'_>, one: &Determination) -> Result<i64, AppError> {
    Ok(targeting::last_selected(reading, one.id).await?.unwrap_or(0))
}

fn sentence(ui: &Ui, one: &Determination, unanswered: i64) -> String {
    if one.state == DeterminationState::Signed {
        return ui
            .msg("targeting-sentence-signed")
            .n("selected", one.selected)
            .s("amount", words::short_rupiah(ui.lang, one.amount))
            .n("unanswered", unanswered)
            .to_string();
    }
    let key = match one.quota.ceiling {
        _ if one.selected == 0 => "targeting-sentence-nobody",
        Some(_) => "targeting-sentence-money",
        None => "targeting-sentence",
    };
    let left = one.quota.ceiling.map(|ceiling| words::short_rupiah(ui.lang, ceiling - one.amount)).unwrap_or_default();
    ui.msg(key).n("selected", one.selected).n("eligible", one.eligible).s("left", left).to_string()
}

fn title(ui: &Ui, asked: &Asked, by_subdistrict: bool, from_top: bool) -> String {
    if by_subdistrict {
        return ui.t("targeting-view-subdistricts");
    }
    if !asked.sebab.is_empty() {
        return words::limit(ui.lang, &asked.sebab);
    }
    ui.t(if from_top { "targeting-view-top" } else { "targeting-view-cut" })
}

fn views(ui: &Ui, id: i64, asked: &Asked, from_top: bool, by_subdistrict: bool) -> Vec<Link> {
    let plain = asked.wilayah.is_empty() && asked.keadaan.is_empty() && asked.sebab.is_empty() && asked.cari.is_empty();
    vec![
        Link::new(format!("/penetapan/{id}"), ui.t("targeting-link-cut"))
            .current(plain && !from_top && !by_subdistrict),
        Link::new(format!("/penetapan/{id}?lihat=atas"), ui.t("targeting-link-top")).current(from_top),
        Link::new(format!("/penetapan/{id}?lihat=kecamatan"), ui.t("targeting-link-subdistricts"))
            .current(by_subdistrict),
        Link::new(format!("/penetapan/{id}/unduh"), ui.t("targeting-link-download")),
    ]
}

/// The lines of the table, with the cut line behind the last one chosen.
fn rows(ui: &Ui, one: &Determination, lines: Vec<Line>, cut_wanted: bool) -> Vec<Row> {
    let last = lines.iter().rposition(|line| line.state == LineState::Selected);
    let mut rows = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        let row = FamilyRow {
            family: line.family,
            rank: line.rank,
            name: domain::name::display(&line.head_name),
            village: line.village_name.clone(),
            subdistrict: line.subdistrict_name.clone(),
            score: line.score.map_or_else(|| "–".to_owned(), |score| words::points(ui.lang, score)),
            why: words::why_here(ui.lang, &line),
            state: line.state,
            standing: words::standing(ui.lang, &line),
            warning: if line.state == LineState::Excluded {
                String::new()
            } else {
                words::received(ui.lang, &line.detail)
            },
        };
        rows.push(Row::Family(Box::new(row)));
        if cut_wanted && Some(at) == last {
            let limit = match one.quota.families {
                Some(families) if i64::from(families) == one.selected => {
                    ui.msg("targeting-cut-quota").n("count", one.selected).to_string()
                }
                _ => ui.msg("targeting-cut-other").n("count", one.selected).to_string(),
            };
            let money = one.quota.ceiling.map_or_else(
                || ui.lang.rupiah(one.amount),
                |ceiling| ui.msg("targeting-cut-money").s("amount", one.amount).s("ceiling", ceiling).to_string(),
            );
            rows.push(Row::Cut { limit, money });
        }
    }
    rows
}

fn area_row(ui: &Ui, id: i64, area: &targeting::Spread) -> AreaRow {
    let code = AreaCode::from_number(area.area).map(|code| code.to_string()).unwrap_or_default();
    AreaRow {
        href: format!("/penetapan/{id}?wilayah={code}"),
        name: if area.name.is_empty() { code } else { area.name.clone() },
        candidates: area.candidates,
        eligible: area.eligible,
        selected: area.selected,
        share: if area.eligible > 0 {
            format!("{} %", ui.lang.decimal(area.selected as f64 * 100.0 / area.eligible as f64, 0))
        } else {
            "–".to_owned()
        },
        last_score: area
            .last_score
            .map_or_else(|| "–".to_owned(), |score| words::points(ui.lang, domain::targeting::Points(score))),
    }
}

fn state_choices(ui: &Ui) -> Vec<Choice> {
    LineState::ALL
        .iter()
        .map(|state| Choice::new(state.as_str(), words::sentence_case(&ui.t(&format!("targeting-state-{state}")))))
        .collect()
}

/// `Rp735.000 x 4 tahap`, when the programme has several stages.
fn unit_detail(ui: &Ui, one: &Determination) -> String {
    match &one.programme {
        Some(programme) if programme.stages > 1 && programme.per_family() == one.quota.unit => {
            ui.msg("targeting-unit-stages").s("unit", programme.unit_amount).n("stages", programme.stages).to_string()
        }
        Some(programme) if programme.aid == "goods" => ui.t("targeting-unit-goods"),
        _ => String::new(),
    }
}

/// `Rp60.000.000 = 20 keluarga lagi`.
fn left_words(ui: &Ui, one: &Determination) -> Option<String> {
    let left = one.quota.ceiling? - one.amount;
    let more = if one.quota.unit.0 > 0 { left.0 / one.quota.unit.0 } else { 0 };
    Some(ui.msg("targeting-left").s("left", left).n("more", more).to_string())
}

/// The reasons of those not ranked, each with the list behind its number.
fn reasons(ui: &Ui, id: i64, tally: &[Tally], current: &str) -> Vec<Link> {
    tally
        .iter()
        .filter(|one| one.state == LineState::Excluded.as_str())
        .map(|one| {
            let tone = match Exclusion::from_word(&one.why) {
                Some(Exclusion::AlreadyReceives) => "bad",
                Some(Exclusion::Blocked | Exclusion::NotVerified) => "warn",
                _ => "n",
            };
            Link::new(format!("/penetapan/{id}?sebab={}", one.why), words::limit(ui.lang, &one.why))
                .hint(ui.t(&format!("targeting-next-{}", one.why.replace('_', "-"))))
                .count(ui.num(&one.families))
                .tone(tone)
                .current(one.why == current)
        })
        .collect()
}

/// The kecamatan with most families chosen, the rest as one bar.
fn spread_chart(ui: &Ui, id: i64, spread: &[targeting::Spread]) -> String {
    const SHOWN: usize = 6;
    let mut sorted: Vec<&targeting::Spread> = spread.iter().collect();
    sorted.sort_by_key(|area| (std::cmp::Reverse(area.selected), area.area));
    let (shown, rest) = sorted.split_at(sorted.len().min(if sorted.len() > SHOWN + 1 { SHOWN } else { SHOWN + 1 }));
    let bar = |area: &targeting::Spread| Bar {
        label: area.name.clone(),
        value: area.selected as f64,
        text: ui.num(&area.selected),
        href: AreaCode::from_number(area.area).map(|code| format!("/penetapan/{id}?wilayah={code}")),
        ..Bar::default()
    };
    let mut all: Vec<Bar> = shown.iter().map(|area| bar(area)).collect();
    if !rest.is_empty() {
        let families: i64 = rest.iter().map(|area| area.selected).sum();
        all.push(Bar {
            label: ui.msg("targeting-other-subdistricts").n("count", rest.len()).to_string(),
            value: families as f64,
            text: ui.num(&families),
            tone: Tone::Pale,
            href: Some(format!("/penetapan/{id}?lihat=kecamatan")),
            ..Bar::default()
        });
    }
    let description: Vec<String> = all.iter().map(|bar| format!("{} {}", bar.label, bar.text)).collect();
    let title = ui.t("targeting-spread-title");
    bars(&Spec { id: "sebaran", title: &title, description: &description.join(", ") }, &all, BarSize::NARROW)
}

/// The ranking as a workbook: every family within the actor's area, without numbers of persons.
pub async fn ranking_workbook(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let one = targeting::determination(&reading, id).await?.ok_or(AppError::NotFound)?;
    let lang = me.lang;
    let table = Table {
        name: lang.t("targeting-sheet"),
        titles: vec![one.name.clone(), words::ties_words(lang, &one.criteria.ties)],
        columns: vec![
            Column::number(lang.t("targeting-rank")).wide(7.0),
            Column::text(lang.t("targeting-head")).wide(30.0),
            Column::text(lang.t("targeting-village")).wide(22.0),
            Column::text(lang.t("targeting-subdistrict")).wide(22.0),
            Column::number(lang.t("targeting-members-count")).wide(9.0),
            Column::number(lang.t("targeting-score")).wide(9.0),
            Column::text(lang.t("targeting-standing")).wide(14.0),
            Column::text(lang.t("targeting-why")).wide(60.0),
        ],
        total: None,
    };
    let mut file = XlsxFile::new();
    let mut sheet = file.sheet(&table).map_err(anyhow::Error::from)?;
    let mut filter = Filter::default();
    loop {
        let lines = targeting::lines(&reading, id, &filter, 2_000).await?;
        let Some(last) = lines.last() else { break };
        filter.after = Some(last.id);
        for line in &lines {
            let name = domain::name::display(&line.head_name);
            let (standing, why) = (words::standing(lang, line), words::why_here(lang, line));
            let score = line.score.map(|score| score.0 as f64 / 1_000.0);
            sheet
                .row(&[
                    line.rank.into(),
                    name.as_str().into(),
                    line.village_name.as_str().into(),
                    line.subdistrict_name.as_str().into(),
                    line.members.into(),
                    score.into(),
                    standing.as_str().into(),
                    why.as_str().into(),
                ])
                .map_err(anyhow::Error::from)?;
        }
    }
    sheet.finish().map_err(anyhow::Error::from)?;
    let bytes = file.into_bytes().map_err(anyhow::Error::from)?;
    let name = format!("attachment; filename=\"peringkat-{id}.xlsx\"");
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}
