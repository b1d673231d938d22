//! District, kecamatan, desa: one sentence, the counts that lead to their lists, the map, and the areas below.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use domain::{AreaCode, Level};
use serde::Deserialize;
use store::{
    areas,
    registry::{self, AreaCounts},
};

use super::map::{Measure, counted_map};
use crate::{
    App, AppError, Page,
    access::Me,
    error::see,
    ui::{
        Ui,
        charts::{Bar, BarSize, Figure, Spec, bars},
    },
};

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    ukuran: String,
}

#[derive(Template)]
#[template(path = "areas/templates/area.html")]
struct AreaPage {
    ui: Ui,
    code: String,
    kind: String,
    name: String,
    above: Vec<(String, String)>,
    sentence: String,
    numbers: Vec<Number>,
    figure: Option<Figure>,
    /// Instead of a map, for one village.
    way: Option<Figure>,
    measures: Vec<(String, String, bool)>,
    below: Vec<Below>,
    total: Option<Below>,
}

struct Number {
    label: String,
    value: String,
    href: Option<String>,
}

struct Below {
    /// The area, or the families that stand in none; nothing for who does not see these.
    href: Option<String>,
    name: String,
    families: String,
    people: String,
    desil1: String,
    verified: String,
    determined: String,
    served: String,
    untouched: String,
}

#[derive(Template)]
#[template(path = "areas/templates/none.html")]
struct NonePage {
    ui: Ui,
}

pub async fn own(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    // a village operator's district is his village
    if let [only] = me.actor.scope.codes() {
        return Ok(see(format!("/wilayah/{only}")));
    }
    match app.district().await? {
        Some((code, _)) => Ok(see(format!("/wilayah/{code}"))),
        None => Ok(Page(NonePage { ui: me.ui(&app).await }).into_response()),
    }
}

pub async fn area(
    State(app): State<App>,
    me: Me,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let code: AreaCode = code.parse().map_err(|_| AppError::NotFound)?;
    // an area outside one's own would show nothing but zeros, which would be wrong
    let area = areas::find(&reading, code).await?.filter(|_| me.actor.scope.touches(code)).ok_or(AppError::NotFound)?;
    let count = registry::counts_by_village(&reading, code);
    let counts = app.figures.of(&reading, &format!("counts {code}"), count).await?;
    let sum = total(code, &counts);
    let ui = me.ui(&app).await;
    let sees = ui.may("see_families");
    let measure = Measure::from_word(&asked.ukuran).unwrap_or(Measure::Untouched);
    let figure = if code.level() == Level::Village {
        None
    } else {
        Some(counted_map(&app, &ui, &reading, code, &counts, measure).await?)
    };
    let way = (code.level() == Level::Village && sees && sum.families > 0).then(|| way(&ui, &sum));
    let list = |query: &str| sees.then(|| format!("/keluarga?wilayah={code}{query}"));
    let number = |key: &str, value: i64, href: Option<String>| Number { label: ui.t(key), value: ui.few(value), href };
    let numbers = vec![
        number("areas-families", sum.families, list("")),
        number("areas-desil1", sum.desil1, list("&desil=1")),
        number("areas-verified", sum.verified, None),
        number("areas-served", sum.served, None),
    ];
    let sentence = if sum.families == 0 {
        ui.msg("areas-sentence-empty").s("name", &area.name)
    } else if sum.desil1 == 0 {
        ui.msg("areas-sentence-no-desil1").s("name", &area.name).s("families", ui.few(sum.families))
    } else {
        ui.msg("areas-sentence")
            .s("name", &area.name)
            .s("families", ui.few(sum.families))
            .s("desil1", ui.few(sum.desil1))
            .s("untouched", ui.few(sum.untouched))
    };
    let children = areas::children(&reading, code).await?;
    let mut parts: Vec<AreaCounts> = children
        .iter()
        .map(|child| {
            let part: Vec<AreaCounts> =
                counts.iter().filter(|c| child.code.range().contains(&c.code)).cloned().collect();
            total(child.code, &part)
        })
        .collect();
    let mut names: Vec<(Option<String>, String)> =
        children.iter().map(|child| (Some(format!("/wilayah/{}", child.code)), child.name.clone())).collect();
    // families whose village is not known stand in none of the areas below, and in the sum
    let elsewhere: Vec<AreaCounts> =
        counts.iter().filter(|c| !children.iter().any(|child| child.code.range().contains(&c.code))).cloned().collect();
    if !children.is_empty() && !elsewhere.is_empty() {
        parts.push(total(code, &elsewhere));
        names.push((list("&kurang=village"), ui.t("registry-village-unknown")));
    }
    let below: Vec<Below> = rows(&ui, names, &parts);
    let total = (!below.is_empty()).then(|| {
        let count = |of: fn(&AreaCounts) -> i64| ui.few(of(&sum));
        Below::of(None, ui.t("areas-total"), COLUMNS.map(count))
    });
    let mut above = Vec::new();
    let mut parent = code.parent();
    while let Some(up) = parent.filter(|up| up.level() > Level::Province) {
        if let Some(area) = areas::find(&reading, up).await? {
            above.insert(0, (up.to_string(), area.name));
        }
        parent = up.parent();
    }
    let measures = Measure::ALL.iter().map(|m| (m.word().to_owned(), ui.t(m.key()), *m == measure)).collect();
    Ok(Page(AreaPage {
        code: code.to_string(),
        kind: ui.t(&format!("areas-kind-{}", area.kind)),
        name: area.name,
        sentence: sentence.to_string(),
        above,
        numbers,
        figure,
        way,
        measures,
        below,
        total,
        ui,
    })
    .into_response())
}

