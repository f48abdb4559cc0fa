//! What the model holds of a text: the schemas that need the model most, as `canread-model`'s own tests build them.

use canread_avro::schema::{DefaultRule, LinkOptions, print};

use crate::help::{Files, one, read_with, several};

const ORDER: &str = include_str!("rich/order.avsc");

const GREETER: &str = include_str!("rich/shop.avpr");

fn model(files: &Files) -> String {
    assert_eq!(files.errors(), [""; 0]);
    files.linked.schema.canonical()
}

#[test]
fn a_schema_is_lowered_as_the_model_means_it() {
    insta::assert_snapshot!(model(&one(ORDER)));
}

#[test]
fn a_protocol_is_lowered_as_the_model_means_it() {
    let options = LinkOptions::default().with_defaults(DefaultRule::FirstBranch);
    insta::assert_snapshot!(model(&read_with([("shop.avpr", GREETER.into())], &options)));
}

#[test]
fn both_are_printed_in_the_usual_shape_with_their_documentation() {
    let files = [("order.avsc", ORDER.into()), ("shop.avpr", GREETER.into())];
    let files = read_with(files, &LinkOptions::default().with_docs(true));
    let schema = &files.linked.schema;
    let texts: Vec<String> = schema.modules().map(|(id, _)| print::module(schema, id)).collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn names_take_the_namespace_of_what_stands_around() {
    // The example of the specification, "Names", with references added.
    let example = one(r#"{"type": "record", "name": "Example", "fields": [
            {"name": "inheritNull", "type": {"type": "enum", "name": "Simple", "symbols": ["a", "b"]}},
            {"name": "explicitNamespace", "type": {"type": "fixed", "name": "Simple", "namespace": "explicit", "size": 12}},
            {"name": "fullName", "type": {"type": "record", "name": "a.full.Name", "namespace": "ignored", "fields": [
                {"name": "inheritNamespace", "type": {"type": "enum", "name": "Understanding", "symbols": ["d", "e"]}},
                {"name": "same", "type": "Understanding"}, {"name": "outer", "type": "explicit.Simple"}]}},
            {"name": "back", "type": "Simple"}]}"#);
    insta::assert_snapshot!(model(&example));
}

