//! Avro: rules by the problem they name.

mod alias_ambiguous;
mod decimal_precision_changed;
mod decimal_scale_changed;
mod default_changed;
mod enum_default_changed;
mod enum_symbol_added;
mod enum_symbol_removed;
mod field_added_without_default;
mod field_deleted;
mod field_renamed;
mod fixed_size_changed;
mod json_branch_renamed;
mod json_field_added;
mod json_union_changed;
mod logical_type_changed;
mod message_deleted;
mod message_one_way_changed;
mod names_exchanged;
mod namespace_changed;
mod namespace_without_alias;
mod protocol_deleted;
mod retired_field_reused;
mod retired_symbol_reused;
mod told;
mod type_changed;
mod type_deleted;
mod type_kind_changed;
mod type_renamed;
mod union_branch_added;
mod union_branch_removed;
mod union_order_changed;

use crate::Rule;

/// A line each.
pub(super) const RULES: &[&Rule] = &[
    &alias_ambiguous::RULE,
    &decimal_precision_changed::RULE,
    &decimal_scale_changed::RULE,
    &default_changed::RULE,
    &enum_default_changed::RULE,
    &enum_symbol_added::RULE,
    &enum_symbol_removed::RULE,
    &field_added_without_default::RULE,
    &field_deleted::RULE,
    &field_renamed::RULE,
    &fixed_size_changed::RULE,
    &json_branch_renamed::RULE,
    &json_field_added::RULE,
    &json_union_changed::RULE,
    &logical_type_changed::RULE,
    &message_deleted::RULE,
    &message_one_way_changed::RULE,
    &names_exchanged::RULE,
    &namespace_changed::RULE,
    &namespace_without_alias::RULE,
    &protocol_deleted::RULE,
    &retired_field_reused::RULE,
    &retired_symbol_reused::RULE,
    &type_changed::RULE,
    &type_deleted::RULE,
    &type_kind_changed::RULE,
    &type_renamed::RULE,
    &union_branch_added::RULE,
    &union_branch_removed::RULE,
    &union_order_changed::RULE,
];
