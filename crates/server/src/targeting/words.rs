//! A rule, a place and a reason in words: what the pages, the decree and its annex say.

use std::collections::BTreeMap;

use domain::{
    AreaCode, Rupiah,
    targeting::{
        Aid, Condition, Criteria, Exclusion, LineState, Livelihood, MemberKind, Need, Points, Quota, Spread, TieBreak,
        Treatment, Why,
    },
};
use store::targeting::{Detail, Line};
use welfare::{Limit, Part, TieLost};

use crate::i18n::Lang;

/// The end of a message key: `female_head` is `female-head`, `AIR` is `air`.
fn key(word: &str) -> String {
    word.to_lowercase().replace('_', "-")
}

/// `72,5`; as short as it can be without rounding.
pub fn points(lang: Lang, points: Points) -> String {
    let text = points.to_string();
    let (whole, decimals) = text.split_once(',').unwrap_or((&text, ""));
    let whole = lang.number(whole.parse().unwrap_or(0));
    match (decimals, lang.is_english()) {
        ("", _) => whole,
        (decimals, true) => format!("{whole}.{decimals}"),
        (decimals, false) => format!("{whole},{decimals}"),
    }
}

/// `Rp2,94 miliar`, `Rp60 juta`; the whole amount when it is not round enough for three figures.
pub fn short_rupiah(lang: Lang, amount: Rupiah) -> String {
    let value = amount.0;
    for (unit, word) in [(1_000_000_000, "targeting-billion"), (1_000_000, "targeting-million")] {
        let hundredth = unit / 100;
        if value >= unit && value % hundredth == 0 {
            let text = points(lang, Points(value / hundredth * 10));
            return lang.msg(word).s("amount", text).to_string();
        }
    }
    lang.rupiah(amount)
}

pub fn need(lang: Lang, need: Need) -> String {
    lang.t(&format!("targeting-need-{}", key(need.as_str())))
}

pub fn condition(lang: Lang, condition: Condition) -> String {
    lang.t(&format!("targeting-condition-{}", key(condition.as_str())))
}

pub fn members(lang: Lang, kind: MemberKind) -> String {
    lang.t(&format!("targeting-members-{}", key(kind.as_str())))
}

pub fn livelihood(lang: Lang, livelihood: Livelihood) -> String {
    lang.t(&format!("targeting-livelihood-{}", key(livelihood.as_str())))
}

pub fn aid(lang: Lang, aid: Aid) -> String {
    lang.t(&format!("targeting-aid-{}", key(aid.as_str())))
}

pub fn tie(lang: Lang, tie: TieBreak) -> String {
    lang.t(&format!("targeting-tie-{}", key(tie.as_str())))
}

/// `5 tanggungan`, `tanpa jamban`, `kepala keluarga perempuan`.
pub fn part(lang: Lang, part: &Part) -> String {
    match part {
        Part::Desil { value, .. } => lang.msg("targeting-part-desil").n("desil", i64::from(*value)).to_string(),
        Part::Need { what, .. } => need(lang, *what),
        Part::Members { what, found, .. } => {
            lang.msg(format!("targeting-part-{}", key(what.as_str()))).n("count", i64::from(*found)).to_string()
        }
        Part::Condition { what, .. } => condition(lang, *what),
    }
}

/// The two weightiest parts besides the desil, which most families near a cut share; the desil when there is nothing else.
fn weightiest(lang: Lang, parts: &[Part]) -> String {
    let mut others: Vec<&Part> = parts.iter().filter(|part| !matches!(part, Part::Desil { .. })).collect();
    others.sort_by_key(|part| std::cmp::Reverse(part.points()));
    if others.is_empty() {
        others = parts.iter().collect();
    }
    let words: Vec<String> = others.into_iter().take(2).map(|p| part(lang, p)).collect();
    if words.is_empty() { lang.t("targeting-no-points") } else { sentence_case(&words.join("; ")) }
}

