//! What a run has to say, in every output format.
//!
//! A [`Run`] holds what was compared and what came of it, with the texts and
//! the places of both versions. Each format is a function of a run: equal
//! runs give equal bytes. There is no clock, no terminal and no file here.
//!
//! | what | formats | renderers |
//! |---|---|---|
//! | a run | [`REPORTS`] | a module for each, such as [`full`] and [`sarif`] |
//! | what each release changed | [`CHANGELOGS`] | [`changelog`] |
//! | rule pages, for people who ask why | text, Markdown | [`page`], and of lints [`lint_page`] |

pub mod changelog;
pub mod concise;
mod deploy;
mod excerpt;
mod finding;
mod format;
pub mod full;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod lint_page;
pub mod markdown;
mod notice;
pub mod page;
mod patch;
mod place;
mod printable;
mod quoted;
mod run;
pub mod sarif;
mod summary;
mod unique;
mod wrap;

pub use finding::diagnostic;
pub use format::{CHANGELOGS, Format, REPORTS, RenderChangelog, RenderRun};
pub use full::Style;
pub use notice::{NOTICES, Notice, notice};
pub use run::{Compared, ComparedVersion, Run, Section, Status, Task, counts_as_finding};
pub use summary::summary;
