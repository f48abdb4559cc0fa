//! One file a command.

mod approve;
mod canonical;
mod changelog;
mod check;
mod comparison;
mod completions;
mod config;
mod diff;
mod explain;
mod fmt;
mod init;
mod lint;
mod lock;
mod man;
mod open;
mod out_of_check;
mod reading;
mod rules;
mod shell;

pub(crate) use approve::approve;
pub(crate) use canonical::canonical;
pub(crate) use changelog::changelog;
pub(crate) use check::check;
pub(crate) use completions::completions;
pub(crate) use config::config;
pub(crate) use diff::diff;
pub(crate) use explain::explain;
pub(crate) use fmt::fmt;
pub(crate) use init::init;
pub(crate) use lint::lint;
pub(crate) use lock::lock;
pub(crate) use man::man;
pub(crate) use rules::rules;
