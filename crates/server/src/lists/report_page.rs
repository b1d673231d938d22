//! The reading report: one sentence, the bar, faults by code with their rows, the difference, and the decision. After the
//! commit the same page says what came in.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::{IntoResponse, Response};
use domain::{
    access::Right,
    identity::mask,
    lists::{CorrectionState, Fault, Severity, VersionState},
};
use store::{
    Handle,
    lists::{
        Difference, File, Version, corrections, permission,
        show::{self, After, Found, Row},
        versions::{self, FileColumn},
    },
};

use super::{
    draft::format_title,
    formats::{self, Known},
    pages::{Asked, kind_words, size_words},
    permission_page::Told,
    report,
    report::codes_of,
};
use crate::{
    App, AppError, Page,
    access::Me,
    i18n::Lang,
    ui::{
        Ui,
        charts::{Key, Part, Spec, Tone, part_bar},
        parts::Link,
    },
};

/// Rows on a page.
const ROWS: i64 = 25;

/// Faults of one severity, for the list at the side.
struct Group {
    severity: String,
    help: String,
    links: Vec<Link>,
}

/// A file and its equation.
struct FileLine {
    id: i64,
    name: String,
    details: String,
    equation: String,
    adds_up: bool,
    refused: bool,
    /// Findings about the file as a whole: words, values, severity.
    findings: Vec<(String, String, &'static str)>,
}

struct Column {
    header: String,
    letter: String,
}

struct Cell {
    text: String,
    /// Figures in even width: numbers, dates.
    mono: bool,
    tone: &'static str,
    fixes: Vec<Fix>,
}

pub(super) struct Fix {
    pub words: String,
    pub value: String,
}

struct RowLine {
    id: i64,
    number: i64,
    cells: Vec<Cell>,
    /// Findings about the row, not a cell.
    about: Vec<Fix>,
    outcome: String,
    family: Option<i64>,
}

/// Rows of one file, under its own columns.
struct Table {
    file: String,
    columns: Vec<Column>,
    rows: Vec<RowLine>,
}

#[derive(Template)]
#[template(path = "lists/templates/report.html")]
struct ReportPage {
    ui: Ui,
    version: Version,
    title: String,
    sentence: String,
    committed: bool,
    ready: bool,
    undone: bool,
    stored: i64,
    bar: String,
    legend: Vec<Key>,
    files: Vec<FileLine>,
    groups: Vec<Group>,
    chosen: Option<(String, String, String)>,
    tables: Vec<Table>,
    shown: String,
    next: Option<String>,
    difference: Difference,
    previous: Option<(i64, String, String)>,
    came_in: Option<CameIn>,
    /// How its people met the registry, and how many pairs wait at the desk.
    met: Option<(String, i64)>,
    taken_back: Option<TakenBack>,
    permission: Told,
    /// Another list has entered, so that this one can be compared.
    comparable: bool,
    may_commit: bool,
    may_take_out: bool,
    /// The list can be had as a workbook and come back corrected; how often it did.
    correctable: bool,
    corrections: usize,
    failed: Option<(String, String)>,
}

/// Who brought it in, from the journal, and what it has there now.
struct CameIn {
    when: String,
    who: String,
    new_families: i64,
    new_persons: i64,
    moved: i64,
}

pub async fn page(app: &App, me: &Me, version: Version, asked: &Asked) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let ui = me.ui(app).await;
    let lang = me.lang;
    let files = versions::files(&reading, version.id).await?;
    let state = version.state()?;
    let sum = |of: fn(&File) -> i64| files.iter().map(of).sum::<i64>();
    let data = sum(|file| file.rows_data);
    let rejected = sum(|file| file.rows_rejected);
    let blocked = sum(|file| file.rows_blocked);
    let stored = data - rejected;
    let clear = stored - blocked;
    let committed = state == VersionState::Committed;
    let sentence = sentence(lang, &version, state, [data, clear, blocked, rejected]);

