//! From pairs to persons: union-find over sure pairs, held back where a person would become impossible.
//!
//! Pairs are taken from the heaviest down. Two groups are put together unless that would give one person two records of a source
//! that lists everybody once, two valid and unlike numbers (NIK), or a group whose members, pair by pair, speak more against each
//! other than for each other. So an over-merged cluster is never made: it is split where its weakest link was.

use hashbrown::HashMap;

use crate::score::Edge;

/// What one person cannot be.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Clustering {
    /// Pairs below this weight are not joined, bits.
    pub threshold: f64,
    /// Sources that list everybody at most once.
    pub once: Vec<u8>,
    /// The mean weight over all pairs of two groups must reach this for them to be joined, bits. Pairs that were not scored
    /// count as `unscored`.
    pub mean: f64,
    /// Weight of a pair that was not compared or stayed below the floor, bits.
    pub unscored: f64,
}

impl Default for Clustering {
    fn default() -> Self {
        Self { threshold: 4.0, once: Vec::new(), mean: 0.0, unscored: -8.0 }
    }
}

/// Why two groups stayed apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum Apart {
    /// Both have a record of a source that lists everybody once.
    SameSource,
    /// Both have a valid number, and these are unlike.
    TwoNumbers,
    /// Their members speak against each other.
    Weak,
}

/// A pair that reached the threshold and was not joined.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct HeldBack {
    /// Its rows.
    pub left: u32,
    /// Its rows.
    pub right: u32,
    /// Its weight, bits.
    pub weight: f32,
    /// Why.
    pub why: Apart,
}

/// Persons.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clusters {
    /// For each row the smallest row of its person.
    pub person: Vec<u32>,
    /// Pairs that were not joined although they reached the threshold.
    pub held_back: Vec<HeldBack>,
}

impl Clusters {
    /// The rows of every person with more than one record, by its smallest row.
    pub fn groups(&self) -> Vec<Vec<u32>> {
        let mut by_person: HashMap<u32, Vec<u32>> = HashMap::new();
        for (row, person) in self.person.iter().enumerate() {
            if *person != row as u32 {
                by_person.entry(*person).or_insert_with(|| vec![*person]).push(row as u32);
            }
        }
        let mut groups: Vec<Vec<u32>> = by_person.into_values().collect();
        groups.sort_unstable();
        groups
    }
}

/// Union by smaller row, with halving of paths.
#[derive(Clone, Debug)]
pub struct UnionFind(Vec<u32>);

impl UnionFind {
    /// Every row by itself.
    pub fn new(rows: usize) -> Self {
        Self((0..rows as u32).collect())
    }

    /// The smallest row of its group.
    pub fn find(&mut self, mut row: u32) -> u32 {
        while self.0[row as usize] != row {
            let up = self.0[self.0[row as usize] as usize];
            self.0[row as usize] = up;
            row = up;
        }
        row
    }

    /// Joins two groups; the smallest row speaks for both.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

/// The pairs that reach a threshold, joined without any further question (connected components).
pub fn connected(rows: usize, edges: &[Edge], threshold: f64) -> Clusters {
    let mut union = UnionFind::new(rows);
    for edge in edges.iter().filter(|e| f64::from(e.weight) >= threshold) {
        union.join(edge.left, edge.right);
    }
    Clusters { person: (0..rows as u32).map(|row| union.find(row)).collect(), held_back: Vec::new() }
}

/// The pairs that reach the threshold, joined as long as the person stays possible.
///
/// `source` gives the source of a row; `unlike` tells whether two records have valid numbers that cannot be one person's.
/// `edges` must be sorted by rows, each pair once ([`crate::score::score`] gives them so).
pub fn cluster(
    rows: usize,
    edges: &[Edge],
    how: &Clustering,
    source: impl Fn(u32) -> u8,
    unlike: impl Fn(u32, u32) -> bool,
) -> Clusters {
    let mut order: Vec<u32> =
        (0..edges.len() as u32).filter(|e| f64::from(edges[*e as usize].weight) >= how.threshold).collect();
    order.sort_by(|a, b| edges[*b as usize].weight.total_cmp(&edges[*a as usize].weight));
    let mut union = UnionFind::new(rows);
    let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut held_back = Vec::new();
    let weight = |a: u32, b: u32| {
        let key = (a.min(b), a.max(b));
        edges.binary_search_by_key(&key, |e| (e.left, e.right)).map_or(how.unscored, |i| f64::from(edges[i].weight))
    };
    for e in order {
        let edge = &edges[e as usize];
        let (a, b) = (union.find(edge.left), union.find(edge.right));
        if a == b {
            continue;
        }
        let (one, other) = ([a], [b]);
        let left: &[u32] = members.get(&a).map_or(&one, Vec::as_slice);
        let right: &[u32] = members.get(&b).map_or(&other, Vec::as_slice);
        let mut why = None;
        let mut sum = 0.0;
        for &x in left {
            for &y in right {
                if source(x) == source(y) && how.once.contains(&source(x)) {
                    why = Some(Apart::SameSource);
                } else if why.is_none() && unlike(x, y) {
                    why = Some(Apart::TwoNumbers);
                }
                sum += weight(x, y);
            }
        }
        let pairs = left.len() * right.len();
        if why.is_none() && pairs > 1 && sum / (pairs as f64) < how.mean {
            why = Some(Apart::Weak);
        }
        if let Some(why) = why {
            held_back.push(HeldBack { left: edge.left, right: edge.right, weight: edge.weight, why });
            continue;
        }
        let mut all = left.to_vec();
        all.extend_from_slice(right);
        members.remove(&a.max(b));
        members.insert(a.min(b), all);
        union.join(a, b);
    }
    Clusters { person: (0..rows as u32).map(|row| union.find(row)).collect(), held_back }
}
