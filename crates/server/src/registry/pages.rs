//! The page of one family.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::Datelike;
use domain::{AreaCode, access::Right, address::Address, calendar, codes, identity::mask};
use store::{
    areas, journal,
    registry::{self, Aid, Answered, Decided, Due, Family, Found, InList, Member, household},
    targeting,
};

use super::{
    lists::{Compared, compare},
    person::pairs,
};
use crate::{
    App, AppError, Page,
    access::Me,
    error::with_status,
    journal::words::{Told, tell},
    lists::formats,
    ui::{
        Ui,
        charts::{Band, Spec, pyramid},
        parts::Link,
    },
};

/// Whether NIK and KK numbers stand in full on this answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    Masked,
    Shown,
}

#[derive(Template)]
#[template(path = "registry/templates/family.html")]
pub struct FamilyPage {
    ui: Ui,
    family: Family,
    name: String,
    village: String,
    village_code: Option<String>,
    subdistrict: String,
    subdistrict_code: String,
    place: String,
    /// Why the address is not the lists': what a visit corrected.
    corrected: Option<String>,
    kk: String,
    shown: bool,
    head: String,
    members: Vec<MemberLine>,
    members_chart: String,
    members_words: String,
    due: Option<Due>,
    aid: Vec<Aid>,
    received: i64,
    lists: Vec<InList>,
    compared: Vec<Compared>,
    found: Option<Found>,
    needs: Vec<Need>,
    needs_met: usize,
    /// With the address of the decree where the family lives elsewhere now.
    decided: Vec<Decided>,
    answered: Vec<Answered>,
    years: Vec<Year>,
    events: usize,
    /// Who lived here before: person, name, what became of him, the family of now.
    former: Vec<FormerLine>,
    /// What lists still say against changes by hand.
    still: Vec<String>,
    kin: Vec<KinLine>,
    /// Why nothing is done for the family any more.
    state_note: Option<String>,
    /// Changes by hand that wait for a second person.
    waiting: Vec<Link>,
    /// Pairs about its people that wait at the desk.
    pairs: Vec<Link>,
    changeable: bool,
}

struct FormerLine {
    id: i64,
    name: String,
    what: String,
    family: Option<(i64, String)>,
}

/// A family tied to this one by a split or merger.
struct KinLine {
    href: String,
    name: String,
    how: String,
    received: Option<String>,
}

struct MemberLine {
    id: i64,
    name: String,
    nik: String,
    sex: String,
    age: Option<u32>,
    birth_date: String,
    relation: String,
    state: String,
}

struct Need {
    label: String,
    met: bool,
}

/// What happened in one year, the newest first.
pub type Year = (String, Vec<Happened>);

pub struct Happened {
    pub told: Told,
    pub actor: String,
    pub reason: Option<String>,
    pub at: String,
    pub day: String,
}

/// How much of the timeline is shown at once.
const TIMELINE: i64 = 60;

pub async fn family(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    if registry::family(&reading, id).await?.is_none()
        && let Some(gone) = household::gone(&reading, id).await?
    {
        let ui = me.ui(&app).await;
        return Ok(with_status(StatusCode::NOT_FOUND, GonePage::of(ui, &gone)));
    }
    Ok(Page(FamilyPage::load(&app, &me, id, Numbers::Masked).await?).into_response())
}

/// The page of a family that is gone, for those in whose area it lived.
#[derive(Template)]
#[template(path = "registry/templates/gone.html")]
struct GonePage {
    ui: Ui,
    sentence: String,
    reason: String,
    href: String,
    action: String,
}

impl GonePage {
    fn of(ui: Ui, gone: &household::Gone) -> Self {
        let who = gone.who.clone().unwrap_or_else(|| ui.t("household-program"));
        let list = gone.how == "list";
        let (key, path, right) =
            if list { ("list", "/daftar", "read_lists") } else { ("change", "/keluarga/perubahan", "see_families") };
        Self {
            sentence: ui
                .msg(&format!("household-gone-{key}"))
                .s("name", &gone.name)
                .s("date", ui.date(&gone.at))
                .s("who", who)
                .to_string(),
            reason: gone.reason.clone().unwrap_or_default(),
            href: if ui.may(right) { format!("{path}/{}", gone.id) } else { String::new() },
            action: ui.t(&format!("household-gone-open-{key}")),
            ui,
        }
    }
}

