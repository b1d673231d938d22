//! Schematic boundaries of the made-up villages: cells around scattered points, clipped by an irregular coast.
//!
//! The district lies in the open Java Sea, where no real place can be meant. Neighbouring cells share every point of
//! their common edge: an edge's bends are drawn from its two ends alone.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::{areas::areas, dice::Dice};

type Point = (f64, f64);

/// North-west corner and the length of one unit of the plane, in degrees.
const WEST: f64 = 112.35;
const NORTH: f64 = -4.75;
const SCALE: f64 = 0.5;
/// The plane is this wide and 1 high.
const WIDTH: f64 = 1.22;

/// A corner of a cell; the edge that begins here separates from that village, or from the sea.
#[derive(Clone, Copy)]
struct Corner {
    at: Point,
    beyond: Option<usize>,
}

struct Map {
    cells: Vec<Vec<Point>>,
    centres: Vec<Point>,
}

static MAP: LazyLock<Map> = LazyLock::new(draw);

/// The villages' boundaries as GeoJSON with `kemendagri_code`, `bps_code` and `name`.
pub fn geojson() -> Value {
    let features: Vec<Value> = areas()
        .villages
        .iter()
        .map(|village| {
            let mut ring: Vec<[f64; 2]> = MAP.cells[village.index].iter().map(|point| degrees(*point)).collect();
            ring.push(ring[0]);
            json!({
                "type": "Feature",
                "properties": {
                    "kemendagri_code": village.code.to_string(),
                    "bps_code": village.bps,
                    "name": village.name,
                },
                "geometry": { "type": "Polygon", "coordinates": [ring] },
            })
        })
        .collect();
    json!({ "type": "FeatureCollection", "name": "batas_desa_9901", "features": features })
}

/// Longitude and latitude of a house somewhere in the village, nearer the middle than the edge.
pub fn somewhere(dice: &mut Dice, village: usize) -> (f64, f64) {
    let (cell, centre) = (&MAP.cells[village], MAP.centres[village]);
    let corner = cell[dice.below(cell.len())];
    let share = 0.75 * dice.unit();
    let [longitude, latitude] =
        degrees((centre.0 + (corner.0 - centre.0) * share, centre.1 + (corner.1 - centre.1) * share));
    (longitude, latitude)
}

/// Five decimals: a metre.
fn degrees((x, y): Point) -> [f64; 2] {
    [WEST + x * SCALE, NORTH - y * SCALE].map(|degree| (degree * 1e5).round() / 1e5)
}

fn draw() -> Map {
    let mut dice = Dice::new(9901, 1);
    let coast = coast(&mut dice);
    let points = scatter(&mut dice, &coast);
    let cells = (0..points.len()).map(|at| bend_cell(at, &cell(at, &points, &coast))).collect();
    Map { cells, centres: points }
}

/// A closed line around the plane: a bulge, a bay, and small irregularities.
fn coast(dice: &mut Dice) -> Vec<Point> {
    const CORNERS: usize = 34;
    let ring: Vec<Point> = (0..CORNERS)
        .map(|at| {
            let angle = at as f64 / CORNERS as f64 * std::f64::consts::TAU;
            let reach = 0.88 + 0.07 * (2.0 * angle + 0.9).sin() + 0.05 * (3.0 * angle + 2.2).sin() + 0.05 * dice.unit();
            (WIDTH * (0.5 + 0.5 * reach * angle.cos()), 0.5 + 0.5 * reach * angle.sin())
        })
        .collect();
    (0..CORNERS).flat_map(|at| bent(ring[at], ring[(at + 1) % CORNERS], 3, 0.28)).collect()
}

