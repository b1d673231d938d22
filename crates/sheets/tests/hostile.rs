//! Files that mean harm or are broken, seeds of every kind with random damage done to them: each is rows or a refusal, in
//! little time and memory, never the end of the program.

use std::{
    io::{Cursor, Read, Write},
    ops::ControlFlow,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use sheets::{Cell, Limits, Row, Source, Spreadsheet};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

#[path = "support/exercise.rs"]
mod exercise;

const SEEDS: [(&str, &[u8]); 8] = [
    ("anggota.ods", include_bytes!("../../../fuzz/seeds/anggota.ods")),
    ("anggota.xls", include_bytes!("../../../fuzz/seeds/anggota.xls")),
    ("dtks.csv", include_bytes!("../../../fuzz/seeds/dtks.csv")),
    ("dtsen_anggota.csv", include_bytes!("../../../fuzz/seeds/dtsen_anggota.csv")),
    ("p3ke_individu.xlsx", include_bytes!("../../../fuzz/seeds/p3ke_individu.xlsx")),
    ("rusak.csv", include_bytes!("../../../fuzz/seeds/rusak.csv")),
    ("sekolah.csv", include_bytes!("../../../fuzz/seeds/sekolah.csv")),
    ("utf16.csv", include_bytes!("../../../fuzz/seeds/utf16.csv")),
];

fn seed(name: &str) -> &'static [u8] {
    SEEDS.iter().find(|(seed, _)| *seed == name).expect("seed").1
}

fn rows(bytes: &[u8], sheet: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    Spreadsheet::from_bytes(bytes.to_vec())
        .expect("opens")
        .rows(sheet, |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })
        .expect("rows");
    rows
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("date")
}

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

/// A generator of its own: the same damage on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }

    /// Changes, drops, doubles or adds a few bytes.
    fn damage(&mut self, bytes: &mut Vec<u8>) {
        const PIECES: [&[u8]; 14] = [
            b"\0",
            b"\"",
            b";",
            b"\n",
            b"\r\n",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"<",
            b"&#x0;",
            b"</row>",
            b"9".as_slice(),
            b"number-rows-repeated=\"4294967295\"",
            b"\xe2\x80\x8b",
            b"1e308",
        ];
        for _ in 0..=self.next(4) {
            let at = self.next(bytes.len() + 1);
            match self.next(5) {
                0 if !bytes.is_empty() => {
                    let at = at % bytes.len();
                    bytes[at] = self.next(256) as u8;
                }
                1 => bytes.truncate(at),
                2 => {
                    let end = (at + self.next(40)).min(bytes.len());
                    bytes.drain(at..end);
                }
                3 => {
                    let end = (at + self.next(200)).min(bytes.len());
                    let copy = bytes[at..end].to_vec();
                    bytes.splice(at..at, copy);
                }
                _ => {
                    let piece = PIECES[self.next(PIECES.len())];
                    bytes.splice(at..at, piece.iter().copied());
                }
            }
        }
    }
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("archive");
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).expect("entry");
            let name = entry.name().expect("name").into_owned();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("content");
            (name, content)
        })
        .collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).expect("entry");
        zip.write_all(content).expect("entry");
    }
    zip.finish().expect("zip").into_inner()
}

/// A seed with one part of its archive replaced.
fn with_part(seed_name: &str, part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts = parts(seed(seed_name));
    let (_, content) = parts.iter_mut().find(|(name, _)| name == part).expect("part");
    *content = change(&String::from_utf8(content.clone()).expect("text")).into_bytes();
    packed(&parts)
}

fn refusal(bytes: Vec<u8>) -> String {
    match Spreadsheet::from_bytes(bytes) {
        Err(error) => error.reason().to_owned(),
        Ok(mut file) => match file.rows(0, |_| ControlFlow::Continue(())) {
            Err(error) => error.finding().value,
            Ok(()) => "read".to_owned(),
        },
    }
}

