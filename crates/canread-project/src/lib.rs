//! Where schema files come from, and which of them have to be looked at.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use canread_project::{Project, Role};
//!
//! # fn scan(_: canread_project::FileKind, _text: &str) -> canread_project::Scanned { canread_project::Scanned::default() }
//! let project = Project::new(Path::new("."))?;
//! let new = project.open(Path::new("schemas"))?;
//! let baseline = project.parse_baseline("merge-base:origin/main")?;
//! let old = project.open_baseline(&baseline, &new)?;
//!
//! let work = project.compare(old, new, &scan)?;
//! for file in &work.new.files {
//!     let text = work.sources.file(file.id).text();
//!     println!("{} ({} bytes) is compared: {}", file.name, text.len(), file.role == Role::Compared);
//! }
//! # Ok::<(), canread_project::ProjectError>(())
//! ```
//!
//! | type | is |
//! |---|---|
//! | [`Project`] | where a run starts: current directory, include roots, limits |
//! | [`Baseline`] | what `--against` says: a path, `git:REF`, `git:tags/GLOB`, `git:A..B`, `merge-base:REF`, `lock`, `REF:PATH`, `staged:PATH` |
//! | [`Session`], [`Part`] | the old version and the new one, read, parsed and ready to be compared, by format |
//! | [`History`], [`Rows`] | several old versions, each compared with the new one |
//! | [`Releases`], [`Release`] | what tags name, and which version each came from |
//! | [`Places`] | where both versions lie: what a finding's file is called in `canread.toml` |
//! | [`Moved`] | what one file declared and another one does now |
//! | [`Tree`], [`Entry`], [`Skipped`] | one version of a directory, listed but not read, and what was left out |
//! | [`Workload`], [`LoadedSide`], [`LoadedFile`] | the texts that have to be parsed, with their import paths |
//! | [`Reading`], [`Canonical`], [`Layouts`], [`Linted`] | one version by itself, the canonical form of its files, how they are laid out, and what lints find |
//! | [`Lock`] | what goes into `canread.lock` |
//! | [`select`], [`ImportGraph`], [`Selection`] | which files a change reaches through imports |
//! | [`config::Config`] | what `canread.toml` says |
//! | [`ProjectError`], [`ErrorKind`] | why a run stops, sorted by what to do next |
//!
//! Git is read directly: no `git` process, no clone, no checkout, no network. What is not in the
//! clone is an error that holds the `git fetch` line to run.
//!
//! [`Session`], [`History`] and [`Reading`] have the schemas parsed by the crates of their formats; below them, a [`Workload`]
//! is found with no more than a function that finds the import strings in a text. This crate does not print, or know exit
//! codes of a whole run. What `canread.toml` says is in [`config`]; the caller decides what flags and the environment change
//! about it.

mod avro;
mod baseline;
mod canonical;
mod closure;
pub mod config;
mod disk;
mod error;
mod excluded;
mod git;
mod history;
mod kind;
mod layout;
mod limits;
mod link;
mod lint;
mod listing;
mod lock;
mod moved;
mod open;
mod path;
mod places;
mod problems;
mod project;
mod reader;
mod releases;
mod retired;
mod roots;
mod scope;
mod session;
mod side;
mod skipped;
mod sniff;
mod tree;
mod versions;
mod workload;

pub use baseline::Baseline;
pub use canonical::{Canonical, Digest, Form};
pub use closure::{ImportGraph, Selection, select};
pub use error::{ErrorKind, ProjectError, Result};
pub use history::{Against, History, HistoryWorkload, Rows};
pub use kind::FileKind;
pub use layout::{Layout, Layouts};
pub use limits::Limits;
pub use lint::Linted;
pub use listing::Entry;
pub use lock::{Lock, LockedFiles};
pub use moved::Moved;
pub use places::Places;
pub use project::Project;
pub use releases::{Release, Releases, Wanted};
pub use retired::Retired;
pub use session::{Part, Reading, Request, Session};
pub use side::{Scan, Scanned};
pub use skipped::Skipped;
pub use tree::Tree;
pub use workload::{Loaded, LoadedFile, LoadedSide, Role, Workload};
