//! The page of one person: what every list, the field and people say of him side by side, the families he belonged to, what
//! he received, what happened. Numbers are masked until revealed; his own sheet is a paper, and both are in the journal.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use documents::{Document, Letterhead, Paper, PersonSheet, Print, SheetPart, Signatory};
use domain::{AreaCode, access::Right, address::Address, calendar, identity::mask, name::display};
use serde_json::json;
use store::{
    Reading, areas,
    journal::Entry,
    registry::{
        household::{self, Filter},
        likeness::{Evidence, desk},
        person::{self, AidOf, Belonged, FoundOf, GivenTo, Looked, Person, Said},
    },
};

use super::{
    desk::words,
    pages::{Numbers, Year, years},
};
use crate::{
    App, AppError, Page,
    access::Me,
    documents::made,
    i18n::Lang,
    ui::{Ui, parts::Link},
};

#[derive(Template)]
#[template(path = "registry/templates/person.html")]
struct PersonPage {
    ui: Ui,
    person: Person,
    nik: String,
    shown: bool,
    born: String,
    sex: String,
    home: String,
    village: String,
    village_code: Option<String>,
    /// Died, or left the district.
    gone: Option<String>,
    /// Numbers of before a correction.
    former: Vec<String>,
    families: Vec<FamilyRow>,
    lists: Vec<Said>,
    compared: Vec<Compared>,
    decided: Vec<DecidedRow>,
    aid: Vec<AidOf>,
    received: i64,
    looked: Option<Vec<LookedRow>>,
    years: Vec<Year>,
    sentence: String,
    /// Given up for somebody else: who that is.
    is_now: Option<(i64, String)>,
    /// Records given up for him: name, and the merger that did it.
    merged: Vec<(String, i64)>,
    may_merge: bool,
    /// Pairs about him that wait at the desk.
    pairs: Vec<Link>,
    /// Where he came from, where no list names him.
    lists_none: String,
}

/// Pairs about these people that wait at the desk: for the page of a person or a family.
pub async fn pairs(ui: &Ui, reading: &Reading<'_>, people: &[i64]) -> Result<Vec<Link>, AppError> {
    let waiting = desk::about(reading, people).await?;
    Ok(waiting
        .into_iter()
        .map(|pair| {
            let own = people.contains(&pair.one_id);
            let (one, other) = if own { (pair.one_name, pair.other_name) } else { (pair.other_name, pair.one_name) };
            let text = ui.msg("match-waits").s("name", display(&one)).s("other", display(&other)).to_string();
            Link::new(format!("/keluarga/padan/{}", pair.id), text)
        })
        .collect())
}

/// A family he belonged to.
struct FamilyRow {
    href: Option<String>,
    name: String,
    relation: String,
    from: String,
    until: String,
    why: String,
    change: Option<i64>,
}

/// One field: what each list says, what is used, who decided.
struct Compared {
    label: String,
    cells: Vec<(String, bool)>,
    used: String,
    by: String,
}

/// What somebody decided about his data.
struct DecidedRow {
    what: String,
    who: String,
    day: String,
    at: String,
    href: Option<String>,
}

struct LookedRow {
    what: String,
    who: String,
    time: String,
    at: String,
}

/// How much of the timeline is shown at once.
const TIMELINE: i64 = 40;

pub async fn page(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    Ok(Page(load(&app, &me, id, Numbers::Masked).await?).into_response())
}

/// Shows the number once, and writes it down.
pub async fn reveal(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    log(&app, &me, id, "number.revealed").await?;
    Ok(Page(load(&app, &me, id, Numbers::Shown).await?).into_response())
}

/// An entry that somebody looked, told to the family of now.
async fn log(app: &App, me: &Me, id: i64, verb: &str) -> Result<(), AppError> {
    let change = me.change(app).await?;
    let person = person::person(&change, id).await?.ok_or(AppError::NotFound)?;
    let entry =
        Entry { verb, subject: ("person", person.id), area: Some(person.village), reason: None, data: json!({}) };
    match person.family_id {
        Some(family) => change.record_for_family(family, entry).await?,
        None => change.record(entry).await?,
    };
    change.commit().await?;
    Ok(())
}

