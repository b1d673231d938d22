//! A model made ready for one table: the level of a pair in every comparison, its weight, its pattern.

use crate::measure::Scratch;
use crate::model::{Comparison, Model, Rule};
use crate::program::{Assembler, MEMORY, Next, OUTCOME, Program, Remembered, text, value};
pub use crate::program::{CompileError, Worker};
use crate::schema::Kind;
use crate::table::{Place, Table};

/// A comparison ready to run.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    program: Program,
    /// Number of levels, and one more for pairs no level holds for.
    pub outcomes: usize,
    /// Weight of each outcome, bits.
    pub weights: Vec<f64>,
    terms: Vec<Option<Term>>,
    /// For every test of the program, the most that can come of it, bits.
    most: Vec<f64>,
}

#[derive(Clone, Debug)]
struct Term {
    offset: usize,
    weight: f64,
    base_bits: f64,
    smallest_bits: f64,
    /// Which list of shares.
    shares: usize,
}

/// A blocking rule ready to run.
#[derive(Clone, Debug)]
pub(crate) struct CompiledRule {
    pub left: Vec<Place>,
    pub right: Vec<Place>,
    pub split: Vec<Place>,
    /// Left and right keys are the same columns.
    pub symmetric: bool,
    keys: Vec<Key>,
    /// What must hold besides.
    also: Option<Program>,
}

/// A pair of key columns.
#[derive(Clone, Copy, Debug)]
enum Key {
    Word(usize, usize),
    Wide(usize, usize),
    /// Texts of two dictionaries.
    Text(Place, Place),
}

impl CompiledRule {
    /// Whether the rule holds for a pair.
    #[inline]
    pub fn holds(&self, table: &Table, left: &[u32], right: &[u32], worker: &mut Worker) -> bool {
        let same = self.keys.iter().all(|key| match *key {
            Key::Word(l, r) => left[l] == right[r] && left[l] != 0,
            Key::Wide(l, r) => value(left, l, true) == value(right, r, true) && value(left, l, true) != 0,
            Key::Text(l, r) => {
                let (here, there) = (text(table, left, l), text(table, right, r));
                here == there && !here.is_empty()
            }
        });
        same && self.also.as_ref().is_none_or(|also| also.run(table, left, right, worker) == 0)
    }

    /// Whether equal keys are all that must hold.
    pub fn is_plain(&self) -> bool {
        self.symmetric && self.also.is_none()
    }

    /// Whether the columns a large block is split by are the same.
    pub fn same_split(&self, left: &[u32], right: &[u32]) -> bool {
        !self.split.is_empty()
            && self.split.iter().all(|p| {
                let w = p.kind == Kind::Digits;
                value(left, p.offset, w) == value(right, p.offset, w) && value(left, p.offset, w) != 0
            })
    }
}

/// A model ready to compare the records of a table.
#[derive(Clone, Debug)]
pub struct Comparer {
    pub(crate) comparisons: Vec<Compiled>,
    pub(crate) rules: Vec<CompiledRule>,
    pub(crate) prior: f64,
    /// log2 of the share of every text, by list; infinity for texts without one.
    shares: Vec<Vec<f64>>,
    /// Of every likeness that is remembered, the least that any level asks for.
    asked: Vec<f64>,
}

/// Comparisons a model may have.
pub(crate) const MOST_COMPARISONS: usize = 32;
/// What sums of weights in another order may differ by, bits.
const ROUNDING: f64 = 1e-6;

/// The levels of one pair, one digit per comparison, in one number: the first comparison is the lowest digit.
pub type Pattern = u64;

impl Comparer {
    /// Makes a model ready for a table. Term frequencies are those of the table.
    pub fn new(model: &Model, table: &Table) -> Result<Self, CompileError> {
        Self::with_rules(model, table, &model.rules)
    }

    pub(crate) fn with_rules(model: &Model, table: &Table, rules: &[Rule]) -> Result<Self, CompileError> {
        let mut memories = Vec::new();
        let mut shares: Vec<Vec<f64>> = Vec::new();
        let mut share_of: Vec<(usize, usize)> = Vec::new();
        let mut comparisons = Vec::new();
        for comparison in &model.comparisons {
            comparisons.push(compile(comparison, table, &mut memories, &mut shares, &mut share_of)?);
        }
        let patterns = comparisons.iter().try_fold(1_u64, |all, c: &Compiled| all.checked_mul(c.outcomes as u64));
        if comparisons.len() > MOST_COMPARISONS || patterns.is_none() {
            return Err(CompileError::TooMany(comparisons.len()));
        }
        let rules = rules.iter().map(|rule| compile_rule(rule, table, &mut memories)).collect::<Result<_, _>>()?;
        for dictionary in memories.iter().filter(|m| m.is_sketched()).flat_map(Remembered::dictionaries) {
            table.dictionary(dictionary).make_sketches();
        }
        let asked = memories.iter().map(|m| m.asked).collect();
        Ok(Self { comparisons, rules, prior: model.prior_bits(), shares, asked })
    }

