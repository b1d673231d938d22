//! Splink settings as a model. SQL conditions are read into typed conditions; what has no counterpart is refused by name.

use serde_json::{Map, Value};
use sqlparser::ast::{BinaryOperator, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, UnaryOperator};
use sqlparser::dialect::{DatabricksDialect, Dialect, DuckDbDialect};
use sqlparser::parser::Parser;

use super::starting_values;
use crate::model::{
    Comparison, Condition, DateFormat, Level, Likeness, Link, Measured, Model, Rule, Side, TermFrequency, Than,
};
use crate::refused::{Fault, Place, Refused, Wanted};
use crate::schema::{Derive, Origin, Schema};
use crate::standard::Read;

/// What Splink says of an m or u that training did not see; it predicts as if nothing stood there.
const NOT_OBSERVED: &str = "level not observed in training dataset";
/// The smallest share Splink takes.
const SMALLEST: f64 = 1e-300;
/// A share that adds up to 1 may be written a little above it.
const ROUNDING: f64 = 1e-9;

// the keys of Splink 4 and 5; it refuses any other itself
const SETTINGS: [&str; 17] = [
    "link_type",
    "comparisons",
    "blocking_rules_to_generate_predictions",
    "probability_two_random_records_match",
    "em_convergence",
    "max_iterations",
    "retain_matching_columns",
    "retain_intermediate_calculation_columns",
    "additional_columns_to_retain",
    "unique_id_column_name",
    "source_dataset_column_name",
    "bayes_factor_column_prefix",
    "match_weight_column_prefix",
    "term_frequency_adjustment_column_prefix",
    "comparison_vector_value_column_prefix",
    "sql_dialect",
    "linker_uid",
];
const COMPARISON: [&str; 3] = ["output_column_name", "comparison_levels", "comparison_description"];
const LEVEL: [&str; 12] = [
    "sql_condition",
    "label_for_charts",
    "is_null_level",
    "m_probability",
    "u_probability",
    "fix_m_probability",
    "fix_u_probability",
    "tf_adjustment_column",
    "tf_adjustment_weight",
    "tf_minimum_u_value",
    "disable_tf_exact_match_detection",
    "base_dialect_str",
];
const RULE: [&str; 4] = ["blocking_rule", "sql_dialect", "salting_partitions", "arrays_to_explode"];

/// A model and the columns it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The model.
    pub model: Model,
    /// The columns given, and after them those the model needs besides: texts as they are, and parts of them.
    pub schema: Schema,
    /// Whether weights are told, besides those that training leaves alone. Where none is, the model wants training.
    pub trained: bool,
    /// Where weights are told: comparison and level of those that lack one, for which Splink's starting values stand in, as they
    /// do in Splink.
    pub untold: Vec<(String, String)>,
}

/// Reads Splink settings. Columns named in `schema` are used as they are there; others are read as they are from the field of that
/// name.
pub fn import(settings: &Value, schema: Schema) -> Result<Imported, Refused> {
    let settings = Part::new(settings, Place::Model, &SETTINGS)?;
    let mut columns = Columns { schema };
    let list = settings.list("comparisons")?;
    let read = list.iter().enumerate().map(|(i, c)| comparison(c, i, &mut columns));
    let (comparisons, told): (Vec<Comparison>, Vec<Vec<Told>>) =
        read.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
    let rules = settings.list("blocking_rules_to_generate_predictions")?;
    let rules = rules.iter().map(|r| rule(r, &mut columns)).collect::<Result<Vec<_>, _>>()?;
    let link = match settings.text("link_type")? {
        Some("link_only") => Link::Between,
        Some("dedupe_only") => Link::Dedupe,
        Some(_) => return Err(settings.value("link_type", Wanted::LinkType)),
        None => return Err(Fault::Missing("link_type".into()).at(Place::Model)),
    };
    let prior = match settings.0.get("probability_two_random_records_match") {
        None => 0.0001, // Splink's own
        Some(given) => {
            let prior = given.as_f64().filter(|p| *p > 0.0 && *p < 1.0);
            prior.ok_or_else(|| settings.value("probability_two_random_records_match", Wanted::Probability))?
        }
    };
    let told: Vec<((&Comparison, &Level), Told)> = comparisons
        .iter()
        .zip(&told)
        .flat_map(|(c, told)| c.levels.iter().map(move |level| (c, level)).zip(told.iter().copied()))
        .filter(|((_, level), _)| !level.missing)
        .collect();
    let whole = told.iter().all(|(_, told)| told.m && told.u);
    let trained =
        whole || told.iter().any(|((_, level), told)| (told.m && !level.fixed_m) || (told.u && !level.fixed_u));
    let untold = told.iter().filter(|(_, told)| trained && !(told.m && told.u));
    let untold = untold.map(|((comparison, level), _)| (comparison.name.clone(), level.label.clone())).collect();
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
    model.check()?;
    Ok(Imported { model, schema: columns.schema, trained, untold })
}

