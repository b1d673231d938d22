//! A model scores the same pairs here and in Splink, within a millionth of a bit, both ways.
//!
//! `tests/splink/` holds 500 made-up people, a model of each side and the weights the real package gave them (`versions.txt` says
//! which). With `LINKAGE_SPLINK_PYTHON=/path/to/python` the package is asked again; with `LINKAGE_SPLINK_WRITE=1` as well, the files
//! are written anew.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its data fails")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use linkage::compare::Comparer;
use linkage::model::{Link, Model, Rule};
use linkage::people;
use linkage::schema::Schema;
use linkage::score::score;
use linkage::splink::{Dialect, export, import, is_standardised, record};
use linkage::table::Table;
use linkage::train::{Training, train};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/splink")
}

fn people_table() -> (Schema, Table) {
    let schema = people::schema(25);
    let mut reader = csv::Reader::from_path(folder().join("people.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let names = schema.field_names();
    let at: Vec<Option<usize>> = names.iter().map(|n| header.iter().position(|h| h == *n)).collect();
    let table = Table::read(
        &schema,
        rows.iter().map(|r| (0, at.iter().map(|a| a.and_then(|a| r.get(a)).unwrap_or_default()).collect())),
    )
    .unwrap();
    (schema, table)
}

/// The records as Splink got them, read into the columns of an imported model.
fn records_table(dir: &Path, schema: &Schema) -> Table {
    let text = std::fs::read_to_string(dir.join("records.jsonl")).unwrap();
    let records: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let rows: Vec<Vec<String>> = records
        .iter()
        .map(|r| {
            schema
                .field_names()
                .iter()
                .map(|f| match &r[*f] {
                    Value::String(text) => text.clone(),
                    Value::Array(words) => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
                    _ => String::new(),
                })
                .collect()
        })
        .collect();
    Table::read(schema, rows.iter().map(|r| (0, r.iter().map(String::as_str).collect()))).unwrap()
}

fn scores(file: &Path) -> HashMap<(u32, u32), f64> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    reader
        .records()
        .map(|r| {
            let r = r.unwrap();
            ((r[0].parse().unwrap(), r[1].parse().unwrap()), r[2].parse().unwrap())
        })
        .collect()
}

/// Every pair of Splink is found here, with the same weight, and no other.
fn agrees(model: &Model, table: &Table, expected: &HashMap<(u32, u32), f64>) {
    let found = score(model, table, f64::NEG_INFINITY).unwrap();
    let comparer = Comparer::new(model, table).unwrap();
    let mut worker = comparer.worker();
    let mut farthest = 0.0_f64;
    for edge in &found.edges {
        let (l, r) = (edge.left as usize, edge.right as usize);
        let (weight, pattern) =
            comparer.score(table, table.row(l), table.row(r), f64::NEG_INFINITY, &mut worker).unwrap();
        let theirs = expected.get(&(edge.left, edge.right));
        let theirs = theirs.unwrap_or_else(|| panic!("Splink did not compare {l} and {r}"));
        assert!(
            (weight - theirs).abs() < 1e-6,
            "{l} {r}: {weight} here, {theirs} in Splink; {:?}",
            comparer.levels(pattern)
        );
        farthest = farthest.max((weight - theirs).abs());
    }
    assert_eq!(found.edges.len(), expected.len(), "Splink compared more pairs");
    assert!(expected.len() > 1_000, "too few pairs to prove anything");
    println!("{} pairs, farthest apart {farthest:e} bits", expected.len());
}

fn trained() -> (Model, Table) {
    let (_, table) = people_table();
    let mut model = people::model(Link::Dedupe);
    model.rules.push(Rule::on(&["kel", "kec", "jk"])); // more pairs, the unlike ones among them
    train(&mut model, &table, Training { random_pairs: 100_000, ..Training::default() }).unwrap();
    (model, table)
}

fn both_ways(dir: &Path) {
    let read = |file: &str| serde_json::from_str::<Value>(&std::fs::read_to_string(dir.join(file)).unwrap()).unwrap();
    // ours, in the packed columns it was trained on, and once more as read back from the file
    let (schema, table) = people_table();
    let ours = import(&read("ours.json"), schema).unwrap();
    assert_eq!(&ours.schema, table.schema(), "every column was known");
    agrees(&ours.model, &table, &scores(&dir.join("ours_scores.csv")));
    // theirs, in plain texts
    let theirs = import(&read("theirs.json"), Schema::default()).unwrap();
    agrees(&theirs.model, &records_table(dir, &theirs.schema), &scores(&dir.join("theirs_scores.csv")));
}

#[test]
fn models_score_the_same_as_the_package_did() {
    both_ways(&folder());
}

#[test]
fn models_score_the_same_in_the_package_now() {
    let Ok(python) = std::env::var("LINKAGE_SPLINK_PYTHON") else {
        println!("skipped: set LINKAGE_SPLINK_PYTHON to a python with splink and duckdb to ask the package itself");
        return;
    };
    let write = std::env::var("LINKAGE_SPLINK_WRITE").is_ok();
    let dir =
        if write { folder() } else { std::env::temp_dir().join(format!("linkage-splink-{}", std::process::id())) };
    std::fs::create_dir_all(&dir).unwrap();
    let (model, table) = trained();
    let settings = export(&model, table.schema(), Dialect::DuckDb).unwrap();
    std::fs::write(dir.join("ours.json"), serde_json::to_string_pretty(&settings).unwrap()).unwrap();
    let lines: String = (0..table.len())
        .map(|row| {
            let mut record = record(&table, row);
            record.insert("unique_id".into(), json!(row));
            Value::from(record).to_string() + "\n"
        })
        .collect();
    std::fs::write(dir.join("records.jsonl"), lines).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/splink_scores.py");
    let done = std::process::Command::new(python).arg(script).arg(&dir).status().unwrap();
    assert!(done.success(), "the script failed");
    both_ways(&dir);
    if !write {
        std::fs::remove_dir_all(&dir).unwrap();
    }
}

/// On Spark the same model, in its spelling, gives the same pairs, and the same weights but where a name lies just at the edge of a
/// level: Splink's functions for Spark count half a transposition in Jaro's similarity, which DuckDB and we leave out.
fn spark_agrees(dir: &Path) {
    let (model, table) = trained();
    let settings = export(&model, table.schema(), Dialect::Spark).unwrap();
    let stored: Value = serde_json::from_str(&std::fs::read_to_string(dir.join("ours.spark.json")).unwrap()).unwrap();
    let conditions = |settings: &Value| -> Vec<Value> {
        let comparisons = settings["comparisons"].as_array().unwrap().iter();
        comparisons
            .flat_map(|c| c["comparison_levels"].as_array().unwrap())
            .map(|l| l["sql_condition"].clone())
            .collect()
    };
    assert_eq!(conditions(&settings), conditions(&stored), "Spark was asked about other conditions");
    let ours = import(&stored, table.schema().clone()).unwrap().model;
    let expected = scores(&dir.join("ours_spark_scores.csv"));
    let comparer = Comparer::new(&ours, &table).unwrap();
    let mut worker = comparer.worker();
    let found = score(&ours, &table, f64::NEG_INFINITY).unwrap();
    let mut apart = 0;
    for edge in &found.edges {
        let (l, r) = (table.row(edge.left as usize), table.row(edge.right as usize));
        let (weight, _) = comparer.score(&table, l, r, f64::NEG_INFINITY, &mut worker).unwrap();
        let theirs = expected[&(edge.left, edge.right)];
        apart += usize::from((weight - theirs).abs() >= 1e-6);
    }
    println!("{} pairs, {apart} of them on another level of a name", expected.len());
    assert_eq!(found.edges.len(), expected.len(), "Spark compared other pairs");
    assert!(expected.len() > 1_000 && apart * 1_000 < expected.len(), "{apart} of {}", expected.len());
}

#[test]
fn a_model_scores_the_same_as_spark_did() {
    spark_agrees(&folder());
}

#[test]
fn a_model_scores_the_same_on_spark_now() {
    let Ok(python) = std::env::var("LINKAGE_SPARK_PYTHON") else {
        println!(
            "skipped: set LINKAGE_SPARK_PYTHON to a python with splink and pyspark (and Java) to ask Spark itself"
        );
        return;
    };
    let write = std::env::var("LINKAGE_SPLINK_WRITE").is_ok();
    let dir = if write { folder() } else { std::env::temp_dir().join(format!("linkage-spark-{}", std::process::id())) };
    std::fs::create_dir_all(&dir).unwrap();
    let (model, table) = trained();
    let settings = export(&model, table.schema(), Dialect::Spark).unwrap();
    std::fs::write(dir.join("ours.spark.json"), serde_json::to_string_pretty(&settings).unwrap()).unwrap();
    if !write {
        std::fs::copy(folder().join("records.jsonl"), dir.join("records.jsonl")).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/splink_spark_scores.py");
    let done = std::process::Command::new(python).arg(script).arg(&dir).status().unwrap();
    assert!(done.success(), "the script failed");
    spark_agrees(&dir);
    if !write {
        std::fs::remove_dir_all(&dir).unwrap();
    }
}

#[test]
fn a_model_read_back_is_the_model() {
    let (model, table) = trained();
    for dialect in [Dialect::DuckDb, Dialect::Spark] {
        let settings = export(&model, table.schema(), dialect).unwrap();
        let back = import(&settings, table.schema().clone()).unwrap();
        let again = import(&export(&back.model, &back.schema, dialect).unwrap(), table.schema().clone()).unwrap();
        assert_eq!(again, back);
        assert_eq!(back.model.rules.len(), model.rules.len());
        let (a, b) = (score(&model, &table, -4.0).unwrap(), score(&back.model, &table, -4.0).unwrap());
        assert_eq!(a.edges, b.edges);
    }
}

#[test]
fn what_has_no_counterpart_is_refused_by_name() {
    let with = |sql: &str, rule: &str| {
        json!({
            "link_type": "dedupe_only",
            "comparisons": [{ "output_column_name": "c", "comparison_levels": [
                { "sql_condition": sql, "label_for_charts": "first" }, { "sql_condition": "ELSE" } ] }],
            "blocking_rules_to_generate_predictions": [rule],
        })
    };
    let refused = |sql: &str, rule: &str| import(&with(sql, rule), Schema::default()).unwrap_err().to_string();
    let ok = "l.a = r.a";
    for (sql, rule, named) in [
        ("array_cosine_similarity(v_l, v_r) >= 0.9", ok, "array_cosine_similarity"),
        ("regexp_extract(p_l, '^[A-Z]', 0) = regexp_extract(p_r, '^[A-Z]', 0)", ok, "regexp_extract"),
        ("a_l = b_l", ok, "two columns of one record"),
        ("a = b_r", ok, "neither record"),
        ("a_l = a_r", "l.a < r.a", "\"l.a < r.a\""),
        ("a_l = a_r", "jaccard(l.a, r.a) > 0.5", "no equality"),
        ("a_l = ", ok, "cannot be read"),
        ("abs(epoch(try_strptime(d_l, '%y')) - epoch(try_strptime(d_r, '%y'))) < 5", ok, "%y"),
    ] {
        let message = refused(sql, rule);
        assert!(message.contains(named), "{message}");
        assert!(message.contains("first") || message.contains(rule), "{message}");
    }
    assert!(import(&json!({}), Schema::default()).unwrap_err().to_string().contains("comparisons"));
    // Spark has no try_strptime
    let read = import(&with("try_strptime(d_l, '%Y%m%d') IS NULL", ok), Schema::default()).unwrap();
    assert!(export(&read.model, &read.schema, Dialect::DuckDb).is_ok());
    assert!(export(&read.model, &read.schema, Dialect::Spark).unwrap_err().to_string().contains("date"));
}

/// Settings of two comparisons that Splink takes, on columns n and p.
fn sound() -> Value {
    let comparison = |column: &str| {
        json!({ "output_column_name": column, "comparison_levels": [
            { "sql_condition": format!("{column}_l IS NULL OR {column}_r IS NULL"), "is_null_level": true },
            { "sql_condition": format!("{column}_l = {column}_r"), "label_for_charts": "same",
                "m_probability": 0.9, "u_probability": 0.1 },
            { "sql_condition": "ELSE", "label_for_charts": "rest", "m_probability": 0.1, "u_probability": 0.9 } ] })
    };
    json!({
        "link_type": "dedupe_only",
        "probability_two_random_records_match": 0.1,
        "comparisons": [comparison("n"), comparison("p")],
        "blocking_rules_to_generate_predictions": ["l.p = r.p"],
    })
}

#[test]
fn what_means_nothing_is_refused_where_it_stands() {
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut settings = sound();
        change(&mut settings);
        import(&settings, Schema::default()).expect_err("refused").to_string()
    };
    assert!(import(&sound(), Schema::default()).is_ok());
    let at = |pointer: &'static str, value: Value| {
        move |settings: &mut Value| {
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            match settings.pointer_mut(parent).unwrap() {
                Value::Object(object) => drop(object.insert(key.to_owned(), value.clone())),
                other => other[key.parse::<usize>().unwrap()] = value.clone(),
            }
        }
    };
    let without = |pointer: &'static str| {
        move |settings: &mut Value| {
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            match settings.pointer_mut(parent).unwrap() {
                Value::Object(object) => drop(object.remove(key)),
                Value::Array(list) => drop(list.remove(key.parse().unwrap())),
                _ => panic!("{pointer}"),
            }
        }
    };
    let second = |change: &'static dyn Fn(&mut Value)| {
        move |settings: &mut Value| {
            let mut copy = settings["comparisons"][0].clone();
            change(&mut copy);
            settings["comparisons"].as_array_mut().unwrap().push(copy);
        }
    };
    let changes: Vec<(Box<dyn Fn(&mut Value)>, &str, &str)> = vec![
        (Box::new(at("/probability_two_random_records_match", json!(1.7))), "the model", "1.7"),
        (Box::new(at("/probability_two_random_records_match", json!(0))), "the model", "is 0"),
        (Box::new(at("/probability_two_random_records_match", json!("0.1"))), "the model", "\"0.1\""),
        (Box::new(at("/comparisons/0/comparison_levels/1/m_probability", json!(3.0))), "level \"same\"", "is 3.0"),
        (Box::new(at("/comparisons/0/comparison_levels/1/u_probability", json!(-0.1))), "level \"same\"", "-0.1"),
        (Box::new(at("/comparisons/0/comparison_levels/1/u_probability", json!(0))), "level \"same\"", "1e-300"),
        (Box::new(at("/comparisons/0/comparison_levels/0/m_probability", json!(0.5))), "\"n\"", "missing values"),
        (Box::new(at("/comparisons/0/comparison_levels/0/is_null_level", json!("yes"))), "\"n\"", "true or false"),
        (Box::new(at("/comparisons/0/comparison_levels/1/tf_adjustment_column", json!("p"))), "same", "p is the same"),
        (Box::new(at("/mistyped", json!(1))), "the model", "\"mistyped\""),
        (Box::new(at("/comparisons/0/mistyped", json!(1))), "comparison \"n\"", "\"mistyped\""),
        (Box::new(at("/comparisons/0/comparison_levels/1/mistyped", json!(1))), "level \"same\"", "\"mistyped\""),
        (
            Box::new(at("/blocking_rules_to_generate_predictions/0", json!({ "blocking_rule": "l.p = r.p", "x": 1 }))),
            "l.p = r.p",
            "\"x\"",
        ),
        (Box::new(at("/comparisons/0/comparison_levels", json!([]))), "comparison \"n\"", "level besides"),
        (Box::new(without("/comparisons/0/comparison_levels/1")), "comparison \"n\"", "level besides"),
        (
            Box::new(at("/comparisons/0/comparison_levels/2/sql_condition", json!("levenshtein(n_l, n_r) < 3"))),
            "comparison \"n\"",
            "must be ELSE",
        ),
        (Box::new(at("/comparisons/0/comparison_levels/1/sql_condition", json!("ELSE"))), "\"n\"", "must be the last"),
        (Box::new(second(&|_| ())), "comparison \"n\"", "bears this name"),
        (Box::new(second(&|copy| copy["output_column_name"] = json!("m"))), "comparison \"m\"", "same as \"n\""),
        (Box::new(at("/comparisons", json!([]))), "the model", "no comparison"),
        (Box::new(at("/blocking_rules_to_generate_predictions", json!([]))), "the model", "no blocking rule"),
        (Box::new(without("/blocking_rules_to_generate_predictions")), "the model", "is missing"),
        (Box::new(at("/link_type", json!("link_and_dedupe"))), "the model", "link_and_dedupe"),
        (Box::new(without("/link_type")), "the model", "\"link_type\" is missing"),
    ];
    for (change, place, what) in &changes {
        let message = refused(change);
        assert!(message.contains(place) && message.contains(what), "{place} {what}: {message}");
    }
}

