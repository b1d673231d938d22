//! Time and randomness, passed in. The only place of the server that asks the machine for either.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use rand::{Rng, SeedableRng, rngs::StdRng};

/// What time it is: the machine's, or a fixed moment in tests and in the demo's played year.
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    Fixed(DateTime<Utc>),
}

impl Clock {
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
            Self::System => Utc::now(),
            Self::Fixed(at) => *at,
        }
    }

    /// `2026-11-21T18:57:44Z`: how times are stored.
    pub fn stamp(&self) -> String {
        stamp(self.now())
    }

    /// The day in the office's time zone.
    pub fn today(&self, zone: FixedOffset) -> NaiveDate {
        self.now().with_timezone(&zone).date_naive()
    }
}

/// A moment as stored: ISO 8601 UTC to the second.
pub fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A stored moment in the office's time zone.
pub fn local(stamp: &str, zone: FixedOffset) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(stamp).ok().map(|at| at.with_timezone(&zone))
}

/// Randomness: the machine's, or a seeded one in tests and in the demo.
#[derive(Clone, Debug)]
pub struct Entropy(Arc<Mutex<StdRng>>);

impl Entropy {
    pub fn system() -> Self {
        Self(Arc::new(Mutex::new(rand::make_rng())))
    }

    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// An opaque token of 20 characters (100 bits) without letters that are mistaken for others: for QR codes and commands.
    pub fn token(&self) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
        self.bytes::<20>().iter().map(|b| char::from(LETTERS[usize::from(b % 32)])).collect()
    }
}
