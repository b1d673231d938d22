//! The sheet of results: one row a family, what is needed and what was found side by side, as districts think.
//!
//! The same columns go out as a sheet to fill in and as an export, and come back. What comes back is read cell by cell:
//! codes or their labels, dates as offices write them; each fault names its cell. A row that says what stands already
//! changes nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{FixedOffset, NaiveDate};
use domain::{
    codes::{self, CodeList},
    identity::mask,
    lists::{
        Cell, Row,
        dates::{self, parse},
        labels::label_key,
        survey::DateOrder,
    },
    name::{display, name_key},
    verification::{Answers, Channel, Form as Questionnaire, Found, Kind, MemberFinding, Outcome, Question, conclude},
};
use sheets::{Column, ColumnKind, CsvFile, Spreadsheet, Table, Value, WriteError, XlsxFile};
use store::verification::{FamilyContext, NewRow, RowFinding, UploadFault, Visit};

use super::{pages::village_name, words};
use crate::i18n::Lang;

/// What a column of the sheet holds. Headers are Indonesian whatever the language of the screen: they are read back.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Field<'a> {
    Id,
    Subdistrict,
    Village,
    Rt,
    Rw,
    Address,
    Head,
    Kk,
    Members,
    Desil,
    VisitedOn,
    Visitor,
    Found,
    Outcome,
    Reason,
    Note,
    HeadName,
    HeadNik,
    NewKk,
    Need(&'a str),
    Answer(&'a Question),
    Removed,
}

/// Answers that have a column of their own before the form's questions.
const OWN: [&str; 6] = ["found", "respondent", "outcome", "reason", "deferral", "note"];

fn fields(form: &Questionnaire) -> Vec<(Field<'_>, String)> {
    use Field::{
        Address, Answer, Desil, Found, Head, HeadName, HeadNik, Id, Kk, Members, Need, NewKk, Note, Outcome, Reason,
        Removed, Rt, Rw, Subdistrict, Village, VisitedOn, Visitor,
    };
    let mut all: Vec<(Field, String)> = [
        (Id, "Nomor keluarga"),
        (Subdistrict, "Kecamatan"),
        (Village, "Desa/Kelurahan"),
        (Rt, "RT"),
        (Rw, "RW"),
        (Address, "Alamat"),
        (Head, "Kepala keluarga"),
        (Kk, "No KK (ditutup)"),
        (Members, "Anggota"),
        (Desil, "Desil"),
        (VisitedOn, "Tanggal kunjungan"),
        (Visitor, "Petugas"),
        (Found, "Ditemukan"),
        (Outcome, "Hasil"),
        (Reason, "Alasan"),
        (Note, "Keterangan"),
        (HeadName, "Perbaikan nama kepala"),
        (HeadNik, "Perbaikan NIK kepala"),
        (NewKk, "Perbaikan No KK"),
    ]
    .map(|(field, header)| (field, header.to_owned()))
    .into();
    all.extend(form.needs.iter().map(|need| (Need(&need.code), format!("Kebutuhan: {}", need.label))));
    let plain = |question: &&Question| {
        matches!(question.kind, Kind::Single | Kind::Multi | Kind::Number) && !OWN.contains(&question.id.as_str())
    };
    all.extend(form.questions().filter(plain).map(|question| {
        let name = question.codes().map_or(question.label.as_str(), |list| list.label_id.as_str());
        (Answer(question), name.to_owned())
    }));
    all.push((Removed, "Dikeluarkan musdes".to_owned()));
    all
}

/// What a sheet is written from.
pub struct Contents<'a> {
    pub form: &'a Questionnaire,
    pub title: String,
    pub subtitle: String,
    pub families: &'a [FamilyContext],
    pub standing: &'a HashMap<i64, Visit>,
    pub names: &'a BTreeMap<i64, String>,
    /// The office's: a visit is of the day it was there.
    pub zone: FixedOffset,
}

