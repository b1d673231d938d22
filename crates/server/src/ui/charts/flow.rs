//! Where the families of one list went and where those of the next came from: two columns of nodes, and between them bands
//! as thick as what flows.

use std::fmt::Write as _;

use super::{Spec, Tone, bars::lines, esc, num, text_width, wrap};

/// One node of a column. `text` is its value as people read it.
#[derive(Clone, Debug, Default)]
pub struct FlowNode {
    pub label: String,
    pub value: f64,
    pub text: String,
    pub tone: Tone,
    /// The list behind the number.
    pub href: Option<String>,
}

/// A band from a node of the left column to one of the right, both by their place. `words` is told when it is pointed at.
#[derive(Clone, Debug, Default)]
pub struct FlowBand {
    pub from: usize,
    pub to: usize,
    pub value: f64,
    pub tone: Tone,
    pub words: String,
}

#[derive(Clone, Copy, Debug)]
pub struct FlowSize {
    pub width: f64,
    /// Room for the words at either side; 0: they stand above their node.
    pub label: f64,
    /// Height of the fuller column, gaps left out.
    pub height: f64,
    pub font: f64,
}

impl FlowSize {
    /// A panel as wide as the page.
    pub const WIDE: Self = Self { width: 1000.0, label: 270.0, height: 230.0, font: 14.0 };
    /// A phone.
    pub const NARROW: Self = Self { width: 320.0, label: 0.0, height: 210.0, font: 14.0 };
}

/// Thickness of the nodes, and the space between two.
const NODE: f64 = 12.0;
const GAP: f64 = 8.0;

/// Where a node is drawn, and its words.
#[derive(Clone, Default)]
struct Place {
    top: f64,
    height: f64,
    /// Base line of the first line of words.
    base: f64,
    /// The label behind the number, whole.
    lines: Vec<String>,
    /// How much of the node bands have taken.
    taken: f64,
}

/// Nodes from top to bottom in the order given; nothing is drawn of what is zero.
pub fn flow(spec: &Spec, left: &[FlowNode], right: &[FlowNode], bands: &[FlowBand], size: FlowSize) -> String {
    let sum = |nodes: &[FlowNode]| nodes.iter().map(|node| node.value.max(0.0)).sum::<f64>();
    let most = sum(left).max(sum(right));
    let scale = if most > 0.0 { size.height / most } else { 0.0 };
    let (mut starts, left_height) = places(left, scale, size);
    let (mut ends, right_height) = places(right, scale, size);
    let (x0, x1) = (size.label, size.width - size.label - NODE);
    let mut body = String::new();
    for band in bands.iter().filter(|band| band.value > 0.0) {
        let (Some(from), Some(to)) = (starts.get_mut(band.from), ends.get_mut(band.to)) else { continue };
        let thick = (band.value * scale).max(1.0);
        let (a, b) = (from.top + from.taken, to.top + to.taken);
        from.taken += thick;
        to.taken += thick;
        let (start, end, middle) = (x0 + NODE, x1, (x0 + NODE + x1) / 2.0);
        let _ = write!(
            body,
            r#"<path class="flow {}" d="M{s} {a}C{m} {a} {m} {b} {e} {b}V{}C{m} {} {m} {} {s} {}Z"><title>{}</title></path>"#,
            band.tone.class(),
            num(b + thick),
            num(b + thick),
            num(a + thick),
            num(a + thick),
            esc(&band.words),
            s = num(start),
            m = num(middle),
            e = num(end),
            a = num(a),
            b = num(b),
        );
    }
    for (node, place) in left.iter().zip(&starts) {
        draw(&mut body, node, place, x0, Side::Left, size);
    }
    for (node, place) in right.iter().zip(&ends) {
        draw(&mut body, node, place, x1, Side::Right, size);
    }
    let linked = left.iter().chain(right).any(|node| node.href.is_some() && node.value > 0.0);
    wrap(spec, size.width, left_height.max(right_height).max(1.0), "", linked, &body)
}

/// The nodes of a column and its height. A small node still has room for its words.
fn places(nodes: &[FlowNode], scale: f64, size: FlowSize) -> (Vec<Place>, f64) {
    let line = size.font + 3.0;
    let mut y = 0.0;
    let places = nodes
        .iter()
        .map(|node| {
            if node.value <= 0.0 {
                return Place::default();
            }
            let label = words(node, size);
            let further = (label.len() - 1) as f64 * (size.font + 2.0);
            let height = (node.value * scale).max(2.0);
            if size.label > 0.0 {
                let room = height.max(line + further);
                let top = y + (room - height) / 2.0;
                y += room + GAP;
                let base = top + height / 2.0 + size.font * 0.36 - further / 2.0;
                Place { top, height, base, lines: label, taken: 0.0 }
            } else {
                let base = y + size.font;
                let top = y + line * label.len() as f64 + 3.0;
                y = top + height + GAP;
                Place { top, height, base, lines: label, taken: 0.0 }
            }
        })
        .collect();
    (places, y - GAP)
}

