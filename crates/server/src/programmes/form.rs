//! The form of a programme: what was typed becomes a description, or faults at their fields.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::Datelike;
use domain::{
    Rupiah, codes,
    programmes::{
        Account, Aid, AidKind, Draft, Item, ListedAid, Official, OfficialRole, Quantity, Stage, Strategy, SubActivity,
        check,
    },
};
use store::programmes::{self, Agency, Programme};

use super::fault_key;
use crate::{
    App, AppError, Page,
    access::Me,
    error::{Rule, with_status},
    forms::Form,
    ui::{Ui, parts::Choice},
};

#[derive(Template)]
#[template(path = "programmes/templates/form.html")]
pub struct FormPage {
    ui: Ui,
    form: Form,
    /// `None`: a new programme.
    id: Option<i64>,
    sentence: String,
    agencies: Vec<Choice>,
    strategies: Vec<Choice>,
    accounts: Vec<Choice>,
    funds: Vec<Choice>,
    kinds: Vec<Choice>,
    aids: Vec<Choice>,
    excludes: Vec<Choice>,
    sub_activities: Vec<(String, String)>,
    items: usize,
    stages: usize,
    officials: Vec<(String, String)>,
}

/// Empty rows offered below those filled.
const SPARE: usize = 2;

impl FormPage {
    /// The page's own name.
    fn name(&self) -> String {
        self.ui.t(if self.id.is_some() { "programmes-edit" } else { "programmes-new" })
    }

    async fn load(app: &App, me: &Me, form: Form, programme: Option<&Programme>) -> Result<Self, AppError> {
        let reading = me.reading(app);
        let ui = me.ui(app).await;
        let english = ui.lang.is_english();
        let coded = |list: &str| -> Vec<Choice> {
            codes::list(list)
                .codes
                .iter()
                .map(|code| Choice::new(&code.id, format!("{} · {}", code.id, code.label(english))))
                .collect()
        };
        let agencies = programmes::agencies(&reading).await?;
        let chosen = form.text("agency").to_owned();
        let sentence = match programme {
            Some(programme) => ui.msg("programmes-form-sentence-edit").s("name", &programme.name).to_string(),
            None => ui.t("programmes-form-sentence"),
        };
        let words = |all: &[&'static str], key: &str| -> Vec<Choice> {
            all.iter().map(|word| Choice::new(*word, ui.t(&format!("{key}-{}", word.replace('_', "-"))))).collect()
        };
        let kinds: Vec<&str> = AidKind::ALL.iter().map(|kind| kind.as_str()).collect();
        let aids: Vec<&str> = Aid::ALL.iter().map(|aid| aid.as_str()).collect();
        let listed: Vec<&str> = ListedAid::ALL.iter().map(|aid| aid.as_str()).collect();
        let extra = usize::try_from(rows_asked(&form)).unwrap_or(0);
        Ok(Self {
            agencies: agencies
                .into_iter()
                .filter(|agency: &Agency| agency.active || agency.id.to_string() == chosen)
                .map(|agency| Choice::new(agency.id.to_string(), agency.name))
                .collect(),
            strategies: coded("strategi"),
            accounts: coded("apbd.rekening_bansos"),
            funds: codes::list("apbd.sumber_dana")
                .codes
                .iter()
                .map(|code| Choice::new(&code.id, code.label(english)))
                .collect(),
            kinds: words(&kinds, "programmes-kind"),
            aids: words(&aids, "programmes-aid"),
            excludes: words(&listed, "programmes"),
            sub_activities: ["apbd.subkegiatan_dinsos", "apbd.subkegiatan_opd"]
                .iter()
                .flat_map(|list| codes::list(list).codes.iter())
                .map(|code| (code.id.clone(), code.label(english).to_owned()))
                .collect(),
            items: (filled(&form, "item-name").max(2) + SPARE).max(extra),
            stages: filled(&form, "stage-name").max(1) + SPARE,
            officials: OfficialRole::ALL
                .iter()
                .map(|role| {
                    let word = role.as_str().replace('_', "-");
                    (word.clone(), ui.t(&format!("programmes-official-{word}")))
                })
                .collect(),
            id: programme.map(|programme| programme.id),
            sentence,
            form,
            ui,
        })
    }
}

