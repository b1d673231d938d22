//! What can be done to a family, the form of each kind, and before and after.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{AreaCode, Level, access::Right, address::Address, household::Kind, name::display};
use store::registry::{self, Family, Search, household};

use super::{
    OFFERED,
    fields::{Parts, member_field, relations},
    key, kind_of,
    sides::{Side, sides},
    word_of,
};
use crate::{
    App, AppError, Page,
    access::Me,
    error::with_status,
    forms::Form,
    registry::{
        same::LikelyPart,
        search::{found, names},
    },
    ui::{
        Ui,
        parts::{Choice, Link},
    },
};

#[derive(Template)]
#[template(path = "registry/templates/household_choose.html")]
struct ChoosePage {
    ui: Ui,
    trail: Vec<(String, String)>,
    sentence: String,
    offers: Vec<Offer>,
    /// Proposals about the family that wait.
    waiting: Vec<Link>,
}

struct Offer {
    icon: &'static str,
    title: String,
    detail: String,
    href: String,
    /// That it needs a second person.
    late: String,
}

fn trail(ui: &Ui, family: &Family) -> Vec<(String, String)> {
    let name = ui.msg("registry-family-of").s("name", display(&family.head_name)).to_string();
    vec![(ui.t("nav-registry"), "/keluarga".to_owned()), (name, format!("/keluarga/{}", family.id))]
}

/// Whether this kind can be done to a family of this state with so many people known.
fn is_offered(kind: Kind, state: &str, people: usize) -> bool {
    match kind {
        Kind::MoveIn => state == "moved",
        Kind::Nik => people > 0,
        Kind::Head | Kind::Split | Kind::Departure => state == "active" && people > 1,
        Kind::Death => state == "active" && people > 0,
        _ => state == "active",
    }
}

/// What can be done to the family.
pub async fn choose(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let family = registry::family(&reading, id).await?.ok_or(AppError::NotFound)?;
    let people = registry::members(&reading, id).await?.len();
    let ui = me.ui(&app).await;
    let mut offers = Vec::new();
    for (kind, path, icon) in OFFERED {
        if is_offered(kind, &family.state, people) {
            let waits = household::needs_second(&reading, kind).await? || !me.may(Right::ApproveHouseholds);
            let (title, detail) = (ui.t(&key(kind)), ui.t(&format!("{}-about", key(kind))));
            let late = if waits { ui.t("household-needs-second") } else { String::new() };
            offers.push(Offer { icon, title, detail, href: format!("/keluarga/{id}/ubah/{path}"), late });
        }
    }
    let waiting = household::waiting_on(&reading, id).await?;
    let waiting = waiting
        .into_iter()
        .map(|line| Link::new(format!("/keluarga/perubahan/{}", line.id), ui.t(&key(line.kind))).hint(line.reason))
        .collect();
    let name = display(&family.head_name);
    let sentence = if offers.is_empty() {
        ui.msg("household-choose-none").s("name", name).to_string()
    } else {
        ui.msg("household-choose-sentence").s("name", name).to_string()
    };
    Ok(Page(ChoosePage { trail: trail(&ui, &family), sentence, offers, waiting, ui }).into_response())
}

#[derive(Template)]
#[template(path = "registry/templates/household_form.html")]
struct FormPage {
    ui: Ui,
    form: Form,
    trail: Vec<(String, String)>,
    name: String,
    sentence: String,
    parts: Parts,
    on_label: String,
    members: Vec<Choice>,
    /// Field and name of each member who may go along.
    going: Vec<(String, String)>,
    relations: Vec<Choice>,
    sexes: Vec<Choice>,
    villages: Vec<Choice>,
    /// Families found to be taken in.
    found: Vec<Choice>,
    searched: bool,
    /// The members of the family to be taken in.
    others: Vec<(String, String)>,
    relation_label: String,
    nik_label: String,
    nik_hint: String,
    waits: bool,
    held: Option<String>,
    back: String,
    /// Where the family lives.
    near: Option<String>,
}

/// What a form is shown with besides what was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown {
    /// Where the one is who holds the number that was typed.
    pub held: Option<(&'static str, i64)>,
    /// Families were looked for.
    pub searched: bool,
}

pub async fn form(State(app): State<App>, me: Me, Path((id, word)): Path<(i64, String)>) -> Result<Response, AppError> {
    let kind = kind_of(&word)?;
    let reading = me.reading(&app);
    let family = registry::family(&reading, id).await?.ok_or(AppError::NotFound)?;
    let mut form = Form::default();
    form.set("command", app.entropy.token());
    if Parts::of(kind).place {
        form.set("village", AreaCode::from_number(family.village).map(|code| code.to_string()).unwrap_or_default());
        if kind == Kind::MoveIn {
            form.set("address", &family.address);
        }
    }
    if kind == Kind::Birth {
        form.set("relation", "CHILD");
    }
    show_form(&app, &me, Some(id), kind, form, Shown::default()).await
}

