//! Values written in schema text: defaults, constants, option values.

use crate::canonical;

/// A value in schema text. Not a run-time value: that type belongs to the codecs.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer. 128 bits hold every integer type of every format but the unbounded ones.
    Int(i128),
    /// A binary floating point value; `NaN` equals `NaN` by [`Literal::same`].
    Float(f64),
    /// A number as it was written, where rounding would lose something: JSON numbers, decimals, unbounded integers.
    Number(Box<str>),
    /// Text.
    String(Box<str>),
    /// Bytes.
    Bytes(Box<[u8]>),
    /// A bare name: an enum value, a constant.
    Symbol(Box<str>),
    /// Values in order.
    List(Vec<Literal>),
    /// Keys and values in source order, which says nothing for different keys;
    /// a key may repeat (Protobuf text format repeats a field to append to it).
    Map(Vec<Entry>),
}

/// One key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What is set.
    pub key: Key,
    /// What it is set to.
    pub value: Literal,
}

/// What stands left of a value.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Key {
    /// A field of the record, by name.
    Field(Box<str>),
    /// A Protobuf extension, by full name: `[shop.note]`.
    Extension(Box<str>),
    /// A Protobuf `Any` in its expanded form, by type URL: `[type.googleapis.com/shop.Order]`.
    AnyUrl(Box<str>),
    /// A map key of any type.
    Value(Box<Literal>),
}

impl Literal {
    /// Whether both are the same value. Unlike `==`, `NaN` is the same as `NaN`,
    /// 0.0 is not -0.0, and entries with different keys may stand in any order.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Float(one), Self::Float(two)) => one.to_bits() == two.to_bits() || (one.is_nan() && two.is_nan()),
            (Self::List(one), Self::List(two)) => one.len() == two.len() && canonical::same(self, other),
            (Self::Map(one), Self::Map(two)) => one.len() == two.len() && canonical::same(self, other),
            _ => self == other,
        }
    }

    /// The value under a field name, if this is a map that has it.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        entries
            .iter()
            .find(|entry| matches!(&entry.key, Key::Field(field) if &**field == name))
            .map(|entry| &entry.value)
    }
}
