//! A layout made in the browser: what each column of a file is, told by a person, tried on its first rows, saved as a format
//! and used at once. The next such file is recognised by itself.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::ControlFlow,
    path::PathBuf,
};

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use chrono::NaiveDate;
use domain::{
    codes,
    identity::mask,
    lists::{
        AreaIndex, Context, FileFacts, Format, MappedField, MappedFormat, Mapping, Reader, Row, RowClass, RowReading,
        Severity, Source, Survey, VersionState,
        areas::Coding,
        format::{FamilyKey, Kind, Value, YesNo, header_key},
        guess::{self, Guess, Why},
        mapped::{self, MappingFault},
        recognise::{HEAD_ROWS, Header, header_in, recognise_as},
    },
};
use serde::Deserialize;
use sheets::Spreadsheet;
use store::{
    Handle,
    lists::{File, Version, formats as saved, versions},
};

use super::{
    inspect::Wanted,
    intake,
    pages::standing,
    report_page::{letter, masked},
};
use crate::{
    App, AppError,
    access::Me,
    error::{Rule, see, with_status},
    forms::Form,
    i18n::Lang,
    ui::{Ui, parts::Choice},
};

/// Rows of data tried.
const TRIED: usize = 50;
/// Of them shown as read.
const SHOWN: usize = 6;
/// Cells shown of a column.
const EXAMPLES: usize = 3;
/// Columns that can be mapped; a list has never more.
const MOST_COLUMNS: usize = 300;

/// The fields a person meets most, in the order they are explained. Their words are messages of their own.
pub const CORE: [&str; 28] = [
    "nik",
    "kk",
    "name",
    "birth_date",
    "sex",
    "relation",
    "village",
    "village_code",
    "subdistrict",
    "subdistrict_code",
    "district",
    "district_code",
    "province",
    "province_code",
    "address",
    "hamlet",
    "rt",
    "rw",
    "list_family_id",
    "list_person_id",
    "members",
    "desil_national",
    "desil_province",
    "desil_district",
    "percentile",
    "phone",
    "latitude",
    "longitude",
];

/// A column as the page shows it.
struct ColumnLine {
    /// Its number in the form.
    at: usize,
    letter: String,
    header: String,
    examples: Vec<String>,
    /// It cannot be told apart: no header, or one that stands twice.
    fixed: Option<String>,
    why: String,
    /// The list of its answers can be chosen.
    has_list: bool,
    /// What trying it gave.
    tried: String,
    tone: &'static str,
}

/// A field a column can be, in words.
struct FieldLine {
    label: String,
    help: String,
}

/// A row as it would be read.
struct TriedRow {
    row: u32,
    cells: Vec<String>,
    faults: Vec<String>,
}

struct TriedPart {
    sentence: String,
    headers: Vec<String>,
    rows: Vec<TriedRow>,
    faults: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "lists/templates/mapping.html")]
struct MappingPage {
    ui: Ui,
    form: Form,
    version: Version,
    file: File,
    sentence: String,
    sheets: Vec<Choice>,
    columns: Vec<ColumnLine>,
    core: Vec<FieldLine>,
    others: Vec<FieldLine>,
    lists: Vec<String>,
    sources: Vec<Choice>,
    kinds: Vec<Choice>,
    codings: Vec<Choice>,
    keys: Vec<Choice>,
    answers: Vec<Choice>,
    head: Vec<(u32, Vec<String>, bool)>,
    tried: Option<TriedPart>,
}

#[derive(Deserialize)]
pub struct Asked {
    lembar: Option<usize>,
}

/// What a sheet shows of itself.
struct Seen {
    sheets: Vec<String>,
    rows: Vec<Row>,
    from_1904: bool,
    delimited: bool,
}

