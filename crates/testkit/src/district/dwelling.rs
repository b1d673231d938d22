//! Houses and belongings by welfare and land, in the codes of the Regsosek questionnaire.

use super::{areas::Landscape, dice::Dice};

/// Codes of the questionnaire's housing block; the field names carry its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dwelling {
    /// 301a.
    pub tenure: u8,
    /// 302, square metres.
    pub floor_area: u16,
    /// 303.
    pub floor: u8,
    /// 304.
    pub wall: u8,
    /// 305.
    pub roof: u8,
    /// 306a.
    pub water: u8,
    /// 307a.
    pub light: u8,
    /// 307b, only with a meter.
    pub power: Option<u8>,
    /// 308.
    pub fuel: u8,
    /// 309a.
    pub toilet: u8,
    /// 309b and 310, only with a toilet.
    pub closet: Option<u8>,
    pub disposal: Option<u8>,
    /// Roof, wall and floor in good repair.
    pub sound: [bool; 3],
    /// Told in the coarse words of the older lists.
    pub coarse: bool,
}

/// Belongings in the order of `regsosek.502_aset_bergerak`, then land and house elsewhere, then animals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assets {
    pub movable: [bool; 14],
    pub other_land: bool,
    pub other_house: bool,
    /// Cattle, buffaloes, horses, pigs, goats and sheep.
    pub livestock: [u16; 5],
    pub savings: bool,
}

impl Dwelling {
    /// `quality` is welfare as the house shows it, about -1.3 to 1.3.
    pub fn draw(dice: &mut Dice, land: Landscape, quality: f64, members: usize, rural_head: bool) -> Self {
        use Landscape::{Coast, Plantation, Swamp, Town};
        let watery = matches!(land, Coast | Swamp);
        let wet = if watery { 1.0 } else { 0.0 };
        let town = land == Town;
        let mut look = |lean: f64| quality + lean + 0.30 * dice.bell();
        let floor = match look(0.0) {
            q if q > 0.72 => 1,
            q if q > 0.10 => {
                if watery && q < 0.35 {
                    5
                } else {
                    2
                }
            }
            q if q > -0.02 => {
                if watery {
                    5
                } else {
                    4
                }
            }
            q if q > -0.62 => {
                if watery {
                    5
                } else {
                    6
                }
            }
            q if q > -0.76 => {
                if watery {
                    7
                } else {
                    6
                }
            }
            _ => {
                if watery {
                    5
                } else {
                    8
                }
            }
        };
        let wall = match look(if watery { -0.30 } else { 0.16 }) {
            q if q > -0.12 => 1,
            q if q > -0.24 => 2,
            q if q > -0.82 => 3,
            _ => {
                if watery {
                    5
                } else {
                    4
                }
            }
        };
        let roof = match look(0.0) {
            q if q > 0.95 => 1,
            q if q > -0.85 => match (land, q > 0.45) {
                (Landscape::Rice | Town, _) | (_, true) => 2,
                (Landscape::Hills, _) => 4,
                _ => 3,
            },
            _ => {
                if watery {
                    7
                } else {
                    3
                }
            }
        };
        let water = match look(-0.10 * wet) {
            q if q > 0.55 => 2,
            q if q > 0.20 => {
                if town {
                    3
                } else if watery {
                    2
                } else {
                    4
                }
            }
            q if q > -0.15 => {
                if watery {
                    10
                } else {
                    4
                }
            }
            q if q > -0.55 => match land {
                Coast => 10,
                Swamp => 9,
                Landscape::Hills => 7,
                _ => 5,
            },
            q if q > -0.80 => match land {
                Coast => 10,
                Swamp => 9,
                Landscape::Hills => 8,
                _ => 6,
            },
            _ => match land {
                Coast | Swamp => 9,
                Landscape::Hills => 8,
                _ => 6,
            },
        };
        let (light, power) = match look(if watery { 0.02 } else { 0.20 }) {
            q if q > 0.95 => (1, Some(3)),
            q if q > 0.20 => (1, Some(2)),
            q if q > -0.55 => (1, Some(1)),
            q if q > -0.85 => (2, None),
            q if q > -1.05 => (3, None),
            _ => (4, None),
        };
        let fuel = match look(if town { 0.35 } else { 0.0 }) {
            q if q > 1.10 => 2,
            q if q > -0.52 => 4,
            q if q > -0.56 => 7,
            _ => 10,
        };
        let toilet = match look(-0.12 * wet) {
            q if q > -0.52 => 1,
            q if q > -0.68 => 2,
            q if q > -0.78 => 4,
            _ => 6,
        };
        let (closet, disposal) = if toilet <= 3 {
            match look(-0.30 * wet) {
                q if q > -0.22 => (Some(1), Some(1)),
                q if q > -0.48 => (Some(1), Some(if watery { 3 } else { 4 })),
                q if q > -0.70 => (Some(3), Some(if watery { 3 } else { 4 })),
                _ => (Some(4), Some(if watery { 3 } else { 4 })),
            }
        } else {
            (None, None)
        };
        let area = 46.0 + 34.0 * look(0.0) + 2.2 * members as f64;
        let sound = [look(0.45) > 0.0, look(0.45) > 0.0, look(0.45) > 0.0];
        let tenure = match dice.unit() {
            u if u < 0.82 && !town || u < 0.68 => 1,
            u if town && u < 0.83 => 2,
            u if land == Plantation && !rural_head && u < 0.92 => 4,
            u if u < 0.975 => 3,
            _ => {
                if town {
                    2
                } else {
                    5
                }
            }
        };
        Self {
            tenure,
            floor_area: area.clamp(12.0, 240.0) as u16,
            floor,
            wall,
            roof,
            water,
            light,
            power,
            fuel,
            toilet,
            closet,
            disposal,
            sound,
            coarse: dice.chance(0.16),
        }
    }

