//! Input that comes in pieces, looked at before it is used up.

use std::io::{Error, ErrorKind, Read, Result};
use std::vec::Vec;

/// How much is asked for at once.
const PIECE: usize = 64 * 1024;

/// Whether a source may have bytes when it is asked again.
#[must_use]
pub fn may_pass(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}

/// Bytes from a file, a socket or anything else that reads, kept until somebody has used them.
///
/// Memory grows with what has come, not with what is wanted. After an error that [may pass](may_pass) nothing is lost.
#[derive(Debug)]
pub struct Source<R> {
    from: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// How many bytes were used up.
    offset: u64,
    /// How much is asked for at once.
    piece: usize,
}

impl<R: Read> Source<R> {
    /// Nothing of a reader has come yet.
    pub fn new(from: R) -> Self {
        Self { from, buffer: Vec::new(), start: 0, end: 0, offset: 0, piece: PIECE }
    }

    /// Asks for no more than so many bytes at once, and never for more than 64 KiB of which nobody said that they are wanted.
    pub fn ask_for(&mut self, bytes_max: usize) {
        self.piece = PIECE.min(bytes_max);
    }

    /// How much memory it holds, in bytes.
    pub fn held_bytes(&self) -> usize {
        self.buffer.capacity()
    }

    /// Gives memory back that is more than so many bytes, and more than what has come needs.
    pub fn give_back(&mut self, bytes_max: usize) {
        let most = bytes_max.max(self.bytes().len());
        if self.buffer.len() > most {
            self.move_to_front();
            self.buffer.truncate(most);
            self.buffer.shrink_to_fit();
        }
    }

    fn move_to_front(&mut self) {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end = self.end.saturating_sub(self.start);
        self.start = 0;
    }

    /// What has come and was not used up.
    pub fn bytes(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Where those bytes begin, counted from the start of the input.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Uses bytes up; at most as many as there are.
    pub fn consume(&mut self, count: usize) {
        let count = count.min(self.bytes().len());
        self.start = self.start.saturating_add(count);
        self.offset = self.offset.saturating_add(count as u64);
    }

    /// Waits until so many bytes are there. False if the input ends before.
    ///
    /// # Errors
    ///
    /// Those of the reader.
    pub fn ensure(&mut self, wanted: usize) -> Result<bool> {
        while self.bytes().len() < wanted {
            if self.read(wanted)? == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Waits for more bytes than there are, for a value that is not whole and may have so many. False if the input has ended.
    ///
    /// When there is no room for more, there will be for an eighth more, so that a long value is moved a few times and not once for each piece.
    ///
    /// # Errors
    ///
    /// Those of the reader.
    pub fn more(&mut self, bytes_max: usize) -> Result<bool> {
        let there = self.bytes().len();
        let room = there.saturating_add(there >> 3).min(bytes_max).max(there.saturating_add(1));
        Ok(self.read(room)? != 0)
    }

    /// Reads once. How many bytes came; 0 at the end.
    fn read(&mut self, wanted: usize) -> Result<usize> {
        let is_at_the_end = self.start.saturating_add(wanted) > self.buffer.len() || self.start == self.end;
        if self.start > 0 && is_at_the_end {
            self.move_to_front();
        }
        if self.end == self.buffer.len() {
            let most = self.buffer.len().saturating_mul(2).min(wanted).max(self.piece);
            let most = most.max(self.end.saturating_add(1));
            // No more than that: a vector that grows by itself takes twice what it had.
            self.buffer.reserve_exact(most.saturating_sub(self.buffer.len()));
            self.buffer.resize(most, 0);
        }
        // What a long value needed is not filled with what comes behind it.
        let most = self.start.saturating_add(wanted.max(self.piece)).min(self.buffer.len());
        let free = self.buffer.get_mut(self.end..most).unwrap_or_default();
        loop {
            match self.from.read(free) {
                // A reader that claims more than there is room for.
                Ok(count) => {
                    let count = count.min(free.len());
                    self.end = self.end.saturating_add(count);
                    return Ok(count);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
            let one = buffer.len().min(1);
            self.0.read(buffer.get_mut(..one).expect("a part of it"))
        }
    }

    #[test]
    fn what_is_wanted_is_there_or_the_end_is() {
        let mut source = Source::new(Drops(b"abcdef"));
        assert!(source.ensure(2).expect("no error"));
        assert_eq!(source.bytes(), b"ab");
        source.consume(1);
        assert!(source.more(100).expect("no error"));
        assert_eq!((source.bytes(), source.offset()), (&b"bc"[..], 1));
        assert!(!source.ensure(6).expect("no error"));
        assert_eq!(source.bytes(), b"bcdef");
        assert!(!source.more(100).expect("no error"));
    }

    #[test]
    fn memory_that_a_long_value_needed_is_given_back() {
        let bytes = [7; 1_000];
        let mut source = Source::new(&bytes[..]);
        source.ask_for(16);
        assert!(source.ensure(500).expect("no error"));
        source.consume(490);
        source.give_back(16);
        assert!(source.held_bytes() <= source.bytes().len().max(16));
        assert!(source.ensure(510).expect("no error"));
        assert_eq!((source.bytes(), source.offset()), (&bytes[490..], 490));
    }

    #[test]
    fn what_a_long_value_needed_is_not_filled_with_what_comes_behind_it() {
        let bytes = [7; 1_000];
        let mut source = Source::new(&bytes[..]);
        source.ask_for(16);
        assert!(source.ensure(500).expect("no error"));
        source.consume(500);
        assert!(source.ensure(1).expect("no error"));
        assert_eq!(source.bytes().len(), 16);
    }

    #[test]
    fn memory_grows_with_what_has_come() {
        let mut source = Source::new(&[0; 1000][..]);
        assert!(!source.ensure(usize::MAX).expect("no error"));
        assert!(source.buffer.len() <= 2 * PIECE);
    }
}
