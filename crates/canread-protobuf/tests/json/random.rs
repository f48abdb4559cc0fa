//! Values of a layout, at the bounds of their types and between them.

use canread_model::Presence;
use canread_plan::{Arena, Layout, LayoutKind, TypeId, Value, WellKnown};
use canread_protobuf::codec::value;

/// How deep messages are inside each other, before lists end.
const DEPTH_MAX: usize = 3;

const INTS: [i64; 8] = [0, 1, -1, 127, 128, -128, i32::MAX as i64, i32::MIN as i64];
const LONGS: [i64; 6] = [0, -1, 1 << 53, (1 << 53) + 1, i64::MAX, i64::MIN];
const UINTS: [u64; 5] = [0, 1, 127, 128, u32::MAX as u64];
const ULONGS: [u64; 5] = [0, 1, (1 << 53) + 1, 1 << 63, u64::MAX];
const DOUBLES: [f64; 9] = [0.0, -0.0, 0.1, 1e21, 1e-7, f64::MAX, f64::MIN_POSITIVE, f64::NEG_INFINITY, 123_456_789.123];
// Python takes the shortest digits of the largest one for more than that.
const FLOATS: [f32; 7] = [0.0, -0.0, 0.1, 16_777_216.0, 3e38, f32::MIN_POSITIVE, f32::INFINITY];
const TEXTS: [&str; 7] =
    ["", "a", "é", "\u{1f600}", "\"\\/\u{8}\n\u{0}\u{1f}", "@type", "a longer text, <b>&amp;</b>\u{2028}"];

/// Xorshift of 64 bits. Source: G. Marsaglia, "Xorshift RNGs", 2003.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).expect("64 bits")).expect("it is below")
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

/// A message of the layout's root.
pub(crate) fn message<'a>(layout: &Layout, random: &mut Random, arena: &'a Arena) -> Value<'a> {
    Maker { layout, arena }.value(layout.root(), random, 0)
}

struct Maker<'l, 'a> {
    layout: &'l Layout,
    arena: &'a Arena,
}

