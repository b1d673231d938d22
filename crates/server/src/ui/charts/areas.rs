//! Areas by value: the choropleth where boundaries are known, and a grid of tiles where they are not, so that a
//! dashboard is never without its map. Five classes, hatched where there are no data; never by colour alone, since
//! every area carries its words and the table below has the numbers.

use std::{collections::HashMap, fmt::Write as _};

use super::{
    Classes, Spec,
    bars::{lines, stacked},
    esc,
    map::Drawing,
    num, text_width, wrap,
};

/// What is known of one area. `words` is read aloud and shown on hover: "Muara Jernih Hilir: 45 keluarga".
#[derive(Clone, Debug)]
pub struct AreaValue {
    pub code: String,
    pub value: Option<f64>,
    pub words: String,
    pub href: Option<String>,
}

/// A name written on the map, in units of the drawing.
#[derive(Clone, Debug)]
pub struct Label {
    pub x: f64,
    pub y: f64,
    pub text: String,
}

pub struct Choropleth<'a> {
    pub drawing: &'a Drawing,
    pub values: &'a [AreaValue],
    pub classes: &'a Classes,
    /// The group an area belongs to: its kecamatan, whose borders are drawn stronger.
    pub group: &'a dyn Fn(&str) -> String,
    pub labels: &'a [Label],
    /// Size of the labels in units of the drawing (22 of 800 reads like 13 px in a panel of 470).
    pub font: f64,
}

