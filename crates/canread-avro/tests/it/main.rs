//! Avro schemas from text to model and back.

mod corpus;
mod fingerprints;
mod foreign;
mod help;
mod hostile;
mod imports;
mod lowering;
mod said;
