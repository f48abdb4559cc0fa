//! Values of a layout, at the bounds of their types and between them, as a reader would make them: what a writer leaves out
//! is absent, entries are in the order of their keys.

use std::cell::Cell;
use std::collections::BTreeMap;

use canread_model::{Int, Presence};
use canread_plan::{Arena, FieldLayout, Layout, LayoutKind, Record, TypeId, Value};

use crate::random::Random;

/// How deep messages are inside each other, before they end.
const DEPTH_MAX: usize = 5;

/// How many messages a value has inside, before it ends.
const MESSAGES_MAX: usize = 12;

const SIGNED: [i64; 10] = [0, 1, -1, 63, -64, 64, 8191, 1 << 28, i32::MAX as i64, i32::MIN as i64];
const SIGNED_WIDE: [i64; 6] = [i64::MAX, i64::MIN, 1 << 35, -(1 << 35), 1 << 56, -1];
const UNSIGNED: [u64; 7] = [0, 1, 127, 128, 16_384, 1 << 31, u32::MAX as u64];
const UNSIGNED_WIDE: [u64; 4] = [u64::MAX, 1 << 63, 1 << 35, (1 << 56) - 1];
const TEXTS: [&str; 7] = ["", "a", "é", "\u{1f600}", "a longer text, of more than sixteen bytes", "\u{0}", "z\u{7ff}z"];
const FLOATS: [f32; 7] = [0.0, -0.0, 1.5, -0.1, f32::MAX, f32::MIN_POSITIVE, f32::INFINITY];
const DOUBLES: [f64; 7] = [0.0, -0.0, 0.1, -2.5, f64::MAX, f64::MIN_POSITIVE, f64::NEG_INFINITY];

/// Fields that no layout has, with each way to write a value.
const UNKNOWN: [&[u8]; 6] = [
    b"\x80\xfa\x01\x05",
    b"\x81\xfa\x01\x01\x02\x03\x04\x05\x06\x07\x08",
    b"\x82\xfa\x01\x02\xff\x00",
    b"\x83\xfa\x01\x08\x01\x0b\x0c\x84\xfa\x01",
    b"\x85\xfa\x01\x01\x02\x03\x04",
    b"\x80\xfa\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
];

/// Which fields a value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fields {
    /// Extensions too, and some that the layout does not have.
    All,
    /// Those that a message declares itself, and in them no negative zero: what prost keeps.
    Declared,
}

/// A value of the layout's root, its parts in an arena.
pub(crate) fn value<'a>(layout: &Layout, fields: Fields, random: &mut Random, arena: &'a Arena) -> Value<'a> {
    let maker = Maker { layout, fields, arena, messages: Cell::new(0) };
    match layout.kind(layout.root()) {
        LayoutKind::Record(id) => maker.message(id, random, 0),
        other => panic!("{other:?} is no message"),
    }
}

struct Maker<'l, 'a> {
    layout: &'l Layout,
    fields: Fields,
    arena: &'a Arena,
    messages: Cell<usize>,
}