/// What the page says of changes by hand.
async fn by_hand(
    ui: &Ui,
    reading: &store::Reading<'_>,
    id: i64,
) -> Result<(Vec<FormerLine>, Vec<String>, Vec<KinLine>, Vec<Link>), AppError> {
    let display = domain::name::display;
    let former = registry::former_members(reading, id).await?.into_iter().map(|one| FormerLine {
        id: one.id,
        name: display(&one.name),
        what: ui.msg(&format!("registry-former-{}", one.state)).s("date", ui.date(&one.until)).to_string(),
        family: one.family_id.zip(one.head_name).map(|(id, name)| (id, display(&name))),
    });
    let still = household::still_said(reading, id).await?.into_iter().map(|one| {
        let key = match (one.what.as_str(), one.here) {
            ("family", false) => "household-still-other",
            ("head", _) => "household-still-head",
            ("nik", _) => "household-still-nik",
            _ => "household-still-said",
        };
        let list = format!("{} {}", one.source.to_uppercase(), one.version);
        ui.msg(key).s("list", list).s("name", display(&one.name)).to_string()
    });
    let kin = household::kin(reading, id).await?.into_iter().map(|one| KinLine {
        href: format!("/keluarga/{}", one.family_id),
        name: display(&one.head_name),
        how: ui
            .msg(&format!("household-kin-{}-{}", one.kind, if one.here { "here" } else { "there" }))
            .s("date", ui.date(&one.happened_on))
            .to_string(),
        received: (one.received > 0)
            .then(|| ui.msg("household-kin-received").s("amount", ui.rp(&one.received)).to_string()),
    });
    let waiting = household::waiting_on(reading, id).await?.into_iter().map(|line| {
        let kind = ui.t(&format!("household-{}", line.kind.as_str().replace('_', "-")));
        let text = ui.msg("household-waiting-here").s("kind", kind).to_string();
        Link::new(format!("/keluarga/perubahan/{}", line.id), text)
    });
    Ok((former.collect(), still.collect(), kin.collect(), waiting.collect()))
}

impl FamilyPage {
    pub async fn load(app: &App, me: &Me, id: i64, numbers: Numbers) -> Result<Self, AppError> {
        let reading = me.reading(app);
        let lang = me.lang;
        let family = registry::family(&reading, id).await?.ok_or(AppError::NotFound)?;
        let code = AreaCode::from_number(family.village);
        let village = match code {
            Some(code) => areas::find(&reading, code).await?,
            None => None,
        };
        let subdistrict = match code {
            Some(code) => areas::find(&reading, code.subdistrict()).await?,
            None => None,
        };
        let today = app.clock.today(app.config.zone);
        let people = registry::members(&reading, id).await?;
        let lists = registry::in_lists(&reading, id).await?;
        let found = registry::found(&reading, id).await?.into_iter().next();
        // where a visit corrected the lists, the visit counts: the decree prints the same
        let in_use = targeting::in_use_of(&reading, id).await?;
        let formats = formats::known(&reading).await?;
        let compared = compare(lang, &formats, &family, &in_use, &lists, found.as_ref(), people.len());
        let or_registry = |found: &Option<String>, listed: &Option<String>| found.clone().or_else(|| listed.clone());
        let (rt, rw) = (or_registry(&in_use.rt, &family.rt), or_registry(&in_use.rw, &family.rw));
        let address = in_use.address.clone().unwrap_or_else(|| family.address.clone());
        let listed = Address::of(&family.address, family.rt.as_deref(), family.rw.as_deref()).to_string();
        let here = Address::of(&address, rt.as_deref(), rw.as_deref()).to_string();
        let aid = registry::aid(&reading, id).await?;
        let ui = me.ui(app).await;
        let number = |text: Option<&str>| match (text, numbers) {
            (None, _) => "—".to_owned(),
            (Some(text), Numbers::Shown) => text.to_owned(),
            (Some(text), Numbers::Masked) => mask(text),
        };
        let members: Vec<MemberLine> = people.iter().map(|person| member_line(&ui, person, today, &number)).collect();
        let spec = Spec {
            id: "anggota",
            title: &ui.t("registry-members-chart"),
            description: &ui.t("registry-members-chart-text"),
        };
        let bands = bands(&people, today);
        let members_chart = pyramid(&spec, &bands, &ui.t("registry-men"), &ui.t("registry-women"));
        let lines = journal::of_family(&reading, id, TIMELINE).await?;
        let events = lines.len();
        let needs = found.as_ref().map(|found| needs(lang, found)).unwrap_or_default();
        let name = domain::name::display(&family.head_name);
        let head = people
            .iter()
            .find(|person| Some(person.id) == family.head_person_id)
            .map_or_else(|| name.clone(), |person| person_words(&ui, person, today));
        let (former, still, kin, waiting) = by_hand(&ui, &reading, id).await?;
        let ids: Vec<i64> = people.iter().map(|person| person.id).collect();
        let pairs = if me.may(Right::SeeFamilies) { pairs(&ui, &reading, &ids).await? } else { Vec::new() };
        let state_note = (family.state != "active").then(|| ui.t(&format!("household-state-{}-note", family.state)));
        Ok(Self {
            changeable: ui.may("change_households") && matches!(family.state.as_str(), "active" | "moved"),
            former,
            still,
            kin,
            waiting,
            pairs,
            state_note,
            kk: number(family.kk.as_deref()),
            shown: numbers == Numbers::Shown,
            village: village.as_ref().map_or_else(|| ui.t("registry-village-unknown"), |a| a.name.clone()),
            village_code: village.map(|a| a.code.to_string()),
            subdistrict_code: subdistrict.as_ref().map(|a| a.code.to_string()).unwrap_or_default(),
            subdistrict: subdistrict.map(|a| a.name).unwrap_or_default(),
            corrected: found.as_ref().filter(|_| listed != here).map(|found| {
                ui.msg("registry-address-found").s("date", ui.date(&found.visited_at)).s("listed", &listed).to_string()
            }),
            place: here.clone(),
            members_words: members_words(&ui, &people, today),
            due: registry::due(&reading, id).await?,
            received: aid.iter().map(|a| a.received).sum(),
            decided: registry::decided(&reading, id)
                .await?
                .into_iter()
                .map(|mut decided| {
                    decided.address = decided.address.filter(|then| *then != here);
                    decided
                })
                .collect(),
            answered: registry::answered(&reading, id).await?,
            years: years(&ui, &lines),
            needs_met: needs.iter().filter(|need| need.met).count(),
            events,
            needs,
            members_chart,
            members,
            compared,
            lists,
            found,
            head,
            aid,
            name,
            family,
            ui,
        })
    }
}

