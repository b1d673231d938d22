//! Who a row is about: numbers, name, sex, birth date, relationship.

use std::borrow::Cow;

use super::{Judged, NumberState, Plan, Reader, Relation, RowReading, cells, judge_number};
use crate::{
    identity::{Nik, NumberFault, Sex, read_family_card, read_nik},
    lists::{
        Cell, Fault, Finding, Row,
        cell::is_blank_char,
        dates::{self, Known},
        format::Slot,
        labels::is_empty_word,
    },
    name::name_key,
};

impl Reader<'_> {
    pub(super) fn read_identity(&self, row: &Row, reading: &mut RowReading) {
        let nik = self.read_nik(row, reading);
        self.read_kk(row, reading);
        self.read_name(row, reading);
        self.read_relation(row, reading);
        self.read_sex(row, reading, nik.as_ref());
        self.read_birth_date(row, reading, nik.as_ref());
    }

    /// The NIK, when its digits can be trusted for sex and birth date: sound, or with only its last digit in doubt.
    fn read_nik(&self, row: &Row, reading: &mut RowReading) -> Option<Nik> {
        let plan = self.plan(Slot::Nik)?;
        let judged = judge_number(row.cell(plan.at), read_nik);
        say(
            &judged,
            plan,
            row,
            &mut reading.findings,
            nik_fault,
            [Fault::NikCleaned, Fault::NikFromNumeric, Fault::NikSuspectNumeric],
        );
        reading.fields.nik_state = state(&judged);
        let nik = if judged.fault.is_none() { Nik::parse(&judged.digits).ok() } else { None };
        reading.fields.nik = kept(judged);
        if let Some(nik) = nik.as_ref().filter(|_| reading.fields.nik_state == NumberState::Sound) {
            self.check_sound_nik(nik, plan, row, reading);
        }
        nik
    }

    fn check_sound_nik(&self, nik: &Nik, plan: &Plan, row: &Row, reading: &mut RowReading) {
        let findings = &mut reading.findings;
        if nik.serial() == 0 {
            findings.push(plan.finding(row, Fault::NikSerialZero));
        }
        if !self.areas.issues_nik(nik.issuer()) {
            findings.push(plan.finding(row, Fault::NikAreaUnknown));
        }
        if let Some(others) = self.facts.nik_shared.get(&row.number) {
            let rows: Vec<String> = others.iter().map(ToString::to_string).collect();
            findings.push(plan.finding(row, Fault::NikDuplicateFile).reading(rows.join(", ")));
        }
        if let Some(first) = self.facts.repeats.get(&row.number) {
            findings.push(plan.finding(row, Fault::RowDuplicate).reading(first.to_string()));
        }
    }

    fn read_kk(&self, row: &Row, reading: &mut RowReading) {
        let Some(plan) = self.plan(Slot::Kk) else { return };
        let judged = judge_number(row.cell(plan.at), read_family_card);
        say(
            &judged,
            plan,
            row,
            &mut reading.findings,
            kk_fault,
            [Fault::KkCleaned, Fault::KkFromNumeric, Fault::KkSuspectNumeric],
        );
        reading.fields.kk_state = state(&judged);
        reading.fields.kk = kept(judged);
    }

    fn read_name(&self, row: &Row, reading: &mut RowReading) {
        let Some(plan) = self.plan(Slot::Name) else { return };
        let shown = row.cell(plan.at).display();
        if is_empty_word(&shown) || matches!(row.cell(plan.at), Cell::Error(_)) {
            reading.findings.push(plan.finding(row, Fault::NameEmpty));
            return;
        }
        let name = fold_name(&shown);
        if *name != shown {
            reading.findings.push(plan.finding(row, Fault::NameCleaned).reading(&*name));
        }
        if !has_only_name_signs(&name) {
            reading.findings.push(plan.finding(row, Fault::NameCharacters));
        }
        reading.fields.name_key = name_key(&name);
        reading.fields.name = Some(name.into_owned());
    }

    fn read_relation(&self, row: &Row, reading: &mut RowReading) {
        let first_is_head = self.format.head_first && self.facts.first_of_family.contains(&row.number);
        let Some(plan) = self.plan(Slot::Relation) else {
            reading.fields.relation = first_is_head.then_some(Relation::Head);
            return;
        };
        let Some(meaning) = label(row, plan, &mut reading.findings) else {
            let read = if first_is_head { Relation::Head } else { Relation::Other };
            reading.findings.push(plan.finding(row, Fault::RelationUnknown).reading(read.as_str()));
            reading.fields.relation_code = cells::text(row.cell(plan.at));
            reading.fields.relation = Some(read);
            return;
        };
        reading.fields.relation = Relation::from_code(meaning.value);
        reading.fields.relation_code =
            meaning.code.map_or_else(|| cells::text(row.cell(plan.at)), |code| Some(code.to_owned()));
    }

    fn read_sex(&self, row: &Row, reading: &mut RowReading, nik: Option<&Nik>) {
        let Some(plan) = self.plan(Slot::Sex) else { return };
        let coded = nik.map(Nik::sex);
        let Some(meaning) = label(row, plan, &mut reading.findings) else {
            let finding = plan.finding(row, Fault::SexUnknown);
            reading.findings.push(match coded {
                Some(sex) => finding.suggest(sex.as_str()),
                None => finding,
            });
            return;
        };
        reading.fields.sex = Sex::from_code(meaning.value);
        if reading.fields.nik_state == NumberState::Sound
            && let (Some(coded), Some(said)) = (coded, reading.fields.sex)
            && coded != said
        {
            let finding = plan.finding(row, Fault::NikSexMismatch).reading(said.as_str());
            reading.findings.push(finding.suggest(coded.as_str()));
        }
    }

    fn read_birth_date(&self, row: &Row, reading: &mut RowReading, nik: Option<&Nik>) {
        let Some(plan) = self.plan(Slot::BirthDate) else { return };
        let cell = row.cell(plan.at);
        let coded = nik.map(Nik::birth_parts);
        let known = Known {
            order: self.facts.date_order,
            nik: coded,
            on: self.context.on,
            adult: matches!(reading.fields.relation, Some(Relation::Head | Relation::Spouse)),
        };
        let resolved = dates::resolve(dates::parse(cell, self.context.from_1904), known);
        reading.fields.birth_date = resolved.date;
        let from_nik =
            || nik.and_then(|nik| nik.birth_date(resolved.date, self.context.on)).map(|date| date.to_string());
        let read = |finding: Finding| match resolved.date {
            Some(date) => finding.reading(date.to_string()),
            None => finding,
        };
        if let Some(note) = resolved.note {
            reading.findings.push(read(plan.finding(row, note)));
        }
        if let Some(fault) = resolved.fault {
            let finding = read(plan.finding(row, fault));
            let suggestion = resolved.other.map(|date| date.to_string()).or_else(from_nik);
            reading.findings.push(match suggestion {
                Some(suggestion) => finding.suggest(suggestion),
                None => finding,
            });
        }
        let replaced = matches!(resolved.fault, Some(Fault::BirthdateFuture | Fault::BirthdateTooOld));
        if let (Some(date), Some(coded)) = (resolved.date, coded)
            && !replaced
            && reading.fields.nik_state == NumberState::Sound
            && coded != dates::parts(date)
        {
            let finding = read(plan.finding(row, Fault::NikBirthdateMismatch));
            reading.findings.push(match from_nik() {
                Some(suggestion) => finding.suggest(suggestion),
                None => finding,
            });
        }
    }
}

