//! What a caller allows bytes from outside to cost.

use crate::Limit;

/// Budgets for one value that is decoded or encoded.
///
/// | limit | unit | [`strict`](Self::strict) (default) | why |
/// |---|---|--:|---|
/// | `bytes_max` | bytes of input | 64 MiB | more is a file and no message; a caller who reads files says so |
/// | `depth_max` | records and unions inside the outermost one, one in the other; in values without a type of Avro also lists and maps | 100 | what Protobuf's implementations allow; what is deeper wants the stack |
/// | `items_beyond_input_max` | items | 1,048,576 | items may cost no bytes at all (an Avro array of nulls), so the input's size does not bound them |
/// | `allocated_bytes_max` | bytes of memory, the buffers of streams included | 256 MiB | an empty message of 2 bytes may be a struct of a thousand |
///
/// [`trusted`](Self::trusted) lifts all of them but the depth, for bytes that the program has written itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::struct_field_names, reason = "qualifiers come last")]
pub struct Limits {
    bytes_max: u64,
    depth_max: u32,
    items_beyond_input_max: u64,
    allocated_bytes_max: u64,
}

impl Limits {
    /// For bytes from a network, a file or a queue: the default.
    #[must_use]
    pub const fn strict() -> Self {
        Self {
            bytes_max: 64 * 1024 * 1024,
            depth_max: 100,
            items_beyond_input_max: 1024 * 1024,
            allocated_bytes_max: 256 * 1024 * 1024,
        }
    }

    /// For bytes that this program, or one like it, has written. Only the depth stays bounded, by 1,000.
    #[must_use]
    pub const fn trusted() -> Self {
        Self { bytes_max: u64::MAX, depth_max: 1_000, items_beyond_input_max: u64::MAX, allocated_bytes_max: u64::MAX }
    }

    /// The same with another number of bytes of input.
    #[must_use]
    pub const fn with_bytes_max(self, bytes_max: u64) -> Self {
        Self { bytes_max, ..self }
    }

    /// The same with another depth.
    ///
    /// Each level takes stack.
    #[must_use]
    pub const fn with_depth_max(self, depth_max: u32) -> Self {
        Self { depth_max, ..self }
    }

    /// The same with another number of items beyond one for each byte of input.
    #[must_use]
    pub const fn with_items_beyond_input_max(self, items_beyond_input_max: u64) -> Self {
        Self { items_beyond_input_max, ..self }
    }

    /// The same with another number of bytes of memory.
    #[must_use]
    pub const fn with_allocated_bytes_max(self, allocated_bytes_max: u64) -> Self {
        Self { allocated_bytes_max, ..self }
    }

    /// How many bytes of input are read at most.
    #[must_use]
    pub const fn bytes_max(&self) -> u64 {
        self.bytes_max
    }

    /// How many records and unions may be inside the outermost one, one in the other; see the table for lists and maps.
    #[must_use]
    pub const fn depth_max(&self) -> u32 {
        self.depth_max
    }

    /// How many levels there may be in all, for code that counts the outermost one too.
    #[must_use]
    #[inline]
    pub const fn levels_max(&self) -> u32 {
        self.depth_max.saturating_add(1)
    }

    /// How many items all lists and maps together may have, beyond one for each byte of input.
    #[must_use]
    pub const fn items_beyond_input_max(&self) -> u64 {
        self.items_beyond_input_max
    }

    /// How many bytes of memory decoding may hold at any moment, beside the path in its error.
    ///
    /// What the author of a type wrote as the `default` of a field counts when it is there, about, and also where the data has another
    /// value: so a record's defaults may be beyond the limit before the error says so. Those of fields whose type has a type parameter
    /// are not counted. What the branch of a oneof held that another one has replaced stays counted.
    ///
    /// The reader of a stream counts what it holds of the stream too: a record's bytes may be half of this, since a buffer that grows
    /// is there twice, and the record has what they leave, or seven eighths.
    #[must_use]
    pub const fn allocated_bytes_max(&self) -> u64 {
        self.allocated_bytes_max
    }

    /// The figure of one limit, for a message.
    #[must_use]
    pub const fn allowed(&self, limit: Limit) -> u64 {
        match limit {
            Limit::Bytes => self.bytes_max,
            Limit::Depth => self.depth_max as u64,
            Limit::Items => self.items_beyond_input_max,
            Limit::AllocatedBytes => self.allocated_bytes_max,
        }
    }
}

impl Default for Limits {
    /// [`Limits::strict`].
    fn default() -> Self {
        Self::strict()
    }
}
