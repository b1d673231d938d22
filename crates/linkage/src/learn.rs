//! Learning from clerks: which pairs to ask about, what their decisions say about the weights, and how good the result is.
//!
//! Decisions move the weight of every level, from where EM left it, only as far as they give reason to (a ridge towards the
//! EM weights: maximum a posteriori). The model stays a sum, so every decision keeps its waterfall.

use std::collections::HashMap;

use crate::compare::Comparer;
use crate::model::Model;
use crate::random::Random;
use crate::score::Edge;

/// A pair decided by a clerk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// The pair as it was scored.
    pub edge: Edge,
    /// Whether it is one person.
    pub same: bool,
}

/// How far decisions may move the weights.
#[derive(Clone, Copy, Debug)]
pub struct Refit {
    /// How firmly the weights are held: a level's weight off by one bit costs as much as half this many natural log units of
    /// likelihood. Larger holds firmer.
    pub ridge: f64,
    /// The same for the prior.
    pub prior_ridge: f64,
}

impl Default for Refit {
    fn default() -> Self {
        Self { ridge: 0.25, prior_ridge: 0.05 }
    }
}

/// What refitting changed.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Refitted {
    /// Decisions used.
    pub decisions: usize,
    /// Change of the prior, bits.
    pub prior: f64,
    /// `(comparison, level, bits before, bits after)` of every level some decision had.
    pub levels: Vec<(String, String, f64, f64)>,
}

/// Moves the weights of levels, and the prior, to what the decisions say. u stays, m becomes u x 2^weight (so m may exceed 1: only
/// the ratio counts), and what rarity adds is left as it is.
///
/// The edges must have been scored by this very model.
pub fn refit(model: &mut Model, comparer: &Comparer, decisions: &[Decision], how: Refit) -> Refitted {
    // one unknown per level that occurs, and one for the prior: changes in bits
    let mut index: HashMap<(usize, usize), usize> = HashMap::new();
    let mut names: Vec<(usize, usize)> = Vec::new();
    let rows: Vec<(Vec<usize>, f64, f64)> = decisions
        .iter()
        .map(|d| {
            let mut used = vec![0];
            for (c, k) in comparer.levels(d.edge.pattern).into_iter().enumerate() {
                let k = usize::from(k);
                if model.comparisons[c].levels.get(k).is_some_and(|l| !l.missing && l.m.is_some() && l.u.is_some()) {
                    let next = names.len() + 1;
                    used.push(*index.entry((c, k)).or_insert_with(|| {
                        names.push((c, k));
                        next
                    }));
                }
            }
            (used, f64::from(d.edge.weight), if d.same { 1.0 } else { 0.0 })
        })
        .collect();
    let change = newton(&rows, names.len() + 1, how);
    model.prior = crate::model::probability(model.prior_bits() + change[0]).clamp(1e-15, 0.999);
    let mut levels = Vec::new();
    for (at, (c, k)) in names.iter().enumerate() {
        let comparison = &mut model.comparisons[*c];
        let name = comparison.name.clone();
        let level = &mut comparison.levels[*k];
        let before = level.weight();
        level.m = level.u.map(|u| u * (before + change[at + 1]).exp2());
        levels.push((name, level.label.clone(), before, level.weight()));
    }
    Refitted { decisions: decisions.len(), prior: change[0], levels }
}

/// Newton's method for the penalised logistic likelihood; unknown 0 is the prior.
fn newton(rows: &[(Vec<usize>, f64, f64)], unknowns: usize, how: Refit) -> Vec<f64> {
    let ln2 = std::f64::consts::LN_2;
    let mut beta = vec![0.0; unknowns];
    let penalty = |i: usize| if i == 0 { how.prior_ridge } else { how.ridge };
    let objective = |beta: &[f64]| {
        let mut loss: f64 = beta.iter().enumerate().map(|(i, b)| penalty(i) * b * b / 2.0).sum();
        for (used, offset, same) in rows {
            let z = ln2 * (offset + used.iter().map(|i| beta[*i]).sum::<f64>());
            // log(1 + e^z) - same * z, without overflow
            loss += z.max(0.0) + (-z.abs()).exp().ln_1p() - same * z;
        }
        loss
    };
    let mut now = objective(&beta);
    for _ in 0..50 {
        let mut gradient: Vec<f64> = beta.iter().enumerate().map(|(i, b)| penalty(i) * b).collect();
        let mut hessian = vec![0.0; unknowns * unknowns];
        for i in 0..unknowns {
            hessian[i * unknowns + i] = penalty(i);
        }
        for (used, offset, same) in rows {
            let z = ln2 * (offset + used.iter().map(|i| beta[*i]).sum::<f64>());
            let p = 1.0 / (1.0 + (-z).exp());
            for i in used {
                gradient[*i] += ln2 * (p - same);
                for j in used {
                    hessian[i * unknowns + j] += ln2 * ln2 * p * (1.0 - p);
                }
            }
        }
        let step = solve(hessian, gradient, unknowns);
        let mut size = 1.0;
        let better = loop {
            let next: Vec<f64> = beta.iter().zip(&step).map(|(b, s)| b - size * s).collect();
            let value = objective(&next);
            if value < now {
                break Some((next, value));
            }
            size /= 2.0;
            if size < 1e-6 {
                break None;
            }
        };
        let Some((next, value)) = better else { break };
        let gained = now - value;
        (beta, now) = (next, value);
        if gained < 1e-9 {
            break;
        }
    }
    beta
}

