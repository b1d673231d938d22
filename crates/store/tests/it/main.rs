//! The store on both databases, one module a part of it; one program, so that it is linked once.

mod areas;
mod delivery;
mod doubt;
mod house;
mod household;
mod lists;
mod merge;
mod programmes;
mod quality;
mod search;
mod targeting;
mod verification;
