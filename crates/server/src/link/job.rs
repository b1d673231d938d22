//! The whole job: read, train, compare, put persons together, write.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, bail};
use linkage::{
    cluster::{self, Clustering, Clusters},
    compare::Comparer,
    household, learn,
    model::{Link, Model, bits},
    people,
    refused::Refused,
    schema::{Kind, Origin, Schema},
    score::{self, Edge, Scored},
    splink::{self, Dialect},
    table::Table,
    train::{self, Training, TrainingReport},
};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sheets::harmless;

use super::{
    input::{self, Records, Said},
    report::{self, Report},
    roles, truth, words,
};
use crate::i18n::Lang;

/// What is wanted.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// One list, or two.
    pub files: Vec<PathBuf>,
    /// Where the results go.
    pub out: PathBuf,
    /// What the caller says of columns, for each file.
    pub said: Vec<Said>,
    /// A model instead of the one for Indonesian people: of this program, or Splink settings.
    pub model: Option<PathBuf>,
    /// Learn the weights of `model` on the lists; those of Splink settings without weights are learnt anyway.
    pub train: bool,
    /// Decisions of clerks to learn from.
    pub labels: Option<PathBuf>,
    /// Who is who, to judge by.
    pub truth: Option<PathBuf>,
    /// Pairs at least this probable are one person.
    pub threshold: f64,
    /// Pairs below this weight are not written, bits.
    pub floor: f64,
    /// With two lists: one list may name a person more than once.
    pub many: bool,
    /// Pairs whose waterfall the report draws: names of two records.
    pub explain: Vec<(String, String)>,
    /// So many pairs are written to be decided by clerks.
    pub ask: usize,
    /// Records are written as the model for Splink wants them.
    pub records: bool,
    /// The last two digits of the present year.
    pub year: u8,
    /// What faults are told in.
    pub lang: Lang,
    /// Who goes through the blocks, where this process does not do it by itself, and a folder all of them see.
    #[cfg(feature = "cluster")]
    pub elsewhere: Option<(linkage_cluster::run::Engine, PathBuf)>,
}

/// A model and the columns it reads, as they are saved.
#[derive(Serialize, Deserialize)]
pub struct Saved {
    pub schema: Schema,
    pub model: Model,
}

/// A model to begin with.
struct Given {
    model: Model,
    schema: Schema,
    /// Its weights are to be used as they are.
    trained: bool,
    /// Comparison and level where Splink's starting values stand in for a weight.
    untold: Vec<(String, String)>,
}

/// Steps of a job, told as they go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Read,
    Train,
    Compare,
    Cluster,
    Write,
}

impl Step {
    pub const fn word_key(self) -> &'static str {
        match self {
            Self::Read => "link-step-read",
            Self::Train => "link-step-train",
            Self::Compare => "link-step-compare",
            Self::Cluster => "link-step-cluster",
            Self::Write => "link-step-write",
        }
    }
}

/// Hears of a step, how much of it is done and of how much (0 where that is not known).
pub type Tell<'t> = &'t (dyn Fn(Step, u64, u64) + Sync);

/// Files of a job's folder.
pub const PAIRS: &str = "pairs.csv";
pub const CLUSTERS: &str = "clusters.csv";
pub const MODEL: &str = "model.json";
pub const SPLINK: &str = "model.splink.json";
pub const SPARK: &str = "model.splink-spark.json";
pub const REPORT_JSON: &str = "report.json";
pub const REPORT_HTML: &str = "report.html";
pub const ASK: &str = "ask.csv";
pub const RECORDS: &str = "records.jsonl";

impl Job {
    fn link(&self) -> Link {
        if self.files.len() > 1 { Link::Between } else { Link::Dedupe }
    }