fn relation_words(ui: &Ui, relation: Option<&str>) -> String {
    relation.map_or_else(String::new, |r| ui.t(&format!("registry-relation-{}", r.to_lowercase())))
}

fn sex_words(ui: &Ui, sex: Option<&str>) -> String {
    sex.map_or_else(String::new, |sex| ui.t(&format!("registry-sex-{}", sex.to_lowercase())))
}

async fn load(app: &App, me: &Me, id: i64, numbers: Numbers) -> Result<PersonPage, AppError> {
    let reading = me.reading(app);
    let ui = me.ui(app).await;
    let today = app.clock.today(app.config.zone);
    let one = person::person(&reading, id).await?.ok_or(AppError::NotFound)?;
    let number = |text: Option<&str>| match (text, numbers) {
        (None, _) => "—".to_owned(),
        (Some(text), Numbers::Shown) => text.to_owned(),
        (Some(text), Numbers::Masked) => mask(text),
    };
    let code = AreaCode::from_number(one.village);
    let village = match code {
        Some(code) => areas::find(&reading, code).await?,
        None => None,
    };
    let said = person::said(&reading, id).await?;
    let found = person::found_of(&reading, id).await?;
    let changes = household::changes(&reading, &Filter { person: Some(id), ..Filter::default() }, 50).await?;
    let belonged = person::belonged(&reading, id).await?;
    let aid = person::aid_of(&reading, id).await?;
    let born: Option<chrono::NaiveDate> = one.birth_date.as_deref().and_then(|date| date.parse().ok());
    let age = born.and_then(|born| calendar::age(born, today)).filter(|_| one.state != "deceased");
    let is_now = match one.merged_into {
        Some(_) => person::is_now(&reading, id).await?.map(|now| (now.id, display(&now.name))),
        None => None,
    };
    let pairs = if me.may(Right::SeeFamilies) { pairs(&ui, &reading, &[id]).await? } else { Vec::new() };
    let merged = person::given_up(&reading, id).await?;
    let gone = (one.state != "alive").then(|| ui.t(&format!("person-{}", one.state)));
    let name = display(&one.name);
    // a family is counted once, and only while he belongs to it; a list once, however many of its rows tell of him
    let families: BTreeSet<i64> = belonged.iter().filter(|one| one.until.is_none()).map(|one| one.family_id).collect();
    let lists: BTreeSet<i64> = said.iter().map(|list| list.version_id).collect();
    let sentence = sentence(&ui, &name, &one, families.len(), lists.len(), &aid);
    let lists_none = match person::brought_by(&reading, id).await?.filter(|_| said.is_empty()) {
        Some(list) => ui
            .msg(if list.stands { "person-lists-none-now" } else { "person-lists-none-withdrawn" })
            .s("list", format!("{} {}", list.source.to_uppercase(), list.version))
            .to_string(),
        None => ui.t("person-lists-none"),
    };
    let compared = compare(&ui, &one, &said, &found, &number);
    let mut decided: Vec<DecidedRow> = changes
        .iter()
        .map(|line| DecidedRow {
            what: ui
                .msg("person-by-hand")
                .s("kind", ui.t(&format!("household-{}", line.kind.as_str().replace('_', "-"))))
                .s("reason", &line.reason)
                .s("state", ui.t(&format!("household-state-{}", line.state.as_str().replace('_', "-"))))
                .to_string(),
            who: line.decider.clone().or_else(|| line.proposer.clone()).unwrap_or_else(|| ui.t("household-program")),
            day: ui.date(&line.proposed_at),
            at: line.proposed_at.clone(),
            href: Some(format!("/keluarga/perubahan/{}", line.id)),
        })
        .collect();
    decided.extend(found.iter().filter_map(|visit| corrected(&ui, visit)));
    for list in &said {
        decided.extend(linked(&ui, list)?);
    }
    let looked = if me.may(Right::RevealNumbers) || me.may(Right::ReadJournal) {
        let rows = person::looked(&reading, id).await?;
        Some(rows.iter().map(|row| looked_row(&ui, row)).collect())
    } else {
        None
    };
    Ok(PersonPage {
        nik: number(one.nik.as_deref()),
        shown: numbers == Numbers::Shown,
        born: match (&one.birth_date, age) {
            (Some(date), Some(age)) => ui.msg("person-born-age").s("date", ui.date(date)).n("age", age).to_string(),
            (Some(date), None) => ui.date(date),
            (None, _) => "—".to_owned(),
        },
        sex: sex_words(&ui, one.sex.as_deref()),
        home: Address::of(one.address.as_deref().unwrap_or("—"), one.rt.as_deref(), one.rw.as_deref()).to_string(),
        village: village.as_ref().map_or_else(|| ui.t("registry-village-unknown"), |a| a.name.clone()),
        village_code: village.map(|a| a.code.to_string()),
        gone,
        former: person::former_niks(&reading, id).await?.iter().map(|nik| number(Some(nik))).collect(),
        families: belonged.iter().map(|one| family_row(&ui, one)).collect(),
        received: aid.iter().map(|a| a.received).sum(),
        years: years(&ui, &person::timeline(&reading, id, TIMELINE).await?),
        lists: said,
        compared,
        decided,
        aid,
        looked,
        sentence,
        is_now,
        pairs,
        lists_none,
        merged: merged.into_iter().map(|one| (display(&one.name), one.merge_id)).collect(),
        may_merge: one.merged_into.is_none() && one.state != "deceased" && me.may(Right::ChangeHouseholds),
        person: one,
        ui,
    })
}

