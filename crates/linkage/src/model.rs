//! What is compared and what it weighs: comparisons with levels, blocking rules, the prior.
//!
//! The semantics are those of Splink (Fellegi-Sunter): of each comparison the first level whose condition holds counts; its
//! weight is log2(m / u) bits; a level of missing values weighs nothing; a term-frequency adjustment adds
//! log2(u of the exact level / the larger share of the two values); all weights and the prior add up to the match weight.

use serde::{Deserialize, Serialize};

use crate::refused::{Fault, Place, Refused, Wanted};

/// One of the two records of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The record with the smaller row.
    Left,
    /// The other.
    Right,
}

/// How alike a column of the left record is to a column of the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// Jaro similarity, 0 to 1.
    Jaro,
    /// Jaro-Winkler similarity, 0 to 1.
    JaroWinkler,
    /// Levenshtein distance.
    Levenshtein,
    /// Unrestricted Damerau-Levenshtein distance.
    DamerauLevenshtein,
    /// Jaccard similarity of the sets of characters, 0 to 1.
    Jaccard,
    /// How many words are in both.
    SharedWords,
    /// Shared words divided by the words of the record that has fewer, 0 to 1.
    WordCover,
    /// Seconds between two dates written in one of Splink's formats.
    Seconds(DateFormat),
    /// Absolute difference of two numbers.
    Difference,
}

/// How a date is written in a text column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateFormat {
    /// `%Y-%m-%d`
    #[serde(rename = "%Y-%m-%d")]
    Dashes,
    /// `%Y%m%d`
    #[serde(rename = "%Y%m%d")]
    Joined,
    /// `%d/%m/%Y`
    #[serde(rename = "%d/%m/%Y")]
    DayFirst,
}

/// A likeness of two columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Which likeness.
    pub likeness: Likeness,
    /// Column of the left record.
    pub left: String,
    /// Column of the right record.
    pub right: String,
}

/// Which way a likeness is held against a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Than {
    /// >=
    AtLeast,
    /// >
    MoreThan,
    /// <=
    AtMost,
    /// <
    LessThan,
}

impl Than {
    /// Whether `value` stands to `limit` as said.
    pub fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Self::AtLeast => value >= limit,
            Self::MoreThan => value > limit,
            Self::AtMost => value <= limit,
            Self::LessThan => value < limit,
        }
    }
}

/// A condition on a pair. Where a value is missing, nothing but [`Condition::Missing`] holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Every one.
    All(Vec<Condition>),
    /// At least one.
    Any(Vec<Condition>),
    /// The value is missing (for [`Likeness::Seconds`] columns: or is no date).
    Missing(Side, String),
    /// The value is there.
    Present(Side, String),
    /// The text is there and is no date of this format.
    NoDate(Side, String, DateFormat),
    /// The column of the left record is the column of the right one.
    Equal(String, String),
    /// Both are there and differ.
    Different(String, String),
    /// The value is this one.
    Is(Side, String, String),
    /// The value is there and is another one.
    IsNot(Side, String, String),
    /// The sum of likenesses stands so to a number.
    Measure(Vec<Measured>, Than, f64),
}

impl Condition {
    /// Either record lacks the column.
    pub fn missing(column: &str) -> Self {
        Self::Any(vec![Self::Missing(Side::Left, column.into()), Self::Missing(Side::Right, column.into())])
    }

    /// Both have the same.
    pub fn same(column: &str) -> Self {
        Self::Equal(column.into(), column.into())
    }

    /// Both have one, and not the same.
    pub fn differs(column: &str) -> Self {
        Self::Different(column.into(), column.into())
    }

    /// Either record has this value.
    pub fn either_is(column: &str, value: &str) -> Self {
        Self::Any(vec![
            Self::Is(Side::Left, column.into(), value.into()),
            Self::Is(Side::Right, column.into(), value.into()),
        ])
    }

    /// A similarity of at least `limit`.
    pub fn alike(likeness: Likeness, column: &str, limit: f64) -> Self {
        Self::Measure(vec![Measured { likeness, left: column.into(), right: column.into() }], Than::AtLeast, limit)
    }

    /// A distance of at most `limit`.
    pub fn near(likeness: Likeness, column: &str, limit: f64) -> Self {
        Self::Measure(vec![Measured { likeness, left: column.into(), right: column.into() }], Than::AtMost, limit)
    }

    /// This and that.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::All(mut all) => {
                all.push(other);
                Self::All(all)
            }
            one => Self::All(vec![one, other]),
        }
    }

    /// This or that.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match self {
            Self::Any(mut any) => {
                any.push(other);
                Self::Any(any)
            }
            one => Self::Any(vec![one, other]),
        }
    }

    /// If it is `x is the same in both` for one or more columns: those columns.
    pub fn equalities(&self) -> Option<Vec<&str>> {
        match self {
            Self::Equal(left, right) if left == right => Some(vec![left]),
            Self::All(all) => {
                let mut columns = Vec::new();
                for one in all {
                    columns.extend(one.equalities()?);
                }
                Some(columns)
            }
            _ => None,
        }
    }

    /// Calls `each` for every column named.
    pub fn columns<'c>(&'c self, each: &mut impl FnMut(&'c str)) {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().for_each(|c| c.columns(each)),
            Self::Missing(_, column)
            | Self::Present(_, column)
            | Self::NoDate(_, column, _)
            | Self::Is(_, column, _)
            | Self::IsNot(_, column, _) => each(column),
            Self::Equal(left, right) | Self::Different(left, right) => {
                each(left);
                each(right);
            }
            Self::Measure(list, _, _) => list.iter().for_each(|m| {
                each(&m.left);
                each(&m.right);
            }),
        }
    }
}

