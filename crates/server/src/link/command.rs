//! `tuntas link`: who stands more than once in a list, or in both of two.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Mutex,
};

use anyhow::bail;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::{
    input::Said,
    job::{self, Job, Step},
    report::Report,
};
use crate::i18n::Lang;

#[derive(Subcommand, Debug)]
pub enum Link {
    /// Find the people who stand more than once in one list
    ///
    /// CSV, XLSX, XLS, ODS or Parquet. Columns are recognised by their headers. Writes into the folder: pairs.csv (pairs that may
    /// be one person, with weight, probability and what agreed), clusters.csv (which record is which person), model.json,
    /// model.splink.json and model.splink-spark.json (for Splink on DuckDB and on Spark), report.html and report.json; with --ask
    /// ask.csv, with --records records.jsonl.
    /// Exit codes: 0 done, 1 failed, 2 wrong call.
    Dedupe {
        /// The list
        list: PathBuf,
        #[command(flatten)]
        how: How,
    },
    /// Find the people who stand in both of two lists
    ///
    /// Each list names a person once, unless --many is said. Writes the same files as `tuntas link dedupe`. Where the lists have
    /// different headers that are not recognised, say --columns twice, first for A and then for B:
    /// `tuntas link match a.csv b.csv --out DIR --columns nama=NAMA --columns "nama=NAMA LENGKAP,nik=NO KTP"`.
    /// Exit codes: 0 done, 1 failed, 2 wrong call.
    Match {
        /// One list
        a: PathBuf,
        /// The other
        b: PathBuf,
        /// A list may name a person more than once
        #[arg(long)]
        many: bool,
        #[command(flatten)]
        how: How,
    },
}

#[derive(Args, Debug)]
pub struct How {
    /// The folder for the results
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Which column is what, where headers do not tell: nik=NOMOR,nama=NAMA PENERIMA; an empty name leaves a field out
    ///
    /// Fields: nik, no_kk, nama, jk, tempat_lahir, tgl_lahir, nama_ibu, hubungan, alamat, rt, rw, kelurahan, kecamatan; with
    /// --model those of the model. Of two lists: said once it holds for both, said twice first for A and then for B ("" for a list
    /// whose headers tell).
    #[arg(long, value_name = "FIELD=HEADER,..", value_parser = columns)]
    columns: Vec<Columns>,
    /// The column that names records (default: id, rec_id or the like; else 1, 2, 3 in the order of the list)
    ///
    /// Of two lists: said once it holds for both, said twice first for A and then for B.
    #[arg(long, value_name = "HEADER")]
    id: Vec<String>,
    /// A model: model.json of an earlier run, or Splink settings (JSON of version 4 or 5)
    ///
    /// Without it, a model for Indonesian people is trained on the lists themselves, without any labels. Splink settings without
    /// weights are trained likewise: any list can be linked, in any language.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Learn the weights of --model anew on these lists
    #[arg(long, requires = "model")]
    train: bool,
    /// Decisions to learn from: CSV with id_l, id_r and same (ya/tidak); 100 to 300 do most of it
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// Write ask.csv: so many pairs whose answer would teach most, for --labels
    #[arg(long, value_name = "PAIRS", default_value_t = 0)]
    ask: usize,
    /// Who is who, to judge the result by: CSV with id and person (and list, where there are two)
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
    /// Pairs at least this probable are one person
    #[arg(long, value_name = "PROBABILITY", default_value_t = 0.95, value_parser = between_0_and_1)]
    threshold: f64,
    /// Pairs of less weight are not written, in bits
    #[arg(long, value_name = "BITS", default_value_t = -4.0, allow_hyphen_values = true)]
    floor: f64,
    /// Write records.jsonl: every record as model.splink.json wants it, to be scored in Splink
    #[arg(long)]
    records: bool,
    /// Draw why these two records weigh what they weigh: names of two records; can be said several times
    #[arg(long, value_name = "ID:ID", value_parser = two)]
    explain: Vec<(String, String)>,
    /// Write over the results of an earlier run
    #[arg(long)]
    overwrite: bool,
    /// Print the summary as one JSON object
    #[arg(long)]
    json: bool,
    #[cfg(feature = "cluster")]
    #[command(flatten)]
    elsewhere: super::cluster::Elsewhere,
}

