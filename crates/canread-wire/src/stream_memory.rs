//! What the reader of a stream may hold for what it reads.

use crate::{Limits, VARINT_BYTES_MAX};

/// How the reader of a stream divides `allocated_bytes_max` of its limits between its buffer and the record that it makes of it, so that
/// both together hold no more.
///
/// A record's bytes may take half: while the buffer grows, what it grows from is there too. What becomes of them may take what they leave,
/// but for an eighth that is the buffer's whatever it holds. So it does not matter what came before, or in which pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamMemory {
    limits: Limits,
}

/// The buffer may always have so many bytes: with fewer it could not even read a length.
const LEAST_BYTES: usize = 16;

const _: () = assert!(LEAST_BYTES >= VARINT_BYTES_MAX);

impl StreamMemory {
    /// What limits allow, which hold for each record.
    #[must_use]
    pub const fn new(limits: &Limits) -> Self {
        Self { limits: *limits }
    }

    /// How many bytes the buffer may have for a record that takes fewer: for what comes with it.
    #[must_use]
    pub fn buffer_bytes(&self) -> usize {
        size(self.limits.allocated_bytes_max() >> 3).max(LEAST_BYTES)
    }

    /// How many bytes a record may take, beside so many that somebody else holds.
    #[must_use]
    pub fn record_bytes(&self, beside: usize) -> usize {
        size(self.limits.allocated_bytes_max().saturating_sub(beside as u64) >> 1)
    }

    /// What may become of a record whose bytes take so many in the buffer, beside so many that somebody else holds.
    #[must_use]
    pub fn limits_of(&self, record_bytes: usize, beside: usize) -> Limits {
        let held = record_bytes.max(self.buffer_bytes()).saturating_add(beside) as u64;
        self.limits.with_allocated_bytes_max(self.limits.allocated_bytes_max().saturating_sub(held))
    }

    /// Those that it was made of.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
}

fn size(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_and_its_bytes_share_one_limit() {
        let memory = StreamMemory::new(&Limits::strict().with_allocated_bytes_max(1_000));
        assert_eq!((memory.buffer_bytes(), memory.record_bytes(0), memory.record_bytes(400)), (125, 500, 300));
        assert_eq!(memory.record_bytes(2_000), 0);
        let left = |bytes, beside| memory.limits_of(bytes, beside).allocated_bytes_max();
        assert_eq!((left(0, 0), left(125, 0), left(500, 0), left(500, 100)), (875, 875, 500, 400));
    }

    #[test]
    fn usual_limits_let_the_longest_message_through() {
        let limits = Limits::strict();
        assert!(StreamMemory::new(&limits).record_bytes(0) as u64 > limits.bytes_max());
        let trusted = StreamMemory::new(&Limits::trusted());
        assert!(trusted.record_bytes(0) >= usize::MAX >> 1);
    }
}
