//! What a job found, as JSON and as a page to read: the weights, the rules, how certain pairs are, and why some of them weigh what
//! they weigh.

use std::{collections::BTreeMap, path::Path};

use anyhow::Context;
use askama::Template;
use linkage::{
    block::RuleReport,
    household::Worth,
    model::{Link, bits, probability},
    score::{self, Bar},
    train::TrainingReport,
};
use serde::Serialize;

use super::{
    input::List,
    job::{self, Found, Job},
    truth::Judged,
};
use crate::i18n::{Lang, Msg};

/// Bits from which a pair is drawn at the end of the histogram, either side.
const EDGE_BITS: i32 = 40;
/// Frequent values told of a column.
const FREQUENT: usize = 10;

#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// "dedupe" or "match".
    pub job: &'static str,
    pub lists: Vec<List>,
    pub records: u64,
    /// Pairs at least this probable are one person.
    pub threshold: f64,
    /// Share of one-person pairs among all possible, in bits.
    pub prior: f64,
    pub comparisons: Vec<Comparison>,
    pub frequent: Vec<Frequent>,
    pub rules: Vec<RuleReport>,
    pub candidates: u64,
    /// Pairs written.
    pub pairs: u64,
    /// Pairs at or above the threshold.
    pub sure: u64,
    /// From bits (a whole number), pairs.
    pub histogram: Vec<(i32, u64)>,
    /// Records that do not reach the threshold even with themselves.
    pub unlinkable: u64,
    /// Persons, of all records.
    pub persons: u64,
    /// Records a person has, persons.
    pub sizes: Vec<(u64, u64)>,
    /// Pairs above the threshold that were not joined, by reason.
    pub held_back: BTreeMap<String, u64>,
    pub households: Vec<Worth>,
    pub training: Option<TrainingReport>,
    pub learned: Option<Learned>,
    pub truth: Option<Judged>,
    /// Why there is no model for Splink.
    pub splink_refused: Option<String>,
    pub waterfalls: Vec<Waterfall>,
    pub seconds: Vec<(String, f64)>,
    /// What was sent to an engine, where one went through the blocks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
}

#[cfg(feature = "cluster")]
pub use linkage_cluster::run::Sent;

/// Without an engine nothing is sent.
#[cfg(not(feature = "cluster"))]
#[derive(Clone, Copy, Debug, Serialize)]
pub enum Sent {}

/// What was learnt from decisions.
#[derive(Clone, Debug, Serialize)]
pub struct Learned {
    /// Pairs decided.
    pub labels: usize,
    /// Of those, compared and so of use.
    pub used: usize,
    /// Of those, one person.
    pub same: usize,
    /// Change of the prior, bits.
    pub prior: f64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    pub name: String,
    pub levels: Vec<Level>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Level {
    pub label: String,
    pub m: Option<f64>,
    pub u: Option<f64>,
    /// Bits.
    pub weight: f64,
    /// Rare values weigh more, by the shares of this column.
    pub rarity: Option<String>,
}

/// Values that stand most often in a column whose rarity counts.
#[derive(Clone, Debug, Serialize)]
pub struct Frequent {
    pub column: String,
    /// Distinct values.
    pub values: u64,
    pub most: Vec<(String, u64)>,
}

/// Why a pair weighs what it weighs.
#[derive(Clone, Debug, Serialize)]
pub struct Waterfall {
    pub left: String,
    pub right: String,
    pub weight: f64,
    pub probability: f64,
    pub bars: Vec<Bar>,
}

/// Gathers everything but what only the job knows.
pub fn make(job: &Job, found: &Found<'_>) -> Report {
    let Found { records, model, comparer, scored, clusters, .. } = found;
    let table = &records.table;
    let threshold = bits(job.threshold);
    let mut histogram: BTreeMap<i32, u64> = BTreeMap::new();
    for edge in &scored.edges {
        *histogram.entry((edge.weight.floor() as i32).clamp(-EDGE_BITS, EDGE_BITS)).or_default() += 1;
    }
    // a person is named by the smallest of its rows
    let mut of_person = vec![0_u32; table.len()];
    for person in &clusters.person {
        of_person[*person as usize] += 1;
    }
    let mut sizes: BTreeMap<u64, u64> = BTreeMap::new();
    for size in of_person.into_iter().filter(|size| *size > 0) {
        *sizes.entry(u64::from(size)).or_default() += 1;
    }
    let mut held_back: BTreeMap<String, u64> = BTreeMap::new();
    for pair in &clusters.held_back {
        let why = serde_json::to_value(pair.why).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        *held_back.entry(why).or_default() += 1;
    }
    let rarity = |level: &linkage::model::Level| level.term.as_ref().map(|t| t.column.clone());
    let mut columns: Vec<String> = model.comparisons.iter().flat_map(|c| c.levels.iter().filter_map(rarity)).collect();
    columns.sort();
    columns.dedup();
    let frequent = columns.into_iter().filter_map(|column| {
        let place = table.place(&column)?;
        let counts = table.counts(place.dictionary);
        let mut order: Vec<usize> = (1..counts.len()).filter(|i| counts[*i] > 0).collect();
        order.sort_by_key(|i| std::cmp::Reverse(counts[*i]));
        let text = |i: &usize| (table.dictionary(place.dictionary).text(*i as u32).to_owned(), u64::from(counts[*i]));
        Some(Frequent { column, values: order.len() as u64, most: order.iter().take(FREQUENT).map(text).collect() })
    });
    let comparisons = model.comparisons.iter().map(|comparison| Comparison {
        name: comparison.name.clone(),
        levels: comparison
            .levels
            .iter()
            .filter(|level| !level.missing)
            .map(|level| Level {
                label: level.label.clone(),
                m: level.m,
                u: level.u,
                weight: level.weight(),
                rarity: rarity(level),
            })
            .collect(),
    });
    Report {
        job: if model.link == Link::Dedupe { "dedupe" } else { "match" },
        lists: records.lists.clone(),
        records: table.len() as u64,
        threshold: job.threshold,
        prior: model.prior_bits(),
        comparisons: comparisons.collect(),
        frequent: frequent.collect(),
        rules: scored.rules.clone(),
        candidates: scored.compared(),
        pairs: scored.edges.len() as u64,
        sure: scored.edges.iter().filter(|e| f64::from(e.weight) >= threshold).count() as u64,
        histogram: histogram.into_iter().collect(),
        unlinkable: score::unlinkable(comparer, table, threshold).len() as u64,
        persons: sizes.values().sum(),
        sizes: sizes.into_iter().collect(),
        held_back,
        households: Vec::new(),
        training: found.trained.cloned(),
        learned: None,
        truth: None,
        splink_refused: None,
        waterfalls: found.explained.iter().map(|(l, r)| waterfall(found, *l, *r)).collect(),
        seconds: Vec::new(),
        sent: None,
    }
}

fn waterfall(found: &Found<'_>, left: u32, right: u32) -> Waterfall {
    let (l, r) = (left.min(right), left.max(right));
    let mut bars = score::waterfall(found.model, found.comparer, &found.records.table, l as usize, r as usize);
    let alone = bars.last().map_or(0.0, |bar| bar.sum);
    // what the families around them added
    let edges = &found.scored.edges;
    let scored = edges.binary_search_by_key(&(l, r), |e| (e.left, e.right)).ok();
    let weight = scored.map_or(alone, |i| f64::from(edges[i].weight));
    if (weight - alone).abs() > 0.01 {
        bars.push(Bar {
            comparison: "keluarga".into(),
            level: String::new(),
            values: Vec::new(),
            weight: weight - alone,
            rarity: 0.0,
            sum: weight,
        });
    }
    let name = |row: u32| {
        let records = found.records;
        let list = &records.lists[usize::from(records.table.source(row as usize))].name;
        format!("{list} {}", records.ids.of(row))
    };
    Waterfall { left: name(l), right: name(r), weight, probability: probability(weight), bars }
}

impl Report {
    /// Writes it as JSON and as a page.
    pub fn write(&self, folder: &Path, lang: Lang) -> anyhow::Result<()> {
        let path = folder.join(job::REPORT_JSON);
        let file = std::fs::File::create(&path).with_context(|| path.display().to_string())?;
        serde_json::to_writer_pretty(std::io::BufWriter::new(file), self)?;
        let path = folder.join(job::REPORT_HTML);
        std::fs::write(&path, Page { report: self, lang }.render()?).with_context(|| path.display().to_string())
    }

