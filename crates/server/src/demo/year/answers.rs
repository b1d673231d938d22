//! What a visitor of the story writes into the form: the list's own answers where it has them, else what is usual among
//! poor families. The form itself decides what is asked, and what contradicts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    calendar::age,
    verification::{
        Answers, Found, Known, MemberFinding,
        form::{Filling, Form, Kind, Question},
    },
};

use super::story::Dice;

/// What a visit will come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Eligible,
    NotEligible(Found, &'static str),
    Deferred(Found, &'static str),
}

impl Verdict {
    /// Of a hundred families some 85 are eligible, 8 are not, the others are to be visited again.
    pub fn draw(dice: &mut Dice) -> Self {
        match dice.below(1_000) {
            0..857 => Self::Eligible,
            857..887 => Self::NotEligible(Found::Met, "MAMPU"),
            887..907 => Self::NotEligible(Found::Moved, "PINDAH"),
            907..917 => Self::NotEligible(Found::Deceased, "MENINGGAL"),
            917..925 => Self::NotEligible(Found::Unknown, "TIDAK_DITEMUKAN"),
            925..932 => Self::NotEligible(Found::Met, "GANDA"),
            932..937 => Self::NotEligible(Found::Met, "ASN_TNI_POLRI"),
            937..975 => Self::Deferred(Found::NotHome, "TIDAK_DI_RUMAH"),
            975..987 => Self::Deferred(Found::NotHome, "MEDAN"),
            987..995 => Self::Deferred(Found::Met, "TIDAK_DAPAT_MENJAWAB"),
            _ => Self::Deferred(Found::Refused, "MENOLAK"),
        }
    }

    const fn found(self) -> Found {
        match self {
            Self::Eligible => Found::Met,
            Self::NotEligible(found, _) | Self::Deferred(found, _) => found,
        }
    }
}

const NO_PHOTO: [&str; 4] =
    ["Keluarga tidak berkenan difoto", "Hujan deras", "Kamera HP rusak", "Memori HP penuh, foto menyusul"];

/// The question a photo of the house answers.
pub const PHOTO: &str = "photo_front";

/// Fills in the form for a family. `said`: what the list says of it, by field. With `photo`, a number stands in the place
/// of the photo's until there is one.
pub fn fill(
    form: &Form,
    known: &Known,
    said: &BTreeMap<String, String>,
    today: NaiveDate,
    verdict: Verdict,
    photo: bool,
    dice: &mut Dice,
) -> Answers {
    let mut answers = Answers::default();
    let met = verdict.found() == Found::Met;
    if met {
        answers.members = known.members.iter().map(|member| present(member.person)).collect();
        answers.seen.extend(["members".to_owned(), "family".to_owned()]);
        if verdict == Verdict::Eligible && dice.chance(0.16) {
            correct(&mut answers, known, dice);
        }
    }
    for step in &form.steps {
        for question in step.screens.iter().flat_map(|screen| &screen.questions) {
            let filling = Filling { form, answers: &answers, known, today };
            if !filling.asked(step, question) {
                continue;
            }
            let value = match question.id.as_str() {
                "found" => vec![verdict.found().as_str().to_owned()],
                "outcome" => vec![outcome(verdict, &answers, known).to_owned()],
                "reason" | "deferral" => match verdict {
                    Verdict::NotEligible(_, reason) | Verdict::Deferred(_, reason) => vec![reason.to_owned()],
                    Verdict::Eligible => continue,
                },
                "needs" => filling.suggested_needs().into_iter().map(|need| need.code.clone()).collect(),
                PHOTO if photo => {
                    answers.photos.insert(PHOTO.to_owned(), 0);
                    // the throw for the reason why there is none: the answers behind it stay what they are
                    dice.below(NO_PHOTO.len());
                    continue;
                }
                _ => match question.kind {
                    Kind::Single | Kind::Multi | Kind::Number | Kind::Text => {
                        usual(question, &answers, known, said, today, dice)
                    }
                    _ => continue,
                },
            };
            answers.set(&question.id, value);
        }
    }
    answers
}

fn present(person: i64) -> MemberFinding {
    MemberFinding { person: Some(person), presence: "1".to_owned(), ..MemberFinding::default() }
}

/// A correction of the kind that visits find most often.
fn correct(answers: &mut Answers, known: &Known, dice: &mut Dice) {
    let (field, value) = match dice.below(10) {
        0..5 => ("phone", format!("0899{:08}", dice.below(100_000_000))),
        5..8 => ("rt", format!("{:03}", dice.below(12) + 1)),
        _ => ("address", format!("Jalan Contoh Nomor {}", dice.below(180) + 1)),
    };
    answers.family.insert(field.to_owned(), value);
    // a child who works elsewhere now (404: lives outside)
    let away = answers.members.iter().rposition(|member| member.person != known.head);
    if let Some(at) = away.filter(|at| *at > 1 && dice.chance(0.25)) {
        "3".clone_into(&mut answers.members[at].presence);
    }
}

fn outcome(verdict: Verdict, answers: &Answers, known: &Known) -> &'static str {
    match verdict {
        Verdict::Eligible if answers.has_corrections(known) => "PERBAIKAN",
        Verdict::Eligible => "LAYAK",
        Verdict::NotEligible(..) => "TIDAK_LAYAK",
        Verdict::Deferred(..) => "TUNDA",
    }
}

