//! About how much memory a value holds, as far as an encoder sees it.

use canread_wire::EncodeErrorKind;

use crate::{
    Encode, EncodeFields, EncodeUnion, EntryKey, EntryValue, Enumeration, Field, Format, Item, Present, Shape, Unknown,
    Writer,
};

/// Whether a value of that shape may hold memory beside its own bytes.
#[must_use]
pub const fn may_hold(shape: &Shape) -> bool {
    match shape {
        Shape::Bool
        | Shape::Int32
        | Shape::Int64
        | Shape::Uint32
        | Shape::Uint64
        | Shape::Float32
        | Shape::Float64
        | Shape::Enumeration(_) => false,
        Shape::Optional(inner) => may_hold(inner),
        Shape::Text
        | Shape::Bytes
        | Shape::Fixed(_)
        | Shape::Logical(_)
        | Shape::Record(_)
        | Shape::Union(_)
        | Shape::List(_)
        | Shape::Map(..) => true,
    }
}

/// About how many bytes of memory the value of the field `F` holds beside its own. What can't be seen is taken for more than it
/// is: room that collections leave free, records in boxes, and text that is borrowed.
#[must_use]
pub fn held<F: Field, V: Encode>(value: &V) -> usize {
    let mut held = Held(0);
    value.encode::<F, _>(&mut held);
    held.0
}

/// A writer that counts.
struct Held(usize);

/// Items for which a collection has room beyond twice its own: the nodes of a tree have room for eleven.
const FREE_ITEMS: usize = 12;

impl Held {
    fn add(&mut self, bytes: usize) {
        self.0 = self.0.saturating_add(bytes);
    }

    fn add_items(&mut self, count: usize, each: usize) {
        if count > 0 {
            self.add(count.saturating_mul(2).saturating_add(FREE_ITEMS).saturating_mul(each.saturating_add(1)));
        }
    }
}

macro_rules! nothing {
    ($($name:ident $type:ty;)*) => {$(
        fn $name<F: Field>(&mut self, _value: $type) {}
    )*};
}

impl Writer for Held {
    // What is written in more detail.
    const FORMAT: Format = Format::Avro;
    const IS_BACK_TO_FRONT: bool = false;

    nothing! {
        bool bool;
        i32 i32;
        i64 i64;
        u32 u32;
        u64 u64;
        f32 f32;
        f64 f64;
    }

    fn text<F: Field>(&mut self, value: &str) {
        self.add(value.len());
    }

    fn bytes<F: Field>(&mut self, value: &[u8]) {
        self.add(value.len());
    }

    fn fixed<F: Field>(&mut self, value: &[u8]) {
        self.add(value.len());
    }

    fn symbol<F: Field, E: Enumeration>(&mut self, _value: &E) {}

    fn record<F: Field, R: EncodeFields>(&mut self, value: &R) {
        self.add(size_of::<R>());
        value.in_order(self);
    }

    fn union<F: Field, U: EncodeUnion>(&mut self, value: &U) {
        self.add(size_of::<U>());
        value.encode_branch(self);
    }

    fn optional<F: Field, V: Encode>(&mut self, value: Option<&V>) {
        if let Some(value) = value {
            value.encode::<Present<F>, Self>(self);
        }
    }

    fn list<'a, F: Field, V: Encode + 'a>(&mut self, items: impl ExactSizeIterator<Item = &'a V>) {
        self.add_items(items.len(), size_of::<V>());
        if const { may_hold(&V::SHAPE) } {
            items.for_each(|item| item.encode::<Item<F, false>, Self>(self));
        }
    }

    fn map<'a, F: Field, K: Encode + 'a, V: Encode + 'a>(
        &mut self,
        entries: impl ExactSizeIterator<Item = (&'a K, &'a V)>,
    ) {
        self.add_items(entries.len(), const { size_of::<K>().saturating_add(size_of::<V>()) });
        for (key, value) in entries {
            key.encode::<EntryKey<F>, Self>(self);
            value.encode::<EntryValue<F>, Self>(self);
        }
    }

    fn unknown(&mut self, unknown: &Unknown) {
        self.add(unknown.protobuf().len());
    }

    fn fail<F: Field>(&mut self, _kind: EncodeErrorKind) {}
}
