//! Runs the Markdown tables of `specs/`: the rules as an official reads them.

use chrono::NaiveDate;

use super::{
    answers::{Answers, Known, KnownMember, MemberFinding},
    check::{Channel, What, conclude, faults_of},
    form::{CURRENT, Filling, form},
    minutes::{Numbers, NumbersFault},
    outcome::{Found, Outcome},
    visits::{Compared, Placement, Version, Visitor, place},
};

/// The tables of a Markdown text, each as rows of trimmed cells without the head.
fn tables(text: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = vec![Vec::new()];
    for line in text.lines() {
        if line.starts_with('|') {
            let cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
            tables.last_mut().expect("one").push(cells);
        } else if tables.last().is_some_and(|table| !table.is_empty()) {
            tables.push(Vec::new());
        }
    }
    tables.retain(|table| !table.is_empty());
    tables.into_iter().map(|table| table.into_iter().skip(2).collect()).collect()
}

fn words(cell: &str) -> Vec<String> {
    cell.split([',', ' ']).filter(|word| !word.is_empty() && *word != "-").map(str::to_owned).collect()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day")
}

/// Four adults.
fn known() -> Known {
    let member = |person| KnownMember {
        person,
        name: format!("Orang {person}"),
        birth_date: NaiveDate::from_ymd_opt(1990, 1, 1),
        ..KnownMember::default()
    };
    Known { head: Some(1), members: (1..=4).map(member).collect(), ..Known::default() }
}

/// A family met, living in a sound house.
fn sound() -> Answers {
    let mut answers = Answers::default();
    let house = "found=DITEMUKAN respondent=Ibu tenure=2 floor_area=60 floor=2 wall=1 roof=2 water=3 lighting=1 power=1 \
        fuel=4 toilet=1 closet=1 septic=1 working=2 difficulty=4 photo_reason=gelap outcome=LAYAK";
    set(&mut answers, house);
    answers.set("needs", Vec::new());
    answers.members = (1..=4)
        .map(|person| MemberFinding { person: Some(person), presence: "1".to_owned(), ..MemberFinding::default() })
        .collect();
    answers
}

fn set(answers: &mut Answers, pairs: &str) {
    for (question, value) in pairs.split_whitespace().filter_map(|pair| pair.split_once('=')) {
        answers.set(question, vec![value.to_owned()]);
    }
}

#[test]
fn outcomes_follow_what_was_found() {
    let table = &tables(include_str!("specs/outcomes.md"))[0];
    assert_eq!(table.len(), 7);
    for row in table {
        let found = Found::from_word(&row[0]).expect("found");
        let outcomes: Vec<&str> = found.outcomes(row[1] == "ya").into_iter().map(Outcome::as_str).collect();
        assert_eq!(outcomes, words(&row[2]), "{row:?}");
        assert_eq!(found.reasons(), words(&row[3]), "{row:?}");
    }
}

#[test]
fn needs_follow_from_answers() {
    let form = form(CURRENT).expect("the form");
    let known = known();
    for row in &tables(include_str!("specs/needs.md"))[0] {
        let mut answers = sound();
        set(&mut answers, &row[0]);
        let filling = Filling { form, answers: &answers, known: &known, today: today() };
        let needs: Vec<&str> = filling.suggested_needs().iter().map(|need| need.code.as_str()).collect();
        assert_eq!(needs, words(&row[1]), "{row:?}");
    }
}

#[test]
fn questions_are_skipped_and_ranges_kept() {
    let form = form(CURRENT).expect("the form");
    let known = known();
    let tables = tables(include_str!("specs/skips.md"));
    for row in &tables[0] {
        let mut answers = sound();
        set(&mut answers, &row[0]);
        let filling = Filling { form, answers: &answers, known: &known, today: today() };
        let (step, question) = form.find(&row[1]).expect("a question");
        assert_eq!(filling.asked(step, question), row[2] == "ya", "{row:?}");
    }
    for row in &tables[1] {
        let mut answers = sound();
        answers.set(&row[0], vec![row[1].clone()]);
        let filling = Filling { form, answers: &answers, known: &known, today: today() };
        let (_, question) = form.find(&row[0]).expect("a question");
        assert_eq!(faults_of(&filling, &[question], Channel::Web).is_empty(), row[2] == "ya", "{row:?}");
    }
}