/// The day of a visit kept as a moment, or as a day alone.
fn day_of(visited_at: &str, zone: FixedOffset) -> Option<NaiveDate> {
    crate::clock::local(visited_at, zone).map(|at| at.date_naive()).or_else(|| visited_at.get(..10)?.parse().ok())
}

impl Contents<'_> {
    fn table(&self) -> Table {
        let columns = fields(self.form).into_iter().map(|(field, header)| match field {
            Field::Members | Field::Desil => Column::number(header),
            Field::VisitedOn => Column::date(header).wide(14.0),
            Field::Rt | Field::Rw => Column::text(header).wide(6.0),
            Field::Id => Column::text(header).wide(12.0),
            Field::Need(_) => Column::text(header).wide(16.0),
            Field::Address | Field::Note => Column::text(header).wide(32.0),
            _ => Column::text(header),
        });
        Table {
            name: "Hasil".to_owned(),
            titles: vec![self.title.clone(), self.subtitle.clone()],
            columns: columns.collect(),
            total: None,
        }
    }

    fn row(&self, family: &FamilyContext) -> Vec<Value<'_>> {
        let visit = self.standing.get(&family.assignment);
        let needs = visit.and_then(|visit| visit.needs().ok());
        let answers = visit.and_then(|visit| visit.answers().ok()).unwrap_or_default();
        let corrections = visit.and_then(|visit| visit.corrections().ok()).unwrap_or_default();
        let corrected = |person: Option<i64>, field: &str| {
            let found = corrections.iter().find(|c| c.person == person && c.field == field);
            found.map_or(Value::Empty, |c| Value::from(c.value.clone()))
        };
        let text = |value: Option<&str>| value.map_or(Value::Empty, |value| Value::from(value.to_owned()));
        fields(self.form)
            .into_iter()
            .map(|(field, _)| match field {
                Field::Id => Value::from(family.assignment.to_string()),
                Field::Subdistrict => Value::from(super::pages::subdistrict_name(self.names, family.village)),
                Field::Village => Value::from(village_name(Lang::Id, self.names, family.village)),
                Field::Rt => text(family.known.rt.as_deref()),
                Field::Rw => text(family.known.rw.as_deref()),
                Field::Address => text(family.known.address.as_deref()),
                Field::Head => Value::from(display(&family.head_name)),
                Field::Kk => family.known.kk.as_deref().map_or(Value::Empty, |kk| Value::from(mask(kk))),
                Field::Members => Value::Integer(family.members),
                Field::Desil => family.desil.map_or(Value::Empty, Value::Integer),
                Field::VisitedOn => {
                    visit.and_then(|visit| day_of(&visit.visited_at, self.zone)).map_or(Value::Empty, Value::Date)
                }
                Field::Visitor => text(visit.map(|visit| visit.visitor.as_str())),
                Field::Found => text(visit.map(|visit| codes::list("verval.ditemukan").label(&visit.found, false))),
                Field::Outcome => text(visit.map(|visit| visit.outcome.as_str())),
                Field::Reason => visit
                    .and_then(|visit| Some(words::reason(Lang::Id, &visit.outcome, visit.reason.as_deref()?)))
                    .map_or(Value::Empty, Value::from),
                Field::Note => text(visit.and_then(|visit| visit.reason_text.as_deref())),
                Field::HeadName => corrected(family.known.head, "name"),
                Field::HeadNik => corrected(family.known.head, "nik"),
                Field::NewKk => corrected(None, "kk"),
                Field::Need(code) => needs.as_ref().map_or(Value::Empty, |needs| {
                    Value::from(if needs.iter().any(|need| need == code) { "Ya" } else { "Tidak" })
                }),
                Field::Answer(question) => {
                    answers.get(&question.id).map_or(Value::Empty, |values| Value::from(written(question, values)))
                }
                Field::Removed => family.removed_reason.as_deref().map_or(Value::Empty, |reason| {
                    Value::from(words::code(Lang::Id, "p3ke.alasan_tidak_layak", reason))
                }),
            })
            .collect()
    }

    /// As a workbook, with a second sheet that says which answers each column takes.
    pub fn xlsx(&self) -> Result<Vec<u8>, WriteError> {
        let table = self.table();
        let mut file = XlsxFile::new();
        let mut sheet = file.sheet(&table)?;
        for family in self.families {
            sheet.row(&self.row(family))?;
        }
        sheet.finish()?;
        let help = help_table();
        let mut sheet = file.sheet(&help)?;
        for (column, takes) in help_rows(self.form) {
            sheet.row(&[Value::from(column), Value::from(takes)])?;
        }
        sheet.finish()?;
        file.into_bytes()
    }

    pub fn csv(&self) -> Result<Vec<u8>, WriteError> {
        let mut out = Vec::new();
        let mut file = CsvFile::new(&mut out, &self.table())?;
        for family in self.families {
            file.row(&self.row(family))?;
        }
        file.finish()?;
        Ok(out)
    }
}

