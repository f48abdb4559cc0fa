//! `--format`: how to report, and where to.

use std::{
    ffi::OsStr,
    fmt,
    path::{Path, PathBuf},
};

use canread_report::{Format, RenderRun};
use clap::{
    Arg, Command, Error,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
    error::ErrorKind,
};

/// One report that is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Report<Render: 'static = RenderRun> {
    pub(crate) format: &'static Format<Render>,
    /// Standard output without one.
    pub(crate) file: Option<PathBuf>,
}

/// Reads a [`Report`]: `FORMAT`, `FORMAT=FILE`, or `FORMAT=-`, which is `FORMAT`.
#[derive(Debug, Clone)]
pub(super) struct Parser<Render: 'static = RenderRun>(pub(super) &'static [Format<Render>]);

impl<Render> Parser<Render> {
    fn words(&self) -> impl Iterator<Item = PossibleValue> + use<Render> {
        self.0.iter().map(|format| PossibleValue::new(format.name).help(format.about))
    }
}

impl<Render: fmt::Debug + Clone + Send + Sync + 'static> TypedValueParser for Parser<Render> {
    type Value = Report<Render>;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Self::Value, Error> {
        let Some(text) = value.to_str() else {
            return Err(Error::new(ErrorKind::InvalidUtf8).with_cmd(command));
        };
        let (word, file) = match text.split_once('=') {
            Some((word, file)) => (word, Some(file)),
            None => (text, None),
        };
        let word = PossibleValuesParser::new(self.words()).parse_ref(command, arg, OsStr::new(word))?;
        let format = self.0.iter().find(|format| format.name == word).expect("a word that was let through is a format");
        if file == Some("") {
            let message = format!("'--format {text}' names no file: write '--format {text}FILE'\n");
            return Err(Error::raw(ErrorKind::InvalidValue, message).with_cmd(command));
        }
        let file = file.filter(|file| *file != "-").map(|file| Path::new(file).to_owned());
        Ok(Report { format, file })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.words()))
    }
}
