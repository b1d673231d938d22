//! The ceiling: what a programme has promised never exceeds it.

use crate::money::Rupiah;

/// What a programme has promised: every place gets every stage, and what was paid on places nobody holds any more stays paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Commitment {
    /// Families that hold a place.
    pub places: i64,
    pub stages: i64,
    /// Rupiah a family a stage.
    pub unit: Rupiah,
    /// Paid to, or given back for, families whose place was given up and not passed on.
    pub settled_of_departed: Rupiah,
}

/// The promise would not fit below the ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{needed} is needed, the ceiling is {ceiling}; {fits} families fit")]
pub struct OverCeiling {
    pub needed: Rupiah,
    pub ceiling: Rupiah,
    /// How many families fit in all.
    pub fits: i64,
}

impl Commitment {
    /// What is promised in all; more than an `i64` holds counts as the largest one.
    pub fn total(self) -> Rupiah {
        let all = i128::from(self.places) * i128::from(self.stages) * i128::from(self.unit.0)
            + i128::from(self.settled_of_departed.0);
        Rupiah(i64::try_from(all).unwrap_or(i64::MAX))
    }

    /// What is left below the ceiling.
    pub fn within(self, ceiling: Rupiah) -> Result<Rupiah, OverCeiling> {
        let needed = self.total();
        if needed <= ceiling {
            return Ok(Rupiah(ceiling.0 - needed.0));
        }
        Err(OverCeiling { needed, ceiling, fits: self.fits(ceiling) })
    }

    /// How many families fit below the ceiling in all.
    pub fn fits(self, ceiling: Rupiah) -> i64 {
        let each = i128::from(self.unit.0) * i128::from(self.stages);
        if each <= 0 {
            return 0;
        }
        let room = i128::from(ceiling.0) - i128::from(self.settled_of_departed.0);
        i64::try_from(room.max(0) / each).unwrap_or(i64::MAX)
    }

    #[must_use]
    pub const fn with_places(self, places: i64) -> Self {
        Self { places, ..self }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_thousandth_family_fits_and_the_next_does_not() {
        // Rp3 billion, parcels of Rp2,826,000: 1,061 families
        let commitment = Commitment { places: 1_000, stages: 1, unit: Rupiah(2_826_000), ..Commitment::default() };
        let ceiling = Rupiah(3_000_000_000);
        assert_eq!(commitment.within(ceiling), Ok(Rupiah(174_000_000)));
        assert_eq!(commitment.fits(ceiling), 1_061);
        let over = commitment.with_places(1_062).within(ceiling).expect_err("too many");
        assert_eq!((over.fits, over.needed), (1_061, Rupiah(3_001_212_000)));
    }

    proptest! {
        #[test]
        fn what_fits_is_within_and_one_more_is_not(unit in 1_i64..5_000_000, stages in 1_i64..13, ceiling in 0_i64..5_000_000_000, paid in 0_i64..1_000_000_000) {
            let commitment = Commitment { places: 0, stages, unit: Rupiah(unit), settled_of_departed: Rupiah(paid) };
            let fits = commitment.fits(Rupiah(ceiling));
            prop_assert!(paid > ceiling || commitment.with_places(fits).within(Rupiah(ceiling)).is_ok());
            prop_assert!(commitment.with_places(fits + 1).within(Rupiah(ceiling)).is_err());
        }
    }
}
