//! Whether two types are the same to a format.
//!
//! A generic type is another one for each of its uses, under one name. A type that is declared once may have its schema in several places of
//! a program, so that no address tells the one from the other: what they say of themselves does.

use alloc::vec::Vec;

use crate::{EnumerationSchema, FieldSchema, Format, RecordSchema, Shape, SymbolSchema, UnionSchema};

impl RecordSchema {
    /// Whether another record is the same to a format, with all that is in it.
    ///
    /// Names that a type had, and what absent fields have, are not looked at.
    #[must_use]
    pub fn is_like(&'static self, other: &'static Self, format: Format) -> bool {
        Comparison { format, assumed: Vec::new() }.of_records(self, other)
    }
}

impl UnionSchema {
    /// Whether another union is the same to a format, with all that is in it.
    #[must_use]
    pub fn is_like(&'static self, other: &'static Self, format: Format) -> bool {
        Comparison { format, assumed: Vec::new() }.of_unions(self, other)
    }
}

impl EnumerationSchema {
    /// Whether another enumeration is the same to a format.
    ///
    /// Names that it or a symbol had are not looked at; in Avro, which writes places, nor are numbers.
    #[must_use]
    pub fn is_like(&self, other: &Self, format: Format) -> bool {
        let mut symbols = self.symbols.iter().zip(other.symbols);
        let numbered =
            |(one, other): (&SymbolSchema, &SymbolSchema)| one.name == other.name && one.number == other.number;
        let named = |(one, other): (&SymbolSchema, &SymbolSchema)| one.name == other.name;
        self.name == other.name
            && self.symbols.len() == other.symbols.len()
            && match format {
                Format::Protobuf => self.is_open == other.is_open && symbols.all(numbered),
                Format::Avro => symbols.all(named),
            }
    }
}

/// A comparison of types that may hold themselves.
struct Comparison {
    format: Format,
    /// Records and unions that are compared already, by their places: they are alike unless something else differs.
    assumed: Vec<(usize, usize)>,
}

impl Comparison {
    fn of_records(&mut self, one: &'static RecordSchema, other: &'static RecordSchema) -> bool {
        let places = (core::ptr::from_ref(one).addr(), core::ptr::from_ref(other).addr());
        one.name == other.name && self.of_fields(places, one.fields, other.fields)
    }

    fn of_unions(&mut self, one: &'static UnionSchema, other: &'static UnionSchema) -> bool {
        let places = (core::ptr::from_ref(one).addr(), core::ptr::from_ref(other).addr());
        one.name == other.name && self.of_fields(places, one.branches, other.branches)
    }

    fn of_fields(&mut self, places: (usize, usize), one: &[FieldSchema], other: &[FieldSchema]) -> bool {
        if places.0 == places.1 || self.assumed.contains(&places) {
            return true;
        }
        self.assumed.push(places);
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| self.of_two(one, other))
    }

    fn of_two(&mut self, one: &FieldSchema, other: &FieldSchema) -> bool {
        let are_metas_alike = match self.format {
            Format::Protobuf => one.meta.protobuf == other.meta.protobuf,
            Format::Avro => one.meta.avro == other.meta.avro,
        };
        let physical = |field: &FieldSchema| field.shape.physical(self.format, &field.meta);
        let (one, other) = (physical(one), physical(other));
        are_metas_alike && self.of_shapes(&one, &other)
    }

    fn of_shapes(&mut self, one: &Shape, other: &Shape) -> bool {
        match (one, other) {
            (Shape::Fixed(one), Shape::Fixed(other)) => one == other,
            (Shape::Logical(one), Shape::Logical(other)) => one == other,
            (Shape::Enumeration(one), Shape::Enumeration(other)) => one.is_like(other, self.format),
            (Shape::Record(one), Shape::Record(other)) => self.of_records(one(), other()),
            (Shape::Union(one), Shape::Union(other)) => self.of_unions(one(), other()),
            (Shape::Optional(one), Shape::Optional(other)) | (Shape::List(one), Shape::List(other)) => {
                self.of_shapes(one, other)
            }
            (Shape::Map(key, value), Shape::Map(other_key, other_value)) => {
                self.of_shapes(key, other_key) && self.of_shapes(value, other_value)
            }
            _ => core::mem::discriminant(one) == core::mem::discriminant(other),
        }
    }
}
