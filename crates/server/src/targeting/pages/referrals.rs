//! An agency's inbox, and the same seen from the office: which families were handed over and what became of them.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::Right,
    targeting::{ReferralAct, ReferralState},
};
use serde::Deserialize;
use store::targeting::{self, Inbox, Referral};

use super::days_between;
use crate::{
    App, AppError, Page,
    access::Me,
    error::with_status,
    forms::Form,
    ui::{Ui, parts::Link},
};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    keadaan: String,
    #[serde(default)]
    opd: String,
    #[serde(default)]
    sesudah: String,
}

const PAGE: i64 = 50;

/// Days after which silence is late.
const LATE: i64 = 14;

#[derive(Template)]
#[template(path = "targeting/templates/inbox.html")]
struct InboxPage {
    ui: Ui,
    sentence: String,
    own: bool,
    tabs: Vec<Link>,
    agencies: Vec<AgencyRow>,
    rows: Vec<Row>,
    may_answer: bool,
    summary: String,
    newest: Option<String>,
    more: Option<String>,
    unknown_agency: bool,
}

struct AgencyRow {
    href: String,
    name: String,
    sent: i64,
    accepted: i64,
    served: i64,
    declined: i64,
    waiting: String,
    late: bool,
}

struct Row {
    id: i64,
    name: String,
    place: String,
    address: String,
    need: String,
    reason: String,
    agency: String,
    waiting: String,
    late: bool,
}

/// Whose referrals are seen: an agency's staff sees its own, the office all. `Err`: staff of no agency.
fn agency_of(me: &Me) -> Result<Option<i64>, ()> {
    if me.may(Right::SeeTargeting) {
        return Ok(None);
    }
    me.actor.agency.map(Some).ok_or(())
}

pub async fn inbox(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let ui = me.ui(&app).await;
    let state = ReferralState::from_word(&asked.keadaan)
        .filter(|state| *state != ReferralState::Closed)
        .unwrap_or(ReferralState::Sent);
    let Ok(agency) = agency_of(&me) else {
        let page = InboxPage {
            sentence: ui.t("targeting-inbox-no-agency"),
            own: true,
            tabs: Vec::new(),
            agencies: Vec::new(),
            rows: Vec::new(),
            may_answer: false,
            summary: String::new(),
            newest: None,
            more: None,
            unknown_agency: true,
            ui,
        };
        return Ok(Page(page).into_response());
    };
    let reading = me.reading(&app);
    let own = agency.is_some();
    let counts = targeting::inbox_counts(&reading, agency).await?;
    let chosen = agency.or_else(|| asked.opd.parse().ok());
    let filter = Inbox { agency: chosen, state: Some(state), subdistrict: None, after: asked.sesudah.parse().ok() };
    let mut found = targeting::inbox(&reading, &filter, PAGE + 1).await?;
    let another = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let today = app.clock.today(app.config.zone);
    let address = |state: ReferralState, after: Option<i64>| {
        let opd = if own { String::new() } else { chosen.map(|id| format!("&opd={id}")).unwrap_or_default() };
        let after = after.map(|id| format!("&sesudah={id}")).unwrap_or_default();
        format!("/rujukan?keadaan={state}{opd}{after}")
    };
    let count = |wanted: ReferralState| -> i64 {
        let mine = counts.iter().filter(|one| chosen.is_none_or(|agency| one.agency_id == agency));
        mine.filter(|one| one.state == wanted.as_str()).map(|one| one.families).sum()
    };
    let tabs = [ReferralState::Sent, ReferralState::Accepted, ReferralState::Served, ReferralState::Declined]
        .map(|one| {
            Link::new(address(one, None), ui.t(&format!("targeting-referral-{one}")))
                .count(ui.num(&count(one)))
                .current(one == state)
        })
        .into();
    let sent = count(ReferralState::Sent);
    let sentence = match (own, sent) {
        (true, 0) => ui.msg("targeting-inbox-quiet").n("served", count(ReferralState::Served)),
        (true, sent) => ui.msg("targeting-inbox-sentence").n("count", sent),
        (false, sent) => ui
            .msg("targeting-outbox-sentence")
            .n("sent", sent)
            .n("served", count(ReferralState::Served))
            .n("declined", count(ReferralState::Declined)),
    };
    let page = InboxPage {
        sentence: sentence.to_string(),
        summary: ui.msg("targeting-lines-shown").n("count", found.len()).to_string(),
        newest: filter.after.map(|_| address(state, None)),
        more: found.last().filter(|_| another).map(|last| address(state, Some(last.id))),
        agencies: if own { Vec::new() } else { by_agency(&ui, &counts, today) },
        rows: found.iter().map(|one| row(&ui, one, today)).collect(),
        may_answer: own && ui.may("answer_referrals") && state == ReferralState::Sent,
        unknown_agency: false,
        tabs,
        own,
        ui,
    };
    Ok(Page(page).into_response())
}

