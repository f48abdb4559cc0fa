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