fn help_table() -> Table {
    Table {
        name: "Petunjuk".to_owned(),
        titles: vec!["Isian yang diterima setiap kolom".to_owned()],
        columns: vec![Column::text("Kolom").wide(42.0), Column::new("Isian", ColumnKind::Text).wide(110.0)],
        total: None,
    }
}

fn help_rows(form: &Questionnaire) -> Vec<(String, String)> {
    let of =
        |list: &CodeList| list.codes.iter().map(|c| format!("{} {}", c.id, c.label_id)).collect::<Vec<_>>().join("; ");
    let rows = fields(form).into_iter().filter_map(|(field, header)| {
        let takes = match field {
            Field::Id => "Jangan diubah: nomor ini mengenali keluarganya.".to_owned(),
            Field::VisitedOn => "Tanggal, misalnya 21/11/2026. Wajib bila Hasil diisi.".to_owned(),
            Field::Visitor => "Nama petugas; kosong berarti yang mengunggah.".to_owned(),
            Field::Found => of(codes::list("verval.ditemukan")),
            Field::Outcome => of(codes::list("wf.hasil_verval")),
            Field::Reason => format!(
                "Untuk TIDAK_LAYAK: {}. Untuk TUNDA: {}",
                of(codes::list("p3ke.alasan_tidak_layak")),
                of(codes::list("verval.alasan_tunda"))
            ),
            Field::Note => "Wajib bila alasan LAINNYA, atau PERBAIKAN tanpa isian di kolom perbaikan.".to_owned(),
            Field::HeadName | Field::HeadNik | Field::NewKk => "Hanya bila nilai di daftar salah.".to_owned(),
            Field::Need(_) => "Ya bila kebutuhan ini belum terpenuhi, Tidak bila terpenuhi.".to_owned(),
            Field::Answer(question) => match (question.codes(), question.kind) {
                (Some(list), Kind::Multi) => format!("Boleh beberapa, dipisah titik koma: {}", of(list)),
                (Some(list), _) => of(list),
                (None, _) => format!("Angka {} sampai {} {}", question.least, question.most, question.unit),
            },
            _ => return None,
        };
        Some((header, takes))
    });
    rows.collect()
}

/// An answer as the sheet has it: `8 Tanah`, several with semicolons.
fn written(question: &Question, values: &[String]) -> String {
    let Some(list) = question.codes() else { return values.join("; ").replace('.', ",") };
    values.iter().map(|code| format!("{code} {}", list.label(code, false))).collect::<Vec<_>>().join("; ")
}

/// Why a file is no sheet of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotResults {
    /// Not a table, broken, or locked by a password.
    Unreadable,
    /// No row with the headers "Nomor keluarga" and "Hasil".
    NoHeader,
}

impl NotResults {
    /// Message key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unreadable => "verification-file-unreadable",
            Self::NoHeader => "verification-file-no-header",
        }
    }
}