/// Looks at the beginning of a sheet, off the threads that serve pages.
async fn look(app: &App, file: &File, sheet: usize) -> Result<Seen, AppError> {
    let path: PathBuf = app.files.path(&file.sha256);
    let seen = tokio::task::spawn_blocking(move || {
        let mut book = Spreadsheet::open(path).ok()?;
        let sheets = book.sheets().iter().map(|sheet| sheet.name.clone().unwrap_or_default()).collect();
        let mut rows = Vec::new();
        let mut filled = 0;
        book.rows(sheet, |row| {
            filled += usize::from(!row.is_blank());
            rows.push(row);
            if filled < HEAD_ROWS + TRIED { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .ok()?;
        let (from_1904, delimited) = (book.counts_from_1904(), book.text_layout().is_some());
        Some(Seen { sheets, rows, from_1904, delimited })
    })
    .await
    .map_err(anyhow::Error::from)?;
    seen.ok_or_else(|| Rule::new("list-mapping-unreadable").into())
}

/// The draft's file of that number.
async fn file_of(handle: &impl Handle, id: i64) -> Result<(Version, File), AppError> {
    let file = versions::file(handle, id).await?.ok_or(AppError::NotFound)?;
    let version = standing(handle, file.version_id).await?;
    if version.state()? != VersionState::Draft {
        return Err(Rule::new("list-state").into());
    }
    Ok((version, file))
}

pub async fn page(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    me.in_whole_district()?;
    let (version, file) = file_of(&me.reading(&app), id).await?;
    let sheet = asked.lembar.unwrap_or(file.sheet_no as usize);
    let seen = look(&app, &file, sheet).await?;
    let mut form = Form::default();
    form.set("lembar", sheet);
    let words = Words::new(me.lang);
    let header = header_in(&seen.rows, None);
    if let Some(header) = &header {
        form.set(
            "baris",
            if header.rows.0 == header.rows.1 {
                header.rows.0.to_string()
            } else {
                format!("{}-{}", header.rows.0, header.rows.1)
            },
        );
        propose(&mut form, &words, header, &seen.rows, &version);
    }
    show(&app, &me, Shown { version, file, seen, header, form, words, tried: None }).await
}

/// Fills the form with what each column may be.
fn propose(form: &mut Form, words: &Words, header: &Header, rows: &[Row], version: &Version) {
    let guesses = guesses(header, rows);
    let mut identity = false;
    for (at, guess) in guesses.iter().enumerate() {
        if let Some(guess) = guess {
            form.set(&format!("k{at}"), words.label(guess.field));
            identity |= guess.field == "name" || guess.field == "nik";
        }
    }
    form.set("jenis", if identity { "person" } else { "family" });
    form.set("sumber", if version.source.is_empty() { "lokal" } else { version.source.as_str() });
    form.set("kode", "open").set("kunci", "kk").set("jawab", "words");
}

fn guesses(header: &Header, rows: &[Row]) -> Vec<Option<Guess>> {
    let data: Vec<&Row> = rows.iter().filter(|row| row.number > header.rows.1 && !row.broken).take(TRIED).collect();
    let columns: Vec<(&str, Vec<&domain::lists::Cell>)> = header
        .columns
        .iter()
        .enumerate()
        .map(|(at, header)| (header.as_str(), data.iter().map(|row| row.cell(at)).collect()))
        .collect();
    guess::guesses(&columns)
}

/// Everything the page is made of.
struct Shown {
    version: Version,
    file: File,
    seen: Seen,
    header: Option<Header>,
    form: Form,
    words: Words,
    tried: Option<(Mapping, Vec<RowReading>)>,
}

/// Fields and code lists in the words of the page, and back.
struct Words {
    lang: Lang,
    label: BTreeMap<&'static str, String>,
    field: HashMap<String, &'static str>,
    lists: HashMap<String, &'static str>,
}

/// What stands for "not used" and "kept as it is" in the form.
const UNUSED: &str = "";

impl Words {
    fn new(lang: Lang) -> Self {
        let mut label = BTreeMap::new();
        let mut field = HashMap::new();
        for known in mapped::known_fields().filter(|known| known.value != Value::Ignored) {
            let mut words = field_words(lang, known);
            if field.contains_key(&fold(&words)) {
                words = format!("{words} ({})", known.field);
            }
            field.insert(fold(&words), known.field);
            label.insert(known.field, words);
        }
        let title = |list: &'static codes::CodeList| list.title(lang.is_english()).to_owned();
        let lists =
            codes::lists().flat_map(|list| [(fold(&title(list)), &*list.id), (fold(&list.id), &*list.id)]).collect();
        Self { lang, label, field, lists }
    }

    fn label(&self, field: &str) -> String {
        self.label.get(field).cloned().unwrap_or_else(|| field.to_owned())
    }

    fn text(&self) -> String {
        self.lang.t("lists-mapping-as-text")
    }

    fn field(&self, typed: &str) -> Option<&'static str> {
        self.field.get(&fold(typed)).copied()
    }
}

/// Every field in words.
pub fn field_labels(lang: Lang) -> BTreeMap<&'static str, String> {
    Words::new(lang).label
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A field in words: of its own, else of its code list, else as the list that has it prints it.
fn field_words(lang: Lang, known: &mapped::KnownField) -> String {
    let key = format!("lists-field-{}", known.field.replace('_', "-"));
    if lang.has(&key) {
        return lang.t(&key);
    }
    let printed = known.example.replace('_', " ");
    let mut signs = printed.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + signs.as_str())
}

async fn show(app: &App, me: &Me, shown: Shown) -> Result<Response, AppError> {
    let Shown { version, file, seen, header, form, words, tried } = shown;
    let ui = me.ui(app).await;
    let lang = me.lang;
    let guesses = header.as_ref().map(|header| guesses(header, &seen.rows)).unwrap_or_default();
    let (last, first) = header.as_ref().map_or((0, 0), |header| (header.rows.1, header.rows.0));
    let data: Vec<&Row> = seen.rows.iter().filter(|row| row.number > last && !row.is_blank()).take(TRIED).collect();
    let twice = header.as_ref().map(twice).unwrap_or_default();
    let results = tried.as_ref().map(|(mapping, rows)| results(lang, mapping, rows)).unwrap_or_default();
    let columns =
        header.iter().flat_map(|header| header.columns.iter().enumerate()).take(MOST_COLUMNS).map(|(at, text)| {
            let typed = form.text(&format!("k{at}")).to_owned();
            let field = words.field(&typed);
            let known = field.and_then(|field| mapped::known_fields().find(|known| known.field == field));
            let number = matches!(field, Some("nik" | "kk"));
            let examples = data.iter().map(|row| row.cell(at).display()).filter(|text| !text.trim().is_empty());
            let (told, tone) = results.get(&at).cloned().unwrap_or_default();
            ColumnLine {
                at,
                letter: letter(at),
                header: text.clone(),
                examples: examples
                    .take(EXAMPLES)
                    .map(
                        |text| {
                            if number || long_number(&text) { masked(&text) } else { text.chars().take(40).collect() }
                        },
                    )
                    .collect(),
                fixed: if header_key(text).is_empty() {
                    Some(lang.t("lists-mapping-no-header"))
                } else if twice.contains(&at) {
                    Some(lang.t("lists-mapping-twice"))
                } else {
                    None
                },
                why: guesses
                    .get(at)
                    .and_then(Option::as_ref)
                    .filter(|g| Some(g.field) == field)
                    .map(|g| why(lang, g))
                    .unwrap_or_default(),
                has_list: known.is_some_and(|known| known.value == Value::Code || known.list.is_some())
                    || fold(&typed) == fold(&words.text()),
                tried: told,
                tone,
            }
        });
    let columns: Vec<ColumnLine> = columns.collect();
    let told = columns.iter().filter(|line| !form.text(&format!("k{}", line.at)).trim().is_empty()).count();
    let sentence = if header.is_none() {
        lang.t("lists-mapping-no-rows")
    } else {
        lang.msg("lists-mapping-sentence").s("file", &file.name).n("told", told).n("columns", columns.len()).to_string()
    };
    let head = seen
        .rows
        .iter()
        .filter(|row| !row.is_blank() && row.number <= last + 3)
        .take(12)
        .map(|row| {
            let cells = row.cells.iter().take(8).map(|cell| {
                let text = cell.display();
                if long_number(&text) { masked(&text) } else { text.chars().take(30).collect() }
            });
            (row.number, cells.collect(), row.number >= first && row.number <= last)
        })
        .collect();
    let choice = |value: &str, key: &str| Choice::new(value.to_owned(), lang.t(key));
    let core = CORE.into_iter().filter(|field| words.label.contains_key(field));
    let help = |field: &str| {
        let key = format!("lists-field-{}-help", field.replace('_', "-"));
        if lang.has(&key) { lang.t(&key) } else { String::new() }
    };
    let others = words.label.iter().filter(|(field, _)| !CORE.contains(field)).map(|(field, label)| {
        let known = mapped::known_fields().find(|known| known.field == *field);
        let list = known.and_then(|known| known.list).map(|list| codes::list(list).title(lang.is_english()).to_owned());
        FieldLine { label: label.clone(), help: list.unwrap_or_default() }
    });
    let mut lists: Vec<String> = codes::lists().map(|list| list.title(lang.is_english()).to_owned()).collect();
    lists.sort();
    lists.dedup();
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = MappingPage {
        sentence,
        sheets: if seen.sheets.len() > 1 {
            seen.sheets.iter().enumerate().map(|(no, name)| Choice::new(no.to_string(), name.clone())).collect()
        } else {
            Vec::new()
        },
        core: core.map(|field| FieldLine { label: words.label(field), help: help(field) }).collect(),
        others: others.collect(),
        lists,
        sources: Source::ALL.iter().map(|source| Choice::new(source.as_str(), source.title())).collect(),
        kinds: vec![choice("person", "lists-mapping-person"), choice("family", "lists-mapping-family")],
        codings: vec![
            choice("open", "lists-mapping-coding-open"),
            choice("kemendagri", "lists-mapping-coding-kemendagri"),
            choice("bps", "lists-mapping-coding-bps"),
        ],
        keys: vec![choice("kk", "lists-mapping-key-kk"), choice("list_family_id", "lists-mapping-key-own")],
        answers: vec![
            choice("words", "lists-mapping-answers-words"),
            choice("coded", "lists-mapping-answers-coded"),
            choice("marks", "lists-mapping-answers-marks"),
        ],
        tried: tried.map(|(mapping, rows)| tried_part(&ui, &words, &mapping, &rows)),
        columns,
        head,
        ui,
        form,
        version,
        file,
    };
    Ok(with_status(status, page))
}

fn why(lang: Lang, guess: &Guess) -> String {
    match &guess.why {
        Why::Header(source) => lang.msg("lists-mapping-why-header").s("list", source.title()),
        Why::Near(header) => lang.msg("lists-mapping-why-near").s("header", header),
        Why::Content(share) => lang.msg("lists-mapping-why-content").n("share", *share),
    }
    .to_string()
}

/// Columns whose header stands before in the same file: no file could tell them apart.
fn twice(header: &Header) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let keys = header.columns.iter().map(|text| header_key(text)).enumerate();
    keys.filter(|(_, key)| !key.is_empty() && !seen.insert(key.clone())).map(|(at, _)| at).collect()
}

