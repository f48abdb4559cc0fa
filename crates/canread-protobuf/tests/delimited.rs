//! Streams of messages, each behind its length.

#![cfg(all(feature = "schema", feature = "std", feature = "value"))]

use std::fmt::Write as _;
use std::io::{self, Read};
use std::path::Path;

use canread_derive::CoreRecord as Record;
use canread_plan::{Arena, Layout};
use canread_protobuf::codec::delimited::{
    DelimitedErrorKind, Messages, ReadError, Reader, WriteError, Writer, encode_into, encode_value_into, records,
};
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::Sources;
use canread_testing::{ask, oracle};
use canread_wire::{DecodeErrorKind, Limits};

#[derive(Record, Debug, Clone, PartialEq)]
struct Line {
    #[field(1)]
    sku: String,
    #[field(2)]
    quantity: i32,
    #[field(3)]
    data: Vec<u8>,
}

const SCHEMA: &str = "syntax = \"proto3\"; message Line { string sku = 1; int32 quantity = 2; bytes data = 3; }";

fn line(sku: &str, quantity: i32) -> Line {
    Line { sku: sku.to_owned(), quantity, data: Vec::new() }
}

fn layout() -> Layout {
    let mut sources = Sources::default();
    let file = sources.add("line.proto", "test", SCHEMA.as_bytes().to_vec());
    let linked = read(&[("line.proto", file)], &sources, &LinkOptions::default());
    let root = linked.schema.find("Line").expect("there is a message");
    Layout::of(&linked.schema, root).expect("the schema has a layout")
}

/// Messages of no bytes, of a few, and of more than a length of one byte or a buffer holds.
fn lines() -> Vec<Line> {
    let mut lines = vec![line("M8", 40), line("", 0), line("Größe", -1), line(&"x".repeat(200), 1)];
    lines.push(Line { data: vec![7; 100_000], ..line("large", 2) });
    lines.push(line("last", 3));
    lines
}

fn stream(lines: &[Line]) -> Vec<u8> {
    let mut stream = Vec::new();
    for line in lines {
        encode_into(line, &mut stream).expect("not deep");
    }
    stream
}

/// A source that gives a few bytes at a time, is interrupted in between, and remembers how much it was asked for.
struct Slow<'b> {
    bytes: &'b [u8],
    step: usize,
    is_interrupted: bool,
    asked_max: usize,
}

impl<'b> Slow<'b> {
    fn new(bytes: &'b [u8], step: usize) -> Self {
        Self { bytes, step, is_interrupted: false, asked_max: 0 }
    }
}

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.is_interrupted = !self.is_interrupted;
        if self.is_interrupted {
            return Err(io::ErrorKind::Interrupted.into());
        }
        self.asked_max = self.asked_max.max(buffer.len());
        let size = self.step.min(buffer.len()).min(self.bytes.len());
        let (now, later) = self.bytes.split_at(size);
        buffer[..size].copy_from_slice(now);
        self.bytes = later;
        Ok(size)
    }
}

/// Bytes in hexadecimal, without spaces.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all that is written");
        text
    })
}

#[test]
fn a_length_stands_before_each_message() {
    let mut stream = vec![9];
    encode_into(&line("M8", 5), &mut stream).expect("not deep");
    encode_into(&line("", 0), &mut stream).expect("not deep");
    assert_eq!(stream, b"\x09\x06\x0a\x02M8\x10\x05\x00");
    let long = line(&"x".repeat(200), 0);
    stream.clear();
    encode_into(&long, &mut stream).expect("not deep");
    assert_eq!(stream[..5], [0xcb, 0x01, 0x0a, 0xc8, 0x01], "203 bytes");
}

