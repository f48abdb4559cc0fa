//! Avro schemas from text to model and back.

mod corpus;
mod fingerprints;
mod help;
mod hostile;
mod lowering;
mod said;
