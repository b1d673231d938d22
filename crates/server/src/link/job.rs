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
    roles, truth,
};

/// What is wanted.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// One list, or two.
    pub files: Vec<PathBuf>,
    /// Where the results go.
    pub out: PathBuf,
    /// What the caller says of columns.
    pub said: Said,
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
    /// The last two digits of the present year.
    pub year: u8,
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

impl Job {
    fn link(&self) -> Link {
        if self.files.len() > 1 { Link::Between } else { Link::Dedupe }
    }

    /// Does it all. Nothing is left in `out` where it fails before writing.
    pub fn run(&self, tell: Tell<'_>) -> anyhow::Result<Report> {
        let begin = Instant::now();
        let mut seconds = Vec::new();
        let mut lap = |name: &'static str, from: Instant| seconds.push((name, from.elapsed().as_secs_f64()));
        let (mut model, schema, given) = self.model()?;
        let fields = schema.field_names();

        let from = Instant::now();
        tell(Step::Read, 0, 0);
        let opened: Vec<input::Opened> =
            self.files.iter().map(|file| input::open(file, &fields, &self.said)).collect::<anyhow::Result<_>>()?;
        // what no list has is neither read nor compared
        let unused: Vec<&str> = fields
            .iter()
            .enumerate()
            .filter(|(i, _)| opened.iter().all(|file| file.roles.at[*i].is_none()))
            .map(|(_, field)| *field)
            .collect();
        if roles::are_people(&fields) {
            model = people::without(model, &schema, &unused);
        } else if !unused.is_empty() {
            bail!("the model needs columns no list has: {}; name them with --columns", unused.join(", "));
        }
        if model.comparisons.is_empty() || model.rules.is_empty() {
            bail!("too few columns to tell people by: a name and a date of birth, or a number, at least");
        }
        let records = input::read(opened, &schema, &|done| tell(Step::Read, done, 0))?;
        if records.ids.len() < 2 {
            bail!("fewer than two records: nothing to compare");
        }
        lap("read", from);

        let from = Instant::now();
        let mut trained = None;
        if !given {
            let mut told = |done: usize, of: usize| tell(Step::Train, done as u64, of as u64);
            trained = Some(train::train_telling(&mut model, &records.table, Training::default(), &mut told)?);
        }
        lap("train", from);

        let from = Instant::now();
        // records by name, only where somebody names one
        let named = self.labels.is_some() || self.truth.is_some() || !self.explain.is_empty();
        let names = if named { truth::Names::new(&records) } else { truth::Names::default() };
        let labels = match &self.labels {
            Some(path) => truth::labels(path, &records, &names)?,
            None => Vec::new(),
        };
        let learned = if labels.is_empty() { None } else { Some(self.learn(&mut model, &records, &labels)?) };
        let mut told = |done: usize, of: usize| tell(Step::Compare, done as u64, of as u64);
        let (mut scored, sent) = self.score(&model, &records.table, &mut told)?;
        let households = add_households(&records.table, &mut scored.edges);
        lap("compare", from);

        let from = Instant::now();
        tell(Step::Cluster, 0, 0);
        let clusters = self.cluster(&records.table, &scored.edges);
        lap("cluster", from);

        let judged = match &self.truth {
            Some(path) => {
                let person = truth::persons(path, &records, &names)?;
                Some(truth::judge(&records, self.link(), &scored.edges, &clusters, &person))
            }
            None => None,
        };
        let explained = self.explained(&records, &names, &scored)?;
        drop(names);
        let from = Instant::now();
        tell(Step::Write, 0, 0);
        let comparer = Comparer::new(&model, &records.table)?;
        std::fs::create_dir_all(&self.out).with_context(|| self.out.display().to_string())?;
        self.write_pairs(&model, &comparer, &records, &scored.edges)?;
        self.write_clusters(&records, &clusters)?;
        if self.ask > 0 {
            self.write_ask(&records, &fields, &scored.edges)?;
        }
        let not_exported = self.write_model(&model, &schema)?;
        lap("write", from);
        let found = Found {
            records: &records,
            model: &model,
            comparer: &comparer,
            scored: &scored,
            clusters: &clusters,
            trained: trained.as_ref(),
            explained: &explained,
        };
        let mut report = report::make(self, &found);
        report.households = households;
        report.learned = learned;
        report.truth = judged;
        report.splink_refused = not_exported;
        report.sent = sent;
        report.seconds = seconds.into_iter().map(|(name, s)| (name.to_owned(), s)).collect();
        report.seconds.push(("whole".to_owned(), begin.elapsed().as_secs_f64()));
        Ok(report)
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
        Ok((score::score_telling(model, table, self.floor, tell)?, None))
    }

