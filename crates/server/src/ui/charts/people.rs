//! Drawings of people: one square per member (the small pyramid of a family), one dot per worker (who carries how much).

use std::{collections::BTreeMap, fmt::Write as _};

use super::{Spec, esc, num, wrap};

/// One age band of the pyramid, oldest first.
#[derive(Clone, Debug)]
pub struct Band {
    pub label: String,
    pub men: usize,
    pub women: usize,
}

/// Men left, women right, one square each; more than six in a band are written as a number.
pub fn pyramid(spec: &Spec, bands: &[Band], men: &str, women: &str) -> String {
    const ROW: f64 = 24.0;
    const SQUARE: f64 = 18.0;
    const MOST: usize = 6;
    let side = bands.iter().map(|b| b.men.max(b.women).min(MOST)).max().unwrap_or(0).max(4) as f64;
    let width = 72.0 + 2.0 * side * (SQUARE + 3.0);
    let middle = width / 2.0;
    let mut body = format!(
        r#"<text class="m" font-size="13" x="{}" y="13" text-anchor="end">{}</text><text class="m" font-size="13" x="{}" y="13">{}</text>"#,
        num(middle - 36.0),
        esc(men),
        num(middle + 36.0),
        esc(women)
    );
    for (at, band) in bands.iter().enumerate() {
        let y = 20.0 + at as f64 * ROW;
        let _ = write!(
            body,
            r#"<text class="m" font-size="13" x="{}" y="{}" text-anchor="middle">{}</text>"#,
            num(middle),
            num(y + 14.0),
            esc(&band.label)
        );
        for (count, class, left) in [(band.men, "data2", true), (band.women, "data", false)] {
            let squares = if count > MOST { 1 } else { count };
            for k in 0..squares {
                let x = if left {
                    middle - 36.0 - SQUARE - k as f64 * (SQUARE + 3.0)
                } else {
                    middle + 36.0 + k as f64 * (SQUARE + 3.0)
                };
                let _ = write!(
                    body,
                    r#"<rect class="{class}" x="{}" y="{}" width="{SQUARE}" height="{SQUARE}" rx="3"/>"#,
                    num(x),
                    num(y)
                );
            }
            if count > MOST {
                let (x, anchor) =
                    if left { (middle - 36.0 - SQUARE - 6.0, "end") } else { (middle + 36.0 + SQUARE + 6.0, "start") };
                let _ = write!(
                    body,
                    r#"<text class="b" font-size="13" x="{}" y="{}" text-anchor="{anchor}">× {count}</text>"#,
                    num(x),
                    num(y + 14.0)
                );
            }
        }
    }
    wrap(spec, width, bands.len() as f64 * ROW + 22.0, "", false, &body)
}

/// One dot per person on an axis, stacked where equal.
#[derive(Clone, Debug)]
pub struct Dots<'a> {
    pub values: &'a [f64],
    pub low: f64,
    pub high: f64,
    pub step: f64,
    /// What is usual, and its words ("wajar 200-300").
    pub usual: (f64, f64),
    pub usual_text: &'a str,
    /// Outliers by name.
    pub named: &'a [Named],
    pub width: f64,
}

#[derive(Clone, Debug)]
pub struct Named {
    pub value: f64,
    pub name: String,
    pub detail: String,
}

/// The axis writes plain whole numbers; they stay below a thousand here (a caseload, days).
pub fn dots(spec: &Spec, chart: &Dots) -> String {
    const RADIUS: f64 = 5.0;
    let bin = chart.step / 5.0;
    let mut stacks: BTreeMap<i64, usize> = BTreeMap::new();
    for value in chart.values {
        *stacks.entry((value / bin).round() as i64).or_default() += 1;
    }
    let tallest = stacks.values().copied().max().unwrap_or(1).max(5) as f64;
    let height = tallest * (2.0 * RADIUS + 2.0) + 90.0;
    let base = height - 36.0;
    let span = (chart.high - chart.low).max(1.0);
    let x = |value: f64| 12.0 + (value - chart.low) / span * (chart.width - 24.0);
    let (from, to) = chart.usual;
    let mut body = format!(
        r#"<rect class="usual" x="{}" y="14" width="{}" height="{}"/><text class="m" font-size="13" x="{}" y="29">{}</text><path class="axis" d="M0 {}H{}"/>"#,
        num(x(from)),
        num(x(to) - x(from)),
        num(base - 14.0),
        num(x(from) + 8.0),
        esc(chart.usual_text),
        num(base + 6.5),
        num(chart.width)
    );
    let mut tick = chart.low;
    while tick <= chart.high {
        let _ = write!(
            body,
            r#"<text class="m" font-size="13" x="{}" y="{}" text-anchor="middle">{tick}</text>"#,
            num(x(tick)),
            num(base + 25.0)
        );
        tick += chart.step;
    }
    for (place, count) in &stacks {
        let value = *place as f64 * bin;
        let class = if value < from || value > to { "late" } else { "data" };
        for k in 0..*count {
            let y = base - k as f64 * (2.0 * RADIUS + 2.0);
            let _ = write!(body, r#"<circle class="{class}" cx="{}" cy="{}" r="{RADIUS}"/>"#, num(x(value)), num(y));
        }
    }
    for named in chart.named {
        let place = (named.value / bin).round() as i64;
        let above = stacks.get(&place).copied().unwrap_or(1) as f64 * (2.0 * RADIUS + 2.0);
        let at = x(place as f64 * bin);
        // Near an edge the words lean inward.
        let (anchor, at) = if at < 70.0 {
            ("start", at - RADIUS)
        } else if at > chart.width - 70.0 {
            ("end", at + RADIUS)
        } else {
            ("middle", at)
        };
        let _ = write!(
            body,
            r#"<text font-size="13" class="b" x="{x}" y="{}" text-anchor="{anchor}">{}</text><text font-size="13" class="m" x="{x}" y="{}" text-anchor="{anchor}">{}</text>"#,
            num(base - above - 16.0),
            esc(&named.name),
            num(base - above),
            esc(&named.detail),
            x = num(at)
        );
    }
    wrap(spec, chart.width, height, "", false, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: Spec = Spec { id: "p", title: "t", description: "d" };

    #[test]
    fn one_square_per_member_and_a_number_when_there_are_many() {
        let bands = [Band { label: "60+".into(), men: 0, women: 1 }, Band { label: "19-59".into(), men: 2, women: 9 }];
        let svg = pyramid(&SPEC, &bands, "laki-laki", "perempuan");
        assert_eq!(svg.matches(r#"class="data2""#).count(), 2);
        assert_eq!(svg.matches(r#"class="data""#).count(), 2, "one, and one square for nine");
        assert!(svg.contains("× 9"));
    }

    #[test]
    fn every_person_is_one_dot_and_outliers_are_amber() {
        let values = [120.0, 250.0, 250.0, 251.0, 370.0];
        let svg = dots(
            &SPEC,
            &Dots {
                values: &values,
                low: 100.0,
                high: 400.0,
                step: 50.0,
                usual: (200.0, 300.0),
                usual_text: "wajar",
                named: &[],
                width: 600.0,
            },
        );
        assert_eq!(svg.matches("<circle").count(), values.len());
        assert_eq!(svg.matches(r#"<circle class="late""#).count(), 2);
    }
}