/// Solves a symmetric positive definite system by Cholesky's method.
fn solve(mut a: Vec<f64>, mut b: Vec<f64>, n: usize) -> Vec<f64> {
    for j in 0..n {
        for k in 0..j {
            let factor = a[j * n + k];
            for i in j..n {
                a[i * n + j] -= a[i * n + k] * factor;
            }
        }
        let root = a[j * n + j].max(1e-12).sqrt();
        for i in j..n {
            a[i * n + j] /= root;
        }
    }
    for i in 0..n {
        for k in 0..i {
            b[i] -= a[i * n + k] * b[k];
        }
        b[i] /= a[i * n + i];
    }
    for i in (0..n).rev() {
        for k in i + 1..n {
            b[i] -= a[k * n + i] * b[k];
        }
        b[i] /= a[i * n + i];
    }
    b
}

/// Which pairs to ask clerks about: drawn without repetition, those near `threshold` the likeliest (chance falls to 1/e over
/// `width` bits to either side). Returns places in `edges`, in the order to ask.
pub fn ask(edges: &[Edge], how_many: usize, threshold: f64, width: f64, seed: u64) -> Vec<usize> {
    let mut random = Random::new(seed);
    // the largest of u^(1/weight) are a weighted sample without repetition (Efraimidis and Spirakis, 2006)
    let mut keys: Vec<(f64, usize)> = edges
        .iter()
        .enumerate()
        .map(|(i, e)| {
            let chance = (-(f64::from(e.weight) - threshold).abs() / width).exp();
            (random.unit().max(1e-300).ln() / chance.max(1e-12), i)
        })
        .collect();
    keys.sort_by(|a, b| b.0.total_cmp(&a.0));
    keys.into_iter().take(how_many).map(|(_, i)| i).collect()
}

/// A range of weights from which pairs were drawn evenly and decided.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Stratum {
    /// From this weight, bits.
    pub from: f64,
    /// Up to, and without, this weight, bits.
    pub to: f64,
    /// Pairs in the range.
    pub pairs: u64,
    /// Of those decided: one person.
    pub same: u64,
    /// Of those decided: two persons.
    pub different: u64,
}

/// Cuts pairs into ranges of weight with boundaries given, and draws `each` pairs evenly from every range. Returns the ranges with no
/// decisions yet, and for each the places in `edges` to decide.
pub fn strata(edges: &[Edge], boundaries: &[f64], each: usize, seed: u64) -> Vec<(Stratum, Vec<usize>)> {
    let mut ends = vec![f64::NEG_INFINITY];
    ends.extend_from_slice(boundaries);
    ends.push(f64::INFINITY);
    let mut random = Random::new(seed);
    ends.windows(2)
        .map(|range| {
            let mut inside: Vec<usize> =
                (0..edges.len()).filter(|i| (range[0]..range[1]).contains(&f64::from(edges[*i].weight))).collect();
            let pairs = inside.len();
            for i in 0..each.min(pairs) {
                let j = i + random.below(pairs - i);
                inside.swap(i, j);
            }
            inside.truncate(each);
            (Stratum { from: range[0], to: range[1], pairs: pairs as u64, same: 0, different: 0 }, inside)
        })
        .collect()
}

/// An estimate and the range that holds the truth in 95 of 100 cases.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Estimate {
    /// The estimate (median).
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// How good a threshold is, as far as decisions tell.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Quality {
    /// Of the pairs joined, the share that are one person.
    pub precision: Estimate,
    /// Of the compared pairs that are one person, the share joined. What was never compared is not in it.
    pub recall: Estimate,
    /// Both in one number.
    pub f1: Estimate,
}

