//! Lines: the path so far against the path to zero, and the spark beside a number.

use std::fmt::Write as _;

use super::{Spec, esc, num, text_width, wrap};

/// A monthly path. `actual` may be shorter than `plan`; both start at the same month.
/// All numbers arrive as figures for drawing and as text for reading.
#[derive(Clone, Debug)]
pub struct Path<'a> {
    pub actual: &'a [f64],
    pub plan: &'a [f64],
    /// One per point of the plan; written as often as they fit.
    pub months: &'a [String],
    /// The last actual value as text.
    pub now: &'a str,
    /// Its distance from the plan, signed ("+1.779"); empty when on the path.
    pub gap: &'a str,
    /// The words on the dotted line.
    pub plan_label: &'a str,
    pub width: f64,
    pub height: f64,
    pub font: f64,
}

/// End labels instead of a key; the gap drawn and numbered. `ticks` writes the figures of the axis.
pub fn line_to_zero(spec: &Spec, path: &Path, ticks: impl Fn(f64) -> String) -> String {
    let most = path.actual.iter().chain(path.plan).copied().fold(0.0, f64::max);
    let step = nice_step(most);
    let top = ((most / step).ceil() * step).max(step);
    let last = path.months.len().saturating_sub(1).max(1) as f64;
    let font = path.font;
    let widest = ticks(top).chars().count() as f64;
    let (left, right, above, below) = (widest * font * 0.62 + 12.0, font * 5.6, font * 1.1, font * 2.3);
    let x = |at: usize| left + at as f64 * (path.width - left - right) / last;
    let y = |value: f64| above + (1.0 - value / top) * (path.height - above - below);

    let mut body = String::new();
    let mut tick = 0.0;
    while tick <= top + step * 0.001 {
        let _ = write!(
            body,
            r#"<path class="gridl" d="M{} {}H{}"/><text class="m" x="{}" y="{}" font-size="{}" text-anchor="end">{}</text>"#,
            num(left),
            num(y(tick)),
            num(path.width - right),
            num(left - 8.0),
            num(y(tick) + font * 0.35),
            num(font),
            esc(&ticks(tick))
        );
        tick += step;
    }
    let trace = |values: &[f64]| {
        let points: Vec<String> =
            values.iter().enumerate().map(|(at, v)| format!("{} {}", num(x(at)), num(y(*v)))).collect();
        points.join("L")
    };
    let thick = (font * 0.19).max(2.0);
    if path.plan.len() > 1 {
        let _ = write!(body, r#"<path class="goal" stroke-width="{}" d="M{}"/>"#, num(thick * 0.7), trace(path.plan));
        // The words stand under the dotted line, left of it, where the actual path is not.
        let at = path.plan.len() * 2 / 3;
        let _ = write!(
            body,
            r#"<text class="m" x="{}" y="{}" font-size="{}" text-anchor="end">{}</text>"#,
            num(x(at) - font * 0.6),
            num((y(path.plan[at]) + font * 1.3).min(y(0.0) - font * 0.4)),
            num(font),
            esc(path.plan_label)
        );
    }
    if let Some((at, value)) = path.actual.iter().copied().enumerate().next_back() {
        // Amber above the path, green on or below it.
        let ahead = path.plan.get(at).is_some_and(|goal| value <= *goal);
        let (gap_line, gap_text) = if ahead { ("gap gap--ok", "okf b") } else { ("gap", "warnt") };
        if let Some(goal) = path.plan.get(at).filter(|_| !path.gap.is_empty()) {
            let _ = write!(
                body,
                r#"<path class="{gap_line}" stroke-width="{}" d="M{} {}V{}"/>"#,
                num(thick * 0.8),
                num(x(at)),
                num(y(value)),
                num(y(*goal))
            );
        }
        let beside = num(path.width - right + font * 0.5);
        let _ = write!(
            body,
            r#"<path class="ln" stroke-width="{}" d="M{}"/><circle class="data" cx="{}" cy="{}" r="{}"/><text class="b" x="{beside}" y="{}" font-size="{}">{}</text><text class="{gap_text}" x="{beside}" y="{}" font-size="{}">{}</text>"#,
            num(thick),
            trace(path.actual),
            num(x(at)),
            num(y(value)),
            num(thick * 2.0),
            num(y(value) + font * 0.1),
            num(font * 1.3),
            esc(path.now),
            num(y(value) + font * 1.5),
            num(font),
            esc(path.gap)
        );
    }
    let longest = path.months.iter().map(|m| text_width(m, font)).fold(0.0, f64::max);
    let room = (path.width - left - right) / last;
    // Written as often as they fit, and so that the last month is among them where a year divides.
    let every = [1, 3, 4, 6, 12].into_iter().find(|&k| f64::from(k) * room > longest * 1.4).unwrap_or(12);
    for (at, month) in path.months.iter().enumerate().step_by(every as usize) {
        let _ = write!(
            body,
            r#"<text class="m" x="{}" y="{}" font-size="{}" text-anchor="middle">{}</text>"#,
            num(x(at)),
            num(path.height - font * 0.4),
            num(font),
            esc(month)
        );
    }
    wrap(spec, path.width, path.height, "", false, &body)
}

/// 1, 2 or 5 times a power of ten, so that three to six lines cross the drawing.
fn nice_step(most: f64) -> f64 {
    let rough = (most / 4.0).max(1.0);
    let power = 10f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|k| k * power).find(|step| *step >= rough).unwrap_or(power)
}

