//! Writes records, field by field.
//!
//! What data does not tell apart is not compiled where it is written:
//!
//! ```compile_fail,E0080
//! use canread::Record;
//!
//! #[derive(Record)]
//! enum Name {
//!     #[field(1)]
//!     Given(String),
//!     #[field(2)]
//!     Family(Box<str>),
//! }
//!
//! #[derive(Record)]
//! struct Person {
//!     #[field(union)]
//!     name: Name,
//! }
//!
//! canread::avro::to_vec(&Person { name: Name::Given("Ada".to_owned()) });
//! ```
//!
//! Nor is one with a record twice, which has one name:
//!
//! ```compile_fail,E0080
//! use canread::Record;
//!
//! #[derive(Record)]
//! struct Place {
//!     #[field(1)]
//!     street: String,
//! }
//!
//! #[derive(Record)]
//! enum Where {
//!     #[field(1)]
//!     Home(Place),
//!     #[field(2)]
//!     Work(Box<Place>),
//! }
//!
//! #[derive(Record)]
//! struct Person {
//!     #[field(union)]
//!     place: Option<Where>,
//! }
//!
//! canread::avro::to_vec(&Person { place: None });
//! ```

use alloc::{boxed::Box, vec::Vec};

use canread_record::{
    self as record, Encode, EncodeFields, EncodeUnion, EntryKey, EntryValue, Enumeration, Field, Format, Item, Kind,
    Present, Shape, Unknown, demand,
};
use canread_wire::{EncodeError, EncodeErrorKind, FieldPath, Limits, PathSegment};

use super::sink::{Sink, signed};

/// How deep records may be inside each other: no deeper than a reader with the default limits takes them.
const DEPTH_MAX: u32 = Limits::strict().depth_max();

/// Writes the record that is in no other.
#[inline(always)]
pub(super) fn outermost<S: Sink, R: EncodeFields>(sink: &mut S, value: &R) -> Result<(), EncodeError> {
    let mut writer = Writer { sink, depth_left: DEPTH_MAX, failure: None };
    value.in_order(&mut writer);
    match writer.failure {
        None => Ok(()),
        Some(failure) => {
            let mut path = FieldPath::default();
            failure.segments.into_iter().for_each(|segment| path.lead_with(segment));
            Err(EncodeError::new(failure.kind, path).in_format("avro"))
        }
    }
}

/// Writes records into a sink.
struct Writer<'s, S> {
    sink: &'s mut S,
    depth_left: u32,
    failure: Option<Box<Failure>>,
}

/// Why the record can't be written, and the way to it from the record that is written now, innermost first.
struct Failure {
    kind: EncodeErrorKind,
    segments: Vec<PathSegment>,
}

/// Whether a value of a shape may be one that can't be written. Nobody looks whether it was, after each item of a list, if not.
const fn may_fail(shape: &Shape) -> bool {
    match shape {
        Shape::Uint64 | Shape::Logical(_) | Shape::Record(_) | Shape::Union(_) => true,
        Shape::Enumeration(schema) => schema.is_open,
        Shape::Optional(shape) | Shape::List(shape) => may_fail(shape),
        Shape::Map(key, value) => may_fail(key) || may_fail(value),
        _ => false,
    }
}

/// Whether the entries of a map with such keys are records: only keys that are text need none.
const fn has_entries(key: &Shape) -> bool {
    !matches!(key, Shape::Text | Shape::Logical(_))
}

impl<S: Sink> Writer<'_, S> {
    /// The fields of a record in another. One function for each type of record, so that code stays in proportion.
    #[inline(never)]
    fn fields<R: EncodeFields>(&mut self, value: &R, name: &'static str) {
        self.inside(name, |this| value.in_order(this));
    }

    #[inline(never)]
    fn branch<U: EncodeUnion>(&mut self, value: &U, name: &'static str) {
        self.inside(name, |this| {
            value.encode_branch(this);
            // The schema has no names for branches.
            if let Some(failure) = &mut this.failure {
                failure.segments.pop();
            }
        });
    }

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
            failure.segments.push(PathSegment::Field(name.into()));
        }
    }

    /// What failed lies in an item of a list or an entry of a map, when so many were not written yet, of so many.
    #[cold]
    #[inline(never)]
    fn failed_at(&mut self, count: usize, left: usize, name: &'static str) {
        if let Some(failure) = &mut self.failure {
            let index = count.saturating_sub(left).saturating_sub(1);
            failure.segments.push(PathSegment::Item(index as u64));
        }
        self.failed_inside(name);
    }

    #[cold]
    #[inline(never)]
    fn failed(&mut self, kind: EncodeErrorKind, name: &'static str) {
        if self.failure.is_none() {
            self.failure = Some(Box::new(Failure { kind, segments: Vec::new() }));
            self.failed_inside(name);
        }
    }
}