/// What the page says first.
fn sentence(ui: &Ui, name: &str, one: &Person, families: usize, lists: usize, aid: &[AidOf]) -> String {
    let key = match one.state.as_str() {
        "deceased" => "person-sentence-deceased",
        "moved" => "person-sentence-moved",
        "same" => "person-sentence-same",
        _ => "person-sentence",
    };
    let programmes = aid.iter().filter(|a| matches!(a.state.as_str(), "enrolled" | "active")).count();
    ui.msg(key).s("name", name).n("families", families).n("lists", lists).n("programmes", programmes).to_string()
}

fn family_row(ui: &Ui, one: &Belonged) -> FamilyRow {
    let list = one.source.as_deref().zip(one.version.as_deref());
    let why = match (list, one.change_id) {
        (Some((source, version)), _) => {
            ui.msg("person-by-list").s("list", format!("{} {version}", source.to_uppercase())).to_string()
        }
        (None, Some(_)) => ui.t(&format!("household-{}", one.why.replace('_', "-"))),
        (None, None) => String::new(),
    };
    FamilyRow {
        href: (one.seen == 1).then(|| format!("/keluarga/{}", one.family_id)),
        name: ui.msg("registry-family-of").s("name", display(&one.head_name)).to_string(),
        relation: relation_words(ui, one.relation.as_deref()),
        from: ui.date(&one.since),
        until: one.until.as_deref().map_or_else(|| ui.t("person-until-now"), |until| ui.date(until)),
        why,
        change: one.closed_change_id.or(one.change_id),
    }
}

fn looked_row(ui: &Ui, row: &Looked) -> LookedRow {
    let key = match (row.verb.as_str(), row.subject_kind.as_str()) {
        ("person.printed", _) => "person-looked-printed",
        (_, "person") => "person-looked-number",
        _ => "person-looked-family",
    };
    LookedRow { what: ui.t(key), who: row.actor.clone(), time: ui.time(&row.at), at: row.at.clone() }
}

/// Why a row that names him by no exact key was taken for him.
fn linked(ui: &Ui, list: &Said) -> Result<Option<DecidedRow>, AppError> {
    let Some(kept) = &list.evidence else { return Ok(None) };
    let evidence = Evidence::from_kept(kept)?;
    let (speaks_for, _) = words::sides(ui, &evidence);
    let at = list.committed_at.clone().unwrap_or_default();
    Ok(Some(DecidedRow {
        what: ui
            .msg("match-linked")
            .s("list", format!("{} {}", list.source.to_uppercase(), list.version))
            .s("weight", ui.lang.decimal(evidence.weight(), 1))
            .s("why", speaks_for.join(", "))
            .to_string(),
        who: ui.t("household-program"),
        day: ui.date(&at),
        at,
        href: None,
    }))
}