pub fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `Nilai sama; tanggungan 2, yang terakhir terpilih 3`.
pub fn lost_tie(lang: Lang, lost: &TieLost) -> String {
    let (own, other) = match lost.by {
        TieBreak::LowerDesil => (-lost.own, -lost.other),
        TieBreak::EarlierVisit => {
            let day = |value: i64| lang.date(&number_day(-value));
            let message = lang.msg("targeting-lost-earlier-visit");
            return message.s("own", day(lost.own)).s("other", day(lost.other)).to_string();
        }
        TieBreak::EarlierRegistered => return lang.t("targeting-lost-earlier-registered"),
        _ => (lost.own, lost.other),
    };
    lang.msg(format!("targeting-lost-{}", key(lost.by.as_str()))).n("own", own).n("other", other).to_string()
}

/// 20261102 as `2026-11-02`.
fn number_day(number: i64) -> String {
    format!("{:04}-{:02}-{:02}", number / 10_000, number / 100 % 100, number % 100)
}

/// Why a family stands where it stands, short enough for a cell.
pub fn why_here(lang: Lang, line: &Line) -> String {
    if line.state == LineState::Excluded {
        let why = lang.t(&format!("targeting-excluded-{}", key(&line.why)));
        let more = excluded_detail(lang, &line.why, &line.detail);
        return if more.is_empty() { why } else { format!("{why}: {more}") };
    }
    if let Some(note) = line.detail.note.as_deref().filter(|_| line.detail.place.is_some()) {
        return lang.msg("targeting-placed-because").s("reason", note).to_string();
    }
    if let Some(lost) = &line.detail.tie {
        return lost_tie(lang, lost);
    }
    let parts = weightiest(lang, &line.parts);
    match line.detail.limit {
        Some(Limit::Village) => lang.msg("targeting-village-full-but").s("parts", parts).to_string(),
        Some(Limit::Subdistrict) => lang.msg("targeting-subdistrict-full-but").s("parts", parts).to_string(),
        _ => parts,
    }
}

/// What stands behind an exclusion: the visit's reason, the fault, what is received, what a person wrote.
pub fn excluded_detail(lang: Lang, why: &str, detail: &Detail) -> String {
    match Exclusion::from_word(why) {
        Some(Exclusion::Blocked) => {
            detail.code.as_deref().map(|code| lang.t(&crate::ui::fault_key(code))).unwrap_or_default()
        }
        Some(Exclusion::AlreadyReceives) => received(lang, detail),
        Some(Exclusion::Manual) => detail.note.clone().unwrap_or_default(),
        Some(Exclusion::VillageRemoved) => detail.code.clone().unwrap_or_default(),
        _ => detail.code.as_deref().map(|code| visit_reason(lang, code)).unwrap_or_default(),
    }
}

/// Aid already received, by name.
pub fn received(lang: Lang, detail: &Detail) -> String {
    let mut names: Vec<String> = detail.aids.iter().map(|one| aid(lang, *one)).collect();
    if !detail.programmes.is_empty() {
        names.push(lang.msg("targeting-own-programmes").n("count", detail.programmes.len()).to_string());
    }
    names.join(", ")
}

fn visit_reason(lang: Lang, code: &str) -> String {
    for list in ["p3ke.alasan_tidak_layak", "verval.alasan_tunda"] {
        if let Some(known) = domain::codes::list(list).code(code) {
            return known.label(lang.is_english()).to_lowercase();
        }
    }
    code.to_owned()
}

/// The word of a state for a tag: `terpilih`, `cadangan 3`, `tidak ikut`.
pub fn standing(lang: Lang, line: &Line) -> String {
    match (line.state, line.detail.number) {
        (LineState::Reserve, Some(number)) => {
            lang.msg("targeting-reserve-number").n("number", i64::from(number)).to_string()
        }
        (state, _) => lang.t(&format!("targeting-state-{state}")),
    }
}

/// Why a limit stopped there: `kuota desa`, `pagu`.
pub fn limit(lang: Lang, why: &str) -> String {
    match Why::from_word(why) {
        Some(why) => lang.t(&format!("targeting-why-{}", key(why.as_str()))),
        None => lang.t(&format!("targeting-excluded-{}", key(why))),
    }
}

