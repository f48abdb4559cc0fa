//! `canread.toml`: what a project promises, for whom, and which breaks it has accepted.
//!
//! | file | answers |
//! |---|---|
//! | `find` | where the file is |
//! | `read` | what it says; every mistake at its place, all of them at once |
//! | `table` | a TOML table whose keys are known, with a "did you mean" for those that are not |
//! | `words` | the values that settings may have, for the file, the environment and flags alike |
//! | `glob` | which files a pattern names |
//! | `approval` | which findings are accepted, and which approvals are out of date |
//! | `hold` | one at a time writes the file |
//! | `edit` | an approval put into the text, everything else left as it stands |
//! | `date` | a day, without a clock |
//!
//! The JSON Schema of the file is [`SCHEMA`]; a test holds it and the reader to each other.

mod approval;
mod date;
mod edit;
mod find;
mod glob;
mod hold;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use canread_compat::{Mode, Policy, Severity, Surface};
use canread_syntax::{Diagnostic, FileId, Sources, Span};

pub use approval::{Approval, Approved};
pub use date::Date;
pub use edit::{Edited, NewApproval, quoted};
pub use glob::Glob;
pub use hold::Held;
pub use read::{lints_meant, rules_meant};
pub use words::{Word, Words};

/// The name of the file.
pub const FILE_NAME: &str = "canread.toml";

/// The version of the file's form that this canread reads.
pub const VERSION: i64 = 1;

/// The JSON Schema of the file, draft 2020-12.
pub const SCHEMA: &str = include_str!("../../canread.schema.json");

/// A value, and where it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a value with its place, and nothing more")]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where; the file's id is that of [`Config::sources`].
    pub span: Span,
}

/// Settings that a project has, and that some of its paths may have otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choices {
    /// Which directions must hold.
    pub mode: Option<Located<Mode>>,
    /// What is promised to others.
    pub promise: Option<Located<Vec<Surface>>>,
    /// From which severity on findings fail the run.
    pub fail_on: Option<Located<Severity>>,
    /// Whether undecided findings fail the run.
    pub allow_undecided: Option<Located<bool>>,
    /// Severities by rule id; `None` silences the rule.
    pub rules: BTreeMap<String, Located<Option<Severity>>>,
}

impl Choices {
    /// Overwrites a policy with what is chosen here.
    pub fn apply(&self, policy: &mut Policy) {
        if let Some(mode) = &self.mode {
            policy.mode = mode.value;
        }
        if let Some(promise) = &self.promise {
            policy.promises = promise.value.iter().copied().collect();
        }
        if let Some(fail_on) = &self.fail_on {
            policy.fail_on = fail_on.value;
        }
        if let Some(allow) = &self.allow_undecided {
            policy.allow_undecided = allow.value;
        }
        policy.severities.extend(self.rules.iter().map(|(id, severity)| (id.clone(), severity.value)));
    }
}

/// A `[[path]]` section: other settings for some files.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PathSection {
    /// Which files, by their path from the directory of the file.
    pub glob: Located<Glob>,
    /// What is chosen for them.
    pub choices: Choices,
}

/// What a `canread.toml` says.
#[derive(Debug)]
#[non_exhaustive]
pub struct Config {
    /// The text, as the only file.
    pub sources: Sources,
    /// Where the file lies.
    pub file: PathBuf,
    /// The directory of the file, canonical: where its paths start.
    pub dir: PathBuf,
    /// What holds for all files.
    pub choices: Choices,
    /// What holds for some files; of two sections that choose, the later one counts.
    pub paths: Vec<PathSection>,
    /// The baseline, or several, the oldest first, if none is named otherwise; each as written, and at least one.
    pub against: Option<Located<Vec<Located<String>>>>,
    /// Include roots, as written.
    pub include: Option<Located<Vec<String>>>,
    /// Files that are no part of the project.
    pub exclude: Option<Located<Vec<Glob>>>,
    /// Breaks that were accepted.
    pub approvals: Vec<Approval>,
}

/// Why a `canread.toml` can't be used: everything that is wrong with it.
#[derive(Debug)]
#[non_exhaustive]
pub struct ConfigError {
    /// The text, if it could be read.
    pub sources: Sources,
    /// What is wrong; never empty.
    pub diagnostics: Vec<Diagnostic>,
}

impl Config {
    /// The file as shown to users: from the current directory.
    #[must_use]
    pub fn name(&self) -> &str {
        self.sources.file(FileId(0)).name()
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.sources.file(FileId(0)).text()
    }

    /// The line in which something stands, from 1.
    #[must_use]
    pub fn line(&self, span: Span) -> usize {
        self.sources.position(span).line
    }

    /// A copy of the text among other texts, for diagnostics that point at it.
    pub fn add_to(&self, sources: &mut Sources) -> FileId {
        sources.add(self.name(), "config", self.text().as_bytes().to_vec())
    }

    /// Overwrites a policy with what the file says about a file at a path, seen from its directory; without a path,
    /// with what holds for all.
    pub fn apply(&self, path: Option<&str>, policy: &mut Policy) {
        self.choices.apply(policy);
        let sections = self.paths.iter().filter(|section| path.is_some_and(|path| section.glob.value.matches(path)));
        for section in sections {
            section.choices.apply(policy);
        }
    }

    /// The mode that a file at a path has by itself, unlike others: by the last section that names one.
    #[must_use]
    pub fn mode_of(&self, path: &str) -> Option<Mode> {
        let sections = self.paths.iter().filter(|section| section.glob.value.matches(path));
        sections.filter_map(|section| section.choices.mode.as_ref()).next_back().map(|mode| mode.value)
    }

    /// A path that the file writes, as seen from the current directory.
    #[must_use]
    pub fn rebase(&self, path: &str, cwd: &Path) -> String {
        crate::path::named(&self.dir.join(path), cwd)
    }
}

impl ConfigError {
    /// What is wrong with settings that stand in no file.
    #[must_use]
    pub fn of_diagnostics(diagnostics: Vec<Diagnostic>) -> Self {
        Self { sources: Sources::default(), diagnostics }
    }
}
