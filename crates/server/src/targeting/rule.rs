//! The form of a rule: fields to criteria and quota, and back. Every fault stands at its field.

use std::collections::BTreeMap;

use domain::{
    AreaCode, Level, Rupiah,
    money::grouped,
    programmes::AidKind,
    targeting::{
        Aid, Condition, Criteria, CriteriaFault, MemberKind, Need, PerMember, Points, Quota, QuotaFault, Receiving,
        Spread, TieBreak, Treatment,
    },
};
use store::{areas::Area, targeting::Error};

use crate::{forms::Form, i18n::Lang};

/// How many tie-breaks a rule may state.
pub const TIES: usize = 4;

/// Desils that points can be given for on screen; a list knows ten, but aid for the poorest ends before.
pub const DESILS: std::ops::RangeInclusive<u8> = 1..=5;

/// The form as a rule fills it.
pub fn fill(form: &mut Form, name: &str, criteria: &Criteria, quota: &Quota) {
    // without groups of three: a point could be read as the decimal sign
    let given = |points: &Points| points.to_string();
    form.set("name", name);
    for (desil, points) in &criteria.desil {
        form.set(&format!("desil-{desil}"), given(points));
    }
    for (need, points) in &criteria.needs {
        form.set(&format!("need-{need}"), given(points));
    }
    for (kind, per) in &criteria.members {
        form.set(&format!("members-{kind}"), given(&per.points));
        form.set(&format!("most-{kind}"), per.at_most);
    }
    for (condition, points) in &criteria.conditions {
        form.set(&format!("condition-{condition}"), given(points));
    }
    for (at, tie) in criteria.ties.iter().enumerate() {
        form.set(&format!("tie-{}", at + 1), tie);
    }
    form.set("treatment", criteria.receiving.treatment);
    form.set_all("aid", criteria.receiving.aids.iter().map(ToString::to_string));
    form.set_all("kind", criteria.receiving.kinds.iter().map(ToString::to_string));
    if let Some(families) = quota.families {
        form.set("families", grouped(i64::from(families), '.'));
    }
    if let Some(ceiling) = quota.ceiling {
        form.set("ceiling", grouped(ceiling.0, '.'));
    }
    form.set("unit", grouped(quota.unit.0, '.'));
    form.set("spread", quota.spread);
    if let Some(each) = quota.each_village {
        form.set("each_village", each);
    }
    let mut villages = Vec::new();
    for (code, families) in &quota.areas {
        if code.level() == Level::Village {
            villages.push(format!("{code} {families}"));
        } else {
            form.set(&format!("area-{}", code.number()), families);
        }
    }
    form.set("villages", villages.join("\n"));
}

/// The rule a form states; faults stand in the form. `subdistricts` are those that can have a number of their own.
pub fn read(lang: Lang, form: &mut Form, subdistricts: &[Area]) -> (Criteria, Quota) {
    let mut criteria = Criteria::default();
    for desil in DESILS {
        if let Some(points) = points(lang, form, &format!("desil-{desil}")) {
            criteria.desil.insert(desil, points);
        }
    }
    for need in Need::ALL {
        if let Some(points) = points(lang, form, &format!("need-{need}")) {
            criteria.needs.insert(*need, points);
        }
    }
    for kind in MemberKind::ALL {
        if let Some(points) = points(lang, form, &format!("members-{kind}")) {
            let most = form.number(&format!("most-{kind}"), 1..=20, lang);
            let at_most = most.and_then(|most| u8::try_from(most).ok()).unwrap_or(1);
            criteria.members.insert(*kind, PerMember { points, at_most });
        }
    }
    for condition in Condition::ALL {
        if let Some(points) = points(lang, form, &format!("condition-{condition}")) {
            criteria.conditions.insert(*condition, points);
        }
    }
    criteria.ties = (1..=TIES).filter_map(|at| TieBreak::from_word(form.text(&format!("tie-{at}")))).collect();
    criteria.receiving = Receiving {
        treatment: Treatment::from_word(form.text("treatment")).unwrap_or(Treatment::Exclude),
        aids: form.all("aid").iter().filter_map(|word| Aid::from_word(word)).collect(),
        kinds: form.all("kind").iter().filter_map(|word| AidKind::from_word(word)).collect(),
    };
    (criteria.tidied(), read_quota(lang, form, subdistricts))
}

fn points(lang: Lang, form: &mut Form, field: &str) -> Option<Points> {
    let text = form.some(field)?;
    let read = Points::parse(text).filter(|points| *points <= Points::MOST);
    if read.is_none() {
        form.fault(field, lang.t("targeting-fault-points"));
    }
    read
}

