//! The officer's phone: scan or type, the card of the family, and the steps of a handover.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use domain::{
    calendar,
    delivery::{EventState, FailReason, LineState, PROXY_AGE},
    programmes::Aid,
};
use serde::Deserialize;
use store::{
    attachments::{self, Attachment},
    delivery::{self, Card, Event, Line, Member},
    programmes,
};

use super::words;
use crate::{
    App, AppError, Page,
    access::Me,
    error::{see, with_status},
    forms::Form,
    ui::{Ui, parts::Choice},
};

#[derive(Template)]
#[template(path = "delivery/templates/scan.html")]
struct ScanPage {
    ui: Ui,
    event: Event,
    form: Form,
    paid: i64,
    all: i64,
    waiting: i64,
    /// The answer to what was typed, when it is not one line.
    found: Option<Vec<FoundLine>>,
}

struct FoundLine {
    token: String,
    number: String,
    name: String,
    address: String,
    state: String,
    tag: &'static str,
}

pub async fn scan(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    Ok(Page(load_scan(&app, &me, id, Form::default(), None).await?).into_response())
}

async fn load_scan(app: &App, me: &Me, id: i64, form: Form, found: Option<Vec<Line>>) -> Result<ScanPage, AppError> {
    let reading = me.reading(app);
    let event = delivery::event(&reading, id).await?.ok_or(AppError::NotFound)?;
    let equation = delivery::equation(&reading, &event).await?;
    let ui = me.ui(app).await;
    let found = found.map(|lines| {
        lines
            .into_iter()
            .map(|line| FoundLine {
                number: words::number(line.number),
                name: domain::name::display(&line.head_name),
                state: words::state(&ui, line.state),
                tag: words::tag(line.state),
                address: line.address,
                token: line.token,
            })
            .collect()
    });
    Ok(ScanPage {
        ui,
        form,
        paid: equation.paid().families,
        all: equation.planned.families,
        waiting: equation.still_waiting().families,
        event,
        found,
    })
}

/// What a QR code says, or what was typed: an address of ours, a token, a number, a name, a NIK.
pub async fn find(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    let typed = form.text("q").to_owned();
    let reading = me.reading(&app);
    if let Some(token) = token(&typed)
        && let Some(line) = delivery::line(&reading, token).await?
    {
        return Ok(see(format!("/u/{}", line.token)));
    }
    let found = delivery::search(&reading, id, &typed).await?;
    if let [only] = found.as_slice() {
        return Ok(see(format!("/u/{}", only.token)));
    }
    // a number of a person is not repeated on the screen
    if typed.chars().filter(char::is_ascii_digit).count() >= 8 {
        form.set("q", "");
    }
    Ok(with_status(StatusCode::OK, load_scan(&app, &me, id, form, Some(found)).await?))
}

/// The token in `https://office/u/TOKEN`, `/u/TOKEN` or by itself.
fn token(text: &str) -> Option<&str> {
    let text = text.trim();
    let token = text.rsplit_once("/u/").map_or(text, |(_, token)| token);
    let sound = token.len() >= 10 && token.bytes().all(|b| b.is_ascii_alphanumeric());
    (sound && !token.bytes().all(|b| b.is_ascii_digit())).then_some(token)
}

/// The step of the handover a card shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    #[default]
    Look,
    Receive,
    Proxy,
    Fail,
    Absent,
}

impl Step {
    pub fn from_word(word: &str) -> Self {
        match word {
            "terima" => Self::Receive,
            "wakil" => Self::Proxy,
            "gagal" => Self::Fail,
            "absen" => Self::Absent,
            _ => Self::Look,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    langkah: String,
}

#[derive(Template)]
#[template(path = "delivery/templates/card.html")]
struct CardPage {
    ui: Ui,
    line: Line,
    event: Event,
    form: Form,
    step: Step,
    number: String,
    name: String,
    age: Option<u32>,
    /// Who heads the family now, when that is not the one invited.
    head_now: Option<String>,
    /// Why one should look twice before handing over.
    beware: Option<String>,
    place: String,
    nik_end: String,
    gets: String,
    contents: String,
    standing: String,
    members: Vec<Choice>,
    reasons: Vec<Choice>,
    pictures: Vec<Attachment>,
    recipient: String,
    proofs: String,
    /// The line this one replaces, or was replaced or planned anew by.
    links: Vec<(String, String)>,
    command: String,
    may_serve: bool,
    may_reassign: bool,
    paid: i64,
    all: i64,
}

pub async fn card(
    State(app): State<App>,
    me: Me,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let page = load(&app, &me, &token, Step::from_word(&asked.langkah), Form::default()).await?;
    Ok(Page(page).into_response())
}

/// The card again, with the faults of what was sent.
pub async fn again(app: &App, me: &Me, token: &str, step: Step, form: Form) -> Result<Response, AppError> {
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, load(app, me, token, step, form).await?))
}

