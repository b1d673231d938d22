//! What stands beside the lists: which faults were planted where (`planted.csv`), and who each row really is
//! (`truth.csv`). Tests hold the importer's findings against the one and its links against the other.

use std::{fs::File, io::BufWriter, path::Path};

use anyhow::Context;
use domain::lists::Fault;
use serde::{Deserialize, Serialize};

use crate::district::people::{FamilyId, PersonId};

/// How sure the finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The cell or row was made so; a right importer reports it.
    Planted,
    /// Follows from another fault, and may be reported at another cell.
    Follows,
}

/// A fault that stands in a file. `row` is empty for the whole file, `column` for a whole row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planted {
    pub file: String,
    pub sheet: String,
    pub row: Option<u32>,
    pub column: String,
    pub code: String,
    /// The cell as it stands in the file.
    pub value: String,
    pub kind: Kind,
}

/// Who a row is. `person` is empty in a family file only where nobody is the head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truth {
    pub file: String,
    pub sheet: String,
    pub row: u32,
    pub person: PersonId,
    pub family: FamilyId,
}

/// Both records, written as the lists are.
pub struct Ledger {
    planted: csv::Writer<BufWriter<File>>,
    truth: csv::Writer<BufWriter<File>>,
    pub faults: u64,
}

impl Ledger {
    pub fn create(planted: &Path, truth: &Path) -> anyhow::Result<Self> {
        let open = |path: &Path| -> anyhow::Result<_> {
            Ok(csv::Writer::from_writer(BufWriter::new(
                File::create(path).with_context(|| format!("cannot write {}", path.display()))?,
            )))
        };
        Ok(Self { planted: open(planted)?, truth: open(truth)?, faults: 0 })
    }

    pub fn finish(mut self) -> anyhow::Result<u64> {
        self.planted.flush()?;
        self.truth.flush()?;
        Ok(self.faults)
    }
}

/// A file (and sheet) of a list, as the ledger names it.
pub struct Place {
    pub file: String,
    pub sheet: &'static str,
}

impl Place {
    pub fn is(&self, ledger: &mut Ledger, row: u32, person: PersonId, family: FamilyId) -> anyhow::Result<()> {
        let truth = Truth { file: self.file.clone(), sheet: self.sheet.to_owned(), row, person, family };
        Ok(ledger.truth.serialize(truth)?)
    }

    pub fn plant(
        &self,
        ledger: &mut Ledger,
        row: Option<u32>,
        column: &str,
        fault: Fault,
        value: &str,
        kind: Kind,
    ) -> anyhow::Result<()> {
        ledger.faults += 1;
        Ok(ledger.planted.serialize(Planted {
            file: self.file.clone(),
            sheet: self.sheet.to_owned(),
            row,
            column: column.to_owned(),
            code: fault.code().to_owned(),
            value: value.to_owned(),
            kind,
        })?)
    }
}

/// The planted faults of a folder written by [`District::write_files`](crate::district::District::write_files).
pub fn read_planted(dir: &Path) -> anyhow::Result<Vec<Planted>> {
    read(&dir.join("planted.csv"))
}

/// Who the rows of a folder are.
pub fn read_truth(dir: &Path) -> anyhow::Result<Vec<Truth>> {
    read(&dir.join("truth.csv"))
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> anyhow::Result<Vec<T>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}
