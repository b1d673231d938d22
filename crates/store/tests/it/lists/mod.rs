//! Lists in the store on both databases: what a commit does to the registry, and that its set-based linking is what a
//! plain loop over the rows would do.

mod by_hand;
mod compare;
mod likeness;
mod made;
mod merged;
mod naive;
mod reference;
mod stories;
mod undo;
