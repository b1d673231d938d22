//! Opening the database, and the two handles on it: [`Reading`] and [`Change`].

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::{FixedOffset, Offset as _, Utc};
use domain::{
    AreaCode, Level,
    access::{Right, Role},
};
use sea_orm::{
    ConnAcquireErr, ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use crate::query::{self, Handle, Query};

pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong in the store. Rule violations of a stage are that stage's own closed enums, not here.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the database did not answer")]
    Database(#[source] DbErr),
    #[error("the database was written by a newer Tuntas (unknown migration {0})")]
    NewerDatabase(String),
    #[error("migration {0} was changed after it was applied")]
    MigrationChanged(String),
    #[error("{0}")]
    Stored(String),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

/// Why a sound database did not do what it was asked. Nothing of the change was kept, and it can be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// No room left where the data are.
    Full,
    /// Somebody else holds what is needed for longer than we wait.
    Busy,
    /// It cannot be reached, or broke off in the middle.
    Lost,
}

impl Outage {
    /// Codes of SQLite (<https://sqlite.org/rescode.html>; the low byte is the primary code) and SQLSTATEs of PostgreSQL
    /// (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).
    fn of_code(code: &str, postgres: bool) -> Option<Self> {
        if postgres {
            return match code {
                "53100" | "53200" => Some(Self::Full),
                "55P03" | "40P01" | "53300" => Some(Self::Busy),
                "57P01" | "57P02" | "57P03" | "57P05" => Some(Self::Lost),
                _ => code.starts_with("08").then_some(Self::Lost),
            };
        }
        match code.parse::<u32>().ok()? & 0xff {
            13 => Some(Self::Full),
            5 | 6 => Some(Self::Busy),
            10 | 14 => Some(Self::Lost),
            _ => None,
        }
    }

    fn of(error: &sqlx::Error) -> Option<Self> {
        match error {
            sqlx::Error::Database(refused) => {
                Self::of_code(&refused.code()?, refused.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().is_some())
            }
            sqlx::Error::PoolTimedOut => Some(Self::Busy),
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Some(Self::Lost)
            }
            _ => None,
        }
    }
}

impl Error {
    /// Whether the database was out of order rather than the request.
    pub fn outage(&self) -> Option<Outage> {
        let Self::Database(error) = self else { return None };
        match error {
            DbErr::Conn(RuntimeErr::SqlxError(error))
            | DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error)) => Outage::of(error),
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Some(Outage::Busy),
            DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed) => Some(Outage::Lost),
            _ => None,
        }
    }

    /// Whether a UNIQUE or foreign-key rule of the database refused the change.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Database(e) if e.sql_err().is_some())
    }
}

/// The areas an actor may see. Empty: nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    everything: bool,
    areas: Vec<AreaCode>,
}

impl Scope {
    /// The whole installation.
    pub const fn everything() -> Self {
        Self { everything: true, areas: Vec::new() }
    }

    pub const fn none() -> Self {
        Self { everything: false, areas: Vec::new() }
    }

    pub fn areas(areas: impl IntoIterator<Item = AreaCode>) -> Self {
        Self { everything: false, areas: areas.into_iter().collect() }
    }

    pub fn includes(&self, area: AreaCode) -> bool {
        self.everything || self.areas.iter().any(|own| own.contains(area))
    }

    /// Whether the area lies in the scope, or some of the scope in the area.
    pub fn touches(&self, area: AreaCode) -> bool {
        self.everything || self.areas.iter().any(|own| own.contains(area) || area.contains(*own))
    }

    pub const fn is_everything(&self) -> bool {
        self.everything
    }

    pub fn codes(&self) -> &[AreaCode] {
        &self.areas
    }

