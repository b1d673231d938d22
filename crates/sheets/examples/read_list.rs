//! How fast a list is read and checked, and in how much memory: `cargo run --release -p sheets --example read_list -- 100000`
//! makes a DTSEN member file of so many rows and reads it; a path instead of a number reads that file.

use std::{
    fmt::Write as _,
    fs::File,
    io::{BufWriter, Write},
    ops::ControlFlow,
    path::PathBuf,
    time::Instant,
};

use chrono::{Days, NaiveDate};
use domain::lists::{
    AreaIndex, Context, FamilyKeys, Reader, Survey, check_families, format::format, recognise, recognise::HEAD_ROWS,
};
use sheets::Spreadsheet;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let said = std::env::args().nth(1).unwrap_or_else(|| "100000".to_owned());
    let (path, made) = match said.parse::<u32>() {
        Ok(rows) => (make(rows)?, true),
        Err(_) => (PathBuf::from(said), false),
    };
    let areas = areas()?;
    let began = Instant::now();
    let mut file = Spreadsheet::open(&path)?;
    let head = file.head(0, HEAD_ROWS)?;
    let found = recognise(&head, "").into_iter().next().ok_or("no format known")?;
    let opened = began.elapsed();
    let mapping = found.mapping;
    let mut survey = Survey::new(&mapping, file.counts_from_1904());
    file.rows(0, |row| {
        survey.see(&row);
        ControlFlow::Continue(())
    })?;
    let facts = survey.finish();
    let surveyed = began.elapsed();
    let on = NaiveDate::from_ymd_opt(2026, 11, 21).ok_or("no date")?;
    let context = Context { on, from_1904: file.counts_from_1904(), delimited: file.text_layout().is_some() };
    let reader = Reader::new(&mapping, &facts, &areas, context);
    let mut keys = FamilyKeys::new(&mapping, on);
    let (mut rows, mut findings) = (0_u64, found.findings.len() + facts.findings.len());
    file.rows(0, |row| {
        if mapping.is_below_header(row.number) {
            let reading = reader.read(row);
            keys.add(&reading);
            rows += 1;
            findings += reading.findings.len();
        }
        ControlFlow::Continue(())
    })?;
    findings += check_families(&[&keys]).len();
    println!(
        "{}: {rows} rows, {findings} findings; opened {:.2} s, surveyed {:.2} s, read and checked {:.2} s in all, peak {} MB",
        mapping.format.id,
        opened.as_secs_f64(),
        surveyed.as_secs_f64(),
        began.elapsed().as_secs_f64(),
        peak_megabytes(),
    );
    if made {
        std::fs::remove_file(path)?;
    }
    Ok(())
}

fn areas() -> Result<AreaIndex, Box<dyn std::error::Error>> {
    let mut builder = AreaIndex::builder("99.01".parse()?);
    builder.add("99.01".parse()?, "Kabupaten Contoh", Some("9901"));
    builder.add("99.01.01".parse()?, "Mekarsari", Some("9901010"));
    builder.add("99.01.01.1001".parse()?, "Sukamaju", Some("9901010001"));
    Ok(builder.build())
}

/// People that nothing is wrong with, but for a few of a hundred.
fn make(rows: u32) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let format = format("dtsen.member").ok_or("no format")?;
    let path = std::env::temp_dir().join(format!("read_list_{}.csv", std::process::id()));
    let mut out = BufWriter::new(File::create(&path)?);
    let columns: Vec<_> =
        format.columns.iter().filter(|column| !matches!(&*column.field, "no" | "age" | "desil_national")).collect();
    let header: Vec<&str> = columns.iter().map(|column| column.headers[0].as_str()).collect();
    writeln!(out, "{}", header.join(","))?;
    let first = NaiveDate::from_ymd_opt(1940, 1, 1).ok_or("no date")?;
    let mut line = String::new();
    for n in 0..rows {
        let born = first + Days::new(u64::from(n.wrapping_mul(7919) % 30_000));
        let woman = n % 2 == 1;
        line.clear();
        for column in &columns {
            if !line.is_empty() {
                line.push(',');
            }
            match column.field.as_str() {
                // the serial counts up with every date used before, so that no number stands twice
                "nik" => {
                    let day = born.format("%d").to_string().parse::<u32>()? + if woman { 40 } else { 0 };
                    write!(
                        line,
                        "9901{:02}{day:02}{}{:04}",
                        1 + n / 300_000,
                        born.format("%m%y"),
                        1 + n / 30_000 % 9_999
                    )?;
                }
                "kk" => write!(line, "990101010115{:04}", n / 4 % 10_000)?,
                "name" if n % 97 == 0 => line.push_str("SITI  AMINAH"),
                "name" => write!(
                    line,
                    "{} {}",
                    ["SITI", "BUDI", "MUH.", "Hj. ROHAYA"][n as usize % 4],
                    ["AMINAH", "SANTOSO", "NUR", "SARI"][n as usize / 4 % 4]
                )?,
                "birth_date" => write!(line, "{}", born.format("%d/%m/%Y"))?,
                "sex" => line.push_str(if woman { "Perempuan" } else { "Laki-laki" }),
                "relation" => line.push_str(["Kepala keluarga", "Istri/suami", "Anak", "Anak"][n as usize % 4]),
                _ if column.list.is_some() => line.push('1'),
                _ => write!(line, "{}", n % 7)?,
            }
        }
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(path)
}

/// The most memory this process held, where the system tells.
fn peak_megabytes() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|text| text.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |kilobytes| (kilobytes / 1024).to_string())
}
