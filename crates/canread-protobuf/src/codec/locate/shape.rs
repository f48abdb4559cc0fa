//! The way through a type.

use canread_record::{FieldMeta, FieldSchema, Shape};
use canread_wire::{FieldPath, Limits};

use super::super::key::{Wire, is_packable, physical, wire as wire_of};
use super::super::read::Failure;
use super::{Fields, Found, Place, walked};

/// The way to what failed at that offset, when the type read what it wrote.
#[cold]
pub(in super::super) fn path(shape: &Shape, input: &[u8], failure: &Failure, limits: &Limits) -> FieldPath {
    match shape {
        Shape::Record(schema) => walked(Own::Fields(schema().fields), input, failure, limits).0,
        _ => FieldPath::default(),
    }
}

/// What lies in a message, as a type has it.
enum Own {
    Fields(&'static [FieldSchema]),
    /// The fields of a date or another value that is a message.
    Value(&'static [FieldSchema]),
    /// The field, the shape of its keys, and that of its values.
    Entry(FieldMeta, &'static Shape, &'static Shape),
}

impl Fields<'static> for Own {
    fn find(&self, number: u32, wire: Wire) -> Option<Found<'static, Self>> {
        let (name, meta, shape) = match self {
            Self::Fields(fields) | Self::Value(fields) => {
                let field = of_number(fields, number)?;
                (Some(field.meta.protobuf.name), field.meta, field.shape)
            }
            Self::Entry(meta, key, _) if number == 1 => (None, meta.of_entry_key(), **key),
            Self::Entry(meta, _, value) if number == 2 => (None, meta.of_entry_value(), **value),
            Self::Entry(..) => return None,
        };
        let place = match shape {
            Shape::List(item) if is_packable(&meta, item) && wire == Wire::LENGTH => {
                Place::Run(wire_of(&meta.unpacked(), &shape))
            }
            Shape::List(item) if wire == wire_of(&meta, item) => Place::Item,
            Shape::Map(..) if wire == Wire::LENGTH => Place::Item,
            _ if wire == wire_of(&meta, &shape) => Place::Whole,
            // It is written otherwise, and passed over.
            _ => return Some(Found { name, place: Place::Whole, inside: None, reason: None }),
        };
        Some(Found { name, place, inside: inside(meta, &shape), reason: None })
    }

    fn is_one_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }
}

fn inside(meta: FieldMeta, shape: &Shape) -> Option<Own> {
    match physical(&meta, shape) {
        Shape::Record(schema) if matches!(shape, Shape::Logical(_)) => Some(Own::Value(schema().fields)),
        Shape::Record(schema) => Some(Own::Fields(schema().fields)),
        Shape::Union(schema) => Some(Own::Fields(schema().branches)),
        Shape::Map(key, value) => Some(Own::Entry(meta, key, value)),
        Shape::Optional(shape) | Shape::List(shape) => inside(meta, shape),
        _ => None,
    }
}

/// The field with that number; for a branch of a oneof, the branch.
fn of_number(fields: &'static [FieldSchema], number: u32) -> Option<&'static FieldSchema> {
    fields.iter().find_map(|field| match field.shape.present() {
        Shape::Union(schema) if field.meta.protobuf.is_oneof => {
            schema().branches.iter().find(|branch| branch.meta.protobuf.number == number)
        }
        _ => (field.meta.protobuf.number == number).then_some(field),
    })
}
