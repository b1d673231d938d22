//! A cluster of real programs on this machine: a scheduler and two executors, each a process. What they find is what the program finds
//! alone, byte for byte, also where an executor is killed (SIGKILL) in the middle.
//!
//! `cargo xtask test cluster` runs it, with the feature `cluster`; compiling the engine takes too long for every test.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tuntas");

/// Lists of made-up people in `folder`; the files and what to do with them.
fn lists(folder: &Path, kind: &str, rows: usize) -> Vec<String> {
    let example = Path::new(PROGRAM).with_file_name("examples").join("people");
    assert!(example.exists(), "the lists are made by an example: run this through `cargo xtask test cluster`");
    let made = Command::new(example).args([kind, &rows.to_string(), "7"]).arg(folder).status().expect("starts");
    assert!(made.success());
    let files: &[&str] = if kind == "dedupe" { &["list.csv"] } else { &["a.csv", "b.csv"] };
    files.iter().map(|file| folder.join(file).to_string_lossy().into_owned()).collect()
}

/// `tuntas link`, with all results in `out`.
fn link(kind: &str, lists: &[String], out: &Path, how: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["link", kind, "--json", "--out"]).arg(out).args(lists).args(how).stdout(Stdio::null());
    command
}

fn linked(kind: &str, lists: &[String], out: &Path, how: &[&str]) {
    let status = link(kind, lists, out, how).status().expect("starts");
    assert!(status.success(), "{how:?}");
}

/// All that was written, but for how long it took and what was sent.
fn results(out: &Path) -> (Vec<String>, Value) {
    let files = ["pairs.csv", "clusters.csv", "model.json"];
    let texts = files.map(|file| fs::read_to_string(out.join(file)).expect("written")).to_vec();
    let report = fs::read(out.join("report.json")).expect("written");
    let mut report: Value = serde_json::from_slice(&report).expect("JSON");
    let object = report.as_object_mut().expect("an object");
    object.remove("seconds");
    object.remove("sent");
    (texts, report)
}

fn assert_same(one: &Path, other: &Path) {
    let ((files, report), (other_files, other_report)) = (results(one), results(other));
    for (a, b) in files.iter().zip(&other_files) {
        // texts of megabytes help nobody
        assert!(a == b, "{} and {} differ", one.display(), other.display());
    }
    assert_eq!(report, other_report);
    assert!(files[0].lines().count() > 1_000, "too few pairs to prove anything: {}", files[0].lines().count());
    let hidden = |out: &Path| {
        let entries = fs::read_dir(out).expect("a folder").map(|e| e.expect("an entry").file_name());
        entries.filter(|name| name.to_string_lossy().starts_with('.')).count()
    };
    assert_eq!((hidden(one), hidden(other)), (0, 0), "packed records are left");
}

/// The report of a run.
fn report(out: &Path, path: &str) -> Value {
    let report: Value = serde_json::from_slice(&fs::read(out.join("report.json")).expect("written")).expect("JSON");
    report.pointer(path).cloned().unwrap_or_default()
}

