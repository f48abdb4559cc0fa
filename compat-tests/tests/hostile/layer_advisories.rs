//! What has gone wrong in others' readers of texts, files and streams.

use std::thread;

use canread_avro::container::{Codec, ContainerErrorKind, Reader};
use canread_plan::Arena;
use canread_protobuf::codec::{json, text};
use canread_testing::small_stack_bytes;
use canread_wire::{Limit, Limits};

use crate::avro_layers::{self, file, long_rows};
use crate::decoder::Decoder;
use crate::mutate::varint;
use crate::table::decoders;
use crate::texts::{everything_layout, json_decoder, text_decoder};

fn json() -> Decoder {
    json_decoder("a value", everything_layout(), vec![])
}

fn text() -> Decoder {
    text_decoder("a value", everything_layout(), vec![])
}

/// Refused with such words, while next to nothing is held.
fn refused(decoder: &Decoder, input: &str, words: &str) {
    let trial = decoder.decode(input.as_bytes(), &Limits::strict());
    let error = trial.read.expect_err(words).to_string();
    assert!(error.contains(words), "{error}");
    assert!(trial.peak <= 256 << 10, "{} bytes", trial.peak);
}

/// CVE-2026-0994: Python's `json_format` counted no depth for a message in `Any` inside of another.
#[test]
fn cve_2026_0994_any_inside_of_any() {
    let run = || {
        let (layout, arena) = (everything_layout(), Arena::new());
        for depth in [101, 200, 5_000] {
            let any = "{\"@type\":\"type.googleapis.com/google.protobuf.Any\",\"value\":".repeat(depth);
            let input = format!("{{\"any\":{any}{{}}{}}}", "}".repeat(depth));
            let error = json::from_str(&layout, &input, &arena).expect_err("too deep");
            let is_depth = |limit: &json::JsonErrorKind| {
                matches!(limit, json::JsonErrorKind::LimitExceeded { limit: Limit::Depth, .. })
            };
            assert!(matches!(error.kind(), json::ReadErrorKind::Json(kind) if is_depth(kind)), "{error}");
            let any = "[type.googleapis.com/google.protobuf.Any] {".repeat(depth);
            let input = format!("any {{ {any} {} }}", "}".repeat(depth));
            let error = text::from_str(&layout, &input, &arena).expect_err("too deep");
            let is_depth = matches!(error.kind(), text::ReadErrorKind::LimitExceeded { limit: Limit::Depth, .. });
            assert!(is_depth, "{error}");
        }
    };
    let small = thread::Builder::new().stack_size(small_stack_bytes());
    small.spawn(run).expect("a thread starts").join().expect("no panic");
}

/// AVRO-4247, avro-rs#582: some kilobytes of a file become gigabytes.
#[test]
fn avro_4247_a_block_that_is_compressed_too_well() {
    let all = decoders();
    for codec in Codec::ALL.into_iter().filter(|codec| *codec != Codec::Null) {
        let bomb = file(codec, &long_rows(20 << 20), 1 << 30);
        assert!(bomb.len() < 2 << 20, "{} bytes", bomb.len());
        let error = Reader::new(&bomb[..]).expect("a header").values().next_value().map(drop).expect_err("too much");
        let is_too_large =
            matches!(error.kind(), ContainerErrorKind::TooLarge { .. } | ContainerErrorKind::RatioTooLarge { .. });
        assert!(is_too_large, "{error}");
        for decoder in all.iter().filter(|decoder| decoder.name.ends_with(&format!(", {}", codec.name()))) {
            let trial = decoder.decode(&bomb, &Limits::strict());
            assert!(trial.read.is_err(), "{}", decoder.name);
            // At most what a block may be, twice while it grows.
            assert!(trial.peak <= 56 << 20, "{}: {} bytes", decoder.name, trial.peak);
        }
    }
}

/// A block of snappy says how long it was; nothing says that it is true.
#[test]
fn a_block_of_snappy_that_says_it_was_longer_than_it_can_have_been() {
    let mut input = file(Codec::Snappy, &[], 1);
    let block = [&[0x80, 0x80, 0x3f][..], &[0; 8]].concat();
    input.extend([2, 2 * u8::try_from(block.len()).expect("few")]);
    input.extend(block);
    input.extend(avro_layers::MARKER);
    for decoder in decoders().iter().filter(|decoder| decoder.name.ends_with(", snappy")) {
        let trial = decoder.decode(&input, &Limits::strict());
        let error = trial.read.expect_err("no such block").to_string();
        assert!(error.contains("not valid snappy"), "{error}");
        assert!(trial.peak <= 128 << 10, "{}: {} bytes", decoder.name, trial.peak);
    }
}