fn long_number(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 12
}

/// What trying gave for each column: filled cells, and the findings about it.
fn results(lang: Lang, mapping: &Mapping, rows: &[RowReading]) -> HashMap<usize, (String, &'static str)> {
    let data: Vec<&RowReading> = rows.iter().filter(|row| row.class == RowClass::Data).collect();
    let mut all = HashMap::new();
    for (at, mapped) in mapping.columns.iter().enumerate() {
        let read = mapped.column.map(|column| &mapping.format.columns[column]).filter(|c| c.value != Value::Ignored);
        if read.is_none() {
            continue;
        }
        let filled = data.iter().filter(|row| row.raw.get(at).is_some_and(|cell| !cell.trim().is_empty())).count();
        let faulty = data
            .iter()
            .filter(|row| {
                row.findings.iter().any(|finding| {
                    finding.column.as_deref() == Some(&*mapped.header)
                        && (finding.severity() != Severity::Note || finding.fault == domain::lists::Fault::LabelUnknown)
                })
            })
            .count();
        let words =
            lang.msg("lists-mapping-tried").n("filled", filled).n("rows", data.len()).n("faulty", faulty).to_string();
        all.insert(
            at,
            (
                words,
                if faulty * 2 > data.len().max(1) {
                    "t-bad"
                } else if faulty > 0 {
                    "t-warn"
                } else {
                    "t-ok"
                },
            ),
        );
    }
    all
}