/// A process that is killed when the test ends, and what it logs.
struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    fn start(name: &str, folder: &Path, arguments: &[String]) -> Self {
        let log = folder.join(format!("{name}.log"));
        let out = fs::File::create(&log).expect("a file");
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env("TUNTAS_LOG", "warn,linkage_cluster=debug").env("NO_COLOR", "1");
        command.stderr(out.try_clone().expect("a file")).stdout(out);
        Self { child: command.spawn().expect("starts"), log }
    }

    fn said(&self, words: &str) -> usize {
        fs::read_to_string(&self.log).unwrap_or_default().matches(words).count()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Cluster {
    _scheduler: Process,
    executors: Vec<Process>,
    ports: Vec<u16>,
    url: String,
    folder: PathBuf,
}

/// A port nobody listens on, whose next one is free as well.
fn port() -> u16 {
    (0..100)
        .find_map(|_| {
            let port = TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
            (port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok()).then_some(port)
        })
        .expect("free ports")
}

fn wait_for(what: &str, seconds: u64, mut come: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !come() {
        assert!(begin.elapsed() < Duration::from_secs(seconds), "waited too long for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Cluster {
    fn start(folder: &Path) -> Self {
        let at = port();
        let url = format!("http://127.0.0.1:{at}");
        let words = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let listen = format!("127.0.0.1:{at}");
        let scheduler = ["linkage-scheduler", "--bind", &listen, "--lost-after", "10", "--keep", "2"];
        let scheduler = Process::start("scheduler", folder, &words(&scheduler));
        wait_for("the scheduler", 60, || std::net::TcpStream::connect(&listen).is_ok());
        let mut cluster =
            Self { _scheduler: scheduler, executors: Vec::new(), ports: Vec::new(), url, folder: folder.to_owned() };
        for _ in 0..2 {
            cluster.ports.push(port());
            cluster.executors.push(cluster.executor(cluster.ports.len() - 1));
        }
        for at in cluster.ports.clone() {
            wait_for("an executor", 60, || std::net::TcpStream::connect(("127.0.0.1", at)).is_ok());
        }
        cluster
    }

    fn executor(&self, number: usize) -> Process {
        let listen = format!("127.0.0.1:{}", self.ports[number]);
        let work = self.folder.join("work").to_string_lossy().into_owned();
        let words = ["linkage-executor", "--scheduler", &self.url, "--bind", &listen, "--cores", "1", "--work", &work];
        Process::start(&format!("executor-{number}"), &self.folder, &words.map(str::to_owned))
    }

    /// Files on the disk of an executor.
    fn files(&self, number: usize) -> usize {
        fn count(folder: &Path) -> usize {
            let Ok(entries) = fs::read_dir(folder) else { return 0 };
            entries.flatten().map(|e| if e.path().is_dir() { count(&e.path()) } else { 1 }).sum()
        }
        count(&self.folder.join("work").join(format!("tuntas-linkage-executor-{}", self.ports[number])))
    }
}

#[test]
fn alone_on_datafusion_and_on_a_cluster_the_results_are_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let cluster = Cluster::start(folder.path());
    for kind in ["dedupe", "match"] {
        let lists = lists(&at(kind), kind, 20_000);
        let out = |how: &str| at(&format!("{kind}-{how}"));
        linked(kind, &lists, &out("own"), &[]);
        linked(kind, &lists, &out("datafusion"), &["--engine", "datafusion"]);
        linked(kind, &lists, &out("cluster"), &["--cluster", &cluster.url]);
        assert_same(&out("own"), &out("datafusion"));
        assert_same(&out("own"), &out("cluster"));
        assert!(report(&out("cluster"), "/sent/sent").as_u64() > Some(1_000), "nothing was sent");

        // blocks too large, split or left out, under a model that is given
        let model = fs::read(out("own").join("model.json")).expect("written");
        let mut model: Value = serde_json::from_slice(&model).expect("JSON");
        model["model"]["largest_block"] = json!(6);
        let small = at(&format!("{kind}-small.json"));
        fs::write(&small, model.to_string()).expect("written");
        let small = ["--model", small.to_str().expect("UTF-8")];
        linked(kind, &lists, &out("own-small"), &small);
        linked(kind, &lists, &out("cluster-small"), &[small[0], small[1], "--cluster", &cluster.url]);
        assert_same(&out("own-small"), &out("cluster-small"));
        let rules = report(&out("own-small"), "/rules");
        let oversized = |rule: &Value| rule["oversized"].as_array().is_some_and(|o| !o.is_empty());
        assert!(rules.as_array().is_some_and(|rules| rules.iter().any(oversized)), "no block was too large");
    }
    for number in [0, 1] {
        assert!(cluster.executors[number].said("bucket done") > 0, "executor {number} had nothing to do");
        wait_for("records to be removed after the job", 60, || cluster.files(number) == 0);
    }
}

#[test]
fn an_executor_killed_in_the_middle_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let lists = lists(&at("lists"), "dedupe", 40_000);
    // whole villages are compared, so that it takes a while
    linked("dedupe", &lists, &at("model"), &[]);
    let model = fs::read(at("model").join("model.json")).expect("written");
    let mut model: Value = serde_json::from_slice(&model).expect("JSON");
    model["model"]["largest_block"] = json!(1_000_000);
    let rules = model["model"]["rules"].as_array_mut().expect("rules");
    rules.push(json!({ "keys": [["kel", "kel"]] }));
    let wide = at("wide.json");
    fs::write(&wide, model.to_string()).expect("written");
    let wide = ["--model", wide.to_str().expect("UTF-8")];
    linked("dedupe", &lists, &at("own"), &wide);

    let mut cluster = Cluster::start(folder.path());
    let how = [wide[0], wide[1], "--cluster", &cluster.url];
    let mut job =
        Process { child: link("dedupe", &lists, &at("cluster"), &how).spawn().expect("starts"), log: at("job.log") };
    let running = |executor: &Process| executor.said("bucket begun") > executor.said("bucket done");
    wait_for("work on both executors", 120, || {
        assert!(job.child.try_wait().expect("is there").is_none(), "it ended before anything could be killed");
        let [one, other] = cluster.executors.as_slice() else { return false };
        one.said("bucket done") > 0 && other.said("bucket done") > 0 && running(one)
    });
    cluster.executors[0].child.kill().expect("killed");
    cluster.executors[0].child.wait().expect("ended");
    // it was in the middle: of a bucket, and of the job
    assert!(running(&cluster.executors[0]), "nothing was running");
    assert!(cluster.files(0) > 0, "nothing passed through it");
    let done_by_the_other = cluster.executors[1].said("bucket done");
    assert!(job.child.try_wait().expect("is there").is_none(), "the job was over");

    let ended = Instant::now();
    wait_for("the job to end without it", 540, || job.child.try_wait().expect("is there").is_some());
    assert!(job.child.wait().expect("ended").success());
    println!("it ended {:.1} s after the executor was killed", ended.elapsed().as_secs_f64());
    assert!(cluster.executors[1].said("bucket done") > done_by_the_other, "the other did what was left");
    assert_same(&at("own"), &at("cluster"));
    // what it left on its disk is removed when it comes back
    assert!(cluster.files(0) > 0);
    let again = cluster.executor(0);
    wait_for("what was left to be removed", 60, || cluster.files(0) == 0);
    drop(again);
}