/// How far the families of a village are on their way: recorded, verified, determined, served.
fn way(ui: &Ui, sum: &AreaCounts) -> Figure {
    let steps = [
        ("areas-families", sum.families),
        ("areas-verified", sum.verified),
        ("areas-determined", sum.determined),
        ("areas-served", sum.served),
    ];
    let rows =
        steps.map(|(key, count)| Bar { label: ui.t(key), value: count as f64, text: ui.num(&count), ..Bar::default() });
    let finding =
        ui.msg("areas-way").n("families", sum.families).n("verified", sum.verified).n("served", sum.served).to_string();
    let spec = Spec { id: "jalan", title: &finding, description: &finding };
    let narrow = Spec { id: "jalan-hp", ..spec };
    Figure::new(&spec, finding.clone(), bars(&spec, &rows, BarSize::PANEL))
        .narrow(bars(&narrow, &rows, BarSize::NARROW))
        .source(ui.msg("areas-source").s("date", &ui.today).to_string())
}

/// The sum of an area's villages.
fn total(code: AreaCode, counts: &[AreaCounts]) -> AreaCounts {
    let zero = AreaCounts {
        code: code.number(),
        families: 0,
        people: 0,
        desil1: 0,
        verified: 0,
        determined: 0,
        served: 0,
        untouched: 0,
    };
    counts.iter().fold(zero, |sum, c| AreaCounts {
        code: sum.code,
        families: sum.families + c.families,
        people: sum.people + c.people,
        desil1: sum.desil1 + c.desil1,
        verified: sum.verified + c.verified,
        determined: sum.determined + c.determined,
        served: sum.served + c.served,
        untouched: sum.untouched + c.untouched,
    })
}

/// The columns of the table, in its order.
const COLUMNS: [fn(&AreaCounts) -> i64; 7] =
    [|c| c.families, |c| c.people, |c| c.desil1, |c| c.verified, |c| c.determined, |c| c.served, |c| c.untouched];

/// The rows of the table, column by column: each column stands above its sum.
fn rows(ui: &Ui, names: Vec<(Option<String>, String)>, parts: &[AreaCounts]) -> Vec<Below> {
    let columns = COLUMNS.map(|of| ui.few_parts(&parts.iter().map(of).collect::<Vec<_>>()));
    names
        .into_iter()
        .enumerate()
        .map(|(at, (href, name))| Below::of(href, name, columns.each_ref().map(|c| c[at].clone())))
        .collect()
}

impl Below {
    fn of(href: Option<String>, name: String, counts: [String; 7]) -> Self {
        let [families, people, desil1, verified, determined, served, untouched] = counts;
        Self { href, name, families, people, desil1, verified, determined, served, untouched }
    }
}
