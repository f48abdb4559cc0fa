//! Texts that are made to be slow to compare: what the comparison gives grows with them, or it gives up and says so.
//!
//! Time itself is not measured. What is counted is what takes it: bytes of what is said, pairs that are compared. Lookups
//! among members are counted by their results only, so the sizes here are such that a scan for each member would take
//! minutes.

use std::fmt::Write;

use canread_compat::{Comparison, FieldChange, Ledger, Pair, Reach, Scope, Step, TooManyPairs, compare};
use canread_model::Schema;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::Sources;

fn schema(text: &str) -> Schema {
    let mut sources = Sources::default();
    let file = sources.add("schema.proto", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.proto", file)], &sources, &LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}", linked.diagnostics);
    linked.schema
}

/// What a shape comes to: how many bytes of findings, and of consequences.
fn said(comparison: &Comparison<'_>) -> usize {
    let findings = comparison.findings.iter().map(|finding| format!("{finding:?}").len()).sum::<usize>();
    let consequences = comparison.changes.iter().map(|change| match change {
        canread_compat::Change::Field(_, FieldChange::Target(consequences)) => format!("{consequences:?}").len(),
        _ => 0,
    });
    findings + consequences.sum::<usize>()
}

/// Compares the texts of a shape, which are longer the larger the size.
fn measure(size: usize, shape: impl Fn(usize) -> (String, String)) -> Result<usize, TooManyPairs> {
    let (old, new) = shape(size);
    let (old, new) = (schema(&old), schema(&new));
    compare(Pair { old: &old, new: &new }, &Scope::default()).map(|comparison| said(&comparison))
}

/// Twice the size says at most two and a half times as much, and something at all.
fn grows_with_its_text(shape: impl Fn(usize) -> (String, String)) {
    const SIZE: usize = 5_000;
    let once = measure(SIZE, &shape).expect("few pairs");
    let twice = measure(2 * SIZE, &shape).expect("few pairs");
    assert!(once > 0);
    assert!(2 * twice <= 5 * once, "{once} bytes became {twice}");
}

fn message(members: impl Iterator<Item = String>) -> String {
    let members: String = members.collect();
    format!("syntax = \"proto3\";\nmessage M {{\n{members}}}\n")
}

fn fields(count: usize, name: &str) -> impl Iterator<Item = String> {
    (1..=count).map(move |number| format!("int32 {name}{number} = {number};\n"))
}

#[test]
fn numbers_that_move_by_one_are_said_once_each() {
    grows_with_its_text(|count| {
        let rotated = (1..=count).map(|at| format!("int32 f{at} = {};\n", at % count + 1));
        (message(fields(count, "f")), message(rotated))
    });
}

#[test]
fn many_fields_in_a_new_oneof_do_not_all_name_each_other() {
    let whole = |count| message(fields(count, "f").chain([String::new()]));
    let in_oneof =
        |count| message(["oneof o {\n".to_owned()].into_iter().chain(fields(count, "f")).chain(["}\n".into()]));
    grows_with_its_text(|count| (whole(count), in_oneof(count)));
    grows_with_its_text(|count| (in_oneof(count), whole(count)));
}

#[test]
fn many_renames_are_said_once_each() {
    grows_with_its_text(|count| (message(fields(count, "f")), message(fields(count, "g"))));
}

#[test]
fn many_numbers_that_are_no_longer_reserved_are_said_once_each() {
    let reserving = |count: usize, from: usize| {
        let numbers: Vec<String> = (0..count).map(|at| (3 * at + from).to_string()).collect();
        message([format!("reserved {};\n", numbers.join(", "))].into_iter())
    };
    grows_with_its_text(|count| (reserving(count, 1), reserving(count, 2)));
}

#[test]
fn a_field_tells_of_few_of_the_differences_that_it_leads_to_and_claims_all() {
    // Two chains, each link of which differs, and a field for each link that goes from the one chain to the other.
    let chains = |count: usize, kind: &str| {
        let mut text = "syntax = \"proto3\";\n".to_owned();
        for at in 0..count {
            let _ = writeln!(text, "message A{at} {{ A{} next = 1; int64 value = 2; }}", (at + 1) % count);
            let _ = writeln!(text, "message B{at} {{ B{} next = 1; int32 value = 2; }}", (at + 1) % count);
        }
        text.push_str("message M {\n");
        for at in 0..count {
            let _ = writeln!(text, "{kind}{at} f{at} = {};", at + 1);
        }
        text.push_str("}\n");
        text
    };
    grows_with_its_text(|count| (chains(count / 5, "A"), chains(count / 5, "B")));
    let (old, new) = (schema(&chains(1_000, "A")), schema(&chains(1_000, "B")));
    let comparison = compare(Pair { old: &old, new: &new }, &Scope::default()).expect("few pairs");
    let told = comparison.findings.iter().find(|finding| finding.rule.id == "protobuf/field_refers_to_another_type");
    let notes = &told.expect("the fields name other messages").notes;
    assert!(notes.last().is_some_and(|last| last.starts_with("and at least ")), "{notes:?}");
}