fn tried_part(ui: &Ui, words: &Words, mapping: &Mapping, rows: &[RowReading]) -> TriedPart {
    let data: Vec<&RowReading> = rows.iter().filter(|row| row.class == RowClass::Data).collect();
    let fields: Vec<&'static str> = mapping
        .columns
        .iter()
        .filter_map(|mapped| mapped.column.map(|column| &mapping.format.columns[column]))
        .filter(|column| column.value != Value::Ignored)
        .map(|column| column.field.as_str())
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut clear = 0;
    for row in &data {
        let grave: BTreeSet<&str> = row
            .findings
            .iter()
            .filter(|f| f.severity() != Severity::Note || f.fault == domain::lists::Fault::LabelUnknown)
            .map(|f| f.fault.code())
            .collect();
        clear += usize::from(grave.is_empty());
        for code in grave {
            *counts.entry(code).or_default() += 1;
        }
    }
    let fault =
        |code: &str| code.parse::<domain::lists::Fault>().map_or_else(|_| code.to_owned(), |f| ui.t(&f.word_key()));
    let shown = data.iter().take(SHOWN).map(|row| TriedRow {
        row: row.row,
        cells: fields
            .iter()
            .map(|field| {
                let value = row.fields.shown(field).unwrap_or_default();
                match *field {
                    "nik" | "kk" if value.len() == 16 => mask(&value),
                    _ if long_number(&value) => masked(&value),
                    "birth_date" => ui.date(&value),
                    _ => value,
                }
            })
            .collect(),
        faults: row.findings.iter().filter(|f| f.severity() != Severity::Note).map(|f| fault(f.fault.code())).collect(),
    });
    TriedPart {
        sentence: ui.msg("lists-mapping-result").n("rows", data.len()).n("clear", clear).to_string(),
        headers: fields.iter().map(|field| words.label(field)).collect(),
        rows: shown.collect(),
        faults: counts.into_iter().map(|(code, count)| (fault(code), ui.num(&(count as i64)))).collect(),
    }
}