/// The label in the room behind its number, in as many lines as it needs.
fn words(node: &FlowNode, size: FlowSize) -> Vec<String> {
    let number = text_width(&node.text, size.font * 1.08) + size.font * 0.4;
    if size.label > 0.0 {
        return lines(&node.label, size.label - 12.0 - number, size.font);
    }
    let half = size.width / 2.0 - 6.0;
    if text_width(&node.label, size.font) <= half - number {
        return vec![node.label.clone()];
    }
    let (mut first, mut rest) = (String::new(), String::new());
    for word in node.label.split(' ') {
        let longer = if first.is_empty() { word.to_owned() } else { format!("{first} {word}") };
        if rest.is_empty() && text_width(&longer, size.font) <= half - number {
            first = longer;
        } else {
            rest = if rest.is_empty() { word.to_owned() } else { format!("{rest} {word}") };
        }
    }
    let mut all = vec![first];
    all.extend(lines(&rest, half, size.font));
    all
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

fn draw(body: &mut String, node: &FlowNode, place: &Place, x: f64, side: Side, size: FlowSize) {
    if node.value <= 0.0 {
        return;
    }
    // beside the node the words turn away from it; above it they begin at the edge of the drawing
    let (at, anchor) = match (side, size.label <= 0.0) {
        (Side::Left, false) => (x - 10.0, "end"),
        (Side::Right, false) => (x + NODE + 10.0, "start"),
        (Side::Left, true) => (0.0, "start"),
        (Side::Right, true) => (size.width, "end"),
    };
    if let Some(href) = &node.href {
        let _ = write!(body, r#"<a href="{}">"#, esc(href));
    }
    let _ = write!(
        body,
        r#"<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/><text x="{at}" y="{}" font-size="{}" text-anchor="{anchor}"><tspan class="b">{}</tspan>"#,
        node.tone.class(),
        num(x),
        num(place.top),
        num(NODE),
        num(place.height),
        num(place.base),
        num(size.font),
        esc(&node.text),
        at = num(at),
    );
    for (nth, line) in place.lines.iter().enumerate() {
        if nth == 0 {
            let _ = write!(body, " {}", esc(line));
        } else {
            let _ = write!(body, r#"<tspan x="{}" dy="{}">{}</tspan>"#, num(at), num(size.font + 2.0), esc(line));
        }
    }
    body.push_str("</text>");
    if node.href.is_some() {
        body.push_str("</a>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: Spec = Spec { id: "a", title: "t", description: "d" };

    fn node(label: &str, value: f64) -> FlowNode {
        FlowNode { label: label.into(), value, text: value.to_string(), ..FlowNode::default() }
    }

    fn band(from: usize, to: usize, value: f64) -> FlowBand {
        FlowBand { from, to, value, tone: Tone::Pale, words: String::new() }
    }

    #[test]
    fn bands_are_as_thick_as_what_flows_and_lie_side_by_side() {
        let size = FlowSize { width: 400.0, label: 100.0, height: 100.0, font: 14.0 };
        let svg = flow(
            &SPEC,
            &[node("lama", 80.0), node("baru", 20.0)],
            &[node("tetap", 70.0), node("hilang", 30.0)],
            &[band(0, 0, 50.0), band(0, 1, 30.0), band(1, 0, 20.0)],
            size,
        );
        // 100 units of room for 100 families: one unit a family
        assert!(svg.contains(r#"class="data" x="100" y="0" width="12" height="80""#), "{svg}");
        assert!(svg.contains(r#"class="data" x="288" y="78" width="12" height="30""#), "{svg}");
        assert!(svg.contains("M112 0C200 0 200 0 288 0V50"), "{svg}");
        assert!(svg.contains("M112 50C200 50 200 78 288 78V108"), "{svg}");
        assert!(svg.contains("M112 88C200 88 200 50 288 50V70"), "{svg}");
    }

    #[test]
    fn a_long_label_takes_two_lines_on_a_phone() {
        let lines = words(&node("bergabung dengan keluarga lain", 12.0), FlowSize::NARROW);
        assert_eq!(lines, ["bergabung dengan", "keluarga lain"]);
        let words_of = "berpindah ke kecamatan lain dalam kabupaten sejak daftar yang lalu";
        for size in [FlowSize::NARROW, FlowSize::WIDE] {
            assert_eq!(words(&node(words_of, 12.0), size).join(" ").trim(), words_of, "nothing is cut");
        }
        assert_eq!(words(&node("baru", 12.0), FlowSize::NARROW), ["baru"]);
    }

    #[test]
    fn nothing_is_drawn_of_nothing_and_words_are_escaped() {
        let svg =
            flow(&SPEC, &[node("<a>", 1.0), node("nol", 0.0)], &[node("b", 1.0)], &[band(0, 0, 1.0)], FlowSize::NARROW);
        assert!(svg.contains("&lt;a&gt;") && !svg.contains("nol"), "{svg}");
        assert!(!flow(&SPEC, &[], &[], &[], FlowSize::WIDE).contains("NaN"));
    }
}
