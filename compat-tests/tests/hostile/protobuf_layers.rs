//! Decoders of Protobuf under plans, of delimited streams, and of what stands before a message.

use canread::framing::Framing;
use canread_plan::{Arena, Plan};
use canread_protobuf::codec as protobuf;
use canread_protobuf::codec::delimited::{self, DelimitedErrorKind, Messages, ReadError, Reader};
use canread_wire::{DecodeError, Limits};

use crate::decoder::{Decoder, Grammar, Refusal, Trial};
use crate::generated;
use crate::heap::measured;
use crate::mutate::varint;
use crate::protobuf_type;
use crate::table::{VALUE_FACTOR, WRITTEN, read};

const EVERYTHING: &str = include_str!("../../../crates/canread-protobuf/tests/codec/everything.proto");

/// What is asked for at once of a stream, where that much is allowed.
const CHUNK_BYTES: usize = 8 << 10;

/// What there is of the buffer whatever is allowed: enough to read a length.
const LENGTH_BYTES: usize = 16;

/// All of them.
pub(crate) fn decoders() -> Vec<Decoder> {
    let full = protobuf::to_vec(&protobuf_type::full()).expect("not deep");
    let empty = protobuf::to_vec(&protobuf::from_slice::<protobuf_type::Everything>(&[]).expect("empty"));
    let messages = [full.clone(), empty.expect("not deep")];
    let stream: Vec<u8> = messages.iter().flat_map(|message| delimited_message(message)).collect();
    let streams = vec![stream, delimited_message(&full), vec![0, 0, 0]];
    let mut all = vec![
        typed_resolving(messages.to_vec()),
        delimited_records(streams.clone()),
        delimited_values(streams.clone()),
        delimited_reader(streams),
        framing("a schema", Framing::Schema, &full),
        framing("a message", Framing::Message, &full),
    ];
    all.extend((1..=4).map(value_resolving));
    all
}

/// Those of streams.
pub(crate) fn delimited_decoders() -> Vec<Decoder> {
    vec![delimited_records(vec![]), delimited_values(vec![]), delimited_reader(vec![])]
}

/// That of messages with indexes.
pub(crate) fn framing_decoders() -> Vec<Decoder> {
    vec![framing("a message", Framing::Message, &[])]
}

