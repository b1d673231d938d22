//! A signature drawn on a phone comes as SVG text from outside. Only its strokes are kept: numbers are read out of it and a
//! drawing of our own is written, so that nothing else a file could carry is stored or shown.

use std::fmt::Write as _;

/// Largest text taken, bytes; a signature has some kilobytes.
const LARGEST: usize = 512 * 1024;

/// The drawing as it is kept; `None` when there are no strokes in it.
pub fn clean(svg: &str) -> Option<String> {
    if svg.len() > LARGEST {
        return None;
    }
    let head = element(svg, "<svg")?;
    let (width, height) = size(head)?;
    let mut strokes = String::new();
    for path in elements(svg, "<path") {
        let drawn = attribute(path, "d").filter(|d| d.chars().all(is_stroke))?;
        let thick = attribute(path, "stroke-width").and_then(|w| w.parse::<f64>().ok()).unwrap_or(2.0).clamp(0.2, 8.0);
        let _ = write!(strokes, r#"<path d="{drawn}" stroke-width="{thick}"/>"#);
    }
    for dot in elements(svg, "<circle") {
        let [x, y, r] = ["cx", "cy", "r"].map(|name| attribute(dot, name).and_then(|n| n.parse::<f64>().ok()));
        let _ = write!(strokes, r##"<circle cx="{}" cy="{}" r="{}" fill="#041225"/>"##, x?, y?, r?.clamp(0.1, 8.0));
    }
    if strokes.is_empty() {
        return None;
    }
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><g fill="none" stroke="#041225" stroke-linecap="round">{strokes}</g></svg>"##
    ))
}

/// Numbers and the commands of lines and curves.
fn is_stroke(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ' ' | ',' | '.' | '-' | 'M' | 'L' | 'C' | 'm' | 'l' | 'c' | 'e')
}

fn size(head: &str) -> Option<(f64, f64)> {
    let numbers: Vec<f64> =
        attribute(head, "viewBox")?.split_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
    let [_, _, width, height] = numbers.as_slice() else { return None };
    let sound = |side: f64| (1.0..=4_000.0).contains(&side);
    (sound(*width) && sound(*height)).then_some((*width, *height))
}

/// The first tag that begins so, without its content.
fn element<'a>(text: &'a str, start: &'a str) -> Option<&'a str> {
    elements(text, start).next()
}

fn elements<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(start).filter_map(move |(at, _)| {
        let rest = &text[at..];
        rest.find('>').map(|end| &rest[..end])
    })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let rest = &tag[from..];
    rest.find('"').map(|end| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWN: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 140" width="320" height="140"><path d="M 12.5,40.1 C 13,41 14,42 15.2,44" stroke-width="2.25" stroke="#041225" fill="none" stroke-linecap="round"></path><circle r="1.6" cx="30" cy="41" fill="#041225"></circle></svg>"##;

    #[test]
    fn strokes_are_kept() {
        let kept = clean(DRAWN).expect("a signature");
        assert!(kept.contains("M 12.5,40.1 C 13,41 14,42 15.2,44") && kept.contains("cx=\"30\""));
        assert!(kept.contains("viewBox=\"0 0 320 140\""));
    }

    #[test]
    fn what_is_no_stroke_is_not() {
        assert_eq!(clean(r#"<svg viewBox="0 0 320 140"></svg>"#), None);
        assert_eq!(clean("M 1,2"), None);
        let script = DRAWN.replace("</svg>", "<script>alert(1)</script><image href=\"x\" onload=\"y\"/></svg>");
        let kept = clean(&script).expect("the strokes");
        assert!(!kept.contains("script") && !kept.contains("onload") && !kept.contains("href"));
        assert_eq!(clean(&DRAWN.replace("M 12.5", "url(x) 12.5")), None);
        assert_eq!(clean(&DRAWN.replace("0 0 320 140", "0 0 1e9 140")), None);
    }
}
