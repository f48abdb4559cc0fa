//! Records as bytes of Protobuf, and bytes as records.

use std::fmt::Write as _;

mod behaviour;
mod everything;
#[cfg(all(feature = "schema", feature = "value"))]
mod evolution;
mod foreign;
mod hostile;
mod logical;
#[cfg(all(feature = "schema", feature = "value"))]
mod places;
#[cfg(all(feature = "schema", feature = "value"))]
mod schema_files;
mod unions;

/// Bytes in hexadecimal, without spaces.
fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("a string takes all that is written");
    }
    text
}
