//! Values of options to bytes, by the types of their fields.

use std::fmt;

use canread_model::{Decl, Entry, Field, Int, IntEncoding, Key, Literal, Map, Presence, RecordKind, Type, TypeKind};

use super::option::{In, find_message};
use crate::schema::descriptor::wire::Sink;

/// Why a value has no bytes. The linker has reported such a value already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    NoSuchField(String),
    NoSuchType(String),
    NotAMessage,
    WrongValue,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchField(name) => write!(f, "there is no field `{name}`"),
            Self::NoSuchType(name) => write!(f, "there is no message `{name}`"),
            Self::NotAMessage => f.write_str("only messages have fields"),
            Self::WrongValue => f.write_str("the value does not fit its type"),
        }
    }
}

pub(super) fn number(field: &Field) -> u32 {
    field.number.map_or(0, |number| number.value.cast_unsigned())
}

/// The message that a field holds.
pub(super) fn message_of(field: In<'_, Field>) -> Option<In<'_, Decl>> {
    let node = field.schema.decl(field.node.ty.target()?);
    node.as_record().map(|_| In { schema: field.schema, node })
}

/// Writes one value of a field, tag included.
pub(super) fn field(sink: &mut Sink, field: In<'_, Field>, value: &Literal) -> Result<(), Problem> {
    let number = number(field.node);
    match &field.node.ty.kind {
        TypeKind::Map(map) => {
            let entry = map_entry(field, map, value)?;
            sink.bytes(number, &entry);
            Ok(())
        }
        TypeKind::List(list) => single(sink, field, &list.item, number, value),
        _ => single(sink, field, &field.node.ty, number, value),
    }
}

fn single(sink: &mut Sink, field: In<'_, Field>, ty: &Type, number: u32, value: &Literal) -> Result<(), Problem> {
    if let (Some(message), Literal::Map(entries)) = (message_of(field), value) {
        let body = self::message(message, entries)?;
        if field.node.delimited {
            sink.tag(number, 3);
            sink.raw(&body);
            sink.tag(number, 4);
        } else {
            sink.bytes(number, &body);
        }
        return Ok(());
    }
    let scalar = scalar(In { schema: field.schema, node: ty }, value)?;
    sink.tag(number, scalar.wire_type());
    scalar.write(sink);
    Ok(())
}

/// The bytes of a message literal: fields in the order of their numbers, whatever the order in the text.
pub(super) fn message(message: In<'_, Decl>, entries: &[Entry]) -> Result<Vec<u8>, Problem> {
    let mut fields: Vec<(In<'_, Field>, Vec<&Literal>)> = Vec::new();
    for entry in entries {
        if let (Key::AnyUrl(url), Literal::Map(inner)) = (&entry.key, &entry.value) {
            return any(message, url, inner);
        }
        let field = field_of(message, &entry.key)?;
        let values = match &entry.value {
            Literal::List(values) => values.iter().collect(),
            value => vec![value],
        };
        match fields.iter_mut().find(|(known, _)| number(known.node) == number(field.node)) {
            Some((_, known)) => known.extend(values),
            None => fields.push((field, values)),
        }
    }
    fields.sort_by_key(|(field, _)| number(field.node));
    let is_message_set = message.node.as_record().is_some_and(|record| record.kind == RecordKind::MessageSet);
    let mut sink = Sink::default();
    for (field, values) in fields {
        if is_message_set {
            for value in values {
                message_set_item(&mut sink, field, value)?;
            }
            continue;
        }
        match &field.node.ty.kind {
            TypeKind::List(list) if list.packed && !values.is_empty() => {
                let mut run = Sink::default();
                for value in values {
                    scalar(In { schema: field.schema, node: &list.item }, value)?.write(&mut run);
                }
                sink.bytes(number(field.node), &run.into_bytes());
            }
            _ => {
                for value in values.into_iter().filter(|value| !is_left_out(field, value)) {
                    self::field(&mut sink, field, value)?;
                }
            }
        }
    }
    Ok(sink.into_bytes())
}

/// An extension in a message set, which is no field of its own on the wire.
///
/// ```text
/// item = start-group 1, type_id = 2: varint, message = 3: bytes, end-group 1
/// ```
///
/// Source: `message_set_wire_format` in `google/protobuf/descriptor.proto`.
fn message_set_item(sink: &mut Sink, field: In<'_, Field>, value: &Literal) -> Result<(), Problem> {
    let (Some(inner), Literal::Map(entries)) = (message_of(field), value) else { return Err(Problem::WrongValue) };
    sink.tag(1, 3);
    sink.varint(2, number(field.node).into());
    sink.bytes(3, &message(inner, entries)?);
    sink.tag(1, 4);
    Ok(())
}

/// Whether a field without presence has its zero value, which is not written.
fn is_left_out(field: In<'_, Field>, value: &Literal) -> bool {
    if field.node.presence != Presence::Implicit || matches!(field.node.ty.kind, TypeKind::List(_) | TypeKind::Map(_)) {
        return false;
    }
    match value {
        Literal::Bool(value) => !value,
        Literal::Int(value) => *value == 0,
        Literal::Float(value) => value.to_bits() == 0,
        Literal::String(text) => text.is_empty(),
        Literal::Bytes(bytes) => bytes.is_empty(),
        Literal::Symbol(_) => scalar(In { schema: field.schema, node: &field.node.ty }, value) == Ok(Scalar::Varint(0)),
        _ => false,
    }
}

fn field_of<'s>(message: In<'s, Decl>, key: &Key) -> Result<In<'s, Field>, Problem> {
    let schema = message.schema;
    let (found, name) = match key {
        Key::Field(name) => (message.node.as_record().and_then(|record| record.field(name)), name),
        Key::Extension(name) => {
            let decl = schema.find(name).map(|id| schema.decl(id));
            (decl.and_then(Decl::as_extension).map(|extension| &extension.field), name)
        }
        Key::AnyUrl(name) => (None, name),
        _ => return Err(Problem::WrongValue),
    };
    match (found, key) {
        (Some(node), _) => Ok(In { schema, node }),
        // The text format calls a group by the name of its message.
        (None, Key::Field(name)) => {
            let lower = name.to_ascii_lowercase();
            let group =
                message.node.as_record().and_then(|record| record.field(&lower)).filter(|field| field.delimited);
            group.map(|node| In { schema, node }).ok_or_else(|| Problem::NoSuchField(name.to_string()))
        }
        (None, _) => Err(Problem::NoSuchField(name.to_string())),
    }
}

