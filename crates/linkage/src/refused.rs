//! Why a model is refused: where in it, and what is wrong there. Words of the screen are made of these by whoever shows them.

use std::fmt;

/// A model that cannot be used, or not be written for Splink.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct Refused {
    pub place: Place,
    pub fault: Fault,
}

/// Where in a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The model itself, outside comparisons and rules.
    Model,
    /// A comparison, by name, or by its number where it has none.
    Comparison(String),
    Level {
        comparison: String,
        level: String,
    },
    /// A blocking rule, as it is written.
    Rule(String),
}

/// What a value in a model file should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Text,
    Number,
    /// `true` or `false`.
    Flag,
    List,
    Object,
    /// Above 0 and below 1.
    Probability,
    /// Above 0 (1e-300 at least, as in Splink) and at most 1.
    Share,
    /// `dedupe_only` or `link_only`.
    LinkType,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// A key is missing.
    Missing(String),
    /// A key that Splink has none of: mistyped, or of something else.
    UnknownKey { key: String, known: &'static [&'static str] },
    /// A value of a key is not what it should be.
    Value { key: String, value: String, wanted: Wanted },
    /// Two comparisons bear this name.
    Twice,
    /// Another comparison has the same conditions, so the same likeness would be weighed twice.
    SameAs(String),
    /// Nothing is compared.
    NoComparisons,
    /// No level, or only one, besides that of missing values.
    FewLevels,
    /// The last level is not `ELSE`, so some pairs would be on no level.
    NoElse,
    /// `ELSE` stands before another level, which would never hold.
    ElseNotLast,
    /// A level of missing values has an m or u.
    MissingHasWeight,
    /// No level says that this column is the same, which rarity is held against.
    NoRarityBase(String),
    /// No blocking rule: every record would be compared with every other.
    NoRules,
    /// A rule without an equality: every pair would be compared.
    NoKey,
    /// Arrays cannot be exploded here.
    Arrays,
    /// SQL that cannot be read, and why.
    Sql { sql: String, why: String },
    /// SQL that says what cannot be said here.
    NoCounterpart(String),
    /// A function that is not known here, and where it stands.
    Function { name: String, sql: String },
    /// A function that wants other arguments.
    Arguments(String),
    /// Two columns of one record are compared.
    OneRecord(String),
    /// A column without `_l` or `_r`.
    NoSide(String),
    /// A date format that is not known here.
    DateFormat { format: String, sql: String },
    /// Dates of two formats are compared.
    TwoFormats(String),
    /// A date written as text, which Spark has no `try_strptime` for.
    SparkDate,
    /// Rarity of a column made from another, which Splink can take of columns of the table only.
    MadeRarity(String),
}

impl Fault {
    /// At a place.
    #[must_use]
    pub fn at(self, place: Place) -> Refused {
        Refused { place, fault: self }
    }

    /// At a level.
    pub(crate) fn at_level(self, comparison: &str, level: &str) -> Refused {
        self.at(Place::Level { comparison: comparison.to_owned(), level: level.to_owned() })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model => f.write_str("the model"),
            Self::Comparison(name) => write!(f, "comparison \"{name}\""),
            Self::Level { comparison, level } => write!(f, "comparison \"{comparison}\", level \"{level}\""),
            Self::Rule(rule) => write!(f, "blocking rule \"{rule}\""),
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Flag => "true or false",
            Self::List => "a list",
            Self::Object => "an object",
            Self::Probability => "a number above 0 and below 1",
            Self::Share => "a number from 1e-300 to 1",
            Self::LinkType => "dedupe_only or link_only",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(key) => write!(f, "\"{key}\" is missing"),
            Self::UnknownKey { key, known } => write!(f, "\"{key}\" is not known; there are {}", known.join(", ")),
            Self::Value { key, value, wanted } => write!(f, "\"{key}\" is {value}; wanted {wanted}"),
            Self::Twice => f.write_str("another comparison bears this name"),
            Self::SameAs(other) => write!(f, "it compares the same as \"{other}\", which would count twice"),
            Self::NoComparisons => f.write_str("it has no comparison"),
            Self::FewLevels => f.write_str("it needs a level besides ELSE and that of missing values"),
            Self::NoElse => f.write_str("its last level must be ELSE, for all pairs that are on no other"),
            Self::ElseNotLast => f.write_str("ELSE must be the last level"),
            Self::MissingHasWeight => f.write_str("a level of missing values weighs nothing, and can have no m or u"),
            Self::NoRarityBase(column) => {
                write!(f, "rarity needs a level \"{column} is the same\", or disable_tf_exact_match_detection")
            }
            Self::NoRules => f.write_str("it has no blocking rule, so every record would be compared with every other"),
            Self::NoKey => f.write_str("it has no equality, so every pair would be compared"),
            Self::Arrays => f.write_str("exploding arrays is not known here"),
            Self::Sql { sql, why } => write!(f, "the SQL \"{sql}\" cannot be read: {why}"),
            Self::NoCounterpart(sql) => write!(f, "\"{sql}\" has no counterpart here"),
            Self::Function { name, sql } => write!(f, "the function {name} in \"{sql}\" has no counterpart here"),
            Self::Arguments(sql) => write!(f, "\"{sql}\" has arguments that are not known here"),
            Self::OneRecord(sql) => write!(f, "\"{sql}\" compares two columns of one record"),
            Self::NoSide(sql) => write!(f, "\"{sql}\" is a column of neither record (_l or _r is missing)"),
            Self::DateFormat { format, sql } => write!(f, "the date format {format} in \"{sql}\" is not known here"),
            Self::TwoFormats(sql) => write!(f, "\"{sql}\" reads its dates in two formats"),
            Self::SparkDate => f.write_str("a date written as text cannot be read in Spark SQL"),
            Self::MadeRarity(column) => {
                write!(f, "Splink cannot take the rarity of \"{column}\", which is made from another column")
            }
        }
    }
}