/// What a visit corrected of him; nothing where it found what the lists say.
fn corrected(ui: &Ui, visit: &FoundOf) -> Option<DecidedRow> {
    let mut parts = Vec::new();
    for (key, value) in [("registry-name", &visit.name), ("registry-born", &visit.birth_date)] {
        if let Some(value) = value {
            parts.push(format!(
                "{}: {}",
                ui.t(key),
                if key == "registry-name" { display(value) } else { ui.date(value) }
            ));
        }
    }
    if let Some(nik) = &visit.nik {
        parts.push(format!("{}: {}", ui.t("registry-nik"), mask(nik)));
    }
    if let Some(sex) = &visit.sex {
        parts.push(format!("{}: {}", ui.t("registry-sex"), sex_words(ui, Some(sex))));
    }
    if parts.is_empty() {
        return None;
    }
    Some(DecidedRow {
        what: ui.msg("person-by-visit").s("round", &visit.round).s("what", parts.join(", ")).to_string(),
        who: visit.visitor.clone(),
        day: ui.date(&visit.visited_at),
        at: visit.visited_at.clone(),
        href: None,
    })
}

fn same(a: &str, b: &str) -> bool {
    let fold =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    fold(a) == fold(b)
}

/// What a list says of one field.
type ListCell<'a> = Box<dyn Fn(&Said) -> String + 'a>;
/// What a visit found of one field, who, and when.
type Visited = Option<(String, String, String)>;

/// Field by field what each list says, beside what is used and who decided it: the newest visit where it found otherwise,
/// else a change by hand, else the newest list.
fn compare(
    ui: &Ui,
    one: &Person,
    lists: &[Said],
    found: &[FoundOf],
    number: &dyn Fn(Option<&str>) -> String,
) -> Vec<Compared> {
    let date = |text: Option<&str>| text.map_or_else(String::new, |text| ui.date(text));
    let visit = |of: &dyn Fn(&FoundOf) -> Option<String>| {
        found.iter().find_map(|visit| Some((of(visit)?, visit.visitor.clone(), visit.visited_at.clone())))
    };
    let rows: Vec<(&str, String, ListCell<'_>, Visited)> = vec![
        (
            "registry-name",
            display(&one.name),
            Box::new(|l| l.name.as_deref().map(display).unwrap_or_default()),
            visit(&|v| v.name.as_deref().map(display)),
        ),
        (
            "registry-nik",
            one.nik.as_deref().map_or_else(String::new, |nik| number(Some(nik))),
            Box::new(|l| l.nik.as_deref().map_or_else(String::new, |nik| number(Some(nik)))),
            visit(&|v| v.nik.as_deref().map(|nik| number(Some(nik)))),
        ),
        (
            "registry-born",
            date(one.birth_date.as_deref()),
            Box::new(|l| date(l.birth_date.as_deref())),
            visit(&|v| v.birth_date.as_deref().map(|d| ui.date(d))),
        ),
        (
            "registry-sex",
            sex_words(ui, one.sex.as_deref()),
            Box::new(|l| sex_words(ui, l.sex.as_deref())),
            visit(&|v| v.sex.as_deref().map(|s| sex_words(ui, Some(s)))),
        ),
        (
            "registry-relation",
            relation_words(ui, one.relation.as_deref()),
            Box::new(|l| relation_words(ui, l.relation.as_deref())),
            visit(&|v| v.relation.as_deref().map(|r| relation_words(ui, Some(r)))),
        ),
        (
            "registry-head",
            one.family_id.and(one.head_name.as_deref()).map(display).unwrap_or_default(),
            Box::new(|l| l.head_name.as_deref().map(display).unwrap_or_default()),
            None,
        ),
    ];
    let newest = lists.first();
    rows.into_iter()
        .map(|(key, registry, of, visited)| {
            let used = visited.as_ref().map_or_else(|| registry.clone(), |(value, ..)| value.clone());
            let by = match (&visited, newest) {
                (Some((_, who, at)), _) => {
                    ui.msg("person-used-visit").s("name", who).s("date", ui.date(at)).to_string()
                }
                (None, Some(list)) if !of(list).is_empty() && !same(&of(list), &registry) => ui.t("person-used-hand"),
                (None, Some(list)) if !of(list).is_empty() => ui
                    .msg("person-used-list")
                    .s("list", format!("{} {}", list.source.to_uppercase(), list.version))
                    .to_string(),
                _ => String::new(),
            };
            let cells = lists
                .iter()
                .map(|list| {
                    let text = of(list);
                    let differs = !text.is_empty() && !same(&text, &used);
                    (text, differs)
                })
                .collect();
            Compared { label: ui.t(key), cells, used, by }
        })
        .filter(|row| !row.used.is_empty() || row.cells.iter().any(|(text, _)| !text.is_empty()))
        .collect()
}