/// What a workbook says, ready to be staged.
#[derive(Debug, Default)]
pub struct Reading {
    pub rows: Vec<NewRow>,
    pub faults: Vec<UploadFault>,
    /// Families without a result.
    pub empty: i64,
}

/// What a row is compared and checked against.
pub struct Against {
    pub form: &'static Questionnaire,
    pub families: Vec<FamilyContext>,
    pub standing: HashMap<i64, Visit>,
    /// Whose visit it is where the sheet names nobody.
    pub uploader: String,
    pub today: NaiveDate,
    pub lang: Lang,
}

/// Rows above which the header is looked for.
const HEADER_WITHIN: usize = 15;

/// Reads a workbook or CSV of results.
pub fn read(bytes: Vec<u8>, against: &Against) -> Result<Reading, NotResults> {
    let mut file = Spreadsheet::from_bytes(bytes).map_err(|_| NotResults::Unreadable)?;
    let from_1904 = file.counts_from_1904();
    let mut rows: Vec<Row> = Vec::new();
    file.rows(0, |row| {
        rows.push(row);
        std::ops::ControlFlow::Continue(())
    })
    .map_err(|_| NotResults::Unreadable)?;
    let known = fields(against.form);
    let (at, columns) = rows
        .iter()
        .take(HEADER_WITHIN)
        .enumerate()
        .find_map(|(at, row)| Some((at, header(row, &known)?)))
        .ok_or(NotResults::NoHeader)?;
    let by_id: HashMap<i64, &FamilyContext> =
        against.families.iter().map(|family| (family.assignment, family)).collect();
    let mut reading = Reading::default();
    let mut seen = HashSet::new();
    for row in rows.iter().skip(at + 1).filter(|row| !row.is_blank()) {
        let mut reader = RowReader { row, columns: &columns, against, from_1904, faults: Vec::new() };
        let result = reader.read(&by_id, &mut seen);
        let faulty = !reader.faults.is_empty();
        reading.faults.append(&mut reader.faults);
        match result {
            _ if faulty => {
                let family = reader.family(&by_id);
                reading.rows.push(NewRow {
                    row_no: i64::from(row.number),
                    assignment: family.map(|family| family.assignment),
                    village: family.map(|family| family.village),
                    label: family.map(|family| display(&family.head_name)).unwrap_or_default(),
                    kind: "faulty",
                    before: None,
                    finding: None,
                });
            }
            Some(row) => reading.rows.push(row),
            None => reading.empty += 1,
        }
    }
    Ok(reading)
}

/// Where each known column stands in this header; `None` when the row is no header of results.
fn header<'a>(row: &Row, known: &[(Field<'a>, String)]) -> Option<Vec<(usize, Field<'a>, String)>> {
    let mut columns = Vec::new();
    for (at, cell) in row.cells.iter().enumerate() {
        let text = cell.display();
        let key = label_key(&text);
        if let Some((field, _)) = known.iter().find(|(_, header)| label_key(header) == key)
            && !columns.iter().any(|(_, other, _)| other == field)
        {
            columns.push((at, *field, text));
        }
    }
    let has = |field: Field| columns.iter().any(|(_, other, _)| *other == field);
    (has(Field::Id) && has(Field::Outcome)).then_some(columns)
}

struct RowReader<'r> {
    row: &'r Row,
    columns: &'r [(usize, Field<'r>, String)],
    against: &'r Against,
    from_1904: bool,
    faults: Vec<UploadFault>,
}

impl<'r> RowReader<'r> {
    fn cell(&self, field: Field<'_>) -> Option<&Cell> {
        let (at, ..) = self.columns.iter().find(|(_, other, _)| *other == field)?;
        self.row.cells.get(*at).filter(|cell| !cell.is_blank())
    }

    fn text(&self, field: Field<'_>) -> Option<String> {
        let text = self.cell(field)?.display();
        Some(text.trim().trim_start_matches('\'').to_owned()).filter(|text| !text.is_empty())
    }