    /// The house as it was in 2023: a few were repaired, wired or given a toilet since.
    #[must_use]
    pub fn before(&self, dice: &mut Dice) -> Self {
        let mut before = *self;
        before.coarse = true;
        if dice.chance(0.06) && before.floor <= 4 {
            before.floor = 6;
        }
        if dice.chance(0.05) && before.toilet == 1 {
            (before.toilet, before.closet, before.disposal) = (6, None, None);
        }
        if dice.chance(0.03) && before.light == 1 {
            (before.light, before.power) = (2, None);
        }
        if dice.chance(0.04) && before.water == 4 {
            before.water = 6;
        }
        before
    }
}

impl Assets {
    pub fn draw(
        dice: &mut Dice,
        land: Landscape,
        quality: f64,
        dwelling: &Dwelling,
        fisher: bool,
        farmer: bool,
    ) -> Self {
        let mut has = |share: f64, slope: f64| dice.chance((share + slope * quality).clamp(0.002, 0.995));
        let wired = dwelling.light <= 2;
        let movable = [
            dwelling.fuel == 2,
            wired && has(0.56, 0.62),
            wired && has(0.05, 0.20),
            wired && has(0.004, 0.03),
            has(0.004, 0.01),
            wired && has(0.52, 0.55),
            has(0.17, 0.32),
            wired && has(0.15, 0.34),
            has(0.80, 0.42),
            has(0.30, 0.06),
            has(0.07, 0.24),
            fisher && has(0.30, -0.10),
            fisher && has(0.42, 0.35),
            has(0.82, 0.36),
        ];
        let other_land = has(if farmer { 0.42 } else { 0.14 }, 0.26);
        let other_house = has(0.035, 0.09);
        let savings = has(0.34, 0.50);
        let mut livestock = [0; 5];
        if farmer && dice.chance(0.16 + 0.10 * quality) {
            livestock[0] = dice.between(1, 4) as u16;
        }
        if farmer && dice.chance(0.015) {
            livestock[1] = dice.between(1, 3) as u16;
        }
        if farmer && dice.chance(0.22) {
            livestock[4] = dice.between(1, 7) as u16;
        }
        if matches!(land, Landscape::Plantation) && dice.chance(0.04) {
            livestock[3] = dice.between(1, 5) as u16;
        }
        Self { movable, other_land, other_house, livestock, savings }
    }
}
