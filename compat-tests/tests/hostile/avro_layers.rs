//! Decoders of Avro's container files, single objects and streams.

use canread_avro::codec as avro;
use canread_avro::container::{Codec, Compression, ContainerError, ContainerErrorKind, ContainerLimits, Reader};
use canread_avro::container::{ValueWriter, WriteOptions, Writer};
use canread_avro::single_object;
use canread_avro::stream::{self, StreamError};
use canread_derive::CoreRecord as Record;
use canread_plan::Arena;
use canread_wire::Limits;

use crate::collections::Leaf;
use crate::decoder::{Decoder, Grammar, Refusal, Trial};
use crate::generated;
use crate::heap::measured;
use crate::protobuf_layers::Slowly;
use crate::table::{VALUE_FACTOR, WRITTEN};

/// A record of a file.
#[derive(Record, Debug, Clone, PartialEq)]
pub(crate) struct Row {
    #[field(1)]
    id: i64,
    #[field(2)]
    name: String,
    #[field(3)]
    tags: Vec<String>,
    #[field(4)]
    perhaps: Option<f64>,
    #[field(5)]
    leaves: Vec<Leaf>,
}

pub(crate) const MARKER: [u8; 16] = *b"a marker of ours";

/// What a file takes beside its records: its header, the schema and layout that are made of it, the bytes that it is read into, and
/// a block before and after it is decompressed; or the hundred errors of its schema that are looked for. Measured, with the schema of `Row`.
const FILE_BYTES: usize = 160 << 10;

/// What a block becomes at any ratio, and the byte more that shows that it is too much: for a moment there are two places for it, one half as large.
/// bzip2 takes four bytes beside for each of the 900,000 of its own blocks, deflate 43 KiB; those in C ask another allocator, which is not counted.
const fn packed_bytes(codec: Codec) -> usize {
    match codec {
        Codec::Null => 0,
        Codec::Bzip2 => (3 << 20) + 3_700_000,
        _ => (3 << 20) + (64 << 10),
    }
}

pub(crate) fn rows() -> Vec<Row> {
    let row = |id| Row {
        id,
        name: format!("row {id}"),
        tags: vec!["a".to_owned(), "tag".to_owned()],
        perhaps: (id % 2 == 0).then_some(0.5),
        leaves: Vec::new(),
    };
    (0..6).map(row).collect()
}

/// All of them.
pub(crate) fn decoders() -> Vec<Decoder> {
    let mut all = Vec::new();
    for codec in Codec::ALL {
        let seeds = vec![file(codec, &rows(), 40), file(codec, &rows(), 4_000), file(codec, &[], 40)];
        let beside = FILE_BYTES + packed_bytes(codec);
        let name = codec.name();
        all.push(records(name, codec, seeds.clone()).beside(beside));
        all.push(values(&format!("container: values, {name}"), codec, seeds, false).beside(beside));
    }
    let seeds = vec![file(Codec::Null, &rows(), 40), file(Codec::Null, &rows(), 4_000)];
    all.push(values("container: values, passing over damage", Codec::Null, seeds, true).beside(FILE_BYTES));
    all.push(crate::headers::text_decoder());
    all.push(objects());
    all.push(object_values());
    all.push(stream_records());
    all.push(stream_values());
    all
}

/// Those of files that are not compressed.
pub(crate) fn null_decoders() -> Vec<Decoder> {
    vec![
        records("null", Codec::Null, vec![]),
        values("container: values, null", Codec::Null, vec![], false),
        values("container: values, passing over damage", Codec::Null, vec![], true),
    ]
}

/// Those of streams of rows.
pub(crate) fn stream_decoders() -> Vec<Decoder> {
    vec![stream_records()]
}

/// So many times all rows.
pub(crate) fn stream_of(times: usize) -> Vec<u8> {
    rows().iter().flat_map(|row| avro::to_vec(row).expect("not deep")).collect::<Vec<_>>().repeat(times)
}

/// One row.
pub(crate) fn stream_of_a_long_text(bytes: usize) -> Vec<u8> {
    avro::to_vec(&Row { name: "x".repeat(bytes), ..rows()[0].clone() }).expect("not deep")
}

/// One row with so many tags.
pub(crate) fn stream_of_many_tags(count: usize) -> Vec<u8> {
    avro::to_vec(&Row { tags: vec!["a tag".to_owned(); count], ..rows()[0].clone() }).expect("not deep")
}

