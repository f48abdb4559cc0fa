//! Messages of fields that change as the rules allow, and some that are added, removed, renamed or moved into a oneof: a plan, our own
//! reader without one, and Python make the same of the data.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use canread_compat::Effect;
use canread_plan::{Arena, Plan};
use canread_protobuf::codec::value;
use serde_json::Value;

use crate::random::Random;
use crate::{hexadecimal, worst};

use super::slots::{Slot, file, layout, schema, slots};
use super::values;

/// Pairs of messages, and values of all of them together.
const MESSAGES: usize = 100;
const VALUES: usize = 30;
const VALUES_LONG: usize = 1_000;

/// Which kinds of fields each one may become, by what the rules say.
fn allowed(slots: &[Slot]) -> Vec<Vec<Slot>> {
    let schemas: Vec<_> =
        slots.iter().map(|slot| schema(&file(&format!("message M {{ {} }}", slot.field("f", 1))))).collect();
    let readers = |writer| slots.iter().zip(&schemas).filter(move |(_, reader)| worst(writer, reader) == Effect::Ok);
    schemas.iter().map(|writer| readers(writer).map(|(slot, _)| *slot).collect()).collect()
}

/// A message and a reader's of it, as texts.
fn pair(number: usize, allowed: &[Vec<Slot>], slots: &[Slot], random: &mut Random) -> (String, String) {
    let (mut writer, mut reader, mut oneof) = (String::new(), String::new(), String::new());
    for at in 1..=1 + random.below(8) {
        let from = random.below(slots.len());
        let name = format!("f{at}");
        let _ = write!(writer, "{} ", slots[from].field(&name, at));
        let to = random.of(&allowed[from]);
        match random.below(6) {
            0 => {}
            1 => {
                let _ = write!(reader, "{} ", to.field(&format!("renamed{at}"), at));
            }
            2 if !to.is_many() => {
                let _ = write!(oneof, "{} ", to.field(&name, at));
            }
            _ => {
                let _ = write!(reader, "{} ", to.field(&name, at));
            }
        }
    }
    if random.once_in(2) {
        let _ = write!(reader, "{} ", random.of(slots).field("added", 100));
    }
    if !oneof.is_empty() {
        let _ = write!(reader, "oneof o {{ {oneof} }}");
    }
    (format!("message M{number} {{ {writer} }}\n"), format!("message M{number} {{ {reader} }}\n"))
}

/// A message that has one of each.
fn all() -> String {
    (1..=MESSAGES).fold("message All {".to_owned(), |text, number| format!("{text} M{number} m{number} = {number};"))
        + " }\n"
}

#[test]
fn compatible_changes_are_read_alike_by_a_plan_without_one_and_by_python() {
    let slots = slots();
    let allowed = allowed(&slots);
    let mut random = Random::new(2);
    let (mut writer, mut reader) = (all(), all());
    for number in 1..=MESSAGES {
        let (from, to) = pair(number, &allowed, &slots, &mut random);
        writer += &from;
        reader += &to;
    }
    let (writer, reader) = (file(&writer), file(&reader));
    let plan = Plan::resolve(layout(&schema(&writer), "All"), layout(&schema(&reader), "All")).expect("a plan");
    assert_eq!(plan.mismatches(), []);
    let mut messages = Vec::new();
    let mut ours = Vec::new();
    for _ in 0..if canread_testing::long() { VALUES_LONG } else { VALUES } {
        let arena = Arena::new();
        let made = values::message(plan.writer(), &mut random, &arena);
        let bytes = value::to_vec(plan.writer(), &made).expect("a value of the layout");
        let resolved = value::resolve_slice(&plan, &bytes, &arena).expect("a message of the reader");
        assert_eq!(value::from_slice(plan.reader(), &bytes, &arena).as_ref(), Ok(&resolved));
        ours.push(hexadecimal(&value::to_vec(plan.reader(), &resolved).expect("a value of the reader")));
        messages.push(hexadecimal(&bytes));
    }
    let Some(mut command) = canread_testing::oracle("protobuf_values.py") else { return };
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("evolution.proto");
    fs::write(&path, reader).expect("the directory of tests can be written");
    command.arg(path).arg("All");
    let answers = canread_testing::ask(&mut command, &messages, &[0]);
    let theirs: Vec<Value> = answers.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(theirs.len(), ours.len());
    for ((theirs, ours), bytes) in theirs.iter().zip(&ours).zip(&messages) {
        assert_eq!(theirs["bytes"], **ours, "of {bytes}: {theirs}");
    }
    #[expect(clippy::print_stdout, reason = "what was tried is read by people")]
    {
        println!("{MESSAGES} pairs of messages, {} values of each: Python reads what we do", theirs.len());
    }
}