/// The NIK of somebody besides the row's person: only what is wrong with the number itself is said.
pub(super) fn second_identity(plan: &Plan, row: &Row, findings: &mut Vec<Finding>) -> Option<String> {
    let judged = judge_number(row.cell(plan.at), read_nik);
    if judged.fault == Some(NumberFault::Empty) {
        return None;
    }
    say(&judged, plan, row, findings, nik_fault, [Fault::NikCleaned, Fault::NikFromNumeric, Fault::NikSuspectNumeric]);
    kept(judged)
}

/// A label of sex or relationship: unknown ones have codes of their own, so only synonyms are said here.
fn label(row: &Row, plan: &Plan, findings: &mut Vec<Finding>) -> Option<crate::lists::labels::Meaning> {
    let before = findings.len();
    let meaning = cells::answer(row.cell(plan.at), plan, row, findings);
    if meaning.is_none() {
        findings.truncate(before);
    }
    meaning
}

fn say(
    judged: &Judged,
    plan: &Plan,
    row: &Row,
    findings: &mut Vec<Finding>,
    code: fn(NumberFault) -> Fault,
    [cleaned, from_numeric, suspect]: [Fault; 3],
) {
    let empty = matches!(judged.fault, Some(NumberFault::Empty | NumberFault::Scientific));
    if let Some(fault) = judged.fault {
        findings.push(plan.finding(row, code(fault)));
    }
    if judged.cleaned && !empty {
        findings.push(plan.finding(row, cleaned).reading(&*judged.digits));
    }
    let whole = matches!(judged.fault, None | Some(NumberFault::Date));
    if judged.numeric && whole {
        let fault = if judged.suspect { suspect } else { from_numeric };
        findings.push(plan.finding(row, fault).reading(&*judged.digits));
    }
}

