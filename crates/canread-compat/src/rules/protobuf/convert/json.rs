//! The JSON form.
//!
//! Source: Protobuf, "ProtoJSON Format", "Representation of each type", "Well-Known Types",
//! "Out of range numeric values", "ProtoJSON Wire Safety".

use canread_model::{Int, Utf8};

use super::slot::{Key, Kind, Many, Slot};
use super::{Reading, worse};
use crate::Effect::{Dropped, Error, Lossy, Ok, Reinterpreted};

const REFUSED: Reading = (Error, "refuses a JSON value of another type");
const KEPT: Reading = super::SAME;

/// How a value looks in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A number; a string of digits for 64 bits. Readers take both.
    Int { bits: u8, is_signed: bool },
    /// A number, or the name of one that is not finite.
    Float { bits: u8 },
    /// `true` or `false`.
    Bool,
    /// A string.
    Text,
    /// A string in base64.
    Base64,
    /// The name of an enum value; readers take numbers too.
    Name { is_open: bool },
    /// `null` (`google.protobuf.NullValue`); readers take numbers too.
    Null,
    /// An object with a key for each field.
    Object,
    /// An object with any keys (`google.protobuf.Struct`).
    AnyObject,
    /// Any JSON value (`google.protobuf.Value`).
    AnyValue,
    /// An array of any values (`google.protobuf.ListValue`).
    AnyArray,
    /// An object with `@type` (`google.protobuf.Any`).
    Typed,
    /// A string such as `1972-01-01T10:00:20.021Z`.
    Timestamp,
    /// A string such as `1.5s`.
    Duration,
    /// A string such as `f.fooBar,h`.
    FieldMask,
}

impl Form {
    /// The form of a message, which for some well-known ones is a special one.
    pub(super) fn of_message(full_name: &str) -> Self {
        let Some(name) = full_name.strip_prefix("google.protobuf.") else { return Self::Object };
        match name {
            "Int32Value" => Self::Int { bits: 32, is_signed: true },
            "Int64Value" => Self::Int { bits: 64, is_signed: true },
            "UInt32Value" => Self::Int { bits: 32, is_signed: false },
            "UInt64Value" => Self::Int { bits: 64, is_signed: false },
            "FloatValue" => Self::Float { bits: 32 },
            "DoubleValue" => Self::Float { bits: 64 },
            "BoolValue" => Self::Bool,
            "StringValue" => Self::Text,
            "BytesValue" => Self::Base64,
            "Struct" => Self::AnyObject,
            "Value" => Self::AnyValue,
            "ListValue" => Self::AnyArray,
            "Any" => Self::Typed,
            "Timestamp" => Self::Timestamp,
            "Duration" => Self::Duration,
            "FieldMask" => Self::FieldMask,
            _ => Self::Object,
        }
    }

    /// Whether it is that of a well-known type that gives its fields a meaning of its own: a point in time is no length
    /// of time, though both are seconds and nanoseconds.
    pub(super) fn has_own_meaning(self) -> bool {
        matches!(self, Self::Timestamp | Self::Duration | Self::FieldMask | Self::Typed)
    }

    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Double => Self::Float { bits: 64 },
            Kind::Float => Self::Float { bits: 32 },
            Kind::Int(Int { bits, signed, .. }) => Self::Int { bits, is_signed: signed },
            Kind::Bool => Self::Bool,
            Kind::String(_) => Self::Text,
            Kind::Bytes => Self::Base64,
            Kind::Enum(numbers) if numbers.is_null => Self::Null,
            Kind::Enum(numbers) => Self::Name { is_open: numbers.is_open },
            Kind::Message(form) => form,
        }
    }
}