/// Rare values weigh more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TermFrequency {
    /// The text column whose shares are taken.
    pub column: String,
    /// The adjustment is multiplied by this, usually 1.
    pub weight: f64,
    /// Shares below this count as this; 0 for no floor.
    pub smallest: f64,
    /// The base is the u of this level, not of the comparison's level "same column".
    pub own_u: bool,
}

impl TermFrequency {
    /// The plain adjustment by a column.
    pub fn of(column: &str) -> Self {
        Self { column: column.into(), weight: 1.0, smallest: 0.0, own_u: false }
    }
}

/// One level of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// What it is called in charts and waterfalls.
    pub label: String,
    /// When it holds; none for "all other pairs", which must be the last.
    pub when: Option<Condition>,
    /// Values are missing: weighs nothing, is not trained.
    pub missing: bool,
    /// Share of the level among matches.
    pub m: Option<f64>,
    /// Share of the level among all other pairs.
    pub u: Option<f64>,
    /// Training leaves m alone.
    pub fixed_m: bool,
    /// Training leaves u alone.
    pub fixed_u: bool,
    /// Rare values weigh more.
    pub term: Option<TermFrequency>,
    /// What another comparison has already weighed, for a level that depends on it: m and u are shares among the pairs of the
    /// same context, and are trained on the candidates instead of random pairs.
    #[serde(default)]
    pub context: Option<String>,
}

impl Level {
    /// A level that holds under a condition.
    pub fn when(label: &str, when: Condition) -> Self {
        Self {
            label: label.into(),
            when: Some(when),
            missing: false,
            m: None,
            u: None,
            fixed_m: false,
            fixed_u: false,
            term: None,
            context: None,
        }
    }

    /// The level of missing values.
    pub fn missing(label: &str, when: Condition) -> Self {
        Self { missing: true, ..Self::when(label, when) }
    }

    /// All other pairs.
    pub fn other(label: &str) -> Self {
        Self { when: None, ..Self::when(label, Condition::All(Vec::new())) }
    }

    /// With weight by rarity.
    #[must_use]
    pub fn by_rarity(mut self, column: &str) -> Self {
        self.term = Some(TermFrequency::of(column));
        self
    }

    /// With m and u within a context.
    #[must_use]
    pub fn within(mut self, context: &str) -> Self {
        self.context = Some(context.into());
        self
    }

    /// With m and u that training leaves alone.
    #[must_use]
    pub fn fixed(mut self, m: f64, u: f64) -> Self {
        (self.m, self.u, self.fixed_m, self.fixed_u) = (Some(m), Some(u), true, true);
        self
    }

    /// log2(m / u), 0 for missing values and untrained levels. Shares below 1e-300 count as 1e-300, as in Splink.
    pub fn weight(&self) -> f64 {
        match (self.missing, self.m, self.u) {
            (false, Some(m), Some(u)) => (m.max(1e-300) / u.max(1e-300)).log2(),
            _ => 0.0,
        }
    }
}

/// One thing that is compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Its name.
    pub name: String,
    /// Its levels; the first that holds counts.
    pub levels: Vec<Level>,
}

impl Comparison {
    /// The u that term frequencies of this level are held against.
    pub fn term_base(&self, level: &Level) -> Option<f64> {
        let term = level.term.as_ref()?;
        if term.own_u {
            return level.u;
        }
        self.exact(&term.column).and_then(|l| l.u)
    }

    /// The level "this column is the same".
    fn exact(&self, column: &str) -> Option<&Level> {
        self.levels.iter().find(|l| l.when.as_ref().and_then(Condition::equalities).is_some_and(|c| c == [column]))
    }

    /// Whether its levels can be used.
    fn check(&self) -> Result<(), Refused> {
        let here = |fault: Fault| fault.at(Place::Comparison(self.name.clone()));
        if self.levels.iter().filter(|level| !level.missing).count() < 2 {
            return Err(here(Fault::FewLevels));
        }
        if self.levels.last().is_some_and(|level| level.when.is_some()) {
            return Err(here(Fault::NoElse));
        }
        if self.levels.iter().rev().skip(1).any(|level| level.when.is_none()) {
            return Err(here(Fault::ElseNotLast));
        }
        for level in &self.levels {
            let refuse = |fault: Fault| fault.at_level(&self.name, &level.label);
            if level.missing && (level.m.is_some() || level.u.is_some()) {
                return Err(refuse(Fault::MissingHasWeight));
            }
            for (key, share) in [("m", level.m), ("u", level.u)] {
                // a share of 1 is reached by adding, and may be a little above it
                if let Some(share) = share.filter(|share| !(0.0..=1.0 + 1e-9).contains(share)) {
                    let value = share.to_string();
                    return Err(refuse(Fault::Value { key: key.into(), value, wanted: Wanted::Share }));
                }
            }
            if let Some(term) = level.term.as_ref().filter(|term| !term.own_u)
                && self.exact(&term.column).is_none()
            {
                return Err(refuse(Fault::NoRarityBase(term.column.clone())));
            }
        }
        Ok(())
    }

