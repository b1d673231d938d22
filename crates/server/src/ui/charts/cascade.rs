//! The pipeline: one column per stage, height to scale, the stuck part on top in amber with its own number.

use std::fmt::Write as _;

use super::{Spec, esc, num, wrap};

/// One stage. The texts arrive written: `count_text` "2.140", `stuck_text` "214 macet" or "lancar",
/// `pace` "median 11 hari", `limit` "batas 14 hari".
#[derive(Clone, Debug, Default)]
pub struct Stage {
    pub name: String,
    pub count: f64,
    pub count_text: String,
    pub stuck: f64,
    pub stuck_text: String,
    pub pace: String,
    pub limit: String,
    /// The stage takes longer than its limit.
    pub slow: bool,
    /// The list behind the number.
    pub href: Option<String>,
}

/// Stages from left to right. `width` is that of the panel (1280 on an office screen).
pub fn cascade(spec: &Spec, stages: &[Stage], width: f64) -> String {
    const HEIGHT: f64 = 190.0;
    let column = width / stages.len().max(1) as f64;
    let most = stages.iter().map(|s| s.count).fold(0.0, f64::max);
    let (base, room) = (HEIGHT - 64.0, HEIGHT - 64.0 - 44.0);
    let mut body = format!(r#"<path class="axis" d="M0 {}H{}"/>"#, num(base + 0.5), num(width));
    for (at, stage) in stages.iter().enumerate() {
        let x = at as f64 * column;
        let bar = (column - 34.0).clamp(12.0, 116.0);
        let height = if stage.count > 0.0 { (stage.count / most * room).max(3.0) } else { 0.0 };
        let stuck =
            if stage.stuck > 0.0 { (stage.stuck / stage.count.max(stage.stuck) * height).max(3.0) } else { 0.0 };
        let top = base - height;
        if let Some(href) = &stage.href {
            let _ = write!(body, r#"<a href="{}">"#, esc(href));
        }
        let _ = write!(
            body,
            r#"<rect class="data2" x="{x}" y="{}" width="{b}" height="{}" rx="2"/>"#,
            num(top),
            num(height),
            x = num(x),
            b = num(bar)
        );
        if stuck > 0.0 {
            let _ = write!(
                body,
                r#"<rect class="late" x="{}" y="{}" width="{}" height="{}" rx="2"/>"#,
                num(x),
                num(top),
                num(bar),
                num(stuck)
            );
        }
        // The triangle is drawn, not typed: the web font has none.
        let (shift, class) = if stage.stuck > 0.0 { (14.0, "warnt") } else { (0.0, "m") };
        if stage.stuck > 0.0 {
            let _ = write!(body, r#"<path class="late" d="M{} {}h10l-5 -9z"/>"#, num(x), num(top - 8.0));
        }
        let _ = write!(
            body,
            r#"<text x="{x}" y="{}" font-size="19" class="b">{}</text><text x="{}" y="{}" font-size="13" class="{class}">{}</text><text x="{x}" y="{}" font-size="14" class="b">{}</text><text x="{x}" y="{}" font-size="13" class="{}">{}</text><text x="{x}" y="{}" font-size="13" class="m">{}</text>"#,
            num(top - 24.0),
            esc(&stage.count_text),
            num(x + shift),
            num(top - 7.0),
            esc(&stage.stuck_text),
            num(base + 21.0),
            esc(&stage.name),
            num(base + 39.0),
            if stage.slow { "bad b" } else { "m" },
            esc(&stage.pace),
            num(base + 56.0),
            esc(&stage.limit),
            x = num(x),
        );
        if stage.href.is_some() {
            body.push_str("</a>");
        }
        if at + 1 < stages.len() {
            let _ = write!(
                body,
                r#"<path class="axis" d="M{} {}l6 5l-6 5" stroke-width="1.5"/>"#,
                num(x + bar + 10.0),
                num(base - 12.0)
            );
        }
    }
    let linked = stages.iter().any(|s| s.href.is_some());
    wrap(spec, width, HEIGHT, "", linked, &body)
}

/// The same for a phone, 320 wide: one row per stage, name and pace above its bar.
pub fn cascade_narrow(spec: &Spec, stages: &[Stage]) -> String {
    const WIDTH: f64 = 320.0;
    const ROW: f64 = 62.0;
    let most = stages.iter().map(|s| s.count).fold(0.0, f64::max);
    let mut body = String::new();
    for (at, stage) in stages.iter().enumerate() {
        let y = at as f64 * ROW;
        let bar = if stage.count > 0.0 { (stage.count / most * WIDTH).max(3.0) } else { 0.0 };
        let stuck = if stage.stuck > 0.0 { (stage.stuck / stage.count.max(stage.stuck) * bar).max(3.0) } else { 0.0 };
        if let Some(href) = &stage.href {
            let _ = write!(body, r#"<a href="{}">"#, esc(href));
        }
        let _ = write!(
            body,
            r#"<text x="0" y="{}" font-size="15" class="b">{}</text><text x="{WIDTH}" y="{}" font-size="15" class="b" text-anchor="end">{}</text><rect class="data2" x="0" y="{}" width="{}" height="12" rx="2"/>"#,
            num(y + 15.0),
            esc(&stage.name),
            num(y + 15.0),
            esc(&stage.count_text),
            num(y + 22.0),
            num(bar),
        );
        if stuck > 0.0 {
            let _ = write!(
                body,
                r#"<rect class="late" x="0" y="{}" width="{}" height="12" rx="2"/>"#,
                num(y + 22.0),
                num(stuck)
            );
        }
        let _ = write!(
            body,
            r#"<text x="0" y="{b}" font-size="13" class="{}">{}</text><text x="{WIDTH}" y="{b}" font-size="13" class="m" text-anchor="end"><tspan class="{}">{}</tspan> · {}</text>"#,
            if stage.stuck > 0.0 { "warnt" } else { "m" },
            esc(&stage.stuck_text),
            if stage.slow { "bad b" } else { "m" },
            esc(&stage.pace),
            esc(&stage.limit),
            b = num(y + 49.0),
        );
        if stage.href.is_some() {
            body.push_str("</a>");
        }
    }
    let linked = stages.iter().any(|s| s.href.is_some());
    wrap(spec, WIDTH, (stages.len() as f64 * ROW - 8.0).max(1.0), "t-svg--fill", linked, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stuck_part_is_drawn_within_its_column_and_to_scale() {
        let stages = [
            Stage { name: "Usulan".into(), count: 1000.0, ..Stage::default() },
            Stage {
                name: "Penetapan".into(),
                count: 500.0,
                stuck: 250.0,
                stuck_text: "250 macet".into(),
                slow: true,
                ..Stage::default()
            },
        ];
        let svg = cascade(&Spec { id: "p", title: "t", description: "d" }, &stages, 400.0);
        // 82 units of room: 500 of 1000 is 41 high, half of it stuck.
        assert!(svg.contains(r#"class="data2" x="200" y="85" width="116" height="41""#), "{svg}");
        assert!(svg.contains(r#"class="late" x="200" y="85" width="116" height="20.5""#), "{svg}");
        assert_eq!(svg.matches(r#"class="late""#).count(), 2, "one part and one triangle");
    }
}