    /// Does it all. Nothing is left in `out` where it fails before writing.
    pub fn run(&self, tell: Tell<'_>) -> anyhow::Result<Report> {
        let lang = self.lang;
        let begin = Instant::now();
        let mut seconds = Vec::new();
        let mut lap = |name: &'static str, from: Instant| seconds.push((name, from.elapsed().as_secs_f64()));
        let Given { mut model, schema, trained: given, untold } = self.model()?;
        let fields = schema.field_names();

        let from = Instant::now();
        tell(Step::Read, 0, 0);
        let said = |at: usize| self.said.get(at).cloned().unwrap_or_default();
        let opened = self.files.iter().enumerate().map(|(at, file)| input::open(file, &fields, &said(at), lang));
        let opened: Vec<input::Opened> = opened.collect::<anyhow::Result<_>>()?;
        // what no list has is neither read nor compared
        let unused: Vec<&str> = fields
            .iter()
            .enumerate()
            .filter(|(i, _)| opened.iter().all(|file| file.roles.at[*i].is_none()))
            .map(|(_, field)| *field)
            .collect();
        let people = roles::are_people(&fields);
        if people {
            model = people::without(model, &schema, &unused);
        } else if !unused.is_empty() {
            bail!(lang.msg("link-error-missing-columns").s("columns", unused.join(", ")).to_string());
        }
        if model.comparisons.is_empty() || model.rules.is_empty() {
            bail!(lang.t("link-error-too-few-columns"));
        }
        let records = input::read(opened, &schema, lang, &|done| tell(Step::Read, done, 0))?;
        if records.ids.len() < 2 {
            bail!(lang.t("link-error-too-few-records"));
        }
        lap("read", from);
        // what was named wrongly is found before hours are spent
        let named = self.named(&records)?;

        let from = Instant::now();
        let mut trained = None;
        if !given {
            let mut told = |done: usize, of: usize| tell(Step::Train, done as u64, of as u64);
            let how = Training::default();
            let report = train::train_telling(&mut model, &records.table, how, &mut told);
            trained = Some(report.map_err(|error| words::told(error.into(), lang))?);
        }
        lap("train", from);

        let from = Instant::now();
        let learned = match &named.labels {
            Some(labels) => Some(self.learn(&mut model, &records, labels)?),
            None => None,
        };
        let mut told = |done: usize, of: usize| tell(Step::Compare, done as u64, of as u64);
        let (mut scored, sent) = self.score(&model, &records.table, &mut told)?;
        let households = add_households(&records.table, &mut scored.edges);
        lap("compare", from);

        let from = Instant::now();
        tell(Step::Cluster, 0, 0);
        let clusters = self.cluster(&records.table, &scored.edges);
        lap("cluster", from);

        let judged = named.person.as_ref().map(|p| truth::judge(&records, self.link(), &scored.edges, &clusters, p));
        let explained = if self.explain.is_empty() { some_of_each(&scored) } else { named.explain };
        let from = Instant::now();
        tell(Step::Write, 0, 0);
        let comparer = Comparer::new(&model, &records.table)?;
        std::fs::create_dir_all(&self.out)
            .map_err(|error| words::told(error.into(), lang))
            .with_context(|| self.out.display().to_string())?;
        let mut files = vec![PAIRS, CLUSTERS];
        self.write_pairs(&model, &comparer, &records, &scored.edges)?;
        self.write_clusters(&records, &clusters)?;
        if self.ask > 0 {
            self.write_ask(&records, &fields, &scored.edges)?;
            files.push(ASK);
        }
        if self.records {
            self.write_records(&records)?;
            files.push(RECORDS);
        }
        let not_exported = self.write_model(&model, &schema, &mut files)?;
        files.extend([REPORT_HTML, REPORT_JSON]);
        lap("write", from);
        let found = Found {
            records: &records,
            model: &model,
            comparer: &comparer,
            scored: &scored,
            clusters: &clusters,
            trained: trained.as_ref(),
            explained: &explained,
            people,
        };
        let mut report = report::make(self, &found);
        report.files = files;
        report.households = households;
        report.learned = learned;
        report.truth = judged;
        report.unknown = named.unknown;
        report.untold = untold;
        report.splink_refused = not_exported;
        report.sent = sent;
        report.seconds = seconds.into_iter().map(|(name, s)| (name.to_owned(), s)).collect();
        report.seconds.push(("whole".to_owned(), begin.elapsed().as_secs_f64()));
        Ok(report)
    }

