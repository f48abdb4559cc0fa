//! Records as bytes of Avro, and bytes as records.

use std::fmt::Write as _;

mod behaviour;
mod everything;
#[cfg(all(feature = "schema", feature = "value"))]
mod evolution;
mod foreign;
mod hostile;
#[cfg(all(feature = "schema", feature = "value"))]
mod logical;
#[cfg(all(feature = "schema", feature = "value"))]
mod own_schema;
#[cfg(all(feature = "container", feature = "schema", feature = "value"))]
mod places;

/// Bytes in hexadecimal, without spaces.
fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("a string takes all that is written");
    }
    text
}
