//! Avro: others read what we write, write the same bytes, and resolve schemas to the same values.

mod containers;
mod schemas;
mod values;

use std::process::Command;

use canread_avro::codec::{self, value};
use canread_avro::schema::{LinkOptions, read};
use canread_plan::{Arena, Layout, Plan};
use canread_syntax::{Diagnostic, Sources};
use serde_json::{Value, json};

use self::schemas::Generator;
use crate::random::Random;
use crate::{Coverage, hexadecimal};

/// Schemas, and values of all of them together; `CANREAD_INPUTS=1000000` asks for as many.
const SCHEMAS: usize = 300;
const VALUES: usize = 6_000;
const VALUES_LONG: usize = 100_500;

/// What a generator can use: types, sorts of unions, and ways in which a reader differs.
const FEATURES: usize = 25;

fn layout(text: &str) -> Layout {
    let mut sources = Sources::default();
    let file = sources.add("schema.avsc", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.avsc", file)], &sources, &LinkOptions::default());
    assert!(!linked.diagnostics.iter().any(Diagnostic::is_error), "{:#?}\nin\n{text}", linked.diagnostics);
    Layout::of_root(&linked.schema).expect("the schema has a layout")
}

/// What others are asked: schemas with readers that differ, and values of each.
struct Questions {
    lines: Vec<String>,
    coverage: Coverage,
    /// How many readers differ in what data depends on.
    plans: usize,
    values: usize,
}

fn questions(values_of_each: usize) -> Questions {
    let mut all = Questions { lines: Vec::new(), coverage: Coverage::default(), plans: 0, values: 0 };
    for number in 0..SCHEMAS {
        let mut random = Random::new(u64::try_from(number).expect("few") + 1);
        let mut generator = Generator::new(&mut random, &mut all.coverage);
        let writer = generator.record(0);
        let reader = generator.reader(&writer);
        let (writer, reader) = (writer.json().to_string(), reader.json().to_string());
        let written = layout(&writer);
        let plan = Plan::resolve(written.clone(), layout(&reader))
            .unwrap_or_else(|mismatches| panic!("{mismatches:?}\n{writer}\n{reader}"));
        all.plans += usize::from(!plan.is_identity());
        all.values += values_of_each;
        let values: Vec<Value> = (0..values_of_each)
            .map(|_| {
                let arena = Arena::new();
                let made = values::value(&written, written.root(), &mut random, &arena);
                let bytes = value::to_vec(&written, &made).expect("a value of the schema");
                let again = value::from_slice(&written, &bytes, &arena).expect("what was written");
                assert_eq!(again, made, "{writer}");
                let resolved = value::resolve_slice(&plan, &bytes, &arena)
                    .unwrap_or_else(|error| panic!("{error}\n{writer}\n{reader}\n{}", hexadecimal(&bytes)));
                let resolved = value::to_vec(plan.reader(), &resolved).expect("a value of the reader");
                let text = codec::json::to_string(&written, &made).expect("a value of the schema");
                let again = codec::json::from_str(&written, &text, &arena)
                    .unwrap_or_else(|error| panic!("{error}\n{writer}\n{text}"));
                assert_eq!(again, made, "{writer}\n{text}");
                json!([hexadecimal(&bytes), hexadecimal(&resolved), text])
            })
            .collect();
        all.lines.push(json!({"id": number, "schema": writer, "reader": reader, "values": values}).to_string());
    }
    all
}

/// Holds others to it that they read and write what we do.
fn ask(mut command: Command, values: usize) {
    let Questions { lines, coverage, plans, values } = questions(values.div_ceil(SCHEMAS));
    let answers = canread_testing::ask(&mut command, &lines, &[0]);
    let mut answers: Vec<Value> =
        answers.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let last = answers.pop().expect("the number of values");
    assert_eq!(last["tried"], values);
    let texts: Vec<Value> = answers.extract_if(.., |answer| answer["text"].is_string()).collect();
    assert!(texts.len() > SCHEMAS, "few texts of the JSON encoding: {}", texts.len());
    read_their_texts(&lines, &texts);
    assert!(answers.is_empty(), "{last}\n{answers:#?}");
    if let Some(texts) = last["json"].as_u64() {
        assert!(texts > u64::try_from(values / 2).expect("few"), "few in the JSON encoding: {last}");
    }
    if let Some(read) = last["read"].as_u64() {
        assert!(read > u64::try_from(values / 4).expect("few"), "few texts of ours were read: {last}");
    }
    #[expect(clippy::print_stdout, reason = "what was tried is read by people")]
    {
        println!("{SCHEMAS} schemas, {plans} readers that differ, {values} values: {last}; what they use:");
        for (what, count) in &coverage {
            println!("  {count:5} {what}");
        }
    }
    assert!(coverage.len() == FEATURES && plans > SCHEMAS / 2, "{} features, {plans} plans", coverage.len());
}

/// What others write in the JSON encoding is read as what it was written of.
fn read_their_texts(lines: &[String], texts: &[Value]) {
    for answer in texts {
        let number = usize::try_from(answer["id"].as_u64().expect("a number")).expect("small");
        let question: Value = serde_json::from_str(&lines[number]).expect("our own line");
        let (layout, arena) = (layout(question["schema"].as_str().expect("text")), Arena::new());
        let text = answer["text"].as_str().expect("text");
        let read = codec::json::from_str(&layout, text, &arena).unwrap_or_else(|error| panic!("{error}\n{answer}"));
        let bytes = value::to_vec(&layout, &read).expect("a value of the schema");
        assert_eq!(hexadecimal(&bytes), answer["data"], "{answer}");
    }
}

#[test]
fn python_reads_writes_and_resolves_to_the_same_bytes() {
    if let Some(command) = canread_testing::oracle("avro_interop.py") {
        ask(command, canread_testing::inputs(VALUES, VALUES_LONG));
    }
}

#[test]
#[ignore = "fetches Avro's Java library: cargo xtask test --full --only avro-java"]
fn java_reads_writes_and_resolves_to_the_same_bytes() {
    if let Some(command) = canread_testing::java("InteropAvro") {
        ask(command, canread_testing::inputs(VALUES_LONG, VALUES_LONG));
    }
}
