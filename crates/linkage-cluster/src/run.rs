//! The comparing of a job, on an engine.

use std::{collections::HashMap, path::Path};

use anyhow::{Context, anyhow, bail};
use ballista::prelude::{SessionConfigExt, SessionContextExt};
use datafusion::{
    arrow::array::AsArray,
    execution::{SessionStateBuilder, context::SessionContext},
    prelude::{ParquetReadOptions, SessionConfig},
};
use futures::StreamExt;
use linkage::{
    block::parcel::Sender,
    model::Model,
    score::{Edge, Scored},
    table::Table,
};

use crate::{
    parcels::{Folder, Written},
    plan::{self, Line},
};

/// Where blocks are gone through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// DataFusion in this process, on all its cores.
    DataFusion,
    /// A Ballista cluster: the address of its scheduler, `http://HOST:PORT`.
    Ballista(String),
}

/// Pairs that one task should compare, about a second's work.
const PAIRS: u64 = 4_000_000;
/// Blocks a record is in that one task should hold: about 64 MB.
const PLACES: u64 = 400_000;
/// Buckets to a task: a task holds one bucket's pairs after the other, and buckets even out.
const BUCKETS: u64 = 4;
/// A run is tried so often: an executor lost after its work was done, before it was fetched, takes the result with it.
const TRIES: usize = 3;

/// What came back.
#[derive(Debug, Default)]
struct Back {
    edges: Vec<Edge>,
    /// How many pairs a rule gave in a bucket. One gone through again, after an executor was lost, may come back both times.
    given: HashMap<(u32, u32), u64>,
    /// Records of every bucket that was gone through.
    done: HashMap<u32, u64>,
}

/// How much was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Sent {
    /// What was written for the executors.
    #[serde(flatten)]
    pub written: Written,
    /// Tasks after the shuffle.
    pub tasks: u64,
    /// Bytes of the setup, which every task gets.
    pub setup: u64,
    /// Pairs that came back.
    pub back: u64,
    /// How often the engine was asked; more than once where it lost an executor at the wrong moment.
    pub tries: u64,
}

/// The pairs of at least `floor` bits, as [`linkage::score::score`] gives them. Packed records lie in a folder inside `within` meanwhile, which
/// all executors must see under the same path.
pub fn score(
    model: &Model,
    table: &Table,
    floor: f64,
    engine: &Engine,
    within: &Path,
    tell: &mut (dyn FnMut(usize, usize) + Send),
) -> anyhow::Result<(Scored, Sent)> {
    let sender = Sender::new(model, table, floor)?;
    let tasks = (sender.most_pairs() / PAIRS).max(sender.places() / PLACES).clamp(16, 4096);
    let sender = sender.into_buckets((tasks * BUCKETS) as u32);
    let folder = Folder::new(within)?;
    let written = folder.write(&sender, table.len())?;
    let setup = sender.setup().write()?;
    let mut sent = Sent { written, tasks, setup: setup.len() as u64, ..Sent::default() };
    let mut back = Back::default();
    if written.records > 0 {
        loop {
            sent.tries += 1;
            back = Back::default();
            let asked = apart(collect(engine, folder.path(), &setup, tasks as usize, &mut back, tell));
            let all = back.done.values().sum::<u64>() == written.sent;
            let asked =
                asked.and_then(|()| if all { Ok(()) } else { Err(anyhow!("not every bucket came back whole")) });
            match asked {
                Ok(()) => break,
                Err(error) if sent.tries as usize == TRIES || *engine == Engine::DataFusion => return Err(error),
                Err(error) => tracing::warn!("the cluster did not finish, asking it again: {error:#}"),
            }
        }
    }
    let Back { mut edges, given, .. } = back;
    edges.sort_unstable_by_key(|e| (e.left, e.right));
    edges.dedup();
    sent.back = edges.len() as u64;
    if let Some(twice) = edges.windows(2).find(|w| (w[0].left, w[0].right) == (w[1].left, w[1].right)) {
        bail!("the engine gave the pair of rows {} and {} two weights", twice[0].left, twice[0].right);
    }
    let mut of_rules = vec![0; sender.setup().rules()];
    for ((rule, _), pairs) in given {
        *of_rules.get_mut(rule as usize).context("a rule of the model")? += pairs;
    }
    Ok((Scored { rules: sender.reports(&of_rules), edges }, sent))
}

/// Plans nest deeply, and unoptimised builds use much stack for each level.
const STACK: usize = 32 << 20;

/// Waits for the work on a runtime of its own: the caller may stand inside one already, where another cannot wait.
pub(crate) fn apart<T: Send>(work: impl Future<Output = anyhow::Result<T>> + Send) -> anyhow::Result<T> {
    std::thread::scope(|scope| {
        let run = || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build()?;
            runtime.block_on(work)
        };
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run)?;
        thread.join().map_err(|_| anyhow!("the engine stopped unexpectedly"))?
    })
}

async fn collect(
    engine: &Engine,
    folder: &Path,
    setup: &[u8],
    tasks: usize,
    back: &mut Back,
    tell: &mut (dyn FnMut(usize, usize) + Send),
) -> anyhow::Result<()> {
    let context = context(engine, tasks).await?;
    let folder = folder.to_str().context("the folder of the results is not written in UTF-8")?;
    let records = context.read_parquet(folder, ParquetReadOptions::default()).await?;
    let mut stream = plan::pairs(records, setup.to_vec(), tasks)?.execute_stream().await?;
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        let column = batch.column(0).as_fixed_size_binary_opt().context("pairs come as bytes of fixed length")?;
        for bytes in column.iter().flatten() {
            match Line::read(bytes).context("a line of another length")? {
                Line::Pair(edge) => back.edges.push(edge),
                Line::Given { bucket, rule, pairs } => drop(back.given.insert((rule, bucket), pairs)),
                Line::Done { bucket, records } => drop(back.done.insert(bucket, records)),
            }
        }
        tell(back.edges.len(), 0);
    }
    Ok(())
}

async fn context(engine: &Engine, tasks: usize) -> anyhow::Result<SessionContext> {
    let plain = |config: SessionConfig| {
        let mut config = config.with_target_partitions(tasks);
        // bytes as they are written: views would keep whole buffers alive for a few of their records
        config.options_mut().execution.parquet.schema_force_view_types = false;
        config
    };
    let context = match engine {
        Engine::DataFusion => SessionContext::new_with_config(plain(SessionConfig::new())),
        Engine::Ballista(url) => {
            let config = plain(SessionConfig::new_with_ballista())
                .with_ballista_job_name("tuntas link")
                // one shuffle whose size is known leaves nothing to adapt
                .with_ballista_adaptive_query_planner(false);
            let state = SessionStateBuilder::new().with_config(config).with_default_features().build();
            SessionContext::remote_with_state(url, state).await?
        }
    };
    context.register_udf(plan::function());
    Ok(context)
}
