//! Protobuf: what bites later.

mod closed_enum_in_list;
mod custom_option_number;
mod enum_zero_has_meaning;
mod extension_range_undeclared;
mod file_without_package;
mod group;
mod json_names_equal;
mod number_gap;
mod required_field;
mod rpc_type_shared;
mod rpc_with_empty;

use super::Lint;

/// A line each.
pub(super) const LINTS: &[&Lint] = &[
    &closed_enum_in_list::LINT,
    &custom_option_number::LINT,
    &enum_zero_has_meaning::LINT,
    &extension_range_undeclared::LINT,
    &file_without_package::LINT,
    &group::LINT,
    &json_names_equal::LINT,
    &number_gap::LINT,
    &required_field::LINT,
    &rpc_type_shared::LINT,
    &rpc_with_empty::LINT,
];
