//! The lines an import prints with `--json`: one per finding, with `--rows` one per row, last one summary per file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Fault, Finding, Severity};

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    Stored,
    StoredWithWarning,
    Duplicate,
    Unchanged,
    Conflict,
    Rejected,
    Skipped,
}

impl RowOutcome {
    pub const ALL: [Self; 7] = [
        Self::Stored,
        Self::StoredWithWarning,
        Self::Duplicate,
        Self::Unchanged,
        Self::Conflict,
        Self::Rejected,
        Self::Skipped,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::StoredWithWarning => "stored_with_warning",
            Self::Duplicate => "duplicate",
            Self::Unchanged => "unchanged",
            Self::Conflict => "conflict",
            Self::Rejected => "rejected",
            Self::Skipped => "skipped",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == code)
    }
}

#[derive(Debug, Serialize)]
pub struct FindingLine<'a> {
    pub file: &'a str,
    pub sheet: Option<&'a str>,
    pub row: Option<u32>,
    pub column: Option<&'a str>,
    pub code: Fault,
    pub severity: Severity,
    pub value: &'a str,
    pub reading: Option<&'a str>,
    pub suggestion: Option<&'a str>,
}

impl<'a> FindingLine<'a> {
    pub fn new(file: &'a str, sheet: Option<&'a str>, finding: &'a Finding) -> Self {
        Self {
            file,
            sheet,
            row: finding.row,
            column: finding.column.as_deref(),
            code: finding.fault,
            severity: finding.severity(),
            value: &finding.value,
            reading: finding.reading.as_deref(),
            suggestion: finding.suggestion.as_deref(),
        }
    }
}

/// `person` and `family` are our own identifiers, `village` the dotted code of residence.
#[derive(Debug, Serialize)]
pub struct RowLine<'a> {
    pub file: &'a str,
    pub sheet: Option<&'a str>,
    pub row: u32,
    pub outcome: RowOutcome,
    pub person: Option<&'a str>,
    pub family: Option<&'a str>,
    pub village: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileOutcome {
    Imported,
    Rejected,
}

/// Counts of one file. Every row of the file is in exactly one of `stored`, `rejected` and `skipped`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub rows: u64,
    pub stored: u64,
    pub rejected: u64,
    pub skipped: u64,
    pub persons: u64,
    pub families: u64,
    pub by_code: BTreeMap<String, u64>,
}

impl Summary {
    pub fn count(&mut self, finding: &Finding) {
        // the code is looked up first: findings repeat, and a new String per finding would be the cost of the import
        if let Some(seen) = self.by_code.get_mut(finding.fault.code()) {
            *seen += 1;
        } else {
            self.by_code.insert(finding.fault.code().to_owned(), 1);
        }
    }
}

#[derive(Debug, Serialize)]
pub struct SummaryLine<'a> {
    pub file: &'a str,
    pub outcome: FileOutcome,
    pub summary: &'a Summary,
    pub seconds: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_have_the_fields_that_scripts_read() {
        let finding = Finding::new(Some(7), Some("NIK".into()), Fault::NikLength, "990101");
        let line = serde_json::to_string(&FindingLine::new("a.csv", None, &finding)).expect("line");
        assert_eq!(
            line,
            r#"{"file":"a.csv","sheet":null,"row":7,"column":"NIK","code":"nik.length","severity":"block","value":"990101","reading":null,"suggestion":null}"#
        );
        let mut summary = Summary { rows: 1, stored: 1, ..Summary::default() };
        summary.count(&finding);
        summary.count(&finding);
        let line = SummaryLine { file: "a.csv", outcome: FileOutcome::Imported, summary: &summary, seconds: 0.5 };
        assert_eq!(
            serde_json::to_string(&line).expect("line"),
            r#"{"file":"a.csv","outcome":"imported","summary":{"rows":1,"stored":1,"rejected":0,"skipped":0,"persons":0,"families":0,"by_code":{"nik.length":2}},"seconds":0.5}"#
        );
    }
}