async fn load(app: &App, me: &Me, token: &str, step: Step, form: Form) -> Result<CardPage, AppError> {
    let reading = me.reading(app);
    let Card { line, event, head, village_name } = delivery::card(&reading, token).await?.ok_or(AppError::NotFound)?;
    let ui = me.ui(app).await;
    let today = app.clock.today(app.config.zone);
    let may_serve = ui.may("serve") && event.state == EventState::Open;
    let step = if may_serve && line.state == LineState::Planned { step } else { Step::Look };
    let members = match step {
        Step::Proxy => proxies(&ui, delivery::members(&reading, &line).await?, today),
        _ => Vec::new(),
    };
    let contents = match event.aid {
        Aid::Cash => String::new(),
        Aid::Goods => programmes::find(&reading, event.programme_id)
            .await?
            .map_or_else(String::new, |programme| words::contents(&programme.items)),
    };
    let pictures = attachments::of(&reading, "event_line", line.id).await?;
    let equation = delivery::equation(&reading, &event).await?;
    let same = head.as_ref().is_none_or(|head| head.name == line.head_name);
    let command = if form.text("command").is_empty() { app.entropy.token() } else { form.text("command").to_owned() };
    Ok(CardPage {
        number: words::number(line.number),
        name: domain::name::display(&line.head_name),
        age: head.as_ref().filter(|_| same).and_then(|head| age(head, today)),
        nik_end: head.as_ref().filter(|_| same).and_then(|h| h.nik.as_deref()).map(end).unwrap_or_default(),
        beware: delivery::beware(&reading, &line).await?.map(|found| {
            let since = found.since.as_deref().map_or_else(|| "—".to_owned(), |day| ui.date(day));
            ui.msg(&format!("delivery-beware-{}", found.what)).s("date", since).to_string()
        }),
        head_now: head.filter(|_| !same).map(|head| domain::name::display(&head.name)),
        place: [line.address.as_str(), village_name.as_str()]
            .iter()
            .filter(|p| !p.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(", "),
        gets: words::gets(&ui, &event, line.amount),
        standing: standing(&ui, &line, &event),
        reasons: FailReason::ALL
            .iter()
            .filter(|reason| **reason != FailReason::Goods || event.aid == Aid::Goods)
            .map(|reason| Choice::new(reason.as_str(), words::fail_reason(&ui, reason.as_str(), None)))
            .collect(),
        recipient: words::recipient(&ui, &line),
        proofs: words::proofs(&ui, &line),
        links: links(&ui, &reading, &line).await?,
        may_reassign: ui.may("manage_delivery")
            && event.state == EventState::Open
            && line.state == LineState::Planned
            && line.origin != domain::delivery::Origin::Replacement,
        paid: equation.paid().families,
        all: equation.planned.families,
        contents,
        members,
        pictures,
        command,
        may_serve,
        step,
        line,
        event,
        form,
        ui,
    })
}

/// The last four digits: enough to compare with the card in the hand.
fn end(nik: &str) -> String {
    nik.get(nik.len().saturating_sub(4)..).unwrap_or_default().to_owned()
}

fn age(member: &Member, today: NaiveDate) -> Option<u32> {
    let born: NaiveDate = member.birth_date.as_deref()?.parse().ok()?;
    calendar::age(born, today)
}

/// Members of the family card who may receive for it, and the way of a power of attorney.
fn proxies(ui: &Ui, members: Vec<Member>, today: NaiveDate) -> Vec<Choice> {
    let mut choices: Vec<Choice> = members
        .into_iter()
        .filter(|member| member.relation.as_deref() != Some("HEAD"))
        .filter(|member| age(member, today).is_none_or(|age| age >= PROXY_AGE))
        .map(|member| {
            let relation = member.relation.as_deref().unwrap_or("OTHER").to_lowercase();
            let mut hint = ui.t(&format!("delivery-relation-{relation}"));
            if let Some(age) = age(&member, today) {
                hint = ui.msg("delivery-member-hint").s("relation", hint).n("age", age).to_string();
            }
            if let Some(nik) = &member.nik {
                hint = ui.msg("delivery-member-nik").s("hint", hint).s("end", end(nik)).to_string();
            }
            Choice::new(member.id.to_string(), domain::name::display(&member.name)).hint(hint)
        })
        .collect();
    choices.push(Choice::new("attorney", ui.t("delivery-attorney-choice")).hint(ui.t("delivery-attorney-choice-hint")));
    choices
}

fn standing(ui: &Ui, line: &Line, event: &Event) -> String {
    let at = line.served_at.as_deref().map(|at| ui.clock(at)).unwrap_or_default();
    let by = line.served_by.clone().unwrap_or_else(|| "Tuntas".to_owned());
    let key = match (line.state, event.state) {
        (LineState::Planned, EventState::Open) => "delivery-standing-waiting",
        (LineState::Planned, EventState::Planned) => "delivery-standing-not-open",
        (LineState::Planned, _) => "delivery-standing-closed",
        (LineState::Received | LineState::Proxy, _) => "delivery-standing-paid",
        (LineState::Absent, _) => "delivery-standing-absent",
        (LineState::Failed, _) => "delivery-standing-failed",
        (LineState::Reassigned, _) => "delivery-standing-reassigned",
    };
    ui.msg(key).s("at", at).s("by", by).to_string()
}

async fn links(ui: &Ui, reading: &store::Reading<'_>, line: &Line) -> Result<Vec<(String, String)>, AppError> {
    let ids: Vec<i64> = [line.to_line_id, line.from_line_id].into_iter().flatten().collect();
    let found = delivery::numbers(reading, &ids).await?;
    let mut links = Vec::new();
    for (id, key) in [(line.to_line_id, "delivery-link-to"), (line.from_line_id, "delivery-link-from")] {
        let Some((_, number, event)) = id.and_then(|id| found.iter().find(|(known, ..)| *known == id)) else {
            continue;
        };
        let text = ui.msg(key).s("number", words::number(*number)).to_string();
        let href = match delivery::lines(
            reading,
            *event,
            &delivery::LineFilter { numbers: vec![*number], ..Default::default() },
            1,
        )
        .await?
        .pop()
        {
            Some(line) => format!("/u/{}", line.token),
            None => format!("/penyaluran/{event}"),
        };
        links.push((text, href));
    }
    Ok(links)
}

#[derive(Template)]
#[template(path = "delivery/templates/replace.html")]
struct ReplacePage {
    ui: Ui,
    line: Line,
    form: Form,
    name: String,
    command: String,
    reserve: Vec<Choice>,
    found: Option<Vec<Choice>>,
}

pub async fn replace(State(app): State<App>, me: Me, Path(token): Path<String>) -> Result<Response, AppError> {
    Ok(Page(load_replace(&app, &me, &token, Form::default()).await?).into_response())
}

/// The page of a replacement, with a search's answer or with faults.
pub async fn replace_again(app: &App, me: &Me, token: &str, form: Form) -> Result<Response, AppError> {
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(with_status(status, load_replace(app, me, token, form).await?))
}

async fn load_replace(app: &App, me: &Me, token: &str, form: Form) -> Result<ReplacePage, AppError> {
    let reading = me.reading(app);
    let Card { line, event, .. } = delivery::card(&reading, token).await?.ok_or(AppError::NotFound)?;
    if event.state != EventState::Open {
        return Err(delivery::Refused::EventState(event.state).into());
    }
    let ui = me.ui(app).await;
    let names = super::lines::names(app, me).await?;
    let choice = |family: delivery::ReplacementCandidate| {
        let village = names.get(&family.village).map(String::as_str).unwrap_or_default();
        let address =
            [village, &family.address].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let mut hint = ui.msg("delivery-candidate-hint").s("address", address).n("members", family.members).to_string();
        if let Some(rank) = family.rank {
            hint = ui.msg("delivery-candidate-rank").s("hint", hint).n("rank", rank).to_string();
        }
        if let Some(answered) = &family.answered {
            hint = format!("{hint}. {}", ui.t(&format!("delivery-candidate-{answered}")));
        }
        Choice::new(family.family_id.to_string(), domain::name::display(&family.head_name)).hint(hint)
    };
    let reserve: Vec<Choice> =
        delivery::candidates_for_replacement(&reading, &line).await?.into_iter().map(choice).collect();
    let found = match form.some("cari") {
        Some(name) => Some(delivery::find_family(&reading, &line, name).await?.into_iter().map(choice).collect()),
        None => None,
    };
    let command = if form.text("command").is_empty() { app.entropy.token() } else { form.text("command").to_owned() };
    Ok(ReplacePage { name: domain::name::display(&line.head_name), ui, line, form, command, reserve, found })
}

impl CardPage {
    fn is(&self, state: &str) -> bool {
        self.line.state.as_str() == state
    }

    fn waits(&self) -> bool {
        self.line.state == LineState::Planned && self.event.state == EventState::Open
    }

    fn undoable(&self) -> bool {
        self.may_serve && self.line.state != LineState::Planned
    }

    fn at(&self, step: &str) -> bool {
        self.step == Step::from_word(step)
    }

    fn tag(&self) -> &'static str {
        words::tag(self.line.state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_with_or_without_its_address() {
        for text in
            ["https://dinsos.example/u/abcdefghjkmnpqrstuvw", "/u/abcdefghjkmnpqrstuvw", " abcdefghjkmnpqrstuvw "]
        {
            assert_eq!(token(text), Some("abcdefghjkmnpqrstuvw"), "{text}");
        }
        for text in ["417", "9901014507850001", "Siti Aminah", "https://dinsos.example/u/", ""] {
            assert_eq!(token(text), None, "{text}");
        }
    }
}