#[test]
fn a_stream_is_read_as_it_was_written_however_it_comes() {
    let (lines, layout) = (lines(), layout());
    let stream = stream(&lines);
    let read: Vec<Line> = records(&stream).collect::<Result<_, _>>().expect("our own stream");
    assert_eq!(read, lines);
    for step in [1, 3, 1000, usize::MAX] {
        let mut reader = Reader::new(Slow::new(&stream, step));
        let mut read = Vec::new();
        while let Some(line) = reader.read::<Line>().expect("our own stream") {
            read.push(line);
        }
        assert_eq!(read, lines, "{step} bytes at a time");
        assert_eq!(reader.offset(), stream.len() as u64);
        assert!(reader.read::<Line>().expect("the end stays the end").is_none());
    }
    // As values, from a slice and from a source, to a vector and to a target.
    let (mut messages, mut reader) = (Messages::new(&stream), Reader::new(Slow::new(&stream, 7)));
    let (mut written, mut writer) = (Vec::new(), Writer::new(Vec::new()));
    let arena = Arena::new();
    while let Some(value) = messages.next_value(&layout, &arena) {
        let value = value.expect("our own stream");
        encode_value_into(&layout, &value, &mut written).expect("a value of the layout");
        let other = reader.read_value(&layout, &arena).expect("our own stream").expect("as many");
        assert_eq!(value, other);
        writer.write_value(&layout, &other).expect("a vector takes all");
    }
    assert_eq!((&written, &writer.into_inner()), (&stream, &stream));
    let mut writer = Writer::new(Vec::new());
    for line in &lines {
        writer.write(line).expect("a vector takes all");
    }
    assert_eq!(writer.target(), &stream);
}

#[test]
fn the_end_of_a_stream_is_told_from_one_that_was_cut() {
    let lines = [line("M8", 40), line("", 0), line(&"x".repeat(200), 1)];
    let stream = stream(&lines);
    let mut ends = Vec::new();
    for length in 0..=stream.len() {
        let cut = &stream[..length];
        let of_slice: Vec<_> = Messages::new(cut).collect();
        let mut reader = Reader::new(Slow::new(cut, 2));
        let mut given = 0;
        let failure = loop {
            match reader.read_bytes() {
                Ok(Some(bytes)) => {
                    assert_eq!(of_slice[given], Ok(bytes));
                    given += 1;
                }
                Ok(None) => break None,
                Err(ReadError::Stream(error)) => break Some(error),
                Err(error) => panic!("{error}"),
            }
        };
        match failure {
            None => {
                assert_eq!(given, of_slice.len());
                ends.push(length);
            }
            Some(error) => {
                assert_eq!((error.kind(), error.message()), (&DelimitedErrorKind::Truncated, given as u64));
                assert_eq!(of_slice.last(), Some(&Err(error)), "{length}");
                assert!(reader.read_bytes().expect("nothing comes after that").is_none());
            }
        }
    }
    assert_eq!(ends, [0, 7, 8, 8 + 207]);
}

#[test]
fn a_message_that_is_none_of_the_type_does_not_hide_those_behind_it() {
    let stream = [&[2, 0x0a, 5, 1, 0x0f, 2][..], &[0x10, 7]].concat();
    let read: Vec<_> = records::<Line>(&stream).collect();
    let [Err(cut), Err(tag), Ok(whole)] = &read[..] else { panic!("{read:?}") };
    insta::assert_snapshot!(cut, @"message 0 of the stream, at byte 0: the input ends inside a value at byte 2, in `sku`");
    insta::assert_snapshot!(tag, @"message 1 of the stream, at byte 3: malformed: a tag that the format does not have at byte 1, in `sku`");
    assert_eq!(whole, &line("", 7));
    let mut reader = Reader::new(&stream[..]);
    for error in [cut, tag] {
        let Err(ReadError::Stream(found)) = reader.read::<Line>() else { panic!("{error} was expected") };
        assert_eq!(&found, error);
    }
    assert_eq!(reader.read::<Line>().expect("a message"), Some(line("", 7)));
}

