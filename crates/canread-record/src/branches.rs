//! Unions whose branches are fields of the record around them.

use alloc::boxed::Box;

use crate::{FieldMeta, Format, Shape};

/// A union, or an `Option` or `Box` of one: what a field with `#[field(union)]` may be.
///
/// The derive implements it for unions. Whoever writes a union by hand implements it too, to let it stand in such a field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no union, and has no branches that can be fields of this record",
    label = "only a union, or an `Option` or `Box` of one, can be a oneof",
    note = "for a list or map of unions, take a record with the union in it as item, or give the field a number: \
            `#[field(1)]` makes a message of each union"
)]
pub trait Branches {
    /// What is known of the branches, in the order of the type.
    const BRANCHES: &'static [FieldMeta];
}

/// Whether Protobuf merges what comes of one of these branches with what is there: the branch is a message.
///
/// Source: Protobuf, Encoding, "Last One Wins".
#[must_use]
pub const fn has_merged_branch(branches: &[(FieldMeta, Shape)]) -> bool {
    let mut branches = branches;
    while let [(meta, shape), rest @ ..] = branches {
        let physical = shape.physical(Format::Protobuf, meta);
        if matches!(physical, Shape::Record(_) | Shape::Union(_) | Shape::Optional(_) | Shape::List(_) | Shape::Map(..))
        {
            return true;
        }
        branches = rest;
    }
    false
}

impl<V: Branches> Branches for Option<V> {
    const BRANCHES: &'static [FieldMeta] = V::BRANCHES;
}

impl<V: Branches> Branches for Box<V> {
    const BRANCHES: &'static [FieldMeta] = V::BRANCHES;
}
