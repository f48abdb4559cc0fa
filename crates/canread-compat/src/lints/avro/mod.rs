//! Avro: what bites later.

mod attribute_misplaced;
mod attribute_misspelt;
mod default_of_later_branch;
mod enum_without_default;
mod field_alias_taken;
mod field_without_default;
mod logical_type_ignored;
mod name_without_namespace;
mod names_differ_in_case;
mod nullable_without_default;
mod union_branch_shadowed;
mod union_namesakes;

use super::Lint;

/// A line each.
pub(super) const LINTS: &[&Lint] = &[
    &attribute_misplaced::LINT,
    &attribute_misspelt::LINT,
    &default_of_later_branch::LINT,
    &enum_without_default::LINT,
    &field_alias_taken::LINT,
    &field_without_default::LINT,
    &logical_type_ignored::LINT,
    &name_without_namespace::LINT,
    &names_differ_in_case::LINT,
    &nullable_without_default::LINT,
    &union_branch_shadowed::LINT,
    &union_namesakes::LINT,
];
