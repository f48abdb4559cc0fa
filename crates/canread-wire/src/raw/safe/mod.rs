//! The same cursor and buffers without unsafe code: what the fast ones are tested against.
#![allow(clippy::missing_errors_doc, clippy::must_use_candidate, reason = "the fast twins say it")]
#![cfg_attr(not(canread_safe), expect(dead_code, unreachable_pub, reason = "only tests use it then"))]

mod back;
mod cursor;
mod front;
mod owned;

pub use back::BackBuffer;
#[cfg(canread_safe)]
pub use back::BackPlace;
pub use cursor::Cursor;
pub use front::FrontBuffer;
pub use owned::{owned_bytes, owned_text};

use alloc::vec::Vec;

use crate::{Prefix, VARINT_BYTES_MAX};

/// The bytes of a varint.
fn varint_bytes(number: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(VARINT_BYTES_MAX);
    let mut left = number;
    while left >= 0x80 {
        bytes.push((left & 0x7f) as u8 | 0x80);
        left >>= 7;
    }
    bytes.push((left & 0x7f) as u8);
    bytes
}

/// The bytes of a prefix.
fn prefix_bytes(prefix: Prefix) -> Vec<u8> {
    prefix.bytes().to_le_bytes().into_iter().take(prefix.size()).collect()
}
