//! The binary form.
//!
//! ```text
//! record  = tag payload             tag = number and wire type
//! list    = record*                 one record for each value
//!         | tag length payload*     packed: numbers only; a reader of a list takes both
//! map     = record*                 each a message: key under 1, value under 2
//! ```
//!
//! Source: Protobuf, "Encoding"; "Language Guide", "Updating A Message Type".

use canread_model::{Int, IntEncoding, Utf8};

use super::slot::{Key, Kind, Many, Numbers, Slot, WireType};
use super::{Reading, worse};
use crate::Effect::{Dropped, Error, Lossy, Ok, Reinterpreted};

const WRONG_WIRE_TYPE: Reading =
    (Dropped, "finds another wire type under the number, and treats the value as an unknown field");

pub(super) fn read(writer: Slot, reader: Slot) -> Reading {
    if let (Many::Map(writer_key), Many::Map(reader_key)) = (writer.many, reader.many) {
        return match map_key(writer_key, reader_key) {
            // Where there is no entry, nothing happens to its value.
            lost @ (Dropped, _) => lost,
            key => worse(map_value(writer.kind, reader.kind), key),
        };
    }
    let writer_is_map = matches!(writer.many, Many::Map(_));
    let (writer, reader) = (writer.entries(), reader.entries());
    if writer.many == Many::Packed {
        return run(writer.kind, reader);
    }
    let reader_wire_type = Slot { many: Many::One, ..reader }.wire_type();
    if writer.wire_type() == reader_wire_type {
        let one = match (writer_is_map, reader.kind) {
            (true, Kind::String(_) | Kind::Bytes) => (Reinterpreted, "takes an entry of the map for a value"),
            _ => value(writer.kind, reader.kind),
        };
        return if writer.is_many() && !reader.is_many() { worse(one, last(writer.kind, reader.kind)) } else { one };
    }
    if writer.wire_type() == WireType::Len && reader.takes_runs() {
        return (Reinterpreted, "takes the bytes of each value for a packed run of numbers");
    }
    WRONG_WIRE_TYPE
}

/// A packed run of numbers.
fn run(writer: Kind, reader: Slot) -> Reading {
    if reader.takes_runs() {
        return if writer.wire_type() == reader.kind.wire_type() {
            value(writer, reader.kind)
        } else {
            (Reinterpreted, "cuts the packed run into numbers of another size")
        };
    }
    match (reader.wire_type(), reader.kind) {
        (WireType::Len, Kind::Message(_)) => (Error, "parses a packed run of numbers as a message"),
        (WireType::Len, _) => (Reinterpreted, "takes a packed run of numbers for one value"),
        _ => (Dropped, "expects one value, and treats a packed run as an unknown field"),
    }
}

/// What a reader of one value makes of several.
///
/// Source: Protobuf, "Encoding", "Last One Wins".
fn last(writer: Kind, reader: Kind) -> Reading {
    match (writer, reader) {
        (Kind::Message(_), Kind::Message(_)) => {
            (Reinterpreted, "merges all of them into one message that nobody wrote")
        }
        _ => (Lossy, "keeps only the last value"),
    }
}

/// The values of a map: what an entry lacks is a default.
fn map_value(writer: Kind, reader: Kind) -> Reading {
    if writer.wire_type() == reader.wire_type() {
        value(writer, reader)
    } else {
        (Dropped, "finds another wire type in each entry, and puts a default in the place of the value")
    }
}

/// The keys of a map: another key is another entry.
///
/// What becomes of an entry whose key has another wire type is not specified: upb keeps the whole entry aside,
/// other runtimes file its value under the zero key.
fn map_key(writer: Key, reader: Key) -> Reading {
    let (writer, reader) = (writer.kind(), reader.kind());
    if writer.wire_type() != reader.wire_type() {
        return (Dropped, "finds another wire type in the key of each entry, and has no entry under that key");
    }
    match value(writer, reader) {
        (Lossy, because) => (Reinterpreted, because),
        reading => reading,
    }
}

