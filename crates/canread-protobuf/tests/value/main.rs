//! Values without a Rust type: bytes as the specification has them, what stands in pieces, and input that nobody sane wrote.

#![cfg(all(feature = "schema", feature = "value"))]

mod bytes;
mod hostile;
mod merging;
mod resolving;
mod resolving_hostile;
mod support;
#[cfg(all(feature = "json", feature = "text"))]
mod wrong;
