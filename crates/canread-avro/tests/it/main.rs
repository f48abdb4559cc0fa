//! Avro schemas from text to model and back.

mod help;
mod lowering;
mod said;