    /// Notes a fault at the field's cell. `code` is a message key.
    fn fault(&mut self, field: Field<'_>, code: &str, suggestion: Option<String>) {
        let found = self.columns.iter().find(|(_, other, _)| *other == field);
        let (at, header) = found.map_or((0, String::new()), |(at, _, header)| (*at, header.clone()));
        self.faults.push(UploadFault {
            row_no: i64::from(self.row.number),
            cell: format!("{}{}", letters(at), self.row.number),
            column_name: header,
            code: code.to_owned(),
            value: self.text(field).unwrap_or_default(),
            suggestion,
        });
    }

    fn family<'f>(&self, by_id: &HashMap<i64, &'f FamilyContext>) -> Option<&'f FamilyContext> {
        let id: i64 = self.text(Field::Id)?.parse().ok()?;
        by_id.get(&id).copied()
    }

    /// A code of a list by its code, its label, or both; a fault otherwise.
    fn code(&mut self, field: Field<'_>, list: &CodeList) -> Option<String> {
        let text = self.text(field)?;
        let found = find_code(list, &text);
        if found.is_none() {
            let takes = list.codes.iter().map(|code| code.id.as_str()).collect::<Vec<_>>().join(", ");
            self.fault(field, "verification-cell-list", Some(takes));
        }
        found
    }

    /// The row to be staged; `None` when it has no result. Faults are noted on the way.
    fn read(&mut self, by_id: &HashMap<i64, &FamilyContext>, seen: &mut HashSet<i64>) -> Option<NewRow> {
        let filled = self.has_result();
        let Some(family) = self.family(by_id) else {
            // a line below the table (a signature, a note) has neither a number nor a result
            if filled || self.text(Field::Id).is_some() {
                self.fault(Field::Id, "verification-cell-unknown", None);
            }
            return None;
        };
        if !filled {
            return None;
        }
        if !seen.insert(family.assignment) {
            self.fault(Field::Id, "verification-cell-twice", None);
        }
        let named = self.text(Field::Head);
        if named.is_some_and(|name| name_key(&name) != name_key(&family.head_name)) {
            self.fault(Field::Head, "verification-cell-mixed", Some(display(&family.head_name)));
        }
        let outcome =
            self.code(Field::Outcome, codes::list("wf.hasil_verval")).and_then(|code| Outcome::from_word(&code));
        let Some(outcome) = outcome else {
            if self.text(Field::Outcome).is_none() {
                self.fault(Field::Outcome, "verification-cell-no-result", None);
            }
            return None;
        };
        let reason = if let Some(list) = outcome.reasons() {
            self.code(Field::Reason, codes::list(list))
        } else {
            if self.text(Field::Reason).is_some() {
                self.fault(Field::Reason, "verification-cell-reason", None);
            }
            None
        };
        let found = self.code(Field::Found, codes::list("verval.ditemukan")).and_then(|code| Found::from_word(&code));
        let visited_on = self.date();
        let note = self.text(Field::Note);
        let mut answers = self.answers();
        let found = found.unwrap_or_else(|| Found::from_result(outcome, reason.as_deref()));
        answers.set("found", vec![found.as_str().to_owned()]);
        answers.set("outcome", vec![outcome.as_str().to_owned()]);
        let question = if outcome == Outcome::Deferred { "deferral" } else { "reason" };
        answers.set(question, reason.clone().into_iter().collect());
        answers.set("note", note.into_iter().collect());
        self.corrections(&mut answers, family);
        if !self.faults.is_empty() {
            return None;
        }
        let standing = self.against.standing.get(&family.assignment);
        let base = NewRow {
            row_no: i64::from(self.row.number),
            assignment: Some(family.assignment),
            village: Some(family.village),
            label: display(&family.head_name),
            kind: "same",
            before: standing.map(|visit| visit.outcome.clone()),
            finding: None,
        };
        if standing.is_some_and(|visit| says_the_same(&answers, outcome, reason.as_deref(), family, visit)) {
            return Some(base);
        }
        let against = self.against;
        match conclude(against.form, &answers, &family.known, against.today, Channel::Workbook) {
            Ok(finding) => {
                let visitor = self.text(Field::Visitor).unwrap_or_else(|| against.uploader.clone());
                let visited_on = visited_on?.to_string();
                let kind = if family.state == "waiting" { "new" } else { "changed" };
                Some(NewRow { kind, finding: Some(RowFinding { visitor, visited_on, finding }), ..base })
            }
            Err(faults) => {
                for fault in faults {
                    let told = words::fault(against.lang, against.form, &fault);
                    let field = self.field_of(&fault.question, fault.field);
                    self.fault(field, "verification-cell-rule", Some(told));
                }
                None
            }
        }
    }

    /// Whether anything of a result was filled in.
    fn has_result(&self) -> bool {
        self.columns.iter().any(|(_, field, _)| {
            let result = matches!(
                field,
                Field::Outcome
                    | Field::Reason
                    | Field::Note
                    | Field::Found
                    | Field::HeadName
                    | Field::HeadNik
                    | Field::NewKk
                    | Field::Need(_)
                    | Field::Answer(_)
            );
            result && self.cell(*field).is_some()
        })
    }

    fn date(&mut self) -> Option<NaiveDate> {
        let cell = self.cell(Field::VisitedOn).cloned().unwrap_or_default();
        let known = dates::Known { order: DateOrder::DayFirst, nik: None, on: self.against.today, adult: false };
        let read = dates::resolve(parse(&cell, self.from_1904), known);
        match read.date {
            Some(date) if date <= self.against.today => Some(date),
            Some(_) => {
                self.fault(Field::VisitedOn, "verification-cell-future", None);
                None
            }
            None => {
                self.fault(Field::VisitedOn, "verification-cell-date", None);
                None
            }
        }
    }

    fn answers(&mut self) -> Answers {
        let mut answers = Answers::default();
        let mut needs = Vec::new();
        let mut needs_told = false;
        for (_, field, _) in self.columns {
            match *field {
                Field::Need(code) => match self.text(*field).map(|text| label_key(&text)) {
                    None => {}
                    Some(word) if matches!(word.as_str(), "YA" | "Y" | "1" | "V" | "X") => {
                        needs_told = true;
                        needs.push(code.to_owned());
                    }
                    Some(word) if matches!(word.as_str(), "TIDAK" | "T" | "TDK" | "0") => needs_told = true,
                    Some(_) => self.fault(*field, "verification-cell-yes-no", None),
                },
                Field::Answer(question) => {
                    let Some(text) = self.text(*field) else { continue };
                    match (question.codes(), question.kind) {
                        (Some(list), Kind::Multi) => {
                            let codes: Vec<Option<String>> = text
                                .split(';')
                                .map(str::trim)
                                .filter(|t| !t.is_empty())
                                .map(|t| find_code(list, t))
                                .collect();
                            if codes.iter().all(Option::is_some) {
                                answers.set(&question.id, codes.into_iter().flatten().collect());
                            } else {
                                self.fault(*field, "verification-cell-list", None);
                            }
                        }
                        (Some(list), _) => {
                            if let Some(code) = self.code(*field, list) {
                                answers.set(&question.id, vec![code]);
                            }
                        }
                        (None, _) => answers.set(&question.id, vec![text.replace(',', ".")]),
                    }
                }
                _ => {}
            }
        }
        if needs_told {
            answers.set("needs", needs);
        }
        answers
    }

    /// What the columns of corrections say of the head and the family card.
    fn corrections(&mut self, answers: &mut Answers, family: &FamilyContext) {
        if let Some(kk) = self.text(Field::NewKk) {
            answers.family.insert("kk".to_owned(), kk);
        }
        let (name, nik) = (self.text(Field::HeadName), self.text(Field::HeadNik));
        if name.is_none() && nik.is_none() {
            return;
        }
        match family.known.head {
            Some(head) => answers.members.push(MemberFinding {
                person: Some(head),
                presence: "1".to_owned(),
                name,
                nik,
                ..MemberFinding::default()
            }),
            None => self.fault(Field::HeadName, "verification-cell-no-head", None),
        }
    }

    /// The column a fault of the form belongs to.
    fn field_of(&self, question: &str, field: Option<&str>) -> Field<'r> {
        match (question, field) {
            ("found", _) => Field::Found,
            ("reason" | "deferral", _) => Field::Reason,
            ("note", _) => Field::Note,
            ("members", Some("nik")) => Field::HeadNik,
            ("members", _) => Field::HeadName,
            ("family", _) => Field::NewKk,
            (id, _) => self
                .columns
                .iter()
                .map(|(_, field, _)| *field)
                .find(|field| matches!(field, Field::Answer(question) if question.id == id))
                .unwrap_or(Field::Outcome),
        }
    }
}

