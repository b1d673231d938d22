//! A comparison to take away: a workbook (the sums, every area, and for those who may see them the families), and the
//! areas as CSV. Numbers of persons stand in neither: only counts, names of heads and places. Who takes the workbook out is
//! written down; the CSV holds counts only.

use axum::{
    body::Body,
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    AreaCode, Level,
    lists::compare::{Group, Joining, Leaving},
};
use serde_json::json;
use sheets::{Column, CsvFile, Table, Value, WriteError, XlsxFile};
use store::{
    Reading,
    journal::Entry,
    lists::compare::{self, Counts, Wanted},
};

use super::{
    compare_page::{Asked, Pair, Shown, joining_key, leaving_key},
    pages::download,
};
use crate::{App, AppError, access::Me, areas::Place, forms::Form, ui::Ui};

/// Families fetched at a time.
const PAGE: i64 = 2_000;

pub async fn workbook(
    State(app): State<App>,
    me: Me,
    Path((id, other)): Path<(i64, i64)>,
    form: Form,
) -> Result<Response, AppError> {
    let pair = Pair::load(&app, &me, id, other).await?;
    let place = Place::find(&app, &me, form.text("wilayah")).await?;
    let ui = me.ui(&app).await;
    let counts = pair.found.counts(|village| place.has(village));
    let sees = Shown::new(&ui, &pair, &place).sees;
    let mut file = XlsxFile::new();
    summary(&mut file, &ui, &pair, &place, &counts).map_err(anyhow::Error::from)?;
    let table = areas_table(&ui, &pair, &place);
    let mut sheet = file.sheet(&table).map_err(anyhow::Error::from)?;
    for row in area_rows(&ui, &pair, &place) {
        sheet.row(&row).map_err(anyhow::Error::from)?;
    }
    sheet.finish().map_err(anyhow::Error::from)?;
    if sees {
        families(&mut file, &ui, &me.reading(&app), &pair, &place).await?;
    }
    let bytes = file.into_bytes().map_err(anyhow::Error::from)?;
    let change = me.change(&app).await?;
    let what = ui.msg("lists-compare-taken").s("list", pair.a.title()).to_string();
    change
        .record(Entry {
            verb: "list.downloaded",
            subject: ("list_version", pair.b.id),
            area: place.area.map(AreaCode::number),
            reason: None,
            data: json!({"list": pair.b.title(), "what": what}),
        })
        .await?;
    change.commit().await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download(Body::from(bytes), &file_name(&pair, "xlsx"), kind))
}

pub async fn csv(
    State(app): State<App>,
    me: Me,
    Path((id, other)): Path<(i64, i64)>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let pair = Pair::load(&app, &me, id, other).await?;
    let place = Place::find(&app, &me, &asked.wilayah).await?;
    let ui = me.ui(&app).await;
    let mut bytes = Vec::new();
    write_csv(&mut bytes, &ui, &pair, &place).map_err(anyhow::Error::from)?;
    Ok(download(Body::from(bytes), &file_name(&pair, "csv"), "text/csv; charset=utf-8"))
}

/// `banding-dtsen-2026q1-dtsen-2026q3.xlsx`
fn file_name(pair: &Pair, ending: &str) -> String {
    let (a, b) = (&pair.a, &pair.b);
    format!("banding-{}-{}-{}-{}.{ending}", a.source, a.version, b.source, b.version).to_lowercase()
}

fn write_csv(out: &mut Vec<u8>, ui: &Ui, pair: &Pair, place: &Place) -> Result<(), WriteError> {
    let mut file = CsvFile::new(out, &areas_table(ui, pair, place))?;
    for row in area_rows(ui, pair, place) {
        file.row(&row)?;
    }
    file.finish()
}

/// A count; a small one is hidden from those who may not see families.
fn counted(ui: &Ui, count: i64) -> Value<'static> {
    if ui.is_few(count) { ui.few(count).into() } else { count.into() }
}

fn titles(ui: &Ui, pair: &Pair, place: &Place) -> Vec<String> {
    let dates = |list: &store::lists::Version| {
        ui.msg("lists-compare-choice").s("list", list.title()).s("date", ui.date(&list.as_of)).to_string()
    };
    let mut titles = vec![pair.title(ui), format!("{}; {}", dates(&pair.a), dates(&pair.b))];
    if let Some(area) = place.area {
        titles.push(place.name_of(area));
    }
    titles
}