/// One person's data on one sheet, for that person. Written in Bahasa Indonesia, as all papers are.
pub async fn sheet(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    // written down first, so that the sheet itself says that it was given
    log(&app, &me, id, "person.printed").await?;
    let document = Document::PersonSheet(fill(&app, &me, id).await?);
    let bytes: Bytes = made(&app, document, Some(Print::on(Paper::F4, format!("data-{id}")))).await?;
    let named = format!("attachment; filename=\"data-pribadi-{id}.pdf\"");
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, named)], bytes)
        .into_response())
}

async fn fill(app: &App, me: &Me, id: i64) -> Result<PersonSheet, AppError> {
    let reading = me.reading(app);
    let lang = Lang::Id;
    let mut ui = me.ui(app).await;
    ui.lang = lang;
    let one = person::person(&reading, id).await?.ok_or(AppError::NotFound)?;
    let district = app.district().await?.map(|(_, name)| name).unwrap_or_default();
    let seat = areas::setting(&reading, "seat").await?.unwrap_or_else(|| district.clone());
    let village = match AreaCode::from_number(one.village) {
        Some(code) => areas::find(&reading, code).await?.map(|area| area.name).unwrap_or_default(),
        None => String::new(),
    };
    let or_none = |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(|| "—".to_owned());
    let home =
        Address::of(one.address.as_deref().unwrap_or_default(), one.rt.as_deref(), one.rw.as_deref()).to_string();
    let mut facts: Vec<(String, String)> = vec![
        (ui.t("registry-name"), display(&one.name)),
        (ui.t("registry-nik"), or_none(one.nik.clone())),
        (ui.t("registry-kk"), or_none(one.kk.clone())),
        (ui.t("registry-born"), or_none(one.birth_date.as_deref().map(|date| ui.date(date)))),
        (ui.t("registry-sex"), or_none(Some(sex_words(&ui, one.sex.as_deref())))),
        (ui.t("registry-relation"), or_none(Some(relation_words(&ui, one.relation.as_deref())))),
        (ui.t("registry-head"), or_none(one.head_name.as_deref().map(display))),
        (ui.t("registry-address"), [home, village].join(", ")),
    ];
    for nik in person::former_niks(&reading, id).await? {
        facts.push((ui.t("person-former-nik"), nik));
    }
    let said = person::said(&reading, id).await?;
    let belonged = person::belonged(&reading, id).await?;
    let found = person::found_of(&reading, id).await?;
    let aid = person::aid_of(&reading, id).await?;
    let looked = person::looked(&reading, id).await?;
    let given = person::given_to(&reading, id).await?;
    let part = |key: &str, columns: &[(&str, u32)], rows: Vec<Vec<String>>| SheetPart {
        title: ui.t(&format!("person-sheet-{key}")),
        columns: columns.iter().map(|(key, share)| (ui.t(key), *share)).collect(),
        rows,
        none: ui.t("person-sheet-none"),
    };
    let parts = vec![
        part(
            "lists",
            &[
                ("person-sheet-list", 30),
                ("person-sheet-giver", 40),
                ("person-sheet-purpose", 50),
                ("person-sheet-says", 60),
            ],
            said.iter().map(|list| list_cells(&ui, list)).collect(),
        ),
        part(
            "visits",
            &[("person-sheet-when", 35), ("person-sheet-round", 60), ("person-sheet-who", 50)],
            found.iter().map(|v| vec![ui.date(&v.visited_at), v.round.clone(), v.visitor.clone()]).collect(),
        ),
        part(
            "families",
            &[("registry-family", 60), ("registry-relation", 40), ("person-from", 35), ("person-until", 35)],
            belonged
                .iter()
                .map(|one| family_row(&ui, one))
                .map(|row| vec![row.name, row.relation, row.from, row.until])
                .collect(),
        ),
        part(
            "aid",
            &[
                ("registry-programme", 70),
                ("person-sheet-agency", 40),
                ("registry-state", 30),
                ("registry-received-head", 40),
            ],
            aid.iter().map(|one| aid_cells(&ui, one)).collect(),
        ),
        part(
            "given",
            &[("person-sheet-when", 35), ("person-sheet-agency", 60), ("person-sheet-for", 85)],
            given.iter().map(|one| given_cells(&ui, one)).collect(),
        ),
        part(
            "looked",
            &[("person-sheet-when", 50), ("person-sheet-who", 60), ("person-sheet-what", 70)],
            looked.iter().map(|row| looked_row(&ui, row)).map(|row| vec![row.time, row.who, row.what]).collect(),
        ),
    ];
    Ok(PersonSheet {
        letterhead: Letterhead {
            government: lang.msg("documents-government").s("district", &district).to_string(),
            agency: ui.t("person-sheet-office"),
            ..Letterhead::default()
        },
        name: display(&one.name),
        basis: ui.msg("person-sheet-basis").s("district", &district).to_string(),
        facts,
        parts,
        rights: ["person-right-correct", "person-right-ask", "person-right-object"].map(|key| ui.t(key)).into(),
        place: seat,
        date: calendar::long_date(app.clock.today(app.config.zone)),
        officer: Signatory {
            position: me.user.position.clone().unwrap_or_else(|| ui.t("person-sheet-officer")),
            name: me.user.name.clone(),
            nip: me.user.nip.clone(),
            ..Signatory::default()
        },
    })
}

