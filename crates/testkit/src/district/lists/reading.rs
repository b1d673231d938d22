//! The record of planted faults against the product's own reader: it finds every one of them, and nothing that was not
//! planted. Two hands wrote the two sides, each from the fault catalogue.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use domain::lists::{
    AreaIndex, FamilyKeys, FileFacts, Finding, Mapping, Reader, Survey, check_families,
    read::Context,
    recognise::{list_date, recognise},
};
use sheets::Spreadsheet;

use super::{
    faults::FaultRates,
    ledger::{Kind as Certainty, read_planted},
    tests::{bad, write},
    *,
};

/// File, row, column, code.
type Place = (String, Option<u32>, String, String);

fn area_index() -> AreaIndex {
    let mut builder = AreaIndex::builder("99.01".parse().unwrap());
    for [code, bps, _, name, _] in areas::rows() {
        builder.add(code.parse().unwrap(), &name, Some(&bps));
    }
    builder.build()
}

struct Opened {
    name: String,
    file: Spreadsheet,
    mapping: Mapping,
    facts: FileFacts,
    findings: Vec<Finding>,
    on: NaiveDate,
}

fn survey(list: &ListFile) -> Opened {
    let name = list.path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut file = Spreadsheet::open(&list.path).unwrap();
    let head = file.head(0, 30).unwrap();
    let recognition = recognise(&head, &name).remove(0);
    assert_eq!(recognition.version.as_deref(), Some(&*list.version), "{name}");
    assert_eq!((recognition.mapping.format.source, recognition.mapping.format.kind), (list.source, list.kind));
    let on = list_date(None, recognition.version.as_deref(), list.as_of);
    let mut findings = file.findings();
    findings.extend(recognition.findings);
    let mapping = recognition.mapping;
    let mut survey = Survey::new(&mapping, file.counts_from_1904());
    file.rows(0, |row| {
        survey.see(&row);
        ControlFlow::Continue(())
    })
    .unwrap();
    let facts = survey.finish();
    findings.extend(facts.findings.iter().cloned());
    Opened { name, file, mapping, facts, findings, on }
}

/// Everything the reader finds in a family file and its member file.
fn read(pair: &[ListFile], index: &AreaIndex) -> BTreeSet<Place> {
    let mut opened: Vec<Opened> = pair.iter().map(survey).collect();
    let mut keys = Vec::new();
    for one in &mut opened {
        let context =
            Context { on: one.on, from_1904: one.file.counts_from_1904(), delimited: one.file.text_layout().is_some() };
        let reader = Reader::new(&one.mapping, &one.facts, index, context);
        let mut families = FamilyKeys::new(&one.mapping, one.on);
        let (mapping, findings) = (&one.mapping, &mut one.findings);
        one.file
            .rows(0, |row| {
                if mapping.is_below_header(row.number) {
                    let reading = reader.read(row);
                    families.add(&reading);
                    findings.extend(reading.findings);
                }
                ControlFlow::Continue(())
            })
            .unwrap();
        keys.push(families);
    }
    let of_families = check_families(&keys.iter().collect::<Vec<_>>());
    let place = |file: usize, finding: &Finding| {
        let column = finding.column.as_deref().unwrap_or_default().to_owned();
        (opened[file].name.clone(), finding.row, column, finding.fault.code().to_owned())
    };
    let mut found: BTreeSet<Place> = of_families.iter().map(|(file, finding)| place(*file, finding)).collect();
    for (at, one) in opened.iter().enumerate() {
        found.extend(one.findings.iter().map(|finding| place(at, finding)));
    }
    found
}

/// The planted and the found, without what follows from other faults, as counts by file and code of what differs.
fn differences(seed: u64, families: usize, rates: &FaultRates) -> BTreeMap<String, Vec<Place>> {
    let folder = write(seed, families, rates);
    let index = area_index();
    let mut planted: BTreeSet<Place> = BTreeSet::new();
    let mut follows: BTreeSet<Place> = BTreeSet::new();
    for fault in read_planted(folder.dir.path()).unwrap() {
        let place = (fault.file, fault.row, fault.column, fault.code);
        match fault.kind {
            Certainty::Planted => drop(planted.insert(place)),
            Certainty::Follows => drop(follows.insert(place)),
        }
    }
    let mut differences: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let found: BTreeSet<Place> = folder.written.lists.chunks(2).flat_map(|pair| read(pair, &index)).collect();
    for place in planted.difference(&found) {
        differences.entry(format!("not found: {}", place.3)).or_default().push(place.clone());
    }
    for place in found.difference(&planted).filter(|place| !follows.contains(*place)) {
        differences.entry(format!("not planted: {}", place.3)).or_default().push(place.clone());
    }
    differences
}

#[test]
fn the_reader_finds_what_was_planted_and_nothing_else() {
    for (seed, families, rates) in [(21, 1_000, bad()), (22, 600, FaultRates::default()), (23, 300, FaultRates::NONE)] {
        let differences = differences(seed, families, &rates);
        let shown: Vec<String> = differences
            .iter()
            .map(|(what, places)| format!("{what} x {}: {:?}", places.len(), &places[..places.len().min(4)]))
            .collect();
        assert!(shown.is_empty(), "seed {seed}:\n{}", shown.join("\n"));
    }
}
