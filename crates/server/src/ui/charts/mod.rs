//! Charts and maps, drawn on the server as SVG: no script, they print, and a test can read them.
//!
//! Every text arrives localised; colours are classes of `parts.css`, so one drawing serves light, dark and paper.
//! A drawing never stands alone: [`Figure`] puts its finding above it and its table below it
//! (`templates/components/figure.html`).
//!
//! `bars` `part_bar` `meter` (bars.rs) · `cascade` (cascade.rs) · `line_to_zero` `spark` (lines.rs) ·
//! `pyramid` `dots` (people.rs) · `waterfall` (waterfall.rs) · `evidence` (evidence.rs) · `flow` (flow.rs) · `choropleth` `tile_map` (areas.rs), from outlines read by `map.rs`.

mod areas;
mod bars;
mod cascade;
mod evidence;
mod flow;
mod lines;
pub mod map;
mod people;
mod waterfall;

use std::fmt::Write as _;

pub use areas::{AreaValue, Choropleth, Label, Tile, choropleth, tile_map};
pub use bars::{Bar, BarSize, Part, bars, meter, part_bar};
pub use cascade::{Stage, cascade, cascade_narrow};
pub use evidence::{Proof, evidence};
pub use flow::{FlowBand, FlowNode, FlowSize, flow};
pub use lines::{Path, line_to_zero, spark};
pub use people::{Band, Dots, Named, dots, pyramid};
pub use waterfall::{Piece, WaterfallSize, waterfall};

/// What every drawing is told: an id unique on the page, and its words for those who do not see it.
#[derive(Clone, Copy)]
pub struct Spec<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub description: &'a str,
}

/// What a fill means. Colour is for attention: volumes are pale, `Late` is stuck or different, `Bad` is failed or blocked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Data,
    /// A volume, or the rest of one.
    Pale,
    /// Two more steps of the same hue, for the parts of one bar.
    Mid,
    Deep,
    Late,
    Bad,
    Ok,
    Ink,
    /// What is not there yet.
    Mute,
}

impl Tone {
    /// The class of `parts.css`, the same in drawings, legends (`t-key`) and the equation.
    pub fn class(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Pale => "data2",
            Self::Mid => "data3",
            Self::Deep => "data4",
            Self::Late => "late",
            Self::Bad => "badf",
            Self::Ok => "okf",
            Self::Ink => "ink",
            Self::Mute => "mute",
        }
    }
}

/// One line of a legend: a `t-key` swatch of this class and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub class: &'static str,
    pub text: String,
}

impl Key {
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { class: tone.class(), text: text.into() }
    }
}

/// The numbers of a drawing as a table: the first cell of a row is its head, the others are figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub cells: Vec<String>,
    /// Where the first cell leads: the list behind the number.
    pub href: Option<String>,
}

impl Row {
    pub fn new<T: Into<String>>(cells: impl IntoIterator<Item = T>) -> Self {
        Self { cells: cells.into_iter().map(Into::into).collect(), href: None }
    }

    #[must_use]
    pub fn link(mut self, href: Option<String>) -> Self {
        self.href = href;
        self
    }
}

/// A drawing with its words: what `templates/components/figure.html` shows.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    pub id: String,
    /// One sentence that says what the drawing shows; the heading of the figure.
    pub finding: String,
    /// A small line under the finding (unit, what a dot is).
    pub note: Option<String>,
    pub svg: String,
    /// The same for a phone (drawn 320 wide, with another id); without it a phone scrolls the wide one in its frame.
    pub narrow: Option<String>,
    pub legend: Vec<Key>,
    pub table: Table,
    /// Where the numbers come from and as of when.
    pub source: String,
    /// Link to the same numbers as CSV.
    pub csv: Option<String>,
}

impl Figure {
    pub fn new(spec: &Spec, finding: impl Into<String>, svg: String) -> Self {
        Self { id: spec.id.to_owned(), finding: finding.into(), svg, ..Self::default() }
    }

    /// Whether a phone scrolls the drawing in its frame.
    pub fn is_wide(&self) -> bool {
        self.svg.contains("t-svg--wide")
    }

    #[must_use]
    pub fn narrow(mut self, svg: String) -> Self {
        self.narrow = Some(svg);
        self
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    #[must_use]
    pub fn legend(mut self, legend: Vec<Key>) -> Self {
        self.legend = legend;
        self
    }

    #[must_use]
    pub fn table(mut self, head: &[&str], rows: Vec<Row>) -> Self {
        self.table = Table { head: head.iter().map(|&h| h.to_owned()).collect(), rows };
        self
    }

    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }

    #[must_use]
    pub fn csv(mut self, href: impl Into<String>) -> Self {
        self.csv = Some(href.into());
        self
    }
}

