//! One file a command.

mod check;
mod diff;
mod explain;
mod history;
mod open;
mod rules;

pub(crate) use check::check;
pub(crate) use diff::diff;
pub(crate) use explain::explain;
pub(crate) use rules::rules;
