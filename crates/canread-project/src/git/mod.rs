//! Reading git: repositories, revisions, merge bases, trees. No `git` process is started, nothing
//! is written, nothing is fetched.

mod advice;
mod ancestry;
mod history;
mod ignored;
mod merge_base;
mod range;
mod repository;
mod revision;
mod sparse;
mod staged;
mod tags;
mod tracked;
mod tree;

pub(crate) use advice::{Want, nearest};
pub(crate) use ancestry::Ancestry;
pub(crate) use ignored::IgnoreRules;
pub(crate) use repository::Repository;
pub(crate) use revision::{Resolved, with_fetch};
pub(crate) use sparse::not_checked_out;
pub(crate) use staged::STAGED;
pub(crate) use tracked::tracked_below;
pub(crate) use tree::{Found, GitTree, Missing, read_blob};
