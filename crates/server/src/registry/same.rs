//! "The same person as ...": the page on which somebody says that two people of the registry are one. Who may be meant is
//! offered from what is known; then both stand side by side, with what moves, before it is written.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    AreaCode,
    access::Right,
    household::{Kind, unlike},
    identity::mask,
    name::display,
};
use store::registry::{
    household::{self, Refused},
    likely::{self, Likely, Typed},
    merge,
    person::{self, Person},
};

use super::{
    household::{Side, fault_key, sides},
    search::names,
};
use crate::{
    App, AppError, Page,
    access::Me,
    error::{Rule, see, with_status},
    forms::Form,
    ui::{Ui, parts::Choice},
};

#[derive(Template)]
#[template(path = "registry/templates/same.html")]
struct SamePage {
    ui: Ui,
    form: Form,
    trail: Vec<(String, String)>,
    sentence: String,
    id: i64,
    found: Vec<Choice>,
    /// People like him beyond the actor's area.
    elsewhere: i64,
    waits: bool,
}

#[derive(Template)]
#[template(path = "registry/templates/same_check.html")]
struct CheckPage {
    ui: Ui,
    form: Form,
    trail: Vec<(String, String)>,
    sentence: String,
    id: i64,
    kept: String,
    given_up: String,
    /// What is told, of the one kept, of the one given up, and whether they differ.
    facts: Vec<(String, String, String, bool)>,
    moves: Vec<String>,
    sides: Vec<Side>,
    /// The facts contradict each other: somebody has to say that he looked.
    unlike: bool,
    waits: bool,
    fields: Vec<(&'static str, String)>,
}

/// The actor changes families and sees the person, who is not given up himself.
async fn person_of(app: &App, me: &Me, id: i64) -> Result<Person, AppError> {
    person::person(&me.reading(app), id).await?.ok_or(AppError::NotFound)
}

fn trail(ui: &Ui, one: &Person) -> Vec<(String, String)> {
    vec![(ui.t("nav-registry"), "/keluarga".to_owned()), (display(&one.name), format!("/orang/{}", one.id))]
}

pub async fn page(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let mut form = Form::default();
    form.set("command", app.entropy.token());
    show(&app, &me, id, form).await
}

async fn show(app: &App, me: &Me, id: i64, form: Form) -> Result<Response, AppError> {
    const MOST: usize = 12;
    let reading = me.reading(app);
    let one = person_of(app, me, id).await?;
    if one.merged_into.is_some() {
        return Err(Rule::new("household-given-up").into());
    }
    let typed = typed(&form, &one);
    let found = likely::likely(&reading, &typed, MOST).await?;
    let ui = me.ui(app).await;
    let names = names(app, &reading).await?;
    let sentence = match found.people.len() {
        0 => ui.msg("same-sentence-none").s("name", display(&one.name)).to_string(),
        count => ui.msg("same-sentence").s("name", display(&one.name)).n("count", count).to_string(),
    };
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = SamePage {
        trail: trail(&ui, &one),
        sentence,
        id,
        found: found.people.iter().map(|one| choice(&ui, &names, one)).collect(),
        elsewhere: found.elsewhere,
        waits: household::needs_second(&reading, Kind::Same).await? || !me.may(Right::ApproveHouseholds),
        form,
        ui,
    };
    Ok(with_status(status, page))
}

/// What is looked for: the words typed, else what is known of the person himself.
fn typed(form: &Form, one: &Person) -> Typed {
    let (except, near) = (Some(one.id), Some(one.village));
    match form.some("cari") {
        Some(text) => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let nik = (digits.len() == 16).then_some(digits);
            let name = if nik.is_some() { String::new() } else { text.to_owned() };
            Typed { name, nik, birth_date: None, except, near }
        }
        None => {
            Typed { name: one.name.clone(), nik: one.nik.clone(), birth_date: one.birth_date.clone(), except, near }
        }
    }
}

fn choice(ui: &Ui, names: &std::collections::BTreeMap<i64, String>, one: &Likely) -> Choice {
    Choice::new(one.id.to_string(), display(&one.name)).hint(about(ui, names, one))
}