/// Rows whose names are so long, and nothing but one letter.
pub(crate) fn long_rows(bytes: usize) -> Vec<Row> {
    vec![Row { name: "x".repeat(bytes), ..rows()[0].clone() }]
}

fn options(codec: Codec, block_bytes: usize) -> WriteOptions {
    WriteOptions::new().with_compression(Compression::new(codec)).with_block_bytes(block_bytes).with_marker(MARKER)
}

/// A file of rows.
pub(crate) fn file(codec: Codec, rows: &[Row], block_bytes: usize) -> Vec<u8> {
    let mut writer = Writer::<_, Row>::new(Vec::new(), &options(codec, block_bytes)).expect("a vector");
    for row in rows {
        writer.write(row).expect("a vector");
    }
    writer.finish().expect("a vector")
}

pub(crate) fn refused(error: ContainerError) -> Refusal {
    let path =
        if let ContainerErrorKind::Record { error, .. } = error.kind() { Some(error.path().clone()) } else { None };
    let words = 2 * error.to_string().len();
    Refusal::new(error, path.as_ref(), words)
}

pub(crate) fn limited(limits: &Limits) -> ContainerLimits {
    ContainerLimits::strict().with_block(*limits)
}

fn records(name: &str, codec: Codec, seeds: Vec<Vec<u8>>) -> Decoder {
    Decoder::new(format!("container: records, {name}"), Grammar::Avro, seeds, move |input, limits| {
        let each = |mut seen: Option<&mut Vec<Row>>| {
            for row in Reader::with_limits(Slowly(input), &limited(limits))?.records::<Row>()? {
                let row = row?;
                if let Some(rows) = seen.as_mut() {
                    rows.push(row);
                }
            }
            Ok(())
        };
        let (read, peak) = measured(|| each(None));
        let mut rows = Vec::new();
        let read = read.and_then(|()| each(Some(&mut rows))).map_err(refused);
        Trial { peak, read: read.map(|()| file(codec, &rows, 4_000)) }
    })
    .slow(10)
}

/// The values of a file, under whatever schema it has. `is_patient`: damaged blocks are passed over.
fn values(name: &str, codec: Codec, seeds: Vec<Vec<u8>>, is_patient: bool) -> Decoder {
    Decoder::new(name, Grammar::Avro, seeds, move |input, limits| {
        let each = |mut written: Option<&mut Vec<u8>>| -> Result<(), ContainerError> {
            let reader = Reader::with_limits(Slowly(input), &limited(limits))?;
            let schema = reader.header().schema_text().to_owned();
            let mut values = reader.values();
            let mut writer = written
                .is_some()
                .then(|| ValueWriter::with_schema(Vec::new(), &schema, &options(codec, 4_000)).expect(WRITTEN));
            loop {
                let error = match values.next_value() {
                    Ok(Some(value)) => {
                        if let Some(writer) = writer.as_mut() {
                            writer.write(&value).expect(WRITTEN);
                        }
                        continue;
                    }
                    Ok(None) => break,
                    Err(error) => error,
                };
                if !is_patient || values.resync()?.is_none() {
                    return Err(error);
                }
            }
            if let (Some(writer), Some(written)) = (writer, written.as_mut()) {
                **written = writer.finish().expect("a vector");
            }
            Ok(())
        };
        let (read, peak) = measured(|| each(None));
        let mut written = Vec::new();
        let read = read.and_then(|()| each(Some(&mut written))).map_err(refused);
        Trial { peak, read: read.map(|()| written) }
    })
    .amplifying(VALUE_FACTOR)
    .slow(10)
}

/// Schemas that a store has, and what is made of each once.
const STORE_BYTES: usize = 64 << 10;

fn object_seeds() -> Vec<Vec<u8>> {
    let encoder = single_object::Encoder::<Row>::new().expect("a record");
    rows().iter().map(|row| encoder.to_vec(row).expect("not deep")).collect()
}

fn refused_object(error: single_object::SingleObjectError) -> Refusal {
    match error {
        single_object::SingleObjectError::Decode(error) => error.into(),
        error => Refusal::new(error, None, 0),
    }
}

