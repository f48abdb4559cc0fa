//! The cursor and the buffers, twice: with unchecked access behind a check, and without any unsafe code.
//!
//! Both modules offer the same types with the same functions, and the test in `agreement` runs each operation on
//! both. `--cfg canread_safe` makes the rest of canread use the safe ones.

#[cfg(any(not(canread_safe), test))]
mod fast;
#[cfg(any(canread_safe, test))]
mod safe;

#[cfg(not(canread_safe))]
pub use fast::{BackBuffer, BackPlace, Cursor, FrontBuffer, owned_bytes, owned_text};
#[cfg(canread_safe)]
pub use safe::{BackBuffer, BackPlace, Cursor, FrontBuffer, owned_bytes, owned_text};

#[cfg(test)]
mod agreement;