    let bar = bar(lang, [data, clear, blocked, rejected], committed);
    let legend = vec![
        Key::new(Tone::Data, lang.msg("lists-legend-clear").n("count", clear).to_string()),
        Key::new(Tone::Bad, lang.msg("lists-legend-blocked").n("count", blocked).to_string()),
        Key::new(Tone::Ink, lang.msg("lists-legend-rejected").n("count", rejected).to_string()),
    ];

    let mut by_code: BTreeMap<String, i64> = BTreeMap::new();
    for file in &files {
        for (code, count) in file.by_code() {
            *by_code.entry(code).or_default() += count;
        }
    }
    let chosen: Option<Fault> = asked.salah.parse().ok();
    let groups = groups(lang, version.id, &by_code, chosen);
    let codes: Vec<&str> = match chosen {
        Some(fault) => vec![fault.code()],
        None => first_codes(&by_code),
    };
    let (tables, next, shown) = rows(&reading, &ui, &version, &files, &codes, chosen, asked).await?;

    let difference: Difference = serde_json::from_str(&version.summary).unwrap_or_default();
    let previous = match version.previous_id {
        Some(id) => versions::find(&reading, id).await?.map(|v| (v.id, v.title(), ui.date(&v.as_of))),
        None => None,
    };
    let formats = formats::known(&reading).await?;
    let mut about_files = file_findings(&reading, &ui, version.id).await?;
    let files = files
        .iter()
        .map(|file| file_line(&ui, &formats, file, about_files.remove(&file.id).unwrap_or_default()))
        .collect();
    let came_in = if committed { came_in(&reading, &ui, &version).await? } else { None };
    let met = if committed { report::met(&reading, ui.lang, version.id).await? } else { None };
    let taken_back = if state == VersionState::Undone { taken_back(&reading, &ui, &version).await? } else { None };
    let failed = failed(&reading, lang, &version).await?;
    let comparable = committed && versions::committed_beside(&reading, version.id).await?;
    let today = app.clock.today(app.config.zone).to_string();
    let open = matches!(state, VersionState::Ready | VersionState::Committed);
    let correctable = open && me.may(Right::RevealNumbers) && me.in_whole_district().is_ok();
    let corrections = if correctable { corrections::of_version(&reading, version.id).await? } else { Vec::new() };
    Ok(Page(ReportPage {
        correctable,
        corrections: corrections.iter().filter(|c| c.state == CorrectionState::Applied.as_str()).count(),
        comparable,
        permission: Told::new(&ui, &permission::of(&reading, version.id).await?, &today),
        may_commit: ui.may("commit_lists"),
        may_take_out: ui.may("reveal_numbers"),
        title: version.title(),
        sentence,
        committed,
        ready: state == VersionState::Ready,
        undone: state == VersionState::Undone,
        stored,
        bar,
        legend,
        files,
        groups,
        chosen: chosen.map(|fault| {
            let words = lang.t(&fault.word_key());
            (words, fault.code().to_owned(), lang.t(&format!("{}-help", fault.word_key())))
        }),
        tables,
        shown,
        next,
        difference,
        previous,
        came_in,
        met,
        taken_back,
        failed,
        version,
        ui,
    })
    .into_response())
}

fn sentence(lang: Lang, version: &Version, state: VersionState, [data, clear, blocked, rejected]: [i64; 4]) -> String {
    let key = match (state, blocked, rejected) {
        (VersionState::Undone, ..) => "lists-sentence-undone",
        (VersionState::Committed, 0, 0) => "lists-sentence-in-clear",
        (VersionState::Committed, ..) => "lists-sentence-in",
        (_, 0, 0) => "lists-sentence-clear",
        (_, _, 0) => "lists-sentence-blocked",
        (_, 0, _) => "lists-sentence-rejected",
        _ => "lists-sentence",
    };
    lang.msg(key)
        .s("list", version.title())
        .n("data", data)
        .n("ready", clear + blocked)
        .n("clear", clear)
        .n("blocked", blocked)
        .n("rejected", rejected)
        .n("families", version.families)
        .n("persons", version.persons)
        .to_string()
}