/// One value under another kind of the same wire type.
fn value(writer: Kind, reader: Kind) -> Reading {
    match (writer, reader) {
        (Kind::Int(from), Kind::Int(to)) => int(from, to),
        (_, Kind::Enum(to)) => enumerated(writer, to),
        (Kind::Enum(from), _) => number(from, reader),
        (Kind::Float | Kind::Double, Kind::Int(_)) | (Kind::Int(_), Kind::Float | Kind::Double) => {
            (Reinterpreted, "takes the bits of one number format for those of another")
        }
        (Kind::Int(_), Kind::Bool) => (Lossy, "keeps only whether the number is zero"),
        (Kind::Bool, Kind::Int(Int { encoding: IntEncoding::Zigzag, .. })) => {
            (Reinterpreted, "undoes a zig-zag that nobody did, so true becomes -1")
        }
        (Kind::Bool, Kind::Int(_)) => (Ok, "reads 0 and 1"),
        (Kind::String(Utf8::Unchecked) | Kind::Bytes, Kind::String(Utf8::Verified)) => {
            (Error, "refuses bytes that are not UTF-8")
        }
        (Kind::String(_) | Kind::Bytes, Kind::String(_) | Kind::Bytes) => (Ok, "reads the same bytes"),
        (Kind::Message(_), Kind::Bytes) => (Ok, "reads the encoded message as bytes"),
        (Kind::Message(_), Kind::String(_)) => (Reinterpreted, "takes an encoded message for text"),
        (Kind::Bytes, Kind::Message(_)) => (Error, "parses the bytes as a message, which they need not be"),
        (Kind::String(_), Kind::Message(_)) => {
            (Reinterpreted, "parses the text as a message, which it is only by chance")
        }
        _ => (Ok, "reads the same value"),
    }
}

/// Integers that share a wire type.
fn int(from: Int, to: Int) -> Reading {
    use IntEncoding::Zigzag;
    match (from.encoding, to.encoding) {
        (Zigzag, other) if other != Zigzag => (Reinterpreted, "takes zig-zag for plain numbers, so -1 becomes 1"),
        (other, Zigzag) if other != Zigzag => (Reinterpreted, "undoes a zig-zag that nobody did, so 3 becomes -2"),
        (Zigzag, _) if from.bits > to.bits => (Lossy, "keeps only the low 32 bits of the zig-zag code"),
        _ if from.bits > to.bits => (Lossy, "keeps only the low 32 bits"),
        _ if from.signed && !to.signed => (Reinterpreted, "takes negative numbers for very large ones"),
        _ if from.bits == to.bits && !from.signed && to.signed => {
            (Reinterpreted, "takes large numbers for negative ones")
        }
        _ => (Ok, "reads the same number"),
    }
}

/// What an enum reader makes of a varint.
fn enumerated(writer: Kind, reader: Numbers) -> Reading {
    let kept = (Ok, "reads the number of an enum value");
    let unknown = (Dropped, "puts numbers that the closed enum lacks among the unknown fields");
    match writer {
        Kind::Int(Int { encoding: IntEncoding::Zigzag, .. }) => {
            (Reinterpreted, "takes zig-zag for plain numbers, so -1 becomes 1")
        }
        Kind::Int(Int { bits: 64, .. }) => (Lossy, "keeps only the low 32 bits"),
        Kind::Bool if reader.is_open || reader.has_bits => kept,
        Kind::Int(_) | Kind::Bool if !reader.is_open => unknown,
        Kind::Int(Int { signed: false, .. }) => (Reinterpreted, "takes large numbers for negative ones"),
        // Which values the two enums have is compared value by value.
        _ => kept,
    }
}

/// What a reader of another varint makes of an enum value.
fn number(writer: Numbers, reader: Kind) -> Reading {
    match reader {
        Kind::Int(Int { encoding: IntEncoding::Zigzag, .. }) => {
            (Reinterpreted, "undoes a zig-zag that nobody did, so 3 becomes -2")
        }
        Kind::Int(Int { signed: false, .. }) if writer.lowest < 0 => {
            (Reinterpreted, "takes negative numbers for very large ones")
        }
        Kind::Bool if writer.lowest < 0 || writer.highest > 1 => (Lossy, "keeps only whether the number is zero"),
        _ => (Ok, "reads the number of the enum value"),
    }
}
