//! Branches of a union that Avro can't tell apart: found where such a union is written.

use crate::{FieldMeta, Format, Shape};

/// Whether two branches of a union are one type in Avro, as far as that is known without the names of types.
///
/// Source: Avro 1.12, "Unions": "unions may not contain more than one schema with the same type, except for the named types record, fixed and
/// enum".
#[must_use]
pub const fn has_twins_in_avro(branches: &[(FieldMeta, Shape)]) -> bool {
    let mut branches = branches;
    while let [(meta, shape), rest @ ..] = branches {
        let one = unnamed(&shape.physical(Format::Avro, meta));
        let mut others = rest;
        while let [(meta, shape), rest @ ..] = others {
            if one != 0 && one == unnamed(&shape.physical(Format::Avro, meta)) {
                return true;
            }
            others = rest;
        }
        branches = rest;
    }
    false
}

/// A number for each type without a name; 0 for the others.
const fn unnamed(shape: &Shape) -> u8 {
    match shape {
        Shape::Bool => 1,
        Shape::Int32 => 2,
        Shape::Int64 | Shape::Uint32 | Shape::Uint64 => 3,
        Shape::Float32 => 4,
        Shape::Float64 => 5,
        Shape::Text => 6,
        Shape::Bytes => 7,
        Shape::Map(Shape::Text | Shape::Logical(_), _) => 8,
        // Entries whose keys are no text are items.
        Shape::List(_) | Shape::Map(..) => 9,
        _ => 0,
    }
}
