//! Values as schemas write them down.

use alloc::{boxed::Box, string::String, vec, vec::Vec};

use canread_wire::EncodeErrorKind;

use crate::{
    Encode, EncodeFields, EncodeUnion, EntryKey, EntryValue, Enumeration, Field, FieldMeta, Format, Item, Present,
    Unknown, Writer,
};

/// A value as a schema writes it down: what the default of a field is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Constant {
    /// No value.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A number of IEEE 754.
    Float(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A symbol of an enumeration, by its name and number.
    Symbol(&'static str, i32),
    /// A branch of a union, counted from 0, and its value.
    Branch(u32, Box<Constant>),
    /// Items in order.
    List(Vec<Constant>),
    /// Keys and values.
    Map(Vec<(Constant, Constant)>),
    /// Fields by the names of the format.
    Record(Vec<(&'static str, Constant)>),
}

/// The value of the field `F` as a schema of the format writes it down; `None` if the field can't hold the value, or no
/// schema can say it: a number of an enumeration without a symbol.
#[must_use]
pub fn constant<F: Field, V: Encode>(format: Format, value: &V) -> Option<Constant> {
    match format {
        Format::Protobuf => capture::<F, V, false>(value),
        Format::Avro => capture::<F, V, true>(value),
    }
}

fn capture<F: Field, V: Encode, const IS_AVRO: bool>(value: &V) -> Option<Constant> {
    let mut capture = Capture::<IS_AVRO> { values: Vec::new(), has_failed: false };
    value.encode::<F, _>(&mut capture);
    let value = capture.values.pop().map(|(_, value)| value);
    value.filter(|_| !capture.has_failed)
}

/// A writer that keeps what it is given.
struct Capture<const IS_AVRO: bool> {
    /// What was written since the innermost record, list or map began, with the names of the fields.
    values: Vec<(&'static str, Constant)>,
    has_failed: bool,
}

impl<const IS_AVRO: bool> Capture<IS_AVRO> {
    const fn name(meta: &FieldMeta) -> &'static str {
        if IS_AVRO { meta.avro.name } else { meta.protobuf.name }
    }

    fn keep<F: Field>(&mut self, value: Constant) {
        self.values.push((Self::name(&F::META), value));
    }

    /// What `write` writes, apart from what was written before.
    fn inside(&mut self, write: impl FnOnce(&mut Self)) -> Vec<(&'static str, Constant)> {
        let before = core::mem::take(&mut self.values);
        write(self);
        core::mem::replace(&mut self.values, before)
    }
}

/// A leaf of the format.
macro_rules! leaf {
    ($($name:ident $type:ty => $constant:expr;)*) => {$(
        fn $name<F: Field>(&mut self, value: $type) {
            let constant: fn($type) -> Constant = $constant;
            self.keep::<F>(constant(value));
        }
    )*};
}

impl<const IS_AVRO: bool> Writer for Capture<IS_AVRO> {
    const FORMAT: Format = if IS_AVRO { Format::Avro } else { Format::Protobuf };
    const IS_BACK_TO_FRONT: bool = false;

    leaf! {
        bool bool => Constant::Bool;
        i32 i32 => |value| Constant::Int(value.into());
        i64 i64 => |value| Constant::Int(value.into());
        u32 u32 => |value| Constant::Int(value.into());
        u64 u64 => |value| Constant::Int(value.into());
        f32 f32 => |value| Constant::Float(value.into());
        f64 f64 => Constant::Float;
        text &str => |value| Constant::Text(value.into());
        bytes &[u8] => |value| Constant::Bytes(value.into());
        fixed &[u8] => |value| Constant::Bytes(value.into());
    }

    fn symbol<F: Field, E: Enumeration>(&mut self, value: &E) {
        let symbols = E::SCHEMA.symbols;
        let symbol = value.position().and_then(|position| symbols.get(usize::try_from(position).ok()?));
        match symbol {
            Some(symbol) => self.keep::<F>(Constant::Symbol(symbol.name, symbol.number)),
            None => self.fail::<F>(EncodeErrorKind::UnknownSymbol),
        }
    }

    fn record<F: Field, R: EncodeFields>(&mut self, value: &R) {
        let fields = self.inside(|inner| value.in_order(inner));
        self.keep::<F>(Constant::Record(fields));
    }

    fn union<F: Field, U: EncodeUnion>(&mut self, value: &U) {
        match self.inside(|inner| value.encode_branch(inner)).pop() {
            Some((_, held)) => self.keep::<F>(Constant::Branch(value.branch(), Box::new(held))),
            None => self.has_failed = true,
        }
    }

    fn optional<F: Field, V: Encode>(&mut self, value: Option<&V>) {
        match value {
            Some(value) => value.encode::<Present<F>, Self>(self),
            None => self.keep::<F>(Constant::Null),
        }
    }

    fn list<'a, F: Field, V: Encode + 'a>(&mut self, items: impl ExactSizeIterator<Item = &'a V>) {
        let items = self.inside(|inner| items.for_each(|item| item.encode::<Item<F, false>, Self>(inner)));
        self.keep::<F>(Constant::List(items.into_iter().map(|(_, item)| item).collect()));
    }

    fn map<'a, F: Field, K: Encode + 'a, V: Encode + 'a>(
        &mut self,
        entries: impl ExactSizeIterator<Item = (&'a K, &'a V)>,
    ) {
        let mut all = vec![];
        for (key, value) in entries {
            let key = self.inside(|inner| key.encode::<EntryKey<F>, Self>(inner)).pop();
            let value = self.inside(|inner| value.encode::<EntryValue<F>, Self>(inner)).pop();
            all.extend(key.zip(value).map(|((_, key), (_, value))| (key, value)));
        }
        self.keep::<F>(Constant::Map(all));
    }

    fn unknown(&mut self, _unknown: &Unknown) {}

    fn fail<F: Field>(&mut self, _kind: EncodeErrorKind) {
        self.has_failed = true;
    }
}