    /// The model, its columns, and whether its weights are given.
    fn model(&self) -> anyhow::Result<(Model, Schema, bool)> {
        let Some(path) = &self.model else {
            return Ok((people::starting(people::model(self.link()))?, people::schema(self.year), false));
        };
        let named = || path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(named)?;
        let value: serde_json::Value = serde_json::from_str(&text).with_context(named)?;
        let (mut model, schema, trained) = if value.get("schema").is_some() {
            let saved: Saved = serde_json::from_value(value).with_context(named)?;
            (saved.model, saved.schema, true)
        } else {
            let known = people::schema(self.year);
            // a model exported from here speaks of the columns of people; others of the file's own
            let ours = splink_columns(&value).iter().any(|c| known.index(c).is_some() && known_only_here(c));
            let imported = splink::import(&value, if ours { known } else { Schema::default() }).with_context(named)?;
            (imported.model, imported.schema, imported.trained)
        };
        model.link = self.link();
        Ok((model, schema, trained && !self.train))
    }

    fn learn(
        &self,
        model: &mut Model,
        records: &Records,
        labels: &[(u32, u32, bool)],
    ) -> anyhow::Result<report::Learned> {
        let (scored, _) = self.score(model, &records.table, &mut |_, _| {})?;
        let at = |l: u32, r: u32| scored.edges.binary_search_by_key(&(l, r), |e| (e.left, e.right)).ok();
        let decisions: Vec<learn::Decision> = labels
            .iter()
            .filter_map(|(l, r, same)| at(*l, *r).map(|i| learn::Decision { edge: scored.edges[i], same: *same }))
            .collect();
        let comparer = Comparer::new(model, &records.table)?;
        let refitted = learn::refit(model, &comparer, &decisions, learn::Refit::default());
        Ok(report::Learned {
            labels: labels.len(),
            used: decisions.len(),
            same: decisions.iter().filter(|d| d.same).count(),
            prior: refitted.prior,
        })
    }

    fn cluster(&self, table: &Table, edges: &[Edge]) -> Clusters {
        let once = if self.link() == Link::Between && !self.many { vec![0, 1] } else { Vec::new() };
        let how = Clustering { threshold: bits(self.threshold), once, ..Clustering::default() };
        cluster::cluster(table.len(), edges, &how, |row| table.source(row as usize), people::two_niks(table))
    }

    /// The pairs to explain: those named, else some of every strength.
    fn explained(
        &self,
        records: &Records,
        names: &truth::Names<'_>,
        scored: &Scored,
    ) -> anyhow::Result<Vec<(u32, u32)>> {
        if self.explain.is_empty() {
            let mut chosen: Vec<usize> = Vec::new();
            for (_, places) in learn::strata(&scored.edges, &[0.0, bits(0.95), 12.0], 2, 1) {
                chosen.extend(places);
            }
            return Ok(chosen.into_iter().map(|i| (scored.edges[i].left, scored.edges[i].right)).collect());
        }
        let (left, right) = (records.lists.first(), records.lists.last());
        let list = |list: Option<&input::List>| list.map(|l| l.name.clone());
        let (left, right) = (list(left), list(right));
        self.explain
            .iter()
            .map(|(a, b)| {
                let a = names.find(records, left.as_deref(), a)?;
                Ok((a, names.find(records, right.as_deref(), b)?))
            })
            .collect()
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

    /// Writes the model, and for Splink on DuckDB and on Spark; what Splink cannot express is given back by name.
    fn write_model(&self, model: &Model, schema: &Schema) -> anyhow::Result<Option<String>> {
        let saved = Saved { schema: schema.clone(), model: model.clone() };
        write_json(&self.out.join(MODEL), &saved)?;
        let mut refused = None;
        for (file, dialect) in [(SPLINK, Dialect::DuckDb), (SPARK, Dialect::Spark)] {
            match splink::export(model, dialect) {
                Ok(settings) => write_json(&self.out.join(file), &settings)?,
                Err(error) => refused = refused.or(Some(error.to_string())),
            }
        }
        Ok(refused)
    }
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

/// The output columns of Splink settings.
fn splink_columns(settings: &serde_json::Value) -> Vec<String> {
    let comparisons = settings.get("comparisons").and_then(serde_json::Value::as_array).into_iter().flatten();
    comparisons.filter_map(|c| c.get("output_column_name")?.as_str().map(str::to_owned)).collect()
}

/// Columns that only a model exported from here names.
fn known_only_here(column: &str) -> bool {
    matches!(column, "nik" | "nama" | "no_kk" | "tgl" | "ibu")
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
        report.write(&job.out, crate::i18n::Lang::Id).expect("report");
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
        assert_eq!(pairs(&anew), pairs(&first));
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
        assert!(text.contains("nik: 1 isi tidak terpakai"), "said in the report");
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
        assert!(format!("{error:#}").contains("fewer than two"), "{error:#}");
        assert!(!folder.path().join("out").exists(), "nothing is left of a job that failed");
    }
}
