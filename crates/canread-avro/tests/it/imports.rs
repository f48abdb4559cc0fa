//! What imports bring. They stand only in IDL: here they are put into the trees of JSON files.

use std::borrow::Cow;

use canread_avro::schema::ast::{Import, ImportKind, Text};
use canread_avro::schema::{LinkOptions, Linked, NamedFile, link, parse};
use canread_syntax::{FileId, Span};

const A: &str = r#"{"protocol": "a.A", "messages": {
    "one": {"request": [{"name": "x", "type": {"type": "fixed", "name": "F", "size": 1}, "default": "ab"}], "response": "F"},
    "two": {"request": [], "response": ["int", "string", "F"]}}}"#;
const B: &str = r#"{"protocol": "b.B", "messages": {"two": {"request": [], "response": "null"}, "three": {"request": [], "response": "int"}}}"#;
const C: &str = r#"{"protocol": "c.C", "messages": {"three": {"request": [], "response": "long"}}}"#;

/// A file: its name, its text, and the paths that it imports as protocols.
type Case<'c> = (&'c str, &'c str, &'c [&'c str]);

fn linked(files: &[Case<'_>]) -> Linked {
    let mut named = Vec::new();
    for (at, (name, text, imports)) in files.iter().enumerate() {
        let id = FileId(u32::try_from(at).expect("few files"));
        let mut file = parse(id, text).file.expect("the text is JSON");
        let span = Span::new(id, 0, 1);
        for path in *imports {
            let path = Text { text: Cow::Borrowed(*path), span };
            file.imports.push(Import { span, kind: ImportKind::Protocol, path });
        }
        named.push(NamedFile { name, file });
    }
    let linked = link(named, &LinkOptions::default());
    assert_eq!(linked.schema.problems(), [""; 0]);
    linked
}

/// The names of a protocol's messages.
fn messages(linked: &Linked, protocol: &str) -> Vec<String> {
    let id = linked.schema.find(protocol).expect("there is such a protocol");
    let service = linked.schema.decl(id).as_service().expect("it is a protocol");
    service.methods.iter().map(|method| method.name.to_string()).collect()
}

fn said(linked: &Linked) -> Vec<&str> {
    linked.diagnostics.iter().map(|one| &*one.message).collect()
}

#[test]
fn a_protocol_has_the_messages_of_those_that_it_imports() {
    let linked = linked(&[("p/c.avpr", C, &["../q/b.avpr"]), ("q/b.avpr", B, &["../p/a.avpr"]), ("p/a.avpr", A, &[])]);
    assert_eq!(messages(&linked, "a.A"), ["one", "two"]);
    assert_eq!(messages(&linked, "b.B"), ["one", "two", "three"]);
    assert_eq!(messages(&linked, "c.C"), ["one", "two", "three"]);
    // What is wrong in an imported message is told once.
    assert_eq!(said(&linked), ["the default of `x` is wrong: expected 1 bytes, found 2 bytes"]);
    insta::assert_snapshot!(linked.schema.canonical());
}

#[test]
fn a_circle_of_imports_has_an_end() {
    let linked = linked(&[("a", A, &["b"]), ("b", B, &["c", "b"]), ("c", C, &["a"])]);
    assert_eq!(messages(&linked, "a.A"), ["three", "one", "two"]);
    let modules: Vec<_> = linked.schema.modules().map(|(_, module)| module.imports[0].module.is_some()).collect();
    assert_eq!(modules, [true; 3]);
}

#[test]
fn a_file_that_was_not_read_is_missing() {
    let linked = linked(&[("a/c", C, &["b", "../../b"])]);
    assert_eq!(said(&linked), ["no file \"b\" was read", "no file \"../../b\" was read"]);
}

#[test]
fn a_row_of_imports_brings_no_more_than_its_bound() {
    let names: Vec<String> = (0..2_000).map(|at| format!("f{at}")).collect();
    let text = |at: usize| {
        format!(r#"{{"protocol": "P{at}", "messages": {{"m{at}": {{"request": [], "response": "int"}}}}}}"#)
    };
    let texts: Vec<String> = (0..names.len()).map(text).collect();
    let next: Vec<Vec<&str>> =
        (1..=names.len()).map(|at| names.get(at).map(String::as_str).into_iter().collect()).collect();
    let files: Vec<Case<'_>> = (0..names.len()).map(|at| (&*names[at], &*texts[at], &*next[at])).collect();
    let linked = linked(&files);
    assert!(said(&linked).iter().all(|said| said.contains("bring too many messages")), "{:?}", said(&linked));
    assert!(linked.diagnostics.len() > 1_000);
}