/// Tries or saves what was mapped.
pub async fn act(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    me.in_whole_district()?;
    let (version, file) = file_of(&me.reading(&app), id).await?;
    let sheet: usize = form.text("lembar").parse().unwrap_or(file.sheet_no as usize);
    let seen = look(&app, &file, sheet).await?;
    let words = Words::new(me.lang);
    let wanted = rows_of(form.text("baris"));
    if wanted.is_none() && !form.text("baris").trim().is_empty() {
        form.fault("baris", me.lang.t("lists-mapping-rows-fault"));
    }
    let header = header_in(&seen.rows, wanted);
    let Some(found) = header.clone() else {
        return show(&app, &me, Shown { version, file, seen, header, form, words, tried: None }).await;
    };
    // another header or sheet is another set of columns: they are proposed anew
    if form.text("do") == "judul" {
        let mut fresh = Form::default();
        for field in ["lembar", "baris", "nama"] {
            fresh.set(field, form.text(field));
        }
        propose(&mut fresh, &words, &found, &seen.rows, &version);
        return show(&app, &me, Shown { version, file, seen, header, form: fresh, words, tried: None }).await;
    }
    let save = form.text("do") == "simpan";
    let title = if save { form.required("nama", me.lang) } else { form.text("nama").trim().to_owned() };
    let format = mapped_format(&app, &me, &mut form, &words, &found, &title).await?;
    let Some((mapped, format)) = format.filter(|_| form.is_sound()) else {
        return show(&app, &me, Shown { version, file, seen, header, form, words, tried: None }).await;
    };
    let areas = store::areas::index(&me.reading(&app)).await?.ok_or_else(|| Rule::new("list-no-areas"))?;
    let on: NaiveDate = version.as_of.parse().unwrap_or_else(|_| app.clock.today(app.config.zone));
    let tried = attempt(&seen, &file.name, format, &areas, on);
    if !save {
        return show(&app, &me, Shown { version, file, seen, header, form, words, tried: Some(tried) }).await;
    }
    let text = format_text(&mapped, &file.name, me.lang)?;
    let format = mapped::load(&text).map_err(anyhow::Error::from)?;
    let wanted = Wanted { sheet: Some(sheet), format: Some(format), source: None };
    let looked = intake::look(&app, &me.actor, &file.sha256, &file.name, wanted).await.map_err(anyhow::Error::from)?;
    let change = me.change(&app).await?;
    saved::save(&change, &format.id, &format.title, &text, Some(&file.name)).await?;
    versions::set_file(&change, file.id, &looked.reading).await?;
    if version.source.is_empty() {
        let mut said = described(&version);
        format.source.as_str().clone_into(&mut said.source);
        versions::describe(&change, version.id, &said).await?;
    }
    change.commit().await?;
    me.flash(me.lang.msg("lists-mapping-saved").s("format", &format.title)).await;
    Ok(see(format!("/daftar/{}", version.id)))
}

