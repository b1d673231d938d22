//! How long "who is this" takes: asks an index of a list for people who stand in it, one after the other, and prints one JSON object:
//! records, seconds to make the index, microseconds of an answer (half of them, 99 of 100, the slowest), records compared on average.
//!
//! `cargo run --release -p linkage --example find -- DIR [ASKED]`; DIR holds `list.csv` with the columns of `linkage::people::FIELDS`, as
//! the example `people` makes it.

use std::time::Instant;

use anyhow::{Context, Result};
use linkage::{online::Index, people, random::Random, table::Builder};

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let dir = args.next().context("DIR")?;
    let asked: usize = args.next().map_or(Ok(10_000), |n| n.parse())?;
    // what the shipped model was trained without
    let schema = people::schema_without(people::schema(26), &["nama_ibu", "tempat_lahir"]);
    let names: Vec<String> = schema.field_names().iter().map(|s| (*s).to_owned()).collect();
    let mut reader = csv::Reader::from_path(format!("{dir}/list.csv"))?;
    let header = reader.headers()?.clone();
    let at: Vec<Option<usize>> = names.iter().map(|n| header.iter().position(|h| h == n)).collect();
    let builder = Builder::new(&schema)?;
    let mut chunk = builder.chunk();
    // whoever is asked for later, chosen evenly among all without knowing how many come
    let mut random = Random::new(1);
    let mut chosen: Vec<csv::StringRecord> = Vec::new();
    let mut records = 0;
    for record in reader.records() {
        let record = record?;
        let row: Vec<&str> = at.iter().map(|a| a.and_then(|a| record.get(a)).unwrap_or_default()).collect();
        chunk.push(0, &row);
        records += 1;
        if chosen.len() < asked {
            chosen.push(record);
        } else if let Some(place) = chosen.get_mut(random.below(records)) {
            *place = record;
        }
    }
    let table = builder.clone().finish(vec![chunk]);
    let from = Instant::now();
    let mut index = Index::new(people::shipped()?, table)?;
    let made = from.elapsed();
    let mut micros = Vec::with_capacity(chosen.len());
    let mut compared = 0;
    for record in &chosen {
        let row: Vec<&str> = at.iter().map(|a| a.and_then(|a| record.get(a)).unwrap_or_default()).collect();
        let from = Instant::now();
        let found = index.find(0, &row, 0.0, 10);
        micros.push(from.elapsed().as_secs_f64() * 1e6);
        compared += found.compared;
    }
    micros.sort_by(f64::total_cmp);
    let at = |share: f64| micros.get(((micros.len() - 1) as f64 * share) as usize).copied().unwrap_or_default();
    println!(
        "{}",
        serde_json::json!({
            "records": records, "asked": micros.len(), "index_seconds": made.as_secs_f64(),
            "p50_us": at(0.5), "p99_us": at(0.99), "slowest_us": at(1.0),
            "compared": compared as f64 / micros.len().max(1) as f64,
        })
    );
    Ok(())
}
