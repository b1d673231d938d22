//! Everything that is done with a file that arrives: opened, recognised, surveyed, read, its families compared, its rows
//! written out again. Shared by the fuzz target and the ordinary test over seeds and their mutations.

use std::ops::ControlFlow;

use chrono::NaiveDate;
use domain::lists::{
    AreaIndex, Context, FamilyKeys, Reader, RowClass, Survey, check_families, recognise, recognise::HEAD_ROWS,
};
use sheets::{Limits, OpenError, Source, Spreadsheet};

/// What is allowed here is less than in an office, so that a bomb shows itself.
const LIMITS: Limits = Limits { unpacked: 8 << 20, held: 4 << 20 };
/// Rows looked at in one sheet.
const ROWS: usize = 5_000;

fn areas() -> AreaIndex {
    let mut builder = AreaIndex::builder("99.01".parse().expect("code"));
    for (code, name, bps) in [
        ("99.01", "Kabupaten Contoh", "9901"),
        ("99.01.01", "Mekarsari", "9901010"),
        ("99.01.01.1001", "Sukamaju", "9901010001"),
        ("99.01.02", "Tirtajaya", "9901020"),
        ("99.01.02.2002", "Wanasari", "9901020002"),
    ] {
        builder.add(code.parse().expect("code"), name, Some(bps));
    }
    builder.build()
}

/// The findings of all sheets, as codes; panics where a promise of the reader does not hold.
pub fn exercise(bytes: &[u8]) -> Result<Vec<&'static str>, OpenError> {
    let mut file = Spreadsheet::open_with(Source::Bytes(bytes.into()), LIMITS)?;
    let areas = areas();
    let mut codes: Vec<&'static str> = file.findings().iter().map(|finding| finding.fault.code()).collect();
    for sheet in 0..file.sheets().len().min(8) {
        let Ok(head) = file.head(sheet, HEAD_ROWS) else { continue };
        let Some(found) = recognise(&head, "").into_iter().next() else { continue };
        codes.extend(found.findings.iter().map(|finding| finding.fault.code()));
        let mapping = found.mapping;
        let mut rows = Vec::new();
        let mut survey = Survey::new(&mapping, file.counts_from_1904());
        let mut last = 0;
        let _ = file.rows(sheet, |row| {
            assert!(row.number > last, "rows count upwards");
            last = row.number;
            survey.see(&row);
            rows.push(row);
            if rows.len() < ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let facts = survey.finish();
        codes.extend(facts.findings.iter().map(|finding| finding.fault.code()));
        let on = NaiveDate::from_ymd_opt(2026, 11, 21).expect("date");
        let context = Context { on, from_1904: file.counts_from_1904(), delimited: file.text_layout().is_some() };
        let reader = Reader::new(&mapping, &facts, &areas, context);
        let mut keys = FamilyKeys::new(&mapping, on);
        for row in rows.into_iter().filter(|row| mapping.is_below_header(row.number)) {
            let (number, cells) = (row.number, row.cells.len());
            let reading = reader.read(row);
            assert_eq!((reading.row, reading.raw.len()), (number, cells), "every cell is kept");
            assert!(reading.findings.iter().all(|finding| finding.row == Some(number)));
            assert!(reading.class == RowClass::Data || reading.fields == domain::lists::Fields::default());
            if let Some(nik) = reading.fields.sound_nik() {
                assert!(nik.len() == 16 && nik.bytes().all(|byte| byte.is_ascii_digit()));
            }
            codes.extend(reading.findings.iter().map(|finding| finding.fault.code()));
            keys.add(&reading);
        }
        codes.extend(check_families(&[&keys]).iter().map(|(_, finding)| finding.fault.code()));
    }
    Ok(codes)
}