#[test]
fn every_seed_is_taken_in() {
    for (name, bytes) in SEEDS {
        let codes = exercise::exercise(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let expected: &[&str] = match name {
            "anggota.ods" | "anggota.xls" => &["birthdate.serial", "nik.from_numeric"],
            "dtks.csv" => &["file.encoding", "file.delimiter", "nik.cleaned", "birthdate.two_digit_year"],
            "dtsen_anggota.csv" => &["row.skipped_total", "kk.suspect_numeric"],
            "p3ke_individu.xlsx" => {
                &["file.header_offset", "cell.formula_uncached", "nik.from_numeric", "birthdate.serial"]
            }
            "rusak.csv" => &["nik.scientific", "row.unreadable"],
            "sekolah.csv" => &["file.encoding", "file.delimiter", "file.header_offset"],
            _ => &["file.encoding"],
        };
        for code in expected {
            assert!(codes.contains(code), "{name}: {code} of {codes:?}");
        }
    }
}

#[test]
fn an_ods_is_read_like_any_workbook() {
    let mut file = Spreadsheet::from_bytes(seed("anggota.ods")).expect("opens");
    let sheets: Vec<_> =
        file.sheets().iter().map(|sheet| (sheet.name.clone().unwrap_or_default(), sheet.hidden)).collect();
    assert_eq!(sheets, [("Anggota".to_owned(), false), ("Rahasia".to_owned(), true)]);
    let read = rows(seed("anggota.ods"), 0);
    // two blank rows, then data; the million repeated blank ones below are the end of the sheet
    assert_eq!(
        read.iter().map(|row| (row.number, row.cells.len())).collect::<Vec<_>>(),
        [(1, 6), (2, 0), (3, 0), (4, 6), (5, 6), (6, 4)]
    );
    assert_eq!(read[3].cells[2..4], [text("SITI  AMINAH & \u{e9}"), Cell::Date(day("1985-07-05"))]);
    assert_eq!(
        read[4].cells,
        [
            Cell::Number(8_801_014_507_850_001.0),
            Cell::Empty,
            text("ROHAYA"),
            Cell::Number(31233.0),
            Cell::Bool(true),
            Cell::Uncached
        ]
    );
    assert_eq!(read[5].cells, [Cell::Error("#N/A"), Cell::Empty, text("DEWI"), text("DEWI")]);
    assert_eq!(file.head(1, 5).expect("rows")[0].cells, [text("x")]);
}

#[test]
fn an_old_workbook_is_read_like_any_other() {
    let file = Spreadsheet::from_bytes(seed("anggota.xls")).expect("opens");
    assert_eq!(file.sheets().iter().map(|sheet| sheet.hidden).collect::<Vec<_>>(), [false, true]);
    let read = rows(seed("anggota.xls"), 0);
    assert_eq!(read[0].cells[0], text("nik"));
    assert_eq!(read[1].cells[0], text("9901014507850001"));
    assert_eq!(read[1].cells[3], Cell::Date(day("1985-07-05")));
    assert_eq!(read[4].cells[0], Cell::Number(8_801_014_507_850_001.0));
    assert_eq!((&read[4].cells[3], &read[4].cells[4]), (&Cell::Number(31233.0), &Cell::Bool(true)));
}

#[test]
fn a_workbook_of_several_sheets_has_its_header_over_two_merged_rows() {
    let file = Spreadsheet::from_bytes(seed("p3ke_individu.xlsx")).expect("opens");
    let sheets: Vec<_> =
        file.sheets().iter().map(|sheet| (sheet.name.as_deref().unwrap_or_default(), sheet.hidden)).collect();
    assert_eq!(sheets, [("Rekap", false), ("Individu", false), ("Tersembunyi", true)]);
    let found = domain::lists::recognise(&rows(seed("p3ke_individu.xlsx"), 1), "").remove(0);
    assert_eq!((found.mapping.format.id.as_str(), found.mapping.header_rows), ("p3ke_v2.member", (3, 4)));
    assert_eq!(found.version.as_deref(), Some("2023"));
    assert!(found.unknown.is_empty(), "{:?}", found.unknown);
}

#[test]
fn seeds_with_random_damage_are_rows_or_a_refusal() {
    let mut dice = Dice(0x9901_0145_0785_0001);
    // a few seconds' worth; more by hand, and any amount with the fuzzer
    let times = std::env::var("TUNTAS_MUTATIONS").ok().and_then(|times| times.parse().ok()).unwrap_or(25);
    for (name, bytes) in SEEDS {
        for _ in 0..times {
            let mut damaged = bytes.to_vec();
            dice.damage(&mut damaged);
            let _ = exercise::exercise(&damaged);
        }
        if bytes.starts_with(b"PK") {
            // damage inside an archive hardly ever survives its checksums: the parts are damaged and packed again
            let whole = parts(bytes);
            for _ in 0..2 * times {
                let mut parts = whole.clone();
                let at = dice.next(parts.len());
                dice.damage(&mut parts[at].1);
                let _ = exercise::exercise(&packed(&parts));
            }
        }
        assert!(exercise::exercise(bytes).is_ok(), "{name}");
    }
}

#[test]
fn broken_off_anywhere_a_file_is_refused_or_read() {
    for (_, bytes) in SEEDS {
        for part in 1..8 {
            let _ = exercise::exercise(&bytes[..bytes.len() * part / 8]);
        }
    }
    for name in ["anggota.ods", "anggota.xls", "p3ke_individu.xlsx"] {
        let bytes = seed(name);
        assert_eq!(refusal(bytes[..bytes.len() / 2].to_vec()), "damaged", "{name}");
    }
}

#[test]
fn bombs_are_refused_before_they_unpack() {
    let began = Instant::now();
    // shared texts of a hundred megabytes in a file of a hundred kilobytes
    let shared = format!("<sst>{}</sst>", "<si><t>A</t></si>".repeat(6_000_000));
    let mut parts = parts(seed("p3ke_individu.xlsx"));
    parts.retain(|(name, _)| name != "xl/sharedStrings.xml");
    parts.push(("xl/sharedStrings.xml".into(), shared.into_bytes()));
    let bomb = packed(&parts);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    assert_eq!(refusal(bomb.clone()), "too_large");
    let small = Limits { unpacked: 10 << 20, ..Limits::default() };
    assert!(Spreadsheet::open_with(Source::Bytes(bomb.into()), small).is_err());
    // one text without end
    let endless = with_part("p3ke_individu.xlsx", "xl/worksheets/sheet2.xml", |sheet| {
        sheet.replacen(
            "<sheetData>",
            &format!(
                "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row>",
                "A".repeat(20 << 20)
            ),
            1,
        )
    });
    assert_eq!(refusal(endless), "damaged");
    // a cell repeated over all columns of all rows
    let repeated = with_part("anggota.ods", "content.xml", |content| {
        content.replacen(
            "<table:table-row>",
            "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16384\"/></table:table-row><table:table-row>",
            1,
        )
    });
    assert_eq!(refusal(repeated), "damaged");
    assert!(began.elapsed() < Duration::from_mins(1), "{:?}", began.elapsed());
}

#[test]
fn an_old_workbook_is_not_believed_about_its_size() {
    let bytes = seed("anggota.xls");
    // the record of a sheet's size: rows to four thousand million
    let at = bytes.windows(4).position(|window| window == [0x00, 0x02, 0x0e, 0x00]).expect("size record");
    let mut lying = bytes.to_vec();
    lying[at + 8..at + 12].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(refusal(lying), "damaged");
    // a sheet that begins outside the file
    let at = bytes.windows(2).position(|window| window == [0x85, 0x00]).expect("sheet record");
    let mut outside = bytes.to_vec();
    outside[at + 4..at + 8].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    assert_eq!(refusal(outside), "damaged");
}

#[test]
fn a_protected_file_says_so() {
    let ods = with_part("anggota.ods", "META-INF/manifest.xml", |manifest| {
        manifest.replace(
            "/>",
            "><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
        )
    });
    assert_eq!(refusal(ods), "encrypted");
    let mut xls = seed("anggota.xls").to_vec();
    // the first record behind the beginning of the workbook becomes a password's
    let at = xls.windows(4).position(|window| window == [0x09, 0x08, 0x10, 0x00]).expect("beginning") + 20;
    xls[at..at + 2].copy_from_slice(&[0x2f, 0x00]);
    xls[at + 4] = 1;
    assert_eq!(refusal(xls), "encrypted");
}

#[test]
fn ten_thousand_columns_are_read_in_a_moment() {
    let mut csv = String::from("nik,nama");
    (0..10_000).for_each(|n| csv.push_str(&format!(",kolom {n}")));
    csv.push_str("\n9901014507850001,SITI");
    csv.push_str(&",x".repeat(10_000));
    let began = Instant::now();
    let codes = exercise::exercise(csv.as_bytes()).expect("read");
    assert_eq!(codes.iter().filter(|code| **code == "file.unknown_column").count(), 10_000);
    assert!(!codes.contains(&"row.ragged"));
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    // more columns than a spreadsheet has are no row of a list
    let found = rows(format!("nik,nama\n{}\n9901014507850001,SITI", ",".repeat(20_000)).as_bytes(), 0);
    assert_eq!(
        found.iter().map(|row| (row.number, row.broken)).collect::<Vec<_>>(),
        [(1, false), (2, true), (3, false)]
    );
}

#[test]
fn a_line_of_twenty_megabytes_is_one_broken_row() {
    let csv = format!("nik,nama\n{}\n9901014507850001,SITI\n", "A".repeat(20 << 20));
    let found = rows(csv.as_bytes(), 0);
    assert_eq!(
        found.iter().map(|row| (row.number, row.broken)).collect::<Vec<_>>(),
        [(1, false), (2, true), (3, false)]
    );
    assert!(found[1].cells[0].display().len() <= 500);
    assert_eq!(found[2].cells[1], text("SITI"));
    // the only line there is
    let codes = exercise::exercise("A,".repeat(10 << 20).as_bytes()).expect("read");
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn nul_bytes_formulas_and_markup_are_only_text() {
    let codes = exercise::exercise(
        b"nik,nama,alamat\n9901014507850001,SITI\x00,RT 1\n9901014607850002,<script>alert(1)</script>,\"=HYPERLINK(\"\"http://x\"\")\"\n9901014707850003,=cmd|'/c calc'!A1,RT 2\n",
    )
    .expect("read");
    assert_eq!(codes, ["row.unreadable", "name.characters", "name.characters"]);
    let linked = with_part("p3ke_individu.xlsx", "xl/_rels/workbook.xml.rels", |rels| {
        rels.replace("</Relationships>", "<Relationship Id=\"rIdX\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink\" Target=\"http://example.invalid/x.xlsx\" TargetMode=\"External\"/></Relationships>")
    });
    assert!(exercise::exercise(&linked).is_ok(), "what is linked is not followed");
    let entities = with_part("anggota.ods", "content.xml", |content| {
        content.replacen(
            "<office:document-content",
            "<!DOCTYPE x [<!ENTITY a \"AAAAAAAAAA\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]><office:document-content",
            1,
        ).replace("SITI", "&b;&f;SITI")
    });
    assert_eq!(rows(&entities, 0)[3].cells[2], text("SITI  AMINAH & \u{e9}"), "entities are not followed");
}
