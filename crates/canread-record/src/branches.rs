//! Unions whose branches are fields of the record around them.

use alloc::boxed::Box;

use crate::FieldMeta;

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

impl<V: Branches> Branches for Option<V> {
    const BRANCHES: &'static [FieldMeta] = V::BRANCHES;
}

impl<V: Branches> Branches for Box<V> {
    const BRANCHES: &'static [FieldMeta] = V::BRANCHES;
}
