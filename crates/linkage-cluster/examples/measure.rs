//! How long the comparing of a list takes here, on DataFusion and on a cluster, and what it takes of processor and memory.
//!
//! `measure run LIST.csv own|datafusion|http://HOST:PORT FOLDER` prints one JSON object; `measure scheduler ADDRESS:PORT` and
//! `measure executor http://HOST:PORT ADDRESS:PORT FOLDER` are the cluster. The list has the columns of `people::FIELDS` under these names, as
//! the example `people` of `linkage` makes it. The model is trained on it, every time the same way.

use std::{path::Path, time::Instant};

use anyhow::{Context, Result, bail};
use linkage::{model::Link, people, score, table::Table, train};
use linkage_cluster::{
    run::{self, Engine},
    serve,
};

/// Processor seconds of this process so far, and the most memory it had, in MB.
fn used() -> Result<(f64, u64)> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit_once(')').context("a name")?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    Ok(((ticks(11) + ticks(12)) / 100.0, peak.unwrap_or(0) / 1024))
}

fn read(list: &str) -> Result<Table> {
    let schema = people::schema(25);
    let mut reader = csv::Reader::from_path(list).with_context(|| list.to_owned())?;
    let head = reader.headers()?.clone();
    let names = schema.field_names();
    let at: Vec<Option<usize>> = names.iter().map(|name| head.iter().position(|h| h == *name)).collect();
    let builder = linkage::table::Builder::new(&schema)?;
    let (mut chunk, mut record) = (builder.chunk(), csv::StringRecord::new());
    while reader.read_record(&mut record)? {
        let fields: Vec<&str> = at.iter().map(|at| at.and_then(|at| record.get(at)).unwrap_or_default()).collect();
        chunk.push(0, &fields);
    }
    let chunks = vec![chunk];
    Ok(builder.clone().finish(chunks))
}

fn measured(list: &str, how: &str, folder: &str) -> Result<()> {
    let begin = Instant::now();
    let table = read(list)?;
    let read = begin.elapsed().as_secs_f64();
    let mut model = people::starting(people::model(Link::Dedupe))?;
    train::train(&mut model, &table, train::Training::default())?;
    let before = used()?;
    let from = Instant::now();
    let (scored, sent) = match how {
        "own" => (score::score(&model, &table, -4.0)?, run::Sent::default()),
        _ => {
            let engine = if how == "datafusion" { Engine::DataFusion } else { Engine::Ballista(how.to_owned()) };
            run::score(&model, &table, -4.0, &engine, Path::new(folder), &mut |_, _| {})?
        }
    };
    let seconds = from.elapsed().as_secs_f64();
    let after = used()?;
    // a sum that differs if one pair or one weight does
    let sum = scored.edges.iter().fold(0_u64, |sum, e| {
        let pair = u64::from(e.left) << 32 | u64::from(e.right);
        sum.rotate_left(5) ^ pair ^ u64::from(e.weight.to_bits()) << 16 ^ e.pattern
    });
    println!(
        "{}",
        serde_json::json!({
            "how": how, "records": table.len(), "read_s": read, "compare_s": seconds, "compare_cpu_s": after.0 - before.0,
            "peak_mb_before": before.1, "peak_mb": after.1, "compared": scored.compared(), "edges": scored.edges.len(),
            "sum": format!("{sum:016x}"), "sent": sent,
        })
    );
    Ok(())
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["run", list, how, folder] => measured(list, how, folder),
        ["scheduler", listen] => serve::scheduler(serve::Scheduler {
            listen: listen.parse()?,
            name: "127.0.0.1".into(),
            lost_after: 30,
            keep: 5,
        }),
        ["executor", scheduler, listen, folder] => {
            let (host, port) = scheduler.trim_start_matches("http://").split_once(':').context("http://HOST:PORT")?;
            serve::executor(serve::Executor {
                scheduler: (host.to_owned(), port.parse()?),
                listen: listen.parse()?,
                name: "127.0.0.1".into(),
                cores: 1,
                work: Path::new(folder).to_owned(),
            })
        }
        _ => bail!("run LIST own|datafusion|URL FOLDER, scheduler ADDRESS:PORT, or executor URL ADDRESS:PORT FOLDER"),
    }
}
