//! Files, block by block.
//!
//! ```text
//! file  = header block*
//! block = count:long size:long byte* marker
//! ```

use std::io::Read;

use canread_wire::{Cursor, Fault, Source};
use memchr::memmem;

use super::decompress::decompress;
use super::header::block_start;
use super::{Block, Codec, ContainerError, ContainerErrorKind, ContainerLimits, Header, MARKER_BYTES, Marker};

/// Reads a file from its start to its end, block by block, in memory that does not grow with the file.
///
/// [`records`](Self::records) and [`values`](Self::values) go through it record by record, and
/// [`in_parallel`](Self::in_parallel) on several threads. The source need not be buffered.
///
/// After an error nothing comes any more, unless [`resync`](Self::resync) is called. After one that
/// [passes](ContainerError::may_pass) it goes on where it was.
#[derive(Debug)]
pub struct Reader<R> {
    source: Source<R>,
    header: Header,
    limits: ContainerLimits,
    /// Bytes of the block that was read last. They are kept until the next is asked for: its records may be damaged.
    pending: usize,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    /// The block that begins there can't be read.
    Damaged {
        from: u64,
    },
    Ended,
}

/// What was passed over since it is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "these bytes of the file were not read"]
#[non_exhaustive]
pub struct Lost {
    /// The first byte of the file that was passed over: where the damaged block began.
    pub from: u64,
    /// The first byte of the file that is read again: what follows the next marker, or the end of the file.
    pub to: u64,
    /// Whether the file ended before another marker came.
    pub is_rest: bool,
    /// How many records of the block had been read before its damage.
    pub records_read: u64,
}

/// A block as the file has it.
pub(super) struct Packed<'s> {
    pub(super) bytes: &'s [u8],
    pub(super) count: u64,
    pub(super) offset: u64,
}

impl<R: Read> Reader<R> {
    /// Reads the header, within [`ContainerLimits::strict`].
    ///
    /// # Errors
    ///
    /// If the source fails, is no such file or ends in its header; if its schema can't be read, or its codec is not known.
    pub fn new(source: R) -> Result<Self, ContainerError> {
        Self::with_limits(source, &ContainerLimits::strict())
    }

    /// Reads the header, within limits that hold for the blocks too.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new).
    pub fn with_limits(source: R, limits: &ContainerLimits) -> Result<Self, ContainerError> {
        let mut source = Source::new(source);
        let header = Header::read(&mut source, limits)?;
        Ok(Self { source, header, limits: *limits, pending: 0, state: State::Good })
    }

    /// What the file says about itself.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Reads the next block. False at the end of the file; the block is then empty.
    ///
    /// # Errors
    ///
    /// If the source fails or ends inside the block, the block is larger than is allowed, it can't be decompressed, or the
    /// marker behind it is not the file's.
    pub fn read_block(&mut self, block: &mut Block) -> Result<bool, ContainerError> {
        block.count = 0;
        block.bytes.clear();
        let (codec, limits) = (self.header.codec(), self.limits);
        let unpacked = match self.next_packed() {
            Ok(None) => return Ok(false),
            Ok(Some(packed)) => unpack(&packed, codec, &limits, block),
            Err(error) => Err(error),
        };
        match unpacked {
            Ok(()) => Ok(true),
            Err(error) => Err(self.failed(error)),
        }
    }

