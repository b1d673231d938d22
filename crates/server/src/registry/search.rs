//! Searching families. The filters stand in the address of the page, the words looked for behind a key ([`Words`]), a
//! search kept under a name behind its number.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use domain::{
    AreaCode, Level,
    address::Address,
    codes,
    identity::mask,
    quality::Lack,
    search::{Status, Wanted},
};
use serde::{Deserialize, Serialize};
use store::{
    Reading, areas,
    lists::versions,
    registry::{
        self, Cursor, FamilyLine, FoundFamilies, Search,
        saved::{self, Saved},
    },
};

use crate::{
    App, AppError, Page,
    access::{Me, Words},
    error::{Rule, see},
    forms::Form,
    ui::{Ui, parts::Choice},
};

/// What a search says: in its address (there `cari` is the key of the words), in a form, and as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    pub cari: String,
    pub wilayah: String,
    pub desil: String,
    pub daftar: String,
    pub program: String,
    pub kebutuhan: String,
    pub keadaan: String,
    /// `ya`, or the code of the fault that keeps the family out of decrees.
    pub terhalang: String,
    /// What a family lacks: a word of [`Lack`].
    pub kurang: String,
    /// A search kept: its number. It says everything else.
    #[serde(skip_serializing)]
    pub simpan: String,
    /// The number of the family the page follows on; `m` before it where words are only similar.
    #[serde(skip_serializing)]
    pub sesudah: String,
    /// The family the page ends before.
    #[serde(skip_serializing)]
    pub sebelum: String,
}

const PAGE: usize = 50;

impl Asked {
    pub fn from_form(form: &Form) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        Self {
            cari: text("cari"),
            wilayah: text("wilayah"),
            desil: text("desil"),
            daftar: text("daftar"),
            program: text("program"),
            kebutuhan: text("kebutuhan"),
            keadaan: text("keadaan"),
            terhalang: text("terhalang"),
            kurang: text("kurang"),
            ..Self::default()
        }
    }

    pub fn search(&self) -> Search {
        Search {
            text: self.cari.clone(),
            area: self.wilayah.parse().ok(),
            desil_most: self.desil.parse().ok(),
            version: self.daftar.parse().ok(),
            programme: self.program.parse().ok(),
            need: Some(self.kebutuhan.clone()).filter(|need| !need.is_empty()),
            status: Status::from_word(&self.keadaan),
            blocked: match self.terhalang.as_str() {
                "" => None,
                "ya" => Some(String::new()),
                code => Some(code.to_owned()),
            },
            lack: Lack::from_word(&self.kurang),
        }
    }

    /// A number of somebody stands in it.
    fn is_secret(&self) -> bool {
        Wanted::is_secret(&self.cari)
    }

    /// The fields that say something.
    fn fields(&self) -> Vec<(&'static str, String)> {
        [
            ("cari", &self.cari),
            ("wilayah", &self.wilayah),
            ("desil", &self.desil),
            ("daftar", &self.daftar),
            ("program", &self.program),
            ("kebutuhan", &self.kebutuhan),
            ("keadaan", &self.keadaan),
            ("terhalang", &self.terhalang),
            ("kurang", &self.kurang),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name, value.clone()))
        .collect()
    }

    /// The address of another page of this search, as it stands in an address: `m` before a family's number where words
    /// are only similar.
    fn turned(&self, name: &str, to: &Cursor) -> String {
        let own = if self.simpan.is_empty() { self.fields() } else { vec![("simpan", self.simpan.clone())] };
        let mut query: Vec<String> =
            own.iter().map(|(name, value)| format!("{name}={}", crate::ui::url(value))).collect();
        query.push(format!("{name}={}{}", if to.similar { "m" } else { "" }, to.id));
        format!("/keluarga?{}", query.join("&"))
    }

    /// What was searched for, as the page repeats it: numbers masked.
    pub fn shown_text(&self) -> String {
        if self.is_secret() { mask(self.cari.trim()) } else { self.cari.trim().to_owned() }
    }
}

