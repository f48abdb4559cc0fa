//! Values of Protobuf layouts, at the bounds of their types and between them.

use canread_plan::{Arena, Layout, LayoutKind, List, TypeId, Value};

use crate::random::Random;

const TEXTS: [&str; 6] = ["", "a", "é", "a longer text, of more than sixteen bytes", "\u{12}\u{1}a", "abcdefgh"];
const BYTES: [&[u8]; 6] = [b"", b"abc", b"\xff", b"\x08\x01", b"\x12\x01a", b"abcdefgh"];

/// A message of a layout; each field is there or not.
pub(crate) fn message<'a>(layout: &Layout, random: &mut Random, arena: &'a Arena) -> Value<'a> {
    value(layout, layout.root(), random, arena)
}

fn value<'a>(layout: &Layout, ty: TypeId, random: &mut Random, arena: &'a Arena) -> Value<'a> {
    match layout.kind(ty) {
        LayoutKind::Bool => Value::Bool(random.once_in(2)),
        LayoutKind::Int(int) => {
            let unsigned =
                random.of(&[0, 1, 2, 3, 127, 128, 200, u64::from(u32::MAX), 5_000_000_000, 1 << 63, u64::MAX]);
            let bits = if random.once_in(3) { random.next() } else { unsigned };
            let narrow = u32::try_from(bits & u64::from(u32::MAX)).expect("32 bits");
            match (int.signed, int.bits) {
                (true, 64) => Value::Int(bits.cast_signed()),
                (true, _) => Value::Int(narrow.cast_signed().into()),
                (false, 64) => Value::Uint(bits),
                (false, _) => Value::Uint(narrow.into()),
            }
        }
        LayoutKind::Float => Value::Float(random.of(&[0.0, -0.0, 1.5, f32::MAX, f32::MIN_POSITIVE])),
        LayoutKind::Double => Value::Double(random.of(&[0.0, 0.1, 1.5, -3.0, f64::MAX, f64::NEG_INFINITY])),
        LayoutKind::String { .. } => Value::String(random.of(&TEXTS)),
        LayoutKind::Bytes => Value::Bytes(random.of(&BYTES)),
        LayoutKind::Enum(id) => {
            let symbols = &layout.declared_enum(id).symbols;
            Value::Symbol(symbols[random.below(symbols.len())].0)
        }
        LayoutKind::Record(id) => {
            let fields =
                layout.record(id).fields.iter().map(|field| {
                    if random.once_in(5) { Value::Absent } else { value(layout, field.ty, random, arena) }
                });
            arena.record(&fields.collect::<Vec<_>>())
        }
        LayoutKind::List { item, .. } => {
            // An empty list is an absent one.
            let items: Vec<_> = (0..=random.below(4)).map(|_| value(layout, item, random, arena)).collect();
            arena.list(&items)
        }
        // One entry: Python sorts them in an order of its own.
        LayoutKind::Map { key, value: ty } => {
            arena.map(&[(value(layout, key, random, arena), value(layout, ty, random, arena))])
        }
        other => panic!("no value is made of {other:?}"),
    }
}

/// The whole numbers that a field holds; none if it holds something else.
pub(crate) fn numbers(value: &Value<'_>) -> Option<Vec<i128>> {
    let number = |value: Value<'_>| match value {
        Value::Bool(value) => Some(value.into()),
        Value::Int(value) => Some(value.into()),
        Value::Uint(value) => Some(value.into()),
        Value::Symbol(value) => Some(value.into()),
        _ => None,
    };
    match value {
        Value::List(list) => List::iter(*list).map(number).collect(),
        value => Some(vec![number(*value)?]),
    }
}
