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

use self::schemas::{FEATURES, Generator, LeftOut};
use self::values::Sort;
use crate::random::Random;
use crate::{Coverage, hexadecimal};

/// Schemas, and values of all of them together; `CANREAD_INPUTS=1000000` asks for as many.
const SCHEMAS: usize = 300;
const VALUES: usize = 6_000;
const VALUES_LONG: usize = 100_500;

/// What Python is not asked.
const LEFT_OUT_FOR_PYTHON: LeftOut = &[
    ("default of bytes", "fastavro keeps the text of the schema, which is no bytes to it"),
    ("default of a fixed", "fastavro keeps the text of the schema, which is no bytes to it"),
    (
        "logical type that only the writer has",
        "fastavro reads by the writer's, a date say, and does not write that as a number",
    ),
];

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

fn questions(values_of_each: usize, left_out: LeftOut) -> Questions {
    let mut all = Questions { lines: Vec::new(), coverage: Coverage::default(), plans: 0, values: 0 };
    for number in 0..SCHEMAS {
        let mut random = Random::new(u64::try_from(number).expect("few") + 1);
        let mut generator = Generator::new(&mut random, &mut all.coverage, left_out);
        let writer = generator.record(0);
        let reader = generator.reader(&writer);
        let sort = Sort { is_logical: true, has_text_in_bytes: generator.has_text_in_bytes };
        let (writer, reader) = (writer.json().to_string(), reader.json().to_string());
        let written = layout(&writer);
        let plan = Plan::resolve(written.clone(), layout(&reader))
            .unwrap_or_else(|mismatches| panic!("{mismatches:?}\n{writer}\n{reader}"));
        all.plans += usize::from(!plan.is_identity());
        all.values += values_of_each;
        let values: Vec<Value> = (0..values_of_each)
            .map(|_| {
                let arena = Arena::new();
                let made = values::value(&written, sort, &mut random, &arena);
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
fn ask(mut command: Command, values: usize, left_out: LeftOut) {
    let Questions { lines, coverage, plans, values } = questions(values.div_ceil(SCHEMAS), left_out);
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
        for (what, why) in left_out {
            println!("  not asked: {what}: {why}");
        }
    }
    let is_left_out = |what: &str| left_out.iter().any(|(left_out, _)| *left_out == what);
    let never: Vec<_> = FEATURES.iter().filter(|what| coverage.contains_key(**what) == is_left_out(what)).collect();
    assert!(never.is_empty(), "never made, or made though they are left out: {never:?}");
    assert!(plans > SCHEMAS / 2, "{plans} plans");
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
        ask(command, canread_testing::inputs(VALUES, VALUES_LONG), LEFT_OUT_FOR_PYTHON);
    }
}

#[test]
#[ignore = "fetches Avro's Java library: cargo xtask test --full --only avro-java"]
fn java_reads_writes_and_resolves_to_the_same_bytes() {
    if let Some(command) = canread_testing::java("InteropAvro") {
        ask(command, canread_testing::inputs(VALUES_LONG, VALUES_LONG), &[]);
    }
}
