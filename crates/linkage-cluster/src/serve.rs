//! Scheduler and executor of a cluster: Ballista's own, which besides know the function of the plan.
//!
//! Nothing between them is encrypted and nobody is asked who he is: they belong on a private network.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use ballista_core::{config::TaskSchedulingPolicy, registry::BallistaFunctionRegistry, utils::default_session_builder};
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::{cluster::BallistaCluster, config::SchedulerConfig, scheduler_process::start_server};
use datafusion::{execution::FunctionRegistry, prelude::SessionConfig};

use crate::{plan, run::apart};

/// Executors ask for work. Where the scheduler gives it to them, Ballista 55 waits for ever once an executor is lost while the others are
/// busy: what they report next is of a stage that was taken back, and nobody is given the work anew.
const POLICY: TaskSchedulingPolicy = TaskSchedulingPolicy::PullStaged;

/// How a scheduler is run.
#[derive(Clone, Debug)]
pub struct Scheduler {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Under which name executors and clients reach it.
    pub name: String,
    /// An executor not heard of for so many seconds is lost, and its work is given to others.
    pub lost_after: u64,
    /// So many seconds after a job its files are removed from the executors.
    pub keep: u64,
}

/// How an executor is run.
#[derive(Clone, Debug)]
pub struct Executor {
    /// Host and port of the scheduler.
    pub scheduler: (String, u16),
    /// Where it listens for records; on the port after it, for orders.
    pub listen: SocketAddr,
    /// Under which name others reach it.
    pub name: String,
    /// Tasks at a time.
    pub cores: usize,
    /// Folder for records on their way from one task to another.
    pub work: PathBuf,
}

/// Runs until it is told to stop.
pub fn scheduler(how: Scheduler) -> anyhow::Result<()> {
    let config = SchedulerConfig {
        external_host: how.name,
        bind_host: how.listen.ip().to_string(),
        bind_port: how.listen.port(),
        executor_timeout_seconds: how.lost_after,
        expire_dead_executor_interval_seconds: (how.lost_after / 4).max(1),
        no_executors_grace_period_seconds: how.lost_after.max(60),
        finished_job_data_clean_up_interval_seconds: how.keep,
        finished_job_state_clean_up_interval_seconds: how.keep.max(60),
        scheduling_policy: POLICY,
        override_session_builder: Some(Arc::new(|config: SessionConfig| {
            let mut state = default_session_builder(config)?;
            state.register_udf(Arc::new(plan::function()))?;
            Ok(state)
        })),
        ..SchedulerConfig::default()
    };
    apart(async move {
        let cluster = BallistaCluster::new_from_config(&config).await?;
        Ok(start_server(cluster, how.listen, Arc::new(config)).await?)
    })
}

/// Runs until it is told to stop.
pub fn executor(how: Executor) -> anyhow::Result<()> {
    empty(&how.work)?;
    let mut registry = BallistaFunctionRegistry::default();
    let function = Arc::new(plan::function());
    registry.scalar_functions.insert(function.name().to_owned(), function);
    let config = ExecutorProcessConfig {
        bind_host: how.listen.ip().to_string(),
        external_host: Some(how.name),
        port: how.listen.port(),
        grpc_port: how.listen.port().checked_add(1).context("there must be a port after that of the address")?,
        scheduler_host: how.scheduler.0,
        scheduler_port: how.scheduler.1,
        scheduler_connect_timeout_seconds: 60,
        vcores: how.cores,
        work_dir: Some(how.work.to_str().context("the folder is not written in UTF-8")?.to_owned()),
        // what a scheduler that died did not have removed
        job_data_ttl_seconds: 24 * 3600,
        job_data_clean_up_interval_seconds: 600,
        executor_heartbeat_interval_seconds: 5,
        // the records of one task are held in memory, and cannot be put on disk meanwhile
        memory_pool_size: Some(0),
        task_scheduling_policy: POLICY,
        override_function_registry: Some(Arc::new(registry)),
        ..ExecutorProcessConfig::default()
    };
    let done = apart(async move { Ok(start_executor_process(Arc::new(config)).await?) });
    std::fs::remove_dir_all(&how.work).with_context(|| how.work.display().to_string())?;
    done
}

/// An empty folder, for the eyes of this user only. What lies in it belongs to an executor that was killed, and is personal data.
fn empty(folder: &Path) -> anyhow::Result<()> {
    let named = || folder.display().to_string();
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(named)?;
    }
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent).with_context(named)?;
    }
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(named)
}
