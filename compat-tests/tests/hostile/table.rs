//! The decoders. A new one is an entry here: its name, what its bytes look like, good inputs, and how it reads and writes.

use canread_avro::codec as avro;
use canread_plan::{Arena, Layout, Plan};
use canread_protobuf::codec as protobuf;
use canread_wire::{DecodeError, Limits};

use crate::decoder::{Decoder, Grammar, Refusal, Trial};
use crate::generated;
use crate::heap::measured;
use crate::{avro_type, collections, protobuf_type};

/// What a byte may become in a value without a type: the smallest text, list or record is 24 bytes, and as many for each field, of
/// which made-up messages have ten.
pub(crate) const VALUE_FACTOR: usize = 200;

/// Writes what was read.
pub(crate) const WRITTEN: &str = "what was read can be written";

/// Reads a type by a function of its codec, and writes it.
macro_rules! read {
    ($codec:ident, $type:ty) => {
        |input: &[u8], limits: &canread_wire::Limits| {
            let (read, peak) = $crate::heap::measured(|| $codec::from_slice_with::<$type>(input, limits));
            $crate::decoder::Trial {
                peak,
                read: read
                    .map(|value| $codec::to_vec(&value).expect($crate::table::WRITTEN))
                    .map_err($crate::decoder::Refusal::from),
            }
        }
    };
}

pub(crate) use read;

/// Reads into a value that is there.
macro_rules! merge {
    ($codec:ident, $start:expr) => {
        |input: &[u8], limits: &canread_wire::Limits| {
            let mut value = $start;
            let (read, peak) = $crate::heap::measured(|| $codec::merge_into_with(&mut value, input, limits));
            $crate::decoder::Trial {
                peak,
                read: read
                    .map(|()| $codec::to_vec(&value).expect($crate::table::WRITTEN))
                    .map_err($crate::decoder::Refusal::from),
            }
        }
    };
}

