//! The program and its measuring example: run, watched for memory, served until dropped.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::machine::{field, kilobytes};
use crate::{postgres::Cluster, shell};

/// How long a start may take before it counts as failed.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where an installation keeps its data.
pub struct Place {
    pub data: PathBuf,
    database: Option<String>,
}

impl Place {
    pub fn new(data: PathBuf, cluster: Option<&Cluster>, name: &str) -> Result<Self> {
        fs::create_dir_all(&data)?;
        let database = cluster.map(|cluster| cluster.database(name)).transpose()?;
        Ok(Self { data, database })
    }
}

/// How long a command ran, and its memory at most. A database server's memory is not in it.
#[derive(Debug)]
pub struct Ran {
    pub seconds: f64,
    /// Seconds of the processor, all threads.
    pub cpu: f64,
    pub peak_kb: u64,
}

pub struct Program {
    folder: PathBuf,
}

impl Program {
    /// As just built by cargo.
    pub fn built(debug: bool) -> Self {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| shell::root().join("target"), PathBuf::from);
        Self { folder: shell::root().join(target).join(if debug { "debug" } else { "release" }) }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.join("tuntas")
    }

    /// An example built beside it.
    pub fn example(&self, name: &str) -> PathBuf {
        self.folder.join("examples").join(name)
    }

    /// `tuntas ARGUMENTS` on this place.
    pub fn command(&self, place: &Place, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.path());
        command.args(arguments).args(where_(place)).env("TUNTAS_LOG", "warn");
        command
    }

    /// `EXAMPLE ARGUMENTS` on this place.
    pub fn example_on(&self, place: &Place, name: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.example(name));
        command.args(arguments).args(where_(place));
        command
    }

    /// The measuring example on this place; the JSON lines it prints.
    pub fn measure(&self, place: &Place, arguments: &[&str]) -> Result<Vec<Value>> {
        let mut arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        arguments.extend(where_(place));
        self.printed(&arguments)
    }

    /// The same without a place.
    pub fn measure_only(&self, arguments: &[&str]) -> Result<Vec<Value>> {
        self.printed(&arguments.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    fn printed(&self, arguments: &[String]) -> Result<Vec<Value>> {
        let out = Command::new(self.folder.join("examples/bench"))
            .args(arguments)
            .stderr(Stdio::inherit())
            .output()
            .context("failed to start the measuring example")?;
        let text = String::from_utf8_lossy(&out.stdout);
        print!("{text}");
        ensure!(out.status.success(), "bench {} failed", arguments.first().map_or("", String::as_str));
        text.lines().map(|line| serde_json::from_str(line).with_context(|| format!("no JSON: {line}"))).collect()
    }

    /// Serves this place; returns once a page was answered.
    pub fn serve(&self, place: &Place) -> Result<Serving> {
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.to_string();
        let mut command = self.command(place, &["serve", "--listen", &address]);
        let begun = Instant::now();
        let child = command.stdout(Stdio::null()).spawn().context("failed to start the program")?;
        let mut serving = Serving { child, address, seconds: 0.0 };
        while !answers(&serving.address) {
            ensure!(begun.elapsed() < PATIENCE, "the program did not answer");
            if let Some(status) = serving.child.try_wait()? {
                bail!("the program ended: {status}");
            }
            thread::sleep(Duration::from_millis(2));
        }
        serving.seconds = begun.elapsed().as_secs_f64();
        Ok(serving)
    }
}

fn where_(place: &Place) -> Vec<String> {
    let mut arguments = vec!["--data".to_owned(), place.data.display().to_string()];
    if let Some(url) = &place.database {
        arguments.extend(["--database".to_owned(), url.clone()]);
    }
    arguments
}

/// The page of the log-in is answered.
fn answers(address: &str) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect(address)?;
        write!(stream, "GET /masuk HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")?;
        let mut begin = [0; 12];
        stream.read_exact(&mut begin)?;
        Ok::<_, std::io::Error>(begin)
    };
    ask().is_ok_and(|begin| &begin == b"HTTP/1.1 200")
}

/// A running program, told to stop when dropped.
pub struct Serving {
    child: Child,
    pub address: String,
    /// From the start to the first answer.
    pub seconds: f64,
}

impl Serving {
    /// `VmRSS` or `VmHWM` in kB.
    pub fn memory(&self, what: &str) -> Option<u64> {
        memory(self.child.id(), what)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // gracefully, as an office stops it
        let told = Command::new("kill").arg(self.child.id().to_string()).status().is_ok_and(|status| status.success());
        let ended = if told { self.child.wait().map(|_| ()) } else { self.child.kill() };
        if let Err(error) = ended {
            eprintln!("the program could not be stopped: {error}");
        }
    }
}

/// Runs a command to its end, its output in a file. Exit code 3 says that something needs attention: the lists have faults.
pub fn watched(command: &mut Command, output: &Path) -> Result<Ran> {
    let begun = Instant::now();
    let mut child = command.stdout(File::create(output)?).spawn().with_context(|| format!("failed: {command:?}"))?;
    let (mut peak_kb, mut cpu) = (0, 0.0);
    let status = loop {
        // the kernel keeps the highest mark itself: the last look before the end is what counts
        peak_kb = memory(child.id(), "VmHWM").unwrap_or(0).max(peak_kb);
        cpu = processor(child.id()).unwrap_or(cpu);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(Duration::from_millis(20));
    };
    let seconds = begun.elapsed().as_secs_f64();
    ensure!(matches!(status.code(), Some(0 | 3)), "{command:?} failed: {status}");
    Ok(Ran { seconds, cpu, peak_kb })
}

/// Seconds of the processor so far; Linux counts them in hundredths.
fn processor(process: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // behind the name, which may hold anything: the state, and eleven fields on user and system time
    let mut fields = stat.rsplit(')').next()?.split_ascii_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / 100.0)
}

fn memory(process: u32, what: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    field(&status, what).and_then(kilobytes)
}