    /// Every column its conditions name.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns = Vec::new();
        for condition in self.levels.iter().filter_map(|l| l.when.as_ref()) {
            condition.columns(&mut |c| {
                if !columns.contains(&c) {
                    columns.push(c);
                }
            });
        }
        columns
    }
}

/// Which pairs are compared at all: those that have the same in every key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// `(column of the left record, column of the right record)`.
    pub keys: Vec<(String, String)>,
    /// A further condition.
    #[serde(default)]
    pub also: Option<Condition>,
    /// Columns by which a block with too many records is split: pairs of it are compared only if these are the same too.
    #[serde(default)]
    pub split_by: Vec<String>,
}

impl Rule {
    /// The same in all these columns.
    pub fn on(columns: &[&str]) -> Self {
        Self {
            keys: columns.iter().map(|c| ((*c).to_owned(), (*c).to_owned())).collect(),
            also: None,
            split_by: Vec::new(),
        }
    }

    /// With columns to split too large blocks by.
    #[must_use]
    pub fn split_by(mut self, columns: &[&str]) -> Self {
        self.split_by = columns.iter().map(|c| (*c).to_owned()).collect();
        self
    }

    /// How it reads: `nik`, `tgl = tgl_tukar, nama3`.
    pub fn text(&self) -> String {
        let keys: Vec<String> =
            self.keys.iter().map(|(l, r)| if l == r { l.clone() } else { format!("{l} = {r}") }).collect();
        keys.join(", ")
    }
}

/// Which pairs are possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// Any two records.
    Dedupe,
    /// Records of different sources only.
    Between,
}

impl Link {
    /// Whether two records of these sources may be a pair.
    pub fn allows(self, left: u32, right: u32) -> bool {
        self == Self::Dedupe || left != right
    }
}

/// A linkage model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Which pairs are possible.
    pub link: Link,
    /// Share of matches among all possible pairs.
    pub prior: f64,
    /// What is compared.
    pub comparisons: Vec<Comparison>,
    /// Which pairs are compared. The first rule that holds gives the pair.
    pub rules: Vec<Rule>,
    /// A block of more records than this is split or left out, and reported.
    pub largest_block: usize,
    /// Rules under which EM is run, each on its own; comparisons that use a key of the rule are left out of that run.
    #[serde(default)]
    pub training: Vec<Rule>,
    /// Rules sure enough to estimate the prior by, and the share of all matches they find.
    #[serde(default)]
    pub sure: Vec<Rule>,
    /// The share of all matches that the sure rules find.
    #[serde(default)]
    pub sure_share: f64,
}

impl Model {
    /// The prior in bits.
    pub fn prior_bits(&self) -> f64 {
        (self.prior / (1.0 - self.prior)).log2()
    }

    /// Whether a model from a file can mean anything: a probability is one, every comparison has levels to tell pairs apart and
    /// none counts twice, every rule has a key.
    pub fn check(&self) -> Result<(), Refused> {
        if !(self.prior > 0.0 && self.prior < 1.0) {
            let value = self.prior.to_string();
            return Err(Fault::Value { key: "prior".into(), value, wanted: Wanted::Probability }.at(Place::Model));
        }
        if self.comparisons.is_empty() {
            return Err(Fault::NoComparisons.at(Place::Model));
        }
        for (i, comparison) in self.comparisons.iter().enumerate() {
            comparison.check()?;
            let conditions = |c: &Comparison| c.levels.iter().map(|l| l.when.clone()).collect::<Vec<_>>();
            for other in &self.comparisons[..i] {
                let here = |fault: Fault| Err(fault.at(Place::Comparison(comparison.name.clone())));
                if other.name == comparison.name {
                    return here(Fault::Twice);
                }
                if conditions(other) == conditions(comparison) {
                    return here(Fault::SameAs(other.name.clone()));
                }
            }
        }
        if self.rules.is_empty() {
            return Err(Fault::NoRules.at(Place::Model));
        }
        let lists = [&self.rules, &self.training, &self.sure];
        match lists.into_iter().flatten().find(|rule| rule.keys.is_empty()) {
            Some(rule) => Err(Fault::NoKey.at(Place::Rule(rule.text()))),
            None => Ok(()),
        }
    }
}

/// The probability of a match weight in bits.
pub fn probability(bits: f64) -> f64 {
    if bits > 1000.0 { 1.0 } else { bits.exp2() / (1.0 + bits.exp2()) }
}

/// The match weight of a probability.
pub fn bits(probability: f64) -> f64 {
    (probability / (1.0 - probability)).log2()
}
