//! Avro: the crate `apache-avro` reads, writes and resolves what we do.

#[path = "../../tests/interop/random.rs"]
mod random;
#[path = "../../tests/interop/avro/schemas.rs"]
mod schemas;
#[path = "../../tests/interop/avro/values.rs"]
mod values;

use std::collections::BTreeMap;

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::writer::datum::GenericDatumWriter;
use apache_avro::{AvroResult, Schema};
use canread_avro::codec::value;
use canread_avro::schema::{LinkOptions, read};
use canread_plan::{Arena, Layout, Plan, Value};
use canread_syntax::Sources;

use self::random::Random;
use self::schemas::{FEATURES, Generator, LeftOut};
use self::values::Sort;

/// What schemas have used, and how often.
type Coverage = BTreeMap<&'static str, usize>;

/// Values of all schemas together; `CANREAD_INPUTS=1000000` asks for as many.
const VALUES: usize = 30_000;
const SCHEMAS: usize = 300;

fn layout(text: &str) -> Layout {
    let mut sources = Sources::default();
    let file = sources.add("schema.avsc", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.avsc", file)], &sources, &LinkOptions::default());
    Layout::of_root(&linked.schema).expect("the schema has a layout")
}

/// Where `apache-avro` 0.22 departs from the specification: what its error says, and why.
const DEPARTURES: [(&str, &str); 2] = [
    ("resolve: Missing field in record", "it does not look at the aliases of a reader's fields"),
    (
        "resolve: Could not find matching type in UnionSchema",
        "a record that holds itself by a union is not found there",
    ),
];

/// What it is not asked.
const LEFT_OUT: LeftOut = &[
    ("decimal of bytes", "it refuses one of fewer bytes than the precision may need"),
    ("decimal in a union", "the same"),
    ("decimal that has more digits in the reader", "the same"),
    ("logical type that only the reader has", "it refuses text that is no uuid for one"),
    ("logical type that only the writer has", "it does not read a date, say, as a number"),
    ("default of a later branch", "it takes a default for one of the first branch"),
    ("default of bytes", "it takes UTF-8, where the specification has a byte for each character"),
    ("default of a fixed", "the same"),
];

/// What is read under a writer's schema, written again under that of the reader.
fn read_and_write(writer: &Schema, reader: &Schema, bytes: &[u8]) -> AvroResult<Vec<u8>> {
    let value = GenericDatumReader::builder(writer).reader_schema(reader).build()?.read_value(&mut &bytes[..])?;
    GenericDatumWriter::builder(reader).build()?.write_value_to_vec(value)
}

/// The schema of a writer or a reader, as we and they read it.
struct Side {
    has_maps: bool,
    layout: Layout,
    theirs: Schema,
}

impl Side {
    fn new(text: &str) -> Result<Self, String> {
        let theirs = Schema::parse_str(text).map_err(|error| format!("schema: {error}"))?;
        Ok(Self { has_maps: text.contains(r#""type":"map""#), layout: layout(text), theirs })
    }

    /// Whether bytes are the same ones, but for the order in which maps have their entries: there is none in theirs.
    fn are_same(&self, one: &[u8], other: &[u8]) -> bool {
        one == other || self.has_maps && self.in_order(one) == self.in_order(other)
    }

    /// A value as it is written with the entries of its maps in order of their keys; the bytes themselves if they are none.
    fn in_order(&self, bytes: &[u8]) -> Vec<u8> {
        let arena = Arena::new();
        match value::from_slice(&self.layout, bytes, &arena) {
            Ok(value) => value::to_vec(&self.layout, &sorted(value, &arena)).expect("what was read"),
            Err(_) => bytes.to_vec(),
        }
    }
}

/// A value with the entries of its maps in order of their keys.
fn sorted<'a>(value: Value<'a>, arena: &'a Arena) -> Value<'a> {
    match value {
        Value::Map(entries) => {
            let mut entries: Vec<_> = entries.iter().map(|(key, value)| (*key, sorted(*value, arena))).collect();
            entries.sort_by_key(|(key, _)| match key {
                Value::String(key) => *key,
                other => panic!("a key that is no text: {other:?}"),
            });
            arena.map(&entries)
        }
        Value::Record(record) => {
            arena.record(&record.fields.iter().map(|field| sorted(*field, arena)).collect::<Vec<_>>())
        }
        Value::List(list) => arena.list(&list.iter().map(|item| sorted(item, arena)).collect::<Vec<_>>()),
        Value::Branch(branch, value) => arena.branch(branch, sorted(*value, arena)),
        other => other,
    }
}

#[test]
fn only_the_entries_of_maps_have_no_order() {
    let fields = |ty: &str| {
        format!(r#"{{"type":"record","name":"R","fields":[{{"name":"a","type":{ty}}},{{"name":"b","type":{ty}}}]}}"#)
    };
    let ints = Side::new(&fields(r#""int""#)).expect("a schema");
    assert!(ints.are_same(&[2, 4], &[2, 4]) && !ints.are_same(&[2, 4], &[4, 2]));
    // Two maps: {"x": 1, "y": 2} in both orders, and {}.
    let maps = Side::new(&fields(r#"{"type":"map","values":"int"}"#)).expect("a schema");
    let (one, other) = ([4, 2, b'x', 2, 2, b'y', 4, 0, 0], [4, 2, b'y', 4, 2, b'x', 2, 0, 0]);
    assert!(maps.are_same(&one, &other));
    let others = [4, 2, b'y', 2, 2, b'x', 4, 0, 0];
    assert!(!maps.are_same(&one, &others), "the values of other keys");
    assert!(!maps.are_same(&one, &[0, 4, 2, b'x', 2, 2, b'y', 4, 0]), "the map of another field");
}

#[test]
fn apache_avro_reads_and_resolves_the_same_values() {
    let count = canread_testing::inputs(VALUES, VALUES).div_ceil(SCHEMAS);
    let mut coverage = Coverage::new();
    let mut failed = Vec::new();
    let mut tried = 0;
    for number in 0..SCHEMAS {
        let mut random = Random::new(number as u64 + 1);
        let mut generator = Generator::new(&mut random, &mut coverage, LEFT_OUT);
        let writer = generator.record(0);
        let reader = generator.reader(&writer);
        let sort = Sort { is_logical: true, has_text_in_bytes: generator.has_text_in_bytes };
        let (writer, reader) = (writer.json().to_string(), reader.json().to_string());
        let (writer, reader) = match (Side::new(&writer), Side::new(&reader)) {
            (Ok(writer), Ok(reader)) => (writer, reader),
            (Err(error), _) | (_, Err(error)) => {
                failed.push(format!("{number}: {error}"));
                continue;
            }
        };
        let plan = Plan::resolve(writer.layout.clone(), reader.layout.clone()).expect("a plan");
        for _ in 0..count {
            let arena = Arena::new();
            let made = values::value(&writer.layout, sort, &mut random, &arena);
            let bytes = value::to_vec(&writer.layout, &made).expect("a value of the schema");
            let resolved = value::resolve_slice(&plan, &bytes, &arena).expect("a value of the reader");
            let resolved = value::to_vec(plan.reader(), &resolved).expect("a value of the reader");
            tried += 1;
            let answer = read_and_write(&writer.theirs, &writer.theirs, &bytes);
            match answer {
                Ok(again) if writer.are_same(&again, &bytes) => {}
                Ok(again) => failed.push(format!("{number}: written as {again:02x?}, not {bytes:02x?}")),
                Err(error) => failed.push(format!("{number}: {error}")),
            }
            let answer = read_and_write(&writer.theirs, &reader.theirs, &bytes);
            match answer {
                Ok(again) if reader.are_same(&again, &resolved) => {}
                Ok(again) => failed.push(format!("{number}: resolved to {again:02x?}, not {resolved:02x?}")),
                Err(error) => failed.push(format!("{number}: resolve: {error}")),
            }
        }
    }
    println!("{SCHEMAS} schemas, {tried} values");
    let is_left_out = |what: &str| LEFT_OUT.iter().any(|(left_out, _)| *left_out == what);
    let never: Vec<_> = FEATURES.iter().filter(|what| coverage.contains_key(**what) == is_left_out(what)).collect();
    assert!(never.is_empty(), "never made, or made though they are left out: {never:?}");
    for (what, why) in LEFT_OUT {
        println!("  not asked: {what}: {why}");
    }
    for (text, why) in DEPARTURES {
        let before = failed.len();
        failed.retain(|failure| !failure.contains(text));
        println!("  {:6} not resolved: {why}", before - failed.len());
        assert!(failed.len() < before, "`{text}` is not said any more: take it off the list");
    }
    let mut by_schema: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for failure in &failed {
        let number = failure.split(':').next().unwrap_or_default();
        by_schema.entry(number).or_insert((0, failure)).0 += 1;
    }
    assert!(failed.is_empty(), "{} failures\n{by_schema:#?}", failed.len());
}