fn bar(lang: Lang, [data, clear, blocked, rejected]: [i64; 4], committed: bool) -> String {
    let title = lang.msg("lists-bar").n("data", data).to_string();
    let description =
        lang.msg("lists-bar-description").n("clear", clear).n("blocked", blocked).n("rejected", rejected).to_string();
    let word = if committed { "lists-bar-in" } else { "lists-bar-clear" };
    let part = |value: i64, tone, text: String| Part { value: value as f64, text, tone };
    let parts = [
        part(clear, Tone::Data, lang.msg(word).n("count", clear).to_string()),
        part(blocked, Tone::Bad, lang.msg("lists-bar-blocked").n("count", blocked).to_string()),
        part(rejected, Tone::Ink, lang.msg("lists-bar-rejected").n("count", rejected).to_string()),
    ];
    part_bar(&Spec { id: "hasil", title: &title, description: &description }, &parts, 1240.0, 30.0)
}

/// The codes of the gravest severity that occurs: the rows shown before anybody chose.
fn first_codes(by_code: &BTreeMap<String, i64>) -> Vec<&'static str> {
    let present = |severities: &[Severity]| -> Vec<&'static str> {
        codes_of(severities).into_iter().filter(|code| by_code.contains_key(*code)).collect()
    };
    let grave = present(&[Severity::Reject, Severity::Block]);
    if grave.is_empty() { present(&[Severity::Warn]) } else { grave }
}

const fn tone_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Reject => "ink",
        Severity::Block => "bad",
        Severity::Warn => "warn",
        Severity::Note => "n",
    }
}

fn groups(lang: Lang, id: i64, by_code: &BTreeMap<String, i64>, chosen: Option<Fault>) -> Vec<Group> {
    Severity::ALL
        .into_iter()
        .filter_map(|severity| {
            let links: Vec<Link> = Fault::ALL
                .iter()
                .filter(|fault| fault.severity() == severity)
                .filter_map(|fault| Some((fault, by_code.get(fault.code())?)))
                .map(|(fault, count)| {
                    Link::new(format!("/daftar/{id}?salah={}#baris", fault.code()), lang.t(&fault.word_key()))
                        .hint(fault.code())
                        .count(lang.number(*count))
                        .tone(tone_of(severity))
                        .current(chosen == Some(*fault))
                })
                .collect();
            let key = format!("severity-{}", severity.as_str());
            (!links.is_empty()).then(|| Group { severity: lang.t(&key), help: lang.t(&format!("{key}-help")), links })
        })
        .collect()
}