/// `google.protobuf.Any` in its expanded form: the type URL, and the message inside as bytes.
fn any(message: In<'_, Decl>, url: &str, entries: &[Entry]) -> Result<Vec<u8>, Problem> {
    let name = url.rsplit('/').next().unwrap_or_default();
    let inner = find_message(message.schema, name).ok_or_else(|| Problem::NoSuchType(name.to_owned()))?;
    let body = self::message(inner, entries)?;
    let mut sink = Sink::default();
    sink.bytes(1, url.as_bytes());
    if !body.is_empty() {
        sink.bytes(2, &body);
    }
    Ok(sink.into_bytes())
}

/// A map entry: a message with the key as field 1 and the value as field 2.
fn map_entry(field: In<'_, Field>, map: &Map, value: &Literal) -> Result<Vec<u8>, Problem> {
    let mut sink = Sink::default();
    for (name, number, ty) in [("key", 1, &map.key), ("value", 2, &map.value)] {
        let Some(literal) = value.field(name) else { continue };
        let inner = ty.target().map(|id| In { schema: field.schema, node: field.schema.decl(id) });
        if let (Some(inner), Literal::Map(entries)) = (inner, literal) {
            sink.bytes(number, &message(inner, entries)?);
            continue;
        }
        let scalar = scalar(In { schema: field.schema, node: ty }, literal)?;
        sink.tag(number, scalar.wire_type());
        scalar.write(&mut sink);
    }
    Ok(sink.into_bytes())
}

