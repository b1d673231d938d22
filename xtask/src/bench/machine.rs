//! Where and of what was measured: read from the kernel, git and the command line.

use std::{fs, process::Command};

use anyhow::Result;

use crate::shell;

#[derive(Debug, Default)]
pub struct Machine {
    pub cpu: String,
    pub cores: usize,
    pub memory_gb: f64,
    pub day: String,
    pub commit: String,
}

impl Machine {
    pub fn here() -> Result<Self> {
        let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let cpu = field(&cpus, "model name").unwrap_or("unknown").to_owned();
        let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let memory_kb = field(&memory, "MemTotal").and_then(kilobytes).unwrap_or(0);
        Ok(Self {
            cpu,
            cores: std::thread::available_parallelism()?.get(),
            memory_gb: memory_kb as f64 / 1_048_576.0,
            day: said(Command::new("date").args(["-u", "+%Y-%m-%d %H:%M UTC"])),
            commit: said(Command::new("git").args(["rev-parse", "--short", "HEAD"]).current_dir(shell::root())),
        })
    }

    /// How a section of the page begins: the command, when, where, and what else the machine did.
    pub fn written(&self) -> String {
        let Self { cpu, cores, day, commit, .. } = self;
        let (command, load) = (command_line(), load());
        format!("Written by `{command}` on {day} at commit {commit}: {cpu}, {cores} cores; load when it ended {load}.")
    }
}

/// The load averages: other work on the machine makes every figure worse.
pub fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or("unknown").to_owned()
}

/// The command as it was called.
pub fn command_line() -> String {
    // where a program lies on this machine says nothing to a reader
    let name = |argument: String| argument.rsplit('/').next().map(str::to_owned).unwrap_or_default();
    let arguments: Vec<String> = std::env::args().skip(1).map(name).collect();
    format!("cargo xtask {}", arguments.join(" "))
}

/// The value of `name : value`.
pub fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then_some(value.trim())
    })
}

/// `1234 kB`.
pub fn kilobytes(value: &str) -> Option<u64> {
    value.split(' ').next()?.parse().ok()
}

fn said(command: &mut Command) -> String {
    command.output().map_or_else(|_| "unknown".to_owned(), |out| String::from_utf8_lossy(&out.stdout).trim().to_owned())
}