/// The list's answer where the question knows it, else a usual one.
fn usual(
    question: &Question,
    answers: &Answers,
    known: &Known,
    said: &BTreeMap<String, String>,
    today: NaiveDate,
    dice: &mut Dice,
) -> Vec<String> {
    let listed = question.source.as_ref().and_then(|field| said.get(field));
    if let (Some(value), Some(codes)) = (listed, question.codes())
        && codes.code(value).is_some()
    {
        return vec![value.clone()];
    }
    let aged = |from: u32, until: u32| {
        let ages = answers.present(known).into_iter().filter_map(|member| age(member.birth_date?, today));
        ages.filter(|age| (from..=until).contains(age)).count()
    };
    match question.id.as_str() {
        "respondent" => {
            let names: Vec<&str> = known.members.iter().take(2).map(|member| member.name.as_str()).collect();
            let name = names.get(dice.below(names.len())).copied().unwrap_or("Ketua RT");
            vec![if answers.members.is_empty() { "Ketua RT" } else { name }.to_owned()]
        }
        "floor_area" => {
            let listed = listed.and_then(|text| text.parse::<i64>().ok()).filter(|area| (1..=997).contains(area));
            vec![listed.unwrap_or_else(|| 18 + dice.below(43) as i64).to_string()]
        }
        "working" if dice.chance(0.11) => vec!["0".to_owned()],
        "working" => vec![(1 + dice.below(aged(15, 64).min(3))).to_string()],
        "out_of_school" => vec![usize::from(dice.chance(0.13)).min(aged(7, 18)).to_string()],
        "photo_reason" => vec![NO_PHOTO[dice.below(NO_PHOTO.len())].to_owned()],
        "programmes" => owned(dice, &[("a", 0.22), ("b", 0.18), ("c", 0.09), ("d", 0.30), ("g", 0.35)]),
        "assets" if answers.one("lighting") == Some("4") => owned(dice, &[("i", 0.25), ("j", 0.2), ("n", 0.4)]),
        "assets" => owned(dice, &[("b", 0.12), ("f", 0.24), ("i", 0.48), ("j", 0.22), ("n", 0.66)]),
        id => vec![dice.pick(weights(id)).to_owned()],
    }
}

fn owned(dice: &mut Dice, shares: &[(&str, f64)]) -> Vec<String> {
    shares.iter().filter(|(_, share)| dice.chance(*share)).map(|(code, _)| (*code).to_owned()).collect()
}

/// How often poor families answer a question of the form so, in parts.
fn weights(question: &str) -> &'static [(&'static str, u32)] {
    match question {
        "tenure" => &[("1", 78), ("3", 14), ("2", 8)],
        "title" => &[("5", 50), ("1", 28), ("6", 22)],
        "floor" => &[("6", 42), ("5", 24), ("8", 13), ("4", 8), ("2", 13)],
        "wall" => &[("3", 42), ("1", 34), ("4", 14), ("2", 10)],
        "roof" => &[("3", 56), ("2", 26), ("4", 11), ("7", 7)],
        "water" => &[("5", 30), ("6", 17), ("4", 22), ("2", 12), ("9", 8), ("10", 11)],
        "distance" => &[("2", 68), ("1", 16), ("3", 16)],
        "lighting" => &[("1", 80), ("2", 15), ("4", 5)],
        "power" => &[("1", 70), ("2", 30)],
        "fuel" => &[("4", 62), ("10", 38)],
        "toilet" => &[("1", 62), ("2", 14), ("4", 9), ("6", 15)],
        "closet" => &[("1", 72), ("4", 28)],
        "septic" => &[("1", 56), ("4", 30), ("3", 14)],
        "nutrition" => &[("3", 74), ("8", 12), ("2", 10), ("1", 4)],
        "difficulty" => &[("4", 85), ("3", 8), ("2", 5), ("1", 2)],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use domain::verification::{Channel, KnownMember, conclude, form::CURRENT};

    use super::*;

    /// Whatever the dice say, a visitor never sends what the form would refuse.
    #[test]
    fn what_is_filled_in_is_always_whole() {
        let form = domain::verification::form::form(CURRENT).expect("the form");
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let born = |year| NaiveDate::from_ymd_opt(year, 5, 1);
        let member = |person, year, relation: &str| KnownMember {
            person,
            name: format!("ANGGOTA {person}"),
            birth_date: born(year),
            relation: Some(relation.to_owned()),
            ..KnownMember::default()
        };
        let all =
            [member(1, 1980, "HEAD"), member(2, 1984, "SPOUSE"), member(3, 2012, "CHILD"), member(4, 2023, "CHILD")];
        for family in 0..600 {
            let members = all[..=family % 4].to_vec();
            let known = Known { head: Some(1), members, ..Known::default() };
            let mut dice = Dice::from_seed(family as u64);
            let verdict = Verdict::draw(&mut dice);
            let answers = fill(form, &known, &BTreeMap::new(), today, verdict, family % 5 == 0, &mut dice);
            let finding = conclude(form, &answers, &known, today, Channel::Web);
            assert!(finding.is_ok(), "{verdict:?}: {finding:?}");
        }
    }
}
