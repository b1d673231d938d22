//! Workbooks as they arrive: what every kind of cell is read as, which rows are numbered how, and which files are refused.

use std::{io::Write, ops::ControlFlow};

use chrono::NaiveDate;
use proptest::prelude::*;
use sheets::{Cell, Column, ColumnKind, CsvFile, Limits, OpenError, Row, Source, Spreadsheet, Table, Value, XlsxFile};
use zip::{ZipWriter, write::SimpleFileOptions};

fn all(spreadsheet: &mut Spreadsheet, sheet: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    spreadsheet
        .rows(sheet, |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })
        .expect("rows");
    rows
}

/// A workbook made by hand, for what no writer writes. Style 1 is a date.
fn workbook(sheet_data: &str, workbook_pr: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, text: String| {
        zip.start_file(name, SimpleFileOptions::default()).expect("entry");
        zip.write_all(text.as_bytes()).expect("entry");
    };
    add(
        "[Content_Types].xml",
        r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#.to_owned(),
    );
    add(
        "_rels/.rels",
        format!(
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        ),
    );
    add(
        "xl/workbook.xml",
        format!(
            r#"<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{REL}">{workbook_pr}<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>"#
        ),
    );
    add(
        "xl/_rels/workbook.xml.rels",
        format!(
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{REL}/styles" Target="styles.xml"/></Relationships>"#
        ),
    );
    add(
        "xl/styles.xml",
        format!(
            r#"<?xml version="1.0"?><styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#
        ),
    );
    add(
        "xl/worksheets/sheet1.xml",
        format!(r#"<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{sheet_data}</sheetData></worksheet>"#),
    );
    zip.finish().expect("zip").into_inner()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("date")
}

#[test]
fn every_kind_of_cell_is_read_as_what_it_is() {
    let bytes = workbook(
        concat!(
            r#"<row r="1"><c r="A1" t="inlineStr"><is><t>NIK</t></is></c></row>"#,
            r#"<row r="4">"#,
            r#"<c r="A4"><v>8801014507850001</v></c><c r="B4" s="1"><v>31233</v></c><c r="C4"><v>31233</v></c>"#,
            r#"<c r="D4" t="b"><v>1</v></c><c r="E4" t="e"><v>#N/A</v></c><c r="F4"><f>A1&amp;"x"</f></c>"#,
            r#"<c r="G4" t="str"><f>A1</f><v>NIK</v></c><c r="I4" s="1"><v>8801014507850001</v></c>"#,
            r#"</row>"#
        ),
        "",
    );
    let mut spreadsheet = Spreadsheet::from_bytes(bytes).expect("opens");
    assert_eq!(spreadsheet.sheets()[0].name.as_deref(), Some("Data"));
    let rows = all(&mut spreadsheet, 0);
    assert_eq!(
        rows.iter().map(|row| (row.number, row.cells.len())).collect::<Vec<_>>(),
        [(1, 1), (2, 0), (3, 0), (4, 9)]
    );
    assert_eq!(
        rows[3].cells,
        [
            Cell::Number(8_801_014_507_850_001.0),
            Cell::Date(day(1985, 7, 5)),
            Cell::Number(31233.0),
            Cell::Bool(true),
            Cell::Error("#N/A"),
            Cell::Uncached,
            Cell::Text("NIK".into()),
            Cell::Empty,
            Cell::Number(8_801_014_507_850_001.0),
        ]
    );
    assert_eq!(rows[3].cells[0].display(), "8801014507850001");
}

#[test]
fn a_workbook_that_counts_from_1904_is_read_as_such() {
    let bytes = workbook(r#"<row r="1"><c r="A1" s="1"><v>29771</v></c></row>"#, r#"<workbookPr date1904="1"/>"#);
    let mut spreadsheet = Spreadsheet::from_bytes(bytes).expect("opens");
    assert!(spreadsheet.counts_from_1904());
    assert_eq!(all(&mut spreadsheet, 0)[0].cells, [Cell::Date(day(1985, 7, 5))]);
}

#[test]
fn a_stray_cell_far_below_is_not_a_million_blank_rows() {
    let bytes =
        workbook(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>"#, "");
    let rows = all(&mut Spreadsheet::from_bytes(bytes).expect("opens"), 0);
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 1_048_576]);
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let sound = workbook(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#, "");
    let reason = |bytes: &[u8]| Spreadsheet::from_bytes(bytes.to_vec()).expect_err("refused").reason();
    assert_eq!(reason(&sound[..sound.len() / 2]), "damaged");
    assert_eq!(reason(b"%PDF-1.7"), "not_a_table");
    let mut letter = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    letter.start_file("word/document.xml", SimpleFileOptions::default()).expect("entry");
    assert_eq!(reason(&letter.finish().expect("zip").into_inner()), "not_a_table");
    let mut encrypted = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    encrypted.resize(2048, 0);
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(reason(&encrypted), "encrypted");
    let limits = Limits { unpacked: 1000, ..Limits::default() };
    let refused = Spreadsheet::open_with(Source::Bytes(sound.into()), limits).expect_err("refused");
    assert!(matches!(refused, OpenError::TooLarge { limit: 1000 }));
    assert!(matches!(Spreadsheet::open("/no/such/file.xlsx"), Err(OpenError::Io(_))));
}

#[test]
fn a_sheet_that_breaks_off_says_where() {
    let bytes =
        workbook(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" t="b"><v>mungkin</v></c></row>"#, "");
    let mut spreadsheet = Spreadsheet::from_bytes(bytes).expect("opens");
    let error = spreadsheet.rows(0, |_| ControlFlow::Continue(())).expect_err("broken");
    let finding = error.finding();
    assert_eq!((finding.row, finding.fault.code(), finding.value.as_str()), (Some(2), "file.protected", "damaged"));
}

#[test]
fn what_opening_told_becomes_findings() {
    let codes = |bytes: &[u8]| {
        let opened = Spreadsheet::from_bytes(bytes.to_vec()).expect("opens");
        opened.findings().iter().map(|finding| finding.fault.code()).collect::<Vec<_>>()
    };
    assert!(codes(b"nik,nama\n1,A\n").is_empty());
    assert_eq!(codes(b"\xef\xbb\xbfnik;nama\n1;A\n"), ["file.encoding", "file.delimiter"]);
    assert_eq!(codes(b"nik,nama\n1,Ren\xe9\n"), ["file.encoding"]);
    assert_eq!(codes(b"sep=,\nnik,nama\n1,A\n"), ["file.delimiter"]);
}

fn table() -> Table {
    Table {
        name: "Daftar".into(),
        titles: vec!["Daftar penerima".into(), "Kabupaten Contoh".into()],
        columns: vec![
            Column::text("NIK"),
            Column::text("Nama").wide(40.0),
            Column::date("Tanggal lahir"),
            Column::rupiah("Jumlah").summed(),
            Column::new("Luas", ColumnKind::Decimal),
        ],
        total: Some("Jumlah".into()),
    }
}

#[test]
fn a_table_is_written_with_titles_types_and_totals() {
    let table = table();
    let mut file = XlsxFile::new();
    let mut sheet = file.sheet(&table).expect("sheet");
    for n in 1..=2_i64 {
        let values = [
            Value::from(format!("990101450785000{n}")),
            Value::from("=HYPERLINK(\"x\")"),
            Value::Date(day(1985, 7, 5)),
            Value::Integer(1_500_000),
            Value::Decimal(7.5),
        ];
        sheet.row(&values).expect("row");
    }
    sheet.finish().expect("totals");
    let mut back = Spreadsheet::from_bytes(file.into_bytes().expect("bytes")).expect("opens");
    let rows = all(&mut back, 0);
    assert_eq!(rows[0].cells, [Cell::Text("Daftar penerima".into())]);
    assert_eq!(rows[3].cells[1], Cell::Text("Nama".into()));
    assert_eq!(
        rows[4].cells,
        [
            Cell::Text("9901014507850001".into()),
            Cell::Text("=HYPERLINK(\"x\")".into()),
            Cell::Date(day(1985, 7, 5)),
            Cell::Number(1_500_000.0),
            Cell::Number(7.5),
        ]
    );
    assert_eq!((rows[6].cells[0].display().as_str(), &rows[6].cells[3]), ("Jumlah", &Cell::Number(3_000_000.0)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever number an office exports, it comes back to the byte, from both kinds of file.
    #[test]
    fn identity_numbers_survive_a_round_trip(numbers in prop::collection::vec("[0-9]{16}", 1..40)) {
        let table = Table { name: "Data".into(), columns: vec![Column::text("NIK"), Column::text("Nama")], ..Table::default() };
        let mut xlsx = XlsxFile::new();
        let mut sheet = xlsx.sheet(&table).expect("sheet");
        let mut out = Vec::new();
        let mut csv = CsvFile::new(&mut out, &table).expect("csv");
        for number in &numbers {
            let values = [Value::from(number.as_str()), Value::from("A")];
            sheet.row(&values).expect("row");
            csv.row(&values).expect("row");
        }
        sheet.finish().expect("end");
        csv.finish().expect("end");
        for bytes in [xlsx.into_bytes().expect("bytes"), out] {
            let rows = all(&mut Spreadsheet::from_bytes(bytes).expect("opens"), 0);
            let back: Vec<String> = rows[1..].iter().map(|row| row.cells[0].display()).collect();
            prop_assert_eq!(&back, &numbers);
        }
    }

    /// Whatever an office exports comes back as it was: numbers of any length with their zeros in front, names with every
    /// sign. Only in CSV, which has no types, what a spreadsheet would run has an apostrophe in front.
    #[test]
    fn what_is_exported_comes_back_as_it_was(rows in prop::collection::vec(("[0-9]{1,20}", "[ -~\u{a1}-\u{17f}\n]{0,30}"), 1..30)) {
        let table = Table { name: "Data".into(), columns: vec![Column::text("NIK"), Column::text("Nama"), Column::text("KK")], ..Table::default() };
        let mut xlsx = XlsxFile::new();
        let mut sheet = xlsx.sheet(&table).expect("sheet");
        let mut out = Vec::new();
        let mut csv = CsvFile::new(&mut out, &table).expect("csv");
        for (number, name) in &rows {
            let values = [Value::from(number.as_str()), Value::from(name.as_str()), Value::from(number.as_str())];
            sheet.row(&values).expect("row");
            csv.row(&values).expect("row");
        }
        sheet.finish().expect("end");
        csv.finish().expect("end");
        for (is_csv, bytes) in [(false, xlsx.into_bytes().expect("bytes")), (true, out)] {
            let back = all(&mut Spreadsheet::from_bytes(bytes).expect("opens"), 0);
            prop_assert_eq!(back.len(), rows.len() + 1);
            for ((number, name), row) in rows.iter().zip(&back[1..]) {
                prop_assert!(matches!(row.cell(0), Cell::Text(text) if text == number), "{:?}", row.cell(0));
                prop_assert_eq!(&row.cell(2).display(), number);
                let runs = name.starts_with(['=', '+', '-', '@', '\n']);
                let expected = if is_csv && runs { format!("'{name}") } else { name.clone() };
                prop_assert_eq!(row.cell(1).display(), expected);
            }
        }
    }

    /// Any bytes at all are either rows or a refusal.
    #[test]
    fn any_bytes_are_rows_or_a_refusal(bytes in prop::collection::vec(any::<u8>(), 0..2000), text in "\\PC{0,200}") {
        for bytes in [bytes, text.into_bytes()] {
            if let Ok(mut spreadsheet) = Spreadsheet::from_bytes(bytes) {
                let _ = spreadsheet.rows(0, |_| ControlFlow::Continue(()));
            }
        }
    }

    /// A workbook with a byte changed or cut off is either read or refused.
    #[test]
    fn a_damaged_workbook_never_panics(at in 0_usize..3000, value in any::<u8>(), cut in 0_usize..3000) {
        let mut bytes = workbook(r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="b"><v>1</v></c></row>"#, "");
        let length = bytes.len();
        bytes[at % length] = value;
        if cut.is_multiple_of(3) {
            bytes.truncate(cut % length);
        }
        if let Ok(mut spreadsheet) = Spreadsheet::from_bytes(bytes) {
            let _ = spreadsheet.rows(0, |_| ControlFlow::Continue(()));
        }
    }
}
