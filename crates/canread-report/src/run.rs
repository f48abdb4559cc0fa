//! What a run compared, and what came of it.

use std::{cmp::Reverse, collections::BTreeSet};

use canread_compat::{Description, Judged, Mode, Pair, Severity, Surface};
use canread_syntax::{Diagnostic, SourceMap, Sources};

use crate::summary::counted;

/// The verdict of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// Everything was compared, and nothing breaks a promise.
    Compatible,
    /// Something breaks a promise.
    Incompatible,
    /// Something could not be decided.
    Undecided,
    /// Of a lint: nothing that fails the run.
    Passed,
    /// Of a lint: something that fails the run.
    Failed,
    /// Something could not be read, parsed, resolved or compared.
    Error,
}

impl Status {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Incompatible => "incompatible",
            Self::Undecided => "undecided",
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Error => "error",
        }
    }
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Task {
    /// Does the change break a promise?
    Check,
    /// What has changed at all?
    Diff,
    /// What of one version bites later? There is no old version then: `compared.old` is empty.
    Lint,
}

impl Task {
    /// The word of the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Diff => "diff",
            Self::Lint => "lint",
        }
    }
}

/// What took part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Compared {
    /// Schema files of the new version.
    pub schemas: usize,
    /// Those of them that are the same in the old version with all that they import, and so were neither
    /// parsed nor compared.
    pub unchanged: usize,
    /// The old version, as shown to users.
    pub old: String,
    /// The new version, as shown to users.
    pub new: String,
    /// What of the new version was not looked at, in words, if somebody could have expected it to be.
    pub passed_over: Option<String>,
    /// The schema files of the new version whose mode is `none`, as shown to users: whatever changed in them is no finding.
    pub unchecked: Vec<String>,
    /// There is no old version yet, so nothing was compared.
    pub has_no_baseline: bool,
    /// The old versions of a history, oldest first; the last one is `old`. Empty where only one is asked for.
    pub versions: Vec<ComparedVersion>,
    /// Where the current directory lies in its repository, without a slash at its ends; empty at the top. Services look for
    /// files from there, people from where they are.
    pub below: String,
    /// Some files were compared with every one of `versions` and others with `old` alone, as each one's mode wants it.
    pub reaches_differ: bool,
}

/// An old version of a history.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ComparedVersion {
    /// As shown to users; of several that hold the same, the newest.
    pub label: String,
    /// The others, newest first.
    pub same: Vec<String>,
}

impl ComparedVersion {
    /// A version of its own.
    #[must_use]
    pub fn new(label: &str) -> Self {
        Self { label: label.to_owned(), same: Vec::new() }
    }
}

impl Compared {
    /// `schemas` files, of which `unchanged` were the same, from `versions.old` to `versions.new`.
    #[must_use]
    pub fn new(schemas: usize, unchanged: usize, versions: Pair<String>) -> Self {
        Self { schemas, unchanged, old: versions.old, new: versions.new, ..Self::default() }
    }

    /// Adds what was not looked at.
    #[must_use]
    pub fn passed_over(mut self, words: Option<String>) -> Self {
        self.passed_over = words;
        self
    }

    /// Says which old versions there are, oldest first.
    #[must_use]
    pub fn versions(mut self, versions: Vec<ComparedVersion>) -> Self {
        self.versions = versions;
        self
    }

    /// Whether a text stands in an old version, by the version's label.
    #[must_use]
    pub fn is_old(&self, label: &str) -> bool {
        self.new != label && (self.old == label || self.versions.iter().any(|version| version.label == label))
    }

    /// Says that there is no old version yet.
    #[must_use]
    pub fn without_baseline(mut self) -> Self {
        self.has_no_baseline = true;
        self
    }
}

/// What a finding is to a reader: the severities, what nobody can decide, and what somebody approved. The worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Error,
    Undecided,
    Warning,
    Note,
    Allowed,
}

impl Level {
    /// All of them, in order.
    pub(crate) const ALL: [Self; 5] = [Self::Error, Self::Undecided, Self::Warning, Self::Note, Self::Allowed];

    /// What is undecided is so whatever its severity: nobody knows whether it is an error.
    pub(crate) fn of(judged: &Judged) -> Self {
        match judged.severity {
            _ if judged.allowed.is_some() => Self::Allowed,
            _ if judged.is_undecided() => Self::Undecided,
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Undecided => "undecided",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Allowed => "allowed",
        }
    }