pub(super) fn read(writer: Slot, reader: Slot) -> Reading {
    let (from, to) = (Form::of(writer.kind), Form::of(reader.kind));
    match (writer.many, reader.many) {
        (Many::Map(writer_key), Many::Map(reader_key)) => worse(value(from, to), map_key(writer_key, reader_key)),
        // To a single field of any other type it says that the field is absent.
        (Many::One, Many::One) if from == Form::Null && to != Form::Null && to != Form::AnyValue => {
            (Dropped, "takes `null` for an absent value")
        }
        (Many::One, Many::One) | (Many::Packed | Many::Expanded, Many::Packed | Many::Expanded) => value(from, to),
        (_, Many::One) if to == Form::AnyValue => KEPT,
        (Many::Map(_), Many::One) if to == Form::AnyObject => KEPT,
        (Many::Packed | Many::Expanded, Many::One) if to == Form::AnyArray => KEPT,
        // What holds any values, to items and entries: those that hold any value take all of them.
        (Many::One, Many::Map(key)) if from == Form::AnyObject => {
            worse(any_of(to), map_key(Key::String(Utf8::Verified), key))
        }
        (Many::One, Many::Packed | Many::Expanded) if from == Form::AnyArray => any_of(to),
        (Many::One, Many::Map(_)) if from == Form::Object => (Reinterpreted, "takes the fields for entries of a map"),
        (_, Many::One) => (Error, "refuses an array or object where one value should stand"),
        (_, Many::Map(_)) => (Error, "refuses a JSON value that is not an object"),
        _ => (Error, "refuses a JSON value that is not an array"),
    }
}

/// Any values, where each is read as one of these.
fn any_of(to: Form) -> Reading {
    if to == Form::AnyValue { KEPT } else { REFUSED }
}

/// The keys of a map, which are strings in JSON whatever they are.
fn map_key(writer: Key, reader: Key) -> Reading {
    match (writer, reader) {
        (Key::Int(from), Key::Int(to)) => int((from.bits, from.signed), (to.bits, to.signed)),
        (_, Key::String(_)) | (Key::Bool, Key::Bool) => KEPT,
        _ => (Error, "refuses keys that are not of its type"),
    }
}

fn value(from: Form, to: Form) -> Reading {
    use Form::{AnyObject, AnyValue, Base64, Duration, FieldMask, Float, Int, Name, Null, Object, Text, Timestamp};
    match (from, to) {
        (Int { bits, is_signed }, Int { bits: to_bits, is_signed: to_signed }) => {
            int((bits, is_signed), (to_bits, to_signed))
        }
        // Whole numbers up to 2^53 are exact in 64 bits.
        (Int { bits: 32, .. } | Float { bits: 32 }, Float { bits: 64 })
        | (Name { .. }, Name { .. })
        | (_, AnyValue) => KEPT,
        (Object, AnyObject) => (Reinterpreted, "takes the fields for keys of its own"),
        (Int { .. }, Float { .. }) => (Lossy, "rounds large numbers"),
        (Float { bits: 64 }, Float { bits: 32 }) => {
            (Error, "refuses numbers that 32 bits can't hold, and rounds others")
        }
        (Float { .. }, Int { .. }) => (Error, "refuses numbers with a fraction"),
        (Int { bits: 32, is_signed: true }, Name { is_open: true } | Null) => (Ok, "reads the number of an enum value"),
        // Digits, names and times stand in quotes, and arrive as the text that they are.
        (Int { bits: 64, .. } | Name { .. } | Timestamp | Duration | FieldMask, Text) => (Ok, "reads the same text"),
        (Int { bits: 64, .. } | Name { .. } | Text, Base64) => (Reinterpreted, "takes the text for base64"),
        (Base64, Text) => (Reinterpreted, "takes base64 for text"),
        (one, two) if one == two => KEPT,
        _ => REFUSED,
    }
}

/// Integers as bits and sign.
fn int((bits, is_signed): (u8, bool), (to_bits, to_signed): (u8, bool)) -> Reading {
    let fits = bits <= to_bits && (is_signed == to_signed || (to_signed && bits < to_bits));
    if fits { KEPT } else { (Error, "refuses numbers outside its range") }
}