pub async fn new_family(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let mut form = Form::default();
    form.set("command", app.entropy.token());
    show_form(&app, &me, None, Kind::NewFamily, form, Shown::default()).await
}

/// The form, with what was typed; 422 where it has faults.
pub async fn show_form(
    app: &App,
    me: &Me,
    id: Option<i64>,
    kind: Kind,
    form: Form,
    shown: Shown,
) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let family = match id {
        Some(id) => Some(registry::family(&reading, id).await?.ok_or(AppError::NotFound)?),
        None => None,
    };
    let ui = me.ui(app).await;
    let people = match id {
        Some(id) => registry::members(&reading, id).await?,
        None => Vec::new(),
    };
    let alive: Vec<_> = people.into_iter().filter(|p| p.state == "alive" || kind == Kind::Nik).collect();
    let members = alive
        .iter()
        .map(|p| {
            let relation = p
                .relation
                .as_deref()
                .map_or_else(String::new, |r| ui.t(&format!("registry-relation-{}", r.to_lowercase())));
            Choice::new(p.id.to_string(), display(&p.name)).hint(relation)
        })
        .collect();
    let going = alive.iter().map(|p| (member_field(p.id), display(&p.name))).collect();
    let names = names(app, &reading).await?;
    let own_only = family.is_none();
    let villages = names
        .iter()
        .filter_map(|(code, name)| Some((AreaCode::from_number(*code)?, name)))
        .filter(|(code, _)| code.level() == Level::Village)
        .filter(|(code, _)| !own_only || me.actor.scope.includes(*code))
        .map(|(code, name)| {
            let above = names.get(&code.subdistrict().number()).cloned().unwrap_or_default();
            Choice::new(code.to_string(), format!("{name}, {above}"))
        })
        .collect();
    let (found, others) = match id {
        Some(id) if kind == Kind::Merge => to_merge(app, me, id, &form).await?,
        _ => (Vec::new(), Vec::new()),
    };
    let trail = match &family {
        Some(family) => {
            let mut trail = trail(&ui, family);
            trail.push((ui.t("household-change"), format!("/keluarga/{}/ubah", family.id)));
            trail
        }
        None => vec![(ui.t("nav-registry"), "/keluarga".to_owned())],
    };
    let who = family.as_ref().map(|family| display(&family.head_name)).unwrap_or_default();
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let relation_key = if kind == Kind::Head { "household-relation-of-old" } else { "household-relation" };
    let on_key = format!("{}-on", key(kind));
    let page = FormPage {
        name: ui.t(&key(kind)),
        sentence: ui.msg(&format!("{}-ask", key(kind))).s("name", who).to_string(),
        parts: Parts::of(kind),
        on_label: ui.t(if ui.lang.has(&on_key) { &on_key } else { "household-on" }),
        members,
        going,
        relations: relations(&ui, kind == Kind::Split),
        sexes: vec![Choice::new("L", ui.t("registry-sex-l")), Choice::new("P", ui.t("registry-sex-p"))],
        villages,
        found,
        searched: shown.searched,
        others,
        relation_label: ui.t(relation_key),
        nik_label: ui.t(if kind == Kind::Nik { "household-nik-right" } else { "household-nik-of" }),
        nik_hint: ui.t(if kind == Kind::Nik { "household-nik-hint" } else { "household-nik-maybe" }),
        waits: household::needs_second(&reading, kind).await? || !me.may(Right::ApproveHouseholds),
        near: family
            .as_ref()
            .filter(|_| Parts::of(kind).newcomer)
            .and_then(|family| AreaCode::from_number(family.village))
            .map(|code| code.to_string()),
        held: shown.held.map(|(path, id)| format!("{path}/{id}")),
        back: id.map_or_else(|| "/keluarga".to_owned(), |id| format!("/keluarga/{id}/ubah")),
        trail,
        form,
        ui,
    };
    Ok(with_status(status, page))
}

