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
mod tests {
    use std::{collections::BTreeMap, sync::Arc};

    use parquet::{
        data_type::{ByteArray, ByteArrayType},
        file::writer::SerializedFileWriter,
        schema::parser::parse_message_type,
    };
    use sheets::{Column, Value, XlsxFile};

    use super::*;

    /// 500 made-up records, some of one person.
    const PEOPLE: &str = include_str!("../../../linkage/tests/splink/people.csv");

    fn records() -> (Vec<String>, Vec<csv::StringRecord>) {
        let mut reader = csv::Reader::from_reader(PEOPLE.as_bytes());
        let head = reader.headers().expect("header").iter().map(str::to_owned).collect();
        (head, reader.records().map(|r| r.expect("record")).collect())
    }

    fn job(folder: &Path, files: &[&str]) -> Job {
        Job {
            files: files.iter().map(|f| folder.join(f)).collect(),
            out: folder.join("out"),
            threshold: 0.95,
            floor: -4.0,
            year: 25,
            ..Job::default()
        }
    }

    fn run(job: &Job) -> Report {
        let report = job.run(&|_, _, _| {}).expect("done");
        report.write(&job.out, Lang::Id).expect("report");
        report
    }

    /// Weight of every pair, by names of records.
    fn pairs(job: &Job) -> BTreeMap<(String, String), f64> {
        let mut reader = csv::Reader::from_path(job.out.join(PAIRS)).expect("pairs");
        let pairs = reader.records().map(|r| {
            let r = r.expect("pair");
            ((r[1].to_owned(), r[3].to_owned()), r[4].parse().expect("weight"))
        });
        pairs.collect()
    }

    #[test]
    fn one_list_as_csv_workbook_and_parquet_gives_the_same() {
        let folder = tempfile::tempdir().expect("folder");
        let (head, rows) = records();
        std::fs::write(folder.path().join("orang.csv"), PEOPLE).expect("csv");

        let mut book = XlsxFile::new();
        let table = sheets::Table {
            name: "Orang".into(),
            columns: head.iter().map(Column::text).collect(),
            ..sheets::Table::default()
        };
        let mut sheet = book.sheet(&table).expect("sheet");
        for row in &rows {
            sheet.row(&row.iter().map(Value::from).collect::<Vec<_>>()).expect("row");
        }
        sheet.finish().expect("sheet");
        book.save(folder.path().join("orang.xlsx")).expect("workbook");

        let fields: String = head.iter().map(|h| format!("OPTIONAL BYTE_ARRAY {h} (UTF8);")).collect();
        let schema = Arc::new(parse_message_type(&format!("message orang {{ {fields} }}")).expect("schema"));
        let file = File::create(folder.path().join("orang.parquet")).expect("file");
        let mut writer = SerializedFileWriter::new(file, schema, Arc::default()).expect("parquet");
        let mut group = writer.next_row_group().expect("group");
        let mut at = 0;
        while let Some(mut column) = group.next_column().expect("column") {
            let written = rows.iter().map(|r| &r[at]).filter(|t| !t.is_empty());
            let values: Vec<ByteArray> = written.map(|t| ByteArray::from(t.as_bytes().to_vec())).collect();
            let levels: Vec<i16> = rows.iter().map(|r| i16::from(!r[at].is_empty())).collect();
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).expect("values");
            column.close().expect("column");
            at += 1;
        }
        group.close().expect("group");
        writer.close().expect("parquet");

