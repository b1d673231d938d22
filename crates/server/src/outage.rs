//! When the machine is in the way - no room, a database that is held or gone - and how that is told: what is safe, and what
//! to do. The catalogue has a sentence and a next step for each.

use std::{error::Error, io};

use axum::http::StatusCode;
use store::Outage;

/// What lies at the bottom of an error, if it is such.
pub fn of(error: &(dyn Error + 'static)) -> Option<Outage> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let found = error.downcast_ref::<store::Error>().and_then(store::Error::outage).or_else(|| {
            let kind = error.downcast_ref::<io::Error>()?.kind();
            matches!(kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded).then_some(Outage::Full)
        });
        if found.is_some() {
            return found;
        }
        cause = error.source();
    }
    None
}

/// Key of the rule that tells of it.
pub const fn rule_key(outage: Outage) -> &'static str {
    match outage {
        Outage::Full => "storage-full",
        Outage::Busy => "database-busy",
        Outage::Lost => "database-lost",
    }
}

pub const fn status(outage: Outage) -> StatusCode {
    match outage {
        Outage::Full => StatusCode::INSUFFICIENT_STORAGE,
        Outage::Busy | Outage::Lost => StatusCode::SERVICE_UNAVAILABLE,
    }
}