/// One criterion: its name, how it is read, what it gives.
#[derive(Clone, Debug)]
pub struct CriterionWords {
    pub name: String,
    pub measure: String,
    pub points: String,
}

/// A whole rule in words.
#[derive(Clone, Debug)]
pub struct RuleWords {
    pub criteria: Vec<CriterionWords>,
    pub most: String,
    pub ties: String,
    pub receiving: String,
    pub quota: Vec<(String, String)>,
}

/// The rule in words; `areas` are names by code, for quotas of single areas.
pub fn rule(lang: Lang, criteria: &Criteria, quota: &Quota, areas: &BTreeMap<i64, String>) -> RuleWords {
    RuleWords {
        criteria: criteria_words(lang, criteria),
        most: points(lang, criteria.most()),
        ties: ties_words(lang, &criteria.ties),
        receiving: receiving_words(lang, criteria),
        quota: quota_words(lang, quota, areas),
    }
}

fn criteria_words(lang: Lang, criteria: &Criteria) -> Vec<CriterionWords> {
    let mut all = Vec::new();
    if !criteria.desil.is_empty() {
        let each: Vec<String> = criteria
            .desil
            .iter()
            .map(|(desil, given)| {
                lang.msg("targeting-desil-gives")
                    .n("desil", i64::from(*desil))
                    .s("points", points(lang, *given))
                    .to_string()
            })
            .collect();
        let most = criteria.desil.values().copied().max().unwrap_or_default();
        all.push(CriterionWords {
            name: lang.t("targeting-desil"),
            measure: each.join(", "),
            points: points(lang, most),
        });
    }
    for (what, given) in &criteria.needs {
        all.push(CriterionWords {
            name: sentence_case(&need(lang, *what)),
            measure: lang.t("targeting-measure-need"),
            points: points(lang, *given),
        });
    }
    for (kind, per) in &criteria.members {
        let measure = lang
            .msg("targeting-measure-members")
            .s("points", points(lang, per.points))
            .n("most", i64::from(per.at_most))
            .to_string();
        let most = Points(per.points.0 * i64::from(per.at_most));
        all.push(CriterionWords { name: sentence_case(&members(lang, *kind)), measure, points: points(lang, most) });
    }
    for (what, given) in &criteria.conditions {
        all.push(CriterionWords {
            name: sentence_case(&condition(lang, *what)),
            measure: lang.t("targeting-measure-condition"),
            points: points(lang, *given),
        });
    }
    all
}

/// `Nilai sama diputus oleh jumlah tanggungan, lalu tanggal verval, terakhir nomor urut pendaftaran.`
pub fn ties_words(lang: Lang, ties: &[TieBreak]) -> String {
    let stated: Vec<String> = ties
        .iter()
        .filter(|one| **one != TieBreak::EarlierRegistered)
        .map(|one| tie(lang, *one).to_lowercase())
        .collect();
    if stated.is_empty() {
        return lang.t("targeting-ties-none");
    }
    lang.msg("targeting-ties").s("ties", stated.join(&lang.t("targeting-then"))).to_string()
}

fn receiving_words(lang: Lang, criteria: &Criteria) -> String {
    let rule = &criteria.receiving;
    let mut names: Vec<String> = rule.aids.iter().map(|one| aid(lang, *one)).collect();
    names.extend(rule.kinds.iter().map(|kind| {
        lang.msg("targeting-programmes-of-kind").s("kind", lang.t(&format!("targeting-kind-{kind}"))).to_string()
    }));
    if names.is_empty() {
        return lang.t("targeting-receiving-nothing");
    }
    let key = match rule.treatment {
        Treatment::Exclude => "targeting-receiving-exclude",
        Treatment::Warn => "targeting-receiving-warn",
    };
    lang.msg(key).s("aids", names.join(", ")).to_string()
}

