//! Whole numbers as floating point.
//!
//! Source: Avro 1.12, "Schema Resolution": `int` and `long` are promotable to `float` and `double`.

#[expect(clippy::cast_precision_loss, reason = "the nearest number is what the specification asks for")]
pub(super) fn to_f32(number: i64) -> f32 {
    number as f32
}

#[expect(clippy::cast_precision_loss, reason = "the nearest number is what the specification asks for")]
pub(super) fn to_f64(number: i64) -> f64 {
    number as f64
}
