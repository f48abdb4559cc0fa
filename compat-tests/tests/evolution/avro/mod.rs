//! Avro: every sort of type as every other one, by a plan, as the rules say, and as Python reads it.

mod pairs;
mod renamed;
mod sorts;
mod typed;
#[path = "../../interop/avro/values.rs"]
mod values;

/// Readers are held to what a type lets through, whatever it means.
const ANY: values::Sort = values::Sort { is_logical: false, has_text_in_bytes: false };
