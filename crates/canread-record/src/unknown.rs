//! What a record did not know when it was read.

use alloc::vec::Vec;

use canread_wire::{Budget, Step};

use crate::collect::grow;

/// Fields that a record does not have, kept as they were written so that they are written again: the type of a field with
/// `#[field(unknown)]`.
///
/// They belong to the format that they were read from: another format leaves them out. Only Protobuf has such fields; in Avro there are none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Unknown {
    protobuf: Vec<u8>,
}

impl Unknown {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.protobuf.is_empty()
    }

    /// Fields of Protobuf, each with its tag, in the order in which they were read.
    #[must_use]
    pub fn protobuf(&self) -> &[u8] {
        &self.protobuf
    }

    /// Forgets what was kept; its memory is used again.
    pub fn clear(&mut self) {
        self.protobuf.clear();
    }

    /// Keeps fields of Protobuf, each with its tag.
    ///
    /// # Errors
    ///
    /// The budget allows no more memory.
    pub fn keep_protobuf(&mut self, fields: &[u8], budget: &mut Budget) -> Step<()> {
        grow(&mut self.protobuf, fields.len(), budget)?;
        self.protobuf.extend_from_slice(fields);
        Ok(())
    }
}
