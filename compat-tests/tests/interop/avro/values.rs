//! Values of a layout, at the bounds of their types and between them.

use canread_plan::{Arena, Layout, LayoutKind, TypeId, Value};

use crate::random::Random;

/// How deep values are inside each other, before unions and lists end.
const DEPTH_MAX: usize = 6;

const INTS: [i64; 9] = [0, 1, -1, 63, -64, 64, 8191, i32::MAX as i64, i32::MIN as i64];
/// Up to 2^53: beyond, `double` has no room for what a reader may promote.
const LONGS: [i64; 8] = [0, -1, 1 << 31, -(1 << 31) - 1, 1 << 40, 1 << 53, -(1 << 53), 300];
const TEXTS: [&str; 6] = ["", "a", "é", "\u{1f600}", "a longer text, of more than sixteen bytes", "\u{0}"];

/// A value of a type, its parts in an arena.
pub(crate) fn value<'a>(layout: &Layout, ty: TypeId, random: &mut Random, arena: &'a Arena) -> Value<'a> {
    Maker { layout, arena }.value(ty, random, 0)
}

struct Maker<'l, 'a> {
    layout: &'l Layout,
    arena: &'a Arena,
}

impl<'a> Maker<'_, 'a> {
    fn value(&self, ty: TypeId, random: &mut Random, depth: usize) -> Value<'a> {
        let inner = |ty: TypeId, random: &mut Random| self.value(ty, random, depth + 1);
        match self.layout.kind(ty) {
            LayoutKind::Null => Value::Null,
            LayoutKind::Bool => Value::Bool(random.once_in(2)),
            LayoutKind::Int(int) if int.bits == 64 && random.once_in(2) => Value::Int(random.of(&LONGS)),
            LayoutKind::Int(_) if random.once_in(2) => Value::Int(random.of(&INTS)),
            LayoutKind::Int(_) => Value::Int(i64::from(u32::try_from(random.next() >> 33).expect("31 bits"))),
            LayoutKind::Float => Value::Float(random.of(&[0.0, -0.0, 1.5, f32::MAX, f32::MIN_POSITIVE, f32::INFINITY])),
            LayoutKind::Double => {
                Value::Double(random.of(&[0.0, -0.0, 0.1, f64::MAX, f64::MIN_POSITIVE, f64::NEG_INFINITY]))
            }
            LayoutKind::String { .. } => Value::String(random.of(&TEXTS)),
            LayoutKind::Bytes => {
                let size = random.below(20);
                self.bytes(size, random)
            }
            LayoutKind::Fixed(id) => self.bytes(self.layout.fixed(id).size as usize, random),
            LayoutKind::Enum(id) => {
                let symbols = &self.layout.declared_enum(id).symbols;
                Value::Symbol(symbols[random.below(symbols.len())].0)
            }
            LayoutKind::Record(id) => {
                let fields = self.layout.record(id).fields.iter().map(|field| inner(field.ty, random));
                self.arena.record(&fields.collect::<Vec<_>>())
            }
            LayoutKind::List { item, .. } => {
                let count = if depth > DEPTH_MAX { 0 } else { random.below(5) };
                let items: Vec<_> = (0..count).map(|_| inner(item, random)).collect();
                self.arena.list(&items)
            }
            LayoutKind::Map { value, .. } => {
                let count = if depth > DEPTH_MAX { 0 } else { random.below(4) };
                let entries: Vec<_> = (0..count)
                    .map(|at| (self.arena.string(&format!("{}{at}", random.of(&TEXTS))), inner(value, random)))
                    .collect();
                self.arena.map(&entries)
            }
            LayoutKind::Nullable { .. } if depth > DEPTH_MAX || random.once_in(3) => Value::Null,
            LayoutKind::Nullable { inner: ty, .. } => inner(ty, random),
            LayoutKind::Union(id) => {
                let branches = &self.layout.union(id).branches;
                // What leads no deeper, where it is deep already.
                let is_leaf = |branch: &TypeId| !matches!(self.layout.kind(*branch), LayoutKind::Record(_));
                let leaf = branches.iter().position(is_leaf).filter(|_| depth > DEPTH_MAX);
                let branch = leaf.unwrap_or_else(|| random.below(branches.len()));
                let value = inner(branches[branch], random);
                self.arena.branch(u32::try_from(branch).expect("few branches"), value)
            }
            other => panic!("no value is made of {other:?}"),
        }
    }

    fn bytes(&self, size: usize, random: &mut Random) -> Value<'a> {
        let bytes: Vec<u8> = (0..size).map(|_| u8::try_from(random.next() >> 56).expect("8 bits")).collect();
        self.arena.bytes(&bytes)
    }
}
