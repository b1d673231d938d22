//! How a sum comes about: one bar a piece, each beginning where the one before ended, the whole below.

use std::fmt::Write as _;

use super::{
    Spec,
    bars::{LINE, lines, stacked},
    esc, num, wrap,
};

/// One piece, from where to where. `text` is what it gives, as people read it ("+5").
#[derive(Clone, Debug, Default)]
pub struct Piece {
    pub label: String,
    pub start: f64,
    pub end: f64,
    pub text: String,
}

/// Room for the whole drawing and for the names at its left.
#[derive(Clone, Copy, Debug)]
pub struct WaterfallSize {
    pub width: f64,
    pub label: f64,
}

impl WaterfallSize {
    /// A panel of half a page.
    pub const PANEL: Self = Self { width: 560.0, label: 210.0 };
    /// A phone.
    pub const NARROW: Self = Self { width: 320.0, label: 142.0 };
}

/// The pieces from top to bottom and their sum (`total`: its name and its text). `most` fills the room; `cut` draws a line
/// at a value, with words under it.
pub fn waterfall(
    spec: &Spec,
    pieces: &[Piece],
    total: &(String, String),
    most: f64,
    cut: Option<&(f64, String)>,
    size: WaterfallSize,
) -> String {
    const VALUE: f64 = 56.0;
    const ROW: f64 = 26.0;
    const FONT: f64 = 14.0;
    let WaterfallSize { width, label: left } = size;
    let room = width - left - VALUE;
    let at = |value: f64| left + if most > 0.0 { (value / most).clamp(0.0, 1.0) * room } else { 0.0 };
    let mut body = String::new();
    let mut y = 0.0;
    let mut row = |label: &str, start: f64, end: f64, text: &str, whole: bool| {
        let label = lines(label, left - 8.0, FONT);
        let high = ROW + (label.len() - 1) as f64 * FONT * LINE;
        let base = y + ROW / 2.0 + FONT * 0.36;
        let strong = if whole { r#" class="b""# } else { "" };
        body.push_str(&stacked(&label, 0.0, base, FONT, strong));
        let _ = write!(
            body,
            r#"<rect x="{}" y="{}" width="{}" height="{}" rx="2" class="{}"/><text x="{}" y="{base}" font-size="14" class="b">{}</text>"#,
            num(at(start)),
            num(y + ROW * 0.18),
            num((at(end) - at(start)).max(2.0)),
            num(ROW * 0.64),
            if whole { "data" } else { "data2" },
            num(at(end) + 7.0),
            esc(text),
            base = num(base),
        );
        // a thin line leads from the end of a piece to the beginning of the next
        if !whole {
            let _ = write!(
                body,
                r#"<path class="axis" d="M{x} {}V{}"/>"#,
                num(y + ROW * 0.82),
                num(y + high + ROW * 0.18),
                x = num(at(end))
            );
        }
        y += high;
    };
    for piece in pieces {
        row(&piece.label, piece.start, piece.end, &piece.text, false);
    }
    let sum = pieces.last().map_or(0.0, |piece| piece.end);
    row(&total.0, 0.0, sum, &total.1, true);
    let mut height = y;
    if let Some((value, words)) = cut {
        let x = at(*value);
        let anchor = if x > left + room * 0.6 { "end" } else { "start" };
        let _ = write!(
            body,
            r#"<path class="cut" d="M{x} 0V{}"/><text x="{}" y="{}" font-size="13" text-anchor="{anchor}" class="m">{}</text>"#,
            num(height + 4.0),
            num(if anchor == "end" { x + 1.0 } else { x - 1.0 }),
            num(height + 18.0),
            esc(words),
            x = num(x),
        );
        height += 24.0;
    }
    wrap(spec, width, height, "", false, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_begins_where_the_one_before_ended() {
        let piece = |start, end| Piece { label: "x".into(), start, end, text: "+1".into() };
        let svg = waterfall(
            &Spec { id: "w", title: "t", description: "d" },
            &[piece(0.0, 40.0), piece(40.0, 50.0)],
            &("Nilai".into(), "50".into()),
            100.0,
            Some(&(60.0, "batas".into())),
            WaterfallSize::PANEL,
        );
        // 294 units of room for 100 points, behind 210 of labels
        assert!(svg.contains(r#"x="210" y="4.7" width="117.6""#), "{svg}");
        assert!(svg.contains(r#"x="327.6" y="30.7" width="29.4""#), "{svg}");
        assert!(svg.contains(r#"x="210" y="56.7" width="147" height="16.6" rx="2" class="data""#), "{svg}");
        assert!(svg.contains("M386.4 0V"), "{svg}");
    }
}
