//! Writes records, from the last byte to the first.
//!
//! What data does not tell apart is not compiled where it is written: an empty list in a oneof would be nothing.
//!
//! ```compile_fail,E0080
//! use canread::Record;
//!
//! #[derive(Record)]
//! enum Numbers {
//!     #[field(1)]
//!     One(i64),
//!     #[field(2)]
//!     All(Vec<i64>),
//! }
//!
//! #[derive(Record)]
//! struct Row {
//!     #[field(union)]
//!     numbers: Option<Numbers>,
//! }
//!
//! canread::protobuf::to_vec(&Row { numbers: Some(Numbers::All(Vec::new())) });
//! ```
//!
//! Nor is it where it is read:
//!
//! ```compile_fail,E0080
//! use canread::Record;
//!
//! #[derive(Record)]
//! enum Numbers {
//!     #[field(1)]
//!     One(i64),
//!     #[field(2)]
//!     All(Vec<i64>),
//! }
//!
//! #[derive(Record)]
//! struct Row {
//!     #[field(union)]
//!     numbers: Option<Numbers>,
//! }
//!
//! let row: Result<Row, _> = canread::protobuf::from_slice(b"");
//! ```
//!
//! And a oneof may be not set:
//!
//! ```compile_fail,E0080
//! use canread::Record;
//!
//! #[derive(Record)]
//! enum Payment {
//!     #[field(1)]
//!     Cash(i64),
//! }
//!
//! #[derive(Record)]
//! struct Order {
//!     #[field(1)]
//!     payment: Payment,
//! }
//!
//! canread::protobuf::to_vec(&Order { payment: Payment::Cash(7) });
//! ```

use alloc::boxed::Box;

use canread_record::{
    self as record, Encode, EncodeFields, EncodeUnion, EntryKey, EntryValue, Enumeration, Field, Form, Format, Item,
    Present, Shape, Unknown, demand,
};
use canread_wire::{EncodeError, EncodeErrorKind, FieldPath, Limits, PathSegment, zigzag, zigzag32};

use super::{
    key::{Wire, is_key, is_packed, is_single, key, may_be_unset},
    sink::{Sink as _, Target},
};

/// How deep records may be inside each other: no deeper than a reader with the default limits takes them.
const DEPTH_MAX: u32 = Limits::strict().depth_max();

/// Writes the record that is in no other.
#[inline(always)]
pub(super) fn outermost<T: Target, R: EncodeFields>(target: &mut T, value: &R) -> Result<(), EncodeError> {
    let mut shared = Shared { depth_left: DEPTH_MAX, failure: None };
    value.back_to_front(&mut Writer::<T> { sink: target.sink(), shared: &mut shared });
    match shared.failure {
        None => Ok(()),
        Some(failure) => Err(EncodeError::new(failure.kind, failure.path).in_format("protobuf")),
    }
}

/// Writes the fields of one record.
struct Writer<'w, T: Target + 'w> {
    sink: T::Sink<'w>,
    shared: &'w mut Shared,
}

/// What the writers of all records have in common.
struct Shared {
    depth_left: u32,
    failure: Option<Box<Failure>>,
}

/// Why the record can't be written, and the way to it from the record that is written now.
struct Failure {
    kind: EncodeErrorKind,
    path: FieldPath,
}

/// The fields of a record in another. One function for each type of record, so that code stays in proportion.
#[inline(never)]
fn fields<T: Target, R: EncodeFields>(target: &mut T, shared: &mut Shared, value: &R, name: &'static str) {
    fields_here(target, shared, value, name);
}

/// The same where the compiler may put it into the record around it: a count of a field is a few instructions, and the call
/// with the sum in memory takes longer than all of a small record.
#[inline]
fn fields_here<T: Target, R: EncodeFields>(target: &mut T, shared: &mut Shared, value: &R, name: &'static str) {
    shared.inside(name, |shared| value.back_to_front(&mut Writer::<T> { sink: target.sink(), shared }));
}

/// The one field of a message that a union is.
#[inline(never)]
fn branch<T: Target, U: EncodeUnion>(target: &mut T, shared: &mut Shared, value: &U, name: &'static str) {
    shared.inside(name, |shared| value.encode_branch(&mut Writer::<T> { sink: target.sink(), shared }));
}

impl Shared {
    /// One level down. After a failure nothing is written any more.
    #[inline(always)]
    fn inside(&mut self, name: &'static str, write: impl FnOnce(&mut Self)) {
        if self.failure.is_some() {
            return;
        }
        let Some(depth_left) = self.depth_left.checked_sub(1) else {
            self.failed(EncodeErrorKind::TooDeep { allowed: DEPTH_MAX }, name);
            return;
        };
        self.depth_left = depth_left;
        write(self);
        self.depth_left = depth_left.saturating_add(1);
        if self.failure.is_some() {
            self.failed_inside(name);
        }
    }