    /// The next block as it is in the file; `None` at the end of the file.
    pub(super) fn next_packed(&mut self) -> Result<Option<Packed<'_>>, ContainerError> {
        if self.state != State::Good {
            return Ok(None);
        }
        self.source.consume(self.pending);
        self.pending = 0;
        match frame(&mut self.source, self.header.marker(), &self.limits) {
            Ok(None) => {
                self.state = State::Ended;
                Ok(None)
            }
            Ok(Some(frame)) => {
                self.pending = frame.start.saturating_add(frame.size).saturating_add(MARKER_BYTES);
                let bytes = self.source.bytes().get(frame.start..).and_then(|rest| rest.get(..frame.size));
                let bytes = bytes.unwrap_or_default();
                Ok(Some(Packed { bytes, count: frame.count, offset: self.source.offset() }))
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    /// What came of the block stays, for who asks again after an error that may pass.
    fn failed(&mut self, error: ContainerError) -> ContainerError {
        if !error.may_pass() {
            self.fail();
        }
        error
    }

    /// Says that the block which was read last is damaged.
    pub(super) fn fail(&mut self) {
        if self.state == State::Good {
            // Its bytes are not used up before the next block is asked for.
            self.state = State::Damaged { from: self.source.offset() };
        }
    }

    /// Says that nothing is read any more.
    pub(super) fn end(&mut self) {
        self.state = State::Ended;
    }

    /// After an error: looks for the next marker behind the start of the damaged block, and says what is lost. Reading goes on
    /// behind that marker. `None` if there was no error.
    ///
    /// `records_read` of the answer is 0: [`Records::resync`](super::Records::resync) knows it.
    ///
    /// # Errors
    ///
    /// If the source fails.
    pub fn resync(&mut self) -> Result<Option<Lost>, ContainerError> {
        let State::Damaged { from } = self.state else { return Ok(None) };
        self.pending = 0;
        let marker = *self.header.marker();
        let finder = memmem::Finder::new(&marker);
        loop {
            if let Some(at) = finder.find(self.source.bytes()) {
                self.source.consume(at.saturating_add(MARKER_BYTES));
                self.state = State::Good;
                return Ok(Some(Lost { from, to: self.source.offset(), is_rest: false, records_read: 0 }));
            }
            // A part of the marker may be there already.
            let part = MARKER_BYTES.saturating_sub(1);
            self.source.consume(self.source.bytes().len().saturating_sub(part));
            match self.source.ensure(MARKER_BYTES) {
                Ok(true) => {}
                Ok(false) => {
                    self.source.consume(part);
                    self.state = State::Ended;
                    return Ok(Some(Lost { from, to: self.source.offset(), is_rest: true, records_read: 0 }));
                }
                Err(error) => {
                    return Err(ContainerError::new(ContainerErrorKind::Io(error), self.source.offset()));
                }
            }
        }
    }

    pub(super) fn limits(&self) -> &ContainerLimits {
        &self.limits
    }
}

/// Decompresses a block.
pub(super) fn unpack(
    packed: &Packed<'_>,
    codec: Codec,
    limits: &ContainerLimits,
    block: &mut Block,
) -> Result<(), ContainerError> {
    block.count = packed.count;
    block.offset = packed.offset;
    block.limits = *limits.block();
    decompress(codec, packed.bytes, limits, &mut block.bytes).map_err(|kind| ContainerError::new(kind, packed.offset))
}

/// Where a block's parts are, from its first byte on.
struct Frame {
    count: u64,
    start: usize,
    size: usize,
}

/// Waits until the next block is there, with its marker.
fn frame<R: Read>(
    source: &mut Source<R>,
    marker: &Marker,
    limits: &ContainerLimits,
) -> Result<Option<Frame>, ContainerError> {
    let offset = source.offset();
    let failed = |kind| Err(ContainerError::new(kind, offset));
    let io = |error| ContainerError::new(ContainerErrorKind::Io(error), offset);
    if !source.ensure(1).map_err(io)? {
        return Ok(None);
    }
    let (count, size, start) = loop {
        let bytes = source.bytes();
        let mut cursor = Cursor::new(bytes);
        match block_start(&mut cursor) {
            Ok((count, size)) => break (count, size, cursor.offset_in(bytes)),
            Err(Fault::Truncated) => {}
            Err(_) => return failed(ContainerErrorKind::BlockHeader),
        }
        let wanted = bytes.len().saturating_add(1);
        if !source.ensure(wanted).map_err(io)? {
            return failed(ContainerErrorKind::Truncated);
        }
    };
    if size > limits.compressed_bytes_max() {
        // By the setting, which is what the caller knows; what a codec may add to it is not.
        return failed(ContainerErrorKind::TooLarge { allowed: limits.block_bytes_max() as u64 });
    }
    let end = start.saturating_add(size);
    if !source.ensure(end.saturating_add(MARKER_BYTES)).map_err(io)? {
        return failed(ContainerErrorKind::Truncated);
    }
    if source.bytes().get(end..).and_then(|rest| rest.first_chunk()) != Some(marker) {
        return Err(ContainerError::new(ContainerErrorKind::Marker, offset.saturating_add(end as u64)));
    }
    Ok(Some(Frame { count, start, size }))
}
