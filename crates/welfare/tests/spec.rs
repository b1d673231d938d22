//! Runs the pages of `spec/*.md`: each heading with a rule and a table of families is one case. The columns up to
//! `tidak ikut` are given, `peringkat`, `nilai`, `hasil`, `mengapa` are expected.

use std::{collections::BTreeMap, fs, path::Path};

use domain::{
    AreaCode, Rupiah,
    targeting::{Condition, Criteria, Exclusion, MemberKind, Need, PerMember, Points, Quota, Spread, TieBreak},
};
use welfare::{Candidate, Facts, Outcome, rank};

/// `A1` is village 1 of kecamatan A; `A` is the kecamatan.
fn area(word: &str) -> AreaCode {
    let mut letters = word.chars();
    let subdistrict = letters.next().map_or(0, |letter| letter as u32 - 'A' as u32 + 1);
    let village = letters.as_str();
    let code = if village.is_empty() {
        format!("99.01.{subdistrict:02}")
    } else {
        format!("99.01.{subdistrict:02}.200{village}")
    };
    code.parse().unwrap_or_else(|_| panic!("no area {word}"))
}

fn rule(block: &str) -> (Criteria, Quota) {
    let mut criteria = Criteria::default();
    let mut quota = Quota {
        families: None,
        ceiling: None,
        unit: Rupiah::ZERO,
        spread: Spread::Nowhere,
        each_village: None,
        areas: BTreeMap::new(),
    };
    for line in block.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(ties) = line.strip_prefix("nilai sama:") {
            criteria.ties = ties.split(',').map(|tie| TieBreak::from_word(tie.trim()).expect("a tie-break")).collect();
            continue;
        }
        let (name, value) = line.split_once('=').unwrap_or_else(|| panic!("no rule: {line}"));
        let (name, value) = (name.trim(), value.trim());
        let (kind, what) = name.split_once(' ').unwrap_or((name, ""));
        let points = |text: &str| Points::parse(text).unwrap_or_else(|| panic!("no points: {line}"));
        let number = || value.parse().unwrap_or_else(|_| panic!("no number: {line}"));
        match (kind, what) {
            ("desil", desil) => {
                criteria.desil.insert(desil.parse().expect("a desil"), points(value));
            }
            ("kebutuhan", need) => {
                criteria.needs.insert(Need::from_word(need).expect("a need"), points(value));
            }
            ("anggota", kind) => {
                let (each, most) = value.split_once(", paling banyak ").expect("a most");
                let per = PerMember { points: points(each), at_most: most.parse().expect("a number") };
                criteria.members.insert(MemberKind::from_word(kind).expect("members"), per);
            }
            ("keadaan", condition) => {
                criteria.conditions.insert(Condition::from_word(condition).expect("a condition"), points(value));
            }
            ("pagu", "") => quota.ceiling = Some(Rupiah(value.parse().expect("rupiah"))),
            ("per", "keluarga") => quota.unit = Rupiah(value.parse().expect("rupiah")),
            ("keluarga", "") => quota.families = Some(number()),
            ("tiap", "desa") => quota.each_village = Some(number()),
            ("sebaran", "") => quota.spread = Spread::from_word(value).expect("a spread"),
            ("desa" | "kecamatan", place) => {
                quota.areas.insert(area(place), number());
            }
            _ => panic!("no rule: {line}"),
        }
    }
    (criteria, quota)
}

type Row<'a> = BTreeMap<&'a str, &'a str>;

fn rows(table: &str) -> Vec<Row<'_>> {
    let mut lines = table.lines().filter(|line| line.starts_with('|'));
    let split = |line| -> Vec<&str> { str::trim_matches(line, '|').split('|').map(str::trim).collect() };
    let head = split(lines.next().expect("a table has a head"));
    lines.skip(1).map(|line| head.iter().copied().zip(split(line)).collect()).collect()
}

fn candidate(row: &Row<'_>) -> Candidate {
    let cell = |name: &str| row.get(name).copied().filter(|cell| !cell.is_empty());
    let words = |name: &str| cell(name).into_iter().flat_map(|cell| cell.split(' '));
    let mut facts = Facts {
        desil: cell("desil").map(|desil| desil.parse().expect("a desil")),
        needs: words("kebutuhan").map(|need| Need::from_word(need).expect("a need")).collect(),
        conditions: words("keadaan").map(|word| Condition::from_word(word).expect("a condition")).collect(),
        visited_on: cell("verval").map(|day| day.parse().expect("a day")),
        ..Facts::default()
    };
    for (kind, count) in words("anggota").map(|word| word.split_once('=').expect("kind=count")) {
        facts.members.set(MemberKind::from_word(kind).expect("members"), count.parse().expect("a count"));
    }
    Candidate {
        family: row["keluarga"].parse().expect("a number"),
        village: area(row["desa"]).number(),
        facts,
        excluded: cell("tidak ikut").map(|word| Exclusion::from_word(word).expect("an exclusion")),
        place: cell("tempat").map(|place| place.parse().expect("a place")),
    }
}

/// What the program says, in the words of the page.
fn said(outcome: &Outcome, column: &str) -> String {
    match column {
        "peringkat" => outcome.rank().map(|rank| rank.to_string()).unwrap_or_default(),
        "nilai" => outcome.score().map(|score| score.to_string()).unwrap_or_default(),
        "mengapa" => outcome.why().to_owned(),
        _ => match outcome {
            Outcome::Selected { .. } => "terpilih".to_owned(),
            Outcome::Reserve { number, .. } => format!("cadangan {number}"),
            Outcome::Excluded(_) => "tidak ikut".to_owned(),
        },
    }
}

#[test]
fn the_pages_of_the_specification_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    let mut pages: Vec<_> =
        fs::read_dir(folder).expect("the specification").map(|entry| entry.expect("a page").path()).collect();
    pages.sort();
    let (mut cases, mut wrong) = (0, Vec::new());
    for page in &pages {
        let text = fs::read_to_string(page).expect("a page");
        for section in text.split("\n## ").skip(1) {
            let title = section.lines().next().unwrap_or_default();
            let (_, rest) = section.split_once("```aturan\n").unwrap_or_else(|| panic!("{title} has no rule"));
            let (block, table) = rest.split_once("```").expect("the rule ends");
            let (criteria, quota) = rule(block);
            let rows = rows(table);
            let candidates: Vec<Candidate> = rows.iter().map(candidate).collect();
            let ranking = rank(&candidates, &criteria, &quota);
            cases += 1;
            for row in &rows {
                let family: i64 = row["keluarga"].parse().expect("a number");
                let line = ranking.lines.iter().find(|line| line.family == family).expect("every family has a line");
                for column in ["peringkat", "nilai", "hasil", "mengapa"] {
                    let Some(expected) = row.get(column) else { continue };
                    let said = said(&line.outcome, column);
                    if said != *expected {
                        wrong.push(format!("{title}, keluarga {family}, {column}: {said:?}, not {expected:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!((pages.len(), cases), (4, 10), "a page or a case was lost");
}