fn quota_words(lang: Lang, quota: &Quota, areas: &BTreeMap<i64, String>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let families = quota.families.map_or_else(
        || lang.t("targeting-quota-by-money"),
        |families| lang.msg("targeting-families").n("count", i64::from(families)).to_string(),
    );
    all.push((lang.t("targeting-quota"), families));
    if let Some(ceiling) = quota.ceiling {
        all.push((lang.t("targeting-ceiling"), lang.rupiah(ceiling)));
    }
    all.push((lang.t("targeting-per-family"), lang.rupiah(quota.unit)));
    if quota.spread != Spread::Nowhere {
        all.push((lang.t("targeting-spread"), lang.t(&format!("targeting-spread-{}", quota.spread))));
    }
    if let Some(each) = quota.each_village {
        let most = lang.msg("targeting-at-most-families").n("count", i64::from(each)).to_string();
        all.push((lang.t("targeting-each-village"), most));
    }
    for (code, families) in &quota.areas {
        let name = areas.get(&code.number()).cloned().unwrap_or_else(|| code.to_string());
        let most = lang.msg("targeting-at-most-families").n("count", i64::from(*families)).to_string();
        all.push((area_name(lang, *code, &name), most));
    }
    all
}

/// `Kec. Muara Jernih`, `Desa Contoh Kulon`.
pub fn area_name(lang: Lang, code: AreaCode, name: &str) -> String {
    let key =
        if code.level() == domain::Level::Village { "targeting-village-name" } else { "targeting-subdistrict-name" };
    lang.msg(key).s("name", name).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_short_only_where_nothing_is_lost() {
        for (amount, short) in [
            (60_000_000, "Rp60 juta"),
            (2_940_000_000, "Rp2,94 miliar"),
            (3_000_000_000, "Rp3 miliar"),
            (2_941_234_567, "Rp2.941.234.567"),
            (1_500_000, "Rp1,5 juta"),
            (750_000, "Rp750.000"),
            (0, "Rp0"),
        ] {
            assert_eq!(short_rupiah(Lang::Id, Rupiah(amount)), short);
        }
        assert_eq!(short_rupiah(Lang::En, Rupiah(2_940_000_000)), "Rp2.94 billion");
    }

    #[test]
    fn points_follow_the_language() {
        assert_eq!(points(Lang::Id, Points(72_500)), "72,5");
        assert_eq!(points(Lang::En, Points(1_072_250)), "1,072.25");
    }

    fn named<T: Copy>(prefix: &str, all: &[T], word: fn(T) -> &'static str) -> impl Iterator<Item = String> {
        all.iter().map(move |one| format!("targeting-{prefix}-{}", key(word(*one))))
    }

    /// Every word of the rule has its words on screen in both languages.
    #[test]
    fn every_word_of_a_rule_is_spoken() {
        for lang in Lang::ALL {
            let mut keys: Vec<String> = Vec::new();
            keys.extend(named("need", Need::ALL, Need::as_str));
            keys.extend(named("condition", Condition::ALL, Condition::as_str));
            keys.extend(named("members", MemberKind::ALL, MemberKind::as_str));
            keys.extend(named("part", MemberKind::ALL, MemberKind::as_str));
            keys.extend(named("livelihood", Livelihood::ALL, Livelihood::as_str));
            keys.extend(named("aid", Aid::ALL, Aid::as_str));
            keys.extend(named("tie", TieBreak::ALL, TieBreak::as_str));
            keys.extend(named("lost", TieBreak::ALL, TieBreak::as_str));
            keys.extend(named("excluded", Exclusion::ALL, Exclusion::as_str));
            keys.extend(named("next", Exclusion::ALL, Exclusion::as_str));
            keys.extend(named("why", Why::ALL, Why::as_str));
            keys.extend(named("state", LineState::ALL, LineState::as_str));
            keys.extend(named("spread", Spread::ALL, Spread::as_str));
            keys.extend(named("kind", domain::programmes::AidKind::ALL, domain::programmes::AidKind::as_str));
            let missing: Vec<&String> = keys.iter().filter(|key| !lang.has(key)).collect();
            assert!(missing.is_empty(), "{lang:?}: {missing:?}");
        }
    }
}