        let mut found = Vec::new();
        for file in ["orang.csv", "orang.xlsx", "orang.parquet"] {
            let job = job(folder.path(), &[file]);
            let report = run(&job);
            assert_eq!((report.records, report.lists[0].unclear), (rows.len() as u64, 0), "{file}");
            assert!(report.persons < report.records && report.sure > 0, "{file}");
            found.push(pairs(&job));
        }
        assert_eq!(found[0], found[1]);
        assert_eq!(found[0], found[2]);
    }

    #[test]
    fn the_model_written_gives_the_same_again_and_a_splink_model_is_read() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join("orang.csv"), PEOPLE).expect("csv");
        let first = job(folder.path(), &["orang.csv"]);
        let report = run(&first);
        assert!(report.training.is_some() && report.splink_refused.is_none());
        for model in [MODEL, SPLINK, SPARK] {
            let again = Job { model: Some(first.out.join(model)), out: folder.path().join("again"), ..first.clone() };
            let report = run(&again);
            assert!(report.training.is_none());
            let (one, other) = (pairs(&first), pairs(&again));
            assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{model}");
            for (pair, weight) in &one {
                assert!((weight - other[pair]).abs() < 0.01, "{model} {pair:?}: {weight} {}", other[pair]);
            }
        }
    }

    #[test]
    fn splink_settings_without_weights_are_trained_on_the_lists_and_a_trained_model_where_that_is_wanted() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join("orang.csv"), PEOPLE).expect("csv");
        // settings as somebody writes them who knows neither our columns nor any weight
        let level = |sql: &str, missing: bool| serde_json::json!({"sql_condition": sql, "is_null_level": missing});
        let same = |column: &str| {
            serde_json::json!({"output_column_name": column, "comparison_levels": [
                level(&format!("{column}_l IS NULL OR {column}_r IS NULL"), true),
                level(&format!("{column}_l = {column}_r"), false),
                level(&format!("levenshtein({column}_l, {column}_r) <= 2"), false),
                level("ELSE", false),
            ]})
        };
        let settings = serde_json::json!({
            "link_type": "dedupe_only",
            "probability_two_random_records_match": 0.4,
            "comparisons": [same("nama"), same("tgl_lahir"), same("tempat_lahir"), same("alamat")],
            "blocking_rules_to_generate_predictions": ["l.nama = r.nama", "l.tgl_lahir = r.tgl_lahir", "l.alamat = r.alamat"],
        });
        std::fs::write(folder.path().join("settings.json"), settings.to_string()).expect("settings");
        let first = Job { model: Some(folder.path().join("settings.json")), ..job(folder.path(), &["orang.csv"]) };
        let report = run(&first);
        let training = report.training.as_ref().expect("trained");
        assert_eq!(training.runs.len(), 3, "one run for each blocking rule");
        // the prior makes the candidates hold as many matches as it says there are, whatever the settings said
        let records = report.records as f64;
        let matches = (report.prior.exp2() / (1.0 + report.prior.exp2())) * records * (records - 1.0) / 2.0;
        let sure = report.sure as f64;
        assert!(matches > 0.8 * sure && matches < 1.5 * sure, "{matches} of {sure}");
        assert!(report.persons < report.records && report.sure > 0);
        // its own model gives the same again, or is trained anew where that is said
        let own = Job { model: Some(first.out.join(MODEL)), out: folder.path().join("again"), ..first.clone() };
        assert!(run(&own).training.is_none());
        assert_eq!(pairs(&own), pairs(&first));
        let anew = Job { train: true, out: folder.path().join("anew"), ..own.clone() };
        assert!(run(&anew).training.is_some());
        // it begins where the first run ended, and EM stops when next to nothing moves
        let (one, other) = (pairs(&first), pairs(&anew));
        assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        for (pair, weight) in &one {
            assert!((weight - other[pair]).abs() < 0.01, "{pair:?}: {weight} {}", other[pair]);
        }
    }

    #[test]
    fn what_is_odd_in_a_list_is_told() {
        let folder = tempfile::tempdir().expect("folder");
        let list = "id,nik,nama,tgl_lahir,kelurahan\n\
            1,9901014101900001,SITI AMINAH,1990-01-01,SUKAMAJU\n\
            1,9.90101E+15,BUDI SANTOSO,31-31-1985,SUKAMAJU\n\
            3,9901010202800002,JOKO WIBOWO,1980-02-02,SUKAMAJU,lebih\n\
            4,,JOKO WIBOWO,1980-02-02,SUKAMAJU\n";
        std::fs::write(folder.path().join("orang.csv"), list).expect("csv");
        let job = job(folder.path(), &["orang.csv"]);
        let report = run(&job);
        let list = &report.lists[0];
        assert_eq!((list.records, list.ragged, list.doubled, list.unclear), (4, 1, 1, 0));
        assert_eq!(list.unused, [("nik".to_owned(), 1), ("tgl_lahir".to_owned(), 1)]);
        let text = std::fs::read_to_string(job.out.join(REPORT_HTML)).expect("page");
        assert!(text.contains("NIK: 1 isi tidak terpakai"), "said in the report");
    }

    #[test]
    fn two_lists_name_everybody_once_and_a_line_in_a_quote_is_no_end() {
        let folder = tempfile::tempdir().expect("folder");
        let (head, rows) = records();
        for (name, half) in [("lama", 0), ("baru", 1)] {
            let mut file = csv::Writer::from_path(folder.path().join(format!("{name}.csv"))).expect("csv");
            file.write_record(head.iter().chain([&"catatan".to_owned()])).expect("header");
            for row in rows.iter().enumerate().filter(|(i, _)| i % 2 == half).map(|(_, row)| row) {
                file.write_record(row.iter().chain(["dua\nbaris"])).expect("row");
            }
            file.flush().expect("written");
        }
        let job = job(folder.path(), &["lama.csv", "baru.csv"]);
        let report = run(&job);
        assert_eq!(report.records, rows.len() as u64);
        assert!(report.sizes.iter().all(|(size, _)| *size <= 2), "{:?}", report.sizes);
        let text = std::fs::read_to_string(job.out.join(REPORT_HTML)).expect("page");
        assert!(text.contains("orang ada di kedua daftar") && !text.contains('⟦'), "words are missing");
    }

    #[test]
    fn decisions_move_the_weights_and_the_truth_judges() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join("orang.csv"), PEOPLE).expect("csv");
        let first = Job { ask: 20, ..job(folder.path(), &["orang.csv"]) };
        run(&first);
        let asked = std::fs::read_to_string(first.out.join(ASK)).expect("questions");
        assert_eq!(asked.lines().count(), 21, "{asked}");
        // a clerk who says no to everything
        let mut labels = String::from("id_l,id_r,same\n");
        for ((left, right), _) in pairs(&first) {
            labels += &format!("{left},{right},tidak\n");
        }
        std::fs::write(folder.path().join("keputusan.csv"), labels).expect("labels");
        std::fs::write(folder.path().join("benar.csv"), "id,person\n").expect("truth");
        let taught = Job {
            labels: Some(folder.path().join("keputusan.csv")),
            truth: Some(folder.path().join("benar.csv")),
            ..first.clone()
        };
        let (before, after) = (run(&first), run(&taught));
        assert!(after.sure < before.sure, "{} {}", before.sure, after.sure);
        let learned = after.learned.expect("learned");
        assert_eq!((learned.same, learned.used), (0, learned.labels));
        assert_eq!(after.truth.expect("judged").true_pairs, 0);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join("x.csv"), "a,b\n1,2\n3,4\n").expect("csv");
        let error = job(folder.path(), &["x.csv"]).run(&|_, _, _| {}).expect_err("nothing known");
        assert!(format!("{error:#}").contains("--columns"), "{error:#}");
        let error = job(folder.path(), &["y.csv"]).run(&|_, _, _| {}).expect_err("no file");
        assert!(format!("{error:#}").contains("y.csv"), "{error:#}");
        std::fs::write(folder.path().join("z.csv"), "NIK,Nama\n").expect("csv");
        let error = job(folder.path(), &["z.csv"]).run(&|_, _, _| {}).expect_err("empty");
        let error = format!("{error:#}");
        assert!(error.contains("z.csv") && error.contains("tidak ada catatan"), "{error}");
        assert!(!folder.path().join("out").exists(), "nothing is left of a job that failed");
    }

    /// A table, written in plain commas.
    fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("written");
        path
    }

    fn refused(job: &Job) -> String {
        let error = job.run(&|_, _, _| {}).expect_err("refused");
        assert!(!job.out.exists(), "nothing is left of a job that failed");
        format!("{error:#}")
    }

    /// Settings in columns of a list, without weights.
    fn settings(link_type: &str) -> serde_json::Value {
        let same = |column: &str, alike: &str| {
            serde_json::json!({"output_column_name": column, "comparison_levels": [
                {"sql_condition": format!("{column}_l IS NULL OR {column}_r IS NULL"), "is_null_level": true},
                {"sql_condition": format!("{column}_l = {column}_r"), "label_for_charts": "persis"},
                {"sql_condition": alike},
                {"sql_condition": "ELSE"},
            ]})
        };
        serde_json::json!({
            "link_type": link_type,
            "comparisons": [
                same("nama", "substr(nama_l, 1, 4) = substr(nama_r, 1, 4)"),
                same("tgl_lahir", "levenshtein(tgl_lahir_l, tgl_lahir_r) <= 1"),
                same("alamat", "lower(alamat_l) = lower(alamat_r)"),
            ],
            "blocking_rules_to_generate_predictions": ["substr(l.nama, 1, 3) = substr(r.nama, 1, 3)", "l.tgl_lahir = r.tgl_lahir"],
        })
    }

    #[test]
    fn a_model_of_the_lists_own_columns_is_read_again_from_what_was_written_for_splink() {
        let folder = tempfile::tempdir().expect("folder");
        write(folder.path(), "orang.csv", PEOPLE);
        let model = write(folder.path(), "settings.json", &settings("dedupe_only").to_string());
        let first = Job { model: Some(model), ..job(folder.path(), &["orang.csv"]) };
        let report = run(&first);
        assert!(report.training.is_some() && report.splink_refused.is_none());
        // a column named "nama" is the list's, as it is, not the one standardised for the model of people
        assert!(report.comparisons[0].levels[0].label == "persis" && report.files.contains(&SPLINK));
        for model in [MODEL, SPLINK, SPARK] {
            let again = Job { model: Some(first.out.join(model)), out: folder.path().join("again"), ..first.clone() };
            assert!(run(&again).training.is_none(), "{model}");
            assert_eq!(pairs(&first), pairs(&again), "{model}");
        }
        let text = std::fs::read_to_string(first.out.join(REPORT_HTML)).expect("page");
        assert!(text.contains("nama (huruf 1 sampai 3)"), "the rule in words");
    }

    #[test]
    fn records_are_written_as_the_model_for_splink_wants_them() {
        let folder = tempfile::tempdir().expect("folder");
        write(folder.path(), "orang.csv", PEOPLE);
        let job = Job { records: true, ..job(folder.path(), &["orang.csv"]) };
        let report = run(&job);
        assert!(report.files.contains(&RECORDS));
        let text = std::fs::read_to_string(job.out.join(RECORDS)).expect("records");
        let model = std::fs::read_to_string(job.out.join(SPLINK)).expect("model");
        let first: serde_json::Value = serde_json::from_str(text.lines().next().expect("a record")).expect("JSON");
        assert_eq!(text.lines().count() as u64, report.records);
        assert_eq!(first["source_dataset"], "orang");
        assert!(first["unique_id"].is_string() && first["tok"].is_array());
        for column in ["nmk", "nik12", "tgl_tukar", "kel"] {
            assert!(model.contains(&format!("{column}_")) && first.get(column).is_some(), "{column}");
        }
    }

    #[test]
    fn a_model_that_does_not_fit_the_lists_or_means_nothing_is_refused_with_what_to_do() {
        let folder = tempfile::tempdir().expect("folder");
        write(folder.path(), "a.csv", PEOPLE);
        write(folder.path(), "b.csv", PEOPLE);
        let with = |name: &str, text: String, files: &[&str]| Job {
            model: Some(write(folder.path(), name, &text)),
            ..job(folder.path(), files)
        };
        let both = ["a.csv", "b.csv"];
        let error = refused(&with("m.json", settings("dedupe_only").to_string(), &both));
        assert!(
            error.contains("m.json") && error.contains("tuntas link dedupe") && error.contains("--train"),
            "{error}"
        );
        let error = refused(&with("m.json", settings("link_only").to_string(), &both[..1]));
        assert!(error.contains("tuntas link match"), "{error}");
        let mut no_rules = settings("dedupe_only");
        no_rules["blocking_rules_to_generate_predictions"] = serde_json::json!([]);
        let error = refused(&with("m.json", no_rules.to_string(), &both[..1]));
        assert!(error.contains("l.nik = r.nik"), "{error}");
        let mut typed = settings("dedupe_only");
        typed["probability_two_random_records_match"] = serde_json::json!(1.7);
        let error = refused(&with("m.json", typed.to_string(), &both[..1]));
        assert!(error.contains("1.7") && error.contains("di bawah 1"), "{error}");
        let error = refused(&with("m.json", "{ nonsense".into(), &both[..1]));
        assert!(error.contains("m.json") && error.contains("bukan model"), "{error}");
        // our own, changed by hand
        let first = job(folder.path(), &both[..1]);
        run(&first);
        let own = std::fs::read_to_string(first.out.join(MODEL)).expect("model");
        std::fs::remove_dir_all(&first.out).expect("removed");
        let mut own: serde_json::Value = serde_json::from_str(&own).expect("JSON");
        own["model"]["comparisons"][0]["levels"][1]["m"] = serde_json::json!(3.0);
        let error = refused(&with("own.json", own.to_string(), &both[..1]));
        assert!(error.contains("\"nama\"") && error.contains("sama persis") && error.contains('3'), "{error}");
        own["model"]["comparisons"][0]["levels"][1]["m"] = serde_json::json!(0.5);
        let fits = with("own.json", own.to_string(), &both);
        assert!(refused(&fits).contains("tuntas link dedupe"));
        let report = run(&Job { train: true, ..fits });
        assert!(report.job == "match" && report.training.is_some(), "learnt anew, it fits");
    }

    #[test]
    fn weights_missing_beside_others_are_told() {
        let folder = tempfile::tempdir().expect("folder");
        write(folder.path(), "orang.csv", PEOPLE);
        let mut settings = settings("dedupe_only");
        let level = &mut settings["comparisons"][0]["comparison_levels"][1];
        (level["m_probability"], level["u_probability"]) = (serde_json::json!(0.9), serde_json::json!(0.001));
        let model = write(folder.path(), "settings.json", &settings.to_string());
        let job = Job { model: Some(model), ..job(folder.path(), &["orang.csv"]) };
        let report = run(&job);
        assert!(report.training.is_none(), "what is told counts, as in Splink");
        assert_eq!(report.untold.len(), 8);
        let told = report.remarks(Lang::Id).join("\n");
        assert!(told.contains("8 tingkat tidak berbobot") && told.contains("--train"), "{told}");
        let trained = run(&Job { train: true, ..job });
        assert!(trained.untold.is_empty() && trained.training.is_some());
    }

    /// Lists whose headers tell nothing, each in its own words.
    fn two_layouts(folder: &Path) {
        let (_, rows) = records();
        let mut a = String::from("Kolom A,Kolom B\n");
        let mut b = String::from("X,Y,Z\n");
        for row in &rows {
            let (name, born) = (&row[3], &row[6]);
            a += &format!("{name},{born}\n");
            b += &format!("-,{born},{name}\n");
        }
        write(folder, "a.csv", &a);
        write(folder, "b.csv", &b);
    }

    #[test]
    fn each_list_has_its_own_headers() {
        let folder = tempfile::tempdir().expect("folder");
        two_layouts(folder.path());
        let columns = |list: &[(&str, &str)]| list.iter().map(|(f, h)| ((*f).to_owned(), (*h).to_owned())).collect();
        let said = |list: &[(&str, &str)]| Said { columns: columns(list), ..Said::default() };
        let each =
            vec![said(&[("nama", "Kolom A"), ("tgl_lahir", "Kolom B")]), said(&[("nama", "Z"), ("tgl_lahir", "Y")])];
        let shared = Said { shared: true, ..each[0].clone() };
        let job = Job { said: each, ..job(folder.path(), &["a.csv", "b.csv"]) };
        let report = run(&job);
        assert!(report.sure > 0);
        let used = |list: usize| report.lists[list].columns.iter().find(|(f, _)| f == "nama").map(|(_, h)| h.as_str());
        assert_eq!((used(0), used(1)), (Some("Kolom A"), Some("Z")));
        let job = Job { said: vec![shared.clone(), shared], out: folder.path().join("other"), ..job };
        let error = refused(&job);
        assert!(error.contains("b.csv") && error.contains("--columns dua kali"), "{error}");
    }

    #[test]
    fn a_record_nobody_knows_costs_a_note_and_not_the_run() {
        let folder = tempfile::tempdir().expect("folder");
        write(folder.path(), "orang.csv", PEOPLE);
        let (_, rows) = records();
        let known = rows[0][0].to_owned();
        let two = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let labels =
            format!("id_l,id_r,same\n{known},tiada,ya\n{known},{},\n{known},{},tidak\n", &rows[1][0], &rows[9][0]);
        let job = Job {
            explain: vec![two(&known, &rows[1][0]), two(&known, "entah")],
            truth: Some(write(folder.path(), "benar.csv", &format!("\u{feff}id,person\n{known},1\nlain,1\n"))),
            labels: Some(write(folder.path(), "keputusan.csv", &labels)),
            ..job(folder.path(), &["orang.csv"])
        };
        let report = run(&job);
        assert_eq!(report.waterfalls.len(), 1);
        let found: Vec<_> = report.unknown.iter().map(|(of, u)| (*of, u.count, u.first.as_str())).collect();
        assert_eq!(found, [("labels", 1, "tiada"), ("truth", 1, "lain"), ("explain", 1, "entah")]);
        let learned = report.learned.as_ref().expect("said");
        assert_eq!((learned.labels, learned.undecided), (1, 1));
        for lang in Lang::ALL {
            let told = report.remarks(lang).join("\n");
            for word in ["tiada", "lain", "entah"] {
                assert!(told.contains(word), "{told}");
            }
            let undecided = if lang.is_english() { "1 lines of the decisions" } else { "1 baris keputusan" };
            assert!(told.contains(undecided) && !told.contains('⟦'), "{told}");
        }
        let page = std::fs::read_to_string(job.out.join(REPORT_HTML)).expect("page");
        assert!(page.contains("entah"), "the page tells it as well");
    }

    #[test]
    fn a_list_of_nothing_but_a_header_is_told_also_beside_another() {
        let folder = tempfile::tempdir().expect("folder");
        write(folder.path(), "a.csv", PEOPLE);
        write(folder.path(), "b.csv", "id,nik,nama,tgl_lahir\n");
        let error = refused(&job(folder.path(), &["a.csv", "b.csv"]));
        assert!(error.contains("b.csv: tidak ada catatan"), "{error}");
    }

    #[test]
    fn faults_and_pages_speak_the_language_asked_for() {
        let folder = tempfile::tempdir().expect("folder");
        let gone = job(folder.path(), &["tiada.csv"]);
        assert!(refused(&gone).ends_with("tiada.csv: berkas tidak ada; periksa nama dan foldernya"));
        let english = refused(&Job { lang: Lang::En, ..gone });
        assert!(english.ends_with("tiada.csv: there is no such file; check its name and folder"), "{english}");
        write(folder.path(), "orang.csv", PEOPLE);
        let job = Job { lang: Lang::En, ..job(folder.path(), &["orang.csv"]) };
        let report = job.run(&|_, _, _| {}).expect("done");
        report.write(&job.out, Lang::En).expect("report");
        let page = std::fs::read_to_string(job.out.join(REPORT_HTML)).expect("page");
        for foreign in ["sama persis", "tanggal lahir", "rumah_tangga", "nmk3", "tgl_tukar", "e-5", "-0.0<", "⟦"] {
            assert!(!page.contains(foreign), "{foreign} in the English page");
        }
        for word in ["exactly the same", "Date of birth", "first 3 letters of the name", "same date of birth"] {
            assert!(page.contains(word), "{word}");
        }
    }

    #[test]
    fn what_one_to_one_set_aside_and_what_was_written_is_told() {
        let folder = tempfile::tempdir().expect("folder");
        write(folder.path(), "a.csv", PEOPLE);
        write(folder.path(), "b.csv", PEOPLE);
        let job = Job { ask: 5, ..job(folder.path(), &["a.csv", "b.csv"]) };
        let report = run(&job);
        let apart = report.apart(Lang::Id);
        assert!(apart.iter().any(|text| text.contains("satu daftar menyebut orang sekali saja")), "{apart:?}");
        let mut written: Vec<String> = std::fs::read_dir(&job.out)
            .expect("folder")
            .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
            .collect();
        let mut told = report.files.clone();
        written.sort();
        told.sort_unstable();
        assert_eq!(written, told);
        assert!(told.contains(&ASK) && told.contains(&SPARK));
    }
}