impl<'a> Maker<'_, 'a> {
    fn message(&self, id: u32, random: &mut Random, depth: usize) -> Value<'a> {
        self.messages.set(self.messages.get() + 1);
        let own = self.layout.record(id);
        // Of each oneof the member that is there, if any.
        let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, field) in own.fields.iter().enumerate() {
            if let Some(oneof) = field.oneof {
                members.entry(oneof).or_default().push(at);
            }
        }
        let chosen: Vec<usize> = members.values().map(|members| random.of(members)).collect();
        let fields: Vec<Value<'a>> = own
            .fields
            .iter()
            .enumerate()
            .map(|(at, field)| match field.oneof {
                Some(_) if !chosen.contains(&at) => Value::Absent,
                _ if field.name.starts_with('[') && self.fields == Fields::Declared => Value::Absent,
                _ => self.field(field, random, depth),
            })
            .collect();
        let count = if self.fields == Fields::All && random.once_in(6) { 1 + random.below(3) } else { 0 };
        let unknown: Vec<u8> = (0..count).flat_map(|_| random.of(&UNKNOWN).iter().copied()).collect();
        let Value::Record(record) = self.arena.record(&fields) else { panic!("a record is one") };
        let unknown = self.arena.keep_slice(&unknown).expect("there is room");
        Value::Record(self.arena.keep(Record { fields: record.fields, unknown }).expect("there is room"))
    }

    fn field(&self, field: &FieldLayout, random: &mut Random, depth: usize) -> Value<'a> {
        let is_required = field.presence == Presence::Required;
        let leads_deeper = match self.layout.kind(field.ty) {
            LayoutKind::Record(_) => true,
            LayoutKind::List { item: inner, .. } | LayoutKind::Map { value: inner, .. } => {
                matches!(self.layout.kind(inner), LayoutKind::Record(_))
            }
            _ => false,
        };
        if !is_required && (random.once_in(3) || leads_deeper && self.is_full(depth)) {
            return Value::Absent;
        }
        match self.layout.kind(field.ty) {
            LayoutKind::List { item, .. } => {
                let items: Vec<_> = (0..=random.below(4)).map(|_| self.one(item, random, depth)).collect();
                self.arena.list(&items)
            }
            LayoutKind::Map { key, value } => {
                let mut entries = BTreeMap::new();
                // One, mostly: the order of several is nobody's.
                let count = if self.fields == Fields::All && random.once_in(6) { 4 } else { 1 };
                for _ in 0..count {
                    let own = self.one(key, random, depth);
                    entries.insert(order(&own), (own, self.one(value, random, depth)));
                }
                self.arena.map(&entries.into_values().collect::<Vec<_>>())
            }
            _ => match self.one(field.ty, random, depth) {
                value if field.presence == Presence::Implicit && is_zero(&value) => Value::Absent,
                value => value,
            },
        }
    }

    fn is_full(&self, depth: usize) -> bool {
        depth >= DEPTH_MAX || self.messages.get() >= MESSAGES_MAX
    }

    fn one(&self, ty: TypeId, random: &mut Random, depth: usize) -> Value<'a> {
        match self.layout.kind(ty) {
            LayoutKind::Bool => Value::Bool(random.once_in(2)),
            LayoutKind::Int(Int { bits: 64, signed: true, .. }) if random.once_in(2) => {
                Value::Int(random.of(&SIGNED_WIDE))
            }
            LayoutKind::Int(Int { signed: true, .. }) => Value::Int(random.of(&SIGNED)),
            LayoutKind::Int(Int { bits: 64, .. }) if random.once_in(2) => Value::Uint(random.of(&UNSIGNED_WIDE)),
            LayoutKind::Int(_) => Value::Uint(random.of(&UNSIGNED)),
            LayoutKind::Float => match random.of(&FLOATS) {
                value if self.fields == Fields::Declared => Value::Float(value + 0.0),
                value => Value::Float(value),
            },
            LayoutKind::Double => match random.of(&DOUBLES) {
                value if self.fields == Fields::Declared => Value::Double(value + 0.0),
                value => Value::Double(value),
            },
            LayoutKind::String { .. } => Value::String(random.of(&TEXTS)),
            LayoutKind::Bytes => {
                let bytes: Vec<u8> = (0..random.below(20)).map(|_| random.next().to_le_bytes()[7]).collect();
                self.arena.bytes(&bytes)
            }
            LayoutKind::Enum(id) => {
                let own = self.layout.declared_enum(id);
                if own.is_open && random.once_in(4) {
                    return Value::Symbol(random.of(&[77, -77, i32::MAX, i32::MIN]));
                }
                Value::Symbol(own.symbols[random.below(own.symbols.len())].0)
            }
            LayoutKind::Record(id) => self.message(id, random, depth + 1),
            other => panic!("no value is made of {other:?}"),
        }
    }
}

/// Where a key stands among others: numbers by value, text by its bytes.
fn order(key: &Value<'_>) -> (i64, u64, Vec<u8>) {
    match key {
        Value::Bool(key) => (i64::from(*key), 0, Vec::new()),
        Value::Int(key) => (*key, 0, Vec::new()),
        Value::Uint(key) => (0, *key, Vec::new()),
        Value::String(key) => (0, 0, key.as_bytes().to_vec()),
        other => panic!("{other:?} is no key"),
    }
}

/// What is not written where nobody can tell it from nothing; a negative zero is.
fn is_zero(value: &Value<'_>) -> bool {
    match value {
        Value::Bool(value) => !value,
        Value::Int(value) => *value == 0,
        Value::Uint(value) => *value == 0,
        Value::Symbol(value) => *value == 0,
        Value::Float(value) => value.to_bits() == 0,
        Value::Double(value) => value.to_bits() == 0,
        Value::String(text) => text.is_empty(),
        Value::Bytes(bytes) => bytes.is_empty(),
        _ => false,
    }
}
