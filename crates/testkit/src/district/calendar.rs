//! The lists' days: which list saw the district when.

use chrono::{Datelike, Months, NaiveDate};

/// A list in which the district's people appear, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// P3KE, brought up to date in 2023.
    P3ke,
    /// DTSEN of the quarter before the reference date's.
    Previous,
    /// DTSEN of the quarter of the reference date.
    Current,
}

impl Edition {
    pub const ALL: [Self; 3] = [Self::P3ke, Self::Previous, Self::Current];
}

/// Today, as the made-up district has it, and what follows from it.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    pub reference: NaiveDate,
}

impl Calendar {
    /// The day of whose facts the list tells: the tenth day of a quarter, 30 June 2023 for P3KE.
    pub fn day(self, edition: Edition) -> NaiveDate {
        let current = date(self.reference.year(), self.reference.month0() / 3 * 3 + 1, 10);
        match edition {
            Edition::P3ke => date(2023, 6, 30),
            Edition::Previous => current - Months::new(3),
            Edition::Current => current,
        }
    }

    /// Year and quarter of a DTSEN edition: `(2026, 4)`.
    pub fn quarter(self, edition: Edition) -> (i32, u32) {
        let day = self.day(edition);
        (day.year(), day.month0() / 3 + 1)
    }

    /// As lists and commands name the version: `2026Q4`; P3KE by its year.
    pub fn version(self, edition: Edition) -> String {
        if edition == Edition::P3ke {
            return "2023".to_owned();
        }
        let (year, quarter) = self.quarter(edition);
        format!("{year}Q{quarter}")
    }
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("the first days of a month and 30 June exist")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_november_2026() {
        let calendar = Calendar { reference: date(2026, 11, 21) };
        assert_eq!(calendar.day(Edition::Current), date(2026, 10, 10));
        assert_eq!(calendar.day(Edition::Previous), date(2026, 7, 10));
        assert_eq!(calendar.version(Edition::Previous), "2026Q3");
        let january = Calendar { reference: date(2027, 1, 5) };
        assert_eq!(january.version(Edition::Previous), "2026Q4");
    }
}