fn read_quota(lang: Lang, form: &mut Form, subdistricts: &[Area]) -> Quota {
    let count = |form: &mut Form, field: &str| {
        form.number(field, 0..=1_000_000, lang).and_then(|number| u32::try_from(number).ok())
    };
    let mut areas = BTreeMap::new();
    for area in subdistricts {
        if let Some(families) = count(form, &format!("area-{}", area.code.number())) {
            areas.insert(area.code, families);
        }
    }
    let villages = form.text("villages").to_owned();
    for line in villages.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let read = line.rsplit_once([' ', '=', ';', '\t']).and_then(|(code, families)| {
            let code: AreaCode = code.trim().trim_end_matches(['=', ';', ':']).trim().parse().ok()?;
            Some((code, families.trim().parse::<u32>().ok()?))
        });
        match read {
            Some((code, families)) if code.level() == Level::Village => {
                areas.insert(code, families);
            }
            _ => form.fault("villages", lang.msg("targeting-fault-villages").s("line", line)),
        }
    }
    Quota {
        families: count(form, "families"),
        ceiling: form.rupiah("ceiling", lang),
        unit: form.rupiah("unit", lang).unwrap_or(Rupiah::ZERO),
        spread: Spread::from_word(form.text("spread")).unwrap_or(Spread::Nowhere),
        each_village: count(form, "each_village"),
        areas,
    }
}

/// What the store said about a rule, at the fields it is about. Anything else comes back.
pub fn tell(lang: Lang, form: &mut Form, error: Error) -> Result<(), Error> {
    match error {
        Error::Criteria(faults) => {
            for fault in faults {
                let (field, message) = match &fault {
                    CriteriaFault::NoPoints => ("desil-1".to_owned(), lang.t("targeting-fault-no-points")),
                    CriteriaFault::TieTwice(tie) => {
                        let message = lang.msg("targeting-fault-tie-twice").s("tie", super::words::tie(lang, *tie));
                        ("tie-1".to_owned(), message.to_string())
                    }
                    CriteriaFault::Desil(desil) => (format!("desil-{desil}"), lang.t("targeting-fault-points")),
                    CriteriaFault::AtMost(kind) => (format!("most-{kind}"), lang.t("targeting-fault-points")),
                    CriteriaFault::OutOfRange(name) => (name.clone(), lang.t("targeting-fault-points")),
                };
                form.fault(&field, message);
            }
            Ok(())
        }
        Error::Quota(faults) => {
            for fault in faults {
                let (field, message) = match &fault {
                    QuotaFault::NoLimit => ("families", lang.t("targeting-fault-no-limit")),
                    QuotaFault::NoUnit => ("unit", lang.t("targeting-fault-no-unit")),
                    QuotaFault::CeilingBelowUnit => ("ceiling", lang.t("targeting-fault-ceiling-below-unit")),
                    QuotaFault::BeyondProgramme { left } => {
                        ("ceiling", lang.msg("targeting-fault-beyond-programme").s("left", left).to_string())
                    }
                    QuotaFault::NotAnArea(code) => {
                        ("villages", lang.msg("targeting-fault-villages").s("line", code).to_string())
                    }
                };
                form.fault(field, message);
            }
            Ok(())
        }
        other => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subdistricts() -> Vec<Area> {
        vec![Area { code: "99.01.02".parse().expect("a code"), kind: "kecamatan".into(), name: "Muara Jernih".into() }]
    }

    #[test]
    fn a_rule_comes_back_from_its_form_as_it_went_in() {
        let criteria = Criteria::starting_point();
        let mut quota = Quota {
            families: Some(1_000),
            ceiling: Some(Rupiah(3_000_000_000)),
            unit: Rupiah(2_940_000),
            spread: Spread::Villages,
            each_village: Some(12),
            areas: BTreeMap::new(),
        };
        quota.areas.insert("99.01.02".parse().expect("a code"), 241);
        quota.areas.insert("99.01.02.2001".parse().expect("a code"), 20);
        for lang in Lang::ALL {
            let mut form = Form::default();
            fill(&mut form, "Sembako", &criteria, &quota);
            let (read_criteria, read_quota) = read(lang, &mut form, &subdistricts());
            assert!(form.is_sound(), "{:?}", form.faults());
            assert_eq!((read_criteria, read_quota), (criteria.clone(), quota.clone()));
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_field() {
        let mut form = Form::default();
        form.set("desil-1", "banyak").set("unit", "3 juta").set("villages", "99.01.02.2001 20\nMuara Jernih 5");
        read(Lang::Id, &mut form, &subdistricts());
        for field in ["desil-1", "unit", "villages"] {
            assert!(form.fault_of(field).is_some(), "{field}");
        }
    }
}