#[derive(Template)]
#[template(path = "registry/templates/search.html")]
struct SearchPage {
    ui: Ui,
    asked: Asked,
    sentence: String,
    /// The words of this address are not kept any more.
    words_lost: bool,
    lines: Vec<Line>,
    /// The line above which the similar ones begin; none of them: beyond the last.
    similar_from: usize,
    places: Vec<Choice>,
    lists: Vec<Choice>,
    programmes: Vec<Choice>,
    needs: Vec<Choice>,
    statuses: Vec<Choice>,
    lacks: Vec<Choice>,
    /// A filter besides words, area and decile is set.
    more_filters: bool,
    before: Option<String>,
    after: Option<String>,
    saved: Vec<Saved>,
    /// The fault the search asks for, in words.
    blocked_by: Option<String>,
    may_keep: bool,
}

/// A family as the page and the export show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: i64,
    pub name: String,
    /// The member who was looked for.
    pub found: Option<String>,
    pub found_id: i64,
    /// He had the number that was looked for before it was corrected.
    pub former_number: bool,
    pub village: String,
    pub subdistrict: String,
    pub address: String,
    pub members: i64,
    pub desil: Option<i64>,
    /// What keeps it out of decrees, in words.
    pub note: String,
}

impl Line {
    pub fn new(ui: &Ui, names: &BTreeMap<i64, String>, line: &FamilyLine) -> Self {
        let name_of = |code: i64| names.get(&code).cloned().unwrap_or_default();
        let code = AreaCode::from_number(line.village).filter(|code| code.level() == Level::Village);
        Self {
            id: line.id,
            name: domain::name::display(&line.head_name),
            found: line.found.as_deref().map(domain::name::display),
            found_id: line.found_id.unwrap_or_default(),
            former_number: line.former_number,
            village: code.map_or_else(|| ui.t("registry-village-unknown"), |code| name_of(code.number())),
            subdistrict: code.map(|code| name_of(code.subdistrict().number())).unwrap_or_default(),
            address: Address::of(&line.address, line.rt.as_deref(), line.rw.as_deref()).to_string(),
            members: line.members,
            desil: line.desil,
            note: if line.block.is_empty() { String::new() } else { ui.t(&crate::ui::fault_key(&line.block)) },
        }
    }
}

/// Names of the district's areas by code.
pub async fn names(app: &App, reading: &Reading<'_>) -> Result<BTreeMap<i64, String>, AppError> {
    Ok(match app.district().await? {
        Some((code, _)) => areas::names(reading, code).await?,
        None => BTreeMap::new(),
    })
}

/// A page of what is asked for.
pub async fn found(
    app: &App,
    reading: &Reading<'_>,
    search: &Search,
    at: Option<&Cursor>,
    size: usize,
) -> Result<FoundFamilies, AppError> {
    let dictionary = app.lexicon.current(reading).await?;
    Ok(registry::search(reading, &dictionary, search, at, size).await?)
}

