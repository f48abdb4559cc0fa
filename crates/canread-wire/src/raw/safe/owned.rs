//! Copies of bytes in memory of their own, as the standard library makes them.

use alloc::{string::String, vec::Vec};

/// The bytes in memory of their own.
pub fn owned_bytes(bytes: &[u8]) -> Vec<u8> {
    bytes.to_vec()
}

/// The text in memory of its own.
pub fn owned_text(text: &str) -> String {
    String::from(text)
}