/// Birth date, number, family, village, and whether he lives.
pub fn about(ui: &Ui, names: &std::collections::BTreeMap<i64, String>, one: &Likely) -> String {
    let mut parts = Vec::new();
    parts.extend(one.birth_date.as_deref().map(|date| ui.msg("same-born").s("date", ui.date(date)).to_string()));
    parts.extend(one.nik.as_deref().map(|nik| format!("{} {}", ui.t("registry-nik"), mask(nik))));
    parts
        .extend(one.head_name.as_deref().map(|head| ui.msg("registry-family-of").s("name", display(head)).to_string()));
    parts.extend(names.get(&one.village).cloned());
    if one.state != "alive" {
        parts.push(ui.t(&format!("person-{}", one.state)));
    }
    parts.join(" · ")
}

pub async fn act(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    let one = person_of(&app, &me, id).await?;
    let step = form.text("langkah").to_owned();
    if step == "cari" || step == "ubah" {
        if step == "cari" {
            form.set("with", "");
        }
        return show(&app, &me, id, form).await;
    }
    let Ok(other) = form.text("with").parse::<i64>() else {
        form.fault("with", me.lang.t("household-choose-one"));
        return show(&app, &me, id, form).await;
    };
    // whose record stays: this one's, unless somebody says the other's
    let keeps_other = form.text("kept") == "other";
    let (kept, given_up) = if keeps_other { (other, id) } else { (id, other) };
    let write = step == "simpan";
    let reason = if write { form.required("reason", me.lang) } else { form.text("reason").to_owned() };
    let today = app.clock.today(app.config.zone).to_string();
    let reading = me.reading(&app);
    let home = merge::home(&reading, kept).await?;
    let asked = merge::asked(
        kept,
        given_up,
        if reason.trim().is_empty() { "-" } else { &reason },
        !write || form.has("confirmed", "1"),
        &today,
    )?;
    let told = match household::preview(&reading, home, &asked, &today).await {
        Ok(told) => told,
        Err(Refused::Fault(fault @ domain::household::Fault::Unlike)) => {
            form.fault("confirmed", me.lang.t(&format!("error-{}", fault_key(fault))));
            let anyway = merge::asked(kept, given_up, "-", true, &today)?;
            let told = household::preview(&reading, home, &anyway, &today)
                .await
                .map_err(|error| anyhow::anyhow!("{error}"))?;
            return check(&app, &me, &one, (kept, given_up), &told, form).await;
        }
        Err(error) => return Err(refused(error)),
    };
    if !write || !form.is_sound() {
        return check(&app, &me, &one, (kept, given_up), &told, form).await;
    }
    let change = me.change(&app).await?;
    let recorded = match household::record(&change, home, &asked, form.text("command")).await {
        Ok(recorded) => recorded,
        Err(error) => {
            change.rollback().await?;
            return Err(refused(error));
        }
    };
    change.commit().await?;
    me.flash(me.lang.t(if recorded.waits { "household-flash-waits" } else { "same-flash-done" })).await;
    Ok(see(if recorded.waits { format!("/keluarga/perubahan/{}", recorded.id) } else { format!("/orang/{kept}") }))
}

fn refused(error: Refused) -> AppError {
    match error {
        Refused::NotFound => AppError::NotFound,
        Refused::Store(error) => error.into(),
        Refused::Fault(fault) => Rule::new(fault_key(fault)).into(),
        other => anyhow::anyhow!("{other}").into(),
    }
}