fn by_agency(ui: &Ui, counts: &[targeting::InboxCount], today: chrono::NaiveDate) -> Vec<AgencyRow> {
    let mut rows: Vec<(i64, AgencyRow)> = Vec::new();
    for one in counts {
        if rows.last().is_none_or(|(id, _)| *id != one.agency_id) {
            let row = AgencyRow {
                href: format!("/rujukan?opd={}", one.agency_id),
                name: one.agency_name.clone(),
                sent: 0,
                accepted: 0,
                served: 0,
                declined: 0,
                waiting: String::new(),
                late: false,
            };
            rows.push((one.agency_id, row));
        }
        let Some((_, row)) = rows.last_mut() else { continue };
        match ReferralState::from_word(&one.state) {
            Some(ReferralState::Sent) => {
                let days = days_between(&one.oldest, today);
                row.sent = one.families;
                row.waiting = ui.msg("targeting-oldest").n("days", days).to_string();
                row.late = days > LATE;
            }
            Some(ReferralState::Accepted) => row.accepted = one.families,
            Some(ReferralState::Served) => row.served = one.families,
            Some(ReferralState::Declined) => row.declined = one.families,
            Some(ReferralState::Closed) | None => {}
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

fn place(one: &Referral) -> String {
    [one.village_name.as_str(), &one.subdistrict_name]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn address(one: &Referral) -> String {
    let mut text = one.address.clone();
    for (name, part) in [("RT", &one.rt), ("RW", &one.rw)] {
        if let Some(part) = part.as_deref().filter(|part| !part.is_empty()) {
            text.push_str(&format!(" {name} {part}"));
        }
    }
    text
}

fn row(ui: &Ui, one: &Referral, today: chrono::NaiveDate) -> Row {
    let days = days_between(&one.created_at, today);
    let waits = one.state == ReferralState::Sent.as_str();
    Row {
        id: one.id,
        name: domain::name::display(&one.head_name),
        place: place(one),
        address: address(one),
        need: one.need.clone().unwrap_or_default(),
        reason: one.answer.clone().unwrap_or_else(|| one.reason.clone()),
        agency: one.agency_name.clone().unwrap_or_default(),
        waiting: if waits {
            ui.msg("targeting-waits-days").n("days", days).to_string()
        } else {
            one.answered_at.as_deref().map(|at| ui.date(at)).unwrap_or_default()
        },
        late: waits && days > LATE,
    }
}

#[derive(Template)]
#[template(path = "targeting/templates/referral.html")]
struct ReferralPage {
    ui: Ui,
    one: Referral,
    trail: Vec<(String, String)>,
    name: String,
    sentence: String,
    facts: Vec<(String, String)>,
    acts: Vec<ReferralAct>,
    state_words: String,
    form: Form,
}

pub async fn referral(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    show_one(&app, &me, id, Form::default()).await
}

/// One family handed over, with what was typed as an answer.
pub async fn show_one(app: &App, me: &Me, id: i64, form: Form) -> Result<Response, AppError> {
    let agency = agency_of(me).map_err(|()| AppError::NotFound)?;
    let one = targeting::referral(&me.reading(app), id, agency).await?.ok_or(AppError::NotFound)?;
    let ui = me.ui(app).await;
    let name = domain::name::display(&one.head_name);
    let state = ReferralState::from_word(&one.state);
    let own = one.agency_id.is_some() && one.agency_id == me.actor.agency && ui.may("answer_referrals");
    let acts = ReferralAct::ALL
        .iter()
        .copied()
        .filter(|act| own && state.is_some_and(|state| state.after(*act).is_some()))
        .collect();
    let mut facts = vec![
        (ui.t("targeting-place"), place(&one)),
        (ui.t("targeting-address"), address(&one)),
        (ui.t("targeting-members-count"), ui.num(&one.members)),
        (ui.t("targeting-why"), one.reason.clone()),
        (
            ui.t("targeting-sent-by"),
            ui.msg("targeting-by-on")
                .s("name", one.created_by.clone().unwrap_or_default())
                .s("date", ui.date(&one.created_at))
                .to_string(),
        ),
    ];
    if let (Some(by), Some(at)) = (&one.answered_by, &one.answered_at) {
        let said = ui.msg("targeting-by-on").s("name", by).s("date", ui.date(at)).to_string();
        facts.push((ui.t(&format!("targeting-referral-{}", one.state)), said));
    }
    if let Some(answer) = &one.answer {
        facts.push((ui.t("targeting-answer-words"), answer.clone()));
    }
    let faulty = !form.is_sound();
    let page = ReferralPage {
        sentence: ui
            .msg(&format!("targeting-referral-is-{}", one.state))
            .s("name", &name)
            .s("need", one.need.clone().unwrap_or_default())
            .s("agency", one.agency_name.clone().unwrap_or_default())
            .to_string(),
        state_words: ui.t(&format!("targeting-referral-{}", one.state)),
        trail: vec![(ui.t("nav-referrals"), "/rujukan".to_owned())],
        facts,
        acts,
        name,
        one,
        form,
        ui,
    };
    Ok(if faulty { with_status(StatusCode::UNPROCESSABLE_ENTITY, page) } else { Page(page).into_response() })
}
