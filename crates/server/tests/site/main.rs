//! The site through HTTP, one module a stage. [`app::TestApp`] is a whole Tuntas on an empty database of either kind;
//! [`crash`] kills the program itself, [`link`] runs its command without an installation, [`locales`] reads its words.

mod access;
mod access_matrix;
mod another_village;
mod app;
mod corrections;
mod crash;
mod delivery;
mod desk;
mod documents;
mod formats;
mod home;
mod household;
mod link;
mod lists;
mod locales;
mod programmes;
mod registry;
mod same;
mod targeting;
mod verification;