impl<S: Sink> record::Writer for Writer<'_, S> {
    const FORMAT: Format = Format::Avro;
    const IS_BACK_TO_FRONT: bool = false;

    #[inline(always)]
    fn bool<F: Field>(&mut self, value: bool) {
        self.sink.byte(value.into());
    }

    #[inline(always)]
    fn i32<F: Field>(&mut self, value: i32) {
        self.sink.long(value.into());
    }

    #[inline(always)]
    fn i64<F: Field>(&mut self, value: i64) {
        self.sink.long(value);
    }

    #[inline(always)]
    fn u32<F: Field>(&mut self, value: u32) {
        self.sink.long(value.into());
    }

    #[inline(always)]
    fn u64<F: Field>(&mut self, value: u64) {
        match i64::try_from(value) {
            Ok(value) => self.sink.long(value),
            Err(_) => self.fail::<F>(EncodeErrorKind::OutOfRange),
        }
    }

    #[inline(always)]
    fn f32<F: Field>(&mut self, value: f32) {
        self.sink.fixed32(value.to_bits());
    }

    #[inline(always)]
    fn f64<F: Field>(&mut self, value: f64) {
        self.sink.fixed64(value.to_bits());
    }

    #[inline(always)]
    fn text<F: Field>(&mut self, value: &str) {
        self.sink.bytes(value.as_bytes());
    }

    #[inline(always)]
    fn bytes<F: Field>(&mut self, value: &[u8]) {
        self.sink.bytes(value);
    }

    #[inline(always)]
    fn fixed<F: Field>(&mut self, value: &[u8]) {
        self.sink.raw(value);
    }

    #[inline(always)]
    fn symbol<F: Field, E: Enumeration>(&mut self, value: &E) {
        match value.position() {
            Some(position) => self.sink.long(position.into()),
            None => self.fail::<F>(EncodeErrorKind::UnknownSymbol),
        }
    }

    #[inline(always)]
    fn record<F: Field, R: EncodeFields>(&mut self, value: &R) {
        self.fields(value, F::META.avro.name);
    }

    #[inline(always)]
    fn union<F: Field, U: EncodeUnion>(&mut self, value: &U) {
        const {
            demand(
                &F::META,
                !U::HAS_TWINS_IN_AVRO,
                "two branches of a union are one type in Avro, where it tells them apart",
            );
        };
        let before = i64::from(F::META.avro.is_after_null);
        self.sink.long(i64::from(value.branch()).saturating_add(before));
        self.branch(value, F::META.avro.name);
    }

    #[inline(always)]
    fn optional<F: Field, V: Encode>(&mut self, value: Option<&V>) {
        const { demand(&F::META, !matches!(V::SHAPE.kind(), Kind::Optional), "Avro has no unions in unions") };
        match value {
            None => self.sink.byte(0),
            Some(value) => {
                if const { !matches!(V::SHAPE.kind(), Kind::Union) } {
                    // Branch 1; a union says itself which branch it is.
                    self.sink.byte(2);
                }
                value.encode::<Present<F>, Self>(self);
            }
        }
    }

    #[inline(always)]
    fn list<'a, F: Field, V: Encode + 'a>(&mut self, mut items: impl ExactSizeIterator<Item = &'a V>) {
        let count = items.len();
        if count > 0 {
            if const { may_fail(&V::SHAPE) } && self.failure.is_some() {
                return;
            }
            self.sink.long(signed(count));
            while let Some(item) = items.next() {
                item.encode::<Item<F, false>, Self>(self);
                if const { may_fail(&V::SHAPE) } && self.failure.is_some() {
                    return self.failed_at(count, items.len(), F::META.avro.name);
                }
            }
        }
        self.sink.byte(0);
    }

    #[inline(always)]
    fn map<'a, F: Field, K: Encode + 'a, V: Encode + 'a>(
        &mut self,
        mut entries: impl ExactSizeIterator<Item = (&'a K, &'a V)>,
    ) {
        let count = entries.len();
        if count > 0 {
            if const { may_fail(&K::SHAPE) || may_fail(&V::SHAPE) } && self.failure.is_some() {
                return;
            }
            self.sink.long(signed(count));
            while let Some((key, value)) = entries.next() {
                key.encode::<EntryKey<F>, Self>(self);
                if const { may_fail(&K::SHAPE) } && self.failure.is_some() {
                    self.failed_inside(const { if has_entries(&K::SHAPE) { "key" } else { "" } });
                    return self.failed_at(count, entries.len(), F::META.avro.name);
                }
                value.encode::<EntryValue<F>, Self>(self);
                if const { may_fail(&V::SHAPE) } && self.failure.is_some() {
                    self.failed_inside(const { if has_entries(&K::SHAPE) { "value" } else { "" } });
                    return self.failed_at(count, entries.len(), F::META.avro.name);
                }
            }
        }
        self.sink.byte(0);
    }

    #[inline(always)]
    fn unknown(&mut self, _unknown: &Unknown) {}

    fn fail<F: Field>(&mut self, kind: EncodeErrorKind) {
        self.failed(kind, F::META.avro.name);
    }
}