#[test]
fn files_use_the_names_of_others_in_any_order() {
    let order = r#"{"type": "record", "name": "a.Order", "fields": [{"name": "lines", "type": {"type": "array", "items": "b.Line"}}]}"#;
    let line = r#"{"type": "record", "name": "b.Line", "fields": [{"name": "of", "type": ["null", "a.Order"]}, {"name": "p", "type": "Price"}]}"#;
    let price = r#"{"type": "fixed", "name": "b.Price", "size": 8}"#;
    let forward = model(&several(&[order, line, price]));
    assert_eq!(forward, model(&several(&[price, line, order])));
    assert!(forward.contains(r#"(list (ref "b.Line"))"#) && forward.contains(r#"(ref "b.Price")"#), "{forward}");
}

#[test]
fn each_file_uses_its_own_copy_of_a_type() {
    let with = |name: &str| {
        let id = r#"{"name": "id", "type": {"type": "fixed", "name": "x.Id", "size": 4}}"#;
        format!(r#"{{"type": "record", "name": "x.{name}", "fields": [{id}]}}"#)
    };
    let files = several(&[&with("A"), &with("B")]);
    assert_eq!(files.said(), [""; 0]);
    let schema = &files.linked.schema;
    for (id, module) in schema.modules() {
        let record = module.decls.iter().find_map(|id| schema.decl(*id).as_record()).expect("each has a record");
        let target = record.fields[0].ty.target().expect("the field names a type");
        assert_eq!(schema.decl(target).module, id);
    }
}

#[test]
fn properties_are_kept_wherever_they_stand() {
    let text = r#"{"type": "record", "name": "R", "p": 1, "fields": [
        {"name": "a", "type": {"type": "int", "p": 1.50, "p-2": {"b": [true, null], "a": "x"}}, "p": -0},
        {"name": "b", "type": {"type": "array", "items": {"type": "string", "p": 1}, "p": 2}},
        {"name": "c", "type": {"type": "map", "values": {"type": "bytes", "p": 1}, "p": 2, "default": {}}},
        {"name": "d", "type": [{"type": "null", "p": 1}, {"type": "long", "p": 2}]},
        {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A"], "p": 1, "logicalType": "own"}},
        {"name": "f", "type": {"type": "fixed", "name": "F", "size": 1, "p": 1, "logicalType": "own"}},
        {"name": "g", "type": {"type": "F", "p": 1}},
        {"name": "h", "type": {"type": "string", "logicalType": "date", "precision": 1}}]}"#;
    let files = one(text);
    insta::assert_snapshot!(model(&files));
    let (module, _) = files.linked.schema.modules().next().expect("there is one file");
    let again = one(&print::module(&files.linked.schema, module));
    assert_eq!(model(&again), model(&files));
}

#[test]
fn every_logical_type_is_known() {
    const ALL: [(&str, &str); 15] = [
        ("bytes", r#""decimal", "precision": 4, "scale": 2"#),
        ("bytes", r#""decimal", "precision": 4"#),
        ("bytes", r#""big-decimal""#),
        ("string", r#""uuid""#),
        ("int", r#""date""#),
        ("int", r#""time-millis""#),
        ("long", r#""time-micros""#),
        ("long", r#""timestamp-millis""#),
        ("long", r#""timestamp-micros""#),
        ("long", r#""timestamp-nanos""#),
        ("long", r#""local-timestamp-millis""#),
        ("long", r#""local-timestamp-micros""#),
        ("long", r#""local-timestamp-nanos""#),
        (r#"fixed", "name": "Uuid", "size": 16, "x": ""#, r#""uuid""#),
        (r#"fixed", "name": "Duration", "size": 12, "x": ""#, r#""duration""#),
    ];
    let field = |(at, (ty, logical)): (usize, &(&str, &str))| {
        format!(r#"{{"name": "f{at}", "type": {{"type": "{ty}", "logicalType": {logical}}}}}"#)
    };
    let fields: Vec<String> = ALL.iter().enumerate().map(field).collect();
    let files = one(&format!(r#"{{"type": "record", "name": "R", "fields": [{}]}}"#, fields.join(",")));
    assert_eq!(files.said(), [""; 0]);
    insta::assert_snapshot!(model(&files));
}

#[test]
fn defaults_are_literals_of_their_types() {
    let text = r#"{"type": "record", "name": "R", "fields": [
        {"name": "a", "type": "long", "default": -9223372036854775808},
        {"name": "b", "type": "float", "default": 0.1},
        {"name": "c", "type": "double", "default": 1e2},
        {"name": "d", "type": "bytes", "default": "\u00ffa"},
        {"name": "e", "type": {"type": "fixed", "name": "F", "size": 2}, "default": "\u0000\u0001"},
        {"name": "f", "type": {"type": "map", "values": "float"}, "default": {"k": 1, "a b": 0.1}},
        {"name": "g", "type": {"type": "record", "name": "S", "fields": [
            {"name": "x", "type": "float"}, {"name": "y", "type": "int", "default": 7}]}, "default": {"x": 2, "z": 1}},
        {"name": "h", "type": ["null", "float", "string"], "default": "NaN"},
        {"name": "i", "type": "double", "default": "-Infinity"},
        {"name": "j", "type": ["int", "double"], "default": 3000000000}]}"#;
    let files = one(text);
    insta::assert_snapshot!(model(&files));
    let (module, _) = files.linked.schema.modules().next().expect("there is one file");
    let printed = print::module(&files.linked.schema, module);
    assert!(printed.contains("\"default\": 0.1"), "{printed}");
    assert_eq!(model(&one(&printed)), model(&files));
}