    /// Everything the caller names records in.
    fn named(&self, records: &Records) -> anyhow::Result<Named> {
        let mut named = Named::default();
        if self.labels.is_none() && self.truth.is_none() && self.explain.is_empty() {
            return Ok(named);
        }
        let names = truth::Names::new(records);
        let mut unknown = |of: &'static str, unknown: truth::Unknown| {
            if unknown.count > 0 {
                named.unknown.push((of, unknown));
            }
        };
        if let Some(path) = &self.labels {
            let labels = truth::labels(path, records, &names, self.lang)?;
            unknown("labels", labels.unknown.clone());
            named.labels = Some(labels);
        }
        if let Some(path) = &self.truth {
            let (person, strangers) = truth::persons(path, records, &names, self.lang)?;
            unknown("truth", strangers);
            named.person = Some(person);
        }
        let mut strangers = truth::Unknown::default();
        let list = |list: Option<&input::List>| list.map(|l| l.name.clone());
        let (first, last) = (list(records.lists.first()), list(records.lists.last()));
        for (a, b) in &self.explain {
            let find = |list: &Option<String>, id: &str| names.find(records, list.as_deref(), id);
            match (find(&first, a), find(&last, b)) {
                (Some(a), Some(b)) => named.explain.push((a, b)),
                (None, _) => strangers.note(a),
                (_, None) => strangers.note(b),
            }
        }
        unknown("explain", strangers);
        Ok(named)
    }

    /// All pairs, and what was sent elsewhere to find them.
    fn score(
        &self,
        model: &Model,
        table: &Table,
        tell: &mut (dyn FnMut(usize, usize) + Send),
    ) -> anyhow::Result<(Scored, Option<report::Sent>)> {
        #[cfg(feature = "cluster")]
        if let Some((engine, within)) = &self.elsewhere {
            let (scored, sent) = linkage_cluster::run::score(model, table, self.floor, engine, within, tell)?;
            return Ok((scored, Some(sent)));
        }
        let scored = score::score_telling(model, table, self.floor, tell);
        Ok((scored.map_err(|error| words::told(error.into(), self.lang))?, None))
    }

    fn model(&self) -> anyhow::Result<Given> {
        let lang = self.lang;
        let Some(path) = &self.model else {
            let model = people::starting(people::model(self.link()))?;
            return Ok(Given { model, schema: people::schema(self.year), trained: false, untold: Vec::new() });
        };
        let named = || path.display().to_string();
        let json = |error: serde_json::Error| {
            anyhow::anyhow!(lang.msg("link-error-json").s("why", error).to_string()).context(named())
        };
        let value: serde_json::Value =
            serde_json::from_reader(std::io::BufReader::new(words::opened(path, lang)?)).map_err(json)?;
        let refused = |error: Refused| anyhow::anyhow!(words::refused(&error, lang)).context(named());
        let mut given = if value.get("schema").is_some() {
            let saved: Saved = serde_json::from_value(value).map_err(json)?;
            saved.model.check().map_err(refused)?;
            Given { model: saved.model, schema: saved.schema, trained: true, untold: Vec::new() }
        } else {
            // a model of standardised columns speaks of those of people; any other of the file's own
            let known = if splink::is_standardised(&value) { people::schema(self.year) } else { Schema::default() };
            let imported = splink::import(&value, known).map_err(refused)?;
            let (trained, untold) = (imported.trained && !self.train, imported.untold);
            Given { model: imported.model, schema: imported.schema, trained, untold }
        };
        // how many pairs are matches, and how often two people are alike, is another thing in one list than between two
        if given.model.link != self.link() && !self.train {
            let key = if self.link() == Link::Dedupe { "link-error-for-match" } else { "link-error-for-dedupe" };
            bail!("{}: {}", named(), lang.t(key));
        }
        given.model.link = self.link();
        given.trained &= !self.train;
        if !given.trained {
            given.untold.clear();
        }
        Ok(given)
    }

    fn learn(&self, model: &mut Model, records: &Records, labels: &truth::Labels) -> anyhow::Result<report::Learned> {
        let mut learned =
            report::Learned { labels: labels.pairs.len(), undecided: labels.undecided, ..Default::default() };
        if labels.pairs.is_empty() {
            return Ok(learned);
        }
        let (scored, _) = self.score(model, &records.table, &mut |_, _| {})?;
        let at = |l: u32, r: u32| scored.edges.binary_search_by_key(&(l, r), |e| (e.left, e.right)).ok();
        let decisions: Vec<learn::Decision> = labels
            .pairs
            .iter()
            .filter_map(|(l, r, same)| at(*l, *r).map(|i| learn::Decision { edge: scored.edges[i], same: *same }))
            .collect();
        learned.used = decisions.len();
        learned.same = decisions.iter().filter(|d| d.same).count();
        if !decisions.is_empty() {
            let comparer = Comparer::new(model, &records.table)?;
            learned.prior = learn::refit(model, &comparer, &decisions, learn::Refit::default()).prior;
        }
        Ok(learned)
    }

    fn cluster(&self, table: &Table, edges: &[Edge]) -> Clusters {
        let once = if self.link() == Link::Between && !self.many { vec![0, 1] } else { Vec::new() };
        let how = Clustering { threshold: bits(self.threshold), once, ..Clustering::default() };
        cluster::cluster(table.len(), edges, &how, |row| table.source(row as usize), people::two_niks(table))
    }

    fn file(&self, name: &str) -> anyhow::Result<csv::Writer<BufWriter<File>>> {
        let path = self.out.join(name);
        Ok(csv::Writer::from_writer(BufWriter::new(File::create(&path).with_context(|| path.display().to_string())?)))
    }

    /// A table with a line for each item, made on all cores and written in order.
    fn write_lines<T: Sync>(
        &self,
        name: &str,
        head: &[&str],
        items: &[T],
        line: impl Fn(&mut csv::Writer<Vec<u8>>, usize, &T) -> csv::Result<()> + Sync,
    ) -> anyhow::Result<()> {
        const LINES: usize = 8192;
        let mut file = self.file(name)?;
        file.write_record(head)?;
        let mut file = file.into_inner().map_err(csv::IntoInnerError::into_error)?;
        for (at, several) in items.chunks(LINES * rayon::current_num_threads().max(1)).enumerate() {
            let from = at * LINES * rayon::current_num_threads().max(1);
            let texts = several.par_chunks(LINES).enumerate().map(|(piece, items)| {
                let mut text = csv::Writer::from_writer(Vec::with_capacity(LINES * 64));
                for (i, item) in items.iter().enumerate() {
                    line(&mut text, from + piece * LINES + i, item)?;
                }
                text.into_inner().map_err(|error| csv::Error::from(error.into_error()))
            });
            for text in texts.collect::<csv::Result<Vec<Vec<u8>>>>()? {
                file.write_all(&text)?;
            }
        }
        Ok(file.flush()?)
    }

    fn write_pairs(&self, model: &Model, comparer: &Comparer, records: &Records, edges: &[Edge]) -> anyhow::Result<()> {
        let head = ["source_l", "id_l", "source_r", "id_r", "weight", "probability"];
        let head: Vec<&str> = head.into_iter().chain(model.comparisons.iter().map(|c| c.name.as_str())).collect();
        self.write_lines(PAIRS, &head, edges, |file, _, edge| {
            for row in [edge.left, edge.right] {
                file.write_field(&records.lists[usize::from(records.table.source(row as usize))].name)?;
                file.write_field(harmless(records.ids.of(row)).as_ref())?;
            }
            file.write_field(format!("{:.4}", edge.weight))?;
            file.write_field(format!("{:.6}", edge.probability()))?;
            for (comparison, level) in model.comparisons.iter().zip(comparer.levels(edge.pattern)) {
                file.write_field(comparison.levels.get(usize::from(level)).map_or("", |l| l.label.as_str()))?;
            }
            file.write_record(None::<&[u8]>)
        })
    }

    fn write_clusters(&self, records: &Records, clusters: &Clusters) -> anyhow::Result<()> {
        self.write_lines(CLUSTERS, &["source", "id", "cluster"], &clusters.person, |file, row, person| {
            let list = &records.lists[usize::from(records.table.source(row))];
            let id = harmless(records.ids.of(row as u32));
            file.write_record([list.name.as_str(), id.as_ref(), &person.to_string()])
        })
    }

    /// Pairs for clerks to decide, with what the records say, and an empty column for the answer; `--labels` reads it.
    fn write_ask(&self, records: &Records, fields: &[&str], edges: &[Edge]) -> anyhow::Result<()> {
        let mut file = self.file(ASK)?;
        // every column read from a field, under the field's name, once
        let mut shown: Vec<(&str, &str)> = Vec::new();
        for column in &records.table.schema().columns {
            if let Origin::Fields(read) = &column.origin
                && let Some((field, _)) = read.first()
                && fields.contains(&field.as_str())
                && !shown.iter().any(|(known, _)| known == field)
            {
                shown.push((field, &column.name));
            }
        }
        let mut head = vec!["source_l".to_owned(), "id_l".into(), "source_r".into(), "id_r".into(), "same".into()];
        for (field, _) in &shown {
            head.extend([format!("{field}_l"), format!("{field}_r")]);
        }
        file.write_record(&head)?;
        for i in learn::ask(edges, self.ask, bits(self.threshold), 6.0, 1) {
            let edge = &edges[i];
            for row in [edge.left, edge.right] {
                file.write_field(&records.lists[usize::from(records.table.source(row as usize))].name)?;
                file.write_field(harmless(records.ids.of(row)).as_ref())?;
            }
            file.write_field("")?;
            for (_, column) in &shown {
                for row in [edge.left, edge.right] {
                    file.write_field(harmless(&records.table.text(row as usize, column)).as_ref())?;
                }
            }
            file.write_record(None::<&[u8]>)?;
        }
        Ok(file.flush()?)
    }

    /// Every record as the model for Splink wants it: one JSON object a line.
    fn write_records(&self, records: &Records) -> anyhow::Result<()> {
        let path = self.out.join(RECORDS);
        let mut file = BufWriter::new(File::create(&path).with_context(|| path.display().to_string())?);
        let line = |row: usize| {
            let mut record = splink::record(&records.table, row);
            record.insert("unique_id".into(), records.ids.of(row as u32).into());
            let list = &records.lists[usize::from(records.table.source(row))].name;
            record.insert("source_dataset".into(), list.as_str().into());
            serde_json::Value::from(record).to_string() + "\n"
        };
        let rows: Vec<usize> = (0..records.table.len()).collect();
        for some in rows.chunks(1 << 16) {
            for line in some.par_iter().map(|row| line(*row)).collect::<Vec<_>>() {
                file.write_all(line.as_bytes())?;
            }
        }
        Ok(file.flush()?)
    }

    /// Writes the model, and for Splink on DuckDB and on Spark; what Splink cannot express is given back by name.
    fn write_model(
        &self,
        model: &Model,
        schema: &Schema,
        files: &mut Vec<&'static str>,
    ) -> anyhow::Result<Option<Refused>> {
        let saved = Saved { schema: schema.clone(), model: model.clone() };
        write_json(&self.out.join(MODEL), &saved)?;
        files.push(MODEL);
        let mut refused = None;
        for (file, dialect) in [(SPLINK, Dialect::DuckDb), (SPARK, Dialect::Spark)] {
            match splink::export(model, schema, dialect) {
                Ok(settings) => {
                    write_json(&self.out.join(file), &settings)?;
                    files.push(file);
                }
                Err(error) => {
                    // one of an earlier run would be taken for this one's
                    if self.out.join(file).exists() {
                        std::fs::remove_file(self.out.join(file))?;
                    }
                    refused = refused.or(Some(error));
                }
            }
        }
        Ok(refused)
    }
}