/// One point per village, inside the coast, nearest to its own kecamatan, well apart from the others.
fn scatter(dice: &mut Dice, coast: &[Point]) -> Vec<Point> {
    let areas = areas();
    let seats: Vec<Point> = areas.subdistricts.iter().map(|s| (s.place.0 * WIDTH, s.place.1)).collect();
    // the town is small and dense: everything seems farther from it
    let nearest = |point: Point| {
        let pull = |at: usize| distance(point, seats[at]) * if at == 0 { 1.5 } else { 1.0 };
        (0..seats.len()).min_by(|a, b| pull(*a).total_cmp(&pull(*b))).unwrap_or(0)
    };
    let mut points: Vec<Point> = Vec::new();
    for village in &areas.villages {
        let mut best = (seats[village.subdistrict], -1.0);
        let mut found = 0;
        for _ in 0..20_000 {
            let point = (dice.unit() * WIDTH, dice.unit());
            if nearest(point) != village.subdistrict || !inside(point, coast) {
                continue;
            }
            let shore = coast.iter().map(|corner| distance(point, *corner)).fold(f64::MAX, f64::min);
            let room = points.iter().map(|other| distance(point, *other)).fold(2.0 * shore, f64::min);
            if room > best.1 {
                best = (point, room);
            }
            found += 1;
            if found == 24 {
                break;
            }
        }
        points.push(best.0);
    }
    points
}

/// The part of the land nearer to this village than to any other.
fn cell(at: usize, points: &[Point], coast: &[Point]) -> Vec<Corner> {
    let mut corners: Vec<Corner> = coast.iter().map(|point| Corner { at: *point, beyond: None }).collect();
    let own = points[at];
    let mut others: Vec<usize> = (0..points.len()).filter(|other| *other != at).collect();
    others.sort_by(|a, b| distance(own, points[*a]).total_cmp(&distance(own, points[*b])));
    for other in others {
        let reach = corners.iter().map(|corner| distance(own, corner.at)).fold(0.0, f64::max);
        if distance(own, points[other]) > 2.0 * reach {
            break;
        }
        corners = clip(&corners, own, points[other], other);
    }
    corners
}

/// Cuts away what is nearer to `other`; the cut edges carry its number.
fn clip(corners: &[Corner], own: Point, other: Point, number: usize) -> Vec<Corner> {
    let middle = (own.0.midpoint(other.0), own.1.midpoint(other.1));
    let (dx, dy) = (other.0 - own.0, other.1 - own.1);
    let side = |point: Point| (point.0 - middle.0) * dx + (point.1 - middle.1) * dy;
    let mut kept = Vec::with_capacity(corners.len() + 2);
    for (at, corner) in corners.iter().enumerate() {
        let next = corners[(at + 1) % corners.len()];
        let (here, there) = (side(corner.at), side(next.at));
        if here <= 0.0 {
            kept.push(*corner);
        }
        if (here <= 0.0) != (there <= 0.0) {
            let share = here / (here - there);
            let crossing =
                (corner.at.0 + (next.at.0 - corner.at.0) * share, corner.at.1 + (next.at.1 - corner.at.1) * share);
            // leaving: what follows is the cut; entering: what follows is the old edge
            kept.push(Corner { at: crossing, beyond: if here <= 0.0 { Some(number) } else { corner.beyond } });
        }
    }
    kept
}

/// The outline of a cell with its inner edges bent.
fn bend_cell(at: usize, corners: &[Corner]) -> Vec<Point> {
    let mut outline = Vec::new();
    for (place, corner) in corners.iter().enumerate() {
        let next = corners[(place + 1) % corners.len()];
        match corner.beyond {
            Some(other) => {
                debug_assert_ne!(at, other);
                outline.extend(bent(rounded(corner.at), rounded(next.at), 3, 0.16));
            }
            None => outline.push(rounded(corner.at)),
        }
    }
    outline.dedup_by(|a, b| distance(*a, *b) < 1e-9);
    outline
}

