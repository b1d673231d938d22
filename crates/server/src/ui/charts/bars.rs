//! Bars with the value at the end of each, one bar cut into parts to scale, and the small meter beside a number.

use std::{borrow::Borrow, fmt::Write as _};

use super::{Spec, Tone, esc, num, text_width, wrap};

/// One bar. `text` is the value as people read it ("667", "Rp1,2 M"); `note` follows it in grey.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    pub label: String,
    pub value: f64,
    pub text: String,
    pub note: Option<String>,
    pub tone: Tone,
    pub strong: bool,
    pub href: Option<String>,
}

/// Widths in units (1 unit = 1 px on a wide screen).
#[derive(Clone, Copy, Debug)]
pub struct BarSize {
    pub width: f64,
    /// Room for the labels at the left.
    pub label: f64,
    /// Room for the values at the right.
    pub value: f64,
    pub row: f64,
    pub font: f64,
}

impl BarSize {
    /// A panel of half a page.
    pub const PANEL: Self = Self { width: 560.0, label: 150.0, value: 90.0, row: 28.0, font: 14.0 };
    /// A side column or a phone.
    pub const NARROW: Self = Self { width: 320.0, label: 118.0, value: 64.0, row: 28.0, font: 14.0 };
    /// The TV, where nothing is under 24 px.
    pub const TV: Self = Self { width: 340.0, label: 186.0, value: 64.0, row: 46.0, font: 24.0 };
}

/// Bars from top to bottom in the order given; the longest fills the room.
pub fn bars(spec: &Spec, rows: &[Bar], size: BarSize) -> String {
    let most = rows.iter().map(|r| r.value).fold(0.0, f64::max);
    let room = (size.width - size.label - size.value).max(1.0);
    let mut body = String::new();
    let mut y = 0.0;
    for bar in rows {
        let label = lines(&bar.label, size.label - 8.0, size.font);
        let below = (label.len() - 1) as f64 * size.font * LINE;
        // the bar and its value stand beside the middle of a label of several lines
        let middle = y + f64::midpoint(size.row, below);
        let base = num(middle + size.font * 0.36);
        let length = if most > 0.0 { (bar.value.max(0.0) / most * room).max(2.0) } else { 2.0 };
        if let Some(href) = &bar.href {
            let _ = write!(body, r#"<a href="{}">"#, esc(href));
        }
        body.push_str(&stacked(
            &label,
            0.0,
            y + size.row / 2.0 + size.font * 0.36,
            size.font,
            if bar.strong { r#" class="b""# } else { "" },
        ));
        let _ = write!(
            body,
            r#"<rect x="{}" y="{}" width="{}" height="{}" rx="2" class="{}"/><text x="{}" y="{base}" font-size="{f}" class="b">{}"#,
            num(size.label),
            num(middle - size.row * 0.3),
            num(length),
            num(size.row * 0.6),
            bar.tone.class(),
            num(size.label + length + 7.0),
            esc(&bar.text),
            f = num(size.font),
        );
        if let Some(note) = &bar.note {
            let _ = write!(body, r#"<tspan class="m" font-weight="400"> {}</tspan>"#, esc(note));
        }
        body.push_str("</text>");
        if bar.href.is_some() {
            body.push_str("</a>");
        }
        y += size.row + below;
    }
    let linked = rows.iter().any(|r| r.href.is_some());
    wrap(spec, size.width, y, "", linked, &body)
}

/// From one line of a label to the next, in heights of its letters.
pub(super) const LINE: f64 = 1.2;

/// A label in as many lines as it needs in this room. Nothing of it is ever cut: a word too long for a line goes on in
/// the next.
pub(super) fn lines(text: &str, room: f64, font: f64) -> Vec<String> {
    let most = ((room / (font * 0.56)) as usize).max(4);
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        for piece in letters.chunks(most) {
            let last = lines.len() - 1;
            let used = lines[last].chars().count();
            if used == 0 {
                lines[last] = piece.iter().collect();
            } else if used + 1 + piece.len() <= most {
                lines[last].push(' ');
                lines[last].extend(piece);
            } else {
                lines.push(piece.iter().collect());
            }
        }
    }
    lines
}

/// The lines of a label below each other, the first on `base`.
pub(super) fn stacked(lines: &[String], x: f64, base: f64, font: f64, attributes: &str) -> String {
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let _ = write!(
            text,
            r#"<text x="{}" y="{}" font-size="{}"{attributes}>{}</text>"#,
            num(x),
            num(base + at as f64 * font * LINE),
            num(font),
            esc(line)
        );
    }
    text
}

/// One part of a whole. `text` is written on the part where it fits.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub value: f64,
    pub text: String,
    pub tone: Tone,
}

