//! Blocks gone through by an engine: what one types for it, and the scheduler and executors of a cluster.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use linkage_cluster::{run::Engine, serve};

use crate::i18n::Lang;

/// Who goes through the blocks of a job.
#[derive(Args, Debug)]
pub struct Elsewhere {
    /// What goes through the blocks on this machine; pairs and weights are the same
    #[arg(long, value_enum, default_value_t = Here::Own)]
    engine: Here,
    /// Let a cluster go through the blocks: the address of its `tuntas linkage-scheduler`, e.g. http://10.0.0.5:50050
    ///
    /// This machine still reads the lists, learns the model and puts persons together; pairs and weights are the same as without a
    /// cluster. Records travel unencrypted to whoever joined the cluster: use it on a private network only.
    #[arg(long, value_name = "URL", conflicts_with = "engine")]
    cluster: Option<String>,
    /// A folder that all executors see under the same path (default: that of --out); packed records lie in it until the job is done
    #[arg(long, value_name = "DIR")]
    shared: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Here {
    /// The program itself: the fastest on one machine
    Own,
    /// The plan of a cluster, run by DataFusion inside this process: for trying it out
    Datafusion,
}

impl Elsewhere {
    /// Nothing where the program does it by itself.
    pub fn engine(&self, out: &Path) -> anyhow::Result<Option<(Engine, PathBuf)>> {
        let engine = match (&self.cluster, self.engine) {
            (Some(url), _) => {
                scheduler(url)?;
                Engine::Ballista(url.clone())
            }
            (None, Here::Datafusion) => Engine::DataFusion,
            (None, Here::Own) => return Ok(None),
        };
        Ok(Some((engine, self.shared.clone().unwrap_or_else(|| out.to_owned()))))
    }
}

/// Host and port of `http://HOST:PORT`.
fn scheduler(url: &str) -> anyhow::Result<(String, u16)> {
    let wanted = || format!("{url} is no address of a scheduler; wanted http://HOST:PORT, e.g. http://10.0.0.5:50050");
    let rest = url.strip_prefix("http://").with_context(wanted)?.trim_end_matches('/');
    let (host, port) = rest.rsplit_once(':').with_context(wanted)?;
    if host.is_empty() {
        bail!(wanted());
    }
    Ok((host.to_owned(), port.parse().with_context(wanted)?))
}

/// Share out the blocks of `tuntas link --cluster` to executors
///
/// Run one in a cluster, then `tuntas linkage-executor` on every machine that shall compare, then `tuntas link dedupe LIST --out DIR
/// --cluster http://HOST:PORT`. An executor that stops in the middle loses nothing: its work is given to the others.
///
/// Nothing between scheduler, executors and `tuntas link` is encrypted and nobody is asked who he is; what travels is personal data.
/// It listens to this machine only unless --bind says more: then on a private network that nobody else is on.
#[derive(Args, Debug)]
pub struct Scheduler {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:50050")]
    bind: SocketAddr,
    /// The name or address executors reach it under (default: the address of --bind)
    #[arg(long, value_name = "HOST")]
    name: Option<String>,
    /// An executor not heard of for so long is lost, and its work is given to others
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(10..))]
    lost_after: u64,
    /// So long after a job the records that passed through executors are removed from their disks
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    keep: u64,
}

/// Compare blocks of `tuntas link --cluster` on this machine
///
/// Takes work from a `tuntas linkage-scheduler`. It must see the folder of the job (--shared or --out of `tuntas link`) under the same
/// path as the machine that runs `tuntas link`. Needs about 1 GB of memory for each task at a time, and disk for the records that pass
/// through it; they are removed after the job, when it stops, and when it starts again after it was killed.
///
/// Nothing is encrypted and nobody is asked who he is: see `tuntas linkage-scheduler --help`.
#[derive(Args, Debug)]
pub struct Executor {
    /// The scheduler
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:50050")]
    scheduler: String,
    /// Address and port to listen on; the port after it is used as well
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:50051")]
    bind: SocketAddr,
    /// The name or address others reach it under (default: the address of --bind)
    #[arg(long, value_name = "HOST")]
    name: Option<String>,
    /// Tasks at a time (default: one for each core)
    #[arg(long, value_name = "TASKS", value_parser = clap::value_parser!(u16).range(1..))]
    cores: Option<u16>,
    /// A folder of its own is made in this one (default: the folder for temporary files)
    #[arg(long, value_name = "DIR")]
    work: Option<PathBuf>,
}

/// The name others reach this machine under.
fn name(name: Option<String>, listen: SocketAddr) -> anyhow::Result<String> {
    match name {
        Some(name) => Ok(name),
        None if listen.ip().is_unspecified() => {
            bail!("{listen} is every address of this machine: say with --name under which others reach it")
        }
        None => Ok(listen.ip().to_string()),
    }
}

fn warn_of(listen: SocketAddr, lang: Lang) {
    if !listen.ip().is_loopback() {
        eprintln!("{}", lang.msg("link-cluster-open").s("address", listen));
    }
}

impl Scheduler {
    pub fn run(self, lang: Lang) -> anyhow::Result<ExitCode> {
        warn_of(self.bind, lang);
        let how = serve::Scheduler {
            name: name(self.name, self.bind)?,
            listen: self.bind,
            lost_after: self.lost_after,
            keep: self.keep,
        };
        say!(
            "{}",
            lang.msg("link-cluster-scheduler").s("address", format!("http://{}:{}", how.name, self.bind.port()))
        );
        serve::scheduler(how)?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Executor {
    pub fn run(self, lang: Lang) -> anyhow::Result<ExitCode> {
        warn_of(self.bind, lang);
        let work = self.work.unwrap_or_else(std::env::temp_dir);
        // a folder of its own by its port, so that an executor that was killed finds what it left
        let work = work.join(format!("tuntas-linkage-executor-{}", self.bind.port()));
        let cores = self.cores.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
        say!(
            "{}",
            lang.msg("link-cluster-executor")
                .n("cores", cores as u64)
                .s("scheduler", &self.scheduler)
                .s("folder", work.display())
        );
        serve::executor(serve::Executor {
            name: name(self.name, self.bind)?,
            scheduler: scheduler(&self.scheduler)?,
            listen: self.bind,
            cores,
            work,
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
