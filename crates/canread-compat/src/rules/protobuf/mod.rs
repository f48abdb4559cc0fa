//! Protobuf: rules by the problem they name.

mod addition;
mod cardinality;
mod codegen_option_changed;
mod convert;
mod custom_option_changed;
mod declaration;
mod declaration_kind_changed;
mod declaration_renamed;
mod default_changed;
mod deletion;
mod descriptor_accessor_changed;
mod entry;
mod enum_alias_deleted;
mod enum_became_closed;
mod enum_became_open;
mod enum_deleted;
mod enum_value;
mod enum_value_added;
mod enum_value_deleted;
mod enum_value_deleted_unreserved;
mod enum_value_renamed;
mod enum_value_renumbered;
mod enum_value_reused;
mod enum_zero_value_changed;
mod extension_added;
mod extension_became_field;
mod extension_declaration_changed;
mod extension_deleted;
mod extension_range_shrunk;
mod extension_renamed;
mod extension_renumbered;
mod field;
mod field_added;
mod field_became_extension;
mod field_became_repeated;
mod field_became_required;
mod field_became_singular;
mod field_deleted;
mod field_deleted_unreserved_name;
mod field_deleted_unreserved_number;
mod field_dropped_by_intermediary;
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
mod file_moved;
mod http_route_changed;
mod json_name_changed;
mod list_became_map;
mod map_became_list;
mod message_deleted;
mod message_encoding_changed;
mod message_set_changed;
mod oneof;
mod oneof_member_added;
mod oneof_renamed;
mod options;
mod package_deleted;
mod package_renamed;
mod place;
mod presence;
mod presence_became_explicit;
mod presence_became_implicit;
mod public_import_removed;
mod required_became_optional;
mod required_field_added;
mod required_field_deleted;
mod reserved_name_released;
mod reserved_number_released;
mod restore;
mod retired_enum_name_reused;
mod retired_enum_number_reused;
mod retired_field_name_reused;
mod retired_field_number_reused;
mod retired_rpc_reused;
mod rpc;
mod rpc_deleted;
mod rpc_idempotency_changed;
mod rpc_request_changed;
mod rpc_response_changed;
mod rpc_streaming_changed;
mod service_deleted;
mod service_renamed;
mod utf8_validation_changed;
mod validation;
mod validation_changed;
mod validation_loosened;
mod validation_tightened;
mod visibility_narrowed;

use crate::Rule;

/// A line each.
pub(super) const RULES: &[&Rule] = &[
    &codegen_option_changed::RULE,
    &custom_option_changed::RULE,
    &declaration_kind_changed::RULE,
    &declaration_renamed::RULE,
    &default_changed::RULE,
    &descriptor_accessor_changed::RULE,
    &enum_alias_deleted::RULE,
    &enum_became_closed::RULE,
    &enum_became_open::RULE,
    &enum_deleted::RULE,
    &enum_value_added::RULE,
    &enum_value_deleted::RULE,
    &enum_value_deleted_unreserved::RULE,
    &enum_value_renamed::RULE,
    &enum_value_renumbered::RULE,
    &enum_value_reused::RULE,
    &enum_zero_value_changed::RULE,
    &extension_added::RULE,
    &extension_became_field::RULE,
    &extension_declaration_changed::RULE,
    &extension_deleted::RULE,
    &extension_range_shrunk::RULE,
    &extension_renamed::RULE,
    &extension_renumbered::RULE,
    &field_added::RULE,
    &field_became_extension::RULE,
    &field_became_repeated::RULE,
    &field_became_required::RULE,
    &field_became_singular::RULE,
    &field_deleted::RULE,
    &field_deleted_unreserved_name::RULE,
    &field_deleted_unreserved_number::RULE,
    &field_dropped_by_intermediary::RULE,
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
    &file_moved::RULE,
    &http_route_changed::RULE,
    &json_name_changed::RULE,
    &list_became_map::RULE,
    &map_became_list::RULE,
    &message_deleted::RULE,
    &message_encoding_changed::RULE,
    &message_set_changed::RULE,
    &oneof_member_added::RULE,
    &oneof_renamed::RULE,
    &package_deleted::RULE,
    &package_renamed::RULE,
    &presence_became_explicit::RULE,
    &presence_became_implicit::RULE,
    &public_import_removed::RULE,
    &required_became_optional::RULE,
    &required_field_added::RULE,
    &required_field_deleted::RULE,
    &reserved_name_released::RULE,
    &reserved_number_released::RULE,
    &retired_enum_name_reused::RULE,
    &retired_enum_number_reused::RULE,
    &retired_field_name_reused::RULE,
    &retired_field_number_reused::RULE,
    &retired_rpc_reused::RULE,
    &rpc_deleted::RULE,
    &rpc_idempotency_changed::RULE,
    &rpc_request_changed::RULE,
    &rpc_response_changed::RULE,
    &rpc_streaming_changed::RULE,
    &service_deleted::RULE,
    &service_renamed::RULE,
    &utf8_validation_changed::RULE,
    &validation_changed::RULE,
    &validation_loosened::RULE,
    &validation_tightened::RULE,
    &visibility_narrowed::RULE,
];
