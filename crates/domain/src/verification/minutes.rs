//! Minutes of a village deliberation (musdes, muskel): the numbers must add up, and those removed are named.

use crate::words::closed_words;

closed_words! {
    /// recorded (may still be corrected), final (scan uploaded, locked).
    State {
        Recorded = "recorded",
        Final = "final",
    }
}

/// The numbers as the minutes print them, with how many families were marked as removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    pub before: i64,
    pub removed: i64,
    pub added: i64,
    pub after: i64,
    pub marked: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumbersFault {
    #[error("a number is negative")]
    Negative,
    /// More removed than there were.
    #[error("{removed} removed of {before}")]
    TooManyRemoved { before: i64, removed: i64 },
    /// before - removed + added is another number than after.
    #[error("should be {right} after, is {after}")]
    DoNotAddUp { right: i64, after: i64 },
    /// As many families must be marked as the minutes say were removed: a number without names has no effect.
    #[error("{removed} removed, {marked} marked")]
    MarkedDiffer { removed: i64, marked: i64 },
}

impl Numbers {
    pub const fn check(self) -> Result<(), NumbersFault> {
        let Self { before, removed, added, after, marked } = self;
        if before < 0 || removed < 0 || added < 0 || after < 0 {
            return Err(NumbersFault::Negative);
        }
        if removed > before {
            return Err(NumbersFault::TooManyRemoved { before, removed });
        }
        let right = before - removed + added;
        if right != after {
            return Err(NumbersFault::DoNotAddUp { right, after });
        }
        if marked != removed {
            return Err(NumbersFault::MarkedDiffer { removed, marked });
        }
        Ok(())
    }
}
