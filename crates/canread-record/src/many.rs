//! Branches of a union that are several values: found where such a union is written as Protobuf.

use crate::Shape;

/// Whether a branch of a union is a list or a map.
///
/// Source: Protobuf, "Oneof": "you can add fields of any type, except `map` fields and `repeated` fields".
#[must_use]
pub const fn has_many(branches: &[Shape]) -> bool {
    let mut branches = branches;
    while let [branch, rest @ ..] = branches {
        if matches!(branch, Shape::List(_) | Shape::Map(..)) {
            return true;
        }
        branches = rest;
    }
    false
}
