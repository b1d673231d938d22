//! Work lists of what should not be, with their causes and what to do about each: on the page, as a workbook, as CSV.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use domain::name::display;
use serde::Deserialize;
use sheets::{Column, Table, Value};
use store::registry::doubt::{self, Doubt, Row};

use super::{export, search::names};
use crate::{
    App, AppError, Page,
    access::Me,
    forms::Form,
    ui::{Ui, parts::Link},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    jenis: String,
    desa: String,
}

#[derive(Template)]
#[template(path = "registry/templates/doubt.html")]
struct DoubtPage {
    ui: Ui,
    trail: Vec<(String, String)>,
    sentence: String,
    tabs: Vec<Link>,
    kind: &'static str,
    village: String,
    /// Only one village is shown.
    only: Option<String>,
    villages: Vec<VillageRow>,
    lines: Vec<Line>,
    /// More than are shown.
    more: i64,
    /// The other column says something.
    with_other: bool,
}

struct VillageRow {
    name: String,
    href: String,
    count: i64,
    causes: String,
}

struct Line {
    name: String,
    href: Option<String>,
    village: String,
    cause: String,
    other: String,
    other_href: Option<String>,
    amount: i64,
    action: String,
    action_href: Option<String>,
}

/// Shown at once; the workbook has all.
const SHOWN: i64 = 200;
const MOST: i64 = 100_000;

fn kind(word: &str) -> Doubt {
    Doubt::from_word(word).unwrap_or(Doubt::Twice)
}

fn cause(ui: &Ui, doubt: Doubt, row: &Row) -> String {
    let what = if row.cause == "served" { ui.date(&row.what) } else { row.what.clone() };
    ui.msg(&format!("doubt-{}-{}", doubt.as_str(), row.cause)).s("what", what).to_string()
}

impl Line {
    fn of(ui: &Ui, names: &std::collections::BTreeMap<i64, String>, doubt: Doubt, row: &Row) -> Self {
        let place = |village: i64| names.get(&village).cloned().unwrap_or_else(|| ui.t("registry-village-unknown"));
        let pair = row.other_village != row.village
            || row.other_person_id.is_some()
            || matches!(doubt, Doubt::Number | Doubt::Villages);
        let pair = pair && !matches!(row.cause.as_str(), "like" | "barred" | "served" | "enrolled" | "head");
        let change = ui.may("change_households");
        // what to do: say that two are one, put a death or a head right, look at the family
        let (action, action_href) = match (row.cause.as_str(), row.person_id, row.family_id) {
            ("like" | "barred" | "served", _, Some(family)) => ("doubt-do-family", Some(format!("/keluarga/{family}"))),
            ("enrolled", _, Some(family)) => ("doubt-do-enrolment", Some(format!("/keluarga/{family}"))),
            ("head", _, Some(family)) => ("doubt-do-head", change.then(|| format!("/keluarga/{family}/ubah/kepala"))),
            (_, Some(person), _) if row.other_person_id.is_some() && doubt != Doubt::Dead => {
                ("doubt-do-same", change.then(|| format!("/orang/{person}/sama")))
            }
            ("number", _, Some(family)) if doubt == Doubt::Dead => {
                ("doubt-do-death", change.then(|| format!("/keluarga/{family}/ubah/meninggal")))
            }
            (_, Some(_), _) => ("doubt-do-office", None),
            _ => ("doubt-do-family", None),
        };
        Self {
            name: display(&row.name),
            href: match (doubt, row.person_id, row.family_id) {
                (Doubt::Twice, _, Some(family)) => Some(format!("/keluarga/{family}")),
                (_, Some(person), _) => Some(format!("/orang/{person}")),
                (_, None, family) => family.map(|family| format!("/keluarga/{family}")),
            },
            village: place(row.village),
            cause: cause(ui, doubt, row),
            other: match (&row.other_name, pair) {
                (Some(name), true) => format!("{}, {}", display(name), place(row.other_village)),
                (None, true) => ui.t("doubt-elsewhere"),
                (_, false) => String::new(),
            },
            other_href: row.other_person_id.filter(|_| pair).map(|person| format!("/orang/{person}")),
            amount: row.amount,
            action: ui.t(action),
            action_href,
        }
    }
}

