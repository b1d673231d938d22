//! Evidence from the family: when other members of two households match, a pair between them is likelier; when one of the two
//! matches another member better, it is less likely.
//!
//! Only pairs of different household numbers are looked at: the same number is weighed by the model itself. What the evidence is
//! worth is learnt from the pairs themselves, by the probabilities they already have.

use hashbrown::HashMap;

use crate::model::probability;
use crate::score::Edge;

/// What the families say of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub enum Support {
    /// Nothing: a household number is missing, the numbers are the same, or a household has nobody else.
    Silent,
    /// Another member matches one of the two better.
    Rival,
    /// Nobody else of the two households matches.
    Alone,
    /// One other pair of members matches.
    One,
    /// Two or more other pairs match.
    More,
}

impl Support {
    const ALL: [Self; 5] = [Self::Silent, Self::Rival, Self::Alone, Self::One, Self::More];
}

/// What a kind of support is worth, and how it was learnt.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Worth {
    /// The kind.
    pub support: Support,
    /// Its share among matches.
    pub m: f64,
    /// Its share among the rest.
    pub u: f64,
    /// log2(m / u), 0 for silence.
    pub weight: f64,
}

/// What families say of every pair. `household` gives the number of a row's household, 0 for none; pairs of at least `sure` bits count
/// as matching members. One member of a household matches at most one of another, the heaviest pair first.
pub fn support(rows: usize, edges: &[Edge], household: impl Fn(u32) -> u64, sure: f64) -> Vec<Support> {
    let mut size: HashMap<u64, u32> = HashMap::new();
    for row in 0..rows as u32 {
        *size.entry(household(row)).or_default() += 1;
    }
    let between = |e: &Edge| {
        let (a, b) = (household(e.left), household(e.right));
        (a != 0 && b != 0 && a != b).then(|| (a.min(b), a.max(b)))
    };
    let mut by_pair: HashMap<(u64, u64), Vec<u32>> = HashMap::new();
    for (i, edge) in edges.iter().enumerate() {
        if let Some(pair) = between(edge) {
            by_pair.entry(pair).or_default().push(i as u32);
        }
    }
    let mut out = vec![Support::Silent; edges.len()];
    for (pair, mut list) in by_pair {
        if size[&pair.0] < 2 || size[&pair.1] < 2 {
            continue;
        }
        if let [alone] = list.as_slice() {
            out[*alone as usize] = Support::Alone;
            continue;
        }
        list.sort_by(|a, b| edges[*b as usize].weight.total_cmp(&edges[*a as usize].weight).then(a.cmp(b)));
        // the best one-to-one match of the two households: for each member taken, the weight of its pair
        let mut taken: HashMap<u32, f32> = HashMap::new();
        let mut matches: Vec<&Edge> = Vec::new();
        for edge in list.iter().map(|i| &edges[*i as usize]) {
            if !taken.contains_key(&edge.left) && !taken.contains_key(&edge.right) {
                taken.insert(edge.left, edge.weight);
                taken.insert(edge.right, edge.weight);
                if f64::from(edge.weight) >= sure {
                    matches.push(edge);
                }
            }
        }
        for i in list {
            let edge = &edges[i as usize];
            let better = |row: u32| taken.get(&row).is_some_and(|w| *w > edge.weight);
            let touches = |m: &Edge| [m.left, m.right].iter().any(|r| *r == edge.left || *r == edge.right);
            let others = matches.iter().filter(|m| !touches(m)).count();
            out[i as usize] = match others {
                _ if better(edge.left) || better(edge.right) => Support::Rival,
                0 => Support::Alone,
                1 => Support::One,
                _ => Support::More,
            };
        }
    }
    out
}

/// Learns what each kind of support is worth and adds it to the pairs. Returns the worth of each kind.
pub fn add_support(edges: &mut [Edge], support: &[Support]) -> Vec<Worth> {
    let mut sums: HashMap<Support, (f64, f64)> = HashMap::new();
    for (edge, kind) in edges.iter().zip(support) {
        let p = probability(f64::from(edge.weight));
        let sum = sums.entry(*kind).or_default();
        sum.0 += p;
        sum.1 += 1.0 - p;
    }
    let heard = Support::ALL.into_iter().filter(|k| *k != Support::Silent);
    let all = heard.clone().filter_map(|k| sums.get(&k)).fold((2.0, 2.0), |all, s| (all.0 + s.0, all.1 + s.1));
    let worth: Vec<Worth> = heard
        .map(|support| {
            let sum = sums.get(&support).copied().unwrap_or_default();
            let (m, u) = ((sum.0 + 0.5) / all.0, (sum.1 + 0.5) / all.1);
            Worth { support, m, u, weight: (m / u).log2() }
        })
        .collect();
    for (edge, kind) in edges.iter_mut().zip(support) {
        if let Some(worth) = worth.iter().find(|w| w.support == *kind) {
            edge.weight += worth.weight as f32;
        }
    }
    worth
}
