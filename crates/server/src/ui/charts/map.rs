//! Boundaries: from GeoJSON or TopoJSON (longitude, latitude) to short SVG paths. Pure functions; where the file is kept and
//! whose codes it carries is the caller's business.
//!
//! Neighbours share their border: rings are cut into arcs where three lines meet, each arc is simplified once and
//! used by both sides, so no gaps open between villages. The same arcs give the borders of the kecamatan and the
//! outline of the district without another file.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
};

use serde_json::Value;

type Point = (i32, i32);

/// One area: its code as the file writes it, empty where it has none, and all its rings (islands and holes alike; holes are drawn
/// even-odd).
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub code: String,
    pub rings: Vec<Vec<(f64, f64)>>,
}

/// Why a boundary file was refused. Features count from 1.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum MapError {
    #[error("the file is not JSON (line {line}, column {column})")]
    NotJson { line: usize, column: usize },
    #[error("the file is neither a GeoJSON FeatureCollection nor a TopoJSON Topology")]
    NotACollection,
    #[error("the file holds no areas")]
    Empty,
    #[error("no feature carries a code; its properties are: {properties}")]
    NoCode { properties: String },
    #[error("feature {feature} is a {kind}, not a Polygon or MultiPolygon")]
    NotAnArea { feature: usize, kind: String },
    #[error("feature {feature} has coordinates that are no longitude and latitude (is the file in metres?)")]
    NotDegrees { feature: usize },
    #[error("feature {feature} is drawn with a line that the file does not hold")]
    NoArc { feature: usize },
}

/// Reads the areas of a GeoJSON FeatureCollection or a TopoJSON Topology (all its objects). The code is the first of
/// `code_properties` that a feature carries, however it is capitalised.
pub fn read_shapes(text: &str, code_properties: &[&str]) -> Result<Vec<Shape>, MapError> {
    let file: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| MapError::NotJson { line: error.line(), column: error.column() })?;
    let shapes = if file["type"] == "Topology" {
        let topology = Topology::of(&file);
        let mut features = Vec::new();
        file["objects"].as_object().into_iter().flatten().for_each(|(_, object)| geometries(object, &mut features));
        let features = features.into_iter().enumerate();
        read_all(features.map(|(at, f)| (f, topology.polygons(f, at + 1))), code_properties)?
    } else {
        let features = file.get("features").and_then(Value::as_array).ok_or(MapError::NotACollection)?;
        let features = features.iter().enumerate();
        read_all(features.map(|(at, f)| (f, polygons(&f["geometry"], at + 1))), code_properties)?
    };
    if shapes.is_empty() { Err(MapError::Empty) } else { Ok(shapes) }
}

type Rings = Vec<Vec<(f64, f64)>>;

fn read_all<'f>(
    features: impl Iterator<Item = (&'f Value, Result<Rings, MapError>)>,
    code_properties: &[&str],
) -> Result<Vec<Shape>, MapError> {
    let mut shapes = Vec::new();
    let mut properties = None;
    for (feature, rings) in features {
        properties = properties.or_else(|| feature["properties"].as_object());
        shapes.push(Shape { code: code_of(feature, code_properties).unwrap_or_default(), rings: rings? });
    }
    if !shapes.is_empty() && shapes.iter().all(|shape| shape.code.is_empty()) {
        let names: Vec<&str> = properties.into_iter().flat_map(|p| p.keys().map(String::as_str)).collect();
        return Err(MapError::NoCode { properties: names.join(", ") });
    }
    Ok(shapes)
}

fn code_of(feature: &Value, code_properties: &[&str]) -> Option<String> {
    let properties = feature["properties"].as_object()?;
    code_properties.iter().find_map(|wanted| {
        properties.iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted)).find_map(|(_, value)| match value {
            Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    })
}

/// The lists of rings of a Polygon or MultiPolygon, under this name.
fn ring_lists<'g>(geometry: &'g Value, under: &str, feature: usize) -> Result<Vec<&'g Value>, MapError> {
    let lists = &geometry[under];
    let polygons: Vec<&Value> = match geometry["type"].as_str() {
        Some("Polygon") => vec![lists],
        Some("MultiPolygon") => lists.as_array().into_iter().flatten().collect(),
        kind => return Err(MapError::NotAnArea { feature, kind: kind.unwrap_or("nothing").to_owned() }),
    };
    Ok(polygons.into_iter().flat_map(|polygon| polygon.as_array().into_iter().flatten()).collect())
}

