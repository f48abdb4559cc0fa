//! Formats by name.

/// A format that is chosen at run time: from a header, say, or a configuration. Those of the features that are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// The binary format of Protobuf.
    #[cfg(feature = "protobuf")]
    Protobuf,
    /// The binary encoding of Avro.
    #[cfg(feature = "avro")]
    Avro,
}

/// A schema may be of a format that no value is of.
#[cfg(feature = "evolution")]
impl PartialEq<canread_model::Format> for Format {
    fn eq(&self, other: &canread_model::Format) -> bool {
        canread_model::Format::from(*self) == *other
    }
}

/// As a layout has it: `layout.format() == Format::Avro`.
#[cfg(feature = "evolution")]
impl PartialEq<Format> for canread_model::Format {
    fn eq(&self, other: &Format) -> bool {
        other == self
    }
}

#[cfg(feature = "evolution")]
impl From<Format> for canread_model::Format {
    fn from(format: Format) -> Self {
        match format {
            #[cfg(feature = "protobuf")]
            Format::Protobuf => Self::Protobuf,
            #[cfg(feature = "avro")]
            Format::Avro => Self::Avro,
        }
    }
}
