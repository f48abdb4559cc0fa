//! `--format`: how to report, and where to.

use std::{
    ffi::OsStr,
    marker::PhantomData,
    path::{Path, PathBuf},
};

use clap::{
    Arg, Command, Error, ValueEnum,
    builder::{EnumValueParser, PossibleValue, TypedValueParser},
    error::ErrorKind,
};

/// Output formats of `check` and `diff`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: both places with their text, reasons, and patches
    Full,
    /// For people and editors: a line each
    Concise,
    /// For people in a browser: one page that needs nothing else, with filters
    Html,
    /// For a comment in a pull request or a job summary, at most 65,536 characters long
    Markdown,
    /// For programs: one JSON object
    Json,
    /// For programs: JSON, one object a line; the first has the verdict
    Jsonl,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For test reports of Jenkins, GitLab and others: what fails the run is a failed test
    Junit,
    /// For the log of GitHub Actions: workflow commands that become annotations
    Github,
    /// For merge requests in GitLab: a Code Quality report
    Gitlab,
}

impl Format {
    /// Whether it is read elsewhere than on a terminal, where a report is wanted also of a run that could not start.
    pub(crate) fn is_read_elsewhere(self) -> bool {
        !matches!(self, Self::Full | Self::Concise)
    }
}

/// One report that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report<F = Format> {
    pub(crate) format: F,
    /// Standard output without one.
    pub(crate) file: Option<PathBuf>,
}

impl<F: ValueEnum> Report<F> {
    /// The word for its format.
    pub(crate) fn name(&self) -> String {
        self.format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// Reads a [`Report`]: `FORMAT`, `FORMAT=FILE`, or `FORMAT=-`, which is `FORMAT`.
#[derive(Debug, Clone)]
pub(super) struct Parser<F = Format>(pub(super) PhantomData<F>);

impl<F: ValueEnum + Send + Sync + 'static> TypedValueParser for Parser<F> {
    type Value = Report<F>;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Report<F>, Error> {
        let Some(text) = value.to_str() else {
            return Err(Error::new(ErrorKind::InvalidUtf8).with_cmd(command));
        };
        let (format, file) = match text.split_once('=') {
            Some((format, file)) => (format, Some(file)),
            None => (text, None),
        };
        let format = EnumValueParser::<F>::new().parse_ref(command, arg, OsStr::new(format))?;
        if file == Some("") {
            let message = format!("'--format {text}' names no file: write '--format {text}FILE'\n");
            return Err(Error::raw(ErrorKind::InvalidValue, message).with_cmd(command));
        }
        let file = file.filter(|file| *file != "-").map(|file| Path::new(file).to_owned());
        Ok(Report { format, file })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(F::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}
