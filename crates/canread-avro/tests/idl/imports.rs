//! Imports: in which order things come, and what is said about those that lead nowhere.

use canread_avro::schema::{self, LinkOptions};

use crate::help::{json_of, read, render, sources};

type Files = &'static [(&'static str, &'static str)];

fn check_errors(files: Files, expected: &[&str]) {
    let sources = sources(files);
    let found: Vec<_> = read(&sources).diagnostics.iter().flat_map(|one| render(one, &sources)).collect();
    assert_eq!(found, expected);
}

#[test]
fn imports_stand_for_what_they_import() {
    let sources = sources(&[
        (
            "a/root.avdl",
            r#"protocol P { record A {} import idl "b.avdl"; import idl "../c.avdl"; record D {} void m(); }"#,
        ),
        (
            "a/b.avdl",
            r#"@namespace("b") protocol B { import idl "./../c.avdl"; record B { c.C c; } int m(); int n(B b); }"#,
        ),
        ("c.avdl", "namespace c; schema int; record C {}"),
    ]);
    let loaded = read(&sources);
    let names: Vec<_> = loaded.files.iter().map(|file| sources.file(file.span.file).name()).collect();
    assert_eq!(names, ["a/root.avdl", "a/b.avdl", "c.avdl"]);
    let json = json_of(&loaded);
    let mut rest = json.as_str();
    for part in ["\"A\"", "\"C\"", "\"B\"", "c.C", "\"D\"", "\"m\"", "\"null\"", "\"n\"", "b.B"] {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part} in this order in {json}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn a_missing_file_is_an_error_at_its_path() {
    check_errors(
        &[
            ("x/a.avdl", r#"protocol P { import idl "b.avdl"; import idl "../../b.avdl"; import idl ""; int m() }"#),
            ("b.avdl", ""),
        ],
        &[
            "x/a.avdl:1:84-1:84 expected `;` after the message, found `}` (help: end it with `;`)",
            "x/a.avdl:1:25-1:33 there is no file \"b.avdl\" (help: the path is relative to the folder of this file)",
            "x/a.avdl:1:46-1:60 there is no file \"../../b.avdl\" (help: the path is relative to the folder of this file)",
            "x/a.avdl:1:73-1:75 there is no file \"\" (help: the path is relative to the folder of this file)",
        ],
    );
}

#[test]
fn a_circle_is_an_error_where_it_is_closed() {
    check_errors(
        &[("a.avdl", r#"import idl "a.avdl";"#)],
        &["1:12-1:20 this import closes a circle (help: move what both files need to a third one)"],
    );
    check_errors(
        &[
            ("a.avdl", r#"import idl "b.avdl";"#),
            ("b.avdl", r#"import idl "c.avdl"; import idl "d.avdl";"#),
            ("c.avdl", r#"import idl "d.avdl";"#),
            ("d.avdl", r#"import idl "b.avdl";"#),
        ],
        &[
            "d.avdl:1:12-1:20 this import closes a circle (help: move what both files need to a third one)",
            "    b.avdl:1:12 which is imported here",
            "    c.avdl:1:12 which is imported here",
        ],
    );
}

#[test]
fn a_file_that_is_imported_twice_is_read_once() {
    let sources = sources(&[
        ("a.avdl", r#"import idl "b.avdl"; import idl "c.avdl"; import idl "./b.avdl";"#),
        ("b.avdl", r#"import idl "c.avdl"; record B {}"#),
        ("c.avdl", "record C { int a }"),
    ]);
    let loaded = read(&sources);
    assert_eq!((loaded.files.len(), loaded.diagnostics.len()), (3, 1));
}

#[test]
fn imported_json_has_to_be_what_the_import_says() {
    let record = r#"{"type":"record","name":"B","fields":[]}"#;
    check_errors(
        &[
            ("a.avdl", "protocol P { import schema \"b.avpr\"; import protocol \"b.avsc\"; import idl \"c.avsc\"; }"),
            ("b.avpr", r#"{"protocol":"Q","types":[],"messages":{}}"#),
            ("b.avsc", r#"{"type":"record","name":"B","fields":[]}"#),
            ("c.avsc", r#""int""#),
        ],
        &[
            "a.avdl:1:28-1:36 the imported file is a protocol, not a schema (help: write `import protocol`)",
            "a.avdl:1:54-1:62 the imported file is a schema, not a protocol (help: write `import schema`)",
            "c.avsc:1:1-1:6 expected a declaration such as `protocol` or `record`, found `\"int\"`",
        ],
    );
    let sources = sources(&[("a.avdl", "schema B; import schema \"b.avsc\";"), ("b.avsc", record)]);
    assert_eq!(json_of(&read(&sources)).split_whitespace().collect::<String>(), record);
}

#[test]
fn idl_and_json_are_linked_to_one_schema() {
    let sources = sources(&[
        ("order.avdl", "namespace shop; schema Order; import schema \"money.avsc\"; record Order { Money total; }"),
        ("money.avsc", r#"{"type":"record","name":"Money","namespace":"shop","fields":[]}"#),
    ]);
    let files: Vec<_> = sources.iter().map(|(id, file)| (file.name(), id)).collect();
    let linked = schema::read(&files, &sources, &LinkOptions::default());
    assert_eq!(linked.diagnostics, []);
    assert!(linked.schema.find("shop.Order").is_some() && linked.schema.find("shop.Money").is_some());
}
