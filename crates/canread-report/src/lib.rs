//! What a run has to say, in every output format.
//!
//! A [`Run`] holds what was compared and what came of it, with the texts and
//! the places of both versions. Each format is a function of a run: equal
//! runs give equal bytes. There is no clock, no terminal and no file here.
//!
//! | format | for | function |
//! |---|---|---|
//! | `full` | people | [`full::render`] |
//! | `concise` | people with many findings, editors, `grep` | [`concise::render`] |
//! | `json` | programs | [`json::render`] |
//! | `jsonl` | programs that read line by line | [`jsonl::render`] |
//! | `sarif` | code scanning | [`sarif::render`] |
//! | `junit` | test reports | [`junit::render`] |
//! | `github` | the log of GitHub Actions | [`github::render`] |
//! | `gitlab` | merge requests in GitLab | [`gitlab::render`] |
//! | `markdown` | a comment in a pull request | [`markdown::render`] |
//! | `html` | people in a browser | [`html::render`] |
//! | changelogs | who releases schemas, and who uses them | [`changelog::markdown`], [`changelog::html`], [`changelog::json`] |
//! | rule pages | people who ask why | [`page::text`], [`page::markdown`], and of lints in [`lint_page`] |

pub mod changelog;
pub mod concise;
mod deploy;
mod excerpt;
mod finding;
pub mod full;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod lint_page;
pub mod markdown;
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
pub use full::Style;
pub use run::{Compared, ComparedVersion, Run, Section, Status, Task, counts_as_finding};
pub use summary::summary;
