//! Data of generated schemas, as others read and write it.

mod avro;
mod protobuf;
mod random;

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What schemas have used, and how often.
type Coverage = BTreeMap<&'static str, usize>;

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