/// Precision, recall and F1 at a threshold that is a boundary of the strata.
///
/// The share of one-person pairs in each stratum has Jeffreys' distribution given the decisions; 4,000 draws of all strata together
/// give the ranges. A stratum without any decision may be anything, and widens the range accordingly.
pub fn quality(strata: &[Stratum], threshold: f64, seed: u64) -> Quality {
    let mut random = Random::new(seed);
    let mut draws: Vec<[f64; 3]> = (0..4_000)
        .map(|_| {
            let (mut found, mut taken, mut all) = (0.0, 0.0, 0.0);
            for s in strata {
                let decided = s.same + s.different;
                let share = if decided >= s.pairs && decided > 0 {
                    s.same as f64 / decided as f64 // every pair was decided: nothing is left open
                } else {
                    beta(s.same as f64 + 0.5, s.different as f64 + 0.5, &mut random)
                };
                let same = share * s.pairs as f64;
                all += same;
                if s.from >= threshold {
                    found += same;
                    taken += s.pairs as f64;
                }
            }
            let (p, r) = (if taken > 0.0 { found / taken } else { 1.0 }, if all > 0.0 { found / all } else { 1.0 });
            [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
        })
        .collect();
    let mut estimate = |which: usize| {
        draws.sort_by(|a, b| a[which].total_cmp(&b[which]));
        Estimate { value: draws[2_000][which], low: draws[100][which], high: draws[3_899][which] }
    };
    Quality { precision: estimate(0), recall: estimate(1), f1: estimate(2) }
}

/// A draw of the beta distribution, from two of the gamma distribution (Marsaglia and Tsang, 2000).
fn beta(a: f64, b: f64, random: &mut Random) -> f64 {
    let (x, y) = (gamma(a, random), gamma(b, random));
    if x + y > 0.0 { x / (x + y) } else { 0.5 }
}

fn gamma(shape: f64, random: &mut Random) -> f64 {
    if shape < 1.0 {
        let u = random.unit().max(1e-300);
        return gamma(shape + 1.0, random) * u.powf(1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal(random);
        let v = (1.0 + c * x).powi(3);
        if v > 0.0 && random.unit().max(1e-300).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

fn normal(random: &mut Random) -> f64 {
    let u = random.unit().max(1e-300);
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * random.unit()).cos()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edge(weight: f64) -> Edge {
        Edge { left: 0, right: 1, weight: weight as f32, pattern: 0 }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Gradient descent, as slow and plain as can be, ends where Newton does.
        #[test]
        fn newton_finds_what_gradient_descent_finds(
            rows in proptest::collection::vec((proptest::collection::btree_set(1..5_usize, 0..3), -6.0..6.0_f64, any::<bool>()), 1..25),
        ) {
            let rows: Vec<(Vec<usize>, f64, f64)> = rows
                .into_iter()
                .map(|(used, offset, same)| (std::iter::once(0).chain(used).collect(), offset, f64::from(u8::from(same))))
                .collect();
            let how = Refit { ridge: 0.5, prior_ridge: 0.5 };
            let found = newton(&rows, 5, how);
            let mut beta = [0.0_f64; 5];
            for _ in 0..3_000 {
                let mut gradient = beta.map(|b| 0.5 * b);
                for (used, offset, same) in &rows {
                    let bits = offset + used.iter().map(|i| beta[*i]).sum::<f64>();
                    for i in used {
                        gradient[*i] += std::f64::consts::LN_2 * (bits.exp2() / (1.0 + bits.exp2()) - same);
                    }
                }
                for (b, g) in beta.iter_mut().zip(gradient) {
                    *b -= 0.1 * g;
                }
            }
            for (a, b) in found.iter().zip(beta) {
                prop_assert!((a - b).abs() < 1e-3, "{:?} {:?}", found, beta);
            }
        }

        /// The range holds the true share, and its middle is near the plain proportion.
        #[test]
        fn quality_is_the_plain_proportion_with_a_range(same in 5..60_u64, different in 5..60_u64, below in 1..40_u64) {
            let strata = [
                Stratum { from: f64::NEG_INFINITY, to: 4.0, pairs: 1_000, same: below, different: 60 },
                Stratum { from: 4.0, to: f64::INFINITY, pairs: 1_000, same, different },
            ];
            let q = quality(&strata, 4.0, 7);
            let p = (same as f64 + 0.5) / ((same + different) as f64 + 1.0);
            let low = (below as f64 + 0.5) / (below as f64 + 61.0);
            prop_assert!((q.precision.value - p).abs() < 0.03, "{:?} {}", q, p);
            prop_assert!((q.recall.value - p / (p + low)).abs() < 0.03);
            prop_assert!(q.precision.low < p && p < q.precision.high);
            prop_assert!(q.f1.low <= q.f1.value && q.f1.value <= q.f1.high);
        }

        #[test]
        fn nobody_is_asked_twice(weights in proptest::collection::vec(-10.0..30.0_f64, 0..50), n in 0..60_usize, seed in 0..9_u64) {
            let edges: Vec<Edge> = weights.into_iter().map(edge).collect();
            let mut asked = ask(&edges, n, 5.0, 6.0, seed);
            prop_assert_eq!(asked.len(), n.min(edges.len()));
            asked.sort_unstable();
            asked.dedup();
            prop_assert_eq!(asked.len(), n.min(edges.len()));
            let strata = strata(&edges, &[0.0, 5.0], n, seed);
            prop_assert_eq!(strata.iter().map(|s| s.0.pairs).sum::<u64>(), edges.len() as u64);
            for (stratum, asked) in strata {
                prop_assert_eq!(asked.len() as u64, stratum.pairs.min(n as u64));
                prop_assert!(asked.iter().all(|i| (stratum.from..stratum.to).contains(&f64::from(edges[*i].weight))));
            }
        }
    }

    #[test]
    fn pairs_near_the_threshold_are_asked_first() {
        let edges: Vec<Edge> = (0..4_000).map(|i| edge(if i % 2 == 0 { 5.0 } else { 23.0 })).collect();
        let near = ask(&edges, 400, 5.0, 6.0, 1).iter().filter(|i| *i % 2 == 0).count();
        assert!(near > 350, "{near}");
    }
}
