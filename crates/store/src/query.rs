//! SQL as literals that prove at compile time that they carry the area scope, and the handle that runs them.
//!
//! In a literal, `{scope f.village}` becomes the actor's area condition on that column; `{whole_district reason}` says
//! that this statement deliberately works on the whole district (set-based imports, rankings) and why; `{checked how}`
//! that the family was shown to be within the scope before (both expand to `1 = 1`; in an INSERT they stand in a comment).
//! `{fresh person by row_id}` is a new id of that table for each row of a SELECT, given in that order, so that a set of
//! rows can be made together with what refers to them. `{words p.name_key}` in a FROM is one row `w.value` for each word of
//! a text, which blanks part.
//! `$1, $2, ...` are the values in order; `$$` in a part pushed to a [`Query`] is the next free number.

use std::time::Instant;

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, QueryResult, Statement, Value};

use crate::connect::{Actor, Error, Result, Scope};

/// A checked SQL literal; made by [`sql!`] only.
#[derive(Clone, Copy, Debug)]
pub struct Sql(&'static str);

/// Tables whose rows say something about a family. A literal naming one of them must name the scope too.
const FAMILY_TABLES: [&str; 34] = [
    "family",
    "person",
    "membership",
    "list_row",
    "list_raw",
    "list_finding",
    "list_correction_cell",
    "list_correction_row",
    "list_correction_effect",
    "list_unit",
    "list_link",
    "list_shared",
    "family_list",
    "person_list",
    "assignment",
    "visit",
    "visit_member",
    "visit_draft",
    "result_row",
    "deliberation_added",
    "determination_line",
    "determination_choice",
    "enrolment",
    "event_line",
    "referral",
    "search_word",
    "household_change",
    "household_subject",
    "household_field",
    "former_nik",
    "match_link",
    "match_pair",
    "match_decision",
    "merge_moved",
];

impl Sql {
    /// Refuses, at compile time, a statement on family data that names no scope.
    #[doc(hidden)]
    pub const fn checked(text: &'static str) -> Self {
        assert!(
            !touches_family_data(text)
                || contains(text, "{scope ")
                || contains(text, "{whole_district ")
                || contains(text, "{checked "),
            "this SQL touches family data and names no area scope: add {{scope column}}, {{checked how}} or {{whole_district why}}"
        );
        Self(text)
    }

    pub const fn text(self) -> &'static str {
        self.0
    }
}

/// A SQL literal whose area scope is checked while compiling.
#[macro_export]
macro_rules! sql {
    ($text:expr) => {
        const { $crate::query::Sql::checked($text) }
    };
}

const fn touches_family_data(text: &str) -> bool {
    let mut table = 0;
    while table < FAMILY_TABLES.len() {
        if names_table(text.as_bytes(), FAMILY_TABLES[table].as_bytes()) {
            return true;
        }
        table += 1;
    }
    false
}

/// Whether `table` follows FROM, JOIN, UPDATE or INTO as a whole word.
const fn names_table(text: &[u8], table: &[u8]) -> bool {
    let mut at = 0;
    while at + table.len() <= text.len() {
        if matches_at(text, at, table)
            && at > 4
            && text[at - 1] == b' '
            && (matches_at(text, at - 5, b"FROM")
                || matches_at(text, at - 5, b"JOIN")
                || matches_at(text, at - 5, b"INTO")
                || (at > 6 && matches_at(text, at - 7, b"UPDATE")))
            && (at + table.len() == text.len() || !is_word(text[at + table.len()]))
        {
            return true;
        }
        at += 1;
    }
    false
}

const fn matches_at(text: &[u8], at: usize, part: &[u8]) -> bool {
    if at + part.len() > text.len() {
        return false;
    }
    let mut i = 0;
    while i < part.len() {
        if text[at + i] != part[i] {
            return false;
        }
        i += 1;
    }
    true
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

const fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut at = 0;
    while at + part.len() <= text.len() {
        if matches_at(text, at, part) {
            return true;
        }
        at += 1;
    }
    false
}

/// A statement put together from checked literals, with its values.
#[derive(Clone, Debug)]
pub struct Query {
    text: String,
    values: Vec<Value>,
}

impl Query {
    pub fn new(sql: Sql) -> Self {
        Self { text: sql.0.to_owned(), values: Vec::new() }
    }

