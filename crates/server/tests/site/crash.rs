//! The program is killed (SIGKILL) at any moment of importing, reading, committing, taking back and entering again, many
//! times over: what was committed is there, nothing is half, and the work goes on to the same end as undisturbed.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use server::{
    App,
    clock::{Clock, Entropy},
    config::Config,
    lists::{bring_in, intake::Said, lay_out},
};
use store::{Actor, Handle, Store, jobs, lists::versions, sql};
use testkit::{both_databases, databases};

const FAMILIES: usize = 150;
/// Milliseconds after which the program is killed, time after time.
const MOMENTS: [u64; 9] = [15, 60, 130, 220, 350, 500, 800, 1_200, 1_700];

/// An installation with areas and list files, and the program that runs on it.
struct Installation {
    app: App,
    data: PathBuf,
    database: Option<String>,
    _folder: tempfile::TempDir,
}

impl Installation {
    async fn new(store: &Store) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        // the database is a file in its own folder, or named by a URL whose user only the environment knows
        let (data, database) = if store.is_postgres() {
            let (_, name) = store.place().rsplit_once('/').expect("a database");
            let server = std::env::var("TUNTAS_TEST_POSTGRES").expect("set, as the store is open");
            let (server, _) = server.rsplit_once('/').expect("a URL");
            (folder.path().to_owned(), Some(format!("{server}/{name}")))
        } else {
            (Path::new(store.place()).parent().expect("a folder").to_owned(), None)
        };
        let config = Config {
            data: data.clone(),
            database: database.clone(),
            listen: "127.0.0.1:0".parse().expect("an address"),
            office: None,
            language: server::i18n::Lang::default(),
            zone: chrono::FixedOffset::east_opt(7 * 3600).expect("a zone"),
            https: false,
        };
        let app = App::new(
            store.clone(),
            config,
            Clock::Fixed(databases::NOW.parse().expect("a moment")),
            Entropy::seeded(9901),
        );
        server::demo::make(&app, FAMILIES, 9901, false).await.expect("makes areas and list files");
        Self { app, data, database, _folder: folder }
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.data.join(server::demo::FILES))
            .expect("the files")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.to_string_lossy().ends_with("2026T3.csv"))
            .collect();
        files.sort();
        assert_eq!(files.len(), 2, "families and members: {files:?}");
        files
    }

    /// Starts `tuntas` with these words.
    fn start(&self, words: &[&str], files: &[PathBuf]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tuntas"));
        command.args(words).args(files).arg("--data").arg(&self.data);
        if let Some(database) = &self.database {
            command.arg("--database").arg(database);
        }
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts")
    }

    /// Lets it run for so long, then kills it; whether it had ended by itself.
    fn kill_after(&self, words: &[&str], files: &[PathBuf], milliseconds: u64) -> bool {
        let mut child = self.start(words, files);
        let until = Instant::now() + Duration::from_millis(milliseconds);
        while Instant::now() < until {
            if child.try_wait().expect("is asked").is_some() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(3));
        }
        child.kill().expect("is killed");
        child.wait().expect("ends");
        false
    }

    async fn state(&self, version: i64) -> String {
        let actor = Actor::program("test");
        versions::version(&self.app.store.read(&actor), version).await.expect("stands").state
    }

    /// Serves and kills, until the job of the version has brought it to `state`.
    async fn serve_until(&self, version: i64, state: &str, between: &[&[String]]) {
        for moment in MOMENTS {
            let ended = self.kill_after(&["serve", "--listen", "127.0.0.1:0"], &[], moment);
            assert!(!ended, "the program ended by itself");
            self.check(between, &format!("killed after {moment} ms on the way to {state}")).await;
            if self.state(version).await == state {
                return;
            }
        }
        let mut child = self.start(&["serve", "--listen", "127.0.0.1:0"], &[]);
        let until = Instant::now() + Duration::from_mins(2);
        while self.state(version).await != state {
            assert!(Instant::now() < until, "the job does not end: the version is {}", self.state(version).await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        child.kill().expect("is killed");
        child.wait().expect("ends");
    }

    /// The registry is one of these, whole.
    async fn check(&self, allowed: &[&[String]], what: &str) {
        let found = registry(&self.app.store).await;
        assert!(
            allowed.iter().any(|registry| **registry == found),
            "{what}: the registry has {} lines, and is none of those with {:?}",
            found.len(),
            allowed.iter().map(|registry| registry.len()).collect::<Vec<_>>()
        );
    }
}

/// The registry as text; ids are left out, as they depend on what was tried before.
async fn registry(store: &Store) -> Vec<String> {
    let actor = Actor::program("test");
    let read = store.read(&actor);
    let mut lines = Vec::new();
    for query in [
        sql!(
            "SELECT 'family ' || COALESCE(kk, '-') || ' ' || head_name || ' ' || CAST(village AS TEXT) || ' ' || address || ' ' || CAST(members AS TEXT) || ' ' || COALESCE(CAST(desil AS TEXT), '-') || ' ' || block AS line FROM family WHERE {whole_district test} ORDER BY 1"
        ),
        sql!(
            "SELECT 'person ' || COALESCE(p.nik, '-') || ' ' || p.name || ' ' || COALESCE(p.birth_date, '-') || ' ' || COALESCE(p.relation, '-') || ' in ' || f.head_name AS line FROM person p JOIN family f ON f.id = p.family_id WHERE {whole_district test} ORDER BY 1"
        ),
        sql!(
            "SELECT 'lives ' || p.name || ' with ' || f.head_name || ' ' || m.since || ' ' || COALESCE(m.until, '-') AS line FROM membership m JOIN person p ON p.id = m.person_id JOIN family f ON f.id = m.family_id WHERE {whole_district test} ORDER BY 1"
        ),
        sql!(
            "SELECT 'stands in ' || v.source || ' ' || v.version || ': ' || f.head_name || ' ' || COALESCE(f.kk, '-') AS line FROM family_list l JOIN family f ON f.id = l.family_id JOIN list_version v ON v.id = l.version_id WHERE {whole_district test} ORDER BY 1"
        ),
        sql!(
            "SELECT 'left over in a work table' AS line FROM (SELECT id FROM family_before WHERE {whole_district test} UNION ALL SELECT id FROM person_before WHERE {whole_district test} UNION ALL SELECT row_id FROM list_link WHERE {whole_district test}) w"
        ),
    ] {
        lines.extend(read.column::<String>(query).await.expect("reads"));
    }
    lines.sort();
    lines
}

/// The registry after the same import, undisturbed.
async fn undisturbed() -> Vec<String> {
    let database = databases::sqlite().await;
    let installation = Installation::new(&database.store).await;
    let actor = Actor::program("test");
    bring_in(&installation.app, &actor, &installation.files(), &Said::default()).await.expect("comes in");
    let lines = registry(&database.store).await;
    database.end().await;
    lines
}

async fn enqueue(app: &App, version: i64, state: domain::lists::VersionState, kind: &str, payload: &str) {
    let actor = Actor::program("test");
    let change = app.store.change(&actor, &app.clock.stamp()).await.expect("begins");
    versions::become_state(&change, version, state).await.expect("may be");
    jobs::enqueue(&change, kind, version, payload).await.expect("waits");
    change.commit().await.expect("commits");
}

both_databases! {
    async fn an_import_by_the_command_line(store: Store) {
        let whole = undisturbed().await;
        let installation = Installation::new(&store).await;
        let files = installation.files();
        let words = ["lists", "import", "--yes", "--json"];
        for moment in MOMENTS {
            let ended = installation.kill_after(&words, &files, moment);
            installation.check(&[&[], &whole], &format!("killed after {moment} ms")).await;
            if ended {
                break;
            }
        }
        let ended = installation.start(&words, &files).wait().expect("ends");
        assert!(ended.code().is_some_and(|code| code == 0 || code == 3), "begun again it comes to its end: {ended}");
        installation.check(&[&whole], "in the end").await;
        let again = installation.start(&words, &files).wait().expect("ends");
        assert!(again.code().is_some_and(|code| code == 0 || code == 3), "the same files again change nothing: {again}");
        installation.check(&[&whole], "after the same files again").await;
    }

    async fn the_jobs_of_the_pages(store: Store) {
        use domain::lists::VersionState::{Committing, Reading, Undoing};
        let whole = undisturbed().await;
        let installation = Installation::new(&store).await;
        let actor = Actor::program("test");
        let version = lay_out(&installation.app, &actor, &installation.files(), &Said::default()).await.expect("is laid out");
        enqueue(&installation.app, version, Reading, "list.read", "{}").await;
        installation.serve_until(version, "ready", &[&[]]).await;
        enqueue(&installation.app, version, Committing, "list.commit", "{}").await;
        installation.serve_until(version, "committed", &[&[], &whole]).await;
        installation.check(&[&whole], "committed").await;
        enqueue(&installation.app, version, Undoing, "list.undo", r#"{"reason":"Salah berkas"}"#).await;
        installation.serve_until(version, "undone", &[&[], &whole]).await;
        installation.check(&[&[]], "taken back").await;
        enqueue(&installation.app, version, Committing, "list.commit", "{}").await;
        installation.serve_until(version, "committed", &[&[], &whole]).await;
        installation.check(&[&whole], "entered again").await;
    }

    /// Killed between the end of the work and the note of it: at the next start the job is begun again, beside newer ones.
    async fn a_job_that_was_done_does_nothing_when_it_is_begun_again(store: Store) {
        use domain::lists::VersionState::{Committing, Reading, Undoing};
        let installation = Installation::new(&store).await;
        let (app, actor) = (&installation.app, Actor::program("test"));
        let version = lay_out(app, &actor, &installation.files(), &Said::default()).await.expect("is laid out");
        enqueue(app, version, Reading, "list.read", "{}").await;
        server::jobs::drain(app).await.expect("is read");
        enqueue(app, version, Committing, "list.commit", "{}").await;
        server::jobs::drain(app).await.expect("is committed");
        let whole = registry(&store).await;
        for (state, kind, payload, left) in
            [(Undoing, "list.undo", r#"{"reason":"Salah berkas"}"#, &Vec::new()), (Committing, "list.commit", "{}", &whole)]
        {
            let change = store.change(&actor, databases::NOW).await.expect("begins");
            change.execute(sql!("UPDATE job SET state = 'running'")).await.expect("as if never ended");
            jobs::resume(&change).await.expect("begun again");
            change.commit().await.expect("commits");
            enqueue(app, version, state, kind, payload).await;
            server::jobs::drain(app).await.expect("all are run");
            let failed = jobs::failed(&store.read(&actor)).await.expect("counts");
            assert_eq!((&registry(&store).await == left, failed), (true, 0), "{kind}: {}", installation.state(version).await);
        }
    }
}
