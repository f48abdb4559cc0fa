//! Values written in schema text: defaults, constants, option values.

use std::collections::BTreeMap;

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

    /// The values under all field names, for who asks for many of them: none if this is no map, and of a repeated name the first.
    #[must_use]
    pub fn fields(&self) -> BTreeMap<&str, &Self> {
        let entries = if let Self::Map(entries) = self { &entries[..] } else { &[] };
        let fields = entries.iter().rev().filter_map(|entry| match &entry.key {
            Key::Field(field) => Some((&**field, &entry.value)),
            _ => None,
        });
        fields.collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn map(entries: &[(&str, Literal)]) -> Literal {
        let entry = |(name, value): &(&str, Literal)| Entry { key: Key::Field((*name).into()), value: value.clone() };
        Literal::Map(entries.iter().map(entry).collect())
    }

    #[test]
    fn same_differs_from_equality_for_nan_zeros_and_the_order_of_entries() {
        let (nan, other_nan) = (Literal::Float(f64::NAN), Literal::Float(-f64::NAN));
        assert!(nan.same(&other_nan) && nan != other_nan);
        assert!(!Literal::Float(0.0).same(&Literal::Float(-0.0)));

        let (one, two) = (Literal::Int(1), Literal::Int(2));
        let a_b = map(&[("a", one.clone()), ("b", two.clone())]);
        assert!(a_b.same(&map(&[("b", two.clone()), ("a", one.clone())])));
        let a_a = map(&[("a", one.clone()), ("a", two.clone())]);
        assert!(!a_a.same(&map(&[("a", two), ("a", one.clone())])));
        assert!(!map(&[("a", one.clone())]).same(&a_a));

        let nested = |value: Literal| Literal::List(vec![map(&[("x", value)])]);
        assert!(nested(nan).same(&nested(other_nan)));
        assert!(!nested(Literal::Float(0.0)).same(&nested(Literal::Float(-0.0))));
    }

    #[test]
    fn numbers_are_the_same_only_as_they_are_written() {
        assert!(!Literal::Number("1.0".into()).same(&Literal::Number("1".into())));
        assert!(!Literal::Int(1).same(&Literal::Number("1".into())));
        assert!(!Literal::Int(1).same(&Literal::Float(1.0)));
    }

    #[test]
    fn a_field_is_found_by_name_and_only_in_a_map() {
        let value = map(&[("a", Literal::Int(1)), ("a", Literal::Int(2))]);
        assert_eq!(value.field("a"), Some(&Literal::Int(1)));
        assert_eq!(value.field("b"), None);
        assert_eq!(Literal::Null.field("a"), None);
        assert_eq!(value.fields(), BTreeMap::from([("a", &Literal::Int(1))]));
        assert_eq!(Literal::Null.fields(), BTreeMap::new());
    }

    /// Few values, so that two of them are often the same.
    fn literals() -> impl Strategy<Value = Literal> {
        let text = prop::sample::select(vec!["", "a", "\"", "\\", "(", ") ", "nan", "1"]);
        let leaf = prop_oneof![
            Just(Literal::Null),
            any::<bool>().prop_map(Literal::Bool),
            (-1..2_i128).prop_map(Literal::Int),
            prop::sample::select(vec![0.0, -0.0, 1.0, f64::NAN, -f64::NAN, f64::INFINITY]).prop_map(Literal::Float),
            text.clone().prop_map(|text| Literal::Number(text.into())),
            text.clone().prop_map(|text| Literal::String(text.into())),
            text.clone().prop_map(|text| Literal::Symbol(text.into())),
            text.clone().prop_map(|text| Literal::Bytes(text.as_bytes().into())),
        ];
        leaf.prop_recursive(3, 12, 3, move |inner| {
            let key = prop_oneof![
                text.clone().prop_map(|name| Key::Field(name.into())),
                text.clone().prop_map(|name| Key::Extension(name.into())),
                text.clone().prop_map(|name| Key::AnyUrl(name.into())),
                inner.clone().prop_map(|value| Key::Value(Box::new(value))),
            ];
            let entry = (key, inner.clone()).prop_map(|(key, value)| Entry { key, value });
            prop_oneof![
                prop::collection::vec(inner, 0..3).prop_map(Literal::List),
                prop::collection::vec(entry, 0..3).prop_map(Literal::Map),
            ]
        })
    }

    /// What "the same" means, spelled out without a text.
    fn is_same(one: &Literal, two: &Literal) -> bool {
        match (one, two) {
            (Literal::Float(one), Literal::Float(two)) => {
                one.to_bits() == two.to_bits() || one.is_nan() && two.is_nan()
            }
            (Literal::List(one), Literal::List(two)) => {
                one.len() == two.len() && one.iter().zip(two).all(|(one, two)| is_same(one, two))
            }
            (Literal::Map(one), Literal::Map(two)) => {
                let values = |of: &[Entry], key: &Key| -> Vec<Literal> {
                    of.iter().filter(|entry| is_same_key(&entry.key, key)).map(|entry| entry.value.clone()).collect()
                };
                one.len() == two.len()
                    && one.iter().all(|Entry { key, .. }| {
                        is_same(&Literal::List(values(one, key)), &Literal::List(values(two, key)))
                    })
            }
            _ => one == two,
        }
    }

    fn is_same_key(one: &Key, two: &Key) -> bool {
        match (one, two) {
            (Key::Value(one), Key::Value(two)) => is_same(one, two),
            _ => one == two,
        }
    }

    proptest! {
        #[test]
        fn two_values_have_one_canonical_form_exactly_if_they_are_the_same(one in literals(), two in literals()) {
            prop_assert_eq!(one.same(&two), is_same(&one, &two));
            prop_assert_eq!(canonical::same(&one, &two), is_same(&one, &two));
            prop_assert!(one.same(&one));
        }
    }
}