    /// With the values of `$1..$n`, in order.
    pub fn with<const N: usize>(sql: Sql, values: [Value; N]) -> Self {
        Self { text: sql.0.to_owned(), values: Vec::from(values) }
    }

    /// Adds a value and answers with its number, for statements whose number of values is only known at run time.
    pub fn value(&mut self, value: impl Into<Value>) -> usize {
        self.values.push(value.into());
        self.values.len()
    }

    /// Appends a literal.
    pub fn push(&mut self, sql: Sql) -> &mut Self {
        self.text.push_str(sql.0);
        self
    }

    /// Appends a literal in which every `$$` is this one value.
    pub fn push_with(&mut self, sql: Sql, value: impl Into<Value>) -> &mut Self {
        let number = self.value(value);
        self.text.push_str(&sql.0.replace("$$", &format!("${number}")));
        self
    }

    /// Appends `column IN (..)` over the values; an empty set matches nothing.
    pub fn push_in<V: Into<Value>>(&mut self, column: Sql, values: impl IntoIterator<Item = V>) -> &mut Self {
        let numbers: Vec<String> = values.into_iter().map(|v| format!("${}", self.value(v))).collect();
        if numbers.is_empty() {
            self.text.push_str(" 1 = 0");
        } else {
            self.text.push_str(&format!(" {} IN ({})", column.0, numbers.join(", ")));
        }
        self
    }

    fn statement(self, backend: DbBackend, scope: &Scope) -> Statement {
        Statement::from_sql_and_values(backend, expand(&self.text, scope, backend), self.values)
    }
}

impl From<Sql> for Query {
    fn from(sql: Sql) -> Self {
        Self::new(sql)
    }
}

/// Replaces the scope markers by conditions. Codes are numbers, so nothing needs quoting.
fn expand(text: &str, scope: &Scope, backend: DbBackend) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        let marker = &rest[start + 1..start + length];
        out.push_str(&rest[..start]);
        if let Some(column) = marker.strip_prefix("scope ") {
            out.push_str(&scope.condition(column));
        } else if let Some((table, order)) = marker.strip_prefix("fresh ").and_then(|rest| rest.split_once(" by ")) {
            out.push_str(&fresh(table, order, backend));
        } else if let Some(text) = marker.strip_prefix("words ") {
            out.push_str(&words(text, backend));
        } else if marker.starts_with("whole_district ") || marker.starts_with("checked ") {
            out.push_str("1 = 1");
        } else {
            out.push_str(&rest[start..=start + length]);
        }
        rest = &rest[start + length + 1..];
    }
    out.push_str(rest);
    out
}

/// The next id of a table, for each row of a SELECT.
fn fresh(table: &str, order: &str, backend: DbBackend) -> String {
    if backend == DbBackend::Postgres {
        return format!("nextval(pg_get_serial_sequence('{table}', 'id'))");
    }
    // one writer at a time: the ids above the highest there ever was are ours until the transaction ends
    format!(
        "(SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = '{table}') + ROW_NUMBER() OVER (ORDER BY {order})"
    )
}

