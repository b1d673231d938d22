//! A drawn house in place of the photo a visitor takes: its walls and roof are those the visit found.

use std::io::Cursor;

use domain::verification::Answers;
use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};

const WIDTH: u32 = 480;
const HEIGHT: u32 = 360;
const QUALITY: u8 = 80;
/// Where the ground begins, and the house: left, right, top of the wall, its foot.
const HORIZON: u32 = 230;
const HOUSE: (u32, u32, u32, u32) = (110, 370, 150, 300);
const RIDGE: u32 = 70;
const EAVES: u32 = 28;

/// The answers to the questions of walls and roof (Regsosek 304 and 305), as far as a picture tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wall {
    Plaster,
    Planks,
    Bamboo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Roof {
    Tiles,
    Sheets,
    Thatch,
}

/// JPEG of the house these answers tell of, 480 by 360 pixels.
pub fn picture(answers: &Answers) -> anyhow::Result<Vec<u8>> {
    let wall = match answers.one("wall") {
        Some("1" | "2") => Wall::Plaster,
        Some("3" | "5") => Wall::Planks,
        _ => Wall::Bamboo,
    };
    let roof = match answers.one("roof") {
        Some("1" | "2") => Roof::Tiles,
        Some("3" | "4") => Roof::Sheets,
        _ => Roof::Thatch,
    };
    let image = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| Rgb(colour(x, y, wall, roof)));
    let mut file = Cursor::new(Vec::new());
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut file, QUALITY))?;
    Ok(file.into_inner())
}

fn colour(x: u32, y: u32, wall: Wall, roof: Roof) -> [u8; 3] {
    let (left, right, top, foot) = HOUSE;
    let middle = left.midpoint(right);
    // the roof is a triangle over the wall
    let half = (right - left) / 2 + EAVES;
    if (RIDGE..top).contains(&y) && x.abs_diff(middle) * (top - RIDGE) <= half * (y - RIDGE) {
        return match roof {
            Roof::Tiles => shade([0xA6, 0x4B, 0x2F], y % 10 < 2 || (x + y / 10 * 7) % 14 < 2),
            Roof::Sheets => shade([0x93, 0xA1, 0xA8], x % 9 < 3),
            Roof::Thatch => shade([0x9B, 0x83, 0x55], (x * 3 + y * 7) % 11 < 4),
        };
    }
    if (left..right).contains(&x) && (top..foot).contains(&y) {
        let door = (middle - 26..middle + 26).contains(&x) && y >= foot - 100;
        let window = [left + 28, right - 78].iter().any(|from| (*from..from + 50).contains(&x))
            && (top + 40..top + 85).contains(&y);
        if door {
            return shade([0x5B, 0x43, 0x30], x % 13 < 1);
        }
        if window {
            return shade([0x33, 0x3D, 0x44], x % 25 < 2);
        }
        return match wall {
            Wall::Plaster => shade([0xE3, 0xDC, 0xCB], y > foot - 14),
            Wall::Planks => shade([0x96, 0x71, 0x4C], y % 16 < 2),
            Wall::Bamboo => shade([0xC4, 0xAB, 0x73], (x / 8 + y / 8).is_multiple_of(2)),
        };
    }
    if y < HORIZON {
        let fade = (y * 50 / HORIZON) as u8;
        return [0xA9 + fade, 0xC8 + fade / 2, 0xE2];
    }
    // a path leads to the door
    if x.abs_diff(middle) < 24 + (y - HORIZON) / 2 && y >= foot {
        return shade([0xC2, 0xA8, 0x82], (x * 5 + y * 3).is_multiple_of(17));
    }
    shade([0x74, 0x92, 0x55], (x * 7 + y * 13) % 23 < 3)
}

/// The colour, or a darker one.
fn shade(colour: [u8; 3], darker: bool) -> [u8; 3] {
    if darker { colour.map(|part| part - part / 6) } else { colour }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_follows_the_answers() {
        let with = |wall: &str, roof: &str| {
            let mut answers = Answers::default();
            answers.set("wall", vec![wall.to_owned()]);
            answers.set("roof", vec![roof.to_owned()]);
            picture(&answers).expect("a picture")
        };
        let decoded = image::load_from_memory(&with("1", "2")).expect("a JPEG");
        assert_eq!((decoded.width(), decoded.height()), (WIDTH, HEIGHT));
        assert_ne!(with("1", "2"), with("4", "2"));
        assert_ne!(with("1", "2"), with("1", "7"));
        assert_eq!(with("1", "2"), with("2", "1"));
    }
}
