//! Splink settings as a model. SQL conditions are read into typed conditions; what has no counterpart is refused by name.

use serde_json::Value;
use sqlparser::ast::{BinaryOperator, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, UnaryOperator};
use sqlparser::dialect::{DatabricksDialect, Dialect, DuckDbDialect};
use sqlparser::parser::Parser;

use super::starting_values;
use crate::model::{
    Comparison, Condition, DateFormat, Level, Likeness, Link, Measured, Model, Rule, Side, TermFrequency, Than,
};
use crate::schema::{Derive, Schema};
use crate::standard::Read;

/// Why a Splink file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("the file is not a Splink model: {0} is missing")]
    Missing(String),
    #[error("comparison \"{comparison}\", level \"{level}\": {what}")]
    Level { comparison: String, level: String, what: String },
    #[error("blocking rule {rule}: {what}")]
    Rule { rule: String, what: String },
}

/// A model and the columns it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The model.
    pub model: Model,
    /// The columns given, and after them those the model needs besides: texts as they are, and parts of them.
    pub schema: Schema,
    /// Whether every weight is told. Where one is not, it starts as Splink's would, and the model wants training.
    pub trained: bool,
}

/// Reads Splink settings. Columns named in `schema` are used as they are there; others are read as they are from the field of that
/// name.
pub fn import(settings: &Value, schema: Schema) -> Result<Imported, ImportError> {
    let mut columns = Columns { schema };
    let list = |key: &str| {
        settings.get(key).and_then(Value::as_array).ok_or_else(|| ImportError::Missing(format!("\"{key}\"")))
    };
    let told = |level: &Value, share: &str| level.get(share).is_some_and(Value::is_number);
    let levels = list("comparisons")?.iter().filter_map(|c| c.get("comparison_levels")?.as_array()).flatten();
    let trained = levels
        .filter(|level| level.get("is_null_level").and_then(Value::as_bool) != Some(true))
        .all(|level| told(level, "m_probability") && told(level, "u_probability"));
    let comparisons =
        list("comparisons")?.iter().map(|c| comparison(c, &mut columns)).collect::<Result<Vec<_>, _>>()?;
    let rules = list("blocking_rules_to_generate_predictions")?
        .iter()
        .map(|r| rule(r, &mut columns))
        .collect::<Result<Vec<_>, _>>()?;
    let link = if settings.get("link_type").and_then(Value::as_str) == Some("link_only") {
        Link::Between
    } else {
        Link::Dedupe
    };
    let prior = settings.get("probability_two_random_records_match").and_then(Value::as_f64).unwrap_or(0.0001);
    let model = Model {
        link,
        prior,
        comparisons,
        rules,
        largest_block: usize::MAX,
        training: Vec::new(),
        sure: Vec::new(),
        sure_share: 1.0,
    };
    Ok(Imported { model, schema: columns.schema, trained })
}

struct Columns {
    schema: Schema,
}

impl Columns {
    fn base(&mut self, name: &str) -> String {
        if self.schema.index(name).is_none() {
            self.schema = std::mem::take(&mut self.schema).field(name, name, Read::AsIs);
        }
        name.to_owned()
    }

    fn derived(&mut self, from: &str, how: Derive, suffix: &str) -> String {
        let name = format!("{from}:{suffix}");
        if self.schema.index(&name).is_none() {
            self.schema = std::mem::take(&mut self.schema).derived(&name, from, how);
        }
        name
    }
}

fn comparison(value: &Value, columns: &mut Columns) -> Result<Comparison, ImportError> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let name = text("output_column_name").ok_or_else(|| ImportError::Missing("\"output_column_name\"".into()))?;
    let list = value
        .get("comparison_levels")
        .and_then(Value::as_array)
        .ok_or_else(|| ImportError::Missing(format!("\"comparison_levels\" of \"{name}\"")))?;
    let mut levels = list.iter().map(|l| level(l, &name, columns)).collect::<Result<Vec<_>, _>>()?;
    let start = starting_values(levels.iter().filter(|l| !l.missing).count());
    for (level, (m, u)) in levels.iter_mut().filter(|l| !l.missing).zip(start) {
        level.m = level.m.or(Some(m));
        level.u = level.u.or(Some(u));
    }
    Ok(Comparison { name, levels })
}