/// Whether a row only repeats what stands: then it changes nothing, and needs no check.
fn says_the_same(
    answers: &Answers,
    outcome: Outcome,
    reason: Option<&str>,
    family: &FamilyContext,
    standing: &Visit,
) -> bool {
    let (Ok(needs), Ok(found), Ok(corrections)) = (standing.needs(), standing.answers(), standing.corrections()) else {
        return false;
    };
    let own = ["found", "outcome", "reason", "deferral", "note", "needs"];
    let told = answers.values.iter().filter(|(question, _)| !own.contains(&question.as_str()));
    let given = answers.given("needs");
    let corrected = answers.members.iter().flat_map(|member| member.corrections(&family.known));
    let mut corrected = corrected.chain(answers.family_corrections(&family.known));
    let same_needs = !answers.seen.contains("needs")
        || (given.len() == needs.len() && given.iter().all(|need| needs.contains(need)));
    standing.outcome == outcome.as_str()
        && standing.reason.as_deref() == reason
        && answers.one("note").is_none_or(|note| standing.reason_text.as_deref() == Some(note))
        && same_needs
        && told.into_iter().all(|(question, values)| found.get(question) == Some(values))
        && corrected.all(|new| corrections.iter().any(|old| old.field == new.field && old.value == new.value))
}