/// All of them.
pub(crate) fn decoders() -> Vec<Decoder> {
    let protobuf_seeds = vec![
        protobuf::to_vec(&protobuf_type::full()).expect("not deep"),
        protobuf::to_vec(&protobuf::from_slice::<protobuf_type::Everything>(&[]).expect("empty")).expect("not deep"),
    ];
    let avro_seeds = vec![avro::to_vec(&avro_type::full()).expect("not deep")];
    let collected = (
        vec![protobuf::to_vec(&collections::full()).expect("not deep")],
        vec![avro::to_vec(&collections::full()).expect("not deep")],
    );
    let mut all = vec![
        Decoder::new(
            "protobuf: a type",
            Grammar::Protobuf,
            protobuf_seeds.clone(),
            read!(protobuf, protobuf_type::Everything),
        )
        .unordered(),
        Decoder::new(
            "protobuf: a type that borrows",
            Grammar::Protobuf,
            protobuf_seeds.clone(),
            read!(protobuf, protobuf_type::Borrowed<'_>),
        ),
        Decoder::new(
            "protobuf: merged into a type",
            Grammar::Protobuf,
            protobuf_seeds.clone(),
            merge!(protobuf, protobuf_type::full()),
        )
        .unordered()
        .read_by(read!(protobuf, protobuf_type::Everything)),
        Decoder::new(
            "protobuf: collections",
            Grammar::Protobuf,
            collected.0.clone(),
            read!(protobuf, collections::Collections<'_>),
        )
        .unordered(),
        Decoder::new(
            "protobuf: merged into collections",
            Grammar::Protobuf,
            collected.0,
            merge!(protobuf, collections::full()),
        )
        .unordered()
        .read_by(read!(protobuf, collections::Collections<'_>)),
        protobuf_value(
            "protobuf: a value, everything",
            include_str!("../../../crates/canread-protobuf/tests/codec/everything.proto"),
            "test.Everything",
            protobuf_seeds,
        ),
        Decoder::new("avro: a type", Grammar::Avro, avro_seeds.clone(), read!(avro, avro_type::Everything)),
        Decoder::new("avro: into a type", Grammar::Avro, avro_seeds.clone(), merge!(avro, avro_type::full()))
            .read_by(read!(avro, avro_type::Everything)),
        Decoder::new(
            "avro: collections",
            Grammar::Avro,
            collected.1.clone(),
            read!(avro, collections::Collections<'_>),
        )
        .unordered(),
        Decoder::new("avro: into collections", Grammar::Avro, collected.1, merge!(avro, collections::full()))
            .unordered()
            .read_by(read!(avro, collections::Collections<'_>)),
        avro_value("everything", include_str!("../../../crates/canread-avro/tests/codec/everything.avsc"), avro_seeds),
    ];
    for seed in 1..=4 {
        let text = generated::protobuf_schema(seed);
        let seeds = generated::protobuf_seeds(&generated::protobuf_layout(&text, "M0"), 20);
        all.push(protobuf_value(format!("protobuf: a value, made up {seed}"), &text, "M0", seeds));
    }
    for seed in 1..=4 {
        let (writer, reader) = generated::avro_schemas(seed);
        let seeds = generated::avro_seeds(&generated::avro_layout(&writer), 20);
        all.push(avro_value(&format!("made up {seed}"), &writer, seeds.clone()));
        all.push(avro_resolving(&format!("made up {seed}"), &writer, &reader, seeds));
    }
    all.push(avro_typed_resolving());
    all.extend(crate::protobuf_layers::decoders());
    all.extend(crate::texts::decoders());
    all.extend(crate::avro_layers::decoders());
    all
}

/// A message without a type.
pub(crate) fn protobuf_value(name: impl Into<String>, schema: &str, message: &str, seeds: Vec<Vec<u8>>) -> Decoder {
    let layout = generated::protobuf_layout(schema, message);
    Decoder::new(name, Grammar::Protobuf, seeds, move |input, limits| {
        let arena = Arena::new();
        let (read, peak) = measured(|| protobuf::value::from_slice_with(&layout, input, &arena, limits));
        Trial {
            peak,
            read: read.map(|value| protobuf::value::to_vec(&layout, &value).expect(WRITTEN)).map_err(Refusal::from),
        }
    })
    .amplifying(VALUE_FACTOR)
}

/// A value of a schema without a type.
fn avro_value(name: &str, schema: &str, seeds: Vec<Vec<u8>>) -> Decoder {
    let layout = generated::avro_layout(schema);
    Decoder::new(format!("avro: a value, {name}"), Grammar::Avro, seeds, move |input, limits| {
        avro_read(&layout, input, limits)
    })
    .amplifying(VALUE_FACTOR)
}

pub(crate) fn avro_read(layout: &Layout, input: &[u8], limits: &Limits) -> Trial {
    let arena = Arena::new();
    let (read, peak) = measured(|| avro::value::from_slice_with(layout, input, &arena, limits));
    Trial { peak, read: read.map(|value| avro::value::to_vec(layout, &value).expect(WRITTEN)).map_err(Refusal::from) }
}

/// A value of a reader from a writer's bytes. What it writes is the reader's.
fn avro_resolving(name: &str, writer: &str, reader: &str, seeds: Vec<Vec<u8>>) -> Decoder {
    let reader = generated::avro_layout(reader);
    let plan = Plan::resolve(generated::avro_layout(writer), reader.clone()).expect("the reader can read");
    Decoder::new(format!("avro: a value resolved, {name}"), Grammar::Avro, seeds, move |input, limits| {
        let arena = Arena::new();
        let (read, peak) = measured(|| avro::value::resolve_slice_with(&plan, input, &arena, limits));
        Trial {
            peak,
            read: read.map(|value| avro::value::to_vec(plan.reader(), &value).expect(WRITTEN)).map_err(Refusal::from),
        }
    })
    .amplifying(VALUE_FACTOR)
    .read_by(move |input, limits| avro_read(&reader, input, limits))
}

/// What a type is read from that an older version of it has written: fields in another order, narrower numbers, and some that are
/// gone since.
const OLDER: &str = include_str!("older.avsc");

fn avro_typed_resolving() -> Decoder {
    let writer = older();
    let decoder = avro::Decoder::<avro_type::Everything>::new(&writer).expect("the type can read it");
    let seeds = generated::avro_seeds(&generated::avro_layout(OLDER), 2_000);
    // Not all bytes are the text that the type wants.
    let seeds: Vec<_> = seeds.into_iter().filter(|seed| decoder.from_slice(seed).is_ok()).collect();
    assert!(seeds.len() > 10, "{} seeds", seeds.len());
    Decoder::new("avro: a type resolved", Grammar::Avro, seeds, move |input, limits| {
        let (read, peak): (Result<avro_type::Everything, DecodeError>, _) =
            measured(|| decoder.from_slice_with(input, limits));
        Trial { peak, read: read.map(|value| avro::to_vec(&value).expect(WRITTEN)).map_err(Refusal::from) }
    })
    // Where an error is, is looked for without the type.
    .amplifying(VALUE_FACTOR)
    .read_by(read!(avro, avro_type::Everything))
}

fn older() -> canread_model::Schema {
    use canread_avro::schema::{LinkOptions, read};
    let mut sources = canread_syntax::Sources::default();
    let file = sources.add("older.avsc", "test", OLDER.as_bytes().to_vec());
    read(&[("older.avsc", file)], &sources, &LinkOptions::default()).schema
}