/// The areas are links for the pointer; by keyboard the same links stand in the table below, one tab stop each there
/// instead of hundreds here.
pub fn choropleth(spec: &Spec, chart: &Choropleth) -> String {
    let by_code: HashMap<&str, &AreaValue> = chart.values.iter().map(|v| (v.code.as_str(), v)).collect();
    let hatch = format!("{}-h", esc(spec.id));
    let mut body = pattern(&hatch);
    for area in &chart.drawing.areas {
        let known = by_code.get(area.code.as_str());
        let href = known.and_then(|v| v.href.as_deref());
        if let Some(href) = href {
            let _ = write!(body, r#"<a href="{}" tabindex="-1">"#, esc(href));
        }
        let fill = match known.and_then(|v| v.value) {
            Some(value) => format!(r#"class="v q{}""#, chart.classes.of(value)),
            None => format!(r#"class="v" fill="url(#{hatch})""#),
        };
        let words = known.map_or(area.code.as_str(), |v| v.words.as_str());
        let _ = write!(body, r#"<path {fill} d="{}"><title>{}</title></path>"#, area.path, esc(words));
        if href.is_some() {
            body.push_str("</a>");
        }
    }
    let _ = write!(
        body,
        r#"<path class="k" d="{}"/><path class="o" d="{}"/>"#,
        chart.drawing.borders(|code| (chart.group)(code)),
        chart.drawing.edge()
    );
    for label in chart.labels {
        // Kept inside the drawing, however near the edge its area lies.
        let half = text_width(&label.text, chart.font) / 2.0 + 4.0;
        let x = label.x.min(chart.drawing.width - half).max(half);
        let _ = write!(
            body,
            r#"<text class="lab" x="{}" y="{}" font-size="{}" text-anchor="middle">{}</text>"#,
            num(x),
            num(label.y + chart.font * 0.35),
            num(chart.font),
            esc(&label.text)
        );
    }
    let linked = chart.values.iter().any(|v| v.href.is_some());
    wrap(spec, chart.drawing.width, chart.drawing.height, "t-map t-svg--fill", linked, &body)
}

fn pattern(id: &str) -> String {
    format!(
        r#"<defs><pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="bg" width="6" height="6"/><path class="hat" d="M0 0V6"/></pattern></defs>"#
    )
}

/// One tile: a kecamatan or village without a boundary. `text` is its number as people read it.
#[derive(Clone, Debug)]
pub struct Tile {
    pub name: String,
    pub value: Option<f64>,
    pub text: String,
    pub words: String,
    pub href: Option<String>,
}

/// A grid of tiles in the order given (by code: neighbours mostly stay near). All are as high as the longest name needs.
pub fn tile_map(spec: &Spec, tiles: &[Tile], classes: &Classes) -> String {
    const GAP: f64 = 4.0;
    let count = tiles.len().max(1);
    let columns = match count {
        1..=3 => count,
        4..=8 => 4,
        9..=15 => 5,
        16..=24 => 6,
        _ => ((count as f64 * 1.3).sqrt().ceil() as usize).max(7),
    };
    let width = if columns <= 6 { 640.0 } else { 800.0 };
    let tile = (width - GAP * (columns - 1) as f64) / columns as f64;
    let (high, font) = if columns <= 6 { (66.0, 13.0) } else { (54.0, 12.0) };
    let names: Vec<Vec<String>> = tiles.iter().map(|area| lines(&area.name, tile - 16.0, font)).collect();
    let most = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let high = f64::max(high, 5.0 + most * font * 1.2 + font + 14.0);
    let hatch = format!("{}-h", esc(spec.id));
    let mut body = pattern(&hatch);
    for ((at, area), name) in tiles.iter().enumerate().zip(&names) {
        let (x, y) = ((at % columns) as f64 * (tile + GAP), (at / columns) as f64 * (high + GAP));
        if let Some(href) = &area.href {
            let _ = write!(body, r#"<a href="{}" tabindex="-1">"#, esc(href));
        }
        let (fill, ink) = match area.value {
            Some(value) => {
                let class = classes.of(value);
                (format!(r#"class="q{class}""#), format!("tq{class}"))
            }
            None => (format!(r#"fill="url(#{hatch})""#), "lab".to_owned()),
        };
        let _ = write!(
            body,
            r#"<g><title>{}</title><rect {fill} x="{}" y="{}" width="{}" height="{}" rx="4"/>"#,
            esc(&area.words),
            num(x),
            num(y),
            num(tile),
            num(high)
        );
        body.push_str(&stacked(name, x + 8.0, y + font + 5.0, font, &format!(r#" class="{ink}""#)));
        let _ = write!(
            body,
            r#"<text class="{ink} b" x="{}" y="{}" font-size="{}" text-anchor="end">{}</text></g>"#,
            num(x + tile - 8.0),
            num(y + high - 8.0),
            num(font + 2.0),
            esc(&area.text)
        );
        if area.href.is_some() {
            body.push_str("</a>");
        }
    }
    let rows = tiles.len().div_ceil(columns).max(1) as f64;
    let linked = tiles.iter().any(|t| t.href.is_some());
    wrap(spec, width, rows * (high + GAP) - GAP, "t-map t-tiles t-svg--fill", linked, &body)
}

#[cfg(test)]
mod tests {
    use super::super::map::Shape;
    use super::*;

    const SPEC: Spec = Spec { id: "peta", title: "t", description: "d" };

    fn two_villages() -> Drawing {
        let square = |x: f64| vec![(x, 0.0), (x + 1.0, 0.0), (x + 1.0, 1.0), (x, 1.0)];
        let shapes = [
            Shape { code: "99.01.01.2001".into(), rings: vec![square(117.0)] },
            Shape { code: "99.01.02.2001".into(), rings: vec![square(118.0)] },
        ];
        Drawing::new(&shapes, 400.0, 0.7)
    }

    #[test]
    fn a_village_without_data_is_hatched_and_named_not_shown_as_zero() {
        let drawing = two_villages();
        let values = [
            AreaValue {
                code: "99.01.01.2001".into(),
                value: Some(40.0),
                words: "Hulu: 40".into(),
                href: Some("/areas/1?x=\"".into()),
            },
            AreaValue { code: "99.01.02.2001".into(), value: None, words: "Hilir: tidak ada data".into(), href: None },
        ];
        let classes = Classes::fixed(&[10.0, 20.0, 30.0, 35.0]);
        let svg = choropleth(
            &SPEC,
            &Choropleth {
                drawing: &drawing,
                values: &values,
                classes: &classes,
                group: &|code| code[..8].to_owned(),
                labels: &[],
                font: 13.0,
            },
        );
        assert!(svg.contains(r#"class="v q4""#), "{svg}");
        assert!(svg.contains(r##"fill="url(#peta-h)""##) && svg.contains("Hilir: tidak ada data"));
        assert!(svg.contains(r#"href="/areas/1?x=&quot;""#), "links are escaped");
        assert!(svg.contains(r#"role="group""#));
    }

    #[test]
    fn tiles_keep_long_names_inside() {
        let tiles: Vec<Tile> = (0..30)
            .map(|k| Tile {
                name: "Kedungbanteng Pesisir Selatan".into(),
                value: (k > 0).then(|| f64::from(k)),
                text: k.to_string(),
                words: String::new(),
                href: None,
            })
            .collect();
        let svg = tile_map(&SPEC, &tiles, &Classes::quantiles(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
        assert_eq!(svg.matches("<rect ").count(), 31, "30 tiles and the hatch");
        for part in ["Kedungbanteng", "Pesisir", "Selatan"] {
            assert_eq!(svg.matches(&format!(">{part}</text>")).count(), 30, "{part} is whole on every tile: {svg}");
        }
    }
}
