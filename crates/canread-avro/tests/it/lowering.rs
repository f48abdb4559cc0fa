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
