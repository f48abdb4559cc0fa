//! Why files could not be brought together, sorted by what the caller does next.

use std::fmt;

use canread_syntax::Diagnostic;

/// The result of everything in this crate that can stop a run.
pub type Result<T> = std::result::Result<T, ProjectError>;

/// A reason to stop: what a program does about it ([`ErrorKind`]) and what a person reads.
///
/// Problems of single files don't come this way; they are collected as diagnostics, so
/// that one run names them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectError {
    kind: ErrorKind,
    diagnostic: Box<Diagnostic>,
}

/// What the caller does about a [`ProjectError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The arguments make no sense as written: correct the command line. Exit code 2.
    Usage,
    /// The revision or directory exists, but holds no schemas at the place compared, or the repository has no commit:
    /// nothing was written there yet. Exit code 3, unless the user allowed a missing baseline.
    NoBaseline,
    /// No such revision, and no reason to think that it exists elsewhere. Exit code 3; never to be
    /// taken for "no baseline yet", because a misspelt name would then pass.
    UnknownRevision,
    /// The history or an object is not in this clone; the help holds the `git fetch` line that
    /// brings it. Exit code 3.
    NotFetched,
    /// A file, directory or repository can't be read. Exit code 3.
    Unreadable,
    /// The input is larger than [`Limits`](crate::Limits) allow. Exit code 3.
    LimitExceeded,
}

impl ErrorKind {
    /// The exit code of the command: 2 for a usage error, otherwise 3.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Usage => 2,
            Self::NoBaseline | Self::UnknownRevision | Self::NotFetched | Self::Unreadable | Self::LimitExceeded => 3,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Usage => "project/usage",
            Self::NoBaseline => "project/no_baseline",
            Self::UnknownRevision => "project/unknown_revision",
            Self::NotFetched => "project/not_fetched",
            Self::Unreadable => "project/unreadable",
            Self::LimitExceeded => "project/limit_exceeded",
        }
    }
}

impl ProjectError {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, diagnostic: Box::new(Diagnostic::error(kind.code(), message)) }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    pub(crate) fn unreadable(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unreadable, message)
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic.help = Some(help.into());
        self
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.diagnostic.notes.push(note.into());
        self
    }

    /// Says that what is missing is the baseline as a whole.
    pub(crate) fn of_baseline(mut self) -> Self {
        if self.kind == ErrorKind::Unreadable && self.diagnostic.code == NO_SCHEMAS {
            self.kind = ErrorKind::NoBaseline;
            self.diagnostic.code = ErrorKind::NoBaseline.code();
        }
        self
    }

    /// Says that what is missing is the new version: there is always one, so that is no missing baseline.
    pub(crate) fn of_new(mut self) -> Self {
        if self.kind == ErrorKind::NoBaseline {
            self.kind = ErrorKind::Unreadable;
            self.diagnostic.code = NO_SCHEMAS;
            if self.diagnostic.help.is_some() {
                self.diagnostic.help =
                    Some("paths start at the top of the repository; those that start with `./`, here".to_owned());
            }
        }
        self
    }

    /// A place that holds no schema at all: a run that compares nothing has not succeeded.
    pub(crate) fn no_schemas(message: impl Into<String>) -> Self {
        let mut error = Self::unreadable(message);
        error.diagnostic.code = NO_SCHEMAS;
        error
    }

    /// A version that is compared with itself: a wrong baseline, which would be green for ever.
    pub(crate) fn same_version(named: &str) -> Self {
        let mut error = Self::usage(format!("`{named}` is compared with itself"))
            .note("both versions are read from one place, so nothing can have changed")
            .help("name the old version: `--against merge-base:REF`, `--against git:REF` or another directory");
        error.diagnostic.code = "project/same_version";
        error
    }

    /// What the caller does next.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What a person reads: always an error, with a code `project/…`, often with the next step as help.
    #[must_use]
    pub fn to_diagnostic(&self) -> Diagnostic {
        (*self.diagnostic).clone()
    }
}

/// The code of an input without schemas.
const NO_SCHEMAS: &str = "project/no_schemas";

impl fmt::Display for ProjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic.message)?;
        match &self.diagnostic.help {
            Some(help) => write!(f, " (help: {help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ProjectError {}
