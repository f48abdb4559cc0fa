//! Which output formats there are: a line each.

use crate::{
    Run, Style,
    changelog::{self, Changelog},
    concise, full, github, gitlab, html, json, jsonl, junit, markdown, sarif,
};

/// An output format: what it is called, and what makes a text of its input.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Format<Render> {
    /// The word that asks for it.
    pub name: &'static str,
    /// Whom it is for, in a sentence without its end.
    pub about: &'static str,
    /// Whether somebody waits for it elsewhere than on a terminal, so that a run that could not start is reported too.
    pub is_read_elsewhere: bool,
    /// Makes the text.
    pub render: Render,
}

/// Makes a report of a run. The style is for text on a terminal; other formats look the same everywhere.
pub type RenderRun = fn(&Run<'_>, Style) -> String;

/// Makes a changelog.
pub type RenderChangelog = fn(&Changelog<'_>) -> String;

impl<Render> Format<Render> {
    const fn for_people(name: &'static str, about: &'static str, render: Render) -> Self {
        Self { name, about, is_read_elsewhere: false, render }
    }

    const fn elsewhere(name: &'static str, about: &'static str, render: Render) -> Self {
        Self { name, about, is_read_elsewhere: true, render }
    }
}

/// The formats of a run, in the order in which help shows them. The first one is the default.
#[rustfmt::skip]
pub const REPORTS: &[Format<RenderRun>] = &[
    Format::for_people("full", "For people: both places with their text, reasons, and patches", full::render),
    Format::for_people("concise", "For people and editors: a line each", |run, _| concise::render(run)),
    Format::elsewhere("html", "For people in a browser: one page that needs nothing else, with filters", |run, _| html::render(run)),
    Format::elsewhere("markdown", "For a comment in a pull request or a job summary, at most 65,536 characters long", |run, _| markdown::render(run)),
    Format::elsewhere("json", "For programs: one JSON object", |run, _| json::render(run)),
    Format::elsewhere("jsonl", "For programs: JSON, one object a line; the first has the verdict", |run, _| jsonl::render(run)),
    Format::elsewhere("sarif", "For code scanning: SARIF 2.1.0", |run, _| sarif::render(run)),
    Format::elsewhere("junit", "For test reports of Jenkins, GitLab and others: what fails the run is a failed test", |run, _| junit::render(run)),
    Format::elsewhere("github", "For the log of GitHub Actions: workflow commands that become annotations", |run, _| github::render(run)),
    Format::elsewhere("gitlab", "For merge requests in GitLab: a Code Quality report", |run, _| gitlab::render(run)),
];

/// The formats of a changelog, in the order in which help shows them. The first one is the default.
pub const CHANGELOGS: &[Format<RenderChangelog>] = &[
    Format::elsewhere("markdown", "For a repository, or the notes of a release", changelog::markdown),
    Format::elsewhere("html", "For people in a browser: one page that needs nothing else", changelog::html),
    Format::elsewhere("json", "For programs: one JSON object", changelog::json),
];