/// The words of a text as rows.
fn words(text: &str, backend: DbBackend) -> String {
    if backend == DbBackend::Postgres {
        return format!("unnest(string_to_array({text}, ' ')) AS w(value)");
    }
    // whatever stands in the text is quoted first, so that it cannot end the array
    format!(r#"json_each('[' || REPLACE(json_quote({text}), ' ', '","') || ']') AS w"#)
}

/// What reads: both [`crate::Reading`] and [`crate::Change`] do.
#[expect(async_fn_in_trait, reason = "used with the two types of this crate only, both Send")]
pub trait Handle {
    type Connection: ConnectionTrait + Send + Sync;
    fn connection(&self) -> &Self::Connection;
    fn actor(&self) -> &Actor;

    fn backend(&self) -> DbBackend {
        self.connection().get_database_backend()
    }

    /// The rows of a query, decoded.
    async fn all<T: FromQueryResult>(&self, query: impl Into<Query>) -> Result<Vec<T>> {
        let statement = query.into().statement(self.backend(), &self.actor().scope);
        let rows = run(statement, |statement| self.connection().query_all_raw(statement)).await?;
        rows.iter().map(|row| T::from_query_result(row, "").map_err(Error::from)).collect()
    }

    /// The first row, when there is one.
    async fn one<T: FromQueryResult>(&self, query: impl Into<Query>) -> Result<Option<T>> {
        let statement = query.into().statement(self.backend(), &self.actor().scope);
        let row = run(statement, |statement| self.connection().query_one_raw(statement)).await?;
        row.map(|row| T::from_query_result(&row, "").map_err(Error::from)).transpose()
    }

    /// One number; a missing row or NULL is 0.
    async fn count(&self, query: impl Into<Query>) -> Result<i64> {
        Ok(self.scalar::<Option<i64>>(query).await?.flatten().unwrap_or(0))
    }

    /// The first column of the first row.
    async fn scalar<T: sea_orm::TryGetable>(&self, query: impl Into<Query>) -> Result<Option<T>> {
        let statement = query.into().statement(self.backend(), &self.actor().scope);
        let row = run(statement, |statement| self.connection().query_one_raw(statement)).await?;
        row.map(|row: QueryResult| row.try_get_by_index::<T>(0).map_err(Error::from)).transpose()
    }

    /// The first column of every row.
    async fn column<T: sea_orm::TryGetable>(&self, query: impl Into<Query>) -> Result<Vec<T>> {
        let statement = query.into().statement(self.backend(), &self.actor().scope);
        let rows = run(statement, |statement| self.connection().query_all_raw(statement)).await?;
        rows.iter().map(|row| row.try_get_by_index::<T>(0).map_err(Error::from)).collect()
    }
}

/// Runs a changing statement of this query; answers with the number of rows changed. Only [`crate::Change`] offers it.
pub(crate) async fn execute<C: ConnectionTrait>(connection: &C, scope: &Scope, query: Query) -> Result<u64> {
    let statement = query.statement(connection.get_database_backend(), scope);
    Ok(run(statement, |statement| connection.execute_raw(statement)).await?.rows_affected())
}

/// Runs a statement; at the level `debug` of `store::sql` the log tells how long it took. Values are never told.
pub(crate) async fn run<F: Future>(statement: Statement, with: impl FnOnce(Statement) -> F) -> F::Output {
    if !tracing::enabled!(target: "store::sql", tracing::Level::DEBUG) {
        return with(statement).await;
    }
    let text: String = statement.sql.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(TOLD).collect();
    let begun = Instant::now();
    let done = with(statement).await;
    tracing::debug!(target: "store::sql", ms = begun.elapsed().as_secs_f64() * 1_000.0, "{text}");
    done
}

/// How much of a statement the log tells.
const TOLD: usize = 240;

#[cfg(test)]
mod tests {
    use domain::AreaCode;

    use super::*;

    #[test]
    fn the_scope_becomes_a_condition_on_the_column_named() {
        let kec: AreaCode = "99.01.02".parse().expect("code");
        let village: AreaCode = "99.01.03.2001".parse().expect("code");
        let text = "SELECT 1 FROM family f WHERE {scope f.village} AND f.id = $1";
        assert_eq!(
            expand(text, &Scope::areas([kec, village]), DbBackend::Sqlite),
            "SELECT 1 FROM family f WHERE (f.village BETWEEN 9901020000 AND 9901029999 OR f.village BETWEEN 9901032001 AND 9901032001) AND f.id = $1"
        );
        assert_eq!(expand("WHERE {scope v}", &Scope::none(), DbBackend::Sqlite), "WHERE 1 = 0");
        assert_eq!(expand("WHERE {whole_district import}", &Scope::none(), DbBackend::Sqlite), "WHERE 1 = 1");
    }

    #[test]
    fn family_tables_are_seen_as_whole_words() {
        assert!(touches_family_data("SELECT * FROM family f"));
        assert!(touches_family_data("DELETE FROM visit"));
        assert!(touches_family_data("UPDATE person SET x = 1"));
        assert!(touches_family_data("INSERT INTO enrolment (id)"));
        assert!(!touches_family_data("SELECT * FROM list_version"));
        assert!(!touches_family_data("SELECT family FROM x"));
    }

    #[test]
    fn values_number_themselves() {
        let mut query = Query::with(sql!("SELECT 1 FROM area WHERE code = $1"), [1_i64.into()]);
        query.push_with(sql!(" AND name = $$"), "x").push_in(sql!(" AND level"), ["a", "b"]);
        assert_eq!(query.text, "SELECT 1 FROM area WHERE code = $1 AND name = $2  AND level IN ($3, $4)");
        assert_eq!(query.values.len(), 4);
    }
}
