//! A model as Splink settings.

use serde_json::{Value, json};

use crate::model::{Comparison, Condition, DateFormat, Level, Likeness, Link, Measured, Model, Rule, Side, Than};
use crate::refused::{Fault, Place, Refused};
use crate::schema::{Derive, Origin, Schema};
use crate::standard::Read;

/// The SQL that conditions are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB.
    DuckDb,
    /// Spark, with the functions Splink registers there.
    Spark,
}

/// What models of standardised columns say in `linker_uid`, which Splink keeps: their columns are those of [`super::record`].
const STANDARDISED: &str = "linkage";

/// Whether settings speak of columns as they are standardised here, and not as lists have them.
pub fn is_standardised(settings: &Value) -> bool {
    settings.get("linker_uid").and_then(Value::as_str) == Some(STANDARDISED)
}

/// The model as Splink settings JSON, as `Linker(..., settings)` takes it. Columns that are a plain part of a field (its first letters,
/// its capitals) are written as SQL, so that Splink needs the list's own columns only; columns that are standardised bear their
/// names here, and Splink must be given them ([`super::record`]).
pub fn export(model: &Model, schema: &Schema, dialect: Dialect) -> Result<Value, Refused> {
    let writer = Writer { schema, dialect };
    let name = if dialect == Dialect::DuckDb { "duckdb" } else { "spark" };
    let rules = model
        .rules
        .iter()
        .map(|rule| {
            let sql = writer.rule(rule).map_err(|fault| fault.at(Place::Rule(rule.text())))?;
            Ok(json!({ "blocking_rule": sql, "sql_dialect": name }))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let comparisons = model.comparisons.iter().map(|c| writer.comparison(c)).collect::<Result<Vec<_>, Refused>>()?;
    let standardised = schema.columns.iter().any(|column| !writer.is_plain(&column.name));
    Ok(json!({
        "link_type": if model.link == Link::Dedupe { "dedupe_only" } else { "link_only" },
        "probability_two_random_records_match": model.prior,
        "retain_matching_columns": false,
        "retain_intermediate_calculation_columns": false,
        "additional_columns_to_retain": [],
        "sql_dialect": name,
        "linker_uid": if standardised { STANDARDISED } else { "linkage_plain" },
        "em_convergence": 0.0001,
        "max_iterations": 25,
        "unique_id_column_name": "unique_id",
        "source_dataset_column_name": "source_dataset",
        "comparison_vector_value_column_prefix": "gamma_",
        "term_frequency_adjustment_column_prefix": "tf_",
        "blocking_rules_to_generate_predictions": rules,
        "comparisons": comparisons,
    }))
}

struct Writer<'m> {
    schema: &'m Schema,
    dialect: Dialect,
}

impl Writer<'_> {
    fn origin(&self, column: &str) -> Option<&Origin> {
        self.schema.index(column).map(|i| &self.schema.columns[i].origin)
    }

    /// Whether Splink can make the column of a field of the list.
    fn is_plain(&self, column: &str) -> bool {
        match self.origin(column) {
            Some(Origin::Fields(fields)) => matches!(fields.as_slice(), [(field, Read::AsIs)] if field == column),
            Some(Origin::Derived(from, Derive::Part { .. } | Derive::Upper | Derive::Lower)) => self.is_plain(from),
            _ => false,
        }
    }

    /// A column of one record. `named` gives the SQL of a column of the table.
    fn column(&self, column: &str, named: &dyn Fn(&str) -> String) -> String {
        match self.origin(column) {
            Some(Origin::Derived(from, how)) if self.is_plain(column) => {
                let inner = self.column(from, named);
                match how {
                    Derive::Part { from, len } => format!("substr({inner}, {from}, {len})"),
                    Derive::Upper => format!("upper({inner})"),
                    _ => format!("lower({inner})"),
                }
            }
            _ => named(column),
        }
    }

    fn comparison(&self, comparison: &Comparison) -> Result<Value, Refused> {
        let levels = comparison
            .levels
            .iter()
            .map(|level| {
                let refuse = |fault: Fault| fault.at_level(&comparison.name, &level.label);
                let column = |side: Side, name: &str| {
                    let side = if side == Side::Left { 'l' } else { 'r' };
                    self.column(name, &|table| quoted(&format!("{table}_{side}"), self.dialect))
                };
                let sql = match &level.when {
                    None => "ELSE".to_owned(),
                    Some(condition) => sql(condition, self.dialect, &column).map_err(refuse)?,
                };
                if let Some(term) = &level.term
                    && self.is_plain(&term.column)
                    && matches!(self.origin(&term.column), Some(Origin::Derived(..)))
                {
                    return Err(refuse(Fault::MadeRarity(term.column.clone())));
                }
                Ok(level_json(level, &sql))
            })
            .collect::<Result<Vec<_>, Refused>>()?;
        Ok(json!({
            "output_column_name": comparison.name,
            "comparison_description": comparison.name,
            "comparison_levels": levels,
        }))
    }

    fn rule(&self, rule: &Rule) -> Result<String, Fault> {
        let column = |side: Side, name: &str| {
            let side = if side == Side::Left { 'l' } else { 'r' };
            self.column(name, &|table| format!("{side}.{}", quoted(table, self.dialect)))
        };
        let mut parts: Vec<String> =
            rule.keys.iter().map(|(l, r)| format!("{} = {}", column(Side::Left, l), column(Side::Right, r))).collect();
        if let Some(also) = &rule.also {
            parts.push(format!("({})", sql(also, self.dialect, &column)?));
        }
        Ok(parts.join(" AND "))
    }
}

