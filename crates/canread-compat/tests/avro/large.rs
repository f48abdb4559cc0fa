//! Much of everything, which takes time in proportion.

use std::fmt::Write;

use crate::support::findings;

/// Branches, records, messages: looking through all of one side for each of the other would take 400 million steps.
const MANY: usize = 20_000;

fn list(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(",")
}

#[test]
fn a_union_of_many_named_types_is_compared_by_name() {
    let branch = |at: usize, kind: &str| {
        format!(r#"{{"type":"record","name":"n{at}.R{at}","fields":[{{"name":"a","type":"{kind}"}}]}}"#)
    };
    let old = format!("[{}]", list(MANY, |at| branch(at, "int")));
    // In the reverse order, the last one with another type, one with another namespace, and one more.
    let new = list(MANY, |at| {
        let text = branch(MANY - 1 - at, if at == 0 { "string" } else { "int" });
        if at == 1 { text.replace("\"name\":\"n", "\"name\":\"m") } else { text }
    });
    let more = r#"{"type":"enum","name":"E","symbols":["A"]}"#;
    let found = findings(&old, &format!("[{new},{more}]"));
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule.id).collect();
    let expected =
        ["avro/json_branch_renamed", "avro/union_branch_added", "avro/type_changed", "avro/namespace_changed"];
    assert!(expected.iter().all(|rule| rules.contains(rule)) && rules.len() == 4, "{rules:?}");
}

#[test]
fn many_types_and_messages_that_are_new_or_gone_are_told_apart_by_name() {
    let protocol = |prefix: &str| {
        let mut text = String::from(r#"{"protocol":"P","types":["#);
        let record = |at| format!(r#"{{"type":"record","name":"{prefix}{at}","fields":[]}}"#);
        let message = |at| format!(r#""{prefix}{at}":{{"request":[],"response":"null"}}"#);
        let _ = write!(text, "{}],\"messages\":{{{}}}}}", list(MANY, record), list(MANY, message));
        text
    };
    let found = findings(&protocol("A"), &protocol("B"));
    assert_eq!(found.len(), 2 * MANY);
}

/// What is left out has a default that leaves out the same again; with two such fields, twice as much on each level.
#[test]
fn defaults_without_an_end_are_given_up_and_told() {
    let schema = |default: &str| {
        let field =
            |name: &str| format!(r#"{{"name": "{name}", "type": ["R", "null"], "default": {{"r": {{}}, "s": {{}}}}}}"#);
        format!(
            r#"{{"type": "record", "name": "M", "fields": [{{"name": "f", "type": {{"type": "record", "name": "R", "fields": [{}, {}]}}, "default": {default}}}]}}"#,
            field("r"),
            field("s")
        )
    };
    let (old, new) = (schema("{}"), schema(r#"{"r": {}, "s": {}}"#));
    let compared = move || findings(&old, &new).iter().map(|finding| finding.rule.id).collect::<Vec<_>>();
    let small = std::thread::Builder::new().stack_size(canread_testing::small_stack_bytes()).spawn(compared);
    assert_eq!(small.expect("a thread").join().expect("no panic"), ["avro/default_changed"]);
}

#[test]
fn a_default_of_many_fields_is_compared_by_name() {
    let schema = |skip: usize| {
        let fields = list(MANY, |at| format!(r#"{{"name":"f{at}","type":"int","default":{at}}}"#));
        let values = (skip..MANY).map(|at| format!(r#""f{at}":{at}"#)).collect::<Vec<_>>().join(",");
        format!(
            r#"{{"type":"record","name":"M","fields":[{{"name":"r","type":{{"type":"record","name":"R","fields":[{fields}]}},"default":{{{values}}}}}]}}"#
        )
    };
    assert!(findings(&schema(0), &schema(1)).is_empty());
}

#[test]
fn a_record_of_many_fields_behind_its_namesake_is_compared_by_name() {
    let record = |namespace: &str, more: &str| {
        let fields = list(MANY, |at| format!(r#"{{"name":"f{at}","type":"int","default":0}}"#));
        format!(r#"{{"type":"record","name":"{namespace}.A","fields":[{more}{fields}]}}"#)
    };
    let old = format!(r#"["null",{}]"#, record("x", ""));
    let new = format!(r#"["null",{},{}]"#, record("y", r#"{"name":"g","type":"int","default":0},"#), record("x", ""));
    let found = findings(&old, &new);
    assert!(found.iter().any(|finding| finding.rule.id == "avro/union_order_changed"), "{found:?}");
}