    /// What a thread needs.
    pub fn worker(&self) -> Worker {
        Worker {
            scratch: Scratch::default(),
            memory: vec![(0, 0.0); self.asked.len() * MEMORY],
            asked: self.asked.clone(),
        }
    }

    /// The level of a pair in one comparison (by number; the number of levels if none holds).
    pub fn level(&self, comparison: usize, table: &Table, left: &[u32], right: &[u32], worker: &mut Worker) -> usize {
        self.comparisons[comparison].program.run(table, left, right, worker)
    }

    /// The weight of a level in a comparison and what rarity adds, bits.
    pub fn weight(&self, comparison: usize, level: usize, left: &[u32], right: &[u32]) -> (f64, f64) {
        let compiled = &self.comparisons[comparison];
        let term = compiled.terms[level].as_ref().map_or(0.0, |term| {
            let list = &self.shares[term.shares];
            let share = |row: &[u32]| list.get(row[term.offset] as usize).copied().unwrap_or(f64::NEG_INFINITY);
            let larger = share(left).max(share(right));
            if larger == f64::NEG_INFINITY {
                return 0.0;
            }
            term.weight * (term.base_bits - larger.max(term.smallest_bits))
        });
        (compiled.weights[level], term)
    }

    /// Weight and pattern of a pair. `None` as soon as it is clear that the weight stays below `floor`.
    pub fn score(
        &self,
        table: &Table,
        left: &[u32],
        right: &[u32],
        floor: f64,
        worker: &mut Worker,
    ) -> Option<(f64, Pattern)> {
        // first what needs no text, with the most that the rest can add: few pairs have to be asked more than that
        let mut bits = [0.0_f64; MOST_COMPARISONS];
        let mut at = [0_u16; MOST_COMPARISONS];
        let mut most = self.prior;
        for (c, compiled) in self.comparisons.iter().enumerate() {
            at[c] = compiled.program.look(table, left, right, worker);
            bits[c] = if at[c] & OUTCOME == 0 {
                compiled.most[usize::from(at[c])]
            } else {
                let (own, term) = self.weight(c, usize::from(at[c] & !OUTCOME), left, right);
                own + term
            };
            most += bits[c];
        }
        for (c, compiled) in self.comparisons.iter().enumerate() {
            if most < floor - ROUNDING {
                return None;
            }
            if at[c] & OUTCOME == 0 {
                let level = usize::from(compiled.program.go::<true>(at[c], table, left, right, worker) & !OUTCOME);
                let (own, term) = self.weight(c, level, left, right);
                most += own + term - bits[c];
                (at[c], bits[c]) = (OUTCOME | level as Next, own + term);
            }
        }
        let weight = self.prior + bits[..self.comparisons.len()].iter().sum::<f64>();
        let mut pattern = 0;
        for (c, compiled) in self.comparisons.iter().enumerate().rev() {
            pattern = pattern * compiled.outcomes as u64 + u64::from(at[c] & !OUTCOME);
        }
        (weight >= floor).then_some((weight, pattern))
    }

    /// The pattern of a pair; comparisons that are not wanted get level 0.
    pub(crate) fn pattern(
        &self,
        wanted: &[bool],
        table: &Table,
        left: &[u32],
        right: &[u32],
        worker: &mut Worker,
    ) -> Pattern {
        let mut pattern = 0;
        for c in (0..self.comparisons.len()).rev() {
            let level = if wanted[c] { self.level(c, table, left, right, worker) } else { 0 };
            pattern = pattern * self.comparisons[c].outcomes as u64 + level as u64;
        }
        pattern
    }

    /// The level of every comparison in a pattern.
    pub fn levels(&self, mut pattern: Pattern) -> Vec<u8> {
        self.comparisons
            .iter()
            .map(|c| {
                let level = (pattern % c.outcomes as u64) as u8;
                pattern /= c.outcomes as u64;
                level
            })
            .collect()
    }
}

