//! Flags whose value is one of a few words: those that variables and canread.toml have.

use std::{ffi::OsStr, marker::PhantomData};

use canread_compat::{Mode, Severity, Surface};
use canread_project::config::Word;
use clap::{
    Arg, Command, Error,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};

/// A word, with what help says about it.
pub(super) trait Explained: Word {
    /// What is chosen with it.
    fn help(self) -> Option<&'static str>;
}

impl Explained for Mode {
    fn help(self) -> Option<&'static str> {
        match self {
            Self::None => Some("Nothing must hold; findings are not looked for"),
            Self::Backward => Some("New readers must read old data"),
            Self::Forward => Some("Old readers must read new data"),
            Self::Full => Some("Both"),
            Self::BackwardTransitive => Some("New readers must read the data of every old version"),
            Self::ForwardTransitive => Some("The readers of every old version must read new data"),
            Self::FullTransitive => Some("Both, with every old version"),
            _ => None,
        }
    }
}

impl Explained for Surface {
    fn help(self) -> Option<&'static str> {
        match self {
            Self::Wire => Some("The bytes of the format itself"),
            Self::Rpc => Some("Calls: methods, their paths, their streams; what is in their messages is `wire`"),
            Self::Json => Some("The JSON mapping, and other uses of names as text"),
            Self::Source => Some("Code generated from the schemas"),
            _ => None,
        }
    }
}

impl Explained for Severity {
    fn help(self) -> Option<&'static str> {
        match self {
            Self::Error => Some("What breaks"),
            Self::Warning => Some("What breaks or may mislead"),
            Self::Note => Some("Everything"),
        }
    }
}

impl Explained for bool {
    fn help(self) -> Option<&'static str> {
        None
    }
}

/// Reads one.
pub(super) struct Parser<T>(PhantomData<fn() -> T>);

impl<T> Parser<T> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Clone for Parser<T> {
    fn clone(&self) -> Self {
        Self::new()
    }
}

fn values<T: Explained>() -> impl Iterator<Item = PossibleValue> {
    T::choices().into_iter().map(|(word, choice)| {
        let value = PossibleValue::new(word);
        match choice.help() {
            Some(help) => value.help(help),
            None => value,
        }
    })
}

impl<T: Explained + Send + Sync + 'static> TypedValueParser for Parser<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        if let Some(chosen) = value.to_str().and_then(|text| T::typed(text).ok()) {
            return Ok(chosen);
        }
        // Its error lists the words, and the one that is meant.
        let words = PossibleValuesParser::new(values::<T>());
        let word = words.parse_ref(command, arg, value)?;
        T::of_word(&word).map_err(|message| Error::raw(clap::error::ErrorKind::InvalidValue, message).with_cmd(command))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(values::<T>()))
    }
}