pub async fn page(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let doubt = kind(&asked.jenis);
    let reading = me.reading(&app);
    let ui = me.ui(&app).await;
    let names = names(&app, &reading).await?;
    let mut tabs = Vec::new();
    let mut counted = None;
    for one in Doubt::ALL {
        let counts = app.figures.of(&reading, &format!("doubt {}", one.as_str()), doubt::counts(&reading, one)).await?;
        let all: i64 = counts.iter().map(|count| count.count).sum();
        let mut link =
            Link::new(format!("/keluarga/rangkap?jenis={}", one.as_str()), ui.t(&format!("doubt-{}", one.as_str())));
        link.count = ui.num(&all);
        link.current = one == doubt;
        tabs.push(link);
        if one == doubt {
            counted = Some((all, counts));
        }
    }
    let (all, counts) = counted.ok_or(AppError::NotFound)?;
    let village: Option<i64> = asked.desa.parse::<domain::AreaCode>().ok().map(domain::AreaCode::number);
    let shown: i64 = counts.iter().filter(|one| village.is_none_or(|of| of == one.village)).map(|one| one.count).sum();
    let rows = doubt::rows(&reading, doubt, village, SHOWN).await?;
    let mut villages: Vec<VillageRow> = Vec::new();
    for one in counts.iter() {
        let words =
            format!("{} {}", ui.num(&one.count), ui.t(&format!("doubt-{}-{}-short", doubt.as_str(), one.cause)));
        let name = names.get(&one.village).cloned().unwrap_or_else(|| ui.t("registry-village-unknown"));
        if let Some(row) = villages.last_mut().filter(|row| row.name == name) {
            row.count += one.count;
            row.causes = format!("{} · {words}", row.causes);
        } else {
            let code = domain::AreaCode::from_number(one.village).map(|code| code.to_string()).unwrap_or_default();
            let href = format!("/keluarga/rangkap?jenis={}&desa={code}", doubt.as_str());
            villages.push(VillageRow { name, href, count: one.count, causes: words });
        }
    }
    villages.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let lines: Vec<Line> = rows.iter().map(|row| Line::of(&ui, &names, doubt, row)).collect();
    let sentence = match all {
        0 => ui.t(&format!("doubt-{}-none", doubt.as_str())),
        count => ui
            .msg(&format!("doubt-{}-sentence", doubt.as_str()))
            .n("count", count)
            .n("villages", villages.len())
            .to_string(),
    };
    let page = DoubtPage {
        trail: vec![
            (ui.t("nav-registry"), "/keluarga".to_owned()),
            (ui.t("registry-quality"), "/keluarga/mutu".to_owned()),
        ],
        sentence,
        tabs,
        kind: doubt.as_str(),
        village: asked.desa.clone(),
        only: village.map(|code| names.get(&code).cloned().unwrap_or_default()),
        villages,
        more: shown - lines.len() as i64,
        with_other: lines.iter().any(|line| !line.other.is_empty()),
        lines,
        ui,
    };
    Ok(Page(page).into_response())
}

pub async fn download(State(app): State<App>, me: Me, form: Form) -> Result<Response, AppError> {
    let doubt = kind(form.text("jenis"));
    let workbook = form.text("bentuk") != "csv";
    let village: Option<i64> = form.text("desa").parse::<domain::AreaCode>().ok().map(domain::AreaCode::number);
    let reading = me.reading(&app);
    let ui = me.ui(&app).await;
    let names = names(&app, &reading).await?;
    let rows = doubt::rows(&reading, doubt, village, MOST).await?;
    let lines: Vec<Line> = rows.iter().map(|row| Line::of(&ui, &names, doubt, row)).collect();
    let text = |key: &str| Column::text(ui.t(key));
    let table = Table {
        name: ui.t("doubt"),
        titles: vec![ui.t(&format!("doubt-{}", doubt.as_str())), ui.today.clone()],
        columns: vec![
            text("registry-name").wide(30.0),
            text("registry-village"),
            text("doubt-cause").wide(50.0),
            text("doubt-other").wide(40.0),
            Column::number(ui.t("registry-received-head")),
            text("doubt-do").wide(40.0),
        ],
        total: None,
    };
    export::as_file(&app, &me, export::What { name: "rangkap", workbook, area: village }, table, lines, values).await
}

fn values(line: &Line) -> [Value<'_>; 6] {
    [
        Value::from(line.name.as_str()),
        Value::from(line.village.as_str()),
        Value::from(line.cause.as_str()),
        Value::from(line.other.as_str()),
        Value::Integer(line.amount),
        Value::from(line.action.as_str()),
    ]
}