/// An object of the file whose keys are all known.
struct Part<'v>(&'v Map<String, Value>, Place);

impl<'v> Part<'v> {
    fn new(value: &'v Value, place: Place, known: &'static [&'static str]) -> Result<Self, Refused> {
        let Some(object) = value.as_object() else {
            let key = if place == Place::Model { "settings" } else { "comparison" };
            let value = shortened(value);
            return Err(Fault::Value { key: key.into(), value, wanted: Wanted::Object }.at(place));
        };
        match object.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(Fault::UnknownKey { key: key.clone(), known }.at(place)),
            None => Ok(Self(object, place)),
        }
    }

    fn value(&self, key: &str, wanted: Wanted) -> Refused {
        let value = self.0.get(key).map(shortened).unwrap_or_default();
        Fault::Value { key: key.into(), value, wanted }.at(self.1.clone())
    }

    fn list(&self, key: &str) -> Result<&'v Vec<Value>, Refused> {
        let value = self.0.get(key).ok_or_else(|| Fault::Missing(key.into()).at(self.1.clone()))?;
        value.as_array().ok_or_else(|| self.value(key, Wanted::List))
    }

    /// What stands at a key, if it is what is wanted; nothing where the key is not there or null, as in Splink.
    fn one<T>(&self, key: &str, wanted: Wanted, read: impl Fn(&'v Value) -> Option<T>) -> Result<Option<T>, Refused> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(value).map(Some).ok_or_else(|| self.value(key, wanted)),
        }
    }

    fn text(&self, key: &str) -> Result<Option<&'v str>, Refused> {
        self.one(key, Wanted::Text, Value::as_str)
    }

    fn flag(&self, key: &str) -> Result<bool, Refused> {
        Ok(self.one(key, Wanted::Flag, Value::as_bool)?.unwrap_or(false))
    }

    fn share(&self, key: &str) -> Result<Option<f64>, Refused> {
        if self.0.get(key).and_then(Value::as_str) == Some(NOT_OBSERVED) {
            return Ok(None);
        }
        let share = |value: &Value| value.as_f64().filter(|share| (SMALLEST..=1.0 + ROUNDING).contains(share));
        self.one(key, Wanted::Share, share)
    }
}

/// A value as it stands in the file, if it is not long.
fn shortened(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

/// Which shares of a level the file tells.
#[derive(Clone, Copy)]
struct Told {
    m: bool,
    u: bool,
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

    /// What Splink calls a comparison that has no name: its column, or all of them.
    fn name_of(&self, comparison: &Comparison) -> String {
        let mut names: Vec<&str> = Vec::new();
        for mut column in comparison.columns() {
            while let Some(Origin::Derived(base, _)) = self.schema.index(column).map(|i| &self.schema.columns[i].origin)
            {
                column = base;
            }
            if !names.contains(&column) {
                names.push(column);
            }
        }
        if let [one] = names[..] { one.to_owned() } else { format!("custom_{}", names.join("_")) }
    }
}

fn comparison(value: &Value, at: usize, columns: &mut Columns) -> Result<(Comparison, Vec<Told>), Refused> {
    let given = value.get("output_column_name").and_then(Value::as_str);
    let place = Place::Comparison(given.map_or_else(|| (at + 1).to_string(), str::to_owned));
    let part = Part::new(value, place, &COMPARISON)?;
    part.text("output_column_name")?;
    let named = given.map_or_else(|| (at + 1).to_string(), str::to_owned);
    let list = part.list("comparison_levels")?;
    let levels = list.iter().map(|l| level(l, &named, columns)).collect::<Result<Vec<_>, _>>()?;
    let (mut levels, told): (Vec<Level>, Vec<Told>) = levels.into_iter().unzip();
    let start = starting_values(levels.iter().filter(|l| !l.missing).count());
    for (level, (m, u)) in levels.iter_mut().filter(|l| !l.missing).zip(start) {
        level.m = level.m.or(Some(m));
        level.u = level.u.or(Some(u));
    }
    let mut comparison = Comparison { name: String::new(), levels };
    comparison.name = given.map_or_else(|| columns.name_of(&comparison), str::to_owned);
    Ok((comparison, told))
}

fn level(value: &Value, comparison: &str, columns: &mut Columns) -> Result<(Level, Told), Refused> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let label = text("label_for_charts").or(text("sql_condition")).unwrap_or_default().to_owned();
    let part = Part::new(value, Place::Level { comparison: comparison.to_owned(), level: label.clone() }, &LEVEL)?;
    part.text("label_for_charts")?;
    let refuse = |fault: Fault| fault.at_level(comparison, &label);
    let sql = part.text("sql_condition")?.ok_or_else(|| refuse(Fault::Missing("sql_condition".into())))?;
    let when = if sql.trim().eq_ignore_ascii_case("else") {
        None
    } else {
        let expr = parse(sql).map_err(refuse)?;
        Some(Reader { columns, qualified: false }.condition(&expr, false).map_err(refuse)?)
    };
    let weight = part.one("tf_adjustment_weight", Wanted::Number, Value::as_f64)?.unwrap_or(1.0);
    let smallest = |value: &Value| value.as_f64().filter(|share| (0.0..=1.0).contains(share));
    let smallest = part.one("tf_minimum_u_value", Wanted::Share, smallest)?.unwrap_or(0.0);
    let own_u = part.flag("disable_tf_exact_match_detection")?;
    let term = part.text("tf_adjustment_column")?;
    let term = term.map(|column| TermFrequency { column: columns.base(column), weight, smallest, own_u });
    let level = Level {
        label: label.clone(),
        when,
        missing: part.flag("is_null_level")?,
        m: part.share("m_probability")?,
        u: part.share("u_probability")?,
        fixed_m: part.flag("fix_m_probability")?,
        fixed_u: part.flag("fix_u_probability")?,
        term,
        context: None,
    };
    let told = Told { m: level.m.is_some(), u: level.u.is_some() };
    Ok((level, told))
}