fn polygons(geometry: &Value, feature: usize) -> Result<Rings, MapError> {
    let rings: Option<Rings> = ring_lists(geometry, "coordinates", feature)?
        .into_iter()
        .map(|points| points.as_array()?.iter().map(|point| degrees(number_pair(point)?)).collect())
        .collect();
    rings.filter(|rings| !rings.is_empty()).ok_or(MapError::NotDegrees { feature })
}

fn number_pair(point: &Value) -> Option<(f64, f64)> {
    Some((point.get(0)?.as_f64()?, point.get(1)?.as_f64()?))
}

fn degrees((lon, lat): (f64, f64)) -> Option<(f64, f64)> {
    (lon.abs() <= 180.0 && lat.abs() <= 90.0).then_some((lon, lat))
}

/// The geometries of an object of a topology that are no collections themselves.
fn geometries<'f>(object: &'f Value, into: &mut Vec<&'f Value>) {
    match object["geometries"].as_array() {
        Some(inner) => inner.iter().for_each(|object| geometries(object, into)),
        None => into.push(object),
    }
}

/// The lines of a TopoJSON file, as longitude and latitude: <https://github.com/topojson/topojson-specification>.
struct Topology {
    arcs: Vec<Option<Vec<(f64, f64)>>>,
}

impl Topology {
    fn of(file: &Value) -> Self {
        let pair = |name: &str| number_pair(&file["transform"][name]);
        let transform = pair("scale").zip(pair("translate"));
        let arcs = file["arcs"].as_array().into_iter().flatten().map(|arc| {
            // with a transform every point is told from the one before
            let mut sum = (0.0, 0.0);
            let points = arc.as_array()?.iter().map(|point| {
                let (x, y) = number_pair(point)?;
                let Some((scale, translate)) = transform else { return degrees((x, y)) };
                sum = (sum.0 + x, sum.1 + y);
                degrees((sum.0 * scale.0 + translate.0, sum.1 * scale.1 + translate.1))
            });
            points.collect()
        });
        Self { arcs: arcs.collect() }
    }

    /// An arc named -1 is the first one backwards, -2 the second.
    fn arc(&self, name: i64, feature: usize) -> Result<Vec<(f64, f64)>, MapError> {
        let at = usize::try_from(if name < 0 { !name } else { name }).unwrap_or(usize::MAX);
        let arc = self.arcs.get(at).ok_or(MapError::NoArc { feature })?;
        let mut arc = arc.clone().ok_or(MapError::NotDegrees { feature })?;
        if name < 0 {
            arc.reverse();
        }
        Ok(arc)
    }

    fn polygons(&self, geometry: &Value, feature: usize) -> Result<Rings, MapError> {
        let mut rings: Rings = Vec::new();
        for names in ring_lists(geometry, "arcs", feature)? {
            let mut ring: Vec<(f64, f64)> = Vec::new();
            for name in names.as_array().into_iter().flatten() {
                let arc = self.arc(name.as_i64().ok_or(MapError::NoArc { feature })?, feature)?;
                // the first point of a line is the last of the one before
                ring.extend(arc.into_iter().skip(usize::from(!ring.is_empty())));
            }
            rings.push(ring);
        }
        if rings.is_empty() { Err(MapError::NoArc { feature }) } else { Ok(rings) }
    }
}

/// Areas drawn on a grid of whole units.
#[derive(Clone, Debug)]
pub struct Drawing {
    pub width: f64,
    pub height: f64,
    pub areas: Vec<Outline>,
    arcs: Vec<Arc>,
}

/// One area: its path, and where its label goes.
#[derive(Clone, Debug)]
pub struct Outline {
    pub code: String,
    pub path: String,
    pub centre: (f64, f64),
}

#[derive(Clone, Debug)]
struct Arc {
    points: Vec<Point>,
    owners: Vec<usize>,
}

