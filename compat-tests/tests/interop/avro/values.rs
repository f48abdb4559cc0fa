//! Values of a layout, at the bounds of their types and between them.

use canread_model::{LogicalKind, TimeUnit};
use canread_plan::{Arena, Layout, LayoutKind, TypeId, Value};

use crate::random::Random;

/// How deep values are inside each other, before unions and lists end.
const DEPTH_MAX: usize = 6;

const INTS: [i64; 9] = [0, 1, -1, 63, -64, 64, 8191, i32::MAX as i64, i32::MIN as i64];
/// Up to 2^53: beyond, `double` has no room for what a reader may promote.
const LONGS: [i64; 8] = [0, -1, 1 << 31, -(1 << 31) - 1, 1 << 40, 1 << 53, -(1 << 53), 300];
const TEXTS: [&str; 6] = ["", "a", "é", "\u{1f600}", "a longer text, of more than sixteen bytes", "\u{0}"];

/// 0001-01-01 and 9999-12-31, the first and the last day that Python has, as days since 1970-01-01.
const DAYS: (i64, i64) = (-719_162, 2_932_896);
const DAY_MICROS: i64 = 86_400_000_000;

/// What values have to be, beside values of their types.
#[derive(Clone, Copy)]
pub(crate) struct Sort {
    /// What their logical types say, to those that check it.
    pub(crate) is_logical: bool,
    /// Bytes that are UTF-8, for a reader that takes them for text.
    pub(crate) has_text_in_bytes: bool,
}

/// A value of a layout, its parts in an arena.
pub(crate) fn value<'a>(layout: &Layout, sort: Sort, random: &mut Random, arena: &'a Arena) -> Value<'a> {
    Maker { layout, sort, arena }.value(layout.root(), random, 0)
}

struct Maker<'l, 'a> {
    layout: &'l Layout,
    sort: Sort,
    arena: &'a Arena,
}

impl<'a> Maker<'_, 'a> {
    fn value(&self, ty: TypeId, random: &mut Random, depth: usize) -> Value<'a> {
        let inner = |ty: TypeId, random: &mut Random| self.value(ty, random, depth + 1);
        if let Some(meaning) = self.layout.meaning(ty).filter(|_| self.sort.is_logical)
            && let Some(value) = self.meant(meaning, self.layout.kind(ty), random)
        {
            return value;
        }
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
            LayoutKind::Bytes if self.sort.has_text_in_bytes => self.arena.bytes(random.of(&TEXTS).as_bytes()),
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

    /// A value of a logical type, if not all values of what it is made of are.
    fn meant(&self, meaning: LogicalKind, kind: LayoutKind, random: &mut Random) -> Option<Value<'a>> {
        let (first, last) = DAYS;
        Some(match (meaning, kind) {
            (LogicalKind::Decimal { precision, .. }, _) => self.decimal(precision, kind, random),
            (LogicalKind::Date, _) => Value::Int(between(first, last, random)),
            (LogicalKind::Time(TimeUnit::Millisecond), _) => Value::Int(between(0, DAY_MICROS / 1_000 - 1, random)),
            (LogicalKind::Time(TimeUnit::Microsecond), _) => Value::Int(between(0, DAY_MICROS - 1, random)),
            (LogicalKind::Timestamp(TimeUnit::Millisecond, _), _) => {
                Value::Int(between(first * DAY_MICROS, (last + 1) * DAY_MICROS - 1, random).div_euclid(1_000))
            }
            (LogicalKind::Timestamp(TimeUnit::Microsecond, _), _) => {
                Value::Int(between(first * DAY_MICROS, (last + 1) * DAY_MICROS - 1, random))
            }
            (LogicalKind::Uuid, LayoutKind::String { .. }) => {
                let digits = format!("{:016x}{:016x}", random.next(), random.next());
                let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
                self.arena.string(&parts.join("-"))
            }
            _ => return None,
        })
    }

    fn decimal(&self, digits: u32, kind: LayoutKind, random: &mut Random) -> Value<'a> {
        let largest = 10_i128.pow(digits) - 1;
        let any = i128::from(random.next().cast_signed()) * i128::from(random.next() >> 1);
        let mut unscaled = random.of(&[0, 1, -1, largest, -largest, any % largest, any % largest]);
        // Python's libraries write these with a byte more than they need.
        if unscaled < 0 && unscaled.unsigned_abs().is_power_of_two() && unscaled.trailing_zeros() % 8 == 7 {
            unscaled += 1;
        }
        let bytes = unscaled.to_be_bytes();
        let is_needless = |pair: &&[u8]| matches!(pair, [0, 0..=0x7f] | [0xff, 0x80..=0xff]);
        let from = match kind {
            LayoutKind::Fixed(id) => bytes.len() - self.layout.fixed(id).size as usize,
            _ => bytes.windows(2).take_while(is_needless).count(),
        };
        self.arena.bytes(&bytes[from..])
    }

    fn bytes(&self, size: usize, random: &mut Random) -> Value<'a> {
        let bytes: Vec<u8> = (0..size).map(|_| u8::try_from(random.next() >> 56).expect("8 bits")).collect();
        self.arena.bytes(&bytes)
    }
}

/// One of both ends, or a number between them.
fn between(first: i64, last: i64, random: &mut Random) -> i64 {
    let any = first + i64::try_from(random.next() % last.abs_diff(first)).expect("between both");
    random.of(&[first, last, any, any, any])
}
