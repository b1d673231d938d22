//! Families verified and not chosen: which have no answer yet, and the form that answers them one by one or by group.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    AreaCode,
    targeting::{Act, Exclusion, Livelihood, Need},
};
use serde::Deserialize;
use store::targeting::{self, Accounted, AgencyRef, Determination, Group, Groups, Part as Counted};

use super::super::words;
use crate::{
    App, AppError, Page,
    access::Me,
    error::with_status,
    forms::Form,
    ui::{
        Ui,
        charts::{Part, Spec, Tone, part_bar},
        parts::{Choice, Link, Term},
        url,
    },
};

/// The group an address names.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub sebab: String,
    #[serde(default)]
    pub butuh: String,
    #[serde(default)]
    pub mata: String,
    #[serde(default)]
    pub wilayah: String,
    #[serde(default)]
    pub sesudah: i64,
}

impl Asked {
    /// From the hidden fields of the form.
    pub fn of(form: &Form) -> Self {
        let text = |field: &str| form.text(field).to_owned();
        Self { sebab: text("sebab"), butuh: text("butuh"), mata: text("mata"), wilayah: text("wilayah"), sesudah: 0 }
    }

    pub fn group(&self) -> Group {
        Group {
            why: Some(self.sebab.clone()).filter(|why| why == "reserve" || Exclusion::from_word(why).is_some()),
            need: Need::from_word(&self.butuh),
            livelihood: Livelihood::from_word(&self.mata),
            area: self.wilayah.parse().ok(),
            families: Vec::new(),
        }
    }

    fn is_whole(&self) -> bool {
        self.group() == Group::default()
    }

    fn address(&self, id: i64, after: i64) -> String {
        let pairs = [("sebab", &self.sebab), ("butuh", &self.butuh), ("mata", &self.mata), ("wilayah", &self.wilayah)];
        let mut parts: Vec<String> =
            pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| format!("{n}={}", url(v))).collect();
        if after > 0 {
            parts.push(format!("sesudah={after}"));
        }
        format!("/penetapan/{id}/jawaban?{}", parts.join("&"))
    }
}

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "targeting/templates/answers.html")]
struct AnswersPage {
    ui: Ui,
    one: Determination,
    trail: Vec<(String, String)>,
    sentence: String,
    asked: Asked,
    bar: String,
    terms: Vec<Term>,
    whys: Vec<Link>,
    works: Vec<Link>,
    needs: Vec<Link>,
    areas: Vec<Link>,
    rows: Vec<Row>,
    group_name: String,
    group_count: i64,
    summary: String,
    newest: Option<String>,
    more: Option<String>,
    form: Form,
    kinds: Vec<Choice>,
    scopes: Vec<Choice>,
    agencies: Vec<Choice>,
    may_answer: bool,
    unanswered: i64,
}

struct Row {
    family: i64,
    name: String,
    village: String,
    subdistrict: String,
    why: String,
    facts: String,
    declined: Option<String>,
}

pub async fn answers(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    show(&app, &me, id, asked, None).await
}