/// A code by its code, its label, or "code label", whatever the case and the blanks.
fn find_code(list: &CodeList, text: &str) -> Option<String> {
    let key = label_key(text);
    let whole = text.strip_suffix(".0").unwrap_or(text).trim();
    list.codes
        .iter()
        .find(|code| {
            code.id == whole
                || label_key(&code.id) == key
                || label_key(&code.label_id) == key
                || label_key(&format!("{} {}", code.id, code.label_id)) == key
        })
        .map(|code| code.id.clone())
}

/// `0` is A, `27` is AB: how a spreadsheet names a column.
fn letters(mut at: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + (at % 26) as u8));
        if at < 26 {
            return name;
        }
        at = at / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(letters), ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }

    #[test]
    fn a_code_is_found_by_code_label_or_both() {
        let list = codes::list("regsosek.303_jenis_lantai_terluas");
        for text in ["8", "8.0", "Tanah", "TANAH", "8 Tanah", "8. tanah"] {
            assert_eq!(find_code(list, text).as_deref(), Some("8"), "{text}");
        }
        assert_eq!(find_code(list, "lumpur"), None);
        assert_eq!(find_code(codes::list("wf.hasil_verval"), "tidak layak").as_deref(), Some("TIDAK_LAYAK"));
    }

    /// Headers are told apart when read back.
    #[test]
    fn no_header_stands_twice() {
        let form = domain::verification::form(domain::verification::form::CURRENT).expect("the form");
        let mut keys = HashSet::new();
        for (_, header) in fields(form) {
            assert!(keys.insert(label_key(&header)), "{header}");
        }
    }
}