fn member_line(
    ui: &Ui,
    person: &Member,
    today: chrono::NaiveDate,
    number: &dyn Fn(Option<&str>) -> String,
) -> MemberLine {
    MemberLine {
        id: person.id,
        name: domain::name::display(&person.name),
        nik: number(person.nik.as_deref()),
        sex: person
            .sex
            .as_deref()
            .map_or_else(String::new, |sex| ui.t(&format!("registry-sex-{}", sex.to_lowercase()))),
        age: age(person, today),
        birth_date: person.birth_date.as_deref().map_or_else(|| "—".to_owned(), |date| ui.date(date)),
        relation: person
            .relation
            .as_deref()
            .map_or_else(String::new, |r| ui.t(&format!("registry-relation-{}", r.to_lowercase()))),
        state: person.state.clone(),
    }
}

fn age(person: &Member, today: chrono::NaiveDate) -> Option<u32> {
    let born = person.birth_date.as_deref()?.parse().ok()?;
    calendar::age(born, today)
}

/// `Rohaya (P, 43 th)`
fn person_words(ui: &Ui, person: &Member, today: chrono::NaiveDate) -> String {
    let name = domain::name::display(&person.name);
    match (person.sex.as_deref(), age(person, today)) {
        (Some(sex), Some(age)) => {
            let sex = ui.t(&format!("registry-sex-short-{}", sex.to_lowercase()));
            ui.msg("registry-person").s("name", name).s("sex", sex).n("age", age).to_string()
        }
        _ => name,
    }
}

fn bands(people: &[Member], today: chrono::NaiveDate) -> Vec<Band> {
    [("60+", 60, 200), ("19–59", 19, 59), ("7–18", 7, 18), ("0–6", 0, 6)]
        .into_iter()
        .map(|(label, from, to)| {
            let of = |sex: &str| {
                people
                    .iter()
                    .filter(|p| {
                        p.sex.as_deref() == Some(sex) && age(p, today).is_some_and(|a| (from..=to).contains(&a))
                    })
                    .count()
            };
            Band { label: label.to_owned(), men: of("L"), women: of("P") }
        })
        .collect()
}

/// `1 balita, 2 anak usia sekolah, 1 lansia`
fn members_words(ui: &Ui, people: &[Member], today: chrono::NaiveDate) -> String {
    let count =
        |from: u32, to: u32| people.iter().filter(|p| age(p, today).is_some_and(|a| (from..=to).contains(&a))).count();
    let parts: Vec<String> =
        [("registry-toddlers", count(0, 4)), ("registry-pupils", count(7, 18)), ("registry-elderly", count(60, 200))]
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(key, n)| ui.msg(key).n("count", n as i64).to_string())
            .collect();
    if parts.is_empty() { ui.t("registry-adults-only") } else { parts.join(", ") }
}

/// The eight basic services, met or not, as the standing visit found them.
fn needs(lang: crate::i18n::Lang, found: &Found) -> Vec<Need> {
    let unmet: Vec<String> = serde_json::from_str(&found.needs).unwrap_or_default();
    codes::list("verval.prasarana_layanan")
        .codes
        .iter()
        .map(|code| Need { label: code.label(lang.is_english()).to_owned(), met: !unmet.contains(&code.id) })
        .collect()
}

/// Entries in words, by year.
pub fn years(ui: &Ui, lines: &[journal::Line]) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for line in lines {
        let at = ui.local(&line.at);
        let year = at.map_or_else(|| line.at.chars().take(4).collect(), |at| at.year().to_string());
        let happened = Happened {
            told: tell(ui.lang, line),
            actor: line.actor.clone(),
            reason: line.reason.clone(),
            at: line.at.clone(),
            day: ui.day_month(&line.at),
        };
        match years.last_mut() {
            Some((last, events)) if *last == year => events.push(happened),
            _ => years.push((year, vec![happened])),
        }
    }
    years
}
