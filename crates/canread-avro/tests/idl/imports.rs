//! Imports: in which order things come, and what is said about those that lead nowhere.

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
