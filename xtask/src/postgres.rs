//! A throw-away PostgreSQL cluster for tests: made in a folder of its own, stopped and removed when dropped.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::shell;

pub struct Cluster {
    folder: PathBuf,
    bin: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes and starts a cluster for tests on a free port of this machine. Nothing of it must survive, so it need not
    /// wait for the disk.
    pub fn start() -> Result<Self> {
        Self::start_with("-c fsync=off -c synchronous_commit=off -c full_page_writes=off")
    }

    /// The same with PostgreSQL's own settings, waiting for the disk as in an office: for measurements.
    pub fn start_lasting() -> Result<Self> {
        Self::start_with("")
    }

    fn start_with(settings: &str) -> Result<Self> {
        let initdb = shell::need("PostgreSQL", find_initdb, &["postgresql"])?;
        let bin = initdb.parent().context("initdb lies in a folder")?.to_path_buf();
        let folder = std::env::temp_dir().join(format!("tuntas-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let cluster = Self { folder, bin, port };
        if shell::is_root() {
            // PostgreSQL refuses to run as root
            shell::step("data folder", Command::new("chown").arg("-R").arg("postgres").arg(&cluster.folder))?;
        }
        let data = cluster.data();
        let mut initdb = cluster.command("initdb");
        initdb.arg("-D").arg(&data).args([
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]);
        shell::step("a throw-away PostgreSQL cluster", initdb.stdout(Stdio::null()))?;
        let options = format!(
            "-p {port} -k {} -c listen_addresses=127.0.0.1 -c max_connections=300 {settings}",
            cluster.folder.display()
        );
        let mut start = cluster.command("pg_ctl");
        start
            .arg("-D")
            .arg(&data)
            .args(["-w", "-s", "-o", &options, "-l"])
            .arg(cluster.folder.join("log"))
            .arg("start");
        shell::step("starting PostgreSQL", &mut start)?;
        Ok(cluster)
    }

    /// `postgres://` URL of its administrative database.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Makes an empty database; its URL.
    pub fn database(&self, name: &str) -> Result<String> {
        let status = self
            .command("createdb")
            .args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "postgres", name])
            .status()
            .context("failed to start createdb")?;
        ensure!(status.success(), "createdb {name} failed");
        Ok(format!("postgres://postgres@127.0.0.1:{}/{name}", self.port))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A program of PostgreSQL, as the user that may run it.
    fn command(&self, program: &str) -> Command {
        let path = self.bin.join(program);
        let mut command = if shell::is_root() {
            let mut runuser = Command::new("runuser");
            runuser.args(["-u", "postgres", "--"]).arg(path);
            runuser
        } else {
            Command::new(path)
        };
        command.current_dir(&self.folder);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stopped =
            self.command("pg_ctl").arg("-D").arg(self.data()).args(["-m", "immediate", "-s", "stop"]).status();
        if stopped.is_ok_and(|status| status.success()) && fs::remove_dir_all(&self.folder).is_err() {
            eprintln!("the folder {} could not be removed", self.folder.display());
        }
    }
}

fn find_initdb() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = fs::read_dir(Path::new("/usr/lib/postgresql"))
        .map(|entries| {
            entries.flatten().map(|entry| entry.path().join("bin/initdb")).filter(|path| path.exists()).collect()
        })
        .unwrap_or_default();
    versions.sort();
    versions.pop().or_else(|| shell::find(&["initdb"]))
}
