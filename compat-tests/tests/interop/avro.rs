//! Avro: `fastavro` reads what we write, writes the same bytes, and resolves schemas to the same values.

use std::fmt::Write;

use canread_avro::codec::value;
use canread_avro::schema::{LinkOptions, read};
use canread_plan::{Arena, Layout, Plan};
use canread_syntax::{Diagnostic, Sources};
use serde_json::{Value, json};

use crate::random::Random;
use crate::schemas::{Coverage, Generator};
use crate::values;

/// Schemas, and values of each: 100,500 values where there is time.
const SCHEMAS: usize = 300;
const VALUES: usize = 20;
const VALUES_LONG: usize = 335;

/// What a generator can use: types, sorts of unions, and ways in which a reader differs.
const FEATURES: usize = 25;

pub(crate) fn layout(text: &str) -> Layout {
    let mut sources = Sources::default();
    let file = sources.add("schema.avsc", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.avsc", file)], &sources, &LinkOptions::default());
    assert!(!linked.diagnostics.iter().any(Diagnostic::is_error), "{:#?}\nin\n{text}", linked.diagnostics);
    Layout::of_root(&linked.schema).expect("the schema has a layout")
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[test]
fn fastavro_reads_writes_and_resolves_to_the_same_bytes() {
    let Some(mut command) = canread_testing::oracle("avro_interop.py") else { return };
    let count = if canread_testing::long() { VALUES_LONG } else { VALUES };
    let mut coverage = Coverage::default();
    let mut questions = Vec::new();
    let mut plans = 0;
    for number in 0..SCHEMAS {
        let mut random = Random::new(u64::try_from(number).expect("few") + 1);
        let mut generator = Generator::new(&mut random, &mut coverage);
        let writer = generator.record(0);
        let reader = generator.reader(&writer);
        let (writer, reader) = (writer.json().to_string(), reader.json().to_string());
        let written = layout(&writer);
        let plan = Plan::resolve(written.clone(), layout(&reader))
            .unwrap_or_else(|mismatches| panic!("{mismatches:?}\n{writer}\n{reader}"));
        plans += usize::from(!plan.is_identity());
        let values: Vec<Value> = (0..count)
            .map(|_| {
                let arena = Arena::new();
                let made = values::value(&written, written.root(), &mut random, &arena);
                let bytes = value::to_vec(&written, &made).expect("a value of the schema");
                let again = value::from_slice(&written, &bytes, &arena).expect("what was written");
                assert_eq!(again, made, "{writer}");
                let resolved = value::resolve_slice(&plan, &bytes, &arena)
                    .unwrap_or_else(|error| panic!("{error}\n{writer}\n{reader}\n{}", hexadecimal(&bytes)));
                let resolved = value::to_vec(plan.reader(), &resolved).expect("a value of the reader");
                json!([hexadecimal(&bytes), hexadecimal(&resolved)])
            })
            .collect();
        questions.push(json!({"id": number, "schema": writer, "reader": reader, "values": values}).to_string());
    }
    let answers = canread_testing::ask(&mut command, &questions, &[0]);
    let mut answers: Vec<Value> =
        answers.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let last = answers.pop().expect("the number of values");
    assert_eq!(last["tried"], SCHEMAS * count);
    assert!(answers.is_empty(), "{last}\n{answers:#?}");
    #[expect(clippy::print_stdout, reason = "what was tried is read by people")]
    {
        println!("{SCHEMAS} schemas, {plans} readers that differ, {} values; what they use:", last["tried"]);
        for (what, count) in &coverage {
            println!("  {count:5} {what}");
        }
    }
    assert!(coverage.len() == FEATURES && plans > SCHEMAS / 2, "{} features, {plans} plans", coverage.len());
}
