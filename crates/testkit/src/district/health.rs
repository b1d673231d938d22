//! Health: difficulties in the ten domains of the questionnaire, chronic illness, the growth of small children.

use domain::Sex;

use super::dice::Dice;

/// Codes of `regsosek.428_tingkat_kesulitan` for domains a to i and of `regsosek.428j_frekuensi` for j: 1 is worst, 4 none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    pub difficulties: [u8; 10],
    /// Code of `regsosek.430_penyakit_kronis`; 1 is none.
    pub chronic: u8,
    /// Code of `regsosek.427_gizi` for children under five.
    pub nutrition: Option<u8>,
    pub pregnant: bool,
}

/// Domains of one impairment go together: sight, hearing (with speech), walking (with care of oneself), mind.
const IMPAIRMENTS: [(&[usize], f64); 6] =
    [(&[0], 0.28), (&[1, 6], 0.20), (&[2, 7], 0.27), (&[3], 0.08), (&[4, 8, 7], 0.10), (&[5, 9], 0.07)];

/// Chronic illnesses of adults with their shares.
const ILLNESSES: [(u8, f64); 12] = [
    (2, 34.0),
    (3, 19.0),
    (6, 13.0),
    (4, 9.0),
    (13, 8.0),
    (5, 6.0),
    (8, 5.0),
    (7, 2.5),
    (10, 1.5),
    (9, 1.2),
    (17, 0.6),
    (18, 4.0),
];

impl Health {
    pub fn draw(dice: &mut Dice, age: u32, sex: Sex, welfare: f64) -> Self {
        let mut health = Self { difficulties: [4; 10], chronic: 1, nutrition: None, pregnant: false };
        let severe = match age {
            0..=4 => 0.004,
            5..=17 => 0.008,
            18..=44 => 0.011,
            45..=59 => 0.018,
            60..=74 => 0.055,
            _ => 0.17,
        };
        if dice.chance(severe * (1.0 - 0.4 * welfare).clamp(0.5, 1.8)) {
            let domains = dice.weighted(&IMPAIRMENTS);
            let level = if dice.chance(0.36) { 1 } else { 2 };
            for domain in domains {
                health.difficulties[*domain] = level;
            }
        }
        if age >= 45 && dice.chance((f64::from(age) - 38.0) / 95.0) {
            let domain = *dice.pick(&[0, 0, 2, 1, 8]);
            health.difficulties[domain] = health.difficulties[domain].min(3);
        }
        if age >= 12 && dice.chance(0.022 - 0.012 * welfare) {
            health.difficulties[9] = health.difficulties[9].min(if dice.chance(0.25) { 2 } else { 3 });
        }
        let ill = match age {
            0..=14 => 0.012,
            15..=34 => 0.025,
            35..=49 => 0.085,
            50..=64 => 0.22,
            _ => 0.36,
        };
        if dice.chance(ill) {
            health.chronic = if age < 15 { *dice.pick(&[4, 4, 4, 5, 7, 15]) } else { dice.weighted(&ILLNESSES) };
        }
        if age < 5 {
            health.nutrition = Some(match dice.unit() {
                u if u < (0.155 - 0.11 * welfare).clamp(0.04, 0.30) => 2,
                u if u < (0.235 - 0.15 * welfare).clamp(0.06, 0.40) => 1,
                u if u > 0.97 => 8,
                _ => 3,
            });
        }
        health.pregnant = sex == Sex::Female && (19..=41).contains(&age) && dice.chance(0.035);
        health
    }

    /// Cannot do something at all, or not without help.
    pub fn disabled(&self) -> bool {
        self.difficulties.iter().take(9).any(|level| *level <= 2)
    }

    /// Cannot do something at all.
    pub fn severely_disabled(&self) -> bool {
        self.difficulties.iter().take(9).any(|level| *level == 1)
    }
}