#[test]
fn a_field_names_a_difference_however_many_alike_messages_lie_before_it() {
    // Two chains that differ in their last link, or nowhere; each link names many others that differ nowhere.
    let chains = |kind: &str, last: &str| {
        let mut text = "syntax = \"proto3\";\nmessage AEnd { int64 value = 1; }\n".to_owned();
        let _ = writeln!(text, "message BEnd {{ {last} value = 1; }}");
        for at in 0..600 {
            let next = |kind: &str| if at == 599 { format!("{kind}End") } else { format!("{kind}{}", at + 1) };
            let _ = writeln!(text, "message A{at} {{ {} next = 1; }}", next("A"));
            let _ = writeln!(text, "message B{at} {{ {} next = 1; }}", next("B"));
        }
        let _ = writeln!(text, "message M {{ {kind}0 first = 1; }}");
        text
    };
    let notes = |last: &str| {
        let (old, new) = (schema(&chains("A", last)), schema(&chains("B", last)));
        let comparison = compare(Pair { old: &old, new: &new }, &Scope::default()).expect("few pairs");
        let [finding] = comparison.findings.as_slice() else { panic!("{:?}", comparison.findings) };
        finding.notes.clone()
    };
    assert_eq!(notes("int64"), [""; 0]);
    let notes = notes("int32");
    let [first, more] = notes.as_slice() else { panic!("{notes:?}") };
    assert!(first.contains("AEnd.value"), "{first}");
    assert_eq!(more, "and perhaps more differences");
}

/// Messages in a ring that each name the next one, or the next but one.
fn ring(count: usize) -> (String, String) {
    let text = |step: usize, kind: &str| {
        let mut text = "syntax = \"proto3\";\n".to_owned();
        for at in 0..count {
            let _ = writeln!(text, "message M{at} {{ M{} next = 1; {kind} value = 2; }}", (at + step) % count);
        }
        text
    };
    (text(1, "int32"), text(2, "int64"))
}

/// Messages that each name all others, in an order of their own.
fn dense(count: usize) -> (String, String) {
    let text = |turn: usize| {
        let mut text = "syntax = \"proto3\";\n".to_owned();
        for at in 0..count {
            let members = (0..count).map(|to| format!("M{} f{to} = {};", (7 * to + turn * at) % count, to + 1));
            let _ = writeln!(text, "message M{at} {{ {} }}", members.collect::<String>());
        }
        text
    };
    (text(0), text(1))
}

#[test]
fn pairs_of_types_that_outgrow_the_schemas_give_no_verdict() {
    type Shape = fn(usize) -> (String, String);
    for (shape, size) in [(ring as Shape, 1_000), (dense as Shape, 100)] {
        let once = measure(size, shape).expect_err("too many pairs").compared;
        let twice = measure(2 * size, shape).expect_err("too many pairs").compared;
        // Twice the messages are twice the members of the ring, and four times those of the other shape.
        assert!(twice <= 4 * once, "{once} pairs became {twice}");
        assert!(once > 1_000, "{once}");
    }
}

#[test]
fn small_schemas_are_compared_however_their_types_are_exchanged() {
    measure(50, ring).expect("few pairs");
    measure(15, dense).expect("few pairs");
}

#[test]
fn many_fields_that_come_back_as_something_else_are_said_once_each_in_a_history() {
    const COUNT: usize = 20_000;
    // Half of the fields come back as others, half as they were: none of them is looked for among all findings.
    let reserved = |numbers: std::ops::RangeInclusive<usize>| {
        let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
        message([format!("reserved {};\n", numbers.join(", "))].into_iter())
    };
    // The compiler's own numbers lie from 19000 on.
    let at = |number: usize| if number < 19_000 { number } else { number + 1_000 };
    let fields = |kind: fn(usize) -> &'static str| {
        message((1..=COUNT).map(move |number| format!("{} f{number} = {};\n", kind(number), at(number))))
    };
    let first = schema(&fields(|_| "int32"));
    let second = schema(&reserved(1..=at(COUNT)));
    let new = schema(&fields(|number| if number % 2 == 0 { "int32" } else { "string" }));
    let scope = Scope::default();
    let step = |label, old| Step { label, schemas: Pair { old, new: &new }, scope: &scope };
    let steps = [step("v1", &first), step("v2", &second)];
    let ledger = Ledger::of(&steps, Reach::Every);
    let compared = ledger.contents(&[0, 1]).into_iter().map(|at| {
        let comparison = compare(steps[at].schemas, &scope).expect("few pairs");
        (at, comparison.findings)
    });
    let settled = ledger.settle(&[0, 1], compared.collect());
    let count = |id: &str| settled.iter().flat_map(|(_, found)| found).filter(|one| one.rule.id == id).count();
    assert_eq!(count("protobuf/retired_field_number_reused"), COUNT / 2);
    assert_eq!(count("protobuf/field_type_changed"), 0);
    let found = settled.iter().flat_map(|(_, found)| found);
    let still: Vec<_> = found.filter(|one| one.rule.id == "protobuf/field_number_reused").collect();
    assert_eq!(still.len(), COUNT / 2);
    assert!(still.iter().all(|one| one.notes.iter().any(|note| note.starts_with("it is what it was until v1"))));
}
