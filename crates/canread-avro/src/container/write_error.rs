//! Why a file can't be written.

use std::{fmt, io};

use canread_plan::{LayoutError, Mismatch};
use canread_wire::EncodeError;

use super::error::not_built;
use super::{Codec, ContainerError};

/// Why a file can't be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// The target gave an error. It may have a part of a block, so nothing is written behind it.
    Io(io::Error),
    /// An error of the target came before, which left a part of a block there.
    Broken,
    /// The record can't be written. The file is as it was.
    Encode(EncodeError),
    /// The schema is none, or its type has no text: what is wrong with it first.
    Schema(String),
    /// Values of the schema can't be written.
    Layout(LayoutError),
    /// The file's schema is not the type's, or not the one that was given.
    OtherSchema,
    /// The file's schema has another logical type than the type that is written, so that readers would take other values for its own.
    OtherMeaning(Mismatch),
    /// A key of metadata that Avro keeps for itself: one that begins with `avro.`.
    ReservedKey(String),
    /// The codec is not built in.
    CodecNotBuilt(Codec),
    /// The codec does not have the level.
    Level {
        /// Which codec.
        codec: Codec,
        /// Which level.
        level: u32,
    },
    /// The file to go on with can't be read.
    Existing(ContainerError),
    /// The file to go on with does not end with a whole block: what is written behind it would be lost.
    EndsEarly,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Broken => f.write_str("an error before this one left a part of a block"),
            Self::Encode(error) => error.fmt(f),
            Self::Schema(problem) => write!(f, "a schema that can't be written: {problem}"),
            Self::Layout(error) => error.fmt(f),
            Self::OtherSchema => f.write_str("the file's schema is another one"),
            Self::OtherMeaning(mismatch) => write!(f, "the file's schema has another logical type: {mismatch}"),
            Self::ReservedKey(key) => write!(f, "metadata `{key}`: keys that begin with `avro.` are Avro's own"),
            Self::CodecNotBuilt(codec) => not_built(f, *codec),
            Self::Level { codec, level } => write!(f, "codec `{}` has no level {level}", codec.name()),
            Self::Existing(error) => error.fmt(f),
            Self::EndsEarly => f.write_str("the file does not end with a whole block"),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Encode(error) => Some(error),
            Self::Layout(error) => Some(error),
            Self::Existing(error) => Some(error),
            _ => None,
        }
    }
}