/// One bar cut into its parts to scale: the equation of a handover, the result of an import, a ceiling.
/// A part that is not zero is always seen, however small. It stretches with its panel; `width` (of the panel on an
/// office screen) only decides which words fit. On a phone the words are left to the legend.
pub fn part_bar(spec: &Spec, parts: &[Part], width: f64, height: f64) -> String {
    /// Per cent of the bar: three pixels on a phone.
    const LEAST: f64 = 1.0;
    let shown: Vec<&Part> = parts.iter().filter(|p| p.value > 0.0).collect();
    let total: f64 = shown.iter().map(|p| p.value).sum();
    let small: Vec<bool> = shown.iter().map(|p| p.value / total * 100.0 < LEAST).collect();
    let room = 100.0 - small.iter().filter(|s| **s).count() as f64 * LEAST;
    let large: f64 = shown.iter().zip(&small).filter(|(_, small)| !**small).map(|(p, _)| p.value).sum();
    let mut body = String::new();
    let mut x = 0.0;
    for (part, small) in shown.iter().zip(small) {
        let w = if small { LEAST } else { part.value / large * room };
        let _ = write!(
            body,
            r#"<rect x="{}%" y="0" width="{}%" height="100%" class="{}"/>"#,
            percent(x),
            percent(w),
            part.tone.class()
        );
        if !part.text.is_empty() && text_width(&part.text, 14.0) + 24.0 < w / 100.0 * width {
            let ink = match part.tone {
                Tone::Data | Tone::Deep | Tone::Bad | Tone::Ok | Tone::Ink => "on b",
                _ => "on-pale b",
            };
            let _ = write!(
                body,
                r#"<text x="{}%" dx="12" y="{}" font-size="14" class="{ink}">{}</text>"#,
                percent(x),
                num(height / 2.0 + 5.0),
                esc(&part.text)
            );
        }
        x += w;
    }
    if shown.is_empty() {
        body.push_str(r#"<rect x="0" y="0" width="100%" height="100%" class="mute"/>"#);
    }
    let id = esc(spec.id);
    format!(
        r#"<svg class="t-svg t-svg--parts" width="100%" height="{}" role="img" aria-labelledby="{id}-t {id}-d"><title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>{body}</svg>"#,
        num(height),
        esc(spec.title),
        esc(spec.description)
    )
}

/// To a hundredth: on a bar of 1280 pixels that is an eighth of one.
fn percent(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0)
}

/// A bar to scale beside a number that is already written: decoration for the eye, hidden from screen readers.
/// (Borrowed or not: templates pass references.)
pub fn meter(value: impl Borrow<f64>, most: impl Borrow<f64>, tone: impl Borrow<Tone>) -> String {
    let (value, most) = (*value.borrow(), *most.borrow());
    let share = if most > 0.0 { (value / most).clamp(0.0, 1.0) } else { 0.0 };
    format!(
        r#"<svg class="t-meter" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="{}" height="10" class="{}"/></svg>"#,
        num(share * 100.0),
        tone.borrow().class()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: Spec = Spec { id: "x", title: "t", description: "d" };

    #[test]
    fn a_part_of_one_in_a_million_is_still_seen_and_the_bar_stays_whole() {
        let parts = [
            Part { value: 999_999.0, tone: Tone::Data, text: "semua".into() },
            Part { value: 1.0, tone: Tone::Bad, text: "satu".into() },
            Part { value: 0.0, tone: Tone::Late, text: "nol".into() },
        ];
        let svg = part_bar(&SPEC, &parts, 1000.0, 36.0);
        assert!(svg.contains(r#"<rect x="0%" y="0" width="99%" height="100%" class="data"/>"#), "{svg}");
        assert!(svg.contains(r#"<rect x="99%" y="0" width="1%" height="100%" class="badf"/>"#), "{svg}");
        assert!(!svg.contains("late"), "nothing is drawn for zero");
    }

    #[test]
    fn labels_are_escaped_and_broken_into_lines_never_cut() {
        let rows = [Bar {
            label: "Desa <Muara> Jernih Hilir Selatan Sekali".into(),
            value: 3.0,
            text: "3".into(),
            ..Bar::default()
        }];
        let svg = bars(&SPEC, &rows, BarSize::NARROW);
        for line in [">Desa &lt;Muara&gt;<", ">Jernih Hilir<", ">Selatan Sekali<"] {
            assert!(svg.contains(line), "{line} in {svg}");
        }
        assert!(!svg.contains('…'));
        assert_eq!(lines("9 kecamatan lain", 110.0, 14.0), ["9 kecamatan", "lain"]);
        assert_eq!(lines("Karanganyargunung", 60.0, 13.0), ["Karangan", "yargunun", "g"]);
        assert_eq!(lines("", 60.0, 13.0), [""]);
    }

    #[test]
    fn bars_of_nothing_do_not_divide_by_zero() {
        let svg = bars(&SPEC, &[Bar { label: "a".into(), ..Bar::default() }], BarSize::PANEL);
        assert!(!svg.contains("NaN"));
        assert!(!part_bar(&SPEC, &[], 100.0, 10.0).contains("NaN"));
        assert!(meter(1.0, 0.0, Tone::Data).contains(r#"width="0""#));
    }
}