fn file_line(ui: &Ui, formats: &Known, file: &File, findings: Vec<(String, String, &'static str)>) -> FileLine {
    let known = formats.find(&file.format).map_or_else(String::new, |format| format_title(ui.lang, format));
    let mut details = vec![known, kind_words(ui.lang, &file.kind)];
    if !file.sheet.is_empty() {
        details.push(ui.msg("lists-sheet").s("name", &file.sheet).to_string());
    }
    details.push(size_words(ui.lang, file.size));
    details.retain(|detail| !detail.is_empty());
    FileLine {
        id: file.id,
        name: file.name.clone(),
        details: details.join(" · "),
        equation: report::equation(ui.lang, file),
        adds_up: file.adds_up(),
        refused: file.state == "rejected",
        findings,
    }
}

type AboutFiles = BTreeMap<i64, Vec<(String, String, &'static str)>>;

async fn file_findings(handle: &impl Handle, ui: &Ui, version: i64) -> Result<AboutFiles, AppError> {
    let mut by_file = AboutFiles::new();
    for found in show::file_findings(handle, version).await? {
        let Some(fault) = found.fault() else { continue };
        let tone = tone_of(fault.severity());
        let words = match (fault, found.value.as_str()) {
            (Fault::FileProtected, reason) => ui.t(&format!("protected-{}", reason.replace('_', "-"))),
            // the mark at the file's beginning is dropped; the encoding itself is as it should be
            (Fault::FileEncoding, "BOM") => ui.t("lists-mark-dropped"),
            _ => ui.t(&fault.word_key()),
        };
        let mut values = Vec::new();
        if !found.column_name.is_empty() {
            values.push(found.column_name.clone());
        }
        if !matches!(fault, Fault::FileProtected | Fault::FileEncoding) {
            values.extend(Some(found.value.clone()).filter(|v| !v.is_empty()));
        }
        values.extend(found.reading);
        by_file.entry(found.file_id).or_default().push((words, values.join(" · "), tone));
    }
    Ok(by_file)
}

type Rows = (Vec<Table>, Option<String>, String);

async fn rows(
    handle: &impl Handle,
    ui: &Ui,
    version: &Version,
    files: &[File],
    codes: &[&str],
    chosen: Option<Fault>,
    asked: &Asked,
) -> Result<Rows, AppError> {
    if codes.is_empty() {
        return Ok((Vec::new(), None, String::new()));
    }
    let after = asked
        .sesudah
        .split_once('.')
        .and_then(|(file, row)| Some(After { file: file.parse().ok()?, row: row.parse().ok()? }))
        .unwrap_or_default();
    let mut found = show::rows_with(handle, version.id, codes, after, ROWS + 1).await?;
    let more = found.len() as i64 > ROWS;
    found.truncate(ROWS as usize);
    let findings = show::findings_of(handle, &found).await?;
    let next = found.last().filter(|_| more).map(|last| {
        let fault = chosen.map_or_else(String::new, |fault| format!("salah={}&", fault.code()));
        format!("/daftar/{}?{fault}sesudah={}.{}#baris", version.id, last.file_id, last.row_no)
    });
    let total = show::count_with(handle, version.id, codes).await?;
    let shown = ui.msg("lists-rows-shown").n("shown", found.len()).n("total", total).to_string();
    let tables = files
        .iter()
        .filter_map(|file| {
            let own: Vec<&Row> = found.iter().filter(|row| row.file_id == file.id).collect();
            (!own.is_empty()).then(|| table(ui, file, &own, &findings, chosen))
        })
        .collect();
    Ok((tables, next, shown))
}

/// Columns shown whatever the fault: who and where.
pub(super) const ALWAYS: [&str; 7] = ["name", "nik", "kk", "birth_date", "relation", "village", "village_code"];
/// More columns than this do not fit beside each other; those with findings come first.
const MOST_COLUMNS: usize = 8;

fn table(ui: &Ui, file: &File, rows: &[&Row], findings: &BTreeMap<i64, Vec<Found>>, chosen: Option<Fault>) -> Table {
    let columns = file.columns();
    let told = |column: &FileColumn| {
        let of_row = |row: &&Row| {
            findings
                .get(&row.id)
                .is_some_and(|found| found.iter().any(|f| f.column_name == column.header && matters(f, chosen)))
        };
        rows.iter().any(of_row)
    };
    let mut shown: Vec<usize> = Vec::new();
    let wanted = |field: &str| columns.iter().position(|column| column.field.as_deref() == Some(field));
    shown.extend(columns.iter().enumerate().filter(|(_, column)| told(column)).map(|(at, _)| at));
    for at in ALWAYS.into_iter().filter_map(wanted) {
        // a code says nothing to a reader where the name stands beside it
        let code_beside_name = columns[at].field.as_deref() == Some("village_code") && wanted("village").is_some();
        if !shown.contains(&at) && !code_beside_name && shown.len() < MOST_COLUMNS {
            shown.push(at);
        }
    }
    // the name first, then as the file has them
    shown.sort_by_key(|at| (columns[*at].field.as_deref() != Some("name"), *at));
    let lines = rows.iter().map(|row| row_line(ui, row, &columns, &shown, findings.get(&row.id), chosen)).collect();
    Table {
        file: file.name.clone(),
        columns: shown.iter().map(|at| Column { header: columns[*at].header.clone(), letter: letter(*at) }).collect(),
        rows: lines,
    }
}

/// A note is only worth a mark when somebody asked for it.
pub(super) fn matters(found: &Found, chosen: Option<Fault>) -> bool {
    found.severity != Severity::Note.as_str() || chosen.is_some_and(|fault| fault.code() == found.code)
}

fn row_line(
    ui: &Ui,
    row: &Row,
    columns: &[FileColumn],
    shown: &[usize],
    findings: Option<&Vec<Found>>,
    chosen: Option<Fault>,
) -> RowLine {
    let cells = row.cells();
    let none = Vec::new();
    let findings: Vec<&Found> = findings.unwrap_or(&none).iter().filter(|found| matters(found, chosen)).collect();
    let cells = shown
        .iter()
        .map(|at| {
            let column = &columns[*at];
            let field = column.field.as_deref().unwrap_or_default();
            let own: Vec<&&Found> = findings.iter().filter(|found| found.column_name == column.header).collect();
            let tone = tone(own.iter().map(|found| found.severity.as_str()));
            let raw = cells.get(*at).map_or("", String::as_str);
            Cell {
                text: if is_number(field) { masked(raw) } else { raw.to_owned() },
                mono: is_number(field) || field == "birth_date",
                tone,
                fixes: own.iter().map(|found| fix(ui, found, field)).collect(),
            }
        })
        .collect();
    let shown_headers: Vec<&str> = shown.iter().map(|at| columns[*at].header.as_str()).collect();
    let about = findings
        .iter()
        .filter(|found| !shown_headers.contains(&found.column_name.as_str()))
        .map(|found| fix(ui, found, ""))
        .collect();
    RowLine {
        id: row.id,
        number: row.row_no,
        cells,
        about,
        // stored, with or without warning, is what the page is about
        outcome: match row.outcome.as_str() {
            "duplicate" | "conflict" | "unchanged" | "rejected" => ui.t(&format!("outcome-{}", row.outcome)),
            _ => String::new(),
        },
        family: row.family_id,
    }
}

/// How a cell with findings of these severities is marked.
pub(super) fn tone<'s>(severities: impl Iterator<Item = &'s str>) -> &'static str {
    severities.fold("", |tone, severity| match (tone, severity) {
        (_, "block" | "reject") | ("bad", _) => "bad",
        (_, "warn") => "warn",
        (tone, _) => tone,
    })
}