impl Drawing {
    /// Draws the shapes `width` units wide (800 serves a district of 300 villages in under 30 KB, compressed).
    /// Points nearer to a straight line than `tolerance` units are left out; 0.7 cannot be seen.
    pub fn new(shapes: &[Shape], width: f64, tolerance: f64) -> Self {
        let (rings, height) = project(shapes, width);
        let junctions = junctions(&rings);
        let mut arcs: Vec<Arc> = Vec::new();
        let mut known: HashMap<Vec<Point>, usize> = HashMap::new();
        let mut areas = Vec::with_capacity(shapes.len());
        for (owner, (shape, rings)) in shapes.iter().zip(&rings).enumerate() {
            let drawn: Vec<Vec<Point>> = rings
                .iter()
                .map(|ring| {
                    let mut points: Vec<Point> = Vec::new();
                    for piece in cut(ring, &junctions) {
                        let (key, turned) = canonical(piece);
                        let at = *known.entry(key).or_insert_with_key(|key| {
                            arcs.push(Arc { points: simplify(key, tolerance), owners: Vec::new() });
                            arcs.len() - 1
                        });
                        if !arcs[at].owners.contains(&owner) {
                            arcs[at].owners.push(owner);
                        }
                        let mut line = arcs[at].points.clone();
                        if turned {
                            line.reverse();
                        }
                        points.extend(line.into_iter().skip(usize::from(!points.is_empty())));
                    }
                    if points.len() > 1 && points.first() == points.last() {
                        points.pop();
                    }
                    // An islet must not vanish: the point of a map is that nobody is forgotten.
                    if points.len() < 3 { ring.clone() } else { points }
                })
                .collect();
            let mut path = String::new();
            for ring in &drawn {
                line(&mut path, ring, true);
            }
            let centre = drawn
                .iter()
                .max_by(|a, b| area(a).abs().total_cmp(&area(b).abs()))
                .map_or((0.0, 0.0), |ring| centre(ring));
            areas.push(Outline { code: shape.code.clone(), path, centre });
        }
        Self { width, height, areas, arcs }
    }

    /// The lines between areas of different groups, e.g. villages by their kecamatan.
    pub fn borders(&self, group: impl Fn(&str) -> String) -> String {
        self.lines(|owners| {
            let mut groups = owners.iter().map(|&at| group(&self.areas[at].code));
            groups.next().is_some_and(|first| groups.any(|other| other != first))
        })
    }

    /// The line around everything.
    pub fn edge(&self) -> String {
        self.lines(|owners| owners.len() == 1)
    }

    fn lines(&self, wanted: impl Fn(&[usize]) -> bool) -> String {
        let mut path = String::new();
        for arc in self.arcs.iter().filter(|arc| wanted(&arc.owners)) {
            line(&mut path, &arc.points, false);
        }
        path
    }

    /// The middle of several areas together, for the label of a kecamatan.
    pub fn middle_of(&self, wanted: impl Fn(&str) -> bool) -> Option<(f64, f64)> {
        let centres: Vec<(f64, f64)> = self.areas.iter().filter(|a| wanted(&a.code)).map(|a| a.centre).collect();
        let n = centres.len() as f64;
        (!centres.is_empty())
            .then(|| (centres.iter().map(|c| c.0).sum::<f64>() / n, centres.iter().map(|c| c.1).sum::<f64>() / n))
    }
}

