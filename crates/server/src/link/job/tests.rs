//! The whole job on small lists: what is written, told and refused.

use std::{collections::BTreeMap, sync::Arc};

use parquet::{
    data_type::{ByteArray, ByteArrayType},
    file::writer::SerializedFileWriter,
    schema::parser::parse_message_type,
};
use sheets::{Column, Value, XlsxFile};

use super::*;

/// 500 made-up records, some of one person.
const PEOPLE: &str = include_str!("../../../../linkage/tests/splink/people.csv");

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
    assert!(error.contains("m.json") && error.contains("tuntas link dedupe") && error.contains("--train"), "{error}");
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
    let each = vec![said(&[("nama", "Kolom A"), ("tgl_lahir", "Kolom B")]), said(&[("nama", "Z"), ("tgl_lahir", "Y")])];
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
    let labels = format!("id_l,id_r,same\n{known},tiada,ya\n{known},{},\n{known},{},tidak\n", &rows[1][0], &rows[9][0]);
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
