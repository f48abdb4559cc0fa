//! Protobuf: rules by the problem they name.

mod convert;
mod deletion;
mod field;
mod field_deleted;
mod field_deleted_unreserved_name;
mod field_deleted_unreserved_number;
mod field_type_changed;
mod required_field_deleted;

use crate::Rule;

/// A line each.
pub(super) const RULES: &[&Rule] = &[
    &field_deleted::RULE,
    &field_deleted_unreserved_name::RULE,
    &field_deleted_unreserved_number::RULE,
    &field_type_changed::RULE,
    &required_field_deleted::RULE,
];
