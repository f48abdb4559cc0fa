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
use canread_wire::{Budget, Cursor, Fault, Limits, Malformed, Source, Step, zigzag};

use super::schema_text::{self, shown};
use super::{Codec, ContainerError, ContainerErrorKind, ContainerLimits, MARKER_BYTES, Marker};
use crate::codec::{block_of, long_of, size_of_value};

const MAGIC: &[u8; 4] = b"Obj\x01";

/// How many entries metadata may have: an entry of a few bytes takes a hundred and more of memory. Writers make less than ten.
const ENTRIES_MAX: u64 = 500;

pub(super) const SCHEMA_KEY: &str = "avro.schema";
pub(super) const CODEC_KEY: &str = "avro.codec";

/// What a file says about itself.
#[derive(Debug, Clone)]
pub struct Header {
    metadata: BTreeMap<String, Vec<u8>>,
    codec: Codec,
    marker: Marker,
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
        // It was looked at when the header was read.
        self.metadata.get(SCHEMA_KEY).and_then(|text| str::from_utf8(text).ok()).unwrap_or_default()
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
        let size = size(source, limits.header_bytes_max())?;
        let bytes = source.bytes().get(..size).unwrap_or_default();
        let header = Self::of(bytes, limits).map_err(|kind| ContainerError::new(kind, 0))?;
        source.consume(size);
        Ok(header)
    }

    fn of(bytes: &[u8], limits: &ContainerLimits) -> Result<Self, ContainerErrorKind> {
        let mut metadata = BTreeMap::new();
        let each = |key: &str, value: &[u8]| drop(metadata.insert(key.to_owned(), value.to_vec()));
        let marker = parts(&mut Cursor::new(bytes), each).map_err(|_| ContainerErrorKind::Header)?;
        let codec = match metadata.get(CODEC_KEY) {
            None => Codec::Null,
            Some(name) => Codec::named(name)
                .ok_or_else(|| ContainerErrorKind::UnknownCodec(shown(&String::from_utf8_lossy(name))))?,
        };
        if !codec.is_available() {
            return Err(ContainerErrorKind::CodecNotBuilt(codec));
        }
        let text = metadata.get(SCHEMA_KEY).ok_or(ContainerErrorKind::NoSchema)?;
        let text = str::from_utf8(text).map_err(|_| ContainerErrorKind::Header)?;
        let (schema, layout) = schema_text::compile(text, limits.block().allocated_bytes_max())?;
        Ok(Self { metadata, codec, marker, schema, layout })
    }
}

/// Waits until the header is there, and says how many bytes it takes.
fn size<R: Read>(source: &mut Source<R>, most: usize) -> Result<usize, ContainerError> {
    loop {
        let bytes = source.bytes();
        // More than the header may have come.
        let bytes = bytes.get(..most).unwrap_or(bytes);
        // What is no such file is told from its first bytes, however many follow.
        if !bytes.iter().zip(MAGIC).all(|(byte, expected)| byte == expected) {
            return Err(ContainerError::new(ContainerErrorKind::NotAContainer, 0));
        }
        let there = bytes.len();
        let mut cursor = Cursor::new(bytes);
        let Err(fault) = parts(&mut cursor, |_, _| ()) else { return Ok(cursor.offset_in(bytes)) };
        let at = cursor.offset_in(bytes) as u64;
        match fault {
            Fault::Truncated if there >= most => {
                let allowed = most as u64;
                return Err(ContainerError::new(ContainerErrorKind::HeaderTooLarge { allowed }, at));
            }
            Fault::Truncated => {}
            Fault::Limit(_) => {
                let kind = ContainerErrorKind::TooManyEntries { allowed: ENTRIES_MAX };
                return Err(ContainerError::new(kind, at));
            }
            _ => return Err(ContainerError::new(ContainerErrorKind::Header, at)),
        }
        match source.more(most) {
            Ok(true) => {}
            Ok(false) => return Err(ContainerError::new(ContainerErrorKind::Truncated, there as u64)),
            Err(error) => return Err(ContainerError::new(ContainerErrorKind::Io(error), there as u64)),
        }
    }
}

/// Goes through a header, and gives each entry of its metadata.
fn parts<'a>(cursor: &mut Cursor<'a>, mut each: impl FnMut(&'a str, &'a [u8])) -> Step<Marker> {
    cursor.take(MAGIC.len() as u64)?;
    let mut budget = Budget::new(&Limits::strict().with_items_beyond_input_max(ENTRIES_MAX), 0)?;
    loop {
        let count = block_of(cursor)?;
        if count == 0 {
            break;
        }
        budget.items(count)?;
        for _ in 0..count {
            let size = size_of_value(cursor)?;
            let key = cursor.text(size)?;
            let size = size_of_value(cursor)?;
            each(key, cursor.take(size)?);
        }
    }
    let marker = cursor.take(MARKER_BYTES as u64)?;
    marker.first_chunk().copied().ok_or(Fault::Truncated)
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
