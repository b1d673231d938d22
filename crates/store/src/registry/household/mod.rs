//! Changes of families made by hand: recorded, agreed to by a second person where the office wants it, taken back.
//!
//! [`preview`] shows what a change would do, [`record`] writes it or leaves it waiting, [`approve`] and [`send_back`] are the
//! second person's, [`take_back`] puts everything back as long as nothing was built on it ([`in_the_way`]). The rules are
//! [`domain::household::apply`]; what lists may still do to what was changed is [`hold`].

mod back;
pub(crate) mod hold;
mod load;
mod read;
mod rows;
mod write;

use domain::household::{Fault, Kind, State};

use crate::{
    connect::Result,
    query::{Handle, Query},
    sql,
};

pub use back::{Blocker, in_the_way, take_back};
pub use load::{Preview, preview};
pub use read::{Filter, Gone, Kept, Kin, Line, StillSaid, changes, find, gone, kin, still_said, waiting_on};
pub use write::{Recorded, approve, record, send_back};
pub(in crate::registry) use {
    back::{Now, SetField, fields, now},
    rows::set,
    write::{Set, recorded},
};

pub type Outcome<T> = std::result::Result<T, Refused>;

/// Why a change by hand is not made, agreed to or taken back.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("there is no such family or change, or it lies outside the actor's area")]
    NotFound,
    #[error(transparent)]
    Fault(#[from] Fault),
    /// Somebody else has this NIK: whom the actor may see is named.
    #[error("somebody else has this NIK")]
    NikHeld { person: Option<i64> },
    /// Another family has this family card: which the actor may see is named.
    #[error("another family has this family card")]
    KkHeld { family: Option<i64> },
    #[error("there is no such village")]
    NoSuchVillage,
    /// Nobody agrees to what he proposed himself.
    #[error("the proposal is one's own")]
    OwnProposal,
    #[error("the change is {0}")]
    NotNow(State),
    #[error("no reason is given")]
    NoReason,
    /// What was built on the change since.
    #[error("something newer is built on it")]
    InTheWay(Vec<Blocker>),
    #[error(transparent)]
    Store(#[from] crate::Error),
}

/// Whether a second person has to agree to changes of this kind in this office.
pub async fn needs_second(handle: &impl Handle, kind: Kind) -> Result<bool> {
    let set: Option<String> =
        handle.scalar(Query::with(sql!("SELECT value FROM setting WHERE name = $1"), [kind.setting().into()])).await?;
    Ok(set.map_or_else(|| kind.second_by_default(), |word| word == "yes"))
}
