//! Protobuf: rules by the problem they name.

mod convert;
mod field;
mod field_type_changed;

use crate::Rule;

/// A line each.
pub(super) const RULES: &[&Rule] = &[&field_type_changed::RULE];