/// What Splink 5 gives these pairs where a level lacks its weights: its own starting values stand in.
#[test]
fn a_level_without_weights_among_weights_counts_as_in_splink() {
    for gone in [json!(null), json!("level not observed in training dataset")] {
        let mut settings = sound();
        let levels = settings["comparisons"][0]["comparison_levels"].as_array_mut().unwrap();
        levels[1]["m_probability"] = gone;
        levels[2].as_object_mut().unwrap().retain(|key, _| !key.ends_with("_probability"));
        let read = import(&settings, Schema::default()).unwrap();
        assert!(read.trained, "weights are told");
        let named = |level: &str| ("n".to_owned(), level.to_owned());
        assert_eq!(read.untold, [named("same"), named("rest")]);
        let rows = [["ANI", "X"], ["ANI", "X"], ["BUDI", "Y"], ["BUDE", "Y"]];
        let table = Table::read(&read.schema, rows.iter().map(|row| (0, row.to_vec()))).unwrap();
        let found = score(&read.model, &table, f64::NEG_INFINITY).unwrap();
        let weights: Vec<f32> = found.edges.iter().map(|edge| (edge.weight * 1000.0).round() / 1000.0).collect();
        assert_eq!(weights, [3.248, -5.0]);
    }
    // none at all, or only such as training leaves alone: to be trained
    let mut settings = sound();
    for comparison in settings["comparisons"].as_array_mut().unwrap() {
        for level in comparison["comparison_levels"].as_array_mut().unwrap() {
            level.as_object_mut().unwrap().retain(|key, _| !key.ends_with("_probability"));
        }
    }
    assert!(!import(&settings, Schema::default()).unwrap().trained);
    let level = &mut settings["comparisons"][0]["comparison_levels"][2];
    level["m_probability"] = json!(0.2);
    level["fix_m_probability"] = json!(true);
    let read = import(&settings, Schema::default()).unwrap();
    assert!(!read.trained && read.untold.is_empty());
    assert_eq!(read.model.comparisons[0].levels[2].m, Some(0.2));
}

