//! Whether two types are the same to a format.
//!
//! A generic type is another one for each of its uses, under one name. A type that is declared once may have its schema in several places of
//! a program, so that no address tells the one from the other: what they say of themselves does.

use alloc::{collections::BTreeMap, vec::Vec};

use crate::{EnumerationSchema, FieldMeta, FieldSchema, Format, RecordSchema, Shape, SymbolSchema, UnionSchema};

/// A type with a name of its own.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_enums, reason = "there is no other")]
pub enum Named {
    /// A record.
    Record(&'static RecordSchema),
    /// A union.
    Union(&'static UnionSchema),
    /// An enumeration.
    Enumeration(&'static EnumerationSchema),
}

impl Named {
    fn name(self) -> &'static str {
        match self {
            Self::Record(own) => own.name,
            Self::Union(own) => own.name,
            Self::Enumeration(own) => own.name,
        }
    }

    /// Whether another type is the same to a format, with all that is in it. What absent fields have is looked at where a schema that is written
    /// down depends on it: in Protobuf, which says by it whether a field has presence.
    fn is_like(self, other: Self, format: Format) -> bool {
        let mut comparison = Comparison { format, assumed: Vec::new() };
        match (self, other) {
            (Self::Record(one), Self::Record(other)) => comparison.of_records(one, other),
            (Self::Union(one), Self::Union(other)) => comparison.of_unions(one, other),
            (Self::Enumeration(one), Self::Enumeration(other)) => comparison.of_enumerations(one, other),
            _ => false,
        }
    }
}

/// What types were declared as, so that each is declared once. Those of one name are several if they are not alike.
#[derive(Debug)]
pub struct Declared<I> {
    format: Format,
    of_name: BTreeMap<&'static str, Vec<(Named, I)>>,
}

impl<I: Copy> Declared<I> {
    /// None, to a format.
    #[must_use]
    pub const fn new(format: Format) -> Self {
        Self { format, of_name: BTreeMap::new() }
    }

    /// What a type like this one was declared as.
    #[must_use]
    pub fn find(&self, named: Named) -> Option<I> {
        let of_name = self.of_name.get(named.name())?;
        of_name.iter().find(|(known, _)| known.is_like(named, self.format)).map(|(_, id)| *id)
    }

    /// Remembers what a type was declared as.
    pub fn add(&mut self, named: Named, id: I) {
        self.of_name.entry(named.name()).or_default().push((named, id));
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
        let has_aliases_of = self.format == Format::Protobuf || one.aliases == other.aliases;
        one.name == other.name && has_aliases_of && self.of_fields(places, one.fields, other.fields)
    }

    fn of_unions(&mut self, one: &'static UnionSchema, other: &'static UnionSchema) -> bool {
        let places = (core::ptr::from_ref(one).addr(), core::ptr::from_ref(other).addr());
        one.name == other.name && self.of_fields(places, one.branches, other.branches)
    }

    /// In Avro, which writes places, numbers are not looked at.
    fn of_enumerations(&self, one: &EnumerationSchema, other: &EnumerationSchema) -> bool {
        let mut symbols = one.symbols.iter().zip(other.symbols);
        let numbered =
            |(one, other): (&SymbolSchema, &SymbolSchema)| one.name == other.name && one.number == other.number;
        let named =
            |(one, other): (&SymbolSchema, &SymbolSchema)| one.name == other.name && one.aliases == other.aliases;
        let default = |of: &EnumerationSchema| {
            of.symbols.iter().position(|symbol| of.says_default && symbol.number == of.default)
        };
        one.name == other.name
            && one.symbols.len() == other.symbols.len()
            && match self.format {
                Format::Protobuf => one.is_open == other.is_open && symbols.all(numbered),
                Format::Avro => one.aliases == other.aliases && default(one) == default(other) && symbols.all(named),
            }
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
            // What is not in the data decides about presence.
            Format::Protobuf => {
                one.meta.protobuf == other.meta.protobuf && one.absent_in_protobuf() == other.absent_in_protobuf()
            }
            // Names that a field had, and whether it may be absent, are what a reader goes by.
            Format::Avro => {
                let of_reader = |meta: &FieldMeta| (meta.aliases, meta.is_explicit);
                one.meta.avro == other.meta.avro && of_reader(&one.meta) == of_reader(&other.meta)
            }
        };
        // A schema of Avro says what numbers and bytes mean, and so which logical type they are; one of Protobuf what they are written as.
        let said = |field: &FieldSchema| match self.format {
            Format::Protobuf => field.shape.physical(self.format, &field.meta),
            Format::Avro => field.shape,
        };
        let (one, other) = (said(one), said(other));
        are_metas_alike && self.of_shapes(&one, &other)
    }

    fn of_shapes(&mut self, one: &Shape, other: &Shape) -> bool {
        match (one, other) {
            (Shape::Fixed(one), Shape::Fixed(other)) => one == other,
            (Shape::Logical(one), Shape::Logical(other)) => one == other,
            (Shape::Enumeration(one), Shape::Enumeration(other)) => self.of_enumerations(one, other),
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
