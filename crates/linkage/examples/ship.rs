//! Trains the model that is shipped for lists of Indonesian people, and writes it to stdout.
//!
//! `cargo run --release -p linkage --example ship -- DIR > crates/linkage/src/people.json`; DIR holds `list.csv`, made-up people with the
//! columns of `linkage::people::FIELDS`, as the example `people` makes them. Mother and birthplace are left out: few lists say them,
//! and the register keeps neither.

use anyhow::{Context, Result};
use linkage::{
    model::Link,
    people,
    table::Builder,
    train::{Training, train},
};

fn main() -> Result<()> {
    let dir = std::env::args().nth(1).context("DIR")?;
    let without = ["nama_ibu", "tempat_lahir"];
    let full = people::schema(26);
    let schema = people::schema_without(full.clone(), &without);
    let builder = Builder::new(&schema)?;
    let names: Vec<String> = schema.field_names().iter().map(|s| (*s).to_owned()).collect();
    let mut reader = csv::Reader::from_path(format!("{dir}/list.csv"))?;
    let header = reader.headers()?.clone();
    let at: Vec<Option<usize>> = names.iter().map(|n| header.iter().position(|h| h == n)).collect();
    let mut chunk = builder.chunk();
    for record in reader.records() {
        let record = record?;
        let row: Vec<&str> = at.iter().map(|a| a.and_then(|a| record.get(a)).unwrap_or_default()).collect();
        chunk.push(0, &row);
    }
    let chunks = vec![chunk];
    let table = builder.clone().finish(chunks);
    let mut model = people::without(people::model(Link::Dedupe), &full, &without);
    let report = train(&mut model, &table, Training::default())?;
    // six digits are more than training can tell
    let round = |share: &mut Option<f64>| *share = share.map(|s| format!("{s:.5e}").parse().unwrap_or(s));
    for level in model.comparisons.iter_mut().flat_map(|c| &mut c.levels) {
        round(&mut level.m);
        round(&mut level.u);
    }
    eprintln!("{}", serde_json::to_string_pretty(&report)?);
    println!("{}", serde_json::to_string_pretty(&model)?);
    Ok(())
}
