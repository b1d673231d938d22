//! Loading many rows: the only file that knows which database it talks to.
//!
//! SQLite: inserts of several rows each, prepared once. PostgreSQL: a chunk of rows as one JSON value, taken apart by the
//! server (arrays cannot carry NULL through the driver, COPY cannot join its transaction).

use crate::{
    connect::{Change, Error, Result},
    query::Handle,
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
    let (text, values) = if backend == DbBackend::Postgres {
        let kinds: Vec<String> =
            columns.iter().map(|(name, kind)| format!("{name} {}", postgres_name(*kind))).collect();
        let text = format!(
            "INSERT INTO {table} ({names}) SELECT {names} FROM json_to_recordset($1::json) AS rows({})",
            kinds.join(", ")
        );
        (text, vec![as_json(columns, rows).into()])
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
    let result = change.connection().execute_raw(Statement::from_sql_and_values(backend, text, values)).await?;
    Ok(result.rows_affected())
}

/// Tells the planner what has just been loaded: PostgreSQL would notice a minute later and plan as if the tables were
/// empty; SQLite never notices by itself.
pub async fn analyze(change: &Change<'_>, tables: &[&'static str]) -> Result<()> {
    for table in tables {
        change.connection().execute_unprepared(&format!("ANALYZE {table}")).await?;
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

/// The rows as one JSON array of objects; a key that is missing is NULL. NUL cannot be stored as text by PostgreSQL and
/// never stands in a reading.
fn as_json(columns: &[(&str, Type)], rows: Vec<Vec<Cell>>) -> String {
    let mut out = String::with_capacity(rows.len() * columns.len() * 16);
    out.push('[');
    for row in rows {
        out.push_str(if out.len() == 1 { "{" } else { ",{" });
        let mut first = true;
        for ((name, _), cell) in columns.iter().zip(row) {
            let value = match cell {
                Cell::Null => continue,
                Cell::Int(v) => v.to_string(),
                Cell::Text(v) if v.contains('\0') => serde_json::Value::from(v.replace('\0', "")).to_string(),
                Cell::Text(v) => serde_json::Value::from(v).to_string(),
                Cell::Bool(v) => v.to_string(),
                Cell::Double(v) => serde_json::Value::from(v).to_string(),
            };
            let comma = if first { "" } else { "," };
            first = false;
            out.push_str(&format!("{comma}\"{name}\":{value}"));
        }
        out.push('}');
    }
    out.push(']');
    out
}