fn compile(
    comparison: &Comparison,
    table: &Table,
    memories: &mut Vec<Remembered>,
    shares: &mut Vec<Vec<f64>>,
    share_of: &mut Vec<(usize, usize)>,
) -> Result<Compiled, CompileError> {
    let levels = comparison.levels.len();
    if comparison.levels.iter().rev().skip(1).any(|l| l.when.is_none()) {
        return Err(CompileError::Other(comparison.name.clone()));
    }
    let mut assembler = Assembler::new(table, memories);
    let mut next = OUTCOME | levels as Next;
    for (i, level) in comparison.levels.iter().enumerate().rev() {
        next = match &level.when {
            Some(condition) => assembler.condition(condition, OUTCOME | i as Next, next)?,
            None => OUTCOME | i as Next,
        };
    }
    let program = assembler.done(next);
    let mut terms = Vec::new();
    let mut worth = Vec::new();
    for level in &comparison.levels {
        let term = match &level.term {
            Some(term) if level.when.is_some() && !level.missing && term.weight != 0.0 && level.u.is_some() => {
                let place = table.place(&term.column).ok_or_else(|| CompileError::Column(term.column.clone()))?;
                if place.kind != Kind::Text {
                    return Err(CompileError::Rarity(term.column.clone()));
                }
                let base = comparison.term_base(level).ok_or_else(|| CompileError::RarityBase {
                    comparison: comparison.name.clone(),
                    level: level.label.clone(),
                    column: term.column.clone(),
                })?;
                let known = share_of.iter().find(|(d, _)| *d == place.dictionary).map(|(_, at)| *at);
                let at = known.unwrap_or_else(|| {
                    shares.push(share_bits(table.counts(place.dictionary)));
                    share_of.push((place.dictionary, shares.len() - 1));
                    shares.len() - 1
                });
                Some(Term {
                    offset: place.offset,
                    weight: term.weight,
                    base_bits: base.log2(),
                    smallest_bits: if term.smallest > 0.0 { term.smallest.log2() } else { f64::NEG_INFINITY },
                    shares: at,
                })
            }
            _ => None,
        };
        let rarest = term.as_ref().map_or(0.0, |t| {
            let rarest = shares[t.shares].iter().copied().filter(|s| s.is_finite()).fold(0.0, f64::min);
            (t.weight * (t.base_bits - rarest.max(t.smallest_bits))).max(0.0)
        });
        worth.push(level.weight() + rarest);
        terms.push(term);
    }
    terms.push(None);
    worth.push(0.0);
    let most = program.most(|outcome| worth[outcome]);
    let weights = comparison.levels.iter().map(crate::model::Level::weight).chain([0.0]).collect();
    Ok(Compiled { program, outcomes: levels + 1, weights, terms, most })
}

/// log2 of the share of each text among all that are there.
fn share_bits(counts: &[u32]) -> Vec<f64> {
    let all: u64 = counts.iter().skip(1).map(|c| u64::from(*c)).sum();
    counts
        .iter()
        .enumerate()
        .map(|(i, c)| if i == 0 || *c == 0 { f64::NEG_INFINITY } else { (f64::from(*c) / all as f64).log2() })
        .collect()
}

fn compile_rule(rule: &Rule, table: &Table, memories: &mut Vec<Remembered>) -> Result<CompiledRule, CompileError> {
    if rule.keys.is_empty() {
        return Err(CompileError::NoKey(rule.text()));
    }
    let place = |column: &String| table.place(column).ok_or_else(|| CompileError::Column(column.clone()));
    let left = rule.keys.iter().map(|(l, _)| place(l)).collect::<Result<Vec<_>, _>>()?;
    let right = rule.keys.iter().map(|(_, r)| place(r)).collect::<Result<Vec<_>, _>>()?;
    let split = rule.split_by.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    let keys = left.iter().zip(&right).zip(&rule.keys).map(|((l, r), named)| {
        if l.kind != r.kind || l.kind == Kind::Words {
            return Err(CompileError::Kinds(named.0.clone(), named.1.clone()));
        }
        Ok(match l.kind {
            Kind::Digits => Key::Wide(l.offset, r.offset),
            Kind::Text if l.dictionary != r.dictionary => Key::Text(*l, *r),
            _ => Key::Word(l.offset, r.offset),
        })
    });
    let keys = keys.collect::<Result<_, _>>()?;
    let also = rule.also.as_ref().map(|condition| {
        let mut assembler = Assembler::new(table, memories);
        let start = assembler.condition(condition, OUTCOME, OUTCOME | 1)?;
        Ok(assembler.done(start))
    });
    let also = also.transpose()?;
    let symmetric = rule.keys.iter().all(|(l, r)| l == r);
    Ok(CompiledRule { left, right, split, symmetric, keys, also })
}