/// A line the size of a word; the last value stands beside it as text.
pub fn spark(spec: &Spec, values: &[f64]) -> String {
    const WIDTH: f64 = 90.0;
    const HEIGHT: f64 = 22.0;
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let span = if high > low { high - low } else { 1.0 };
    let steps = values.len().saturating_sub(1).max(1) as f64;
    let points: Vec<(f64, f64)> = values
        .iter()
        .enumerate()
        .map(|(at, v)| (2.0 + at as f64 * (WIDTH - 8.0) / steps, 3.0 + (1.0 - (v - low) / span) * (HEIGHT - 6.0)))
        .collect();
    let mut body = String::new();
    if let Some((x, y)) = points.last() {
        let trace: Vec<String> = points.iter().map(|(x, y)| format!("{} {}", num(*x), num(*y))).collect();
        let _ = write!(
            body,
            r#"<path class="ln" stroke-width="1.75" d="M{}"/><circle class="data" r="3" cx="{}" cy="{}"/>"#,
            trace.join("L"),
            num(*x),
            num(*y)
        );
    }
    wrap(spec, WIDTH, HEIGHT, "t-spark", false, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: Spec = Spec { id: "l", title: "t", description: "d" };

    #[test]
    fn the_axis_takes_round_steps() {
        let steps: Vec<f64> = [3.0, 40.0, 6400.0, 11_570.0].into_iter().map(nice_step).collect();
        assert_eq!(steps, [1.0, 10.0, 2000.0, 5000.0]);
    }

    #[test]
    fn the_gap_is_drawn_only_when_there_is_one() {
        let months: Vec<String> = (0..13).map(|m| format!("b{m}")).collect();
        let plan: Vec<f64> = (0..13).map(|m| 6000.0 - 500.0 * f64::from(m)).collect();
        let mut path = Path {
            actual: &[6000.0, 5800.0, 5500.0],
            plan: &plan,
            months: &months,
            now: "5.500",
            gap: "+500",
            plan_label: "jalur ke nol",
            width: 560.0,
            height: 320.0,
            font: 13.0,
        };
        let late = line_to_zero(&SPEC, &path, |v| format!("{v}"));
        assert!(late.contains(r#"class="gap""#));
        path.actual = &[6000.0, 5400.0, 4900.0];
        path.gap = "-100";
        assert!(line_to_zero(&SPEC, &path, |v| format!("{v}")).contains(r#"class="gap gap--ok""#), "ahead of the path");
        path.gap = "";
        assert!(!line_to_zero(&SPEC, &path, |v| format!("{v}")).contains(r#"class="gap""#));
        assert!(late.contains(">b0<") && late.contains(">b12<"));
        path.width = 300.0;
        assert!(!line_to_zero(&SPEC, &path, |v| format!("{v}")).contains(">b1<"), "narrow: not every month is written");
    }

    #[test]
    fn a_flat_or_empty_line_draws_without_numbers_that_are_not() {
        assert!(!spark(&SPEC, &[4.0, 4.0, 4.0]).contains("NaN"));
        assert!(!spark(&SPEC, &[]).contains("inf"));
    }
}