/// Both side by side, what moves, and the families before and after.
async fn check(
    app: &App,
    me: &Me,
    one: &Person,
    (kept, given_up): (i64, i64),
    told: &household::Preview,
    form: Form,
) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let ui = me.ui(app).await;
    let names = names(app, &reading).await?;
    let (stays, goes) = (person_of(app, me, kept).await?, person_of(app, me, given_up).await?);
    let moves = merge::moves(&reading, given_up).await?;
    let contradicts = match (told.before.person(kept), told.before.person(given_up)) {
        (Some(one), Some(other)) => unlike(one, other),
        _ => false,
    };
    let date = |text: Option<&str>| text.map_or_else(String::new, |text| ui.date(text));
    let of = |key: &str, told: &dyn Fn(&Person) -> String| {
        let (one, other) = (told(&stays), told(&goes));
        let differs = !one.is_empty() && !other.is_empty() && one != other;
        (ui.t(key), one, other, differs)
    };
    let facts = vec![
        of("registry-name", &|p| display(&p.name)),
        of("registry-nik", &|p| p.nik.as_deref().map(mask).unwrap_or_default()),
        of("registry-born", &|p| date(p.birth_date.as_deref())),
        of("registry-sex", &|p| {
            p.sex.as_deref().map_or_else(String::new, |s| ui.t(&format!("registry-sex-{}", s.to_lowercase())))
        }),
        of("registry-family", &|p| p.head_name.as_deref().map(display).unwrap_or_default()),
        of("registry-relation", &|p| {
            p.relation.as_deref().map_or_else(String::new, |r| ui.t(&format!("registry-relation-{}", r.to_lowercase())))
        }),
        of("registry-village", &|p| names.get(&p.village).cloned().unwrap_or_default()),
    ];
    let mut says: Vec<String> = Vec::new();
    if moves.lists > 0 {
        says.push(ui.msg("same-moves-lists").n("count", moves.lists).to_string());
    }
    if moves.visits > 0 {
        says.push(ui.msg("same-moves-visits").n("count", moves.visits).to_string());
    }
    let dissolved = told.after.families.iter().find(|family| {
        family.merged_into.is_some() && told.before.family(family.id).is_some_and(|was| was.merged_into.is_none())
    });
    if let Some(family) = dissolved {
        says.push(ui.msg("same-moves-family").s("name", display(&family.head_name)).to_string());
    }
    let others = told.after.persons.iter().filter(|p| p.merged_into.is_some() && p.id != given_up);
    let others: Vec<String> = others
        .filter(|p| told.before.person(p.id).is_some_and(|was| was.merged_into.is_none()))
        .map(|p| display(&p.name))
        .collect();
    if !others.is_empty() {
        says.push(ui.msg("same-moves-others").s("names", others.join(", ")).to_string());
    }
    says.push(ui.t("same-moves-link"));
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = CheckPage {
        trail: trail(&ui, one),
        sentence: ui.msg("same-check").s("kept", display(&stays.name)).s("other", display(&goes.name)).to_string(),
        id: one.id,
        kept: display(&stays.name),
        given_up: display(&goes.name),
        facts,
        moves: says,
        sides: sides(&ui, &me.actor.scope, &names, (&told.before, &told.after), app.clock.today(app.config.zone)),
        unlike: contradicts,
        waits: told.waits,
        fields: ["command", "with", "kept", "cari"]
            .into_iter()
            .map(|name| (name, form.text(name).to_owned()))
            .collect(),
        form,
        ui,
    };
    Ok(with_status(status, page))
}

/// Everybody who may be meant by what is typed into a form, as a part of its page.
#[derive(Template)]
#[template(path = "registry/templates/likely.html")]
pub struct LikelyPart {
    ui: Ui,
    pub people: Vec<Choice>,
    /// People like him beyond the actor's area.
    pub elsewhere: i64,
}

impl LikelyPart {
    /// None where nobody is like the one typed.
    pub async fn of(app: &App, me: &Me, typed: &Typed) -> Result<Option<Self>, AppError> {
        const MOST: usize = 5;
        let reading = me.reading(app);
        let found = likely::likely(&reading, typed, MOST).await?;
        if found.is_empty() {
            return Ok(None);
        }
        let ui = me.ui(app).await;
        let names = names(app, &reading).await?;
        let people = found.people.iter().map(|one| choice(&ui, &names, one)).collect();
        Ok(Some(Self { people, elsewhere: found.elsewhere, ui }))
    }
}

/// What a form of a new person says of him so far.
pub fn newcomer(form: &Form) -> Typed {
    let digits: String = form.text("nik").chars().filter(char::is_ascii_digit).collect();
    // of somebody born the day of the change is the birth date
    let day = form.some("birth_date").or_else(|| form.has("relation", "CHILD").then(|| form.text("on")));
    let birth_date = day.and_then(domain::calendar::typed_date).map(|date| date.to_string());
    // the village of a family that is new, or of the one he comes into
    let near = form.some("village").or_else(|| form.some("near")).and_then(|code| code.parse::<AreaCode>().ok());
    Typed {
        name: form.text("name").to_owned(),
        birth_date,
        nik: (digits.len() == 16).then_some(digits),
        except: None,
        near: near.map(AreaCode::number),
    }
}

/// Answers while somebody types: nothing is written, and no word stands in an address.
pub async fn who(State(app): State<App>, me: Me, form: Form) -> Result<Response, AppError> {
    let typed = newcomer(&form);
    let found = LikelyPart::of(&app, &me, &typed).await?;
    Ok(match found {
        Some(part) => Page(part).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}
