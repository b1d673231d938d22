//! Lists: two versions compared as the page does it, and a CSV written as a workbook.

use std::{ops::ControlFlow, path::PathBuf};

use anyhow::Context;
use clap::Args;
use serde_json::json;
use sheets::{Column, Spreadsheet, Table, Value, XlsxFile};
use store::{Actor, Store, lists::compare};

#[derive(Args)]
pub struct Compare {
    /// Data folder of the embedded database
    #[arg(long)]
    data: PathBuf,
    /// PostgreSQL instead
    #[arg(long)]
    database: Option<String>,
    /// Number of the older version
    #[arg(long)]
    before: i64,
    /// Number of the newer version
    #[arg(long)]
    after: i64,
}

pub async fn compare(options: &Compare) -> anyhow::Result<()> {
    let store = Store::open(options.database.as_deref(), &options.data).await?;
    let found = compare::compare(&store.read(&Actor::program("bench")), options.before, options.after).await?;
    let counts = found.counts(|_| true);
    println!("{}", json!({"gone": counts.gone, "new": counts.new, "changed": counts.changed, "stayed": counts.stayed}));
    Ok(())
}

#[derive(Args)]
pub struct Workbook {
    csv: PathBuf,
    xlsx: PathBuf,
}

/// Every cell as text, as offices export lists.
pub fn workbook(options: &Workbook) -> anyhow::Result<()> {
    let mut csv = Spreadsheet::open(&options.csv)?;
    let header = csv.head(0, 1)?.into_iter().next().context("the file is empty")?;
    let columns = header.cells.into_iter().map(|cell| Column::text(cell.into_display())).collect();
    let table = Table { name: "Data".to_owned(), columns, ..Table::default() };
    let mut file = XlsxFile::new();
    let mut sheet = file.sheet(&table)?;
    let mut failed = None;
    csv.rows(0, |row| {
        let number = row.number;
        let cells: Vec<Value<'_>> = row.cells.into_iter().map(|cell| Value::from(cell.into_display())).collect();
        match if number == header.number { Ok(()) } else { sheet.row(&cells) } {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    sheet.finish()?;
    Ok(file.save(&options.xlsx)?)
}