impl<'a> Maker<'_, 'a> {
    fn value(&self, ty: TypeId, random: &mut Random, depth: usize) -> Value<'a> {
        match self.layout.kind(ty) {
            LayoutKind::Bool => Value::Bool(random.once_in(2)),
            LayoutKind::Int(int) if int.signed => {
                Value::Int(random.of(if int.bits == 64 { &LONGS[..] } else { &INTS }))
            }
            LayoutKind::Int(int) => Value::Uint(random.of(if int.bits == 64 { &ULONGS } else { &UINTS })),
            LayoutKind::Float => Value::Float(random.of(&FLOATS)),
            LayoutKind::Double => Value::Double(random.of(&DOUBLES)),
            LayoutKind::String { .. } => Value::String(random.of(&TEXTS)),
            LayoutKind::Bytes => {
                let bytes: Vec<u8> = (0..random.below(8)).map(|_| random.next().to_le_bytes()[7]).collect();
                self.arena.bytes(&bytes)
            }
            LayoutKind::Enum(id) => {
                let declared = self.layout.declared_enum(id);
                let is_any = declared.is_open && &*declared.name != "google.protobuf.NullValue";
                if is_any && random.once_in(4) {
                    return Value::Symbol(random.of(&[1_000, -7]));
                }
                Value::Symbol(declared.symbols[random.below(declared.symbols.len())].0)
            }
            LayoutKind::Record(id) => self.record(id, random, depth),
            LayoutKind::List { item, .. } => {
                let count = if depth > DEPTH_MAX { 0 } else { random.below(4) };
                let items: Vec<_> = (0..count).map(|_| self.value(item, random, depth + 1)).collect();
                self.arena.list(&items)
            }
            LayoutKind::Map { key, value } => {
                let count = if depth > DEPTH_MAX { 0 } else { random.below(3) };
                let mut entries: Vec<(Value<'a>, Value<'a>)> = Vec::new();
                for _ in 0..count {
                    let key = self.value(key, random, depth);
                    if entries.iter().all(|(other, _)| *other != key) {
                        entries.push((key, self.value(value, random, depth + 1)));
                    }
                }
                self.arena.map(&entries)
            }
            other => panic!("no value is made of {other:?}"),
        }
    }

    fn record(&self, id: u32, random: &mut Random, depth: usize) -> Value<'a> {
        let record = self.layout.record(id);
        let fields: Vec<Value<'a>> = match record.well_known {
            Some(WellKnown::Timestamp) => {
                let seconds = random.of(&[0, -1, 951_782_400, -62_135_596_800, 253_402_300_799]);
                vec![Value::Int(seconds), Value::Int(random.of(&[0, 1, 1_000, 500_000_000, 999_999_999]))]
            }
            Some(WellKnown::Duration) => {
                let sign = random.of(&[1, -1]);
                let seconds = random.of(&[0, 1, 90, 315_576_000_000]);
                vec![Value::Int(sign * seconds), Value::Int(sign * random.of(&[0, 1, 20_000, 300_000_000]))]
            }
            Some(WellKnown::FieldMask) => {
                let paths = ["a", "long_name.of_it", "b.c", "x1"];
                let paths: Vec<_> = (0..random.below(3)).map(|_| Value::String(random.of(&paths))).collect();
                vec![self.arena.list(&paths)]
            }
            Some(WellKnown::Value) => self.json_value(id, random, depth),
            Some(WellKnown::Any) => self.any(random, depth),
            _ => self.fields(id, random, depth),
        };
        self.arena.record(&fields)
    }

    fn fields(&self, id: u32, random: &mut Random, depth: usize) -> Vec<Value<'a>> {
        let record = self.layout.record(id);
        let is_few = record.fields.len() < 10;
        let mut oneofs = Vec::new();
        let mut value = |field: &canread_plan::FieldLayout| {
            let is_there = field.presence == Presence::Required || is_few || random.once_in(5 + depth * depth * 4);
            let leads_deeper = depth > DEPTH_MAX && matches!(self.layout.kind(field.ty), LayoutKind::Record(_));
            // Python does not read the null that is the only form of such items.
            let is_ours = &*field.name == "nothings";
            let is_taken = field.oneof.is_some_and(|oneof| oneofs.contains(&oneof));
            if !is_there || leads_deeper || is_taken || is_ours {
                return Value::Absent;
            }
            oneofs.extend(field.oneof);
            self.value(field.ty, random, depth + 1)
        };
        record.fields.iter().map(&mut value).collect()
    }

    /// One member: a number is finite.
    fn json_value(&self, id: u32, random: &mut Random, depth: usize) -> Vec<Value<'a>> {
        let record = self.layout.record(id);
        let member = random.below(if depth > DEPTH_MAX { 4 } else { record.fields.len() });
        let mut fields = vec![Value::Absent; record.fields.len()];
        fields[member] = match self.layout.kind(record.fields[member].ty) {
            LayoutKind::Double => Value::Double(random.of(&DOUBLES[..7])),
            _ => self.value(record.fields[member].ty, random, depth + 1),
        };
        fields
    }

    /// A message of one of some types, or none. Maps in it would be written in an order that others don't keep.
    fn any(&self, random: &mut Random, depth: usize) -> Vec<Value<'a>> {
        let names = [
            "test.Required",
            "google.protobuf.Duration",
            "google.protobuf.Int64Value",
            "google.protobuf.Any",
            "google.protobuf.FieldMask",
        ];
        let name = random.of(if depth > DEPTH_MAX { &names[..3] } else { &names });
        let inner = self.layout.rooted_at(self.layout.record_by_name(name).expect("the schema has it"));
        let value = Maker { layout: &inner, arena: self.arena }.value(inner.root(), random, depth + 1);
        let bytes = value::to_vec(&inner, &value).expect("a value of the layout");
        vec![self.arena.string(&format!("type.googleapis.com/{name}")), self.arena.bytes(&bytes)]
    }
}
