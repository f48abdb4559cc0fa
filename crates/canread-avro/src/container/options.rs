//! How a file is written.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};

use super::{Compression, MARKER_BYTES, Marker, WriteError};

/// How a file is written.
#[derive(Debug, Clone)]
pub struct WriteOptions {
    pub(super) compression: Compression,
    pub(super) block_bytes: usize,
    pub(super) metadata: BTreeMap<String, Vec<u8>>,
    pub(super) marker: Option<Marker>,
}

impl WriteOptions {
    /// Blocks of 64 KiB that are not compressed, no metadata of the user's, and a marker by chance.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with blocks that are compressed.
    #[must_use]
    pub fn with_compression(self, compression: impl Into<Compression>) -> Self {
        Self { compression: compression.into(), ..self }
    }

    /// The same with blocks of another size: one is written as soon as its records take so many bytes, before they are
    /// compressed. Larger ones are compressed better, and a reader needs as much memory.
    ///
    /// A block is as large as this and a record at most. With default [`ContainerLimits`](super::ContainerLimits), readers refuse one of more
    /// than 16 MiB, and one of more than 2 MiB that was compressed to less than a hundredth: for those, they
    /// need another `block_bytes_max` and `ratio_max`.
    #[must_use]
    pub fn with_block_bytes(self, block_bytes: usize) -> Self {
        Self { block_bytes, ..self }
    }

    /// The same with an entry of metadata. Keys that begin with `avro.` are refused when the file is begun.
    #[must_use]
    pub fn with_metadata(mut self, key: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.metadata.insert(key.into(), value.into());
        self
    }

    /// The same with a marker that is known before, so that the same records make the same file: for tests.
    #[must_use]
    pub fn with_marker(self, marker: Marker) -> Self {
        Self { marker: Some(marker), ..self }
    }

    pub(super) fn check(&self) -> Result<(), WriteError> {
        match self.metadata.keys().find(|key| key.starts_with("avro.")) {
            Some(key) => Err(WriteError::ReservedKey(key.clone())),
            None => self.compression.check(),
        }
    }
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self { compression: Compression::default(), block_bytes: 64 * 1024, metadata: BTreeMap::new(), marker: None }
    }
}

/// 16 bytes that no record has by accident, and that nobody who gives records can know.
///
/// The keys of the standard library's hashes come from the system's random numbers, and what they make of a constant says
/// nothing about them. A crate for random numbers would be one more for every service.
pub(super) fn random_marker() -> Marker {
    let mut marker = [0; MARKER_BYTES];
    for (at, half) in marker.chunks_exact_mut(8).enumerate() {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_usize(at);
        half.copy_from_slice(&hasher.finish().to_le_bytes());
    }
    marker
}