/// Fields and headers of a list.
#[derive(Clone, Debug, Default)]
struct Columns(Vec<(String, String)>);

fn columns(text: &str) -> Result<Columns, String> {
    let field = |part: &str| {
        let (field, header) = part.split_once('=').ok_or("wanted field=HEADER, e.g. nama=NAMA PENERIMA")?;
        Ok((field.trim().to_owned(), header.trim().to_owned()))
    };
    let parts = text.split(',').filter(|part| !part.trim().is_empty());
    Ok(Columns(parts.map(field).collect::<Result<_, String>>()?))
}

/// What is said of each of `lists` lists: of one list everything, of two once for both or twice.
fn said(lists: usize, columns: Vec<Columns>, id: Vec<String>, lang: Lang) -> anyhow::Result<Vec<Said>> {
    let of_one = |key: &'static str, times: usize| {
        if times > lists { Err(anyhow::anyhow!(lang.msg(key).n("lists", lists).to_string())) } else { Ok(()) }
    };
    of_one("link-error-id-often", id.len())?;
    if lists == 1 {
        let columns = columns.into_iter().flat_map(|columns| columns.0).collect();
        return Ok(vec![Said { columns, id: id.into_iter().next(), shared: false }]);
    }
    of_one("link-error-columns-often", columns.len())?;
    let shared = columns.len() == 1 || id.len() == 1;
    let one = |at: usize| Said {
        columns: columns.get(at).or(columns.first()).cloned().unwrap_or_default().0,
        id: id.get(at).or(id.first()).cloned(),
        shared,
    };
    Ok((0..lists).map(one).collect())
}

fn two(text: &str) -> Result<(String, String), String> {
    let (left, right) = text.split_once(':').ok_or("wanted the names of two records, e.g. A12:B7")?;
    Ok((left.trim().to_owned(), right.trim().to_owned()))
}

fn between_0_and_1(text: &str) -> Result<f64, String> {
    text.replace(',', ".")
        .parse()
        .ok()
        .filter(|p| *p > 0.0 && *p < 1.0)
        .ok_or_else(|| "wanted a number between 0 and 1, e.g. 0.95".to_owned())
}

/// Shows what is going on, on stderr; nothing where there is no terminal.
struct Progress {
    bar: ProgressBar,
    step: Mutex<Option<Step>>,
    lang: Lang,
}

impl Progress {
    fn new(lang: Lang) -> Self {
        let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        Self { bar, step: Mutex::new(None), lang }
    }

    fn tell(&self, step: Step, done: u64, of: u64) {
        let Ok(mut known) = self.step.lock() else { return };
        if *known != Some(step) {
            *known = Some(step);
            let template =
                if of > 0 { "{msg}  {bar:30} {human_pos}/{human_len}" } else { "{msg}  {human_pos}  {elapsed}" };
            self.bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
            self.bar.set_message(self.lang.t(step.word_key()));
        }
        if of > 0 {
            self.bar.set_length(of);
        }
        self.bar.set_position(done);
    }
}