fn described(version: &Version) -> store::lists::NewVersion {
    store::lists::NewVersion {
        source: version.source.clone(),
        version: version.version.clone(),
        as_of: version.as_of.clone(),
        giver: version.giver.clone(),
        legal_basis: version.legal_basis.clone(),
        letter: version.letter.clone(),
        note: version.note.clone(),
    }
}

/// `3` or `3-4`.
fn rows_of(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.trim().split_once('-').unwrap_or((text.trim(), text.trim()));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first > 0 && first <= last && last - first < 3).then_some((first, last))
}

/// The definition as a format file, headed by where it comes from.
fn format_text(mapped: &MappedFormat, file: &str, lang: Lang) -> Result<String, AppError> {
    let text = mapped.to_toml().map_err(anyhow::Error::from)?;
    Ok(format!("# {}\n{text}", lang.msg("lists-mapping-made-of").s("file", file)))
}

/// What was mapped as a format. Faults stand at their fields.
async fn mapped_format(
    app: &App,
    me: &Me,
    form: &mut Form,
    words: &Words,
    header: &Header,
    title: &str,
) -> Result<Option<(MappedFormat, &'static Format)>, AppError> {
    let twice = twice(header);
    let mut columns = Vec::new();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, text) in header.columns.iter().enumerate().take(MOST_COLUMNS) {
        if header_key(text).is_empty() || twice.contains(&at) {
            continue;
        }
        let name = format!("k{at}");
        let typed = form.text(&name).trim().to_owned();
        let listed = form.text(&format!("d{at}")).trim().to_owned();
        let list = if listed.is_empty() {
            None
        } else if let Some(list) = words.lists.get(&fold(&listed)) {
            Some((*list).to_owned())
        } else {
            form.fault(&format!("d{at}"), me.lang.msg("lists-mapping-no-list").s("list", listed));
            continue;
        };
        let (field, value) = if typed == UNUSED {
            (format!("ignored_{}", at + 1), Some(Value::Ignored))
        } else if fold(&typed) == fold(&words.text()) {
            (own_field(text, at), Some(if list.is_some() { Value::Code } else { Value::Text }))
        } else if let Some(field) = words.field(&typed) {
            if names.insert(field, at).is_some() {
                form.fault(&name, me.lang.msg("lists-mapping-field-twice").s("field", &typed));
            }
            (field.to_owned(), None)
        } else {
            form.fault(&name, me.lang.msg("lists-mapping-no-field").s("field", &typed));
            continue;
        };
        columns.push(MappedField { header: text.clone(), field, value, list, answers: BTreeMap::new() });
    }
    let mapped = MappedFormat {
        id: free_id(app, me, title).await?,
        title: if title.is_empty() { "-".to_owned() } else { title.to_owned() },
        source: Source::from_code(form.text("sumber")).unwrap_or(Source::Lokal),
        kind: Kind::from_code(form.text("jenis")).unwrap_or(Kind::Person),
        coding: match form.text("kode") {
            "bps" => Coding::Bps,
            "kemendagri" => Coding::Kemendagri,
            _ => Coding::Open,
        },
        family_key: if form.text("kunci") == "list_family_id" { FamilyKey::ListFamilyId } else { FamilyKey::Kk },
        yes_no: match form.text("jawab") {
            "coded" => YesNo::Coded,
            "marks" => YesNo::Marks,
            _ => YesNo::Words,
        },
        columns,
    };
    match mapped.build() {
        Ok(format) => Ok(Some((mapped, format))),
        Err(fault) => {
            form.fault("jenis", fault_words(me.lang, &fault));
            Ok(None)
        }
    }
}

