//! A format that is written.

use canread_wire::EncodeErrorKind;

use crate::{Encode, EncodeFields, EncodeUnion, Enumeration, Field, Format, Unknown};

/// A format that is written.
///
/// Functions don't fail: a writer remembers the [first failure](Self::fail), so that a value costs no test of a result.
pub trait Writer: Sized {
    /// Which format it is.
    const FORMAT: Format;
    /// Whether it is written from its end to its start: lists, maps and fields then come last one first.
    const IS_BACK_TO_FRONT: bool;

    /// Writes a truth value.
    fn bool<F: Field>(&mut self, value: bool);
    /// Writes a number.
    fn i32<F: Field>(&mut self, value: i32);
    /// Writes a number.
    fn i64<F: Field>(&mut self, value: i64);
    /// Writes a number.
    fn u32<F: Field>(&mut self, value: u32);
    /// Writes a number.
    fn u64<F: Field>(&mut self, value: u64);
    /// Writes a number.
    fn f32<F: Field>(&mut self, value: f32);
    /// Writes a number.
    fn f64<F: Field>(&mut self, value: f64);
    /// Writes text.
    fn text<F: Field>(&mut self, value: &str);
    /// Writes bytes.
    fn bytes<F: Field>(&mut self, value: &[u8]);
    /// Writes bytes of which the type says how many there are.
    fn fixed<F: Field>(&mut self, value: &[u8]);
    /// Writes a symbol.
    fn symbol<F: Field, E: Enumeration>(&mut self, value: &E);
    /// Writes a record.
    fn record<F: Field, R: EncodeFields>(&mut self, value: &R);
    /// Writes one of several values.
    fn union<F: Field, U: EncodeUnion>(&mut self, value: &U);
    /// Writes a value or that there is none.
    fn optional<F: Field, V: Encode>(&mut self, value: Option<&V>);
    /// Writes a list; the items come in the order in which they are to be written.
    fn list<'a, F: Field, V: Encode + 'a>(&mut self, items: impl ExactSizeIterator<Item = &'a V>);
    /// Writes a map; the entries come in the order in which they are to be written.
    fn map<'a, F: Field, K: Encode + 'a, V: Encode + 'a>(
        &mut self,
        entries: impl ExactSizeIterator<Item = (&'a K, &'a V)>,
    );
    /// Writes the fields that the record did not know when it was read.
    fn unknown(&mut self, unknown: &Unknown);
    /// Remembers that the value can't be written; the first reason is kept.
    fn fail<F: Field>(&mut self, kind: EncodeErrorKind);
}