pub(super) fn is_number(field: &str) -> bool {
    matches!(field, "nik" | "kk")
}

/// A number as a screen may show it: the digits in the middle hidden, whatever its length, so that a missing digit or a
/// letter among them is still seen.
pub(super) fn masked(raw: &str) -> String {
    let signs: Vec<char> = raw.trim().chars().filter(|c| !c.is_whitespace()).collect();
    let digits = signs.iter().filter(|c| c.is_ascii_digit()).count();
    let scientific = signs.iter().any(|c| matches!(c, 'E' | 'e')) && signs.iter().any(|c| matches!(c, '+' | ',' | '.'));
    if digits < 8 || scientific {
        return raw.to_owned();
    }
    let hidden = 4..signs.len() - 4;
    let mut shown = String::new();
    for (at, sign) in signs.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            shown.push(' ');
        }
        shown.push(if hidden.contains(&at) && sign.is_ascii_digit() { '•' } else { *sign });
    }
    shown
}

/// What is said under a cell: the fault in words, then the value read or suggested.
pub(super) fn fix(ui: &Ui, found: &Found, field: &str) -> Fix {
    let Some(fault) = found.fault() else { return Fix { words: found.code.clone(), value: String::new() } };
    let show = |value: &str| {
        if is_number(field) && value.len() == 16 {
            mask(value)
        } else if value.len() == 10 && value.parse::<chrono::NaiveDate>().is_ok() {
            ui.date(value)
        } else {
            match value {
                "L" if field == "sex" || fault == Fault::NikSexMismatch => ui.t("lists-male"),
                "P" if field == "sex" || fault == Fault::NikSexMismatch => ui.t("lists-female"),
                other => other.to_owned(),
            }
        }
    };
    let words = ui.t(&fault.word_key());
    let value = match (fault, &found.reading, &found.suggestion) {
        (Fault::NikDuplicateFile, Some(rows), _) => ui.msg("lists-fix-also-in").s("rows", rows).to_string(),
        (Fault::RowDuplicate, Some(row), _) => ui.msg("lists-fix-same-as").s("row", row).to_string(),
        (Fault::NikSexMismatch | Fault::NikBirthdateMismatch, _, Some(coded)) => {
            ui.msg("lists-fix-nik-says").s("value", show(coded)).to_string()
        }
        (_, _, Some(suggestion)) => ui.msg("lists-fix-suggests").s("value", show(suggestion)).to_string(),
        (_, Some(reading), None) => ui.msg("lists-fix-read").s("value", show(reading)).to_string(),
        (_, None, None) => String::new(),
    };
    Fix { words, value }
}

