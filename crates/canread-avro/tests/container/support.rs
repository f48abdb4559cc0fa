//! What the tests write and read.

use std::io::{ErrorKind, Read};

use canread_avro::container::{Codec, ContainerError, Reader, WriteOptions, Writer};
use canread_derive::CoreRecord as Record;

#[derive(Record, Debug, Clone, PartialEq, Eq)]
#[record(name = "test.Row")]
pub(crate) struct Row {
    #[field(1)]
    pub(crate) id: i64,
    #[field(2)]
    pub(crate) text: String,
}

pub(crate) const MARKER: [u8; 16] = *b"0123456789abcdef";

pub(crate) fn row(id: i64) -> Row {
    Row { id, text: format!("row number {id}") }
}

pub(crate) fn codecs() -> impl Iterator<Item = Codec> {
    Codec::ALL.into_iter().filter(|codec| codec.is_available())
}

pub(crate) fn options(codec: Codec) -> WriteOptions {
    WriteOptions::new().with_compression(codec).with_marker(MARKER).with_block_bytes(100)
}

/// A file of rows 0 to `count`, in blocks of about seven.
pub(crate) fn file(codec: Codec, count: i64) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), &options(codec)).expect("a record has a schema");
    for id in 0..count {
        writer.write(&row(id)).expect("memory takes all");
    }
    writer.finish().expect("memory takes all")
}

pub(crate) fn rows(file: &[u8]) -> Result<Vec<Row>, ContainerError> {
    Reader::new(file)?.records()?.collect()
}

/// Where each block begins, and the end of the last one.
pub(crate) fn starts(file: &[u8]) -> Vec<usize> {
    (16..=file.len()).filter(|end| file[end - 16..*end] == MARKER).collect()
}

/// Has so many bytes at once, and then a few at a time with an error that passes in front of each.
pub(crate) struct Hesitates<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) at_once: usize,
    pub(crate) kind: ErrorKind,
    is_ready: bool,
}

impl<'a> Hesitates<'a> {
    pub(crate) fn new(bytes: &'a [u8], at_once: usize, kind: ErrorKind) -> Self {
        Self { bytes, at_once, kind, is_ready: false }
    }
}

impl Read for Hesitates<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = if self.at_once > 0 { self.at_once } else { 3 };
        self.is_ready = self.at_once > 0 || !self.is_ready;
        if self.is_ready {
            let most = most.min(buffer.len());
            let given = self.bytes.read(&mut buffer[..most])?;
            self.at_once = self.at_once.saturating_sub(given);
            return Ok(given);
        }
        Err(self.kind.into())
    }
}

/// The same numbers each time.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).expect("below a usize")
    }
}

/// A file by hand: a schema, a codec, and blocks of a count and bytes as the file has them.
pub(crate) fn by_hand(schema: &str, codec: &str, blocks: &[(i64, &[u8])]) -> Vec<u8> {
    let mut file = b"Obj\x01\x04".to_vec();
    for (key, value) in [("avro.schema", schema), ("avro.codec", codec)] {
        for text in [key, value] {
            long(text.len().try_into().expect("short"), &mut file);
            file.extend_from_slice(text.as_bytes());
        }
    }
    file.push(0);
    file.extend_from_slice(&MARKER);
    for (count, bytes) in blocks {
        long(*count, &mut file);
        long(bytes.len().try_into().expect("short"), &mut file);
        file.extend_from_slice(bytes);
        file.extend_from_slice(&MARKER);
    }
    file
}

pub(crate) fn long(number: i64, into: &mut Vec<u8>) {
    let mut rest = ((number << 1) ^ (number >> 63)).cast_unsigned();
    loop {
        let low = rest.to_le_bytes()[0] & 0x7f;
        rest >>= 7;
        into.push(if rest == 0 { low } else { low | 0x80 });
        if rest == 0 {
            return;
        }
    }
}
