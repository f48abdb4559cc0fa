//! What a format demands of a field, where its type is known to the compiler alone.

use crate::{FieldMeta, message::Message};

/// Nothing, if a field has what its format demands.
///
/// ```compile_fail,E0080
/// #[derive(canread::Record)]
/// struct Order {
///     #[field(1)]
///     lines: Vec<Vec<i32>>, // "`Order.lines`: Protobuf has no lists of lists, maps or options"
/// }
///
/// canread::protobuf::to_vec(&Order { lines: vec![] })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
///
/// If it has not, with the place where the field is declared and what is wrong; it is the compiler's error where this is a constant.
#[track_caller]
pub const fn demand(field: &FieldMeta, is_met: bool, otherwise: &str) {
    if !is_met {
        let place = if field.declared_at.is_empty() { field.name } else { field.declared_at };
        panic!("{}", Message::START.and("`").and(place).and("`: ").and(otherwise).as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "`shop::Order.lines`: Protobuf has no lists of lists")]
    fn the_field_is_named_where_it_is_declared() {
        let lines = FieldMeta::new("all_lines", 1).declared_at("shop::Order.lines");
        demand(&lines, true, "it has");
        demand(&lines, false, "Protobuf has no lists of lists");
    }
}
