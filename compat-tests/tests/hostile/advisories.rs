//! What has gone wrong in others' decoders, once each, for all of ours that it could happen in.
//!
//! Of the same classes, and not of what is decoded here:
//!
//! | class | of other formats, or of parts that have no decoder yet |
//! |---|---|
//! | depth | thriftpy2#394 and #395 (reading Thrift), ClickHouse#102417 and Spark#58598 (text) |
//! | counts | CVE-2026-43868 (Thrift) |
//! | decompression | Redpanda Connect#4773, pgcolumnar#633 (their container files are of other formats) |
//! | entities, attributes, namespaces | CVE-2013-0340, RUSTSEC-2026-0194 and -0195 (XML) |
//! | regular expressions | Karapace#1362, CVE-2025-69873, everit#147 (JSON Schema) |

use std::thread;

use canread_avro::codec as avro;
use canread_plan::{Arena, Value};
use canread_protobuf::codec as protobuf;
use canread_testing::small_stack_bytes;
use canread_wire::{DecodeErrorKind, EncodeErrorKind, Limit, Limits, Malformed};

use crate::avro_type;
use crate::decoder::Decoder;
use crate::families::{Nothing, One, avro_decoders};
use crate::generated::{avro_layout, protobuf_layout};
use crate::mutate::{field, varint};
use crate::protobuf_type;
use crate::table::decoders;

const TOO_DEEP: DecodeErrorKind = DecodeErrorKind::LimitExceeded { limit: Limit::Depth, allowed: 100 };

/// Runs where a deep recursion would be noticed.
fn on_a_small_stack(work: impl FnOnce() + Send) {
    thread::scope(|scope| {
        let small = thread::Builder::new().stack_size(small_stack_bytes());
        small.spawn_scoped(scope, work).expect("a thread starts").join().expect("no panic");
    });
}

/// The decoders of the message that has everything: with a type, merged into one, and without.
fn protobuf_decoders() -> Vec<Decoder> {
    const NAMES: [&str; 3] = ["protobuf: a type", "protobuf: merged into a type", "protobuf: a value, everything"];
    let all: Vec<_> = decoders().into_iter().filter(|decoder| NAMES.contains(&&*decoder.name)).collect();
    assert_eq!(all.len(), NAMES.len());
    all
}

/// All of them refuse the input so, and hold next to nothing meanwhile.
fn refused(decoders: &[Decoder], input: &[u8], kind: DecodeErrorKind) {
    for decoder in decoders {
        let trial = decoder.decode(input, &Limits::strict());
        let error = trial.read.expect_err(&decoder.name);
        assert_eq!(error.kind(), Some(kind), "{}: {error}", decoder.name);
        assert!(trial.peak <= 64 << 10, "{}: {} bytes", decoder.name, trial.peak);
    }
}

fn number(number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(number, &mut bytes);
    bytes
}

/// RUSTSEC-2020-0002: prost read messages inside of messages as deep as they came, and overflowed the stack.
#[test]
fn rustsec_2020_0002_messages_inside_of_messages() {
    on_a_small_stack(|| {
        let deep = (0..3_000).fold(Vec::new(), |inner, _| field(3, &inner));
        refused(&protobuf_decoders(), &field(37, &deep), TOO_DEEP);
        let deep = (0..3_000).fold(Vec::new(), |inner, _| field(2, &inner));
        refused(&protobuf_decoders(), &field(37, &deep), TOO_DEEP);
    });
}

/// RUSTSEC-2024-0437, CVE-2025-53605: rust-protobuf passed over groups that it did not know by recursion without an end.
#[test]
fn rustsec_2024_0437_unknown_groups() {
    on_a_small_stack(|| refused(&protobuf_decoders(), &number(2_000 << 3 | 3).repeat(100_000), TOO_DEEP));
}

/// CVE-2024-7254: protobuf-java counted no depth for groups among unknown fields, nor for those inside of the entries of maps.
#[test]
fn cve_2024_7254_groups_in_entries_of_maps_and_in_messages() {
    on_a_small_stack(|| {
        let groups = number(9 << 3 | 3).repeat(100_000);
        for number in [18, 33, 34, 35, 37] {
            refused(&protobuf_decoders(), &field(number, &groups), TOO_DEEP);
        }
        // A group that is known.
        let inner = [number(21 << 3 | 3), groups].concat();
        refused(&protobuf_decoders(), &inner, TOO_DEEP);
    });
}

/// thrift#3548: depth was counted where data is read, and not where it is written.
#[test]
fn thrift_3548_values_that_are_too_deep_are_not_written() {
    on_a_small_stack(|| {
        let too_deep = EncodeErrorKind::TooDeep { allowed: 100 };
        let tree = |only| protobuf_type::Tree { name: String::new(), children: Vec::new(), only };
        let deep = (0..101).fold(tree(None), |inner, _| tree(Some(Box::new(inner))));
        let mut everything = protobuf_type::full();
        everything.tree = Some(deep);
        assert_eq!(protobuf::to_vec(&everything).expect_err("too deep").kind(), too_deep);
        assert_eq!(protobuf::encoded_len(&everything).expect_err("too deep").kind(), too_deep);

        let tree = |only| avro_type::Tree { name: String::new(), children: Vec::new(), only };
        let deep = (0..101).fold(tree(None), |inner, _| tree(Some(Box::new(inner))));
        assert_eq!(avro::to_vec(&deep).expect_err("too deep").kind(), too_deep);

        let arena = Arena::new();
        let layout = protobuf_layout("syntax = \"proto3\"; message M { M m = 1; }", "M");
        let deep = (0..101).fold(arena.record(&[Value::Absent]), |inner, _| arena.record(&[inner]));
        assert_eq!(protobuf::value::to_vec(&layout, &deep).expect_err("too deep").kind(), too_deep);
        let list = r#"{"type": "record", "name": "R", "fields": [{"name": "next", "type": ["null", "R"]}]}"#;
        let deep = (0..101).fold(arena.record(&[Value::Null]), |inner, _| arena.record(&[inner]));
        assert_eq!(avro::value::to_vec(&avro_layout(list), &deep).expect_err("too deep").kind(), too_deep);
    });
}