    /// The finding in one sentence.
    pub fn sentence(&self, lang: Lang) -> Msg {
        if self.job == "dedupe" {
            lang.msg("link-found-dedupe")
                .n("records", self.records)
                .n("persons", self.persons)
                .n("more", self.sizes.iter().filter(|(size, _)| *size > 1).map(|(_, persons)| *persons).sum::<u64>())
        } else {
            lang.msg("link-found-match")
                .n("both", self.sizes.iter().filter(|(size, _)| *size > 1).map(|(_, persons)| *persons).sum::<u64>())
                .n("left", self.lists.first().map_or(0, |l| l.records))
                .n("right", self.lists.last().map_or(0, |l| l.records))
        }
    }
}

/// The report as a page that needs nothing beside it.
#[derive(Template)]
#[template(path = "link/templates/report.html")]
struct Page<'r> {
    report: &'r Report,
    lang: Lang,
}

/// A bar of a drawing, in its own units.
struct Drawn {
    x: f64,
    width: f64,
    class: &'static str,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    clippy::unused_self,
    reason = "a template hands over references, to methods"
)]
impl Page<'_> {
    fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    fn num(&self, number: &u64) -> String {
        self.lang.number(i64::try_from(*number).unwrap_or(i64::MAX))
    }

    fn bits(&self, weight: &f64) -> String {
        let sign = if *weight > 0.0 { "+" } else { "" };
        format!("{sign}{}", self.lang.decimal(*weight, 1))
    }

    fn share(&self, share: &f64) -> String {
        if *share > 0.0 && *share < 0.000_1 {
            format!("{share:.1e}")
        } else {
            self.lang.decimal(*share * 100.0, 2) + " %"
        }
    }

    fn percent(&self, share: &f64) -> String {
        self.lang.decimal(*share * 100.0, 2)
    }

    fn seconds(&self, seconds: &f64) -> String {
        self.lang.decimal(*seconds, 2)
    }

    fn most_in_histogram(&self) -> u64 {
        self.report.histogram.iter().map(|(_, pairs)| *pairs).max().unwrap_or(1).max(1)
    }

    /// The height of a column of the histogram, of 100.
    fn height(&self, pairs: &u64) -> f64 {
        (*pairs as f64 / self.most_in_histogram() as f64 * 100.0).max(0.5)
    }

    fn place(&self, from: &i32) -> f64 {
        f64::from(*from + EDGE_BITS) * 10.0
    }

    fn is_sure(&self, from: &i32) -> bool {
        f64::from(*from) >= bits(self.report.threshold)
    }

    /// A bar of a weight: 0 stands at 150 of 300, ten to the bit, cut at the ends.
    fn bar(&self, weight: &f64) -> Drawn {
        let width = (weight.abs() * 10.0).min(150.0);
        if *weight < 0.0 {
            Drawn { x: 150.0 - width, width, class: "against" }
        } else {
            Drawn { x: 150.0, width, class: "for" }
        }
    }
}