/// The highest row number with something in it.
fn filled(form: &Form, field: &str) -> usize {
    (1..=60).rev().find(|n| form.some(&format!("{field}-{n}")).is_some()).unwrap_or(0)
}

/// How many rows of items the "more rows" button asked for.
fn rows_asked(form: &Form) -> i64 {
    form.text("rows").parse().unwrap_or(0)
}

/// The year and the first stage's name are given; what decides whose money it is and what a family gets, nobody chooses
/// but who writes the form.
pub async fn new(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let mut form = Form::default();
    form.set("command", app.entropy.token())
        .set("year", app.clock.today(app.config.zone).year())
        .set("stage-name-1", me.lang.msg("programmes-stage-default").n("number", 1));
    Ok(Page(FormPage::load(&app, &me, form, None).await?).into_response())
}

pub async fn edit(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let programme = programmes::find(&me.reading(&app), id).await?.ok_or(AppError::NotFound)?;
    let form = from(&programme);
    Ok(Page(FormPage::load(&app, &me, form, Some(&programme)).await?).into_response())
}

/// The form again, with what was typed and its faults; also for "more rows".
pub async fn again(
    app: &App,
    me: &Me,
    mut form: Form,
    programme: Option<&Programme>,
    more: bool,
) -> Result<Response, AppError> {
    let status = if more { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    if more {
        let rows = filled(&form, "item-name").max(2) + SPARE + 4;
        form.set("rows", rows.max(usize::try_from(rows_asked(&form)).unwrap_or(0)));
    }
    Ok(with_status(status, FormPage::load(app, me, form, programme).await?))
}

fn from(programme: &Programme) -> Form {
    let mut form = Form::default();
    form.set("agency", programme.agency_id)
        .set("name", &programme.name)
        .set("year", programme.year)
        .set("strategy", programme.strategy)
        .set("sub_activity", &programme.sub_activity)
        .set("account", &programme.account)
        .set("fund", &programme.fund)
        .set("ceiling", domain::money::grouped(programme.ceiling.0, '.'))
        .set("aid", programme.aid)
        .set("aid_kind", programme.aid_kind);
    if programme.aid == Aid::Cash {
        form.set("cash", domain::money::grouped(programme.unit_amount.0, '.'));
    }
    for (n, item) in (1..).zip(&programme.items) {
        form.set(&format!("item-name-{n}"), &item.name)
            .set(&format!("item-quantity-{n}"), item.quantity)
            .set(&format!("item-unit-{n}"), &item.unit)
            .set(&format!("item-price-{n}"), domain::money::grouped(item.price.0, '.'));
    }
    for (n, stage) in (1..).zip(&programme.stages) {
        form.set(&format!("stage-name-{n}"), &stage.stage.name)
            .set(&format!("stage-on-{n}"), stage.stage.planned_on.as_deref().unwrap_or_default());
    }
    form.set_all("excludes", programme.excludes.iter().map(|aid| aid.as_str()));
    for official in &programme.officials {
        let role = official.role.as_str().replace('_', "-");
        form.set(&format!("official-{role}-name"), &official.name).set(&format!("official-{role}-nip"), &official.nip);
    }
    form
}

/// The description typed, or `None` with its faults at their fields.
pub fn read(form: &mut Form, me: &Me) -> Option<Draft> {
    let lang = me.lang;
    let name = form.required("name", lang);
    let agency = form.required("agency", lang).parse().ok();
    let year = form.number("year", 2015..=2100, lang);
    let sub_activity = SubActivity::parse(form.text("sub_activity")).ok();
    if sub_activity.is_none() {
        form.broken("sub_activity", &Rule::new("programmes-fault-sub-activity"), lang);
    }
    let account = Account::parse(form.text("account")).ok();
    if account.is_none() {
        form.broken("account", &Rule::new("programmes-fault-account"), lang);
    }
    let strategy = chosen(form, "strategy", lang, Strategy::from_word);
    let aid_kind = chosen(form, "aid_kind", lang, AidKind::from_word);
    let fund = form.required("fund", lang);
    if form.some("ceiling").is_none() {
        form.broken("ceiling", &Rule::new("programmes-fault-ceiling"), lang);
    }
    let ceiling = form.rupiah("ceiling", lang);
    let aid = chosen(form, "aid", lang, Aid::from_word);
    let cash = if aid == Some(Aid::Cash) { form.rupiah("cash", lang) } else { None };
    let items = items(form, lang);
    let stages = stages(form, lang);
    let draft = Draft {
        agency: agency?,
        name,
        year: year.unwrap_or(0),
        strategy: strategy?,
        sub_activity: sub_activity?,
        account: account?,
        fund,
        ceiling: ceiling.unwrap_or(Rupiah::ZERO),
        aid: aid?,
        aid_kind: aid_kind?,
        cash: cash.unwrap_or(Rupiah::ZERO),
        items,
        stages,
        excludes: form.all("excludes").iter().filter_map(|word| ListedAid::from_word(word)).collect(),
        officials: officials(form),
    };
    for fault in check(&draft) {
        if form.fault_of(fault.field()).is_none() {
            form.broken(fault.field(), &Rule::new(fault_key(fault)), lang);
        }
    }
    form.is_sound().then_some(draft)
}

/// A choice that has no default; a fault where nothing was chosen.
fn chosen<T>(form: &mut Form, field: &str, lang: crate::i18n::Lang, read: fn(&str) -> Option<T>) -> Option<T> {
    let word = read(form.text(field));
    if word.is_none() {
        form.fault(field, lang.t("form-choose"));
    }
    word
}

fn items(form: &mut Form, lang: crate::i18n::Lang) -> Vec<Item> {
    let mut items = Vec::new();
    for n in 1..=60 {
        let [name, quantity, unit, price] =
            ["name", "quantity", "unit", "price"].map(|part| form.text(&format!("item-{part}-{n}")).to_owned());
        if [&name, &quantity, &unit, &price].iter().all(|text| text.is_empty()) {
            continue;
        }
        let read_quantity = Quantity::parse(&quantity);
        let read_price = Rupiah::parse(&price);
        if name.is_empty() || unit.is_empty() || read_quantity.is_none() || read_price.is_none() {
            let rule = Rule::new("programmes-fault-item-row").n("row", n);
            form.broken("items", &rule, lang);
        }
        items.push(Item {
            name,
            quantity: read_quantity.unwrap_or_default(),
            unit,
            price: read_price.unwrap_or(Rupiah::ZERO),
        });
    }
    items
}

fn stages(form: &mut Form, lang: crate::i18n::Lang) -> Vec<Stage> {
    let mut stages = Vec::new();
    for n in 1..=60 {
        let on = form.date(&format!("stage-on-{n}"), lang).map(|on| on.to_string());
        if let Some(name) = form.some(&format!("stage-name-{n}")) {
            stages.push(Stage { name: name.to_owned(), planned_on: on });
        }
    }
    stages
}

fn officials(form: &Form) -> Vec<Official> {
    OfficialRole::ALL
        .iter()
        .filter_map(|role| {
            let word = role.as_str().replace('_', "-");
            let name = form.some(&format!("official-{word}-name"))?.to_owned();
            let nip = form.text(&format!("official-{word}-nip")).chars().filter(char::is_ascii_alphanumeric).collect();
            Some(Official { role: *role, name, nip })
        })
        .collect()
}