/// The sums, each in the order of its equation.
fn summary(file: &mut XlsxFile, ui: &Ui, pair: &Pair, place: &Place, counts: &Counts) -> Result<(), WriteError> {
    let named = pair.found.names_people;
    let mut columns = vec![Column::text(ui.t("lists-compare-what")).wide(52.0), Column::number(ui.t("lists-families"))];
    if named {
        columns.push(Column::number(ui.t("lists-persons")));
    }
    let table = Table { name: ui.t("lists-compare-summary"), titles: titles(ui, pair, place), columns, total: None };
    let people = &counts.people;
    let in_list = |title: String| ui.msg("lists-compare-in").s("list", title).to_string();
    let stays = if place.area.is_some() { "lists-compare-stayed-here" } else { "lists-compare-both" };
    // what is of families only, or of persons only, leaves the other column empty
    let line = |label: String, families: i64, persons: i64| (label, Some(families), Some(persons));
    let mut lines: Vec<(String, Option<i64>, Option<i64>)> = vec![
        line(in_list(pair.a.title()), counts.before(), people.before()),
        line(ui.t(stays), counts.stayed, people.stayed),
        line(ui.t("lists-compare-gone"), counts.gone, people.gone),
    ];
    for reason in Leaving::ALL {
        let (families, persons) = (counts.leaving.get(reason), people.leaving.get(reason));
        if families.is_some() || persons.is_some() {
            let label = format!("   {}", ui.t(&leaving_key(*reason)));
            lines.push(line(label, families.copied().unwrap_or(0), persons.copied().unwrap_or(0)));
        }
    }
    if people.alone > 0 {
        lines.push((format!("   {}", ui.t("lists-compare-alone")), None, Some(people.alone)));
    }
    if place.area.is_some() || counts.out > 0 {
        lines.push(line(ui.t("lists-compare-out"), counts.out, people.out));
    }
    if counts.uncovered > 0 {
        lines.push(line(ui.t("lists-compare-not-covered"), counts.uncovered, people.uncovered));
    }
    lines.push(line(in_list(pair.b.title()), counts.after(), people.after()));
    lines.push(line(ui.t(stays), counts.stayed, people.stayed));
    lines.push(line(ui.t("lists-compare-new"), counts.new, people.new));
    for way in Joining::ALL {
        if let Some(families) = counts.joining.get(way) {
            lines.push((format!("   {}", ui.t(&joining_key(*way))), Some(*families), None));
        }
    }
    if place.area.is_some() || counts.into > 0 {
        lines.push(line(ui.t("lists-compare-into"), counts.into, people.into));
    }
    if counts.uncovered_before > 0 {
        lines.push(line(ui.t("lists-compare-not-covered-before"), counts.uncovered_before, people.uncovered_before));
    }
    for group in [Group::Unchanged, Group::Changed] {
        lines.push((ui.t(&format!("lists-compare-group-{group}")), Some(counts.of(group)), None));
    }
    for way in [Group::Moved, Group::Up, Group::Down, Group::Head, Group::Members, Group::Address, Group::Back] {
        let label = format!("   {}", ui.t(&format!("lists-compare-group-{way}")));
        lines.push((label, Some(counts.of(way)), None));
    }
    lines.push((ui.t("lists-compare-moved-family"), None, Some(people.moved)));
    let mut sheet = file.sheet(&table)?;
    for (label, families, persons) in &lines {
        let value = |number: &Option<i64>| number.map_or(Value::Empty, |number| counted(ui, number));
        sheet.row(&[label.as_str().into(), value(families), value(persons)])?;
    }
    sheet.finish()
}

fn areas_table(ui: &Ui, pair: &Pair, place: &Place) -> Table {
    let number = |key: &str| Column::number(ui.t(key)).wide(13.0);
    let mut columns = vec![
        Column::text(ui.t("lists-compare-code")).wide(14.0),
        Column::text(ui.t("lists-compare-subdistrict")),
        Column::text(ui.t("lists-village")),
        Column::number(pair.a.title()).wide(13.0),
        number("lists-compare-col-gone"),
        number("lists-compare-col-out"),
        number("lists-compare-col-into"),
        number("lists-compare-col-new"),
        Column::number(pair.b.title()).wide(13.0),
        number("lists-compare-col-unchanged"),
        number("lists-compare-col-changed"),
        number("lists-compare-col-moved"),
        number("lists-compare-col-up"),
        number("lists-compare-col-down"),
        number("lists-compare-col-head"),
        number("lists-compare-col-members"),
        number("lists-compare-col-address"),
    ];
    if pair.found.names_people {
        columns.push(number("lists-compare-col-people-gone"));
        columns.push(number("lists-compare-col-people-new"));
    }
    Table { name: ui.t("lists-compare-by-area"), titles: titles(ui, pair, place), columns, total: None }
}