/// The letter a spreadsheet shows above a column.
pub(super) fn letter(at: usize) -> String {
    let mut letters = String::new();
    let mut rest = at + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.insert(0, char::from(b'A' + digit as u8));
        rest = (rest - 1) / 26;
    }
    letters
}

async fn came_in(handle: &impl Handle, ui: &Ui, version: &Version) -> Result<Option<CameIn>, AppError> {
    let Some(line) = store::journal::newest_of(handle, ("list_version", version.id), "list.committed").await? else {
        return Ok(None);
    };
    let brought = versions::brought(handle, version.id).await?;
    Ok(Some(CameIn {
        when: ui.time(&line.at),
        who: line.actor,
        new_families: brought.families,
        new_persons: brought.persons,
        moved: brought.moved,
    }))
}

/// Who took the list back, when and why.
struct TakenBack {
    when: String,
    who: String,
    reason: String,
    gone: i64,
    stay: i64,
}

async fn taken_back(handle: &impl Handle, ui: &Ui, version: &Version) -> Result<Option<TakenBack>, AppError> {
    let line = store::journal::newest_of(handle, ("list_version", version.id), "list.undone").await?;
    Ok(line.map(|line| {
        let data: serde_json::Value = serde_json::from_str(&line.data).unwrap_or_default();
        let number = |name: &str| data.get(name).and_then(serde_json::Value::as_i64).unwrap_or(0);
        TakenBack {
            when: ui.time(&line.at),
            who: line.actor,
            reason: line.reason.unwrap_or_default(),
            gone: number("families_gone"),
            stay: number("families_stay"),
        }
    }))
}

/// Why the last commit or undoing did not happen, when it did not.
async fn failed(handle: &impl Handle, lang: Lang, version: &Version) -> Result<Option<(String, String)>, AppError> {
    let kind = match version.state()? {
        VersionState::Ready | VersionState::Undone => "list.commit",
        VersionState::Committed => "list.undo",
        _ => return Ok(None),
    };
    let job = store::jobs::latest(handle, kind, version.id).await?;
    Ok(job.filter(|job| job.state == "failed").map(|job| {
        let key = job.error.unwrap_or_else(|| "job-failed".to_owned());
        (lang.t(&key), lang.t(&format!("{key}-next")))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let letters: Vec<String> = [0, 1, 25, 26, 27, 51, 52, 701, 702].into_iter().map(letter).collect();
        assert_eq!(letters, ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_number_is_masked_and_what_is_none_is_shown() {
        assert_eq!(masked("9901014507850001"), "9901 •••• •••• 0001");
        assert_eq!(masked("9,90101E+15"), "9,90101E+15");
        assert_eq!(masked("KOSONG"), "KOSONG");
        assert_eq!(masked("990101450785001"), "9901 •••• •••5 001");
        assert_eq!(masked("9901O14507850001"), "9901 O••• •••• 0001");
        assert_eq!(masked("9901014507850001.0"), "9901 •••• •••• ••01 .0");
    }
}
