//! Every pair of sorts of types: what the plan makes of it, beside what the rules say, and what Python makes of the data.

use std::process::Command;

use canread_avro::codec::{json, value};
use canread_compat::Effect;
use canread_model::Schema;
use canread_plan::{Arena, Layout, Plan};
use canread_wire::{DecodeErrorKind, Malformed};
use serde_json::Value;

use crate::random::Random;
use crate::{hexadecimal, worst};

use super::sorts::{Holder, SORTS, layout, schema};
use super::{ANY, values};

/// Values of each pair.
const VALUES: usize = 8;
const VALUES_LONG: usize = 60;

struct Side {
    sort: &'static str,
    text: String,
    schema: Schema,
    layout: Layout,
}

fn sides(holder: Holder) -> Vec<Side> {
    let side = |sort| {
        let text = holder.of(sort);
        let schema = schema(&text);
        let layout = layout(&schema);
        Side { sort, text, schema, layout }
    };
    SORTS.iter().map(|sort| side(sort)).collect()
}

/// What came of the values of one pair.
#[derive(Default)]
struct Seen {
    /// The bytes of a writer's value, and those of what the reader makes of it.
    read: Vec<Value>,
    /// A value was refused for its bytes: they are no text.
    refused: bool,
}

fn of_pair(plan: &Plan, random: &mut Random) -> Result<Seen, String> {
    let mut seen = Seen::default();
    for _ in 0..if canread_testing::long() { VALUES_LONG } else { VALUES } {
        let arena = Arena::new();
        let made = values::value(plan.writer(), ANY, random, &arena);
        let bytes = value::to_vec(plan.writer(), &made).expect("a value of the writer");
        let read = match value::resolve_slice(plan, &bytes, &arena) {
            Ok(read) => read,
            Err(error) if error.kind() == DecodeErrorKind::Malformed(Malformed::Utf8) => {
                seen.refused = true;
                continue;
            }
            Err(error) => return Err(format!("{error}: {}", plan.writer().show(&made))),
        };
        let again = value::to_vec(plan.reader(), &read).map_err(|error| error.to_string())?;
        // What is read as the reader's own is the reader's own.
        if plan.is_identity() && again != bytes {
            return Err(format!("{} became {}", hexadecimal(&bytes), hexadecimal(&again)));
        }
        let text = json::to_string(plan.writer(), &made).expect("a value of the writer");
        seen.read.push(serde_json::json!([hexadecimal(&bytes), hexadecimal(&again), text]));
    }
    Ok(seen)
}

/// A question about each pair of types of which the reader reads all data, or all that is text.
///
/// # Panics
///
/// If the rules say otherwise.
fn questions() -> Vec<String> {
    let mut random = Random::new(3);
    let (mut wrong, mut lines, mut identities) = (Vec::new(), Vec::new(), 0);
    for holder in Holder::ALL {
        let sides = sides(holder);
        for writer in &sides {
            for reader in &sides {
                let effect = worst(&writer.schema, &reader.schema);
                let pair = format!("{holder:?}: {} as {}", writer.sort, reader.sort);
                let plan = match Plan::resolve(writer.layout.clone(), reader.layout.clone()) {
                    Ok(plan) if plan.mismatches().is_empty() => plan,
                    refused => {
                        if effect != Effect::Error {
                            wrong.push(format!(
                                "{pair}: {effect:?}, {:?}",
                                refused.map(|plan| plan.mismatches().to_vec())
                            ));
                        }
                        continue;
                    }
                };
                identities += usize::from(plan.is_identity());
                match of_pair(&plan, &mut random) {
                    Ok(seen) if seen.refused == (effect == Effect::Error) => {
                        let question = serde_json::json!({
                            "id": pair, "schema": writer.text, "reader": reader.text, "values": seen.read
                        });
                        lines.push(question.to_string());
                    }
                    Ok(_) => wrong.push(format!("{pair}: {effect:?}, and read")),
                    Err(error) => wrong.push(format!("{pair}: {error}")),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} pairs:\n{}", wrong.len(), wrong.join("\n"));
    #[expect(clippy::print_stdout, reason = "what was tried is read by people")]
    {
        println!("{} pairs of types are read, {identities} as they are", lines.len());
    }
    lines
}

/// Holds others to it that they make of the data what we do.
fn ask(mut command: Command) {
    let answers = canread_testing::ask(&mut command, &questions(), &[0]);
    let answers = answers.lines().map(|line| serde_json::from_str(line).expect("each line is JSON"));
    let wrong: Vec<Value> = answers.filter(|answer: &Value| answer["why"].is_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_sort_of_type_is_read_as_another_where_the_rules_and_python_say_so() {
    match canread_testing::oracle("avro_interop.py") {
        Some(command) => ask(command),
        None => drop(questions()),
    }
}

#[test]
#[ignore = "fetches Avro's Java library: cargo xtask test --full --only avro-java"]
fn every_sort_of_type_is_read_as_another_where_java_says_so() {
    if let Some(command) = canread_testing::java("InteropAvro") {
        ask(command);
    }
}
