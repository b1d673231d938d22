//! What a job found, as JSON and as a page to read: the weights, the rules, how certain pairs are, and why some of them weigh what
//! they weigh.

use std::{collections::BTreeMap, path::Path};

use anyhow::Context;
use askama::Template;
use linkage::{
    block::RuleReport,
    household::Worth,
    model::{Link, bits, probability},
    refused::Refused,
    score::{self, Bar},
    train::TrainingReport,
};
use serde::Serialize;

use super::{
    input::List,
    job::{self, Found, Job},
    truth::{Judged, Unknown},
    words,
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
    /// Records that were named for labels, truth or waterfalls and are not there.
    pub unknown: Vec<(&'static str, Unknown)>,
    /// Comparison and level where Splink's starting values stand in for a weight the model does not tell.
    pub untold: Vec<(String, String)>,
    /// Why there is no model for Splink.
    #[serde(serialize_with = "as_text")]
    pub splink_refused: Option<Refused>,
    pub waterfalls: Vec<Waterfall>,
    /// Files written, by name.
    pub files: Vec<&'static str>,
    pub seconds: Vec<(String, f64)>,
    /// What was sent to an engine, where one went through the blocks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
    /// The model knows columns of people, whose names the page tells in words.
    #[serde(skip)]
    people: bool,
    /// What must be the same, left and right, by each rule, and whether more is asked.
    #[serde(skip)]
    keys: Vec<(Vec<(String, String)>, bool)>,
}

fn as_text<S: serde::Serializer>(refused: &Option<Refused>, to: S) -> Result<S::Ok, S::Error> {
    refused.as_ref().map(ToString::to_string).serialize(to)
}

#[cfg(feature = "cluster")]
pub use linkage_cluster::run::Sent;

/// Without an engine nothing is sent.
#[cfg(not(feature = "cluster"))]
#[derive(Clone, Copy, Debug, Serialize)]
pub enum Sent {}

/// What was learnt from decisions.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Learned {
    /// Pairs decided.
    pub labels: usize,
    /// Lines whose answer is empty.
    pub undecided: u64,
    /// Of the pairs decided, compared and so of use.
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
    /// m and u are shares among the compared pairs of this context, not among all.
    pub context: Option<String>,
    /// The weight was set by hand.
    pub fixed: bool,
}

impl Comparison {
    /// The contexts its levels depend on, and whether m and u are shares within each: they add up to 1 there. Where too few pairs
    /// were seen in one, they are shares among all pairs.
    fn contexts(&self) -> Vec<(&str, bool)> {
        let mut contexts: Vec<&str> = self.levels.iter().filter_map(|level| level.context.as_deref()).collect();
        contexts.dedup();
        let whole = |context: &str, share: fn(&Level) -> Option<f64>| {
            let levels = self.levels.iter().filter(|level| level.context.as_deref() == Some(context));
            (levels.filter_map(share).sum::<f64>() - 1.0).abs() < 0.01
        };
        contexts.into_iter().map(|c| (c, whole(c, |level| level.m) && whole(c, |level| level.u))).collect()
    }
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
                context: level.context.clone(),
                fixed: level.fixed_m && level.fixed_u,
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
        unknown: Vec::new(),
        untold: Vec::new(),
        splink_refused: None,
        waterfalls: found.explained.iter().map(|(l, r)| waterfall(found, *l, *r)).collect(),
        files: Vec::new(),
        seconds: Vec::new(),
        sent: None,
        people: found.people,
        keys: model.rules.iter().map(|rule| (rule.keys.clone(), rule.also.is_some())).collect(),
    }
}

