//! A small district, and files written as lines of text.

use chrono::NaiveDate;
use domain::{
    AreaCode,
    lists::{
        AreaIndex, Cell, Context, FileFacts, Finding, Format, Mapping, Reader, Row, RowReading, Survey, format::format,
        recognise_as,
    },
};

pub fn area(code: &str) -> AreaCode {
    code.parse().expect("area code")
}

/// District 99.01 with two kecamatan; the name Sukamaju stands in both.
pub fn areas() -> AreaIndex {
    let mut builder = AreaIndex::builder(area("99.01"));
    builder.add(area("99.01"), "Kabupaten Contoh", Some("9901"));
    for (code, name, bps) in [
        ("99.01.01", "Mekarsari", "9901010"),
        ("99.01.01.1001", "Sukamaju", "9901010001"),
        ("99.01.01.2002", "Karanganyar", "9901010002"),
        ("99.01.02", "Tirtajaya", "9901020"),
        ("99.01.02.2001", "Sukamaju", "9901020001"),
        ("99.01.02.2002", "Wanasari", "9901020002"),
    ] {
        builder.add(area(code), name, Some(bps));
    }
    builder.add_former(area("99.01.03.2009"), None, Some(area("99.01.02.2002")));
    builder.build()
}

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("date")
}

/// `angka 3`, `tanggal 1985-07-05`, `galat #N/A` and `rumus` are typed cells; anything else is text.
pub fn cell(text: &str) -> Cell {
    if let Some(number) = text.strip_prefix("angka ") {
        return Cell::Number(number.parse().expect("number"));
    }
    if let Some(date) = text.strip_prefix("tanggal ") {
        return Cell::Date(date.parse().expect("date"));
    }
    match text {
        "galat #N/A" => Cell::Error("#N/A"),
        "rumus" => Cell::Uncached,
        text => text.into(),
    }
}

/// Lines of cells parted by `|`; the first line is row 1.
pub fn rows(text: &str) -> Vec<Row> {
    let line = |(at, line): (usize, &str)| {
        let cells = if line.is_empty() { Vec::new() } else { line.split('|').map(cell).collect() };
        Row::new(at as u32 + 1, cells)
    };
    text.lines().enumerate().map(line).collect()
}

pub struct File {
    pub mapping: Mapping,
    pub facts: FileFacts,
    pub header_findings: Vec<Finding>,
    pub readings: Vec<RowReading>,
}

impl File {
    /// `row column code` of every finding, in order of rows.
    pub fn findings(&self) -> Vec<String> {
        let of_rows = self.readings.iter().flat_map(|reading| &reading.findings);
        self.header_findings.iter().chain(&self.facts.findings).chain(of_rows).map(shown).collect()
    }

    pub fn row(&self, number: u32) -> &RowReading {
        self.readings.iter().find(|reading| reading.row == number).expect("row")
    }
}

pub fn shown(finding: &Finding) -> String {
    let row = finding.row.map(|row| row.to_string()).unwrap_or_default();
    format!("{row} {} {}", finding.column.as_deref().unwrap_or("-"), finding.fault.code())
}

pub fn read(format_id: &str, rows: &[Row]) -> File {
    read_as(format(format_id).expect(format_id), rows)
}

pub fn read_as(format: &'static Format, rows: &[Row]) -> File {
    let recognition = recognise_as(&rows[..rows.len().min(40)], "", format);
    let mapping = recognition.mapping;
    let mut survey = Survey::new(&mapping, false);
    for row in rows {
        survey.see(row);
    }
    let facts = survey.finish();
    let areas = areas();
    let context = Context { on: today(), from_1904: false, delimited: true };
    let reader = Reader::new(&mapping, &facts, &areas, context);
    let below = rows.iter().filter(|row| mapping.is_below_header(row.number));
    let readings = below.map(|row| reader.read(row.clone())).collect();
    File { facts: facts.clone(), header_findings: recognition.findings, readings, mapping }
}