fn objects() -> Decoder {
    let schema = avro::schema_of::<Row>();
    let own = single_object::fingerprint(&schema).expect("it has a type");
    let encoder = single_object::Encoder::<Row>::new().expect("a record");
    Decoder::new("single object: a type", Grammar::Avro, object_seeds(), move |input, limits| {
        let store = |asked: u64| (asked == own).then(|| schema.clone());
        let reader = single_object::Reader::<Row, _>::with_limits(store, limits);
        let (read, peak) = measured(|| reader.read(input));
        let read = read.map(|row| encoder.to_vec(&row).expect(WRITTEN));
        Trial { peak, read: read.map_err(refused_object) }
    })
    .beside(STORE_BYTES)
    .slow(5)
}

fn object_values() -> Decoder {
    let schema = avro::schema_of::<Row>();
    let own = single_object::fingerprint(&schema).expect("it has a type");
    let encoder = single_object::ValueEncoder::new(&schema).expect("it has a type");
    Decoder::new("single object: a value", Grammar::Avro, object_seeds(), move |input, limits| {
        let arena = Arena::new();
        let store = |asked: u64| (asked == own).then(|| schema.clone());
        let reader = single_object::ValueReader::with_limits(store, limits);
        let (read, peak) = measured(|| reader.read(input, &arena));
        let read = read.map(|(_, value)| encoder.to_vec(&value).expect(WRITTEN));
        Trial { peak, read: read.map_err(refused_object) }
    })
    .amplifying(VALUE_FACTOR)
    .beside(STORE_BYTES)
    .slow(5)
}

fn stream_seeds() -> Vec<Vec<u8>> {
    let one: Vec<u8> = rows().iter().flat_map(|row| avro::to_vec(row).expect("not deep")).collect();
    vec![one, avro::to_vec(&rows()[0]).expect("not deep")]
}

fn refused_stream(error: StreamError) -> Refusal {
    match error {
        StreamError::Decode { error, .. } => error.into(),
        error => Refusal::new(error, None, 0),
    }
}

/// What is asked for at once of a stream, where that much is allowed.
const PIECE_BYTES: usize = 64 << 10;

/// What there is of the buffer whatever is allowed.
const LEAST_BYTES: usize = 16;

/// The way of 100 levels to where a value was not whole, while it grows: it is an error's own, and nobody sees that error, since more bytes come
/// and the value is read again.
const PATH_BYTES: usize = 10 << 10;

fn stream_records() -> Decoder {
    let decoder = avro::Decoder::<Row>::new(&avro::schema_of::<Row>()).expect("the same");
    Decoder::new("stream: records", Grammar::Avro, stream_seeds(), move |input, limits| {
        let each = |decoder, mut seen: Option<&mut Vec<u8>>| {
            for row in stream::Reader::with_decoder(Slowly(input), decoder, limits) {
                let row: Row = row?;
                if let Some(written) = seen.as_mut() {
                    stream::write(*written, &row)?;
                }
            }
            Ok(())
        };
        let own = decoder.clone();
        let (read, peak) = measured(|| each(own, None));
        let mut written = Vec::new();
        let read = read.and_then(|()| each(decoder.clone(), Some(&mut written))).map_err(refused_stream);
        Trial { peak, read: read.map(|()| written) }
    })
    // Small records in a list, as `amplification` lists them.
    .amplifying(48)
    .buffering(PIECE_BYTES)
    .beside(LEAST_BYTES)
}

fn stream_values() -> Decoder {
    let layout = generated::avro_layout(include_str!("older.avsc"));
    let seeds = generated::avro_seeds(&layout, 20);
    Decoder::new("stream: values", Grammar::Avro, seeds, move |input, limits| {
        let each = |own, mut seen: Option<&mut Vec<u8>>| {
            let mut reader = stream::ValueReader::with_limits(Slowly(input), own, limits);
            while let Some(value) = reader.next_value()? {
                if let Some(written) = seen.as_mut() {
                    stream::write_value(*written, &layout, &value)?;
                }
            }
            Ok(())
        };
        let own = layout.clone();
        let (read, peak) = measured(|| each(own, None));
        let mut written = Vec::new();
        let read = read.and_then(|()| each(layout.clone(), Some(&mut written))).map_err(refused_stream);
        Trial { peak, read: read.map(|()| written) }
    })
    .amplifying(VALUE_FACTOR)
    .buffering(PIECE_BYTES)
    .beside(LEAST_BYTES + PATH_BYTES)
}