/// avro-rs#642: records, arrays and unions inside of each other were read, and passed over, as deep as they came.
#[test]
fn avro_rs_642_records_lists_and_unions_inside_of_each_other() {
    on_a_small_stack(|| {
        let children = [&[2][..], &[0, 2].repeat(100_000)].concat();
        let only = [&[2][..], &[0, 0, 2].repeat(100_000)].concat();
        for input in [children, only] {
            refused(&avro_decoders::<One<Vec<avro_type::Tree>>>("trees"), &input, TOO_DEEP);
        }
    });
}

/// CVE-2019-11939: Thrift made room for as many items as a message of a few bytes announced. The same of lengths.
#[test]
fn cve_2019_11939_a_count_or_length_that_the_input_does_not_have() {
    for count in [1 << 31, 1 << 41, (1 << 63) - 2] {
        let input = number(count);
        let is_refused = |decoders: Vec<Decoder>| {
            for decoder in decoders {
                let trial = decoder.decode(&input, &Limits::strict());
                assert!(trial.read.is_err() && trial.peak <= 2_048, "{}: {} bytes", decoder.name, trial.peak);
            }
        };
        is_refused(avro_decoders::<One<Vec<i64>>>("numbers"));
        is_refused(avro_decoders::<One<Vec<String>>>("texts"));
        is_refused(avro_decoders::<One<Vec<avro_type::Tree>>>("trees"));
        is_refused(avro_decoders::<One<std::collections::BTreeMap<String, i64>>>("entries"));
        is_refused(avro_decoders::<One<String>>("a text"));
    }
    for field in [14, 15, 18, 25, 26, 27, 29, 33, 37] {
        for size in [1 << 31, (1 << 63) - 1, u64::MAX] {
            let input = [number(field << 3 | 2), number(size)].concat();
            refused(&protobuf_decoders(), &input, DecodeErrorKind::Truncated);
        }
    }
}

/// opentelemetry-collector-contrib#50628: 20 bytes announced 33,554,432 items, few enough for the limit of all messages, and got 256 MB.
#[test]
fn otel_50628_a_count_that_a_limit_allows_and_the_input_does_not_have() {
    // One item more than there are bytes, far below what may be read in all.
    let input = [number(2 * 1_000_000), vec![0; 20]].concat();
    for decoder in avro_decoders::<One<Vec<avro_type::Tree>>>("trees") {
        let trial = decoder.decode(&input, &Limits::strict());
        assert!(trial.read.is_err() && trial.peak <= 4_096, "{}: {} bytes", decoder.name, trial.peak);
    }
}

/// AVRO-4300, avro-rs#643: an array of nulls has as many items as it says, and no byte of them.
#[test]
fn avro_4300_items_that_take_no_bytes() {
    let limit = DecodeErrorKind::LimitExceeded { limit: Limit::Items, allowed: 1 << 20 };
    for count in [2 * 1_100_000, 1 << 41, (1 << 63) - 2, u64::MAX - 1] {
        refused(&avro_decoders::<One<Vec<Nothing>>>("nothing"), &[number(count), vec![0]].concat(), limit);
    }
    // Below zero, with a size; many blocks that are allowed each.
    let block = [number(2 * 1_000_000 - 1), vec![0]].concat();
    for decoder in avro_decoders::<One<Vec<Nothing>>>("nothing") {
        let trial = decoder.decode(&[block.repeat(100), vec![0]].concat(), &Limits::strict());
        assert_eq!(trial.read.expect_err("too many").kind(), Some(limit), "{}", decoder.name);
    }
}

/// avro-rs#664: where the input ended, a value that may be null became null.
#[test]
fn avro_rs_664_an_end_is_no_null() {
    refused(&avro_decoders::<One<Option<i64>>>("perhaps"), &[], DecodeErrorKind::Truncated);
    refused(&avro_decoders::<One<Option<i64>>>("perhaps"), &[2], DecodeErrorKind::Truncated);
    refused(&avro_decoders::<One<Vec<Option<i64>>>>("some"), &[4, 0], DecodeErrorKind::Truncated);
}

/// The class of silent corruption: varints of more than 64 bits, text that is not UTF-8, truth values that are none.
#[test]
fn what_is_no_number_text_or_truth_value_is_refused() {
    let long = [&[0xff; 10][..], &[1]].concat();
    let varint = DecodeErrorKind::Malformed(Malformed::Varint);
    refused(&protobuf_decoders(), &[&[0x18][..], &long].concat(), varint);
    refused(&avro_decoders::<One<i64>>("a number"), &long, varint);
    let utf8 = DecodeErrorKind::Malformed(Malformed::Utf8);
    let texts = avro_decoders::<One<String>>("a text");
    // What is passed over is not looked at.
    refused(&texts[..3], &[2, 0xff], utf8);
    refused(&avro_decoders::<One<bool>>("a truth value")[..3], &[2], DecodeErrorKind::Malformed(Malformed::Bool));
    let typed: Vec<_> = protobuf_decoders().into_iter().filter(|decoder| decoder.name.contains("type")).collect();
    refused(&typed, &field(14, &[0xff]), utf8);
}