fn level(value: &Value, comparison: &str, columns: &mut Columns) -> Result<Level, ImportError> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let number = |key: &str| value.get(key).and_then(Value::as_f64);
    let flag = |key: &str| value.get(key).and_then(Value::as_bool).unwrap_or(false);
    let sql =
        text("sql_condition").ok_or_else(|| ImportError::Missing(format!("\"sql_condition\" in \"{comparison}\"")))?;
    let label = text("label_for_charts").unwrap_or(sql).to_owned();
    let refuse = |what: String| ImportError::Level { comparison: comparison.to_owned(), level: label.clone(), what };
    let when = if sql.trim().eq_ignore_ascii_case("else") {
        None
    } else {
        let expr = parse(sql).map_err(refuse)?;
        Some(Reader { columns, qualified: false }.condition(&expr, false).map_err(refuse)?)
    };
    let term = text("tf_adjustment_column").map(|column| TermFrequency {
        column: columns.base(column),
        weight: number("tf_adjustment_weight").unwrap_or(1.0),
        smallest: number("tf_minimum_u_value").unwrap_or(0.0),
        own_u: flag("disable_tf_exact_match_detection"),
    });
    Ok(Level {
        label,
        when,
        missing: flag("is_null_level"),
        m: number("m_probability"),
        u: number("u_probability"),
        fixed_m: flag("fix_m_probability"),
        fixed_u: flag("fix_u_probability"),
        term,
        context: None,
    })
}

fn rule(value: &Value, columns: &mut Columns) -> Result<Rule, ImportError> {
    let sql = value.as_str().or_else(|| value.get("blocking_rule").and_then(Value::as_str));
    let sql = sql.ok_or_else(|| ImportError::Missing("\"blocking_rule\"".into()))?;
    let refuse = |what: String| ImportError::Rule { rule: sql.to_owned(), what };
    if value.get("arrays_to_explode").is_some_and(|a| a.as_array().is_some_and(|a| !a.is_empty())) {
        return Err(refuse("exploding arrays is not known here".into()));
    }
    let expr = parse(sql).map_err(refuse)?;
    let condition = Reader { columns, qualified: true }.condition(&expr, false).map_err(refuse)?;
    let parts = match condition {
        Condition::All(parts) => parts,
        one => vec![one],
    };
    let (mut keys, mut also) = (Vec::new(), Vec::new());
    let mut open = parts;
    open.reverse();
    while let Some(part) = open.pop() {
        match part {
            Condition::Equal(l, r) => keys.push((l, r)),
            Condition::All(inner) => open.extend(inner.into_iter().rev()),
            other => also.push(other),
        }
    }
    if keys.is_empty() {
        return Err(refuse("it has no equality, so every pair would be compared".into()));
    }
    let also = if also.len() > 1 { Some(Condition::All(also)) } else { also.pop() };
    Ok(Rule { keys, also, split_by: Vec::new() })
}

fn parse(sql: &str) -> Result<Expr, String> {
    // Spark quotes names by backticks, and texts by what quotes names elsewhere
    let dialect: &dyn Dialect = if sql.contains('`') { &DatabricksDialect {} } else { &DuckDbDialect {} };
    Parser::new(dialect)
        .try_with_sql(sql)
        .and_then(|mut p| p.parse_expr())
        .map_err(|e| format!("the SQL \"{sql}\" cannot be read: {e}"))
}

struct Reader<'c> {
    columns: &'c mut Columns,
    /// `l.name` and `r.name` instead of `name_l` and `name_r`.
    qualified: bool,
}

/// What stands on one side of a comparison sign.
enum Operand {
    Column(Side, String),
    Text(String),
    Number(f64),
    Sum(Vec<Measured>),
}