/// The page for a group, with what was typed.
pub async fn show(app: &App, me: &Me, id: i64, asked: Asked, typed: Option<Form>) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let one = targeting::determination(&reading, id).await?.ok_or(AppError::NotFound)?;
    if !one.state.may(Act::Answer) {
        return Err(crate::error::Rule::new("targeting-answers-before-signing").into());
    }
    let groups = targeting::groups(&reading, id).await?;
    let accounted = targeting::accounted(&reading, id).await?;
    let agencies = targeting::agencies(&reading).await?;
    let group = asked.group();
    let group_count =
        if asked.is_whole() { groups.unanswered } else { targeting::count_unanswered(&reading, id, &group).await? };
    let mut open = targeting::unanswered_page(&reading, id, &group, asked.sesudah, PAGE + 1).await?;
    let another = open.len() as i64 > PAGE;
    open.truncate(PAGE as usize);
    let ui = me.ui(app).await;
    let lang = ui.lang;
    let group_name = group_name(&ui, &asked, &groups);
    let faulty = typed.as_ref().is_some_and(|form| !form.is_sound());
    let form = typed.unwrap_or_else(|| suggestion(&ui, &asked, &agencies, &group_name));
    let more = open.last().filter(|_| another).map(|last| asked.address(id, last.line_id));
    let mut rows = Vec::new();
    for family in open {
        let facts: welfare::Facts = serde_json::from_str(&family.facts).map_err(anyhow::Error::from)?;
        let mut said: Vec<String> = facts.livelihoods.iter().map(|one| words::livelihood(lang, one)).collect();
        said.extend(facts.needs.iter().map(|need| words::need(lang, need)));
        rows.push(Row {
            family: family.family_id,
            name: domain::name::display(&family.head_name),
            village: family.village_name,
            subdistrict: family.subdistrict_name,
            why: match family.rank {
                Some(rank) => ui.msg("targeting-reserve-rank").n("rank", rank).to_string(),
                None => words::limit(lang, &family.why),
            },
            facts: words::sentence_case(&said.join(", ")),
            declined: family.declined,
        });
    }
    let agency_choices: Vec<Choice> =
        agencies.iter().map(|agency| Choice::new(agency.id.to_string(), &agency.name)).collect();
    let page = AnswersPage {
        trail: vec![(ui.t("nav-targeting"), "/penetapan".to_owned()), (one.name.clone(), format!("/penetapan/{id}"))],
        sentence: if groups.unanswered == 0 {
            ui.t("targeting-answers-done")
        } else {
            ui.msg("targeting-answers-sentence").n("count", groups.unanswered).to_string()
        },
        bar: bar(&ui, &accounted),
        terms: terms(&ui, &accounted),
        whys: whys(&ui, id, &asked, &groups),
        works: works(&ui, id, &asked, &groups),
        needs: needs(&ui, id, &asked, &groups),
        areas: areas(&ui, id, &asked, &groups),
        summary: ui.msg("targeting-lines-shown").n("count", rows.len()).to_string(),
        newest: (asked.sesudah > 0).then(|| asked.address(id, 0)),
        kinds: vec![
            Choice::new("refer", ui.t("targeting-answer-refer")),
            Choice::new("refuse", ui.t("targeting-answer-refuse")),
        ],
        scopes: vec![
            Choice::new("group", ui.msg("targeting-answer-group").n("count", group_count).to_string()),
            Choice::new("ticked", ui.t("targeting-answer-ticked")),
        ],
        agencies: agency_choices,
        may_answer: ui.may("draft_determination") && group_count > 0,
        unanswered: groups.unanswered,
        more,
        rows,
        group_name,
        group_count,
        asked,
        form,
        one,
        ui,
    };
    Ok(if faulty { with_status(StatusCode::UNPROCESSABLE_ENTITY, page) } else { Page(page).into_response() })
}

/// How the group is called: `Nelayan`, `Belum ada jamban`, `Semua yang belum dijawab`.
fn group_name(ui: &Ui, asked: &Asked, groups: &Groups) -> String {
    let group = asked.group();
    let mut parts = Vec::new();
    if let Some(why) = &group.why {
        parts.push(why_name(ui, why));
    }
    if let Some(livelihood) = group.livelihood {
        parts.push(words::livelihood(ui.lang, livelihood));
    }
    if let Some(need) = group.need {
        parts.push(words::need(ui.lang, need));
    }
    if let Some(area) = group.area {
        let name = groups.by_subdistrict.iter().find(|(code, _, _)| *code == area.number());
        parts.push(name.map_or_else(|| area.to_string(), |(_, name, _)| words::area_name(ui.lang, area, name)));
    }
    if parts.is_empty() { ui.t("targeting-everybody-open") } else { words::sentence_case(&parts.join(", ")) }
}

fn why_name(ui: &Ui, why: &str) -> String {
    if why == "reserve" { ui.t("targeting-group-reserve") } else { words::limit(ui.lang, why) }
}

/// Which service answers a group; agencies say which services they give.
fn service(asked: &Asked) -> Option<&'static str> {
    match Livelihood::from_word(&asked.mata) {
        Some(Livelihood::Fisher) => return Some("fishery"),
        Some(Livelihood::Farmer) => return Some("farming"),
        Some(Livelihood::Trader) => return Some("livelihood"),
        Some(Livelihood::CasualWorker | Livelihood::WithoutWork) => return Some("work"),
        Some(Livelihood::Other) | None => {}
    }
    match Need::from_word(&asked.butuh) {
        Some(Need::House) => Some("housing"),
        Some(Need::Water) => Some("water"),
        Some(Need::Toilet) => Some("sanitation"),
        Some(Need::School) => Some("education"),
        Some(Need::Stunting) => Some("nutrition"),
        Some(Need::Disability) => Some("disability"),
        Some(Need::Work) => Some("work"),
        None if asked.sebab == Exclusion::Blocked.as_str() => Some("identity"),
        Some(Need::Electricity) | None => None,
    }
}