const fn state(judged: &Judged) -> NumberState {
    match judged.fault {
        Some(NumberFault::Empty) => NumberState::Missing,
        Some(fault) => NumberState::Faulty(fault),
        None if judged.suspect => NumberState::Suspect,
        None => NumberState::Sound,
    }
}

/// The number kept: none where there was none, and none made of a mantissa whose digits are lost.
fn kept(judged: Judged) -> Option<String> {
    match judged.fault {
        Some(NumberFault::Empty | NumberFault::Scientific) => None,
        _ => Some(judged.digits),
    }
}

const fn nik_fault(fault: NumberFault) -> Fault {
    match fault {
        NumberFault::Empty => Fault::NikEmpty,
        NumberFault::Scientific => Fault::NikScientific,
        NumberFault::Characters => Fault::NikCharacters,
        NumberFault::Length => Fault::NikLength,
        NumberFault::Dummy => Fault::NikDummy,
        NumberFault::Date => Fault::NikDate,
    }
}

const fn kk_fault(fault: NumberFault) -> Fault {
    match fault {
        NumberFault::Empty => Fault::KkEmpty,
        NumberFault::Scientific => Fault::KkScientific,
        NumberFault::Characters => Fault::KkCharacters,
        // a card's date part is the day of issue and not judged
        NumberFault::Length | NumberFault::Date => Fault::KkLength,
        NumberFault::Dummy => Fault::KkDummy,
    }
}

/// The name with its blanks and apostrophes folded: single ordinary blanks, none around, straight apostrophes.
pub(super) fn fold_name(name: &str) -> Cow<'_, str> {
    let odd =
        |c: char| matches!(c, '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' | '`') || (is_blank_char(c) && c != ' ');
    let ordinary = !name.contains(odd) && !name.contains("  ") && !name.starts_with(' ') && !name.ends_with(' ');
    if ordinary {
        return Cow::Borrowed(name);
    }
    let mut folded = String::with_capacity(name.len());
    for word in name.split(is_blank_char).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().map(|c| if odd(c) { '\'' } else { c }));
    }
    Cow::Owned(folded)
}

/// Letters, blanks and `.,'-`; brackets only around "(alm)" and its kind.
fn has_only_name_signs(name: &str) -> bool {
    let sign = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | ',' | '\'' | '-');
    if name.chars().all(sign) {
        return name.chars().any(char::is_alphabetic);
    }
    let mut rest = name;
    let mut plain = String::new();
    while let Some((before, bracket)) = rest.split_once('(') {
        let Some((inside, after)) = bracket.split_once(')') else { return false };
        let inside: String = inside.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect();
        if !matches!(inside.as_str(), "ALM" | "ALMH" | "ALMARHUM" | "ALMARHUMAH") {
            return false;
        }
        plain.push_str(before);
        rest = after;
    }
    plain.push_str(rest);
    plain.chars().all(sign) && plain.chars().any(char::is_alphabetic)
}