/// From `a` towards `b`, without `b`: the line with its middle pushed aside, again and again. The same bends whichever
/// end is named first.
fn bent(a: Point, b: Point, depth: u32, swing: f64) -> Vec<Point> {
    let forward = (a.0, a.1) < (b.0, b.1);
    let (from, to) = if forward { (a, b) } else { (b, a) };
    let seed = [from.0, from.1, to.0, to.1]
        .iter()
        .fold(17_u64, |sum, part| sum.wrapping_mul(1_000_003).wrapping_add((part * 1e6).round() as i64 as u64));
    let mut dice = Dice::new(seed, 3);
    let mut line = vec![from];
    push_bends(&mut dice, from, to, depth, swing, &mut line);
    line.push(to);
    if !forward {
        line.reverse();
    }
    line.pop();
    line
}

fn push_bends(dice: &mut Dice, from: Point, to: Point, depth: u32, swing: f64, line: &mut Vec<Point>) {
    if depth == 0 || distance(from, to) < 0.012 {
        return;
    }
    let aside = (dice.unit() - 0.5) * swing;
    let middle = (from.0.midpoint(to.0) - (to.1 - from.1) * aside, from.1.midpoint(to.1) + (to.0 - from.0) * aside);
    push_bends(dice, from, middle, depth - 1, swing, line);
    line.push(middle);
    push_bends(dice, middle, to, depth - 1, swing, line);
}

/// Two cells reach the same corner by different sums; a millionth makes it one corner.
fn rounded(point: Point) -> Point {
    ((point.0 * 1e6).round() / 1e6, (point.1 * 1e6).round() / 1e6)
}

fn distance(a: Point, b: Point) -> f64 {
    ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt()
}

fn inside(point: Point, ring: &[Point]) -> bool {
    let mut inside = false;
    for (at, a) in ring.iter().enumerate() {
        let b = ring[(at + 1) % ring.len()];
        if (a.1 > point.1) != (b.1 > point.1) && point.0 < (b.0 - a.0) * (point.1 - a.1) / (b.1 - a.1) + a.0 {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn surface(ring: &[Point]) -> f64 {
        (0..ring.len())
            .map(|at| {
                let (a, b) = (ring[at], ring[(at + 1) % ring.len()]);
                a.0 * b.1 - b.0 * a.1
            })
            .sum::<f64>()
            / 2.0
    }

    #[test]
    fn the_villages_fill_the_district_and_share_their_edges() {
        let land = surface(&coast(&mut Dice::new(9901, 1))).abs();
        let villages: f64 = MAP.cells.iter().map(|cell| surface(cell).abs()).sum();
        assert!((land - villages).abs() < land * 0.003, "land {land}, villages {villages}");
        // an edge is either the coast's or belongs to exactly two villages, in opposite directions
        let mut edges: HashMap<([i64; 2], [i64; 2]), u32> = HashMap::new();
        let key = |p: Point| degrees(p).map(|degree| (degree * 1e5).round() as i64);
        for cell in &MAP.cells {
            for at in 0..cell.len() {
                *edges.entry((key(cell[at]), key(cell[(at + 1) % cell.len()]))).or_default() += 1;
            }
        }
        assert!(edges.values().all(|count| *count == 1), "no edge twice in one direction");
        let alone = edges.keys().filter(|(a, b)| !edges.contains_key(&(*b, *a))).count();
        assert!(alone * 3 < edges.len(), "{alone} of {} edges are coast", edges.len());
    }

    #[test]
    fn every_village_has_a_cell_around_its_centre_in_indonesian_waters() {
        for village in &areas().villages {
            let cell = &MAP.cells[village.index];
            assert!(cell.len() > 5 && inside(MAP.centres[village.index], cell), "{}", village.name);
            for point in cell {
                let [longitude, latitude] = degrees(*point);
                assert!((112.3..113.0).contains(&longitude) && (-5.3..-4.7).contains(&latitude));
            }
        }
        assert_eq!(geojson()["features"].as_array().unwrap().len(), areas().villages.len());
    }
}
