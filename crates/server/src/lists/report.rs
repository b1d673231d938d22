//! The report of an import as JSON lines: one per finding, one per row when asked, last one summary per file. It is read
//! from what was stored, so that it is the same whenever it is asked for.

use crate::i18n::Lang;
use domain::{
    AreaCode,
    lists::{
        Fault,
        report::{FileOutcome, RowLine, RowOutcome, Summary, SummaryLine},
    },
};
use serde::Serialize;
use store::{
    Handle,
    lists::{self, File, show},
    registry::likeness,
};

/// Lines fetched at a time.
const PAGE: i64 = 5_000;

/// A finding as stored, printed as [`domain::lists::report::FindingLine`] prints one just found.
#[derive(Serialize)]
struct FoundLine<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    row: Option<i64>,
    column: Option<&'a str>,
    code: &'a str,
    severity: &'a str,
    value: &'a str,
    reading: Option<&'a str>,
    suggestion: Option<&'a str>,
}

fn sheet(file: &File) -> Option<&str> {
    Some(file.sheet.as_str()).filter(|sheet| !sheet.is_empty())
}

/// Reads a report piece by piece; each call gives the next lines, `None` at the end.
#[derive(Debug)]
pub struct Report {
    file: File,
    with_rows: bool,
    /// The file came a second time: its rows are told as unchanged.
    again: bool,
    at: At,
}

#[derive(Debug)]
enum At {
    Findings(i64, i64),
    Rows(i64),
    Summary,
    End,
}

impl Report {
    pub const fn new(file: File, with_rows: bool, again: bool) -> Self {
        Self { file, with_rows, again, at: At::Findings(-1, 0) }
    }

    /// Only the findings, without summary.
    pub async fn findings(&mut self, handle: &impl Handle) -> lists::Result<Option<String>> {
        match self.at {
            At::Findings(..) => self.next(handle).await,
            _ => Ok(None),
        }
    }

    /// The next lines, each ended by a line break.
    pub async fn next(&mut self, handle: &impl Handle) -> lists::Result<Option<String>> {
        match self.at {
            At::Findings(row, id) => self.next_findings(handle, row, id).await.map(Some),
            At::Rows(row) => self.next_rows(handle, row).await.map(Some),
            At::Summary => {
                self.at = At::End;
                summary_line(handle, &self.file).await.map(Some)
            }
            At::End => Ok(None),
        }
    }

    async fn next_findings(&mut self, handle: &impl Handle, row: i64, id: i64) -> lists::Result<String> {
        let found = show::findings(handle, self.file.id, (row, id), PAGE).await?;
        let mut text = String::new();
        for finding in &found {
            text.push_str(&line_of(&FoundLine {
                file: &self.file.name,
                sheet: sheet(&self.file),
                row: (finding.row_no > 0).then_some(finding.row_no),
                column: Some(finding.column_name.as_str()).filter(|column| !column.is_empty()),
                code: &finding.code,
                severity: &finding.severity,
                value: &finding.value,
                reading: finding.reading.as_deref(),
                suggestion: finding.suggestion.as_deref(),
            }));
        }
        self.at = match found.last() {
            Some(last) if found.len() as i64 == PAGE => At::Findings(last.row_no, last.id),
            _ if self.with_rows && self.file.state != "rejected" => At::Rows(self.file.header_last),
            _ => At::Summary,
        };
        Ok(text)
    }

    async fn next_rows(&mut self, handle: &impl Handle, after: i64) -> lists::Result<String> {
        let rows = show::report_rows(handle, self.file.id, after, PAGE).await?;
        let mut text = String::new();
        for row in &rows {
            let outcome = RowOutcome::from_code(&row.outcome).unwrap_or(RowOutcome::Stored);
            let stored = matches!(outcome, RowOutcome::Stored | RowOutcome::StoredWithWarning);
            let person = row.person_id.map(|id| id.to_string());
            let family = row.family_id.map(|id| id.to_string());
            let village = row
                .village
                .and_then(AreaCode::from_number)
                .filter(|a| a.level() == domain::Level::Village)
                .map(|a| a.to_string());
            text.push_str(&line_of(&RowLine {
                file: &self.file.name,
                sheet: sheet(&self.file),
                row: row.row_no as u32,
                outcome: if self.again && stored { RowOutcome::Unchanged } else { outcome },
                person: person.as_deref(),
                family: family.as_deref(),
                village: village.as_deref(),
            }));
        }
        self.at = match rows.last() {
            Some(last) if rows.len() as i64 == PAGE => At::Rows(last.row_no),
            _ => At::Summary,
        };
        Ok(text)
    }
}

/// The last line of a file's report.
pub async fn summary_line(handle: &impl Handle, file: &File) -> lists::Result<String> {
    let summary = summary(handle, file).await?;
    Ok(line_of(&SummaryLine {
        file: &file.name,
        outcome: if file.state == "rejected" { FileOutcome::Rejected } else { FileOutcome::Imported },
        summary: &summary,
        seconds: file.seconds.unwrap_or(0.0),
    }))
}

fn line_of(line: &impl Serialize) -> String {
    serde_json::to_string(line).unwrap_or_default() + "\n"
}

/// Every row of a file by what it is, as the page and the command line say it: data, heading, totals, blanks.
pub fn equation(lang: Lang, file: &File) -> String {
    lang.msg("lists-equation")
        .n("all", file.rows_all)
        .n("data", file.rows_data)
        .n("header", file.rows_header)
        .n("total", file.rows_total)
        .n("blank", file.rows_blank)
        .to_string()
}

/// The counts of a file. Rows are those below its header.
pub async fn summary(handle: &impl Handle, file: &File) -> lists::Result<Summary> {
    let linked = show::linked(handle, file.id).await?;
    let above = show::rows_above(handle, file.id, file.header_last).await?;
    let rows = file.rows_all - above;
    let by_code = file.by_code().into_iter().map(|(code, count)| (code, count as u64)).collect();
    Ok(Summary {
        rows: rows as u64,
        stored: file.rows_stored() as u64,
        rejected: file.rows_rejected as u64,
        skipped: (rows - file.rows_data) as u64,
        persons: linked.persons as u64,
        families: linked.families as u64,
        by_code,
    })
}

/// Faults of a file that need somebody: rows that cannot enter a decree or could not be read.
pub fn needs_attention(file: &File) -> bool {
    file.state == "rejected" || file.rows_blocked > 0 || file.rows_rejected > 0
}

/// The faults of these severities, for asking rows by them.
pub fn codes_of(severities: &[domain::lists::Severity]) -> Vec<&'static str> {
    Fault::ALL.iter().filter(|fault| severities.contains(&fault.severity())).map(|fault| fault.code()).collect()
}

/// How many of its people were known, in words, and how many pairs wait at the desk; nothing where the registry was empty.
pub async fn met(handle: &impl Handle, lang: Lang, version: i64) -> store::Result<Option<(String, i64)>> {
    let met = likeness::pairs::met(handle, version).await?;
    if met.exact + met.alike == 0 && met.asked == 0 {
        return Ok(None);
    }
    let words = lang
        .msg("match-met")
        .n("people", met.people)
        .n("known", met.exact + met.alike)
        .n("exact", met.exact)
        .n("alike", met.alike)
        .n("new", met.new)
        .to_string();
    Ok(Some((words, met.asked)))
}
