//! A model as Splink settings.

use serde_json::{Value, json};

use crate::model::{Comparison, Condition, DateFormat, Level, Likeness, Link, Measured, Model, Rule, Side, Than};

/// The SQL that conditions are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB.
    DuckDb,
    /// Spark, with the functions Splink registers there.
    Spark,
}

/// Why a model cannot be written for Splink.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    #[error("comparison \"{comparison}\", level \"{level}\": {what} cannot be written in Spark SQL")]
    Level { comparison: String, level: String, what: String },
    #[error("rule \"{rule}\": {what} cannot be written in Spark SQL")]
    Rule { rule: String, what: String },
}

/// The model as Splink settings JSON, as `Linker(..., settings)` takes it.
pub fn export(model: &Model, dialect: Dialect) -> Result<Value, ExportError> {
    let name = if dialect == Dialect::DuckDb { "duckdb" } else { "spark" };
    let rules = model
        .rules
        .iter()
        .map(|rule| {
            let sql = rule_sql(rule, dialect).map_err(|what| ExportError::Rule { rule: rule.text(), what })?;
            Ok(json!({ "blocking_rule": sql, "sql_dialect": name }))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let comparisons =
        model.comparisons.iter().map(|c| comparison(c, dialect)).collect::<Result<Vec<_>, ExportError>>()?;
    Ok(json!({
        "link_type": if model.link == Link::Dedupe { "dedupe_only" } else { "link_only" },
        "probability_two_random_records_match": model.prior,
        "retain_matching_columns": false,
        "retain_intermediate_calculation_columns": false,
        "additional_columns_to_retain": [],
        "sql_dialect": name,
        "linker_uid": "linkage",
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

fn comparison(comparison: &Comparison, dialect: Dialect) -> Result<Value, ExportError> {
    let levels = comparison
        .levels
        .iter()
        .map(|level| {
            let sql = match &level.when {
                None => "ELSE".to_owned(),
                Some(condition) => {
                    let column = |side: Side, name: &str| {
                        let side = if side == Side::Left { 'l' } else { 'r' };
                        quoted(&format!("{name}_{side}"), dialect)
                    };
                    sql(condition, dialect, &column).map_err(|what| ExportError::Level {
                        comparison: comparison.name.clone(),
                        level: level.label.clone(),
                        what,
                    })?
                }
            };
            Ok(level_json(level, &sql))
        })
        .collect::<Result<Vec<_>, ExportError>>()?;
    Ok(json!({
        "output_column_name": comparison.name,
        "comparison_description": comparison.name,
        "comparison_levels": levels,
    }))
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

fn rule_sql(rule: &Rule, dialect: Dialect) -> Result<String, String> {
    let column = |side: Side, name: &str| {
        let side = if side == Side::Left { 'l' } else { 'r' };
        format!("{side}.{}", quoted(name, dialect))
    };
    let mut parts: Vec<String> =
        rule.keys.iter().map(|(l, r)| format!("{} = {}", column(Side::Left, l), column(Side::Right, r))).collect();
    if let Some(also) = &rule.also {
        parts.push(format!("({})", sql(also, dialect, &column)?));
    }
    Ok(parts.join(" AND "))
}

/// A condition as SQL; `Err` names what cannot be said.
fn sql(condition: &Condition, dialect: Dialect, column: &dyn Fn(Side, &str) -> String) -> Result<String, String> {
    let join = |list: &[Condition], with: &str, empty: &str| -> Result<String, String> {
        if list.is_empty() {
            return Ok(empty.to_owned());
        }
        let parts =
            list.iter().map(|c| Ok(format!("({})", sql(c, dialect, column)?))).collect::<Result<Vec<_>, String>>()?;
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
            let parts = list.iter().map(|m| measured(m, dialect, column)).collect::<Result<Vec<_>, String>>()?;
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

fn parsed(column: &str, format: DateFormat, dialect: Dialect) -> Result<String, String> {
    if dialect == Dialect::Spark {
        return Err("a date written as text".into());
    }
    let format = match format {
        DateFormat::Dashes => "%Y-%m-%d",
        DateFormat::Joined => "%Y%m%d",
        DateFormat::DayFirst => "%d/%m/%Y",
    };
    Ok(format!("try_strptime({column}, '{format}')"))
}

fn measured(one: &Measured, dialect: Dialect, column: &dyn Fn(Side, &str) -> String) -> Result<String, String> {
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