/// `year`: the present one, to tell 1925 from 2025 in a NIK.
pub fn run(command: Link, lang: Lang, year: i32) -> anyhow::Result<ExitCode> {
    let (files, many, how) = match command {
        Link::Dedupe { list, how } => (vec![list], false, how),
        Link::Match { a, b, many, how } => (vec![a, b], many, how),
    };
    let json = how.json;
    if !how.overwrite && how.out.join(job::PAIRS).exists() {
        bail!(lang.msg("link-exists").s("folder", how.out.display()).to_string());
    }
    let job = Job {
        said: said(files.len(), how.columns, how.id, lang)?,
        files,
        #[cfg(feature = "cluster")]
        elsewhere: how.elsewhere.engine(&how.out)?,
        out: how.out,
        model: how.model,
        train: how.train,
        labels: how.labels,
        truth: how.truth,
        threshold: how.threshold,
        floor: how.floor,
        many,
        explain: how.explain,
        ask: how.ask,
        records: how.records,
        lang,
        year: u8::try_from(year.rem_euclid(100)).unwrap_or_default(),
    };
    let progress = Progress::new(lang);
    let report = job.run(&|step, done, of| progress.tell(step, done, of));
    progress.bar.finish_and_clear();
    let report = report?;
    report.write(&job.out, lang)?;
    if json {
        say!("{}", summary(&report, &job.out));
    } else {
        tell(&report, &job, lang);
    }
    Ok(ExitCode::SUCCESS)
}

fn summary(report: &Report, out: &Path) -> serde_json::Value {
    json!({
        "job": report.job,
        "lists": report.lists,
        "records": report.records,
        "candidates": report.candidates,
        "pairs": report.pairs,
        "sure": report.sure,
        "persons": report.persons,
        "unlinkable": report.unlinkable,
        "held_back": report.held_back,
        "truth": report.truth,
        "learned": report.learned,
        "unknown": report.unknown.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        "untold": report.untold,
        "files": report.files,
        "sent": report.sent,
        "seconds": report.seconds.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        "out": out,
    })
}

fn tell(report: &Report, job: &Job, lang: Lang) {
    say!("{}", report.sentence(lang));
    for list in &report.lists {
        let columns: Vec<String> = list.columns.iter().map(|(field, header)| format!("{field}={header}")).collect();
        say!("  {} ({}): {}", list.name, lang.number(list.records.cast_signed()), columns.join(", "));
        list.doubts(lang, |field| report.called(field, lang)).iter().for_each(|doubt| say!("  {doubt}"));
    }
    let how = lang.msg("link-how").n("candidates", report.candidates).n("pairs", report.pairs).n("sure", report.sure);
    say!("{}", how.s("threshold", report.threshold_percent(lang)));
    let apart = report.apart(lang);
    if !apart.is_empty() {
        say!("{}", lang.t("link-held-back"));
        for apart in &apart {
            say!("  {apart}");
        }
    }
    report.remarks(lang).iter().for_each(|remark| say!("{remark}"));
    let files = report.files.join(", ");
    say!("{}", lang.msg("link-written").s("folder", job.out.display()).s("files", files));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_lists_columns_are_said_once_for_both_or_once_for_each() {
        let of = |text: &str| columns(text).expect("columns");
        assert!(columns("nama").is_err());
        let one = |field: &str, header: &str| (field.to_owned(), header.to_owned());
        let (a, b) = ("nik=NIK,nama=NAMA PENERIMA", "nama=Nama");
        let once = said(2, vec![of(a)], Vec::new(), Lang::En).expect("for both");
        assert!(once.len() == 2 && once.iter().all(|said| said.shared && said.columns.len() == 2));
        let each = said(2, vec![of(a), of(b)], vec!["No".into(), "id".into()], Lang::En).expect("for each");
        assert_eq!(each[1].columns, [one("nama", "Nama")]);
        assert_eq!((each[0].id.as_deref(), each[1].id.as_deref(), each[1].shared), (Some("No"), Some("id"), false));
        // "" for a list whose headers tell
        assert!(said(2, vec![of(""), of(b)], Vec::new(), Lang::En).expect("for each")[0].columns.is_empty());
        let often = said(2, vec![of(a), of(b), of(b)], Vec::new(), Lang::En).expect_err("too often").to_string();
        assert!(often.contains("twice"), "{often}");
        // of one list, one after the other
        let all = said(1, vec![of("nik=NIK"), of(b)], Vec::new(), Lang::En).expect("for one");
        assert_eq!(all[0].columns, [one("nik", "NIK"), one("nama", "Nama")]);
        assert!(said(1, Vec::new(), vec!["a".into(), "b".into()], Lang::En).is_err());
    }
}