#[test]
fn a_second_visit_is_placed() {
    let version = |id: i64, text: &str| {
        let (who, what) = text.trim().split_once(':').expect("who:what");
        let (outcome, needs) = what.split_once('(').unwrap_or((what, ""));
        Version {
            id,
            visitor: Visitor::Named(who.to_owned()),
            outcome: Outcome::from_word(outcome).expect("an outcome"),
            compared: Compared { needs: words(needs.trim_end_matches(')')), ..Compared::default() },
        }
    };
    let list = |ids: &[i64]| {
        let text = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        if text.is_empty() { "-".to_owned() } else { text }
    };
    let table = &tables(include_str!("specs/two_visits.md"))[0];
    assert_eq!(table.len(), 15);
    for row in table {
        let before = row[0].split(',').filter(|text| *text != "-");
        let live: Vec<Version> = before.enumerate().map(|(at, text)| version(at as i64 + 1, text)).collect();
        let told = match place(&live, &version(99, &row[1])) {
            Placement::Stands { replaces } => format!("stands {}", list(&replaces)),
            Placement::Beside { beside, replaces } => format!("beside {beside} {}", list(&replaces)),
            Placement::Conflict { with, replaces } => format!("conflict {} {}", list(&with), list(&replaces)),
        };
        assert_eq!(told, row[2], "{row:?}");
    }
}

#[test]
fn minutes_add_up() {
    for row in &tables(include_str!("specs/minutes.md"))[0] {
        let n: Vec<i64> = row[..5].iter().map(|cell| cell.parse().expect("a number")).collect();
        let numbers = Numbers { before: n[0], removed: n[1], added: n[2], after: n[3], marked: n[4] };
        let told = match numbers.check() {
            Ok(()) => "cocok".to_owned(),
            Err(NumbersFault::DoNotAddUp { right, .. }) => format!("seharusnya {right}"),
            Err(NumbersFault::TooManyRemoved { .. }) => "terlalu banyak".to_owned(),
            Err(NumbersFault::MarkedDiffer { .. }) => "ditandai lain".to_owned(),
            Err(NumbersFault::Negative) => "negatif".to_owned(),
        };
        assert_eq!(told, row[5], "{row:?}");
    }
}

fn faults(answers: &Answers, channel: Channel) -> Vec<(String, What)> {
    let form = form(CURRENT).expect("the form");
    match conclude(form, answers, &known(), today(), channel) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|fault| (fault.question, fault.what)).collect(),
    }
}

#[test]
fn a_whole_visit_is_a_finding() {
    let form = form(CURRENT).expect("the form");
    let mut answers = sound();
    set(&mut answers, "water=9 title=1 distance=1");
    answers.set("needs", vec!["JAMBAN".to_owned(), "AIR".to_owned()]);
    let finding = conclude(form, &answers, &known(), today(), Channel::Web).expect("sound");
    assert_eq!(finding.needs, ["AIR", "JAMBAN"], "in the order of the form, as the visitor confirmed");
    assert!(!finding.answers.contains_key("title") && !finding.answers.contains_key("distance"), "not asked, not kept");
    assert_eq!(finding.answers["water"], ["9"]);
    assert!(!finding.answers.contains_key("found"), "has a place of its own");
}

#[test]
fn what_is_missing_or_at_odds_is_told_at_its_question() {
    let mut answers = sound();
    answers.values.remove("floor");
    assert_eq!(faults(&answers, Channel::Web), [("floor".to_owned(), What::Missing)]);

    let mut answers = sound();
    answers.set("assets", vec!["c".to_owned()]);
    set(&mut answers, "lighting=4");
    assert!(matches!(faults(&answers, Channel::Web)[..], [(ref q, What::Contradiction(_))] if q == "assets"));

    let mut answers = sound();
    set(&mut answers, "working=5");
    assert!(matches!(faults(&answers, Channel::Web)[..], [(ref q, What::Contradiction(_))] if q == "working"));

    let mut answers = sound();
    answers.seen.remove("needs");
    assert_eq!(faults(&answers, Channel::Web), [("needs".to_owned(), What::Missing)]);
}

