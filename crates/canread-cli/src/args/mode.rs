//! `--mode`, and the modes that people know from elsewhere.

use std::ffi::OsStr;

use clap::{
    Arg, Command, Error,
    builder::{EnumValueParser, PossibleValue, TypedValueParser},
    error::ErrorKind,
};

use super::ModeArg;

/// Reads a [`ModeArg`]. The transitive modes of schema registries are known by name: they compare with every version
/// of a history, which one baseline is not.
#[derive(Debug, Clone)]
pub(super) struct Parser;

impl TypedValueParser for Parser {
    type Value = ModeArg;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<ModeArg, Error> {
        if value.to_str().is_some_and(|text| text.to_ascii_lowercase().ends_with("transitive")) {
            let message = format!(
                "invalid value '{}' for '--mode <MODE>': transitive modes compare with every version of a history, \
                 and are not there yet; compare with one old version at a time\n",
                value.to_string_lossy()
            );
            return Err(Error::raw(ErrorKind::InvalidValue, message).with_cmd(command));
        }
        EnumValueParser::<ModeArg>::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(
            [ModeArg::None, ModeArg::Backward, ModeArg::Forward, ModeArg::Full]
                .iter()
                .filter_map(clap::ValueEnum::to_possible_value),
        ))
    }
}