fn rule(value: &Value, columns: &mut Columns) -> Result<Rule, Refused> {
    let sql = value.as_str().or_else(|| value.get("blocking_rule").and_then(Value::as_str));
    let place = Place::Rule(sql.map_or_else(|| shortened(value), str::to_owned));
    let refuse = |fault: Fault| fault.at(place.clone());
    if !value.is_string() {
        Part::new(value, place.clone(), &RULE)?;
    }
    let sql = sql.ok_or_else(|| refuse(Fault::Missing("blocking_rule".into())))?;
    if value.get("arrays_to_explode").is_some_and(|a| a.as_array().is_some_and(|a| !a.is_empty())) {
        return Err(refuse(Fault::Arrays));
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
        return Err(refuse(Fault::NoKey));
    }
    let also = if also.len() > 1 { Some(Condition::All(also)) } else { also.pop() };
    Ok(Rule { keys, also, split_by: Vec::new() })
}

fn parse(sql: &str) -> Result<Expr, Fault> {
    // Spark quotes names by backticks, and texts by what quotes names elsewhere
    let dialect: &dyn Dialect = if sql.contains('`') { &DatabricksDialect {} } else { &DuckDbDialect {} };
    Parser::new(dialect)
        .try_with_sql(sql)
        .and_then(|mut p| p.parse_expr())
        .map_err(|e| Fault::Sql { sql: sql.to_owned(), why: e.to_string() })
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
    fn condition(&mut self, expr: &Expr, not: bool) -> Result<Condition, Fault> {
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
            _ => return Err(Fault::NoCounterpart(expr.to_string())),
        })
    }

    fn missing(&mut self, inner: &Expr, not: bool) -> Result<Condition, Fault> {
        if let Some((side, column, format)) = self.date(inner)? {
            let no_date = Condition::NoDate(side, column.clone(), format);
            return if not {
                Err(Fault::NoCounterpart(format!("{inner} IS NOT NULL")))
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
    ) -> Result<Condition, Fault> {
        let unknown = || Fault::NoCounterpart(whole.to_string());
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
                    _ => return Err(Fault::OneRecord(whole.to_string())),
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

    fn operand(&mut self, expr: &Expr) -> Result<Operand, Fault> {
        use sqlparser::ast::Value as Sql;
        Ok(match expr {
            Expr::Nested(inner) => self.operand(inner)?,
            Expr::Value(value) => match &value.value {
                Sql::SingleQuotedString(text) => Operand::Text(text.clone()),
                Sql::Number(number, _) => {
                    Operand::Number(number.parse().map_err(|_| Fault::NoCounterpart(number.clone()))?)
                }
                Sql::Boolean(truth) => Operand::Number(if *truth { 1.0 } else { 0.0 }),
                other => return Err(Fault::NoCounterpart(other.to_string())),
            },
            Expr::UnaryOp { op: UnaryOperator::Minus, expr } => match self.operand(expr)? {
                Operand::Number(n) => Operand::Number(-n),
                _ => return Err(Fault::NoCounterpart(expr.to_string())),
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

    fn sum(&mut self, expr: &Expr) -> Result<Vec<Measured>, Fault> {
        let unknown = || Fault::NoCounterpart(expr.to_string());
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
                    other => return Err(Fault::Function { name: other.to_owned(), sql: expr.to_string() }),
                };
                Ok(vec![self.pair(likeness, &args, expr)?])
            }
            _ => Err(unknown()),
        }
    }

    /// `ABS(a - b)`: of numbers, or of the seconds of dates.
    fn difference(&mut self, inner: &Expr, whole: &Expr) -> Result<Vec<Measured>, Fault> {
        let inner = if let Expr::Nested(inner) = inner { inner } else { inner };
        let Expr::BinaryOp { left, op: BinaryOperator::Minus, right } = inner else {
            return Err(Fault::NoCounterpart(whole.to_string()));
        };
        let epoch = |e: &Expr| call(e).filter(|(name, _)| name == "epoch").and_then(|(_, args)| args.first().cloned());
        if let (Some(a), Some(b)) = (epoch(left), epoch(right)) {
            let (Some((side, x, format)), Some((_, y, other))) = (self.date(&a)?, self.date(&b)?) else {
                return Err(Fault::Arguments(whole.to_string()));
            };
            if format != other {
                return Err(Fault::TwoFormats(whole.to_string()));
            }
            let (left, right) = if side == Side::Left { (x, y) } else { (y, x) };
            return Ok(vec![Measured { likeness: Likeness::Seconds(format), left, right }]);
        }
        let args = [(**left).clone(), (**right).clone()];
        Ok(vec![self.pair(Likeness::Difference, &args, whole)?])
    }

    fn pair(&mut self, likeness: Likeness, args: &[Expr], whole: &Expr) -> Result<Measured, Fault> {
        let [a, b] = args else { return Err(Fault::Arguments(whole.to_string())) };
        let ((side, x), (other, y)) = (self.column(a)?, self.column(b)?);
        let (left, right) = match (side, other) {
            (Side::Left, Side::Right) => (x, y),
            (Side::Right, Side::Left) => (y, x),
            _ => return Err(Fault::OneRecord(whole.to_string())),
        };
        Ok(Measured { likeness, left, right })
    }

    /// `try_strptime(column, 'format')`.
    fn date(&mut self, expr: &Expr) -> Result<Option<(Side, String, DateFormat)>, Fault> {
        let Some((_, args)) = call(expr).filter(|(name, _)| matches!(name.as_str(), "try_strptime" | "strptime"))
        else {
            return Ok(None);
        };
        let [column, Expr::Value(format)] = args.as_slice() else {
            return Err(Fault::Arguments(expr.to_string()));
        };
        let format = match format.value.to_string().trim_matches('\'') {
            "%Y-%m-%d" => DateFormat::Dashes,
            "%Y%m%d" => DateFormat::Joined,
            "%d/%m/%Y" => DateFormat::DayFirst,
            other => return Err(Fault::DateFormat { format: other.to_owned(), sql: expr.to_string() }),
        };
        let (side, column) = self.column(column)?;
        Ok(Some((side, column, format)))
    }

    /// A column of one of the two records, or a part of it.
    fn column(&mut self, expr: &Expr) -> Result<(Side, String), Fault> {
        let unknown = || Fault::NoCounterpart(expr.to_string());
        match expr {
            Expr::Nested(inner) => self.column(inner),
            Expr::Identifier(ident) if !self.qualified => {
                let lower = ident.value.to_ascii_lowercase();
                let side = match &lower[lower.len().saturating_sub(2)..] {
                    "_l" => Side::Left,
                    "_r" => Side::Right,
                    _ => return Err(Fault::NoSide(expr.to_string())),
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
                    _ => Err(Fault::Function { name, sql: expr.to_string() }),
                }
            }
            _ => Err(unknown()),
        }
    }

    fn part(&mut self, inner: &Expr, from: &Expr, len: &Expr, whole: &Expr) -> Result<(Side, String), Fault> {
        let number = |e: &Expr| e.to_string().parse::<u32>().ok().filter(|n| *n > 0);
        let (Some(from), Some(len)) = (number(from), number(len)) else {
            return Err(Fault::Arguments(whole.to_string()));
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