    /// What failed lies in a field; items of lists have no name.
    #[cold]
    #[inline(never)]
    fn failed_inside(&mut self, name: &'static str) {
        if let Some(failure) = &mut self.failure
            && !name.is_empty()
        {
            failure.path.lead_with(PathSegment::Field(name.into()));
        }
    }

    /// What failed lies in an item of a list or an entry of a map. The last one is written first: so many as are left lie before it.
    #[cold]
    #[inline(never)]
    fn failed_at(&mut self, left: usize, name: &'static str) {
        if let Some(failure) = &mut self.failure {
            failure.path.lead_with(PathSegment::Item(left as u64));
        }
        self.failed_inside(name);
    }

    #[cold]
    #[inline(never)]
    fn failed(&mut self, kind: EncodeErrorKind, name: &'static str) {
        if self.failure.is_none() {
            self.failure = Some(Box::new(Failure { kind, path: FieldPath::default() }));
            self.failed_inside(name);
        }
    }
}

/// Whether a value of a shape may be one that can't be written. Nobody looks whether it was, after each item of a list, if not.
const fn may_fail(shape: &Shape) -> bool {
    matches!(shape, Shape::Logical(_) | Shape::Record(_) | Shape::Union(_))
}

impl<'w, T: Target> Writer<'w, T> {
    /// Writes what `write` writes, with the key of a message before it.
    #[inline(always)]
    fn message<F: Field>(sink: &mut T::Sink<'w>, write: impl FnOnce(&mut T)) {
        if F::META.protobuf.is_group {
            sink.key(const { key::<F>(Wire::GROUP_END) });
            sink.paused(write);
            sink.key(const { key::<F>(Wire::GROUP_START) });
        } else {
            sink.framed(const { key::<F>(Wire::LENGTH) }, write);
        }
    }
}