/// The name of a column. What stands in double quotes is a text in Spark.
fn quoted(name: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::DuckDb => format!("\"{}\"", name.replace('"', "\"\"")),
        Dialect::Spark => format!("`{}`", name.replace('`', "``")),
    }
}

fn level_json(level: &Level, sql: &str) -> Value {
    let mut out = json!({ "sql_condition": sql, "label_for_charts": level.label });
    if level.missing {
        out["is_null_level"] = json!(true);
        return out;
    }
    if let Some(m) = level.m {
        out["m_probability"] = json!(m.max(1e-300));
    }
    if let Some(u) = level.u {
        out["u_probability"] = json!(u.max(1e-300));
    }
    out["fix_m_probability"] = json!(level.fixed_m);
    out["fix_u_probability"] = json!(level.fixed_u);
    if let Some(term) = &level.term {
        out["tf_adjustment_column"] = json!(term.column);
        out["tf_adjustment_weight"] = json!(term.weight);
        if term.smallest > 0.0 {
            out["tf_minimum_u_value"] = json!(term.smallest);
        }
        if term.own_u {
            out["disable_tf_exact_match_detection"] = json!(true);
        }
    }
    out
}

/// A condition as SQL.
fn sql(condition: &Condition, dialect: Dialect, column: &dyn Fn(Side, &str) -> String) -> Result<String, Fault> {
    let join = |list: &[Condition], with: &str, empty: &str| -> Result<String, Fault> {
        if list.is_empty() {
            return Ok(empty.to_owned());
        }
        let parts =
            list.iter().map(|c| Ok(format!("({})", sql(c, dialect, column)?))).collect::<Result<Vec<_>, Fault>>()?;
        Ok(parts.join(with))
    };
    let text = |value: &str| format!("'{}'", value.replace('\'', "''"));
    Ok(match condition {
        Condition::All(list) => join(list, " AND ", "1 = 1")?,
        Condition::Any(list) => join(list, " OR ", "1 = 0")?,
        Condition::Missing(side, name) => format!("{} IS NULL", column(*side, name)),
        Condition::Present(side, name) => format!("{} IS NOT NULL", column(*side, name)),
        Condition::NoDate(side, name, format) => {
            let name = column(*side, name);
            format!("{name} IS NOT NULL AND {} IS NULL", parsed(&name, *format, dialect)?)
        }
        Condition::Equal(l, r) => format!("{} = {}", column(Side::Left, l), column(Side::Right, r)),
        Condition::Different(l, r) => format!("{} <> {}", column(Side::Left, l), column(Side::Right, r)),
        Condition::Is(side, name, value) => format!("{} = {}", column(*side, name), text(value)),
        Condition::IsNot(side, name, value) => format!("{} <> {}", column(*side, name), text(value)),
        Condition::Measure(list, than, limit) => {
            let parts = list.iter().map(|m| measured(m, dialect, column)).collect::<Result<Vec<_>, Fault>>()?;
            let sign = match than {
                Than::AtLeast => ">=",
                Than::MoreThan => ">",
                Than::AtMost => "<=",
                Than::LessThan => "<",
            };
            format!("{} {sign} {limit:?}", parts.join(" + "))
        }
    })
}

fn parsed(column: &str, format: DateFormat, dialect: Dialect) -> Result<String, Fault> {
    if dialect == Dialect::Spark {
        return Err(Fault::SparkDate);
    }
    let format = match format {
        DateFormat::Dashes => "%Y-%m-%d",
        DateFormat::Joined => "%Y%m%d",
        DateFormat::DayFirst => "%d/%m/%Y",
    };
    Ok(format!("try_strptime({column}, '{format}')"))
}

fn measured(one: &Measured, dialect: Dialect, column: &dyn Fn(Side, &str) -> String) -> Result<String, Fault> {
    let (l, r) = (column(Side::Left, &one.left), column(Side::Right, &one.right));
    let duck = dialect == Dialect::DuckDb;
    let shared =
        if duck { format!("len(list_intersect({l}, {r}))") } else { format!("size(array_intersect({l}, {r}))") };
    Ok(match one.likeness {
        Likeness::Jaro if duck => format!("jaro_similarity({l}, {r})"),
        Likeness::Jaro => format!("jaro_sim({l}, {r})"),
        Likeness::JaroWinkler if duck => format!("jaro_winkler_similarity({l}, {r})"),
        Likeness::JaroWinkler => format!("jaro_winkler({l}, {r})"),
        Likeness::Levenshtein => format!("levenshtein({l}, {r})"),
        Likeness::DamerauLevenshtein => format!("damerau_levenshtein({l}, {r})"),
        Likeness::Jaccard => format!("jaccard({l}, {r})"),
        Likeness::SharedWords => shared,
        Likeness::WordCover if duck => format!("{shared} / least(len({l}), len({r}))"),
        Likeness::WordCover => format!("{shared} / least(size({l}), size({r}))"),
        Likeness::Seconds(format) => {
            format!("ABS(EPOCH({}) - EPOCH({}))", parsed(&l, format, dialect)?, parsed(&r, format, dialect)?)
        }
        Likeness::Difference if duck => format!("ABS(TRY_CAST({l} AS DOUBLE) - TRY_CAST({r} AS DOUBLE))"),
        Likeness::Difference => format!("ABS(CAST({l} AS DOUBLE) - CAST({r} AS DOUBLE))"),
    })
}