/// The form as it starts for a group: the agency that serves it, what is asked of it, and a reason to be weighed.
fn suggestion(ui: &Ui, asked: &Asked, agencies: &[AgencyRef], group_name: &str) -> Form {
    let mut form = Form::default();
    let served = service(asked).and_then(|service| {
        agencies.iter().find(|agency| agency.services.iter().any(|own| own == service)).map(|agency| (agency, service))
    });
    form.set("scope", "group");
    if let Some((agency, service)) = served {
        form.set("kind", "refer").set("agency", agency.id);
        form.set("need", ui.t(&format!("targeting-service-{service}")));
        form.set("reason", ui.msg("targeting-reason-refer").s("group", group_name.to_lowercase()));
    } else if let Some(why) = Exclusion::from_word(&asked.sebab) {
        form.set("kind", "refuse");
        form.set("reason", ui.t(&format!("targeting-reason-{}", why.as_str().replace('_', "-"))));
    } else if asked.sebab == "reserve" {
        form.set("kind", "refuse").set("reason", ui.t("targeting-reason-reserve"));
    }
    form
}

/// The parts of the whole: message key, how many, tone. Those that need not be there are left out when they are not.
fn parts(all: &Accounted) -> Vec<(&'static str, Counted, Tone)> {
    let plain = |families: i64| Counted { families, reserves: 0 };
    let mut parts = vec![("selected", plain(all.selected), Tone::Ok)];
    if all.elsewhere.families > 0 {
        parts.push(("elsewhere", all.elsewhere, Tone::Ok));
    }
    parts.push(("referred", all.referred, Tone::Data));
    parts.push(("refused", all.refused, Tone::Pale));
    parts.push(("open", all.unanswered, Tone::Late));
    if all.unverified() > 0 {
        parts.push(("unverified", plain(all.unverified()), Tone::Mute));
    }
    parts
}

fn bar(ui: &Ui, all: &Accounted) -> String {
    let parts = parts(all);
    let drawn: Vec<Part> = parts
        .iter()
        .map(|(_, part, tone)| Part { value: part.families as f64, text: ui.num(&part.families), tone: *tone })
        .collect();
    let told: Vec<String> = parts
        .iter()
        .map(|(key, part, _)| format!("{} {}", ui.num(&part.families), ui.t(&format!("targeting-term-{key}"))))
        .collect();
    let title = ui.t("targeting-answers-bar");
    part_bar(&Spec { id: "jawaban", title: &title, description: &told.join(", ") }, &drawn, 1280.0, 26.0)
}

/// Families of the round = chosen + handed over + refused + open + not verified: everybody, once.
fn terms(ui: &Ui, all: &Accounted) -> Vec<Term> {
    let whole = Term::new(
        ui.t("targeting-term-round"),
        ui.num(&all.families),
        ui.msg("targeting-term-round-detail").s("verified", ui.num(&all.verified)).to_string(),
        None,
    );
    let part = |(key, part, tone): (&str, Counted, Tone)| {
        let mut detail = ui.t(&format!("targeting-term-{key}-detail"));
        if part.reserves > 0 {
            detail = ui.msg("targeting-term-reserves").s("detail", detail).n("reserves", part.reserves).to_string();
        }
        let term = Term::new(ui.t(&format!("targeting-term-{key}")), ui.num(&part.families), detail, Some(tone));
        if key == "referred" { term.link("/rujukan") } else { term }
    };
    std::iter::once(whole).chain(parts(all).into_iter().map(part)).collect()
}

fn link(id: i64, to: &Asked, text: &str, count: String, current: bool) -> Link {
    Link::new(to.address(id, 0), words::sentence_case(text)).count(count).current(current)
}

fn whys(ui: &Ui, id: i64, asked: &Asked, groups: &Groups) -> Vec<Link> {
    let all = groups.by_why.iter().map(|(why, count)| {
        let to = Asked { sebab: why.clone(), ..Asked::default() };
        link(id, &to, &why_name(ui, why), ui.num(count), asked.sebab == *why)
    });
    all.collect()
}

fn works(ui: &Ui, id: i64, asked: &Asked, groups: &Groups) -> Vec<Link> {
    let all = groups.by_livelihood.iter().map(|(work, count)| {
        let to = Asked { mata: work.to_string(), ..Asked::default() };
        link(id, &to, &words::livelihood(ui.lang, *work), ui.num(count), asked.mata == work.as_str())
    });
    all.collect()
}

fn needs(ui: &Ui, id: i64, asked: &Asked, groups: &Groups) -> Vec<Link> {
    let all = groups.by_need.iter().map(|(need, count)| {
        let to = Asked { butuh: need.to_string(), ..Asked::default() };
        link(id, &to, &words::need(ui.lang, *need), ui.num(count), asked.butuh == need.as_str())
    });
    all.collect()
}

fn areas(ui: &Ui, id: i64, asked: &Asked, groups: &Groups) -> Vec<Link> {
    let all = groups.by_subdistrict.iter().filter_map(|(number, name, count)| {
        let code = AreaCode::from_number(*number)?;
        let to = Asked { wilayah: code.to_string(), sesudah: 0, ..asked.clone() };
        Some(link(id, &to, &words::area_name(ui.lang, code, name), ui.num(count), asked.wilayah == code.to_string()))
    });
    all.collect()
}