    pub(crate) fn condition(&self, column: &str) -> String {
        if self.everything {
            return "1 = 1".to_owned();
        }
        if self.areas.is_empty() {
            return "1 = 0".to_owned();
        }
        let parts: Vec<String> = self
            .areas
            .iter()
            .map(|area| {
                let range = area.range();
                format!("{column} BETWEEN {} AND {}", range.start(), range.end())
            })
            .collect();
        format!("({})", parts.join(" OR "))
    }
}

/// Who asks: a person signed in, or the program itself (`user` is then `None` and the name says what, e.g. "tuntas").
#[derive(Clone, Debug)]
pub struct Actor {
    pub user: Option<i64>,
    pub name: String,
    pub roles: Vec<Role>,
    pub rights: Vec<Right>,
    pub scope: Scope,
    /// The agency an agency's staff belongs to.
    pub agency: Option<i64>,
}

impl Actor {
    /// The program itself, e.g. the command line of the machine's owner or a job.
    pub fn program(name: &str) -> Self {
        Self {
            user: None,
            name: name.to_owned(),
            roles: Vec::new(),
            rights: Vec::new(),
            scope: Scope::everything(),
            agency: None,
        }
    }

    /// A user with roles, each in the whole district or in one area (a code of the district or above is the whole).
    ///
    /// A role in a part gives no right that acts on the district as a whole; families are seen where a role that shows
    /// families is held, not where any other role is.
    pub fn granted(user: i64, name: &str, grants: &[(Role, Option<AreaCode>)], agency: Option<i64>) -> Self {
        let part = |area: Option<AreaCode>| area.filter(|code| code.level() > Level::District);
        let mut roles = Vec::new();
        let mut rights: Vec<Right> = Vec::new();
        for (role, area) in grants {
            if !roles.contains(role) {
                roles.push(*role);
            }
            match part(*area) {
                None => rights.extend(role.rights()),
                Some(_) => rights.extend(role.rights_in_part()),
            }
        }
        let showing: Vec<Option<AreaCode>> =
            grants.iter().filter(|(role, _)| role.shows_families()).map(|(_, area)| part(*area)).collect();
        let held = if showing.is_empty() { grants.iter().map(|(_, area)| part(*area)).collect() } else { showing };
        let scope = if held.contains(&None) { Scope::everything() } else { Scope::areas(held.into_iter().flatten()) };
        Self { user: Some(user), name: name.to_owned(), roles, rights, scope, agency }
    }

    pub fn may(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }
}

/// The open database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    readers: DatabaseConnection,
    writer: DatabaseConnection,
    place: Arc<str>,
    zone: FixedOffset,
}

