//! Which format a reader or writer is of.

/// A format, for values that have a form of their own in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Format {
    /// Protocol Buffers.
    Protobuf,
    /// Apache Avro.
    Avro,
}
