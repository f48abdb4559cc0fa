//! Reading and writing through pointers: one check for each value, then loads and stores.
//!
//! Every `unsafe` block of canread is in this module.
#![expect(unsafe_code, reason = "one check for each value in place of one for each byte; each block says why it holds")]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "sizes of memory that is there: a slice has at most `isize::MAX` bytes, and offsets stay inside one"
)]
#![expect(clippy::inline_always, reason = "a call for each of these costs more than what they do")]
#![cfg_attr(canread_safe, allow(dead_code, unreachable_pub, reason = "only tests use it then"))]

mod allocation;
mod back;
mod copy;
mod cursor;
mod front;
mod owned;

pub use back::BackBuffer;
#[cfg(not(canread_safe))]
pub use back::BackPlace;
pub use cursor::Cursor;
pub use front::FrontBuffer;
pub use owned::{owned_bytes, owned_text};