/// Five classes of a map or heat table. A value belongs to the first class whose upper bound is not below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    upper: Vec<f64>,
}

impl Classes {
    /// Classes by fixed upper bounds (ascending, at most four; the last class is open).
    pub fn fixed(upper: &[f64]) -> Self {
        Self { upper: upper.iter().copied().take(4).collect() }
    }

    /// Classes that hold about as many areas each; equal values never part.
    pub fn quantiles(values: &[f64]) -> Self {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let mut upper: Vec<f64> = (1..5)
            .filter_map(|k| sorted.get((sorted.len() * k / 5).checked_sub(1)?))
            .copied()
            .filter(|&bound| sorted.last().is_some_and(|&most| bound < most))
            .collect();
        upper.dedup();
        Self { upper }
    }

    /// 0 (least) to 4 (most).
    pub fn of(&self, value: f64) -> u8 {
        let class = self.upper.iter().position(|&bound| value <= bound).unwrap_or(self.upper.len());
        // With fewer than five classes the palest still means "least" and the darkest "most".
        let last = self.upper.len();
        (class * 4 + last / 2).checked_div(last).map_or(2, |class| u8::try_from(class).map_or(4, |class| class.min(4)))
    }

    /// The lines of the legend. `words` is told the lowest and highest value seen in a class and answers e.g. "16-30".
    pub fn legend(&self, values: &[f64], words: impl Fn(f64, f64) -> String) -> Vec<Key> {
        const NAMES: [&str; 5] = ["q0", "q1", "q2", "q3", "q4"];
        (0..5u8)
            .filter_map(|class| {
                let mine = values.iter().copied().filter(|&v| v.is_finite() && self.of(v) == class);
                let (low, high) = mine.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
                (low <= high).then(|| Key { class: NAMES[usize::from(class)], text: words(low, high) })
            })
            .collect()
    }
}

/// The legend line for areas without data (hatched).
pub fn no_data(text: impl Into<String>) -> Key {
    Key { class: "qn", text: text.into() }
}

/// Text inside SVG or HTML, attributes included.
pub(crate) fn esc(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A coordinate with at most one decimal.
pub(crate) fn num(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    if tenths == 0.0 { "0".to_owned() } else { format!("{tenths}") }
}

/// About how wide a text is, in units of the drawing. Inter's average; good enough to decide what fits.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * 0.56
}

/// Wraps a body in its `<svg>` with title and description. From 400 units on, a phone scrolls it in its own frame
/// instead of shrinking the words; from 900 on it fills the panel.
pub(crate) fn wrap(spec: &Spec, width: f64, height: f64, class: &str, interactive: bool, body: &str) -> String {
    let mut out = String::with_capacity(body.len() + 400);
    let id = esc(spec.id);
    let mut classes = String::from("t-svg");
    if width >= 900.0 {
        classes.push_str(" t-svg--fill");
    }
    if width >= 400.0 && !class.contains("t-map") {
        classes.push_str(" t-svg--wide");
    }
    if !class.is_empty() {
        classes.push(' ');
        classes.push_str(class);
    }
    // An image has no children for a screen reader, so a drawing with links is a group.
    let role = if interactive { "group" } else { "img" };
    let _ = write!(
        out,
        r#"<svg class="{classes}" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="{role}" aria-labelledby="{id}-t {id}-d"><title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>{body}</svg>"#,
        esc(spec.title),
        esc(spec.description),
        w = num(width),
        h = num(height),
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_a_list_cannot_become_markup() {
        assert_eq!(esc("<a href='x'>\"&"), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
    }

    #[test]
    fn a_value_falls_in_the_class_of_its_bound() {
        let classes = Classes::fixed(&[15.0, 30.0, 50.0, 80.0]);
        let of: Vec<u8> = [0.0, 15.0, 16.0, 50.0, 80.0, 81.0].map(|v| classes.of(v)).to_vec();
        assert_eq!(of, [0, 0, 1, 2, 3, 4]);
    }

    #[test]
    fn equal_values_share_a_class_and_the_most_is_always_the_darkest() {
        let values = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 9.0];
        let classes = Classes::quantiles(&values);
        assert_eq!(classes.of(9.0), 4);
        assert!(classes.of(1.0) < 4);
        let legend = classes.legend(&values, |low, high| format!("{low}-{high}"));
        assert_eq!(legend.iter().map(|k| k.text.as_str()).collect::<Vec<_>>(), ["1-1", "9-9"]);
        assert_eq!(Classes::quantiles(&[3.0, 3.0]).of(3.0), 2, "one value for all is neither much nor little");
        assert_eq!(Classes::quantiles(&[]).of(3.0), 2);
    }
}
