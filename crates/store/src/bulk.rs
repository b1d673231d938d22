//! Loading many rows: the only file that knows which database it talks to.
//!
//! SQLite: inserts of several rows each, prepared once. PostgreSQL: a chunk of rows as one text for each column, which the
//! server reads as an array (the driver's arrays cannot carry NULL, its COPY cannot join the transaction).

use std::fmt::Write;

use crate::{
    connect::{Change, Error, Result},
    query::{self, Handle},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

/// The type of a column, for rows loaded in bulk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Int,
    Text,
    Bool,
    Double,
}

/// One value of a row loaded in bulk.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bool(bool),
    Double(f64),
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl From<String> for Cell {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<&str> for Cell {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Self::Double(value)
    }
}
impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// From this many rows on it is worth setting indexes aside.
const WORTH_IT: i64 = 5_000;
/// Rows sent in one statement; bounds memory on both sides.
const CHUNK: usize = 2_000;
/// Parameters of one SQLite statement. It would take 32,766, but more than this gains nothing.
const SQLITE_PARAMETERS: usize = 3_000;

/// Inserts rows of the given columns; answers with how many were inserted. Table and column names come from the code.
pub async fn insert(
    change: &Change<'_>,
    table: &'static str,
    columns: &[(&'static str, Type)],
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> Result<u64> {
    let size = match change.backend() {
        DbBackend::Postgres => CHUNK,
        _ => (SQLITE_PARAMETERS / columns.len()).clamp(1, CHUNK),
    };
    let mut chunk: Vec<Vec<Cell>> = Vec::with_capacity(size);
    let mut inserted = 0;
    for row in rows {
        if row.len() != columns.len() {
            return Err(Error::Stored(format!(
                "a row for {table} has {} values for {} columns",
                row.len(),
                columns.len()
            )));
        }
        chunk.push(row);
        if chunk.len() == size {
            inserted += send(change, table, columns, std::mem::take(&mut chunk)).await?;
        }
    }
    if !chunk.is_empty() {
        inserted += send(change, table, columns, chunk).await?;
    }
    Ok(inserted)
}

async fn send(change: &Change<'_>, table: &str, columns: &[(&str, Type)], rows: Vec<Vec<Cell>>) -> Result<u64> {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let names = names.join(", ");
    let backend = change.backend();
    let (text, values): (String, Vec<Value>) = if backend == DbBackend::Postgres {
        let arrays: Vec<String> = columns
            .iter()
            .enumerate()
            .map(|(at, (_, kind))| format!("CAST(${} AS {}[])", at + 1, postgres_name(*kind)))
            .collect();
        let text = format!("INSERT INTO {table} ({names}) SELECT * FROM unnest({})", arrays.join(", "));
        (text, as_arrays(columns.len(), rows).into_iter().map(Value::from).collect())
    } else {
        // nameless parameters: SQLite finds a named one by looking through all that stand before it
        let row = format!("({})", vec!["?"; columns.len()].join(", "));
        let text = format!("INSERT INTO {table} ({names}) VALUES {}", vec![row.as_str(); rows.len()].join(", "));
        let values = rows
            .into_iter()
            .flat_map(|row| row.into_iter().zip(columns).map(|(cell, (_, kind))| scalar(cell, *kind)))
            .collect();
        (text, values)
    };
    let statement = Statement::from_sql_and_values(backend, text, values);
    let result = query::run(statement, |statement| change.connection().execute_raw(statement)).await?;
    Ok(result.rows_affected())
}

/// The indexes of a table that were set aside while much comes into it or leaves it.
#[must_use]
#[derive(Debug)]
pub struct Aside(Vec<String>);

/// Takes the indexes off `table` when about as many rows come or go as it holds: making them anew in one walk is quicker
/// then than keeping each in order, the more so the larger the table. Rolled back, nothing has happened. On PostgreSQL they
/// stay: taking them off would keep everybody from reading until the change is committed.
pub async fn set_indexes_aside(change: &Change<'_>, table: &'static str, rows: i64) -> Result<Aside> {
    let mut made = Vec::new();
    if change.backend() == DbBackend::Postgres || rows < WORTH_IT {
        return Ok(Aside(made));
    }
    let connection = change.connection();
    let one = |text: String| Statement::from_string(DbBackend::Sqlite, text);
    let there =
        query::run(one(format!("SELECT COUNT(*) FROM {table}")), |count| connection.query_one_raw(count)).await?;
    if there.map_or(Ok(0), |row| row.try_get_by_index::<i64>(0))? > rows * 2 {
        return Ok(Aside(made));
    }
    let text = format!(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = '{table}' AND sql IS NOT NULL"
    );
    for index in connection.query_all_raw(one(text)).await? {
        made.push(index.try_get_by_index::<String>(1)?);
        let name: String = index.try_get_by_index(0)?;
        query::run(one(format!("DROP INDEX {name}")), |drop| connection.execute_raw(drop)).await?;
    }
    Ok(Aside(made))
}

impl Aside {
    /// Makes the indexes again.
    pub async fn put_back(self, change: &Change<'_>) -> Result<()> {
        for text in self.0 {
            let statement = Statement::from_string(DbBackend::Sqlite, text);
            query::run(statement, |create| change.connection().execute_raw(create)).await?;
        }
        Ok(())
    }
}

/// Tells the planner what has just been loaded: PostgreSQL would notice a minute later and plan as if the tables were
/// empty; SQLite never notices by itself.
pub async fn analyze(change: &Change<'_>, tables: &[&'static str]) -> Result<()> {
    for table in tables {
        let statement = Statement::from_string(change.backend(), format!("ANALYZE {table}"));
        query::run(statement, |statement| change.connection().execute_raw(statement)).await?;
    }
    Ok(())
}

/// Fresh ids for rows of `table` that are about to be loaded in bulk, so that they can refer to each other.
pub async fn take_ids(change: &Change<'_>, table: &'static str, count: usize) -> Result<Vec<i64>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let connection = change.connection();
    if change.backend() == DbBackend::Postgres {
        let text = format!("SELECT nextval(pg_get_serial_sequence('{table}', 'id')) AS id FROM generate_series(1, $1)");
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, text, [(count as i64).into()]);
        let rows = connection.query_all_raw(statement).await?;
        return rows.iter().map(|row| row.try_get_by_index::<i64>(0).map_err(Error::from)).collect();
    }
    // one writer at a time: the ids above the highest there ever was are ours until the transaction ends
    let text = format!("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = '{table}'");
    let row = connection.query_one_raw(Statement::from_string(change.backend(), text)).await?;
    let last = row.map_or(Ok(0), |row| row.try_get_by_index::<i64>(0))?;
    Ok((last + 1..=last + count as i64).collect())
}

