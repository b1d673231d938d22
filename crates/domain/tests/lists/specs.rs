//! Runs the tables of `spec/*.md`.

use domain::lists::{Cell, Context, DateOrder, FileFacts, NumberState, Reader, Row, format::format, recognise_as};

use crate::support::{areas, cell, today};

/// The rows of every table whose header begins with `sel`, as trimmed cells; ticks around a value are dropped.
fn tables(text: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let mut tables: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    let mut heading = String::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut heading);
        } else if line.starts_with("| sel ") {
            tables.push((heading.clone(), Vec::new()));
        } else if line.starts_with("| ") {
            let inner = line.trim_start_matches('|').trim_end_matches('|');
            let value = |cell: &str| {
                let cell = cell.trim();
                cell.strip_prefix('`').and_then(|cell| cell.strip_suffix('`')).unwrap_or(cell).to_owned()
            };
            tables.last_mut().expect("a table").1.push(inner.split('|').map(value).collect());
        }
    }
    tables
}

fn codes(reading: &domain::lists::RowReading, kinds: &[&str]) -> Vec<&'static str> {
    let codes = reading.findings.iter().map(|finding| finding.fault.code());
    codes.filter(|code| kinds.iter().any(|kind| code.starts_with(kind))).collect()
}

fn expected(list: &str) -> Vec<&str> {
    list.split(", ").filter(|code| !code.is_empty()).collect()
}

fn read(cells: Vec<Cell>, facts: &FileFacts) -> domain::lists::RowReading {
    let head = [Row::new(1, ["nik", "no_kk", "nama", "tanggal_lahir", "hubungan_keluarga"].map(Cell::from).to_vec())];
    let mapping = recognise_as(&head, "", format("dtsen.member").expect("format")).mapping;
    let context = Context { on: today(), from_1904: false, delimited: false };
    Reader::new(&mapping, facts, &areas(), context).read(Row::new(2, cells))
}

#[test]
fn birth_dates_are_read_as_the_specification_says() {
    let mut count = 0;
    for (heading, rows) in tables(include_str!("../../spec/dates.md")) {
        for row in rows {
            let [value, order, nik, relation, date, findings] = &row[..] else { panic!("six columns: {row:?}") };
            let date_order = match order.as_str() {
                "hari" => DateOrder::DayFirst,
                "bulan" => DateOrder::MonthFirst,
                _ => DateOrder::Undecided,
            };
            let facts = FileFacts { date_order, ..FileFacts::default() };
            let nik = if nik == "-" { String::new() } else { format!("990101{nik}0001") };
            let cells = [nik.as_str(), "", "A", "", relation].map(Cell::from);
            let mut cells = cells.to_vec();
            cells[3] = cell(value);
            let reading = read(cells, &facts);
            let found = reading.fields.birth_date.map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(&found, date, "{heading}: {row:?}");
            assert_eq!(codes(&reading, &["birthdate", "nik.birthdate"]), expected(findings), "{heading}: {row:?}");
            count += 1;
        }
    }
    assert!(count > 55, "{count} rows of the specification ran");
}

#[test]
fn identity_numbers_are_read_as_the_specification_says() {
    let mut count = 0;
    for (heading, rows) in tables(include_str!("../../spec/identity-numbers.md")) {
        let of_card = heading.contains("KK");
        for row in rows {
            let [value, digits, state, findings] = &row[..] else { panic!("four columns: {row:?}") };
            let mut cells = ["9901010507850001", "9901010107150001", "A", "", "ANAK"].map(Cell::from).to_vec();
            cells[usize::from(of_card)] = cell(value);
            let reading = read(cells, &FileFacts::default());
            let fields = &reading.fields;
            let (number, found) = if of_card { (&fields.kk, fields.kk_state) } else { (&fields.nik, fields.nik_state) };
            let found = match found {
                NumberState::Missing => "kosong",
                NumberState::Sound => "sah",
                NumberState::Suspect => "ragu",
                NumberState::Faulty(_) => "salah",
            };
            assert_eq!(number.as_deref().unwrap_or_default(), digits, "{heading}: {row:?}");
            assert_eq!(found, state, "{heading}: {row:?}");
            assert_eq!(
                codes(&reading, &[if of_card { "kk." } else { "nik." }]),
                expected(findings),
                "{heading}: {row:?}"
            );
            count += 1;
        }
    }
    assert!(count > 55, "{count} rows of the specification ran");
}