/// Records the caller named, before anything is compared.
#[derive(Default)]
struct Named {
    labels: Option<truth::Labels>,
    /// The person of every row.
    person: Option<Vec<u64>>,
    /// Pairs to explain.
    explain: Vec<(u32, u32)>,
    /// Where records were named that are not there.
    unknown: Vec<(&'static str, truth::Unknown)>,
}

/// Some pairs of every strength.
fn some_of_each(scored: &Scored) -> Vec<(u32, u32)> {
    let strata = learn::strata(&scored.edges, &[0.0, bits(0.95), 12.0], 2, 1);
    let chosen = strata.into_iter().flat_map(|(_, places)| places).map(|i| &scored.edges[i]);
    chosen.map(|edge| (edge.left, edge.right)).collect()
}

/// Everything a report is made of.
pub struct Found<'f> {
    pub records: &'f Records,
    pub model: &'f Model,
    pub comparer: &'f Comparer,
    pub scored: &'f Scored,
    pub clusters: &'f Clusters,
    pub trained: Option<&'f TrainingReport>,
    pub explained: &'f [(u32, u32)],
    /// The model knows columns of people.
    pub people: bool,
}

/// What other members of two families say of a pair, where families are numbered.
fn add_households(table: &Table, edges: &mut [Edge]) -> Vec<household::Worth> {
    let Some(kk) = table.place("no_kk").filter(|place| place.kind == Kind::Digits) else {
        return Vec::new();
    };
    let of = |row: u32| {
        let words = table.row(row as usize);
        u64::from(words[kk.offset]) | u64::from(words[kk.offset + 1]) << 32
    };
    let support = household::support(table.len(), edges, of, 7.0);
    household::add_support(edges, &support)
}

fn write_json(path: &Path, value: &impl Serialize) -> anyhow::Result<()> {
    let file = BufWriter::new(File::create(path).with_context(|| path.display().to_string())?);
    Ok(serde_json::to_writer_pretty(file, value)?)
}

#[cfg(test)]
mod tests;