/// The area itself, its kecamatan and its villages, by code.
fn area_rows(ui: &Ui, pair: &Pair, place: &Place) -> Vec<Vec<Value<'static>>> {
    let mut codes: Vec<AreaCode> = place.parts(Level::Subdistrict);
    codes.extend(place.parts(Level::Village));
    codes.sort();
    let row = |code: String, subdistrict: String, village: String, counts: &Counts| {
        let n = |number: i64| counted(ui, number);
        vec![
            code.into(),
            subdistrict.into(),
            village.into(),
            n(counts.before()),
            n(counts.gone),
            n(counts.out),
            n(counts.into),
            n(counts.new),
            n(counts.after()),
            n(counts.unchanged()),
            n(counts.changed),
            n(counts.moved),
            n(counts.up),
            n(counts.down),
            n(counts.head),
            n(counts.members),
            n(counts.address),
            n(counts.people.gone),
            n(counts.people.new),
        ]
    };
    let whole = place.area.or(place.district);
    let mut rows = vec![row(
        whole.map_or_else(String::new, |code| code.to_string()),
        ui.t("lists-compare-total"),
        String::new(),
        &pair.found.counts(|village| place.has(village)),
    )];
    for code in codes.into_iter().filter(|code| Some(*code) != place.area) {
        let counts = pair.found.counts(|village| place.has_in(code, village));
        let village = if code.level() == Level::Village { place.name_of(code) } else { String::new() };
        rows.push(row(code.to_string(), place.name_of(code.subdistrict()), village, &counts));
    }
    if let (None, Some(district)) = (place.area, place.district) {
        let counts = pair.found.counts(|village| place.has(village) && village == district.number());
        if counts.before() + counts.after() > 0 {
            rows.push(row(String::new(), ui.t("lists-village-unknown"), String::new(), &counts));
        }
    }
    rows
}

/// Every family that is gone, new or changed.
async fn families(
    file: &mut XlsxFile,
    ui: &Ui,
    reading: &Reading<'_>,
    pair: &Pair,
    place: &Place,
) -> Result<(), AppError> {
    let was = |key: &str| ui.msg("lists-compare-was").s("what", ui.t(key)).to_string();
    let table = Table {
        name: ui.t("lists-families"),
        titles: titles(ui, pair, place),
        columns: vec![
            Column::text(ui.t("lists-compare-group")).wide(16.0),
            Column::text(ui.t("lists-head")).wide(30.0),
            Column::text(was("lists-head")).wide(30.0),
            Column::text(ui.t("lists-compare-subdistrict")),
            Column::text(ui.t("lists-village")),
            Column::text(was("lists-village")),
            Column::number(was("lists-members")),
            Column::number(ui.t("lists-members")),
            Column::number(was("lists-desil")),
            Column::number(ui.t("lists-desil")),
            Column::text(ui.t("lists-compare-reason")).wide(44.0),
            Column::number(ui.t("lists-compare-aid")).wide(14.0),
        ],
        total: None,
    };
    let mut sheet = file.sheet(&table).map_err(anyhow::Error::from)?;
    let village = |code: Option<i64>| match code {
        Some(code) if code % 10_000 != 0 => place.names.get(&code).cloned(),
        Some(_) => Some(ui.t("lists-village-unknown")),
        None => None,
    };
    let subdistrict = |code: Option<i64>| place.names.get(&(code? / 10_000 * 10_000)).cloned();
    for group in [Group::Gone, Group::New, Group::Changed] {
        let mut wanted = Wanted { area: place.area, ..Wanted::all(group, PAGE) };
        let word = ui.t(&format!("lists-compare-group-{group}"));
        loop {
            let lines = compare::families(reading, pair.a.id, pair.b.id, &wanted).await?;
            let Some(last) = lines.last() else { break };
            wanted.after = last.family_id;
            for line in &lines {
                let name = |head: Option<&str>| head.map(domain::name::display);
                let reason = line.reason.as_deref().map(|reason| match group {
                    Group::Gone => ui.t(&leaving_key(Leaving::from_word(reason).unwrap_or(Leaving::Unknown))),
                    _ => ui.t(&joining_key(Joining::from_word(reason).unwrap_or(Joining::First))),
                });
                let at = line.village.or(line.was_village);
                sheet
                    .row(&[
                        word.as_str().into(),
                        name(line.head.as_deref().or(line.was_head.as_deref())).into(),
                        name(line.was_head.as_deref()).filter(|_| line.head_changed()).into(),
                        subdistrict(at).into(),
                        village(at).into(),
                        village(line.was_village).filter(|_| line.moved()).into(),
                        line.was_members.into(),
                        line.members.into(),
                        line.was_desil.into(),
                        line.desil.into(),
                        reason.into(),
                        line.aid.into(),
                    ])
                    .map_err(anyhow::Error::from)?;
            }
        }
    }
    sheet.finish().map_err(anyhow::Error::from)?;
    Ok(())
}