impl Reader<'_> {
    fn condition(&mut self, expr: &Expr, not: bool) -> Result<Condition, String> {
        Ok(match expr {
            Expr::Nested(inner) => self.condition(inner, not)?,
            Expr::UnaryOp { op: UnaryOperator::Not, expr } => self.condition(expr, !not)?,
            Expr::BinaryOp { left, op: op @ (BinaryOperator::And | BinaryOperator::Or), right } => {
                let both = [self.condition(left, not)?, self.condition(right, not)?];
                let all = (*op == BinaryOperator::And) != not;
                let mut parts = Vec::new();
                for one in both {
                    match one {
                        Condition::All(inner) if all && !inner.is_empty() => parts.extend(inner),
                        Condition::Any(inner) if !all && !inner.is_empty() => parts.extend(inner),
                        other => parts.push(other),
                    }
                }
                if all { Condition::All(parts) } else { Condition::Any(parts) }
            }
            Expr::IsNull(inner) => self.missing(inner, not)?,
            Expr::IsNotNull(inner) => self.missing(inner, !not)?,
            Expr::BinaryOp { left, op, right } => self.comparison(left, op, right, not, expr)?,
            _ => return Err(format!("\"{expr}\" has no counterpart here")),
        })
    }

    fn missing(&mut self, inner: &Expr, not: bool) -> Result<Condition, String> {
        if let Some((side, column, format)) = self.date(inner)? {
            let no_date = Condition::NoDate(side, column.clone(), format);
            return if not {
                Err(format!("\"{inner} IS NOT NULL\" has no counterpart here"))
            } else {
                Ok(Condition::Any(vec![Condition::Missing(side, column), no_date]))
            };
        }
        let (side, column) = self.column(inner)?;
        Ok(if not { Condition::Present(side, column) } else { Condition::Missing(side, column) })
    }

    fn comparison(
        &mut self,
        left: &Expr,
        op: &BinaryOperator,
        right: &Expr,
        not: bool,
        whole: &Expr,
    ) -> Result<Condition, String> {
        let unknown = || format!("\"{whole}\" has no counterpart here");
        let equal = match op {
            BinaryOperator::Eq => Some(!not),
            BinaryOperator::NotEq => Some(not),
            _ => None,
        };
        let (first, second) = (self.operand(left)?, self.operand(right)?);
        let turned = matches!(first, Operand::Text(_) | Operand::Number(_));
        let (what, against) = if turned { (second, first) } else { (first, second) };
        Ok(match (what, against, equal) {
            (Operand::Number(x), Operand::Number(y), Some(equal)) => {
                #[expect(clippy::float_cmp, reason = "1 = 1 in a condition means exactly that")]
                let holds = (x == y) == equal;
                if holds { Condition::All(Vec::new()) } else { Condition::Any(Vec::new()) }
            }
            (Operand::Column(side, x), Operand::Column(other, y), Some(equal)) => {
                let (l, r) = match (side, other) {
                    (Side::Left, Side::Right) => (x, y),
                    (Side::Right, Side::Left) => (y, x),
                    _ => return Err(format!("\"{whole}\" compares two columns of one record")),
                };
                if equal { Condition::Equal(l, r) } else { Condition::Different(l, r) }
            }
            (Operand::Column(side, column), Operand::Text(value), Some(equal)) => {
                if equal {
                    Condition::Is(side, column, value)
                } else {
                    Condition::IsNot(side, column, value)
                }
            }
            (Operand::Sum(sum), Operand::Number(limit), Some(true)) => Condition::All(vec![
                Condition::Measure(sum.clone(), Than::AtLeast, limit),
                Condition::Measure(sum, Than::AtMost, limit),
            ]),
            (Operand::Sum(sum), Operand::Number(limit), Some(false)) => Condition::Any(vec![
                Condition::Measure(sum.clone(), Than::MoreThan, limit),
                Condition::Measure(sum, Than::LessThan, limit),
            ]),
            (Operand::Sum(sum), Operand::Number(limit), None) => {
                let than = match (op, turned) {
                    (BinaryOperator::GtEq, false) | (BinaryOperator::LtEq, true) => Than::AtLeast,
                    (BinaryOperator::Gt, false) | (BinaryOperator::Lt, true) => Than::MoreThan,
                    (BinaryOperator::LtEq, false) | (BinaryOperator::GtEq, true) => Than::AtMost,
                    (BinaryOperator::Lt, false) | (BinaryOperator::Gt, true) => Than::LessThan,
                    _ => return Err(unknown()),
                };
                let than = match (than, not) {
                    (than, false) => than,
                    (Than::AtLeast, true) => Than::LessThan,
                    (Than::MoreThan, true) => Than::AtMost,
                    (Than::AtMost, true) => Than::MoreThan,
                    (Than::LessThan, true) => Than::AtLeast,
                };
                Condition::Measure(sum, than, limit)
            }
            _ => return Err(unknown()),
        })
    }

    fn operand(&mut self, expr: &Expr) -> Result<Operand, String> {
        use sqlparser::ast::Value as Sql;
        Ok(match expr {
            Expr::Nested(inner) => self.operand(inner)?,
            Expr::Value(value) => match &value.value {
                Sql::SingleQuotedString(text) => Operand::Text(text.clone()),
                Sql::Number(number, _) => {
                    Operand::Number(number.parse().map_err(|_| format!("\"{number}\" is no number"))?)
                }
                Sql::Boolean(truth) => Operand::Number(if *truth { 1.0 } else { 0.0 }),
                other => return Err(format!("\"{other}\" has no counterpart here")),
            },
            Expr::UnaryOp { op: UnaryOperator::Minus, expr } => match self.operand(expr)? {
                Operand::Number(n) => Operand::Number(-n),
                _ => return Err(format!("\"{expr}\" has no counterpart here")),
            },
            Expr::Cast { expr: inner, .. } if matches!(**inner, Expr::Value(_) | Expr::Nested(_)) => {
                self.operand(inner)?
            }
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => {
                let (side, column) = self.column(expr)?;
                Operand::Column(side, column)
            }
            _ => match self.column(expr) {
                Ok((side, column)) => Operand::Column(side, column),
                Err(_) => Operand::Sum(self.sum(expr)?),
            },
        })
    }

    fn sum(&mut self, expr: &Expr) -> Result<Vec<Measured>, String> {
        let unknown = || format!("\"{expr}\" has no counterpart here");
        match expr {
            Expr::Nested(inner) | Expr::Cast { expr: inner, .. } => self.sum(inner),
            Expr::BinaryOp { left, op: BinaryOperator::Plus, right } => {
                let mut sum = self.sum(left)?;
                sum.extend(self.sum(right)?);
                Ok(sum)
            }
            Expr::BinaryOp { left, op: BinaryOperator::Divide, right } => {
                // shared words / words of the shorter one
                let mut shared = self.sum(left)?;
                let fits = matches!(shared.as_slice(), [one] if one.likeness == Likeness::SharedWords);
                let (name, lens) = call(right).ok_or_else(unknown)?;
                if !fits || name != "least" || lens.len() != 2 || lens.iter().any(|l| !is_length(l)) {
                    return Err(unknown());
                }
                shared[0].likeness = Likeness::WordCover;
                Ok(shared)
            }
            Expr::Function(_) => {
                let (name, args) = call(expr).ok_or_else(unknown)?;
                let likeness = match name.as_str() {
                    "jaro_winkler_similarity" | "jaro_winkler" => Likeness::JaroWinkler,
                    "jaro_similarity" | "jaro_sim" | "jaro" => Likeness::Jaro,
                    "levenshtein" => Likeness::Levenshtein,
                    "damerau_levenshtein" => Likeness::DamerauLevenshtein,
                    "jaccard" => Likeness::Jaccard,
                    "len" | "array_length" | "size" | "cardinality" | "length" => {
                        let inner = args.first().and_then(call).ok_or_else(unknown)?;
                        if !matches!(inner.0.as_str(), "list_intersect" | "array_intersect") {
                            return Err(unknown());
                        }
                        return Ok(vec![self.pair(Likeness::SharedWords, &inner.1, expr)?]);
                    }
                    "abs" => return self.difference(args.first().ok_or_else(unknown)?, expr),
                    other => return Err(format!("the function {other} in \"{expr}\" has no counterpart here")),
                };
                Ok(vec![self.pair(likeness, &args, expr)?])
            }
            _ => Err(unknown()),
        }
    }

    /// `ABS(a - b)`: of numbers, or of the seconds of dates.
    fn difference(&mut self, inner: &Expr, whole: &Expr) -> Result<Vec<Measured>, String> {
        let inner = if let Expr::Nested(inner) = inner { inner } else { inner };
        let Expr::BinaryOp { left, op: BinaryOperator::Minus, right } = inner else {
            return Err(format!("\"{whole}\" has no counterpart here"));
        };
        let epoch = |e: &Expr| call(e).filter(|(name, _)| name == "epoch").and_then(|(_, args)| args.first().cloned());
        if let (Some(a), Some(b)) = (epoch(left), epoch(right)) {
            let (Some((side, x, format)), Some((_, y, other))) = (self.date(&a)?, self.date(&b)?) else {
                return Err(format!("\"{whole}\": only try_strptime of a column is known"));
            };
            if format != other {
                return Err(format!("\"{whole}\" reads its dates in two formats"));
            }
            let (left, right) = if side == Side::Left { (x, y) } else { (y, x) };
            return Ok(vec![Measured { likeness: Likeness::Seconds(format), left, right }]);
        }
        let args = [(**left).clone(), (**right).clone()];
        Ok(vec![self.pair(Likeness::Difference, &args, whole)?])
    }

    fn pair(&mut self, likeness: Likeness, args: &[Expr], whole: &Expr) -> Result<Measured, String> {
        let [a, b] = args else { return Err(format!("\"{whole}\" must have two arguments")) };
        let ((side, x), (other, y)) = (self.column(a)?, self.column(b)?);
        let (left, right) = match (side, other) {
            (Side::Left, Side::Right) => (x, y),
            (Side::Right, Side::Left) => (y, x),
            _ => return Err(format!("\"{whole}\" compares two columns of one record")),
        };
        Ok(Measured { likeness, left, right })
    }

    /// `try_strptime(column, 'format')`.
    fn date(&mut self, expr: &Expr) -> Result<Option<(Side, String, DateFormat)>, String> {
        let Some((name, args)) = call(expr).filter(|(name, _)| matches!(name.as_str(), "try_strptime" | "strptime"))
        else {
            return Ok(None);
        };
        let [column, Expr::Value(format)] = args.as_slice() else {
            return Err(format!("{name} in \"{expr}\" must have a column and a format"));
        };
        let format = match format.value.to_string().trim_matches('\'') {
            "%Y-%m-%d" => DateFormat::Dashes,
            "%Y%m%d" => DateFormat::Joined,
            "%d/%m/%Y" => DateFormat::DayFirst,
            other => return Err(format!("the date format {other} in \"{expr}\" is not known here")),
        };
        let (side, column) = self.column(column)?;
        Ok(Some((side, column, format)))
    }

    /// A column of one of the two records, or a part of it.
    fn column(&mut self, expr: &Expr) -> Result<(Side, String), String> {
        let unknown = || format!("\"{expr}\" has no counterpart here");
        match expr {
            Expr::Nested(inner) => self.column(inner),
            Expr::Identifier(ident) if !self.qualified => {
                let lower = ident.value.to_ascii_lowercase();
                let side = match &lower[lower.len().saturating_sub(2)..] {
                    "_l" => Side::Left,
                    "_r" => Side::Right,
                    _ => return Err(format!("\"{expr}\" is a column of neither record (_l or _r is missing)")),
                };
                Ok((side, self.columns.base(&ident.value[..ident.value.len() - 2])))
            }
            Expr::CompoundIdentifier(parts) if self.qualified && parts.len() == 2 => {
                let side = match parts[0].value.to_ascii_lowercase().as_str() {
                    "l" => Side::Left,
                    "r" => Side::Right,
                    _ => return Err(unknown()),
                };
                Ok((side, self.columns.base(&parts[1].value)))
            }
            Expr::Substring { expr: inner, substring_from: Some(from), substring_for: Some(len), .. } => {
                self.part(inner, from, len, expr)
            }
            Expr::Cast { expr: inner, data_type, .. } if is_text_or_number(&data_type.to_string()) => {
                self.column(inner)
            }
            Expr::Function(_) => {
                let (name, args) = call(expr).ok_or_else(unknown)?;
                match (name.as_str(), args.as_slice()) {
                    ("substr" | "substring", [inner, from, len]) => self.part(inner, from, len, expr),
                    ("lower", [inner]) => {
                        let (side, column) = self.column(inner)?;
                        Ok((side, self.columns.derived(&column, Derive::Lower, "lower")))
                    }
                    ("upper", [inner]) => {
                        let (side, column) = self.column(inner)?;
                        Ok((side, self.columns.derived(&column, Derive::Upper, "upper")))
                    }
                    // an empty text is nothing here
                    ("nullif", [inner, Expr::Value(empty)]) if empty.value.to_string() == "''" => self.column(inner),
                    _ => Err(format!("the function {name} in \"{expr}\" has no counterpart here")),
                }
            }
            _ => Err(unknown()),
        }
    }

    fn part(&mut self, inner: &Expr, from: &Expr, len: &Expr, whole: &Expr) -> Result<(Side, String), String> {
        let number = |e: &Expr| e.to_string().parse::<u32>().ok().filter(|n| *n > 0);
        let (Some(from), Some(len)) = (number(from), number(len)) else {
            return Err(format!("\"{whole}\" must have two whole numbers above 0"));
        };
        let (side, column) = self.column(inner)?;
        Ok((side, self.columns.derived(&column, Derive::Part { from, len }, &format!("{from}+{len}"))))
    }
}

fn is_text_or_number(kind: &str) -> bool {
    ["VARCHAR", "TEXT", "STRING", "DOUBLE", "FLOAT", "INTEGER", "INT", "BIGINT"]
        .iter()
        .any(|k| kind.eq_ignore_ascii_case(k))
}

fn is_length(expr: &Expr) -> bool {
    call(expr).is_some_and(|(name, _)| matches!(name.as_str(), "len" | "array_length" | "size" | "cardinality"))
}

/// Name (in small letters) and arguments of a plain function call.
fn call(expr: &Expr) -> Option<(String, Vec<Expr>)> {
    let expr = if let Expr::Nested(inner) = expr { inner } else { expr };
    let Expr::Function(function) = expr else { return None };
    let FunctionArguments::List(list) = &function.args else { return None };
    let args = list
        .args
        .iter()
        .map(|a| if let FunctionArg::Unnamed(FunctionArgExpr::Expr(e)) = a { Some(e.clone()) } else { None })
        .collect::<Option<Vec<_>>>()?;
    Some((function.name.to_string().to_ascii_lowercase(), args))
}
