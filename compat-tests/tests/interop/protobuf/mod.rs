//! Protobuf: Python's runtime reads what we write as the same values, and writes the same bytes.

mod plain;
mod schemas;
mod values;

use canread_plan::{Arena, Layout};
use canread_protobuf::codec::value;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::Sources;
use serde_json::{Value, json};

use self::schemas::{Dialect, Generator};
use self::values::Fields;
use crate::random::Random;
use crate::{Coverage, hexadecimal};

/// Schemas, and values of all of them together; `CANREAD_INPUTS=1000000` asks for as many.
const SCHEMAS: usize = 300;
const VALUES: usize = 6_000;
const VALUES_LONG: usize = 100_500;

/// What a generator can use.
const FEATURES: usize = 51;

/// The layout of the message `M` of a package.
fn layout(text: &str, package: &str) -> Layout {
    let mut sources = Sources::default();
    let file = sources.add("schema.proto", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.proto", file)], &sources, &LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}\nin\n{text}", linked.diagnostics);
    let root = linked.schema.find(&format!("{package}.M")).expect("there is a message M");
    Layout::of(&linked.schema, root).unwrap_or_else(|error| panic!("{error}\nin\n{text}"))
}

#[test]
fn pythons_runtime_reads_the_same_values_and_writes_the_same_bytes() {
    let Some(mut command) = canread_testing::oracle("protobuf_interop.py") else { return };
    let count = canread_testing::inputs(VALUES, VALUES_LONG).div_ceil(SCHEMAS);
    let mut coverage = Coverage::default();
    let mut questions = Vec::new();
    for number in 0..SCHEMAS {
        let mut random = Random::new(u64::try_from(number).expect("few") + 1);
        let package = format!("p{number}");
        let dialect = [Dialect::Proto2, Dialect::Proto3, Dialect::Edition2023][number % 3];
        let schema = Generator::new(dialect, &mut random, &mut coverage).file(&package);
        let layout = layout(&schema, &package);
        let values: Vec<Value> = (0..count)
            .map(|_| {
                let arena = Arena::new();
                let made = values::value(&layout, Fields::All, &mut random, &arena);
                let bytes = value::to_vec(&layout, &made).unwrap_or_else(|error| panic!("{error}\n{schema}"));
                let again = value::from_slice(&layout, &bytes, &arena)
                    .unwrap_or_else(|error| panic!("{error}\n{schema}\n{}", hexadecimal(&bytes)));
                assert_eq!(again, made, "{schema}");
                json!([hexadecimal(&bytes), plain::plain(&layout, layout.root(), &again)])
            })
            .collect();
        questions.push(json!({"package": package, "schema": schema, "values": values}).to_string());
    }
    let answers = canread_testing::ask(&mut command, &questions, &[0]);
    let mut answers: Vec<Value> =
        answers.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let last = answers.pop().expect("the number of values");
    assert!(answers.is_empty(), "{last}\n{answers:#?}");
    assert_eq!(last["tried"], SCHEMAS * count);
    let equal = last["equal"].as_u64().expect("a number");
    assert!(equal > u64::try_from(SCHEMAS * count / 2).expect("few"), "few of the same bytes: {last}");
    #[expect(clippy::print_stdout, reason = "what was tried is read by people")]
    {
        println!("{SCHEMAS} schemas, {} values, {equal} equal to the byte; what they use:", last["tried"]);
        for (what, count) in &coverage {
            println!("  {count:5} {what}");
        }
    }
    assert_eq!(coverage.len(), FEATURES, "{coverage:#?}");
}
