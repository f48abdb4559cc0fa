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
use canread_plan::{Arena, Layout, Plan};
use canread_syntax::Sources;

use self::random::Random;
use self::schemas::Generator;

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

/// What is read under a writer's schema, written again under that of the reader.
fn read_and_write(writer: &Schema, reader: &Schema, bytes: &[u8]) -> AvroResult<Vec<u8>> {
    let value = GenericDatumReader::builder(writer).reader_schema(reader).build()?.read_value(&mut &bytes[..])?;
    GenericDatumWriter::builder(reader).build()?.write_value_to_vec(value)
}

/// Maps have no order there: the same bytes in another one.
fn same(one: &[u8], other: &[u8]) -> bool {
    let sorted = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        bytes.sort_unstable();
        bytes
    };
    one == other || sorted(one) == sorted(other)
}

#[test]
fn apache_avro_reads_and_resolves_the_same_values() {
    let count = canread_testing::inputs(VALUES, VALUES).div_ceil(SCHEMAS);
    let mut coverage = Coverage::new();
    let mut failed = Vec::new();
    let mut tried = 0;
    for number in 0..SCHEMAS {
        let mut random = Random::new(number as u64 + 1);
        let mut generator = Generator::new(&mut random, &mut coverage);
        let writer = generator.record(0);
        let reader = generator.reader(&writer);
        let (writer, reader) = (writer.json().to_string(), reader.json().to_string());
        let (written, plan) = (layout(&writer), Plan::resolve(layout(&writer), layout(&reader)).expect("a plan"));
        let (theirs, their_reader) = match (Schema::parse_str(&writer), Schema::parse_str(&reader)) {
            (Ok(theirs), Ok(their_reader)) => (theirs, their_reader),
            (Err(error), _) | (_, Err(error)) => {
                failed.push(format!("{number}: schema: {error}"));
                continue;
            }
        };
        for _ in 0..count {
            let arena = Arena::new();
            let made = values::value(&written, written.root(), &mut random, &arena);
            let bytes = value::to_vec(&written, &made).expect("a value of the schema");
            let resolved = value::resolve_slice(&plan, &bytes, &arena).expect("a value of the reader");
            let resolved = value::to_vec(plan.reader(), &resolved).expect("a value of the reader");
            tried += 1;
            let answer = read_and_write(&theirs, &theirs, &bytes);
            match answer {
                Ok(again) if same(&again, &bytes) => {}
                Ok(again) => failed.push(format!("{number}: written as {again:02x?}, not {bytes:02x?}")),
                Err(error) => failed.push(format!("{number}: {error}")),
            }
            let answer = read_and_write(&theirs, &their_reader, &bytes);
            match answer {
                Ok(again) if same(&again, &resolved) => {}
                Ok(again) => failed.push(format!("{number}: resolved to {again:02x?}, not {resolved:02x?}")),
                Err(error) => failed.push(format!("{number}: resolve: {error}")),
            }
        }
    }
    println!("{SCHEMAS} schemas, {tried} values");
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
