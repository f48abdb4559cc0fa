//! What a Protobuf reader makes of a value that was written under another type: the one table
//! behind every rule about types.
//!
//! Sources: Protobuf, "Language Guide (proto 3)", "Updating A Message Type"; "Encoding"; "ProtoJSON
//! Format", "Representation of each type".

use canread_model::{DeclKind, Int, IntEncoding, Schema, Type, TypeKind, Utf8};

use crate::{Claim, Direction, Effect, Pair, Surface};

/// A value type as Protobuf knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Double,
    Float,
    /// `int32`, `sint32`, `fixed32` and their kin.
    Int(Int),
    Bool,
    String(Utf8),
    Bytes,
    /// Whether the enum is open.
    Enum(bool),
    Message,
    /// Anything that Protobuf does not have.
    Other,
}

impl Kind {
    /// The kind of one value of a type.
    pub(super) fn of(schema: &Schema, ty: &Type) -> Self {
        match &ty.kind {
            TypeKind::Float { bits: 32 } => Self::Float,
            TypeKind::Float { .. } => Self::Double,
            TypeKind::Int(int) => Self::Int(*int),
            TypeKind::Bool => Self::Bool,
            TypeKind::String(utf8) => Self::String(*utf8),
            TypeKind::Bytes => Self::Bytes,
            TypeKind::Ref(decl) => match &schema.decl(*decl).kind {
                DeclKind::Enum(declared) => Self::Enum(declared.is_open),
                DeclKind::Record(_) => Self::Message,
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    /// How the value lies on the wire.
    ///
    /// Source: Protobuf, "Encoding", "Message structure" (the wire types).
    pub(super) fn wire_type(self) -> WireType {
        match self {
            Self::Int(Int { encoding: IntEncoding::Fixed, bits: 32, .. }) | Self::Float => WireType::I32,
            Self::Int(Int { encoding: IntEncoding::Fixed, .. }) | Self::Double => WireType::I64,
            Self::Int(_) | Self::Bool | Self::Enum(_) => WireType::Varint,
            Self::String(_) | Self::Bytes | Self::Message | Self::Other => WireType::Len,
        }
    }
}

/// A wire type; groups stand apart, since framing is a property of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WireType {
    Varint,
    I64,
    Len,
    I32,
}

/// What a reader makes of a writer's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    /// From the binary form.
    pub(super) wire: Effect,
    /// From JSON.
    pub(super) json: Effect,
    /// What happens to the binary form, in words that go on after "the reader".
    pub(super) because: &'static str,
}

/// What a reader of type `reader` makes of a value that was written as `writer`.
pub(super) fn read(writer: Kind, reader: Kind) -> Outcome {
    let (wire, because) = read_wire(writer, reader);
    Outcome { wire, json: read_json(writer, reader), because }
}

/// The claims of a type change in both directions, code that has to change included.
pub(super) fn claims(kinds: Pair<Kind>) -> Vec<Claim> {
    let backward = read(kinds.old, kinds.new);
    let forward = read(kinds.new, kinds.old);
    let mut claims = Vec::new();
    for (direction, outcome) in [(Direction::Backward, backward), (Direction::Forward, forward)] {
        claims.push(Claim::on(Surface::Wire, direction, outcome.wire));
        claims.push(Claim::on(Surface::Json, direction, outcome.json));
    }
    claims.retain(|claim| claim.effect != Effect::Ok);
    claims.push(Claim::on(Surface::Source, Direction::Backward, Effect::Error));
    claims
}

fn read_wire(writer: Kind, reader: Kind) -> (Effect, &'static str) {
    use Effect::{Dropped, Error, Lossy, Ok, Reinterpreted};
    use Kind::{Bool, Bytes, Double, Enum, Float, Message, String};
    if writer.wire_type() != reader.wire_type() {
        return (Dropped, "finds another wire type under the number, and treats the value as an unknown field");
    }
    match (writer, reader) {
        (one, two) if one == two => (Ok, "reads the same value"),
        (Kind::Int(from), Kind::Int(to)) => read_int(from, to),
        (Float | Double, Kind::Int(_)) | (Kind::Int(_), Float | Double) => {
            (Reinterpreted, "takes the bits of one number format for those of another")
        }
        (Bool, Kind::Int(Int { encoding: IntEncoding::Zigzag, .. })) => {
            (Reinterpreted, "undoes a zig-zag that nobody did, so true becomes -1")
        }
        (Bool, Kind::Int(_) | Enum(true)) => (Ok, "reads 0 and 1"),
        (Bool, Enum(false)) => (Dropped, "puts a value that the closed enum lacks into unknown fields"),
        (Kind::Int(_) | Enum(_), Bool) => (Lossy, "keeps only whether the value is zero"),
        (Enum(_), Kind::Int(Int { encoding: IntEncoding::Zigzag, .. })) => {
            (Reinterpreted, "undoes a zig-zag that nobody did")
        }
        (Kind::Int(Int { encoding: IntEncoding::Zigzag, .. }), Enum(_)) => {
            (Reinterpreted, "takes zig-zag for plain numbers")
        }
        (Enum(_), Kind::Int(Int { signed: true, .. })) => (Ok, "reads the number of the enum value"),
        (Enum(_), Kind::Int(_)) => (Reinterpreted, "takes negative enum values for very large numbers"),
        (Kind::Int(Int { bits: 64, .. }), Enum(true)) => (Lossy, "keeps only the low 32 bits"),
        (Kind::Int(Int { signed: false, .. }), Enum(true)) => {
            (Reinterpreted, "takes large numbers for negative enum values")
        }
        (Kind::Int(_) | Enum(true), Enum(true)) | (Enum(false), Enum(_)) => (Ok, "reads the number as an enum value"),
        (Kind::Int(_) | Enum(true), Enum(false)) => {
            (Dropped, "puts values that the closed enum lacks into unknown fields")
        }
        (String(_), String(Utf8::Verified)) => (Error, "refuses text that is not UTF-8"),
        (String(_) | Bytes, String(_) | Bytes) if reader == String(Utf8::Verified) => {
            (Error, "refuses bytes that are not UTF-8")
        }
        (String(_) | Bytes, String(_) | Bytes) => (Ok, "reads the same bytes"),
        (Message, Bytes) => (Ok, "reads the encoded message as bytes"),
        (Bytes, Message) => (Error, "parses the bytes as a message, which they need not be"),
        (Message, String(Utf8::Verified)) => (Error, "refuses an encoded message that is not UTF-8"),
        (Message, String(_)) => (Reinterpreted, "takes an encoded message for text"),
        (String(_), Message) => (Error, "parses the text as a message, which it is not"),
        _ => (Reinterpreted, "takes the value for one of another type"),
    }
}

/// Integers that share a wire type.
fn read_int(from: Int, to: Int) -> (Effect, &'static str) {
    use IntEncoding::{Varint, Zigzag};
    match (from.encoding, to.encoding) {
        (Zigzag, Varint) => (Effect::Reinterpreted, "takes zig-zag for plain numbers, so -1 becomes 1"),
        (Varint, Zigzag) => (Effect::Reinterpreted, "undoes a zig-zag that nobody did, so 3 becomes -2"),
        _ if from.bits == to.bits => match (from.signed, to.signed) {
            (true, false) => (Effect::Reinterpreted, "takes negative numbers for very large ones"),
            (false, true) => (Effect::Reinterpreted, "takes large numbers for negative ones"),
            _ => (Effect::Ok, "reads the same number"),
        },
        _ if from.bits > to.bits => (Effect::Lossy, "keeps only the low 32 bits"),
        _ if from.signed && !to.signed => (Effect::Reinterpreted, "takes negative numbers for very large ones"),
        _ => (Effect::Ok, "reads the same number"),
    }
}

fn read_json(writer: Kind, reader: Kind) -> Effect {
    use Kind::{Bool, Bytes, Double, Enum, Float, Message, String};
    match (writer, reader) {
        (Kind::Int(from), Kind::Int(to)) => {
            let fits = from.bits <= to.bits && (from.signed == to.signed || (to.signed && from.bits < to.bits));
            if fits { Effect::Ok } else { Effect::Error }
        }
        // Whole numbers up to 2^53 are exact in both; a float that is no whole number is an error.
        (Kind::Int(int), Double) if int.bits <= 32 => Effect::Ok,
        (Kind::Int(_), Float | Double) => Effect::Lossy,
        (Double, Float) | (Float | Double, Kind::Int(_)) => Effect::Error,
        (Enum(_), Enum(_)) | (Kind::Int(_), Enum(true)) | (String(_), String(_)) | (Float, Double) => Effect::Ok,
        // Text that happens to be base64 becomes other bytes; base64 becomes text.
        (String(_), Bytes) | (Bytes, String(_)) => Effect::Reinterpreted,
        (one, two) if one == two => Effect::Ok,
        _ => Effect::Error,
    }
}

/// The type as it is written: `int32`, `repeated shop.v1.Line`, `map<string, int64>`.
pub(super) fn type_name(schema: &Schema, ty: &Type) -> String {
    match &ty.kind {
        TypeKind::List(list) => format!("repeated {}", type_name(schema, &list.item)),
        TypeKind::Map(map) => format!("map<{}, {}>", type_name(schema, &map.key), type_name(schema, &map.value)),
        TypeKind::Bool => "bool".into(),
        TypeKind::String(_) => "string".into(),
        TypeKind::Bytes => "bytes".into(),
        TypeKind::Float { bits: 32 } => "float".into(),
        TypeKind::Float { .. } => "double".into(),
        TypeKind::Int(int) => int_name(*int),
        TypeKind::Ref(decl) => schema.decl(*decl).full_name.to_string(),
        other => format!("{other:?}"),
    }
}

fn int_name(int: Int) -> String {
    let prefix = match (int.encoding, int.signed) {
        (IntEncoding::Zigzag, _) => "sint",
        (IntEncoding::Fixed, true) => "sfixed",
        (IntEncoding::Fixed, false) => "fixed",
        (_, true) => "int",
        (_, false) => "uint",
    };
    format!("{prefix}{}", int.bits)
}
