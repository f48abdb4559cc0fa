//! Object container files: `fastavro` and Python's `avro` read ours, and we read theirs, in every codec.

use std::collections::BTreeMap;

use canread_avro::codec::value;
use canread_avro::container::{Codec, Reader, ValueWriter, WriteOptions};
use canread_plan::Arena;
use serde_json::{Value, json};

use super::schemas::Generator;
use super::values::Sort;
use super::{LEFT_OUT_FOR_PYTHON, layout, values};
use crate::random::Random;
use crate::{Coverage, hexadecimal};

/// Schemas for each codec, beside one that `avro` is asked for too, and records of each.
const SCHEMAS: u64 = 4;
const SCHEMAS_LONG: u64 = 60;
const RECORDS: usize = 400;
const BLOCK_BYTES: usize = 16_000;
/// What two compressors may differ by in a block of nearly nothing, beside 10 %.
const FEW_BYTES: usize = 8;
const MARKER: [u8; 16] = *b"0123456789abcdef";

/// One that both libraries read to the same values.
const PLAIN: &str = r#"{"type": "record", "name": "shop.Line", "fields": [{"name": "id", "type": "long"},
    {"name": "note", "type": ["null", "string"]}, {"name": "tags", "type": {"type": "array", "items": "string"}},
    {"name": "sum", "type": "double"}, {"name": "by_day", "type": {"type": "map", "values": "int"}}]}"#;

/// A file of ours, and the bytes of each of its records.
struct Ours {
    codec: Codec,
    file: Vec<u8>,
    records: Vec<String>,
    is_plain: bool,
}

fn ours(text: &str, codec: Codec, random: &mut Random) -> Ours {
    let layout = layout(text);
    let options = WriteOptions::new().with_compression(codec).with_block_bytes(BLOCK_BYTES).with_marker(MARKER);
    let mut writer = ValueWriter::with_schema(Vec::new(), text, &options).expect("a schema");
    let sort = Sort { is_logical: true, has_text_in_bytes: false };
    let mut records = Vec::new();
    for _ in 0..RECORDS {
        let arena = Arena::new();
        let made = values::value(&layout, sort, random, &arena);
        writer.write(&made).expect("a value of the schema");
        records.push(hexadecimal(&value::to_vec(&layout, &made).expect("a value of the schema")));
    }
    Ours { codec, file: writer.finish().expect("memory"), records, is_plain: text == PLAIN }
}

fn from_hexadecimal(digits: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).expect("a digit");
    let pairs = digits.as_bytes().chunks_exact(2);
    pairs.map(|pair| u8::try_from(digit(pair[0]) * 16 + digit(pair[1])).expect("a byte")).collect()
}

/// The bytes of each record of a file, written anew.
fn records(file: &[u8]) -> Vec<String> {
    let mut values = Reader::new(file).expect("a header").values();
    let layout = values.layout().clone();
    let mut records = Vec::new();
    while let Some(value) = values.next_value().unwrap_or_else(|error| panic!("{error}")) {
        records.push(hexadecimal(&value::to_vec(&layout, &value).expect("a value of the schema")));
    }
    records
}

/// How many bytes a file's blocks take.
fn body(file: &[u8], marker: &[u8]) -> usize {
    let header = file.windows(16).position(|window| window == marker).expect("a marker");
    file.len() - header - 16
}

#[test]
fn containers_are_exchanged_in_every_codec() {
    let Some(mut command) = canread_testing::oracle("avro_containers.py") else { return };
    let count = if canread_testing::long() { SCHEMAS_LONG } else { SCHEMAS };
    let mut coverage = Coverage::default();
    let mut all = Vec::new();
    for codec in Codec::ALL {
        assert!(codec.is_available(), "{codec:?} is asked for");
        for number in 0..=count {
            let mut random = Random::new(1_000 + number);
            let text = if number == 0 {
                PLAIN.to_owned()
            } else {
                Generator::new(&mut random, &mut coverage, LEFT_OUT_FOR_PYTHON).record(0).json().to_string()
            };
            all.push(ours(&text, codec, &mut random));
        }
    }
    let questions: Vec<String> = all
        .iter()
        .enumerate()
        .map(|(id, one)| {
            // Python's `avro` takes the others from packages that fastavro does not.
            let is_theirs = matches!(one.codec, Codec::Null | Codec::Deflate | Codec::Bzip2);
            let question = json!({"id": id, "file": hexadecimal(&one.file), "records": one.records,
                "codec": one.codec.name(), "block_bytes": BLOCK_BYTES, "avro": one.is_plain && is_theirs});
            question.to_string()
        })
        .collect();
    let answers = canread_testing::ask(&mut command, &questions, &[0]);
    let answers: Vec<Value> =
        answers.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert_eq!(answers.len(), all.len());
    let mut sizes = BTreeMap::new();
    for (one, answer) in all.iter().zip(&answers) {
        assert_eq!(answer["why"], Value::Null, "{:?}", one.codec);
        assert_eq!(records(&one.file), one.records, "{:?}", one.codec);
        for pair in answer["files"].as_array().expect("a list") {
            let (name, file) = (pair[0].as_str().expect("a name"), from_hexadecimal(pair[1].as_str().expect("digits")));
            let read = records(&file);
            if name == "fastavro" {
                assert_eq!(read, one.records, "{:?} of {name}", one.codec);
                let (own, theirs) = (body(&one.file, &MARKER), body(&file, &MARKER));
                let within = |a: usize, b: usize| a * 10 <= b * 11 + 10 * FEW_BYTES;
                assert!(within(own, theirs) && within(theirs, own), "{:?}: {own} and {theirs}", one.codec);
                let (all_own, all_theirs) = sizes.entry(one.codec.name()).or_insert((0, 0));
                *all_own += own;
                *all_theirs += theirs;
            } else {
                // It writes the entries of maps in another order.
                assert_eq!(read.len(), one.records.len(), "{:?} of {name}", one.codec);
            }
        }
    }
    for (codec, (own, theirs)) in sizes {
        #[expect(clippy::print_stdout, reason = "what was measured is read by people")]
        {
            println!("{codec}: {own} bytes of ours, {theirs} of fastavro");
        }
        assert!(own * 10 <= theirs * 11 && theirs * 10 <= own * 11, "{codec}: {own} and {theirs}");
    }
}

#[test]
fn files_of_apache_avro_hold_what_fastavro_reads_in_them() {
    let Some(mut command) = canread_testing::oracle("avro_containers.py") else { return };
    let Some(root) = canread_testing::corpus("avro/apache-avro") else { return };
    let names = ["weather", "weather-deflate", "weather-snappy", "weather-zstd", "weather-sorted"];
    let more = ["schemas/simple/data", "schemas/withUnion/data"];
    let questions: Vec<String> = names
        .iter()
        .chain(&more)
        .map(|name| {
            let path = root.join("share/test/data").join(format!("{name}.avro"));
            let file = std::fs::read(path).expect("a file of the corpus");
            let codec = Reader::new(&file[..]).expect("a header").header().codec();
            let question = json!({"id": name, "file": hexadecimal(&file), "records": records(&file),
                "codec": codec.name(), "block_bytes": BLOCK_BYTES, "avro": false});
            question.to_string()
        })
        .collect();
    for line in canread_testing::ask(&mut command, &questions, &[0]).lines() {
        let answer: Value = serde_json::from_str(line).expect("each line is JSON");
        assert_eq!(answer["why"], Value::Null, "{}", answer["id"]);
    }
}
