//! Values without a Rust type: bytes as the specification has them, plans, and input that nobody sane wrote.

#![cfg(all(feature = "schema", feature = "value"))]

mod bytes;
mod hostile;
mod resolution;
mod support;
