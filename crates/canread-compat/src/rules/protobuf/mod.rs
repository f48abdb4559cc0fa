//! Protobuf: rules by the problem they name.

mod addition;
mod cardinality;
mod convert;
mod default_changed;
mod deletion;
mod entry;
mod field;
mod field_added;
mod field_became_repeated;
mod field_became_required;
mod field_became_singular;
mod field_deleted;
mod field_deleted_unreserved_name;
mod field_deleted_unreserved_number;
mod field_left_oneof;
mod field_moved_into_existing_oneof;
mod field_moved_into_new_oneof;
mod field_name_reused;
mod field_number_reused;
mod field_refers_to_another_type;
mod field_renamed;
mod field_renumbered;
mod field_type_changed;
mod fields_merged_into_oneof;
mod json_name_changed;
mod list_became_map;
mod map_became_list;
mod message_encoding_changed;
mod oneof;
mod oneof_member_added;
mod oneof_renamed;
mod presence;
mod presence_became_explicit;
mod presence_became_implicit;
mod required_became_optional;
mod required_field_added;
mod required_field_deleted;
mod utf8_validation_changed;

use crate::Rule;

/// A line each.
pub(super) const RULES: &[&Rule] = &[
    &default_changed::RULE,
    &field_added::RULE,
    &field_became_repeated::RULE,
    &field_became_required::RULE,
    &field_became_singular::RULE,
    &field_deleted::RULE,
    &field_deleted_unreserved_name::RULE,
    &field_deleted_unreserved_number::RULE,
    &field_left_oneof::RULE,
    &field_moved_into_existing_oneof::RULE,
    &field_moved_into_new_oneof::RULE,
    &field_name_reused::RULE,
    &field_number_reused::RULE,
    &field_refers_to_another_type::RULE,
    &field_renamed::RULE,
    &field_renumbered::RULE,
    &field_type_changed::RULE,
    &fields_merged_into_oneof::RULE,
    &json_name_changed::RULE,
    &list_became_map::RULE,
    &map_became_list::RULE,
    &message_encoding_changed::RULE,
    &oneof_member_added::RULE,
    &oneof_renamed::RULE,
    &presence_became_explicit::RULE,
    &presence_became_implicit::RULE,
    &required_became_optional::RULE,
    &required_field_added::RULE,
    &required_field_deleted::RULE,
    &utf8_validation_changed::RULE,
];