/// A value that is no message, by wire type.
#[derive(Debug, PartialEq)]
enum Scalar<'v> {
    Varint(u64),
    Fixed64(u64),
    Bytes(&'v [u8]),
    Fixed32(u32),
}

impl Scalar<'_> {
    fn wire_type(&self) -> u8 {
        match self {
            Self::Varint(_) => 0,
            Self::Fixed64(_) => 1,
            Self::Bytes(_) => 2,
            Self::Fixed32(_) => 5,
        }
    }

    fn write(&self, sink: &mut Sink) {
        match self {
            Self::Varint(value) => sink.varint_value(*value),
            Self::Fixed64(value) => sink.raw(&value.to_le_bytes()),
            Self::Bytes(value) => {
                sink.varint_value(value.len() as u64);
                sink.raw(value);
            }
            Self::Fixed32(value) => sink.raw(&value.to_le_bytes()),
        }
    }
}

fn scalar<'v>(ty: In<'_, Type>, value: &'v Literal) -> Result<Scalar<'v>, Problem> {
    Ok(match (&ty.node.kind, value) {
        (TypeKind::Bool, Literal::Bool(value)) => Scalar::Varint((*value).into()),
        (TypeKind::Int(int), Literal::Int(value)) => integer(*int, *value)?,
        (TypeKind::Float { bits }, Literal::Float(value)) => float(*bits, *value),
        #[expect(clippy::cast_precision_loss, reason = "the nearest float is meant")]
        (TypeKind::Float { bits }, Literal::Int(value)) => float(*bits, *value as f64),
        (TypeKind::String(_) | TypeKind::Bytes, Literal::String(text)) => Scalar::Bytes(text.as_bytes()),
        (TypeKind::String(_) | TypeKind::Bytes, Literal::Bytes(bytes)) => Scalar::Bytes(bytes),
        (TypeKind::Ref(id), Literal::Symbol(name)) => {
            let declared = ty.schema.decl(*id).as_enum().ok_or(Problem::WrongValue)?;
            let number = declared.value(name).and_then(|value| value.number).ok_or(Problem::WrongValue)?;
            Scalar::Varint(number.cast_unsigned())
        }
        (TypeKind::Ref(id), Literal::Int(number)) if ty.schema.decl(*id).as_enum().is_some() => {
            Scalar::Varint(i64::try_from(*number).map_err(|_| Problem::WrongValue)?.cast_unsigned())
        }
        _ => return Err(Problem::WrongValue),
    })
}

fn integer(int: Int, value: i128) -> Result<Scalar<'static>, Problem> {
    // Signed values are sign-extended; the linker has checked that they are in range.
    let signed = i64::try_from(value).or_else(|_| u64::try_from(value).map(u64::cast_signed));
    let signed = signed.map_err(|_| Problem::WrongValue)?;
    let bits = signed.cast_unsigned();
    #[expect(clippy::cast_possible_truncation, reason = "the low 32 bits are the value")]
    let low = bits as u32;
    Ok(match int.encoding {
        IntEncoding::Zigzag => Scalar::Varint((bits << 1) ^ (signed >> 63).cast_unsigned()),
        IntEncoding::Fixed if int.bits > 32 => Scalar::Fixed64(bits),
        IntEncoding::Fixed => Scalar::Fixed32(low),
        _ => Scalar::Varint(bits),
    })
}

fn float(bits: u8, value: f64) -> Scalar<'static> {
    #[expect(clippy::cast_possible_truncation, reason = "the nearest float is meant")]
    let short = value as f32;
    if bits == 32 { Scalar::Fixed32(short.to_bits()) } else { Scalar::Fixed64(value.to_bits()) }
}