/// Why a mapping makes no format, in words.
pub fn fault_words(lang: Lang, fault: &MappingFault) -> String {
    let (key, value) = match fault {
        MappingFault::Id(id) => ("id", id.clone()),
        MappingFault::Title => ("title", String::new()),
        MappingFault::HeaderTwice(header) => ("header-twice", header.clone()),
        MappingFault::NoHeader => ("no-header", String::new()),
        MappingFault::FieldTwice(field) => ("field-twice", field.clone()),
        MappingFault::Field(field) => ("field", field.clone()),
        MappingFault::List(list) => ("list", list.clone()),
        MappingFault::NoName => ("no-name", String::new()),
        MappingFault::NoIdentity => ("no-identity", String::new()),
        MappingFault::NoFamily => ("no-family", String::new()),
        MappingFault::NoVillage => ("no-village", String::new()),
    };
    lang.msg(format!("lists-format-fault-{key}")).s("value", value).to_string()
}

fn slug(text: &str) -> String {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '_' })
        .collect();
    let words: Vec<&str> = plain.split('_').filter(|word| !word.is_empty()).collect();
    words.join("_").chars().take(40).collect()
}

/// A field of the office's own, named after its header; the column's number keeps it apart.
fn own_field(header: &str, at: usize) -> String {
    format!("own_{}_{}", slug(header), at + 1)
}

/// An id made of the title that no format has.
async fn free_id(app: &App, me: &Me, title: &str) -> Result<String, AppError> {
    let known = super::formats::known(&me.reading(app)).await?;
    let stem = format!("buatan.{}", if slug(title).is_empty() { "format".to_owned() } else { slug(title) });
    let mut id = stem.clone();
    let mut number = 2;
    while known.find(&id).is_some() {
        id = format!("{stem}_{number}");
        number += 1;
    }
    Ok(id)
}

/// Reads the first rows as that format.
fn attempt(
    seen: &Seen,
    name: &str,
    format: &'static Format,
    areas: &AreaIndex,
    on: NaiveDate,
) -> (Mapping, Vec<RowReading>) {
    let head = &seen.rows[..seen.rows.len().min(HEAD_ROWS)];
    let mapping = recognise_as(head, name, format).mapping;
    let facts: FileFacts = {
        let mut survey = Survey::new(&mapping, seen.from_1904);
        seen.rows.iter().for_each(|row| survey.see(row));
        survey.finish()
    };
    let context = Context { on, from_1904: seen.from_1904, delimited: seen.delimited };
    let reader = Reader::new(&mapping, &facts, areas, context);
    let below = seen.rows.iter().filter(|row| mapping.is_below_header(row.number));
    let rows: Vec<RowReading> =
        below.map(|row| reader.read(row.clone())).filter(|row| row.class == RowClass::Data).take(TRIED).collect();
    drop(reader);
    (mapping, rows)
}