#[test]
fn a_dead_head_asks_for_a_new_one_and_makes_it_a_correction() {
    let mut answers = sound();
    answers.members[0].presence = "2".to_owned();
    set(&mut answers, "outcome=PERBAIKAN");
    assert_eq!(faults(&answers, Channel::Web), [("family".to_owned(), What::HeadGone)]);
    answers.family.insert("head".to_owned(), "1".to_owned());
    assert_eq!(faults(&answers, Channel::Web), [("family".to_owned(), What::NotPresent)]);
    answers.family.insert("head".to_owned(), "2".to_owned());
    assert_eq!(faults(&answers, Channel::Web), []);
    set(&mut answers, "outcome=LAYAK");
    assert_eq!(faults(&answers, Channel::Web), [("outcome".to_owned(), What::CorrectionsMade)]);
}

#[test]
fn corrections_stand_beside_the_source_and_equal_values_are_none() {
    let form = form(CURRENT).expect("the form");
    let known = known();
    let mut answers = sound();
    answers.members[1].name = Some("Orang 2".to_owned());
    assert!(!answers.has_corrections(&known), "the same name again is no correction");
    answers.members[1].name = Some("Orang Dua".to_owned());
    set(&mut answers, "outcome=PERBAIKAN");
    let finding = conclude(form, &answers, &known, today(), Channel::Web).expect("sound");
    let correction = &finding.members[1].1[0];
    assert_eq!((correction.source.as_deref(), correction.value.as_str()), (Some("Orang 2"), "Orang Dua"));
    answers.members[1].nik = Some("123".to_owned());
    assert!(matches!(faults(&answers, Channel::Web)[..], [(_, What::Nik(_))]));
}

#[test]
fn a_workbook_may_be_silent_but_not_wrong() {
    let mut answers = Answers::default();
    set(&mut answers, "found=DITEMUKAN outcome=LAYAK");
    assert_eq!(faults(&answers, Channel::Workbook), []);
    set(&mut answers, "water=3 distance=1");
    assert_eq!(faults(&answers, Channel::Workbook), [("distance".to_owned(), What::NotAsked)]);
    let mut answers = Answers::default();
    set(&mut answers, "found=DITEMUKAN outcome=TIDAK_LAYAK");
    assert_eq!(faults(&answers, Channel::Workbook), [("reason".to_owned(), What::Missing)]);
    set(&mut answers, "reason=LAINNYA");
    assert_eq!(faults(&answers, Channel::Workbook), [("note".to_owned(), What::Missing)]);
    let mut answers = Answers::default();
    set(&mut answers, "found=DITEMUKAN outcome=PERBAIKAN");
    assert_eq!(faults(&answers, Channel::Workbook), [("outcome".to_owned(), What::NothingCorrected)]);
    set(&mut answers, "note=alamat");
    assert_eq!(faults(&answers, Channel::Workbook), []);
}

#[test]
fn a_family_not_met_is_asked_no_more_than_the_result() {
    let mut answers = Answers::default();
    set(&mut answers, "found=TIDAK_DI_RUMAH outcome=TUNDA deferral=TIDAK_DI_RUMAH");
    assert_eq!(faults(&answers, Channel::Web), []);
    set(&mut answers, "outcome=LAYAK");
    assert!(matches!(faults(&answers, Channel::Web)[..], [(ref q, What::OutcomeNotPossible { .. })] if q == "outcome"));
}

#[test]
fn found_is_told_by_a_result_without_that_question() {
    for (outcome, reason, found) in [
        ("LAYAK", None, "DITEMUKAN"),
        ("TIDAK_LAYAK", Some("MAMPU"), "DITEMUKAN"),
        ("TIDAK_LAYAK", Some("PINDAH"), "PINDAH"),
        ("TIDAK_LAYAK", Some("MENINGGAL"), "MENINGGAL"),
        ("TIDAK_LAYAK", Some("TIDAK_DITEMUKAN"), "TIDAK_DIKENAL"),
        ("TUNDA", Some("TIDAK_DI_RUMAH"), "TIDAK_DI_RUMAH"),
        ("TUNDA", Some("MENOLAK"), "MENOLAK"),
        ("TUNDA", Some("TIDAK_DAPAT_MENJAWAB"), "DITEMUKAN"),
    ] {
        let outcome = Outcome::from_word(outcome).expect("an outcome");
        assert_eq!(Found::from_result(outcome, reason).as_str(), found);
        assert!(Found::from_result(outcome, reason).outcomes(false).contains(&outcome), "{outcome} {reason:?}");
    }
}
