//! Values without a Rust type: bytes as the specification has them, plans, and input that nobody sane wrote.

#![cfg(all(feature = "schema", feature = "value"))]

mod bytes;
mod hostile;
#[cfg(feature = "json")]
mod json;
mod resolution;
mod support;
