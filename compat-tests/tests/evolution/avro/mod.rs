//! Avro: every sort of type as every other one, by a plan, as the rules say, and as Python reads it.

mod pairs;
mod renamed;
mod sorts;
mod typed;
#[path = "../../interop/avro/values.rs"]
mod values;