impl<T: Target> record::Writer for Writer<'_, T> {
    const FORMAT: Format = Format::Protobuf;
    const IS_BACK_TO_FRONT: bool = true;

    #[inline(always)]
    fn bool<F: Field>(&mut self, value: bool) {
        if F::META.is_explicit || value {
            self.sink.varint(const { key::<F>(Wire::VARINT) }, value.into());
        }
    }

    #[inline(always)]
    fn i32<F: Field>(&mut self, value: i32) {
        if F::META.is_explicit || value != 0 {
            match F::META.protobuf.form {
                Form::Fixed => self.sink.fixed32(const { key::<F>(Wire::FIXED32) }, value.cast_unsigned()),
                Form::ZigZag => self.sink.varint(const { key::<F>(Wire::VARINT) }, zigzag32(value).into()),
                // The sign goes through all 64 bits, so that the number can become an `int64`.
                _ => self.sink.varint(const { key::<F>(Wire::VARINT) }, i64::from(value).cast_unsigned()),
            }
        }
    }

    #[inline(always)]
    fn i64<F: Field>(&mut self, value: i64) {
        if F::META.is_explicit || value != 0 {
            match F::META.protobuf.form {
                Form::Fixed => self.sink.fixed64(const { key::<F>(Wire::FIXED64) }, value.cast_unsigned()),
                Form::ZigZag => self.sink.varint(const { key::<F>(Wire::VARINT) }, zigzag(value)),
                _ => self.sink.varint(const { key::<F>(Wire::VARINT) }, value.cast_unsigned()),
            }
        }
    }

    #[inline(always)]
    fn u32<F: Field>(&mut self, value: u32) {
        if F::META.is_explicit || value != 0 {
            match F::META.protobuf.form {
                Form::Fixed => self.sink.fixed32(const { key::<F>(Wire::FIXED32) }, value),
                _ => self.sink.varint(const { key::<F>(Wire::VARINT) }, value.into()),
            }
        }
    }

    #[inline(always)]
    fn u64<F: Field>(&mut self, value: u64) {
        if F::META.is_explicit || value != 0 {
            match F::META.protobuf.form {
                Form::Fixed => self.sink.fixed64(const { key::<F>(Wire::FIXED64) }, value),
                _ => self.sink.varint(const { key::<F>(Wire::VARINT) }, value),
            }
        }
    }

    #[inline(always)]
    fn f32<F: Field>(&mut self, value: f32) {
        // By its bits: -0 is written.
        if F::META.is_explicit || value.to_bits() != 0 {
            self.sink.fixed32(const { key::<F>(Wire::FIXED32) }, value.to_bits());
        }
    }

    #[inline(always)]
    fn f64<F: Field>(&mut self, value: f64) {
        if F::META.is_explicit || value.to_bits() != 0 {
            self.sink.fixed64(const { key::<F>(Wire::FIXED64) }, value.to_bits());
        }
    }

    #[inline(always)]
    fn text<F: Field>(&mut self, value: &str) {
        self.bytes::<F>(value.as_bytes());
    }

    #[inline(always)]
    fn bytes<F: Field>(&mut self, value: &[u8]) {
        if F::META.is_explicit || !value.is_empty() {
            self.sink.bytes(const { key::<F>(Wire::LENGTH) }, value);
        }
    }

    #[inline(always)]
    fn fixed<F: Field>(&mut self, value: &[u8]) {
        // Left out it would be read as zeros of that number, and be taken for what it is by nobody else.
        self.sink.bytes(const { key::<F>(Wire::LENGTH) }, value);
    }

    #[inline(always)]
    fn symbol<F: Field, E: Enumeration>(&mut self, value: &E) {
        let number = value.number();
        if F::META.is_explicit || number != 0 || E::SCHEMA.default != 0 {
            self.sink.varint(const { key::<F>(Wire::VARINT) }, i64::from(number).cast_unsigned());
        }
    }

    #[inline(always)]
    fn record<F: Field, R: EncodeFields>(&mut self, value: &R) {
        let shared = &mut *self.shared;
        Self::message::<F>(&mut self.sink, |target| {
            if T::IS_SMALL {
                fields_here::<T, R>(target, shared, value, F::META.protobuf.name);
            } else {
                fields::<T, R>(target, shared, value, F::META.protobuf.name);
            }
        });
    }

    #[inline(always)]
    fn union<F: Field, U: EncodeUnion>(&mut self, value: &U) {
        const {
            demand(&F::META, !U::HAS_MANY, "Protobuf has no lists and maps as branches of a union");
            demand(
                &F::META,
                may_be_unset(&F::META, &U::SHAPE),
                "in Protobuf a oneof may be not set: take an `Option` of the union, or say a `default`",
            );
        };
        if F::META.protobuf.is_oneof {
            value.encode_branch(self);
        } else {
            let shared = &mut *self.shared;
            Self::message::<F>(&mut self.sink, |target| branch::<T, U>(target, shared, value, F::META.protobuf.name));
        }
    }

    #[inline(always)]
    fn optional<F: Field, V: Encode>(&mut self, value: Option<&V>) {
        const { demand(&F::META, is_single(&V::SHAPE), "Protobuf has no optional lists, maps or options") };
        if let Some(value) = value {
            value.encode::<Present<F>, Self>(self);
        }
    }

    #[inline(always)]
    fn list<'a, F: Field, V: Encode + 'a>(&mut self, mut items: impl ExactSizeIterator<Item = &'a V>) {
        const { demand(&F::META, is_single(&V::SHAPE), "Protobuf has no lists of lists, maps or options") };
        if const { is_packed(&F::META, &V::SHAPE) } && items.len() == 0 {
            return;
        }
        if const { may_fail(&V::SHAPE) } && self.shared.failure.is_some() {
            return;
        }
        let before = self.sink.written();
        while let Some(item) = items.next() {
            if const { is_packed(&F::META, &V::SHAPE) } {
                item.encode::<Item<F, true>, Self>(self);
            } else {
                item.encode::<Item<F, false>, Self>(self);
            }
            if const { may_fail(&V::SHAPE) } && self.shared.failure.is_some() {
                return self.shared.failed_at(items.len(), F::META.protobuf.name);
            }
        }
        if const { is_packed(&F::META, &V::SHAPE) } {
            self.sink.length_since(const { key::<F>(Wire::LENGTH) }, before);
        }
    }

    #[inline(always)]
    fn map<'a, F: Field, K: Encode + 'a, V: Encode + 'a>(
        &mut self,
        mut entries: impl ExactSizeIterator<Item = (&'a K, &'a V)>,
    ) {
        const { demand(&F::META, is_single(&V::SHAPE), "Protobuf has no maps of lists, maps or options") };
        const { demand(&F::META, is_key(&K::SHAPE), "keys of a map are whole numbers, truth values or text in Protobuf") };
        if const { may_fail(&K::SHAPE) || may_fail(&V::SHAPE) } && self.shared.failure.is_some() {
            return;
        }
        while let Some((key_of_entry, value)) = entries.next() {
            let before = self.sink.written();
            value.encode::<EntryValue<F>, Self>(self);
            key_of_entry.encode::<EntryKey<F>, Self>(self);
            if const { may_fail(&K::SHAPE) || may_fail(&V::SHAPE) } && self.shared.failure.is_some() {
                return self.shared.failed_at(entries.len(), F::META.protobuf.name);
            }
            self.sink.length_since(const { key::<F>(Wire::LENGTH) }, before);
        }
    }

    #[inline(always)]
    fn unknown(&mut self, unknown: &Unknown) {
        if !unknown.is_empty() {
            self.sink.raw(unknown.protobuf());
        }
    }

    fn fail<F: Field>(&mut self, kind: EncodeErrorKind) {
        self.shared.failed(kind, F::META.protobuf.name);
    }
}
