//! Messages of generated schemas, as prost reads and writes them.

// What prost generates is its own style.
#[allow(warnings, clippy::all, clippy::pedantic)]
mod generated {
    use prost::Message;

    include!(concat!(env!("OUT_DIR"), "/schemas.rs"));

    fn again<M: Message + Default>(bytes: &[u8]) -> Result<Vec<u8>, prost::DecodeError> {
        Ok(M::decode(bytes)?.encode_to_vec())
    }
}

pub use generated::{SCHEMAS, read_and_write};

/// The text of a schema, in the package `p` and its number.
#[must_use]
pub fn schema(number: usize) -> String {
    let path = format!(concat!(env!("OUT_DIR"), "/p{}.proto"), number);
    std::fs::read_to_string(path).expect("the build script has written it")
}