/// AVRO-4300: a block of a file has as many records as it says, if they take no bytes; and blocks of none, again and again.
#[test]
fn avro_4300_blocks_of_records_that_take_no_bytes_and_blocks_of_none() {
    let null = file_of_nulls();
    let count = |file: &[u8]| {
        let mut values = Reader::new(file).expect("a header").values();
        let mut count = 0;
        loop {
            match values.next_value() {
                Ok(Some(_)) => count += 1,
                Ok(None) => return Ok(count),
                Err(error) => return Err(error),
            }
        }
    };
    let block = |count: u64| {
        let mut bytes = Vec::new();
        varint(2 * count, &mut bytes);
        [&bytes[..], &[0], &avro_layers::MARKER].concat()
    };
    assert_eq!(count(&[null.clone(), block(1_000)].concat()).ok(), Some(1_000));
    for many in [1 << 21, 1 << 40, (1 << 62) - 1] {
        let error = count(&[null.clone(), block(many)].concat()).expect_err("too many");
        assert!(matches!(error.kind(), ContainerErrorKind::TooManyRecords { .. }), "{error}");
    }
    assert_eq!(count(&[null, block(0).repeat(100_000)].concat()).ok(), Some(0));
}

/// The header of a file of nulls.
fn file_of_nulls() -> Vec<u8> {
    use canread_avro::container::{ValueWriter, WriteOptions};
    let options = WriteOptions::new().with_marker(avro_layers::MARKER);
    ValueWriter::with_schema(Vec::new(), "\"null\"", &options).expect("a schema").finish().expect("a vector")
}

/// The class of silent corruption, of texts: whole numbers beyond 2^53, a key twice, what JSON has no number for, halves of characters.
#[test]
fn what_texts_say_is_read_exactly_or_refused() {
    let (layout, arena) = (everything_layout(), Arena::new());
    let rewritten = |input: &str| {
        let value = json::from_str(&layout, input, &arena).unwrap_or_else(|error| panic!("{error}: {input}"));
        json::to_string(&layout, &value).expect("what was read can be written")
    };
    for number in ["9007199254740993", "-9007199254740993", "9223372036854775807"] {
        let exact = format!("\"anInt64\":\"{number}\"");
        for input in [format!("{{\"anInt64\":{number}}}"), format!("{{{exact}}}")] {
            assert_eq!(rewritten(&input).replace(' ', ""), format!("{{{exact}}}"));
        }
    }
    assert!(rewritten("{\"aDouble\":-0.0}").contains("-0"));
    assert!(rewritten("{\"aDouble\":\"NaN\",\"aFloat\":\"-Infinity\"}").contains("-Infinity"));
    for input in [
        "{\"anInt64\":1,\"anInt64\":1}",
        "{\"anInt64\":1,\"an_int64\":1}",
        "{\"byText\":{\"a\":\"\",\"a\":\"\"}}",
        "{\"number\":1,\"words\":\"\"}",
        "{\"aDouble\":NaN}",
        "{\"aDouble\":1e400}",
        "{\"anInt64\":9223372036854775808}",
        "{\"anInt32\":1.5}",
        "{\"aUint64\":-1}",
        "{\"text\":\"\\ud83d\"}",
        "{\"text\":\"\\udc00\\ud800\"}",
    ] {
        let read = json::from_str(&layout, input, &arena);
        assert!(read.is_err(), "{input} became {read:?}");
    }
    for input in ["an_int64: 1 an_int64: 1", "an_int64: 9223372036854775808", "number: 1 words: ''", "text: '\\377'"] {
        let read = text::from_str(&layout, input, &arena);
        assert!(read.is_err(), "{input} became {read:?}");
    }
    let value = text::from_str(&layout, "an_int64: 9007199254740993 a_double: -0", &arena).expect("numbers");
    let written = text::to_string(&layout, &value).expect("what was read can be written");
    assert!(written.contains("9007199254740993") && written.contains("a_double: -0"), "{written}");
}

/// A word of a text may be as long as the text.
#[test]
fn a_long_name_asks_for_no_memory() {
    for long in ["X".repeat(1 << 20), "x".repeat(1 << 20)] {
        refused(&text(), &long, "");
        let trial = text().decode(long.as_bytes(), &Limits::strict());
        assert!(trial.peak <= 4_096, "{} bytes", trial.peak);
    }
    refused(&json(), &"[".repeat(1 << 20), "");
}
