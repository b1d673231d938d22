//! Evidence in words: what each comparison found, as an official says it, and all of it as a picture.

use store::registry::likeness::{Bar, Evidence, SURE};

use crate::ui::{
    Ui,
    charts::{Figure, Proof, Row, Spec, Tone, evidence},
};

/// From this weight on somebody is likely, or perhaps, the same.
const LIKELY: f64 = 6.0;
const PERHAPS: f64 = 3.0;
/// A name this much rarer, or commoner, than others is told, bits.
const TOLD: f64 = 1.5;

/// What a comparison found, in words: "nama sama persis". Nothing where it could not compare.
pub fn level(ui: &Ui, bar: &Bar) -> Option<String> {
    let number = match (bar.comparison.as_str(), bar.level) {
        ("penjaga", 3..) => return None,
        ("penjaga", level) => level,
        (_, 0) => return None,
        // the second eight are the same of people born on another day
        ("nik", level) => (level - 1) % 8 + 1,
        (_, level) => level,
    };
    let key = format!("match-{}-{number}", bar.comparison.replace('_', "-"));
    let words = ui.t(&key);
    let rare = matches!((bar.comparison.as_str(), bar.level), ("nama", 1 | 2));
    Some(match bar.rarity {
        rarity if rare && rarity >= TOLD => ui.msg("match-rare").s("what", words).to_string(),
        rarity if rare && rarity <= -TOLD => ui.msg("match-common").s("what", words).to_string(),
        _ => words,
    })
}

/// How sure the matcher is.
pub fn verdict(weight: f64) -> &'static str {
    match weight {
        w if w >= SURE => "match-almost-surely",
        w if w >= LIKELY => "match-likely",
        w if w >= PERHAPS => "match-perhaps",
        _ => "match-unclear",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What speaks for it and what against, the strongest first.
pub fn sides(ui: &Ui, evidence: &Evidence) -> (Vec<String>, Vec<String>) {
    let mut bars: Vec<(f64, String)> = evidence
        .bars
        .iter()
        .filter_map(|bar| Some((bar.weight + bar.rarity, level(ui, bar)?)))
        .filter(|(adds, _)| adds.abs() >= 0.5)
        .collect();
    bars.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let (speaks_for, against): (Vec<_>, Vec<_>) = bars.into_iter().partition(|(adds, _)| *adds > 0.0);
    let words = |list: Vec<(f64, String)>| list.into_iter().map(|(_, words)| words).collect();
    (words(speaks_for), words(against))
}

/// The strongest evidence for and against, in a few words, for the queue.
pub fn main_evidence(ui: &Ui, evidence: &Evidence) -> String {
    let (speaks_for, against) = sides(ui, evidence);
    match (speaks_for.into_iter().next(), against.into_iter().next()) {
        (Some(one), Some(other)) => ui.msg("match-one-but").s("for", one).s("against", other).to_string(),
        (one, other) => one.or(other).unwrap_or_default(),
    }
}

/// The first sentence of the page of a pair.
pub fn sentence(ui: &Ui, evidence: &Evidence) -> String {
    let (speaks_for, against) = sides(ui, evidence);
    let join = |list: Vec<String>| list.into_iter().take(3).collect::<Vec<_>>().join(", ");
    let how = ui.t(verdict(evidence.weight()));
    match (speaks_for.is_empty(), against.is_empty()) {
        (true, _) => how,
        (false, true) => ui.msg("match-sentence-for").s("how", how).s("for", join(speaks_for)).to_string(),
        (false, false) => ui
            .msg("match-sentence")
            .s("how", how)
            .s("for", join(speaks_for))
            .s("against", join(against.into_iter().take(2).collect()))
            .to_string(),
    }
}

fn signed(ui: &Ui, bits: f64) -> String {
    let sign = if bits < 0.0 { "−" } else { "+" };
    format!("{sign}{}", ui.lang.decimal(bits.abs(), 1))
}

/// The picture.
pub fn figure(ui: &Ui, kept: &Evidence) -> Figure {
    let start = Proof { label: ui.t("match-start"), adds: kept.start, text: signed(ui, kept.start), tone: Tone::Mute };
    let mut proofs = vec![start];
    proofs.extend(kept.bars.iter().filter_map(|bar| {
        let adds = bar.weight + bar.rarity;
        let tone = if adds < 0.0 { Tone::Bad } else { Tone::Data };
        Some(Proof { label: capital(&level(ui, bar)?), adds, text: signed(ui, adds), tone })
    }));
    let weight = kept.weight();
    let total = (ui.t("match-total"), ui.lang.decimal(weight, 1));
    let enough = (SURE, ui.msg("match-enough").s("limit", ui.lang.decimal(SURE, 0)).to_string());
    let title = ui.t("match-why");
    let told: Vec<String> = proofs.iter().map(|p| format!("{} {}", p.label, p.text)).collect();
    let description = format!("{}; {} {}", told.join("; "), total.0, total.1);
    let spec = Spec { id: "bukti", title: &title, description: &description };
    let rows = proofs.iter().map(|p| Row::new([p.label.clone(), p.text.clone()])).collect();
    let share = (linkage_share(weight) * 1000.0).round() as i64;
    let source = if share >= 1000 {
        ui.t("match-of-thousand-all")
    } else {
        ui.msg("match-of-thousand").n("share", share).to_string()
    };
    Figure::new(&spec, title.clone(), evidence(&spec, &proofs, &total, &enough))
        .table(&[&ui.t("match-evidence"), &ui.t("match-adds")], rows)
        .source(source)
}

/// Of pairs with this weight, the share that is one person by the model.
fn linkage_share(bits: f64) -> f64 {
    bits.exp2() / (1.0 + bits.exp2())
}

/// Two texts, each cut into pieces that the other has too (`false`) and pieces it has not (`true`).
pub fn marked(one: &str, other: &str) -> [Vec<(String, bool)>; 2] {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    // longest common subsequence; texts here are a line long
    let mut longest = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] =
                if a[i] == b[j] { longest[i + 1][j + 1] + 1 } else { longest[i + 1][j].max(longest[i][j + 1]) };
        }
    }
    let mut keep = [vec![false; a.len()], vec![false; b.len()]];
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            (keep[0][i], keep[1][j]) = (true, true);
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    let [kept_a, kept_b] = keep;
    [pieces(&a, &kept_a), pieces(&b, &kept_b)]
}