/// Families found by the words typed, and the members of the one chosen.
async fn to_merge(app: &App, me: &Me, id: i64, form: &Form) -> Result<(Vec<Choice>, Vec<(String, String)>), AppError> {
    const MOST: usize = 10;
    let reading = me.reading(app);
    let names = names(app, &reading).await?;
    let mut lines = Vec::new();
    if let Some(text) = form.some("cari") {
        let search = Search { text: text.to_owned(), ..Search::default() };
        lines = found(app, &reading, &search, None, MOST + 1).await?.lines;
    }
    let chosen: Option<i64> = form.text("with").parse().ok();
    let choices = lines
        .into_iter()
        .filter(|line| line.id != id && line.state == "active")
        .take(MOST)
        .map(|line| {
            let village = names.get(&line.village).cloned().unwrap_or_default();
            let at = Address::of(&line.address, line.rt.as_deref(), line.rw.as_deref());
            let many = me.lang.msg("registry-members-count").n("count", line.members);
            Choice::new(line.id.to_string(), display(&line.head_name)).hint(format!("{at}, {village} · {many}"))
        })
        .collect();
    let others = match chosen {
        Some(other) => registry::members(&reading, other).await?,
        None => Vec::new(),
    };
    Ok((choices, others.into_iter().map(|p| (member_field(p.id), display(&p.name))).collect()))
}

#[derive(Template)]
#[template(path = "registry/templates/household_likely.html")]
struct LikelyPage {
    ui: Ui,
    trail: Vec<(String, String)>,
    name: String,
    sentence: String,
    people: Vec<Choice>,
    elsewhere: i64,
    /// Everything typed, to be sent again.
    fields: Vec<(String, String)>,
    action: String,
}

/// People like the one typed in, before another is made of him.
pub async fn likely(
    app: &App,
    me: &Me,
    id: Option<i64>,
    kind: Kind,
    part: LikelyPart,
    form: &Form,
) -> Result<Response, AppError> {
    let family = match id {
        Some(id) => registry::family(&me.reading(app), id).await?,
        None => None,
    };
    let ui = me.ui(app).await;
    let page = LikelyPage {
        trail: match &family {
            Some(family) => trail(&ui, family),
            None => vec![(ui.t("nav-registry"), "/keluarga".to_owned())],
        },
        name: ui.t(&key(kind)),
        sentence: ui.msg("likely-sentence").s("name", display(form.text("name"))).to_string(),
        fields: typed(form),
        action: id.map_or_else(|| "/keluarga/baru".to_owned(), |id| format!("/keluarga/{id}/ubah/{}", word_of(kind))),
        people: part.people,
        elsewhere: part.elsewhere,
        ui,
    };
    Ok(Page(page).into_response())
}

/// Everything typed but the step, to be sent again.
fn typed(form: &Form) -> Vec<(String, String)> {
    form.fields()
        .filter(|(name, _)| *name != "langkah")
        .flat_map(|(name, values)| values.iter().map(|value| (name.to_owned(), value.clone())))
        .collect()
}

#[derive(Template)]
#[template(path = "registry/templates/household_check.html")]
struct CheckPage {
    ui: Ui,
    trail: Vec<(String, String)>,
    name: String,
    sentence: String,
    sides: Vec<Side>,
    facts: Vec<(String, String)>,
    /// Everything typed, to be sent again.
    fields: Vec<(String, String)>,
    action: String,
    question: String,
    write: String,
    waits: bool,
}

/// Before and after, before it is written.
pub async fn check(
    app: &App,
    me: &Me,
    id: Option<i64>,
    asked: &domain::household::Asked,
    told: &household::Preview,
    form: &Form,
) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let ui = me.ui(app).await;
    let kind = asked.what.kind();
    let names = names(app, &reading).await?;
    let today = app.clock.today(app.config.zone);
    let family = match id {
        Some(id) => registry::family(&reading, id).await?,
        None => None,
    };
    let head = match (&family, told.after.families.last()) {
        (Some(family), _) => family.head_name.clone(),
        (None, Some(made)) => made.head_name.clone(),
        (None, None) => String::new(),
    };
    let page = CheckPage {
        trail: match &family {
            Some(family) => trail(&ui, family),
            None => vec![(ui.t("nav-registry"), "/keluarga".to_owned())],
        },
        name: ui.t(&key(kind)),
        sentence: ui.msg(&format!("{}-check", key(kind))).s("name", display(&head)).to_string(),
        sides: sides(&ui, &me.actor.scope, &names, (&told.before, &told.after), today),
        facts: vec![
            (ui.t("household-on"), ui.date(&asked.on.to_string())),
            (ui.t("household-reason"), asked.reason.trim().to_owned()),
        ],
        fields: typed(form),
        action: id.map_or_else(|| "/keluarga/baru".to_owned(), |id| format!("/keluarga/{id}/ubah/{}", word_of(kind))),
        question: ui.t(if told.waits { "household-confirm-wait" } else { "household-confirm" }),
        write: ui.t(if told.waits { "household-propose" } else { "household-write" }),
        waits: told.waits,
        ui,
    };
    Ok(Page(page).into_response())
}
