//! One test, two databases: an empty, migrated SQLite file and an empty, migrated PostgreSQL database for each test.
//!
//! PostgreSQL is reached by `TUNTAS_TEST_POSTGRES` (`cargo xtask test` starts a throw-away cluster and sets it).
//! Without it the PostgreSQL half fails and says so: a skipped test proves nothing.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{Connection, Executor, PgConnection, Row};
use store::{Store, migrate::migrate};

/// The moment at which tests happen.
pub const NOW: &str = "2026-11-21T02:00:00Z";

/// An empty database of one kind, removed when the test ends.
#[derive(Debug)]
pub struct TestDatabase {
    pub store: Store,
    _folder: Option<tempfile::TempDir>,
    drop_url: Option<(String, String)>,
}

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// An empty migrated SQLite file in a folder of its own.
pub async fn sqlite() -> TestDatabase {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open_file(&folder.path().join("tuntas.db")).await.expect("sqlite opens");
    migrate(&store, NOW).await.expect("sqlite migrates");
    TestDatabase { store, _folder: Some(folder), drop_url: None }
}

/// An empty migrated PostgreSQL database, copied from a template made once.
pub async fn postgres() -> TestDatabase {
    let admin = std::env::var("TUNTAS_TEST_POSTGRES")
        .expect("TUNTAS_TEST_POSTGRES names no PostgreSQL for tests: run `cargo xtask test`, or set it to postgres://user@host:port/postgres");
    let mut connection = PgConnection::connect(&admin).await.expect("PostgreSQL answers");
    let template = format!("tuntas_template_{}", store::migrate::fingerprint());
    connection.execute("SELECT pg_advisory_lock(9901)").await.expect("lock");
    let known = sqlx::query("SELECT count(*) FROM pg_database WHERE datname = $1")
        .bind(&template)
        .fetch_one(&mut connection)
        .await
        .expect("catalogue")
        .get::<i64, _>(0);
    if known == 0 {
        let draft = format!("{template}_draft");
        run(&mut connection, format!("DROP DATABASE IF EXISTS {draft}")).await;
        run(&mut connection, format!("CREATE DATABASE {draft}")).await;
        let store = Store::open_postgres(&with_database(&admin, &draft)).await.expect("template opens");
        migrate(&store, NOW).await.expect("PostgreSQL migrates");
        store.close().await.expect("template closes");
        run(&mut connection, format!("ALTER DATABASE {draft} RENAME TO {template}")).await;
    }
    connection.execute("SELECT pg_advisory_unlock(9901)").await.expect("unlock");
    let name = format!("tuntas_test_{}_{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
    run(&mut connection, format!("DROP DATABASE IF EXISTS {name}")).await;
    run(&mut connection, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    let store = Store::open_postgres(&with_database(&admin, &name)).await.expect("test database opens");
    TestDatabase { store, _folder: None, drop_url: Some((admin, name)) }
}

impl TestDatabase {
    /// Closes the database and removes it.
    pub async fn end(self) {
        self.store.close().await.expect("closes");
        if let Some((admin, name)) = self.drop_url {
            let mut connection = PgConnection::connect(&admin).await.expect("PostgreSQL answers");
            run(&mut connection, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

async fn run(connection: &mut PgConnection, statement: String) {
    sqlx::query(sqlx::AssertSqlSafe(statement.clone()))
        .execute(connection)
        .await
        .unwrap_or_else(|e| panic!("{statement}: {e}"));
}

fn with_database(url: &str, name: &str) -> String {
    let (server, _) = url.rsplit_once('/').expect("a PostgreSQL URL ends in /database");
    format!("{server}/{name}")
}

/// Declares a test that runs on SQLite and on PostgreSQL: `both_databases! { async fn name(store: Store) { .. } }`.
#[macro_export]
macro_rules! both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($store:ident: Store) $body:block)+) => {
        $(
            mod $name {
                #[expect(unused_imports, reason = "the body may need the imports of its file")]
                use super::*;

                async fn story($store: store::Store) $body

                #[test]
                $(#[$meta])*
                fn sqlite() {
                    $crate::databases::block_on(async {
                        let database = $crate::databases::sqlite().await;
                        story(database.store.clone()).await;
                        database.end().await;
                    });
                }

                #[test]
                $(#[$meta])*
                fn postgres() {
                    $crate::databases::block_on(async {
                        let database = $crate::databases::postgres().await;
                        story(database.store.clone()).await;
                        database.end().await;
                    });
                }
            }
        )+
    };
}

/// Runs a test's future on a small runtime.
pub fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(future)
}
