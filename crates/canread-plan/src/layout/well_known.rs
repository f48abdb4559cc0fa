//! Messages of Protobuf that text formats write in a way of their own.

use canread_model::Format;

/// One of the messages in `google/protobuf/` with a form of its own in text.
///
/// Only the name counts: a codec that meets other fields than it knows refuses them.
///
/// Source: `ProtoJSON` Format, "Representation of each type".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WellKnown {
    /// `Any`: a message whose type its URL says.
    Any,
    /// `Timestamp`: seconds and nanoseconds since 1970.
    Timestamp,
    /// `Duration`: seconds and nanoseconds.
    Duration,
    /// `FieldMask`: paths of fields.
    FieldMask,
    /// `Struct`: an object of JSON.
    Struct,
    /// `Value`: a value of JSON.
    Value,
    /// `ListValue`: an array of JSON.
    ListValue,
    /// `Empty`: a message without fields, whose form is its own only within `Any`.
    Empty,
    /// `BoolValue`, `Int32Value` and so on: one value, which may be absent.
    Wrapper,
}

pub(super) fn well_known(format: Format, name: &str) -> Option<WellKnown> {
    if format != Format::Protobuf {
        return None;
    }
    Some(match name.strip_prefix("google.protobuf.")? {
        "Any" => WellKnown::Any,
        "Timestamp" => WellKnown::Timestamp,
        "Duration" => WellKnown::Duration,
        "FieldMask" => WellKnown::FieldMask,
        "Struct" => WellKnown::Struct,
        "Value" => WellKnown::Value,
        "ListValue" => WellKnown::ListValue,
        "Empty" => WellKnown::Empty,
        "DoubleValue" | "FloatValue" | "Int64Value" | "UInt64Value" | "Int32Value" | "UInt32Value" | "BoolValue"
        | "StringValue" | "BytesValue" => WellKnown::Wrapper,
        _ => return None,
    })
}