fn list_cells(ui: &Ui, list: &Said) -> Vec<String> {
    let says = [
        list.name.as_deref().map(display),
        list.nik.clone(),
        list.birth_date.as_deref().map(|date| ui.date(date)),
        list.head_name.as_deref().map(|head| ui.msg("registry-family-of").s("name", display(head)).to_string()),
    ];
    let from = [list.giver.clone(), list.legal_basis.clone()];
    let join = |parts: &[Option<String>]| {
        let parts: Vec<&str> = parts.iter().flatten().map(String::as_str).filter(|p| !p.is_empty()).collect();
        if parts.is_empty() { "—".to_owned() } else { parts.join("; ") }
    };
    vec![
        format!("{} {} ({})", list.source.to_uppercase(), list.version, ui.date(&list.as_of)),
        join(&from),
        list.purpose.clone().filter(|p| !p.is_empty()).unwrap_or_else(|| ui.t("person-sheet-purpose-usual")),
        join(&says),
    ]
}

fn aid_cells(ui: &Ui, one: &AidOf) -> Vec<String> {
    vec![
        one.programme.clone(),
        one.agency.clone(),
        ui.t(&format!("registry-enrolment-{}", one.state)),
        ui.rp(&one.received),
    ]
}

fn given_cells(ui: &Ui, one: &GivenTo) -> Vec<String> {
    let what = one.what.clone().unwrap_or_default();
    let key = if one.how == "referral" { "person-given-referral" } else { "person-given-programme" };
    vec![ui.date(&one.at), one.agency.clone(), ui.msg(key).s("what", what).to_string()]
}