fn waterfall(found: &Found<'_>, left: u32, right: u32) -> Waterfall {
    let (l, r) = (left.min(right), left.max(right));
    let mut bars = score::waterfall(found.model, found.comparer, &found.records.table, l as usize, r as usize);
    let alone = bars.last().map_or(0.0, |bar| bar.sum);
    // what the families around them added
    let edges = &found.scored.edges;
    let scored = edges.binary_search_by_key(&(l, r), |e| (e.left, e.right)).ok();
    let mut weight = scored.map_or(alone, |i| f64::from(edges[i].weight));
    if (weight - alone).abs() <= 0.01 {
        weight = alone; // the same, in fewer digits
    } else {
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

    /// What a column, comparison or field is called.
    pub fn called(&self, name: &str, lang: Lang) -> String {
        words::column(name, self.people, lang)
    }

    /// All there is to say besides the finding: what counts against it, what was left out.
    pub fn remarks(&self, lang: Lang) -> Vec<String> {
        let percent = |share: f64| lang.decimal(share * 100.0, 2);
        let mut said: Vec<Msg> = Vec::new();
        if self.unlinkable > 0 {
            said.push(lang.msg("link-unlinkable").n("count", self.unlinkable));
        }
        if let Some(truth) = &self.truth {
            let score = &truth.clusters;
            let msg =
                lang.msg("link-truth").s("precision", percent(score.precision)).s("recall", percent(score.recall));
            said.push(msg.s("f1", percent(score.f1)).n("pairs", truth.true_pairs));
        }
        if let Some(learned) = &self.learned {
            let msg = lang.msg("link-learned").n("used", learned.used).n("labels", learned.labels);
            said.push(msg.n("same", learned.same));
            if learned.used < learned.labels {
                said.push(lang.msg("link-learned-not-compared").n("count", learned.labels - learned.used));
            }
            if learned.undecided > 0 {
                said.push(lang.msg("link-learned-undecided").n("count", learned.undecided));
            }
        }
        for (of, unknown) in &self.unknown {
            let msg = lang.msg(format!("link-unknown-{of}")).n("count", unknown.count);
            said.push(msg.s("first", &unknown.first));
        }
        if let Some((comparison, level)) = self.untold.first() {
            let msg = lang.msg("link-untold").n("count", self.untold.len());
            said.push(msg.s("comparison", comparison).s("level", level));
        }
        let mut said: Vec<String> = said.into_iter().map(|msg| msg.to_string()).collect();
        if let Some(refused) = &self.splink_refused {
            said.push(lang.msg("link-splink-refused").s("why", words::refused(refused, lang)).to_string());
        }
        said
    }

    /// Why pairs beyond the threshold were not joined, and how many.
    pub fn apart(&self, lang: Lang) -> Vec<String> {
        let one = |(why, count): (&String, &u64)| {
            let why = lang.t(&format!("link-apart-{}", why.to_lowercase()));
            format!("{}: {why}", lang.number(count.cast_signed()))
        };
        self.held_back.iter().map(one).collect()
    }

    /// The threshold in percent, no longer than it was said.
    pub fn threshold_percent(&self, lang: Lang) -> String {
        let percent = self.threshold * 100.0;
        let places = (0..8).find(|places| {
            let shift = 10_f64.powi(*places);
            ((percent * shift).round() / shift - percent).abs() < 1e-9
        });
        lang.decimal(percent, places.unwrap_or(8) as usize)
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
        let sign = if *weight >= 0.05 { "+" } else { "" };
        format!("{sign}{}", self.lang.decimal(*weight, 1))
    }

    /// A share in percent: two places, or two figures where it is small.
    fn share(&self, share: &f64) -> String {
        const LEAST: f64 = 1e-7;
        let percent = share * 100.0;
        if percent > 0.0 && percent < LEAST {
            return format!("< {} %", self.lang.decimal(LEAST, 7));
        }
        let places = if percent >= 0.1 || percent <= 0.0 { 2 } else { (1.0 - percent.log10().floor()) as usize };
        self.lang.decimal(percent, places) + " %"
    }

    fn column(&self, name: &str) -> String {
        self.report.called(name, self.lang)
    }

    /// A name at the beginning of a line.
    fn heading(&self, name: &str) -> String {
        let name = self.column(name);
        let mut letters = name.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    fn level(&self, label: &str) -> String {
        words::level(label, self.lang)
    }

    /// What the shares of levels are shares of, where that depends.
    fn bases(&self, comparison: &Comparison) -> Vec<String> {
        let base = |(context, within): (&str, bool)| {
            let key = if within { "link-context-within" } else { "link-context-whole" };
            self.lang.msg(key).s("context", words::level(context, self.lang)).to_string()
        };
        comparison.contexts().into_iter().map(base).collect()
    }

    fn doubts(&self, list: &List) -> Vec<String> {
        list.doubts(self.lang, |field| self.column(field))
    }

    /// A rule in words; the name the program knows it by, where no words are known.
    fn rule(&self, at: &usize) -> String {
        self.report
            .keys
            .get(*at)
            .map_or_else(String::new, |(keys, also)| words::rule(keys, *also, self.report.people, self.lang))
    }

    /// The bars of a waterfall with their weights as they are shown: rounded so that they add up to the weight of the pair.
    fn steps<'f>(&self, fall: &'f Waterfall) -> Vec<(&'f Bar, f64)> {
        let mut before = 0.0;
        let step = |bar: &'f Bar| {
            let upto = (bar.sum * 10.0).round() / 10.0;
            (bar, upto - std::mem::replace(&mut before, upto))
        };
        fall.bars.iter().map(step).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        Report {
            job: "dedupe",
            lists: Vec::new(),
            records: 0,
            threshold: 0.95,
            prior: -10.0,
            comparisons: Vec::new(),
            frequent: Vec::new(),
            rules: Vec::new(),
            candidates: 0,
            pairs: 0,
            sure: 0,
            histogram: Vec::new(),
            unlinkable: 0,
            persons: 0,
            sizes: Vec::new(),
            held_back: BTreeMap::new(),
            households: Vec::new(),
            training: None,
            learned: None,
            truth: None,
            unknown: Vec::new(),
            untold: Vec::new(),
            splink_refused: None,
            waterfalls: Vec::new(),
            files: Vec::new(),
            seconds: Vec::new(),
            sent: None,
            people: true,
            keys: Vec::new(),
        }
    }

    #[test]
    fn shares_are_percent_however_small_in_the_figures_of_the_language() {
        let report = report();
        let page = Page { report: &report, lang: Lang::Id };
        let shown = [0.5, 0.0019, 1.9e-5, 0.0, 1.0, 1e-300].map(|share| page.share(&share));
        assert_eq!(shown, ["50,00 %", "0,19 %", "0,0019 %", "0,00 %", "100,00 %", "< 0,0000001 %"]);
        assert_eq!(page.bits(&-0.04), "0,0");
        assert_eq!(report.threshold_percent(Lang::Id), "95");
        assert_eq!(Report { threshold: 0.9999, ..report }.threshold_percent(Lang::Id), "99,99");
    }

    #[test]
    fn a_page_says_what_shares_within_a_context_are_shares_of() {
        let level = |context: Option<&str>, m: f64, u: f64| Level {
            label: "sama".into(),
            m: Some(m),
            u: Some(u),
            weight: 0.0,
            rarity: None,
            context: context.map(str::to_owned),
            fixed: false,
        };
        let (born, other) = (Some("tanggal lahir sama"), Some("tanggal lahir lain atau tidak ada"));
        let levels = vec![level(born, 0.9, 0.2), level(born, 0.1, 0.8), level(other, 0.3, 0.1), level(other, 0.1, 0.2)];
        let nik = Comparison { name: "nik".into(), levels };
        let plain = Comparison { name: "jk".into(), levels: vec![level(None, 0.9, 0.5), level(None, 0.1, 0.5)] };
        let report = report();
        let page = Page { report: &report, lang: Lang::En };
        let said = page.bases(&nik);
        assert!(said[0].contains("\"same date of birth\"") && said[0].contains("add up to 100 %"), "{said:?}");
        assert!(said[1].contains("of all pairs"), "{said:?}");
        assert!(said.len() == 2 && page.bases(&plain).is_empty());
    }

    #[test]
    fn what_a_waterfall_shows_adds_up_to_the_weight_it_shows() {
        let mut sum = 0.0;
        let mut bar = |weight: f64| {
            sum += weight;
            let (comparison, level, values) = (String::new(), String::new(), Vec::new());
            Bar { comparison, level, values, weight, rarity: 0.0, sum }
        };
        // each is rounded down by nearly half a tenth
        let bars = vec![bar(-10.04), bar(4.04), bar(8.04), bar(3.04), bar(0.0)];
        let fall = Waterfall { left: "a".into(), right: "b".into(), weight: 5.08, probability: 0.97, bars };
        let report = report();
        let page = Page { report: &report, lang: Lang::En };
        let shown: Vec<String> = page.steps(&fall).iter().map(|(_, weight)| page.bits(weight)).collect();
        assert_eq!(shown, ["-10.0", "+4.0", "+8.0", "+3.1", "0.0"]);
        let tenths = |text: &str| (text.parse::<f64>().expect("a number") * 10.0).round() as i64;
        assert_eq!(shown.iter().map(|text| tenths(text)).sum::<i64>(), tenths(&page.bits(&fall.weight)));
    }
}
