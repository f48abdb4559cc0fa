//! The model from outside: the schema of each format that needs it most, and
//! what the fingerprint sees.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says so by failing")]

mod avro;
mod build;
mod check;
mod content;
mod depth;
mod json_schema;
mod protobuf;
mod shuffle;
mod thrift;
mod xsd;
