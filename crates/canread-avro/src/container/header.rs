//! The start of a file.
//!
//! ```text
//! header = "Obj" 0x01 metadata marker
//! metadata = map of bytes                    "avro.schema", "avro.codec", and what users like
//! marker = 16 bytes
//! ```
//!
//! Source: Avro 1.12, "Object Container Files".

use std::collections::BTreeMap;
use std::io::Read;

use canread_model::Schema;
use canread_plan::Layout;
use canread_wire::{Budget, Cursor, Fault, Limits, Malformed, Step, zigzag};

use super::{Codec, ContainerError, ContainerErrorKind, ContainerLimits, MARKER_BYTES, Marker, schema_text};
use crate::codec::{block_of, long_of, size_of_value};
use crate::source::Source;

const MAGIC: &[u8; 4] = b"Obj\x01";

/// How many entries metadata may have: an entry of a few bytes takes a hundred of memory. Writers make less than ten.
const ENTRIES_MAX: u64 = 10_000;

pub(super) const SCHEMA_KEY: &str = "avro.schema";
pub(super) const CODEC_KEY: &str = "avro.codec";

/// What a file says about itself.
#[derive(Debug, Clone)]
pub struct Header {
    metadata: BTreeMap<String, Vec<u8>>,
    codec: Codec,
    marker: Marker,
    text: String,
    schema: Schema,
    layout: Layout,
}

impl Header {
    /// The schema that the file was written under.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// That schema as the file has it: JSON.
    #[must_use]
    pub fn schema_text(&self) -> &str {
        &self.text
    }

    /// That schema, compiled for coding.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// How blocks are compressed.
    #[must_use]
    pub fn codec(&self) -> Codec {
        self.codec
    }

    /// What stands behind each block.
    #[must_use]
    pub fn marker(&self) -> &Marker {
        &self.marker
    }

    /// All metadata, the keys that Avro reserves (`avro.schema`, `avro.codec`) among them.
    #[must_use]
    pub fn metadata(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.metadata
    }

    /// Reads the header, and nothing behind it.
    pub(super) fn read<R: Read>(source: &mut Source<R>, limits: &ContainerLimits) -> Result<Self, ContainerError> {
        let most = limits.header_bytes_max();
        let (metadata, marker, size) = loop {
            let bytes = source.bytes();
            // What is no such file is told from its first bytes, however many follow.
            if !bytes.iter().zip(MAGIC).all(|(byte, expected)| byte == expected) {
                return Err(ContainerError::new(ContainerErrorKind::NotAContainer, 0));
            }
            let there = bytes.len();
            let mut cursor = Cursor::new(bytes);
            let fault = match parts(&mut cursor) {
                Ok((metadata, marker)) => break (metadata, marker, cursor.offset_in(bytes)),
                Err(fault) => fault,
            };
            let at = cursor.offset_in(bytes) as u64;
            match fault {
                Fault::Truncated if there >= most => {
                    let allowed = most as u64;
                    return Err(ContainerError::new(ContainerErrorKind::TooLarge { allowed }, at));
                }
                Fault::Truncated => {}
                _ => return Err(ContainerError::new(ContainerErrorKind::Header, at)),
            }
            match source.more(most) {
                Ok(true) => {}
                Ok(false) => return Err(ContainerError::new(ContainerErrorKind::Truncated, there as u64)),
                Err(error) => return Err(ContainerError::new(ContainerErrorKind::Io(error), there as u64)),
            }
        };
        let header = Self::of(metadata, marker).map_err(|kind| ContainerError::new(kind, 0))?;
        source.consume(size);
        Ok(header)
    }

    fn of(metadata: BTreeMap<String, Vec<u8>>, marker: Marker) -> Result<Self, ContainerErrorKind> {
        let codec = match metadata.get(CODEC_KEY) {
            None => Codec::Null,
            Some(name) => Codec::named(name)
                .ok_or_else(|| ContainerErrorKind::UnknownCodec(String::from_utf8_lossy(name).into_owned()))?,
        };
        if !codec.is_available() {
            return Err(ContainerErrorKind::CodecNotBuilt(codec));
        }
        let text = metadata.get(SCHEMA_KEY).ok_or(ContainerErrorKind::NoSchema)?;
        let text = str::from_utf8(text).map_err(|_| ContainerErrorKind::Header)?.to_owned();
        let schema = schema_text::parse(&text).map_err(ContainerErrorKind::Schema)?;
        let layout = Layout::of_root(&schema).map_err(ContainerErrorKind::Layout)?;
        Ok(Self { metadata, codec, marker, text, schema, layout })
    }
}

type Parts = (BTreeMap<String, Vec<u8>>, Marker);

fn parts(cursor: &mut Cursor<'_>) -> Step<Parts> {
    cursor.take(MAGIC.len() as u64)?;
    let mut metadata = BTreeMap::new();
    let mut budget = Budget::new(&Limits::strict().with_items_beyond_input_max(ENTRIES_MAX), 0)?;
    loop {
        let count = block_of(cursor)?;
        if count == 0 {
            break;
        }
        budget.items(count)?;
        for _ in 0..count {
            let size = size_of_value(cursor)?;
            let key = cursor.text(size)?.to_owned();
            let size = size_of_value(cursor)?;
            metadata.insert(key, cursor.take(size)?.to_vec());
        }
    }
    let marker = cursor.take(MARKER_BYTES as u64)?;
    let marker = marker.first_chunk().copied().ok_or(Fault::Truncated)?;
    Ok((metadata, marker))
}

/// The start of a block: how many records there are, and how many bytes.
pub(super) fn block_start(cursor: &mut Cursor<'_>) -> Step<(u64, usize)> {
    let count = u64::try_from(long_of(cursor)?).map_err(|_| Fault::Malformed(Malformed::Length))?;
    let size = usize::try_from(size_of_value(cursor)?).map_err(|_| Fault::Malformed(Malformed::Length))?;
    Ok((count, size))
}

/// The bytes of a header.
pub(super) fn bytes(metadata: &BTreeMap<String, Vec<u8>>, marker: &Marker) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    if !metadata.is_empty() {
        long(metadata.len(), &mut bytes);
    }
    for (key, value) in metadata {
        long(key.len(), &mut bytes);
        bytes.extend_from_slice(key.as_bytes());
        long(value.len(), &mut bytes);
        bytes.extend_from_slice(value);
    }
    bytes.push(0);
    bytes.extend_from_slice(marker);
    bytes
}

/// A count or size.
pub(super) fn long(number: usize, into: &mut Vec<u8>) {
    let mut rest = zigzag(i64::try_from(number).unwrap_or(i64::MAX));
    loop {
        let [low, ..] = rest.to_le_bytes();
        rest >>= 7;
        if rest == 0 {
            into.push(low & 0x7f);
            return;
        }
        into.push(low | 0x80);
    }
}