#[test]
fn lengths_beyond_the_limits_are_refused_before_anything_is_read_for_them() {
    let limits = Limits::strict().with_bytes_max(3);
    let mut messages = Messages::new(&[3, 0x10, 7, 0, 4, 0, 0, 0, 0]).with_limits(limits);
    assert_eq!(messages.next(), Some(Ok(&[0x10, 7, 0][..])));
    let error = messages.next().expect("an error").expect_err("4 bytes");
    assert_eq!(error.kind(), &DelimitedErrorKind::TooLong { found: 4, allowed: 3 });
    insta::assert_snapshot!(error, @"message 1 of the stream, at byte 4: 4 bytes, where at most 3 are allowed");
    assert_eq!(messages.next(), None);
    for length in [&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1][..], &[0x81, 0x80, 0x80, 0x20]] {
        let mut reader = Reader::new(Slow::new(length, 1));
        let Err(ReadError::Stream(error)) = reader.read_bytes() else { panic!("too long") };
        assert!(matches!(error.kind(), DelimitedErrorKind::TooLong { .. }), "{error}");
    }
    let broken = [0xff; 11];
    let error = Messages::new(&broken).next().expect("an error").expect_err("no length");
    assert_eq!(error.kind(), &DelimitedErrorKind::Length);
    let Err(ReadError::Stream(other)) = Reader::new(Slow::new(&broken, 4)).read_bytes() else { panic!("no length") };
    assert_eq!(other, error);
    // Limits of what is in a message hold too.
    let limits = Limits::strict().with_allocated_bytes_max(10);
    let long = stream(&[line(&"x".repeat(50), 0)]);
    let error = Messages::new(&long).with_limits(limits).next_record::<Line>().expect("one").expect_err("50 bytes");
    let DelimitedErrorKind::Message(error) = error.kind() else { panic!("{error}") };
    assert!(matches!(error.kind(), DecodeErrorKind::LimitExceeded { .. }));
}

#[test]
fn a_length_alone_gets_no_memory() {
    // 60 MiB, and 20,000 bytes of them.
    let claim = [&[0x80, 0x80, 0x80, 0x1e][..], &vec![0; 20_000]].concat();
    let mut source = Slow::new(&claim, usize::MAX);
    let mut reader = Reader::new(&mut source);
    assert!(matches!(reader.read_bytes(), Err(ReadError::Stream(_))));
    drop(reader);
    assert!(source.asked_max <= 20_004, "{} bytes were made room for", source.asked_max);
}

#[test]
fn what_source_and_target_say_is_passed_on() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    let mut reader = Reader::new((&[2, 0x10][..]).chain(Broken));
    let Err(ReadError::Io(error)) = reader.read_bytes() else { panic!("the source fails") };
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    let mut small = [0; 3];
    let mut writer = Writer::new(&mut small[..]);
    assert!(matches!(writer.write(&line("M8", 5)), Err(WriteError::Io(_))));
}

#[test]
fn python_reads_our_streams_and_writes_the_same() {
    let schema = Path::new(env!("CARGO_TARGET_TMPDIR")).join("line.proto");
    std::fs::write(&schema, SCHEMA).expect("a file under target/");
    let Some(mut command) = oracle("protobuf_delimited.py") else { return };
    command.arg(schema).arg("Line");
    let stream = stream(&lines());
    // Streams that end, and those that were cut inside of a message, which Python refuses too.
    let few = self::stream(&lines()[..3]);
    let mut questions = vec![hex(&stream)];
    questions.extend((0..=few.len()).map(|length| hex(&few[..length])));
    let answers = ask(&mut command, &questions, &[0]);
    let answers: Vec<&str> = answers.lines().collect();
    assert!(answers[0].contains(&format!("\"stream\": \"{}\"", hex(&stream))));
    let (mut ends, mut cuts) = (0, 0);
    for (length, answer) in (0..few.len()).zip(&answers[1..]) {
        let read: Result<Vec<&[u8]>, _> = Messages::new(&few[..length]).collect();
        assert_eq!(answer.contains("error"), read.is_err(), "{length}: {answer}");
        *(if read.is_ok() { &mut ends } else { &mut cuts }) += 1;
    }
    assert!(ends >= 3 && cuts > 10, "{ends} {cuts}");
}