/// Equirectangular around the middle latitude: true enough for a district, and a straight line stays one.
fn project(shapes: &[Shape], width: f64) -> (Vec<Vec<Vec<Point>>>, f64) {
    const MARGIN: f64 = 4.0;
    let all = || shapes.iter().flat_map(|s| &s.rings).flatten();
    let bounds = all().fold((f64::MAX, f64::MAX, f64::MIN, f64::MIN), |b, &(lon, lat)| {
        (b.0.min(lon), b.1.min(lat), b.2.max(lon), b.3.max(lat))
    });
    let (west, south, east, north) = bounds;
    if west > east {
        return (shapes.iter().map(|_| Vec::new()).collect(), MARGIN * 2.0);
    }
    let squeeze = f64::midpoint(south, north).to_radians().cos();
    let wide = ((east - west) * squeeze).max(1e-9);
    let scale = (width - 2.0 * MARGIN) / wide.max((north - south) * 0.6);
    let shift = (width - wide * scale) / 2.0;
    let height = (north - south) * scale + 2.0 * MARGIN;
    let place = |&(lon, lat): &(f64, f64)| {
        (((lon - west) * squeeze * scale + shift).round() as i32, ((north - lat) * scale + MARGIN).round() as i32)
    };
    let rings = shapes
        .iter()
        .map(|shape| {
            shape
                .rings
                .iter()
                .map(|ring| {
                    let mut points: Vec<Point> = ring.iter().map(place).collect();
                    points.dedup();
                    while points.len() > 1 && points.first() == points.last() {
                        points.pop();
                    }
                    points
                })
                .filter(|points| points.len() > 2)
                .collect()
        })
        .collect();
    (rings, height.ceil())
}

/// Points where more than two lines meet: they hold borders in place.
fn junctions(areas: &[Vec<Vec<Point>>]) -> HashSet<Point> {
    let mut beside: HashMap<Point, Vec<Point>> = HashMap::new();
    for ring in areas.iter().flatten() {
        for (at, &a) in ring.iter().enumerate() {
            let b = ring[(at + 1) % ring.len()];
            for (from, to) in [(a, b), (b, a)] {
                let known = beside.entry(from).or_default();
                if !known.contains(&to) {
                    known.push(to);
                }
            }
        }
    }
    beside.into_iter().filter(|(_, beside)| beside.len() > 2).map(|(point, _)| point).collect()
}

/// Cuts a ring at its junctions; each piece keeps both ends. A ring without any is one closed piece.
fn cut(ring: &[Point], junctions: &HashSet<Point>) -> Vec<Vec<Point>> {
    let n = ring.len();
    let start = ring.iter().position(|point| junctions.contains(point)).unwrap_or_else(|| {
        // Without a junction both neighbours (an enclave and its hole) must start at the same point.
        (0..n).min_by_key(|&at| ring[at]).unwrap_or(0)
    });
    let mut pieces = Vec::new();
    let mut piece = vec![ring[start]];
    for k in 1..=n {
        let point = ring[(start + k) % n];
        piece.push(point);
        if k == n || junctions.contains(&point) {
            pieces.push(std::mem::replace(&mut piece, vec![point]));
        }
    }
    pieces
}

/// The same piece reads the same from both sides. Tells whether it was turned.
fn canonical(piece: Vec<Point>) -> (Vec<Point>, bool) {
    let turned: Vec<Point> = piece.iter().rev().copied().collect();
    if turned < piece { (turned, true) } else { (piece, false) }
}