fn pieces(letters: &[char], kept: &[bool]) -> Vec<(String, bool)> {
    let mut out: Vec<(String, bool)> = Vec::new();
    for (letter, kept) in letters.iter().zip(kept) {
        match out.last_mut() {
            Some((text, differs)) if *differs != *kept => text.push(*letter),
            _ => out.push((letter.to_string(), !kept)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn what_the_other_lacks_is_marked_and_nothing_is_lost() {
        let [a, b] = marked("ROHAYA BT AMIN", "ROHAYAH AMIN");
        assert_eq!(a, [("ROHAYA".into(), false), (" BT".into(), true), (" AMIN".into(), false)]);
        assert_eq!(b, [("ROHAYA".into(), false), ("H".into(), true), (" AMIN".into(), false)]);
        assert_eq!(marked("", "X"), [vec![], vec![("X".to_owned(), true)]]);
    }

    /// Every level of every comparison of the shipped model can be told in both languages.
    #[test]
    fn every_level_has_words() {
        const LEVELS: [(&str, std::ops::Range<usize>); 7] = [
            ("nama", 1..10),
            ("tgl-lahir", 1..8),
            ("nik", 1..9),
            ("jk", 1..3),
            ("rumah-tangga", 1..13),
            ("peran", 1..3),
            ("penjaga", 0..3),
        ];
        for lang in Lang::ALL {
            for (comparison, levels) in LEVELS {
                for level in levels {
                    assert!(lang.has(&format!("match-{comparison}-{level}")), "{lang:?} {comparison} {level}");
                }
            }
        }
    }
}