impl Store {
    /// Opens (creating where needed) the SQLite file, with write-ahead log, one writer and several readers.
    pub async fn open_file(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|e| Error::Stored(format!("the folder {} cannot be made: {e}", folder.display())))?;
        }
        let url = format!("sqlite://{}?mode=rwc", path.display());
        let writer = Database::connect(sqlite_options(&url, 1)).await?;
        let readers = Database::connect(sqlite_options(&url, 8)).await?;
        Ok(Self { readers, writer, place: path.display().to_string().into(), zone: Utc.fix() })
    }

    /// Opens a PostgreSQL database by URL (`postgres://user:password@host/name`).
    pub async fn open_postgres(url: &str) -> Result<Self> {
        let mut options = ConnectOptions::new(url);
        options.max_connections(16).acquire_timeout(Duration::from_secs(10));
        options.sqlx_logging(false).record_stmt_in_spans(false);
        let pool = Database::connect(options).await?;
        // the password must not be shown by `doctor`
        let place = url.rsplit_once('@').map_or(url, |(_, rest)| rest);
        Ok(Self { readers: pool.clone(), writer: pool, place: format!("postgres://{place}").into(), zone: Utc.fix() })
    }

    /// A URL names a PostgreSQL; otherwise the file `tuntas.db` in the data folder is used.
    pub async fn open(database_url: Option<&str>, data: &Path) -> Result<Self> {
        match database_url {
            Some(url) => Self::open_postgres(url).await,
            None => Self::open_file(&Self::file_in(data)).await,
        }
    }

    /// Days begin and end in this zone: the office's.
    #[must_use]
    pub fn in_zone(self, zone: FixedOffset) -> Self {
        Self { zone, ..self }
    }

    pub fn file_in(data: &Path) -> PathBuf {
        data.join("tuntas.db")
    }

    /// Where the data are, without password, for people.
    pub fn place(&self) -> &str {
        &self.place
    }

    pub fn is_postgres(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Postgres
    }

    pub(crate) const fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// A handle that only reads, within the actor's scope.
    pub fn read<'a>(&'a self, actor: &'a Actor) -> Reading<'a> {
        Reading { connection: &self.readers, actor }
    }

    /// Opens the one transaction of a request or job. Dropped without [`Change::commit`], nothing has happened.
    /// `at` is the time the change is made, as ISO 8601 UTC (`2026-11-21T18:57:44Z`).
    pub async fn change<'a>(&'a self, actor: &'a Actor, at: &str) -> Result<Change<'a>> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let today = chrono::DateTime::parse_from_rfc3339(at)
            .map_err(|_| Error::Stored(format!("{at} is no moment")))?
            .with_timezone(&self.zone)
            .date_naive()
            .to_string();
        let transaction = self.writer.begin_with_options(options).await?;
        Ok(Change { transaction, actor, at: at.to_owned(), today })
    }

    pub async fn close(self) -> Result<()> {
        self.readers.close().await?;
        self.writer.close().await?;
        Ok(())
    }
}

fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).acquire_timeout(Duration::from_secs(30));
    options.sqlx_logging(false).record_stmt_in_spans(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
            .synchronous(sqlx::sqlite::SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(30))
            .pragma("cache_size", "-65536")
            .pragma("temp_store", "memory")
            // a sample tells the planner enough; walking every index of a million rows would take seconds at each commit
            .pragma("analysis_limit", "1000")
            // 32 MB: rows of a list come in one chunk after the other, and the same pages of the indexes with each
            .pragma("wal_autocheckpoint", "8000")
    });
    options
}

/// Reads within the actor's scope.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    connection: &'a DatabaseConnection,
    actor: &'a Actor,
}

impl Handle for Reading<'_> {
    type Connection = DatabaseConnection;
    fn connection(&self) -> &DatabaseConnection {
        self.connection
    }
    fn actor(&self) -> &Actor {
        self.actor
    }
}

/// One transaction: the change, its journal entry and its job commit together or not at all.
#[derive(Debug)]
pub struct Change<'a> {
    transaction: DatabaseTransaction,
    actor: &'a Actor,
    at: String,
    today: String,
}

impl Handle for Change<'_> {
    type Connection = DatabaseTransaction;
    fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }
    fn actor(&self) -> &Actor {
        self.actor
    }
}

impl Change<'_> {
    /// When this change is made, ISO 8601 UTC.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// The day of the change in the office's zone, `YYYY-MM-DD`.
    pub fn today(&self) -> &str {
        &self.today
    }

    /// Runs a changing statement; the number of rows changed.
    pub async fn execute(&self, query: impl Into<Query>) -> Result<u64> {
        query::execute(&self.transaction, &self.actor.scope, query.into()).await
    }

    /// Runs an `INSERT ... RETURNING id`.
    pub async fn insert(&self, query: impl Into<Query>) -> Result<i64> {
        self.scalar::<i64>(query).await?.ok_or_else(|| Error::Stored("an insert returned no id".to_owned()))
    }

    pub async fn commit(self) -> Result<()> {
        let statement = Statement::from_string(self.backend(), "COMMIT");
        Ok(query::run(statement, |_| self.transaction.commit()).await?)
    }

    pub async fn rollback(self) -> Result<()> {
        Ok(self.transaction.rollback().await?)
    }
}
