//! Why a type can't be read from what a schema writes.

use std::fmt;

use crate::{LayoutError, Mismatch};

/// Why there is no decoder of a Rust type for a writer's schema.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DecoderError {
    /// The writer's schema has no type of its own, or it or the type has values that can't be read.
    Layout(LayoutError),
    /// The writer's schema declares no message of that name, or several whose names end like it.
    NoMessage(Box<str>),
    /// The type can't be read from what the schema writes.
    Mismatches(Box<[Mismatch]>),
}

impl fmt::Display for DecoderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Layout(error) => error.fmt(f),
            Self::NoMessage(name) => write!(f, "the writer's schema declares no message `{name}`, or several"),
            Self::Mismatches(all) => {
                for (at, mismatch) in all.iter().enumerate() {
                    write!(f, "{}{mismatch}", if at == 0 { "" } else { "; " })?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for DecoderError {}