    /// So many findings of it.
    pub(crate) fn title(self, count: usize) -> String {
        match self {
            Self::Undecided | Self::Allowed => format!("{count} {}", self.as_str()),
            other => counted(count, other.as_str()),
        }
    }
}

/// Everything that an output format may show.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_structs, reason = "built by the one caller that knows all of it")]
pub struct Run<'a> {
    /// What was asked for.
    pub task: Task,
    /// The texts of both versions.
    pub sources: &'a Sources,
    /// The verdict.
    pub status: Status,
    /// Which directions must hold.
    pub mode: Mode,
    /// Which surfaces are promised.
    pub promises: &'a BTreeSet<Surface>,
    /// From which severity on a finding fails the run.
    pub fail_on: Severity,
    /// What took part.
    pub compared: &'a Compared,
    /// What was found, format by format, in the order in which it is shown.
    pub sections: Vec<Section<'a>>,
    /// What kept files from being read, and warnings about them.
    pub diagnostics: &'a [Diagnostic],
    /// How findings of this run are approved: the arguments of `canread approve` that name this comparison, as a shell
    /// reads them. None where there is no file that keeps approvals.
    pub approve_with: Option<&'a str>,
}

/// What was found in the schemas of one format.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "built by the one caller that knows all of it")]
pub struct Section<'a> {
    /// Where the nodes of both versions stand.
    pub maps: Pair<&'a SourceMap>,
    /// What was found, in the order in which it is shown.
    pub findings: &'a [Judged],
    /// Every change in words; empty unless the task is [`Task::Diff`].
    pub changes: &'a [Description],
}

impl<'a> Run<'a> {
    /// The findings of all formats, each with where the nodes stand that it names.
    pub fn findings(&self) -> impl Iterator<Item = (&'a Judged, Pair<&'a SourceMap>)> + use<'a, '_> {
        self.sections.iter().flat_map(|section| section.findings.iter().map(|judged| (judged, section.maps)))
    }

    /// The changes of all formats, each with where the nodes stand that it names.
    pub fn changes(&self) -> impl Iterator<Item = (&'a Description, Pair<&'a SourceMap>)> + use<'a, '_> {
        self.sections.iter().flat_map(|section| section.changes.iter().map(|change| (change, section.maps)))
    }

    /// What kept files from being read, errors first; otherwise in order.
    #[must_use]
    pub fn problems_worst_first(&self) -> Vec<&'a Diagnostic> {
        let mut problems: Vec<_> = self.diagnostics.iter().collect();
        problems.sort_by_key(|diagnostic| Reverse(diagnostic.severity));
        problems
    }

    /// The findings of all formats as people should read them: what fails the run first, then by severity, and what
    /// is undecided before what is decided; what is allowed comes last. Otherwise they stay in order.
    #[must_use]
    pub fn worst_first(&self) -> Vec<(&'a Judged, Pair<&'a SourceMap>)> {
        let mut findings: Vec<_> = self.findings().collect();
        findings.sort_by_key(|(judged, _)| {
            Reverse((judged.fails, judged.allowed.is_none(), judged.severity, judged.is_undecided()))
        });
        findings
    }

    /// How many findings somebody approved.
    #[must_use]
    pub fn count_allowed(&self) -> usize {
        self.count_level(Level::Allowed)
    }

    /// How many findings are undecided, and not allowed.
    #[must_use]
    pub fn count_undecided(&self) -> usize {
        self.count_level(Level::Undecided)
    }

    /// How many findings have a severity; those that are allowed or undecided are counted apart.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.count_level(match severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Note => Level::Note,
        })
    }

    pub(crate) fn count_level(&self, level: Level) -> usize {
        self.findings().filter(|(judged, _)| Level::of(judged) == level).count()
    }
}

/// Whether a problem counts as a finding does: a warning about what the configuration accepts or leaves out, which is an
/// approval that is over or matches nothing, or a declaration that moved to where nobody looks.
///
/// Other warnings are about files, and fail no run.
#[must_use]
pub fn counts_as_finding(problem: &Diagnostic, fail_on: Severity) -> bool {
    let is_of_policy = problem.code.starts_with("approval/") || problem.code.starts_with("policy/");
    is_of_policy && fail_on <= Severity::Warning
}
