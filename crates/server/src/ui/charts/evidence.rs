//! How evidence for and against adds up: one bar a piece to either side of zero, each beginning where the one before ended, and what it
//! comes to below.

use std::fmt::Write as _;

use super::{
    Spec, Tone,
    bars::{LINE, lines, stacked},
    esc, num, wrap,
};

/// One piece of evidence. `text` is what it adds, as people read it ("+5,1").
#[derive(Clone, Debug, Default)]
pub struct Proof {
    pub label: String,
    pub adds: f64,
    pub text: String,
    pub tone: Tone,
}

/// The pieces from top to bottom and what they come to (`total`: its name and its text). From `enough` on the ground is green, with
/// words under it.
pub fn evidence(spec: &Spec, proofs: &[Proof], total: &(String, String), enough: &(f64, String)) -> String {
    const ROW: f64 = 27.0;
    const FONT: f64 = 14.0;
    const VALUE: f64 = 44.0;
    // the column beside the records, and a phone
    const WIDTH: f64 = 336.0;
    const LEFT: f64 = 146.0;
    let (width, left) = (WIDTH, LEFT);
    let mut sums = vec![0.0_f64];
    for proof in proofs {
        sums.push(sums[sums.len() - 1] + proof.adds);
    }
    let last = sums[sums.len() - 1];
    let low = sums.iter().copied().fold(0.0, f64::min);
    let high = sums.iter().copied().fold(enough.0 + 2.0, f64::max);
    let room = width - left - VALUE;
    let at = |value: f64| left + (value - low) / (high - low).max(1.0) * room;
    let mut rows = String::new();
    let mut y = 0.0;
    let mut row = |label: &str, from: f64, to: f64, text: &str, class: &str, whole: bool| {
        let label = lines(label, left - 10.0, FONT);
        let high = ROW + (label.len() - 1) as f64 * FONT * LINE;
        let base = y + ROW / 2.0 + FONT * 0.36;
        rows.push_str(&stacked(&label, 0.0, base, FONT, if whole { r#" class="b""# } else { "" }));
        let _ = write!(
            rows,
            r#"<rect x="{}" y="{}" width="{}" height="{}" rx="2" class="{class}"/><text x="{}" y="{}" font-size="13" class="b">{}</text>"#,
            num(at(from.min(to))),
            num(y + ROW * 0.18),
            num((at(to) - at(from)).abs().max(2.0)),
            num(ROW * 0.64),
            num(at(from.max(to)) + 6.0),
            num(base),
            esc(text),
        );
        y += high;
    };
    for (proof, sum) in proofs.iter().zip(&sums) {
        row(&proof.label, *sum, sum + proof.adds, &proof.text, proof.tone.class(), false);
    }
    row(&total.0, 0.0, last, &total.1, Tone::Ink.class(), true);
    let mut body = String::new();
    let _ = write!(
        body,
        r#"<rect x="{x}" y="0" width="{}" height="{h}" class="good"/><path class="axis" d="M{} 0V{h}"/>{rows}<text x="{}" y="{below}" font-size="13" text-anchor="middle" class="m">0</text><text x="{}" y="{below}" font-size="13" text-anchor="end" class="m">{}</text>"#,
        num(at(high) - at(enough.0)),
        num(at(0.0)),
        num(at(0.0)),
        num(width),
        esc(&enough.1),
        x = num(at(enough.0)),
        h = num(y),
        below = num(y + 17.0),
    );
    wrap(spec, width, y + 24.0, "", false, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_against_goes_back_from_where_the_one_before_ended() {
        let proof = |adds: f64| Proof { label: "x".into(), adds, text: "<".into(), tone: Tone::Data };
        let svg = evidence(
            &Spec { id: "e", title: "t", description: "d" },
            &[proof(-8.0), proof(20.0), proof(-2.0)],
            &("Nilai".into(), "10".into()),
            &(12.0, "cukup".into()),
        );
        // 146 units of room for 22 bits, from -8 on behind 146 of labels
        assert!(svg.contains(r#"<rect x="146" y="4.9" width="53.1""#), "{svg}");
        assert!(svg.contains(r#"x="265.5""#) && svg.contains("&lt;"), "{svg}");
    }
}
