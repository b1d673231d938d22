//! What verification changes: each action is one transaction of one operation of `store::verification`.

pub mod minutes;
pub mod results;
pub mod rounds;
pub mod visits;