/// Parts of plain columns go out as SQL, so that a model of plain columns needs the list's own columns only, here and there.
#[test]
fn a_model_of_plain_columns_goes_out_in_plain_columns() {
    let mut settings = sound();
    settings["comparisons"][0]["comparison_levels"][1]["sql_condition"] =
        json!("substr(n_l, 1, 6) = substr(n_r, 1, 6)");
    settings["comparisons"][0].as_object_mut().unwrap().remove("output_column_name");
    settings["blocking_rules_to_generate_predictions"] = json!(["lower(substr(l.n, 2, 3)) = lower(substr(r.n, 2, 3))"]);
    let read = import(&settings, Schema::default()).unwrap();
    assert_eq!(read.model.comparisons[0].name, "n", "named after its only column, as in Splink");
    for dialect in [Dialect::DuckDb, Dialect::Spark] {
        let out = export(&read.model, &read.schema, dialect).unwrap();
        assert!(!is_standardised(&out) && !out.to_string().contains("n:1+6"), "{out}");
        let back = import(&out, Schema::default()).unwrap();
        assert_eq!((&back.schema, &back.model), (&read.schema, &read.model));
    }
    let (model, table) = trained();
    assert!(is_standardised(&export(&model, table.schema(), Dialect::DuckDb).unwrap()), "columns of people are not");
    // rarity of a part is more than Splink can say
    let mut own = read;
    own.model.comparisons[0].levels[1].term = Some(linkage::model::TermFrequency::of("n:1+6"));
    let refused = export(&own.model, &own.schema, Dialect::DuckDb).unwrap_err().to_string();
    assert!(refused.contains("comparison \"n\"") && refused.contains("n:1+6"), "{refused}");
}