/// Numbers that lie otherwise than the reader's own.
pub(crate) fn differing(schema: &str) -> String {
    [(" int32 ", " sint64 "), (" sint32 ", " int64 "), (" uint64 ", " sint64 "), (" float ", " double ")]
        .iter()
        .fold(schema.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn value_resolving(seed: u64) -> Decoder {
    let writer = generated::protobuf_schema(seed);
    let reader = generated::protobuf_layout(&differing(&writer), "M0");
    let writer = generated::protobuf_layout(&writer, "M0");
    let seeds = generated::protobuf_seeds(&writer, 20);
    let plan = Plan::resolve(writer, reader.clone()).expect("the reader can read");
    let resolve = move |input: &[u8], limits: &Limits| {
        let arena = Arena::new();
        let (read, peak) = measured(|| protobuf::value::resolve_slice_with(&plan, input, &arena, limits));
        let write = |value| protobuf::value::to_vec(plan.reader(), &value).expect(WRITTEN);
        Trial { peak, read: read.map(write).map_err(Refusal::from) }
    };
    // A number that the reader has no room for is refused.
    let seeds = seeds.into_iter().filter(|seed| resolve(seed, &Limits::strict()).read.is_ok()).collect();
    Decoder::new(format!("protobuf: a value resolved, made up {seed}"), Grammar::Protobuf, seeds, resolve)
        .amplifying(VALUE_FACTOR)
        .read_by(move |input, limits| {
            let arena = Arena::new();
            let (read, peak) = measured(|| protobuf::value::from_slice_with(&reader, input, &arena, limits));
            let write = |value| protobuf::value::to_vec(&reader, &value).expect(WRITTEN);
            Trial { peak, read: read.map(write).map_err(Refusal::from) }
        })
}

pub(crate) fn everything_schema(text: &str) -> canread_model::Schema {
    use canread_protobuf::schema::{LinkOptions, read};
    let mut sources = canread_syntax::Sources::default();
    let file = sources.add("everything.proto", "test", text.as_bytes().to_vec());
    read(&[("everything.proto", file)], &sources, &LinkOptions::default()).schema
}

fn typed_resolving(seeds: Vec<Vec<u8>>) -> Decoder {
    let writer = everything_schema(&differing(EVERYTHING));
    let decoder = protobuf::Decoder::<protobuf_type::Everything>::new(&writer, "test.Everything");
    let decoder = decoder.expect("the type can read it");
    let seeds: Vec<_> = seeds.into_iter().filter(|seed| decoder.from_slice(seed).is_ok()).collect();
    Decoder::new("protobuf: a type resolved", Grammar::Protobuf, seeds, move |input, limits| {
        let (read, peak): (Result<protobuf_type::Everything, DecodeError>, _) =
            measured(|| decoder.from_slice_with(input, limits));
        Trial { peak, read: read.map(|value| protobuf::to_vec(&value).expect(WRITTEN)).map_err(Refusal::from) }
    })
    .unordered()
    .read_by(read!(protobuf, protobuf_type::Everything))
}

fn delimited_message(message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(message.len() as u64, &mut bytes);
    bytes.extend_from_slice(message);
    bytes
}

/// What a stream is refused for.
fn refused(error: delimited::DelimitedError) -> Refusal {
    let path = if let DelimitedErrorKind::Message(inner) = error.kind() { Some(inner.path().clone()) } else { None };
    Refusal::new(error, path.as_ref(), 0)
}

fn delimited_records(seeds: Vec<Vec<u8>>) -> Decoder {
    Decoder::new("delimited: records of a slice", Grammar::Protobuf, seeds, |input, limits| {
        // Each record is gone when the next one comes: the limits are those of one.
        let each = |mut seen: Option<&mut Vec<u8>>| {
            let mut messages = Messages::new(input).with_limits(*limits);
            while let Some(record) = messages.next_record::<protobuf_type::Borrowed<'_>>() {
                let record = record?;
                if let Some(written) = seen.as_mut() {
                    delimited::encode_into(&record, written).expect(WRITTEN);
                }
            }
            Ok(())
        };
        let (read, peak) = measured(|| each(None));
        let mut written = Vec::new();
        let read = read.and_then(|()| each(Some(&mut written))).map_err(refused);
        Trial { peak, read: read.map(|()| written) }
    })
}

fn delimited_values(seeds: Vec<Vec<u8>>) -> Decoder {
    let layout = generated::protobuf_layout(EVERYTHING, "test.Everything");
    Decoder::new("delimited: values of a slice", Grammar::Protobuf, seeds, move |input, limits| {
        let each = |mut seen: Option<&mut Vec<u8>>| {
            let mut messages = Messages::new(input).with_limits(*limits);
            loop {
                let arena = Arena::new();
                let Some(value) = messages.next_value(&layout, &arena) else { return Ok(()) };
                let value = value?;
                if let Some(written) = seen.as_mut() {
                    delimited::encode_value_into(&layout, &value, written).expect(WRITTEN);
                }
            }
        };
        let (read, peak) = measured(|| each(None));
        let mut written = Vec::new();
        let read = read.and_then(|()| each(Some(&mut written))).map_err(refused);
        Trial { peak, read: read.map(|()| written) }
    })
    .amplifying(VALUE_FACTOR)
}

fn delimited_reader(seeds: Vec<Vec<u8>>) -> Decoder {
    Decoder::new("delimited: records as they come", Grammar::Protobuf, seeds, |input, limits| {
        let each = |mut seen: Option<&mut Vec<u8>>| {
            let mut reader = Reader::new(Slowly(input)).with_limits(*limits);
            while let Some(record) = reader.read::<protobuf_type::Borrowed<'_>>()? {
                if let Some(written) = seen.as_mut() {
                    delimited::encode_into(&record, written).expect(WRITTEN);
                }
            }
            Ok(())
        };
        let (read, peak) = measured(|| each(None));
        let mut written = Vec::new();
        let read = read.and_then(|()| each(Some(&mut written))).map_err(|error| match error {
            ReadError::Stream(error) => refused(error),
            error => Refusal::new(error, None, 0),
        });
        Trial { peak, read: read.map(|()| written) }
    })
    .buffering(CHUNK_BYTES)
    .beside(LENGTH_BYTES)
}

/// A source that gives a few bytes at a time.
pub(crate) struct Slowly<'b>(pub(crate) &'b [u8]);

impl std::io::Read for Slowly<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let size = into.len().min(self.0.len()).min(97);
        let (now, later) = self.0.split_at(size);
        into[..size].copy_from_slice(now);
        self.0 = later;
        Ok(size)
    }
}

/// What stands before a message. It has no limits: at most as many indexes as there are bytes.
fn framing(name: &str, framing: Framing, message: &[u8]) -> Decoder {
    let number = [0, 0, 0, 0, 7];
    let guid = [&[1_u8][..], &[9; 16]].concat();
    let indexes: &[&[u8]] = if framing == Framing::Message { &[&[0], &[2, 2], &[6, 0, 2, 4]] } else { &[&[]] };
    let of = |start: &[u8]| indexes.iter().map(|at| [start, at, message].concat()).collect::<Vec<_>>();
    let seeds = [of(&number), of(&guid)].concat();
    Decoder::new(format!("framing: {name}"), Grammar::Avro, seeds, move |input, _| {
        let (read, peak) = measured(|| framing.split(input));
        let read = read.map(|(prefix, message)| {
            let mut written = Vec::new();
            prefix.write(&mut written);
            written.extend_from_slice(message);
            written
        });
        Trial { peak, read: read.map_err(|error| Refusal::new(error, None, 0)) }
    })
    .beside(FRAMING_BYTES)
}

/// What indexes of one message may take: four bytes for each of at most as many as an input has bytes, and what it moved from.
const FRAMING_BYTES: usize = 16 << 10;
