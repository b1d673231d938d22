//! Who did what: newest first, by person, kind and day.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use store::{
    access, areas,
    journal::{self, Filter},
};

use super::words::tell;
use crate::{
    App, AppError, Page,
    access::Me,
    forms::Form,
    ui::{Ui, parts::Choice, url},
};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    siapa: String,
    #[serde(default)]
    apa: String,
    #[serde(default)]
    dari: String,
    #[serde(default)]
    sampai: String,
    #[serde(default)]
    sebelum: String,
}

#[derive(Template)]
#[template(path = "journal/templates/journal.html")]
struct JournalPage {
    ui: Ui,
    form: Form,
    sentence: String,
    rows: Vec<Row>,
    people: Vec<Choice>,
    kinds: Vec<Choice>,
    older: Option<String>,
    newest: Option<String>,
}

struct Row {
    at: String,
    actor: String,
    what: String,
    more: String,
    icon: &'static str,
    reason: Option<String>,
    area: String,
    href: Option<String>,
    /// The one family it is about, as far as the reader may see families: its page and name.
    family: Option<(String, String)>,
}

const PAGE: i64 = 100;

/// Kinds of entries one can ask for, by the noun of the verb.
const KINDS: [&str; 24] = [
    "list",
    "round",
    "visit",
    "results",
    "deliberation",
    "determination",
    "decree",
    "referral",
    "agency",
    "programme",
    "enrolment",
    "event",
    "delivery",
    "household",
    "match",
    "number",
    "person",
    "registry",
    "search",
    "session",
    "user",
    "area",
    "boundary",
    "setting",
];

pub async fn journal(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    let mut form = Form::default();
    form.set("siapa", &asked.siapa).set("apa", &asked.apa).set("dari", &asked.dari).set("sampai", &asked.sampai);
    let [from, until] = ["dari", "sampai"].map(|field| form.date(field, me.lang).map(|day| day.to_string()));
    let filter = Filter {
        user: asked.siapa.parse().ok(),
        noun: filled(&asked.apa).filter(|noun| KINDS.contains(&noun.as_str())),
        before: asked.sebelum.parse().ok(),
        from,
        until,
    };
    let mut lines = journal::page(&reading, &filter, PAGE + 1).await?;
    let more = lines.len() as i64 > PAGE;
    lines.truncate(PAGE as usize);
    let about = journal::about_families(&reading, lines.iter().map(|line| line.id)).await?;
    let ui = me.ui(&app).await;
    let names = match app.district().await? {
        Some((code, _)) => areas::names(&reading, code).await?,
        None => std::collections::BTreeMap::new(),
    };
    let query = |before: &str| {
        let pairs = [
            ("siapa", asked.siapa.as_str()),
            ("apa", &asked.apa),
            ("dari", &asked.dari),
            ("sampai", &asked.sampai),
            ("sebelum", before),
        ];
        let parts: Vec<String> =
            pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| format!("{n}={}", url(v))).collect();
        format!("/jejak?{}", parts.join("&"))
    };
    let older = lines.last().filter(|_| more).map(|line| query(&line.id.to_string()));
    let newest = filter.before.map(|_| query(""));
    let people = access::users(&reading).await?.into_iter().map(|u| Choice::new(u.id.to_string(), u.name)).collect();
    let kinds = KINDS.iter().map(|noun| Choice::new(*noun, ui.t(&format!("journal-kind-{noun}")))).collect();
    let sentence = match lines.first() {
        Some(line) => ui.msg("journal-sentence").s("actor", &line.actor).s("time", ui.time(&line.at)).to_string(),
        None => ui.t("journal-none"),
    };
    let rows = lines
        .iter()
        .map(|line| {
            let told = tell(ui.lang, line);
            Row {
                at: line.at.clone(),
                actor: line.actor.clone(),
                what: told.what,
                more: told.more,
                icon: told.icon,
                reason: line.reason.clone(),
                area: line.area.and_then(|code| names.get(&code).cloned()).unwrap_or_default(),
                href: place(&ui, &line.subject_kind, line.subject_id),
                family: about.iter().find(|about| about.journal_id == line.id).map(|about| {
                    let name = domain::name::display(&about.head_name);
                    let words = ui.msg("journal-family-of").s("name", name).to_string();
                    (format!("/keluarga/{}", about.family_id), words)
                }),
            }
        })
        .collect();
    Ok(Page(JournalPage { ui, form, sentence, rows, people, kinds, older, newest }).into_response())
}

/// Where the thing of an entry is looked at, for those who may.
fn place(ui: &Ui, kind: &str, id: i64) -> Option<String> {
    let (path, right) = match kind {
        "list_version" => ("/daftar", "read_lists"),
        "family" => ("/keluarga", "see_families"),
        "person" => ("/orang", "see_families"),
        "household_change" => ("/keluarga/perubahan", "see_families"),
        "match_pair" => ("/keluarga/padan", "see_families"),
        "round" => ("/verval", "manage_verification"),
        "determination" => ("/penetapan", "see_targeting"),
        "decree" => ("/sk", "see_targeting"),
        "programme" => ("/program", "see_programmes"),
        "event" => ("/penyaluran", "see_delivery"),
        "user" => ("/pengguna", "administer"),
        _ => return None,
    };
    (id > 0 && ui.may(right)).then(|| format!("{path}/{id}"))
}