const fn postgres_name(kind: Type) -> &'static str {
    match kind {
        Type::Int => "bigint",
        Type::Text => "text",
        Type::Bool => "boolean",
        Type::Double => "double precision",
    }
}

fn scalar(cell: Cell, kind: Type) -> Value {
    match (cell, kind) {
        (Cell::Int(v), _) => v.into(),
        (Cell::Text(v), _) => v.into(),
        (Cell::Bool(v), _) => v.into(),
        (Cell::Double(v), _) => v.into(),
        (Cell::Null, Type::Int) => Value::BigInt(None),
        (Cell::Null, Type::Text) => Value::String(None),
        (Cell::Null, Type::Bool) => Value::Bool(None),
        (Cell::Null, Type::Double) => Value::Double(None),
    }
}

/// A text for each column, as the server writes arrays. NUL cannot be stored as text by PostgreSQL and never stands in a
/// reading.
fn as_arrays(columns: usize, rows: Vec<Vec<Cell>>) -> Vec<String> {
    let mut arrays: Vec<String> = (0..columns).map(|_| String::with_capacity(rows.len() * 16)).collect();
    for row in rows {
        for (array, cell) in arrays.iter_mut().zip(row) {
            array.push(if array.is_empty() { '{' } else { ',' });
            // writing into a text cannot fail
            let _ = match cell {
                Cell::Null => write!(array, "NULL"),
                Cell::Int(v) => write!(array, "{v}"),
                Cell::Bool(v) => write!(array, "{v}"),
                Cell::Double(v) => write!(array, "{v}"),
                Cell::Text(v) => {
                    quote(array, &v);
                    Ok(())
                }
            };
        }
    }
    for array in &mut arrays {
        array.push_str(if array.is_empty() { "{}" } else { "}" });
    }
    arrays
}

/// A text as an element of an array, also where it is empty, reads NULL, or holds what parts elements.
fn quote(array: &mut String, text: &str) {
    array.push('"');
    for c in text.chars() {
        match c {
            '\0' => {}
            '"' | '\\' => array.extend(['\\', c]),
            _ => array.push(c),
        }
    }
    array.push('"');
}