/// Douglas-Peucker; a closed line is first split at the point farthest from its start.
fn simplify(points: &[Point], tolerance: f64) -> Vec<Point> {
    let last = points.len() - 1;
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[last] = true;
    let mut spans = vec![(0, last)];
    while let Some((from, to)) = spans.pop() {
        let farthest = (from + 1..to)
            .map(|at| (distance(points[at], points[from], points[to]), at))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((off, at)) = farthest
            && off > tolerance
        {
            keep[at] = true;
            spans.push((from, at));
            spans.push((at, to));
        }
    }
    points.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

/// Distance of a point from the line through `a` and `b`, or from `a` when they are one.
fn distance(p: Point, a: Point, b: Point) -> f64 {
    let (px, py) = (f64::from(p.0 - a.0), f64::from(p.1 - a.1));
    let (bx, by) = (f64::from(b.0 - a.0), f64::from(b.1 - a.1));
    let length = bx.hypot(by);
    if length == 0.0 { px.hypot(py) } else { (px * by - py * bx).abs() / length }
}

/// Appends a line in relative whole numbers, the shortest form SVG has for it.
fn line(path: &mut String, points: &[Point], closed: bool) {
    let Some((&first, rest)) = points.split_first() else { return };
    let _ = write!(path, "M{} {}l", first.0, first.1);
    let mut at = first;
    let mut glue = "";
    for &(x, y) in rest {
        let (dx, dy) = (x - at.0, y - at.1);
        let _ = write!(path, "{}{dx}{}{dy}", if dx < 0 { "" } else { glue }, if dy < 0 { "" } else { " " });
        glue = " ";
        at = (x, y);
    }
    if closed {
        path.push('z');
    }
}

fn area(ring: &[Point]) -> f64 {
    let pairs = ring.iter().zip(ring.iter().cycle().skip(1));
    pairs.map(|(a, b)| f64::from(a.0) * f64::from(b.1) - f64::from(b.0) * f64::from(a.1)).sum::<f64>() / 2.0
}

fn centre(ring: &[Point]) -> (f64, f64) {
    let whole = area(ring);
    if whole == 0.0 {
        return ring.first().map_or((0.0, 0.0), |p| (f64::from(p.0), f64::from(p.1)));
    }
    let (mut x, mut y) = (0.0, 0.0);
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (ax, ay, bx, by) = (f64::from(a.0), f64::from(a.1), f64::from(b.0), f64::from(b.1));
        let cross = ax * by - bx * ay;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    (x / (6.0 * whole), y / (6.0 * whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wavy grid of `n` x `n` villages with `bends` points on every border, as surveyed lines have.
    fn district(n: usize, bends: usize) -> Vec<Shape> {
        let corner = |i: usize, j: usize| (117.0 + i as f64 * 0.05, -0.5 - j as f64 * 0.05);
        let edge = |a: (f64, f64), b: (f64, f64)| -> Vec<(f64, f64)> {
            (0..bends)
                .map(|k| {
                    let t = k as f64 / bends as f64;
                    let wave = (t * 37.0 + a.0 * 911.0 + a.1 * 577.0).sin() * 0.004 * (t * std::f64::consts::PI).sin();
                    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
                    (a.0 + dx * t - dy * 20.0 * wave, a.1 + dy * t + dx * 20.0 * wave)
                })
                .chain([b])
                .collect()
        };
        // A border is one line, whichever village draws it.
        let between = |a: (f64, f64), b: (f64, f64)| {
            if a <= b {
                edge(a, b)
            } else {
                let mut line = edge(b, a);
                line.reverse();
                line
            }
        };
        let mut shapes = Vec::new();
        for i in 0..n {
            for j in 0..n {
                let corners = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)];
                let ring = (0..4).flat_map(|k| between(corners[k], corners[(k + 1) % 4])).collect();
                shapes.push(Shape { code: format!("99.01.{:02}.{:04}", i + 1, 2001 + j), rings: vec![ring] });
            }
        }
        shapes
    }

    #[test]
    fn neighbours_keep_one_border_between_them() {
        let shapes = district(3, 40);
        let drawing = Drawing::new(&shapes, 800.0, 0.7);
        let owners: Vec<usize> = drawing.arcs.iter().map(|arc| arc.owners.len()).collect();
        // 12 inner borders are shared by two; the edge has 12 sides, merged to 8 lines at the corners of the district.
        assert_eq!(owners.iter().filter(|n| **n == 2).count(), 12, "{owners:?}");
        assert_eq!(owners.iter().filter(|n| **n == 1).count(), 8, "{owners:?}");
    }

    #[test]
    fn borders_run_only_between_groups() {
        let drawing = Drawing::new(&district(3, 5), 800.0, 0.7);
        let kecamatan = |code: &str| code[..8].to_owned();
        assert_eq!(drawing.borders(kecamatan).matches('M').count(), 6, "three columns, two borders of three villages");
        assert_eq!(drawing.borders(|_| String::new()), "");
        assert_eq!(drawing.edge().matches('M').count(), 8);
    }

    #[test]
    fn a_district_of_324_villages_stays_small() {
        let shapes = district(18, 60);
        let drawing = Drawing::new(&shapes, 800.0, 0.7);
        let bytes: usize = drawing.areas.iter().map(|a| a.path.len()).sum();
        // Raw; it compresses to about a fifth.
        assert!(bytes < 120_000, "{bytes} bytes of paths");
        assert!(drawing.areas.iter().all(|a| a.path.starts_with('M') && a.path.ends_with('z')));
    }

    #[test]
    fn an_islet_and_an_enclave_are_drawn() {
        let square = |x: f64, y: f64, s: f64| vec![(x, y), (x + s, y), (x + s, y + s), (x, y + s), (x, y)];
        let shapes = [
            Shape { code: "a".into(), rings: vec![square(117.0, 0.0, 1.0), square(117.4, 0.4, 0.2)] },
            Shape { code: "b".into(), rings: vec![square(117.4, 0.4, 0.2), square(118.2, 0.0, 0.01)] },
        ];
        let drawing = Drawing::new(&shapes, 800.0, 3.0);
        assert_eq!(drawing.areas[1].path.matches('M').count(), 2, "the islet stays");
        assert_eq!(drawing.borders(str::to_owned).matches('M').count(), 1, "the enclave's ring is a border");
    }

    #[test]
    fn a_file_in_metres_or_without_codes_is_refused_with_its_feature() {
        let file = |x: f64, code: &str| {
            format!(
                r#"{{"type":"FeatureCollection","features":[{{"properties":{{"kode":"{code}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},1],[{x},2],[116,2],[{x},1]]]}}}}]}}"#
            )
        };
        assert_eq!(read_shapes(&file(117.0, "99.01"), &["KODE"]).unwrap()[0].code, "99.01");
        assert_eq!(read_shapes(&file(512_000.0, "99.01"), &["kode"]), Err(MapError::NotDegrees { feature: 1 }));
        assert_eq!(read_shapes(&file(117.0, " "), &["kode"]), Err(MapError::NoCode { properties: "kode".to_owned() }));
        assert_eq!(read_shapes("{\n\"a\":", &["kode"]), Err(MapError::NotJson { line: 2, column: 4 }));
        assert_eq!(read_shapes("{}", &["kode"]), Err(MapError::NotACollection));
    }

    #[test]
    fn a_topology_is_the_same_areas_with_their_shared_line_once() {
        let whole = r#"{"type":"FeatureCollection","features":[
            {"properties":{"kode":"a"},"geometry":{"type":"Polygon","coordinates":[[[117,0],[118,0],[118,1],[117,1],[117,0]]]}},
            {"properties":{},"geometry":{"type":"MultiPolygon","coordinates":[[[[118,1],[118,0],[119,0],[119,1],[118,1]]]]}}]}"#;
        // the second point of each line is told from the first, in tenths of a degree from 117, 0
        let shared = r#"{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[117,0]},
            "arcs":[[[10,0],[0,10]],[[10,10],[-10,0],[0,-10],[10,0]],[[10,0],[10,0],[0,10],[-10,0]]],
            "objects":{"desa":{"type":"GeometryCollection","geometries":[
                {"type":"Polygon","properties":{"KODE":"a"},"arcs":[[1,0]]},
                {"type":"MultiPolygon","arcs":[[[-1,2]]]}]}}}"#;
        let (whole, shared) = (read_shapes(whole, &["kode"]).unwrap(), read_shapes(shared, &["kode"]).unwrap());
        assert_eq!(whole.iter().map(|s| s.code.as_str()).collect::<Vec<_>>(), ["a", ""]);
        let corners = |shapes: &[Shape]| -> Vec<Vec<(i64, i64)>> {
            let tenths = |x: f64| (x * 10.0).round() as i64;
            let one = |shape: &Shape| {
                let mut corners: Vec<(i64, i64)> = shape.rings[0].iter().map(|p| (tenths(p.0), tenths(p.1))).collect();
                assert_eq!(corners.first(), corners.last(), "a ring is closed");
                corners.sort_unstable();
                corners.dedup();
                corners
            };
            shapes.iter().map(one).collect()
        };
        assert_eq!(corners(&whole), corners(&shared));
        let broken = r#"{"type":"Topology","arcs":[],"objects":{"x":{"type":"Polygon","properties":{"kode":"a"},"arcs":[[3]]}}}"#;
        assert_eq!(read_shapes(broken, &["kode"]), Err(MapError::NoArc { feature: 1 }));
    }
}
