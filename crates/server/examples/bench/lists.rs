//! Lists: two versions compared as the page does it, and a CSV written as a workbook.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde_json::json;
use sheets::{Column, Table, Value, XlsxFile};
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
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&options.csv)?)
        .from_path(&options.csv)?;
    let mut records = reader.records();
    let header = records.next().context("the file is empty")??;
    let table =
        Table { name: "Data".to_owned(), columns: header.iter().map(Column::text).collect(), ..Table::default() };
    let mut file = XlsxFile::new();
    let mut sheet = file.sheet(&table)?;
    for record in records {
        let record = record?;
        sheet.row(&record.iter().map(Value::from).collect::<Vec<_>>())?;
    }
    sheet.finish()?;
    Ok(file.save(&options.xlsx)?)
}

/// The sign that parts the cells of the first line.
fn delimiter(path: &Path) -> anyhow::Result<u8> {
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(std::fs::File::open(path)?), &mut line)?;
    let count = |sign: &u8| line.bytes().filter(|byte| byte == sign).count();
    Ok([b',', b';', b'|', b'\t'].into_iter().max_by_key(count).unwrap_or(b','))
}