pub async fn page(State(app): State<App>, me: Me, Query(address): Query<Asked>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let saved = saved::all(&reading).await?;
    let kept = saved.iter().find(|one| one.id.to_string() == address.simpan);
    if kept.is_none() && !address.simpan.is_empty() {
        return Err(AppError::NotFound);
    }
    let words = if kept.is_some() { Words::default() } else { me.words(&address.cari).await };
    let asked = match kept {
        Some(kept) => {
            let asked: Asked = serde_json::from_str(&kept.filters).map_err(anyhow::Error::from)?;
            Asked { simpan: address.simpan.clone(), ..asked }
        }
        None => Asked { cari: words.text, ..address.clone() },
    };
    let search = asked.search();
    let at = match (turned(&address.sebelum), turned(&address.sesudah)) {
        (Some((id, similar)), _) => registry::cursor(&reading, id, similar, true).await?,
        (None, Some((id, similar))) => registry::cursor(&reading, id, similar, false).await?,
        (None, None) => None,
    };
    let found = found(&app, &reading, &search, at.as_ref(), PAGE).await?;
    let ui = me.ui(&app).await;
    let sentence = if let Some(total) = found.total {
        let key = if total.more { "registry-sentence-more" } else { "registry-sentence-found" };
        ui.msg(key).n("count", total.families).s("text", asked.shown_text()).to_string()
    } else {
        let name = format!("families {search:?}");
        let count = *app.figures.of(&reading, &name, registry::count(&reading, &search)).await?;
        let key = if search.is_empty() { "registry-sentence-all" } else { "registry-sentence-filtered" };
        ui.msg(key).n("count", count).to_string()
    };
    let names = names(&app, &reading).await?;
    let places = names
        .iter()
        .filter_map(|(code, name)| AreaCode::from_number(*code).map(|code| (code, name)))
        .filter(|(code, _)| code.level() >= Level::Subdistrict && me.actor.scope.includes(*code))
        .map(|(code, name)| match code.level() {
            Level::Village => Choice::new(code.to_string(), format!("\u{a0}\u{a0}{name}")),
            _ => Choice::new(code.to_string(), ui.msg("registry-subdistrict").s("name", name).to_string()),
        })
        .collect();
    let lists = versions::versions(&reading).await.map_err(anyhow::Error::from)?;
    let lists = lists
        .into_iter()
        .filter(|version| version.state == "committed")
        .map(|version| Choice::new(version.id.to_string(), version.title()))
        .collect();
    let programmes = registry::programmes(&reading).await?;
    let statuses = Status::ALL
        .iter()
        .map(|status| {
            Choice::new(status.as_str(), ui.t(&format!("registry-status-{}", status.as_str().replace('_', "-"))))
        })
        .collect();
    let needs = codes::list("verval.prasarana_layanan")
        .codes
        .iter()
        .map(|code| Choice::new(code.id.as_str(), code.label(ui.lang.is_english())))
        .collect();
    let page = SearchPage {
        sentence,
        words_lost: words.lost,
        similar_from: found.similar_from.unwrap_or(usize::MAX),
        places,
        lists,
        programmes: programmes.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect(),
        needs,
        statuses,
        lacks: Lack::ALL.iter().map(|lack| Choice::new(lack.as_str(), ui.t(&lack_key(*lack)))).collect(),
        more_filters: [
            &asked.daftar,
            &asked.program,
            &asked.kebutuhan,
            &asked.keadaan,
            &asked.terhalang,
            &asked.kurang,
        ]
        .iter()
        .any(|value| !value.is_empty()),
        before: found.before.as_ref().map(|to| address.turned("sebelum", to)),
        after: found.after.as_ref().map(|to| address.turned("sesudah", to)),
        blocked_by: Some(&asked.terhalang)
            .filter(|code| !code.is_empty() && *code != "ya")
            .map(|code| crate::ui::fault_key(code))
            .filter(|key| ui.lang.has(key))
            .map(|key| ui.t(&key)),
        may_keep: kept.is_none() && !search.is_empty() && !asked.is_secret(),
        saved,
        lines: found.lines.into_iter().map(|line| Line::new(&ui, &names, &line)).collect(),
        asked,
        ui,
    };
    Ok(Page(page).into_response())
}

/// The message that names a lack.
pub fn lack_key(lack: Lack) -> String {
    format!("registry-lack-{}", lack.as_str().replace('_', "-"))
}

/// `m123`: behind (or before) family 123, among the similar ones.
fn turned(text: &str) -> Option<(i64, bool)> {
    let number = text.strip_prefix('m');
    Some((number.unwrap_or(text).parse().ok()?, number.is_some()))
}

/// Keeps a search under a name.
pub async fn keep(State(app): State<App>, me: Me, form: Form) -> Result<Response, AppError> {
    let asked = Asked::from_form(&form);
    let name: String = form.text("nama").chars().take(80).collect();
    if asked.is_secret() {
        return Err(Rule::new("registry-keep-number").into());
    }
    if name.is_empty() || asked.search().is_empty() {
        return Err(Rule::new("registry-keep-nothing").into());
    }
    let filters = serde_json::to_string(&asked).map_err(anyhow::Error::from)?;
    let change = me.change(&app).await?;
    let Some(id) = saved::keep(&change, &name, &filters).await? else {
        return Err(Rule::new("registry-keep-many").n("most", saved::MOST).into());
    };
    change.commit().await?;
    me.flash(me.lang.msg("registry-kept").s("name", &name)).await;
    Ok(see(format!("/keluarga?simpan={id}")))
}

/// Forgets a search kept.
pub async fn forget(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    if !saved::forget(&change, id).await? {
        return Err(AppError::NotFound);
    }
    change.commit().await?;
    me.flash(me.lang.t("registry-forgotten")).await;
    Ok(see("/keluarga"))
}
